//! Trainings: how many began, and how many completed them. Counts only.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use domain::ids::TrainingCohortId;
use domain::measure::Quantity;
use domain::population::{PopulationGroup, Profession};
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::trainings::{Cohort, Count, Session, Stage};
use projections::{actors, interventions, programmes};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::headcount::HeadcountObject;
use super::list::List;
use super::node::global;
use super::noun::{self, Listing, Order, Sieve, joined};
use super::payload::Node;
use super::roots::{RootsFilter, Wanted};
use super::scalars::{Given, Shown};
use super::step::StepObject;
use super::territory::TerritoryObject;
use super::values::{AsOf, PeriodObject, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must, read};

/// Questions about trainings.
#[derive(Default)]
pub struct TrainingCohortQuery;

/// Which trainings are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct TrainingCohortFilter {
    /// By what they belong to.
    #[graphql(flatten)]
    roots: RootsFilter,
    /// Those in this territory, or in one within it.
    within: Option<Given<TerritoryId>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those for this group.
    group: Option<Choice<PopulationGroup>>,
    /// Those for this profession.
    profession: Option<Choice<Profession>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<TrainingCohortFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<TrainingCohortFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<TrainingCohortFilter>>,
}

joined!(TrainingCohortFilter);

/// Questions about trainings.
#[Object(serial)]
impl TrainingCohortQuery {
    /// One training cohort; one that was annulled too.
    async fn training_cohort(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<TrainingCohortId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Cohort>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.trainings.get(id)))
    }

    /// The training cohorts that count, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn training_cohorts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            TrainingCohortFilter,
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
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Listing<Cohort>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |filter| {
            let within = read(filter.within, "filter.within")?;
            let wanted = Wanted::read(&view, filter.roots)?;
            let view = &view;
            Ok(move |it: &Cohort| {
                wanted.holds(&it.roots, |text| it.matches(text))
                    && within.is_none_or(|outer| it.territory.is_within(outer))
                    && filter.stage.as_ref().is_none_or(|any| {
                        stage_of(view, it).is_some_and(|it| any.contains(&Choice(it)))
                    })
                    && filter.group.is_none_or(|group| it.groups.contains(&group.0))
                    && filter.profession.is_none_or(|one| it.professions.contains(&one.0))
            })
        })?;
        let all = |ids| view.models.trainings.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

fn stage_of(view: &View, it: &Cohort) -> Option<Stage> {
    view.effective_on.map_or(Some(it.stage), |day| it.stage_on(day))
}

impl Node for Seen<Cohort> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.trainings.get(id.into()).map(|it| view.see(it))
    }
}

/// A group that is trained together. Counts only.
#[Object(serial, name = "TrainingCohort")]
impl Seen<Cohort> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// What it is about.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Who holds it.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.roots.by)
    }

    /// Within which programme.
    async fn programme(&self) -> Told<programmes::Programme> {
        self.it.roots.programme.and_then(|id| self.view.programme(id))
    }

    /// As part of which intervention.
    async fn intervention(&self) -> Told<interventions::Intervention> {
        self.it.roots.intervention.and_then(|id| self.view.intervention(id))
    }

    /// Where.
    async fn territory(&self) -> TerritoryObject {
        TerritoryObject(self.it.territory)
    }

    /// For whom.
    async fn groups(&self) -> Vec<Choice<PopulationGroup>> {
        self.it.groups.iter().copied().map(Choice).collect()
    }

    /// For which professions.
    async fn professions(&self) -> Vec<Choice<Profession>> {
        self.it.professions.iter().copied().map(Choice).collect()
    }

    /// For how many; nothing where nobody declared it.
    async fn places(&self) -> Option<Shown<Quantity>> {
        self.it.places.map(Shown)
    }

    /// From when to when.
    async fn period(&self) -> PeriodObject {
        self.it.period.into()
    }

    /// How far it has come; on the day of the question where one is asked for, and nothing before
    /// it was planned.
    async fn stage(&self) -> Option<Choice<Stage>> {
        stage_of(&self.view, &self.it).map(Choice)
    }

    /// Every step, the latest recorded last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn steps(&self) -> List<StepObject<Stage>> {
        StepObject::all(&self.view, &self.it.steps)
    }

    /// Its sessions, in the order of recording.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn sessions(&self) -> List<SessionObject> {
        let all = self.it.sessions.iter().cloned();
        all.map(|it| SessionObject { view: self.view.clone(), it }).collect()
    }

    /// How many began and completed it: the count that holds.
    async fn count(&self) -> Option<CountObject> {
        self.it.count().map(|it| CountObject::of(self, it))
    }

    /// Every count, the one that holds last: those before it were corrected.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn counts(&self) -> List<CountObject> {
        self.it.counts.iter().map(|it| CountObject::of(self, it)).collect()
    }

    /// Which indicators those who complete it count towards.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn indicators(&self) -> List<Seen<programmes::Indicator>> {
        self.view.indicators(&self.it.roots.indicators)
    }

    /// What was corrected, and why.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.it.corrections.iter().map(|it| self.view.rectification(it)).collect()
    }

    /// That it was recorded by mistake: it counts nowhere.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
    }

    /// When the ledger learned of it.
    async fn planned(&self) -> StampObject {
        self.view.stamp(self.it.planned)
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

/// One meeting of a training cohort.
pub struct SessionObject {
    view: View,
    it: Session,
}

/// One meeting of a training cohort.
#[Object(serial, name = "TrainingSession")]
impl SessionObject {
    /// What about.
    async fn title(&self) -> Option<Text> {
        self.it.title.as_ref().map(Into::into)
    }

    /// How many came.
    async fn attended(&self) -> Option<Shown<Quantity>> {
        self.it.attended.map(Shown)
    }

    /// How long it lasted, in hours.
    async fn hours(&self) -> Option<u16> {
        self.it.hours
    }

    /// When, and who said so.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}

/// How many began a training and how many completed it, as somebody counted them.
pub struct CountObject {
    view: View,
    territory: TerritoryId,
    it: Count,
}

impl CountObject {
    fn of(cohort: &Seen<Cohort>, it: &Count) -> Self {
        Self { view: cohort.view.clone(), territory: cohort.it.territory, it: it.clone() }
    }
}

/// How many began a training and how many completed it, as somebody counted them.
#[Object(serial, name = "TrainingCount")]
impl CountObject {
    /// How many began.
    async fn enrolled(&self) -> HeadcountObject {
        HeadcountObject::of(&self.it.enrolled, self.territory)
    }

    /// How many completed it.
    async fn completed(&self) -> HeadcountObject {
        HeadcountObject::of(&self.it.completed, self.territory)
    }

    /// Who counted them.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.by)
    }

    /// Why it replaced the one before, where it is a correction.
    async fn reason(&self) -> Option<Text> {
        self.it.reason.as_deref().map(Into::into)
    }

    /// When the training was completed; for a correction, when it was made.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}
