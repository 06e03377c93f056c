//! One person's ballots beside the table: whether they count, the days they came in, and how they rank the options.

use egui::{Align, Layout, Ui, vec2};

use super::{BallotsView, scene::Scene};
use crate::{
    analysis::voices::BallotStanding,
    exchange::{
        figure,
        import::{Misnamed, options_named, ranked},
    },
    model::{
        Workspace,
        ids::OptionId,
        voices::{Ballot, LAST_ROUND},
        wording::day,
    },
    ui::{
        desk::Desk,
        icons,
        rooms::voices::card_head::HEAD,
        theme::{Tokens, Type, space},
        widgets::{Button, Card, badge, captioned, hinted_field, icon_button, link, wrapped},
    },
};

/// Shows it until it is put away.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut BallotsView, scene: &Scene, row: usize) {
    let of = &scene.rows[row];
    Card::new().padding(16, 12).show(ui, |ui| {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = space::S;
        let across = Layout::right_to_left(Align::Center);
        ui.allocate_ui_with_layout(vec2(ui.available_width(), HEAD), across, |ui| {
            let close = icon_button(ui, icons::X, "Put the ballot away", true);
            if close.clicked() {
                view.card = None;
                view.to_table = true;
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(Type::Heading.text(&of.name, tokens.ink)).truncate());
            });
        });
        if let Some(id) = &of.stakeholder
            && link(ui, "Open in the register", Type::Small, tokens.ink2).clicked()
        {
            desk.view.voices.look_at_person(id);
            desk.go(crate::model::Room::Voices, "Register");
        }
        if of.ballots.iter().all(Option::is_none) {
            wrapped(ui, "Nothing has come in yet. Type into the row.", Type::Body, tokens.ink2);
        }
        for round in 1..=LAST_ROUND {
            if let Some(ballot) = scene.ballot(row, round) {
                one_round(ui, desk, scene, ballot, (row, round));
            }
        }
    });
}

fn change(desk: &mut Desk<'_>, ballot: &Ballot, label: String, put: impl FnOnce(&mut Ballot)) {
    let id = ballot.id.clone();
    desk.edit(label, None, |w| {
        if let Some(found) = w.voices.ballots.iter_mut().find(|b| b.id == id) {
            put(found);
        }
    });
}

fn one_round(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, ballot: &Ballot, (row, round): (usize, u8)) {
    let tokens = Tokens::of(ui);
    let name = &scene.rows[row].name;
    let place = scene.rows[row].ballots[usize::from(round) - 1];
    ui.separator();
    ui.horizontal(|ui| {
        ui.label(Type::Strong.text(format!("Round {round}"), tokens.ink));
        if let Some(standing) = place.and_then(|i| scene.analysis.voices.standings.get(i)) {
            let words = standing_words(&scene.workspace, ballot, *standing);
            ui.add(egui::Label::new(Type::Small.text(words, tokens.ink2)).wrap());
        }
    });
    let came = ballot.received.map(day).unwrap_or_default();
    let field = format!("Day round {round} of {name} came in");
    let typed = captioned(ui, "Came in on", ui.available_width(), |ui, width| {
        hinted_field(ui, &field, "day not written down", &came, width)
    });
    if let Some(typed) = typed {
        match read_day(&typed) {
            Some(received) => {
                change(desk, ballot, format!("Day the ballot of {name} came in"), |b| b.received = received);
            }
            None => desk.notice(format!("“{typed}” is not a day. Write it as 9/3/2026, or leave it empty.")),
        }
    }
    if scene.hides(round) {
        wrapped(ui, "Covered until Room mode reveals the round.", Type::Body, tokens.ink2);
    } else {
        ranking(ui, desk, scene, ballot, (name, false));
        ranking(ui, desk, scene, ballot, (name, true));
    }
    if scene.rows[row].stakeholder.is_none() {
        let mut marginal = ballot.marginal;
        if ui.checkbox(&mut marginal, Type::Body.text("A marginal voice", tokens.ink)).changed() {
            change(desk, ballot, format!("Mark the ballot of {name}"), |b| b.marginal = marginal);
        }
    }
    let words = format!("Remove round {round}");
    if Button::new(&words).icon(icons::TRASH).quiet().tooltip("One undo brings it back").show(ui).clicked() {
        let id = ballot.id.clone();
        desk.edit(format!("Remove the ballot of {name}, round {round}"), None, |w| {
            w.voices.ballots.retain(|b| b.id != id);
        });
    }
}

