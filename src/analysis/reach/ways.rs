//! The ways to fix a payment design, side by side: what each does to prices, shares and cost (methods, section 3).
//!
//! Shares after a fix are computed by the response, never assumed: some of the ways do not help, and say so.

use super::{
    OptionReach,
    bill::bill_per_year,
    curve::room_below_forecast,
    design_copy::{DesignCopy, equal_share_now, part_of, whole_fee},
    fix::{ADDED_MILESTONE, FixSettings, fix_copy},
    incentive::is_result,
    least_cost::{LeastCost, PriceLimits, least_cost},
    regroup::{Regrouping, regroup},
    response::DIAL_IN_THE_MIDDLE,
    tariffs::{TARGET_GAIN_POUNDS, TARGET_MARGIN_POUNDS},
};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        ids::OptionId,
        money::Pence,
        reach::{Payment, Threshold},
        wording::pounds,
    },
};

/// How much of the money for results a larger block takes.
const INTO_THE_BLOCK: f64 = 0.5;
/// The part of full support that a minimum standard gives to everybody.
const STANDARD: f64 = 0.5;

const NO_DESIGN: Undefined = Undefined("nothing is known of how it would pay, or there are no need groups");
const NO_CLIFF: Undefined = Undefined("nothing is paid all or nothing at a threshold");
const OTHER_GROUPS: Undefined = Undefined("it is for other need groups than there are");
/// Why part of a start fee cannot be held back.
pub const NO_START_FEE: Undefined = Undefined("the terms state no start fee to hold back");
const NO_RESULTS: Undefined = Undefined("nothing is paid for results");

/// A way to fix a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WayKind {
    /// Prices (g* + c − k)/(p − q).
    ParkProof,
    /// The cheapest prices that make supporting pay, by linear programme.
    LeastCost,
    /// Park-proof prices for outcomes above each group's baseline.
    AboveBaseline,
    /// Park-proof prices with two thirds of the start fee paid on completion.
    OnCompletion,
    /// Prices (m* + c − a)/p: a trap.
    EqualMargins,
    /// Half of what is paid for results as a block.
    LargerBlock,
    /// Places for the equal share of every group, whatever the money says.
    ReservedPlaces,
    /// Half of full support for everybody: k and q rise.
    MinimumStandard,
    /// Each result is paid, at the price that costs as much as the cliff does as predicted.
    Slope,
    /// Each group split in two by predicted outcome, each half priced park-proof.
    BetterGrouping,
}

impl WayKind {
    pub const ALL: [Self; 10] = [
        Self::ParkProof,
        Self::LeastCost,
        Self::AboveBaseline,
        Self::OnCompletion,
        Self::EqualMargins,
        Self::LargerBlock,
        Self::ReservedPlaces,
        Self::MinimumStandard,
        Self::Slope,
        Self::BetterGrouping,
    ];

    /// Its name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ParkProof => "Park-proof prices",
            Self::LeastCost => "Cheapest prices",
            Self::AboveBaseline => "Paid above baseline",
            Self::OnCompletion => "Fee on completion",
            Self::EqualMargins => "Equal margins",
            Self::LargerBlock => "Larger block",
            Self::ReservedPlaces => "Reserved places",
            Self::MinimumStandard => "Minimum standard",
            Self::Slope => "Slope, not cliff",
            Self::BetterGrouping => "Better grouping",
        }
    }

    /// What it does, in a sentence.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::ParkProof => "Each group is priced so that supporting a person pays more than parking one.",
            Self::LeastCost => "Prices within your limits that cost least and still make supporting pay.",
            Self::AboveBaseline => {
                "Only results above each group\u{2019}s baseline are paid, at prices that keep supporting the better choice."
            }
            Self::OnCompletion => {
                "Park-proof prices, and two thirds of the start fee only once support is complete."
            }
            Self::EqualMargins => "Every group earns the same margin. A trap: parking can still pay more.",
            Self::LargerBlock => {
                "Half of the money for results is paid whatever happens: less to pick for, and less to support for."
            }
            Self::ReservedPlaces => "Places for the equal share of each group, whatever the money says.",
            Self::MinimumStandard => {
                "Everybody gets half of full support: parking costs more and harms less."
            }
            Self::Slope => {
                "Each result is paid for, at a price that costs the same as the threshold does now."
            }
            Self::BetterGrouping => {
                "Each group in two by predicted outcome, priced apart: less is left to pick inside."
            }
        }
    }

    /// What its prices contain, in a sentence, where it aims at a gain of `target_gain`, £ a person.
    #[must_use]
    pub fn contains(self, target_gain: f64) -> Option<String> {
        let gain = pounds(target_gain);
        let step = pounds(FixSettings::default().round_up_to);
        let rounded = format!("rounded up to {step}");
        Some(match self {
            Self::ParkProof => {
                format!(
                    "Park-proof price: {gain} more than parking, all of the start fee at the start, {rounded}."
                )
            }
            Self::BetterGrouping => format!(
                "Park-proof price of each half: {} more than parking, the start fee as it is, {rounded}.",
                pounds(TARGET_GAIN_POUNDS)
            ),
            Self::LeastCost => {
                format!("The park-proof price to the penny: {gain} more than parking, within your limits.")
            }
            Self::AboveBaseline => format!(
                "Park-proof price for what is above the baseline: {gain} more than parking, the start fee as it is, \
                 {rounded}."
            ),
            Self::OnCompletion => format!(
                "Fair price: park-proof at {gain} more than parking once two thirds of the start fee wait for completion, \
                 {rounded}."
            ),
            Self::EqualMargins => format!(
                "Equal-margin price: {} of margin on whoever is supported, whatever parking earns.",
                pounds(TARGET_MARGIN_POUNDS)
            ),
            Self::LargerBlock | Self::ReservedPlaces | Self::MinimumStandard | Self::Slope => return None,
        })
    }
}

