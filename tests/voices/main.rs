//! The Voices room's figures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "../common/westmere.rs"]
mod westmere;
#[path = "../common/westmere_people.rs"]
mod westmere_people;

mod cases;
mod whose_voice;
