//! How the shares of first places settle as more is drawn.

use super::{LANES, standard_error, tally::Tally};

/// The first number of draws that is looked at, and how many more are looked at before it has grown tenfold.
const BEGIN: f64 = 10.0;
const STEPS_A_TENFOLD: f64 = 40.0;

/// The shares of first places after ever more draws, up to all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Convergence {
    pub points: Vec<Point>,
}

/// The shares after so many draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub draws: u32,
    /// Share of first places of each option, 0 to 1.
    pub first: Vec<f64>,
}

impl Point {
    /// Monte Carlo standard error of an option's share, √(p(1 − p)/n).
    #[must_use]
    pub fn standard_error(&self, option: usize) -> f64 {
        let share = self.first.get(option).copied().unwrap_or(0.0);
        standard_error(share, self.draws)
    }
}

/// How often each contender was first in the draws of a chunk up to one of them.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    draws: u32,
    firsts: Vec<u64>,
}

impl Checkpoint {
    /// The count up to a draw inside the block that `tally` has just counted: `after` are the block's draws that come
    /// after it, a bit each, and `first` those in which each contender is first.
    #[inline(always)]
    pub fn inside(draws: u32, tally: &Tally, first: &[u64], after: u64) -> Self {
        let firsts = first
            .iter()
            .enumerate()
            .map(|(a, first)| tally.ranks_of(a)[0] - u64::from((first & after).count_ones()))
            .collect();
        Self { draws, firsts }
    }
}

impl Convergence {
    /// Adds the checkpoints of the next chunk to what was counted before it.
    pub fn add(&mut self, options: usize, contenders: &[usize], before: &Tally, checkpoints: &[Checkpoint]) {
        for Checkpoint { draws, firsts } in checkpoints {
            let mut first = vec![0.0; options];
            for (a, (&option, n)) in contenders.iter().zip(firsts).enumerate() {
                first[option] = (before.ranks_of(a)[0] + n) as f64 / f64::from(*draws);
            }
            self.points.push(Point { draws: *draws, first });
        }
    }
}

/// The numbers of draws at which shares are looked at: evenly spread by their logarithm, the last of them all the draws.
#[must_use]
pub fn looked_at(iterations: u32) -> Vec<u32> {
    let last = f64::from(iterations);
    let mut places: Vec<u32> = (0..)
        .map(|step| libm::round(BEGIN * libm::exp10(f64::from(step) / STEPS_A_TENFOLD)))
        .take_while(|draws| *draws < last)
        .map(|draws| draws as u32)
        .collect();
    places.dedup();
    places.push(iterations);
    places
}

/// The bits of a block's draws that come after the first `so_many`.
#[must_use]
pub fn after(so_many: usize) -> u64 {
    if so_many >= LANES { 0 } else { u64::MAX << so_many }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_look_is_at_all_the_draws() {
        assert_eq!(looked_at(7), [7]);
        let places = looked_at(10_000);
        assert_eq!((places[0], places.last()), (10, Some(&10_000)));
        assert!(places.is_sorted_by(|a, b| a < b) && places.contains(&100) && places.contains(&1_000));
    }
}
