//! Why? on the response, on thresholds, on forecasts, on what the money buys, and on the ways to fix a design.

use super::{EditPlace, Explanation, Input, Known, Question, comparison};
use crate::{
    analysis::{
        Figure,
        reach::{
            self, Cliff, Effect, Forecast, OptionReach, PriceLimits, Regrouping, Way, WayKind, cliff, curve,
            forecasts,
        },
    },
    model::{
        ids::OptionId,
        wording::{
            capital, chance, in_words, number, percent, percent_to_tenth, pounds, short_pounds, signed_pounds,
        },
    },
};

/// What is asked of a payment design besides its verdict and its gains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReachQuestion {
    /// The shares and the people left out over the whole £ scale.
    Response,
    /// What a threshold would do; the what-if in tenths of a point.
    Threshold(i32),
    /// How far the forecast may fall.
    Forecast,
    /// What the money buys: deadweight, income at risk, the start fee's part.
    Money,
    /// What was measured against a comparison group, and what the rule makes of it.
    Measured,
    /// A way to fix the design.
    Way(WayKind),
}

const RESPONSE_SOURCE: &str = "Quantal response: share = floor + (cap \u{2212} floor)/(1 + exp(\u{2212}G/s)) \
                               (McKelvey & Palfrey 1995)";
const THRESHOLD_SOURCE: &str =
    "1 \u{2212} \u{3a6}((\u{3c4} \u{2212} \u{3b4})/SE); exact binomial under 200 people";
const FORECAST_SOURCE: &str = "The supported outcome rate at which the gain from supporting is nought";
const MONEY_SOURCE: &str = "Deadweight \u{3a3} n\u{b7}o\u{b7}q / \u{3a3} n\u{b7}o\u{b7}p; whatever the result \u{3a3} n\u{b7}(a \
                            + sure milestones) / \u{3a3} n\u{b7}(c \u{2212} k)";
const WAY_SOURCE: &str = "Park-proof (g* + c \u{2212} k)/(p \u{2212} q), equal margins (m* + c \u{2212} a)/p, cheapest \
                          prices by linear programme; shares by the response, never assumed";

pub(super) fn answer(known: &Known<'_>, id: &OptionId, question: ReachQuestion) -> Option<Explanation> {
    let option = known.option_index(id)?;
    let reach = known.analysis.reach.options.get(option).and_then(Option::as_ref);
    let Some(reach) = reach else {
        return Some(Explanation {
            title: "Why is nothing known?".to_owned(),
            option: Some(option),
            formula: vec![
                "Nothing is known of how this option pays, or there are no need groups.".to_owned(),
            ],
            source: RESPONSE_SOURCE,
            ..Explanation::default()
        });
    };
    let mut answer = match question {
        ReachQuestion::Response => response(known, id, option, reach),
        ReachQuestion::Threshold(tenths) => threshold(known, option, f64::from(tenths) / 10.0),
        ReachQuestion::Forecast => forecast(known, id, option, reach),
        ReachQuestion::Money => money(id, reach),
        ReachQuestion::Measured => comparison::measured(known, id),
        ReachQuestion::Way(kind) => way(known, id, reach, kind),
    };
    answer.option = Some(option);
    if !matches!(question, ReachQuestion::Money | ReachQuestion::Measured) {
        answer.assumptions.extend(reach.assumed.iter().cloned());
    }
    Some(answer)
}

fn figure(value: Figure, words: impl Fn(f64) -> String) -> String {
    value.map_or_else(|why| format!("not known: {}", why.0), words)
}

fn response(known: &Known<'_>, id: &OptionId, option: usize, reach: &OptionReach) -> Explanation {
    let mut inputs = Vec::new();
    for (group, figures) in known.workspace.question.need_groups.iter().zip(&reach.groups) {
        let [follows, own, apart] = figures.share_supported_at;
        let shares = [follows, own, apart].map(|share| figure(share, percent));
        let why = Question::Gain(id.clone(), group.id.clone());
        inputs.push(Input::plain(0, group.short_name(), shares[1].clone()).with_why(why));
        inputs.push(Input::plain(1, "Follows every pound", shares[0].clone()));
        inputs.push(Input::plain(1, "Money no longer tells groups apart", shares[2].clone()));
        inputs.push(Input::plain(1, "Gain from supporting", figure(figures.gain, signed_pounds)));
    }
    let mut formula = vec![
        "The smaller the scale, the more sharply the provider follows the gain from supporting.".to_owned(),
        format!("The scale now: {} a person.", pounds(known.workspace.reach.response_scale.pounds())),
    ];
    if let Some((fewest, most)) = curve(known.workspace, option).and_then(|curve| curve.left_out_range()) {
        formula.push(format!(
            "Over the whole of the dial {} to {} people a year are left out.",
            number(fewest, 0),
            number(most, 0)
        ));
    }
    Explanation {
        title: "Why these shares?".to_owned(),
        formula,
        inputs,
        changes: vec![
            "Prices, a standard for everybody or reserved places change them; the dial does not.".to_owned(),
        ],
        source: RESPONSE_SOURCE,
        ..Explanation::default()
    }
}

