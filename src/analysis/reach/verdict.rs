//! How likely it is that people are picked and left: the stated rules of `assets/rules/reach.ron`, evaluated as they
//! stand, and the signs of the design itself (methods, section 3).

use std::sync::LazyLock;

use serde::Deserialize;

use super::{ChecklistItem, RuleResult, Verdict, incentive::Design};
use crate::{
    analysis::Figure,
    model::{
        reach::{Referral, Terms},
        wording,
    },
};

/// The rules as the file holds them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleBook {
    pub rules: Vec<Rule>,
    pub judged: JudgedBy,
    pub signs: Vec<Sign>,
}

/// How many signs make the risk high, and how many moderate, where figures are missing.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedBy {
    pub high_from: usize,
    pub moderate_from: usize,
}

/// What the signs of a design come to, judged and not computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict of the signs that are there.
    pub at_least: Verdict,
    /// The verdict if all that nobody has said were there too.
    pub at_most: Verdict,
    /// How many signs are there, how many nobody has spoken of, and of how many.
    pub present: usize,
    pub open: usize,
    pub of: usize,
}

/// Judges a design by its signs, by the rule of the rules file.
#[must_use]
pub fn judged(checklist: &[ChecklistItem]) -> Judgement {
    let by = rule_book().judged;
    let verdict = |signs: usize| match signs {
        n if n >= by.high_from => Verdict::High,
        n if n >= by.moderate_from => Verdict::Moderate,
        _ => Verdict::Low,
    };
    let count = |is: Option<bool>| checklist.iter().filter(|item| item.present == is).count();
    let (present, open) = (count(Some(true)), count(None));
    Judgement {
        at_least: verdict(present),
        at_most: verdict(present + open),
        present,
        open,
        of: checklist.len(),
    }
}

impl Judgement {
    /// The verdict by the signs, in a clause.
    #[must_use]
    pub fn words(&self) -> String {
        let verdict = match (self.at_least, self.at_most) {
            (low, high) if low == high => low.words().to_owned(),
            (low, high) if high == Verdict::High && low == Verdict::Low => {
                "anything from low to high".to_owned()
            }
            (low, high) => format!("{} to {}", low.words(), high.words()),
        };
        format!("{verdict} by its signs")
    }
}

/// A rule: met when all of its conditions hold, those on a group for one and the same group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub name: String,
    /// What it gives when met.
    pub verdict: Verdict,
    pub all_of: Vec<Condition>,
    /// What it says. In the file `{1}`, `{2}` … stand for the thresholds of the conditions in order; in force they are
    /// written out.
    pub text: String,
    pub source: String,
}

/// A measure past its threshold.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub measure: Measure,
    pub is: Comparison,
    pub than: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Comparison {
    Under,
    Over,
}

/// What a condition looks at; the first two belong to a group, the others to the whole design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Measure {
    /// G, £ a person.
    GainFromSupporting,
    /// Predicted share over equal share.
    ShareOfEqualShare,
    /// Share of people in groups that it pays to refuse.
    PeopleWorthRefusing,
    IncomeBehindThreshold,
    IncomeAtRisk,
    /// η².
    VarianceBetweenGroups,
}

/// A sign in the design, and what it says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    pub sign: SignKind,
    /// What is said where it is there.
    pub text: String,
    /// The matter as a plain statement, which is so or not.
    pub asks: String,
    /// Whether it is well that the statement is so: the sign is there where it is not.
    pub wanted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum SignKind {
    ProviderControlsReferral,
    FlatPrice,
    BinaryThreshold,
    ThirdPartyInvestor,
    NoMinimumStandard,
    NoPilot,
    NoMonitoringByGroup,
    RefusalsNotRecorded,
    PassThroughNotGuaranteed,
}

static RULE_BOOK: LazyLock<RuleBook> = LazyLock::new(|| {
    // invariant: the file is part of the program, and a test of this module reads it. Were it ever unreadable there would
    // be no rules, and without rules nothing is judged.
    let mut book: RuleBook =
        ron::from_str(include_str!("../../../assets/rules/reach.ron")).unwrap_or_default();
    for rule in &mut book.rules {
        rule.text = rule.with_thresholds();
    }
    book
});

