//! What somebody asks to be recorded, with the power that each step of it needs.
use domain::aggregate::Decider;
use domain::permission::{Acting, Denied, Needs, Power, decide};
use domain::recorded::Provenance;
use infra::ledger::Submission;
use serde::Serialize;

/// One command, or several that are recorded together or not at all, and what they need.
#[must_use = "it asks for nothing until it is submitted"]
pub struct Request {
    submission: Submission,
    needed: Vec<Power>,
}

impl Request {
    /// Nothing yet, said by whom and why.
    pub fn new(provenance: Provenance) -> Self {
        Self { submission: Submission::new(provenance), needed: Vec::new() }
    }

    /// Then `command` to the aggregate `id`.
    pub fn step<A: Decider>(mut self, id: A::Id, command: A::Command) -> Self
    where
        A::Command: Needs + Clone + Serialize + Sync + 'static,
    {
        self.needed.push(command.needs());
        Self { submission: self.submission.step::<A>(id, command), ..self }
    }

    /// Then, to the aggregate `id`, the command that `make` reads off the aggregate `read`. It
    /// needs the power `needed`: the command is not known yet.
    pub fn step_reading<A: Decider, B: Decider>(
        mut self,
        id: A::Id,
        read: B::Id,
        needed: Power,
        make: impl Fn(&B) -> A::Command + Send + Sync + 'static,
    ) -> Self
    where
        A::Command: Serialize,
    {
        self.needed.push(needed);
        Self { submission: self.submission.step_reading::<A, B>(id, read, make), ..self }
    }

    /// Then nothing, unless `check` refuses the aggregate `read`: see
    /// [`Submission::requiring`]. It needs no power: who may ask for the step may be told.
    pub fn requiring<B: Decider>(
        self,
        read: B::Id,
        check: impl Fn(&B) -> Result<(), B::Error> + Send + Sync + 'static,
    ) -> Self {
        Self { submission: self.submission.requiring::<B>(read, check), ..self }
    }

    /// Counts `input` to what tells this command from another that uses the same id.
    pub fn telling(self, input: &impl Serialize) -> Self {
        Self { submission: self.submission.telling(input), ..self }
    }

    /// The submission, where `acting` has every power that its steps need.
    pub(super) fn allowed_to(self, acting: Option<&Acting>) -> Result<Submission, Denied> {
        for power in self.needed {
            decide(acting, power)?;
        }
        Ok(self.submission)
    }
}
