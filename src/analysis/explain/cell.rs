//! Why one cell of the performance matrix is worth what it is, and what it adds.

use super::{Dissenter, EditPlace, Explanation, Input, Known, Question, balance::SOURCE};
use crate::{
    analysis::balance::{
        CellValue, WeightBasis,
        certainty::{Certainty, half_way},
        sensitivity::failing_words,
        value::ValueFunction,
    },
    model::{
        balance::{Better, Factor, Must, Scale, Score, ScoreLevel, Speaker},
        challenge::grade_words,
        ids::{FactorId, OptionId},
        wording::{day, decimals_of, decimals_used, list, number, with_unit},
    },
};

pub(super) fn cell(known: &Known<'_>, option_id: &OptionId, factor_id: &FactorId) -> Option<Explanation> {
    let (option, f) = (known.option_index(option_id)?, known.factor_index(factor_id)?);
    let factor = &known.workspace.balance.factors[f];
    let score = known.workspace.score(factor_id, option_id);
    let cell = known.cell(f, option)?;
    Some(Explanation {
        title: match cell.value {
            Some(value) => format!("Why {}?", number(value, 0)),
            None => format!("Why {} to {}?", number(cell.low, 0), number(cell.high, 0)),
        },
        option: Some(option),
        formula: formula(known, option, f, score, cell),
        inputs: inputs(known, option, f, cell),
        assumptions: assumptions(factor, score, known),
        evidence: evidence(known, score),
        dissent: dissent(known, score),
        changes: changes(known, option, f),
        source: SOURCE,
        ..Explanation::default()
    })
}

/// A figure of a factor, with its unit and its usual decimals.
pub(super) fn figure(known: &Known<'_>, factor: &Factor, score: f64) -> String {
    with_unit(
        score,
        &factor.unit,
        decimals_of(&known.workspace.balance, factor).max(decimals_used(score).min(2)),
    )
}

/// A score as it stands in its cell: "8.0 pt, 6.2–9.4".
fn score_words(known: &Known<'_>, factor: &Factor, score: Option<&Score>) -> String {
    let plain = |x: f64| number(x, decimals_of(&known.workspace.balance, factor));
    match score.map(|s| &s.level) {
        None | Some(ScoreLevel::Unknown) => "not known".to_owned(),
        Some(ScoreLevel::Point(x)) => figure(known, factor, *x),
        Some(ScoreLevel::Range { low, likely, high }) => {
            format!("{}, {}–{}", figure(known, factor, *likely), plain(*low), plain(*high))
        }
        Some(ScoreLevel::Normal { mean, sd }) => {
            format!("{}, give or take {}", figure(known, factor, *mean), number(*sd, decimals_used(*sd)))
        }
        Some(ScoreLevel::Level(name)) => name.clone(),
    }
}

fn value_words(cell: CellValue) -> String {
    match cell.value {
        Some(value) => number(value, 0),
        None => format!("{} to {}", number(cell.low, 0), number(cell.high, 0)),
    }
}

fn points_words(known: &Known<'_>, f: usize, cell: CellValue) -> String {
    let points = |value: f64| number(value * known.weight(f), 1);
    match cell.value {
        Some(value) => points(value),
        None => format!("{} to {}", points(cell.low), points(cell.high)),
    }
}

/// A weight as a share with one decimal: "13.0 %".
pub(super) fn weight_words(weight: f64) -> String {
    format!("{} %", number(weight * 100.0, 1))
}

/// What lies inside a factor's line of the tree of a total: score, value, weight, evidence.
pub(super) fn inside(known: &Known<'_>, option: usize, f: usize) -> Vec<Input> {
    let factor = &known.workspace.balance.factors[f];
    let (Some(of), Some(cell)) = (known.workspace.question.options.get(option), known.cell(f, option)) else {
        return Vec::new();
    };
    let score = known.workspace.score(&factor.id, &of.id);
    let edit_score = EditPlace::Score(of.id.clone(), factor.id.clone());
    let mut lines = vec![
        Input::plain(2, unit_label("Score", factor), score_words(known, factor, score))
            .with_edit(edit_score.clone()),
        Input::plain(2, "Worth", value_words(cell))
            .with_why(Question::Cell(of.id.clone(), factor.id.clone()))
            .with_edit(EditPlace::Scale(factor.id.clone())),
        Input::plain(2, "Weight", weight_words(known.weight(f)))
            .with_why(Question::Weight(factor.id.clone()))
            .with_edit(EditPlace::Swing(factor.id.clone())),
    ];
    for (grade, title) in evidence(known, score) {
        let grade = grade.map_or_else(|| "no grade".to_owned(), |g| format!("grade {g}"));
        lines.push(Input::plain(2, title, grade).with_edit(edit_score.clone()));
    }
    lines
}

