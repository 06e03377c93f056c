//! A group against everyone else within each referrer or provider: whether the crude difference is one of places
//! (Simpson's paradox) or holds inside them.

use super::gates::{Limits, Passage};
use crate::analysis::{
    Figure, Undefined,
    distributions::{Z_95, chi_squared_tail},
};

/// A group and everyone else in one stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stratum {
    pub group: Passage,
    pub others: Passage,
}

/// The odds of passing, a group's over everyone else's, crude and within strata.
#[derive(Clone, Debug, PartialEq)]
pub struct Stratified {
    /// As if there were one stratum.
    pub crude_odds_ratio: Figure,
    /// Mantel & Haenszel 1959.
    pub odds_ratio: Figure,
    /// 95 %, by the variance of Robins, Breslow & Greenland 1986.
    pub limits: Result<Limits, Undefined>,
    /// Cochran–Mantel–Haenszel statistic without continuity correction, one degree of freedom.
    pub statistic: Figure,
    pub p_value: Figure,
}

/// The four cells of a stratum: group passed and not, others passed and not.
fn cells(stratum: &Stratum) -> [f64; 4] {
    let Stratum { group, others } = stratum;
    [group.passed, group.turned_away(), others.passed, others.turned_away()].map(|count| count as f64)
}

/// Compares a group with everyone else within strata; strata with fewer than two people say nothing.
#[must_use]
pub fn stratified(strata: &[Stratum]) -> Stratified {
    let told: Vec<[f64; 4]> = strata.iter().map(cells).filter(|c| c.iter().sum::<f64>() > 1.0).collect();
    let crude =
        told.iter().fold([0.0; 4], |sum, c| [sum[0] + c[0], sum[1] + c[1], sum[2] + c[2], sum[3] + c[3]]);
    let statistic = cochran(&told);
    Stratified {
        crude_odds_ratio: odds_ratio(crude[0] * crude[3], crude[1] * crude[2]),
        odds_ratio: pooled(&told),
        limits: limits(&told),
        p_value: statistic.map(|x| chi_squared_tail(x, 1)),
        statistic,
    }
}

fn odds_ratio(with: f64, against: f64) -> Figure {
    if against > 0.0 {
        Ok(with / against)
    } else {
        Err(Undefined("no stratum holds people of the group who did not pass beside others who did"))
    }
}

fn pooled(strata: &[[f64; 4]]) -> Figure {
    let sum = |part: fn(&[f64; 4]) -> f64| strata.iter().map(|c| part(c) / c.iter().sum::<f64>()).sum();
    odds_ratio(sum(|c| c[0] * c[3]), sum(|c| c[1] * c[2]))
}

fn limits(strata: &[[f64; 4]]) -> Result<Limits, Undefined> {
    let ratio = pooled(strata)?;
    let (mut r, mut s, mut pr, mut mixed, mut qs) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for c in strata {
        let n: f64 = c.iter().sum();
        let (p, q) = ((c[0] + c[3]) / n, (c[1] + c[2]) / n);
        let (with, against) = (c[0] * c[3] / n, c[1] * c[2] / n);
        r += with;
        s += against;
        pr += p * with;
        mixed += p * against + q * with;
        qs += q * against;
    }
    if r <= 0.0 {
        return Err(Undefined("an odds ratio of nought has no logarithm"));
    }
    let variance = pr / (2.0 * r * r) + mixed / (2.0 * r * s) + qs / (2.0 * s * s);
    let factor = libm::exp(Z_95 * libm::sqrt(variance));
    Ok(Limits { low: ratio / factor, high: ratio * factor })
}

fn cochran(strata: &[[f64; 4]]) -> Figure {
    let (mut off, mut variance) = (0.0, 0.0);
    for c in strata {
        let n: f64 = c.iter().sum();
        let (group, others, passed, not) = (c[0] + c[1], c[2] + c[3], c[0] + c[2], c[1] + c[3]);
        off += c[0] - group * passed / n;
        variance += group * others * passed * not / (n * n * (n - 1.0));
    }
    if variance > 0.0 {
        Ok(off * off / variance)
    } else {
        Err(Undefined("in no stratum do the group and others meet with different results"))
    }
}
