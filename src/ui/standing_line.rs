//! The line at the foot of the window: always the present answer, every clause a way to its source.

use egui::{Align2, CursorIcon, Popup, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    desk::Desk,
    icons::{self, Icon},
    theme::{Tokens, Type, hairline, rounded, size},
    view::Screen,
    widgets::{
        button::{paint_dotted, paint_focus},
        paint_badge,
    },
};
use crate::{
    analysis::{
        explain::Question,
        reach::Verdict,
        standing::{Clause, ClauseKind, standing},
    },
    model::{Room, balance::WeightDraws},
};

/// How long a clause that has just changed is marked, in seconds.
const CHANGED_FOR: f64 = 2.0;

/// Stands between a figure and the word that says it is not of now.
const AGED: &str = ", ";

/// Shows the line; clauses that find no room are folded into "2 more".
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, small: bool) {
    let tokens = Tokens::of(ui);
    let workspace = desk.workspace();
    let analysis = desk.analysis();
    let (robustness, age) = desk.robustness_of_leader();
    let mut clauses = standing(&workspace, &analysis, robustness);
    if let Some(age) = age {
        for clause in clauses.iter_mut().filter(|clause| clause.kind == ClauseKind::Robust) {
            for figure in [&mut clause.figure, &mut clause.short_figure] {
                *figure = format!("{figure}{AGED}{age}");
            }
        }
    }
    let badge = |clause: &Clause| {
        clause.option.and_then(|o| workspace.question.options.get(o)).map(|o| o.badge.clone())
    };
    let note = workspace.note_in_brief();
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let note_width = note.map_or(0.0, |note| {
            ui.painter().layout_no_wrap(note.to_owned(), Type::Small.font(), tokens.ink3).size().x + 24.0
        });
        let room = ui.available_width() - note_width;
        let widths: Vec<f32> = clauses.iter().map(|c| width_of(ui, c, badge(c).is_some(), small)).collect();
        let shown = that_fit(&widths, room);
        for (index, clause) in clauses.iter().take(shown).enumerate() {
            if index > 0 {
                rule(ui);
            }
            let response = clause_button(ui, clause, badge(clause).as_deref(), small, widths[index]);
            let drawn = desk.robustness().map(|run| run.draws.weights);
            let response = match drawn_where(drawn).filter(|_| clause.kind == ClauseKind::Robust) {
                Some(drawn) => response.on_hover_text(drawn),
                None => response,
            };
            if response.clicked() {
                follow(desk, clause);
            }
        }
        if shown < clauses.len() {
            rule(ui);
            folded(ui, desk, &clauses[shown..], small);
        }
        if let Some(note) = note {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(Type::Small.text(note, tokens.ink3)).on_hover_text(workspace.illustrative.as_str());
                ui.add_space(6.0);
                ui.label(egui::RichText::new(icons::INFO.0).font(Icon::font(16.0)).color(tokens.ink3));
            });
        }
    });
}

/// Where the weights behind a robustness are drawn, where somebody might think of other weights.
fn drawn_where(weights: Option<WeightDraws>) -> Option<&'static str> {
    match weights? {
        WeightDraws::BetweenBallots => {
            Some("Weights are drawn between the ballots, whatever the points on Weights say")
        }
        WeightDraws::Ballots => Some("Weights are those of a ballot drawn anew each time"),
        WeightDraws::AroundSwings => Some("Weights are drawn around those in force"),
        WeightDraws::Intervals => Some("Weights are drawn within the limits set for them"),
        WeightDraws::Uniform | WeightDraws::Ranked => None,
    }
}

fn words(clause: &Clause, small: bool) -> (&str, &str) {
    if small { (&clause.short_words, &clause.short_figure) } else { (&clause.words, &clause.figure) }
}

fn role(clause: &Clause) -> Type {
    if clause.kind == ClauseKind::Leader { Type::Strong } else { Type::Body }
}

fn icon(clause: &Clause) -> Option<Icon> {
    match clause.kind {
        ClauseKind::LeftOut => Some(icons::WARNING_DIAMOND),
        ClauseKind::MissingVoices => Some(icons::USER_MINUS),
        _ => None,
    }
}

fn width_of(ui: &Ui, clause: &Clause, has_badge: bool, small: bool) -> f32 {
    let (words, figure) = words(clause, small);
    let measure = |text: &str| {
        ui.painter().layout_no_wrap(text.to_owned(), role(clause).font(), egui::Color32::PLACEHOLDER).size().x
    };
    let mark = if has_badge {
        30.0
    } else if icon(clause).is_some() {
        25.0
    } else {
        0.0
    };
    mark + measure(words) + if words.is_empty() || figure.is_empty() { 0.0 } else { 5.0 } + measure(figure)
}

/// How many clauses fit, leaving room to say how many more there are.
fn that_fit(widths: &[f32], room: f32) -> usize {
    const GAP: f32 = 29.0;
    const MORE: f32 = 110.0;
    let total = widths.iter().sum::<f32>() + GAP * widths.len().saturating_sub(1) as f32 + 8.0;
    if total <= room {
        return widths.len();
    }
    let mut used = MORE;
    widths
        .iter()
        .take_while(|width| {
            used += *width + GAP;
            used <= room
        })
        .count()
        .max(1)
}

fn rule(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(29.0, 22.0), Sense::hover());
    ui.painter().vline(rect.center().x, rect.y_range(), hairline(tokens.hair));
}

