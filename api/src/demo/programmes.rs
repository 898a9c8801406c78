//! Frameworks and programmes: DEPOMI with its part MTD II, and PRIM.
use domain::effective::Period;
use domain::ids::{ExpectedResultId, IndicatorId, PolicyFrameworkId, ProgrammeId};
use domain::indicator::{self, Cell, Indicator, Measurement};
use domain::measure::Quantity;
use domain::policy_framework::{self, PolicyFramework};
use domain::population::Sex;
use domain::programme::{Claim, Command, Comparator, Kind, Programme};

use super::sources::{CAPSULE, ENABEL, FICHE, LAUNCH, MISSION, REPORTER, SIXTEEN, WORKSHOP};
use super::{Told, actor_id, actors, effective, euros, id, name, note, quantity, territory, title};

pub(super) fn told() -> Vec<Told> {
    let mut told = frameworks();
    told.extend(depomi());
    told.extend(mtd2());
    told.extend(mtd2_results());
    told.extend(example_indicator());
    told.extend(prim());
    told.extend(prim_indicators());
    told
}

pub(super) fn programme(key: &str) -> ProgrammeId {
    id(&format!("programme/{key}"))
}

pub(super) fn period(from: &str, to: &str) -> Period {
    Period { from: effective(from), to: effective(to) }
}

fn frameworks() -> Vec<Told> {
    [
        ("politique-migratoire", "Politique migratoire du Royaume du Maroc", None, "2013"),
        ("snia", "Stratégie nationale d'immigration et d'asile", Some("SNIA"), "unknown"),
        ("snmre", "Stratégie nationale en faveur des Marocains du monde", Some("SNMRE"), "unknown"),
        ("regionalisation", "Régionalisation avancée", None, "unknown"),
    ]
    .map(|(key, label, acronym, on)| {
        let adopt = policy_framework::Command::Adopt {
            title: title(label),
            acronym: acronym.map(name),
            by: None,
            on: effective(on),
        };
        Told::on("2020-01-08")
            .effective(on)
            .source(FICHE)
            .step::<PolicyFramework>(id::<PolicyFrameworkId>(&format!("framework/{key}")), adopt)
    })
    .into()
}

fn align(key: &str, framework: &str, at: &str) -> Told {
    let framework = id(&format!("framework/{framework}"));
    Told::on(at)
        .source(FICHE)
        .step::<Programme>(programme(key), Command::Align { framework, axis: None })
}

fn depomi() -> Vec<Told> {
    let depomi = programme("depomi");
    let create = Command::Create {
        kind: Kind::Programme,
        title: title("Déploiement des politiques migratoires au niveau régional"),
        acronym: Some(name("DEPOMI")),
        parent: None,
        period: period("2020-05-01", "2023-03-31"),
        operator: Some(actor_id("enabel")),
        funders: actors(["ue"]),
        partners: vec![],
        territories: vec![territory("ma")],
        budget: None,
    };
    let claim = |claim| Command::Report { claim };
    let on = effective("2020-05-01");
    let agree = Command::Agree { parties: actors(["enabel", "ue"]), document: None, on };
    let from_reporter = claim(Claim::Period(period("2020-05-01", "2023-03-31")));
    let from_enabel = claim(Claim::Period(period("2020-10", "unknown")));
    let workshop = Command::BeginClosing { on: effective("2023-10-31") };
    vec![
        Told::on("2020-05-04")
            .effective("2020-05-01")
            .source(REPORTER)
            .mark("depomi")
            .step::<Programme>(depomi, create),
        Told::on("2020-05-04")
            .effective("2020-05-01")
            .source(REPORTER)
            .step::<Programme>(depomi, agree),
        Told::on("2020-05-04")
            .effective("2020-05-01")
            .source(REPORTER)
            .step::<Programme>(depomi, Command::Start { on }),
        Told::on("2021-04-30")
            .effective("2020-05-01")
            .source(REPORTER)
            .step::<Programme>(depomi, claim(Claim::Budget(euros(8_000_000)))),
        Told::on("2021-04-30").source(REPORTER).step::<Programme>(depomi, from_reporter),
        Told::on("2021-05-03").source(ENABEL).step::<Programme>(depomi, from_enabel),
        Told::on("2023-11-02")
            .effective("2023-10-31")
            .source(WORKSHOP)
            .step::<Programme>(depomi, workshop),
    ]
}

