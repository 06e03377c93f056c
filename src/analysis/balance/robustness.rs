//! SMAA-2 (Lahdelma & Salminen 2001; Tervonen & Lahdelma 2007): how often each option would lead.

pub mod better_information;
pub mod by_weights;
pub mod convergence;
mod limits;
mod region;
mod score_draws;
mod tally;
mod weight_draws;

use std::sync::OnceLock;

use fearless_simd::{Level, dispatch};
use rayon::prelude::*;

use super::{
    matrix::{PerformanceMatrix, TIE},
    weights,
};
use crate::{
    analysis::{
        Undefined,
        course::Course,
        random::{Purpose, Stream},
    },
    model::{
        Workspace,
        balance::{RobustnessSettings, ScoreDraws, ScoreLevel, Side, WeightDraws},
    },
};
use convergence::{Checkpoint, Convergence};
use score_draws::{CellDraw, LANES, Lanes, ScoreSettings};
use tally::{Firsts, Tally};
use weight_draws::WeightDraw;

/// What to draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draws {
    pub weights: WeightDraws,
    /// How closely draws around the swing weights keep to them, 1 to 10,000.
    pub concentration: f64,
    pub scores: ScoreDraws,
    /// Whether each score is drawn wider the lower its evidence grade.
    pub weak_as_weak: bool,
    pub iterations: u32,
    pub seed: u64,
}

impl Draws {
    /// Draws of these weights, and of scores as a workspace has them that says nothing of it.
    #[must_use]
    pub fn new(weights: WeightDraws, iterations: u32, seed: u64) -> Self {
        Self {
            weights,
            concentration: RobustnessSettings::CONCENTRATION,
            scores: ScoreDraws::default(),
            weak_as_weak: false,
            iterations,
            seed,
        }
    }

    /// The draws that a workspace asks for: its own settings; with no weights named, between the ballots where there
    /// is one with points, else uniform. With one ballot the ranges are points, and only the scores vary.
    #[must_use]
    pub fn asked_for(workspace: &Workspace) -> Self {
        let settings = workspace.balance.robustness;
        let default =
            if has_usable_ballots(workspace, 1) { WeightDraws::BetweenBallots } else { WeightDraws::Uniform };
        Self {
            concentration: settings.concentration.unwrap_or(RobustnessSettings::CONCENTRATION),
            scores: settings.scores.unwrap_or_default(),
            weak_as_weak: settings.weak_evidence.unwrap_or(false),
            ..Self::new(settings.weights.unwrap_or(default), settings.iterations, settings.seed)
        }
    }
}

/// Whether there are at least so many ballots to draw between or from: those in force that give some factor points. Looks
/// no further than it must.
#[must_use]
pub fn has_usable_ballots(workspace: &Workspace, least: usize) -> bool {
    weight_draws::usable_ballots(workspace).take(least).count() == least
}

/// The outcome of a run; vectors run parallel to the options.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness {
    pub draws: Draws,
    /// Share of draws in which option `o` has rank `r` (0-based): `rank_acceptability[o][r]`. Ties share the better rank.
    /// Options struck by a must take no part: their rows are all 0, and [`Robustness::takes_part`] tells them.
    pub rank_acceptability: Vec<Vec<f64>>,
    /// Monte Carlo standard error of each share.
    pub standard_error: Vec<Vec<f64>>,
    /// Mean weights over the draws in which the option is first; undefined when it never is.
    pub central_weights: Vec<Option<Vec<f64>>>,
    /// Share of first ranks under the option's own central weights, over [`SCORE_DRAWS`] draws of the scores; undefined
    /// when it is never first.
    pub confidence_factor: Vec<Option<f64>>,
    /// Share of draws in which option `a` beats `b`: `pairwise_winning[a][b]`.
    pub pairwise_winning: Vec<Vec<f64>>,
    /// Entropy of who is first, in bits.
    pub choice_entropy_bits: f64,
    /// How the shares of first places settled.
    pub convergence: Convergence,
    /// The central 95 % of each option's total and side values when only the scores are drawn, at today's weights;
    /// `None` without weights. Struck options have theirs too.
    pub spread: Vec<Option<Spread>>,
}

impl Robustness {
    /// Whether an option takes part in the draws; one that a must strikes does not, and has no shares.
    #[must_use]
    pub fn takes_part(&self, option: usize) -> bool {
        self.rank_acceptability.get(option).is_some_and(|ranks| ranks.iter().any(|share| *share > 0.0))
    }

    /// Monte Carlo standard error of `pairwise_winning[a][b]`.
    #[must_use]
    pub fn pairwise_error(&self, a: usize, b: usize) -> f64 {
        let share = self.pairwise_winning.get(a).and_then(|row| row.get(b)).copied().unwrap_or(0.0);
        standard_error(share, self.draws.iterations)
    }

