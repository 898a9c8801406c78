//! Who is trained and who is told: counts only, and where a source gives none, none.
use domain::awareness_action::{self, AwarenessAction, Channel};
use domain::effective::{Effective, Period};
use domain::ids::{AwarenessActionId, TrainingCohortId};
use domain::population::PopulationGroup::{
    ElectedOfficials, Families, HealthProfessionals, PublicOfficers, ReturnedMoroccans,
    ThirdCountryNationals,
};
use domain::population::Profession::{Midwife, Nurse, PublicOfficer};
use domain::population::{Headcount, Part, Sex};
use domain::training_cohort::{Command, TrainingCohort};

use super::belfaa::intervention;
use super::programmes::{period, programme};
use super::sources::{CAPSULE, FICHE};
use super::{Thing, Told, actor_id, date, effective, id, note, quantity, territory, title};

const EXAMPLE: &str = "Exemple : feuille d'émargement de démonstration, sans noms";

pub(super) fn told() -> Vec<Told> {
    let mut told = returned();
    told.extend(planners());
    told.extend(first_thousand_days());
    told.extend(example_training());
    told.extend(example_caravan());
    told
}

fn cohort(key: &str, source: &'static str) -> Thing<TrainingCohort> {
    Thing { id: id::<TrainingCohortId>(&format!("training/{key}")), source }
}

fn awareness(key: &str, source: &'static str) -> Thing<AwarenessAction> {
    Thing { id: id::<AwarenessActionId>(&format!("awareness/{key}")), source }
}

/// Forty-five places, which the indicator of the third result waits for.
fn returned() -> Vec<Told> {
    let plan = Command::Plan {
        by: actor_id("migdev"),
        title: title("Formation-action de 45 Marocains de retour"),
        programme: Some(programme("mtd2")),
        intervention: Some(intervention("mtd2-formation")),
        territory: territory("region-souss-massa"),
        groups: vec![ReturnedMoroccans],
        professions: vec![],
        places: Some(quantity(45)),
        period: period("2020-01", "2023-12"),
        indicators: vec![id("indicator/mtd2/retour")],
    };
    vec![cohort("mtd2-retour", FICHE).tell("2020-05-11", "2020-01", plan).by("migdev")]
}

/// « le renforcement des capacités des acteurs territoriaux », one cohort for each territory.
fn planners() -> Vec<Told> {
    #[rustfmt::skip]
    let cohorts = [
        ("inezgane", "province-inezgane-ait-melloul", "Capacités des acteurs territoriaux, Inezgane-Aït Melloul"),
        ("taroudannt", "province-taroudannt", "Capacités des acteurs territoriaux, Taroudannt"),
        ("chtouka", "province-chtouka-ait-baha", "Capacités des acteurs territoriaux, Chtouka-Aït Baha"),
        ("tiznit", "province-tiznit", "Capacités des acteurs territoriaux, Tiznit"),
    ];
    let each = cohorts.map(|(key, place, label)| {
        let plan = Command::Plan {
            by: actor_id("migdev"),
            title: title(label),
            programme: Some(programme("mtd2")),
            intervention: Some(intervention("mtd2-planification")),
            territory: territory(place),
            groups: vec![ElectedOfficials, PublicOfficers],
            professions: vec![],
            places: None,
            period: period("2020-01", "2023-12"),
            indicators: vec![],
        };
        let cohort = cohort(&format!("mtd2-{key}"), FICHE);
        cohort.tell("2020-05-11", "2020-01", plan).by("migdev")
    });
    each.into()
}

/// The source says that both took place, not when, for how many or how: no completion is recorded.
fn first_thousand_days() -> Vec<Told> {
    let (trained, told) = (cohort("1000-jours", CAPSULE), awareness("1000-jours", CAPSULE));
    let undated = Period { from: Effective::Unknown, to: Effective::Unknown };
    let train = Command::Plan {
        by: actor_id("khamsa"),
        title: title("Compétences des professionnels de santé (sages-femmes, infirmiers)"),
        programme: Some(programme("prim")),
        intervention: Some(intervention("1000-jours")),
        territory: territory("commune-belfaa"),
        groups: vec![HealthProfessionals],
        professions: vec![Midwife, Nurse],
        places: None,
        period: undated,
        indicators: vec![],
    };
    let tell = awareness_action::Command::Plan {
        by: actor_id("khamsa"),
        title: title("Parentalité partagée et soins précoces : familles locales et migrantes"),
        channel: Channel::NotDeclared,
        programme: Some(programme("prim")),
        intervention: Some(intervention("1000-jours")),
        territory: territory("commune-belfaa"),
        groups: vec![Families, ThirdCountryNationals],
        period: undated,
        indicators: vec![],
    };
    let (on, today) = (Effective::Unknown, date("2024-10-07"));
    let met = Command::RecordSession { title: None, attended: None, hours: None, on, today };
    let spoken = awareness_action::Command::RecordSession { title: None, reached: None, on, today };
    vec![
        trained.tell("2022-10-10", "unknown", train).by("khamsa"),
        told.tell("2022-10-10", "unknown", tell).by("khamsa"),
        trained.tell("2024-10-07", "unknown", met).by("khamsa"),
        told.tell("2024-10-07", "unknown", spoken).by("khamsa"),
    ]
}

