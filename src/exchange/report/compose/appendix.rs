//! Every score, weight, ballot, price, method and source: what an auditor wants beside the paper.

use super::{
    change::{how_drawn, reversals, warnings},
    decided::named,
    evidence,
    figures::{self, NOT_KNOWN},
    money::prices,
    terms::Detail,
    voices,
    writing::{Writing, cell, figures as column, row, words},
};
use crate::{
    analysis::{
        balance::{WeightBasis, swing_words, what_if::WhatIf},
        explain::ballot_rule,
        voices::{SwingRow, ballots_as_given},
    },
    exchange::report::Cell,
    model::{
        balance::Side,
        voices::Ballot,
        wording::{capital, decimals_used, list, number, thousands},
    },
};

/// Options or factors side by side in one table; more go into the next.
const SIDE_BY_SIDE: usize = 5;

/// The whole appendix, on pages of its own.
pub(super) fn appendix(w: &mut Writing<'_>) {
    w.begin_appendix("Appendix");
    w.section("all-scores", "All scores", scores);
    w.section("all-values", "What the scores are worth", values);
    w.section("all-weights", "Weights", weights);
    w.section("all-reversals", "Every weight that changes who leads", |w| reversals(w, usize::MAX));
    w.section("all-warnings", "Everything worth a second look", |w| warnings(w, usize::MAX));
    w.section("all-evidence", "All evidence", |w| evidence::items(w, true));
    w.section("all-ballots", "Ballots", ballots);
    w.section("all-voices", "Voices", voices::register);
    w.section("all-statements", "All statements", |w| {
        if w.inputs.workspace.voices.leaving().count() > voices::STATEMENTS {
            voices::statements(w, usize::MAX);
        }
    });
    w.section("all-prices", "Prices", prices);
    w.section("need-figures", "Figures of the need groups", need_groups);
    w.section("methods", "Methods and sources", methods);
    w.section("provenance", "How these figures were made", provenance);
}

/// Places of options in tables of so many side by side.
fn in_tables(places: &[usize]) -> impl Iterator<Item = &[usize]> {
    places.chunks(SIDE_BY_SIDE)
}

fn scores(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let options = figures::in_order(workspace, w.inputs.analysis);
    for places in in_tables(&options) {
        let mut columns = vec![words("Factor", 2.6)];
        columns.extend(places.iter().map(|&o| column(&workspace.question.options[o].badge, 1.2)));
        let rows: Vec<Vec<Cell>> = workspace
            .balance
            .factors
            .iter()
            .map(|factor| {
                let unit = if factor.unit.is_empty() { String::new() } else { format!(" ({})", factor.unit) };
                let mut cells = vec![Cell::plain(format!("{}{unit}", factor.name))];
                cells.extend(places.iter().map(|&o| {
                    let id = &workspace.question.options[o].id;
                    let score = workspace.score(&factor.id, id);
                    let grade = score.and_then(|score| score.grade);
                    let grade = grade.map_or_else(String::new, |grade| format!(" [{grade}]"));
                    Cell::plain(format!("{}{grade}", figures::score(workspace, factor, score)))
                }));
                cells
            })
            .collect();
        let note = format!(
            "Likely score, with its low and high in brackets, and the grade of its evidence in square brackets. {}",
            legend(w, places)
        );
        w.table(&caption_of(w, "scores", places, options.len()), columns, rows, note);
    }
}

/// "scores of options F to K", where it takes more than one table to hold all options.
fn caption_of(w: &Writing<'_>, what: &str, places: &[usize], of: usize) -> String {
    let options = &w.inputs.workspace.question.options;
    let badges: Vec<&str> = places.iter().map(|&o| options[o].badge.as_str()).collect();
    match &badges[..] {
        _ if of <= SIDE_BY_SIDE => what.to_owned(),
        [one] => format!("{what}, option {one}"),
        many => format!("{what}, options {}", list(many)),
    }
}

/// "A: National prime contract; B: Local partnership."
fn legend(w: &Writing<'_>, places: &[usize]) -> String {
    let options = &w.inputs.workspace.question.options;
    let names: Vec<String> =
        places.iter().map(|&o| format!("{}: {}", options[o].badge, named(&options[o]))).collect();
    format!("{}.", names.join("; "))
}

