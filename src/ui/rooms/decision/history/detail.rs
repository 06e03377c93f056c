//! The card of one step: what it changed, why, what it did to the totals, and what can be done about it.

use egui::{Frame, Margin, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::{
    HistoryView, called, clearing,
    place::page,
    rows::{self, Said, badges_of, figure, time_words},
    table,
};
use crate::{
    model::{
        trail::{Effect, Moved},
        wording::{capital, count, number},
    },
    session::{Obstacle, trail::Line},
    ui::{
        command::Command,
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            Button, Card, Paragraph, fields_of, hair_rule, hinted_wrapping_field, link, paint_badge,
            paint_text, wrapped,
        },
    },
};

/// How many options have bars.
const BARS: usize = 3;
/// How many of the later steps that stand in the way are named.
const NAMED: usize = 2;

/// Shows the card of the step that is chosen.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView) {
    let Some(line) = view.step.as_ref().and_then(|id| desk.session.trail().line(id)).cloned() else { return };
    let shown = Card::new().padding(18, 16).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        if view.asked.is_some() {
            clearing::ask(ui, desk, view);
            return;
        }
        heading(ui, &line, view);
        changes(ui, &line);
        note(ui, desk, view, &line);
        if let Some(words) = line.words() {
            effect(ui, &words.effect);
        }
        ui.add_space(space::XS);
        buttons(ui, desk, &line);
        clearing::removed_person(ui, desk, view, &line);
    });
    let ring = egui::Stroke::new(2.0, Tokens::of(ui).focus);
    let place = shown.response.rect;
    ui.painter().rect_stroke(place, rounded(size::RADIUS_CARD), ring, egui::StrokeKind::Inside);
}

fn heading(ui: &mut Ui, line: &Line, view: &HistoryView) {
    let tokens = Tokens::of(ui);
    let now = view.now();
    let zone = now.time_zone();
    let day = line.at().to_zoned(zone.clone()).date();
    let day = rows::day_words(day, now.date());
    // "Today, 22 November" is "today" where the time stands behind it.
    let day = day.split_once(", ").map_or(day.clone(), |(near, _)| near.to_lowercase());
    let when = format!("{day}, {}", time_words(line.at(), zone));
    let named = line.first_change().map(|change| page(&change.place));
    let room = line.room().or(named.and_then(|(room, _)| room));
    let place = match (room, named) {
        (Some(room), Some((own, page))) if own == Some(room) && !page.is_empty() => {
            format!("{}, {page}", room.name())
        }
        (Some(room), _) => room.name().to_owned(),
        (None, _) => "Workspace".to_owned(),
    };
    ui.horizontal(|ui| {
        if let Some(room) = room {
            ui.label(
                egui::RichText::new(Command::Go(room).icon().0).font(Icon::font(16.0)).color(tokens.ink2),
            );
        }
        ui.label(Type::Small.text(place, tokens.ink2));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(Type::Small.text(when, tokens.ink2));
        });
    });
    wrapped(ui, title(line), Type::Heading, tokens.ink);
    if line.is_undone {
        wrapped(ui, "Undone. It stays in the list.", Type::Small, tokens.ink2);
    }
}

/// "Score of B on Continuity, 75 % to 80 %"; what was done where that changed more than one thing.
fn title(line: &Line) -> String {
    let what = rows::what(line);
    match rows::before_and_after(line) {
        [before, after] if before != "–" => format!("{what}, {before} to {after}"),
        [_, after] if line.first_change().is_some_and(|change| change.after == after) => {
            format!("{what}, {after}")
        }
        _ => what.to_owned(),
    }
}

/// What it changed, where that is more than the title says.
fn changes(ui: &mut Ui, line: &Line) {
    let tokens = Tokens::of(ui);
    let Some(words) = line.words() else {
        wrapped(ui, "Being put in words…", Type::Small, tokens.ink3);
        return;
    };
    let (changes, more) = (&words.told.changes, words.told.more);
    if changes.len() + more < 2 {
        return;
    }
    for change in changes {
        let value = match (change.before.as_str(), change.after.as_str()) {
            ("", after) => after.to_owned(),
            (before, after) => format!("{before} to {after}"),
        };
        Paragraph::new()
            .run(&change.what, Type::Small, tokens.ink)
            .run(&format!(": {value}"), Type::Small, tokens.ink2)
            .show(ui);
    }
    if more > 0 {
        wrapped(ui, format!("and {}", count(more, "more", "more")), Type::Small, tokens.ink2);
    }
}

fn note(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView, line: &Line) {
    let tokens = Tokens::of(ui);
    if view.writes_note {
        let width = ui.available_width();
        let hint = "Why, in a sentence";
        let typed =
            fields_of(ui, &title(line), |ui| hinted_wrapping_field(ui, "Note", hint, line.note(), width));
        if let Some(typed) = typed {
            desk.session.annotate(line.id(), typed.trim());
            view.writes_note = false;
        }
        return;
    }
    if line.note().is_empty() {
        if link(ui, "Write a note", Type::Small, tokens.ink2).clicked() {
            view.writes_note = true;
            crate::ui::widgets::focus_field(ui, "Note");
        }
        return;
    }
    Frame::new()
        .fill(tokens.sunken)
        .stroke(hairline(tokens.hair))
        .corner_radius(rounded(size::RADIUS))
        .inner_margin(Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            wrapped(ui, format!("“{}”", line.note()), Type::Body, tokens.ink);
            ui.horizontal(|ui| {
                let by = called(line.who(), desk.session.who());
                let by = if by == "You" { "you".to_owned() } else { by.to_owned() };
                ui.label(Type::Small.text(format!("Note on a step by {by}"), tokens.ink2));
                if link(ui, "Change", Type::Small, tokens.ink2).clicked() {
                    view.writes_note = true;
                    crate::ui::widgets::focus_field(ui, "Note");
                }
            });
        });
}

