//! Each noun's own facts.
use domain::classification::{Goal, Sector};
use domain::commitment::Pledge;
use domain::effective::Effective;
use domain::ids::{ActorId, InterventionId, ProgrammeId};
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use domain::text::Country;
use projections::register::Roots;
use projections::{
    Models, actors, awareness, bodies, capitalisation, commitments, deliberations, documents,
    frameworks, funding, initiatives, interventions, meetings, mobility, plans, programmes,
    service_units, trainings,
};

use crate::graphql::actor::ActorStatus;
use crate::graphql::enums::Choice;
use crate::graphql::facts::{Facts, Worth, named};

/// Its own programme, else that of its intervention.
fn programmes(
    models: &Models,
    own: Option<ProgrammeId>,
    intervention: Option<InterventionId>,
) -> Vec<ProgrammeId> {
    let through = || models.interventions.get(intervention?)?.programme;
    own.or_else(through).into_iter().collect()
}

fn territories(models: &Models, intervention: Option<InterventionId>) -> Vec<TerritoryId> {
    let found = intervention.and_then(|id| models.interventions.get(id));
    found.map(|it| it.territories.to_vec()).unwrap_or_default()
}

fn of_roots(models: &Models, roots: &Roots) -> Vec<TerritoryId> {
    let own = roots.territory.map(|it| vec![it]);
    own.unwrap_or_else(|| territories(models, roots.intervention))
}

/// The date of what has no other than that of its first event.
macro_rules! since {
    ($begun:ident) => {
        fn date(&self) -> Option<Effective> {
            Some(self.$begun.effective)
        }
    };
}

/// The stage of what keeps it.
macro_rules! staged {
    ($stage:ident) => {
        fn standing(&self) -> Option<(usize, String)> {
            Choice(self.$stage).place()
        }
    };
}

/// The sort of what has one.
macro_rules! sorted {
    ($kind:ident) => {
        fn kinds(&self, _: &Models) -> Vec<String> {
            named(self.$kind)
        }
    };
}

/// The country of what leads to one, or is in one.
macro_rules! abroad {
    () => {
        fn countries(&self, _: &Models) -> Vec<Country> {
            vec![self.country]
        }
    };
}

/// The groups of people of what names them.
macro_rules! grouped {
    () => {
        fn groups(&self, _: &Models) -> Vec<PopulationGroup> {
            self.groups.to_vec()
        }
    };
}

/// The places of what names them.
macro_rules! located {
    () => {
        fn territories(&self, _: &Models) -> Vec<TerritoryId> {
            self.territories.to_vec()
        }
    };
}

/// What somebody classified is about.
macro_rules! classified {
    () => {
        fn sectors(&self, _: &Models) -> Vec<Sector> {
            self.classification.iter().flat_map(|it| it.sectors.iter().copied()).collect()
        }

        fn goals(&self, _: &Models) -> Vec<Goal> {
            self.classification.iter().flat_map(|it| it.goals.iter().copied()).collect()
        }
    };
}

/// The facts of what belongs to a programme or an intervention.
macro_rules! rooted {
    () => {
        fn territories(&self, models: &Models) -> Vec<TerritoryId> {
            of_roots(models, &self.roots)
        }

        fn programmes(&self, models: &Models) -> Vec<ProgrammeId> {
            programmes(models, self.roots.programme, self.roots.intervention)
        }

        fn actors(&self, _: &Models) -> Vec<ActorId> {
            vec![self.roots.by]
        }
    };
}

impl Facts for interventions::Intervention {
    since!(proposed);
    staged!(stage);

    fn worth(&self, _: &Models) -> Option<Worth> {
        Some(Worth::Own(self.budget))
    }

    located!();

    fn programmes(&self, _: &Models) -> Vec<ProgrammeId> {
        self.programme.into_iter().collect()
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        let taking_part = self.participations.iter().filter(|it| it.annulled.is_none());
        taking_part.map(|it| it.actor).collect()
    }

    classified!();

    grouped!();
}

impl Facts for commitments::Commitment {
    staged!(stage);

    fn date(&self) -> Option<Effective> {
        Some(self.due.map_or(Effective::Unknown, Effective::Day))
    }

    fn worth(&self, _: &Models) -> Option<Worth> {
        Some(Worth::Own(match &self.pledge {
            Pledge::Financial { amount } => Some(*amount),
            Pledge::InKind { estimate, .. } => *estimate,
            Pledge::Human { .. } => None,
        }))
    }

    fn territories(&self, models: &Models) -> Vec<TerritoryId> {
        territories(models, self.intervention)
    }

    fn programmes(&self, models: &Models) -> Vec<ProgrammeId> {
        programmes(models, self.programme, self.intervention)
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        vec![self.by]
    }
}

impl Facts for programmes::Programme {
    sorted!(kind);
    staged!(stage);

    fn date(&self) -> Option<Effective> {
        Some(self.period.from)
    }

    fn worth(&self, _: &Models) -> Option<Worth> {
        Some(Worth::Own(self.budget))
    }

    located!();

