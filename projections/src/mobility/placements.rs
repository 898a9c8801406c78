//! The groups that go abroad together, and come back.
use std::sync::Arc;

use domain::ids::{ActorId, MobilityMapId, MobilityPlacementId, OpportunityId};
use domain::measure::Quantity;
use domain::mobility_map::Pathway;
use domain::mobility_placement::Event;
use domain::population::{Headcount, PopulationGroup};
use domain::recorded::Recorded;
use domain::territory::TerritoryId;
use domain::text::{Country, Note, Title};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::interventions::folded_titles;
use crate::register::{Kept, Roots, Step, stage_on};
use crate::stamp::{Rectification, Stamp};

/// How far a placement has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PlacementStage {
    /// A group is to go.
    Proposed,
    /// It left, and is not back yet, or not all of it.
    Departed,
    /// All who left are back.
    Returned,
    /// It ended otherwise.
    Ended,
}

/// How many left, as somebody counted them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Departure {
    /// Who says so.
    pub by: ActorId,
    /// How many.
    pub departed: Arc<Headcount>,
    /// Why it replaced the one before, where it is a correction.
    pub reason: Option<Arc<Note>>,
    /// When.
    pub stamp: Stamp,
}

/// How many were back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Return {
    /// How many in all.
    pub returned: Quantity,
    /// When, and who said so.
    pub stamp: Stamp,
}

/// A group that goes abroad together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Placement {
    /// Its id.
    pub id: MobilityPlacementId,
    /// In short.
    pub title: Title,
    /// Which sort of way.
    pub pathway: Pathway,
    /// To which country.
    pub country: Country,
    /// The map that names the way.
    pub map: Option<MobilityMapId>,
    /// Which way of that map.
    pub opportunity: Option<OpportunityId>,
    /// Who accompanies it, where it comes from, and what it belongs to.
    pub roots: Roots,
    /// From where.
    pub territory: TerritoryId,
    /// For whom.
    pub groups: Arc<[PopulationGroup]>,
    /// For how many.
    pub places: Quantity,
    /// How far it has come.
    pub stage: PlacementStage,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step<PlacementStage>>,
    /// How many left and its corrections, the count that holds last.
    pub departures: Vec<Departure>,
    /// How many were back, the latest last.
    pub returns: Vec<Return>,
    /// What was corrected of its description or its count.
    pub corrections: Vec<Rectification>,
    /// That it was recorded by mistake.
    pub annulled: Option<Rectification>,
    /// When the ledger learned of it.
    pub proposed: Stamp,
    #[serde(skip)]
    folded: Arc<str>,
}

impl Placement {
    /// Whether a title contains `text`, which is folded.
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// How far it had come on `day`.
    pub fn stage_on(&self, day: Date) -> Option<PlacementStage> {
        stage_on(&self.steps, day)
    }

    /// The count of those who left that holds.
    pub fn departure(&self) -> Option<&Departure> {
        self.departures.last()
    }

    /// When they left, as it was first recorded.
    pub fn left(&self) -> Option<Stamp> {
        self.departures.first().map(|it| it.stamp)
    }

    /// How many are back.
    pub fn returned(&self) -> Quantity {
        self.returns.last().map_or(Quantity::ZERO, |it| it.returned)
    }

    pub(super) fn proposed(id: MobilityPlacementId, event: &Event, stamp: Stamp) -> Option<Self> {
        let Event::Proposed {
            by,
            title,
            pathway,
            country,
            map,
            opportunity,
            programme,
            intervention,
            territory,
            groups,
            places,
            indicators,
        } = event
        else {
            return None;
        };
        Some(Self {
            id,
            title: title.clone(),
            pathway: *pathway,
            country: *country,
            map: *map,
            opportunity: *opportunity,
            roots: Roots {
                by: *by,
                programme: *programme,
                intervention: *intervention,
                territory: Some(*territory),
                indicators: indicators.as_slice().into(),
            },
            territory: *territory,
            groups: groups.as_slice().into(),
            places: *places,
            stage: PlacementStage::Proposed,
            steps: vec![Step::new(PlacementStage::Proposed, stamp, None)],
            departures: Vec::new(),
            returns: Vec::new(),
            corrections: Vec::new(),
            annulled: None,
            proposed: stamp,
            folded: folded_titles(title),
        })
    }

    fn step(&mut self, stage: PlacementStage, stamp: Stamp, reason: Option<&Note>) {
        if self.stage != stage {
            self.stage = stage;
            self.steps.push(Step::new(stage, stamp, reason));
        }
    }

    /// Whether all are back, or some are still away.
    fn count_back(&mut self, stamp: Stamp) {
        if matches!(self.stage, PlacementStage::Departed | PlacementStage::Returned) {
            let back = self.returned();
            let away = self.departure().is_some_and(|it| it.departed.total > back);
            let stage = if away { PlacementStage::Departed } else { PlacementStage::Returned };
            self.step(stage, stamp, None);
        }
    }

    fn recount(&mut self, by: ActorId, departed: &Headcount, reason: Option<&Note>, stamp: Stamp) {
        let (departed, reason) = (Arc::new(departed.clone()), reason.cloned().map(Arc::new));
        self.departures.push(Departure { by, departed, reason, stamp });
    }

    pub(super) fn apply(&mut self, event: &Event, recorded: &Recorded) {
        match event {
            Event::Proposed { .. } => {}
            Event::DepartureRecorded { by, departed, on } => {
                let stamp = Stamp::on(recorded, *on);
                self.recount(*by, departed, None, stamp);
                self.step(PlacementStage::Departed, stamp, None);
            }
            Event::ReturnRecorded { returned, on } => {
                let stamp = Stamp::on(recorded, *on);
                self.returns.push(Return { returned: *returned, stamp });
                self.count_back(stamp);
            }
            Event::Ended { on, reason } => {
                self.step(PlacementStage::Ended, Stamp::on(recorded, *on), Some(reason));
            }
            Event::DepartureCorrected { by, departed, reason } => {
                let stamp = Stamp::of(recorded);
                self.recount(*by, departed, Some(reason), stamp);
                self.count_back(stamp);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Corrected { title, country, territory, groups, places, reason } => {
                if let Some(title) = title {
                    (self.title, self.folded) = (title.clone(), folded_titles(title));
                }
                if let Some(territory) = territory {
                    (self.territory, self.roots.territory) = (*territory, Some(*territory));
                }
                if let Some(groups) = groups {
                    self.groups = groups.as_slice().into();
                }
                self.country = country.unwrap_or(self.country);
                self.places = places.unwrap_or(self.places);
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
        }
    }
}

impl Kept for Placement {
    type Id = MobilityPlacementId;

    fn id(&self) -> MobilityPlacementId {
        self.id
    }

    fn roots(&self) -> &Roots {
        &self.roots
    }

    fn is_annulled(&self) -> bool {
        self.annulled.is_some()
    }
}
