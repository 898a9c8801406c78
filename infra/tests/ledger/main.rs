//! The ledger on real stores: every test of `suite` runs on SQLite and on PostgreSQL.
mod cqrs;
mod damage;
mod exchange;
mod funding;
mod home;
#[path = "../outside/mod.rs"]
mod outside;
mod places;
#[path = "../postgres/mod.rs"]
mod postgres;
mod published;
mod shared;
mod stamped;
mod suite;
mod witnessed;