fn threshold(known: &Known<'_>, option: usize, what_if: f64) -> Explanation {
    let found = cliff(known.workspace, option, &known.analysis.reach.options, what_if);
    let (formula, inputs) = match &found {
        Err(why) => (vec![format!("Not known: {}.", why.0)], Vec::new()),
        Ok(cliff) => (
            vec![
                "Far below the threshold effort stops, at it effort concentrates, and noise decides."
                    .to_owned(),
                format!(
                    "{} people, {} of whom would succeed without a service.",
                    number(cliff.people, 0),
                    percent(cliff.without)
                ),
                if cliff.fewer.is_some() {
                    "The threshold is a term: events are held against those of the comparison group."
                        .to_owned()
                } else if cliff.is_term {
                    "The threshold is a term: the rate of the cohort is held against it.".to_owned()
                } else {
                    "A what-if: the cohort is held against a comparison group of the same size.".to_owned()
                },
            ],
            threshold_lines(known, cliff, option),
        ),
    };
    Explanation {
        title: "Why these chances of payment?".to_owned(),
        formula,
        inputs,
        source: THRESHOLD_SOURCE,
        ..Explanation::default()
    }
}

fn threshold_lines(known: &Known<'_>, cliff: &Cliff, option: usize) -> Vec<Input> {
    let at = |effect: f64| figure(cliff.chance(effect), chance);
    let points = |effect: f64| format!("{} points", number(effect, 1));
    let mut lines = vec![
        Input::plain(0, "At no effect", at(0.0)),
        Input::plain(0, format!("At the threshold, {}", points(cliff.threshold)), at(cliff.threshold)),
    ];
    for point in &cliff.options {
        let label = format!("{}, predicted {}", known.badge(point.option), points(point.effect));
        lines.push(Input::plain(0, label, chance(point.chance)));
    }
    lines.push(Input::plain(0, "What hangs on results in a year", figure(cliff.at_stake, short_pounds)));
    let own = cliff.options.iter().find(|point| point.option == option).map(|point| point.effect);
    let places =
        [("at no effect", Some(0.0)), ("as predicted", own), ("at the threshold", Some(cliff.threshold))];
    for (where_, effect) in places.into_iter().filter_map(|(words, effect)| Some((words, effect?))) {
        let worth = figure(cliff.worth_of_one_more(effect), pounds);
        lines.push(Input::plain(1, format!("One more success {where_} is worth"), worth));
    }
    lines
}

fn forecast(known: &Known<'_>, id: &OptionId, option: usize, reach: &OptionReach) -> Explanation {
    let (each, _) = forecasts(known.workspace, option, reach);
    let mut inputs = Vec::new();
    for (group, of_group) in known.workspace.question.need_groups.iter().zip(&each) {
        let Forecast { forecast, paid, fair, .. } = of_group;
        let stated = forecast.map_or("not stated".to_owned(), percent_to_tenth);
        let edit = EditPlace::NeedGroup(group.id.clone());
        inputs.push(
            Input::plain(0, group.short_name(), format!("forecast {stated}"))
                .with_why(Question::Gain(id.clone(), group.id.clone()))
                .with_edit(edit),
        );
        inputs.push(Input::plain(1, "Parks at the price paid under", figure(*paid, percent_to_tenth)));
        inputs.push(Input::plain(1, "Parks at the fair price under", figure(*fair, percent_to_tenth)));
        inputs.extend(of_group.beside().into_iter().map(|words| Input::plain(1, capital(&words), "")));
    }
    Explanation {
        title: "Why does so much rest on the forecast?".to_owned(),
        formula: vec![
            "Support pays only as far as it raises the outcome. If fewer succeed than forecast, it pays to park."
                .to_owned(),
        ],
        inputs,
        source: FORECAST_SOURCE,
        ..Explanation::default()
    }
}