    /// Monte Carlo standard error of an option's confidence factor, over [`SCORE_DRAWS`] draws; `None` without one.
    #[must_use]
    pub fn confidence_error(&self, option: usize) -> Option<f64> {
        let share = self.confidence_factor.get(option).copied().flatten()?;
        Some(standard_error(share, SCORE_DRAWS as u32))
    }
}

/// Monte Carlo standard error of a share, √(p(1 − p)/n).
#[must_use]
pub fn standard_error(share: f64, draws: u32) -> f64 {
    (share * (1.0 - share) / f64::from(draws.max(1))).sqrt()
}

/// Whether scores that are not one sure figure are drawn too.
#[must_use]
pub fn scores_vary(workspace: &Workspace, run: &Robustness) -> bool {
    let spans = |level: &ScoreLevel| match *level {
        ScoreLevel::Range { low, high, .. } => low < high,
        ScoreLevel::Normal { sd, .. } => sd > 0.0,
        ScoreLevel::Unknown => true,
        ScoreLevel::Point(_) | ScoreLevel::Level(_) => run.draws.weak_as_weak,
    };
    let cells = workspace.balance.factors.len() * workspace.question.options.len();
    let scores = &workspace.balance.scores;
    scores.len() < cells || scores.iter().any(|score| spans(&score.level))
}

/// Limits that hold 95 % of draws of the scores, each (2.5 %, 97.5 %).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub total: (f64, f64),
    /// `None` without weight on that side.
    pub operational: Option<(f64, f64)>,
    pub commercial: Option<(f64, f64)>,
    /// How much the limits of both sides are stretched away from the likely values until the four quarter-ellipses
    /// through them hold 95 % of the draws in the (commercial, operational) plane; `None` where a side has no
    /// weight or a likely value lies past its limits.
    pub region_stretch: Option<f64>,
}

/// Runs the draws in parallel on the caller's thread pool; the same to the last bit for any number of threads.
/// `None` when the course was stopped.
///
/// Scores are drawn from low, likely and high as the draws say, or normal; an unknown cell is uniform over the values 0–100.
/// The limits of [`Spread`] and the confidence factors come from [`SCORE_DRAWS`] draws of the scores alone.
///
/// # Errors
/// Says why there is nothing to draw: no options in the ranking, no factors, no draws asked for, no swing above 0, or
/// too few ballots where ballots are asked for.
pub fn run(workspace: &Workspace, draws: Draws, course: &Course) -> Result<Option<Robustness>, Undefined> {
    run_watched(workspace, draws, course, &mut |_| ())
}

/// The same, showing from time to time how the shares of first places settle.
///
/// # Errors
/// As [`run`].
pub fn run_watched(
    workspace: &Workspace,
    draws: Draws,
    course: &Course,
    show: &mut dyn FnMut(Convergence),
) -> Result<Option<Robustness>, Undefined> {
    let contest = Contest::of(workspace, draws)?;
    let Some((tally, convergence)) = contest.tally(course, show) else { return Ok(None) };
    let central = tally.central_weights();
    let Some(held) = contest.scores_alone(&central, course) else { return Ok(None) };
    Ok(Some(contest.outcome(&tally, central, held, convergence)))
}

/// Draws of the scores alone.
pub const SCORE_DRAWS: usize = CHUNK * 4;
/// Draws in one chunk, which has one stream of chance and one answer to cancelling.
const CHUNK: usize = 2_048;
/// Chunks that are worked before their tallies are added up, so that memory stays bounded however many draws there are.
const ROUND: usize = 32;

/// The instructions of the computer that work several figures at a time. They change how fast the draws are made and
/// never their figures: each figure is still rounded by itself.
fn instructions() -> Level {
    static LEVEL: OnceLock<Level> = OnceLock::new();
    *LEVEL.get_or_init(Level::new)
}

