//! What several do at once, and what may have been written down twice.
use std::collections::BTreeSet;

use domain::classification::Theme;
use domain::ids::InterventionId;
use domain::intervention::Role;
use domain::territory::TerritoryId;
use domain::text::folded;
use jiff::civil::date;
use projections::coordination::duplicates::{
    Likeness, Likenesses, Reason, SIMILARITY_MIN_PER_MILLE, likenesses,
};
use projections::coordination::overlaps::{Grain, Overlap, overlaps};

use super::{
    CLINIC, OFFICE, Said, Window, about, always, between, chosen, completed, joined, left,
    proposed, started,
};
use crate::{ANARUZ, ActorId, BELFAA, FIELD, KHAMSA, Ledger};

fn led(
    ledger: Ledger,
    id: InterventionId,
    place: &str,
    sector: &str,
    lead: ActorId,
    from: &str,
) -> Ledger {
    let part = id.into();
    let part = uuid::Uuid::as_u128(&part);
    ledger.says(
        id,
        [
            proposed("Formation", &[place], None, None),
            about(&[sector], &[]),
            joined(part, lead, Role::Lead, "unknown"),
            started(from),
        ],
    )
}

fn found(ledger: &Ledger, grain: Grain, about: Option<&str>, window: &Window) -> Vec<Overlap> {
    let about = about.map(|code| code.parse::<Theme>().expect("a theme"));
    overlaps(&chosen(&ledger.0), grain, about, None, &ledger.0.actors, window)
}

fn told(overlaps: &[Overlap]) -> Vec<(String, Vec<InterventionId>)> {
    let members = |it: &Overlap| it.members.iter().map(|it| it.intervention).collect();
    overlaps.iter().map(|it| (it.place(), members(it))).collect()
}

#[test]
fn two_leads_with_one_theme_at_one_place_on_the_same_days_overlap() {
    let ledger = led(Ledger::default(), FIELD, "commune-belfaa", "15190", BELFAA, "2020");
    let ledger = led(ledger, OFFICE, "commune-belfaa", "15190", KHAMSA, "2021-06");
    let all = found(&ledger, Grain::Sector, None, &always());
    let expected = ("15190 commune-belfaa 2021-06-01".to_owned(), vec![FIELD, OFFICE]);
    assert_eq!(told(&all), [expected]);
    assert_eq!((all[0].days.last, all[0].leads()), (None, BTreeSet::from([BELFAA, KHAMSA])));
    // Another commune, another theme, other days, or the same lead: nothing overlaps.
    let with_other = |place: &str, sector: &str, lead, events: Vec<domain::intervention::Event>| {
        let ledger = led(Ledger::default(), FIELD, "commune-belfaa", "15190", BELFAA, "2020");
        let ledger = led(ledger, OFFICE, place, sector, lead, "2021-06").says(FIELD, events);
        found(&ledger, Grain::Sector, None, &always()).len()
    };
    assert_eq!(with_other("commune-belfaa", "15190", KHAMSA, vec![]), 1);
    assert_eq!(with_other("commune-agadir", "15190", KHAMSA, vec![]), 0);
    assert_eq!(with_other("commune-belfaa", "15150", KHAMSA, vec![]), 0);
    assert_eq!(with_other("commune-belfaa", "15190", BELFAA, vec![]), 0);
    assert_eq!(with_other("commune-belfaa", "15190", KHAMSA, vec![completed("2021-05")]), 0);
    assert_eq!(with_other("commune-belfaa", "15190", KHAMSA, vec![completed("2021-06")]), 1);
    let gone = left(uuid::Uuid::from(FIELD).as_u128(), "2021-05-31");
    assert_eq!(with_other("commune-belfaa", "15190", KHAMSA, vec![gone]), 0, "it led it before");
}

#[test]
fn a_category_joins_sectors_and_a_wider_territory_is_marked() {
    let ledger = led(Ledger::default(), FIELD, "commune-belfaa", "15190", BELFAA, "2020");
    let ledger = led(ledger, OFFICE, "province-chtouka-ait-baha", "15150", KHAMSA, "2021");
    let ledger = led(ledger, CLINIC, "region-souss-massa", "15112", ANARUZ, "2022");
    assert!(found(&ledger, Grain::Sector, None, &always()).is_empty());
    let all = found(&ledger, Grain::Category, None, &always());
    let places: Vec<_> = all.iter().map(Overlap::place).collect();
    assert_eq!(
        places,
        ["151 commune-belfaa 2021-01-01", "151 province-chtouka-ait-baha 2022-01-01"]
    );
    let named: Vec<_> = all[0].members.iter().map(|it| it.named.as_str()).collect();
    assert_eq!(named, ["commune-belfaa", "province-chtouka-ait-baha", "region-souss-massa"]);
    // Where only wider ones go on, the place itself has no overlap.
    assert!(all.iter().all(|it| it.members.iter().any(|member| member.named == it.territory)));
    assert_eq!(found(&ledger, Grain::Category, Some("15190"), &always()).len(), 0);
    assert_eq!(found(&ledger, Grain::Category, Some("151"), &always()).len(), 2);
    let in_2021 = between(date(2021, 3, 1), date(2021, 3, 31));
    let then = found(&ledger, Grain::Category, None, &in_2021);
    assert_eq!(told(&then), [("151 commune-belfaa 2021-03-01".to_owned(), vec![FIELD, OFFICE])]);
    assert_eq!(then[0].days.last, Some(date(2021, 3, 31)));
    let within = |slug: &str| {
        let place = slug.parse::<TerritoryId>().expect("a territory");
        let all = chosen(&ledger.0);
        let actors = &ledger.0.actors;
        overlaps(&all, Grain::Category, None, Some(place), actors, &always()).len()
    };
    assert_eq!((within("commune-belfaa"), within("province-tiznit")), (1, 0));
}

