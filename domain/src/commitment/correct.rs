//! What of a commitment can be corrected.
use jiff::civil::Date;

use super::{Command, Commitment, Figure, Refusal, Shown, Stage};
use crate::aggregate::ensure;
use crate::correction::differs;
use crate::ids::{ActorId, CorrectionId, EvidenceId, UserId};
use crate::measure::Quantity;

/// Something can be confirmed, or was before it ended.
const CONFIRMED: &[Stage] =
    &[Stage::PartFulfilled, Stage::Fulfilled, Stage::Lapsed, Stage::Withdrawn];
/// The promise stands, or waits for its answer.
const PROMISED: &[Stage] =
    &[Stage::Offered, Stage::Accepted, Stage::Active, Stage::PartFulfilled, Stage::Fulfilled];
/// The offerer alone has spoken.
const UNANSWERED: &[Stage] = &[Stage::Offered, Stage::Declined];

impl Commitment {
    pub(super) fn check_correction(&self, command: &Command) -> Result<(), Refusal> {
        self.must_exist()?;
        match command {
            Command::Correct { by, title, due, intervention, programme, .. } => {
                self.can_correct(*by, *due)?;
                let known = &self.described;
                let other = differs(title.as_ref(), known.title.as_ref())
                    || differs(due.as_ref(), known.due.as_ref())
                    || differs(intervention.as_ref(), known.intervention.as_ref())
                    || differs(programme.as_ref(), known.programme.as_ref());
                ensure(other, Refusal::NothingCorrected)
            }
            Command::CorrectMilestone { by, milestone, title, due, .. } => {
                let known = self.milestones.get(milestone).ok_or(Refusal::UnknownMilestone)?;
                self.can_correct(*by, *due)?;
                let other = differs(title.as_ref(), Some(&known.title))
                    || differs(due.as_ref(), Some(&known.due));
                ensure(other, Refusal::NothingCorrected)
            }
            Command::ProposeCorrection { by, correction, figure, .. } => {
                self.can_propose(*by, *correction, *figure)
            }
            Command::ConfirmCorrection { by, person, correction } => {
                let figure = self.can_answer(*by, *person, *correction)?;
                let now = self.says(figure).ok_or(Refusal::NothingConfirmed)?;
                self.corrections.must_be_as_it_was(*correction, &now)?;
                self.can_become(figure)
            }
            Command::RejectCorrection { by, person, correction, .. } => {
                self.can_answer(*by, *person, *correction).map(drop)
            }
            Command::Annul { .. } => ensure(self.fulfilled == 0, Refusal::FulfilmentStands),
            _ => Ok(()),
        }
    }

    /// Recorded, and not by mistake.
    fn must_exist(&self) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotOffered)?;
        ensure(stage != Stage::Annulled, Refusal::OutOfTurn { stage })
    }

    /// A promise that nobody answered is the offerer's own. After that either side corrects it, and
    /// only who waits for it says that its date was written down wrongly.
    fn can_correct(&self, by: ActorId, due: Option<Date>) -> Result<(), Refusal> {
        if UNANSWERED.contains(&self.stage) {
            return ensure(self.offerer == Some(by), Refusal::NotTheOfferer);
        }
        self.must_be_party(by)?;
        let own = due.is_some() && self.offerer == Some(by);
        ensure(!own, Refusal::DueCorrectedByOfferer)
    }

    fn can_propose(
        &self,
        by: ActorId,
        correction: CorrectionId,
        figure: Figure,
    ) -> Result<(), Refusal> {
        if let Figure::Pledge { .. } = figure {
            ensure(self.offerer == Some(by), Refusal::NotTheOfferer)?;
        }
        self.can_become(figure)?;
        let was = self.says(figure).ok_or(Refusal::NothingConfirmed)?;
        ensure(figure.plain() != was, Refusal::NothingCorrected)?;
        Ok(self.corrections.can_propose(correction, &was)?)
    }

    fn can_answer(
        &self,
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
    ) -> Result<Figure, Refusal> {
        let figure = *self.corrections.can_answer(correction, person)?;
        ensure(self.offerer != Some(by), Refusal::ConfirmedByOfferer)?;
        Ok(figure)
    }

    /// What the figure that `figure` names is today; nothing where nothing was confirmed.
    pub(super) fn says(&self, figure: Figure) -> Option<Figure> {
        match figure {
            Figure::Fulfilment { evidence, .. } => {
                let to = Some(self.confirmed(evidence)?);
                Some(Figure::Fulfilment { evidence, to, exceeding: false })
            }
            Figure::Pledge { .. } => {
                let to = Quantity::new(self.pledged).ok()?;
                Some(Figure::Pledge { to, exceeding: false })
            }
        }
    }

    fn confirmed(&self, evidence: EvidenceId) -> Option<Quantity> {
        match self.evidence.get(&evidence) {
            Some(Shown::Confirmed(quantity)) => Some(*quantity),
            _ => None,
        }
    }

    /// Whether the promise and what was kept of it go together once the figure is as proposed.
    fn can_become(&self, figure: Figure) -> Result<(), Refusal> {
        let (stages, pledged, fulfilled, exceeding) = match figure {
            Figure::Fulfilment { evidence, to, exceeding } => {
                let was = self.confirmed(evidence).ok_or(Refusal::NothingConfirmed)?;
                ensure(to != Some(Quantity::ZERO), Refusal::NothingClaimed)?;
                let less = self.fulfilled - was.get();
                let fulfilled = less.saturating_add(to.map_or(0, Quantity::get));
                (CONFIRMED, self.pledged, fulfilled, exceeding || to.is_none())
            }
            Figure::Pledge { to, exceeding } => {
                ensure(to > Quantity::ZERO, Refusal::NothingPledged)?;
                (PROMISED, to.get(), self.fulfilled, exceeding)
            }
        };
        self.must_stand_at(stages)?;
        let within = exceeding || fulfilled <= pledged;
        ensure(within, Refusal::ExceedsPledge { pledged, fulfilled })
    }

    /// The figure is as was proposed from now on, and the stage follows.
    pub(super) fn put(&mut self, figure: Figure) {
        match figure {
            Figure::Fulfilment { evidence, to, .. } => {
                let was = self.confirmed(evidence).map_or(0, Quantity::get);
                let less = self.fulfilled.saturating_sub(was);
                self.fulfilled = less.saturating_add(to.map_or(0, Quantity::get));
                self.evidence.insert(evidence, to.map_or(Shown::Waiting, Shown::Confirmed));
            }
            Figure::Pledge { to, .. } => self.pledged = to.get(),
        }
        if matches!(self.stage, Stage::PartFulfilled | Stage::Fulfilled) {
            self.stage = match self.fulfilled {
                ..=0 => Stage::Active,
                some if some < self.pledged => Stage::PartFulfilled,
                _ => Stage::Fulfilled,
            };
        }
    }
}

impl Figure {
    /// The figure alone, without what was said on purpose about it.
    fn plain(mut self) -> Self {
        let (Self::Fulfilment { exceeding, .. } | Self::Pledge { exceeding, .. }) = &mut self;
        *exceeding = false;
        self
    }
}
