//! Why a payment design gets its verdict, and why it pays to support or to park a person.

use super::{EditPlace, Explanation, Input, Known, Question};
use crate::{
    analysis::{
        Figure,
        reach::{GroupReach, OptionReach, RuleResult, Verdict},
    },
    model::{
        ids::{NeedGroupId, OptionId},
        question::NeedGroup,
        reach::Payment,
        wording::{number, percent, pounds, short_pounds, signed_pounds},
    },
};

const VERDICT_SOURCE: &str =
    "The verdict rules of the program; shares supported by quantal response (McKelvey & Palfrey 1995)";
const GAIN_SOURCE: &str =
    "Gain from supporting: the margin on a supported person less the margin on a parked one";

pub(super) fn verdict(known: &Known<'_>, id: &OptionId) -> Option<Explanation> {
    let option = known.option_index(id)?;
    let Some(Some(reach)) = known.analysis.reach.options.get(option) else {
        return Some(Explanation {
            title: "Why no verdict?".to_owned(),
            option: Some(option),
            formula: vec![
                "Nothing is known of how this option pays, or there are no need groups.".to_owned(),
            ],
            source: VERDICT_SOURCE,
            ..Explanation::default()
        });
    };
    Some(Explanation {
        title: format!("Why {}?", reach.verdict.words()),
        option: Some(option),
        formula: verdict_words(reach),
        inputs: reach
            .rules
            .iter()
            .flat_map(|rule| rule_lines(known, id, rule))
            .chain(sum_lines(known, id, reach))
            .collect(),
        assumptions: verdict_assumptions(known, id),
        evidence: group_sources(known),
        changes: verdict_changes(known, reach),
        source: VERDICT_SOURCE,
        ..Explanation::default()
    })
}

/// The rules that made the verdict; where none did, that none is met.
fn verdict_words(reach: &OptionReach) -> Vec<String> {
    let decisive = reach.rules.iter().filter(|r| r.met == Some(true) && r.verdict == reach.verdict);
    let words: Vec<String> = decisive.map(|r| r.text.clone()).collect();
    if !words.is_empty() {
        return words;
    }
    match reach.verdict {
        Verdict::CannotBeJudged => vec!["Figures are missing that the rules need.".to_owned()],
        _ => vec!["No rule for a worse verdict is met.".to_owned()],
    }
}

fn rule_lines(known: &Known<'_>, option: &OptionId, rule: &RuleResult) -> Vec<Input> {
    let met = match rule.met {
        Some(true) => "met",
        Some(false) => "not met",
        None => "not known",
    };
    let mut lines = vec![Input::plain(0, rule.text.clone(), met)];
    if !rule.figures.is_empty() {
        lines.push(Input::plain(1, rule.figures.clone(), ""));
    }
    lines.extend(rule.groups.iter().filter_map(|&g| known.workspace.question.need_groups.get(g)).map(
        |group| {
            Input::plain(1, group.short_name(), "")
                .with_why(Question::Gain(option.clone(), group.id.clone()))
                .with_edit(EditPlace::NeedGroup(group.id.clone()))
        },
    ));
    lines
}

fn sum_lines(known: &Known<'_>, option: &OptionId, reach: &OptionReach) -> Vec<Input> {
    let terms = EditPlace::Terms(option.clone());
    let mut lines = vec![
        Input::plain(0, "People left out a year", figure(&reach.left_out_per_year, |v| number(v, 0))),
        Input::plain(0, "Share supported", figure(&reach.share_supported, percent)),
        Input::plain(0, "Equal share", figure(&reach.equal_share, percent)).with_edit(terms.clone()),
        Input::plain(0, "Incentive gap between groups", figure(&reach.incentive_gap, pounds)),
        Input::plain(0, "Income that hangs on results", figure(&reach.income_at_risk_share, percent))
            .with_edit(terms),
        Input::plain(0, "Cost a year", figure(&reach.cost_per_year, short_pounds)),
    ];
    for (group, result) in known.workspace.question.need_groups.iter().zip(&reach.groups) {
        let [_, share, _] = &result.share_supported_at;
        lines.push(
            Input::plain(1, group.short_name(), gain_and_share(&result.gain, share))
                .with_bar(share.unwrap_or(0.0))
                .with_why(Question::Gain(option.clone(), group.id.clone()))
                .with_edit(EditPlace::NeedGroup(group.id.clone())),
        );
    }
    lines
}

