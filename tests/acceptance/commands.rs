//! Commands through GraphQL: what one server may and may not do, on both stores.
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{Server, Store};
use uuid::Uuid;

/// A server, and the commands of a test in short words.
struct Office(Server);

impl Office {
    async fn open(store: &Store) -> Result<Self> {
        let server = Server::start("serve", store).await?;
        let founder = server.acting_as_founder()?;
        Ok(Self(server.acting(&founder)))
    }

    /// The payload of the mutation `name` for `acting`, the founder unless somebody is named.
    async fn try_as(&self, acting: Option<&str>, name: &str, noun: &str, input: Value) -> Result<Value> {
        let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query = format!(
            "mutation($input: {kind}!) {{ {name}(input: $input) {{ {noun} {{ id }} partId \
             receipt {{ firstPosition lastPosition leafHash root }} errors {{ code field message }} }} }}"
        );
        let variables = json!({ "input": input });
        let mut answer = match acting {
            Some(_) => self.0.graphql_as(acting, &query, variables).await?,
            None => self.0.graphql(&query, variables).await?,
        };
        ensure!(answer.get("errors").is_none(), "{name}: {answer}");
        Ok(answer["data"][name].take())
    }

    /// The same, which must be recorded.
    async fn do_as(&self, acting: Option<&str>, name: &str, noun: &str, input: Value) -> Result<Value> {
        let payload = self.try_as(acting, name, noun, input).await?;
        ensure!(payload["receipt"].is_object(), "{name}: {payload}");
        Ok(payload)
    }

    async fn done(&self, name: &str, noun: &str, input: Value) -> Result<Value> {
        self.do_as(None, name, noun, input).await
    }

    /// Registers an actor with every power; the header it acts with.
    async fn partner(&self, name: &str) -> Result<(String, String)> {
        let register = json!({ "commandId": command(), "name": name, "kind": "LOCAL_ASSOCIATION", "country": "MA" });
        let registered = self.done("actorRegister", "actor", register).await?;
        let actor = id(&registered["actor"])?;
        let powers = ["COORDINATE", "SIGN", "REPORT", "VERIFY", "FUND"];
        let grant = json!({ "commandId": command(), "actor": actor, "holder": Uuid::new_v4(),
            "powers": powers, "from": "2020-01-01" });
        let granted = self.done("actorGrantMandate", "actor", grant).await?;
        let mandate = granted["partId"].as_str().context("a mandate")?;
        let acting = format!("actor={actor}; mandate={mandate}");
        Ok((actor, acting))
    }

    /// A programme with an envelope of `dirhams`.
    async fn envelope(&self, dirhams: i64) -> Result<(String, String)> {
        let create = json!({ "commandId": command(), "kind": "PROGRAMME", "title": text("Programme"),
            "period": { "from": "2024", "to": "2030" } });
        let created = self.done("programmeCreate", "programme", create).await?;
        let programme = id(&created["programme"])?;
        let agree = json!({ "commandId": command(), "programme": programme, "parties": [], "on": "2024" });
        self.done("programmeAgree", "programme", agree).await?;
        let open = json!({ "commandId": command(), "programme": programme, "title": text("Enveloppe"),
            "amount": mad(dirhams) });
        let opened = self.done("programmeOpenEnvelope", "programme", open).await?;
        Ok((programme, opened["partId"].as_str().context("an envelope")?.to_owned()))
    }

    /// A request of `applicant` that a decision can be taken on.
    async fn request(&self, applicant: &str, programme: &str, envelope: &str) -> Result<String> {
        let submit = json!({ "commandId": command(), "programme": programme, "envelope": envelope,
            "title": text("Demande"), "territories": ["commune-belfaa"], "asked": mad(2_000) });
        let submitted =
            self.do_as(Some(applicant), "fundingRequestSubmit", "fundingRequest", submit).await?;
        let request = id(&submitted["fundingRequest"])?;
        let check = json!({ "commandId": command(), "fundingRequest": request, "eligible": true });
        self.done("fundingRequestCheckEligibility", "fundingRequest", check).await?;
        let opinion = json!({ "commandId": command(), "fundingRequest": request, "advice": "FAVOURABLE",
            "on": "2024-05-01" });
        self.done("fundingRequestGiveOpinion", "fundingRequest", opinion).await?;
        Ok(request)
    }
}

fn command() -> Uuid {
    Uuid::new_v4()
}

fn id(subject: &Value) -> Result<String> {
    subject["id"].as_str().map(str::to_owned).context("an id")
}

fn text(french: &str) -> Value {
    json!([{ "text": french }])
}

fn mad(dirhams: i64) -> Value {
    json!({ "minor": dirhams * 100, "currency": "MAD" })
}

/// How many recorded and how many were refused with `code`.
fn counted(payloads: &[Value], code: &str) -> (usize, usize) {
    let recorded = payloads.iter().filter(|it| it["receipt"].is_object()).count();
    let refused = payloads.iter().filter(|it| it["errors"][0]["code"] == code).count();
    (recorded, refused)
}

/// Sends every input at once.
async fn at_once(
    office: &Arc<Office>,
    name: &'static str,
    noun: &'static str,
    inputs: Vec<Value>,
) -> Result<Vec<Value>> {
    let mut sent = tokio::task::JoinSet::new();
    for input in inputs {
        let office = Arc::clone(office);
        sent.spawn(async move { office.try_as(None, name, noun, input).await });
    }
    sent.join_all().await.into_iter().collect()
}

