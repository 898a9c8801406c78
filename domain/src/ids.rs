//! One type per noun, so that no identifier can stand where another belongs.
use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
            JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id with these 128 bits; for constants and tests.
            pub const fn from_u128(value: u128) -> Self {
                Self(Uuid::from_u128(value))
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// The ledger itself.
    LedgerId,
    /// A body that takes part: a commune, a ministry, an association, a funder.
    ActorId,
    /// The right of somebody to act for an actor.
    MandateId,
    /// A person with an account; who that is stands outside the ledger.
    UserId,
    /// A public key enrolled by an actor.
    KeyId,
    /// A strategy that programmes align with.
    PolicyFrameworkId,
    /// One axis of a policy framework.
    AxisId,
    /// A programme or a project within one.
    ProgrammeId,
    /// A result that a programme expects.
    ExpectedResultId,
    /// What a result is measured by.
    IndicatorId,
    /// Money that a programme sets aside for funding requests.
    EnvelopeId,
    /// Something done on the ground.
    InterventionId,
    /// One actor's role in one intervention, from a date to a date.
    ParticipationId,
    /// A call for projects or an open funding window.
    FundingCallId,
    /// One application for funding, from its submission to its closing.
    FundingRequestId,
    /// The agreement that contracts a granted request.
    AgreementId,
    /// A change to an agreement.
    AmendmentId,
    /// One payment from a funder.
    DisbursementId,
    /// One sum spent by a beneficiary.
    ExpenditureId,
    /// One sum given back.
    RefundId,
    /// One partner's promise.
    CommitmentId,
    /// A step of a commitment with a due date.
    MilestoneId,
    /// What a partner shows in proof of a fulfilment.
    EvidenceId,
    /// A file kept outside the ledger and named by its digest.
    DocumentId,
    /// A council's act.
    DeliberationId,
    /// A communal, provincial or regional plan.
    TerritorialPlanId,
    /// A petition of citizens.
    CitizenInitiativeId,
    /// One recorded event.
    EventId,
    /// One request to record something, made by the client so that a retry is recognised.
    CommandId,
}
