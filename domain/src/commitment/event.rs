//! What is recorded of a commitment.
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::commitment::{Figure, Pledge, Settlement};
use crate::ids::{
    ActorId, CorrectionId, DocumentId, EvidenceId, InterventionId, MilestoneId, ProgrammeId, UserId,
};
use crate::measure::Quantity;
use crate::text::{Note, Title};

/// What is recorded of a commitment. Stored for ever: variants and fields are added, never renamed.
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
    /// A partner promises.
    Offered {
        /// Who promises.
        by: ActorId,
        /// To whom.
        to: ActorId,
        /// In short.
        title: Title,
        /// What and how much.
        pledge: Pledge,
        /// For which intervention.
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// The last day to keep it.
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<Date>,
    },
    /// The other side takes the promise.
    Accepted {
        /// Who.
        by: ActorId,
    },
    /// The other side does not take it.
    Declined {
        /// Who.
        by: ActorId,
        /// Why.
        reason: Note,
    },
    /// A step with a day of its own.
    MilestoneAdded {
        /// Its id.
        milestone: MilestoneId,
        /// In short.
        title: Title,
        /// Its last day.
        due: Date,
    },
    /// A step moves; its first day stays known.
    MilestoneRescheduled {
        /// Which step.
        milestone: MilestoneId,
        /// Its new last day.
        due: Date,
        /// Why.
        reason: Note,
    },
    /// The partner shows what was done.
    EvidenceSubmitted {
        /// Who shows it.
        by: ActorId,
        /// Its id.
        evidence: EvidenceId,
        /// For which step.
        #[serde(skip_serializing_if = "Option::is_none")]
        milestone: Option<MilestoneId>,
        /// The files.
        documents: Vec<DocumentId>,
        /// How much it is said to prove, in the pledge's unit.
        claimed: Quantity,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// Somebody else than the offerer agrees that it was done.
    FulfilmentConfirmed {
        /// Who.
        by: ActorId,
        /// On which evidence.
        evidence: EvidenceId,
        /// How much, in the pledge's unit.
        confirmed: Quantity,
        /// More than was promised, said on purpose.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        exceeding: bool,
    },
    /// The evidence does not prove it.
    EvidenceRejected {
        /// Who says so.
        by: ActorId,
        /// Which evidence.
        evidence: EvidenceId,
        /// Why.
        reason: Note,
    },
    /// The offerer takes the promise back.
    Withdrawn {
        /// Who.
        by: ActorId,
        /// Why.
        reason: Note,
    },
    /// Nobody expects it any more.
    Lapsed {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
    },
    /// The two sides disagree.
    Disputed {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
    },
    /// The disagreement ends.
    Settled {
        /// Who says so.
        by: ActorId,
        /// How.
        settlement: Settlement,
        /// Why.
        reason: Note,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// In short.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// The last day to keep it.
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<Date>,
        /// For which intervention.
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// Why.
        reason: Note,
    },
    /// A milestone was written down wrongly; what is left out stays as it was.
    MilestoneCorrected {
        /// Which milestone.
        milestone: MilestoneId,
        /// In short.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// Its last day.
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<Date>,
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
