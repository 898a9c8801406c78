//! How corrections change commitments, and what an annulled one leaves.
use std::sync::Arc;

use domain::commitment::{Event, Figure};
use domain::ids::{CommitmentId, EvidenceId, MilestoneId};
use domain::measure::Quantity;
use domain::recorded::Recorded;
use domain::text::Title;

use super::{Answer, Commitment, Commitments, Stage, folded};
use crate::stamp::Rectification;

/// Moves the commitment in the indexes, before `event` changes it.
pub(super) fn index(all: &mut Commitments, id: CommitmentId, event: &Event) {
    let Some(known) = all.by_id.get(&id) else {
        return;
    };
    match event {
        Event::Corrected { intervention, programme, .. } => {
            if let Some(intervention) = intervention {
                if let Some(before) = known.intervention {
                    all.by_intervention.remove(before, id);
                }
                all.by_intervention.insert(*intervention, id);
            }
            if let Some(programme) = programme {
                if let Some(before) = known.programme {
                    all.by_programme.remove(before, id);
                }
                all.by_programme.insert(*programme, id);
            }
        }
        Event::Annulled { .. } => {
            all.offered_by.remove(known.by, id);
            all.offered_to.remove(known.to, id);
            if let Some(intervention) = known.intervention {
                all.by_intervention.remove(intervention, id);
            }
            if let Some(programme) = known.programme {
                all.by_programme.remove(programme, id);
            }
        }
        _ => {}
    }
}

/// A title as it is searched for.
pub(super) fn folded_title(title: &Title) -> Arc<str> {
    let all: String = title.wordings().map(|(_, text)| folded(text) + "\n").collect();
    all.into()
}

impl Commitment {
    pub(super) fn correct(&mut self, event: &Event, recorded: &Recorded) {
        match event {
            Event::Corrected { title, due, intervention, programme, reason } => {
                if let Some(title) = title {
                    self.title = title.clone();
                    self.folded = folded_title(title);
                }
                self.due = due.or(self.due);
                self.intervention = intervention.or(self.intervention);
                self.programme = programme.or(self.programme);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::MilestoneCorrected { milestone, title, due, reason } => {
                let mut all = self.milestones.iter_mut();
                if let Some(it) = all.rfind(|it| it.id == *milestone) {
                    if let Some(title) = title {
                        it.title = title.clone();
                    }
                    if let Some(due) = due {
                        it.due = *due;
                        // The date that was wrong is the last one that was said.
                        match it.reschedulings.last_mut() {
                            Some(last) => last.due = *due,
                            None => it.first_due = *due,
                        }
                    }
                }
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::CorrectionProposed { correction, figure, reason, .. } => {
                self.proposed.propose(*correction, figure, reason);
            }
            Event::CorrectionConfirmed { correction, .. } => {
                if let Some((figure, why)) = self.proposed.confirm(*correction, recorded) {
                    self.put(figure, &why);
                    self.corrections.push(why);
                }
            }
            Event::CorrectionRejected { correction, .. } => self.proposed.reject(*correction),
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Box::new(Rectification::of(recorded, reason)));
            }
            _ => {}
        }
    }

    /// The figure is as was proposed from now on, and the stage follows.
    fn put(&mut self, figure: Figure, why: &Rectification) {
        match figure {
            Figure::Fulfilment { evidence, to, .. } => self.confirm(evidence, to),
            Figure::Pledge { to, .. } => {
                self.pledge = self.pledge.clone().resized(to);
            }
        }
        let kept = matches!(self.stage, Stage::PartFulfilled | Stage::Fulfilled);
        let stage = match self.fulfilled {
            ..=0 => Stage::Active,
            some if some < self.pledged() => Stage::PartFulfilled,
            _ => Stage::Fulfilled,
        };
        if kept && stage != self.stage {
            self.step(stage, why.stamp.by, Some(&why.reason), why.stamp);
        }
    }

    /// What was confirmed on `evidence` is `to`; it waits again where that is nothing.
    fn confirm(&mut self, evidence: EvidenceId, to: Option<Quantity>) {
        let Some(it) = self.evidence.iter_mut().rfind(|it| it.id == evidence) else {
            return;
        };
        let Answer::Confirmed { by, confirmed, stamp } = it.answer else {
            return;
        };
        let size = to.map_or(0, Quantity::get);
        self.fulfilled = self.fulfilled.saturating_sub(confirmed.get()).saturating_add(size);
        let proved = it.milestone;
        it.answer = match to {
            Some(confirmed) => Answer::Confirmed { by, confirmed, stamp },
            None => Answer::Waiting,
        };
        if let (None, Some(milestone)) = (to, proved) {
            self.reach(milestone);
        }
    }

    /// When `milestone` was reached, as far as what is still confirmed says.
    fn reach(&mut self, milestone: MilestoneId) {
        let confirmed = self.evidence.iter().filter(|it| it.milestone == Some(milestone));
        let stamps = confirmed.filter_map(|it| match it.answer {
            Answer::Confirmed { stamp, .. } => Some(stamp),
            _ => None,
        });
        let first = stamps.min_by_key(|it| it.position);
        if let Some(it) = self.milestones.iter_mut().find(|it| it.id == milestone) {
            it.reached = first;
        }
    }
}
