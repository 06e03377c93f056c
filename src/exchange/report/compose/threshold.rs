//! What is paid only past a threshold: the chance of being paid, and what was measured.

use super::{
    decided::named,
    figures,
    terms::Detail,
    writing::{Writing, cell, figures as column, words},
};
use crate::{
    analysis::reach::{
        ChanceOfPayment, OptionReach,
        comparison::{JudgedCohort, judged},
    },
    exchange::report::Cell,
    model::{
        reach::{Terms, Threshold},
        wording::{chance, lower_first, percent_to_tenth},
    },
};

/// An option of which all is paid or nothing.
struct Cliff<'a> {
    /// "A  Bond as agreed in 2010"
    called: String,
    name: &'a str,
    terms: &'a Terms,
    chances: &'a [ChanceOfPayment],
    measured: Vec<JudgedCohort>,
}

/// The options that pay all or nothing, in the order of the paper.
fn cliffs<'a>(w: &Writing<'a>) -> Vec<Cliff<'a>> {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let of = |o: usize| {
        let option = &workspace.question.options[o];
        let terms = workspace.terms(&option.id).filter(|terms| terms.threshold.is_all_or_nothing())?;
        let reach: Option<&OptionReach> = figures::reach_of(analysis, o);
        Some(Cliff {
            called: format!("{}  {}", option.badge, named(option)),
            name: named(option),
            terms,
            chances: reach.map_or(&[], |reach| &reach.chances_of_payment),
            measured: judged(terms),
        })
    };
    figures::in_order(workspace, analysis).into_iter().filter_map(of).collect()
}

/// What each such option asks for, how likely it is to be paid by what is really achieved, and what was measured.
pub(super) fn past_a_threshold(w: &mut Writing<'_>) {
    let cliffs = cliffs(w);
    for cliff in &cliffs {
        w.say(asks_for(cliff));
    }
    for cliff in cliffs.iter().filter(|cliff| cliff.chances.is_empty()) {
        w.gap(format!(
            "The chance that {} pays is not known: the number of people behind the threshold, or their outcome rates, are missing.",
            cliff.name
        ));
    }
    chances(w, &cliffs);
    measured(w, &cliffs);
}

/// "Bond pays only where a cohort has at least 10 % fewer events than its comparison group; or, for all cohorts together,
/// 7.5 % fewer."
fn asks_for(cliff: &Cliff<'_>) -> String {
    let name = cliff.name;
    match cliff.terms.threshold {
        Threshold::Binary(rate) => {
            format!(
                "{name} pays for results only where at least {} reach the outcome; under that nothing.",
                percent_to_tenth(rate)
            )
        }
        Threshold::Fewer(fewer) => {
            let together = fewer.together.map_or_else(String::new, |share| {
                format!(", or all cohorts together at least {}", percent_to_tenth(share))
            });
            format!(
                "{name} pays for results only where a cohort has at least {} fewer events than its comparison group\
                 {together}; under that nothing.",
                percent_to_tenth(fewer.alone)
            )
        }
        Threshold::None | Threshold::Above(_) => String::new(),
    }
}

fn chances(w: &mut Writing<'_>, cliffs: &[Cliff<'_>]) {
    let several = cliffs.iter().filter(|cliff| !cliff.chances.is_empty()).count() > 1;
    let mut columns =
        vec![words("If", 3.4), column("Outcome rate", 1.2), column("Chance of being paid", 1.4)];
    if several {
        columns.insert(0, words("Option", 2.4));
    }
    let row = |cliff: &Cliff<'_>, found: &ChanceOfPayment| {
        let mut cells = vec![
            cell(found.words(), false),
            cell(percent_to_tenth(found.true_rate), false),
            cell(chance(found.probability), false),
        ];
        if several {
            cells.insert(0, cell(&cliff.called, false));
        }
        cells
    };
    let rows = cliffs.iter().flat_map(|cliff| cliff.chances.iter().map(move |found| row(cliff, found)));
    let rows: Vec<Vec<Cell>> = rows.collect();
    let note = "One cohort by itself. Far below the threshold effort stops, at it effort concentrates, and noise decides.";
    w.table("how likely it is that results are paid, by what is really achieved", columns, rows, note);
}

fn measured(w: &mut Writing<'_>, cliffs: &[Cliff<'_>]) {
    let with_any = || cliffs.iter().filter(|cliff| !cliff.measured.is_empty());
    let several = with_any().count() > 1;
    let mut lines = Vec::new();
    let shows_sources = w.terms.shows(Detail::Sources);
    for cliff in with_any() {
        for (at, cohort) in cliff.measured.iter().enumerate() {
            let of = if several { format!("{}, ", cliff.name) } else { String::new() };
            let source = cliff.terms.measured.get(at).map_or("", |given| given.source.trim());
            let source = if shows_sources && !source.is_empty() {
                format!(" Source: {}.", source.trim_end_matches('.'))
            } else {
                String::new()
            };
            lines.push(format!("{of}{}{source}", cohort.words()));
        }
    }
    if !lines.is_empty() {
        w.say("What was measured against a comparison group:");
        w.points(lines);
    }
}

/// The same in a line, where one option pays so: the chance as predicted, or else as forecast, and what was measured last.
pub(super) fn in_brief(w: &Writing<'_>) -> String {
    let cliffs = cliffs(w);
    let [cliff] = &cliffs[..] else { return String::new() };
    let of = |case: &str| cliff.chances.iter().find(|found| found.case == case);
    let told = ["predicted", "supported"].into_iter().find_map(of);
    let told = told.map_or_else(String::new, |found| {
        format!("{} if {}.", chance(found.probability), lower_first(found.words()))
    });
    let last = cliff.measured.iter().rfind(|cohort| cohort.paid().is_ok());
    let last = last.map_or_else(String::new, |cohort| format!(" {}", cohort.words()));
    format!("{told}{last}").trim().to_owned()
}
