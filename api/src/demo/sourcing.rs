//! Where the sources contradict one another: what each says stands side by side, until an event
//! settles it. No source settles anything, so what is settled here is settled as an example.
use domain::ids::{ClaimId, ConflictId, SourcingId};
use domain::permission::Power;
use domain::recorded::Source;
use domain::sourcing::{Claim, Command, Sourcing, SubjectRef, Topic};
use jiff::civil::Date;
use uuid::Uuid;

use super::sources::{self, CAPSULE, ENABEL, FICHE, LAUNCH, MISSION, REPORTER};
use super::{Told, actor_id, date, id, name, note, title};

pub(super) fn told() -> Vec<Told> {
    let mut told = names();
    told.extend(prim());
    told.extend(depomi());
    told.extend(mtd2());
    told
}

/// What two sources or two passages disagree about, of one subject.
struct Dispute {
    /// The stored type of the subject, and what the story calls it: `actor`, `khamsa`.
    subject: (&'static str, &'static str),
    topic: Topic,
    at: &'static str,
}

impl Dispute {
    fn subject(&self) -> SubjectRef {
        let (kind, key) = self.subject;
        SubjectRef { r#type: name(kind), id: id::<Uuid>(&format!("{kind}/{key}")) }
    }

    /// One stream a subject, under the subject's own id.
    fn stream(&self) -> SourcingId {
        self.subject().id.into()
    }

    fn conflict(&self) -> ConflictId {
        let (topic, (kind, key)) = (<&str>::from(self.topic), self.subject);
        id(&format!("conflict/{kind}/{key}/{topic}"))
    }

    fn claim_id(&self, value: &str) -> ClaimId {
        id(&format!("claim/{}/{value}", self.conflict()))
    }

    fn claim(&self, at: &str, value: &str, source: &str) -> Claim {
        Claim { claim: self.claim_id(value), value: title(value), source: read(source, date(at)) }
    }

    fn record(&self, claims: &[(&str, &str)]) -> Told {
        let claims = claims.iter().map(|(value, source)| self.claim(self.at, value, source));
        let record = Command::RecordConflict {
            subject: self.subject(),
            conflict: self.conflict(),
            topic: self.topic,
            claims: claims.collect(),
            note: None,
        };
        Told::on(self.at).step::<Sourcing>(self.stream(), record)
    }

    fn add(&self, at: &str, value: &str, source: &'static str) -> Told {
        let (conflict, claim) = (self.conflict(), self.claim(at, value, source));
        let add = Command::AddClaim { conflict, claim };
        Told::on(at).source(source).step::<Sourcing>(self.stream(), add)
    }

    /// One of the claims holds; or `value`, where none of them is it.
    fn settle(&self, at: &str, claim: Option<&str>, value: Option<&str>, why: &str) -> Told {
        let settle = Command::Settle {
            conflict: self.conflict(),
            by: actor_id("region-souss-massa"),
            claim: claim.map(|value| self.claim_id(value)),
            value: value.map(title),
            reason: note(why),
        };
        Told::on(at)
            .source("Exemple : arbitrage de démonstration")
            .step::<Sourcing>(self.stream(), settle)
    }
}

fn read(reference: &str, day: Date) -> Source {
    let document = sources::document(reference, day);
    Source { reference: name(reference), document, locator: None }
}

fn names() -> Vec<Told> {
    let at = "2025-07-28";
    let name_of = |key, at| Dispute { subject: ("actor", key), topic: Topic::Name, at };
    let (khamsa, anaruz) = (name_of("khamsa", at), name_of("anaruz", at));
    let solidarieta = name_of("solidarieta-cooperazione", at);
    let maison = name_of("maison-mre-tiznit", "2020-05-12");
    let abroad = "Maison des Marocains Résidant à l’Etranger et des Affaires de la Migration";
    let official =
        "Maison des Marocains Résidant à l'Étranger et des Affaires de la Migration (Tiznit)";
    vec![
        khamsa.record(&[("Khamssa", CAPSULE), ("Khamsa", CAPSULE)]),
        khamsa.settle(
            at,
            Some("Khamsa"),
            None,
            "Exemple : la page l'écrit ainsi deux fois sur trois.",
        ),
        anaruz.record(&[("Anaruz", CAPSULE), ("Anarouz", CAPSULE)]),
        solidarieta.record(&[
            ("Coopération et Solidarité", CAPSULE),
            ("Solidarietà e Cooperazione", CAPSULE),
        ]),
        maison.record(&[(abroad, FICHE), ("Maison des Marocains du Monde de Tiznit", FICHE)]),
        maison.settle("2020-05-13", None, Some(official), "Exemple : nom complet, avec le lieu."),
    ]
}

fn prim() -> Vec<Told> {
    let prim = Dispute { subject: ("programme", "prim"), topic: Topic::Name, at: "2024-12-16" };
    let launch =
        "Programme Régional des Politiques et Initiatives destinées aux MRE et aux migrants";
    let mission = "Programme Régional des Initiatives de la Migration";
    let capsule = "Programme régional des initiatives en matière de migration";
    vec![
        prim.record(&[(launch, LAUNCH), (mission, MISSION)]),
        prim.add("2025-07-28", capsule, CAPSULE),
    ]
}

/// It began on two dates; and the sheet says of its funder and operator what the press had said.
fn depomi() -> Vec<Told> {
    let depomi =
        Dispute { subject: ("programme", "depomi"), topic: Topic::Dates, at: "2021-05-03" };
    let subject = depomi.subject();
    let attribute = Told::on("2020-05-12").source(FICHE).step_at::<Sourcing>(
        depomi.stream(),
        Power::Report,
        move |marks| Command::Attribute {
            subject,
            event: marks["depomi"],
            source: read(FICHE, date("2020-05-12")),
            reason: Some(note("La fiche MTD II nomme aussi Enabel et l'Union européenne.")),
        },
    );
    vec![
        attribute,
        depomi.record(&[
            ("Mise en œuvre depuis le 1er mai 2020", REPORTER),
            ("Lancé en octobre 2020", ENABEL),
        ]),
    ]
}

fn mtd2() -> Vec<Told> {
    let dispute = |topic, at| Dispute { subject: ("programme", "mtd2"), topic, at };
    let dates = dispute(Topic::Dates, "2021-05-03");
    let status = dispute(Topic::Status, "2024-01-08");
    let place = dispute(Topic::Place, "2020-05-12");
    let four = "Inezgane-Aït Melloul, Taroudannt, Chtouka-Aït Baha et Tiznit";
    let why = "Exemple : le découpage officiel ne connaît que ces quatre.";
    vec![
        dates.record(&[
            ("MTD II : de janvier 2020 à décembre 2023", FICHE),
            ("DEPOMI, dont il est une partie : du 1er mai 2020 au 31 mars 2023", REPORTER),
        ]),
        status.record(&[("Projet en cours", FICHE), ("Date de fin : décembre 2023", FICHE)]),
        place.record(&[
            ("Inzegan, Ait Melloul, Taroudant, Chtouka, Ait Baha et Tiznit", FICHE),
            ("Inezgan Ait, Melloul/Taroudant, Chtouka Ait Baha et Tiznit", FICHE),
        ]),
        place.settle("2020-05-13", None, Some(four), why),
    ]
}
