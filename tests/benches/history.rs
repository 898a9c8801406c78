//! A plausible past of any length: dossiers, each an intervention with its document, its funding and
//! its partners' commitments, entered through commands.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Result;
use domain::actor::{self, Actor};
use domain::commitment::Commitment;
use domain::document::{self, Document};
use domain::effective::{Effective, Period};
use domain::funding_request::{self, Advice, FundingRequest, Window};
use domain::ids::{ActorId, DocumentId, InterventionId, ProgrammeId};
use domain::intervention::{self, Intervention, Recurrence, Role};
use domain::money::Money;
use domain::programme::{self, Programme};
use domain::territory::TerritoryId;
use domain::text::{Country, Name, Note, Title};
use infra::ledger::Submission;
use jiff::civil::{Date, date};
use uuid::Uuid;

use crate::tiwizi::Tiwizi;
use crate::{institutions, load};

/// Dossiers that grow at the same time, so that their events lie mixed in the ledger.
const WRITERS: usize = 256;
const ACTORS: u64 = 400;
const PROGRAMMES: u64 = 40;
pub(crate) const TODAY: Date = date(2025, 6, 30);

/// Enters dossiers until the ledger has `events` events, or a few more.
pub(crate) async fn fill(tiwizi: &Arc<Tiwizi>, events: u64) -> Result<()> {
    for submission in directory(tiwizi)? {
        tiwizi.ledger.submit(submission).await?;
    }
    let next = Arc::new(AtomicU64::new(0));
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let (tiwizi, next) = (Arc::clone(tiwizi), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    for submission in dossier(&tiwizi, next.fetch_add(1, Ordering::Relaxed))? {
                        if tiwizi.ledger.head().position.0 >= events {
                            return anyhow::Ok(());
                        }
                        tiwizi.ledger.submit(submission).await?;
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await??;
    }
    Ok(())
}

/// One of the actors.
pub(crate) fn actor(number: u64) -> ActorId {
    ActorId::from_u128(0xAC << 64 | u128::from(number % ACTORS))
}

/// One of the programmes.
pub(crate) fn programme(number: u64) -> ProgrammeId {
    ProgrammeId::from_u128(0xB0 << 64 | u128::from(number % PROGRAMMES))
}

/// The communes and provinces in turn.
fn territory(number: u64) -> Result<TerritoryId> {
    let all: Vec<_> = TerritoryId::all().collect();
    Ok(all[usize::try_from(number)? % all.len()])
}

fn month(number: u64) -> Result<Effective> {
    let number = i8::try_from(number % 12)?;
    Ok(Effective::Month(date(2021 + i16::from(number % 3), number + 1, 1)))
}

/// The actors and the programmes.
fn directory(tiwizi: &Tiwizi) -> Result<Vec<Submission>> {
    let mut submissions = Vec::new();
    for number in 0..ACTORS {
        let register = actor::Command::Register {
            name: Name::new(&format!("Association du douar {number}, exemple"))?,
            kind: actor::Kind::NationalAssociation,
            country: Country::MOROCCO,
            territory: Some(territory(number)?),
            identifiers: vec![],
            taken_by: None,
            homonym: false,
        };
        submissions.push(tiwizi.submission().step::<Actor>(actor(number), register));
    }
    for number in 0..PROGRAMMES {
        let create = programme::Command::Create {
            kind: programme::Kind::Project,
            title: Title::fr(&format!("Programme de développement {number}, exemple"))?,
            acronym: None,
            parent: None,
            period: Period { from: month(0)?, to: Effective::Year(date(2026, 1, 1)) },
            operator: Some(actor(number)),
            funders: vec![actor(number + 1)],
            partners: vec![],
            territories: vec![territory(number)?],
            budget: Some(Money::dirhams(2_000_000)),
        };
        submissions.push(tiwizi.submission().step::<Programme>(programme(number), create));
    }
    Ok(submissions)
}

/// One intervention and what belongs to it: 52 events of six aggregates, and those around it.
fn dossier(tiwizi: &Tiwizi, number: u64) -> Result<Vec<Submission>> {
    let intervention = InterventionId::from(Uuid::now_v7());
    let (lead, partner) = (actor(number), actor(number * 7 + 1));
    let document = DocumentId::from(Uuid::now_v7());
    let mut steps = documents(tiwizi, document, number)?;
    steps.extend(works(tiwizi, intervention, number)?);
    for turn in 0..3 {
        let (id, by) = (Uuid::now_v7().into(), actor(number * 3 + turn + 2));
        let to = if by == lead { partner } else { lead };
        for command in load::life(by, to, intervention, programme(number))? {
            steps.push(tiwizi.submission().step::<Commitment>(id, command));
        }
    }
    steps.extend(funding(tiwizi, intervention, document, number)?);
    steps.extend(institutions::around(tiwizi, intervention, territory(number)?, number)?);
    Ok(steps)
}

fn documents(tiwizi: &Tiwizi, id: DocumentId, number: u64) -> Result<Vec<Submission>> {
    let register = document::Command::Register {
        title: Title::fr(&format!("Procès-verbal {number}, exemple"))?,
        sha256: None,
        bytes: None,
        media_type: Some(Name::new("application/pdf")?),
        language: None,
        address: None,
        published: month(number)?,
    };
    let statement = Note::fr("Conforme à l'original, exemple")?;
    let attest = document::Command::Attest { by: actor(number), statement };
    Ok([register, attest].map(|it| tiwizi.submission().step::<Document>(id, it)).into())
}

fn works(tiwizi: &Tiwizi, id: InterventionId, number: u64) -> Result<Vec<Submission>> {
    use intervention::Command as C;
    let on = Effective::Day;
    let join = |actor, role| C::AddParticipant {
        participation: Uuid::now_v7().into(),
        actor,
        role,
        from: on(date(2021, 3, 1)),
        note: None,
    };
    let commands = [
        C::Propose {
            title: Title::fr(&format!("Aménagement du terrain de sport {number}, exemple"))?,
            summary: Some(Note::fr("Demandé par les jeunes du village, exemple")?),
            territories: vec![territory(number)?],
            programme: Some(programme(number)),
            groups: vec![],
            budget: Some(Money::dirhams(300_000)),
        },
        C::Adopt { by: actor(number), deliberation: None, on: on(date(2021, 2, 1)) },
        join(actor(number), Role::Lead),
        join(actor(number + 1), Role::Facilitator),
        C::StartPhase { phase: 1, title: None, on: on(date(2021, 4, 1)) },
        C::CompletePhase { phase: 1, on: on(date(2021, 9, 1)) },
        C::IntegrateInPlan {
            plan: None,
            title: Title::fr("Plan d'action communal, exemple")?,
            on: on(date(2021, 10, 1)),
        },
        C::Complete { on: on(date(2021, 11, 1)) },
        C::Commission { on: on(date(2021, 12, 1)) },
        C::RecordRecurringEvent {
            title: Title::fr("Tournoi de football, exemple")?,
            recurrence: Recurrence::Yearly,
            on: on(date(2022, 5, 1)),
        },
    ];
    Ok(commands.map(|it| tiwizi.submission().step::<Intervention>(id, it)).into())
}

fn funding(
    tiwizi: &Tiwizi,
    intervention: InterventionId,
    document: DocumentId,
    number: u64,
) -> Result<Vec<Submission>> {
    use funding_request::Command as C;
    let (id, (applicant, funder)) = (Uuid::now_v7().into(), (actor(number), actor(number + 1)));
    let (disbursement, expenditure) = (Uuid::now_v7().into(), Uuid::now_v7().into());
    let (amount, today) = (Money::dirhams(120_000), TODAY);
    let (on, until) = (Effective::Day(date(2023, 3, 1)), date(2023, 12, 31));
    let commands = [
        C::Submit {
            applicant,
            title: Title::fr(&format!("Demande de financement {number}, exemple"))?,
            call: None,
            programme: programme(number),
            envelope: None,
            intervention: Some(intervention),
            territories: vec![territory(number)?],
            asked: Some(amount),
            own_contribution: Some(Money::dirhams(10_000)),
            window: Window::NoCall,
            today,
        },
        C::CheckEligibility { by: funder, eligible: true, reason: None },
        C::GiveOpinion { by: funder, advice: Advice::Favourable, note: None, on },
        C::Grant { by: funder, amount, envelope: None, on },
        C::SignAgreement {
            agreement: Uuid::now_v7().into(),
            parties: vec![applicant, funder],
            amount,
            document: Some(document),
            on,
        },
        C::PlanDisbursement { disbursement, amount, due: until },
        C::RecordDisbursement {
            disbursement,
            funder: Some(funder),
            amount,
            exchange: None,
            on,
            today,
        },
        C::DeclareExpenditure {
            by: applicant,
            expenditure,
            amount,
            exchange: None,
            documents: vec![document],
            on,
            today,
        },
        C::ValidateExpenditure { by: funder, expenditure },
        C::Close { by: funder, on },
    ];
    Ok(commands.map(|it| tiwizi.submission().step::<FundingRequest>(id, it)).into())
}
