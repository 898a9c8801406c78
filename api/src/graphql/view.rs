//! What an answer is read from: the models as of a point, and the day that the question is for.
use std::ops::Deref;
use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{
    ActorId, CapitalisationItemId, CitizenInitiativeId, DeliberationId, DocumentId, InterventionId,
    ProgrammeId, TerritorialPlanId,
};
use domain::recorded::{Position, Source};
use domain::text::Name;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use projections::capitalisation::Item;
use projections::{
    Models, Rectification, Stamp, actors, deliberations, documents, initiatives, interventions,
    plans, programmes,
};

use super::enums::Enumerated;
use super::fault::Fault;
use super::list::{List, One};
use super::scalars::{Given, Shown};
use super::values::{AsOf, Text};
use crate::app::{App, LEGAL_TIME};

/// What an answer is read from. Everything that it shows holds a clone, so these share one of their own:
/// the count of who holds the models is every thread's, and goes from one processor to the other.
#[derive(Clone)]
pub struct View(Arc<Sight>);

/// The models as of a point, and the day that the question is for.
pub struct Sight {
    /// What was known.
    pub models: Arc<Models>,
    /// The day that the caller asks for.
    pub effective_on: Option<Date>,
    /// The day of the point in the past that the caller asks for.
    as_of_day: Option<Date>,
}

impl Deref for View {
    type Target = Sight;

    fn deref(&self) -> &Sight {
        &self.0
    }
}

/// Something of the models, with what it was read from.
#[derive(Clone)]
pub struct Seen<T> {
    /// Where it was read.
    pub view: View,
    /// What was read.
    pub it: Arc<T>,
}

/// Something of the models that stands alone in an answer, where it is known.
pub type Told<T> = Option<One<Seen<T>>>;

impl View {
    /// Of everything that is known, on no day in particular.
    pub fn live(models: Arc<Models>) -> Self {
        Self(Arc::new(Sight { models, effective_on: None, as_of_day: None }))
    }

    /// As of `as_of`, on `effective_on`.
    pub async fn of(
        ctx: &Context<'_>,
        as_of: Option<AsOf>,
        effective_on: Option<Given<Date>>,
    ) -> Result<Self, Fault> {
        let effective_on = read(effective_on, "effectiveOn")?;
        let in_the_past = as_of.is_some();
        let models = super::models(ctx, as_of).await?;
        let day = |at: Timestamp| at.to_zoned(TimeZone::fixed(LEGAL_TIME)).date();
        let as_of_day = models.recorded_at.filter(|_| in_the_past).map(day);
        Ok(Self(Arc::new(Sight { models, effective_on, as_of_day })))
    }

    /// The same on `day`.
    #[must_use]
    pub fn on(&self, day: Date) -> Self {
        let models = Arc::clone(&self.models);
        Self(Arc::new(Sight { models, effective_on: Some(day), as_of_day: self.as_of_day }))
    }

    /// The day that the question is for: as asked, else the day of the last event known as of the
    /// past, else today.
    pub fn day(&self, ctx: &Context<'_>) -> Date {
        let asked = self.effective_on.or(self.as_of_day);
        asked.unwrap_or_else(|| ctx.data_unchecked::<App>().today())
    }

    /// `it`, seen here.
    pub fn see<T>(&self, it: &Arc<T>) -> Seen<T> {
        Seen { view: self.clone(), it: Arc::clone(it) }
    }

    /// `it`, where it is known, seen here.
    pub fn tell<T>(&self, it: Option<&Arc<T>>) -> Told<T> {
        it.map(|it| One(self.see(it)))
    }

    /// The actor, where it is known.
    pub fn actor(&self, id: ActorId) -> Told<actors::Actor> {
        self.tell(self.models.actors.get(id))
    }

    /// Those of the actors that are known.
    pub fn actors(&self, ids: impl IntoIterator<Item = ActorId>) -> List<Seen<actors::Actor>> {
        ids.into_iter().filter_map(|id| self.actor(id)).map(|it| it.0).collect()
    }

