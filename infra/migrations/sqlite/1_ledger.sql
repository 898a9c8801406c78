-- The ledger: one row an event, in one total order.
CREATE TABLE events (
    position       INTEGER PRIMARY KEY CHECK (position > 0),
    leaf           BLOB    NOT NULL CHECK (length(leaf) = 32),
    body           BLOB    NOT NULL,
    -- Copies out of the body, to search by. The audit compares them.
    aggregate_type TEXT    NOT NULL,
    aggregate_id   TEXT    NOT NULL,
    sequence       INTEGER NOT NULL CHECK (sequence > 0),
    event_type     TEXT    NOT NULL,
    recorded_at    INTEGER NOT NULL, -- microseconds since 1970, UTC
    -- On the first event that a command causes: the command, and the position of its last event.
    command_id     TEXT,
    command_digest BLOB,
    command_last   INTEGER,
    CHECK ((command_id IS NULL) = (command_digest IS NULL)),
    CHECK ((command_id IS NULL) = (command_last IS NULL))
) STRICT;
CREATE UNIQUE INDEX events_stream ON events (aggregate_type, aggregate_id, sequence);
CREATE UNIQUE INDEX events_command ON events (command_id) WHERE command_id IS NOT NULL;

-- Inner nodes of the hash tree over the leaves: levels 8, 16, …
CREATE TABLE nodes (
    level INTEGER NOT NULL CHECK (level > 0),
    place INTEGER NOT NULL CHECK (place >= 0),
    hash  BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

-- The end of the ledger.
CREATE TABLE head (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    position    INTEGER NOT NULL,
    root        BLOB    NOT NULL,
    frontier    BLOB    NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
INSERT INTO head VALUES
    (1, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', x'', 0);

-- These stop accidents. Somebody who removes them is found out by the proofs.
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'recorded events are never changed'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'recorded events are never deleted'); END;
-- Else INSERT OR REPLACE would change one without any trigger of UPDATE or DELETE.
CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events
WHEN NEW.position <= (SELECT position FROM head)
BEGIN SELECT RAISE(ABORT, 'recorded events are never replaced'); END;
CREATE TRIGGER nodes_are_not_changed BEFORE UPDATE ON nodes
BEGIN SELECT RAISE(ABORT, 'the nodes of the hash tree are never changed'); END;
CREATE TRIGGER nodes_are_not_deleted BEFORE DELETE ON nodes
BEGIN SELECT RAISE(ABORT, 'the nodes of the hash tree are never deleted'); END;
CREATE TRIGGER the_head_is_not_deleted BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'the head of the ledger is never deleted'); END;
