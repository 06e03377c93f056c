//! What is recommended, between what, and why.

use super::{
    figures::{self, NOT_KNOWN},
    terms::{Audience, Level},
    writing::{Writing, anchors, cell, figures as column, sentence, words},
};
use crate::{
    analysis::{
        balance::{robustness::Robustness, what_if::WhatIf},
        decision::{ChangedFigure, changed, frozen::Difference, of_another, since_signed},
        standing::{Clause, ClauseKind, standing},
    },
    exchange::report::{Cell, Column, Kind, Run},
    model::{
        Room,
        balance::Factor,
        ids::EntryId,
        question::ServiceOption,
        wording::{capital, chance, counted, day, in_words, list, lower_first, number},
    },
};

/// Said where nobody has decided yet.
const NONE_YET: &str = "No option is recommended yet.";

/// 1 Recommendation.
pub(super) fn recommendation(w: &mut Writing<'_>) {
    w.section(anchors::RECOMMENDATION, "Recommendation", |w| {
        recommended(w);
        follow_ups(w);
    });
}

/// The recommendation itself, in a paragraph.
pub(super) fn recommended(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let Some(place) = figures::recommended(workspace) else {
        let leads = leads(w).map_or_else(|| "None leads yet.".to_owned(), |lead| format!("{lead}."));
        w.warn(NONE_YET, &leads);
        return;
    };
    let option = &workspace.question.options[place];
    let headline = workspace.decision.headline.trim();
    let lead = if headline.is_empty() { format!("Choose {}", named(option)) } else { headline.to_owned() };
    let mut rest = format!(" This is option {}, {}", option.badge, named(option));
    let summary = option.summary.trim().trim_end_matches('.');
    if !summary.is_empty() {
        rest += &format!(": {}", lower_first(summary));
    }
    rest += ".";
    if let Some(cost) = figures::cost(workspace, w.inputs.analysis, place) {
        rest += &match figures::cost_factor(workspace) {
            Some(factor) => format!(" {}: {cost}{}.", factor.name, over(&factor.unit)),
            None => format!(" It would cost {cost} a year."),
        };
    }
    let mut when = Vec::new();
    if !workspace.question.starts.trim().is_empty() {
        let starts = workspace.question.starts.trim();
        let on = if is_day(starts) { "on" } else { "in" };
        when.push(format!("start {on} {starts}"));
    }
    if let Some(years) = workspace.question.horizon_years.filter(|years| *years > 0) {
        let years = years as usize;
        when.push(format!("run for {} {}", in_words(years), if years == 1 { "year" } else { "years" }));
    }
    if !when.is_empty() {
        let when: Vec<&str> = when.iter().map(String::as_str).collect();
        rest += &format!(" It would {}.", list(&when));
    }
    w.runs(vec![Run::strong(sentence(&lead)), Run::plain(rest)]);
    if let Some(another) = of_another(&w.basis()) {
        let words = format!("{}, and not of what is recommended.", capital(&another.words()));
        w.warn("The record contradicts itself.", &words);
    }
    changed_since_signed(w);
}

/// That the figures are no longer those that were signed, where they are not, with the first of them.
fn changed_since_signed(w: &mut Writing<'_>) {
    let Some(since) = since_signed(&w.basis()) else { return };
    let most = if w.terms.level == Level::OnePage { 2 } else { 3 };
    let told: Vec<String> = since.figures.iter().take(most).map(then_and_now).collect();
    let (changes, on) = (capital(&counted(since.changes, "change", "changes")), day(since.signed));
    let words = match (told.len(), since.figures.len() - told.len()) {
        (0, _) => format!("{changes} since it was signed on {on}; no figure of it is another one."),
        (_, 0) => format!("{changes} since {on}. {}.", told.join("; ")),
        (_, more) => {
            let more = counted(more, "other figure", "other figures");
            format!("{changes} since {on}. {}; and {more}.", told.join("; "))
        }
    };
    w.warn("Changed since it was signed.", &words);
}

