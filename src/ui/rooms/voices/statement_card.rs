//! One statement: what was heard beside what was done, and, when it is open, everything that is written of it.

use egui::{Align, Align2, CursorIcon, Layout, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    answer_words, paint_sector,
    statement_filter::status_words,
    statement_links::{self, CellChoice},
    status_look,
};
use crate::{
    exchange::figure,
    model::{
        Workspace,
        voices::{Statement, StatementMethod, StatementStatus, stance_words},
        wording::{capital, day, typed_day},
    },
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, rounded, size, space},
        widgets::{
            button::paint_focus, choice::switch, choose, focus_field, hair_rule, hinted_field, icon_button,
            paint_text, wrapped, wrapping_field,
        },
    },
};

/// How a statement is to be shown.
#[derive(Debug)]
pub struct Shown<'a> {
    /// Everything that is written of it can be edited.
    pub open: bool,
    /// Its words take the keyboard.
    pub is_new: bool,
    pub cell: &'a mut CellChoice,
}

/// Changes one statement.
pub fn change(
    desk: &mut Desk<'_>,
    statement: &Statement,
    label: impl Into<String>,
    put: impl FnOnce(&mut Statement),
) {
    let id = statement.id.clone();
    desk.edit(label, None, |w| {
        if let Some(found) = w.voices.statements.iter_mut().find(|s| s.id == id) {
            put(found);
        }
    });
}

/// Shows a statement; answers whether it is to be opened, or closed again.
pub fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    (statement, number): (&Statement, usize),
    how: Shown<'_>,
) -> bool {
    ui.spacing_mut().item_spacing = vec2(space::S, 4.0);
    let wide = ui.available_width();
    let mut turned = false;
    if wide < 620.0 {
        turned |= heard(ui, workspace, (statement, number), how.open);
        done(ui, desk, workspace, statement, number);
    } else {
        ui.horizontal_top(|ui| {
            let left = (wide - space::XL) * 0.54;
            let down = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(left, 0.0), down, |ui| {
                ui.set_width(left);
                turned |= heard(ui, workspace, (statement, number), how.open);
            });
            ui.add_space(space::S);
            let right = ui.available_width();
            ui.allocate_ui_with_layout(vec2(right, 0.0), down, |ui| {
                ui.set_width(right);
                done(ui, desk, workspace, statement, number);
            });
        });
    }
    if how.open {
        ui.add_space(space::S);
        hair_rule(ui);
        ui.add_space(space::S);
        editor(ui, desk, workspace, statement, number, how);
    }
    turned
}

/// Who said it, in which way, and when.
fn who_words(workspace: &Workspace, statement: &Statement) -> String {
    let person = statement.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
    let mut parts = vec![person.map_or("Nobody named".to_owned(), |person| person.name.clone())];
    parts.extend(statement.method.map(|method| method.words().to_owned()));
    parts.extend(statement.date.map(day));
    parts.extend(statement.kept_out.then(|| "kept out of papers".to_owned()));
    parts.join(" · ")
}

/// What was said, by whom and in which way; answers whether it was clicked.
fn heard(ui: &mut Ui, workspace: &Workspace, (statement, number): (&Statement, usize), open: bool) -> bool {
    let tokens = Tokens::of(ui);
    let text = statement.text.trim();
    let words = if text.is_empty() { "No words yet".to_owned() } else { format!("“{text}”") };
    let who = who_words(workspace, statement);
    let width = ui.available_width();
    let ink = if text.is_empty() { tokens.ink3 } else { tokens.ink };
    let galley = ui.painter().layout(words.clone(), Type::Body.font(), ink, width - 40.0);
    let tall = galley.size().y + 26.0;
    let (place, response) = ui.allocate_exact_size(vec2(width, tall), Sense::click());
    response.widget_info(|| {
        let stance = statement.stance.map_or(String::new(), |s| format!(", {}", stance_words(s)));
        let status = status_words(statement.status);
        let name = format!("Statement {number}: {words} {who}{stance}; {status}");
        WidgetInfo::selected(Role::Button, true, open, name)
    });
    if response.hovered() {
        ui.painter().rect_filled(place.expand(4.0), rounded(6.0), tokens.select);
    }
    let person = statement.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
    if let Some(person) = person {
        let at = place.min + vec2(9.0, 11.0);
        paint_sector(ui.painter(), tokens, workspace, &person.sector, at, 15.0);
    }
    ui.painter().galley(place.min + vec2(28.0, 0.0), galley, ink);
    let y = place.bottom() - 9.0;
    let at = pos2(place.left() + 28.0, y);
    let end = paint_text(ui.painter(), at, Align2::LEFT_CENTER, &who, Type::Small, tokens.ink2).right();
    if let Some(stance) = statement.stance {
        paint_stance(ui, pos2(end + 14.0, y), stance);
        let at = pos2(end + 14.0 + STANCE + 8.0, y);
        let words = stance_words(stance);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink2);
    }
    paint_focus(ui, &response, place.expand(4.0), 6.0);
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

