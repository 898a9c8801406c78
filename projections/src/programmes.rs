//! The tree of programmes: who carries them, what they expect, what their money is set aside for,
//! and where their sources disagree.
use std::sync::Arc;

use domain::effective::{Effective, Period};
use domain::ids::{
    ActorId, AxisId, DocumentId, EnvelopeId, ExpectedResultId, IndicatorId, PolicyFrameworkId,
    ProgrammeId,
};
use domain::money::Money;
use domain::programme::{Event, Figure, Kind};
use domain::recorded::Recorded;
use domain::territory::TerritoryId;
use domain::text::{Name, Note, Title, folded};
use imbl::OrdMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::classified::Classification;
use crate::corrections::Proposed;
use crate::index::Index;
use crate::stamp::{Rectification, Stamp};
use crate::walk::{Between, EVERY, between};

mod claims;
mod correct;
mod envelope;
mod fold;
mod indicators;
mod progress;

pub use claims::{About, Claimed, Settled};
pub use envelope::Envelope;
pub use indicators::{Indicator, Report, Reporting, Sharing, Standing, Target, Version};
pub use progress::{Progress, Verdict};

/// How far a programme has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is being prepared.
    Drafted,
    /// Its parties have agreed on it.
    Agreed,
    /// It runs.
    Running,
    /// It is being brought to its end.
    Closing,
    /// It is over.
    Closed,
    /// It was given up.
    Cancelled,
}

/// One step of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it became.
    pub stage: Stage,
    /// When, and who said so.
    pub stamp: Stamp,
    /// Why, where a reason was given.
    pub reason: Option<Arc<Note>>,
}

/// The agreement that a programme rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Who agreed.
    pub parties: Arc<[ActorId]>,
    /// In which document.
    pub document: Option<DocumentId>,
    /// When.
    pub on: Effective,
}

/// A strategy that a programme follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Alignment {
    /// The strategy.
    pub framework: PolicyFrameworkId,
    /// One of its axes.
    pub axis: Option<AxisId>,
    /// Who said so, and when.
    pub stamp: Stamp,
}

/// A result that a programme expects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExpectedResult {
    /// Its id.
    pub id: ExpectedResultId,
    /// What is expected.
    pub title: Title,
    /// What it is measured by, in the order of definition.
    pub indicators: Vec<IndicatorId>,
    /// When it was defined.
    pub defined: Stamp,
}

/// A later end, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Extension {
    /// The end before.
    pub before: Effective,
    /// The new end.
    pub to: Effective,
    /// Why.
    pub reason: Arc<Note>,
    /// When it was decided.
    pub stamp: Stamp,
}

/// Something that a reader should know of a programme's data.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// It begins before its parent or ends after it.
    DatesWiderThanParent,
    /// It is said to run on a day after its end.
    RunningPastItsEnd,
    /// Nobody declared a budget.
    BudgetNotDeclared,
    /// Sources disagree and nobody has settled it.
    SourcesDisagree,
}

/// A programme, or a project within one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Programme {
    /// Its id.
    pub id: ProgrammeId,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: Title,
    /// Its initials.
    pub acronym: Option<Arc<Name>>,
    /// What it is part of.
    pub parent: Option<ProgrammeId>,
    /// From when to when, as last created, extended or settled.
    pub period: Period,
    /// Who carries it.
    pub operator: Option<ActorId>,
    /// Who pays.
    pub funders: Arc<[ActorId]>,
    /// Who else takes part.
    pub partners: Arc<[ActorId]>,
    /// Where.
    pub territories: Arc<[TerritoryId]>,
    /// Its budget; `None` is not declared, not zero.
    pub budget: Option<Money>,
    /// How far it has come.
    pub stage: Stage,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step>,
    /// The agreement that it rests on.
    pub agreement: Option<Agreement>,
    /// The strategies that it follows.
    pub alignments: Vec<Alignment>,
    /// What it expects.
    pub results: Vec<ExpectedResult>,
    /// The money that it sets aside.
    pub envelopes: Vec<EnvelopeId>,
    /// Later ends.
    pub extensions: Vec<Extension>,
    /// What sources say of it, side by side.
    pub claims: Vec<Claimed>,
    /// What was settled.
    pub settlements: Vec<Settled>,
    /// What it is about, where somebody said it of itself.
    pub classification: Option<Arc<Classification>>,
    /// When the ledger learned of it.
    pub created: Stamp,
    /// What of it was corrected, its results, indicators and envelopes included.
    pub corrections: Vec<Rectification>,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
    proposed: Proposed<Figure>,
    /// Its titles and initials, folded, for searching.
    #[serde(skip)]
    folded: Arc<str>,
}

