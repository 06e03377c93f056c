//! The sentence above the ballots: whether the lead hangs on anybody, what round 2 is about, and what is in.

use egui::{Align, Layout, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::scene::Scene;
use crate::{
    analysis::{
        balance::certainty,
        explain::{Question, VoiceQuestion},
        voices::BallotStanding,
    },
    model::{
        balance::WeightsFrom,
        voices::LAST_ROUND,
        wording::{capital, count, list},
    },
    ui::{
        desk::Desk,
        icons::{self, Icon},
        rooms::voices::card_head::asks_why,
        theme::{Tokens, Type, space},
        widgets::{Paragraph, button::paint_focus},
    },
};

/// Shows both, side by side where there is room.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene) {
    let tokens = Tokens::of(ui);
    let note = certainty::note(&scene.analysis.balance.performance.matrix);
    let (lead, rest) = (leader_words(scene), next_words(scene) + note);
    let said = || {
        let gap = if rest.is_empty() { "" } else { " " };
        let said = Paragraph::new().run(&lead, Type::Heading, tokens.ink);
        said.run(&format!("{gap}{rest}"), Type::Sentence, tokens.ink2)
    };
    let (first, second) = status_words(scene);
    ui.spacing_mut().item_spacing.y = 0.0;
    let width = ui.available_width();
    let line = |words: Paragraph| words.galley(ui.painter(), f32::INFINITY).size().x;
    let both = line(said()) + line(status_line(tokens, &first, &second)) + 24.0 + space::L;
    if both > width {
        let response = said().show(ui);
        if_asked(ui, desk, scene, response, &format!("{lead} {rest}"));
        if !first.is_empty() {
            ui.add_space(space::XS);
            ui.horizontal(|ui| {
                timer(ui);
                status_line(tokens, &first, &second).show(ui);
            });
        }
    } else {
        ui.allocate_ui_with_layout(egui::vec2(width, 28.0), Layout::right_to_left(Align::Center), |ui| {
            if !first.is_empty() {
                status_line(tokens, &first, &second).show_line(ui);
                timer(ui);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let response = said().show(ui);
                if_asked(ui, desk, scene, response, &format!("{lead} {rest}"));
            });
        });
    }
    ui.add_space(space::S);
}

/// Lets the sentence be asked why, where it says who leads.
fn if_asked(ui: &Ui, desk: &mut Desk<'_>, scene: &Scene, said: Response, words: &str) {
    let Some(why) = why(scene) else { return };
    let response = said.interact(Sense::click()).on_hover_text("Why?");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{words} Why?")));
    paint_focus(ui, &response, response.rect.expand2(vec2(3.0, 1.0)), 4.0);
    asks_why(desk, response, why);
}

/// What the sentence rests on: the one sector that the lead hangs on, or what it is without anybody.
fn why(scene: &Scene) -> Option<Question> {
    let voices = &scene.analysis.voices;
    voices.together?;
    let sectors = scene.workspace.voices.sectors.iter().zip(&voices.without_sector);
    let mut hang = sectors.filter(|(_, out)| out.is_some_and(|out| out.changes_leader));
    Some(Question::Voice(match (hang.next(), &voices.lead_without_one) {
        (Some((sector, _)), _) => VoiceQuestion::Sector(sector.id.clone()),
        (None, Ok(_)) => VoiceQuestion::WithoutOne,
        (None, Err(_)) => VoiceQuestion::ByVote(scene.workspace.voices.vote),
    }))
}

fn status_line(tokens: &Tokens, first: &str, second: &str) -> Paragraph {
    let words = Paragraph::new().run(first, Type::SmallStrong, tokens.ink2);
    words.run(second, Type::Small, tokens.ink2)
}

fn timer(ui: &mut Ui) {
    let ink = Tokens::of(ui).ink2;
    ui.label(egui::RichText::new(icons::TIMER.0).font(Icon::font(16.0)).color(ink));
}

