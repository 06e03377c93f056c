//! What goes on behind a workspace that was left while it was being saved.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel},
    time::Duration,
};

use super::Keeping;
use crate::session::Wake;

/// A workspace that was left while it was being saved. The save goes on, and the file stays locked for others, until the
/// disk has answered; what is left in the journal then is to be recovered. Dropping this stops nothing.
#[derive(Debug)]
pub struct Closing(Receiver<()>);

impl Closing {
    /// Of what has nothing to wait for.
    pub(super) fn done() -> Self {
        Self(channel().1)
    }

    /// Ends this on a thread of its own; `wake` is called when that is done.
    pub(super) fn of(keeping: Keeping, wake: Wake) -> Self {
        let (ends, ended) = channel();
        std::thread::spawn(move || {
            drop(keeping);
            drop::<std::sync::mpsc::Sender<()>>(ends);
            wake();
        });
        Self(ended)
    }

    /// Whether all is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.0.try_recv(), Err(TryRecvError::Disconnected))
    }

    /// Waits until all is done, or for so long; whether it is.
    #[must_use]
    pub fn wait(&self, at_most: Duration) -> bool {
        matches!(self.0.recv_timeout(at_most), Err(RecvTimeoutError::Disconnected))
    }
}
