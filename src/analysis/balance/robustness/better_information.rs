//! What it would be worth to know more: the part of the doubt about the lead that each score and the weights explain, and
//! what knowing them before choosing would add.
//!
//! Both rest on each score being drawn by itself: then the mean of a total, given one score or given the weights, is known
//! without drawing the rest, and no draw has to be made inside another.

use super::{Block, Contest, Draws, score_draws::CellDraw};
use crate::{
    analysis::{
        Undefined,
        balance::{
            matrix::{PerformanceMatrix, TIE},
            robustness::score_draws::{LANES, Lanes},
            weights,
        },
        course::Course,
    },
    model::Workspace,
};

/// A figure from draws with its Monte Carlo standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    pub value: f64,
    /// `None` where the draws are too few to tell it.
    pub standard_error: Option<f64>,
}

/// What better information is worth; see [`better_information`].
#[derive(Clone, Debug, PartialEq)]
pub struct BetterInformation {
    pub draws: Draws,
    /// Whose lead it is about, and over whom: first and second at the group's weights.
    pub leader: usize,
    pub second: usize,
    /// The option with the greatest expected total: the one chosen without knowing more.
    pub chosen: usize,
    /// Variance of the lead when weights and scores are drawn, in points squared.
    pub lead_variance: f64,
    /// Share of that variance that the weights explain by themselves (first order), 0 to 1.
    pub weights_share: Result<f64, Undefined>,
    /// Expected gain in points of knowing the weights before choosing.
    pub weights_gain: Estimate,
    /// Expected gain in points of knowing everything before choosing.
    pub everything: Estimate,
    /// The cells whose score is not sure, the greatest part of the doubt first.
    pub cells: Vec<CellInformation>,
}

/// What one cell's score would tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellInformation {
    pub option: usize,
    pub factor: usize,
    /// Share of the variance of the lead at the group's weights that the score explains, 0 to 1; these add up to 1. `None`
    /// where at these weights nothing is in doubt.
    pub share: Option<f64>,
    /// Expected gain in points of knowing the score before choosing.
    pub gain: Estimate,
}

/// What knowing more would be worth, by cell and for the weights together; `None` when the course was stopped.
///
/// - Share of the variance of the lead, first order (Saltelli et al. 2008): Var E[lead | x] / Var lead. For a cell at the
///   group's weights, exactly: wⱼ²·Var vⱼ over the sum of these; for the weights, over draws of weights and scores.
/// - Expected gain in points: partial expected value of perfect information (Felli & Hazen 1998), E max E[V | x] − max E V.
///
/// Standard errors are those of the mean over sixteen batches of the draws.
///
/// # Errors
/// As [`super::run`], and where fewer than two options are in the ranking or no factor has weight.
pub fn better_information(
    workspace: &Workspace,
    draws: Draws,
    course: &Course,
) -> Result<Option<BetterInformation>, Undefined> {
    let contest = Contest::of(workspace, draws)?;
    let matrix = PerformanceMatrix::of(workspace);
    let today = matrix.weigh(&weights::in_force(workspace).swings);
    let &[leader, second, ..] = today.ranking.as_slice() else {
        return Err(Undefined(if today.commercial_share.is_none() {
            "no factor has any weight"
        } else {
            "fewer than two options can be ranked"
        }));
    };
    let worths: Vec<Worth> = contest.cells.iter().map(Worth::of).collect();
    let lead = Lead { leader, second };
    let Some(batches) = contest.batches(&worths, lead, course) else { return Ok(None) };
    let whole = batches.iter().fold(Batch::new(&contest), |mut sum, batch| {
        sum.add(batch);
        sum
    });
    let asked = Asked { contest: &contest, worths: &worths, batches: &batches, whole: &whole };
    let (chosen, _) = asked.best(&whole, |_, mean| mean);
    let (lead_variance, explained) = (whole.variance_of_lead(), whole.variance_by_weights());
    Ok(Some(BetterInformation {
        draws,
        leader,
        second,
        chosen,
        lead_variance,
        weights_share: if lead_variance > VARIANCE_OF_NOTHING {
            Ok((explained / lead_variance).clamp(0.0, 1.0))
        } else {
            Err(Undefined("nothing about the lead is in doubt"))
        },
        weights_gain: asked.gain(|batch| batch.best_by_weights - batch.mean_total(&asked, chosen)),
        everything: asked.gain(|batch| batch.best - batch.totals[asked.place(chosen)]),
        cells: asked.cells(&today.weights, lead),
    }))
}

/// Variances under this, in points squared, are rounding.
const VARIANCE_OF_NOTHING: f64 = 1e-18;
/// Batches that the draws are dealt into, block by block.
const BATCHES: usize = 16;
/// Quantiles at which the value of a cell is looked at.
const QUANTILES: usize = 64 * LANES;

/// The two options whose difference is the lead.
#[derive(Clone, Copy)]
struct Lead {
    leader: usize,
    second: usize,
}

