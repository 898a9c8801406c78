//! Pages of a list (the Relay cursor connection): keyset cursors, so that a page stays where it is
//! while events arrive.
use async_graphql::{Object, ObjectType, OutputType, SimpleObject, TypeName};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt::Display;
use std::str::FromStr;

use super::COMPLEXITY_MAX;
use super::code::Code;
use super::fault::Fault;
use super::problem::Problem;

/// The most entries of a page, and how many one has that is not asked for a number.
pub const PAGE_MAX: usize = 100;
/// How many entries a page has where the caller gives no number.
pub const PAGE_DEFAULT: usize = 20;
/// How many entries a list without pages is taken to hold before it is read: most hold fewer, and
/// what multiplies is nesting.
pub const LIST_SIZE: usize = 8;

/// Which page of a list is asked for: the first entries after a cursor, or the last before one.
#[derive(Clone, Debug, Default)]
pub struct Page {
    size: usize,
    backward: bool,
    after: Option<String>,
    before: Option<String>,
}

impl Page {
    /// The first `first` entries after the cursor `after`.
    pub fn new(first: Option<i32>, after: Option<String>) -> Result<Self, Fault> {
        Ok(Self { size: size(first, "first")?, after, ..Self::default() })
    }

    /// The same, or, where `last` is given, the last `last` entries before the cursor `before`.
    pub fn read(
        (first, after): (Option<i32>, Option<String>),
        (last, before): (Option<i32>, Option<String>),
    ) -> Result<Self, Fault> {
        if first.is_some() && last.is_some() {
            return Err(Fault::BadUserInput(Problem::new(Code::PageBothWays).at("last")));
        }
        let size = if last.is_some() { size(last, "last")? } else { size(first, "first")? };
        Ok(Self { size, backward: last.is_some(), after, before })
    }

    /// How many entries it may have.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The page of `entries`, which come in the order of their keys. `key` gives each entry's
    /// place: a text that no other entry has, and that sorts as the entries do.
    pub fn of<T>(
        self,
        entries: impl IntoIterator<Item = T>,
        key: impl Fn(&T) -> String,
    ) -> Result<Connection<T>, Fault> {
        self.keyed(entries, key, |it| it)
    }

    /// The page of `entries`, which come in the order of their keys: for long lists, of which only
    /// the entries of the page are made into what `show` gives.
    pub fn keyed<T, K, N>(
        self,
        entries: impl IntoIterator<Item = T>,
        key: impl Fn(&T) -> K,
        show: impl Fn(T) -> N,
    ) -> Result<Connection<N>, Fault>
    where
        K: Ord + Display + FromStr,
    {
        let (after, before) = self.bounds::<K>()?;
        let (mut kept, mut total) = (VecDeque::with_capacity(self.size), 0);
        let (mut has_previous, mut has_next) = (false, false);
        for entry in entries {
            total += 1;
            let key = key(&entry);
            if after.as_ref().is_some_and(|after| key <= *after) {
                has_previous = true;
            } else if before.as_ref().is_some_and(|before| key >= *before) {
                has_next = true;
            } else if kept.len() < self.size {
                kept.push_back((key, entry));
            } else if self.backward {
                kept.pop_front();
                kept.push_back((key, entry));
                has_previous = true;
            } else {
                has_next = true;
            }
        }
        let edge =
            |(key, entry): (K, T)| Edge { cursor: cursor(&key.to_string()), node: show(entry) };
        Ok(Connection {
            edges: kept.into_iter().map(edge).collect(),
            total,
            has_previous,
            has_next,
        })
    }

    /// Refuses cursors that were made of keys that `fits` does not hold for: those of another list.
    pub fn check<K: FromStr>(&self, fits: impl Fn(&K) -> bool) -> Result<(), Fault> {
        let (after, before) = self.bounds::<K>()?;
        let wrong = |key: Option<K>| key.is_some_and(|key| !fits(&key));
        let field = if wrong(after) {
            "after"
        } else if wrong(before) {
            "before"
        } else {
            return Ok(());
        };
        Err(Fault::BadUserInput(Problem::new(Code::CursorInvalid).at(field)))
    }

    /// The keys that its cursors were made of.
    fn bounds<K: FromStr>(&self) -> Result<(Option<K>, Option<K>), Fault> {
        let read = |cursor: &Option<String>, field| match cursor {
            None => Ok(None),
            Some(cursor) => {
                let wrong = || Fault::BadUserInput(Problem::new(Code::CursorInvalid).at(field));
                let key = read_cursor(cursor).map_err(|_| wrong())?;
                key.parse::<K>().map(Some).map_err(|_| wrong())
            }
        };
        Ok((read(&self.after, "after")?, read(&self.before, "before")?))
    }
}

/// How many entries `asked` stands for, in the argument `field`.
fn size(asked: Option<i32>, field: &str) -> Result<usize, Fault> {
    let Some(asked) = asked else { return Ok(PAGE_DEFAULT) };
    let size = usize::try_from(asked).ok().filter(|it| (1..=PAGE_MAX).contains(it));
    size.ok_or_else(|| {
        Fault::BadUserInput(Problem::new(Code::PageSizeInvalid).with("max", PAGE_MAX).at(field))
    })
}

impl<T> Connection<T> {
    /// The entries of the page.
    pub fn entries(&self) -> impl Iterator<Item = &T> {
        self.edges.iter().map(|edge| &edge.node)
    }