fn gain_and_share(gain: &Figure, share: &Figure) -> String {
    format!("{}, {} supported", figure(gain, signed_pounds), figure(share, percent))
}

/// A figure in its words, or that it is not known and why.
fn figure(value: &Figure, words: impl Fn(f64) -> String) -> String {
    match value {
        Ok(value) => words(*value),
        Err(why) => format!("not known: {}", why.0),
    }
}

fn verdict_assumptions(known: &Known<'_>, id: &OptionId) -> Vec<String> {
    let mut lines = vec![format!(
        "A provider’s mind begins to change at a gain of {}.",
        pounds(known.workspace.reach.response_scale.pounds())
    )];
    let terms = known.workspace.terms(id);
    if let Some(floor) = terms.and_then(|t| t.floor) {
        lines.push(format!(
            "At least {} of each group are supported whatever the money says.",
            percent(floor)
        ));
    }
    lines
}

fn group_sources(known: &Known<'_>) -> Vec<(Option<u8>, String)> {
    let mut sources: Vec<(Option<u8>, String)> = Vec::new();
    for group in known.workspace.question.need_groups.iter().filter(|g| !g.source.is_empty()) {
        if !sources.iter().any(|(_, source)| *source == group.source) {
            sources.push((None, group.source.clone()));
        }
    }
    sources
}

/// For every group that it pays to park, what would make it pay to support.
fn verdict_changes(known: &Known<'_>, reach: &OptionReach) -> Vec<String> {
    let groups = known.workspace.question.need_groups.iter().zip(&reach.groups);
    groups
        .filter(|(_, result)| result.parked == Some(true))
        .filter_map(|(group, result)| {
            park_proof_words(result).map(|words| format!("{}: {words}", group.short_name()))
        })
        .collect()
}

fn park_proof_words(result: &GroupReach) -> Option<String> {
    let price = result.park_proof_price.ok()?;
    Some(format!("it pays to park under a price of {}.", pounds(price)))
}

pub(super) fn gain(known: &Known<'_>, option_id: &OptionId, group_id: &NeedGroupId) -> Option<Explanation> {
    let (option, g) = (known.option_index(option_id)?, known.group_index(group_id)?);
    let group = &known.workspace.question.need_groups[g];
    let result =
        known.analysis.reach.options.get(option).and_then(Option::as_ref).and_then(|r| r.groups.get(g));
    let Some(result) = result else {
        return Some(Explanation {
            title: "Why no gain?".to_owned(),
            option: Some(option),
            formula: vec!["Nothing is known of how this option pays.".to_owned()],
            source: GAIN_SOURCE,
            ..Explanation::default()
        });
    };
    Some(Explanation {
        title: match result.gain {
            Ok(gain) => format!("Why {}?", signed_pounds(gain)),
            Err(_) => "Why is the gain not known?".to_owned(),
        },
        option: Some(option),
        formula: gain_formula(result),
        inputs: gain_inputs(known, option_id, group, result),
        assumptions: verdict_assumptions(known, option_id),
        evidence: if group.source.is_empty() { Vec::new() } else { vec![(None, group.source.clone())] },
        changes: gain_changes(group, result),
        source: GAIN_SOURCE,
        ..Explanation::default()
    })
}

fn gain_formula(result: &GroupReach) -> Vec<String> {
    let mut lines = vec!["What supporting a person earns, less what parking the person earns.".to_owned()];
    match (&result.margin_supported, &result.margin_parked, &result.gain) {
        (Ok(supported), Ok(parked), Ok(gain)) => {
            let parked = if *parked < 0.0 { format!("({})", pounds(*parked)) } else { pounds(*parked) };
            lines.push(format!("{} − {parked} = {}", pounds(*supported), signed_pounds(*gain)));
        }
        (_, _, Err(why)) => lines.push(format!("Not known: {}.", why.0)),
        _ => {}
    }
    match result.parked {
        Some(true) => lines.push("It pays to park.".to_owned()),
        Some(false) => lines.push("It pays to support.".to_owned()),
        None => {}
    }
    if result.refused == Some(true) {
        lines.push("It pays to refuse, and the provider may.".to_owned());
    }
    lines
}

/// One line of a margin: what is paid, and how likely.
struct PaidLine<'a> {
    payment: &'a Payment,
    supported: Option<f64>,
    parked: Option<f64>,
}

