//! Figures of money.
use std::collections::BTreeSet;

use domain::ids::{ActorId, EnvelopeId, FundingCallId, ProgrammeId};
use domain::territory::TerritoryId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Counting, Lineage};
use crate::funding::flows::{Flow, Flows, Layer, Measure};
use crate::funding::{Balance, Grouping, Request};
use crate::programmes::Envelope;
use crate::{Models, Subject};

/// What an envelope holds, and what is left of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnvelopeOf {
    /// Which.
    pub id: EnvelopeId,
}

/// Which funding requests, or envelopes, are counted; all of the conditions hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Funded {
    /// Those within this programme, or one that is part of it.
    pub programme: Option<ProgrammeId>,
    /// Those of that programme itself alone.
    #[serde(default)]
    pub alone: bool,
    /// Those that answer this call.
    pub call: Option<FundingCallId>,
    /// Those that this actor asked for; a merger is followed.
    pub applicant: Option<ActorId>,
    /// Those that this actor pays for; a merger is followed.
    pub funder: Option<ActorId>,
    /// Those to which anything is granted.
    #[serde(default)]
    pub granted: bool,
    /// Those for something in this territory.
    pub within: Option<TerritoryId>,
}

/// What was asked, granted, paid and spent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BalanceOf {
    /// Of which requests.
    #[serde(flatten)]
    pub requests: Funded,
    /// Of one group alone: by what they are grouped.
    pub by: Option<Grouping>,
    /// Of which group: [`crate::funding::Group::place`].
    pub of: Option<String>,
    /// The day that planned payments are late on.
    pub on: Date,
}

/// What flows from funders to territories.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowOf {
    /// Of which requests, or envelopes.
    #[serde(flatten)]
    pub funded: Funded,
    /// Which amounts.
    pub measure: Measure,
    /// Through one link alone: between which layers it lies.
    pub layer: Option<Layer>,
    /// Where it comes from: [`crate::funding::flows::Stop::place`].
    pub from: Option<String>,
    /// Where it goes.
    pub to: Option<String>,
}

/// [`Funded`], read against what is known.
struct Wanted<'a> {
    models: &'a Models,
    funded: &'a Funded,
    programmes: Option<BTreeSet<ProgrammeId>>,
    applicants: Option<BTreeSet<ActorId>>,
    funders: Option<BTreeSet<ActorId>>,
}

impl Funded {
    /// The requests that count.
    pub fn requests<'a>(&'a self, models: &'a Models) -> impl Iterator<Item = &'a Request> {
        let wanted = self.read(models);
        models.funding.requests().map(AsRef::as_ref).filter(move |it| wanted.holds(it))
    }

    /// The envelopes that count: those of the programmes and of the funder.
    pub fn envelopes<'a>(&'a self, models: &'a Models) -> impl Iterator<Item = &'a Envelope> {
        let wanted = self.read(models);
        let all = models.programmes.iter().flat_map(|it| models.programmes.envelopes(it.id));
        all.map(AsRef::as_ref).filter(move |it| wanted.holds_envelope(it))
    }

    fn read<'a>(&'a self, models: &'a Models) -> Wanted<'a> {
        let programmes = self.programme.map(|id| {
            if self.alone {
                [id].into()
            } else {
                models.programmes.subtree(id).into_iter().collect()
            }
        });
        Wanted {
            models,
            funded: self,
            programmes,
            applicants: self.applicant.map(|id| models.actors.identities(id)),
            funders: self.funder.map(|id| models.actors.identities(id)),
        }
    }

    /// What decides which of `requests` count.
    fn rests_on<'a>(
        &self,
        models: &Models,
        requests: impl Iterator<Item = &'a Request>,
    ) -> Vec<Subject> {
        let mut all = Vec::new();
        for it in requests {
            all.extend(models.line_of(it.programme).filter(|_| self.programme.is_some()));
            all.extend(self.applicant.into_iter().flat_map(|_| models.merged_with(it.applicant)));
            if self.funder.is_some() {
                all.extend(payer(models, it));
                let funder = models.funding.funder(it, &models.programmes);
                all.extend(funder.into_iter().flat_map(|id| models.merged_with(id)));
            }
        }
        all
    }
}

impl Wanted<'_> {
    fn holds(&self, it: &Request) -> bool {
        self.programmes.as_ref().is_none_or(|all| all.contains(&it.programme))
            && self.funded.call.is_none_or(|call| it.call == Some(call))
            && self.applicants.as_ref().is_none_or(|all| all.contains(&it.applicant))
            && (!self.funded.granted || it.granted.is_some())
            && self.funded.within.is_none_or(|territory| it.is_within(territory))
            && self.is_paid_by(|| self.models.funding.funder(it, &self.models.programmes))
    }

    fn holds_envelope(&self, it: &Envelope) -> bool {
        let named = |territory: TerritoryId| {
            let programme = self.models.programmes.get(it.programme);
            programme.is_some_and(|it| it.territories.iter().any(|it| it.is_within(territory)))
        };
        self.programmes.as_ref().is_none_or(|all| all.contains(&it.programme))
            && self.funded.within.is_none_or(named)
            && self.is_paid_by(|| it.funder)
    }

    fn is_paid_by(&self, funder: impl FnOnce() -> Option<ActorId>) -> bool {
        self.funders.as_ref().is_none_or(|all| funder().is_some_and(|id| all.contains(&id)))
    }
}

