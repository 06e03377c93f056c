//! What a paper leaves the program as.

use crate::exchange::report::Format;

/// A document to be read, or a workbook to be followed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    Paper(Format),
    /// Every table and every result, with formulas.
    Workbook,
}

impl Form {
    pub const ALL: [Self; 4] =
        [Self::Paper(Format::Word), Self::Paper(Format::Pdf), Self::Paper(Format::Html), Self::Workbook];

    /// How the name of such a file ends.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Paper(format) => format.ending(),
            Self::Workbook => "xlsx",
        }
    }

    /// The form of a file whose name ends so, in large or small letters.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.ending().eq_ignore_ascii_case(ending))
    }

    /// What the window calls it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Paper(Format::Word) => "Word",
            Self::Paper(Format::Pdf) => "PDF",
            Self::Paper(Format::Html) => "HTML",
            Self::Workbook => "Excel workbook",
        }
    }

    /// What is in it, in a sentence.
    #[must_use]
    pub fn holds(self) -> &'static str {
        match self {
            Self::Paper(Format::Word) => "The paper as a document that can be edited.",
            Self::Paper(Format::Pdf) => "The paper as it is printed.",
            Self::Paper(Format::Html) => "The paper as one page for a browser.",
            Self::Workbook => {
                "Every table, to be read back, and every result, with formulas from the scores to the totals."
            }
        }
    }
}
