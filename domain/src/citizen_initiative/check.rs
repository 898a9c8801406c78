//! What a citizens' initiative allows.
use super::{
    CitizenInitiative, Command, DELIBERATIONS_MAX, ENDORSEMENTS_MAX, Event, GROUPS_MAX, Refusal,
    Said, Stage,
};
use crate::aggregate::ensure;
use crate::effective::Effective;
use crate::indicator::SMALL_CELL_MAX;
use crate::measure::Quantity;
use crate::territory::TerritoryId;

/// Not with a council's answer yet.
const WAITING: &[Stage] = &[Stage::Received, Stage::Endorsed, Stage::Referred];
/// Whatever counts.
const STANDING: &[Stage] = &[Stage::Received, Stage::Endorsed, Stage::Referred, Stage::Answered];

impl CitizenInitiative {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Receive { territory, groups, signatures, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyReceived)?;
                must_fit(groups.len(), GROUPS_MAX)?;
                must_not_point_at_persons(*signatures, *territory)
            }
            Command::Endorse { by, .. } => {
                self.must_stand_at(WAITING)?;
                ensure(!self.endorsers.contains(by), Refusal::AlreadyEndorsed)?;
                must_fit(self.endorsers.len() + 1, ENDORSEMENTS_MAX)
            }
            Command::Refer { on, .. } => {
                self.must_stand_at(&[Stage::Received, Stage::Endorsed])?;
                self.must_follow_reception(*on)
            }
            Command::LinkDeliberation { deliberation, on } => {
                self.must_stand_at(&[Stage::Referred, Stage::Answered])?;
                let new = !self.deliberations.contains(deliberation);
                ensure(new, Refusal::AlreadyLinked)?;
                must_fit(self.deliberations.len() + 1, DELIBERATIONS_MAX)?;
                self.must_follow_reception(*on)
            }
            Command::Correct { .. } => {
                self.must_stand_at(STANDING)?;
                self.said.as_ref().map_or(Ok(()), |said| self.can_correct(said, command))
            }
            Command::Annul { .. } => self.must_stand_at(STANDING),
        }
    }

    fn can_correct(&self, said: &Said, command: &Command) -> Result<(), Refusal> {
        let corrected = said.clone().corrected(Event::from(command.clone()));
        ensure(corrected != *said, Refusal::NothingCorrected)?;
        must_fit(corrected.groups.len(), GROUPS_MAX)?;
        must_not_point_at_persons(corrected.signatures, corrected.territory)?;
        self.referred.map_or(Ok(()), |on| must_follow(on, corrected.on))
    }

    fn must_follow_reception(&self, on: Effective) -> Result<(), Refusal> {
        self.said.as_ref().map_or(Ok(()), |said| must_follow(on, said.on))
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotReceived)?;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

fn must_follow(on: Effective, received: Effective) -> Result<(), Refusal> {
    let early = on.is_certainly_before(received);
    ensure(!early, Refusal::BeforeReception { on, received })
}

/// Nobody signed alone: a count so small names its signatories to whoever lives there.
fn must_not_point_at_persons(
    signatures: Option<Quantity>,
    territory: TerritoryId,
) -> Result<(), Refusal> {
    let Some(count) = signatures.map(Quantity::get) else { return Ok(()) };
    ensure(count > 0, Refusal::NothingSigned)?;
    let close = territory.get().level.is_below_province();
    ensure(!(close && count <= SMALL_CELL_MAX), Refusal::SmallCount { count })
}

fn must_fit(number: usize, max: usize) -> Result<(), Refusal> {
    ensure(number <= max, Refusal::TooMany { max })
}
