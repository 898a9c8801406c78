//! What is recorded of a programme.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::classification::{Goal, Sector};
use crate::effective::{Effective, Period};
use crate::ids::{
    ActorId, AxisId, DocumentId, EnvelopeId, ExpectedResultId, FundingRequestId, IndicatorId,
    PolicyFrameworkId, ProgrammeId,
};
use crate::measure::Quantity;
use crate::money::Money;
use crate::programme::{Claim, Comparator, Kind};
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
}
