//! Ready-made forms of payment: each fills every term from the need groups' own costs and rates, to be changed after.
//!
//! Capacity, uptake, who refers and what is recorded are no matter of the form and stay as they are.

use super::{
    design_copy::{DesignCopy, capacity_share, whole_fee},
    fix::ADDED_MILESTONE,
    incentive::is_result,
    least_cost::PriceLimits,
    tariffs::TARGET_MARGIN_POUNDS,
    ways::{WayKind, fixed},
};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        ids::OptionId,
        money::Pence,
        question::NeedGroup,
        reach::{Payment, Threshold},
    },
};

const ILLUSTRATIVE: &str = "Illustrative: reckoned from the need groups of this workspace, to be changed";
const NO_FIGURES: Undefined = Undefined("costs, rates or people of a need group are not stated");
/// Prices of forms are in steps of this, £, but for those that are park-proof.
const STEP: f64 = 10.0;
/// A price for all results together by which those that matter are reckoned, £: so large that its steps do not tell.
const UNIT: f64 = 1_000_000.0;
const PERSONAL_BUDGET: &str = "Personal budget";
/// How much a mixed payment pays as a block.
const MIXED_BLOCK: f64 = 2.0 / 3.0;
/// A social investor is repaid past this relative reduction of failures, as in Peterborough for a cohort by itself.
const INVESTOR_REDUCTION: f64 = 0.1;

/// A ready-made form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    pub kind: FormKind,
    pub name: &'static str,
    /// What it does, in a few words.
    pub text: &'static str,
    /// Where it comes from, with a date, or that it is illustrative.
    pub source: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormKind {
    Block,
    Flat,
    TwoTariffs,
    EqualMargins,
    ParkProof,
    OnCompletion,
    Mixed,
    SocialInvestor,
    PersonalBudget,
}

/// The forms, in the order in which they are offered.
pub const FORMS: [Form; 9] = [
    Form {
        kind: FormKind::Flat,
        name: "One flat tariff",
        text: "The same price for everyone",
        source: ILLUSTRATIVE,
    },
    Form {
        kind: FormKind::TwoTariffs,
        name: "Two tariffs by need",
        text: "A high and a low price",
        source: ILLUSTRATIVE,
    },
    Form {
        kind: FormKind::EqualMargins,
        name: "Equal margins",
        text: "The same margin: a trap",
        source: "Differential tariff as in the Work Programme, DWP 2011; prices illustrative",
    },
    Form {
        kind: FormKind::ParkProof,
        name: "Park-proof prices",
        text: "Supporting beats parking",
        source: ILLUSTRATIVE,
    },
    Form {
        kind: FormKind::OnCompletion,
        name: "Fee on completion",
        text: "Two thirds of it held back",
        source: ILLUSTRATIVE,
    },
    Form { kind: FormKind::Block, name: "Block", text: "A sum a year, no results", source: ILLUSTRATIVE },
    Form { kind: FormKind::Mixed, name: "Mixed", text: "Two thirds of it a block", source: ILLUSTRATIVE },
    Form {
        kind: FormKind::SocialInvestor,
        name: "Social investor",
        text: "Past a tenth fewer failures",
        source: "Threshold of the Peterborough social impact bond, Ministry of Justice 2010; prices illustrative",
    },
    Form {
        kind: FormKind::PersonalBudget,
        name: "Personal budget",
        text: "Money follows the person",
        source: ILLUSTRATIVE,
    },
];

