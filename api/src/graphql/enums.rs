//! GraphQL's enums, read off the domain's: their values and descriptions come from the JSON Schema
//! that each domain enum has for its stored form, so no list is kept twice.
use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Write};
use std::sync::{Arc, LazyLock, RwLock};

use async_graphql::parser::types::Field;
use async_graphql::registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType,
    Positioned, ServerResult, Value,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// No shorter than most names of values, in bytes.
const NAME_BYTES: usize = 32;

/// A domain enum of unit variants, under its name in the schema.
pub trait Enumerated: Copy + Serialize + DeserializeOwned + JsonSchema + Send + Sync + Any {
    /// The enum's name in the schema: a domain enum is qualified by its module, GraphQL's is not.
    const NAME: &'static str;
    /// What the schema says of it.
    const ABOUT: &'static str;
}

/// A value of a domain enum, in and out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice<E>(pub E);

/// One value of an enum.
#[derive(Clone, Debug)]
struct Item {
    /// As it is stored: `moroccans_abroad`.
    stored: String,
    /// As GraphQL writes it: `MOROCCANS_ABROAD`.
    name: Name,
    about: Option<String>,
}

/// The values of `E` in the domain's order.
fn items<E: Enumerated>() -> Arc<[Item]> {
    static KNOWN: LazyLock<RwLock<HashMap<TypeId, Arc<[Item]>>>> = LazyLock::new(RwLock::default);
    let id = TypeId::of::<E>();
    if let Some(items) = KNOWN.read().ok().and_then(|known| known.get(&id).map(Arc::clone)) {
        return items;
    }
    let items: Arc<[Item]> = described::<E>().into();
    if let Ok(mut known) = KNOWN.write() {
        known.insert(id, Arc::clone(&items));
    }
    items
}

/// A schema lists undocumented variants as `enum` and each documented one as a `const` of `oneOf`.
fn described<E: Enumerated>() -> Vec<Item> {
    let schema = schemars::schema_for!(E);
    let listed = |part: &Json| part["enum"].as_array().cloned().unwrap_or_default();
    let parts = match schema.get("oneOf").and_then(Json::as_array) {
        Some(parts) => parts.clone(),
        None => vec![schema.as_value().clone()],
    };
    let mut items = Vec::new();
    for part in &parts {
        let about = part["description"].as_str().filter(|_| part["const"].is_string());
        for value in std::iter::once(part["const"].clone()).chain(listed(part)) {
            let Some(stored) = value.as_str() else { continue };
            items.push(Item {
                stored: stored.to_owned(),
                name: Name::new(stored.to_ascii_uppercase()),
                about: about.map(str::to_owned),
            });
        }
    }
    items
}

/// A value of a domain enum, displayed as it is stored.
struct Stored<E>(E);

impl<E: Serialize> fmt::Display for Stored<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}

impl<E: Enumerated> Choice<E> {
    /// Its name in the schema.
    fn name(self) -> String {
        let mut name = String::with_capacity(NAME_BYTES);
        // To write to a text never fails.
        let _ = write!(name, "{}", Stored(self.0));
        name.make_ascii_uppercase();
        name
    }

    /// Its place among the values, from 0, and its name in the schema.
    pub fn place(self) -> Option<(usize, String)> {
        let name = self.name();
        let place = items::<E>().iter().position(|it| it.name == name)?;
        Some((place, name))
    }

    fn named(name: &str) -> Option<Self> {
        let items = items::<E>();
        let item = items.iter().find(|it| it.name.as_str() == name)?;
        serde_json::from_value(Json::String(item.stored.clone())).ok().map(Self)
    }
}

