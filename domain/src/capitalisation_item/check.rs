//! What a capitalisation item allows.
use super::{CapitalisationItem, Command, EVIDENCE_MAX, Event, NAMED_MAX, Refusal, Stage, Told};
use crate::aggregate::ensure;
use crate::ids::DocumentId;
use crate::recorded::Position;

/// Still used, or on its way to be.
const LIVE: &[Stage] = &[Stage::Draft, Stage::Reviewed, Stage::Published];

impl CapitalisationItem {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Draft { interventions, territories, sectors, groups, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyDrafted)?;
                must_fit(interventions)?;
                must_fit(territories)?;
                must_fit(sectors)?;
                must_fit(groups)
            }
            Command::LinkEvidence { document, event, .. } => self.must_be_new(*document, *event),
            Command::Review { by, .. } => {
                self.must_stand_at(&[Stage::Draft])?;
                ensure(self.author != Some(*by), Refusal::ReviewedByAuthor)
            }
            Command::Publish { consent, .. } => {
                self.must_stand_at(&[Stage::Reviewed])?;
                ensure(!self.evidence.is_empty(), Refusal::NoEvidence)?;
                ensure(!self.told.people_seen || consent.is_some(), Refusal::NoConsent)
            }
            Command::Supersede { successor, itself, successor_published, .. } => {
                self.must_stand_at(&[Stage::Published])?;
                ensure(successor != itself, Refusal::SupersededByItself)?;
                ensure(*successor_published, Refusal::SuccessorNotPublished)
            }
            Command::Withdraw { .. } => self.must_stand_at(LIVE),
            Command::Correct { interventions, territories, sectors, groups, .. } => {
                self.must_stand_at(LIVE)?;
                must_fit(interventions.as_deref().unwrap_or_default())?;
                must_fit(territories.as_deref().unwrap_or_default())?;
                must_fit(sectors.as_deref().unwrap_or_default())?;
                must_fit(groups.as_deref().unwrap_or_default())?;
                self.must_change(command)
            }
            Command::Annul { .. } => {
                let stage = self.stage;
                ensure(stage != Stage::Unrecorded, Refusal::NotDrafted)?;
                ensure(stage != Stage::Annulled, Refusal::OutOfTurn { stage })
            }
        }
    }

    fn must_be_new(
        &self,
        document: Option<DocumentId>,
        event: Option<Position>,
    ) -> Result<(), Refusal> {
        self.must_stand_at(LIVE)?;
        ensure(document.is_some() || event.is_some(), Refusal::NothingLinked)?;
        let known = self.evidence.contains(&(document, event));
        ensure(!known, Refusal::AlreadyLinked)?;
        let fits = self.evidence.len() < EVIDENCE_MAX;
        ensure(fits, Refusal::TooMany { max: EVIDENCE_MAX })
    }

    /// A correction changes something, and shows nobody without consent.
    fn must_change(&self, command: &Command) -> Result<(), Refusal> {
        let corrected: Told = {
            let mut told = self.told.clone();
            told.correct(Event::from(command.clone()));
            told
        };
        ensure(corrected != self.told, Refusal::NothingCorrected)?;
        let shown = self.is_published() && corrected.people_seen;
        ensure(!shown || self.has_consent, Refusal::NoConsent)
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotDrafted)?;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

fn must_fit<T>(named: &[T]) -> Result<(), Refusal> {
    ensure(named.len() <= NAMED_MAX, Refusal::TooMany { max: NAMED_MAX })
}
