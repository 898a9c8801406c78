//! Who is whom, and who may bind them.
use std::collections::BTreeSet;

use domain::actor;
use domain::ids::{MandateId, UserId};
use domain::permission::Power;
use jiff::civil::date;
use projections::Models;
use projections::actors::Status;

use crate::{ANARUZ, BELFAA, KHAMSA, Ledger, name, note, registered};

#[test]
fn a_merged_actor_is_found_under_any_of_its_names_and_followed_to_who_it_became() {
    let Ledger(models) = Ledger::default()
        .actor(KHAMSA, registered("Khamsa"))
        .actor(ANARUZ, registered("Anaruz"))
        .actor(ANARUZ, actor::Event::AliasAdded { alias: name("Anarouz Agadir"), language: None })
        .actor(ANARUZ, actor::Event::Merged { into: KHAMSA, reason: note() })
        .actor(KHAMSA, actor::Event::Merged { into: BELFAA, reason: note() });
    assert_eq!(models.actors.named("KHAMSSA").collect::<Vec<_>>(), [KHAMSA]);
    assert_eq!(models.actors.search("agadir"), BTreeSet::from([ANARUZ]));
    assert_eq!(models.actors.resolve(ANARUZ), BELFAA);
    assert_eq!(models.actors.identities(KHAMSA), BTreeSet::from([KHAMSA, ANARUZ, BELFAA]));
    let merged = models.actors.get(ANARUZ).expect("it stays known");
    assert_eq!(merged.status, Status::Merged { into: KHAMSA });
    assert_eq!(merged.names.len(), 2);
}

#[test]
fn actors_merged_in_a_circle_are_still_answered() {
    let Ledger(models) = Ledger::default()
        .actor(KHAMSA, registered("Khamsa"))
        .actor(ANARUZ, registered("Anaruz"))
        .actor(KHAMSA, actor::Event::Merged { into: ANARUZ, reason: note() })
        .actor(ANARUZ, actor::Event::Merged { into: KHAMSA, reason: note() });
    assert_eq!(models.actors.identities(KHAMSA), BTreeSet::from([KHAMSA, ANARUZ]));
    assert_eq!(models.actors.resolve(KHAMSA), ANARUZ);
}

#[test]
fn a_mandate_binds_from_its_first_day_until_it_is_revoked() {
    let mandate = MandateId::from_u128(60);
    let granted = actor::Event::MandateGranted {
        mandate,
        holder: UserId::from_u128(1),
        powers: BTreeSet::from([Power::Sign]),
        from: date(2020, 1, 1),
        until: Some(date(2020, 12, 31)),
    };
    let ledger = Ledger::default().actor(KHAMSA, registered("Khamsa")).actor(KHAMSA, granted);
    let binds =
        |models: &Models, day| models.actors.mandate_in_force(KHAMSA, mandate, day).is_some();
    assert!(!binds(&ledger.0, date(2019, 12, 31)));
    assert!(binds(&ledger.0, date(2020, 12, 31)));
    assert!(!binds(&ledger.0, date(2021, 1, 1)));
    // Recorded on 4 January 2020, and no other day is said.
    let revoked = ledger.actor(KHAMSA, actor::Event::MandateRevoked { mandate, reason: note() });
    assert!(binds(&revoked.0, date(2020, 1, 3)));
    assert!(!binds(&revoked.0, date(2020, 1, 4)));
}
