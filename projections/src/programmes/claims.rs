//! What sources say of a programme, side by side, until somebody settles it.
use std::sync::Arc;

use domain::programme::Claim;
use domain::recorded::Source;
use domain::text::{Note, folded};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Programme;
use crate::stamp::Stamp;

/// What a claim is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// What it is called.
    Title,
    /// From when to when it runs.
    Period,
    /// How much money it has.
    Budget,
    /// How far it has come.
    Status,
}

impl From<&Claim> for About {
    fn from(claim: &Claim) -> Self {
        match claim {
            Claim::Title(_) => Self::Title,
            Claim::Period(_) => Self::Period,
            Claim::Budget(_) => Self::Budget,
            Claim::Status(_) => Self::Status,
        }
    }
}

/// What one source says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claimed {
    /// What it says.
    pub claim: Arc<Claim>,
    /// Where it was read.
    pub source: Option<Arc<Source>>,
    /// Who reported it, and when.
    pub stamp: Stamp,
}

/// How a disagreement ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// What holds.
    pub claim: Arc<Claim>,
    /// Why.
    pub reason: Arc<Note>,
    /// On which source.
    pub source: Option<Arc<Source>>,
    /// Who settled it, and when.
    pub stamp: Stamp,
}

impl Programme {
    /// The last settlement about `about`.
    pub fn settlement(&self, about: About) -> Option<&Settled> {
        self.settlements.iter().rfind(|it| About::from(&*it.claim) == about)
    }

    /// What sources disagree about and nobody has settled since: a claim that differs from what the
    /// programme itself says, or two claims that differ.
    pub fn disputed(&self) -> Vec<About> {
        let about = [About::Title, About::Period, About::Budget, About::Status];
        about.into_iter().filter(|it| self.is_disputed(*it)).collect()
    }

    fn is_disputed(&self, about: About) -> bool {
        let settled = self.settlement(about).map(|it| it.stamp.position);
        let mut open = self.claims.iter().filter(|it| {
            About::from(&*it.claim) == about && settled.is_none_or(|at| it.stamp.position > at)
        });
        let first = open.clone().next();
        open.any(|it| self.contradicts(&it.claim) || first.is_some_and(|one| one.claim != it.claim))
    }

    fn contradicts(&self, claim: &Claim) -> bool {
        match claim {
            Claim::Title(title) => *title != self.title,
            Claim::Period(period) => *period != self.period,
            Claim::Budget(budget) => self.budget.is_some_and(|own| own != *budget),
            Claim::Status(_) => false,
        }
    }

    /// Whether the newest word on its status is one that says that it runs.
    pub(super) fn claims_running(&self) -> bool {
        let said = self.claims.iter().rev().find_map(|it| match &*it.claim {
            Claim::Status(word) => Some(word.folded()),
            _ => None,
        });
        said.is_some_and(|word| {
            ["en cours", "ongoing", "running"].iter().any(|it| word.contains(&folded(it)))
        })
    }
}
