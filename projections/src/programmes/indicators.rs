//! What results are measured by: targets with their revisions, and measurements by period.
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::{ActorId, ExpectedResultId, IndicatorId, ProgrammeId};
use domain::indicator::{Event, Measurement};
use domain::measure::Quantity;
use domain::programme::Comparator;
use domain::recorded::Recorded;
use domain::text::{Name, Note, Title};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stamp::{Rectification, Stamp};

/// What should be reached, until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// The value, in the indicator's unit.
    pub value: Quantity,
    /// How a measured value is compared with it.
    pub comparator: Comparator,
    /// Until when.
    pub due: Effective,
    /// Why it was revised; `None` for the first.
    pub reason: Option<Arc<Note>>,
    /// Who set it, and when.
    pub stamp: Stamp,
}

impl Target {
    /// Whether `value` reaches it.
    pub fn is_met_by(&self, value: i64) -> bool {
        let order = value.cmp(&self.value.get());
        match self.comparator {
            Comparator::Exactly => order == Ordering::Equal,
            Comparator::AtLeast => order != Ordering::Less,
            Comparator::AtMost => order != Ordering::Greater,
        }
    }
}

/// What a result is measured by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// Its id.
    pub id: IndicatorId,
    /// Whose it is.
    pub programme: ProgrammeId,
    /// Of which result.
    pub result: ExpectedResultId,
    /// What is counted.
    pub title: Title,
    /// In which unit.
    pub unit: Arc<Name>,
    /// The value before the programme.
    pub baseline: Option<Quantity>,
    /// The target and its revisions, the one that holds last.
    pub targets: Vec<Target>,
    /// When it was defined.
    pub defined: Stamp,
}

impl Indicator {
    /// The target that holds.
    pub fn target(&self) -> Option<&Target> {
        self.targets.last()
    }
}

/// How far the report of one period has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Somebody reported it.
    Submitted,
    /// It went back to who reported it.
    Returned,
    /// Somebody else agreed to it.
    Accepted,
    /// It is settled; only corrections follow.
    Locked,
}

impl Standing {
    /// Whether somebody else than the reporter agreed to the value.
    pub fn is_agreed(self) -> bool {
        matches!(self, Self::Accepted | Self::Locked)
    }
}

/// One version of a period's measurement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// What was measured.
    pub measurement: Arc<Measurement>,
    /// Who reported it.
    pub by: ActorId,
    /// Why it replaced the one before, where it is a correction.
    pub reason: Option<Arc<Note>>,
    /// When.
    pub stamp: Stamp,
}

/// What was reported of one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How far it has come.
    pub standing: Standing,
    /// Every version, the one that holds last.
    pub versions: Vec<Version>,
    /// Who accepted it.
    pub accepted: Option<(ActorId, Stamp)>,
    /// Why it was returned last.
    pub returned: Option<(Arc<Note>, Stamp)>,
    /// That it was made by mistake, and no other one was made since: it counts nowhere.
    pub annulled: Option<Rectification>,
}

impl Report {
    /// The version that holds.
    pub fn current(&self) -> Option<&Version> {
        self.versions.last()
    }
}

/// A result that is counted under another indicator as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sharing {
    /// Where it counts.
    pub counted_in: IndicatorId,
    /// Why.
    pub reason: Arc<Note>,
    /// Who said so, and when.
    pub stamp: Stamp,
}

/// Everything that was reported of one indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reporting {
    /// The report of each period.
    pub reports: BTreeMap<Effective, Report>,
    /// The periods whose result is shared with another indicator.
    pub shared: BTreeMap<Effective, Sharing>,
}

impl Reporting {
    /// The reports that count towards a sum: neither returned nor annulled, and not within a longer period that is
    /// reported too, for which the sum would count them twice.
    pub fn counted(&self) -> impl Iterator<Item = (Effective, &Report)> {
        let counts = |it: &Report| it.annulled.is_none() && it.standing != Standing::Returned;
        let said = move || self.reports.iter().filter(move |(_, it)| counts(it));
        said()
            .filter(move |(inner, _)| !said().any(|(outer, _)| contains(*outer, **inner)))
            .map(|(period, report)| (*period, report))
    }

    pub(super) fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let stamp = Stamp::of(recorded);
        match event {
            Event::Submitted { by, period, measurement } => {
                let report = self.reports.entry(*period).or_insert_with(|| Report {
                    standing: Standing::Submitted,
                    versions: Vec::new(),
                    accepted: None,
                    returned: None,
                    annulled: None,
                });
                report.standing = Standing::Submitted;
                if report.annulled.take().is_some() {
                    (report.accepted, report.returned) = (None, None);
                }
                report.versions.push(version(measurement, *by, None, stamp));
            }
            Event::Corrected { by, period, measurement, reason } => {
                if let Some(report) = self.reports.get_mut(period) {
                    report.versions.push(version(measurement, *by, Some(reason), stamp));
                }
            }
            Event::Returned { period, reason, .. } => {
                if let Some(report) = self.reports.get_mut(period) {
                    report.standing = Standing::Returned;
                    report.returned = Some((Arc::new(reason.clone()), stamp));
                }
            }
            Event::Accepted { by, period } => {
                if let Some(report) = self.reports.get_mut(period) {
                    report.standing = Standing::Accepted;
                    report.accepted = Some((*by, stamp));
                }
            }
            Event::Locked { period, .. } => {
                if let Some(report) = self.reports.get_mut(period) {
                    report.standing = Standing::Locked;
                }
            }
            Event::Annulled { period, reason, .. } => {
                if let Some(report) = self.reports.get_mut(period) {
                    report.annulled = Some(Rectification::of(recorded, reason));
                }
            }
            Event::SharedDeclared { period, counted_in, reason } => {
                let reason = Arc::new(reason.clone());
                self.shared.insert(*period, Sharing { counted_in: *counted_in, reason, stamp });
            }
        }
    }
}

fn version(measurement: &Measurement, by: ActorId, reason: Option<&Note>, stamp: Stamp) -> Version {
    let reason = reason.cloned().map(Arc::new);
    Version { measurement: Arc::new(measurement.clone()), by, reason, stamp }
}

/// Whether `inner` lies in `outer` and is another period.
fn contains(outer: Effective, inner: Effective) -> bool {
    let bounds = |it: Effective| it.earliest().zip(it.latest());
    match (bounds(outer), bounds(inner)) {
        (Some(outer), Some(inner)) => outer != inner && outer.0 <= inner.0 && inner.1 <= outer.1,
        _ => false,
    }
}
