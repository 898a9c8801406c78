//! Interventions that may have been written down twice: a similar title, a place in common or one
//! within the other's, and dates that allow it. Nothing is merged; somebody looks.
//!
//! Titles are compared as PostgreSQL's `pg_trgm` compares strings: the trigrams of the folded title,
//! with two blanks before it and one after it, and `similarity(a, b) = |A ∩ B| / |A ∪ B|` (the
//! Jaccard index; PostgreSQL documentation, F.35 `pg_trgm`). Folding has left no blanks within it,
//! so the whole title is one word here.
//!
//! Not every pair is compared. Two sets with an index of at least `t` share one of the
//! `|A| − ⌈t·|A|⌉ + 1` trigrams of `A` that are rarest among all titles, and one of those of `B`
//! (prefix filtering: Chaudhuri, Ganti, Kaushik, "A Primitive Operator for Similarity Joins in Data
//! Cleaning", ICDE 2006). Those, each with each place that is named, make the index in which pairs
//! are looked for; no pair is lost by it.
use std::collections::{HashMap, HashSet};

use domain::ids::InterventionId;
use domain::intervention::Role;
use domain::territory::TerritoryId;
use domain::text::folded;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Chosen;
use super::gaps::above;
use crate::actors::Actors;
use crate::interventions::Intervention;

/// From which similarity of their titles on two interventions may be one, in thousandths.
pub const SIMILARITY_MIN_PER_MILLE: usize = 500;
/// How many pairs are compared in one question at most: that some were left out is told.
pub const COMPARISONS_MAX: usize = 100_000;
/// How often one question meets a pair at most, however often it has met it before.
pub const MEETINGS_MAX: usize = 2_000_000;

/// Why two interventions may be one.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Their titles are the same, however they are spelt.
    SameTitle,
    /// Their titles are similar.
    SimilarTitle,
    /// They name a territory in common.
    SameTerritory,
    /// One names a territory that lies in one that the other names.
    TerritoryWithinTheOther,
    /// They go on at the same time.
    DatesOverlap,
    /// No date is known of one of them, which excludes nothing.
    DatesUnknown,
    /// The same actor leads or led both.
    SameLead,
    /// They are within the same programme.
    SameProgramme,
    /// They have a sector in common.
    SameSector,
    /// Their budgets are the same amount.
    SameBudget,
}

/// Two interventions that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// The one with the lesser id.
    pub first: InterventionId,
    /// The other.
    pub second: InterventionId,
    /// How similar their titles are, in thousandths.
    pub score_per_mille: usize,
    /// Why, in the order of the reasons.
    pub reasons: Vec<Reason>,
}

