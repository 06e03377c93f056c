//! The answer in words, for a terminal of 90 columns.

mod bill;
mod decision;
mod to_win;
mod voices;

use crate::{
    analysis::{
        Analysis, Figure, Undefined,
        balance::{
            Band,
            matrix::TIE,
            robustness::{self, Draws, better_information::Estimate, by_weights::FirstShares},
        },
        course::Course,
        reach::{OptionReach, Verdict, comparison::judged},
        standing::{self, Clause, ClauseKind},
    },
    exchange::results::Results,
    model::{
        Room, Workspace,
        balance::Side,
        wording::{
            capital, chance, count, list, number, percent, percent_to_tenth, signed_pounds, thousands,
        },
    },
};

/// The widest line.
const WIDTH: usize = 90;
/// The widest name in a column.
const NAME: usize = 32;
/// Rows shown of a list that is sorted by how much they matter.
const FIRST_FEW: usize = 3;

/// The answer of a workspace: who leads, what would change that, and who is left out.
#[must_use]
pub fn answer_in_words(workspace: &Workspace) -> String {
    let analysis = Analysis::of(workspace);
    let run = robustness::run(workspace, Draws::asked_for(workspace), &Course::default())
        .and_then(|run| run.ok_or(Undefined("the draws were stopped")));
    let robustness = run.as_ref().map_err(|undefined| *undefined);
    in_words(
        &Results {
            workspace,
            revision: 0,
            analysis: &analysis,
            robustness,
            by_weights: None,
            better_information: None,
        },
        &[],
    )
}

/// The answer, and what the rooms that are asked for have to say; where none is, Balance and who would be left out.
#[must_use]
pub fn in_words(results: &Results<'_>, rooms: &[Room]) -> String {
    let mut text = heading(results.workspace);
    text.push_str(&answer(results));
    let is_asked = |room| if rooms.is_empty() { room == Room::Balance } else { rooms.contains(&room) };
    let shows = |room| is_asked(room) && results.is_filled_in(room);
    if shows(Room::Balance) {
        text.push_str(&balance(results));
    }
    if shows(Room::Voices) {
        text.push_str(&voices::voices(results));
    }
    if shows(Room::Reach) || (rooms.is_empty() && results.is_filled_in(Room::Reach)) {
        text.push_str(&reach(results, shows(Room::Reach)));
    }
    if shows(Room::Decision) {
        text.push_str(&decision::decision(results));
    }
    text
}

fn heading(workspace: &Workspace) -> String {
    let mut text = String::new();
    for line in [&workspace.title, &workspace.question.text, &workspace.illustrative] {
        if !line.is_empty() {
            text.push_str(&wrapped(line, 0));
        }
    }
    text
}

/// The standing line as sentences.
fn answer(results: &Results<'_>) -> String {
    let clauses = standing::standing(results.workspace, results.analysis, results.robustness.ok());
    let sentences: Vec<String> = clauses.iter().map(|clause| sentence(clause, results)).collect();
    format!("\n{}", wrapped(&sentences.join(" "), 0))
}

fn sentence(clause: &Clause, results: &Results<'_>) -> String {
    let text = clause.text();
    match clause.kind {
        ClauseKind::Leader | ClauseKind::Waiting => format!("{text}."),
        ClauseKind::Tipping => format!("This {text}."),
        ClauseKind::Robust => format!("It is {text}."),
        ClauseKind::LeftOut => format!("{text}."),
        ClauseKind::MissingVoices => {
            let groups = results.workspace.question.need_groups.iter();
            let missing = groups.zip(&results.analysis.voices.coverage).filter(|(_, heard)| heard.missing);
            let names: Vec<&str> = missing.map(|(group, _)| group.name.as_str()).collect();
            format!("{text}: {}.", list(&names))
        }
    }
}