fn clause_button(ui: &mut Ui, clause: &Clause, badge: Option<&str>, small: bool, width: f32) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::CONTROL), Sense::click());
    let (words, figure) = words(clause, small);
    let name = format!("{words} {figure}");
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name.trim()));
    let of_now = name.split(AGED).next().filter(|_| clause.kind == ClauseKind::Robust);
    let ink = if of_now.is_some_and(|of_now| of_now != name) { tokens.ink3 } else { tokens.ink };
    if has_just_changed(ui, clause.kind, of_now.unwrap_or(&name)) {
        ui.painter().rect_filled(rect.expand2(vec2(8.0, 0.0)), rounded(size::RADIUS), tokens.select);
    }
    let mut x = rect.left();
    let middle = rect.center().y;
    if let Some(badge) = badge {
        paint_badge(ui.painter(), tokens, badge, pos2(x + 11.0, middle), 22.0);
        x += 30.0;
    } else if let Some(icon) = icon(clause) {
        ui.painter().text(
            pos2(x + 9.0, middle),
            Align2::CENTER_CENTER,
            icon.0,
            Icon::filled_font(17.0),
            tokens.crimson,
        );
        x += 25.0;
    }
    let font = role(clause).font();
    if !words.is_empty() {
        let drawn = ui.painter().text(pos2(x, middle), Align2::LEFT_CENTER, words, font.clone(), ink);
        x = drawn.right() + 5.0;
    }
    if !figure.is_empty() {
        let drawn = ui.painter().text(pos2(x, middle), Align2::LEFT_CENTER, figure, font, ink);
        let dots = if response.hovered() { tokens.ink } else { tokens.line };
        paint_dotted(ui, drawn.left(), drawn.right(), drawn.bottom() + 1.0, dots);
    }
    paint_focus(ui, &response, rect.expand2(vec2(4.0, 0.0)), size::RADIUS);
    if clause.kind == ClauseKind::Waiting {
        response
    } else {
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}

/// Whether the words of this kind of clause changed within the last two seconds.
fn has_just_changed(ui: &Ui, kind: ClauseKind, name: &str) -> bool {
    let key = egui::Id::unique(("standing clause", kind));
    let now = ui.input(|input| input.time);
    let kept: Option<(String, f64)> = ui.data(|data| data.get_temp(key));
    let changed_at = match kept {
        Some((words, at)) if words == name => at,
        Some(_) => now,
        None => f64::NEG_INFINITY,
    };
    ui.data_mut(|data| data.insert_temp(key, (name.to_owned(), changed_at)));
    let fresh = now - changed_at < CHANGED_FOR;
    if fresh {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(CHANGED_FOR));
    }
    fresh
}

fn folded(ui: &mut Ui, desk: &mut Desk<'_>, clauses: &[Clause], small: bool) {
    let tokens = Tokens::of(ui);
    let marks: Vec<Icon> = clauses.iter().filter_map(icon).collect();
    let text = format!("{} more", clauses.len());
    let galley = ui.painter().layout_no_wrap(text.clone(), Type::Body.font(), tokens.ink);
    let wide = marks.len() as f32 * 24.0 + galley.size().x + 24.0;
    let (rect, response) = ui.allocate_exact_size(vec2(wide, size::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text));
    let mut x = rect.left();
    for mark in marks {
        ui.painter().text(
            pos2(x + 9.0, rect.center().y),
            Align2::CENTER_CENTER,
            mark.0,
            Icon::filled_font(17.0),
            tokens.crimson,
        );
        x += 24.0;
    }
    let drawn = galley.size();
    ui.painter().galley(pos2(x, rect.center().y - drawn.y / 2.0), galley, tokens.ink);
    let caret = pos2(x + drawn.x + 14.0, rect.center().y);
    ui.painter().text(caret, Align2::CENTER_CENTER, icons::CARET_DOWN.0, Icon::font(14.0), tokens.ink3);
    paint_focus(ui, &response, rect, size::RADIUS);
    Popup::menu(&response).show(|ui| {
        for clause in clauses {
            let width = width_of(ui, clause, false, small);
            if clause_button(ui, clause, None, small, width).clicked() {
                follow(desk, clause);
                ui.close();
            }
        }
    });
}

/// Goes to where a clause comes from.
fn follow(desk: &mut Desk<'_>, clause: &Clause) {
    let workspace = desk.workspace();
    let option = clause.option.and_then(|o| workspace.question.options.get(o));
    match clause.kind {
        ClauseKind::Leader => {
            desk.go(Room::Balance, "Balance");
            if let Some(option) = option {
                desk.explain(Question::Total(option.id.clone()));
            }
        }
        ClauseKind::Tipping => {
            desk.go(Room::Balance, "Balance");
            desk.explain(Question::CommercialShare);
        }
        ClauseKind::Robust => {
            desk.go(Room::Balance, "Balance");
            let leader = desk.analysis().balance.leader();
            if let Some(option) = option.or_else(|| leader.and_then(|o| workspace.question.options.get(o))) {
                desk.explain(Question::Robust(option.id.clone()));
            }
        }
        ClauseKind::LeftOut => {
            desk.go(Room::Reach, "Prediction");
            let worst = desk
                .analysis()
                .reach
                .options
                .iter()
                .position(|r| r.as_ref().is_some_and(|r| r.verdict == Verdict::High));
            if let Some(option) = option.or_else(|| worst.and_then(|o| workspace.question.options.get(o))) {
                desk.view.reach.choose(&option.id);
            }
        }
        ClauseKind::MissingVoices => desk.go(Room::Voices, "Overview"),
        ClauseKind::Waiting => desk.turn_to(Screen::Room(clause.room)),
    }
}
