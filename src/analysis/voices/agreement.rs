//! How far ballots agree, and where they part (methods, section 2).

use super::SwingSpread;
use crate::analysis::{Figure, Undefined, balance::matrix::TIE, distributions::chi_squared_tail};

/// Fewer ballots than this are too few to say how far they agree.
pub const FEWEST_BALLOTS: usize = 3;

/// Kendall's W with tie correction, 0 (no agreement) to 1 (full): W = 12S/(m²(n³ − n) − mΣ(t³ − t)), S the sum of squares
/// of the rank sums from their mean (Kendall & Babington Smith 1939; ties as in Kendall 1948).
///
/// Each judge gives one number an item; only their order counts, and numbers nearer than a rounding tie.
///
/// # Errors
/// Undefined with fewer than two judges or items, or when every judge holds all items alike.
pub fn kendalls_w(judges: &[Vec<f64>]) -> Figure {
    let items = judges.first().map_or(0, Vec::len);
    if judges.len() < 2 {
        return Err(Undefined("fewer than two rankings"));
    }
    if items < 2 {
        return Err(Undefined("fewer than two things to rank"));
    }
    let mut rank_sums = vec![0.0; items];
    let mut ties = 0.0;
    for judge in judges {
        ties += add_ranks(judge, &mut rank_sums);
    }
    let (m, n) = (judges.len() as f64, items as f64);
    let mean = m * (n + 1.0) / 2.0;
    let squares: f64 = rank_sums.iter().map(|sum| (sum - mean) * (sum - mean)).sum();
    let whole = m * m * (n * n * n - n) - m * ties;
    if whole > 0.0 { Ok(12.0 * squares / whole) } else { Err(Undefined("every ranking is one great tie")) }
}

/// Adds one judge's mean ranks to the sums; gives the judge's Σ(t³ − t) over ties of t items.
fn add_ranks(scores: &[f64], rank_sums: &mut [f64]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let (mut ties, mut before) = (0.0, 0.0);
    for alike in order.chunk_by(|&a, &b| scores[b] - scores[a] <= TIE) {
        let t = alike.len() as f64;
        for &item in alike {
            rank_sums[item] += before + (t + 1.0) / 2.0;
        }
        ties += t * t * t - t;
        before += t;
    }
    ties
}

/// How far rankings agree, and how often chance alone would have them agree as much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Kendall's W, 0 (none) to 1 (full).
    pub w: f64,
    /// How many rankings, m, and how many things ranked, n.
    pub rankings: usize,
    pub items: usize,
    /// Friedman's χ² = m(n − 1)W, with n − 1 degrees of freedom.
    pub chi_squared: f64,
    /// P(χ² at least as large) when everybody ranks at random: an approximation, rough with fewer than
    /// [`FEWEST_FOR_CHI_SQUARED`] things.
    pub p_value: f64,
}

/// An agreement, or why there is no saying.
pub type Agreed = Result<Agreement, Undefined>;

/// With fewer things ranked than this the χ² approximation is rough (Siegel & Castellan 1988, section 9.4).
pub const FEWEST_FOR_CHI_SQUARED: usize = 8;

/// Agreement of rankings, of which there must be three at the least.
///
/// # Errors
/// Undefined with fewer than three, and as [`kendalls_w`].
pub fn agreement(judges: &[Vec<f64>]) -> Agreed {
    match judges.len() {
        0 => return Err(Undefined("no ballots")),
        few if few < FEWEST_BALLOTS => return Err(Undefined("fewer than three ballots, too few to say")),
        _ => {}
    }
    let w = kendalls_w(judges)?;
    let (rankings, items) = (judges.len(), judges[0].len());
    let chi_squared = rankings as f64 * (items - 1) as f64 * w;
    let p_value = chi_squared_tail(chi_squared, u32::try_from(items - 1).unwrap_or(u32::MAX));
    Ok(Agreement { w, rankings, items, chi_squared, p_value })
}

/// Quartiles by linear interpolation, lowest and highest; `None` for no values.
#[must_use]
pub fn spread(mut values: Vec<f64>) -> Option<SwingSpread> {
    values.sort_by(f64::total_cmp);
    let (&min, &max) = (values.first()?, values.last()?);
    Some(SwingSpread {
        min,
        lower_quartile: quantile(&values, 0.25),
        median: quantile(&values, 0.5),
        upper_quartile: quantile(&values, 0.75),
        max,
    })
}

/// The quantile of sorted values by linear interpolation between the two nearest (the seventh kind of Hyndman & Fan
/// 1996). The values must not be empty.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() - 1) as f64 * share;
    let below = libm::floor(place) as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_agreement_is_one_and_opposite_rankings_none() {
        let up = vec![1.0, 2.0, 3.0];
        assert_eq!(kendalls_w(&[up.clone(), up.clone()]), Ok(1.0));
        assert_eq!(kendalls_w(&[up, vec![3.0, 2.0, 1.0]]), Ok(0.0));
    }

    #[test]
    fn what_cannot_be_ranked_has_a_reason() {
        assert!(kendalls_w(&[]).is_err());
        assert!(kendalls_w(&[vec![1.0, 2.0]]).is_err());
        assert!(kendalls_w(&[vec![1.0], vec![2.0]]).is_err());
        assert!(kendalls_w(&[vec![5.0, 5.0], vec![1.0, 1.0]]).is_err());
        assert!(agreement(&[vec![1.0, 2.0], vec![1.0, 2.0]]).is_err());
    }

    #[test]
    fn quartiles_lie_between_the_nearest_values() {
        let spread = spread(vec![40.0, 10.0, 30.0, 20.0]).unwrap();
        assert_eq!((spread.min, spread.lower_quartile, spread.median), (10.0, 17.5, 25.0));
        assert_eq!((spread.upper_quartile, spread.max), (32.5, 40.0));
    }
}
