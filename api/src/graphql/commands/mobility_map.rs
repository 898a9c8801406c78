//! The mutations of mobility maps.
use domain::effective::Effective;
use domain::ids::{
    DocumentId, IndicatorId, InterventionId, MobilityMapId, OpportunityId, ProgrammeId,
};
use domain::mobility_map::{Command, MobilityMap, Pathway};
use domain::population::PopulationGroup;
use domain::recorded::Position;
use domain::text::{Country, Name, Note, Title};
use jiff::civil::Date;
use projections::Models;

use super::commands;
use super::inputs::Words;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| MobilityMap(MobilityMapId) as mobility_map: Seen<projections::mobility::Map>,
    MobilityMapMutation, MobilityMapPayload;

    /// Somebody begins to look for what there is in a country.
    mobility_map_draft: MobilityMapDraftInput => Draft {
        /// What it is called.
        title: Words<Title>,
        /// In which country.
        country: Given<Country>,
        /// Within which programme.
        programme: Option<Given<ProgrammeId>>,
        /// As part of which intervention.
        intervention: Option<Given<InterventionId>>,
        /// Which indicators it counts towards once it is published.
        #[graphql(default)]
        indicators: Vec<Given<IndicatorId>>,
    } with { by: desk.actor };

    /// There is a regular way.
    mobility_map_add_opportunity: MobilityMapAddOpportunityInput => AddOpportunity of mobility_map {
        /// In short.
        title: Words<Title>,
        /// Which sort of way.
        pathway: Choice<Pathway>,
        /// For whom, and on what conditions.
        conditions: Option<Words<Note>>,
        /// For whom.
        #[graphql(default)]
        groups: Vec<Choice<PopulationGroup>>,
        /// Where it was read: its source, for everybody who wants to see for themselves.
        reference: Given<Name>,
        /// The day on which it was checked there.
        verified_on: Given<Date>,
        /// The last day to apply.
        closes: Option<Given<Date>>,
    } adds opportunity: OpportunityId with { today: desk.today };

    /// It was checked again, and still holds.
    mobility_map_verify_opportunity: MobilityMapVerifyOpportunityInput =>
    VerifyOpportunity of mobility_map {
        /// Which.
        opportunity: Given<OpportunityId>,
        /// Where, if elsewhere than before.
        reference: Option<Given<Name>>,
        /// The day.
        on: Given<Date>,
    } with { today: desk.today };

    /// The way is closed.
    mobility_map_expire_opportunity: MobilityMapExpireOpportunityInput =>
    ExpireOpportunity of mobility_map {
        /// Which.
        opportunity: Given<OpportunityId>,
        /// Why.
        reason: Option<Words<Note>>,
        /// When.
        on: Given<Effective>,
    } on on with { today: desk.today };

    /// Somebody else than who drafted it agrees.
    mobility_map_validate: MobilityMapValidateInput => Validate of mobility_map {
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor, today: desk.today };

    /// Everybody may read it: it has at least one open opportunity.
    mobility_map_publish: MobilityMapPublishInput => Publish of mobility_map {
        /// The map itself.
        document: Option<Given<DocumentId>>,
        /// When.
        on: Given<Effective>,
    } on on with { today: desk.today };

    /// It is out of date.
    mobility_map_expire: MobilityMapExpireInput => Expire of mobility_map {
        /// When.
        on: Given<Effective>,
        /// Why.
        reason: Option<Words<Note>>,
    } on on with { today: desk.today };

    /// It was written down wrongly; what is left out stays as it was.
    mobility_map_correct: MobilityMapCorrectInput => Correct of mobility_map {
        /// What it is called.
        title: Option<Words<Title>>,
        /// In which country.
        country: Option<Given<Country>>,
        /// Why.
        reason: Words<Note>,
    } corrects { drafted(desk.models, id) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    mobility_map_annul: MobilityMapAnnulInput => Annul of mobility_map {
        /// Why.
        reason: Words<Note>,
    } corrects { drafted(desk.models, id) } with { by: desk.actor };
}

fn drafted(models: &Models, id: MobilityMapId) -> Option<Position> {
    models.mobility.maps.get(id).map(|it| it.drafted.position)
}
