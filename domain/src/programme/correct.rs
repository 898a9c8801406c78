//! What of a programme can be corrected.
use super::check::{must_be_positive, must_fit, must_run_forward, must_share_currency};
use super::{Command, Envelope, Event, Figure, PARTIES_MAX, Programme, Refusal, TERRITORIES_MAX};
use crate::aggregate::ensure;
use crate::correction::{differs, put};
use crate::money::Money;

impl Programme {
    /// Corrections are taken at every stage: a mistake is often found when all is over.
    pub(super) fn check_correction(&self, command: &Command) -> Result<(), Refusal> {
        self.must_exist()?;
        match command {
            Command::Correct { .. } => self.can_correct(command),
            Command::CorrectResult { result, title, .. } => {
                let known = self.results.get(result).ok_or(Refusal::UnknownResult)?;
                ensure(title != known, Refusal::NothingCorrected)
            }
            Command::CorrectIndicator { indicator, title, unit, baseline, .. } => {
                let known = self.indicators.get(indicator).ok_or(Refusal::UnknownIndicator)?;
                let other = differs(title.as_ref(), Some(&known.title))
                    || differs(unit.as_ref(), Some(&known.unit))
                    || differs(baseline.as_ref(), known.baseline.as_ref());
                ensure(other, Refusal::NothingCorrected)
            }
            Command::ProposeCorrection { correction, figure, .. } => {
                self.can_become(*figure)?;
                let was = self.says(*figure).ok_or(Refusal::UnknownEnvelope)?;
                ensure(*figure != was, Refusal::NothingCorrected)?;
                Ok(self.corrections.can_propose(*correction, &was)?)
            }
            Command::ConfirmCorrection { correction, person, .. } => {
                let figure = *self.corrections.can_answer(*correction, *person)?;
                let now = self.says(figure).ok_or(Refusal::UnknownEnvelope)?;
                self.corrections.must_be_as_it_was(*correction, &now)?;
                self.can_become(figure)
            }
            Command::RejectCorrection { correction, person, .. } => {
                Ok(self.corrections.can_answer(*correction, *person).map(drop)?)
            }
            Command::Annul { named_by, .. } => {
                let held = self.reserved.values().any(|it| it.held.is_positive());
                ensure(!held, Refusal::MoneyReserved)?;
                let named_by = *named_by;
                ensure(named_by == 0, Refusal::StillNamed { named_by })
            }
            _ => Ok(()),
        }
    }

    fn can_correct(&self, command: &Command) -> Result<(), Refusal> {
        let Command::Correct {
            title,
            acronym,
            period,
            operator,
            funders,
            partners,
            territories,
            ..
        } = command
        else {
            return Ok(());
        };
        let parties = |list: &Option<Vec<_>>| list.as_ref().map_or(0, Vec::len);
        must_fit(parties(funders).max(parties(partners)), PARTIES_MAX)?;
        must_fit(territories.as_ref().map_or(0, Vec::len), TERRITORIES_MAX)?;
        period.map_or(Ok(()), must_run_forward)?;
        let known = &self.described;
        let other = differs(title.as_ref(), known.title.as_ref())
            || differs(acronym.as_ref(), known.acronym.as_ref())
            || differs(period.as_ref(), self.period.as_ref())
            || differs(operator.as_ref(), known.operator.as_ref())
            || differs(funders.as_ref(), known.funders.as_ref())
            || differs(partners.as_ref(), known.partners.as_ref())
            || differs(territories.as_ref(), known.territories.as_ref());
        ensure(other, Refusal::NothingCorrected)
    }

    /// What the figure that `figure` names is today; nothing where there is no such envelope.
    fn says(&self, figure: Figure) -> Option<Figure> {
        match figure {
            Figure::Budget { .. } => Some(Figure::Budget { to: self.budget }),
            Figure::Envelope { envelope, .. } => {
                let known = self.envelopes.get(&envelope);
                known.map(|it| Figure::Envelope { envelope, to: it.amount })
            }
        }
    }

    /// Whether an envelope still holds what is reserved of it once the figure is as proposed.
    fn can_become(&self, figure: Figure) -> Result<(), Refusal> {
        match figure {
            Figure::Budget { to } => to.map_or(Ok(()), must_be_positive),
            Figure::Envelope { envelope, to: asked } => {
                let known = self.envelopes.get(&envelope).ok_or(Refusal::UnknownEnvelope)?;
                must_be_positive(asked)?;
                must_share_currency(known.amount, asked)?;
                let reserved = known.amount.checked_sub(known.left).unwrap_or(known.amount);
                let enough = asked.minor() >= reserved.minor();
                ensure(enough, Refusal::EnvelopeBelowReserved { asked, reserved })
            }
        }
    }

    /// A correction that was recorded.
    pub(super) fn take(&mut self, event: Event) {
        match event {
            Event::Corrected {
                title,
                acronym,
                period,
                operator,
                funders,
                partners,
                territories,
                ..
            } => {
                let known = &mut self.described;
                put(&mut known.title, title);
                put(&mut known.acronym, acronym);
                put(&mut known.operator, operator);
                put(&mut known.funders, funders);
                put(&mut known.partners, partners);
                put(&mut known.territories, territories);
                put(&mut self.period, period);
            }
            Event::ResultCorrected { result, title, .. } => {
                self.results.entry(result).and_modify(|it| *it = title);
            }
            Event::IndicatorCorrected { indicator, title, unit, baseline, .. } => {
                self.indicators.entry(indicator).and_modify(|it| {
                    it.title = title.unwrap_or(it.title.clone());
                    it.unit = unit.unwrap_or(it.unit.clone());
                    put(&mut it.baseline, baseline);
                });
            }
            Event::CorrectionProposed { correction, person, figure, .. } => {
                if let Some(was) = self.says(figure) {
                    self.corrections.propose(correction, person, was, figure);
                }
            }
            Event::CorrectionConfirmed { correction, .. } => {
                match self.corrections.answer(correction) {
                    Some(Figure::Budget { to }) => self.budget = to,
                    Some(Figure::Envelope { envelope, to }) => {
                        self.envelopes.entry(envelope).and_modify(|it| it.resize(to));
                    }
                    None => {}
                }
            }
            Event::CorrectionRejected { correction, .. } => {
                self.corrections.answer(correction);
            }
            _ => {}
        }
    }
}

impl Envelope {
    /// Of another size: what is reserved of it stays reserved.
    fn resize(&mut self, to: Money) {
        let reserved = self.amount.checked_sub(self.left);
        if let Ok(left) = reserved.and_then(|reserved| to.checked_sub(reserved)) {
            *self = Self { amount: to, left };
        }
    }
}
