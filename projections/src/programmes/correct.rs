//! How corrections change programmes, and what an annulled one leaves.
use std::sync::Arc;

use domain::ids::ProgrammeId;
use domain::programme::{Event, Figure};
use domain::recorded::Recorded;

use super::{Programme, Programmes, folded_names};
use crate::stamp::Rectification;

/// Changes what is kept beside the programme itself, before `event` changes that.
pub(super) fn index(all: &mut Programmes, id: ProgrammeId, event: &Event, recorded: &Recorded) {
    match event {
        Event::Corrected { operator: None, funders: None, partners: None, .. } => {}
        Event::Corrected { .. } => {
            let Some(mut after) = all.by_id.get(&id).map(|it| Programme::clone(it)) else {
                return;
            };
            for actor in after.actors() {
                all.by_actor.remove(actor, id);
            }
            after.describe(event);
            for actor in after.actors() {
                all.by_actor.insert(actor, id);
            }
        }
        Event::IndicatorCorrected { indicator, title, unit, baseline, .. } => {
            if let Some(known) = all.indicators.get_mut(indicator).map(Arc::make_mut) {
                if let Some(title) = title {
                    known.title = title.clone();
                }
                if let Some(unit) = unit {
                    known.unit = Arc::new(unit.clone());
                }
                known.baseline = baseline.or(known.baseline);
            }
        }
        Event::CorrectionConfirmed { correction, .. } => {
            let Some(programme) = all.by_id.get_mut(&id).map(Arc::make_mut) else {
                return;
            };
            let Some((figure, why)) = programme.proposed.confirm(*correction, recorded) else {
                return;
            };
            programme.corrections.push(why);
            match figure {
                Figure::Budget { to } => programme.budget = to,
                Figure::Envelope { envelope, to } => {
                    if let Some(envelope) = all.envelopes.get_mut(&envelope) {
                        Arc::make_mut(envelope).amount = to;
                    }
                }
            }
        }
        Event::Annulled { .. } => {
            let Some(known) = all.by_id.get(&id) else {
                return;
            };
            for actor in known.actors() {
                all.by_actor.remove(actor, id);
            }
            if let Some(parent) = known.parent {
                all.children.remove(parent, id);
            }
        }
        _ => {}
    }
}

impl Programme {
    pub(super) fn correct(&mut self, event: &Event, recorded: &Recorded) {
        match event {
            Event::Corrected { reason, .. } => {
                self.describe(event);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::ResultCorrected { result, title, reason } => {
                if let Some(known) = self.results.iter_mut().find(|it| it.id == *result) {
                    known.title = title.clone();
                }
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::IndicatorCorrected { reason, .. } => {
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::CorrectionProposed { correction, figure, reason, .. } => {
                self.proposed.propose(*correction, figure, reason);
            }
            Event::CorrectionRejected { correction, .. } => self.proposed.reject(*correction),
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
            _ => {}
        }
    }

    fn describe(&mut self, event: &Event) {
        let Event::Corrected {
            title,
            acronym,
            period,
            operator,
            funders,
            partners,
            territories,
            ..
        } = event
        else {
            return;
        };
        if let Some(title) = title {
            self.title = title.clone();
        }
        if let Some(acronym) = acronym {
            self.acronym = Some(Arc::new(acronym.clone()));
        }
        if title.is_some() || acronym.is_some() {
            self.folded = folded_names(&self.title, self.acronym.as_deref());
        }
        self.period = period.unwrap_or(self.period);
        self.operator = operator.or(self.operator);
        if let Some(funders) = funders {
            self.funders = funders.as_slice().into();
        }
        if let Some(partners) = partners {
            self.partners = partners.as_slice().into();
        }
        if let Some(territories) = territories {
            self.territories = territories.as_slice().into();
        }
    }
}
