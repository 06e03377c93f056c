//! The record, frozen analyses and the history.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod figures;
mod frozen;
mod history;
