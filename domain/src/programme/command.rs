//! What is asked of a programme.
use serde::Serialize;

use crate::classification::{Goal, Sector};
use crate::effective::{Effective, Period};
use crate::ids::{
    ActorId, AxisId, CorrectionId, DocumentId, EnvelopeId, ExpectedResultId, FundingRequestId,
    IndicatorId, PolicyFrameworkId, ProgrammeId, UserId,
};
use crate::measure::Quantity;
use crate::money::Money;
use crate::programme::{Claim, Comparator, Figure, Kind};
use crate::territory::TerritoryId;
use crate::text::{Name, Note, Title};

/// What is asked of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Create {
        kind: Kind,
        title: Title,
        acronym: Option<Name>,
        parent: Option<ProgrammeId>,
        period: Period,
        operator: Option<ActorId>,
        funders: Vec<ActorId>,
        partners: Vec<ActorId>,
        territories: Vec<TerritoryId>,
        budget: Option<Money>,
    },
    Attach {
        parent: ProgrammeId,
        #[serde(skip)]
        itself: ProgrammeId,
        #[serde(skip)]
        ancestors: Vec<ProgrammeId>,
    },
    Agree {
        parties: Vec<ActorId>,
        document: Option<DocumentId>,
        on: Effective,
    },
    Start {
        on: Effective,
    },
    Align {
        framework: PolicyFrameworkId,
        axis: Option<AxisId>,
    },
    DefineResult {
        result: ExpectedResultId,
        title: Title,
    },
    DefineIndicator {
        indicator: IndicatorId,
        result: ExpectedResultId,
        title: Title,
        unit: Name,
        baseline: Option<Quantity>,
    },
    SetTarget {
        indicator: IndicatorId,
        value: Quantity,
        comparator: Comparator,
        due: Effective,
    },
    ReviseTarget {
        indicator: IndicatorId,
        value: Quantity,
        comparator: Comparator,
        due: Effective,
        reason: Note,
    },
    OpenEnvelope {
        envelope: EnvelopeId,
        title: Title,
        funder: Option<ActorId>,
        amount: Money,
    },
    ReserveEnvelope {
        envelope: EnvelopeId,
        request: FundingRequestId,
        amount: Money,
    },
    ReleaseEnvelope {
        envelope: EnvelopeId,
        request: FundingRequestId,
        amount: Money,
    },
    Extend {
        to: Effective,
        reason: Note,
    },
    Report {
        claim: Claim,
    },
    Settle {
        claim: Claim,
        reason: Note,
    },
    BeginClosing {
        on: Effective,
    },
    Close {
        on: Effective,
    },
    Cancel {
        reason: Note,
    },
    Classify {
        sectors: Vec<Sector>,
        goals: Vec<Goal>,
    },
    Correct {
        title: Option<Title>,
        acronym: Option<Name>,
        period: Option<Period>,
        operator: Option<ActorId>,
        funders: Option<Vec<ActorId>>,
        partners: Option<Vec<ActorId>>,
        territories: Option<Vec<TerritoryId>>,
        reason: Note,
    },
    CorrectResult {
        result: ExpectedResultId,
        title: Title,
        reason: Note,
    },
    CorrectIndicator {
        indicator: IndicatorId,
        title: Option<Title>,
        unit: Option<Name>,
        baseline: Option<Quantity>,
        reason: Note,
    },
    ProposeCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
        figure: Figure,
        reason: Note,
    },
    ConfirmCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
    },
    RejectCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
        // How many projects, calls, requests and so on are part of it: looked up, not in the event.
        #[serde(skip)]
        named_by: usize,
    },
}
