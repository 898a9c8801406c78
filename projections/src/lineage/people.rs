//! Figures of visits, and of what is doubtful.
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::ids::{ProgrammeId, ServiceUnitId};
use domain::service_unit::Service;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Counting, Lineage};
use crate::quality::{Concern, Issue, Wanted};
use crate::service_units::{Month, ServiceUnit, totals};
use crate::subjects::Kind;
use crate::{Models, Subject};

/// How many came to service units: visits, never persons.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VisitsOf {
    /// To this one alone.
    pub unit: Option<ServiceUnitId>,
    /// To those in this territory.
    pub within: Option<TerritoryId>,
    /// From the month of this day on.
    pub from: Option<Date>,
    /// Up to the month of this day.
    pub to: Option<Date>,
    /// For this service alone.
    pub service: Option<Service>,
}

/// How many things of one sort are doubtful, or missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IssuesOf {
    /// Of which sort.
    pub kind: Concern,
    /// About what lies in this territory.
    pub within: Option<TerritoryId>,
    /// About this programme, or what is part of it.
    pub programme: Option<ProgrammeId>,
    /// On which day.
    pub on: Date,
}

impl VisitsOf {
    fn months<'a>(&self, unit: &'a ServiceUnit) -> impl Iterator<Item = &'a Arc<Month>> {
        unit.activity(self.from, self.to)
    }

    /// The units; for one service, those that counted it.
    fn units<'a>(&'a self, models: &'a Models) -> impl Iterator<Item = &'a Arc<ServiceUnit>> {
        let all = models.service_units.iter().filter(|it| {
            self.unit.is_none_or(|id| it.id == id)
                && self.within.is_none_or(|outer| it.territory.is_within(outer))
        });
        all.filter(|it| {
            let counted = |service| {
                let mut counts = self.months(it).flat_map(|it| it.counts.iter());
                counts.any(|it| it.service == service)
            };
            self.service.is_none_or(counted)
        })
    }
}

impl Counting for VisitsOf {
    const NAME: &'static str = "visits";

    fn lineage(&self, models: &Models) -> Lineage {
        Lineage::of(self.units(models).map(|it| it.id.into()), [])
    }

    fn value(&self, models: &Models) -> Value {
        let mut totals = totals(self.units(models).flat_map(|it| self.months(it)));
        totals.retain(|service, _| self.service.is_none_or(|it| it == *service));
        json!({ "units": self.units(models).count(), "totals": totals })
    }
}

impl IssuesOf {
    fn issues(&self, models: &Models) -> Vec<Issue> {
        let programmes = self.programme.map(|id| models.programmes.subtree(id));
        let wanted = Wanted { concerns: vec![self.kind], within: self.within, programmes };
        models.issues(self.on, &wanted)
    }
}

/// The documents of a capitalisation item in which people agree no more to be seen or named.
fn shown_in(models: &Models, subject: Subject) -> Vec<Subject> {
    let item = Some(subject).filter(|it| it.kind == Kind::CapitalisationItem);
    let item = item.and_then(|it| models.capitalisation.get(it.id.into()));
    let documents = item.map(|it| it.without_consent(&models.documents));
    documents.into_iter().flatten().map(Subject::from).collect()
}

/// The indicators of the programmes that define one: that nothing is missing of them counts too.
fn beside(models: &Models, subject: Subject) -> Vec<Subject> {
    let indicator = Some(subject).filter(|it| it.kind == Kind::Indicator);
    let indicator = indicator.and_then(|it| models.programmes.indicator(it.id.into()));
    let Some(programme) = indicator.map(|it| it.programme) else { return Vec::new() };
    let above = models.programmes.ancestors(programme);
    let all = std::iter::once(programme).chain(above);
    let results = all.filter_map(|id| models.programmes.get(id)).flat_map(|it| &it.results);
    results.flat_map(|it| it.indicators.iter().copied().map(Subject::from)).collect()
}

impl Counting for IssuesOf {
    const NAME: &'static str = "issues";

    fn lineage(&self, models: &Models) -> Lineage {
        let subjects: BTreeSet<_> = self.issues(models).iter().map(|it| it.subject).collect();
        let around = subjects.iter().flat_map(|it| {
            let sources = models.sourcing.stream_about(*it).map(Into::into);
            let around = super::network::around(models, *it).into_iter();
            around.chain(sources).chain(shown_in(models, *it)).chain(beside(models, *it))
        });
        let around: Vec<_> = around.collect();
        Lineage::of(subjects, around)
    }

    fn value(&self, models: &Models) -> Value {
        json!(self.issues(models).len())
    }
}
