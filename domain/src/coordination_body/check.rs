//! What a coordination body allows.
use super::{Command, CoordinationBody, MEMBERSHIPS_MAX, Refusal, Seat, Stage, What};
use crate::aggregate::ensure;
use crate::effective::Effective;
use crate::ids::{ActorId, MembershipId};

impl CoordinationBody {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Constitute { .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyConstituted)
            }
            Command::AddMember { membership, actor, seat, from } => {
                self.can_join(*membership, *actor, *seat, *from)
            }
            Command::EndMembership { membership, to, .. } => self.can_leave(*membership, *to),
            Command::Dissolve { on, .. } => {
                let constituted = self.must_stand()?.constituted;
                must_run_forward(constituted, *on)
            }
            Command::Correct { kind, title, on, .. } => {
                let what = self.must_exist()?;
                let changed = kind.is_some_and(|it| it != what.kind)
                    || title.as_ref().is_some_and(|it| *it != what.title)
                    || on.is_some_and(|it| it != what.constituted);
                ensure(changed, Refusal::NothingCorrected)?;
                let dates = on.zip(self.dissolved);
                dates.map_or(Ok(()), |(from, to)| must_run_forward(from, to))
            }
            Command::Annul { .. } => self.must_exist().map(|_| ()),
        }
    }

    fn can_join(
        &self,
        membership: MembershipId,
        actor: ActorId,
        seat: Seat,
        from: Effective,
    ) -> Result<(), Refusal> {
        self.must_stand()?;
        let new = !self.memberships.contains_key(&membership);
        ensure(new, Refusal::DuplicateMembership)?;
        let mut lasting = self.memberships.values().filter(|it| it.to.is_none());
        let twice = lasting.any(|it| (it.actor, it.seat) == (actor, seat));
        ensure(!twice, Refusal::AlreadySits)?;
        if seat == Seat::Chair {
            let mut chairs = self.memberships.values().filter(|it| it.seat == seat);
            let other = chairs.find(|it| it.covers(from)).map(|it| it.actor);
            other.map_or(Ok(()), |chair| Err(Refusal::SecondChair { chair }))?;
        }
        let fits = self.memberships.len() < MEMBERSHIPS_MAX;
        ensure(fits, Refusal::TooMany { max: MEMBERSHIPS_MAX })
    }

    fn can_leave(&self, membership: MembershipId, to: Effective) -> Result<(), Refusal> {
        self.must_exist()?;
        let found = self.memberships.get(&membership).ok_or(Refusal::UnknownMembership)?;
        found.to.map_or(Ok(()), |to| Err(Refusal::MembershipOver { to }))?;
        must_run_forward(found.from, to)
    }

    fn must_exist(&self) -> Result<&What, Refusal> {
        ensure(self.stage != Stage::Annulled, Refusal::Annulled)?;
        self.what.as_ref().ok_or(Refusal::NotConstituted)
    }

    fn must_stand(&self) -> Result<&What, Refusal> {
        let what = self.must_exist()?;
        let stage = self.stage;
        ensure(self.stands(), Refusal::OutOfTurn { stage })?;
        Ok(what)
    }
}

fn must_run_forward(from: Effective, to: Effective) -> Result<(), Refusal> {
    ensure(!to.is_certainly_before(from), Refusal::EndsBeforeStart { from, to })
}
