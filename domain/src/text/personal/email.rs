//! E-mail addresses, written plainly or with the sign spelt out.
use super::Plain;

/// How people write the sign where they fear robots.
const SPELT_OUT: &[&str] =
    &["[at]", "(at)", "{at}", "[arobase]", "(arobase)", " arobase ", " [at] ", " (at) "];

/// Whether an e-mail address stands in `text`. A name after the sign without a domain, or a domain
/// without a name before the sign, is none.
pub(super) fn is_in(text: &Plain) -> bool {
    let mut written: String = text.0.iter().collect();
    for sign in SPELT_OUT {
        written = written.replace(sign, "@");
    }
    let parts: Vec<_> = written.split('@').collect();
    parts.windows(2).any(|two| {
        let (before, after) = (two[0], two[1]);
        // « nom@ domaine.ma » and « nom @ domaine.ma », but not « voir @compte ».
        let after = after.strip_prefix(' ').map_or((after, false), |it| (it, true));
        let before = if after.1 { before.strip_suffix(' ').unwrap_or(before) } else { before };
        let named =
            before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_-+.".contains(c));
        named && begins_with_domain(after.0)
    })
}

/// `region.example.ma`: labels, then letters alone.
fn begins_with_domain(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '.'));
    let domain = text[..end.unwrap_or(text.len())].trim_end_matches(['.', '-']);
    let mut labels = domain.split('.');
    let first = labels.next().unwrap_or_default();
    let last = labels.next_back().unwrap_or_default();
    !first.is_empty()
        && last.chars().count() >= 2
        && last.chars().all(char::is_alphabetic)
        && labels.all(|it| !it.is_empty())
}
