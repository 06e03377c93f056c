//! The window, driven as a person would.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "../common/room.rs"]
mod room_support;
#[path = "../common/scores.rs"]
mod scores_support;
#[path = "../common/westmere.rs"]
mod westmere;
#[path = "../common/window.rs"]
mod window;
#[path = "../../benches/workspaces/mod.rs"]
mod workspaces;

mod balance;
mod ballots;
mod caseload;
mod compare;
mod comparison;
mod copying;
mod decision;
mod drift;
mod export;
mod factors;
mod heads;
mod history;
mod import;
mod question;
mod reach;
mod register;
mod robustness;
mod room;
mod room_numbers;
mod scores;
mod sensitivity;
mod slips;
mod statements;
mod undo;
mod voices;
mod weights;
