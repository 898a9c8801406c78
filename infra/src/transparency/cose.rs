//! The same receipt in COSE (RFC 9942, on RFC 9052): for programs that verify supply chains.
//!
//! The file is a `COSE_Sign1` with the stored bytes of the event as its payload, and receipts of
//! inclusion in its unprotected header (RFC 9942, §4.3, "COSE Sign1 with attached receipts"):
//!
//! ```text
//! 18([ << {1: -19, 3: "application/json", 4: kid, 15: {1: origin, 2: size}} >>,
//!      {394: [ << receipt >>, … ]},                            one for each key that signs
//!      event,
//!      signature ])
//! receipt = 18([ << {1: -19, 4: kid, 15: {1: origin, 2: size}, 395: 1} >>,
//!                {396: {-1: [ << [size, index, [hash, …]] >> ]}},
//!                null,                                          the root, computed again
//!                signature ])
//! ```
//!
//! What the RFC leaves open, and is decided here:
//! - The entry whose hash is the leaf is the payload, not the whole `COSE_Sign1`: the tree is the
//!   one of the published log.
//! - Data structure 1 (`RFC9162_SHA256`), its tree is that of RFC 6962.
//! - Algorithm -19, Ed25519 (RFC 9864, which deprecates -8, `EdDSA`); -8 is read too.
//! - `kid` is the key's id in signed notes (c2sp.org/signed-note), four bytes; the issuer, claim 1 of
//!   the CWT claims (RFC 9597), is the log's origin.
//! - The subject, claim 2, is the size of the tree in decimal digits. The RFC has the root alone signed,
//!   and one path leads to one root from several places in trees of several sizes.
//! - The keys are those of the checkpoints. What they sign here begins with the CBOR of
//!   `"Signature1"`, a checkpoint with a line of text: neither can be taken for the other.
use coset::cbor::Value;
use coset::iana;
use coset::{
    CborSerializable as _, CoseSign1, CoseSign1Builder, Header, HeaderBuilder, Label,
    RegisteredLabelWithPrivate, TaggedCborSerializable as _,
};
use domain::recorded::EVENT_BYTES_MAX;
use signed_note::{Signer, VerifierList, Verifiers as _};

use super::proof::{PROOF_HASHES_MAX, root_of_inclusion};
use super::receipt::{NoReceipt, Unproven};
use super::tree::{Hash, leaf};

/// The most receipts that are read of one event.
pub const RECEIPTS_MAX: usize = 16;
/// The longest file that is read, in bytes: the event, and receipts with their headers.
pub const COSE_BYTES_MAX: usize = EVENT_BYTES_MAX + RECEIPTS_MAX * (PROOF_HASHES_MAX * 34 + 1_024);

/// The CWT claims (RFC 9597).
const CLAIMS: i64 = 15;
/// `receipts` (RFC 9942, §2).
const RECEIPTS: i64 = 394;
/// `vds`: which verifiable data structure.
const STRUCTURE: i64 = 395;
/// `vdp`: the proofs.
const PROOFS: i64 = 396;
/// `RFC9162_SHA256`.
const RFC9162_SHA256: i64 = 1;
/// Proofs of inclusion, among the proofs.
const INCLUSION: i64 = -1;
/// `iss`, among the CWT claims.
const ISSUER: i64 = 1;
/// `sub`.
const SUBJECT: i64 = 2;

/// Where an event stands, in which tree, and how that is proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// How many entries the tree has.
    pub size: u64,
    /// The event's place in the log, from 0.
    pub index: u64,
    /// The hashes from the sibling of the event's leaf up to the child of the root.
    pub path: Vec<Hash>,
}

/// An event with its receipts, as it is written in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    signed: CoseSign1,
    receipts: Vec<(CoseSign1, Inclusion)>,
}

/// Writes the event `entry` of the log `origin` with a receipt from each of `signers`; the last of
/// them signs the event too. `None` where there is no signer, or one fails.
pub fn write(
    entry: &[u8],
    inclusion: &Inclusion,
    root: &Hash,
    origin: &str,
    signers: &[&dyn Signer],
) -> Option<Vec<u8>> {
    let receipts = signers.iter().map(|it| receipt(inclusion, root, origin, *it));
    let receipts = receipts.collect::<Option<Vec<_>>>()?;
    let last = *signers.last()?;
    let protected =
        protected(origin, inclusion.size, last).content_type("application/json".to_owned()).build();
    let unprotected = HeaderBuilder::new().value(RECEIPTS, Value::Array(receipts)).build();
    let statement = CoseSign1Builder::new()
        .protected(protected)
        .unprotected(unprotected)
        .payload(entry.to_vec())
        .try_create_signature(&[], |bytes| last.sign(bytes))
        .ok()?;
    statement.build().to_tagged_vec().ok()
}

fn receipt(inclusion: &Inclusion, root: &Hash, origin: &str, signer: &dyn Signer) -> Option<Value> {
    let path = inclusion.path.iter().map(|it| Value::Bytes(it.to_vec())).collect();
    let proof = [inclusion.size.into(), inclusion.index.into(), Value::Array(path)];
    let proof = Value::Array(proof.to_vec()).to_vec().ok()?;
    let proofs = Value::Array(vec![Value::Bytes(proof)]);
    let proofs = Value::Map(vec![(INCLUSION.into(), proofs)]);
    let receipt = CoseSign1Builder::new()
        .protected(
            protected(origin, inclusion.size, signer)
                .value(STRUCTURE, RFC9162_SHA256.into())
                .build(),
        )
        .unprotected(HeaderBuilder::new().value(PROOFS, proofs).build())
        .try_create_detached_signature(root, &[], |bytes| signer.sign(bytes))
        .ok()?;
    receipt.build().to_tagged_vec().ok().map(Value::Bytes)
}

