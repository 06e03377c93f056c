//! Prices: what would make margins equal, what would make parking never pay, and what would make groups bring in alike
//! (methods, section 3; worked through in the published cases of equal margins and of the Work Programme).

use super::{
    incentive::{Design, DuePayment, GroupDesign, is_result},
    response::{DIAL_IN_THE_MIDDLE, Response},
};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        ids::{NeedGroupId, PaymentId},
        money::Pence,
        reach::{Payment, Terms},
    },
};

/// m*, £ a person: the margin that the equal-margin price shown for each group leaves on a supported person.
pub const TARGET_MARGIN_POUNDS: f64 = 200.0;
/// g*, £ a person: how much better than parking the park-proof price shown for each group makes supporting.
pub const TARGET_GAIN_POUNDS: f64 = 50.0;

const NO_OUTCOMES: Undefined = Undefined("nobody reaches the outcome, so no price pays for it");
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
    Lever { price: 1.0, supported: Ok(rate_supported), parked: Ok(0.0) }
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
    Lever { price: 1.0, supported: Ok(rate_supported), parked: Ok(rate_parked) }
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
struct Lever {
    /// £ for a person who reaches every milestone.
    price: f64,
    /// £ expected for a supported and for a parked person.
    supported: Figure,
    parked: Figure,
}

impl Lever {
    fn of(group: &GroupDesign<'_>) -> Self {
        let price: f64 = group.due(true).map(|due| due.price).sum();
        if price > 0.0 {
            Self { price, supported: group.paid_supported(true), parked: group.paid_parked(true) }
        } else {
            Self { price: 1.0, supported: group.rate_supported(), parked: group.rate_parked() }
        }
    }

    /// The price at which a supported person brings `income`; never under nought.
    fn to_bring(self, income: f64) -> Figure {
        let supported = self.supported?;
        if supported > 0.0 { Ok((self.price * income / supported).max(0.0)) } else { Err(NO_OUTCOMES) }
    }

    /// The price at which a supported person brings `more` than a parked one; never under nought.
    fn to_gain(self, more: f64) -> Figure {
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
    rate_to_bring(group, group.extra_cost()? - beside + group.paid_parked(true)?)
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

/// How the prices of an option are to be made park-proof.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixSettings {
    /// g*, £ a person.
    pub target_gain: f64,
    /// The part of the attachment fee that is paid on completion instead of at the start, 0 to 1.
    pub held_back: f64,
    /// Prices are rounded up to whole multiples of this, £; nought for to the penny.
    pub round_up_to: f64,
}

impl Default for FixSettings {
    /// £50 better than parking, two thirds of the attachment fee held back, prices in steps of £50.
    fn default() -> Self {
        Self { target_gain: TARGET_GAIN_POUNDS, held_back: 2.0 / 3.0, round_up_to: 50.0 }
    }
}

/// Park-proof prices for every group of an option, and what they would do.
#[derive(Clone, Debug)]
pub struct Fix {
    /// Parallel to the need groups.
    pub groups: Vec<GroupFix>,
    /// The attachment fee now and then, and the part then paid on completion.
    pub attachment_fee_now: Pence,
    pub attachment_fee: Pence,
    pub completion_fee: Pence,
    /// £ a year by the predicted response, now and then.
    pub cost_per_year_now: Figure,
    pub cost_per_year: Figure,
    /// £ a year then, if every group got exactly its equal share.
    pub cost_per_year_at_equal_share: Figure,
    /// People a year left out then, all groups.
    pub left_out_per_year: Figure,
}

/// Park-proof prices of one group.
#[derive(Clone, Debug)]
pub struct GroupFix {
    /// £ for a person who reaches every paid outcome, now and then.
    pub price_now: f64,
    pub price: Figure,
    /// One entry a milestone that hangs on results.
    pub payments: Vec<FixedPayment>,
    /// Predicted share supported then, with the dial in the middle.
    pub share_supported: Figure,
}

/// A price to put in place of another.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedPayment {
    pub group: NeedGroupId,
    pub milestone: String,
    pub price: Pence,
    pub probability_parked: Option<f64>,
    pub probability_supported: Option<f64>,
}

/// The milestone that a fix adds where an option pays for no outcome.
pub const ADDED_MILESTONE: &str = "Outcome";
/// The milestone at which the held back part of the attachment fee is paid; every supported person reaches it and no
/// parked one.
pub const HELD_BACK_MILESTONE: &str = "Start fee on completion";

