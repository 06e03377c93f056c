//! A dear computation on a worker. Its last result stays until the next is there.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, OnceLock,
        mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel},
    },
    thread,
    time::{Duration, Instant},
};

use super::Wake;
use crate::analysis::{
    Undefined,
    course::{Course, Progress},
};

/// What a computation ends with: its result, nothing when it was stopped, or why there is no result.
pub(super) type Outcome<T> = Result<Option<T>, Undefined>;

/// A computation that goes on longer than this when something else is asked for is stopped; a shorter one finishes, so
/// that a drag shows progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often who waits for a computation looks whether it is still wanted.
const LOOK: Duration = Duration::from_millis(20);

/// Why there is no result of a computation that panicked.
const BROKE_OFF: Undefined = Undefined("the run broke off");

/// One computation at a time, told apart by `K`: all that its result `T` depends on. While it goes on it may show what it
/// has so far, an `S`.
pub(super) struct Job<K, T, S = ()> {
    wake: Wake,
    latest: Option<(K, Result<T, Undefined>)>,
    so_far: Option<S>,
    running: Option<Running<K, T, S>>,
    /// What was asked for when somebody pressed Stop; it is not begun again.
    stopped: Option<K>,
}

struct Running<K, T, S> {
    key: K,
    since: Instant,
    course: Arc<Course>,
    messages: Receiver<Message<T, S>>,
}

enum Message<T, S> {
    SoFar(S),
    End(Outcome<T>),
}

/// A dear figure as it stands: the newest result, which may belong to an earlier state of the workspace.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a, T, S = ()> {
    /// `None` until the first result has come.
    pub result: Option<Result<&'a T, Undefined>>,
    /// Whether the result belongs to an earlier state and a new one is on its way.
    pub is_updating: bool,
    /// Whether the run for what is asked was stopped by the user: the result, if any, belongs to an earlier state.
    pub was_stopped: bool,
    /// How far the run under way is; `None` when none is.
    pub progress: Option<Progress>,
    /// What the run under way has so far.
    pub so_far: Option<&'a S>,
}

impl<'a, T, S> Answer<'a, T, S> {
    /// The newest result, if there is one and it is a figure.
    #[must_use]
    pub fn known(&self) -> Option<&'a T> {
        self.result.and_then(Result::ok)
    }

    /// The same with another result, or none.
    pub(super) fn with<U>(&self, result: Option<Result<&'a U, Undefined>>) -> Answer<'a, U, S> {
        let &Answer { is_updating, was_stopped, progress, so_far, .. } = self;
        Answer { result, is_updating, was_stopped, progress, so_far }
    }
}

impl<K: Clone + PartialEq, T: Send + 'static, S: Send + 'static> Job<K, T, S> {
    /// A job that has not been asked for anything. `wake` is called when there is something new to show.
    pub(super) fn new(wake: Wake) -> Self {
        Self { wake, latest: None, so_far: None, running: None, stopped: None }
    }

