//! What may happen: the pure decisions of Tiwizi, a coordination ledger for programmes with
//! many actors.
//!
//! One file is one aggregate, read from top to bottom: its states, commands, events, refusals,
//! decisions and tests. Nothing here does I/O, reads a clock or draws a random number: time, new
//! ids and the acting organisation arrive in the command.
pub mod actor;
pub mod aggregate;
pub mod awareness_action;
pub mod canonical;
pub mod capitalisation_item;
pub mod citizen_initiative;
pub mod classification;
pub mod commitment;
pub mod coordination_body;
pub mod correction;
pub mod deliberation;
pub mod document;
pub mod effective;
pub mod funding_call;
pub mod funding_request;
pub mod genesis;
pub mod ids;
pub mod indicator;
pub mod intervention;
pub mod measure;
pub mod meeting;
pub mod mobility_map;
pub mod mobility_placement;
pub mod money;
pub mod permission;
pub mod policy_framework;
pub mod population;
pub mod programme;
pub mod published;
pub mod recorded;
pub mod service_unit;
pub mod sourcing;
pub mod territorial_plan;
pub mod territory;
pub mod text;
pub mod training_cohort;
