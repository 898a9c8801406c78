//! Who vouches for the published log besides its own key: the options of `serve` and `demo`.
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use infra::log::time::{Stamping, Stamps};
use infra::log::witness::{Policy, Witnesses};
use infra::log::{Log, Vouched};
use infra::outside::is_address;
use infra::transparency::timestamp::Authority;

use super::speech::{bad_policy, told};

#[derive(Args)]
pub(super) struct Vouching {
    /// Asks a witness to cosign each checkpoint (c2sp.org/tlog-witness): its address and its key. May be
    /// given more than once; with one name and two keys, while a witness changes its key.
    #[arg(long, value_name = "'URL KEY'")]
    witness: Vec<String>,
    /// How many witnesses vouch for a checkpoint before it counts as witnessed: their majority, where it
    /// is left out.
    #[arg(long, value_name = "N", requires = "witness")]
    quorum: Option<usize>,
    /// Asks a time authority for tokens on checkpoints (RFC 3161).
    #[arg(long, value_name = "URL", requires = "time_authority_ca")]
    time_authority: Option<String>,
    /// The certificates by which its tokens are trusted, in PEM.
    #[arg(long, value_name = "FILE", requires = "time_authority")]
    time_authority_ca: Option<PathBuf>,
    /// The shortest time between two tokens, in minutes.
    #[arg(long, value_name = "MINUTES", default_value_t = 10,
          value_parser = clap::value_parser!(u64).range(1..=10_080))]
    time_every: u64,
}

impl Vouching {
    /// Publishes `log`, with those who vouch for it.
    pub(super) fn publish(&self, log: Log, folder: &Path) -> Result<Vouched> {
        let policy = Policy::read(&self.witness, self.quorum);
        let policy = policy.map_err(|error| anyhow!(bad_policy(&error)))?;
        let stamping = self.stamping()?;
        let witnesses = Witnesses::start(&log, policy);
        let stamps = Stamps::start(&log, &witnesses, folder, stamping)?;
        Ok(Vouched { log, witnesses, stamps })
    }

    fn stamping(&self) -> Result<Option<Stamping>> {
        let (Some(url), Some(file)) = (&self.time_authority, &self.time_authority_ca) else {
            return Ok(None);
        };
        if !is_address(url) {
            bail!(told("TIME_AUTHORITY_ADDRESS", []));
        }
        let pem = fs::read(file).unwrap_or_default();
        let Ok(authority) = Authority::from_pem(&pem) else {
            bail!(told(
                "TIME_AUTHORITY_CERTIFICATE",
                [("path", file.display().to_string().into())]
            ));
        };
        let every = Duration::from_mins(self.time_every);
        Ok(Some(Stamping { url: url.clone(), authority, every }))
    }
}
