//! The caseload check: read, reckoned, kept back and told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod attack;
mod cases;
mod cli;
mod need;
mod power;
mod published;
mod read;
mod suppression;
mod told;
