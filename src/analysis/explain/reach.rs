//! Why a payment design gets its verdict, and why it pays to support or to park a person.

use super::{EditPlace, Explanation, Input, Known, Question};
use crate::{
    analysis::{
        Figure,
        reach::{
            GroupReach, OptionReach, RuleResult, TARGET_MARGIN_POUNDS, Verdict,
            incentive::{Design, DuePayment, GroupDesign},
        },
    },
    model::{
        ids::{NeedGroupId, OptionId},
        question::NeedGroup,
        wording::{capital, list, number, percent, percent_to_tenth, pounds, short_pounds, signed_pounds},
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
        title: match reach.verdict {
            Verdict::CannotBeJudged => "Why can it not be judged yet?".to_owned(),
            verdict => format!("Why {}?", verdict.words()),
        },
        option: Some(option),
        formula: verdict_words(known, reach),
        inputs: reach
            .rules
            .iter()
            .flat_map(|rule| rule_lines(known, id, reach, rule))
            .chain(sum_lines(known, id, reach))
            .chain(sign_lines(id, reach))
            .collect(),
        assumptions: assumptions(known, id, reach),
        evidence: group_sources(known),
        changes: verdict_changes(known, reach),
        source: VERDICT_SOURCE,
        ..Explanation::default()
    })
}

/// The rules that made the verdict, with how many groups meet each; where none did, that none is met.
fn verdict_words(known: &Known<'_>, reach: &OptionReach) -> Vec<String> {
    let decisive = reach.rules.iter().filter(|r| r.met == Some(true) && r.verdict == reach.verdict);
    let groups = known.workspace.question.need_groups.len();
    let words: Vec<String> = decisive
        .map(|rule| match rule.groups.len() {
            0 => rule.text.clone(),
            1 => format!("{} One of {groups} groups meets it.", rule.text),
            met => format!("{} {met} of {groups} groups meet it.", rule.text),
        })
        .collect();
    if !words.is_empty() {
        return words;
    }
    match reach.verdict {
        Verdict::CannotBeJudged => {
            vec![format!("Figures are missing that the rules need: {}.", list(&reasons_unknown(reach)))]
        }
        _ => vec!["No rule for a worse verdict is met.".to_owned()],
    }
}

/// A rule, and under it the groups that meet it, or where there are none the figures that it looked at.
fn rule_lines(known: &Known<'_>, option: &OptionId, reach: &OptionReach, rule: &RuleResult) -> Vec<Input> {
    let met = match rule.met {
        Some(true) => "met",
        Some(false) => "not met",
        None => "not known",
    };
    let mut lines = vec![Input::plain(0, rule.text.trim_end_matches('.'), met)];
    if rule.groups.is_empty() && !rule.figures.is_empty() {
        lines.push(Input::plain(1, rule.figures.clone(), ""));
    } else if rule.met.is_none() && rule.figures.is_empty() {
        let reasons = reasons_unknown(reach);
        lines.extend(reasons.into_iter().map(|why| Input::plain(1, capital(why), "")));
    }
    lines.extend(rule.groups.iter().filter_map(|&g| group_line(known, option, reach, g)));
    lines
}

/// A need group with its gain and the share supported.
fn group_line(known: &Known<'_>, option: &OptionId, reach: &OptionReach, g: usize) -> Option<Input> {
    let (group, result) = (known.workspace.question.need_groups.get(g)?, reach.groups.get(g)?);
    let [_, share, _] = &result.share_supported_at;
    let figure = format!("{}, {}", figure(&result.gain, signed_pounds), figure(share, percent));
    let line = Input::plain(1, group.short_name(), figure)
        .with_why(Question::Gain(option.clone(), group.id.clone()))
        .with_edit(EditPlace::NeedGroup(group.id.clone()));
    Some(line)
}

fn sum_lines(known: &Known<'_>, option: &OptionId, reach: &OptionReach) -> Vec<Input> {
    let terms = EditPlace::Terms(option.clone());
    let mut lines = vec![
        Input::plain(0, "People left out a year", figure(&reach.left_out_per_year, |v| number(v, 0))),
        Input::plain(0, "Share supported", figure(&reach.share_supported, percent)),
        Input::plain(0, "Equal share", figure(&reach.equal_share, percent)).with_edit(terms.clone()),
        Input::plain(0, "Income that hangs on results", figure(&reach.income_at_risk_share, percent))
            .with_edit(terms),
        Input::plain(0, "Cost a year", figure(&reach.cost_per_year, short_pounds)),
        Input::plain(
            0,
            "Largest gain from supporting less the smallest",
            figure(&reach.incentive_gap, pounds),
        ),
        Input::plain(0, "Each group: gain, and share supported", ""),
    ];
    lines.extend((0..reach.groups.len()).filter_map(|g| group_line(known, option, reach, g)));
    lines
}

/// The signs that are there in the design itself.
fn sign_lines(option: &OptionId, reach: &OptionReach) -> Vec<Input> {
    let present = reach.checklist.iter().filter(|item| item.present == Some(true));
    let terms = || EditPlace::Terms(option.clone());
    let mut lines: Vec<Input> =
        present.map(|item| Input::plain(1, item.text.clone(), "").with_edit(terms())).collect();
    if !lines.is_empty() {
        let count = format!("{} of {}", lines.len(), reach.checklist.len());
        lines.insert(0, Input::plain(0, "Signs in the design, judged and not computed", count));
    }
    lines
}

