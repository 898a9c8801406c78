use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses, state};
use crate::effective::Effective;

const AUTHOR: ActorId = ActorId::from_u128(1);
const REVIEWER: ActorId = ActorId::from_u128(2);
const ITEM: CapitalisationItemId = CapitalisationItemId::from_u128(3);
const NEWER: CapitalisationItemId = CapitalisationItemId::from_u128(4);
const FILM: DocumentId = DocumentId::from_u128(5);

fn reason() -> Note {
    Note::fr("Erreur de saisie").expect("a note")
}

fn sector() -> Sector {
    Sector::try_from("15190".to_owned()).expect("a sector")
}

fn drafts(people_seen: bool, interventions: usize) -> Command {
    let interventions = (0..interventions).map(|it| InterventionId::from_u128(it as u128));
    Command::Draft {
        by: AUTHOR,
        kind: Kind::Capsule,
        title: Title::fr("Belfaa, une commune pionnière").expect("a title"),
        summary: Some(Note::fr("Ce que la commune a appris").expect("a note")),
        language: Some(Language::Fr),
        programme: None,
        interventions: interventions.collect(),
        territories: vec!["commune-belfaa".parse().expect("a territory")],
        sectors: vec![sector()],
        groups: vec![PopulationGroup::Youth],
        address: Name::new("prim.ma").ok(),
        people_seen,
    }
}

fn draft() -> Command {
    drafts(false, 1)
}

fn link(document: Option<DocumentId>, event: Option<u64>) -> Command {
    Command::LinkEvidence { document, event: event.map(Position), note: Some(reason()) }
}

fn film() -> Command {
    link(Some(FILM), None)
}

fn review(by: ActorId) -> Command {
    Command::Review { by, note: None }
}

fn publishes(consent: Option<&str>) -> Command {
    let consent = consent.map(|it| Name::new(it).expect("a name"));
    Command::Publish { by: REVIEWER, consent, on: Effective::Unknown }
}

fn supersede(successor: CapitalisationItemId, successor_published: bool) -> Command {
    Command::Supersede { successor, reason: None, itself: ITEM, successor_published }
}

fn withdraw() -> Command {
    Command::Withdraw { reason: reason() }
}

fn annul() -> Command {
    Command::Annul { by: REVIEWER, reason: reason() }
}

fn nothing() -> Command {
    Command::Correct {
        title: None,
        summary: None,
        language: None,
        interventions: None,
        territories: None,
        sectors: None,
        groups: None,
        address: None,
        people_seen: None,
        reason: reason(),
    }
}

fn corrects(seen: Option<bool>, named: Option<usize>) -> Command {
    let mut command = nothing();
    if let Command::Correct { people_seen, interventions, .. } = &mut command {
        *people_seen = seen;
        let some = |count| (0..count).map(|it| InterventionId::from_u128(it as u128)).collect();
        *interventions = named.map(some);
    }
    command
}

fn reviewed() -> Vec<Command> {
    vec![draft(), film(), review(REVIEWER)]
}

fn published() -> Vec<Command> {
    [reviewed(), vec![publishes(None)]].concat()
}

fn ended() -> [Vec<Command>; 3] {
    [supersede(NEWER, true), withdraw(), annul()].map(|end| [published(), vec![end]].concat())
}

#[test]
fn an_item_is_drafted_once_and_first() {
    records::<CapitalisationItem>([], draft(), "drafted");
    refuses::<CapitalisationItem>([draft()], draft(), Refusal::AlreadyDrafted);
    let not_yet = [film(), review(REVIEWER), publishes(None), supersede(NEWER, true), withdraw()];
    for command in not_yet.into_iter().chain([nothing(), annul()]) {
        refuses::<CapitalisationItem>([], command, Refusal::NotDrafted);
    }
}

#[test]
fn what_an_item_names_is_limited() {
    let max = NAMED_MAX;
    records::<CapitalisationItem>([], drafts(false, max), "drafted");
    refuses::<CapitalisationItem>([], drafts(false, max + 1), Refusal::TooMany { max });
    let command = corrects(None, Some(max + 1));
    refuses::<CapitalisationItem>([draft()], command, Refusal::TooMany { max });
}

#[test]
fn evidence_is_a_document_or_an_event_each_once() {
    records::<CapitalisationItem>([draft()], film(), "evidence_linked");
    records::<CapitalisationItem>([draft()], link(None, Some(7)), "evidence_linked");
    records::<CapitalisationItem>(published(), link(None, Some(7)), "evidence_linked");
    refuses::<CapitalisationItem>([draft()], link(None, None), Refusal::NothingLinked);
    refuses::<CapitalisationItem>([draft(), film()], film(), Refusal::AlreadyLinked);
    let many = (0..EVIDENCE_MAX).map(|it| link(None, Some(it as u64 + 1)));
    let full: Vec<_> = std::iter::once(draft()).chain(many).collect();
    refuses::<CapitalisationItem>(full, film(), Refusal::TooMany { max: EVIDENCE_MAX });
}

