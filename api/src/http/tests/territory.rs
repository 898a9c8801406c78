//! From the petition to the plan: what rests on what, through the front door.
use super::commands::begun;
use super::*;

const REGION: (ActorId, MandateId) = (ACTOR, MANDATE);
const COMMUNE: (ActorId, MandateId) = (APPLICANT, APPLICANT_MANDATE);

impl Server {
    /// Runs a mutation that is recorded; gives its payload.
    async fn does(&self, actor: (ActorId, MandateId), mutation: &str, fields: &str) -> Value {
        let done = self.run(actor, mutation, fields).await;
        assert_eq!(done["errors"], json!([]), "{mutation}");
        done
    }

    /// Runs a mutation that is refused; gives the code and the field.
    async fn fails(&self, actor: (ActorId, MandateId), mutation: &str, fields: &str) -> Value {
        let done = self.run(actor, mutation, fields).await;
        json!([done["errors"][0]["code"], done["errors"][0]["field"]])
    }

    /// Begins something; gives its id.
    async fn begins(
        &self,
        actor: (ActorId, MandateId),
        mutation: &str,
        noun: &str,
        fields: &str,
    ) -> Uuid {
        self.does(actor, mutation, fields).await;
        begun(noun, fields)
    }

    async fn petition(&self) -> Uuid {
        let fields = "title: {text: \"Un terrain de sport\"}, territory: \"commune-belfaa\", \
                      groups: [YOUTH], on: \"2018\"";
        self.begins(COMMUNE, "citizenInitiativeReceive", "citizen_initiative", fields).await
    }

    async fn matter(&self, title: &str) -> Uuid {
        let fields =
            format!("council: \"{APPLICANT}\", title: {{text: \"{title}\"}}, on: \"2018\"");
        self.begins(COMMUNE, "deliberationTable", "deliberation", &fields).await
    }

    async fn intervention(&self) -> Uuid {
        let fields = "title: {text: \"Terrain de sport\"}, territories: [\"commune-belfaa\"], \
                      groups: [YOUTH]";
        self.begins(REGION, "interventionPropose", "intervention", fields).await
    }

    async fn plan(&self, title: &str) -> Uuid {
        let fields = format!(
            "kind: COMMUNAL_ACTION_PLAN, territory: \"commune-belfaa\", \
             title: {{text: \"{title}\"}}, period: {{from: \"2022\", to: \"2027\"}}, on: \"2021\""
        );
        self.begins(COMMUNE, "territorialPlanStart", "territorial_plan", &fields).await
    }
}

fn adopts(deliberation: Uuid, in_favour: i64) -> String {
    format!(
        "deliberation: \"{deliberation}\", on: \"2018\", votes: {{members: 27, quorum: 14, \
         present: 20, inFavour: {in_favour}, against: 2, abstained: 1}}"
    )
}

