//! Awareness actions: whom they speak to, and how many they reached. Counts only.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use domain::awareness_action::Channel;
use domain::ids::AwarenessActionId;
use domain::measure::Quantity;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::awareness::{Action, Count, Session, Stage};
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

/// Questions about awareness actions.
#[derive(Default)]
pub struct AwarenessActionQuery;

/// Which awareness actions are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct AwarenessActionFilter {
    /// By what they belong to.
    #[graphql(flatten)]
    roots: RootsFilter,
    /// Those in this territory, or in one within it.
    within: Option<Given<TerritoryId>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those for this group.
    group: Option<Choice<PopulationGroup>>,
    /// Those that reach people in this way.
    channel: Option<Choice<Channel>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<AwarenessActionFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<AwarenessActionFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<AwarenessActionFilter>>,
}

joined!(AwarenessActionFilter);

/// Questions about awareness actions.
#[Object(serial)]
impl AwarenessActionQuery {
    /// One awareness action; one that was annulled too.
    async fn awareness_action(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<AwarenessActionId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Action>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.awareness.get(id)))
    }

    /// The awareness actions that count, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn awareness_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            AwarenessActionFilter,
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
    ) -> Result<Listing<Action>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |filter| {
            let within = read(filter.within, "filter.within")?;
            let wanted = Wanted::read(&view, filter.roots)?;
            let view = &view;
            Ok(move |it: &Action| {
                wanted.holds(&it.roots, |text| it.matches(text))
                    && within.is_none_or(|outer| it.territory.is_within(outer))
                    && filter.stage.as_ref().is_none_or(|any| {
                        stage_of(view, it).is_some_and(|it| any.contains(&Choice(it)))
                    })
                    && filter.group.is_none_or(|group| it.groups.contains(&group.0))
                    && filter.channel.is_none_or(|channel| it.channel == channel.0)
            })
        })?;
        let all = |ids| view.models.awareness.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

fn stage_of(view: &View, it: &Action) -> Option<Stage> {
    view.effective_on.map_or(Some(it.stage), |day| it.stage_on(day))
}

impl Node for Seen<Action> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.awareness.get(id.into()).map(|it| view.see(it))
    }
}

/// An action by which people are told something. Counts only.
#[Object(serial, name = "AwarenessAction")]
impl Seen<Action> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// What people are told.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Who tells them.
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

    /// How people are reached.
    async fn channel(&self) -> Choice<Channel> {
        Choice(self.it.channel)
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

    /// The times that it took place, in the order of recording.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn sessions(&self) -> List<SessionObject> {
        let all = self.it.sessions.iter().cloned();
        all.map(|it| SessionObject { view: self.view.clone(), it }).collect()
    }

    /// How many it reached: the count that holds.
    async fn count(&self) -> Option<CountObject> {
        self.it.count().map(|it| CountObject::of(self, it))
    }

    /// Every count, the one that holds last: those before it were corrected.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn counts(&self) -> List<CountObject> {
        self.it.counts.iter().map(|it| CountObject::of(self, it)).collect()
    }

    /// Which indicators those whom it reached count towards.
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

/// One time that an awareness action took place.
pub struct SessionObject {
    view: View,
    it: Session,
}

/// One time that an awareness action took place.
#[Object(serial, name = "AwarenessSession")]
impl SessionObject {
    /// What about.
    async fn title(&self) -> Option<Text> {
        self.it.title.as_ref().map(Into::into)
    }

    /// How many came, or are thought to have been reached.
    async fn reached(&self) -> Option<Shown<Quantity>> {
        self.it.reached.map(Shown)
    }

    /// When, and who said so.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}

/// How many an awareness action reached, as somebody counted them.
pub struct CountObject {
    view: View,
    territory: TerritoryId,
    it: Count,
}

impl CountObject {
    fn of(action: &Seen<Action>, it: &Count) -> Self {
        Self { view: action.view.clone(), territory: action.it.territory, it: it.clone() }
    }
}

/// How many an awareness action reached, as somebody counted them.
#[Object(serial, name = "AwarenessCount")]
impl CountObject {
    /// How many.
    async fn reached(&self) -> HeadcountObject {
        HeadcountObject::of(&self.it.reached, self.territory)
    }

    /// Whether that is an estimate.
    async fn is_estimated(&self) -> bool {
        self.it.estimated
    }

    /// Who counted them.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.by)
    }

    /// Why it replaced the one before, where it is a correction.
    async fn reason(&self) -> Option<Text> {
        self.it.reason.as_deref().map(Into::into)
    }

    /// When the action was completed; for a correction, when it was made.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}
