//! What a deliberation allows.
use super::{Command, Deliberation, Event, Refusal, Stage, Votes};
use crate::aggregate::ensure;
use crate::effective::Effective;
use crate::measure::Quantity;

/// Waiting for the council.
const OPEN: &[Stage] = &[Stage::Tabled, Stage::Postponed];
/// Whatever holds, or waits.
const STANDING: &[Stage] = &[Stage::Tabled, Stage::Postponed, Stage::Adopted, Stage::Rejected];

impl Deliberation {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Table { .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyTabled)
            }
            Command::Adopt { votes, on, .. } => {
                self.can_be_decided(*on)?;
                must_agree(votes.as_ref(), Stage::Adopted)
            }
            Command::Reject { votes, on, .. } => {
                self.can_be_decided(*on)?;
                must_agree(votes.as_ref(), Stage::Rejected)
            }
            Command::Postpone { until, on, .. } => {
                self.can_be_decided(*on)?;
                let (until, on) = (until.unwrap_or(Effective::Unknown), *on);
                let backwards = until.is_certainly_before(on);
                ensure(!backwards, Refusal::PostponedBackwards { until, on })
            }
            Command::Annul { on, .. } => {
                self.must_stand_at(STANDING)?;
                self.must_follow_tabling(*on)?;
                self.decided.as_ref().map_or(Ok(()), |it| must_follow(*on, it.on))
            }
            Command::Correct { .. } => {
                self.must_stand_at(STANDING)?;
                self.can_correct(command)
            }
        }
    }

    /// A postponed matter comes back after the day on which it was postponed.
    fn can_be_decided(&self, on: Effective) -> Result<(), Refusal> {
        self.must_stand_at(OPEN)?;
        self.must_follow_tabling(on)?;
        self.decided.as_ref().map_or(Ok(()), |it| must_follow(on, it.on))
    }

    fn can_correct(&self, command: &Command) -> Result<(), Refusal> {
        let Command::Correct { number, votes, on, .. } = command else { return Ok(()) };
        let stage = self.stage;
        let voted = matches!(stage, Stage::Adopted | Stage::Rejected);
        let of_a_vote = number.is_some() || votes.is_some();
        ensure(voted || !of_a_vote, Refusal::NotDecided { stage })?;
        ensure(self.decided.is_some() || on.is_none(), Refusal::NotDecided { stage })?;
        let corrected = self.clone().evolve(Event::from(command.clone()));
        ensure(corrected != *self, Refusal::NothingCorrected)?;
        must_agree(votes.as_ref(), stage)?;
        on.map_or(Ok(()), |on| self.must_follow_tabling(on))
    }

    fn must_follow_tabling(&self, on: Effective) -> Result<(), Refusal> {
        self.tabled.as_ref().map_or(Ok(()), |it| must_follow(on, it.on))
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotTabled)?;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

fn must_follow(on: Effective, previous: Effective) -> Result<(), Refusal> {
    let early = on.is_certainly_before(previous);
    ensure(!early, Refusal::RunsBackwards { on, previous })
}

/// Whether the votes fit together and say what the council is said to have decided. A figure that
/// is not declared contradicts nothing.
fn must_agree(votes: Option<&Votes>, outcome: Stage) -> Result<(), Refusal> {
    let Some(votes) = votes else { return Ok(()) };
    let cast = votes.cast()?;
    let at_most = |number: Option<Quantity>, limit: Option<Quantity>| !matches!((number, limit), (Some(number), Some(limit)) if number > limit);
    let (members, present) = (votes.members, votes.present);
    ensure(
        at_most(Some(cast), present.or(members)),
        Refusal::MoreVotesThanVoters {
            cast: cast.get(),
            voters: present.or(members).unwrap_or_default().get(),
        },
    )?;
    ensure(
        at_most(present, members),
        Refusal::MorePresentThanMembers {
            present: present.unwrap_or_default().get(),
            members: members.unwrap_or_default().get(),
        },
    )?;
    ensure(
        at_most(votes.quorum, members),
        Refusal::QuorumOutOfReach {
            quorum: votes.quorum.unwrap_or_default().get(),
            members: members.unwrap_or_default().get(),
        },
    )?;
    // Who is present and does not vote is not counted, so votes alone never show a lack of quorum.
    ensure(
        present.is_none() || at_most(votes.quorum, present),
        Refusal::NoQuorum {
            present: present.unwrap_or_default().get(),
            quorum: votes.quorum.unwrap_or_default().get(),
        },
    )?;
    let (in_favour, against) = (votes.in_favour.get(), votes.against.get());
    match outcome {
        Stage::Adopted => ensure(in_favour > against, Refusal::NoMajority { in_favour, against }),
        Stage::Rejected => {
            ensure(in_favour <= against, Refusal::MajorityInFavour { in_favour, against })
        }
        _ => Ok(()),
    }
}

impl Votes {
    /// How many voted or abstained.
    fn cast(&self) -> Result<Quantity, Refusal> {
        let cast = self.in_favour.checked_add(self.against);
        let cast = cast.and_then(|it| it.checked_add(self.abstained));
        cast.map_err(|_| Refusal::VotesOutOfRange)
    }
}
