//! The mutations of funding requests. Granting and revoking write the programme's envelope in the
//! same submission, so that an envelope is never over-allocated.
use domain::effective::Effective;
use domain::funding_call::FundingCall;
use domain::funding_request::{Advice, Command, FundingRequest, Window};
use domain::ids::{
    ActorId, AgreementId, AmendmentId, CorrectionId, DisbursementId, DocumentId, EnvelopeId,
    ExpenditureId, FundingCallId, FundingRequestId, InterventionId, ProgrammeId, RefundId,
};
use domain::money::{Currency, Money};
use domain::permission::{Needs, Power};
use domain::programme::{self, Programme};
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use jiff::civil::Date;
use projections::Models;
use projections::amounts::Amounts;
use projections::funding::Outcome;

use super::commands;
use super::desk::Desk;
use super::figures::{ExpenditureFigureInput, FundingFigureInput};
use super::inputs::{ExchangeInput, OrNew, Words};
use crate::app::Request;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::values::MoneyInput;
use crate::graphql::view::Seen;

commands! {
    |desk, id| FundingRequest(FundingRequestId) as funding_request: Seen<projections::funding::Request>,
    FundingRequestMutation, FundingRequestPayload;

    /// The actor that the request acts for asks for money.
    funding_request_submit: FundingRequestSubmitInput => Submit {
        /// For what, in short.
        title: Words<Title>,
        /// The call that it answers.
        call: Option<Given<FundingCallId>>,
        /// Whose money.
        programme: Given<ProgrammeId>,
        /// From which envelope.
        envelope: Option<Given<EnvelopeId>>,
        /// For which intervention.
        intervention: Option<Given<InterventionId>>,
        /// Where.
        territories: Vec<Given<TerritoryId>>,
        /// How much is asked for; left out where it is not declared.
        asked: Option<MoneyInput>,
        /// How much the applicant brings.
        own_contribution: Option<MoneyInput>,
    }
    with { applicant: desk.actor, window: Window::NoCall, today: desk.today }
    by |command| submitted(id, command, call, desk.actor, desk.today);

    /// Whether it may be decided on.
    funding_request_check_eligibility: FundingRequestCheckEligibilityInput =>
    CheckEligibility of funding_request {
        /// Whether it may.
        eligible: bool,
        /// Why not, or on which condition.
        reason: Option<Words<Note>>,
    } with { by: desk.actor };

    /// What somebody from outside the applicant thinks of it.
    funding_request_give_opinion: FundingRequestGiveOpinionInput => GiveOpinion of funding_request {
        /// What.
        advice: Choice<Advice>,
        /// In words.
        note: Option<Words<Note>>,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor };

    /// The applicant asks otherwise.
    funding_request_reformulate: FundingRequestReformulateInput => Reformulate of funding_request {
        /// How much is asked for now.
        asked: Option<MoneyInput>,
        /// How much the applicant brings now.
        own_contribution: Option<MoneyInput>,
        /// Why.
        reason: Words<Note>,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor };

    /// It is granted; its part of the envelope is held with the same command.
    funding_request_grant: FundingRequestGrantInput => Grant of funding_request {
        /// How much.
        amount: MoneyInput,
        /// From which envelope.
        envelope: Option<Given<EnvelopeId>>,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor } by |command| granted(desk, id, command, envelope, amount);

    /// It is refused.
    funding_request_refuse: FundingRequestRefuseInput => Refuse of funding_request {
        /// Why.
        reason: Words<Note>,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor };

    /// The decision waits.
    funding_request_defer: FundingRequestDeferInput => Defer of funding_request {
        /// Why.
        reason: Words<Note>,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor };

    /// The grant becomes a contract.
    funding_request_sign_agreement: FundingRequestSignAgreementInput =>
    SignAgreement of funding_request {
        /// Who signs.
        parties: Vec<Given<ActorId>>,
        /// Over how much.
        amount: MoneyInput,
        /// The agreement itself.
        document: Option<Given<DocumentId>>,
        /// When.
        on: Given<Effective>,
    } adds agreement: AgreementId on on;

    /// The contract changes.
    funding_request_amend_agreement: FundingRequestAmendAgreementInput =>
    AmendAgreement of funding_request {
        /// Over how much it is now.
        amount: MoneyInput,
        /// Why.
        reason: Words<Note>,
        /// When.
        on: Given<Effective>,
    } adds amendment: AmendmentId on on;

    /// A payment is foreseen.
    funding_request_plan_disbursement: FundingRequestPlanDisbursementInput =>
    PlanDisbursement of funding_request {
        /// How much.
        amount: MoneyInput,
        /// By which day.
        due: Given<Date>,
    } adds disbursement: DisbursementId;

    /// A payment was made.
    funding_request_record_disbursement: FundingRequestRecordDisbursementInput =>
    RecordDisbursement of funding_request {
        /// The payment that was foreseen; left out where this one was not.
        disbursement: OrNew<DisbursementId>,
        /// Who paid.
        funder: Option<Given<ActorId>>,
        /// How much, in the agreement's currency.
        amount: MoneyInput,
        /// What it was in another currency.
        exchange: Option<ExchangeInput>,
        /// When.
        on: Given<Effective>,
    } gives disbursement on on with { today: desk.today };

    /// The beneficiary spent a sum.
    funding_request_declare_expenditure: FundingRequestDeclareExpenditureInput =>
    DeclareExpenditure of funding_request {
        /// How much, in the agreement's currency.
        amount: MoneyInput,
        /// What it was in another currency.
        exchange: Option<ExchangeInput>,
        /// The proofs.
        documents: Vec<Given<DocumentId>>,
        /// When.
        on: Given<Effective>,
    } adds expenditure: ExpenditureId on on with { by: desk.actor, today: desk.today };

    /// Somebody else than the applicant agrees with an expenditure.
    funding_request_validate_expenditure: FundingRequestValidateExpenditureInput =>
    ValidateExpenditure of funding_request {
        /// Which.
        expenditure: Given<ExpenditureId>,
    } with { by: desk.actor };

    /// The beneficiary gave a sum back.
    funding_request_record_refund: FundingRequestRecordRefundInput => RecordRefund of funding_request {
        /// How much.
        amount: MoneyInput,
        /// When.
        on: Given<Effective>,
    } adds refund: RefundId on on with { today: desk.today };

    /// The grant is taken back; what is undisbursed of it goes back to the envelope with the same
    /// command.
    funding_request_revoke: FundingRequestRevokeInput => Revoke of funding_request {
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor } by |command| revoked(desk, id, command);

    /// Everything is accounted for.
    funding_request_close: FundingRequestCloseInput => Close of funding_request {
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor };

    /// The applicant wrote it down wrongly; what is left out stays as it was.
    funding_request_correct: FundingRequestCorrectInput => Correct of funding_request {
        /// For what, in short.
        title: Option<Words<Title>>,
        /// For which intervention.
        intervention: Option<Given<InterventionId>>,
        /// Where.
        territories: Option<Vec<Given<TerritoryId>>>,
        /// Why.
        reason: Words<Note>,
    } corrects { recorded(desk, id) } with { by: desk.actor };

    /// A figure was recorded wrongly: it stays as it is until another person confirms.
    funding_request_propose_correction: FundingRequestProposeCorrectionInput => ProposeCorrection of funding_request {
        /// Which figure, and what it should say.
        figure: FundingFigureInput,
        /// Why.
        reason: Words<Note>,
    } adds correction: CorrectionId with { by: desk.actor, person: desk.person, today: desk.today };

    /// Another person than who proposed it agrees: the figure is corrected.
    funding_request_confirm_correction: FundingRequestConfirmCorrectionInput => ConfirmCorrection of funding_request {
        /// Which correction.
        correction: Given<CorrectionId>,
    } corrects { desk.corrected(correction) } with { by: desk.actor, person: desk.person };

    /// Another person than who proposed it does not agree: the figure stays as it is.
    funding_request_reject_correction: FundingRequestRejectCorrectionInput => RejectCorrection of funding_request {
        /// Which correction.
        correction: Given<CorrectionId>,
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor, person: desk.person };

    /// The applicant declared a sum wrongly: it stays as it is until another person confirms.
    funding_request_propose_expenditure_correction:
    FundingRequestProposeExpenditureCorrectionInput =>
    ProposeExpenditureCorrection of funding_request {
        /// Which sum, and what it should be.
        figure: ExpenditureFigureInput,
        /// Why.
        reason: Words<Note>,
    } adds correction: CorrectionId
    with { by: desk.actor, person: desk.person, today: desk.today };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    funding_request_annul: FundingRequestAnnulInput => Annul of funding_request {
        /// Why.
        reason: Words<Note>,
    } corrects { recorded(desk, id) } with { by: desk.actor };
}

