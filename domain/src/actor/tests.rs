use cqrs_es::test::TestFramework;
use jiff::civil::date;

use super::*;
use crate::aggregate::Refused;
use crate::ids::UserId;
use crate::permission::{self, Denied, Power};
use crate::text::{Language, Note};

mod corrections;

const ITSELF: ActorId = ActorId::from_u128(1);
const OTHER: ActorId = ActorId::from_u128(2);
const HOLDER: UserId = UserId::from_u128(3);
const MANDATE: MandateId = MandateId::from_u128(4);
const KEY: KeyId = KeyId::from_u128(5);
const PUBLIC_KEY: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn reason() -> Note {
    Note::fr("Décision du comité").expect("a note")
}

fn identifier(value: &str) -> Identifier {
    Identifier { scheme: name("hcp"), value: name(value) }
}

fn register(taken_by: Option<ActorId>, homonym: bool, identifiers: Vec<Identifier>) -> Command {
    Command::Register {
        name: name("Khamsa"),
        kind: Kind::DiasporaAssociation,
        country: Country::MOROCCO,
        territory: None,
        identifiers,
        taken_by,
        homonym,
    }
}

fn registered() -> Event {
    Event::Registered {
        name: name("Khamsa"),
        kind: Kind::DiasporaAssociation,
        country: Country::MOROCCO,
        territory: None,
        identifiers: Vec::new(),
    }
}

fn add_alias(alias: &str, taken_by: Option<ActorId>, homonym: bool) -> Command {
    Command::AddAlias { alias: name(alias), language: Some(Language::Fr), taken_by, homonym }
}

fn alias_added(alias: &str) -> Event {
    Event::AliasAdded { alias: name(alias), language: Some(Language::Fr) }
}

fn grant(mandate: MandateId, powers: &[Power], until: Option<Date>) -> Command {
    Command::GrantMandate {
        mandate,
        holder: HOLDER,
        powers: powers.iter().copied().collect(),
        from: date(2022, 1, 1),
        until,
    }
}

fn granted(mandate: MandateId) -> Event {
    Event::MandateGranted {
        mandate,
        holder: HOLDER,
        powers: BTreeSet::from([Power::Sign]),
        from: date(2022, 1, 1),
        until: Some(date(2023, 12, 31)),
    }
}

fn revoke_mandate() -> Command {
    Command::RevokeMandate { mandate: MANDATE, reason: reason() }
}

fn mandate_revoked() -> Event {
    Event::MandateRevoked { mandate: MANDATE, reason: reason() }
}

fn enrol(key: KeyId, public_key: &str) -> Command {
    Command::EnrolKey { key, algorithm: KeyAlgorithm::Ed25519, public_key: name(public_key) }
}

fn enrolled(key: KeyId) -> Event {
    Event::KeyEnrolled { key, algorithm: KeyAlgorithm::Ed25519, public_key: name(PUBLIC_KEY) }
}

fn revoke_key() -> Command {
    Command::RevokeKey { key: KEY, reason: reason() }
}

fn key_revoked() -> Event {
    Event::KeyRevoked { key: KEY, reason: reason() }
}

fn merge(into: ActorId) -> Command {
    Command::Merge { into, reason: reason(), itself: ITSELF }
}

fn merged() -> Event {
    Event::Merged { into: OTHER, reason: reason() }
}

fn suspend() -> Command {
    Command::Suspend { reason: reason() }
}

fn suspended() -> Event {
    Event::Suspended { reason: reason() }
}

fn reinstate() -> Command {
    Command::Reinstate { reason: reason() }
}

fn reinstated() -> Event {
    Event::Reinstated { reason: reason() }
}

fn dissolve() -> Command {
    Command::Dissolve { reason: reason() }
}

fn dissolved() -> Event {
    Event::Dissolved { reason: reason() }
}

/// `command`, with `given` recorded, causes `event`.
fn causes(given: &[Event], command: Command, event: Event) {
    TestFramework::<Actor>::with(())
        .given(given.to_vec())
        .when(command)
        .then_expect_events(vec![event]);
}

/// `command`, with `given` recorded, is refused.
fn refused(given: &[Event], command: Command, refusal: Refusal) {
    TestFramework::<Actor>::with(()).given(given.to_vec()).when(command).then_expect_error(refusal);
}

/// One command of each variant but the registration.
fn later_commands() -> Vec<Command> {
    vec![
        add_alias("Khamssa", None, false),
        merge(OTHER),
        suspend(),
        reinstate(),
        dissolve(),
        grant(MANDATE, &[Power::Sign], None),
        revoke_mandate(),
        enrol(KEY, PUBLIC_KEY),
        revoke_key(),
    ]
}

#[test]
fn an_actor_is_registered_once() {
    causes(&[], register(None, false, Vec::new()), registered());
    let again = register(None, false, Vec::new());
    refused(&[registered()], again, Refusal::AlreadyRegistered);
}