#[tokio::test]
async fn a_petition_is_answered_by_a_council_that_has_said_something() {
    let server = Server::start().await;
    let (petition, act) = (server.petition().await, server.matter("Terrain").await);
    let of = format!("citizenInitiative: \"{petition}\"");
    let endorse = format!("{of}, note: {{text: \"Dès l'origine\"}}, on: \"2018\"");
    server.does(COMMUNE, "citizenInitiativeEndorse", &endorse).await;
    let refer = format!("{of}, to: \"{APPLICANT}\", on: \"2018\"");
    server.does(REGION, "citizenInitiativeRefer", &refer).await;
    let link = |on| format!("{of}, deliberation: \"{act}\", on: \"{on}\"");
    let (mutation, not_decided) =
        ("citizenInitiativeLinkDeliberation", json!(["DELIBERATION_NOT_DECIDED", "deliberation"]));
    assert_eq!(server.fails(COMMUNE, mutation, &link("2018")).await, not_decided);
    let few = server.fails(COMMUNE, "deliberationAdopt", &adopts(act, 1)).await;
    assert_eq!(few, json!(["DELIBERATION_NO_MAJORITY", "votes"]));
    server.does(COMMUNE, "deliberationAdopt", &adopts(act, 15)).await;
    server.does(COMMUNE, mutation, &link("2018-12")).await;
    let corrected = format!("{of}, signatures: 240, reason: {{text: \"Décompte\"}}");
    server.does(COMMUNE, "citizenInitiativeCorrect", &corrected).await;
    let answer = server
        .ask(&format!(
            "{{ citizenInitiative(id: \"{petition}\") {{ stage signatures
                endorsements {{ by {{ name }} note {{ text }} }} referral {{ to {{ name }} }}
                answers {{ deliberation {{ stage }} }}
                deliberations {{ decisions {{ votes {{ quorum inFavour }} }} answers {{ id }} }}
                corrections {{ corrects }} received {{ position }} }}
              citizenInitiatives(filter: {{ within: \"region-souss-massa\", stage: ANSWERED }}) {{
                totalCount }}
              before: citizenInitiatives(effectiveOn: \"2017-12-31\",
                filter: {{ stage: RECEIVED }}) {{ totalCount }} }}"
        ))
        .await;
    let read = &answer["citizenInitiative"];
    assert_eq!((&read["stage"], &read["signatures"]), (&json!("ANSWERED"), &json!(240)));
    assert_eq!(read["answers"][0]["deliberation"]["stage"], "ADOPTED");
    let votes = json!({"quorum": 14, "inFavour": 15});
    assert_eq!(read["deliberations"][0]["decisions"][0]["votes"], votes);
    assert_eq!(read["deliberations"][0]["answers"][0]["id"], petition.to_string());
    assert_eq!(read["corrections"][0]["corrects"], read["received"]["position"]);
    assert_eq!(read["referral"]["to"]["name"], "Commune");
    assert_eq!(answer["citizenInitiatives"]["totalCount"], 1);
    assert_eq!(answer["before"]["totalCount"], 0);
}

#[tokio::test]
async fn an_intervention_rests_on_an_adopted_act_and_its_timeline_begins_with_the_petition() {
    let server = Server::start().await;
    let (petition, act) = (server.petition().await, server.matter("Terrain").await);
    let field = server.intervention().await;
    let of = format!("intervention: \"{field}\"");
    let origin = format!(
        "{of}, on: \"2018\", origin: {{citizenInitiative: {{initiative: \"{petition}\", \
         note: {{text: \"Pétition\"}}}}}}"
    );
    server.does(REGION, "interventionLinkOrigin", &origin).await;
    let adopt = |on| format!("{of}, deliberation: \"{act}\", on: \"{on}\"");
    let refused = server.fails(REGION, "interventionAdopt", &adopt("2018")).await;
    assert_eq!(refused, json!(["DELIBERATION_NOT_ADOPTED", "deliberation"]));
    server.does(COMMUNE, "deliberationAdopt", &adopts(act, 15)).await;
    let adopted = server.does(REGION, "interventionAdopt", &adopt("2018-12")).await;
    let annul =
        format!("deliberation: \"{act}\", on: \"2020\", reason: {{text: \"Vice de forme\"}}");
    server.does(COMMUNE, "deliberationAnnul", &annul).await;
    let again = server.run(REGION, "interventionAdopt", &adopt("2018-12")).await;
    assert_eq!(again, adopted, "a retry gets the first answer");
    let answer = server
        .ask(&format!(
            "{{ intervention(id: \"{field}\") {{
                origins {{ of initiative {{ title {{ text }} interventions {{ id }} }} }}
                adoption {{ deliberationId deliberation {{ stage interventions {{ id }}
                    annulment {{ corrects }} decisions {{ votes {{ inFavour }} }} }} }}
                timeline {{ nodes {{ name }} }} }}
              deliberations {{ totalCount }}
              all: deliberations(filter: {{ annulledToo: true }}) {{ totalCount }} }}"
        ))
        .await;
    let read = &answer["intervention"];
    let names: Vec<_> = read["timeline"]["nodes"].as_array().expect("a list").iter().collect();
    let names: Vec<_> = names.iter().filter_map(|it| it["name"].as_str()).collect();
    let story =
        ["received", "tabled", "proposed", "origin_linked", "adopted", "adopted", "annulled"];
    assert_eq!(names, story);
    assert_eq!(read["origins"][0]["of"], petition.to_string());
    assert_eq!(read["origins"][0]["initiative"]["interventions"][0]["id"], field.to_string());
    let act = &read["adoption"]["deliberation"];
    assert_eq!(act["stage"], "ANNULLED");
    assert_eq!(act["decisions"][0]["votes"]["inFavour"], 15, "the original stays visible");
    assert!(act["annulment"]["corrects"].is_number());
    assert_eq!(act["interventions"][0]["id"], field.to_string());
    assert_eq!(
        (&answer["deliberations"]["totalCount"], &answer["all"]["totalCount"]),
        (&json!(0), &json!(1))
    );
}

