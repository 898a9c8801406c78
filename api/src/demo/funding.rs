//! PRIM's money: the two calls that the press reports, as groups where amounts of single projects
//! were not published, and one example that follows a request to its last payment.
use domain::funding_call::{self, FundingCall};
use domain::funding_request::{Advice, Command, FundingRequest, Window};
use domain::ids::{EnvelopeId, FundingCallId, FundingRequestId};
use domain::money::Money;
use domain::programme::{self, Programme};

use super::belfaa::intervention;
use super::programmes::programme;
use super::sources::{ECHOS, SIXTEEN};
use super::{Told, actor_id, actors, date, dirhams, effective, id, note, territory, title};

pub(super) fn told() -> Vec<Told> {
    let mut told = calls();
    told.extend(february_2023());
    told.extend(guichet_2024());
    told.extend(sports_field_example());
    told
}

fn envelope() -> EnvelopeId {
    id("envelope/prim-souss-massa")
}

fn call(key: &str) -> FundingCallId {
    id(&format!("call/{key}"))
}

fn calls() -> Vec<Told> {
    let open_envelope = programme::Command::OpenEnvelope {
        envelope: envelope(),
        title: title("Exemple : enveloppe du fonds régional Migration pour Souss-Massa"),
        funder: Some(actor_id("afd")),
        amount: dirhams(10_000_000),
    };
    let draft = |label| funding_call::Command::Draft {
        title: title(label),
        programme: programme("prim"),
        envelope: Some(envelope()),
        territories: vec![territory("region-souss-massa")],
        ceiling: None,
    };
    let open = |on, closes: Option<&str>| funding_call::Command::Open {
        on: effective(on),
        closes: closes.map(date),
    };
    let tell = |at: &str, when: &str, source, key, command| {
        Told::on(at)
            .by("expertise-france")
            .effective(when)
            .source(source)
            .step::<FundingCall>(call(key), command)
    };
    let decide = funding_call::Command::Decide { on: effective("2023-02-23") };
    let close = funding_call::Command::Close { on: effective("2023-02-22") };
    vec![
        Told::on("2021-03-01").by("afd").step::<Programme>(programme("prim"), open_envelope),
        tell("2022-09-05", "2022-09", ECHOS, "2022", draft("Appel à projets PRIM, Souss-Massa")),
        tell("2022-09-05", "2022-09", ECHOS, "2022", open("2022-09", None)),
        tell("2023-02-22", "2023-02-22", ECHOS, "2022", close),
        tell(
            "2023-09-04",
            "2023-09",
            SIXTEEN,
            "guichet",
            draft("Guichet du fonds régional Migration"),
        ),
        tell("2023-09-04", "2023-09", SIXTEEN, "guichet", open("2023-09", None)),
        tell("2023-02-24", "2023-02-23", ECHOS, "2022", decide),
    ]
}

/// One application (or a group of them) of the story.
struct Application {
    key: &'static str,
    label: &'static str,
    applicant: &'static str,
    call: &'static str,
    source: &'static str,
    intervention: Option<&'static str>,
    asked: Option<Money>,
    own: Option<Money>,
}

impl Application {
    fn tell(&self, at: &str, when: &str, by: &str, command: Command) -> Told {
        let id = id::<FundingRequestId>(&format!("request/{}", self.key));
        Told::on(at).effective(when).by(by).source(self.source).step::<FundingRequest>(id, command)
    }

    fn submit(&self, at: &str) -> Told {
        let submit = Command::Submit {
            applicant: actor_id(self.applicant),
            title: title(self.label),
            call: Some(call(self.call)),
            programme: programme("prim"),
            envelope: Some(envelope()),
            intervention: self.intervention.map(intervention),
            territories: vec![territory("region-souss-massa")],
            asked: self.asked,
            own_contribution: self.own,
            window: Window::Open,
            today: date(at),
        };
        self.tell(at, "unknown", self.applicant, submit)
    }

    fn eligible(&self, at: &str) -> Told {
        let by = actor_id("expertise-france");
        let check = Command::CheckEligibility { by, eligible: true, reason: None };
        self.tell(at, "unknown", "expertise-france", check)
    }

    fn opinion(&self, at: &str, when: &str, advice: Advice, words: &str) -> Told {
        let by = actor_id("expertise-france");
        let note = Some(note(words));
        let give = Command::GiveOpinion { by, advice, note, on: effective(when) };
        self.tell(at, when, "expertise-france", give)
    }

    fn grant(&self, at: &str, when: &str, amount: Money) -> Told {
        let request: FundingRequestId = id(&format!("request/{}", self.key));
        let (by, envelope) = (actor_id("afd"), envelope());
        let grant = Command::Grant { by, amount, envelope: Some(envelope), on: effective(when) };
        let reserve = programme::Command::ReserveEnvelope { envelope, request, amount };
        self.tell(at, when, "afd", grant).step::<Programme>(programme("prim"), reserve)
    }

    fn sign(&self, at: &str, when: &str, amount: Money) -> Told {
        let sign = Command::SignAgreement {
            agreement: id(&format!("agreement/{}", self.key)),
            parties: actors([self.applicant, "expertise-france"]),
            amount,
            document: None,
            on: effective(when),
        };
        self.tell(at, when, "expertise-france", sign)
    }
}

