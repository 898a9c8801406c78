use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::table::Table;
use super::*;

fn id(slug: &str) -> TerritoryId {
    TerritoryId::parse(slug).expect("it is in the table")
}

fn of_level(level: Level) -> Vec<TerritoryId> {
    TerritoryId::all().filter(|id| id.get().level == level).collect()
}

#[test]
fn the_table_holds_the_country_its_regions_and_provinces_and_175_communes() {
    assert_eq!(of_level(Level::Country), [id("ma")]);
    assert_eq!(of_level(Level::Region).len(), 12);
    assert_eq!(of_level(Level::Province).len(), 75);
    assert_eq!(of_level(Level::Commune).len(), 175);
    let counted: BTreeMap<_, _> = id("region-souss-massa")
        .children()
        .map(|province| (province.as_str(), province.children().count()))
        .collect();
    let expected = BTreeMap::from([
        ("province-agadir-ida-ou-tanane", 13),
        ("province-inezgane-ait-melloul", 6),
        ("province-chtouka-ait-baha", 22),
        ("province-taroudannt", 89),
        ("province-tiznit", 25),
        ("province-tata", 20),
    ]);
    assert_eq!(counted, expected);
}

#[test]
fn every_territory_but_the_country_lies_in_one_of_the_rank_above() {
    for territory in TerritoryId::all().map(TerritoryId::get) {
        let above = territory.parent.map(|parent| parent.get().level);
        let expected = match territory.level {
            Level::Country => None,
            Level::Region => Some(Level::Country),
            Level::Province => Some(Level::Region),
            Level::Commune => Some(Level::Province),
        };
        assert_eq!(above, expected, "{}", territory.slug);
    }
}

#[test]
fn inhabitants_add_up_from_the_communes_to_the_country() {
    let sum = |parts: Vec<TerritoryId>| -> u32 {
        parts.iter().map(|part| part.get().population_2024).sum()
    };
    assert_eq!(sum(of_level(Level::Region)), id("ma").get().population_2024);
    let souss_massa = id("region-souss-massa");
    assert_eq!(sum(of_level(Level::Commune)), souss_massa.get().population_2024);
    for province in souss_massa.children() {
        let communes = sum(province.children().collect());
        assert_eq!(communes, province.get().population_2024, "{province}");
    }
}

#[test]
fn ids_are_unique_readable_and_name_their_level() {
    let slugs: BTreeSet<_> = TerritoryId::all().map(TerritoryId::as_str).collect();
    assert_eq!(slugs.len(), TerritoryId::all().len());
    for territory in TerritoryId::all().map(TerritoryId::get) {
        let level: &str = territory.level.into();
        let level = if level == "country" { "ma" } else { level };
        assert!(territory.slug.starts_with(level), "{}", territory.slug);
        let long_number = territory.slug.split('-').any(|word| word.parse::<u32>().is_ok());
        assert!(!long_number, "{} comes from a code", territory.slug);
    }
}

