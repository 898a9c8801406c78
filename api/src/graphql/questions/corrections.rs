//! What a coordinator finds out to have been recorded wrongly, on the demonstration ledger.
use domain::ids::CommandId;

use super::*;
use crate::acting::Claimed;

const PAYLOAD: &str = "partId receipt { firstPosition lastPosition } errors { code field message }";

impl Desk {
    /// Runs one mutation for the actor that the story calls `who`; gives its payload.
    pub(super) async fn say(&self, who: &str, mutation: &str, fields: &str) -> Value {
        let actor = demo::id(&format!("actor/{who}"));
        let mandate = demo::id(&format!("mandate/{actor}"));
        let command: CommandId = Uuid::new_v5(&actor_uuid(who), fields.as_bytes()).into();
        let query = format!(
            "mutation {{ {mutation}(input: {{commandId: \"{command}\", {fields}}}) {{ {PAYLOAD} }} }}"
        );
        let request = Request::new(query).data(Claimed::Mandate { actor, mandate });
        let response = self.contract.ask(request).await;
        assert!(response.errors.is_empty(), "{mutation}: {:?}", response.errors);
        response.data.into_json().expect("data are JSON")[mutation].clone()
    }

    pub(super) async fn recorded(&self, who: &str, mutation: &str, fields: &str) -> Value {
        let payload = self.say(who, mutation, fields).await;
        assert_eq!(payload["errors"], json!([]), "{mutation}");
        payload
    }

    async fn refused(&self, who: &str, mutation: &str, fields: &str, code: &str) {
        let payload = self.say(who, mutation, fields).await;
        assert_eq!(payload["errors"][0]["code"], code, "{mutation}: {payload}");
    }
}

fn actor_uuid(who: &str) -> Uuid {
    demo::id(&format!("actor/{who}"))
}

fn request() -> Uuid {
    demo::id("request/exemple-terrain")
}

const WHY: &str = "reason: {text: \"Erreur de saisie\"}";

#[tokio::test]
async fn a_payment_is_corrected_by_two_persons_and_the_past_still_says_what_it_said() {
    let desk = Desk::open().await;
    let (request, payment) = (request(), demo::id::<Uuid>("disbursement/exemple-terrain/1"));
    let sums = format!(
        "fundingRequest(id: \"{request}\") {{
            disbursed {{ sums {{ minor }} }} corrections {{ reason {{ text }} corrects }}
            proposedCorrections {{ standing figure partId was {{ money {{ minor }} }}
                to {{ money {{ minor }} }} }} }}"
    );
    let before = desk.ask(&format!("{{ {sums} }}")).await;
    assert_eq!(before["fundingRequest"]["disbursed"]["sums"], json!([{"minor": 20_000_000}]));

    let figure = format!(
        "figure: {{disbursement: {{disbursement: \"{payment}\", to: {{minor: 18000000, currency: MAD}}}}}}"
    );
    let fields = format!("fundingRequest: \"{request}\", {figure}, {WHY}");
    let proposed = desk.recorded("afd", "fundingRequestProposeCorrection", &fields).await;
    let again = desk.say("afd", "fundingRequestProposeCorrection", &fields).await;
    assert_eq!(again, proposed, "a retry gets the first answer");
    let correction = proposed["partId"].as_str().expect("its id");

    let waiting = desk
        .ask(&format!(
            "{{ {sums} pendingCorrections(actor: \"{}\") {{
        totalCount nodes {{ id subjectId corrects by {{ name }} }} }} }}",
            actor_uuid("afd")
        ))
        .await;
    assert_eq!(waiting["fundingRequest"]["disbursed"], before["fundingRequest"]["disbursed"]);
    assert_eq!(waiting["pendingCorrections"]["totalCount"], 1);
    let pending = &waiting["pendingCorrections"]["nodes"][0];
    assert_eq!((&pending["id"], &pending["subjectId"]), (&json!(correction), &json!(request)));
    let shown = &waiting["fundingRequest"]["proposedCorrections"][0];
    assert_eq!(shown["standing"], "WAITING");
    assert_eq!(shown["was"]["money"]["minor"], 20_000_000);

    let answer = format!("fundingRequest: \"{request}\", correction: \"{correction}\"");
    let confirm = "fundingRequestConfirmCorrection";
    desk.refused("afd", confirm, &answer, "CORRECTION_SAME_PERSON").await;
    let confirmed = desk.recorded("expertise-france", confirm, &answer).await;
    let again = desk.say("expertise-france", confirm, &answer).await;
    assert_eq!(again, confirmed, "a retry gets the first answer");

    let position = confirmed["receipt"]["lastPosition"].as_i64().expect("a position");
    let after = desk
        .ask(&format!(
            "{{ {sums} event(position: {position}) {{ name corrects }}
            original: event(position: {0}) {{ name correctedBy }}
            then: fundingRequest(id: \"{request}\", asOf: {{position: {1}}}) {{
                disbursed {{ sums {{ minor }} }} }} }}",
            pending["corrects"],
            position - 1
        ))
        .await;
    assert_eq!(after["fundingRequest"]["disbursed"]["sums"], json!([{"minor": 18_000_000}]));
    assert_eq!(after["fundingRequest"]["corrections"][0]["corrects"], pending["corrects"]);
    assert_eq!(after["event"]["corrects"], pending["corrects"]);
    assert_eq!(
        after["original"],
        json!({"name": "disbursement_recorded", "correctedBy": [position]})
    );
    assert_eq!(after["then"]["disbursed"], before["fundingRequest"]["disbursed"]);
}

