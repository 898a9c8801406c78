//! The mutations of programmes.
use domain::effective::Effective;
use domain::ids::{
    ActorId, AxisId, CorrectionId, DocumentId, EnvelopeId, ExpectedResultId, FundingRequestId,
    IndicatorId, PolicyFrameworkId, ProgrammeId,
};
use domain::measure::Quantity;
use domain::programme::{Command, Comparator, Kind, Programme};
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Name, Note, Title};

use super::commands;
use super::desk::Desk;
use super::figures::ProgrammeFigureInput;
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

    /// It was written down wrongly; what is left out stays as it was.
    programme_correct: ProgrammeCorrectInput => Correct of programme {
        /// Its title.
        title: Option<Words<Title>>,
        /// Its initials.
        acronym: Option<Given<Name>>,
        /// From when to when.
        period: Option<PeriodInput>,
        /// Who carries it.
        operator: Option<Given<ActorId>>,
        /// Who pays.
        funders: Option<Vec<Given<ActorId>>>,
        /// Who else takes part.
        partners: Option<Vec<Given<ActorId>>>,
        /// Where.
        territories: Option<Vec<Given<TerritoryId>>>,
        /// Why.
        reason: Words<Note>,
    } corrects { created(desk, id) };

    /// A result was written down wrongly.
    programme_correct_result: ProgrammeCorrectResultInput => CorrectResult of programme {
        /// Which result.
        result: Given<ExpectedResultId>,
        /// What is expected.
        title: Words<Title>,
        /// Why.
        reason: Words<Note>,
    } corrects { expected(desk, id, result) };

    /// An indicator was written down wrongly; what is left out stays as it was. Its target is
    /// revised.
    programme_correct_indicator: ProgrammeCorrectIndicatorInput => CorrectIndicator of programme {
        /// Which indicator.
        indicator: Given<IndicatorId>,
        /// What is counted.
        title: Option<Words<Title>>,
        /// In which unit.
        unit: Option<Given<Name>>,
        /// The value at the beginning.
        baseline: Option<Given<Quantity>>,
        /// Why.
        reason: Words<Note>,
    } corrects { desk.models.programmes.indicator(indicator).map(|it| it.defined.position) };

    /// A figure was recorded wrongly: it stays as it is until another person confirms.
    programme_propose_correction: ProgrammeProposeCorrectionInput => ProposeCorrection of programme {
        /// Which figure, and what it should say.
        figure: ProgrammeFigureInput,
        /// Why.
        reason: Words<Note>,
    } adds correction: CorrectionId with { by: desk.actor, person: desk.person };

    /// Another person than who proposed it agrees: the figure is corrected.
    programme_confirm_correction: ProgrammeConfirmCorrectionInput => ConfirmCorrection of programme {
        /// Which correction.
        correction: Given<CorrectionId>,
    } corrects { desk.corrected(correction) } with { by: desk.actor, person: desk.person };

    /// Another person than who proposed it does not agree: the figure stays as it is.
    programme_reject_correction: ProgrammeRejectCorrectionInput => RejectCorrection of programme {
        /// Which correction.
        correction: Given<CorrectionId>,
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor, person: desk.person };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    programme_annul: ProgrammeAnnulInput => Annul of programme {
        /// Why.
        reason: Words<Note>,
    } corrects { created(desk, id) } with { by: desk.actor, named_by: named_by(desk, id) };
}

fn created(desk: &Desk<'_>, id: ProgrammeId) -> Option<Position> {
    desk.models.programmes.get(id).map(|it| it.created.position)
}

fn expected(desk: &Desk<'_>, id: ProgrammeId, result: ExpectedResultId) -> Option<Position> {
    let known = desk.models.programmes.get(id)?;
    known.results.iter().find(|it| it.id == result).map(|it| it.defined.position)
}

/// How many projects, interventions, calls, requests and commitments are part of it.
fn named_by(desk: &Desk<'_>, id: ProgrammeId) -> usize {
    let models = desk.models;
    models.programmes.children(id).count()
        + models.interventions.of_programme(id).count()
        + models.commitments.of_programme(id).count()
        + models.funding.calls_of(id).count()
        + models.funding.requests_of_programme(id).count()
}
