//! What a mobility placement allows.
use jiff::civil::Date;

use super::{
    Command, Departure, Event, GROUPS_MAX, INDICATORS_MAX, MobilityPlacement, Refusal, Stage,
};
use crate::aggregate::ensure;
use crate::effective::Effective;
use crate::ids::ActorId;
use crate::measure::Quantity;
use crate::mobility_map::{Pathway, Way};
use crate::population::Headcount;
use crate::text::Country;

impl MobilityPlacement {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Propose { groups, places, indicators, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyProposed)?;
                must_fit(indicators.len(), INDICATORS_MAX)?;
                must_describe(groups.len(), *places)?;
                must_be_on_the_map(command)
            }
            Command::RecordDeparture { departed, on, today, .. } => {
                let gone = self.departure.is_some() && self.stage != Stage::Annulled;
                ensure(!gone, Refusal::AlreadyDeparted)?;
                self.must_stand_at(&[Stage::Proposed])?;
                must_have_happened(*on, *today)?;
                self.can_depart(departed)
            }
            Command::RecordReturn { returned, on, today } => {
                self.must_stand_at(&[Stage::Departed])?;
                must_have_happened(*on, *today)?;
                self.must_follow_departure(*on)?;
                let (returned, before) = (returned.get(), self.returned.get());
                ensure(returned > before, Refusal::FewerReturned { returned, before })?;
                self.must_have_left(returned)
            }
            Command::End { on, today, .. } => {
                self.must_stand_at(&[Stage::Proposed, Stage::Departed])?;
                must_have_happened(*on, *today)?;
                self.must_follow_departure(*on)
            }
            Command::CorrectDeparture { by, departed, .. } => self.can_recount(*by, departed),
            Command::Correct { .. } => self.can_correct(command),
            Command::Annul { .. } => self.must_stand(),
        }
    }

    fn can_depart(&self, departed: &Headcount) -> Result<(), Refusal> {
        ensure(departed.total > Quantity::ZERO, Refusal::NobodyDeparted)?;
        let Some(proposal) = &self.proposal else { return Ok(()) };
        let (leaving, places) = (departed.total.get(), proposal.places.get());
        let enough = leaving <= places;
        ensure(enough, Refusal::MoreDepartedThanPlaces { departed: leaving, places })?;
        Ok(departed.check(proposal.territory)?)
    }

    fn can_recount(&self, by: ActorId, departed: &Headcount) -> Result<(), Refusal> {
        self.must_stand()?;
        let known = self.departure.as_ref();
        let known = known.ok_or(Refusal::OutOfTurn { stage: self.stage })?;
        ensure(known.by != by, Refusal::CorrectedByRecorder)?;
        ensure(known.departed != *departed, Refusal::NothingCorrected)?;
        self.can_depart(departed)?;
        let (returned, departed) = (self.returned.get(), departed.total.get());
        ensure(returned <= departed, Refusal::MoreReturnedThanDeparted { returned, departed })
    }

    fn can_correct(&self, command: &Command) -> Result<(), Refusal> {
        self.must_stand()?;
        // What it would be: the fold says how, and nothing is recorded of it.
        let corrected = self.clone().evolve(Event::from(command.clone()));
        ensure(corrected.proposal != self.proposal, Refusal::NothingCorrected)?;
        if let Some(proposal) = &corrected.proposal {
            must_describe(proposal.groups.len(), proposal.places)?;
        }
        // The places must be enough for those who left, and the territory as wide as their counts ask.
        match &self.departure {
            Some(Departure { departed, .. }) => corrected.can_depart(departed),
            None => Ok(()),
        }
    }

    fn must_have_left(&self, returned: i64) -> Result<(), Refusal> {
        let departed = self.departure.as_ref().map_or(0, |it| it.departed.total.get());
        ensure(returned <= departed, Refusal::MoreReturnedThanDeparted { returned, departed })
    }

    fn must_follow_departure(&self, on: Effective) -> Result<(), Refusal> {
        let left = self.departure.as_ref().map(|it| it.on);
        let after = left.filter(|left| on.is_certainly_before(*left));
        after.map_or(Ok(()), |departed| Err(Refusal::BeforeDeparture { on, departed }))
    }

    /// Whether it is recorded, and counts.
    fn must_stand(&self) -> Result<(), Refusal> {
        self.must_stand_at(&[Stage::Proposed, Stage::Departed, Stage::Returned, Stage::Ended])
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotProposed)?;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

/// Where a map or one of its opportunities is named, what is proposed is what the map says.
fn must_be_on_the_map(proposed: &Command) -> Result<(), Refusal> {
    let Command::Propose { map, opportunity, pathway, country, way, .. } = proposed else {
        return Ok(());
    };
    if map.is_none() {
        return ensure(opportunity.is_none(), Refusal::OpportunityWithoutMap);
    }
    match way {
        Way::NoMap => Err(Refusal::UnknownMap),
        Way::NotNamed => Err(Refusal::UnknownOpportunity),
        Way::Named { country: mapped, pathway: named } => {
            must_lead_to(*country, *mapped)?;
            named.map_or(Ok(()), |named| must_be_the_way(*pathway, named))
        }
    }
}

fn must_lead_to(proposed: Country, mapped: Country) -> Result<(), Refusal> {
    ensure(proposed == mapped, Refusal::OtherCountry { proposed, mapped })
}

fn must_be_the_way(proposed: Pathway, mapped: Pathway) -> Result<(), Refusal> {
    ensure(proposed == mapped, Refusal::OtherPathway { proposed, mapped })
}

fn must_describe(groups: usize, places: Quantity) -> Result<(), Refusal> {
    ensure(places > Quantity::ZERO, Refusal::NoPlaces)?;
    must_fit(groups, GROUPS_MAX)
}

fn must_have_happened(on: Effective, today: Date) -> Result<(), Refusal> {
    ensure(!on.is_certainly_after(today), Refusal::InTheFuture { on })
}

fn must_fit(number: usize, max: usize) -> Result<(), Refusal> {
    ensure(number <= max, Refusal::TooMany { max })
}
