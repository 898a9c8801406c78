//! Corrections of money and of what was kept: what waits for a second person, and what became of the
//! others.
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{ActorId, CorrectionId, ProgrammeId, UserId};
use domain::measure::Quantity;
use domain::recorded::Position;
use projections::corrections::{Answer, Correction, Figure, Value};
use projections::subjects::{Kind, Subject};
use projections::{Models, actors, commitments, interventions};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::event::SubjectKind;
use super::facts::{self, Facts, Worth, word};
use super::fault::Fault;
use super::funding_request::ExchangeObject;
use super::list::List;
use super::scalars::{Given, Shown};
use super::values::{AsOf, MoneyObject, Text};
use super::view::{StampObject, Told, View, must, read};

/// Questions about corrections.
#[derive(Default)]
pub struct CorrectionQuery;

/// Questions about corrections.
#[Object(serial)]
impl CorrectionQuery {
    /// One correction that was proposed.
    async fn correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<CorrectionId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Option<CorrectionObject>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, None).await?;
        Ok(view.models.corrections.get(id).map(|it| CorrectionObject::of(&view, it)))
    }

    /// The corrections that wait for a second person, in the order of their ids: until one confirms
    /// them they change no figure.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn pending_corrections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of the thing with this id.")] subject: Option<Given<Uuid>>,
        #[graphql(desc = "Within this programme, or one that is part of it.")] programme: Option<
            Given<ProgrammeId>,
        >,
        #[graphql(
            desc = "Of what this actor takes part in, asks for, promises or is promised; a merger \
                    is followed."
        )]
        actor: Option<Given<ActorId>>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Connection<CorrectionObject>, Fault> {
        let view = View::of(ctx, as_of, None).await?;
        let page = Page::read((first, after), (last, before))?;
        let models = &view.models;
        let subject = read(subject, "subject")?;
        let programmes = read(programme, "programme")?.map(|id| models.programmes.subtree(id));
        let actors = read(actor, "actor")?.map(|id| models.actors.identities(id));
        let wanted = models.corrections.waiting().filter(|it| {
            subject.is_none_or(|id| it.subject.id == id)
                && programmes.as_ref().is_none_or(|all| {
                    programme_of(models, it.subject).is_some_and(|id| all.contains(&id))
                })
                && actors.as_ref().is_none_or(|all| concerns(models, it.subject, all))
        });
        page.keyed(ctx, &view, wanted, |it| it.id, |it| CorrectionObject::of(&view, it))
    }
}

/// The programme that a subject is, or is part of.
fn programme_of(models: &Models, subject: Subject) -> Option<ProgrammeId> {
    let id = subject.id;
    let of = |it: &interventions::Intervention| it.programme;
    match subject.kind {
        Kind::Programme => Some(id.into()),
        Kind::Intervention => models.interventions.get(id.into()).and_then(|it| of(it)),
        Kind::FundingRequest => models.funding.request(id.into()).map(|it| it.programme),
        Kind::Commitment => {
            let commitment = models.commitments.get(id.into())?;
            let through = |it: &commitments::Commitment| {
                models.interventions.get(it.intervention?).and_then(|it| of(it))
            };
            commitment.programme.or_else(|| through(commitment))
        }
        _ => None,
    }
}

/// Whether one of `actors` takes part in a subject.
fn concerns(models: &Models, subject: Subject, actors: &BTreeSet<ActorId>) -> bool {
    let id = subject.id;
    let has = |actor: ActorId| actors.contains(&actor);
    match subject.kind {
        Kind::Programme => models.programmes.get(id.into()).is_some_and(|it| it.actors().any(has)),
        Kind::Intervention => models.interventions.get(id.into()).is_some_and(|it| {
            let mut parts = it.participations.iter().filter(|it| it.annulled.is_none());
            parts.any(|it| has(it.actor)) || it.adoption.is_some_and(|it| has(it.by))
        }),
        Kind::FundingRequest => models.funding.request(id.into()).is_some_and(|it| {
            let funder = models.funding.funder(it, &models.programmes);
            has(it.applicant) || funder.is_some_and(has)
        }),
        Kind::Commitment => {
            models.commitments.get(id.into()).is_some_and(|it| has(it.by) || has(it.to))
        }
        _ => false,
    }
}

/// What sort of figure a correction is about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectedFigure {
    /// A payment that was made.
    Disbursement,
    /// A sum that the beneficiary spent.
    Expenditure,
    /// A sum that came back.
    Refund,
    /// What the agreement is over.
    Agreement,
    /// What was confirmed as kept, on a piece of evidence.
    Fulfilment,
    /// How much was promised.
    Pledge,
    /// Money that is set aside.
    Envelope,
    /// What something costs.
    Budget,
}

/// How far a correction has come.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionStanding {
    /// Nobody else has looked at it yet: it changes nothing.
    Waiting,
    /// Another person agreed: it holds.
    Confirmed,
    /// Another person did not agree: it changes nothing.
    Rejected,
}

impl From<Figure> for CorrectedFigure {
    fn from(figure: Figure) -> Self {
        match figure {
            Figure::Disbursement(_) => Self::Disbursement,
            Figure::Expenditure(_) => Self::Expenditure,
            Figure::Refund(_) => Self::Refund,
            Figure::Agreement => Self::Agreement,
            Figure::Fulfilment(_) => Self::Fulfilment,
            Figure::Pledge => Self::Pledge,
            Figure::Envelope(_) => Self::Envelope,
            Figure::Budget => Self::Budget,
        }
    }
}

impl From<&Answer> for CorrectionStanding {
    fn from(answer: &Answer) -> Self {
        match answer {
            Answer::Waiting => Self::Waiting,
            Answer::Confirmed { .. } => Self::Confirmed,
            Answer::Rejected { .. } => Self::Rejected,
        }
    }
}

