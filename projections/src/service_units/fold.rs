//! How events move service units.
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::ServiceUnitId;
use domain::recorded::Recorded;
use domain::service_unit::Event;
use domain::text::Note;
use imbl::OrdMap;

use super::{Month, Recount, Referral, ServiceUnit, ServiceUnits, Stage, Step};
use crate::interventions::folded_titles;
use crate::stamp::{Rectification, Stamp};

pub(super) fn apply(all: &mut ServiceUnits, id: ServiceUnitId, event: &Event, recorded: &Recorded) {
    if let Some(unit) = decided(id, event, recorded) {
        all.list(&unit);
        all.by_id.insert(id, Arc::new(unit));
        return;
    }
    let Some(unit) = all.by_id.get_mut(&id) else {
        return;
    };
    let (place, annulled) = (unit.territory, unit.annulled.is_some());
    Arc::make_mut(unit).apply(event, recorded);
    if annulled {
        return;
    }
    match event {
        Event::ReferralAgreed { partner, .. } => all.by_partner.insert(*partner, id),
        Event::Corrected { territory: Some(territory), .. } => {
            all.by_territory.remove(place, id);
            all.by_territory.insert(*territory, id);
        }
        Event::Annulled { .. } => {
            let unit = Arc::clone(unit);
            all.unlist(&unit);
        }
        _ => {}
    }
}

fn decided(id: ServiceUnitId, event: &Event, recorded: &Recorded) -> Option<ServiceUnit> {
    let Event::Decided { by, title, territory, services, groups, intervention, deliberation, on } =
        event
    else {
        return None;
    };
    let stamp = Stamp::on(recorded, *on);
    Some(ServiceUnit {
        id,
        host: *by,
        title: title.clone(),
        territory: *territory,
        services: services.as_slice().into(),
        groups: groups.as_slice().into(),
        intervention: *intervention,
        deliberation: *deliberation,
        stage: Stage::Decided,
        steps: vec![Step { stage: Stage::Decided, stamp, reason: None }],
        referrals: Vec::new(),
        months: OrdMap::new(),
        decided: stamp,
        corrections: Vec::new(),
        annulled: None,
        folded: folded_titles(title),
    })
}

impl ServiceUnits {
    fn list(&mut self, unit: &ServiceUnit) {
        self.by_host.insert(unit.host, unit.id);
        self.by_territory.insert(unit.territory, unit.id);
        if let Some(intervention) = unit.intervention {
            self.by_intervention.insert(intervention, unit.id);
        }
        if let Some(deliberation) = unit.deliberation {
            self.by_deliberation.insert(deliberation, unit.id);
        }
    }

    fn unlist(&mut self, unit: &ServiceUnit) {
        self.by_host.remove(unit.host, unit.id);
        self.by_territory.remove(unit.territory, unit.id);
        if let Some(intervention) = unit.intervention {
            self.by_intervention.remove(intervention, unit.id);
        }
        if let Some(deliberation) = unit.deliberation {
            self.by_deliberation.remove(deliberation, unit.id);
        }
        for referral in &unit.referrals {
            self.by_partner.remove(referral.partner, unit.id);
        }
    }
}

impl ServiceUnit {
    fn step(&mut self, stage: Stage, stamp: Stamp, reason: Option<&Note>) {
        self.stage = stage;
        self.steps.push(Step { stage, stamp, reason: reason.cloned().map(Arc::new) });
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let on = |date: &Effective| Stamp::on(recorded, *date);
        match event {
            Event::Decided { .. } => {}
            Event::Opened { on: date } | Event::Resumed { on: date } => {
                self.step(Stage::Open, on(date), None);
            }
            Event::Suspended { on: date, reason } => {
                self.step(Stage::Suspended, on(date), Some(reason));
            }
            Event::Closed { on: date, reason } => {
                self.step(Stage::Closed, on(date), reason.as_ref());
            }
            Event::ReferralAgreed { .. } | Event::ReferralEnded { .. } => {
                self.refer(event, Stamp::of(recorded));
            }
            Event::ActivityReported { .. } | Event::ActivityCorrected { .. } => {
                self.count(event, recorded);
            }
            Event::Corrected { .. } => self.correct(event, recorded),
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
        }
    }

    fn refer(&mut self, event: &Event, stamp: Stamp) {
        match event {
            Event::ReferralAgreed { referral, partner, kind, services, document, on } => {
                self.referrals.push(Referral {
                    id: *referral,
                    partner: *partner,
                    kind: *kind,
                    services: services.as_slice().into(),
                    document: *document,
                    from: *on,
                    to: None,
                    reason: None,
                    agreed: stamp,
                    ended: None,
                });
            }
            Event::ReferralEnded { referral, reason, on } => {
                if let Some(it) = self.referrals.iter_mut().rfind(|it| it.id == *referral) {
                    it.to = Some(*on);
                    it.reason = reason.clone().map(Arc::new);
                    it.ended = Some(stamp);
                }
            }
            _ => {}
        }
    }

    fn count(&mut self, event: &Event, recorded: &Recorded) {
        match event {
            Event::ActivityReported { by, month: Effective::Month(first), counts } => {
                let month = Month {
                    first: *first,
                    counts: counts.as_slice().into(),
                    by: *by,
                    reported: Stamp::on(recorded, Effective::Month(*first)),
                    recounts: Vec::new(),
                };
                self.months.insert(*first, Arc::new(month));
            }
            Event::ActivityCorrected { by, month: Effective::Month(first), counts, reason } => {
                if let Some(month) = self.months.get_mut(first) {
                    let month = Arc::make_mut(month);
                    let before = std::mem::replace(&mut month.counts, counts.as_slice().into());
                    let rectification = Rectification::of(recorded, reason);
                    month.recounts.push(Recount { before, rectification });
                    month.by = *by;
                }
            }
            _ => {}
        }
    }

    fn correct(&mut self, event: &Event, recorded: &Recorded) {
        let Event::Corrected { title, territory, services, groups, on, reason } = event else {
            return;
        };
        if let Some(title) = title {
            self.title = title.clone();
            self.folded = folded_titles(title);
        }
        if let Some(territory) = territory {
            self.territory = *territory;
        }
        if let Some(services) = services {
            self.services = services.as_slice().into();
        }
        if let Some(groups) = groups {
            self.groups = groups.as_slice().into();
        }
        if let Some(on) = on {
            self.decided.effective = *on;
            if let Some(first) = self.steps.first_mut() {
                first.stamp.effective = *on;
            }
        }
        self.corrections.push(Rectification::of(recorded, reason));
    }
}
