//! Payment design.

use egui::Ui;

use crate::{analysis::Analysis, model::Workspace, ui::desk::Desk};

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, index: usize) {
    let _ = (ui, desk, workspace, analysis, index);
}