fn values(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let balance = &analysis.balance;
    if balance.commercial_share.is_none() {
        return;
    }
    let now = WhatIf::at(workspace, balance, None);
    let tells_weights = w.tells_weights();
    let options = figures::in_order(workspace, analysis);
    for places in in_tables(&options) {
        let mut columns = vec![words("Factor", 2.6)];
        if tells_weights {
            columns.push(column("Weight", 1.0));
        }
        columns.extend(places.iter().map(|&o| column(&workspace.question.options[o].badge, 0.9)));
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for (f, factor) in workspace.balance.factors.iter().enumerate() {
            let mut cells = vec![Cell::plain(factor.name.clone())];
            if tells_weights {
                cells.push(Cell::plain(tenths(balance.weights[f])));
            }
            cells.extend(places.iter().map(|&o| {
                let value = balance.cells().get(f).and_then(|row| row.get(o)).and_then(|cell| cell.value);
                Cell::plain(value.map_or_else(|| NOT_KNOWN.to_owned(), |value| number(value, 0)))
            }));
            rows.push(cells);
        }
        let mut total = vec![cell("Total", true)];
        if tells_weights {
            total.push(Cell::plain(tenths(balance.weights.iter().sum())));
        }
        total.extend(places.iter().map(|&o| cell(figures::total(analysis, &now, o), true)));
        rows.push(total);
        let note = "Each score is worth 0 to 100. The total adds up worth times weight.";
        let caption = caption_of(w, "what each score is worth", places, options.len());
        w.table(&caption, columns, rows, note);
    }
}

fn tenths(share: f64) -> String {
    format!("{} %", number(share * 100.0, 1))
}

fn weights(w: &mut Writing<'_>) {
    if let Some(few) = w.weights_of_few() {
        w.note(format!("{few} No table lists them."));
        return;
    }
    let (workspace, balance) = (w.inputs.workspace, &w.inputs.analysis.balance);
    let functions = &balance.performance.matrix.functions;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for side in Side::ALL {
        for (f, factor) in workspace.balance.factors.iter().enumerate().filter(|(_, f)| f.side == side) {
            let swing = functions.get(f).and_then(|function| swing_words::swing(factor, function));
            let points = balance.swings.get(f).copied();
            let weight = balance.weights.get(f).copied();
            rows.push(row([
                factor.name.clone(),
                side.words().to_owned(),
                swing.unwrap_or_else(|| "its scale has no two ends".to_owned()),
                points.map_or_else(String::new, |points| number(points, decimals_used(points).min(1))),
                weight.map_or_else(String::new, tenths),
            ]));
        }
    }
    w.table(
        "swing points and weights",
        vec![
            words("Factor", 2.3),
            words("Side", 1.2),
            words("The step that is weighed", 2.6),
            column("Points", 0.8),
            column("Weight", 0.9),
        ],
        rows,
        "Points weigh the whole step from worst to best; a weight is its share of all points.",
    );
}

/// What each ballot gave, where that is to be told.
fn ballots(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let in_force = &w.inputs.analysis.voices.said().in_force;
    if in_force.is_empty() {
        return;
    }
    if w.inputs.analysis.balance.weight_basis == WeightBasis::Ballots {
        w.say(ballot_rule(&workspace.voices));
    }
    w.say(voices::not_by_the_ballots(w).unwrap_or_default());
    if !w.terms.shows(Detail::Ballots) {
        w.note("The points of each ballot are left out of this paper.");
        return;
    }
    let ballots: Vec<(&Ballot, SwingRow)> = ballots_as_given(workspace)
        .filter_map(|(at, row)| Some((workspace.voices.ballots.get(at)?, row)))
        .filter(|(ballot, _)| !workspace.hides(ballot.round))
        .collect();
    let factors: Vec<usize> = (0..workspace.balance.factors.len()).collect();
    for places in in_tables(&factors) {
        let mut columns = vec![words("Ballot", 2.2)];
        columns.extend(places.iter().map(|&f| column(workspace.balance.factors[f].short_name(), 1.0)));
        let mut rows = Vec::new();
        for (ballot, given) in &ballots {
            let person = ballot.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
            let sector = workspace.sector(&ballot.sector).map_or("nobody named", |s| s.name.as_str());
            let who = match person {
                Some(person) => w.called(person),
                None => sector.to_owned(),
            };
            let mut cells = vec![Cell::plain(who)];
            cells.extend(places.iter().map(|&f| {
                let points = given.get(f).copied().flatten();
                let points = points.map(|points| number(points, decimals_used(points).min(1)));
                Cell::plain(points.unwrap_or_else(|| "–".to_owned()))
            }));
            rows.push(cells);
        }
        w.table(
            "the points of each ballot that counts",
            columns,
            rows,
            "Of each factor the last that was given. A dash is an abstention.",
        );
    }
}

