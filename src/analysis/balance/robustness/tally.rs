//! Counting places: ranks, pairwise wins and the weights at which each contender is first.

use super::score_draws::{LANES, Lanes};
use crate::analysis::balance::matrix::TIE;

/// What was counted over some draws. Counts add up in any order; weights are added in the order of the chunks.
#[derive(Clone, Debug)]
pub struct Tally {
    contenders: usize,
    factors: usize,
    /// How often contender `a` takes rank `r`: `ranks[a * contenders + r]`.
    ranks: Vec<u64>,
    /// How often contender `a` beats `b`: `wins[a * contenders + b]`.
    wins: Vec<u64>,
    /// Sum of the weights of factor `f` over the draws in which `a` is first: `first_weights[a * factors + f]`.
    first_weights: Vec<f64>,
}

/// Room to count one block in, and who is first in it.
#[derive(Clone, Debug)]
pub struct Firsts {
    /// For each contender how many are better, draw by draw: a number written in bits, of which each stands in a word of
    /// its own with a bit for every draw, the lowest first. `digits` words for each contender.
    better: Vec<u64>,
    digits: usize,
    /// For each contender the draws in which it is first, a bit each.
    pub first: Vec<u64>,
}

impl Firsts {
    #[must_use]
    pub fn new(contenders: usize) -> Self {
        let digits = (usize::BITS - contenders.leading_zeros()) as usize;
        Self { better: vec![0; contenders * digits], digits, first: vec![0; contenders] }
    }

    /// One more is better than this contender in these draws.
    #[inline(always)]
    fn one_better(&mut self, contender: usize, draws: u64) {
        let mut carried = draws;
        for digit in &mut self.better[contender * self.digits..(contender + 1) * self.digits] {
            let both = *digit & carried;
            *digit ^= carried;
            carried = both;
        }
    }
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(contenders: usize, factors: usize) -> Self {
        Self {
            contenders,
            factors,
            ranks: vec![0; contenders * contenders],
            wins: vec![0; contenders * contenders],
            first_weights: vec![0.0; contenders * factors],
        }
    }

    /// Counts the first `live` draws of a block. A contender's rank is the number of those better by more than rounding, so
    /// ties share the better rank, as in the ranking.
    #[inline(always)]
    pub fn count(&mut self, totals: &[Lanes], weights: &[Lanes], live: usize, room: &mut Firsts) {
        room.better.fill(0);
        let live = if live >= LANES { u64::MAX } else { (1 << live) - 1 };
        self.compare(totals, live, room);
        let Firsts { better, digits, first } = room;
        for (a, first) in first.iter_mut().enumerate() {
            let better_than_a = &better[a * *digits..(a + 1) * *digits];
            let ranks = &mut self.ranks[a * self.contenders..(a + 1) * self.contenders];
            for (rank, n) in ranks.iter_mut().enumerate() {
                let mut here = live;
                for (place, digit) in better_than_a.iter().enumerate() {
                    here &= if rank >> place & 1 == 1 { *digit } else { !digit };
                }
                *n += u64::from(here.count_ones());
                if rank == 0 {
                    *first = here;
                }
            }
            let sums = &mut self.first_weights[a * self.factors..(a + 1) * self.factors];
            let mut left = *first;
            while left != 0 {
                let lane = left.trailing_zeros() as usize;
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += weight[lane];
                }
                left &= left - 1;
            }
        }
    }

    /// Compares each pair in all draws of the block at once: who beats whom is a bit a draw, so that sums are counts of bits.
    #[inline(always)]
    fn compare(&mut self, totals: &[Lanes], live: u64, room: &mut Firsts) {
        for a in 0..self.contenders {
            for b in a + 1..self.contenders {
                let (of_a, of_b) = (&totals[a], &totals[b]);
                let (mut a_beats, mut b_beats) = (0, 0);
                for lane in 0..LANES {
                    let by = of_a[lane] - of_b[lane];
                    a_beats |= u64::from(by > TIE) << lane;
                    b_beats |= u64::from(by < -TIE) << lane;
                }
                a_beats &= live;
                b_beats &= live;
                room.one_better(b, a_beats);
                room.one_better(a, b_beats);
                self.wins[a * self.contenders + b] += u64::from(a_beats.count_ones());
                self.wins[b * self.contenders + a] += u64::from(b_beats.count_ones());
            }
        }
    }

    /// Adds what was counted over other draws.
    pub fn add(&mut self, other: &Self) {
        self.ranks.iter_mut().zip(&other.ranks).for_each(|(sum, n)| *sum += n);
        self.wins.iter_mut().zip(&other.wins).for_each(|(sum, n)| *sum += n);
        self.first_weights.iter_mut().zip(&other.first_weights).for_each(|(sum, w)| *sum += w);
    }

    /// How often a contender takes each rank.
    #[must_use]
    pub fn ranks_of(&self, contender: usize) -> &[u64] {
        &self.ranks[contender * self.contenders..(contender + 1) * self.contenders]
    }

    /// How often a contender beats each other.
    #[must_use]
    pub fn wins_of(&self, contender: usize) -> &[u64] {
        &self.wins[contender * self.contenders..(contender + 1) * self.contenders]
    }

    /// The mean weights over the draws in which each contender is first; undefined for one that never is.
    #[must_use]
    pub fn central_weights(&self) -> Vec<Option<Vec<f64>>> {
        (0..self.contenders)
            .map(|a| {
                let firsts = self.ranks_of(a)[0];
                let sums = &self.first_weights[a * self.factors..(a + 1) * self.factors];
                (firsts > 0).then(|| sums.iter().map(|sum| sum / firsts as f64).collect())
            })
            .collect()
    }

    /// Entropy of who is first, −Σ p·log₂ p in bits; never under nought.
    ///
    /// A first place that several share counts once for each of them, and p is taken of the sum of these counts rather
    /// than of the draws, so that the p add up to 1 with ties too: two options that always tie have 1 bit.
    #[must_use]
    pub fn entropy_bits(&self) -> f64 {
        let firsts: Vec<f64> = (0..self.contenders).map(|a| self.ranks_of(a)[0] as f64).collect();
        let all: f64 = firsts.iter().sum();
        let bits: f64 = firsts
            .iter()
            .filter(|n| **n > 0.0)
            .map(|n| {
                let p = n / all;
                -p * libm::log2(p)
            })
            .sum();
        // Also where the sum is the nought below nought that binary fractions have.
        if bits > 0.0 { bits } else { 0.0 }
    }
}
