//! Charts of the window as a paper takes them.

use super::Drawing;

/// A chart with what it is called and what it shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// What the window calls it.
    pub name: String,
    /// What it shows, in full, as the window tells it to those who do not see it.
    pub words: String,
    pub drawing: Drawing,
}

/// The charts that a paper may show; `None` where the workspace does not say enough to draw it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PaperCharts {
    /// The two sides as a plane: every option with its uncertainty, the frontier, the line through the leader.
    pub balance: Option<Chart>,
    /// What both sides add to each total, the options in order and those that a must strikes.
    pub bars: Option<Chart>,
    /// The same for one option, for a cell of a table: one for each option, in the order of the workspace.
    pub bar_of: Vec<Option<Chart>>,
    /// Who leads from 0 to 100 per cent commercial weight, and where the lead changes.
    pub dial: Option<Chart>,
    /// The same with a mark for each ballot at its own commercial share: only for a paper that tells the ballots.
    pub dial_with_ballots: Option<Chart>,
    /// How often each option takes each place when weights and scores are drawn.
    pub robustness: Option<Chart>,
    /// Whom each option supports and leaves out, group by group: one for each option, in the order of the workspace.
    pub reach: Vec<Option<Chart>>,
    /// Who speaks for which need group.
    pub coverage: Option<Chart>,
    /// How each sector ranks the options; only sectors with ballots enough that none is somebody's own.
    pub sectors: Option<Chart>,
}
