//! The Explain panel.

use egui::Ui;

use super::desk::Desk;

/// Shows it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let _ = (ui, desk);
}
