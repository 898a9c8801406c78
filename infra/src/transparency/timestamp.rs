//! Tokens of a time authority (RFC 3161): that some bytes were there at a moment, by the word of
//! somebody whom the law or the auditor trusts for the time.
use cmpv2::status::PkiStatus;
use cms::content_info::ContentInfo;
use cms::signed_data::{EncapsulatedContentInfo, SignerIdentifier, SignerInfo};
use der::asn1::{AnyRef, Int, Null, ObjectIdentifier, OctetString};
use der::oid::db::{rfc5280, rfc5911, rfc5912, rfc6268};
use der::{
    Any, Decode as _, Encode as _, ErrorKind, Reader as _, SliceReader, Tag, TagNumber, Tagged as _,
};
use jiff::Timestamp;
use rand_core::{OsRng, RngCore as _};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use spki::AlgorithmIdentifierOwned;
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert, ring};
use x509_cert::ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier};
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion, TstInfo};

use super::tree::Hash;

/// The longest answer of an authority that is read, in bytes: a token with its chain of certificates.
pub const TOKEN_BYTES_MAX: usize = 64 << 10;

/// What a token's content is called (RFC 3161, §2.4.2).
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// The purpose `timeStamping`, as certificates hold it: 1.3.6.1.5.5.7.3.8. Those who certify others need
/// not name it; the signer must.
const TIME_STAMPING: KeyUsage = KeyUsage::required_if_present(&[0x2b, 6, 1, 5, 5, 7, 3, 8]);
/// Those of the certificates' and of the token's signatures. SHA-1 is not among them.
const ALGORITHMS: &[&dyn SignatureVerificationAlgorithm] = &[
    ring::ECDSA_P256_SHA256,
    ring::ECDSA_P256_SHA384,
    ring::ECDSA_P384_SHA256,
    ring::ECDSA_P384_SHA384,
    ring::RSA_PKCS1_2048_8192_SHA256,
    ring::RSA_PKCS1_2048_8192_SHA384,
    ring::RSA_PKCS1_2048_8192_SHA512,
    ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
    ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
    ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
    ring::ED25519,
];

/// A question to an authority: what was there, and a number that it cannot have answered before.
#[derive(Clone, Debug)]
pub struct Request {
    imprint: Hash,
    nonce: [u8; 8],
}

/// Why an answer proves no time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untimed {
    /// It is not written in the format.
    #[error("it is no time stamp in the format of RFC 3161")]
    Malformed,
    /// The authority said no.
    #[error("the authority gives no token: {0}")]
    Rejected(String),
    /// It is over other bytes.
    #[error("it is over other bytes than those that were sent")]
    OtherData,
    /// It answers another question.
    #[error("it answers another question: the nonce differs")]
    OtherNonce,
    /// Its signature is not its signer's, or by an algorithm that is not trusted here.
    #[error("its signature is wrong, or by an algorithm that is not trusted")]
    SignatureWrong,
    /// Its signer is not the authority that is trusted.
    #[error("its signer is not certified for time stamps by the authority that is trusted: {0}")]
    SignerUntrusted(String),
}

impl Request {
    /// A question about `data`.
    pub fn about(data: &[u8]) -> Self {
        let mut nonce = [0; 8];
        OsRng.fill_bytes(&mut nonce);
        // A positive number of eight bytes, in its one spelling.
        nonce[0] = nonce[0] & 0x3f | 0x40;
        Self { imprint: Sha256::digest(data).into(), nonce }
    }

    /// The `TimeStampReq`.
    pub fn to_der(&self) -> Result<Vec<u8>, Untimed> {
        let malformed = |_| Untimed::Malformed;
        let sha256 = AlgorithmIdentifierOwned {
            oid: rfc5912::ID_SHA_256,
            parameters: Some(Any::from(Null)),
        };
        let hashed_message = OctetString::new(self.imprint).map_err(malformed)?;
        let request = TimeStampReq {
            version: TspVersion::V1,
            message_imprint: MessageImprint { hash_algorithm: sha256, hashed_message },
            req_policy: None,
            nonce: Some(Int::new(&self.nonce).map_err(malformed)?),
            cert_req: true,
            extensions: None,
        };
        request.to_der().map_err(malformed)
    }
}

