//! Funding calls: windows in which requests are taken.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{FundingCallId, ProgrammeId};
use jiff::civil::Date;
use projections::actors;
use projections::funding::{Balance, Call, CallStage, Request};
use projections::lineage::{BalanceOf, Funded};
use projections::programmes::{Envelope, Programme};
use uuid::Uuid;

use super::balance::BalanceObject;
use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::list::List;
use super::node::global;
use super::noun::{self, Listing, Order, Sieve, joined};
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::territory::TerritoryObject;
use super::values::{AsOf, MoneyObject, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must, read};

/// Questions about funding calls.
#[derive(Default)]
pub struct FundingCallQuery;

/// Which calls are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct FundingCallFilter {
    /// Those of this programme, or of one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those at one of these stages.
    stage: Option<Vec<Choice<CallStage>>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<FundingCallFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<FundingCallFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<FundingCallFilter>>,
}

joined!(FundingCallFilter);

/// Questions about funding calls.
#[Object(serial)]
impl FundingCallQuery {
    /// One funding call.
    async fn funding_call(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<FundingCallId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "The day that planned payments are late on.")] effective_on: Option<
            Given<Date>,
        >,
    ) -> Result<Told<Call>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.funding.call(id)))
    }

    /// The funding calls, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn funding_calls(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            FundingCallFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "In which order; that of this list where it is left out.")]
        order_by: Option<Vec<Order>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "The day that planned payments are late on.")] effective_on: Option<
            Given<Date>,
        >,
    ) -> Result<Listing<Call>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |filter| {
            let programme = read(filter.programme, "filter.programme")?;
            let programmes = programme.map(|id| view.models.programmes.subtree(id));
            Ok(move |it: &Call| {
                programmes.as_ref().is_none_or(|all| all.contains(&it.programme))
                    && filter.stage.as_ref().is_none_or(|any| any.contains(&Choice(it.stage)))
            })
        })?;
        let all =
            |ids| view.models.funding.calls_between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

impl Node for Seen<Call> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.funding.call(id.into()).map(|it| view.see(it))
    }
}

/// A window in which funding requests are taken.
#[Object(serial, name = "FundingCall")]
impl Seen<Call> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// Its title.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Within which programme.
    async fn programme(&self) -> Told<Programme> {
        self.view.programme(self.it.programme)
    }

    /// Out of which envelope.
    async fn envelope(&self) -> Told<Envelope> {
        let envelope = self.view.models.programmes.envelope(self.it.envelope?)?;
        self.view.tell(Some(envelope))
    }

    /// For which territories; all where none is named.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn territories(&self) -> List<TerritoryObject> {
        self.it.territories.iter().copied().map(TerritoryObject).collect()
    }

    /// The most that one request may ask.
    async fn ceiling(&self) -> Option<MoneyObject> {
        self.it.ceiling.map(Into::into)
    }

    /// How far it has come.
    async fn stage(&self) -> Choice<CallStage> {
        Choice(self.it.stage)
    }

    /// When it opened.
    async fn opened_on(&self) -> Option<Shown<Effective>> {
        self.it.opened_on.map(Shown)
    }

    /// Its last day, where one was announced.
    async fn closes(&self) -> Option<Shown<Date>> {
        self.it.closes.map(Shown)
    }

    /// When it closed.
    async fn closed_on(&self) -> Option<Shown<Effective>> {
        self.it.closed_on.map(Shown)
    }

    /// When it was decided.
    async fn decided_on(&self) -> Option<Shown<Effective>> {
        self.it.decided_on.map(Shown)
    }

    /// Who may come later than the others.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn waivers(&self) -> List<WaiverObject> {
        let waivers = self.it.waivers.iter();
        waivers
            .map(|it| WaiverObject {
                applicant: self.view.actor(it.applicant),
                until: Shown(it.until),
                reason: (&*it.reason).into(),
                said: self.view.stamp(it.stamp),
            })
            .collect()
    }

    /// The requests that answer it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn requests(&self) -> List<Seen<Request>> {
        let requests = self.view.models.funding.requests_of_call(self.it.id);
        requests.map(|it| self.view.see(it)).collect()
    }

    /// Where its money stands.
    async fn balance(&self, ctx: &Context<'_>) -> BalanceObject {
        let requests = self.view.models.funding.requests_of_call(self.it.id);
        let on = self.view.day(ctx);
        let it = Balance::of(requests.map(AsRef::as_ref), on);
        let requests = Funded { call: Some(self.it.id), ..Funded::default() };
        BalanceObject::of(&self.view, BalanceOf { requests, by: None, of: None, on }, it)
    }

    /// When the ledger learned of it.
    async fn drafted(&self) -> StampObject {
        self.view.stamp(self.it.drafted)
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

/// One applicant may come later than the others.
#[derive(SimpleObject)]
#[graphql(serial, name = "Waiver")]
pub struct WaiverObject {
    /// Who.
    applicant: Told<actors::Actor>,
    /// Until when.
    until: Shown<Date>,
    /// Why.
    reason: Text,
    /// When it was recorded.
    said: StampObject,
}
