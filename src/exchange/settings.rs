//! The settings table: what a workspace holds besides the rows of the other tables and what decides its figures.

use super::{
    assembly::Assembly,
    entry::Entry,
    figure::{self, written},
    kind::TableKind,
    table::{Table, guarded, key},
    write::{Sheet, money},
};
use crate::model::{
    Workspace,
    balance::{RobustnessSettings, ScoreDraws, WeightDraws, WeightsFrom},
    reach::Reach,
    voices::{CombineRule, Vote},
};

const WEIGHTS_FROM: [(&str, WeightsFrom); 2] =
    [("swings", WeightsFrom::Swings), ("ballots", WeightsFrom::Ballots)];
const COMBINE: [(&str, CombineRule); 3] = [
    ("median, largest 100", CombineRule::MedianLargest100),
    ("median as given", CombineRule::MedianAsGiven),
    ("mean of weights", CombineRule::MeanWeights),
];
const VOTE: [(&str, Vote); 2] = [("one person", Vote::OnePerson), ("one sector", Vote::OneSector)];

/// The settings there are, as messages list them.
const SETTINGS: [&str; 18] = [
    "title",
    "illustrative",
    "question",
    "place",
    "decision maker",
    "starts",
    "horizon years",
    "weights from",
    "combine",
    "vote",
    "response scale",
    "weights drawn",
    "weight limits",
    "concentration",
    "scores drawn",
    "weak evidence",
    "iterations",
    "seed",
];

pub(super) fn read(assembly: &mut Assembly, table: &Table) {
    let mut seen = std::collections::HashSet::new();
    for row in &table.rows {
        if assembly.has_enough_problems() {
            break;
        }
        let entry = assembly.row(table, row);
        let Some(setting) = assembly.take(entry.needed("setting", "the name of a setting")) else { continue };
        if !seen.insert(key(setting)) {
            assembly
                .problems
                .push(entry.problem("setting", "each setting once; an earlier row has the same"));
        } else if !entry.text("value").is_empty() {
            read_one(assembly, entry, &key(setting));
        }
    }
}

fn read_one(assembly: &mut Assembly, entry: Entry<'_>, setting: &str) {
    let text = entry.text("value").to_owned();
    match setting {
        "title" => assembly.workspace.title = text,
        "illustrative" => assembly.workspace.illustrative = text,
        "question" => assembly.workspace.question.text = text,
        "place" => assembly.workspace.question.place = text,
        "decision maker" => assembly.workspace.question.decision_maker = text,
        "starts" => assembly.workspace.question.starts = text,
        "horizon years" => {
            let years = assembly.held(entry.whole("value", 1, 100));
            assembly.workspace.question.horizon_years = years.and_then(|years| u32::try_from(years).ok());
        }
        "weights from" => {
            if let Some(from) = assembly.held(entry.choice("value", &WEIGHTS_FROM)) {
                assembly.workspace.balance.weights_from = from;
            }
        }
        "combine" => {
            if let Some(rule) = assembly.held(entry.choice("value", &COMBINE)) {
                assembly.workspace.voices.combine = rule;
            }
        }
        "vote" => {
            if let Some(vote) = assembly.held(entry.choice("value", &VOTE)) {
                assembly.workspace.voices.vote = vote;
            }
        }
        "response scale" => {
            if let Some(scale) = assembly.held(entry.cost("value")) {
                assembly.workspace.reach.response_scale = scale;
            }
        }
        "weights drawn" | "weight limits" | "concentration" | "scores drawn" | "weak evidence"
        | "iterations" | "seed" => read_draws(assembly, entry, setting),
        _ => {
            let expected = format!("one of {}", SETTINGS.join(", "));
            assembly.problems.push(entry.problem("setting", expected));
        }
    }
}

fn read_draws(assembly: &mut Assembly, entry: Entry<'_>, setting: &str) {
    let text = entry.text("value");
    if setting == "weights drawn" {
        let names = WeightDraws::ALL.map(|draws| (draws.name(), draws));
        assembly.workspace.balance.robustness.weights = assembly.held(entry.choice("value", &names));
    } else if setting == "seed" {
        match text.parse() {
            Ok(seed) => assembly.workspace.balance.robustness.seed = seed,
            Err(_) => assembly.problems.push(entry.problem("value", "a whole number from 0")),
        }
    } else if setting == "weight limits" {
        read_limits(assembly, entry);
    } else if setting == "concentration" {
        assembly.workspace.balance.robustness.concentration =
            assembly.held(entry.number("value", 1.0, 10_000.0));
    } else if setting == "scores drawn" {
        let names = ScoreDraws::ALL.map(|draws| (draws.name(), draws));
        assembly.workspace.balance.robustness.scores = assembly.held(entry.choice("value", &names));
    } else if setting == "weak evidence" {
        assembly.workspace.balance.robustness.weak_evidence = assembly.held(entry.yes_or_no("value"));
    } else if let Some(iterations) = assembly.held(entry.whole("value", 1, i32::MAX)) {
        assembly.workspace.balance.robustness.iterations = u32::try_from(iterations).unwrap_or(u32::MAX);
    }
}

