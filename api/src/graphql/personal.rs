//! No field of the contract, and none of what is stored, is made for personal data of a person.
use std::collections::BTreeSet;

use serde_json::Value;

use super::sdl;

/// What a field that holds personal data would be called, in words that follow one another.
#[rustfmt::skip]
const PERSONAL: &[&[&str]] = &[
    &["first", "name"], &["firstname"], &["last", "name"], &["lastname"], &["surname"],
    &["family", "name"], &["given", "name"], &["full", "name"], &["maiden"], &["father"], &["mother"],
    &["birth"], &["born"], &["birthday"], &["birthdate"], &["birthplace"], &["dob"], &["age"],
    &["phone"], &["telephone"], &["mobile"], &["gsm"], &["fax"], &["whatsapp"],
    &["email"], &["mail"], &["address"], &["street"], &["postcode"], &["home"],
    &["nationality"], &["citizenship"], &["passport"], &["cin"], &["cnie"], &["identity"],
    &["residence"], &["visa"], &["national", "id"], &["social", "security"],
    &["gender"], &["sex"], &["religion"], &["ethnic"], &["ethnicity"], &["race"], &["language"],
    &["health"], &["diagnosis"], &["disease"], &["pregnant"], &["disability"], &["patient"],
    &["person"], &["people"], &["migrant"], &["signatory"], &["volunteer"], &["beneficiary", "name"],
    &["photo"], &["portrait"], &["signature"], &["ip"],
];

/// The fields that are called so and are not about a person, each with what it is.
const ALLOWED: &[(&str, &str)] = &[
    ("address", "where a document or an item is to be read: a page, never a home"),
    ("language", "what a text is written in"),
    ("peopleSeen", "whether anybody can be recognised, yes or no"),
    ("sex", "what counts of groups are broken down by"),
    ("bySex", "counts of groups, broken down"),
    ("people", "how many of a breakdown: a count"),
    ("person", "the account of whoever proposes or answers a correction: a number, no name"),
    ("personId", "the same, as it is shown"),
    ("answeredByPersonId", "the same, of whoever answered"),
    ("diagnosis", "a study of what a place needs, out of which an intervention grows"),
];

/// The words of a name in any of the ways in which names are written here.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for c in name.chars() {
        if c == '_' || (c.is_ascii_uppercase() && lower) {
            words.push(String::new());
        }
        lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        if c != '_'
            && let Some(last) = words.last_mut()
        {
            last.push(c.to_ascii_lowercase());
        }
    }
    words
}

fn is_personal(name: &str) -> bool {
    let words = words(name);
    let stands = |wanted: &&[&str]| words.windows(wanted.len()).any(|it| it == *wanted);
    PERSONAL.iter().any(stands)
}

fn is_allowed(name: &str) -> bool {
    let written = super::commands::desk::camel(name);
    ALLOWED.iter().any(|(allowed, _)| *allowed == written)
}

/// The names of every field, argument and input field of the contract.
fn contract() -> BTreeSet<String> {
    let sdl = sdl();
    let names = sdl.split(|c: char| "\n(,{".contains(c)).filter_map(|part| {
        let name = part.trim().split_once([':', '('])?.0.trim();
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        plain.then(|| name.to_owned())
    });
    names.collect()
}

/// The names of every property in what is stored.
fn stored() -> BTreeSet<String> {
    fn gather(schema: &Value, to: &mut BTreeSet<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            to.extend(properties.keys().cloned());
        }
        match schema {
            Value::Object(parts) => parts.values().for_each(|it| gather(it, to)),
            Value::Array(items) => items.iter().for_each(|it| gather(it, to)),
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    for (_, schema) in domain::recorded::schemas() {
        gather(schema.as_value(), &mut names);
    }
    names
}

#[test]
fn no_field_is_made_for_personal_data() {
    let (contract, stored) = (contract(), stored());
    assert!(contract.contains("peopleSeen") && stored.contains("people_seen"), "fields are read");
    let personal: Vec<_> =
        contract.union(&stored).filter(|name| is_personal(name) && !is_allowed(name)).collect();
    assert!(personal.is_empty(), "a field named after personal data: {personal:?}");
}

#[test]
fn what_is_allowed_is_there() {
    let all: BTreeSet<_> = contract().union(&stored()).cloned().collect();
    let camel: BTreeSet<_> = all.iter().map(|it| super::commands::desk::camel(it)).collect();
    let gone: Vec<_> = ALLOWED.iter().filter(|(name, _)| !camel.contains(*name)).collect();
    assert!(gone.is_empty(), "allowed and not there: {gone:?}");
}

#[test]
fn a_name_is_read_in_any_way_of_writing() {
    for name in ["firstName", "first_name", "FIRST_NAME", "contactEmail", "dateOfBirth", "cin"] {
        assert!(is_personal(name), "{name}");
    }
    for name in ["first", "firstPosition", "name", "nameFr", "agenda", "percentage", "ipsum"] {
        assert!(!is_personal(name), "{name}");
    }
}