    /// The newest result with how it stands to what is asked for now.
    pub(super) fn answer(&self, key: &K) -> Answer<'_, T, S> {
        let was_stopped = self.stopped.as_ref() == Some(key);
        Answer {
            result: self.latest.as_ref().map(|(_, result)| result.as_ref().map_err(|&reason| reason)),
            is_updating: !was_stopped && !self.holds(key),
            was_stopped,
            progress: self.running.as_ref().map(|running| running.course.progress()),
            so_far: self.so_far.as_ref().filter(|_| self.running.as_ref().is_some_and(|run| run.key == *key)),
        }
    }

    /// What the newest result belongs to.
    pub(super) fn held(&self) -> Option<&K> {
        self.latest.as_ref().map(|(key, _)| key)
    }

    /// Asks for the result of `key`; ask again, each frame, for as long as it is wanted. A short run for something else is
    /// let finish and a long one stopped, and this one begins when next asked for. One that the user stopped, or whose
    /// result is there, does not begin.
    ///
    /// `work` gets the course to tell how far it is and a function to show what it has so far.
    pub(super) fn ask(
        &mut self,
        key: &K,
        work: impl FnOnce(&Course, &mut dyn FnMut(S)) -> Outcome<T> + Send + 'static,
    ) {
        match &self.running {
            Some(running) if running.key == *key => {}
            Some(running) if running.since.elapsed() > PATIENCE => running.course.stop(),
            Some(_) => {}
            None if self.holds(key) || self.stopped.as_ref() == Some(key) => {}
            None => self.start(key.clone(), work),
        }
    }

    /// Takes in what the worker has sent.
    pub(super) fn poll(&mut self) {
        while let Some(running) = &self.running {
            match running.messages.try_recv() {
                Ok(message) => self.take(message),
                Err(TryRecvError::Disconnected) => self.take(Message::End(Err(BROKE_OFF))),
                Err(TryRecvError::Empty) => return,
            }
        }
    }

    /// Waits for the run under way; for commands and tests, never in a frame.
    pub(super) fn finish(&mut self) {
        self.finish_on(&Course::default());
    }

    /// Waits for the run under way, for as long as the course goes on, which is told how far the run is. Says whether it
    /// came to its end.
    pub(super) fn finish_on(&mut self, course: &Course) -> bool {
        let mut told = Progress::default();
        while let Some(running) = &self.running {
            let reached = running.course.progress();
            course.will_take(reached.asked.saturating_sub(told.asked));
            course.advance(reached.done.saturating_sub(told.done));
            told = reached;
            match running.messages.recv_timeout(LOOK) {
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Disconnected) => self.take(Message::End(Err(BROKE_OFF))),
                Err(RecvTimeoutError::Timeout) if course.is_stopped() => {
                    running.course.stop();
                    return false;
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
        !course.is_stopped()
    }

    /// Stops the run under way for good: it begins again only when something else is asked for, or [`Job::resume`].
    pub(super) fn stop(&mut self) {
        if let Some(running) = &self.running {
            running.course.stop();
            self.stopped = Some(running.key.clone());
        }
    }

    /// Lets what was stopped begin again.
    pub(super) fn resume(&mut self) {
        self.stopped = None;
    }

    fn holds(&self, key: &K) -> bool {
        self.latest.as_ref().is_some_and(|(of, _)| of == key)
    }

    fn take(&mut self, message: Message<T, S>) {
        match message {
            Message::SoFar(so_far) => self.so_far = Some(so_far),
            Message::End(outcome) => {
                self.so_far = None;
                let Some(running) = self.running.take() else { return };
                if let Some(result) = outcome.transpose() {
                    self.latest = Some((running.key, result));
                    self.stopped = None;
                }
            }
        }
    }

    fn start(
        &mut self,
        key: K,
        work: impl FnOnce(&Course, &mut dyn FnMut(S)) -> Outcome<T> + Send + 'static,
    ) {
        let (sender, messages) = channel();
        let course = Arc::new(Course::default());
        let (of_worker, wake) = (Arc::clone(&course), Arc::clone(&self.wake));
        thread::spawn(move || {
            // The session may have been closed meanwhile; then nobody wants what is sent.
            let mut show = |so_far| {
                let _ = sender.send(Message::SoFar(so_far));
                wake();
            };
            // A panic in a worker must become a reason, not a window that waits for ever.
            let outcome = catch_unwind(AssertUnwindSafe(|| on_pool(&of_worker, &mut show, work)))
                .unwrap_or(Err(BROKE_OFF));
            let _ = sender.send(Message::End(outcome));
            wake();
        });
        self.stopped = None;
        self.running = Some(Running { key, since: Instant::now(), course, messages });
    }
}

/// Calls `work`, whose parallel iterators then run on [`beside_the_window`].
fn on_pool<T: Send, S: Send>(
    course: &Course,
    show: &mut (dyn FnMut(S) + Send),
    work: impl FnOnce(&Course, &mut dyn FnMut(S)) -> Outcome<T> + Send,
) -> Outcome<T> {
    match beside_the_window() {
        Some(pool) => pool.install(|| work(course, &mut |so_far| show(so_far))),
        None => work(course, &mut |so_far| show(so_far)),
    }
}

/// Threads for the draws that leave one core to the window, so that a drag stays smooth while they run; `None` where the
/// system gives no threads, and the draws then share those of everybody.
fn beside_the_window() -> Option<&'static rayon::ThreadPool> {
    static POOL: OnceLock<Option<rayon::ThreadPool>> = OnceLock::new();
    POOL.get_or_init(|| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        rayon::ThreadPoolBuilder::new().num_threads(cores.saturating_sub(1).max(1)).build().ok()
    })
    .as_ref()
}

