//! Who takes part, under which names, and who may act for them.
use std::collections::BTreeSet;

use domain::actor::{Actor, Command, Kind};
#[cfg(test)]
use domain::ids::ActorId;
use domain::permission::Power;
use domain::text::{Country, Language};

use super::sources::{CAPSULE, ECHOS, FICHE, HCP, LAUNCH, SIXTEEN};
use super::{Told, actor_id, date, id, mandate_of, name, territory};

struct Body {
    key: &'static str,
    name: &'static str,
    kind: Kind,
    country: &'static str,
    territory: Option<&'static str>,
    from: (&'static str, &'static str),
}

const fn body(
    key: &'static str,
    name: &'static str,
    kind: Kind,
    country: &'static str,
    territory: Option<&'static str>,
    from: (&'static str, &'static str),
) -> Body {
    Body { key, name, kind, country, territory, from }
}

const START: (&str, &str) = ("2020-01-06", FICHE);

/// Every actor that the sources name, with the day on which the story meets it.
#[rustfmt::skip]
const BODIES: &[Body] = &[
    body("region-souss-massa", "Région Souss-Massa", Kind::Region, "MA", Some("region-souss-massa"), START),
    body("maison-mre-tiznit", "Maison des Marocains Résidant à l'Étranger et des Affaires de la Migration (Tiznit)", Kind::PublicBody, "MA", Some("province-tiznit"), START),
    body("ministere-mre", "Ministère des Affaires étrangères, de la Coopération africaine et des MRE", Kind::Ministry, "MA", Some("ma"), START),
    body("migdev", "Migrations & Développement", Kind::Ngo, "FR", None, START),
    body("enabel", "Enabel", Kind::Operator, "BE", None, START),
    body("ue", "Union européenne", Kind::Funder, "EU", None, START),
    body("province-inezgane", "Conseil préfectoral d'Inezgane-Aït Melloul", Kind::Province, "MA", Some("province-inezgane-ait-melloul"), START),
    body("province-taroudannt", "Conseil provincial de Taroudannt", Kind::Province, "MA", Some("province-taroudannt"), START),
    body("province-chtouka", "Conseil provincial de Chtouka-Aït Baha", Kind::Province, "MA", Some("province-chtouka-ait-baha"), START),
    body("province-tiznit", "Conseil provincial de Tiznit", Kind::Province, "MA", Some("province-tiznit"), START),
    body("conseils-communaux", "Conseils communaux de la région Souss-Massa (groupe)", Kind::Other, "MA", Some("region-souss-massa"), START),
    body("services-etat", "Services décentralisés de l'État dans la région (groupe)", Kind::DecentralisedService, "MA", Some("region-souss-massa"), START),
    body("commune-belfaa", "Commune de Belfaâ", Kind::Commune, "MA", Some("commune-belfaa"), ("2020-01-07", CAPSULE)),
    body("taqaddoum", "Association Taqaddoum Belfaa pour le sport", Kind::LocalAssociation, "MA", Some("commune-belfaa"), ("2020-01-07", CAPSULE)),
    body("solidarieta-cooperazione", "Solidarietà e Cooperazione (Italie)", Kind::DiasporaAssociation, "IT", None, ("2020-02-03", CAPSULE)),
    body("afd", "Agence française de développement", Kind::Funder, "FR", None, ("2021-02-11", LAUNCH)),
    body("expertise-france", "Expertise France", Kind::Operator, "FR", None, ("2021-02-11", LAUNCH)),
    body("wilaya-souss-massa", "Wilaya de la région Souss-Massa", Kind::DecentralisedService, "MA", Some("region-souss-massa"), ("2021-02-11", LAUNCH)),
    body("khamsa", "Khamsa (France)", Kind::DiasporaAssociation, "FR", None, ("2022-10-03", CAPSULE)),
    body("anaruz", "Association Anaruz", Kind::LocalAssociation, "MA", Some("commune-belfaa"), ("2023-07-03", CAPSULE)),
    body("centres-sante-belfaa", "Centres de santé locaux de Belfaâ (groupe)", Kind::DecentralisedService, "MA", Some("commune-belfaa"), ("2023-01-09", CAPSULE)),
    body("hopital-provincial", "Hôpital provincial de Chtouka-Aït Baha", Kind::DecentralisedService, "MA", Some("province-chtouka-ait-baha"), ("2023-01-09", CAPSULE)),
    body("associations-baom", "Associations partenaires du bureau d'accueil de Belfaâ (groupe)", Kind::Other, "MA", Some("commune-belfaa"), ("2023-01-09", CAPSULE)),
    body("lot-2023", "Porteurs des sept projets retenus en février 2023 (groupe)", Kind::Other, "MA", Some("region-souss-massa"), ("2023-02-20", ECHOS)),
    body("lot-2023-refuses", "Porteurs des huit demandes non retenues en février 2023 (groupe)", Kind::Other, "MA", Some("region-souss-massa"), ("2023-02-20", ECHOS)),
    body("lot-2024", "Porteurs des seize projets lancés en mai 2024 (groupe)", Kind::Other, "MA", Some("region-souss-massa"), ("2023-09-04", SIXTEEN)),
];

