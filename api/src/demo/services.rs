//! Belfaâ's office that receives and orients migrants: its decision, its partners, its counts.
use domain::effective::Effective;
use domain::ids::ReferralId;
use domain::population::PopulationGroup::ThirdCountryNationals;
use domain::service_unit::PartnerKind::{Association, HealthCentre, ProvincialHospital};
use domain::service_unit::Service::{self, Care, Information, Rights};
use domain::service_unit::{Command, Count, PartnerKind, ServiceUnit};

use super::belfaa::intervention;
use super::sources::{CAPSULE, CONVENTION};
use super::{Thing, Told, actor_id, date, effective, id, note, quantity, territory, title};

pub(super) fn told() -> Vec<Told> {
    let mut told = decided();
    told.extend(example_activity());
    told
}

fn unit(source: &'static str) -> Thing<ServiceUnit> {
    Thing::of("service-unit/baom-belfaa", source)
}

fn decided() -> Vec<Told> {
    let (convention, capsule) = (unit(CONVENTION), unit(CAPSULE));
    let decide = Command::Decide {
        by: actor_id("commune-belfaa"),
        title: title("Bureau d'accueil et d'orientation des migrants (BAOM)"),
        territory: territory("commune-belfaa"),
        services: vec![Rights, Care, Information],
        groups: vec![ThirdCountryNationals],
        intervention: Some(intervention("baom-belfaa")),
        deliberation: None,
        on: effective("2022-06"),
    };
    let agree = |partner: &str, kind: PartnerKind, services: &[Service]| Command::AgreeReferral {
        referral: id::<ReferralId>(&format!("referral/{partner}")),
        partner: actor_id(partner),
        kind,
        services: services.to_vec(),
        document: None,
        on: Effective::Unknown,
    };
    let tell = |command| capsule.tell("2023-01-10", "unknown", command).by("commune-belfaa");
    vec![
        convention.tell("2022-06-30", "2022-06", decide).by("commune-belfaa").mark("baom"),
        tell(Command::Open { on: Effective::Unknown }),
        tell(agree("centres-sante-belfaa", HealthCentre, &[Care])),
        tell(agree("hopital-provincial", ProvincialHospital, &[Care])),
        tell(agree("associations-baom", Association, &[Rights, Information])),
    ]
}

/// No source counts its visits: two months are an example, and the second is counted again.
fn example_activity() -> Vec<Told> {
    let unit = unit("Exemple : relevé mensuel de démonstration");
    let tell = |at: &str, when: &str, command| unit.tell(at, when, command).by("commune-belfaa");
    let count = |service, received, referred: Option<i64>| Count {
        service,
        received: quantity(received),
        referred: referred.map(quantity),
    };
    let month = |month: &str, counts: Vec<Count>, today: &str| Command::ReportActivity {
        by: actor_id("commune-belfaa"),
        month: effective(month),
        counts,
        today: date(today),
    };
    let january =
        vec![count(Rights, 18, Some(6)), count(Care, 23, Some(15)), count(Information, 41, None)];
    let february =
        vec![count(Rights, 21, Some(8)), count(Care, 72, Some(19)), count(Information, 37, None)];
    let again =
        vec![count(Rights, 21, Some(8)), count(Care, 27, Some(19)), count(Information, 37, None)];
    let correct = Command::CorrectActivity {
        by: actor_id("commune-belfaa"),
        month: effective("2025-02"),
        counts: again,
        reason: note("Exemple : deux chiffres inversés à la saisie."),
    };
    vec![
        tell("2025-02-03", "2025-01", month("2025-01", january, "2025-02-03")),
        tell("2025-03-03", "2025-02", month("2025-02", february, "2025-03-03"))
            .mark("exemple/fevrier"),
        tell("2025-03-10", "2025-02", correct).corrects("exemple/fevrier"),
    ]
}
