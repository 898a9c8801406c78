//! How each concern is found.
use domain::intervention::Role;
use domain::recorded::Position;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Concern, Issue, STALE_DAYS, begun_on, day_after, days_between, recorded_on};
use crate::commitments::{Answer, Commitment, Lateness};
use crate::interventions::{Intervention, Stage};
use crate::mobility::{MapStage, VERIFIED_DAYS_MAX};
use crate::programmes::{Flag, Programme, Verdict};
use crate::{Models, Stamp, capitalisation, commitments, funding};

/// Puts what is of the sort `concern` on `day` into `found`.
pub(super) fn find(models: &Models, concern: Concern, day: Date, found: &mut Vec<Issue>) {
    match concern {
        Concern::SourcesDisagree => found.extend(disagreements(models)),
        Concern::PastItsEnd => {
            found.extend(flagged(models, Flag::RunningPastItsEnd, concern, day));
            found.extend(interventions(models, day).filter_map(|it| past_its_end(models, it, day)));
        }
        Concern::AmountMissing => {
            found.extend(flagged(models, Flag::BudgetNotDeclared, concern, day));
            found.extend(interventions(models, day).filter_map(without_budget));
            found.extend(models.funding.requests().filter_map(|it| without_sum(it)));
        }
        Concern::DatesOutsideParent => {
            found.extend(flagged(models, Flag::DatesWiderThanParent, concern, day));
        }
        Concern::CommitmentStale => {
            found.extend(models.commitments.late(day).filter_map(|it| stale(it, day)));
        }
        Concern::LeadMissing => {
            found.extend(interventions(models, day).filter_map(|it| without_lead(it, day)));
        }
        Concern::ReportOverdue => found.extend(overdue(models, day)),
        Concern::ConsentWithdrawn => found.extend(without_consent(models, day)),
        Concern::OpportunityStale => found.extend(unchecked(models, day)),
    }
}

fn disagreements(models: &Models) -> impl Iterator<Item = Issue> {
    models.disagreements().into_iter().filter(|it| it.open).map(|it| {
        let since = Some(recorded_on(&it.since));
        let issue = Issue::new(Concern::SourcesDisagree, it.subject, since);
        let issue = issue.behind(it.claims.iter().map(|claim| claim.stamp.position));
        Issue { topic: Some(it.topic), part: it.key(), ..issue }
    })
}

/// The programmes that `flag` is true of.
fn flagged(
    models: &Models,
    flag: Flag,
    concern: Concern,
    day: Date,
) -> impl Iterator<Item = Issue> + '_ {
    let begun = models.programmes.iter().filter(move |it| it.stage_on(day).is_some());
    let flagged = begun.filter(move |it| models.programmes.flags(it, day).contains(&flag));
    flagged.map(move |it| {
        let since = match flag {
            Flag::RunningPastItsEnd => day_after(it.period.to),
            _ => Some(begun_on(&it.created)),
        };
        let parent = it.parent.filter(|_| flag == Flag::DatesWiderThanParent);
        let parent = parent.and_then(|id| models.programmes.get(id));
        let steps = it.steps.iter().map(|step| step.stamp.position);
        let issue = Issue::new(concern, it.id, since).behind(dated(it));
        let issue = issue.behind(parent.into_iter().flat_map(|it| dated(it)));
        if flag == Flag::RunningPastItsEnd { issue.behind(steps) } else { issue }
    })
}

/// The events that say from when to when a programme runs, and what it costs.
fn dated(programme: &Programme) -> impl Iterator<Item = Position> + '_ {
    let created = std::iter::once(programme.created.position);
    created.chain(programme.extensions.iter().map(|it| it.stamp.position))
}

/// The interventions that had begun by `day`.
fn interventions(models: &Models, day: Date) -> impl Iterator<Item = &Intervention> {
    models.interventions.iter().map(AsRef::as_ref).filter(move |it| it.stage_on(day).is_some())
}

/// Started, and its programme is over.
fn past_its_end(models: &Models, it: &Intervention, day: Date) -> Option<Issue> {
    let programme = models.programmes.get(it.programme?)?;
    let runs = matches!(it.stage_on(day), Some(Stage::Started | Stage::Suspended));
    let since = day_after(programme.period.to).filter(|since| runs && *since <= day)?;
    let steps = it.steps.iter().map(|step| step.stamp.position);
    Some(Issue::new(Concern::PastItsEnd, it.id, Some(since)).behind(steps).behind(dated(programme)))
}

fn without_budget(it: &Intervention) -> Option<Issue> {
    let missing = it.budget.is_none() && it.stage != Stage::Abandoned;
    missing.then(|| undeclared(it.id, &it.proposed))
}

fn without_sum(it: &funding::Request) -> Option<Issue> {
    let ended = matches!(it.stage, funding::Stage::Ineligible | funding::Stage::Refused);
    (it.asked.is_none() && !ended).then(|| undeclared(it.id, &it.submitted))
}

