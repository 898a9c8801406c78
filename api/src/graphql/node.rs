//! Whatever has an id of its own, by that id alone (the Relay specification of object identification).
use async_graphql::{Context, ID, Object};
use jiff::civil::Date;
use uuid::Uuid;

use super::code::Code;
use super::connection::PAGE_MAX;
use super::fault::Fault;
use super::noun::Found;
use super::problem::Problem;
use super::scalars::Given;
use super::values::AsOf;
use super::view::View;

/// An id as every object shows it: no two objects have the same, whatever they are.
pub fn global(id: impl Into<Uuid>) -> ID {
    ID(id.into().to_string())
}

/// Questions about whatever has an id.
#[derive(Default)]
pub struct NodeQuery;

/// Questions about whatever has an id.
#[Object(serial)]
impl NodeQuery {
    /// What has this id, whatever it is.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Option<Found>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(find(&view, &id))
    }

    /// What has each of these ids, in their order; nothing where an id is of nothing.
    #[graphql(
        complexity = "super::connection::cost(i32::try_from(ids.len()).ok(), child_complexity)"
    )]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their ids, at most 100.")] ids: Vec<ID>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Vec<Option<Found>>, Fault> {
        if ids.len() > PAGE_MAX {
            let problem = Problem::new(Code::PageSizeInvalid).with("max", PAGE_MAX);
            return Err(Fault::BadUserInput(problem.at("ids")));
        }
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(ids.iter().map(|id| find(&view, id)).collect())
    }
}

fn find(view: &View, id: &ID) -> Option<Found> {
    Found::by_id(view, id.parse().ok()?)
}