fn balance(results: &Results<'_>) -> String {
    let (workspace, balance) = (results.workspace, &results.analysis.balance);
    let weight = balance.commercial_share.map_or_else(
        || "no factor has any weight".to_owned(),
        |share| format!("commercial factors carry {} of the weight", percent(share)),
    );
    let mut text = format!("\nRanking; {weight}\n");
    let left = |o: usize| !balance.ranking.contains(&o);
    let is_struck = |o: usize| !balance.options[o].struck_by.is_empty();
    let undecided = (0..balance.options.len()).filter(|&o| left(o) && !is_struck(o));
    let struck = (0..balance.options.len()).filter(|&o| is_struck(o));
    for o in balance.ranking.iter().copied().chain(undecided).chain(struck) {
        let (option, value) = (&workspace.question.options[o], &balance.options[o]);
        let total = match value.value {
            Some(value) => number(value, 0),
            None => format!("{}–{}", number(value.value_low, 0), number(value.value_high, 0)),
        };
        let side = |value: Option<f64>, of: Side| match value {
            Some(value) => number(value, 0),
            None if weighs(results, of) => "not known".to_owned(),
            None => "without weight".to_owned(),
        };
        let (operational, commercial) =
            (side(value.operational, Side::Operational), side(value.commercial, Side::Commercial));
        let sides = if balance.commercial_share.is_some() {
            format!("operational {operational}, commercial {commercial}")
        } else {
            "undecided".to_owned()
        };
        let rank = match value.rank {
            None => "–".to_owned(),
            Some(rank) if balance.is_place_certain(o) => rank.to_string(),
            Some(rank) => format!("({rank})"),
        };
        text.push_str(&format!(
            "{rank:>3}  {:<2} {} {total:>6}   {sides}{}\n",
            option.badge,
            column(&option.name),
            first_share(results, o)
        ));
        for reason in &value.struck_by {
            text.push_str(&wrapped(reason, 8));
        }
    }
    if balance.ranking.iter().any(|&o| !balance.is_place_certain(o)) {
        text.push_str(&wrapped("In brackets: the place if unknown scores are half way.", 0));
    }
    text.push_str(&few_draws(results));
    text.push_str(&tipping(results));
    text.push_str(&reversals(results));
    text.push_str(&to_win::in_words(results));
    text.push_str(&first_by_weights(results));
    text.push_str(&better_information(results));
    if !balance.warnings().is_empty() {
        text.push_str("\nTo look at again\n");
    }
    for warning in balance.warnings() {
        text.push_str(&wrapped(&warning.text, 2));
    }
    text
}

/// Whether any factor of a side has weight.
fn weighs(results: &Results<'_>, side: Side) -> bool {
    let balance = &results.analysis.balance;
    let mut factors = results.workspace.balance.factors.iter().zip(&balance.weights);
    factors.any(|(factor, &weight)| factor.side == side && weight > 0.0)
}

fn first_share(results: &Results<'_>, option: usize) -> String {
    let run = results.robustness.ok().filter(|_| results.analysis.balance.commercial_share.is_some());
    let share = run.and_then(|run| run.rank_acceptability.get(option)?.first().copied());
    share.map_or_else(String::new, |share| format!(", first in {}", chance(share)))
}

/// With fewer draws than this a share is not good to the per cent: its standard error, at most 1 / (2 √n), passes half a
/// point.
const ENOUGH_DRAWS: u32 = 10_000;

/// Says so when there are too few draws for the shares that are told, or why there are none.
fn few_draws(results: &Results<'_>) -> String {
    let draws = match results.robustness {
        Ok(run) => run.draws.iterations,
        Err(reason) => return wrapped(&format!("Robustness: {}.", reason.0), 0),
    };
    if draws >= ENOUGH_DRAWS || results.analysis.balance.ranking.is_empty() {
        return String::new();
    }
    let draws_are = count(draws as usize, "draw is", "draws are");
    let off = number((196.0 * 0.5 / f64::from(draws).sqrt()).min(100.0).ceil(), 0);
    let enough = thousands(u64::from(ENOUGH_DRAWS));
    let points = if off == "1" { "point" } else { "points" };
    let words = format!(
        "{draws_are} too few for shares to the per cent: each may be off by {off} {points}. {enough} draws are enough."
    );
    wrapped(&words, 0)
}

/// How often the leader comes first under each kind of weights, and with weak evidence taken as weak.
fn first_by_weights(results: &Results<'_>) -> String {
    let leader = results.analysis.balance.leader();
    let (Some(kinds), Some(leader)) = (results.by_weights, leader) else { return String::new() };
    let name = &results.workspace.question.options[leader].name;
    let share = |shares: &FirstShares| match shares {
        Ok(shares) => chance(shares.get(leader).copied().unwrap_or(0.0)),
        Err(reason) => format!("not drawn: {}", reason.0),
    };
    let mut text =
        format!("\n{}", wrapped(&format!("How often {name} comes first, by how weights are drawn"), 0));
    for (kind, shares) in &kinds.kinds {
        text.push_str(&format!("  {} {}\n", column(kind.name()), share(shares)));
    }
    text.push_str(&format!("  {} {}\n", column("weak evidence taken as weak"), share(&kinds.as_weak)));
    text
}

