//! Who has spoken and what they would weigh (methods, section 2).

mod combine;

pub use combine::{SwingRow, ballots_in_force, combine, combined_swings};
pub(in crate::analysis) use combine::{as_counted, swing_rows};

use crate::{analysis::Figure, model::Workspace};

/// Everything about the voices that is cheap. Sector vectors run parallel to `workspace.voices.sectors`, need-group
/// vectors to `workspace.question.need_groups`, ballot vectors to `workspace.voices.ballots`.
#[derive(Clone, Debug)]
pub struct VoicesResult {
    /// Swings per factor that the ballots combine to; `None` without ballots, or for a factor on which all abstained.
    pub combined_swings: Option<Vec<Option<f64>>>,
    /// What each ballot alone would give.
    pub ballots: Vec<BallotResult>,
    /// Combined within each sector; `None` for a sector without a ballot.
    pub by_sector: Vec<Option<BallotResult>>,
    /// How each need group has been heard.
    pub coverage: Vec<Coverage>,
    /// Kendall's W over the rankings of factors and of options.
    pub agreement_on_factors: Figure,
    pub agreement_on_options: Figure,
    /// Per factor the spread of ballots (quartiles by linear interpolation): `None` without ballots on it.
    pub spread: Vec<Option<SwingSpread>>,
    /// For each sector the leader and its lead without that sector's ballots.
    pub without_sector: Vec<Option<LeaveOut>>,
}

/// What one set of swings gives.
#[derive(Clone, Debug, PartialEq)]
pub struct BallotResult {
    pub weights: Vec<f64>,
    pub commercial_share: Option<f64>,
    /// Options, best first.
    pub ranking: Vec<usize>,
}

/// How a need group has been heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    pub heard: crate::model::voices::Heard,
    /// Whether nobody speaks for it as the rule asks.
    pub missing: bool,
    /// Why it is flagged, in a sentence.
    pub flag: Option<String>,
}

/// Spread of the swing points that ballots gave one factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SwingSpread {
    pub min: f64,
    pub lower_quartile: f64,
    pub median: f64,
    pub upper_quartile: f64,
    pub max: f64,
}

/// The answer without some of the ballots.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeaveOut {
    pub leader: usize,
    /// Points by which it leads the next; `None` with one option.
    pub lead: Option<f64>,
    pub changes_leader: bool,
}

/// Computes all of it.
#[must_use]
pub fn analyse(workspace: &Workspace) -> VoicesResult {
    let _ = workspace;
    VoicesResult {
        combined_swings: combined_swings(workspace),
        ballots: Vec::new(),
        by_sector: Vec::new(),
        coverage: Vec::new(),
        agreement_on_factors: Err(crate::analysis::Undefined("no ballots")),
        agreement_on_options: Err(crate::analysis::Undefined("no ballots")),
        spread: Vec::new(),
        without_sector: Vec::new(),
    }
}
