//! Offices, committees and meetings, from the command to the answer.
use super::commands::begun;
use super::*;

const REGION: (ActorId, MandateId) = (ACTOR, MANDATE);
const COMMUNE: (ActorId, MandateId) = (APPLICANT, APPLICANT_MANDATE);

/// An office of the commune that counted February and March 2026.
async fn office(server: &Server) -> Uuid {
    let fields = "title: {text: \"Bureau d'accueil\"}, territory: \"commune-belfaa\", \
                  services: [RIGHTS, CARE], groups: [], on: \"2025\"";
    server.done(COMMUNE, "serviceUnitDecide", fields).await;
    let unit = begun("service_unit", fields);
    let of = |fields: &str| format!("serviceUnit: \"{unit}\", {fields}");
    let report = "serviceUnitReportActivity";
    let february = of("month: \"2026-02\", counts: [{service: CARE, received: 9, referred: 4}]");
    let early = server.refused(COMMUNE, report, &february).await;
    assert_eq!(early, json!(["SERVICE_UNIT_OUT_OF_TURN", null]));
    server.done(COMMUNE, "serviceUnitOpen", &of("on: \"2026-01-12\"")).await;
    server.done(COMMUNE, report, &(february + " ")).await;
    let march = of("month: \"2026-03\", counts: [{service: CARE, received: 5}]");
    server.done(COMMUNE, report, &march).await;
    unit
}

