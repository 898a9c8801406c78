//! The short run of the fuzzer's laws: its seeds, and what becomes of them when they are changed.
//!
//! The seeds lie in `corpus`, one folder a target. `TIWIZI_BLESS=1` writes them anew.
mod laws;

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::SigningKey;
use infra::transparency::receipt::Receipt;
use laws::{KEY, ORIGIN, SIZES, checkpoint_at, entry, path_of};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use signed_note::{Note, Signer, StandardSigner, key_id, new_ed25519_verifier_key};

/// The example of c2sp.org/tlog-checkpoint.
const EXAMPLE: &str = "example.com/behind-the-sofa\n20852163\n\
                       CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
/// The example of c2sp.org/signed-note.
const SIGNED: &str = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\n\
    ed è subito sera.\n\n— quasimodo.example/salvatore \
    NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

type Law = fn(&[u8]);

/// A seed: its target, its name and its bytes.
type Seed = (&'static str, &'static str, Vec<u8>);

fn law(target: &str) -> Law {
    match target {
        "note" => laws::note,
        "checkpoint" => laws::checkpoint,
        "receipt" => laws::receipt,
        "path" => laws::path,
        "proof" => laws::proof,
        "tile" => laws::tile,
        other => panic!("there is no target {other}"),
    }
}

/// The key of the seeds' log. It signs nothing else: everybody can read it here.
fn signer(name: &str) -> (StandardSigner, String) {
    let secret = [7; 32];
    let public = SigningKey::from_bytes(&secret).verifying_key();
    let with_kind = |key: &[u8]| [&[1][..], key].concat();
    let id = key_id(name, &with_kind(public.as_bytes()));
    let secret = BASE64.encode(with_kind(&secret));
    let signer = StandardSigner::new(&format!("PRIVATE+KEY+{name}+{id:08x}+{secret}"));
    (signer.expect("a key"), new_ed25519_verifier_key(name, &public))
}

fn signed(size: u64, names: &[&str]) -> Vec<u8> {
    let signers: Vec<_> = names.iter().map(|name| signer(name).0).collect();
    let signers: Vec<&dyn Signer> = signers.iter().map(|it| it as &dyn Signer).collect();
    let mut note = Note::new(checkpoint_at(size).to_string().as_bytes(), &[]).expect("a text");
    note.add_sigs(&signers).expect("signatures");
    note.to_bytes()
}

fn receipt(index: u64, size: u64, entry: Option<Vec<u8>>) -> Vec<u8> {
    let checkpoint = signed(size, &[ORIGIN]);
    Receipt { entry, index, path: path_of(index, size), checkpoint }.to_string().into_bytes()
}

/// Two numbers and hashes, as the targets `proof` and `tile` read them.
fn numbers(index: u64, size: u64, hashes: &[[u8; 32]]) -> Vec<u8> {
    [&index.to_be_bytes()[..], &size.to_be_bytes(), hashes.as_flattened()].concat()
}

fn leaves(range: std::ops::Range<u64>) -> Vec<[u8; 32]> {
    range.map(|it| infra::transparency::tree::leaf(&entry(it))).collect()
}

fn seeds() -> Vec<Seed> {
    let text = |text: &str| text.as_bytes().to_vec();
    let [one, five, all] = SIZES;
    vec![
        ("note", "one-signature", signed(five, &[ORIGIN])),
        ("note", "two-signatures", signed(all, &["witness.example", ORIGIN])),
        ("note", "a-stranger", signed(one, &["witness.example"])),
        ("note", "the-specifications", text(SIGNED)),
        ("checkpoint", "the-specifications", text(EXAMPLE)),
        ("checkpoint", "extended", text(&format!("{EXAMPLE}one more line\n"))),
        ("checkpoint", "the-first-entry", text(&checkpoint_at(one).to_string())),
        ("receipt", "the-only-entry", receipt(0, one, Some(entry(0)))),
        ("receipt", "one-of-five", receipt(3, five, Some(entry(3)))),
        ("receipt", "of-a-full-tile", receipt(255, all, Some(entry(255)))),
        ("receipt", "after-a-full-tile", receipt(256, all, Some(entry(256)))),
        ("receipt", "without-its-entry", receipt(4, five, None)),
        ("path", "hashes", text("0/x001/x234/067")),
        ("path", "some-hashes", text("1/000.p/17")),
        ("path", "entries", text("entries/x001/000")),
        ("path", "some-entries", text("entries/273.p/112")),
        ("proof", "one-of-five-is-there", numbers(3, five, &path_of(3, five))),
        ("proof", "the-last-is-there", numbers(299, all, &path_of(299, all))),
        ("proof", "four-became-five", numbers(4, five, &leaves(4..5))),
        ("tile", "five-leaves", numbers(3, five, &leaves(0..5))),
        ("tile", "a-row-too-short", numbers(3, five, &leaves(0..4))),
        ("tile", "of-no-tree", numbers(u64::MAX - 1, u64::MAX, &leaves(0..2))),
    ]
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
}

