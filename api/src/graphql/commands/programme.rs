//! The mutations of programmes.
use domain::classification::{Goal, Sector};
use domain::effective::Effective;
use domain::ids::{
    ActorId, AxisId, DocumentId, EnvelopeId, ExpectedResultId, FundingRequestId, IndicatorId,
    PolicyFrameworkId, ProgrammeId,
};
use domain::measure::Quantity;
use domain::programme::{Command, Comparator, Kind, Programme};
use domain::territory::TerritoryId;
use domain::text::{Name, Note, Title};

use super::commands;
use super::inputs::{ClaimInput, Words};
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::values::{MoneyInput, PeriodInput};
use crate::graphql::view::Seen;

commands! {
    |desk, id| Programme(ProgrammeId) as programme: Seen<projections::programmes::Programme>, ProgrammeMutation, ProgrammePayload;

    /// A programme, or a project within one.
    programme_create: ProgrammeCreateInput => Create {
        /// What it is.
        kind: Choice<Kind>,
        /// Its title.
        title: Words<Title>,
        /// Its initials, where people use them.
        acronym: Option<Given<Name>>,
        /// What it is part of.
        parent: Option<Given<ProgrammeId>>,
        /// From when to when.
        period: PeriodInput,
        /// Who carries it.
        operator: Option<Given<ActorId>>,
        /// Who pays.
        #[graphql(default)]
        funders: Vec<Given<ActorId>>,
        /// Who else takes part.
        #[graphql(default)]
        partners: Vec<Given<ActorId>>,
        /// Where.
        #[graphql(default)]
        territories: Vec<Given<TerritoryId>>,
        /// What it costs; left out where it is not declared.
        budget: Option<MoneyInput>,
    };

    /// It becomes part of another.
    programme_attach: ProgrammeAttachInput => Attach of programme {
        /// Of which.
        parent: Given<ProgrammeId>,
    } with { itself: id, ancestors: desk.models.programmes.ancestors(parent) };

    /// Its parties agree on it.
    programme_agree: ProgrammeAgreeInput => Agree of programme {
        /// Who.
        parties: Vec<Given<ActorId>>,
        /// In which document.
        document: Option<Given<DocumentId>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// It runs from now on.
    programme_start: ProgrammeStartInput => Start of programme {
        /// When.
        on: Given<Effective>,
    } on on;

    /// It follows a strategy.
    programme_align: ProgrammeAlignInput => Align of programme {
        /// Which.
        framework: Given<PolicyFrameworkId>,
        /// Which axis of it.
        axis: Option<Given<AxisId>>,
    };

    /// A result that it expects.
    programme_define_result: ProgrammeDefineResultInput => DefineResult of programme {
        /// Which.
        title: Words<Title>,
    } adds result: ExpectedResultId;

    /// What a result is measured by.
    programme_define_indicator: ProgrammeDefineIndicatorInput => DefineIndicator of programme {
        /// Which result.
        result: Given<ExpectedResultId>,
        /// What is counted.
        title: Words<Title>,
        /// In which unit.
        unit: Given<Name>,
        /// The value at the beginning.
        baseline: Option<Given<Quantity>>,
    } adds indicator: IndicatorId;

    /// What an indicator should reach.
    programme_set_target: ProgrammeSetTargetInput => SetTarget of programme {
        /// Which indicator.
        indicator: Given<IndicatorId>,
        /// How much.
        value: Given<Quantity>,
        /// That, at least or at most that.
        comparator: Choice<Comparator>,
        /// By when.
        due: Given<Effective>,
    };

    /// Another target; the first stays known.
    programme_revise_target: ProgrammeReviseTargetInput => ReviseTarget of programme {
        /// Of which indicator.
        indicator: Given<IndicatorId>,
        /// How much.
        value: Given<Quantity>,
        /// That, at least or at most that.
        comparator: Choice<Comparator>,
        /// By when.
        due: Given<Effective>,
        /// Why.
        reason: Words<Note>,
    };

    /// Money is set aside for funding requests.
    programme_open_envelope: ProgrammeOpenEnvelopeInput => OpenEnvelope of programme {
        /// Its title.
        title: Words<Title>,
        /// Whose money it is.
        funder: Option<Given<ActorId>>,
        /// How much.
        amount: MoneyInput,
    } adds envelope: EnvelopeId;

    /// A part of an envelope is held for a request that was granted without naming it. Granting
    /// from an envelope holds its part by itself.
    programme_reserve_envelope: ProgrammeReserveEnvelopeInput => ReserveEnvelope of programme {
        /// Which envelope.
        envelope: Given<EnvelopeId>,
        /// For which request.
        request: Given<FundingRequestId>,
        /// How much.
        amount: MoneyInput,
    };

    /// What is held for a request goes back to the envelope. Revoking a request gives its part
    /// back by itself.
    programme_release_envelope: ProgrammeReleaseEnvelopeInput => ReleaseEnvelope of programme {
        /// Which envelope.
        envelope: Given<EnvelopeId>,
        /// Of which request.
        request: Given<FundingRequestId>,
        /// How much.
        amount: MoneyInput,
    };

    /// It ends later.
    programme_extend: ProgrammeExtendInput => Extend of programme {
        /// When.
        to: Given<Effective>,
        /// Why.
        reason: Words<Note>,
    };

    /// What one source says of it. Sources that disagree stand side by side.
    programme_report: ProgrammeReportInput => Report of programme {
        /// What the source says.
        claim: ClaimInput,
    };

    /// Which of the claims holds.
    programme_settle: ProgrammeSettleInput => Settle of programme {
        /// What holds.
        claim: ClaimInput,
        /// Why.
        reason: Words<Note>,
    };

    /// It comes to its end.
    programme_begin_closing: ProgrammeBeginClosingInput => BeginClosing of programme {
        /// When.
        on: Given<Effective>,
    } on on;

    /// It is over.
    programme_close: ProgrammeCloseInput => Close of programme {
        /// When.
        on: Given<Effective>,
    } on on;

    /// It will not be done.
    programme_cancel: ProgrammeCancelInput => Cancel of programme {
        /// Why.
        reason: Words<Note>,
    };

    /// What it is about; what was said before holds no more.
    programme_classify: ProgrammeClassifyInput => Classify of programme {
        /// Its sectors, at least one.
        sectors: Vec<Given<Sector>>,
        /// The goals that it serves, or their targets.
        #[graphql(default)]
        goals: Vec<Given<Goal>>,
    };
}
