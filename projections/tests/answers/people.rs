//! Trainings, awareness actions, maps and placements: what is found, what counts, and what does not.
use std::collections::BTreeSet;

use domain::effective::Period;
use domain::ids::{
    AwarenessActionId, MobilityMapId, MobilityPlacementId, OpportunityId, TrainingCohortId,
};
use domain::mobility_map::Pathway;
use domain::population::{Headcount, Part, PopulationGroup, Sex};
use domain::programme::Comparator;
use domain::recorded::{Fact, Position};
use domain::territory::TerritoryId;
use domain::text::Country;
use domain::{
    awareness_action, indicator, mobility_map, mobility_placement, programme, training_cohort,
};
use jiff::civil::{Date, date};
use projections::Models;
use projections::contributions::Source;
use projections::mobility::PlacementStage;
use projections::programmes::{Indicator, Verdict};
use projections::quality::{Concern, Wanted};
use projections::results::{Basis, Doubt};

use crate::{
    BELFAA, FIELD, KHAMSA, Ledger, PRIM, REACHED, RESULT, TRAINED, WINDOW, accepted, created, many,
    name, note, reported, title, when,
};

const COHORT: TrainingCohortId = TrainingCohortId::from_u128(60);
const ACTION: AwarenessActionId = AwarenessActionId::from_u128(61);
const FRANCE: MobilityMapId = MobilityMapId::from_u128(62);
const GROUP: MobilityPlacementId = MobilityPlacementId::from_u128(65);
const DAY: Date = date(2022, 6, 1);

fn place(key: &str) -> TerritoryId {
    key.parse().expect("a territory")
}

fn women_and_rest(women: i64, total: i64) -> Headcount {
    let part = Part { sex: Some(Sex::Female), group: None, profession: None, count: many(women) };
    Headcount {
        parts: vec![part],
        unknown: Some(many(total - women)),
        ..Headcount::of(many(total))
    }
}

impl Ledger {
    fn cohort(self, event: training_cohort::Event) -> Self {
        self.then(Fact::TrainingCohort(COHORT, event))
    }

    fn action(self, event: awareness_action::Event) -> Self {
        self.then(Fact::AwarenessAction(ACTION, event))
    }

    fn map(self, id: MobilityMapId, event: mobility_map::Event) -> Self {
        self.then(Fact::MobilityMap(id, event))
    }

    fn group(self, event: mobility_placement::Event) -> Self {
        self.then(Fact::MobilityPlacement(GROUP, event))
    }

    fn indicator_of(&self, id: domain::ids::IndicatorId) -> &Indicator {
        self.0.programmes.indicator(id).expect("it was defined")
    }
}

fn planned() -> training_cohort::Event {
    training_cohort::Event::Planned {
        by: BELFAA,
        title: title("Formation-action"),
        programme: Some(PRIM),
        intervention: Some(FIELD),
        territory: place("commune-belfaa"),
        groups: vec![PopulationGroup::ReturnedMoroccans],
        professions: Vec::new(),
        places: None,
        period: Period { from: when("2021"), to: when("2021") },
        indicators: vec![TRAINED, REACHED],
    }
}

fn completed(women: i64, total: i64) -> training_cohort::Event {
    training_cohort::Event::CompletionRecorded {
        by: BELFAA,
        enrolled: Headcount::of(many(total)),
        completed: women_and_rest(women, total),
        on: when("2021-06-30"),
    }
}

fn recounted(total: i64) -> training_cohort::Event {
    training_cohort::Event::CompletionCorrected {
        by: KHAMSA,
        enrolled: Headcount::of(many(total)),
        completed: Headcount::of(many(total)),
        reason: note(),
    }
}

/// PRIM expects a result with two indicators, of which the first should reach 45.
fn expecting() -> Ledger {
    let defined = |indicator| programme::Event::IndicatorDefined {
        indicator,
        result: RESULT,
        title: title("Personnes formées"),
        unit: name("personnes"),
        baseline: None,
    };
    Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .programme(WINDOW, created(Some(PRIM), "2020", "2023"))
        .programme(WINDOW, programme::Event::ResultDefined { result: RESULT, title: title("R") })
        .programme(WINDOW, defined(TRAINED))
        .programme(WINDOW, defined(REACHED))
        .programme(
            WINDOW,
            programme::Event::TargetSet {
                indicator: TRAINED,
                value: many(45),
                comparator: Comparator::AtLeast,
                due: when("2022"),
            },
        )
}

