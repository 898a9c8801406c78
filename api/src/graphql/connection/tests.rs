//! Pages, and cursors.
use std::collections::BTreeSet;

use super::*;

/// What of `a` to `e` is on the page, and whether there is more before it and after it.
fn letters(page: Page) -> (String, Selected<char, char>) {
    let span = page.span().expect("cursors of letters");
    let found = span.select(('a'..='e').map(|it| (it, it)));
    (found.kept.iter().map(|(_, it)| it).collect(), found)
}

fn forward(first: Option<i32>, after: Option<char>) -> Page {
    let after = after.map(|it| cursor(&it.to_string()));
    Page::read((first, after), (None, None)).expect("a page")
}

#[test]
fn the_last_page_and_those_before_it_lead_back_to_the_first() {
    let back = |before: Option<char>| {
        let before = before.map(|it| cursor(&it.to_string()));
        letters(Page::read((None, None), (Some(2), before)).expect("a page"))
    };
    let (shown, last) = back(None);
    assert_eq!(shown, "de");
    assert!(last.has_previous && !last.has_next);
    let (shown, middle) = back(Some('d'));
    assert_eq!(shown, "bc");
    assert!(middle.has_previous && middle.has_next);
    let (shown, first) = back(Some('b'));
    assert_eq!((shown.as_str(), first.has_previous, first.total), ("a", false, Some(5)));
    let both = Page::read((Some(1), None), (Some(1), None));
    assert!(both.is_err(), "one way or the other");
}

#[test]
fn pages_meet_without_a_gap_or_an_overlap() {
    let (shown, first) = letters(forward(Some(2), None));
    let (rest, second) = letters(forward(Some(2), shown.chars().last()));
    assert_eq!(shown + &rest, "abcd");
    assert!(first.has_next && second.has_next && second.has_previous && !first.has_previous);
    assert_eq!((first.total, second.total), (Some(5), Some(5)));
}

#[test]
fn a_page_that_is_sought_is_the_one_that_is_selected() {
    let all: BTreeSet<_> = ('b'..='f').collect();
    let keys = || std::iter::once(None).chain(('a'..='g').map(Some));
    for (size, backward) in [(1, false), (1, true), (2, false), (2, true), (5, false), (7, true)] {
        for (after, before) in keys().flat_map(|after| keys().map(move |it| (after, it))) {
            let span = Span { size, backward, after, before };
            let selected = span.select(all.iter().map(|it| (*it, ())));
            let sought = span.sought(|keys| all.range(keys).map(|it| (*it, ())));
            let shown = |it: &Selected<char, ()>| {
                let kept: String = it.kept.iter().map(|(key, ())| *key).collect();
                (kept, it.has_previous, it.has_next)
            };
            if after.zip(before).is_some_and(|(after, before)| after >= before) {
                assert_eq!((sought.kept.len(), selected.kept.len()), (0, 0), "{span:?}");
            } else {
                assert_eq!(shown(&sought), shown(&selected), "{span:?}");
            }
        }
    }
}

#[test]
fn a_page_has_1_to_100_entries() {
    for wrong in [0, -1, 101] {
        let page = Page::read((Some(wrong), None), (None, None));
        assert!(matches!(page, Err(Fault::BadUserInput(_))));
    }
}

#[test]
fn a_cursor_is_read_once_and_refused_where_it_is_of_another_list() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    static READ: AtomicUsize = AtomicUsize::new(0);
    #[derive(Debug)]
    struct Key;
    impl FromStr for Key {
        type Err = ();

        fn from_str(_: &str) -> Result<Self, ()> {
            READ.fetch_add(1, Ordering::Relaxed);
            Ok(Self)
        }
    }

    for made_up in ["zz", "ff"] {
        let page = Page::read((None, Some(made_up.to_owned())), (None, None));
        let span = page.expect("a page").span::<char>();
        assert!(matches!(span, Err(Fault::BadUserInput(_))), "{made_up}");
    }
    let span = forward(None, Some('a')).span::<Key>().expect("a key");
    let span = span.fitting(|_| true).expect("of this list");
    assert_eq!(READ.load(Ordering::Relaxed), 1);
    assert!(matches!(span.fitting(|_| false), Err(Fault::BadUserInput(_))));
}
