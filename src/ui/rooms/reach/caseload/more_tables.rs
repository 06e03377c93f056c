//! The tables of More tests: groups at a gate, within offices, adjusted for traits, offices, and their headlines.

use egui::{Grid, ScrollArea, Ui, vec2};

use super::{Seen, words};
use crate::ui::drawing::Part;
use crate::{
    analysis::{
        Undefined,
        explain::Question,
        reach::caseload::{
            gates::FOUR_FIFTHS,
            telling::{SMALL, told_against, told_deviance, told_term},
        },
    },
    model::wording::{capital, count, list, number, percent},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{Card, choose, link, wrapped},
    },
};

/// A table with a head, its rows, and a sentence above it.
fn table(ui: &mut Ui, title: &str, sentence: &str, contents: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text(title, tokens.ink));
        wrapped(ui, sentence, Type::Body, tokens.ink);
        ScrollArea::horizontal().id_salt(title).auto_shrink([false, true]).show(ui, |ui| {
            Part::table(title)
                .show(ui, |ui| Grid::new(title).spacing(vec2(space::XL, space::XS)).show(ui, contents));
        });
    });
}

fn heads(ui: &mut Ui, words: &[&str]) {
    let tokens = Tokens::of(ui);
    for word in words {
        ui.label(Type::Small.text(*word, tokens.ink3));
    }
    ui.end_row();
}

fn figure(ui: &mut Ui, words: impl Into<String>, is_bad: bool) {
    let tokens = Tokens::of(ui);
    let (role, ink) = if is_bad { (Type::NumberStrong, tokens.crimson) } else { (Type::Number, tokens.ink) };
    ui.label(role.text(words, ink));
}

/// Begins a row with a name that can be asked why; where it is not told it says so, and the row is over.
fn begins(ui: &mut Ui, desk: &mut Desk<'_>, (name, why): (&str, Question), is_told: bool) -> bool {
    let tokens = Tokens::of(ui);
    if link(ui, name, Type::Body, tokens.ink).clicked() {
        desk.explain(why);
    }
    if !is_told {
        figure(ui, "hidden", false);
        ui.end_row();
    }
    is_told
}

/// A figure in words; that it is hidden is said, that it is undefined is a dash.
fn or_why<T>(found: Result<T, Undefined>, words: impl FnOnce(T) -> String) -> String {
    match found {
        Ok(found) => words(found),
        Err(Undefined(SMALL)) => "hidden".to_owned(),
        Err(_) => "–".to_owned(),
    }
}

fn ratio(value: f64) -> String {
    number(value, 2)
}

fn from_to(low: f64, high: f64) -> String {
    format!("{} to {}", number(low, 2), number(high, 2))
}

/// Every group at one gate: share, ratios, four fifths beside the test.
pub fn groups(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, gate: usize) {
    let at_gate = &seen.check.gates[gate];
    let failing: Vec<&str> = (0..at_gate.result.groups.len())
        .filter(|group| seen.small.tells_rate(*group, gate))
        .filter(|group| at_gate.result.groups[*group].impact_ratio.is_ok_and(|ratio| ratio < FOUR_FIFTHS))
        .map(|group| seen.short(group))
        .collect();
    let sentence = match failing.as_slice() {
        [] => "By the four-fifths rule no group passes much less often than the best.".to_owned(),
        names => format!(
            "Under four fifths of the best group: {}. The rule says nothing of chance; the test beside it does.",
            list(names)
        ),
    };
    let title = format!("Groups at {}", words::passing(&at_gate.name));
    gate_chooser(ui, desk, seen, gate);
    table(ui, &title, &sentence, |ui| {
        heads(
            ui,
            &[
                "Need group",
                "passes",
                "over everyone else",
                "95 %",
                "of the best group",
                "share of passed over share of came",
                "chance (Holm)",
            ],
        );
        for (group, at) in at_gate.result.groups.iter().enumerate() {
            if !begins(
                ui,
                desk,
                (seen.short(group), Question::Passing { gate, group }),
                seen.small.tells_rate(group, gate),
            ) {
                continue;
            }
            figure(ui, or_why(at.rate, percent), seen.is_shut_out(group, gate));
            figure(ui, or_why(at.rate_ratio, ratio), false);
            figure(ui, or_why(at.rate_ratio_limits, |limits| from_to(limits.low, limits.high)), false);
            let fails = at.impact_ratio.is_ok_and(|ratio| ratio < FOUR_FIFTHS);
            figure(ui, or_why(at.impact_ratio, ratio), fails);
            figure(ui, or_why(at.representation_ratio, ratio), false);
            figure(ui, or_why(at.p_holm, chance), at.p_holm.is_ok_and(|p| p < 0.05));
            ui.end_row();
        }
    });
}

