//! The bodies in which actors decide together: who sits in them, in which way, and until when.
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::coordination_body::{Event, Kind, Seat};
use domain::effective::Effective;
use domain::ids::{ActorId, CoordinationBodyId, DeliberationId, MembershipId, ProgrammeId};
use domain::recorded::Recorded;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use imbl::OrdMap;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::index::Index;
use crate::stamp::{Rectification, Stamp};
use crate::walk::{Between, EVERY, between};

mod fold;

/// How far a coordination body has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is set up.
    Constituted,
    /// It is no more.
    Dissolved,
}

/// An actor's seat, from a date to a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// Who.
    pub actor: ActorId,
    /// In which way.
    pub seat: Seat,
    /// Since when.
    pub from: Effective,
    /// Until when; `None` where it goes on.
    pub to: Option<Effective>,
    /// Why it ended.
    pub reason: Option<Arc<Note>>,
    /// When the ledger learned that it began.
    pub added: Stamp,
    /// When the ledger learned that it ended.
    pub ended: Option<Stamp>,
}

impl Membership {
    /// Whether it can hold on `day`: a date of less than a day's precision excludes none of its days.
    pub fn on(&self, day: Date) -> bool {
        self.from.earliest().is_none_or(|first| first <= day)
            && self.to.and_then(Effective::latest).is_none_or(|last| day <= last)
    }
}

/// The end of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dissolution {
    /// Why.
    pub reason: Arc<Note>,
    /// When, and who said so.
    pub stamp: Stamp,
}

/// A body in which actors decide together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Body {
    /// Its id.
    pub id: CoordinationBodyId,
    /// What sort.
    pub kind: Kind,
    /// What it is called.
    pub title: Title,
    /// For which territory.
    pub territory: Option<TerritoryId>,
    /// Within which programme.
    pub programme: Option<ProgrammeId>,
    /// The council's act.
    pub deliberation: Option<DeliberationId>,
    /// Who sits or sat in it.
    pub memberships: Vec<Membership>,
    /// When it was set up.
    pub constituted: Stamp,
    /// How it ended, where it has.
    pub dissolved: Option<Dissolution>,
    /// What was set right.
    pub corrections: Vec<Rectification>,
    /// Why it counts nowhere, where it does not.
    pub annulled: Option<Rectification>,
    /// Its titles, folded, for searching.
    #[serde(skip)]
    folded: Arc<str>,
}

impl Body {
    /// Whether a title contains `text`, which is folded.
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// How far it has come.
    pub fn stage(&self) -> Stage {
        if self.dissolved.is_some() { Stage::Dissolved } else { Stage::Constituted }
    }

    /// How far it had come on `day`; nothing before it was set up for certain.
    pub fn stage_on(&self, day: Date) -> Option<Stage> {
        let begun = !self.constituted.effective.is_certainly_after(day);
        let ended = self.last_day().is_some_and(|last| last < day);
        begun.then_some(if ended { Stage::Dissolved } else { Stage::Constituted })
    }

    /// Who sits in it on `day`: nobody once it is dissolved for certain.
    pub fn members_on(&self, day: Date) -> impl Iterator<Item = &Membership> {
        let over = self.last_day().is_some_and(|last| last < day);
        self.memberships.iter().filter(move |it| !over && it.on(day))
    }

    /// The last day on which it can have stood: where nobody says when it was dissolved, the day
    /// that the ledger learned of it.
    fn last_day(&self) -> Option<Date> {
        let stamp = self.dissolved.as_ref()?.stamp;
        let recorded = || stamp.recorded_at.to_zoned(TimeZone::UTC).date();
        Some(stamp.effective.latest().unwrap_or_else(recorded))
    }
}

/// Every coordination body. What is annulled is found by its id and nowhere else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_field_names, reason = "each is named after its key")]
pub struct Bodies {
    by_id: OrdMap<CoordinationBodyId, Arc<Body>>,
    by_actor: Index<ActorId, CoordinationBodyId>,
    by_territory: Index<TerritoryId, CoordinationBodyId>,
    by_programme: Index<ProgrammeId, CoordinationBodyId>,
    by_deliberation: Index<DeliberationId, CoordinationBodyId>,
}

impl Bodies {
    /// The body: an annulled one too.
    pub fn get(&self, id: CoordinationBodyId) -> Option<&Arc<Body>> {
        self.by_id.get(&id)
    }

    /// Every body by its id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Body>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Body>> {
        between(&self.by_id, ids).filter(|it| it.annulled.is_none())
    }

    fn all(
        &self,
        ids: impl Iterator<Item = CoordinationBodyId>,
    ) -> impl Iterator<Item = &Arc<Body>> {
        ids.filter_map(|id| self.by_id.get(&id))
    }

    /// Those in which `actor` sits or sat.
    pub fn of_actor(&self, actor: ActorId) -> impl Iterator<Item = &Arc<Body>> {
        self.all(self.by_actor.of(actor))
    }

    /// Those within `programme` itself.
    pub fn of_programme(&self, programme: ProgrammeId) -> impl Iterator<Item = &Arc<Body>> {
        self.all(self.by_programme.of(programme))
    }

    /// Those that rest on `deliberation`.
    pub fn of_deliberation(
        &self,
        deliberation: DeliberationId,
    ) -> impl Iterator<Item = &Arc<Body>> {
        self.all(self.by_deliberation.of(deliberation))
    }

    /// Those for `territory` or for one within it.
    pub fn within(&self, territory: TerritoryId) -> BTreeSet<CoordinationBodyId> {
        let inner = self.by_territory.keys().filter(|it| it.is_within(territory));
        inner.flat_map(|it| self.by_territory.of(*it)).collect()
    }

    pub(crate) fn apply(&mut self, id: CoordinationBodyId, event: &Event, recorded: &Recorded) {
        fold::apply(self, id, event, recorded);
    }
}
