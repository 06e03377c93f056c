//! A better grouping: each group split in two at its middle by predicted outcome, and each half priced park-proof (methods,
//! section 3).
//!
//! Inside a group the outcome rate is taken as normal. The mean of either half then lies SD·√(2/π) from the middle, and
//! √(1 − 2/π) of the spread is left in it: the moments of the half-normal distribution (Leone, Nelson & Nottingham 1961,
//! The folded normal distribution, Technometrics 3, 543–550). Rates with minimal contact and without a service are taken
//! to rise and fall in proportion, so the uplift does too; costs and hours are the same in both halves.

use std::f64::consts::PI;

use super::{
    Effect, TARGET_GAIN_POUNDS,
    design_copy::DesignCopy,
    fix::{FixSettings, fix_copy},
    incentive::is_result,
};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        ids::{NeedGroupId, OptionId},
        question::NeedGroup,
        reach::Payment,
    },
};

const NO_SPREAD: Undefined = Undefined("no group says how far its people differ in their chance of success");
const TOO_WIDE: Undefined =
    Undefined("the spread inside a group is too wide for its rate to be split in two as a normal curve");
const NO_DESIGN: Undefined = Undefined("nothing is known of how it would pay, or there are no need groups");

/// What a finer grouping would come to.
#[derive(Clone, Debug)]
pub struct Regrouping {
    /// Parallel to the need groups as they stand; `None` where no spread is stated and the group stays whole.
    pub groups: Vec<Option<SplitGroup>>,
    /// What the halves would make it pay to do; its groups are the halves, so they do not run parallel to the need groups.
    pub effect: Effect,
}

/// A need group in two halves.
#[derive(Clone, Debug)]
pub struct SplitGroup {
    pub harder: Half,
    pub easier: Half,
    /// What picking inside the whole group is worth at the price paid now, and at its park-proof price, £ a person.
    pub picking_now: Figure,
    pub picking_whole: Figure,
    /// What picking inside a half is worth at its own park-proof price, £ a person: the larger of the two.
    pub picking_split: Figure,
}

/// One half of a group.
#[derive(Clone, Copy, Debug)]
pub struct Half {
    /// Mean outcome rate with support, and the spread that is left in it.
    pub rate: f64,
    pub spread: f64,
    /// Park-proof, £ a success.
    pub price: Figure,
    /// Predicted share supported, with the dial in the middle.
    pub share: Figure,
}

/// Splits every group whose spread is stated, prices all park-proof, and asks the response.
///
/// # Errors
/// Undefined where no spread is stated, where a spread is too wide for its rate, or where a figure is missing.
pub fn regroup(workspace: &Workspace, option: &OptionId) -> Result<Regrouping, Undefined> {
    let groups = &workspace.question.need_groups;
    if groups.iter().all(|group| group.outcome_spread.is_none()) {
        return Err(NO_SPREAD);
    }
    let settings = FixSettings { held_back: 0.0, target_gain: TARGET_GAIN_POUNDS, ..FixSettings::default() };
    let now = DesignCopy::of(workspace, option);
    let (before, whole) = (now.reach(workspace).ok_or(NO_DESIGN)?, fix_copy(workspace, &now, settings));
    let split = split(workspace, &now)?;
    let fixed = fix_copy(&split, &DesignCopy::of(&split, option), settings).ok_or(NO_DESIGN)?;
    let unpriced = fixed.groups.iter().find_map(|group| group.price.err());
    let copy = fixed.copy.as_ref().ok_or(unpriced.unwrap_or(NO_DESIGN))?;
    let effect = Effect::of(&split, copy).ok_or(NO_DESIGN)?;
    let mut at = 0;
    let mut halves = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        let Some(spread) = group.outcome_spread else {
            at += 1;
            halves.push(None);
            continue;
        };
        let half = |at: usize| -> Result<Half, Undefined> {
            let of = &split.question.need_groups[at];
            Ok(Half {
                rate: of.outcome_supported.ok_or(NO_DESIGN)?,
                spread: of.outcome_spread.ok_or(NO_SPREAD)?,
                price: Ok(effect.reach.groups[at].outcome_price),
                share: effect.reach.groups[at].share_supported_at[1],
            })
        };
        let whole = whole.as_ref().map_or(Err(NO_DESIGN), |fix| fix.groups[g].price);
        let worth = |at: usize| effect.reach.groups[at].worth_of_picking_inside;
        halves.push(Some(SplitGroup {
            harder: half(at)?,
            easier: half(at + 1)?,
            picking_now: before.groups[g].worth_of_picking_inside,
            picking_whole: whole.map(|price| price * spread),
            picking_split: worth(at).and_then(|harder| Ok(harder.max(worth(at + 1)?))),
        }));
        at += 2;
    }
    Ok(Regrouping { groups: halves, effect })
}

