//! The directory of actors.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::actor::Kind;
use domain::ids::ActorId;
use domain::territory::TerritoryId;
use domain::text::{Country, Language, Name};
use jiff::civil::Date;
use projections::actors::{Actor, Misnaming, Naming};
use projections::card::Card;
use projections::{commitments, funding, meetings, programmes, service_units};
use uuid::Uuid;

use super::classification::OrganisationTypeObject;
use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::intervention::ParticipationObject;
use super::list::List;
use super::node::global;
use super::noun::{self, Listing, Order, Sieve, joined};
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::territory::TerritoryObject;
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, SourceObject, StampObject, Told, View, must, read};

mod card;
mod mandate;
mod network;
mod status;

pub use network::NetworkQuery;
pub use status::ActorStatus;

use card::CardObject;
use mandate::{KeyObject, MandateObject};
use network::NeighbourObject;

/// Questions about actors.
#[derive(Default)]
pub struct ActorQuery;

/// Which actors are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ActorFilter {
    /// Those of which a name contains this, in any spelling: accents, doubled letters and `ou` for
    /// `u` make no difference.
    text: Option<String>,
    /// Those of this sort.
    kind: Option<Choice<Kind>>,
    /// Those that belong to this territory, or to one within it.
    within: Option<Given<TerritoryId>>,
    /// Those with their seat in this country.
    country: Option<Given<Country>>,
    /// Those that stand in one of these ways.
    status: Option<Vec<ActorStatus>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<ActorFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<ActorFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<ActorFilter>>,
}

joined!(ActorFilter);

/// Questions about actors.
#[Object(serial)]
impl ActorQuery {
    /// One actor.
    async fn actor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<ActorId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Actor>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.actor(id))
    }

    /// The directory of actors, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn actors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<ActorFilter>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "In which order; that of this list where it is left out.")]
        order_by: Option<Vec<Order>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Listing<Actor>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |filter| {
            let within = read(filter.within, "filter.within")?;
            let country = read(filter.country, "filter.country")?;
            let found = filter.text.map(|text| view.models.actors.search(&text));
            Ok(move |it: &Actor| {
                found.as_ref().is_none_or(|found| found.contains(&it.id))
                    && filter.kind.is_none_or(|kind| it.kind == kind.0)
                    && within
                        .is_none_or(|outer| it.territory.is_some_and(|own| own.is_within(outer)))
                    && country.is_none_or(|country| it.country == country)
                    && filter.status.as_ref().is_none_or(|any| any.contains(&it.status.into()))
            })
        })?;
        let all = |ids| view.models.actors.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

impl Node for Seen<Actor> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).actor(id.into()).map(|it| it.0)
    }
}

