//! Sums and groups of made-up entries.
use domain::effective::Effective;
use domain::ids::ProgrammeId;
use domain::money::{Currency, Money};
use domain::text::Language;

use super::*;

/// An entry that is worth something, is about others, and says where it is.
#[derive(Default)]
struct Entry {
    worth: Option<fn() -> Worth>,
    about: Vec<Entry>,
    date: Option<&'static str>,
    territories: Vec<&'static str>,
    stage: Option<&'static str>,
}

impl Facts for Entry {
    fn about<'a>(&'a self, _: &'a Models) -> Vec<&'a dyn Facts> {
        self.about.iter().map(|it| it as &dyn Facts).collect()
    }

    fn date(&self) -> Option<Effective> {
        self.date.map(|it| it.parse().expect("a date"))
    }

    fn standing(&self) -> Option<(usize, String)> {
        self.stage.map(|it| (0, it.to_owned()))
    }

    fn worth(&self, _: &Models) -> Option<Worth> {
        self.worth.map(|it| it())
    }

    fn territories(&self, models: &Models) -> Vec<TerritoryId> {
        let own: Vec<_> =
            self.territories.iter().map(|it| TerritoryId::parse(it).expect("a place")).collect();
        if own.is_empty() {
            self.about(models).into_iter().flat_map(|it| it.territories(models)).collect()
        } else {
            own
        }
    }
}

fn euros(cents: i64) -> Money {
    Money::new(cents, Currency::Eur).expect("in range")
}

fn sum(entries: &[Entry]) -> Sum {
    let mut sum = Sum::default();
    for it in entries {
        sum.add(it, &Models::default());
    }
    sum
}

fn worth(worth: fn() -> Worth) -> Entry {
    Entry { worth: Some(worth), ..Entry::default() }
}

fn values(by: GroupBy, it: &Entry) -> Vec<Option<String>> {
    by.values(it, &Models::default()).into_iter().collect()
}

fn some(values: &[&str]) -> Vec<Option<String>> {
    values.iter().map(|it| Some((*it).to_owned())).collect()
}

#[test]
fn currencies_stay_apart_and_what_nobody_declared_is_counted() {
    let sum = sum(&[
        worth(|| Worth::Own(Some(Money::dirhams(3)))),
        worth(|| Worth::Own(None)),
        worth(|| Worth::Own(Some(euros(500)))),
        worth(|| Worth::Own(Some(Money::dirhams(4)))),
    ]);
    let amounts = sum.amounts.expect("they have amounts");
    assert_eq!(amounts.sums(), [Money::dirhams(7), euros(500)]);
    assert_eq!((amounts.undeclared, sum.count), (1, 4));
}

#[test]
fn nothing_comes_to_nothing() {
    let none = Aggregates::from(sum(&[]));
    assert!(none.count == 0 && none.amounts.is_none() && none.first_date.is_none());
    let without_money = sum(&[Entry::default(), Entry::default()]);
    assert!(without_money.amounts.is_none(), "no amount at all is not one that nobody declared");
    assert_eq!(without_money.count, 2);
}

#[test]
fn what_two_entries_count_is_in_the_sum_once() {
    let sum = sum(&[
        worth(|| {
            Worth::Parts(vec![
                (1, Amounts::from_iter([Some(Money::dirhams(3))])),
                (2, Amounts::from_iter([None])),
            ])
        }),
        worth(|| {
            Worth::Parts(vec![
                (2, Amounts::from_iter([None])),
                (3, Amounts::from_iter([Some(Money::dirhams(3))])),
            ])
        }),
        worth(|| Worth::Parts(Vec::new())),
    ]);
    let amounts = sum.amounts.expect("they have amounts");
    assert_eq!(amounts.sums(), [Money::dirhams(6)]);
    assert_eq!((amounts.undeclared, sum.count), (1, 3));
}

