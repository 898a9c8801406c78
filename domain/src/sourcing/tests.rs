use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses};
use crate::ids::ActorId;
use crate::text::Note;

const CONFLICT: ConflictId = ConflictId::from_u128(1);
const REGION: ActorId = ActorId::from_u128(2);

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn subject(id: u128) -> SubjectRef {
    SubjectRef { r#type: name("actor"), id: Uuid::from_u128(id) }
}

fn source(reference: &str, locator: Option<&str>) -> Source {
    Source { reference: name(reference), document: None, locator: locator.map(name) }
}

fn claim(id: u128, value: &str, locator: &str) -> Claim {
    let value = Title::fr(value).expect("a title");
    let locator = Some(locator).filter(|it| !it.is_empty());
    Claim { claim: ClaimId::from_u128(id), value, source: source("capsule", locator) }
}

fn attributes(subject: SubjectRef, position: u64) -> Command {
    let source = source("prim.ma", None);
    Command::Attribute { subject, event: Position(position), source, reason: None }
}

fn attribute() -> Command {
    attributes(subject(9), 4)
}

fn conflicts(conflict: u128, claims: Vec<Claim>) -> Command {
    Command::RecordConflict {
        subject: subject(9),
        conflict: ConflictId::from_u128(conflict),
        topic: Topic::Name,
        claims,
        note: None,
    }
}

fn two() -> Vec<Claim> {
    vec![claim(1, "Khamsa", "§ 6"), claim(2, "Khamssa", "§ 2")]
}

fn conflict() -> Command {
    conflicts(1, two())
}

fn adds(claim: Claim) -> Command {
    Command::AddClaim { conflict: CONFLICT, claim }
}

fn settles(claim: Option<u128>, value: Option<&str>) -> Command {
    Command::Settle {
        conflict: CONFLICT,
        by: REGION,
        claim: claim.map(ClaimId::from_u128),
        value: value.map(|it| Title::fr(it).expect("a title")),
        reason: Note::fr("Statuts de l'association").expect("a note"),
    }
}

#[test]
fn a_source_is_attributed_to_an_event_once() {
    records::<Sourcing>([], attribute(), "attributed");
    records::<Sourcing>([attribute()], attributes(subject(9), 5), "attributed");
    refuses::<Sourcing>([attribute()], attribute(), Refusal::AlreadyAttributed);
    let many: Vec<_> =
        (0..ATTRIBUTIONS_MAX).map(|it| attributes(subject(9), it as u64 + 10)).collect();
    refuses::<Sourcing>(many, attribute(), Refusal::TooMany { max: ATTRIBUTIONS_MAX });
}

#[test]
fn a_stream_is_about_one_subject_of_a_known_sort() {
    refuses::<Sourcing>([attribute()], attributes(subject(8), 4), Refusal::OtherSubject);
    refuses::<Sourcing>([conflict()], attributes(subject(8), 4), Refusal::OtherSubject);
    let unknown = SubjectRef { r#type: name("starship"), id: Uuid::nil() };
    refuses::<Sourcing>([], attributes(unknown, 4), Refusal::UnknownSubjectType);
    assert_eq!(subject(9).sourcing(), subject(9).sourcing());
    assert_ne!(subject(9).sourcing(), subject(8).sourcing());
}

#[test]
fn a_disagreement_takes_two_claims_that_differ_from_two_places() {
    records::<Sourcing>([], conflict(), "conflict_recorded");
    refuses::<Sourcing>([conflict()], conflict(), Refusal::DuplicateConflict);
    for few in [Vec::new(), vec![claim(1, "Khamsa", "§ 6")]] {
        refuses::<Sourcing>([], conflicts(1, few), Refusal::TooFewClaims);
    }
    for (second, why) in [
        (claim(2, "Khamsa", "§ 2"), Refusal::ClaimsAgree),
        (claim(2, "Khamssa", "§ 6"), Refusal::SameSource),
        (claim(1, "Khamssa", "§ 2"), Refusal::DuplicateClaim),
    ] {
        refuses::<Sourcing>([], conflicts(1, vec![claim(1, "Khamsa", "§ 6"), second]), why);
    }
    // A page that contradicts itself, where nobody says on which line.
    let within =
        |id, value: &str| Claim { source: source("capsule", None), ..claim(id, value, "") };
    let page = vec![within(1, "Khamsa"), within(2, "Khamssa")];
    records::<Sourcing>([], conflicts(1, page.clone()), "conflict_recorded");
    let again = within(3, "Khamsa");
    refuses::<Sourcing>([conflicts(1, page)], adds(again), Refusal::SameSource);
    let many = |count: usize| -> Vec<_> {
        (0..count).map(|it| claim(it as u128, &format!("n{it}"), &format!("§ {it}"))).collect()
    };
    records::<Sourcing>([], conflicts(1, many(CLAIMS_MAX)), "conflict_recorded");
    let max = CLAIMS_MAX;
    refuses::<Sourcing>([], conflicts(1, many(max + 1)), Refusal::TooMany { max });
}

#[test]
fn disagreements_are_limited() {
    let many = (0..CONFLICTS_MAX).map(|it| conflicts(it as u128 + 10, two()));
    let max = CONFLICTS_MAX;
    refuses::<Sourcing>(many.collect::<Vec<_>>(), conflict(), Refusal::TooMany { max });
}

#[test]
fn one_more_source_speaks_even_after_it_was_settled() {
    let third = || claim(3, "Khamsa France", "§ 9");
    records::<Sourcing>([conflict()], adds(third()), "claim_added");
    let settled = || [conflict(), settles(Some(1), None)];
    records::<Sourcing>(settled(), adds(third()), "claim_added");
    refuses::<Sourcing>([], adds(third()), Refusal::UnknownConflict);
    refuses::<Sourcing>([conflict()], adds(claim(2, "K", "§ 9")), Refusal::DuplicateClaim);
    refuses::<Sourcing>([conflict()], adds(claim(3, "K", "§ 2")), Refusal::SameSource);
    let more = (3..=CLAIMS_MAX).map(|it| adds(claim(it as u128, "K", &format!("p. {it}"))));
    let full: Vec<_> = std::iter::once(conflict()).chain(more).collect();
    refuses::<Sourcing>(full, adds(claim(99, "K", "p. 99")), Refusal::TooMany { max: CLAIMS_MAX });
}

#[test]
fn one_claim_holds_or_another_wording() {
    records::<Sourcing>([conflict()], settles(Some(1), None), "settled");
    records::<Sourcing>([conflict()], settles(None, Some("Khamsa (France)")), "settled");
    refuses::<Sourcing>([conflict()], settles(None, None), Refusal::ClaimOrValue);
    refuses::<Sourcing>([conflict()], settles(Some(1), Some("K")), Refusal::ClaimOrValue);
    refuses::<Sourcing>([conflict()], settles(Some(7), None), Refusal::UnknownClaim);
    refuses::<Sourcing>([], settles(Some(1), None), Refusal::UnknownConflict);
}

#[test]
fn what_is_settled_is_settled_until_a_later_claim() {
    let settled = || vec![conflict(), settles(Some(1), None)];
    refuses::<Sourcing>(settled(), settles(Some(2), None), Refusal::AlreadySettled);
    let reopened = [settled(), vec![adds(claim(3, "Khamsa France", "§ 9"))]].concat();
    records::<Sourcing>(reopened, settles(Some(3), None), "settled");
}

#[test]
fn a_refusal_has_a_stable_code_and_names_its_field() {
    assert_eq!(Refusal::ClaimsAgree.code(), "SOURCING_CLAIMS_AGREE");
    for (refusal, field) in [
        (Refusal::UnknownSubjectType, Some("subject")),
        (Refusal::OtherSubject, Some("subject")),
        (Refusal::AlreadyAttributed, Some("foundIn")),
        (Refusal::UnknownConflict, Some("conflict")),
        (Refusal::TooFewClaims, Some("claims")),
        (Refusal::UnknownClaim, Some("claim")),
        (Refusal::SameSource, None),
    ] {
        assert_eq!(refusal.field(), field, "{refusal}");
    }
}
