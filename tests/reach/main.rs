//! The Reach room's figures: incentives, prices, fixes and changing risk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "../common/designs.rs"]
mod designs;
#[path = "../common/risk.rs"]
mod risk;
#[path = "../common/westmere.rs"]
mod westmere;
#[path = "../common/westmere_people.rs"]
mod westmere_people;

mod cases;
mod comparison;
mod drift;
mod drift_properties;
mod fix;
mod forms;
mod payments;
mod prices;
mod rules;
