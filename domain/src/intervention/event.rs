//! What is recorded of an intervention.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::classification::{Goal, Sector};
use crate::effective::Effective;
use crate::ids::{
    ActorId, CorrectionId, DeliberationId, ParticipationId, ProgrammeId, TerritorialPlanId, UserId,
};
use crate::intervention::{Figure, Origin, Part, Recurrence, Role};
use crate::money::Money;
use crate::population::PopulationGroup;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is recorded of an intervention. Stored for ever: variants and fields are added, never renamed.
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
    /// Somebody has the idea.
    Proposed {
        /// What it is called.
        title: Title,
        /// In a few words.
        #[serde(skip_serializing_if = "Option::is_none")]
        summary: Option<Note>,
        /// Where.
        territories: Vec<TerritoryId>,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// Whom it is for.
        groups: Vec<PopulationGroup>,
        /// Its cost; nothing where it is not declared.
        #[serde(skip_serializing_if = "Option::is_none")]
        budget: Option<Money>,
    },
    /// What it grew out of.
    OriginLinked {
        /// What it grew out of.
        origin: Origin,
        /// When.
        on: Effective,
    },
    /// A council or another body takes it on.
    Adopted {
        /// Who.
        by: ActorId,
        /// The council's act.
        #[serde(skip_serializing_if = "Option::is_none")]
        deliberation: Option<DeliberationId>,
        /// When.
        on: Effective,
    },
    /// An actor takes part.
    ParticipantAdded {
        /// Its id.
        participation: ParticipationId,
        /// Who takes part.
        actor: ActorId,
        /// In which way.
        role: Role,
        /// Since when.
        from: Effective,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// An actor takes part no more.
    ParticipationEnded {
        /// Which participation.
        participation: ParticipationId,
        /// Until when.
        to: Effective,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
    },
    /// Work on a phase begins; several phases may run.
    PhaseStarted {
        /// Its number, from 1.
        phase: u16,
        /// What it consists of.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// When.
        on: Effective,
    },
    /// Work on a phase ends.
    PhaseCompleted {
        /// Its number, from 1.
        phase: u16,
        /// When.
        on: Effective,
    },
    /// A territorial plan takes it in.
    IntegratedInPlan {
        /// The plan, where the ledger knows it.
        #[serde(skip_serializing_if = "Option::is_none")]
        plan: Option<TerritorialPlanId>,
        /// What the plan is called.
        title: Title,
        /// When.
        on: Effective,
    },
    /// All work is done.
    Completed {
        /// When.
        on: Effective,
    },
    /// People can use it.
    Commissioned {
        /// When.
        on: Effective,
    },
    /// Something that comes back takes place there.
    RecurringEventRecorded {
        /// What it is called.
        title: Title,
        /// How often it comes back.
        recurrence: Recurrence,
        /// When.
        on: Effective,
    },
    /// Work stands still.
    Suspended {
        /// When.
        on: Effective,
        /// Why.
        reason: Note,
    },
    /// Work goes on.
    Resumed {
        /// When.
        on: Effective,
    },
    /// It will not be carried through.
    Abandoned {
        /// When.
        on: Effective,
        /// Why.
        reason: Note,
    },
    /// It ends.
    Closed {
        /// When.
        on: Effective,
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
        /// What it is called.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// In a few words.
        #[serde(skip_serializing_if = "Option::is_none")]
        summary: Option<Note>,
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        territories: Option<Vec<TerritoryId>>,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// Whom it is for.
        #[serde(skip_serializing_if = "Option::is_none")]
        groups: Option<Vec<PopulationGroup>>,
        /// Why.
        reason: Note,
    },
    /// A participation was written down wrongly; what is left out stays as it was.
    ParticipationCorrected {
        /// Which participation.
        participation: ParticipationId,
        /// In which way.
        #[serde(skip_serializing_if = "Option::is_none")]
        role: Option<Role>,
        /// Since when.
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<Effective>,
        /// Until when.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Effective>,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// Why.
        reason: Note,
    },
    /// A participation was recorded by mistake: it counts nowhere, and stays visible.
    ParticipationAnnulled {
        /// Which participation.
        participation: ParticipationId,
        /// Why.
        reason: Note,
    },
    /// A phase was written down wrongly; what is left out stays as it was.
    PhaseCorrected {
        /// Its number, from 1.
        phase: u16,
        /// What it consists of.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// When it began.
        #[serde(skip_serializing_if = "Option::is_none")]
        started: Option<Effective>,
        /// When it ended.
        #[serde(skip_serializing_if = "Option::is_none")]
        completed: Option<Effective>,
        /// Why.
        reason: Note,
    },
    /// The dates of steps were written down wrongly; what is left out stays as it was.
    DatesCorrected {
        /// When it was adopted.
        #[serde(skip_serializing_if = "Option::is_none")]
        adopted: Option<Effective>,
        /// When all work was done.
        #[serde(skip_serializing_if = "Option::is_none")]
        completed: Option<Effective>,
        /// Since when people can use it.
        #[serde(skip_serializing_if = "Option::is_none")]
        commissioned: Option<Effective>,
        /// Why.
        reason: Note,
    },
    /// An origin, a plan or a recurring event was recorded by mistake: it counts nowhere, and stays
    /// visible.
    PartAnnulled {
        /// What it is.
        part: Part,
        /// Its number among those of its sort, from 1, in the order of recording.
        number: u16,
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
