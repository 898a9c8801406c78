//! Every figure that the models give, for the law that its lineage holds all that it comes from.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::recorded::{Fact, Recorded};
use jiff::civil::Date;
use projections::coordination::Window;
use projections::coordination::matrix::{Dimension, Matrix};
use projections::funding::Grouping;
use projections::funding::flows::{Flows, Measure};
use projections::interventions::Selection;
use projections::lineage::{
    BalanceOf, BreakdownOf, CardOf, CoverageOf, Done, EnvelopeOf, Figure, FlowOf, Funded, IssuesOf,
    MatrixOf, Part, ResultsOf, TieOf, VisitsOf,
};
use projections::network::{Network, Scope};
use projections::quality::Concern;
use projections::subjects::Kind;
use projections::{Models, Subject};
use serde_json::Value;

const GROUPINGS: [Grouping; 5] = [
    Grouping::Programme,
    Grouping::ProgrammeWithDescendants,
    Grouping::Funder,
    Grouping::Territory,
    Grouping::Currency,
];
const MEASURES: [Measure; 8] = [
    Measure::SetAside,
    Measure::Asked,
    Measure::Granted,
    Measure::Agreed,
    Measure::Disbursed,
    Measure::Spent,
    Measure::Validated,
    Measure::Refunded,
];
const PARTS: [Part; 5] = [Part::Roles, Part::Made, Part::Received, Part::Actions, Part::Mandates];

/// Whose event `recorded` is.
pub fn subject(recorded: &Recorded) -> Subject {
    let (aggregate, id, _) = recorded.fact.subject();
    Subject { kind: Kind::of_stored(aggregate).expect("a kind"), id }
}

/// What the events of `subjects` alone come to.
pub fn folded(events: &[Arc<Recorded>], wanted: impl Fn(Subject) -> bool) -> Models {
    let mut models = Models::default();
    events.iter().filter(|it| wanted(subject(it))).for_each(|it| models.apply(it));
    models
}

/// Sums of money.
pub fn money(models: &Models, on: Date) -> Vec<Figure> {
    let balance = |requests, by, of| Figure::from(BalanceOf { requests, by, of, on });
    let mut all = Vec::new();
    for by in GROUPINGS {
        let requests = models.funding.requests().map(AsRef::as_ref);
        let groups = models.funding.balances(requests, by, &models.programmes, on);
        all.extend(groups.keys().map(|it| balance(Funded::default(), Some(by), Some(it.place()))));
    }
    for programme in models.programmes.iter().map(|it| it.id) {
        for alone in [true, false] {
            let requests = Funded { programme: Some(programme), alone, ..Funded::default() };
            all.push(balance(requests, None, None));
        }
        let envelopes = models.programmes.envelopes(programme);
        all.extend(envelopes.map(|it| EnvelopeOf { id: it.id }.into()));
    }
    for actor in models.actors.iter().map(|it| it.id) {
        let applicant = Funded { applicant: Some(actor), ..Funded::default() };
        let funder = Funded { funder: Some(actor), granted: true, ..Funded::default() };
        all.extend([applicant, funder].map(|requests| balance(requests, None, None)));
    }
    all.extend(MEASURES.into_iter().flat_map(|measure| flows(models, measure)));
    all
}

fn flows(models: &Models, measure: Measure) -> Vec<Figure> {
    let flows = if measure == Measure::SetAside {
        let all = models.programmes.iter().flat_map(|it| models.programmes.envelopes(it.id));
        Flows::of_envelopes(all.map(AsRef::as_ref), models)
    } else {
        Flows::of_requests(models.funding.requests().map(AsRef::as_ref), measure, models)
    };
    let funded = Funded::default;
    let total = FlowOf { funded: funded(), measure, layer: None, from: None, to: None };
    let links = flows.links.keys().map(|(layer, from, to)| FlowOf {
        funded: funded(),
        measure,
        layer: Some(*layer),
        from: Some(from.place()),
        to: Some(to.place()),
    });
    links.chain([total]).map(Into::into).collect()
}

/// Interventions counted by `rows` and `columns`, and communes that they name.
pub fn counted(models: &Models, rows: Dimension, columns: Dimension, on: Date) -> Vec<Figure> {
    let done = Done { selection: Selection::default(), from: None, to: None, on };
    let window = Window::new(None, None, None, on);
    let all: Vec<_> = models.interventions.iter().collect();
    let matrix = Matrix::of(rows, columns, &all, &models.actors, &window);
    let of = |row, column| MatrixOf { done: done.clone(), rows, columns, row, column };
    let cells = matrix.cells.keys().map(|(row, column)| of(Some(row.code()), Some(column.code())));
    let rows = matrix.rows.keys().map(|row| of(Some(row.code()), None));
    let columns = matrix.columns.keys().map(|column| of(None, Some(column.code())));
    let all = cells.chain(rows).chain(columns).chain([of(None, None)]).map(Figure::from);
    let communes_of = "region-souss-massa".parse().expect("a territory");
    all.chain([CoverageOf { done: done.clone(), communes_of, around: None }.into()]).collect()
}

/// Results, what actors do and what ties them, visits, and what is doubtful.
pub fn others(models: &Models, on: Date) -> Vec<Figure> {
    let mut all = vec![VisitsOf::default().into()];
    for programme in models.programmes.iter() {
        let expected = ResultsOf { with_parts: true, ..ResultsOf::programme(programme.id, on) };
        all.push(expected.into());
        for id in programme.results.iter().flat_map(|it| it.indicators.iter().copied()) {
            all.push(ResultsOf::indicators([id], on).into());
            all.push(BreakdownOf { indicator: id, on }.into());
        }
    }
    for actor in models.actors.iter().map(|it| it.id) {
        all.extend(PARTS.map(|part| CardOf { actor, part, role: None, on }.into()));
    }
    let network = Network::of(models, &Scope::default());
    let (within, programme) = (None, None);
    for ((one, other), ties) in network.links {
        let of = |tie: &_| TieOf { one, other, tie: *tie, within, programme, on: None };
        all.extend(ties.keys().map(|tie| of(tie).into()));
    }
    all.extend(Concern::ALL.map(|kind| IssuesOf { kind, within, programme, on }.into()));
    all
}

/// `events` without those that a ledger never holds: of what has not begun, or of a part that another
/// aggregate has.
pub fn orderly(mut events: Vec<Arc<Recorded>>) -> Vec<Arc<Recorded>> {
    const FIRST: [&str; 5] = ["registered", "created", "proposed", "submitted", "offered"];
    let (mut begun, mut owners) = (BTreeSet::new(), BTreeMap::new());
    events.retain(|recorded| {
        let (aggregate, id, name) = recorded.fact.subject();
        let parts = match &recorded.fact {
            Fact::Programme(_, event) => serde_json::to_value(event).expect("it is JSON"),
            _ => Value::Null,
        };
        // A correction names what it corrects in its figure.
        let named = |part| parts["data"][part].as_str().or(parts["data"]["figure"][part].as_str());
        let parts = ["envelope", "indicator", "result"]
            .map(|part| named(part).map(|it| (part, it.to_owned())));
        let begins = ["actor", "programme", "intervention", "funding_request", "commitment"];
        let known = !begins.contains(&aggregate)
            || FIRST.contains(&name)
            || begun.contains(&(aggregate, id));
        if known {
            begun.insert((aggregate, id));
        }
        known && parts.into_iter().flatten().all(|part| *owners.entry(part).or_insert(id) == id)
    });
    events
}
