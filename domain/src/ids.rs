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
    /// What a territorial plan wants to reach.
    ObjectiveId,
    /// What a territorial plan is to do.
    PlanActionId,
    /// An office that receives people.
    ServiceUnitId,
    /// An agreement by which a partner takes on people whom a service unit sends.
    ReferralId,
    /// A body in which actors decide together.
    CoordinationBodyId,
    /// An actor's seat in a coordination body, from a date to a date.
    MembershipId,
    /// A meeting of a coordination body.
    MeetingId,
    /// What a coordination body decided.
    BodyDecisionId,
    /// What somebody is to do because of a meeting.
    ActionPointId,
    /// What was learnt, for others to use.
    CapitalisationItemId,
    /// A group that is trained together.
    TrainingCohortId,
    /// An action by which people are told something.
    AwarenessActionId,
    /// The regular pathways to one country.
    MobilityMapId,
    /// One regular pathway of a mobility map.
    OpportunityId,
    /// A group that goes abroad together.
    MobilityPlacementId,
    /// A correction that a second person has to confirm.
    CorrectionId,
    /// What is known of the sources on one subject.
    SourcingId,
    /// A disagreement between sources.
    ConflictId,
    /// What one source says in a disagreement.
    ClaimId,
    /// One recorded event.
    EventId,
    /// One request to record something, made by the client so that a retry is recognised.
    CommandId,
}
