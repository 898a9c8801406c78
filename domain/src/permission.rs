//! Who may do what: one table from each command to the power that it needs, and one decision.
//!
//! A rule on *which* actor may take a step (only the offerer withdraws) is the aggregate's own. The
//! opening of a ledger is not in the table: it comes before any actor, and whoever starts the
//! program does it.
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::aggregate::{Refused, ensure};
use crate::ids::{ActorId, MandateId};
use crate::{
    actor, awareness_action, capitalisation_item, citizen_initiative, commitment,
    coordination_body, deliberation, document, funding_call, funding_request, indicator,
    intervention, meeting, mobility_map, mobility_placement, policy_framework, programme,
    service_unit, sourcing, territorial_plan, training_cohort,
};

/// What a mandate lets its holder do for its actor.
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
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Power {
    /// Keep the directory, programmes, frameworks, calls and interventions of the region.
    Coordinate,
    /// Offer, accept, withdraw: bind the actor.
    Sign,
    /// Submit evidence, measurements, expenditures, documents.
    Report,
    /// Check eligibility, give opinions, confirm fulfilments, accept measurements, validate.
    Verify,
    /// Decide on funding, sign agreements, disburse.
    Fund,
    /// Read everything, write nothing.
    Audit,
    /// Grant and revoke mandates and keys.
    Administer,
}

/// Somebody who acts for an actor, as the ledger knows it when the command arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// For whom.
    pub actor: ActorId,
    /// By which right.
    pub mandate: MandateId,
    /// What the mandate lets its holder do.
    pub powers: BTreeSet<Power>,
    /// Whether the actor is registered, and neither suspended nor at an end.
    pub actor_active: bool,
    /// Whether the mandate was granted, not revoked, and today is one of its days.
    pub mandate_in_force: bool,
}

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Denied {
    /// Nobody is named.
    #[error("name the actor and the mandate that you act under")]
    NoMandate,
    /// The actor is not known, suspended, merged or dissolved.
    #[error("the actor that you act for is not registered, or suspended, merged or dissolved")]
    ActorNotActive,
    /// It was not granted by that actor, is over, has not begun, or was revoked.
    #[error("the mandate that you act under is not in force")]
    MandateNotInForce,
    /// It does not let its holder do this.
    #[error("the mandate that you act under lacks the power to {}", <&str>::from(needed))]
    PowerMissing {
        /// What it would need.
        needed: Power,
    },
}

impl Refused for Denied {
    fn code(&self) -> String {
        <&str>::from(self).to_owned()
    }
}

/// Whether whoever is `acting` may do what needs the power `needed`.
pub fn decide(acting: Option<&Acting>, needed: Power) -> Result<(), Denied> {
    let acting = acting.ok_or(Denied::NoMandate)?;
    ensure(acting.actor_active, Denied::ActorNotActive)?;
    ensure(acting.mandate_in_force, Denied::MandateNotInForce)?;
    let has = acting.powers.contains(&needed);
    ensure(has, Denied::PowerMissing { needed })
}

/// A command, and the power that it needs.
pub trait Needs {
    /// The power.
    fn needs(&self) -> Power;
}

/// Makes the table and, from its rows, what each command needs: the compiler refuses a command
/// without a row.
macro_rules! needs {
    ($($module:ident { $($power:ident: $($command:ident),+;)+ })+) => {
        /// Each aggregate's module, each of its commands, and the power that it needs.
        pub const TABLE: &[(&str, &str, Power)] = &[
            $($($((stringify!($module), stringify!($command), Power::$power)),+),+),+
        ];

        $(impl Needs for $module::Command {
            fn needs(&self) -> Power {
                match self {
                    $($(Self::$command { .. })|+ => Power::$power),+
                }
            }
        })+
    };
}

