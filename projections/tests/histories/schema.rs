//! Events made from the schemas of what is stored: whatever the schema allows, plausible or not.
use std::collections::BTreeSet;
use std::sync::LazyLock;

use domain::recorded::{Fact, Position, Recorded, schemas};
use serde_json::{Map, Value, json};

use super::Seed;

/// The aggregates whose events are made here; those of the others are written by hand.
const AGGREGATES: [&str; 12] = [
    "citizen_initiative",
    "deliberation",
    "territorial_plan",
    "service_unit",
    "coordination_body",
    "meeting",
    "capitalisation_item",
    "training_cohort",
    "awareness_action",
    "mobility_map",
    "mobility_placement",
    "sourcing",
];

static SCHEMAS: LazyLock<Vec<(&'static str, Value)>> = LazyLock::new(|| {
    let known = schemas().into_iter().filter(|(name, _)| AGGREGATES.contains(name));
    known.map(|(name, schema)| (name, schema.to_value())).collect()
});

/// An event of one of [`AGGREGATES`].
pub fn fact(seed: &Seed) -> Fact {
    let mut making = Making::from(seed);
    let (aggregate, schema) = &SCHEMAS[making.below(SCHEMAS.len())];
    let event = making.value(schema, schema);
    let none = "00000000-0000-0000-0000-000000000000";
    let stored = json!({
        "agg": { "id": id(seed.id.into()), "seq": 1, "type": aggregate },
        "cmd": { "digest": "00".repeat(16), "id": none },
        "data": event["data"],
        "effective": "unknown",
        "id": none,
        "recorded_at": "2026-11-21T22:10:57.123456Z",
        "salt": "00".repeat(16),
        "tv": 1,
        "type": event["type"],
        "v": 1,
    });
    let read = Recorded::read(Position(1), stored.to_string().as_bytes());
    read.unwrap_or_else(|error| panic!("{error:?}: {stored}")).fact
}

fn id(number: u64) -> String {
    uuid::Uuid::from_u128(number.into()).to_string()
}

/// A row of numbers that the seed decides.
struct Making(u64);

impl From<&Seed> for Making {
    fn from(seed: &Seed) -> Self {
        let parts = [u64::from(seed.kind), u64::from(seed.other), seed.amount.unsigned_abs()];
        let days = u64::from(seed.days.unsigned_abs());
        Self(parts.into_iter().fold(days, |sum, it| sum.wrapping_mul(6_151).wrapping_add(it)))
    }
}

impl Making {
    /// The next number, from 0 to `limit` − 1 (`SplitMix64`).
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut next = self.0;
        next = (next ^ (next >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        next = (next ^ (next >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let limit = u64::try_from(limit.max(1)).expect("it fits");
        usize::try_from((next ^ (next >> 31)) % limit).expect("it fits")
    }

    fn one<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    /// A value that `schema`, a part of `root`, allows.
    fn value(&mut self, root: &Value, schema: &Value) -> Value {
        if let Some(path) = schema["$ref"].as_str() {
            let name = path.trim_start_matches("#/$defs/");
            return self.named(name).unwrap_or_else(|| self.value(root, &root["$defs"][name]));
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        for choice in ["oneOf", "anyOf", "enum"] {
            if let Some(all) = schema[choice].as_array() {
                let chosen = self.one(all);
                return if choice == "enum" { chosen } else { self.value(root, &chosen) };
            }
        }
        let first = schema["type"].as_array().map_or(&schema["type"], |all| &all[0]);
        match first.as_str() {
            Some("object") => self.object(root, schema),
            Some("array") => {
                (0..self.below(3)).map(|_| self.value(root, &schema["items"])).collect()
            }
            Some("integer") => {
                json!(schema["minimum"].as_u64().unwrap_or(0) + self.below(12) as u64)
            }
            Some("boolean") => json!(self.below(2) == 0),
            Some("string") => self.text(schema["format"].as_str().unwrap_or_default()),
            _ => Value::Null,
        }
    }

    fn object(&mut self, root: &Value, schema: &Value) -> Value {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let mut members = Map::new();
        for (name, part) in schema["properties"].as_object().into_iter().flatten() {
            if required.contains(&json!(name)) || self.below(2) == 0 {
                members.insert(name.clone(), self.value(root, part));
            }
        }
        members.into()
    }

    fn text(&mut self, format: &str) -> Value {
        match format {
            "uuid" => json!(id(self.below(4) as u64)),
            "date" => json!(format!("2021-{:02}-15", self.below(12) + 1)),
            _ => json!("page 3"),
        }
    }

    /// The types of which the schema does not say all.
    fn named(&mut self, name: &str) -> Option<Value> {
        let all: &[&str] = match name {
            "Title" | "Note" => return Some(json!({ "fr": "Le terrain de Belfaâ" })),
            "Name" => &["Anaruz", "Taqaddoum"],
            "Effective" => &["unknown", "2021", "2021-05", "2021-05-06"],
            "Country" => &["MA", "FR"],
            "Digest" => &["0000000000000000000000000000000000000000000000000000000000000000"],
            "Sector" => &["15190", "13010"],
            "Goal" => &["10", "10.7"],
            "TerritoryId" => &["commune-belfaa", "province-tiznit", "region-souss-massa", "ma"],
            _ => return None,
        };
        Some(json!(self.one(all)))
    }
}

#[test]
fn every_event_of_these_aggregates_is_made() {
    let named = |schema: &Value| -> Vec<String> {
        let events = schema["oneOf"].as_array().expect("one for each event").iter();
        events.map(|it| it["properties"]["type"]["const"].to_string()).collect()
    };
    let due: BTreeSet<_> = SCHEMAS
        .iter()
        .flat_map(|(name, schema)| named(schema).into_iter().map(move |it| format!("{name} {it}")))
        .collect();
    let seed = |number: i64| Seed { amount: number, ..Seed::plain() };
    let made: BTreeSet<_> = (0..5_000)
        .map(|number| {
            let (aggregate, _, event) = fact(&seed(number)).subject();
            format!("{aggregate} {}", json!(event))
        })
        .collect();
    assert_eq!(made, due);
}