fn recorded(desk: &Desk<'_>, id: FundingRequestId) -> Option<Position> {
    desk.models.funding.request(id).map(|it| it.submitted.position)
}

/// A submission that reads the call's window off the call itself, so that nothing is taken after a
/// closing that is recorded at the same moment.
fn submitted(
    id: FundingRequestId,
    command: Command,
    call: Option<FundingCallId>,
    applicant: ActorId,
    today: Date,
) -> impl FnOnce(Request) -> Request + Send {
    move |request| {
        let Some(call) = call else {
            return request.step::<FundingRequest>(id, command);
        };
        let needed = command.needs();
        let request = request.telling(&command);
        request.step_reading::<FundingRequest, FundingCall>(id, call, needed, move |call| {
            let mut command = command.clone();
            if let Command::Submit { window, .. } = &mut command {
                *window = call.window(applicant, today);
            }
            command
        })
    }
}

/// A grant, and its part of the envelope.
fn granted(
    desk: &Desk<'_>,
    id: FundingRequestId,
    command: Command,
    envelope: Option<EnvelopeId>,
    amount: Money,
) -> impl FnOnce(Request) -> Request + Send + use<> {
    let known = desk.models.funding.request(id);
    let programme = known.map(|it| it.programme);
    move |request| {
        let request = request.step::<FundingRequest>(id, command);
        match (programme, envelope) {
            (Some(programme), Some(envelope)) => {
                let reserve = programme::Command::ReserveEnvelope { envelope, request: id, amount };
                request.step::<Programme>(programme, reserve)
            }
            _ => request,
        }
    }
}

