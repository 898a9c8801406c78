//! Pages of a list (the Relay cursor connection): keyset cursors, so that a page stays where it is
//! while events arrive; and what the whole list comes to.
use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt::Display;
use std::ops::Bound;
use std::str::FromStr;
use std::sync::Arc;

use async_graphql::{Context, Object, ObjectType, OutputType, SimpleObject, TypeName};

use super::COMPLEXITY_MAX;
use super::code::Code;
use super::facts::Facts;
use super::fault::Fault;
use super::list::List;
use super::problem::Problem;
use super::view::View;

mod aggregate;

pub use aggregate::{Aggregates, Group, GroupBy};

/// The most entries of a page, and how many one has that is not asked for a number.
pub const PAGE_MAX: usize = 100;
/// How many entries a page has where the caller gives no number.
pub const PAGE_DEFAULT: usize = 20;
/// How many entries a list without pages is taken to hold before it is read: most hold fewer, and
/// what multiplies is nesting.
pub const LIST_SIZE: usize = 8;
/// What it costs to walk a whole list once more, in the terms of a query's complexity.
const WALK: usize = 200;

/// Which page of a list is asked for: the first entries after a cursor, or the last before one.
#[derive(Clone, Debug)]
pub struct Page {
    size: usize,
    backward: bool,
    after: Option<String>,
    before: Option<String>,
}

/// The same with its cursors read: between which keys of the list the page lies.
#[derive(Clone, Debug)]
pub struct Span<K> {
    /// How many entries it may have.
    pub size: usize,
    /// Whether the last ones are asked for.
    pub backward: bool,
    /// After which key.
    pub after: Option<K>,
    /// Before which key.
    pub before: Option<K>,
}

impl Page {
    /// The first `first` entries after the cursor `after`, or, where `last` is given, the last `last`
    /// entries before the cursor `before`.
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

    /// The same in a list whose cursors are made of `K`s.
    pub fn span<K: FromStr>(self) -> Result<Span<K>, Fault> {
        let read = |cursor: Option<String>, field| match cursor {
            None => Ok(None),
            Some(cursor) => {
                let key = read_cursor(&cursor).and_then(|key| key.parse::<K>().ok());
                key.map(Some).ok_or_else(|| wrong_cursor(field))
            }
        };
        let Self { size, backward, after, before } = self;
        Ok(Span { size, backward, after: read(after, "after")?, before: read(before, "before")? })
    }

    /// The page of `entries`, which come in the order of their keys. `key` gives each entry's
    /// place: a text that no other entry has, and that sorts as the entries do.
    pub fn of<N>(
        self,
        ctx: &Context<'_>,
        view: &View,
        entries: impl IntoIterator<Item = N>,
        key: impl Fn(&N) -> String,
    ) -> Result<Connection<N>, Fault> {
        self.keyed(ctx, view, entries, key, |it| it)
    }

    /// The page of `entries`, which come in the order of their keys: only the entries of the page are
    /// made into what `show` gives, unless the answer says what all of them come to.
    pub fn keyed<T, K, N>(
        self,
        ctx: &Context<'_>,
        view: &View,
        entries: impl IntoIterator<Item = T>,
        key: impl Fn(&T) -> K,
        show: impl Fn(T) -> N,
    ) -> Result<Connection<N>, Fault>
    where
        K: Ord + Display + FromStr,
    {
        let pairs = entries.into_iter().map(|it| (key(&it), it));
        Ok(self.span()?.of(ctx, view, pairs, show))
    }
}

impl<K> Span<K> {
    /// Refuses cursors that were made of keys that `fits` does not hold for: those of another list.
    pub fn fitting(self, fits: impl Fn(&K) -> bool) -> Result<Self, Fault> {
        let wrong = |key: &Option<K>| key.as_ref().is_some_and(|key| !fits(key));
        if wrong(&self.after) {
            Err(wrong_cursor("after"))
        } else if wrong(&self.before) {
            Err(wrong_cursor("before"))
        } else {
            Ok(self)
        }
    }
}

