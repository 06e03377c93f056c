//! The Weights page of the Balance room.

use egui::Ui;

use crate::{
    model::Room,
    ui::{desk::Desk, rooms::head},
};

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct WeightsView {}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    head(ui, Room::Balance, desk, |_, _| ());
}
