//! Who would be supported, and what it would cost: the provider's response to the money.
//!
//! Quantal response (McKelvey & Palfrey 1995): share = floor + (cap − floor)/(1 + exp(−G/s)).

use super::incentive::{Design, GroupDesign, Incentive};
use crate::{
    analysis::{Figure, Undefined},
    model::{Workspace, money::Pence},
};

/// The dial of the workspace's own response scale.
pub const DIAL_IN_THE_MIDDLE: f64 = 0.5;

const NO_CAPACITY_SPLIT: Undefined =
    Undefined("a group lacks the figures by which the capacity would be shared out");
const NOBODY: Undefined = Undefined("there are no people in any need group");
const NOTHING_PAID: Undefined = Undefined("nothing is paid");

/// How one provider would respond to one payment design; made once, then asked at any place of the dial.
///
/// Vectors run parallel to the need groups.
pub struct Response<'a> {
    pub(super) design: Design<'a>,
    pub(super) incentives: Vec<Incentive>,
    scale: f64,
    bounds: Vec<(f64, f64)>,
    capacities: Vec<Capacity>,
}

impl std::fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response").field("scale", &self.scale).field("bounds", &self.bounds).finish()
    }
}

/// The share of each need group supported under an option with the dial anywhere from 0 (follows the money) to 1 (money
/// no longer tells groups apart); see [`Response::shares_at`]. Empty where the option has no payment design.
#[must_use]
pub fn shares_at(workspace: &Workspace, option: usize, dial: f64) -> Vec<Figure> {
    Response::of(workspace, option).map_or_else(Vec::new, |response| response.shares_at(dial))
}

/// What the commissioner pays in a year, £.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spending {
    /// Everything, before any cap.
    pub total: f64,
    /// The part that hangs on results.
    pub results: f64,
}

impl<'a> Response<'a> {
    /// The response to an option's design; `None` where it has neither terms nor payments, or there are no need groups.
    #[must_use]
    pub fn of(workspace: &'a Workspace, option: usize) -> Option<Self> {
        Design::of(workspace, option).map(|design| Self::to(design, workspace.reach.response_scale))
    }

    pub(super) fn to(design: Design<'a>, scale: Pence) -> Self {
        let incentives = design.groups.iter().map(GroupDesign::incentive).collect();
        let bounds = design.groups.iter().map(|group| bounds(&design, group)).collect();
        let capacities = capacities(&design);
        Self { design, incentives, scale: scale.pounds(), bounds, capacities }
    }

    /// Share of each group supported with the dial at `dial`, 0 to 1. The £ scale of the response is the workspace's own
    /// × dial/(1 − dial), so 0.5 is the workspace's own scale.
    ///
    /// At 0 only groups with a gain are supported, and where capacity binds the best gain per hour comes first (per £
    /// where only money is bounded). Elsewhere, where capacity binds, shares above the floor shrink by one factor. A
    /// group that it pays to refuse gets its floor. Where it cannot be told whether capacity binds, no share is given.
    #[must_use]
    pub fn shares_at(&self, dial: f64) -> Vec<Figure> {
        if !(0.0..=1.0).contains(&dial) {
            return vec![Err(Undefined("the dial goes from 0 to 1")); self.bounds.len()];
        }
        let follows_the_money = dial == 0.0 || (self.scale <= 0.0 && dial < 1.0);
        let wished: Vec<Figure> =
            (0..self.bounds.len()).map(|g| self.wished(g, dial, follows_the_money)).collect();
        let limits = match self.limits(&wished) {
            Ok(limits) => limits,
            Err(why) => return vec![Err(why); wished.len()],
        };
        if limits.is_empty() {
            return wished;
        }
        if follows_the_money { self.best_first(&wished, &limits) } else { self.shrunk(&wished, &limits) }
    }

    /// Shares with the £ scale of the response at `scale`, above nought, instead of the workspace's own.
    #[must_use]
    pub fn shares_at_scale(&self, scale: f64) -> Vec<Figure> {
        self.shares_at(if self.scale > 0.0 { scale / (scale + self.scale) } else { 0.0 })
    }

    /// The share of a group that the provider would support if nothing bounded it.
    fn wished(&self, group: usize, dial: f64, follows_the_money: bool) -> Figure {
        let (floor, cap) = self.bounds[group];
        if self.incentives[group].refused == Some(true) {
            return Ok(floor);
        }
        if dial >= 1.0 {
            return Ok(f64::midpoint(floor, cap));
        }
        let gain = self.incentives[group].gain?;
        let pull = if follows_the_money {
            if gain == 0.0 { 0.5 } else { f64::from(u8::from(gain > 0.0)) }
        } else {
            1.0 / (1.0 + libm::exp(-gain / (self.scale * dial / (1.0 - dial))))
        };
        Ok(floor + (cap - floor) * pull)
    }

