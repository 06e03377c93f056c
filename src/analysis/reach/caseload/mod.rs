//! The caseload check: whom the gates let through, and whether providers differ by more than chance (methods,
//! section 3). [`assess`] puts it together from the counts that a workspace keeps.

pub mod adjust;
pub mod assessment;
pub mod bunching;
pub mod cells;
pub mod concentration;
pub mod decomposition;
pub mod findings;
pub mod funnel;
pub mod gates;
pub mod logistic;
pub mod parting;
pub mod providers;
pub mod small_numbers;
pub mod stratified;
pub mod suppression;
pub mod telling;
pub mod tripwires;

pub use assessment::{Assessment, GateAssessment, PlaceAtGate, assess};
