//! What was done on the ground: Belfaâ first, then the other interventions that the sources name.
use domain::ids::{InterventionId, ParticipationId};
use domain::intervention::{Command, Intervention, Origin, Recurrence, Role};
use domain::population::PopulationGroup::{
    self, Children, CivilSociety, ElectedOfficials, Families, HealthProfessionals, Inhabitants,
    Journalists, MoroccansAbroad, PublicOfficers, ReturnedMoroccans, ThirdCountryNationals, Youth,
};

use super::councils::{deliberation, petition};
use super::plans::plan;
use super::programmes::programme;
use super::sources::{CAPSULE, CONVENTION, ECHOS, FICHE, SIXTEEN};
use super::{Told, actor_id, effective, id, note, territory, title};

pub(super) fn told() -> Vec<Told> {
    let mut told = sports_field();
    told.extend(first_thousand_days());
    told.extend(welcome_office());
    told.extend(mtd2_activities());
    told.extend(prim_projects());
    told.extend(example_overlap());
    told
}

pub(super) fn intervention(key: &str) -> InterventionId {
    id(&format!("intervention/{key}"))
}

struct Site {
    key: &'static str,
    source: &'static str,
}

impl Site {
    /// Recorded on `at`, true at `when`.
    fn tell(&self, at: &str, when: &str, command: Command) -> Told {
        let id = intervention(self.key);
        Told::on(at).effective(when).source(self.source).step::<Intervention>(id, command)
    }

    fn propose(
        &self,
        at: &str,
        when: &str,
        label: &str,
        territories: &[&str],
        groups: &[PopulationGroup],
        within: Option<&str>,
    ) -> Told {
        let propose = Command::Propose {
            title: title(label),
            summary: None,
            territories: territories.iter().map(|slug| territory(slug)).collect(),
            programme: within.map(programme),
            groups: groups.to_vec(),
            budget: None,
        };
        self.tell(at, when, propose)
    }

    fn takes_part(&self, at: &str, when: &str, actor: &str, role: Role, why: &str) -> Told {
        let add = Command::AddParticipant {
            participation: id::<ParticipationId>(&format!("participation/{}/{actor}", self.key)),
            actor: actor_id(actor),
            role,
            from: effective(when),
            note: Some(note(why)),
        };
        self.tell(at, when, add)
    }

    fn adopt(&self, at: &str, when: &str, by: &str) -> Told {
        let by = actor_id(by);
        self.tell(at, when, Command::Adopt { by, deliberation: None, on: effective(when) })
    }

    fn start_phase(&self, at: &str, when: &str, label: &str) -> Told {
        let start =
            Command::StartPhase { phase: 1, title: Some(title(label)), on: effective(when) };
        self.tell(at, when, start)
    }
}

fn sports_field() -> Vec<Told> {
    let site = Site { key: "terrain-belfaa", source: CAPSULE };
    let unknown = effective("unknown");
    let petition = Origin::CitizenInitiative {
        initiative: Some(petition()),
        note: note("Pétition citoyenne portée par de jeunes habitants de Belfaâ."),
    };
    let link = Command::LinkOrigin { origin: petition, on: effective("2018") };
    let adopt = Command::Adopt {
        by: actor_id("commune-belfaa"),
        deliberation: Some(deliberation("terrain-belfaa")),
        on: unknown,
    };
    let roadmap = Command::IntegrateInPlan {
        plan: Some(plan("feuille-belfaa")),
        title: title("Feuille de route communale sur la migration"),
        on: unknown,
    };
    let tournament = Command::RecordRecurringEvent {
        title: title("Tournoi de football africain"),
        recurrence: Recurrence::Yearly,
        on: unknown,
    };
    vec![
        site.propose(
            "2020-01-08",
            "2018",
            "Terrain de sport de proximité de Belfaâ",
            &["commune-belfaa"],
            &[Youth, Inhabitants, ThirdCountryNationals],
            Some("prim"),
        ),
        site.tell("2020-01-08", "2018", link),
        site.takes_part(
            "2020-01-08",
            "unknown",
            "commune-belfaa",
            Role::Lead,
            "Pilote et coordinatrice des interventions.",
        ),
        site.takes_part(
            "2020-01-08",
            "2018",
            "taqaddoum",
            Role::Partner,
            "Soutien du projet dès l'origine.",
        ),
        site.takes_part(
            "2020-02-03",
            "unknown",
            "solidarieta-cooperazione",
            Role::ProjectHolder,
            "Association de la diaspora qui porte le projet.",
        ),
        site.tell("2020-02-10", "unknown", adopt),
        site.start_phase("2020-03-02", "unknown", "Première phase de travaux"),
        site.tell("2021-06-07", "unknown", Command::CompletePhase { phase: 1, on: unknown }),
        site.takes_part(
            "2023-07-03",
            "unknown",
            "afd",
            Role::Funder,
            "Par le programme PRIM, qui a permis le financement.",
        ),
        site.tell("2023-07-03", "unknown", roadmap),
        site.takes_part(
            "2023-07-04",
            "unknown",
            "anaruz",
            Role::Facilitator,
            "Troisième association : anime le terrain avec les autres acteurs.",
        ),
        site.tell("2024-09-02", "unknown", Command::Complete { on: unknown }),
        site.tell("2024-09-02", "unknown", Command::Commission { on: unknown }),
        site.tell("2025-07-28", "unknown", tournament).mark("tournoi"),
    ]
}

