//! Duties that the law lays on those who commission, and principles of consultation, with what was done about each.

use serde::{Deserialize, Serialize};

use crate::model::ids::EntryId;

/// A duty or principle with the answer to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// For what a shipped checklist asks, the id that stands there.
    pub id: EntryId,
    /// What was asked, as it was put when it was answered.
    pub text: String,
    /// Where it comes from, such as "Equality Act 2010, section 149".
    pub source: String,
    /// `None` while nobody has answered.
    pub answer: Option<DutyAnswer>,
    /// How it was met, why it was not, or why it does not apply.
    pub how: String,
    /// Who says so; empty when nobody is named.
    pub by: String,
}

/// Whether a duty is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DutyAnswer {
    Yes,
    No,
    DoesNotApply,
}

impl DutyAnswer {
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::DoesNotApply];

    /// In a few words, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::DoesNotApply => "does not apply",
        }
    }
}
