//! What territories plan, and when they first took migration in.
use domain::effective::Period;
use domain::ids::{DeliberationId, ObjectiveId, PlanActionId, TerritorialPlanId};
use domain::intervention;
use domain::recorded::{Fact, Position};
use domain::territorial_plan::{Event, Kind};
use domain::territory::TerritoryId;
use jiff::civil::date;
use projections::plans::{Plan, Stage, communes};

use crate::{BELFAA, FIELD, Ledger, PRIM, note, title, when};

const PAC: TerritorialPlanId = TerritorialPlanId::from_u128(90);
const ROADMAP: TerritorialPlanId = TerritorialPlanId::from_u128(91);
const ACT: DeliberationId = DeliberationId::from_u128(92);
const WELCOME: ObjectiveId = ObjectiveId::from_u128(93);
const SPORT: ObjectiveId = ObjectiveId::from_u128(94);
const STUDY: ObjectiveId = ObjectiveId::from_u128(95);
const OFFICE: PlanActionId = PlanActionId::from_u128(96);
const PITCH: PlanActionId = PlanActionId::from_u128(97);

fn territory(slug: &str) -> TerritoryId {
    slug.parse().expect("a territory")
}

fn belfaa() -> TerritoryId {
    territory("commune-belfaa")
}

impl Ledger {
    fn plan(self, id: TerritorialPlanId, event: Event) -> Self {
        self.then(Fact::TerritorialPlan(id, event))
    }

    fn started(self, id: TerritorialPlanId, slug: &str) -> Self {
        self.plan(
            id,
            Event::Started {
                by: BELFAA,
                kind: Kind::CommunalActionPlan,
                territory: territory(slug),
                title: title("Plan d'action communal"),
                period: Period { from: when("2022"), to: when("2027") },
                programme: Some(PRIM),
                on: when("unknown"),
            },
        )
    }

    fn mainstreamed(self, id: TerritorialPlanId, on: &str) -> Self {
        let (title, note) = (None, Some(note()));
        let on = when(on);
        self.plan(id, Event::MainstreamingRecorded { title, note, supported_by: Some(PRIM), on })
    }

    fn first(&self) -> Option<(TerritorialPlanId, Position, bool)> {
        let first = self.0.plans.first_mainstreaming(belfaa(), None)?;
        Some((first.plan.id, first.record.stamp.position, first.is_certain))
    }

    fn pac(&self) -> &Plan {
        self.0.plans.get(PAC).expect("it was started")
    }
}

#[test]
fn the_first_time_is_the_earliest_in_the_world_whatever_was_recorded_first() {
    let ledger =
        Ledger::default().started(PAC, "commune-belfaa").started(ROADMAP, "commune-belfaa");
    assert_eq!(ledger.first(), None);
    let ledger = ledger.mainstreamed(PAC, "2019-06-01");
    assert_eq!(ledger.first(), Some((PAC, Position(3), true)));
    let ledger = ledger.mainstreamed(ROADMAP, "2018");
    assert_eq!(ledger.first(), Some((ROADMAP, Position(4), true)));
    // A source that knows the year alone may speak of an earlier day.
    let ledger = ledger.mainstreamed(PAC, "2018-05");
    assert_eq!(ledger.first(), Some((ROADMAP, Position(4), false)));
    // What nobody dates happened before it was recorded, which was in January 2020.
    let ledger = ledger.mainstreamed(PAC, "unknown");
    assert_eq!(ledger.first(), Some((ROADMAP, Position(4), false)));
    assert_eq!(ledger.0.plans.mainstreaming(belfaa(), None).len(), 4);
}

#[test]
fn what_nobody_dates_counts_by_the_day_on_which_it_was_recorded() {
    let ledger = Ledger::default().started(PAC, "commune-belfaa").mainstreamed(PAC, "unknown");
    assert_eq!(ledger.first(), Some((PAC, Position(2), true)));
    let ledger = ledger.mainstreamed(PAC, "2022");
    assert_eq!(ledger.first(), Some((PAC, Position(2), true)));
    let ledger = ledger.mainstreamed(PAC, "2019");
    assert_eq!(ledger.first(), Some((PAC, Position(4), false)));
}

#[test]
fn an_annulled_record_and_the_records_of_an_annulled_plan_count_no_more() {
    let ledger = Ledger::default()
        .started(PAC, "commune-belfaa")
        .started(ROADMAP, "commune-belfaa")
        .mainstreamed(PAC, "2018")
        .mainstreamed(ROADMAP, "2019");
    let before = ledger.0.clone();
    let annulled = Event::MainstreamingAnnulled { at: Position(3), reason: note() };
    let ledger = ledger.plan(PAC, annulled);
    assert_eq!(ledger.first(), Some((ROADMAP, Position(4), true)));
    assert_eq!(ledger.pac().mainstreamings.len(), 1);
    assert!(ledger.pac().mainstreamings[0].annulled.is_some());
    let ledger = ledger.plan(ROADMAP, Event::Annulled { by: BELFAA, reason: note() });
    assert_eq!(ledger.first(), None);
    assert_eq!(ledger.0.plans.of_territory(belfaa()).count(), 1);
    // What was known before stays what was known then.
    let then = before.plans.first_mainstreaming(belfaa(), None).expect("it was recorded");
    assert_eq!(then.record.stamp.position, Position(3));
}