#[test]
fn who_reviews_is_not_who_wrote() {
    records::<CapitalisationItem>([draft()], review(REVIEWER), "reviewed");
    refuses::<CapitalisationItem>([draft()], review(AUTHOR), Refusal::ReviewedByAuthor);
    let out_of_turn = Refusal::OutOfTurn { stage: Stage::Reviewed };
    refuses::<CapitalisationItem>(reviewed(), review(REVIEWER), out_of_turn);
}

#[test]
fn published_is_what_was_reviewed_and_is_shown_by_something() {
    records::<CapitalisationItem>(reviewed(), publishes(None), "published");
    let unshown = [draft(), review(REVIEWER)];
    refuses::<CapitalisationItem>(unshown, publishes(None), Refusal::NoEvidence);
    let out_of_turn = Refusal::OutOfTurn { stage: Stage::Draft };
    refuses::<CapitalisationItem>([draft(), film()], publishes(None), out_of_turn);
    assert!(state::<CapitalisationItem>(published()).is_published());
    assert!(!state::<CapitalisationItem>(reviewed()).is_published());
}

#[test]
fn nobody_is_shown_without_a_reference_of_consent() {
    let seen = || [drafts(true, 1), film(), review(REVIEWER)];
    refuses::<CapitalisationItem>(seen(), publishes(None), Refusal::NoConsent);
    records::<CapitalisationItem>(seen(), publishes(Some("Autorisation n° 12-2025")), "published");
    refuses::<CapitalisationItem>(published(), corrects(Some(true), None), Refusal::NoConsent);
    records::<CapitalisationItem>(reviewed(), corrects(Some(true), None), "corrected");
}

#[test]
fn a_published_item_makes_room_for_another_published_one() {
    records::<CapitalisationItem>(published(), supersede(NEWER, true), "superseded");
    let unpublished = supersede(NEWER, false);
    refuses::<CapitalisationItem>(published(), unpublished, Refusal::SuccessorNotPublished);
    refuses::<CapitalisationItem>(published(), supersede(ITEM, true), Refusal::SupersededByItself);
    let out_of_turn = Refusal::OutOfTurn { stage: Stage::Reviewed };
    refuses::<CapitalisationItem>(reviewed(), supersede(NEWER, true), out_of_turn);
}

#[test]
fn an_item_is_withdrawn_before_and_after_it_is_published() {
    for past in [vec![draft()], reviewed(), published()] {
        records::<CapitalisationItem>(past, withdraw(), "withdrawn");
    }
}

#[test]
fn a_correction_changes_something_and_leaves_the_rest() {
    for past in [vec![draft()], reviewed(), published()] {
        records::<CapitalisationItem>(past, corrects(None, Some(2)), "corrected");
    }
    for command in [nothing(), corrects(Some(false), Some(1))] {
        refuses::<CapitalisationItem>([draft()], command, Refusal::NothingCorrected);
    }
    let all = Command::Correct {
        title: Title::fr("Autre titre").ok(),
        summary: Some(reason()),
        language: Some(Language::Ar),
        interventions: Some(Vec::new()),
        territories: Some(Vec::new()),
        sectors: Some(vec![sector(), sector()]),
        groups: Some(Vec::new()),
        address: Name::new("example.ma").ok(),
        people_seen: Some(true),
        reason: reason(),
    };
    records::<CapitalisationItem>([draft()], all.clone(), "corrected");
    refuses::<CapitalisationItem>([draft(), all.clone()], all, Refusal::NothingCorrected);
}

#[test]
fn nothing_follows_an_end_but_an_annulment() {
    let stages = [Stage::Superseded, Stage::Withdrawn, Stage::Annulled];
    for (past, stage) in ended().into_iter().zip(stages) {
        for command in [film(), corrects(None, Some(2)), withdraw(), publishes(None)] {
            refuses::<CapitalisationItem>(past.clone(), command, Refusal::OutOfTurn { stage });
        }
        match stage {
            Stage::Annulled => {
                refuses::<CapitalisationItem>(past, annul(), Refusal::OutOfTurn { stage });
            }
            _ => records::<CapitalisationItem>(past, annul(), "annulled"),
        }
    }
}

#[test]
fn a_refusal_has_a_stable_code_and_names_its_field() {
    assert_eq!(Refusal::NoConsent.code(), "CAPITALISATION_ITEM_NO_CONSENT");
    for (refusal, field) in [
        (Refusal::NothingLinked, Some("document")),
        (Refusal::AlreadyLinked, Some("document")),
        (Refusal::NoConsent, Some("consent")),
        (Refusal::SupersededByItself, Some("successor")),
        (Refusal::SuccessorNotPublished, Some("successor")),
        (Refusal::NotDrafted, None),
    ] {
        assert_eq!(refusal.field(), field, "{refusal}");
    }
}