/// Bars of the leading options before and after, the lead in a sentence, and people left out.
fn effect(ui: &mut Ui, effect: &Effect) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    hair_rule(ui);
    if effect.totals.is_empty() {
        wrapped(ui, "No total moved.", Type::Small, tokens.ink2);
        if let Some(lead) = &effect.lead {
            let words = Said::Lead(badges_of(effect, lead)).words();
            wrapped(ui, format!("{}.", capital(&words)), Type::Small, tokens.ink2);
        }
    } else {
        bars(ui, "Before", &effect.totals, |moved| moved.before);
        bars(ui, "After", &effect.totals, |moved| moved.after);
        if let Some(sentence) = lead_sentence(effect) {
            wrapped(ui, sentence, Type::Small, tokens.ink2);
        }
    }
    for moved in &effect.left_out {
        let [before, after] = [moved.before, moved.after].map(|people| figure(people, 0));
        let words = format!("People left out a year under {}: {before} before, {after} after.", moved.badge);
        wrapped(ui, words, Type::Small, tokens.crimson);
    }
}

/// The totals of one moment, best first.
fn best_first(totals: &[Moved], of: impl Fn(&Moved) -> Option<f64>) -> Vec<(&Moved, f64)> {
    let mut known: Vec<(&Moved, f64)> =
        totals.iter().filter_map(|moved| of(moved).map(|total| (moved, total))).collect();
    known.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    known
}

fn bars(ui: &mut Ui, name: &str, totals: &[Moved], of: impl Fn(&Moved) -> Option<f64>) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Small.text(name, tokens.ink2));
    for (moved, total) in best_first(totals, of).into_iter().take(BARS) {
        let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), 21.0), Sense::hover());
        let total_words = number(total, 1);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Label, true, format!("{name}: {} {total_words}", moved.badge))
        });
        let y = place.center().y;
        paint_badge(ui.painter(), tokens, &moved.badge, egui::pos2(place.left() + 9.0, y), 18.0);
        let room = place.width() - 27.0 - 52.0;
        let width = (total as f32 / 100.0).clamp(0.0, 1.0) * room;
        let bar = Rect::from_min_size(egui::pos2(place.left() + 27.0, y - 6.0), vec2(width, 12.0));
        ui.painter().rect_filled(bar, rounded(3.0), tokens.option(&moved.badge).fill);
        let at = egui::pos2(place.right(), y);
        paint_text(
            ui.painter(),
            at,
            egui::Align2::RIGHT_CENTER,
            &total_words,
            Type::NumberStrong,
            tokens.ink,
        );
    }
}

/// "B’s lead over C: 8.6 before, 9.2 after."
fn lead_sentence(effect: &Effect) -> Option<String> {
    let before = best_first(&effect.totals, |moved| moved.before);
    let after = best_first(&effect.totals, |moved| moved.after);
    let lead = |of: &[(&Moved, f64)]| match of {
        [(first, best), (second, next), ..] => {
            Some((first.badge.clone(), second.badge.clone(), number(best - next, 1)))
        }
        _ => None,
    };
    match (lead(&before), lead(&after)) {
        (Some(was), Some(is)) if was.0 == is.0 && was.1 == is.1 => {
            Some(format!("{}’s lead over {}: {} before, {} after.", is.0, is.1, was.2, is.2))
        }
        (Some(was), Some(is)) => Some(format!(
            "Before, {} led {} by {}; after, {} leads {} by {}.",
            was.0, was.1, was.2, is.0, is.1, is.2
        )),
        (None, Some(is)) => Some(format!("{} leads {} by {}.", is.0, is.1, is.2)),
        _ => None,
    }
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, line: &Line) {
    let tokens = Tokens::of(ui);
    let obstacle = desk.session.obstacle_to_undo(line.id());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if Button::new("Go to its place").icon(icons::ARROW_RIGHT).primary().show(ui).clicked() {
            table::go(desk, line);
        }
        let undo = Button::new("Undo only this").icon(icons::ARROW_U_UP_LEFT).enabled(obstacle.is_none());
        if undo.show(ui).clicked() {
            match desk.session.undo_only(line.id()) {
                Ok(()) => desk.notice(format!("Undone: {}", line.label())),
                Err(obstacle) => desk.notice(format!("Not undone. {}", in_words(desk, &obstacle))),
            }
        }
    });
    if let Some(obstacle) = obstacle {
        wrapped(ui, in_words(desk, &obstacle), Type::Small, tokens.ink2);
    }
}

/// Why a step cannot be taken back alone, and what else can be done.
fn in_words(desk: &Desk<'_>, obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::IsUndone => "It has been undone already.".to_owned(),
        Obstacle::NotYet => "It is being put in words.".to_owned(),
        Obstacle::NotKept => {
            "What it takes to undo it alone is not kept: it changed a great deal, a round was \
                              covered, or a name was taken out. Undo goes back step by step."
                .to_owned()
        }
        Obstacle::Changed(why) => why.clone(),
        Obstacle::Later(later) => {
            let trail = desk.session.trail();
            let named = later.iter().take(NAMED).filter_map(|id| trail.line(id));
            let named: Vec<String> = named.map(|line| format!("“{}”", rows::what(line))).collect();
            let more = match later.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {}", count(more, "more", "more")),
            };
            let builds = if later.len() == 1 { "A later step builds" } else { "Later steps build" };
            format!("{builds} on it: {}{more}.", named.join(", "))
        }
    }
}