fn february_2023() -> Vec<Told> {
    let committees = "2023-02-22/2023-02-23";
    let kept = Application {
        key: "prim-sept",
        label: "Sept demandes retenues (montants individuels non publiés)",
        applicant: "lot-2023",
        call: "2022",
        source: ECHOS,
        intervention: Some("prim-sept-projets"),
        asked: None,
        own: None,
    };
    let refused = Application {
        key: "prim-huit",
        label: "Huit demandes non retenues (montants non publiés)",
        applicant: "lot-2023-refuses",
        intervention: None,
        ..kept
    };
    let refuse = Command::Refuse {
        by: actor_id("afd"),
        reason: note("Non retenues par les comités d'évaluation : sept sur quinze l'ont été."),
        on: effective(committees),
    };
    let evaluated = "Comités d'évaluation d'Agadir.";
    vec![
        kept.submit("2023-02-20"),
        refused.submit("2023-02-20"),
        kept.eligible("2023-02-21"),
        refused.eligible("2023-02-21"),
        kept.opinion("2023-02-24", committees, Advice::Favourable, evaluated),
        refused.opinion("2023-02-24", committees, Advice::Unfavourable, evaluated),
        kept.grant("2023-02-24", committees, dirhams(1_100_000)),
        refused.tell("2023-02-24", committees, "afd", refuse),
        kept.sign("2023-06-19", "2023-06-15", dirhams(1_100_000)),
    ]
}

fn guichet_2024() -> Vec<Told> {
    let sixteen = Application {
        key: "prim-seize",
        label: "Seize demandes retenues (montants individuels non publiés)",
        applicant: "lot-2024",
        call: "guichet",
        source: SIXTEEN,
        intervention: Some("prim-seize-projets"),
        asked: None,
        own: None,
    };
    let reformulated = Command::Reformulate {
        by: actor_id("lot-2024"),
        asked: Some(dirhams(8_220_000)),
        own_contribution: None,
        reason: note("Accompagnement à la reformulation et à la budgétisation."),
        on: effective("2024-02-05/2024-03-20"),
    };
    let (first, second) = ("2023-09-06/2023-09-08", "2023-11-28/2023-11-29");
    let reservations = Advice::FavourableWithReservations;
    vec![
        sixteen.submit("2023-09-05"),
        sixteen.eligible("2023-09-05"),
        sixteen.opinion("2023-09-11", first, reservations, "Comité d'avis technique, 1re session."),
        sixteen.opinion(
            "2023-11-30",
            second,
            Advice::Favourable,
            "Comité d'avis technique, 2e session.",
        ),
        sixteen.tell("2024-03-21", "2024-02-05/2024-03-20", "lot-2024", reformulated),
        sixteen.grant("2024-04-12", "unknown", dirhams(8_220_000)),
        sixteen.sign("2024-04-22", "2024-04-15/2024-04-21", dirhams(8_220_000)),
    ]
}

/// No source gives the payments of one project: this one is an example from end to end.
fn sports_field_example() -> Vec<Told> {
    let field = Application {
        key: "exemple-terrain",
        label: "Exemple : achèvement du terrain de sport de Belfaâ",
        applicant: "solidarieta-cooperazione",
        call: "2022",
        source: "Exemple : dossier de démonstration",
        intervention: Some("terrain-belfaa"),
        asked: Some(dirhams(380_000)),
        own: Some(dirhams(60_000)),
    };
    let holder = "solidarieta-cooperazione";
    let plan = |key: &str, amount, due| Command::PlanDisbursement {
        disbursement: id(&format!("disbursement/exemple-terrain/{key}")),
        amount,
        due: date(due),
    };
    let pay = |key: &str, amount, on: &str| Command::RecordDisbursement {
        disbursement: id(&format!("disbursement/exemple-terrain/{key}")),
        funder: Some(actor_id("afd")),
        amount,
        exchange: None,
        on: effective(on),
        today: date(on),
    };
    let spend = |key: &str, amount, on: &str| Command::DeclareExpenditure {
        by: actor_id(holder),
        expenditure: id(&format!("expenditure/exemple-terrain/{key}")),
        amount,
        exchange: None,
        documents: vec![],
        on: effective(on),
        today: date(on),
    };
    let validate = Command::ValidateExpenditure {
        by: actor_id("expertise-france"),
        expenditure: id("expenditure/exemple-terrain/1"),
    };
    let (operator, funder) = ("expertise-france", "afd");
    vec![
        field.submit("2022-12-05"),
        field.eligible("2022-12-12"),
        field.opinion("2023-02-24", "2023-02-22", Advice::Favourable, "Exemple : avis favorable."),
        field.grant("2023-03-01", "2023-03-01", dirhams(350_000)),
        field.sign("2023-06-19", "2023-06-15", dirhams(350_000)),
        field.tell("2023-06-20", "2023-06-20", operator, plan("1", dirhams(200_000), "2023-07-31")),
        field.tell("2023-06-20", "2023-06-20", operator, plan("2", dirhams(150_000), "2024-03-31")),
        field.tell("2023-07-20", "2023-07-20", funder, pay("1", dirhams(200_000), "2023-07-20")),
        field.tell("2023-12-11", "2023-12-08", holder, spend("1", dirhams(120_000), "2023-12-08")),
        field.tell("2024-01-15", "2024-01-15", operator, validate),
        field.tell("2024-02-12", "2024-02-09", holder, spend("2", dirhams(70_000), "2024-02-09")),
    ]
}