#[tokio::test]
async fn a_plan_is_adopted_by_an_adopted_act_and_takes_its_interventions_in() {
    let server = Server::start().await;
    let (act, field) = (server.matter("Plan").await, server.intervention().await);
    let plan = server.plan("PAC").await;
    let of = format!("territorialPlan: \"{plan}\"");
    server.does(COMMUNE, "territorialPlanDraft", &format!("{of}, on: \"2022-01\"")).await;
    let adopt = |on| format!("{of}, deliberation: \"{act}\", on: \"{on}\"");
    let refused = server.run(COMMUNE, "territorialPlanAdopt", &adopt("2022")).await;
    assert_eq!(
        refused["errors"][0],
        json!({
            "code": "TERRITORIAL_PLAN_ACT_NOT_ADOPTED",
            "field": "deliberation",
            "message": "un plan s'adopte par une délibération adoptée, et le point est ici inscrit à \
                        l'ordre du jour",
        })
    );
    server.does(COMMUNE, "deliberationAdopt", &adopts(act, 15)).await;
    server.does(COMMUNE, "territorialPlanAdopt", &adopt("2022-05")).await;
    let enter = format!("{of}, on: \"2022-06-01\"");
    server.does(COMMUNE, "territorialPlanEnterIntoForce", &enter).await;
    let mut objectives = Vec::new();
    for title in ["Accueillir", "Faire du sport", "Étudier"] {
        let define = format!("{of}, title: {{text: \"{title}\"}}");
        let done = server.does(COMMUNE, "territorialPlanDefineObjective", &define).await;
        objectives.push(done["partId"].as_str().expect("an id").to_owned());
    }
    let action = format!("{of}, objective: \"{}\", title: {{text: \"Bureau\"}}", objectives[0]);
    server.does(COMMUNE, "territorialPlanAddAction", &action).await;
    let link = format!("{of}, intervention: \"{field}\", objective: \"{}\"", objectives[1]);
    server.does(COMMUNE, "territorialPlanLinkIntervention", &link).await;
    let title = "title: {text: \"Plan d'action communal\"}";
    let integrate =
        format!("intervention: \"{field}\", plan: \"{plan}\", {title}, on: \"2022-06\"");
    server.does(REGION, "interventionIntegrateInPlan", &integrate).await;
    let annul = format!("deliberation: \"{act}\", on: \"2023\", reason: {{text: \"Vice\"}}");
    server.does(COMMUNE, "deliberationAnnul", &annul).await;
    let answer = server
        .ask(&format!(
            "{{ territorialPlan(id: \"{plan}\") {{ stage inForce(on: \"2022-06-01\")
                before: inForce(on: \"2022-05-31\")
                adoption {{ stands deliberation {{ territorialPlans {{ id }} }} }}
                objectives(uncoveredOnly: true) {{ title {{ text }} isCovered }}
                links {{ objective intervention {{ id }} }} interventions {{ id }} }}
              intervention(id: \"{field}\") {{ plans {{ planId plan {{ id }} }}
                territorialPlans {{ id }} }}
              territorialPlans(effectiveOn: \"2022-06-01\", filter: {{ within: \"province-chtouka-ait-baha\",
                kind: COMMUNAL_ACTION_PLAN, stage: IN_FORCE, inForce: true, mainstreamed: false,
                intervention: \"{field}\" }}) {{ totalCount }} }}"
        ))
        .await;
    let read = &answer["territorialPlan"];
    assert_eq!((&read["inForce"], &read["before"]), (&json!(true), &json!(false)));
    assert_eq!(read["adoption"]["stands"], false, "the act was annulled later");
    assert_eq!(read["adoption"]["deliberation"]["territorialPlans"][0]["id"], plan.to_string());
    let uncovered = json!([{"title": {"text": "Étudier"}, "isCovered": false}]);
    assert_eq!(read["objectives"], uncovered);
    assert_eq!(read["interventions"], json!([{"id": field.to_string()}]));
    let plans = &answer["intervention"];
    assert_eq!(plans["plans"][0]["planId"], plans["plans"][0]["plan"]["id"]);
    assert_eq!(plans["territorialPlans"], json!([{"id": plan.to_string()}]));
    assert_eq!(answer["territorialPlans"]["totalCount"], 1);
    let annul = format!("{of}, reason: {{text: \"Inscrit à tort\"}}");
    server.does(REGION, "territorialPlanAnnul", &annul).await;
    let again = format!("intervention: \"{field}\", plan: \"{plan}\", {title}, on: \"2023\"");
    let refused = server.fails(REGION, "interventionIntegrateInPlan", &again).await;
    assert_eq!(refused, json!(["TERRITORIAL_PLAN_OUT_OF_TURN", null]));
}

