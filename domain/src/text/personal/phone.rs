//! Telephone numbers: of Morocco and France as they are dialled there, of any country with its code,
//! and whatever follows a word for a telephone.
use super::Plain;

/// The digits of a number dialled within Morocco or France, the first 0 included.
const NATIONAL_DIGITS: usize = 10;
/// The fewest and the most digits of a number with the code of its country (ITU-T E.164 allows 15).
const INTERNATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 9..=15;
/// The fewest digits after a word for a telephone.
const NAMED_DIGITS_MIN: usize = 8;
/// As many digits after 00 as the code of a company has (the ICE has 15 in all).
const COMPANY_DIGITS: usize = 15;
/// Codes of the countries that people here write to: with 00 before, 15 digits are theirs too.
const NEAR: &[&str] = &["212", "31", "32", "33", "34", "39", "44", "49"];

/// Words for a telephone.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "tel", "telephone", "telephones", "telephonique", "telefon", "telefono", "phone", "gsm",
    "portable", "mobile", "whatsapp", "whatsap", "fax", "nmra", "nemra", "tilifun",
    "هاتف", "الهاتف", "للهاتف", "هاتفه", "هاتفها", "نقال", "النقال", "المحمول", "واتساب", "فاكس",
    "الفاكس", "التلفون", "تلفون", "تيليفون", "نمرة", "النمرة",
];
/// What may stand between such a word and the number.
const FILLERS: &[&str] = &[
    "n",
    "no",
    "num",
    "numero",
    "number",
    "portable",
    "mobile",
    "phone",
    "au",
    "le",
    "est",
    "is",
    "on",
    "fixe",
    "whatsapp",
    "رقم",
    "رقمه",
    "رقمها",
    "على",
    "هو",
    "النقال",
    "dyalo",
    "dyali",
    "hwa",
];
/// What a number before it counts.
const UNITS: &[&str] = &[
    "mad",
    "dh",
    "dhs",
    "dirham",
    "dirhams",
    "eur",
    "euro",
    "euros",
    "meur",
    "usd",
    "dollars",
    "habitants",
    "habitant",
    "personnes",
    "people",
    "inhabitants",
    "درهم",
    "درهما",
    "أورو",
    "اورو",
    "يورو",
    "نسمة",
];

/// Digits in groups, as somebody wrote them.
struct Run {
    groups: Vec<Group>,
}

/// Digits without anything between them.
struct Group {
    start: usize,
    end: usize,
}

impl Group {
    fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Whether an address of the web dials or writes to a number.
pub(super) fn is_in_address(text: &Plain) -> bool {
    let written: String = text.0.iter().collect();
    let dialled = ["tel:", "wa.me/", "whatsapp.com/send?phone=", "callto:", "sms:"];
    dialled.iter().any(|it| {
        let mut after = written.split(it).skip(1);
        after.any(|rest| {
            let digits = rest.chars().take_while(|c| c.is_ascii_digit() || "+-. ".contains(*c));
            digits.filter(char::is_ascii_digit).count() >= NAMED_DIGITS_MIN
        })
    })
}

/// Whether a telephone number stands in `text`.
pub(super) fn is_in(text: &Plain) -> bool {
    let dialled = text.number_starts().any(|start| {
        let run = run(text, start);
        is_international(text, &run) || is_national(text, &run) || is_five_pairs(text, start)
    });
    let named = |start| {
        let (word, end) = text.word(start);
        WORDS.contains(&word.as_str()) && is_named(text, end)
    };
    dialled || text.word_starts().any(named)
}

/// The groups of digits from `start` on, with no more between two of them than a space, a dash, a
/// dot or a bracket.
fn run(text: &Plain, start: usize) -> Run {
    let mut groups = Vec::new();
    let mut at = start;
    loop {
        let end = text.skip(at, |c| c.is_ascii_digit());
        if end == at {
            break;
        }
        groups.push(Group { start: at, end });
        let next = text.skip(end, |c| " .-()".contains(c));
        let between: String = text.0[end..next].iter().collect();
        // A sentence ends with a dot and a space.
        if between.is_empty() || between.len() > 3 || between == ". " {
            break;
        }
        at = next;
    }
    Run { groups }
}

fn is_international(text: &Plain, run: &Run) -> bool {
    let Some(first) = run.groups.first() else { return false };
    let digits = |upto: usize| -> String {
        let groups = run.groups.iter().take(upto);
        groups.flat_map(|it| &text.0[it.start..it.end]).collect()
    };
    let signed = {
        let mut before = text.0[..first.start].iter().rev();
        before.find(|c| !" (".contains(**c)) == Some(&'+')
    };
    let zeros = text.0[first.start..first.end].starts_with(&['0', '0']);
    let dialled = zeros && begins(text, first.start) && !text.is_registered(first.start);
    if !signed && !dialled {
        return false;
    }
    let plausible = |upto: usize| {
        let written = digits(upto);
        let dialled = if signed { written.as_str() } else { &written[2..] };
        let fits = match dialled.chars().next() {
            None | Some('0') => false,
            Some('1' | '7') => dialled.len() == 11,
            Some(_) => INTERNATIONAL_DIGITS.contains(&dialled.len()),
        };
        let company = !signed
            && upto == 1
            && written.len() == COMPANY_DIGITS
            && !NEAR.iter().any(|code| dialled.starts_with(code));
        fits && !company && ends(text, run.groups[upto - 1].end)
    };
    !counts(text, run) && (1..=run.groups.len()).any(plausible)
}

fn is_national(text: &Plain, run: &Run) -> bool {
    let Some(first) = run.groups.first() else { return false };
    let mut sum = 0;
    let taken = run.groups.iter().take_while(|it| {
        let fits = sum < NATIONAL_DIGITS;
        sum += it.len();
        fits
    });
    let taken: Vec<_> = taken.collect();
    let digits: Vec<char> =
        taken.iter().flat_map(|it| &text.0[it.start..it.end]).copied().collect();
    let sizes: Vec<_> = taken.iter().map(|it| it.len()).collect();
    let last = taken.last().map_or(first.end, |it| it.end);
    digits.len() == NATIONAL_DIGITS
        && digits[0] == '0'
        && digits[1] != '0'
        && sizes.last().is_some_and(|it| *it >= 2)
        && sizes != [2, 2, 4, 2]
        && !is_a_list(&digits, &sizes)
        && begins(text, first.start)
        && ends(text, last)
        && !text.is_registered(first.start)
        && !counts(text, run)
}

/// 06/12/34/56/78.
fn is_five_pairs(text: &Plain, start: usize) -> bool {
    let Some(here) = text.0.get(start..start + 14) else { return false };
    let form = |(place, c): (usize, &char)| {
        if place % 3 == 2 { *c == '/' } else { c.is_ascii_digit() }
    };
    let digits: Vec<_> = here.iter().copied().filter(char::is_ascii_digit).collect();
    here.iter().enumerate().all(form)
        && digits[0] == '0'
        && digits[1] != '0'
        && !is_a_list(&digits, &[2; 5])
        && begins(text, start)
        && ends(text, start + 14)
}

/// 05 06 07 08 09: numbers that follow one another.
fn is_a_list(digits: &[char], sizes: &[usize]) -> bool {
    let pairs: Vec<u32> = digits
        .chunks(2)
        .map(|two| two.iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, it| sum * 10 + it))
        .collect();
    sizes == [2; 5] && pairs.windows(2).all(|two| two[1] == two[0] + 1)
}

