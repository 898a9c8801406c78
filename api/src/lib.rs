//! How it is reached: Tiwizi's HTTP, GraphQL and command line. The only place where the domain,
//! the ledger and the read models meet.
pub mod acting;
pub mod app;
pub mod cli;
pub mod demo;
pub mod graphql;
pub mod http;
pub mod languages;
pub mod publication;
