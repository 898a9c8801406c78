//! What a programme allows.
use super::{
    ALIGNMENTS_MAX, ANCESTORS_MAX, Claim, Command, ENVELOPES_MAX, INDICATORS_MAX, PARTIES_MAX,
    Programme, RESULTS_MAX, Refusal, Stage, Subject, TERRITORIES_MAX,
};
use crate::aggregate::ensure;
use crate::classification::must_classify;
use crate::effective::{Effective, Period};
use crate::ids::{EnvelopeId, ExpectedResultId, FundingRequestId, IndicatorId, ProgrammeId};
use crate::money::Money;

/// What the programme is for can still be written down.
const PLANNABLE: &[Stage] = &[Stage::Drafted, Stage::Agreed, Stage::Running];
/// Money can be given.
const GIVING: &[Stage] = &[Stage::Agreed, Stage::Running];
/// Its end can move.
const EXTENDABLE: &[Stage] = &[Stage::Agreed, Stage::Running, Stage::Closing];
/// Not at an end.
const ALIVE: &[Stage] = &[Stage::Drafted, Stage::Agreed, Stage::Running, Stage::Closing];

impl Programme {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Create { funders, partners, territories, period, budget, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyCreated)?;
                must_run_forward(*period)?;
                budget.map_or(Ok(()), must_be_positive)?;
                must_fit(funders.len().max(partners.len()), PARTIES_MAX)?;
                must_fit(territories.len(), TERRITORIES_MAX)
            }
            Command::Attach { parent, itself, ancestors } => {
                self.can_attach(*parent, *itself, ancestors)
            }
            Command::Agree { parties, .. } => {
                self.must_stand_at(&[Stage::Drafted])?;
                must_fit(parties.len(), PARTIES_MAX)
            }
            Command::Start { .. } => self.must_stand_at(&[Stage::Agreed]),
            Command::Extend { to, .. } => self.can_extend(*to),
            Command::Report { claim } => {
                self.must_exist()?;
                must_make_sense(claim)
            }
            Command::Settle { claim, .. } => {
                self.must_exist()?;
                must_make_sense(claim)?;
                let reported = self.reported.contains(&Subject::from(claim));
                ensure(reported, Refusal::NothingToSettle)
            }
            Command::Classify { sectors, goals } => {
                self.must_exist()?;
                must_classify(sectors, goals).map_err(Refusal::from)
            }
            Command::BeginClosing { .. } => self.must_stand_at(&[Stage::Running]),
            Command::Close { .. } => self.must_stand_at(&[Stage::Closing]),
            Command::Cancel { .. } => self.must_stand_at(PLANNABLE),
            Command::Align { .. }
            | Command::DefineResult { .. }
            | Command::DefineIndicator { .. }
            | Command::SetTarget { .. }
            | Command::ReviseTarget { .. } => {
                self.must_stand_at(PLANNABLE)?;
                self.can_plan(command)
            }
            Command::OpenEnvelope { envelope, amount, .. } => {
                self.must_stand_at(GIVING)?;
                must_be_positive(*amount)?;
                let new = !self.envelopes.contains_key(envelope);
                ensure(new, Refusal::DuplicateEnvelope)?;
                must_fit(self.envelopes.len() + 1, ENVELOPES_MAX)
            }
            Command::ReserveEnvelope { envelope, request, amount } => {
                self.can_reserve(*envelope, *request, *amount)
            }
            Command::ReleaseEnvelope { envelope, request, amount } => {
                self.can_release(*envelope, *request, *amount)
            }
            correction => self.check_correction(correction),
        }
    }

    /// Results, indicators, targets, alignment.
    fn can_plan(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Align { framework, axis } => {
                let new = !self.alignments.contains(&(*framework, *axis));
                ensure(new, Refusal::AlreadyAligned)?;
                must_fit(self.alignments.len() + 1, ALIGNMENTS_MAX)
            }
            Command::DefineResult { result, .. } => {
                ensure(!self.results.contains_key(result), Refusal::DuplicateResult)?;
                must_fit(self.results.len() + 1, RESULTS_MAX)
            }
            Command::DefineIndicator { indicator, result, .. } => {
                self.can_define(*indicator, *result)
            }
            Command::SetTarget { indicator, .. } => {
                let has_target = self.has_target(*indicator)?;
                ensure(!has_target, Refusal::TargetAlreadySet)
            }
            Command::ReviseTarget { indicator, .. } => {
                let has_target = self.has_target(*indicator)?;
                ensure(has_target, Refusal::NoTarget)
            }
            _ => Ok(()),
        }
    }

    fn can_define(&self, indicator: IndicatorId, result: ExpectedResultId) -> Result<(), Refusal> {
        let new = !self.indicators.contains_key(&indicator);
        ensure(new, Refusal::DuplicateIndicator)?;
        ensure(self.results.contains_key(&result), Refusal::UnknownResult)?;
        must_fit(self.indicators.len() + 1, INDICATORS_MAX)
    }

    fn has_target(&self, indicator: IndicatorId) -> Result<bool, Refusal> {
        let found = self.indicators.get(&indicator).map(|it| it.has_target);
        found.ok_or(Refusal::UnknownIndicator)
    }

    fn can_attach(
        &self,
        parent: ProgrammeId,
        itself: ProgrammeId,
        ancestors: &[ProgrammeId],
    ) -> Result<(), Refusal> {
        self.must_stand_at(ALIVE)?;
        let cycle = parent == itself || ancestors.contains(&itself);
        ensure(!cycle, Refusal::CycleOfParents)?;
        ensure(self.parent != Some(parent), Refusal::AlreadyAttached)?;
        must_fit(ancestors.len() + 1, ANCESTORS_MAX)
    }

    fn can_extend(&self, to: Effective) -> Result<(), Refusal> {
        self.must_stand_at(EXTENDABLE)?;
        let Some(Period { from, to: end }) = self.period else {
            return Ok(());
        };
        let backwards = to.is_certainly_before(end);
        ensure(!backwards, Refusal::ExtendedBackwards { to, end })?;
        must_run_forward(Period { from, to })
    }

    fn can_reserve(
        &self,
        envelope: EnvelopeId,
        request: FundingRequestId,
        amount: Money,
    ) -> Result<(), Refusal> {
        self.must_stand_at(GIVING)?;
        let left = self.envelope_left(envelope);
        let left = left.ok_or(Refusal::UnknownEnvelope)?;
        must_be_positive(amount)?;
        must_share_currency(left, amount)?;
        let new = !self.reserved.contains_key(&request);
        ensure(new, Refusal::AlreadyReserved)?;
        let asked = amount;
        let enough = asked.minor() <= left.minor();
        ensure(enough, Refusal::EnvelopeExhausted { asked, left })
    }

    /// Money comes back at any stage: a request can be revoked after its programme was closed.
    fn can_release(
        &self,
        envelope: EnvelopeId,
        request: FundingRequestId,
        amount: Money,
    ) -> Result<(), Refusal> {
        self.must_exist()?;
        let known = self.envelopes.contains_key(&envelope);
        ensure(known, Refusal::UnknownEnvelope)?;
        let part = self.reserved.get(&request);
        let part = part.filter(|it| it.envelope == envelope);
        let reserved = part.ok_or(Refusal::NotReserved)?.held;
        must_be_positive(amount)?;
        must_share_currency(reserved, amount)?;
        let asked = amount;
        let enough = asked.minor() <= reserved.minor();
        ensure(enough, Refusal::ReleasesTooMuch { asked, reserved })
    }

    /// Recorded, and not by mistake.
    pub(super) fn must_exist(&self) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotCreated)?;
        ensure(stage != Stage::Annulled, Refusal::OutOfTurn { stage })
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        self.must_exist()?;
        let stage = self.stage;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

fn must_make_sense(claim: &Claim) -> Result<(), Refusal> {
    match claim {
        Claim::Period(period) => must_run_forward(*period),
        Claim::Budget(amount) => must_be_positive(*amount),
        Claim::Title(_) | Claim::Status(_) => Ok(()),
    }
}

pub(super) fn must_run_forward(period: Period) -> Result<(), Refusal> {
    let Period { from, to } = period;
    ensure(!period.is_reversed(), Refusal::PeriodReversed { from, to })
}

pub(super) fn must_be_positive(amount: Money) -> Result<(), Refusal> {
    ensure(amount.is_positive(), Refusal::NothingBudgeted)
}

pub(super) fn must_share_currency(kept: Money, amount: Money) -> Result<(), Refusal> {
    let (envelope, given) = (kept.currency(), amount.currency());
    ensure(envelope == given, Refusal::OtherCurrency { envelope, given })
}

pub(super) fn must_fit(number: usize, max: usize) -> Result<(), Refusal> {
    ensure(number <= max, Refusal::TooMany { max })
}
