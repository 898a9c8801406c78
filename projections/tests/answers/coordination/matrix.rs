//! The matrix and its gaps.
use domain::actor;
use domain::intervention::Role;
use domain::money::Money;
use domain::territory::TerritoryId;
use jiff::civil::date;
use projections::coordination::gaps::{Coverage, CoveredBy};
use projections::coordination::matrix::{Dimension, Matrix, Value, budgets};
use projections::interventions::Stage;

use super::{
    CLINIC, OFFICE, Said, TODAY, Window, about, always, between, chosen, example, joined, left,
    proposed,
};
use crate::{BELFAA, FIELD, KHAMSA, Ledger, note, when};

fn place(slug: &str) -> TerritoryId {
    slug.parse().expect("a territory")
}

fn matrix(ledger: &Ledger, rows: Dimension, columns: Dimension, window: &Window) -> Matrix {
    let all: Vec<_> = chosen(&ledger.0).into_iter().filter(|it| window.takes(it)).collect();
    Matrix::of(rows, columns, &all, &ledger.0.actors, window)
}

#[test]
fn a_total_counts_an_intervention_once_and_what_has_no_value_stands_under_none() {
    let ledger = example();
    let found = matrix(&ledger, Dimension::Sector, Dimension::Commune, &always());
    let sector = |code: &str| Value::Sector(code.parse().expect("a sector"));
    let at = |slug| Value::Territory(place(slug));
    let belfaa = &found.columns[&at("commune-belfaa")];
    assert_eq!(belfaa, &[FIELD, OFFICE]);
    assert_eq!(found.cells[&(sector("16065"), at("commune-belfaa"))], [FIELD]);
    assert_eq!(found.cells[&(sector("15190"), at("commune-agadir"))], [OFFICE]);
    assert_eq!(found.cells[&(Value::None, Value::None)], [CLINIC]);
    assert_eq!((found.cells.len(), found.all.len()), (5, 3));
    let row: Vec<_> = found.row(sector("15190")).map(|(column, _)| column.code()).collect();
    assert_eq!(row, ["commune-agadir", "commune-belfaa"]);
    let sums = budgets(belfaa, &ledger.0.interventions);
    assert_eq!((sums.sums(), sums.undeclared), (&[Money::dirhams(100)][..], 1));
}

#[test]
fn two_dimensions_of_one_family_are_read_together() {
    let ledger = example();
    let roles = matrix(&ledger, Dimension::Actor, Dimension::Role, &always());
    let (belfaa, khamsa) = (Value::Actor(BELFAA), Value::Actor(KHAMSA));
    let (lead, funder) = (Value::Role(Role::Lead), Value::Role(Role::Funder));
    assert_eq!(roles.cells[&(belfaa, lead)], [FIELD]);
    assert_eq!(roles.cells[&(khamsa, funder)], [FIELD]);
    assert_eq!(roles.cells[&(khamsa, lead)], [OFFICE]);
    assert!(!roles.cells.contains_key(&(belfaa, funder)));
    assert_eq!(roles.rows[&Value::None], [CLINIC]);
    let kinds = matrix(&ledger, Dimension::ActorKind, Dimension::Role, &always());
    let diaspora = Value::ActorKind(actor::Kind::DiasporaAssociation);
    assert_eq!(kinds.rows[&diaspora], [FIELD, OFFICE]);
    let places = matrix(&ledger, Dimension::Province, Dimension::Commune, &always());
    let chtouka = Value::Territory(place("province-chtouka-ait-baha"));
    let inside: Vec<_> = places.row(chtouka).map(|(column, _)| column.code()).collect();
    assert_eq!(inside, ["commune-belfaa"]);
    let region = matrix(&ledger, Dimension::Region, Dimension::Stage, &always());
    let all = Value::Territory(place("region-souss-massa"));
    assert_eq!(region.rows[&all], [FIELD, OFFICE, CLINIC]);
    let together = matrix(&ledger, Dimension::Actor, Dimension::Actor, &always());
    assert_eq!(together.cells[&(belfaa, khamsa)], [FIELD]);
    let themes = matrix(&ledger, Dimension::SectorCategory, Dimension::Sector, &always());
    assert_eq!(themes.cells.len(), 4, "each sector under its own category, and none");
}

