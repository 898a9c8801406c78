//! Counts of people, from the command to the result against its target.
use super::commands::begun;
use super::*;

const REGION: (ActorId, MandateId) = (ACTOR, MANDATE);
const COMMUNE: (ActorId, MandateId) = (APPLICANT, APPLICANT_MANDATE);

impl Server {
    /// Runs one mutation that is recorded; gives the id of the part that it adds.
    async fn done(&self, actor: (ActorId, MandateId), mutation: &str, fields: &str) -> String {
        let answer = self.run(actor, mutation, fields).await;
        assert_eq!(answer["errors"], json!([]), "{mutation}");
        answer["partId"].as_str().unwrap_or_default().to_owned()
    }

    async fn refused(&self, actor: (ActorId, MandateId), mutation: &str, fields: &str) -> Value {
        let error = &self.run(actor, mutation, fields).await["errors"][0];
        json!([error["code"], error["field"]])
    }

    async fn ask(&self, query: &str) -> Value {
        let reply = self.post(&json!({"query": query})).await.body;
        assert!(reply.get("errors").is_none(), "{reply}");
        reply["data"].clone()
    }

    /// A programme that expects one result with one indicator, of which 45 are wanted.
    async fn expecting(&self) -> (Uuid, String) {
        let fields = "kind: PROJECT, title: {text: \"MTD II\"}, \
                      period: {from: \"2020\", to: \"2027\"}";
        let programme = begun("programme", fields);
        self.done(REGION, "programmeCreate", fields).await;
        let of = format!("programme: \"{programme}\"");
        let fields = format!("{of}, title: {{text: \"Compétences\"}}");
        let result = self.done(REGION, "programmeDefineResult", &fields).await;
        let fields =
            format!("{of}, result: \"{result}\", title: {{text: \"Formés\"}}, unit: \"personnes\"");
        let indicator = self.done(REGION, "programmeDefineIndicator", &fields).await;
        let fields = format!(
            "{of}, indicator: \"{indicator}\", value: 45, comparator: AT_LEAST, due: \"2026\""
        );
        self.done(REGION, "programmeSetTarget", &fields).await;
        (programme, indicator)
    }
}

