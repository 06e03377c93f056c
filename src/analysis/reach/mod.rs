//! Who would be left out by the way of paying (methods, section 3).

pub mod bill;
pub mod bill_words;
pub mod caseload;
mod cliff;
pub mod comparison;
mod curve;
mod design_copy;
pub mod drift;
mod fair;
mod feed;
mod fix;
mod forms;
pub(super) mod incentive;
mod least_cost;
pub mod measures;
mod missing;
mod regroup;
mod response;
mod tariffs;
pub mod threshold;
pub mod verdict;
mod ways;
pub mod words;

pub use cliff::{Cliff, CliffPoint, cliff};
pub use curve::{Curve, Forecast, SCALES, curve, forecasts};
pub use design_copy::{ContractYear, DesignCopy, by_contract_year, capacity_share, equal_share_now};
pub use fair::{NamedPrices, named_prices};
pub use feed::{VERDICT_LEVELS, feed, feed_following, measured};
pub use fix::{
    ADDED_MILESTONE, Fix, FixSettings, FixedPayment, GroupFix, HELD_BACK_MILESTONE, fix, fix_copy,
};
pub use forms::{FORMS, Form, FormKind, gives_up};
pub use least_cost::{CheapestPrices, LeastCost, Obstacle, PriceLimits, least_cost};
pub use missing::{Missing, missing};
pub use regroup::{Half, Regrouping, SplitGroup, regroup};
pub use response::{DIAL_IN_THE_MIDDLE, Response, shares_at};
pub use tariffs::{
    TARGET_GAIN_POUNDS, TARGET_MARGIN_POUNDS, equal_margin_price, income_neutral_price, income_neutral_rate,
    park_proof_price,
};
pub use threshold::ChanceOfPayment;
pub use ways::{Effect, NO_START_FEE, Way, WayKind, bill_of, fair_way, way, ways};

use std::sync::Arc;

use serde::Deserialize;

use crate::{
    analysis::{Figure, Undefined},
    model::{Workspace, money::Pence, reach::Threshold},
};
use incentive::{Design, GroupDesign};
use tariffs::GroupPrices;
use verdict::Measured;

/// One entry an option, parallel to `workspace.question.options`.
#[derive(Clone, Debug, PartialEq)]
pub struct ReachResult {
    /// `None` where the option has no terms and no payments, or there are no need groups.
    pub options: Vec<Option<OptionReach>>,
    /// What becomes of one year's people by band of risk.
    pub drift: Result<drift::Drift, Undefined>,
    /// The bill for exclusion of each option.
    pub bills: Vec<Result<bill::Bill, Undefined>>,
    /// What the caseload that was counted tells; `None` where none was.
    pub caseload: Option<Arc<caseload::Assessment>>,
}

/// What a payment design makes it pay to do.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionReach {
    pub verdict: Verdict,
    /// Every rule of `assets/rules/reach.ron`, with the figures that met it or did not.
    pub rules: Vec<RuleResult>,
    /// Parallel to the need groups.
    pub groups: Vec<GroupReach>,
    /// People a year, all groups.
    pub people: Figure,
    /// Share of all people predicted to be supported, 0 to 1, with the dial in the middle.
    pub share_supported: Figure,
    /// The same capacity spread evenly over all groups, 0 to 1.
    pub equal_share: Figure,
    /// People a year left out, all groups.
    pub left_out_per_year: Figure,
    /// max G − min G, £ a person.
    pub incentive_gap: Figure,
    /// The group that it pays most to support, by gain per worker-hour (by gain a person where hours are not stated for
    /// every group); `None` where no gain is above nought or one is not known.
    pub pays_to_cream: Option<usize>,
    /// Share of outcome payments for what would have happened to parked people: Σ n·paid(q) / Σ n·paid(p), where paid is
    /// o·max(0, rate − the rate up to which nothing is paid). For a flat payment on the group's own outcome, q is the
    /// group's rate even where the payment says that parked people do not reach it. Undefined against a comparison group.
    pub deadweight_share: Figure,
    /// Share of income that hangs on results, by the predicted response: payments for milestones that a supported person
    /// may miss (probability under 1). A milestone that every supported person reaches is a fee in parts. Where a cap
    /// binds, of the income cut to the cap: what it cuts off is paid for results.
    pub income_at_risk_share: Figure,
    /// What is paid for a supported person whatever the result, as a share of what supporting costs over parking:
    /// Σ n·(a + Σ o) / Σ n·(c − k), o the prices of milestones that every supported person reaches, such as attachment.
    pub certain_share_of_extra_cost: Figure,
    /// η²: share of the variance of the outcome with support, reached or not, that lies between groups.
    pub between_group_variance: Figure,
    /// What the commissioner pays a year, £, by the predicted response; never over the cap.
    pub cost_per_year: Figure,
    /// The part of it that reaches those who deliver, £; `None` where nobody has said how much is passed on.
    pub reaches_delivery: Option<Figure>,
    /// P(paid) when there is a binary threshold, as (true rate, probability) with rising rates: those of
    /// `chances_of_payment`, each once.
    pub probability_paid_at: Vec<(f64, f64)>,
    /// P(paid) when there is a binary threshold, by what would happen.
    pub chances_of_payment: Vec<ChanceOfPayment>,
    /// Signs in the design itself, judged and not computed.
    pub checklist: Vec<ChecklistItem>,
    /// Whether some group is paid for more than one milestone that hangs on results.
    pub pays_in_steps: bool,
    /// What is taken for granted in these figures, a sentence each.
    pub assumed: Vec<String>,
}

