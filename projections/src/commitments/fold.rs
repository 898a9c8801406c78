//! How events move commitments.
use std::sync::Arc;

use domain::commitment::{Event, Settlement};
use domain::ids::{ActorId, CommitmentId};
use domain::recorded::Recorded;
use domain::text::Note;

use super::{
    Answer, Commitment, Commitments, Evidence, Milestone, Rescheduling, Stage, Step, correct,
};
use crate::corrections::Proposed;
use crate::stamp::Stamp;

pub(super) fn apply(all: &mut Commitments, id: CommitmentId, event: &Event, recorded: &Recorded) {
    let stamp = Stamp::of(recorded);
    let Event::Offered { by, to, title, pledge, intervention, programme, due } = event else {
        correct::index(all, id, event);
        if let Some(commitment) = all.by_id.get_mut(&id) {
            Arc::make_mut(commitment).apply(event, recorded);
        }
        return;
    };
    all.offered_by.insert(*by, id);
    all.offered_to.insert(*to, id);
    if let Some(intervention) = intervention {
        all.by_intervention.insert(*intervention, id);
    }
    if let Some(programme) = programme {
        all.by_programme.insert(*programme, id);
    }
    let commitment = Commitment {
        id,
        by: *by,
        to: *to,
        title: title.clone(),
        pledge: pledge.clone(),
        intervention: *intervention,
        programme: *programme,
        due: *due,
        stage: Stage::Offered,
        before_dispute: Stage::Offered,
        fulfilled: 0,
        milestones: Vec::new(),
        evidence: Vec::new(),
        steps: vec![Step { stage: Stage::Offered, by: Some(*by), stamp, reason: None }],
        offered: stamp,
        corrections: Vec::new(),
        annulled: None,
        proposed: Proposed::default(),
        folded: correct::folded_title(title),
    };
    all.by_id.insert(id, Arc::new(commitment));
}

impl Commitment {
    pub(super) fn step(
        &mut self,
        stage: Stage,
        by: Option<ActorId>,
        reason: Option<&Note>,
        stamp: Stamp,
    ) {
        self.stage = stage;
        self.steps.push(Step { stage, by, stamp, reason: reason.cloned().map(Arc::new) });
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let stamp = Stamp::of(recorded);
        match event {
            Event::Offered { .. } => {}
            Event::Accepted { by } => self.step(Stage::Accepted, Some(*by), None, stamp),
            Event::Declined { by, reason } => {
                self.step(Stage::Declined, Some(*by), Some(reason), stamp);
            }
            Event::Withdrawn { by, reason } => {
                self.step(Stage::Withdrawn, Some(*by), Some(reason), stamp);
            }
            Event::Lapsed { by, reason } => {
                self.step(Stage::Lapsed, Some(*by), Some(reason), stamp);
            }
            Event::Disputed { by, reason } => {
                self.before_dispute = self.stage;
                self.step(Stage::Disputed, Some(*by), Some(reason), stamp);
            }
            Event::Settled { by, settlement, reason } => {
                let stage = match settlement {
                    Settlement::Upheld => self.before_dispute,
                    Settlement::Released => Stage::Withdrawn,
                };
                self.step(stage, Some(*by), Some(reason), stamp);
            }
            Event::MilestoneAdded { milestone, title, due } => {
                self.milestones.push(Milestone {
                    id: *milestone,
                    title: title.clone(),
                    first_due: *due,
                    due: *due,
                    reschedulings: Vec::new(),
                    reached: None,
                    added: stamp,
                });
                self.become_active(stamp);
            }
            Event::MilestoneRescheduled { milestone, due, reason } => {
                let mut all = self.milestones.iter_mut();
                if let Some(it) = all.rfind(|it| it.id == *milestone) {
                    let before = std::mem::replace(&mut it.due, *due);
                    let reason = Arc::new(reason.clone());
                    it.reschedulings.push(Rescheduling { before, due: *due, reason, stamp });
                }
            }
            Event::EvidenceSubmitted { .. }
            | Event::FulfilmentConfirmed { .. }
            | Event::EvidenceRejected { .. } => self.prove(event, stamp),
            correction => self.correct(correction, recorded),
        }
    }

    fn prove(&mut self, event: &Event, stamp: Stamp) {
        match event {
            Event::EvidenceSubmitted { evidence, milestone, documents, claimed, note, .. } => {
                self.evidence.push(Evidence {
                    id: *evidence,
                    milestone: *milestone,
                    documents: documents.as_slice().into(),
                    claimed: *claimed,
                    note: note.clone().map(Arc::new),
                    answer: Answer::Waiting,
                    submitted: stamp,
                });
                self.become_active(stamp);
            }
            Event::FulfilmentConfirmed { by, evidence, confirmed, .. } => {
                self.fulfilled = self.fulfilled.saturating_add(confirmed.get());
                if let Some(it) = self.evidence.iter_mut().rfind(|it| it.id == *evidence) {
                    it.answer = Answer::Confirmed { by: *by, confirmed: *confirmed, stamp };
                    let proved = it.milestone;
                    let mut all = self.milestones.iter_mut();
                    if let Some(milestone) = all.find(|it| Some(it.id) == proved) {
                        milestone.reached.get_or_insert(stamp);
                    }
                }
                let all = self.fulfilled >= self.pledged();
                let stage = if all { Stage::Fulfilled } else { Stage::PartFulfilled };
                if self.stage != stage {
                    self.step(stage, Some(*by), None, stamp);
                }
            }
            Event::EvidenceRejected { by, evidence, reason } => {
                if let Some(it) = self.evidence.iter_mut().rfind(|it| it.id == *evidence) {
                    let reason = Arc::new(reason.clone());
                    it.answer = Answer::Rejected { by: *by, reason, stamp };
                }
            }
            _ => {}
        }
    }

    fn become_active(&mut self, stamp: Stamp) {
        if self.stage == Stage::Accepted {
            self.step(Stage::Active, None, None, stamp);
        }
    }
}
