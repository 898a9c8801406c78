//! Where it is kept: the ledger on SQLite or PostgreSQL, its hash tree, and its feed.
pub mod audit;
pub mod bundle;
pub mod exchange;
pub mod ledger;
pub mod log;
pub mod outside;
pub mod transparency;
