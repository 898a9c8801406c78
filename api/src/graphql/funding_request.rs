//! Funding requests: the pipeline from the application to the last dirham accounted for.
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use domain::ids::{
    ActorId, EnvelopeId, FundingCallId, FundingRequestId, InterventionId, ProgrammeId,
};
use domain::territory::TerritoryId;
use domain::text::folded;
use jiff::civil::Date;
use projections::funding::{Call, Request, Stage};
use projections::programmes::{Envelope, Programme};
use projections::{actors, interventions};
use uuid::Uuid;

use super::balance::AmountsObject;
use super::connection::{Connection, Page};
use super::correction::CorrectionObject;
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::lineage::LineageObject;
use super::list::List;
use super::node::global;
use super::noun::{self, Listing, Order, Sieve, joined};
use super::payload::Node;
use super::scalars::Given;
use super::territory::TerritoryObject;
use super::values::{AsOf, MoneyObject, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must, read};

mod parts;

pub use parts::ExchangeObject;
use parts::{
    AgreementObject, DecisionObject, DisbursementObject, EligibilityObject, ExpenditureObject,
    FundingRequestStep, OpinionObject, ReformulationObject, RefundObject,
};

/// Questions about funding requests.
#[derive(Default)]
pub struct FundingRequestQuery;

/// Which requests are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct FundingRequestFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those of this applicant; a merger is followed.
    applicant: Option<Given<ActorId>>,
    /// Those that this actor pays for; a merger is followed.
    funder: Option<Given<ActorId>>,
    /// Those within this programme, or one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those that answer this call.
    call: Option<Given<FundingCallId>>,
    /// Those on this envelope.
    envelope: Option<Given<EnvelopeId>>,
    /// Those for this intervention.
    intervention: Option<Given<InterventionId>>,
    /// Those for something in this territory, wholly or in part.
    within: Option<Given<TerritoryId>>,
    /// Those at one of these stages.
    stage: Option<Vec<Choice<Stage>>>,
    /// Only those with a planned payment that is late on the day of the question.
    #[graphql(default)]
    late_only: bool,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<FundingRequestFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<FundingRequestFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<FundingRequestFilter>>,
}

joined!(FundingRequestFilter);

struct Wanted<'a> {
    view: &'a View,
    text: Option<String>,
    applicants: Option<BTreeSet<ActorId>>,
    funders: Option<BTreeSet<ActorId>>,
    programmes: Option<Vec<ProgrammeId>>,
    call: Option<FundingCallId>,
    envelope: Option<EnvelopeId>,
    intervention: Option<InterventionId>,
    within: Option<TerritoryId>,
    stage: Option<Vec<Choice<Stage>>>,
    late_on: Option<Date>,
}

impl<'a> Wanted<'a> {
    fn read(view: &'a View, filter: FundingRequestFilter, day: Date) -> Result<Self, Fault> {
        let models = &view.models;
        let applicant = read(filter.applicant, "filter.applicant")?;
        let funder = read(filter.funder, "filter.funder")?;
        let programme = read(filter.programme, "filter.programme")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            applicants: applicant.map(|id| models.actors.identities(id)),
            funders: funder.map(|id| models.actors.identities(id)),
            programmes: programme.map(|id| models.programmes.subtree(id)),
            call: read(filter.call, "filter.call")?,
            envelope: read(filter.envelope, "filter.envelope")?,
            intervention: read(filter.intervention, "filter.intervention")?,
            within: read(filter.within, "filter.within")?,
            stage: filter.stage,
            late_on: filter.late_only.then_some(day),
        })
    }

    fn holds(&self, it: &Request) -> bool {
        let models = &self.view.models;
        let funder = || models.funding.funder(it, &models.programmes);
        self.applicants.as_ref().is_none_or(|all| all.contains(&it.applicant))
            && self.programmes.as_ref().is_none_or(|all| all.contains(&it.programme))
            && self.call.is_none_or(|id| it.call == Some(id))
            && self.envelope.is_none_or(|id| it.envelope == Some(id))
            && self.intervention.is_none_or(|id| it.intervention == Some(id))
            && self.stage.as_ref().is_none_or(|any| any.contains(&Choice(it.stage)))
            && self.within.is_none_or(|territory| it.is_within(territory))
            && self.late_on.is_none_or(|day| it.late(day).next().is_some())
            && self.funders.as_ref().is_none_or(|all| funder().is_some_and(|id| all.contains(&id)))
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }
}

/// Questions about funding requests.
#[Object(serial)]
impl FundingRequestQuery {
    /// One funding request.
    async fn funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<FundingRequestId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "The day that planned payments are late on.")] effective_on: Option<
            Given<Date>,
        >,
    ) -> Result<Told<Request>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.funding.request(id)))
    }

    /// The funding pipeline, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn funding_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            FundingRequestFilter,
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
    ) -> Result<Listing<Request>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let day = view.day(ctx);
        let wanted = Sieve::read(filter, |it| {
            let wanted = Wanted::read(&view, it, day)?;
            Ok(move |it: &Request| wanted.holds(it))
        })?;
        let all =
            |ids| view.models.funding.requests_between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

impl Node for Seen<Request> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.funding.request(id.into()).map(|it| view.see(it))
    }
}

