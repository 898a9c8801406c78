//! What of an actor is corrected, and when it can be annulled.
use super::*;

const TODAY: Date = date(2024, 6, 1);

fn renames(to: &str, taken_by: Option<ActorId>, homonym: bool) -> Command {
    Command::Correct {
        name: Some(name(to)),
        kind: None,
        country: None,
        territory: None,
        identifiers: None,
        taken_by,
        homonym,
        reason: reason(),
    }
}

fn renamed(to: &str) -> Event {
    Event::Corrected {
        name: Some(name(to)),
        kind: None,
        country: None,
        territory: None,
        identifiers: None,
        reason: reason(),
    }
}

fn corrects(kind: Option<Kind>, identifiers: Option<Vec<Identifier>>) -> Command {
    Command::Correct {
        name: None,
        kind,
        country: None,
        territory: None,
        identifiers,
        taken_by: Some(OTHER),
        homonym: false,
        reason: reason(),
    }
}

fn corrected(kind: Option<Kind>, identifiers: Option<Vec<Identifier>>) -> Event {
    let (name, country, territory) = (None, None, None);
    Event::Corrected { name, kind, country, territory, identifiers, reason: reason() }
}

fn withdraw(alias: &str) -> Command {
    Command::WithdrawAlias { alias: name(alias), reason: reason() }
}

fn withdrawn(alias: &str) -> Event {
    Event::AliasWithdrawn { alias: name(alias), reason: reason() }
}

fn annul() -> Command {
    Command::Annul { by: OTHER, reason: reason(), today: TODAY }
}

fn annulled() -> Event {
    Event::Annulled { by: OTHER, reason: reason() }
}

#[track_caller]
fn records(given: &[Event], command: Command, event: Event) {
    TestFramework::<Actor>::with(())
        .given(given.to_vec())
        .when(command)
        .then_expect_events(vec![event]);
}

#[track_caller]
fn denies(given: &[Event], command: Command, why: Refusal) {
    TestFramework::<Actor>::with(()).given(given.to_vec()).when(command).then_expect_error(why);
}

#[test]
fn a_corrected_name_is_free_or_declared_a_homonym() {
    let given = [registered()];
    records(&given, renames("Khamssa", None, false), renamed("Khamssa"));
    let taken = Refusal::NameTaken { by: OTHER, field: "name" };
    denies(&given, renames("Anaruz", Some(OTHER), false), taken);
    records(&given, renames("Anaruz", Some(OTHER), true), renamed("Anaruz"));
    denies(&given, renames("Khamsa", None, false), Refusal::NothingCorrected);
}

#[test]
fn the_name_that_was_wrong_is_its_name_no_more() {
    let given = [registered(), renamed("Khamssa")];
    denies(&given, add_alias("Khamssa", None, false), Refusal::DuplicateAlias);
    records(&given, add_alias("Khamsa", None, false), alias_added("Khamsa"));
}

#[test]
fn what_is_left_out_stays_and_the_rest_is_checked_as_at_the_registration() {
    let given = [registered()];
    let association = Some(Kind::LocalAssociation);
    records(&given, corrects(association, None), corrected(association, None));
    let same = corrects(Some(Kind::DiasporaAssociation), Some(Vec::new()));
    denies(&given, same, Refusal::NothingCorrected);
    let twice = vec![identifier("1"), identifier("1")];
    denies(&given, corrects(None, Some(twice)), Refusal::DuplicateIdentifier);
    let many = (0..=IDENTIFIERS_MAX).map(|it| identifier(&it.to_string())).collect();
    denies(&given, corrects(None, Some(many)), Refusal::TooMany { max: IDENTIFIERS_MAX });
    let one = Some(vec![identifier("1")]);
    records(&given, corrects(None, one.clone()), corrected(None, one));
}

#[test]
fn an_alias_that_it_never_had_is_withdrawn_and_its_registered_name_is_not() {
    let given = [registered(), alias_added("Khamssa")];
    records(&given, withdraw("Khamssa"), withdrawn("Khamssa"));
    denies(&given, withdraw("Khamsa"), Refusal::RegisteredName);
    denies(&given, withdraw("Anaruz"), Refusal::UnknownAlias);
    let given = [registered(), alias_added("Khamssa"), withdrawn("Khamssa")];
    denies(&given, withdraw("Khamssa"), Refusal::UnknownAlias);
    records(&given, add_alias("Khamssa", None, false), alias_added("Khamssa"));
}

#[test]
fn an_actor_for_whom_nobody_may_act_is_annulled() {
    records(&[registered()], annul(), annulled());
    let suspended = Event::Suspended { reason: reason() };
    records(&[registered(), suspended], annul(), annulled());
    let granted = |until| Event::MandateGranted {
        mandate: MANDATE,
        holder: HOLDER,
        powers: BTreeSet::from([Power::Sign]),
        from: date(2025, 1, 1),
        until,
    };
    denies(&[registered(), granted(None)], annul(), Refusal::MandateStands);
    denies(&[registered(), granted(Some(TODAY))], annul(), Refusal::MandateStands);
    records(&[registered(), granted(Some(date(2024, 5, 31)))], annul(), annulled());
    let revoked = Event::MandateRevoked { mandate: MANDATE, reason: reason() };
    records(&[registered(), granted(None), revoked], annul(), annulled());
}

#[test]
fn an_actor_that_is_at_an_end_or_was_a_mistake_takes_no_correction() {
    let merged = Event::Merged { into: OTHER, reason: reason() };
    let ends = [
        (merged, Stage::Merged),
        (Event::Dissolved { reason: reason() }, Stage::Dissolved),
        (annulled(), Stage::Annulled),
    ];
    for (end, stage) in ends {
        let given = [registered(), alias_added("Khamssa"), end];
        let renaming = renames("Khamsa Italia", None, false);
        for command in [renaming, withdraw("Khamssa"), annul()] {
            denies(&given, command, Refusal::OutOfTurn { stage });
        }
    }
    for command in [renames("Khamssa", None, false), withdraw("Khamsa"), annul()] {
        denies(&[], command, Refusal::NotRegistered);
    }
    let given = [registered(), annulled()];
    denies(
        &given,
        add_alias("Khamssa", None, false),
        Refusal::OutOfTurn { stage: Stage::Annulled },
    );
    assert!(!given.into_iter().fold(Actor::default(), Actor::evolve).is_active());
}

#[test]
fn a_refused_correction_names_its_code_and_its_field() {
    assert_eq!(Refusal::MandateStands.code(), "ACTOR_MANDATE_STANDS");
    assert_eq!(Refusal::UnknownAlias.field(), Some("alias"));
    assert_eq!(Refusal::NothingCorrected.field(), None);
}