fn chance(p: f64) -> String {
    if p < 0.0001 { "under 0.0001".to_owned() } else { number(p, 4) }
}

fn gate_chooser(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, gate: usize) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(Type::Body.text("At the gate", tokens.ink2));
        let gates = seen.counted.gates.iter().enumerate().map(|(at, name)| (at, capital(name)));
        if let Some(chosen) = choose(ui, "Gate that the tests are of", 200.0, &gate, gates) {
            desk.view.reach.caseload.gate = Some(chosen);
        }
    });
}

/// Whether a difference holds inside offices and referrers: crude and adjusted side by side.
pub fn within(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, gate: usize) {
    let at_gate = &seen.check.gates[gate];
    for (places, strata) in [("offices", &at_gate.within_providers), ("referrers", &at_gate.within_referrers)]
    {
        if strata.is_empty() {
            continue;
        }
        let turned: Vec<&str> = (0..strata.len())
            .filter(|group| seen.small.tells_rate(*group, gate))
            .filter(|group| match (strata[*group].crude_odds_ratio, strata[*group].odds_ratio) {
                (Ok(crude), Ok(inside)) => (crude < 1.0) != (inside < 1.0),
                _ => false,
            })
            .map(|group| seen.short(group))
            .collect();
        let told = |group: usize| {
            seen.small.tells_rate(group, gate)
                && strata[group].crude_odds_ratio.is_ok()
                && strata[group].odds_ratio.is_ok()
        };
        let compared = (0..strata.len()).filter(|group| told(*group)).count();
        let sentence = match turned.as_slice() {
            [] if compared == 0 => format!(
                "Whether it is a matter of which {places} people came to cannot be said: small numbers are hidden."
            ),
            [] if compared < strata.len() => format!(
                "In {} that can be told no difference turns round inside {places}; the others are hidden.",
                count(compared, "group", "groups")
            ),
            [] => format!(
                "Looked at inside {places}, no difference turns round: it is not only a matter of which {places} people came to."
            ),
            names => format!(
                "Inside {places} the difference turns round for {}: it was one of {places}, not of the group.",
                list(names)
            ),
        };
        table(ui, &format!("The same within {places}"), &sentence, |ui| {
            heads(ui, &["Need group", "odds, all together", "odds within each", "95 %", "chance"]);
            for (group, of_group) in strata.iter().enumerate() {
                if !begins(
                    ui,
                    desk,
                    (seen.short(group), Question::Passing { gate, group }),
                    seen.small.tells_rate(group, gate),
                ) {
                    continue;
                }
                figure(ui, or_why(of_group.crude_odds_ratio, ratio), false);
                figure(ui, or_why(of_group.odds_ratio, ratio), false);
                figure(ui, or_why(of_group.limits, |limits| from_to(limits.low, limits.high)), false);
                figure(ui, or_why(of_group.p_value, chance), false);
                ui.end_row();
            }
        });
    }
}

/// The regression of a gate on group and traits.
pub fn adjusted(ui: &mut Ui, seen: &Seen<'_>, gate: usize) {
    let tokens = Tokens::of(ui);
    let name = seen.gate(gate);
    let Some((at, fit)) = seen.check.adjusted.iter().enumerate().find(|(_, fit)| fit.gate == name) else {
        Card::new().show(ui, |ui| {
            ui.label(Type::Heading.text("Adjusted for traits", tokens.ink));
            let words = "The caseload was counted without a trait to adjust for, such as an age band.";
            wrapped(ui, words, Type::Body, tokens.ink);
        });
        return;
    };
    let names: Vec<&str> = fit.traits.iter().map(String::as_str).collect();
    let for_what = if names.is_empty() { "nothing further".to_owned() } else { list(&names) };
    let mut sentence = format!(
        "Odds of {} beside {}, people alike in {for_what}: under 1 the group passes less often than people like it.",
        words::passing(name),
        told_against(seen.small, seen.counted, at).unwrap_or("the largest group")
    );
    if let Ok(deviance) = told_deviance(seen.small, seen.counted, at) {
        sentence += &format!(" Deviance {}.", number(deviance, 1));
    }
    if !fit.reason.is_empty() {
        sentence += &format!(" Not all of it has a figure: {}.", fit.reason);
    }
    if fit.terms.is_empty() {
        Card::new().show(ui, |ui| {
            ui.label(Type::Heading.text("Adjusted for traits", tokens.ink));
            wrapped(ui, sentence, Type::Body, tokens.ink);
        });
        return;
    }
    table(ui, "Adjusted for traits", &sentence, |ui| {
        heads(ui, &["Term", "odds ratio", "95 %"]);
        for term in &fit.terms {
            let tokens = Tokens::of(ui);
            ui.label(Type::Body.text(&term.term, tokens.ink));
            let told = told_term(seen.small, seen.counted, at, term);
            match (told.odds_ratio, told.limits) {
                (Ok(odds), Ok(limits)) => {
                    figure(ui, ratio(odds), term.is_group && limits.high < 1.0);
                    figure(ui, from_to(limits.low, limits.high), false);
                }
                _ => figure(ui, "hidden", false),
            }
            ui.end_row();
        }
    });
}

