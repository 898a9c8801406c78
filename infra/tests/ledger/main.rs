//! The ledger on real stores: every test of `suite` runs on SQLite and on PostgreSQL.
mod home;
mod suite;