/// "Total of Local partnership: signed at 67, now 66"
fn then_and_now(figure: &Difference) -> String {
    format!("{}: signed at {}, now {}", figure.what, figure.frozen, figure.derived)
}

/// Whether a time begins with a day of a month, such as "1 April 2027".
fn is_day(starts: &str) -> bool {
    let first = starts.split_whitespace().next().unwrap_or_default();
    starts.contains(' ') && first.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}

/// " over 5 years" of "£m, 5 years".
fn over(unit: &str) -> String {
    unit.split_once(',').map_or_else(String::new, |(_, rest)| {
        let rest = rest.trim();
        let years = rest.ends_with("year") || rest.ends_with("years");
        if years { format!(" over {rest}") } else { format!(" {rest}") }
    })
}

/// How many conditions and safeguards go with it, and where they stand.
fn follow_ups(w: &mut Writing<'_>) {
    let decision = &w.inputs.workspace.decision;
    let written =
        |texts: &mut dyn Iterator<Item = &String>| texts.filter(|text| !text.trim().is_empty()).count();
    let conditions = written(&mut decision.conditions.iter().map(|entry| &entry.text));
    let safeguards = written(&mut decision.safeguards.iter().map(|entry| &entry.text));
    let triggers = written(&mut decision.triggers.iter().map(|trigger| &trigger.text));
    let parts: Vec<String> = [
        (conditions, "condition", "conditions"),
        (safeguards, "safeguard", "safeguards"),
        (triggers, "review trigger", "review triggers"),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, one, many)| counted(number, one, many))
    .collect();
    if parts.is_empty() {
        return;
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let go = if conditions + safeguards + triggers == 1 { "goes" } else { "go" };
    let mut runs = vec![Run::plain(format!("With it {go} {}; see ", list(&parts)))];
    if conditions + triggers > 0 {
        runs.push(Run::link("Risks, conditions and reviews", anchors::CONDITIONS));
    }
    if safeguards > 0 {
        if conditions + triggers > 0 {
            runs.push(Run::plain(" and "));
        }
        runs.push(Run::link("Who is left out", anchors::LEFT_OUT));
    }
    runs.push(Run::plain("."));
    w.runs(runs);
}

/// An option by its name, or by its badge while it has none.
pub(super) fn named(option: &ServiceOption) -> &str {
    if option.name.trim().is_empty() { &option.badge } else { &option.name }
}

/// "Local partnership leads with 67".
fn leads(w: &Writing<'_>) -> Option<String> {
    let clauses = clauses(w);
    let lead = clauses.iter().find(|clause| clause.kind == ClauseKind::Leader);
    lead.map(Clause::text)
}

pub(super) fn clauses(w: &Writing<'_>) -> Vec<Clause> {
    standing(w.inputs.workspace, w.inputs.analysis, w.inputs.robustness.ok())
}

/// 2 Options considered.
pub(super) fn options(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    w.section(anchors::OPTIONS, "Options considered", |w| {
        let options = figures::in_order(workspace, w.inputs.analysis);
        if options.is_empty() {
            w.gap("No options have been named.");
            return;
        }
        table_of_options(w, &options);
        let badges = &workspace.question.options;
        w.items(options.iter().map(|&place| &badges[place]).filter(|o| has_more(o)).map(about_option));
        struck(w, &options);
        let caption = answer_in_brief(w);
        w.figure(w.inputs.charts.balance.as_ref(), &caption, String::new());
    });
}

