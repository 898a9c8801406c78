use cqrs_es::test::TestFramework;

use super::*;

mod corrections;

const COMMUNE: ActorId = ActorId::from_u128(1);
const REGION: ActorId = ActorId::from_u128(2);
const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn title() -> Title {
    Title::fr("Convention de partenariat").expect("a title")
}

fn note() -> Note {
    Note::fr("Conforme à l'original").expect("a note")
}

fn register(media_type: Option<&str>) -> Command {
    Command::Register {
        title: title(),
        sha256: Digest::new(DIGEST).ok(),
        bytes: Quantity::new(12).ok(),
        media_type: media_type.and_then(|it| Name::new(it).ok()),
        language: Some(Language::Fr),
        address: None,
        published: Effective::Unknown,
    }
}

fn registered(media_type: Option<&str>) -> Event {
    Event::Registered {
        title: title(),
        sha256: Digest::new(DIGEST).ok(),
        bytes: Quantity::new(12).ok(),
        media_type: media_type.and_then(|it| Name::new(it).ok()),
        language: Some(Language::Fr),
        address: None,
        published: Effective::Unknown,
    }
}

fn attest(by: ActorId) -> Command {
    Command::Attest { by, statement: note() }
}

fn attested(by: ActorId) -> Event {
    Event::Attested { by, statement: note() }
}

fn withdraw() -> Command {
    Command::WithdrawConsent { reason: note() }
}

fn withdrawn() -> Event {
    Event::ConsentWithdrawn { reason: note() }
}

fn causes(given: &[Event], command: Command, event: Event) {
    TestFramework::<Document>::with(())
        .given(given.to_vec())
        .when(command)
        .then_expect_events(vec![event]);
}

fn refused(given: &[Event], command: Command, refusal: Refusal) {
    TestFramework::<Document>::with(())
        .given(given.to_vec())
        .when(command)
        .then_expect_error(refusal);
}

#[test]
fn a_document_is_registered_once() {
    causes(&[], register(None), registered(None));
    refused(&[registered(None)], register(None), Refusal::AlreadyRegistered);
}

#[test]
fn a_media_type_has_a_type_and_a_subtype() {
    for right in ["application/pdf", "video/mp4", "application/vnd.ms-excel", "image/svg+xml"] {
        causes(&[], register(Some(right)), registered(Some(right)));
    }
    for wrong in ["pdf", "/pdf", "application/", "application/p d f", "text/html; charset=x"] {
        refused(&[], register(Some(wrong)), Refusal::NotAMediaType);
    }
}

#[test]
fn nothing_precedes_the_registration() {
    refused(&[], attest(COMMUNE), Refusal::NotRegistered);
    refused(&[], withdraw(), Refusal::NotRegistered);
}

#[test]
fn each_actor_attests_once() {
    let given = [registered(None)];
    causes(&given, attest(COMMUNE), attested(COMMUNE));
    let given = [registered(None), attested(COMMUNE)];
    causes(&given, attest(REGION), attested(REGION));
    refused(&given, attest(COMMUNE), Refusal::AlreadyAttested);
}

#[test]
fn attestations_are_limited() {
    let many = (0..ATTESTATIONS_MAX).map(|it| attested(ActorId::from_u128(100 + it as u128)));
    let given: Vec<_> = std::iter::once(registered(None)).chain(many).collect();
    refused(&given, attest(COMMUNE), Refusal::TooMany { max: ATTESTATIONS_MAX });
}

#[test]
fn consent_is_withdrawn_once() {
    causes(&[registered(None)], withdraw(), withdrawn());
    let given = [registered(None), withdrawn()];
    refused(&given, withdraw(), Refusal::ConsentWithdrawnAlready);
}

#[test]
fn a_document_without_consent_is_still_attested() {
    let given = [registered(None), withdrawn()];
    causes(&given, attest(COMMUNE), attested(COMMUNE));
}

#[test]
fn a_digest_is_64_lower_case_hexadecimal_digits_when_made_and_when_read() {
    assert_eq!(Digest::new(DIGEST).expect("a digest").as_str(), DIGEST);
    let (upper, long) = (DIGEST.to_uppercase(), format!("{DIGEST}0"));
    for wrong in ["", "e3b0", &upper, &long, &DIGEST.replace('e', "g")] {
        assert_eq!(Digest::new(wrong), Err(NoDigest), "{wrong}");
        assert!(serde_json::from_value::<Digest>(wrong.into()).is_err(), "{wrong}");
    }
    let read: Digest = serde_json::from_value(DIGEST.into()).expect("a digest");
    assert_eq!(serde_json::to_value(read).expect("it serialises"), DIGEST);
}

#[test]
fn a_refusal_has_a_stable_code_and_names_its_field() {
    assert_eq!(Refusal::NotAMediaType.code(), "DOCUMENT_NOT_A_MEDIA_TYPE");
    assert_eq!(Refusal::NotAMediaType.field(), Some("mediaType"));
    assert_eq!(Refusal::AlreadyAttested.field(), Some("by"));
    assert_eq!(Refusal::NotRegistered.field(), None);
}