    fn programmes(&self, _: &Models) -> Vec<ProgrammeId> {
        self.parent.into_iter().collect()
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        self.funders.iter().chain(&*self.partners).copied().chain(self.operator).collect()
    }

    classified!();
}

impl Facts for actors::Actor {
    since!(registered);
    sorted!(kind);
    abroad!();

    fn standing(&self) -> Option<(usize, String)> {
        Some(ActorStatus::from(self.status).place())
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        self.territory.into_iter().collect()
    }
}

impl Facts for funding::Request {
    since!(submitted);
    staged!(stage);

    fn worth(&self, _: &Models) -> Option<Worth> {
        Some(Worth::Own(self.asked))
    }

    located!();

    fn programmes(&self, _: &Models) -> Vec<ProgrammeId> {
        vec![self.programme]
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        vec![self.applicant]
    }
}

impl Facts for funding::Call {
    staged!(stage);

    fn date(&self) -> Option<Effective> {
        Some(self.closes.map_or(Effective::Unknown, Effective::Day))
    }

    fn worth(&self, _: &Models) -> Option<Worth> {
        Some(Worth::Own(self.ceiling))
    }

    located!();

    fn programmes(&self, _: &Models) -> Vec<ProgrammeId> {
        vec![self.programme]
    }
}

impl Facts for initiatives::Initiative {
    since!(received);
    staged!(stage);

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.territory]
    }

    grouped!();
}

impl Facts for deliberations::Deliberation {
    since!(tabled);
    staged!(stage);

    fn territories(&self, models: &Models) -> Vec<TerritoryId> {
        models.actors.get(self.council).and_then(|it| it.territory).into_iter().collect()
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        vec![self.council]
    }
}

impl Facts for plans::Plan {
    sorted!(kind);
    staged!(stage);

    fn date(&self) -> Option<Effective> {
        Some(self.period.from)
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.territory]
    }

    fn programmes(&self, _: &Models) -> Vec<ProgrammeId> {
        self.programme.into_iter().collect()
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        vec![self.by]
    }
}

impl Facts for service_units::ServiceUnit {
    since!(decided);
    staged!(stage);

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.territory]
    }

    fn programmes(&self, models: &Models) -> Vec<ProgrammeId> {
        programmes(models, None, self.intervention)
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        vec![self.host]
    }

    grouped!();
}

impl Facts for bodies::Body {
    sorted!(kind);
    since!(constituted);

    fn standing(&self) -> Option<(usize, String)> {
        Choice(self.stage()).place()
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        self.territory.into_iter().collect()
    }

    fn programmes(&self, _: &Models) -> Vec<ProgrammeId> {
        self.programme.into_iter().collect()
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        self.memberships.iter().map(|it| it.actor).collect()
    }
}

impl Facts for meetings::Meeting {
    staged!(stage);

    fn date(&self) -> Option<Effective> {
        Some(self.on)
    }

    fn territories(&self, models: &Models) -> Vec<TerritoryId> {
        models.bodies.get(self.body).and_then(|it| it.territory).into_iter().collect()
    }

    fn programmes(&self, models: &Models) -> Vec<ProgrammeId> {
        models.bodies.get(self.body).and_then(|it| it.programme).into_iter().collect()
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        self.attending.to_vec()
    }
}

impl Facts for capitalisation::Item {
    sorted!(kind);
    since!(drafted);
    staged!(stage);

    located!();

    fn programmes(&self, models: &Models) -> Vec<ProgrammeId> {
        programmes(models, self.programme, self.interventions.first().copied())
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        vec![self.by]
    }

    fn sectors(&self, _: &Models) -> Vec<Sector> {
        self.sectors.to_vec()
    }

    grouped!();
}

impl Facts for documents::Document {
    fn date(&self) -> Option<Effective> {
        Some(self.published)
    }
}

impl Facts for frameworks::Framework {
    fn date(&self) -> Option<Effective> {
        Some(self.adopted_on)
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        self.adopted_by.into_iter().collect()
    }
}

impl Facts for trainings::Cohort {
    staged!(stage);
    rooted!();

    fn date(&self) -> Option<Effective> {
        Some(self.period.from)
    }

    grouped!();
}

impl Facts for awareness::Action {
    sorted!(channel);
    staged!(stage);
    rooted!();

    fn date(&self) -> Option<Effective> {
        Some(self.period.from)
    }

    grouped!();
}

impl Facts for mobility::Map {
    abroad!();
    since!(drafted);
    staged!(stage);
    rooted!();
}

impl Facts for mobility::Placement {
    sorted!(pathway);
    abroad!();
    since!(proposed);
    staged!(stage);
    rooted!();

    grouped!();
}

impl Facts for programmes::Indicator {
    since!(defined);

    fn territories(&self, models: &Models) -> Vec<TerritoryId> {
        let found = models.programmes.get(self.programme);
        found.map(|it| it.territories.to_vec()).unwrap_or_default()
    }

    fn programmes(&self, _: &Models) -> Vec<ProgrammeId> {
        vec![self.programme]
    }
}