/// The rules and signs in force.
#[must_use]
pub fn rule_book() -> &'static RuleBook {
    &RULE_BOOK
}

/// The figures that rules look at. Vectors run parallel to the need groups.
pub(super) struct Measured<'a> {
    pub names: Vec<&'a str>,
    pub gain: Vec<Figure>,
    pub share: Vec<Figure>,
    pub equal_share: Figure,
    pub people: Vec<Figure>,
    pub refused: Vec<Option<bool>>,
    pub behind_threshold: Figure,
    pub at_risk: Figure,
    pub between_groups: Figure,
}

/// Bounds of a measure: both its figure where it is known.
#[derive(Clone, Copy)]
struct Bounds {
    low: f64,
    high: f64,
}

impl Bounds {
    fn of(figure: Figure) -> Self {
        figure.map_or(Self { low: f64::NEG_INFINITY, high: f64::INFINITY }, |f| Self { low: f, high: f })
    }
}

impl Measure {
    fn is_of_group(self) -> bool {
        matches!(self, Self::GainFromSupporting | Self::ShareOfEqualShare)
    }

    /// A figure of the measure as rules and their findings write it.
    fn written(self, figure: f64) -> String {
        match self {
            Self::GainFromSupporting => wording::signed_pounds(figure),
            Self::VarianceBetweenGroups if figure < 0.1 => {
                format!("{} %", wording::number(figure * 100.0, 1))
            }
            _ => wording::percent(figure),
        }
    }

    /// A figure of the measure in a clause.
    fn clause(self, figure: f64) -> String {
        let written = self.written(figure);
        match self {
            Self::GainFromSupporting => format!("gain {written}"),
            Self::ShareOfEqualShare => format!("{written} of its equal share"),
            Self::PeopleWorthRefusing => format!("{written} of people"),
            Self::IncomeBehindThreshold => format!("{written} of income behind a threshold"),
            Self::IncomeAtRisk => format!("{written} of income hangs on results"),
            Self::VarianceBetweenGroups => format!("{written} of the variance lies between groups"),
        }
    }
}

/// How near a figure may lie to the threshold of a rule and still be it.
const BORDER: f64 = 1e-9;

impl Condition {
    fn holds(self, bounds: Bounds) -> Option<bool> {
        // A share that is four fifths to the last digit but one is four fifths: 0.72 of 0.9 is not under 0.8.
        let (under, over) = (self.than - BORDER, self.than + BORDER);
        let (surely, possibly) = match self.is {
            Comparison::Under => (bounds.high < under, bounds.low < under),
            Comparison::Over => (bounds.low > over, bounds.high > over),
        };
        if surely {
            Some(true)
        } else if possibly {
            None
        } else {
            Some(false)
        }
    }
}