impl Programme {
    /// Whether a title or the initials contain `text`, which is [`folded`].
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// The last day it can run, where its end is known.
    pub fn last_day(&self) -> Option<Date> {
        self.period.to.latest()
    }

    /// How far it had come on `day`. Steps follow one another: one without a date comes no earlier
    /// than those recorded before it.
    pub fn stage_on(&self, day: Date) -> Option<Stage> {
        let begun = |step: &&Step| !step.stamp.effective.is_certainly_after(day);
        self.steps.iter().take_while(begun).last().map(|step| step.stage)
    }

    /// Whether `actor` carries, pays or takes part in it.
    pub fn involves(&self, actor: ActorId) -> bool {
        self.actors().any(|it| it == actor)
    }

    /// Everybody who carries, pays or takes part in it; the same actor may come twice.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        let others = self.funders.iter().chain(self.partners.iter()).copied();
        self.operator.into_iter().chain(others)
    }
}

/// Every programme, with what its results are measured by and its envelopes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Programmes {
    by_id: OrdMap<ProgrammeId, Arc<Programme>>,
    children: Index<ProgrammeId, ProgrammeId>,
    by_actor: Index<ActorId, ProgrammeId>,
    agreed_by: Index<ActorId, ProgrammeId>,
    following: Index<PolicyFrameworkId, ProgrammeId>,
    envelopes_paid_by: Index<ActorId, EnvelopeId>,
    envelopes: OrdMap<EnvelopeId, Arc<Envelope>>,
    indicators: OrdMap<IndicatorId, Arc<Indicator>>,
    reporting: OrdMap<IndicatorId, Arc<Reporting>>,
}

impl Programmes {
    /// The programme.
    pub fn get(&self, id: ProgrammeId) -> Option<&Arc<Programme>> {
        self.by_id.get(&id)
    }

