//! What of an intervention can be corrected, and what becomes of it then.
use super::check::{must_be_declared, must_fit, must_run_forward};
use super::{
    Command, Event, Figure, GROUPS_MAX, Intervention, Participation, Phase, Refusal, Role,
    TERRITORIES_MAX,
};
use crate::aggregate::ensure;
use crate::correction::{differs, put};
use crate::effective::Effective;
use crate::ids::ParticipationId;

impl Participation {
    /// Whether both hold on some day, for certain: what lasts holds on every day to come.
    fn overlaps(&self, other: &Self) -> bool {
        let begins_within =
            |one: &Self, other: &Self| other.to.is_none_or(|to| one.from.is_certainly_before(to));
        begins_within(self, other) && begins_within(other, self)
    }
}

impl Intervention {
    /// Corrections are taken at every stage: a mistake is often found when all is over.
    pub(super) fn check_correction(&self, command: &Command) -> Result<(), Refusal> {
        self.must_exist()?;
        match command {
            Command::Correct { title, summary, territories, programme, groups, .. } => {
                must_fit(territories.as_ref().map_or(0, Vec::len), TERRITORIES_MAX)?;
                must_fit(groups.as_ref().map_or(0, Vec::len), GROUPS_MAX)?;
                let known = &self.described;
                let other = differs(title.as_ref(), known.title.as_ref())
                    || differs(summary.as_ref(), known.summary.as_ref())
                    || differs(territories.as_ref(), known.territories.as_ref())
                    || differs(programme.as_ref(), known.programme.as_ref())
                    || differs(groups.as_ref(), known.groups.as_ref());
                ensure(other, Refusal::NothingCorrected)
            }
            Command::CorrectParticipation { participation, role, from, to, note, .. } => {
                let known = self.participation(*participation)?;
                ensure(to.is_none() || known.to.is_some(), Refusal::ParticipationLasts)?;
                let corrected = Participation {
                    actor: known.actor,
                    role: role.unwrap_or(known.role),
                    from: from.unwrap_or(known.from),
                    to: to.or(known.to),
                    note: note.clone().or_else(|| known.note.clone()),
                };
                ensure(corrected != *known, Refusal::NothingCorrected)?;
                self.can_stand(*participation, &corrected)
            }
            Command::AnnulParticipation { participation, .. } => {
                self.participation(*participation).map(drop)
            }
            Command::CorrectPhase { phase, title, started, completed, .. } => {
                let phase = *phase;
                let known = self.phases.get(&phase).ok_or(Refusal::UnknownPhase { phase })?;
                let open = completed.is_some() && known.to.is_none();
                ensure(!open, Refusal::PhaseOpen { phase })?;
                let corrected = Phase {
                    title: title.clone().or_else(|| known.title.clone()),
                    from: started.unwrap_or(known.from),
                    to: completed.or(known.to),
                };
                ensure(corrected != *known, Refusal::NothingCorrected)?;
                let over = self.completed;
                corrected.to.map_or(Ok(()), |to| {
                    must_run_forward(corrected.from, to)?;
                    over.map_or(Ok(()), |over| must_run_forward(to, over))
                })
            }
            Command::CorrectDates { adopted, completed, commissioned, .. } => {
                self.can_redate(*adopted, *completed, *commissioned)
            }
            Command::AnnulPart { part, number, .. } => {
                let known = self.parts.get(part).map_or(&[][..], Vec::as_slice);
                let place = usize::from(*number).checked_sub(1);
                let counts = place.and_then(|place| known.get(place)) == Some(&true);
                ensure(counts, Refusal::UnknownPart)
            }
            Command::ProposeCorrection { correction, figure, .. } => {
                let Figure::Budget { to } = figure;
                must_be_declared(*to)?;
                ensure(*figure != self.says(), Refusal::NothingCorrected)?;
                Ok(self.corrections.can_propose(*correction, &self.says())?)
            }
            Command::ConfirmCorrection { correction, person, .. } => {
                self.corrections.can_answer(*correction, *person)?;
                Ok(self.corrections.must_be_as_it_was(*correction, &self.says())?)
            }
            Command::RejectCorrection { correction, person, .. } => {
                Ok(self.corrections.can_answer(*correction, *person).map(drop)?)
            }
            Command::Annul { named_by, .. } => {
                let named_by = *named_by;
                ensure(named_by == 0, Refusal::StillNamed { named_by })
            }
            _ => Ok(()),
        }
    }

