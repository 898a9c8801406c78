//! Laws that hold for every history, valid or not: folding is deterministic, the past is the fold of
//! the prefix, and sums agree with their parts.
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::classification::Theme;
use domain::ids::{ActorId, CommandId, EventId, InterventionId};
use domain::intervention::Role;
use domain::recorded::{CommandRef, Fact, Position, Provenance, Recorded};
use domain::territory::TerritoryId;
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use projections::coordination::Window;
use projections::coordination::matrix::{Dimension, Matrix};
use projections::coordination::overlaps::{Grain, overlaps};
use projections::funding::flows::{Flows, Layer, Measure};
use projections::funding::{Balance, Grouping};
use projections::interventions::{Days, Intervention};
use projections::lineage::Figure;
use projections::{Actors, AsOf, History, Models, Spacing, advance};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

mod flows;
mod histories;
mod lineage;

use flows::{corrected_flows, righted, wronged};
use histories::{Seed, seeds};

fn history(seeds: &[Seed]) -> Vec<Arc<Recorded>> {
    let mut at: Timestamp = "2020-01-01T00:00:00Z".parse().expect("an instant");
    let mut recorded = Vec::new();
    for seed in seeds {
        at = at.checked_add(i64::from(seed.gap).seconds()).expect("in range");
        recorded.push(Arc::new(Recorded {
            position: Position(recorded.len() as u64 + 1),
            id: EventId::from_u128(recorded.len() as u128),
            sequence: 1,
            recorded_at: at,
            provenance: Provenance {
                effective: seed.effective(),
                actor: seed.actor(),
                mandate: None,
                user: None,
                command: CommandRef { id: CommandId::from_u128(1), digest: [0; 16] },
                cause: None,
                source: seed.source(),
                corrects: seed.corrects(),
            },
            fact: seed.fact(),
        }));
    }
    recorded
}

/// `events` without those that begin what has begun, or follow an annulment.
fn plausible(mut events: Vec<Arc<Recorded>>) -> Vec<Arc<Recorded>> {
    const FIRST: [&str; 5] = ["registered", "created", "proposed", "submitted", "offered"];
    let (mut begun, mut annulled) = (BTreeSet::new(), BTreeSet::new());
    events.retain(|recorded| {
        let (aggregate, id, name) = recorded.fact.subject();
        let subject = (aggregate, id);
        let known = begun.contains(&subject);
        if name == "annulled" && known {
            return annulled.insert(subject);
        }
        let again = FIRST.contains(&name) && !begun.insert(subject);
        !again && !annulled.contains(&subject)
    });
    events
}

fn folded<'a>(events: impl IntoIterator<Item = &'a Arc<Recorded>>) -> Models {
    let mut models = Models::default();
    events.into_iter().for_each(|recorded| models.apply(recorded));
    models
}

/// As tight as the real one is wide, so that a short history meets every boundary.
fn spacing() -> Spacing {
    Spacing::new([(2, 8), (4, 20), (8, u64::MAX)])
}