fn undeclared(subject: impl Into<crate::Subject>, said: &Stamp) -> Issue {
    let since = Some(begun_on(said));
    Issue::new(Concern::AmountMissing, subject, since).behind([said.position])
}

/// Late, and silent for [`STALE_DAYS`].
fn stale(it: &Commitment, day: Date) -> Option<Issue> {
    let Lateness::Late { due, .. } = it.lateness(day) else { return None };
    let last = last_said(it);
    let silent = recorded_on(&last).max(due);
    let stale = days_between(silent, day) >= STALE_DAYS;
    let events = [it.offered.position, last.position];
    stale.then(|| Issue::new(Concern::CommitmentStale, it.id, Some(silent)).behind(events))
}

/// The last that was recorded of a commitment.
fn last_said(it: &Commitment) -> Stamp {
    let steps = it.steps.iter().map(|it| it.stamp);
    let moved = it.milestones.iter().flat_map(|it| it.reschedulings.iter().map(|it| it.stamp));
    let shown = it.evidence.iter().flat_map(|it| [Some(it.submitted), answered(it)]).flatten();
    let all = steps.chain(moved).chain(shown);
    all.max_by_key(|stamp| stamp.position).unwrap_or(it.offered)
}

fn answered(it: &commitments::Evidence) -> Option<Stamp> {
    match it.answer {
        Answer::Waiting => None,
        Answer::Confirmed { stamp, .. } | Answer::Rejected { stamp, .. } => Some(stamp),
    }
}

/// Adopted and not over, and nobody leads it on `day`.
fn without_lead(it: &Intervention, day: Date) -> Option<Issue> {
    let over = [Stage::Idea, Stage::Closed, Stage::Abandoned];
    let runs = it.stage_on(day).is_some_and(|stage| !over.contains(&stage));
    if !runs || it.leads_on(day).next().is_some() {
        return None;
    }
    let leads = it.participations.iter().filter(|it| it.role == Role::Lead);
    let ended = leads.filter_map(|it| Some((day_after(it.to?)?, it.ended?.position)));
    let last = ended.filter(|(after, _)| *after <= day).max();
    let since = last.map_or_else(|| begun_on(&it.proposed), |(after, _)| after);
    let event = last.map_or(it.proposed.position, |(_, position)| position);
    Some(Issue::new(Concern::LeadMissing, it.id, Some(since)).behind([event]))
}

/// The indicators whose target was due, and of which nothing was reported.
fn overdue(models: &Models, day: Date) -> impl Iterator<Item = Issue> + '_ {
    let results = models.programmes.iter().flat_map(|it| &it.results);
    let all = results.flat_map(|it| &it.indicators);
    all.filter_map(move |id| {
        let indicator = models.programmes.indicator(*id)?;
        let overdue = models.programmes.verdict(indicator, day) == Verdict::Overdue;
        let since = indicator.target().map(|it| it.due).and_then(day_after);
        let targets = indicator.targets.iter().map(|it| it.stamp.position);
        let issue = Issue::new(Concern::ReportOverdue, indicator.id, since);
        overdue.then(|| issue.behind(targets))
    })
}

/// The published items that show people who agree no more.
fn without_consent(models: &Models, day: Date) -> impl Iterator<Item = Issue> + '_ {
    let all = models.capitalisation.iter();
    let published = all.filter(|it| it.stage == capitalisation::Stage::Published);
    published.filter_map(move |item| {
        let documents = item.without_consent(&models.documents);
        let withdrawn: Vec<Stamp> = documents
            .filter_map(|id| models.documents.get(id)?.consent_withdrawn.as_ref())
            .map(|(stamp, _)| *stamp)
            .filter(|stamp| !stamp.effective.is_certainly_after(day))
            .collect();
        let first = withdrawn.iter().map(begun_on).min()?;
        let steps = item.steps.iter().map(|it| it.stamp.position);
        let issue = Issue::new(Concern::ConsentWithdrawn, item.id, Some(first));
        Some(issue.behind(withdrawn.iter().map(|it| it.position)).behind(steps))
    })
}

/// The ways of published maps that can still be taken and that nobody has checked for too long.
fn unchecked(models: &Models, day: Date) -> impl Iterator<Item = Issue> + '_ {
    let published = models.mobility.maps.iter().filter(|it| it.stage == MapStage::Published);
    published.flat_map(move |map| {
        let stale = map.opportunities.iter();
        let stale = stale.filter(move |it| it.is_open_on(day) && it.is_stale_on(day));
        stale.map(move |it| {
            let last = it.verified_by(day);
            let since = last.and_then(|it| it.on.checked_add((VERIFIED_DAYS_MAX + 1).days()).ok());
            let events = last.map_or(it.added.position, |it| it.stamp.position);
            let issue = Issue::new(Concern::OpportunityStale, map.id, since).behind([events]);
            Issue { part: it.id.to_string(), ..issue }
        })
    })
}
