//! The main job through the real window, found by its labels: open the example, weigh it, see who is left out, save it,
//! open it again, and come back from a kill.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod closing;
mod computer;
mod damaged;
mod job;
mod keyboard;
mod merging;
mod outside;
#[path = "../promises/mod.rs"]
mod promises;
mod recovery;
mod sealing;
mod secrecy;
mod slow_disk;
mod tables;
mod typing;
#[path = "../common/window.rs"]
mod window;
