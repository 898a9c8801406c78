//! Any thing of the ledger: what sort, which one, and what it is called.
use async_graphql::{InputObject, Object};
use domain::sourcing::SubjectRef;
use domain::text::Name;
use projections::subjects::Kind;
use projections::{Models, Subject};
use uuid::Uuid;

use super::commands::desk::{Desk, Take};
use super::event::SubjectKind;
use super::facts::{self, Facts};
use super::noun::{Noun, noun};
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
#[Object(serial, name = "Subject")]
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

impl Facts for SubjectObject {
    fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
        facts::subject(models, self.it)
    }

    fn subjects(&self, _: &Models) -> Vec<Kind> {
        vec![self.it.kind]
    }
}

/// What `it` is called, where it has a title or a name: the sources on a subject have none.
pub(crate) fn title(models: &Models, it: Subject) -> Option<Text> {
    match it.kind {
        Kind::Ledger => models.ledger.as_ref().map(|it| Text::Plain(it.name.as_str().to_owned())),
        Kind::Indicator => models.programmes.indicator(it.id.into()).map(|it| (&it.title).into()),
        _ => noun(models, it).map(Noun::title),
    }
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