/// Other names, as a source writes them; spellings of one page stand side by side.
#[rustfmt::skip]
const ALIASES: &[(&str, &str, Option<Language>, &str, &str)] = &[
    ("commune-belfaa", "Belfaa", None, "2025-07-28", CAPSULE),
    ("commune-belfaa", "Belfaâ", Some(Language::Fr), "2025-01-15", HCP),
    ("commune-belfaa", "بلفاع", Some(Language::Ar), "2025-01-15", HCP),
    ("solidarieta-cooperazione", "Coopération et Solidarité (Italie)", Some(Language::Fr), "2025-07-28", CAPSULE),
    ("solidarieta-cooperazione", "Solidarietà e Cooperazione", Some(Language::It), "2025-07-28", CAPSULE),
    ("khamsa", "Khamsa", None, "2025-07-28", CAPSULE),
    ("khamsa", "Khamssa", None, "2025-07-28", CAPSULE),
    ("anaruz", "Anaruz", None, "2025-07-28", CAPSULE),
    ("anaruz", "Anarouz", None, "2025-07-28", CAPSULE),
    ("taqaddoum", "Taqaddoum Belfaa", None, "2025-07-28", CAPSULE),
    ("migdev", "M&D", None, "2020-01-07", FICHE),
    ("maison-mre-tiznit", "La Maison des Marocains Résidant à l’Etranger et des Affaires de la Migration", Some(Language::Fr), "2020-01-07", FICHE),
    ("maison-mre-tiznit", "Maison des Marocains du Monde de Tiznit", Some(Language::Fr), "2020-01-07", FICHE),
    ("region-souss-massa", "Région Souss Massa", Some(Language::Fr), "2020-01-07", FICHE),
    ("ministere-mre", "Ministère en charge de la migration", Some(Language::Fr), "2020-01-07", FICHE),
    ("ministere-mre", "Ministère des affaires étrangères de la coopération africaine et des marocains résidant à l’étranger", Some(Language::Fr), "2020-01-07", FICHE),
];

pub(super) fn told() -> Vec<Told> {
    let registrations = BODIES.iter().flat_map(|it| [registration(it), mandate(it)]);
    let aliases = ALIASES.iter().map(|(actor, alias, language, at, source)| {
        let add = Command::AddAlias {
            alias: name(alias),
            language: *language,
            taken_by: None,
            homonym: false,
        };
        Told::on(at).source(source).step::<Actor>(actor_id(actor), add)
    });
    registrations.chain(aliases).collect()
}

fn registration(it: &Body) -> Told {
    let register = Command::Register {
        name: name(it.name),
        kind: it.kind,
        country: Country::try_from(it.country.to_owned()).expect("a country of the story"),
        territory: it.territory.map(territory),
        identifiers: Vec::new(),
        taken_by: None,
        homonym: false,
    };
    Told::on(it.from.0).source(it.from.1).step::<Actor>(actor_id(it.key), register)
}

/// What each kind of actor needs for its part in the story.
fn powers_of(kind: Kind) -> BTreeSet<Power> {
    use Power::{Administer, Coordinate, Fund, Report, Sign, Verify};
    match kind {
        Kind::Region | Kind::PublicBody => {
            BTreeSet::from([Administer, Coordinate, Verify, Report, Sign, Fund])
        }
        Kind::Operator => BTreeSet::from([Coordinate, Fund, Verify, Report, Sign]),
        Kind::Funder => BTreeSet::from([Fund, Verify, Report, Sign]),
        Kind::Ministry => BTreeSet::from([Coordinate, Verify]),
        _ => BTreeSet::from([Sign, Report, Verify]),
    }
}

/// Since when each actor's mandate holds, and what it allows.
#[cfg(test)]
pub(super) fn powers() -> std::collections::BTreeMap<ActorId, (jiff::civil::Date, BTreeSet<Power>)>
{
    let each = |it: &Body| (actor_id(it.key), (date(it.from.0), powers_of(it.kind)));
    BODIES.iter().map(each).collect()
}

/// Somebody may act for each of them: in this story one holder per actor, with the powers that its
/// part needs. It says so as an example, since no source names a mandate.
fn mandate(it: &Body) -> Told {
    let actor = actor_id(it.key);
    let grant = Command::GrantMandate {
        mandate: mandate_of(actor),
        holder: id(&format!("user/{}", it.key)),
        powers: powers_of(it.kind),
        from: date(it.from.0),
        until: None,
    };
    Told::on(it.from.0)
        .source("Exemple : habilitation de démonstration")
        .step::<Actor>(actor, grant)
}