/// The value of a cell over its distribution.
struct Worth {
    mean: f64,
    variance: f64,
    /// Values at evenly spaced quantiles, from the least to the greatest; empty when it is sure.
    values: Vec<f64>,
    /// Sums of the greatest values: `above[i]` is the sum of `values[i..]`.
    above: Vec<f64>,
}

impl Worth {
    fn of(cell: &CellDraw) -> Self {
        if let CellDraw::Sure(value) = cell {
            return Self { mean: *value, variance: 0.0, values: Vec::new(), above: Vec::new() };
        }
        let mut values = Vec::with_capacity(QUANTILES);
        for block in 0..QUANTILES / LANES {
            let mut lanes: Lanes = [0.0; LANES];
            for (lane, u) in lanes.iter_mut().enumerate() {
                *u = ((block * LANES + lane) as f64 + 0.5) / QUANTILES as f64;
            }
            cell.shape(&mut lanes);
            values.extend_from_slice(&lanes);
        }
        values.sort_unstable_by(f64::total_cmp);
        let mean = values.iter().sum::<f64>() / QUANTILES as f64;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / QUANTILES as f64;
        let mut above = vec![0.0; QUANTILES + 1];
        for (i, value) in values.iter().enumerate().rev() {
            above[i] = above[i + 1] + value;
        }
        Self { mean, variance, values, above }
    }

    /// E max(rival, own + weight·(v − mean)): the expected total of the better of two when the value is known first.
    fn better_of(&self, own: f64, weight: f64, rival: f64) -> f64 {
        if self.values.is_empty() || weight <= 0.0 {
            return own.max(rival);
        }
        let turn = self.mean + (rival - own) / weight;
        let below = self.values.partition_point(|value| *value <= turn);
        let better = (QUANTILES - below) as f64;
        let sum = rival * below as f64 + own * better + weight * (self.above[below] - self.mean * better);
        sum / QUANTILES as f64
    }
}

/// What some of the draws add up to.
#[derive(Clone)]
struct Batch {
    draws: f64,
    /// Sums of the weight of each factor and of the total of each contender.
    weights: Vec<f64>,
    totals: Vec<f64>,
    /// Sums of the greatest total, and of the greatest expected total given the weights.
    best: f64,
    best_by_weights: f64,
    /// Sums of the lead and of its square, and of those of its expectation given the weights.
    lead: [f64; 2],
    lead_by_weights: [f64; 2],
}

impl Batch {
    fn new(contest: &Contest) -> Self {
        Self {
            draws: 0.0,
            weights: vec![0.0; contest.factors],
            totals: vec![0.0; contest.contenders.len()],
            best: 0.0,
            best_by_weights: 0.0,
            lead: [0.0; 2],
            lead_by_weights: [0.0; 2],
        }
    }

    fn add(&mut self, other: &Self) {
        self.draws += other.draws;
        self.weights.iter_mut().zip(&other.weights).for_each(|(sum, x)| *sum += x);
        self.totals.iter_mut().zip(&other.totals).for_each(|(sum, x)| *sum += x);
        self.best += other.best;
        self.best_by_weights += other.best_by_weights;
        self.lead.iter_mut().zip(&other.lead).for_each(|(sum, x)| *sum += x);
        self.lead_by_weights.iter_mut().zip(&other.lead_by_weights).for_each(|(sum, x)| *sum += x);
    }

    fn variance([sum, squares]: [f64; 2], draws: f64) -> f64 {
        let mean = sum / draws;
        (squares / draws - mean * mean).max(0.0)
    }

    fn variance_of_lead(&self) -> f64 {
        Self::variance(self.lead, self.draws)
    }

    fn variance_by_weights(&self) -> f64 {
        Self::variance(self.lead_by_weights, self.draws)
    }

    /// Sum over the draws of the expected total of an option given the weights.
    fn mean_total(&self, asked: &Asked<'_>, option: usize) -> f64 {
        let of_factor = |f: usize| &asked.worths[f * asked.contest.options + option];
        self.weights.iter().enumerate().map(|(f, weight)| weight * of_factor(f).mean).sum()
    }
}

impl Contest {
    /// Draws weights and scores together and adds up what the gains are made of, dealt into batches.
    fn batches(&self, worths: &[Worth], lead: Lead, course: &Course) -> Option<Vec<Batch>> {
        let mut batches = vec![Batch::new(self); BATCHES];
        let work = |begun: u32, draws: usize| self.batches_of_chunk(begun, draws, worths, lead);
        self.in_rounds(course, work, |round| {
            for of_chunk in round {
                batches.iter_mut().zip(&of_chunk).for_each(|(sum, part)| sum.add(part));
            }
        })?;
        Some(batches)
    }

    fn batches_of_chunk(&self, begun: u32, draws: usize, worths: &[Worth], lead: Lead) -> Vec<Batch> {
        let mut batches = vec![Batch::new(self); BATCHES];
        let place = |option| self.contenders.iter().position(|o| *o == option).unwrap_or(0);
        let places = (place(lead.leader), place(lead.second));
        let mut means = vec![[0.0; LANES]; self.contenders.len()];
        self.each_block(begun, draws, |block| {
            means.fill([0.0; LANES]);
            for (f, weight) in block.weights.iter().enumerate() {
                for (mean, &option) in means.iter_mut().zip(&self.contenders) {
                    let worth = worths[f * self.options + option].mean;
                    mean.iter_mut().zip(weight).for_each(|(sum, w)| *sum += w * worth);
                }
            }
            let batch = &mut batches[block.begun / LANES % BATCHES];
            count_block(batch, &block, &means, places);
        });
        batches
    }
}

