//! How events move the tree of programmes.
use std::sync::Arc;

use domain::ids::ProgrammeId;
use domain::money::Money;
use domain::programme::{Claim, Event};
use domain::recorded::Recorded;
use domain::text::Note;

use super::{
    Agreement, Alignment, Claimed, Envelope, ExpectedResult, Extension, Indicator, Programme,
    Programmes, Settled, Stage, Step, Target, correct, folded_names,
};
use crate::classified::Classification;
use crate::corrections::Proposed;
use crate::stamp::{Stamp, source};

pub(super) fn apply(all: &mut Programmes, id: ProgrammeId, event: &Event, recorded: &Recorded) {
    let stamp = Stamp::of(recorded);
    if let Event::Agreed { parties, .. } = event {
        for party in parties {
            all.agreed_by.insert(*party, id);
        }
    }
    if let Event::Aligned { framework, .. } = event {
        all.following.insert(*framework, id);
    }
    match event {
        Event::Created { .. } => create(all, id, event, stamp),
        Event::Attached { parent } => attach(all, id, *parent),
        Event::EnvelopeOpened { envelope, title, funder, amount } => {
            let opened = Envelope {
                id: *envelope,
                programme: id,
                title: title.clone(),
                funder: *funder,
                amount: *amount,
                reserved: Money::zero(amount.currency()),
                reservations: imbl::OrdMap::new(),
                opened: stamp,
            };
            if let Some(funder) = funder {
                all.envelopes_paid_by.insert(*funder, *envelope);
            }
            all.envelopes.insert(*envelope, Arc::new(opened));
            if let Some(programme) = all.by_id.get_mut(&id) {
                Arc::make_mut(programme).envelopes.push(*envelope);
            }
        }
        Event::EnvelopeReserved { envelope, request, amount } => {
            if let Some(envelope) = all.envelopes.get_mut(envelope) {
                Arc::make_mut(envelope).reserve(*request, *amount, true);
            }
        }
        Event::EnvelopeReleased { envelope, request, amount } => {
            if let Some(envelope) = all.envelopes.get_mut(envelope) {
                Arc::make_mut(envelope).reserve(*request, *amount, false);
            }
        }
        Event::IndicatorDefined { indicator, result, title, unit, baseline } => {
            let defined = Indicator {
                id: *indicator,
                programme: id,
                result: *result,
                title: title.clone(),
                unit: Arc::new(unit.clone()),
                baseline: *baseline,
                targets: Vec::new(),
                defined: stamp,
            };
            all.indicators.insert(*indicator, Arc::new(defined));
            if let Some(programme) = all.by_id.get_mut(&id) {
                let results = &mut Arc::make_mut(programme).results;
                if let Some(it) = results.iter_mut().find(|it| it.id == *result) {
                    it.indicators.push(*indicator);
                }
            }
        }
        Event::TargetSet { indicator, .. } | Event::TargetRevised { indicator, .. } => {
            if let (Some(indicator), Some(target)) =
                (all.indicators.get_mut(indicator), target(event, stamp))
            {
                Arc::make_mut(indicator).targets.push(target);
            }
        }
        _ => {
            correct::index(all, id, event, recorded);
            if let Some(programme) = all.by_id.get_mut(&id) {
                Arc::make_mut(programme).apply(event, recorded);
            }
        }
    }
}

fn create(all: &mut Programmes, id: ProgrammeId, event: &Event, stamp: Stamp) {
    let Event::Created {
        kind,
        title,
        acronym,
        parent,
        period,
        operator,
        funders,
        partners,
        territories,
        budget,
    } = event
    else {
        return;
    };
    let programme = Programme {
        id,
        kind: *kind,
        title: title.clone(),
        acronym: acronym.clone().map(Arc::new),
        parent: None,
        period: *period,
        operator: *operator,
        funders: funders.as_slice().into(),
        partners: partners.as_slice().into(),
        territories: territories.as_slice().into(),
        budget: *budget,
        stage: Stage::Drafted,
        steps: vec![Step { stage: Stage::Drafted, stamp, reason: None }],
        agreement: None,
        alignments: Vec::new(),
        results: Vec::new(),
        envelopes: Vec::new(),
        extensions: Vec::new(),
        claims: Vec::new(),
        settlements: Vec::new(),
        classification: None,
        created: stamp,
        corrections: Vec::new(),
        annulled: None,
        proposed: Proposed::default(),
        folded: folded_names(title, acronym.as_ref()),
    };
    for actor in programme.actors() {
        all.by_actor.insert(actor, id);
    }
    all.by_id.insert(id, Arc::new(programme));
    if let Some(parent) = parent {
        attach(all, id, *parent);
    }
}

