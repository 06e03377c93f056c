//! Who is at least as good as whom on how many factors, and who dominates.

use egui::{
    Align2, CursorIcon, EventFilter, Id, Key, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::compare::{Done, Scene, caption, heading, rest_of};
use crate::{
    analysis::{balance::dominance::AtLeastAsGood, explain::Question},
    model::{
        balance::Side,
        question::ServiceOption,
        wording::{count, list},
    },
    ui::{
        drawing::parts::Rows,
        theme::{Tokens, Type, rounded},
        widgets::{button::paint_focus, marks::paint_side_mark, paint_badge, paint_text},
    },
};

const ROW: f32 = 34.0;
const ROW_SMALL: f32 = 21.0;
const GAP: f32 = 4.0;
const FIRST_COLUMN: f32 = 34.0;
const LEAST_COLUMN: f32 = 40.0;
/// The line of badges over the columns.
const HEAD: f32 = 28.0;
const FOOT: f32 = 26.0;

/// The height at which all of it is seen.
pub(super) fn natural_height(scene: &Scene) -> f32 {
    let row = if scene.small { ROW_SMALL } else { ROW };
    (24.0 + 46.0 + HEAD + FOOT + (row + GAP) * scene.both.after.weighed.ranking.len().max(2) as f32)
        .min(420.0)
}

/// Shows it in the rest of the card.
pub(super) fn show(ui: &mut Ui, scene: &Scene, done: &mut Done) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let ranking = ranking(scene);
    heading(ui, &title(scene, &ranking));
    let factors = scene.both.after.matrix.factors;
    let counted = count(factors, "factor", "factors");
    caption(ui, &format!("On how many of {counted} the row is at least as good"));
    if !scene.small {
        ui.add_space(5.0);
    }
    if ranking.len() < 2 || factors == 0 {
        ui.add_space(8.0);
        caption(ui, "Two options with scores can be compared.");
        return;
    }
    let room = rest_of(ui);
    let columns = ranking.len() as f32;
    let width = ((room.width() - FIRST_COLUMN) / columns - GAP).max(LEAST_COLUMN);
    let table = (room.height() - FOOT).max(90.0);
    let row = ((table - HEAD) / columns - GAP).clamp(ROW_SMALL, ROW);
    ScrollArea::both().id_salt("dominance").auto_shrink(false).max_height(table).show(ui, |ui| {
        let size = vec2(FIRST_COLUMN + columns * (width + GAP) - GAP, HEAD + columns * (row + GAP));
        let (place, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Table, true, title(scene, &ranking)));
        cells(ui, scene, &ranking, (place, vec2(width, row)), done);
        heads(ui, scene, &ranking, (place, vec2(width, row)));
    });
    legend(ui, scene, &ranking);
}

/// The same as rows: an option against each in the columns, and on which side it is so throughout.
pub(super) fn rows(scene: &Scene) -> Rows {
    let ranking = ranking(scene);
    let called = |o: usize| format!("{} {}", option(scene, o).badge, option(scene, o).name);
    let heads = std::iter::once("At least as good on so many factors as".to_owned());
    let heads = heads.chain(ranking.iter().map(|&o| called(o))).collect();
    let cell = |a: usize, b: usize| {
        let good = scene.both.at_least_as_good[a][b];
        let all = [(good.all_operational, "operational"), (good.all_commercial, "commercial")];
        let all: Vec<&str> = all.into_iter().filter(|(is_so, _)| *is_so).map(|(_, side)| side).collect();
        match (a == b, &all[..]) {
            (true, _) => "–".to_owned(),
            (_, []) => good.factors().to_string(),
            (_, all) => format!("{}, all {}", good.factors(), list(all)),
        }
    };
    let row = |&a: &usize| {
        std::iter::once(called(a)).chain(ranking.iter().map(|&b| cell(a, b))).collect::<Vec<String>>()
    };
    std::iter::once(heads).chain(ranking.iter().map(row)).collect()
}

/// The options in the ranking, best first.
fn ranking(scene: &Scene) -> Vec<usize> {
    let after = &scene.both.after;
    if after.weighed.ranking.is_empty() {
        after.matrix.in_ranking().collect()
    } else {
        after.weighed.ranking.clone()
    }
}

fn option(scene: &Scene, o: usize) -> &ServiceOption {
    &scene.both.after.workspace.question.options[o]
}

