//! What a threshold would do: the chance of payment by the true effect, beside a payment that slopes (methods, section 3).

use super::{
    OptionReach, comparison,
    response::{DIAL_IN_THE_MIDDLE, Response},
    threshold::{EXACT_UNDER, probability_paid, probability_past_threshold},
};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        reach::{FewerEvents, Threshold},
    },
};

const NOT_KNOWN: Undefined = Undefined("the number of people and the rate without a service are not stated");

/// The chance of payment behind a threshold, as a function of the true effect. Effects are in points of outcome rate over
/// what happens without a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Cliff {
    /// τ, points over the rate without a service.
    pub threshold: f64,
    /// Whether it is a term of the option, held against a stated rate, or a what-if, held against a comparison group of
    /// the same size.
    pub is_term: bool,
    /// What the term is held against, where that is a comparison group.
    pub fewer: Option<FewerEvents>,
    /// The rate without a service, 0 to 1, and people a year, over all groups.
    pub without: f64,
    pub people: f64,
    /// Where each option with a payment design is predicted to be: option, effect, chance of payment.
    pub options: Vec<CliffPoint>,
    /// What hangs on results in a year under this option, £, by its predicted response.
    pub at_stake: Figure,
}

/// An option on the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CliffPoint {
    pub option: usize,
    /// Points.
    pub effect: f64,
    pub chance: f64,
}

/// The cliff of an option: at its own threshold, or as a what-if at `what_if` points where it has none.
///
/// # Errors
/// Says which figure is missing.
pub fn cliff(
    workspace: &Workspace,
    option: usize,
    reach: &[Option<OptionReach>],
    what_if: f64,
) -> Result<Cliff, Undefined> {
    let response = Response::of(workspace, option)
        .ok_or(Undefined("nothing is known of how it would pay, or there are no need groups"))?;
    let people = response.people().map_err(|_| NOT_KNOWN)?;
    let groups = &response.design.groups;
    let left_alone = groups
        .iter()
        .try_fold(0.0, |sum, group| Ok::<f64, Undefined>(sum + group.people()? * group.rate_without()?))?;
    if people < 1.0 {
        return Err(Undefined("the cohort has no people"));
    }
    let without = left_alone / people;
    let (rate, fewer) = match response.design.threshold() {
        Threshold::Binary(rate) => (Some(rate), None),
        Threshold::Fewer(fewer) => (Some(comparison::rate_needed(fewer, without)), Some(fewer)),
        Threshold::None | Threshold::Above(_) => (None, None),
    };
    let term = rate.map(|rate| (rate - without) * 100.0);
    let shares = response.shares_at(DIAL_IN_THE_MIDDLE);
    let mut cliff = Cliff {
        threshold: term.unwrap_or(what_if),
        is_term: term.is_some(),
        fewer,
        without,
        people,
        options: Vec::new(),
        at_stake: response.spending(&shares).map(|spending| spending.results),
    };
    for (other, of_other) in reach.iter().enumerate().filter_map(|(o, r)| Some((o, r.as_ref()?))) {
        if let (Ok(effect), true) = (effect(workspace, of_other, without), people >= 1.0)
            && let Ok(chance) = cliff.chance(effect)
        {
            cliff.options.push(CliffPoint { option: other, effect, chance });
        }
    }
    Ok(cliff)
}

/// Points by which a design is predicted to raise the outcome rate of everybody.
fn effect(workspace: &Workspace, reach: &OptionReach, without: f64) -> Figure {
    let (mut people, mut reached) = (0.0, 0.0);
    for (group, of_group) in workspace.question.need_groups.iter().zip(&reach.groups) {
        let share = of_group.share_supported_at[1]?;
        let (Some(n), Some(p), Some(q)) =
            (group.people_per_year, group.outcome_supported, group.outcome_parked)
        else {
            return Err(NOT_KNOWN);
        };
        people += n;
        reached += n * (share * p + (1.0 - share) * q);
    }
    if people > 0.0 { Ok((reached / people - without) * 100.0) } else { Err(NOT_KNOWN) }
}

impl Cliff {
    /// P(paid | true effect δ), δ in points. A term is held against its stated rate: exact binomial under
    /// [`EXACT_UNDER`] people, else 1 − Φ((τ − δ)/SE); or against its comparison group. A what-if is held against a comparison group of the same size, with
    /// SE = √(2·b·(1 − b)/n); under [`EXACT_UNDER`] people against the stated rate it amounts to.
    ///
    /// # Errors
    /// Undefined where the effect would bring the rate past 0 or 100 %.
    pub fn chance(&self, effect: f64) -> Figure {
        let rate = self.without + effect / 100.0;
        let at = self.without + self.threshold / 100.0;
        if let Some(fewer) = self.fewer {
            return comparison::probability_paid_for_fewer(fewer, rate, self.without, self.people);
        }
        if !(0.0..=1.0).contains(&rate) {
            return Err(Undefined("the outcome rate is not between 0 and 100 %"));
        }
        if self.is_term || self.people < EXACT_UNDER {
            return probability_paid(at, rate, self.people);
        }
        let error = 100.0 * libm::sqrt(2.0 * self.without * (1.0 - self.without) / self.people);
        probability_past_threshold(self.threshold, effect, error)
    }

    /// The payment, as a share of the whole, of a slope from no effect that costs the same at this option's own effect;
    /// `None` where it has none above nought.
    #[must_use]
    pub fn slope(&self, option: usize, effect: f64) -> Option<f64> {
        let own =
            self.options.iter().find(|point| point.option == option).filter(|point| point.effect > 0.0)?;
        Some((own.chance * effect / own.effect).clamp(0.0, 1.0))
    }

    /// What one more success is worth at a true effect, £: the rise of the chance of payment by 1/n of outcome rate, times
    /// what hangs on results.
    ///
    /// # Errors
    /// Says which figure is missing.
    pub fn worth_of_one_more(&self, effect: f64) -> Figure {
        let step = 100.0 / self.people;
        Ok((self.chance(effect + step)? - self.chance(effect)?) * self.at_stake?)
    }
}
