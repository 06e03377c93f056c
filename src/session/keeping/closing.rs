//! What goes on behind a workspace that was left while it was being saved.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel},
    },
    time::Duration,
};

use super::Keeping;
use crate::session::Wake;

/// A workspace that was left while it was being saved. The save goes on, and the file stays locked for others, until the
/// disk has answered; what is left in the journal then is to be recovered. Dropping this stops nothing.
#[derive(Debug)]
pub struct Closing {
    ended: Receiver<()>,
    reached: Arc<OnceLock<PathBuf>>,
}

impl Closing {
    /// Of what has nothing to wait for.
    pub(super) fn done() -> Self {
        Self { ended: channel().1, reached: Arc::default() }
    }

    /// Ends this on a thread of its own; `wake` is called when that is done.
    pub(super) fn of(mut keeping: Keeping, wake: Wake) -> Self {
        let (ends, ended) = channel();
        let reached = Arc::<OnceLock<PathBuf>>::default();
        let found = Arc::clone(&reached);
        std::thread::spawn(move || {
            let before = keeping.path().map(Path::to_owned);
            keeping.finish();
            if let Some(path) = keeping.path().filter(|path| Some(*path) != before.as_deref()) {
                // invariant: it is set here alone, and once.
                let _ = found.set(path.to_owned());
            }
            drop(keeping);
            drop::<Sender<()>>(ends);
            wake();
        });
        Self { ended, reached }
    }

    /// Whether all is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.ended.try_recv(), Err(TryRecvError::Disconnected))
    }

    /// Waits until all is done, or for so long; whether it is.
    #[must_use]
    pub fn wait(&self, at_most: Duration) -> bool {
        matches!(self.ended.recv_timeout(at_most), Err(RecvTimeoutError::Disconnected))
    }

    /// The file that it was saved to meanwhile, where that is another than it had when it was left.
    #[must_use]
    pub fn reached(&self) -> Option<&Path> {
        self.reached.get().map(PathBuf::as_path)
    }
}
