//! Programs that use cqrs-es: with the ledger as their event store, and on their own.
use std::collections::HashMap;

use cqrs_es::persist::{PersistedEventRepository, PersistedEventStore};
use cqrs_es::{AggregateContext as _, AggregateError, CqrsFramework, EventStore as _};
use domain::commitment::{Commitment, Event};
use domain::recorded::Position;
use infra::ledger::{LedgerStore, Place};
use postgres_es::PostgresEventRepository;
use sqlx::PgPool;

use super::home::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_framework_decides_on_the_ledger() {
    for home in [Home::sqlite(), Home::postgres().await] {
        let ledger = home.open().await;
        let store = LedgerStore::<Commitment>::new(&ledger);
        let framework = CqrsFramework::new(store, vec![], ());
        let id = new_commitment();
        let text = id.to_string();
        let metadata = HashMap::from([
            ("actor".to_owned(), PARTNER.to_string()),
            ("effective".to_owned(), "2018".to_owned()),
            ("source".to_owned(), "Procès-verbal".to_owned()),
        ]);
        framework.execute_with_metadata(&text, offer(), metadata.clone()).await.expect("offered");
        framework.execute(&text, accept()).await.expect("accepted");
        let refused = framework.execute(&text, accept()).await;
        assert!(matches!(refused, Err(AggregateError::UserError(_))));
        submit(&ledger, id, dispute()).await;

        let store = LedgerStore::<Commitment>::new(&ledger);
        let events = store.load_events(&text).await.expect("its events");
        assert_eq!(events.len(), 3);
        assert!(metadata.iter().all(|(key, value)| events[0].metadata.get(key) == Some(value)));
        assert_eq!(events[1].payload, Event::Accepted { by: REGION });
        assert_eq!((events[1].sequence, ledger.head().position), (2, Position(3)));

        let typo = HashMap::from([("acteur".to_owned(), PARTNER.to_string())]);
        let refused = framework.execute_with_metadata(&text, settle(), typo).await;
        assert!(matches!(refused, Err(AggregateError::UnexpectedError(_))));
        infra::audit::verify(&ledger, |_| ()).await.expect("it is sound");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_with_nothing_but_cqrs_es_reads_the_ledger() {
    let home = Home::postgres().await;
    let ledger = home.open().await;
    let id = new_commitment();
    submit(&ledger, id, offer()).await;
    let accepted = submit(&ledger, id, accept()).await;

    let Place::Postgres(url) = &home.place else { unreachable!("it is in a database") };
    let pool = PgPool::connect(url).await.expect("it answers");
    let repository =
        || PostgresEventRepository::new(pool.clone()).with_tables("cqrs_events", "no_snapshots");
    let serialized = repository().get_events::<Commitment>(&id.to_string()).await.expect("events");
    assert_eq!(serialized[1].metadata["position"], "2");
    assert_eq!(serialized[1].metadata["leaf"], hex::encode(accepted.leaf));

    let store = PersistedEventStore::<_, Commitment>::new_event_store(repository());
    let mut theirs = store.load_aggregate(&id.to_string()).await.expect("an aggregate");
    let ours = LedgerStore::<Commitment>::new(&ledger);
    let mut ours = ours.load_aggregate(&id.to_string()).await.expect("an aggregate");
    assert_eq!(theirs.aggregate(), ours.aggregate());

    let plan: Vec<String> = sqlx::query_scalar(
        "EXPLAIN SELECT * FROM cqrs_events WHERE aggregate_type = 'commitment' \
         AND aggregate_id = 'x' ORDER BY sequence",
    )
    .fetch_all(&pool)
    .await
    .expect("a plan");
    assert!(plan.join("\n").contains("ledger_events_stream"), "{plan:?}");
}