    /// The programme, where it is known.
    pub fn programme(&self, id: ProgrammeId) -> Told<programmes::Programme> {
        self.tell(self.models.programmes.get(id))
    }

    /// The intervention, where it is known.
    pub fn intervention(&self, id: InterventionId) -> Told<interventions::Intervention> {
        self.tell(self.models.interventions.get(id))
    }

    /// The initiative, where it is known.
    pub fn initiative(&self, id: CitizenInitiativeId) -> Told<initiatives::Initiative> {
        self.tell(self.models.initiatives.get(id))
    }

    /// The deliberation, where it is known.
    pub fn deliberation(&self, id: DeliberationId) -> Told<deliberations::Deliberation> {
        self.tell(self.models.deliberations.get(id))
    }

    /// The territorial plan, where it is known.
    pub fn plan(&self, id: TerritorialPlanId) -> Told<plans::Plan> {
        self.tell(self.models.plans.get(id))
    }

    /// The capitalisation item, where it is known.
    pub fn capitalisation_item(&self, id: CapitalisationItemId) -> Told<Item> {
        self.tell(self.models.capitalisation.get(id))
    }

    /// The document, where it is known.
    pub fn document(&self, id: DocumentId) -> Told<documents::Document> {
        self.tell(self.models.documents.get(id))
    }

    /// Those of the documents that are known.
    pub fn documents(
        &self,
        ids: impl IntoIterator<Item = DocumentId>,
    ) -> List<Seen<documents::Document>> {
        ids.into_iter()
            .filter_map(|id| self.models.documents.get(id))
            .map(|it| self.see(it))
            .collect()
    }

    /// When something was said, and by whom.
    pub fn stamp(&self, stamp: Stamp) -> StampObject {
        StampObject { view: self.clone(), stamp }
    }

    /// Why and when something was corrected or annulled.
    pub fn rectification(&self, it: &Rectification) -> RectificationObject {
        RectificationObject {
            reason: (&*it.reason).into(),
            corrects: it.corrects.map(Shown),
            said: self.stamp(it.stamp),
        }
    }

    /// Everything that was corrected, in the order of recording.
    pub fn rectifications(&self, all: &[Rectification]) -> List<RectificationObject> {
        all.iter().map(|it| self.rectification(it)).collect()
    }

    /// Where something was read.
    pub fn source(&self, source: Option<&Source>) -> Option<SourceObject> {
        source.map(|it| SourceObject {
            reference: Shown(it.reference.clone()),
            locator: it.locator.clone().map(Shown),
            document: it.document.map(Shown),
        })
    }
}

/// What the caller wrote in the argument `name`.
pub fn read<T: super::scalars::Scalar>(
    given: Option<Given<T>>,
    name: &str,
) -> Result<Option<T>, Fault> {
    given.map(|it| it.read()).transpose().map_err(|it| Fault::BadUserInput(it.at(name)))
}

/// What the caller wrote in the argument `name`, which is there.
pub fn must<T: super::scalars::Scalar>(given: &Given<T>, name: &str) -> Result<T, Fault> {
    given.read().map_err(|it| Fault::BadUserInput(it.at(name)))
}

/// When the ledger learned something, when it was true, and for whom it was said.
pub struct StampObject {
    view: View,
    stamp: Stamp,
}

/// When the ledger learned something, when it was true, and for whom it was said.
#[Object(serial, name = "Stamp")]
impl StampObject {
    /// The event that says it.
    async fn position(&self) -> Shown<Position> {
        Shown(self.stamp.position)
    }

    /// When the ledger recorded it.
    async fn recorded_at(&self) -> Shown<Timestamp> {
        Shown(self.stamp.recorded_at)
    }

    /// When it was true in the world.
    async fn effective(&self) -> Shown<Effective> {
        Shown(self.stamp.effective)
    }

