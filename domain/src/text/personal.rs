//! Personal data in free text: an e-mail address, a telephone number, the number of an identity
//! document, a date of birth. What is recorded cannot be taken back, so such a text is refused before.
//!
//! Reading is done on letters without diacritics or case and on European digits, so that one rule
//! serves every script. Codes of things and of bodies have the same forms as numbers of persons: the
//! rules look at what stands before and after, and let pass what stands within an address of the web,
//! a reference or an amount.
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

mod birth;
mod email;
mod identity;
mod phone;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Personal {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A number of an identity card, a passport, a residence card or a social insurance.
    Identity,
    /// The day on which somebody was born.
    Birth,
}

/// The first sort of personal data that `text` holds.
pub(super) fn find(text: &str) -> Option<Personal> {
    if !text.contains(|c: char| c.is_numeric() || "@＠﹫([{".contains(c))
        && !text.contains(" arobase ")
    {
        return None;
    }
    let mut plain = Plain::of(text);
    if email::is_in(&plain) {
        return Some(Personal::Email);
    }
    if phone::is_in_address(&plain) {
        return Some(Personal::Phone);
    }
    plain.hide_addresses();
    // The number of a card looks like a telephone number oftener than the other way round.
    let found = [
        (Personal::Identity, identity::is_in as fn(&Plain) -> bool),
        (Personal::Phone, phone::is_in),
        (Personal::Birth, birth::is_in),
    ];
    found.into_iter().find_map(|(personal, is_in)| is_in(&plain).then_some(personal))
}

/// What stands for a character of an address of the web: no rule reads it, and nothing begins or
/// ends at it.
const HIDDEN: char = '\u{FFFC}';

/// Words before a number that is not a person's: registers of companies, banks, books, files.
const REGISTERS: &[&str] = &[
    "ice",
    "if",
    "rc",
    "siret",
    "siren",
    "tva",
    "vat",
    "bce",
    "kbo",
    "iban",
    "rib",
    "isbn",
    "issn",
    "ean",
    "doi",
    "cnss",
    "compte",
    "iati",
    "marche",
    "lot",
    "facture",
    "ref",
    "reference",
];

/// A text in lower case, without diacritics and invisible marks, with European digits and with one
/// sort of space, dash and apostrophe.
struct Plain(Vec<char>);

impl Plain {
    fn of(text: &str) -> Self {
        let seen = text.nfd().filter(|c| !is_combining_mark(*c) && !is_unseen(*c));
        Self(seen.flat_map(char::to_lowercase).map(simple).collect())
    }

    fn at(&self, place: usize) -> Option<char> {
        self.0.get(place).copied()
    }

    fn before(&self, place: usize) -> Option<char> {
        place.checked_sub(1).and_then(|it| self.at(it))
    }

    /// Where the run of characters that are `sort` ends.
    fn skip(&self, from: usize, sort: impl Fn(char) -> bool) -> usize {
        let rest = self.0.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|c| sort(**c)).count()
    }

    /// The word that begins at `from`, which may be none, and where it ends.
    fn word(&self, from: usize) -> (String, usize) {
        let end = self.skip(from, char::is_alphabetic);
        (self.0[from.min(end)..end].iter().collect(), end)
    }

    /// Where words begin.
    fn word_starts(&self) -> impl Iterator<Item = usize> + '_ {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        (0..self.0.len()).filter(move |it| letter(self.at(*it)) && !letter(self.before(*it)))
    }

    /// Where runs of digits begin.
    fn number_starts(&self) -> impl Iterator<Item = usize> + '_ {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        (0..self.0.len()).filter(move |it| digit(self.at(*it)) && !digit(self.before(*it)))
    }

    /// Whether one of `words` begins at `start`; and where it ends.
    fn reads_any(&self, start: usize, words: &[String]) -> Option<usize> {
        words.iter().find_map(|word| self.reads(start, word))
    }

    /// The words before `place`, the nearest first.
    fn words_before(&self, place: usize) -> impl Iterator<Item = String> + '_ {
        let mut end = place;
        std::iter::from_fn(move || {
            while end > 0 && !self.0[end - 1].is_alphabetic() {
                end -= 1;
            }
            let last = end;
            while end > 0 && self.0[end - 1].is_alphabetic() {
                end -= 1;
            }
            (end < last).then(|| self.0[end..last].iter().collect())
        })
    }

    /// Whether the number at `place` is named as one of a register: `ICE n° 0015…`.
    fn is_registered(&self, place: usize) -> bool {
        let mut before = self.words_before(place).filter(|it| !NUMBER_WORDS.contains(&it.as_str()));
        before.next().is_some_and(|word| REGISTERS.contains(&word.as_str()))
    }

    /// Whether `words`, separated by spaces, stand from `from` on; and where they end.
    fn reads(&self, from: usize, words: &str) -> Option<usize> {
        let end = from + words.chars().count();
        let here = self.0.get(from..end)?;
        let whole = !self.at(end).is_some_and(char::is_alphabetic);
        (whole && here.iter().copied().eq(words.chars())).then_some(end)
    }

    /// Takes the addresses of the web and the names of scholarly works out of what is read.
    fn hide_addresses(&mut self) {
        let mut from = 0;
        while from < self.0.len() {
            let end = self.skip(from, |c| !c.is_whitespace());
            if is_address(&self.0[from..end]) {
                self.0[from..end].fill(HIDDEN);
            }
            from = end.max(from + 1);
        }
    }
}

/// Words and signs between what a number is and the number itself.
const NUMBER_WORDS: &[&str] = &["n", "no", "nr", "num", "numero", "number", "رقم", "الرقم"];

/// Marks of direction, joiners and the like, which a reader does not see.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{640}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2069}'
            | '\u{202A}'..='\u{202E}' | '\u{FEFF}'
    )
}

/// The same sign in its plainest form.
fn simple(c: char) -> char {
    let from_zero = |zero: char| {
        let digit = u32::from(c).checked_sub(u32::from(zero)).filter(|it| *it < 10)?;
        char::from_digit(digit, 10)
    };
    // Arabic-Indic, Persian and full-width digits.
    let digit = ['\u{660}', '\u{6F0}', '\u{FF10}'].into_iter().find_map(from_zero);
    match c {
        _ if digit.is_some() => digit.unwrap_or(c),
        '\n' => '\n',
        c if c.is_whitespace() => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' => '-',
        '\u{2019}' | '\u{2BC}' => '\'',
        '\u{FF0B}' => '+',
        '\u{FF20}' | '\u{FE6B}' => '@',
        '\u{FF0E}' => '.',
        c => c,
    }
}

/// Words of a rule, in the form in which a text is read.
type Words = LazyLock<Vec<String>>;

fn plain(words: &[&str]) -> Vec<String> {
    words.iter().map(|it| Plain::of(it).0.into_iter().collect()).collect()
}

/// Whether a run of characters without a space is an address of the web, with or without its
/// scheme, or a DOI.
fn is_address(run: &[char]) -> bool {
    let text: String = run.iter().collect();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if text.contains("://") || text.starts_with("www.") || text.starts_with("doi:") {
        return true;
    }
    let Some((host, _)) = text.split_once('/') else { return false };
    if host.starts_with("10.") && host.len() > 6 {
        return true;
    }
    let last = host.rsplit_once('.').map(|(_, last)| last.split([':', '?']).next());
    last.flatten().is_some_and(|it| it.len() >= 2 && it.chars().all(|c| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests;
