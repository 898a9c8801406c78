//! What a client meets at the door, with a real ledger behind it.
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, ALLOW, HOST};
use domain::actor::{self, Actor};
use domain::effective::Effective;
use domain::genesis;
use domain::ids::{ActorId, CommandId, LedgerId, MandateId, UserId};
use domain::permission::Power;
use domain::recorded::{CommandRef, Provenance};
use domain::text::{Country, Name, Note};
use infra::ledger::{Clock, Ledger, Place, Submission};
use infra::log::time::Stamps;
use infra::log::witness::{Policy, Witnesses};
use infra::log::{Log, Vouched};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::*;

mod commands;
mod console;
mod coordination;
mod faults;
mod governance;
mod hostile;
mod languages;
mod limits;
mod live;
mod moments;
mod people;
mod protocol;
mod published;
mod repeated;
mod territory;

/// The log's name.
const ORIGIN: &str = "tiwizi.example/souss-massa";

const ACTOR: ActorId = ActorId::from_u128(1);
const MANDATE: MandateId = MandateId::from_u128(2);
const APPLICANT: ActorId = ActorId::from_u128(3);
const APPLICANT_MANDATE: MandateId = MandateId::from_u128(4);
const GRAPHQL: &str = "application/graphql-response+json";

struct Server {
    router: Router,
    app: App,
    door: Door,
    _directory: tempfile::TempDir,
}

struct Reply {
    status: StatusCode,
    allow: Option<String>,
    media: String,
    body: Value,
}

impl Server {
    async fn start() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let clock: Clock = Arc::new(|| "2026-11-21T09:00:00Z".parse().expect("an instant"));
        let place = Place::Directory(directory.path().to_owned());
        let ledger = Ledger::open(&place, Arc::clone(&clock)).await.expect("a ledger");
        ledger.submit(founding()).await.expect("it begins");
        Self::around(ledger, clock, directory).await
    }

    /// The door to `ledger`, which is kept in `directory`.
    async fn around(ledger: Ledger, clock: Clock, directory: tempfile::TempDir) -> Self {
        let log = Log::open(ledger.clone(), ORIGIN, directory.path()).await.expect("a log");
        let witnesses = Witnesses::start(&log, Policy::default());
        let stamps = Stamps::start(&log, &witnesses, directory.path(), None).expect("stamps");
        let published = Vouched { log, witnesses, stamps };
        let app = App::start(ledger, clock);
        app.ready().await.expect("it catches up");
        let listening = "127.0.0.1:8080".parse().expect("an address");
        let door = Door::new(app.clone(), Ok(published), listening);
        Self { router: routes(door.clone()), app, door, _directory: directory }
    }

    /// One that waits for no position longer than for the blink of an eye.
    async fn impatient() -> Self {
        let mut server = Self::start().await;
        server.door.arrival_max = Duration::from_millis(20);
        server.router = routes(server.door.clone());
        server
    }

    async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let text = |name| {
            response
                .headers()
                .get(name)
                .map(|it: &HeaderValue| it.to_str().expect("text").to_owned())
        };
        let (status, allow) = (response.status(), text(ALLOW));
        let media = text(CONTENT_TYPE).unwrap_or_default();
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        let body = serde_json::from_slice(&body)
            .unwrap_or_else(|_| String::from_utf8_lossy(&body).into_owned().into());
        Reply { status, allow, media, body }
    }

    async fn post(&self, body: &Value) -> Reply {
        self.send(post().body(body.to_string().into()).expect("a request")).await
    }

    /// Runs one mutation that is recorded; gives the id of the part that it added.
    async fn done(&self, actor: (ActorId, MandateId), mutation: &str, fields: &str) -> String {
        let payload = self.run(actor, mutation, fields).await;
        assert_eq!(payload["errors"], json!([]), "{mutation}");
        payload["partId"].as_str().unwrap_or_default().to_owned()
    }

    /// Runs one mutation that a rule refuses; gives the refusal's code and its field.
    async fn refused(&self, actor: (ActorId, MandateId), mutation: &str, fields: &str) -> Value {
        let error = &self.run(actor, mutation, fields).await["errors"][0];
        json!([error["code"], error["field"]])
    }

    /// What `query` asks for.
    async fn ask(&self, query: &str) -> Value {
        let reply = self.post(&json!({"query": query})).await.body;
        assert!(reply.get("errors").is_none(), "{reply}");
        reply["data"].clone()
    }

    async fn get(&self, path: &str) -> Reply {
        let request = Request::get(path).header(ACCEPT, GRAPHQL);
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Runs one mutation, whose input is written `fields`, as `actor`; gives its payload.
    async fn run(&self, actor: (ActorId, MandateId), mutation: &str, fields: &str) -> Value {
        let command = CommandId::from(Uuid::new_v5(&Uuid::nil(), fields.as_bytes()));
        let query = format!(
            "mutation {{ {mutation}(input: {{commandId: \"{command}\", {fields}}}) {{ \
             partId receipt {{ firstPosition lastPosition }} errors {{ code field message }} }} }}"
        );
        let body = json!({"query": query}).to_string();
        let mut request = post().body(body.into()).expect("a request");
        let acting = format!("actor={}; mandate={}", actor.0, actor.1);
        let acting = HeaderValue::from_str(&acting).expect("a header");
        request.headers_mut().insert("tiwizi-acting", acting);
        let reply = self.send(request).await.body;
        assert!(reply.get("errors").is_none(), "{mutation}: {reply}");
        reply["data"][mutation].clone()
    }

    /// Registers an actor `name` under the command id `command`.
    async fn register(&self, command: u128, name: &str) -> Reply {
        self.post(&registration(command, name)).await
    }
}

