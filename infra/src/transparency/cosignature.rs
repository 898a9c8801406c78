//! Cosignatures (c2sp.org/tlog-cosignature): a witness says when it saw a checkpoint, and that nothing
//! which it saw before contradicts it. Those by Ed25519 (`cosignature/v1`) are read.
use std::collections::BTreeMap;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature as Ed25519, VerifyingKey};
use jiff::Timestamp;
use signed_note::{Note, Signature, Verifier, VerifierList, is_key_name_valid, key_id};

/// The type of key that cosigns by Ed25519, as verifier keys have it.
const COSIGNS: u8 = 0x04;
/// The most signature lines that a witness's answer is read for.
const LINES_MAX: usize = 16;

/// The key of a witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigner {
    name: String,
    id: u32,
    key: VerifyingKey,
}

/// A text that is no key of a witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no key of a witness: they read name+id+key, for Ed25519 cosignatures (type 4)")]
pub struct NoCosigner;

impl FromStr for Cosigner {
    type Err = NoCosigner;

    fn from_str(text: &str) -> Result<Self, NoCosigner> {
        // Base 64 has a plus of its own, a name has none.
        let mut parts = text.splitn(3, '+');
        let mut part = || parts.next().ok_or(NoCosigner);
        let (name, id, encoded) = (part()?, part()?, part()?);
        let typed = BASE64.decode(encoded).map_err(|_| NoCosigner)?;
        let Some((&COSIGNS, key)) = typed.split_first() else { return Err(NoCosigner) };
        let key = key.try_into().map_err(|_| NoCosigner)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| NoCosigner)?;
        let computed = key_id(name, &typed);
        // Anybody could sign for a weak key.
        let sound = is_key_name_valid(name) && id == format!("{computed:08x}") && !key.is_weak();
        if sound { Ok(Self { name: name.to_owned(), id: computed, key }) } else { Err(NoCosigner) }
    }
}

impl Cosigner {
    /// Whose key it is.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When it cosigned `note`, as far as it says; `None` where it did not, or its signature is wrong.
    pub fn cosigned(&self, note: &Note) -> Option<Timestamp> {
        let alone = VerifierList::new(vec![Box::new(self.clone())]);
        let (mine, _) = note.verify(&alone).ok()?;
        let (time, _) = parts(mine.first()?.signature())?;
        Timestamp::from_second(time.cast_signed()).ok()
    }
}

impl Verifier for Cosigner {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn verify(&self, text: &[u8], signature: &[u8]) -> bool {
        let Some((time, signature)) = parts(signature) else { return false };
        let signed = [format!("cosignature/v1\ntime {time}\n").as_bytes(), text].concat();
        self.key.verify_strict(&signed, &signature).is_ok()
    }
}

/// The time in seconds since 1970 and the signature over it. A time of zero states nothing, and one
/// beyond 63 bits is none.
fn parts(signature: &[u8]) -> Option<(u64, Ed25519)> {
    let (time, signature) = signature.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    let stated = (1..=u64::MAX >> 1).contains(&time);
    stated.then_some((time, Ed25519::from_slice(signature).ok()?))
}

/// The signature lines of a witness's answer; `None` where it is anything else.
pub fn lines(answer: &[u8]) -> Option<Vec<Signature>> {
    let lines = answer.strip_suffix(b"\n")?.split(|it| *it == b'\n');
    let signatures: Vec<_> =
        lines.take(LINES_MAX + 1).map(Signature::from_bytes).collect::<Result<_, _>>().ok()?;
    (signatures.len() <= LINES_MAX).then_some(signatures)
}

