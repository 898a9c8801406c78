//! The owner of a database: somebody with all rights, to whom nothing is refused for long.
use std::collections::BTreeSet;

use infra::ledger::Place;
use sqlx::{Connection as _, Executor as _, PgConnection, Row as _};

use super::home::{Home, file};

const TABLES: [&str; 3] = ["events", "nodes", "head"];

/// What lets the owner of a PostgreSQL database do as he likes: no triggers, checks or indexes.
const UNGUARDED: &str = "SET session_replication_role = replica;
     DROP INDEX IF EXISTS ledger_events_stream, ledger_events_command;
     DO $$ DECLARE kept record; BEGIN
         FOR kept IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint
             WHERE contype = 'c' AND connamespace = 'public'::regnamespace
         LOOP
             EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', kept.owner, kept.conname);
         END LOOP;
     END $$;";

pub fn is_postgres(home: &Home) -> bool {
    matches!(home.place, Place::Postgres(_))
}

/// Runs `statements`, in the words of SQLite for the tables' names, with every guard in place.
pub async fn run(home: &Home, statements: &str) -> Result<(), String> {
    if is_postgres(home) {
        let words = of_postgres(statements);
        return super::home::psql(home, &words).await.map_err(|error| error.to_string());
    }
    let connection = rusqlite::Connection::open(file(home)).expect("it opens");
    connection.execute_batch(statements).map_err(|error| error.to_string())
}

/// The same with no guard left.
pub async fn tamper(home: &Home, statements: &str) {
    if is_postgres(home) {
        let words = format!("{UNGUARDED} {}", of_postgres(statements));
        return super::home::psql(home, &words).await.expect("its owner can");
    }
    let connection = rusqlite::Connection::open(file(home)).expect("it opens");
    let guards = "SELECT format('DROP %s %s;', type, name) FROM sqlite_schema
         WHERE type = 'trigger' OR (type = 'index' AND sql IS NOT NULL)";
    let mut statement = connection.prepare(guards).expect("a schema");
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    let guards: String = rows.map(|row| row.expect("a guard")).collect();
    connection.execute_batch(&guards).expect("its owner can");
    connection.execute_batch("PRAGMA ignore_check_constraints = ON").expect("anybody can");
    // At once: a commit for each row would take its time.
    connection.execute_batch(&format!("BEGIN; {statements}; COMMIT")).expect(statements);
}

fn of_postgres(statements: &str) -> String {
    TABLES.iter().fold(statements.to_owned(), |words, table| {
        words.replace(&format!(" {table}"), &format!(" ledger_{table}"))
    })
}

/// Bytes as a statement has them.
pub fn blob(home: &Home, bytes: &[u8]) -> String {
    let bytes = hex::encode(bytes);
    if is_postgres(home) { format!(r"'\x{bytes}'::bytea") } else { format!("x'{bytes}'") }
}

/// Every column of every table of a ledger, as `table.column`. What the migrations of PostgreSQL keep
/// of themselves is sqlx's and holds nothing of the ledger.
pub async fn columns(home: &Home) -> BTreeSet<String> {
    let Place::Postgres(url) = &home.place else {
        let connection = rusqlite::Connection::open(file(home)).expect("it opens");
        let columns = "SELECT tables.name || '.' || columns.name FROM sqlite_schema AS tables,
             pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'";
        let mut statement = connection.prepare(columns).expect("a schema");
        let rows = statement.query_map([], |row| row.get(0)).expect("rows");
        return rows.map(|row| row.expect("a column")).collect();
    };
    let columns = "SELECT substr(table_name, 8) || '.' || column_name
         FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
         AND table_name <> '_sqlx_migrations'";
    let mut connection = PgConnection::connect(url).await.expect("it answers");
    let rows = connection.fetch_all(columns).await.expect("rows");
    rows.iter().map(|row| row.get(0)).collect()
}

/// Another place with the same ledger, which nobody has open: copies of all its files, or a database
/// made from it.
pub async fn copy(home: &Home) -> Home {
    match &home.place {
        Place::Postgres(url) => Home::at(Place::Postgres(crate::postgres::copy_of(url).await)),
        Place::Directory(from) => {
            let copy = Home::sqlite();
            let Place::Directory(to) = &copy.place else { unreachable!("it is in a directory") };
            copy_files(from, to);
            copy
        }
    }
}

/// Every file of `from`, those that SQLite keeps beside the ledger included.
pub fn copy_files(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a directory");
    for entry in std::fs::read_dir(from).expect("a directory") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("it is copied");
    }
}