/// Whether another option would lead without somebody.
fn leader_words(scene: &Scene) -> String {
    let voices = &scene.analysis.voices;
    let options = &scene.workspace.question.options;
    let badge = |o: usize| options.get(o).map_or("", |option| option.badge.as_str());
    let Some(together) = voices.together else {
        return match scene.open {
            _ if scene.rows.is_empty() => "No ballots yet.".to_owned(),
            Some(round) => format!("Round {round} is open; nothing shows before it is closed."),
            None if options.is_empty() => "There are no options to weigh yet.".to_owned(),
            None => "The ballots say nothing yet.".to_owned(),
        };
    };
    let leader = badge(together.leader);
    let sectors = scene.workspace.voices.sectors.iter().zip(&voices.without_sector);
    let changed: Vec<(&str, &str)> = sectors
        .filter_map(|(sector, out)| Some((sector.short_name(), out.filter(|out| out.changes_leader)?)))
        .map(|(name, out)| (name, badge(out.leader)))
        .collect();
    match changed.as_slice() {
        [] => {}
        [(name, other)] => return format!("Without {name}, {other} would lead instead of {leader}."),
        several => {
            let names: Vec<&str> = several.iter().map(|(name, _)| *name).collect();
            return format!("{leader} leads, but not without {}.", names.join(" or without "));
        }
    }
    match &voices.lead_without_one {
        Err(_) => format!("{leader} leads by one ballot."),
        Ok(without) if without.changes.is_empty() => format!("Whoever is left out, {leader} still leads."),
        Ok(without) => match without.changes.as_slice() {
            [one] => {
                let who = scene.rows.iter().find(|row| row.ballots.contains(&Some(*one)));
                let who = who.map_or("one person", |row| row.name.as_str());
                format!("{leader} leads, but not without {who}.")
            }
            several => {
                let people = count(several.len(), "person", "people");
                format!("{leader} leads, but not without any one of {people}.")
            }
        },
    }
}

const WORDS: [&str; 9] = ["", "one", "two", "three", "four", "five", "six", "seven", "eight"];

/// What the second round is about, or what it would best be about.
fn next_words(scene: &Scene) -> String {
    let factors = scene.factors();
    let widest = &scene.analysis.voices.disagreement;
    let asked: Vec<usize> = (0..factors.len()).filter(|&f| scene.framed[f]).collect();
    if scene.has_second {
        let open = scene.open == Some(LAST_ROUND);
        let verb = if open { "asks" } else { "asked" };
        if asked.len() == factors.len() {
            return format!("Round 2 {verb} again about every factor.");
        }
        let first = widest.iter().take(asked.len());
        let are_widest = open && asked.len() > 1 && first.clone().all(|f| asked.contains(f));
        return match WORDS.get(asked.len()) {
            Some(number) if are_widest => {
                format!("Round 2 asks again about the {number} factors furthest apart.")
            }
            _ => {
                let names: Vec<&str> = asked.iter().map(|&f| factors[f].short_name()).collect();
                let many = format!("{} factors", names.len());
                format!("Round 2 {verb} again about {}.", if names.len() < 5 { list(&names) } else { many })
            }
        };
    }
    match widest.as_slice() {
        _ if scene.open.is_some() => String::new(),
        [first, second, ..] if scene.analysis.voices.in_force.len() > 1 => format!(
            "Talk next about {} and {}: there the ballots are furthest apart.",
            factors[*first].short_name(),
            factors[*second].short_name()
        ),
        _ => String::new(),
    }
}

/// How many ballots are in, and what counts meanwhile.
fn status_words(scene: &Scene) -> (String, String) {
    if scene.rows.is_empty() {
        return (String::new(), String::new());
    }
    let late = scene.analysis.voices.standings.iter().filter(|s| **s == BallotStanding::Late).count();
    let late = match late {
        0 => String::new(),
        n => format!(" {n} came late and {} not count.", if n == 1 { "does" } else { "do" }),
    };
    let unjoined =
        scene.analysis.voices.standings.iter().filter(|s| **s == BallotStanding::NotJoined).count();
    let late = match unjoined {
        0 => late,
        n => format!(
            "{late} {n} of round 2 without a name {} not count: nobody knows which of round 1 {} changes.",
            if n == 1 { "does" } else { "do" },
            if n == 1 { "it" } else { "each" }
        ),
    };
    let from_ballots = scene.workspace.balance.weights_from == WeightsFrom::Ballots;
    let what = if from_ballots { "The answer uses" } else { "These figures use" };
    match scene.open {
        Some(round) => {
            let (given, expected) = scene.in_of(round);
            let until = match round {
                1 => format!(" Nothing counts until round 1 is closed.{late}"),
                _ => format!(" {what} round 1 until round 2 is closed.{late}"),
            };
            (format!("{given} of {expected} in."), until)
        }
        None => {
            let given = count(scene.analysis.voices.in_force.len(), "ballot counts.", "ballots count.");
            let weights = if from_ballots {
                " The weights come from them."
            } else {
                " The weights are the points on Weights."
            };
            (capital(&given), format!("{weights}{late}"))
        }
    }
}
