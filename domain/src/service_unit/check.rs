//! What a service unit allows.
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    Command, Count, GROUPS_MAX, MONTHS_MAX, PartnerKind, REFERRALS_MAX, Refusal, Service,
    ServiceUnit, Stage, What,
};
use crate::aggregate::ensure;
use crate::effective::Effective;
use crate::ids::{ActorId, ReferralId};

/// Not at an end.
const ALIVE: &[Stage] = &[Stage::Decided, Stage::Open, Stage::Suspended];

impl ServiceUnit {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Decide { services, groups, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyDecided)?;
                must_differ(services.iter().copied())?;
                must_fit(groups.len(), GROUPS_MAX)
            }
            Command::Open { on } => self.can_step(&[Stage::Decided], *on),
            Command::Suspend { on, .. } => self.can_step(&[Stage::Open], *on),
            Command::Resume { on } => self.can_step(&[Stage::Suspended], *on),
            Command::Close { on, .. } => self.can_step(ALIVE, *on),
            Command::AgreeReferral { referral, partner, kind, services, .. } => {
                self.can_agree(*referral, *partner, *kind, services)
            }
            Command::EndReferral { referral, on, .. } => self.can_end(*referral, *on),
            Command::ReportActivity { month, counts, today, .. } => {
                let first = self.can_report(*month, *today)?;
                let new = !self.months.contains_key(&first);
                ensure(new, Refusal::AlreadyReported { month: *month })?;
                must_fit(self.months.len() + 1, MONTHS_MAX)?;
                self.must_count(counts)
            }
            Command::CorrectActivity { month, counts, .. } => {
                self.must_exist()?;
                let first = must_be_month(*month)?;
                let known = self.months.get(&first);
                let known = known.ok_or(Refusal::NotReported { month: *month })?;
                ensure(known != counts, Refusal::NothingCorrected)?;
                self.must_count(counts)
            }
            Command::Correct { .. } => self.can_correct(command),
            Command::Annul { .. } => self.must_exist().map(|_| ()),
        }
    }

    fn can_step(&self, stages: &[Stage], on: Effective) -> Result<(), Refusal> {
        self.must_stand_at(stages)?;
        match self.since {
            Some(before) if on.is_certainly_before(before) => {
                Err(Refusal::OutOfOrder { before, on })
            }
            _ => Ok(()),
        }
    }

    fn can_agree(
        &self,
        referral: ReferralId,
        partner: ActorId,
        kind: PartnerKind,
        services: &[Service],
    ) -> Result<(), Refusal> {
        self.must_stand_at(ALIVE)?;
        let new = !self.referrals.contains_key(&referral);
        ensure(new, Refusal::DuplicateReferral)?;
        let mut lasting = self.referrals.values().filter(|it| it.to.is_none());
        let twice = lasting.any(|it| (it.partner, it.kind) == (partner, kind));
        ensure(!twice, Refusal::AlreadyAgreed)?;
        self.must_offer(services.iter().copied())?;
        must_fit(self.referrals.len() + 1, REFERRALS_MAX)
    }

    /// At any stage: that an agreement ended can become known after the closing.
    fn can_end(&self, referral: ReferralId, to: Effective) -> Result<(), Refusal> {
        self.must_exist()?;
        let found = self.referrals.get(&referral).ok_or(Refusal::UnknownReferral)?;
        found.to.map_or(Ok(()), |to| Err(Refusal::ReferralOver { to }))?;
        let from = found.from;
        ensure(!to.is_certainly_before(from), Refusal::EndsBeforeStart { from, to })
    }

    /// The first day of `month`, where it may have been counted: the last months of a unit are
    /// often counted after its closing.
    fn can_report(&self, month: Effective, today: Date) -> Result<Date, Refusal> {
        self.must_exist()?;
        let stage = self.stage;
        let opened = self.opened.ok_or(Refusal::OutOfTurn { stage })?;
        let first = must_be_month(month)?;
        ensure(!month.is_certainly_after(today), Refusal::InTheFuture { month })?;
        let early = month.is_certainly_before(opened);
        ensure(!early, Refusal::BeforeOpening { month, opened })?;
        match self.closed {
            Some(closed) if closed.is_certainly_before(month) => {
                Err(Refusal::AfterClosing { month, closed })
            }
            _ => Ok(first),
        }
    }

    fn must_count(&self, counts: &[Count]) -> Result<(), Refusal> {
        ensure(!counts.is_empty(), Refusal::NothingCounted)?;
        self.must_offer(counts.iter().map(|it| it.service))?;
        counts.iter().try_for_each(|it| {
            let (service, received) = (it.service, it.received.get());
            let referred = it.referred.map_or(0, Into::into);
            let within = referred <= received;
            ensure(within, Refusal::MoreReferredThanReceived { service, received, referred })
        })
    }

    /// Each of `services` stands there once, and the unit offers it.
    fn must_offer(&self, services: impl Iterator<Item = Service> + Clone) -> Result<(), Refusal> {
        let offered = self.must_exist()?.services.as_slice();
        let foreign = services.clone().find(|it| !offered.is_empty() && !offered.contains(it));
        foreign.map_or(Ok(()), |service| Err(Refusal::NotOffered { service }))?;
        must_differ(services)
    }

    fn can_correct(&self, command: &Command) -> Result<(), Refusal> {
        let what = self.must_exist()?;
        let Command::Correct { title, territory, services, groups, on, .. } = command else {
            return Ok(());
        };
        let changed = title.as_ref().is_some_and(|it| *it != what.title)
            || territory.is_some_and(|it| it != what.territory)
            || services.as_ref().is_some_and(|it| *it != what.services)
            || groups.as_ref().is_some_and(|it| *it != what.groups)
            || on.is_some_and(|it| it != what.decided);
        ensure(changed, Refusal::NothingCorrected)?;
        must_differ(services.iter().flatten().copied())?;
        must_fit(groups.as_ref().map_or(0, Vec::len), GROUPS_MAX)?;
        if let (Some(before), Some(on)) = (*on, self.opened) {
            ensure(!on.is_certainly_before(before), Refusal::OutOfOrder { before, on })?;
        }
        let Some(kept) = services.as_ref().filter(|it| !it.is_empty()) else {
            return Ok(());
        };
        let mut counted = self.months.values().flatten().map(|it| it.service);
        let lost = counted.find(|it| !kept.contains(it));
        lost.map_or(Ok(()), |service| Err(Refusal::ServiceCounted { service }))
    }

    fn must_exist(&self) -> Result<&What, Refusal> {
        ensure(self.stage != Stage::Annulled, Refusal::Annulled)?;
        self.what.as_ref().ok_or(Refusal::NotDecided)
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        self.must_exist()?;
        let stage = self.stage;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

fn must_be_month(month: Effective) -> Result<Date, Refusal> {
    match month {
        Effective::Month(first) => Ok(first),
        _ => Err(Refusal::NotAMonth { month }),
    }
}

fn must_differ(services: impl IntoIterator<Item = Service>) -> Result<(), Refusal> {
    let mut met = BTreeSet::new();
    let twice = services.into_iter().find(|it| !met.insert(*it));
    twice.map_or(Ok(()), |service| Err(Refusal::ServiceTwice { service }))
}

fn must_fit(number: usize, max: usize) -> Result<(), Refusal> {
    ensure(number <= max, Refusal::TooMany { max })
}
