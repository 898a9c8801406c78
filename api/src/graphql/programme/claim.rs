//! What sources say of a programme, and how their disagreements ended.
use async_graphql::{Object, SimpleObject};
use domain::programme::Claim;
use domain::text::Name;
use projections::programmes::{About, Claimed, Settled};

use crate::graphql::enums::Choice;
use crate::graphql::scalars::Shown;
use crate::graphql::values::{MoneyObject, PeriodObject, Text};
use crate::graphql::view::{SourceObject, StampObject, View};

/// What a source says: one of the fields is there, as `about` tells.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ClaimValue {
    /// What it is about.
    about: Choice<About>,
    /// The title.
    title: Option<Text>,
    /// The period.
    period: Option<PeriodObject>,
    /// The budget.
    budget: Option<MoneyObject>,
    /// The status, in the source's words.
    status: Option<Shown<Name>>,
}

impl From<&Claim> for ClaimValue {
    fn from(claim: &Claim) -> Self {
        let about = Choice(About::from(claim));
        let mut value = Self { about, title: None, period: None, budget: None, status: None };
        match claim {
            Claim::Title(title) => value.title = Some(title.into()),
            Claim::Period(period) => value.period = Some((*period).into()),
            Claim::Budget(budget) => value.budget = Some((*budget).into()),
            Claim::Status(status) => value.status = Some(Shown(status.clone())),
        }
        value
    }
}

/// What one source says of a programme.
pub struct ClaimObject {
    pub(super) view: View,
    pub(super) it: Claimed,
}

/// What one source says of a programme.
#[Object(serial, name = "Claim")]
impl ClaimObject {
    /// What it says.
    async fn value(&self) -> ClaimValue {
        (&*self.it.claim).into()
    }

    /// Where it was read.
    async fn source(&self) -> Option<SourceObject> {
        self.view.source(self.it.source.as_deref())
    }

    /// Who reported it, and when.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}

/// How a disagreement of sources ended.
pub struct ClaimSettlement {
    pub(super) view: View,
    pub(super) it: Settled,
}

/// How a disagreement of sources ended.
#[Object(serial)]
impl ClaimSettlement {
    /// What holds.
    async fn value(&self) -> ClaimValue {
        (&*self.it.claim).into()
    }

    /// Why.
    async fn reason(&self) -> Text {
        (&*self.it.reason).into()
    }

    /// On which source.
    async fn source(&self) -> Option<SourceObject> {
        self.view.source(self.it.source.as_deref())
    }

    /// Who settled it, and when.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}
