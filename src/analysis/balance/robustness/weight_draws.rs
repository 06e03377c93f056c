//! Drawing weights, a block of draws at a time.

use super::{
    Draws,
    limits::WeightLimits,
    score_draws::{LANES, Lanes},
};
use crate::{
    analysis::{
        Undefined,
        balance::weights,
        random::{self, Stream},
        voices::{self, SwingRow},
    },
    model::{
        Workspace,
        balance::{Side, WeightDraws},
        voices::Vote,
    },
};

/// How weights are drawn. Each draw sums to 1.
#[derive(Clone, Debug)]
pub enum WeightDraw {
    /// Uniform on the simplex: normalised exponential draws.
    Uniform,
    /// Uniform on the part of the simplex that keeps the order of the swings. Factors in order of their swings, those
    /// with the same swing together: among themselves they are free.
    Ranked(Vec<Vec<usize>>),
    /// Uniform on the part of the simplex inside stated limits.
    Limits(WeightLimits),
    /// Dirichlet with these shapes; 0 stays 0.
    Around(Vec<f64>),
    /// Commercial share, and each swing inside its side, uniform from the lowest to the highest ballot; with one ballot
    /// the ranges are points.
    Between { commercial: (f64, f64), swings: Vec<(f64, f64)>, sides: Vec<Side> },
    /// The weights of one ballot, drawn at random; where sectors vote, first the sector, then one of its ballots.
    Ballots { weights: Vec<Vec<f64>>, electors: Vec<Vec<usize>> },
}

impl WeightDraw {
    /// Prepares the draws that are asked for.
    ///
    /// # Errors
    /// Says why there is nothing to draw from: no swing above 0, limits that no weights keep to, no ballot to draw between,
    /// or fewer than two to draw one of.
    pub fn of(workspace: &Workspace, draws: &Draws) -> Result<Self, Undefined> {
        match draws.weights {
            WeightDraws::Uniform => Ok(Self::Uniform),
            WeightDraws::Ranked => Ok(Self::Ranked(by_swing(&swings_above_nought(workspace)?))),
            WeightDraws::AroundSwings => {
                let weights = weights::normalised(&swings_above_nought(workspace)?);
                let concentration = draws.concentration.clamp(1.0, 10_000.0);
                Ok(Self::Around(weights.iter().map(|weight| weight * concentration).collect()))
            }
            WeightDraws::Intervals => Ok(Self::Limits(WeightLimits::of(workspace)?)),
            WeightDraws::BetweenBallots => {
                let ballots: Vec<(usize, SwingRow)> = usable_ballots(workspace).collect();
                if ballots.is_empty() {
                    return Err(Undefined("there is no ballot with points"));
                }
                let sides: Vec<Side> = workspace.balance.factors.iter().map(|f| f.side).collect();
                let together = together(workspace);
                let share = |row: &SwingRow| weights::commercial_share(&filled(row, &together), &sides);
                let shares = ballots.iter().filter_map(|(_, row)| share(row));
                let commercial = lowest_highest(shares);
                let of_factor = |f: usize| lowest_highest(ballots.iter().filter_map(|(_, row)| row[f]));
                let swings = (0..sides.len()).map(of_factor).collect();
                Ok(Self::Between { commercial, swings, sides })
            }
            WeightDraws::Ballots => {
                let ballots: Vec<(usize, SwingRow)> = usable_ballots(workspace).collect();
                if ballots.len() < 2 {
                    return Err(Undefined("fewer than two ballots"));
                }
                let together = together(workspace);
                let weights =
                    ballots.iter().map(|(_, row)| weights::normalised(&filled(row, &together))).collect();
                let electors = match workspace.voices.vote {
                    Vote::OnePerson => vec![(0..ballots.len()).collect()],
                    Vote::OneSector => by_sector(workspace, &ballots),
                };
                Ok(Self::Ballots { weights, electors })
            }
        }
    }

    /// Makes ready for the first block of a chunk: draws that walk from one to the next begin their walk.
    pub fn begin(&self, stream: &mut Stream, rows: &mut [Lanes]) {
        if let Self::Limits(limits) = self {
            limits.begin(stream, rows);
        }
    }

    /// Draws a block of weights, a row a factor. `rows` holds the block before.
    #[inline(always)]
    pub fn fill(&self, stream: &mut Stream, rows: &mut [Lanes]) {
        match self {
            Self::Uniform => {
                for row in rows.iter_mut() {
                    exponential(stream, row);
                }
                normalise(rows);
            }
            Self::Limits(limits) => limits.next(stream, rows),
            Self::Ranked(blocks) => ranked(blocks, stream, rows),
            Self::Around(shapes) => {
                for (row, &shape) in rows.iter_mut().zip(shapes) {
                    let draw = || if shape > 0.0 { stream.gamma(shape) } else { 0.0 };
                    row.fill_with(draw);
                }
                normalise(rows);
            }
            Self::Between { commercial, swings, sides } => {
                between(*commercial, swings, sides, stream, rows);
            }
            Self::Ballots { weights, electors } => {
                for lane in 0..LANES {
                    let of_sector = &electors[stream.below(electors.len())];
                    let ballot = &weights[of_sector[stream.below(of_sector.len())]];
                    for (row, weight) in rows.iter_mut().zip(ballot) {
                        row[lane] = *weight;
                    }
                }
            }
        }
    }
}

fn swings_above_nought(workspace: &Workspace) -> Result<Vec<f64>, Undefined> {
    let swings = weights::in_force(workspace).swings;
    if swings.iter().any(|swing| *swing > 0.0) { Ok(swings) } else { Err(Undefined("no swing is above 0")) }
}

