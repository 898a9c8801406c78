//! What an event says of a correction by two persons, whichever aggregate it is of.
use domain::ids::{ActorId, CorrectionId, UserId};
use domain::money::Exchange;
use domain::recorded::{Fact, Position};
use domain::text::Note;
use domain::{commitment, funding_request, intervention, programme};

use super::{Figure, Value};
use crate::Models;
use crate::subjects::Subject;

/// One step of a correction.
pub(crate) enum Step<'a> {
    Proposed { by: ActorId, person: UserId, id: CorrectionId, reason: &'a Note, said: Said<'a> },
    Confirmed { by: ActorId, person: UserId, id: CorrectionId },
    Rejected { by: ActorId, person: UserId, id: CorrectionId, reason: &'a Note },
}

/// What a figure should say.
pub(crate) struct Said<'a> {
    pub figure: Figure,
    pub to: Value,
    pub exchange: Option<&'a Exchange>,
    pub exceeding: bool,
}

impl Said<'_> {
    fn plainly(figure: Figure, to: Value) -> Self {
        Self { figure, to, exchange: None, exceeding: false }
    }
}

impl<'a> From<&'a funding_request::Figure> for Said<'a> {
    fn from(figure: &'a funding_request::Figure) -> Self {
        use funding_request::Figure as Of;
        match figure {
            Of::Disbursement { disbursement, to, exchange } => {
                let said = Self::plainly(Figure::Disbursement(*disbursement), Value::Money(*to));
                Self { exchange: exchange.as_ref(), ..said }
            }
            Of::Expenditure { expenditure, to, exchange } => {
                let said = Self::plainly(Figure::Expenditure(*expenditure), Value::Money(*to));
                Self { exchange: exchange.as_ref(), ..said }
            }
            Of::Refund { refund, to } => Self::plainly(Figure::Refund(*refund), Value::Money(*to)),
            Of::Agreement { to } => Self::plainly(Figure::Agreement, Value::Money(Some(*to))),
        }
    }
}

impl From<&commitment::Figure> for Said<'_> {
    fn from(figure: &commitment::Figure) -> Self {
        use commitment::Figure as Of;
        let (figure, to, exceeding) = match figure {
            Of::Fulfilment { evidence, to, exceeding } => {
                (Figure::Fulfilment(*evidence), *to, *exceeding)
            }
            Of::Pledge { to, exceeding } => (Figure::Pledge, Some(*to), *exceeding),
        };
        Self { exceeding, ..Self::plainly(figure, Value::Quantity(to)) }
    }
}

impl From<&programme::Figure> for Said<'_> {
    fn from(figure: &programme::Figure) -> Self {
        use programme::Figure as Of;
        match figure {
            Of::Envelope { envelope, to } => {
                Self::plainly(Figure::Envelope(*envelope), Value::Money(Some(*to)))
            }
            Of::Budget { to } => Self::plainly(Figure::Budget, Value::Money(*to)),
        }
    }
}

impl From<&intervention::Figure> for Said<'_> {
    fn from(figure: &intervention::Figure) -> Self {
        let intervention::Figure::Budget { to } = figure;
        Self::plainly(Figure::Budget, Value::Money(*to))
    }
}

macro_rules! steps {
    ($($Aggregate:ident of $module:ident),+ $(,)?) => {
        impl<'a> Step<'a> {
            /// What `fact` says of a correction by two persons, and of what.
            pub(crate) fn of(fact: &'a Fact) -> Option<(Subject, Self)> {
                match fact {
                    $(Fact::$Aggregate(subject, event) => {
                        let step = match event {
                            $module::Event::CorrectionProposed {
                                by, person, correction, figure, reason,
                            } => {
                                let (by, person, id) = (*by, *person, *correction);
                                Self::Proposed { by, person, id, reason, said: figure.into() }
                            }
                            $module::Event::CorrectionConfirmed { by, person, correction } => {
                                Self::Confirmed { by: *by, person: *person, id: *correction }
                            }
                            $module::Event::CorrectionRejected {
                                by, person, correction, reason,
                            } => {
                                let (by, person, id) = (*by, *person, *correction);
                                Self::Rejected { by, person, id, reason }
                            }
                            _ => return None,
                        };
                        Some(((*subject).into(), step))
                    })+
                    _ => None,
                }
            }
        }
    };
}

steps! {
    FundingRequest of funding_request,
    Commitment of commitment,
    Programme of programme,
    Intervention of intervention,
}

impl Models {
    /// What a figure of the aggregate that `fact` is of says so far, and the event that said it.
    pub(crate) fn figure(&self, fact: &Fact, figure: Figure) -> Option<(Value, Position)> {
        match fact {
            Fact::FundingRequest(id, _) => {
                let (amount, position) = self.funding.request(*id)?.figure(figure)?;
                Some((Value::Money(Some(amount)), position))
            }
            Fact::Commitment(id, _) => {
                let commitment = self.commitments.get(*id)?;
                if let Figure::Fulfilment(evidence) = figure {
                    let (confirmed, stamp) = commitment.confirmed(evidence)?;
                    return Some((Value::Quantity(Some(confirmed)), stamp.position));
                }
                let pledged = commitment.pledged().try_into().ok();
                Some((Value::Quantity(pledged), commitment.offered.position))
            }
            Fact::Programme(id, _) => {
                if let Figure::Envelope(envelope) = figure {
                    let envelope = self.programmes.envelope(envelope)?;
                    return Some((Value::Money(Some(envelope.amount)), envelope.opened.position));
                }
                let programme = self.programmes.get(*id)?;
                Some((Value::Money(programme.budget), programme.created.position))
            }
            Fact::Intervention(id, _) => {
                let intervention = self.interventions.get(*id)?;
                Some((Value::Money(intervention.budget), intervention.proposed.position))
            }
            _ => None,
        }
    }
}
