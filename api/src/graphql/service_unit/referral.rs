//! Who takes people on whom a service unit sends.
use async_graphql::SimpleObject;
use domain::effective::Effective;
use domain::ids::ReferralId;
use domain::service_unit::{PartnerKind, Service};
use projections::service_units::Referral;
use projections::{actors, documents};

use crate::graphql::enums::Choice;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{StampObject, Told, View};

/// An agreement by which a partner takes on people whom a service unit sends.
#[derive(SimpleObject)]
#[graphql(serial, name = "Referral")]
pub struct ReferralObject {
    /// Its id.
    id: Shown<ReferralId>,
    /// Who.
    partner: Told<actors::Actor>,
    /// What sort of partner.
    kind: Choice<PartnerKind>,
    /// For which services; none where that was not said.
    services: Vec<Choice<Service>>,
    /// The agreement.
    document: Told<documents::Document>,
    /// Since when.
    from: Shown<Effective>,
    /// Until when; nothing where it goes on.
    to: Option<Shown<Effective>>,
    /// Why it ended.
    end_reason: Option<Text>,
    /// When the ledger learned that it began.
    agreed: StampObject,
    /// When the ledger learned that it ended.
    ended: Option<StampObject>,
}

impl ReferralObject {
    pub(super) fn of(view: &View, it: &Referral) -> Self {
        Self {
            id: Shown(it.id),
            partner: view.actor(it.partner),
            kind: Choice(it.kind),
            services: it.services.iter().copied().map(Choice).collect(),
            document: it.document.and_then(|id| view.document(id)),
            from: Shown(it.from),
            to: it.to.map(Shown),
            end_reason: it.reason.as_deref().map(Into::into),
            agreed: view.stamp(it.agreed),
            ended: it.ended.map(|stamp| view.stamp(stamp)),
        }
    }
}
