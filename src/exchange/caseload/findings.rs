//! What is doubtful or wrong in a caseload: which rows, how many, and what may be done about it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    exchange::table::shortened,
    model::wording::{self, thousands},
};

/// A kind of thing that is doubtful or wrong; the first weigh most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Matter {
    /// The file cannot be read, is empty, or is of a kind or a size that is not read.
    File,
    /// It is not UTF-8.
    Encoding,
    /// A quotation mark is not closed, or stands inside a cell.
    Quotes,
    /// The mapping names a column that is not there, or lacks one, or two say who somebody is.
    Columns,
    /// A row has more or fewer cells than there are columns.
    Width,
    /// A cell that should say yes, no or a date says something else.
    NotYesOrNo,
    /// A date that is none, such as 31/2/2025.
    NotADate,
    /// Some dates are day first and some month first.
    MixedDates,
    /// A number is not one, or below nought.
    NotANumber,
    /// More groups, places or values than are counted: free text stands where names should.
    FreeText,
    /// A group that is not one of the workspace, or is nearly another.
    UnknownGroup,
    /// No group is given.
    NoGroup,
    /// A later gate has an earlier date.
    OutOfOrder,
    /// The outcome has an earlier date than the first gate.
    OutcomeFirst,
    /// A later gate is passed and an earlier one is not.
    GateSkipped,
    /// The same pseudonym, and the same date where there is one.
    Twice,
    /// The same, and the rows differ.
    TwiceDiffers,
    BlankRows,
}

/// What is done about a kind of doubtful rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Way {
    /// The rows are counted as they stand.
    Take,
    LeaveOut,
    /// The first of the rows is counted.
    KeepFirst,
    /// The earlier gates are taken as passed.
    FillIn,
    /// Nothing after the gate that is not passed is counted.
    StopAtGap,
}

/// What a finding means for the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nothing is counted until it is mended.
    Refuses,
    /// It was counted in a way that may be chosen otherwise.
    Choice,
    /// Good to know.
    Note,
}

impl Matter {
    /// What a finding of this kind means for the count.
    #[must_use]
    pub fn weight(self) -> Weight {
        match self {
            Self::UnknownGroup
            | Self::NoGroup
            | Self::OutOfOrder
            | Self::OutcomeFirst
            | Self::GateSkipped
            | Self::Twice
            | Self::TwiceDiffers => Weight::Choice,
            Self::BlankRows => Weight::Note,
            _ => Weight::Refuses,
        }
    }

    /// What is done about it until somebody chooses otherwise.
    #[must_use]
    pub fn usual(self) -> Way {
        match self {
            Self::Twice | Self::TwiceDiffers => Way::KeepFirst,
            Self::GateSkipped => Way::FillIn,
            _ => Way::Take,
        }
    }

    /// What may be done about it, each with its words; empty where there is no choice.
    #[must_use]
    pub fn ways(self) -> &'static [(Way, &'static str)] {
        match self {
            Self::OutOfOrder | Self::OutcomeFirst => {
                &[(Way::Take, "Count them as they stand"), (Way::LeaveOut, "Leave them out")]
            }
            Self::NoGroup => &[(Way::Take, "Count them as “Not stated”"), (Way::LeaveOut, "Leave them out")],
            Self::GateSkipped => &[
                (Way::FillIn, "Take the earlier gates as passed"),
                (Way::StopAtGap, "Count up to the gap"),
                (Way::LeaveOut, "Leave them out"),
            ],
            Self::Twice | Self::TwiceDiffers => {
                &[(Way::KeepFirst, "Count them once"), (Way::Take, "Count each row")]
            }
            _ => &[],
        }
    }
}

/// The most rows that a finding names.
pub const MOST_NAMED: usize = 20;