fn title(scene: &Scene, ranking: &[usize]) -> String {
    let pairs: Vec<String> = (ranking.iter())
        .flat_map(|&a| ranking.iter().map(move |&b| (a, b)))
        .filter(|&(a, b)| a != b && scene.both.at_least_as_good[a][b].dominates)
        .map(|(a, b)| format!("{} dominates {}", option(scene, a).badge, option(scene, b).badge))
        .collect();
    match pairs.len() {
        0 => "No option dominates another".to_owned(),
        1..=2 => list(&pairs.iter().map(String::as_str).collect::<Vec<_>>()),
        many => format!("Who dominates whom: {}", count(many, "pair", "pairs")),
    }
}

/// Badges over the columns and before the rows, fixed while the table is scrolled.
fn heads(ui: &Ui, scene: &Scene, ranking: &[usize], (place, cell): (Rect, egui::Vec2)) {
    let tokens = Tokens::of(ui);
    let (clip, painter) = (ui.clip_rect(), ui.painter());
    let top = place.top().max(clip.top());
    let left = place.left().max(clip.left());
    painter.rect_filled(Rect::from_min_size(pos2(left, top), vec2(clip.width(), 24.0)), 0.0, tokens.card);
    let strip = Rect::from_min_size(pos2(left, top), vec2(FIRST_COLUMN - GAP, clip.height()));
    painter.rect_filled(strip, 0.0, tokens.card);
    for (at, &o) in ranking.iter().enumerate() {
        let x = place.left() + FIRST_COLUMN + (cell.x + GAP) * at as f32 + cell.x / 2.0;
        if x > left + FIRST_COLUMN {
            paint_badge(painter, tokens, &option(scene, o).badge, pos2(x, top + 11.0), 20.0);
        }
        let y = place.top() + HEAD + (cell.y + GAP) * at as f32 + cell.y / 2.0;
        if y > top + 24.0 {
            paint_badge(painter, tokens, &option(scene, o).badge, pos2(left + 10.0, y), 20.0);
        }
    }
}

fn cells(ui: &mut Ui, scene: &Scene, ranking: &[usize], (place, size): (Rect, egui::Vec2), done: &mut Done) {
    let tokens = Tokens::of(ui);
    // Cells just out of view are there too, so that Tab leads on.
    let near = (size + vec2(GAP, GAP)) * 2.0;
    let keyboard = ui.scope_id().with("pair with the keyboard");
    let held: Option<(usize, usize)> = ui.data(|data| data.get_temp(keyboard));
    let mut holds = None;
    let at = |down: usize, across: usize| {
        let x = place.left() + FIRST_COLUMN + (size.x + GAP) * across as f32;
        let y = place.top() + HEAD + (size.y + GAP) * down as f32;
        Rect::from_min_size(pos2(x, y), size)
    };
    for (down, &a) in ranking.iter().enumerate() {
        for (across, &b) in ranking.iter().enumerate() {
            let cell = at(down, across);
            let drawn = held == Some((down, across)) || ui.is_rect_visible(cell.expand2(near));
            if a == b {
                ui.painter().rect_filled(cell, rounded(6.0), tokens.sunken);
            } else if drawn && pair(ui, scene, (a, b), cell, done) {
                holds = Some((down, across));
            }
        }
    }
    if let Some((down, across)) = holds.and_then(|at| stepped(ui, at, ranking.len())) {
        let (row, column) = (option(scene, ranking[down]), option(scene, ranking[across]));
        ui.memory_mut(|memory| memory.request_focus(pair_id(ui, row, column)));
        bring_into_view(ui, at(down, across));
        holds = Some((down, across));
    }
    ui.data_mut(|data| match holds {
        Some(at) => {
            data.insert_temp(keyboard, at);
        }
        None => data.remove::<(usize, usize)>(keyboard),
    });
}

/// Scrolls to a cell, clear of the badges, which lie over the first row and column of what is in view.
fn bring_into_view(ui: &Ui, cell: Rect) {
    let clear = Rect::from_min_max(cell.min - vec2(FIRST_COLUMN, HEAD), cell.max);
    ui.scroll_to_rect_animation(clear, None, egui::style::ScrollAnimation::none());
}

fn pair_id(ui: &Ui, row: &ServiceOption, column: &ServiceOption) -> Id {
    ui.scope_id().with(("pair", &row.id, &column.id))
}