#[tokio::test]
async fn sixty_four_grants_at_once_never_take_more_than_the_envelope_holds() -> Result<()> {
    let (_directory, stores) = crate::stores().await?;
    for store in &stores {
        let office = Arc::new(Office::open(store).await?);
        let (_, applicant) = office.partner("Association demandeuse").await?;
        // Room for 50 of the 64.
        let (programme, envelope) = office.envelope(100_000).await?;
        let mut grants = Vec::new();
        for _ in 0..64 {
            let request = office.request(&applicant, &programme, &envelope).await?;
            grants.push(json!({ "commandId": command(), "fundingRequest": request,
                "envelope": envelope, "amount": mad(2_000), "on": "2024-06-01" }));
        }
        let payloads = at_once(&office, "fundingRequestGrant", "fundingRequest", grants).await?;
        let counts = counted(&payloads, "PROGRAMME_ENVELOPE_EXCEEDED");
        ensure!(counts == (50, 14), "{store:?}: {counts:?} {:?}", payloads.first());
    }
    Ok(())
}

#[tokio::test]
async fn sixteen_disbursements_at_once_never_exceed_the_agreement() -> Result<()> {
    let (_directory, stores) = crate::stores().await?;
    for store in &stores {
        let office = Arc::new(Office::open(store).await?);
        let (partner, applicant) = office.partner("Association demandeuse").await?;
        let (programme, envelope) = office.envelope(100_000).await?;
        let request = office.request(&applicant, &programme, &envelope).await?;
        let grant = json!({ "commandId": command(), "fundingRequest": request, "envelope": envelope,
            "amount": mad(2_000), "on": "2024-06-01" });
        office.done("fundingRequestGrant", "fundingRequest", grant).await?;
        let sign = json!({ "commandId": command(), "fundingRequest": request, "parties": [partner],
            "amount": mad(1_000), "on": "2024-06-15" });
        office.done("fundingRequestSignAgreement", "fundingRequest", sign).await?;
        let pay = || json!({ "commandId": command(), "fundingRequest": request, "amount": mad(100),
            "on": "2024-07-01" });
        let payments = std::iter::repeat_with(pay).take(16).collect();
        let payloads =
            at_once(&office, "fundingRequestRecordDisbursement", "fundingRequest", payments).await?;
        let counts = counted(&payloads, "FUNDING_REQUEST_EXCEEDS_AGREEMENT");
        ensure!(counts == (10, 6), "{store:?}: {counts:?} {payloads:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_retry_gets_the_first_receipt_and_another_command_is_refused() -> Result<()> {
    let (_directory, stores) = crate::stores().await?;
    for store in &stores {
        let office = Office::open(store).await?;
        let register = |name: &str, command: Uuid| json!({ "commandId": command, "name": name,
            "kind": "COMMUNE", "country": "MA", "territory": "commune-belfaa" });
        let once = command();
        let first = office.done("actorRegister", "actor", register("Belfaâ", once)).await?;
        let again = office.done("actorRegister", "actor", register("Belfaâ", once)).await?;
        ensure!(first["receipt"] == again["receipt"], "{first} {again}");

        let query = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) { \
            receipt { root } errors { code } } }";
        let variables = json!({ "input": register("Sidi Bibi", once) });
        let reused = office.0.graphql(query, variables).await?;
        ensure!(reused["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_MISMATCH", "{reused}");
    }
    Ok(())
}

#[tokio::test]
async fn a_rule_says_no_in_the_language_of_the_caller() -> Result<()> {
    let directory = tests::directory()?;
    let office = Office::open(&Store::Sqlite(directory.path().join("ledger"))).await?;
    let (partner, acting) = office.partner("Association Taqaddoum").await?;
    let offer = json!({ "commandId": command(), "to": partner, "title": text("Ballons"),
        "pledge": { "days": 3 } });
    let refused = office.try_as(Some(&acting), "commitmentOffer", "commitment", offer).await?;
    let error = &refused["errors"][0];
    ensure!(error["code"] == "COMMITMENT_OFFERED_TO_ITSELF" && error["field"] == "to", "{refused}");
    ensure!(error["message"].as_str().is_some_and(|it| it.contains("lui-même")), "{error}");
    Ok(())
}

#[tokio::test]
async fn who_has_no_mandate_for_it_may_not() -> Result<()> {
    let directory = tests::directory()?;
    let office = Office::open(&Store::Sqlite(directory.path().join("ledger"))).await?;
    let (_, acting) = office.partner("Association Anaruz").await?;
    let query = "mutation($input: ActorGrantMandateInput!) { actorGrantMandate(input: $input) { \
        errors { code } } }";
    let input = |actor: &str| json!({ "input": { "commandId": command(), "actor": actor,
        "holder": Uuid::new_v4(), "powers": ["SIGN"], "from": "2020-01-01" } });
    let actor = acting.trim_start_matches("actor=").split(';').next().context("an actor")?;
    let forged = format!("actor={actor}; mandate={}", Uuid::new_v4());
    for (acting, code) in [
        (None, "UNAUTHENTICATED"),
        (Some(acting.as_str()), "FORBIDDEN"),
        (Some(forged.as_str()), "FORBIDDEN"),
        (Some("actor=nobody"), "BAD_USER_INPUT"),
    ] {
        let answer = office.0.graphql_as(acting, query, input(actor)).await?;
        ensure!(answer["errors"][0]["extensions"]["code"] == code, "{acting:?}: {answer}");
    }
    Ok(())
}
