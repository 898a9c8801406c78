//! The peer's tables, filled with what the models of a ledger say.
use anyhow::{Context, Result};
use domain::text::{Language, Title};
use projections::Models;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::postgres::Server;

/// Normalised, with an index for each way in that the page takes. Enumerations are their names in the
/// ledger; a title is its French wording alone, which favours the peer.
const TABLES: &str = "
    CREATE TABLE actors (id uuid PRIMARY KEY, name text NOT NULL);
    CREATE TABLE interventions (id uuid PRIMARY KEY, title text NOT NULL, stage text NOT NULL);
    CREATE TABLE participations (
        intervention uuid NOT NULL REFERENCES interventions,
        number integer NOT NULL,
        actor uuid NOT NULL REFERENCES actors,
        role text NOT NULL,
        PRIMARY KEY (intervention, number)
    );
    CREATE TABLE commitments (
        id uuid PRIMARY KEY,
        intervention uuid NOT NULL REFERENCES interventions,
        by uuid NOT NULL REFERENCES actors,
        title text NOT NULL,
        stage text NOT NULL,
        pledged bigint NOT NULL,
        due date
    );
    CREATE INDEX commitments_of_intervention ON commitments (intervention, id);";

/// Fills the database at `url`, and has PostgreSQL count its rows.
pub(super) async fn fill(url: &str, models: &Models) -> Result<()> {
    let mut database = PgConnection::connect(url).await?;
    sqlx::raw_sql(TABLES).execute(&mut database).await?;
    actors(&mut database, models).await?;
    interventions(&mut database, models).await?;
    participations(&mut database, models).await?;
    commitments(&mut database, models).await?;
    database.close().await?;
    Server::vacuum(url).await
}

async fn actors(database: &mut PgConnection, models: &Models) -> Result<()> {
    let (ids, names): (Vec<Uuid>, Vec<String>) =
        models.actors.iter().map(|it| (Uuid::from(it.id), it.name.as_str().to_owned())).unzip();
    let insert = "INSERT INTO actors SELECT * FROM unnest($1::uuid[], $2::text[])";
    sqlx::query(insert).bind(ids).bind(names).execute(database).await?;
    Ok(())
}

async fn interventions(database: &mut PgConnection, models: &Models) -> Result<()> {
    let (mut ids, mut titles, mut stages) = (Vec::<Uuid>::new(), vec![], vec![]);
    for it in models.interventions.iter() {
        ids.push(it.id.into());
        titles.push(french(&it.title)?);
        stages.push(name(&json!(it.stage))?);
    }
    let insert =
        "INSERT INTO interventions SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])";
    sqlx::query(insert).bind(ids).bind(titles).bind(stages).execute(database).await?;
    Ok(())
}

async fn participations(database: &mut PgConnection, models: &Models) -> Result<()> {
    let (mut of, mut numbers) = (Vec::<Uuid>::new(), Vec::<i32>::new());
    let (mut actors, mut roles) = (Vec::<Uuid>::new(), vec![]);
    for intervention in models.interventions.iter() {
        let own = intervention.participations.iter().filter(|it| it.annulled.is_none());
        for (number, it) in (1..).zip(own) {
            of.push(intervention.id.into());
            numbers.push(number);
            actors.push(it.actor.into());
            roles.push(name(&json!(it.role))?);
        }
    }
    let insert = "INSERT INTO participations
        SELECT * FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::text[])";
    let insert = sqlx::query(insert).bind(of).bind(numbers).bind(actors).bind(roles);
    insert.execute(database).await?;
    Ok(())
}

async fn commitments(database: &mut PgConnection, models: &Models) -> Result<()> {
    let (mut ids, mut of, mut by) = (Vec::<Uuid>::new(), Vec::<Uuid>::new(), Vec::<Uuid>::new());
    let (mut titles, mut stages) = (vec![], vec![]);
    let (mut pledged, mut due) = (Vec::<i64>::new(), Vec::<Option<String>>::new());
    for it in models.commitments.iter() {
        let Some(intervention) = it.intervention else { continue };
        ids.push(it.id.into());
        of.push(intervention.into());
        by.push(it.by.into());
        titles.push(french(&it.title)?);
        stages.push(name(&json!(it.stage))?);
        pledged.push(it.pledged());
        due.push(it.due.map(|day| day.to_string()));
    }
    let insert = "INSERT INTO commitments
        SELECT id, intervention, by, title, stage, pledged, due::date FROM unnest(
            $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[]
        ) AS row (id, intervention, by, title, stage, pledged, due)";
    let insert = sqlx::query(insert).bind(ids).bind(of).bind(by).bind(titles).bind(stages);
    insert.bind(pledged).bind(due).execute(database).await?;
    Ok(())
}

fn french(title: &Title) -> Result<String> {
    let found = title.wordings().find(|(language, _)| *language == Language::Fr);
    Ok(found.context("a title in French")?.1.to_owned())
}

/// The name that an enumeration's value has in the ledger.
fn name(value: &Value) -> Result<String> {
    Ok(value.as_str().context("a name")?.to_owned())
}
