//! Searching the library: every word must be found, the better where it stands in a title.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use domain::ids::{ActorId, CapitalisationItemId};
use domain::territory::{Level, TerritoryId};

use super::words::{Place, words};
use super::{Capitalisation, Item};
use crate::Models;

/// What was found for one word: the best place of each item.
type Found = BTreeMap<CapitalisationItemId, Place>;

impl Capitalisation {
    /// The items in which every word of `text` begins a word, in any spelling and script: of the
    /// title, the summary, the themes, and the names of the places and the actors that it is about.
    /// Each comes with its rank, the best first: the sum over the words of 0 where one stands in the
    /// title, 1 in the summary, 2 elsewhere. Nothing where `text` has no word.
    pub fn search<'a>(&'a self, models: &Models, text: &str) -> Vec<(usize, &'a Arc<Item>)> {
        let wanted: BTreeSet<String> = words(text).collect();
        let mut ranks: Option<BTreeMap<CapitalisationItemId, usize>> = None;
        for word in &wanted {
            let found = self.found(models, word);
            ranks = Some(match ranks {
                None => found.iter().map(|(id, place)| (*id, *place as usize)).collect(),
                Some(before) => before
                    .into_iter()
                    .filter_map(|(id, rank)| Some((id, rank + *found.get(&id)? as usize)))
                    .collect(),
            });
        }
        let mut ranked: Vec<_> = ranks
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(id, rank)| Some((rank, self.by_id.get(&id)?)))
            .collect();
        ranked.sort_by_key(|(rank, item)| (*rank, item.id));
        ranked
    }

    fn found(&self, models: &Models, word: &str) -> Found {
        let mut found = Found::new();
        let mut note = |id: CapitalisationItemId, place: Place| {
            found.entry(id).and_modify(|it| *it = place.min(*it)).or_insert(place);
        };
        self.words.beginning(word).for_each(|(id, place)| note(id, place));
        let places = places(word);
        if !places.is_empty() {
            self.in_any(models, &places).for_each(|id| note(id, Place::About));
        }
        self.of_any(models, &actors(models, word)).for_each(|id| note(id, Place::About));
        found
    }

    /// The items about one of `places` or what lies in it, or about an intervention there.
    fn in_any<'a>(
        &'a self,
        models: &'a Models,
        places: &'a BTreeSet<TerritoryId>,
    ) -> impl Iterator<Item = CapitalisationItemId> + 'a {
        let lies = |it: TerritoryId| {
            std::iter::successors(Some(it), |it| it.get().parent).any(|it| places.contains(&it))
        };
        let inner = self.by_territory.keys().filter(move |it| lies(**it));
        let own = inner.flat_map(|it| self.by_territory.of(*it));
        let interventions = self.by_intervention.keys().filter(move |id| {
            let known = models.interventions.get(**id);
            known.is_some_and(|it| it.territories.iter().any(|it| lies(*it)))
        });
        own.chain(interventions.flat_map(|id| self.by_intervention.of(*id)))
    }

    /// The items that one of `actors` wrote, or about an intervention in which one takes part.
    fn of_any<'a>(
        &'a self,
        models: &'a Models,
        actors: &'a BTreeSet<ActorId>,
    ) -> impl Iterator<Item = CapitalisationItemId> + 'a {
        let written = actors.iter().flat_map(|it| self.by_author.of(*it));
        let done = actors.iter().flat_map(|it| models.interventions.of_actor(*it));
        written.chain(done.flat_map(|it| self.by_intervention.of(it.id)))
    }
}

/// Everybody with a name in which a word begins with `prefix`, by every id that they go by.
fn actors(models: &Models, prefix: &str) -> BTreeSet<ActorId> {
    let named = models.actors.iter().filter(|actor| {
        let mut names = actor.names.iter().flat_map(|it| words(it.name.as_str()));
        names.any(|word| word.starts_with(prefix))
    });
    named.flat_map(|actor| models.actors.identities(actor.id)).collect()
}

/// The territories below the country with a name in which a word begins with `prefix`.
fn places(prefix: &str) -> BTreeSet<TerritoryId> {
    static WORDS: LazyLock<BTreeSet<(String, TerritoryId)>> = LazyLock::new(|| {
        let below = TerritoryId::all().filter(|it| it.get().level != Level::Country);
        let named = below.flat_map(|id| {
            let territory = id.get();
            let given = [territory.name_fr, territory.name_ar].into_iter();
            let names = given.chain(territory.aliases.iter().copied());
            names.flat_map(words).map(move |word| (word, id))
        });
        named.collect()
    });
    let found = WORDS.iter().skip_while(|(word, _)| word.as_str() < prefix);
    found.take_while(|(word, _)| word.starts_with(prefix)).map(|(_, id)| *id).collect()
}
