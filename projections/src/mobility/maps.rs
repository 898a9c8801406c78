//! The maps and their opportunities.
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::{ActorId, DocumentId, MobilityMapId, OpportunityId};
use domain::mobility_map::{Event, Pathway};
use domain::population::PopulationGroup;
use domain::recorded::Recorded;
use domain::text::{Country, Name, Note, Title};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::interventions::folded_titles;
use crate::register::{Kept, Roots, Step, stage_on};
use crate::stamp::{Rectification, Stamp};

/// How many days a check of an opportunity is trusted: conditions and quotas change from one year to
/// the next.
pub const VERIFIED_DAYS_MAX: i32 = 365;

/// How far a map has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MapStage {
    /// Somebody looks for what there is.
    Draft,
    /// Somebody else agrees.
    Validated,
    /// Everybody may read it.
    Published,
    /// It is out of date.
    Expired,
}

/// That an opportunity was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Where.
    pub source: Arc<Name>,
    /// The day.
    pub on: Date,
    /// Who said so, and when.
    pub stamp: Stamp,
}

/// That an opportunity is no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expiry {
    /// Why.
    pub reason: Option<Arc<Note>>,
    /// When, and who said so.
    pub stamp: Stamp,
}

/// One regular way abroad.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opportunity {
    /// Its id.
    pub id: OpportunityId,
    /// In short.
    pub title: Title,
    /// Which sort of way.
    pub pathway: Pathway,
    /// For whom, and on what conditions.
    pub conditions: Option<Arc<Note>>,
    /// For whom.
    pub groups: Arc<[PopulationGroup]>,
    /// The last day to apply.
    pub closes: Option<Date>,
    /// Every check, the latest last; there is at least one.
    pub verifications: Vec<Verification>,
    /// That it is no more.
    pub expired: Option<Expiry>,
    /// When the ledger learned of it.
    pub added: Stamp,
    #[serde(skip)]
    folded: Arc<str>,
}

impl Opportunity {
    /// Whether a title contains `text`, which is folded.
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// The last check.
    pub fn verified(&self) -> Option<&Verification> {
        self.verifications.last()
    }

    /// Whether the last check on or before `day` is more than [`VERIFIED_DAYS_MAX`] days old by then.
    pub fn is_stale_on(&self, day: Date) -> bool {
        let gap = self.verified_by(day).and_then(|it| it.on.until(day).ok());
        gap.is_some_and(|gap| gap.get_days() > VERIFIED_DAYS_MAX)
    }

    /// The last check on or before `day`, else the first.
    pub fn verified_by(&self, day: Date) -> Option<&Verification> {
        let mut before = self.verifications.iter().rev().filter(|it| it.on <= day);
        before.next().or(self.verifications.first())
    }

    /// Whether somebody can still take it on `day`.
    pub fn is_open_on(&self, day: Date) -> bool {
        let over = |it: &Expiry| !it.stamp.effective.is_certainly_after(day);
        let expired = self.expired.as_ref().is_some_and(over);
        !expired && self.closes.is_none_or(|last| day <= last)
    }
}

/// The regular ways to one country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Map {
    /// Its id.
    pub id: MobilityMapId,
    /// What it is called.
    pub title: Title,
    /// To which country.
    pub country: Country,
    /// Who drafted it, and what it belongs to.
    pub roots: Roots,
    /// How far it has come.
    pub stage: MapStage,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step<MapStage>>,
    /// Its ways, in the order of recording.
    pub opportunities: Vec<Arc<Opportunity>>,
    /// Who validated it.
    pub validated_by: Option<ActorId>,
    /// When it was published.
    pub published: Option<Stamp>,
    /// The map itself.
    pub document: Option<DocumentId>,
    /// What was corrected of its description.
    pub corrections: Vec<Rectification>,
    /// That it was recorded by mistake.
    pub annulled: Option<Rectification>,
    /// When the ledger learned of it.
    pub drafted: Stamp,
    #[serde(skip)]
    folded: Arc<str>,
}

impl Map {
    /// Whether a title contains `text`, which is folded.
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// How far it had come on `day`.
    pub fn stage_on(&self, day: Date) -> Option<MapStage> {
        stage_on(&self.steps, day)
    }

    /// Whether everybody could read it on `day`: published by then, and not out of date by then.
    pub fn is_published_on(&self, day: Date) -> bool {
        let by_then = |stamp: &Stamp| !stamp.effective.is_certainly_after(day);
        let expired = self.steps.iter().find(|it| it.stage == MapStage::Expired);
        self.published.as_ref().is_some_and(by_then)
            && !expired.is_some_and(|it| by_then(&it.stamp))
    }

