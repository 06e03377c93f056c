//! Park-proof prices for a whole option, and what they would cost and do (methods, section 3).

use super::{
    design_copy::DesignCopy,
    incentive::{Design, DuePayment, GroupDesign, is_result},
    response::{DIAL_IN_THE_MIDDLE, Response},
    tariffs::{Lever, TARGET_GAIN_POUNDS},
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
    /// Part of the attachment fee is paid on completion by now, so nothing more is held back.
    pub held_back_already: bool,
    /// £ a year by the predicted response, now and then.
    pub cost_per_year_now: Figure,
    pub cost_per_year: Figure,
    /// £ a year then, if every group got exactly its equal share.
    pub cost_per_year_at_equal_share: Figure,
    /// People a year left out then, all groups.
    pub left_out_per_year: Figure,
    /// The terms and prices then; `None` where a group cannot be priced.
    pub copy: Option<DesignCopy>,
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
/// Part of the attachment fee may be held back until completion, which parked people do not reach. Where that has been
/// done by an earlier fix, nothing more is held back: a fix of what is fixed changes nothing. `None` where the
/// option has neither terms nor payments, or there are no need groups.
#[must_use]
pub fn fix(workspace: &Workspace, option: usize, settings: FixSettings) -> Option<Fix> {
    Response::of(workspace, option)?;
    let now = DesignCopy::of(workspace, &workspace.question.options.get(option)?.id);
    fix_copy(workspace, &now, settings)
}

/// [`fix`] of a design that need not be in the workspace.
#[must_use]
pub fn fix_copy(workspace: &Workspace, stated: &DesignCopy, settings: FixSettings) -> Option<Fix> {
    let now = stated.response(workspace)?;
    let mut terms = stated.terms.clone();
    let fee_now = terms.attachment_fee.unwrap_or_default();
    let held_back_now = held_back_already(&stated.payments);
    let held_back = if held_back_now > Pence(0) {
        Pence(0)
    } else {
        Pence::from_pounds(fee_now.pounds() * settings.held_back.clamp(0.0, 1.0)).unwrap_or_default()
    };
    terms.attachment_fee = Some(fee_now - held_back);
    let prices: Vec<Result<Vec<FixedPayment>, Undefined>> =
        now.design.groups.iter().map(|group| fixed_payments(group, held_back.pounds(), settings)).collect();

    let payments = payments_once_fixed(&stated.payments, &terms, &prices, held_back);
    let design = Design::new(workspace, Some(&terms), &payments.iter().collect::<Vec<_>>())?;
    let then = Response::to(design, workspace.reach.response_scale);
    let (shares_now, shares) = (now.shares_at(DIAL_IN_THE_MIDDLE), then.shares_at(DIAL_IN_THE_MIDDLE));
    let even = vec![now.equal_share(&shares_now); shares.len()];
    // What cannot be priced for one group is not known for all of them together.
    let unpriced = prices.iter().find_map(|p| p.as_ref().err().copied());
    let copy = unpriced.is_none().then(|| DesignCopy { terms: terms.clone(), payments: payments.clone() });
    let if_priced = |figure: Figure| unpriced.map_or(figure, Err);
    Some(Fix {
        attachment_fee_now: fee_now,
        attachment_fee: fee_now - held_back,
        completion_fee: held_back_now + held_back,
        held_back_already: held_back_now > Pence(0),
        cost_per_year_now: cost(&now, &shares_now),
        cost_per_year: if_priced(cost(&then, &shares)),
        cost_per_year_at_equal_share: if_priced(cost(&then, &even)),
        left_out_per_year: if_priced(then.left_out_at(DIAL_IN_THE_MIDDLE)),
        copy,
        groups: prices
            .into_iter()
            .zip(&now.design.groups)
            .zip(shares)
            .map(|((payments, group), share)| GroupFix::of(group, payments, share))
            .collect(),
    })
}

/// What an option pays on completion for every group by now, held back from its attachment fee.
fn held_back_already(payments: &[Payment]) -> Pence {
    let completion =
        payments.iter().find(|payment| payment.group.is_none() && payment.milestone == HELD_BACK_MILESTONE);
    completion.map(|payment| payment.price).unwrap_or_default()
}

fn cost(response: &Response<'_>, shares: &[Figure]) -> Figure {
    response.spending(shares).map(|spending| response.cost_per_year(spending))
}

impl GroupFix {
    fn of(group: &GroupDesign<'_>, payments: Result<Vec<FixedPayment>, Undefined>, share: Figure) -> Self {
        let price_now = group.due(true).map(|due| due.price).sum();
        match payments {
            Ok(payments) => Self {
                price_now,
                price: Ok(payments.iter().map(|p| p.price.pounds()).sum()),
                share_supported: share,
                payments,
            },
            Err(why) => Self { price_now, price: Err(why), share_supported: Err(why), payments: Vec::new() },
        }
    }
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
    stated: &[Payment],
    terms: &Terms,
    fixed: &[Result<Vec<FixedPayment>, Undefined>],
    held_back: Pence,
) -> Vec<Payment> {
    let kept = stated.iter().filter(|p| !replaced(p)).cloned();
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