#[tokio::test]
async fn those_who_complete_a_training_count_towards_its_indicator_and_nobody_is_pointed_at() {
    let server = Server::start().await;
    let (programme, indicator) = server.expecting().await;
    let fields = format!(
        "title: {{text: \"Formation-action\"}}, programme: \"{programme}\", \
         territory: \"commune-belfaa\", groups: [RETURNED_MOROCCANS], \
         period: {{from: \"2026-01\", to: \"2026-06\"}}, indicators: [\"{indicator}\"]"
    );
    let cohort = begun("training_cohort", &fields);
    server.done(COMMUNE, "trainingCohortPlan", &fields).await;
    let counted = |women, unknown| {
        format!(
            "trainingCohort: \"{cohort}\", enrolled: {{total: 45}}, completed: {{total: 45, \
             parts: [{{sex: FEMALE, count: {women}}}], unknown: {unknown}}}"
        )
    };
    let close = server
        .refused(
            COMMUNE,
            "trainingCohortRecordCompletion",
            &format!("{}, on: \"2026-06\"", counted(3, 42)),
        )
        .await;
    assert_eq!(close, json!(["TRAINING_COHORT_SMALL_CELL", "completed"]));
    let fields = format!("{}, on: \"2026-06\"", counted(42, 3));
    server.done(COMMUNE, "trainingCohortRecordCompletion", &fields).await;
    let fields = format!("{}, reason: {{text: \"Relecture\"}}", counted(42, 3));
    let same = server.refused(REGION, "trainingCohortCorrectCompletion", &fields).await;
    assert_eq!(same, json!(["TRAINING_COHORT_NOTHING_CORRECTED", null]));

    let query = format!(
        "{{ results(programme: \"{programme}\") {{
            totals {{ unit contributed contributions agreed }}
            results {{ programme {{ id }} indicators {{
                target {{ value }} verdict basis measured contributed flags
                contributions {{ value said {{ effective }} source {{ __typename }}
                    people {{ total parts {{ sex count isSuppressed }}
                        unknown {{ count isSuppressed }} }} }}
                breakdown {{
                    bySex {{ sex count isSuppressed }} byGroup {{ group }}
                    byProvince {{ province {{ id }} count }} }}
                before: contributed(on: \"2026-05-31\")
            }} }}
        }} }}"
    );
    let answer = server.ask(&query).await;
    let results = &answer["results"];
    let total = json!({"unit": "personnes", "contributed": 45, "contributions": 1, "agreed": 0});
    assert_eq!(results["totals"], json!([total]));
    let hidden = json!({"count": null, "isSuppressed": true});
    let women = json!({"sex": "FEMALE", "count": null, "isSuppressed": true});
    let unsaid = json!({"sex": null, "count": null, "isSuppressed": true});
    let expected = json!({
        "target": {"value": 45}, "verdict": "MET", "basis": "CONTRIBUTED", "measured": null,
        "contributed": 45, "flags": [], "before": null,
        "contributions": [{"value": 45, "said": {"effective": "2026-06"},
            "source": {"__typename": "TrainingCohort"},
            "people": {"total": 45, "parts": [women], "unknown": hidden}}],
        "breakdown": {"bySex": [women, unsaid], "byGroup": [],
            "byProvince": [{"province": {"id": "province-chtouka-ait-baha"}, "count": 45}]},
    });
    assert_eq!(results["results"][0]["indicators"], json!([expected]));

    let of = format!("indicator: \"{indicator}\", period: \"2026\"");
    let fields = format!("{of}, measurement: {{value: 40}}");
    server.done(COMMUNE, "indicatorSubmit", &fields).await;
    server.done(REGION, "indicatorAccept", &of).await;
    let query = format!(
        "{{ indicator(id: \"{indicator}\") {{ verdict basis measured contributed flags }} }}"
    );
    let expected = json!({"verdict": "NOT_MET", "basis": "MEASURED", "measured": 40,
        "contributed": 45, "flags": ["DIFFERS"]});
    assert_eq!(server.ask(&query).await["indicator"], expected);

    let fields = format!("trainingCohort: \"{cohort}\", reason: {{text: \"En double\"}}");
    server.done(REGION, "trainingCohortAnnul", &fields).await;
    let query = format!(
        "{{ trainingCohort(id: \"{cohort}\") {{ stage annulment {{ corrects }} }}
            trainingCohorts {{ totalCount }}
            territory(id: \"province-chtouka-ait-baha\") {{ trainingCohorts {{ id }} }}
            programme(id: \"{programme}\") {{ trainingCohorts {{ id }} }}
            indicator(id: \"{indicator}\") {{ contributions {{ value }} }} }}"
    );
    let answer = server.ask(&query).await;
    assert!(answer["trainingCohort"]["annulment"]["corrects"].is_number(), "{answer}");
    assert_eq!(answer["trainingCohorts"]["totalCount"], 0);
    assert_eq!(answer["territory"]["trainingCohorts"], json!([]));
    assert_eq!(answer["programme"]["trainingCohorts"], json!([]));
    assert_eq!(answer["indicator"]["contributions"], json!([]));
}

#[tokio::test]
async fn a_group_goes_by_a_published_map_to_the_country_that_it_is_of() {
    let server = Server::start().await;
    let mut ways = Vec::new();
    for (country, closes) in [("IT", "2027-01-31"), ("BE", "2026-12-31"), ("FR", "2026-11-20")] {
        let fields = format!("title: {{text: \"Opportunités\"}}, country: \"{country}\"");
        let map = begun("mobility_map", &fields);
        server.done(COMMUNE, "mobilityMapDraft", &fields).await;
        let of = format!("mobilityMap: \"{map}\"");
        let fields = format!(
            "{of}, title: {{text: \"Volontariat\"}}, pathway: VOLUNTEERING, groups: [YOUTH], \
             reference: \"Page officielle\", verifiedOn: \"2025-11-01\", closes: \"{closes}\""
        );
        let way = server.done(COMMUNE, "mobilityMapAddOpportunity", &fields).await;
        ways.push((map, way));
        server.done(REGION, "mobilityMapValidate", &format!("{of}, on: \"2025-12\"")).await;
        server.done(REGION, "mobilityMapPublish", &format!("{of}, on: \"2026-01\"")).await;
    }
    let open = |filter: &str| {
        format!(
            "{{ mobilityOpportunities(filter: {{{filter}}}, first: 2) {{ totalCount
                nodes {{ country isStale isOpen map {{ title {{ text }} }} }}
                pageInfo {{ hasNextPage endCursor }} }} }}"
        )
    };
    let countries = |answer: &Value| {
        let nodes = answer["mobilityOpportunities"]["nodes"].as_array().expect("a list").iter();
        nodes.filter_map(|it| it["country"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let today = server.ask(&open("pathway: VOLUNTEERING, group: YOUTH")).await;
    assert_eq!(countries(&today), ["BE", "IT"]);
    // Checked on 1 November 2025, asked about on 21 November 2026.
    assert_eq!(today["mobilityOpportunities"]["nodes"][0]["isStale"], true);
    let october = server.ask(&open("openOn: \"2026-10-31\"")).await;
    assert_eq!(countries(&october), ["FR", "BE"]);
    assert_eq!(october["mobilityOpportunities"]["nodes"][0]["isStale"], false);
    assert_eq!(october["mobilityOpportunities"]["pageInfo"]["hasNextPage"], true);
    assert!(countries(&server.ask(&open("country: \"BE\", pathway: STUDY")).await).is_empty());

    let ((belgium, way), (_, italian)) = (&ways[1], &ways[0]);
    let proposal = |country: &str, way: &str| {
        format!(
            "title: {{text: \"Service citoyen\"}}, pathway: VOLUNTEERING, country: \"{country}\", \
             map: \"{belgium}\", opportunity: \"{way}\", territory: \"region-souss-massa\", \
             places: 10"
        )
    };
    let elsewhere = proposal("FR", way);
    let refused = server.refused(COMMUNE, "mobilityPlacementPropose", &elsewhere).await;
    assert_eq!(refused, json!(["MOBILITY_PLACEMENT_OTHER_COUNTRY", "country"]));
    let unnamed = proposal("BE", italian);
    let refused = server.refused(COMMUNE, "mobilityPlacementPropose", &unnamed).await;
    assert_eq!(refused, json!(["MOBILITY_PLACEMENT_UNKNOWN_OPPORTUNITY", "opportunity"]));
    let fields = proposal("BE", way);
    let group = begun("mobility_placement", &fields);
    server.done(COMMUNE, "mobilityPlacementPropose", &fields).await;
    let of = format!("mobilityPlacement: \"{group}\"");
    let leaves = format!("{of}, departed: {{total: 11}}, on: \"2026-03\"");
    let refused = server.refused(COMMUNE, "mobilityPlacementRecordDeparture", &leaves).await;
    assert_eq!(refused, json!(["MOBILITY_PLACEMENT_MORE_DEPARTED_THAN_PLACES", "departed"]));
    let leaves = format!("{of}, departed: {{total: 10}}, on: \"2026-03\"");
    server.done(COMMUNE, "mobilityPlacementRecordDeparture", &leaves).await;
    let query = format!(
        "{{ mobilityPlacement(id: \"{group}\") {{ stage departure {{ departed {{ total }} }}
            opportunity {{ id }} map {{ placements {{ id }} }}
            then: timeline {{ totalCount }} }} }}"
    );
    let placement = &server.ask(&query).await["mobilityPlacement"];
    let expected = json!({"stage": "DEPARTED", "departure": {"departed": {"total": 10}},
        "opportunity": {"id": way}, "map": {"placements": [{"id": group.to_string()}]},
        "then": {"totalCount": 2}});
    assert_eq!(placement, &expected);
}