/// The workspace with every group of a stated spread in two, and the prices of one option by half.
fn split(workspace: &Workspace, design: &DesignCopy) -> Result<Workspace, Undefined> {
    let mut finer = workspace.clone();
    let (mut groups, mut payments) = (Vec::new(), Vec::new());
    for group in &workspace.question.need_groups {
        let halves = match group.outcome_spread {
            Some(spread) => halves(group, spread)?.into(),
            None => vec![(group.clone(), 1.0)],
        };
        for (half, factor) in halves {
            payments.extend(design.due(&group.id).map(|payment| of_half(payment, &half.id, factor)));
            keep_what_is_said_of(&mut finer, &group.id, &half.id);
            groups.push(half);
        }
    }
    finer.question.need_groups = groups;
    finer.reach.payments = payments;
    Ok(finer)
}

/// The harder and the easier half of a group, each with its rate as a multiple of the whole's.
fn halves(group: &NeedGroup, spread: f64) -> Result<[(NeedGroup, f64); 2], Undefined> {
    let rate = group.outcome_supported.ok_or(Undefined("the outcome rate with support is not stated"))?;
    let apart = spread * libm::sqrt(2.0 / PI);
    if rate - apart <= 0.0 || rate + apart >= 1.0 {
        return Err(TOO_WIDE);
    }
    let half = |rate_of_half: f64, id: NeedGroupId, name: &str| {
        let factor = rate_of_half / rate;
        let in_proportion = |rate: Option<f64>| rate.map(|rate| (rate * factor).min(1.0));
        let half = NeedGroup {
            id,
            name: format!("{}, {name}", group.name),
            short: format!("{}, {name}", group.short_name()),
            people_per_year: group.people_per_year.map(|people| people / 2.0),
            outcome_without: in_proportion(group.outcome_without),
            outcome_parked: in_proportion(group.outcome_parked),
            outcome_supported: Some(rate_of_half),
            outcome_spread: Some(spread * libm::sqrt(1.0 - 2.0 / PI)),
            ..group.clone()
        };
        (half, factor)
    };
    let easier = NeedGroupId::from(format!("{}/easier", group.id).as_str());
    Ok([half(rate - apart, group.id.clone(), "harder half"), half(rate + apart, easier, "easier half")])
}

/// A price as it is due for a half; chances of its own rise and fall as the half's rate does.
fn of_half(payment: &Payment, half: &NeedGroupId, factor: f64) -> Payment {
    let in_proportion = |chance: Option<f64>| {
        chance.map(|chance| if is_result(payment) { (chance * factor).min(1.0) } else { chance })
    };
    Payment {
        group: Some(half.clone()),
        probability_parked: in_proportion(payment.probability_parked),
        probability_supported: in_proportion(payment.probability_supported),
        ..payment.clone()
    }
}

/// What the terms and the bands of risk say of a whole group holds for its half.
fn keep_what_is_said_of(finer: &mut Workspace, whole: &NeedGroupId, half: &NeedGroupId) {
    if whole == half {
        return;
    }
    for terms in &mut finer.reach.terms {
        if let Some(uptake) = terms.uptake.get(whole).copied() {
            terms.uptake.insert(half.clone(), uptake);
        }
    }
    if let Some(risk) = &mut finer.reach.changing_risk
        && let Some(start) = risk.starts.get(whole).cloned()
    {
        risk.starts.insert(half.clone(), start);
    }
}