fn money(id: &OptionId, reach: &OptionReach) -> Explanation {
    let terms = EditPlace::Terms(id.clone());
    Explanation {
        title: "What does the money buy?".to_owned(),
        formula: vec!["What is paid for results that would have come anyway buys nothing.".to_owned()],
        inputs: vec![
            Input::plain(
                0,
                "Paid for what would have happened anyway",
                figure(reach.deadweight_share, percent),
            ),
            Input::plain(0, "Income that hangs on results", figure(reach.income_at_risk_share, percent))
                .with_edit(terms.clone()),
            Input::plain(
                0,
                "Cost of support that is paid whatever the result",
                figure(reach.certain_share_of_extra_cost, percent),
            )
            .with_edit(terms),
            Input::plain(0, "Largest gain less the smallest", figure(reach.incentive_gap, pounds)),
            Input::plain(
                0,
                "\u{3b7}\u{b2}: of the outcome, what groups tell apart",
                figure(reach.between_group_variance, percent_to_tenth),
            ),
            Input::plain(0, "Cost a year as predicted", figure(reach.cost_per_year, short_pounds)),
        ],
        assumptions: reach.assumed.clone(),
        source: MONEY_SOURCE,
        ..Explanation::default()
    }
}

fn way(known: &Known<'_>, id: &OptionId, now: &OptionReach, kind: WayKind) -> Explanation {
    let found = reach::way(known.workspace, id, kind, &PriceLimits::default());
    let mut answer = Explanation {
        title: format!("What would \u{201c}{}\u{201d} do?", kind.words()),
        formula: vec![kind.says().to_owned()],
        source: WAY_SOURCE,
        ..Explanation::default()
    };
    answer.formula.extend(kind.contains(PriceLimits::default().target_gain));
    match found {
        Way { regrouping: Some(regrouping), .. } => {
            answer.inputs = regrouping_lines(known, now, &regrouping);
            answer.assumptions = vec![
                "Inside a group the chance of success is normal, and half of its people lie on either side of the middle."
                    .to_owned(),
                "The rates of parked people rise and fall with it in proportion; costs are the same in both halves."
                    .to_owned(),
            ];
        }
        Way { effect: Some(effect), .. } => answer.inputs = way_lines(known, now, &effect),
        Way { copy: Err(why), .. } => answer.formula.push(format!("It does not apply: {}.", why.0)),
        Way { .. } => {}
    }
    answer
}

/// What a finer grouping comes to, group by group.
fn regrouping_lines(known: &Known<'_>, now: &OptionReach, found: &Regrouping) -> Vec<Input> {
    let mut lines = sums(now, &found.effect);
    lines.push(Input::plain(0, "Each half: success, price, and share supported", ""));
    for (group, split) in known.workspace.question.need_groups.iter().zip(&found.groups) {
        let Some(split) = split else { continue };
        lines.push(Input::plain(0, group.short_name(), ""));
        for (name, half) in [("Harder half", split.harder), ("Easier half", split.easier)] {
            let words = format!(
                "{}, {}, {}",
                percent_to_tenth(half.rate),
                figure(half.price, pounds),
                figure(half.share, percent)
            );
            lines.push(Input::plain(1, name, words));
        }
        for (words, worth) in [
            ("Picking inside it is worth now", split.picking_now),
            ("At the park-proof price of the whole", split.picking_whole),
            ("Inside a half", split.picking_split),
        ] {
            lines.push(Input::plain(1, words, figure(worth, pounds)));
        }
    }
    lines.push(Input::plain(0, "Verdict", reach::Verdict::words(found.effect.reach.verdict)));
    lines
}

/// What a design comes to as a whole, now and then.
fn sums(now: &OptionReach, effect: &Effect) -> Vec<Input> {
    let then = &effect.reach;
    let both = |words: &str, before: Figure, after: Figure, write: fn(f64) -> String| {
        Input::plain(0, words, format!("{} \u{2192} {}", figure(before, write), figure(after, write)))
    };
    let left = |v: f64| number(v, 0);
    vec![
        both("People left out a year", now.left_out_per_year, then.left_out_per_year, left),
        both("Cost a year as predicted", now.cost_per_year, then.cost_per_year, short_pounds),
        Input::plain(0, "Cost a year at the equal share", figure(effect.cost_at_equal_share, short_pounds)),
        Input::plain(0, "Later cost of those left out, a year", figure(effect.bill_per_year, short_pounds)),
        Input::plain(0, "Groups that it pays to park", in_words(effect.parked())),
        Input::plain(
            0,
            "Still holds so far below the forecast",
            figure(effect.room_below_forecast, percent_to_tenth),
        ),
    ]
}

fn way_lines(known: &Known<'_>, now: &OptionReach, effect: &Effect) -> Vec<Input> {
    let then = &effect.reach;
    let mut lines = sums(now, effect);
    lines.push(Input::plain(0, "Each group: gain, and share supported", ""));
    for (group, of_group) in known.workspace.question.need_groups.iter().zip(&then.groups) {
        let words = format!(
            "{}, {}",
            figure(of_group.gain, signed_pounds),
            figure(of_group.share_supported_at[1], percent)
        );
        lines.push(Input::plain(1, group.short_name(), words));
    }
    lines.push(Input::plain(0, "Verdict", reach::Verdict::words(then.verdict)));
    lines
}
