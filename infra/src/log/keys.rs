//! The log's secret keys: one file that its owner alone can read, one key a line, the newest last.
//!
//! While two are there, both sign: whoever knows one of them can go on verifying until the other is
//! known everywhere.
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rand_core::OsRng;
use signed_note::{Signer, StandardSigner, StandardVerifier, Verifier, VerifierList, generate_key};
use zeroize::Zeroizing;

use super::Error;
use super::anchor::replace;

/// The most keys that sign at a time.
pub const KEYS_MAX: usize = 8;

/// The keys that sign.
pub struct Keys {
    path: PathBuf,
    signers: Vec<StandardSigner>,
    public: Vec<String>,
}

impl Keys {
    /// Where the keys are kept in `folder`.
    pub fn file(folder: &Path) -> PathBuf {
        folder.join("log.key")
    }

    /// The keys of the log `origin` kept in `folder`; the first start makes one.
    pub fn open(folder: &Path, origin: &str) -> Result<Self, Error> {
        let path = Self::file(folder);
        let text = match fs::read_to_string(&path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let (secret, _) = generate_key(&mut OsRng, origin);
                let text = Zeroizing::new(secret + "\n");
                keep(&path, &text)?;
                text
            }
            Err(error) => return Err(Error::File { path, source: Arc::new(error) }),
        };
        let metadata = fs::metadata(&path);
        let metadata = metadata
            .map_err(|error| Error::File { path: path.clone(), source: Arc::new(error) })?;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(Error::KeyReadableByOthers(path));
        }
        Self::read(path, &text, origin)
    }

    fn read(path: PathBuf, text: &str, origin: &str) -> Result<Self, Error> {
        let (mut signers, mut public) = (Vec::new(), Vec::new());
        for line in text.lines() {
            let signer = StandardSigner::new(line).map_err(|_| Error::NoKey(path.clone()))?;
            if signer.name() != origin {
                let (key, origin) = (signer.name().to_owned(), origin.to_owned());
                return Err(Error::KeyOfAnotherLog { key, origin });
            }
            public.push(public_key(line).ok_or_else(|| Error::NoKey(path.clone()))?);
            signers.push(signer);
        }
        if signers.is_empty() || signers.len() > KEYS_MAX {
            return Err(Error::NoKey(path));
        }
        Ok(Self { path, signers, public })
    }

    /// Where they are kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Each of them, the newest last.
    pub fn signers(&self) -> impl Iterator<Item = &dyn Signer> {
        self.signers.iter().map(|it| it as &dyn Signer)
    }

    /// As others verify by them, the newest last.
    pub fn public(&self) -> &[String] {
        &self.public
    }
}

fn keep(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |error| Error::File { path: path.to_owned(), source: Arc::new(error) };
    replace(path, text.as_bytes(), 0o600).map_err(failed)
}

/// The verifier key of a secret key as `signed_note` writes it.
fn public_key(secret: &str) -> Option<String> {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD as BASE64;
    // Base 64 has a plus of its own, a name has none.
    let mut parts = secret.strip_prefix("PRIVATE+KEY+")?.splitn(3, '+');
    let (name, _, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    let key = Zeroizing::new(BASE64.decode(encoded).ok()?);
    let seed: &[u8; 32] = key.get(1..)?.try_into().ok()?;
    let public = ed25519_dalek::SigningKey::from_bytes(seed).verifying_key();
    Some(signed_note::new_ed25519_verifier_key(name, &public))
}

/// Who trusts `keys`; `None` where one of them is none.
pub fn verifiers(keys: &[String]) -> Option<VerifierList> {
    let verifier = |key: &String| {
        let verifier = StandardVerifier::new(key).ok()?;
        Some(Box::new(verifier) as Box<dyn Verifier>)
    };
    keys.iter().map(verifier).collect::<Option<Vec<_>>>().map(VerifierList::new)
}
