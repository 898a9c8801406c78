//! The tree of programmes: results against targets, envelopes, and what sources disagree about.
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{
    ActorId, EnvelopeId, FundingRequestId, IndicatorId, PolicyFrameworkId, ProgrammeId,
};
use domain::programme::{Claim, Kind};
use domain::territory::TerritoryId;
use domain::text::{Name, folded};
use jiff::civil::Date;
use projections::programmes::{
    About, Claimed, Envelope, Flag, Indicator, Programme, Settled, Stage,
};
use projections::{actors, commitments, documents, frameworks, funding, interventions};
use uuid::Uuid;

use super::balance::BalanceObject;
use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::indicator::{ProgressObject, ResultObject};
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::territory::TerritoryObject;
use super::values::{AsOf, MoneyObject, PeriodObject, Text};
use super::view::{Seen, SourceObject, StampObject, View, must, read};

/// Questions about programmes.
#[derive(Default)]
pub struct ProgrammeQuery;

/// Which programmes are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ProgrammeFilter {
    /// Those with a title or initials that contain this, in any spelling.
    text: Option<String>,
    /// Those of this sort.
    kind: Option<Choice<Kind>>,
    /// Those that have come so far; on the day of the question where one is asked for.
    stage: Option<Choice<Stage>>,
    /// Those that this actor carries, pays or takes part in; a merger is followed.
    actor: Option<Given<ActorId>>,
    /// Those that follow this strategy.
    framework: Option<Given<PolicyFrameworkId>>,
    /// Those that are part of this programme, however deep; it is not one of them.
    part_of: Option<Given<ProgrammeId>>,
    /// Only those that are part of no other.
    #[graphql(default)]
    roots_only: bool,
    /// Those for this territory, or for one within it.
    within: Option<Given<TerritoryId>>,
    /// Those of which this is to be known on the day of the question.
    flag: Option<Choice<Flag>>,
}

/// Questions about programmes.
#[Object]
impl ProgrammeQuery {
    /// One programme or project.
    async fn programme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<ProgrammeId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Option<Seen<Programme>>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.programme(id))
    }

    /// Programmes and projects, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first, child_complexity)")]
    async fn programmes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            ProgrammeFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Connection<Seen<Programme>>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::new(first, after)?;
        let filter = filter.unwrap_or_default();
        let (all, day) = (&view.models.programmes, view.day(ctx));
        let actors = read(filter.actor, "filter.actor")?;
        let actors = actors.map(|id| view.models.actors.identities(id));
        let framework = read(filter.framework, "filter.framework")?;
        let below = read(filter.part_of, "filter.partOf")?;
        let below = below.map(|id| all.subtree(id).into_iter().skip(1).collect::<BTreeSet<_>>());
        let roots: Option<BTreeSet<_>> =
            filter.roots_only.then(|| all.roots().map(|it| it.id).collect());
        let within = read(filter.within, "filter.within")?;
        let text = filter.text.as_deref().map(folded);
        let stage =
            |it: &Programme| view.effective_on.map_or(Some(it.stage), |day| it.stage_on(day));
        let wanted = all.iter().filter(|it| {
            filter.kind.is_none_or(|kind| it.kind == kind.0)
                && filter.stage.is_none_or(|wanted| stage(it) == Some(wanted.0))
                && actors.as_ref().is_none_or(|all| it.actors().any(|id| all.contains(&id)))
                && framework.is_none_or(|id| it.alignments.iter().any(|it| it.framework == id))
                && below.as_ref().is_none_or(|all| all.contains(&it.id))
                && roots.as_ref().is_none_or(|all| all.contains(&it.id))
                && within.is_none_or(|outer| it.territories.iter().any(|it| it.is_within(outer)))
                && filter.flag.is_none_or(|flag| all.flags(it, day).contains(&flag.0))
                && text.as_ref().is_none_or(|text| it.matches(text))
        });
        page.keyed(wanted, |it| it.id, |it| view.see(it))
    }

    /// One envelope.
    async fn envelope(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<EnvelopeId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Option<Seen<Envelope>>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, None).await?;
        Ok(view.models.programmes.envelope(id).map(|it| view.see(it)))
    }

    /// One indicator.
    async fn indicator(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<IndicatorId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "The day that its target is judged on.")] effective_on: Option<
            Given<Date>,
        >,
    ) -> Result<Option<Seen<Indicator>>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.models.programmes.indicator(id).map(|it| view.see(it)))
    }

    /// The value of several indicators together: a result that they share counts once.
    async fn indicator_total(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] indicators: Vec<Given<IndicatorId>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<ProgressObject, Fault> {
        let view = View::of(ctx, as_of, None).await?;
        let ids = indicators.iter().map(|id| must(id, "indicators"));
        let ids = ids.collect::<Result<BTreeSet<_>, _>>()?;
        Ok(view.models.programmes.total(&ids).into())
    }
}

