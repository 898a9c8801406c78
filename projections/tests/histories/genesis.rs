//! What a ledger says of itself, in any order.
use domain::genesis::{Clock, Event};
use domain::ids::LedgerId;
use domain::published::VerifierKey;

use super::{Seed, name, note};

const ORIGIN: &str = "tiwizi.example/souss-massa";

impl Seed {
    pub(super) fn ledger_event(&self) -> Event {
        let key = format!("{ORIGIN}+{:08x}+{}", self.other, "A".repeat(44));
        let key = VerifierKey::new(&key).expect("a key");
        match self.days % 4 {
            0 => Event::Opened {
                ledger: LedgerId::from_u128(1),
                name: name("Souss-Massa"),
                origin: name(ORIGIN),
                purpose: note(),
                clock: Clock::Simulated,
            },
            1 => Event::KeyTrusted { key },
            2 => Event::KeyRetired { key },
            _ => Event::OriginRenewed { origin: name(ORIGIN), key, previous: None, reason: note() },
        }
    }
}
