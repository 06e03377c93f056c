//! One of the bars around the page.

use egui::Ui;

use super::desk::Desk;

/// Shows it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, small: bool) {
    let _ = (ui, desk, small);
}
