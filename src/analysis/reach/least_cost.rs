//! The cheapest prices that make supporting pay in every group: a linear programme (methods, section 3).
//!
//! Minimise what is paid in a year if every group got its equal share, over prices o_{g,m} within bounds, with
//! Σₘ o_{g,m}·(p_{g,m} − q_{g,m}) ≥ g* + c_g − k_g less what comes in besides for every group, equal prices where they
//! are asked for, and a budget. Solved by the simplex method (microlp).

use good_lp::{Expression, ProblemVariables, Solution as _, SolverModel as _, Variable, microlp, variable};

use super::{
    design_copy::{DesignCopy, equal_share_now},
    fix::ADDED_MILESTONE,
    incentive::{Design, DuePayment, GroupDesign, is_result},
    tariffs::{Lever, TARGET_GAIN_POUNDS},
};
use crate::{
    analysis::{Figure, Undefined},
    model::{Workspace, ids::OptionId, money::Pence, reach::Payment},
};

/// What the prices must keep to. Vectors run parallel to the need groups; a shorter one leaves the rest free.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceLimits {
    /// g*, £ a person.
    pub target_gain: f64,
    /// The least and the most that may be paid for each milestone of a group, £.
    pub lowest: Vec<Option<f64>>,
    pub highest: Vec<Option<f64>>,
    /// What may be spent in a year if every group got its equal share, £.
    pub budget: Option<f64>,
    /// Groups of the same number are paid the same prices; `None` for a price of its own.
    pub alike: Vec<Option<usize>>,
}

impl Default for PriceLimits {
    fn default() -> Self {
        Self {
            target_gain: TARGET_GAIN_POUNDS,
            lowest: Vec::new(),
            highest: Vec::new(),
            budget: None,
            alike: Vec::new(),
        }
    }
}

/// The cheapest prices, or what stands in the way of any.
#[derive(Clone, Debug, PartialEq)]
pub enum LeastCost {
    Found(Box<CheapestPrices>),
    Impossible(Obstacle),
    /// A figure is missing, or the option has no payment design.
    NotKnown(Undefined),
}

/// Prices that meet every limit at least cost.
#[derive(Clone, Debug, PartialEq)]
pub struct CheapestPrices {
    pub copy: DesignCopy,
    /// £ a year if every group got its equal share.
    pub cost_at_equal_share: f64,
    /// Need groups whose gain is exactly the target: any less would break it.
    pub at_target: Vec<usize>,
    /// Need groups that are paid the most they may be.
    pub at_highest: Vec<usize>,
}

/// The limit that leaves no prices.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// Support does not raise what is paid for in this group: no price helps.
    NoUplift { group: usize },
    /// The most that may be paid for this group is not enough.
    Highest { group: usize, needed: Figure, highest: f64 },
    /// These groups, paid alike, cannot all be met within their bounds.
    PaidAlike { groups: Vec<usize> },
    /// The cheapest prices cost more than there is.
    Budget { least: f64, budget: f64 },
}

/// A price of one group that can be set.
struct Price<'a> {
    due: Option<&'a DuePayment<'a>>,
    /// £ that each £1 of it adds to the gain of a person.
    uplift: f64,
    /// £ a year that each £1 of it costs at the equal share.
    cost: f64,
}

/// One group in the programme.
struct Row<'a> {
    prices: Vec<Price<'a>>,
    /// What the prices must add to the gain.
    wanted: f64,
    lowest: f64,
    highest: Option<f64>,
}

/// Finds the cheapest prices for the results of an option within limits. What does not hang on results stays as it is.
#[must_use]
pub fn least_cost(workspace: &Workspace, option: &OptionId, limits: &PriceLimits) -> LeastCost {
    let copy = DesignCopy::of(workspace, option);
    let found = programme(workspace, &copy, limits);
    match found {
        Ok(Ok(solved)) => priced(workspace, &copy, limits, &solved),
        Ok(Err(obstacle)) => LeastCost::Impossible(obstacle),
        Err(why) => LeastCost::NotKnown(why),
    }
}

/// Prices by group, as (milestone, £, the payment that it replaces).
struct Solved {
    prices: Vec<Vec<(Option<Payment>, f64)>>,
    /// The milestones whose prices are set.
    set: Vec<String>,
    equal_share: f64,
}