/// One application for funding, from its submission to its closing.
#[Object(serial, name = "FundingRequest")]
impl Seen<Request> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// For what, in short.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Who asks.
    async fn applicant(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.applicant)
    }

    /// Who pays: the envelope's funder, else who granted it.
    async fn funder(&self) -> Told<actors::Actor> {
        let models = &self.view.models;
        let funder = models.funding.funder(&self.it, &models.programmes);
        funder.and_then(|id| self.view.actor(id))
    }

    /// The call that it answers.
    async fn call(&self) -> Told<Call> {
        let call = self.view.models.funding.call(self.it.call?)?;
        self.view.tell(Some(call))
    }

    /// Within which programme.
    async fn programme(&self) -> Told<Programme> {
        self.view.programme(self.it.programme)
    }

    /// Out of which envelope: as granted, else as asked.
    async fn envelope(&self) -> Told<Envelope> {
        let envelope = self.view.models.programmes.envelope(self.it.envelope?)?;
        self.view.tell(Some(envelope))
    }

    /// For which intervention.
    async fn intervention(&self) -> Told<interventions::Intervention> {
        self.it.intervention.and_then(|id| self.view.intervention(id))
    }

    /// For which territories.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn territories(&self) -> List<TerritoryObject> {
        self.it.territories.iter().copied().map(TerritoryObject).collect()
    }

    /// How far it has come.
    async fn stage(&self) -> Choice<Stage> {
        Choice(self.it.stage)
    }

    /// Every step, the latest recorded last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn steps(&self) -> List<FundingRequestStep> {
        let steps = self.it.steps.iter();
        steps
            .map(|it| FundingRequestStep {
                stage: Choice(it.stage),
                said: self.view.stamp(it.stamp),
            })
            .collect()
    }

    /// How much is asked; nothing where nobody declared it.
    async fn asked(&self) -> Option<MoneyObject> {
        self.it.asked.map(Into::into)
    }

    /// How much the applicant brings; nothing where nobody declared it.
    async fn own_contribution(&self) -> Option<MoneyObject> {
        self.it.own_contribution.map(Into::into)
    }

    /// How much is granted; after a revocation, what was paid and not given back.
    async fn granted(&self) -> Option<MoneyObject> {
        self.it.granted.map(Into::into)
    }

    /// Where its numbers come from.
    async fn lineage(&self) -> LineageObject {
        LineageObject::own(&self.view, self.it.id)
    }

    /// The sum of the payments made.
    async fn disbursed(&self) -> AmountsObject {
        self.it.disbursed.clone().into()
    }

    /// What is agreed and not paid yet; nothing without an agreement.
    async fn to_disburse(&self) -> Option<AmountsObject> {
        self.it.to_disburse().map(Into::into)
    }

    /// The sum of what was spent.
    async fn spent(&self) -> AmountsObject {
        self.it.spent.clone().into()
    }

    /// The sum of what was spent and validated.
    async fn validated(&self) -> AmountsObject {
        self.it.validated.clone().into()
    }

    /// The sum of what was given back.
    async fn refunded(&self) -> AmountsObject {
        self.it.refunded.clone().into()
    }

    /// Every check of whether it can be funded at all.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn eligibility_checks(&self) -> List<EligibilityObject> {
        self.it.eligibility.iter().map(|it| EligibilityObject::of(&self.view, it)).collect()
    }

    /// Every technical opinion.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn opinions(&self) -> List<OpinionObject> {
        self.it.opinions.iter().map(|it| OpinionObject::of(&self.view, it)).collect()
    }

    /// Every other form in which it was asked.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn reformulations(&self) -> List<ReformulationObject> {
        self.it.reformulations.iter().map(|it| ReformulationObject::of(&self.view, it)).collect()
    }

    /// Every decision; all are kept.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn decisions(&self) -> List<DecisionObject> {
        self.it.decisions.iter().map(|it| DecisionObject::of(&self.view, it)).collect()
    }

    /// The agreement that contracts it.
    async fn agreement(&self) -> Option<AgreementObject> {
        self.it.agreement.as_ref().map(|it| AgreementObject::of(&self.view, it))
    }

    /// The payments, planned and made.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn disbursements(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "Only those that are late on the day of the question.")]
        late_only: bool,
    ) -> List<DisbursementObject> {
        let day = self.view.day(ctx);
        let late: BTreeSet<_> = self.it.late(day).map(|it| it.id).collect();
        let all = self.it.disbursements.iter();
        all.filter(|it| !late_only || late.contains(&it.id))
            .map(|it| {
                let late_days = it.late_days(day).filter(|_| late.contains(&it.id));
                DisbursementObject::of(&self.view, it, late_days)
            })
            .collect()
    }

    /// What was spent.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn expenditures(&self) -> List<ExpenditureObject> {
        self.it.expenditures.iter().map(|it| ExpenditureObject::of(&self.view, it)).collect()
    }

    /// What was given back.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn refunds(&self) -> List<RefundObject> {
        self.it.refunds.iter().map(|it| RefundObject::of(&self.view, it)).collect()
    }

    /// When it was submitted.
    async fn submitted(&self) -> StampObject {
        self.view.stamp(self.it.submitted)
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

    /// The corrections of its figures that were proposed: each takes a second person.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn proposed_corrections(
        &self,
        #[graphql(default, desc = "Only those that wait for a second person.")] waiting_only: bool,
    ) -> List<CorrectionObject> {
        CorrectionObject::all(&self.view, self.it.id, waiting_only)
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