/// The programme whose envelope pays for `request`.
fn payer(models: &Models, request: &Request) -> Option<Subject> {
    let envelope = request.envelope.and_then(|id| models.programmes.envelope(id));
    envelope.map(|it| it.programme.into())
}

impl Counting for EnvelopeOf {
    const NAME: &'static str = "envelope";

    fn lineage(&self, models: &Models) -> Lineage {
        let envelope = models.programmes.envelope(self.id);
        Lineage::of(envelope.map(|it| it.programme.into()), [])
    }

    fn value(&self, models: &Models) -> Value {
        let envelope = models.programmes.envelope(self.id);
        envelope.map_or(
            Value::Null,
            |it| json!({ "amount": it.amount, "reserved": it.reserved, "left": it.left() }),
        )
    }
}

impl BalanceOf {
    /// The requests that it sums.
    fn members<'a>(&'a self, models: &'a Models) -> impl Iterator<Item = &'a Request> {
        let is_of_group = move |it: &&Request| {
            let groups = self.by.map(|by| models.funding.groups(it, by, &models.programmes));
            let mut groups = groups.into_iter().flatten();
            self.by.is_none() || groups.any(|it| Some(it.place()) == self.of)
        };
        self.requests.requests(models).filter(is_of_group)
    }
}

impl Counting for BalanceOf {
    const NAME: &'static str = "balance";

    fn lineage(&self, models: &Models) -> Lineage {
        let mut rests_on = self.requests.rests_on(models, self.members(models));
        for it in self.members(models) {
            match self.by {
                Some(Grouping::Funder) => rests_on.extend(payer(models, it)),
                Some(Grouping::ProgrammeWithDescendants) => {
                    rests_on.extend(models.line_of(it.programme));
                }
                _ => {}
            }
        }
        Lineage::of(self.members(models).map(|it| it.id.into()), rests_on)
    }

    fn value(&self, models: &Models) -> Value {
        json!(Balance::of(self.members(models), self.on))
    }
}

impl FlowOf {
    fn takes(&self, flows: &Flows) -> bool {
        self.through(flows).is_some_and(|it| it.parts > 0)
    }

    /// What runs through the link, else all.
    fn through<'a>(&self, flows: &'a Flows) -> Option<&'a Flow> {
        let Some(layer) = self.layer else { return Some(&flows.total) };
        let mut links = flows.links.iter();
        let found = links.find(|((at, from, to), _)| {
            *at == layer
                && self.from.as_ref().is_none_or(|it| *it == from.place())
                && self.to.as_ref().is_none_or(|it| *it == to.place())
        });
        found.map(|(_, flow)| flow)
    }

    fn members<'a>(&'a self, models: &'a Models) -> impl Iterator<Item = &'a Request> {
        let all = self.funded.requests(models).filter(|_| self.measure != Measure::SetAside);
        all.filter(|it| self.takes(&Flows::of_requests([*it], self.measure, models)))
    }

    fn envelopes<'a>(&'a self, models: &'a Models) -> impl Iterator<Item = &'a Envelope> {
        let all = self.funded.envelopes(models).filter(|_| self.measure == Measure::SetAside);
        all.filter(|it| self.takes(&Flows::of_envelopes([*it], models)))
    }
}

impl Counting for FlowOf {
    const NAME: &'static str = "flow";

    fn lineage(&self, models: &Models) -> Lineage {
        let mut rests_on = self.funded.rests_on(models, self.members(models));
        for it in self.members(models) {
            rests_on.extend(payer(models, it));
            rests_on.extend(models.line_of(it.programme));
            rests_on.extend(it.intervention.map(Subject::from));
        }
        for it in self.envelopes(models) {
            rests_on.extend(models.line_of(it.programme));
            rests_on.extend(it.funder.into_iter().flat_map(|id| models.merged_with(id)));
        }
        let requests = self.members(models).map(|it| Subject::from(it.id));
        let programmes = self.envelopes(models).map(|it| Subject::from(it.programme));
        Lineage::of(requests.chain(programmes), rests_on)
    }

    fn value(&self, models: &Models) -> Value {
        let flows = if self.measure == Measure::SetAside {
            Flows::of_envelopes(self.envelopes(models), models)
        } else {
            Flows::of_requests(self.members(models), self.measure, models)
        };
        let flow = self.through(&flows).cloned().unwrap_or_default();
        json!({ "amounts": flow.amounts, "parts": flow.parts })
    }
}
