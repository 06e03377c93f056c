//! The review plan: what was expected, when it is looked at, and what was found.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::FigureRef;
use crate::model::ids::EntryId;

/// One thing that is looked at again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub id: EntryId,
    /// What is looked at, such as "Share of people supported".
    pub text: String,
    /// What is expected, such as "70 %"; empty when nobody has said.
    pub expected: String,
    /// The figures of the analysis that stand in what is expected, from left to right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<FigureRef>,
    pub on: Option<Date>,
    /// Who looks; empty when nobody is named.
    pub owner: String,
    /// What was found; empty until somebody has looked.
    pub found: String,
    pub found_on: Option<Date>,
    /// What follows from it; `None` until that is decided.
    pub outcome: Option<ReviewOutcome>,
    /// What is done about it, and what was learned.
    pub learned: String,
}

impl Review {
    /// A review of which only the subject is known.
    #[must_use]
    pub fn new(id: EntryId, text: &str) -> Self {
        Self {
            id,
            text: text.to_owned(),
            expected: String::new(),
            figures: Vec::new(),
            on: None,
            owner: String::new(),
            found: String::new(),
            found_on: None,
            outcome: None,
            learned: String::new(),
        }
    }

    /// Whether nothing has been found after the day on which somebody was to look.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.found.trim().is_empty() && self.on.is_some_and(|on| on < today)
    }
}

/// What follows from a review: what does not contribute is revised or replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReviewOutcome {
    Keep,
    Revise,
    Replace,
}

impl ReviewOutcome {
    pub const ALL: [Self; 3] = [Self::Keep, Self::Revise, Self::Replace];

    /// In a word, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Revise => "revise",
            Self::Replace => "replace",
        }
    }
}