/// Where the doubt about the lead lies, and what knowing more before choosing would add.
fn better_information(results: &Results<'_>) -> String {
    let worth = match results.better_information {
        Some(Ok(worth)) => worth,
        Some(Err(reason)) => {
            return format!("\n{}", wrapped(&format!("What better information is worth: {}.", reason.0), 0));
        }
        None => return String::new(),
    };
    let points = |gain: Estimate| match gain.standard_error {
        Some(error) => format!("{} ± {}", number(gain.value, 2), number(error, 2)),
        None => number(gain.value, 2),
    };
    let mut text = "\nWhat better information is worth, in points (± standard error)\n".to_owned();
    text.push_str(&format!("  {} {}\n", column("everything"), points(worth.everything)));
    let in_weights = worth.weights_share.map(|share| format!(", {} of the doubt", percent(share)));
    let in_weights = in_weights.unwrap_or_default();
    text.push_str(&format!("  {} {}{in_weights}\n", column("the weights"), points(worth.weights_gain)));
    for cell in worth.cells.iter().take(FIRST_FEW) {
        let option = &results.workspace.question.options[cell.option].badge;
        let factor = &results.workspace.balance.factors[cell.factor];
        let share = cell.share.map_or_else(String::new, |share| {
            format!(", {} of the doubt at the group\u{2019}s weights", percent(share))
        });
        let name = format!("{option}, {}", factor.short_name());
        text.push_str(&format!("  {} {}{share}\n", column(&name), points(cell.gain)));
    }
    text
}

/// Said of what rests on scores that nobody knows.
const HALF_WAY: &str = "This is provisional: scores that are not known count as half way.";

/// Who leads where along the dial.
fn tipping(results: &Results<'_>) -> String {
    let balance = &results.analysis.balance;
    let bands = &balance.bands;
    let names = |band: &Band| {
        let leaders = balance.leaders_in(band);
        let names = leaders.iter().map(|&o| results.workspace.question.options[o].name.as_str());
        (list(&names.collect::<Vec<_>>()), if leaders.len() > 1 { "tie" } else { "leads" })
    };
    let Some(first) = bands.first() else { return String::new() };
    let (who, verb) = names(first);
    let mut words = format!("With no commercial weight {who} {verb}");
    for pair in bands.windows(2) {
        words.push_str(&format!("; past {} {}", percent(pair[0].to), names(&pair[1]).0));
    }
    let without = Side::ALL.into_iter().find(|&side| !weighs(results, side));
    if let Some(side) = without {
        let side = side.words().to_lowercase();
        words = format!("No {side} factor has weight, so there is no dial; {who} {verb}");
    } else if bands.len() == 1 {
        words = format!("{who} {verb} at every commercial weight");
    }
    let doubt = if bands.iter().all(|band| balance.is_certain_in(band)) { "" } else { HALF_WAY };
    format!("\n{}", wrapped(&format!("{words}. {doubt}"), 0))
}

/// The smallest changes of one weight that change the leader.
fn reversals(results: &Results<'_>) -> String {
    let reversals = results.analysis.balance.weight_reversals();
    if reversals.is_empty() {
        return String::new();
    }
    let mut text = "\nSmallest changes of one weight that change the leader\n".to_owned();
    for reversal in reversals.iter().take(FIRST_FEW) {
        let factor = &results.workspace.balance.factors[reversal.factor];
        let to = &results.workspace.question.options[reversal.to];
        let (now, then) = (percent(reversal.weight_now), percent(reversal.weight_at_reversal));
        // Options that tie are parted by the least change.
        let is_tied = (reversal.weight_now - reversal.weight_at_reversal).abs() <= TIE;
        let way = if reversal.falls { "less" } else { "more" };
        let change =
            if is_tied { format!("{now:>5} or any {way}") } else { format!("{now:>5} to {then:<5}") };
        text.push_str(&format!("  {} {change} {} leads\n", column(&factor.name), to.name));
    }
    if !reversals.iter().take(FIRST_FEW).all(|reversal| reversal.is_certain) {
        text.push_str(&wrapped(HALF_WAY, 2));
    }
    text
}