fn programme(
    workspace: &Workspace,
    copy: &DesignCopy,
    limits: &PriceLimits,
) -> Result<Result<Solved, Obstacle>, Undefined> {
    let response = copy
        .response(workspace)
        .ok_or(Undefined("nothing is known of how it would pay, or there are no need groups"))?;
    let design = &response.design;
    let equal_share = equal_share_now(workspace, &copy.terms.option)?;
    let milestones = milestones(design);
    let rows = (0..design.groups.len())
        .map(|g| Row::of(&design.groups[g], &milestones, equal_share, limits, g))
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(obstacle) = first_obstacle(design, &rows, limits) {
        return Ok(Err(obstacle));
    }
    let fixed = without_these(copy, &milestones).cost_at_share(workspace, Ok(equal_share))?;
    let Some(values) = solve(&rows, limits) else {
        let groups = (0..rows.len()).filter(|&g| class(limits, g).is_some()).collect();
        return Ok(Err(Obstacle::PaidAlike { groups }));
    };
    let variable: f64 = rows
        .iter()
        .zip(&values)
        .flat_map(|(row, values)| row.prices.iter().zip(values))
        .map(|(p, x)| p.cost * x)
        .sum();
    if let Some(budget) = limits.budget.filter(|budget| fixed + variable > budget + HALF_A_PENNY) {
        return Ok(Err(Obstacle::Budget { least: fixed + variable, budget }));
    }
    let prices = rows.iter().zip(values).map(|(row, values)| {
        let of_row = row.prices.iter().zip(values);
        of_row
            .map(|(price, value)| (price.due.map(|due| due.payment.clone()), price.up_to_the_penny(value)))
            .collect()
    });
    let set = milestones.into_iter().map(str::to_owned).collect();
    Ok(Ok(Solved { prices: prices.collect(), set, equal_share }))
}

/// £ under this are nought.
const HALF_A_PENNY: f64 = 0.005;

fn class(limits: &PriceLimits, group: usize) -> Option<usize> {
    limits.alike.get(group).copied().flatten()
}

/// The milestones that hang on results in any group, by name.
fn milestones<'a>(design: &'a Design<'a>) -> Vec<&'a str> {
    let mut named: Vec<&str> = Vec::new();
    for due in design.groups.iter().flat_map(|group| group.due(true)).filter(|due| due.price > 0.0) {
        if !named.contains(&due.payment.milestone.as_str()) {
            named.push(&due.payment.milestone);
        }
    }
    named
}

impl<'a> Row<'a> {
    fn of(
        group: &'a GroupDesign<'a>,
        milestones: &[&str],
        share: f64,
        limits: &PriceLimits,
        g: usize,
    ) -> Result<Self, Undefined> {
        let people = group.people()?;
        let mut prices = Vec::new();
        for name in milestones {
            let Some(due) = group.due(true).find(|due| due.payment.milestone == *name) else { continue };
            let above = due.paid_above?;
            let (supported, parked) = (due.supported?, due.parked?);
            let paid = |rate: f64| (rate - above).max(0.0);
            prices.push(Price {
                due: Some(due),
                uplift: paid(supported) - paid(parked),
                cost: people * paid(share * supported + (1.0 - share) * parked),
            });
        }
        if prices.is_empty() {
            let (supported, parked) = (group.rate_supported()?, group.rate_parked()?);
            let cost = people * (share * supported + (1.0 - share) * parked);
            prices.push(Price { due: None, uplift: supported - parked, cost });
        }
        let beside = group.paid_supported(false)? - group.paid_parked(false)?;
        Ok(Self {
            prices,
            wanted: limits.target_gain + group.extra_cost()? - beside,
            lowest: limits.lowest.get(g).copied().flatten().unwrap_or(0.0).max(0.0),
            highest: limits.highest.get(g).copied().flatten(),
        })
    }

    /// The most that prices within bounds can add to the gain.
    fn most(&self, lowest: f64, highest: Option<f64>) -> f64 {
        let best = |price: &Price<'_>| {
            if price.uplift <= 0.0 {
                price.uplift * lowest
            } else {
                highest.map_or(f64::INFINITY, |highest| price.uplift * highest)
            }
        };
        self.prices.iter().map(best).sum()
    }
}

impl Price<'_> {
    /// Whole pence that keep what was found: up where a price helps, down where it hurts.
    fn up_to_the_penny(&self, pounds: f64) -> f64 {
        // What is whole but for the last bits of the programme stays.
        let pence = pounds * 100.0;
        let whole = if self.uplift >= 0.0 { libm::ceil(pence - 1e-6) } else { libm::floor(pence + 1e-6) };
        whole.max(0.0) / 100.0
    }
}

/// What can be told without the programme: a group that no price helps, or not the most that it may be paid.
fn first_obstacle(design: &Design<'_>, rows: &[Row<'_>], limits: &PriceLimits) -> Option<Obstacle> {
    for (group, row) in rows.iter().enumerate() {
        if row.most(row.lowest, row.highest) >= row.wanted - HALF_A_PENNY {
            continue;
        }
        if row.prices.iter().all(|price| price.uplift <= 0.0) {
            return Some(Obstacle::NoUplift { group });
        }
        let needed = Lever::of(&design.groups[group]).to_gain(row.wanted);
        return Some(Obstacle::Highest { group, needed, highest: row.highest.unwrap_or_default() });
    }
    for group in 0..rows.len() {
        let Some(of) = class(limits, group) else { continue };
        let members: Vec<usize> = (0..rows.len()).filter(|&g| class(limits, g) == Some(of)).collect();
        let (lowest, highest) = bounds_together(rows, &members);
        let crossed = highest.is_some_and(|highest| highest < lowest);
        if crossed || members.iter().any(|&g| rows[g].most(lowest, highest) < rows[g].wanted - HALF_A_PENNY) {
            return Some(Obstacle::PaidAlike { groups: members });
        }
    }
    None
}

