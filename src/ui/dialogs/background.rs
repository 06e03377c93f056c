//! Work behind a dialog: reading and writing of files, which may take as long as a disk or a share likes.

use std::sync::{
    Arc,
    mpsc::{Receiver, TryRecvError, channel},
};

use crate::session::Wake;

/// Something that is being worked out on a thread of its own.
#[derive(Debug)]
pub struct Background<T>(Receiver<T>);

/// How it stands.
#[derive(Debug)]
pub enum Progress<T> {
    UnderWay,
    Done(T),
    /// It ended without a result.
    BrokenOff,
}

impl<T: Send + 'static> Background<T> {
    /// Begins; `wake` is called when the result is there.
    pub fn begin(wake: &Wake, work: impl FnOnce() -> T + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        let wake = Arc::clone(wake);
        std::thread::spawn(move || {
            // The dialog may have been left meanwhile; then nobody wants the result.
            let _ = sender.send(work());
            wake();
        });
        Self(receiver)
    }

    /// Waits until it has ended.
    pub fn wait(&self) -> Progress<T> {
        self.0.recv().map_or(Progress::BrokenOff, Progress::Done)
    }

    /// How it stands; the result is given once.
    pub fn poll(&self) -> Progress<T> {
        match self.0.try_recv() {
            Ok(result) => Progress::Done(result),
            Err(TryRecvError::Empty) => Progress::UnderWay,
            Err(TryRecvError::Disconnected) => Progress::BrokenOff,
        }
    }
}
