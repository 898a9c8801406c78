//! The contract as it is executed: what an operation costs is measured first, and told.
//!
//! The engine goes through its extensions at every field, which doubles the time of an answer. So two
//! schemas of the same types share the work: the meter has the one extension, checks an operation and
//! runs nothing; the engine, which has none, runs what the meter let pass.
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextRequest, NextValidation,
};
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};
use async_graphql::{
    Request, Response, Schema, SchemaBuilder, ServerError, ValidationMode, ValidationResult, Value,
    value,
};
use async_trait::async_trait;
use futures_util::stream::{self, BoxStream, StreamExt as _};

use super::admission::checks::{Found, Known};
use super::admission::{Admitted, Conflict, Given};
use super::code::Code;
use super::engine;
use super::fault::Fault;
use super::live::Subscription;
use super::problem::Problem;
use super::shape::{Executed, Types};
use super::written::{AsText, tree};
use super::{COMPLEXITY_MAX, DEPTH_MAX, Query};
use crate::graphql::commands::Mutation;

/// The most errors that an operation is refused with.
const ERRORS_MAX: usize = 20;

/// The types of the contract with their resolvers, ready to be finished.
pub type Unfinished = SchemaBuilder<Query, Mutation, Subscription>;
type Engine = Schema<Query, Mutation, Subscription>;

/// The whole contract. Clones share it.
#[derive(Clone)]
pub struct Contract {
    meter: Engine,
    engine: Engine,
}

impl Contract {
    /// The same types twice: one to measure with, one that answers.
    pub fn new(measuring: Unfinished, answering: Unfinished) -> Self {
        let meter = measuring.extension(Meter::default()).finish();
        // What it runs has been checked.
        Self { meter, engine: answering.validation_mode(ValidationMode::Fast).finish() }
    }

    /// What is known of the operation of `asked` that `request` names.
    pub fn known(&self, asked: &Admitted, request: &Request) -> Known {
        Known::of(asked, request, self.types())
    }

    /// Executes the operation of `asked` that `request` names. `extensions.cost` of the answer says what
    /// was asked, and what may be. Lists of its data may come as text.
    pub async fn execute(
        &self,
        asked: Arc<Admitted>,
        mut request: Request,
        known: Known,
    ) -> Response {
        let (found, given) = match self.check(&asked, &request, known).await {
            Ok(checked) => checked,
            Err(refused) => return refused,
        };
        if given.is_plain {
            request = request.data(AsText);
        }
        request.set_parsed_query(given.of(&asked).clone());
        let executed = Executed::of(asked, &request);
        let begun = Instant::now();
        let mut response = self.shaped(&executed, self.engine.execute(request).await);
        found.took(begun.elapsed());
        response.extensions.extend(found.extensions.clone());
        response
    }

    /// The answer to the text of `request`.
    ///
    /// # Panics
    /// Where what is written of it is no JSON.
    #[cfg(test)]
    pub async fn ask(&self, request: Request) -> Response {
        match super::admission::admit(&request.query) {
            Ok(asked) => {
                let known = self.known(&asked, &request);
                let mut response = self.execute(Arc::new(asked), request, known).await;
                response.data = tree(response.data).expect("its text is JSON");
                response
            }
            Err(fault) => Response::from_errors(vec![raised(fault)]),
        }
    }

    /// The answers to the operation of `asked` that `request` names, one after the other: a subscription
    /// has many. It is checked as any other.
    pub fn execute_stream(
        &self,
        asked: Arc<Admitted>,
        mut request: Request,
    ) -> BoxStream<'static, Response> {
        let contract = self.clone();
        let answers = async move {
            let known = contract.known(&asked, &request);
            match contract.check(&asked, &request, known).await {
                Ok((_, given)) => {
                    request.set_parsed_query(given.of(&asked).clone());
                    let executed = Executed::of(asked, &request);
                    let answers = contract.engine.execute_stream(request);
                    answers.map(move |it| contract.shaped(&executed, it)).boxed()
                }
                Err(refused) => stream::iter([refused]).boxed(),
            }
        };
        stream::once(answers).flatten().boxed()
    }

    /// What the engine is given to execute `asked`, which it finds valid.
    fn given<'a>(&self, asked: &'a Admitted) -> Result<&'a Given, &'a Conflict> {
        asked.given.get_or_init(|| self.types().given(&asked.document)).as_ref()
    }

    /// `response` in the shape that the operation asks for, where the engine's may be another.
    fn shaped(&self, executed: &Executed, mut response: Response) -> Response {
        let failed = response.errors.iter().any(|it| !it.path.is_empty());
        let whole = response.errors.is_empty();
        if failed || whole && (executed.is_named() || executed.skips()) {
            match tree(std::mem::take(&mut response.data)) {
                Ok(data) => response.data = executed.shaped(self.types(), data),
                Err(error) => response.errors.push(raised(Fault::internal(error))),
            }
        } else if whole {
            response.data = executed.ordered(self.types(), std::mem::take(&mut response.data));
        }
        response
    }

    /// What the meter says of an operation that may be run, and what the engine is given for it; else the
    /// answer that refuses it.
    async fn check<'a>(
        &self,
        asked: &'a Admitted,
        request: &Request,
        known: Known,
    ) -> Result<(Arc<Found>, &'a Given), Response> {
        let found = match known.found() {
            Some(found) => found,
            None => self.measure(asked, request, known).await?,
        };
        let given = self.given(asked).map_err(|Conflict { name, at }| {
            let problem = Problem::new(Code::FieldsConflict).with("name", engine::shortened(name));
            let error = raised(Fault::BadUserInput(problem));
            Response::from_errors(vec![ServerError { locations: at.to_vec(), ..error }])
        })?;
        Ok((found, given))
    }

    async fn measure(
        &self,
        asked: &Admitted,
        request: &Request,
        known: Known,
    ) -> Result<Arc<Found>, Response> {
        let mut copy = Request::new("").variables(request.variables.clone());
        copy.operation_name.clone_from(&request.operation_name);
        copy.set_parsed_query(asked.document.clone());
        let mut checked = self.meter.execute(copy).await;
        checked.errors.truncate(ERRORS_MAX);
        if !checked.errors.is_empty() {
            return Err(checked);
        }
        let is_safe = is_safe(&asked.document, request.operation_name.as_deref());
        let found = Arc::new(Found::new(checked.extensions, is_safe));
        known.keep(asked, &found);
        Ok(found)
    }

    /// The types, read the first time that an answer needs them.
    fn types(&self) -> &'static Types {
        static TYPES: OnceLock<Types> = OnceLock::new();
        TYPES.get_or_init(|| Types::of(&self.meter.sdl()))
    }
}

