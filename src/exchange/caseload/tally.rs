//! What a caseload was counted to.

use super::findings::Finding;
use crate::model::reach::caseload::Counted;

/// A caseload, counted; its rows are forgotten.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// What the workspace keeps.
    pub counted: Counted,
    /// How many rows there were, blank ones left out.
    pub rows: u64,
    /// How many people were counted.
    pub people: u64,
    /// What was found in each column, in a word or two, such as "3 found", "1,121" or "6 of 6 known".
    pub found: Vec<String>,
    /// What is doubtful in the rows, and what was done about it.
    pub findings: Vec<Finding>,
}
