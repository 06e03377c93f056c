//! Why a gate of the caseload is said to shut a group out, and why a provider falls short.

use super::{Explanation, Input, Known, Question};
use crate::{
    analysis::reach::caseload::{
        Assessment,
        findings::{BEYOND_CHANCE, doing},
        gates::{FEWEST_EXPECTED, Limits, Passage, TestKind},
    },
    model::{
        reach::caseload::Counted,
        wording::{capital, number, once_in, percent},
    },
};

const GATE_SOURCE: &str = "Wilson (1927) for shares, Katz and others (1978) for the ratio, Pearson\u{2019}s χ² or Fisher\u{2019}s exact test, \
                           Holm (1979) for many tests, Mantel & Haenszel (1959) within providers";
const PROVIDER_SOURCE: &str = "Observed over expected with Byar\u{2019}s limits, exact Poisson under 10 (Breslow & Day 1987); funnel limits of \
                               Spiegelhalter (2005)";

fn found<'a>(known: &Known<'a>) -> Option<(&'a Counted, &'a Assessment)> {
    let counted = known.workspace.reach.caseload.counted.as_ref()?;
    Some((counted, known.analysis.reach.caseload.as_deref()?))
}

fn from_to(limits: Limits, words: impl Fn(f64) -> String) -> String {
    format!("{} to {}", words(limits.low), words(limits.high))
}

fn ratio(value: f64) -> String {
    number(value, 2)
}

/// A group against everyone else at a gate: the table of two by two, and every test of it.
pub(super) fn passing(known: &Known<'_>, gate: usize, group: usize) -> Option<Explanation> {
    let (counted, check) = found(known)?;
    let at_gate = check.gates.get(gate)?;
    let (at, name) = (at_gate.result.groups.get(group)?, &counted.groups.get(group)?.name);
    let small = &check.small;
    if !small.compares(group, gate) {
        return Some(Explanation {
            title: "Why is it hidden?".to_owned(),
            formula: vec![format!(
                "Of {name}, or of all groups together, under {} people passed “{}” or did not, or their number would give \
                 such a count back.",
                small.threshold, at_gate.name
            )],
            source: GATE_SOURCE,
            ..Explanation::default()
        });
    }
    let others = at_gate.result.all.without(at.passage);
    let mut formula = Vec::new();
    if let (Ok(rate), Ok(other)) = (at.rate, others.rate()) {
        formula.push(match doing(&at_gate.name) {
            Some(doing) => {
                format!("{doing} {} of {name}, and {} of everyone else.", percent(rate), percent(other))
            }
            None => format!("{} of {name} pass, and {} of everyone else.", percent(rate), percent(other)),
        });
    }
    match at.p_holm {
        Ok(p) if p < BEYOND_CHANCE => formula.push(format!("Chance alone would do that {}.", once_in(p))),
        Ok(_) => formula.push("Chance alone would do that often: it is no finding.".to_owned()),
        Err(why) => formula.push(format!("There is no test: {}.", why.0)),
    }
    let mut inputs = two_by_two(name, at.passage, others);
    inputs.extend(statistics(at));
    inputs.extend(within(check, gate, group));
    Some(Explanation {
        title: at.rate.map_or_else(|_| "Why no share?".to_owned(), |rate| format!("Why {}?", percent(rate))),
        formula,
        inputs,
        assumptions: vec![
            "Everyone else is every other group at this gate together.".to_owned(),
            format!(
                "With an expected count under {} the test is Fisher\u{2019}s, exact.",
                number(FEWEST_EXPECTED, 0)
            ),
        ],
        changes: changes(at),
        source: GATE_SOURCE,
        ..Explanation::default()
    })
}

fn two_by_two(name: &str, group: Passage, others: Passage) -> Vec<Input> {
    let row = |who: &str, passage: Passage| {
        let count = |count: u64| crate::model::wording::thousands(count);
        [
            Input::plain(0, who, format!("{} came", count(passage.eligible))),
            Input::plain(1, "Passed", count(passage.passed)),
            Input::plain(1, "Did not", count(passage.turned_away())),
        ]
    };
    row(name, group).into_iter().chain(row("Everyone else", others)).collect()
}

fn statistics(at: &crate::analysis::reach::caseload::gates::GroupAtGate) -> Vec<Input> {
    let mut lines = vec![Input::plain(0, "Tests", "")];
    let mut add = |label: &str, words: Option<String>| {
        let words = words.unwrap_or_else(|| "not defined".to_owned());
        lines.push(Input::plain(1, label, words));
    };
    add("Share, 95 %", at.wilson.ok().map(|limits| from_to(limits, percent)));
    add("Over everyone else", at.rate_ratio.ok().map(ratio));
    add("95 %", at.rate_ratio_limits.ok().map(|limits| from_to(limits, ratio)));
    add("Of the best group (under 0.80 fails four fifths)", at.impact_ratio.ok().map(ratio));
    add("Of its share of those who came", at.representation_ratio.ok().map(ratio));
    let kind = at.test.map_or("Test", |test| match test.kind {
        TestKind::ChiSquared => "χ²: chance",
        TestKind::Fisher => "Fisher\u{2019}s exact test: chance",
    });
    let chance = |p: f64| if p < 0.0001 { "under 0.0001".to_owned() } else { number(p, 4) };
    add(kind, at.test.ok().map(|test| chance(test.p_value)));
    add("Corrected for every group (Holm)", at.p_holm.ok().map(chance));
    lines
}

