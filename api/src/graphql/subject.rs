//! Any thing of the ledger: what sort, which one, and what it is called.
use async_graphql::{InputObject, Object};
use domain::sourcing::SubjectRef;
use domain::text::Name;
use projections::subjects::Kind;
use projections::{Models, Subject};
use uuid::Uuid;

use super::commands::desk::{Desk, Take};
use super::event::SubjectKind;
use super::problem::Problem;
use super::scalars::{Given, Shown};
use super::values::Text;
use super::view::View;

/// Any thing of the ledger.
pub struct SubjectObject {
    view: View,
    it: Subject,
}

impl SubjectObject {
    /// `it`, seen in `view`.
    pub fn new(view: &View, it: Subject) -> Self {
        Self { view: view.clone(), it }
    }
}

/// Any thing of the ledger: what sort, which one, and what it is called.
#[Object(name = "Subject")]
impl SubjectObject {
    /// What sort of thing.
    async fn kind(&self) -> SubjectKind {
        self.it.kind.into()
    }

    /// Its id.
    async fn id(&self) -> Shown<Uuid> {
        Shown(self.it.id)
    }

    /// What it is called, where it has a title or a name.
    async fn title(&self) -> Option<Text> {
        title(&self.view.models, self.it)
    }
}

/// What `it` is called, where it has a title or a name.
pub(crate) fn title(models: &Models, it: Subject) -> Option<Text> {
    let id = it.id;
    let name = |it: &Name| Text::plain(it.as_str().to_owned());
    let title = match it.kind {
        Kind::Ledger => return models.ledger.as_ref().map(|it| name(&it.name)),
        Kind::Actor => return models.actors.get(id.into()).map(|it| name(&it.name)),
        Kind::PolicyFramework => models.frameworks.get(id.into()).map(|it| &it.title),
        Kind::Programme => models.programmes.get(id.into()).map(|it| &it.title),
        Kind::Indicator => models.programmes.indicator(id.into()).map(|it| &it.title),
        Kind::Intervention => models.interventions.get(id.into()).map(|it| &it.title),
        Kind::FundingCall => models.funding.call(id.into()).map(|it| &it.title),
        Kind::FundingRequest => models.funding.request(id.into()).map(|it| &it.title),
        Kind::Commitment => models.commitments.get(id.into()).map(|it| &it.title),
        Kind::Document => models.documents.get(id.into()).map(|it| &it.title),
        Kind::CapitalisationItem => models.capitalisation.get(id.into()).map(|it| &it.title),
        Kind::CitizenInitiative => models.initiatives.get(id.into()).map(|it| &it.title),
        Kind::Deliberation => models.deliberations.get(id.into()).map(|it| &it.title),
        Kind::TerritorialPlan => models.plans.get(id.into()).map(|it| &it.title),
        Kind::ServiceUnit => models.service_units.get(id.into()).map(|it| &it.title),
        Kind::CoordinationBody => models.bodies.get(id.into()).map(|it| &it.title),
        Kind::Meeting => models.meetings.get(id.into()).map(|it| &it.title),
        Kind::TrainingCohort => models.trainings.get(id.into()).map(|it| &it.title),
        Kind::AwarenessAction => models.awareness.get(id.into()).map(|it| &it.title),
        Kind::MobilityMap => models.mobility.maps.get(id.into()).map(|it| &it.title),
        Kind::MobilityPlacement => models.mobility.placements.get(id.into()).map(|it| &it.title),
        // The sources on a subject: what it is called is the subject's.
        Kind::Sourcing => None,
    };
    title.map(|it| (&**it).into())
}

/// One thing of the ledger.
#[derive(InputObject, Clone, Debug)]
pub struct SubjectInput {
    /// What sort of thing.
    kind: SubjectKind,
    /// Which one.
    id: Given<Uuid>,
}

impl SubjectInput {
    /// The thing, where the id can be read.
    pub fn read(&self) -> Result<Subject, Problem> {
        Ok(Subject { kind: self.kind.into(), id: self.id.read().map_err(|it| it.at("id"))? })
    }
}

impl Take for SubjectInput {
    type Domain = SubjectRef;

    fn take(self, desk: &Desk<'_>) -> Result<SubjectRef, Problem> {
        let subject = self.read()?;
        if desk.models.subjects.count(subject) == 0 {
            return Err(Problem::unknown_reference(self.id.to_string()).at("id"));
        }
        let r#type = Name::new(subject.kind.stored()).map_err(Problem::text)?;
        Ok(SubjectRef { r#type, id: subject.id })
    }
}
