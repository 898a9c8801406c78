//! Where the sources contradict one another: what each says stands side by side, until an event
//! settles it. No source settles anything, so what is settled here is settled as an example.
use domain::ids::{ClaimId, ConflictId, SourcingId};
use domain::permission::Power;
use domain::recorded::Source;
use domain::sourcing::{Claim, Command, Sourcing, SubjectRef, Topic};
use jiff::civil::Date;
use uuid::Uuid;

use super::sources::{self, CAPSULE, ENABEL, FICHE, REPORTER};
use super::{Marks, Told, actor_id, date, id, name, note, title};

pub(super) fn told() -> Vec<Told> {
    let mut told = names();
    told.extend(depomi());
    told.extend(mtd2());
    told
}

/// What one source says, and where in it.
type Said = (&'static str, &'static str, Option<&'static str>);

/// What two sources or two passages disagree about, of one subject.
struct Dispute {
    /// The stored type of the subject, and what the story calls it: `actor`, `khamsa`.
    subject: (&'static str, &'static str),
    topic: Topic,
    at: &'static str,
}

fn subject(kind: &str, key: &str) -> SubjectRef {
    SubjectRef { r#type: name(kind), id: id::<Uuid>(&format!("{kind}/{key}")) }
}

/// One stream a subject.
fn stream(subject: &SubjectRef) -> SourcingId {
    subject.sourcing()
}

impl Dispute {
    fn subject(&self) -> SubjectRef {
        subject(self.subject.0, self.subject.1)
    }

    fn stream(&self) -> SourcingId {
        stream(&self.subject())
    }

    fn conflict(&self) -> ConflictId {
        let (topic, (kind, key)) = (<&str>::from(self.topic), self.subject);
        id(&format!("conflict/{kind}/{key}/{topic}"))
    }

    fn claim_id(&self, value: &str) -> ClaimId {
        id(&format!("claim/{}/{value}", self.conflict()))
    }

    fn claim(&self, at: &str, (value, source, locator): Said) -> Claim {
        let source = Source { locator: locator.map(name), ..read(source, date(at)) };
        Claim { claim: self.claim_id(value), value: title(value), source }
    }

    fn record(&self, claims: &[Said]) -> Told {
        let claims = claims.iter().map(|said| self.claim(self.at, *said));
        let record = Command::RecordConflict {
            subject: self.subject(),
            conflict: self.conflict(),
            topic: self.topic,
            claims: claims.collect(),
            note: None,
        };
        Told::on(self.at).step::<Sourcing>(self.stream(), record)
    }

    fn add(&self, at: &str, said: Said) -> Told {
        let add = Command::AddClaim { conflict: self.conflict(), claim: self.claim(at, said) };
        Told::on(at).source(said.1).step::<Sourcing>(self.stream(), add)
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
    let opening = |value| (value, CAPSULE, Some("Introduction"));
    let health = |value| (value, CAPSULE, Some("Agir aussi pour la santé maternelle et infantile"));
    let field = |value| (value, CAPSULE, Some("Un terrain de sport devenu symbole"));
    let actors = |value| (value, CAPSULE, Some("Une synergie d'acteurs au service du territoire"));
    vec![
        khamsa.record(&[opening("Khamssa"), health("Khamsa")]),
        khamsa.settle(
            at,
            Some("Khamsa"),
            None,
            "Exemple : la page l'écrit ainsi deux fois sur trois.",
        ),
        anaruz.record(&[field("Anaruz"), actors("Anarouz")]),
        solidarieta
            .record(&[opening("Coopération et Solidarité"), actors("Solidarietà e Cooperazione")]),
        maison.record(&[
            (abroad, FICHE, Some("Publics concernés")),
            ("Maison des Marocains du Monde de Tiznit", FICHE, Some("Résultat 1")),
        ]),
        maison.settle("2020-05-13", None, Some(official), "Exemple : nom complet, avec le lieu."),
    ]
}

/// The sheet says of DEPOMI's funder and operator what the press had said. On what it is called and on
/// when it began, what its sources and those of PRIM claim stands with the programmes themselves.
fn depomi() -> Vec<Told> {
    let (at, depomi) = ("2020-05-12", subject("programme", "depomi"));
    let sourcing = stream(&depomi);
    let attribute = move |marks: &Marks| Command::Attribute {
        subject: depomi,
        event: marks["depomi"],
        source: read(FICHE, date(at)),
        reason: Some(note("La fiche MTD II nomme aussi Enabel et l'Union européenne.")),
    };
    let told = Told::on(at).source(FICHE);
    vec![told.step_at::<Sourcing>(sourcing, Power::Report, attribute)]
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
            ("MTD II : de janvier 2020 à décembre 2023", FICHE, None),
            ("DEPOMI, dont il est une partie : du 1er mai 2020 au 31 mars 2023", REPORTER, None),
        ]),
        dates.add(
            "2021-05-04",
            ("DEPOMI, dont il est une partie : lancé en octobre 2020", ENABEL, None),
        ),
        status.record(&[
            ("Projet en cours", FICHE, Some("Informations générales, statut")),
            ("Date de fin : décembre 2023", FICHE, Some("Informations générales, date de fin")),
        ]),
        place.record(&[
            (
                "Inzegan, Ait Melloul, Taroudant, Chtouka, Ait Baha et Tiznit",
                FICHE,
                Some("Publics concernés"),
            ),
            (
                "Inzegan Ait, Melloul/Taroudant, Chtouka Ait Baha et Tiznit",
                FICHE,
                Some("Résultat 2"),
            ),
        ]),
        place.settle("2020-05-13", None, Some(four), why),
    ]
}
