//! Regular pathways abroad: two maps that MTD II is to make, and young people who are to go.
use domain::ids::{MobilityMapId, MobilityPlacementId, OpportunityId};
use domain::mobility_map::{Command, MobilityMap, Pathway, Way};
use domain::mobility_placement::{self, MobilityPlacement};
use domain::population::PopulationGroup::Youth;
use domain::population::{Headcount, Part, Sex};
use domain::text::Country;

use super::belfaa::intervention;
use super::programmes::programme;
use super::sources::FICHE;
use super::{Thing, Told, actor_id, date, effective, id, name, note, quantity, territory, title};

/// The code of the Unicode Common Locale Data Repository for an unknown country.
const NOT_DECLARED: &str = "ZZ";
const EXAMPLE: &str = "Exemple : fiche d'opportunité de démonstration";

pub(super) fn told() -> Vec<Told> {
    let mut told = vec![
        map("france", FICHE).tell("2020-05-11", "2020-01", draft("FR", "en France")).by("migdev"),
        map("belgique", FICHE)
            .tell("2020-05-11", "2020-01", draft("BE", "en Belgique"))
            .by("migdev"),
    ];
    told.extend(example_opportunities());
    told.extend(example_map());
    told.extend(volunteers());
    told.extend(example_departure());
    told
}

fn map(key: &str, source: &'static str) -> Thing<MobilityMap> {
    Thing { id: id::<MobilityMapId>(&format!("mobility-map/{key}")), source }
}

fn placement(key: &str, source: &'static str) -> Thing<MobilityPlacement> {
    Thing { id: id::<MobilityPlacementId>(&format!("placement/{key}")), source }
}

fn opportunity(key: &str) -> OpportunityId {
    id(&format!("opportunity/{key}"))
}

fn country(code: &str) -> Country {
    code.to_owned().try_into().expect("a country of the story")
}

fn draft(code: &str, label: &str) -> Command {
    Command::Draft {
        by: actor_id("migdev"),
        title: title(&format!("Cartographie des opportunités de mobilités {label}")),
        country: country(code),
        programme: Some(programme("mtd2")),
        intervention: Some(intervention("mtd2-cartographies")),
        indicators: vec![id("indicator/mtd2/cartographies")],
    }
}

fn add(key: &str, label: &str, pathway: Pathway, verified_on: &str) -> Command {
    Command::AddOpportunity {
        opportunity: opportunity(key),
        title: title(label),
        pathway,
        conditions: Some(note("Exemple : de 18 à 25 ans.")),
        groups: vec![Youth],
        reference: name("Exemple : page de démonstration"),
        verified_on: date(verified_on),
        closes: None,
        today: date(verified_on),
    }
}

/// No source names one pathway: these three are examples, one in each state.
fn example_opportunities() -> Vec<Told> {
    let (france, belgium) = (map("france", EXAMPLE), map("belgique", EXAMPLE));
    let day = "2021-10-04";
    let mission = "Exemple : mission de volontariat de douze mois";
    let season = "Exemple : contrat saisonnier agricole";
    let school = "Exemple : formation en alternance";
    let check = Command::VerifyOpportunity {
        opportunity: opportunity("exemple-mission"),
        reference: None,
        on: date("2025-06-02"),
        today: date("2025-06-02"),
    };
    let expire = Command::ExpireOpportunity {
        opportunity: opportunity("exemple-saison"),
        reason: Some(note("Exemple : campagne close.")),
        on: effective("2022-09-30"),
        today: date("2022-10-03"),
    };
    vec![
        france
            .tell(day, day, add("exemple-mission", mission, Pathway::Volunteering, day))
            .by("migdev"),
        france
            .tell(day, day, add("exemple-saison", season, Pathway::SeasonalWork, day))
            .by("migdev"),
        belgium
            .tell(day, day, add("exemple-alternance", school, Pathway::VocationalTraining, day))
            .by("migdev"),
        france.tell("2022-10-03", "2022-09-30", expire).by("migdev"),
        france.tell("2025-06-02", "2025-06-02", check).by("migdev"),
    ]
}