impl Form {
    /// The design of an option filled in by this form. Forms that share their name with a way to fix a design are that
    /// way, on results alone.
    ///
    /// # Errors
    /// Says which figure is missing, or why the form does not apply.
    pub fn fill(&self, workspace: &Workspace, option: &OptionId) -> Result<DesignCopy, Undefined> {
        let now = DesignCopy::of(workspace, option).with_whole_fee();
        let groups = &workspace.question.need_groups;
        let mut copy = self.blank(&now);
        if let Some(way) = self.way() {
            let paid = now.payments.iter().filter(|p| p.milestone != PERSONAL_BUDGET);
            let paid = DesignCopy { terms: copy.terms, payments: paid.cloned().collect() };
            return fixed(workspace, &paid, way, &PriceLimits::default());
        }
        let results = Results::of(&now);
        match self.kind {
            FormKind::Flat | FormKind::SocialInvestor if is_flat(&now, groups) => {
                copy.payments.extend(now.payments.iter().filter(|p| is_result(p)).cloned());
            }
            FormKind::Flat | FormKind::SocialInvestor => {
                let price = flat_price(&now, &copy, &results, groups)?;
                copy.payments.extend(results.priced(&now, groups, &vec![price; groups.len()])?);
            }
            FormKind::TwoTariffs => {
                let prices = two_tariffs(groups, &park_proof_prices(workspace, &now, &copy, &results)?)?;
                copy.payments.extend(results.priced(&now, groups, &prices)?);
            }
            FormKind::Block => copy.terms.block_fee = Some(block_fee(workspace, option, 1.0)?),
            FormKind::Mixed => {
                copy.terms.block_fee = Some(block_fee(workspace, option, MIXED_BLOCK)?);
                let price = flat_price(&now, &copy, &results, groups)? * (1.0 - MIXED_BLOCK);
                copy.payments.extend(results.priced(&now, groups, &vec![price; groups.len()])?);
            }
            FormKind::PersonalBudget => {
                for group in groups {
                    let sum = group.cost_supported.ok_or(NO_FIGURES)?;
                    let budget = copy.price(Some(&group.id), PERSONAL_BUDGET, sum);
                    copy.payments.push(Payment {
                        probability_parked: Some(0.0),
                        probability_supported: Some(1.0),
                        ..budget
                    });
                }
            }
            FormKind::EqualMargins | FormKind::ParkProof | FormKind::OnCompletion => {}
        }
        if self.kind == FormKind::SocialInvestor {
            copy.terms.threshold = Threshold::Binary(investor_threshold(groups)?);
        }
        Ok(copy)
    }

    /// The way to fix a design that this form is.
    fn way(&self) -> Option<WayKind> {
        match self.kind {
            FormKind::EqualMargins => Some(WayKind::EqualMargins),
            FormKind::ParkProof => Some(WayKind::ParkProof),
            FormKind::OnCompletion => Some(WayKind::OnCompletion),
            _ => None,
        }
    }

    /// The terms of the form with no prices but fees at the start, where it has any.
    fn blank(&self, now: &DesignCopy) -> DesignCopy {
        let mut terms = now.terms.clone();
        self.name.clone_into(&mut terms.label);
        self.source.clone_into(&mut terms.source);
        terms.block_fee = Some(Pence(0));
        terms.threshold = Threshold::None;
        terms.paid_above_baseline = false;
        terms.investor = Some(self.kind == FormKind::SocialInvestor);
        let has_fees =
            !matches!(self.kind, FormKind::Block | FormKind::SocialInvestor | FormKind::PersonalBudget);
        terms.attachment_fee = Some(terms.attachment_fee.filter(|_| has_fees).unwrap_or_default());
        terms.price_by_year.clear();
        terms.fee_by_year.clear();
        let fees = now.payments.iter().filter(|p| has_fees && is_start_fee(p));
        DesignCopy { terms, payments: fees.cloned().collect() }
    }
}

/// What a design would no longer pay or ask that it does now, a few words each.
#[must_use]
pub fn gives_up(now: &DesignCopy, then: &DesignCopy) -> Vec<String> {
    let mut given_up: Vec<String> = Vec::new();
    for payment in now.payments.iter().filter(|p| p.price > Pence(0)) {
        let kept = then.payments.iter().any(|p| p.milestone == payment.milestone && p.price > Pence(0));
        let held_back = payment.milestone == super::HELD_BACK_MILESTONE;
        if !kept && !held_back && !given_up.contains(&payment.milestone) {
            given_up.push(payment.milestone.clone());
        }
    }
    let fee = |copy: &DesignCopy| whole_fee(copy) > Pence(0);
    let block = |copy: &DesignCopy| copy.terms.block_fee.is_some_and(|sum| sum > Pence(0));
    let by_year = |copy: &DesignCopy| copy.terms.contract_years() > 0;
    for (goes, words) in [
        (fee(now) && !fee(then), "the start fee"),
        (block(now) && !block(then), "the block fee"),
        (now.terms.threshold != Threshold::None && then.terms.threshold == Threshold::None, "the threshold"),
        (now.terms.paid_above_baseline && !then.terms.paid_above_baseline, "the baseline"),
        (by_year(now) && !by_year(then), "prices by year"),
    ] {
        if goes {
            given_up.push(words.to_owned());
        }
    }
    given_up
}