#[test]
fn communes_that_never_took_migration_in_are_those_that_are_left() {
    let region = territory("region-souss-massa");
    let all = communes(region).count();
    let ledger = Ledger::default()
        .started(PAC, "commune-belfaa")
        .started(ROADMAP, "commune-biougra")
        .mainstreamed(PAC, "2022");
    let never: Vec<_> = ledger.0.plans.never_mainstreamed(region, None).collect();
    assert_eq!(never.len(), all - 1);
    assert!(never.contains(&territory("commune-biougra")) && !never.contains(&belfaa()));
    let earlier = Some(date(2021, 12, 31));
    assert_eq!(ledger.0.plans.never_mainstreamed(region, earlier).count(), all);
}

#[test]
fn a_plan_holds_from_its_entry_into_force_to_its_end() {
    let document = None;
    let ledger = Ledger::default()
        .started(PAC, "commune-belfaa")
        .plan(PAC, Event::Drafted { document, on: when("2021") })
        .plan(PAC, Event::Adopted { deliberation: ACT, on: when("2021-11") })
        .plan(PAC, Event::EnteredIntoForce { on: when("2022-01-01") })
        .plan(PAC, Event::Reviewed { note: note(), document, on: when("2024-06") });
    let on = |day| ledger.0.plans.in_force(day).count();
    assert_eq!(on(date(2021, 12, 31)), 0);
    assert_eq!([on(date(2022, 1, 1)), on(date(2024, 6, 2)), on(date(2027, 12, 31))], [1; 3]);
    assert_eq!(on(date(2028, 1, 1)), 0, "its period is over");
    assert_eq!(ledger.pac().stage_on(date(2024, 6, 1)), Some(Stage::Revised));
    assert_eq!(ledger.0.plans.adopted_by(ACT).count(), 1);
    assert_eq!(ledger.0.plans.within(territory("province-chtouka-ait-baha")).len(), 1);
    let expired = Event::Expired { on: when("2025-01-01"), reason: Some(note()) };
    let ledger = ledger.plan(PAC, expired);
    assert!(ledger.pac().in_force_on(date(2024, 12, 31)));
    assert!(!ledger.pac().in_force_on(date(2025, 1, 1)));
    let corrected = Event::Corrected {
        kind: Some(Kind::MigrationRoadmap),
        title: Some(title("Feuille de route")),
        period: Some(Period { from: when("2023"), to: when("2027") }),
        reason: note(),
    };
    let ledger = ledger.plan(PAC, corrected);
    assert!(!ledger.pac().in_force_on(date(2022, 6, 1)) && ledger.pac().matches("feuile"));
    assert_eq!(ledger.pac().kind, Kind::MigrationRoadmap);
    let ledger = ledger.plan(PAC, Event::Annulled { by: BELFAA, reason: note() });
    assert_eq!(ledger.pac().stage_on(date(2024, 6, 1)), Some(Stage::Annulled));
    assert_eq!(ledger.0.plans.adopted_by(ACT).count(), 0);
}

#[test]
fn an_objective_is_uncovered_while_nothing_is_planned_or_done_for_it() {
    let define = |objective| Event::ObjectiveDefined { objective, title: title("Objectif") };
    let act = |action, objective| Event::ActionAdded {
        action,
        objective,
        title: title("Action"),
        due: None,
    };
    let link =
        |objective, action| Event::InterventionLinked { intervention: FIELD, objective, action };
    let ledger = Ledger::default()
        .started(PAC, "commune-belfaa")
        .plan(PAC, define(WELCOME))
        .plan(PAC, define(SPORT))
        .plan(PAC, define(STUDY))
        .plan(PAC, act(OFFICE, Some(WELCOME)))
        .plan(PAC, act(PITCH, None))
        .plan(PAC, link(Some(SPORT), Some(PITCH)));
    let uncovered = |ledger: &Ledger| {
        ledger.pac().uncovered(&ledger.0.interventions).map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(uncovered(&ledger), [SPORT, STUDY], "nobody proposed that intervention");
    let ledger = ledger.intervention(intervention::Event::Proposed {
        title: title("Terrain de sport"),
        summary: None,
        territories: vec![belfaa()],
        programme: None,
        groups: Vec::new(),
        budget: None,
    });
    assert_eq!(uncovered(&ledger), [STUDY]);
    assert_eq!(ledger.pac().links_of(SPORT).count(), 1);
    assert_eq!(ledger.0.plans.of_intervention(FIELD).count(), 1);
    let abandoned = intervention::Event::Abandoned { on: when("2023"), reason: note() };
    let ledger = ledger.intervention(abandoned);
    assert_eq!(uncovered(&ledger), [SPORT, STUDY]);
}
