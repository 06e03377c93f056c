//! How much of a provider's headline is whom it has, and how much is what it does.

use super::gates::Passage;
use crate::analysis::Undefined;

/// The difference between a provider's rate and that of all others, in two parts that add up to it (Kitagawa 1955).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decomposition {
    /// The provider's rate less that of all others.
    pub difference: f64,
    /// The part that comes from having other people: Σ (share − share of others)·(mean of both rates).
    pub mix: f64,
    /// The part that comes from doing better with the same people: Σ (rate − rate of others)·(mean of both shares).
    pub effect: f64,
}

/// Splits a provider's headline; the passages of both run parallel, one entry a need group.
///
/// # Errors
/// Undefined where either has nobody, or a group that one has and the other has not, whose rate cannot be compared.
pub fn decomposition(provider: &[Passage], others: &[Passage]) -> Result<Decomposition, Undefined> {
    let (of_provider, of_others): (Passage, Passage) =
        (provider.iter().copied().sum(), others.iter().copied().sum());
    if of_provider.eligible == 0 || of_others.eligible == 0 {
        return Err(Undefined("there is nobody on one side"));
    }
    let (mut mix, mut effect) = (0.0, 0.0);
    for (here, there) in provider.iter().zip(others) {
        if here.eligible == 0 && there.eligible == 0 {
            continue;
        }
        let (Ok(rate), Ok(other_rate)) = (here.rate(), there.rate()) else {
            return Err(Undefined("a need group is on one side only"));
        };
        let share = here.eligible as f64 / of_provider.eligible as f64;
        let other_share = there.eligible as f64 / of_others.eligible as f64;
        mix += (share - other_share) * (rate + other_rate) / 2.0;
        effect += (rate - other_rate) * (share + other_share) / 2.0;
    }
    let difference = of_provider.rate()? - of_others.rate()?;
    Ok(Decomposition { difference, mix, effect })
}