fn unit_label(what: &str, factor: &Factor) -> String {
    if factor.unit.is_empty() { what.to_owned() } else { format!("{what}, {}", factor.unit) }
}

fn formula(
    known: &Known<'_>,
    option: usize,
    f: usize,
    score: Option<&Score>,
    cell: CellValue,
) -> Vec<String> {
    let factor = &known.workspace.balance.factors[f];
    let mut lines = Vec::new();
    match (cell.value, score.and_then(|s| likely(&s.level))) {
        (Some(value), Some(x)) => {
            lines.push(format!("{} is worth {} of 100.", figure(known, factor, x), number(value, 0)));
        }
        (Some(value), None) => {
            lines.push(format!(
                "{} is worth {} of 100.",
                score_words(known, factor, score),
                number(value, 0)
            ));
        }
        (None, _) => lines.push("The score is not known, so it counts from 0 to 100.".to_owned()),
    }
    lines.extend(scale_words(known, factor));
    if let Some(value) = cell.value {
        lines.push(format!(
            "{} × {} = {} points{}.",
            number(value, 0),
            weight_words(known.weight(f)),
            points_words(known, f, cell),
            of_total(known, option)
        ));
    }
    lines
}

/// " of B’s 67", or nothing when the total is not known.
fn of_total(known: &Known<'_>, option: usize) -> String {
    let total = known.analysis.balance.options.get(option).and_then(|o| o.value);
    total.map_or_else(String::new, |v| format!(" of {}’s {}", known.badge(option), number(v, 0)))
}

fn likely(level: &ScoreLevel) -> Option<f64> {
    match level {
        ScoreLevel::Point(x) => Some(*x),
        ScoreLevel::Range { likely, .. } => Some(*likely),
        ScoreLevel::Normal { mean, .. } => Some(*mean),
        ScoreLevel::Unknown | ScoreLevel::Level(_) => None,
    }
}

/// How the factor turns a score into a value.
fn scale_words(known: &Known<'_>, factor: &Factor) -> Vec<String> {
    let figure = |x: f64| figure(known, factor, x);
    match &factor.scale {
        Scale::Linear { worst, best } => {
            vec![format!("A straight line from {} (0) to {} (100).", figure(*worst), figure(*best))]
        }
        Scale::Local { better } => vec![format!(
            "A straight line from the {} score among the options (0) to the {} (100).",
            if *better == Better::Higher { "lowest" } else { "highest" },
            if *better == Better::Higher { "highest" } else { "lowest" }
        )],
        Scale::Points(points) => {
            let through: Vec<String> = points
                .iter()
                .map(|&(x, v)| format!("{} = {}", figure(x), number(v, decimals_used(v))))
                .collect();
            let through: Vec<&str> = through.iter().map(String::as_str).collect();
            let mut lines = vec![format!("Straight lines through {}.", list(&through))];
            lines.extend(
                steepest_step(points).map(|(from, to)| {
                    format!("The step from {} to {} counts most.", figure(from), figure(to))
                }),
            );
            lines
        }
        Scale::Levels(levels) => {
            let worth: Vec<String> = levels
                .iter()
                .map(|l| format!("{} = {}", l.name, number(l.value, decimals_used(l.value))))
                .collect();
            let worth: Vec<&str> = worth.iter().map(String::as_str).collect();
            vec![format!("Each level has its value: {}.", list(&worth))]
        }
        Scale::Direct => vec!["The score is given straight as a value from 0 to 100.".to_owned()],
        Scale::LowestPrice => vec!["The lowest price over this price, times 100.".to_owned()],
    }
}

/// The one step between set points on which a unit of score is worth most; `None` when two are as steep.
fn steepest_step(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let mut steps: Vec<(f64, (f64, f64))> = points
        .windows(2)
        .filter(|pair| pair[1].0 > pair[0].0)
        .map(|pair| (((pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0)).abs(), (pair[0].0, pair[1].0)))
        .collect();
    steps.sort_by(|a, b| b.0.total_cmp(&a.0));
    match steps.as_slice() {
        [first, second, ..] if first.0 > second.0 * (1.0 + 1e-9) => Some(first.1),
        _ => None,
    }
}

