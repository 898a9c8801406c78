//! What the sources on one subject allow.
use super::{
    ATTRIBUTIONS_MAX, CLAIMS_MAX, CONFLICTS_MAX, Claim, Command, Conflict, Refusal, Sourcing,
    SubjectRef,
};
use crate::aggregate::ensure;
use crate::ids::ConflictId;
use crate::recorded::Fact;

impl Sourcing {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Attribute { subject, event, source, .. } => {
                self.must_be_about(subject)?;
                let mut known = self.attributed.iter();
                let new = !known.any(|(at, it)| at == event && it == source);
                ensure(new, Refusal::AlreadyAttributed)?;
                must_fit(self.attributed.len() + 1, ATTRIBUTIONS_MAX)
            }
            Command::RecordConflict { subject, conflict, claims, .. } => {
                self.must_be_about(subject)?;
                let new = !self.conflicts.contains_key(conflict);
                ensure(new, Refusal::DuplicateConflict)?;
                must_fit(self.conflicts.len() + 1, CONFLICTS_MAX)?;
                must_disagree(claims)
            }
            Command::AddClaim { conflict, claim } => {
                let known = self.must_know(*conflict)?;
                let mut others = known.claims.iter();
                ensure(!others.any(|(id, _)| *id == claim.claim), Refusal::DuplicateClaim)?;
                let mut others = known.claims.iter();
                ensure(!others.any(|(_, it)| *it == claim.source), Refusal::SameSource)?;
                must_fit(known.claims.len() + 1, CLAIMS_MAX)
            }
            Command::Settle { conflict, claim, value, .. } => {
                let known = self.must_know(*conflict)?;
                ensure(!known.settled, Refusal::AlreadySettled)?;
                ensure(claim.is_some() != value.is_some(), Refusal::ClaimOrValue)?;
                let mut claims = known.claims.iter();
                let own = claim.is_none_or(|claim| claims.any(|(id, _)| *id == claim));
                ensure(own, Refusal::UnknownClaim)
            }
        }
    }

    fn must_be_about(&self, subject: &SubjectRef) -> Result<(), Refusal> {
        let known = Fact::AGGREGATES.contains(&subject.r#type.as_str());
        ensure(known, Refusal::UnknownSubjectType)?;
        let own = self.subject.as_ref().is_none_or(|it| it == subject);
        ensure(own, Refusal::OtherSubject)
    }

    fn must_know(&self, conflict: ConflictId) -> Result<&Conflict, Refusal> {
        self.conflicts.get(&conflict).ok_or(Refusal::UnknownConflict)
    }
}

/// Two claims or more, each of another source or another place in it, that do not all say the same.
fn must_disagree(claims: &[Claim]) -> Result<(), Refusal> {
    must_fit(claims.len(), CLAIMS_MAX)?;
    let [first, others @ ..] = claims else { return Err(Refusal::TooFewClaims) };
    ensure(!others.is_empty(), Refusal::TooFewClaims)?;
    for (place, claim) in others.iter().enumerate() {
        let before = &claims[..=place];
        ensure(before.iter().all(|it| it.claim != claim.claim), Refusal::DuplicateClaim)?;
        ensure(before.iter().all(|it| it.source != claim.source), Refusal::SameSource)?;
    }
    ensure(others.iter().any(|it| it.value != first.value), Refusal::ClaimsAgree)
}

fn must_fit(count: usize, max: usize) -> Result<(), Refusal> {
    ensure(count <= max, Refusal::TooMany { max })
}
