//! A funding call: a window in which requests are taken.
//!
//! ```text
//! Undrafted ─Draft─▶ Drafted ─Open─▶ Open ─Close─▶ Closed ─Decide─▶ Decided
//!                                    │  ▲          │    ▲
//!                                    └──┘          └────┘ Record waiver
//! ```
//!
//! After closing, a request is taken of an applicant with a waiver alone; a waiver lasts until its
//! own day, even when the others have their answers before.
use std::collections::BTreeMap;
use std::future::Future;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate, ensure, one};
use crate::effective::Effective;
use crate::funding_request::Window;
use crate::ids::{ActorId, EnvelopeId, FundingCallId, ProgrammeId};
use crate::money::Money;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// The most territories that one call names.
pub const TERRITORIES_MAX: usize = 300;
/// The most applicants that one call waives its closing for.
pub const WAIVERS_MAX: usize = 1_000;

/// What is asked of a funding call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Draft {
        title: Title,
        programme: ProgrammeId,
        envelope: Option<EnvelopeId>,
        territories: Vec<TerritoryId>,
        ceiling: Option<Money>,
    },
    Open {
        on: Effective,
        closes: Option<Date>,
    },
    RecordWaiver {
        applicant: ActorId,
        until: Date,
        reason: Note,
    },
    Close {
        on: Effective,
    },
    Decide {
        on: Effective,
    },
}

/// What is recorded of a funding call. Stored for ever: variants and fields are added, never renamed.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantNames,
    EnumCount,
)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// It is prepared.
    Drafted {
        /// In short.
        title: Title,
        /// The programme that pays.
        programme: ProgrammeId,
        /// The money that is set aside for it, where that is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        envelope: Option<EnvelopeId>,
        /// Where it applies; everywhere where none is named.
        territories: Vec<TerritoryId>,
        /// The most that one request may be granted.
        #[serde(skip_serializing_if = "Option::is_none")]
        ceiling: Option<Money>,
    },
    /// It takes requests.
    Opened {
        /// When.
        on: Effective,
        /// The last day to submit a request; none for a standing window.
        #[serde(skip_serializing_if = "Option::is_none")]
        closes: Option<Date>,
    },
    /// One applicant has longer than the others.
    WaiverRecorded {
        /// Who.
        applicant: ActorId,
        /// The last day on which their request is taken.
        until: Date,
        /// Why.
        reason: Note,
    },
    /// It takes requests no more.
    Closed {
        /// When; the day itself is still open.
        on: Effective,
    },
    /// The requests have their answers.
    Decided {
        /// When.
        on: Effective,
    },
}

/// Why a funding call refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the funding call has not been drafted yet")]
    NotDrafted,
    #[error("the funding call has been drafted already")]
    AlreadyDrafted,
    #[error("the funding call is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("the same territory is given twice")]
    DuplicateTerritory,
    #[error("the most that one request may be granted must be more than nothing")]
    NothingOffered,
    #[error("a funding call cannot close before it opens")]
    ClosesBeforeItOpens,
    #[error("a funding call cannot have closed before it opened")]
    ClosedBeforeItOpened,
    #[error("a waiver must not end before the call closes")]
    WaiverEndsBeforeClosing,
    #[error("requests cannot be decided before the call closes")]
    DecidedBeforeClosing,
    #[error("at most {max} of these")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("FUNDING_CALL_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::DuplicateTerritory => Some("territories"),
            Self::NothingOffered => Some("ceiling"),
            Self::ClosesBeforeItOpens => Some("closes"),
            Self::ClosedBeforeItOpened | Self::DecidedBeforeClosing => Some("on"),
            Self::WaiverEndsBeforeClosing => Some("until"),
            Self::NotDrafted
            | Self::AlreadyDrafted
            | Self::OutOfTurn { .. }
            | Self::TooMany { .. } => None,
        }
    }
}

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
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingCall {
    stage: Stage,
    programme: Option<ProgrammeId>,
    envelope: Option<EnvelopeId>,
    opened: Option<Effective>,
    /// The last day, as the opening announced it.
    closes: Option<Date>,
    closed: Option<Effective>,
    /// The last day of each applicant with a waiver; a later waiver replaces an earlier one.
    waivers: BTreeMap<ActorId, Date>,
}

impl FundingCall {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Draft { title, programme, envelope, territories, ceiling } => {
                ensure(self.stage == Stage::Undrafted, Refusal::AlreadyDrafted)?;
                must_fit(territories.len(), TERRITORIES_MAX)?;
                let twice = |(at, it)| territories[..at].contains(it);
                let unique = !territories.iter().enumerate().any(twice);
                ensure(unique, Refusal::DuplicateTerritory)?;
                let offered = ceiling.is_none_or(Money::is_positive);
                ensure(offered, Refusal::NothingOffered)?;
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
        }
    }

    /// The funding call after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Drafted { programme, envelope, .. } => {
                (self.programme, self.envelope) = (Some(programme), envelope);
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
            Event::Decided { .. } => self.stage = Stage::Decided,
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
            Stage::Open | Stage::Closed | Stage::Decided => Window::Closed,
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

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let otherwise = match self.stage {
            Stage::Undrafted => Refusal::NotDrafted,
            stage => Refusal::OutOfTurn { stage },
        };
        ensure(stages.contains(&self.stage), otherwise)
    }
}

fn must_fit(parts: usize, max: usize) -> Result<(), Refusal> {
    ensure(parts <= max, Refusal::TooMany { max })
}

aggregate!(FundingCall, FundingCallId, "funding_call");

#[cfg(test)]
mod tests;
