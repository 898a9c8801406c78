//! Texts from outside: limited, printable, in a named language.
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

mod personal;
mod wordings;

use personal::Personal;
use wordings::Wordings;

/// The longest name or title.
pub const NAME_CHARS_MAX: usize = 200;
/// The longest note, reason or description.
pub const NOTE_CHARS_MAX: usize = 4_000;

/// A language by its ISO 639 code.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Language {
    /// French.
    Fr,
    /// Arabic.
    Ar,
    /// Standard Moroccan Tamazight.
    Zgh,
    /// English.
    En,
    /// Italian.
    It,
    /// Spanish.
    Es,
    /// Dutch.
    Nl,
    /// German.
    De,
}

/// Why a text is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TextError {
    /// Nothing in it, or white space alone.
    #[error("write at least one character")]
    TextEmpty,
    /// Over the limit of its kind.
    #[error("{chars} characters are too many: at most {max}")]
    TextTooLong {
        /// How many it has.
        chars: usize,
        /// How many it may have.
        max: usize,
    },
    /// Characters that no reader can see.
    #[error("remove the control character U+{hex}")]
    TextUnprintable {
        /// The first such character's code point, in hexadecimal.
        hex: String,
    },
    /// An e-mail address.
    #[error(
        "the text holds an e-mail address: name a function or a public office instead; contact \
         details belong to the account, not to the ledger"
    )]
    PersonalDataEmail,
    /// A telephone number.
    #[error(
        "the text holds a telephone number: name a function or a public office instead; contact \
         details belong to the account, not to the ledger"
    )]
    PersonalDataPhone,
    /// The number of an identity card, a passport, a residence card or a social insurance.
    #[error(
        "the text holds what looks like the number of a person's card or passport: write a count, a \
         function or an organisation instead"
    )]
    PersonalDataIdentity,
    /// The day on which somebody was born.
    #[error("the text holds a date of birth: write a count or a group of ages instead")]
    PersonalDataBirth,
}

/// What is refused quotes nothing of the text: the refusal is logged and shown.
impl Personal {
    fn refused(self) -> TextError {
        match self {
            Self::Email => TextError::PersonalDataEmail,
            Self::Phone => TextError::PersonalDataPhone,
            Self::Identity => TextError::PersonalDataIdentity,
            Self::Birth => TextError::PersonalDataBirth,
        }
    }
}

/// Trims, brings to NFC and checks `text`; `lines` allows line breaks. Only what comes in from
/// outside is checked: an event that was recorded is read as it is.
fn checked(text: &str, chars_max: usize, lines: bool) -> Result<String, TextError> {
    let text: String = text.trim().nfc().collect();
    if text.is_empty() {
        return Err(TextError::TextEmpty);
    }
    let chars = text.chars().count();
    if chars > chars_max {
        return Err(TextError::TextTooLong { chars, max: chars_max });
    }
    let unseen = |&c: &char| (c.is_control() && !(lines && c == '\n')) || is_direction_override(c);
    if let Some(c) = text.chars().find(unseen) {
        return Err(TextError::TextUnprintable { hex: format!("{:04X}", u32::from(c)) });
    }
    personal::find(&text).map_or(Ok(text), |it| Err(it.refused()))
}

/// Characters that make a text read otherwise than it is stored (Unicode UAX #9, overrides).
fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{FEFF}')
}

/// A proper name as it is written: one line, no language of its own.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Name(String);

impl Name {
    /// A name of 1 to [`NAME_CHARS_MAX`] characters on one line.
    pub fn new(text: &str) -> Result<Self, TextError> {
        checked(text, NAME_CHARS_MAX, false).map(Self)
    }

    /// The name as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as it is compared: see [`folded`].
    pub fn folded(&self) -> String {
        folded(&self.0)
    }
}

