//! A coordination body: who sits in it, and until when.
//!
//! ```text
//! Unrecorded ─Constitute─▶ Constituted ─Dissolve─▶ Dissolved
//! Constituted   members join and leave
//! every stage   Annul ─▶ Annulled
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::CoordinationBodyId;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

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

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoordinationBody {
    recorded: bool,
}

impl CoordinationBody {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Constitute { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyConstituted)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Constituted { .. });
        self
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