#[test]
fn dates_are_those_of_the_entry_else_of_what_it_is_about() {
    let dated = |date| Entry { date: Some(date), ..Entry::default() };
    let about = Entry {
        about: vec![dated("2019"), dated("unknown"), dated("2021-05")],
        ..Entry::default()
    };
    assert_eq!(values(GroupBy::Year, &about), some(&["2019", "2021"]));
    let own = Entry { date: Some("2024-03-01"), about: vec![dated("2019")], ..Entry::default() };
    assert_eq!(values(GroupBy::Year, &own), some(&["2024"]));
    let unknown = Entry { date: Some("unknown"), about: vec![dated("2019")], ..Entry::default() };
    assert_eq!(values(GroupBy::Year, &unknown), [None], "it says that nobody knows");
    let sum = sum(&[about, unknown]);
    let day = |text: &str| text.parse::<Date>().ok();
    assert_eq!((sum.first, sum.last), (day("2019-01-01"), day("2021-05-31")));
}

#[test]
fn a_place_stands_under_its_province_and_region() {
    let it =
        Entry { territories: vec!["commune-belfaa", "region-souss-massa"], ..Entry::default() };
    assert_eq!(values(GroupBy::Territory, &it), some(&["commune-belfaa", "region-souss-massa"]));
    assert_eq!(values(GroupBy::Province, &it), some(&["province-chtouka-ait-baha"]));
    assert_eq!(values(GroupBy::Region, &it), some(&["region-souss-massa"]));
    let country = Entry { territories: vec!["ma"], ..Entry::default() };
    assert_eq!(values(GroupBy::Region, &country), [None]);
    assert_eq!(values(GroupBy::Stage, &country), [None]);
}

#[test]
fn an_entry_is_in_the_group_of_each_pair_of_its_values() {
    let stages = |names: &[&'static str]| {
        names.iter().map(|it| Entry { stage: Some(it), ..Entry::default() }).collect()
    };
    let it = Entry {
        about: stages(&["ENDED", "STARTED", "STARTED"]),
        territories: vec!["commune-belfaa", "ma"],
        ..Entry::default()
    };
    let by = [GroupBy::Stage, GroupBy::Territory];
    let keys = keys(&it, &Models::default(), &by).expect("few enough");
    let key = |stage: &str, place: &str| some(&[stage, place]);
    assert_eq!(
        keys,
        [
            key("ENDED", "commune-belfaa"),
            key("ENDED", "ma"),
            key("STARTED", "commune-belfaa"),
            key("STARTED", "ma"),
        ]
    );
}

#[test]
fn one_entry_in_too_many_groups_is_refused_before_they_are_made() {
    let all: Vec<&'static str> = TerritoryId::all().map(|it| it.get().slug).collect();
    let stages = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"];
    let entry = |places: &[&'static str]| Entry {
        about: stages.iter().map(|it| Entry { stage: Some(it), ..Entry::default() }).collect(),
        territories: places.to_vec(),
        ..Entry::default()
    };
    let by = [GroupBy::Stage, GroupBy::Territory];
    let most = GROUPS_MAX / stages.len();
    let keys = |places| keys(&entry(places), &Models::default(), &by);
    assert_eq!(keys(&all[..most]).expect("just enough").len(), most * stages.len());
    assert!(matches!(keys(&all[..=most]), Err(Fault::BadUserInput(_))));
}

#[test]
fn a_label_is_the_name_of_what_the_value_names() {
    let models = Models::default();
    let label = |by: GroupBy, value: &str| {
        by.label(value, &models).map(|it| it.in_language(Language::Fr).to_owned())
    };
    assert_eq!(label(GroupBy::Province, "commune-belfaa").as_deref(), Some("Belfaâ"));
    assert_eq!(
        label(GroupBy::Goal, "10"),
        Goal::parse("10").ok().map(|it| it.name_fr().to_owned())
    );
    assert!(label(GroupBy::SectorCategory, "151").is_some());
    let nobody = ProgrammeId::from(Uuid::nil()).to_string();
    assert_eq!(label(GroupBy::Programme, &nobody), None, "nobody knows it");
    assert_eq!(label(GroupBy::Kind, "PETITION"), None);
}
