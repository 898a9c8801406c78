//! Partners' commitments. No source dates one, so each is an example and its title says so.
use domain::commitment::{Command, Commitment, Pledge};
use domain::ids::{CommitmentId, EvidenceId, MilestoneId};

use super::belfaa::intervention;
use super::{Told, actor_id, date, dirhams, id, name, note, quantity, title};

/// One promise of the story, from one actor to another.
struct Promise {
    key: &'static str,
    by: &'static str,
    to: &'static str,
}

impl Promise {
    fn tell(&self, at: &str, by: &str, command: Command) -> Told {
        let id = id::<CommitmentId>(&format!("commitment/{}", self.key));
        Told::on(at).by(by).step::<Commitment>(id, command)
    }

    fn offer(&self, at: &str, label: &str, site: &str, pledge: Pledge, due: Option<&str>) -> Told {
        let offer = Command::Offer {
            by: actor_id(self.by),
            to: actor_id(self.to),
            title: title(label),
            pledge,
            intervention: Some(intervention(site)),
            programme: None,
            due: due.map(date),
        };
        self.tell(at, self.by, offer)
    }

    fn accept(&self, at: &str) -> Told {
        self.tell(at, self.to, Command::Accept { by: actor_id(self.to) })
    }

    fn milestone(&self, at: &str, label: &str, due: &str) -> Told {
        let milestone = id::<MilestoneId>(&format!("milestone/{}", self.key));
        let (by, title, due) = (actor_id(self.to), title(label), date(due));
        let add = Command::AddMilestone { by, milestone, title, due };
        self.tell(at, self.to, add)
    }

    fn reschedule(&self, at: &str, due: &str, why: &str) -> Told {
        let milestone = id(&format!("milestone/{}", self.key));
        let (by, due, reason) = (actor_id(self.to), date(due), note(why));
        self.tell(at, self.to, Command::RescheduleMilestone { by, milestone, due, reason })
    }

    fn evidence(&self, at: &str, claimed: i64) -> Told {
        let submit = Command::SubmitEvidence {
            by: actor_id(self.by),
            evidence: id::<EvidenceId>(&format!("evidence/{}", self.key)),
            milestone: None,
            documents: vec![],
            claimed: quantity(claimed),
            note: Some(note("Exemple : bordereau de remise.")),
        };
        self.tell(at, self.by, submit)
    }

    fn confirm(&self, at: &str, by: &str, confirmed: i64) -> Told {
        let confirm = Command::ConfirmFulfilment {
            by: actor_id(by),
            evidence: id(&format!("evidence/{}", self.key)),
            confirmed: quantity(confirmed),
            exceeding: false,
        };
        self.tell(at, by, confirm)
    }
}

pub(super) fn told() -> Vec<Told> {
    let mut told = equipment();
    told.extend(facilitation());
    told.extend(lighting());
    told.extend(premises());
    told.extend(training());
    told.extend(translation());
    told
}

/// Half kept, and late since.
fn equipment() -> Vec<Told> {
    let it = Promise { key: "equipement", by: "solidarieta-cooperazione", to: "commune-belfaa" };
    let (quantity, estimate) = (quantity(40), Some(dirhams(12_000)));
    let pledge = Pledge::InKind { quantity, unit: name("ballons"), estimate };
    let label = "Exemple : quarante ballons pour le terrain de Belfaâ";
    vec![
        it.offer("2024-02-05", label, "terrain-belfaa", pledge, Some("2024-09-30")),
        it.accept("2024-02-12"),
        it.evidence("2024-09-16", 20),
        it.confirm("2024-09-23", "commune-belfaa", 20),
    ]
}

/// Accepted, put off once, and late since.
fn facilitation() -> Vec<Told> {
    let it = Promise { key: "animation", by: "anaruz", to: "commune-belfaa" };
    let pledge = Pledge::Human { days: quantity(20) };
    let label = "Exemple : vingt journées d'animation sportive";
    vec![
        it.offer("2024-10-07", label, "terrain-belfaa", pledge, Some("2025-06-30")),
        it.accept("2024-10-14"),
        it.milestone("2024-10-14", "Exemple : dix premières journées", "2025-01-31"),
        it.reschedule("2025-01-20", "2025-03-31", "Exemple : terrain indisponible en janvier."),
    ]
}

/// Kept in full, in money.
fn lighting() -> Vec<Told> {
    let it = Promise { key: "eclairage", by: "region-souss-massa", to: "commune-belfaa" };
    let pledge = Pledge::Financial { amount: dirhams(50_000) };
    let label = "Exemple : cofinancement de l'éclairage du terrain";
    vec![
        it.offer("2024-03-04", label, "terrain-belfaa", pledge, Some("2024-08-31")),
        it.accept("2024-03-11"),
        it.evidence("2024-07-15", 5_000_000),
        it.confirm("2024-07-22", "commune-belfaa", 5_000_000),
    ]
}

/// Kept in full, in kind.
fn premises() -> Vec<Told> {
    let it = Promise { key: "local", by: "commune-belfaa", to: "migdev" };
    let pledge = Pledge::InKind { quantity: quantity(1), unit: name("local"), estimate: None };
    let label = "Exemple : un local pour le bureau d'accueil";
    vec![
        it.offer("2022-07-04", label, "baom-belfaa", pledge, Some("2022-12-31")),
        it.accept("2022-07-11"),
        it.evidence("2022-11-14", 1),
        it.confirm("2022-11-21", "region-souss-massa", 1),
    ]
}

/// Accepted and not due for long.
fn training() -> Vec<Told> {
    let it = Promise { key: "formation", by: "migdev", to: "commune-belfaa" };
    let pledge = Pledge::Human { days: quantity(12) };
    let label = "Exemple : douze journées de formation des agents d'accueil";
    vec![
        it.offer("2025-05-05", label, "baom-belfaa", pledge, Some("2030-06-30")),
        it.accept("2025-05-12"),
    ]
}

/// Declined, with the reason.
fn translation() -> Vec<Told> {
    let it = Promise { key: "traduction", by: "khamsa", to: "commune-belfaa" };
    let pledge = Pledge::Human { days: quantity(3) };
    let label = "Exemple : traduction de supports en tamazight";
    let by = actor_id("commune-belfaa");
    let reason = note("Exemple : supports déjà traduits.");
    vec![
        it.offer("2023-01-09", label, "1000-jours", pledge, None),
        it.tell("2023-01-16", "commune-belfaa", Command::Decline { by, reason }),
    ]
}