#[test]
fn what_was_annulled_is_found_by_its_id_and_in_timelines_alone() {
    let ledger = Ledger::default().cohort(planned()).cohort(completed(20, 45));
    let found = |models: &Models| {
        let all = &models.trainings;
        let lists = [
            all.iter().count(),
            all.of_actor(BELFAA).count(),
            all.of_programme(PRIM).count(),
            all.of_intervention(FIELD).count(),
            all.of_indicator(TRAINED).count(),
            all.within(place("province-chtouka-ait-baha")).count(),
        ];
        assert!(lists.iter().all(|it| *it == lists[0]), "{lists:?}");
        lists[0]
    };
    assert_eq!(found(&ledger.0), 1);
    let annulled = training_cohort::Event::Annulled { by: BELFAA, reason: note() };
    let Ledger(models) = ledger.cohort(annulled);
    assert_eq!(found(&models), 0);
    assert!(models.trainings.get(COHORT).is_some_and(|it| it.annulled.is_some()));
    for subject in [COHORT.into(), FIELD.into(), PRIM.into(), TRAINED.into()] {
        assert_eq!(models.subjects.count(subject), 3, "{subject}");
    }
    assert_eq!(models.contributed(&BTreeSet::from([TRAINED]), DAY).sources, 0);
}

#[test]
fn an_event_that_names_many_subjects_is_noted_once_under_each() {
    let mut planned = planned();
    if let training_cohort::Event::Planned { indicators, .. } = &mut planned {
        *indicators = (100..120).map(domain::ids::IndicatorId::from_u128).collect();
    }
    let Ledger(models) = Ledger::default().cohort(planned);
    let last = domain::ids::IndicatorId::from_u128(119);
    assert_eq!(models.subjects.count(last.into()), 1);
    assert_eq!(models.subjects.count(FIELD.into()), 1);
}

#[test]
fn a_correction_moves_what_it_corrects() {
    let corrected = training_cohort::Event::Corrected {
        title: Some(title("Étude de marché")),
        territory: Some(place("province-tiznit")),
        groups: None,
        professions: None,
        places: Some(many(50)),
        period: None,
        reason: note(),
    };
    let Ledger(models) = Ledger::default().cohort(planned()).cohort(corrected);
    let within = |key| models.trainings.within(place(key)).count();
    assert_eq!((within("commune-belfaa"), within("province-tiznit")), (0, 1));
    let cohort = models.trainings.get(COHORT).expect("it was planned");
    assert!(cohort.matches("marche") && !cohort.matches("formation"));
    assert_eq!((cohort.places, cohort.corrections.len()), (Some(many(50)), 1));
    assert_eq!(cohort.groups.as_ref(), [PopulationGroup::ReturnedMoroccans]);
}

#[test]
fn a_source_counts_once_towards_several_indicators() {
    let reached = awareness_action::Event::CompletionRecorded {
        by: KHAMSA,
        reached: Headcount::of(many(100)),
        estimated: true,
        on: when("2022-03"),
    };
    let planned_action = awareness_action::Event::Planned {
        by: KHAMSA,
        title: title("Les 1000 premiers jours"),
        channel: awareness_action::Channel::Caravan,
        programme: None,
        intervention: Some(FIELD),
        territory: place("commune-belfaa"),
        groups: Vec::new(),
        period: Period { from: when("2022"), to: when("2022") },
        indicators: vec![REACHED],
    };
    let Ledger(models) = Ledger::default()
        .cohort(planned())
        .cohort(completed(20, 45))
        .cohort(recounted(44))
        .action(planned_action)
        .action(reached);
    let sum = |ids: &[_], day| models.contributed(&ids.iter().copied().collect(), day).value;
    assert_eq!((sum(&[TRAINED], DAY), sum(&[REACHED], DAY)), (44, 144));
    assert_eq!(sum(&[TRAINED, REACHED], DAY), 144);
    assert_eq!(sum(&[TRAINED, REACHED], date(2022, 2, 1)), 44);
    assert_eq!(sum(&[TRAINED, REACHED], date(2021, 1, 1)), 0);
    let sources: Vec<_> = models.contributions(REACHED, DAY).iter().map(|it| it.source).collect();
    assert_eq!(sources, [Source::Training(COHORT), Source::Awareness(ACTION)]);
    assert!(models.contributions(REACHED, DAY)[1].estimated);
}

