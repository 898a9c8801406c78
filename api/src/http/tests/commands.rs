//! Commands and questions, from the request to the answer.
use super::*;

#[tokio::test]
async fn a_command_is_recorded_once_and_read_at_once() {
    let server = Server::start().await;
    let first = server.register(10, "Belfaâ").await.body;
    let payload = &first["data"]["actorRegister"];
    assert_eq!(payload["errors"], json!([]), "{first}");
    assert_eq!(payload["receipt"], json!({"firstPosition": 6, "lastPosition": 6}));
    assert_eq!(server.register(10, "Belfaâ").await.body, first, "a retry gets the first answer");
    let head = server.get("/graphql?query=%7Bledger%7Bposition%7D%7D").await.body;
    assert_eq!(head["data"], json!({"ledger": {"position": 6}}));
}

#[tokio::test]
async fn a_command_id_stands_for_one_command() {
    let server = Server::start().await;
    server.register(10, "Belfaâ").await;
    let other = server.register(10, "Tiznit").await.body;
    assert_eq!(other["errors"][0]["extensions"]["code"], "IDEMPOTENCY_MISMATCH", "{other}");
}

#[tokio::test]
async fn a_refusal_is_data_in_the_callers_language() {
    let server = Server::start().await;
    server.register(10, "Khamsa").await;
    let taken = server.register(11, "Khamssa").await.body;
    let error = &taken["data"]["actorRegister"]["errors"][0];
    assert_eq!(error["code"], "ACTOR_NAME_TAKEN", "{taken}");
    assert!(error["message"].as_str().is_some_and(|it| it.contains("alias")), "{taken}");
}

#[tokio::test]
async fn every_wrong_field_of_an_input_is_named() {
    let server = Server::start().await;
    let query = "mutation($input: ProgrammeCreateInput!) { programmeCreate(input: $input) {
        errors { code field } } }";
    let nobody = CommandId::from_u128(77).to_string();
    let input = json!({"commandId": CommandId::from_u128(12).to_string(), "kind": "PROJECT",
        "title": {"text": " "}, "period": {"from": "2020", "to": "hier"},
        "funders": [ACTOR.to_string(), nobody], "budget": {"minor": 1, "currency": "MAD"}});
    let reply = server.post(&json!({"query": query, "variables": {"input": input}})).await.body;
    let errors = &reply["data"]["programmeCreate"]["errors"];
    let expected = json!([
        {"code": "TEXT_EMPTY", "field": "title"},
        {"code": "EFFECTIVE_INVALID", "field": "period.to"},
        {"code": "UNKNOWN_REFERENCE", "field": "funders.1"},
    ]);
    assert_eq!(errors, &expected, "{reply}");
}