impl Likeness {
    /// Its place among all of them: the most similar first.
    pub fn place(&self) -> String {
        let rest = 1_000_usize.saturating_sub(self.score_per_mille);
        format!("{rest:04} {} {}", self.first, self.second)
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likenesses {
    /// The pairs, in the order of [`Likeness::place`].
    pub pairs: Vec<Likeness>,
    /// Whether every pair that could be one was compared.
    pub complete: bool,
}

/// A title in one language, as its trigrams.
struct Worded {
    /// Which of the interventions.
    of: usize,
    /// In order.
    trigrams: Vec<u64>,
    /// The rarest of them.
    prefix: Vec<u64>,
}

/// Those of `chosen` that may be one. One that names no territory is like no other.
pub fn likenesses(chosen: Chosen<'_>, actors: &Actors) -> Likenesses {
    let titles = worded(chosen);
    let mut of = vec![Vec::new(); chosen.len()];
    let mut index: HashMap<(u64, TerritoryId), Vec<usize>> = HashMap::new();
    for (place, title) in titles.iter().enumerate() {
        of[title.of].push(place);
        for &gram in &title.prefix {
            for territory in chosen[title.of].territories.iter() {
                index.entry((gram, *territory)).or_default().push(title.of);
            }
        }
    }
    let mut found = Likenesses { pairs: Vec::new(), complete: true };
    let (mut compared, mut meetings) = (HashSet::new(), 0);
    for title in &titles {
        let own = chosen[title.of].territories.iter();
        for place in own.flat_map(|it| std::iter::once(*it).chain(above(*it))) {
            let lists = title.prefix.iter().filter_map(|gram| index.get(&(*gram, place)));
            for other in lists.flatten().copied().filter(|other| *other != title.of) {
                if compared.len() == COMPARISONS_MAX || meetings == MEETINGS_MAX {
                    found.complete = false;
                    return in_order(found);
                }
                meetings += 1;
                let pair = (title.of.min(other), title.of.max(other));
                if !compared.insert(pair) {
                    continue;
                }
                let score = similarity(&titles, &of[pair.0], &of[pair.1]);
                let (first, second) = (chosen[pair.0], chosen[pair.1]);
                found.pairs.extend(like(first, second, score, actors));
            }
        }
    }
    in_order(found)
}

fn in_order(mut found: Likenesses) -> Likenesses {
    found.pairs.sort_by_cached_key(Likeness::place);
    found
}

fn worded(chosen: Chosen<'_>) -> Vec<Worded> {
    let mut titles = Vec::new();
    let mut frequency: HashMap<u64, u32> = HashMap::new();
    for (of, it) in chosen.iter().enumerate().filter(|(_, it)| !it.territories.is_empty()) {
        for (_, text) in it.title.wordings() {
            let trigrams = trigrams(&folded(text));
            for gram in &trigrams {
                *frequency.entry(*gram).or_default() += 1;
            }
            titles.push(Worded { of, trigrams, prefix: Vec::new() });
        }
    }
    for title in &mut titles {
        let needed = (title.trigrams.len() * SIMILARITY_MIN_PER_MILLE).div_ceil(1_000);
        let mut rarest = title.trigrams.clone();
        rarest.sort_unstable_by_key(|gram| (frequency.get(gram), *gram));
        rarest.truncate(title.trigrams.len() - needed + 1);
        title.prefix = rarest;
    }
    titles
}

/// The trigrams of `text`, in order and each once: three characters in 63 bits. A text without any
/// letter has none.
fn trigrams(text: &str) -> Vec<u64> {
    if text.is_empty() {
        return Vec::new();
    }
    let padded: Vec<u64> = "  ".chars().chain(text.chars()).chain([' ']).map(u64::from).collect();
    let mut all: Vec<_> = padded.windows(3).map(|it| it[0] << 42 | it[1] << 21 | it[2]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// How similar two titles are at best, over the languages that they are written in, in thousandths.
fn similarity(titles: &[Worded], left: &[usize], right: &[usize]) -> usize {
    let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (*a, *b)));
    pairs.map(|(a, b)| jaccard(&titles[a].trigrams, &titles[b].trigrams)).max().unwrap_or(0)
}

/// `|A ∩ B| / |A ∪ B|` of two lists in order, in thousandths.
fn jaccard(left: &[u64], right: &[u64]) -> usize {
    let shared = left.iter().filter(|gram| right.binary_search(gram).is_ok()).count();
    let either = left.len() + right.len() - shared;
    (shared * 1_000).checked_div(either).unwrap_or(0)
}

/// The likeness of two interventions; `None` where their titles differ or their dates exclude it.
fn like(
    first: &Intervention,
    second: &Intervention,
    score_per_mille: usize,
    actors: &Actors,
) -> Option<Likeness> {
    if score_per_mille < SIMILARITY_MIN_PER_MILLE {
        return None;
    }
    let (one, other) = (first.days(), second.days());
    let dates = match one.zip(other) {
        Some((one, other)) => one.shared(other).map(|_| Reason::DatesOverlap)?,
        None => Reason::DatesUnknown,
    };
    let title = if score_per_mille == 1_000 { Reason::SameTitle } else { Reason::SimilarTitle };
    let mut named = first.territories.iter();
    let same_place = named.any(|it| second.territories.contains(it));
    let place = if same_place { Reason::SameTerritory } else { Reason::TerritoryWithinTheOther };
    let lead = |it: &Intervention| -> HashSet<_> {
        let leads = it.participations.iter().filter(|it| it.role == Role::Lead);
        leads.map(|it| actors.resolve(it.actor)).collect()
    };
    let about = |it: &Intervention| -> HashSet<_> {
        it.classification.iter().flat_map(|it| it.sectors.iter().copied()).collect()
    };
    let more = [
        (!lead(first).is_disjoint(&lead(second)), Reason::SameLead),
        (first.programme.is_some() && first.programme == second.programme, Reason::SameProgramme),
        (!about(first).is_disjoint(&about(second)), Reason::SameSector),
        (first.budget.is_some() && first.budget == second.budget, Reason::SameBudget),
    ];
    let more = more.into_iter().filter_map(|(holds, reason)| holds.then_some(reason));
    let reasons = [title, place, dates].into_iter().chain(more).collect();
    let (first, second) = (first.id, second.id);
    Some(Likeness { first, second, score_per_mille, reasons })
}
