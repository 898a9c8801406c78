//! The mutations of mobility placements.
use domain::effective::Effective;
use domain::ids::{
    IndicatorId, InterventionId, MobilityMapId, MobilityPlacementId, OpportunityId, ProgrammeId,
};
use domain::measure::Quantity;
use domain::mobility_map::{MobilityMap, Pathway, Way};
use domain::mobility_placement::{Command, MobilityPlacement};
use domain::permission::Needs;
use domain::population::PopulationGroup;
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Country, Note, Title};
use projections::Models;

use super::commands;
use super::headcount::HeadcountInput;
use super::inputs::Words;
use crate::app::Request;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| MobilityPlacement(MobilityPlacementId) as mobility_placement: Seen<projections::mobility::Placement>,
    MobilityPlacementMutation, MobilityPlacementPayload;

    /// A group is to go.
    mobility_placement_propose: MobilityPlacementProposeInput => Propose {
        /// In short.
        title: Words<Title>,
        /// Which sort of way.
        pathway: Choice<Pathway>,
        /// To which country.
        country: Given<Country>,
        /// The map that names the way.
        map: Option<Given<MobilityMapId>>,
        /// Which way of that map.
        opportunity: Option<Given<OpportunityId>>,
        /// Within which programme.
        programme: Option<Given<ProgrammeId>>,
        /// As part of which intervention.
        intervention: Option<Given<InterventionId>>,
        /// From where.
        territory: Given<TerritoryId>,
        /// For whom.
        #[graphql(default)]
        groups: Vec<Choice<PopulationGroup>>,
        /// For how many.
        places: Given<Quantity>,
        /// Which indicators those who leave count towards.
        #[graphql(default)]
        indicators: Vec<Given<IndicatorId>>,
    }
    with { by: desk.actor, way: Way::NoMap }
    by |command| proposed(id, command, map, opportunity);

    /// They leave.
    mobility_placement_record_departure: MobilityPlacementRecordDepartureInput =>
    RecordDeparture of mobility_placement {
        /// How many.
        departed: HeadcountInput,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor, today: desk.today };

    /// They come back, all or some.
    mobility_placement_record_return: MobilityPlacementRecordReturnInput =>
    RecordReturn of mobility_placement {
        /// How many, those who came back before included.
        returned: Given<Quantity>,
        /// When.
        on: Given<Effective>,
    } on on with { today: desk.today };

    /// It ends otherwise.
    mobility_placement_end: MobilityPlacementEndInput => End of mobility_placement {
        /// When.
        on: Given<Effective>,
        /// Why.
        reason: Words<Note>,
    } on on with { today: desk.today };

    /// They were counted wrongly; somebody else than who recorded the departure says so.
    mobility_placement_correct_departure: MobilityPlacementCorrectDepartureInput =>
    CorrectDeparture of mobility_placement {
        /// How many left.
        departed: HeadcountInput,
        /// Why.
        reason: Words<Note>,
    } corrects { counted(desk.models, id) } with { by: desk.actor };

    /// It was written down wrongly; what is left out stays as it was.
    mobility_placement_correct: MobilityPlacementCorrectInput => Correct of mobility_placement {
        /// In short.
        title: Option<Words<Title>>,
        /// To which country.
        country: Option<Given<Country>>,
        /// From where.
        territory: Option<Given<TerritoryId>>,
        /// For whom.
        groups: Option<Vec<Choice<PopulationGroup>>>,
        /// For how many.
        places: Option<Given<Quantity>>,
        /// Why.
        reason: Words<Note>,
    } corrects { first(desk.models, id) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    mobility_placement_annul: MobilityPlacementAnnulInput => Annul of mobility_placement {
        /// Why.
        reason: Words<Note>,
    } corrects { first(desk.models, id) } with { by: desk.actor };
}

/// A submission that reads the way off the map itself, so that nobody goes by a map that is annulled
/// at the same moment.
fn proposed(
    id: MobilityPlacementId,
    command: Command,
    map: Option<MobilityMapId>,
    opportunity: Option<OpportunityId>,
) -> impl FnOnce(Request) -> Request + Send {
    move |request| {
        let Some(map) = map else {
            return request.step::<MobilityPlacement>(id, command);
        };
        let needed = command.needs();
        let request = request.telling(&command);
        request.step_reading::<MobilityPlacement, MobilityMap>(id, map, needed, move |map| {
            let mut command = command.clone();
            if let Command::Propose { way, .. } = &mut command {
                *way = map.way(opportunity);
            }
            command
        })
    }
}

fn first(models: &Models, id: MobilityPlacementId) -> Option<Position> {
    models.mobility.placements.get(id).map(|it| it.proposed.position)
}

/// The event whose count holds.
fn counted(models: &Models, id: MobilityPlacementId) -> Option<Position> {
    let departure = models.mobility.placements.get(id)?.departure()?;
    Some(departure.stamp.position)
}
