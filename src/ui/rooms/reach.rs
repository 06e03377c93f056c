//! The Reach room.

use egui::Ui;

use super::head;
use crate::{
    analysis::Analysis,
    model::{Room, Workspace, ids::OptionId},
    ui::desk::Desk,
};

/// The pages of the room.
pub const PAGES: &[&str] = &["Payment design", "Prediction"];

/// What is being looked at in the room.
#[derive(Debug, Default)]
pub struct ReachView {
    /// The option looked at; `None` for the one most at risk.
    option: Option<OptionId>,
}

impl ReachView {
    /// Looks at this option.
    pub fn choose(&mut self, option: &OptionId) {
        self.option = Some(option.clone());
    }

    /// The option in view: the one chosen, else the first of those with the gravest verdict, else the first.
    #[must_use]
    pub fn option_in_view(&self, workspace: &Workspace, analysis: &Analysis) -> Option<OptionId> {
        let options = &workspace.question.options;
        if let Some(chosen) = self.option.as_ref().filter(|id| workspace.option(id).is_some()) {
            return Some(chosen.clone());
        }
        let gravest = analysis.reach.options.iter().flatten().map(|reach| reach.verdict).max();
        let first =
            analysis.reach.options.iter().position(|reach| reach.as_ref().map(|r| r.verdict) == gravest);
        options.get(first.unwrap_or(0)).map(|option| option.id.clone())
    }
}

/// Shows the open page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    head(ui, Room::Reach, desk, |_, _| ());
}
