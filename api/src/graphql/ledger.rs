//! The ledger itself: what it is, how far it is, and what proves its state.
use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use domain::document::Digest;
use domain::genesis::Clock;
use domain::ids::LedgerId;
use domain::measure::Quantity;
use domain::recorded::Position;
use domain::text::Name;
use jiff::Timestamp;
use projections::Genesis;
use projections::genesis::Key;

use super::enums::Choice;
use super::fault::Fault;
use super::list::List;
use super::scalars::{Hash, Shown};
use super::values::{AsOf, Text};
use super::view::{StampObject, View};
use crate::app::{App, Models};

/// Questions about the ledger itself.
#[derive(Default)]
pub struct LedgerQuery;

/// Questions about the ledger itself.
#[Object(serial)]
impl LedgerQuery {
    /// The ledger, as of its last event or of an earlier one. Ask for its `moment` beside another
    /// question with the same `asOf`, and the answer says what it is computed from.
    async fn ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<LedgerObject, Fault> {
        super::models(ctx, as_of).await.map(LedgerObject)
    }
}

struct LedgerObject(Arc<Models>);

impl LedgerObject {
    fn genesis(&self) -> Option<&Genesis> {
        self.0.ledger.as_deref()
    }

    fn view(&self) -> View {
        View::live(Arc::clone(&self.0))
    }
}

/// The ledger, as of one of its events.
#[Object(serial, name = "Ledger")]
impl LedgerObject {
    /// Its id, in every copy of it.
    async fn id(&self) -> Option<Shown<LedgerId>> {
        self.genesis().map(|it| Shown(it.id))
    }

    /// What people call it.
    async fn name(&self) -> Option<Shown<Name>> {
        self.genesis().map(|it| Shown(it.name.clone()))
    }

    /// The schema-less URL that its log is published under.
    async fn origin(&self) -> Option<Shown<Name>> {
        self.genesis().map(|it| Shown(it.origin.clone()))
    }

    /// Every origin that its log is, or was, published under, the first one first.
    async fn origins(&self) -> List<LogOrigin> {
        self.genesis().map(|it| LogOrigin::all(it, &self.view())).unwrap_or_default()
    }

    /// Every key that signs, or signed, its log, in the order in which they were recorded.
    async fn keys(&self) -> List<LogKey> {
        let keys = self.genesis().map(|it| it.keys.as_slice()).unwrap_or_default();
        keys.iter().map(|it| LogKey::of(it, &self.view())).collect()
    }

    /// What it is kept for.
    async fn purpose(&self) -> Option<Text> {
        self.genesis().map(|it| Text::from(&it.purpose))
    }

    /// Where the times of its events come from.
    async fn clock(&self) -> Option<Choice<Clock>> {
        self.genesis().map(|it| Choice(it.clock))
    }

    /// The position of the last event that this answer knows; 0 where there is none.
    async fn position(&self) -> Shown<Position> {
        Shown(self.0.position)
    }

    /// When that event was recorded.
    async fn recorded_at(&self) -> Option<Shown<Timestamp>> {
        self.0.recorded_at.map(Shown)
    }

    /// The root hash of the tree over the events up to that one (RFC 6962, §2.1).
    async fn root(&self, ctx: &Context<'_>) -> Result<Shown<Hash>, Fault> {
        root(ctx, self.0.position).await
    }

    /// What an answer as of that event is computed from.
    async fn moment(&self, ctx: &Context<'_>) -> Result<Moment, Fault> {
        Ok(Moment {
            position: Shown(self.0.position),
            instant: self.0.recorded_at.map(Shown),
            root: root(ctx, self.0.position).await?,
        })
    }

    /// The digest of everything that the answers are read from: an audit that folds the same events
    /// from nothing gets the same. It reads all of it, so it is for audits.
    #[graphql(complexity = "super::COMPLEXITY_MAX / 4")]
    async fn state_digest(&self) -> Result<Shown<Hash>, Fault> {
        let models = Arc::clone(&self.0);
        let digest = tokio::task::spawn_blocking(move || models.digest()).await;
        let digest = digest.map_err(Fault::internal)?.map_err(Fault::internal)?;
        Ok(Shown(Hash(digest)))
    }
}

/// A key that signs or signed the log.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct LogKey {
    /// As others verify by it (c2sp.org/signed-note): name, id and key. The name is the origin.
    key: String,
    /// The event since which it signs. Where that is not true since a day, the key signed before the
    /// ledger named it.
    trusted: StampObject,
    /// The event since which it signs no more; nothing while it does.
    retired: Option<StampObject>,
}

impl LogKey {
    fn of(key: &Key, view: &View) -> Self {
        Self {
            key: key.key.as_str().to_owned(),
            trusted: view.stamp(key.trusted),
            retired: key.retired.map(|it| view.stamp(it)),
        }
    }
}

/// An origin that the log is or was published under.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct LogOrigin {
    /// The schema-less URL.
    origin: Shown<Name>,
    /// The event since which it is the log's.
    since: StampObject,
    /// The event since which it is not; nothing for today's.
    until: Option<StampObject>,
    /// What was published last under it, where that was kept; nothing for today's.
    last: Option<LogCheckpoint>,
    /// Why another one came after it.
    reason: Option<Text>,
}

/// What a log said of itself (c2sp.org/tlog-checkpoint).
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct LogCheckpoint {
    /// How many events were published.
    size: Shown<Quantity>,
    /// The root of the tree over them (RFC 6962, §2.1).
    root: Shown<Digest>,
}

impl LogOrigin {
    fn all(genesis: &Genesis, view: &View) -> List<Self> {
        let former = genesis.former_origins.iter().map(|it| Self {
            origin: Shown(it.origin.clone()),
            since: view.stamp(it.since),
            until: Some(view.stamp(it.until)),
            last: it
                .last
                .as_ref()
                .map(|it| LogCheckpoint { size: Shown(it.size), root: Shown(it.root.clone()) }),
            reason: Some(Text::from(&*it.reason)),
        });
        let today = Self {
            origin: Shown(genesis.origin.clone()),
            since: view.stamp(genesis.origin_since),
            until: None,
            last: None,
            reason: None,
        };
        former.chain([today]).collect()
    }
}

async fn root(ctx: &Context<'_>, position: Position) -> Result<Shown<Hash>, Fault> {
    let ledger = ctx.data_unchecked::<App>().ledger();
    let root = ledger.root_at(position).await.map_err(Fault::ledger)?;
    Ok(Shown(Hash(root)))
}

/// What an answer is computed from: every event up to a position, and nothing else.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Moment {
    /// The position of the last event.
    position: Shown<Position>,
    /// When that event was recorded; nothing before the first.
    instant: Option<Shown<Timestamp>>,
    /// The root hash of the tree over those events (RFC 6962, §2.1).
    root: Shown<Hash>,
}