/// The options with score, sides, cost and people left out.
pub(super) fn table_of_options(w: &mut Writing<'_>, options: &[usize]) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let now = WhatIf::at(workspace, &analysis.balance, None);
    let chosen = figures::recommended(workspace);
    let costs: Vec<Option<String>> = options.iter().map(|&o| figures::cost(workspace, analysis, o)).collect();
    let left_out: Vec<Option<String>> = options.iter().map(|&o| figures::left_out(analysis, o)).collect();
    let bar_of = |o: usize| w.inputs.charts.bar_of.get(o).and_then(Option::as_ref);
    let has = |column: &[Option<String>]| column.iter().any(Option::is_some);
    let (has_cost, has_reach) = (has(&costs), has(&left_out));
    let has_score = analysis.balance.commercial_share.is_some();
    let has_bars = options.iter().any(|&o| bar_of(o).is_some());
    let mut columns = vec![words("Option", 3.2)];
    if has_score {
        columns.push(column("Score", 0.9));
    }
    if has_bars {
        columns.push(Column { head: "Operational, commercial".to_owned(), kind: Kind::Drawing, share: 2.2 });
    }
    if has_cost {
        columns.push(column("Cost", 1.0));
    }
    if has_reach {
        columns.push(column("Left out", 1.0));
    }
    // Names alone make no table where a list of the options follows that says more of each.
    let is_listed = w.terms.level != Level::OnePage && w.terms.audience == Audience::Committee;
    if columns.len() == 1 && is_listed && options.iter().all(|&o| has_more(&workspace.question.options[o])) {
        return;
    }
    let rows = options.iter().enumerate().map(|(row, &o)| {
        let strong = chosen == Some(o);
        let option = &workspace.question.options[o];
        let name = format!("{}  {}", option.badge, named(option));
        let mut cells = vec![cell(name, strong)];
        if has_score {
            cells.push(cell(figures::total(analysis, &now, o), strong));
        }
        if has_bars {
            cells.push(bar_of(o).map_or_else(Cell::default, |chart| Cell {
                text: chart.words.clone(),
                strong: false,
                drawing: Some(chart.drawing.clone()),
            }));
        }
        let told =
            |figure: &Option<String>| Cell::plain(figure.clone().unwrap_or_else(|| NOT_KNOWN.to_owned()));
        if has_cost {
            cells.push(told(&costs[row]));
        }
        if has_reach {
            cells.push(told(&left_out[row]));
        }
        cells
    });
    let rows = rows.collect();
    let note = note_of_options(w, [has_bars, has_cost, has_reach]);
    if w.terms.level == Level::OnePage && w.terms.audience == Audience::Committee {
        w.bare_table(columns, rows, note);
    } else {
        let is_ranked = !analysis.balance.ranking.is_empty();
        w.table(if is_ranked { "the options, best first" } else { "the options" }, columns, rows, note);
    }
    if let Some(few) = w.weights_of_few() {
        w.warn(&few, "");
    }
}