#[test]
fn nothing_precedes_the_registration() {
    for command in later_commands() {
        refused(&[], command, Refusal::NotRegistered);
    }
}

#[test]
fn the_name_of_another_actor_is_taken_only_as_a_declared_homonym() {
    let taken = |field| Refusal::NameTaken { by: OTHER, field };
    let same = register(Some(OTHER), false, Vec::new());
    refused(&[], same, taken("name"));
    causes(&[], register(Some(OTHER), true, Vec::new()), registered());
    let given = [registered()];
    let same = add_alias("Khamssa", Some(OTHER), false);
    refused(&given, same, taken("alias"));
    let homonym = add_alias("Khamssa", Some(OTHER), true);
    causes(&given, homonym, alias_added("Khamssa"));
}

#[test]
fn identifiers_are_few_and_given_once() {
    let twice = vec![identifier("09"), identifier("10"), identifier("09")];
    refused(&[], register(None, false, twice), Refusal::DuplicateIdentifier);
    let many = (0..=IDENTIFIERS_MAX).map(|it| identifier(&it.to_string()));
    let max = IDENTIFIERS_MAX;
    refused(&[], register(None, false, many.collect()), Refusal::TooMany { max });
}

#[test]
fn another_spelling_is_an_alias_and_the_same_one_is_not() {
    let given = [registered()];
    causes(&given, add_alias("Khamssa", None, false), alias_added("Khamssa"));
    let same = add_alias("Khamsa", None, false);
    refused(&given, same, Refusal::DuplicateAlias);
    let given = [registered(), alias_added("Khamssa")];
    let same = add_alias("Khamssa", None, false);
    refused(&given, same, Refusal::DuplicateAlias);
}

#[test]
fn names_mandates_and_keys_are_limited() {
    let with = |max: usize, part: &dyn Fn(usize) -> Event| -> Vec<Event> {
        let parts = (0..max).map(part);
        std::iter::once(registered()).chain(parts).collect()
    };
    let max = NAMES_MAX;
    let names = with(max - 1, &|it| alias_added(&format!("Nom {it}")));
    let one_more = add_alias("Nom de trop", None, false);
    refused(&names, one_more, Refusal::TooMany { max });
    let max = MANDATES_MAX;
    let mandates = with(max, &|it| granted(MandateId::from_u128(1_000 + it as u128)));
    let one_more = grant(MANDATE, &[Power::Sign], None);
    refused(&mandates, one_more, Refusal::TooMany { max });
    let max = KEYS_MAX;
    let keys = with(max, &|it| enrolled(KeyId::from_u128(1_000 + it as u128)));
    refused(&keys, enrol(KEY, PUBLIC_KEY), Refusal::TooMany { max });
}

#[test]
fn an_actor_merges_into_another_and_not_into_itself() {
    causes(&[registered()], merge(OTHER), merged());
    causes(&[registered(), suspended()], merge(OTHER), merged());
    refused(&[registered()], merge(ITSELF), Refusal::MergedIntoItself);
}

#[test]
fn a_merged_or_dissolved_actor_takes_no_new_event() {
    for (end, stage) in [(merged(), Stage::Merged), (dissolved(), Stage::Dissolved)] {
        let given = [registered(), granted(MANDATE), enrolled(KEY), end];
        for command in later_commands() {
            refused(&given, command, Refusal::OutOfTurn { stage });
        }
        let again = register(None, false, Vec::new());
        refused(&given, again, Refusal::AlreadyRegistered);
    }
}

#[test]
fn a_suspended_actor_is_reinstated_dissolved_merged_or_loses_mandates_and_no_more() {
    let given = [registered(), granted(MANDATE), enrolled(KEY), suspended()];
    causes(&given, reinstate(), reinstated());
    causes(&given, dissolve(), dissolved());
    causes(&given, merge(OTHER), merged());
    causes(&given, revoke_mandate(), mandate_revoked());
    let others = [
        add_alias("Khamssa", None, false),
        suspend(),
        grant(MandateId::from_u128(9), &[Power::Sign], None),
        enrol(KeyId::from_u128(9), PUBLIC_KEY),
        revoke_key(),
    ];
    let stage = Stage::Suspended;
    for command in others {
        refused(&given, command, Refusal::OutOfTurn { stage });
    }
}

#[test]
fn an_actor_is_suspended_reinstated_and_dissolved() {
    causes(&[registered()], suspend(), suspended());
    causes(&[registered()], dissolve(), dissolved());
    let stage = Stage::Registered;
    refused(&[registered()], reinstate(), Refusal::OutOfTurn { stage });
    let back = [registered(), suspended(), reinstated()];
    causes(&back, add_alias("Khamssa", None, false), alias_added("Khamssa"));
}

