//! What programmes and interventions are about: purpose codes of the OECD's DAC, and targets of the
//! sustainable development goals.
use domain::classification::{Goal, Sector};
use domain::intervention::{self, Intervention};
use domain::programme::{Command, Programme};

use super::belfaa::intervention;
use super::programmes::programme;
use super::sources::FICHE;
use super::{Thing, Told};

/// The sources name sectors in French words and no code: which code each means is our reading.
const READING: &str = "Exemple : lecture des sources selon les codes du CAD et les cibles ODD";

/// The project sheet's eight sectors, in its order, and the code that each is read as.
const SHEET: [(&str, &str); 8] = [
    ("Action sociale", "16010"),
    ("Appui - Conseil - Formation", "15110"),
    ("Éducation", "11110"),
    ("Éducation à la citoyenneté mondiale", "99820"),
    ("Égalité H-F", "15170"),
    ("Enseignement - Formation", "11330"),
    ("Justice - Paix", "15220"),
    ("Migrations", "15190"),
];

/// When it was recorded, of what, its sectors and its targets.
type Reading = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const PROGRAMMES: [Reading; 2] = [
    ("2020-05-12", "depomi", &["15190", "15112"], &["10.7", "17.9"]),
    ("2021-02-12", "prim", &["15190", "15112", "15150"], &["10.7", "16.7", "17.17"]),
];

#[rustfmt::skip]
const INTERVENTIONS: [Reading; 9] = [
    ("2020-03-02", "terrain-belfaa", &["16061", "15190"], &["11.7", "10.7", "16.7"]),
    ("2020-05-12", "mtd2-coordination", &["15190", "15112"], &["10.7", "17.17"]),
    ("2020-05-12", "mtd2-planification", &["15112", "15190"], &["10.7", "17.9"]),
    ("2020-05-12", "mtd2-formation", &["15190", "16020"], &["10.7", "4.4"]),
    ("2020-05-12", "mtd2-cartographies", &["15190"], &["10.7"]),
    ("2020-05-12", "mtd2-volontariat", &["15190", "11330"], &["10.7", "4.4", "8.6"]),
    ("2022-06-30", "baom-belfaa", &["15190", "16010"], &["10.7", "10.2"]),
    ("2022-10-10", "1000-jours", &["12281", "13020", "12220"], &["3.1", "3.2"]),
    ("2024-09-02", "exemple-permanence", &["15190"], &["10.7"]),
];

pub(super) fn told() -> Vec<Told> {
    let mtd2 = |source, goals| {
        let codes = SHEET.map(|(_, code)| code);
        let classify = Command::Classify { sectors: sectors(&codes), goals };
        Thing::<Programme> { id: programme("mtd2"), source }.tell("2020-05-12", "2020-01", classify)
    };
    // The sheet has a heading for the goals and names none below it.
    let mut told =
        vec![mtd2(FICHE, vec![]), mtd2(READING, goals(&["10.7", "4.4", "5.1", "17.17"]))];
    told.extend(PROGRAMMES.map(|(at, key, codes, targets)| {
        let classify = Command::Classify { sectors: sectors(codes), goals: goals(targets) };
        Thing::<Programme> { id: programme(key), source: READING }.tell(at, at, classify)
    }));
    told.extend(INTERVENTIONS.map(|(at, key, codes, targets)| {
        let classify =
            intervention::Command::Classify { sectors: sectors(codes), goals: goals(targets) };
        Thing::<Intervention> { id: intervention(key), source: READING }.tell(at, at, classify)
    }));
    told
}

pub(super) fn sectors(codes: &[&str]) -> Vec<Sector> {
    let read = |code: &&str| Sector::try_from((*code).to_owned()).expect("a sector of the story");
    codes.iter().map(read).collect()
}

fn goals(codes: &[&str]) -> Vec<Goal> {
    let read = |code: &&str| Goal::try_from((*code).to_owned()).expect("a goal of the story");
    codes.iter().map(read).collect()
}