#[test]
fn what_was_accepted_decides_and_else_what_was_contributed() {
    let ledger = expecting();
    let judge = |it: &Ledger| it.0.judge(it.indicator_of(TRAINED), date(2023, 6, 1));
    let nothing = judge(&ledger);
    assert_eq!((nothing.verdict, nothing.basis), (Verdict::Overdue, None));
    let ledger = ledger.indicator(TRAINED, reported("2021", 40));
    assert_eq!((judge(&ledger).verdict, judge(&ledger).basis), (Verdict::NotMet, None));
    let ledger = ledger.cohort(planned()).cohort(completed(20, 45));
    let contributed = judge(&ledger);
    assert_eq!(contributed.verdict, Verdict::Met);
    assert_eq!((contributed.basis, contributed.value()), (Some(Basis::Contributed), Some(45)));
    assert_eq!(contributed.doubts(), []);
    let ledger = ledger.indicator(TRAINED, accepted("2021"));
    let measured = judge(&ledger);
    assert_eq!(measured.verdict, Verdict::NotMet);
    assert_eq!((measured.basis, measured.value()), (Some(Basis::Measured), Some(40)));
    assert_eq!(measured.contributed, Some(45));
    assert_eq!(measured.doubts(), [Doubt::Differs]);
    let same = ledger.cohort(recounted(40));
    assert_eq!(judge(&same).doubts(), []);
    // Nothing was contributed yet on that day: the target was not due either.
    let early = same.0.judge(same.indicator_of(TRAINED), date(2021, 1, 1));
    assert_eq!(early.contributed, None);
}

#[test]
fn results_are_those_of_the_parts_too_and_what_they_share_counts_once() {
    let shared = indicator::Event::SharedDeclared {
        period: when("2021"),
        counted_in: REACHED,
        reason: note(),
    };
    let Ledger(models) = expecting()
        .indicator(TRAINED, reported("2021", 45))
        .indicator(TRAINED, accepted("2021"))
        .indicator(REACHED, reported("2021", 60))
        .indicator(REACHED, accepted("2021"))
        .indicator(TRAINED, shared)
        .cohort(planned())
        .cohort(completed(20, 45));
    assert_eq!(models.results(PRIM, false).len(), 0);
    let results = models.results(PRIM, true);
    assert_eq!(results.len(), 1);
    assert_eq!(results[0].programme.id, WINDOW);
    let indicators = results.iter().flat_map(|it| it.result.indicators.iter().copied());
    let totals = models.totals(indicators, DAY);
    assert_eq!(totals.len(), 1);
    assert_eq!((totals[0].measured.agreed, totals[0].contributed.value), (60, 45));
}

#[test]
fn a_breakdown_leaves_unsaid_what_could_point_at_persons() {
    let counts = |women, total| {
        let Ledger(models) = expecting().cohort(planned()).cohort(completed(women, total));
        let lines = models.breakdown(TRAINED, DAY);
        let sexes: Vec<_> = lines.by_sex.iter().map(|it| it.count).collect();
        let places: Vec<_> = lines.by_province.iter().map(|it| (it.of, it.count)).collect();
        assert_eq!(places, [(Some(place("province-chtouka-ait-baha")), Some(total))]);
        assert_eq!(lines.by_profession, []);
        sexes
    };
    assert_eq!(counts(20, 45), [Some(20), Some(25)]);
    assert_eq!(counts(42, 45), [None, None]);
}

fn drafted(country: &str) -> mobility_map::Event {
    mobility_map::Event::Drafted {
        by: BELFAA,
        title: title("Opportunités"),
        country: to(country),
        programme: Some(PRIM),
        intervention: None,
        indicators: vec![TRAINED],
    }
}

fn to(country: &str) -> Country {
    country.to_owned().try_into().expect("a country")
}

fn way(id: u128, closes: Option<Date>) -> mobility_map::Event {
    mobility_map::Event::OpportunityAdded {
        opportunity: OpportunityId::from_u128(id),
        title: title("Volontariat"),
        pathway: Pathway::Volunteering,
        conditions: None,
        groups: vec![PopulationGroup::Youth],
        reference: name("service-civique.gouv.fr"),
        verified_on: date(2021, 5, 31),
        closes,
    }
}

fn published() -> mobility_map::Event {
    mobility_map::Event::Published { document: None, on: when("2021-06-01") }
}

