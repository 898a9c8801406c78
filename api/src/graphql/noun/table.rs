//! The one list of the nouns: where each is kept, what it is called, what it begins with. Whatever is
//! made for every noun is made from it.
use async_graphql::{ID, Interface};
use domain::text::{Language, Name, Title};
use projections::subjects::Kind;
use projections::{
    Models, Stamp, Subject, actors, awareness, bodies, capitalisation, commitments, deliberations,
    documents, frameworks, funding, initiatives, interventions, meetings, mobility, plans,
    programmes, service_units, trainings,
};
use uuid::Uuid;

use super::Noun;
use crate::graphql::values::Text;
use crate::graphql::view::{Seen, View};

/// What something is called.
trait Called {
    fn in_french(&self) -> &str;

    fn text(&self) -> Text;
}

impl Called for Title {
    fn in_french(&self) -> &str {
        self.in_language(Language::Fr)
    }

    fn text(&self) -> Text {
        self.into()
    }
}

impl Called for Name {
    fn in_french(&self) -> &str {
        self.as_str()
    }

    fn text(&self) -> Text {
        Text::Plain(self.as_str().to_owned())
    }
}

/// Each noun under the name that it has in [`Kind`] and in the contract: its type, how the models find
/// it, its field with what it is called, its field with the event that it begins with.
macro_rules! nouns {
    ($(
        $(#[$doc:meta])*
        $Noun:ident($Of:ty) $(.$get:ident)+, $called:ident, $begun:ident;
    )+) => {
        /// Whatever has an id of its own.
        #[derive(Interface)]
        #[graphql(name = "Node", field(name = "id", ty = "ID", desc = "Its id, which nothing else has."))]
        pub enum Found {
            $($(#[$doc])* $Noun(Seen<$Of>),)+
            /// What a programme measures one of its results by; it is found in its programme, and has
            /// no list of its own.
            Indicator(Seen<programmes::Indicator>),
        }

        impl Found {
            /// What has this id, whatever it is.
            pub fn by_id(view: &View, id: Uuid) -> Option<Self> {
                let models = &view.models;
                $(if let Some(it) = models$(.$get)+(id.into()) {
                    return Some(view.see(it).into());
                })+
                models.programmes.indicator(id.into()).map(|it| view.see(it).into())
            }
        }

        $(impl Noun for $Of {
            fn uuid(&self) -> Uuid {
                self.id.into()
            }

            fn name(&self) -> &str {
                self.$called.in_french()
            }

            fn title(&self) -> Text {
                self.$called.text()
            }

            fn begun(&self) -> Stamp {
                self.$begun
            }
        })+

        /// The noun that `it` names, where it names one that is known.
        pub fn noun(models: &Models, it: Subject) -> Option<&dyn Noun> {
            match it.kind {
                $(Kind::$Noun => models$(.$get)+(it.id.into()).map(|it| &**it as &dyn Noun),)+
                Kind::Ledger | Kind::Indicator | Kind::Sourcing => None,
            }
        }

        /// The kind of each noun.
        #[cfg(test)]
        pub const KINDS: &[Kind] = &[$(Kind::$Noun),+];
    };
}

nouns! {
    /// What citizens ask a council for: a petition or a motion.
    CitizenInitiative(initiatives::Initiative).initiatives.get, title, received;
    /// What one actor promises another: money, things or people's time, until a day.
    Commitment(commitments::Commitment).commitments.get, title, offered;
    /// A document that is registered here by its digest: minutes, agreements, studies.
    Document(documents::Document).documents.get, title, registered;
    /// What somebody asks a programme's money for, from the request to the last refund.
    FundingRequest(funding::Request).funding.request, title, submitted;
    /// A plan of a territory: its objectives, its actions, and how it takes migration in.
    TerritorialPlan(plans::Plan).plans.get, title, started;
    /// A matter before a council, and what the council decided on it.
    Deliberation(deliberations::Deliberation).deliberations.get, title, tabled;
    /// A strategy, a law or a convention that programmes answer to.
    PolicyFramework(frameworks::Framework).frameworks.get, title, adopted;
    /// That a programme has money to give, for what, up to how much and until when.
    FundingCall(funding::Call).funding.call, title, drafted;
    /// A body that takes part: a council, an association, an administration, a funder.
    Actor(actors::Actor).actors.get, name, registered;
    /// The regular ways to one country.
    MobilityMap(mobility::Map).mobility.maps.get, title, drafted;
    /// A place where people are received, informed and sent on.
    ServiceUnit(service_units::ServiceUnit).service_units.get, title, decided;
    /// A committee or a forum in which actors coordinate what they do.
    CoordinationBody(bodies::Body).bodies.get, title, constituted;
    /// A programme or a project, with its results, its money and those who carry it.
    Programme(programmes::Programme).programmes.get, title, created;
    /// What is done so that people know of risks, rights or ways.
    AwarenessAction(awareness::Action).awareness.get, title, planned;
    /// What was learnt: a practice, a study, a film, a story.
    CapitalisationItem(capitalisation::Item).capitalisation.get, title, drafted;
    /// A training and the group that it trains.
    TrainingCohort(trainings::Cohort).trainings.get, title, planned;
    /// What is done in the field, from the proposal until it serves people.
    Intervention(interventions::Intervention).interventions.get, title, proposed;
    /// A group that goes abroad by a regular way, and comes back.
    MobilityPlacement(mobility::Placement).mobility.placements.get, title, proposed;
    /// A meeting of a coordination body, with what it decided and who does what by when.
    Meeting(meetings::Meeting).meetings.get, title, convened;
}
