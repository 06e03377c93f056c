//! Distribution functions, reckoned with `libm`: a library that asks the platform for its logarithms would not give the
//! same bits on every machine.

/// The standard normal quantile at 97.5 %: limits that hold 95 %.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// The standard normal quantile at 99.9 %: limits that hold 99.8 %.
pub const Z_998: f64 = 3.090_232_306_167_813;

/// Φ(x), the standard normal distribution function.
#[must_use]
pub fn standard_normal(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// The chance that a standard normal variable is at least as far from nought as `z`, either way.
#[must_use]
pub fn normal_both_tails(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// P(X ≥ x) for X of the χ² distribution with a whole number of degrees of freedom, by its finite sums (Abramowitz &
/// Stegun 1964, 26.4.4 and 26.4.5); 1 without a degree of freedom.
#[must_use]
pub fn chi_squared_tail(x: f64, degrees_of_freedom: u32) -> f64 {
    if degrees_of_freedom == 0 || x <= 0.0 {
        return 1.0;
    }
    let half = x / 2.0;
    let odd = degrees_of_freedom % 2 == 1;
    // Each term is the one before times half over a number that grows by one.
    let (mut sum, mut term, mut over) = if odd {
        let first = libm::exp(-half) * libm::sqrt(half) * 2.0 / libm::sqrt(std::f64::consts::PI);
        (libm::erfc(libm::sqrt(half)), first, 1.5)
    } else {
        (0.0, libm::exp(-half), 1.0)
    };
    for _ in 0..degrees_of_freedom / 2 {
        sum += term;
        term *= half / over;
        over += 1.0;
    }
    sum.min(1.0)
}

/// P(X ≤ count) for X of the Poisson distribution with this mean.
#[must_use]
pub fn poisson_at_most(count: u64, mean: f64) -> f64 {
    let mut term = libm::exp(-mean);
    let mut sum = term;
    for k in 1..=count {
        term *= mean / k as f64;
        sum += term;
    }
    sum.min(1.0)
}

/// The logarithm of the number of ways to choose `chosen` out of `all`.
#[must_use]
pub fn log_choose(all: u64, chosen: u64) -> f64 {
    let gamma = |count: u64| libm::lgamma(count as f64 + 1.0);
    gamma(all) - gamma(chosen) - gamma(all - chosen)
}

/// P(X ≥ count) for X binomial with whole-numbered `trials`, summed from its logarithms.
#[must_use]
pub fn binomial_at_least(count: f64, trials: f64, rate: f64) -> f64 {
    if count <= 0.0 {
        return 1.0;
    }
    if rate <= 0.0 || rate >= 1.0 {
        return f64::from(u8::from(rate >= 1.0 && count <= trials));
    }
    let (mut sum, mut successes) = (0.0, count);
    while successes <= trials {
        let ways = libm::lgamma(trials + 1.0)
            - libm::lgamma(successes + 1.0)
            - libm::lgamma(trials - successes + 1.0);
        sum += libm::exp(ways + successes * libm::log(rate) + (trials - successes) * libm::log1p(-rate));
        successes += 1.0;
    }
    sum.min(1.0)
}

/// The two-sided sign test, exact: how often a split at least as uneven as this comes about when either side is as
/// likely as the other (Arbuthnot 1710; Conover 1999, section 3.4). Ties are left out before.
#[must_use]
pub fn sign_test(one_side: usize, other_side: usize) -> f64 {
    let more = one_side.max(other_side) as f64;
    (2.0 * binomial_at_least(more, (one_side + other_side) as f64, 0.5)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHI_SQUARED: [(f64, u32, f64); 11] = [
        (0.5, 1, 0.47950012218695337),
        (3.84, 1, 0.05004352124870519),
        (7.7, 4, 0.10320672172612926),
        (45.9, 4, 2.5837301795858816e-09),
        (84.7, 11, 1.8076378816311367e-13),
        (2.3, 9, 0.985787616930893),
        (120.0, 29, 4.920821020640362e-13),
        (10.0, 49, 0.999999999638892),
        (700.0, 49, 5.155631479826061e-116),
        (1e-06, 2, 0.999999500000125),
        (33.0, 33, 0.46725288137290993),
    ];

    const SIGN_TESTS: [(usize, usize, f64); 7] = [
        (6, 0, 0.03125),
        (11, 2, 0.0224609375),
        (5, 5, 1.0),
        (9, 3, 0.14599609375),
        (0, 0, 1.0),
        (40, 20, 0.01348929373119186),
        (1, 0, 1.0),
    ];

    /// Tables of Abramowitz & Stegun 1964: 26.8 (χ² at 5 %) and 26.1 (Φ).
    #[test]
    fn tails_agree_with_printed_tables() {
        for (degrees, at_5_percent) in
            [(1, 3.84146), (2, 5.99146), (3, 7.81473), (10, 18.3070), (29, 42.5570)]
        {
            assert!((chi_squared_tail(at_5_percent, degrees) - 0.05).abs() < 1e-6, "{degrees}");
        }
        assert!((standard_normal(1.0) - 0.841_344_746_1).abs() < 1e-10);
        assert!((normal_both_tails(Z_95) - 0.05).abs() < 1e-15);
        assert!((normal_both_tails(Z_998) - 0.002).abs() < 1e-15);
    }

    #[test]
    fn a_tail_without_evidence_is_certain() {
        assert_eq!(chi_squared_tail(0.0, 3), 1.0);
        assert_eq!(chi_squared_tail(7.0, 0), 1.0);
        assert_eq!(chi_squared_tail(5_000.0, 4), 0.0);
    }

    #[test]
    fn counts_of_rare_events_sum_to_certainty() {
        assert!((poisson_at_most(0, 2.0) - libm::exp(-2.0)).abs() < 1e-16);
        assert!((poisson_at_most(60, 2.0) - 1.0).abs() < 1e-14);
        assert!((libm::exp(log_choose(10, 3)) - 120.0).abs() < 1e-10);
    }

    /// scipy 1.17.1: `scipy.stats.chi2.sf`.
    #[test]
    fn upper_tails_of_chi_squared_are_those_of_scipy() {
        for (x, k, expected) in CHI_SQUARED {
            let got = chi_squared_tail(x, k);
            assert!((got - expected).abs() <= 1e-12 * expected.max(1e-3), "{x}, {k}: {got}");
        }
    }

    /// scipy 1.17.1: `scipy.stats.binomtest(a, a + b, 0.5).pvalue`.
    #[test]
    fn sign_tests_are_those_of_scipy() {
        for (one, other, expected) in SIGN_TESTS {
            let got = sign_test(one, other);
            assert!((got - expected).abs() < 1e-12, "{one} against {other}: {got}");
            assert_eq!(sign_test(other, one), got);
        }
    }
}
