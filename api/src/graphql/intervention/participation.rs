//! Who takes part in an intervention, and as what.
use async_graphql::Object;
use domain::effective::Effective;
use domain::ids::ParticipationId;
use domain::intervention::Role;
use projections::actors;
use projections::interventions::{Intervention, Participation};

use crate::graphql::enums::Choice;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{RectificationObject, Seen, StampObject, Told, View};

/// One actor's role in an intervention, from a date to a date.
pub struct ParticipationObject {
    intervention: Seen<Intervention>,
    place: usize,
}

impl ParticipationObject {
    /// The participation at `place` of `intervention`.
    pub fn new(intervention: &Seen<Intervention>, place: usize) -> Self {
        Self { intervention: intervention.clone(), place }
    }

    fn it(&self) -> &Participation {
        &self.intervention.it.participations[self.place]
    }

    fn view(&self) -> &View {
        &self.intervention.view
    }
}

/// One actor's role in an intervention, from a date to a date.
#[Object(serial, name = "Participation")]
impl ParticipationObject {
    /// Its id.
    async fn id(&self) -> Shown<ParticipationId> {
        Shown(self.it().id)
    }

    /// Who.
    async fn actor(&self) -> Told<actors::Actor> {
        self.view().actor(self.it().actor)
    }

    /// In what.
    async fn intervention(&self) -> Seen<Intervention> {
        self.intervention.clone()
    }

    /// In which way.
    async fn role(&self) -> Choice<Role> {
        Choice(self.it().role)
    }

    /// Since when.
    async fn from(&self) -> Shown<Effective> {
        Shown(self.it().from)
    }

    /// Until when; nothing where it goes on.
    async fn to(&self) -> Option<Shown<Effective>> {
        self.it().to.map(Shown)
    }

    /// In words.
    async fn note(&self) -> Option<Text> {
        self.it().note.as_deref().map(Into::into)
    }

    /// Why it ended.
    async fn end_reason(&self) -> Option<Text> {
        self.it().reason.as_deref().map(Into::into)
    }

    /// When the ledger learned that it began.
    async fn added(&self) -> StampObject {
        self.view().stamp(self.it().added)
    }

    /// When the ledger learned that it ended.
    async fn ended(&self) -> Option<StampObject> {
        self.it().ended.map(|stamp| self.view().stamp(stamp))
    }

    /// That it was recorded by mistake, and why: it counts nowhere.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it().annulled.as_ref().map(|it| self.view().rectification(it))
    }
}