impl Node for Seen<Programme> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).programme(id.into())
    }
}

/// A programme, or a project within one.
#[Object(name = "Programme")]
impl Seen<Programme> {
    /// Its id.
    async fn id(&self) -> Shown<ProgrammeId> {
        Shown(self.it.id)
    }

    /// What it is.
    async fn kind(&self) -> Choice<Kind> {
        Choice(self.it.kind)
    }

    /// Its title.
    async fn title(&self) -> Text {
        (&*self.it.title).into()
    }

    /// Its initials.
    async fn acronym(&self) -> Option<&str> {
        self.it.acronym.as_ref().map(|it| it.as_str())
    }

    /// What it is part of.
    async fn parent(&self) -> Option<Seen<Programme>> {
        self.it.parent.and_then(|id| self.view.programme(id))
    }

    /// What it is part of, the nearest first.
    async fn ancestors(&self) -> Vec<Seen<Programme>> {
        let above = self.view.models.programmes.ancestors(self.it.id);
        above.into_iter().filter_map(|id| self.view.programme(id)).collect()
    }

    /// What is part of it directly.
    async fn children(&self) -> Vec<Seen<Programme>> {
        let children = self.view.models.programmes.children(self.it.id);
        children.map(|it| self.view.see(it)).collect()
    }

    /// From when to when, as last created, extended or settled.
    async fn period(&self) -> PeriodObject {
        self.it.period.into()
    }

    /// Who carries it.
    async fn operator(&self) -> Option<Seen<actors::Actor>> {
        self.it.operator.and_then(|id| self.view.actor(id))
    }

    /// Who pays.
    async fn funders(&self) -> Vec<Seen<actors::Actor>> {
        self.view.actors(self.it.funders.iter().copied())
    }

    /// Who else takes part.
    async fn partners(&self) -> Vec<Seen<actors::Actor>> {
        self.view.actors(self.it.partners.iter().copied())
    }

    /// Where.
    async fn territories(&self) -> Vec<TerritoryObject> {
        self.it.territories.iter().copied().map(TerritoryObject).collect()
    }

    /// Its budget; nothing where nobody declared it, which is not zero.
    async fn budget(&self) -> Option<MoneyObject> {
        self.it.budget.map(Into::into)
    }

    /// How far it has come; on the day of the question where one is asked for, and nothing before
    /// it began.
    async fn stage(&self) -> Option<Choice<Stage>> {
        let stage = self.view.effective_on.map_or(Some(self.it.stage), |day| self.it.stage_on(day));
        stage.map(Choice)
    }

    /// Every step, the latest recorded last.
    async fn steps(&self) -> Vec<ProgrammeStep> {
        let steps = self.it.steps.iter();
        steps
            .map(|it| ProgrammeStep {
                stage: Choice(it.stage),
                reason: it.reason.as_deref().map(Into::into),
                said: self.view.stamp(it.stamp),
            })
            .collect()
    }

    /// What should be known of its data on the day of the question.
    async fn flags(&self, ctx: &Context<'_>) -> Vec<Choice<Flag>> {
        let flags = self.view.models.programmes.flags(&self.it, self.view.day(ctx));
        flags.into_iter().map(Choice).collect()
    }

    /// The agreement that it rests on.
    async fn agreement(&self) -> Option<ProgrammeAgreement> {
        self.it.agreement.as_ref().map(|it| ProgrammeAgreement {
            parties: self.view.actors(it.parties.iter().copied()),
            document: self.view.documents(it.document).pop(),
            on: Shown(it.on),
        })
    }

    /// The strategies that it follows.
    async fn alignments(&self) -> Vec<AlignmentObject> {
        let models = &self.view.models;
        let alignments = self.it.alignments.iter();
        alignments
            .map(|it| AlignmentObject {
                framework: models.frameworks.get(it.framework).map(|it| self.view.see(it)),
                axis: it.axis.map(|id| Shown(id.into())),
                said: self.view.stamp(it.stamp),
            })
            .collect()
    }

