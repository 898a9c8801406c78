//! How events move requests.
use std::sync::Arc;

use domain::effective::Effective;
use domain::funding_request::Event;
use domain::ids::{ActorId, DisbursementId, FundingRequestId};
use domain::money::Money;
use domain::recorded::Recorded;
use domain::text::Note;

use super::{
    Agreement, Amendment, Decision, Disbursement, Eligibility, Expenditure, Funding, Opinion,
    Outcome, Paid, Reformulation, Refund, Request, Stage, Step, correct,
};
use crate::amounts::Amounts;
use crate::corrections::Proposed;
use crate::stamp::Stamp;

pub(super) fn apply(all: &mut Funding, id: FundingRequestId, event: &Event, recorded: &Recorded) {
    if let Event::Granted { envelope: Some(envelope), .. } = event {
        all.by_envelope.insert(*envelope, id);
    }
    match event {
        Event::Granted { by, .. } => all.by_backer.insert(*by, id),
        Event::DisbursementRecorded { funder: Some(funder), .. } => {
            all.by_backer.insert(*funder, id);
        }
        Event::AgreementSigned { parties, .. } => {
            for party in parties {
                all.by_backer.insert(*party, id);
            }
        }
        _ => {}
    }
    if let Some(request) = submitted(id, event, Stamp::of(recorded)) {
        all.by_programme.insert(request.programme, id);
        all.by_applicant.insert(request.applicant, id);
        if let Some(call) = request.call {
            all.by_call.insert(call, id);
        }
        if let Some(intervention) = request.intervention {
            all.by_intervention.insert(intervention, id);
        }
        if let Some(envelope) = request.envelope {
            all.by_envelope.insert(envelope, id);
        }
        for territory in request.territories.iter() {
            all.by_territory.insert(*territory, id);
        }
        all.requests.insert(id, Arc::new(request));
        return;
    }
    correct::index(all, id, event);
    if let Some(request) = all.requests.get_mut(&id) {
        Arc::make_mut(request).apply(event, recorded);
    }
}

/// The date that the event itself carries.
fn dated(event: &Event) -> Option<Effective> {
    match event {
        Event::OpinionGiven { on, .. }
        | Event::Reformulated { on, .. }
        | Event::Granted { on, .. }
        | Event::Refused { on, .. }
        | Event::Deferred { on, .. }
        | Event::AgreementSigned { on, .. }
        | Event::AgreementAmended { on, .. }
        | Event::DisbursementRecorded { on, .. }
        | Event::ExpenditureDeclared { on, .. }
        | Event::RefundRecorded { on, .. }
        | Event::Closed { on, .. } => Some(*on),
        Event::Submitted { .. }
        | Event::EligibilityChecked { .. }
        | Event::DisbursementPlanned { .. }
        | Event::ExpenditureValidated { .. }
        | Event::Revoked { .. }
        | Event::Corrected { .. }
        | Event::CorrectionProposed { .. }
        | Event::CorrectionConfirmed { .. }
        | Event::CorrectionRejected { .. }
        | Event::Annulled { .. } => None,
    }
}

fn submitted(id: FundingRequestId, event: &Event, stamp: Stamp) -> Option<Request> {
    let Event::Submitted {
        applicant,
        title,
        call,
        programme,
        envelope,
        intervention,
        territories,
        asked,
        own_contribution,
    } = event
    else {
        return None;
    };
    Some(Request {
        id,
        applicant: *applicant,
        title: title.clone(),
        call: *call,
        programme: *programme,
        envelope: *envelope,
        intervention: *intervention,
        territories: territories.as_slice().into(),
        asked: *asked,
        own_contribution: *own_contribution,
        stage: Stage::Submitted,
        steps: vec![Step { stage: Stage::Submitted, stamp }],
        eligibility: Vec::new(),
        opinions: Vec::new(),
        reformulations: Vec::new(),
        decisions: Vec::new(),
        granted: None,
        agreement: None,
        disbursements: Vec::new(),
        expenditures: Vec::new(),
        refunds: Vec::new(),
        disbursed: Amounts::default(),
        spent: Amounts::default(),
        validated: Amounts::default(),
        refunded: Amounts::default(),
        submitted: stamp,
        corrections: Vec::new(),
        annulled: None,
        proposed: Proposed::default(),
        folded: correct::folded_title(title),
    })
}

