//! The peer: the same types and the same HTTP server, answered from tables by SQL, with a `DataLoader`
//! for each nested list.
//!
//! What was done for it: every statement is prepared once a connection and planned once; a pooled
//! connection is taken without asking whether it is alive; the loaders of a request wait for nobody
//! once they have the keys of its whole page, and both lists are read at once, on two connections; an
//! actor's name comes with the row that names the actor. No limits and no other checks are in its way.
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{
    Context, EmptyMutation, EmptySubscription, Enum, Object, Request, Response, Schema,
    SimpleObject,
};
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{FromRow, PgPool};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::PAGE;
use crate::table;

/// Connections to PostgreSQL: four for each of two cores.
pub(super) const POOL: u32 = 8;
/// How long a loader waits for more keys than a page has, which is for none.
const DELAY: Duration = Duration::from_millis(1);

/// How far an intervention has come.
#[derive(Enum, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[graphql(name = "InterventionStage")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
enum InterventionStage {
    Idea,
    Adopted,
    Started,
    Suspended,
    Completed,
    InService,
    Closed,
    Abandoned,
}

/// How far a commitment has come.
#[derive(Enum, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
enum CommitmentStage {
    Offered,
    Declined,
    Accepted,
    Active,
    PartFulfilled,
    Fulfilled,
    Withdrawn,
    Lapsed,
    Disputed,
}

/// In which way somebody takes part.
#[derive(Enum, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
enum Role {
    Lead,
    ProjectHolder,
    Funder,
    Operator,
    Implementer,
    TechnicalSupport,
    Facilitator,
    Partner,
}

/// A text; the page asks for its French wording.
#[derive(SimpleObject)]
struct Text<'a> {
    text: &'a str,
}

/// A body that takes part.
#[derive(SimpleObject)]
struct Actor<'a> {
    name: &'a str,
}

#[derive(FromRow)]
struct Intervention {
    id: Uuid,
    title: String,
    stage: InterventionStage,
}

#[derive(FromRow)]
struct Participation {
    intervention: Uuid,
    role: Role,
    actor: String,
}

#[derive(FromRow)]
struct Commitment {
    intervention: Uuid,
    title: String,
    stage: CommitmentStage,
    by: String,
    pledged: i64,
    due: Option<String>,
}

#[derive(SimpleObject)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(SimpleObject)]
struct InterventionConnection {
    nodes: Vec<Intervention>,
    page_info: PageInfo,
}

type Rows<T> = Arc<Vec<T>>;

struct Participations(PgPool);

impl Loader<Uuid> for Participations {
    type Value = Rows<Participation>;
    type Error = Arc<sqlx::Error>;

    async fn load(&self, keys: &[Uuid]) -> Result<HashMap<Uuid, Self::Value>, Self::Error> {
        let select = "SELECT p.intervention, p.role, a.name AS actor
            FROM participations p JOIN actors a ON a.id = p.actor
            WHERE p.intervention = ANY($1) ORDER BY p.intervention, p.number";
        let rows = sqlx::query_as(select).bind(keys).fetch_all(&self.0).await?;
        Ok(grouped(rows, |it: &Participation| it.intervention))
    }
}

struct Commitments(PgPool);

impl Loader<Uuid> for Commitments {
    type Value = Rows<Commitment>;
    type Error = Arc<sqlx::Error>;

    async fn load(&self, keys: &[Uuid]) -> Result<HashMap<Uuid, Self::Value>, Self::Error> {
        let select = "SELECT c.intervention, c.title, c.stage, a.name AS by, c.pledged,
                c.due::text AS due
            FROM commitments c JOIN actors a ON a.id = c.by
            WHERE c.intervention = ANY($1) ORDER BY c.intervention, c.id";
        let rows = sqlx::query_as(select).bind(keys).fetch_all(&self.0).await?;
        Ok(grouped(rows, |it: &Commitment| it.intervention))
    }
}

