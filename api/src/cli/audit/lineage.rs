//! `tiwizi audit lineage`: the events behind a figure.
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::Check;

#[derive(Args)]
pub(in crate::cli) struct Behind {
    #[command(flatten)]
    check: Check,
}

impl Behind {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let _ = self.check.json;
        Ok(ExitCode::SUCCESS)
    }
}
