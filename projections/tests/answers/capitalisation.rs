//! The library: what is found by which words, and what a correction or an annulment changes.
use domain::capitalisation_item::{Event, Kind};
use domain::classification::Sector;
use domain::ids::{ActorId, CapitalisationItemId, DocumentId, InterventionId};
use domain::recorded::{Fact, Position};
use domain::text::{Language, Note, Title};
use domain::{document, intervention};
use jiff::civil::date;
use projections::capitalisation::Stage;

use crate::{BELFAA, FIELD, KHAMSA, Ledger, PRIM, created, name, note, registered, title, when};

const CAPSULE: CapitalisationItemId = CapitalisationItemId::from_u128(60);
const LESSON: CapitalisationItemId = CapitalisationItemId::from_u128(61);
const FILM: DocumentId = DocumentId::from_u128(70);

fn drafted(text: &str, summary: Option<&str>, interventions: &[InterventionId]) -> Event {
    Event::Drafted {
        by: BELFAA,
        kind: Kind::Capsule,
        title: title(text),
        summary: summary.map(|it| Note::fr(it).expect("a note")),
        language: Some(Language::Fr),
        programme: Some(PRIM),
        interventions: interventions.to_vec(),
        territories: Vec::new(),
        sectors: Vec::new(),
        groups: Vec::new(),
        address: None,
        people_seen: true,
    }
}

fn corrected(text: Option<&str>, interventions: Option<Vec<InterventionId>>) -> Event {
    Event::Corrected {
        title: text.map(title),
        summary: None,
        language: None,
        interventions,
        territories: None,
        sectors: None,
        groups: None,
        address: None,
        people_seen: None,
        reason: note(),
    }
}

impl Ledger {
    fn item(self, id: CapitalisationItemId, event: Event) -> Self {
        self.then(Fact::CapitalisationItem(id, event))
    }

    fn found(&self, text: &str) -> Vec<CapitalisationItemId> {
        let found = self.0.capitalisation.search(&self.0, text);
        found.into_iter().map(|(_, item)| item.id).collect()
    }
}

fn proposed(slug: &str) -> intervention::Event {
    intervention::Event::Proposed {
        title: title("Terrain de proximité"),
        summary: None,
        territories: vec![slug.parse().expect("a territory")],
        programme: Some(PRIM),
        groups: Vec::new(),
        budget: None,
    }
}

fn takes_part(actor: ActorId) -> intervention::Event {
    intervention::Event::ParticipantAdded {
        participation: domain::ids::ParticipationId::from_u128(1),
        actor,
        role: intervention::Role::Facilitator,
        from: when("2023"),
        note: None,
    }
}

fn library() -> Ledger {
    Ledger::default()
        .actor(BELFAA, registered("Commune de Belfaâ"))
        .actor(KHAMSA, registered("Khamssa (France)"))
        .programme(PRIM, created(None, "2020", "2024"))
        .intervention(proposed("commune-belfaa"))
        .intervention(takes_part(KHAMSA))
        .item(CAPSULE, drafted("Une commune pionnière", Some("Le sport réunit"), &[FIELD]))
        .item(LESSON, drafted("Sport et vivre-ensemble", None, &[]))
}

#[test]
fn every_word_must_be_found_and_a_title_comes_before_a_summary() {
    let ledger = library();
    assert_eq!(ledger.found("sport"), [LESSON, CAPSULE]);
    assert_eq!(ledger.found("le SPORT de la commune"), [CAPSULE, LESSON]);
    assert_eq!(ledger.found("pionn sport"), [CAPSULE]);
    assert_eq!(ledger.found("sport natation"), []);
    assert_eq!(ledger.found(" — "), []);
}

#[test]
fn an_item_is_found_by_the_names_of_places_and_actors_in_any_spelling() {
    let ledger = library();
    for text in ["Khamsa", "KHAMSSA", "belfaa", "Belfaâ", "بلفاع", "Souss-Massa", "سوس"] {
        assert!(ledger.found(text).contains(&CAPSULE), "{text}");
    }
    // What the commune wrote is found by its name; what is about no place is not found by one.
    assert!(ledger.found("بلفاع pionnière").contains(&CAPSULE));
    assert!(!ledger.found("بلفاع").contains(&LESSON));
    assert!(ledger.found("belfaa").contains(&LESSON), "its author is the commune");
}

#[test]
fn an_item_is_found_by_the_names_of_its_themes_in_both_languages() {
    let mut about = corrected(None, None);
    if let Event::Corrected { sectors, .. } = &mut about {
        *sectors = Some(vec![Sector::parse("15190").expect("a sector")]);
    }
    let ledger = library();
    assert_eq!(ledger.found("mobilité"), []);
    let ledger = ledger.item(LESSON, about);
    for text in ["mobilité", "Orderly migration", "15190"] {
        assert_eq!(ledger.found(text), [LESSON], "{text}");
    }
}

