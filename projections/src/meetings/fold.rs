//! How events move meetings.
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::MeetingId;
use domain::meeting::Event;
use domain::recorded::Recorded;
use domain::text::{Note, Title, folded};

use super::{Action, Closing, Decision, Meeting, Meetings, Stage, Step};
use crate::commitments::Rescheduling;
use crate::interventions::folded_titles;
use crate::stamp::{Rectification, Stamp};

pub(super) fn apply(all: &mut Meetings, id: MeetingId, event: &Event, recorded: &Recorded) {
    if let Some(meeting) = convened(id, event, recorded) {
        all.by_body.insert(meeting.body, id);
        all.by_id.insert(id, Arc::new(meeting));
        return;
    }
    let Some(meeting) = all.by_id.get_mut(&id) else {
        return;
    };
    let body = meeting.body;
    match event {
        Event::DecisionRecorded { decision, .. } => {
            Arc::make_mut(meeting).decisions.push(*decision);
            all.decide(id, event, recorded);
        }
        Event::ActionAssigned { action, .. } => {
            Arc::make_mut(meeting).actions.push(*action);
            all.assign(id, event, recorded);
        }
        Event::ActionRescheduled { .. } | Event::ActionClosed { .. } => {
            all.follow_up(event, recorded);
        }
        Event::Annulled { .. } => {
            Arc::make_mut(meeting).apply(event, recorded);
            all.by_body.remove(body, id);
        }
        _ => Arc::make_mut(meeting).apply(event, recorded),
    }
}

fn convened(id: MeetingId, event: &Event, recorded: &Recorded) -> Option<Meeting> {
    let Event::Convened { body, title, agenda, on } = event else {
        return None;
    };
    let stamp = Stamp::of(recorded);
    Some(Meeting {
        id,
        body: *body,
        title: title.clone(),
        agenda: agenda.clone().map(Arc::new),
        on: *on,
        attending: Arc::default(),
        stage: Stage::Convened,
        steps: vec![Step { stage: Stage::Convened, stamp, reason: None }],
        decisions: Vec::new(),
        actions: Vec::new(),
        minutes: None,
        convened: stamp,
        corrections: Vec::new(),
        annulled: None,
        folded: folded_titles(title),
    })
}

/// A title and what explains it, folded.
fn searched(title: &Title, note: Option<&Note>) -> Arc<str> {
    let words = note.into_iter().flat_map(Note::wordings);
    let all: String = title.wordings().chain(words).map(|(_, text)| folded(text) + "\n").collect();
    all.into()
}

impl Meetings {
    fn decide(&mut self, meeting: MeetingId, event: &Event, recorded: &Recorded) {
        let Event::DecisionRecorded { decision, title, note, programme, intervention } = event
        else {
            return;
        };
        if let Some(programme) = programme {
            self.decided_on_programme.insert(*programme, *decision);
        }
        if let Some(intervention) = intervention {
            self.decided_on_intervention.insert(*intervention, *decision);
        }
        let taken = Decision {
            id: *decision,
            meeting,
            title: title.clone(),
            note: note.clone().map(Arc::new),
            programme: *programme,
            intervention: *intervention,
            recorded: Stamp::of(recorded),
            folded: searched(title, note.as_ref()),
        };
        self.decisions.insert(*decision, Arc::new(taken));
    }

    fn assign(&mut self, meeting: MeetingId, event: &Event, recorded: &Recorded) {
        let Event::ActionAssigned { action, decision, owner, title, due } = event else {
            return;
        };
        self.owned_by.insert(*owner, *action);
        let assigned = Action {
            id: *action,
            meeting,
            decision: *decision,
            owner: *owner,
            title: title.clone(),
            first_due: *due,
            due: *due,
            reschedulings: Vec::new(),
            closed: None,
            assigned: Stamp::of(recorded),
            folded: folded_titles(title),
        };
        self.actions.insert(*action, Arc::new(assigned));
    }

    fn follow_up(&mut self, event: &Event, recorded: &Recorded) {
        let (Event::ActionRescheduled { action, .. } | Event::ActionClosed { action, .. }) = event
        else {
            return;
        };
        let Some(known) = self.actions.get_mut(action).map(Arc::make_mut) else {
            return;
        };
        match event {
            Event::ActionRescheduled { due, reason, .. } => {
                let before = std::mem::replace(&mut known.due, *due);
                let (reason, stamp) = (Arc::new(reason.clone()), Stamp::of(recorded));
                known.reschedulings.push(Rescheduling { before, due: *due, reason, stamp });
            }
            Event::ActionClosed { done, outcome, on, .. } => {
                let (outcome, stamp) = (outcome.clone().map(Arc::new), Stamp::on(recorded, *on));
                known.closed = Some(Closing { done: *done, outcome, stamp });
            }
            _ => {}
        }
    }
}

impl Meeting {
    fn step(&mut self, stage: Stage, stamp: Stamp, reason: Option<&Note>) {
        self.stage = stage;
        self.steps.push(Step { stage, stamp, reason: reason.cloned().map(Arc::new) });
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let on = |date: &Effective| Stamp::on(recorded, *date);
        match event {
            Event::Held { attending, on: date } => {
                self.attending = attending.as_slice().into();
                self.on = *date;
                self.step(Stage::Held, on(date), None);
            }
            Event::Cancelled { reason } => {
                self.step(Stage::Cancelled, Stamp::of(recorded), Some(reason));
            }
            Event::MinutesRecorded { document, on: date } => {
                self.minutes = *document;
                self.step(Stage::Minuted, on(date), None);
            }
            Event::MinutesApproved { on: date } => self.step(Stage::Approved, on(date), None),
            Event::Corrected { title, attending, on: date, reason } => {
                if let Some(title) = title {
                    self.title = title.clone();
                    self.folded = folded_titles(title);
                }
                if let Some(attending) = attending {
                    self.attending = attending.as_slice().into();
                }
                if let Some(date) = date {
                    self.on = *date;
                    if let Some(held) = self.steps.iter_mut().find(|it| it.stage == Stage::Held) {
                        held.stamp.effective = *date;
                    }
                }
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
            Event::Convened { .. }
            | Event::DecisionRecorded { .. }
            | Event::ActionAssigned { .. }
            | Event::ActionRescheduled { .. }
            | Event::ActionClosed { .. } => {}
        }
    }
}
