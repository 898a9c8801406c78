//! What councils decide, and how they voted.
use std::sync::Arc;

use domain::deliberation::{Event, Votes};
use domain::effective::Effective;
use domain::ids::{ActorId, CitizenInitiativeId, DeliberationId, DocumentId};
use domain::recorded::{Position, Recorded};
use domain::text::{Name, Note, Title, folded};
use imbl::OrdMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::index::Index;
use crate::stamp::{Rectification, Stamp};
use crate::walk::{Between, EVERY, between};

/// How far a matter has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The council took the matter up.
    Tabled,
    /// The council decides later.
    Postponed,
    /// The council said yes.
    Adopted,
    /// The council said no.
    Rejected,
    /// It holds no more, or was recorded by mistake.
    Annulled,
}

/// What a council said on a matter: yes, no, or later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// What the matter became.
    pub stage: Stage,
    /// The number of the act.
    pub number: Option<Arc<Name>>,
    /// How the council voted; `None` is not declared.
    pub votes: Option<Arc<Votes>>,
    /// The signed act.
    pub document: Option<DocumentId>,
    /// Why.
    pub reason: Option<Arc<Note>>,
    /// Until when it was postponed, where that was said.
    pub until: Option<Effective>,
    /// When.
    pub stamp: Stamp,
}

/// A council's act on one matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deliberation {
    /// Its id.
    pub id: DeliberationId,
    /// Whose council.
    pub council: ActorId,
    /// The matter.
    pub title: Title,
    /// Which session.
    pub session: Option<Arc<Name>>,
    /// The petition that asks for it.
    pub initiative: Option<CitizenInitiativeId>,
    /// How far the matter has come.
    pub stage: Stage,
    /// What the council said, the latest recorded last. An annulment leaves it as it was.
    pub decisions: Vec<Decision>,
    /// What was corrected.
    pub corrections: Vec<Rectification>,
    /// Why it holds no more, and since when.
    pub annulled: Option<Rectification>,
    /// When the council took it up.
    pub tabled: Stamp,
    /// Its titles, folded, for searching.
    #[serde(skip)]
    folded: Arc<str>,
}

impl Deliberation {
    /// Whether a title contains `text`, which is [`folded`].
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// How far the matter had come on `day`; nothing before it was tabled. A step without a date
    /// comes no earlier than those before it.
    pub fn stage_on(&self, day: Date) -> Option<Stage> {
        let steps = std::iter::once((Stage::Tabled, self.tabled))
            .chain(self.decisions.iter().map(|it| (it.stage, it.stamp)))
            .chain(self.annulled.as_ref().map(|it| (Stage::Annulled, it.stamp)));
        let begun = steps.take_while(|(_, stamp)| !stamp.effective.is_certainly_after(day));
        begun.last().map(|(stage, _)| stage)
    }

    /// Its own events, in order.
    pub fn positions(&self) -> Vec<Position> {
        let stamps = std::iter::once(self.tabled)
            .chain(self.decisions.iter().map(|it| it.stamp))
            .chain(self.corrections.iter().map(|it| it.stamp))
            .chain(self.annulled.as_ref().map(|it| it.stamp));
        let mut positions: Vec<_> = stamps.map(|it| it.position).collect();
        positions.sort_unstable();
        positions
    }

    fn decided(&mut self, decision: Decision) {
        self.stage = decision.stage;
        self.decisions.push(decision);
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let blank = |stage, on: &Effective| Decision {
            stage,
            number: None,
            votes: None,
            document: None,
            reason: None,
            until: None,
            stamp: Stamp::on(recorded, *on),
        };
        match event {
            Event::Tabled { .. } => {}
            Event::Adopted { number, votes, document, on } => self.decided(Decision {
                number: number.clone().map(Arc::new),
                votes: votes.clone().map(Arc::new),
                document: *document,
                ..blank(Stage::Adopted, on)
            }),
            Event::Rejected { number, votes, document, reason, on } => self.decided(Decision {
                number: number.clone().map(Arc::new),
                votes: votes.clone().map(Arc::new),
                document: *document,
                reason: reason.clone().map(Arc::new),
                ..blank(Stage::Rejected, on)
            }),
            Event::Postponed { until, reason, on } => self.decided(Decision {
                reason: reason.clone().map(Arc::new),
                until: *until,
                ..blank(Stage::Postponed, on)
            }),
            Event::Annulled { reason, on, .. } => {
                let mut annulled = Rectification::of(recorded, reason);
                annulled.stamp.effective = *on;
                self.annulled = Some(annulled);
                self.stage = Stage::Annulled;
            }
            Event::Corrected { title, session, number, votes, on, reason } => {
                if let Some(title) = title {
                    (self.title, self.folded) = (title.clone(), folded_titles(title));
                }
                self.session = session.clone().map(Arc::new).or(self.session.take());
                if let Some(last) = self.decisions.last_mut() {
                    last.number = number.clone().map(Arc::new).or(last.number.take());
                    last.votes = votes.clone().map(Arc::new).or(last.votes.take());
                    last.stamp.effective = on.unwrap_or(last.stamp.effective);
                }
                self.corrections.push(Rectification::of(recorded, reason));
            }
        }
    }
}

/// What councils decide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Deliberations {
    by_id: OrdMap<DeliberationId, Arc<Deliberation>>,
    by_initiative: Index<CitizenInitiativeId, DeliberationId>,
}

impl Deliberations {
    /// The deliberation, annulled or not.
    pub fn get(&self, id: DeliberationId) -> Option<&Arc<Deliberation>> {
        self.by_id.get(&id)
    }

    /// Every deliberation by its id, annulled ones among them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Deliberation>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Deliberation>> {
        between(&self.by_id, ids)
    }

    /// Those that were tabled because of `initiative`; annulled ones are left out.
    pub fn of_initiative(
        &self,
        initiative: CitizenInitiativeId,
    ) -> impl Iterator<Item = &Arc<Deliberation>> {
        let all = self.by_initiative.of(initiative).filter_map(|id| self.by_id.get(&id));
        all.filter(|it| it.annulled.is_none())
    }

    pub(crate) fn apply(&mut self, id: DeliberationId, event: &Event, recorded: &Recorded) {
        if let Event::Tabled { council, title, session, initiative, on } = event {
            if let Some(initiative) = initiative {
                self.by_initiative.insert(*initiative, id);
            }
            let tabled = Deliberation {
                id,
                council: *council,
                title: title.clone(),
                session: session.clone().map(Arc::new),
                initiative: *initiative,
                stage: Stage::Tabled,
                decisions: Vec::new(),
                corrections: Vec::new(),
                annulled: None,
                tabled: Stamp::on(recorded, *on),
                folded: folded_titles(title),
            };
            self.by_id.insert(id, Arc::new(tabled));
        } else if let Some(deliberation) = self.by_id.get_mut(&id) {
            Arc::make_mut(deliberation).apply(event, recorded);
        }
    }
}

fn folded_titles(title: &Title) -> Arc<str> {
    let all: String = title.wordings().map(|(_, text)| folded(text) + "\n").collect();
    all.into()
}