#[test]
fn days_that_do_not_follow_one_another_are_two_overlaps() {
    let mut ledger = led(Ledger::default(), FIELD, "commune-belfaa", "15190", BELFAA, "2019");
    for (id, from, to) in [(OFFICE, "2020-02", "2020-03"), (CLINIC, "2022-01", "2022-02")] {
        ledger = led(ledger, id, "commune-belfaa", "15190", KHAMSA, from).says(id, [completed(to)]);
    }
    let all = found(&ledger, Grain::Sector, None, &always());
    let expected = [
        ("15190 commune-belfaa 2020-02-01".to_owned(), vec![FIELD, OFFICE]),
        ("15190 commune-belfaa 2022-01-01".to_owned(), vec![FIELD, CLINIC]),
    ];
    assert_eq!(told(&all), expected);
    assert_eq!(all[0].days.last, Some(date(2020, 3, 31)));
}

fn alike(ledger: &Ledger) -> Likenesses {
    likenesses(&chosen(&ledger.0), &ledger.0.actors)
}

#[test]
fn a_similar_title_a_place_and_dates_make_a_likely_duplicate() {
    let (belfaa, chtouka) = ("commune-belfaa", "province-chtouka-ait-baha");
    let two = |other: &str, place: &str| {
        Ledger::default()
            .says(FIELD, [proposed("Terrain de sport de Belfaâ", &[belfaa], None, Some(9))])
            .says(OFFICE, [proposed(other, &[place], None, Some(9))])
    };
    let same = alike(&two("TERRAIN DE SPORT DE BELFAA", belfaa));
    assert!(same.complete);
    assert_eq!(same.pairs[0].score_per_mille, 1_000);
    let reasons =
        [Reason::SameTitle, Reason::SameTerritory, Reason::DatesUnknown, Reason::SameBudget];
    assert_eq!(same.pairs[0].reasons, reasons);
    let near = alike(&two("Le terrain de sports, Belfaa", chtouka));
    let pair = &near.pairs[0];
    assert_eq!((pair.first, pair.second), (FIELD, OFFICE));
    assert!((SIMILARITY_MIN_PER_MILLE..1_000).contains(&pair.score_per_mille), "{pair:?}");
    assert_eq!(pair.reasons[..2], [Reason::SimilarTitle, Reason::TerritoryWithinTheOther]);
    assert!(alike(&two("Terrain de sport de Belfaâ", "commune-agadir")).pairs.is_empty());
    assert!(alike(&two("Bureau d'accueil et d'orientation", belfaa)).pairs.is_empty());
    let told = |field: &[_], office: &[_]| {
        let ledger = two("Terrain de sport de Belfaâ", belfaa);
        alike(&ledger.says(FIELD, field.to_vec()).says(OFFICE, office.to_vec())).pairs.len()
    };
    let years_apart = told(&[started("2018"), completed("2019")], &[started("2021")]);
    assert_eq!(years_apart, 0);
    assert_eq!(told(&[started("2018")], &[started("2021")]), 1);
}

/// The formula, said plainly, over every pair.
fn similar_pairs(titles: &[String]) -> BTreeSet<(usize, usize)> {
    let grams = |text: &String| -> BTreeSet<String> {
        let padded: Vec<_> = format!("  {} ", folded(text)).chars().collect();
        padded.windows(3).map(|it| it.iter().collect()).collect()
    };
    let all: Vec<_> = titles.iter().map(grams).collect();
    let pairs = (0..all.len()).flat_map(|a| (a + 1..all.len()).map(move |b| (a, b)));
    let similar = |&(a, b): &(usize, usize)| {
        let shared = all[a].intersection(&all[b]).count();
        shared * 1_000 / all[a].union(&all[b]).count() >= SIMILARITY_MIN_PER_MILLE
    };
    pairs.filter(similar).collect()
}

#[test]
fn the_index_loses_no_pair_that_the_formula_finds() {
    let verbs = ["Formation", "Formation-action", "Accueil", "Soutien", "Appui technique"];
    let whom = ["des jeunes", "des femmes", "de migrants", "des MRE de retour", "sages-femmes"];
    let more = ["", " à Belfaâ", " (phase 2)", ", suite", " et insertion"];
    let titles: Vec<String> = verbs
        .iter()
        .flat_map(|verb| whom.iter().map(move |whom| format!("{verb} {whom}")))
        .flat_map(|start| more.iter().map(move |end| format!("{start}{end}")))
        .collect();
    let mut ledger = Ledger::default();
    for (place, text) in titles.iter().enumerate() {
        let id = InterventionId::from_u128(1_000 + place as u128);
        ledger = ledger.says(id, [proposed(text, &["commune-belfaa"], None, None)]);
    }
    let found = alike(&ledger);
    let number = |id: InterventionId| usize::try_from(uuid::Uuid::from(id).as_u128() - 1_000);
    let pairs = found.pairs.iter();
    let pairs: BTreeSet<_> = pairs
        .map(|it| (number(it.first).expect("small"), number(it.second).expect("small")))
        .collect();
    assert!(found.complete && pairs.len() > 100);
    assert_eq!(pairs, similar_pairs(&titles));
    assert!(found.pairs.is_sorted_by_key(Likeness::place));
}
