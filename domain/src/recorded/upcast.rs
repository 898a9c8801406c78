//! Stored events of an older version of their type, lifted when they are read.
//!
//! The stored bytes stay as they are: what is hashed never changes. This is the slow path of
//! reading, taken by old events alone.
use cqrs_es::persist::SerializedEvent;
use serde::de::Error;
use serde_json::{Value, json};
use strum::VariantNames;

use super::{Envelope, Fault};
use crate::aggregate::Named;

/// Reads an event that is older than this program, or whose name this program does not know.
pub(super) fn lift<E: Named + VariantNames>(envelope: &Envelope<'_>) -> Result<E, Fault> {
    let stored = serialized(envelope)?;
    let lifted = E::upcasters().iter().fold(stored, |event, upcaster| {
        if upcaster.can_upcast(&event.event_type, &event.event_version) {
            upcaster.upcast(event)
        } else {
            event
        }
    });
    let name = lifted.event_type.as_str();
    if !E::VARIANTS.contains(&name) {
        return Err(Fault::Newer);
    }
    if major(&lifted.event_version) != Some(E::version(name)) {
        let version = &lifted.event_version;
        let text = format!("nothing lifts {name} from version {version}");
        return Err(Fault::Malformed(serde_json::Error::custom(text)));
    }
    E::deserialize(lifted.payload).map_err(Fault::Malformed)
}

/// The event in the form that the upcasters of `cqrs-es` take.
fn serialized(envelope: &Envelope<'_>) -> Result<SerializedEvent, Fault> {
    let data: Value = serde_json::from_str(envelope.data.get()).map_err(Fault::Malformed)?;
    let sequence = usize::try_from(envelope.agg.seq).map_err(Error::custom);
    Ok(SerializedEvent::new(
        envelope.agg.id.to_string(),
        sequence.map_err(Fault::Malformed)?,
        envelope.agg.r#type.to_string(),
        envelope.r#type.to_string(),
        envelope.tv.to_string(),
        json!({ "type": envelope.r#type, "data": data }),
        Value::Null,
    ))
}

/// The number before the first dot: our versions are whole numbers, those of `cqrs-es` have three.
fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use cqrs_es::DomainEvent;
    use cqrs_es::persist::{EventUpcaster, SemanticVersionEventUpcaster};
    use serde::{Deserialize, Serialize};
    use serde_json::value::RawValue;

    use super::super::event;
    use super::*;

    /// Version 1 of `counted` had a text `many`, version 2 a number `count`, and version 3 has a
    /// `unit`; `tallied` was its first name.
    #[derive(
        Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr, VariantNames,
    )]
    #[serde(tag = "type", content = "data", rename_all = "snake_case")]
    #[strum(serialize_all = "snake_case")]
    enum Sample {
        Counted { count: u32, unit: String },
        Noted { text: String },
    }

    impl DomainEvent for Sample {
        fn event_type(&self) -> String {
            self.name().to_owned()
        }

        fn event_version(&self) -> String {
            Self::version(self.name()).to_string()
        }
    }

    impl Named for Sample {
        fn name(&self) -> &'static str {
            self.into()
        }

        fn version(name: &str) -> u32 {
            if name == "counted" { 3 } else { 2 }
        }

        fn upcasters() -> Vec<Box<dyn EventUpcaster>> {
            let count = |mut payload: Value| {
                let many = payload["data"]["many"].as_str().and_then(|it| it.parse::<u32>().ok());
                payload["data"] = json!({ "count": many });
                payload
            };
            let unit = |mut payload: Value| {
                payload["data"]["unit"] = "persons".into();
                payload
            };
            vec![
                Box::new(Renamed),
                Box::new(SemanticVersionEventUpcaster::new("counted", "2", Box::new(count))),
                Box::new(SemanticVersionEventUpcaster::new("counted", "3", Box::new(unit))),
            ]
        }
    }

    struct Renamed;

    impl EventUpcaster for Renamed {
        fn can_upcast(&self, name: &str, _version: &str) -> bool {
            name == "tallied"
        }

        fn upcast(&self, mut event: SerializedEvent) -> SerializedEvent {
            event.event_type = "counted".to_owned();
            event.payload["type"] = "counted".into();
            event
        }
    }

    fn read(name: &str, tv: u32, data: &str) -> Result<Sample, Fault> {
        let data: Box<RawValue> = RawValue::from_string(data.to_owned()).expect("JSON");
        let stored = super::super::tests::STORED;
        let mut envelope: Envelope<'_> = serde_json::from_slice(stored).expect("an envelope");
        (envelope.r#type, envelope.tv, envelope.data) = (Cow::Borrowed(name), tv, &data);
        event(&envelope)
    }

    fn three() -> Sample {
        Sample::Counted { count: 3, unit: "persons".to_owned() }
    }

    #[test]
    fn an_event_of_an_older_version_is_lifted_step_by_step() {
        let newest = read("counted", 3, r#"{"count":3,"unit":"persons"}"#);
        assert!(matches!(newest, Ok(it) if it == three()));
        let second = read("counted", 2, r#"{"count":3}"#);
        assert!(matches!(second, Ok(it) if it == three()));
        let first = read("counted", 1, r#"{"many":"3"}"#);
        assert!(matches!(first, Ok(it) if it == three()));
    }

    #[test]
    fn an_event_under_a_former_name_is_lifted_to_its_new_one() {
        let former = read("tallied", 1, r#"{"many":"3"}"#);
        assert!(matches!(former, Ok(it) if it == three()));
    }

    #[test]
    fn a_name_or_a_version_that_nobody_knows_yet_is_newer() {
        assert!(matches!(read("counted", 4, "{}"), Err(Fault::Newer)));
        assert!(matches!(read("weighed", 1, "{}"), Err(Fault::Newer)));
    }

    #[test]
    fn an_old_version_that_nothing_lifts_is_malformed_and_named() {
        let Err(Fault::Malformed(error)) = read("noted", 1, r#"{"text":"a"}"#) else {
            panic!("nothing lifts it");
        };
        assert_eq!(error.to_string(), "nothing lifts noted from version 1");
    }

    #[test]
    fn old_data_that_is_not_as_its_version_says_is_malformed() {
        assert!(matches!(read("counted", 1, r#"{"many":"x"}"#), Err(Fault::Malformed(_))));
        assert!(matches!(read("counted", 1, "7"), Err(Fault::Malformed(_))));
    }
}