/// Whether no operation of `document` that may be executed is a mutation.
pub fn is_safe(document: &ExecutableDocument, operation: Option<&str>) -> bool {
    let asks = |ty| !matches!(ty, OperationType::Mutation);
    match (&document.operations, operation) {
        (DocumentOperations::Single(single), _) => asks(single.node.ty),
        (DocumentOperations::Multiple(many), Some(name)) => {
            many.get(name).is_none_or(|it| asks(it.node.ty))
        }
        (DocumentOperations::Multiple(many), None) => many.values().all(|it| asks(it.node.ty)),
    }
}

/// An error of the whole operation.
fn raised(fault: Fault) -> ServerError {
    let error = async_graphql::Error::new_with_source(fault);
    ServerError { message: error.message, source: error.source, ..ServerError::new("", None) }
}

/// Keeps what the validation of one operation found.
#[derive(Default)]
struct Meter {
    found: Mutex<Option<ValidationResult>>,
}

impl ExtensionFactory for Meter {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self::default())
    }
}

#[async_trait]
impl Extension for Meter {
    async fn request(&self, ctx: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let response = next.run(ctx).await;
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner).take();
        match found {
            Some(found) => response.extension("cost", cost(found)),
            None => response,
        }
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let found = next.run(ctx).await?;
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
        let too_much = |code, asked: usize, max: usize| {
            let problem = Problem::new(code).with("asked", asked).with("max", max);
            Err(vec![raised(Fault::TooComplex(problem))])
        };
        if found.complexity > COMPLEXITY_MAX {
            return too_much(Code::QueryTooComplex, found.complexity, COMPLEXITY_MAX);
        }
        if found.depth > DEPTH_MAX {
            return too_much(Code::QueryTooDeep, found.depth, DEPTH_MAX);
        }
        Ok(found)
    }

    /// Nothing is run.
    async fn execute(
        &self,
        _ctx: &ExtensionContext<'_>,
        _operation_name: Option<&str>,
        _next: NextExecute<'_>,
    ) -> Response {
        Response::default()
    }
}

/// `extensions.cost`.
fn cost(found: ValidationResult) -> Value {
    value!({
        "complexity": found.complexity,
        "maxComplexity": COMPLEXITY_MAX,
        "depth": found.depth,
        "maxDepth": DEPTH_MAX,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use async_graphql::Variables;
    use serde_json::json;

    use super::super::{admission, build};
    use super::*;

    const QUERY: &str = "query($first: Int, $after: String) {
        actors(first: $first, after: $after) { totalCount }
    }";

    fn page(first: &serde_json::Value, after: &str) -> Request {
        let variables = Variables::from_json(json!({"first": first, "after": after}));
        Request::new("").variables(variables)
    }

    /// Nothing stands behind the contract: what is executed of a query panics, so only checks are asked.
    #[tokio::test]
    async fn what_was_found_of_a_question_is_not_found_out_again() {
        let contract = Contract::new(build(), build());
        let asked = admission::admit(QUERY).expect("a document");
        let check = async |first: serde_json::Value, after: &str| {
            let request = page(&first, after);
            let checked = contract.check(&asked, &request, contract.known(&asked, &request)).await;
            checked.map(|(found, _)| found)
        };
        let first = check(json!(1), "a").await.expect("it is valid");
        // Whatever is kept is believed: the meter is not asked.
        let told = [("cost".to_owned(), value!("as told before"))];
        let told = Arc::new(Found::new(BTreeMap::from(told), true));
        contract.known(&asked, &page(&json!(1), "a")).keep(&asked, &told);
        let next = check(json!(1), "b").await.expect("it is valid");
        assert!(Arc::ptr_eq(&next, &told), "another cursor is the same question");
        let larger = check(json!(2), "a").await.expect("it is valid");
        let others = [&told, &first].map(|it| &it.extensions);
        assert!(!others.contains(&&larger.extensions), "another page size costs something else");
        for _ in 0..2 {
            let wrong = check(json!("many"), "a").await;
            assert!(wrong.is_err(), "what is refused is refused again");
        }
    }

    #[test]
    fn an_operation_is_safe_where_it_cannot_be_a_mutation() {
        for (document, operation, safe) in [
            ("{ a }", None, true),
            ("mutation { a }", None, false),
            ("query q { a } mutation m { a }", Some("q"), true),
            ("query q { a } mutation m { a }", Some("m"), false),
            ("query q { a } mutation m { a }", None, false),
        ] {
            let parsed = admission::admit(document).expect("a document").document;
            assert_eq!(is_safe(&parsed, operation), safe, "{document} {operation:?}");
        }
    }
}