/// What every signature covers: its algorithm, its key, its log and the size of that.
fn protected(origin: &str, size: u64, signer: &dyn Signer) -> HeaderBuilder {
    let claims = vec![
        (ISSUER.into(), Value::Text(origin.to_owned())),
        (SUBJECT.into(), Value::Text(size.to_string())),
    ];
    HeaderBuilder::new()
        .algorithm(iana::Algorithm::Ed25519)
        .key_id(signer.key_id().to_be_bytes().to_vec())
        .value(CLAIMS, Value::Map(claims))
}

impl Statement {
    /// Reads an event with its receipts.
    pub fn read(bytes: &[u8]) -> Result<Self, NoReceipt> {
        if bytes.len() > COSE_BYTES_MAX {
            return Err(NoReceipt::TooLong);
        }
        Self::parse(bytes).ok_or(NoReceipt::Malformed)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let signed = CoseSign1::from_tagged_slice(bytes).ok()?;
        signed.payload.as_ref().filter(|it| it.len() <= EVENT_BYTES_MAX)?;
        let given = value(&signed.unprotected, RECEIPTS)?.as_array()?;
        if given.is_empty() || given.len() > RECEIPTS_MAX {
            return None;
        }
        let read = |it: &Value| {
            let receipt = CoseSign1::from_tagged_slice(it.as_bytes()?).ok()?;
            let structure = value(&receipt.protected.header, STRUCTURE)?.as_integer()?;
            let fits = receipt.payload.is_none() && structure == RFC9162_SHA256.into();
            let claims = value(&receipt.protected.header, CLAIMS)?;
            let size = get(claims, SUBJECT)?.as_text()?.to_owned();
            let inclusion = inclusion(&receipt).filter(|it| fits && it.size.to_string() == size)?;
            Some((receipt, inclusion))
        };
        let receipts = given.iter().map(read).collect::<Option<_>>()?;
        Some(Self { signed, receipts })
    }

    /// The stored bytes of the event.
    pub fn entry(&self) -> &[u8] {
        self.signed.payload.as_deref().unwrap_or_default()
    }

    /// Where the event stands, where a key of `trusted` signed that it is in the log `origin`.
    ///
    /// The signature over the event itself adds nothing to that, but a wrong one of a trusted key is
    /// refused.
    pub fn check(&self, origin: &str, trusted: &VerifierList) -> Result<&Inclusion, Unproven> {
        let trusted_key = |it: &Key| trusted.verifier(&it.0, it.1).ok();
        if let Some(key) = signer(&self.signed).as_ref().and_then(trusted_key) {
            let check = |signature: &[u8], bytes: &[u8]| {
                key.verify(bytes, signature).then_some(()).ok_or(Unproven::SignatureWrong)
            };
            self.signed.verify_signature(&[], check)?;
        }
        for (receipt, inclusion) in &self.receipts {
            let Some(by) = signer(receipt) else { continue };
            let Some(key) = trusted_key(&by) else { continue };
            if by.0 != origin {
                return Err(Unproven::OtherLog(by.0));
            }
            let Inclusion { size, index, path } = inclusion;
            let root = root_of_inclusion(leaf(self.entry()), *index, *size, path);
            let root = root.ok_or(Unproven::NotIncluded)?;
            // With another root, or another signature: which of them was changed cannot be told.
            let check = |signature: &[u8], bytes: &[u8]| {
                key.verify(bytes, signature).then_some(()).ok_or(Unproven::NotIncluded)
            };
            return receipt.verify_detached_signature(&root, &[], check).map(|()| inclusion);
        }
        Err(Unproven::CheckpointUnsigned)
    }
}

/// The name and the id of a key.
type Key = (String, u32);

/// Which key an object says it is signed with; `None` where its algorithm is another one.
fn signer(object: &CoseSign1) -> Option<Key> {
    use iana::Algorithm::{Ed25519, EdDSA};
    let header = &object.protected.header;
    let known = [Ed25519, EdDSA].map(|it| Some(RegisteredLabelWithPrivate::Assigned(it)));
    let id = u32::from_be_bytes(header.key_id.as_slice().try_into().ok()?);
    let claims = value(header, CLAIMS)?;
    let name = get(claims, ISSUER)?.as_text()?.to_owned();
    // Nothing that is marked as critical is known here (RFC 9052, §3.1).
    (known.contains(&header.alg) && header.crit.is_empty()).then_some((name, id))
}

fn inclusion(receipt: &CoseSign1) -> Option<Inclusion> {
    let proofs = get(value(&receipt.unprotected, PROOFS)?, INCLUSION)?.as_array()?;
    let [proof] = proofs.as_slice() else { return None };
    let proof = Value::from_slice(proof.as_bytes()?).ok()?;
    let [size, index, path] = proof.as_array()?.as_slice() else { return None };
    let number = |it: &Value| u64::try_from(it.as_integer()?).ok();
    let path = path.as_array().filter(|it| it.len() <= PROOF_HASHES_MAX)?;
    let path = path.iter().map(|it| it.as_bytes()?.as_slice().try_into().ok());
    Some(Inclusion {
        size: number(size)?,
        index: number(index)?,
        path: path.collect::<Option<_>>()?,
    })
}

fn value(header: &Header, label: i64) -> Option<&Value> {
    header.rest.iter().find(|it| it.0 == Label::Int(label)).map(|it| &it.1)
}

fn get(map: &Value, key: i64) -> Option<&Value> {
    map.as_map()?.iter().find(|it| it.0 == key.into()).map(|it| &it.1)
}

#[cfg(test)]
mod tests;