#[test]
fn a_correction_changes_what_an_item_is_found_by() {
    let ledger = library().item(CAPSULE, corrected(Some("Un tournoi africain"), Some(vec![])));
    assert_eq!(ledger.found("pionnière"), []);
    assert_eq!(ledger.found("tournoi"), [CAPSULE]);
    assert_eq!(ledger.found("khamsa"), []);
    assert_eq!(ledger.0.capitalisation.of_intervention(FIELD).count(), 0);
    let item = ledger.0.capitalisation.get(CAPSULE).expect("it was drafted");
    assert_eq!((item.corrections.len(), item.summary.is_some()), (1, true));
}

#[test]
fn an_annulled_item_counts_nowhere_and_stays_visible() {
    let annulled = Event::Annulled { by: BELFAA, reason: note() };
    let ledger = library().item(CAPSULE, annulled);
    assert_eq!(ledger.found("pionnière"), []);
    assert_eq!(ledger.0.capitalisation.iter().count(), 1);
    assert_eq!(ledger.0.capitalisation.of_intervention(FIELD).count(), 0);
    let item = ledger.0.capitalisation.get(CAPSULE).expect("it was drafted");
    assert_eq!(item.annulled.as_ref().map(|it| it.stamp.position), Some(Position(8)));
    // What is linked to it later does not bring it back.
    let linked = Event::EvidenceLinked { document: Some(FILM), event: None, note: None };
    let ledger = ledger.item(CAPSULE, linked);
    assert_eq!(ledger.0.capitalisation.of_document(FILM).count(), 0);
}

#[test]
fn the_steps_of_an_item_are_kept_with_their_days() {
    let ledger = library()
        .item(
            CAPSULE,
            Event::EvidenceLinked { document: None, event: Some(Position(4)), note: None },
        )
        .item(CAPSULE, Event::Reviewed { by: KHAMSA, note: Some(note()) })
        .item(
            CAPSULE,
            Event::Published { by: BELFAA, consent: Some(name("n° 1")), on: when("2025-07-28") },
        );
    let item = ledger.0.capitalisation.get(CAPSULE).expect("it was drafted");
    assert_eq!(item.stage, Stage::Published);
    assert_eq!(item.stage_on(date(2025, 7, 27)), Some(Stage::Reviewed));
    assert_eq!(item.stage_on(date(2025, 7, 28)), Some(Stage::Published));
    assert_eq!(item.consent.as_ref().map(|it| it.as_str()), Some("n° 1"));
    let superseded = Event::Superseded { successor: LESSON, reason: None };
    let ledger = ledger.item(CAPSULE, superseded);
    let item = ledger.0.capitalisation.get(CAPSULE).expect("it was drafted");
    assert_eq!((item.stage, item.successor), (Stage::Superseded, Some(LESSON)));
    // It belongs to the timeline of the intervention that it is about.
    assert_eq!(ledger.0.subjects.count(FIELD.into()), 7);
}

#[test]
fn a_withdrawn_consent_marks_the_items_that_use_the_document() {
    let ledger = library()
        .item(CAPSULE, Event::EvidenceLinked { document: Some(FILM), event: None, note: None })
        .then(Fact::Document(
            FILM,
            document::Event::Registered {
                title: title("Capsule"),
                sha256: None,
                bytes: None,
                media_type: None,
                language: None,
                address: None,
                published: when("2025"),
            },
        ));
    let marked = |ledger: &Ledger| {
        let item = ledger.0.capitalisation.get(CAPSULE).expect("it was drafted");
        item.without_consent(&ledger.0.documents).collect::<Vec<_>>()
    };
    assert_eq!(marked(&ledger), []);
    let withdrawn = document::Event::ConsentWithdrawn { reason: note() };
    let ledger = ledger.then(Fact::Document(FILM, withdrawn));
    assert_eq!(marked(&ledger), [FILM]);
    assert_eq!(ledger.0.capitalisation.of_document(FILM).count(), 1);
}

#[test]
fn an_arabic_title_is_found_with_and_without_its_article() {
    let arabic = Title::new(Language::Ar, "ملعب القرب بالجماعة").expect("a title");
    let mut event = drafted("x", None, &[]);
    if let Event::Drafted { title, .. } = &mut event {
        *title = arabic;
    }
    let ledger = Ledger::default().item(CAPSULE, event);
    for text in ["القرب", "قُرب", "جماعة", "الجماعه", "ملعب القرب"] {
        assert_eq!(ledger.found(text), [CAPSULE], "{text}");
    }
}