/// Why no share of what is paid against a comparison group is paid for what would have happened anyway.
pub const AGAINST_COMPARISON: Undefined = Undefined(
    "what would have happened anyway happens in the comparison group too, and is taken off before anything is paid",
);

/// How likely it is that people are picked and left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Verdict {
    CannotBeJudged,
    Low,
    Moderate,
    High,
}

impl Verdict {
    /// The verdict in a word or two, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::CannotBeJudged => "cannot be judged yet",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }
}

/// A rule of the verdict and what it found.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleResult {
    /// The rule's name in the rules file.
    pub rule: String,
    /// The verdict that it gives when met.
    pub verdict: Verdict,
    /// What it says, with its threshold.
    pub text: String,
    /// Whether it is met; `None` when figures are missing.
    pub met: Option<bool>,
    /// The figures behind that, in words.
    pub figures: String,
    /// The need groups that meet it.
    pub groups: Vec<usize>,
    /// Where the rule comes from.
    pub source: String,
}

/// One sign in a design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistItem {
    /// What is said where the sign is there.
    pub text: String,
    /// The matter as a plain statement, and whether it is so; `None` when nobody has said.
    pub asks: String,
    pub answer: Option<bool>,
    /// `None` when nobody has said.
    pub present: Option<bool>,
}

/// What it pays to do with one person of a group; £ a person unless said.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupReach {
    /// Whether it may hold people: not where it is known that it has none. A group of nobody is never counted.
    pub may_have_people: bool,
    /// M = a + Σ o·p − c.
    pub margin_supported: Figure,
    /// P = a + Σ o·q − k.
    pub margin_parked: Figure,
    /// G = M − P, the headline.
    pub gain: Figure,
    /// What comes in for a supported person: a + Σ o·p.
    pub income_supported: Figure,
    /// Whether it pays to park (G < 0).
    pub parked: Option<bool>,
    /// Whether it pays to refuse (the provider controls referral and M < 0).
    pub refused: Option<bool>,
    /// Shares supported with the dial at 0 (follows the money), 0.5 (the workspace's own scale) and 1 (money no longer
    /// tells groups apart).
    pub share_supported_at: [Figure; 3],
    /// People a year left out with the dial in the middle: max(0, n·(equal share − share)).
    pub left_out_per_year: Figure,
    /// Share of a supported person's income that hangs on results.
    pub income_at_risk_share: Figure,
    /// G of whoever does the work, where payments are passed on in part; `None` where nobody has said how much is.
    pub gain_passed_on: Option<Figure>,
    /// What picking the promising inside the group is worth, £ a person: price × the standard deviation of the outcome
    /// rate inside it. Where that spread is not known, with the greatest there can be: √(p(1 − p)).
    pub worth_of_picking_inside: Figure,
    /// What is paid now for a person who reaches every milestone that hangs on results, £. The prices below are of the
    /// same kind: several milestones move in proportion.
    pub outcome_price: f64,
    /// (m* + c − a)/p: the price that leaves a margin of [`TARGET_MARGIN_POUNDS`].
    pub equal_margin_price: Figure,
    /// (g* + c − k)/(p − q): the price that makes supporting better than parking by [`TARGET_GAIN_POUNDS`].
    pub park_proof_price: Figure,
    /// The price under which it pays to park: the same with g* nought.
    pub price_at_which_it_pays_to_park: Figure,
    /// The supported outcome rate under which it pays to park, 0 to 1; undefined when it always pays.
    pub outcome_rate_at_which_it_pays_to_park: Figure,
    /// The outcome rate at which the milestones of this group bring in as much a supported person as those of the
    /// easiest group do, 0 to 1: the group with the highest outcome rate with support. Costs are left out, and so is what
    /// parked people bring all the same, such as attachment fees; so it shows the tariff alone: below that rate the
    /// group is the worse business even at equal cost.
    pub income_neutral_rate: Figure,
    /// The price at which this group would bring in as much as the easiest group at its own rate, £.
    pub income_neutral_price: Figure,
}

