//! A fold takes events in any order: a recorded fact is never refused.
use domain::commitment::{self, Commitment, Pledge, Settlement};
use domain::ids::{EvidenceId, IndicatorId, MilestoneId, ParticipationId};
use domain::indicator::{self, Indicator, Measurement};
use domain::intervention::{self, Intervention, Role};
use domain::measure::Quantity;
use domain::money::INTEGER_MAX;

use super::*;

fn quantity() -> impl Strategy<Value = Quantity> {
    (0..=INTEGER_MAX).prop_map(|it| Quantity::new(it).expect("in range"))
}

fn commitment_event() -> impl Strategy<Value = commitment::Event> {
    use commitment::Event;
    let (by, evidence) = (ActorId::from_u128(1), EvidenceId::from_u128(1));
    let milestone = MilestoneId::from_u128(1);
    let offered = move |days| Event::Offered {
        by,
        to: by,
        title: title(),
        pledge: Pledge::Human { days },
        intervention: None,
        programme: None,
        due: None,
    };
    prop_oneof![
        quantity().prop_map(offered),
        Just(Event::Accepted { by }),
        Just(Event::MilestoneAdded { milestone, title: title(), due: TODAY }),
        Just(Event::EvidenceRejected { by, evidence, reason: reason() }),
        (quantity(), any::<bool>()).prop_map(move |(confirmed, exceeding)| {
            Event::FulfilmentConfirmed { by, evidence, confirmed, exceeding }
        }),
        Just(Event::Disputed { by, reason: reason() }),
        Just(Event::Settled { by, settlement: Settlement::Upheld, reason: reason() }),
    ]
}

fn intervention_event() -> impl Strategy<Value = intervention::Event> {
    use intervention::Event;
    let (actor, participation) = (ActorId::from_u128(1), ParticipationId::from_u128(1));
    let added =
        Event::ParticipantAdded { participation, actor, role: Role::Lead, from: on(), note: None };
    prop_oneof![
        Just(added),
        Just(Event::ParticipationEnded { participation, to: on(), reason: None }),
        any::<u16>().prop_map(|phase| Event::PhaseStarted { phase, title: None, on: on() }),
        any::<u16>().prop_map(|phase| Event::PhaseCompleted { phase, on: on() }),
        Just(Event::Completed { on: on() }),
        Just(Event::Resumed { on: on() }),
    ]
}

fn indicator_event() -> impl Strategy<Value = indicator::Event> {
    use indicator::Event;
    let (by, period) = (ActorId::from_u128(1), on());
    let counted_in = IndicatorId::from_u128(1);
    let measured = |value| Measurement { value, territory: None, cells: Vec::new(), unknown: None };
    prop_oneof![
        quantity().prop_map(move |it| Event::Submitted { by, period, measurement: measured(it) }),
        Just(Event::Returned { by, period, reason: reason() }),
        Just(Event::Accepted { by, period }),
        Just(Event::Locked { by, period }),
        Just(Event::SharedDeclared { period, counted_in, reason: reason() }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn events_in_any_order_fold_without_a_panic(
        requests in prop::collection::vec(prop_oneof![stepping(), flowing()], 0..60),
        programmes in prop::collection::vec(programme_command(), 0..60),
    ) {
        let request = requests
            .into_iter()
            .map(funding_request::Event::from)
            .fold(FundingRequest::default(), FundingRequest::evolve);
        let programme = programmes
            .into_iter()
            .map(programme::Event::from)
            .fold(Programme::default(), Programme::evolve);
        for state in [serde_json::to_value(&request), serde_json::to_value(&programme)] {
            prop_assert!(state.is_ok());
        }
    }

    #[test]
    fn events_of_the_others_in_any_order_fold_without_a_panic(
        commitments in prop::collection::vec(commitment_event(), 0..60),
        interventions in prop::collection::vec(intervention_event(), 0..60),
        indicators in prop::collection::vec(indicator_event(), 0..60),
    ) {
        let commitment = commitments.into_iter().fold(Commitment::default(), Commitment::evolve);
        let intervention =
            interventions.into_iter().fold(Intervention::default(), Intervention::evolve);
        let indicator = indicators.into_iter().fold(Indicator::default(), Indicator::evolve);
        let states = [
            serde_json::to_value(&commitment),
            serde_json::to_value(&intervention),
            serde_json::to_value(&indicator),
        ];
        prop_assert!(states.iter().all(Result::is_ok));
    }
}