/// Where the arrows, Home and End lead from a pair among so many options; no option is paired with itself.
fn stepped(ui: &Ui, (down, across): (usize, usize), options: usize) -> Option<(usize, usize)> {
    let last = options.checked_sub(1)?;
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let past = |at: usize, own: usize, by: isize| {
        let next = at.checked_add_signed(by)?;
        let next = if next == own { next.checked_add_signed(by)? } else { next };
        (next <= last).then_some(next)
    };
    if pressed(Key::ArrowLeft) {
        past(across, down, -1).map(|across| (down, across))
    } else if pressed(Key::ArrowRight) {
        past(across, down, 1).map(|across| (down, across))
    } else if pressed(Key::ArrowUp) {
        past(down, across, -1).map(|down| (down, across))
    } else if pressed(Key::ArrowDown) {
        past(down, across, 1).map(|down| (down, across))
    } else if pressed(Key::Home) {
        Some((down, usize::from(down == 0)))
    } else if pressed(Key::End) {
        Some((down, last - usize::from(down == last)))
    } else {
        None
    }
}

/// Shows a cell; answers whether it has the keyboard.
fn pair(ui: &mut Ui, scene: &Scene, (a, b): (usize, usize), cell: Rect, done: &mut Done) -> bool {
    let tokens = Tokens::of(ui);
    let good = scene.both.at_least_as_good[a][b];
    let (row, column) = (option(scene, a), option(scene, b));
    let response = ui.interact(cell, pair_id(ui, row, column), Sense::click());
    let factors = scene.both.after.matrix.factors;
    let name = said(good, &row.badge, &column.badge, factors);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let fill = match (good.all_operational, good.all_commercial) {
        (true, _) => Some(tokens.teal_tint),
        (false, true) => Some(tokens.ochre_tint),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(cell, rounded(6.0), fill);
    }
    let words = good.factors().to_string();
    let most = 2 * good.factors() > factors;
    let (role, ink) = if most { (Type::NumberStrong, tokens.ink) } else { (Type::Number, tokens.ink3) };
    let marks: Vec<Side> =
        [good.all_operational.then_some(Side::Operational), good.all_commercial.then_some(Side::Commercial)]
            .into_iter()
            .flatten()
            .collect();
    let width = ui.painter().layout_no_wrap(words.clone(), role.font(), ink).size().x;
    let mut x = cell.center().x - (width + 14.0 * marks.len() as f32) / 2.0;
    for side in marks {
        paint_side_mark(ui.painter(), tokens, side, pos2(x + 4.5, cell.center().y), 9.0);
        x += 14.0;
    }
    paint_text(ui.painter(), pos2(x, cell.center().y), Align2::LEFT_CENTER, &words, role, ink);
    paint_focus(ui, &response, cell.shrink(1.0), 6.0);
    if response.gained_focus() && !response.clicked() {
        bring_into_view(ui, cell);
    }
    if response.has_focus() {
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    done.with_figure(
        &response,
        Question::AtLeastAsGood(scene.after.clone(), row.id.clone(), column.id.clone()),
    );
    response.has_focus()
}

fn said(good: AtLeastAsGood, row: &str, column: &str, factors: usize) -> String {
    let mut words = format!("{row} at least as good as {column} on {} of {factors} factors", good.factors());
    if good.all_operational {
        words.push_str(", on all operational ones");
    }
    if good.all_commercial {
        words.push_str(", on all commercial ones");
    }
    if good.dominates {
        words.push_str("; it dominates");
    }
    words
}

/// What the marks mean, of those that are there.
fn legend(ui: &mut Ui, scene: &Scene, ranking: &[usize]) {
    let tokens = Tokens::of(ui);
    let any = |test: fn(&AtLeastAsGood) -> bool| {
        let pairs = ranking.iter().flat_map(|&a| ranking.iter().map(move |&b| (a, b)));
        pairs.filter(|(a, b)| a != b).any(|(a, b)| test(&scene.both.at_least_as_good[a][b]))
    };
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), FOOT - 4.0), Sense::hover());
    let sides = &scene.both.after.matrix.sides;
    let mut x = place.left();
    for (side, shown) in [
        (Side::Operational, any(|good| good.all_operational)),
        (Side::Commercial, any(|good| good.all_commercial)),
    ] {
        if !shown {
            continue;
        }
        let of_side = sides.iter().filter(|s| **s == side).count();
        let words = format!("all {of_side} {}", side.words().to_lowercase());
        paint_side_mark(ui.painter(), tokens, side, pos2(x + 4.5, place.center().y), 9.0);
        let at = pos2(x + 15.0, place.center().y);
        let written = paint_text(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink2);
        x = written.right() + 16.0;
    }
}