fn post() -> axum::http::request::Builder {
    let peer: SocketAddr = "127.0.0.1:5000".parse().expect("an address");
    Request::post("/graphql")
        .header(HOST, "localhost:8080")
        .header(CONTENT_TYPE, "application/json")
        .header(ACCEPT, GRAPHQL)
        .header(ACCEPT_LANGUAGE, "fr")
        .header("tiwizi-acting", format!("actor={ACTOR}; mandate={MANDATE}"))
        .extension(ConnectInfo(peer))
}

fn registration(command: u128, name: &str) -> Value {
    let query = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) {
        actor { id } errors { code field message } receipt { firstPosition lastPosition } } }";
    let command = CommandId::from_u128(command).to_string();
    let input = json!({"commandId": command, "name": name, "kind": "COMMUNE", "country": "MA"});
    json!({"query": query, "variables": {"input": input}})
}

fn founding() -> Submission {
    let (ledger, day) = (LedgerId::from_u128(9), "2026-01-01".parse::<Effective>());
    let provenance = Provenance {
        effective: day.expect("a day"),
        actor: None,
        mandate: None,
        user: None,
        command: CommandRef { id: CommandId::from_u128(1), digest: [0; 16] },
        cause: None,
        source: None,
        corrects: None,
    };
    let name = |text| Name::new(text).expect("a name");
    let open = genesis::Command::Open {
        ledger,
        name: name("Essai"),
        origin: name("tiwizi.example/essai"),
        purpose: Note::fr("Essayer").expect("a note"),
        clock: genesis::Clock::Real,
    };
    let register = |text| actor::Command::Register {
        name: name(text),
        kind: actor::Kind::Region,
        country: Country::MOROCCO,
        territory: None,
        identifiers: Vec::new(),
        taken_by: None,
        homonym: false,
    };
    let grant = |mandate, powers: &[Power]| actor::Command::GrantMandate {
        mandate,
        holder: UserId::from_u128(3),
        powers: powers.iter().copied().collect(),
        from: "2026-01-01".parse().expect("a day"),
        until: None,
    };
    Submission::new(provenance)
        .step::<genesis::Ledger>(ledger, open)
        .step::<Actor>(ACTOR, register("Région"))
        .step::<Actor>(ACTOR, grant(MANDATE, &[Power::Coordinate, Power::Verify, Power::Fund]))
        .step::<Actor>(APPLICANT, register("Commune"))
        .step::<Actor>(APPLICANT, grant(APPLICANT_MANDATE, &[Power::Sign, Power::Report]))
}
