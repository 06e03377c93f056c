//! The head and the foot of the table of Scores: whose column it is, and what each option comes to.

use egui::{
    Align2, CornerRadius, CursorIcon, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::{
    score_scene::Scene,
    score_table::{Act, Grid},
};
use crate::{
    model::wording::{capital, count},
    ui::{
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{
            button::paint_focus,
            marks::{Status, paint_evidence_dots, paint_status},
            paint_badge, paint_text, paint_text_fitted,
        },
    },
};

/// The options' names over their columns; they move with the columns.
pub fn head(ui: &Ui, grid: &Grid, scene: &Scene, offset: f32) {
    let tokens = Tokens::of(ui);
    let place = grid.card.with_max_y(grid.card.top() + grid.head);
    let base = place.bottom() - 9.0;
    let painter = ui.painter_at(place);
    let left = place.left() + 14.0;
    paint_text(&painter, pos2(left, base), Align2::LEFT_BOTTOM, "Factor", Type::Small, tokens.ink3);
    let swing = pos2(place.left() + grid.left() - 10.0, base);
    paint_text(&painter, swing, Align2::RIGHT_BOTTOM, "Swing", Type::Small, tokens.ink3);
    if !grid.compact && grid.factor > 200.0 {
        legend(&painter, tokens, pos2(left, place.top() + 19.0));
    }
    let columns = painter.with_clip_rect(place.with_min_x(place.left() + grid.left()));
    for (o, option) in scene.options().iter().enumerate() {
        let right = place.left() + grid.left() + (o + 1) as f32 * grid.option - offset;
        if right < place.left() + grid.left() || right - grid.option > place.right() {
            continue;
        }
        let right = right - 12.0;
        let room = grid.option - if grid.compact { 43.0 } else { 16.0 };
        let whole = columns.layout_no_wrap(option.name.clone(), Type::Small.font(), tokens.ink);
        let words = if whole.size().x <= room { &option.name } else { option.short_name() };
        if grid.compact {
            let longest = words
                .split_whitespace()
                .map(|word| columns.layout_no_wrap(word.to_owned(), Type::Small.font(), tokens.ink).size().x);
            // Two lines where that breaks no word.
            let lines = if !grid.short && longest.fold(0.0, f32::max) <= room { 2 } else { 1 };
            paint_badge(&columns, tokens, &option.badge, pos2(right - 10.0, place.center().y), 20.0);
            let at = pos2(right - 27.0, place.center().y);
            paint_text_fitted(
                &columns,
                at,
                Align2::RIGHT_CENTER,
                words,
                Type::Small,
                tokens.ink,
                (room, lines),
            );
        } else {
            paint_badge(&columns, tokens, &option.badge, pos2(right - 11.0, place.top() + 21.0), 22.0);
            let at = pos2(right, base);
            paint_text_fitted(&columns, at, Align2::RIGHT_BOTTOM, words, Type::Small, tokens.ink, (room, 1));
        }
    }
    ui.painter().hline(place.x_range(), place.bottom() - 0.5, hairline(tokens.hair));
}

fn legend(painter: &Painter, tokens: &Tokens, left: Pos2) {
    paint_evidence_dots(painter, tokens, Some(3), left, 5.0);
    let words = paint_text(
        painter,
        left + vec2(41.0, 0.0),
        Align2::LEFT_CENTER,
        "evidence",
        Type::Small,
        tokens.ink3,
    );
    let bar = Rect::from_min_size(pos2(words.right() + 16.0, left.y - 1.5), vec2(30.0, 3.0));
    painter.rect_filled(bar, rounded(1.5), tokens.line);
    painter.rect_filled(bar.with_max_x(bar.left() + 19.0), rounded(1.5), tokens.ink3);
    paint_text(
        painter,
        pos2(bar.right() + 5.0, left.y),
        Align2::LEFT_CENTER,
        "worth",
        Type::Small,
        tokens.ink3,
    );
}

/// The overall row: each total leads to its explanation.
pub fn foot(ui: &mut Ui, grid: &Grid, scene: &Scene, offset: f32, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui);
    let place = grid.card.with_min_y(grid.card.bottom() - grid.foot);
    let radius = size::RADIUS_CARD as u8;
    let corners = CornerRadius { sw: radius, se: radius, ..CornerRadius::ZERO };
    ui.painter().rect_filled(place, corners, tokens.sunken);
    ui.painter().hline(place.x_range(), place.top(), hairline(tokens.line));
    let y = place.center().y;
    let left = pos2(place.left() + 14.0, y);
    let fit = (grid.factor - 16.0, 1);
    paint_text_fitted(
        ui.painter(),
        left,
        Align2::LEFT_CENTER,
        "Overall, 0–100",
        Type::Strong,
        tokens.ink,
        fit,
    );
    let sum = scene.swing_sum(None);
    let at = pos2(place.left() + grid.left() - 10.0, y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &sum, Type::NumberStrong, tokens.ink);
    let mut columns = ui.new_child(UiBuilder::new().max_rect(place).id_salt("overall"));
    columns.set_clip_rect(place.with_min_x(place.left() + grid.left()).intersect(ui.clip_rect()));
    for o in 0..scene.options().len() {
        let x = place.left() + grid.left() + o as f32 * grid.option - offset;
        let cell = Rect::from_min_size(pos2(x, place.top()), Vec2::new(grid.option, place.height()));
        if cell.right() > place.left() + grid.left() && cell.left() < place.right() {
            overall(&mut columns, scene, o, cell, acts);
        }
    }
}

fn overall(ui: &mut Ui, scene: &Scene, o: usize, cell: Rect, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui);
    let Some(total) = scene.analysis.balance.options.get(o) else { return };
    let Some(standing) = scene.standing(o) else { return };
    let weighed = scene.analysis.balance.commercial_share.is_some();
    let words = if weighed || standing.value.is_some() { standing.words() } else { "–".to_owned() };
    let struck = !total.struck_by.is_empty();
    let provisional = scene.provisional_scores(o);
    let rests = format!("rests on {}", count(provisional, "provisional score", "provisional scores"));
    let response = ui.interact(cell, ui.scope_id().with(("overall", o)), Sense::click());
    response.widget_info(|| {
        let why = if struck { format!(", struck: {}", total.struck_by.join(" ")) } else { String::new() };
        let rests = if provisional > 0 { format!(", {rests}") } else { String::new() };
        let name = &scene.options()[o].name;
        WidgetInfo::labeled(Role::Link, true, format!("Overall of {name}: {words}{why}{rests}"))
    });
    let ink = if struck { tokens.ink3 } else { tokens.ink };
    let role = if standing.value.is_some() { Type::Score } else { Type::NumberStrong };
    let at = pos2(cell.right() - 12.0, cell.center().y);
    let drawn = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, role, ink);
    if provisional > 0 {
        paint_status(ui.painter(), tokens, Status::Begun, pos2(drawn.left() - 11.0, drawn.center().y), 11.0);
    }
    if struck {
        ui.painter().hline(drawn.expand(3.0).x_range(), drawn.center().y, Stroke::new(1.5, tokens.ink2));
    }
    if response.hovered() {
        ui.painter().hline(drawn.x_range(), drawn.bottom(), Stroke::new(1.0, tokens.line));
    }
    paint_focus(ui, &response, cell.shrink(3.0), 4.0);
    let clicked = response.clicked();
    if struck {
        response.on_hover_text(total.struck_by.join("\n"));
    } else if provisional > 0 {
        response.on_hover_text(capital(&rests));
    } else {
        response.on_hover_cursor(CursorIcon::PointingHand);
    }
    if clicked {
        acts.push(Act::Total(o));
    }
}