#[tokio::test]
async fn an_office_counts_each_month_once_and_its_corrections_name_what_they_correct() {
    let server = Server::start().await;
    let unit = office(&server).await;
    let of = |fields: &str| format!("serviceUnit: \"{unit}\", {fields}");
    let report = "serviceUnitReportActivity";
    for (fields, code, field) in [
        ("month: \"2026-03\", counts: [{service: CARE, received: 1}]", "ALREADY_REPORTED", "month"),
        ("month: \"2026-12\", counts: [{service: CARE, received: 1}]", "IN_THE_FUTURE", "month"),
        ("month: \"2026\", counts: [{service: CARE, received: 1}]", "NOT_A_MONTH", "month"),
        (
            "month: \"2026-04\", counts: [{service: CARE, received: 1, referred: 2}]",
            "MORE_REFERRED_THAN_RECEIVED",
            "counts",
        ),
    ] {
        let refused = server.refused(COMMUNE, report, &of(fields)).await;
        assert_eq!(refused, json!([format!("SERVICE_UNIT_{code}"), field]));
    }
    let referral = format!(
        "partner: \"{ACTOR}\", kind: PROVINCIAL_HOSPITAL, services: [CARE], \
                            on: \"2026-02\""
    );
    server.done(COMMUNE, "serviceUnitAgreeReferral", &of(&referral)).await;
    let recount = "month: \"2026-02\", counts: [{service: CARE, received: 8, referred: 4}], \
                   reason: {text: \"Doublon\"}";
    server.done(COMMUNE, "serviceUnitCorrectActivity", &of(recount)).await;
    let correct = "title: {text: \"Bureau d'orientation\"}, reason: {text: \"Nom exact\"}";
    server.done(COMMUNE, "serviceUnitCorrect", &of(correct)).await;
    let query = format!(
        "{{ serviceUnit(id: \"{unit}\", effectiveOn: \"2026-05-02\") {{
            stage title {{ text }} missingMonths
            activity(from: \"2026-02-01\", to: \"2026-02-28\") {{ month
                recounts {{ before {{ received }} correction {{ corrects reason {{ text }} }} }}
            }}
            totals {{ service reports received referred referredUndeclared }}
            referrals {{ kind partner {{ name }} }} corrections {{ corrects }}
        }}
        serviceUnits(filter: {{ within: \"region-souss-massa\", partner: \"{ACTOR}\" }}) {{ totalCount }}
        serviceActivity(within: \"ma\") {{ units months {{ month reports }} totals {{ received }} }}
        none: serviceActivity(within: \"province-tiznit\") {{ units months {{ month }} }} }}"
    );
    let answer = server.ask(&query).await;
    let seen = &answer["serviceUnit"];
    assert_eq!(seen["stage"], "OPEN");
    assert_eq!(seen["title"]["text"], "Bureau d'orientation");
    assert_eq!(seen["missingMonths"], json!(["2026-01", "2026-04"]));
    let correction = json!({"corrects": 8, "reason": {"text": "Doublon"}});
    let recounts = json!([{"before": [{"received": 9}], "correction": correction}]);
    assert_eq!(seen["activity"], json!([{"month": "2026-02", "recounts": recounts}]));
    let care = json!({"service": "CARE", "reports": 2, "received": 13, "referred": 4,
        "referredUndeclared": 1});
    assert_eq!(seen["totals"], json!([care]));
    let hospital = json!({"kind": "PROVINCIAL_HOSPITAL", "partner": {"name": "Région"}});
    assert_eq!(seen["referrals"], json!([hospital]));
    assert_eq!(seen["corrections"], json!([{"corrects": 6}]));
    assert_eq!(answer["serviceUnits"]["totalCount"], 1);
    let months = json!([{"month": "2026-02", "reports": 1}, {"month": "2026-03", "reports": 1}]);
    let activity = json!({"units": 1, "months": months, "totals": [{"received": 13}]});
    assert_eq!(answer["serviceActivity"], activity);
    assert_eq!(answer["none"], json!({"units": 0, "months": []}));

    server.done(REGION, "serviceUnitAnnul", &of("reason: {text: \"Erreur\"}")).await;
    let query = format!(
        "{{ serviceUnit(id: \"{unit}\") {{ annulment {{ corrects }} }}
            serviceUnits {{ totalCount }} serviceActivity {{ units }} }}"
    );
    let annulled = json!({"serviceUnit": {"annulment": {"corrects": 6}},
        "serviceUnits": {"totalCount": 0}, "serviceActivity": {"units": 0}});
    assert_eq!(server.ask(&query).await, annulled);
}

/// A committee that met, and an action that it assigned and moved.
struct Committee {
    body: Uuid,
    meeting: Uuid,
    action: String,
    /// The input by which the meeting was convened.
    convene: String,
}

async fn committee(server: &Server) -> Committee {
    let fields = "kind: STEERING_COMMITTEE, title: {text: \"Comité de pilotage\"}, \
                  territory: \"region-souss-massa\", on: \"2026\"";
    server.done(REGION, "coordinationBodyConstitute", fields).await;
    let body = begun("coordination_body", fields);
    let of = |fields: &str| format!("coordinationBody: \"{body}\", {fields}");
    let seat = |actor, seat| of(&format!("actor: \"{actor}\", seat: {seat}, from: \"2026-02\""));
    server.done(REGION, "coordinationBodyAddMember", &seat(ACTOR, "CHAIR")).await;
    let second = seat(APPLICANT, "CHAIR");
    let second = server.refused(REGION, "coordinationBodyAddMember", &second).await;
    assert_eq!(second, json!(["COORDINATION_BODY_SECOND_CHAIR", "seat"]));
    server.done(REGION, "coordinationBodyAddMember", &seat(APPLICANT, "MEMBER")).await;

    let convene = format!("body: \"{body}\", title: {{text: \"Suivi\"}}, on: \"2026-03-10\"");
    server.done(REGION, "meetingConvene", &convene).await;
    let meeting = begun("meeting", &convene);
    let at = |fields: &str| format!("meeting: \"{meeting}\", {fields}");
    let early = at("title: {text: \"Éclairer le terrain\"}");
    let refused = server.refused(REGION, "meetingRecordDecision", &early).await;
    assert_eq!(refused, json!(["MEETING_OUT_OF_TURN", null]));
    let held = format!("attending: [\"{ACTOR}\", \"{APPLICANT}\"], on: \"2026-03-12\"");
    server.done(REGION, "meetingHold", &at(&held)).await;
    let decision = server.done(REGION, "meetingRecordDecision", &(early + " ")).await;
    let assign = format!(
        "decision: \"{decision}\", owner: \"{APPLICANT}\", title: {{text: \"Devis\"}}, \
         due: \"2026-04-30\""
    );
    let action = server.done(REGION, "meetingAssignAction", &at(&assign)).await;
    let move_it =
        format!("action: \"{action}\", due: \"2026-05-31\", reason: {{text: \"Retard\"}}");
    server.done(REGION, "meetingRescheduleAction", &at(&move_it)).await;
    Committee { body, meeting, action, convene }
}

#[tokio::test]
async fn what_a_committee_decided_is_followed_up_on_the_day_of_the_question() {
    let server = Server::start().await;
    let Committee { body, .. } = committee(&server).await;
    let query = format!(
        "{{ actionPoints(filter: {{ owner: \"{APPLICANT}\", body: \"{body}\", lateOnly: true }},
                effectiveOn: \"2026-06-02\") {{
                nodes {{ firstDue due slippedDays open decision {{ title {{ text }} on }}
                    lateness {{ state days }} }} }}
            before: actionPoints(filter: {{ lateOnly: true }}, effectiveOn: \"2026-05-31\") {{
                totalCount }}
            bodyDecisions(filter: {{ text: \"eclairer\", to: \"2026-03-12\" }}) {{
                nodes {{ meeting {{ body {{ title {{ text }} }} }} actions {{ due }} }} }}
            meetings(filter: {{ body: \"{body}\", from: \"2026-03-13\" }}) {{ totalCount }}
            coordinationBody(id: \"{body}\") {{
                members(on: \"2026-02-01\") {{ seat actor {{ name }} }} meetings {{ stage }}
                timeline {{ totalCount }} }}
            actor(id: \"{APPLICANT}\", effectiveOn: \"2026-06-02\") {{
                actionPoints(lateOnly: true) {{ due }}
                card {{ on openActions lateActions mandatesInForce seats {{ seat }}
                    fundingAsked {{ asked {{ undeclared }} }} }}
                network {{ nodes {{ actor {{ name }} ties {{ tie count }}
                    shared {{ kind title {{ text }} }} }} }} }}
            actorNetwork(filter: {{ within: \"ma\" }}) {{ complete actors {{ totalCount }}
                links {{ nodes {{ one {{ name }} other {{ name }} ties {{ tie count }} }} }} }} }}"
    );
    let answer = server.ask(&query).await;
    let taken = json!({"title": {"text": "Éclairer le terrain"}, "on": "2026-03-12"});
    let late = json!({"firstDue": "2026-04-30", "due": "2026-05-31", "slippedDays": 31,
        "open": true, "decision": taken, "lateness": {"state": "LATE", "days": 2}});
    assert_eq!(answer["actionPoints"]["nodes"], json!([late]));
    assert_eq!(answer["before"]["totalCount"], 0);
    let of_body = json!({"body": {"title": {"text": "Comité de pilotage"}}});
    let found = json!([{"meeting": of_body, "actions": [{"due": "2026-05-31"}]}]);
    assert_eq!(answer["bodyDecisions"]["nodes"], found);
    assert_eq!(answer["meetings"]["totalCount"], 0);
    let seen = &answer["coordinationBody"];
    let chair = json!({"seat": "CHAIR", "actor": {"name": "Région"}});
    let member = json!({"seat": "MEMBER", "actor": {"name": "Commune"}});
    assert_eq!(seen["members"], json!([chair, member]));
    assert_eq!(
        (&seen["meetings"], &seen["timeline"]["totalCount"]),
        (&json!([{"stage": "HELD"}]), &json!(8))
    );
    let owner = &answer["actor"];
    assert_eq!(owner["actionPoints"], json!([{"due": "2026-05-31"}]));
    let card = json!({"on": "2026-06-02", "openActions": 1, "lateActions": 1,
        "mandatesInForce": 1, "seats": [{"seat": "MEMBER"}],
        "fundingAsked": {"asked": {"undeclared": 0}}});
    assert_eq!(owner["card"], card);
    let ties = json!([{"tie": "BODY", "count": 1}]);
    let committee = json!({"kind": "COORDINATION_BODY", "title": {"text": "Comité de pilotage"}});
    let neighbour = json!({"actor": {"name": "Région"}, "ties": ties, "shared": [committee]});
    assert_eq!(owner["network"]["nodes"], json!([neighbour]));
    let link = json!({"one": {"name": "Région"}, "other": {"name": "Commune"}, "ties": ties});
    let network = json!({"complete": true, "actors": {"totalCount": 2},
        "links": {"nodes": [link]}});
    assert_eq!(answer["actorNetwork"], network);
}

