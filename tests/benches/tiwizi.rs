//! The product's side: a ledger, and commands with all that the record keeps of their origin.
use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Result;
use cqrs_es::CqrsFramework;
use domain::commitment::{Command, Commitment};
use domain::effective::Effective;
use domain::ids::{ActorId, CommandId, MandateId, UserId};
use domain::recorded::{CommandRef, Position, Provenance, Source};
use domain::text::Name;
use infra::ledger::{Ledger, LedgerStore, Place, Submission};
use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

use crate::load::Contender;

/// A ledger of the product, and who speaks.
pub(crate) struct Tiwizi {
    pub(crate) ledger: Ledger,
    actor: ActorId,
    mandate: MandateId,
    user: UserId,
    source: Source,
}

impl Tiwizi {
    /// Opens the ledger at `place` on the machine's clock.
    pub(crate) async fn open(place: &Place) -> Result<Self> {
        Ok(Self {
            ledger: Ledger::open(place, Arc::new(Timestamp::now)).await?,
            actor: Uuid::now_v7().into(),
            mandate: Uuid::now_v7().into(),
            user: Uuid::now_v7().into(),
            source: Source {
                reference: Name::new("Convention de partenariat, exemple")?,
                document: Some(Uuid::now_v7().into()),
                locator: Some(Name::new("article 4")?),
            },
        })
    }

    /// A submission without steps yet.
    pub(crate) fn submission(&self) -> Submission {
        Submission::new(Provenance {
            effective: Effective::Day(date(2024, 5, 2)),
            actor: Some(self.actor),
            mandate: Some(self.mandate),
            user: Some(self.user),
            command: CommandRef { id: CommandId::from(Uuid::now_v7()), digest: [0; 16] },
            cause: None,
            source: Some(self.source.clone()),
            corrects: None,
        })
    }

    /// How long a stored event is on average.
    pub(crate) async fn event_bytes(&self) -> Result<usize> {
        let stored = self.ledger.read(Position::START, 1_000).await?;
        Ok(stored.iter().map(|it| it.bytes.len()).sum::<usize>() / stored.len().max(1))
    }
}

impl Contender for Tiwizi {
    async fn execute(&self, id: Uuid, command: Command) -> Result<()> {
        let submission = self.submission().step::<Commitment>(id.into(), command);
        self.ledger.submit(submission).await?;
        Ok(())
    }
}

/// The same ledger behind the framework of cqrs-es, with the same provenance as metadata.
pub(crate) struct Framed {
    framework: CqrsFramework<Commitment, LedgerStore<Commitment>>,
    metadata: HashMap<String, String>,
}

impl Framed {
    /// A framework over the ledger of `tiwizi`.
    pub(crate) fn over(tiwizi: &Tiwizi) -> Self {
        let metadata = [
            ("effective", "2024-05-02".to_owned()),
            ("actor", tiwizi.actor.to_string()),
            ("mandate", tiwizi.mandate.to_string()),
            ("user", tiwizi.user.to_string()),
            ("source", tiwizi.source.reference.as_str().to_owned()),
        ];
        Self {
            framework: CqrsFramework::new(LedgerStore::new(&tiwizi.ledger), vec![], ()),
            metadata: metadata.map(|(key, value)| (key.to_owned(), value)).into(),
        }
    }
}

impl Contender for Framed {
    async fn execute(&self, id: Uuid, command: Command) -> Result<()> {
        let (id, metadata) = (id.to_string(), self.metadata.clone());
        Ok(self.framework.execute_with_metadata(&id, command, metadata).await?)
    }
}