/// How wide a stance is drawn.
const STANCE: f32 = 48.0;

/// Draws a stance from its left end: a line from −2 to 2 with its middle marked, and a dot where it stands.
fn paint_stance(ui: &Ui, left: egui::Pos2, stance: i8) {
    let tokens = Tokens::of(ui);
    let x = |stance: f32| left.x + STANCE * (stance + 2.0) / 4.0;
    let line = Stroke::new(1.4, tokens.line);
    ui.painter().hline(x(-2.0)..=x(2.0), left.y, line);
    ui.painter().vline(x(0.0), (left.y - 4.0)..=(left.y + 4.0), line);
    let at = x(f32::from(stance.clamp(-2, 2)));
    let bar = Rect::from_x_y_ranges(x(0.0).min(at)..=x(0.0).max(at), left.y - 1.5..=left.y + 1.5);
    ui.painter().rect_filled(bar, rounded(1.0), tokens.ink2);
    ui.painter().circle_filled(pos2(at, left.y), 4.0, tokens.ink2);
}

/// What was done about it, and what it bears on. While nothing was, it can be said at once.
fn done(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, statement: &Statement, number: usize) {
    let tokens = Tokens::of(ui);
    let (icon, ink) = status_look(tokens, statement.status);
    ui.horizontal_top(|ui| {
        ui.label(egui::RichText::new(icon.0).font(Icon::font(18.0)).color(ink));
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            let role = if statement.status == StatementStatus::Open { Type::Strong } else { Type::Body };
            wrapped(ui, answer_words(statement), role, ink);
            if statement.status == StatementStatus::Open {
                let room = ui.available_width() - 4.0;
                let name = format!("Answer to statement {number}");
                let given = hinted_field(ui, &name, "What was done about it", &statement.response, room);
                if let Some(response) = given {
                    answer(desk, statement, response);
                }
            }
            if !statement.links.is_empty() {
                statement_links::chips(ui, desk, workspace, statement, false);
            }
        });
    });
}

/// Writes what was done. An answer that is given closes what was open; any other status was somebody's choice.
fn answer(desk: &mut Desk<'_>, statement: &Statement, response: String) {
    change(desk, statement, "Say what was done about a statement", |s| {
        if s.status == StatementStatus::Open && !response.trim().is_empty() {
            s.status = StatementStatus::Done;
        }
        s.response = response;
    });
}

fn caption(ui: &mut Ui, words: &str) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Small.text(words, tokens.ink3));
}