/// From how many counts on, offices by groups by gates, it takes longer to judge a caseload than a frame may.
const MOST_AT_ONCE: usize = 4_000;

/// Whether it takes so long to judge the caseload that it is done beside the window.
#[must_use]
pub fn is_dear(workspace: &Workspace) -> bool {
    workspace.reach.caseload.counted.as_ref().is_some_and(|counted| {
        let offices = counted.providers.len() + counted.referrers.len() + 1;
        offices * counted.groups.len() * counted.gates.len() > MOST_AT_ONCE
    })
}

/// What the caseload tells; `None` where there is none.
#[must_use]
pub fn judge(workspace: &Workspace) -> Option<Arc<caseload::Assessment>> {
    let counted = workspace.reach.caseload.counted.as_ref()?;
    Some(Arc::new(caseload::assess(counted, workspace).as_told(counted, workspace)))
}

/// Computes all of it.
#[must_use]
pub fn analyse(workspace: &Workspace) -> ReachResult {
    with_caseload(workspace, judge(workspace))
}

/// The same without a caseload that it takes long to judge; see [`is_dear`].
#[must_use]
pub fn analyse_at_once(workspace: &Workspace) -> ReachResult {
    with_caseload(workspace, if is_dear(workspace) { None } else { judge(workspace) })
}

/// Whether a caseload tells the same after an edit as before it.
#[must_use]
pub fn judges_alike(before: &Workspace, after: &Workspace) -> bool {
    before.question.need_groups == after.question.need_groups && before.reach.caseload == after.reach.caseload
}

/// The same after an edit, taking over from the results before it what the caseload tells where the edit cannot have touched
/// that. Of a caseload that it takes long to judge stays what it told before, where it is the same table of the same need
/// groups.
#[must_use]
pub fn analyse_following(workspace: &Workspace, (before, known): (&Workspace, &ReachResult)) -> ReachResult {
    if judges_alike(before, workspace) {
        return with_caseload(workspace, known.caseload.clone());
    }
    if !is_dear(workspace) {
        return analyse(workspace);
    }
    let groups = |workspace: &Workspace| {
        workspace.question.need_groups.iter().map(|group| group.id.clone()).collect::<Vec<_>>()
    };
    let same_table = before.reach.caseload.counted == workspace.reach.caseload.counted
        && groups(before) == groups(workspace);
    with_caseload(workspace, known.caseload.clone().filter(|_| same_table))
}

fn with_caseload(workspace: &Workspace, caseload: Option<Arc<caseload::Assessment>>) -> ReachResult {
    let scale = workspace.reach.response_scale;
    let designs = Design::of_all(workspace).into_iter();
    let options: Vec<_> =
        designs.map(|design| design.map(|d| OptionReach::of(&Response::to(d, scale), scale))).collect();
    ReachResult {
        drift: drift::drift(workspace),
        bills: bill::of_options(workspace, &options),
        options,
        caseload,
    }
}

impl OptionReach {
    /// How many groups of people it pays to park, and of how many.
    #[must_use]
    pub fn parked(&self) -> (usize, usize) {
        let groups = || self.groups.iter().filter(|group| group.may_have_people);
        (groups().filter(|group| group.parked == Some(true)).count(), groups().count())
    }

