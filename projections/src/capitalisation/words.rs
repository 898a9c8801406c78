//! The words that items are found by: an inverted index of folded words.
use std::sync::Arc;

use domain::classification::Sector;
use domain::ids::CapitalisationItemId;
use domain::text::folded;
use imbl::OrdSet;
use serde::Serialize;

use super::Item;

/// Where a word stands, the better place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    Title,
    Summary,
    /// A theme, by its code or a word of its name, a territory or an actor.
    About,
}

/// Words that say nothing by themselves, in the languages that people search in; folded.
#[rustfmt::skip]
const EMPTY: &[&str] = &[
    "le", "la", "les", "un", "une", "des", "de", "du", "et", "en", "au", "aux", "par", "pour", "sur",
    "dans", "avec", "u", "the", "of", "and", "in", "for", "to", "di", "e", "il", "del", "della",
    "في", "من", "على", "الي", "عن", "مع", "و", "n", "d", "g", "s", "l", "f",
];
/// Articles and particles that Arabic writes together with the word that follows; folded.
const ARABIC_PREFIXES: &[&str] = &["وال", "بال", "فال", "كال", "لل", "ال"];
/// The fewest letters that have to remain of an Arabic word without them.
const ARABIC_STEM_CHARS_MIN: usize = 3;

/// The words of `text`, folded, without those that say nothing.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let between = |c: char| !c.is_alphanumeric() && !is_vowel_mark(c);
    let folded = text.split(between).map(folded).filter(|it| !it.is_empty());
    folded.filter(|it| !EMPTY.contains(&it.as_str())).map(stem)
}

/// The word without an Arabic article.
fn stem(word: String) -> String {
    let mut bare = ARABIC_PREFIXES.iter().filter_map(|it| word.strip_prefix(it));
    match bare.find(|it| it.chars().count() >= ARABIC_STEM_CHARS_MIN) {
        Some(bare) => bare.to_owned(),
        None => word,
    }
}

/// Arabic vowel marks and tatweel stand within words.
fn is_vowel_mark(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{300}'..='\u{36F}')
}

/// Each word with the items that it stands in, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct Words(OrdSet<(Arc<str>, Place, CapitalisationItemId)>);

impl Words {
    pub(super) fn enter(&mut self, item: &Item) {
        for (word, place) in own(item) {
            self.0.insert((word.into(), place, item.id));
        }
    }

    pub(super) fn leave(&mut self, item: &Item) {
        for (word, place) in own(item) {
            self.0.remove(&(word.into(), place, item.id));
        }
    }

    /// The items with a word that begins with `prefix`, and where it stands; some twice.
    pub(super) fn beginning<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (CapitalisationItemId, Place)> + 'a {
        let first = (Arc::from(prefix), Place::Title, CapitalisationItemId::from_u128(0));
        let from = self.0.range(first..);
        let found = from.take_while(move |(word, ..)| word.starts_with(prefix));
        found.map(|(_, place, id)| (*id, *place))
    }
}

/// The words of the item itself: who and where is looked up when somebody asks.
fn own(item: &Item) -> Vec<(String, Place)> {
    let titles = item.title.wordings().flat_map(|(_, text)| words(text));
    let summaries = item.summary.iter().flat_map(|it| it.wordings());
    let summaries = summaries.flat_map(|(_, text)| words(text));
    let named = |it: &Sector| words(it.name_fr()).chain(words(it.name_en()));
    let themes = item.sectors.iter().flat_map(|it| named(it).chain([it.to_string()]));
    let all = titles.map(|it| (it, Place::Title)).chain(summaries.map(|it| (it, Place::Summary)));
    all.chain(themes.map(|it| (it, Place::About))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        words(text).collect()
    }

    #[test]
    fn words_are_the_same_in_every_spelling() {
        for (one, other) in [
            ("Khamsa, Belfaâ", "KHAMSSA — belfaa"),
            ("l'appui aux migrant-e-s", "Appui aux migrant·e·s"),
            ("الجماعة", "جَماعة"),
            ("بلفاع والإقليم", "بلفاع إقليم"),
        ] {
            assert_eq!(of(one), of(other), "{one} / {other}");
        }
    }

    #[test]
    fn words_that_say_nothing_are_left_out() {
        assert_eq!(of("Le terrain de la commune"), ["terain", "comune"]);
        assert_eq!(of(" ; — "), Vec::<String>::new());
    }
}