    /// Every programme by its id, but for those that were recorded by mistake.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Programme>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Programme>> {
        between(&self.by_id, ids).filter(|it| it.annulled.is_none())
    }

    /// The programme, where it is known and counts.
    fn counted(&self, id: ProgrammeId) -> Option<&Arc<Programme>> {
        self.by_id.get(&id).filter(|it| it.annulled.is_none())
    }

    /// The programmes that no known programme contains.
    pub fn roots(&self) -> impl Iterator<Item = &Arc<Programme>> {
        let top =
            |it: &&Arc<Programme>| it.parent.is_none_or(|parent| self.counted(parent).is_none());
        self.iter().filter(top)
    }

    /// What is part of `id` directly.
    pub fn children(&self, id: ProgrammeId) -> impl Iterator<Item = &Arc<Programme>> {
        self.children.of(id).filter_map(|child| self.by_id.get(&child))
    }

    /// What `id` is part of, the nearest first.
    pub fn ancestors(&self, id: ProgrammeId) -> Vec<ProgrammeId> {
        let mut above = Vec::new();
        let mut next = self.by_id.get(&id).and_then(|it| it.parent);
        while let Some(parent) = next {
            let annulled = self.by_id.get(&parent).is_some_and(|it| it.annulled.is_some());
            if parent == id || annulled || above.contains(&parent) {
                break;
            }
            above.push(parent);
            next = self.by_id.get(&parent).and_then(|it| it.parent);
        }
        above
    }

    /// `id` and everything that is part of it, however deep; each once.
    pub fn subtree(&self, id: ProgrammeId) -> Vec<ProgrammeId> {
        let mut below = std::collections::BTreeSet::from([id]);
        let mut order = vec![id];
        let mut next = 0;
        while let Some(&parent) = order.get(next) {
            order.extend(self.children.of(parent).filter(|child| below.insert(*child)));
            next += 1;
        }
        order
    }

    /// The programmes that `actor` carries, pays or takes part in.
    pub fn of_actor(&self, actor: ActorId) -> impl Iterator<Item = &Arc<Programme>> {
        self.by_actor.of(actor).filter_map(|id| self.by_id.get(&id))
    }

    /// The programmes that rest on an agreement of `actor`.
    pub fn agreed_by(&self, actor: ActorId) -> impl Iterator<Item = &Arc<Programme>> {
        self.agreed_by.of(actor).filter_map(|id| self.by_id.get(&id))
    }

    /// The programmes that follow `framework`, but for those that were recorded by mistake.
    pub fn following(&self, framework: PolicyFrameworkId) -> impl Iterator<Item = &Arc<Programme>> {
        self.following.of(framework).filter_map(|id| self.counted(id))
    }

    /// The envelopes that `funder` pays.
    pub fn envelopes_paid_by(&self, funder: ActorId) -> impl Iterator<Item = EnvelopeId> + '_ {
        self.envelopes_paid_by.of(funder)
    }

    /// The envelope.
    pub fn envelope(&self, id: EnvelopeId) -> Option<&Arc<Envelope>> {
        self.envelopes.get(&id)
    }

    /// The envelopes of one programme, in the order of their opening.
    pub fn envelopes(&self, id: ProgrammeId) -> impl Iterator<Item = &Arc<Envelope>> {
        let own = self.by_id.get(&id).into_iter().flat_map(|it| &it.envelopes);
        own.filter_map(|envelope| self.envelopes.get(envelope))
    }

    /// The indicator, as its programme defines it.
    pub fn indicator(&self, id: IndicatorId) -> Option<&Arc<Indicator>> {
        self.indicators.get(&id)
    }

    /// What was reported of an indicator.
    pub fn reporting(&self, id: IndicatorId) -> Option<&Arc<Reporting>> {
        self.reporting.get(&id)
    }

    /// What a reader of `programme` should know on `day`.
    pub fn flags(&self, programme: &Programme, day: Date) -> Vec<Flag> {
        let parent = programme.parent.and_then(|parent| self.counted(parent));
        let wider = parent.is_some_and(|parent| programme.period.exceeds(parent.period));
        let ended = programme.last_day().is_some_and(|last| last < day);
        let running = matches!(programme.stage, Stage::Agreed | Stage::Running | Stage::Closing)
            || programme.claims_running();
        let over = matches!(programme.stage, Stage::Closed | Stage::Cancelled);
        [
            (wider, Flag::DatesWiderThanParent),
            (ended && running && !over, Flag::RunningPastItsEnd),
            (programme.budget.is_none(), Flag::BudgetNotDeclared),
            (!programme.disputed().is_empty(), Flag::SourcesDisagree),
        ]
        .into_iter()
        .filter_map(|(holds, flag)| holds.then_some(flag))
        .collect()
    }

    pub(crate) fn apply(&mut self, id: ProgrammeId, event: &Event, recorded: &Recorded) {
        fold::apply(self, id, event, recorded);
    }

    pub(crate) fn report(
        &mut self,
        id: IndicatorId,
        event: &domain::indicator::Event,
        recorded: &Recorded,
    ) {
        let reporting = self.reporting.entry(id).or_default();
        Arc::make_mut(reporting).apply(event, recorded);
    }
}

fn folded_names(title: &Title, acronym: Option<&Name>) -> Arc<str> {
    let mut all: String = title.wordings().map(|(_, text)| folded(text) + "\n").collect();
    if let Some(acronym) = acronym {
        all += &acronym.folded();
    }
    all.into()
}
