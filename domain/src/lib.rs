//! What may happen: the pure decisions of Tiwizi, a coordination ledger for programmes with
//! many actors.
//!
//! One file is one aggregate, read from top to bottom: its states, commands, events, refusals,
//! decisions and tests. Nothing here does I/O, reads a clock or draws a random number: time, new
//! ids and the acting organisation arrive in the command.
pub mod actor;
pub mod aggregate;
pub mod commitment;
pub mod document;
pub mod effective;
pub mod funding_call;
pub mod funding_request;
pub mod genesis;
pub mod ids;
pub mod indicator;
pub mod intervention;
pub mod measure;
pub mod money;
pub mod permission;
pub mod policy_framework;
pub mod population;
pub mod programme;
pub mod recorded;
pub mod territory;
pub mod text;
