//! What a funding request allows, up to the agreement and at its end.
use super::{
    Command, FLOWS_MAX, FundingRequest, PARTIES_MAX, Refusal, Stage, TERRITORIES_MAX, Window,
};
use crate::aggregate::ensure;
use crate::ids::{ActorId, AmendmentId};
use crate::money::Money;

/// An opinion is there and no last word.
const DECIDABLE: &[Stage] = &[Stage::Opined, Stage::Deferred];

impl FundingRequest {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Submit { call, territories, asked, own_contribution, window, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadySubmitted)?;
                match window {
                    Window::Open => Ok(()),
                    Window::NoCall => ensure(call.is_none(), Refusal::UnknownCall),
                    Window::NotYetOpen => Err(Refusal::NotYetOpen),
                    Window::Closed => Err(Refusal::Closed),
                }?;
                must_go_together(*asked, *own_contribution)?;
                must_fit(territories.len(), TERRITORIES_MAX)
            }
            Command::CheckEligibility { .. } => self.must_stand_at(&[Stage::Submitted]),
            Command::GiveOpinion { by, .. } => self.can_opine(*by),
            Command::Reformulate { by, asked, own_contribution, .. } => {
                self.must_stand_at(DECIDABLE)?;
                self.must_be_applicant(*by)?;
                let own = own_contribution.or(self.own_contribution);
                must_go_together(asked.or(self.asked), own)
            }
            Command::Grant { amount, .. } => {
                self.must_be_decidable()?;
                must_go_together(Some(*amount), self.own_contribution)
            }
            Command::Refuse { .. } | Command::Defer { .. } => self.must_be_decidable(),
            Command::SignAgreement { parties, amount, .. } => {
                self.must_stand_at(&[Stage::Granted])?;
                self.must_be_granted(*amount)?;
                must_fit(parties.len(), PARTIES_MAX)
            }
            Command::AmendAgreement { amendment, amount, .. } => {
                self.can_amend(*amendment, *amount)
            }
            Command::Revoke { .. } => self.must_stand_at(&[Stage::Granted, Stage::Contracted]),
            Command::Close { .. } => {
                self.must_stand_at(&[Stage::Contracted])?;
                let waiting = self.expenditures.values().filter_map(|it| it.waiting()).count();
                ensure(waiting == 0, Refusal::ExpenditureWaiting { waiting })
            }
            flow => self.check_flow(flow),
        }
    }

    fn can_opine(&self, by: ActorId) -> Result<(), Refusal> {
        self.must_stand_at(&[Stage::Eligible, Stage::Opined, Stage::Deferred])?;
        ensure(self.applicant != Some(by), Refusal::OpinionByApplicant)
    }

    /// Every opinion comes from outside: one by the applicant is never recorded.
    fn must_be_decidable(&self) -> Result<(), Refusal> {
        ensure(self.stage != Stage::Eligible, Refusal::NoOutsideOpinion)?;
        self.must_stand_at(DECIDABLE)
    }

    pub(super) fn must_be_granted(&self, amount: Money) -> Result<(), Refusal> {
        ensure(amount.is_positive(), Refusal::NothingAsked)?;
        let granted = self.granted.unwrap_or(amount);
        must_share_currency(granted, amount)?;
        let (asked, within) = (amount, amount.minor() <= granted.minor());
        ensure(within, Refusal::ExceedsGrant { asked, granted })
    }

    fn can_amend(&self, amendment: AmendmentId, amount: Money) -> Result<(), Refusal> {
        let account = self.account_at(&[Stage::Contracted])?;
        let new = !self.amendments.contains(&amendment);
        ensure(new, Refusal::DuplicateAmendment)?;
        self.must_be_granted(amount)?;
        let (asked, disbursed) = (amount, account.held()?);
        let enough = asked.minor() >= disbursed.minor();
        ensure(enough, Refusal::BelowDisbursed { asked, disbursed })?;
        must_fit(self.amendments.len() + 1, FLOWS_MAX)
    }

    pub(super) fn must_be_applicant(&self, by: ActorId) -> Result<(), Refusal> {
        ensure(self.applicant == Some(by), Refusal::NotTheApplicant)
    }

    pub(super) fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotSubmitted)?;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

/// A sum that is asked for or granted, and what the applicant brings, where declared: the two are
/// added up later.
fn must_go_together(asked: Option<Money>, own: Option<Money>) -> Result<(), Refusal> {
    let positive = asked.is_none_or(Money::is_positive);
    ensure(positive, Refusal::NothingAsked)?;
    let brought = own.is_none_or(|it| it.minor() >= 0);
    ensure(brought, Refusal::NegativeContribution)?;
    asked.zip(own).map_or(Ok(()), |(asked, own)| must_share_currency(asked, own))
}

fn must_share_currency(one: Money, other: Money) -> Result<(), Refusal> {
    let (one, other) = (one.currency(), other.currency());
    ensure(one == other, Refusal::MixedCurrencies { one, other })
}

pub(super) fn must_fit(number: usize, max: usize) -> Result<(), Refusal> {
    ensure(number <= max, Refusal::TooMany { max })
}
