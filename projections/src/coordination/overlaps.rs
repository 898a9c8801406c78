//! What several do side by side: interventions of one theme, at one place, on the same days, under
//! different leads.
//!
//! For each theme and each place that an intervention names, one pass over the days (a sweep line)
//! finds the runs of days on which at least two interventions go on there under different leads. An
//! intervention that names a territory around the place takes part, marked; at least one names the
//! place itself. The cost grows with the interventions and the places that they name, not with their
//! pairs.
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use domain::classification::{Sector, Theme};
use domain::ids::{ActorId, InterventionId};
use domain::intervention::Role;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::gaps::above;
use super::{Chosen, Window};
use crate::actors::Actors;
use crate::interventions::{Days, Intervention, Participation};

/// How near two themes must be to be the same.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// The same sector.
    Sector,
    /// Sectors of the same category.
    Category,
}

/// One theme, one place, and a run of days on which several lead something there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// What it is about.
    pub theme: Theme,
    /// Where.
    pub territory: TerritoryId,
    /// When.
    pub days: Days,
    /// Which interventions, in the order of their ids.
    pub members: Vec<Member>,
}

/// One of the interventions that go on side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Which.
    pub intervention: InterventionId,
    /// What it names: the place itself, or what lies around it.
    pub named: TerritoryId,
    /// Who leads it on these days.
    pub leads: BTreeSet<ActorId>,
}

impl Overlap {
    /// Its place among all of them: a text that no other one has and that sorts as they do.
    pub fn place(&self) -> String {
        format!("{} {} {}", self.theme, self.territory, self.days.first)
    }

    /// Everybody who leads one of them on these days.
    pub fn leads(&self) -> BTreeSet<ActorId> {
        self.members.iter().flat_map(|it| &it.leads).copied().collect()
    }
}

/// One lead of one intervention, and the days on which it leads it.
#[derive(Clone, Copy)]
struct Piece {
    intervention: InterventionId,
    lead: ActorId,
    days: Days,
}

/// A piece at a place, and the territory that its intervention names there.
type Placed = (Piece, TerritoryId);

/// What goes on side by side among `chosen`, in the order of [`Overlap::place`]. Of each intervention
/// its own sectors count alone; one without known days or without a lead overlaps with nothing.
pub fn overlaps(
    chosen: Chosen<'_>,
    grain: Grain,
    about: Option<Theme>,
    within: Option<TerritoryId>,
    actors: &Actors,
    window: &Window,
) -> Vec<Overlap> {
    let mut named: BTreeMap<(Theme, TerritoryId), Vec<Piece>> = BTreeMap::new();
    for it in chosen {
        let pieces = pieces(it, actors, window);
        if pieces.is_empty() {
            continue;
        }
        let places: BTreeSet<_> = it.territories.iter().copied().collect();
        for theme in themes(it, grain, about) {
            for place in &places {
                named.entry((theme, *place)).or_default().extend(&pieces);
            }
        }
    }
    let mut found = Vec::new();
    for (&(theme, territory), own) in &named {
        if !within.is_none_or(|outer| territory.is_within(outer)) {
            continue;
        }
        let around = above(territory).filter_map(|it| Some((it, named.get(&(theme, it))?)));
        let around = around.flat_map(|(at, pieces)| pieces.iter().map(move |it| (*it, at)));
        let placed: Vec<Placed> = own.iter().map(|it| (*it, territory)).chain(around).collect();
        let runs = runs(&placed, territory).into_iter();
        found.extend(runs.map(|(days, members)| Overlap { theme, territory, days, members }));
    }
    found.sort_by_cached_key(Overlap::place);
    found
}

fn themes(it: &Intervention, grain: Grain, about: Option<Theme>) -> BTreeSet<Theme> {
    let sectors = it.classification.iter().flat_map(|it| it.sectors.iter().copied());
    let wanted = sectors.filter(|it| about.is_none_or(|theme| theme.covers(*it)));
    let theme = |it: Sector| match grain {
        Grain::Sector => Theme::Sector(it),
        Grain::Category => Theme::Category(it.category()),
    };
    wanted.map(theme).collect()
}

fn pieces(it: &Intervention, actors: &Actors, window: &Window) -> Vec<Piece> {
    let Some(days) = window.days(it) else {
        return Vec::new();
    };
    let leads = it.participations.iter().filter(|it| it.role == Role::Lead);
    let piece = |lead: &Participation| {
        let (intervention, actor) = (it.id, actors.resolve(lead.actor));
        Some(Piece { intervention, lead: actor, days: lead.days_of(days)? })
    };
    leads.filter_map(piece).collect()
}

/// What goes on at one moment of the sweep: how often each lead, each intervention and the place
/// itself is there.
#[derive(Default)]
struct Now {
    leads: HashMap<ActorId, usize>,
    interventions: HashMap<InterventionId, usize>,
    own: usize,
    active: BTreeSet<usize>,
}

impl Now {
    fn enter(&mut self, index: usize, placed: &Placed, territory: TerritoryId) {
        *self.leads.entry(placed.0.lead).or_default() += 1;
        *self.interventions.entry(placed.0.intervention).or_default() += 1;
        self.own += usize::from(placed.1 == territory);
        self.active.insert(index);
    }

    fn leave(&mut self, index: usize, placed: &Placed, territory: TerritoryId) {
        one_less(&mut self.leads, &placed.0.lead);
        one_less(&mut self.interventions, &placed.0.intervention);
        self.own -= usize::from(placed.1 == territory);
        self.active.remove(&index);
    }

    fn overlaps(&self) -> bool {
        self.leads.len() > 1 && self.interventions.len() > 1 && self.own > 0
    }
}

fn one_less<K: Hash + Eq>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

/// The runs of days on which several lead something, with those that go on in each.
fn runs(placed: &[Placed], territory: TerritoryId) -> Vec<(Days, Vec<Member>)> {
    // Who is gone on a day leaves before who comes on it enters.
    let mut turns: BTreeMap<Date, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (index, (piece, _)) in placed.iter().enumerate() {
        turns.entry(piece.days.first).or_default().1.push(index);
        if let Some(gone) = piece.days.last.and_then(|last| last.tomorrow().ok()) {
            turns.entry(gone).or_default().0.push(index);
        }
    }
    let mut found = Vec::new();
    let mut now = Now::default();
    let mut run: Option<(Date, BTreeSet<usize>)> = None;
    for (day, (gone, come)) in turns {
        for &it in &gone {
            now.leave(it, &placed[it], territory);
        }
        for &it in &come {
            now.enter(it, &placed[it], territory);
        }
        match (&mut run, now.overlaps()) {
            (None, true) => run = Some((day, now.active.clone())),
            (Some((_, all)), true) => all.extend(come),
            (Some(_), false) => {
                found.extend(run.take().map(|run| closed(run, day.yesterday().ok(), placed)));
            }
            (None, false) => {}
        }
    }
    found.extend(run.map(|run| closed(run, None, placed)));
    found
}

fn closed(
    (first, all): (Date, BTreeSet<usize>),
    last: Option<Date>,
    placed: &[Placed],
) -> (Days, Vec<Member>) {
    let mut members = BTreeMap::<InterventionId, Member>::new();
    for (piece, named) in all.into_iter().map(|it| placed[it]) {
        let member = members.entry(piece.intervention).or_insert_with(|| Member {
            intervention: piece.intervention,
            named,
            leads: BTreeSet::new(),
        });
        member.leads.insert(piece.lead);
        // An intervention may name the place and what lies around it: the place is nearer.
        if named.is_within(member.named) {
            member.named = named;
        }
    }
    (Days { first, last }, members.into_values().collect())
}
