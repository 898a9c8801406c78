//! What waits for a second person, in the model that it will change.
use std::sync::Arc;

use domain::ids::CorrectionId;
use domain::recorded::Recorded;
use domain::text::Note;
use serde::Serialize;

use crate::stamp::{Rectification, Stamp};

/// The corrections of one aggregate that wait, with the figures that they propose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Proposed<F>(Vec<(CorrectionId, F, Arc<Note>)>);

impl<F> Default for Proposed<F> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<F: Clone> Proposed<F> {
    pub(crate) fn propose(&mut self, id: CorrectionId, figure: &F, reason: &Note) {
        self.0.push((id, figure.clone(), Arc::new(reason.clone())));
    }

    /// What was proposed as `id`, which `recorded` confirms.
    pub(crate) fn confirm(
        &mut self,
        id: CorrectionId,
        recorded: &Recorded,
    ) -> Option<(F, Rectification)> {
        let (figure, reason) = self.take(id)?;
        let (corrects, stamp) = (recorded.provenance.corrects, Stamp::of(recorded));
        Some((figure, Rectification { reason, corrects, stamp }))
    }

    pub(crate) fn reject(&mut self, id: CorrectionId) {
        self.take(id);
    }

    fn take(&mut self, id: CorrectionId) -> Option<(F, Arc<Note>)> {
        let place = self.0.iter().position(|(it, ..)| *it == id)?;
        let (_, figure, reason) = self.0.remove(place);
        Some((figure, reason))
    }
}
