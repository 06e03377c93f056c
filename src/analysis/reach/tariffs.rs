//! Prices: what would make margins equal, what would make parking never pay, and what would make groups bring in alike
//! (methods, section 3; worked through in the published cases of equal margins and of the Work Programme).

use super::incentive::{Design, DuePayment, GroupDesign};
use crate::analysis::{Figure, Undefined};

/// m*, £ a person: the margin that the equal-margin price shown for each group leaves on a supported person.
pub const TARGET_MARGIN_POUNDS: f64 = 200.0;
/// g*, £ a person: how much better than parking the park-proof price shown for each group makes supporting.
pub const TARGET_GAIN_POUNDS: f64 = 50.0;

const NO_OUTCOMES: Undefined = Undefined("nobody reaches the outcome, so no price pays for it");
const NOT_PAST_BASE: Undefined = Undefined(
    "the outcome rate with support does not exceed the baseline or threshold up to which nothing is paid, so no price \
     pays for it",
);
const NO_UPLIFT: Undefined =
    Undefined("support does not raise the paid outcome, so no price makes it worth while");
const NO_PRICE: Undefined = Undefined("no outcome is paid for");
const OUT_OF_REACH: Undefined = Undefined("no outcome rate up to 100 % would do");
const NO_RATES: Undefined = Undefined("no group has an outcome rate with support");

/// (m* + c − a)/p: the price per outcome that leaves a margin of `target` on each supported person, £.
///
/// Equal margins are a trap: they can make it pay to park every group; see [`park_proof_price`].
///
/// # Errors
/// Undefined when `rate_supported` is not above nought.
pub fn equal_margin_price(
    target: f64,
    cost_supported: f64,
    attachment_fee: f64,
    rate_supported: f64,
) -> Figure {
    Lever { price: 1.0, supported: Ok(rate_supported), parked: Ok(0.0), unpaid: NO_OUTCOMES }
        .to_bring(target + cost_supported - attachment_fee)
}

/// (g* + c − k)/(p − q): the price per outcome that makes supporting a person better by `target` than parking, £.
///
/// # Errors
/// Undefined when support does not raise the rate.
pub fn park_proof_price(
    target: f64,
    cost_supported: f64,
    cost_parked: f64,
    rate_supported: f64,
    rate_parked: f64,
) -> Figure {
    Lever { price: 1.0, supported: Ok(rate_supported), parked: Ok(rate_parked), unpaid: NO_OUTCOMES }
        .to_gain(target + cost_supported - cost_parked)
}

/// The outcome rate at which a price per outcome brings in as much a person as the reference group does.
///
/// # Errors
/// Undefined without a price, and where not even a rate of 100 % would do.
pub fn income_neutral_rate(reference_income: f64, price: f64) -> Figure {
    if price <= 0.0 {
        return Err(NO_PRICE);
    }
    let rate = reference_income / price;
    if rate <= 1.0 { Ok(rate) } else { Err(OUT_OF_REACH) }
}

/// The price per outcome at which a rate brings in as much a person as the reference group does, £.
///
/// # Errors
/// Undefined when the rate is not above nought.
pub fn income_neutral_price(reference_income: f64, rate: f64) -> Figure {
    if rate > 0.0 { Ok(reference_income / rate) } else { Err(NO_OUTCOMES) }
}

/// The outcome payments of one group seen as a single price that can be raised or lowered.
///
/// Several milestones that hang on results move in proportion; their price is then what a person who reaches all of
/// them brings. A group with no such payment has a lever of £1 on its own outcome.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lever {
    /// £ for a person who reaches every milestone.
    pub price: f64,
    /// £ expected for a supported and for a parked person.
    supported: Figure,
    parked: Figure,
    /// Why a supported person brings nothing, where that is so.
    unpaid: Undefined,
}

impl Lever {
    pub fn of(group: &GroupDesign<'_>) -> Self {
        let price: f64 = group.due(true).map(|due| due.price).sum();
        if price > 0.0 {
            let reached = group.due(true).any(|due| due.price > 0.0 && due.is_reached_unpaid());
            Self {
                price,
                supported: group.paid_supported(true),
                parked: group.paid_parked(true),
                unpaid: if reached { NOT_PAST_BASE } else { NO_OUTCOMES },
            }
        } else {
            let (supported, parked) = (group.rate_supported(), group.rate_parked());
            Self { price: 1.0, supported, parked, unpaid: NO_OUTCOMES }
        }
    }

    /// The price at which a supported person brings `income`; never under nought.
    fn to_bring(self, income: f64) -> Figure {
        let supported = self.supported?;
        if supported > 0.0 { Ok((self.price * income / supported).max(0.0)) } else { Err(self.unpaid) }
    }