fn mtd2() -> Vec<Told> {
    let mtd2 = programme("mtd2");
    let create = Command::Create {
        kind: Kind::Project,
        title: title("Migrations, Territoires et Développement II"),
        acronym: Some(name("MTD II")),
        parent: Some(programme("depomi")),
        period: period("2020-01", "2023-12"),
        operator: Some(actor_id("migdev")),
        funders: actors(["ue"]),
        partners: actors(["enabel", "ministere-mre", "region-souss-massa"]),
        territories: vec![territory("region-souss-massa")],
        budget: None,
    };
    let parties = actors(["migdev", "enabel"]);
    let on = effective("2020-01");
    let status = Command::Report { claim: Claim::Status(name("PROJET EN COURS")) };
    let tell = |at: &str, command| {
        Told::on(at).effective("2020-01").source(FICHE).step::<Programme>(mtd2, command)
    };
    vec![
        tell("2020-05-05", create),
        tell("2020-05-05", Command::Agree { parties, document: None, on }),
        tell("2020-05-05", Command::Start { on }),
        tell("2020-05-05", status),
        align("mtd2", "snia", "2020-05-06"),
        align("mtd2", "snmre", "2020-05-06"),
    ]
}

#[rustfmt::skip]
const RESULTS: [(&str, &str); 4] = [
    ("r1", "Le Ministère coordonne et capitalise les interventions avec les régions"),
    ("r2", "La gouvernance et la planification stratégique de la migration existent au niveau régional"),
    ("r3", "Les droits des personnes migrantes sont mieux protégés et promus"),
    ("r4", "La migration régulière et la mobilité sont favorisées au niveau régional"),
];

#[rustfmt::skip]
const INDICATORS: [(&str, &str, &str, &str, i64, Comparator); 4] = [
    ("r2", "provinces", "Provinces et préfectures accompagnées dans leur planification", "provinces", 4, Comparator::Exactly),
    ("r3", "retour", "Marocains de retour accompagnés en formation-action", "personnes", 45, Comparator::Exactly),
    ("r4", "cartographies", "Cartographies des opportunités de mobilités (France, Belgique)", "cartographies", 2, Comparator::Exactly),
    ("r4", "volontariat", "Jeunes accompagnés dans un projet de mobilité par le volontariat", "jeunes", 10, Comparator::AtLeast),
];

fn mtd2_results() -> Vec<Told> {
    let mtd2 = programme("mtd2");
    let tell = |command| Told::on("2020-05-07").source(FICHE).step::<Programme>(mtd2, command);
    let results = RESULTS.iter().map(|(key, label)| {
        let result = id::<ExpectedResultId>(&format!("result/mtd2/{key}"));
        tell(Command::DefineResult { result, title: title(label) })
    });
    let indicators = INDICATORS.iter().flat_map(|(result, key, label, unit, value, comparator)| {
        let indicator = id::<IndicatorId>(&format!("indicator/mtd2/{key}"));
        let define = Command::DefineIndicator {
            indicator,
            result: id(&format!("result/mtd2/{result}")),
            title: title(label),
            unit: name(unit),
            baseline: None,
        };
        let target = Command::SetTarget {
            indicator,
            value: quantity(*value),
            comparator: *comparator,
            due: effective("2023-12"),
        };
        [tell(define), tell(target)]
    });
    results.chain(indicators).collect()
}

/// No source gives a measured value: one indicator and its values are an example.
fn example_indicator() -> Vec<Told> {
    let (mtd2, indicator) = (programme("mtd2"), id::<IndicatorId>("indicator/mtd2/exemple"));
    let define = Command::DefineIndicator {
        indicator,
        result: id("result/mtd2/r2"),
        title: title("Exemple : agents communaux formés à la dimension migratoire"),
        unit: name("agents"),
        baseline: Some(Quantity::ZERO),
    };
    let set = Command::SetTarget {
        indicator,
        value: quantity(60),
        comparator: Comparator::AtLeast,
        due: effective("2022-12-31"),
    };
    let revise = Command::ReviseTarget {
        indicator,
        value: quantity(50),
        comparator: Comparator::AtLeast,
        due: effective("2023-12-31"),
        reason: note("Exemple : sessions reportées."),
    };
    let cell =
        |sex, count| Cell { sex: Some(sex), group: None, territory: None, count: quantity(count) };
    let submit = |year: &str, women, men| indicator::Command::Submit {
        by: actor_id("migdev"),
        period: effective(year),
        measurement: Measurement {
            value: quantity(women + men),
            territory: Some(territory("region-souss-massa")),
            cells: vec![cell(Sex::Female, women), cell(Sex::Male, men)],
            unknown: None,
        },
    };
    let accept = |year: &str| indicator::Command::Accept {
        by: actor_id("region-souss-massa"),
        period: effective(year),
    };
    let by_migdev =
        |at: &str, command| Told::on(at).by("migdev").step::<Indicator>(indicator, command);
    vec![
        Told::on("2021-01-11").step::<Programme>(mtd2, define),
        Told::on("2021-01-11").step::<Programme>(mtd2, set),
        by_migdev("2022-01-17", submit("2021", 11, 13)).effective("2021"),
        Told::on("2022-02-01").step::<Indicator>(indicator, accept("2021")),
        Told::on("2022-06-01").step::<Programme>(mtd2, revise),
        by_migdev("2023-01-16", submit("2022", 14, 8)).effective("2022"),
        Told::on("2023-02-01").step::<Indicator>(indicator, accept("2022")),
    ]
}