macro_rules! worded {
    ($($(#[$doc:meta])* $name:ident: $max:ident, lines: $lines:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(#[schemars(with = "BTreeMap<Language, String>")] Wordings);

        impl $name {
            /// `text` in one language.
            pub fn new(language: Language, text: &str) -> Result<Self, TextError> {
                Self::of([(language, text)])
            }

            /// The same in French; for constants and tests.
            pub fn fr(text: &str) -> Result<Self, TextError> {
                Self::new(Language::Fr, text)
            }

            /// One wording for each language, at least one in all.
            pub fn of<'a>(
                wordings: impl IntoIterator<Item = (Language, &'a str)>,
            ) -> Result<Self, TextError> {
                let kept = wordings
                    .into_iter()
                    .map(|(language, text)| Ok((language, checked(text, $max, $lines)?.into())))
                    .collect::<Result<Vec<_>, _>>()?;
                let kept = Wordings::new(kept);
                if kept.is_empty() { Err(TextError::TextEmpty) } else { Ok(Self(kept)) }
            }

            /// The wording in `language`, else in French, else in the first language there is.
            pub fn in_language(&self, language: Language) -> &str {
                let found = self.0.get(language).or_else(|| self.0.get(Language::Fr));
                found.or_else(|| self.0.iter().next().map(|(_, text)| text)).unwrap_or_default()
            }

            /// Every wording with its language.
            pub fn wordings(&self) -> impl Iterator<Item = (Language, &str)> {
                self.0.iter()
            }
        }
    )+};
}

worded! {
    /// A title in one or more languages, each on one line of at most [`NAME_CHARS_MAX`] characters.
    Title: NAME_CHARS_MAX, lines: false;
    /// A note, a reason or a description in one or more languages, each of at most
    /// [`NOTE_CHARS_MAX`] characters.
    Note: NOTE_CHARS_MAX, lines: true;
}

/// The form in which two spellings of one name are equal, for each script.
///
/// Latin: without diacritics, in lower case, `ou` as `u`, doubled letters once (Khamssa and Khamsa,
/// Anarouz and Anaruz). Arabic: without vowel marks and tatweel, every alef alike, teh marbuta as
/// heh, alef maksura as yeh. Other scripts: lower case. Only letters and digits remain.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            fold(c.to_ascii_lowercase(), &mut out);
        } else {
            decompose_canonical(c, |c| {
                let letter = !is_combining_mark(c);
                letter
                    .then(|| c.to_lowercase())
                    .into_iter()
                    .flatten()
                    .for_each(|c| fold(c, &mut out));
            });
        }
    }
    out
}

/// Adds a lower-case character to what was folded before it.
fn fold(c: char, out: &mut String) {
    let c = match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ة' => 'ه',
        'ى' => 'ي',
        'ـ' => return,
        'œ' => 'e',
        c if c.is_alphanumeric() => c,
        _ => return,
    };
    if c == 'u' && out.ends_with('o') {
        out.pop();
    }
    if !(c.is_ascii_alphabetic() && out.ends_with(c)) {
        out.push(c);
    }
}

/// A country by its ISO 3166-1 alpha-2 code.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Country([u8; 2]);

/// A text that is no country code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a country is two capital letters of ISO 3166-1, as in MA, FR or IT")]
pub struct NoCountry;

impl Country {
    /// Morocco.
    pub const MOROCCO: Self = Self(*b"MA");

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl TryFrom<String> for Country {
    type Error = NoCountry;

    fn try_from(text: String) -> Result<Self, NoCountry> {
        match text.as_bytes() {
            &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([a, b])),
            _ => Err(NoCountry),
        }
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (one, other) in [
            ("Khamssa", "Khamsa"),
            ("Anarouz", "Anaruz"),
            ("Belfaâ", "BELFAA"),
            ("Solidarietà e Cooperazione", "solidarieta e cooperazione"),
            ("أكادير", "اكادير"),
            ("الجمعيّة", "الجمعيه"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} / {other}");
        }
        assert_ne!(folded("Tiznit"), folded("Tata"));
    }

    #[test]
    fn a_text_is_limited_and_printable() {
        assert_eq!(Name::new("  \n "), Err(TextError::TextEmpty));
        let long = "x".repeat(NAME_CHARS_MAX + 1);
        let too_long = TextError::TextTooLong { chars: NAME_CHARS_MAX + 1, max: NAME_CHARS_MAX };
        assert_eq!(Name::new(&long), Err(too_long));
        let hidden = TextError::TextUnprintable { hex: "202E".to_owned() };
        assert_eq!(Name::new("abc\u{202E}def"), Err(hidden));
        assert!(Note::fr("two\nlines").is_ok());
        assert!(Title::fr("two\nlines").is_err());
    }

    #[test]
    fn a_wording_falls_back_to_french() {
        let title =
            Title::of([(Language::Fr, "Terrain"), (Language::Ar, "ملعب")]).expect("a title");
        assert_eq!(title.in_language(Language::Ar), "ملعب");
        assert_eq!(title.in_language(Language::En), "Terrain");
    }
}
