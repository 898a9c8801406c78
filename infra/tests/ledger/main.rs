//! The ledger on real stores: every test of `suite` runs on SQLite and on PostgreSQL.
mod cqrs;
mod damage;
mod exchange;
mod forgery;
mod funding;
mod home;
mod keys;
#[path = "../oracles/mod.rs"]
mod oracles;
#[path = "../outside/mod.rs"]
mod outside;
mod owner;
mod places;
#[path = "../postgres/mod.rs"]
mod postgres;
mod published;
mod publishing;
mod restored;
mod shared;
mod stamped;
mod suite;
mod witnessed;