/// Some draws side by side.
struct Block<'a> {
    /// How many draws of the chunk come before it, and how many draws of it count.
    begun: usize,
    live: usize,
    /// A row a factor, and a row a contender.
    weights: &'a [Lanes],
    totals: &'a [Lanes],
}

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
    /// For each option Σ w·v of the likely scores over the operational and over the commercial factors, at today's
    /// weights; what is not known counts as half way.
    likely: Vec<[f64; 2]>,
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
        let every = vec![1.0; matrix.factors];
        if matrix.too_few_scored(&every) {
            return Err(Undefined("fewer than two options have a score"));
        }
        if draws.iterations == 0 {
            return Err(Undefined("no draws asked for"));
        }
        let today = matrix.weigh(&weights::in_force(workspace).swings);
        let scores = ScoreSettings { draws: draws.scores, widened: draws.weak_as_weak };
        let mut likely = vec![[0.0; 2]; matrix.options];
        for (o, sums) in likely.iter_mut().enumerate() {
            for (f, weight) in today.weights.iter().enumerate() {
                sums[side_place(matrix.sides[f])] += weight * matrix.middle(f, o);
            }
        }
        let places = (0..matrix.factors).flat_map(|f| (0..matrix.options).map(move |o| (f, o)));
        Ok(Self {
            draws,
            options: matrix.options,
            factors: matrix.factors,
            contenders,
            weights: WeightDraw::of(workspace, &draws)?,
            cells: places.map(|(f, o)| CellDraw::of(&matrix, f, o, scores)).collect(),
            weights_today: today.commercial_share.is_some().then_some(today.weights),
            sides: matrix.sides,
            likely,
        })
    }

    /// Draws weights and scores together and counts who takes which place.
    fn tally(&self, course: &Course, show: &mut dyn FnMut(Convergence)) -> Option<(Tally, Convergence)> {
        let looks = convergence::looked_at(self.draws.iterations);
        let mut total = Tally::new(self.contenders.len(), self.factors);
        let mut convergence = Convergence::default();
        let work = |begun: u32, draws: usize| self.tally_of_chunk(begun, draws, &looks);
        self.in_rounds(course, work, |round| {
            for (tally, checkpoints) in round {
                convergence.add(self.options, &self.contenders, &total, &checkpoints);
                total.add(&tally);
            }
            show(convergence.clone());
        })?;
        Some((total, convergence))
    }

    /// Works all the draws, a chunk after the other from the draw it begins with, and hands over what they give in their
    /// order, some chunks at a time. `None` when the course was stopped.
    fn in_rounds<T: Send>(
        &self,
        course: &Course,
        work: impl Fn(u32, usize) -> T + Sync,
        mut take: impl FnMut(Vec<T>),
    ) -> Option<()> {
        let iterations = self.draws.iterations as usize;
        course.will_take(iterations as u64);
        for first in (0..iterations).step_by(CHUNK * ROUND) {
            let chunks: Vec<usize> = (first..iterations.min(first + CHUNK * ROUND)).step_by(CHUNK).collect();
            let round: Option<Vec<T>> = chunks
                .into_par_iter()
                .map(|begun| {
                    (!course.is_stopped()).then(|| {
                        let draws = CHUNK.min(iterations - begun);
                        let part = work(begun as u32, draws);
                        course.advance(draws as u64);
                        part
                    })
                })
                .collect();
            take(round?);
        }
        Some(())
    }

    fn tally_of_chunk(&self, begun: u32, draws: usize, looks: &[u32]) -> (Tally, Vec<Checkpoint>) {
        dispatch!(instructions(), _simd => self.tally_of_chunk_here(begun, draws, looks))
    }

    #[inline(always)]
    fn tally_of_chunk_here(&self, begun: u32, draws: usize, looks: &[u32]) -> (Tally, Vec<Checkpoint>) {
        let mut tally = Tally::new(self.contenders.len(), self.factors);
        let mut firsts = Firsts::new(self.contenders.len());
        let mut checkpoints = Vec::new();
        let mut looks = looks[looks.partition_point(|look| *look <= begun)..].iter().peekable();
        self.each_block(begun, draws, |block| {
            tally.count(block.totals, block.weights, block.live, &mut firsts);
            let end = begun + (block.begun + block.live) as u32;
            while let Some(&look) = looks.next_if(|look| **look <= end) {
                let after = convergence::after((look - begun) as usize - block.begun);
                checkpoints.push(Checkpoint::inside(look, &tally, &firsts.first, after));
            }
        });
        (tally, checkpoints)
    }

    /// Draws weights and scores together, a block of draws after the other.
    #[inline(always)]
    fn each_block(&self, begun: u32, draws: usize, mut take: impl FnMut(Block<'_>)) {
        let chunk = begun / CHUNK as u32;
        let mut stream = Stream::new(self.draws.seed, Purpose::WeightsAndScores, chunk);
        let mut weights = vec![[0.0; LANES]; self.factors];
        let mut totals = vec![[0.0; LANES]; self.contenders.len()];
        let mut values = [0.0; LANES];
        self.weights.begin(&mut stream, &mut weights);
        for begun in (0..draws).step_by(LANES) {
            self.weights.fill(&mut stream, &mut weights);
            totals.fill([0.0; LANES]);
            for (f, weight) in weights.iter().enumerate() {
                for (total, &option) in totals.iter_mut().zip(&self.contenders) {
                    let cell = &self.cells[f * self.options + option];
                    if let CellDraw::Sure(value) = cell {
                        for (sum, w) in total.iter_mut().zip(weight) {
                            *sum += w * value;
                        }
                        continue;
                    }
                    cell.fill(&mut stream, &mut values);
                    for ((sum, w), v) in total.iter_mut().zip(weight).zip(&values) {
                        *sum += w * v;
                    }
                }
            }
            take(Block { begun, live: LANES.min(draws - begun), weights: &weights, totals: &totals });
        }
    }

    /// Draws the scores alone: how often each option leads at its own central weights, and the totals and side values at
    /// today's weights.
    fn scores_alone(&self, central: &[Option<Vec<f64>>], course: &Course) -> Option<HeldWeights> {
        // Scores that are all sure give the same in every draw.
        let sure = self.cells.iter().all(|cell| matches!(cell, CellDraw::Sure(_)));
        let (chunks, draws) = if sure { (1, LANES) } else { ((SCORE_DRAWS / CHUNK) as u32, CHUNK) };
        let parts: Option<Vec<HeldWeights>> = (0..chunks)
            .into_par_iter()
            .map(|chunk| (!course.is_stopped()).then(|| self.scores_alone_of_chunk(central, chunk, draws)))
            .collect();
        let mut parts = parts?.into_iter();
        let mut whole = parts.next()?;
        parts.for_each(|part| whole.add(part));
        Some(whole)
    }

    fn scores_alone_of_chunk(&self, central: &[Option<Vec<f64>>], chunk: u32, draws: usize) -> HeldWeights {
        let mut stream = Stream::new(self.draws.seed, Purpose::ScoresAlone, chunk);
        let mut held = HeldWeights::new(self.contenders.len(), self.options, draws);
        let mut values = vec![[0.0; LANES]; self.cells.len()];
        let mut totals = vec![[0.0; LANES]; self.contenders.len()];
        for _ in (0..draws).step_by(LANES) {
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

    fn outcome(
        &self,
        tally: &Tally,
        central: Vec<Option<Vec<f64>>>,
        held: HeldWeights,
        convergence: Convergence,
    ) -> Robustness {
        let draws = f64::from(self.draws.iterations);
        let of_scores = held.draws as f64;
        let mut outcome = Robustness {
            draws: self.draws,
            rank_acceptability: vec![vec![0.0; self.options]; self.options],
            standard_error: vec![vec![0.0; self.options]; self.options],
            central_weights: vec![None; self.options],
            confidence_factor: vec![None; self.options],
            pairwise_winning: vec![vec![0.0; self.options]; self.options],
            choice_entropy_bits: tally.entropy_bits(),
            convergence,
            spread: self.spreads(held.samples),
        };
        for (a, (&option, central)) in self.contenders.iter().zip(central).enumerate() {
            for rank in 0..self.contenders.len() {
                let share = tally.ranks_of(a)[rank] as f64 / draws;
                outcome.rank_acceptability[option][rank] = share;
                outcome.standard_error[option][rank] = standard_error(share, self.draws.iterations);
            }
            for (b, &other) in self.contenders.iter().enumerate() {
                outcome.pairwise_winning[option][other] = tally.wins_of(a)[b] as f64 / draws;
            }
            outcome.confidence_factor[option] =
                central.as_ref().map(|_| f64::from(held.firsts[a]) / of_scores);
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
            .zip(&self.likely)
            .map(|([op, com], likely)| {
                let both = operational > 0.0 && commercial > 0.0;
                let region_stretch = both.then(|| region::stretch(&op, &com, *likely)).flatten();
                let total = op.iter().zip(&com).map(|(op, com)| op + com).collect();
                Some(Spread {
                    total: central_95(total),
                    operational: limits_of_side(op, operational),
                    commercial: limits_of_side(com, commercial),
                    region_stretch,
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
    draws: usize,
    /// How often each contender is first under its own central weights.
    firsts: Vec<u32>,
    /// For each option its draws of Σ w·v over the operational and over the commercial factors, at today's weights.
    samples: Vec<[Vec<f64>; 2]>,
}

impl HeldWeights {
    fn new(contenders: usize, options: usize, draws: usize) -> Self {
        Self { draws, firsts: vec![0; contenders], samples: vec![[Vec::new(), Vec::new()]; options] }
    }

    fn add(&mut self, part: Self) {
        self.draws += part.draws;
        self.firsts.iter_mut().zip(part.firsts).for_each(|(sum, n)| *sum += n);
        for (whole, part) in self.samples.iter_mut().flatten().zip(part.samples.iter().flatten()) {
            whole.extend_from_slice(part);
        }
    }
}

/// In how many draws of a block a contender is first, alone or with others that tie.
fn leads(totals: &[Lanes], contender: usize) -> u32 {
    (0..LANES).filter(|&lane| totals.iter().all(|total| total[lane] - totals[contender][lane] <= TIE)).count()
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