    fn of(response: &Response<'_>, scale: Pence) -> Self {
        let design = &response.design;
        let shares_at = [0.0, DIAL_IN_THE_MIDDLE, 1.0].map(|dial| response.shares_at(dial));
        let shares = &shares_at[1];
        let equal_share = response.equal_share(shares);
        let left_out = response.left_out(shares, equal_share);
        let spending = response.spending(shares);
        let at_risk = spending.and_then(|s| s.cut_to(design.cap()).at_risk());
        let chances_of_payment = threshold::chances_of_payment(response, shares);
        let between_groups = between_group_variance(design);
        let rules = Measured {
            names: design.groups.iter().map(|g| g.group.short_name()).collect(),
            gain: response.incentives.iter().map(|i| i.gain).collect(),
            share: shares.clone(),
            equal_share,
            people: design.groups.iter().map(GroupDesign::people).collect(),
            refused: response.incentives.iter().map(|i| i.refused).collect(),
            behind_threshold: if design.threshold() == Threshold::None { Ok(0.0) } else { at_risk },
            at_risk,
            between_groups,
        }
        .against(verdict::rule_book());
        let reference = tariffs::reference_income(design);
        Self {
            verdict: verdict::verdict(&rules),
            rules,
            people: response.people(),
            share_supported: response.share_of_people(shares),
            equal_share,
            left_out_per_year: left_out.iter().try_fold(0.0, |sum, l| Ok(sum + (*l)?)),
            incentive_gap: incentive_gap(response),
            pays_to_cream: pays_to_cream(response),
            deadweight_share: deadweight(design),
            income_at_risk_share: at_risk,
            certain_share_of_extra_cost: certain_share(design),
            between_group_variance: between_groups,
            cost_per_year: spending.map(|s| response.cost_per_year(s)),
            reaches_delivery: design
                .terms
                .and_then(|terms| terms.passed_on)
                .map(|share| spending.map(|s| share * response.cost_per_year(s))),
            probability_paid_at: threshold::by_rising_rate(&chances_of_payment),
            chances_of_payment,
            checklist: verdict::checklist(design),
            pays_in_steps: design.groups.iter().any(|group| group.due(true).nth(1).is_some()),
            assumed: design.assumed(scale),
            groups: (0..design.groups.len())
                .map(|g| {
                    let shares = [0, 1, 2].map(|dial: usize| shares_at[dial][g]);
                    GroupReach::of(response, g, shares, left_out[g], reference)
                })
                .collect(),
        }
    }
}

impl GroupReach {
    fn of(
        response: &Response<'_>,
        g: usize,
        shares: [Figure; 3],
        left_out: Figure,
        reference: Figure,
    ) -> Self {
        let (group, incentive) = (&response.design.groups[g], response.incentives[g]);
        let prices = GroupPrices::of(group, reference);
        let at_risk = || {
            let income = incentive.income_supported?;
            if income > 0.0 {
                Ok(group.paid_supported(true)? / income)
            } else {
                Err(Undefined("nothing is paid"))
            }
        };
        Self {
            may_have_people: group.people() != Ok(0.0),
            margin_supported: incentive.margin_supported,
            margin_parked: incentive.margin_parked,
            gain: incentive.gain,
            income_supported: incentive.income_supported,
            parked: incentive.parked,
            refused: incentive.refused,
            share_supported_at: shares,
            left_out_per_year: left_out,
            income_at_risk_share: at_risk(),
            gain_passed_on: gain_passed_on(&response.design, g),
            worth_of_picking_inside: worth_of_picking_inside(group, prices.paid),
            outcome_price: prices.paid,
            equal_margin_price: prices.equal_margin,
            park_proof_price: prices.park_proof,
            price_at_which_it_pays_to_park: prices.parks_under,
            outcome_rate_at_which_it_pays_to_park: prices.rate_at_which_it_pays_to_park,
            income_neutral_rate: prices.income_neutral_rate,
            income_neutral_price: prices.income_neutral_price,
        }
    }
}

/// Gain of a subcontractor: its part of Σ o·(p − q) against the whole of c − k.
fn gain_passed_on(design: &Design<'_>, g: usize) -> Option<Figure> {
    let share = design.terms.and_then(|terms| terms.passed_on)?;
    let group = &design.groups[g];
    let gain = || {
        let uplift = group.paid_supported(true)? + group.paid_supported(false)?
            - group.paid_parked(true)?
            - group.paid_parked(false)?;
        Ok(share * uplift - group.extra_cost()?)
    };
    Some(gain())
}

