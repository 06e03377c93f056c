//! How often each option comes first when weights and scores are not taken as sure, on the wall.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::said::TOO_FEW_TOGETHER;
use super::wall::{Wall, head, label, nothing_yet, role_that_fits, spoken, width};
use crate::{
    model::wording::chance,
    ui::{
        theme::{Tokens, Type, rounded},
        widgets::{paint_badge, paint_text, paint_text_fitted},
    },
};

/// Options that have a bar of their own at the most.
const MOST: usize = 8;

pub fn show(ui: &mut Ui, wall: &Wall, body: Rect) {
    let tokens = Tokens::of(ui);
    let top = head(ui, wall, body, "") + 18.0;
    // Draws may be of the ballots, whatever the balance is weighed by.
    if wall.said_in_room.gives_away {
        nothing_yet(ui, body, top, TOO_FEW_TOGETHER);
        return;
    }
    let options = &wall.workspace.question.options;
    let run = wall.robustness.as_ref().filter(|run| run.rank_acceptability.len() == options.len());
    let Some(run) = run else {
        let words = "Nothing has been drawn yet: score two options on one factor of each kind.";
        nothing_yet(ui, body, top, words);
        return;
    };
    let first = |option: usize| run.rank_acceptability[option].first().copied().unwrap_or(0.0);
    let mut order: Vec<usize> = wall.analysis.balance.ranking.clone();
    order.sort_by(|&a, &b| first(b).total_cmp(&first(a)));
    let Some(&best) = order.first() else {
        let words = "No option is in the ranking.";
        nothing_yet(ui, body, top, words);
        return;
    };
    let words = format!("{} comes first in {} of draws.", options[best].name, chance(first(best)));
    let role = role_that_fits(ui, &words, &[Type::Big, Type::Title, Type::Heading], (body.width(), 1));
    label(ui, pos2(body.left(), top), Align2::LEFT_TOP, &words, role, tokens.ink, (body.width(), 2));
    let why = "Weights and scores are drawn again and again within what is known of them.";
    let at = pos2(body.left(), top + 44.0);
    label(ui, at, Align2::LEFT_TOP, why, Type::Sentence, tokens.ink2, (body.width(), 1));
    let rows = body.with_min_y(top + 86.0);
    let shown = order.len().min(MOST);
    let step = (rows.height() / shown as f32).min(64.0);
    for (at, &option) in order.iter().take(MOST).enumerate() {
        let row =
            Rect::from_min_size(pos2(rows.left(), rows.top() + step * at as f32), vec2(rows.width(), step));
        show_row(ui, wall, option, first(option), row);
    }
    if order.len() > MOST {
        let words = format!("and {} more", order.len() - MOST);
        label(ui, body.right_bottom(), Align2::RIGHT_BOTTOM, &words, Type::Small, tokens.ink2, (200.0, 1));
    }
}

fn show_row(ui: &mut Ui, wall: &Wall, option: usize, share: f64, row: Rect) {
    let tokens = Tokens::of(ui);
    let option = &wall.workspace.question.options[option];
    let y = row.center().y;
    let side = (row.height() - 12.0).min(34.0);
    paint_badge(ui.painter(), tokens, &option.badge, pos2(row.left() + side / 2.0, y), side);
    let names = row.width() * 0.32;
    let name =
        if width(ui, &option.name, Type::Sentence) <= names { &option.name } else { option.short_name() };
    let at = pos2(row.left() + side + 12.0, y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Sentence, tokens.ink, (names, 1));
    let track = Rect::from_min_max(
        pos2(row.left() + side + names + 28.0, y - row.height() * 0.26),
        pos2(row.right() - 120.0, y + row.height() * 0.26),
    );
    ui.painter().rect_filled(track, rounded(4.0), tokens.track);
    let part = track.with_max_x(track.left() + track.width() * share as f32);
    ui.painter().rect_filled(part, rounded(4.0), tokens.option(&option.badge).fill);
    let words = if share > 0.0 { chance(share) } else { "never".to_owned() };
    paint_text(
        ui.painter(),
        pos2(row.right(), y),
        Align2::RIGHT_CENTER,
        &words,
        Type::WallQuestion,
        tokens.ink,
    );
    spoken(ui, row, &format!("{}, {}: first in {words}", option.badge, option.name));
}
