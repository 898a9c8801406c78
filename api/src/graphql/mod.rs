//! The GraphQL contract: noun-first names from the glossary, every root query as of any position.
pub mod connection;
pub mod enums;
pub mod fault;
pub mod ledger;
pub mod problem;
pub mod scalars;
pub mod values;

use std::sync::Arc;

use async_graphql::{
    Context, EmptyMutation, EmptySubscription, MergedObject, SDLExportOptions, Schema,
};

use crate::app::{App, Models};
use fault::Fault;
use values::AsOf;

/// The deepest nesting of a query: less breaks the standard introspection query.
pub const DEPTH_MAX: usize = 15;
/// The most fields that a query may ask for, each counted as often as its list may hold it.
pub const COMPLEXITY_MAX: usize = 20_000;
/// The most directives on one field.
pub const DIRECTIVES_MAX: usize = 10;

/// Everything that can be asked. One object a noun, each in its own file.
#[derive(MergedObject, Default)]
pub struct Query(ledger::LedgerQuery);

/// Everything that can be done. One object a noun, each in its own file.
pub type Mutation = EmptyMutation;

/// The whole contract.
pub type Contract = Schema<Query, Mutation, EmptySubscription>;

/// The contract, answered by `app`.
pub fn contract(app: App) -> Contract {
    build().data(app).finish()
}

/// The contract as text (SDL), in alphabetical order.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .prefer_single_line_descriptions();
    build().finish().sdl_with_options(options)
}

fn build() -> async_graphql::SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query::default(), EmptyMutation, EmptySubscription)
        .limit_depth(DEPTH_MAX)
        .limit_complexity(COMPLEXITY_MAX)
        .limit_directives(DIRECTIVES_MAX)
        .with_sorted_fields()
        .with_sorted_enums()
}

/// The models that a query answers from: as things were known at `as_of`, else as they are now.
pub async fn models(ctx: &Context<'_>, as_of: Option<AsOf>) -> Result<Arc<Models>, Fault> {
    let app = ctx.data_unchecked::<App>();
    match as_of {
        None => Ok(app.now()),
        Some(AsOf::Position(position)) => {
            let position = position.read().map_err(|it| Fault::BadUserInput(it.at("asOf")))?;
            app.at_position(position).await
        }
        Some(AsOf::Instant(instant)) => {
            let instant = instant.read().map_err(|it| Fault::BadUserInput(it.at("asOf")))?;
            app.at_instant(instant).await
        }
    }
}
