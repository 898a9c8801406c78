//! How events move territorial plans.
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::{DocumentId, TerritorialPlanId};
use domain::recorded::Recorded;
use domain::territorial_plan::Event;
use domain::text::Note;

use super::{
    Action, Adoption, Link, Mainstreaming, Objective, Plan, Plans, Stage, Step, folded_titles,
};
use crate::stamp::{Rectification, Stamp, source};

pub(super) fn apply(all: &mut Plans, id: TerritorialPlanId, event: &Event, recorded: &Recorded) {
    if let Some(started) = started(id, event, recorded) {
        all.by_territory.insert(started.territory, id);
        all.by_id.insert(id, Arc::new(started));
    } else if let Some(plan) = all.by_id.get_mut(&id) {
        Arc::make_mut(plan).apply(event, recorded);
        match event {
            Event::InterventionLinked { intervention, .. } => {
                all.by_intervention.insert(*intervention, id);
            }
            Event::Adopted { deliberation, .. } => {
                all.by_deliberation.insert(*deliberation, id);
            }
            _ => {}
        }
    }
}

fn started(id: TerritorialPlanId, event: &Event, recorded: &Recorded) -> Option<Plan> {
    let Event::Started { by, kind, territory, title, period, programme, on } = event else {
        return None;
    };
    let stamp = Stamp::on(recorded, *on);
    Some(Plan {
        id,
        by: *by,
        kind: *kind,
        territory: *territory,
        title: title.clone(),
        period: *period,
        programme: *programme,
        stage: Stage::Preparing,
        steps: vec![Step { stage: Stage::Preparing, document: None, note: None, stamp }],
        objectives: Vec::new(),
        actions: Vec::new(),
        links: Vec::new(),
        mainstreamings: Vec::new(),
        adoption: None,
        corrections: Vec::new(),
        annulled: None,
        started: stamp,
        folded: folded_titles(title),
    })
}

impl Plan {
    fn step(
        &mut self,
        stage: Stage,
        document: Option<DocumentId>,
        note: Option<&Note>,
        stamp: Stamp,
    ) {
        self.stage = stage;
        let note = note.cloned().map(Arc::new);
        self.steps.push(Step { stage, document, note, stamp });
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let on = |date: &Effective| Stamp::on(recorded, *date);
        match event {
            Event::Started { .. } => {}
            Event::ObjectiveDefined { .. }
            | Event::ActionAdded { .. }
            | Event::InterventionLinked { .. } => self.gain(event, Stamp::of(recorded)),
            Event::MainstreamingRecorded { title, note, supported_by, on: date } => {
                self.mainstreamings.push(Mainstreaming {
                    title: title.clone(),
                    note: note.clone().map(Arc::new),
                    supported_by: *supported_by,
                    stamp: on(date),
                    source: source(recorded),
                    annulled: None,
                });
            }
            Event::MainstreamingAnnulled { at, reason } => {
                let mut all = self.mainstreamings.iter_mut();
                if let Some(it) = all.rfind(|it| it.stamp.position == *at) {
                    it.annulled = Some(Rectification::of(recorded, reason));
                }
            }
            Event::Drafted { document, on: date } => {
                self.step(Stage::Drafted, *document, None, on(date));
            }
            Event::Adopted { deliberation, on: date } => {
                let stamp = on(date);
                self.adoption = Some(Adoption { deliberation: *deliberation, stamp });
                self.step(Stage::Adopted, None, None, stamp);
            }
            Event::EnteredIntoForce { on: date } => {
                self.step(Stage::InForce, None, None, on(date));
            }
            Event::Reviewed { note, document, on: date } => {
                self.step(Stage::Revised, *document, Some(note), on(date));
            }
            Event::Expired { on: date, reason } => {
                self.step(Stage::Expired, None, reason.as_ref(), on(date));
            }
            Event::Corrected { kind, title, period, reason } => {
                if let Some(title) = title {
                    (self.title, self.folded) = (title.clone(), folded_titles(title));
                }
                self.kind = kind.unwrap_or(self.kind);
                self.period = period.unwrap_or(self.period);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
                self.stage = Stage::Annulled;
            }
        }
    }

    /// What the plan is made of.
    fn gain(&mut self, event: &Event, stamp: Stamp) {
        match event {
            Event::ObjectiveDefined { objective, title } => {
                self.objectives.push(Objective { id: *objective, title: title.clone(), stamp });
            }
            Event::ActionAdded { action, objective, title, due } => self.actions.push(Action {
                id: *action,
                objective: *objective,
                title: title.clone(),
                due: *due,
                stamp,
            }),
            Event::InterventionLinked { intervention, objective, action } => {
                self.links.push(Link {
                    intervention: *intervention,
                    objective: *objective,
                    action: *action,
                    stamp,
                });
            }
            _ => {}
        }
    }
}
