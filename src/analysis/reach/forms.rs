//! Ready-made forms of payment: each fills every term from the need groups' own costs and rates, to be changed after.
//!
//! Capacity, uptake, who refers and what is recorded are no matter of the form and stay as they are.

use super::{
    design_copy::{DesignCopy, equal_share_now},
    fix::{ADDED_MILESTONE, FixSettings, fix_copy},
    incentive::is_result,
    tariffs::TARGET_MARGIN_POUNDS,
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
        text: "All groups earn the same",
        source: "Differential tariff as in the Work Programme, DWP 2011; prices illustrative",
    },
    Form {
        kind: FormKind::ParkProof,
        name: "Park-proof prices",
        text: "Price follows the uplift",
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
    /// The design of an option filled in by this form.
    ///
    /// # Errors
    /// Says which figure is missing.
    pub fn fill(&self, workspace: &Workspace, option: &OptionId) -> Result<DesignCopy, Undefined> {
        let now = DesignCopy::of(workspace, option);
        let groups = &workspace.question.need_groups;
        let mut copy = self.blank(&now);
        // What one price on the main result would have to be, with the chances that are stated for it.
        let unit = DesignCopy { terms: copy.terms.clone(), payments: one_pound_each(&now, groups) };
        let figures = unit.reach(workspace).ok_or(NO_FIGURES)?.groups;
        let priced = |prices: Vec<f64>| -> Result<Vec<Payment>, Undefined> {
            let each = unit.payments.iter().zip(prices);
            each.map(|(payment, pounds)| {
                let price = Pence::from_pounds(stepped(pounds));
                let price = price.ok_or(Undefined("the price would be past £10 trillion"))?;
                Ok(Payment { price, ..payment.clone() })
            })
            .collect()
        };
        let park_proof =
            || figures.iter().map(|group| group.park_proof_price).collect::<Result<Vec<f64>, _>>();
        let flat = || Ok::<_, Undefined>(vec![flat_price(&now, groups)?; groups.len()]);
        match self.kind {
            FormKind::Flat => copy.payments = priced(flat()?)?,
            FormKind::TwoTariffs => copy.payments = priced(two_tariffs(groups, &park_proof()?)?)?,
            FormKind::EqualMargins => {
                let even =
                    figures.iter().map(|group| group.equal_margin_price).collect::<Result<Vec<f64>, _>>();
                copy.payments = priced(even?)?;
            }
            FormKind::ParkProof => return made_park_proof(workspace, &unit, 0.0),
            FormKind::OnCompletion => {
                return made_park_proof(workspace, &unit, FixSettings::default().held_back);
            }
            FormKind::Block => copy.terms.block_fee = Some(block_fee(workspace, option, 1.0)?),
            FormKind::Mixed => {
                copy.terms.block_fee = Some(block_fee(workspace, option, MIXED_BLOCK)?);
                copy.payments =
                    priced(flat()?.into_iter().map(|price| price * (1.0 - MIXED_BLOCK)).collect())?;
            }
            FormKind::SocialInvestor => {
                copy.terms.threshold = Threshold::Binary(investor_threshold(groups)?);
                copy.payments = priced(flat()?)?;
            }
            FormKind::PersonalBudget => {
                for group in groups {
                    let sum = group.cost_supported.ok_or(NO_FIGURES)?;
                    let budget = copy.price(Some(&group.id), "Personal budget", sum);
                    copy.payments.push(Payment {
                        probability_parked: Some(0.0),
                        probability_supported: Some(1.0),
                        ..budget
                    });
                }
            }
        }
        Ok(copy)
    }

    /// The terms of the form without any prices.
    fn blank(&self, now: &DesignCopy) -> DesignCopy {
        let mut terms = now.terms.clone();
        self.name.clone_into(&mut terms.label);
        self.source.clone_into(&mut terms.source);
        terms.block_fee = Some(Pence(0));
        terms.threshold = Threshold::None;
        terms.paid_above_baseline = false;
        terms.investor = Some(self.kind == FormKind::SocialInvestor);
        terms.attachment_fee = match self.kind {
            FormKind::Block | FormKind::SocialInvestor | FormKind::PersonalBudget => Some(Pence(0)),
            _ => Some(whole_fee(now)),
        };
        terms.price_by_year.clear();
        terms.fee_by_year.clear();
        DesignCopy { terms, payments: Vec::new() }
    }
}

/// The attachment fee with what an earlier fix holds back of it.
fn whole_fee(now: &DesignCopy) -> Pence {
    let held_back =
        now.payments.iter().find(|p| p.group.is_none() && p.milestone == super::HELD_BACK_MILESTONE);
    now.terms.attachment_fee.unwrap_or_default() + held_back.map(|p| p.price).unwrap_or_default()
}

/// A price of £1 for the first result of each group, with the chances that are stated for it.
fn one_pound_each(now: &DesignCopy, groups: &[NeedGroup]) -> Vec<Payment> {
    let main = now.payments.iter().find(|p| is_result(p) && p.price > Pence(0));
    let milestone = main.map_or(ADDED_MILESTONE, |p| p.milestone.as_str());
    let one = |group: &NeedGroup| {
        let stated = now.due(&group.id).find(|p| p.milestone == milestone);
        Payment {
            probability_parked: stated.and_then(|p| p.probability_parked),
            probability_supported: stated.and_then(|p| p.probability_supported),
            ..now.price(Some(&group.id), milestone, Pence(100))
        }
    };
    groups.iter().map(one).collect()
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

/// One price for all: the one that is paid now where there is one for everybody, else that which leaves a margin of
/// [`TARGET_MARGIN_POUNDS`] on average.
fn flat_price(now: &DesignCopy, groups: &[NeedGroup]) -> Figure {
    let paid =
        |group: &NeedGroup| -> i64 { now.due(&group.id).filter(|p| is_result(p)).map(|p| p.price.0).sum() };
    let mut paid = groups.iter().map(paid);
    if let Some(first) = paid.next().filter(|first| *first > 0)
        && paid.all(|price| price == first)
    {
        return Ok(Pence(first).pounds());
    }
    let fee = whole_fee(now).pounds();
    let (mut wanted, mut reached) = (0.0, 0.0);
    for group in groups {
        let people = group.people_per_year.ok_or(NO_FIGURES)?;
        wanted += people * (TARGET_MARGIN_POUNDS + cost(group)? - fee);
        reached += people * rate(group.outcome_supported)?;
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

/// A part of what supporting the equal share of everybody costs a year, the rest having minimal contact.
fn block_fee(workspace: &Workspace, option: &OptionId, part: f64) -> Result<Pence, Undefined> {
    let share = equal_share_now(workspace, option).unwrap_or(1.0);
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

/// Park-proof prices, with this part of the start fee paid on completion: the very prices of the ways to fix a design.
fn made_park_proof(
    workspace: &Workspace,
    unit: &DesignCopy,
    held_back: f64,
) -> Result<DesignCopy, Undefined> {
    let settings = FixSettings { held_back, ..FixSettings::default() };
    fix_copy(workspace, unit, settings).and_then(|fix| fix.copy).ok_or(NO_FIGURES)
}