/// Who would be left out; with the figures by group when they are asked for.
fn reach(results: &Results<'_>, in_full: bool) -> String {
    let mut text = "\nWho would be left out\n".to_owned();
    for (o, option) in results.workspace.question.options.iter().enumerate() {
        let Some(Some(reach)) = results.analysis.reach.options.get(o) else { continue };
        let verdict = match reach.verdict {
            Verdict::CannotBeJudged => "risk of cherry-picking cannot be judged yet".to_owned(),
            verdict => format!("{} risk of cherry-picking", verdict.words()),
        };
        let left_out = reach.left_out_per_year.map_or_else(
            |undefined| undefined.0.to_owned(),
            |people| format!("{} people a year left out", number(people, 0)),
        );
        let line = format!("{} {}: {verdict}; {left_out}{}", option.badge, option.name, most(results, reach));
        text.push_str(&wrapped(&line, 2));
        if in_full {
            text.push_str(&groups(results, reach));
            for cohort in results.workspace.terms(&option.id).map(judged).unwrap_or_default() {
                text.push_str(&wrapped(&cohort.words(), 4));
            }
            text.push_str(&bill::of_option(results, o));
        }
    }
    if in_full {
        text.push_str(&bill::changing_risk(results));
    }
    text
}

/// The group of which most people are left out.
fn most(results: &Results<'_>, reach: &OptionReach) -> String {
    let groups = results.workspace.question.need_groups.iter().zip(&reach.groups);
    let most = groups
        .filter_map(|(group, reach)| reach.left_out_per_year.ok().map(|people| (group, people)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|(_, people)| *people >= 0.5);
    most.map_or_else(String::new, |(group, people)| format!(", {} of them {}", number(people, 0), group.name))
}

fn groups(results: &Results<'_>, reach: &OptionReach) -> String {
    let mut text = String::new();
    for rule in reach.rules.iter().filter(|rule| rule.met == Some(true)) {
        text.push_str(&wrapped(&format!("{} {}", rule.text, rule.figures), 4));
    }
    for (group, reach) in results.workspace.question.need_groups.iter().zip(&reach.groups) {
        let pays = match (reach.refused, reach.parked) {
            (Some(true), _) => ", it pays to refuse",
            (_, Some(true)) => ", it pays to park",
            _ => "",
        };
        text.push_str(&format!(
            "    {} gain {:>8}, supported {:>5}{pays}\n",
            column(&group.name),
            figure(reach.gain, signed_pounds),
            figure(reach.share_supported_at[1], percent)
        ));
        let mut rates = Vec::new();
        rates.extend(reach.income_neutral_rate.ok().map(|rate| {
            format!(
                "at an outcome rate of {} it brings in as much as the easiest group",
                percent_to_tenth(rate)
            )
        }));
        let parks = reach.outcome_rate_at_which_it_pays_to_park.ok().filter(|rate| *rate > 0.0);
        rates.extend(parks.map(|rate| format!("it pays to park under {}", percent_to_tenth(rate))));
        if !rates.is_empty() {
            text.push_str(&wrapped(&format!("{}.", capital(&rates.join("; "))), 6));
        }
    }
    text
}

fn figure(figure: Figure, words: impl Fn(f64) -> String) -> String {
    figure.map_or_else(|undefined| format!("not known ({})", undefined.0), words)
}

/// A name as wide as its column, shortened where it is wider.
fn column(name: &str) -> String {
    if name.chars().count() > NAME {
        let short: String = name.chars().take(NAME - 1).collect();
        format!("{short}…")
    } else {
        format!("{name:<NAME$}")
    }
}

/// A text in lines of at most [`WIDTH`] columns, all but the first indented by two more.
fn wrapped(text: &str, indent: usize) -> String {
    let mut out = " ".repeat(indent);
    let mut used = indent;
    let mut fresh = true;
    // A figure and its % sign stay together.
    let text = text.replace(" %", "\u{a0}%");
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if !fresh && used + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(indent + if indent > 0 { 2 } else { 0 }));
            used = indent + if indent > 0 { 2 } else { 0 };
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
        fresh = false;
    }
    out.push('\n');
    out.replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_between_words() {
        let text = wrapped(&"word ".repeat(40), 2);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("    word")));
        assert_eq!(text.split_whitespace().count(), 40);
    }

    #[test]
    fn an_empty_workspace_is_told_what_to_do() {
        assert_eq!(answer_in_words(&Workspace::default()).trim(), "Add two options to see an answer.");
    }
}
