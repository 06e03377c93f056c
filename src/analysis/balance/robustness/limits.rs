//! Weights drawn uniformly from those that keep to a lowest and a highest weight for each factor.
//!
//! The part of the simplex inside the limits is walked by hit-and-run (Tervonen, van Valkenhoef, Baştürk & Postmus 2013)
//! along the lines on which two weights trade with each other, all others held: a step is uniform on the part of such a
//! line inside the limits, so that the uniform distribution stays what it is. Without limits n·log n such steps forget
//! where they began (Smith 2014).

use super::score_draws::{LANES, Lanes};
use crate::{
    analysis::{Undefined, random::Stream},
    model::Workspace,
};

/// How often every weight trades with another before the first draw of a chunk counts, and between two draws.
const SWEEPS_BEFORE: usize = 48;
const SWEEPS_BETWEEN: usize = 6;

/// The limits of each weight, and weights inside them to begin from.
#[derive(Clone, Debug)]
pub struct WeightLimits {
    limits: Vec<(f64, f64)>,
    begin: Vec<f64>,
}

impl WeightLimits {
    /// The limits stated in a workspace; a factor without limits may have any weight.
    ///
    /// # Errors
    /// Says why no weights keep to them: the lowest add up to more than all the weight, or the highest to less.
    pub fn of(workspace: &Workspace) -> Result<Self, Undefined> {
        let factors = workspace.balance.factors.iter();
        let limits: Vec<(f64, f64)> = factors
            .map(|factor| factor.weight_limits.unwrap_or((0.0, 1.0)))
            .map(|(low, high)| (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0)))
            .collect();
        if limits.iter().any(|(low, high)| low > high) {
            return Err(Undefined("a lowest weight lies above its highest"));
        }
        let lowest: f64 = limits.iter().map(|(low, _)| low).sum();
        let highest: f64 = limits.iter().map(|(_, high)| high).sum();
        if lowest > 1.0 + 1e-9 {
            return Err(Undefined("the lowest weights add up to more than 100 %"));
        }
        if highest < 1.0 - 1e-9 {
            return Err(Undefined("the highest weights add up to less than 100 %"));
        }
        let room = highest - lowest;
        let share = if room > 0.0 { ((1.0 - lowest) / room).clamp(0.0, 1.0) } else { 0.0 };
        let begin = limits.iter().map(|(low, high)| low + (high - low) * share).collect();
        Ok(Self { limits, begin })
    }

    /// Weights to walk from, all the same.
    pub fn begin(&self, stream: &mut Stream, rows: &mut [Lanes]) {
        for (row, weight) in rows.iter_mut().zip(&self.begin) {
            row.fill(*weight);
        }
        self.walk(stream, rows, SWEEPS_BEFORE);
    }

    /// Walks on to the next weights.
    pub fn next(&self, stream: &mut Stream, rows: &mut [Lanes]) {
        self.walk(stream, rows, SWEEPS_BETWEEN);
    }

    fn walk(&self, stream: &mut Stream, rows: &mut [Lanes], sweeps: usize) {
        if rows.len() < 2 {
            return;
        }
        let mut share = [0.0; LANES];
        for _ in 0..sweeps {
            for a in 0..rows.len() {
                // Which two trade does not depend on where the walk is, so all lanes may share it.
                let b = (a + 1 + stream.below(rows.len() - 1)) % rows.len();
                stream.fill_uniform(&mut share);
                let ((low_a, high_a), (low_b, high_b)) = (self.limits[a], self.limits[b]);
                let Ok([row_a, row_b]) = rows.get_disjoint_mut([a, b]) else { continue };
                for ((x, y), u) in row_a.iter_mut().zip(row_b.iter_mut()).zip(&share) {
                    let both = *x + *y;
                    let least = low_a.max(both - high_b);
                    let most = high_a.min(both - low_b).max(least);
                    *x = least + (most - least) * u;
                    *y = both - *x;
                }
            }
        }
    }
}
