//! Who does what, where and when, and what follows from it.
use std::sync::Arc;

use domain::ids::{InterventionId, ParticipationId, ProgrammeId};
use domain::intervention::{Event, Role};
use domain::money::Money;
use domain::population::PopulationGroup;
use domain::recorded::Fact;
use domain::{actor, programme};
use jiff::civil::{Date, date};
use projections::Models;
use projections::coordination::Window;
use projections::interventions::{Days, Intervention};

use crate::{
    ActorId, BELFAA, FIELD, KHAMSA, Ledger, PRIM, WINDOW, created, note, registered, title, when,
};

mod flows;
mod matrix;
mod side_by_side;

const OFFICE: InterventionId = InterventionId::from_u128(31);
const CLINIC: InterventionId = InterventionId::from_u128(32);
const TODAY: Date = date(2025, 6, 1);

/// An intervention as these tests need it: what it is called and where it is.
fn proposed(
    text: &str,
    territories: &[&str],
    programme: Option<ProgrammeId>,
    dirhams: Option<i32>,
) -> Event {
    Event::Proposed {
        title: title(text),
        summary: None,
        territories: territories.iter().map(|slug| slug.parse().expect("a territory")).collect(),
        programme,
        groups: vec![PopulationGroup::Youth],
        budget: dirhams.map(Money::dirhams),
    }
}

fn joined(id: u128, actor: ActorId, role: Role, from: &str) -> Event {
    let (participation, from) = (ParticipationId::from_u128(id), when(from));
    Event::ParticipantAdded { participation, actor, role, from, note: None }
}

fn left(id: u128, to: &str) -> Event {
    let participation = ParticipationId::from_u128(id);
    Event::ParticipationEnded { participation, to: when(to), reason: None }
}

fn about(sectors: &[&str], goals: &[&str]) -> Event {
    Event::Classified {
        sectors: sectors.iter().map(|code| code.parse().expect("a sector")).collect(),
        goals: goals.iter().map(|code| code.parse().expect("a goal")).collect(),
    }
}

fn started(on: &str) -> Event {
    Event::PhaseStarted { phase: 1, title: None, on: when(on) }
}

fn completed(on: &str) -> Event {
    Event::Completed { on: when(on) }
}

trait Said {
    /// Each of `events` happens to the intervention.
    fn says(self, id: InterventionId, events: impl IntoIterator<Item = Event>) -> Self;
}

impl Said for Ledger {
    fn says(self, id: InterventionId, events: impl IntoIterator<Item = Event>) -> Self {
        events.into_iter().fold(self, |ledger, event| ledger.then(Fact::Intervention(id, event)))
    }
}

fn chosen(models: &Models) -> Vec<&Arc<Intervention>> {
    models.interventions.iter().collect()
}

/// No limit, asked in June 2025.
fn always() -> Window {
    Window::new(None, None, None, TODAY)
}

fn between(first: Date, last: Date) -> Window {
    Window::new(Some(first), Some(last), None, TODAY)
}

#[test]
fn what_something_is_about_is_its_own_or_comes_from_the_nearest_programme_above() {
    let classified = |sectors: &[&str]| {
        let sectors = sectors.iter().map(|code| code.parse().expect("a sector")).collect();
        programme::Event::Classified { sectors, goals: Vec::new() }
    };
    let ledger = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .programme(WINDOW, created(Some(PRIM), "2020", "2023"))
        .says(FIELD, [proposed("Terrain", &[], Some(WINDOW), None)])
        .says(OFFICE, [proposed("Bureau", &[], None, None)]);
    let of = |ledger: &Ledger, id| {
        let all = &ledger.0.interventions;
        let it = Arc::clone(all.get(id).expect("it was proposed"));
        let own = it.classification.as_ref().map(|it| it.sectors.to_vec());
        let inherited = ledger.0.programmes.inherited(&it);
        (own, inherited.map(|(from, it)| (from, it.sectors[0].as_str())))
    };
    assert_eq!(of(&ledger, FIELD), (None, None));
    let ledger = ledger.programme(PRIM, classified(&["15190"]));
    assert_eq!(of(&ledger, FIELD), (None, Some((PRIM, "15190"))));
    assert_eq!(of(&ledger, OFFICE), (None, None));
    let ledger = ledger.programme(WINDOW, classified(&["15150", "15190"]));
    assert_eq!(of(&ledger, FIELD), (None, Some((WINDOW, "15150"))));
    let ledger = ledger.says(FIELD, [about(&["15190"], &["11.7"]), about(&["16065"], &["10.7"])]);
    let (own, inherited) = of(&ledger, FIELD);
    assert_eq!((own.map(|it| it[0].as_str()), inherited), (Some("16065"), None));
    let field = ledger.0.interventions.get(FIELD).expect("it was proposed");
    let classification = field.classification.as_ref().expect("somebody said it");
    assert_eq!(classification.goals[0].as_str(), "10.7");
    assert_eq!(classification.categories()[0].as_str(), "160");
}

