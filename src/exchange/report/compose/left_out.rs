//! Who is left out, and what is done about it.

use super::{
    decided::named,
    figures::{self, NOT_KNOWN},
    follow_up::entries,
    terms::Detail,
    writing::{Writing, anchors, cell, figures as column, row, words},
};
use crate::{
    analysis::{
        Figure,
        reach::{
            GroupReach, OptionReach, Verdict,
            caseload::{findings, tripwires},
            missing,
            verdict::judged,
            words::{prediction, what_is_missing},
        },
    },
    exchange::report::Cell,
    model::{
        Workspace,
        wording::{capital, counted, day, list, number, percent, thousands},
    },
};

/// 5 Who is left out, and what is done about it.
pub(super) fn left_out(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    w.section(anchors::LEFT_OUT, "Who is left out, and what is done about it", |w| {
        if workspace.question.need_groups.is_empty() {
            w.gap("No need groups are named, so there is no saying who would be left out.");
        } else {
            predicted(w);
            by_option(w);
            by_group(w);
        }
        w.part("safeguards", "Safeguards", safeguards);
        w.part("tripwires", "Limits agreed before award", limits);
        w.part("caseload", "What the caseload shows", caseload);
    });
}

/// The options whose prediction is told in full: what is recommended, else all that lead.
pub(super) fn in_view(w: &Writing<'_>) -> Vec<usize> {
    let recommended = figures::recommended(w.inputs.workspace);
    recommended.map_or_else(|| w.inputs.analysis.balance.leaders(), |place| vec![place])
}

/// What the prediction for the recommended option says, and the options at high risk.
pub(super) fn predicted(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let chosen = in_view(w);
    let gravest = (0..workspace.question.options.len()).filter(|&o| {
        !chosen.contains(&o)
            && figures::reach_of(analysis, o).is_some_and(|reach| reach.verdict == Verdict::High)
    });
    let told: Vec<usize> = chosen.iter().copied().chain(gravest.take(2)).collect();
    for o in told {
        match figures::reach_of(analysis, o) {
            Some(reach) => w.say_both(prediction(workspace, reach, &missing(workspace, o), o)),
            None => {
                let name = named(&workspace.question.options[o]);
                w.gap(format!(
                    "Nobody has said how {name} would pay, so whom it would leave out cannot be said."
                ));
            }
        }
    }
}

/// Every option with its verdict.
fn by_option(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let chosen = figures::recommended(workspace);
    let mut rules = Vec::new();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for o in figures::in_order(workspace, analysis) {
        let Some(reach) = figures::reach_of(analysis, o) else { continue };
        let option = &workspace.question.options[o];
        let strong = chosen == Some(o);
        let (parked, groups) = reach.parked();
        let is_known = reach.groups.iter().all(|group| group.parked.is_some() || !group.may_have_people);
        rows.push(vec![
            cell(format!("{}  {}", option.badge, named(option)), strong),
            cell(verdict_words(reach), strong),
            cell(figure(&reach.share_supported, percent), strong),
            cell(figure(&reach.left_out_per_year, |n| number(n, 0)), strong),
            cell(if is_known { format!("{parked} of {groups}") } else { NOT_KNOWN.to_owned() }, false),
        ]);
        rules.extend(decisive_rules(option.badge.as_str(), reach));
        if reach.verdict == Verdict::CannotBeJudged {
            let why = what_is_missing(workspace, &missing(workspace, o));
            w.gap(format!("Whether {} would leave people out cannot be judged yet. {why}", named(option)));
        }
    }
    if rows.is_empty() {
        return;
    }
    let people = analysis.reach.options.iter().flatten().find_map(|reach| reach.people.ok());
    let people = people.map_or_else(String::new, |n| format!("Of {} people a year. ", number(n, 0)));
    let note = format!(
        "{people}Left out: people a year below an equal share of the same support. A group is parked where minimal \
         contact pays a provider better than support."
    );
    w.table(
        "the risk that people are picked and left, by option",
        vec![
            words("Option", 3.0),
            words("Risk", 1.7),
            column("Supported", 1.1),
            column("Left out", 1.0),
            column("Groups parked", 1.2),
        ],
        rows,
        note,
    );
    w.points(rules);
}

fn verdict_words(reach: &OptionReach) -> String {
    match reach.verdict {
        Verdict::CannotBeJudged => {
            format!("Cannot be judged yet; {}", judged(&reach.checklist).words())
        }
        verdict => capital(verdict.words()),
    }
}

/// The rules that gave a high or moderate verdict, with the figures that met them.
fn decisive_rules(badge: &str, reach: &OptionReach) -> Vec<String> {
    if !matches!(reach.verdict, Verdict::High | Verdict::Moderate) {
        return Vec::new();
    }
    let met = reach.rules.iter().filter(|rule| rule.met == Some(true) && rule.verdict == reach.verdict);
    met.map(|rule| {
        let figures =
            if rule.figures.is_empty() { String::new() } else { format!(" {}.", capital(&rule.figures)) };
        format!("{badge} is at {} risk by this rule: {}{figures}", reach.verdict.words(), rule.text)
    })
    .collect()
}

/// Group by group, what becomes of people under the option recommended, or under each that leads.
fn by_group(w: &mut Writing<'_>) {
    for place in in_view(w) {
        by_group_under(w, place);
    }
}