    /// The one figure that it has today.
    fn says(&self) -> Figure {
        Figure::Budget { to: self.budget }
    }

    fn participation(&self, id: ParticipationId) -> Result<&Participation, Refusal> {
        self.participations.get(&id).ok_or(Refusal::UnknownParticipation)
    }

    /// Whether a participation can be `corrected`, beside all the others.
    fn can_stand(&self, id: ParticipationId, corrected: &Participation) -> Result<(), Refusal> {
        corrected.to.map_or(Ok(()), |to| must_run_forward(corrected.from, to))?;
        let others = || self.participations.iter().filter(|(other, _)| **other != id);
        let same = |it: &Participation| (it.actor, it.role) == (corrected.actor, corrected.role);
        let twice = corrected.to.is_none() && others().any(|(_, it)| it.to.is_none() && same(it));
        ensure(!twice, Refusal::AlreadyTakesPart)?;
        let leads = |it: &Participation| it.role == Role::Lead;
        let second =
            others().find(|(_, it)| leads(it) && leads(corrected) && it.overlaps(corrected));
        second.map_or(Ok(()), |(_, it)| Err(Refusal::SecondLead { lead: it.actor }))
    }

    /// The dates of steps that were taken: the works end before they serve, and no phase ends later.
    fn can_redate(
        &self,
        adopted: Option<Effective>,
        completed: Option<Effective>,
        commissioned: Option<Effective>,
    ) -> Result<(), Refusal> {
        let steps = [
            (adopted, self.adopted),
            (completed, self.completed),
            (commissioned, self.commissioned),
        ];
        let missing = steps.iter().any(|(given, known)| given.is_some() && known.is_none());
        ensure(!missing, Refusal::NoSuchStep)?;
        let other = steps.iter().any(|(given, known)| differs(given.as_ref(), known.as_ref()));
        ensure(other, Refusal::NothingCorrected)?;
        let Some(completed) = completed.or(self.completed) else {
            return Ok(());
        };
        let mut ends = self.phases.values().filter_map(|it| it.to);
        ends.try_for_each(|end| must_run_forward(end, completed))?;
        commissioned.or(self.commissioned).map_or(Ok(()), |on| {
            let early = on.is_certainly_before(completed);
            ensure(!early, Refusal::CommissionedBeforeCompletion { on, completed })
        })
    }

    /// A correction that was recorded.
    pub(super) fn take(&mut self, event: Event) {
        match event {
            Event::Corrected { title, summary, territories, programme, groups, .. } => {
                let known = &mut self.described;
                put(&mut known.title, title);
                put(&mut known.summary, summary);
                put(&mut known.territories, territories);
                put(&mut known.programme, programme);
                put(&mut known.groups, groups);
            }
            Event::ParticipationCorrected { participation, role, from, to, note, .. } => {
                if let Some(known) = self.participations.get_mut(&participation) {
                    known.role = role.unwrap_or(known.role);
                    known.from = from.unwrap_or(known.from);
                    put(&mut known.to, to);
                    put(&mut known.note, note);
                }
            }
            Event::ParticipationAnnulled { participation, .. } => {
                self.participations.remove(&participation);
            }
            Event::PhaseCorrected { phase, title, started, completed, .. } => {
                if let Some(known) = self.phases.get_mut(&phase) {
                    put(&mut known.title, title);
                    known.from = started.unwrap_or(known.from);
                    put(&mut known.to, completed);
                }
            }
            Event::DatesCorrected { adopted, completed, commissioned, .. } => {
                put(&mut self.adopted, adopted);
                put(&mut self.completed, completed);
                put(&mut self.commissioned, commissioned);
            }
            Event::PartAnnulled { part, number, .. } => {
                let known = self.parts.entry(part).or_default();
                if let Some(counts) = known.get_mut(usize::from(number).wrapping_sub(1)) {
                    *counts = false;
                }
            }
            Event::CorrectionProposed { correction, person, figure, .. } => {
                let was = self.says();
                self.corrections.propose(correction, person, was, figure);
            }
            Event::CorrectionConfirmed { correction, .. } => {
                if let Some(Figure::Budget { to }) = self.corrections.answer(correction) {
                    self.budget = to;
                }
            }
            Event::CorrectionRejected { correction, .. } => {
                self.corrections.answer(correction);
            }
            _ => {}
        }
    }
}
