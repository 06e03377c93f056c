//! One cell of Scores: how it looks.

use egui::{Align2, Painter, Pos2, Rect, pos2, vec2};

use super::{
    scale_words::{said, said_range},
    score_scene::Scene,
};
use crate::{
    model::balance::ScoreLevel,
    ui::{
        drawing::parts,
        icons::{self, Icon},
        theme::{Tokens, Type, rounded},
        widgets::{
            marks::{Status, paint_evidence_dots, paint_hatching, paint_status},
            paint_text, paint_text_fitted,
        },
    },
};

/// What the dots of evidence take in a cell.
const DOTS: f32 = 38.0;

/// Paints one cell: evidence, likely score, low to high, and a bar of what it is worth; in a short one low and high are
/// left out.
pub fn paint_cell(
    painter: &Painter,
    tokens: &Tokens,
    scene: &Scene,
    (f, o): (usize, usize),
    cell: Rect,
    short: bool,
) {
    let factor = &scene.factors()[f];
    let score = scene.score(f, o);
    let level = score.map(|s| &s.level);
    let value = scene.value(f, o);
    let inside = Rect::from_min_max(cell.min + vec2(10.0, 4.0), cell.max - vec2(12.0, 3.0));
    let unknown = value.value.is_none();
    if unknown {
        paint_hatching(painter, tokens, cell.shrink2(vec2(4.0, 4.0)));
    }
    let known = !matches!(level, None | Some(ScoreLevel::Unknown));
    let ink = if known { tokens.ink } else { tokens.ink2 };
    let words = said(level, factor, scene.decimals[f]);
    let role = if known { Type::Number } else { Type::Small };
    let graded = score.and_then(|s| s.grade);
    let words_width = painter.layout_no_wrap(words.clone(), role.font(), ink).size().x;
    // Where the figure needs the room the dots give way; the cell's name still tells the grade.
    let fits = words_width + DOTS <= inside.width();
    let dots = if (graded.is_some() || known) && fits { DOTS } else { 0.0 };
    let range = if short { String::new() } else { said_range(level, scene.decimals[f]) };
    let y = match (short, range.is_empty()) {
        (true, _) => inside.center().y - 2.0,
        (_, true) => inside.top() + 13.0,
        (_, false) => inside.top() + 9.0,
    };
    let at = pos2(inside.right(), y);
    if unknown {
        // A plain ground keeps the words readable on the hatching.
        let galley = painter.layout_no_wrap(words.clone(), role.font(), ink);
        let ground = Align2::RIGHT_CENTER.anchor_size(at, galley.size()).expand2(vec2(4.0, 1.0));
        painter.rect_filled(ground, rounded(3.0), tokens.card);
    }
    let fit = ((inside.width() - dots).max(20.0), 1);
    paint_text_fitted(painter, at, Align2::RIGHT_CENTER, &words, role, ink, fit);
    if dots > 0.0 {
        let y = if short { y } else { inside.top() + 9.5 };
        paint_evidence_dots(painter, tokens, graded, pos2(inside.left(), y), 5.0);
        if let Some(grade) = graded {
            let of_dots = Rect::from_center_size(pos2(inside.center().x, y), vec2(8.0, 6.0));
            parts::put_in_words(painter.ctx(), of_dots, || format!("evidence grade {grade}"));
        }
    }
    let marks = if short { pos2(inside.left() + dots, y) } else { pos2(inside.left(), inside.top() + 25.5) };
    paint_marks(painter, tokens, scene, (f, o), marks);
    if !range.is_empty() {
        let at = pos2(inside.right(), inside.top() + 25.5);
        paint_text(painter, at, Align2::RIGHT_CENTER, &range, Type::NumberSmall, tokens.ink3);
    }
    if let Some(value) = value.value {
        let whole = Rect::from_min_max(pos2(inside.left(), inside.bottom() - 3.0), inside.right_bottom());
        painter.rect_filled(whole, rounded(1.5), tokens.track);
        let share = (value / 100.0).clamp(0.0, 1.0) as f32;
        let part = whole.with_max_x(whole.left() + whole.width() * share);
        painter.rect_filled(part, rounded(1.5), tokens.side(factor.side).fill);
    }
}

/// Small marks from this place to the right: provisional, dissent, past the end of the scale.
fn paint_marks(painter: &Painter, tokens: &Tokens, scene: &Scene, (f, o): (usize, usize), from: Pos2) {
    let mut centre = from + vec2(5.0, 0.0);
    let score = scene.score(f, o);
    if score.is_some_and(|score| score.provisional) {
        paint_status(painter, tokens, Status::Begun, centre, 10.5);
        centre.x += 15.0;
    }
    let mut icon = |icon: Icon| {
        painter.text(centre, Align2::CENTER_CENTER, icon.0, Icon::font(13.0), tokens.ink2);
        centre.x += 15.0;
    };
    if score.is_some_and(|score| !score.dissent.is_empty()) {
        icon(icons::CHAT_CIRCLE_TEXT);
    }
    if scene.is_past_the_ends(f, o) {
        icon(icons::WARNING_CIRCLE);
    }
}
