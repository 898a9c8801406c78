//! The demonstration ledger: what the commissioning documents and dated public facts say, told as
//! commands under a clock that walks from 2020 to 2025.
//!
//! Each fact is recorded as if somebody had entered it soon after it happened, and names the source
//! that it was later published in. Nothing is invented unless its title says « exemple ».
mod belfaa;
mod commitments;
mod councils;
mod directory;
mod funding;
mod governance;
mod knowledge;
mod mobility;
mod people;
mod plans;
mod programmes;
mod services;
mod sources;
mod sourcing;
mod themes;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context, Result};
use domain::aggregate::Decider;
use domain::effective::Effective;
use domain::genesis;
use domain::ids::{ActorId, CommandId, LedgerId, MandateId};
use domain::measure::Quantity;
use domain::money::{Currency, Money};
use domain::permission::{Needs, Power};
use domain::recorded::{CommandRef, Position, Provenance, Source};
use domain::territory::TerritoryId;
use domain::text::{Name, Note, Title};
use infra::ledger::{Clock, Ledger, Submission};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// Every id of the story is derived from its own short name, so that examples stay valid.
const NAMESPACE: Uuid = Uuid::from_u128(0x7469_7769_7a69_0000_8000_0000_6465_6d6f);

/// The id of the thing that the story calls `name`, such as `actor/commune-belfaa`.
pub fn id<I: From<Uuid>>(name: &str) -> I {
    Uuid::new_v5(&NAMESPACE, name.as_bytes()).into()
}

/// The header by which a request acts for the actor that the story calls `name`.
pub fn acting(name: &str) -> String {
    let actor = actor_id(name);
    format!("Tiwizi-Acting: actor={actor}; mandate={}", mandate_of(actor))
}

/// A clock that stands where it is put.
#[derive(Clone, Default)]
pub struct Simulated(Arc<AtomicI64>);

impl Simulated {
    /// The clock as a ledger reads it.
    pub fn clock(&self) -> Clock {
        let micros = self.0.clone();
        Arc::new(move || {
            Timestamp::from_microsecond(micros.load(Ordering::Relaxed)).unwrap_or_default()
        })
    }

    fn put(&self, at: Timestamp) {
        self.0.store(at.as_microsecond(), Ordering::Relaxed);
    }
}

/// Records the whole story in an empty ledger whose clock is `clock`.
pub async fn tell(
    ledger: &Ledger,
    clock: &Simulated,
    progress: impl Fn(usize, usize),
) -> Result<()> {
    let story = story();
    let total = story.len();
    let mut marks = Marks::new();
    for (told, number) in story.into_iter().zip(1_usize..) {
        // The minutes keep events of one day apart and in the order in which they are told.
        let minutes = i64::try_from(number)? % 600;
        let at = told.at.at(8, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC)?.timestamp();
        clock.put(at + jiff::SignedDuration::from_mins(minutes));
        let what = format!("event {number} of the story, told on {}", told.at);
        let mark = told.mark;
        let receipt = ledger.submit(told.submission(number, &marks)).await.context(what)?;
        marks.extend(mark.map(|mark| (mark, receipt.last)));
        progress(number, total);
    }
    Ok(())
}

/// Everything, in the order in which it was told.
fn story() -> Vec<Told> {
    let mut story = vec![genesis()];
    story.extend(directory::told());
    story.extend(sources::told());
    story.extend(programmes::told());
    story.extend(councils::told());
    story.extend(plans::told());
    story.extend(belfaa::told());
    story.extend(services::told());
    story.extend(people::told());
    story.extend(mobility::told());
    story.extend(themes::told());
    story.extend(funding::told());
    story.extend(governance::told());
    story.extend(commitments::told());
    story.extend(knowledge::told());
    story.extend(sourcing::told());
    story.sort_by_key(|told| told.at);
    story
}

fn genesis() -> Told {
    let ledger: LedgerId = id("ledger");
    let open = genesis::Command::Open {
        ledger,
        name: name("Tiwizi Souss-Massa (démonstration)"),
        origin: name("demo.tiwizi.example/souss-massa"),
        purpose: note(
            "Registre de démonstration. Son horloge a été simulée de 2020 à 2025 : chaque fait y est \
             inscrit comme si un partenaire l'avait saisi peu après, et cite la source qui l'a publié. \
             Rien n'y est inventé, sauf ce dont le titre dit « exemple ».",
        ),
        clock: genesis::Clock::Simulated,
    };
    let steps = move |it: Submission, _: &Marks| it.step::<genesis::Ledger>(ledger, open);
    Told { by: None, steps: Box::new(steps), ..Told::on("2020-01-06") }
}

/// Where the facts that the story comes back to were recorded.
type Marks = BTreeMap<&'static str, Position>;

type Steps = Box<dyn FnOnce(Submission, &Marks) -> Submission + Send>;

/// One command of the story: when it was recorded, when it was true, who said so and from where.
struct Told {
    at: Date,
    effective: Option<Effective>,
    by: Option<ActorId>,
    source: Option<&'static str>,
    /// By which name the story comes back to it.
    mark: Option<&'static str>,
    /// The mark of what it corrects or annuls.
    corrects: Option<&'static str>,
    /// What whoever tells it must be allowed to do.
    needs: Vec<Power>,
    steps: Steps,
}

