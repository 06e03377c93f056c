//! What it pays to do with one person of a need group: support, park or refuse (methods, section 3).

use std::collections::HashMap;

use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        money::Pence,
        question::NeedGroup,
        reach::{Payment, Terms, Threshold},
        wording::{list, percent, pounds},
    },
};

const NO_COST_SUPPORTED: Undefined = Undefined("the cost of supporting one person is not stated");
const NO_COST_PARKED: Undefined = Undefined("the cost of minimal contact is not stated");
const NO_RATE_SUPPORTED: Undefined = Undefined("the outcome rate with support is not stated");
const NO_RATE_PARKED: Undefined = Undefined("the outcome rate with minimal contact is not stated");
const NO_RATE_WITHOUT: Undefined = Undefined("the outcome rate without a service is not stated");
const NO_PEOPLE: Undefined = Undefined("the number of people a year is not stated");
const NO_HOURS: Undefined = Undefined("the hours that support takes are not stated");

/// £ a person nearer to nought than this are nought. Money is counted in pence, so half a penny is nothing that anybody
/// could act on, while sums that ought to come to nought miss it by the rounding of binary fractions.
const HALF_A_PENNY: f64 = 0.005;

/// The payment design of one option as each need group meets it.
pub(in crate::analysis) struct Design<'a> {
    pub terms: Option<&'a Terms>,
    /// Parallel to the need groups.
    pub groups: Vec<GroupDesign<'a>>,
}

/// One need group under one option; money in £ a person.
pub(in crate::analysis) struct GroupDesign<'a> {
    pub group: &'a NeedGroup,
    /// a; nought where none is stated.
    pub attachment_fee: f64,
    pub payments: Vec<DuePayment<'a>>,
    pub refusal_controlled: Option<bool>,
    /// The part of full support that everybody must get, φ.
    standard: f64,
}

/// A payment as it falls due for one group.
pub(in crate::analysis) struct DuePayment<'a> {
    pub payment: &'a Payment,
    /// £ for each person who reaches the milestone.
    pub price: f64,
    /// Chances that a supported and that a parked person reaches it.
    pub supported: Figure,
    pub parked: Figure,
    /// The chance of somebody with minimal contact only, before any standard for everybody.
    pub contact: Figure,
    /// The rate up to which nothing is paid: nought, the group's baseline, or a stated rate.
    pub paid_above: Figure,
    /// Whether the income hangs on results; see [`is_result`].
    pub is_result: bool,
}

/// What it pays to do with one person.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Incentive {
    pub margin_supported: Figure,
    pub margin_parked: Figure,
    pub gain: Figure,
    pub income_supported: Figure,
    pub parked: Option<bool>,
    pub refused: Option<bool>,
}

impl<'a> Design<'a> {
    /// The design of every option, in their order; `None` where an option has neither terms nor payments.
    pub fn of_all(workspace: &'a Workspace) -> Vec<Option<Self>> {
        let mut payments: HashMap<&str, Vec<&'a Payment>> = HashMap::new();
        for payment in &workspace.reach.payments {
            payments.entry(payment.option.as_str()).or_default().push(payment);
        }
        let options = workspace.question.options.iter();
        options
            .map(|option| {
                let of_option = payments.remove(option.id.as_str()).unwrap_or_default();
                Self::new(workspace, workspace.terms(&option.id), &of_option)
            })
            .collect()
    }

    /// The design of one option; `None` where it has neither terms nor payments, or there are no need groups.
    pub fn of(workspace: &'a Workspace, option: usize) -> Option<Self> {
        let id = &workspace.question.options.get(option)?.id;
        let payments: Vec<_> = workspace.reach.payments.iter().filter(|p| p.option == *id).collect();
        Self::new(workspace, workspace.terms(id), &payments)
    }