    /// The capacities that bind these wishes; a group whose wish is not known is taken at its most.
    fn limits(&self, wished: &[Figure]) -> Result<Vec<Limit<'_>>, Undefined> {
        let mut binding = Vec::new();
        for Capacity { stated, needs } in &self.capacities {
            let needs = needs.as_ref().map_err(|_| NO_CAPACITY_SPLIT)?;
            let at_most: f64 = wished
                .iter()
                .zip(needs)
                .enumerate()
                .map(|(g, (w, n))| n * w.unwrap_or(self.bounds[g].1))
                .sum();
            if at_most > stated * (1.0 + 1e-12) {
                if wished.iter().any(Result::is_err) {
                    return Err(NO_CAPACITY_SPLIT);
                }
                let floors: f64 = self.bounds.iter().zip(needs).map(|((floor, _), n)| n * floor).sum();
                binding.push(Limit { left: (stated - floors).max(0.0), needs });
            }
        }
        Ok(binding)
    }

    /// Shares above the floor times one factor, the largest that every limit allows.
    fn shrunk(&self, wished: &[Figure], limits: &[Limit<'_>]) -> Vec<Figure> {
        let above = |g: usize| wished[g].map_or(0.0, |w| w - self.bounds[g].0);
        let factor = limits
            .iter()
            .map(|limit| limit.left / limit.needs.iter().enumerate().map(|(g, n)| n * above(g)).sum::<f64>())
            .fold(1.0, f64::min);
        (0..wished.len()).map(|g| wished[g].map(|_| self.bounds[g].0 + factor * above(g))).collect()
    }

    /// Floors first, then the groups by gain per hour (or per £) until a limit is reached; groups that gain alike share.
    fn best_first(&self, wished: &[Figure], limits: &[Limit<'_>]) -> Vec<Figure> {
        let mut shares: Vec<f64> = self.bounds.iter().map(|(floor, _)| *floor).collect();
        let mut left: Vec<f64> = limits.iter().map(|limit| limit.left).collect();
        let worth: Vec<f64> = (0..wished.len()).map(|g| self.gain_per_unit(g).unwrap_or(0.0)).collect();
        let mut order: Vec<usize> = (0..wished.len()).collect();
        order.sort_by(|&a, &b| worth[b].total_cmp(&worth[a]));
        for alike in order.chunk_by(|&a, &b| worth[a].total_cmp(&worth[b]).is_eq()) {
            let need = |limit: &Limit<'_>| -> f64 {
                alike.iter().map(|&g| limit.needs[g] * wished[g].map_or(0.0, |w| w - self.bounds[g].0)).sum()
            };
            let needs: Vec<f64> = limits.iter().map(need).collect();
            let part =
                needs.iter().zip(&left).filter(|(n, _)| **n > 0.0).map(|(n, l)| l / n).fold(1.0, f64::min);
            for (left, need) in left.iter_mut().zip(&needs) {
                *left = (*left - part * need).max(0.0);
            }
            for &g in alike {
                shares[g] += part * wished[g].map_or(0.0, |w| w - self.bounds[g].0);
            }
        }
        shares.into_iter().zip(wished).map(|(share, wish)| wish.map(|_| share)).collect()
    }

    /// G per worker-hour, or per £ of support where only money is bounded.
    fn gain_per_unit(&self, group: usize) -> Figure {
        let by_money =
            self.design.terms.is_some_and(|t| t.capacity_hours.is_none() && t.capacity_money.is_some());
        let of_group = &self.design.groups[group];
        let unit = if by_money { of_group.cost_supported()? } else { of_group.hours()? };
        let gain = self.incentives[group].gain?;
        Ok(if gain == 0.0 { 0.0 } else { gain / unit })
    }

    /// The share of everybody that the same capacity would support if it were spread evenly: the smaller of
    /// capacity hours over Σ n·h and capacity money over Σ n·c, at most 1. With no capacity stated, the support that
    /// `shares` add up to, spread over all people.
    pub(super) fn equal_share(&self, shares: &[Figure]) -> Figure {
        if self.capacities.is_empty() {
            return self.share_of_people(shares);
        }
        self.capacities.iter().try_fold(1.0, |share: f64, Capacity { stated, needs }| {
            let need: f64 = needs.as_ref().map_err(|why| *why)?.iter().sum();
            Ok(if need > 0.0 { share.min(stated / need) } else { share })
        })
    }

    /// People a year in all groups.
    pub(super) fn people(&self) -> Figure {
        self.design.groups.iter().try_fold(0.0, |sum, g| Ok(sum + g.people()?))
    }

    /// Σ n·share / Σ n.
    pub(super) fn share_of_people(&self, shares: &[Figure]) -> Figure {
        let people = self.people()?;
        let supported = self
            .design
            .groups
            .iter()
            .zip(shares)
            .try_fold(0.0, |sum, (g, s)| Ok(sum + g.people()? * (*s)?))?;
        if people > 0.0 { Ok(supported / people) } else { Err(NOBODY) }
    }

    /// People a year left out of each group: max(0, n·(equal share − share)).
    pub(super) fn left_out(&self, shares: &[Figure], equal_share: Figure) -> Vec<Figure> {
        let groups = self.design.groups.iter().zip(shares);
        groups.map(|(g, share)| Ok((g.people()? * (equal_share? - (*share)?)).max(0.0))).collect()
    }

    /// People a year left out of all groups with the dial at `dial`.
    ///
    /// # Errors
    /// Says which figure is missing.
    pub fn left_out_at(&self, dial: f64) -> Figure {
        let shares = self.shares_at(dial);
        self.left_out(&shares, self.equal_share(&shares)).into_iter().try_fold(0.0, |sum, l| Ok(sum + l?))
    }

    /// What is paid in a year with these shares supported: block fee + Σ n·(a + Σ o·paid rate).
    ///
    /// Those not supported are parked and bring the attachment fee too, except where it pays to refuse: they never start.
    pub(super) fn spending(&self, shares: &[Figure]) -> Result<Spending, Undefined> {
        let mut spending = Spending { total: self.design.block_fee(), results: 0.0 };
        for (g, group) in self.design.groups.iter().enumerate() {
            let (people, share) = (group.people()?, shares[g]?);
            let started = if self.incentives[g].refused == Some(true) { share } else { 1.0 };
            spending.total += people * started * group.attachment_fee;
            for due in &group.payments {
                if started == 0.0 || due.price == 0.0 {
                    continue;
                }
                let parked = if share < started { (started - share) * due.parked? } else { 0.0 };
                let supported = if share > 0.0 { share * due.supported? } else { 0.0 };
                let paid = people * started * due.paid(Ok((supported + parked) / started))?;
                spending.total += paid;
                spending.results += if due.is_result { paid } else { 0.0 };
            }
        }
        Ok(spending)
    }

    /// £ a year: the spending, or the cap where that is less.
    pub(super) fn cost_per_year(&self, spending: Spending) -> f64 {
        self.design.cap().map_or(spending.total, |cap| spending.total.min(cap))
    }
}

