//! The card of an actor: what it does, on one page. Counts, for reading it alone: there is no order of
//! actors by them.
use async_graphql::{Object, SimpleObject};
use domain::ids::ActorId;
use domain::intervention::Role;
use jiff::civil::Date;
use projections::card::{Card, Promises};
use projections::funding::Balance;
use projections::lineage::{BalanceOf, CardOf, Funded, Part};
use projections::{programmes, service_units};

use crate::graphql::balance::BalanceObject;
use crate::graphql::coordination_body::MembershipObject;
use crate::graphql::enums::Choice;
use crate::graphql::lineage::LineageObject;
use crate::graphql::list::List;
use crate::graphql::scalars::Shown;
use crate::graphql::view::{Seen, View};

/// What one actor does on a day. What it did before a merger counts.
pub struct CardObject {
    pub(super) view: View,
    pub(super) actor: ActorId,
    pub(super) day: Date,
    pub(super) it: Card,
}

/// In how many interventions an actor has a role.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct RoleCount {
    /// Which role.
    role: Choice<Role>,
    /// In how many interventions.
    interventions: Shown<i64>,
    /// Where that number comes from.
    lineage: LineageObject,
}

/// How many promises were kept, and how many are not kept yet.
#[derive(SimpleObject)]
#[graphql(serial, name = "CommitmentCounts")]
pub struct PromisesObject {
    /// Kept in full.
    kept: Shown<i64>,
    /// Accepted, and still to be kept in full: late ones too.
    open: Shown<i64>,
    /// Late on the day.
    late: Shown<i64>,
    /// Waiting for the other side's answer.
    offered: Shown<i64>,
    /// Where these numbers come from.
    lineage: LineageObject,
}

impl PromisesObject {
    fn of(it: Promises, lineage: LineageObject) -> Self {
        Self {
            kept: whole(it.kept),
            open: whole(it.open),
            late: whole(it.late),
            offered: whole(it.offered),
            lineage,
        }
    }
}

impl CardObject {
    fn lineage_of(&self, part: Part, role: Option<Role>) -> LineageObject {
        LineageObject::of(&self.view, CardOf { actor: self.actor, part, role, on: self.day })
    }

    fn balance(&self, requests: Funded, it: &Balance) -> BalanceObject {
        let asked = BalanceOf { requests, by: None, of: None, on: self.day };
        BalanceObject::of(&self.view, asked, it.clone())
    }
}

fn whole(count: u64) -> Shown<i64> {
    Shown(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What one actor does on a day, on one page. What it did before a merger counts; nothing here is a
/// score.
#[Object(serial, name = "ActorCard")]
impl CardObject {
    /// The day that this is said for.
    async fn on(&self) -> Shown<Date> {
        Shown(self.day)
    }

    /// In how many interventions it has each role.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn roles(&self) -> List<RoleCount> {
        let roles = self.it.roles.iter();
        roles
            .map(|(role, it)| RoleCount {
                role: Choice(*role),
                interventions: whole(*it),
                lineage: self.lineage_of(Part::Roles, Some(*role)),
            })
            .collect()
    }

    /// The programmes that it carries.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn operates(&self) -> List<Seen<programmes::Programme>> {
        self.it.operates.iter().filter_map(|id| self.view.programme(*id)).map(|it| it.0).collect()
    }

    /// The programmes that it pays for.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn funds(&self) -> List<Seen<programmes::Programme>> {
        self.it.funds.iter().filter_map(|id| self.view.programme(*id)).map(|it| it.0).collect()
    }

    /// The programmes in which it is a partner.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn partners(&self) -> List<Seen<programmes::Programme>> {
        self.it.partners.iter().filter_map(|id| self.view.programme(*id)).map(|it| it.0).collect()
    }

    /// How it stands with what it promised.
    async fn commitments(&self) -> PromisesObject {
        PromisesObject::of(self.it.made, self.lineage_of(Part::Made, None))
    }

    /// How others stand with what they promised to it.
    async fn commitments_received(&self) -> PromisesObject {
        PromisesObject::of(self.it.received, self.lineage_of(Part::Received, None))
    }

    /// The funding that it asked for.
    async fn funding_asked(&self) -> BalanceObject {
        self.balance(Funded { applicant: Some(self.actor), ..Funded::default() }, &self.it.asked)
    }

    /// The funding that it pays, as envelope's funder or as who granted it.
    async fn funding_paid(&self) -> BalanceObject {
        let funder = Some(self.actor);
        self.balance(Funded { funder, granted: true, ..Funded::default() }, &self.it.paid)
    }

    /// The seats that it has in coordination bodies.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn seats(&self) -> List<MembershipObject> {
        let seat = |(body, id): &(_, _)| {
            let body = self.view.body(*body)?;
            let own = body.it.memberships.iter().find(|it| it.id == *id)?;
            Some(MembershipObject::new(&body, own))
        };
        self.it.seats.iter().filter_map(seat).collect()
    }

    /// How many actions it has still to do because of meetings: late ones too.
    async fn open_actions(&self) -> Shown<i64> {
        whole(self.it.open_actions)
    }

    /// How many of those are late.
    async fn late_actions(&self) -> Shown<i64> {
        whole(self.it.late_actions)
    }

    /// Where the numbers of its actions come from.
    async fn actions_lineage(&self) -> LineageObject {
        self.lineage_of(Part::Actions, None)
    }

    /// The service units that it hosts and that are not closed.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn service_units(&self) -> List<Seen<service_units::ServiceUnit>> {
        let units = &self.view.models.service_units;
        let found = self.it.hosts.iter().filter_map(|id| units.get(*id));
        found.map(|it| self.view.see(it)).collect()
    }

    /// How many mandates let somebody act for it.
    async fn mandates_in_force(&self) -> Shown<i64> {
        whole(self.it.mandates)
    }

    /// Where that number comes from.
    async fn mandates_lineage(&self) -> LineageObject {
        self.lineage_of(Part::Mandates, None)
    }
}
