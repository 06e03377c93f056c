//! The command line, as scripts see it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod commands;
mod handout;
mod merge;
mod report;
mod rooms;