impl Spending {
    /// The spending of a year in which no more than `cap` is paid. What the cap cuts off is paid for results: the rest
    /// comes in whatever they are.
    pub fn cut_to(self, cap: Option<f64>) -> Self {
        let total = cap.map_or(self.total, |cap| self.total.min(cap));
        Self { total, results: (self.results - (self.total - total)).max(0.0) }
    }

    /// The share of income that hangs on results.
    pub fn at_risk(self) -> Figure {
        if self.total > 0.0 { Ok(self.results / self.total) } else { Err(NOTHING_PAID) }
    }
}

/// A capacity that binds: what is left of it above the floors, and what the whole of each group would take.
struct Limit<'c> {
    left: f64,
    needs: &'c [f64],
}

/// A stated capacity, and what supporting the whole of each group would take of it.
struct Capacity {
    stated: f64,
    needs: Result<Vec<f64>, Undefined>,
}

fn capacities(design: &Design<'_>) -> Vec<Capacity> {
    let Some(terms) = design.terms else { return Vec::new() };
    let groups = || design.groups.iter();
    let hours = terms
        .capacity_hours
        .map(|stated| Capacity { stated, needs: groups().map(|g| Ok(g.people()? * g.hours()?)).collect() });
    let money = terms.capacity_money.map(|stated| Capacity {
        stated: stated.pounds(),
        needs: groups().map(|g| Ok(g.people()? * g.cost_supported()?)).collect(),
    });
    hours.into_iter().chain(money).collect()
}

/// The least and the largest share of a group that is supported: what the terms secure, and the uptake.
fn bounds(design: &Design<'_>, group: &GroupDesign<'_>) -> (f64, f64) {
    let cap = design.terms.and_then(|t| t.uptake.get(&group.group.id)).copied().unwrap_or(1.0);
    let floor = design.terms.and_then(|t| t.floor).unwrap_or(0.0);
    (floor.min(cap), cap)
}