impl<K, T, S> Drop for Job<K, T, S> {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.course.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Doubling = Job<u32, u32, u32>;

    fn job() -> Doubling {
        Job::new(Arc::new(|| ()))
    }

    fn double(job: &mut Doubling, key: u32) {
        job.ask(&key, move |course, show| {
            course.will_take(2);
            show(key);
            course.advance(2);
            Ok(Some(key * 2))
        });
    }

    #[test]
    fn a_result_stays_while_the_next_is_on_its_way() {
        let mut job = job();
        assert!(job.answer(&1).result.is_none() && job.answer(&1).is_updating);
        double(&mut job, 1);
        job.finish();
        assert_eq!((job.answer(&1).known(), job.answer(&1).is_updating), (Some(&2), false));
        double(&mut job, 5);
        assert_eq!((job.answer(&5).known(), job.answer(&5).is_updating), (Some(&2), true));
        assert!(job.answer(&5).progress.is_some());
        job.finish();
        assert_eq!((job.answer(&5).known(), job.answer(&5).progress), (Some(&10), None));
    }

    #[test]
    fn what_is_asked_for_meanwhile_begins_when_asked_again() {
        let mut job = job();
        double(&mut job, 1);
        double(&mut job, 2);
        job.finish();
        assert_eq!((job.answer(&2).known(), job.answer(&2).is_updating), (Some(&2), true));
        double(&mut job, 2);
        job.finish();
        assert_eq!(job.answer(&2).known(), Some(&4));
    }

    #[test]
    fn a_panic_becomes_a_reason() {
        let mut job = job();
        job.ask(&1, |_, _| std::panic::resume_unwind(Box::new("broken")));
        job.finish();
        assert_eq!(job.answer(&1).result, Some(Err(BROKE_OFF)));
        assert!(!job.answer(&1).is_updating);
    }

    fn until_stopped(job: &mut Doubling, key: u32) {
        job.ask(&key, |course, _| {
            while !course.is_stopped() {
                thread::yield_now();
            }
            Ok(None)
        });
    }

    #[test]
    fn what_was_stopped_stays_stopped_until_it_is_let_begin_again_or_something_else_is_asked_for() {
        let mut job = job();
        until_stopped(&mut job, 1);
        job.stop();
        job.finish();
        assert!(job.answer(&1).was_stopped && !job.answer(&1).is_updating);
        double(&mut job, 1);
        assert!(job.answer(&1).progress.is_none());
        job.resume();
        double(&mut job, 1);
        job.finish();
        assert_eq!(job.answer(&1).known(), Some(&2));
        until_stopped(&mut job, 3);
        job.stop();
        job.finish();
        double(&mut job, 4);
        job.finish();
        assert_eq!((job.answer(&4).known(), job.answer(&4).was_stopped), (Some(&8), false));
    }

    #[test]
    fn what_it_has_so_far_is_shown_until_the_end() {
        let mut job = job();
        job.ask(&1, |course, show| {
            show(7);
            while !course.is_stopped() {
                thread::yield_now();
            }
            Ok(Some(1))
        });
        while job.answer(&1).so_far != Some(&7) {
            job.poll();
            thread::yield_now();
        }
        job.stop();
        job.finish();
        assert_eq!((job.answer(&1).so_far, job.answer(&1).known()), (None, Some(&1)));
    }
}