/// Reads the lowest and highest weight of each factor, in their order.
fn read_limits(assembly: &mut Assembly, entry: Entry<'_>) {
    let limits: Option<Vec<Option<(f64, f64)>>> = entry
        .text("value")
        .split(';')
        .map(|of_factor| {
            if of_factor.trim().is_empty() {
                return Some(None);
            }
            let (low, high) = of_factor.split_once("..")?;
            Some(Some((figure::share(low.trim())?, figure::share(high.trim())?)))
        })
        .collect();
    let factors = &mut assembly.workspace.balance.factors;
    match limits.filter(|limits| limits.len() == factors.len()) {
        Some(limits) => factors.iter_mut().zip(limits).for_each(|(factor, of)| factor.weight_limits = of),
        None => assembly.problems.push(entry.problem(
            "value",
            "for each factor in their order the lowest and the highest weight, such as 5%..20%; 0%..10%, or nothing",
        )),
    }
}

/// The lowest and highest weight of each factor, in their order; empty where none has any.
fn limits_written(workspace: &Workspace) -> String {
    let factors = &workspace.balance.factors;
    if factors.iter().all(|factor| factor.weight_limits.is_none()) {
        return String::new();
    }
    let of = |limits: Option<(f64, f64)>| {
        limits.map_or_else(String::new, |(low, high)| format!("{}..{}", written(low), written(high)))
    };
    factors.iter().map(|factor| of(factor.weight_limits)).collect::<Vec<_>>().join("; ")
}

/// Writes the settings that differ from those of a workspace newly made from the other tables.
pub(super) fn write(workspace: &Workspace, sheets: &mut Vec<Sheet>) {
    let mut sheet = Sheet::new(TableKind::Settings);
    let mut say = |setting: &str, value: String, as_new: bool| {
        if !as_new && !value.is_empty() {
            sheet.rows.push(vec![setting.to_owned(), value]);
        }
    };
    let question = &workspace.question;
    for (setting, text) in [
        ("title", &workspace.title),
        ("illustrative", &workspace.illustrative),
        ("question", &question.text),
        ("place", &question.place),
        ("decision maker", &question.decision_maker),
        ("starts", &question.starts),
    ] {
        say(setting, guarded(text), false);
    }
    say("horizon years", question.horizon_years.map_or_else(String::new, |years| years.to_string()), false);
    let (voices, balance) = (&workspace.voices, &workspace.balance);
    let (from, rule, vote) = (balance.weights_from, voices.combine, voices.vote);
    say("weights from", word(&WEIGHTS_FROM, from), from == weights_of_new_tables(workspace));
    say("combine", word(&COMBINE, rule), rule == CombineRule::default());
    say("vote", word(&VOTE, vote), vote == Vote::default());
    let scale = workspace.reach.response_scale;
    say("response scale", money(Some(scale)), scale == Reach::default().response_scale);
    let (draws, usual) = (balance.robustness, RobustnessSettings::default());
    say("weights drawn", draws.weights.map_or_else(String::new, |w| w.name().to_owned()), false);
    say("weight limits", limits_written(workspace), false);
    say("concentration", draws.concentration.map_or_else(String::new, written), false);
    say("scores drawn", draws.scores.map_or_else(String::new, |s| s.name().to_owned()), false);
    let yes = |yes| if yes { "yes" } else { "no" };
    say("weak evidence", draws.weak_evidence.map_or_else(String::new, |w| yes(w).to_owned()), false);
    say("iterations", written(f64::from(draws.iterations)), draws.iterations == usual.iterations);
    say("seed", draws.seed.to_string(), draws.seed == usual.seed);
    sheets.push(sheet);
}

fn word<T: Copy + PartialEq>(words: &[(&str, T)], value: T) -> String {
    words.iter().find(|(_, v)| *v == value).map_or_else(String::new, |(word, _)| (*word).to_owned())
}

/// Where weights would come from if the written tables were read without the settings.
fn weights_of_new_tables(workspace: &Workspace) -> WeightsFrom {
    let as_new =
        workspace.voices.combine == CombineRule::default() && workspace.voices.vote == Vote::default();
    let spelt_out = workspace.balance.weights_from == WeightsFrom::Ballots && !as_new;
    let no_swings = workspace.balance.factors.iter().all(|factor| factor.swing.is_none());
    if !workspace.voices.ballots.is_empty() && no_swings && !spelt_out {
        WeightsFrom::Ballots
    } else {
        WeightsFrom::Swings
    }
}
