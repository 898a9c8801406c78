//! The mutations of funding calls.
use domain::effective::Effective;
use domain::funding_call::{Command, FundingCall};
use domain::ids::{ActorId, EnvelopeId, FundingCallId, ProgrammeId};
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use jiff::civil::Date;

use super::commands;
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
}
