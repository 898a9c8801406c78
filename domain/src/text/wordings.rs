//! One text in each of some languages. Most have one wording, every event has some, and every read
//! model keeps them: one allocation for the list, which clones share, where a map would take ten
//! times the bytes.
use std::fmt;
use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Language;

/// In the order of the languages, each once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wordings(Arc<[(Language, Box<str>)]>);

impl Wordings {
    /// Of two in one language, the second.
    pub(super) fn new(wordings: impl IntoIterator<Item = (Language, Box<str>)>) -> Self {
        let mut wordings = wordings.into_iter();
        match (wordings.next(), wordings.next()) {
            (Some(one), None) => Self(Arc::new([one])),
            (one, two) => sorted(one.into_iter().chain(two).chain(wordings)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn get(&self, language: Language) -> Option<&str> {
        self.iter().find_map(|(it, text)| (it == language).then_some(text))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.iter().map(|(language, text)| (*language, &**text))
    }
}

fn sorted(wordings: impl Iterator<Item = (Language, Box<str>)>) -> Wordings {
    let mut sorted: Vec<(Language, Box<str>)> = Vec::new();
    for (language, text) in wordings {
        match sorted.binary_search_by_key(&language, |(it, _)| *it) {
            Ok(place) => sorted[place].1 = text,
            Err(place) => sorted.insert(place, (language, text)),
        }
    }
    Wordings(sorted.into())
}

/// `{"fr":"…","ar":"…"}`
impl Serialize for Wordings {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Wordings {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Wordings;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("texts by the codes of their languages")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Wordings, A::Error> {
        let mut wordings = Vec::new();
        let Some(one) = map.next_entry()? else {
            return Ok(Wordings::new(wordings));
        };
        let Some(two) = map.next_entry()? else {
            return Ok(Wordings::new([one]));
        };
        wordings.extend([one, two]);
        while let Some(more) = map.next_entry()? {
            wordings.push(more);
        }
        Ok(Wordings::new(wordings))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_are_written_in_the_order_of_their_languages_each_once() {
        for (read, written) in [
            ("{}", "{}"),
            (r#"{"ar":"b"}"#, r#"{"ar":"b"}"#),
            (r#"{"en":"a","fr":"b"}"#, r#"{"fr":"b","en":"a"}"#),
            (r#"{"en":"a","fr":"b","en":"c"}"#, r#"{"fr":"b","en":"c"}"#),
        ] {
            let wordings: Wordings = serde_json::from_str(read).expect(read);
            assert_eq!(serde_json::to_string(&wordings).ok().as_deref(), Some(written));
        }
        for wrong in [r#"{"xx":"a"}"#, r#"{"fr":1}"#, "[]", "null"] {
            assert!(serde_json::from_str::<Wordings>(wrong).is_err(), "{wrong}");
        }
    }
}
