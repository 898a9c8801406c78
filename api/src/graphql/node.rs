//! Whatever has an id of its own, by that id alone (the Relay specification of object identification).
use async_graphql::{Context, ID, Interface, Object};
use jiff::civil::Date;
use projections::{
    actors, awareness, bodies, capitalisation, commitments, deliberations, documents, frameworks,
    funding, initiatives, interventions, meetings, mobility, plans, programmes, service_units,
    trainings,
};
use uuid::Uuid;

use super::code::Code;
use super::connection::PAGE_MAX;
use super::fault::Fault;
use super::problem::Problem;
use super::scalars::Given;
use super::values::AsOf;
use super::view::{Seen, View};

/// An id as every object shows it: no two objects have the same, whatever they are.
pub fn global(id: impl Into<Uuid>) -> ID {
    ID(id.into().to_string())
}

/// Whatever has an id of its own.
#[derive(Interface)]
#[graphql(name = "Node", field(name = "id", ty = "ID", desc = "Its id, which nothing else has."))]
pub enum Found {
    /// Initiative.
    CitizenInitiative(Seen<initiatives::Initiative>),
    /// Commitment.
    Commitment(Seen<commitments::Commitment>),
    /// Document.
    Document(Seen<documents::Document>),
    /// Request.
    FundingRequest(Seen<funding::Request>),
    /// Plan.
    TerritorialPlan(Seen<plans::Plan>),
    /// Deliberation.
    Deliberation(Seen<deliberations::Deliberation>),
    /// Framework.
    PolicyFramework(Seen<frameworks::Framework>),
    /// Call.
    FundingCall(Seen<funding::Call>),
    /// Actor.
    Actor(Seen<actors::Actor>),
    /// Map.
    MobilityMap(Seen<mobility::Map>),
    /// `ServiceUnit`.
    ServiceUnit(Seen<service_units::ServiceUnit>),
    /// Body.
    CoordinationBody(Seen<bodies::Body>),
    /// Programme.
    Programme(Seen<programmes::Programme>),
    /// Action.
    AwarenessAction(Seen<awareness::Action>),
    /// Item.
    Capitalisation(Seen<capitalisation::Item>),
    /// Cohort.
    TrainingCohort(Seen<trainings::Cohort>),
    /// Intervention.
    Intervention(Seen<interventions::Intervention>),
    /// Placement.
    MobilityPlacement(Seen<mobility::Placement>),
    /// Meeting.
    Meeting(Seen<meetings::Meeting>),
    /// Indicator.
    Indicator(Seen<programmes::Indicator>),
}

/// Questions about whatever has an id.
#[derive(Default)]
pub struct NodeQuery;

/// Questions about whatever has an id.
#[Object]
impl NodeQuery {
    /// What has this id, whatever it is.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Option<Found>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(find(&view, &id))
    }

    /// What has each of these ids, in their order; nothing where an id is of nothing.
    #[graphql(
        complexity = "super::connection::cost(i32::try_from(ids.len()).ok(), child_complexity)"
    )]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their ids, at most 100.")] ids: Vec<ID>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Vec<Option<Found>>, Fault> {
        if ids.len() > PAGE_MAX {
            let problem = Problem::new(Code::PageSizeInvalid).with("max", PAGE_MAX);
            return Err(Fault::BadUserInput(problem.at("ids")));
        }
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(ids.iter().map(|id| find(&view, id)).collect())
    }
}

fn find(view: &View, id: &ID) -> Option<Found> {
    let (models, id) = (&view.models, id.parse::<Uuid>().ok()?);
    let first = models.initiatives.get(id.into()).map(|it| view.see(it).into());
    first
        .or_else(|| models.commitments.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.documents.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.funding.request(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.plans.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.deliberations.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.frameworks.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.funding.call(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.actors.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.mobility.maps.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.service_units.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.bodies.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.programmes.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.awareness.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.capitalisation.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.trainings.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.interventions.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.mobility.placements.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.meetings.get(id.into()).map(|it| view.see(it).into()))
        .or_else(|| models.programmes.indicator(id.into()).map(|it| view.see(it).into()))
}
