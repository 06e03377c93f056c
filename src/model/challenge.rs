//! The Challenge room. Of it only the items of evidence are kept so far.

use serde::{Deserialize, Serialize};

use super::ids::EvidenceId;

/// What the decision rests on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    pub evidence: Vec<Evidence>,
}

/// One item of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    pub id: EvidenceId,
    pub title: String,
    /// Where it can be found.
    pub source: String,
    /// Grade 1 (opinion) to 5 (full records); `None` when nobody has graded it.
    pub grade: Option<u8>,
    /// What it says, in words.
    pub says: String,
    /// Whether this is an assumption rather than a finding.
    pub assumed: bool,
}