fn as_of(history: &History, events: &[Arc<Recorded>], as_of: AsOf) -> Models {
    let mut models = history.nearest(as_of);
    let after = usize::try_from(models.position.0).expect("a short history");
    advance(&mut models, &events[after..], as_of);
    models
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_replay_equals_the_live_models(seeds in seeds(120)) {
        let events = history(&seeds);
        let mut live = History::new(spacing());
        for recorded in &events {
            live.record(recorded);
        }
        let replayed = folded(&events);
        prop_assert_eq!(live.live(), &replayed);
        prop_assert_eq!(
            live.live().digest().expect("models are JSON"),
            replayed.digest().expect("models are JSON")
        );
    }

    #[test]
    fn the_state_is_what_an_independent_writer_makes_of_the_models(seeds in seeds(120)) {
        let models = folded(&history(&seeds));
        let mut state = Vec::new();
        models.write_state(&mut state).expect("it has a canonical form");
        let other = serde_json_canonicalizer::to_vec(&models).expect("it has one");
        prop_assert!(state == other, "{}", String::from_utf8_lossy(&state));
        let digest: [u8; 32] = Sha256::digest(&other).into();
        prop_assert_eq!(models.digest().expect("it has one"), digest);
    }

    #[test]
    fn the_past_is_the_fold_of_the_prefix(seeds in seeds(70)) {
        let events = history(&seeds);
        let mut kept = History::new(spacing());
        for recorded in &events {
            kept.record(recorded);
        }
        let mut prefix = Models::default();
        prop_assert_eq!(&as_of(&kept, &events, AsOf::Position(Position::START)), &prefix);
        for recorded in &events {
            prefix.apply(recorded);
            let found = as_of(&kept, &events, AsOf::Position(recorded.position));
            prop_assert_eq!(&found, &prefix);
        }
        let beyond = AsOf::Position(Position(events.len() as u64 + 10));
        prop_assert_eq!(&as_of(&kept, &events, beyond), &prefix);
    }

    #[test]
    fn a_figure_is_that_of_the_events_behind_it_alone(seeds in seeds(150), pair in 0..169_usize) {
        let events = lineage::orderly(plausible(history(&seeds)));
        let (models, day) = (folded(&events), date(2021, 6, 1));
        let (rows, columns) = pairs()[pair % pairs().len()];
        let figures = lineage::money(&models, day).into_iter();
        let figures = figures.chain(lineage::counted(&models, rows, columns, day));
        for figure in figures.chain(lineage::others(&models, day)) {
            prop_assert_eq!(figure.to_string().parse(), Ok(figure.clone()));
            let (behind, value) = (models.lineage(&figure), models.value(&figure));
            let subjects: BTreeSet<_> = behind.subjects().collect();
            let alone = lineage::folded(&events, |it| subjects.contains(&it));
            prop_assert_eq!(&alone.value(&figure), &value, "{}: {:?}", figure, subjects);
        }
    }

    #[test]
    fn what_a_figure_counts_matters_to_it(seeds in seeds(150), pair in 0..169_usize) {
        let events = lineage::orderly(plausible(history(&seeds)));
        let (models, day) = (folded(&events), date(2021, 6, 1));
        let (rows, columns) = pairs()[pair % pairs().len()];
        let figures = lineage::money(&models, day).into_iter();
        for figure in figures.chain(lineage::counted(&models, rows, columns, day)) {
            let value = models.value(&figure);
            // Two interventions may cover one commune: neither alone matters.
            let summed = !matches!(figure, Figure::Coverage(_));
            for counted in models.lineage(&figure).counts.into_iter().filter(|_| summed) {
                let without = lineage::folded(&events, |it| it != counted);
                prop_assert_ne!(&without.value(&figure), &value, "{}: {}", figure, counted);
            }
        }
    }

    #[test]
    fn an_instant_knows_all_that_was_recorded_by_then(seeds in seeds(70), back in 0..400_i64) {
        let events = history(&seeds);
        let mut kept = History::new(spacing());
        for recorded in &events {
            kept.record(recorded);
        }
        let last = events.last().map_or(Timestamp::UNIX_EPOCH, |recorded| recorded.recorded_at);
        let instant = last.checked_sub(back.seconds()).expect("in range");
        let known = folded(events.iter().take_while(|recorded| recorded.recorded_at <= instant));
        prop_assert_eq!(as_of(&kept, &events, AsOf::Instant(instant)), known);
    }

    #[test]
    fn an_envelope_holds_what_its_requests_reserve(seeds in seeds(150)) {
        let models = folded(&history(&seeds));
        for programme in models.programmes.iter() {
            for envelope in models.programmes.envelopes(programme.id) {
                let parts = envelope.reservations().map(|(_, amount)| amount.minor()).sum::<i64>();
                prop_assert_eq!(parts, envelope.reserved.minor());
            }
        }
    }

    #[test]
    fn balances_are_the_same_however_they_are_grouped(seeds in seeds(150)) {
        let models = folded(&history(&seeds));
        let day = date(2021, 6, 1);
        let requests = || models.funding.requests().map(AsRef::as_ref);
        let total = Balance::of(requests(), day);
        for by in [Grouping::Programme, Grouping::Funder, Grouping::Territory, Grouping::Currency] {
            let groups = models.funding.balances(requests(), by, &models.programmes, day);
            let mut sum = projections::amounts::Amounts::default();
            for balance in groups.values() {
                sum.merge(&balance.disbursed);
            }
            prop_assert_eq!(groups.values().map(|it| it.requests).sum::<u64>(), total.requests);
            prop_assert_eq!(sum, total.disbursed.clone());
        }
    }

    #[test]
    fn money_flows_through_every_layer_whole_and_is_what_the_balances_say(seeds in seeds(150)) {
        let models = folded(&history(&seeds));
        let requests = || models.funding.requests().map(AsRef::as_ref);
        let total = Balance::of(requests(), date(2021, 6, 1));
        let measures = [
            (Measure::Asked, &total.asked),
            (Measure::Granted, &total.granted),
            (Measure::Agreed, &total.agreed),
            (Measure::Disbursed, &total.disbursed),
            (Measure::Spent, &total.spent),
            (Measure::Validated, &total.validated),
            (Measure::Refunded, &total.refunded),
        ];
        for (measure, balance) in measures {
            let flows = Flows::of_requests(requests(), measure, &models);
            prop_assert_eq!(&flows.total.amounts, balance);
            for layer in Layer::ALL {
                prop_assert_eq!(&flows.layer(layer), &flows.total);
            }
        }
    }

    #[test]
    fn a_matrix_drops_no_intervention_and_counts_it_once_in_a_total(seeds in seeds(150)) {
        let models = folded(&history(&seeds));
        let chosen: Vec<_> = models.interventions.iter().collect();
        let window = Window::new(None, None, None, date(2023, 6, 1));
        let all: Vec<_> = chosen.iter().map(|it| it.id).collect();
        let union = |parts: &mut dyn Iterator<Item = &Vec<InterventionId>>| -> Vec<_> {
            parts.flatten().copied().collect::<BTreeSet<_>>().into_iter().collect()
        };
        for (rows, columns) in pairs() {
            let matrix = Matrix::of(rows, columns, &chosen, &models.actors, &window);
            prop_assert_eq!(&matrix.all, &all);
            prop_assert_eq!(&union(&mut matrix.rows.values()), &all);
            prop_assert_eq!(&union(&mut matrix.columns.values()), &all);
            for (row, total) in &matrix.rows {
                prop_assert_eq!(&union(&mut matrix.row(*row).map(|(_, it)| it)), total);
            }
            for (column, total) in &matrix.columns {
                let cells = matrix.cells.iter().filter(|((_, it), _)| it == column);
                prop_assert_eq!(&union(&mut cells.map(|(_, it)| it)), total);
            }
        }
    }

    #[test]
    fn no_overlap_of_two_interventions_is_lost_and_none_is_made_up(seeds in seeds(12)) {
        let seeds: Vec<_> = (0..).zip(&seeds).flat_map(|(id, seed)| seed.begun(id)).collect();
        let models = folded(&history(&seeds));
        let chosen: Vec<_> = models.interventions.iter().collect();
        let window = Window::new(None, None, None, date(2023, 6, 1));
        let actors = &models.actors;
        let found = overlaps(&chosen, Grain::Sector, None, None, actors, &window);
        let mut expected = BTreeSet::new();
        for (a, b) in chosen.iter().flat_map(|a| chosen.iter().map(move |b| (a, b))) {
            let days = shared_leads(a, b, actors);
            let sectors = |it: &Intervention| {
                it.classification.as_ref().map_or(Vec::new(), |it| it.sectors.to_vec())
            };
            for sector in sectors(a).into_iter().filter(|it| sectors(b).contains(it)) {
                for place in a.territories.iter().filter(|it| names_around(b, **it)) {
                    let theme = Theme::Sector(sector);
                    expected.extend(days.iter().map(|days| (theme, *place, a.id, b.id, *days)));
                }
            }
        }
        for (theme, place, a, b, days) in &expected {
            let held = found.iter().any(|it| {
                let members: Vec<_> = it.members.iter().map(|it| it.intervention).collect();
                (it.theme, it.territory) == (*theme, *place)
                    && it.days.shared(*days) == Some(*days)
                    && members.contains(a) && members.contains(b)
            });
            prop_assert!(held, "{theme} {place} {days:?} of {a} and {b} in {found:?}");
        }
        for it in &found {
            let begins = expected.iter().any(|(theme, place, .., days)| {
                (*theme, *place, days.first) == (it.theme, it.territory, it.days.first)
            });
            prop_assert!(begins, "{it:?}");
        }
    }

    #[test]
    fn what_was_a_mistake_is_in_no_list(seeds in seeds(200)) {
        let models = folded(&plausible(history(&seeds)));
        let stands = |id| models.interventions.get(id).is_some_and(|it| it.annulled.is_none());
        for actor in models.actors.iter() {
            prop_assert!(actor.annulled.is_none());
            let given = models.commitments.offered_by(actor.id);
            prop_assert!(given.into_iter().all(|it| it.annulled.is_none()));
            prop_assert!(models.programmes.of_actor(actor.id).all(|it| it.annulled.is_none()));
        }
        for request in models.funding.requests() {
            prop_assert!(request.annulled.is_none());
        }
        let everywhere = models.interventions.within("ma".parse().expect("a territory"));
        prop_assert!(everywhere.into_iter().all(stands));
    }

    #[test]
    fn a_corrected_history_has_the_sums_of_one_that_was_right_from_the_start(
        flows in corrected_flows(), revoked in any::<bool>(),
    ) {
        let day = date(2021, 6, 1);
        let total = |events: Vec<Arc<Recorded>>| {
            let models = folded(&events);
            let requests = models.funding.requests().map(AsRef::as_ref);
            Balance::of(requests, day)
        };
        let (wrong, right) = (wronged(&flows, revoked), righted(&flows, revoked));
        prop_assert_eq!(total(wrong), total(right));
    }

    #[test]
    fn a_trail_is_in_order_and_holds_every_event_of_its_own_stream(seeds in seeds(120)) {
        let events = history(&seeds);
        let models = folded(&events);
        for recorded in &events {
            let (stored, id, _) = recorded.fact.subject();
            let kind = projections::subjects::Kind::of_stored(stored).expect("a known aggregate");
            let subject = projections::Subject { kind, id };
            let trail = models.subjects.positions(subject);
            prop_assert!(trail.contains(&recorded.position));
            prop_assert!(trail.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(models.subjects.page(subject, Position::START, 1_000), trail);
        }
    }
}

/// The days on which both are led, by different actors.
fn shared_leads(a: &Intervention, b: &Intervention, actors: &Actors) -> Vec<Days> {
    let leads = |it: &Intervention| -> Vec<(ActorId, Days)> {
        let days = it.days();
        let leads = it.participations.iter().filter(|it| it.role == Role::Lead);
        leads.filter_map(|it| Some((actors.resolve(it.actor), it.days_of(days?)?))).collect()
    };
    if a.id == b.id {
        return Vec::new();
    }
    let pairs = leads(a).into_iter().flat_map(|one| leads(b).into_iter().map(move |it| (one, it)));
    pairs.filter(|(one, it)| one.0 != it.0).filter_map(|(one, it)| one.1.shared(it.1)).collect()
}

/// Whether `it` names `place`, or what lies around it.
fn names_around(it: &Intervention, place: TerritoryId) -> bool {
    it.territories.iter().any(|named| place.is_within(*named))
}

/// Some pairs of each sort of dimensions: of one family, of two, and of one alone.
fn pairs() -> Vec<(Dimension, Dimension)> {
    use Dimension::{Actor, Commune, Group, Province, Role, Sector, SectorCategory, Stage, Year};
    let all = [Actor, Role, Commune, Province, Sector, SectorCategory, Year, Group, Stage];
    all.into_iter().flat_map(|row| all.map(|column| (row, column))).collect()
}

#[test]
fn copies_thin_out_with_age() {
    let seed = Seed::plain();
    let events = history(&vec![seed; 1_000]);
    let mut kept = History::new(Spacing::new([(1, 10), (10, 100), (100, u64::MAX)]));
    for recorded in &events {
        kept.record(recorded);
    }
    assert!(matches!(events[0].fact, Fact::Actor(..)));
    assert_eq!(kept.copies(), 10 + 9 + 9);
}

#[test]
fn a_replay_makes_only_the_copies_that_it_will_keep() {
    let events = history(&vec![Seed::plain(); 500]);
    let mut live = History::new(spacing());
    let mut replayed = History::expecting(spacing(), Position(500));
    for recorded in &events {
        live.record(recorded);
        replayed.record(recorded);
    }
    assert_eq!(live.copies(), replayed.copies());
    for position in (0..=500).map(Position) {
        let as_of = AsOf::Position(position);
        assert_eq!(live.nearest(as_of), replayed.nearest(as_of));
    }
}