/// A way and what it would come to.
#[derive(Clone, Debug)]
pub struct Way {
    pub kind: WayKind,
    /// The design then, or why there is none.
    pub copy: Result<DesignCopy, Undefined>,
    pub effect: Option<Effect>,
    /// Only of a better grouping, which has no copy that would fit the need groups as they stand; the groups of the
    /// effect are then the halves.
    pub regrouping: Option<Box<Regrouping>>,
}

/// What a design would come to.
#[derive(Clone, Debug)]
pub struct Effect {
    pub reach: OptionReach,
    /// £ a year if every group got the equal share that it gets now.
    pub cost_at_equal_share: Figure,
    /// How far below the forecast it still pays to support every group, as a difference of rates.
    pub room_below_forecast: Figure,
    /// What those left out cost later, £ for each year of the contract; see [`super::bill`].
    pub bill_per_year: Figure,
}

impl Effect {
    /// What a design would come to; `None` where there are no need groups.
    #[must_use]
    pub fn of(workspace: &Workspace, copy: &DesignCopy) -> Option<Self> {
        let reach = copy.reach(workspace)?;
        let share = equal_share_now(workspace, &copy.terms.option);
        Some(Self {
            cost_at_equal_share: copy.cost_at_share(workspace, share),
            room_below_forecast: room_below_forecast(workspace, &reach),
            bill_per_year: bill_of(workspace, &reach),
            reach,
        })
    }

    /// Whether it costs less at the equal share than another, by more than prices are rounded: at least one part in a hundred.
    #[must_use]
    pub fn costs_less_than(&self, other: &Self) -> bool {
        matches!((self.cost_at_equal_share, other.cost_at_equal_share), (Ok(this), Ok(that)) if this < 0.99 * that)
    }

    /// How many groups it pays to park.
    #[must_use]
    pub fn parked(&self) -> usize {
        self.reach.parked().0
    }
}

/// All the ways to fix the design of an option, each with what it would come to. `limits` are those of the cheapest prices.
#[must_use]
pub fn ways(workspace: &Workspace, option: &OptionId, limits: &PriceLimits) -> Vec<Way> {
    WayKind::ALL.into_iter().map(|kind| way(workspace, option, kind, limits)).collect()
}

/// One of the [`ways`].
#[must_use]
pub fn way(workspace: &Workspace, option: &OptionId, kind: WayKind, limits: &PriceLimits) -> Way {
    if kind == WayKind::BetterGrouping {
        let found = regroup(workspace, option);
        let copy = Err(found.as_ref().err().copied().unwrap_or(OTHER_GROUPS));
        let effect = found.as_ref().ok().map(|regrouping| regrouping.effect.clone());
        return Way { kind, copy, effect, regrouping: found.ok().map(Box::new) };
    }
    let copy = fixed(workspace, &DesignCopy::of(workspace, option), kind, limits);
    let effect = copy.as_ref().ok().and_then(|copy| Effect::of(workspace, copy));
    Way { kind, copy, effect, regrouping: None }
}

/// The way that gives an option its fair prices: part of the start fee on completion where there is one, else park-proof.
#[must_use]
pub fn fair_way(workspace: &Workspace, option: &OptionId) -> WayKind {
    if whole_fee(&DesignCopy::of(workspace, option)) > Pence(0) {
        WayKind::OnCompletion
    } else {
        WayKind::ParkProof
    }
}

/// What those whom a design leaves out cost later, £ for each year of the contract.
///
/// # Errors
/// Says which figure is missing.
pub fn bill_of(workspace: &Workspace, reach: &OptionReach) -> Figure {
    let left_out: Vec<Figure> = reach.groups.iter().map(|group| group.left_out_per_year).collect();
    bill_per_year(workspace, &left_out)
}