#[tokio::test]
async fn what_hangs_on_something_keeps_it_from_being_annulled() {
    let desk = Desk::open().await;
    let intervention = field();
    let fields = format!("intervention: \"{intervention}\", {WHY}");
    let region = "region-souss-massa";
    desk.refused(region, "interventionAnnul", &fields, "INTERVENTION_STILL_NAMED").await;
    let fields = format!("fundingRequest: \"{}\", {WHY}", request());
    let in_force = "FUNDING_REQUEST_GRANT_IN_FORCE";
    desk.refused(region, "fundingRequestAnnul", &fields, in_force).await;
}

#[tokio::test]
async fn a_duplicate_is_annulled_and_found_by_its_id_alone() {
    let desk = Desk::open().await;
    let region = "region-souss-massa";
    let fields = "title: {text: \"Terrain de sport, en double\"}, territories: [], groups: []";
    let proposed = desk.recorded(region, "interventionPropose", fields).await;
    let command = Uuid::new_v5(&actor_uuid(region), fields.as_bytes());
    let id = Uuid::new_v5(&command, b"intervention");
    let annul = format!("intervention: \"{id}\", {WHY}");
    let annulled = desk.recorded(region, "interventionAnnul", &annul).await;
    let again = desk.say(region, "interventionAnnul", &annul).await;
    assert_eq!(again, annulled, "a retry gets the first answer");
    let answer = desk
        .ask(&format!(
            "{{ interventions(filter: {{text: \"en double\"}}) {{ totalCount }}
            intervention(id: \"{id}\") {{
                title {{ text }} annulment {{ reason {{ text }} corrects }}
                timeline {{ nodes {{ name }} }} }} }}"
        ))
        .await;
    assert_eq!(answer["interventions"]["totalCount"], 0);
    let known = &answer["intervention"];
    assert_eq!(known["annulment"]["reason"]["text"], "Erreur de saisie");
    assert_eq!(known["annulment"]["corrects"], proposed["receipt"]["firstPosition"]);
    assert_eq!(known["timeline"]["nodes"], json!([{"name": "proposed"}, {"name": "annulled"}]));
}

#[tokio::test]
async fn a_corrected_name_and_participation_are_what_answers_say() {
    let desk = Desk::open().await;
    let region = "region-souss-massa";
    let actor = actor_uuid("khamsa");
    let fields = format!("actor: \"{actor}\", name: \"Khamsa, association des deux rives\", {WHY}");
    desk.recorded(region, "actorCorrect", &fields).await;
    let part = desk
        .ask(&format!(
            "{{ intervention(id: \"{}\") {{ participations {{ id role actor {{ id }} }} }} }}",
            field()
        ))
        .await;
    let parts = part["intervention"]["participations"].as_array().expect("a list");
    let facilitator = json!(actor_uuid("anaruz"));
    let own = parts.iter().find(|it| it["actor"]["id"] == facilitator).expect("it takes part");
    let fields = format!("intervention: \"{}\", participation: {}, {WHY}", field(), own["id"]);
    desk.recorded(region, "interventionAnnulParticipation", &fields).await;
    let answer = desk
        .ask(&format!(
            "{{ actor(id: \"{actor}\") {{ name names {{ name }} misnamings {{ name }}
                corrections {{ said {{ by {{ id }} }} }} }}
            intervention(id: \"{0}\") {{ participations {{ id }}
                all: participations(withAnnulled: true) {{ id annulment {{ corrects }} }} }} }}",
            field()
        ))
        .await;
    assert_eq!(answer["actor"]["name"], "Khamsa, association des deux rives");
    assert_eq!(answer["actor"]["misnamings"], json!([{"name": "Khamsa (France)"}]));
    assert_eq!(answer["actor"]["corrections"].as_array().map(Vec::len), Some(1));
    let count = |name: &str| answer["intervention"][name].as_array().map_or(0, Vec::len);
    assert_eq!((count("participations"), count("all")), (parts.len() - 1, parts.len()));
}