fn standing_words(workspace: &Workspace, ballot: &Ballot, standing: BallotStanding) -> String {
    match standing {
        BallotStanding::Counts => "counts".to_owned(),
        BallotStanding::Followed => "a later one stands over it, factor by factor".to_owned(),
        BallotStanding::RoundOpen => "counts once the round is closed".to_owned(),
        BallotStanding::Late => {
            let closed = workspace.voices.round(ballot.round).and_then(|round| round.closed).map(day);
            format!("late: the round was closed on {}; it does not count", closed.unwrap_or_default())
        }
        BallotStanding::NotJoined => "nobody knows which ballot it changes; it does not count".to_owned(),
    }
}

/// Reads a day as it is shown or typed; nothing typed is no day.
fn read_day(text: &str) -> Option<Option<jiff::civil::Date>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    figure::date(text).or_else(|| jiff::civil::Date::strptime("%d %B %Y", text).ok()).map(Some)
}

/// A ranking of the options, typed best first; shown with the badges that stand in it.
fn ranking(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, ballot: &Ballot, (name, gut): (&str, bool)) {
    let options = &scene.workspace.question.options;
    if options.is_empty() {
        return;
    }
    let (caption, what) = if gut {
        ("Gut feel before results were shown, best first", "Gut feel")
    } else {
        ("Own ranking of the options, best first", "Own ranking")
    };
    let ranked = if gut { &ballot.gut_feel } else { &ballot.ranking };
    let badge_of = |id: &OptionId| options.iter().find(|o| o.id == *id).map(|o| o.badge.as_str());
    let badges: Vec<&str> = ranked.iter().filter_map(badge_of).collect();
    let field = format!("{what} of {name}, round {}", ballot.round);
    let hint = if options.len() > 2 { "such as B, A, C" } else { "such as B, A" };
    let typed = captioned(ui, caption, ui.available_width(), |ui, width| {
        hinted_field(ui, &field, hint, &badges.join(", "), width)
    });
    if !badges.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            for of in &badges {
                badge(ui, of, 20.0);
            }
        });
    }
    let Some(typed) = typed else { return };
    match read_ranking(&scene.workspace, &typed) {
        Ok(ranking) => {
            let label = format!("{what} of {name}");
            change(desk, ballot, label, |b| *(if gut { &mut b.gut_feel } else { &mut b.ranking }) = ranking);
        }
        Err(why) => desk.notice(why),
    }
}

/// Reads options by badge or name, best first.
///
/// # Errors
/// Says what is no option, or stands twice.
fn read_ranking(workspace: &Workspace, text: &str) -> Result<Vec<OptionId>, String> {
    let names = ranked(text);
    let (ranking, wrong) = options_named(&workspace.question.options, &names);
    match wrong.first() {
        None => Ok(ranking),
        Some((name, Misnamed::Twice)) => Err(format!("“{name}” stands twice in the ranking.")),
        Some((name, Misnamed::NoOption)) => {
            Err(format!("“{name}” is no option. Write their letters, best first, such as B, A, C."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    #[test]
    fn a_ranking_is_read_by_letters_or_names() {
        let workspace = sample::workspace();
        let options = &workspace.question.options;
        let all: Vec<OptionId> = options.iter().rev().map(|o| o.id.clone()).collect();
        let letters: Vec<&str> = options.iter().rev().map(|o| o.badge.as_str()).collect();
        let names: Vec<&str> = options.iter().rev().map(|o| o.name.as_str()).collect();
        assert_eq!(read_ranking(&workspace, &letters.join(" ")), Ok(all.clone()));
        assert_eq!(read_ranking(&workspace, &names.join("; ").to_lowercase()), Ok(all));
        assert_eq!(read_ranking(&workspace, "  "), Ok(Vec::new()));
        assert!(read_ranking(&workspace, "Z").is_err_and(|why| why.contains("no option")));
        let twice = format!("{0}, {0}", letters[0]);
        assert!(read_ranking(&workspace, &twice).is_err_and(|why| why.contains("twice")));
    }

    #[test]
    fn a_day_is_read_as_it_is_shown() {
        let ninth = jiff::civil::date(2026, 3, 9);
        assert_eq!(read_day(&day(ninth)), Some(Some(ninth)));
        assert_eq!(read_day("9/3/2026"), Some(Some(ninth)));
        assert_eq!(read_day(" "), Some(None));
        assert_eq!(read_day("soon"), None);
    }
}
