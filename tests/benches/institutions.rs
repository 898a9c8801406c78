//! What stands around a dossier: the council that took it up, the plan that took it in, the office,
//! the bodies, and the people who were trained, reached and sent: one or more events of every other
//! aggregate.
use anyhow::Result;
use domain::awareness_action::{self, AwarenessAction, Channel};
use domain::capitalisation_item::{self, CapitalisationItem};
use domain::citizen_initiative::{self, CitizenInitiative};
use domain::coordination_body::{self, CoordinationBody, Seat};
use domain::deliberation::{self, Deliberation, Stage, Votes};
use domain::effective::{Effective, Period};
use domain::ids::InterventionId;
use domain::measure::Quantity;
use domain::meeting::{self, Meeting};
use domain::mobility_map::{self, MobilityMap, Pathway, Way};
use domain::mobility_placement::{self, MobilityPlacement};
use domain::population::{Headcount, PopulationGroup, Profession};
use domain::recorded::{Position, Source};
use domain::service_unit::{self, Count, Service, ServiceUnit};
use domain::sourcing::{self, Claim, Sourcing, SubjectRef, Topic};
use domain::territorial_plan::{self, TerritorialPlan};
use domain::territory::TerritoryId;
use domain::text::{Country, Name, Note, Title};
use domain::training_cohort::{self, TrainingCohort};
use infra::ledger::Submission;
use jiff::civil::{Date, date};
use uuid::Uuid;

use crate::history::{TODAY, actor, programme};
use crate::tiwizi::Tiwizi;

const GROUPS: [PopulationGroup; 2] = [PopulationGroup::Families, PopulationGroup::Youth];
const ADOPTED: Date = date(2021, 1, 20);

/// The commands, in an order in which each is allowed.
pub(crate) fn around(
    tiwizi: &Tiwizi,
    intervention: InterventionId,
    commune: TerritoryId,
    number: u64,
) -> Result<Vec<Submission>> {
    let mut steps = council(tiwizi, intervention, commune, number)?;
    steps.extend(office(tiwizi, intervention, commune, number)?);
    steps.extend(bodies(tiwizi, intervention, number)?);
    steps.extend(people(tiwizi, intervention, commune, number)?);
    steps.extend(abroad(tiwizi, intervention, commune, number)?);
    steps.extend(knowledge(tiwizi, intervention, commune, number)?);
    Ok(steps)
}

fn title(text: &str, number: u64) -> Result<Title> {
    Ok(Title::fr(&format!("{text} {number}, exemple"))?)
}

fn day(month: i8) -> Effective {
    Effective::Day(date(2022, month, 10))
}

fn year() -> Period {
    Period { from: day(1), to: day(12) }
}

fn people_count(total: i64) -> Result<Headcount> {
    Ok(Headcount { total: Quantity::new(total)?, parts: vec![], unknown: None })
}

fn council(
    tiwizi: &Tiwizi,
    intervention: InterventionId,
    commune: TerritoryId,
    number: u64,
) -> Result<Vec<Submission>> {
    let (petition, act, plan) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let received = citizen_initiative::Command::Receive {
        title: title("Pétition pour un terrain", number)?,
        summary: None,
        territory: commune,
        groups: GROUPS.to_vec(),
        signatures: None,
        on: Effective::Year(date(2020, 1, 1)),
    };
    let referred = citizen_initiative::Command::Refer {
        to: actor(number),
        on: Effective::Day(date(2020, 9, 1)),
    };
    let tabled = deliberation::Command::Table {
        council: actor(number),
        title: title("Terrain de sport", number)?,
        session: None,
        initiative: Some(petition.into()),
        on: Effective::Day(date(2021, 1, 10)),
    };
    let votes = Votes {
        members: Some(Quantity::new(25)?),
        quorum: Some(Quantity::new(13)?),
        present: Some(Quantity::new(20)?),
        in_favour: Quantity::new(18)?,
        against: Quantity::new(1)?,
        abstained: Quantity::new(1)?,
    };
    let adopted = deliberation::Command::Adopt {
        number: None,
        votes: Some(votes),
        document: None,
        on: ADOPTED.into(),
    };
    let started = territorial_plan::Command::Start {
        by: actor(number),
        kind: territorial_plan::Kind::Other,
        territory: commune,
        title: title("Plan d'action", number)?,
        period: Period { from: Effective::Year(date(2021, 1, 1)), to: Effective::Unknown },
        programme: Some(programme(number)),
        on: Effective::Day(date(2020, 12, 1)),
    };
    let mainstreamed = territorial_plan::Command::RecordMainstreaming {
        title: None,
        note: None,
        supported_by: Some(programme(number)),
        on: Effective::Day(date(2020, 12, 10)),
    };
    let linked =
        territorial_plan::Command::LinkIntervention { intervention, objective: None, action: None };
    let drafted =
        territorial_plan::Command::Draft { document: None, on: Effective::Day(date(2021, 1, 5)) };
    let plan_adopted = territorial_plan::Command::Adopt {
        deliberation: act.into(),
        on: ADOPTED.into(),
        act: Some(Stage::Adopted),
    };
    let mut steps: Vec<_> = [received, referred]
        .map(|it| tiwizi.submission().step::<CitizenInitiative>(petition.into(), it))
        .into();
    steps.extend(
        [tabled, adopted].map(|it| tiwizi.submission().step::<Deliberation>(act.into(), it)),
    );
    steps.extend(
        [started, mainstreamed, linked, drafted, plan_adopted]
            .map(|it| tiwizi.submission().step::<TerritorialPlan>(plan.into(), it)),
    );
    Ok(steps)
}