impl Measured<'_> {
    /// Every rule with what it found.
    pub fn against(&self, book: &RuleBook) -> Vec<RuleResult> {
        book.rules.iter().map(|rule| self.evaluate(rule)).collect()
    }

    fn evaluate(&self, rule: &Rule) -> RuleResult {
        let (of_group, of_design): (Vec<Condition>, Vec<Condition>) =
            rule.all_of.iter().copied().partition(|c| c.measure.is_of_group());
        let design = all(of_design.iter().map(|c| c.holds(self.design_bounds(c.measure))));
        let holds =
            |g: usize| all(of_group.iter().map(|c| c.holds(Bounds::of(self.group_figure(c.measure, g)))));
        let by_group: Vec<Option<bool>> = (0..self.names.len())
            .map(|g| if self.holds_nobody(g) { Some(false) } else { holds(g) })
            .collect();
        let met = if of_group.is_empty() { design } else { all([design, any(&by_group)].into_iter()) };
        let mut groups: Vec<usize> = Vec::new();
        if met == Some(true) {
            groups = (0..self.names.len()).filter(|&g| by_group[g] == Some(true)).collect();
            if of_group.is_empty() {
                groups.retain(|&g| {
                    self.refused[g] == Some(true)
                        && rule.all_of.iter().any(|c| c.measure == Measure::PeopleWorthRefusing)
                });
            }
        }
        RuleResult {
            rule: rule.name.clone(),
            verdict: rule.verdict,
            text: rule.text.clone(),
            met,
            figures: self.findings(&of_group, &of_design, met, &groups),
            groups,
            source: rule.source.clone(),
        }
    }

    /// A group of nobody meets no rule.
    fn holds_nobody(&self, group: usize) -> bool {
        self.people[group] == Ok(0.0)
    }

    fn group_figure(&self, measure: Measure, group: usize) -> Figure {
        if measure == Measure::GainFromSupporting {
            return self.gain[group];
        }
        let (share, equal) = (self.share[group]?, self.equal_share?);
        // Where even an equal share is nought, nobody gets less than theirs.
        Ok(if equal > 0.0 { share / equal } else { 1.0 })
    }

    fn design_bounds(&self, measure: Measure) -> Bounds {
        match measure {
            Measure::PeopleWorthRefusing => self.refused_bounds(),
            Measure::IncomeBehindThreshold => Bounds::of(self.behind_threshold),
            Measure::IncomeAtRisk => Bounds::of(self.at_risk),
            Measure::VarianceBetweenGroups => Bounds::of(self.between_groups),
            Measure::GainFromSupporting | Measure::ShareOfEqualShare => {
                Bounds { low: f64::NEG_INFINITY, high: f64::INFINITY }
            }
        }
    }

    /// Share of people in groups that it pays to refuse: at least those known to be, at most all that could be.
    fn refused_bounds(&self) -> Bounds {
        let mut people = 0.0;
        let (mut low, mut high) = (0.0, 0.0);
        if self.refused.iter().all(|r| *r == Some(false)) {
            return Bounds { low: 0.0, high: 0.0 };
        }
        for (count, refused) in self.people.iter().zip(&self.refused) {
            let Ok(count) = *count else { return Bounds { low: 0.0, high: 1.0 } };
            people += count;
            low += if *refused == Some(true) { count } else { 0.0 };
            high += if *refused == Some(false) { 0.0 } else { count };
        }
        if people > 0.0 {
            Bounds { low: low / people, high: high / people }
        } else {
            Bounds { low: 0.0, high: 0.0 }
        }
    }

    /// The figures behind a finding, in words.
    fn findings(
        &self,
        of_group: &[Condition],
        of_design: &[Condition],
        met: Option<bool>,
        groups: &[usize],
    ) -> String {
        let mut clauses: Vec<String> = of_design.iter().map(|c| self.design_clause(c.measure)).collect();
        let group_clause = |g: usize| {
            let figures =
                of_group.iter().filter_map(|c| Some(c.measure.clause(self.group_figure(c.measure, g).ok()?)));
            format!("{}: {}", self.names[g], figures.collect::<Vec<_>>().join(", "))
        };
        if !of_group.is_empty() {
            match met {
                Some(true) => clauses.extend(groups.iter().map(|&g| group_clause(g))),
                Some(false) => {
                    clauses.extend(self.nearest(of_group).map(|g| format!("nearest is {}", group_clause(g))));
                }
                None => clauses.extend(self.missing(of_group)),
            }
        } else if met == Some(true) {
            clauses.extend(groups.iter().map(|&g| self.names[g].to_owned()));
        }
        clauses.join("; ")
    }

    fn design_clause(&self, measure: Measure) -> String {
        let bounds = self.design_bounds(measure);
        if bounds.low >= bounds.high {
            return measure.clause(bounds.low);
        }
        let why = match measure {
            Measure::IncomeBehindThreshold => self.behind_threshold.err(),
            Measure::IncomeAtRisk => self.at_risk.err(),
            Measure::VarianceBetweenGroups => self.between_groups.err(),
            _ => None,
        };
        why.map_or_else(
            || {
                let (low, high) = (measure.written(bounds.low), measure.clause(bounds.high));
                format!("between {low} and {high}: not known whether some groups could be refused")
            },
            |why| format!("not known: {}", why.0),
        )
    }

    /// The group that comes nearest to the last of the conditions.
    fn nearest(&self, of_group: &[Condition]) -> Option<usize> {
        let condition = of_group.last()?;
        let sign = if condition.is == Comparison::Under { 1.0 } else { -1.0 };
        (0..self.names.len())
            .filter(|&g| !self.holds_nobody(g))
            .filter_map(|g| Some((g, sign * self.group_figure(condition.measure, g).ok()?)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(g, _)| g)
    }

    /// What is not known, for the first group that lacks a figure.
    fn missing(&self, of_group: &[Condition]) -> Option<String> {
        let lacks = |g| of_group.iter().find_map(|c| self.group_figure(c.measure, g).err());
        let groups = (0..self.names.len()).filter(|&g| !self.holds_nobody(g));
        groups.into_iter().find_map(|g| Some(format!("not known for {}: {}", self.names[g], lacks(g)?.0)))
    }
}