impl Request {
    fn step(&mut self, stage: Stage, stamp: Stamp) {
        self.stage = stage;
        self.steps.push(Step { stage, stamp });
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let stamp = dated(event).map_or_else(|| Stamp::of(recorded), |on| Stamp::on(recorded, on));
        match event {
            Event::Submitted { .. } => {}
            Event::EligibilityChecked { by, eligible, reason } => {
                let (eligible, reason) = (*eligible, reason.clone().map(Arc::new));
                self.eligibility.push(Eligibility { by: *by, eligible, reason, stamp });
                self.step(if eligible { Stage::Eligible } else { Stage::Ineligible }, stamp);
            }
            Event::OpinionGiven { by, advice, note, .. } => {
                let note = note.clone().map(Arc::new);
                self.opinions.push(Opinion { by: *by, advice: *advice, note, stamp });
                if self.stage == Stage::Eligible {
                    self.step(Stage::Opined, stamp);
                }
            }
            Event::Reformulated { asked, own_contribution, reason, .. } => {
                let (before, reason) = (self.asked, Arc::new(reason.clone()));
                self.reformulations.push(Reformulation { before, asked: *asked, reason, stamp });
                self.asked = asked.or(self.asked);
                self.own_contribution = own_contribution.or(self.own_contribution);
            }
            Event::Granted { by, amount, envelope, .. } => {
                self.granted = Some(*amount);
                self.envelope = envelope.or(self.envelope);
                let outcome = Outcome::Granted { amount: *amount, envelope: *envelope };
                self.decide(*by, outcome, Stage::Granted, None, stamp);
            }
            Event::Refused { by, reason, .. } => {
                self.decide(*by, Outcome::Refused, Stage::Refused, Some(reason), stamp);
            }
            Event::Deferred { by, reason, .. } => {
                self.decide(*by, Outcome::Deferred, Stage::Deferred, Some(reason), stamp);
            }
            Event::Revoked { by, reason } => {
                self.free_undisbursed();
                self.decide(*by, Outcome::Revoked, Stage::Revoked, Some(reason), stamp);
            }
            Event::AgreementSigned { .. } | Event::AgreementAmended { .. } => {
                self.agree(event, stamp);
            }
            Event::Closed { .. } => self.step(Stage::Completed, stamp),
            Event::DisbursementPlanned { .. }
            | Event::DisbursementRecorded { .. }
            | Event::ExpenditureDeclared { .. }
            | Event::ExpenditureValidated { .. }
            | Event::RefundRecorded { .. } => self.flow(event, stamp),
            correction => self.correct(correction, recorded),
        }
    }

    fn decide(
        &mut self,
        by: ActorId,
        outcome: Outcome,
        stage: Stage,
        reason: Option<&Note>,
        stamp: Stamp,
    ) {
        let reason = reason.cloned().map(Arc::new);
        self.decisions.push(Decision { by, outcome, reason, stamp });
        self.step(stage, stamp);
    }

    /// A revocation frees what is not paid: what is granted becomes what was paid and not given back.
    fn free_undisbursed(&mut self) {
        if let Some(granted) = self.granted {
            let kept = self.disbursed.clone().less(&self.refunded);
            let same = |sum: &&Money| sum.currency() == granted.currency();
            let paid = kept.sums().iter().find(same).copied();
            self.granted = Some(paid.unwrap_or(Money::zero(granted.currency())));
        }
    }

    fn agree(&mut self, event: &Event, stamp: Stamp) {
        match event {
            Event::AgreementSigned { agreement, parties, amount, document, .. } => {
                self.agreement = Some(Agreement {
                    id: *agreement,
                    parties: parties.as_slice().into(),
                    amount: *amount,
                    document: *document,
                    amendments: Vec::new(),
                    signed: stamp,
                });
                self.step(Stage::Contracted, stamp);
            }
            Event::AgreementAmended { amendment, amount, reason, .. } => {
                if let Some(agreement) = &mut self.agreement {
                    let before = std::mem::replace(&mut agreement.amount, *amount);
                    agreement.amendments.push(Amendment {
                        id: *amendment,
                        before,
                        amount: *amount,
                        reason: Arc::new(reason.clone()),
                        stamp,
                    });
                }
            }
            _ => {}
        }
    }

    fn flow(&mut self, event: &Event, stamp: Stamp) {
        match event {
            Event::DisbursementPlanned { disbursement, amount, due } => {
                self.disbursement(*disbursement).planned = Some((*amount, *due));
            }
            Event::DisbursementRecorded { disbursement, funder, amount, exchange, .. } => {
                let exchange = exchange.clone().map(Arc::new);
                let paid = Paid { funder: *funder, amount: *amount, exchange, stamp };
                let made = self.disbursement(*disbursement);
                made.paid = Some(paid);
                made.annulled = None;
                self.disbursed.plus(*amount);
            }
            Event::ExpenditureDeclared { expenditure, amount, exchange, documents, .. } => {
                self.expenditures.push(Expenditure {
                    id: *expenditure,
                    amount: *amount,
                    exchange: exchange.clone().map(Arc::new),
                    documents: documents.as_slice().into(),
                    stamp,
                    validated: None,
                    annulled: None,
                });
                self.spent.plus(*amount);
            }
            Event::ExpenditureValidated { by, expenditure } => {
                let mut all = self.expenditures.iter_mut();
                if let Some(it) = all.rfind(|it| it.id == *expenditure) {
                    it.validated = Some((*by, stamp));
                    self.validated.plus(it.amount);
                }
            }
            Event::RefundRecorded { refund, amount, .. } => {
                self.refunds.push(Refund { id: *refund, amount: *amount, stamp, annulled: None });
                self.refunded.plus(*amount);
            }
            _ => {}
        }
    }

    fn disbursement(&mut self, id: DisbursementId) -> &mut Disbursement {
        let place = self.disbursements.iter().rposition(|it| it.id == id).unwrap_or_else(|| {
            self.disbursements.push(Disbursement { id, planned: None, paid: None, annulled: None });
            self.disbursements.len() - 1
        });
        &mut self.disbursements[place]
    }
}