    /// What it expects, with what it is measured by.
    async fn results(&self) -> Vec<ResultObject> {
        let results = self.it.results.iter().cloned();
        results.map(|it| ResultObject { view: self.view.clone(), it }).collect()
    }

    /// The money that it sets aside.
    async fn envelopes(&self) -> Vec<Seen<Envelope>> {
        let envelopes = self.view.models.programmes.envelopes(self.it.id);
        envelopes.map(|it| self.view.see(it)).collect()
    }

    /// Where its money stands.
    async fn balance(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = true, desc = "With all that is part of it.")] with_parts: bool,
    ) -> BalanceObject {
        let models = &self.view.models;
        let day = self.view.day(ctx);
        let balance = models.funding.balance_of(self.it.id, with_parts, &models.programmes, day);
        balance.into()
    }

    /// Later ends.
    async fn extensions(&self) -> Vec<ExtensionObject> {
        let extensions = self.it.extensions.iter();
        extensions
            .map(|it| ExtensionObject {
                before: Shown(it.before),
                to: Shown(it.to),
                reason: (&*it.reason).into(),
                said: self.view.stamp(it.stamp),
            })
            .collect()
    }

    /// What sources say of it, side by side.
    async fn claims(&self) -> Vec<ClaimObject> {
        let claims = self.it.claims.iter().cloned();
        claims.map(|it| ClaimObject { view: self.view.clone(), it }).collect()
    }

    /// How disagreements ended.
    async fn settlements(&self) -> Vec<ClaimSettlement> {
        let settlements = self.it.settlements.iter().cloned();
        settlements.map(|it| ClaimSettlement { view: self.view.clone(), it }).collect()
    }

    /// What sources disagree about and nobody has settled.
    async fn disputed(&self) -> Vec<Choice<About>> {
        self.it.disputed().into_iter().map(Choice).collect()
    }

    /// What is done on the ground within it.
    async fn interventions(
        &self,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
    ) -> Vec<Seen<interventions::Intervention>> {
        let models = &self.view.models;
        let all = self.own_or_all(with_parts).into_iter();
        let all = all.flat_map(|id| models.interventions.of_programme(id));
        all.map(|it| self.view.see(it)).collect()
    }

    /// What was promised within it, without what was promised for its interventions alone.
    async fn commitments(
        &self,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
    ) -> Vec<Seen<commitments::Commitment>> {
        let models = &self.view.models;
        let all = self.own_or_all(with_parts).into_iter();
        let all = all.flat_map(|id| models.commitments.of_programme(id));
        all.map(|it| self.view.see(it)).collect()
    }

    /// Its funding calls.
    async fn funding_calls(&self) -> Vec<Seen<funding::Call>> {
        let calls = self.view.models.funding.calls_of(self.it.id);
        calls.map(|it| self.view.see(it)).collect()
    }

    /// When the ledger learned of it.
    async fn created(&self) -> StampObject {
        self.view.stamp(self.it.created)
    }

    /// Every event that concerns it, in the order of recording.
    #[graphql(complexity = "super::connection::cost(first, child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
    ) -> Result<Connection<EventObject>, Fault> {
        trail(ctx, &self.view, self.it.id.into(), first, after).await
    }
}

impl Seen<Programme> {
    fn own_or_all(&self, with_parts: bool) -> Vec<ProgrammeId> {
        if with_parts { self.view.models.programmes.subtree(self.it.id) } else { vec![self.it.id] }
    }
}

/// One step of a programme.
#[derive(SimpleObject)]
pub struct ProgrammeStep {
    /// What it became.
    stage: Choice<Stage>,
    /// Why, where a reason was given.
    reason: Option<Text>,
    /// When, and who said so.
    said: StampObject,
}

/// The agreement that a programme rests on.
#[derive(SimpleObject)]
pub struct ProgrammeAgreement {
    /// Who agreed.
    parties: Vec<Seen<actors::Actor>>,
    /// In which document.
    document: Option<Seen<documents::Document>>,
    /// When.
    on: Shown<Effective>,
}

