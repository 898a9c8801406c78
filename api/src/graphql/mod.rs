//! The GraphQL contract: noun-first names from the glossary, every root query as of any position.
pub mod actor;
pub mod balance;
pub mod code;
pub mod commands;
pub mod commitment;
pub mod connection;
pub mod correction;
pub mod document;
pub mod enums;
pub mod event;
pub mod fault;
pub mod funding_call;
pub mod funding_request;
pub mod indicator;
pub mod intervention;
pub mod ledger;
pub mod payload;
pub mod policy_framework;
pub mod problem;
pub mod programme;
pub mod scalars;
pub mod territory;
pub mod values;
pub mod view;

use std::sync::Arc;

use async_graphql::{Context, EmptySubscription, MergedObject, SDLExportOptions, Schema};

use crate::app::{App, Models};
use commands::Mutation;
use fault::Fault;
use values::AsOf;

/// The deepest nesting of a query: less breaks the standard introspection query.
pub const DEPTH_MAX: usize = 15;
/// The most fields that a query may ask for, each counted as often as its list may hold it.
pub const COMPLEXITY_MAX: usize = 50_000;
/// The most directives on one field.
pub const DIRECTIVES_MAX: usize = 10;

/// Everything that can be asked. One object a noun, each in its own file.
#[derive(MergedObject, Default)]
pub struct Query(
    ledger::LedgerQuery,
    actor::ActorQuery,
    policy_framework::PolicyFrameworkQuery,
    programme::ProgrammeQuery,
    intervention::InterventionQuery,
    funding_call::FundingCallQuery,
    funding_request::FundingRequestQuery,
    balance::BalanceQuery,
    commitment::CommitmentQuery,
    document::DocumentQuery,
    territory::TerritoryQuery,
    event::EventQuery,
    correction::CorrectionQuery,
);

/// The whole contract.
pub type Contract = Schema<Query, Mutation, EmptySubscription>;

/// The contract, answered by `app`.
pub fn contract(app: App) -> Contract {
    build().data(app).finish()
}

/// The contract as text (SDL), in alphabetical order.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .prefer_single_line_descriptions();
    build().finish().sdl_with_options(options)
}

fn build() -> async_graphql::SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .limit_depth(DEPTH_MAX)
        .limit_complexity(COMPLEXITY_MAX)
        .limit_directives(DIRECTIVES_MAX)
        .with_sorted_fields()
        .with_sorted_enums()
}

/// The models that a query answers from: as things were known at `as_of`, else as they are now.
pub async fn models(ctx: &Context<'_>, as_of: Option<AsOf>) -> Result<Arc<Models>, Fault> {
    let app = ctx.data_unchecked::<App>();
    match as_of {
        None => Ok(app.now()),
        Some(as_of) => {
            let as_of = as_of.read().map_err(|it| Fault::BadUserInput(it.at("asOf")))?;
            app.at(as_of).await.map_err(Fault::past)
        }
    }
}

#[cfg(test)]
mod limits;
#[cfg(test)]
mod questions;

#[cfg(test)]
mod tests {
    use super::*;

    /// `TIWIZI_BLESS=1 cargo test` writes the file anew.
    #[test]
    fn the_committed_schema_is_the_one_that_is_served() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
        let served = sdl();
        if std::env::var_os("TIWIZI_BLESS").is_some() {
            std::fs::write(path, &served).expect("the schema is written");
        }
        let committed = std::fs::read_to_string(path).expect("the schema is committed");
        assert!(committed == served, "the contract changed: bless it, or take the change back");
    }
}
