//! Results against targets: what was measured, what was contributed, and what both rest on.
use std::collections::BTreeSet;

use async_graphql::{Context, Object, SimpleObject, Union};
use domain::ids::{ExpectedResultId, IndicatorId, ProgrammeId};
use domain::measure::Quantity;
use domain::text::Name;
use jiff::civil::Date;
use projections::contributions::{Contributed, Contribution, Source};
use projections::lineage::ResultsOf;
use projections::programmes::{ExpectedResult, Indicator, Programme, Progress};
use projections::results::UnitTotal;
use projections::{awareness, mobility, trainings};

use super::fault::Fault;
use super::headcount::HeadcountObject;
use super::lineage::LineageObject;
use super::list::List;
use super::scalars::{Given, Shown};
use super::territory::TerritoryObject;
use super::values::{AsOf, Text};
use super::view::{Seen, StampObject, Told, View, must};

/// Questions about results.
#[derive(Default)]
pub struct ResultQuery;

/// Questions about results.
#[Object(serial)]
impl ResultQuery {
    /// What a programme expects, against what was measured and contributed.
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] programme: Given<ProgrammeId>,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(
            desc = "The day that targets are judged on, and by which contributions came about; \
                    today, or the day of `asOf`, where it is left out."
        )]
        effective_on: Option<Given<Date>>,
    ) -> Result<Option<ResultsObject>, Fault> {
        let id = must(&programme, "programme")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        let known = view.models.programmes.get(id).is_some();
        Ok(known.then(|| ResultsObject { view, id, with_parts }))
    }
}

/// What a programme expects, against what was measured and contributed.
pub struct ResultsObject {
    view: View,
    id: ProgrammeId,
    with_parts: bool,
}

/// What a programme expects, against what was measured and contributed.
#[Object(serial, name = "Results")]
impl ResultsObject {
    /// Whose they are.
    async fn programme(&self) -> Told<Programme> {
        self.view.programme(self.id)
    }

    /// The day that targets are judged on.
    async fn on(&self, ctx: &Context<'_>) -> Shown<Date> {
        Shown(self.view.day(ctx))
    }

    /// Each expected result, with its indicators; those of parts after the programme's own.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn results(&self) -> List<ResultObject> {
        let all = self.view.models.results(self.id, self.with_parts);
        all.iter().map(|it| ResultObject::of(&self.view, it.programme.id, it.result)).collect()
    }

    /// All indicators together, one sum for each unit: a result that several of them share, and a
    /// source that counts towards several of them, count once.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn totals(&self, ctx: &Context<'_>) -> List<UnitTotalObject> {
        let all = self.view.models.results(self.id, self.with_parts);
        let indicators = all.iter().flat_map(|it| it.result.indicators.iter().copied());
        let asked = ResultsOf {
            with_parts: self.with_parts,
            ..ResultsOf::programme(self.id, self.view.day(ctx))
        };
        UnitTotalObject::all(&self.view, indicators, &asked)
    }
}

/// A result that a programme expects.
pub struct ResultObject {
    view: View,
    programme: ProgrammeId,
    it: ExpectedResult,
}

impl ResultObject {
    /// `it`, which `programme` expects.
    pub fn of(view: &View, programme: ProgrammeId, it: &ExpectedResult) -> Self {
        Self { view: view.clone(), programme, it: it.clone() }
    }
}

impl ResultObject {
    fn asked(&self, ctx: &Context<'_>) -> ResultsOf {
        let whose = ResultsOf::programme(self.programme, self.view.day(ctx));
        ResultsOf { result: Some(self.it.id), ..whose }
    }
}

/// A result that a programme expects.
#[Object(serial, name = "ExpectedResult")]
impl ResultObject {
    /// Its id.
    async fn id(&self) -> Shown<ExpectedResultId> {
        Shown(self.it.id)
    }

    /// What is expected.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Whose it is.
    async fn programme(&self) -> Told<Programme> {
        self.view.programme(self.programme)
    }

    /// What it is measured by.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn indicators(&self) -> List<Seen<Indicator>> {
        let all = self.it.indicators.iter();
        let found = all.filter_map(|id| self.view.models.programmes.indicator(*id));
        found.map(|it| self.view.see(it)).collect()
    }

    /// The value of all its indicators together: a result that they share counts once. It says
    /// something where they count in one unit.
    async fn total(&self, ctx: &Context<'_>) -> ProgressObject {
        let ids: BTreeSet<_> = self.it.indicators.iter().copied().collect();
        ProgressObject::of(&self.view, &ids, self.asked(ctx))
    }

    /// The same, one sum for each unit.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn totals(&self, ctx: &Context<'_>) -> List<UnitTotalObject> {
        let indicators = self.it.indicators.iter().copied();
        UnitTotalObject::all(&self.view, indicators, &self.asked(ctx))
    }

    /// When it was defined.
    async fn defined(&self) -> StampObject {
        self.view.stamp(self.it.defined)
    }
}

