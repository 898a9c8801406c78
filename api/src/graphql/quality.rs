//! What a reader should doubt, or somebody should complete.
use async_graphql::{Context, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::ProgrammeId;
use domain::recorded::Position;
use domain::sourcing::Topic;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::Models;
use projections::lineage::IssuesOf;
use projections::quality::{Concern, Issue, Wanted};
use projections::subjects::Kind;
use serde_json::{Map, Value};

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, load};
use super::facts::{self, Facts, named};
use super::fault::Fault;
use super::lineage::LineageObject;
use super::list::List;
use super::scalars::{Given, Shown};
use super::subject::SubjectObject;
use super::values::AsOf;
use super::view::{View, read};
use crate::languages::Tongue;

/// What it costs to check everything that is known, in the terms of a query's complexity.
const WALK: usize = 1_000;

/// Questions about the quality of the data.
#[derive(Default)]
pub struct QualityQuery;

/// Questions about the quality of the data.
#[Object(serial)]
impl QualityQuery {
    /// What is doubtful or missing on a day, by kind and then by what it is about: computed, never
    /// stored.
    #[graphql(complexity = "WALK + child_complexity")]
    async fn data_quality(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of these kinds; of every kind where it is left out.")] kinds: Option<
            Vec<Choice<Concern>>,
        >,
        #[graphql(desc = "About what lies in this territory.")] within: Option<Given<TerritoryId>>,
        #[graphql(desc = "About this programme, or what is part of it.")] programme: Option<
            Given<ProgrammeId>,
        >,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(
            desc = "The day that is asked about; today, or the day of `asOf`, where it is left out."
        )]
        effective_on: Option<Given<Date>>,
    ) -> Result<DataQuality, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let day = view.day(ctx);
        let programme = read(programme, "programme")?;
        let wanted = Wanted {
            concerns: kinds.into_iter().flatten().map(|it| it.0).collect(),
            within: read(within, "within")?,
            programmes: programme.map(|id| view.models.programmes.subtree(id)),
        };
        let issues = view.models.issues(day, &wanted);
        Ok(DataQuality { view, day, within: wanted.within, programme, issues })
    }
}

/// What is doubtful or missing on a day.
pub struct DataQuality {
    view: View,
    day: Date,
    within: Option<TerritoryId>,
    programme: Option<ProgrammeId>,
    issues: Vec<Issue>,
}

/// What is doubtful or missing on a day.
#[Object(serial)]
impl DataQuality {
    /// The day.
    async fn day(&self) -> Shown<Date> {
        Shown(self.day)
    }

    /// How many issues of each kind there are; kinds without any are left out.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn counts(&self) -> List<IssueCount> {
        let same = self.issues.chunk_by(|one, next| one.concern == next.concern);
        same.map(|them| self.count(them[0].concern, them.len())).collect()
    }

    /// The issues, by kind and then by what they are about.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn issues(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<IssueObject>, Fault> {
        let page = Page::read((first, after), (last, before))?;
        let show =
            |it: &Issue| IssueObject { view: self.view.clone(), it: it.clone(), day: self.day };
        page.keyed(ctx, &self.view, &self.issues, |it| it.key(), show)
    }
}

impl DataQuality {
    fn count(&self, kind: Concern, count: usize) -> IssueCount {
        let Self { within, programme, day: on, .. } = *self;
        let lineage = LineageObject::of(&self.view, IssuesOf { kind, within, programme, on });
        IssueCount { kind: Choice(kind), count, lineage }
    }
}

/// How many issues of one kind there are.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct IssueCount {
    /// Which kind.
    kind: Choice<Concern>,
    /// How many.
    count: usize,
    /// Where that number comes from.
    lineage: LineageObject,
}

/// One thing that is doubtful, or missing.
pub struct IssueObject {
    view: View,
    it: Issue,
    day: Date,
}

impl Facts for IssueObject {
    fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
        facts::subject(models, self.it.subject)
    }

    fn date(&self) -> Option<Effective> {
        Some(self.it.since.map_or(Effective::Unknown, Effective::Day))
    }

    fn kinds(&self, _: &Models) -> Vec<String> {
        named(self.it.concern)
    }

    fn subjects(&self, _: &Models) -> Vec<Kind> {
        vec![self.it.subject.kind]
    }
}

/// One thing that is doubtful, or missing.
#[Object(serial, name = "Issue")]
impl IssueObject {
    /// What is doubtful, or missing.
    async fn kind(&self) -> Choice<Concern> {
        Choice(self.it.concern)
    }

    /// Of what.
    async fn subject(&self) -> SubjectObject {
        SubjectObject::new(&self.view, self.it.subject)
    }

    /// What sources disagree about.
    async fn topic(&self) -> Option<Choice<Topic>> {
        self.it.topic.map(Choice)
    }

    /// The first day on which it was so, where that is known.
    async fn since(&self) -> Option<Shown<Date>> {
        self.it.since.map(Shown)
    }

    /// For how many days it has been so on the day that is asked about.
    async fn days(&self) -> Option<i64> {
        self.it.days(self.day)
    }

    /// For people, in the language of the request's `Accept-Language`.
    async fn message(&self, ctx: &Context<'_>) -> String {
        let tongue = ctx.data_opt::<Tongue>().copied().unwrap_or_default();
        tongue.say(&code_of(self.it.concern), &details(&self.it, self.day))
    }

    /// The positions of the events behind it, in the order of recording.
    async fn positions(&self) -> Vec<Shown<Position>> {
        self.it.events.iter().copied().map(Shown).collect()
    }

    /// The events behind it, in the order of recording.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn events(&self, ctx: &Context<'_>) -> Result<List<EventObject>, Fault> {
        Ok(load(ctx, &self.view, &self.it.events).await?.into())
    }
}

/// The code that a concern's message is kept under: `ISSUE_LEAD_MISSING`.
pub(crate) fn code_of(concern: Concern) -> String {
    format!("ISSUE_{}", word(&concern).to_ascii_uppercase())
}

/// What fills the placeholders of an issue's message.
fn details(it: &Issue, day: Date) -> Map<String, Value> {
    let since = it.since.map_or_else(|| "?".to_owned(), |it| it.to_string());
    let days = it.days(day).map_or_else(|| "?".to_owned(), |it| it.to_string());
    let topic = it.topic.map(|it| word(&it)).unwrap_or_default();
    let pairs = [("since", since), ("days", days), ("topic", topic)];
    pairs.into_iter().map(|(name, text)| (name.to_owned(), Value::String(text))).collect()
}

/// An enum's value by its stored name.
fn word(value: &impl serde::Serialize) -> String {
    let stored = serde_json::to_value(value).ok();
    stored.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}
