//! Where operations are executed: on threads that nothing else waits for, unless they are quick.
//!
//! A question goes through the models without ever waiting, so a timer of the same thread would not
//! come to its turn before the answer. On a thread of its own it may take as long as it likes: the
//! caller is told in time, and the other callers notice nothing. But to wake that thread, and then the one
//! that has the connection, takes as long as a small answer itself.
use std::future::Future;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout_at;

use crate::graphql::deadline::Deadline;
use crate::graphql::fault::Fault;

/// How long an operation may take.
pub const TIME_MAX: Duration = Duration::from_secs(5);
/// How many operations are executed at once; the next ones wait. Tokio has 512 threads for what may
/// block, and the stores need some.
const AT_ONCE_MAX: usize = 256;

/// The room for operations. Clones share it.
#[derive(Clone)]
pub struct Executor {
    room: Arc<Semaphore>,
}

impl Default for Executor {
    fn default() -> Self {
        Self { room: Arc::new(Semaphore::new(AT_ONCE_MAX)) }
    }
}

impl Executor {
    /// What `execution` gives, which is told its deadline and executed on the caller's own thread:
    /// [`Fault::TimedOut`] where it waits, or looks at its deadline, after `limit`, and
    /// [`Fault::RateLimited`] where it had no place until then.
    pub async fn here<T, F>(
        &self,
        limit: Duration,
        execution: impl FnOnce(Deadline) -> F,
    ) -> Result<T, Fault>
    where
        F: Future<Output = T>,
    {
        let until = Instant::now() + limit;
        let _place = self.place(until).await?;
        let done = timeout_at(until.into(), execution(Deadline(until))).await;
        done.map_err(|_| Fault::TimedOut)
    }

    /// What `execution` gives, which is told its deadline; [`Fault::TimedOut`] after `limit`, and
    /// [`Fault::RateLimited`] where it had no place until then.
    pub async fn apart<T, F>(
        &self,
        limit: Duration,
        execution: impl FnOnce(Deadline) -> F,
    ) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let until = Instant::now() + limit;
        let place = self.place(until).await?;
        let (here, execution) = (Handle::current(), execution(Deadline(until)));
        let work = spawn_blocking(move || {
            let done = here.block_on(timeout_at(until.into(), execution));
            drop(place);
            done
        });
        match timeout_at(until.into(), work).await {
            Ok(Ok(Ok(done))) => Ok(done),
            Ok(Err(failed)) if failed.is_panic() => resume_unwind(failed.into_panic()),
            _ => Err(Fault::TimedOut),
        }
    }

    async fn place(&self, until: Instant) -> Result<OwnedSemaphorePermit, Fault> {
        let place = timeout_at(until.into(), Arc::clone(&self.room).acquire_owned()).await;
        place.ok().and_then(Result::ok).ok_or(Fault::RateLimited)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    const SHORT: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn what_is_quick_stays_on_its_thread() {
        let thread = |_: Deadline| async { std::thread::current().id() };
        let here = Executor::default().here(TIME_MAX, thread).await;
        let apart = Executor::default().apart(TIME_MAX, thread).await;
        let own = std::thread::current().id();
        assert!(here.is_ok_and(|it| it == own) && apart.is_ok_and(|it| it != own));
        let given_up = Executor::default().here(SHORT, |_| std::future::pending::<()>()).await;
        assert!(matches!(given_up, Err(Fault::TimedOut)), "{given_up:?}");
    }

    #[tokio::test]
    async fn what_waits_for_ever_is_given_up() {
        let given_up = Executor::default().apart(SHORT, |_| std::future::pending::<()>()).await;
        assert!(matches!(given_up, Err(Fault::TimedOut)), "{given_up:?}");
        let kept = Executor::default().apart(TIME_MAX, |_| async { 1 }).await;
        assert!(matches!(kept, Ok(1)), "{kept:?}");
    }

    /// It goes round until its answer has been given up: where the two shared a thread, for ever.
    #[tokio::test]
    async fn what_never_lets_go_of_its_thread_is_given_up_too() {
        let over = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&over);
        let stubborn = async move {
            while !seen.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
        };
        let given_up = Executor::default().apart(SHORT, |_| stubborn).await;
        assert!(matches!(given_up, Err(Fault::TimedOut)), "{given_up:?}");
        over.store(true, Ordering::Relaxed);
    }

    #[tokio::test]
    async fn where_no_place_is_left_the_caller_is_sent_away_in_time() {
        let executor = Executor { room: Arc::new(Semaphore::new(1)) };
        let place = Arc::clone(&executor.room).acquire_owned().await.expect("a place");
        let sent_away = executor.apart(SHORT, |_| async {}).await;
        assert!(matches!(sent_away, Err(Fault::RateLimited)), "{sent_away:?}");
        let quick = executor.here(SHORT, |_| async {}).await;
        assert!(matches!(quick, Err(Fault::RateLimited)), "{quick:?}");
        drop(place);
        assert!(executor.apart(TIME_MAX, |_| async {}).await.is_ok());
    }

    #[tokio::test]
    async fn a_panic_goes_on_to_whoever_asked() {
        let task = tokio::spawn(async {
            Executor::default().apart(TIME_MAX, |_| async { panic!("a defect") }).await
        });
        assert!(task.await.is_err_and(|it: tokio::task::JoinError| it.is_panic()));
    }
}
