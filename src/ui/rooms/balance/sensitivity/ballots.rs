//! Where the ballots fall on a map of two weights: how many lie where each option leads.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};

use super::scene::{Map, Scene};
use crate::{
    analysis::balance::sensitivity::Place,
    ui::{
        drawing::parts::{Rows, table},
        rooms::balance::chart::width_of,
        theme::{Tokens, Type},
        widgets::{paint_badge, paint_shape, paint_text, paint_text_fitted},
    },
};

/// How tall the card is.
pub const HEIGHT: f32 = 132.0;
/// Columns of the key.
const COLUMNS: usize = 4;

/// A ballot's place on the map, and its sector.
pub type Listed = (Place, usize);

/// Shows the card's contents in this place.
pub fn show(ui: &mut Ui, scene: &Scene, map: &Map, listed: &[Listed], place: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let at = pos2(place.left(), place.top() + 12.0);
    let heading = "Where the ballots fall";
    let written = paint_text(painter, at, Align2::LEFT_CENTER, heading, Type::Heading, tokens.ink);
    let words = "by these two weights";
    if written.right() + width_of(ui, words, Type::Small) + 12.0 < place.right() {
        let at = pos2(place.right(), place.top() + 12.0);
        paint_text(painter, at, Align2::RIGHT_CENTER, words, Type::Small, tokens.ink3);
    }
    if listed.is_empty() {
        let at = pos2(place.left(), place.top() + 46.0);
        let words = "Nobody has voted yet.";
        paint_text(painter, at, Align2::LEFT_CENTER, words, Type::Body, tokens.ink3);
        said(ui, place, words);
        return;
    }
    let counts = counts(map, listed);
    let spoken: Vec<String> = counts
        .iter()
        .map(|(o, n)| format!("{n} of {} ballots lie where {} leads", listed.len(), scene.option_name(*o)))
        .collect();
    paint_counts(ui, scene, &counts, listed.len(), place);
    paint_key(ui, scene, listed, place);
    said(ui, place, &spoken.join("; "));
}

/// How many ballots lie where each option leads, as rows.
pub fn rows(scene: &Scene, map: &Map, listed: &[Listed]) -> Rows {
    let counts = counts(map, listed).into_iter();
    table(["Leads", "Ballots"], counts.map(|(o, n)| [scene.option_name(o).to_owned(), n.to_string()]))
}

fn said(ui: &mut Ui, place: Rect, words: &str) {
    let response = ui.interact(place, ui.scope_id().with("ballots fall"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

/// Options with the number of ballots where each leads, most first.
fn counts(map: &Map, listed: &[Listed]) -> Vec<(usize, usize)> {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for (place, _) in listed {
        let leader = map.two.leader_at(*place);
        match counts.iter_mut().find(|(o, _)| *o == leader) {
            Some((_, count)) => *count += 1,
            None => counts.push((leader, 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    counts
}

fn paint_counts(ui: &Ui, scene: &Scene, counts: &[(usize, usize)], all: usize, place: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let middle = place.top() + 44.0;
    let mut x = place.left();
    for (option, count) in counts {
        let (figure, rest) = (count.to_string(), format!("of {all}"));
        let wanted = 38.0 + width_of(ui, &figure, Type::Strong) + width_of(ui, &rest, Type::Body);
        if x + wanted > place.right() {
            break;
        }
        paint_badge(painter, tokens, scene.badge(*option), pos2(x + 11.0, middle), 22.0);
        let at = pos2(x + 30.0, middle);
        let written = paint_text(painter, at, Align2::LEFT_CENTER, &figure, Type::Strong, tokens.ink);
        let at = pos2(written.right() + 8.0, middle);
        let written = paint_text(painter, at, Align2::LEFT_CENTER, &rest, Type::Body, tokens.ink2);
        x = written.right() + 16.0;
    }
}

/// The shapes of the sectors that have a ballot.
fn paint_key(ui: &Ui, scene: &Scene, listed: &[Listed], place: Rect) {
    let tokens = Tokens::of(ui);
    let mut sectors: Vec<usize> = listed.iter().map(|(_, sector)| *sector).collect();
    sectors.sort_unstable();
    sectors.dedup();
    let column = place.width() / COLUMNS as f32;
    for (index, sector) in sectors.iter().take(2 * COLUMNS).enumerate() {
        let sector = &scene.workspace.voices.sectors[*sector];
        let x = place.left() + (index % COLUMNS) as f32 * column;
        let y = place.top() + 75.0 + (index / COLUMNS) as f32 * 23.0;
        paint_shape(ui.painter(), sector.shape, pos2(x + 6.0, y), 11.0, tokens.ink2, Stroke::NONE);
        let at = pos2(x + 18.0, y);
        let wide = (column - 22.0, 1);
        let name = sector.short_name();
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Small, tokens.ink2, wide);
    }
}
