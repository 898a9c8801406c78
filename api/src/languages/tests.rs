//! Every message in every language.
use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::Aggregate;
use domain::aggregate::Refused;
use domain::permission::{Denied, Power};
use domain::{
    actor, awareness_action, capitalisation_item, citizen_initiative, commitment,
    coordination_body, correction, deliberation, document, funding_call, funding_request, genesis,
    indicator, intervention, meeting, mobility_map, mobility_placement, policy_framework,
    programme, service_unit, sourcing, territorial_plan, training_cohort,
};
use projections::quality::Concern;
use projections::subjects::Kind;
use serde_json::json;
use strum::{VariantArray, VariantNames};

use super::*;
use crate::graphql::code::Code;
use crate::graphql::quality::code_of;
use crate::publication::ReadOnly;

const FR: &str = include_str!("../../languages/fr.ftl");
const AR: &str = include_str!("../../languages/ar.ftl");
const EN: &str = include_str!("../../languages/en.ftl");

/// The codes of what an aggregate refuses.
fn refusals<A: Aggregate>(variants: &[&str]) -> Vec<String> {
    // What it refuses of a correction by two persons has a code of its own: see below.
    let own = variants.iter().filter(|it| **it != "CORRECTION");
    own.map(|it| format!("{}_{it}", A::TYPE.to_ascii_uppercase())).collect()
}

fn codes() -> Vec<String> {
    let mut codes = Vec::new();
    macro_rules! refused {
        ($($module:ident::$Aggregate:ident),+) => {
            $(codes.extend(refusals::<$module::$Aggregate>($module::Refusal::VARIANTS));)+
        };
    }
    refused!(
        genesis::Ledger,
        actor::Actor,
        policy_framework::PolicyFramework,
        programme::Programme,
        indicator::Indicator,
        intervention::Intervention,
        funding_call::FundingCall,
        funding_request::FundingRequest,
        commitment::Commitment,
        document::Document,
        citizen_initiative::CitizenInitiative,
        deliberation::Deliberation,
        territorial_plan::TerritorialPlan,
        service_unit::ServiceUnit,
        coordination_body::CoordinationBody,
        meeting::Meeting,
        capitalisation_item::CapitalisationItem,
        training_cohort::TrainingCohort,
        awareness_action::AwarenessAction,
        mobility_map::MobilityMap,
        mobility_placement::MobilityPlacement,
        sourcing::Sourcing
    );
    let denied = [
        Denied::NoMandate,
        Denied::ActorNotActive,
        Denied::MandateNotInForce,
        Denied::PowerMissing { needed: Power::Sign },
    ];
    codes.extend(correction::Refusal::VARIANTS.iter().map(|it| format!("CORRECTION_{it}")));
    codes.extend(denied.map(|it| it.code()));
    codes.extend(ReadOnly::VARIANTS.iter().map(|it| format!("refused-{it}")));
    codes.extend(Code::VARIANTS.iter().map(|it| (*it).to_owned()));
    codes.extend(Concern::ALL.map(code_of));
    codes.extend(Power::VARIANTS.iter().map(|it| format!("needed-{}", <&str>::from(it))));
    codes
}

#[test]
fn every_code_has_a_message_in_every_language() {
    let lacking: Vec<_> = Tongue::ALL
        .into_iter()
        .flat_map(|tongue| codes().into_iter().map(move |code| (tongue, code)))
        .filter(|(tongue, code)| !messages(*tongue).contains_key(&key(code)))
        .collect();
    assert!(lacking.is_empty(), "no message for {lacking:?}");
}

/// The stored names of all events.
fn events() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/schemas");
    let schema = |aggregate: &str| -> Value {
        let text = std::fs::read_to_string(format!("{folder}/{aggregate}.json"));
        serde_json::from_str(&text.expect("a schema")).expect("it is JSON")
    };
    let names = |aggregate: &str| {
        let variants = schema(aggregate)["oneOf"].as_array().cloned().expect("variants");
        variants.into_iter().map(|it| it["properties"]["type"]["const"].clone())
    };
    let all = Kind::ALL.into_iter().flat_map(|it| names(it.stored()));
    all.map(|it| it.as_str().expect("a name").to_owned()).collect()
}

#[test]
fn what_events_say_and_whose_they_are_has_words_in_every_language() {
    let subjects = Kind::ALL.into_iter().map(|it| format!("subject-{}", it.stored()));
    let events = events().into_iter().map(|it| format!("event-{it}"));
    for code in subjects.chain(events) {
        for tongue in Tongue::ALL {
            assert!(
                messages(tongue).contains_key(&key(&code)),
                "no words for {code} in {tongue:?}"
            );
        }
    }
}

fn source(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Fr => FR,
        Tongue::Ar => AR,
        Tongue::En => EN,
    }
}

/// Each message's key and the placeholders that it has.
fn messages(tongue: Tongue) -> BTreeMap<String, BTreeSet<String>> {
    let source = source(tongue);
    let lines = source.lines().filter(|it| !it.starts_with('#'));
    let pairs = lines.filter_map(|it| it.split_once(" = "));
    let holes = |text: &str| {
        let parts = text.split("{ $").skip(1);
        parts.filter_map(|it| it.split_once(" }")).map(|(name, _)| name.to_owned()).collect()
    };
    pairs.map(|(key, text)| (key.to_owned(), holes(text))).collect()
}

