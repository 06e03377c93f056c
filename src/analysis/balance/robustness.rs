//! SMAA-2 (Lahdelma & Salminen 2001; Tervonen & Lahdelma 2007): how often each option would lead.

use std::sync::atomic::AtomicBool;

use crate::{
    analysis::Undefined,
    model::{Workspace, balance::WeightDraws},
};

/// What to draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draws {
    pub weights: WeightDraws,
    pub iterations: u32,
    pub seed: u64,
}

impl Draws {
    /// The draws that a workspace asks for: its own settings; with no weights named, between the ballots where there
    /// are any, else uniform.
    #[must_use]
    pub fn asked_for(workspace: &Workspace) -> Self {
        let settings = workspace.balance.robustness;
        let default = if workspace.voices.ballots.is_empty() {
            WeightDraws::Uniform
        } else {
            WeightDraws::BetweenBallots
        };
        Self {
            weights: settings.weights.unwrap_or(default),
            iterations: settings.iterations,
            seed: settings.seed,
        }
    }
}

/// The outcome of a run; vectors run parallel to the options.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness {
    pub draws: Draws,
    /// Share of draws in which option `o` has rank `r` (0-based): `rank_acceptability[o][r]`. Ties share the better rank.
    /// Options struck by a must take no part: their rows are all 0.
    pub rank_acceptability: Vec<Vec<f64>>,
    /// Monte Carlo standard error of each share.
    pub standard_error: Vec<Vec<f64>>,
    /// Mean weights over the draws in which the option is first; undefined when it never is.
    pub central_weights: Vec<Option<Vec<f64>>>,
    /// Share of first ranks under the option's own central weights; undefined when it is never first.
    pub confidence_factor: Vec<Option<f64>>,
    /// Share of draws in which option `a` beats `b`: `pairwise_winning[a][b]`.
    pub pairwise_winning: Vec<Vec<f64>>,
    /// Entropy of who is first, in bits.
    pub choice_entropy_bits: f64,
    /// The central 95 % of each option's total and side values when only the scores are drawn, at today's weights;
    /// `None` without weights. Struck options have theirs too.
    pub spread: Vec<Option<Spread>>,
}

/// Limits that hold 95 % of draws of the scores, each (2.5 %, 97.5 %).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub total: (f64, f64),
    /// `None` without weight on that side.
    pub operational: Option<(f64, f64)>,
    pub commercial: Option<(f64, f64)>,
}

/// Runs the draws in parallel on the caller's thread pool; the same to the last bit for any number of threads.
/// `None` when `cancelled` was set.
///
/// # Errors
/// Says why there is nothing to draw: no options, no factors, or fewer than two ballots where ballots are asked for.
pub fn run(
    workspace: &Workspace,
    draws: Draws,
    cancelled: &AtomicBool,
) -> Result<Option<Robustness>, Undefined> {
    let _ = (workspace, draws, cancelled);
    Err(Undefined("not computed yet"))
}
