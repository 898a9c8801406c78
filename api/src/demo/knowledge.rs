//! What was learnt: the capsule of Belfaâ, the good practice that it calls exemplary, DEPOMI's
//! workshop.
use domain::capitalisation_item::{CapitalisationItem, Command, Kind};
use domain::classification::Sector;
use domain::ids::{CapitalisationItemId, DocumentId};
use domain::permission::Power;
use domain::population::PopulationGroup::{Families, Inhabitants, ThirdCountryNationals, Youth};
use domain::text::Language;

use super::belfaa::intervention;
use super::programmes::programme;
use super::sources::{CAPSULE, WORKSHOP};
use super::themes::sectors;
use super::{Marks, Thing, Told, actor_id, effective, id, name, note, territory, title};

const PUBLISHED: &str = "2025-07-28";
const EXAMPLE: &str = "Exemple : relecture de démonstration";

pub(super) fn told() -> Vec<Told> {
    let mut told = capsule();
    told.extend(good_practice());
    told.extend(workshop());
    told
}

fn item(key: &str, source: &'static str) -> Thing<CapitalisationItem> {
    Thing { id: id::<CapitalisationItemId>(&format!("capitalisation/{key}")), source }
}

fn document(reference: &str) -> DocumentId {
    id(&format!("document/{reference}"))
}

/// What Belfaâ's page is about.
fn belfaa(
    kind: Kind,
    label: &str,
    words: &str,
    sectors: Vec<Sector>,
    people_seen: bool,
) -> Command {
    Command::Draft {
        by: actor_id("expertise-france"),
        kind,
        title: title(label),
        summary: Some(note(words)),
        language: Some(Language::Fr),
        programme: Some(programme("prim")),
        interventions: ["terrain-belfaa", "1000-jours", "baom-belfaa"].map(intervention).into(),
        territories: vec![territory("commune-belfaa")],
        sectors,
        groups: vec![Inhabitants, Youth, Families, ThirdCountryNationals],
        address: Some(name(CAPSULE)),
        people_seen,
    }
}

/// Who read it before it was published, no source says: the reading and the reference of the consent
/// are examples.
fn review(key: &'static str) -> Told {
    let by = actor_id("region-souss-massa");
    let review = Command::Review { by, note: Some(note("Exemple : relu par la Région.")) };
    item(key, EXAMPLE).tell(PUBLISHED, PUBLISHED, review)
}

fn publish(consent: Option<&str>) -> Command {
    let by = actor_id("expertise-france");
    Command::Publish { by, consent: consent.map(name), on: effective(PUBLISHED) }
}

fn evidence(reference: &str) -> Command {
    Command::LinkEvidence { document: Some(document(reference)), event: None, note: None }
}

/// An event of the ledger, told before under the name `mark`, that shows it.
fn shown(key: &'static str, mark: &'static str, words: &'static str) -> Told {
    let link = move |marks: &Marks| Command::LinkEvidence {
        document: None,
        event: Some(marks[mark]),
        note: Some(note(words)),
    };
    let it = item(key, CAPSULE);
    Told::on(PUBLISHED).by("expertise-france").source(it.source).step_at::<CapitalisationItem>(
        it.id,
        Power::Report,
        link,
    )
}

fn capsule() -> Vec<Told> {
    let capsule = item("capsule-belfaa", CAPSULE);
    let tell = |command| capsule.tell(PUBLISHED, PUBLISHED, command).by("expertise-france");
    let label =
        "Belfaa, une commune pionnière dans l'intégration territoriale de la migration (vidéo)";
    let words = "Le terrain de sport et les 1000 premiers jours de l'enfant, par leurs acteurs.";
    vec![
        tell(belfaa(Kind::Capsule, label, words, sectors(&["15190", "16061", "12281"]), true)),
        tell(evidence(CAPSULE)),
        shown("capsule-belfaa", "tournoi", "Le tournoi annuel."),
        review("capsule-belfaa"),
        tell(publish(Some("Exemple : registre des consentements, capsule Belfaâ"))),
    ]
}

/// « Ce processus exemplaire », in the same page's words.
fn good_practice() -> Vec<Told> {
    let practice = item("bonne-pratique-belfaa", CAPSULE);
    let tell = |command| practice.tell(PUBLISHED, PUBLISHED, command).by("expertise-france");
    let label = "Une synergie d'acteurs au service du territoire : la commune pilote et coordonne";
    let words = "La commune coordonne ; les associations locales et de la diaspora agissent ; le PRIM \
                 soutient techniquement et financièrement.";
    vec![
        tell(belfaa(
            Kind::GoodPractice,
            label,
            words,
            sectors(&["15190", "15112", "15150"]),
            false,
        )),
        tell(evidence(CAPSULE)),
        shown("bonne-pratique-belfaa", "petition", "La pétition de 2018."),
        shown("bonne-pratique-belfaa", "baom", "Le bureau d'accueil."),
        shown("bonne-pratique-belfaa", "pac", "La migration dans le plan d'action communal."),
        review("bonne-pratique-belfaa"),
        tell(publish(None)),
    ]
}

/// It took place; no source says what came of it, so it stays a draft.
fn workshop() -> Vec<Told> {
    let workshop = item("atelier-depomi", WORKSHOP);
    let draft = Command::Draft {
        by: actor_id("enabel"),
        kind: Kind::Workshop,
        title: title("Atelier de capitalisation du programme DEPOMI (Rabat)"),
        summary: None,
        language: Some(Language::Fr),
        programme: Some(programme("depomi")),
        interventions: vec![],
        territories: vec![territory("ma")],
        sectors: sectors(&["15190"]),
        groups: vec![],
        address: Some(name(WORKSHOP)),
        people_seen: false,
    };
    let tell = |command| workshop.tell("2023-11-02", "2023-10-31", command).by("enabel");
    vec![tell(draft), tell(evidence(WORKSHOP))]
}
