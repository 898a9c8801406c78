//! Each noun's own facts, as its list needs them.
use domain::classification::Sector;
use domain::commitment::Pledge;
use domain::effective::Effective;
use domain::ids::{ActorId, InterventionId, ProgrammeId};
use domain::money::Money;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use domain::text::{Language, Title};
use projections::classified::Classification;
use projections::register::Roots;
use projections::{
    Models, Stamp, actors, awareness, bodies, capitalisation, commitments, deliberations,
    documents, frameworks, funding, initiatives, interventions, meetings, mobility, plans,
    programmes, service_units, trainings,
};
use uuid::Uuid;

use super::Noun;
use crate::graphql::actor::ActorStatus;
use crate::graphql::enums::{Choice, Enumerated};

fn french(title: &Title) -> &str {
    title.in_language(Language::Fr)
}

fn stage<E: Enumerated>(stage: E) -> Option<(usize, String)> {
    Choice(stage).place()
}

fn sectors(classified: Option<&Classification>) -> Vec<Sector> {
    classified.map(|it| it.sectors.to_vec()).unwrap_or_default()
}

/// Its own programme, else that of its intervention.
fn programme(
    models: &Models,
    own: Option<ProgrammeId>,
    intervention: Option<InterventionId>,
) -> Option<ProgrammeId> {
    own.or_else(|| models.interventions.get(intervention?)?.programme)
}

fn territories(models: &Models, intervention: Option<InterventionId>) -> Vec<TerritoryId> {
    let found = intervention.and_then(|id| models.interventions.get(id));
    found.map(|it| it.territories.to_vec()).unwrap_or_default()
}

fn of_roots(models: &Models, roots: &Roots) -> Vec<TerritoryId> {
    let own = roots.territory.map(|it| vec![it]);
    own.unwrap_or_else(|| territories(models, roots.intervention))
}

/// The facts that every noun has under the same names.
macro_rules! own {
    ($begun:ident $(, $stage:ident)?) => {
        fn uuid(&self) -> Uuid {
            self.id.into()
        }

        fn name(&self) -> &str {
            french(&self.title)
        }

        fn begun(&self) -> Stamp {
            self.$begun
        }

        $(fn standing(&self) -> Option<(usize, String)> {
            stage(self.$stage)
        })?
    };
}

/// The facts of what belongs to a programme or an intervention.
macro_rules! rooted {
    () => {
        fn territories(&self, models: &Models) -> Vec<TerritoryId> {
            of_roots(models, &self.roots)
        }

        fn programme(&self, models: &Models) -> Option<ProgrammeId> {
            programme(models, self.roots.programme, self.roots.intervention)
        }

        fn actors(&self) -> Vec<ActorId> {
            vec![self.roots.by]
        }
    };
}

impl Noun for interventions::Intervention {
    own!(proposed, stage);

    fn amount(&self) -> Option<Option<Money>> {
        Some(self.budget)
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        self.territories.to_vec()
    }

    fn programme(&self, _: &Models) -> Option<ProgrammeId> {
        self.programme
    }

    fn actors(&self) -> Vec<ActorId> {
        let taking_part = self.participations.iter().filter(|it| it.annulled.is_none());
        taking_part.map(|it| it.actor).collect()
    }

    fn sectors(&self) -> Vec<Sector> {
        sectors(self.classification.as_deref())
    }

    fn groups(&self) -> Vec<PopulationGroup> {
        self.groups.to_vec()
    }
}

impl Noun for commitments::Commitment {
    own!(offered, stage);

    fn date(&self) -> Effective {
        self.due.map_or(Effective::Unknown, Effective::Day)
    }

    fn amount(&self) -> Option<Option<Money>> {
        match &*self.pledge {
            Pledge::Financial { amount } => Some(Some(*amount)),
            Pledge::InKind { estimate, .. } => Some(*estimate),
            Pledge::Human { .. } => Some(None),
        }
    }

    fn territories(&self, models: &Models) -> Vec<TerritoryId> {
        territories(models, self.intervention)
    }

    fn programme(&self, models: &Models) -> Option<ProgrammeId> {
        programme(models, self.programme, self.intervention)
    }

    fn actors(&self) -> Vec<ActorId> {
        vec![self.by]
    }
}

impl Noun for programmes::Programme {
    own!(created, stage);

    fn date(&self) -> Effective {
        self.period.from
    }

    fn amount(&self) -> Option<Option<Money>> {
        Some(self.budget)
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        self.territories.to_vec()
    }

    fn programme(&self, _: &Models) -> Option<ProgrammeId> {
        self.parent
    }

    fn actors(&self) -> Vec<ActorId> {
        self.funders.iter().chain(&*self.partners).copied().chain(self.operator).collect()
    }

    fn sectors(&self) -> Vec<Sector> {
        sectors(self.classification.as_deref())
    }
}

impl Noun for actors::Actor {
    fn uuid(&self) -> Uuid {
        self.id.into()
    }

