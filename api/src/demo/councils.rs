//! What citizens asked of Belfaâ's council, and what the council decided.
use domain::citizen_initiative::{self, CitizenInitiative};
use domain::deliberation::{Command, Deliberation, Votes};
use domain::effective::Effective;
use domain::ids::{CitizenInitiativeId, DeliberationId};
use domain::population::PopulationGroup::{Inhabitants, Youth};

use super::sources::CAPSULE;
use super::{Thing, Told, actor_id, effective, id, name, note, quantity, territory, title};

const EXAMPLE: &str = "Exemple : registre des délibérations de démonstration";

pub(super) fn told() -> Vec<Told> {
    let mut told = sports_field();
    told.extend(example_votes());
    told.extend(example_mistake());
    told
}

pub(super) fn petition() -> CitizenInitiativeId {
    id("initiative/terrain-belfaa")
}

pub(super) fn deliberation(key: &str) -> DeliberationId {
    id(&format!("deliberation/{key}"))
}

/// From the petition of 2018 to the council's act, of which no source gives day, number or votes.
fn sports_field() -> Vec<Told> {
    let asked = Thing::<CitizenInitiative> { id: petition(), source: CAPSULE };
    let act = Thing::<Deliberation> { id: deliberation("terrain-belfaa"), source: CAPSULE };
    let receive = citizen_initiative::Command::Receive {
        title: title("Pétition citoyenne pour un terrain de sport de proximité à Belfaâ"),
        summary: Some(note("Portée par de jeunes habitants et habitantes de Belfaâ.")),
        territory: territory("commune-belfaa"),
        groups: vec![Youth, Inhabitants],
        signatures: None,
        on: effective("2018"),
    };
    let endorse = citizen_initiative::Command::Endorse {
        by: actor_id("taqaddoum"),
        note: Some(note("Soutien dès l'origine.")),
        on: effective("2018"),
    };
    let refer = citizen_initiative::Command::Refer {
        to: actor_id("commune-belfaa"),
        on: Effective::Unknown,
    };
    let answer = citizen_initiative::Command::LinkDeliberation {
        deliberation: act.id,
        on: Effective::Unknown,
    };
    let table = Command::Table {
        council: actor_id("commune-belfaa"),
        title: title("Terrain de sport de proximité de Belfaâ"),
        session: None,
        initiative: Some(petition()),
        on: Effective::Unknown,
    };
    let adopt =
        Command::Adopt { number: None, votes: None, document: None, on: Effective::Unknown };
    vec![
        asked.tell("2020-01-08", "2018", receive).by("commune-belfaa").mark("petition"),
        asked.tell("2020-01-08", "2018", endorse).by("taqaddoum"),
        asked.tell("2020-01-09", "unknown", refer),
        act.tell("2020-02-10", "unknown", table).by("commune-belfaa"),
        act.tell("2020-02-10", "unknown", adopt).by("commune-belfaa"),
        asked.tell("2020-02-10", "unknown", answer).by("commune-belfaa"),
    ]
}

/// No source gives a council's votes: these are an example, put off once before they are cast.
fn example_votes() -> Vec<Told> {
    let act = Thing::<Deliberation> { id: deliberation("exemple-accueil"), source: EXAMPLE };
    let table = Command::Table {
        council: actor_id("commune-belfaa"),
        title: title("Exemple : adoption du plan local d'accueil de Belfaâ"),
        session: Some(name("Exemple : session ordinaire de février 2024")),
        initiative: None,
        on: effective("2024-02-07"),
    };
    let postpone = Command::Postpone {
        until: Some(effective("2024-05")),
        reason: Some(note("Exemple : quorum non atteint.")),
        on: effective("2024-02-07"),
    };
    let votes = Votes {
        members: Some(quantity(25)),
        quorum: Some(quantity(13)),
        present: Some(quantity(19)),
        in_favour: quantity(16),
        against: quantity(1),
        abstained: quantity(2),
    };
    let adopt = Command::Adopt {
        number: Some(name("Exemple 12/2024")),
        votes: Some(votes),
        document: None,
        on: effective("2024-05-08"),
    };
    vec![
        act.tell("2024-02-08", "2024-02-07", table).by("commune-belfaa"),
        act.tell("2024-02-08", "2024-02-07", postpone).by("commune-belfaa"),
        act.tell("2024-05-09", "2024-05-08", adopt).by("commune-belfaa"),
    ]
}

/// A petition that was never there, and the event that says so.
fn example_mistake() -> Vec<Told> {
    let asked = Thing::<CitizenInitiative>::of("initiative/exemple-erreur", EXAMPLE);
    let receive = citizen_initiative::Command::Receive {
        title: title("Exemple : pétition saisie deux fois"),
        summary: None,
        territory: territory("commune-belfaa"),
        groups: vec![Youth],
        signatures: None,
        on: effective("2018"),
    };
    let annul = citizen_initiative::Command::Annul {
        by: actor_id("region-souss-massa"),
        reason: note("Exemple : doublon de la pétition de 2018."),
    };
    vec![
        asked
            .tell("2020-01-14", "2018", receive)
            .by("commune-belfaa")
            .mark("exemple/petition-saisie-deux-fois"),
        asked.tell("2020-01-15", "2020-01-15", annul).corrects("exemple/petition-saisie-deux-fois"),
    ]
}