/// A fee by milestone that comes in for everybody who starts, supported or not.
fn is_start_fee(payment: &Payment) -> bool {
    !is_result(payment) && payment.probability_parked == Some(1.0)
}

/// The results that a design pays for, and how a price is split between them: alike for every group, in proportion to what
/// is paid for each now.
struct Results {
    /// Milestone and share of the price; the shares add up to 1.
    shares: Vec<(String, f64)>,
}

impl Results {
    fn of(now: &DesignCopy) -> Self {
        let mut shares: Vec<(String, f64)> = Vec::new();
        for payment in now.payments.iter().filter(|p| is_result(p) && p.price > Pence(0)) {
            match shares.iter_mut().find(|(milestone, _)| *milestone == payment.milestone) {
                Some((_, paid)) => *paid += payment.price.pounds(),
                None => shares.push((payment.milestone.clone(), payment.price.pounds())),
            }
        }
        if shares.is_empty() {
            shares.push((ADDED_MILESTONE.to_owned(), 1.0));
        }
        let all: f64 = shares.iter().map(|(_, paid)| paid).sum();
        for (_, share) in &mut shares {
            *share /= all;
        }
        Self { shares }
    }

    /// What is stated of a milestone in a group, or of it for every group alike. What is stated of another group says
    /// nothing of this one: there its outcome rates stand.
    fn stated<'a>(now: &'a DesignCopy, group: &NeedGroup, milestone: &str) -> Option<&'a Payment> {
        now.due(&group.id).find(|p| p.milestone == milestone)
    }

    /// The chance that a supported person of a group reaches them, each weighed by its share of the price.
    fn chance(&self, now: &DesignCopy, group: &NeedGroup) -> Figure {
        self.shares.iter().try_fold(0.0, |sum, (milestone, share)| {
            let own = Self::stated(now, group, milestone).and_then(|p| p.probability_supported);
            Ok(sum + share * own.map_or_else(|| rate(group.outcome_supported), Ok)?)
        })
    }

    /// A payment for each result and group, at these prices for all results of a group together, £.
    fn priced(
        &self,
        now: &DesignCopy,
        groups: &[NeedGroup],
        prices: &[f64],
    ) -> Result<Vec<Payment>, Undefined> {
        let mut payments = Vec::new();
        for (group, price) in groups.iter().zip(prices) {
            for (milestone, share) in &self.shares {
                let stated = Self::stated(now, group, milestone);
                let price = Pence::from_pounds(stepped(price * share));
                let price = price.ok_or(Undefined("the price would be past £10 trillion"))?;
                payments.push(Payment {
                    probability_parked: stated.and_then(|p| p.probability_parked),
                    probability_supported: stated.and_then(|p| p.probability_supported),
                    ..now.price(Some(&group.id), milestone, price)
                });
            }
        }
        Ok(payments)
    }
}

/// The park-proof price of all results of each group together, split as they are, £.
fn park_proof_prices(
    workspace: &Workspace,
    now: &DesignCopy,
    blank: &DesignCopy,
    results: &Results,
) -> Result<Vec<f64>, Undefined> {
    let groups = &workspace.question.need_groups;
    let mut unit = blank.clone();
    unit.payments.extend(results.priced(now, groups, &vec![UNIT; groups.len()])?);
    let reach = unit.reach(workspace).ok_or(NO_FIGURES)?;
    reach.groups.iter().map(|group| group.park_proof_price).collect()
}

/// Whether every group is paid the same for each result.
fn is_flat(now: &DesignCopy, groups: &[NeedGroup]) -> bool {
    let paid = |group: &NeedGroup| -> Vec<(String, Pence)> {
        let mut paid: Vec<_> = now.results(&group.id).map(|p| (p.milestone.clone(), p.price)).collect();
        paid.sort();
        paid
    };
    let Some(first) = groups.first().map(paid).filter(|first| !first.is_empty()) else { return false };
    groups.iter().all(|group| paid(group) == first)
}

