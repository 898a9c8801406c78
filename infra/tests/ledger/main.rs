//! The ledger on real stores: every test of `suite` runs on SQLite and on PostgreSQL.
mod home;
#[path = "../postgres/mod.rs"]
mod postgres;
mod suite;