#[test]
fn an_intervention_goes_on_from_its_first_known_start_to_its_end() {
    let days = |events: Vec<Event>| {
        let Ledger(models) = Ledger::default()
            .says(FIELD, [proposed("Terrain", &["commune-belfaa"], None, None)])
            .says(FIELD, events);
        models.interventions.get(FIELD).expect("it was proposed").days()
    };
    let adopted = || Event::Adopted { by: BELFAA, deliberation: None, on: when("2018") };
    let from = |first, last| Some(Days { first, last });
    assert_eq!(days(vec![]), None, "its proposal has no date");
    assert_eq!(days(vec![adopted()]), from(date(2018, 1, 1), None));
    let works = || vec![adopted(), started("2019-05")];
    assert_eq!(days(works()), from(date(2019, 5, 1), None));
    let done = || [works(), vec![completed("2021")]].concat();
    assert_eq!(days(done()), from(date(2019, 5, 1), Some(date(2021, 12, 31))));
    let serving = || [done(), vec![Event::Commissioned { on: when("2022") }]].concat();
    assert_eq!(days(serving()), from(date(2019, 5, 1), None), "the public uses it");
    let closed = |on| [serving(), vec![Event::Closed { on: when(on) }]].concat();
    assert_eq!(days(closed("2024-03-01")), from(date(2019, 5, 1), Some(date(2024, 3, 1))));
    assert_eq!(days(closed("unknown")), from(date(2019, 5, 1), Some(date(2022, 12, 31))));
    let undated = vec![started("unknown"), completed("2021-03")];
    assert_eq!(days(undated), from(date(2021, 3, 1), Some(date(2021, 3, 31))));
    let some = Days { first: date(2019, 5, 1), last: None };
    assert_eq!(some.years(TODAY), 2019..=2025);
    assert_eq!(Days { first: date(2027, 1, 1), last: None }.years(TODAY), 2027..=2027);
    assert!(!some.meet(None, Some(date(2019, 4, 30))) && some.meet(Some(TODAY), None));
    assert_eq!(some.shared(Days { first: date(2018, 1, 1), last: Some(date(2019, 4, 30)) }), None);
}

/// Two actors, and three interventions in Belfaâ, in Agadir and in all of the region.
fn example() -> Ledger {
    let field = [
        proposed("Terrain de sport", &["commune-belfaa"], Some(PRIM), Some(100)),
        about(&["16065", "15150"], &["11.7"]),
        joined(1, BELFAA, Role::Lead, "2018"),
        joined(2, KHAMSA, Role::Funder, "2021"),
        started("2019"),
        completed("2022"),
    ];
    let office = [
        proposed("Bureau d'accueil", &["commune-agadir", "commune-belfaa"], None, None),
        about(&["15190"], &["10.7"]),
        joined(3, KHAMSA, Role::Lead, "2021-06"),
        started("2021-06"),
    ];
    let clinic = [proposed("Caravane", &["region-souss-massa"], None, Some(50))];
    let khamsa = actor::Event::Registered {
        name: crate::name("Khamsa"),
        kind: actor::Kind::DiasporaAssociation,
        country: "FR".to_owned().try_into().expect("a country"),
        territory: None,
        identifiers: Vec::new(),
    };
    Ledger::default()
        .actor(BELFAA, registered("Commune de Belfaâ"))
        .actor(KHAMSA, khamsa)
        .programme(PRIM, created(None, "2020", "2023"))
        .says(FIELD, field)
        .says(OFFICE, office)
        .says(CLINIC, clinic)
}

#[test]
fn a_window_takes_what_goes_on_in_it_and_what_has_no_known_day() {
    let Ledger(models) =
        example().says(CLINIC, [Event::Abandoned { on: when("unknown"), reason: note() }]);
    let taken = |window: Window| {
        let all = chosen(&models).into_iter().filter(|it| window.takes(it));
        all.map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(taken(always()), [FIELD, OFFICE, CLINIC]);
    assert_eq!(taken(between(date(2019, 1, 1), date(2020, 1, 1))), [FIELD, CLINIC]);
    let on = |day| Window::new(None, None, Some(day), TODAY);
    assert_eq!(taken(on(date(2023, 1, 1))), [OFFICE, CLINIC]);
    assert_eq!(taken(on(date(2018, 1, 1))), [CLINIC]);
}
