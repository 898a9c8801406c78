//! One list for the reader: the disagreements recorded for themselves, and those of programmes' own
//! claims.
use std::sync::Arc;

use domain::ids::{ClaimId, ConflictId};
use domain::programme::Claim;
use domain::recorded::Source;
use domain::sourcing::Topic;
use domain::text::{Note, Title};

use super::{Claimed, Conflict, Settled};
use crate::Models;
use crate::programmes::{About, Programme};
use crate::stamp::Stamp;
use crate::subjects::Subject;

/// What is said, in the form in which it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// In words.
    Words(Title),
    /// As a claim about a programme.
    Claim(Arc<Claim>),
}

/// What one source says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The claim's id, where it has one.
    pub id: Option<ClaimId>,
    /// What it says.
    pub wording: Wording,
    /// Where; nothing for what the subject itself says, and where no source was given.
    pub source: Option<Arc<Source>>,
    /// Whether it is what the subject itself was recorded with.
    pub own: bool,
    /// Who reported it, and when.
    pub stamp: Stamp,
}

/// What somebody decided to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What holds.
    pub wording: Wording,
    /// The claim that holds, where one with an id does.
    pub claim: Option<ClaimId>,
    /// Why.
    pub reason: Arc<Note>,
    /// Who settled it, and when.
    pub stamp: Stamp,
}

/// A disagreement of sources, wherever it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Its id, where it was recorded for itself.
    pub id: Option<ConflictId>,
    /// About what.
    pub subject: Subject,
    /// What about it.
    pub topic: Topic,
    /// What each source says.
    pub claims: Vec<Said>,
    /// In words.
    pub note: Option<Arc<Note>>,
    /// Every settlement, the latest last.
    pub settlements: Vec<Verdict>,
    /// Whether nobody has settled it since the last claim.
    pub open: bool,
    /// Since when it is as it is.
    pub since: Stamp,
}

impl Disagreement {
    /// Its place in the list: a text that no other has.
    pub fn key(&self) -> String {
        let which =
            self.id.map_or_else(|| <&str>::from(self.topic).to_owned(), |id| id.to_string());
        format!("{}/{which}", self.subject)
    }

    fn of_conflict(conflict: &Conflict) -> Self {
        let said = |it: &Claimed| Said {
            id: Some(it.id),
            wording: Wording::Words(it.value.clone()),
            source: Some(Arc::clone(&it.source)),
            own: false,
            stamp: it.stamp,
        };
        let verdict = |it: &Settled| {
            let own = conflict.claims.iter().find(|claim| Some(claim.id) == it.claim);
            let value = it.value.as_ref().or(own.map(|it| &it.value))?;
            Some(Verdict {
                wording: Wording::Words(value.clone()),
                claim: it.claim,
                reason: Arc::clone(&it.reason),
                stamp: it.stamp,
            })
        };
        let settlements: Vec<_> = conflict.settlements.iter().filter_map(verdict).collect();
        let last = settlements.last().map(|it| it.stamp);
        Self {
            id: Some(conflict.id),
            subject: conflict.subject,
            topic: conflict.topic,
            claims: conflict.claims.iter().map(said).collect(),
            note: conflict.note.clone(),
            settlements,
            open: conflict.open,
            since: last.filter(|_| !conflict.open).unwrap_or(conflict.since),
        }
    }

    /// What `programme` and its sources say about `about`, where they disagree or did.
    fn of_programme(programme: &Programme, about: About, open: bool) -> Option<Self> {
        let settlements: Vec<_> = programme
            .settlements
            .iter()
            .filter(|it| About::from(&*it.claim) == about)
            .map(|it| Verdict {
                wording: Wording::Claim(Arc::clone(&it.claim)),
                claim: None,
                reason: Arc::clone(&it.reason),
                stamp: it.stamp,
            })
            .collect();
        let reported = programme.claims.iter().filter(|it| About::from(&*it.claim) == about);
        let mut claims: Vec<_> = reported
            .map(|it| Said {
                id: None,
                wording: Wording::Claim(Arc::clone(&it.claim)),
                source: it.source.clone(),
                own: false,
                stamp: it.stamp,
            })
            .collect();
        let settled = settlements.last().map(|it| it.stamp);
        let newest = claims
            .iter()
            .map(|it| it.stamp)
            .find(|stamp| settled.is_none_or(|settled| stamp.position > settled.position));
        let since = if open { newest } else { settled }?;
        if claims.is_empty() {
            return None;
        }
        if settlements.is_empty()
            && let Some(own) = own(programme, about)
        {
            claims.insert(0, own);
        }
        let subject = programme.id.into();
        let topic = topic(about);
        Some(Self { id: None, subject, topic, claims, note: None, settlements, open, since })
    }
}

/// What the programme was recorded with.
fn own(programme: &Programme, about: About) -> Option<Said> {
    let claim = match about {
        About::Title => Claim::Title(programme.title.clone()),
        About::Period => Claim::Period(programme.period),
        About::Budget => Claim::Budget(programme.budget?),
        About::Status => return None,
    };
    let wording = Wording::Claim(Arc::new(claim));
    Some(Said { id: None, wording, source: None, own: true, stamp: programme.created })
}

fn topic(about: About) -> Topic {
    match about {
        About::Title => Topic::Name,
        About::Period => Topic::Dates,
        About::Budget => Topic::Amount,
        About::Status => Topic::Status,
    }
}

impl Models {
    /// Every disagreement of sources, in the order of [`Disagreement::key`].
    pub fn disagreements(&self) -> Vec<Disagreement> {
        let recorded = self.sourcing.conflicts().map(|it| Disagreement::of_conflict(it));
        let claimed = self.programmes.iter().flat_map(|programme| {
            let disputed = programme.disputed();
            let all = [About::Title, About::Period, About::Budget, About::Status];
            all.into_iter().filter_map(move |about| {
                Disagreement::of_programme(programme, about, disputed.contains(&about))
            })
        });
        let mut all: Vec<_> = recorded.chain(claimed).collect();
        all.sort_by_cached_key(Disagreement::key);
        all
    }
}