    fn name(&self) -> &str {
        self.name.as_str()
    }

    fn begun(&self) -> Stamp {
        self.registered
    }

    fn standing(&self) -> Option<(usize, String)> {
        Some(ActorStatus::from(self.status).place())
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        self.territory.into_iter().collect()
    }
}

impl Noun for funding::Request {
    own!(submitted, stage);

    fn amount(&self) -> Option<Option<Money>> {
        Some(self.asked)
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        self.territories.to_vec()
    }

    fn programme(&self, _: &Models) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn actors(&self) -> Vec<ActorId> {
        vec![self.applicant]
    }
}

impl Noun for funding::Call {
    own!(drafted, stage);

    fn date(&self) -> Effective {
        self.closes.map_or(Effective::Unknown, Effective::Day)
    }

    fn amount(&self) -> Option<Option<Money>> {
        Some(self.ceiling)
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        self.territories.to_vec()
    }

    fn programme(&self, _: &Models) -> Option<ProgrammeId> {
        Some(self.programme)
    }
}

impl Noun for initiatives::Initiative {
    own!(received, stage);

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.territory]
    }

    fn groups(&self) -> Vec<PopulationGroup> {
        self.groups.to_vec()
    }
}

impl Noun for deliberations::Deliberation {
    own!(tabled, stage);

    fn territories(&self, models: &Models) -> Vec<TerritoryId> {
        models.actors.get(self.council).and_then(|it| it.territory).into_iter().collect()
    }

    fn actors(&self) -> Vec<ActorId> {
        vec![self.council]
    }
}

impl Noun for plans::Plan {
    own!(started, stage);

    fn date(&self) -> Effective {
        self.period.from
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.territory]
    }

    fn programme(&self, _: &Models) -> Option<ProgrammeId> {
        self.programme
    }

    fn actors(&self) -> Vec<ActorId> {
        vec![self.by]
    }
}

impl Noun for service_units::ServiceUnit {
    own!(decided, stage);

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.territory]
    }

    fn programme(&self, models: &Models) -> Option<ProgrammeId> {
        programme(models, None, self.intervention)
    }

    fn actors(&self) -> Vec<ActorId> {
        vec![self.host]
    }

    fn groups(&self) -> Vec<PopulationGroup> {
        self.groups.to_vec()
    }
}

impl Noun for bodies::Body {
    own!(constituted);

    fn standing(&self) -> Option<(usize, String)> {
        stage(self.stage())
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        self.territory.into_iter().collect()
    }

    fn programme(&self, _: &Models) -> Option<ProgrammeId> {
        self.programme
    }

    fn actors(&self) -> Vec<ActorId> {
        self.memberships.iter().map(|it| it.actor).collect()
    }
}

impl Noun for meetings::Meeting {
    own!(convened, stage);

    fn date(&self) -> Effective {
        self.on
    }

    fn territories(&self, models: &Models) -> Vec<TerritoryId> {
        models.bodies.get(self.body).and_then(|it| it.territory).into_iter().collect()
    }

    fn programme(&self, models: &Models) -> Option<ProgrammeId> {
        models.bodies.get(self.body)?.programme
    }

    fn actors(&self) -> Vec<ActorId> {
        self.attending.to_vec()
    }
}

impl Noun for capitalisation::Item {
    own!(drafted, stage);

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        self.territories.to_vec()
    }

    fn programme(&self, models: &Models) -> Option<ProgrammeId> {
        programme(models, self.programme, self.interventions.first().copied())
    }

    fn actors(&self) -> Vec<ActorId> {
        vec![self.by]
    }

    fn sectors(&self) -> Vec<Sector> {
        self.sectors.to_vec()
    }

    fn groups(&self) -> Vec<PopulationGroup> {
        self.groups.to_vec()
    }
}

impl Noun for documents::Document {
    own!(registered);

    fn date(&self) -> Effective {
        self.published
    }
}

impl Noun for frameworks::Framework {
    own!(adopted);

    fn date(&self) -> Effective {
        self.adopted_on
    }

    fn actors(&self) -> Vec<ActorId> {
        self.adopted_by.into_iter().collect()
    }
}

impl Noun for trainings::Cohort {
    own!(planned, stage);
    rooted!();

    fn date(&self) -> Effective {
        self.period.from
    }

    fn groups(&self) -> Vec<PopulationGroup> {
        self.groups.to_vec()
    }
}

impl Noun for awareness::Action {
    own!(planned, stage);
    rooted!();

    fn date(&self) -> Effective {
        self.period.from
    }

    fn groups(&self) -> Vec<PopulationGroup> {
        self.groups.to_vec()
    }
}

impl Noun for mobility::Map {
    own!(drafted, stage);
    rooted!();
}

impl Noun for mobility::Placement {
    own!(proposed, stage);
    rooted!();

    fn groups(&self) -> Vec<PopulationGroup> {
        self.groups.to_vec()
    }
}