impl Rule {
    /// What the rule says, its thresholds written out.
    fn with_thresholds(&self) -> String {
        let mut text = self.text.clone();
        for (n, condition) in self.all_of.iter().enumerate() {
            text = text.replace(&format!("{{{}}}", n + 1), &condition.measure.written(condition.than));
        }
        text
    }
}

/// The gravest verdict met, low when none is; cannot be judged where a graver rule cannot be told.
pub(super) fn verdict(rules: &[RuleResult]) -> Verdict {
    let met = rules.iter().filter(|r| r.met == Some(true)).map(|r| r.verdict).max().unwrap_or(Verdict::Low);
    let untold = rules.iter().filter(|r| r.met.is_none()).map(|r| r.verdict).max();
    if rules.is_empty() || untold.is_some_and(|grave| grave > met) { Verdict::CannotBeJudged } else { met }
}

/// The signs in a design, whatever its figures; what nobody has said stays open.
pub(super) fn checklist(design: &Design<'_>) -> Vec<ChecklistItem> {
    let terms = design.terms;
    let present = |sign| match sign {
        SignKind::ProviderControlsReferral => terms.and_then(|t| t.referral).map(|r| r == Referral::Provider),
        SignKind::FlatPrice => Some(is_flat(design)),
        SignKind::BinaryThreshold => terms.map(|t| t.threshold.is_all_or_nothing()),
        SignKind::ThirdPartyInvestor => terms.and_then(|t| t.investor),
        SignKind::NoMinimumStandard => terms.and_then(has_minimum).map(|standard| !standard),
        SignKind::NoPilot => terms.and_then(|t| t.pilot).map(|said| !said),
        SignKind::NoMonitoringByGroup => terms.and_then(|t| t.monitored_by_group).map(|said| !said),
        SignKind::RefusalsNotRecorded => terms.and_then(|t| t.refusals_recorded).map(|said| !said),
        SignKind::PassThroughNotGuaranteed => terms.and_then(|t| t.passed_on).map(|share| share <= 0.0),
    };
    // With one group there is nobody whose price could differ.
    let applies = |sign: &&Sign| sign.sign != SignKind::FlatPrice || design.groups.len() > 1;
    let item = |sign: &Sign| ChecklistItem {
        text: sign.text.clone(),
        asks: sign.asks.clone(),
        answer: present(sign.sign).map(|present| present != sign.wanted),
        present: present(sign.sign),
    };
    rule_book().signs.iter().filter(applies).map(item).collect()
}

/// Whether everybody is sure of something: places kept for each group or a standard of support where these are stated,
/// else what has been said.
fn has_minimum(terms: &Terms) -> Option<bool> {
    let stated = [terms.floor, terms.contact_standard].into_iter().flatten();
    let some = stated.reduce(f64::max).map(|most| most > 0.0);
    if some == Some(true) { some } else { terms.minimum_standard.or(some) }
}

/// Whether results are paid, and at the same price for each of several groups.
fn is_flat(design: &Design<'_>) -> bool {
    let price = |g: usize| design.groups[g].due(true).map(|due| due.payment.price.0).sum::<i64>();
    design.groups.len() > 1 && price(0) > 0 && (1..design.groups.len()).all(|g| price(g) == price(0))
}

/// True when all hold, false when one fails, else not known.
fn all(conditions: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut open = false;
    for condition in conditions {
        match condition {
            Some(false) => return Some(false),
            Some(true) => {}
            None => open = true,
        }
    }
    (!open).then_some(true)
}

