//! The offices that receive people: what they offer, who takes people on, and how many came.
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::{ActorId, DeliberationId, DocumentId, InterventionId, ReferralId, ServiceUnitId};
use domain::population::PopulationGroup;
use domain::recorded::Recorded;
use domain::service_unit::{Event, PartnerKind, Service};
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use imbl::OrdMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::index::Index;
use crate::stamp::{Rectification, Stamp};
use crate::walk::{Between, EVERY, between};

mod activity;
mod fold;

pub use activity::{Month, Recount, Total, by_month, totals};

/// How far a service unit has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Somebody decided that there shall be one.
    Decided,
    /// It receives people.
    Open,
    /// It receives nobody for a time.
    Suspended,
    /// It receives nobody any more.
    Closed,
}

/// One step of a service unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it became.
    pub stage: Stage,
    /// When, and who said so.
    pub stamp: Stamp,
    /// Why, where a reason was given.
    pub reason: Option<Arc<Note>>,
}

/// A partner that takes people on, from a date to a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Referral {
    /// Its id.
    pub id: ReferralId,
    /// Who.
    pub partner: ActorId,
    /// What sort of partner.
    pub kind: PartnerKind,
    /// For which services; none where that was not said.
    pub services: Arc<[Service]>,
    /// The agreement.
    pub document: Option<DocumentId>,
    /// Since when.
    pub from: Effective,
    /// Until when; `None` where it goes on.
    pub to: Option<Effective>,
    /// Why it ended.
    pub reason: Option<Arc<Note>>,
    /// When the ledger learned that it began.
    pub agreed: Stamp,
    /// When the ledger learned that it ended.
    pub ended: Option<Stamp>,
}

impl Referral {
    /// Whether it can hold on `day`: a date of less than a day's precision excludes none of its days.
    pub fn on(&self, day: Date) -> bool {
        self.from.earliest().is_none_or(|first| first <= day)
            && self.to.and_then(Effective::latest).is_none_or(|last| day <= last)
    }
}

/// An office that receives people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceUnit {
    /// Its id.
    pub id: ServiceUnitId,
    /// Who hosts it.
    pub host: ActorId,
    /// What it is called.
    pub title: Title,
    /// Where.
    pub territory: TerritoryId,
    /// What people can come for; none where that was not said.
    pub services: Arc<[Service]>,
    /// For whom.
    pub groups: Arc<[PopulationGroup]>,
    /// The intervention that sets it up.
    pub intervention: Option<InterventionId>,
    /// The council's act.
    pub deliberation: Option<DeliberationId>,
    /// How far it has come.
    pub stage: Stage,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step>,
    /// Who takes or took people on.
    pub referrals: Vec<Referral>,
    /// What was counted, by the first day of the month.
    months: OrdMap<Date, Arc<Month>>,
    /// When it was decided.
    pub decided: Stamp,
    /// What was set right.
    pub corrections: Vec<Rectification>,
    /// Why it counts nowhere, where it does not.
    pub annulled: Option<Rectification>,
    /// Its titles, folded, for searching.
    #[serde(skip)]
    folded: Arc<str>,
}

impl ServiceUnit {
    /// Whether a title contains `text`, which is folded.
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// How far it had come on `day`. Steps follow one another: one without a date comes no earlier
    /// than those recorded before it.
    pub fn stage_on(&self, day: Date) -> Option<Stage> {
        let begun = |step: &&Step| !step.stamp.effective.is_certainly_after(day);
        self.steps.iter().take_while(begun).last().map(|step| step.stage)
    }

    /// The referral agreements in force on `day`: none once the unit is closed.
    pub fn referrals_on(&self, day: Date) -> impl Iterator<Item = &Referral> {
        let closed = self.stage_on(day) == Some(Stage::Closed);
        self.referrals.iter().filter(move |it| !closed && it.on(day))
    }
}

/// Every service unit. What is annulled is found by its id and nowhere else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_field_names, reason = "each is named after its key")]
pub struct ServiceUnits {
    by_id: OrdMap<ServiceUnitId, Arc<ServiceUnit>>,
    by_host: Index<ActorId, ServiceUnitId>,
    by_partner: Index<ActorId, ServiceUnitId>,
    by_territory: Index<TerritoryId, ServiceUnitId>,
    by_intervention: Index<InterventionId, ServiceUnitId>,
    by_deliberation: Index<DeliberationId, ServiceUnitId>,
}

impl ServiceUnits {
    /// The service unit: an annulled one too.
    pub fn get(&self, id: ServiceUnitId) -> Option<&Arc<ServiceUnit>> {
        self.by_id.get(&id)
    }

    /// Every service unit by its id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<ServiceUnit>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<ServiceUnit>> {
        between(&self.by_id, ids).filter(|it| it.annulled.is_none())
    }

    fn all(
        &self,
        ids: impl Iterator<Item = ServiceUnitId>,
    ) -> impl Iterator<Item = &Arc<ServiceUnit>> {
        ids.filter_map(|id| self.by_id.get(&id))
    }

    /// Those that `host` hosts.
    pub fn of_host(&self, host: ActorId) -> impl Iterator<Item = &Arc<ServiceUnit>> {
        self.all(self.by_host.of(host))
    }

    /// Those with a referral agreement of `partner`, ended ones included.
    pub fn of_partner(&self, partner: ActorId) -> impl Iterator<Item = &Arc<ServiceUnit>> {
        self.all(self.by_partner.of(partner))
    }

    /// Those that `intervention` sets up.
    pub fn of_intervention(
        &self,
        intervention: InterventionId,
    ) -> impl Iterator<Item = &Arc<ServiceUnit>> {
        self.all(self.by_intervention.of(intervention))
    }

    /// Those that rest on `deliberation`.
    pub fn of_deliberation(
        &self,
        deliberation: DeliberationId,
    ) -> impl Iterator<Item = &Arc<ServiceUnit>> {
        self.all(self.by_deliberation.of(deliberation))
    }

    /// Those that lie in `territory`, each once.
    pub fn within(&self, territory: TerritoryId) -> BTreeSet<ServiceUnitId> {
        let inner = self.by_territory.keys().filter(|it| it.is_within(territory));
        inner.flat_map(|it| self.by_territory.of(*it)).collect()
    }

    pub(crate) fn apply(&mut self, id: ServiceUnitId, event: &Event, recorded: &Recorded) {
        fold::apply(self, id, event, recorded);
    }
}
