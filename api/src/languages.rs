//! What the product says to people, in their language: `api/languages/*.ftl`.
use std::borrow::Cow;
use std::collections::HashMap;

use domain::money::Money;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use serde_json::{Map, Value};

static_loader! {
    static MESSAGES = {
        locales: "./languages",
        fallback_language: "en",
        // In Arabic, a value goes between isolates: `2026-12-31` would be shown from its end.
        customise: |bundle| bundle.set_use_isolating(bundle.locales.contains(&langid!("ar"))),
    };
}

/// A language that messages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    /// French.
    #[default]
    Fr,
    /// Arabic, as Morocco writes it: with the digits that Europe has.
    Ar,
    /// English.
    En,
}

impl Tongue {
    /// Each of them.
    #[cfg(test)]
    pub const ALL: [Self; 3] = [Self::Fr, Self::Ar, Self::En];

    /// The best of them for an `Accept-Language` header (RFC 9110, §12.5.4): French where it
    /// asks for none, and for Tamazight until that is translated.
    pub fn accepted(header: Option<&str>) -> Self {
        let weighed = |range: &str| {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let tongue = match tag.trim().split('-').next()?.to_ascii_lowercase().as_str() {
                "zgh" | "ber" => Self::Fr,
                "*" => Self::En,
                language => Self::of(language)?,
            };
            let weight = weight.trim().strip_prefix(['q', 'Q'])?.strip_prefix('=')?;
            let weight: f32 = weight.parse().ok()?;
            (weight > 0.0).then_some((tongue, weight))
        };
        let ranges = header.unwrap_or_default().split(',').filter_map(weighed);
        // The first of the heaviest: `max_by` would take the last.
        ranges
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .map_or_else(Self::default, |(tongue, _)| tongue)
    }

    /// That of the person's terminal (POSIX, `LC_ALL`, `LC_MESSAGES`, `LANG`): French where it names
    /// none of them.
    pub fn of_terminal() -> Self {
        let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
        Self::of_locale(&locale.unwrap_or_default())
    }

    /// That of a POSIX locale: `ar_MA.UTF-8`.
    fn of_locale(locale: &str) -> Self {
        locale.split(['_', '.', '@']).next().and_then(Self::of).unwrap_or_default()
    }

    /// That of a language's code (ISO 639): Moroccan Arabic is written in Arabic.
    fn of(language: &str) -> Option<Self> {
        match language {
            "fr" => Some(Self::Fr),
            "ar" | "ary" => Some(Self::Ar),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Its tag (BCP 47), for HTML's `lang` and the header `Content-Language`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::Ar => "ar",
            Self::En => "en",
        }
    }

    /// The way that it is written, for HTML's `dir`.
    pub fn direction(self) -> &'static str {
        if self == Self::Ar { "rtl" } else { "ltr" }
    }

    fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::Fr => langid!("fr"),
            Self::Ar => langid!("ar"),
            Self::En => langid!("en"),
        }
    }

    /// The message with the code `code` (`COMMITMENT_NOT_OFFERED` is kept under
    /// `commitment-not-offered`), its placeholders filled from `details`. An unknown code is said
    /// as it is.
    pub fn say(self, code: &str, details: &Map<String, Value>) -> String {
        self.find(code, details).unwrap_or_else(|| code.to_owned())
    }

    fn find(self, code: &str, details: &Map<String, Value>) -> Option<String> {
        let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> = details
            .iter()
            .map(|(name, it)| (Cow::Owned(name.clone()), self.value(name, it).into()))
            .collect();
        MESSAGES.try_lookup_complete(&self.identifier(), &key(code), Some(&arguments))
    }

    /// A placeholder's value in words: a sum of money with its currency, a stage or a power by its
    /// name in this language, whatever else as it is.
    fn value(self, name: &str, value: &Value) -> String {
        if let Ok(money) = serde_json::from_value::<Money>(value.clone()) {
            let text = money.to_string();
            return if self == Self::En { text } else { text.replace('.', ",") };
        }
        match value {
            Value::String(text) => {
                let word = key(&format!("{name}-{text}"));
                let word = MESSAGES.try_lookup(&self.identifier(), &word);
                word.unwrap_or_else(|| text.clone())
            }
            other => other.to_string(),
        }
    }
}

/// What a code's message is kept under.
fn key(code: &str) -> String {
    code.to_ascii_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests;
