//! What sources disagree about, and what was found out later about where things were read.
use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{ActorId, ClaimId, ConflictId, SourcingId};
use domain::programme::Claim;
use domain::recorded::Position;
use domain::sourcing::Topic;
use jiff::civil::Date;
use projections::Models;
use projections::sourcing::{Disagreement, Said, Sourcing, Verdict, Wording};
use projections::subjects::Kind;
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, SubjectKind, trail};
use super::facts::{self, Facts, named};
use super::fault::Fault;
use super::list::List;
use super::payload::Node;
use super::programme::claim::ClaimValue;
use super::scalars::{Given, Shown};
use super::subject::SubjectObject;
use super::values::{AsOf, Text};
use super::view::{Seen, SourceObject, StampObject, Told, View, must, read};

/// Questions about sources.
#[derive(Default)]
pub struct SourcingQuery;

/// Which disagreements are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ConflictFilter {
    /// Those that nobody has settled, or with `false` those that somebody has.
    open: Option<bool>,
    /// Those about this sort of things.
    subject_kind: Option<SubjectKind>,
    /// Those about the thing with this id.
    subject: Option<Given<Uuid>>,
    /// Those about this of it.
    topic: Option<Choice<Topic>>,
}

/// Questions about sources.
#[Object(serial)]
impl SourcingQuery {
    /// What is known of the sources on one subject.
    async fn sourcing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<SourcingId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "Changes nothing here: disagreements have no days of their own.")]
        effective_on: Option<Given<Date>>,
    ) -> Result<Told<Sourcing>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.sourcing.get(id)))
    }

    /// What sources disagree about, settled or not, in the order of the things that it is about: the
    /// disagreements recorded for themselves, and those of what was reported of programmes.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn conflicts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            ConflictFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Connection<ConflictObject>, Fault> {
        let view = View::of(ctx, as_of, None).await?;
        let page = Page::read((first, after), (last, before))?;
        let filter = filter.unwrap_or_default();
        let subject = read(filter.subject, "filter.subject")?;
        let wanted = view.models.disagreements().into_iter().filter(|it| {
            filter.open.is_none_or(|open| it.open == open)
                && filter.subject_kind.is_none_or(|kind| it.subject.kind == kind.into())
                && subject.is_none_or(|id| it.subject.id == id)
                && filter.topic.is_none_or(|topic| it.topic == topic.0)
        });
        let show = |it| ConflictObject { view: view.clone(), it };
        page.keyed(ctx, &view, wanted, Disagreement::key, show)
    }
}

impl Node for Seen<Sourcing> {
    fn find(models: &Arc<Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.sourcing.get(id.into()).map(|it| view.see(it))
    }
}

/// What is known of the sources on one subject.
#[Object(serial, name = "Sourcing")]
impl Seen<Sourcing> {
    /// Its id.
    async fn id(&self) -> Shown<SourcingId> {
        Shown(self.it.id)
    }

    /// On what.
    async fn subject(&self) -> SubjectObject {
        SubjectObject::new(&self.view, self.it.subject)
    }

    /// The sources that were named after the fact.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn attributions(&self) -> List<AttributionObject> {
        let all = self.it.attributions.iter();
        all.map(|it| AttributionObject {
            position: Shown(it.event),
            source: self.view.source(Some(&it.source)),
            reason: it.reason.as_deref().map(Into::into),
            said: self.view.stamp(it.stamp),
        })
        .collect()
    }

    /// What sources disagree about it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn conflicts(&self) -> List<ConflictObject> {
        let all = self.view.models.disagreements().into_iter();
        let own = all.filter(|it| it.subject == self.it.subject);
        own.map(|it| ConflictObject { view: self.view.clone(), it }).collect()
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

/// A source that was named after the fact.
#[derive(SimpleObject)]
#[graphql(serial, name = "Attribution")]
pub struct AttributionObject {
    /// The position of the event that was read there.
    position: Shown<Position>,
    /// Where.
    source: Option<SourceObject>,
    /// Why that is known only later.
    reason: Option<Text>,
    /// Who said so, and when.
    said: StampObject,
}

