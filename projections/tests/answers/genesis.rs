//! Which keys signed the log and when, and under which origins.
use domain::document::Digest;
use domain::genesis::{Clock, Event};
use domain::ids::LedgerId;
use domain::published::{Checkpoint, VerifierKey};
use domain::recorded::Position;

use crate::{Ledger, many, name, note};

const FIRST: &str = "tiwizi.example/souss-massa";
const SECOND: &str = "registre.example/souss-massa";

fn key(origin: &str, id: u32) -> VerifierKey {
    VerifierKey::new(&format!("{origin}+{id:08x}+{}", "A".repeat(44))).expect("a key")
}

fn opened() -> Event {
    Event::Opened {
        ledger: LedgerId::from_u128(1),
        name: name("Souss-Massa"),
        origin: name(FIRST),
        purpose: note(),
        clock: Clock::Real,
    }
}

fn renewed() -> Event {
    let root = Digest::new(&"a".repeat(64)).expect("a digest");
    let previous = Some(Checkpoint { origin: name(FIRST), size: many(9), root });
    let (origin, key) = (name(SECOND), key(SECOND, 3));
    Event::OriginRenewed { origin, key, previous, reason: note() }
}

fn told(events: impl IntoIterator<Item = Event>) -> Ledger {
    let id = LedgerId::from_u128(1);
    events.into_iter().fold(Ledger::default(), |it, event| it.ledger(id, event))
}

#[test]
fn a_key_is_valid_from_one_event_until_another() {
    let (old, new) = (key(FIRST, 1), key(FIRST, 2));
    let trusted = |key: &VerifierKey| Event::KeyTrusted { key: key.clone() };
    let told =
        told([opened(), trusted(&old), trusted(&new), Event::KeyRetired { key: old.clone() }]);
    let genesis = told.0.ledger.expect("it is open");
    let valid: Vec<_> = genesis
        .keys
        .iter()
        .map(|it| (&it.key, it.trusted.position.0, it.retired.map(|it| it.position.0)))
        .collect();
    assert_eq!(valid, [(&old, 2, Some(4)), (&new, 3, None)]);
    assert_eq!((genesis.origin.as_str(), genesis.origin_since.position.0), (FIRST, 1));
    assert!(genesis.former_origins.is_empty());
}

#[test]
fn a_new_origin_retires_every_key_and_keeps_the_last_checkpoint_of_the_old_one() {
    let (one, two) = (key(FIRST, 1), key(FIRST, 2));
    let retired = Event::KeyRetired { key: one.clone() };
    let trusted = [Event::KeyTrusted { key: one }, Event::KeyTrusted { key: two }];
    let told = told([opened()].into_iter().chain(trusted).chain([retired, renewed()]));
    let genesis = told.0.ledger.expect("it is open");
    let until: Vec<_> = genesis.keys.iter().map(|it| it.retired.map(|it| it.position.0)).collect();
    assert_eq!(until, [Some(4), Some(5), None], "what was retired before keeps its day");
    assert_eq!((genesis.origin.as_str(), genesis.origin_since.position.0), (SECOND, 5));
    let [former] = genesis.former_origins.as_slice() else { panic!("one origin came before") };
    assert_eq!((former.origin.as_str(), former.since.position.0), (FIRST, 1));
    assert_eq!(former.until.position, Position(5));
    assert_eq!(former.last.as_ref().map(|it| it.size.get()), Some(9));
}

#[test]
fn before_its_first_event_a_ledger_says_nothing() {
    assert_eq!(told([renewed()]).0.ledger, None);
}
