//! What a workspace is: plain data, its checks, its differences and how its figures are written.
//!
//! Nothing here draws, reads files, asks the clock or starts a thread.

pub mod balance;
pub mod challenge;
pub mod check;
pub mod decision;
pub mod diff;
pub mod ids;
pub mod merge;
pub mod money;
pub mod question;
pub mod reach;
mod references;
#[cfg(test)]
pub(crate) mod sample;
pub mod shared;
pub mod snapshot;
pub mod trail;
pub mod voices;
pub mod wording;
pub mod workshop;
pub mod workspace;

pub use workspace::{Room, Workspace};