    /// The design with these terms and payments; `None` with neither, or where there are no need groups.
    pub fn new(workspace: &'a Workspace, terms: Option<&'a Terms>, payments: &[&'a Payment]) -> Option<Self> {
        let groups = &workspace.question.need_groups;
        if groups.is_empty() || (terms.is_none() && payments.is_empty()) {
            return None;
        }
        let groups = groups.iter().map(|group| GroupDesign::new(group, terms, payments)).collect();
        Some(Self { terms, groups })
    }

    /// £ a year whatever happens; nought where none is stated.
    pub fn block_fee(&self) -> f64 {
        self.terms.and_then(|t| t.block_fee).map_or(0.0, Pence::pounds)
    }

    /// The most that is paid in a year, £.
    pub fn cap(&self) -> Option<f64> {
        self.terms.and_then(|t| t.cap).map(Pence::pounds)
    }

    pub fn threshold(&self) -> Threshold {
        self.terms.map_or(Threshold::None, |t| t.threshold)
    }

    /// Said where parked people reach a result and are not counted for its price: a term of the contract.
    fn unpaid_when_parked(&self) -> Option<String> {
        let (mut named, mut rates): (Vec<&str>, Vec<f64>) = (Vec::new(), Vec::new());
        for group in &self.groups {
            for due in group.due(true).filter(|due| due.price > 0.0) {
                let Some(rate) = group.group.outcome_parked.filter(|_| is_unpaid_when_parked(due.payment))
                else {
                    continue;
                };
                rates.push(rate);
                if !named.contains(&due.payment.milestone.as_str()) {
                    named.push(&due.payment.milestone);
                }
            }
        }
        let rates = between(&rates).filter(|_| rates.iter().any(|rate| *rate > 0.0))?;
        Some(format!(
            "Nothing is paid for a parked person\u{2019}s result ({}): a term of this contract. {rates} of parked people reach \
             it all the same, and that is counted as what would have happened anyway.",
            list(&named)
        ))
    }

    /// Said where the rate of parked people stands for what would have happened anyway.
    fn instead_of_rates_without(&self) -> Option<String> {
        let paid = self.groups.iter().filter(|group| group.due(true).any(|due| due.price > 0.0));
        let unstated = paid.filter(|group| group.group.outcome_without.is_none());
        let rates: Vec<f64> = unstated.filter_map(|group| group.group.outcome_parked).collect();
        Some(format!(
            "No outcome rate without a service is stated, so that of parked people, {}, stands for what would have happened anyway.",
            between(&rates)?
        ))
    }

    /// What is taken for granted in every figure of the design, a sentence each; `scale` is the £ scale s of the response.
    pub fn assumed(&self, scale: Pence) -> Vec<String> {
        let mut assumed = vec![format!(
            "A provider\u{2019}s mind begins to change at a gain of {} a person: the scale of every share supported.",
            pounds(scale.pounds())
        )];
        let mut assume = |when: bool, sentence: &str| {
            if when {
                assumed.push(sentence.to_owned());
            }
        };
        assume(
            self.terms.is_none_or(|t| t.block_fee.is_none()),
            "No block fee is stated, so none is counted.",
        );
        assume(
            self.terms.is_none_or(|t| t.attachment_fee.is_none()),
            "No attachment fee is stated, so none is counted.",
        );
        assume(
            self.terms.is_none_or(|t| t.floor.is_none()),
            "No share is said to be supported whatever the money says, so none is counted.",
        );
        assume(
            self.threshold().is_all_or_nothing(),
            "Gains, income and cost are those of a year in which the threshold is passed.",
        );
        assume(
            matches!(self.threshold(), Threshold::Above(_)),
            "The rate above which outcomes are paid is held against each group\u{2019}s own rate, not against that of the whole cohort.",
        );
        assumed.extend(self.unpaid_when_parked());
        assumed.extend(self.instead_of_rates_without());
        if let Some(standard) = self.terms.and_then(|t| t.contact_standard).filter(|s| *s > 0.0) {
            assumed.push(format!(
                "Everybody gets {} of full support: minimal contact costs and achieves that much of the way to it.",
                percent(standard)
            ));
        }
        if let Some(share) = self.terms.and_then(|t| t.passed_on).filter(|s| *s > 0.0 && *s < 1.0) {
            assumed.push(format!(
                "Gains are those of whoever holds the contract; {} of each payment is passed on to whoever does the work.",
                percent(share)
            ));
        }
        if self.terms.is_some_and(|t| t.contract_years() > 0) {
            assumed.push(
                "Figures are those of the prices as stated; each contract year is reckoned beside them."
                    .to_owned(),
            );
        }
        let mut assume = |when: bool, sentence: &str| {
            if when {
                assumed.push(sentence.to_owned());
            }
        };
        assume(
            self.cap().is_some(),
            "The cap bounds the cost and not the incentives: gains are those of a person paid for in full.",
        );
        assumed
    }
}

/// Shares in words: one, or the least and the most.
fn between(shares: &[f64]) -> Option<String> {
    let least = shares.iter().copied().reduce(f64::min)?;
    let most = shares.iter().copied().reduce(f64::max)?;
    let (least, most) = (percent(least), percent(most));
    Some(if least == most { least } else { format!("{least} to {most}") })
}

impl<'a> GroupDesign<'a> {
    fn new(group: &'a NeedGroup, terms: Option<&'a Terms>, payments: &[&'a Payment]) -> Self {
        let is_own = |p: &&&Payment| p.group.as_ref() == Some(&group.id);
        let has_own = |milestone: &str| payments.iter().filter(is_own).any(|p| p.milestone == milestone);
        let due = payments
            .iter()
            .filter(|p| is_own(p) || (p.group.is_none() && !has_own(&p.milestone)))
            .map(|payment| DuePayment::new(payment, group, terms))
            .collect();
        Self {
            group,
            attachment_fee: terms.and_then(|t| t.attachment_fee).map_or(0.0, Pence::pounds),
            payments: due,
            refusal_controlled: terms.and_then(Terms::provider_may_refuse),
            standard: contact_standard(terms),
        }
    }

    pub fn people(&self) -> Figure {
        self.group.people_per_year.ok_or(NO_PEOPLE)
    }

    pub fn hours(&self) -> Figure {
        self.group.hours_supported.ok_or(NO_HOURS)
    }

    /// c, £.
    pub fn cost_supported(&self) -> Figure {
        self.group.cost_supported.map(Pence::pounds).ok_or(NO_COST_SUPPORTED)
    }

    /// k, £; with a standard φ of contact for everybody k + φ(c − k).
    pub fn cost_parked(&self) -> Figure {
        let contact = self.group.cost_parked.map(Pence::pounds).ok_or(NO_COST_PARKED);
        part_way(contact, || self.cost_supported(), self.standard)
    }

    /// p.
    pub fn rate_supported(&self) -> Figure {
        self.group.outcome_supported.ok_or(NO_RATE_SUPPORTED)
    }

    /// q; with a standard φ of contact for everybody q + φ(p − q).
    pub fn rate_parked(&self) -> Figure {
        let contact = self.group.outcome_parked.ok_or(NO_RATE_PARKED);
        part_way(contact, || self.rate_supported(), self.standard)
    }

    /// b.
    pub fn rate_without(&self) -> Figure {
        self.group.outcome_without.ok_or(NO_RATE_WITHOUT)
    }

    /// Income from milestones for a supported person: Σ o·p, over those that hang on results or those that do not.
    pub fn paid_supported(&self, results: bool) -> Figure {
        self.due(results).try_fold(0.0, |sum, due| Ok(sum + due.paid(due.supported)?))
    }

    /// Income from milestones for a parked person: Σ o·q.
    pub fn paid_parked(&self, results: bool) -> Figure {
        self.due(results).try_fold(0.0, |sum, due| Ok(sum + due.paid(due.parked)?))
    }

    /// The payments that hang on results, or those that do not.
    pub fn due(&self, results: bool) -> impl Iterator<Item = &DuePayment<'a>> {
        self.payments.iter().filter(move |due| due.is_result == results)
    }