impl<K: Ord + Display> Span<K> {
    /// The page of a list that comes in the order of its keys, each entry behind its own.
    pub fn of<T, N>(
        self,
        ctx: &Context<'_>,
        view: &View,
        pairs: impl IntoIterator<Item = (K, T)>,
        show: impl Fn(T) -> N,
    ) -> Connection<N> {
        if !asks_for_entries(ctx) {
            return self.select(pairs).shown(view, |it| Arc::new(show(it)), Vec::new());
        }
        let all = pairs.into_iter().map(|(key, it)| (key, Arc::new(show(it))));
        let all: Vec<_> = all.collect();
        let whole = all.iter().map(|(_, it)| Arc::clone(it)).collect();
        self.select(all).shown(view, |it| it, whole)
    }

    /// The same page of what `all` gives between any two keys, in their order. What lies elsewhere is not
    /// gone through, so the page does not know how long the list is.
    pub fn seek<T, N, I>(
        self,
        view: &View,
        all: impl Fn((Bound<K>, Bound<K>)) -> I,
        show: impl Fn(T) -> N,
    ) -> Connection<N>
    where
        K: Copy,
        I: DoubleEndedIterator<Item = (K, T)>,
    {
        self.sought(all).shown(view, |it| Arc::new(show(it)), Vec::new())
    }

    fn sought<T, I>(&self, all: impl Fn((Bound<K>, Bound<K>)) -> I) -> Selected<K, T>
    where
        K: Copy,
        I: DoubleEndedIterator<Item = (K, T)>,
    {
        let Self { size, backward, after, before } = self;
        let mut kept = VecDeque::with_capacity(*size);
        let mut more = false;
        if after.zip(*before).is_none_or(|(after, before)| after < before) {
            let from = after.map_or(Bound::Unbounded, Bound::Excluded);
            let to = before.map_or(Bound::Unbounded, Bound::Excluded);
            let mut entries = all((from, to));
            if *backward {
                entries.by_ref().rev().take(*size).for_each(|it| kept.push_front(it));
                more = entries.next_back().is_some();
            } else {
                kept.extend(entries.by_ref().take(*size));
                more = entries.next().is_some();
            }
        }
        let up_to = |key| all((Bound::Unbounded, Bound::Included(key))).next().is_some();
        let from = |key| all((Bound::Included(key), Bound::Unbounded)).next_back().is_some();
        Selected {
            kept,
            total: None,
            has_previous: *backward && more || after.is_some_and(up_to),
            has_next: !backward && more || before.is_some_and(from),
        }
    }

