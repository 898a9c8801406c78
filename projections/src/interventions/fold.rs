//! How events move interventions.
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::InterventionId;
use domain::intervention::{Event, Origin};
use domain::recorded::Recorded;
use domain::text::Note;

use super::{
    Adoption, Intervention, Interventions, OriginLink, Participation, Phase, PlanLink,
    RecurringEvent, Stage, Step, correct, folded_titles,
};
use crate::classified::Classification;
use crate::corrections::Proposed;
use crate::stamp::Stamp;
use crate::subjects::Subject;

pub(super) fn apply(
    all: &mut Interventions,
    id: InterventionId,
    event: &Event,
    recorded: &Recorded,
) {
    if let Some(proposed) = proposed(id, event, recorded) {
        for territory in proposed.territories.iter() {
            all.by_territory.insert(*territory, id);
        }
        if let Some(programme) = proposed.programme {
            all.by_programme.insert(programme, id);
        }
        all.by_id.insert(id, Arc::new(proposed));
        return;
    }
    correct::index(all, id, event);
    if let Some(intervention) = all.by_id.get_mut(&id) {
        Arc::make_mut(intervention).apply(event, recorded);
        if let Event::ParticipantAdded { actor, .. } | Event::Adopted { by: actor, .. } = event {
            all.by_actor.insert(*actor, id);
        }
        if let Some(ground) = ground(event) {
            all.by_ground.insert(ground, id);
        }
    }
}

/// The initiative, the deliberation or the plan that `event` names.
pub(crate) fn ground(event: &Event) -> Option<Subject> {
    match event {
        Event::OriginLinked { origin, .. } => match origin {
            Origin::CitizenInitiative { initiative, .. } => initiative.map(Into::into),
            Origin::Deliberation { deliberation, .. } => deliberation.map(Into::into),
            Origin::Diagnosis { .. } | Origin::Other { .. } => None,
        },
        Event::Adopted { deliberation, .. } => deliberation.map(Into::into),
        Event::IntegratedInPlan { plan, .. } => plan.map(Into::into),
        _ => None,
    }
}

fn proposed(id: InterventionId, event: &Event, recorded: &Recorded) -> Option<Intervention> {
    let Event::Proposed { title, summary, territories, programme, groups, budget } = event else {
        return None;
    };
    let stamp = Stamp::of(recorded);
    Some(Intervention {
        id,
        title: title.clone(),
        summary: summary.clone().map(Arc::new),
        territories: territories.as_slice().into(),
        programme: *programme,
        groups: groups.as_slice().into(),
        budget: *budget,
        stage: Stage::Idea,
        steps: vec![Step { stage: Stage::Idea, stamp, reason: None }],
        participations: Vec::new(),
        phases: Vec::new(),
        origins: Vec::new(),
        adoption: None,
        plans: Vec::new(),
        recurring: Vec::new(),
        classification: None,
        proposed: stamp,
        corrections: Vec::new(),
        annulled: None,
        waiting: Proposed::default(),
        folded: folded_titles(title),
    })
}

impl Intervention {
    fn step(&mut self, stage: Stage, stamp: Stamp, reason: Option<&Note>) {
        if self.stage != stage || self.steps.is_empty() {
            self.stage = stage;
            self.steps.push(Step { stage, stamp, reason: reason.cloned().map(Arc::new) });
        }
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let on = |date: &Effective| Stamp::on(recorded, *date);
        match event {
            Event::Proposed { .. } => {}
            Event::Classified { sectors, goals } => {
                let stamp = Stamp::of(recorded);
                self.classification = Some(Classification::of(sectors, goals, stamp));
            }
            Event::OriginLinked { origin, on: date } => {
                let origin = Arc::new(origin.clone());
                self.origins.push(OriginLink { origin, stamp: on(date), annulled: None });
            }
            Event::Adopted { by, deliberation, on: date } => {
                let stamp = on(date);
                self.adoption = Some(Adoption { by: *by, deliberation: *deliberation, stamp });
                self.step(Stage::Adopted, stamp, None);
            }
            Event::ParticipantAdded { .. } | Event::ParticipationEnded { .. } => {
                self.take_part(event, Stamp::of(recorded));
            }
            Event::PhaseStarted { phase, title, on: date } => {
                self.phases.push(Phase {
                    number: *phase,
                    title: title.clone(),
                    started: *date,
                    completed: None,
                    stamp: on(date),
                });
                self.step(Stage::Started, on(date), None);
            }
            Event::PhaseCompleted { phase, on: date } => {
                if let Some(it) = self.phases.iter_mut().rfind(|it| it.number == *phase) {
                    it.completed = Some(*date);
                }
            }
            Event::IntegratedInPlan { plan, title, on: date } => self.plans.push(PlanLink {
                plan: *plan,
                title: title.clone(),
                stamp: on(date),
                annulled: None,
            }),
            Event::RecurringEventRecorded { title, recurrence, on: date } => {
                self.recurring.push(RecurringEvent {
                    title: title.clone(),
                    recurrence: *recurrence,
                    stamp: on(date),
                    annulled: None,
                });
            }
            Event::Completed { on: date } => self.step(Stage::Completed, on(date), None),
            Event::Commissioned { on: date } => self.step(Stage::InService, on(date), None),
            Event::Suspended { on: date, reason } => {
                self.step(Stage::Suspended, on(date), Some(reason));
            }
            Event::Resumed { on: date } => self.step(Stage::Started, on(date), None),
            Event::Abandoned { on: date, reason } => {
                self.step(Stage::Abandoned, on(date), Some(reason));
            }
            Event::Closed { on: date } => self.step(Stage::Closed, on(date), None),
            correction => self.correct(correction, recorded),
        }
    }

    fn take_part(&mut self, event: &Event, stamp: Stamp) {
        match event {
            Event::ParticipantAdded { participation, actor, role, from, note } => {
                self.participations.push(Participation {
                    id: *participation,
                    actor: *actor,
                    role: *role,
                    from: *from,
                    to: None,
                    note: note.clone().map(Arc::new),
                    reason: None,
                    added: stamp,
                    ended: None,
                    annulled: None,
                });
            }
            Event::ParticipationEnded { participation, to, reason } => {
                let mut all = self.participations.iter_mut();
                if let Some(it) = all.rfind(|it| it.id == *participation) {
                    it.to = Some(*to);
                    it.reason = reason.clone().map(Arc::new);
                    it.ended = Some(stamp);
                }
            }
            _ => {}
        }
    }
}
