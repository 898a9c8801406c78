//! The mutations of funding calls.
use domain::effective::Effective;
use domain::funding_call::{Command, FundingCall};
use domain::ids::{ActorId, EnvelopeId, FundingCallId, ProgrammeId};
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use jiff::civil::Date;

use super::commands;
use super::desk::Desk;
use super::inputs::Words;
use crate::graphql::scalars::Given;
use crate::graphql::values::MoneyInput;
use crate::graphql::view::Seen;

commands! {
    |desk, id| FundingCall(FundingCallId) as funding_call: Seen<projections::funding::Call>,
    FundingCallMutation, FundingCallPayload;

    /// A call for projects, or a window that stays open.
    funding_call_draft: FundingCallDraftInput => Draft {
        /// Its title.
        title: Words<Title>,
        /// Whose money it gives.
        programme: Given<ProgrammeId>,
        /// From which envelope.
        envelope: Option<Given<EnvelopeId>>,
        /// Where.
        territories: Vec<Given<TerritoryId>>,
        /// The most that one request may ask for.
        ceiling: Option<MoneyInput>,
    };

    /// Requests are taken from now on.
    funding_call_open: FundingCallOpenInput => Open of funding_call {
        /// When it opens.
        on: Given<Effective>,
        /// Its last day.
        closes: Option<Given<Date>>,
    } on on;

    /// One applicant may still submit after the closing.
    funding_call_record_waiver: FundingCallRecordWaiverInput => RecordWaiver of funding_call {
        /// Who.
        applicant: Given<ActorId>,
        /// Until which day, included.
        until: Given<Date>,
        /// Why.
        reason: Words<Note>,
    };

    /// No request is taken any more.
    funding_call_close: FundingCallCloseInput => Close of funding_call {
        /// When it closed.
        on: Given<Effective>,
    } on on;

    /// Every request has its answer.
    funding_call_decide: FundingCallDecideInput => Decide of funding_call {
        /// When.
        on: Given<Effective>,
    } on on;

    /// It was written down wrongly; what is left out stays as it was.
    funding_call_correct: FundingCallCorrectInput => Correct of funding_call {
        /// Its title.
        title: Option<Words<Title>>,
        /// The money that is set aside for it.
        envelope: Option<Given<EnvelopeId>>,
        /// Where it applies.
        territories: Option<Vec<Given<TerritoryId>>>,
        /// The most that one request may be granted.
        ceiling: Option<MoneyInput>,
        /// Why.
        reason: Words<Note>,
    } corrects { drafted(desk, id) };

    /// The dates of steps were written down wrongly; what is left out stays as it was.
    funding_call_correct_dates: FundingCallCorrectDatesInput => CorrectDates of funding_call {
        /// When it opened.
        opened: Option<Given<Effective>>,
        /// The last day to submit a request.
        closes: Option<Given<Date>>,
        /// When it closed.
        closed: Option<Given<Effective>>,
        /// When the requests had their answers.
        decided: Option<Given<Effective>>,
        /// Why.
        reason: Words<Note>,
    } corrects { drafted(desk, id) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    funding_call_annul: FundingCallAnnulInput => Annul of funding_call {
        /// Why.
        reason: Words<Note>,
    } corrects { drafted(desk, id) } with { by: desk.actor, named_by: desk.models.funding.requests_of_call(id).count() };
}

fn drafted(desk: &Desk<'_>, id: FundingCallId) -> Option<Position> {
    desk.models.funding.call(id).map(|it| it.drafted.position)
}