    /// One of its ways.
    pub fn opportunity(&self, id: OpportunityId) -> Option<&Arc<Opportunity>> {
        self.opportunities.iter().find(|it| it.id == id)
    }

    pub(super) fn drafted(id: MobilityMapId, event: &Event, stamp: Stamp) -> Option<Self> {
        let Event::Drafted { by, title, country, programme, intervention, indicators } = event
        else {
            return None;
        };
        Some(Self {
            id,
            title: title.clone(),
            country: *country,
            roots: Roots {
                by: *by,
                programme: *programme,
                intervention: *intervention,
                territory: None,
                indicators: indicators.as_slice().into(),
            },
            stage: MapStage::Draft,
            steps: vec![Step::new(MapStage::Draft, stamp, None)],
            opportunities: Vec::new(),
            validated_by: None,
            published: None,
            document: None,
            corrections: Vec::new(),
            annulled: None,
            drafted: stamp,
            folded: folded_titles(title),
        })
    }

    fn step(&mut self, stage: MapStage, stamp: Stamp, reason: Option<&Note>) {
        self.stage = stage;
        self.steps.push(Step::new(stage, stamp, reason));
    }

    pub(super) fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let on = |date: &Effective| Stamp::on(recorded, *date);
        match event {
            Event::Drafted { .. } => {}
            Event::OpportunityAdded { .. }
            | Event::OpportunityVerified { .. }
            | Event::OpportunityExpired { .. } => self.change_way(event, recorded),
            Event::Validated { by, on: date } => {
                self.validated_by = Some(*by);
                self.step(MapStage::Validated, on(date), None);
            }
            Event::Published { document, on: date } => {
                self.document = *document;
                self.published = Some(on(date));
                self.step(MapStage::Published, on(date), None);
            }
            Event::Expired { on: date, reason } => {
                self.step(MapStage::Expired, on(date), reason.as_ref());
            }
            Event::Corrected { title, country, reason } => {
                if let Some(title) = title {
                    (self.title, self.folded) = (title.clone(), folded_titles(title));
                }
                self.country = country.unwrap_or(self.country);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
        }
    }

    fn change_way(&mut self, event: &Event, recorded: &Recorded) {
        if let Some(added) = added(event, Stamp::of(recorded)) {
            self.opportunities.push(Arc::new(added));
            return;
        }
        let (Event::OpportunityVerified { opportunity, .. }
        | Event::OpportunityExpired { opportunity, .. }) = event
        else {
            return;
        };
        let mut ways = self.opportunities.iter_mut();
        let Some(way) = ways.find(|it| it.id == *opportunity).map(Arc::make_mut) else { return };
        match event {
            Event::OpportunityVerified { reference, on, .. } => {
                let stamp = Stamp::on(recorded, (*on).into());
                let source = reference.clone().map(Arc::new);
                let source = source.or_else(|| way.verified().map(|it| Arc::clone(&it.source)));
                way.verifications.extend(source.map(|source| Verification {
                    source,
                    on: *on,
                    stamp,
                }));
            }
            Event::OpportunityExpired { reason, on, .. } => {
                let (reason, stamp) = (reason.clone().map(Arc::new), Stamp::on(recorded, *on));
                way.expired = Some(Expiry { reason, stamp });
            }
            _ => {}
        }
    }
}

fn added(event: &Event, stamp: Stamp) -> Option<Opportunity> {
    let Event::OpportunityAdded {
        opportunity,
        title,
        pathway,
        conditions,
        groups,
        reference,
        verified_on,
        closes,
    } = event
    else {
        return None;
    };
    let source = Arc::new(reference.clone());
    let checked = Stamp { effective: (*verified_on).into(), ..stamp };
    Some(Opportunity {
        id: *opportunity,
        title: title.clone(),
        pathway: *pathway,
        conditions: conditions.clone().map(Arc::new),
        groups: groups.as_slice().into(),
        closes: *closes,
        verifications: vec![Verification { source, on: *verified_on, stamp: checked }],
        expired: None,
        added: stamp,
        folded: folded_titles(title),
    })
}

impl Kept for Map {
    type Id = MobilityMapId;

    fn id(&self) -> MobilityMapId {
        self.id
    }

    fn roots(&self) -> &Roots {
        &self.roots
    }

    fn is_annulled(&self) -> bool {
        self.annulled.is_some()
    }
}
