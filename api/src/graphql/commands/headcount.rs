//! Counts of people, as the domain takes them.
use async_graphql::InputObject;
use domain::measure::Quantity;
use domain::population::{Headcount, Part, PopulationGroup, Profession, Sex};

use super::desk::{Desk, Take};
use crate::graphql::enums::Choice;
use crate::graphql::problem::Problem;
use crate::graphql::scalars::Given;

/// How many people, and how they break down: the parts and what is unknown add up to the total.
#[derive(InputObject, Clone, Debug)]
pub struct HeadcountInput {
    /// How many in all.
    total: Given<Quantity>,
    /// How many of whom, each counted once; left out where the source has no breakdown.
    #[graphql(default)]
    parts: Vec<PartInput>,
    /// How many the source does not break down.
    unknown: Option<Given<Quantity>>,
}

/// One part of a count of people.
#[derive(InputObject, Clone, Debug)]
#[graphql(name = "HeadcountPartInput")]
pub struct PartInput {
    /// Of which sex; both where it is left out.
    sex: Option<Choice<Sex>>,
    /// Of which group; all where it is left out.
    group: Option<Choice<PopulationGroup>>,
    /// Of which profession; all where it is left out.
    profession: Option<Choice<Profession>>,
    /// How many.
    count: Given<Quantity>,
}

impl Take for HeadcountInput {
    type Domain = Headcount;

    fn take(self, desk: &Desk<'_>) -> Result<Headcount, Problem> {
        Ok(Headcount {
            total: self.total.take(desk).map_err(|it| it.at("total"))?,
            parts: self.parts.take(desk).map_err(|it| it.at("parts"))?,
            unknown: self.unknown.take(desk).map_err(|it| it.at("unknown"))?,
        })
    }
}

impl Take for PartInput {
    type Domain = Part;

    fn take(self, desk: &Desk<'_>) -> Result<Part, Problem> {
        Ok(Part {
            sex: self.sex.map(|it| it.0),
            group: self.group.map(|it| it.0),
            profession: self.profession.map(|it| it.0),
            count: self.count.take(desk).map_err(|it| it.at("count"))?,
        })
    }
}