/// A figure in its words, or that it is not known.
fn figure(value: &Figure, words: impl Fn(f64) -> String) -> String {
    value.map_or_else(|_| "not known".to_owned(), words)
}

/// Every reason why a figure of the design is not known, once each.
fn reasons_unknown(reach: &OptionReach) -> Vec<&'static str> {
    let of_group = |g: &GroupReach| [g.gain.err(), g.margin_supported.err(), g.left_out_per_year.err()];
    let of_all =
        [reach.left_out_per_year.err(), reach.income_at_risk_share.err(), reach.between_group_variance.err()];
    let mut reasons = Vec::new();
    for why in reach.groups.iter().flat_map(of_group).chain(of_all).flatten() {
        if !reasons.contains(&why.0) {
            reasons.push(why.0);
        }
    }
    reasons
}

fn assumptions(known: &Known<'_>, id: &OptionId, reach: &OptionReach) -> Vec<String> {
    let mut lines = reach.assumed.clone();
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

/// For every group that it pays to park, the price at which it would not.
fn verdict_changes(known: &Known<'_>, reach: &OptionReach) -> Vec<String> {
    let groups = known.workspace.question.need_groups.iter().zip(&reach.groups);
    groups
        .filter(|(_, result)| result.parked == Some(true))
        .filter_map(|(group, result)| Some(format!("{}: {}", group.short_name(), parks_under(result)?)))
        .collect()
}

fn parks_under(result: &GroupReach) -> Option<String> {
    let price = result.price_at_which_it_pays_to_park.ok()?;
    Some(format!(
        "it pays to park under a price of {}, against {} now.",
        pounds(price),
        pounds(result.outcome_price)
    ))
}

pub(super) fn gain(known: &Known<'_>, option_id: &OptionId, group_id: &NeedGroupId) -> Option<Explanation> {
    let (option, g) = (known.option_index(option_id)?, known.group_index(group_id)?);
    let group = &known.workspace.question.need_groups[g];
    let reach = known.analysis.reach.options.get(option).and_then(Option::as_ref);
    let found = reach.and_then(|r| r.groups.get(g).map(|result| (r, result)));
    let design = Design::of(known.workspace, option);
    let (Some((reach, result)), Some(due)) = (found, design.as_ref().and_then(|d| d.groups.get(g))) else {
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
        inputs: gain_inputs(option_id, due, result),
        assumptions: assumptions(known, option_id, reach),
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

/// The two margins line by line, then what follows from the gain.
fn gain_inputs(option: &OptionId, due: &GroupDesign<'_>, result: &GroupReach) -> Vec<Input> {
    let mut inputs = margin_lines(option, due, result.margin_supported, true);
    inputs.extend(margin_lines(option, due, result.margin_parked, false));
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

fn margin_lines(option: &OptionId, due: &GroupDesign<'_>, margin: Figure, supported: bool) -> Vec<Input> {
    let terms = EditPlace::Terms(option.clone());
    let (label, cost_label, cost) = if supported {
        ("Supported", "Cost of support", due.cost_supported())
    } else {
        ("Parked", "Cost of minimal contact", due.cost_parked())
    };
    let mut lines = vec![Input::plain(0, label, figure(&margin, signed_pounds))];
    if due.attachment_fee > 0.0 {
        lines.push(Input::plain(1, "Fee at the start", pounds(due.attachment_fee)).with_edit(terms.clone()));
    }
    lines.extend(due.payments.iter().map(|p| paid_line(p, supported).with_edit(terms.clone())));
    let cost = Input::plain(1, cost_label, figure(&cost, |c| pounds(-c)));
    lines.push(cost.with_edit(EditPlace::NeedGroup(due.group.id.clone())));
    lines
}

/// A milestone: its price times the rate above what is not paid, such as "£1,400 × 42 %" or "£1,400 × (42 % − 26 %)".
fn paid_line(due: &DuePayment<'_>, supported: bool) -> Input {
    let rate = if supported { due.supported } else { due.parked };
    let times = match (rate, due.paid_above) {
        (Ok(rate), Ok(above)) if above > 0.0 => {
            format!("({} − {})", percent_to_tenth(rate), percent_to_tenth(above))
        }
        (Ok(rate), _) => percent_to_tenth(rate),
        (Err(_), _) => "not known".to_owned(),
    };
    let label = format!("{}, {} × {times}", due.payment.milestone, pounds(due.price));
    Input::plain(1, label, figure(&due.paid(rate), pounds))
}

fn gain_changes(group: &NeedGroup, result: &GroupReach) -> Vec<String> {
    let mut lines = Vec::new();
    let now = pounds(result.outcome_price);
    if let Ok(price) = result.price_at_which_it_pays_to_park {
        lines.push(format!("It pays to park under a price of {}, against {now} now.", pounds(price)));
    }
    if let Ok(rate) = result.outcome_rate_at_which_it_pays_to_park {
        let now = group
            .outcome_supported
            .map_or_else(String::new, |p| format!(", against {}", percent_to_tenth(p)));
        lines.push(format!("It pays to park under an outcome rate of {}{now}.", percent_to_tenth(rate)));
    }
    if let Ok(rate) = result.income_neutral_rate {
        let rate = percent_to_tenth(rate);
        lines.push(format!("At an outcome rate of {rate} it would bring in as much as the easiest group."));
    }
    if let Ok(price) = result.equal_margin_price {
        lines.push(format!(
            "A price of {} would leave a margin of {}; equal margins alone can still make it pay to park.",
            pounds(price),
            pounds(TARGET_MARGIN_POUNDS)
        ));
    }
    lines
}
