//! Which way the money goes: from a funder through a programme to a theme and a territory.
//!
//! Every request, or every envelope, is one contribution that runs through all four layers, so that
//! each layer carries the same total, which is that of the balances. No amount is ever split: what is
//! about several themes goes to "several", what names several territories to the smallest that holds
//! them all.
use std::collections::BTreeMap;

use domain::classification::SectorCategory;
use domain::ids::{ActorId, ProgrammeId};
use domain::territory::TerritoryId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Request, covering};
use crate::Models;
use crate::amounts::Amounts;
use crate::classified::Classification;
use crate::programmes::Envelope;

/// Which amounts flow.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// What programmes set aside, envelope by envelope.
    SetAside,
    /// What was asked.
    Asked,
    /// What was granted.
    Granted,
    /// What was agreed, after every amendment.
    Agreed,
    /// What was paid.
    Disbursed,
    /// What was spent.
    Spent,
    /// What was spent and validated.
    Validated,
    /// What was given back.
    Refunded,
}

impl Measure {
    /// The amounts of `request` that it counts; nothing where the request has not come so far. It is
    /// what a balance sums.
    pub fn of(self, request: &Request) -> Amounts {
        let known = |amount: Option<_>| amount.map(|it| Amounts::from_iter([Some(it)]));
        match self {
            Self::SetAside => Amounts::default(),
            Self::Asked => Amounts::from_iter([request.asked]),
            Self::Granted => known(request.granted).unwrap_or_default(),
            Self::Agreed => {
                known(request.agreement.as_ref().map(|it| it.amount)).unwrap_or_default()
            }
            Self::Disbursed => request.disbursed.clone(),
            Self::Spent => request.spent.clone(),
            Self::Validated => request.validated.clone(),
            Self::Refunded => request.refunded.clone(),
        }
    }
}

/// Between which two layers a link lies.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// From who pays to a programme.
    FunderToProgramme,
    /// From a programme to what it is for.
    ProgrammeToTheme,
    /// From what it is for to where.
    ThemeToTerritory,
}

impl Layer {
    /// From the first to the last.
    pub const ALL: [Self; 3] =
        [Self::FunderToProgramme, Self::ProgrammeToTheme, Self::ThemeToTerritory];
}

/// What the money is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Sectors of one category.
    Category(SectorCategory),
    /// Sectors of several categories: nobody said how much for which.
    Several,
    /// Nobody said.
    NotClassified,
}

/// Where money comes from or goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stop {
    /// Who pays; `None` where nobody said.
    Funder(Option<ActorId>),
    /// A programme.
    Programme(ProgrammeId),
    /// What it is for.
    Purpose(Purpose),
    /// Where; `None` where nobody said.
    Territory(Option<TerritoryId>),
}

/// The money that goes from one place to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// How much, and how many amounts nobody declared.
    pub amounts: Amounts,
    /// How many requests or envelopes it is made of.
    pub parts: u64,
    /// Which of [`Flows::contributions`] these are, in order: several links carry the same one.
    pub of: Vec<usize>,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// How much there is in all: what each layer carries.
    pub total: Flow,
    /// The links, layer by layer.
    pub links: BTreeMap<(Layer, Stop, Stop), Flow>,
    /// What each request or envelope comes to; it runs through one link of each layer.
    pub contributions: Vec<Amounts>,
}

/// One request or envelope, and where its money goes.
struct Contribution {
    funder: Option<ActorId>,
    programme: ProgrammeId,
    purpose: Purpose,
    territory: Option<TerritoryId>,
    amounts: Amounts,
}

impl Flows {
    /// The flows of `requests` by `measure`.
    pub fn of_requests<'a>(
        requests: impl IntoIterator<Item = &'a Request>,
        measure: Measure,
        models: &Models,
    ) -> Self {
        let mut flows = Self::default();
        for it in requests {
            let intervention = it.intervention.and_then(|id| models.interventions.get(id));
            let own = intervention.and_then(|it| it.classification.as_ref());
            let inherited = models.programmes.classification(it.programme).map(|(_, it)| it);
            let named = intervention.filter(|_| it.territories.is_empty());
            flows.add(&Contribution {
                funder: models.funding.funder(it, &models.programmes),
                programme: it.programme,
                purpose: purpose(own.or(inherited).map(AsRef::as_ref)),
                territory: covering(named.map_or(&it.territories, |it| &it.territories)),
                amounts: measure.of(it),
            });
        }
        flows
    }

    /// The flows of what `envelopes` set aside.
    pub fn of_envelopes<'a>(
        envelopes: impl IntoIterator<Item = &'a Envelope>,
        models: &Models,
    ) -> Self {
        let mut flows = Self::default();
        for it in envelopes {
            let classification = models.programmes.classification(it.programme).map(|(_, it)| it);
            let programme = models.programmes.get(it.programme);
            flows.add(&Contribution {
                funder: it.funder,
                programme: it.programme,
                purpose: purpose(classification.map(AsRef::as_ref)),
                territory: programme.and_then(|it| covering(&it.territories)),
                amounts: Amounts::from_iter([Some(it.amount)]),
            });
        }
        flows
    }

    /// The sum of one layer's links.
    pub fn layer(&self, layer: Layer) -> Flow {
        let mut sum = Flow::default();
        for flow in self.links.iter().filter(|((at, ..), _)| *at == layer).map(|(_, it)| it) {
            sum.amounts.merge(&flow.amounts);
            sum.parts += flow.parts;
            sum.of.extend(&flow.of);
        }
        sum.of.sort_unstable();
        sum
    }

    fn add(&mut self, it: &Contribution) {
        if it.amounts == Amounts::default() {
            return;
        }
        let (programme, purpose) = (Stop::Programme(it.programme), Stop::Purpose(it.purpose));
        let links = [
            (Layer::FunderToProgramme, Stop::Funder(it.funder), programme),
            (Layer::ProgrammeToTheme, programme, purpose),
            (Layer::ThemeToTerritory, purpose, Stop::Territory(it.territory)),
        ];
        let place = self.contributions.len();
        self.contributions.push(it.amounts.clone());
        for link in links {
            self.links.entry(link).or_default().add(it, place);
        }
        self.total.add(it, place);
    }
}

impl Flow {
    fn add(&mut self, it: &Contribution, place: usize) {
        self.amounts.merge(&it.amounts);
        self.parts += 1;
        self.of.push(place);
    }
}

fn purpose(classification: Option<&Classification>) -> Purpose {
    let categories = classification.map(Classification::categories).unwrap_or_default();
    match categories.as_slice() {
        [] => Purpose::NotClassified,
        [one] => Purpose::Category(*one),
        _ => Purpose::Several,
    }
}

impl Stop {
    /// Its place in a list: a text that no other stop of its layer has. What nobody said comes last.
    pub fn place(self) -> String {
        const UNKNOWN: &str = "~";
        match self {
            Self::Funder(it) => it.map_or(UNKNOWN.to_owned(), |it| it.to_string()),
            Self::Programme(it) => it.to_string(),
            Self::Purpose(Purpose::Category(it)) => it.to_string(),
            Self::Purpose(Purpose::Several) => "several".to_owned(),
            Self::Purpose(Purpose::NotClassified) => UNKNOWN.to_owned(),
            Self::Territory(it) => it.map_or(UNKNOWN.to_owned(), |it| it.to_string()),
        }
    }
}
