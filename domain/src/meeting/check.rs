//! What a meeting allows.
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    ACTIONS_MAX, ATTENDING_MAX, Action, Command, DECISIONS_MAX, Meeting, Refusal, Stage, What,
};
use crate::aggregate::ensure;
use crate::effective::Effective;
use crate::ids::{ActionPointId, ActorId, BodyDecisionId};

/// It met, and may still decide.
const DECIDING: &[Stage] = &[Stage::Held, Stage::Minuted];
/// It met.
const MET: &[Stage] = &[Stage::Held, Stage::Minuted, Stage::Approved];

impl Meeting {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Convene { body_stands, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyConvened)?;
                ensure(*body_stands, Refusal::BodyDoesNotStand)
            }
            Command::Hold { attending, .. } => {
                self.must_stand_at(&[Stage::Convened])?;
                must_attend_once(attending)
            }
            Command::Cancel { .. } => self.must_stand_at(&[Stage::Convened]).map(|_| ()),
            Command::RecordDecision { decision, .. } => {
                self.must_stand_at(DECIDING)?;
                let new = !self.decisions.contains(decision);
                ensure(new, Refusal::DuplicateDecision)?;
                must_fit(self.decisions.len() + 1, DECISIONS_MAX)
            }
            Command::AssignAction { action, decision, due, .. } => {
                self.can_assign(*action, *decision, *due)
            }
            Command::RescheduleAction { action, due, .. } => {
                let held = self.must_stand_at(MET)?.on;
                let known = self.must_be_open(*action)?;
                ensure(known.due != *due, Refusal::NothingMoved { due: *due })?;
                must_be_due_after(*due, held)
            }
            Command::CloseAction { action, on, .. } => {
                let held = self.must_stand_at(MET)?.on;
                self.must_be_open(*action)?;
                must_follow(*on, held)
            }
            Command::RecordMinutes { on, .. } => {
                let held = self.must_stand_at(&[Stage::Held])?.on;
                must_follow(*on, held)
            }
            Command::ApproveMinutes { on } => {
                self.must_stand_at(&[Stage::Minuted])?;
                match self.minuted {
                    Some(written) if on.is_certainly_before(written) => {
                        Err(Refusal::ApprovedBeforeWritten { on: *on, written })
                    }
                    _ => Ok(()),
                }
            }
            Command::Correct { title, attending, on, .. } => {
                let what = self.must_exist()?;
                let changed = title.as_ref().is_some_and(|it| *it != what.title)
                    || attending.as_ref().is_some_and(|it| *it != what.attending)
                    || on.is_some_and(|it| it != what.on);
                ensure(changed, Refusal::NothingCorrected)?;
                attending.as_ref().map_or(Ok(()), |it| {
                    self.must_stand_at(MET)?;
                    must_attend_once(it)
                })
            }
            Command::Annul { .. } => self.must_exist().map(|_| ()),
        }
    }

    fn can_assign(
        &self,
        action: ActionPointId,
        decision: Option<BodyDecisionId>,
        due: Date,
    ) -> Result<(), Refusal> {
        let held = self.must_stand_at(DECIDING)?.on;
        let new = !self.actions.contains_key(&action);
        ensure(new, Refusal::DuplicateAction)?;
        let known = decision.is_none_or(|it| self.decisions.contains(&it));
        ensure(known, Refusal::UnknownDecision)?;
        must_be_due_after(due, held)?;
        must_fit(self.actions.len() + 1, ACTIONS_MAX)
    }

    fn must_be_open(&self, action: ActionPointId) -> Result<&Action, Refusal> {
        let known = self.actions.get(&action).ok_or(Refusal::UnknownAction)?;
        ensure(!known.closed, Refusal::ActionClosed)?;
        Ok(known)
    }

    fn must_exist(&self) -> Result<&What, Refusal> {
        ensure(self.stage != Stage::Annulled, Refusal::Annulled)?;
        self.what.as_ref().ok_or(Refusal::NotConvened)
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<&What, Refusal> {
        let what = self.must_exist()?;
        let stage = self.stage;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })?;
        Ok(what)
    }
}

fn must_attend_once(attending: &[ActorId]) -> Result<(), Refusal> {
    let different: BTreeSet<_> = attending.iter().collect();
    ensure(different.len() == attending.len(), Refusal::AttendsTwice)?;
    must_fit(attending.len(), ATTENDING_MAX)
}

fn must_follow(on: Effective, held: Effective) -> Result<(), Refusal> {
    ensure(!on.is_certainly_before(held), Refusal::BeforeMeeting { on, held })
}

fn must_be_due_after(due: Date, held: Effective) -> Result<(), Refusal> {
    let early = Effective::Day(due).is_certainly_before(held);
    ensure(!early, Refusal::DueBeforeMeeting { due, held })
}

fn must_fit(number: usize, max: usize) -> Result<(), Refusal> {
    ensure(number <= max, Refusal::TooMany { max })
}