/// Up to the next whole step; what is whole but for the last bits stays.
fn stepped(pounds: f64) -> f64 {
    libm::ceil(pounds / STEP - 1e-9) * STEP
}

fn rate(stated: Option<f64>) -> Figure {
    stated.ok_or(NO_FIGURES)
}

fn cost(group: &NeedGroup) -> Figure {
    group.cost_supported.map(Pence::pounds).ok_or(NO_FIGURES)
}

/// One price for all results together: what is paid now where that is the same for everybody, else what leaves a margin
/// of [`TARGET_MARGIN_POUNDS`] on average beside the fees of `blank`.
fn flat_price(now: &DesignCopy, blank: &DesignCopy, results: &Results, groups: &[NeedGroup]) -> Figure {
    if is_flat(now, groups)
        && let Some(group) = groups.first()
    {
        return Ok(now.results(&group.id).map(|p| p.price.pounds()).sum());
    }
    let (mut wanted, mut reached) = (0.0, 0.0);
    for group in groups {
        let people = group.people_per_year.ok_or(NO_FIGURES)?;
        let by_milestone: f64 = blank.due(&group.id).map(|p| p.price.pounds()).sum();
        let fee = blank.terms.attachment_fee.unwrap_or_default().pounds() + by_milestone;
        wanted += people * (TARGET_MARGIN_POUNDS + cost(group)? - fee);
        reached += people * results.chance(now, group)?;
    }
    if reached > 0.0 {
        Ok((wanted / reached).max(0.0))
    } else {
        Err(Undefined("nobody reaches the outcome, so no price pays for it"))
    }
}

/// A high price for the half of the groups whose park-proof prices are the higher, a low one for the others: of each the
/// mean of the park-proof prices over its people.
fn two_tariffs(groups: &[NeedGroup], proof: &[f64]) -> Result<Vec<f64>, Undefined> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by(|&a, &b| proof[a].total_cmp(&proof[b]));
    let (low, high) = order.split_at(groups.len() / 2);
    let mut prices = vec![0.0; groups.len()];
    for band in [low, high] {
        let (mut people, mut paid) = (0.0, 0.0);
        for &g in band {
            let of_group = groups[g].people_per_year.ok_or(NO_FIGURES)?;
            people += of_group;
            paid += of_group * proof[g];
        }
        for &g in band {
            prices[g] = if people > 0.0 { paid / people } else { proof[g] };
        }
    }
    Ok(prices)
}

/// A part of what supporting as many as capacity allows costs a year, the rest having minimal contact.
fn block_fee(workspace: &Workspace, option: &OptionId, part: f64) -> Result<Pence, Undefined> {
    let share = capacity_share(workspace, option)?;
    let sum = workspace.question.need_groups.iter().try_fold(0.0, |sum, group| {
        let contact = group.cost_parked.map(Pence::pounds).ok_or(NO_FIGURES)?;
        let people = group.people_per_year.ok_or(NO_FIGURES)?;
        Ok::<f64, Undefined>(sum + people * (share * cost(group)? + (1.0 - share) * contact))
    })?;
    Pence::from_pounds(libm::ceil(sum * part / 1000.0 - 1e-9) * 1000.0)
        .ok_or(Undefined("the sum would be past £10 trillion"))
}

/// The outcome rate of a cohort with a tenth fewer failures than without a service, to a tenth of a point.
fn investor_threshold(groups: &[NeedGroup]) -> Figure {
    let (mut people, mut reached) = (0.0, 0.0);
    for group in groups {
        let of_group = group.people_per_year.ok_or(NO_FIGURES)?;
        people += of_group;
        reached += of_group * rate(group.outcome_without)?;
    }
    if people <= 0.0 {
        return Err(Undefined("there are no people in any need group"));
    }
    let threshold = 1.0 - (1.0 - INVESTOR_REDUCTION) * (1.0 - reached / people);
    Ok(libm::round(threshold * 1000.0) / 1000.0)
}
