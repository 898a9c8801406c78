//! Events that correct and annul: over the same few ids, so that they meet what they correct.
use domain::ids::{CorrectionId, ExpenditureId};
use domain::intervention::Part;

use super::*;

const PERSON: UserId = UserId::from_u128(1);

impl Seed {
    fn correction_id(&self) -> CorrectionId {
        CorrectionId::from_u128(u128::from(self.id) * 8 + u128::from(self.other) % 2)
    }

    pub(super) fn correction(&self) -> Fact {
        match self.kind {
            68..73 => Fact::FundingRequest(self.id(), self.request_correction()),
            73..77 => Fact::Commitment(self.id(), self.commitment_correction()),
            77..81 => Fact::Programme(self.id(), self.programme_correction()),
            81..86 => Fact::Intervention(self.id(), self.intervention_correction()),
            _ => Fact::Actor(self.id(), self.actor_correction()),
        }
    }

    fn request_correction(&self) -> funding_request::Event {
        use funding_request::{Event, Figure};
        let (by, person, correction) = (self.other(), PERSON, self.correction_id());
        let to = (self.amount % 3 > 0).then(|| self.money());
        let figure = match self.amount % 4 {
            0 => Figure::Disbursement { disbursement: self.other(), to, exchange: None },
            1 => {
                let expenditure = ExpenditureId::from_u128(self.other.into());
                Figure::Expenditure { expenditure, to, exchange: None }
            }
            2 => Figure::Refund { refund: RefundId::from_u128(1), to },
            _ => Figure::Agreement { to: self.money() },
        };
        match self.kind {
            68 | 69 => Event::CorrectionProposed { by, person, correction, figure, reason: note() },
            70 => Event::CorrectionConfirmed { by, person, correction },
            71 if self.days % 5 == 0 => Event::Annulled { by, reason: note() },
            71 => Event::CorrectionRejected { by, person, correction, reason: note() },
            _ => Event::Corrected {
                title: Some(title("Demande corrigée")),
                intervention: Some(self.other()),
                territories: Some(self.territories()),
                reason: note(),
            },
        }
    }

    fn commitment_correction(&self) -> commitment::Event {
        use commitment::{Event, Figure};
        let (by, person, correction) = (self.other(), PERSON, self.correction_id());
        let evidence = EvidenceId::from_u128(self.other.into());
        let (to, exceeding) = (self.quantity(), true);
        let figure = match self.amount % 3 {
            0 => Figure::Pledge { to, exceeding },
            1 => Figure::Fulfilment { evidence, to: Some(to), exceeding },
            _ => Figure::Fulfilment { evidence, to: None, exceeding },
        };
        match self.kind {
            73 | 74 => Event::CorrectionProposed { by, person, correction, figure, reason: note() },
            75 => Event::CorrectionConfirmed { by, person, correction },
            _ if self.days % 5 == 0 => Event::Annulled { by, reason: note() },
            _ => Event::Corrected {
                title: Some(title("Apport corrigé")),
                due: Some(self.day()),
                intervention: Some(self.other()),
                programme: Some(self.other()),
                reason: note(),
            },
        }
    }

    fn programme_correction(&self) -> programme::Event {
        use programme::{Event, Figure};
        let (by, person, correction) = (self.other(), PERSON, self.correction_id());
        let envelope = EnvelopeId::from_u128(u128::from(self.other) % 2);
        let figure = match self.amount % 2 {
            0 => Figure::Envelope { envelope, to: self.money() },
            _ => Figure::Budget { to: Some(self.money()) },
        };
        match self.kind {
            77 | 78 => Event::CorrectionProposed { by, person, correction, figure, reason: note() },
            79 => Event::CorrectionConfirmed { by, person, correction },
            _ if self.days % 5 == 0 => Event::Annulled { by, reason: note() },
            _ => Event::Corrected {
                title: Some(title("PRIM II")),
                acronym: None,
                period: None,
                operator: Some(self.other()),
                funders: Some(vec![by]),
                partners: None,
                territories: Some(self.territories()),
                reason: note(),
            },
        }
    }

    fn intervention_correction(&self) -> intervention::Event {
        use intervention::Event;
        let (on, participation) = (self.effective(), self.other::<ParticipationId>());
        let reason = note();
        match self.kind {
            81 if self.days % 5 == 0 => Event::Annulled { by: self.other(), reason },
            81 => Event::Corrected {
                title: Some(title("Terrain corrigé")),
                summary: None,
                territories: Some(self.territories()),
                programme: Some(self.other()),
                groups: None,
                reason,
            },
            82 => Event::ParticipationCorrected {
                participation,
                role: Some(Role::Funder),
                from: Some(on),
                to: None,
                note: None,
                reason,
            },
            83 => Event::ParticipationAnnulled { participation, reason },
            84 => {
                let (phase, started) = (1, Some(on));
                Event::PhaseCorrected { phase, title: None, started, completed: None, reason }
            }
            _ => Event::PartAnnulled { part: Part::Origin, number: self.other.into(), reason },
        }
    }

    fn actor_correction(&self) -> actor::Event {
        use actor::Event;
        match self.kind {
            86 if self.days % 5 == 0 => Event::Annulled { by: self.other(), reason: note() },
            86 => Event::AliasWithdrawn { alias: name("Anarouz"), reason: note() },
            _ => Event::Corrected {
                name: Some(name("Anarouz")),
                kind: None,
                country: None,
                territory: None,
                identifiers: None,
                reason: note(),
            },
        }
    }
}
