//! A coordination body: who sits in it, and until when.
//!
//! ```text
//! Unrecorded ─Constitute─▶ Constituted ─Dissolve─▶ Dissolved
//! Constituted   members join
//! every stage   memberships end, corrections, Annul ─▶ Annulled
//! ```
//!
//! That a member left can become known after the dissolution.
use std::collections::BTreeMap;
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, one};
use crate::effective::Effective;
use crate::ids::{ActorId, CoordinationBodyId, MembershipId};
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

/// The most memberships of a body, ended ones included.
pub const MEMBERSHIPS_MAX: usize = 500;

/// What sort of body it is.
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
    /// Dispositif de gouvernance of a region.
    GovernanceMechanism,
    /// Comité de pilotage.
    SteeringCommittee,
    /// Comité technique.
    TechnicalCommittee,
    /// Comité d’avis technique.
    AdvisoryCommittee,
    /// Comité d’évaluation.
    EvaluationCommittee,
    /// Groupe de travail.
    WorkingGroup,
}

/// In which way a member sits.
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
pub enum Seat {
    /// Présidence.
    Chair,
    /// Secrétariat.
    Secretariat,
    /// Membre.
    Member,
    /// Observateur.
    Observer,
}

/// How far a body has come.
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
    Constituted,
    Dissolved,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoordinationBody {
    stage: Stage,
    /// Nothing before it was constituted.
    what: Option<What>,
    dissolved: Option<Effective>,
    memberships: BTreeMap<MembershipId, Membership>,
}

/// What a correction can set right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct What {
    kind: Kind,
    title: Title,
    constituted: Effective,
}

/// Who sits in it, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Membership {
    actor: ActorId,
    seat: Seat,
    from: Effective,
    /// Nothing while it lasts.
    to: Option<Effective>,
}

impl Membership {
    /// Whether it lasts, or is over but did for certain still last on `day`.
    fn covers(&self, day: Effective) -> bool {
        self.to.is_none_or(|to| self.from.is_certainly_before(day) && day.is_certainly_before(to))
    }
}

impl CoordinationBody {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The body after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Constituted { kind, title, on, .. } => {
                self.what = Some(What { kind, title, constituted: on });
                self.stage = Stage::Constituted;
            }
            Event::MemberAdded { membership, actor, seat, from } => {
                self.memberships.insert(membership, Membership { actor, seat, from, to: None });
            }
            Event::MembershipEnded { membership, to, .. } => {
                if let Some(ended) = self.memberships.get_mut(&membership) {
                    ended.to = Some(to);
                }
            }
            Event::Dissolved { on, .. } => {
                self.dissolved = Some(on);
                self.stage = Stage::Dissolved;
            }
            Event::Corrected { kind, title, on, .. } => {
                if let Some(what) = &mut self.what {
                    what.kind = kind.unwrap_or(what.kind);
                    what.title = title.unwrap_or_else(|| what.title.clone());
                    what.constituted = on.unwrap_or(what.constituted);
                }
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
        self
    }

    /// Whether it can be called together: it is constituted, and neither dissolved nor annulled.
    pub fn stands(&self) -> bool {
        self.stage == Stage::Constituted
    }
}

causes! {
    Constitute => Constituted { kind, title, territory, programme, deliberation, on }
    AddMember => MemberAdded { membership, actor, seat, from }
    EndMembership => MembershipEnded { membership, to, reason }
    Dissolve => Dissolved { on, reason }
    Correct => Corrected { kind, title, on, reason }
    Annul => Annulled { by, reason }
}

aggregate!(CoordinationBody, CoordinationBodyId, "coordination_body");