fn meta<E: Enumerated>(rust_typename: &'static str) -> MetaType {
    let value = |item: Item| MetaEnumValue {
        name: item.name.to_string(),
        description: item.about,
        deprecation: Deprecation::NoDeprecated,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        directive_invocations: Vec::new(),
    };
    MetaType::Enum {
        name: E::NAME.to_owned(),
        description: Some(E::ABOUT.to_owned()),
        enum_values: items::<E>()
            .iter()
            .cloned()
            .map(|it| (it.name.to_string(), value(it)))
            .collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(rust_typename),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

impl<E: Enumerated> InputType for Choice<E> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(E::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| {
            meta::<E>(std::any::type_name::<Self>())
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let value = value.unwrap_or_default();
        let found = match &value {
            Value::Enum(name) => Self::named(name),
            Value::String(name) => Self::named(name),
            _ => None,
        };
        found.ok_or_else(|| InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        Value::Enum(Name::new(self.name()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<E: Enumerated> OutputType for Choice<E> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(E::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Enum, |_| {
            meta::<E>(std::any::type_name::<Self>())
        })
    }

    async fn resolve(
        &self,
        _ctx: &ContextSelectionSet<'_>,
        _field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(Value::String(self.name()))
    }
}

macro_rules! enumerated {
    ($($Enum:ty = $name:literal, $about:literal;)+) => {
        $(impl Enumerated for $Enum {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = $about;
        })+

        #[cfg(test)]
        /// How many values each enum has, and the one that its first value is read back as.
        fn every_enum() -> Vec<(&'static str, usize, bool)> {
            fn reads_back<E: Enumerated>() -> (&'static str, usize, bool) {
                let items = items::<E>();
                let back = items.iter().all(|it| {
                    Choice::<E>::named(&it.name).is_some_and(|read| read.name() == *it.name)
                });
                (E::NAME, items.len(), back)
            }
            vec![$(reads_back::<$Enum>()),+]
        }
    };
}

enumerated! {
    domain::text::Language = "Language", "A language by its ISO 639 code.";
    domain::money::Currency = "Currency", "A currency by its ISO 4217 code.";
    domain::permission::Power = "Power", "What a mandate lets its holder do for its actor.";
    domain::population::PopulationGroup = "PopulationGroup", "Groups of people: categories, never persons.";
    domain::population::Sex = "Sex", "Sex, as counts are broken down by it.";
    domain::actor::Kind = "ActorKind", "What sort of body an actor is.";
    domain::actor::KeyAlgorithm = "KeyAlgorithm", "How a key signs.";
    domain::programme::Kind = "ProgrammeKind", "Whether it is a programme or a project.";
    domain::programme::Comparator = "Comparator", "How a measured value is compared with its target.";
    domain::intervention::Role = "Role", "In which way an actor takes part in an intervention.";
    domain::intervention::Recurrence = "Recurrence", "How often something comes back.";
    domain::intervention::Part = "InterventionPart", "A thing that is noted of an intervention and has no id of its own.";
    domain::funding_request::Advice = "Advice", "What a technical opinion says.";
    domain::genesis::Clock = "Clock", "Where the times of a ledger's events come from.";
    domain::population::Profession = "Profession", "What people who are trained do, as counts are broken down by it.";
    domain::territorial_plan::Kind = "PlanKind", "What sort of territorial plan it is.";
    domain::service_unit::Service = "Service", "What people come to a service unit for.";
    domain::service_unit::PartnerKind = "ReferralPartnerKind", "What sort of partner takes people on whom a service unit sends.";
    domain::coordination_body::Kind = "CoordinationBodyKind", "What sort of coordination body it is.";
    domain::coordination_body::Seat = "Seat", "In which way a member sits in a coordination body.";
    domain::capitalisation_item::Kind = "CapitalisationKind", "What sort of knowledge it is.";
    domain::awareness_action::Channel = "AwarenessChannel", "How an awareness action reaches people.";
    domain::mobility_map::Pathway = "Pathway", "A regular pathway abroad.";
    domain::sourcing::Topic = "ConflictTopic", "What sources disagree about.";
    domain::commitment::Settlement = "Settlement", "How a dispute ended.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_every_enum_reads_back_as_itself() {
        for (name, values, reads_back) in every_enum() {
            assert!(values > 0, "{name} has no value");
            assert!(reads_back, "{name} does not read back");
        }
    }

    #[test]
    fn a_domain_enum_brings_its_values_and_their_descriptions() {
        let items = items::<domain::money::Currency>();
        assert_eq!(items[0].name.as_str(), "MAD");
        assert_eq!(items[0].about.as_deref(), Some("Moroccan dirham."));
        assert_eq!(Choice::<domain::money::Currency>::named("mad"), None);
    }
}