/// The design once it is fixed in this way.
///
/// # Errors
/// Says which figure is missing, or why the way does not apply.
pub(super) fn fixed(
    workspace: &Workspace,
    now: &DesignCopy,
    kind: WayKind,
    limits: &PriceLimits,
) -> Result<DesignCopy, Undefined> {
    match kind {
        // One name means one design: it is the same whether part of the start fee is held back by now or not.
        WayKind::ParkProof => park_proof(workspace, &now.clone().with_whole_fee(), 0.0, limits.target_gain),
        WayKind::OnCompletion if whole_fee(now) <= Pence(0) => Err(NO_START_FEE),
        WayKind::OnCompletion => {
            park_proof(workspace, now, FixSettings::default().held_back, limits.target_gain)
        }
        WayKind::AboveBaseline => {
            let mut above = now.clone();
            above.terms.paid_above_baseline = true;
            above.terms.threshold = Threshold::None;
            park_proof(workspace, &above, 0.0, limits.target_gain)
        }
        WayKind::LeastCost => match least_cost(workspace, &now.terms.option, limits) {
            LeastCost::Found(found) => Ok(found.copy),
            LeastCost::Impossible(_) => Err(Undefined("no prices keep within the limits")),
            LeastCost::NotKnown(why) => Err(why),
        },
        WayKind::EqualMargins => equal_margins(workspace, &now.clone().with_whole_fee()),
        WayKind::LargerBlock => larger_block(workspace, now),
        WayKind::ReservedPlaces => {
            let mut reserved = now.clone();
            let share = equal_share_now(workspace, &now.terms.option)?;
            reserved.terms.floor = Some(share.max(now.terms.floor.unwrap_or(0.0)).min(1.0));
            reserved.terms.minimum_standard = Some(true);
            Ok(reserved)
        }
        WayKind::MinimumStandard => {
            let mut standard = now.clone();
            standard.terms.contact_standard = Some(STANDARD.max(now.terms.contact_standard.unwrap_or(0.0)));
            standard.terms.minimum_standard = Some(true);
            Ok(standard)
        }
        WayKind::Slope => slope(workspace, now),
        WayKind::BetterGrouping => Err(OTHER_GROUPS),
    }
}

fn park_proof(
    workspace: &Workspace,
    now: &DesignCopy,
    held_back: f64,
    target_gain: f64,
) -> Result<DesignCopy, Undefined> {
    let settings = FixSettings { held_back, target_gain, ..FixSettings::default() };
    let fix = fix_copy(workspace, now, settings).ok_or(NO_DESIGN)?;
    let unpriced = fix.groups.iter().find_map(|group| group.price.err());
    fix.copy.ok_or(unpriced.unwrap_or(NO_DESIGN))
}

/// Prices that leave every group a margin of [`TARGET_MARGIN_POUNDS`]; those of several results move in proportion.
fn equal_margins(workspace: &Workspace, now: &DesignCopy) -> Result<DesignCopy, Undefined> {
    let response = now.response(workspace).ok_or(NO_DESIGN)?;
    let reach = now.reach(workspace).ok_or(NO_DESIGN)?;
    let mut even = now.clone();
    even.payments.retain(|p| !is_result(p));
    for (group, figures) in response.design.groups.iter().zip(&reach.groups) {
        let price = figures.equal_margin_price?;
        let mut put = |milestone: &str, sum: f64, like: Option<&Payment>| {
            let price = Pence::from_pounds(libm::ceil(sum * 100.0 - 1e-6) / 100.0);
            let price = price.ok_or(Undefined("the price would be past £10 trillion"))?;
            let fresh = even.price(Some(&group.group.id), milestone, price);
            even.payments.push(Payment {
                probability_parked: like.and_then(|p| p.probability_parked),
                probability_supported: like.and_then(|p| p.probability_supported),
                ..fresh
            });
            Ok::<(), Undefined>(())
        };
        if figures.outcome_price <= 0.0 {
            put(ADDED_MILESTONE, price, None)?;
        }
        for due in group.due(true).filter(|due| due.price > 0.0) {
            put(&due.payment.milestone, price * due.price / figures.outcome_price, Some(due.payment))?;
        }
    }
    Ok(even)
}

fn larger_block(workspace: &Workspace, now: &DesignCopy) -> Result<DesignCopy, Undefined> {
    let response = now.response(workspace).ok_or(NO_DESIGN)?;
    let spending = response.spending(&response.shares_at(DIAL_IN_THE_MIDDLE))?;
    if spending.results <= 0.0 {
        return Err(NO_RESULTS);
    }
    let mut block = now.clone();
    let moved = Pence::from_pounds(spending.results * INTO_THE_BLOCK).unwrap_or_default();
    block.terms.block_fee = Some(now.terms.block_fee.unwrap_or_default() + moved);
    for payment in block.payments.iter_mut().filter(|p| is_result(p)) {
        payment.price = part_of(payment.price, 1.0 - INTO_THE_BLOCK);
    }
    Ok(block)
}

fn slope(workspace: &Workspace, now: &DesignCopy) -> Result<DesignCopy, Undefined> {
    if !now.terms.threshold.is_all_or_nothing() {
        return Err(NO_CLIFF);
    }
    let reach = now.reach(workspace).ok_or(NO_DESIGN)?;
    let predicted = reach.chances_of_payment.iter().find(|chance| chance.case == "predicted");
    let chance = predicted.ok_or(Undefined("the chance of payment as predicted is not known"))?.probability;
    let mut slope = now.clone();
    slope.terms.threshold = Threshold::None;
    for payment in slope.payments.iter_mut().filter(|p| is_result(p)) {
        payment.price = part_of(payment.price, chance);
    }
    Ok(slope)
}