fn office(
    tiwizi: &Tiwizi,
    intervention: InterventionId,
    commune: TerritoryId,
    number: u64,
) -> Result<Vec<Submission>> {
    use service_unit::Command as C;
    let id = Uuid::now_v7();
    let mut commands = vec![
        C::Decide {
            by: actor(number),
            title: title("Bureau d'accueil", number)?,
            territory: commune,
            services: vec![Service::Rights, Service::Care, Service::Information],
            groups: GROUPS.to_vec(),
            intervention: Some(intervention),
            deliberation: None,
            on: Effective::Day(date(2021, 12, 1)),
        },
        C::Open { on: Effective::Day(date(2022, 1, 3)) },
    ];
    for month in 1..=6 {
        let count = |service, received| -> Result<Count> {
            Ok(Count { service, received: Quantity::new(received)?, referred: None })
        };
        commands.push(C::ReportActivity {
            by: actor(number),
            month: Effective::Month(date(2022, month, 1)),
            counts: vec![
                count(Service::Rights, 12)?,
                count(Service::Care, 30)?,
                count(Service::Information, 55)?,
            ],
            today: TODAY,
        });
    }
    let step = |it| tiwizi.submission().step::<ServiceUnit>(id.into(), it);
    Ok(commands.into_iter().map(step).collect())
}

fn bodies(tiwizi: &Tiwizi, intervention: InterventionId, number: u64) -> Result<Vec<Submission>> {
    let (body, met, action) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let constituted = coordination_body::Command::Constitute {
        kind: coordination_body::Kind::SteeringCommittee,
        title: title("Comité de pilotage", number)?,
        territory: None,
        programme: Some(programme(number)),
        deliberation: None,
        on: day(1),
    };
    let joined = coordination_body::Command::AddMember {
        membership: Uuid::now_v7().into(),
        actor: actor(number),
        seat: Seat::Chair,
        from: day(1),
    };
    let mut steps: Vec<_> = [constituted, joined]
        .map(|it| tiwizi.submission().step::<CoordinationBody>(body.into(), it))
        .into();
    let commands = [
        meeting::Command::Convene {
            body: body.into(),
            title: title("Réunion", number)?,
            agenda: None,
            on: day(2),
            body_stands: true,
        },
        meeting::Command::Hold { attending: vec![actor(number), actor(number + 1)], on: day(2) },
        meeting::Command::RecordDecision {
            decision: Uuid::now_v7().into(),
            title: title("Le chantier est prioritaire", number)?,
            note: None,
            programme: None,
            intervention: Some(intervention),
        },
        meeting::Command::AssignAction {
            action: action.into(),
            decision: None,
            owner: actor(number),
            title: title("Lancer la consultation", number)?,
            due: date(2022, 4, 30),
        },
        meeting::Command::CloseAction {
            action: action.into(),
            done: true,
            outcome: None,
            on: day(4),
        },
        meeting::Command::RecordMinutes { document: None, on: day(3) },
        meeting::Command::ApproveMinutes { on: day(5) },
    ];
    steps.extend(commands.map(|it| tiwizi.submission().step::<Meeting>(met.into(), it)));
    Ok(steps)
}

fn people(
    tiwizi: &Tiwizi,
    intervention: InterventionId,
    commune: TerritoryId,
    number: u64,
) -> Result<Vec<Submission>> {
    let (cohort, action) = (Uuid::now_v7(), Uuid::now_v7());
    let trained = [
        training_cohort::Command::Plan {
            by: actor(number),
            title: title("Accueil des familles", number)?,
            programme: Some(programme(number)),
            intervention: Some(intervention),
            territory: commune,
            groups: GROUPS.to_vec(),
            professions: vec![Profession::Midwife, Profession::Nurse],
            places: Some(Quantity::new(25)?),
            period: year(),
            indicators: vec![],
        },
        training_cohort::Command::RecordSession {
            title: None,
            attended: Some(Quantity::new(22)?),
            hours: Some(6),
            on: day(3),
            today: TODAY,
        },
        training_cohort::Command::RecordCompletion {
            by: actor(number),
            today: TODAY,
            enrolled: people_count(25)?,
            completed: people_count(20)?,
            on: day(4),
        },
    ];
    let told = [
        awareness_action::Command::Plan {
            by: actor(number),
            title: title("Parentalité partagée", number)?,
            channel: Channel::Meeting,
            programme: Some(programme(number)),
            intervention: Some(intervention),
            territory: commune,
            groups: GROUPS.to_vec(),
            period: year(),
            indicators: vec![],
        },
        awareness_action::Command::RecordCompletion {
            by: actor(number),
            today: TODAY,
            reached: people_count(120)?,
            estimated: true,
            on: day(6),
        },
    ];
    let mut steps: Vec<_> =
        trained.map(|it| tiwizi.submission().step::<TrainingCohort>(cohort.into(), it)).into();
    steps.extend(told.map(|it| tiwizi.submission().step::<AwarenessAction>(action.into(), it)));
    Ok(steps)
}

