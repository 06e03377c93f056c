//! The Decision room.

use egui::Ui;

use super::head;
use crate::{model::Room, ui::desk::Desk};

/// The pages of the room.
pub const PAGES: &[&str] = &["Record"];

/// What is being looked at in the room.
#[derive(Debug, Default)]
pub struct DecisionView {}

/// Shows the open page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    head(ui, Room::Decision, desk, |_, _| ());
}