fn headcount(women: i64, men: i64) -> Headcount {
    let part = |sex, count| Part {
        sex: Some(sex),
        group: None,
        profession: Some(PublicOfficer),
        count: quantity(count),
    };
    let parts = vec![part(Sex::Female, women), part(Sex::Male, men)];
    Headcount { total: quantity(women + men), parts, unknown: None }
}

/// No source counts who was trained: one cohort is an example, completed and then counted again.
fn example_training() -> Vec<Told> {
    let cohort = cohort("exemple-accueil", EXAMPLE);
    let plan = Command::Plan {
        by: actor_id("migdev"),
        title: title("Exemple : accueil et orientation des migrants, agents communaux"),
        programme: None,
        intervention: Some(intervention("baom-belfaa")),
        territory: territory("province-chtouka-ait-baha"),
        groups: vec![PublicOfficers],
        professions: vec![PublicOfficer],
        places: Some(quantity(25)),
        period: period("2023-03-06", "2023-03-10"),
        indicators: vec![],
    };
    let session = |label: &str, attended, on: &str| Command::RecordSession {
        title: Some(title(label)),
        attended: Some(quantity(attended)),
        hours: Some(6),
        on: effective(on),
        today: date(on),
    };
    let complete = Command::RecordCompletion {
        by: actor_id("migdev"),
        enrolled: headcount(14, 10),
        completed: headcount(13, 9),
        on: effective("2023-03-10"),
        today: date("2023-03-13"),
    };
    let correct = Command::CorrectCompletion {
        by: actor_id("region-souss-massa"),
        enrolled: headcount(14, 10),
        completed: headcount(13, 8),
        reason: note("Exemple : une personne comptée deux fois."),
    };
    let tell = |at: &str, when: &str, command| cohort.tell(at, when, command).by("migdev");
    vec![
        tell("2023-02-13", "2023-02-13", plan),
        tell("2023-03-07", "2023-03-06", session("Exemple : accueillir", 24, "2023-03-06")),
        tell("2023-03-13", "2023-03-10", session("Exemple : orienter", 22, "2023-03-10")),
        tell("2023-03-13", "2023-03-10", complete).mark("exemple/formation"),
        cohort.tell("2023-03-20", "2023-03-10", correct).corrects("exemple/formation"),
    ]
}

/// An action that counts whom it reached, as an estimate.
fn example_caravan() -> Vec<Told> {
    let caravan = awareness("exemple-caravane", EXAMPLE);
    let plan = awareness_action::Command::Plan {
        by: actor_id("anaruz"),
        title: title("Exemple : caravane de sensibilisation aux soins précoces"),
        channel: Channel::Caravan,
        programme: None,
        intervention: Some(intervention("1000-jours")),
        territory: territory("commune-belfaa"),
        groups: vec![Families],
        period: period("2024-11-04", "2024-11-08"),
        indicators: vec![],
    };
    let session = awareness_action::Command::RecordSession {
        title: Some(title("Exemple : premier jour")),
        reached: Some(quantity(60)),
        on: effective("2024-11-04"),
        today: date("2024-11-05"),
    };
    let complete = awareness_action::Command::RecordCompletion {
        by: actor_id("anaruz"),
        reached: Headcount { total: quantity(210), parts: vec![], unknown: None },
        estimated: true,
        on: effective("2024-11-08"),
        today: date("2024-11-11"),
    };
    let tell = |at: &str, when: &str, command| caravan.tell(at, when, command).by("anaruz");
    vec![
        tell("2024-10-21", "2024-10-21", plan),
        tell("2024-11-05", "2024-11-04", session),
        tell("2024-11-11", "2024-11-08", complete),
    ]
}
