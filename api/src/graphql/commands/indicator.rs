//! The mutations of indicators' reports.
use domain::effective::Effective;
use domain::ids::IndicatorId;
use domain::indicator::{Command, Indicator};
use domain::recorded::Position;
use domain::text::Note;

use super::commands;
use super::desk::Desk;
use super::inputs::{MeasurementInput, Words};
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| Indicator(IndicatorId) as indicator: Seen<projections::programmes::Indicator>, IndicatorMutation, IndicatorPayload;

    /// An actor reports what was measured.
    indicator_submit: IndicatorSubmitInput => Submit of indicator {
        /// Of which period.
        period: Given<Effective>,
        /// What was measured.
        measurement: MeasurementInput,
    } on period with { by: desk.actor };

    /// The report goes back to who made it.
    indicator_return: IndicatorReturnInput => Return of indicator {
        /// Of which period.
        period: Given<Effective>,
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor };

    /// Somebody else than who made it agrees.
    indicator_accept: IndicatorAcceptInput => Accept of indicator {
        /// Of which period.
        period: Given<Effective>,
    } with { by: desk.actor };

    /// The period is closed: only corrections follow.
    indicator_lock: IndicatorLockInput => Lock of indicator {
        /// Which period.
        period: Given<Effective>,
    } with { by: desk.actor };

    /// Another value for a period that was accepted.
    indicator_correct: IndicatorCorrectInput => Correct of indicator {
        /// Which period.
        period: Given<Effective>,
        /// What should have been reported.
        measurement: MeasurementInput,
        /// Why.
        reason: Words<Note>,
    } on period corrects { reported(desk, id, period) } with { by: desk.actor };

    /// The same result is reported elsewhere too, and counts there.
    indicator_declare_shared: IndicatorDeclareSharedInput => DeclareShared of indicator {
        /// Of which period.
        period: Given<Effective>,
        /// The indicator that it counts in.
        counted_in: Given<IndicatorId>,
        /// Why.
        reason: Words<Note>,
    } with { itself: id };

    /// A report was made by mistake: it counts nowhere, and another one can be made.
    indicator_annul: IndicatorAnnulInput => Annul of indicator {
        /// Of which period.
        period: Given<Effective>,
        /// Why.
        reason: Words<Note>,
    } corrects { reported(desk, id, period) } with { by: desk.actor };
}

fn reported(desk: &Desk<'_>, id: IndicatorId, period: Effective) -> Option<Position> {
    let report = desk.models.programmes.reporting(id)?.reports.get(&period)?;
    report.current().map(|it| it.stamp.position)
}
