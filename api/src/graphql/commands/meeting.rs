//! The mutations of meetings.
use domain::coordination_body::CoordinationBody;
use domain::effective::Effective;
use domain::ids::{
    ActionPointId, ActorId, BodyDecisionId, CoordinationBodyId, DocumentId, InterventionId,
    MeetingId, ProgrammeId,
};
use domain::meeting::{Command, Meeting};
use domain::permission::Needs;
use domain::recorded::Position;
use domain::text::{Note, Title};
use jiff::civil::Date;
use projections::Models;

use super::commands;
use super::inputs::Words;
use crate::app::Request;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| Meeting(MeetingId) as meeting: Seen<projections::meetings::Meeting>, MeetingMutation, MeetingPayload;

    /// A coordination body that stands is called together.
    meeting_convene: MeetingConveneInput => Convene {
        /// Which.
        body: Given<CoordinationBodyId>,
        /// What for.
        title: Words<Title>,
        /// What for, in some sentences.
        agenda: Option<Words<Note>>,
        /// For when.
        on: Given<Effective>,
    } with { body_stands: false } by |command| convened(id, command, body);

    /// It meets.
    meeting_hold: MeetingHoldInput => Hold of meeting {
        /// Who is there: bodies, never persons.
        attending: Vec<Given<ActorId>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// It does not meet.
    meeting_cancel: MeetingCancelInput => Cancel of meeting {
        /// Why.
        reason: Words<Note>,
    };

    /// It decides.
    meeting_record_decision: MeetingRecordDecisionInput => RecordDecision of meeting {
        /// In short.
        title: Words<Title>,
        /// In words.
        note: Option<Words<Note>>,
        /// On which programme.
        programme: Option<Given<ProgrammeId>>,
        /// On which intervention.
        intervention: Option<Given<InterventionId>>,
    } adds decision: BodyDecisionId;

    /// One actor is to do something by a day.
    meeting_assign_action: MeetingAssignActionInput => AssignAction of meeting {
        /// Because of which decision of this meeting.
        decision: Option<Given<BodyDecisionId>>,
        /// Who.
        owner: Given<ActorId>,
        /// What.
        title: Words<Title>,
        /// Its last day.
        due: Given<Date>,
    } adds action: ActionPointId;

    /// It may be done later, or must be sooner; the first day stays known.
    meeting_reschedule_action: MeetingRescheduleActionInput => RescheduleAction of meeting {
        /// Which action.
        action: Given<ActionPointId>,
        /// Its new last day.
        due: Given<Date>,
        /// Why.
        reason: Words<Note>,
    };

    /// It is done, or will not be.
    meeting_close_action: MeetingCloseActionInput => CloseAction of meeting {
        /// Which action.
        action: Given<ActionPointId>,
        /// Whether it was done; it is given up otherwise.
        done: bool,
        /// What came of it.
        outcome: Option<Words<Note>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// What was said is written down.
    meeting_record_minutes: MeetingRecordMinutesInput => RecordMinutes of meeting {
        /// The minutes, where they are registered here.
        document: Option<Given<DocumentId>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// The body approves what was written.
    meeting_approve_minutes: MeetingApproveMinutesInput => ApproveMinutes of meeting {
        /// When.
        on: Given<Effective>,
    } on on;

    /// It was written down wrongly; what is left out stays as it was.
    meeting_correct: MeetingCorrectInput => Correct of meeting {
        /// What for.
        title: Option<Words<Title>>,
        /// Who was there: bodies, never persons.
        attending: Option<Vec<Given<ActorId>>>,
        /// When it is to meet, or met.
        on: Option<Given<Effective>>,
        /// Why.
        reason: Words<Note>,
    } corrects { said(desk.models, id) };

    /// It was recorded by mistake: it counts nowhere, with all that it decided, and stays visible.
    meeting_annul: MeetingAnnulInput => Annul of meeting {
        /// Why.
        reason: Words<Note>,
    } corrects { begun(desk.models, id) } with { by: desk.actor };
}

/// A convocation that reads off the body itself whether it stands, so that none is called together
/// after a dissolution that is recorded at the same moment.
fn convened(
    id: MeetingId,
    command: Command,
    body: CoordinationBodyId,
) -> impl FnOnce(Request) -> Request + Send {
    move |request| {
        let needed = command.needs();
        let request = request.telling(&command);
        request.step_reading::<Meeting, CoordinationBody>(id, body, needed, move |body| {
            let mut command = command.clone();
            if let Command::Convene { body_stands, .. } = &mut command {
                *body_stands = body.stands();
            }
            command
        })
    }
}

/// The event that a correction is of: that it was held, else that it was convened.
fn said(models: &Models, id: MeetingId) -> Option<Position> {
    let meeting = models.meetings.get(id)?;
    let held = meeting.steps.iter().find(|it| it.stage == projections::meetings::Stage::Held);
    Some(held.map_or(meeting.convened, |it| it.stamp).position)
}

fn begun(models: &Models, id: MeetingId) -> Option<Position> {
    models.meetings.get(id).map(|it| it.convened.position)
}
