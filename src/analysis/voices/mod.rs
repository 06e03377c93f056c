//! Who has spoken and what they would weigh (methods, section 2).

mod agreement;
mod combine;
mod coverage;

pub use agreement::{FEWEST_BALLOTS, kendalls_w};
pub(in crate::analysis) use combine::swing_rows;
pub use combine::{
    SwingRow, as_counted, ballot_alone, ballots_in_force, combine, combined_swings, sector_alone,
};
pub use coverage::LAYERS_FLAGGED_FROM;

use crate::{
    analysis::{
        Figure, Undefined,
        balance::matrix::{PerformanceMatrix, Weighed},
    },
    model::Workspace,
};

/// Everything about the voices that is cheap. Sector vectors run parallel to `workspace.voices.sectors`, need-group
/// vectors to `workspace.question.need_groups`, ballot vectors to `workspace.voices.ballots`.
#[derive(Clone, Debug, PartialEq)]
pub struct VoicesResult {
    /// Swings per factor that the ballots combine to; `None` without ballots, or for a factor on which all abstained.
    pub combined_swings: Option<Vec<Option<f64>>>,
    /// The ballots that count, by index; see [`ballots_in_force`].
    pub in_force: Vec<usize>,
    /// What each ballot alone would give, whether in force or not; a factor on which it abstained weighs nothing.
    pub ballots: Vec<BallotResult>,
    /// Combined within each sector; `None` for a sector without a ballot.
    pub by_sector: Vec<Option<BallotResult>>,
    /// How each need group has been heard.
    pub coverage: Vec<Coverage>,
    /// The stakeholders, by index, who see [`LAYERS_FLAGGED_FROM`] layers or more between decision and delivery.
    pub far_from_delivery: Vec<usize>,
    /// Kendall's W over the rankings of factors and of options; undefined with fewer than [`FEWEST_BALLOTS`].
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

/// Spread of the swing points that ballots gave one factor, on the footing on which the rule counts them: as given, or
/// with each ballot's largest 100, or as weights out of 100.
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
    analyse_with(workspace, &PerformanceMatrix::of(workspace))
}

/// The same with the performance matrix of the workspace at hand already.
#[must_use]
pub fn analyse_with(workspace: &Workspace, matrix: &PerformanceMatrix) -> VoicesResult {
    let rows = combine::swing_rows(workspace);
    let in_force = ballots_in_force(workspace);
    let weighed: Vec<Weighed> = rows.iter().map(|row| matrix.weigh(&combine::counted_swings(row))).collect();
    let by_sector = combine::members_by_sector(workspace, &in_force).into_iter().map(|members| {
        let rows = members.iter().map(|&i| &rows[i]);
        let swings = combine(workspace.voices.combine, rows, matrix.factors);
        let heard = !members.is_empty() && swings.iter().any(Option::is_some);
        heard.then(|| BallotResult::from(&matrix.weigh(&combine::counted_swings(&swings))))
    });
    VoicesResult {
        combined_swings: combine::combined(workspace, &rows, &in_force),
        by_sector: by_sector.collect(),
        coverage: coverage::coverage(workspace),
        far_from_delivery: coverage::far_from_delivery(workspace),
        agreement_on_factors: agreement_on_factors(&rows, &in_force),
        agreement_on_options: agreement_on_options(matrix, &weighed, &in_force),
        spread: spread_of_swings(workspace, &rows, &in_force),
        without_sector: agreement::without_each_sector(workspace, matrix, &rows, &in_force),
        ballots: weighed.iter().map(BallotResult::from).collect(),
        in_force,
    }
}

impl From<&Weighed> for BallotResult {
    fn from(weighed: &Weighed) -> Self {
        Self {
            weights: weighed.weights.clone(),
            commercial_share: weighed.commercial_share,
            ranking: weighed.ranking.clone(),
        }
    }
}

/// Kendall's W over the rankings of factors of those ballots that name every factor; the others rank only a part.
fn agreement_on_factors(rows: &[SwingRow], in_force: &[usize]) -> Figure {
    let judges: Vec<Vec<f64>> =
        in_force.iter().filter_map(|&i| rows[i].iter().copied().collect::<Option<Vec<f64>>>()).collect();
    if judges.len() < FEWEST_BALLOTS && in_force.len() >= FEWEST_BALLOTS {
        return Err(Undefined("fewer than three ballots name every factor"));
    }
    agreement::agreement(&judges)
}

/// Kendall's W over the rankings of the options that no must strikes, by each ballot's own weights.
fn agreement_on_options(matrix: &PerformanceMatrix, weighed: &[Weighed], in_force: &[usize]) -> Figure {
    let options: Vec<usize> = matrix.in_ranking().collect();
    let judges: Vec<Vec<f64>> = in_force
        .iter()
        .filter(|&&i| weighed[i].commercial_share.is_some())
        .map(|&i| options.iter().map(|&o| weighed[i].totals[o]).collect())
        .collect();
    agreement::agreement(&judges)
}

/// The spread of swings per factor over the ballots in force, on the footing on which the rule counts them.
fn spread_of_swings(
    workspace: &Workspace,
    rows: &[SwingRow],
    in_force: &[usize],
) -> Vec<Option<SwingSpread>> {
    let counted: Vec<SwingRow> =
        in_force.iter().filter_map(|&i| combine::as_counted(workspace.voices.combine, &rows[i])).collect();
    let of_factor = |f: usize| agreement::spread(counted.iter().filter_map(|row| row[f]).collect());
    (0..workspace.balance.factors.len()).map(of_factor).collect()
}
