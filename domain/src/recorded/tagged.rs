//! An event's stored name and data, as serde reads an adjacently tagged enum fastest.
use serde::Deserializer;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, Visitor};

/// Hands serde the type before the data. Canonical JSON sorts `data` before `type`, and serde would
/// otherwise copy the data into a buffer until it has met the type.
pub(super) struct TypeThenData<'a> {
    /// The event's stored name.
    pub name: &'a str,
    /// Its fields, in JSON.
    pub data: Option<&'a str>,
}

impl<'de> Deserializer<'de> for TypeThenData<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_map(Fields { name: Some(self.name), data: self.data })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

struct Fields<'a> {
    name: Option<&'a str>,
    data: Option<&'a str>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = serde_json::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        let key = match (self.name, self.data) {
            (Some(_), _) => "type",
            (None, Some(_)) => "data",
            (None, None) => return Ok(None),
        };
        let key: StrDeserializer<'_, Self::Error> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<S::Value, Self::Error> {
        if let Some(name) = self.name.take() {
            return seed.deserialize(de::value::BorrowedStrDeserializer::new(name));
        }
        let mut data = serde_json::Deserializer::from_str(self.data.take().unwrap_or("null"));
        let value = seed.deserialize(&mut data)?;
        data.end()?;
        Ok(value)
    }
}
