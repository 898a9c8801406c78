use cqrs_es::test::TestFramework;

use super::*;

fn open() -> Command {
    Command::Open {
        ledger: LedgerId::from_u128(1),
        name: Name::new("Souss-Massa").expect("a name"),
        origin: Name::new(FIRST).expect("an origin"),
        purpose: Note::fr("Coordonner").expect("a purpose"),
        clock: Clock::Real,
    }
}

const FIRST: &str = "tiwizi.example/souss-massa";
const SECOND: &str = "registre.example/souss-massa";

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn key(origin: &str, number: usize) -> VerifierKey {
    let material = "A".repeat(44);
    VerifierKey::new(&format!("{origin}+{number:08x}+{material}")).expect("a key")
}

fn trust(key: VerifierKey) -> Command {
    Command::TrustKey { key }
}

fn retire(key: VerifierKey) -> Command {
    Command::RetireKey { key }
}

fn last(origin: &str) -> Checkpoint {
    use crate::measure::Quantity;
    Checkpoint {
        origin: name(origin),
        size: Quantity::new(7).expect("a size"),
        root: Digest::new(&"a".repeat(64)).expect("a root"),
    }
}

fn renew(origin: &str, key: VerifierKey, previous: Option<Checkpoint>) -> Command {
    let reason = Note::fr("Sauvegarde remise").expect("a reason");
    Command::RenewOrigin { origin: name(origin), key, previous, reason }
}

/// The ledger after `commands`, each of which it takes.
fn after(commands: impl IntoIterator<Item = Command>) -> Vec<Event> {
    let (mut ledger, mut events) = (Ledger::default(), Vec::new());
    for command in std::iter::once(open()).chain(commands) {
        for event in ledger.decide(command).expect("it is taken") {
            ledger = ledger.evolve(event.clone());
            events.push(event);
        }
    }
    events
}

fn refused(given: Vec<Event>, command: Command, refusal: Refusal) {
    TestFramework::<Ledger>::with(()).given(given).when(command).then_expect_error(refusal);
}

#[test]
fn a_bundle_is_made_of_an_open_ledger() {
    let digest = || Digest::new(&"ab".repeat(32)).expect("a digest");
    let (scope, manifest, size, root) = (Scope::All, digest(), 7, digest());
    let command = Command::MakeBundle { scope, manifest, size, root };
    refused(vec![], command.clone(), Refusal::NotOpen);
    let (scope, manifest, root) = (Scope::All, digest(), digest());
    let event = Event::BundleMade { scope, manifest, size, root };
    // Another one may follow.
    TestFramework::<Ledger>::with(())
        .given([after([]), vec![event.clone()]].concat())
        .when(command)
        .then_expect_events(vec![event]);
}

#[test]
fn a_ledger_opens_once() {
    let opened = after([]);
    assert!(matches!(opened.as_slice(), [Event::Opened { clock: Clock::Real, .. }]));
    refused(opened, open(), Refusal::AlreadyOpen);
}

#[test]
fn nothing_is_said_of_a_ledger_before_it_opens() {
    let key = key(FIRST, 1);
    for command in [trust(key.clone()), retire(key.clone()), renew(FIRST, key, None)] {
        refused(vec![], command, Refusal::NotOpen);
    }
}

#[test]
fn a_key_signs_once_and_for_its_own_log() {
    let given = || after([trust(key(FIRST, 1))]);
    let (named, origin) = (SECOND.to_owned(), name(FIRST));
    let another = Refusal::KeyOfAnotherOrigin { key: named, origin };
    refused(given(), trust(key(SECOND, 1)), another);
    refused(given(), trust(key(FIRST, 1)), Refusal::KeyAlreadyTrusted);
    TestFramework::<Ledger>::with(())
        .given(given())
        .when(trust(key(FIRST, 2)))
        .then_expect_events(vec![Event::KeyTrusted { key: key(FIRST, 2) }]);
    let many = after((0..KEYS_MAX).map(|number| trust(key(FIRST, number))));
    refused(many, trust(key(FIRST, KEYS_MAX)), Refusal::TooManyKeys { max: KEYS_MAX });
}

#[test]
fn a_key_is_retired_once_and_never_the_last() {
    let two = || after([trust(key(FIRST, 1)), trust(key(FIRST, 2))]);
    refused(two(), retire(key(FIRST, 3)), Refusal::KeyNotTrusted);
    refused(after([trust(key(FIRST, 1))]), retire(key(FIRST, 1)), Refusal::LastKey);
    TestFramework::<Ledger>::with(())
        .given(two())
        .when(retire(key(FIRST, 1)))
        .then_expect_events(vec![Event::KeyRetired { key: key(FIRST, 1) }]);
    let retired = [trust(key(FIRST, 1)), trust(key(FIRST, 2)), retire(key(FIRST, 1))];
    for again in [trust(key(FIRST, 1)), retire(key(FIRST, 1))] {
        refused(after(retired.clone()), again, Refusal::KeyAlreadyRetired);
    }
}

#[test]
fn an_origin_is_never_used_again() {
    let first = || after([trust(key(FIRST, 1))]);
    let used = |origin| Refusal::OriginUsed { origin: name(origin) };
    refused(first(), renew(FIRST, key(FIRST, 2), None), used(FIRST));
    let (named, origin) = (FIRST.to_owned(), name(SECOND));
    let another = Refusal::KeyOfAnotherOrigin { key: named, origin };
    refused(first(), renew(SECOND, key(FIRST, 2), None), another);
    let (found, origin) = (name(SECOND), name(FIRST));
    let another = Refusal::CheckpointOfAnotherOrigin { found, origin };
    refused(first(), renew(SECOND, key(SECOND, 1), Some(last(SECOND))), another);

    let renewed = || {
        let renewal = renew(SECOND, key(SECOND, 1), Some(last(FIRST)));
        after([trust(key(FIRST, 1)), renewal])
    };
    refused(renewed(), renew(FIRST, key(FIRST, 2), None), used(FIRST));
    refused(renewed(), trust(key(SECOND, 1)), Refusal::KeyAlreadyTrusted);
    refused(renewed(), retire(key(FIRST, 1)), Refusal::KeyAlreadyRetired);
    refused(renewed(), retire(key(SECOND, 1)), Refusal::LastKey);
}