#[test]
fn a_mandate_gives_a_power_and_ends_after_it_begins() {
    let given = [registered()];
    let last = Some(date(2023, 12, 31));
    causes(&given, grant(MANDATE, &[Power::Sign], last), granted(MANDATE));
    refused(&given, grant(MANDATE, &[], None), Refusal::NoPower);
    let reversed = grant(MANDATE, &[Power::Sign], Some(date(2021, 12, 31)));
    refused(&given, reversed, Refusal::MandateEndsBeforeItBegins);
    let given = [registered(), granted(MANDATE)];
    let again = grant(MANDATE, &[Power::Sign], None);
    refused(&given, again, Refusal::DuplicateMandate);
}

#[test]
fn a_mandate_of_one_day_is_granted() {
    let one_day = grant(MANDATE, &[Power::Sign], Some(date(2022, 1, 1)));
    let decided = Actor::default().evolve(registered()).decide(one_day);
    assert!(matches!(decided.as_deref(), Ok([Event::MandateGranted { .. }])));
}

#[test]
fn only_a_mandate_in_force_is_revoked() {
    let given = [registered(), granted(MANDATE)];
    causes(&given, revoke_mandate(), mandate_revoked());
    refused(&[registered()], revoke_mandate(), Refusal::UnknownMandate);
    let given = [registered(), granted(MANDATE), mandate_revoked()];
    refused(&given, revoke_mandate(), Refusal::MandateRevokedAlready);
}

#[test]
fn a_key_is_enrolled_and_revoked_once() {
    causes(&[registered()], enrol(KEY, PUBLIC_KEY), enrolled(KEY));
    let given = [registered(), enrolled(KEY)];
    causes(&given, revoke_key(), key_revoked());
    refused(&given, enrol(KEY, PUBLIC_KEY), Refusal::DuplicateKey);
    refused(&[registered()], revoke_key(), Refusal::UnknownKey);
    let given = [registered(), enrolled(KEY), key_revoked()];
    refused(&given, revoke_key(), Refusal::KeyRevokedAlready);
    refused(&given, enrol(KEY, PUBLIC_KEY), Refusal::DuplicateKey);
}

#[test]
fn a_public_key_has_the_form_of_its_algorithm() {
    let unpadded = PUBLIC_KEY.trim_end_matches('=');
    let url_form = PUBLIC_KEY.replace('/', "_");
    for wrong in ["clé", unpadded, &url_form, &format!("{PUBLIC_KEY}=")] {
        let enrol = enrol(KEY, wrong);
        refused(&[registered()], enrol, Refusal::NotAPublicKey);
    }
}

#[test]
fn a_mandate_is_in_force_from_its_first_day_to_its_last_unless_revoked() {
    let actor = Actor::default().evolve(registered());
    let actor = actor.evolve(granted(MANDATE));
    let in_force = |actor: &Actor, day| actor.mandate_in_force(MANDATE, day).is_some();
    assert!(!in_force(&actor, date(2021, 12, 31)));
    assert!(in_force(&actor, date(2022, 1, 1)));
    assert!(in_force(&actor, date(2023, 12, 31)));
    assert!(!in_force(&actor, date(2024, 1, 1)));
    let unknown = MandateId::from_u128(9);
    assert_eq!(actor.mandate_in_force(unknown, date(2022, 1, 1)), None);
    let actor = actor.evolve(mandate_revoked());
    assert!(!in_force(&actor, date(2022, 1, 1)));
}

#[test]
fn whoever_acts_under_a_mandate_is_allowed_what_it_gives_while_it_binds() {
    let day = date(2022, 6, 1);
    let may = |actor: &Actor, on| {
        permission::decide(Some(&actor.acting(ITSELF, MANDATE, on)), Power::Sign)
    };
    let actor = Actor::default().evolve(registered());
    assert_eq!(may(&actor, day), Err(Denied::MandateNotInForce));
    let actor = actor.evolve(granted(MANDATE));
    assert_eq!(may(&actor, day), Ok(()));
    assert_eq!(may(&actor, date(2024, 1, 1)), Err(Denied::MandateNotInForce));
    let actor = actor.evolve(suspended());
    assert_eq!(may(&actor, day), Err(Denied::ActorNotActive));
    assert!(actor.evolve(reinstated()).is_active());
}

#[test]
fn a_refusal_has_a_stable_code_and_names_its_field() {
    let taken = Refusal::NameTaken { by: OTHER, field: "alias" };
    assert_eq!(taken.code(), "ACTOR_NAME_TAKEN");
    assert_eq!(taken.field(), Some("alias"));
    let travelling = crate::aggregate::Refusal::from(taken);
    assert_eq!(travelling.details["by"], OTHER.to_string());
    assert_eq!(travelling.details.len(), 1);
    assert_eq!(Refusal::NotAPublicKey.field(), Some("publicKey"));
    assert_eq!(Refusal::UnknownMandate.field(), Some("mandate"));
    assert_eq!(Refusal::UnknownKey.field(), Some("key"));
    assert_eq!(Refusal::NotRegistered.field(), None);
}
