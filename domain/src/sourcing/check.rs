//! What the sources on one subject allow.
use super::{
    ATTRIBUTIONS_MAX, CLAIMS_MAX, CONFLICTS_MAX, Claim, Command, Conflict, Refusal, Sourcing,
    SubjectRef,
};
use crate::aggregate::ensure;
use crate::ids::ConflictId;
use crate::recorded::{Fact, Source};
use crate::text::Title;

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
                ensure(!others.any(|(id, ..)| *id == claim.claim), Refusal::DuplicateClaim)?;
                let others = known.claims.iter().map(|(_, value, source)| (value, source));
                must_be_elsewhere(claim, others)?;
                must_fit(known.claims.len() + 1, CLAIMS_MAX)
            }
            Command::Settle { conflict, claim, value, .. } => {
                let known = self.must_know(*conflict)?;
                ensure(!known.settled, Refusal::AlreadySettled)?;
                ensure(claim.is_some() != value.is_some(), Refusal::ClaimOrValue)?;
                let mut claims = known.claims.iter();
                let own = claim.is_none_or(|claim| claims.any(|(id, ..)| *id == claim));
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

/// One place says one thing once. A whole document, where nobody says where in it, may contradict
/// itself: the same page writes Khamsa and Khamssa.
fn must_be_elsewhere<'a>(
    claim: &Claim,
    mut others: impl Iterator<Item = (&'a Title, &'a Source)>,
) -> Result<(), Refusal> {
    let located = claim.source.locator.is_some();
    let same =
        others.any(|(value, source)| *source == claim.source && (located || *value == claim.value));
    ensure(!same, Refusal::SameSource)
}

/// Two claims or more, each of another source or another place in it, that do not all say the same.
fn must_disagree(claims: &[Claim]) -> Result<(), Refusal> {
    must_fit(claims.len(), CLAIMS_MAX)?;
    let [first, others @ ..] = claims else { return Err(Refusal::TooFewClaims) };
    ensure(!others.is_empty(), Refusal::TooFewClaims)?;
    for (place, claim) in others.iter().enumerate() {
        let before = &claims[..=place];
        ensure(before.iter().all(|it| it.claim != claim.claim), Refusal::DuplicateClaim)?;
        must_be_elsewhere(claim, before.iter().map(|it| (&it.value, &it.source)))?;
    }
    ensure(others.iter().any(|it| it.value != first.value), Refusal::ClaimsAgree)
}

fn must_fit(count: usize, max: usize) -> Result<(), Refusal> {
    ensure(count <= max, Refusal::TooMany { max })
}
