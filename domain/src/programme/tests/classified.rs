//! What a programme is about.
use super::*;
use crate::classification::{GOALS_MAX, Goal};

fn classify(sectors: &[&str], goals: &[&str]) -> Command {
    let sectors = sectors.iter().map(|code| code.parse().expect("a sector")).collect();
    let goals = goals.iter().map(|code| code.parse().expect("a goal")).collect();
    Command::Classify { sectors, goals }
}

#[test]
fn what_it_is_about_is_said_and_said_anew_at_every_stage() {
    let stages = [drafted(), agreed(), running(), closing(), closed(), with(drafted(), [cancel()])];
    for before in stages {
        takes(before.clone(), classify(&["15190"], &["10.7", "10.c"]), "classified");
        let once = with(before, [classify(&["15190"], &[])]);
        takes(once, classify(&["15190", "15112"], &["17"]), "classified");
    }
    denies(vec![], classify(&["15190"], &[]), Refusal::NotCreated);
}

#[test]
fn a_classification_has_a_sector_and_nothing_twice_and_not_too_much() {
    denies(drafted(), classify(&[], &[]), Refusal::NoSector);
    denies(drafted(), classify(&["15190", "15190"], &[]), Refusal::ClassifiedTwice);
    denies(drafted(), classify(&["15190"], &["17.9", "17.9"]), Refusal::ClassifiedTwice);
    let Command::Classify { sectors, .. } = classify(&["15190"], &[]) else {
        unreachable!("it classifies")
    };
    let goals: Vec<Goal> = Goal::all().take(GOALS_MAX + 1).collect();
    let many = Command::Classify { sectors, goals };
    denies(drafted(), many, Refusal::TooMany { max: GOALS_MAX });
    assert_eq!(Refusal::NoSector.field(), Some("sectors"));
    assert_eq!(Refusal::ClassifiedTwice.field(), None);
    assert_eq!(Refusal::NoSector.code(), "PROGRAMME_NO_SECTOR");
}