/// What a figure says; nothing in both where it is not declared, or should not be there.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct FigureValue {
    /// A sum of money.
    money: Option<MoneyObject>,
    /// A quantity, in the pledge's unit; minor units for money.
    quantity: Option<Shown<Quantity>>,
}

impl From<Value> for FigureValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Money(money) => Self { money: money.map(Into::into), quantity: None },
            Value::Quantity(quantity) => Self { money: None, quantity: quantity.map(Shown) },
        }
    }
}

/// A correction that one person proposed, and that another one answers.
pub struct CorrectionObject {
    view: View,
    it: Arc<Correction>,
}

impl CorrectionObject {
    /// The correction, seen in `view`.
    pub fn of(view: &View, it: &Arc<Correction>) -> Self {
        Self { view: view.clone(), it: Arc::clone(it) }
    }

    /// Those of one subject; only those that wait where `waiting_only` says so.
    pub fn all(view: &View, subject: impl Into<Subject>, waiting_only: bool) -> List<Self> {
        let all = view.models.corrections.of(subject.into());
        let wanted = all.filter(|it| !waiting_only || it.is_waiting());
        wanted.map(|it| Self::of(view, it)).collect()
    }

    fn answer(&self) -> Option<(ActorId, UserId, projections::Stamp)> {
        match &self.it.answer {
            Answer::Waiting => None,
            Answer::Confirmed { by, person, stamp }
            | Answer::Rejected { by, person, stamp, .. } => Some((*by, *person, *stamp)),
        }
    }
}

impl Facts for CorrectionObject {
    fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
        facts::subject(models, self.it.subject)
    }

    fn date(&self) -> Option<Effective> {
        Some(self.it.proposed.effective)
    }

    fn standing(&self) -> Option<(usize, String)> {
        let standing = CorrectionStanding::from(&self.it.answer);
        Some((standing as usize, word(standing)))
    }

    fn worth(&self, _: &Models) -> Option<Worth> {
        let Value::Money(money) = self.it.to else { return None };
        Some(Worth::Own(money))
    }

    fn kinds(&self, _: &Models) -> Vec<String> {
        vec![word(CorrectedFigure::from(self.it.figure))]
    }

    fn subjects(&self, _: &Models) -> Vec<Kind> {
        vec![self.it.subject.kind]
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        vec![self.it.by]
    }
}

/// A correction that one person proposed, and that another one answers.
#[Object(serial, name = "Correction")]
impl CorrectionObject {
    /// Its id.
    async fn id(&self) -> Shown<CorrectionId> {
        Shown(self.it.id)
    }

    /// What sort of thing it is of.
    async fn subject_kind(&self) -> SubjectKind {
        self.it.subject.kind.into()
    }

    /// The thing that it is of.
    async fn subject_id(&self) -> Shown<Uuid> {
        Shown(self.it.subject.id)
    }

    /// Which figure.
    async fn figure(&self) -> CorrectedFigure {
        self.it.figure.into()
    }

    /// The id of the payment, the piece of evidence and so on; nothing where there is only one such
    /// figure.
    async fn part_id(&self) -> Option<Shown<Uuid>> {
        let id = match self.it.figure {
            Figure::Disbursement(id) => id.into(),
            Figure::Expenditure(id) => id.into(),
            Figure::Refund(id) => id.into(),
            Figure::Fulfilment(id) => id.into(),
            Figure::Envelope(id) => id.into(),
            Figure::Agreement | Figure::Pledge | Figure::Budget => return None,
        };
        Some(Shown(id))
    }

    /// What the figure said when the correction was proposed.
    async fn was(&self) -> Option<FigureValue> {
        self.it.was.map(Into::into)
    }

    /// What it should say.
    async fn to(&self) -> FigureValue {
        self.it.to.into()
    }

    /// What that was in another currency.
    async fn exchange(&self) -> Option<ExchangeObject> {
        self.it.exchange.as_deref().map(Into::into)
    }

    /// Whether it was said on purpose that more is kept than was promised.
    async fn exceeding(&self) -> bool {
        self.it.exceeding
    }

    /// For whom somebody proposed it.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.by)
    }

    /// Which person proposed it: an account, whose person stands outside the ledger.
    async fn person_id(&self) -> Shown<UserId> {
        Shown(self.it.person)
    }

    /// Why.
    async fn reason(&self) -> Text {
        (&*self.it.reason).into()
    }

    /// When it was proposed.
    async fn proposed(&self) -> StampObject {
        self.view.stamp(self.it.proposed)
    }

    /// The position of the event that said the figure.
    async fn corrects(&self) -> Option<Shown<Position>> {
        self.it.corrects.map(Shown)
    }

    /// How far it has come.
    async fn standing(&self) -> CorrectionStanding {
        (&self.it.answer).into()
    }

    /// For whom somebody answered.
    async fn answered_by(&self) -> Told<actors::Actor> {
        self.answer().and_then(|(by, ..)| self.view.actor(by))
    }

    /// Which person answered: never the one who proposed.
    async fn answered_by_person_id(&self) -> Option<Shown<UserId>> {
        self.answer().map(|(_, person, _)| Shown(person))
    }

    /// When it was answered.
    async fn answered(&self) -> Option<StampObject> {
        self.answer().map(|(.., stamp)| self.view.stamp(stamp))
    }

    /// Why it was rejected.
    async fn rejection_reason(&self) -> Option<Text> {
        match &self.it.answer {
            Answer::Rejected { reason, .. } => Some((&**reason).into()),
            _ => None,
        }
    }
}
