//! Who was trained: counts.
use std::sync::Arc;

use domain::ids::{ActorId, TrainingCohortId};
use domain::measure::Quantity;
use domain::population::{Headcount, PopulationGroup, Profession};
use domain::recorded::Recorded;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use domain::{effective::Period, training_cohort::Event};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::interventions::folded_titles;
use crate::register::{Kept, Register, Roots, Step, stage_on};
use crate::stamp::{Rectification, Stamp};

/// How far a training has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is to be held.
    Planned,
    /// It meets.
    Running,
    /// It is over.
    Completed,
    /// It is not held.
    Cancelled,
}

/// One meeting of a cohort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Session {
    /// What about.
    pub title: Option<Title>,
    /// How many came.
    pub attended: Option<Quantity>,
    /// How long it lasted, in hours.
    pub hours: Option<u16>,
    /// When, and who said so.
    pub stamp: Stamp,
}

/// How many began and how many completed it, as somebody counted them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Who says so.
    pub by: ActorId,
    /// How many began.
    pub enrolled: Arc<Headcount>,
    /// How many completed it.
    pub completed: Arc<Headcount>,
    /// Why it replaced the one before, where it is a correction.
    pub reason: Option<Arc<Note>>,
    /// When.
    pub stamp: Stamp,
}

/// A group that is trained together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cohort {
    /// Its id.
    pub id: TrainingCohortId,
    /// What it is about.
    pub title: Title,
    /// Who holds it, where, and what it belongs to.
    pub roots: Roots,
    /// Where.
    pub territory: TerritoryId,
    /// For whom.
    pub groups: Arc<[PopulationGroup]>,
    /// For which professions.
    pub professions: Arc<[Profession]>,
    /// For how many; `None` is not declared.
    pub places: Option<Quantity>,
    /// From when to when.
    pub period: Period,
    /// How far it has come.
    pub stage: Stage,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step<Stage>>,
    /// Its sessions, in the order of recording.
    pub sessions: Vec<Session>,
    /// What was counted and its corrections, the count that holds last.
    pub counts: Vec<Count>,
    /// What was corrected of its description or its counts.
    pub corrections: Vec<Rectification>,
    /// That it was recorded by mistake.
    pub annulled: Option<Rectification>,
    /// When the ledger learned of it.
    pub planned: Stamp,
    #[serde(skip)]
    folded: Arc<str>,
}

impl Cohort {
    /// Whether a title contains `text`, which is folded.
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// How far it had come on `day`.
    pub fn stage_on(&self, day: Date) -> Option<Stage> {
        stage_on(&self.steps, day)
    }

    /// The count that holds, once it is over.
    pub fn count(&self) -> Option<&Count> {
        self.counts.last()
    }

    /// When it was completed, as it was first recorded.
    pub fn completed(&self) -> Option<Stamp> {
        self.counts.first().map(|it| it.stamp)
    }

    fn step(&mut self, stage: Stage, stamp: Stamp, reason: Option<&Note>) {
        if self.stage != stage {
            self.stage = stage;
            self.steps.push(Step::new(stage, stamp, reason));
        }
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        match event {
            Event::Planned { .. } => {}
            Event::SessionRecorded { title, attended, hours, on } => {
                let stamp = Stamp::on(recorded, *on);
                let title = title.clone();
                self.sessions.push(Session { title, attended: *attended, hours: *hours, stamp });
                self.step(Stage::Running, stamp, None);
            }
            Event::CompletionRecorded { by, enrolled, completed, on } => {
                let stamp = Stamp::on(recorded, *on);
                self.recount(*by, enrolled, completed, None, stamp);
                self.step(Stage::Completed, stamp, None);
            }
            Event::Cancelled { reason } => {
                self.step(Stage::Cancelled, Stamp::of(recorded), Some(reason));
            }
            Event::CompletionCorrected { by, enrolled, completed, reason } => {
                self.recount(*by, enrolled, completed, Some(reason), Stamp::of(recorded));
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Corrected { title, territory, groups, professions, places, period, reason } => {
                if let Some(title) = title {
                    (self.title, self.folded) = (title.clone(), folded_titles(title));
                }
                if let Some(territory) = territory {
                    (self.territory, self.roots.territory) = (*territory, Some(*territory));
                }
                if let Some(groups) = groups {
                    self.groups = groups.as_slice().into();
                }
                if let Some(professions) = professions {
                    self.professions = professions.as_slice().into();
                }
                self.places = places.or(self.places);
                self.period = period.unwrap_or(self.period);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
        }
    }

    fn recount(
        &mut self,
        by: ActorId,
        enrolled: &Headcount,
        completed: &Headcount,
        reason: Option<&Note>,
        stamp: Stamp,
    ) {
        self.counts.push(Count {
            by,
            enrolled: Arc::new(enrolled.clone()),
            completed: Arc::new(completed.clone()),
            reason: reason.cloned().map(Arc::new),
            stamp,
        });
    }
}

impl Kept for Cohort {
    type Id = TrainingCohortId;

    fn id(&self) -> TrainingCohortId {
        self.id
    }

    fn roots(&self) -> &Roots {
        &self.roots
    }

    fn is_annulled(&self) -> bool {
        self.annulled.is_some()
    }
}

/// Every training cohort.
pub type Trainings = Register<Cohort>;

impl Trainings {
    pub(crate) fn apply(&mut self, id: TrainingCohortId, event: &Event, recorded: &Recorded) {
        match planned(id, event, Stamp::of(recorded)) {
            Some(cohort) => self.insert(cohort),
            None => self.change(id, |it| it.apply(event, recorded)),
        }
    }
}

fn planned(id: TrainingCohortId, event: &Event, stamp: Stamp) -> Option<Cohort> {
    let Event::Planned {
        by,
        title,
        programme,
        intervention,
        territory,
        groups,
        professions,
        places,
        period,
        indicators,
    } = event
    else {
        return None;
    };
    Some(Cohort {
        id,
        title: title.clone(),
        roots: Roots {
            by: *by,
            programme: *programme,
            intervention: *intervention,
            territory: Some(*territory),
            indicators: indicators.as_slice().into(),
        },
        territory: *territory,
        groups: groups.as_slice().into(),
        professions: professions.as_slice().into(),
        places: *places,
        period: *period,
        stage: Stage::Planned,
        steps: vec![Step::new(Stage::Planned, stamp, None)],
        sessions: Vec::new(),
        counts: Vec::new(),
        corrections: Vec::new(),
        annulled: None,
        planned: stamp,
        folded: folded_titles(title),
    })
}