/// Something doubtful or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub matter: Matter,
    /// How many rows it is about; 0 where it is about the whole table.
    pub count: u64,
    /// The numbers of the first of them, as a spreadsheet shows them, rising; [`MOST_NAMED`] at the most.
    pub rows: Vec<u64>,
    /// The name of the column.
    pub column: Option<String>,
    /// What stands there, where that says nothing about a person.
    pub found: Option<String>,
    /// The known group that is nearly what stands there.
    pub near: Option<String>,
    /// What is done about it.
    pub way: Way,
    /// What it is and what to do about it, in a sentence or two.
    pub remedy: String,
}

impl Finding {
    /// A finding about the whole table.
    #[must_use]
    pub fn of_table(matter: Matter, remedy: impl Into<String>) -> Self {
        Self {
            matter,
            count: 0,
            rows: Vec::new(),
            column: None,
            found: None,
            near: None,
            way: matter.usual(),
            remedy: remedy.into(),
        }
    }

    /// What it is, in a few words: "4 people appear twice".
    #[must_use]
    pub fn title(&self) -> String {
        let many = |one: &str, several: &str| {
            format!("{} {}", thousands(self.count), if self.count == 1 { one } else { several })
        };
        let column = self.column.as_deref().map_or(String::new(), |c| format!(" in “{}”", shortened(c)));
        let text = || shortened(self.found.as_deref().unwrap_or(""));
        match self.matter {
            Matter::File => "The table cannot be read".to_owned(),
            Matter::Encoding => "The text is not UTF-8".to_owned(),
            Matter::Quotes => "A quotation mark is out of place".to_owned(),
            Matter::Columns => "The columns do not fit".to_owned(),
            Matter::Width => many("row has too many or too few cells", "rows have too many or too few cells"),
            Matter::NotYesOrNo => {
                many("cell is not yes, no or a date", "cells are not yes, no or a date") + &column
            }
            Matter::NotADate => many("cell holds no such date", "cells hold no such date") + &column,
            Matter::MixedDates => format!("Dates are written two ways{column}"),
            Matter::NotANumber => {
                many("cell is not a number from 0", "cells are not numbers from 0") + &column
            }
            Matter::FreeText => format!("Too many different texts, or too long ones{column}"),
            Matter::UnknownGroup => format!("“{}” is no need group", text()),
            Matter::NoGroup => many("row has no need group", "rows have no need group"),
            Matter::OutOfOrder => {
                many("passed a gate before an earlier one", "passed a gate before an earlier one")
            }
            Matter::OutcomeFirst => {
                many("has an outcome before the first gate", "have an outcome before the first gate")
            }
            Matter::GateSkipped => {
                many("passed a gate without the one before", "passed a gate without the one before")
            }
            Matter::Twice => many("row repeats a person", "rows repeat a person"),
            Matter::TwiceDiffers => many(
                "row repeats a person and says something else",
                "rows repeat a person and say something else",
            ),
            Matter::BlankRows => many("row is blank", "rows are blank"),
        }
    }

    /// Where it is: "Rows 88, 131, 204 and 6 more"; empty where it is about the whole table.
    #[must_use]
    pub fn place(&self) -> String {
        let rows: Vec<String> = self.rows.iter().take(3).map(|row| thousands(*row)).collect();
        let more = self.count.saturating_sub(rows.len() as u64);
        match rows.as_slice() {
            [] => String::new(),
            [one] if more == 0 => format!("Row {one}"),
            rows if more == 0 => {
                format!("Rows {}", wording::list(&rows.iter().map(String::as_str).collect::<Vec<_>>()))
            }
            rows => format!("Rows {} and {} more", rows.join(", "), thousands(more)),
        }
    }
}

/// In a line: what it is, where, and what to do.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title())?;
        let place = self.place();
        if place.is_empty() {
            f.write_str(": ")?;
        } else {
            write!(f, " ({}): ", wording::lower_first(&place))?;
        }
        if let Some(found) = self.found.as_deref().filter(|_| self.matter != Matter::UnknownGroup) {
            write!(f, "found “{}”. ", shortened(found))?;
        }
        f.write_str(&self.remedy)
    }
}
