//! Numbers of identity cards, passports, residence cards and social insurance, by their form or by
//! the word before them.
use std::sync::LazyLock;

use super::{Plain, REGISTERS, Words, plain};

/// Letters before digits that are no card: a number, an amount, a box, a call for tenders.
const NOT_A_CARD: &[&str] = &["n", "no", "nr", "dh", "bp", "ao", "pv", "cp", "op", "rn", "rp"];
/// Words for such a document. Where several words name it, a space stands between them.
#[rustfmt::skip]
static WORDS: Words = LazyLock::new(|| plain(&[
    "cin", "cine", "cnie", "cni", "c.i.n", "c.i.n.e", "c.n.i.e", "c.n.i", "carte nationale",
    "carte d'identite", "piece d'identite", "passeport", "passport", "passaporto", "carte de sejour",
    "titre de sejour", "carte de resident", "residence card", "residence permit", "identity card",
    "national id", "id card", "nir", "securite sociale",
    "بطاقة", "البطاقة", "بطاقته", "بطاقتها", "لاكارط", "جواز", "الجواز", "جوازه", "جوازها", "ب.ت.و",
    "ب.ت.و.إ", "lakart", "lacarte", "pasbor", "tkarda", "takarda",
]));
/// What may stand between such a word and its number.
#[rustfmt::skip]
static FILLERS: Words = LazyLock::new(|| plain(&[
    "n", "no", "nr", "num", "numero", "number", "nationale", "national", "identite", "d'identite",
    "electronique", "d", "est", "is", "de", "du", "la", "le", "card", "sejour", "dyalo", "dyali",
    "رقم", "رقمها", "رقمه", "الوطنية", "وطنية", "التعريف", "تعريف", "الإقامة", "الاقامة", "إقامة",
    "اقامة", "السفر", "سفر", "سفره", "سفرها", "ذات", "الرقم", "هي", "هو", "ل", "للتعريف", "الالكترونية",
]));
/// The fewest digits after such a word: with letters, and without.
const NAMED_DIGITS_MIN: (usize, usize) = (5, 6);

/// Whether such a number stands in `text`.
pub(super) fn is_in(text: &Plain) -> bool {
    let starts = |place: &usize| begins(text, *place);
    let mut tokens = (0..text.0.len()).filter(starts);
    tokens.any(|start| {
        let end = text.skip(start, |c| c.is_ascii_alphanumeric());
        let card = is_card(&text.0[start..end]) && ends(text, end);
        (card && !follows_register(text, start)) || is_insurance(text, start)
    }) || is_named(text)
}

/// Whether `token` has the form of a number that is a person's alone.
fn is_card(token: &[char]) -> bool {
    let letters =
        |from: usize| token[from..].iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let digits = |from: usize| token[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut sizes = Vec::new();
    let mut at = 0;
    while at < token.len() && sizes.len() < 8 {
        let size = letters(at).max(digits(at));
        sizes.push(size);
        at += size.max(1);
    }
    let first: String = token.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    if token.first().is_some_and(char::is_ascii_digit) {
        // A French passport; a Spanish identity card.
        let middle: String = token.iter().filter(|c| c.is_ascii_alphabetic()).collect();
        return !NOT_A_CARD.contains(&middle.as_str()) && matches!(sizes[..], [2, 2, 5] | [8, 1]);
    }
    match sizes[..] {
        // Morocco's identity card, and passports.
        [1..=2, count @ 5..=7] => {
            let quarter = first.len() == 1 && count == 5 && is_year(&token[2..]);
            // A province by its P-code: MA and six digits, of which the first is 0.
            let province = first == "ma" && count == 6 && token[2] == '0';
            !NOT_A_CARD.contains(&first.as_str()) && !quarter && !province
        }
        // Residence cards, Italy's identity card.
        [1..=2, 5..=7, 1..=2] => !NOT_A_CARD.contains(&first.as_str()),
        // Italy's codice fiscale.
        [6, 2, 1, 2, 1, 3, 1] => true,
        _ => false,
    }
}

/// T12024 is the first quarter of a year.
fn is_year(digits: &[char]) -> bool {
    digits.len() == 4 && digits.starts_with(&['2', '0'])
}

/// Belgium's national number, 85.07.30-033.28, and France's, 1 85 05 78 006 084 36.
fn is_insurance(text: &Plain, start: usize) -> bool {
    let (mut sizes, mut at, mut marks) = (Vec::new(), start, String::new());
    while sizes.len() < 8 {
        let end = text.skip(at, |c| c.is_ascii_digit());
        if end == at {
            break;
        }
        sizes.push(end - at);
        let Some(mark) = text.at(end).filter(|c| " .-".contains(*c)) else { break };
        marks.push(mark);
        at = end + 1;
    }
    let belgian = sizes == [2, 2, 2, 3, 2] && marks.starts_with("..-.");
    let french = matches!(sizes[..], [1, 2, 2, 2, 3, 3] | [1, 2, 2, 2, 3, 3, 2])
        && matches!(text.at(start), Some('1' | '2'));
    belgian || french
}

/// Whether a word for such a document is followed by its number.
fn is_named(text: &Plain) -> bool {
    text.word_starts().filter_map(|start| text.reads_any(start, &WORDS)).any(|end| {
        let mut at = end;
        loop {
            at = text.skip(at, |c| !c.is_alphanumeric() && c != '\n' && c != super::HIDDEN);
            let (word, after) = text.word(at);
            let digit = text.at(after).is_some_and(|c| c.is_ascii_digit());
            if word.is_empty() || digit || !FILLERS.contains(&word) {
                break;
            }
            at = after;
        }
        is_number(text, at)
    })
}

/// At most two letters of any script, then digits in any grouping.
fn is_number(text: &Plain, from: usize) -> bool {
    let letters = text.skip(from, char::is_alphabetic);
    let lettered = letters > from;
    if letters - from > 2 {
        return false;
    }
    let digits = |from: usize| text.skip(from, |c| c.is_ascii_digit());
    let mut at = if lettered { text.skip(letters, |c| " .-/".contains(c)) } else { letters };
    let mut count = 0;
    loop {
        let end = digits(at);
        count += end - at;
        // Without letters a space ends it: 12 000 are twelve thousand.
        let next = text.skip(end, |c| lettered && " .-".contains(c));
        if end == at || next == end {
            break;
        }
        at = next;
    }
    let (with, without) = NAMED_DIGITS_MIN;
    count >= if lettered { with } else { without }
}

fn follows_register(text: &Plain, start: usize) -> bool {
    let near = text.words_before(start).take(2).any(|it| REGISTERS.contains(&it.as_str()));
    near && text.is_registered(start)
}

/// Whether a number can begin at `start`: not within a longer code, a hashtag or an address.
fn begins(text: &Plain, start: usize) -> bool {
    text.0[start].is_ascii_alphanumeric()
        && match text.before(start) {
            Some(c) if c.is_alphanumeric() => ('\u{600}'..='\u{6FF}').contains(&c),
            Some(c) => !"-_/=#@&%~\\+.°".contains(c) && c != super::HIDDEN,
            None => true,
        }
}

/// Whether a number can end at `end`.
fn ends(text: &Plain, end: usize) -> bool {
    match (text.at(end), text.at(end + 1)) {
        (Some('.' | '-' | '/'), Some(next)) => !next.is_alphanumeric(),
        (Some(c), _) => !c.is_alphanumeric() && !"_=@".contains(c),
        (None, _) => true,
    }
}
