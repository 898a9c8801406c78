//! One regular way abroad, and which of them are asked for.
use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::OpportunityId;
use domain::mobility_map::Pathway;
use domain::population::PopulationGroup;
use domain::text::{Country, Name, folded};
use jiff::civil::Date;
use projections::Models;
use projections::mobility::{Map, Opportunity, VERIFIED_DAYS_MAX, Verification};

use crate::graphql::enums::Choice;
use crate::graphql::facts::{Facts, named};
use crate::graphql::fault::Fault;
use crate::graphql::list::List;
use crate::graphql::scalars::{Given, Shown};
use crate::graphql::values::Text;
use crate::graphql::view::{Seen, StampObject, View, read};

/// Which opportunities are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "MobilityOpportunityFilter")]
pub struct OpportunityFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those in this country.
    country: Option<Given<Country>>,
    /// Those of this sort.
    pathway: Option<Choice<Pathway>>,
    /// Those for this group.
    group: Option<Choice<PopulationGroup>>,
    /// Those that are open on this day; the day of the question where it is left out.
    open_on: Option<Given<Date>>,
}

/// A filter, read.
pub(super) struct Wanted {
    text: Option<String>,
    country: Option<Country>,
    pathway: Option<Pathway>,
    group: Option<PopulationGroup>,
}

impl OpportunityFilter {
    /// The day on which they are to be open.
    pub(super) fn day(&self) -> Result<Option<Date>, Fault> {
        read(self.open_on.clone(), "filter.openOn")
    }

    pub(super) fn read(self) -> Result<Wanted, Fault> {
        Ok(Wanted {
            text: self.text.as_deref().map(folded),
            country: read(self.country, "filter.country")?,
            pathway: self.pathway.map(|it| it.0),
            group: self.group.map(|it| it.0),
        })
    }
}

impl Wanted {
    pub(super) fn holds(&self, map: &Map, it: &Opportunity) -> bool {
        self.country.is_none_or(|country| map.country == country)
            && self.pathway.is_none_or(|pathway| it.pathway == pathway)
            && self.group.is_none_or(|group| it.groups.contains(&group))
            && self.text.as_deref().is_none_or(|text| it.matches(text))
    }
}

/// One regular way abroad.
pub struct OpportunityObject {
    view: View,
    map: Arc<Map>,
    it: Arc<Opportunity>,
}

impl OpportunityObject {
    /// `it`, of `map`.
    pub fn new(view: &View, map: &Arc<Map>, it: &Arc<Opportunity>) -> Self {
        Self { view: view.clone(), map: Arc::clone(map), it: Arc::clone(it) }
    }
}

impl Facts for OpportunityObject {
    fn about<'a>(&'a self, _: &'a Models) -> Vec<&'a dyn Facts> {
        vec![&*self.map]
    }

    fn date(&self) -> Option<Effective> {
        Some(self.it.closes.map_or(Effective::Unknown, Effective::Day))
    }

    fn kinds(&self, _: &Models) -> Vec<String> {
        named(self.it.pathway)
    }

    fn groups(&self, _: &Models) -> Vec<PopulationGroup> {
        self.it.groups.to_vec()
    }
}

/// One regular way abroad.
#[Object(serial, name = "MobilityOpportunity")]
impl OpportunityObject {
    /// Its id.
    async fn id(&self) -> Shown<OpportunityId> {
        Shown(self.it.id)
    }

    /// In short.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// The map that names it.
    async fn map(&self) -> Seen<Map> {
        self.view.see(&self.map)
    }

    /// In which country.
    async fn country(&self) -> Shown<Country> {
        Shown(self.map.country)
    }

    /// Which sort of way.
    async fn pathway(&self) -> Choice<Pathway> {
        Choice(self.it.pathway)
    }

    /// For whom, and on what conditions.
    async fn conditions(&self) -> Option<Text> {
        self.it.conditions.as_deref().map(Into::into)
    }

    /// For whom.
    async fn groups(&self) -> Vec<Choice<PopulationGroup>> {
        self.it.groups.iter().copied().map(Choice).collect()
    }

    /// The last day to apply.
    async fn closes(&self) -> Option<Shown<Date>> {
        self.it.closes.map(Shown)
    }

    /// Where it was checked last.
    async fn source(&self) -> Option<Shown<Name>> {
        self.it.verified().map(|it| Shown(Name::clone(&it.source)))
    }

    /// The day on which it was checked last.
    async fn verified_on(&self) -> Option<Shown<Date>> {
        self.it.verified().map(|it| Shown(it.on))
    }

    /// Every check, the latest last.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn verifications(&self) -> List<VerificationObject> {
        self.it.verifications.iter().map(|it| VerificationObject::of(&self.view, it)).collect()
    }

    /// Whether the last check before a day is more than 365 days old on it.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn is_stale(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<bool, Fault> {
        const { assert!(VERIFIED_DAYS_MAX == 365, "the description says so") };
        let day = read(on, "on")?.unwrap_or_else(|| self.view.day(ctx));
        Ok(self.it.is_stale_on(day))
    }

    /// Whether somebody can take it.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn is_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<bool, Fault> {
        let day = read(on, "on")?.unwrap_or_else(|| self.view.day(ctx));
        Ok(self.it.is_open_on(day))
    }

    /// When it was said to be no more.
    async fn expired(&self) -> Option<StampObject> {
        self.it.expired.as_ref().map(|it| self.view.stamp(it.stamp))
    }

    /// Why it is no more, where a reason was given.
    async fn expiry_reason(&self) -> Option<Text> {
        self.it.expired.as_ref()?.reason.as_deref().map(Into::into)
    }

    /// When the ledger learned of it.
    async fn added(&self) -> StampObject {
        self.view.stamp(self.it.added)
    }
}

/// That an opportunity was checked.
#[derive(SimpleObject)]
#[graphql(serial, name = "OpportunityVerification")]
pub struct VerificationObject {
    /// Where.
    source: Shown<Name>,
    /// The day.
    on: Shown<Date>,
    /// Who said so, and when.
    said: StampObject,
}

impl VerificationObject {
    fn of(view: &View, it: &Verification) -> Self {
        Self {
            source: Shown(Name::clone(&it.source)),
            on: Shown(it.on),
            said: view.stamp(it.stamp),
        }
    }
}