fn first_thousand_days() -> Vec<Told> {
    let site = Site { key: "1000-jours", source: CAPSULE };
    vec![
        site.propose(
            "2022-10-03",
            "unknown",
            "1000 premiers jours de l'enfant",
            &["commune-belfaa"],
            &[Families, Children, HealthProfessionals, ThirdCountryNationals],
            Some("prim"),
        ),
        site.takes_part(
            "2022-10-03",
            "unknown",
            "khamsa",
            Role::ProjectHolder,
            "Conduit le projet.",
        ),
        site.takes_part(
            "2022-10-03",
            "unknown",
            "commune-belfaa",
            Role::Lead,
            "Pilote et coordinatrice des interventions.",
        ),
        site.takes_part(
            "2022-10-03",
            "unknown",
            "afd",
            Role::Funder,
            "Par le programme PRIM, qui appuie l'intervention.",
        ),
        site.adopt("2022-10-10", "unknown", "commune-belfaa"),
        site.start_phase(
            "2022-10-10",
            "unknown",
            "Compétences des professionnels de santé, sensibilisation des familles",
        ),
    ]
}

fn welcome_office() -> Vec<Told> {
    let site = Site { key: "baom-belfaa", source: CONVENTION };
    vec![
        site.propose(
            "2022-06-30",
            "2022-06",
            "Bureau d'accueil et d'orientation des migrants de Belfaâ",
            &["commune-belfaa"],
            &[ThirdCountryNationals],
            None,
        ),
        site.takes_part(
            "2022-06-30",
            "2022-06",
            "commune-belfaa",
            Role::Lead,
            "Décision interne du président de la commune.",
        ),
        site.takes_part(
            "2022-06-30",
            "2022-06",
            "migdev",
            Role::TechnicalSupport,
            "Convention avec la commune.",
        ),
        site.adopt("2022-06-30", "2022-06", "commune-belfaa"),
        site.start_phase("2022-06-30", "2022-06", "Création du bureau"),
    ]
}

/// What no source tells: a second office of the kind, under another lead, in the same commune.
fn example_overlap() -> Vec<Told> {
    let site =
        Site { key: "exemple-permanence", source: "Exemple : intervention de démonstration" };
    let day = "2024-09-02";
    vec![
        site.propose(
            day,
            day,
            "Exemple : permanence d'information pour les migrants",
            &["commune-belfaa"],
            &[ThirdCountryNationals],
            None,
        ),
        site.takes_part(day, day, "anaruz", Role::Lead, "Exemple : l'association l'anime."),
        site.adopt(day, day, "anaruz"),
        site.start_phase(day, day, "Exemple : première année"),
    ]
}

/// Whom the project sheet speaks to, as groups of people; the councils and services are actors.
const PUBLICS: &[PopulationGroup] = &[
    ElectedOfficials,
    PublicOfficers,
    CivilSociety,
    ReturnedMoroccans,
    ThirdCountryNationals,
    MoroccansAbroad,
    Youth,
    Journalists,
];

