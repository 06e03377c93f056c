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

/// What a grade of evidence means, in a few words: after the Maryland Scientific Methods Scale, with the stated
/// equivalent for evidence that is no impact evaluation. `None` for a grade outside 1 to 5.
#[must_use]
pub fn grade_words(grade: u8) -> Option<&'static str> {
    match grade {
        1 => Some("opinion"),
        2 => Some("one case"),
        3 => Some("compared with a similar place"),
        4 => Some("compared often"),
        5 => Some("full records"),
        _ => None,
    }
}
