-- The ledger: one row an event, in one total order.
CREATE TABLE ledger_events (
    position       bigint PRIMARY KEY CHECK (position > 0),
    leaf           bytea  NOT NULL CHECK (length(leaf) = 32),
    body           bytea  NOT NULL,
    -- Copies out of the body, to search by. The audit compares them.
    aggregate_type text   COLLATE "C" NOT NULL,
    aggregate_id   text   COLLATE "C" NOT NULL,
    sequence       bigint NOT NULL CHECK (sequence > 0),
    event_type     text   COLLATE "C" NOT NULL,
    recorded_at    bigint NOT NULL, -- microseconds since 1970, UTC
    -- On the first event that a command causes: the command, and the position of its last event.
    command_id     uuid,
    command_digest bytea,
    command_last   bigint,
    CHECK ((command_id IS NULL) = (command_digest IS NULL)),
    CHECK ((command_id IS NULL) = (command_last IS NULL))
);
CREATE UNIQUE INDEX ledger_events_stream
    ON ledger_events (aggregate_type, aggregate_id, sequence);
CREATE UNIQUE INDEX ledger_events_command
    ON ledger_events (command_id) WHERE command_id IS NOT NULL;

-- Inner nodes of the hash tree over the leaves: levels 8, 16, …
CREATE TABLE ledger_nodes (
    level integer NOT NULL CHECK (level > 0),
    place bigint  NOT NULL CHECK (place >= 0),
    hash  bytea   NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, place)
);

-- The end of the ledger. Its one row is rewritten by every batch: room for that in its page.
CREATE TABLE ledger_head (
    id          integer PRIMARY KEY CHECK (id = 1),
    position    bigint  NOT NULL,
    root        bytea   NOT NULL,
    frontier    bytea   NOT NULL,
    recorded_at bigint  NOT NULL
) WITH (fillfactor = 10);
INSERT INTO ledger_head VALUES
    (1, 0, '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '', 0);

-- These stop accidents. Somebody who removes them is found out by the proofs.
CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what the ledger recorded is never changed or deleted'; END $$;
CREATE TRIGGER events_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_events
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER nodes_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_nodes
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER the_head_is_kept BEFORE DELETE OR TRUNCATE ON ledger_head
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses();

-- The events with the columns of postgres-es 0.5, for programs that use cqrs-es on its own:
-- PostgresEventRepository::with_tables("cqrs_events", …) reads it.
CREATE VIEW cqrs_events AS
SELECT
    aggregate_type,
    aggregate_id,
    sequence,
    event_type,
    event ->> 'tv' AS event_version,
    json_build_object('type', event_type, 'data', event -> 'data') AS payload,
    json_build_object(
        'position', position::text,
        'leaf', encode(leaf, 'hex'),
        'recorded_at', event ->> 'recorded_at',
        'effective', event ->> 'effective',
        'event_id', event ->> 'id',
        'command_id', event -> 'cmd' ->> 'id'
    ) AS metadata
FROM ledger_events, LATERAL (SELECT convert_from(body, 'UTF8')::json) AS parsed (event);

-- A role for the application that records and reads, and can neither change the past nor drop
-- what guards it: SELECT and INSERT on events and nodes, SELECT and UPDATE on the head, SELECT on
-- the rest. Grant it to the application's user. Where this user may not make roles, there is
-- none, and the triggers above are the only guard.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tiwizi_app') THEN
        CREATE ROLE tiwizi_app NOLOGIN;
    END IF;
EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
    NULL; -- Not allowed to, or another database of the same server was faster.
END $$;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tiwizi_app') THEN
        GRANT SELECT, INSERT ON ledger_events, ledger_nodes TO tiwizi_app;
        GRANT SELECT, UPDATE ON ledger_head TO tiwizi_app;
        GRANT SELECT ON cqrs_events, _sqlx_migrations TO tiwizi_app;
    END IF;
END $$;
