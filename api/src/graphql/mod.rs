//! The GraphQL contract: noun-first names from the glossary, every root query as of any position.
pub mod actor;
pub mod admission;
pub mod awareness_action;
pub mod balance;
pub mod capitalisation;
pub mod citizen_initiative;
pub mod classification;
pub mod code;
pub mod commands;
pub mod commitment;
pub mod connection;
pub mod contract;
pub mod coordination;
pub mod coordination_body;
pub mod correction;
pub mod deadline;
pub mod deliberation;
pub mod document;
pub mod engine;
pub mod enums;
pub mod event;
pub mod facts;
pub mod fault;
pub mod funding_call;
pub mod funding_flow;
pub mod funding_request;
pub mod headcount;
pub mod indicator;
pub mod intervention;
pub mod ledger;
pub mod lineage;
pub mod live;
pub mod mainstreaming;
pub mod meeting;
pub mod mobility_map;
pub mod mobility_placement;
pub mod node;
pub mod noun;
pub mod payload;
pub mod policy_framework;
pub mod problem;
pub mod programme;
pub mod quality;
pub mod reading;
pub mod receipt;
pub mod result;
pub mod roots;
pub mod scalars;
pub mod service_unit;
pub mod shape;
pub mod sourcing;
pub mod step;
pub mod subject;
pub mod territorial_plan;
pub mod territory;
pub mod training_cohort;
pub mod values;
pub mod view;
pub mod written;

use std::sync::Arc;

use async_graphql::{Context, MergedObject, SDLExportOptions, Schema};

pub use contract::Contract;

use crate::app::{App, Models};
use commands::Mutation;
use deadline::Deadline;
use fault::Fault;
use live::{Feed, Subscription};
use reading::Reading;
use values::AsOf;

/// The deepest nesting of a query: less breaks the standard introspection query.
pub const DEPTH_MAX: usize = 15;
/// The most fields that a query may ask for, each counted as often as its list may hold it.
pub const COMPLEXITY_MAX: usize = 50_000;

/// Everything that can be asked. One object a noun, each in its own file; in groups, because each
/// object of one list is nested in the one before it.
#[derive(MergedObject, Default)]
pub struct Query(
    WhoQueries,
    WorksQueries,
    MoneyQueries,
    CouncilsQueries,
    PeopleQueries,
    OverviewQueries,
);

/// Who takes part, and to what end.
#[derive(MergedObject, Default)]
pub struct WhoQueries(
    ledger::LedgerQuery,
    node::NodeQuery,
    actor::ActorQuery,
    actor::NetworkQuery,
    policy_framework::PolicyFrameworkQuery,
    programme::ProgrammeQuery,
    result::ResultQuery,
);

/// What is done and promised.
#[derive(MergedObject, Default)]
pub struct WorksQueries(
    intervention::InterventionQuery,
    commitment::CommitmentQuery,
    document::DocumentQuery,
    event::EventQuery,
    receipt::ReceiptQuery,
);

/// With whose money.
#[derive(MergedObject, Default)]
pub struct MoneyQueries(
    funding_call::FundingCallQuery,
    funding_request::FundingRequestQuery,
    balance::BalanceQuery,
    funding_flow::FundingFlowQuery,
);

/// What councils and other bodies decide and plan.
#[derive(MergedObject, Default)]
pub struct CouncilsQueries(
    citizen_initiative::CitizenInitiativeQuery,
    deliberation::DeliberationQuery,
    territorial_plan::TerritorialPlanQuery,
    mainstreaming::MainstreamingQuery,
    coordination_body::CoordinationBodyQuery,
    meeting::MeetingQuery,
);

/// Whom it reaches.
#[derive(MergedObject, Default)]
pub struct PeopleQueries(
    service_unit::ServiceUnitQuery,
    training_cohort::TrainingCohortQuery,
    awareness_action::AwarenessActionQuery,
    mobility_map::MobilityMapQuery,
    mobility_placement::MobilityPlacementQuery,
);

/// What is seen from above, and what was learnt.
#[derive(MergedObject, Default)]
pub struct OverviewQueries(
    territory::TerritoryQuery,
    classification::ClassificationQuery,
    coordination::CoordinationQuery,
    capitalisation::CapitalisationQuery,
    sourcing::SourcingQuery,
    quality::QualityQuery,
    event::EventQuery,
    correction::CorrectionQuery,
);

/// The contract, answered by `app`.
pub fn contract(app: App) -> Contract {
    Contract::new(build(), build().data(app).data(Arc::new(Feed::default())))
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

fn build() -> contract::Unfinished {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .with_sorted_fields()
        .with_sorted_enums()
}

/// The models that a query answers from: as things were known at `as_of`, else as they were when the
/// document began to be executed.
pub async fn models(ctx: &Context<'_>, as_of: Option<AsOf>) -> Result<Arc<Models>, Fault> {
    Deadline::check(ctx)?;
    let app = ctx.data_unchecked::<App>();
    let reading = ctx.data_opt::<Arc<Reading>>();
    let models = match as_of {
        None => reading.map_or_else(|| app.now(), |it| it.now()),
        Some(as_of) => {
            let as_of = as_of.read().map_err(|it| Fault::BadUserInput(it.at("asOf")))?;
            app.at(as_of).await.map_err(Fault::past)?
        }
    };
    if let Some(reading) = reading {
        reading.note(&models);
    }
    Ok(models)
}

#[cfg(test)]
mod knowledge;
#[cfg(test)]
mod limits;
pub mod list;
#[cfg(test)]
mod personal;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod walks;

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
