//! The money that a programme sets aside.
use async_graphql::{Object, SimpleObject};
use domain::ids::{EnvelopeId, FundingRequestId};
use projections::lineage::EnvelopeOf;
use projections::programmes::{Envelope, Programme};
use projections::{actors, funding};

use crate::graphql::lineage::LineageObject;
use crate::graphql::list::List;
use crate::graphql::scalars::Shown;
use crate::graphql::values::{MoneyObject, Text};
use crate::graphql::view::{Seen, StampObject, Told};

/// Money that a programme sets aside for funding requests.
#[Object(serial, name = "Envelope")]
impl Seen<Envelope> {
    /// Its id.
    async fn id(&self) -> Shown<EnvelopeId> {
        Shown(self.it.id)
    }

    /// What it is for.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Whose it is.
    async fn programme(&self) -> Told<Programme> {
        self.view.programme(self.it.programme)
    }

    /// Who pays.
    async fn funder(&self) -> Told<actors::Actor> {
        self.it.funder.and_then(|id| self.view.actor(id))
    }

    /// How much there is in all.
    async fn amount(&self) -> MoneyObject {
        self.it.amount.into()
    }

    /// How much is promised to requests.
    async fn reserved(&self) -> MoneyObject {
        self.it.reserved.into()
    }

    /// What can still be granted.
    async fn left(&self) -> MoneyObject {
        self.it.left().into()
    }

    /// Where these sums come from.
    async fn lineage(&self) -> LineageObject {
        LineageObject::of(&self.view, EnvelopeOf { id: self.it.id })
    }

    /// How much is reserved for which request.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn reservations(&self) -> List<ReservationObject> {
        let models = &self.view.models;
        let all = self.it.reservations();
        all.map(|(id, amount)| ReservationObject {
            request_id: Shown(id),
            request: self.view.tell(models.funding.request(id)),
            amount: amount.into(),
        })
        .collect()
    }

    /// When it was opened.
    async fn opened(&self) -> StampObject {
        self.view.stamp(self.it.opened)
    }
}

/// What is reserved for one request.
#[derive(SimpleObject)]
#[graphql(serial, name = "Reservation")]
pub struct ReservationObject {
    /// The id of the request.
    request_id: Shown<FundingRequestId>,
    /// The request.
    request: Told<funding::Request>,
    /// How much.
    amount: MoneyObject,
}