fn note_of_options(w: &Writing<'_>, [has_bars, has_cost, has_reach]: [bool; 3]) -> String {
    let workspace = w.inputs.workspace;
    let in_full = w.terms.level != Level::OnePage;
    let mut parts = Vec::new();
    let has_score = w.inputs.analysis.balance.commercial_share.is_some();
    if in_full && has_score {
        parts.push("Score: what an option is worth in all, of 100.".to_owned());
    }
    if has_bars && in_full {
        parts.push("The bar shows what operational factors add to it, then commercial ones.".to_owned());
    }
    if has_cost {
        parts.push(match figures::cost_factor(workspace) {
            Some(factor) => cost_note(factor),
            None => "Cost: what would be paid a year.".to_owned(),
        });
    }
    if has_reach {
        parts.push("Left out: people a year below an equal share of support.".to_owned());
    }
    if has_score && w.inputs.analysis.balance.options.iter().any(|value| value.value.is_none()) {
        parts.push("A range stands where scores are not known.".to_owned());
        if has_bars {
            parts.push("Its bar shows only what the known ones add.".to_owned());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// "Cost: whole-life cost over 5 years."; nothing of a factor that is called by nothing but that.
fn cost_note(factor: &Factor) -> String {
    let over = over(&factor.unit);
    match factor.name.trim() {
        name if !name.eq_ignore_ascii_case("cost") => format!("Cost: {}{over}.", lower_first(name)),
        _ if over.is_empty() => String::new(),
        _ => format!("Cost:{over}."),
    }
}

/// Whether there is more to say of an option than its name.
fn has_more(option: &ServiceOption) -> bool {
    !option.summary.trim().is_empty() || levels(option).is_some()
}

fn about_option(option: &ServiceOption) -> Vec<Run> {
    let mut words = sentence(&option.summary);
    if let Some(levels) = levels(option) {
        words = format!("{words} {levels}").trim().to_owned();
    }
    vec![Run::strong(format!("{}, {}.", option.badge, named(option))), Run::plain(format!(" {words}"))]
}

/// "Decided: borough; designed: ward; delivered: estate."
fn levels(option: &ServiceOption) -> Option<String> {
    let at = [("decided", option.decided), ("designed", option.designed), ("delivered", option.delivered)];
    let parts: Vec<String> =
        at.into_iter().filter_map(|(what, level)| Some(format!("{what}: {}", level?.words()))).collect();
    (!parts.is_empty()).then(|| format!("{}.", capital(&parts.join("; "))))
}

/// Which options fail a must, and which it is.
fn struck(w: &mut Writing<'_>, options: &[usize]) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let of = |&o: &usize| {
        let reasons = &analysis.balance.options.get(o)?.struck_by;
        let name = named(&workspace.question.options[o]);
        (!reasons.is_empty()).then(|| format!("{name} is struck: {}", reasons.join(" ")))
    };
    let lines: Vec<String> = options.iter().filter_map(of).collect();
    w.points(lines);
}

/// The answer that the chart shows, in the words of the page that it is taken from.
fn answer_in_brief(w: &Writing<'_>) -> String {
    let (workspace, balance) = (w.inputs.workspace, &w.inputs.analysis.balance);
    let now = WhatIf::at(workspace, balance, None);
    crate::analysis::balance::sentence::sentence(workspace, balance, &now).lead
}

/// 3 Why this option.
pub(super) fn why(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let chosen = figures::recommended(workspace);
    let title = chosen.map_or_else(
        || "How the options stand".to_owned(),
        |place| format!("Why {}", lower_first(named(&workspace.question.options[place]))),
    );
    w.section(anchors::WHY, &title, |w| {
        if let Some(place) = chosen {
            against_the_leader(w, place);
        }
        reasons(w);
        firmness(w);
    });
}

/// That another option leads, and why it is not the one recommended.
pub(super) fn against_the_leader(w: &mut Writing<'_>, chosen: usize) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let leaders = analysis.balance.leaders();
    if leaders.is_empty() || leaders.contains(&chosen) {
        return;
    }
    let names: Vec<&str> = leaders.iter().map(|&o| named(&workspace.question.options[o])).collect();
    let now = WhatIf::at(workspace, &analysis.balance, None);
    let with = figures::total(analysis, &now, leaders[0]);
    let own = figures::total(analysis, &now, chosen);
    let lead = "The option recommended is not the one that leads.";
    let verb = if leaders.len() == 1 { "leads" } else { "lead" };
    let figures = format!("{} {verb} with {with}; the option recommended has {own}.", list(&names));
    let why = workspace.decision.why_not_the_leader.trim();
    let why = if why.is_empty() {
        "Nobody has said yet why another is recommended.".to_owned()
    } else {
        format!("Why it is recommended all the same: {}", sentence(why))
    };
    w.warn(lead, &format!("{figures} {why}"));
}

/// The reasons as they are written, each with where its figures are found in the paper.
pub(super) fn reasons(w: &mut Writing<'_>) {
    let decision = &w.inputs.workspace.decision;
    let changed = changed(&w.basis());
    let items: Vec<Vec<Run>> = decision
        .reasons
        .iter()
        .filter(|reason| !reason.text.trim().is_empty())
        .map(|reason| {
            let mut runs = vec![Run::plain(sentence(&reason.text))];
            runs.extend(changed_in(&changed, &reason.id));
            if let Some((words, anchor)) = reason.room.and_then(section_of) {
                runs.push(Run::plain(" ("));
                runs.push(Run { text: words.to_owned(), strong: false, to: Some(anchor.to_owned()) });
                runs.push(Run::plain(")"));
            }
            runs
        })
        .collect();
    if items.is_empty() && decision.recommendation.is_some() {
        w.gap("No reasons for the recommendation have been written down.");
    }
    w.items(items);
}

/// " (67 is now 65)" where a figure of a sentence has changed since it was written.
fn changed_in(changed: &[ChangedFigure], entry: &EntryId) -> Option<Run> {
    let of_it: Vec<String> =
        changed.iter().filter(|figure| figure.entry == *entry).map(ChangedFigure::words).collect();
    (!of_it.is_empty()).then(|| Run::strong(format!(" ({})", of_it.join("; "))))
}

/// Where a paper speaks of what a room holds.
fn section_of(room: Room) -> Option<(&'static str, &'static str)> {
    Some(match room {
        Room::Question => ("what is rationed", anchors::RATIONED),
        Room::Voices => ("who said what", anchors::VOICES),
        Room::Balance => ("what would change it", anchors::CHANGE),
        Room::Reach => ("who is left out", anchors::LEFT_OUT),
        Room::Money => ("money", anchors::MONEY),
        Room::Challenge => ("evidence", anchors::EVIDENCE),
        Room::Decision => return None,
    })
}

/// A share of the draws or its error in points: "0.4 points", "under 0.1 points".
pub(super) fn in_points(share: f64) -> String {
    let points = share * 100.0;
    if points > 0.0 && points < 0.05 {
        return "under 0.1 points".to_owned();
    }
    let words = number(points, 1);
    let unit = if words == "1.0" { "point" } else { "points" };
    format!("{words} {unit}")
}

/// " (standard error 0.4 points; 77 % if weak evidence is taken as weak)" of how often the leader is first.
fn aside_on_the_lead(w: &Writing<'_>) -> String {
    // Those who were asked are told the answer; how it was drawn is for those who decide.
    if w.terms.audience == Audience::Contributors {
        return String::new();
    }
    let Some((run, leader)) = w.inputs.robustness.ok().zip(w.inputs.analysis.balance.leader()) else {
        return String::new();
    };
    let error = run.standard_error.get(leader).and_then(|errors| errors.first());
    let error = error.map(|error| format!("standard error {}", in_points(*error)));
    let otherwise = first_otherwise(w, run, leader).map(|(share, how)| format!("{share} {how}"));
    let aside: Vec<String> = error.into_iter().chain(otherwise).collect();
    if aside.is_empty() { String::new() } else { format!(" ({})", aside.join("; ")) }
}

/// How often an option comes first with the evidence taken the other way, and which way that is.
pub(super) fn first_otherwise(
    w: &Writing<'_>,
    run: &Robustness,
    option: usize,
) -> Option<(String, &'static str)> {
    let share = w.inputs.evidence_otherwise?.get(option)?;
    let as_given = "with the evidence as it is given";
    let how = if run.draws.weak_as_weak { as_given } else { "if weak evidence is taken as weak" };
    Some((chance(*share), how))
}

/// How firmly the answer stands, as the line at the foot of the window says it.
pub(super) fn firmness(w: &mut Writing<'_>) {
    let is_recommended = figures::recommended(w.inputs.workspace).is_some();
    let sentences: Vec<String> = clauses(w)
        .iter()
        .filter_map(|clause| match clause.kind {
            ClauseKind::Leader => Some(format!("{}.", clause.text())),
            // Where nothing is recommended either, that is said with it.
            ClauseKind::Waiting => is_recommended.then(|| "No option leads yet.".to_owned()),
            ClauseKind::Tipping => Some(format!("This {}.", clause.text())),
            ClauseKind::Robust => Some(format!("It is {}{}.", clause.text(), aside_on_the_lead(w))),
            ClauseKind::LeftOut | ClauseKind::MissingVoices => None,
        })
        .collect();
    w.say(sentences.join(" "));
}