const REGION: &[&str] = &["region-souss-massa"];

const PROVINCES: &[&str] = &[
    "province-inezgane-ait-melloul",
    "province-taroudannt",
    "province-chtouka-ait-baha",
    "province-tiznit",
];

fn mtd2_activities() -> Vec<Told> {
    type Activity =
        (&'static str, &'static str, &'static [&'static str], &'static [PopulationGroup]);
    #[rustfmt::skip]
    let activities: [Activity; 5] = [
        ("mtd2-coordination", "Système de coordination des interventions migration et développement", REGION, PUBLICS),
        ("mtd2-planification", "Dimension migratoire dans la planification territoriale", PROVINCES, &[ElectedOfficials, PublicOfficers]),
        ("mtd2-formation", "Formation-action de Marocains de retour", REGION, &[ReturnedMoroccans]),
        ("mtd2-cartographies", "Cartographies des opportunités de mobilités en France et en Belgique", REGION, &[Youth]),
        ("mtd2-volontariat", "Accompagnement de jeunes à la mobilité par le volontariat", REGION, &[Youth]),
    ];
    let each = activities.into_iter().flat_map(|(key, label, places, groups)| {
        let site = Site { key, source: FICHE };
        [
            site.propose("2020-05-07", "2020-01", label, places, groups, Some("mtd2")),
            site.takes_part(
                "2020-05-07",
                "2020-01",
                "migdev",
                Role::Lead,
                "Porteur du projet MTD II.",
            ),
            site.adopt("2020-05-07", "2020-01", "migdev"),
        ]
    });
    let (system, planning) = ("mtd2-coordination", "mtd2-planification");
    let supported = [
        (system, "region-souss-massa", "Appuyée dans la mise en place du système."),
        (system, "maison-mre-tiznit", "Appuyée dans la mise en place du système."),
        (system, "ministere-mre", "Coordonne et capitalise les interventions avec les régions."),
        (system, "conseils-communaux", "Public concerné."),
        (system, "services-etat", "Public concerné."),
        (planning, "province-inezgane", "Appuyée dans sa planification."),
        (planning, "province-taroudannt", "Appuyée dans sa planification."),
        (planning, "province-chtouka", "Appuyée dans sa planification."),
        (planning, "province-tiznit", "Appuyée dans sa planification."),
    ]
    .map(|(key, actor, why)| {
        let site = Site { key, source: FICHE };
        site.takes_part("2020-05-08", "2020-01", actor, Role::Partner, why)
    });
    each.chain(supported).collect()
}

fn prim_projects() -> Vec<Told> {
    let seven = Site { key: "prim-sept-projets", source: ECHOS };
    let sixteen = Site { key: "prim-seize-projets", source: SIXTEEN };
    let communes = [
        "commune-agadir",
        "commune-belfaa",
        "commune-taroudannt",
        "commune-sidi-bibi",
        "commune-biougra",
        "commune-ait-amira",
        "commune-tata",
        "commune-ammelne",
    ];
    let started = effective("2024-05-23");
    let start = Command::StartPhase { phase: 1, title: None, on: started };
    vec![
        seven.propose(
            "2023-02-24",
            "2023-02-22/2023-02-23",
            "Sept projets PRIM retenus (comités d'évaluation d'Agadir)",
            &communes,
            &[],
            Some("prim"),
        ),
        seven.takes_part(
            "2023-02-24",
            "2023-02-22/2023-02-23",
            "lot-2023",
            Role::ProjectHolder,
            "Sept porteurs retenus sur quinze demandes.",
        ),
        sixteen.propose(
            "2024-04-22",
            "2024-04-15/2024-04-21",
            "Seize projets PRIM dans cinq provinces",
            &["region-souss-massa"],
            &[],
            Some("prim"),
        ),
        sixteen.takes_part(
            "2024-04-22",
            "2024-04-15/2024-04-21",
            "lot-2024",
            Role::ProjectHolder,
            "Seize porteurs.",
        ),
        sixteen.adopt("2024-05-24", "2024-05-23", "region-souss-massa"),
        sixteen.tell("2024-05-24", "2024-05-23", start),
    ]
}