fn abroad(
    tiwizi: &Tiwizi,
    intervention: InterventionId,
    commune: TerritoryId,
    number: u64,
) -> Result<Vec<Submission>> {
    let (map, placement) = (Uuid::now_v7(), Uuid::now_v7());
    let opportunity = Uuid::now_v7().into();
    let france = Country::try_from("FR".to_owned())?;
    let mapped = [
        mobility_map::Command::Draft {
            by: actor(number),
            title: title("Opportunités en France", number)?,
            country: france,
            programme: Some(programme(number)),
            intervention: Some(intervention),
            indicators: vec![],
        },
        mobility_map::Command::AddOpportunity {
            opportunity,
            title: title("Service civique", number)?,
            pathway: Pathway::Volunteering,
            conditions: None,
            groups: GROUPS.to_vec(),
            reference: Name::new("Portail public, exemple")?,
            verified_on: date(2022, 2, 1),
            today: TODAY,
            closes: None,
        },
    ];
    let placed = [
        mobility_placement::Command::Propose {
            by: actor(number),
            title: title("Volontariat", number)?,
            pathway: Pathway::Volunteering,
            country: france,
            map: Some(map.into()),
            opportunity: Some(opportunity),
            programme: Some(programme(number)),
            intervention: Some(intervention),
            territory: commune,
            groups: GROUPS.to_vec(),
            places: Quantity::new(10)?,
            indicators: vec![],
            way: Way::Named { country: france, pathway: Some(Pathway::Volunteering) },
        },
        mobility_placement::Command::RecordDeparture {
            by: actor(number),
            departed: people_count(8)?,
            on: day(7),
            today: TODAY,
        },
        mobility_placement::Command::RecordReturn {
            returned: Quantity::new(8)?,
            on: day(11),
            today: TODAY,
        },
    ];
    let mut steps: Vec<_> =
        mapped.map(|it| tiwizi.submission().step::<MobilityMap>(map.into(), it)).into();
    steps.extend(
        placed.map(|it| tiwizi.submission().step::<MobilityPlacement>(placement.into(), it)),
    );
    Ok(steps)
}

fn knowledge(
    tiwizi: &Tiwizi,
    intervention: InterventionId,
    commune: TerritoryId,
    number: u64,
) -> Result<Vec<Submission>> {
    use capitalisation_item::Command as C;
    let (item, sources) = (Uuid::now_v7(), Uuid::now_v7());
    let commands = [
        C::Draft {
            by: actor(number),
            kind: capitalisation_item::Kind::GoodPractice,
            title: title("Un terrain, un lieu de rencontre", number)?,
            summary: Some(Note::fr("Ce que le village en a appris, exemple")?),
            language: None,
            programme: Some(programme(number)),
            interventions: vec![intervention],
            territories: vec![commune],
            sectors: vec![],
            groups: GROUPS.to_vec(),
            address: None,
            people_seen: false,
        },
        C::LinkEvidence { document: None, event: Some(Position(1)), note: None },
        C::Review { by: actor(number + 1), note: None },
        C::Publish { by: actor(number + 2), consent: None, on: Effective::Day(TODAY) },
    ];
    let claim = |value: &str, reference: &str| -> Result<Claim> {
        Ok(Claim {
            claim: Uuid::now_v7().into(),
            value: Title::fr(value)?,
            source: Source { reference: Name::new(reference)?, document: None, locator: None },
        })
    };
    let conflict = sourcing::Command::RecordConflict {
        subject: SubjectRef { r#type: Name::new("intervention")?, id: intervention.into() },
        conflict: Uuid::now_v7().into(),
        topic: Topic::Dates,
        claims: vec![claim("En 2021", "Page, exemple")?, claim("En 2022", "Fiche, exemple")?],
        note: None,
    };
    let mut steps: Vec<_> =
        commands.map(|it| tiwizi.submission().step::<CapitalisationItem>(item.into(), it)).into();
    steps.push(tiwizi.submission().step::<Sourcing>(sources.into(), conflict));
    Ok(steps)
}
