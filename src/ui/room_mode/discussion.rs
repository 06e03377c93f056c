//! One factor on which the room is apart, before it votes again: where the ends are, by sector.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::{
    ends::in_words as swing_in_words,
    reveal,
    said::{FEWEST_MARKS, Points},
    strips::{Strip, paint_scale, paint_sectors},
    wall::{Wall, head, label, role_that_fits, sheet, spoken},
};
use crate::{
    model::{
        ids::FactorId,
        wording::{capital, count, list, number},
    },
    ui::{
        theme::{Tokens, Type},
        widgets::{Paragraph, paint_side_mark},
    },
};

/// Sectors that are named at an end at the most.
const MOST_NAMED: usize = 3;

pub fn show(ui: &mut Ui, wall: &Wall, id: &FactorId, body: Rect) {
    let tokens = Tokens::of(ui);
    let workspace = &wall.workspace;
    let Some(at) = workspace.balance.factors.iter().position(|factor| factor.id == *id) else { return };
    let factor = &workspace.balance.factors[at];
    let points = wall.said_in_room.points.get(at).cloned().unwrap_or_default();
    let top = head(ui, wall, body, "Discussion") + 22.0;
    let role = role_that_fits(ui, &factor.name, &[Type::WallName, Type::Big], (body.width() - 40.0, 1));
    paint_side_mark(ui.painter(), tokens, factor.side, pos2(body.left() + 11.0, top + 27.0), 22.0);
    let name = pos2(body.left() + 35.0, top + 27.0);
    label(ui, name, Align2::LEFT_CENTER, &factor.name, role, tokens.ink, (body.width() - 40.0, 1));
    let words = capital(&swing_in_words(workspace, &wall.analysis, factor));
    let under = pos2(body.left(), top + 62.0);
    label(ui, under, Align2::LEFT_TOP, &words, Type::Sentence, tokens.ink2, (body.width(), 1));
    let sentence = ends_in_words(wall, &points);
    let told = |role: Type| {
        Paragraph::new()
            .run(&sentence, role, tokens.ink)
            .run(" Hear both ends, then vote again.", Type::Sentence, tokens.ink2)
            .galley(ui.painter(), body.width())
    };
    // Long names make more lines: the card gives them room, so that none runs into the keys.
    let galley = if told(Type::Heading).size().y <= 78.0 { told(Type::Heading) } else { told(Type::Body) };
    let below = (galley.size().y + 14.0).max(92.0);
    let card = Rect::from_min_max(pos2(body.left(), top + 98.0), pos2(body.right(), body.bottom() - below));
    sheet(ui, card, true);
    let across = Rect::from_min_max(card.min + vec2(34.0, 34.0), card.max - vec2(34.0, 34.0));
    let mark = (across.height() / 5.5).clamp(14.0, 24.0);
    let strip = Strip { place: across, side: factor.side, mark, apart: mark * 1.08, ground: tokens.card };
    paint_scale(ui, &strip, card.top() + 18.0, across.bottom());
    strip.paint(ui, workspace, &points, true);
    let legend = Rect::from_min_max(
        pos2(across.left(), card.bottom() - 26.0),
        pos2(across.right(), card.bottom() - 6.0),
    );
    paint_sectors(ui, workspace, &wall.said_in_room, legend);
    spoken(ui, card, &reveal::in_words(factor, &points, false));
    let place = Rect::from_min_size(pos2(body.left(), card.bottom() + 14.0), galley.size());
    ui.painter().galley(place.min, galley, tokens.ink);
    spoken(ui, place, &format!("{sentence} Hear both ends, then vote again."));
}

/// Which sectors are at the ends: "Private gives least, 10; voluntary gives most, 95."
fn ends_in_words(wall: &Wall, points: &Points) -> String {
    let Some(spread) = points.spread else {
        let few = "Fewer than three have given a number, so none is shown.";
        return if points.too_few { few.to_owned() } else { "Nobody has given a number.".to_owned() };
    };
    let figure = |value: f64| number(value, 0);
    if spread.max <= spread.min {
        return format!("All give {}.", figure(spread.min));
    }
    if points.now.len() < FEWEST_MARKS {
        return format!("The numbers go from {} to {}.", figure(spread.min), figure(spread.max));
    }
    let named = |end: f64, words: &str| {
        let mut sectors: Vec<usize> = points
            .now
            .iter()
            .filter(|(_, points)| *points == end)
            .filter_map(|(sector, _)| *sector)
            .collect();
        sectors.sort_unstable();
        sectors.dedup();
        let names: Vec<&str> = sectors
            .iter()
            .filter_map(|&sector| wall.workspace.voices.sectors.get(sector))
            .map(|sector| sector.short_name())
            .collect();
        // Of many sectors only the first are named.
        let more = names.len().saturating_sub(MOST_NAMED);
        let mut names: Vec<String> = names.into_iter().take(MOST_NAMED).map(str::to_owned).collect();
        if more > 0 {
            names.push(count(more, "more sector", "more sectors"));
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let whose = if names.is_empty() { String::new() } else { format!(": {}", list(&names)) };
        format!("{words}, {}{whose}.", figure(end))
    };
    format!("{} {}", named(spread.min, "Least"), named(spread.max, "Most"))
}
