//! Objects in answers, told one field after the other, and lists of them, one entry after the other.
//!
//! The engine begins all entries of a list, and all fields of an object, at once, which pays where each waits
//! for something else. Here what is told is in memory; a future and a place in a queue for each field took
//! more time than its value, and the code made for the lists of each type was a fifth of the program.
use std::borrow::Cow;
use std::ops::Deref;
use std::pin::Pin;

use async_graphql::parser::types::{Field, Selection};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::resolve_container_serial;
use async_graphql::{
    ContextSelectionSet, Data, ObjectType, OutputType, Positioned, ServerError, ServerResult, Value,
};

use super::written::{AsText, IN_PLACE, Sheet, write};

/// No longer than most answers, in bytes.
const TEXT_BYTES: usize = 1_024;

/// A list of objects, which are told one after the other, and so are their fields.
pub struct List<T>(Vec<T>);

/// An object that stands alone, told as those of a list are.
#[derive(Clone)]
pub struct One<T>(pub T);

impl<T> Deref for One<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ObjectType> OutputType for One<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        // An object may hold one of its own type: what is known of this future ends here.
        let told: Pin<Box<dyn Future<Output = _> + Send + '_>> = Box::pin(one(&self.0, ctx, field));
        told.await
    }
}

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
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        // An object may hold a list of its own type: what is known of this future ends here.
        let told: Pin<Box<dyn Future<Output = _> + Send + '_>> =
            Box::pin(tell(&self.0, true, ctx, field));
        told.await
    }
}

/// An object that stands alone.
pub async fn one<T: ObjectType>(
    of: &T,
    ctx: &ContextSelectionSet<'_>,
    field: &Positioned<Field>,
) -> ServerResult<Value> {
    tell(std::slice::from_ref(of), false, ctx, field).await
}

/// The entries of a list, or else the one object.
async fn tell<T: ObjectType>(
    entries: &[T],
    is_list: bool,
    ctx: &ContextSelectionSet<'_>,
    field: &Positioned<Field>,
) -> ServerResult<Value> {
    if ctx.data_opt::<AsText>().is_none() {
        return values(entries, is_list, ctx).await;
    }
    if let Some((sheet, mut json)) = Sheet::handed(ctx, field) {
        let begun = json.len();
        let done = write_all(entries, is_list, ctx, sheet, &mut json).await;
        if done.is_err() {
            json.truncate(begun);
        }
        sheet.put(json);
        return done.map(|()| IN_PLACE);
    }
    let mut data = Data::default();
    data.insert(Sheet::default());
    let mut ctx = ctx.clone();
    ctx.execute_data = Some(&data);
    let mut json = Vec::with_capacity(TEXT_BYTES);
    write_all(entries, is_list, &ctx, ctx.data_unchecked(), &mut json).await?;
    Ok(Value::Binary(json.into()))
}

async fn values<T: ObjectType>(
    entries: &[T],
    is_list: bool,
    ctx: &ContextSelectionSet<'_>,
) -> ServerResult<Value> {
    let mut told = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        if !is_list {
            return resolve_container_serial(ctx, entry).await;
        }
        let ctx = ctx.with_index(index);
        let value = resolve_container_serial(&ctx, entry).await;
        told.push(value.map_err(|error| ctx.set_error_path(error))?);
    }
    Ok(Value::List(told))
}

/// The same as text.
async fn write_all<T: ObjectType>(
    entries: &[T],
    is_list: bool,
    ctx: &ContextSelectionSet<'_>,
    sheet: &Sheet,
    json: &mut Vec<u8>,
) -> ServerResult<()> {
    if is_list {
        json.push(b'[');
    }
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            json.push(b',');
        }
        let ctx = if is_list { ctx.with_index(index) } else { ctx.clone() };
        write_one(entry, &ctx, sheet, json).await?;
    }
    if is_list {
        json.push(b']');
    }
    Ok(())
}

