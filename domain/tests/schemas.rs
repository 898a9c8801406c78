//! The JSON Schemas of the stored events are under version control: whoever changes what is stored
//! sees it, and changes the file in the same commit.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cqrs_es::Aggregate;
use domain::recorded::{Fact, schemas};
use domain::{
    actor, awareness_action, capitalisation_item, citizen_initiative, commitment,
    coordination_body, deliberation, document, funding_call, funding_request, genesis, indicator,
    intervention, meeting, mobility_map, mobility_placement, policy_framework, programme,
    service_unit, sourcing, territorial_plan, training_cohort,
};
use serde_json::Value;
use strum::VariantNames;

const ADVICE: &str = "run `TIWIZI_BLESS=1 cargo test -p domain --test schemas` and look at the \
                      difference: stored names stay for ever, and what is new is optional";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

/// The same value with the keys of every object in order, whichever map `serde_json` was built with.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.into_iter().collect();
            Value::Object(fields.into_iter().map(|(key, it)| (key, sorted(it))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

/// The files that there should be, by name.
fn expected() -> BTreeMap<String, String> {
    let file = |(aggregate, schema): (&str, schemars::Schema)| {
        let schema = sorted(schema.to_value());
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        (format!("{aggregate}.json"), text + "\n")
    };
    schemas().into_iter().map(file).collect()
}

/// The files that there are, by name.
fn kept() -> BTreeMap<String, String> {
    let Ok(entries) = fs::read_dir(folder()) else { return BTreeMap::new() };
    entries
        .map(|entry| {
            let path = entry.expect("the folder can be read").path();
            let name = path.file_name().expect("an entry has a name").to_string_lossy();
            (name.into_owned(), fs::read_to_string(&path).expect("a schema is text"))
        })
        .collect()
}

/// Makes the files what they should be.
fn bless() {
    fs::create_dir_all(folder()).expect("the folder can be made");
    let expected = expected();
    for stale in kept().keys().filter(|name| !expected.contains_key(*name)) {
        fs::remove_file(folder().join(stale)).expect("a stale schema can be removed");
    }
    for (name, text) in expected {
        fs::write(folder().join(name), text).expect("a schema can be written");
    }
}

#[test]
fn the_schemas_of_stored_events_are_those_under_version_control() {
    if std::env::var_os("TIWIZI_BLESS").is_some() {
        bless();
    }
    let (expected, kept) = (expected(), kept());
    let names: BTreeSet<_> = expected.keys().chain(kept.keys()).collect();
    let differs = |name: &&&String| expected.get(**name) != kept.get(**name);
    let different: Vec<_> = names.iter().filter(differs).collect();
    assert!(different.is_empty(), "{different:?} in domain/schemas differ: {ADVICE}");
}

/// The stored type of each aggregate, and the stored names of its events.
fn stored_names() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        (genesis::Ledger::TYPE, genesis::Event::VARIANTS),
        (actor::Actor::TYPE, actor::Event::VARIANTS),
        (policy_framework::PolicyFramework::TYPE, policy_framework::Event::VARIANTS),
        (programme::Programme::TYPE, programme::Event::VARIANTS),
        (indicator::Indicator::TYPE, indicator::Event::VARIANTS),
        (intervention::Intervention::TYPE, intervention::Event::VARIANTS),
        (funding_call::FundingCall::TYPE, funding_call::Event::VARIANTS),
        (funding_request::FundingRequest::TYPE, funding_request::Event::VARIANTS),
        (commitment::Commitment::TYPE, commitment::Event::VARIANTS),
        (document::Document::TYPE, document::Event::VARIANTS),
        (citizen_initiative::CitizenInitiative::TYPE, citizen_initiative::Event::VARIANTS),
        (deliberation::Deliberation::TYPE, deliberation::Event::VARIANTS),
        (territorial_plan::TerritorialPlan::TYPE, territorial_plan::Event::VARIANTS),
        (service_unit::ServiceUnit::TYPE, service_unit::Event::VARIANTS),
        (coordination_body::CoordinationBody::TYPE, coordination_body::Event::VARIANTS),
        (meeting::Meeting::TYPE, meeting::Event::VARIANTS),
        (capitalisation_item::CapitalisationItem::TYPE, capitalisation_item::Event::VARIANTS),
        (training_cohort::TrainingCohort::TYPE, training_cohort::Event::VARIANTS),
        (awareness_action::AwarenessAction::TYPE, awareness_action::Event::VARIANTS),
        (mobility_map::MobilityMap::TYPE, mobility_map::Event::VARIANTS),
        (mobility_placement::MobilityPlacement::TYPE, mobility_placement::Event::VARIANTS),
        (sourcing::Sourcing::TYPE, sourcing::Event::VARIANTS),
    ]
}

/// The serde tags that a schema of events allows, in order.
fn tags(schema: &Value) -> Vec<&str> {
    let variants = schema["oneOf"].as_array().expect("events are alternatives");
    let mut tags = Vec::new();
    for variant in variants {
        let tag = variant["properties"]["type"]["const"].as_str();
        tags.push(tag.expect("every alternative has a tag"));
    }
    tags
}

#[test]
fn the_stored_name_of_each_event_is_its_serde_tag() {
    let names = stored_names();
    let aggregates: Vec<_> = names.iter().map(|(aggregate, _)| *aggregate).collect();
    assert_eq!(aggregates, Fact::AGGREGATES, "every aggregate is checked");
    let schemas: BTreeMap<_, _> = schemas().into_iter().collect();
    for (aggregate, variants) in names {
        let schema = schemas[aggregate].as_value();
        assert_eq!(tags(schema), variants, "{aggregate}");
    }
}
