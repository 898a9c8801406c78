//! How corrections change interventions, and what an annulled one leaves.
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::{ActorId, InterventionId};
use domain::intervention::{Event, Figure, Part};
use domain::recorded::{Position, Recorded};

use super::{Intervention, Interventions, Stage, folded_titles};
use crate::stamp::Rectification;

/// Moves the intervention in the indexes, before `event` changes it.
pub(super) fn index(all: &mut Interventions, id: InterventionId, event: &Event) {
    let Some(known) = all.by_id.get(&id) else {
        return;
    };
    match event {
        Event::Corrected { territories, programme, .. } => {
            if let Some(territories) = territories {
                for before in known.territories.iter() {
                    all.by_territory.remove(*before, id);
                }
                for territory in territories {
                    all.by_territory.insert(*territory, id);
                }
            }
            if let Some(programme) = programme {
                if let Some(before) = known.programme {
                    all.by_programme.remove(before, id);
                }
                all.by_programme.insert(*programme, id);
            }
        }
        Event::ParticipationAnnulled { participation, .. } => {
            let annulled = known.participations.iter().find(|it| it.id == *participation);
            let Some(actor) = annulled.map(|it| it.actor) else {
                return;
            };
            let mut others = known.participations.iter().filter(|it| it.id != *participation);
            let stays = others.any(|it| it.annulled.is_none() && it.actor == actor)
                || known.adoption.is_some_and(|it| it.by == actor);
            if !stays {
                all.by_actor.remove(actor, id);
            }
        }
        Event::Annulled { .. } => {
            for territory in known.territories.iter() {
                all.by_territory.remove(*territory, id);
            }
            if let Some(programme) = known.programme {
                all.by_programme.remove(programme, id);
            }
            for actor in known.actors() {
                all.by_actor.remove(actor, id);
            }
        }
        _ => {}
    }
}

impl Intervention {
    /// Who takes or took part, and who adopted it; the same actor may come twice.
    fn actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        let parts = self.participations.iter().map(|it| it.actor);
        parts.chain(self.adoption.map(|it| it.by))
    }

    pub(super) fn correct(&mut self, event: &Event, recorded: &Recorded) {
        match event {
            Event::Corrected { reason, .. } => {
                self.describe(event);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::ParticipationCorrected { participation, role, from, to, note, reason } => {
                let mut all = self.participations.iter_mut();
                if let Some(it) = all.rfind(|it| it.id == *participation) {
                    it.role = role.unwrap_or(it.role);
                    it.from = from.unwrap_or(it.from);
                    it.to = to.or(it.to);
                    it.note = note.clone().map(Arc::new).or(it.note.take());
                }
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::ParticipationAnnulled { participation, reason } => {
                let mut all = self.participations.iter_mut();
                if let Some(it) = all.rfind(|it| it.id == *participation) {
                    it.annulled = Some(Box::new(Rectification::of(recorded, reason)));
                }
            }
            Event::PhaseCorrected { phase, title, started, completed, reason } => {
                let mut all = self.phases.iter_mut();
                if let Some(it) = all.rfind(|it| it.number == *phase) {
                    it.title = title.clone().or(it.title.take());
                    it.completed = completed.or(it.completed);
                    if let Some(started) = started {
                        it.started = *started;
                        it.stamp.effective = *started;
                        let said = it.stamp.position;
                        self.redate(|_, position| position == said, *started);
                    }
                }
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::DatesCorrected { adopted, completed, commissioned, reason } => {
                if let (Some(adoption), Some(adopted)) = (&mut self.adoption, adopted) {
                    adoption.stamp.effective = *adopted;
                }
                let dates = [
                    (Stage::Adopted, adopted),
                    (Stage::Completed, completed),
                    (Stage::InService, commissioned),
                ];
                for (taken, date) in dates {
                    if let Some(date) = date {
                        self.redate(|stage, _| stage == taken, *date);
                    }
                }
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::PartAnnulled { part, number, reason } => {
                let why = Rectification::of(recorded, reason);
                self.drop_part(*part, *number, why);
            }
            Event::CorrectionProposed { correction, figure, reason, .. } => {
                self.waiting.propose(*correction, figure, reason);
            }
            Event::CorrectionConfirmed { correction, .. } => {
                if let Some((Figure::Budget { to }, why)) =
                    self.waiting.confirm(*correction, recorded)
                {
                    self.budget = to;
                    self.corrections.push(why);
                }
            }
            Event::CorrectionRejected { correction, .. } => self.waiting.reject(*correction),
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Box::new(Rectification::of(recorded, reason)));
            }
            _ => {}
        }
    }

    fn describe(&mut self, event: &Event) {
        let Event::Corrected { title, summary, territories, programme, groups, .. } = event else {
            return;
        };
        if let Some(title) = title {
            self.title = title.clone();
            self.folded = folded_titles(title);
        }
        if let Some(summary) = summary {
            self.summary = Some(Arc::new(summary.clone()));
        }
        if let Some(territories) = territories {
            self.territories = territories.as_slice().into();
        }
        self.programme = programme.or(self.programme);
        if let Some(groups) = groups {
            self.groups = groups.as_slice().into();
        }
    }

    /// The last step that `is` the one meant was taken at `date`.
    fn redate(&mut self, is: impl Fn(Stage, Position) -> bool, date: Effective) {
        if let Some(step) = self.steps.iter_mut().rfind(|it| is(it.stage, it.stamp.position)) {
            step.stamp.effective = date;
        }
    }

    fn drop_part(&mut self, part: Part, number: u16, why: Rectification) {
        let place = usize::from(number).wrapping_sub(1);
        let annulled = match part {
            Part::Origin => self.origins.get_mut(place).map(|it| &mut it.annulled),
            Part::Plan => self.plans.get_mut(place).map(|it| &mut it.annulled),
            Part::RecurringEvent => self.recurring.get_mut(place).map(|it| &mut it.annulled),
        };
        if let Some(annulled) = annulled {
            *annulled = Some(why);
        }
    }
}