/// Writes what is asked of an object. What fails is left out of it, as the engine does.
async fn write_one<T: ObjectType>(
    of: &T,
    ctx: &ContextSelectionSet<'_>,
    sheet: &Sheet,
    json: &mut Vec<u8>,
) -> ServerResult<()> {
    json.push(b'{');
    let begun = json.len();
    for selection in &ctx.item.node.items {
        let Selection::Field(field) = &selection.node else { continue };
        let ctx = ctx.with_field(field);
        let so_far = json.len();
        if so_far > begun {
            json.push(b',');
        }
        // No character of a name has to be escaped (GraphQL, §2.1.9).
        json.push(b'"');
        json.extend_from_slice(field.node.response_key().node.as_bytes());
        json.extend_from_slice(b"\":");
        let value = if field.node.name.node == "__typename" {
            Ok(Some(of.introspection_type_name().into()))
        } else if field.node.selection_set.node.items.is_empty() {
            of.resolve_field(&ctx).await
        } else {
            sheet.hand(std::mem::take(json), field);
            let value = of.resolve_field(&ctx).await;
            *json = sheet.take();
            value
        };
        match value {
            Ok(value) => {
                let written = write(json, &value.unwrap_or_default());
                let unwritten = |error| ServerError::new(format!("{error}"), None);
                written.map_err(|error| ctx.set_error_path(unwritten(error)))?;
            }
            Err(error) => {
                json.truncate(so_far);
                ctx.add_error(error);
            }
        }
    }
    json.push(b'}');
    Ok(())
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::{
        EmptyMutation, EmptySubscription, Interface, Object, Request, Response, Schema,
    };

    use super::super::written::{is_plain, tree};
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

        async fn alone(&self) -> One<Number> {
            One(Number(self.0 + 1))
        }

        /// A list of the engine's, of objects of ours.
        async fn twice(&self) -> Vec<One<Number>> {
            vec![One(Number(self.0)), One(Number(self.0 + 1))]
        }

        /// An object that the engine tells, above some of ours.
        async fn either(&self) -> Either {
            Either::Number(Number(self.0))
        }
    }

    #[derive(Interface)]
    #[graphql(field(name = "less", ty = "List<Number>"), field(name = "alone", ty = "One<Number>"))]
    enum Either {
        Number(Number),
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

    /// The answer; where `as_text`, with text in it, unless the question does not allow it.
    async fn asked(of: &str, what: &str, as_text: bool) -> Option<Response> {
        let fragment =
            if what.contains("...F") { "fragment F on Number { less { odd } }" } else { "" };
        let query = format!("{{ all: {of} {{ {what} }} }} {fragment}");
        let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
        if !as_text {
            return Some(schema.execute(query).await);
        }
        if !is_plain(&parse_query(&query).expect("it parses")) {
            return None;
        }
        let mut response = schema.execute(Request::new(query).data(AsText)).await;
        let told = std::mem::take(&mut response.data);
        response.data = tree(told.clone()).expect("its text is JSON");
        assert_ne!(told, response.data, "some of it is text");
        Some(response)
    }

    fn errors(response: &Response) -> Vec<String> {
        let told = response.errors.iter().map(|it| format!("{:?} {}", it.path, it.message));
        let mut told: Vec<_> = told.collect();
        told.sort_unstable();
        told
    }

    /// The same question is asked of our list, as values and as text, and of one of the engine's.
    #[tokio::test]
    async fn our_lists_say_what_those_of_the_engine_say() {
        let mut as_text = 0;
        for what in [
            "value",
            "value __typename name: __typename",
            "one: value two: times(by: 2) three: times(by: 3)",
            "... { three: times(by: 3) } ... on Number { value } ...F",
            "less { value } less { times(by: 2) } before { odd } before { value }",
            "before { less { value } } less { before { value odd } }",
            "odd",
            "value odd less { odd less { odd value } } before { odd }",
            "alone { value alone { odd value } less { odd } } value",
            "twice { value less { value } alone { odd } } alone { twice { odd } } odd",
            "either { less { value alone { value } } alone { odd } } alone { either { less { odd } } }",
            "value @skip(if: true) odd @include(if: true) odd @skip(if: true)",
            "value @skip(if: true)",
        ] {
            let theirs = asked("theirs", what, false).await.expect("an answer");
            let ours = asked("ours", what, false).await.expect("an answer");
            assert_ne!(ours.data, Value::Null, "{what}: {ours:?}");
            assert_eq!(ours.data.to_string(), theirs.data.to_string(), "{what}");
            assert_eq!(errors(&ours), errors(&theirs), "{what}");
            if let Some(text) = asked("ours", what, true).await {
                // The engine has null for an object of which nothing is left.
                assert_eq!(text.data.to_string().replace("{}", "null"), theirs.data.to_string());
                assert_eq!(errors(&text), errors(&theirs), "{what}");
                as_text += 1;
            }
        }
        assert_eq!(as_text, 9, "some are no questions for text");
    }
}
