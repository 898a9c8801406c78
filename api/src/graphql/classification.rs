//! What things are about: sectors, categories, goals, and the sorts of bodies as IATI calls them.
//! The lists are tables of the program, the same as of any point.
use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::actor::{Kind, OrganisationType};
use domain::classification::{Goal, Sector, SectorCategory, Theme};
use domain::text::folded;
use projections::{Classification, Models, interventions, programmes};
use strum::VariantArray;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::facts::Facts;
use super::fault::Fault;
use super::list::List;
use super::scalars::{Given, Shown};
use super::view::{Seen, StampObject, Told, View, read};

/// Questions about sectors, goals and sorts of bodies.
#[derive(Default)]
pub struct ClassificationQuery;

/// Which sectors are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct SectorFilter {
    /// Those with a code that begins so, or a name that contains this, in any spelling.
    text: Option<String>,
    /// Those of this category, or this one alone.
    within: Option<Given<Theme>>,
}

/// Which goals and targets are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct GoalFilter {
    /// Those with a code that begins so, or a name or wording that contains this, in any spelling.
    text: Option<String>,
    /// Those of this goal; it is one of them.
    of: Option<Given<Goal>>,
    /// Only goals, no targets.
    #[graphql(default)]
    wholes_only: bool,
}

/// Questions about sectors, goals and sorts of bodies.
#[Object(serial)]
impl ClassificationQuery {
    /// The sectors that something can be classified under, in the order of their codes.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn sectors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<SectorFilter>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<SectorObject>, Fault> {
        let page = Page::read((first, after), (last, before))?;
        let filter = filter.unwrap_or_default();
        let within = read(filter.within, "filter.within")?;
        let said =
            |it: &Sector| said(filter.text.as_deref(), it.as_str(), &[it.name_fr(), it.name_en()]);
        let all = Sector::all().filter(|it| within.is_none_or(|theme| theme.covers(*it)));
        let view = View::of(ctx, None, None).await?;
        page.of(ctx, &view, all.filter(said).map(SectorObject), |it| it.0.to_string())
    }

    /// What sectors are gathered in, in the order of their codes.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn sector_categories(&self) -> List<SectorCategoryObject> {
        SectorCategory::all().map(SectorCategoryObject).collect()
    }

    /// The sustainable development goals and their targets, in the order of their codes.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<GoalFilter>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<GoalObject>, Fault> {
        let page = Page::read((first, after), (last, before))?;
        let filter = filter.unwrap_or_default();
        let of = read(filter.of, "filter.of")?;
        let said = |it: &Goal| {
            let names = [it.name_fr(), it.name_en(), it.wording_fr(), it.wording_en()];
            said(filter.text.as_deref(), it.as_str(), &names)
        };
        let all = Goal::all().filter(|it| of.is_none_or(|goal| *it == goal || it.whole() == goal));
        let all = all.filter(|it| !filter.wholes_only || !it.is_target()).filter(said);
        let view = View::of(ctx, None, None).await?;
        page.of(ctx, &view, all.map(GoalObject), |it| place(it.0))
    }

    /// The sorts of bodies, each with what IATI calls it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn actor_kinds(&self) -> List<ActorKindObject> {
        let kind = |it: &Kind| ActorKindObject {
            kind: Choice(*it),
            organisation_type: it.organisation_type().into(),
        };
        Kind::VARIANTS.iter().map(kind).collect()
    }
}

/// Whether the code begins with `text`, or a name contains it.
fn said(text: Option<&str>, code: &str, names: &[&str]) -> bool {
    let Some(text) = text else { return true };
    let wanted = folded(text);
    code.starts_with(text.trim()) || names.iter().any(|it| folded(it).contains(&wanted))
}

/// A text that sorts as the goals do.
fn place(goal: Goal) -> String {
    projections::coordination::matrix::Value::Goal(goal).place_in_list()
}

/// A purpose code of the OECD's Development Assistance Committee.
#[derive(Clone, Copy)]
pub struct SectorObject(pub Sector);

impl Facts for SectorObject {
    fn sectors(&self, _: &Models) -> Vec<Sector> {
        vec![self.0]
    }
}

/// A purpose code of the OECD's Development Assistance Committee.
#[Object(serial, name = "Sector")]
impl SectorObject {
    /// Five digits.
    async fn code(&self) -> Shown<Sector> {
        Shown(self.0)
    }

    /// Its name in French.
    async fn name_fr(&self) -> &'static str {
        self.0.name_fr()
    }

    /// Its name in English.
    async fn name_en(&self) -> &'static str {
        self.0.name_en()
    }

    /// The category that it lies in.
    async fn category(&self) -> SectorCategoryObject {
        SectorCategoryObject(self.0.category())
    }
}

/// What sectors are gathered in, by the OECD's Development Assistance Committee.
#[derive(Clone, Copy)]
pub struct SectorCategoryObject(pub SectorCategory);