/// What was measured and what was contributed, in the indicator's unit.
#[derive(SimpleObject)]
#[graphql(serial, name = "Progress")]
pub struct ProgressObject {
    /// The sum of what was reported and not returned; a period within a longer one that is reported
    /// too is left out.
    reported: Shown<i64>,
    /// The sum of what somebody else than the reporter agreed to.
    agreed: Shown<i64>,
    /// How many periods were reported.
    periods: usize,
    /// How much was left out of both sums because another of the indicators counts it.
    counted_elsewhere: Shown<i64>,
    /// The sum of what was contributed, each source once: beside what was measured, not added to it.
    contributed: Shown<i64>,
    /// How many sources contributed.
    contributions: usize,
    /// Where these numbers come from.
    lineage: LineageObject,
}

impl ProgressObject {
    /// Of these indicators together, which are those that are `asked` for.
    pub fn of(view: &View, indicators: &BTreeSet<IndicatorId>, asked: ResultsOf) -> Self {
        let measured = view.models.programmes.total(indicators);
        let contributed = view.models.contributed(indicators, asked.on);
        Self::with(measured, contributed, LineageObject::of(view, asked))
    }

    fn with(measured: Progress, contributed: Contributed, lineage: LineageObject) -> Self {
        Self {
            reported: Shown(measured.reported),
            agreed: Shown(measured.agreed),
            periods: measured.periods,
            counted_elsewhere: Shown(measured.counted_elsewhere),
            contributed: Shown(contributed.value),
            contributions: contributed.sources,
            lineage,
        }
    }
}

/// The indicators of one unit together.
#[derive(SimpleObject)]
#[graphql(serial, name = "UnitTotal")]
pub struct UnitTotalObject {
    /// The unit.
    unit: Shown<Name>,
    /// How many indicators count in it.
    indicators: usize,
    /// Their values together.
    #[graphql(flatten)]
    progress: ProgressObject,
}

impl UnitTotalObject {
    fn all(
        view: &View,
        ids: impl IntoIterator<Item = IndicatorId>,
        asked: &ResultsOf,
    ) -> List<Self> {
        let one = |it: UnitTotal| {
            let asked = ResultsOf { unit: Some(it.unit.as_str().to_owned()), ..asked.clone() };
            let lineage = LineageObject::of(view, asked);
            Self {
                unit: Shown(Name::clone(&it.unit)),
                indicators: it.indicators.len(),
                progress: ProgressObject::with(it.measured, it.contributed, lineage),
            }
        };
        view.models.totals(ids, asked.on).into_iter().map(one).collect()
    }
}

/// What counts towards indicators without being measured for them.
#[derive(Union)]
#[graphql(name = "ContributionSource")]
pub enum SourceObject {
    /// Those who completed a training.
    Training(Seen<trainings::Cohort>),
    /// Those whom an awareness action reached.
    Awareness(Seen<awareness::Action>),
    /// A map that was published.
    Map(Seen<mobility::Map>),
    /// Those who left.
    Placement(Seen<mobility::Placement>),
}

impl SourceObject {
    fn of(view: &View, source: Source) -> Option<Self> {
        let models = &view.models;
        match source {
            Source::Training(id) => models.trainings.get(id).map(|it| Self::Training(view.see(it))),
            Source::Awareness(id) => {
                models.awareness.get(id).map(|it| Self::Awareness(view.see(it)))
            }
            Source::Map(id) => models.mobility.maps.get(id).map(|it| Self::Map(view.see(it))),
            Source::Placement(id) => {
                models.mobility.placements.get(id).map(|it| Self::Placement(view.see(it)))
            }
        }
    }
}

/// What one source counts for.
#[derive(SimpleObject)]
#[graphql(serial, name = "Contribution")]
pub struct ContributionObject {
    /// How many, in the indicator's unit.
    value: Shown<Quantity>,
    /// Whether that is an estimate.
    is_estimated: bool,
    /// What counts.
    source: Option<SourceObject>,
    /// Of whom, where it counts people.
    people: Option<HeadcountObject>,
    /// Where it came about.
    territory: Option<TerritoryObject>,
    /// When it came about, and who said so.
    said: StampObject,
}

impl ContributionObject {
    /// `it`, seen here.
    pub fn of(view: &View, it: &Contribution<'_>) -> Self {
        let territory = it.roots.territory;
        Self {
            value: Shown(it.value),
            is_estimated: it.estimated,
            source: SourceObject::of(view, it.source),
            people: it.people.zip(territory).map(|(them, at)| HeadcountObject::of(them, at)),
            territory: territory.map(TerritoryObject),
            said: view.stamp(it.stamp),
        }
    }
}