    /// What supporting costs over minimal contact, before any standard for everybody.
    pub fn extra_cost_over_contact(&self) -> Figure {
        Ok(self.cost_supported()? - self.group.cost_parked.map(Pence::pounds).ok_or(NO_COST_PARKED)?)
    }

    /// c − k: what supporting costs over parking.
    pub fn extra_cost(&self) -> Figure {
        Ok(self.cost_supported()? - self.cost_parked()?)
    }

    /// M = a + Σ o·p − c, P = a + Σ o·q − k, and the gain from supporting G = M − P = Σ o·(p − q) − (c − k).
    ///
    /// The gain does not need the attachment fee, which comes in either way. Less than half a penny is nought.
    pub fn incentive(&self) -> Incentive {
        let supported = || Ok(self.paid_supported(true)? + self.paid_supported(false)?);
        let parked = || Ok(self.paid_parked(true)? + self.paid_parked(false)?);
        let income_supported: Figure = supported().map(|paid: f64| self.attachment_fee + paid);
        let margin_supported = income_supported
            .and_then(|income| Ok(nought_under_half_a_penny(income - self.cost_supported()?)));
        let margin_parked = parked().and_then(|paid: f64| {
            Ok(nought_under_half_a_penny(self.attachment_fee + paid - self.cost_parked()?))
        });
        let gain =
            supported().and_then(|s: f64| Ok(nought_under_half_a_penny(s - parked()? - self.extra_cost()?)));
        Incentive {
            margin_supported,
            margin_parked,
            gain,
            income_supported,
            parked: gain.ok().map(|g| g < 0.0),
            refused: self.refused(margin_supported),
        }
    }

