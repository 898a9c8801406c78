//! Lists of objects in answers, told one entry and one field after the other.
//!
//! The engine begins all entries of a list, and all fields of an object, at once, which pays where each waits
//! for something else. Here what is told is in memory; a future and a place in a queue for each field took
//! more time than its value, and the code made for the lists of each type was a fifth of the program.
use std::borrow::Cow;
use std::pin::Pin;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::resolve_container_serial;
use async_graphql::{ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value};

/// The most fields of an object that are told here: each is compared with each.
const FIELDS_MAX: usize = 16;

/// A list of objects, which are told one after the other, and so are their fields.
pub struct List<T>(Vec<T>);

impl<T> List<T> {
    /// The entries.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(entries: Vec<T>) -> Self {
        Self(entries)
    }
}

impl<T: ObjectType> OutputType for List<T> {
    fn type_name() -> Cow<'static, str> {
        <Vec<T> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<T> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<T> as OutputType>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        // An object may hold a list of its own type: what is known of this future ends here.
        let told: Pin<Box<dyn Future<Output = _> + Send + '_>> = Box::pin(tell(&self.0, ctx));
        told.await
    }
}

async fn tell<T: ObjectType>(entries: &[T], ctx: &ContextSelectionSet<'_>) -> ServerResult<Value> {
    let fields = plain(ctx);
    let mut told = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let ctx = ctx.with_index(index);
        let value = match &fields {
            Some(fields) => Ok(object(entry, fields, &ctx).await),
            None => resolve_container_serial(&ctx, entry).await,
        };
        told.push(value.map_err(|error| ctx.set_error_path(error))?);
    }
    Ok(Value::List(told))
}

/// What is asked of each object, where that is a few fields, each under a name of its own. The engine knows
/// what to make of anything else.
fn plain<'a>(ctx: &ContextSelectionSet<'a>) -> Option<Vec<&'a Positioned<Field>>> {
    let items = &ctx.item.node.items;
    if items.len() > FIELDS_MAX {
        return None;
    }
    let field = |it: &'a Positioned<Selection>| match &it.node {
        Selection::Field(field) if field.node.directives.is_empty() => Some(field),
        _ => None,
    };
    let fields: Vec<_> = items.iter().map(field).collect::<Option<_>>()?;
    let key = |it: &Positioned<Field>| it.node.response_key().node.clone();
    let twice = |(n, it)| fields[..n].iter().any(|other: &&_| key(other) == key(it));
    (!fields.iter().copied().enumerate().any(twice)).then_some(fields)
}

async fn object<T: ObjectType>(
    of: &T,
    fields: &[&Positioned<Field>],
    ctx: &ContextSelectionSet<'_>,
) -> Value {
    let mut told = IndexMap::with_capacity(fields.len());
    for field in fields {
        let ctx = ctx.with_field(field);
        let value = if field.node.name.node == "__typename" {
            Ok(Some(of.introspection_type_name().into()))
        } else {
            of.resolve_field(&ctx).await
        };
        match value {
            Ok(value) => {
                told.insert(field.node.response_key().node.clone(), value.unwrap_or_default());
            }
            Err(error) => ctx.add_error(error),
        }
    }
    if told.is_empty() { Value::Null } else { Value::Object(told) }
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Response, Schema};

    use super::*;

    struct Number(usize);

    #[Object(serial)]
    impl Number {
        async fn value(&self) -> usize {
            self.0
        }

        async fn times(&self, by: usize) -> usize {
            self.0 * by
        }

        #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
        async fn odd(&self) -> async_graphql::Result<usize> {
            if self.0.is_multiple_of(2) { Err("it is even".into()) } else { Ok(self.0) }
        }

        async fn less(&self) -> List<Number> {
            (0..self.0).map(Number).collect()
        }

        async fn before(&self) -> Option<Number> {
            self.0.checked_sub(1).map(Number)
        }
    }

    struct Query;

    #[Object(serial)]
    impl Query {
        async fn ours(&self) -> List<Number> {
            (0..4).map(Number).collect()
        }

        async fn theirs(&self) -> Vec<Number> {
            (0..4).map(Number).collect()
        }
    }

    async fn asked(of: &str, what: &str) -> Response {
        let fragment =
            if what.contains("...F") { "fragment F on Number { less { odd } }" } else { "" };
        let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
        schema.execute(format!("{{ all: {of} {{ {what} }} }} {fragment}")).await
    }

    fn errors(response: &Response) -> Vec<String> {
        let told = response.errors.iter().map(|it| format!("{:?} {}", it.path, it.message));
        let mut told: Vec<_> = told.collect();
        told.sort_unstable();
        told
    }

    /// The same question is asked of our list and of one of the engine's.
    #[tokio::test]
    async fn our_lists_say_what_those_of_the_engine_say() {
        let times = |n: usize| {
            let fields: Vec<_> = (0..n).map(|by| format!("t{by}: times(by: {by})")).collect();
            fields.join(" ")
        };
        for what in [
            "value",
            "value __typename name: __typename",
            "one: value two: times(by: 2) three: times(by: 3)",
            "... { three: times(by: 3) } ... on Number { value } ...F",
            "less { value } less { times(by: 2) } before { odd } before { value }",
            "odd",
            "value odd less { odd less { odd value } } before { odd }",
            "value @skip(if: true) odd @include(if: true) odd @skip(if: true)",
            "value @skip(if: true)",
            &times(FIELDS_MAX),
            &times(FIELDS_MAX + 1),
        ] {
            let (ours, theirs) = (asked("ours", what).await, asked("theirs", what).await);
            assert_ne!(ours.data, Value::Null, "{what}: {ours:?}");
            assert_eq!(ours.data.to_string(), theirs.data.to_string(), "{what}");
            assert_eq!(errors(&ours), errors(&theirs), "{what}");
        }
    }
}
