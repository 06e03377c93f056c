//! Tables in, results out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "../common/tables.rs"]
mod tables_support;

mod ballots;
mod design;
mod excel;
mod handout;
mod json;
mod tables;
