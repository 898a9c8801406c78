//! A service unit: an office that receives people, and counts visits by month.
//!
//! ```text
//! Unrecorded ─Decide─▶ Decided ─Open─▶ Open ─Suspend─▶ Suspended
//!                         │             ▲  │              │  │
//!                         │             └──┼────Resume────┘  │
//!                         └───Close──▶ Closed ◀──────────────┘
//! Decided, Open, Suspended   referral agreements
//! Open, Suspended, Closed    activity, by month
//! every stage                corrections, ended agreements, Annul ─▶ Annulled
//! ```
//!
//! What it offers may not be known: then a month may count any service.
use std::collections::BTreeMap;
use std::future::Future;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, one};
use crate::effective::Effective;
use crate::ids::{ActorId, ReferralId, ServiceUnitId};
use crate::measure::Quantity;
use crate::population::PopulationGroup;
use crate::territory::TerritoryId;
use crate::text::Title;

mod check;
mod command;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most population groups that a service unit names.
pub const GROUPS_MAX: usize = 50;
/// The most referral agreements of a service unit, ended ones included.
pub const REFERRALS_MAX: usize = 500;
/// The most months that are counted: a century.
pub const MONTHS_MAX: usize = 1_200;

/// What people come for.
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
pub enum Service {
    /// Access to rights.
    Rights,
    /// Access to care.
    Care,
    /// Information and orientation.
    Information,
}

/// What sort of partner takes people on.
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
pub enum PartnerKind {
    /// Centre de santé.
    HealthCentre,
    /// Hôpital provincial.
    ProvincialHospital,
    /// An association.
    Association,
    /// A public service.
    PublicService,
}

/// How many came for one service in a month: visits, not persons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// For which service.
    pub service: Service,
    /// How many visits.
    pub received: Quantity,
    /// How many of them were sent on to a partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referred: Option<Quantity>,
}

/// How far a service unit has come.
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
    Decided,
    Open,
    Suspended,
    Closed,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceUnit {
    stage: Stage,
    /// Nothing before it was decided.
    what: Option<What>,
    /// When it first received people.
    opened: Option<Effective>,
    /// When it ceased to.
    closed: Option<Effective>,
    /// The date of the last step that has one.
    since: Option<Effective>,
    referrals: BTreeMap<ReferralId, Referral>,
    /// What was counted, by the first day of the month.
    months: BTreeMap<Date, Vec<Count>>,
}

/// What a correction can set right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct What {
    title: Title,
    territory: TerritoryId,
    services: Vec<Service>,
    groups: Vec<PopulationGroup>,
    decided: Effective,
}

/// Who takes people on, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Referral {
    partner: ActorId,
    kind: PartnerKind,
    from: Effective,
    /// Nothing while it lasts.
    to: Option<Effective>,
}

impl ServiceUnit {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The service unit after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Decided { title, territory, services, groups, on, .. } => {
                self.what = Some(What { title, territory, services, groups, decided: on });
                self.step(Stage::Decided, on);
            }
            Event::Opened { on } => {
                self.opened = Some(on);
                self.step(Stage::Open, on);
            }
            Event::Suspended { on, .. } => self.step(Stage::Suspended, on),
            Event::Resumed { on } => self.step(Stage::Open, on),
            Event::Closed { on, .. } => {
                self.closed = Some(on);
                self.step(Stage::Closed, on);
            }
            Event::ReferralAgreed { referral, partner, kind, on, .. } => {
                self.referrals.insert(referral, Referral { partner, kind, from: on, to: None });
            }
            Event::ReferralEnded { referral, on, .. } => {
                if let Some(ended) = self.referrals.get_mut(&referral) {
                    ended.to = Some(on);
                }
            }
            Event::ActivityReported { month, counts, .. }
            | Event::ActivityCorrected { month, counts, .. } => {
                if let Effective::Month(first) = month {
                    self.months.insert(first, counts);
                }
            }
            Event::Corrected { title, territory, services, groups, on, .. } => {
                if let Some(what) = &mut self.what {
                    what.title = title.unwrap_or_else(|| what.title.clone());
                    what.territory = territory.unwrap_or(what.territory);
                    what.services = services.unwrap_or_else(|| what.services.clone());
                    what.groups = groups.unwrap_or_else(|| what.groups.clone());
                    what.decided = on.unwrap_or(what.decided);
                    if self.stage == Stage::Decided {
                        self.since = dated(what.decided);
                    }
                }
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
        self
    }

    fn step(&mut self, stage: Stage, on: Effective) {
        self.stage = stage;
        self.since = dated(on).or(self.since);
    }
}

fn dated(on: Effective) -> Option<Effective> {
    (on != Effective::Unknown).then_some(on)
}

causes! {
    Decide => Decided { by, title, territory, services, groups, intervention, deliberation, on }
    Open => Opened { on }
    AgreeReferral => ReferralAgreed { referral, partner, kind, services, document, on }
    EndReferral => ReferralEnded { referral, reason, on }
    ReportActivity => ActivityReported { by, month, counts }
    CorrectActivity => ActivityCorrected { by, month, counts, reason }
    Suspend => Suspended { on, reason }
    Resume => Resumed { on }
    Close => Closed { on, reason }
    Correct => Corrected { title, territory, services, groups, on, reason }
    Annul => Annulled { by, reason }
}

aggregate!(ServiceUnit, ServiceUnitId, "service_unit");
