//! A programme or project: its results, indicators, targets, alignment, money and period.
//!
//! ```text
//! Unrecorded ─Create─▶ Drafted ─Agree─▶ Agreed ─Start─▶ Running ─Begin closing─▶ Closing
//!                         │               │                │                        │
//!                         └────Cancel─────┴─▶ Cancelled ◀──┘                      Close─▶ Closed
//!
//! Drafted, Agreed, Running           results, indicators, targets, alignment
//! Agreed, Running                    envelopes opened, parts reserved
//! Agreed, Running, Closing           extension
//! every stage but the ended ones     attachment to a parent
//! every stage                        what it is about; what sources report and what is settled;
//!                                    parts released; corrections, those of an envelope or the
//!                                    budget by two persons
//! no part of an envelope held        Annul ─▶ Annulled, which takes nothing more
//! ```
//!
//! Dates wider than the parent's are taken: sources say so, and the projections flag it.
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, one};
use crate::correction::{Corrections, put};
use crate::effective::{Effective, Period};
use crate::ids::{
    ActorId, AxisId, EnvelopeId, ExpectedResultId, FundingRequestId, IndicatorId,
    PolicyFrameworkId, ProgrammeId,
};
use crate::measure::Quantity;
use crate::money::Money;
use crate::territory::TerritoryId;
use crate::text::{Name, Title};

mod check;
mod command;
mod correct;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most funders, partners or signing parties that one command names.
pub const PARTIES_MAX: usize = 200;
/// The most territories that a programme names.
pub const TERRITORIES_MAX: usize = 500;
/// The most results of a programme.
pub const RESULTS_MAX: usize = 200;
/// The most indicators of a programme.
pub const INDICATORS_MAX: usize = 500;
/// The most alignments with frameworks and axes.
pub const ALIGNMENTS_MAX: usize = 100;
/// The most envelopes of a programme.
pub const ENVELOPES_MAX: usize = 200;
/// The most programmes above a programme, its parent included.
pub const ANCESTORS_MAX: usize = 16;

/// How a measured value is compared with its target.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Comparator {
    /// Neither more nor less.
    Exactly,
    /// That or more.
    AtLeast,
    /// That or less.
    AtMost,
}

/// What one source says; several stand side by side until somebody settles it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "about", content = "value", rename_all = "snake_case")]
pub enum Claim {
    /// What it is called.
    Title(Title),
    /// From when to when it runs.
    Period(Period),
    /// What it costs.
    Budget(Money),
    /// How far it has come, in the source's words.
    Status(Name),
}

/// A figure that two persons correct, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Figure {
    /// Money that is set aside for funding requests.
    Envelope {
        /// Which envelope.
        envelope: EnvelopeId,
        /// How much there is to give.
        to: Money,
    },
    /// Its cost.
    Budget {
        /// How much; nothing where it is not declared.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Money>,
    },
}

/// What a programme or project is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// A frame that projects and funding requests belong to.
    Programme,
    /// One undertaking, often within a programme.
    Project,
}

/// How far a programme has come.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
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
    Unrecorded,
    Drafted,
    Agreed,
    Running,
    Closing,
    Closed,
    Cancelled,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    stage: Stage,
    described: Described,
    budget: Option<Money>,
    parent: Option<ProgrammeId>,
    /// As created, extended or settled.
    period: Option<Period>,
    alignments: BTreeSet<(PolicyFrameworkId, Option<AxisId>)>,
    results: BTreeMap<ExpectedResultId, Title>,
    indicators: BTreeMap<IndicatorId, Indicator>,
    envelopes: BTreeMap<EnvelopeId, Envelope>,
    /// What each request still holds, nothing included: a request reserves once.
    reserved: BTreeMap<FundingRequestId, Reservation>,
    reported: BTreeSet<Subject>,
    corrections: Corrections<Figure>,
}

/// What it says of itself: kept to tell a correction from one that changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Described {
    title: Option<Title>,
    acronym: Option<Name>,
    operator: Option<ActorId>,
    funders: Option<Vec<ActorId>>,
    partners: Option<Vec<ActorId>>,
    territories: Option<Vec<TerritoryId>>,
}

/// What a result is measured by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Indicator {
    title: Title,
    unit: Name,
    baseline: Option<Quantity>,
    has_target: bool,
}

/// Money set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Envelope {
    amount: Money,
    /// What can still be reserved.
    left: Money,
}

/// What one request holds of one envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Reservation {
    envelope: EnvelopeId,
    held: Money,
}

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Subject {
    Title,
    Period,
    Budget,
    Status,
}

impl From<&Claim> for Subject {
    fn from(claim: &Claim) -> Self {
        match claim {
            Claim::Title(_) => Self::Title,
            Claim::Period(_) => Self::Period,
            Claim::Budget(_) => Self::Budget,
            Claim::Status(_) => Self::Status,
        }
    }
}

impl Programme {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// What can still be reserved of an envelope; nothing where there is no such envelope.
    pub fn envelope_left(&self, envelope: EnvelopeId) -> Option<Money> {
        self.envelopes.get(&envelope).map(|it| it.left)
    }

