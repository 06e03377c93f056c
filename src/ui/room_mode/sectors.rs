//! How each sector ranks the options, on the wall.

use egui::{Align2, Rect, Ui, pos2};

use super::wall::{Wall, head, label};
use crate::{
    model::ids::SectorId,
    ui::{
        rooms::voices::ranking_chart,
        theme::{Tokens, Type},
    },
};

pub fn show(ui: &mut Ui, wall: &Wall, body: Rect) {
    let tokens = Tokens::of(ui);
    let top = head(ui, wall, body, "") + 16.0;
    let title = "How each sector ranks the options";
    label(ui, pos2(body.left(), top), Align2::LEFT_TOP, title, Type::Title, tokens.ink, (body.width(), 1));
    let place = body.with_min_y(top + 40.0);
    // One or two ballots of a sector would be somebody's.
    let large = |sector: &SectorId| wall.said_in_room.can_split.contains(sector);
    ranking_chart::show_at(ui, &wall.workspace, &wall.analysis, place, &large);
}
