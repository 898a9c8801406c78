//! Time stamps by a real authority, `openssl ts`, and by authorities that lie.
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use domain::recorded::Position;
use infra::log::Log;
use infra::log::time::{Part, Stamping, Stamps};
use infra::log::witness::{Policy, Witnesses};
use infra::transparency::timestamp::{Authority, NoAuthority, Request, Untimed, time_of};
use tempfile::TempDir;

use super::home::*;
use super::outside::authority::TimeAuthority;
use super::outside::{Reply, answering, until};

/// What somebody answers to a body.
type Answers = Box<dyn Fn(&[u8]) -> Reply + Send>;

const REPLY: &str = "application/timestamp-reply";

fn trusted(authority: &TimeAuthority) -> Authority {
    Authority::from_pem(&fs::read(authority.root()).expect("a file")).expect("a certificate")
}

/// A log of one event and what stamps it, asking `url` as often as a test likes.
async fn stamped(folder: &Path, url: String, authority: Authority) -> (Home, Log, Stamps) {
    let home = Home::sqlite();
    let ledger = home.open().await;
    submit(&ledger, new_commitment(), offer()).await;
    let log = Log::open(ledger, "tiwizi.example/a", folder).await.expect("a log");
    let every = Duration::from_millis(10);
    let witnesses = Witnesses::start(&log, Policy::default());
    let stamping = Some(Stamping { url, authority, every });
    let stamps = Stamps::start(&log, &witnesses, folder, stamping).expect("stamps");
    (home, log, stamps)
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a directory")
}

#[tokio::test]
async fn a_token_is_kept_with_its_checkpoint_and_openssl_verifies_both() {
    let folder = folder();
    let authority = Arc::new(TimeAuthority::new("rsa:2048"));
    let (asked, answers) = (Arc::new(AtomicUsize::new(0)), Arc::clone(&authority));
    let counted = Arc::clone(&asked);
    let url = answering(move |query| {
        counted.fetch_add(1, Ordering::Relaxed);
        (200, REPLY, answers.answer(query))
    });
    let (_home, log, stamps) = stamped(folder.path(), url, trusted(&authority)).await;
    let all = || async { stamps.before(u64::MAX, 10).await.expect("a list") };
    let first = until(async || all().await.first().copied()).await.expect("a token");
    assert_eq!((first.size, all().await.len()), (1, 1));
    let away = jiff::Timestamp::now().duration_since(first.time);
    assert!(away.abs() < jiff::SignedDuration::from_mins(1), "{away}");

    let kept = folder.path().join("log.time");
    let (token, checkpoint) = (kept.join("1.tsr"), kept.join("1.checkpoint"));
    assert!(authority.verifies(&token, &checkpoint), "openssl verifies them as they are");
    let part = stamps.part(1, Part::Checkpoint).await.expect("an answer");
    assert_eq!(part.as_deref(), Some(log.latest().note.as_slice()));
    assert_eq!(stamps.part(1, Part::Token).await.expect("an answer"), fs::read(&token).ok());
    assert_eq!(stamps.part(2, Part::Token).await.expect("an answer"), None);
    assert!(!authority.verifies(&token, &token), "and over nothing else");

    // Nothing new, nothing to ask: neither now nor after a start.
    drop(stamps);
    let witnesses = Witnesses::start(&log, Policy::default());
    let before = asked.load(Ordering::Relaxed);
    let stamps = Stamps::start(&log, &witnesses, folder.path(), None).expect("stamps");
    assert_eq!(stamps.before(2, 10).await.expect("a list"), [first]);
    assert_eq!(stamps.before(1, 10).await.expect("a list"), []);
    assert_eq!(stamps.before(2, 0).await.expect("a list"), []);
    assert_eq!(asked.load(Ordering::Relaxed), before);
    assert_eq!(before, 1, "one question a size");
}

#[tokio::test]
async fn an_authority_that_lies_neither_stops_the_log_nor_leaves_anything() {
    let authority = Arc::new(TimeAuthority::new("P-256"));
    let other = Request::about(b"other data").to_der().expect("a question");
    let (over_other, rejecting) = (authority.answer(&other), TimeAuthority::new("P-256"));
    rejecting.accepts("sha512");
    let honest = Arc::clone(&authority);
    let lies: [(&str, Answers); 6] = [
        ("other data", Box::new(move |_| (200, REPLY, over_other.clone()))),
        ("garbage", Box::new(|_| (200, REPLY, b"a letter".to_vec()))),
        ("too much", Box::new(|_| (200, REPLY, vec![0x30; 1 << 20]))),
        ("a rejection", Box::new(move |query| (200, REPLY, rejecting.answer(query)))),
        ("not said to be one", {
            let honest = Arc::clone(&honest);
            Box::new(move |query| (200, "text/html", honest.answer(query)))
        }),
        ("a failure", Box::new(move |query| (500, REPLY, honest.answer(query)))),
    ];
    for (name, lie) in lies {
        let (folder, asked) = (folder(), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&asked);
        let url = answering(move |query| {
            counted.fetch_add(1, Ordering::Relaxed);
            lie(query)
        });
        let (home, log, stamps) = stamped(folder.path(), url, trusted(&authority)).await;
        let again = until(async || (asked.load(Ordering::Relaxed) > 2).then_some(())).await;
        assert!(again.is_some(), "{name}: it is asked again");
        assert_eq!(stamps.before(u64::MAX, 10).await.expect("a list"), [], "{name}");
        assert!(!folder.path().join("log.time").exists(), "{name}: nothing is kept");
        assert_eq!(log.published(Position(1)).await.map(|it| it.checkpoint.size), Some(1));
        drop(home);
    }
}

