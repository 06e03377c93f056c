//! SMAA-2 (Lahdelma & Salminen 2001; Tervonen & Lahdelma 2007): how often each option would lead.

mod score_draws;
mod tally;
mod weight_draws;

use rayon::prelude::*;

use super::{matrix::PerformanceMatrix, weights};
use crate::{
    analysis::{
        Undefined,
        course::Course,
        random::{Purpose, Stream},
    },
    model::{
        Workspace,
        balance::{Side, WeightDraws},
    },
};
use score_draws::{CellDraw, LANES, Lanes};
use tally::Tally;
use weight_draws::WeightDraw;

/// What to draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draws {
    pub weights: WeightDraws,
    pub iterations: u32,
    pub seed: u64,
}

impl Draws {
    /// The draws that a workspace asks for: its own settings; with no weights named, between the ballots where there
    /// is one with points, else uniform. With one ballot the ranges are points, and only the scores vary.
    #[must_use]
    pub fn asked_for(workspace: &Workspace) -> Self {
        let settings = workspace.balance.robustness;
        let default = if weight_draws::usable_ballots(workspace).is_empty() {
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
/// `None` when the course was stopped.
///
/// Scores are drawn triangular from low, likely and high, or normal; an unknown cell is uniform over the values 0–100.
/// The limits of [`Spread`] and the confidence factors come from [`SCORE_DRAWS`] draws of the scores alone.
///
/// # Errors
/// Says why there is nothing to draw: no options in the ranking, no factors, no draws asked for, no swing above 0, or
/// too few ballots where ballots are asked for.
pub fn run(workspace: &Workspace, draws: Draws, course: &Course) -> Result<Option<Robustness>, Undefined> {
    let contest = Contest::of(workspace, draws)?;
    let Some(tally) = contest.tally(course) else { return Ok(None) };
    let central = tally.central_weights();
    let Some(held) = contest.scores_alone(&central, course) else { return Ok(None) };
    Ok(Some(contest.outcome(&tally, central, held)))
}

/// Draws of the scores alone.
pub const SCORE_DRAWS: usize = CHUNK * 4;
/// Draws in one chunk, which has one stream of chance and one answer to cancelling.
const CHUNK: usize = 2_048;
/// Chunks that are worked before their tallies are added up, so that memory stays bounded however many draws there are.
const ROUND: u32 = 128;

/// Everything that stays the same from draw to draw.
#[derive(Debug)]
struct Contest {
    draws: Draws,
    options: usize,
    factors: usize,
    /// The options in the ranking, by index.
    contenders: Vec<usize>,
    weights: WeightDraw,
    /// How each cell is drawn, `cells[f * options + o]`.
    cells: Vec<CellDraw>,
    sides: Vec<Side>,
    /// Today's weights; `None` when no swing is above 0.
    weights_today: Option<Vec<f64>>,
}

impl Contest {
    fn of(workspace: &Workspace, draws: Draws) -> Result<Self, Undefined> {
        let matrix = PerformanceMatrix::of(workspace);
        if matrix.options == 0 {
            return Err(Undefined("no options"));
        }
        if matrix.factors == 0 {
            return Err(Undefined("no factors"));
        }
        let contenders: Vec<usize> = matrix.in_ranking().collect();
        if contenders.is_empty() {
            return Err(Undefined("every option is struck by a must"));
        }
        if draws.iterations == 0 {
            return Err(Undefined("no draws asked for"));
        }
        let today = matrix.weigh(&weights::in_force(workspace).swings);
        let places = (0..matrix.factors).flat_map(|f| (0..matrix.options).map(move |o| (f, o)));
        Ok(Self {
            draws,
            options: matrix.options,
            factors: matrix.factors,
            contenders,
            weights: WeightDraw::of(workspace, draws.weights)?,
            cells: places.map(|(f, o)| CellDraw::of(&matrix, f, o)).collect(),
            weights_today: today.commercial_share.is_some().then_some(today.weights),
            sides: matrix.sides,
        })
    }

    /// Draws weights and scores together and counts who takes which place.
    fn tally(&self, course: &Course) -> Option<Tally> {
        let iterations = self.draws.iterations as usize;
        let chunks = u32::try_from(iterations.div_ceil(CHUNK)).unwrap_or(u32::MAX);
        let mut total = Tally::new(self.contenders.len(), self.factors);
        course.expect(iterations as u64);
        for first in (0..chunks).step_by(ROUND as usize) {
            let round: Option<Vec<Tally>> = (first..chunks.min(first + ROUND))
                .into_par_iter()
                .map(|chunk| {
                    let draws = CHUNK.min(iterations - chunk as usize * CHUNK);
                    (!course.is_stopped()).then(|| {
                        let tally = self.tally_of_chunk(chunk, draws);
                        course.advance(draws as u64);
                        tally
                    })
                })
                .collect();
            for of_chunk in round? {
                total.add(&of_chunk);
            }
        }
        Some(total)
    }

    fn tally_of_chunk(&self, chunk: u32, draws: usize) -> Tally {
        let mut stream = Stream::new(self.draws.seed, Purpose::WeightsAndScores, chunk);
        let mut tally = Tally::new(self.contenders.len(), self.factors);
        let mut weights = vec![[0.0; LANES]; self.factors];
        let mut totals = vec![[0.0; LANES]; self.contenders.len()];
        let mut values = [0.0; LANES];
        for begun in (0..draws).step_by(LANES) {
            self.weights.fill(&mut stream, &mut weights);
            totals.fill([0.0; LANES]);
            for (f, weight) in weights.iter().enumerate() {
                for (total, &option) in totals.iter_mut().zip(&self.contenders) {
                    self.cells[f * self.options + option].fill(&mut stream, &mut values);
                    for ((sum, w), v) in total.iter_mut().zip(weight).zip(&values) {
                        *sum += w * v;
                    }
                }
            }
            tally.count(&totals, &weights, LANES.min(draws - begun));
        }
        tally
    }

    /// Draws the scores alone: how often each option leads at its own central weights, and the totals and side values at
    /// today's weights.
    fn scores_alone(&self, central: &[Option<Vec<f64>>], course: &Course) -> Option<HeldWeights> {
        let chunks = (SCORE_DRAWS / CHUNK) as u32;
        let parts: Option<Vec<HeldWeights>> = (0..chunks)
            .into_par_iter()
            .map(|chunk| (!course.is_stopped()).then(|| self.scores_alone_of_chunk(central, chunk)))
            .collect();
        let mut parts = parts?.into_iter();
        let mut whole = parts.next()?;
        parts.for_each(|part| whole.add(part));
        Some(whole)
    }

    fn scores_alone_of_chunk(&self, central: &[Option<Vec<f64>>], chunk: u32) -> HeldWeights {
        let mut stream = Stream::new(self.draws.seed, Purpose::ScoresAlone, chunk);
        let mut held = HeldWeights::new(self.contenders.len(), self.options);
        let mut values = vec![[0.0; LANES]; self.cells.len()];
        let mut totals = vec![[0.0; LANES]; self.contenders.len()];
        for _ in (0..CHUNK).step_by(LANES) {
            for (row, cell) in values.iter_mut().zip(&self.cells) {
                cell.fill(&mut stream, row);
            }
            for (contender, weights) in central.iter().enumerate() {
                let Some(weights) = weights else { continue };
                for (total, &option) in totals.iter_mut().zip(&self.contenders) {
                    *total = self.weighted(weights, &values, option, |_| true);
                }
                held.firsts[contender] += leads(&totals, contender);
            }
            let Some(today) = &self.weights_today else { continue };
            for (option, samples) in held.samples.iter_mut().enumerate() {
                for side in Side::ALL {
                    let of_side = self.weighted(today, &values, option, |f| self.sides[f] == side);
                    samples[side_place(side)].extend_from_slice(&of_side);
                }
            }
        }
        held
    }

    /// Σ w·v of one option over the factors that count.
    fn weighted(
        &self,
        weights: &[f64],
        values: &[Lanes],
        option: usize,
        counts: impl Fn(usize) -> bool,
    ) -> Lanes {
        let mut sum = [0.0; LANES];
        for (f, weight) in weights.iter().enumerate().filter(|(f, _)| counts(*f)) {
            for (total, value) in sum.iter_mut().zip(&values[f * self.options + option]) {
                *total += weight * value;
            }
        }
        sum
    }

    fn outcome(&self, tally: &Tally, central: Vec<Option<Vec<f64>>>, held: HeldWeights) -> Robustness {
        let draws = f64::from(self.draws.iterations);
        let mut outcome = Robustness {
            draws: self.draws,
            rank_acceptability: vec![vec![0.0; self.options]; self.options],
            standard_error: vec![vec![0.0; self.options]; self.options],
            central_weights: vec![None; self.options],
            confidence_factor: vec![None; self.options],
            pairwise_winning: vec![vec![0.0; self.options]; self.options],
            choice_entropy_bits: tally.entropy_bits(),
            spread: self.spreads(held.samples),
        };
        for (a, (&option, central)) in self.contenders.iter().zip(central).enumerate() {
            for rank in 0..self.contenders.len() {
                let share = tally.ranks_of(a)[rank] as f64 / draws;
                outcome.rank_acceptability[option][rank] = share;
                outcome.standard_error[option][rank] = (share * (1.0 - share) / draws).sqrt();
            }
            for (b, &other) in self.contenders.iter().enumerate() {
                outcome.pairwise_winning[option][other] = tally.wins_of(a)[b] as f64 / draws;
            }
            outcome.confidence_factor[option] =
                central.as_ref().map(|_| held.firsts[a] as f64 / SCORE_DRAWS as f64);
            outcome.central_weights[option] = central;
        }
        outcome
    }

    fn spreads(&self, samples: Vec<[Vec<f64>; 2]>) -> Vec<Option<Spread>> {
        let Some(today) = &self.weights_today else { return vec![None; self.options] };
        let weight_of = |side| -> f64 {
            today.iter().zip(&self.sides).filter(|(_, of)| **of == side).map(|(weight, _)| weight).sum()
        };
        let [operational, commercial] = Side::ALL.map(weight_of);
        let limits_of_side = |sample: Vec<f64>, weight: f64| {
            (weight > 0.0).then(|| central_95(sample)).map(|(low, high)| (low / weight, high / weight))
        };
        samples
            .into_par_iter()
            .map(|[op, com]| {
                let total = op.iter().zip(&com).map(|(op, com)| op + com).collect();
                Some(Spread {
                    total: central_95(total),
                    operational: limits_of_side(op, operational),
                    commercial: limits_of_side(com, commercial),
                })
            })
            .collect()
    }
}

fn side_place(side: Side) -> usize {
    match side {
        Side::Operational => 0,
        Side::Commercial => 1,
    }
}

/// What draws of the scores give while weights are held.
#[derive(Debug)]
struct HeldWeights {
    /// How often each contender is first under its own central weights.
    firsts: Vec<u32>,
    /// For each option its draws of Σ w·v over the operational and over the commercial factors, at today's weights.
    samples: Vec<[Vec<f64>; 2]>,
}

impl HeldWeights {
    fn new(contenders: usize, options: usize) -> Self {
        Self { firsts: vec![0; contenders], samples: vec![[Vec::new(), Vec::new()]; options] }
    }

    fn add(&mut self, part: Self) {
        self.firsts.iter_mut().zip(part.firsts).for_each(|(sum, n)| *sum += n);
        for (whole, part) in self.samples.iter_mut().flatten().zip(part.samples.iter().flatten()) {
            whole.extend_from_slice(part);
        }
    }
}

/// In how many draws of a block a contender is first, alone or with others.
fn leads(totals: &[Lanes], contender: usize) -> u32 {
    (0..LANES).filter(|&lane| totals.iter().all(|total| total[lane] <= totals[contender][lane])).count()
        as u32
}

/// The 2.5 % and 97.5 % quantiles of a sample, between neighbours by straight lines; (0, 0) of none.
fn central_95(mut sample: Vec<f64>) -> (f64, f64) {
    let Some(last) = sample.len().checked_sub(1) else { return (0.0, 0.0) };
    let mut quantile = |p: f64| {
        let place = p * last as f64;
        let below = place as usize;
        let (_, &mut lower, above) = sample.select_nth_unstable_by(below, f64::total_cmp);
        let upper = above.iter().copied().min_by(f64::total_cmp).unwrap_or(lower);
        lower + (upper - lower) * (place - below as f64)
    };
    (quantile(0.025), quantile(0.975))
}