#[tokio::test]
async fn an_action_is_closed_once_and_a_dissolved_committee_meets_no_more() {
    let server = Server::start().await;
    let Committee { body, meeting, action, convene } = committee(&server).await;
    let at = |fields: &str| format!("meeting: \"{meeting}\", {fields}");
    let close = format!("action: \"{action}\", done: true, on: \"2026-06-10\"");
    server.done(COMMUNE, "meetingCloseAction", &at(&close)).await;
    let again = server.refused(COMMUNE, "meetingCloseAction", &at(&(close + " "))).await;
    assert_eq!(again, json!(["MEETING_ACTION_CLOSED", "action"]));
    server.done(COMMUNE, "meetingRecordMinutes", &at("on: \"2026-03-20\"")).await;
    server.done(REGION, "meetingApproveMinutes", &at("on: \"2026-04\"")).await;
    let gone = "on: \"2026-09\", reason: {text: \"Fin du programme\"}";
    let gone = format!("coordinationBody: \"{body}\", {gone}");
    server.done(REGION, "coordinationBodyDissolve", &gone).await;
    let refused = server.refused(REGION, "meetingConvene", &(convene.clone() + " ")).await;
    assert_eq!(refused, json!(["MEETING_BODY_DOES_NOT_STAND", "body"]));
    let retried = server.run(REGION, "meetingConvene", &convene).await;
    assert!(retried["receipt"].is_object(), "a retry gets the first answer: {retried}");

    server.done(REGION, "meetingAnnul", &at("reason: {text: \"Erreur\"}")).await;
    let query = format!(
        "{{ meeting(id: \"{meeting}\") {{ annulment {{ reason {{ text }} }}
                decisions {{ title {{ text }} }} }}
            meetings {{ totalCount }} bodyDecisions {{ totalCount }}
            actionPoints {{ totalCount }} }}"
    );
    let annulled = server.ask(&query).await;
    assert_eq!(annulled["meeting"]["annulment"]["reason"]["text"], "Erreur");
    assert_eq!(annulled["meeting"]["decisions"].as_array().map(Vec::len), Some(1));
    for list in ["meetings", "bodyDecisions", "actionPoints"] {
        assert_eq!(annulled[list]["totalCount"], 0, "{list}");
    }
}