/// A revocation, and what goes back to the envelope.
fn revoked(
    desk: &Desk<'_>,
    id: FundingRequestId,
    command: Command,
) -> impl FnOnce(Request) -> Request + Send + use<> {
    let held = held(desk.models, id);
    move |request| {
        let request = request.step::<FundingRequest>(id, command);
        let Some((programme, envelope, currency)) = held else {
            return request;
        };
        let release = move |revoked: &FundingRequest| {
            let amount = revoked.freed_by_revocation().unwrap_or(Money::zero(currency));
            programme::Command::ReleaseEnvelope { envelope, request: id, amount }
        };
        request.step_reading::<Programme, FundingRequest>(programme, id, Power::Fund, release)
    }
}

/// The envelope that holds a part for the request, where some of that part is not paid. Says the
/// same before and after the revocation, so that the command sent again is the same command.
fn held(models: &Models, id: FundingRequestId) -> Option<(ProgrammeId, EnvelopeId, Currency)> {
    let request = models.funding.request(id)?;
    let envelope = models.programmes.envelope(request.envelope?)?;
    envelope.reserved_for(id)?;
    let granted = request.decisions.iter().rev().find_map(|it| match it.outcome {
        Outcome::Granted { amount, .. } => Some(amount),
        _ => None,
    })?;
    let currency = granted.currency();
    let sum = |amounts: &Amounts| {
        let own = amounts.sums().iter().find(|it| it.currency() == currency);
        own.map_or(0, |it| it.minor())
    };
    let paid = sum(&request.disbursed) - sum(&request.refunded);
    (paid < granted.minor()).then_some((envelope.programme, envelope.id, currency))
}
