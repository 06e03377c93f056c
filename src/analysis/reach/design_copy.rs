//! A payment design that is not in the workspace: a ready-made form, a way to fix what there is, a contract year.

use super::{
    OptionReach,
    fix::HELD_BACK_MILESTONE,
    incentive::{Design, is_result, is_unpaid_when_parked},
    response::{DIAL_IN_THE_MIDDLE, Response},
};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        ids::{NeedGroupId, OptionId, PaymentId},
        money::Pence,
        question::NeedGroup,
        reach::{Payment, Terms},
    },
};

const NO_DESIGN: Undefined = Undefined("nothing is known of how it would pay, or there are no need groups");

/// Terms and prices of an option, apart from the workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct DesignCopy {
    pub terms: Terms,
    /// Their ids are no ids of the workspace; whoever puts them there gives them their own.
    pub payments: Vec<Payment>,
}

impl DesignCopy {
    /// The design of an option as it stands; unknown terms where it has none.
    #[must_use]
    pub fn of(workspace: &Workspace, option: &OptionId) -> Self {
        let terms = workspace.terms(option).cloned();
        Self {
            terms: terms.unwrap_or_else(|| Terms::unknown(option.clone())),
            payments: workspace.reach.payments.iter().filter(|p| p.option == *option).cloned().collect(),
        }
    }

    /// The same with all of the start fee paid at the start, whatever an earlier fix holds back of it.
    #[must_use]
    pub fn with_whole_fee(mut self) -> Self {
        if is_held_back(&self) {
            self.terms.attachment_fee = Some(whole_fee(&self));
            self.payments.retain(|p| !is_held_back_part(p));
        }
        self
    }

    /// A price of this design.
    pub(super) fn price(&self, group: Option<&NeedGroupId>, milestone: &str, price: Pence) -> Payment {
        Payment {
            id: PaymentId::from(milestone),
            option: self.terms.option.clone(),
            group: group.cloned(),
            milestone: milestone.to_owned(),
            price,
            probability_parked: None,
            probability_supported: None,
        }
    }

    fn design<'a>(&'a self, workspace: &'a Workspace) -> Option<Design<'a>> {
        Design::new(workspace, Some(&self.terms), &self.payments.iter().collect::<Vec<_>>())
    }

    pub(super) fn response<'a>(&'a self, workspace: &'a Workspace) -> Option<Response<'a>> {
        Some(Response::to(self.design(workspace)?, workspace.reach.response_scale))
    }

    /// What it would make it pay to do; `None` where there are no need groups.
    #[must_use]
    pub fn reach(&self, workspace: &Workspace) -> Option<OptionReach> {
        let response = self.response(workspace)?;
        Some(OptionReach::of(&response, workspace.reach.response_scale))
    }

    /// What it would cost in a year, £, if this share of every group were supported.
    ///
    /// # Errors
    /// Says which figure is missing.
    pub fn cost_at_share(&self, workspace: &Workspace, share: Figure) -> Figure {
        let response = self.response(workspace).ok_or(NO_DESIGN)?;
        let even = vec![share; response.design.groups.len()];
        response.spending(&even).map(|spending| response.cost_per_year(spending))
    }

    /// The prices that hold for a group: its own, and those for every group where it has none.
    pub fn due(&self, group: &NeedGroupId) -> impl Iterator<Item = &Payment> {
        let is_own = |p: &Payment| p.group.as_ref() == Some(group);
        let has_own =
            move |milestone: &str| self.payments.iter().any(|p| is_own(p) && p.milestone == milestone);
        self.payments.iter().filter(move |p| is_own(p) || (p.group.is_none() && !has_own(&p.milestone)))
    }

    /// The one result that has a price in a group, if only of nought; `None` where there are several, or none.
    #[must_use]
    pub fn only_result(&self, group: &NeedGroupId) -> Option<&Payment> {
        let mut results = self.due(group).filter(|p| is_result(p));
        results.next().filter(|_| results.next().is_none())
    }

    /// The results that are paid for in a group, by milestone.
    pub fn results(&self, group: &NeedGroupId) -> impl Iterator<Item = &Payment> {
        self.due(group).filter(|p| is_result(p) && p.price != Pence(0))
    }

    /// Whether nothing is paid for a result that parked people reach as well: then a price that makes supporting pay
    /// follows how many succeed, not what support adds.
    #[must_use]
    pub fn parked_results_are_unpaid(&self, groups: &[NeedGroup]) -> bool {
        let unpaid = |group: &NeedGroup| {
            group.outcome_parked.is_some_and(|rate| rate > 0.0)
                && self.results(&group.id).any(is_unpaid_when_parked)
        };
        groups.iter().any(unpaid)
    }