/// The certificates of an authority that is trusted.
#[derive(Clone, Debug)]
pub struct Authority(Vec<CertificateDer<'static>>);

/// A file that holds no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no certificate of an authority, in PEM")]
pub struct NoAuthority;

impl Authority {
    /// Reads certificates in PEM: every one of them is trusted.
    pub fn from_pem(pem: &[u8]) -> Result<Self, NoAuthority> {
        let found: Vec<_> = CertificateDer::pem_slice_iter(pem)
            .collect::<Result<_, _>>()
            .map_err(|_| NoAuthority)?;
        let sound = found.iter().all(|it| anchor_from_trusted_cert(it).is_ok());
        if sound && !found.is_empty() { Ok(Self(found)) } else { Err(NoAuthority) }
    }

    /// The time that `answer` (a `TimeStampResp`) gives to what `request` asked about.
    pub fn check(&self, answer: &[u8], request: &Request) -> Result<Timestamp, Untimed> {
        let token = Token::read(answer)?;
        let stamped = &token.info.message_imprint;
        if stamped.hash_algorithm.oid != rfc5912::ID_SHA_256
            || stamped.hashed_message.as_bytes() != request.imprint
        {
            return Err(Untimed::OtherData);
        }
        if token.info.nonce.as_ref().map(Int::as_bytes) != Some(&request.nonce) {
            return Err(Untimed::OtherNonce);
        }
        token.signed_under(&self.0)?;
        token.time().ok_or(Untimed::Malformed)
    }
}

/// The time that is written in a `TimeStampResp`, whoever signed it.
pub fn time_of(answer: &[u8]) -> Result<Timestamp, Untimed> {
    Token::read(answer)?.time().ok_or(Untimed::Malformed)
}

/// A token, taken apart.
struct Token {
    info: TstInfo,
    /// The bytes of `info` that were signed.
    content: Vec<u8>,
    signer: SignerInfo,
    certificates: Vec<Certificate>,
}

/// A certificate that came with a token, and as the verifier reads it.
struct Certificate {
    names: Box<x509_cert::Certificate>,
    der: CertificateDer<'static>,
}

impl Token {
    fn read(answer: &[u8]) -> Result<Self, Untimed> {
        let answer = TimeStampResp::from_der(answer).map_err(|_| Untimed::Malformed)?;
        if !matches!(answer.status.status, PkiStatus::Accepted | PkiStatus::GrantedWithMods) {
            return Err(Untimed::Rejected(format!("{:?}", answer.status.status)));
        }
        let token = answer.time_stamp_token.ok_or(Untimed::Malformed)?;
        Self::open(&token).map_err(|_| Untimed::Malformed)
    }

    /// Takes a `SignedData` apart (RFC 5652, §5.1). Its certificates are read one by one: authorities
    /// send some twice, which a set in DER may not have.
    fn open(token: &ContentInfo) -> der::Result<Self> {
        if token.content_type != rfc5911::ID_SIGNED_DATA {
            return Err(ErrorKind::Failed.into());
        }
        let mut fields = SliceReader::new(token.content.value())?;
        let _version = AnyRef::decode(&mut fields)?;
        let _digests = AnyRef::decode(&mut fields)?;
        let content = EncapsulatedContentInfo::decode(&mut fields)?;
        if content.econtent_type != TST_INFO {
            return Err(ErrorKind::Failed.into());
        }
        let content = content.econtent.ok_or(ErrorKind::Failed)?.decode_as::<OctetString>()?;
        let (mut certificates, mut signers) = (Vec::new(), None);
        while !fields.is_finished() {
            let field = AnyRef::decode(&mut fields)?;
            match field.tag() {
                Tag::ContextSpecific { number: TagNumber::N0, .. } => {
                    certificates = certificates_in(field.value())?;
                }
                // Lists of revoked certificates.
                Tag::ContextSpecific { number: TagNumber::N1, .. } => {}
                _ => signers = Some(field),
            }
        }
        let mut signers = SliceReader::new(signers.ok_or(ErrorKind::Failed)?.value())?;
        let signer = SignerInfo::decode(&mut signers)?;
        // One signer and no other (RFC 3161, §2.4.2).
        signers.finish(())?;
        let info = TstInfo::from_der(content.as_bytes())?;
        Ok(Self { info, content: content.into_bytes(), signer, certificates })
    }

    fn time(&self) -> Option<Timestamp> {
        let seconds = self.info.gen_time.to_unix_duration().as_secs();
        Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
    }

    /// That the signer signed it, and an authority of `trusted` certified the signer for time stamps,
    /// as of the time that the token gives.
    fn signed_under(&self, trusted: &[CertificateDer<'static>]) -> Result<(), Untimed> {
        let signer = self.certificates.iter().find(|it| it.is_of(&self.signer.sid));
        let untrusted = |why: &str| Untimed::SignerUntrusted(why.to_owned());
        let signer = signer.ok_or_else(|| untrusted("the token brings no certificate of it"))?;
        if !signer.is_for_time_stamps() {
            return Err(untrusted("its certificate is for other purposes"));
        }
        let certificate = EndEntityCert::try_from(&signer.der);
        let certificate = certificate.map_err(|error| untrusted(&error.to_string()))?;
        let attributes = self.signed().ok_or(Untimed::SignatureWrong)?;
        let signature = self.signer.signature.as_bytes();
        let fits = |it: &&&dyn SignatureVerificationAlgorithm| {
            certificate.verify_signature(**it, &attributes, signature).is_ok()
        };
        ALGORITHMS.iter().find(fits).ok_or(Untimed::SignatureWrong)?;
        let anchors: Vec<_> =
            trusted.iter().filter_map(|it| anchor_from_trusted_cert(it).ok()).collect();
        let between: Vec<_> = self.certificates.iter().map(|it| it.der.clone()).collect();
        let time = UnixTime::since_unix_epoch(self.info.gen_time.to_unix_duration());
        let chain = certificate.verify_for_usage(
            ALGORITHMS,
            &anchors,
            &between,
            time,
            TIME_STAMPING,
            None,
            None,
        );
        chain.map(drop).map_err(|error| untrusted(&error.to_string()))
    }

    /// The bytes that the signature is over: attributes that name the content and its digest (RFC 5652,
    /// §5.4); `None` where they do not fit the content.
    fn signed(&self) -> Option<Vec<u8>> {
        let attributes = self.signer.signed_attrs.as_ref()?;
        let only = |oid: ObjectIdentifier| {
            let mut found = attributes.iter().filter(move |it| it.oid == oid);
            let (attribute, another) = (found.next()?, found.next());
            let [value] = attribute.values.as_slice() else { return None };
            another.is_none().then_some(value)
        };
        let content: ObjectIdentifier = only(rfc6268::ID_CONTENT_TYPE)?.decode_as().ok()?;
        let digest: OctetString = only(rfc6268::ID_MESSAGE_DIGEST)?.decode_as().ok()?;
        let computed = match self.signer.digest_alg.oid {
            rfc5912::ID_SHA_256 => Sha256::digest(&self.content).to_vec(),
            rfc5912::ID_SHA_384 => Sha384::digest(&self.content).to_vec(),
            rfc5912::ID_SHA_512 => Sha512::digest(&self.content).to_vec(),
            _ => return None,
        };
        let fits = content == TST_INFO && digest.as_bytes() == computed;
        fits.then(|| attributes.to_der().ok()).flatten()
    }
}

/// The certificates that stand one after the other in `bytes`. Other things that may stand there are
/// left out.
fn certificates_in(bytes: &[u8]) -> der::Result<Vec<Certificate>> {
    let (mut reader, mut found) = (SliceReader::new(bytes)?, Vec::new());
    while !reader.is_finished() {
        let der = reader.tlv_bytes()?;
        if let Ok(names) = x509_cert::Certificate::from_der(der) {
            found.push(Certificate { names: Box::new(names), der: der.to_vec().into() });
        }
    }
    Ok(found)
}

impl Certificate {
    fn is_of(&self, signer: &SignerIdentifier) -> bool {
        let subject = &self.names.tbs_certificate;
        match signer {
            SignerIdentifier::IssuerAndSerialNumber(it) => {
                it.issuer == subject.issuer && it.serial_number == subject.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(id) => {
                let own = subject.get::<SubjectKeyIdentifier>();
                own.is_ok_and(|it| it.is_some_and(|(_, own)| own == *id))
            }
        }
    }

    /// For these alone, and whoever does not know what that means must refuse it (RFC 3161, §2.3).
    fn is_for_time_stamps(&self) -> bool {
        let purposes = self.names.tbs_certificate.get::<ExtendedKeyUsage>();
        purposes.is_ok_and(|it| {
            it.is_some_and(|(critical, it)| critical && it.0 == [rfc5280::ID_KP_TIME_STAMPING])
        })
    }
}
