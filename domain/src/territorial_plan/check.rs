//! What a territorial plan allows.
use super::{Command, Event, Kind, PARTS_MAX, Refusal, Said, Stage, TerritorialPlan};
use crate::aggregate::ensure;
use crate::deliberation;
use crate::effective::{Effective, Period};
use crate::ids::{InterventionId, ObjectiveId, PlanActionId};
use crate::territory::Level;

/// Where a plan still takes something in.
const ALIVE: &[Stage] =
    &[Stage::Preparing, Stage::Drafted, Stage::Adopted, Stage::InForce, Stage::Revised];
/// Adopted, and not over.
const BINDING: &[Stage] = &[Stage::Adopted, Stage::InForce, Stage::Revised];
/// Whatever counts.
const STANDING: &[Stage] = &[
    Stage::Preparing,
    Stage::Drafted,
    Stage::Adopted,
    Stage::InForce,
    Stage::Revised,
    Stage::Expired,
];

impl TerritorialPlan {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Start { kind, territory, period, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyStarted)?;
                must_fit_level(*kind, territory.get().level)?;
                must_run_forward(*period)
            }
            Command::DefineObjective { objective, .. } => {
                self.must_stand_at(ALIVE)?;
                let new = !self.objectives.contains(objective);
                ensure(new, Refusal::DuplicateObjective)?;
                must_fit(self.objectives.len() + 1)
            }
            Command::RecordMainstreaming { on, .. } => {
                self.must_stand_at(ALIVE)?;
                must_fit(self.mainstreamings + 1)?;
                must_follow(*on, self.said.as_ref().map(|it| it.started))
            }
            Command::AddAction { action, objective, .. } => {
                self.must_stand_at(ALIVE)?;
                let new = !self.actions.contains_key(action);
                ensure(new, Refusal::DuplicateAction)?;
                must_fit(self.actions.len() + 1)?;
                self.must_have(*objective)
            }
            Command::LinkIntervention { intervention, objective, action } => {
                self.can_link(*intervention, *objective, *action)
            }
            Command::Draft { on, .. } => self.can_reach(&[Stage::Preparing], *on),
            Command::Adopt { on, act, .. } => {
                self.can_reach(&[Stage::Drafted], *on)?;
                must_be_adopted(*act)
            }
            Command::EnterIntoForce { on } => self.can_reach(&[Stage::Adopted], *on),
            Command::Review { on, .. } => self.can_reach(&[Stage::InForce, Stage::Revised], *on),
            Command::Expire { on, .. } => self.can_reach(BINDING, *on),
            Command::Correct { .. } => {
                self.must_stand_at(STANDING)?;
                self.said.as_ref().map_or(Ok(()), |said| can_correct(said, command))
            }
            Command::AnnulMainstreaming { at, .. } => {
                self.must_stand_at(STANDING)?;
                let annulled = self.annulled.contains(at);
                ensure(!annulled, Refusal::MainstreamingAnnulledAlready)?;
                let left = self.mainstreamings > self.annulled.len();
                ensure(left, Refusal::NoMainstreaming)
            }
            Command::Annul { .. } => self.must_stand_at(STANDING),
        }
    }

    fn can_link(
        &self,
        intervention: InterventionId,
        objective: Option<ObjectiveId>,
        action: Option<PlanActionId>,
    ) -> Result<(), Refusal> {
        self.must_stand_at(ALIVE)?;
        self.must_have(objective)?;
        if let Some(action) = action {
            let served = *self.actions.get(&action).ok_or(Refusal::UnknownAction)?;
            let other = objective.is_some() && served.is_some() && served != objective;
            ensure(!other, Refusal::OtherObjective)?;
        }
        let new = !self.links.contains(&(intervention, objective, action));
        ensure(new, Refusal::AlreadyLinked)?;
        must_fit(self.links.len() + 1)
    }

    fn can_reach(&self, stages: &[Stage], on: Effective) -> Result<(), Refusal> {
        self.must_stand_at(stages)?;
        must_follow(on, self.reached)
    }

    fn must_have(&self, objective: Option<ObjectiveId>) -> Result<(), Refusal> {
        let known = objective.is_none_or(|it| self.objectives.contains(&it));
        ensure(known, Refusal::UnknownObjective)
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotStarted)?;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

fn can_correct(said: &Said, command: &Command) -> Result<(), Refusal> {
    let corrected = said.clone().corrected(Event::from(command.clone()));
    ensure(corrected != *said, Refusal::NothingCorrected)?;
    must_fit_level(corrected.kind, corrected.level)?;
    must_run_forward(corrected.period)
}

/// Whether the act by which a plan is adopted is there, and says yes.
fn must_be_adopted(act: Option<deliberation::Stage>) -> Result<(), Refusal> {
    let unknown = Some(deliberation::Stage::Unrecorded);
    let stage = act.filter(|_| act != unknown).ok_or(Refusal::UnknownAct)?;
    ensure(stage == deliberation::Stage::Adopted, Refusal::ActNotAdopted { stage })
}

fn must_fit_level(kind: Kind, level: Level) -> Result<(), Refusal> {
    let fits = kind.level().is_none_or(|it| it == level);
    ensure(fits, Refusal::KindDoesNotFit { kind, level })
}

fn must_run_forward(period: Period) -> Result<(), Refusal> {
    let Period { from, to } = period;
    ensure(!period.is_reversed(), Refusal::PeriodReversed { from, to })
}

fn must_follow(on: Effective, previous: Option<Effective>) -> Result<(), Refusal> {
    let previous = previous.unwrap_or(Effective::Unknown);
    let early = on.is_certainly_before(previous);
    ensure(!early, Refusal::RunsBackwards { on, previous })
}

fn must_fit(number: usize) -> Result<(), Refusal> {
    ensure(number <= PARTS_MAX, Refusal::TooMany { max: PARTS_MAX })
}