fn inputs(known: &Known<'_>, option: usize, f: usize, cell: CellValue) -> Vec<Input> {
    let factor = &known.workspace.balance.factors[f];
    let Some(of) = known.workspace.question.options.get(option) else { return Vec::new() };
    let score = known.workspace.score(&factor.id, &of.id);
    let swings = &known.analysis.balance.swings;
    let weight_label = match known.analysis.balance.weight_basis {
        WeightBasis::Even => format!("One of {} factors, all alike", swings.len()),
        WeightBasis::Swings | WeightBasis::Ballots => {
            format!("Swing {} of {}", known.swing(f), plain(swings.iter().sum()))
        }
    };
    let edited = score.and_then(|s| s.edited.as_ref()).map(|edit| {
        let words = match edit.by.as_str() {
            "" => day(edit.on),
            by => format!("{by}, {}", day(edit.on)),
        };
        Input::plain(0, "Last edited", words).with_edit(EditPlace::Score(of.id.clone(), factor.id.clone()))
    });
    let mut lines = vec![
        Input::plain(0, unit_label("Score", factor), score_words(known, factor, score))
            .with_edit(EditPlace::Score(of.id.clone(), factor.id.clone())),
        Input::plain(0, "Value", value_words(cell))
            .with_bar(cell.value.unwrap_or(cell.low) / 100.0)
            .on_side(factor.side)
            .with_edit(EditPlace::Scale(factor.id.clone())),
        Input::plain(0, weight_label, format!("× {}", number(known.weight(f), 3)))
            .with_why(Question::Weight(factor.id.clone()))
            .with_edit(EditPlace::Swing(factor.id.clone())),
        Input::plain(0, format!("Points{}", of_total(known, option)), points_words(known, f, cell))
            .with_why(Question::Total(of.id.clone())),
    ];
    lines.extend(edited);
    lines
}

/// Swing points without needless decimals.
pub(super) fn plain(points: f64) -> String {
    number(points, decimals_used(points))
}

fn assumptions(factor: &Factor, score: Option<&Score>, known: &Known<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if score.is_some_and(|s| s.provisional) {
        lines.push("The score is provisional: a first guess that still has to be settled.".to_owned());
    }
    if matches!(factor.scale, Scale::Local { .. } | Scale::LowestPrice) {
        lines.push("The scale hangs on the options present: dropping one can change this value.".to_owned());
    }
    match score.map(|s| &s.level) {
        Some(ScoreLevel::Point(_)) => lines.push("The score is taken as sure.".to_owned()),
        Some(ScoreLevel::Normal { .. }) => {
            lines.push("The score is drawn from a normal distribution.".to_owned());
        }
        _ => {}
    }
    let ends = value_function(known, factor).ends();
    if let (Some((from, to)), Some(x)) = (ends, score.and_then(|s| likely(&s.level)))
        && !(from..=to).contains(&x)
    {
        lines.push("The score lies past the end of the scale and is worth what the end is worth.".to_owned());
    }
    match factor.must {
        Some(Must::AtLeast(x)) => lines.push(format!("An option must reach {}.", figure(known, factor, x))),
        Some(Must::AtMost(x)) => {
            lines.push(format!("An option must not pass {}.", figure(known, factor, x)));
        }
        None => {}
    }
    lines.extend(score.filter(|s| !s.note.is_empty()).map(|s| format!("Note: {}", s.note)));
    lines
}

fn value_function(known: &Known<'_>, factor: &Factor) -> ValueFunction {
    let present = known.workspace.question.options.iter();
    let scores =
        present.filter_map(|o| known.workspace.score(&factor.id, &o.id)).filter_map(|s| likely(&s.level));
    ValueFunction::of(&factor.scale, scores)
}

/// The items behind a score; where none is named, its own source and grade.
fn evidence(known: &Known<'_>, score: Option<&Score>) -> Vec<(Option<u8>, String)> {
    let Some(score) = score else { return Vec::new() };
    let items = known.workspace.challenge.evidence.iter().filter(|e| score.evidence.contains(&e.id));
    // A cell can make less of an item than the item's own grade.
    let named: Vec<_> = items
        .map(|e| (score.grade.map_or(e.grade, |g| e.grade.map(|own| own.min(g))), e.title.clone()))
        .collect();
    if !named.is_empty() {
        return named;
    }
    match (score.source.is_empty(), score.grade) {
        (true, None) => Vec::new(),
        (true, Some(grade)) => {
            vec![(
                Some(grade),
                grade_words(grade).map_or_else(String::new, |w| format!("No source named: {w}")),
            )]
        }
        (false, grade) => vec![(grade, score.source.clone())],
    }
}

