//! Figures of what actors do, and of what ties them.
use std::collections::BTreeSet;

use domain::ids::{ActorId, InterventionId, ProgrammeId};
use domain::intervention::Role;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Counting, Lineage};
use crate::card::Card;
use crate::commitments::{Commitment, Lateness, Stage};
use crate::network::{Scope, Tie, things_of};
use crate::subjects::Kind;
use crate::{Models, Subject};

/// One part of an actor's card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// In how many interventions it has a role.
    Roles,
    /// How it stands with what it promised.
    Made,
    /// How others stand with what they promised to it.
    Received,
    /// What it is to do because of meetings.
    Actions,
    /// How many mandates let somebody act for it.
    Mandates,
}

/// What an actor does on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardOf {
    /// Who.
    pub actor: ActorId,
    /// Which part of its card.
    pub part: Part,
    /// Of the roles, which.
    pub role: Option<Role>,
    /// On which day.
    pub on: Date,
}

/// How many things tie two actors in one way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TieOf {
    /// The one.
    pub one: ActorId,
    /// The other.
    pub other: ActorId,
    /// In which way.
    pub tie: Tie,
    /// Of what lies in this territory.
    pub within: Option<TerritoryId>,
    /// Of what belongs to this programme, or to one that is part of it.
    pub programme: Option<ProgrammeId>,
    /// On that day; through whatever ever was without one.
    pub on: Option<Date>,
}

impl CardOf {
    fn counts(&self, models: &Models) -> Vec<Subject> {
        let all = models.actors.identities(self.actor);
        let stands = |it: &&std::sync::Arc<Commitment>| {
            it.stage == Stage::Offered || it.lateness(self.on) != Lateness::NotExpected
        };
        match self.part {
            Part::Roles => self.interventions(models, &all).into_iter().map(Into::into).collect(),
            Part::Made => {
                let made = all.iter().flat_map(|id| models.commitments.offered_by(*id));
                made.filter(stands).map(|it| it.id.into()).collect()
            }
            Part::Received => {
                let received = all.iter().flat_map(|id| models.commitments.offered_to(*id));
                received.filter(stands).map(|it| it.id.into()).collect()
            }
            Part::Actions => {
                let owned = all.iter().flat_map(|id| models.meetings.owned_by(*id));
                owned.filter(|it| it.is_open(self.on)).map(|it| it.meeting.into()).collect()
            }
            Part::Mandates => vec![models.actors.resolve(self.actor).into()],
        }
    }

    fn interventions(&self, models: &Models, all: &BTreeSet<ActorId>) -> BTreeSet<InterventionId> {
        let own = all.iter().flat_map(|id| models.interventions.of_actor(*id));
        let has_role = own.filter(|it| {
            let mut own = it.participations_on(self.on).filter(|it| all.contains(&it.actor));
            own.any(|it| self.role.is_none_or(|role| it.role == role))
        });
        has_role.map(|it| it.id).collect()
    }
}

impl Counting for CardOf {
    const NAME: &'static str = "card";

    fn lineage(&self, models: &Models) -> Lineage {
        Lineage::of(self.counts(models), models.merged_with(self.actor))
    }

    fn value(&self, models: &Models) -> Value {
        let card = Card::of(models, self.actor, self.on);
        match (self.part, self.role) {
            (Part::Roles, Some(role)) => json!(card.roles.get(&role).unwrap_or(&0)),
            (Part::Roles, None) => json!(card.roles),
            (Part::Made, _) => json!(card.made),
            (Part::Received, _) => json!(card.received),
            (Part::Actions, _) => json!({ "open": card.open_actions, "late": card.late_actions }),
            (Part::Mandates, _) => json!(card.mandates),
        }
    }
}

impl TieOf {
    /// The things that tie them, as often as they do.
    fn things<'a>(&self, models: &'a Models) -> impl Iterator<Item = Subject> + use<'a> {
        let scope = Scope { within: self.within, programme: self.programme, day: self.on };
        let (one, other) = (models.actors.resolve(self.one), models.actors.resolve(self.other));
        things_of(models, &scope, (one.min(other), one.max(other)), self.tie)
    }
}

impl Counting for TieOf {
    const NAME: &'static str = "tie";

    fn lineage(&self, models: &Models) -> Lineage {
        let actors = models.merged_with(self.one).chain(models.merged_with(self.other));
        let around = self.things(models).flat_map(|thing| around(models, thing));
        Lineage::of(self.things(models), actors.chain(around))
    }

    fn value(&self, models: &Models) -> Value {
        let things: BTreeSet<_> = self.things(models).collect();
        json!({ "count": self.things(models).count(), "things": things.len() })
    }
}

/// What says where a thing belongs, and who takes part in it.
pub(super) fn around(models: &Models, thing: Subject) -> Vec<Subject> {
    let id = thing.id;
    let (intervention, programme, payer) = match thing.kind {
        Kind::Intervention => {
            (None, models.interventions.get(id.into()).and_then(|it| it.programme), None)
        }
        Kind::Programme => (None, Some(id.into()), None),
        Kind::Indicator => {
            (None, models.programmes.indicator(id.into()).map(|it| it.programme), None)
        }
        Kind::CapitalisationItem => {
            (None, models.capitalisation.get(id.into()).and_then(|it| it.programme), None)
        }
        Kind::FundingRequest => {
            let request = models.funding.request(id.into());
            let envelope = request.and_then(|it| models.programmes.envelope(it.envelope?));
            (None, request.map(|it| it.programme), envelope.map(|it| it.programme))
        }
        Kind::Commitment => {
            let commitment = models.commitments.get(id.into());
            (
                commitment.and_then(|it| it.intervention),
                commitment.and_then(|it| it.programme),
                None,
            )
        }
        Kind::CoordinationBody => {
            (None, models.bodies.get(id.into()).and_then(|it| it.programme), None)
        }
        Kind::ServiceUnit => {
            (models.service_units.get(id.into()).and_then(|it| it.intervention), None, None)
        }
        _ => (None, None, None),
    };
    let through = intervention.and_then(|id| models.interventions.get(id)?.programme);
    let programmes = programme.into_iter().chain(through).chain(payer);
    let lines = programmes.flat_map(|id| models.line_of(id));
    lines.chain(intervention.map(Into::into)).collect()
}