#[tokio::test]
async fn nobody_acts_without_a_mandate_that_gives_the_power() {
    let server = Server::start().await;
    let nobody = {
        let mut request =
            post().body(registration(10, "Belfaâ").to_string().into()).expect("a request");
        request.headers_mut().remove("tiwizi-acting");
        server.send(request).await.body
    };
    assert_eq!(nobody["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{nobody}");
    let query = format!(
        "mutation {{ documentRegister(input: {{commandId: \"{}\", title: {{text: \"PV\"}}, \
         published: \"2024\"}}) {{ errors {{ code }} }} }}",
        CommandId::from_u128(10)
    );
    let powerless = server.post(&json!({"query": query})).await.body;
    let extensions = &powerless["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "FORBIDDEN", "{powerless}");
    assert_eq!(extensions["reason"], "POWER_MISSING");
    assert!(extensions["traceId"].is_string());
}

/// The id that a command beginning something gives it.
pub(super) fn begun(noun: &str, fields: &str) -> Uuid {
    Uuid::new_v5(&Uuid::new_v5(&Uuid::nil(), fields.as_bytes()), noun.as_bytes())
}

#[tokio::test]
async fn a_grant_holds_its_part_of_the_envelope_and_a_revocation_gives_it_back() {
    let server = Server::start().await;
    let (region, commune) = ((ACTOR, MANDATE), (APPLICANT, APPLICANT_MANDATE));
    let fields = "kind: PROGRAMME, title: {text: \"PRIM\"}, \
                  period: {from: \"2026\", to: \"unknown\"}";
    let programme = begun("programme", fields);
    server.run(region, "programmeCreate", fields).await;
    for (mutation, fields) in [
        ("programmeAgree", format!("parties: [\"{ACTOR}\"], on: \"2026-01-05\"")),
        ("programmeStart", "on: \"2026-01-06\"".to_owned()),
    ] {
        let fields = format!("programme: \"{programme}\", {fields}");
        let done = server.run(region, mutation, &fields).await;
        assert_eq!(done["errors"], json!([]), "{mutation}");
    }
    let money = |minor| format!("{{minor: {minor}, currency: MAD}}");
    let fields =
        format!("programme: \"{programme}\", title: {{text: \"2026\"}}, amount: {}", money(100));
    let opened = server.run(region, "programmeOpenEnvelope", &fields).await;
    let envelope = opened["partId"].as_str().expect("the envelope's id").to_owned();

    let mut requests = Vec::new();
    for title in ["Terrain", "Bureau"] {
        let fields = format!(
            "title: {{text: \"{title}\"}}, programme: \"{programme}\", \
             envelope: \"{envelope}\", territories: [\"commune-belfaa\"], asked: {}",
            money(80)
        );
        let request = begun("funding_request", &fields);
        for (actor, mutation, fields) in [
            (commune, "fundingRequestSubmit", fields),
            (
                region,
                "fundingRequestCheckEligibility",
                format!("fundingRequest: \"{request}\", eligible: true"),
            ),
            (
                region,
                "fundingRequestGiveOpinion",
                format!("fundingRequest: \"{request}\", advice: FAVOURABLE, on: \"2026-02\""),
            ),
        ] {
            let done = server.run(actor, mutation, &fields).await;
            assert_eq!(done["errors"], json!([]), "{mutation}");
        }
        requests.push(request);
    }
    let grant = |request: Uuid, day| {
        format!(
            "fundingRequest: \"{request}\", amount: {}, envelope: \"{envelope}\", on: \"2026-03-{day}\"",
            money(80)
        )
    };
    let first = server.run(region, "fundingRequestGrant", &grant(requests[0], "01")).await;
    let receipt = &first["receipt"];
    let events = receipt["lastPosition"].as_i64().zip(receipt["firstPosition"].as_i64());
    assert_eq!(events.map(|(last, first)| last - first), Some(1), "grant and reservation: {first}");
    let second = server.run(region, "fundingRequestGrant", &grant(requests[1], "02")).await;
    assert_eq!(second["errors"][0]["code"], "PROGRAMME_ENVELOPE_EXHAUSTED");

    let fields = format!("fundingRequest: \"{}\", reason: {{text: \"Abandon\"}}", requests[0]);
    let revoked = server.run(region, "fundingRequestRevoke", &fields).await;
    assert_eq!(revoked["errors"], json!([]));
    let again = server.run(region, "fundingRequestRevoke", &fields).await;
    assert_eq!(again, revoked, "a retry gets the first answer");
    let third = server.run(region, "fundingRequestGrant", &grant(requests[1], "03")).await;
    assert_eq!(third["errors"], json!([]), "the envelope has room again");
}

#[tokio::test]
async fn the_past_is_answered_up_to_the_head_and_no_further() {
    let server = Server::start().await;
    let query = "/graphql?query=query(%24p:Position!)%7Bledger(asOf:%7Bposition:%24p%7D)\
                 %7Bposition%7D%7D&variables=";
    let known = server.get(&format!("{query}%7B%22p%22:2%7D")).await.body;
    assert_eq!(known["data"]["ledger"]["position"], 2, "{known}");
    let beyond = server.get(&format!("{query}%7B%22p%22:99%7D")).await.body;
    assert_eq!(beyond["errors"][0]["extensions"]["reason"], "POSITION_BEYOND_HEAD", "{beyond}");
}