#[test]
fn a_token_holds_under_its_own_authority_for_its_own_question_alone() {
    let other = trusted(&TimeAuthority::new("P-256"));
    for key in ["rsa:2048", "P-256", "P-384"] {
        let authority = TimeAuthority::new(key);
        let trusted = trusted(&authority);
        let request = Request::about(b"a checkpoint");
        let answer = authority.answer(&request.to_der().expect("a question"));
        let time = trusted.check(&answer, &request).expect("a time");
        assert_eq!(time_of(&answer), Ok(time));
        let again = Request::about(b"a checkpoint");
        assert_eq!(trusted.check(&answer, &again), Err(Untimed::OtherNonce), "{key}");
        let elsewhere = Request::about(b"another checkpoint");
        assert_eq!(trusted.check(&answer, &elsewhere), Err(Untimed::OtherData), "{key}");
        let untrusted = other.check(&answer, &request);
        assert!(matches!(untrusted, Err(Untimed::SignerUntrusted(_))), "{key}: {untrusted:?}");
    }
}

#[test]
fn no_byte_of_a_token_can_be_changed_to_give_another_time() {
    let authority = TimeAuthority::new("P-256");
    let trusted = trusted(&authority);
    let request = Request::about(b"a checkpoint");
    let mut answer = authority.answer(&request.to_der().expect("a question"));
    let time = trusted.check(&answer, &request).expect("a time");
    let mut refused = 0;
    for place in 0..answer.len() {
        answer[place] ^= 1;
        match trusted.check(&answer, &request) {
            // Not all of an answer is signed: its status text, or the list of digests.
            Ok(found) => assert_eq!(found, time, "byte {place}"),
            Err(_) => refused += 1,
        }
        answer[place] ^= 1;
        assert_eq!(trusted.check(&answer[..place], &request), Err(Untimed::Malformed), "{place}");
    }
    assert!(refused > answer.len() / 2, "{refused} of {}", answer.len());
    let last = answer.len() - 1;
    answer[last] ^= 1;
    assert_eq!(trusted.check(&answer, &request), Err(Untimed::SignatureWrong));
}

/// The authority's answer to `question`, and the same time signed by another key that it certified for
/// `purpose` before: a certificate says nothing of the time before it.
fn resigned(authority: &TimeAuthority, question: &[u8], purpose: &str) -> (Vec<u8>, Vec<u8>) {
    authority.certify("other", purpose, "P-256", Some("between"));
    let answer = authority.answer(question);
    fs::write(authority.path("answer"), &answer).expect("it is written");
    let run = |command: &str| {
        let arguments: Vec<_> = command.split(' ').collect();
        assert!(authority.openssl(&arguments), "{command}");
    };
    run("ts -reply -in answer -token_out -out token");
    run("cms -verify -noverify -inform DER -in token -out content");
    run("cms -sign -binary -nodetach -in content -outform DER -out signed -md sha256 \
         -econtent_type 1.2.840.113549.1.9.16.1.4 -signer other.pem -inkey other.key -certfile between.pem");
    let token = fs::read(authority.path("signed")).expect("a token");
    // A status of 0, and the token.
    let length = u16::try_from(token.len() + 5).expect("a short token").to_be_bytes();
    (answer, [&[0x30, 0x82], &length[..], &[0x30, 3, 2, 1, 0], &token].concat())
}

#[test]
fn who_is_certified_for_other_things_gives_no_time() {
    let authority = TimeAuthority::new("P-256");
    let (trusted, request) = (trusted(&authority), Request::about(b"a checkpoint"));
    let question = request.to_der().expect("a question");
    let purpose = "extendedKeyUsage=critical,timeStamping\n";
    let (answer, stamps) = resigned(&authority, &question, purpose);
    assert_eq!(trusted.check(&stamps, &request), time_of(&answer), "it is certified for that");
    let others = [
        "basicConstraints=CA:FALSE\n",
        "extendedKeyUsage=critical,clientAuth\n",
        "extendedKeyUsage=timeStamping\n",
        "extendedKeyUsage=critical,timeStamping,clientAuth\n",
    ];
    for purpose in others {
        let (_, stamps) = resigned(&authority, &question, purpose);
        let refused = trusted.check(&stamps, &request);
        assert!(matches!(refused, Err(Untimed::SignerUntrusted(_))), "{purpose}: {refused:?}");
    }
}

#[test]
fn what_an_authority_refuses_is_told_as_a_rejection() {
    let authority = TimeAuthority::new("P-256");
    let (trusted, request) = (trusted(&authority), Request::about(b"a checkpoint"));
    authority.accepts("sha512");
    let answer = authority.answer(&request.to_der().expect("a question"));
    assert_eq!(trusted.check(&answer, &request), Err(Untimed::Rejected("Rejection".to_owned())));
    for pem in
        [&b""[..], b"a letter", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
    {
        assert_eq!(Authority::from_pem(pem).err(), Some(NoAuthority));
    }
}
