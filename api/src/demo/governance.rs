//! Where actors decide together: the region's mechanism, PRIM's committees, and what came of their
//! sessions.
use domain::coordination_body::{self, CoordinationBody, Kind, Seat};
use domain::effective::Effective;
use domain::ids::{ActionPointId, BodyDecisionId, CoordinationBodyId, MeetingId, MembershipId};
use domain::meeting::{Command, Meeting};

use super::belfaa::intervention;
use super::programmes::programme;
use super::sources::{ECHOS, FICHE, SIXTEEN};
use super::{Thing, Told, actor_id, actors, date, effective, id, note, territory, title};

const EXAMPLE: &str = "Exemple : compte rendu de démonstration";

pub(super) fn told() -> Vec<Told> {
    let mut told = mechanism();
    told.extend(february_2023());
    told.extend(guichet());
    told.extend(example());
    told
}

fn body(key: &str) -> CoordinationBodyId {
    id(&format!("body/{key}"))
}

fn meeting(key: &str, source: &'static str) -> Thing<Meeting> {
    Thing { id: id::<MeetingId>(&format!("meeting/{key}")), source }
}

fn constitute(kind: Kind, label: &str, within: &str) -> coordination_body::Command {
    coordination_body::Command::Constitute {
        kind,
        title: title(label),
        territory: Some(territory("region-souss-massa")),
        programme: Some(programme(within)),
        deliberation: None,
        on: Effective::Unknown,
    }
}

fn convene(body: CoordinationBodyId, label: &str, on: &str) -> Command {
    let on = effective(on);
    Command::Convene { body, title: title(label), agenda: None, on, body_stands: true }
}

/// « dispositif régional de la gouvernance des migrations »: the sheet names who takes part, not who
/// presides.
fn mechanism() -> Vec<Told> {
    let mechanism = Thing::<CoordinationBody> { id: body("dispositif-regional"), source: FICHE };
    let label = "Dispositif régional de la gouvernance des migrations";
    let members = [
        "region-souss-massa",
        "maison-mre-tiznit",
        "ministere-mre",
        "province-inezgane",
        "province-taroudannt",
        "province-chtouka",
        "province-tiznit",
    ];
    let members = members.map(|member| {
        let add = coordination_body::Command::AddMember {
            membership: id::<MembershipId>(&format!("membership/dispositif-regional/{member}")),
            actor: actor_id(member),
            seat: Seat::Member,
            from: Effective::Unknown,
        };
        mechanism.tell("2020-05-11", "unknown", add)
    });
    let constitute = constitute(Kind::GovernanceMechanism, label, "mtd2");
    let mut told = vec![mechanism.tell("2020-05-11", "unknown", constitute)];
    told.extend(members);
    told
}

/// Seven applications of fifteen, in two days.
fn february_2023() -> Vec<Told> {
    let days = "2023-02-22/2023-02-23";
    let committees = Thing::<CoordinationBody> { id: body("evaluation-prim"), source: ECHOS };
    let label = "Comités d'évaluation du PRIM (Agadir)";
    let session = meeting("evaluation-2023-02", ECHOS);
    let hold = Command::Hold { attending: vec![], on: effective(days) };
    let decide =
        |key: &str, label: &str, words: Option<&str>, site: Option<&str>| Command::RecordDecision {
            decision: id::<BodyDecisionId>(&format!("decision/evaluation-2023-02/{key}")),
            title: title(label),
            note: words.map(note),
            programme: Some(programme("prim")),
            intervention: site.map(intervention),
        };
    let kept = "Agadir, Belfaâ, Taroudannt, Sidi Bibi, Biougra, Aït Amira, Tata et Ammelne ; \
                environ 1 100 000 dirhams.";
    let (seven, eight) = ("Sept demandes retenues sur quinze", "Huit demandes non retenues");
    vec![
        committees.tell(
            "2023-02-20",
            "unknown",
            constitute(Kind::EvaluationCommittee, label, "prim"),
        ),
        session.tell(
            "2023-02-20",
            days,
            convene(committees.id, "Évaluation des quinze demandes", days),
        ),
        session.tell("2023-02-24", days, hold),
        session.tell(
            "2023-02-24",
            days,
            decide("sept", seven, Some(kept), Some("prim-sept-projets")),
        ),
        session.tell("2023-02-24", days, decide("huit", eight, None, None)),
    ]
}