fn count_block(batch: &mut Batch, block: &Block<'_>, means: &[Lanes], (leader, second): (usize, usize)) {
    let greatest =
        |rows: &[Lanes], lane: usize| rows.iter().fold(f64::NEG_INFINITY, |most, row| most.max(row[lane]));
    let sum = |row: &Lanes| row[..block.live].iter().sum::<f64>();
    batch.draws += block.live as f64;
    batch.weights.iter_mut().zip(block.weights).for_each(|(total, row)| *total += sum(row));
    batch.totals.iter_mut().zip(block.totals).for_each(|(total, row)| *total += sum(row));
    for lane in 0..block.live {
        batch.best += greatest(block.totals, lane);
        batch.best_by_weights += greatest(means, lane);
        for (rows, sums) in [(block.totals, &mut batch.lead), (means, &mut batch.lead_by_weights)] {
            let lead = rows[leader][lane] - rows[second][lane];
            sums[0] += lead;
            sums[1] += lead * lead;
        }
    }
}

/// Everything that the gains are computed from.
struct Asked<'a> {
    contest: &'a Contest,
    worths: &'a [Worth],
    batches: &'a [Batch],
    whole: &'a Batch,
}

impl Asked<'_> {
    fn place(&self, option: usize) -> usize {
        self.contest.contenders.iter().position(|o| *o == option).unwrap_or(0)
    }

    /// The option with the greatest expected total in a batch, each as `seen`, and that total.
    fn best(&self, batch: &Batch, seen: impl Fn(usize, f64) -> f64) -> (usize, f64) {
        let totals = self
            .contest
            .contenders
            .iter()
            .map(|&option| (option, seen(option, batch.mean_total(self, option) / batch.draws.max(1.0))));
        totals.fold((0, f64::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best })
    }

    /// The mean of a sum over the draws, and its standard error from the batches.
    fn gain(&self, sum: impl Fn(&Batch) -> f64) -> Estimate {
        let value = (sum(self.whole) / self.whole.draws).max(0.0);
        self.estimate(value, |batch| sum(batch) / batch.draws)
    }

    fn estimate(&self, value: f64, of_batch: impl Fn(&Batch) -> f64) -> Estimate {
        let used: Vec<f64> = self.batches.iter().filter(|b| b.draws > 0.0).map(of_batch).collect();
        let n = used.len() as f64;
        let mean = used.iter().sum::<f64>() / n;
        let spread = used.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        let standard_error = (n > 1.0).then(|| (spread / (n - 1.0) / n).sqrt());
        // What is nought but for the rounding of long sums is nought.
        let tidied = |figure: f64| if figure.abs() <= TIE { 0.0 } else { figure };
        Estimate { value: tidied(value), standard_error: standard_error.map(tidied) }
    }

    /// The expected gain of knowing one score, from the means of a batch.
    fn gain_of_cell(&self, batch: &Batch, option: usize, factor: usize) -> f64 {
        let worth = &self.worths[factor * self.contest.options + option];
        let own = batch.mean_total(self, option) / batch.draws;
        let (_, rival) = self.best(batch, |o, mean| if o == option { f64::NEG_INFINITY } else { mean });
        let weight = batch.weights[factor] / batch.draws;
        (worth.better_of(own, weight, rival) - own.max(rival)).max(0.0)
    }

    fn cells(&self, weights: &[f64], lead: Lead) -> Vec<CellInformation> {
        let of_lead = |option| option == lead.leader || option == lead.second;
        let doubt = |f: usize, option: usize| {
            weights[f] * weights[f] * self.worths[f * self.contest.options + option].variance
        };
        let all: f64 = (0..self.contest.factors).map(|f| doubt(f, lead.leader) + doubt(f, lead.second)).sum();
        let mut cells = Vec::new();
        for &option in &self.contest.contenders {
            for factor in 0..self.contest.factors {
                if self.worths[factor * self.contest.options + option].variance <= VARIANCE_OF_NOTHING {
                    continue;
                }
                let value = self.gain_of_cell(self.whole, option, factor);
                let gain = self.estimate(value, |batch| self.gain_of_cell(batch, option, factor));
                let share = (all > VARIANCE_OF_NOTHING)
                    .then(|| if of_lead(option) { doubt(factor, option) / all } else { 0.0 });
                if of_lead(option) || value > 0.0 {
                    cells.push(CellInformation { option, factor, share, gain });
                }
            }
        }
        cells.sort_by(|a, b| {
            let by_share = b.share.unwrap_or(0.0).total_cmp(&a.share.unwrap_or(0.0));
            by_share.then(b.gain.value.total_cmp(&a.gain.value))
        });
        cells
    }
}
