//! What was learnt, what sources disagree about, and what is doubtful: commands and questions on the
//! demonstration ledger.
use async_graphql::Request;
use serde_json::{Value, json};
use uuid::Uuid;

use super::questions::Desk;
use crate::acting::Claimed;
use crate::demo;

impl Desk {
    /// What the mutation `name` answers to the actor that the story calls `actor`. `input` lacks the
    /// command's id, which follows from it.
    async fn act(&self, actor: &str, name: &str, input: &str, shown: &str) -> Value {
        let actor = demo::id(&format!("actor/{actor}"));
        let mandate = demo::id(&format!("mandate/{actor}"));
        let command = Uuid::new_v5(&Uuid::nil(), format!("{name} {input}").as_bytes());
        let query = format!(
            "mutation {{ it: {name}(input: {{ commandId: \"{command}\", {input} }}) {{
                partId errors {{ code field message }} {shown} }} }}"
        );
        let request = Request::new(query).data(Claimed::Mandate { actor, mandate });
        self.run(request).await["it"].clone()
    }

    /// The code and the field of the first problem.
    async fn turned_down(&self, actor: &str, name: &str, input: &str) -> (String, String) {
        let error = self.act(actor, name, input, "").await["errors"][0].clone();
        let text = |field: &str| error[field].as_str().unwrap_or_default().to_owned();
        (text("code"), text("field"))
    }
}

fn refusal(code: &str, field: &str) -> (String, String) {
    (code.to_owned(), field.to_owned())
}

async fn drafted(desk: &Desk, title: &str, more: &str) -> String {
    let input = format!("kind: GOOD_PRACTICE, title: {{text: \"{title}\"}}, {more}");
    let answer =
        desk.act("enabel", "capitalisationItemDraft", &input, "capitalisationItem { id }").await;
    answer["capitalisationItem"]["id"].as_str().expect("an id").to_owned()
}

async fn published(desk: &Desk, title: &str, more: &str) -> String {
    let id = drafted(desk, title, more).await;
    let of = format!("capitalisationItem: \"{id}\"");
    let link = format!("{of}, event: 5");
    desk.act("enabel", "capitalisationItemLinkEvidence", &link, "").await;
    desk.act("region-souss-massa", "capitalisationItemReview", &of, "").await;
    let publish = format!("{of}, on: \"2025-07-28\"");
    let answer = desk.act("region-souss-massa", "capitalisationItemPublish", &publish, "").await;
    assert_eq!(answer["errors"], json!([]));
    id
}

#[tokio::test]
async fn what_was_learnt_is_reviewed_by_another_shown_by_something_and_found_in_any_script() {
    let desk = Desk::open().await;
    let field: Uuid = demo::id("intervention/terrain-belfaa");
    let about = format!("interventions: [\"{field}\"], groups: [YOUTH]");
    let id = drafted(&desk, "Le sport réunit", &about).await;
    let of = format!("capitalisationItem: \"{id}\"");
    let link = |what: &str| format!("{of}, {what}");
    let name = "capitalisationItemLinkEvidence";
    let beyond = desk.turned_down("enabel", name, &link("event: 999999")).await;
    assert_eq!(beyond, refusal("UNKNOWN_REFERENCE", "event"));
    let nothing = desk.turned_down("enabel", name, &link("event: null")).await;
    assert_eq!(nothing, refusal("CAPITALISATION_ITEM_NOTHING_LINKED", "document"));
    desk.act("enabel", name, &link("event: 5"), "").await;
    let own = desk.turned_down("enabel", "capitalisationItemReview", &of).await;
    assert_eq!(own, refusal("CAPITALISATION_ITEM_REVIEWED_BY_AUTHOR", ""));
    let query = format!(
        "{{ found: capitalisationItems(filter: {{ text: \"REUNIT بلفاع\", publishedOnly: true,
                within: \"province-chtouka-ait-baha\", group: YOUTH }}) {{
                totalCount nodes {{ id stage evidence {{ position event {{ name }} }} }} }}
            before: capitalisationItem(id: \"{id}\", effectiveOn: \"2025-07-27\") {{ stage }}
            field: intervention(id: \"{field}\") {{
                capitalisationItems(publishedOnly: true) {{ title {{ text }} }} }} }}"
    );
    assert_eq!(desk.ask(&query).await["found"]["totalCount"], 0);
    desk.act("region-souss-massa", "capitalisationItemReview", &of, "").await;
    let publish = format!("{of}, on: \"2025-12-01\"");
    desk.act("region-souss-massa", "capitalisationItemPublish", &publish, "").await;
    let answer = desk.ask(&query).await;
    assert_eq!(answer["found"]["totalCount"], 1, "{answer}");
    let evidence = &answer["found"]["nodes"][0]["evidence"][0];
    assert!(evidence["position"] == 5 && evidence["event"]["name"].is_string(), "{answer}");
    let learnt = answer["field"]["capitalisationItems"].as_array().expect("a list");
    assert!(learnt.iter().any(|it| it["title"]["text"] == "Le sport réunit"), "{answer}");
}

