//! Where the money stands: calls, requests from the application to the last dirham, and balances.
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::ids::{
    ActorId, EnvelopeId, FundingCallId, FundingRequestId, InterventionId, ProgrammeId,
};
use domain::recorded::Recorded;
use domain::territory::TerritoryId;
use domain::{funding_call, funding_request};
use imbl::OrdMap;
use jiff::civil::Date;
use serde::Serialize;

use crate::index::Index;
use crate::walk::{Between, EVERY, between};

mod balances;
mod calls;
mod correct;
pub mod flows;
mod fold;
mod requests;

pub use balances::{Balance, Group, Grouping, covering};
pub use calls::{Call, CallStage, Waiver};
pub use requests::{
    Agreement, Amendment, Decision, Disbursement, Eligibility, Expenditure, Opinion, Outcome, Paid,
    Reformulation, Refund, Request, Stage, Step,
};

/// Every call and every request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Funding {
    calls: OrdMap<FundingCallId, Arc<Call>>,
    requests: OrdMap<FundingRequestId, Arc<Request>>,
    calls_of_programme: Index<ProgrammeId, FundingCallId>,
    by_call: Index<FundingCallId, FundingRequestId>,
    by_programme: Index<ProgrammeId, FundingRequestId>,
    by_intervention: Index<InterventionId, FundingRequestId>,
    by_applicant: Index<ActorId, FundingRequestId>,
    by_envelope: Index<EnvelopeId, FundingRequestId>,
    by_territory: Index<TerritoryId, FundingRequestId>,
    /// Who granted, signed or paid.
    by_backer: Index<ActorId, FundingRequestId>,
}

impl Funding {
    /// The call.
    pub fn call(&self, id: FundingCallId) -> Option<&Arc<Call>> {
        self.calls.get(&id)
    }

    /// Every call by its id, but for those that were recorded by mistake.
    pub fn calls(&self) -> impl Iterator<Item = &Arc<Call>> {
        self.calls_between(EVERY)
    }

    /// The same `between` two ids.
    pub fn calls_between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Call>> {
        between(&self.calls, ids).filter(|it| it.annulled.is_none())
    }

    /// The calls of `programme` itself.
    pub fn calls_of(&self, programme: ProgrammeId) -> impl Iterator<Item = &Arc<Call>> {
        self.calls_of_programme.of(programme).filter_map(|id| self.calls.get(&id))
    }

    /// The request.
    pub fn request(&self, id: FundingRequestId) -> Option<&Arc<Request>> {
        self.requests.get(&id)
    }

    /// Every request by its id, but for those that were recorded by mistake.
    pub fn requests(&self) -> impl Iterator<Item = &Arc<Request>> {
        self.requests_between(EVERY)
    }

    /// The same `between` two ids.
    pub fn requests_between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Request>> {
        between(&self.requests, ids).filter(|it| it.annulled.is_none())
    }

    fn all(
        &self,
        ids: impl Iterator<Item = FundingRequestId>,
    ) -> impl Iterator<Item = &Arc<Request>> {
        ids.filter_map(|id| self.requests.get(&id))
    }

    /// The requests that answer `call`.
    pub fn requests_of_call(&self, call: FundingCallId) -> impl Iterator<Item = &Arc<Request>> {
        self.all(self.by_call.of(call))
    }

    /// The requests within `programme` itself.
    pub fn requests_of_programme(
        &self,
        programme: ProgrammeId,
    ) -> impl Iterator<Item = &Arc<Request>> {
        self.all(self.by_programme.of(programme))
    }

    /// The requests for `intervention`.
    pub fn requests_of_intervention(
        &self,
        intervention: InterventionId,
    ) -> impl Iterator<Item = &Arc<Request>> {
        self.all(self.by_intervention.of(intervention))
    }

    /// The requests of `applicant`.
    pub fn requests_of_applicant(&self, applicant: ActorId) -> impl Iterator<Item = &Arc<Request>> {
        self.all(self.by_applicant.of(applicant))
    }

    /// The requests that `actor` granted, or on which it signed an agreement or paid.
    pub fn requests_backed_by(&self, actor: ActorId) -> impl Iterator<Item = &Arc<Request>> {
        self.all(self.by_backer.of(actor))
    }

    /// The requests on `envelope`.
    pub fn requests_of_envelope(
        &self,
        envelope: EnvelopeId,
    ) -> impl Iterator<Item = &Arc<Request>> {
        self.all(self.by_envelope.of(envelope))
    }

    /// The requests for something that lies in `territory`, wholly or in part, each once.
    pub fn requests_within(&self, territory: TerritoryId) -> BTreeSet<FundingRequestId> {
        let inner = self.by_territory.keys().filter(|it| it.is_within(territory));
        inner.flat_map(|it| self.by_territory.of(*it)).collect()
    }

    /// The requests with a planned disbursement that is late on `day`.
    pub fn late(&self, day: Date) -> impl Iterator<Item = &Arc<Request>> {
        self.requests().filter(move |it| it.late(day).next().is_some())
    }

    pub(crate) fn apply_call(
        &mut self,
        id: FundingCallId,
        event: &funding_call::Event,
        recorded: &Recorded,
    ) {
        if let funding_call::Event::Drafted { programme, .. } = event {
            self.calls_of_programme.insert(*programme, id);
        }
        if let (funding_call::Event::Annulled { .. }, Some(call)) = (event, self.calls.get(&id)) {
            self.calls_of_programme.remove(call.programme, id);
        }
        calls::apply(&mut self.calls, id, event, recorded);
    }

    pub(crate) fn apply_request(
        &mut self,
        id: FundingRequestId,
        event: &funding_request::Event,
        recorded: &Recorded,
    ) {
        fold::apply(self, id, event, recorded);
    }
}
