//! The dear analysis: a robustness run on a worker. Its last result stays until the next is there.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, TryRecvError, channel},
    },
    thread,
};

use super::Wake;
use crate::{
    analysis::{
        Undefined,
        balance::robustness::{Draws, Robustness, run},
    },
    model::Workspace,
};

type Outcome = Result<Option<Robustness>, Undefined>;

/// Runs longer than this are stopped when the workspace changes; shorter ones finish, so that a drag shows progress.
const LONG_RUN: u32 = 50_000;

pub(super) struct Dear {
    wake: Wake,
    latest: Option<(u64, Result<Robustness, Undefined>)>,
    running: Option<Running>,
}

struct Running {
    revision: u64,
    iterations: u32,
    cancelled: Arc<AtomicBool>,
    result: Receiver<Outcome>,
}

impl Dear {
    pub(super) fn new(wake: Wake) -> Self {
        Self { wake, latest: None, running: None }
    }

    pub(super) fn latest(&self) -> Option<Result<&Robustness, Undefined>> {
        self.latest.as_ref().map(|(_, result)| result.as_ref().map_err(|&reason| reason))
    }

    pub(super) fn is_updating(&self, revision: u64) -> bool {
        self.latest.as_ref().is_none_or(|(of, _)| *of != revision)
    }

    /// Asks for the result of this revision. A short run under way is let finish; `poll` then starts the next.
    pub(super) fn ask(&mut self, workspace: &Arc<Workspace>, revision: u64) {
        match &self.running {
            Some(running) if running.iterations > LONG_RUN => {
                running.cancelled.store(true, Ordering::Relaxed);
            }
            Some(_) => {}
            None => self.start(workspace, revision),
        }
    }

    pub(super) fn poll(&mut self, workspace: &Arc<Workspace>, revision: u64) {
        let Some(running) = &self.running else { return };
        match running.result.try_recv() {
            Ok(outcome) => self.take(outcome, workspace, revision),
            Err(TryRecvError::Disconnected) => {
                self.take(Err(Undefined("the run broke off")), workspace, revision);
            }
            Err(TryRecvError::Empty) => {}
        }
    }

    pub(super) fn finish(&mut self, workspace: &Arc<Workspace>, revision: u64) {
        while let Some(running) = &self.running {
            let outcome = running.result.recv().unwrap_or(Err(Undefined("the run broke off")));
            self.take(outcome, workspace, revision);
        }
    }

    fn take(&mut self, outcome: Outcome, workspace: &Arc<Workspace>, revision: u64) {
        let Some(running) = self.running.take() else { return };
        match outcome {
            Ok(Some(robustness)) => self.latest = Some((running.revision, Ok(robustness))),
            Ok(None) => {}
            Err(reason) => self.latest = Some((running.revision, Err(reason))),
        }
        if running.revision != revision {
            self.start(workspace, revision);
        }
    }

    fn start(&mut self, workspace: &Arc<Workspace>, revision: u64) {
        let (sender, result) = channel();
        let cancelled = Arc::new(AtomicBool::new(false));
        let draws = Draws::asked_for(workspace);
        let running =
            Running { revision, iterations: draws.iterations, cancelled: Arc::clone(&cancelled), result };
        let (workspace, wake) = (Arc::clone(workspace), Arc::clone(&self.wake));
        thread::spawn(move || {
            // A panic in a worker must become a notice, not a window that waits for ever.
            let drawing = || match beside_the_window() {
                Some(pool) => pool.install(|| run(&workspace, draws, &cancelled)),
                None => run(&workspace, draws, &cancelled),
            };
            let outcome =
                catch_unwind(AssertUnwindSafe(drawing)).unwrap_or(Err(Undefined("the run broke off")));
            // The session may have been closed meanwhile; then nobody wants the result.
            let _ = sender.send(outcome);
            wake();
        });
        self.running = Some(running);
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

impl Drop for Dear {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.cancelled.store(true, Ordering::Relaxed);
        }
    }
}
