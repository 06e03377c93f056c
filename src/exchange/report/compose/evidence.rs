//! What the answer rests on.

use super::{
    decided::named,
    left_out::in_view,
    terms::Detail,
    writing::{Writing, anchors, figures as column, row, words},
};
use crate::{
    analysis::explain::{Explanation, Question, RestsOn, WorkedOut, explain},
    exchange::report::Cell,
    model::{
        challenge::{Evidence, grade_words},
        question::ServiceOption,
        wording::{capital, counted, in_words, percent},
    },
};

/// Grades up to this one are those of opinion and of a single case.
const WEAK: u8 = 2;

/// 10 Evidence.
pub(super) fn evidence(w: &mut Writing<'_>) {
    w.section(anchors::EVIDENCE, "Evidence", |w| {
        resting(w);
        items(w, false);
        assumptions(w);
    });
}

/// The option recommended, or else all that lead, each with why its total is what it is.
fn totals<'a>(w: &Writing<'a>) -> Vec<(&'a ServiceOption, Explanation)> {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let why = |place: usize| {
        let option = workspace.question.options.get(place)?;
        let why = explain(&Question::Total(option.id.clone()), workspace, analysis, WorkedOut::default())?;
        Some((option, why))
    };
    in_view(w).into_iter().filter_map(why).collect()
}

/// How much of the weight rests on which grade, for the option recommended: each option has scores, and grades, of its own.
pub(super) fn resting(w: &mut Writing<'_>) {
    for (option, why) in totals(w) {
        if let Some(rests) = why.rests_on {
            resting_of(w, option, &rests);
        }
    }
}

fn resting_of(w: &mut Writing<'_>, option: &ServiceOption, rests: &RestsOn) {
    let name = named(option);
    if rests.shares.iter().all(|(grade, _)| grade.is_none()) {
        w.say(format!("Nobody has graded the evidence behind the scores of {name}."));
        return;
    }
    let weak: f64 = rests
        .shares
        .iter()
        .filter(|(grade, _)| grade.is_none_or(|g| g <= WEAK))
        .map(|(_, share)| share)
        .sum();
    let opinion: f64 =
        rests.shares.iter().filter(|(grade, _)| *grade == Some(1)).map(|(_, share)| share).sum();
    let mut said = format!("For {name}: {}", rests.sentence);
    if opinion > 0.0 {
        said += &format!(" {} rests on opinion alone.", percent(opinion));
    }
    if weak <= 0.0 {
        said += " None of it rests on opinion or a single case.";
    }
    w.say(said);
    let rows: Vec<Vec<Cell>> = rests
        .shares
        .iter()
        .map(|(grade, share)| {
            let (name, meaning) = match grade {
                Some(grade) => (grade.to_string(), grade_words(*grade).unwrap_or_default()),
                None => ("none".to_owned(), "nobody has graded it"),
            };
            row([name, meaning.to_owned(), percent(*share)])
        })
        .collect();
    w.table(
        &format!("how much of the weight rests on evidence of which grade, for {name}"),
        vec![words("Grade", 0.8), words("What it means", 3.0), column("Share of the weight", 1.4)],
        rows,
        "Grades run from 1, opinion, to 5, full records.",
    );
}

/// The items of evidence, with what they say: every one, or those that are weak or assumed.
pub(super) fn items(w: &mut Writing<'_>, every: bool) {
    let all = &w.inputs.workspace.challenge.evidence;
    if all.is_empty() {
        if !w.inputs.workspace.balance.factors.is_empty() {
            w.gap("No items of evidence have been listed, and nobody has looked for what contradicts the scores.");
        }
        return;
    }
    let is_weak = |item: &&Evidence| item.assumed || item.grade.is_none_or(|grade| grade <= WEAK);
    let told: Vec<&Evidence> = all.iter().filter(|item| every || is_weak(item)).collect();
    if !every {
        let (items, weak) = (counted(all.len(), "item", "items"), told.len());
        let stand = if all.len() == 1 { "stands" } else { "stand" };
        let which = match (all.len(), weak) {
            (1, 0) => "it is no opinion, no single case and not assumed".to_owned(),
            (_, 0) => "none is an opinion, a single case or assumed".to_owned(),
            (1, _) => "it is weak or assumed".to_owned(),
            (_, 1) => "one of them is weak or assumed".to_owned(),
            (_, weak) => format!("{} of them are weak or assumed", in_words(weak)),
        };
        let has_scores = !w.inputs.workspace.balance.scores.is_empty();
        let there = if has_scores {
            format!("{stand} behind the scores")
        } else if all.len() == 1 {
            "is listed".to_owned()
        } else {
            "are listed".to_owned()
        };
        let words = format!("{} of evidence {there}; {which}.", capital(&items));
        w.say(words);
    }
    let sources = w.terms.shows(Detail::Sources);
    let rows: Vec<Vec<Cell>> = told
        .iter()
        .map(|item| {
            let grade = item.grade.map_or_else(|| "none".to_owned(), |grade| grade.to_string());
            let kind = if item.assumed { "Assumed: " } else { "" };
            let mut cells = row([item.title.clone(), grade, format!("{kind}{}", item.says)]);
            if sources {
                cells.push(Cell::plain(item.source.clone()));
            }
            cells
        })
        .collect();
    let mut columns = vec![words("Evidence", 2.2), column("Grade", 0.7), words("What it says", 3.0)];
    if sources {
        columns.push(words("Where it is found", 2.0));
    }
    let note = if sources { "" } else { "Where it is found is left out of this paper." };
    let caption = if every { "all evidence" } else { "evidence that is weak or assumed" };
    w.table(caption, columns, rows, note);
}

/// What every total takes for granted.
fn assumptions(w: &mut Writing<'_>) {
    let Some((_, total)) = totals(w).into_iter().next() else { return };
    if total.assumptions.is_empty() || w.inputs.analysis.balance.ranking.is_empty() {
        return;
    }
    // Warnings stand where it is told what would change the answer.
    let warnings = w.inputs.analysis.balance.warnings();
    let own = |words: &String| !warnings.iter().any(|warning| warning.text == *words);
    let assumed: Vec<String> = total.assumptions.into_iter().filter(own).collect();
    w.say("Taken for granted in every total:");
    w.points(assumed);
}
