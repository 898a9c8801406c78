//! What an intervention is about.
use super::*;
use crate::classification::{Goal, SECTORS_MAX, Sector};

fn classify(sectors: &[&str], goals: &[&str]) -> Command {
    let sectors = sectors.iter().map(|code| code.parse().expect("a sector")).collect();
    let goals = goals.iter().map(|code| code.parse().expect("a goal")).collect();
    Command::Classify { sectors, goals }
}

#[test]
fn what_it_is_about_is_said_and_said_anew_at_every_stage_but_when_it_was_a_mistake() {
    for stage in RECORDED.iter().copied().filter(|it| *it != Stage::Annulled) {
        takes(at(stage), classify(&["16065", "15150"], &["11.7"]), "classified");
        let once = with(at(stage), [classify(&["16065"], &[])]);
        takes(once, classify(&["15190"], &["10", "10.7"]), "classified");
    }
    denies(vec![], classify(&["16065"], &[]), Refusal::NotProposed);
    let annulled = Refusal::OutOfTurn { stage: Stage::Annulled };
    denies(at(Stage::Annulled), classify(&["16065"], &[]), annulled);
}

#[test]
fn a_classification_has_a_sector_and_nothing_twice_and_not_too_much() {
    let idea = || at(Stage::Idea);
    denies(idea(), classify(&[], &["10.7"]), Refusal::NoSector);
    denies(idea(), classify(&["16065", "16065"], &[]), Refusal::ClassifiedTwice);
    denies(idea(), classify(&["16065"], &["10.7", "10.7"]), Refusal::ClassifiedTwice);
    let sectors: Vec<Sector> = Sector::all().take(SECTORS_MAX + 1).collect();
    let many = Command::Classify { sectors, goals: Vec::<Goal>::new() };
    denies(idea(), many, Refusal::TooMany { max: SECTORS_MAX });
    assert_eq!(Refusal::NoSector.field(), Some("sectors"));
    assert_eq!(Refusal::ClassifiedTwice.field(), None);
    assert_eq!(Refusal::ClassifiedTwice.code(), "INTERVENTION_CLASSIFIED_TWICE");
}