fn need_groups(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let percent = |rate: Option<f64>| {
        rate.map_or_else(|| NOT_KNOWN.to_owned(), crate::model::wording::percent_to_tenth)
    };
    let money = |sum: Option<crate::model::money::Pence>| {
        sum.map_or_else(|| NOT_KNOWN.to_owned(), |sum| sum.to_string())
    };
    let rows: Vec<Vec<Cell>> = workspace
        .question
        .need_groups
        .iter()
        .map(|group| {
            row([
                group.name.clone(),
                group.people_per_year.map_or_else(|| NOT_KNOWN.to_owned(), |n| number(n, 0)),
                money(group.cost_supported),
                money(group.cost_parked),
                percent(group.outcome_parked),
                percent(group.outcome_supported),
            ])
        })
        .collect();
    w.table(
        "the need groups: costs and chances of the outcome for one person",
        vec![
            words("Need group", 2.4),
            column("People a year", 1.0),
            column("Cost to support", 1.1),
            column("Minimal contact", 1.1),
            column("Succeed when parked", 1.1),
            column("Succeed with support", 1.1),
        ],
        rows,
        String::new(),
    );
    if w.terms.shows(Detail::Sources) {
        let mut sources: Vec<&str> = Vec::new();
        for group in &workspace.question.need_groups {
            let source = group.source.trim();
            if !source.is_empty() && !sources.contains(&source) {
                sources.push(source);
            }
        }
        w.points(sources.into_iter().map(str::to_owned));
    }
}

/// The methods that were used, in words, with their sources.
fn methods(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let voices = analysis.voices.said();
    let has_reach = analysis.reach.options.iter().any(Option::is_some);
    let has_bill = analysis.reach.bills.iter().any(Result::is_ok);
    let told = [
        (
            !workspace.balance.factors.is_empty(),
            "Scores. Each score becomes a worth from 0 to 100 on its own scale; an option’s total adds up worth times \
             weight. A score that is not known is never guessed: the total is a range. Keeney and Raiffa, Decisions with \
             Multiple Objectives, 1976.",
        ),
        (
            !workspace.balance.factors.is_empty(),
            "Weights. People give points to the whole step from the worst to the best of a factor, 100 to the step that \
             matters most. Von Winterfeldt and Edwards, Decision Analysis and Behavioral Research, 1986.",
        ),
        (
            !analysis.balance.ranking.is_empty(),
            "What would change it. The weights at which the lead changes are exact crossings of straight lines, each \
             factor alone and both sides against each other. Goodwin and Wright, Decision Analysis for Management \
             Judgment.",
        ),
        (
            w.inputs.robustness.is_ok(),
            "Robustness. Weights and scores are drawn many times within what is known of them, and it is counted how \
             often each option takes each place (SMAA-2). Lahdelma and Salminen, Operations Research 49, 2001; Tervonen \
             and Lahdelma, European Journal of Operational Research 178, 2007.",
        ),
        (
            !voices.in_force.is_empty(),
            "Agreement. Kendall’s W with correction for ties, from 0 for none to 1 for full; chance by Friedman’s \
             chi-squared. Kendall and Babington Smith, Annals of Mathematical Statistics 10, 1939.",
        ),
        (
            has_reach,
            "Who is left out. For each need group: what a provider gains by supporting a person rather than giving \
             minimal contact. The share supported follows that gain by quantal response. McKelvey and Palfrey, Games and Economic Behavior 10, 1995. The verdict follows \
             stated rules.",
        ),
        (
            has_bill,
            "The bill for exclusion. Those left out are followed through bands of risk with support and without; the \
             difference is costed by agency and discounted. HM Treasury, The Green Book, 2022.",
        ),
        (
            analysis.reach.caseload.is_some(),
            "The caseload. Groups are compared with everyone else at each gate, by Pearson’s or Fisher’s test with Holm’s \
             correction (Scandinavian Journal of Statistics 6, 1979). Small counts are hidden, and others with them so \
             that nothing gives them back.",
        ),
    ];
    w.points(told.into_iter().filter(|(used, _)| *used).map(|(_, words)| words.to_owned()));
}

/// With what the figures were made, so that they can be made again.
fn provenance(w: &mut Writing<'_>) {
    let inputs = w.inputs;
    let mut lines = vec![
        format!("Made by Evenhand {}.", env!("CARGO_PKG_VERSION")),
        format!("Revision {} of the workspace.", thousands(inputs.revision)),
    ];
    if !inputs.fingerprint.is_empty() {
        lines
            .push(format!("Fingerprint of everything that the figures follow from: {}.", inputs.fingerprint));
    }
    if let Ok(run) = inputs.robustness {
        lines.push(format!("{} Seed {}.", how_drawn(run), run.draws.seed));
        if run.draws.weak_as_weak {
            lines.push("Scores were drawn wider the weaker their evidence.".to_owned());
        }
    }
    lines.push(
        "With the same version, workspace and seed the same figures follow, to the last bit.".to_owned(),
    );
    let note = inputs.workspace.illustrative.trim();
    if !note.is_empty() {
        lines.push(capital(note));
    }
    w.points(lines);
}
