//! How events move capitalisation items.
use std::sync::Arc;

use domain::capitalisation_item::Event;
use domain::ids::{ActorId, CapitalisationItemId};
use domain::recorded::Recorded;
use domain::text::Note;

use super::{Capitalisation, Evidence, Item, Stage, Step};
use crate::stamp::{Rectification, Stamp};

pub(super) fn apply(
    all: &mut Capitalisation,
    id: CapitalisationItemId,
    event: &Event,
    recorded: &Recorded,
) {
    if let Some(drafted) = drafted(id, event, recorded) {
        all.enter(&drafted);
        all.by_id.insert(id, Arc::new(drafted));
        return;
    }
    // What a correction or an annulment changes is found by other words from then on.
    let told_anew = matches!(event, Event::Corrected { .. } | Event::Annulled { .. });
    if told_anew && let Some(before) = all.by_id.get(&id).cloned() {
        all.leave(&before);
    }
    let Some(item) = all.by_id.get_mut(&id) else {
        return;
    };
    Arc::make_mut(item).apply(event, recorded);
    if let Event::EvidenceLinked { document: Some(document), .. } = event
        && item.annulled.is_none()
    {
        all.by_document.insert(*document, id);
    }
    if told_anew && item.annulled.is_none() {
        let item = Arc::clone(item);
        all.enter(&item);
    }
}

impl Capitalisation {
    fn enter(&mut self, item: &Item) {
        let id = item.id;
        item.interventions.iter().for_each(|it| self.by_intervention.insert(*it, id));
        item.programme.iter().for_each(|it| self.by_programme.insert(*it, id));
        item.territories.iter().for_each(|it| self.by_territory.insert(*it, id));
        item.documents().for_each(|it| self.by_document.insert(it, id));
        self.by_author.insert(item.by, id);
        self.words.enter(item);
    }

    fn leave(&mut self, item: &Item) {
        let id = item.id;
        item.interventions.iter().for_each(|it| self.by_intervention.remove(*it, id));
        item.programme.iter().for_each(|it| self.by_programme.remove(*it, id));
        item.territories.iter().for_each(|it| self.by_territory.remove(*it, id));
        item.documents().for_each(|it| self.by_document.remove(it, id));
        self.by_author.remove(item.by, id);
        self.words.leave(item);
    }
}

fn drafted(id: CapitalisationItemId, event: &Event, recorded: &Recorded) -> Option<Item> {
    let Event::Drafted {
        by,
        kind,
        title,
        summary,
        language,
        programme,
        interventions,
        territories,
        sectors,
        groups,
        address,
        people_seen,
    } = event
    else {
        return None;
    };
    let stamp = Stamp::of(recorded);
    Some(Item {
        id,
        kind: *kind,
        by: *by,
        title: title.clone(),
        summary: summary.clone().map(Arc::new),
        language: *language,
        programme: *programme,
        interventions: interventions.as_slice().into(),
        territories: territories.as_slice().into(),
        sectors: sectors.as_slice().into(),
        groups: groups.as_slice().into(),
        address: address.clone().map(Arc::new),
        people_seen: *people_seen,
        stage: Stage::Draft,
        steps: vec![Step { stage: Stage::Draft, by: Some(*by), stamp, note: None }],
        evidence: Vec::new(),
        consent: None,
        successor: None,
        corrections: Vec::new(),
        annulled: None,
        drafted: stamp,
    })
}

impl Item {
    fn step(&mut self, stage: Stage, by: Option<ActorId>, stamp: Stamp, note: Option<&Note>) {
        self.stage = stage;
        self.steps.push(Step { stage, by, stamp, note: note.cloned().map(Arc::new) });
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let stamp = Stamp::of(recorded);
        match event {
            Event::Drafted { .. } => {}
            Event::EvidenceLinked { document, event, note } => self.evidence.push(Evidence {
                document: *document,
                event: *event,
                note: note.clone().map(Arc::new),
                stamp,
            }),
            Event::Reviewed { by, note } => {
                self.step(Stage::Reviewed, Some(*by), stamp, note.as_ref());
            }
            Event::Published { by, consent, on } => {
                self.consent = consent.clone().map(Arc::new);
                self.step(Stage::Published, Some(*by), Stamp::on(recorded, *on), None);
            }
            Event::Superseded { successor, reason } => {
                self.successor = Some(*successor);
                self.step(Stage::Superseded, None, stamp, reason.as_ref());
            }
            Event::Withdrawn { reason } => self.step(Stage::Withdrawn, None, stamp, Some(reason)),
            Event::Corrected { reason, .. } => {
                self.correct(event);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
        }
    }

    fn correct(&mut self, event: &Event) {
        let Event::Corrected {
            title,
            summary,
            language,
            interventions,
            territories,
            sectors,
            groups,
            address,
            people_seen,
            ..
        } = event
        else {
            return;
        };
        if let Some(title) = title {
            self.title = title.clone();
        }
        if let Some(summary) = summary {
            self.summary = Some(Arc::new(summary.clone()));
        }
        if let Some(address) = address {
            self.address = Some(Arc::new(address.clone()));
        }
        self.language = language.or(self.language);
        self.people_seen = people_seen.unwrap_or(self.people_seen);
        set(&mut self.interventions, interventions.as_deref());
        set(&mut self.territories, territories.as_deref());
        set(&mut self.sectors, sectors.as_deref());
        set(&mut self.groups, groups.as_deref());
    }
}

fn set<T: Clone>(place: &mut Arc<[T]>, corrected: Option<&[T]>) {
    if let Some(corrected) = corrected {
        *place = corrected.into();
    }
}