/// What sources disagree about.
pub struct ConflictObject {
    view: View,
    it: Disagreement,
}

impl Facts for ConflictObject {
    fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
        facts::subject(models, self.it.subject)
    }

    fn date(&self) -> Option<Effective> {
        Some(self.it.since.effective)
    }

    fn standing(&self) -> Option<(usize, String)> {
        Some(if self.it.open { (0, "OPEN".to_owned()) } else { (1, "SETTLED".to_owned()) })
    }

    fn kinds(&self, _: &Models) -> Vec<String> {
        named(self.it.topic)
    }

    fn subjects(&self, _: &Models) -> Vec<Kind> {
        vec![self.it.subject.kind]
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        self.it.claims.iter().filter_map(|it| it.stamp.by).collect()
    }
}

/// What sources disagree about.
#[Object(serial, name = "Conflict")]
impl ConflictObject {
    /// Its id; nothing where it is one of what was reported of a programme.
    async fn id(&self) -> Option<Shown<ConflictId>> {
        self.it.id.map(Shown)
    }

    /// About what.
    async fn subject(&self) -> SubjectObject {
        SubjectObject::new(&self.view, self.it.subject)
    }

    /// What about it.
    async fn topic(&self) -> Choice<Topic> {
        Choice(self.it.topic)
    }

    /// What each source says, in the order of recording.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn claims(&self) -> List<ConflictClaim> {
        self.it.claims.iter().map(|it| ConflictClaim::of(&self.view, it)).collect()
    }

    /// In words.
    async fn note(&self) -> Option<Text> {
        self.it.note.as_deref().map(Into::into)
    }

    /// Every settlement, the latest last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn settlements(&self) -> List<ConflictSettlement> {
        self.it.settlements.iter().map(|it| ConflictSettlement::of(&self.view, it)).collect()
    }

    /// Whether nobody has settled it since the last claim.
    async fn open(&self) -> bool {
        self.it.open
    }

    /// Since when it is open, or settled.
    async fn since(&self) -> StampObject {
        self.view.stamp(self.it.since)
    }
}

/// What one source says in a disagreement.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ConflictClaim {
    /// Its id; nothing where it was reported of a programme.
    id: Option<Shown<ClaimId>>,
    /// What it says, in words.
    text: Text,
    /// The same in its parts, where it was reported of a programme.
    value: Option<ClaimValue>,
    /// Where it says so.
    source: Option<SourceObject>,
    /// Whether it is what the thing itself was recorded with.
    own: bool,
    /// Who reported it, and when.
    said: StampObject,
}

impl ConflictClaim {
    fn of(view: &View, it: &Said) -> Self {
        let (text, value) = told(&it.wording);
        Self {
            id: it.id.map(Shown),
            text,
            value,
            source: view.source(it.source.as_deref()),
            own: it.own,
            said: view.stamp(it.stamp),
        }
    }
}

/// What somebody decided to hold.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ConflictSettlement {
    /// What holds, in words.
    text: Text,
    /// The same in its parts, where it was reported of a programme.
    value: Option<ClaimValue>,
    /// The id of the claim that holds, where one does.
    claim: Option<Shown<ClaimId>>,
    /// Why.
    reason: Text,
    /// Who settled it, and when.
    said: StampObject,
}

impl ConflictSettlement {
    fn of(view: &View, it: &Verdict) -> Self {
        let (text, value) = told(&it.wording);
        Self {
            text,
            value,
            claim: it.claim.map(Shown),
            reason: (&*it.reason).into(),
            said: view.stamp(it.stamp),
        }
    }
}

/// What is said, in words and in its parts.
fn told(wording: &Wording) -> (Text, Option<ClaimValue>) {
    match wording {
        Wording::Words(title) => (title.into(), None),
        Wording::Claim(claim) => {
            let text = match &**claim {
                Claim::Title(title) => title.into(),
                Claim::Period(it) => Text::Plain(format!("{} – {}", it.from, it.to)),
                Claim::Budget(money) => Text::Plain(money.to_string()),
                Claim::Status(status) => Text::Plain(status.as_str().to_owned()),
            };
            (text, Some((&**claim).into()))
        }
    }
}