/// A body that takes part: a commune, a ministry, an association, a funder.
#[Object(serial, name = "Actor")]
impl Seen<Actor> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// The name that it was registered under.
    async fn name(&self) -> &str {
        self.it.name.as_str()
    }

    /// Every name that it goes by, each with its source, the registered one first.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn names(&self) -> List<NamingObject> {
        let name = |it: &Naming| NamingObject {
            name: Shown(Name::clone(&it.name)),
            language: it.language.map(Choice),
            source: self.view.source(it.source.as_deref()),
            said: self.view.stamp(it.stamp),
        };
        self.it.names.iter().map(name).collect()
    }

    /// Names that it never had, but was recorded with.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn misnamings(&self) -> List<MisnamingObject> {
        let name = |it: &Misnaming| MisnamingObject {
            name: Shown(Name::clone(&it.naming.name)),
            source: self.view.source(it.naming.source.as_deref()),
            said: self.view.stamp(it.naming.stamp),
            withdrawal: self.view.rectification(&it.why),
        };
        self.it.misnamings.iter().map(name).collect()
    }

    /// What sort of body it is.
    async fn kind(&self) -> Choice<Kind> {
        Choice(self.it.kind)
    }

    /// What IATI calls such a body.
    async fn organisation_type(&self) -> OrganisationTypeObject {
        self.it.kind.organisation_type().into()
    }

    /// Where it has its seat.
    async fn country(&self) -> Shown<Country> {
        Shown(self.it.country)
    }

    /// The territory that it belongs to.
    async fn territory(&self) -> Option<TerritoryObject> {
        self.it.territory.map(TerritoryObject)
    }

    /// The codes that it has elsewhere.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn identifiers(&self) -> List<IdentifierObject> {
        let identifiers = self.it.identifiers.iter().cloned();
        identifiers
            .map(|it| IdentifierObject { scheme: Shown(it.scheme), value: Shown(it.value) })
            .collect()
    }

    /// Where it stands.
    async fn status(&self) -> ActorStatus {
        self.it.status.into()
    }

    /// Since when it stands there.
    async fn status_since(&self) -> StampObject {
        self.view.stamp(self.it.since.0)
    }

    /// Why it stands there, where a reason was given.
    async fn status_reason(&self) -> Option<Text> {
        self.it.reason().map(Into::into)
    }

    /// Who it became: the actor that it was merged into, however many times.
    async fn merged_into(&self) -> Told<Actor> {
        let survivor = self.view.models.actors.resolve(self.it.id);
        (survivor != self.it.id).then(|| self.view.actor(survivor)).flatten()
    }

    /// The other actors that turned out to be this one.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn same_as(&self) -> List<Seen<Actor>> {
        let all = self.view.models.actors.identities(self.it.id);
        self.view.actors(all.into_iter().filter(|id| *id != self.it.id))
    }

    /// Who may act for it; where a day is asked for, who may on that day.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn mandates(
        &self,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<List<MandateObject>, Fault> {
        let on = read(on, "on")?.or(self.view.effective_on);
        let held = self.it.mandates.iter();
        let held = held.filter(|it| on.is_none_or(|day| it.in_force(day)));
        Ok(held.map(|it| MandateObject { view: self.view.clone(), it: it.clone() }).collect())
    }

    /// Its public keys.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn keys(&self) -> List<KeyObject> {
        let keys = self.it.keys.iter().cloned();
        keys.map(|it| KeyObject { view: self.view.clone(), it }).collect()
    }

    /// In which interventions it takes part, and in which role; where a day is asked for, on that
    /// day. What it did before a merger counts.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn participations(
        &self,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<List<ParticipationObject>, Fault> {
        let on = read(on, "on")?.or(self.view.effective_on);
        let all = self.view.models.actors.identities(self.it.id);
        let mut found = Vec::new();
        for intervention in all.iter().flat_map(|id| self.view.models.interventions.of_actor(*id)) {
            let own = intervention.participations.iter().enumerate();
            let own = own.filter(|(_, it)| {
                all.contains(&it.actor) && it.annulled.is_none() && on.is_none_or(|day| it.on(day))
            });
            let seen = self.view.see(intervention);
            found.extend(own.map(|(place, _)| ParticipationObject::new(&seen, place)));
        }
        Ok(found.into())
    }

    /// The programmes that it carries, pays or takes part in.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn programmes(&self) -> List<Seen<programmes::Programme>> {
        let all = self.view.models.actors.identities(self.it.id);
        let models = &self.view.models;
        all.into_iter()
            .flat_map(|id| models.programmes.of_actor(id))
            .map(|it| self.view.see(it))
            .collect()
    }

    /// What it promised.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn commitments(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "Only those that are late on the day of the question.")]
        late_only: bool,
    ) -> List<Seen<commitments::Commitment>> {
        let day = self.view.day(ctx);
        let all = self.view.models.actors.identities(self.it.id);
        let promised = all.into_iter().flat_map(|id| self.view.models.commitments.offered_by(id));
        let wanted = promised.filter(|it| !late_only || it.lateness(day).is_late());
        wanted.map(|it| self.view.see(it)).collect()
    }

    /// What others promised to it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn commitments_received(&self) -> List<Seen<commitments::Commitment>> {
        let all = self.view.models.actors.identities(self.it.id);
        let received = all.into_iter().flat_map(|id| self.view.models.commitments.offered_to(id));
        received.map(|it| self.view.see(it)).collect()
    }

    /// The funding that it asked for.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn funding_requests(&self) -> List<Seen<funding::Request>> {
        let all = self.view.models.actors.identities(self.it.id);
        let models = &self.view.models;
        let asked = all.into_iter().flat_map(|id| models.funding.requests_of_applicant(id));
        asked.map(|it| self.view.see(it)).collect()
    }

    /// What it is to do because of meetings, or was.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn action_points(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default,
            desc = "Only those that are still to be done on the day of the \
                                   question."
        )]
        open_only: bool,
        #[graphql(default, desc = "Only those that are late on the day of the question.")]
        late_only: bool,
    ) -> List<Seen<meetings::Action>> {
        let day = self.view.day(ctx);
        let all = self.view.models.actors.identities(self.it.id);
        let owned = all.into_iter().flat_map(|id| self.view.models.meetings.owned_by(id));
        let wanted = owned.filter(|it| {
            (!open_only || it.is_open(day)) && (!late_only || it.lateness(day).is_late())
        });
        wanted.map(|it| self.view.see(it)).collect()
    }

    /// The service units that it hosts.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn service_units(&self) -> List<Seen<service_units::ServiceUnit>> {
        let all = self.view.models.actors.identities(self.it.id);
        let hosted = all.into_iter().flat_map(|id| self.view.models.service_units.of_host(id));
        hosted.map(|it| self.view.see(it)).collect()
    }

    /// What it does, on one page.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<CardObject, Fault> {
        let day = read(on, "on")?.unwrap_or_else(|| self.view.day(ctx));
        let it = Card::of(&self.view.models, self.it.id, day);
        Ok(CardObject { view: self.view.clone(), actor: self.it.id, day, it })
    }

    /// With whom it has something in common: on the day of the question where one is asked for, else
    /// through whatever ever was.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn network(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<NeighbourObject>, Fault> {
        let page = Page::read((first, after), (last, before))?;
        network::neighbours(ctx, &self.view, self.it.id, page)
    }

    /// When it was registered.
    async fn registered(&self) -> StampObject {
        self.view.stamp(self.it.registered)
    }

    /// What of it was corrected, and why: what it said before stays in its timeline.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.view.rectifications(&self.it.corrections)
    }

    /// That it was recorded by mistake, and why: it counts nowhere.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
    }

    /// Every event that concerns it, in the order of recording.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<EventObject>, Fault> {
        trail(ctx, &self.view, self.it.id.into(), Page::read((first, after), (last, before))?).await
    }
}

/// One name of an actor, as one source writes it.
#[derive(SimpleObject)]
#[graphql(serial, name = "ActorName")]
pub struct NamingObject {
    /// The name.
    name: Shown<Name>,
    /// In which language, where that was said.
    language: Option<Choice<Language>>,
    /// Where it was read.
    source: Option<SourceObject>,
    /// Who said it, and when.
    said: StampObject,
}

/// A name that an actor was recorded with and never had.
#[derive(SimpleObject)]
#[graphql(serial, name = "ActorMisnaming")]
pub struct MisnamingObject {
    /// The name.
    name: Shown<Name>,
    /// Where it was read.
    source: Option<SourceObject>,
    /// Who said it, and when.
    said: StampObject,
    /// Why it is a name of the actor no more, and who said so.
    withdrawal: RectificationObject,
}

/// A code that an actor has elsewhere.
#[derive(SimpleObject)]
#[graphql(serial, name = "Identifier")]
pub struct IdentifierObject {
    /// Which register.
    scheme: Shown<Name>,
    /// The code.
    value: Shown<Name>,
}
