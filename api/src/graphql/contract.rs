//! The contract as it is executed: what an operation costs is measured first, and told.
//!
//! The engine goes through its extensions at every field, which doubles the time of an answer. So two
//! schemas of the same types share the work: the meter has the one extension, checks an operation and
//! runs nothing; the engine, which has none, runs what the meter let pass.
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextRequest, NextValidation,
};
use async_graphql::{
    Request, Response, Schema, SchemaBuilder, ServerError, ValidationMode, ValidationResult, Value,
    value,
};
use async_trait::async_trait;
use futures_util::stream::{self, BoxStream, StreamExt as _};

use super::code::Code;
use super::fault::Fault;
use super::live::Subscription;
use super::problem::Problem;
use super::shape::{Executed, Types};
use super::{COMPLEXITY_MAX, DEPTH_MAX, Query, admission};
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

    /// Executes the operation of `request`, whose document is one that [`admission::parse`] gave.
    /// `extensions.cost` of the answer says what was asked, and what may be.
    pub async fn execute(&self, mut request: Request) -> Response {
        let (executed, extensions) = match self.check(&mut request).await {
            Ok(checked) => checked,
            Err(refused) => return refused,
        };
        let mut response = self.shaped(&executed, self.engine.execute(request).await);
        response.extensions.extend(extensions);
        response
    }

    /// The answers to the operation of `request`, one after the other: a subscription has many. It is
    /// checked as any other.
    pub fn execute_stream(&self, mut request: Request) -> BoxStream<'static, Response> {
        let contract = self.clone();
        let answers = async move {
            match contract.check(&mut request).await {
                Ok((executed, _)) => {
                    let answers = contract.engine.execute_stream(request);
                    answers.map(move |it| contract.shaped(&executed, it)).boxed()
                }
                Err(refused) => stream::iter([refused]).boxed(),
            }
        };
        stream::once(answers).flatten().boxed()
    }

    /// `response` in the shape that the operation asks for, where the engine's may be another.
    fn shaped(&self, executed: &Executed, mut response: Response) -> Response {
        let failed = response.errors.iter().any(|it| !it.path.is_empty());
        let whole = response.errors.is_empty();
        if failed || whole && (executed.named || executed.skips()) {
            response.data = executed.shaped(self.types(), std::mem::take(&mut response.data));
        }
        response
    }

    /// The operation and what the meter says of it, where it may be run; else the answer that refuses it.
    async fn check(
        &self,
        request: &mut Request,
    ) -> Result<(Executed, BTreeMap<String, Value>), Response> {
        let document = request.parsed_query().map_err(|it| Response::from_errors(vec![it]))?;
        admission::measure(document).map_err(|it| Response::from_errors(vec![raised(it)]))?;
        let mut executed = Executed {
            document: document.clone(),
            operation: request.operation_name.clone(),
            variables: request.variables.clone(),
            named: false,
        };
        let mut copy = Request::new("").variables(executed.variables.clone());
        copy.operation_name.clone_from(&executed.operation);
        copy.set_parsed_query(executed.document.clone());
        let mut checked = self.meter.execute(copy).await;
        checked.errors.truncate(ERRORS_MAX);
        if !checked.errors.is_empty() {
            return Err(checked);
        }
        if executed.has_fragments()
            && let Some(named) = self.types().naming(&executed.document)
        {
            request.set_parsed_query(named);
            executed.named = true;
        }
        Ok((executed, checked.extensions))
    }

    /// The types, read the first time that an answer needs them.
    fn types(&self) -> &'static Types {
        static TYPES: OnceLock<Types> = OnceLock::new();
        TYPES.get_or_init(|| Types::of(&self.meter.sdl()))
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
