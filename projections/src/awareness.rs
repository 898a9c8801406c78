//! Who was reached: counts.
use std::sync::Arc;

use domain::awareness_action::{Channel, Event};
use domain::effective::Period;
use domain::ids::{ActorId, AwarenessActionId};
use domain::measure::Quantity;
use domain::population::{Headcount, PopulationGroup};
use domain::recorded::Recorded;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::interventions::folded_titles;
use crate::register::{Kept, Register, Roots, Step, stage_on};
use crate::stamp::{Rectification, Stamp};

/// How far an action has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is to take place.
    Planned,
    /// It takes place.
    Running,
    /// It is over.
    Completed,
    /// It does not take place.
    Cancelled,
}

/// One time that an action took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Session {
    /// What about.
    pub title: Option<Title>,
    /// How many came, or are thought to have been reached.
    pub reached: Option<Quantity>,
    /// When, and who said so.
    pub stamp: Stamp,
}

/// How many it reached, as somebody counted them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Who says so.
    pub by: ActorId,
    /// How many it reached.
    pub reached: Arc<Headcount>,
    /// Whether that is an estimate.
    pub estimated: bool,
    /// Why it replaced the one before, where it is a correction.
    pub reason: Option<Arc<Note>>,
    /// When.
    pub stamp: Stamp,
}

/// An action by which people are told something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Action {
    /// Its id.
    pub id: AwarenessActionId,
    /// What people are told.
    pub title: Title,
    /// How they are reached.
    pub channel: Channel,
    /// Who tells them, where, and what it belongs to.
    pub roots: Roots,
    /// Where.
    pub territory: TerritoryId,
    /// For whom.
    pub groups: Arc<[PopulationGroup]>,
    /// From when to when.
    pub period: Period,
    /// How far it has come.
    pub stage: Stage,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step<Stage>>,
    /// The times that it took place, in the order of recording.
    pub sessions: Vec<Session>,
    /// What was counted and its corrections, the count that holds last.
    pub counts: Vec<Count>,
    /// What was corrected of its description or its count.
    pub corrections: Vec<Rectification>,
    /// That it was recorded by mistake.
    pub annulled: Option<Rectification>,
    /// When the ledger learned of it.
    pub planned: Stamp,
    #[serde(skip)]
    folded: Arc<str>,
}

impl Action {
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

    fn recount(
        &mut self,
        by: ActorId,
        reached: &Headcount,
        estimated: bool,
        reason: Option<&Note>,
        stamp: Stamp,
    ) {
        let reason = reason.cloned().map(Arc::new);
        let reached = Arc::new(reached.clone());
        self.counts.push(Count { by, reached, estimated, reason, stamp });
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        match event {
            Event::Planned { .. } => {}
            Event::SessionRecorded { title, reached, on } => {
                let stamp = Stamp::on(recorded, *on);
                let title = title.clone();
                self.sessions.push(Session { title, reached: *reached, stamp });
                self.step(Stage::Running, stamp, None);
            }
            Event::CompletionRecorded { by, reached, estimated, on } => {
                let stamp = Stamp::on(recorded, *on);
                self.recount(*by, reached, *estimated, None, stamp);
                self.step(Stage::Completed, stamp, None);
            }
            Event::Cancelled { reason } => {
                self.step(Stage::Cancelled, Stamp::of(recorded), Some(reason));
            }
            Event::CompletionCorrected { by, reached, estimated, reason } => {
                self.recount(*by, reached, *estimated, Some(reason), Stamp::of(recorded));
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Corrected { title, channel, territory, groups, period, reason } => {
                if let Some(title) = title {
                    (self.title, self.folded) = (title.clone(), folded_titles(title));
                }
                if let Some(territory) = territory {
                    (self.territory, self.roots.territory) = (*territory, Some(*territory));
                }
                if let Some(groups) = groups {
                    self.groups = groups.as_slice().into();
                }
                self.channel = channel.unwrap_or(self.channel);
                self.period = period.unwrap_or(self.period);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
        }
    }
}

impl Kept for Action {
    type Id = AwarenessActionId;

    fn id(&self) -> AwarenessActionId {
        self.id
    }

    fn roots(&self) -> &Roots {
        &self.roots
    }

    fn is_annulled(&self) -> bool {
        self.annulled.is_some()
    }
}

/// Every awareness action.
pub type Awareness = Register<Action>;

impl Awareness {
    pub(crate) fn apply(&mut self, id: AwarenessActionId, event: &Event, recorded: &Recorded) {
        match planned(id, event, Stamp::of(recorded)) {
            Some(action) => self.insert(action),
            None => self.change(id, |it| it.apply(event, recorded)),
        }
    }
}

fn planned(id: AwarenessActionId, event: &Event, stamp: Stamp) -> Option<Action> {
    let Event::Planned {
        by,
        title,
        channel,
        programme,
        intervention,
        territory,
        groups,
        period,
        indicators,
    } = event
    else {
        return None;
    };
    Some(Action {
        id,
        title: title.clone(),
        channel: *channel,
        roots: Roots {
            by: *by,
            programme: *programme,
            intervention: *intervention,
            territory: Some(*territory),
            indicators: indicators.as_slice().into(),
        },
        territory: *territory,
        groups: groups.as_slice().into(),
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
