//! What is about the same, at the same place, at the same time.
use super::commands::begun;
use super::*;

const REGION: (ActorId, MandateId) = (ACTOR, MANDATE);

impl Server {
    /// What `query` asks for.
    async fn ask(&self, query: &str) -> Value {
        let reply = self.post(&json!({"query": query})).await.body;
        assert!(reply.get("errors").is_none(), "{reply}");
        reply["data"].clone()
    }

    /// Somebody proposes `title` in Belfaâ, leads it, and begins it.
    async fn begin(&self, title: &str, lead: ActorId, sectors: &str) -> Uuid {
        let fields = format!(
            "title: {{text: \"{title}\"}}, territories: [\"commune-belfaa\"], groups: [YOUTH]"
        );
        let id = begun("intervention", &fields);
        let of = |rest: &str| format!("intervention: \"{id}\", {rest}");
        let lead = format!("actor: \"{lead}\", role: LEAD, from: \"2026-01\"");
        for (mutation, fields) in [
            ("interventionPropose", fields),
            ("interventionClassify", of(&format!("sectors: [{sectors}], goals: [\"10.7\"]"))),
            ("interventionAddParticipant", of(&lead)),
            ("interventionAdopt", of("on: \"2026-02-01\"")),
            ("interventionStartPhase", of("phase: 1, on: \"2026-03\"")),
        ] {
            let done = self.run(REGION, mutation, &fields).await;
            assert_eq!(done["errors"], json!([]), "{mutation}");
        }
        id
    }
}

#[tokio::test]
async fn two_leads_of_one_theme_in_one_commune_are_seen_and_a_repeated_title_too() {
    let server = Server::start().await;
    let first = server.begin("Accueil des migrants", ACTOR, "\"15190\"").await;
    let second = server.begin("Accueil de migrants", APPLICANT, "\"15190\", \"16015\"").await;
    let answer = server
        .ask(
            r#"{
                overlaps { totalCount nodes {
                    from to sector { code } territory { id } leads { name }
                    members { nodes { wider intervention { id } } }
                } }
                likelyDuplicates { complete pairs { nodes {
                    reasons first { id } second { id }
                } } }
                interventions(filter: { sector: "160", goal: "10" }) { nodes {
                    id sectors { code } goals { code } classification { inherited said { effective } }
                } }
            }"#,
        )
        .await;
    let overlap = &answer["overlaps"]["nodes"][0];
    assert_eq!((&answer["overlaps"]["totalCount"], &overlap["to"]), (&json!(1), &Value::Null));
    assert_eq!(
        (&overlap["sector"]["code"], &overlap["from"]),
        (&json!("15190"), &json!("2026-03-01"))
    );
    assert_eq!(overlap["leads"].as_array().map(Vec::len), Some(2));
    let pair = &answer["likelyDuplicates"]["pairs"]["nodes"][0];
    let ids = [first, second].map(|it| it.to_string());
    for side in ["first", "second"] {
        assert!(ids.iter().any(|id| pair[side]["id"] == **id), "{pair}");
    }
    let reasons = json!(["SIMILAR_TITLE", "SAME_TERRITORY", "DATES_OVERLAP", "SAME_SECTOR"]);
    assert_eq!(pair["reasons"], reasons);
    let found = answer["interventions"]["nodes"].as_array().expect("a list");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["id"], second.to_string());
    assert_eq!(found[0]["sectors"], json!([{"code": "15190"}, {"code": "16015"}]));
    assert_eq!(found[0]["classification"]["inherited"], false);
}

#[tokio::test]
async fn what_a_programme_is_about_is_shown_by_its_interventions_and_counts_nowhere_as_theirs() {
    let server = Server::start().await;
    let fields = "kind: PROGRAMME, title: {text: \"PRIM\"}, \
                  period: {from: \"2026\", to: \"unknown\"}";
    let programme = begun("programme", fields);
    server.run(REGION, "programmeCreate", fields).await;
    let classify = |sectors: &str| format!("programme: \"{programme}\", sectors: [{sectors}]");
    let done = server.run(REGION, "programmeClassify", &classify("\"15190\"")).await;
    assert_eq!(done["errors"], json!([]));
    let unknown = server.run(REGION, "programmeClassify", &classify("\"15190\", \"99999\"")).await;
    let error = &unknown["errors"][0];
    assert_eq!((&error["code"], &error["field"]), (&json!("SECTOR_UNKNOWN"), &json!("sectors.1")));
    let none = server.run(REGION, "programmeClassify", &classify("")).await;
    assert_eq!(none["errors"][0]["code"], "PROGRAMME_NO_SECTOR");
    let fields = format!(
        "title: {{text: \"Bureau\"}}, territories: [], groups: [], programme: \"{programme}\""
    );
    server.run(REGION, "interventionPropose", &fields).await;
    let answer = server
        .ask(
            r#"{
                interventions { nodes {
                    sectors { code }
                    classification { inherited inheritedFrom { id } sectors { code } }
                } }
                programmes(filter: { sector: "151" }) { nodes { classification { inherited } } }
                none: interventions(filter: { sector: "151" }) { totalCount }
                matrix(rows: SECTOR, columns: STAGE) { rows { nodes {
                    value { none } total { count }
                } } }
            }"#,
        )
        .await;
    let it = &answer["interventions"]["nodes"][0];
    assert_eq!(it["sectors"], json!([]));
    assert_eq!(it["classification"]["inherited"], true);
    assert_eq!(it["classification"]["sectors"], json!([{"code": "15190"}]));
    assert_eq!(it["classification"]["inheritedFrom"]["id"], programme.to_string());
    assert_eq!(answer["programmes"]["nodes"][0]["classification"]["inherited"], false);
    assert_eq!(answer["none"]["totalCount"], 0);
    let row = json!([{"value": {"none": true}, "total": {"count": 1}}]);
    assert_eq!(answer["matrix"]["rows"]["nodes"], row);
}

#[tokio::test]
async fn a_period_that_ends_before_it_begins_is_refused() {
    let server = Server::start().await;
    let query = "{ overlaps(from: \"2026-02-01\", to: \"2026-01-01\") { totalCount } }";
    let reply = server.post(&json!({"query": query})).await.body;
    let extensions = &reply["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "BAD_USER_INPUT", "{reply}");
    assert_eq!(extensions["reason"], "PERIOD_REVERSED", "{reply}");
}
