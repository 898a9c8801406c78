//! What is asked of a service unit.
use jiff::civil::Date;
use serde::Serialize;

use crate::effective::Effective;
use crate::ids::{ActorId, DeliberationId, DocumentId, InterventionId, ReferralId};
use crate::population::PopulationGroup;
use crate::service_unit::{Count, PartnerKind, Service};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is asked of a service unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Decide {
        by: ActorId,
        title: Title,
        territory: TerritoryId,
        services: Vec<Service>,
        groups: Vec<PopulationGroup>,
        intervention: Option<InterventionId>,
        deliberation: Option<DeliberationId>,
        on: Effective,
    },
    Open {
        on: Effective,
    },
    AgreeReferral {
        referral: ReferralId,
        partner: ActorId,
        kind: PartnerKind,
        services: Vec<Service>,
        document: Option<DocumentId>,
        on: Effective,
    },
    EndReferral {
        referral: ReferralId,
        reason: Option<Note>,
        on: Effective,
    },
    ReportActivity {
        by: ActorId,
        month: Effective,
        counts: Vec<Count>,
        // Looked up for the decision, not in the event: what day it is.
        #[serde(skip)]
        today: Date,
    },
    CorrectActivity {
        by: ActorId,
        month: Effective,
        counts: Vec<Count>,
        reason: Note,
    },
    Suspend {
        on: Effective,
        reason: Note,
    },
    Resume {
        on: Effective,
    },
    Close {
        on: Effective,
        reason: Option<Note>,
    },
    Correct {
        title: Option<Title>,
        territory: Option<TerritoryId>,
        services: Option<Vec<Service>>,
        groups: Option<Vec<PopulationGroup>>,
        on: Option<Effective>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