/// The odds within providers and within referrers, beside those of all together.
fn within(check: &Assessment, gate: usize, group: usize) -> Vec<Input> {
    let at_gate = &check.gates[gate];
    let mut lines = Vec::new();
    for (label, strata) in [
        ("Odds within each office", &at_gate.within_providers),
        ("Odds within each referrer", &at_gate.within_referrers),
    ] {
        let Some(of_group) = strata.get(group) else { continue };
        let words = of_group.odds_ratio.map_or_else(|why| why.0.to_owned(), ratio);
        lines.push(Input::plain(0, label, words));
        if let Ok(limits) = of_group.limits {
            lines.push(Input::plain(1, "95 %", from_to(limits, ratio)));
        }
        if let Ok(crude) = of_group.crude_odds_ratio {
            lines.push(Input::plain(1, "All together", ratio(crude)));
        }
    }
    lines
}

fn changes(at: &crate::analysis::reach::caseload::gates::GroupAtGate) -> Vec<String> {
    match at.fewer_than_others {
        Ok(fewer) if fewer >= 0.5 => {
            vec![format!(
                "{} more of them would have passed at the share of everyone else.",
                number(fewer, 0)
            )]
        }
        Ok(fewer) if fewer <= -0.5 => {
            vec![format!(
                "{} fewer of them would have passed at the share of everyone else.",
                number(-fewer, 0)
            )]
        }
        _ => Vec::new(),
    }
}

/// A provider beside what its people lead one to expect.
pub(super) fn provider(known: &Known<'_>, gate: usize, provider: usize) -> Option<Explanation> {
    let (counted, check) = found(known)?;
    let at_gate = check.gates.get(gate)?;
    let (place, at) = (counted.providers.get(provider)?, at_gate.providers.get(provider)?);
    if !check.small.tells_rate_of_provider(provider, gate) {
        return Some(Explanation {
            title: "Why is it hidden?".to_owned(),
            formula: vec![format!("{} has a count that is small or would give one away.", place.name)],
            source: PROVIDER_SOURCE,
            ..Explanation::default()
        });
    }
    let mut inputs = vec![
        Input::plain(0, "Passed", number(at.passage.passed as f64, 0)),
        Input::plain(0, "Came", number(at.passage.eligible as f64, 0)),
    ];
    let expected = at.expected.map_or_else(|why| why.0.to_owned(), |expected| number(expected, 1));
    inputs.push(Input::plain(0, "Expected of its people", expected));
    inputs.push(Input::plain(
        0,
        "Observed over expected",
        at.ratio.map_or_else(|why| why.0.to_owned(), ratio),
    ));
    if let Ok(limits) = at.limits {
        inputs.push(Input::plain(1, "95 %", from_to(limits, ratio)));
    }
    if let Ok(spread) = &at_gate.spread {
        inputs.push(Input::plain(0, "Spread of the offices told, φ", ratio(spread.phi)));
        inputs.push(Input::plain(0, "Added to the limits, τ²", number(spread.tau_squared, 4)));
    }
    Some(Explanation {
        title: at.ratio.map_or_else(|_| "Why no ratio?".to_owned(), |value| format!("Why {}?", ratio(value))),
        formula: vec![format!(
            "What {} did at “{}”, over what it would have done had each of its groups passed as often as that group does at \
             all offices.",
            place.name, at_gate.name
        )],
        inputs,
        source: PROVIDER_SOURCE,
        ..Explanation::default()
    })
}

/// The caseloads under the inner limit of the funnel.
pub(super) fn falling_short(known: &Known<'_>) -> Option<Explanation> {
    let (counted, check) = found(known)?;
    let Ok(funnel) = &check.served else { return None };
    let gates = |at: usize| counted.gates.get(at).map_or("", String::as_str);
    let mut inputs = Vec::new();
    for point in funnel.falling_short() {
        let names = (counted.providers.get(point.provider)?, counted.groups.get(point.group)?);
        let words = format!("{} of {}", point.passage.passed, point.passage.eligible);
        inputs.push(
            Input::plain(0, format!("{}: {}", names.0.name, names.1.name), words)
                .with_why(Question::Passing { gate: funnel.to, group: point.group }),
        );
    }
    Some(Explanation {
        title: "Who was left out?".to_owned(),
        formula: vec![
            format!(
                "{} of all who passed “{}” passed “{}”: the equal share.",
                percent(funnel.share),
                gates(funnel.from),
                gates(funnel.to)
            ),
            "Listed are caseloads whose share is under the limit that chance alone keeps in 95 of 100; chance alone puts \
             about 1 in 40 there, or fewer."
                .to_owned(),
            "Left out are those who would have passed at the equal share and did not.".to_owned(),
        ],
        inputs,
        assumptions: vec![capital("under ten people a caseload is drawn and not judged.")],
        source: "Prediction limits of a share: exact binomial, or share ± z·√(share·(1 − share)/n) where over 100 are on \
                 either side (Spiegelhalter 2005)",
        ..Explanation::default()
    })
}
