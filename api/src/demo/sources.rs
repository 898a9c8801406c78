//! The documents that the story is read from.
use domain::document::{Command, Document};
use domain::ids::DocumentId;
use domain::text::Language;
use jiff::civil::Date;

use super::{Told, date, effective, id, name, title};

pub(super) const CAPSULE: &str =
    "PRIM, « Belfaa, une commune pionnière » (capsule), 28 juillet 2025";
pub(super) const FICHE: &str = "Migrations & Développement, fiche projet MTD II";
pub(super) const REPORTER: &str = "lereporter.ma, avril 2021";
pub(super) const ENABEL: &str = "open.enabel.be, fiche DEPOMI";
pub(super) const LAUNCH: &str = "maroc-diplomatique.net et mapexpress.ma, 10 février 2021";
pub(super) const CONVENTION: &str = "prim.ma, convention de Belfaa, juin 2022";
pub(super) const ECHOS: &str = "Les Échos, maghress.com/fr/lesechos/339601";
pub(super) const SIXTEEN: &str = "prim.ma, « Souss-Massa : lancement de 16 nouveaux projets »";
pub(super) const MISSION: &str = "prim.ma, « Une visite de terrain pour dresser les perspectives »";
pub(super) const WORKSHOP: &str = "soussmassa.ma et allafrica, atelier de capitalisation de Rabat";
pub(super) const HCP: &str = "HCP, RGPH 2024, liste des communes";

/// What is known of each source: when it appeared and when the story registers it.
const KNOWN: [(&str, &str, &str); 11] = [
    (HCP, "2024", "2025-01-15"),
    (FICHE, "unknown", "2020-01-07"),
    (LAUNCH, "2021-02-10", "2021-02-12"),
    (REPORTER, "2021-04", "2021-04-30"),
    (ENABEL, "unknown", "2021-05-03"),
    (CONVENTION, "2022-06", "2022-06-30"),
    (ECHOS, "2023", "2023-06-19"),
    (WORKSHOP, "unknown", "2023-11-01"),
    (SIXTEEN, "2024-05", "2024-05-24"),
    (MISSION, "2024-12", "2024-12-16"),
    (CAPSULE, "2025-07-28", "2025-07-28"),
];

/// The source's document, where it is registered on `day` already.
pub(super) fn document(reference: &str, day: Date) -> Option<DocumentId> {
    let registered = KNOWN.iter().any(|(source, _, at)| *source == reference && date(at) < day);
    registered.then(|| id(&format!("document/{reference}")))
}

pub(super) fn told() -> Vec<Told> {
    KNOWN
        .iter()
        .map(|(reference, published, registered)| {
            let register = Command::Register {
                title: title(reference),
                sha256: None,
                bytes: None,
                media_type: None,
                language: Some(Language::Fr),
                address: Some(name(reference)),
                published: effective(published),
            };
            let document = id(&format!("document/{reference}"));
            Told::on(registered).step::<Document>(document, register)
        })
        .collect()
}