#[tokio::test]
async fn a_published_item_makes_room_for_a_published_one_alone() {
    let desk = Desk::open().await;
    let old = published(&desk, "Guide de 2024", "").await;
    let new = drafted(&desk, "Guide de 2025", "").await;
    let name = "capitalisationItemSupersede";
    let by = |new: &str| format!("capitalisationItem: \"{old}\", successor: \"{new}\"");
    let region = "region-souss-massa";
    let unpublished = desk.turned_down(region, name, &by(&new)).await;
    let code = "CAPITALISATION_ITEM_SUCCESSOR_NOT_PUBLISHED";
    assert_eq!(unpublished, refusal(code, "successor"));
    let itself = desk.turned_down(region, name, &by(&old)).await;
    assert_eq!(itself, refusal("CAPITALISATION_ITEM_SUPERSEDED_BY_ITSELF", "successor"));
    let newest = published(&desk, "Guide de 2026", "").await;
    let shown = "capitalisationItem { stage successor { id } }";
    let answer = desk.act(region, name, &by(&newest), shown).await;
    let item = json!({ "stage": "SUPERSEDED", "successor": { "id": newest } });
    assert_eq!(answer["capitalisationItem"], item);
    // What was recorded by mistake names the event that began it, and is in no list.
    let annul = format!("capitalisationItem: \"{new}\", reason: {{text: \"Saisi deux fois\"}}");
    let shown = "capitalisationItem { annulment { corrects } drafted { position } }";
    let answer = desk.act(region, "capitalisationItemAnnul", &annul, shown).await;
    let item = &answer["capitalisationItem"];
    assert_eq!(item["annulment"]["corrects"], item["drafted"]["position"]);
    let guides =
        desk.ask("{ capitalisationItems(filter: { text: \"guide\" }) { totalCount } }").await;
    assert_eq!(guides["capitalisationItems"]["totalCount"], 2);
}

#[tokio::test]
async fn personal_data_is_refused_in_every_text_and_never_quoted() {
    let desk = Desk::open().await;
    for (text, code) in [
        ("Appeler le 06 12 34 56 78", "PERSONAL_DATA_PHONE"),
        ("Écrire à nom@example.ma", "PERSONAL_DATA_EMAIL"),
        ("Porteur : CIN JB123456", "PERSONAL_DATA_IDENTITY"),
        ("Née le 12/03/1990", "PERSONAL_DATA_BIRTH"),
    ] {
        let input = format!("kind: LESSON, title: {{text: \"{text}\"}}");
        let answer = desk.act("enabel", "capitalisationItemDraft", &input, "").await;
        let error = &answer["errors"][0];
        assert_eq!((&error["code"], &error["field"]), (&json!(code), &json!("title")));
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains("écrivez") || message.contains("nommez"), "{message}");
        assert!(!message.contains(|c: char| c.is_ascii_digit() || c == '@'), "{message}");
    }
}

#[tokio::test]
async fn sources_that_disagree_stand_side_by_side_until_a_later_claim_opens_it_again() {
    let desk = Desk::open().await;
    let khamsa: Uuid = demo::id("actor/khamsa");
    let subject = format!("subject: {{kind: ACTOR, id: \"{khamsa}\"}}");
    let claim = |value: &str, at: &str| {
        format!(
            "{{value: {{text: \"{value}\"}}, source: {{reference: \"capsule\", locator: \"{at}\"}}}}"
        )
    };
    let name = "sourcingRecordConflict";
    let one = format!("{subject}, topic: NAME, claims: [{}]", claim("Khamsa", "§ 6"));
    assert_eq!(
        desk.turned_down("enabel", name, &one).await,
        refusal("SOURCING_TOO_FEW_CLAIMS", "claims")
    );
    let nobody =
        format!("subject: {{kind: ACTOR, id: \"{}\"}}, topic: NAME, claims: []", Uuid::nil());
    let unknown = desk.turned_down("enabel", name, &nobody).await;
    assert_eq!(unknown, refusal("UNKNOWN_REFERENCE", "subject.id"));
    let two = format!(
        "{subject}, topic: NAME, claims: [{}, {}]",
        claim("Khamsa", "§ 6"),
        claim("Khamssa", "§ 2")
    );
    let shown = "sourcing { id conflicts { id open claims { id } } }";
    let answer = desk.act("enabel", name, &two, shown).await;
    let conflict = answer["sourcing"]["conflicts"][0].clone();
    assert_eq!(conflict["id"], answer["partId"]);
    let (conflict, first) = (&conflict["id"], &conflict["claims"][0]["id"]);
    let settle = format!("conflict: {conflict}, claim: {first}, reason: {{text: \"Statuts\"}}");
    let open = format!(
        "{{ conflicts(filter: {{ open: true, subjectKind: ACTOR, subject: \"{khamsa}\", topic: NAME }}) {{
            totalCount nodes {{ subject {{ kind title {{ text }} }} since {{ position }}
                claims {{ text {{ text }} source {{ locator }} own }} settlements {{ claim }} }} }} }}"
    );
    assert_eq!(desk.ask(&open).await["conflicts"]["totalCount"], 1);
    let settled = desk.act("region-souss-massa", "sourcingSettle", &settle, "").await;
    assert_eq!(settled["errors"], json!([]));
    assert_eq!(desk.ask(&open).await["conflicts"]["totalCount"], 0);
    let add = format!("conflict: {conflict}, claim: {}", claim("Khamsa (France)", "§ 9"));
    let answer = desk.act("enabel", "sourcingAddClaim", &add, "sourcing { id }").await;
    assert!(answer["sourcing"]["id"].is_string(), "{answer}");
    let answer = desk.ask(&open).await;
    let node = &answer["conflicts"]["nodes"][0];
    assert_eq!(node["claims"].as_array().map(Vec::len), Some(3), "{answer}");
    assert_eq!(&node["settlements"][0]["claim"], first);
}

