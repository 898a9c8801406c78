//! What an intervention allows.
use super::{
    Command, GROUPS_MAX, Intervention, PARTICIPATIONS_MAX, PHASE_MAX, Phase, Refusal, Role, Stage,
    TERRITORIES_MAX,
};
use crate::aggregate::ensure;
use crate::classification::must_classify;
use crate::effective::Effective;
use crate::ids::{ActorId, ParticipationId};
use crate::money::Money;

/// Not at an end.
const ALIVE: &[Stage] = &[
    Stage::Idea,
    Stage::Adopted,
    Stage::Started,
    Stage::Suspended,
    Stage::Completed,
    Stage::InService,
];
/// Not done yet.
const UNFINISHED: &[Stage] = &[Stage::Idea, Stage::Adopted, Stage::Started, Stage::Suspended];
/// Done, and not closed.
const FINISHED: &[Stage] = &[Stage::Completed, Stage::InService];

impl Intervention {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Propose { territories, groups, budget, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyProposed)?;
                must_be_declared(*budget)?;
                must_fit(territories.len(), TERRITORIES_MAX)?;
                must_fit(groups.len(), GROUPS_MAX)
            }
            Command::LinkOrigin { .. } | Command::IntegrateInPlan { .. } => {
                self.must_stand_at(ALIVE)
            }
            Command::Adopt { .. } => self.must_stand_at(&[Stage::Idea]),
            Command::AddParticipant { participation, actor, role, from, .. } => {
                self.can_join(*participation, *actor, *role, *from)
            }
            Command::EndParticipation { participation, to, .. } => {
                self.can_leave(*participation, *to)
            }
            Command::StartPhase { phase, .. } => self.can_start(*phase),
            Command::CompletePhase { phase, on } => self.can_end(*phase, *on),
            Command::Complete { on } => self.can_complete(*on),
            Command::Commission { on } => {
                self.must_stand_at(&[Stage::Completed])?;
                self.completed.map_or(Ok(()), |completed| {
                    let on = *on;
                    ensure(
                        !on.is_certainly_before(completed),
                        Refusal::CommissionedBeforeCompletion { on, completed },
                    )
                })
            }
            Command::RecordRecurringEvent { .. } | Command::Close { .. } => {
                self.must_stand_at(FINISHED)
            }
            Command::Classify { sectors, goals } => {
                self.must_exist()?;
                must_classify(sectors, goals).map_err(Refusal::from)
            }
            Command::Suspend { .. } => self.must_stand_at(&[Stage::Started]),
            Command::Resume { .. } => self.must_stand_at(&[Stage::Suspended]),
            Command::Abandon { .. } => self.must_stand_at(UNFINISHED),
            correction => self.check_correction(correction),
        }
    }

    fn can_join(
        &self,
        participation: ParticipationId,
        actor: ActorId,
        role: Role,
        from: Effective,
    ) -> Result<(), Refusal> {
        self.must_stand_at(ALIVE)?;
        let new = !self.participations.contains_key(&participation);
        ensure(new, Refusal::DuplicateParticipation)?;
        let mut lasting = self.participations.values().filter(|it| it.to.is_none());
        let twice = lasting.any(|it| (it.actor, it.role) == (actor, role));
        ensure(!twice, Refusal::AlreadyTakesPart)?;
        if role == Role::Lead {
            let mut leads = self.participations.values().filter(|it| it.role == role);
            let other = leads.find(|it| it.covers(from)).map(|it| it.actor);
            other.map_or(Ok(()), |lead| Err(Refusal::SecondLead { lead }))?;
        }
        must_fit(self.participations.len() + 1, PARTICIPATIONS_MAX)
    }

    /// At any stage: that somebody left can become known after the closing.
    fn can_leave(&self, participation: ParticipationId, to: Effective) -> Result<(), Refusal> {
        self.must_exist()?;
        let found = self.participations.get(&participation);
        let found = found.ok_or(Refusal::UnknownParticipation)?;
        found.to.map_or(Ok(()), |to| Err(Refusal::ParticipationOver { to }))?;
        must_run_forward(found.from, to)
    }

    fn can_start(&self, phase: u16) -> Result<(), Refusal> {
        self.must_stand_at(&[Stage::Adopted, Stage::Started])?;
        let numbered = (1..=PHASE_MAX).contains(&phase);
        ensure(numbered, Refusal::PhaseNumber { max: PHASE_MAX })?;
        let new = !self.phases.contains_key(&phase);
        ensure(new, Refusal::DuplicatePhase { phase })
    }

    fn can_end(&self, phase: u16, on: Effective) -> Result<(), Refusal> {
        self.must_stand_at(&[Stage::Started])?;
        let found = self.phases.get(&phase);
        let Phase { from, to, .. } = found.ok_or(Refusal::UnknownPhase { phase })?;
        ensure(to.is_none(), Refusal::PhaseOver { phase })?;
        must_run_forward(*from, on)
    }

    fn can_complete(&self, on: Effective) -> Result<(), Refusal> {
        self.must_stand_at(&[Stage::Started])?;
        self.phases.iter().try_for_each(|(&phase, times)| {
            let to = times.to.ok_or(Refusal::PhaseOpen { phase })?;
            must_run_forward(to, on)
        })
    }

    /// Recorded, and not by mistake.
    pub(super) fn must_exist(&self) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotProposed)?;
        ensure(stage != Stage::Annulled, Refusal::OutOfTurn { stage })
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        self.must_exist()?;
        let stage = self.stage;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

pub(super) fn must_run_forward(from: Effective, to: Effective) -> Result<(), Refusal> {
    let reversed = to.is_certainly_before(from);
    ensure(!reversed, Refusal::EndsBeforeStart { from, to })
}

pub(super) fn must_fit(number: usize, max: usize) -> Result<(), Refusal> {
    ensure(number <= max, Refusal::TooMany { max })
}

/// A budget is above zero, or not declared.
pub(super) fn must_be_declared(budget: Option<Money>) -> Result<(), Refusal> {
    ensure(budget.is_none_or(Money::is_positive), Refusal::NothingBudgeted)
}
