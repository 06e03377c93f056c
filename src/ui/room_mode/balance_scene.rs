//! The balance on the wall: the chart, the ranking and the dial of the Balance room, which the whole room watches turn.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::{
    said::{FEWEST_MARKS, TOO_FEW_TOGETHER},
    wall::{Act, Wall, head, label, nothing_yet, spoken},
};
use crate::{
    analysis::balance::WeightBasis,
    model::{balance::Side, wording::capital},
    ui::{
        rooms::balance::{
            balance_page::{in_card, show_sentence},
            chart, dial,
            reading::{Done, Reading},
            sentence::{name, whose_weights},
        },
        theme::{Tokens, Type, rounded},
        widgets::{paint_badge, paint_text, paint_text_fitted, wrapped},
    },
};

/// The width of the ranking.
const RANKING: f32 = 320.0;
/// The least height of a row in it.
const LEAST_ROW: f32 = 30.0;

pub fn show(ui: &mut Ui, wall: &Wall, dial: Option<f64>, body: Rect, acts: &mut Vec<Act>) {
    let result = &wall.analysis.balance;
    if gives_away(wall) {
        let top = head(ui, wall, body, "") + 16.0;
        nothing_yet(ui, body, top, TOO_FEW_TOGETHER);
        return;
    }
    let reading = Reading::of(&wall.workspace, result, wall.robustness.as_deref(), false, dial);
    // What the pointer has just done is shown in the same frame.
    let by_hand = dial::turned_by_hand(ui, &reading).filter(|to| *to != dial);
    let reading = match by_hand {
        Some(to) => Reading::of(&wall.workspace, result, wall.robustness.as_deref(), false, to),
        None => reading,
    };
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body.with_min_y(body.top() - 12.0)));
    inner.spacing_mut().item_spacing.y = 0.0;
    show_sentence(&mut inner, &reading.sentence);
    let whose = capital(&format!("{} weigh here.", weights_here(wall, dial)));
    wrapped(&mut inner, whose, Type::Small, Tokens::of(ui).ink2);
    inner.add_space(4.0);
    let page = inner.available_rect_before_wrap().intersect(body);
    let beam = Rect::from_min_max(pos2(page.left(), page.bottom() - dial::HEIGHT - 8.0), page.max);
    let above = page.with_max_y(beam.top() - 10.0);
    let list = above.with_min_x(above.right() - RANKING);
    let picture = above.with_max_x(list.left() - 12.0);
    let mut done = Done::default();
    if !has_both_sides(wall) {
        // A plane of two values and a dial between them say nothing of one side.
        in_card(&mut inner, page, vec2(16.0, 10.0), |ui, inside| show_ranking(ui, &reading, inside));
        return;
    }
    in_card(&mut inner, picture, vec2(10.0, 8.0), |ui, inside| chart::show(ui, &reading, inside, &mut done));
    in_card(&mut inner, list, vec2(16.0, 10.0), |ui, inside| show_ranking(ui, &reading, inside));
    let marks = marks(wall);
    in_card(&mut inner, beam, vec2(24.0, 4.0), |ui, inside| {
        dial::show(ui, &reading, &marks, inside, &mut done)
    });
    if let Some(to) = by_hand.or(done.turned).filter(|to| *to != dial) {
        acts.push(Act::Dial(to));
    }
}

/// Whether the weights are those of so few ballots that they are somebody's own.
pub(super) fn gives_away(wall: &Wall) -> bool {
    wall.said_in_room.gives_away && wall.analysis.balance.weight_basis == WeightBasis::Ballots
}

fn has_both_sides(wall: &Wall) -> bool {
    let factors = &wall.workspace.balance.factors;
    [Side::Operational, Side::Commercial].iter().all(|side| factors.iter().any(|factor| factor.side == *side))
}

/// Where each ballot stands on the dial; nothing where so few would give somebody away.
fn marks(wall: &Wall) -> Vec<f64> {
    let ballots = &wall.analysis.voices.said().ballots;
    let in_force = &wall.analysis.voices.said().in_force;
    if in_force.len() < FEWEST_MARKS {
        return Vec::new();
    }
    in_force.iter().filter_map(|&at| ballots.get(at)?.commercial_share).collect()
}

/// Whose weights the figures are by.
fn weights_here(wall: &Wall, dial: Option<f64>) -> String {
    let result = &wall.analysis.balance;
    match (dial, result.weight_basis) {
        (Some(_), _) => "the weights of the dial".to_owned(),
        (None, WeightBasis::Ballots) => "our own ballots".to_owned(),
        (None, _) => format!("{}, not our ballots,", whose_weights(&wall.workspace, result)),
    }
}

/// The options in order, as many as can be read.
fn show_ranking(ui: &mut Ui, reading: &Reading<'_>, place: Rect) {
    let tokens = Tokens::of(ui);
    let ranked = &reading.now.ranking;
    let most = ((place.height() / LEAST_ROW) as usize).max(1);
    let shown = if ranked.len() > most { most - 1 } else { ranked.len() };
    let row = (place.height() / shown.max(1) as f32).clamp(LEAST_ROW, 60.0);
    for (at, &option) in ranked.iter().take(shown).enumerate() {
        let top = place.top() + row * at as f32;
        show_rank(ui, reading, option, Rect::from_x_y_ranges(place.x_range(), top..=top + row));
    }
    if shown < ranked.len() {
        let words = format!("and {} more", ranked.len() - shown);
        label(
            ui,
            place.left_bottom(),
            Align2::LEFT_BOTTOM,
            &words,
            Type::Small,
            tokens.ink2,
            (place.width(), 1),
        );
    }
}

fn show_rank(ui: &mut Ui, reading: &Reading<'_>, option: usize, row: Rect) {
    let tokens = Tokens::of(ui);
    let has_bar = row.height() >= 44.0;
    let y = if has_bar { row.center().y - 8.0 } else { row.center().y };
    paint_badge(ui.painter(), tokens, reading.badge(option), pos2(row.left() + 11.0, y), 22.0);
    let total = reading.total(option);
    let end = pos2(row.right(), y);
    let written = paint_text(ui.painter(), end, Align2::RIGHT_CENTER, &total, Type::Score, tokens.ink);
    let words = name(reading.workspace, option);
    let role = if reading.now.leader() == Some(option) { Type::Strong } else { Type::Body };
    let fit = (written.left() - row.left() - 44.0, 1);
    let at = pos2(row.left() + 32.0, y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, role, tokens.ink, fit);
    if has_bar {
        let at = &reading.now.options[option];
        let bar = Rect::from_min_size(pos2(row.left() + 32.0, y + 15.0), vec2(row.width() - 32.0, 8.0));
        ui.painter().rect_filled(bar, rounded(3.0), tokens.track);
        let mut left = bar.left();
        for (side, points) in
            [(Side::Operational, at.operational_points), (Side::Commercial, at.commercial_points)]
        {
            let wide = bar.width() * (points.middle / 100.0) as f32;
            let part = bar.with_min_x(left).with_max_x(left + wide);
            ui.painter().rect_filled(part, 1.0, tokens.side(side).fill);
            left = part.right() + 1.0;
        }
    }
    spoken(ui, row, &format!("{}, {words}, total {total}", reading.badge(option)));
}
