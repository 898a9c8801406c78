//! What of a document is corrected, and that it can be annulled.
use super::*;

const OTHER_DIGEST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What a correction gives; nothing where all is left out.
#[derive(Default)]
struct Given {
    title: Option<Title>,
    sha256: Option<&'static str>,
    bytes: Option<i64>,
    media_type: Option<&'static str>,
    published: Option<Effective>,
}

fn correct(given: &Given) -> Command {
    Command::Correct {
        title: given.title.clone(),
        sha256: given.sha256.and_then(|it| Digest::new(it).ok()),
        bytes: given.bytes.and_then(|it| Quantity::new(it).ok()),
        media_type: given.media_type.and_then(|it| Name::new(it).ok()),
        language: None,
        address: None,
        published: given.published,
        reason: note(),
    }
}

fn corrected(given: &Given) -> Event {
    Event::Corrected {
        title: given.title.clone(),
        sha256: given.sha256.and_then(|it| Digest::new(it).ok()),
        bytes: given.bytes.and_then(|it| Quantity::new(it).ok()),
        media_type: given.media_type.and_then(|it| Name::new(it).ok()),
        language: None,
        address: None,
        published: given.published,
        reason: note(),
    }
}

fn retitled() -> Given {
    Given { title: Title::fr("Avenant à la convention").ok(), ..Given::default() }
}

/// A document whose file nobody had.
fn unseen() -> Event {
    let published = Effective::Unknown;
    let (title, language) = (title(), Some(Language::Fr));
    Event::Registered {
        title,
        sha256: None,
        bytes: None,
        media_type: None,
        language,
        address: None,
        published,
    }
}

fn annul() -> Command {
    Command::Annul { by: REGION, reason: note() }
}

fn annulled() -> Event {
    Event::Annulled { by: REGION, reason: note() }
}

#[test]
fn what_it_says_of_itself_is_corrected() {
    let given = [registered(Some("application/pdf")), attested(COMMUNE)];
    let published = "2019".parse().ok();
    for change in [
        retitled(),
        Given { published, ..Given::default() },
        Given { media_type: Some("video/mp4"), ..Given::default() },
    ] {
        causes(&given, correct(&change), corrected(&change));
        let again = [given[0].clone(), corrected(&change)];
        refused(&again, correct(&change), Refusal::NothingCorrected);
    }
    let untyped = Given { media_type: Some("pdf"), ..Given::default() };
    refused(&given, correct(&untyped), Refusal::NotAMediaType);
    refused(&[], correct(&retitled()), Refusal::NotRegistered);
}

#[test]
fn a_correction_that_changes_nothing_is_refused() {
    let given = [registered(None)];
    refused(&given, correct(&Given::default()), Refusal::NothingCorrected);
    let same = Given {
        title: Some(title()),
        sha256: Some(DIGEST),
        bytes: Some(12),
        published: Some(Effective::Unknown),
        ..Given::default()
    };
    refused(&given, correct(&same), Refusal::NothingCorrected);
}

#[test]
fn a_digest_is_added_where_there_was_none_and_never_replaced() {
    let found = Given { sha256: Some(DIGEST), bytes: Some(12), ..Given::default() };
    causes(&[unseen()], correct(&found), corrected(&found));
    let other = Given { sha256: Some(OTHER_DIGEST), ..Given::default() };
    refused(&[registered(None)], correct(&other), Refusal::AnotherFile);
    refused(&[unseen(), corrected(&found)], correct(&other), Refusal::AnotherFile);
    let longer = Given { bytes: Some(13), ..Given::default() };
    refused(&[registered(None)], correct(&longer), Refusal::AnotherFile);
}

#[test]
fn a_document_recorded_by_mistake_takes_nothing_more() {
    causes(&[registered(None)], annul(), annulled());
    causes(&[registered(None), attested(COMMUNE), withdrawn()], annul(), annulled());
    refused(&[], annul(), Refusal::NotRegistered);
    let given = [registered(None), annulled()];
    for command in [annul(), attest(COMMUNE), withdraw(), correct(&retitled())] {
        refused(&given, command, Refusal::Annulled);
    }
    refused(&given, register(None), Refusal::AlreadyRegistered);
    assert_eq!(Refusal::AnotherFile.code(), "DOCUMENT_ANOTHER_FILE");
    assert_eq!(Refusal::AnotherFile.field(), Some("sha256"));
    assert_eq!(Refusal::Annulled.field(), None);
}