fn prim() -> Vec<Told> {
    let prim = programme("prim");
    let create = Command::Create {
        kind: Kind::Programme,
        title: title("Programme régional des initiatives de la migration"),
        acronym: Some(name("PRIM")),
        parent: None,
        period: period("2020", "2024"),
        operator: Some(actor_id("expertise-france")),
        funders: actors(["afd"]),
        partners: actors(["ministere-mre", "region-souss-massa", "wilaya-souss-massa"]),
        territories: vec![territory("region-souss-massa")],
        budget: Some(euros(9_000_000)),
    };
    let on = effective("2021-02-10");
    let parties = actors([
        "ministere-mre",
        "wilaya-souss-massa",
        "region-souss-massa",
        "afd",
        "expertise-france",
    ]);
    let wording = |text| Command::Report { claim: Claim::Title(title(text)) };
    let tell =
        |at: &str, source, command| Told::on(at).source(source).step::<Programme>(prim, command);
    vec![
        tell("2021-02-12", LAUNCH, create).effective("2021-02-10"),
        tell("2021-02-12", LAUNCH, Command::Agree { parties, document: None, on })
            .effective("2021-02-10"),
        tell("2021-02-12", LAUNCH, Command::Start { on }).effective("2021-02-10"),
        tell(
            "2021-02-12",
            LAUNCH,
            wording(
                "Programme Régional des Politiques et Initiatives destinées aux MRE et aux migrants",
            ),
        ),
        tell("2024-12-16", MISSION, wording("Programme Régional des Initiatives de la Migration")),
        tell(
            "2025-07-28",
            CAPSULE,
            wording("Programme régional des initiatives en matière de migration"),
        ),
    ]
}

/// What PRIM was to support, and what was counted of it; no source says who agreed to the counts.
fn prim_indicators() -> Vec<Told> {
    let prim = programme("prim");
    let result = id::<ExpectedResultId>("result/prim/initiatives");
    let define = Command::DefineResult {
        result,
        title: title("Des initiatives et des collectivités soutenues par le programme"),
    };
    let define_indicator = |key: &str, label: &str, unit: &str| Command::DefineIndicator {
        indicator: id::<IndicatorId>(&format!("indicator/prim/{key}")),
        result,
        title: title(label),
        unit: name(unit),
        baseline: None,
    };
    let funded = "Projets financés (environ 100 prévus par le fonds régional Migration)";
    let target = Command::SetTarget {
        indicator: id("indicator/prim/projets"),
        value: quantity(100),
        comparator: Comparator::AtLeast,
        due: effective("2024"),
    };
    let submit = |key: &str, when: &str, value, place: Option<&str>| {
        let measurement = Measurement {
            value: quantity(value),
            territory: place.map(territory),
            cells: vec![],
            unknown: None,
        };
        let period = effective(when);
        let (indicator, by) = (id(&format!("indicator/prim/{key}")), actor_id("expertise-france"));
        let submit = indicator::Command::Submit { by, period, measurement };
        Told::on("2024-12-16")
            .by("expertise-france")
            .effective(when)
            .step::<Indicator>(indicator, submit)
    };
    let tell =
        |at: &str, source, command| Told::on(at).source(source).step::<Programme>(prim, command);
    let (region, mission) = ("region-souss-massa", "2024-12-08/2024-12-13");
    vec![
        tell("2021-02-15", LAUNCH, define),
        tell("2021-02-15", LAUNCH, define_indicator("projets", funded, "projets")),
        tell("2021-02-15", LAUNCH, target),
        tell(
            "2024-05-24",
            SIXTEEN,
            define_indicator("souss-massa", "Projets soutenus en Souss-Massa", "projets"),
        ),
        tell(
            "2024-12-16",
            MISSION,
            define_indicator(
                "collectivites",
                "Collectivités accompagnées (une vingtaine)",
                "collectivités",
            ),
        ),
        submit("souss-massa", "2024-05-23", 27, Some(region)).source(SIXTEEN),
        submit("projets", mission, 60, None).source(MISSION),
        submit("collectivites", mission, 20, None).source(MISSION),
    ]
}
