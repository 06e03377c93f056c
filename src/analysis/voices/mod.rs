//! Who has spoken and what they would weigh (methods, section 2).

mod agreement;
mod combine;
mod coverage;
mod in_force;
mod said;

pub use agreement::{FEWEST_BALLOTS, kendalls_w};
pub use combine::{
    SwingRow, as_counted, ballot_alone, ballots_as_counted, combine, combined_swings, sector_alone,
};
pub use coverage::LAYERS_FLAGGED_FROM;
pub use in_force::{BallotStanding, ballot_standings, ballots_in_force};
pub(in crate::analysis) use said::Said;

use std::sync::Arc;

use crate::{
    analysis::{
        Figure,
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
    /// How each ballot stands towards the result.
    pub standings: Vec<BallotStanding>,
    /// What each ballot gives with what the same giver had said before on other factors, whether in force or not; a
    /// factor on which nothing was said weighs nothing.
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
    /// What all this was weighed by.
    pub(in crate::analysis) said: Arc<Said>,
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
    weigh(Arc::new(Said::of(workspace)), &PerformanceMatrix::of(workspace))
}

/// Weighs the options by what has been said.
#[must_use]
pub(in crate::analysis) fn weigh(said: Arc<Said>, matrix: &PerformanceMatrix) -> VoicesResult {
    let weighed: Vec<Weighed> = said.ballots.iter().map(|swings| matrix.weigh(swings)).collect();
    let of_sector =
        |swings: &Option<Vec<f64>>| swings.as_ref().map(|swings| BallotResult::from(&matrix.weigh(swings)));
    VoicesResult {
        combined_swings: said.combined.clone(),
        by_sector: said.by_sector.iter().map(of_sector).collect(),
        coverage: said.coverage.clone(),
        far_from_delivery: said.far_from_delivery.clone(),
        agreement_on_factors: said.agreement_on_factors,
        agreement_on_options: agreement_on_options(matrix, &weighed, &said.in_force),
        spread: said.spread.clone(),
        without_sector: without_sector(&said, matrix),
        ballots: weighed.iter().map(BallotResult::from).collect(),
        in_force: said.in_force.clone(),
        standings: said.standings.clone(),
        said,
    }
}

/// For each sector the answer without its ballots.
fn without_sector(said: &Said, matrix: &PerformanceMatrix) -> Vec<Option<LeaveOut>> {
    let combined = said.combined.as_ref().map(|swings| matrix.weigh(&combine::counted_swings(swings)));
    let of_all = combined.and_then(|weighed| weighed.ranking.first().copied());
    let leave_out = |swings: &Option<Vec<f64>>| {
        let weighed = matrix.weigh(swings.as_ref()?);
        let &leader = weighed.ranking.first()?;
        let lead = weighed.ranking.get(1).map(|&next| weighed.totals[leader] - weighed.totals[next]);
        Some(LeaveOut { leader, lead, changes_leader: of_all.is_some_and(|before| before != leader) })
    };
    said.without_sector.iter().map(leave_out).collect()
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
