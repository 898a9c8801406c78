//! Dates of birth, after the words that announce one.
use std::sync::LazyLock;

use super::{Plain, Words, plain};

/// How far after such words the date may stand, in characters.
const REACH_CHARS: usize = 40;
/// How many words before such words are looked at for what is born otherwise.
const REACH_WORDS: usize = 8;

/// Words that announce a date of birth.
#[rustfmt::skip]
static WORDS: Words = LazyLock::new(|| plain(&[
    "ne le", "nee le", "ne(e) le", "nes le", "nees le", "ne.e le", "ne a", "nee a", "ne(e) a",
    "date de naissance", "ddn", "born on", "born", "date of birth", "dob",
    "ازداد", "ازدادت", "المزداد", "المزدادة", "مزداد", "مزدادة", "مولود", "مولودة", "ولد", "ولدت",
    "تاريخ الازدياد", "تاريخ الميلاد", "tzad", "tzadt", "ilul", "tlul",
]));
/// What is not a person, and is born too.
#[rustfmt::skip]
static THINGS: Words = LazyLock::new(|| plain(&[
    "projet", "idee", "association", "programme", "initiative", "partenariat", "cooperative",
    "federation", "convention", "dispositif", "reseau", "commune", "bureau", "plateforme",
    "dynamique", "intervention", "tournoi", "project", "programme", "network", "idea",
    "مشروع", "المشروع", "فكرة", "الفكرة", "جمعية", "الجمعية", "مبادرة", "المبادرة",
]));

/// Whether a date of birth stands in `text`. A year alone is none.
pub(super) fn is_in(text: &Plain) -> bool {
    text.word_starts().any(|start| {
        let is_thing = || {
            let mut before = text.words_before(start).take(REACH_WORDS);
            before.any(|word| THINGS.contains(&word))
        };
        let end = text.reads_any(start, &WORDS);
        end.is_some_and(|end| is_date_near(text, end)) && !is_thing()
    })
}

/// Whether a day of a year stands soon after `from`, in the same sentence.
fn is_date_near(text: &Plain, from: usize) -> bool {
    let until = (from + REACH_CHARS).min(text.0.len());
    let line = text.skip(from, |c| c != '\n').min(until);
    let mut near = text.number_starts().filter(|it| (from..line).contains(it));
    near.any(|start| is_date(text, start))
}

/// 12/03/1990, 12-3-90, 1990-03-12, 12 mars 1990, 1er mars 1990, 12 مارس 1990.
fn is_date(text: &Plain, start: usize) -> bool {
    let number = |from: usize| {
        let end = text.skip(from, |c| c.is_ascii_digit());
        (end - from, end)
    };
    let (first, mut at) = number(start);
    let mark = text.at(at).unwrap_or(' ');
    if "/-.".contains(mark) {
        let (second, end) = number(at + 1);
        let (third, _) = if text.at(end) == Some(mark) { number(end + 1) } else { (0, end) };
        return matches!((first, second, third), (1..=2, 1..=2, 2 | 4) | (4, 1..=2, 1..=2));
    }
    if let Some(end) = text.reads(at, "er") {
        at = end;
    }
    let month = text.skip(at, |c| c == ' ');
    let (word, end) = text.word(month);
    let (year, _) = number(text.skip(end, |c| c == ' '));
    (1..=2).contains(&first) && word.chars().count() >= 3 && year == 4
}
