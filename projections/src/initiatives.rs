//! What citizens ask councils for: who supports it, and what the councils answered.
use std::sync::Arc;

use domain::citizen_initiative::Event;
use domain::ids::{ActorId, CitizenInitiativeId, DeliberationId};
use domain::measure::Quantity;
use domain::population::PopulationGroup;
use domain::recorded::{Position, Recorded};
use domain::territory::TerritoryId;
use domain::text::{Note, Title, folded};
use imbl::OrdMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::index::Index;
use crate::stamp::{Rectification, Stamp};
use crate::walk::{Between, EVERY, between};

/// How far an initiative has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Citizens ask; nobody has answered.
    Received,
    /// Somebody supports it.
    Endorsed,
    /// A council has it.
    Referred,
    /// A council has said something on it.
    Answered,
    /// It was recorded by mistake.
    Annulled,
}

/// Somebody supports an initiative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Endorsement {
    /// Who.
    pub by: ActorId,
    /// In words.
    pub note: Option<Arc<Note>>,
    /// When.
    pub stamp: Stamp,
}

/// A council has an initiative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Referral {
    /// Which.
    pub to: ActorId,
    /// When.
    pub stamp: Stamp,
}

/// A deliberation answers an initiative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Which.
    pub deliberation: DeliberationId,
    /// When.
    pub stamp: Stamp,
}

/// What citizens ask a council for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Initiative {
    /// Its id.
    pub id: CitizenInitiativeId,
    /// In short.
    pub title: Title,
    /// In a few words.
    pub summary: Option<Arc<Note>>,
    /// Where.
    pub territory: TerritoryId,
    /// Who carries it: categories.
    pub groups: Arc<[PopulationGroup]>,
    /// How many signed; `None` is not declared, not zero.
    pub signatures: Option<Quantity>,
    /// How far it has come.
    pub stage: Stage,
    /// Who supports it, in the order of recording.
    pub endorsements: Vec<Endorsement>,
    /// Which council has it.
    pub referral: Option<Referral>,
    /// What answers it, in the order of recording.
    pub answers: Vec<Answer>,
    /// What was corrected.
    pub corrections: Vec<Rectification>,
    /// Why it counts nowhere.
    pub annulled: Option<Rectification>,
    /// When it was received.
    pub received: Stamp,
    /// Its titles, folded, for searching.
    #[serde(skip)]
    folded: Arc<str>,
}

impl Initiative {
    /// Whether a title contains `text`, which is [`folded`].
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// How far it had come on `day`; nothing before it was received. A step without a date comes no
    /// earlier than those before it.
    pub fn stage_on(&self, day: Date) -> Option<Stage> {
        if self.annulled.is_some() {
            return Some(Stage::Annulled);
        }
        let steps = [
            (Stage::Received, Some(self.received)),
            (Stage::Endorsed, self.endorsements.first().map(|it| it.stamp)),
            (Stage::Referred, self.referral.map(|it| it.stamp)),
            (Stage::Answered, self.answers.first().map(|it| it.stamp)),
        ];
        let taken = steps.into_iter().filter_map(|(stage, stamp)| Some((stage, stamp?)));
        let begun = taken.take_while(|(_, stamp)| !stamp.effective.is_certainly_after(day));
        begun.last().map(|(stage, _)| stage)
    }

    /// Its own events, in order.
    pub fn positions(&self) -> Vec<Position> {
        let stamps = std::iter::once(self.received)
            .chain(self.endorsements.iter().map(|it| it.stamp))
            .chain(self.referral.map(|it| it.stamp))
            .chain(self.answers.iter().map(|it| it.stamp))
            .chain(self.corrections.iter().map(|it| it.stamp))
            .chain(self.annulled.as_ref().map(|it| it.stamp));
        let mut positions: Vec<_> = stamps.map(|it| it.position).collect();
        positions.sort_unstable();
        positions
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        match event {
            Event::Received { .. } => {}
            Event::Endorsed { by, note, on } => {
                let (note, stamp) = (note.clone().map(Arc::new), Stamp::on(recorded, *on));
                self.endorsements.push(Endorsement { by: *by, note, stamp });
                if self.stage == Stage::Received {
                    self.stage = Stage::Endorsed;
                }
            }
            Event::Referred { to, on } => {
                self.referral = Some(Referral { to: *to, stamp: Stamp::on(recorded, *on) });
                self.stage = Stage::Referred;
            }
            Event::DeliberationLinked { deliberation, on } => {
                let stamp = Stamp::on(recorded, *on);
                self.answers.push(Answer { deliberation: *deliberation, stamp });
                self.stage = Stage::Answered;
            }
            Event::Corrected { title, summary, territory, groups, signatures, on, reason } => {
                if let Some(title) = title {
                    (self.title, self.folded) = (title.clone(), folded_titles(title));
                }
                if let Some(summary) = summary {
                    self.summary = Some(Arc::new(summary.clone()));
                }
                if let Some(groups) = groups {
                    self.groups = groups.as_slice().into();
                }
                self.territory = territory.unwrap_or(self.territory);
                self.signatures = signatures.or(self.signatures);
                self.received.effective = on.unwrap_or(self.received.effective);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
                self.stage = Stage::Annulled;
            }
        }
    }
}

/// What citizens ask councils for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Initiatives {
    by_id: OrdMap<CitizenInitiativeId, Arc<Initiative>>,
    /// The initiatives that a deliberation answers.
    answered: Index<DeliberationId, CitizenInitiativeId>,
}

impl Initiatives {
    /// The initiative, annulled or not.
    pub fn get(&self, id: CitizenInitiativeId) -> Option<&Arc<Initiative>> {
        self.by_id.get(&id)
    }

    /// Every initiative by its id, annulled ones among them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Initiative>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Initiative>> {
        between(&self.by_id, ids)
    }

    /// Those that `deliberation` answers; annulled ones are left out.
    pub fn answered_by(
        &self,
        deliberation: DeliberationId,
    ) -> impl Iterator<Item = &Arc<Initiative>> {
        let all = self.answered.of(deliberation).filter_map(|id| self.by_id.get(&id));
        all.filter(|it| it.annulled.is_none())
    }

    pub(crate) fn apply(&mut self, id: CitizenInitiativeId, event: &Event, recorded: &Recorded) {
        if let Some(received) = received(id, event, recorded) {
            self.by_id.insert(id, Arc::new(received));
        } else if let Some(initiative) = self.by_id.get_mut(&id) {
            Arc::make_mut(initiative).apply(event, recorded);
            if let Event::DeliberationLinked { deliberation, .. } = event {
                self.answered.insert(*deliberation, id);
            }
        }
    }
}

fn received(id: CitizenInitiativeId, event: &Event, recorded: &Recorded) -> Option<Initiative> {
    let Event::Received { title, summary, territory, groups, signatures, on } = event else {
        return None;
    };
    Some(Initiative {
        id,
        title: title.clone(),
        summary: summary.clone().map(Arc::new),
        territory: *territory,
        groups: groups.as_slice().into(),
        signatures: *signatures,
        stage: Stage::Received,
        endorsements: Vec::new(),
        referral: None,
        answers: Vec::new(),
        corrections: Vec::new(),
        annulled: None,
        received: Stamp::on(recorded, *on),
        folded: folded_titles(title),
    })
}

fn folded_titles(title: &Title) -> Arc<str> {
    let all: String = title.wordings().map(|(_, text)| folded(text) + "\n").collect();
    all.into()
}