fn grouped<T>(rows: Vec<T>, key: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Rows<T>> {
    let mut found = HashMap::<Uuid, Vec<T>>::new();
    for row in rows {
        found.entry(key(&row)).or_default().push(row);
    }
    found.into_iter().map(|(key, rows)| (key, Arc::new(rows))).collect()
}

#[Object]
impl Intervention {
    async fn id(&self) -> Uuid {
        self.id
    }

    async fn title(&self) -> Text<'_> {
        Text { text: &self.title }
    }

    async fn stage(&self) -> InterventionStage {
        self.stage
    }

    async fn participations(
        &self,
        ctx: &Context<'_>,
    ) -> async_graphql::Result<Rows<Participation>> {
        let loader = ctx.data_unchecked::<DataLoader<Participations>>();
        Ok(loader.load_one(self.id).await?.unwrap_or_default())
    }

    async fn commitments(&self, ctx: &Context<'_>) -> async_graphql::Result<Rows<Commitment>> {
        let loader = ctx.data_unchecked::<DataLoader<Commitments>>();
        Ok(loader.load_one(self.id).await?.unwrap_or_default())
    }
}

#[Object]
impl Participation {
    async fn role(&self) -> Role {
        self.role
    }

    async fn actor(&self) -> Actor<'_> {
        Actor { name: &self.actor }
    }
}

#[Object]
impl Commitment {
    async fn title(&self) -> Text<'_> {
        Text { text: &self.title }
    }

    async fn stage(&self) -> CommitmentStage {
        self.stage
    }

    async fn by(&self) -> Actor<'_> {
        Actor { name: &self.by }
    }

    async fn pledged(&self) -> i64 {
        self.pledged
    }

    async fn due(&self) -> Option<&str> {
        self.due.as_deref()
    }
}

struct Query;

#[Object]
impl Query {
    /// The interventions, in the order of their ids; a cursor is an id.
    async fn interventions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> async_graphql::Result<InterventionConnection> {
        let size = usize::try_from(first.unwrap_or(20))?.clamp(1, 100);
        let after = after.as_deref().map_or(Ok(Uuid::nil()), Uuid::parse_str)?;
        let select =
            "SELECT id, title, stage FROM interventions WHERE id > $1 ORDER BY id LIMIT $2";
        let one_more = i64::try_from(size)? + 1;
        let pool = ctx.data_unchecked::<PgPool>();
        let select = sqlx::query_as(select).bind(after).bind(one_more);
        let mut nodes: Vec<Intervention> = select.fetch_all(pool).await?;
        let has_next_page = nodes.len() > size;
        nodes.truncate(size);
        let end_cursor = nodes.last().map(|it| it.id.to_string());
        Ok(InterventionConnection { nodes, page_info: PageInfo { has_next_page, end_cursor } })
    }
}

#[derive(Clone)]
struct Door {
    schema: Schema<Query, EmptyMutation, EmptySubscription>,
    pool: PgPool,
}

async fn answer(State(door): State<Door>, Json(request): Json<Request>) -> Json<Response> {
    let participations = DataLoader::new(Participations(door.pool.clone()), tokio::spawn);
    let commitments = DataLoader::new(Commitments(door.pool), tokio::spawn);
    let request = request
        .data(participations.max_batch_size(PAGE).delay(DELAY))
        .data(commitments.max_batch_size(PAGE).delay(DELAY));
    Json(door.schema.execute(request).await)
}

/// Serves the tables at `url` until the process ends, and says at which address.
pub(crate) async fn serve(url: &str) -> Result<()> {
    let options =
        PgConnectOptions::from_str(url)?.options([("plan_cache_mode", "force_generic_plan")]);
    let pool = PgPoolOptions::new()
        .min_connections(POOL)
        .max_connections(POOL)
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    let schema = Schema::build(Query, EmptyMutation, EmptySubscription).data(pool.clone()).finish();
    let router = Router::new().route("/graphql", post(answer)).with_state(Door { schema, pool });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    table::print(&listener.local_addr()?.to_string())?;
    Ok(axum::serve(listener, router).await?)
}