/// Whether digits follow the word for a telephone that ends at `end`.
fn is_named(text: &Plain, end: usize) -> bool {
    let mut at = end;
    loop {
        at = text.skip(at, |c| !c.is_alphanumeric() && c != '\n');
        let (word, after) = text.word(at);
        if word.is_empty() || !FILLERS.contains(&word.as_str()) {
            break;
        }
        at = after;
    }
    if !text.at(at).is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    let run = run(text, at);
    let written = |it: &Group| -> String { text.0[it.start..it.end].iter().collect() };
    let groups: Vec<_> = run.groups.iter().map(written).collect();
    let digits: usize = groups.iter().map(String::len).sum();
    let a_year = groups.iter().any(|it| is_year(it));
    let thousands = groups.len() > 1 && groups[1..].iter().all(|it| it.len() == 3);
    // 612 345 678 is dialled; 12 000 000 is counted.
    let counted = thousands && !(digits == 9 && groups[0].starts_with(['5', '6', '7', '8']));
    digits >= NAMED_DIGITS_MIN
        && !a_year
        && (!counted || groups[0].starts_with('0'))
        && !counts(text, &run)
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Whether what follows the run is what it counts.
fn counts(text: &Plain, run: &Run) -> bool {
    let Some(last) = run.groups.last() else { return false };
    let at = text.skip(last.end, |c| c == ' ');
    let (word, _) = text.word(at);
    UNITS.contains(&word.as_str()) || text.at(at).is_some_and(|c| "€$%".contains(c))
}

/// Whether a number can begin at `start`: not within a longer code.
fn begins(text: &Plain, start: usize) -> bool {
    let before = match text.before(start) {
        Some('(') => start.checked_sub(2).and_then(|it| text.at(it)),
        other => other,
    };
    match before {
        // A conjunction is written together with what follows in Arabic.
        Some(c) if c.is_alphabetic() => ('\u{600}'..='\u{6FF}').contains(&c),
        Some('.') => text.before(start - 1).is_some_and(char::is_alphabetic),
        Some(c) => !c.is_numeric() && !"-_/=#@&%~\\+".contains(c) && c != super::HIDDEN,
        None => true,
    }
}

/// Whether a number can end at `end`.
fn ends(text: &Plain, end: usize) -> bool {
    match (text.at(end), text.at(end + 1)) {
        (Some('.' | '-' | '/' | '_'), Some(next)) => !next.is_ascii_digit(),
        (Some(c), _) => !c.is_alphanumeric() && c != '_' && c != '=',
        (None, _) => true,
    }
}
