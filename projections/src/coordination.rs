//! Who does what, where and when, and what follows from it: what nobody does, what several do side
//! by side, and what may have been written down twice. All of it is computed when it is asked.
use std::sync::Arc;

use jiff::civil::Date;

use crate::interventions::{Days, Intervention, Participation, Stage};

pub mod duplicates;
pub mod gaps;
pub mod matrix;
pub mod overlaps;

/// The days that a question is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// From this day on; `None` sets no limit.
    pub first: Option<Date>,
    /// Up to this day; `None` sets no limit.
    pub last: Option<Date>,
    /// The day that stages are read on; `None` where they are read as they are known last.
    pub on: Option<Date>,
    /// The day of the question: what has no end is counted up to it.
    pub today: Date,
}

impl Window {
    /// From `first` to `last`. Where a day `on` is asked for and no limit is set, on that day.
    pub fn new(first: Option<Date>, last: Option<Date>, on: Option<Date>, today: Date) -> Self {
        match (first, last) {
            (None, None) => Self { first: on, last: on, on, today },
            _ => Self { first, last, on, today },
        }
    }

    /// Whether `intervention` can go on in it: what has no known day is never left out.
    pub fn takes(&self, intervention: &Intervention) -> bool {
        intervention.days().is_none_or(|days| days.meet(self.first, self.last))
    }

    /// The days of `intervention` in it, where any is known.
    pub fn days(&self, intervention: &Intervention) -> Option<Days> {
        intervention.days()?.between(self.first, self.last)
    }

    /// Who can take part in `intervention` in it.
    pub fn participations<'a>(
        &self,
        intervention: &'a Intervention,
    ) -> impl Iterator<Item = &'a Participation> + use<'a> {
        let (first, last) = (self.first, self.last);
        intervention.participations.iter().filter(move |it| it.meets(first, last))
    }

    /// How far `intervention` has come.
    pub fn stage(&self, intervention: &Intervention) -> Option<Stage> {
        self.on.map_or(Some(intervention.stage), |day| intervention.stage_on(day))
    }
}

/// Interventions, shared.
pub type Chosen<'a> = &'a [&'a Arc<Intervention>];