    /// Whether it pays to refuse: the provider controls referral and M < 0.
    fn refused(&self, margin_supported: Figure) -> Option<bool> {
        match (self.refusal_controlled, margin_supported.ok().map(|m| m < 0.0)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            (None, _) | (_, None) => None,
        }
    }
}

impl<'a> DuePayment<'a> {
    fn new(payment: &'a Payment, group: &NeedGroup, terms: Option<&Terms>) -> Self {
        let supported = payment.probability_supported.or(group.outcome_supported).ok_or(NO_RATE_SUPPORTED);
        let is_result = is_result(payment);
        let contact = payment.probability_parked.or(group.outcome_parked).ok_or(NO_RATE_PARKED);
        // A fee in parts is paid for support alone, whatever everybody gets.
        let standard = if is_result { contact_standard(terms) } else { 0.0 };
        let parked = part_way(contact, || supported, standard);
        let paid_above = match terms {
            Some(terms) if is_result => paid_above(payment, parked, group, terms),
            _ => Ok(0.0),
        };
        Self { payment, price: payment.price.pounds(), supported, parked, contact, paid_above, is_result }
    }

    /// Whether supported people reach the milestone, but not past the rate up to which nothing is paid.
    pub fn is_reached_unpaid(&self) -> bool {
        matches!((self.supported, self.paid_above), (Ok(rate), Ok(above)) if rate > 0.0 && rate <= above)
    }

    /// £ that comes in for each person of a group that reaches the milestone at a rate: o·max(0, rate − base).
    ///
    /// A price of nought pays nothing whatever the rate, known or not.
    pub fn paid(&self, rate: Figure) -> Figure {
        if self.price == 0.0 {
            return Ok(0.0);
        }
        Ok(self.price * (rate? - self.paid_above?).max(0.0))
    }
}

/// φ, nought where none is stated.
fn contact_standard(terms: Option<&Terms>) -> f64 {
    terms.and_then(|t| t.contact_standard).unwrap_or(0.0)
}

/// A figure of minimal contact moved part of the way to that of full support.
fn part_way(contact: Figure, full: impl FnOnce() -> Figure, part: f64) -> Figure {
    if part == 0.0 {
        return contact;
    }
    let contact = contact?;
    Ok(contact + part * (full()? - contact))
}

fn nought_under_half_a_penny(pounds: f64) -> f64 {
    if pounds.abs() < HALF_A_PENNY { 0.0 } else { pounds }
}

/// Whether a payment hangs on results: a supported person may miss it. A milestone that every supported person reaches,
/// such as a completed programme, is a fee in parts.
pub(super) fn is_result(payment: &Payment) -> bool {
    payment.probability_supported.is_none_or(|p| p < 1.0)
}

/// Whether a result on the group's own outcome is paid for supported people only.
pub(super) fn is_unpaid_when_parked(payment: &Payment) -> bool {
    is_result(payment) && payment.probability_supported.is_none() && payment.probability_parked == Some(0.0)
}

/// The rate up to which a result is not paid. The baseline of a milestone with a rate of its own is what parked people
/// reach, as nothing else is known of it. No baseline is above what parked people reach: where they are not counted for
/// the payment, nothing of it is paid for what would have happened anyway, and what a group brings in stays the sum of
/// what its people do, however few of them are supported.
fn paid_above(payment: &Payment, parked: Figure, group: &NeedGroup, terms: &Terms) -> Figure {
    let baseline = if !terms.paid_above_baseline {
        0.0
    } else if payment.probability_supported.is_some() {
        parked?
    } else {
        let without = group.outcome_without.ok_or(NO_RATE_WITHOUT)?;
        parked.map_or(without, |parked| without.min(parked))
    };
    Ok(match terms.threshold {
        Threshold::Above(rate) => baseline.max(rate),
        Threshold::None | Threshold::Binary(_) | Threshold::Fewer(_) => baseline,
    })
}