#[tokio::test]
async fn a_source_that_is_named_later_stands_beside_the_events_own() {
    let desk = Desk::open().await;
    let field: Uuid = demo::id("intervention/terrain-belfaa");
    let query = format!("{{ intervention(id: \"{field}\") {{ proposed {{ position }} }} }}");
    let position = desk.ask(&query).await["intervention"]["proposed"]["position"].clone();
    let input = |event: &Value| {
        format!(
            "subject: {{kind: INTERVENTION, id: \"{field}\"}}, event: {event},
             foundIn: {{reference: \"Procès-verbal du conseil\", locator: \"p. 3\"}}"
        )
    };
    let other = desk.turned_down("enabel", "sourcingAttribute", &input(&json!(1))).await;
    assert_eq!(other, refusal("UNKNOWN_REFERENCE", "event"));
    let shown = "sourcing { attributions { position } subject { kind } }";
    let answer = desk.act("enabel", "sourcingAttribute", &input(&position), shown).await;
    assert_eq!(answer["sourcing"]["attributions"][0]["position"], position, "{answer}");
    // Told again under another command's id.
    let again = format!("{}, reason: null", input(&position));
    let again = desk.turned_down("enabel", "sourcingAttribute", &again).await;
    assert_eq!(again, refusal("SOURCING_ALREADY_ATTRIBUTED", "foundIn"));
    let query = format!(
        "{{ event(position: {position}) {{ source {{ reference }}
            sources {{ source {{ reference locator }} named {{ position }} }} }} }}"
    );
    let answer = desk.ask(&query).await;
    let sources = answer["event"]["sources"].as_array().expect("a list");
    assert_eq!(sources.len(), 2, "{answer}");
    assert_eq!(sources[0]["source"]["reference"], answer["event"]["source"]["reference"]);
    assert_eq!(sources[1]["source"]["locator"], "p. 3");
}

#[tokio::test]
async fn what_is_doubtful_depends_on_the_day_and_names_its_events() {
    let desk = Desk::open().await;
    let all = |after: &str, day: &str| {
        format!(
            "{{ dataQuality(effectiveOn: \"{day}\"{after}) {{
                day counts {{ kind count }}
                issues(first: 100) {{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{
                    kind subject {{ kind id title {{ text }} }} since days topic message positions
                }} }} }} }}"
        )
    };
    let answer = desk.ask(&all("", "2025-12-01")).await;
    let quality = &answer["dataQuality"];
    let counts = quality["counts"].as_array().expect("a list");
    let sum: i64 = counts.iter().filter_map(|it| it["count"].as_i64()).sum();
    assert_eq!(json!(sum), quality["issues"]["totalCount"]);
    let nodes = quality["issues"]["nodes"].as_array().expect("a list");
    for node in nodes {
        assert!(node["positions"].as_array().is_some_and(|it| !it.is_empty()), "{node}");
        let message = node["message"].as_str().unwrap_or_default();
        assert!(message.contains(' ') && !message.contains(['{', '?']), "{node}");
        assert!(node["subject"]["title"]["text"].is_string(), "{node}");
    }
    let mtd2: Uuid = demo::id("programme/mtd2");
    let past = |quality: &Value| {
        let nodes = quality["dataQuality"]["issues"]["nodes"].as_array().cloned();
        let mut nodes = nodes.unwrap_or_default().into_iter();
        nodes.find(|it| {
            it["kind"] == "PAST_ITS_END" && it["subject"]["id"] == mtd2.to_string().as_str()
        })
    };
    let issue = past(&answer).expect("the sheet says « en cours »");
    assert_eq!((&issue["since"], &issue["days"]), (&json!("2024-01-01"), &json!(700)), "{issue}");
    assert!(past(&desk.ask(&all("", "2023-12-31")).await).is_none());
    // One kind, and one page after the other.
    let of = ", kinds: [AMOUNT_MISSING]";
    let missing = desk.ask(&all(of, "2025-12-01")).await;
    assert_eq!(missing["dataQuality"]["counts"].as_array().map(Vec::len), Some(1));
    let nowhere = desk.ask(&all(", within: \"region-oriental\"", "2025-12-01")).await;
    assert_eq!(nowhere["dataQuality"]["issues"]["totalCount"], 0, "{nowhere}");
}