/// True when one holds, false when none does, else not known.
fn any(conditions: &[Option<bool>]) -> Option<bool> {
    if conditions.contains(&Some(true)) {
        Some(true)
    } else if conditions.contains(&None) {
        None
    } else {
        Some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_file_is_read_and_every_threshold_shows_in_its_text() {
        let book = rule_book();
        assert_eq!(book.rules.len(), 5);
        assert_eq!(book.signs.len(), 9);
        for rule in &book.rules {
            assert!(!rule.all_of.is_empty() && !rule.source.is_empty(), "{}", rule.name);
            assert!(!rule.text.contains(['{', '}']), "{}", rule.text);
        }
    }

    #[test]
    fn a_figure_that_misses_its_threshold_by_rounding_alone_is_on_it() {
        let under = Condition { measure: Measure::ShareOfEqualShare, is: Comparison::Under, than: 0.8 };
        let over = Condition { is: Comparison::Over, ..under };
        let share: f64 = 0.72 / 0.9;
        assert!(share < 0.8);
        assert_eq!(under.holds(Bounds::of(Ok(share))), Some(false));
        assert_eq!(under.holds(Bounds::of(Ok(0.799_999))), Some(true));
        assert_eq!(over.holds(Bounds::of(Ok(0.1 + 0.7 + 1e-16))), Some(false));
        assert_eq!(over.holds(Bounds::of(Ok(0.800_001))), Some(true));
    }

    #[test]
    fn signs_that_nobody_has_spoken_of_widen_what_the_checklist_says() {
        let items = |present: usize, absent: usize, open: usize| -> Vec<ChecklistItem> {
            let states = [(present, Some(true)), (absent, Some(false)), (open, None)];
            let item =
                |present| ChecklistItem { text: String::new(), asks: String::new(), answer: None, present };
            states.into_iter().flat_map(|(n, state)| std::iter::repeat_n(item(state), n)).collect()
        };
        let words = |present, absent, open| judged(&items(present, absent, open)).words();
        assert_eq!(words(5, 4, 0), "high by its signs");
        assert_eq!(words(2, 7, 0), "moderate by its signs");
        assert_eq!(words(1, 8, 0), "low by its signs");
        assert_eq!(words(2, 3, 4), "moderate to high by its signs");
        assert_eq!(words(0, 2, 7), "anything from low to high by its signs");
        let found = judged(&items(3, 4, 2));
        assert_eq!((found.present, found.open, found.of), (3, 2, 9));
    }

    #[test]
    fn what_is_not_known_leaves_a_condition_open_unless_its_bounds_settle_it() {
        let condition = Condition { measure: Measure::PeopleWorthRefusing, is: Comparison::Over, than: 0.05 };
        assert_eq!(condition.holds(Bounds { low: 0.06, high: 0.5 }), Some(true));
        assert_eq!(condition.holds(Bounds { low: 0.0, high: 0.05 }), Some(false));
        assert_eq!(condition.holds(Bounds { low: 0.0, high: 0.5 }), None);
        assert_eq!(all([Some(false), None].into_iter()), Some(false));
        assert_eq!(all([Some(true), None].into_iter()), None);
        assert_eq!(any(&[None, Some(true)]), Some(true));
    }

    #[test]
    fn the_gravest_rule_gives_the_verdict_and_an_open_graver_one_withholds_it() {
        let found = |verdict, met| RuleResult {
            rule: String::new(),
            verdict,
            text: String::new(),
            met,
            figures: String::new(),
            groups: Vec::new(),
            source: String::new(),
        };
        let (high, moderate) = (Verdict::High, Verdict::Moderate);
        assert_eq!(verdict(&[found(high, Some(false)), found(moderate, Some(true))]), moderate);
        assert_eq!(verdict(&[found(high, None), found(moderate, Some(true))]), Verdict::CannotBeJudged);
        assert_eq!(verdict(&[found(high, Some(true)), found(moderate, None)]), high);
        assert_eq!(verdict(&[found(high, Some(false)), found(moderate, Some(false))]), Verdict::Low);
        assert_eq!(verdict(&[]), Verdict::CannotBeJudged);
    }
}