/// Two sessions whose days were published with the sixteen projects; the days of the first are put
/// right once that page is there.
fn guichet() -> Vec<Told> {
    let committee = Thing::<CoordinationBody> { id: body("avis-technique"), source: SIXTEEN };
    let label = "Comité d'avis technique du guichet PRIM (Souss-Massa)";
    let sessions = [
        ("avis-2023-09", "Première session", "2023-09-04", "2023-09-11", "2023-09-06"),
        ("avis-2023-11", "Seconde session", "2023-11-27", "2023-11-30", "2023-11-28/2023-11-29"),
    ];
    let each = sessions.map(|(key, label, called, written, days)| {
        let session = meeting(key, SIXTEEN);
        let hold = Command::Hold { attending: vec![], on: effective(days) };
        [
            session.tell(called, days, convene(committee.id, label, days)),
            session.tell(written, days, hold),
        ]
    });
    let days = "2023-09-06/2023-09-08";
    let correct = Command::Correct {
        title: None,
        attending: None,
        on: Some(effective(days)),
        reason: note(
            "La page publiée en mai 2024 donne du 6 au 8 septembre (exemple de correction).",
        ),
    };
    let mut told = vec![committee.tell(
        "2023-09-04",
        "unknown",
        constitute(Kind::AdvisoryCommittee, label, "prim"),
    )];
    for [convened, held] in each {
        told.extend([convened, held]);
    }
    told[2].mark = Some("avis-2023-09");
    told.push(
        meeting("avis-2023-09", SIXTEEN).tell("2024-05-24", days, correct).corrects("avis-2023-09"),
    );
    told
}

/// No source gives a session of the region's mechanism: this one is an example, with two actions of
/// which one is late.
fn example() -> Vec<Told> {
    let session = meeting("exemple-dispositif", EXAMPLE);
    let day = "2024-10-15";
    let convene = convene(body("dispositif-regional"), "Exemple : réunion de suivi", day);
    let there = actors(["region-souss-massa", "maison-mre-tiznit", "province-tiznit"]);
    let decision = id::<BodyDecisionId>("decision/exemple-dispositif/tableau");
    let decide = Command::RecordDecision {
        decision,
        title: title("Exemple : tenir un tableau commun des interventions"),
        note: None,
        programme: None,
        intervention: Some(intervention("mtd2-coordination")),
    };
    let action = |key: &str| id::<ActionPointId>(&format!("action/exemple-{key}"));
    let assign = |key: &str, owner: &str, label: &str, due: &str| Command::AssignAction {
        action: action(key),
        decision: Some(decision),
        owner: actor_id(owner),
        title: title(label),
        due: date(due),
    };
    let table = "Exemple : saisir les interventions de la région";
    let plan = "Exemple : transmettre le plan provincial";
    let later = Command::RescheduleAction {
        action: action("plan"),
        due: date("2025-03-31"),
        reason: note("Exemple : session du conseil reportée."),
    };
    let close = Command::CloseAction {
        action: action("tableau"),
        done: true,
        outcome: Some(note("Exemple : interventions saisies.")),
        on: effective("2024-12-16"),
    };
    let minutes = Command::RecordMinutes { document: None, on: effective("2024-10-18") };
    let approve = Command::ApproveMinutes { on: effective("2024-11-05") };
    vec![
        session.tell("2024-10-01", day, convene),
        session.tell(day, day, Command::Hold { attending: there, on: effective(day) }),
        session.tell(day, day, decide),
        session.tell(day, day, assign("tableau", "region-souss-massa", table, "2024-12-31")),
        session.tell(day, day, assign("plan", "province-tiznit", plan, "2025-01-31")),
        session.tell("2024-10-18", "2024-10-18", minutes),
        session.tell("2024-11-05", "2024-11-05", approve),
        session.tell("2024-12-16", "2024-12-16", close),
        session.tell("2025-01-27", "2025-01-27", later),
    ]
}
