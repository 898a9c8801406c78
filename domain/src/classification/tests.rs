use std::collections::BTreeSet;

use super::table::{Table, category, goal};
use super::*;

fn sector(code: &str) -> Sector {
    code.parse().expect("it is in the table")
}

fn target(code: &str) -> Goal {
    code.parse().expect("it is in the table")
}

#[test]
fn the_tables_hold_this_field_with_names_in_both_languages() {
    assert!(Sector::all().count() >= 120);
    assert!(SectorCategory::all().all(|it| it.sectors().count() > 0));
    assert_eq!(Goal::all().filter(|it| !it.is_target()).count(), 17);
    for code in ["15190", "13010", "15112", "15150", "15170", "16011", "16020", "16065", "31120"] {
        assert_eq!(sector(code).as_str(), code);
    }
    let migration = sector("15190");
    assert!(migration.name_fr().starts_with("Faciliter la migration"));
    assert!(migration.name_en().starts_with("Facilitation of orderly"));
    assert_eq!(migration.category().as_str(), "151");
    assert_eq!(migration.category().name_en(), "Government and civil society, general");
    let regular = target("10.7");
    assert_eq!(regular.name_fr(), "Migration ordonnée, sûre, régulière et responsable");
    assert!(regular.wording_fr().starts_with("Faciliter la migration"));
    assert!(regular.wording_en().starts_with("Facilitate orderly"));
    assert_eq!(regular.name_en(), "Orderly, safe, regular and responsible migration");
    assert_eq!((regular.whole(), target("10").whole()), (target("10"), target("10")));
}

#[test]
fn codes_come_in_their_order_and_each_once() {
    let sectors: Vec<_> = Sector::all().map(Sector::as_str).collect();
    assert!(sectors.is_sorted() && sectors.iter().collect::<BTreeSet<_>>().len() == sectors.len());
    assert!(sectors.iter().all(|it| it.len() == 5));
    assert!(SectorCategory::all().map(SectorCategory::as_str).is_sorted());
    let order = ["4.7", "4.a", "10", "10.7", "10.c", "16.9", "16.10", "16.a"].map(target);
    assert!(order.is_sorted());
}

#[test]
fn a_code_is_stored_as_text_and_an_unknown_one_is_refused_when_made_and_when_read() {
    for code in ["15190", "16065"] {
        let stored = format!("\"{code}\"");
        assert_eq!(serde_json::to_string(&sector(code)).expect("it serialises"), stored);
        assert_eq!(serde_json::from_str::<Sector>(&stored).expect("it is known"), sector(code));
    }
    assert_eq!(serde_json::to_string(&target("10.c")).expect("it serialises"), "\"10.c\"");
    for wrong in ["", "151", "1519", "15199", "151900", "migration"] {
        assert_eq!(Sector::parse(wrong), Err(UnknownCode(wrong.to_owned())));
        assert!(serde_json::from_str::<Sector>(&format!("\"{wrong}\"")).is_err());
    }
    for wrong in ["", "18", "10.", "10.z", "10.70", "0", "010"] {
        assert_eq!(Goal::try_from(wrong.to_owned()), Err(UnknownCode(wrong.to_owned())));
    }
    assert!(serde_json::from_str::<Sector>("15190").is_err(), "a number is no code");
    assert!(SectorCategory::parse("15190").is_err());
    assert_eq!(format!("{:?} {}", sector("15190"), target("10.7")), "15190 10.7");
}

#[test]
fn a_theme_is_a_sector_or_all_of_a_category() {
    let (one, all): (Theme, Theme) =
        ("15190".parse().expect("a sector"), "151".parse().expect("a category"));
    assert!(one.covers(sector("15190")) && !one.covers(sector("15150")));
    assert!(all.covers(sector("15190")) && all.covers(sector("15150")));
    assert!(!all.covers(sector("16020")));
    assert_eq!((one.to_string(), all.to_string()), ("15190".to_owned(), "151".to_owned()));
    assert!("999".parse::<Theme>().is_err());
}

#[test]
fn a_classification_names_a_sector_and_nothing_twice_and_not_too_much() {
    let (migration, sport) = (sector("15190"), sector("16065"));
    let regular = target("10.7");
    assert_eq!(must_classify(&[migration, sport], &[]), Ok(()));
    assert_eq!(must_classify(&[migration], &[regular]), Ok(()));
    assert_eq!(must_classify(&[], &[regular]), Err(Unfit::NoSector));
    assert_eq!(must_classify(&[migration, sport, migration], &[]), Err(Unfit::Duplicate));
    assert_eq!(must_classify(&[migration], &[regular, regular]), Err(Unfit::Duplicate));
    let many: Vec<_> = Sector::all().take(SECTORS_MAX + 1).collect();
    assert_eq!(must_classify(&many, &[]), Err(Unfit::TooMany { max: SECTORS_MAX }));
    let goals: Vec<_> = Goal::all().take(GOALS_MAX + 1).collect();
    assert_eq!(must_classify(&[sport], &goals), Err(Unfit::TooMany { max: GOALS_MAX }));
}

#[test]
fn a_table_with_a_wrong_line_names_it() {
    for line in ["151", "151\tGouvernement\t", "15190\tMigration\tMigration", "1\ta\tb\tc"] {
        let file: &'static str = format!("code\tname_fr\n{line}\n").leak();
        assert_eq!(Table::parse(file, category).err(), Some(line));
    }
    let file = "code\n10\ta\tb\tc\td\n10\ta\tb\tc\td\n";
    assert_eq!(Table::parse(file, goal).err(), Some("10\ta\tb\tc\td"));
}