/// Makes the prices of an option park-proof: for each group the least prices at which supporting a person is better by
/// the target than parking, those of several milestones moving in proportion.
///
/// Part of the attachment fee may be held back until completion, which parked people do not reach. `None` where the
/// option has neither terms nor payments, or there are no need groups.
#[must_use]
pub fn fix(workspace: &Workspace, option: usize, settings: FixSettings) -> Option<Fix> {
    let now = Response::of(workspace, option)?;
    let terms = now.design.terms;
    let fee_now = terms.and_then(|t| t.attachment_fee).unwrap_or_default();
    let held_back =
        Pence::from_pounds(fee_now.pounds() * settings.held_back.clamp(0.0, 1.0)).unwrap_or_default();
    let fee = fee_now - held_back;
    let payments: Vec<Result<Vec<FixedPayment>, Undefined>> =
        now.design.groups.iter().map(|group| fixed_payments(group, held_back.pounds(), settings)).collect();
    let shares_now = now.shares_at(DIAL_IN_THE_MIDDLE);
    let equal_share = now.equal_share(&shares_now);

    let option_id = &workspace.question.options.get(option)?.id;
    let mut terms_then = terms.cloned().unwrap_or_else(|| Terms::unknown(option_id.clone()));
    terms_then.attachment_fee = Some(fee);
    let payments_then = payments_once_fixed(workspace, &terms_then, &payments, held_back);
    let design = Design::new(workspace, Some(&terms_then), &payments_then.iter().collect::<Vec<_>>())?;
    let then = Response::to(design, workspace.reach.response_scale);
    let shares = then.shares_at(DIAL_IN_THE_MIDDLE);
    let known = payments.iter().find_map(|p| p.as_ref().err().copied());
    let if_known = |figure: Figure| known.map_or(figure, Err);
    let cost_of = |response: &Response<'_>, shares: &[Figure]| {
        response.spending(shares).map(|spending| response.cost_per_year(spending))
    };
    let even = vec![equal_share; shares.len()];
    Some(Fix {
        attachment_fee_now: fee_now,
        attachment_fee: fee,
        completion_fee: held_back,
        cost_per_year_now: cost_of(&now, &shares_now),
        cost_per_year: if_known(cost_of(&then, &shares)),
        cost_per_year_at_equal_share: if_known(cost_of(&then, &even)),
        left_out_per_year: if_known(then.left_out_at(DIAL_IN_THE_MIDDLE)),
        groups: payments
            .into_iter()
            .zip(&now.design.groups)
            .zip(shares)
            .map(|((payments, group), share)| GroupFix {
                price_now: group.due(true).map(|due| due.price).sum(),
                price: payments
                    .as_ref()
                    .map_err(|why| *why)
                    .map(|p| p.iter().map(|p| p.price.pounds()).sum()),
                share_supported: payments.as_ref().map_err(|why| *why).and_then(|_| share),
                payments: payments.unwrap_or_default(),
            })
            .collect(),
    })
}

/// The prices of one group's results once they are park-proof.
fn fixed_payments(
    group: &GroupDesign<'_>,
    completion_fee: f64,
    settings: FixSettings,
) -> Result<Vec<FixedPayment>, Undefined> {
    let lever = Lever::of(group);
    let beside = group.paid_supported(false)? - group.paid_parked(false)? + completion_fee;
    let wanted = lever.to_gain(settings.target_gain + group.extra_cost()? - beside)?;
    let priced = |milestone: &str, price: f64, parked, supported| {
        let step = settings.round_up_to.max(0.01);
        // A price that is whole but for the last bits of its binary fraction stays where it is.
        let price = Pence::from_pounds(libm::ceil(price / step - 1e-9) * step);
        Ok(FixedPayment {
            group: group.group.id.clone(),
            milestone: milestone.to_owned(),
            price: price.ok_or(Undefined("the price would be past £10 trillion"))?,
            probability_parked: parked,
            probability_supported: supported,
        })
    };
    let paid: Vec<&DuePayment<'_>> = group.due(true).filter(|due| due.price > 0.0).collect();
    if paid.is_empty() {
        return Ok(vec![priced(ADDED_MILESTONE, wanted, None, None)?]);
    }
    paid.iter()
        .map(|due| {
            let own = due.payment;
            let price = wanted * due.price / lever.price;
            priced(&own.milestone, price, own.probability_parked, own.probability_supported)
        })
        .collect()
}

/// The payments of an option with those that hang on results replaced.
fn payments_once_fixed(
    workspace: &Workspace,
    terms: &Terms,
    fixed: &[Result<Vec<FixedPayment>, Undefined>],
    held_back: Pence,
) -> Vec<Payment> {
    let kept = workspace.reach.payments.iter().filter(|p| p.option == terms.option && !replaced(p)).cloned();
    let as_payment = |group: Option<NeedGroupId>, milestone: &str, price, parked, supported| Payment {
        id: PaymentId::from(milestone),
        option: terms.option.clone(),
        group,
        milestone: milestone.to_owned(),
        price,
        probability_parked: parked,
        probability_supported: supported,
    };
    let results = fixed.iter().flatten().flatten().map(|p| {
        let group = Some(p.group.clone());
        as_payment(group, &p.milestone, p.price, p.probability_parked, p.probability_supported)
    });
    let completion = (held_back > Pence(0))
        .then(|| as_payment(None, HELD_BACK_MILESTONE, held_back, Some(0.0), Some(1.0)));
    kept.chain(results).chain(completion).collect()
}

fn replaced(payment: &Payment) -> bool {
    is_result(payment) && payment.price != Pence(0)
}