/// The payments that hold for a group: its own for a milestone, else the one for everybody.
fn payments_for<'a>(known: &Known<'a>, option: &OptionId, group: &NeedGroup) -> Vec<PaidLine<'a>> {
    let of_option: Vec<&Payment> =
        known.workspace.reach.payments.iter().filter(|p| p.option == *option).collect();
    let own = |milestone: &str| {
        of_option.iter().any(|p| p.group.as_ref() == Some(&group.id) && p.milestone == milestone)
    };
    let holds = |p: &Payment| match &p.group {
        Some(id) => *id == group.id,
        None => !own(&p.milestone),
    };
    let line = |payment: &'a Payment| PaidLine {
        payment,
        supported: payment.probability_supported.or(group.outcome_supported),
        parked: payment.probability_parked.or(group.outcome_parked),
    };
    of_option.iter().filter(|p| holds(p)).map(|&p| line(p)).collect()
}

fn gain_inputs(known: &Known<'_>, option: &OptionId, group: &NeedGroup, result: &GroupReach) -> Vec<Input> {
    let terms = EditPlace::Terms(option.clone());
    let group_place = EditPlace::NeedGroup(group.id.clone());
    let lines = payments_for(known, option, group);
    let fee = known.workspace.terms(option).and_then(|t| t.attachment_fee);
    let branch = |label: &str, margin: &Figure, supported: bool| {
        let cost = if supported { group.cost_supported } else { group.cost_parked };
        let mut inputs = vec![Input::plain(0, label, figure(margin, signed_pounds))];
        let fee = fee.map_or_else(|| "not known".to_owned(), |f| pounds(f.pounds()));
        inputs.push(Input::plain(1, "Fee at the start", fee).with_edit(terms.clone()));
        inputs.extend(lines.iter().map(|l| {
            paid_input(l.payment, if supported { l.supported } else { l.parked }).with_edit(terms.clone())
        }));
        let cost = cost.map_or_else(|| "not known".to_owned(), |c| pounds(-c.pounds()));
        let label = if supported { "Cost of support" } else { "Cost of minimal contact" };
        inputs.push(Input::plain(1, label, cost).with_edit(group_place.clone()));
        inputs
    };
    let mut inputs = branch("Supported", &result.margin_supported, true);
    inputs.extend(branch("Parked", &result.margin_parked, false));
    let [follows, middle, alike] = &result.share_supported_at;
    inputs.push(
        Input::plain(0, "Share supported", figure(middle, percent))
            .with_bar(middle.unwrap_or(0.0))
            .with_why(Question::Verdict(option.clone())),
    );
    inputs.push(Input::plain(1, "If the provider follows the money", figure(follows, percent)));
    inputs.push(Input::plain(1, "If money no longer tells groups apart", figure(alike, percent)));
    inputs.push(Input::plain(
        0,
        "People left out a year",
        figure(&result.left_out_per_year, |v| number(v, 0)),
    ));
    inputs
}

fn paid_input(payment: &Payment, probability: Option<f64>) -> Input {
    let label = match probability {
        Some(p) => {
            format!("{}, {} × {}", payment.milestone, pounds(payment.price.pounds()), percent_to_tenth(p))
        }
        None => format!("{}, {} × not known", payment.milestone, pounds(payment.price.pounds())),
    };
    let paid = probability.map_or_else(|| "not known".to_owned(), |p| pounds(payment.price.pounds() * p));
    Input::plain(1, label, paid)
}

/// A rate with a decimal where it needs one: "42 %", "36.4 %".
fn percent_to_tenth(rate: f64) -> String {
    let tenths = libm::round(rate * 1000.0);
    let decimals = usize::from(tenths % 10.0 != 0.0);
    format!("{} %", number(rate * 100.0, decimals))
}

fn gain_changes(group: &NeedGroup, result: &GroupReach) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(park_proof_words(result).map(|words| {
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }));
    if let Ok(rate) = result.outcome_rate_at_which_it_pays_to_park {
        let now = group
            .outcome_supported
            .map_or_else(String::new, |p| format!(", against {} now", percent_to_tenth(p)));
        lines.push(format!("It pays to park under an outcome rate of {}{now}.", percent_to_tenth(rate)));
    }
    if let Ok(price) = result.equal_margin_price {
        lines.push(format!(
            "A price of {} would make every group’s margin the same, which is no cure.",
            pounds(price)
        ));
    }
    lines
}