/// Factors from the largest swing to the smallest, those with the same swing in one block.
fn by_swing(swings: &[f64]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..swings.len()).collect();
    order.sort_by(|&a, &b| swings[b].total_cmp(&swings[a]).then(a.cmp(&b)));
    order.chunk_by(|&a, &b| swings[a].total_cmp(&swings[b]).is_eq()).map(<[usize]>::to_vec).collect()
}

/// Ballots in force that give some factor more than 0, on the footing on which the workspace counts them, with their
/// place in the workspace.
pub(super) fn usable_ballots(workspace: &Workspace) -> impl Iterator<Item = (usize, SwingRow)> + '_ {
    let counted =
        |row: SwingRow| -> SwingRow { row.into_iter().map(|swing| swing.map(weights::counted)).collect() };
    voices::ballots_as_counted(workspace)
        .map(move |(ballot, row)| (ballot, counted(row)))
        .filter(|(_, row)| row.iter().flatten().any(|swing| *swing > 0.0))
}

/// Swings of a ballot with each abstention filled in by what the ballots come to together, as the combination leaves
/// abstentions out; a factor on which everybody abstained has none.
fn filled(row: &SwingRow, together: &SwingRow) -> Vec<f64> {
    row.iter().zip(together).map(|(swing, combined)| swing.or(*combined).unwrap_or(0.0)).collect()
}

/// What the ballots come to together, factor by factor.
fn together(workspace: &Workspace) -> SwingRow {
    voices::combined_swings(workspace).unwrap_or_else(|| vec![None; workspace.balance.factors.len()])
}

fn by_sector(workspace: &Workspace, ballots: &[(usize, SwingRow)]) -> Vec<Vec<usize>> {
    let sector_of = |place: usize| &workspace.voices.ballots[ballots[place].0].sector;
    let mut electors: Vec<Vec<usize>> = Vec::new();
    for place in 0..ballots.len() {
        match electors.iter_mut().find(|of| sector_of(of[0]) == sector_of(place)) {
            Some(of_sector) => of_sector.push(place),
            None => electors.push(vec![place]),
        }
    }
    electors
}

/// The lowest and the highest of some figures; (0, 0) of none.
fn lowest_highest(figures: impl Iterator<Item = f64>) -> (f64, f64) {
    figures
        .fold(None, |ends: Option<(f64, f64)>, x| {
            Some(ends.map_or((x, x), |(low, high)| (low.min(x), high.max(x))))
        })
        .unwrap_or((0.0, 0.0))
}

#[inline(always)]
fn exponential(stream: &mut Stream, row: &mut Lanes) {
    stream.fill_uniform(row);
    random::exponential(row);
}

/// Makes each draw sum to 1.
#[inline(always)]
fn normalise(rows: &mut [Lanes]) {
    let mut sums = [0.0; LANES];
    for row in rows.iter() {
        for (sum, x) in sums.iter_mut().zip(row) {
            *sum += x;
        }
    }
    // A sum of nought can only come of draws too small to be written; then the draw has no weights.
    sums.iter_mut().for_each(|sum| *sum = 1.0 / sum.max(f64::MIN_POSITIVE));
    for row in rows {
        for (x, of_one) in row.iter_mut().zip(&sums) {
            *x *= of_one;
        }
    }
}

/// Weights in falling order without sorting: the k-th largest of n exponential draws is Σ_{i ≥ k} eᵢ/i (Rényi 1953).
#[inline(always)]
fn ranked(blocks: &[Vec<usize>], stream: &mut Stream, rows: &mut [Lanes]) {
    let mut place = rows.len();
    let mut above = [0.0; LANES];
    for block in blocks.iter().rev() {
        for &factor in block.iter().rev() {
            let row = &mut rows[factor];
            exponential(stream, row);
            for (x, sum) in row.iter_mut().zip(&mut above) {
                *sum += *x / place as f64;
                *x = *sum;
            }
            place -= 1;
        }
        for last in (1..block.len()).rev() {
            (0..LANES).for_each(|lane| {
                let (a, b) = (block[last], block[stream.below(last + 1)]);
                let kept = rows[a][lane];
                rows[a][lane] = rows[b][lane];
                rows[b][lane] = kept;
            });
        }
    }
    normalise(rows);
}

#[inline(always)]
fn between(
    commercial: (f64, f64),
    swings: &[(f64, f64)],
    sides: &[Side],
    stream: &mut Stream,
    rows: &mut [Lanes],
) {
    let mut share = [0.0; LANES];
    uniform_between(commercial, stream, &mut share);
    let mut sums = [[0.0; LANES]; 2];
    for ((row, &ends), side) in rows.iter_mut().zip(swings).zip(sides) {
        uniform_between(ends, stream, row);
        for (sum, x) in sums[usize::from(*side == Side::Commercial)].iter_mut().zip(row.iter()) {
            *sum += x;
        }
    }
    let [operational, of_commercial] = &mut sums;
    for ((op, com), share) in operational.iter_mut().zip(of_commercial).zip(&share) {
        // A side on which the draw gives no points leaves all the weight to the other.
        let share = match (*op > 0.0, *com > 0.0) {
            (true, true) => *share,
            (true, false) => 0.0,
            (false, _) => 1.0,
        };
        *op = if *op > 0.0 { (1.0 - share) / *op } else { 0.0 };
        *com = if *com > 0.0 { share / *com } else { 0.0 };
    }
    for (row, side) in rows.iter_mut().zip(sides) {
        for (x, a_point) in row.iter_mut().zip(&sums[usize::from(*side == Side::Commercial)]) {
            *x *= a_point;
        }
    }
}

#[inline(always)]
fn uniform_between((low, high): (f64, f64), stream: &mut Stream, row: &mut Lanes) {
    stream.fill_uniform(row);
    row.iter_mut().for_each(|u| *u = low + (high - low) * *u);
}