    /// Whether it pays these groups alike: the same prices for the same milestones on the same terms. Names, sources and
    /// what does not bear on the money may differ.
    #[must_use]
    pub fn pays_like(&self, other: &Self, groups: &[NeedGroup]) -> bool {
        let money = |copy: &Self| {
            let t = &copy.terms;
            (
                t.block_fee.unwrap_or_default(),
                t.attachment_fee.unwrap_or_default(),
                t.threshold,
                t.paid_above_baseline,
                t.cap,
                t.floor.map(f64::to_bits),
                t.contact_standard.map(f64::to_bits),
                t.investor.unwrap_or(false),
            )
        };
        let prices = |copy: &Self| -> Vec<Vec<_>> {
            let of_group = |group: &NeedGroup| {
                let chance = |chance: Option<f64>| chance.map(f64::to_bits);
                let due = copy.due(&group.id).filter(|p| p.price != Pence(0));
                let mut prices: Vec<_> = due
                    .map(|p| {
                        (
                            p.milestone.clone(),
                            p.price,
                            chance(p.probability_parked),
                            chance(p.probability_supported),
                        )
                    })
                    .collect();
                prices.sort();
                prices
            };
            groups.iter().map(of_group).collect()
        };
        money(self) == money(other) && prices(self) == prices(other)
    }
}

/// The share of everybody that the capacity of an option would support if it were spread evenly, as it stands now.
///
/// # Errors
/// Says which figure is missing.
pub fn equal_share_now(workspace: &Workspace, option: &OptionId) -> Figure {
    let copy = DesignCopy::of(workspace, option);
    let response = copy.response(workspace).ok_or(NO_DESIGN)?;
    response.equal_share(&response.shares_at(DIAL_IN_THE_MIDDLE))
}

/// The share of everybody that the stated capacity of an option would support if it were spread evenly, and 1 where none is
/// stated: whatever the prices are, so what different prices cost can be told side by side.
///
/// # Errors
/// Says which figure is missing.
pub fn capacity_share(workspace: &Workspace, option: &OptionId) -> Figure {
    let bound = workspace
        .terms(option)
        .is_some_and(|t| t.capacity_hours.or(t.capacity_money.map(Pence::pounds)).is_some());
    if bound { equal_share_now(workspace, option) } else { Ok(1.0) }
}

/// The start fee with what an earlier fix holds back of it.
pub(super) fn whole_fee(copy: &DesignCopy) -> Pence {
    let held_back = copy.payments.iter().find(|p| is_held_back_part(p));
    copy.terms.attachment_fee.unwrap_or_default() + held_back.map(|p| p.price).unwrap_or_default()
}

fn is_held_back(copy: &DesignCopy) -> bool {
    copy.payments.iter().any(is_held_back_part)
}

fn is_held_back_part(payment: &Payment) -> bool {
    payment.group.is_none() && payment.milestone == HELD_BACK_MILESTONE
}

/// A contract year and what its prices make it pay to do.
#[derive(Clone, Debug)]
pub struct ContractYear {
    /// What is paid, as a share of the prices and of the attachment fee that are stated.
    pub prices: f64,
    pub fee: f64,
    pub reach: OptionReach,
}

/// The prediction for each contract year, from the first; empty where nothing changes from year to year. A list that ends
/// before the other keeps its last share.
#[must_use]
pub fn by_contract_year(workspace: &Workspace, option: &OptionId) -> Vec<ContractYear> {
    let stated = DesignCopy::of(workspace, option);
    let in_year = |shares: &[f64], year: usize| shares.get(year).or(shares.last()).copied().unwrap_or(1.0);
    let years = (0..stated.terms.contract_years()).filter_map(|year| {
        let prices = in_year(&stated.terms.price_by_year, year);
        let fee = in_year(&stated.terms.fee_by_year, year);
        let mut copy = stated.clone();
        copy.terms.attachment_fee = copy.terms.attachment_fee.map(|sum| part_of(sum, fee));
        for payment in &mut copy.payments {
            payment.price = part_of(payment.price, prices);
        }
        copy.terms.price_by_year.clear();
        copy.terms.fee_by_year.clear();
        Some(ContractYear { prices, fee, reach: copy.reach(workspace)? })
    });
    years.collect()
}

/// A share of a sum, to the nearest penny; the sum itself where that is past what is kept.
pub(super) fn part_of(sum: Pence, share: f64) -> Pence {
    Pence::from_pounds(sum.pounds() * share).unwrap_or(sum)
}