/// The bounds that hold for groups that are paid alike.
fn bounds_together(rows: &[Row<'_>], members: &[usize]) -> (f64, Option<f64>) {
    let lowest = members.iter().map(|&g| rows[g].lowest).fold(0.0, f64::max);
    let highest = members.iter().filter_map(|&g| rows[g].highest).reduce(f64::min);
    (lowest, highest)
}

/// Solves the programme; answers with the prices of each group, `None` where it has no solution.
fn solve(rows: &[Row<'_>], limits: &PriceLimits) -> Option<Vec<Vec<f64>>> {
    let mut variables = ProblemVariables::new();
    // A price of a class of groups by milestone; groups of no class have their own.
    let mut shared: Vec<(usize, String, Variable)> = Vec::new();
    let mut places: Vec<Vec<Variable>> = Vec::new();
    for (g, row) in rows.iter().enumerate() {
        let of = class(limits, g);
        let members: Vec<usize> = of.map_or_else(
            || vec![g],
            |of| (0..rows.len()).filter(|&o| class(limits, o) == Some(of)).collect(),
        );
        let (lowest, highest) = bounds_together(rows, &members);
        let mut of_row = Vec::new();
        for price in &row.prices {
            let name = price.due.map_or(ADDED_MILESTONE, |due| due.payment.milestone.as_str());
            let known = of
                .and_then(|of| shared.iter().find(|(class, milestone, _)| *class == of && milestone == name));
            let place = match known {
                Some((_, _, place)) => *place,
                None => {
                    let bounded = variable().min(lowest);
                    let place = variables.add(match highest {
                        Some(highest) => bounded.max(highest),
                        None => bounded,
                    });
                    shared.extend(of.map(|of| (of, name.to_owned(), place)));
                    place
                }
            };
            of_row.push(place);
        }
        places.push(of_row);
    }
    let cost: Expression = rows
        .iter()
        .zip(&places)
        .flat_map(|(row, of)| row.prices.iter().zip(of))
        .map(|(p, x)| p.cost * *x)
        .sum();
    let mut programme = variables.minimise(cost).using(microlp);
    for (row, of) in rows.iter().zip(&places) {
        let gain: Expression = row.prices.iter().zip(of).map(|(price, x)| price.uplift * *x).sum();
        programme.add_constraint(gain.geq(row.wanted));
    }
    let solution = programme.solve().ok()?;
    Some(places.iter().map(|of| of.iter().map(|x| solution.value(*x)).collect()).collect())
}

/// The design without the prices that are to be set.
fn without_these(copy: &DesignCopy, milestones: &[impl AsRef<str>]) -> DesignCopy {
    let is_set = |p: &Payment| is_result(p) && milestones.iter().any(|m| m.as_ref() == p.milestone);
    let payments = copy.payments.iter().filter(|p| !is_set(p)).cloned().collect();
    DesignCopy { terms: copy.terms.clone(), payments }
}

fn priced(workspace: &Workspace, now: &DesignCopy, limits: &PriceLimits, solved: &Solved) -> LeastCost {
    let mut copy = without_these(now, &solved.set);
    for (group, prices) in workspace.question.need_groups.iter().zip(&solved.prices) {
        for (instead_of, pounds) in prices {
            let Some(price) = Pence::from_pounds(*pounds) else {
                return LeastCost::NotKnown(Undefined("the price would be past £10 trillion"));
            };
            let milestone = instead_of.as_ref().map_or(ADDED_MILESTONE, |p| p.milestone.as_str());
            let fresh = copy.price(Some(&group.id), milestone, price);
            copy.payments.push(Payment {
                probability_parked: instead_of.as_ref().and_then(|p| p.probability_parked),
                probability_supported: instead_of.as_ref().and_then(|p| p.probability_supported),
                ..fresh
            });
        }
    }
    let cost = match copy.cost_at_share(workspace, Ok(solved.equal_share)) {
        Ok(cost) => cost,
        Err(why) => return LeastCost::NotKnown(why),
    };
    let gains: Vec<Option<f64>> = copy
        .response(workspace)
        .map(|response| response.incentives.iter().map(|i| i.gain.ok()).collect())
        .unwrap_or_default();
    let is_tight =
        |g: usize| gains.get(g).copied().flatten().is_some_and(|gain| gain < limits.target_gain + 1.0);
    let at_highest = |g: usize| {
        let highest = limits.highest.get(g).copied().flatten();
        highest
            .is_some_and(|highest| solved.prices[g].iter().any(|(_, price)| *price > highest - HALF_A_PENNY))
    };
    LeastCost::Found(Box::new(CheapestPrices {
        at_target: (0..solved.prices.len()).filter(|&g| is_tight(g)).collect(),
        at_highest: (0..solved.prices.len()).filter(|&g| at_highest(g)).collect(),
        cost_at_equal_share: cost,
        copy,
    }))
}
