//! The ledger on real stores: every test of `suite` runs on SQLite and on PostgreSQL.
mod cqrs;
mod damage;
mod exchange;
mod funding;
mod home;
mod keys;
mod places;
#[path = "../postgres/mod.rs"]
mod postgres;
mod published;
mod shared;
mod suite;
