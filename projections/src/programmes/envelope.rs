//! Money that a programme sets aside for funding requests.
use domain::ids::{ActorId, EnvelopeId, FundingRequestId, ProgrammeId};
use domain::money::Money;
use domain::text::Title;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// Money set aside, and how much of it is promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Envelope {
    /// Its id.
    pub id: EnvelopeId,
    /// Whose it is.
    pub programme: ProgrammeId,
    /// What it is for.
    pub title: Title,
    /// Who pays.
    pub funder: Option<ActorId>,
    /// How much there is in all.
    pub amount: Money,
    /// How much is promised to requests.
    pub reserved: Money,
    pub(super) reservations: OrdMap<FundingRequestId, Money>,
    /// When it was opened.
    pub opened: Stamp,
}

impl Envelope {
    /// What can still be granted.
    pub fn left(&self) -> Money {
        // Both are within the range and of one currency: see `reserve`.
        self.amount.checked_sub(self.reserved).unwrap_or(self.amount)
    }

    /// What is reserved for each request; 0 where all was released.
    pub fn reservations(&self) -> impl Iterator<Item = (FundingRequestId, Money)> + '_ {
        self.reservations.iter().map(|(request, amount)| (*request, *amount))
    }

    /// What is reserved for `request`.
    pub fn reserved_for(&self, request: FundingRequestId) -> Option<Money> {
        self.reservations.get(&request).copied()
    }

    /// Moves the reservation of `request` by `amount`, up or down; another currency moves nothing.
    pub(super) fn reserve(&mut self, request: FundingRequestId, amount: Money, up: bool) {
        let moved = |sum: Money| if up { sum.checked_add(amount) } else { sum.checked_sub(amount) };
        let own = self.reserved_for(request).unwrap_or(Money::zero(self.amount.currency()));
        if let (Ok(reserved), Ok(own)) = (moved(self.reserved), moved(own)) {
            self.reserved = reserved;
            self.reservations.insert(request, own);
        }
    }
}
