//! What a reader should doubt, or somebody should complete: computed when it is asked for, on a day.
use domain::effective::Effective;
use domain::ids::ProgrammeId;
use domain::recorded::Position;
use domain::sourcing::Topic;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::subjects::{Kind, Subject};
use crate::{Models, Stamp};

mod checks;

/// After how many days without an event a commitment that is past its due date is stale.
pub const STALE_DAYS: i64 = 180;

/// What is doubtful, or missing.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// Sources disagree and nobody has settled it.
    SourcesDisagree,
    /// It is said to go on after its end, or after the end of its programme.
    PastItsEnd,
    /// Nobody declared an amount.
    AmountMissing,
    /// It begins before what it is part of, or ends after it.
    DatesOutsideParent,
    /// It was due, and nothing was recorded of it for a long time.
    CommitmentStale,
    /// Nobody leads it.
    LeadMissing,
    /// A target was due, and nothing was reported.
    ReportOverdue,
    /// It is published, and people seen or named in it agree no more.
    ConsentWithdrawn,
    /// Somebody can still take it, and nobody has checked for a long time that it is so.
    OpportunityStale,
}

impl Concern {
    /// Every concern.
    pub const ALL: [Self; 9] = [
        Self::SourcesDisagree,
        Self::PastItsEnd,
        Self::AmountMissing,
        Self::DatesOutsideParent,
        Self::CommitmentStale,
        Self::LeadMissing,
        Self::ReportOverdue,
        Self::ConsentWithdrawn,
        Self::OpportunityStale,
    ];
}

/// One concern about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What is doubtful.
    pub concern: Concern,
    /// Of what.
    pub subject: Subject,
    /// What sources disagree about.
    pub topic: Option<Topic>,
    /// The first day on which it was so, where that is known.
    pub since: Option<Date>,
    /// The events behind it, in the order of recording.
    pub events: Vec<Position>,
    /// What tells it from another concern of this sort about the same thing.
    part: String,
}

impl Issue {
    fn new(concern: Concern, subject: impl Into<Subject>, since: Option<Date>) -> Self {
        let (subject, part) = (subject.into(), String::new());
        Self { concern, subject, topic: None, since, events: Vec::new(), part }
    }

    fn behind(mut self, events: impl IntoIterator<Item = Position>) -> Self {
        self.events.extend(events);
        self.events.sort_unstable();
        self.events.dedup();
        self
    }

    /// Its place in the list: a text that no other issue has.
    pub fn key(&self) -> String {
        format!("{:02}/{}/{}", self.concern as u8, self.subject, self.part)
    }

    /// Since how many days it is so on `day`.
    pub fn days(&self, day: Date) -> Option<i64> {
        self.since.map(|since| days_between(since, day))
    }
}

/// Which issues are asked for; all of the conditions hold.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of these sorts; of every sort where there is none.
    pub concerns: Vec<Concern>,
    /// About what lies in this territory.
    pub within: Option<TerritoryId>,
    /// About one of these programmes, or what is part of one.
    pub programmes: Option<Vec<ProgrammeId>>,
}

impl Models {
    /// What is doubtful or missing on `day`, in the order of [`Issue::key`].
    pub fn issues(&self, day: Date, wanted: &Wanted) -> Vec<Issue> {
        let mut found = Vec::new();
        for concern in Concern::ALL {
            if wanted.concerns.is_empty() || wanted.concerns.contains(&concern) {
                checks::find(self, concern, day, &mut found);
            }
        }
        found.retain(|issue| wanted.holds(self, issue.subject));
        found.sort_by_cached_key(Issue::key);
        found
    }
}

impl Wanted {
    fn holds(&self, models: &Models, subject: Subject) -> bool {
        if self.within.is_none() && self.programmes.is_none() {
            return true;
        }
        let (programme, territories) = belongs(models, subject);
        let within = |outer| territories.iter().any(|it| it.is_within(outer));
        self.within.is_none_or(within)
            && self
                .programmes
                .as_ref()
                .is_none_or(|all| programme.is_some_and(|it| all.contains(&it)))
    }
}

/// The programme and the territories that `subject` belongs to.
fn belongs(models: &Models, subject: Subject) -> (Option<ProgrammeId>, Vec<TerritoryId>) {
    let programme = |id: ProgrammeId| {
        let known = models.programmes.get(id);
        (Some(id), known.map(|it| it.territories.to_vec()).unwrap_or_default())
    };
    let intervention = |id| {
        let it = models.interventions.get(id)?;
        Some((it.programme, it.territories.to_vec()))
    };
    let id = subject.id;
    let found = match subject.kind {
        Kind::Programme => Some(programme(id.into())),
        Kind::Intervention => intervention(id.into()),
        Kind::Indicator => models.programmes.indicator(id.into()).map(|it| programme(it.programme)),
        Kind::Commitment => models.commitments.get(id.into()).map(|it| {
            let (through, territories) = it.intervention.and_then(intervention).unwrap_or_default();
            (it.programme.or(through), territories)
        }),
        Kind::FundingRequest => {
            let request = models.funding.request(id.into());
            request.map(|it| (Some(it.programme), it.territories.to_vec()))
        }
        Kind::CapitalisationItem => {
            let item = models.capitalisation.get(id.into());
            item.map(|it| (it.programme, it.territories.to_vec()))
        }
        Kind::MobilityMap => {
            let map = models.mobility.maps.get(id.into());
            map.map(|it| (it.roots.programme, Vec::new()))
        }
        Kind::Actor => {
            let actor = models.actors.get(id.into());
            actor.map(|it| (None, it.territory.into_iter().collect()))
        }
        _ => None,
    };
    found.unwrap_or_default()
}

/// From `from` to `to`; negative where `to` is before.
fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}

/// The day on which something was recorded.
fn recorded_on(stamp: &Stamp) -> Date {
    stamp.recorded_at.to_zoned(TimeZone::UTC).date()
}

/// The first day on which something can have been true, else the day on which it was recorded.
fn begun_on(stamp: &Stamp) -> Date {
    stamp.effective.earliest().unwrap_or_else(|| recorded_on(stamp))
}

/// The day after the last that `end` can mean.
fn day_after(end: Effective) -> Option<Date> {
    end.latest().and_then(|last| last.tomorrow().ok())
}