    /// The entries of the page with their cursors.
    pub fn edge_list(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// Where the page lies.
    pub fn info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: self.edges.first().map(|it| it.cursor.clone()),
            end_cursor: self.edges.last().map(|it| it.cursor.clone()),
        }
    }

    /// How many entries the whole list has.
    pub fn total(&self) -> usize {
        self.total
    }

    /// The same page with each entry replaced by the one of `nodes` in its place.
    #[must_use]
    pub fn with<N>(self, nodes: impl IntoIterator<Item = N>) -> Connection<N> {
        let cursors = self.edges.into_iter().map(|edge| edge.cursor);
        let edges = cursors.zip(nodes).map(|(cursor, node)| Edge { cursor, node }).collect();
        let Self { total, has_previous, has_next, .. } = self;
        Connection { edges, total, has_previous, has_next }
    }
}

/// What a page costs: as many times its entry as it may hold.
pub fn cost(first: Option<i32>, entry: usize) -> usize {
    let size = first.map_or(PAGE_DEFAULT, |it| usize::try_from(it).unwrap_or(0).min(PAGE_MAX));
    bounded(1 + size * entry)
}

/// What a list without pages costs: as many times its entry as it is taken to hold.
pub fn list_cost(entry: usize) -> usize {
    bounded(1 + LIST_SIZE * entry)
}

/// No more than what is refused already, so that no nesting counts past what a number holds.
fn bounded(cost: usize) -> usize {
    cost.min(COMPLEXITY_MAX + 1)
}

/// A cursor is its entry's key in hexadecimal: opaque to callers, and safe in an address.
pub fn cursor(key: &str) -> String {
    hex::encode(key)
}

/// The key that a cursor was made of.
pub fn read_cursor(cursor: &str) -> Result<String, Fault> {
    let bytes = hex::decode(cursor).map_err(|_| wrong_cursor())?;
    String::from_utf8(bytes).map_err(|_| wrong_cursor())
}

/// What a caller is told of a cursor that none was given.
pub fn wrong_cursor() -> Fault {
    Fault::BadUserInput(Problem::new(Code::CursorInvalid).at("after"))
}

/// One page of a list.
pub struct Connection<T> {
    edges: Vec<Edge<T>>,
    total: usize,
    has_previous: bool,
    has_next: bool,
}

/// One entry of a page.
pub struct Edge<T> {
    cursor: String,
    node: T,
}

/// Where a page lies in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether entries follow.
    has_next_page: bool,
    /// Whether entries come before.
    has_previous_page: bool,
    /// The cursor of the page's first entry.
    start_cursor: Option<String>,
    /// The cursor of the page's last entry: the next page comes after it.
    end_cursor: Option<String>,
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Connection", <T as OutputType>::type_name()))
    }
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Edge", <T as OutputType>::type_name()))
    }
}

/// One page of a list.
#[Object(name_type)]
impl<T: ObjectType> Connection<T> {
    /// The entries with their cursors.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The entries.
    async fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|it| &it.node).collect()
    }

    /// Where the page lies.
    async fn page_info(&self) -> PageInfo {
        self.info()
    }

    /// How many entries the whole list has.
    async fn total_count(&self) -> usize {
        self.total
    }
}

/// One entry of a page.
#[Object(name_type)]
impl<T: ObjectType> Edge<T> {
    /// Its place in the list.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The entry.
    async fn node(&self) -> &T {
        &self.node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_and_those_before_it_lead_back_to_the_first() {
        let back = |before: Option<String>| {
            let page = Page::read((None, None), (Some(2), before)).expect("a page");
            page.of('a'..='e', char::to_string).expect("letters")
        };
        let shown = |it: &Connection<char>| it.entries().collect::<String>();
        let last = back(None);
        assert_eq!(shown(&last), "de");
        assert!(last.has_previous && !last.has_next);
        let middle = back(last.edges.first().map(|it| it.cursor.clone()));
        assert_eq!(shown(&middle), "bc");
        assert!(middle.has_previous && middle.has_next);
        let first = back(middle.edges.first().map(|it| it.cursor.clone()));
        assert_eq!((shown(&first).as_str(), first.has_previous, first.total), ("a", false, 5));
        assert!(Page::read((Some(1), None), (Some(1), None)).is_err(), "one way or the other");
    }

    fn letters(first: Option<i32>, after: Option<&str>) -> Connection<char> {
        let page = Page::new(first, after.map(str::to_owned)).expect("a page");
        page.of('a'..='e', char::to_string).expect("letters")
    }

    #[test]
    fn pages_meet_without_a_gap_or_an_overlap() {
        let first = letters(Some(2), None);
        let end = first.edges.last().map(|it| it.cursor.clone());
        let second = letters(Some(2), end.as_deref());
        let nodes: String = first.edges.iter().chain(&second.edges).map(|it| it.node).collect();
        assert_eq!(nodes, "abcd");
        assert!(first.has_next && second.has_next && second.has_previous && !first.has_previous);
        assert_eq!((first.total, second.total), (5, 5));
    }

    #[test]
    fn a_page_has_1_to_100_entries() {
        for wrong in [0, -1, 101] {
            assert!(matches!(Page::new(Some(wrong), None), Err(Fault::BadUserInput(_))));
        }
    }

    #[test]
    fn a_made_up_cursor_is_refused() {
        let page = Page::new(None, Some("zz".to_owned())).expect("a page");
        assert!(matches!(page.of('a'..='e', char::to_string), Err(Fault::BadUserInput(_))));
    }
}