#[test]
fn an_id_is_stored_as_text_and_an_unknown_one_is_an_error() {
    let belfaa = id("commune-belfaa");
    assert_eq!(serde_json::to_string(&belfaa).expect("it serialises"), r#""commune-belfaa""#);
    let read: TerritoryId = serde_json::from_str(r#""commune-belfaa""#).expect("it is known");
    assert_eq!(read, belfaa);
    let error = serde_json::from_str::<TerritoryId>(r#""commune-atlantis""#).expect_err("unknown");
    let advice = "`commune-atlantis` is no territory: ids read like region-souss-massa or";
    assert!(error.to_string().starts_with(advice), "{error}");
    assert!(serde_json::from_str::<TerritoryId>("12").is_err());
    assert!("Commune-Belfaa".parse::<TerritoryId>().is_err());
}

#[test]
fn belfaa_has_its_code_its_names_and_its_place() {
    let belfaa = id("commune-belfaa").get();
    assert_eq!((belfaa.name_fr, belfaa.name_ar), ("Belfaâ", "بلفاع"));
    assert_eq!(belfaa.population_2024, 36_774);
    let on = date(2020, 5, 1);
    assert_eq!(TerritoryId::by_code("09.163.05.11", on), Some(belfaa.id));
    let centroid = Point { longitude: -9_513_550, latitude: 30_172_090 };
    assert_eq!(belfaa.centroid, Some(centroid));
    assert!(belfaa.id.is_within(id("province-chtouka-ait-baha")));
    assert!(belfaa.id.is_within(id("ma")));
    assert!(belfaa.id.is_within(belfaa.id));
    assert!(!belfaa.id.is_within(id("province-tiznit")));
    assert!(!id("ma").is_within(belfaa.id));
}

#[test]
fn the_thirteen_changed_codes_resolve_by_date() {
    let changed: Vec<_> = TerritoryId::all()
        .map(TerritoryId::get)
        .filter(|territory| territory.codes.len() > 1)
        .collect();
    assert_eq!(changed.len(), 13);
    let (before, after) = (date(2024, 8, 31), date(2024, 9, 1));
    for territory in changed {
        let [old, new] = territory.codes.as_slice() else {
            panic!("{} has two codes", territory.slug);
        };
        let found = |code: &Code, on| TerritoryId::by_code(code.code, on);
        assert_eq!(found(old, before), Some(territory.id));
        assert_eq!(found(old, after), None);
        assert_eq!(found(new, before), None);
        assert_eq!(found(new, after), Some(territory.id));
    }
    let sidi_bibi = Some(id("commune-sidi-bibi"));
    assert_eq!(TerritoryId::by_code("09.163.07.27", before), sidi_bibi);
    assert_eq!(TerritoryId::by_code("09.163.01.27", after), sidi_bibi);
}

#[test]
fn no_two_territories_share_a_code_on_one_day() {
    for day in [date(2014, 9, 1), date(2024, 8, 31), date(2024, 9, 1)] {
        let codes: Vec<_> = TerritoryId::all()
            .flat_map(|id| &id.get().codes)
            .filter(|code| code.holds_on(day))
            .map(|code| code.code)
            .collect();
        let unique: BTreeSet<_> = codes.iter().collect();
        assert_eq!(unique.len(), codes.len());
        assert_eq!(codes.len(), TerritoryId::all().len() - 1, "but the country");
    }
}

#[test]
fn a_name_is_found_in_any_spelling_and_script() {
    for text in ["Belfaâ", "belfaa", "BELFAA ", "بلفاع"] {
        assert_eq!(TerritoryId::find(text), [id("commune-belfaa")], "{text}");
    }
    assert_eq!(TerritoryId::find("Ammeln").first(), Some(&id("commune-ammelne")));
    assert_eq!(TerritoryId::find("أݣادير").first(), Some(&id("commune-agadir")));
    assert_eq!(TerritoryId::find("Souss Massa"), [id("region-souss-massa")]);
    assert!(TerritoryId::find("Atlantis").is_empty());
    assert!(TerritoryId::find(" - ").is_empty());
}

#[test]
fn a_commune_is_found_by_its_code_of_any_day_and_by_every_spelling() {
    for territory in TerritoryId::all().map(TerritoryId::get) {
        for code in &territory.codes {
            let found = TerritoryId::find(code.code);
            assert_eq!(found.first(), Some(&territory.id), "{}", code.code);
        }
        for name in territory.aliases.iter().chain([&territory.name_fr, &territory.name_ar]) {
            assert!(TerritoryId::find(name).contains(&territory.id), "{name}");
        }
    }
    let sidi_bibi = [id("commune-sidi-bibi")];
    assert_eq!(TerritoryId::find("09.163.07.27"), sidi_bibi);
    assert_eq!(TerritoryId::find(" 09.163.01.27 "), sidi_bibi);
    assert_eq!(TerritoryId::find("سيدي بيبي"), sidi_bibi);
    let chtouka = TerritoryId::find("09.163");
    assert_eq!(chtouka.first(), Some(&id("province-chtouka-ait-baha")));
    assert_eq!(chtouka.len(), 23);
    assert!(TerritoryId::find("09.16").is_empty() && TerritoryId::find("99").is_empty());
}

#[test]
fn the_same_name_comes_before_longer_ones() {
    let found = TerritoryId::find("Tiznit");
    assert_eq!(found.get(..2), Some([id("province-tiznit"), id("commune-tiznit")].as_slice()));
    let longer = id("commune-agadir-melloul");
    let found = TerritoryId::find("agadir");
    let place = |of| found.iter().position(|id| *id == of);
    assert!(place(id("commune-agadir")) < place(longer));
    assert!(found.contains(&longer));
}

#[test]
fn a_table_with_a_wrong_line_names_it() {
    let heading = "id\tlevel\n";
    let wrong = [
        "ma\tcountry",
        "ma\tplanet\t\tMaroc\tالمغرب\t\t1\t\t",
        "ma\tcountry\tworld\tMaroc\tالمغرب\t\t1\t\t",
        "ma\tcountry\t\tMaroc\tالمغرب\t\tmany\t\t",
        "ma\tcountry\t\tMaroc\tالمغرب\t01=2024\t1\t\t",
        "ma\tcountry\t\tMaroc\tالمغرب\t01=../tomorrow\t1\t\t",
        "ma\tcountry\t\tMaroc\tالمغرب\t\t1\t-9.5\t30",
    ];
    for line in wrong {
        let file: &'static str = format!("{heading}{line}\n").leak();
        assert_eq!(Table::parse(file, "").err(), Some(line));
    }
    let alias = "commune-atlantis\tAtlantis";
    let file: &'static str = format!("id\talias\n{alias}\n").leak();
    assert_eq!(Table::parse("", file).err(), Some(alias));
}