#[test]
fn an_actor_stands_under_the_years_in_which_it_takes_part() {
    let ledger = example().says(FIELD, [left(1, "2020")]);
    let years = matrix(&ledger, Dimension::Actor, Dimension::Year, &always());
    let of = |actor| {
        let years = years.row(actor).map(|(year, _)| year.code());
        years.collect::<Vec<_>>()
    };
    assert_eq!(of(Value::Actor(BELFAA)), ["2019", "2020"]);
    assert_eq!(of(Value::Actor(KHAMSA)), ["2021", "2022", "2023", "2024", "2025"]);
    assert_eq!(years.rows[&Value::None], [CLINIC]);
    assert_eq!(years.columns[&Value::Year(2021)], [FIELD, OFFICE]);
    assert_eq!(years.columns[&Value::None], [CLINIC]);
    let turned = matrix(&ledger, Dimension::Year, Dimension::Actor, &always());
    assert_eq!(turned.cells[&(Value::Year(2019), Value::Actor(BELFAA))], [FIELD]);
    // A year in which nobody takes part stands under nobody; whoever comes too late under no year.
    let late = Ledger::default().says(
        FIELD,
        [
            proposed("Terrain", &[], None, None),
            super::started("2019"),
            super::completed("2019"),
            joined(9, BELFAA, Role::Partner, "2022"),
        ],
    );
    let years = matrix(&late, Dimension::Actor, Dimension::Year, &always());
    assert_eq!(years.cells[&(Value::None, Value::Year(2019))], [FIELD]);
    assert_eq!(years.cells[&(Value::Actor(BELFAA), Value::None)], [FIELD]);
}

#[test]
fn a_day_and_a_period_limit_who_and_when() {
    let ledger = example();
    let window = between(date(2020, 1, 1), date(2020, 12, 31));
    let years = matrix(&ledger, Dimension::Year, Dimension::Actor, &window);
    assert_eq!(years.rows.keys().map(|it| it.code()).collect::<Vec<_>>(), ["2020", ""]);
    assert!(!years.columns.contains_key(&Value::Actor(KHAMSA)), "it comes in 2021");
    let on = Window::new(None, None, Some(date(2021, 7, 1)), TODAY);
    let stages = matrix(&ledger, Dimension::Stage, Dimension::Programme, &on);
    assert_eq!(stages.rows[&Value::Stage(Stage::Started)], [FIELD, OFFICE]);
    let groups = matrix(&ledger, Dimension::Group, Dimension::Goal, &always());
    let goals: Vec<_> = groups.columns.keys().map(|it| it.code()).collect();
    assert_eq!(goals, ["10.7", "11.7", ""]);
}

#[test]
fn a_merged_actor_stands_under_the_one_that_it_became() {
    let merged = actor::Event::Merged { into: BELFAA, reason: note() };
    let ledger = example().actor(KHAMSA, merged);
    let roles = matrix(&ledger, Dimension::Actor, Dimension::Role, &always());
    assert_eq!(roles.rows[&Value::Actor(BELFAA)], [FIELD, OFFICE]);
    assert!(!roles.rows.contains_key(&Value::Actor(KHAMSA)));
}

#[test]
fn the_places_of_values_sort_as_people_count() {
    let goals = ["1", "1.1", "4.7", "4.a", "10", "10.7", "10.c", "16.9", "16.10", "16.a"];
    let places: Vec<_> = goals
        .iter()
        .map(|code| Value::Goal(code.parse().expect("a goal")).place_in_list())
        .chain([Value::None.place_in_list()])
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_commune_that_only_a_wider_territory_covers_is_told_apart() {
    let ledger = example();
    let within = place("province-chtouka-ait-baha");
    let coverage = |ledger: &Ledger| Coverage::of(within, &chosen(&ledger.0), &always());
    let found = coverage(&ledger);
    assert_eq!((found.communes.len(), found.covered()), (22, 1));
    assert!(!found.gaps().any(|it| it == place("commune-belfaa")));
    let massa = place("commune-massa");
    assert!(found.gaps().any(|it| it == massa));
    assert_eq!(found.covered_by(massa), CoveredBy::Wider);
    assert_eq!(found.around(massa).into_iter().collect::<Vec<_>>(), [CLINIC]);
    // What was given up covers nothing.
    let given_up = domain::intervention::Event::Abandoned { on: when("2024"), reason: note() };
    let found = coverage(&example().says(CLINIC, [given_up]));
    assert_eq!(found.covered_by(massa), CoveredBy::Nothing);
    let country = Coverage::of(place("ma"), &chosen(&ledger.0), &always());
    assert_eq!((country.communes.len(), country.covered()), (175, 2));
    assert!(country.communes.is_sorted_by_key(|it| it.as_str()));
    let anew = ledger.says(OFFICE, [about(&["15190"], &[])]);
    assert_eq!(coverage(&anew), coverage(&example()));
}