fn editor(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    statement: &Statement,
    number: usize,
    how: Shown<'_>,
) {
    ui.spacing_mut().item_spacing = vec2(space::S, 6.0);
    caption(ui, "What was said");
    let name = format!("Words of statement {number}");
    if how.is_new {
        focus_field(ui, &name);
    }
    let room = ui.available_width() - 4.0;
    if let Some(text) = wrapping_field(ui, &name, &statement.text, room) {
        change(desk, statement, "Write down what was said", |s| s.text = text);
    }
    ui.horizontal_wrapped(|ui| {
        who(ui, desk, workspace, statement, number);
        method(ui, desk, statement, number);
        let shown = statement.date.map(typed_day).unwrap_or_default();
        let name = format!("Day of statement {number}");
        if let Some(typed) = hinted_field(ui, &name, "31/3/2027", &shown, 112.0) {
            date(desk, statement, &typed);
        }
        stance(ui, desk, statement, number);
    });
    caption(ui, "What was done");
    ui.horizontal_top(|ui| {
        status(ui, desk, statement, number);
        let room = ui.available_width() - 4.0;
        let name = format!("What was done about statement {number}");
        if let Some(response) = wrapping_field(ui, &name, &statement.response, room) {
            answer(desk, statement, response);
        }
    });
    caption(ui, "What it is about");
    statement_links::chips(ui, desk, workspace, statement, true);
    statement_links::adding(ui, desk, workspace, statement, how.cell);
    ui.horizontal(|ui| {
        let room = ui.available_width() - size::CONTROL - space::L - KEEPING;
        let name = format!("In other words, statement {number}");
        let hint = "Anything else it is about, in words";
        if let Some(about) = hinted_field(ui, &name, hint, &statement.about, room) {
            change(desk, statement, "Say what a statement is about", |s| s.about = about);
        }
        let name = format!("Keep statement {number} out of papers");
        if switch(ui, &name, statement.kept_out).clicked() {
            let step = if statement.kept_out { "Let a statement into papers" } else { "Keep a statement out of papers" };
            change(desk, statement, step, |s| s.kept_out = !s.kept_out);
        }
        ui.label(Type::Small.text("Keep out of papers", Tokens::of(ui).ink2)).on_hover_text(
            "Its words, its answer and who said it stay out of papers, workbooks, tables, sheets and copies. It counts as heard.",
        );
        if icon_button(ui, icons::TRASH, &format!("Remove statement {number}"), true).clicked() {
            let id = statement.id.clone();
            desk.edit("Remove a statement", None, |w| w.voices.statements.retain(|s| s.id != id));
            desk.notice("The statement is removed. Undo brings it back.");
        }
    });
}

/// What the choice to keep a statement out of papers takes of a row.
const KEEPING: f32 = 190.0;

fn who(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, statement: &Statement, number: usize) {
    let people =
        workspace.voices.stakeholders.iter().map(|person| (Some(person.id.clone()), person.name.clone()));
    let choices = std::iter::once((None, "Nobody named".to_owned())).chain(people);
    let name = format!("Who said statement {number}");
    if let Some(chosen) = choose(ui, &name, 230.0, &statement.stakeholder, choices) {
        change(desk, statement, "Say who made a statement", |s| s.stakeholder = chosen);
    }
}

fn method(ui: &mut Ui, desk: &mut Desk<'_>, statement: &Statement, number: usize) {
    let methods = StatementMethod::ALL.into_iter().map(|method| (Some(method), capital(method.words())));
    let choices = std::iter::once((None, "Way not said".to_owned())).chain(methods);
    let name = format!("How statement {number} was made");
    if let Some(chosen) = choose(ui, &name, 180.0, &statement.method, choices) {
        change(desk, statement, "Say how a statement was made", |s| s.method = chosen);
    }
}

fn stance(ui: &mut Ui, desk: &mut Desk<'_>, statement: &Statement, number: usize) {
    let choices = std::iter::once((None, "No stance".to_owned()))
        .chain([2, 1, 0, -1, -2].map(|stance| (Some(stance), capital(stance_words(stance)))));
    let name = format!("Stance of statement {number}");
    if let Some(chosen) = choose(ui, &name, 190.0, &statement.stance, choices) {
        change(desk, statement, "Change the stance of a statement", |s| s.stance = chosen);
    }
}

fn status(ui: &mut Ui, desk: &mut Desk<'_>, statement: &Statement, number: usize) {
    let choices = StatementStatus::ALL.map(|status| (status, capital(status_words(status))));
    let name = format!("Status of statement {number}");
    if let Some(chosen) = choose(ui, &name, 124.0, &statement.status, choices) {
        change(desk, statement, "Change the status of a statement", |s| s.status = chosen);
    }
}

fn date(desk: &mut Desk<'_>, statement: &Statement, typed: &str) {
    let typed = typed.trim();
    if typed.is_empty() {
        change(desk, statement, "Leave the date of a statement open", |s| s.date = None);
        return;
    }
    match figure::date(typed) {
        Some(date) => change(desk, statement, "Date a statement", |s| s.date = Some(date)),
        None => desk.notice(format!("“{typed}” is not a date; write it like 31/3/2027.")),
    }
}
