//! One text in each of some languages. Most have one wording, every event has some, and every read
//! model keeps them: the one wording is one allocation, which clones share and which is read without
//! going through another.
use std::fmt;
use std::sync::Arc;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Language;

type Wording = (Language, Arc<str>);

/// In the order of the languages, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wordings {
    One(Language, Arc<str>),
    /// None, or several.
    Many(Arc<[Wording]>),
}

impl Wordings {
    /// Of two in one language, the second.
    pub(super) fn new(wordings: impl IntoIterator<Item = Wording>) -> Self {
        let mut wordings = wordings.into_iter();
        match (wordings.next(), wordings.next()) {
            (Some((language, text)), None) => Self::One(language, text),
            (one, two) => sorted(one.into_iter().chain(two).chain(wordings)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    pub(super) fn get(&self, language: Language) -> Option<&str> {
        self.iter().find_map(|(it, text)| (it == language).then_some(text))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        let (one, more): (_, &[Wording]) = match self {
            Self::One(language, text) => (Some((*language, &**text)), &[]),
            Self::Many(more) => (None, more),
        };
        one.into_iter().chain(more.iter().map(|(language, text)| (*language, &**text)))
    }
}

fn sorted(wordings: impl Iterator<Item = Wording>) -> Wordings {
    let mut sorted: Vec<Wording> = Vec::new();
    for (language, text) in wordings {
        match sorted.binary_search_by_key(&language, |(it, _)| *it) {
            Ok(place) => sorted[place].1 = text,
            Err(place) => sorted.insert(place, (language, text)),
        }
    }
    match sorted.as_slice() {
        [(language, text)] => Wordings::One(*language, Arc::clone(text)),
        _ => Wordings::Many(sorted.into()),
    }
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
        let next =
            |map: &mut A| map.next_entry().map(|it| it.map(|(code, Shared(text))| (code, text)));
        let mut wordings = Vec::new();
        let Some(one) = next(&mut map)? else {
            return Ok(Wordings::new(wordings));
        };
        let Some(two) = next(&mut map)? else {
            return Ok(Wordings::new([one]));
        };
        wordings.extend([one, two]);
        while let Some(more) = next(&mut map)? {
            wordings.push(more);
        }
        Ok(Wordings::new(wordings))
    }
}

/// A text that is shared from the first on: the one of `serde` is made three times until then.
struct Shared(Arc<str>);

impl<'de> Deserialize<'de> for Shared {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Letters)
    }
}

struct Letters;

impl Visitor<'_> for Letters {
    type Value = Shared;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Shared, E> {
        Ok(Shared(text.into()))
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
            (r#"{"en":"a","en":"c"}"#, r#"{"en":"c"}"#),
        ] {
            let wordings: Wordings = serde_json::from_str(read).expect(read);
            assert_eq!(serde_json::to_string(&wordings).ok().as_deref(), Some(written));
            assert_eq!(serde_json::from_str(written).ok(), Some(wordings), "{read}");
        }
        for wrong in [r#"{"xx":"a"}"#, r#"{"fr":1}"#, "[]", "null"] {
            assert!(serde_json::from_str::<Wordings>(wrong).is_err(), "{wrong}");
        }
    }
}
