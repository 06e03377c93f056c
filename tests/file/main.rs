//! The file: kept, found again, sealed, joined, and shared by two people.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "../file_support/mod.rs"]
mod file_support;
#[path = "../promises/mod.rs"]
mod promises;

mod faults;
mod format;
mod journal;
mod merging;
mod odd_places;
mod places;
mod save;
mod sealing;
mod two_users;