    /// The price at which a supported person brings `more` than a parked one; never under nought.
    pub fn to_gain(self, more: f64) -> Figure {
        let uplift = self.supported? - self.parked?;
        if uplift > 0.0 { Ok((self.price * more / uplift).max(0.0)) } else { Err(NO_UPLIFT) }
    }
}

/// The prices of one group that matter beside the one that is paid, all per person who reaches every paid outcome.
#[derive(Clone, Copy, Debug)]
pub(super) struct GroupPrices {
    pub paid: f64,
    pub equal_margin: Figure,
    pub park_proof: Figure,
    pub parks_under: Figure,
    pub rate_at_which_it_pays_to_park: Figure,
    pub income_neutral_rate: Figure,
    pub income_neutral_price: Figure,
}

impl GroupPrices {
    /// `reference_income` is [`reference_income`] of the design.
    pub fn of(group: &GroupDesign<'_>, reference_income: Figure) -> Self {
        let lever = Lever::of(group);
        let beside = || Ok(group.paid_supported(false)? - group.paid_parked(false)?);
        let to_gain = |target: f64| lever.to_gain(target + group.extra_cost()? - beside()?);
        let equal_margin = || {
            let fixed = group.attachment_fee + group.paid_supported(false)?;
            lever.to_bring(TARGET_MARGIN_POUNDS + group.cost_supported()? - fixed)
        };
        let wanted = || Ok(reference_income? - beside()?);
        Self {
            paid: group.due(true).map(|due| due.price).sum(),
            equal_margin: equal_margin(),
            park_proof: to_gain(TARGET_GAIN_POUNDS),
            parks_under: to_gain(0.0),
            rate_at_which_it_pays_to_park: pays_to_park_under(group),
            income_neutral_rate: wanted().and_then(|income: f64| rate_to_bring(group, income)),
            income_neutral_price: wanted().and_then(|income: f64| lever.to_bring(income)),
        }
    }
}

/// What a supported person of the easiest group brings in by milestones, £: the group with the highest outcome rate with
/// support, the first of them where several are alike. It is what the other groups' income is measured against. What
/// comes in for parked people all the same, such as an attachment fee that differs by group, is left out.
pub(super) fn reference_income(design: &Design<'_>) -> Figure {
    let easiest = design.groups.iter().filter_map(|group| Some((main_rate(group).ok()?, group))).fold(
        None::<(f64, &GroupDesign<'_>)>,
        |best, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        },
    );
    let (_, group) = easiest.ok_or(NO_RATES)?;
    Ok(group.paid_supported(true)? + group.paid_supported(false)? - group.paid_parked(false)?)
}

/// The supported outcome rate under which it pays to park: where Σ o·(p − q) falls to c − k, the chances of all
/// milestones that hang on results moving in proportion. Nought where it never pays to park.
fn pays_to_park_under(group: &GroupDesign<'_>) -> Figure {
    let beside = group.paid_supported(false)? - group.paid_parked(false)?;
    // A standard for everybody shrinks the gain by one factor, so it turns at the same rate.
    let contact =
        group.due(true).try_fold(0.0, |sum, due| Ok::<f64, Undefined>(sum + due.paid(due.contact)?))?;
    rate_to_bring(group, group.extra_cost_over_contact()? - beside + contact)
}

/// The supported outcome rate at which the results payments bring `income` a person, £.
fn rate_to_bring(group: &GroupDesign<'_>, income: f64) -> Figure {
    let due: Vec<&DuePayment<'_>> = group.due(true).filter(|due| due.price > 0.0).collect();
    if income <= 0.0 {
        return Ok(0.0);
    }
    if due.is_empty() {
        return Err(NO_PRICE);
    }
    let rate = main_rate(group)?;
    let mut steps =
        due.iter().map(|d| Ok((d.price, d.supported?, d.paid_above?))).collect::<Result<Vec<_>, _>>()?;
    steps.retain(|(_, chance, _)| *chance > 0.0);
    // Income is a rising broken line in the factor on all chances; each milestone begins to pay where its chance passes
    // the rate up to which nothing is paid.
    let starts = |(_, chance, above): &(f64, f64, f64)| above / chance;
    steps.sort_by(|a, b| starts(a).total_cmp(&starts(b)));
    let (mut slope, mut offset) = (0.0, 0.0);
    for (n, (price, chance, above)) in steps.iter().enumerate() {
        slope += price * chance;
        offset += price * above;
        let factor = (income + offset) / slope;
        if steps.get(n + 1).is_none_or(|next| factor <= starts(next)) {
            let rate = factor * rate;
            return if rate <= 1.0 { Ok(rate) } else { Err(OUT_OF_REACH) };
        }
    }
    Err(NO_OUTCOMES)
}

/// The outcome rate of a group with support, or where none is stated the chance of its first paid result.
fn main_rate(group: &GroupDesign<'_>) -> Figure {
    group.rate_supported().or_else(|missing| group.due(true).next().map_or(Err(missing), |due| due.supported))
}