#[test]
fn the_seeds_are_committed_and_keep_the_laws() {
    assert_eq!(signer(ORIGIN).1, KEY);
    for (target, name, bytes) in seeds() {
        law(target)(&bytes);
        let file = corpus().join(target).join(name);
        if std::env::var_os("TIWIZI_BLESS").is_some() {
            fs::create_dir_all(corpus().join(target)).expect("a folder");
            fs::write(&file, &bytes).expect("it is written");
        }
        assert!(fs::read(&file).is_ok_and(|it| it == bytes), "{} differs", file.display());
    }
}

/// A law that nothing can break would be none: the sound ones among the seeds are accepted.
#[test]
fn the_seeds_are_accepted_where_they_are_sound() {
    let trusted = laws::trusted();
    for (target, name, bytes) in seeds() {
        let accepted = match target {
            "note" => infra::transparency::receipt::verified(&bytes, &trusted).is_ok(),
            "receipt" => {
                let receipt = Receipt::read(&bytes).expect("a receipt");
                let own = entry(receipt.index);
                receipt.check(Some(own.as_slice()), ORIGIN, &trusted).is_ok()
            }
            _ => continue,
        };
        let sound = !["a-stranger", "the-specifications"].contains(&name);
        assert_eq!(accepted, sound, "{target}: {name}");
    }
}

/// One change of some bytes.
#[derive(Clone, Debug)]
enum Change {
    Flip(Index, u8),
    Cut(Index),
    Remove(Index, usize),
    Insert(Index, Vec<u8>),
    /// What follows is taken from another seed of the same target.
    Splice(Index, Index, Index),
    Double(Index, usize),
}

/// What the readers look for, put where it is not expected.
const TEXTS: [&str; 11] = ["\n", "\n\n", "0", "9", "/", "=", "+", ".p/", "x000/", "—", "extra "];

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    let text = select(TEXTS.to_vec());
    let bytes = prop_oneof![text.prop_map(|it| it.as_bytes().to_vec()), vec(any::<u8>(), 1..40)];
    prop_oneof![
        (at(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, 1 << bit)),
        at().prop_map(Change::Cut),
        (at(), 1..50_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        (at(), bytes).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (at(), at(), at()).prop_map(|(at, seed, from)| Change::Splice(at, seed, from)),
        (at(), 1..50_usize).prop_map(|(at, length)| Change::Double(at, length)),
    ]
}

fn changed(mut bytes: Vec<u8>, change: &Change, others: &[Seed]) -> Vec<u8> {
    let end = bytes.len() + 1;
    match change {
        Change::Flip(_, _) if bytes.is_empty() => {}
        Change::Flip(at, bit) => {
            let at = at.index(bytes.len());
            bytes[at] ^= bit;
        }
        Change::Cut(at) => bytes.truncate(at.index(end)),
        Change::Remove(at, length) => {
            let at = at.index(end);
            bytes.drain(at..bytes.len().min(at + length));
        }
        Change::Insert(at, more) => {
            let at = at.index(end);
            bytes.splice(at..at, more.iter().copied());
        }
        Change::Splice(at, seed, from) => {
            let other = &others[seed.index(others.len())].2;
            bytes.truncate(at.index(end));
            bytes.extend(&other[from.index(other.len())..]);
        }
        Change::Double(at, length) => {
            let at = at.index(end);
            bytes.extend_from_within(at..bytes.len().min(at + length));
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_changed_seed_keeps_the_laws(seed: Index, changes in vec(change(), 1..5)) {
        let seeds = seeds_once();
        let (target, _, bytes) = seed.get(seeds);
        let others: Vec<_> = seeds.iter().filter(|it| it.0 == *target).cloned().collect();
        let bytes = changes.iter().fold(bytes.clone(), |it, change| changed(it, change, &others));
        law(target)(&bytes);
    }
}

fn seeds_once() -> &'static [Seed] {
    static SEEDS: std::sync::LazyLock<Vec<Seed>> = std::sync::LazyLock::new(seeds);
    &SEEDS
}

/// What is longer than any receipt is refused before anything of it is taken apart.
#[test]
fn a_receipt_without_end_is_refused() {
    let sound = receipt(3, SIZES[1], Some(entry(3)));
    for filling in [&b"extra AAAA"[..], b"\n", b"A"] {
        let long = [&sound[..], &filling.repeat(300_000)].concat();
        laws::receipt(&long);
        assert!(Receipt::read(&long).is_err());
    }
}