#[test]
fn the_languages_have_the_same_messages_with_the_same_placeholders() {
    let french = messages(Tongue::Fr);
    for tongue in Tongue::ALL {
        let own = messages(tongue);
        let differs = |key: &&String| french.get(*key) != own.get(*key);
        let differing: BTreeSet<_> = french.keys().chain(own.keys()).filter(differs).collect();
        assert!(differing.is_empty(), "{tongue:?} is not as French in {differing:?}");
        assert_eq!(source(tongue).matches(" = ").count(), own.len(), "{tongue:?}: a key twice");
    }
}

/// Whether `text` has a letter of the Arabic script.
fn is_arabic(text: &str) -> bool {
    text.chars().any(|it| ('\u{620}'..='\u{64a}').contains(&it))
}

#[test]
fn what_is_said_in_arabic_is_arabic_with_the_digits_of_morocco() {
    // What programs read, and what is made of placeholders and signs alone.
    let signs = ["persisted-query-not-found", "fault-unproven", "audit-subject", "audit-what"];
    for line in AR.lines().filter(|it| !it.starts_with('#')) {
        let Some((key, text)) = line.split_once(" = ") else { continue };
        assert!(is_arabic(text) || signs.contains(&key), "{line}");
        let other_digits = |it: char| it.is_numeric() && !it.is_ascii();
        assert!(!text.contains(other_digits), "{line}");
    }
    assert!(!is_arabic(FR) && !is_arabic(EN));
}

#[test]
fn a_value_in_an_arabic_sentence_is_read_from_its_own_side() {
    let details = json!({"to": "2021-12-31", "from": "2022-01-01"});
    let said = Tongue::Ar.say("PROGRAMME_PERIOD_REVERSED", details.as_object().expect("an object"));
    for day in ["\u{2068}2021-12-31\u{2069}", "\u{2068}2022-01-01\u{2069}"] {
        assert!(said.contains(day), "{said:?}");
    }
    let french = Tongue::Fr.say("PROGRAMME_PERIOD_REVERSED", details.as_object().expect("one"));
    assert!(!french.contains(['\u{2068}', '\u{2069}']), "{french:?}");
}

#[test]
fn a_refusal_is_said_with_its_details_in_the_readers_words() {
    let details = |value: Value| value.as_object().cloned().expect("an object");
    let left = json!({"asked": {"currency": "MAD", "minor": 150_050},
        "left": {"currency": "MAD", "minor": 0}});
    assert_eq!(
        Tongue::Fr.say("PROGRAMME_ENVELOPE_EXHAUSTED", &details(left.clone())),
        "1500,50 MAD, c'est plus que ce qui reste dans l'enveloppe : 0,00 MAD"
    );
    assert_eq!(
        Tongue::En.say("PROGRAMME_ENVELOPE_EXHAUSTED", &details(left)),
        "1500.50 MAD is more than what is left of the envelope: 0.00 MAD"
    );
    let stage = details(json!({"stage": "part_fulfilled"}));
    assert_eq!(
        Tongue::Fr.say("COMMITMENT_OUT_OF_TURN", &stage),
        "l'engagement est tenu en partie : cette étape n'est plus possible, ou pas encore"
    );
    let max = details(json!({"max": 4_000, "chars": 4_001}));
    let said = Tongue::En.say("TEXT_TOO_LONG", &max);
    assert_eq!(said, "4001 characters are too many: at most 4000");
}

#[test]
fn the_heaviest_known_language_wins() {
    for (header, tongue) in [
        (None, Tongue::Fr),
        (Some("fr-FR,fr;q=0.9,en;q=0.8"), Tongue::Fr),
        (Some("en;q=0.5, fr;q=0.7"), Tongue::Fr),
        (Some("ar"), Tongue::Ar),
        (Some("ar-MA"), Tongue::Ar),
        (Some("AR-ma, fr;q=0.5"), Tongue::Ar),
        (Some("ary, fr;q=0.9"), Tongue::Ar),
        (Some("ar;q=0.4, fr;q=0.7"), Tongue::Fr),
        (Some("fr;q=0.4,ar; q=0.7 , en;q=0.1"), Tongue::Ar),
        (Some("ar;q=0, en;q=0.3"), Tongue::En),
        (Some("arn"), Tongue::Fr),
        (Some("zgh, ar;q=0.5"), Tongue::Fr),
        (Some("de, en;q=0.1"), Tongue::En),
        (Some("fr;q=0, en"), Tongue::En),
        (Some("fr;q=nonsense"), Tongue::Fr),
    ] {
        assert_eq!(Tongue::accepted(header), tongue, "{header:?}");
    }
}

#[test]
fn a_terminal_speaks_the_language_of_its_locale() {
    for (locale, tongue) in [
        ("ar_MA.UTF-8", Tongue::Ar),
        ("ar", Tongue::Ar),
        ("en_GB.UTF-8", Tongue::En),
        ("en@quot", Tongue::En),
        ("fr_FR", Tongue::Fr),
        ("arn_CL", Tongue::Fr),
        ("C.UTF-8", Tongue::Fr),
        ("", Tongue::Fr),
    ] {
        assert_eq!(Tongue::of_locale(locale), tongue, "{locale}");
    }
}