fn by_group_under(w: &mut Writing<'_>, place: usize) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let Some(reach) = figures::reach_of(analysis, place) else { return };
    let rows: Vec<Vec<Cell>> = workspace
        .question
        .need_groups
        .iter()
        .zip(&reach.groups)
        .map(|(group, figures)| {
            row([
                group.name.clone(),
                group.people_per_year.map_or_else(|| NOT_KNOWN.to_owned(), |n| number(n, 0)),
                figure(&figures.share_supported_at[1], percent),
                figure(&figures.left_out_per_year, |n| number(n, 0)),
                what_pays(figures),
            ])
        })
        .collect();
    let name = named(&workspace.question.options[place]).to_owned();
    let note = if reach.assumed.is_empty() {
        String::new()
    } else {
        format!("Assumed: {}", reach.assumed.join(" "))
    };
    w.table(
        &format!("each need group under {name}"),
        vec![
            words("Need group", 3.0),
            column("People a year", 1.1),
            column("Supported", 1.1),
            column("Left out", 1.0),
            words("What it pays to do", 1.8),
        ],
        rows,
        note,
    );
    let chart = w.inputs.charts.reach.get(place).and_then(Option::as_ref);
    w.figure(chart, &format!("whom {name} would support and leave out, group by group"), String::new());
}

fn what_pays(figures: &GroupReach) -> String {
    match (figures.refused, figures.parked) {
        (Some(true), _) => "Refuse",
        (_, Some(true)) => "Park",
        (_, Some(false)) => "Support",
        (_, None) => "Not known",
    }
    .to_owned()
}

pub(super) fn figure(figure: &Figure, words: impl Fn(f64) -> String) -> String {
    figure.as_ref().map_or_else(|_| NOT_KNOWN.to_owned(), |&value| words(value))
}

fn safeguards(w: &mut Writing<'_>) {
    entries(w, "Safeguard", &w.inputs.workspace.decision.safeguards);
}

fn limits(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let wires = &workspace.reach.caseload.tripwires;
    let shows_owner = w.terms.shows(Detail::Owners);
    let lines = wires.iter().map(|wire| {
        let tried = analysis.reach.caseload.as_ref().map(|check| {
            let own = || check.tripwires.iter().filter(|tried| tried.tripwire == wire.id);
            if own().any(|tried| tried.tripped == Ok(true)) {
                " It has tripped."
            } else if own().all(|tried| tried.tripped == Ok(false)) {
                " It holds."
            } else {
                " Not all of it can be tried."
            }
        });
        let words = if shows_owner {
            w.owner(&wire.agreed_by);
            tripwires::in_words(workspace, wire)
        } else {
            tripwires::in_words_unnamed(workspace, wire)
        };
        format!("{words}{}", tried.unwrap_or_default())
    });
    let lines: Vec<String> = lines.collect();
    w.points(lines);
}

/// What was found in the caseload; small numbers are hidden in it already.
fn caseload(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let (Some(counted), Some(check)) = (&workspace.reach.caseload.counted, &analysis.reach.caseload) else {
        return;
    };
    let on = counted.counted_on.map_or_else(String::new, |on| format!(" on {}", day(on)));
    w.say(match check.small.all_stages.first().and_then(|told| told.count()) {
        Some(people) => format!("A caseload of {} was counted{on}.", count_of_people(people)),
        None => format!("A caseload was counted{on}; how many people is hidden."),
    });
    let (firm, rest) = findings::parted(&check.findings);
    if firm.is_empty() {
        w.say(findings::none_firm(check.small.hides_anything()));
    }
    w.points(firm.into_iter().map(|finding| finding.words.clone()));
    if !rest.is_empty() {
        w.say(findings::WORTH_A_LOOK);
        w.points(rest.into_iter().map(|finding| finding.words.clone()));
    }
    gates(w, workspace);
    if check.small.hides_anything() {
        w.note(format!(
            "Counts under {} are hidden, and others with them so that nothing gives them back.",
            check.small.threshold
        ));
    }
}

fn count_of_people(people: u64) -> String {
    format!("{} {}", thousands(people), if people == 1 { "person" } else { "people" })
}

fn gates(w: &mut Writing<'_>, workspace: &Workspace) {
    let (Some(counted), Some(check)) = (&workspace.reach.caseload.counted, &w.inputs.analysis.reach.caseload)
    else {
        return;
    };
    let mut columns = vec![words("Group", 3.0), column("People", 1.0)];
    columns.extend(counted.gates.iter().map(|gate| column(&capital(gate), 1.0)));
    let line = |name: &str, stages: &[crate::analysis::reach::caseload::suppression::Shown]| -> Vec<Cell> {
        let told = stages.iter().map(|told| Cell::plain(told.words()));
        std::iter::once(Cell::plain(name)).chain(told).collect()
    };
    let groups = counted.groups.iter().zip(&check.small.stages);
    let mut rows: Vec<Vec<Cell>> = groups.map(|(group, stages)| line(&group.name, stages)).collect();
    rows.push(line("All", &check.small.all_stages));
    w.table("how many came, and how many passed each gate", columns, rows, String::new());
}

/// How many need groups have nobody who speaks for them, with their names.
pub(super) fn without_a_voice(w: &Writing<'_>) -> Option<String> {
    let coverage = &w.inputs.analysis.voices.said().coverage;
    let groups = w.inputs.workspace.question.need_groups.iter().zip(coverage);
    let missing: Vec<&str> =
        groups.filter(|(_, coverage)| coverage.missing).map(|(group, _)| group.name.as_str()).collect();
    let voices = counted(missing.len(), "voice missing", "voices missing");
    (!missing.is_empty()).then(|| format!("{voices}: {}.", list(&missing)))
}
