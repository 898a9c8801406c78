//! The log's secret keys: one file that its owner alone can read, one key a line, the newest last.
//!
//! While two are there, both sign: whoever knows one of them can go on verifying until the other is
//! known everywhere.
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::genesis::KEYS_MAX;
use rand_core::OsRng;
use signed_note::{Signer, StandardSigner, StandardVerifier, Verifier, VerifierList, generate_key};
use zeroize::Zeroizing;

use super::Error;
use super::anchor::{replace, with_suffix};

/// The keys that sign.
pub struct Keys {
    path: PathBuf,
    signers: Vec<StandardSigner>,
    public: Vec<String>,
}

/// Where the keys of a log are kept in `folder`.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("log.key")
}

/// Where the key waits that will sign once the origin is renewed.
pub(super) fn next_path(folder: &Path) -> PathBuf {
    with_suffix(&path(folder), "next")
}

impl Keys {
    /// The keys of the log `origin` kept in `folder`; the first start makes one.
    pub fn open(folder: &Path, origin: &str) -> Result<Self, Error> {
        if let Some(keys) = Self::find(folder, origin)? {
            return Ok(keys);
        }
        let path = path(folder);
        if next_path(folder).exists() {
            // A renewal was interrupted: its key belongs here.
            return Err(Error::NoKey(path));
        }
        Self::make(path, origin)
    }

    /// The same; none where none were made.
    pub fn find(folder: &Path, origin: &str) -> Result<Option<Self>, Error> {
        Self::at(path(folder), origin)
    }

    /// The keys of the log `origin` in the file at `path`.
    pub(super) fn at(path: PathBuf, origin: &str) -> Result<Option<Self>, Error> {
        match secrets(&path)? {
            Some(text) => Self::read(path, &text, origin).map(Some),
            None => Ok(None),
        }
    }

    /// One new key of the log `origin` in the file at `path`.
    pub(super) fn make(path: PathBuf, origin: &str) -> Result<Self, Error> {
        let (secret, _) = generate_key(&mut OsRng, origin);
        let text = Zeroizing::new(secret + "\n");
        // Read before it is kept: not every text can be the name of a key.
        let keys = Self::read(path, &text, origin)?;
        keep(&keys.path, &text)?;
        Ok(keys)
    }

    /// Adds a new key, the newest.
    pub(super) fn add(&mut self, origin: &str) -> Result<(), Error> {
        let (secret, _) = generate_key(&mut OsRng, origin);
        let secret = Zeroizing::new(secret);
        self.rewrite(origin, |text| Zeroizing::new(format!("{}{}\n", text, secret.as_str())))
    }

    /// Takes out `key`, written as others verify by it. The last key stays: it is no key file then.
    pub(super) fn take_out(&mut self, key: &str, origin: &str) -> Result<(), Error> {
        let others = |line: &&str| public_key(line).is_none_or(|it| it != key);
        self.rewrite(origin, |text| {
            Zeroizing::new(
                text.lines().filter(others).fold(String::new(), |all, line| all + line + "\n"),
            )
        })
    }

    fn rewrite(
        &mut self,
        origin: &str,
        change: impl FnOnce(&str) -> Zeroizing<String>,
    ) -> Result<(), Error> {
        let missing = || Error::NoKey(self.path.clone());
        let text = change(&secrets(&self.path)?.ok_or_else(missing)?);
        let changed = Self::read(self.path.clone(), &text, origin)?;
        keep(&self.path, &text)?;
        *self = changed;
        Ok(())
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

/// What is in the file, where it is there and nobody but its owner can read it.
fn secrets(path: &Path) -> Result<Option<Zeroizing<String>>, Error> {
    let failed = |error| Error::File { path: path.to_owned(), source: Arc::new(error) };
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Error::KeyReadableByOthers(path.to_owned()));
    }
    Ok(Some(text))
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
