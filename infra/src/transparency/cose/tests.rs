use proptest::prelude::*;
use rand_core::OsRng;
use signed_note::{StandardSigner, StandardVerifier, generate_key};

use super::super::tree::node;
use super::*;

const ORIGIN: &str = "tiwizi.example/souss-massa";
const EVENT: &[u8] = br#"{"type":"opened"}"#;

struct Signing {
    signer: StandardSigner,
    public: String,
}

impl Signing {
    fn of(origin: &str) -> Self {
        let (secret, public) = generate_key(&mut OsRng, origin);
        Self { signer: StandardSigner::new(&secret).expect("a key"), public }
    }

    fn trusted(&self) -> VerifierList {
        VerifierList::new(vec![Box::new(StandardVerifier::new(&self.public).expect("a key"))])
    }
}

/// A tree of two, the event first, and its file.
fn written(origin: &str, signers: &[&Signing]) -> Vec<u8> {
    let other = leaf(b"{}");
    let root = node(&leaf(EVENT), &other);
    let inclusion = Inclusion { size: 2, index: 0, path: vec![other] };
    let signers: Vec<_> = signers.iter().map(|it| &it.signer as &dyn Signer).collect();
    write(EVENT, &inclusion, &root, origin, &signers).expect("it is written")
}

fn check(bytes: &[u8], key: &Signing) -> Result<u64, Option<Unproven>> {
    let statement = Statement::read(bytes).map_err(|_| None)?;
    let index = statement.check(ORIGIN, &key.trusted()).map(|it| it.index).map_err(Some)?;
    assert_eq!(statement.entry(), EVENT, "nothing else is ever proven");
    Ok(index)
}

#[test]
fn an_event_is_proven_with_any_key_that_signed_it() {
    let (old, new, stranger) = (Signing::of(ORIGIN), Signing::of(ORIGIN), Signing::of(ORIGIN));
    let bytes = written(ORIGIN, &[&old, &new]);
    assert_eq!(check(&bytes, &old), Ok(0));
    assert_eq!(check(&bytes, &new), Ok(0));
    assert_eq!(check(&bytes, &stranger), Err(Some(Unproven::CheckpointUnsigned)));
    let elsewhere = Signing::of("tiwizi.example/elsewhere");
    let bytes = written("tiwizi.example/elsewhere", &[&elsewhere]);
    let other = Unproven::OtherLog("tiwizi.example/elsewhere".to_owned());
    assert_eq!(check(&bytes, &elsewhere), Err(Some(other)));
}

#[test]
fn it_is_one_tagged_object_and_nothing_after_it() {
    let key = Signing::of(ORIGIN);
    let bytes = written(ORIGIN, &[&key]);
    assert_eq!(bytes[..2], [0xd2, 0x84], "tag 18, four items");
    assert!(matches!(Statement::read(&[&bytes[..], b"\0"].concat()), Err(NoReceipt::Malformed)));
    assert!(
        matches!(Statement::read(&bytes[1..]), Err(NoReceipt::Malformed)),
        "the tag is part of it"
    );
    let long = vec![0; COSE_BYTES_MAX + 1];
    assert!(matches!(Statement::read(&long), Err(NoReceipt::TooLong)));
}

proptest! {
    #[test]
    fn a_changed_byte_is_never_another_proof(at: prop::sample::Index, bit in 0..8_u8) {
        let key = Signing::of(ORIGIN);
        let mut bytes = written(ORIGIN, &[&key]);
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        // What no signature covers can be spelt otherwise, but proves the same.
        if let Ok(index) = check(&bytes, &key) {
            prop_assert_eq!(index, 0);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_stop(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Statement::read(&bytes);
        let _ = Statement::read(&[&[0xd2, 0x84], &bytes[..]].concat());
    }
}
