//! The Balance page of the Balance room: who leads, and past which weight another would.

use egui::Ui;

use crate::{
    model::Room,
    ui::{desk::Desk, rooms::head},
};

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    head(ui, Room::Balance, desk, |_, _| ());
}