/// Each office beside what its people lead one to expect.
pub fn offices(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, gate: usize) {
    let at_gate = &seen.check.gates[gate];
    let below: Vec<&str> = at_gate
        .providers
        .iter()
        .enumerate()
        .filter(|(_, place)| place.funnel.is_ok_and(|place| place.is_below()))
        .map(|(at, _)| seen.provider(at))
        .collect();
    let sentence = match below.as_slice() {
        [] => "No office passes fewer than its people lead one to expect, by more than chance.".to_owned(),
        names => format!("Fewer than their people lead one to expect: {}.", list(names)),
    };
    let warning = at_gate.spread.as_ref().ok().and_then(|spread| spread.warning());
    let sentence = warning.map_or(sentence.clone(), |warning| format!("{sentence} {warning}"));
    let title = format!("Offices at {}", words::passing(&at_gate.name));
    table(ui, &title, &sentence, |ui| {
        heads(ui, &["Office", "passed", "expected", "over expected", "95 %"]);
        for (provider, place) in at_gate.providers.iter().enumerate() {
            if !begins(
                ui,
                desk,
                (seen.provider(provider), Question::Provider { gate, provider }),
                seen.small.tells_rate_of_provider(provider, gate),
            ) {
                continue;
            }
            figure(ui, number(place.passage.passed as f64, 0), false);
            figure(ui, or_why(place.expected, |expected| number(expected, 1)), false);
            let is_below = place.funnel.is_ok_and(|place| place.is_below());
            figure(ui, or_why(place.ratio, ratio), is_below);
            figure(ui, or_why(place.limits, |limits| from_to(limits.low, limits.high)), false);
            ui.end_row();
        }
    });
}

/// How much of each office's headline is whom it has, and how much is what it does.
pub fn headlines(ui: &mut Ui, seen: &Seen<'_>) {
    let points = |share: f64| {
        let sign = if share > 0.0005 { "+" } else { "" };
        format!("{sign}{} points", number(share * 100.0, 1))
    };
    let mostly_mix: Vec<&str> = seen
        .check
        .decomposition
        .iter()
        .enumerate()
        .filter(|(_, found)| {
            found.is_ok_and(|found| found.difference > 0.01 && found.mix > 0.5 * found.difference)
        })
        .map(|(at, _)| seen.provider(at))
        .collect();
    let told = seen.check.decomposition.iter().filter(|found| found.is_ok()).count();
    let sentence = match mostly_mix.as_slice() {
        [] if told == 0 => "What is behind a headline cannot be said of any office.".to_owned(),
        [] if told < seen.check.decomposition.len() => format!(
            "Of {} that can be told, none looks better than the others mainly because it has other people.",
            count(told, "office", "offices")
        ),
        [] => "No office looks better than the others mainly because it has other people.".to_owned(),
        names => format!("Better than the others mainly because of whom they have: {}.", list(names)),
    };
    table(ui, "What is behind each office’s headline", &sentence, |ui| {
        heads(ui, &["Office", "against the others", "from whom it has", "from what it does"]);
        for (at, found) in seen.check.decomposition.iter().enumerate() {
            let tokens = Tokens::of(ui);
            ui.label(Type::Body.text(seen.provider(at), tokens.ink));
            match found {
                Ok(found) => {
                    for part in [found.difference, found.mix, found.effect] {
                        figure(ui, points(part), false);
                    }
                }
                Err(why) => {
                    ui.label(Type::Small.text(format!("not defined: {}", why.0), tokens.ink3));
                }
            }
            ui.end_row();
        }
    });
}
