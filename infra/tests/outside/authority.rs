//! A time authority: `openssl ts`, under a certificate chain of its own.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const SETTINGS: &str = "[tsa]\ndefault_tsa = here\n[here]\nserial = serial\nsigner_cert = time.pem\n\
    certs = chain.pem\nsigner_key = time.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\n\
    digests = DIGESTS\naccuracy = secs:1, millisecs:500\nordering = yes\ntsa_name = yes\n\
    ess_cert_id_alg = sha256\n";
const CERTIFIES: &str = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";
const STAMPS: &str = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n\
    extendedKeyUsage=critical,timeStamping\n";

/// An authority: a root that certifies another, which certifies who signs tokens.
pub struct TimeAuthority(TempDir);

impl TimeAuthority {
    /// One that signs with a key that `openssl` names `key`: `rsa:2048`, or a curve.
    pub fn new(key: &str) -> Self {
        let new = Self(tempfile::tempdir().expect("a directory"));
        new.certify("root", CERTIFIES, "P-256", None);
        new.certify("between", CERTIFIES, "P-384", Some("root"));
        new.certify("time", STAMPS, key, Some("between"));
        let read = |name| fs::read_to_string(new.path(name)).expect("a certificate");
        // The signer's certificate stands in answers twice, as where an operator names it among them.
        let chain = read("time.pem") + &read("between.pem");
        fs::write(new.path("chain.pem"), chain).expect("it is written");
        fs::write(new.path("serial"), "01\n").expect("it is written");
        new.accepts("sha256");
        new
    }

    /// From now on it stamps `digests` alone.
    pub fn accepts(&self, digests: &str) {
        let settings = SETTINGS.replace("DIGESTS", digests);
        fs::write(self.path("settings"), settings).expect("it is written");
    }

    /// The certificate by which others trust it.
    pub fn root(&self) -> PathBuf {
        self.path("root.pem")
    }

    /// Its answer to a `TimeStampReq`.
    pub fn answer(&self, query: &[u8]) -> Vec<u8> {
        fs::write(self.path("query"), query).expect("it is written");
        let asked = ["ts", "-reply", "-config", "settings", "-queryfile", "query", "-out", "reply"];
        assert!(self.openssl(&asked), "openssl answers");
        fs::read(self.path("reply")).expect("an answer")
    }

    /// Whether `openssl` finds that the token in `token` is this authority's, over the file `data`.
    pub fn verifies(&self, token: &Path, data: &Path) -> bool {
        let (token, data) = (token.to_str().expect("a path"), data.to_str().expect("a path"));
        self.openssl(&["ts", "-verify", "-in", token, "-data", data, "-CAfile", "root.pem"])
    }

    /// Makes a key `name`.key and a certificate `name`.pem for `purpose`, from the certificate `by` or its
    /// own.
    pub fn certify(&self, name: &str, purpose: &str, key: &str, by: Option<&str>) {
        let (secret, request) = (format!("{name}.key"), format!("{name}.csr"));
        let (subject, certificate) = (format!("/CN={name}"), format!("{name}.pem"));
        let curve = format!("ec_paramgen_curve:{key}");
        let mut asked = vec!["req", "-new", "-nodes", "-subj", &subject];
        asked.extend(["-keyout", &secret, "-out", &request, "-newkey"]);
        if key.starts_with("rsa") {
            asked.push(key);
        } else {
            asked.extend(["ec", "-pkeyopt", &curve]);
        }
        assert!(self.openssl(&asked), "a key of {name}");
        fs::write(self.path("purpose"), purpose).expect("it is written");
        let mut asked = vec!["x509", "-req", "-in", &request, "-out", &certificate, "-days", "2"];
        asked.extend(["-extfile", "purpose"]);
        let by = by.map(|it| (format!("{it}.pem"), format!("{it}.key")));
        match &by {
            Some((issuer, key)) => {
                asked.extend(["-CA", issuer, "-CAkey", key, "-CAcreateserial"]);
            }
            None => asked.extend(["-signkey", &secret]),
        }
        assert!(self.openssl(&asked), "a certificate of {name}");
    }

    /// Where its file `name` is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Whether `openssl` does what it is asked, among its files.
    pub fn openssl(&self, arguments: &[&str]) -> bool {
        let output = Command::new("openssl").args(arguments).current_dir(self.0.path()).output();
        output.expect("openssl is installed: see tests/install").status.success()
    }
}
