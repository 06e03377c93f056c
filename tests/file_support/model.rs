//! The model's own sample, which its unit tests use too.

pub use evenhand::model::*;

#[path = "../../src/model/sample.rs"]
pub mod sample;
