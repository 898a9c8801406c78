//! What coordination bodies decided.
use async_graphql::{InputObject, Object};
use domain::effective::Effective;
use domain::ids::{ActorId, BodyDecisionId, CoordinationBodyId, InterventionId, ProgrammeId};
use domain::text::folded;
use jiff::civil::Date;
use projections::meetings::{Action, Decision, Meeting};
use projections::{Models, Subject, interventions, programmes};

use super::filter::Days;
use crate::graphql::facts::{self, Facts};
use crate::graphql::fault::Fault;
use crate::graphql::list::List;
use crate::graphql::scalars::{Given, Shown};
use crate::graphql::values::Text;
use crate::graphql::view::{Seen, StampObject, Told, View, read};

/// Which decisions are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct BodyDecisionFilter {
    /// Those with a title or words that contain this, in any spelling.
    text: Option<String>,
    /// Those of this coordination body.
    body: Option<Given<CoordinationBodyId>>,
    /// Those on this programme, on one that is part of it, or on an intervention of them.
    programme: Option<Given<ProgrammeId>>,
    /// Those on this intervention.
    intervention: Option<Given<InterventionId>>,
    /// Those of a meeting on this day or later: of one without a date too.
    from: Option<Given<Date>>,
    /// Those of a meeting on this day or earlier: of one without a date too.
    to: Option<Given<Date>>,
}

/// A filter, read.
pub(super) struct WantedDecisions<'a> {
    view: &'a View,
    text: Option<String>,
    body: Option<CoordinationBodyId>,
    programmes: Option<Vec<ProgrammeId>>,
    intervention: Option<InterventionId>,
    days: Days,
}

impl<'a> WantedDecisions<'a> {
    pub(super) fn read(view: &'a View, filter: BodyDecisionFilter) -> Result<Self, Fault> {
        let programme = read(filter.programme, "filter.programme")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            body: read(filter.body, "filter.body")?,
            programmes: programme.map(|id| view.models.programmes.subtree(id)),
            intervention: read(filter.intervention, "filter.intervention")?,
            days: Days::read(filter.from, filter.to)?,
        })
    }

    pub(super) fn holds(&self, it: &Decision) -> bool {
        let meeting = self.view.models.meetings.get(it.meeting);
        self.body.is_none_or(|body| meeting.is_some_and(|it| it.body == body))
            && meeting.is_none_or(|it| self.days.can_hold(it.on))
            && self.intervention.is_none_or(|id| it.intervention == Some(id))
            && self.programmes.as_ref().is_none_or(|all| is_part_of(self.view, it, all))
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }
}

/// Whether what was decided on, or the intervention that it is on, is part of one of `programmes`.
pub(super) fn is_part_of(view: &View, it: &Decision, programmes: &[ProgrammeId]) -> bool {
    let through = || view.models.interventions.get(it.intervention?)?.programme;
    let own = it.programme.into_iter().chain(through());
    own.into_iter().any(|id| programmes.contains(&id))
}

/// What `it` is on: an intervention, else a programme, else whatever its meeting is about.
pub(super) fn decided_on<'a>(models: &'a Models, it: &Decision) -> Vec<&'a dyn Facts> {
    let on = it.intervention.map(Subject::from).or(it.programme.map(Subject::from));
    facts::subject(models, on.unwrap_or(it.meeting.into()))
}

impl Facts for Seen<Decision> {
    fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
        decided_on(models, &self.it)
    }

    fn date(&self) -> Option<Effective> {
        let meeting = self.view.models.meetings.get(self.it.meeting);
        Some(meeting.map_or(Effective::Unknown, |it| it.on))
    }

    /// Itself, where it is on a programme: one is not part of itself.
    fn programmes(&self, models: &Models) -> Vec<ProgrammeId> {
        let theirs = || self.about(models).into_iter().flat_map(|it| it.programmes(models));
        self.it.programme.map_or_else(|| theirs().collect(), |id| vec![id])
    }

    /// Who was there.
    fn actors(&self, models: &Models) -> Vec<ActorId> {
        let meeting = models.meetings.get(self.it.meeting);
        meeting.map(|it| it.attending.to_vec()).unwrap_or_default()
    }
}

/// What a coordination body decided in a meeting.
#[Object(serial, name = "BodyDecision")]
impl Seen<Decision> {
    /// Its id.
    async fn id(&self) -> Shown<BodyDecisionId> {
        Shown(self.it.id)
    }

    /// In which meeting.
    async fn meeting(&self) -> Told<Meeting> {
        self.view.meeting(self.it.meeting)
    }

    /// When: on the day of the meeting.
    async fn on(&self) -> Option<Shown<Effective>> {
        self.view.models.meetings.get(self.it.meeting).map(|it| Shown(it.on))
    }

    /// In short.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// In words.
    async fn note(&self) -> Option<Text> {
        self.it.note.as_deref().map(Into::into)
    }

    /// On which programme.
    async fn programme(&self) -> Told<programmes::Programme> {
        self.it.programme.and_then(|id| self.view.programme(id))
    }

    /// On which intervention.
    async fn intervention(&self) -> Told<interventions::Intervention> {
        self.it.intervention.and_then(|id| self.view.intervention(id))
    }

    /// Who is to do what because of it.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn actions(&self) -> List<Seen<Action>> {
        let models = &self.view.models;
        let Some(meeting) = models.meetings.get(self.it.meeting) else {
            return List::default();
        };
        let all = models.meetings.actions_of(meeting);
        let own = all.filter(|it| it.decision == Some(self.it.id));
        own.map(|it| self.view.see(it)).collect()
    }

    /// When it was recorded.
    async fn recorded(&self) -> StampObject {
        self.view.stamp(self.it.recorded)
    }
}