/// Who does not agree with a score, stakeholders by their name in the register.
fn dissent(known: &Known<'_>, score: Option<&Score>) -> Vec<Dissenter> {
    let Some(score) = score else { return Vec::new() };
    let edit = || EditPlace::Score(score.option.clone(), score.factor.clone());
    let who = |speaker: &Speaker| match speaker {
        Speaker::Role(role) => role.clone(),
        Speaker::Stakeholder(id) => {
            known.workspace.stakeholder(id).map_or_else(|| id.to_string(), |s| s.name.clone())
        }
    };
    score.dissent.iter().map(|d| Dissenter { who: who(&d.who), text: d.text.clone(), edit: edit() }).collect()
}

fn changes(known: &Known<'_>, option: usize, f: usize) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(doubt(known, option, f).map(|doubt| {
        let total = number(doubt.total, 0);
        let standing = match (known.analysis.balance.leader() == Some(option), doubt.leader == option) {
            (true, true) => format!("{total} and still lead"),
            (false, true) => format!("{total} and lead"),
            (_, false) => format!("{total}, behind {}", known.badge(doubt.leader)),
        };
        format!("At {}, {} would score {standing}.", doubt.end, known.badge(option))
    }));
    let own = break_evens(known, option, f);
    if own.is_empty() {
        lines.extend(no_score_changes_it(known, option, f));
    }
    lines.extend(own);
    lines
}

/// At which score of the cell the lead changes, in a sentence; none where no score changes it.
fn break_evens(known: &Known<'_>, option: usize, f: usize) -> Vec<String> {
    let (balance, factor) = (&known.analysis.balance, &known.workspace.balance.factors[f]);
    let matrix = &balance.performance.matrix;
    let own = balance.score_break_evens().iter().filter(|r| r.option == option && r.factor == f);
    let mut weighed = None;
    own.map(|r| {
        let (badge, to) = (known.badge(option), known.badge(r.to));
        let doubt = half_way(r.is_certain);
        let leaders = balance.leaders();
        if leaders.len() > 1 && leaders.contains(&option) {
            return format!("{badge} ties for the lead, so any change of this score decides{doubt}.");
        }
        let weighed = weighed.get_or_insert_with(|| matrix.weigh(&balance.swings));
        // A figure that was worked out and not given: one decimal more than is usual for the factor.
        let usual = decimals_of(&known.workspace.balance, factor) + 1;
        let written = r.written((matrix, &*weighed), factor, usual);
        let said = |score: f64| with_unit(score, &factor.unit, written.decimals);
        let score = written.found.score_at_reversal;
        match factor.must {
            Some(must) if r.by_must => {
                format!("If {badge} {}, it is struck and {to} leads{doubt}.", failing_words(must, said))
            }
            _ if matches!(factor.scale, Scale::Levels(_)) => {
                format!(
                    "At a level worth {} or past it, {to} would draw level{doubt}.",
                    number(score, decimals_used(score))
                )
            }
            _ if matches!(factor.scale, Scale::Local { .. } | Scale::LowestPrice) => {
                format!("Past {}, {to} would lead{doubt}.", said(score))
            }
            _ if written.is_level => format!("At {}, {to} would draw level{doubt}.", said(score)),
            _ => format!("At {}, {to} would lead{doubt}.", said(score)),
        }
    })
    .collect()
}

/// Said only where every score on the scale was tried, and it is clear who leads: not on levels, for a score that is not
/// known, or while other unknown scores could change the lead.
fn no_score_changes_it(known: &Known<'_>, option: usize, f: usize) -> Option<String> {
    let balance = &known.analysis.balance;
    let leader = balance.leader()?;
    let stands = balance.options.get(option)?.rank.is_some() && balance.ranking.len() > 1;
    let scale = &known.workspace.balance.factors[f].scale;
    let tried = !matches!(scale, Scale::Levels(_));
    let is_known = known.cell(f, option)?.value.is_some() && balance.certainty() == Certainty::Certain;
    (stands && tried && is_known).then(|| {
        if leader == option {
            format!("No score here alone would take the lead from {}.", known.badge(leader))
        } else {
            format!("No score here alone would give {} the lead.", known.badge(option))
        }
    })
}

