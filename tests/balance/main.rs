//! The Balance room's figures: by published cases, by other programs and by properties.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "../common/westmere.rs"]
mod westmere;
#[path = "../common/westmere_people.rs"]
mod westmere_people;

mod cases;
mod compare;
mod following;
mod information;
mod musts;
mod numpy;
mod properties;
mod robustness;
mod sensitivity;
mod unknown;
mod warnings;
