//! What is recorded of a programme.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

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

/// What is recorded of a programme. Stored for ever: variants and fields are added, never renamed.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantNames,
    EnumCount,
)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// A programme or project is written down.
    Created {
        /// Programme or project.
        kind: Kind,
        /// Its full name.
        title: Title,
        /// Its short name: PRIM, MTD II.
        #[serde(skip_serializing_if = "Option::is_none")]
        acronym: Option<Name>,
        /// The programme that it is part of.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<ProgrammeId>,
        /// From when to when.
        period: Period,
        /// Who carries it out.
        #[serde(skip_serializing_if = "Option::is_none")]
        operator: Option<ActorId>,
        /// Who pays.
        funders: Vec<ActorId>,
        /// Who takes part.
        partners: Vec<ActorId>,
        /// Where.
        territories: Vec<TerritoryId>,
        /// Its cost; nothing where it is not declared.
        #[serde(skip_serializing_if = "Option::is_none")]
        budget: Option<Money>,
    },
    /// It becomes part of another programme.
    Attached {
        /// The programme that it is part of.
        parent: ProgrammeId,
    },
    /// Its parties sign.
    Agreed {
        /// Who signed.
        parties: Vec<ActorId>,
        /// The signed text.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// When.
        on: Effective,
    },
    /// Work begins.
    Started {
        /// When.
        on: Effective,
    },
    /// It serves a strategy.
    Aligned {
        /// Which strategy.
        framework: PolicyFrameworkId,
        /// Which axis of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        axis: Option<AxisId>,
    },
    /// It expects a result.
    ResultDefined {
        /// Its id.
        result: ExpectedResultId,
        /// In short.
        title: Title,
    },
    /// A result is measured by an indicator.
    IndicatorDefined {
        /// Its id.
        indicator: IndicatorId,
        /// Which result.
        result: ExpectedResultId,
        /// In short.
        title: Title,
        /// What is counted: persons, maps, communes.
        unit: Name,
        /// The value before the programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        baseline: Option<Quantity>,
    },
    /// What an indicator is to reach.
    TargetSet {
        /// Which indicator.
        indicator: IndicatorId,
        /// The value to reach, in the indicator's unit.
        value: Quantity,
        /// How the measured value is compared with it.
        comparator: Comparator,
        /// By when.
        due: Effective,
    },
    /// An indicator is to reach something else; the first target stays known.
    TargetRevised {
        /// Which indicator.
        indicator: IndicatorId,
        /// The value to reach, in the indicator's unit.
        value: Quantity,
        /// How the measured value is compared with it.
        comparator: Comparator,
        /// By when.
        due: Effective,
        /// Why.
        reason: Note,
    },
    /// Money is set aside for funding requests.
    EnvelopeOpened {
        /// Its id.
        envelope: EnvelopeId,
        /// In short.
        title: Title,
        /// Whose money it is.
        #[serde(skip_serializing_if = "Option::is_none")]
        funder: Option<ActorId>,
        /// How much there is to give.
        amount: Money,
    },
    /// A granted request takes its part of an envelope.
    EnvelopeReserved {
        /// Which envelope.
        envelope: EnvelopeId,
        /// For which request.
        request: FundingRequestId,
        /// How much is taken.
        amount: Money,
    },
    /// A revoked request gives back what was not used.
    EnvelopeReleased {
        /// Which envelope.
        envelope: EnvelopeId,
        /// Of which request.
        request: FundingRequestId,
        /// How much is free again.
        amount: Money,
    },
    /// It ends later.
    Extended {
        /// Its new end.
        to: Effective,
        /// Why.
        reason: Note,
    },
    /// A source says something about it.
    Reported {
        /// What the source says.
        claim: Claim,
    },
    /// Somebody decides what holds where sources disagree.
    Settled {
        /// What holds.
        claim: Claim,
        /// Why.
        reason: Note,
    },
    /// Work ends, accounts are being settled.
    ClosingBegun {
        /// When.
        on: Effective,
    },
    /// All is settled.
    Closed {
        /// When.
        on: Effective,
    },
    /// It will not be carried through.
    Cancelled {
        /// Why.
        reason: Note,
    },
    /// What it is about; what was said before holds no more.
    Classified {
        /// Its sectors.
        sectors: Vec<Sector>,
        /// The goals that it serves.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        goals: Vec<Goal>,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// Its full name.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// Its short name.
        #[serde(skip_serializing_if = "Option::is_none")]
        acronym: Option<Name>,
        /// From when to when.
        #[serde(skip_serializing_if = "Option::is_none")]
        period: Option<Period>,
        /// Who carries it out.
        #[serde(skip_serializing_if = "Option::is_none")]
        operator: Option<ActorId>,
        /// Who pays.
        #[serde(skip_serializing_if = "Option::is_none")]
        funders: Option<Vec<ActorId>>,
        /// Who takes part.
        #[serde(skip_serializing_if = "Option::is_none")]
        partners: Option<Vec<ActorId>>,
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        territories: Option<Vec<TerritoryId>>,
        /// Why.
        reason: Note,
    },
    /// A result was written down wrongly.
    ResultCorrected {
        /// Which result.
        result: ExpectedResultId,
        /// In short.
        title: Title,
        /// Why.
        reason: Note,
    },
    /// An indicator was written down wrongly; what is left out stays as it was.
    IndicatorCorrected {
        /// Which indicator.
        indicator: IndicatorId,
        /// What is counted.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// In which unit.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Name>,
        /// The value at the beginning.
        #[serde(skip_serializing_if = "Option::is_none")]
        baseline: Option<Quantity>,
        /// Why.
        reason: Note,
    },
    /// A figure was recorded wrongly; it stays as it is until another person confirms.
    CorrectionProposed {
        /// For whom somebody proposes it.
        by: ActorId,
        /// Which person.
        person: UserId,
        /// Its id.
        correction: CorrectionId,
        /// Which figure, and what it should say.
        figure: Figure,
        /// Why.
        reason: Note,
    },
    /// Another person agrees: the figure says from now on what was proposed.
    CorrectionConfirmed {
        /// For whom somebody confirms it.
        by: ActorId,
        /// Which person.
        person: UserId,
        /// Which correction.
        correction: CorrectionId,
    },
    /// Another person does not agree: the figure stays as it is.
    CorrectionRejected {
        /// For whom somebody rejects it.
        by: ActorId,
        /// Which person.
        person: UserId,
        /// Which correction.
        correction: CorrectionId,
        /// Why.
        reason: Note,
    },
    /// It was recorded by mistake: it counts nowhere, and stays visible.
    Annulled {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
    },
}