needs! {
    actor {
        Coordinate: Register, AddAlias, Merge, Suspend, Reinstate, Dissolve, Correct, WithdrawAlias,
            Annul;
        Administer: GrantMandate, RevokeMandate, EnrolKey, RevokeKey;
    }
    policy_framework {
        Coordinate: Adopt, DefineAxis, Supersede, Correct, CorrectAxis, Annul;
    }
    programme {
        Coordinate: Create, Attach, Agree, Start, Align, DefineResult, DefineIndicator, SetTarget,
            ReviseTarget, Extend, Settle, BeginClosing, Close, Cancel, Classify, Correct,
            CorrectResult, CorrectIndicator, Annul;
        Report: Report;
        Fund: OpenEnvelope, ReserveEnvelope, ReleaseEnvelope, ProposeCorrection,
            ConfirmCorrection, RejectCorrection;
    }
    indicator {
        Report: Submit;
        Verify: Return, Accept, Lock, Correct, DeclareShared, Annul;
    }
    intervention {
        Coordinate: Propose, LinkOrigin, Adopt, AddParticipant, EndParticipation, StartPhase,
            CompletePhase, IntegrateInPlan, Complete, Commission, RecordRecurringEvent, Suspend,
            Resume, Abandon, Close, Classify, Correct, CorrectParticipation, AnnulParticipation,
            CorrectPhase, CorrectDates, AnnulPart, Annul;
        Report: ProposeCorrection;
        Verify: ConfirmCorrection, RejectCorrection;
    }
    funding_call {
        Coordinate: Draft, Open, RecordWaiver, Close, Correct, CorrectDates, Annul;
        Fund: Decide;
    }
    funding_request {
        Sign: Submit, Reformulate, Correct;
        Verify: CheckEligibility, GiveOpinion, ValidateExpenditure;
        Fund: Grant, Refuse, Defer, SignAgreement, AmendAgreement, PlanDisbursement,
            RecordDisbursement, RecordRefund, Revoke, Close, ProposeCorrection, ConfirmCorrection,
            RejectCorrection;
        Report: DeclareExpenditure, ProposeExpenditureCorrection;
        Coordinate: Annul;
    }
    commitment {
        Sign: Offer, Accept, Decline, AddMilestone, RescheduleMilestone, Withdraw, Dispute,
            Correct, CorrectMilestone;
        Report: SubmitEvidence, ProposeCorrection;
        Verify: ConfirmFulfilment, RejectEvidence, ConfirmCorrection, RejectCorrection;
        // The power to sign for a party is not enough to write a promise off or to settle a dispute.
        Coordinate: Lapse, Settle, Annul;
    }
    document {
        Report: Register, WithdrawConsent, Correct;
        Sign: Attest;
        Coordinate: Annul;
    }
    citizen_initiative {
        Report: Receive, LinkDeliberation, Correct;
        Sign: Endorse;
        Coordinate: Refer, Annul;
    }
    deliberation {
        Report: Table, Adopt, Reject, Postpone, Annul, Correct;
    }
    territorial_plan {
        Report: Start, DefineObjective, RecordMainstreaming, AddAction, LinkIntervention, Draft,
            Adopt, EnterIntoForce, Review, Expire, Correct;
        Coordinate: AnnulMainstreaming, Annul;
    }
    service_unit {
        Sign: Decide, AgreeReferral, EndReferral;
        Report: Open, ReportActivity, CorrectActivity, Suspend, Resume, Close, Correct;
        Coordinate: Annul;
    }
    coordination_body {
        Coordinate: Constitute, AddMember, EndMembership, Dissolve, Correct, Annul;
    }
    meeting {
        Coordinate: Convene, Hold, Cancel, RecordDecision, AssignAction, RescheduleAction,
            ApproveMinutes, Correct, Annul;
        Report: CloseAction, RecordMinutes;
    }
    capitalisation_item {
        Report: Draft, LinkEvidence, Correct;
        Verify: Review;
        Coordinate: Publish, Supersede, Withdraw, Annul;
    }
    training_cohort {
        Report: Plan, RecordSession, RecordCompletion, Cancel, Correct;
        Verify: CorrectCompletion;
        Coordinate: Annul;
    }
    awareness_action {
        Report: Plan, RecordSession, RecordCompletion, Cancel, Correct;
        Verify: CorrectCompletion;
        Coordinate: Annul;
    }
    mobility_map {
        Report: Draft, AddOpportunity, VerifyOpportunity, ExpireOpportunity, Correct;
        Verify: Validate;
        Coordinate: Publish, Expire, Annul;
    }
    mobility_placement {
        Report: Propose, RecordDeparture, RecordReturn, End, Correct;
        Verify: CorrectDeparture;
        Coordinate: Annul;
    }
    sourcing {
        Report: Attribute, RecordConflict, AddClaim;
        Coordinate: Settle;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Note;

    /// One line for each aggregate and power, in the words of the code: kept apart from the table, so
    /// that nobody widens a power by a slip of the hand.
    const EXPECTED: &str = include_str!("permission/expected.txt");

    #[test]
    fn each_command_needs_the_power_that_the_table_gives() {
        let rows = TABLE.chunk_by(|one, next| (one.0, one.2) == (next.0, next.2)).map(|rows| {
            let (aggregate, _, power) = rows[0];
            let commands: Vec<_> = rows.iter().map(|row| row.1).collect();
            let (power, commands): (&str, _) = (power.into(), commands.join(" "));
            format!("{aggregate:<19} {power:<10} {commands}\n")
        });
        let table: String = rows.collect();
        assert_eq!(table, EXPECTED);
    }

    #[test]
    fn an_auditor_writes_nothing() {
        assert!(TABLE.iter().all(|(_, _, needed)| *needed != Power::Audit));
    }

    #[test]
    fn what_a_command_needs_is_read_off_the_table() {
        let reason = Note::fr("Plus actif").expect("a note");
        let suspend = actor::Command::Suspend { reason: reason.clone() };
        assert_eq!(suspend.needs(), Power::Coordinate);
        let revoke = actor::Command::RevokeMandate { mandate: MandateId::from_u128(2), reason };
        assert_eq!(revoke.needs(), Power::Administer);
    }

    fn acting() -> Acting {
        Acting {
            actor: ActorId::from_u128(1),
            mandate: MandateId::from_u128(2),
            powers: BTreeSet::from([Power::Sign, Power::Report]),
            actor_active: true,
            mandate_in_force: true,
        }
    }

    #[test]
    fn a_mandate_in_force_of_an_active_actor_allows_its_powers_and_no_other() {
        assert_eq!(decide(Some(&acting()), Power::Sign), Ok(()));
        let needed = Power::Fund;
        let missing = Denied::PowerMissing { needed };
        assert_eq!(decide(Some(&acting()), needed), Err(missing));
    }

    #[test]
    fn without_an_active_actor_and_a_mandate_in_force_nothing_is_allowed() {
        assert_eq!(decide(None, Power::Sign), Err(Denied::NoMandate));
        let suspended = Acting { actor_active: false, ..acting() };
        let denied = Err(Denied::ActorNotActive);
        assert_eq!(decide(Some(&suspended), Power::Sign), denied);
        let expired = Acting { mandate_in_force: false, ..acting() };
        let denied = Err(Denied::MandateNotInForce);
        assert_eq!(decide(Some(&expired), Power::Sign), denied);
    }

    #[test]
    fn a_denial_travels_with_a_stable_code_and_what_was_needed() {
        let needed = Power::Fund;
        let codes = [
            (Denied::NoMandate, "NO_MANDATE"),
            (Denied::ActorNotActive, "ACTOR_NOT_ACTIVE"),
            (Denied::MandateNotInForce, "MANDATE_NOT_IN_FORCE"),
            (Denied::PowerMissing { needed }, "POWER_MISSING"),
        ];
        for (denied, code) in codes {
            assert_eq!(denied.code(), code);
        }
        let refusal = crate::aggregate::Refusal::from(Denied::PowerMissing { needed });
        assert_eq!(refusal.details["needed"], "fund");
        assert_eq!(refusal.message, "the mandate that you act under lacks the power to fund");
    }
}
