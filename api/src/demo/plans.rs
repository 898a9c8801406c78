//! Territorial plans: Belfaâ's, those of the four provinces and prefectures that MTD II supports, and
//! one example that goes from its first line to its review.
use domain::deliberation::Stage;
use domain::effective::{Effective, Period};
use domain::ids::{ObjectiveId, PlanActionId, TerritorialPlanId};
use domain::territorial_plan::{Command, Kind, TerritorialPlan};

use super::belfaa::intervention;
use super::councils::deliberation;
use super::programmes::{period, programme};
use super::sources::{CAPSULE, FICHE};
use super::{Thing, Told, actor_id, effective, id, note, territory, title};

const UNDATED: Period = Period { from: Effective::Unknown, to: Effective::Unknown };

pub(super) fn told() -> Vec<Told> {
    let mut told = communal_action_plan();
    told.extend(roadmap());
    told.extend(provinces());
    told.extend(example());
    told
}

pub(super) fn plan(key: &str) -> TerritorialPlanId {
    id(&format!("plan/{key}"))
}

fn thing(key: &str, source: &'static str) -> Thing<TerritorialPlan> {
    Thing { id: plan(key), source }
}

fn objective(key: &str) -> ObjectiveId {
    id(&format!("objective/{key}"))
}

fn action(key: &str) -> PlanActionId {
    id(&format!("plan-action/{key}"))
}

fn start(by: &str, kind: Kind, place: &str, label: &str, within: Option<&str>) -> Command {
    Command::Start {
        by: actor_id(by),
        kind,
        territory: territory(place),
        title: title(label),
        period: UNDATED,
        programme: within.map(programme),
        on: Effective::Unknown,
    }
}

fn link(site: &str, objective: Option<ObjectiveId>, action: Option<PlanActionId>) -> Command {
    Command::LinkIntervention { intervention: intervention(site), objective, action }
}

/// Its text takes migration in for the first time, and no source says when. Neither does any name
/// the act that adopted it, so here it stays a draft.
fn communal_action_plan() -> Vec<Told> {
    let pac = thing("pac-belfaa", CAPSULE);
    let tell = |command| pac.tell("2023-07-03", "unknown", command).by("commune-belfaa");
    let (migration, office) = (objective("pac-belfaa/migration"), action("pac-belfaa/bureau"));
    let mainstreaming = Command::RecordMainstreaming {
        title: Some(title("Dimension migratoire")),
        note: Some(note("Avec l'accompagnement du programme PRIM.")),
        supported_by: Some(programme("prim")),
        on: Effective::Unknown,
    };
    let define = Command::DefineObjective {
        objective: migration,
        title: title("Intégrer la dimension migratoire"),
    };
    let add = Command::AddAction {
        action: office,
        objective: Some(migration),
        title: title("Créer un bureau d'accueil et d'orientation des migrants"),
        due: None,
    };
    let label = "Plan d'action communal de Belfaâ";
    let within = Some("prim");
    vec![
        tell(start("commune-belfaa", Kind::CommunalActionPlan, "commune-belfaa", label, within)),
        tell(define),
        tell(mainstreaming).mark("pac"),
        tell(add),
        tell(link("baom-belfaa", Some(migration), Some(office))),
        tell(Command::Draft { document: None, on: Effective::Unknown }),
    ]
}

fn roadmap() -> Vec<Told> {
    let roadmap = thing("feuille-belfaa", CAPSULE);
    let tell = |command| roadmap.tell("2023-07-03", "unknown", command).by("commune-belfaa");
    let label = "Feuille de route communale sur la migration (Belfaâ)";
    let within = Some("prim");
    vec![
        tell(start("commune-belfaa", Kind::MigrationRoadmap, "commune-belfaa", label, within)),
        tell(link("terrain-belfaa", None, None)),
        tell(Command::Draft { document: None, on: Effective::Unknown }),
    ]
}

/// The project supports their planning; no source says that one of them has taken migration in.
fn provinces() -> Vec<Told> {
    #[rustfmt::skip]
    let supported = [
        ("inezgane", "province-inezgane-ait-melloul", "Planification de la préfecture d'Inezgane-Aït Melloul"),
        ("taroudannt", "province-taroudannt", "Planification de la province de Taroudannt"),
        ("chtouka", "province-chtouka-ait-baha", "Planification de la province de Chtouka-Aït Baha"),
        ("tiznit", "province-tiznit", "Planification de la province de Tiznit"),
    ];
    let each = supported.into_iter().flat_map(|(key, place, label)| {
        let (thing, by) = (thing(&format!("province-{key}"), FICHE), format!("province-{key}"));
        let start = start(&by, Kind::ProvincialPlan, place, label, Some("mtd2"));
        [
            thing.tell("2020-05-11", "unknown", start).by(&by),
            thing.tell("2020-05-11", "unknown", link("mtd2-planification", None, None)).by(&by),
        ]
    });
    each.collect()
}

/// No source follows one plan through its stages: this one is an example from end to end.
fn example() -> Vec<Told> {
    let plan = thing("exemple-accueil", "Exemple : plan de démonstration");
    let tell = |at: &str, when: &str, command| plan.tell(at, when, command).by("commune-belfaa");
    let (welcome, listen) = (objective("exemple/accueil"), action("exemple/permanence"));
    let begin = Command::Start {
        by: actor_id("commune-belfaa"),
        kind: Kind::Other,
        territory: territory("commune-belfaa"),
        title: title("Exemple : plan local d'accueil de Belfaâ"),
        period: period("2024-06-01", "2027-05-31"),
        programme: None,
        on: effective("2023-11-06"),
    };
    let define =
        Command::DefineObjective { objective: welcome, title: title("Exemple : mieux accueillir") };
    let add = Command::AddAction {
        action: listen,
        objective: Some(welcome),
        title: title("Exemple : une permanence par semaine"),
        due: Some(effective("2024-12")),
    };
    let adopt = Command::Adopt {
        deliberation: deliberation("exemple-accueil"),
        on: effective("2024-05-08"),
        act: Some(Stage::Adopted),
    };
    let review = Command::Review {
        note: note("Exemple : deux permanences par semaine au lieu d'une."),
        document: None,
        on: effective("2025-06-02"),
    };
    vec![
        tell("2023-11-06", "2023-11-06", begin),
        tell("2023-11-06", "2023-11-06", define),
        tell("2023-11-06", "2023-11-06", add),
        tell("2023-11-07", "2023-11-07", link("baom-belfaa", Some(welcome), Some(listen))),
        tell(
            "2024-01-15",
            "2024-01-15",
            Command::Draft { document: None, on: effective("2024-01-15") },
        ),
        tell("2024-05-10", "2024-05-08", adopt),
        tell("2024-06-03", "2024-06-01", Command::EnterIntoForce { on: effective("2024-06-01") }),
        tell("2025-06-02", "2025-06-02", review),
    ]
}
