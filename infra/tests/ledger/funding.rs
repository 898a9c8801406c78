//! Money is never promised or paid twice, however many callers come at once.
use domain::effective::Period;
use domain::funding_request::{self, Advice, FundingRequest, Window};
use domain::ids::{ActorId, DisbursementId, EnvelopeId, FundingRequestId, ProgrammeId};
use domain::money::Money;
use domain::programme::{self, Kind, Programme};
use domain::text::Title;
use infra::ledger::{Ledger, Receipt, Submission, SubmitError};
use jiff::civil::{Date, date};
use tokio::task::JoinSet;

use super::home::*;

const OPERATOR: ActorId = ActorId::from_u128(3);
const PROGRAMME: ProgrammeId = ProgrammeId::from_u128(4);
const ENVELOPE: EnvelopeId = EnvelopeId::from_u128(5);
const TODAY: Date = date(2024, 6, 1);

fn title() -> Title {
    Title::fr("Exemple").expect("a title")
}

fn new_submission() -> Submission {
    Submission::new(provenance(new_command()))
}

/// A programme with an envelope of 1,000 dirhams.
fn endowed() -> Submission {
    use programme::Command;
    let period = Period { from: "2020".parse().expect("a year"), to: "2030".parse().expect("one") };
    let create = Command::Create {
        kind: Kind::Programme,
        title: title(),
        acronym: None,
        parent: None,
        period,
        operator: Some(OPERATOR),
        funders: vec![REGION],
        partners: Vec::new(),
        territories: Vec::new(),
        budget: None,
    };
    let on = "2021".parse().expect("a year");
    let agree = Command::Agree { parties: vec![REGION], document: None, on };
    let amount = Money::dirhams(1_000);
    let open = Command::OpenEnvelope { envelope: ENVELOPE, title: title(), funder: None, amount };
    [create, agree, open]
        .into_iter()
        .fold(new_submission(), |it, command| it.step::<Programme>(PROGRAMME, command))
}

/// A request with a favourable opinion.
fn opined(request: FundingRequestId) -> Submission {
    use funding_request::Command;
    let submit = Command::Submit {
        applicant: PARTNER,
        title: title(),
        call: None,
        programme: PROGRAMME,
        envelope: Some(ENVELOPE),
        intervention: None,
        territories: vec!["commune-belfaa".parse().expect("a territory")],
        asked: Some(Money::dirhams(100)),
        own_contribution: None,
        window: Window::NoCall,
        today: TODAY,
    };
    let check = Command::CheckEligibility { by: OPERATOR, eligible: true, reason: None };
    let on = "2023".parse().expect("a year");
    let opine = Command::GiveOpinion { by: OPERATOR, advice: Advice::Favourable, note: None, on };
    [submit, check, opine]
        .into_iter()
        .fold(new_submission(), |it, command| it.step::<FundingRequest>(request, command))
}

/// Grants 100 dirhams, and takes them out of the envelope.
fn granted(request: FundingRequestId) -> Submission {
    let amount = Money::dirhams(100);
    let on = "2023-06".parse().expect("a month");
    let envelope = Some(ENVELOPE);
    let grant = funding_request::Command::Grant { by: OPERATOR, amount, envelope, on };
    let reserve = programme::Command::ReserveEnvelope { envelope: ENVELOPE, request, amount };
    new_submission().step::<FundingRequest>(request, grant).step::<Programme>(PROGRAMME, reserve)
}

async fn all_at_once(
    ledgers: &[Ledger],
    submissions: Vec<Submission>,
) -> Vec<Result<Receipt, SubmitError>> {
    let mut callers = JoinSet::new();
    for (number, submission) in submissions.into_iter().enumerate() {
        let ledger = ledgers[number % ledgers.len()].clone();
        callers.spawn(async move { ledger.submit(submission).await });
    }
    callers.join_all().await
}

fn refusals(outcomes: Vec<Result<Receipt, SubmitError>>) -> Vec<String> {
    outcomes.into_iter().filter(Result::is_err).map(code).collect()
}

/// One ledger on SQLite; two processes' worth of them on PostgreSQL.
async fn everywhere() -> Vec<(Home, Vec<Ledger>)> {
    let (file, database) = (Home::sqlite(), Home::postgres().await);
    let alone = vec![file.open().await];
    let both = vec![database.open().await, database.open().await];
    vec![(file, alone), (database, both)]
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_grants_at_once_never_over_allocate_an_envelope() {
    for (_home, ledgers) in everywhere().await {
        ledgers[0].submit(endowed()).await.expect("it is recorded");
        let requests: Vec<_> = (0..64).map(|it| FundingRequestId::from_u128(100 + it)).collect();
        let outcomes = all_at_once(&ledgers, requests.iter().copied().map(opined).collect()).await;
        assert_eq!(refusals(outcomes), Vec::<String>::new());

        let outcomes = all_at_once(&ledgers, requests.into_iter().map(granted).collect()).await;
        let refused = refusals(outcomes);
        assert_eq!(refused, vec!["PROGRAMME_ENVELOPE_EXHAUSTED"; 54]);
        let stored = ledgers[0].stream("programme", PROGRAMME.into()).await.expect("its events");
        assert_eq!(stored.len(), 3 + 10);
        let verified = infra::audit::verify(&ledgers[0], |_| ()).await.expect("it is sound");
        assert_eq!(verified.position.0, 3 + 64 * 3 + 10 * 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_disbursements_at_once_never_exceed_the_agreement() {
    use funding_request::Command;
    let request = FundingRequestId::from_u128(100);
    let on = "2023-07".parse().expect("a month");
    for (_home, ledgers) in everywhere().await {
        ledgers[0].submit(endowed()).await.expect("it is recorded");
        ledgers[0].submit(opined(request)).await.expect("it is recorded");
        let parties = vec![PARTNER, OPERATOR];
        let amount = Money::dirhams(100);
        let agreement = uuid::Uuid::from_u128(6).into();
        let sign = Command::SignAgreement { agreement, parties, amount, document: None, on };
        let signed = granted(request).step::<FundingRequest>(request, sign);
        ledgers[0].submit(signed).await.expect("it is recorded");

        let disburse = |number| Command::RecordDisbursement {
            disbursement: DisbursementId::from_u128(number),
            funder: None,
            amount: Money::dirhams(10),
            exchange: None,
            on,
            today: TODAY,
        };
        let payments = (0..64)
            .map(|number| new_submission().step::<FundingRequest>(request, disburse(number)));
        let outcomes = all_at_once(&ledgers, payments.collect()).await;
        assert_eq!(outcomes.iter().filter(|it| it.is_ok()).count(), 10);
        assert_eq!(refusals(outcomes).len(), 54);
    }
}