    fn select<T>(&self, pairs: impl IntoIterator<Item = (K, T)>) -> Selected<K, T> {
        let (mut kept, mut total) = (VecDeque::with_capacity(self.size), 0);
        let (mut has_previous, mut has_next) = (false, false);
        for (key, entry) in pairs {
            total += 1;
            if self.after.as_ref().is_some_and(|after| key <= *after) {
                has_previous = true;
            } else if self.before.as_ref().is_some_and(|before| key >= *before) {
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
        Selected { kept, total: Some(total), has_previous, has_next }
    }
}

/// The entries of a page.
struct Selected<K, T> {
    kept: VecDeque<(K, T)>,
    total: Option<usize>,
    has_previous: bool,
    has_next: bool,
}

impl<K: Display, T> Selected<K, T> {
    fn shown<N>(
        self,
        view: &View,
        show: impl Fn(T) -> Arc<N>,
        whole: Vec<Arc<N>>,
    ) -> Connection<N> {
        let edge = |(key, entry): (K, T)| Edge { key: key.to_string(), node: show(entry) };
        Connection {
            edges: self.kept.into_iter().map(edge).collect(),
            total: self.total,
            has_previous: self.has_previous,
            has_next: self.has_next,
            view: view.clone(),
            whole,
        }
    }
}

/// Whether the answer says something of the whole list, beside a page of it.
pub fn asks_for_whole(ctx: &Context<'_>) -> bool {
    ctx.look_ahead().field("totalCount").exists() || asks_for_entries(ctx)
}

/// Whether the answer says what all entries come to.
pub fn asks_for_entries(ctx: &Context<'_>) -> bool {
    let asked = ctx.look_ahead();
    asked.field("aggregates").exists() || asked.field("groups").exists()
}

/// How many entries `asked` stands for, in the argument `field`.
fn size(asked: Option<i32>, field: &str) -> Result<usize, Fault> {
    let Some(asked) = asked else { return Ok(PAGE_DEFAULT) };
    let size = usize::try_from(asked).ok().filter(|it| (1..=PAGE_MAX).contains(it));
    size.ok_or_else(|| {
        Fault::BadUserInput(Problem::new(Code::PageSizeInvalid).with("max", PAGE_MAX).at(field))
    })
}

impl<N> Connection<N> {
    /// The entries of the page.
    pub fn entries(&self) -> impl Iterator<Item = &N> {
        self.edges.iter().map(|edge| &*edge.node)
    }

    /// The same page with each entry replaced by the one of `nodes` in its place.
    #[must_use]
    pub fn with<M>(self, nodes: impl IntoIterator<Item = M>) -> Connection<M> {
        let keys = self.edges.into_iter().map(|edge| edge.key);
        let nodes = nodes.into_iter().map(Arc::new);
        let edges = keys.zip(nodes).map(|(key, node)| Edge { key, node }).collect();
        let Self { total, has_previous, has_next, view, .. } = self;
        Connection { edges, total, has_previous, has_next, view, whole: Vec::new() }
    }
}

impl<N: Facts> Connection<N> {
    fn facts(&self) -> Vec<&dyn Facts> {
        self.whole.iter().map(|it| &**it as &dyn Facts).collect()
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
fn read_cursor(cursor: &str) -> Option<String> {
    String::from_utf8(hex::decode(cursor).ok()?).ok()
}

/// What a caller is told of a cursor in the argument `field` that this list did not give.
fn wrong_cursor(field: &str) -> Fault {
    Fault::BadUserInput(Problem::new(Code::CursorInvalid).at(field))
}

/// One page of a list, and all that it holds, where the answer says what that comes to.
pub struct Connection<N> {
    edges: Vec<Edge<N>>,
    /// Where the answer says it.
    total: Option<usize>,
    has_previous: bool,
    has_next: bool,
    view: View,
    whole: Vec<Arc<N>>,
}

/// One entry of a page.
pub struct Edge<N> {
    key: String,
    node: Arc<N>,
}

/// Where a page lies in its list.
#[derive(SimpleObject)]
#[graphql(serial)]
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

impl<N: OutputType> TypeName for Connection<N> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Connection", <N as OutputType>::type_name()))
    }
}

impl<N: OutputType> TypeName for Edge<N> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Edge", <N as OutputType>::type_name()))
    }
}

/// One page of a list, and what all of it comes to.
#[Object(serial, name_type)]
impl<N: ObjectType + Facts> Connection<N> {
    /// The entries with their cursors.
    async fn edges(&self) -> List<&Edge<N>> {
        self.edges.iter().collect()
    }

    /// The entries.
    async fn nodes(&self) -> List<&N> {
        self.entries().collect()
    }

    /// Where the page lies.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: self.edges.first().map(|it| cursor(&it.key)),
            end_cursor: self.edges.last().map(|it| cursor(&it.key)),
        }
    }

    /// How many entries the whole list has.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn total_count(&self) -> Result<usize, Fault> {
        self.total.ok_or_else(|| Fault::internal("nobody counted the list"))
    }

    /// What the whole list comes to, whatever the page.
    #[graphql(complexity = "WALK + child_complexity")]
    async fn aggregates(&self) -> Aggregates {
        Aggregates::of(&self.facts(), &self.view.models)
    }

    /// The whole list in groups, whatever the page.
    #[graphql(complexity = "WALK + list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By what, one or two things; the second within the first.")] by: Vec<
            GroupBy,
        >,
    ) -> Result<List<Group>, Fault> {
        aggregate::groups(ctx, &self.facts(), &self.view.models, &by).map(Into::into)
    }
}

/// One entry of a page.
#[Object(serial, name_type)]
impl<N: ObjectType> Edge<N> {
    /// Its place in the list.
    async fn cursor(&self) -> String {
        cursor(&self.key)
    }

    /// The entry.
    async fn node(&self) -> &N {
        &self.node
    }
}

#[cfg(test)]
mod tests;