/// No source says that a map was published: this one is an example, and counts for no indicator.
fn example_map() -> Vec<Told> {
    let map = map("exemple-italie", EXAMPLE);
    let draft = Command::Draft {
        by: actor_id("solidarieta-cooperazione"),
        title: title("Exemple : opportunités de mobilités en Italie"),
        country: country("IT"),
        programme: None,
        intervention: None,
        indicators: vec![],
    };
    let (mission, day) = ("Exemple : mission de volontariat de six mois", "2021-10-11");
    let add = add("exemple-italie", mission, Pathway::Volunteering, day);
    let by = actor_id("maison-mre-tiznit");
    let (read, out) = ("2021-10-18", "2021-10-19");
    let validate = Command::Validate { by, on: effective(read), today: date(read) };
    let publish = Command::Publish { document: None, on: effective(out), today: date(out) };
    vec![
        map.tell(day, day, draft).by("solidarieta-cooperazione"),
        map.tell(day, day, add).by("solidarieta-cooperazione"),
        map.tell(read, read, validate).by("maison-mre-tiznit"),
        map.tell(out, out, publish),
    ]
}

/// « au moins 10 jeunes »: no source says where to or that they left.
fn volunteers() -> Vec<Told> {
    let propose = mobility_placement::Command::Propose {
        by: actor_id("migdev"),
        title: title("Au moins 10 jeunes dans un projet de mobilité via le volontariat"),
        pathway: Pathway::Volunteering,
        country: country(NOT_DECLARED),
        map: None,
        opportunity: None,
        programme: Some(programme("mtd2")),
        intervention: Some(intervention("mtd2-volontariat")),
        territory: territory("region-souss-massa"),
        groups: vec![Youth],
        places: quantity(10),
        indicators: vec![id("indicator/mtd2/volontariat")],
        way: Way::NoMap,
    };
    vec![placement("mtd2-volontariat", FICHE).tell("2020-05-11", "2020-01", propose).by("migdev")]
}

/// A group that leaves and comes back: an example, which counts for no indicator.
fn example_departure() -> Vec<Told> {
    let group = placement("exemple-mission", EXAMPLE);
    let tell = |at: &str, when: &str, command| group.tell(at, when, command).by("migdev");
    let propose = mobility_placement::Command::Propose {
        by: actor_id("migdev"),
        title: title("Exemple : douze jeunes volontaires"),
        pathway: Pathway::Volunteering,
        country: country("IT"),
        map: Some(map("exemple-italie", EXAMPLE).id),
        opportunity: Some(opportunity("exemple-italie")),
        programme: None,
        intervention: None,
        territory: territory("region-souss-massa"),
        groups: vec![Youth],
        places: quantity(12),
        indicators: vec![],
        way: Way::Named { country: country("IT"), pathway: Some(Pathway::Volunteering) },
    };
    let part = |sex, count| Part {
        sex: Some(sex),
        group: Some(Youth),
        profession: None,
        count: quantity(count),
    };
    let parts = vec![part(Sex::Female, 6), part(Sex::Male, 5)];
    let departed = Headcount { total: quantity(11), parts, unknown: None };
    let depart = mobility_placement::Command::RecordDeparture {
        by: actor_id("migdev"),
        departed,
        on: effective("2022-09-05"),
        today: date("2022-09-06"),
    };
    let come_back = mobility_placement::Command::RecordReturn {
        returned: quantity(11),
        on: effective("2023-09-04"),
        today: date("2023-09-05"),
    };
    vec![
        tell("2022-02-07", "2022-02-07", propose),
        tell("2022-09-06", "2022-09-05", depart),
        tell("2023-09-05", "2023-09-04", come_back),
    ]
}
