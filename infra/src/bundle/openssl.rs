//! The signatures of a checkpoint in the forms that OpenSSL reads, so that a program that nobody here
//! wrote can check them.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use signed_note::{Note, StandardVerifier, Verifier as _};

/// What stands before the 32 bytes of an Ed25519 key in a `SubjectPublicKeyInfo` (RFC 8410, §4).
const SPKI_ED25519: [u8; 12] = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];

/// `openssl/checkpoint.txt`, the text that is signed, and `openssl/<n>.pem` and `openssl/<n>.sig` for
/// the n-th of `keys`.
pub(super) fn files(checkpoint: &[u8], keys: &[String]) -> Vec<(String, Vec<u8>)> {
    let Ok(note) = Note::from_bytes(checkpoint) else { return Vec::new() };
    let mut files = vec![("openssl/checkpoint.txt".to_owned(), note.text().to_vec())];
    for (number, key) in (1..).zip(keys) {
        let Some((pem, signature)) = pem(key).zip(signature(checkpoint, key)) else { continue };
        files.push((format!("openssl/{number}.pem"), pem.into_bytes()));
        files.push((format!("openssl/{number}.sig"), signature));
    }
    files
}

/// A verifier key (c2sp.org/signed-note) as PEM.
fn pem(key: &str) -> Option<String> {
    let encoded = key.splitn(3, '+').nth(2)?;
    let bytes = BASE64.decode(encoded).ok()?;
    let public: [u8; 32] = bytes.strip_prefix(&[1])?.try_into().ok()?;
    let der = BASE64.encode([&SPKI_ED25519[..], &public].concat());
    Some(format!("-----BEGIN PUBLIC KEY-----\n{der}\n-----END PUBLIC KEY-----\n"))
}

/// The 64 bytes that `key` signed the note with.
fn signature(note: &[u8], key: &str) -> Option<Vec<u8>> {
    let verifier = StandardVerifier::new(key).ok()?;
    let text = std::str::from_utf8(note).ok()?;
    let (_, lines) = text.split_once("\n\n")?;
    lines.lines().find_map(|line| {
        let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        let bytes = BASE64.decode(encoded).ok()?;
        let (id, signature) = bytes.split_first_chunk::<4>()?;
        let own = name == verifier.name() && u32::from_be_bytes(*id) == verifier.key_id();
        own.then(|| signature.to_vec())
    })
}