/// Which of `cosigners` cosigned the note, by name, and when. A name counts once, whatever the number of
/// its keys: a witness that changes its key has two for a while.
pub fn cosigned(note: &[u8], cosigners: &[Cosigner]) -> BTreeMap<String, Timestamp> {
    let Ok(note) = Note::from_bytes(note) else { return BTreeMap::new() };
    let named = |it: &Cosigner| Some((it.name.clone(), it.cosigned(&note)?));
    cosigners.iter().filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer as _, SigningKey};
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "example.com/behind-the-sofa\n20852163\n\
                        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    /// The cosignatures that the specification of the witness protocol shows.
    const EXAMPLE: &str = "— witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==\n\
                           — witness.example/w1 I7rEps0pvK2UqkS2gSpVUDhrhVtQV9lgF6pRrWAvjJHjyWpW7VcE3SiOlVlbQNt64vWhO+DlkL0+UfzuOBMh9ChdMkP1vi/lCAsmlw==\n";

    fn secret(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn written(name: &str, kind: u8, key: &[u8]) -> String {
        let typed = [&[kind], key].concat();
        format!("{name}+{:08x}+{}", key_id(name, &typed), BASE64.encode(&typed))
    }

    fn cosigner(name: &str, seed: u8) -> Cosigner {
        written(name, COSIGNS, secret(seed).verifying_key().as_bytes()).parse().expect("a key")
    }

    /// As the specification says it, by other means than the reader.
    fn line(witness: &Cosigner, seed: u8, time: u64, text: &str) -> String {
        let signed = format!("cosignature/v1\ntime {time}\n{text}");
        let signature = secret(seed).sign(signed.as_bytes()).to_bytes();
        let id = witness.id.to_be_bytes();
        let blob = [id.as_slice(), &time.to_be_bytes(), &signature].concat();
        format!("— {} {}\n", witness.name, BASE64.encode(blob))
    }

    fn seen(lines: &str, cosigners: &[Cosigner]) -> Vec<String> {
        cosigned(format!("{TEXT}\n{lines}").as_bytes(), cosigners).into_keys().collect()
    }

    #[test]
    fn a_cosignature_counts_for_its_witness_alone() {
        let (one, two) = (cosigner("witness.example/1", 1), cosigner("witness.example/2", 2));
        let both = [one.clone(), two.clone()];
        let right = line(&one, 1, 1_679_315_147, TEXT);
        let times = cosigned(format!("{TEXT}\n{right}").as_bytes(), &both);
        assert_eq!(times["witness.example/1"].as_second(), 1_679_315_147);
        assert_eq!(times.len(), 1);
        // What another signed wrongly takes nothing away from those who signed rightly.
        let forged = line(&two, 1, 1_679_315_147, TEXT);
        assert_eq!(seen(&format!("{forged}{right}"), &both), ["witness.example/1"]);
        assert_eq!(seen(&forged, &both), [""; 0]);
    }

    #[test]
    fn another_text_another_time_or_another_key_is_no_cosignature() {
        let witness = cosigner("witness.example/1", 1);
        let alone = [witness.clone()];
        let wrong = [
            line(&witness, 1, 1_679_315_147, &TEXT.replace("20852163", "20852164")),
            line(&witness, 2, 1_679_315_147, TEXT),
            line(&witness, 1, 0, TEXT),
            line(&witness, 1, u64::MAX, TEXT),
            line(&witness, 1, u64::MAX >> 1, TEXT),
            line(&cosigner("witness.example/1", 2), 2, 1_679_315_147, TEXT),
            line(&cosigner("witness.example/2", 1), 1, 1_679_315_147, TEXT),
        ];
        for line in wrong {
            assert_eq!(seen(&line, &alone), [""; 0], "{line}");
        }
        let cut = line(&witness, 1, 1_679_315_147, TEXT);
        let (name, blob) = cut.trim_end().rsplit_once(' ').expect("a line");
        let mut blob = BASE64.decode(blob).expect("Base 64");
        blob[7] ^= 1;
        let moved = format!("{name} {}\n", BASE64.encode(&blob));
        assert_eq!(seen(&moved, &alone), [""; 0], "the time is signed too");
    }

    #[test]
    fn a_witness_with_two_keys_counts_once() {
        let (old, new) = (cosigner("witness.example/1", 1), cosigner("witness.example/1", 2));
        let lines = line(&old, 1, 1_679_315_147, TEXT) + &line(&new, 2, 1_679_315_148, TEXT);
        assert_eq!(seen(&lines, &[old, new]), ["witness.example/1"]);
    }

    #[test]
    fn a_key_is_read_in_its_one_spelling() {
        let key = secret(1).verifying_key();
        let right = written("witness.example/1", COSIGNS, key.as_bytes());
        assert!(right.parse::<Cosigner>().is_ok());
        let wrong = [
            String::new(),
            written("witness.example/1", 0x01, key.as_bytes()),
            written("witness.example/1", 0x06, key.as_bytes()),
            written("witness.example/1", COSIGNS, &key.as_bytes()[1..]),
            // The identity: every signature is its own.
            written("witness.example/1", COSIGNS, &[&[1_u8][..], &[0; 31]].concat()),
            written("a witness", COSIGNS, key.as_bytes()),
            written("", COSIGNS, key.as_bytes()),
            right.replacen("witness.example/1", "witness.example/2", 1),
            format!("{right}="),
        ];
        for text in wrong {
            assert_eq!(text.parse::<Cosigner>(), Err(NoCosigner), "{text}");
        }
    }

    #[test]
    fn the_lines_of_an_answer_are_signatures_and_few() {
        assert_eq!(lines(EXAMPLE.as_bytes()).map(|it| it.len()), Some(2));
        let line = EXAMPLE.lines().next().expect("a line");
        let wrong = [
            String::new(),
            "\n".to_owned(),
            line.to_owned(),
            format!("{line}\n\n"),
            format!("{TEXT}\n{line}\n"),
            format!("{line}\n").repeat(LINES_MAX + 1),
        ];
        for text in wrong {
            assert_eq!(lines(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_stop(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = lines(&bytes);
            let _ = parts(&bytes);
            let _ = String::from_utf8_lossy(&bytes).parse::<Cosigner>();
        }
    }
}
