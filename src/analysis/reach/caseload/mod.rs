//! The caseload check: after the contract is let, whom the gates let through (methods, section 3).
//!
//! Everything works on counts; nothing about a person comes this far.

pub mod concentration;
pub mod decomposition;
pub mod gates;
pub mod logistic;
pub mod providers;
pub mod stratified;