fn attach(all: &mut Programmes, id: ProgrammeId, parent: ProgrammeId) {
    if let Some(programme) = all.by_id.get_mut(&id) {
        if let Some(before) = Arc::make_mut(programme).parent.replace(parent) {
            all.children.remove(before, id);
        }
        all.children.insert(parent, id);
    }
}

fn target(event: &Event, stamp: Stamp) -> Option<Target> {
    let (value, comparator, due, reason) = match event {
        Event::TargetSet { value, comparator, due, .. } => (value, comparator, due, None),
        Event::TargetRevised { value, comparator, due, reason, .. } => {
            (value, comparator, due, Some(Arc::new(reason.clone())))
        }
        _ => return None,
    };
    Some(Target { value: *value, comparator: *comparator, due: *due, reason, stamp })
}

impl Programme {
    fn step(&mut self, stage: Stage, stamp: Stamp, reason: Option<&Note>) {
        self.stage = stage;
        self.steps.push(Step { stage, stamp, reason: reason.cloned().map(Arc::new) });
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let stamp = Stamp::of(recorded);
        match event {
            Event::Agreed { parties, document, on } => {
                let parties = parties.as_slice().into();
                self.agreement = Some(Agreement { parties, document: *document, on: *on });
                self.step(Stage::Agreed, Stamp::on(recorded, *on), None);
            }
            Event::Started { on } => self.step(Stage::Running, Stamp::on(recorded, *on), None),
            Event::ClosingBegun { on } => self.step(Stage::Closing, Stamp::on(recorded, *on), None),
            Event::Closed { on } => self.step(Stage::Closed, Stamp::on(recorded, *on), None),
            Event::Cancelled { reason } => self.step(Stage::Cancelled, stamp, Some(reason)),
            Event::Aligned { framework, axis } => {
                self.alignments.push(Alignment { framework: *framework, axis: *axis, stamp });
            }
            Event::ResultDefined { result, title } => self.results.push(ExpectedResult {
                id: *result,
                title: title.clone(),
                indicators: Vec::new(),
                defined: stamp,
            }),
            Event::Classified { sectors, goals } => {
                self.classification = Some(Classification::of(sectors, goals, stamp));
            }
            Event::Extended { to, reason } => {
                let before = std::mem::replace(&mut self.period.to, *to);
                let reason = Arc::new(reason.clone());
                self.extensions.push(Extension { before, to: *to, reason, stamp });
            }
            Event::Reported { claim } => {
                let claim = Arc::new(claim.clone());
                self.claims.push(Claimed { claim, source: source(recorded), stamp });
            }
            Event::Settled { claim, reason } => {
                self.take(claim);
                self.settlements.push(Settled {
                    claim: Arc::new(claim.clone()),
                    reason: Arc::new(reason.clone()),
                    source: source(recorded),
                    stamp,
                });
            }
            // What is not the programme's own: see the fold over all of them.
            correction => self.correct(correction, recorded),
        }
    }

    /// What was settled holds from now on.
    fn take(&mut self, claim: &Claim) {
        match claim {
            Claim::Title(title) => {
                self.title = title.clone();
                self.folded = folded_names(title, self.acronym.as_deref());
            }
            Claim::Period(period) => self.period = *period,
            Claim::Budget(budget) => self.budget = Some(*budget),
            Claim::Status(_) => {}
        }
    }
}