impl Told {
    /// Recorded on `day`, by the Region unless somebody else is named.
    fn on(day: &str) -> Self {
        Self {
            at: date(day),
            effective: None,
            by: Some(id("actor/region-souss-massa")),
            source: None,
            mark: None,
            corrects: None,
            needs: Vec::new(),
            steps: Box::new(|submission, _| submission),
        }
    }

    fn effective(mut self, when: &str) -> Self {
        self.effective = Some(effective(when));
        self
    }

    fn by(mut self, actor: &str) -> Self {
        self.by = Some(actor_id(actor));
        self
    }

    fn source(mut self, reference: &'static str) -> Self {
        self.source = Some(reference);
        self
    }

    fn mark(mut self, mark: &'static str) -> Self {
        self.mark = Some(mark);
        self
    }

    fn corrects(mut self, mark: &'static str) -> Self {
        self.corrects = Some(mark);
        self
    }

    fn step<A: Decider>(self, id: A::Id, command: A::Command) -> Self
    where
        A::Id: 'static,
        A::Command: Needs + Clone + serde::Serialize + Send + Sync + 'static,
    {
        let needed = command.needs();
        self.step_at::<A>(id, needed, |_| command)
    }

    /// The same, where the command names the place of an event told before.
    fn step_at<A: Decider>(
        mut self,
        id: A::Id,
        needed: Power,
        command: impl FnOnce(&Marks) -> A::Command + Send + 'static,
    ) -> Self
    where
        A::Id: 'static,
        A::Command: Clone + serde::Serialize + Send + Sync + 'static,
    {
        let before = self.steps;
        self.needs.push(needed);
        self.steps = Box::new(move |submission, marks| {
            before(submission, marks).step::<A>(id, command(marks))
        });
        self
    }

    fn submission(self, number: usize, marks: &Marks) -> Submission {
        let provenance = Provenance {
            effective: self.effective.unwrap_or(Effective::Day(self.at)),
            actor: self.by,
            mandate: self.by.map(mandate_of),
            user: None,
            command: CommandRef {
                id: id::<CommandId>(&format!("command/{number}")),
                digest: [0; 16],
            },
            cause: None,
            source: self.source.map(|reference| Source {
                reference: name(reference),
                document: sources::document(reference, self.at),
                locator: None,
            }),
            corrects: self.corrects.map(|mark| marks[mark]),
        };
        (self.steps)(Submission::new(provenance), marks)
    }
}

/// One aggregate of the story, and the source that tells of it.
struct Thing<A: Decider> {
    id: A::Id,
    source: &'static str,
}

impl<A: Decider> Thing<A>
where
    A::Id: 'static,
    A::Command: Needs + Clone + serde::Serialize + Send + Sync + 'static,
{
    /// What the story calls `name`.
    fn of(name: &str, source: &'static str) -> Self {
        Self { id: id(name), source }
    }

    /// Recorded on `at`, true at `when`.
    fn tell(&self, at: &str, when: &str, command: A::Command) -> Told {
        Told::on(at).effective(when).source(self.source).step::<A>(self.id, command)
    }
}

/// The one mandate that each actor of the story acts by.
fn mandate_of(actor: ActorId) -> MandateId {
    id(&format!("mandate/{actor}"))
}

fn actor_id(name: &str) -> ActorId {
    id(&format!("actor/{name}"))
}

fn actors<const N: usize>(names: [&str; N]) -> Vec<ActorId> {
    names.map(actor_id).to_vec()
}

fn territory(slug: &str) -> TerritoryId {
    slug.parse().expect("a territory of the story")
}

fn date(text: &str) -> Date {
    text.parse().expect("a day of the story")
}

fn effective(text: &str) -> Effective {
    text.parse().expect("a date of the story")
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name of the story")
}

fn title(french: &str) -> Title {
    Title::fr(french).expect("a title of the story")
}

fn note(french: &str) -> Note {
    Note::fr(french).expect("a note of the story")
}

fn quantity(value: i64) -> Quantity {
    Quantity::new(value).expect("a quantity of the story")
}

fn euros(whole: i64) -> Money {
    Money::new(whole * 100, Currency::Eur).expect("an amount of the story")
}

fn dirhams(whole: i32) -> Money {
    Money::dirhams(whole)
}

#[cfg(test)]
mod tests {
    use infra::ledger::Place;

    use super::*;

    #[test]
    fn nobody_in_the_story_does_what_his_mandate_does_not_let_him_do() {
        let powers = directory::powers();
        for told in story() {
            let Some(by) = told.by else { continue };
            let (since, powers) = &powers[&by];
            assert!(*since <= told.at, "{by} has no mandate yet on {}", told.at);
            for needed in told.needs {
                assert!(powers.contains(&needed), "{by} lacks {needed:?} on {}", told.at);
            }
        }
    }

    #[tokio::test]
    async fn every_rule_takes_the_story_and_telling_it_again_changes_nothing() {
        let directory = tempfile::tempdir().expect("a directory");
        let place = Place::Directory(directory.path().to_owned());
        let clock = Simulated::default();
        let ledger = Ledger::open(&place, clock.clock()).await.expect("it opens");
        tell(&ledger, &clock, |_, _| ()).await.expect("it is told");
        let head = ledger.head();
        assert_eq!(head.recorded_at.to_string()[..10], *"2025-07-28");
        tell(&ledger, &clock, |_, _| ()).await.expect("it is told again");
        assert_eq!(ledger.head(), head);
    }
}