    /// The programme after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Created { .. } => self.create(event),
            Event::Attached { parent } => self.parent = Some(parent),
            Event::Agreed { .. } => self.stage = Stage::Agreed,
            Event::Started { .. } => self.stage = Stage::Running,
            Event::Classified { .. } => {}
            Event::Aligned { framework, axis } => {
                self.alignments.insert((framework, axis));
            }
            Event::ResultDefined { result, title } => {
                self.results.insert(result, title);
            }
            Event::IndicatorDefined { indicator, title, unit, baseline, .. } => {
                let defined = Indicator { title, unit, baseline, has_target: false };
                self.indicators.entry(indicator).or_insert(defined);
            }
            Event::TargetSet { indicator, .. } | Event::TargetRevised { indicator, .. } => {
                self.indicators.entry(indicator).and_modify(|it| it.has_target = true);
            }
            Event::EnvelopeOpened { envelope, amount, .. } => {
                self.envelopes.insert(envelope, Envelope { amount, left: amount });
            }
            Event::EnvelopeReserved { envelope, request, amount } => {
                self.reserve(envelope, request, amount);
            }
            Event::EnvelopeReleased { envelope, request, amount } => {
                self.release(envelope, request, amount);
            }
            Event::Extended { to, .. } => self.end(to),
            Event::Reported { claim } => {
                self.reported.insert(Subject::from(&claim));
            }
            Event::Settled { claim, .. } => self.settle(claim),
            Event::ClosingBegun { .. } => self.stage = Stage::Closing,
            Event::Closed { .. } => self.stage = Stage::Closed,
            Event::Cancelled { .. } => self.stage = Stage::Cancelled,
            Event::Annulled { .. } => self.stage = Stage::Annulled,
            correction => self.take(correction),
        }
        self
    }

    fn create(&mut self, event: Event) {
        if let Event::Created {
            title,
            acronym,
            parent,
            period,
            operator,
            funders,
            partners,
            territories,
            budget,
            ..
        } = event
        {
            self.described = Described {
                title: Some(title),
                acronym,
                operator,
                funders: Some(funders),
                partners: Some(partners),
                territories: Some(territories),
            };
            (self.parent, self.period, self.budget) = (parent, Some(period), budget);
            self.stage = Stage::Drafted;
        }
    }

    /// What was settled holds from now on.
    fn settle(&mut self, claim: Claim) {
        match claim {
            Claim::Title(title) => put(&mut self.described.title, Some(title)),
            Claim::Period(period) => self.period = Some(period),
            Claim::Budget(budget) => self.budget = Some(budget),
            Claim::Status(_) => {}
        }
    }

    fn end(&mut self, to: Effective) {
        if let Some(period) = &mut self.period {
            period.to = to;
        }
    }

    fn reserve(&mut self, envelope: EnvelopeId, request: FundingRequestId, amount: Money) {
        if let Some(Envelope { left, .. }) = self.envelopes.get_mut(&envelope) {
            *left = left.checked_sub(amount).unwrap_or(*left);
        }
        let held = Reservation { envelope, held: amount };
        self.reserved.insert(request, held);
    }

    fn release(&mut self, envelope: EnvelopeId, request: FundingRequestId, amount: Money) {
        if let Some(Envelope { left, .. }) = self.envelopes.get_mut(&envelope) {
            *left = left.checked_add(amount).unwrap_or(*left);
        }
        if let Some(part) = self.reserved.get_mut(&request) {
            part.held = part.held.checked_sub(amount).unwrap_or(part.held);
        }
    }
}

causes! {
    Create => Created {
        kind, title, acronym, parent, period, operator, funders, partners, territories, budget
    }
    Attach => Attached { parent }
    Agree => Agreed { parties, document, on }
    Start => Started { on }
    Align => Aligned { framework, axis }
    DefineResult => ResultDefined { result, title }
    DefineIndicator => IndicatorDefined { indicator, result, title, unit, baseline }
    SetTarget => TargetSet { indicator, value, comparator, due }
    ReviseTarget => TargetRevised { indicator, value, comparator, due, reason }
    OpenEnvelope => EnvelopeOpened { envelope, title, funder, amount }
    ReserveEnvelope => EnvelopeReserved { envelope, request, amount }
    ReleaseEnvelope => EnvelopeReleased { envelope, request, amount }
    Classify => Classified { sectors, goals }
    Correct => Corrected {
        title, acronym, period, operator, funders, partners, territories, reason
    }
    CorrectResult => ResultCorrected { result, title, reason }
    CorrectIndicator => IndicatorCorrected { indicator, title, unit, baseline, reason }
    ProposeCorrection => CorrectionProposed { by, person, correction, figure, reason }
    ConfirmCorrection => CorrectionConfirmed { by, person, correction }
    RejectCorrection => CorrectionRejected { by, person, correction, reason }
    Annul => Annulled { by, reason }
    Extend => Extended { to, reason }
    Report => Reported { claim }
    Settle => Settled { claim, reason }
    BeginClosing => ClosingBegun { on }
    Close => Closed { on }
    Cancel => Cancelled { reason }
}

aggregate!(Programme, ProgrammeId, "programme");
