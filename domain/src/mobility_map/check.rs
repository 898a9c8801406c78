//! What a mobility map allows.
use jiff::civil::Date;

use super::{
    Command, Event, GROUPS_MAX, INDICATORS_MAX, MobilityMap, OPPORTUNITIES_MAX, Opportunity,
    Refusal, Stage,
};
use crate::aggregate::ensure;
use crate::effective::Effective;
use crate::ids::OpportunityId;

/// What it shows may still change.
const OPEN: &[Stage] = &[Stage::Draft, Stage::Validated, Stage::Published];

impl Opportunity {
    /// Whether somebody may still take it on `day`, as far as anybody knows.
    fn is_open(&self, day: Effective) -> bool {
        let over = self.closes.is_some_and(|last| day.is_certainly_after(last));
        !self.expired && !over
    }
}

impl MobilityMap {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Draft { indicators, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyDrafted)?;
                must_fit(indicators.len(), INDICATORS_MAX)
            }
            Command::AddOpportunity { opportunity, groups, verified_on, closes, today, .. } => {
                self.must_stand_at(OPEN)?;
                let new = !self.opportunities.contains_key(opportunity);
                ensure(new, Refusal::DuplicateOpportunity)?;
                must_be_verified(*verified_on, *closes, *today)?;
                must_fit(groups.len(), GROUPS_MAX)?;
                must_fit(self.opportunities.len() + 1, OPPORTUNITIES_MAX)
            }
            Command::VerifyOpportunity { opportunity, on, today, .. } => {
                let known = self.must_know(*opportunity)?;
                must_be_verified(*on, known.closes, *today)?;
                let verified_on = known.verified_on;
                ensure(*on > verified_on, Refusal::VerifiedSince { verified_on })
            }
            Command::ExpireOpportunity { opportunity, on, today, .. } => {
                self.must_know(*opportunity)?;
                must_have_happened(*on, *today)
            }
            Command::Validate { by, on, today } => {
                self.must_stand_at(&[Stage::Draft])?;
                ensure(self.drafter != Some(*by), Refusal::ValidatedByDrafter)?;
                must_have_happened(*on, *today)
            }
            Command::Publish { on, today, .. } => {
                self.must_stand_at(&[Stage::Validated])?;
                must_have_happened(*on, *today)?;
                let open = self.opportunities.values().any(|it| it.is_open(*on));
                ensure(open, Refusal::NothingOpen)
            }
            Command::Expire { on, today, .. } => {
                self.must_stand_at(&[Stage::Published])?;
                must_have_happened(*on, *today)?;
                let before = self.published.filter(|it| on.is_certainly_before(*it));
                before.map_or(Ok(()), |published| {
                    Err(Refusal::ExpiredBeforePublication { on: *on, published })
                })
            }
            Command::Correct { .. } => {
                self.must_stand()?;
                // What it would be: the fold says how, and nothing is recorded of it.
                let corrected = self.clone().evolve(Event::from(command.clone()));
                ensure(corrected != *self, Refusal::NothingCorrected)
            }
            Command::Annul { .. } => self.must_stand(),
        }
    }

    /// The opportunity, where the map may still change and it has not expired.
    fn must_know(&self, opportunity: OpportunityId) -> Result<&Opportunity, Refusal> {
        self.must_stand_at(OPEN)?;
        let known = self.opportunities.get(&opportunity).ok_or(Refusal::UnknownOpportunity)?;
        ensure(!known.expired, Refusal::OpportunityExpired)?;
        Ok(known)
    }

    /// Whether it is recorded, and counts.
    fn must_stand(&self) -> Result<(), Refusal> {
        self.must_stand_at(&[Stage::Draft, Stage::Validated, Stage::Published, Stage::Expired])
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotDrafted)?;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

fn must_be_verified(on: Date, closes: Option<Date>, today: Date) -> Result<(), Refusal> {
    must_have_happened(on.into(), today)?;
    let over = closes.filter(|last| *last < on);
    over.map_or(Ok(()), |closes| Err(Refusal::ClosedBeforeVerified { closes, on }))
}

fn must_have_happened(on: Effective, today: Date) -> Result<(), Refusal> {
    ensure(!on.is_certainly_after(today), Refusal::InTheFuture { on })
}

fn must_fit(number: usize, max: usize) -> Result<(), Refusal> {
    ensure(number <= max, Refusal::TooMany { max })
}