/// What the doubt in a score could do to the answer.
struct Doubt {
    /// The end of the score that speaks against the present answer: "the low end, 63 %".
    end: String,
    /// The option's total at that end, and how many points that is from today's.
    total: f64,
    points: f64,
    /// Who would lead then.
    leader: usize,
}

/// For the leader the end of the score that costs it most; for any other the end that gains it most. `None` when the
/// score leaves no doubt or the totals are not known.
fn doubt(known: &Known<'_>, option: usize, f: usize) -> Option<Doubt> {
    let balance = &known.analysis.balance;
    let cell = known.cell(f, option)?;
    let total = balance.options.get(option)?.value?;
    let is_leader = balance.leader()? == option;
    let target = if is_leader { cell.low } else { cell.high };
    let points = (target - cell.value?) * known.weight(f);
    if points.abs() < 0.05 {
        return None;
    }
    let new_total = total + points;
    let rivals = balance.ranking.iter().filter(|&&o| o != option);
    let best_rival = rivals.filter_map(|&o| balance.options.get(o)?.value.map(|v| (o, v))).fold(
        None,
        |best: Option<(usize, f64)>, rival| {
            if best.is_some_and(|b| b.1 >= rival.1) { best } else { Some(rival) }
        },
    );
    let leader = best_rival.filter(|rival| rival.1 > new_total).map_or(option, |rival| rival.0);
    Some(Doubt { end: end_words(known, option, f, target)?, total: new_total, points, leader })
}

/// Which end of the score is worth `target`, in words.
fn end_words(known: &Known<'_>, option: usize, f: usize, target: f64) -> Option<String> {
    let factor = &known.workspace.balance.factors[f];
    let id = &known.workspace.question.options.get(option)?.id;
    let level = &known.workspace.score(&factor.id, id)?.level;
    let worth = value_function(known, factor);
    let at = |x: f64| worth.value(x).is_some_and(|v| (v - target).abs() < 1e-9);
    match level {
        ScoreLevel::Range { low, .. } if at(*low) => {
            Some(format!("the low end, {}", figure(known, factor, *low)))
        }
        ScoreLevel::Range { high, .. } if at(*high) => {
            Some(format!("the high end, {}", figure(known, factor, *high)))
        }
        ScoreLevel::Range { likely, .. } => Some(
            worth
                .score_worth(target, *likely)
                .map_or_else(|| "its end".to_owned(), |x| figure(known, factor, x)),
        ),
        ScoreLevel::Normal { mean, .. } => worth.score_worth(target, *mean).map(|x| figure(known, factor, x)),
        _ => None,
    }
}

/// The score of an option whose doubt matters most, and what it would do, in one sentence.
pub(super) fn most_doubtful(known: &Known<'_>, option: usize) -> Option<String> {
    let factors = &known.workspace.balance.factors;
    let (f, doubt) = (0..factors.len()).filter_map(|f| doubt(known, option, f).map(|d| (f, d))).fold(
        None,
        |most: Option<(usize, Doubt)>, next| {
            if most.as_ref().is_some_and(|m| m.1.points.abs() >= next.1.points.abs()) {
                most
            } else {
                Some(next)
            }
        },
    )?;
    let standing = match (known.analysis.balance.leader() == Some(option), doubt.leader == option) {
        (true, true) => "still ahead".to_owned(),
        (false, true) => "ahead of all".to_owned(),
        (true, false) => format!("behind {}", known.badge(doubt.leader)),
        (false, false) => format!("still behind {}", known.badge(doubt.leader)),
    };
    Some(format!("{} at {}: {}, {standing}.", factors[f].short_name(), doubt.end, number(doubt.total, 0)))
}

impl Known<'_> {
    /// The normalised weight of a factor, 0 when there are no weights.
    pub(super) fn weight(&self, factor: usize) -> f64 {
        self.analysis.balance.weights.get(factor).copied().unwrap_or(0.0)
    }

    /// The swing points in force for a factor, in words.
    pub(super) fn swing(&self, factor: usize) -> String {
        self.analysis.balance.swings.get(factor).map_or_else(|| "not given".to_owned(), |&s| plain(s))
    }

    fn cell(&self, factor: usize, option: usize) -> Option<CellValue> {
        self.analysis.balance.cells().get(factor)?.get(option).copied()
    }
}