#[tokio::test]
async fn the_first_mainstreaming_of_a_commune_is_derived_as_of_what_was_known() {
    let server = Server::start().await;
    let (pac, roadmap) = (server.plan("PAC").await, server.plan("Feuille de route").await);
    let record = |plan: Uuid, on: &str| {
        format!(
            "territorialPlan: \"{plan}\", note: {{text: \"Axe migration\"}}, on: \"{on}\", \
             source: {{reference: \"Capsule PRIM\"}}"
        )
    };
    let mutation = "territorialPlanRecordMainstreaming";
    let first = server.does(COMMUNE, mutation, &record(pac, "2023-03")).await;
    let known = first["receipt"]["lastPosition"].as_i64().expect("a position");
    let second = server.does(COMMUNE, mutation, &record(roadmap, "2022")).await;
    let at = second["receipt"]["lastPosition"].as_i64().expect("a position");
    let fields = "totalCount nodes { territory { id } firstIsCertain records { said { position } }
        first { plan { id } said { effective position } source { reference } } }";
    let query = format!(
        "{{ now: mainstreaming(within: \"region-souss-massa\", state: MAINSTREAMED) {{ {fields} }}
            then: mainstreaming(state: MAINSTREAMED, asOf: {{ position: {known} }}) {{ {fields} }}
            before: mainstreaming(state: MAINSTREAMED, effectiveOn: \"2022-12-31\") {{ {fields} }}
            never: mainstreaming(state: NEVER, first: 1) {{ totalCount nodes {{ first {{ title {{ text }} }} }} }}
            all: mainstreaming(first: 1) {{ totalCount }} }}"
    );
    let answer = server.ask(&query).await;
    let read = |name: &str, field: &str| answer[name]["nodes"][0]["first"][field].clone();
    assert_eq!(answer["now"]["nodes"][0]["territory"]["id"], "commune-belfaa");
    assert_eq!(read("now", "said"), json!({"effective": "2022", "position": at}));
    assert_eq!(read("now", "source")["reference"], "Capsule PRIM");
    assert_eq!(answer["now"]["nodes"][0]["firstIsCertain"], true);
    assert_eq!(read("then", "said"), json!({"effective": "2023-03", "position": known}));
    assert_eq!(answer["before"]["nodes"][0]["records"].as_array().map(Vec::len), Some(1));
    let total = |name: &str| answer[name]["totalCount"].as_i64().expect("a count");
    assert_eq!(total("never"), total("all") - 1);

    let mutation = "territorialPlanAnnulMainstreaming";
    let annul = |at: i64| {
        format!("territorialPlan: \"{roadmap}\", at: {at}, reason: {{text: \"Inscrit à tort\"}}")
    };
    let wrong = server.fails(REGION, mutation, &annul(known)).await;
    assert_eq!(wrong, json!(["UNKNOWN_REFERENCE", "at"]));
    let annulled = server.does(REGION, mutation, &annul(at)).await;
    assert_eq!(server.run(REGION, mutation, &annul(at)).await, annulled, "a retry");
    let answer = server.ask(&query).await;
    assert_eq!(answer["now"]["nodes"][0]["first"]["said"]["position"], known);
    let plan = format!(
        "{{ territorialPlan(id: \"{roadmap}\") {{ mainstreamings {{ annulment {{ corrects }} }} }} }}"
    );
    let kept = server.ask(&plan).await;
    let kept = &kept["territorialPlan"]["mainstreamings"][0]["annulment"];
    assert_eq!(kept["corrects"], at, "it stays visible");
}