/// What sectors are gathered in, by the OECD's Development Assistance Committee.
#[Object(serial, name = "SectorCategory")]
impl SectorCategoryObject {
    /// Three digits.
    async fn code(&self) -> Shown<Theme> {
        Shown(Theme::Category(self.0))
    }

    /// Its name in French.
    async fn name_fr(&self) -> &'static str {
        self.0.name_fr()
    }

    /// Its name in English.
    async fn name_en(&self) -> &'static str {
        self.0.name_en()
    }

    /// The sectors that lie in it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn sectors(&self) -> List<SectorObject> {
        self.0.sectors().map(SectorObject).collect()
    }
}

/// A sustainable development goal, or one of its targets.
#[derive(Clone, Copy)]
pub struct GoalObject(pub Goal);

impl Facts for GoalObject {
    fn goals(&self, _: &Models) -> Vec<Goal> {
        vec![self.0]
    }
}

/// A sustainable development goal, or one of its targets.
#[Object(serial, name = "Goal")]
impl GoalObject {
    /// The goal's number, and the target's after a dot: `10`, `10.7`.
    async fn code(&self) -> Shown<Goal> {
        Shown(self.0)
    }

    /// Its name in French, in short.
    async fn name_fr(&self) -> &'static str {
        self.0.name_fr()
    }

    /// Its name in English, in short.
    async fn name_en(&self) -> &'static str {
        self.0.name_en()
    }

    /// What it asks for in French, in the words of the United Nations.
    async fn wording_fr(&self) -> &'static str {
        self.0.wording_fr()
    }

    /// What it asks for in English, in the words of the United Nations.
    async fn wording_en(&self) -> &'static str {
        self.0.wording_en()
    }

    /// The goal that it is a target of.
    async fn goal(&self) -> Option<GoalObject> {
        self.0.is_target().then(|| GoalObject(self.0.whole()))
    }
}

/// A sort of body, and what IATI calls it.
#[derive(SimpleObject)]
#[graphql(serial, name = "ActorKindEntry")]
pub struct ActorKindObject {
    /// The sort of body.
    kind: Choice<Kind>,
    /// What IATI calls it.
    organisation_type: OrganisationTypeObject,
}

/// An entry of IATI's codelist `OrganisationType` (IATI Standard 2.03).
#[derive(SimpleObject)]
#[graphql(serial, name = "OrganisationType")]
pub struct OrganisationTypeObject {
    /// Two digits.
    code: &'static str,
    /// Its name in French.
    name_fr: &'static str,
    /// Its name in English.
    name_en: &'static str,
}

impl From<OrganisationType> for OrganisationTypeObject {
    fn from(it: OrganisationType) -> Self {
        Self { code: it.code, name_fr: it.name_fr, name_en: it.name_en }
    }
}

/// What an intervention or a programme is about.
pub struct ClassificationObject {
    view: View,
    it: Arc<Classification>,
    /// The programme that it was said of, where it was not said of the thing itself.
    from: Told<programmes::Programme>,
}

/// What an intervention or a programme is about.
#[Object(serial, name = "Classification")]
impl ClassificationObject {
    /// Its sectors.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn sectors(&self) -> List<SectorObject> {
        self.it.sectors.iter().copied().map(SectorObject).collect()
    }

    /// The goals that it serves.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn goals(&self) -> List<GoalObject> {
        self.it.goals.iter().copied().map(GoalObject).collect()
    }

    /// Whether it was said of a programme above alone. What is inherited is shown here and counts
    /// nowhere as the thing's own.
    async fn inherited(&self) -> bool {
        self.from.is_some()
    }

    /// The programme that it is inherited from.
    async fn inherited_from(&self) -> Told<programmes::Programme> {
        self.from.clone()
    }

    /// When it was said, and by whom.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}

/// The sectors that were said of the thing itself.
pub fn sectors(own: Option<&Arc<Classification>>) -> List<SectorObject> {
    own.into_iter().flat_map(|it| it.sectors.iter().copied()).map(SectorObject).collect()
}

/// The goals that were said of the thing itself.
pub fn goals(own: Option<&Arc<Classification>>) -> List<GoalObject> {
    own.into_iter().flat_map(|it| it.goals.iter().copied()).map(GoalObject).collect()
}

/// What an intervention is about, or its programme.
pub fn of_intervention(it: &Seen<interventions::Intervention>) -> Option<ClassificationObject> {
    let view = it.view.clone();
    if let Some(own) = &it.it.classification {
        return Some(ClassificationObject { view, it: Arc::clone(own), from: None });
    }
    let (from, inherited) = it.view.models.programmes.inherited(&it.it)?;
    let from = it.view.programme(from);
    Some(ClassificationObject { view, it: Arc::clone(inherited), from })
}

/// What a programme is about, or the nearest one above it.
pub fn of_programme(it: &Seen<programmes::Programme>) -> Option<ClassificationObject> {
    let (from, found) = it.view.models.programmes.classification(it.it.id)?;
    let from = (from != it.it.id).then(|| it.view.programme(from)).flatten();
    Some(ClassificationObject { view: it.view.clone(), it: Arc::clone(found), from })
}