#[test]
fn the_catalogue_begins_with_france_and_belgium() {
    let maps = ["IT", "BE", "CA", "FR"].into_iter().zip(70_u128..);
    let ledger = maps.fold(Ledger::default(), |ledger, (country, id)| {
        let map = MobilityMapId::from_u128(id);
        ledger.map(map, drafted(country)).map(map, way(id, None)).map(map, published())
    });
    let countries = |models: &Models| {
        let open = models.mobility.catalogue(DAY);
        let keys: Vec<_> = open.iter().map(|(shelf, ..)| shelf.key()).collect();
        assert!(keys.is_sorted());
        open.iter().map(|(_, map, _)| map.country.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(countries(&ledger.0), ["FR", "BE", "CA", "IT"]);
    let gone = mobility_map::Event::Expired { on: when("2022-01"), reason: None };
    let annulled = mobility_map::Event::Annulled { by: BELFAA, reason: note() };
    let ledger =
        ledger.map(MobilityMapId::from_u128(71), gone).map(MobilityMapId::from_u128(72), annulled);
    assert_eq!(countries(&ledger.0), ["FR", "IT"]);
    let Ledger(models) = ledger;
    assert_eq!(models.mobility.catalogue(date(2021, 12, 31)).len(), 3);
    assert_eq!(models.mobility.catalogue(date(2021, 5, 31)).len(), 0);
    // A map counts once it is published, and goes on counting once it is out of date.
    assert_eq!(models.contributed(&BTreeSet::from([TRAINED]), DAY).value, 3);
}

#[test]
fn an_opportunity_closes_on_its_day_and_is_stale_after_a_year() {
    let verified = mobility_map::Event::OpportunityVerified {
        opportunity: OpportunityId::from_u128(1),
        reference: None,
        on: date(2022, 6, 2),
    };
    let ledger = Ledger::default()
        .map(FRANCE, drafted("FR"))
        .map(FRANCE, way(1, Some(date(2022, 12, 31))))
        .map(FRANCE, published());
    let ledger = ledger.map(FRANCE, verified);
    let of = |it: &Ledger| {
        let (_, way) = it.0.mobility.opportunity(OpportunityId::from_u128(1)).expect("it is there");
        way.clone()
    };
    let it = of(&ledger);
    assert!(it.is_open_on(date(2022, 12, 31)) && !it.is_open_on(date(2023, 1, 1)));
    // 31 May 2021 is 365 days before 31 May 2022.
    assert!(!it.is_stale_on(date(2022, 5, 31)) && it.is_stale_on(date(2022, 6, 1)));
    assert!(!it.is_stale_on(date(2022, 6, 2)));
    // Stale for two days until it is checked again, from then on for a year no more.
    let stale = Wanted { concerns: vec![Concern::OpportunityStale], ..Wanted::default() };
    let since = |day| {
        let issues = ledger.0.issues(day, &stale);
        issues.iter().map(|it| (it.since, it.events.clone())).collect::<Vec<_>>()
    };
    assert_eq!(since(date(2022, 5, 31)), []);
    assert_eq!(since(date(2022, 6, 1)), [(Some(date(2022, 6, 1)), vec![Position(2)])]);
    assert_eq!(since(date(2022, 6, 2)), []);
    assert_eq!(since(date(2023, 6, 3)), [], "it has closed by then");
    assert_eq!(it.verified().map(|it| it.source.as_str()), Some("service-civique.gouv.fr"));
    let expired = mobility_map::Event::OpportunityExpired {
        opportunity: OpportunityId::from_u128(1),
        reason: None,
        on: when("2022-09"),
    };
    let it = of(&ledger.map(FRANCE, expired));
    assert!(it.is_open_on(date(2022, 8, 31)) && !it.is_open_on(date(2022, 9, 1)));
}

#[test]
fn a_placement_is_back_once_all_are_and_counts_those_who_left() {
    let proposed = mobility_placement::Event::Proposed {
        by: BELFAA,
        title: title("Service citoyen"),
        pathway: Pathway::Volunteering,
        country: to("FR"),
        map: Some(FRANCE),
        opportunity: None,
        programme: Some(PRIM),
        intervention: None,
        territory: place("region-souss-massa"),
        groups: vec![PopulationGroup::Youth],
        places: many(12),
        indicators: vec![TRAINED],
    };
    let departed = mobility_placement::Event::DepartureRecorded {
        by: BELFAA,
        departed: Headcount::of(many(10)),
        on: when("2022-01"),
    };
    let back = |count| mobility_placement::Event::ReturnRecorded {
        returned: many(count),
        on: when("2022-05"),
    };
    let recounted = mobility_placement::Event::DepartureCorrected {
        by: KHAMSA,
        departed: Headcount::of(many(11)),
        reason: note(),
    };
    let ledger = Ledger::default().group(proposed).group(departed).group(back(4));
    let of = |it: &Ledger| it.0.mobility.placements.get(GROUP).expect("it is there").clone();
    assert_eq!(of(&ledger).stage, PlacementStage::Departed);
    let ledger = ledger.group(back(10));
    assert_eq!(of(&ledger).stage, PlacementStage::Returned);
    assert_eq!(of(&ledger).stage_on(date(2022, 2, 1)), Some(PlacementStage::Departed));
    let ledger = ledger.group(recounted);
    assert_eq!(of(&ledger).stage, PlacementStage::Departed);
    let Ledger(models) = ledger;
    assert_eq!(models.contributed(&BTreeSet::from([TRAINED]), DAY).value, 11);
    assert_eq!(models.mobility.by_map(FRANCE).count(), 1);
    assert_eq!(models.subjects.count(FRANCE.into()), 5);
}
