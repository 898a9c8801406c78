//! A funding call: a window in which requests are taken.
//!
//! ```text
//! Undrafted ─Draft─▶ Drafted ─Open─▶ Open ─Close─▶ Closed ─Decide─▶ Decided
//!                                    │  ▲          │    ▲
//!                                    └──┘          └────┘ Record waiver
//! ```
//!
//! every stage   corrections; where no request answers it, Annul ─▶ Annulled, which takes nothing more
//!
//! After closing, a request is taken of an applicant with a waiver alone; a waiver lasts until its
//! own day, even when the others have their answers before.
use std::collections::BTreeMap;
use std::future::Future;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::aggregate::{aggregate, ensure, one};
use crate::correction::{differs, put};
use crate::effective::Effective;
use crate::funding_request::Window;
use crate::ids::{ActorId, EnvelopeId, FundingCallId, ProgrammeId};
use crate::money::Money;
use crate::territory::TerritoryId;
use crate::text::Title;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most territories that one call names.
pub const TERRITORIES_MAX: usize = 300;
/// The most applicants that one call waives its closing for.
pub const WAIVERS_MAX: usize = 1_000;

/// How far a funding call has come.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    IntoStaticStr,
    strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the diagram above says it")]
pub enum Stage {
    #[default]
    Undrafted,
    Drafted,
    Open,
    Closed,
    Decided,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingCall {
    stage: Stage,
    title: Option<Title>,
    territories: Option<Vec<TerritoryId>>,
    ceiling: Option<Money>,
    programme: Option<ProgrammeId>,
    envelope: Option<EnvelopeId>,
    opened: Option<Effective>,
    /// The last day, as the opening announced it.
    closes: Option<Date>,
    closed: Option<Effective>,
    decided: Option<Effective>,
    /// The last day of each applicant with a waiver; a later waiver replaces an earlier one.
    waivers: BTreeMap<ActorId, Date>,
}

impl FundingCall {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Draft { title, programme, envelope, territories, ceiling } => {
                ensure(self.stage == Stage::Undrafted, Refusal::AlreadyDrafted)?;
                must_apply(&territories, ceiling)?;
                one(Event::Drafted { title, programme, envelope, territories, ceiling })
            }
            Command::Open { on, closes } => {
                self.must_stand_at(&[Stage::Drafted])?;
                let reversed = closes.is_some_and(|last| on.is_certainly_after(last));
                ensure(!reversed, Refusal::ClosesBeforeItOpens)?;
                one(Event::Opened { on, closes })
            }
            Command::RecordWaiver { applicant, until, reason } => {
                self.must_stand_at(&[Stage::Open, Stage::Closed])?;
                ensure(!self.closes_after(until), Refusal::WaiverEndsBeforeClosing)?;
                let parts =
                    self.waivers.len() + usize::from(!self.waivers.contains_key(&applicant));
                must_fit(parts, WAIVERS_MAX)?;
                one(Event::WaiverRecorded { applicant, until, reason })
            }
            Command::Close { on } => {
                self.must_stand_at(&[Stage::Open])?;
                let reversed = self.opened.is_some_and(|opened| on.is_certainly_before(opened));
                ensure(!reversed, Refusal::ClosedBeforeItOpened)?;
                one(Event::Closed { on })
            }
            Command::Decide { on } => {
                self.must_stand_at(&[Stage::Closed])?;
                let reversed = self.closed.is_some_and(|closed| on.is_certainly_before(closed));
                ensure(!reversed, Refusal::DecidedBeforeClosing)?;
                one(Event::Decided { on })
            }
            Command::Correct { title, envelope, territories, ceiling, reason } => {
                self.must_exist()?;
                must_apply(territories.as_deref().unwrap_or_default(), ceiling)?;
                let other = differs(title.as_ref(), self.title.as_ref())
                    || differs(envelope.as_ref(), self.envelope.as_ref())
                    || differs(territories.as_ref(), self.territories.as_ref())
                    || differs(ceiling.as_ref(), self.ceiling.as_ref());
                ensure(other, Refusal::NothingCorrected)?;
                one(Event::Corrected { title, envelope, territories, ceiling, reason })
            }
            Command::CorrectDates { opened, closes, closed, decided, reason } => {
                self.must_exist()?;
                let event = Event::DatesCorrected { opened, closes, closed, decided, reason };
                self.can_redate(&event)?;
                one(event)
            }
            Command::Annul { by, reason, named_by } => {
                self.must_exist()?;
                ensure(named_by == 0, Refusal::StillNamed { named_by })?;
                one(Event::Annulled { by, reason })
            }
        }
    }

    /// Dates of steps that were taken, in the order of the steps.
    fn can_redate(&self, event: &Event) -> Result<(), Refusal> {
        let corrected = self.clone().evolve(event.clone());
        let Self { opened, closes, closed, decided, .. } = corrected;
        let taken = opened.is_some() == self.opened.is_some()
            && (closes.is_none() || opened.is_some())
            && closed.is_some() == self.closed.is_some()
            && decided.is_some() == self.decided.is_some();
        ensure(taken, Refusal::NoSuchStep)?;
        ensure(corrected != *self, Refusal::NothingCorrected)?;
        let reversed = opened.zip(closes).is_some_and(|(on, last)| on.is_certainly_after(last));
        ensure(!reversed, Refusal::ClosesBeforeItOpens)?;
        let before = |later: Option<Effective>, earlier: Option<Effective>| {
            later.zip(earlier).is_some_and(|(later, earlier)| later.is_certainly_before(earlier))
        };
        ensure(!before(closed, opened), Refusal::ClosedBeforeItOpened)?;
        ensure(!before(decided, closed), Refusal::DecidedBeforeClosing)?;
        let early = corrected.waivers.values().any(|last| corrected.closes_after(*last));
        ensure(!early, Refusal::WaiverEndsBeforeClosing)
    }

    /// The funding call after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Drafted { title, programme, envelope, territories, ceiling } => {
                (self.title, self.territories) = (Some(title), Some(territories));
                (self.programme, self.envelope) = (Some(programme), envelope);
                self.ceiling = ceiling;
                self.stage = Stage::Drafted;
            }
            Event::Opened { on, closes } => {
                (self.opened, self.closes) = (Some(on), closes);
                self.stage = Stage::Open;
            }
            Event::WaiverRecorded { applicant, until, .. } => {
                self.waivers.insert(applicant, until);
            }
            Event::Closed { on } => {
                self.closed = Some(on);
                self.stage = Stage::Closed;
            }
            Event::Decided { on } => {
                self.decided = Some(on);
                self.stage = Stage::Decided;
            }
            Event::Corrected { title, envelope, territories, ceiling, .. } => {
                put(&mut self.title, title);
                put(&mut self.envelope, envelope);
                put(&mut self.territories, territories);
                put(&mut self.ceiling, ceiling);
            }
            Event::DatesCorrected { opened, closes, closed, decided, .. } => {
                put(&mut self.opened, opened);
                put(&mut self.closes, closes);
                put(&mut self.closed, closed);
                put(&mut self.decided, decided);
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
        self
    }

    /// The programme that pays, once the call is drafted.
    pub fn programme(&self) -> Option<ProgrammeId> {
        self.programme
    }

    /// The envelope that the call draws on, where it names one.
    pub fn envelope(&self) -> Option<EnvelopeId> {
        self.envelope
    }

    /// Whether a request of `applicant` is taken on the day `today`. The closing day is still open,
    /// and so is the last day of a waiver.
    pub fn window(&self, applicant: ActorId, today: Date) -> Window {
        let waived = self.waivers.get(&applicant).is_some_and(|last| today <= *last);
        let announced = self.opened.is_some_and(|opened| opened.is_certainly_after(today));
        match self.stage {
            Stage::Undrafted | Stage::Drafted => Window::NotYetOpen,
            Stage::Open | Stage::Closed | Stage::Decided if announced => Window::NotYetOpen,
            Stage::Open | Stage::Closed | Stage::Decided if waived => Window::Open,
            Stage::Open if self.closes.is_none_or(|last| today <= last) => Window::Open,
            Stage::Closed if self.is_last_day_or_before(today) => Window::Open,
            Stage::Open | Stage::Closed | Stage::Decided | Stage::Annulled => Window::Closed,
        }
    }

    /// Whether a call whose closing is recorded is still open on `today`, for certain.
    fn is_last_day_or_before(&self, today: Date) -> bool {
        let recorded = self.closed.and_then(Effective::earliest);
        recorded.is_some_and(|day| today <= day) && self.closes.is_none_or(|last| today <= last)
    }

    /// Whether requests are taken after `day` as far as is known, for certain.
    fn closes_after(&self, day: Date) -> bool {
        match self.closed {
            Some(closed) => closed.is_certainly_after(day),
            None => self.closes.is_some_and(|last| day < last),
        }
    }

    /// Recorded, and not by mistake.
    fn must_exist(&self) -> Result<(), Refusal> {
        self.must_stand_at(&[Stage::Drafted, Stage::Open, Stage::Closed, Stage::Decided])
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let otherwise = match self.stage {
            Stage::Undrafted => Refusal::NotDrafted,
            stage => Refusal::OutOfTurn { stage },
        };
        ensure(stages.contains(&self.stage), otherwise)
    }
}

/// Where a call applies, and the most that one request may be granted.
fn must_apply(territories: &[TerritoryId], ceiling: Option<Money>) -> Result<(), Refusal> {
    must_fit(territories.len(), TERRITORIES_MAX)?;
    let twice = |(at, it)| territories[..at].contains(it);
    let unique = !territories.iter().enumerate().any(twice);
    ensure(unique, Refusal::DuplicateTerritory)?;
    let offered = ceiling.is_none_or(Money::is_positive);
    ensure(offered, Refusal::NothingOffered)
}

fn must_fit(parts: usize, max: usize) -> Result<(), Refusal> {
    ensure(parts <= max, Refusal::TooMany { max })
}

aggregate!(FundingCall, FundingCallId, "funding_call");

#[cfg(test)]
mod tests;
