//! What coordination bodies decided, and who does what by when.
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::{
    ActionPointId, ActorId, BodyDecisionId, CoordinationBodyId, DocumentId, InterventionId,
    MeetingId, ProgrammeId,
};
use domain::meeting::Event;
use domain::recorded::Recorded;
use domain::text::{Note, Title};
use imbl::OrdMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::index::Index;
use crate::stamp::{Rectification, Stamp};
use crate::walk::{Between, EVERY, between, walk};

mod actions;
mod fold;

pub use actions::{Action, Closing};

/// How far a meeting has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The body is called together.
    Convened,
    /// It met.
    Held,
    /// What was said is written down.
    Minuted,
    /// The body approves what was written.
    Approved,
    /// It does not meet.
    Cancelled,
}

/// One step of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it became.
    pub stage: Stage,
    /// When, and who said so.
    pub stamp: Stamp,
    /// Why, where a reason was given.
    pub reason: Option<Arc<Note>>,
}

/// What a body decided in a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Its id.
    pub id: BodyDecisionId,
    /// In which meeting.
    pub meeting: MeetingId,
    /// In short.
    pub title: Title,
    /// In words.
    pub note: Option<Arc<Note>>,
    /// On which programme.
    pub programme: Option<ProgrammeId>,
    /// On which intervention.
    pub intervention: Option<InterventionId>,
    /// When it was recorded.
    pub recorded: Stamp,
    /// Its titles and its words, folded, for searching.
    #[serde(skip)]
    folded: Arc<str>,
}

impl Decision {
    /// Whether a title or the words contain `text`, which is folded.
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }
}

/// A meeting of a coordination body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// Of which body.
    pub body: CoordinationBodyId,
    /// What for.
    pub title: Title,
    /// In words.
    pub agenda: Option<Arc<Note>>,
    /// When it is to meet, or met.
    pub on: Effective,
    /// Who was there.
    pub attending: Arc<[ActorId]>,
    /// How far it has come.
    pub stage: Stage,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step>,
    /// What was decided, in the order of recording.
    pub decisions: Vec<BodyDecisionId>,
    /// What was assigned, in the order of recording.
    pub actions: Vec<ActionPointId>,
    /// The minutes, where they are a document.
    pub minutes: Option<DocumentId>,
    /// When it was convened.
    pub convened: Stamp,
    /// What was set right.
    pub corrections: Vec<Rectification>,
    /// Why it counts nowhere, where it does not.
    pub annulled: Option<Rectification>,
    /// Its titles, folded, for searching.
    #[serde(skip)]
    folded: Arc<str>,
}

impl Meeting {
    /// Whether a title contains `text`, which is folded.
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }
}

/// Every meeting, with its decisions and its actions. Those of an annulled one are found through it
/// and nowhere else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Meetings {
    by_id: OrdMap<MeetingId, Arc<Meeting>>,
    decisions: OrdMap<BodyDecisionId, Arc<Decision>>,
    actions: OrdMap<ActionPointId, Arc<Action>>,
    by_body: Index<CoordinationBodyId, MeetingId>,
    decided_on_programme: Index<ProgrammeId, BodyDecisionId>,
    decided_on_intervention: Index<InterventionId, BodyDecisionId>,
    owned_by: Index<ActorId, ActionPointId>,
}

impl Meetings {
    /// The meeting: an annulled one too.
    pub fn get(&self, id: MeetingId) -> Option<&Arc<Meeting>> {
        self.by_id.get(&id)
    }

    /// Every meeting by its id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Meeting>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Meeting>> {
        between(&self.by_id, ids).filter(|it| it.annulled.is_none())
    }

    /// The meetings of `body`.
    pub fn of_body(&self, body: CoordinationBodyId) -> impl Iterator<Item = &Arc<Meeting>> {
        self.by_body.of(body).filter_map(|id| self.by_id.get(&id))
    }

    /// The decision: one of an annulled meeting too.
    pub fn decision(&self, id: BodyDecisionId) -> Option<&Arc<Decision>> {
        self.decisions.get(&id)
    }

    /// Every decision by its id.
    pub fn decisions(&self) -> impl Iterator<Item = &Arc<Decision>> {
        walk(self.decisions.values()).filter(|it| self.counts(it.meeting))
    }

    /// What was decided on `programme` itself.
    pub fn decided_on_programme(
        &self,
        programme: ProgrammeId,
    ) -> impl Iterator<Item = &Arc<Decision>> {
        let ids = self.decided_on_programme.of(programme);
        ids.filter_map(|id| self.decisions.get(&id)).filter(|it| self.counts(it.meeting))
    }

    /// What was decided on `intervention`.
    pub fn decided_on_intervention(
        &self,
        intervention: InterventionId,
    ) -> impl Iterator<Item = &Arc<Decision>> {
        let ids = self.decided_on_intervention.of(intervention);
        ids.filter_map(|id| self.decisions.get(&id)).filter(|it| self.counts(it.meeting))
    }

    /// The action: one of an annulled meeting too.
    pub fn action(&self, id: ActionPointId) -> Option<&Arc<Action>> {
        self.actions.get(&id)
    }

    /// Every action by its id.
    pub fn actions(&self) -> impl Iterator<Item = &Arc<Action>> {
        walk(self.actions.values()).filter(|it| self.counts(it.meeting))
    }

    /// What `owner` is to do, or was.
    pub fn owned_by(&self, owner: ActorId) -> impl Iterator<Item = &Arc<Action>> {
        let ids = self.owned_by.of(owner);
        ids.filter_map(|id| self.actions.get(&id)).filter(|it| self.counts(it.meeting))
    }

    /// What `meeting` decided, in the order of recording.
    pub fn decisions_of<'a>(
        &'a self,
        meeting: &'a Meeting,
    ) -> impl Iterator<Item = &'a Arc<Decision>> {
        meeting.decisions.iter().filter_map(|id| self.decisions.get(id))
    }

    /// What `meeting` assigned, in the order of recording.
    pub fn actions_of<'a>(&'a self, meeting: &'a Meeting) -> impl Iterator<Item = &'a Arc<Action>> {
        meeting.actions.iter().filter_map(|id| self.actions.get(id))
    }

    /// Who owns the action that `event` moves or closes: the event names the action alone.
    pub(crate) fn owner_of(&self, event: &Event) -> Option<ActorId> {
        match event {
            Event::ActionRescheduled { action, .. } | Event::ActionClosed { action, .. } => {
                self.actions.get(action).map(|it| it.owner)
            }
            _ => None,
        }
    }

    fn counts(&self, meeting: MeetingId) -> bool {
        self.by_id.get(&meeting).is_some_and(|it| it.annulled.is_none())
    }

    pub(crate) fn apply(&mut self, id: MeetingId, event: &Event, recorded: &Recorded) {
        fold::apply(self, id, event, recorded);
    }
}