/// A strategy that a programme follows.
#[derive(SimpleObject)]
#[graphql(name = "Alignment")]
pub struct AlignmentObject {
    /// The strategy.
    framework: Option<Seen<frameworks::Framework>>,
    /// The id of one of its axes.
    axis: Option<Shown<Uuid>>,
    /// Who said so, and when.
    said: StampObject,
}

/// A later end, and why.
#[derive(SimpleObject)]
#[graphql(name = "Extension")]
pub struct ExtensionObject {
    /// The end before.
    before: Shown<Effective>,
    /// The new end.
    to: Shown<Effective>,
    /// Why.
    reason: Text,
    /// When it was decided.
    said: StampObject,
}

/// What a source says: one of the fields is there, as `about` tells.
#[derive(SimpleObject)]
pub struct ClaimValue {
    /// What it is about.
    about: Choice<About>,
    /// The title.
    title: Option<Text>,
    /// The period.
    period: Option<PeriodObject>,
    /// The budget.
    budget: Option<MoneyObject>,
    /// The status, in the source's words.
    status: Option<Shown<Name>>,
}

impl From<&Claim> for ClaimValue {
    fn from(claim: &Claim) -> Self {
        let about = Choice(About::from(claim));
        let mut value = Self { about, title: None, period: None, budget: None, status: None };
        match claim {
            Claim::Title(title) => value.title = Some(title.into()),
            Claim::Period(period) => value.period = Some((*period).into()),
            Claim::Budget(budget) => value.budget = Some((*budget).into()),
            Claim::Status(status) => value.status = Some(Shown(status.clone())),
        }
        value
    }
}

/// What one source says of a programme.
pub struct ClaimObject {
    view: View,
    it: Claimed,
}

/// What one source says of a programme.
#[Object(name = "Claim")]
impl ClaimObject {
    /// What it says.
    async fn value(&self) -> ClaimValue {
        (&*self.it.claim).into()
    }

    /// Where it was read.
    async fn source(&self) -> Option<SourceObject> {
        self.view.source(self.it.source.as_deref())
    }

    /// Who reported it, and when.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}

/// How a disagreement of sources ended.
pub struct ClaimSettlement {
    view: View,
    it: Settled,
}

/// How a disagreement of sources ended.
#[Object]
impl ClaimSettlement {
    /// What holds.
    async fn value(&self) -> ClaimValue {
        (&*self.it.claim).into()
    }

    /// Why.
    async fn reason(&self) -> Text {
        (&*self.it.reason).into()
    }

    /// On which source.
    async fn source(&self) -> Option<SourceObject> {
        self.view.source(self.it.source.as_deref())
    }

    /// Who settled it, and when.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}

/// Money that a programme sets aside for funding requests.
#[Object(name = "Envelope")]
impl Seen<Envelope> {
    /// Its id.
    async fn id(&self) -> Shown<EnvelopeId> {
        Shown(self.it.id)
    }

    /// What it is for.
    async fn title(&self) -> Text {
        (&*self.it.title).into()
    }

    /// Whose it is.
    async fn programme(&self) -> Option<Seen<Programme>> {
        self.view.programme(self.it.programme)
    }

    /// Who pays.
    async fn funder(&self) -> Option<Seen<actors::Actor>> {
        self.it.funder.and_then(|id| self.view.actor(id))
    }

    /// How much there is in all.
    async fn amount(&self) -> MoneyObject {
        self.it.amount.into()
    }

    /// How much is promised to requests.
    async fn reserved(&self) -> MoneyObject {
        self.it.reserved.into()
    }

    /// What can still be granted.
    async fn left(&self) -> MoneyObject {
        self.it.left().into()
    }

    /// How much is reserved for which request.
    async fn reservations(&self) -> Vec<ReservationObject> {
        let models = &self.view.models;
        let all = self.it.reservations();
        all.map(|(id, amount)| ReservationObject {
            request_id: Shown(id),
            request: models.funding.request(id).map(|it| self.view.see(it)),
            amount: amount.into(),
        })
        .collect()
    }

    /// When it was opened.
    async fn opened(&self) -> StampObject {
        self.view.stamp(self.it.opened)
    }
}

/// What is reserved for one request.
#[derive(SimpleObject)]
#[graphql(name = "Reservation")]
pub struct ReservationObject {
    /// The id of the request.
    request_id: Shown<FundingRequestId>,
    /// The request.
    request: Option<Seen<funding::Request>>,
    /// How much.
    amount: MoneyObject,
}
