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
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language that messages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Tongue {
    /// The best of them for an `Accept-Language` header (RFC 9110, §12.5.4): French where it
    /// asks for none, and for Arabic and Tamazight until those are translated.
    pub fn accepted(header: Option<&str>) -> Self {
        let weighed = |range: &str| {
            let (tag, weight) = range.split_once(";q=").unwrap_or((range, "1"));
            let tongue = match tag.trim().split('-').next()? {
                "fr" | "ar" | "zgh" | "ber" => Self::Fr,
                "en" | "*" => Self::En,
                _ => return None,
            };
            let weight: f32 = weight.trim().parse().ok()?;
            (weight > 0.0).then_some((tongue, weight))
        };
        let ranges = header.unwrap_or_default().split(',').filter_map(weighed);
        // The first of the heaviest: `max_by` would take the last.
        ranges
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .map_or_else(Self::default, |(tongue, _)| tongue)
    }

    /// That of the person's terminal (POSIX, `LC_ALL`, `LC_MESSAGES`, `LANG`): English where it
    /// says so, else French.
    pub fn of_terminal() -> Self {
        let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
        if locale.is_some_and(|it| it.starts_with("en")) { Self::En } else { Self::Fr }
    }

    /// Its tag (BCP 47), for HTML's `lang`.
    pub fn tag(self) -> String {
        self.identifier().to_string()
    }

    fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::Fr => langid!("fr"),
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
            return if self == Self::Fr { text.replace('.', ",") } else { text };
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
