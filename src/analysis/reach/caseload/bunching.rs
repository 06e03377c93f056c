//! Whether people leave just after payment.

use crate::{
    analysis::{Undefined, distributions::sign_test},
    model::reach::caseload::WEEKS_EACH_WAY,
};

/// How many weeks on either side of payment are compared.
pub const NEAR: usize = 2;

/// Fewer exits than this near payment say nothing.
pub const FEWEST: u64 = 10;

/// What is said then.
pub(super) const TOO_FEW: Undefined = Undefined("fewer than ten people left within two weeks of payment");

/// Exits near payment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bunching {
    /// Exits in the [`NEAR`] weeks before payment, and in as many from the day of payment on.
    pub before: u64,
    pub after: u64,
    /// How often chance alone would part them so far, either way: near one day an exit is as likely on one side as on the
    /// other unless the day itself matters (exact test of the density around a cut-off; Cattaneo, Frandsen & Titiunik 2015).
    pub p_value: f64,
}

/// Compares exits before and after payment; `by_week` runs from [`WEEKS_EACH_WAY`] weeks before it to as many after.
///
/// # Errors
/// Undefined where the table says no exits and payments, or too few lie near each other.
pub fn bunching(by_week: &[u64]) -> Result<Bunching, Undefined> {
    if by_week.len() != 2 * WEEKS_EACH_WAY {
        return Err(Undefined("the table says no dates of leaving and of payment"));
    }
    let before = by_week[WEEKS_EACH_WAY - NEAR..WEEKS_EACH_WAY].iter().sum();
    let after = by_week[WEEKS_EACH_WAY..WEEKS_EACH_WAY + NEAR].iter().sum();
    if before + after < FEWEST {
        return Err(TOO_FEW);
    }
    let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX / 4);
    Ok(Bunching { before, after, p_value: sign_test(size(before), size(after)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks(near: [u64; 4]) -> Vec<u64> {
        let mut weeks = vec![3; 2 * WEEKS_EACH_WAY];
        weeks[WEEKS_EACH_WAY - NEAR..WEEKS_EACH_WAY + NEAR].copy_from_slice(&near);
        weeks
    }

    /// scipy 1.17.1: `scipy.stats.binomtest(2, 13).pvalue`.
    #[test]
    fn exits_just_after_payment_are_found() {
        let found = bunching(&weeks([1, 1, 8, 3])).unwrap();
        assert_eq!((found.before, found.after), (2, 11));
        assert!((found.p_value - 0.0224609375).abs() < 1e-12);
        assert_eq!(bunching(&weeks([5, 5, 5, 5])).unwrap().p_value, 1.0);
    }

    #[test]
    fn too_few_exits_say_nothing() {
        assert!(bunching(&weeks([1, 1, 1, 1])).is_err());
        assert!(bunching(&[]).is_err());
    }
}
