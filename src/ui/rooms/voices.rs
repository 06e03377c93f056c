//! The Voices room.

use egui::Ui;

use super::head;
use crate::{model::Room, ui::desk::Desk};

/// The pages of the room.
pub const PAGES: &[&str] = &["Overview", "Register", "Statements", "Ballots"];

/// What is being looked at in the room.
#[derive(Debug, Default)]
pub struct VoicesView {}

/// Shows the open page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    head(ui, Room::Voices, desk, |_, _| ());
}