/// Price × SD of p inside the group, or its binomial bound.
fn worth_of_picking_inside(group: &GroupDesign<'_>, price: f64) -> Figure {
    if price <= 0.0 {
        return Ok(0.0);
    }
    let rate = group.rate_supported()?;
    let most = libm::sqrt(rate * (1.0 - rate));
    Ok(price * group.group.outcome_spread.unwrap_or(most).min(most))
}

/// max G − min G.
fn incentive_gap(response: &Response<'_>) -> Figure {
    let gains: Vec<f64> = response.incentives.iter().map(|i| i.gain).collect::<Result<_, _>>()?;
    let largest = gains.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let smallest = gains.iter().copied().fold(f64::INFINITY, f64::min);
    Ok(largest - smallest)
}

/// The group with the largest gain per worker-hour, if any gain is above nought.
fn pays_to_cream(response: &Response<'_>) -> Option<usize> {
    let groups = &response.design.groups;
    let hours: Option<Vec<f64>> = groups.iter().map(|g| g.hours().ok().filter(|h| *h > 0.0)).collect();
    let worth = |g: usize| {
        let gain = response.incentives[g].gain.ok()?;
        Some((g, hours.as_ref().map_or(gain, |hours| gain / hours[g])))
    };
    let worths: Option<Vec<(usize, f64)>> = (0..groups.len()).map(worth).collect();
    let (group, worth) =
        worths?.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    (worth > 0.0).then_some(group)
}

/// Σ n·paid(q) / Σ n·paid(p) over the payments that hang on results. Undefined where they are paid for fewer events than in
/// a comparison group: what would have happened anyway happens there too and is taken off before anything is paid.
fn deadweight(design: &Design<'_>) -> Figure {
    if matches!(design.threshold(), Threshold::Fewer(_)) {
        return Err(AGAINST_COMPARISON);
    }
    let (mut anyway, mut with_support) = (0.0, 0.0);
    let mut reached_unpaid = false;
    for group in &design.groups {
        for due in group.due(true).filter(|due| due.price > 0.0) {
            let flat_on_own_outcome =
                due.payment.probability_supported.is_none() && due.paid_above == Ok(0.0);
            let parked = if flat_on_own_outcome { group.rate_parked() } else { due.parked };
            anyway += group.people()? * due.paid(parked)?;
            with_support += group.people()? * due.paid(due.supported)?;
            reached_unpaid |= due.is_reached_unpaid();
        }
    }
    if with_support > 0.0 {
        Ok(anyway / with_support)
    } else if reached_unpaid {
        Err(Undefined("no group passes the rate up to which nothing is paid"))
    } else {
        Err(Undefined("no outcome is paid for"))
    }
}

/// Σ n·(a + Σ o) / Σ n·(c − k), o the prices of milestones that every supported person reaches.
fn certain_share(design: &Design<'_>) -> Figure {
    let (mut fees, mut extra) = (0.0, 0.0);
    for group in &design.groups {
        fees += group.people()? * (group.attachment_fee + group.paid_supported(false)?);
        extra += group.people()? * group.extra_cost()?;
    }
    if extra > 0.0 { Ok(fees / extra) } else { Err(Undefined("supporting costs no more than parking")) }
}

/// η² of an outcome that is reached or not: Σ n·(p_g − p̄)² / Σ n·p̄·(1 − p̄), p̄ the mean over people.
fn between_group_variance(design: &Design<'_>) -> Figure {
    let (mut people, mut reached) = (0.0, 0.0);
    for group in &design.groups {
        people += group.people()?;
        reached += group.people()? * group.rate_supported()?;
    }
    if people <= 0.0 {
        return Err(Undefined("there are no people in any need group"));
    }
    let mean = reached / people;
    let whole = people * mean * (1.0 - mean);
    if whole <= 0.0 {
        return Err(Undefined("everybody has the same outcome"));
    }
    let between = design.groups.iter().try_fold(0.0, |sum, group| {
        let apart = group.rate_supported()? - mean;
        Ok::<f64, Undefined>(sum + group.people()? * apart * apart)
    })?;
    Ok(between / whole)
}
