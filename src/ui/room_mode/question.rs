//! The wall at the beginning: what is being decided, and between what.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::wall::{Wall, head, label, role_that_fits, sheet, spoken};
use crate::ui::{
    theme::{Tokens, Type},
    widgets::{Paragraph, paint_badge},
};

/// The most options that have a row of their own.
const MOST: usize = 8;

pub fn show(ui: &mut Ui, wall: &Wall, body: Rect) {
    let tokens = Tokens::of(ui);
    let workspace = &wall.workspace;
    let top = head(ui, wall, body, &workspace.question.place) + 26.0;
    let words = if workspace.question.text.trim().is_empty() {
        "Nobody has written down the question yet."
    } else {
        workspace.question.text.as_str()
    };
    let fit = (body.width(), 3);
    let role = role_that_fits(ui, words, &[Type::Big, Type::Title, Type::Heading], fit);
    let galley = Paragraph::new().run(words, role, tokens.ink).galley(ui.painter(), body.width());
    let place = Rect::from_min_size(pos2(body.left(), top), galley.size());
    ui.painter().galley(place.min, galley, tokens.ink);
    spoken(ui, place, words);
    let options = &workspace.question.options;
    let from = place.bottom() + 24.0;
    let columns = if options.len() > 4 { 2 } else { 1 };
    let rows = options.len().min(MOST).div_ceil(columns).max(1);
    let step = ((body.bottom() - from) / rows as f32).min(62.0);
    let wide = (body.width() - 16.0 * (columns - 1) as f32) / columns as f32;
    for (at, option) in options.iter().take(MOST).enumerate() {
        let (column, row) = (at / rows, at % rows);
        let left = body.left() + column as f32 * (wide + 16.0);
        let card = Rect::from_min_size(pos2(left, from + row as f32 * step), vec2(wide, step - 8.0));
        sheet(ui, card, false);
        let y = card.center().y;
        paint_badge(ui.painter(), tokens, &option.badge, pos2(card.left() + 30.0, y), 30.0);
        let at = pos2(card.left() + 58.0, y);
        label(ui, at, Align2::LEFT_CENTER, &option.name, Type::Heading, tokens.ink, (wide - 72.0, 1));
    }
    if options.len() > MOST {
        let words = format!("and {} more", options.len() - MOST);
        let at = pos2(body.right(), body.bottom());
        label(ui, at, Align2::RIGHT_BOTTOM, &words, Type::Small, tokens.ink2, (200.0, 1));
    }
}