    /// For whom somebody said it.
    async fn by(&self) -> Told<actors::Actor> {
        self.stamp.by.and_then(|id| self.view.actor(id))
    }
}

/// Why and when something was corrected or annulled: what it was before stays in its timeline.
#[derive(SimpleObject)]
#[graphql(serial, name = "Rectification")]
pub struct RectificationObject {
    /// Why.
    reason: Text,
    /// The position of the event that it corrects or annuls.
    corrects: Option<Shown<Position>>,
    /// When, and who said so.
    said: StampObject,
}

/// Where something was read.
#[derive(SimpleObject)]
#[graphql(serial, name = "Source")]
pub struct SourceObject {
    /// A document, a page, a meeting, in words or as an address.
    reference: Shown<Name>,
    /// Where in it.
    locator: Option<Shown<Name>>,
    /// The id of the document, where it is registered here.
    document: Option<Shown<DocumentId>>,
}

macro_rules! enumerated {
    ($($Enum:ty = $name:literal, $about:literal;)+) => {
        $(impl Enumerated for $Enum {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = $about;
        })+
    };
}

enumerated! {
    domain::territory::Level = "TerritoryLevel", "The rank of a territory, from the largest.";
    programmes::Stage = "ProgrammeStage", "How far a programme has come.";
    programmes::Flag = "ProgrammeFlag", "Something to know of a programme's data.";
    programmes::About = "ClaimAbout", "What a claim is about.";
    programmes::Standing = "ReportStanding", "How far the report of one period has come.";
    programmes::Verdict = "Verdict", "How an indicator stands against its target on a day.";
    projections::results::Basis = "VerdictBasis", "What a verdict rests on.";
    projections::results::Doubt = "IndicatorFlag", "Something to know of an indicator's values.";
    projections::trainings::Stage = "TrainingCohortStage", "How far a training has come.";
    projections::awareness::Stage = "AwarenessActionStage", "How far an awareness action has come.";
    projections::mobility::MapStage = "MobilityMapStage", "How far a mobility map has come.";
    projections::mobility::PlacementStage = "MobilityPlacementStage", "How far a mobility placement has come.";
    interventions::Stage = "InterventionStage", "How far an intervention has come.";
    initiatives::Stage = "CitizenInitiativeStage", "How far a citizens' initiative has come.";
    deliberations::Stage = "DeliberationStage", "How far a matter has come in a council.";
    plans::Stage = "TerritorialPlanStage", "How far a territorial plan has come.";
    projections::coordination::matrix::Dimension = "MatrixDimension", "What interventions are counted by.";
    projections::coordination::gaps::CoveredBy = "CoveredBy", "Whether anything is done around a commune that no intervention names.";
    projections::coordination::overlaps::Grain = "ThemeGrain", "How near two themes must be to be the same.";
    projections::coordination::duplicates::Reason = "LikenessReason", "Why two interventions may be one.";
    projections::funding::flows::Measure = "FundingMeasure", "Which amounts flow.";
    projections::funding::flows::Layer = "FundingLayer", "Between which two layers a link lies.";
    projections::commitments::Stage = "CommitmentStage", "How far a commitment has come.";
    projections::capitalisation::Stage = "CapitalisationStage", "How far a capitalisation item has come.";
    projections::quality::Concern = "IssueKind", "What is doubtful, or missing.";
    projections::funding::CallStage = "FundingCallStage", "How far a funding call has come.";
    projections::funding::Stage = "FundingRequestStage", "How far a funding request has come.";
    projections::service_units::Stage = "ServiceUnitStage", "How far a service unit has come.";
    projections::bodies::Stage = "CoordinationBodyStage", "How far a coordination body has come.";
    projections::meetings::Stage = "MeetingStage", "How far a meeting has come.";
    projections::network::Tie = "ActorTie", "What two actors have to do with each other.";
    projections::funding::Grouping = "BalanceGrouping", "What balances are grouped by.";
}
