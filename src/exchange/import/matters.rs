//! The kinds of problems that rows can have, and what may be done about each.

/// A kind of problem; the first weigh most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// A cell or a line cannot be read.
    Faulty,
    /// A ballot file that was handed out for another question.
    OtherQuestion,
    /// A ballot file that was handed out before a factor or its ends were changed.
    OlderForm,
    /// One person twice in what was read, in one round.
    Twice,
    /// The workspace has one of this person and round, or of this name.
    AlreadyThere,
    /// Read as shares of 100, and they add to something else.
    WrongTotal,
    /// Points over 100.
    Over100,
    /// The largest is not 100.
    LargestNot100,
    /// Points for a factor that the round does not ask about.
    NotAsked,
    /// It came in after its round was closed.
    Late,
    /// Nothing is in it.
    Empty,
    /// The row names another sector than the register.
    OtherSector,
}

/// What is done about a kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    Undecided,
    /// The rows, or for points that were not asked for those points, stay outside.
    LeaveOut,
    /// The rows are taken as they stand.
    Take,
    KeepFirst,
    KeepLater,
    /// What is in the workspace stays.
    KeepOld,
    Replace,
    /// The ballot came in before its round was closed, whatever the day says.
    InTime,
    /// The register is right.
    Register,
    /// The row is right, for this ballot.
    Row,
}

/// A kind of problem that occurs, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    pub matter: Matter,
    pub way: Way,
    /// Places in [`Proposal::rows`](super::Proposal::rows), rising.
    pub rows: Vec<usize>,
}

impl Matter {
    /// What is done about it until somebody chooses otherwise. What would lose or change what somebody said waits.
    #[must_use]
    pub fn usual(self) -> Way {
        match self {
            Self::Faulty | Self::OlderForm | Self::Twice | Self::WrongTotal | Self::Over100 => Way::Undecided,
            Self::OtherQuestion | Self::NotAsked | Self::Empty => Way::LeaveOut,
            Self::AlreadyThere => Way::Replace,
            Self::LargestNot100 | Self::Late => Way::Take,
            Self::OtherSector => Way::Register,
        }
    }

    /// What may be done about it, each with its words; one is no choice but a statement.
    #[must_use]
    pub fn ways(self) -> &'static [(Way, &'static str)] {
        match self {
            Self::Faulty => &[(Way::LeaveOut, "Leave these rows out")],
            Self::OtherQuestion => &[(Way::LeaveOut, "Left out")],
            Self::OlderForm => &[(Way::LeaveOut, "Leave out"), (Way::Take, "Take all the same")],
            Self::Twice => &[
                (Way::KeepFirst, "Keep the first"),
                (Way::KeepLater, "Keep the later"),
                (Way::LeaveOut, "Leave all out"),
            ],
            Self::AlreadyThere => &[(Way::Replace, "Replace"), (Way::KeepOld, "Keep what is there")],
            Self::WrongTotal => &[(Way::Take, "Take in proportion"), (Way::LeaveOut, "Leave out")],
            Self::Over100 => &[(Way::Take, "Take as given"), (Way::LeaveOut, "Leave out")],
            Self::LargestNot100 => &[(Way::Take, "Take as given"), (Way::LeaveOut, "Leave out")],
            Self::NotAsked => {
                &[(Way::LeaveOut, "Leave these points out"), (Way::Take, "Take them all the same")]
            }
            Self::Late => &[
                (Way::Take, "Keep, marked late"),
                (Way::InTime, "They came in time"),
                (Way::LeaveOut, "Leave out"),
            ],
            Self::Empty => &[(Way::LeaveOut, "Leave out"), (Way::Take, "Take as abstaining")],
            Self::OtherSector => {
                &[(Way::Register, "Register’s"), (Way::Row, "Row’s"), (Way::LeaveOut, "Leave out")]
            }
        }
    }

    /// What is the matter with so many rows, in a few words.
    #[must_use]
    pub fn title(self, rows: usize) -> String {
        let one = rows == 1;
        let many = |single: &str, several: &str| {
            let number = crate::model::wording::thousands(rows as u64);
            if one { format!("{number} {single}") } else { format!("{number} {several}") }
        };
        match self {
            Self::Faulty => many("row cannot be read", "rows cannot be read"),
            Self::OtherQuestion => many("ballot is for another question", "ballots are for another question"),
            Self::OlderForm => many(
                "ballot was handed out before factors changed",
                "ballots were handed out before factors changed",
            ),
            Self::Twice => many("row is of somebody named twice", "rows are of somebody named twice"),
            Self::AlreadyThere => many("row differs from what is there", "rows differ from what is there"),
            Self::WrongTotal => many("ballot does not add to 100", "ballots do not add to 100"),
            Self::Over100 => many("ballot has points over 100", "ballots have points over 100"),
            Self::LargestNot100 => {
                many("ballot has a largest that is not 100", "ballots have a largest that is not 100")
            }
            Self::NotAsked => many(
                "ballot answers what was not asked in its round",
                "ballots answer what was not asked in their round",
            ),
            Self::Late => {
                many("ballot came after its round was closed", "ballots came after their round was closed")
            }
            Self::Empty => many("ballot has nothing in it", "ballots have nothing in them"),
            Self::OtherSector => many(
                "ballot names another sector than the register",
                "ballots name another sector than the register",
            ),
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Faulty => "Mend the cells and read the table again, or leave the rows out.",
            Self::OtherQuestion => "Their mark is not the mark of this workspace.",
            Self::OlderForm => "A factor or its ends are no longer what these people were asked about.",
            Self::Twice => "One ballot a person and round is kept.",
            Self::AlreadyThere => "The same person and round, or the same thing, stands there otherwise.",
            Self::WrongTotal => "Shares of 100 should add to 100. In proportion, the largest becomes 100.",
            Self::Over100 => "The largest step gets 100 and no other gets more.",
            Self::LargestNot100 => "The combining rule may scale them; the figures stay as they were given.",
            Self::NotAsked => "The round asks about fewer factors.",
            Self::Late => "A late ballot is kept and marked, and not counted.",
            Self::Empty => "No points and no ranking.",
            Self::OtherSector => "The register says where somebody speaks from.",
        }
    }
}
