//! Calls for projects.
use std::sync::Arc;

use domain::effective::Effective;
use domain::funding_call::Event;
use domain::ids::{ActorId, EnvelopeId, FundingCallId, ProgrammeId};
use domain::money::Money;
use domain::recorded::Recorded;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use imbl::OrdMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stamp::{Rectification, Stamp};

/// How far a call has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CallStage {
    /// It is being prepared.
    Drafted,
    /// It takes requests.
    Open,
    /// It takes no more requests.
    Closed,
    /// Every request has its decision.
    Decided,
}

/// One applicant may come later than the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiver {
    /// Who.
    pub applicant: ActorId,
    /// Until when.
    pub until: Date,
    /// Why.
    pub reason: Arc<Note>,
    /// When it was recorded.
    pub stamp: Stamp,
}

/// A window in which requests are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Its id.
    pub id: FundingCallId,
    /// Its title.
    pub title: Title,
    /// Within which programme.
    pub programme: ProgrammeId,
    /// Out of which envelope.
    pub envelope: Option<EnvelopeId>,
    /// For which territories; all where none is named.
    pub territories: Arc<[TerritoryId]>,
    /// The most that one request may ask.
    pub ceiling: Option<Money>,
    /// How far it has come.
    pub stage: CallStage,
    /// When it opened.
    pub opened_on: Option<Effective>,
    /// Its last day, where one was announced.
    pub closes: Option<Date>,
    /// When it closed.
    pub closed_on: Option<Effective>,
    /// When it was decided.
    pub decided_on: Option<Effective>,
    /// Who may come later.
    pub waivers: Vec<Waiver>,
    /// When the ledger learned of it.
    pub drafted: Stamp,
    /// What of it was corrected.
    pub corrections: Vec<Rectification>,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
}

pub(super) fn apply(
    all: &mut OrdMap<FundingCallId, Arc<Call>>,
    id: FundingCallId,
    event: &Event,
    recorded: &Recorded,
) {
    let stamp = Stamp::of(recorded);
    if let Event::Drafted { title, programme, envelope, territories, ceiling } = event {
        let call = Call {
            id,
            title: title.clone(),
            programme: *programme,
            envelope: *envelope,
            territories: territories.as_slice().into(),
            ceiling: *ceiling,
            stage: CallStage::Drafted,
            opened_on: None,
            closes: None,
            closed_on: None,
            decided_on: None,
            waivers: Vec::new(),
            drafted: stamp,
            corrections: Vec::new(),
            annulled: None,
        };
        all.insert(id, Arc::new(call));
        return;
    }
    let Some(call) = all.get_mut(&id).map(Arc::make_mut) else {
        return;
    };
    match event {
        Event::Drafted { .. } => {}
        Event::Opened { on, closes } => {
            call.stage = CallStage::Open;
            call.opened_on = Some(*on);
            call.closes = *closes;
        }
        Event::WaiverRecorded { applicant, until, reason } => call.waivers.push(Waiver {
            applicant: *applicant,
            until: *until,
            reason: Arc::new(reason.clone()),
            stamp,
        }),
        Event::Closed { on } => {
            call.stage = CallStage::Closed;
            call.closed_on = Some(*on);
        }
        Event::Decided { on } => {
            call.stage = CallStage::Decided;
            call.decided_on = Some(*on);
        }
        Event::Corrected { title, envelope, territories, ceiling, reason } => {
            if let Some(title) = title {
                call.title = title.clone();
            }
            if let Some(territories) = territories {
                call.territories = territories.as_slice().into();
            }
            call.envelope = envelope.or(call.envelope);
            call.ceiling = ceiling.or(call.ceiling);
            call.corrections.push(Rectification::of(recorded, reason));
        }
        Event::DatesCorrected { opened, closes, closed, decided, reason } => {
            call.opened_on = opened.or(call.opened_on);
            call.closes = closes.or(call.closes);
            call.closed_on = closed.or(call.closed_on);
            call.decided_on = decided.or(call.decided_on);
            call.corrections.push(Rectification::of(recorded, reason));
        }
        Event::Annulled { reason, .. } => {
            call.annulled = Some(Rectification::of(recorded, reason));
        }
    }
}
