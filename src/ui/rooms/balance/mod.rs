//! The Balance room: which option leads, and what would change that.

pub mod balance_page;
pub(in crate::ui) mod chart;
pub mod compare;
mod compare_choosers;
mod compare_dominance;
mod compare_moves;
mod compare_slope;
mod compare_waterfall;
mod curve;
mod curve_handles;
pub(in crate::ui) mod dial;
mod dial_row;
mod factor_editor;
mod iso_line;
mod labels;
pub(in crate::ui) mod on_paper;
mod points_field;
mod ranking;
pub(in crate::ui) mod reading;
pub mod robustness;
mod scale_editor;
mod scale_words;
mod score_cell;
mod score_dissent;
mod score_ends;
mod score_groups;
mod score_keys;
mod score_note;
mod score_order;
mod score_panel;
mod score_paste;
mod score_scene;
mod score_swing;
mod score_table;
pub mod scores;
pub mod sensitivity;
mod trade_offs;
mod weigh_scene;
mod weight_advice;
mod weight_bar;
mod weight_checks;
mod weight_ranks;
mod weight_steps;
mod weight_table;
mod weight_tree_page;
pub mod weights;
mod whose_points;

use egui::Ui;

pub(in crate::ui) use crate::analysis::balance::sentence;
use crate::{
    model::{
        Room,
        balance::Side,
        ids::{FactorId, OptionId},
    },
    ui::desk::Desk,
};
use compare::CompareView;
use robustness::RobustnessView;
use scores::ScoresView;
use sensitivity::SensitivityView;
use weights::WeightsView;

/// The pages of the room.
pub const PAGES: &[&str] = &["Scores", "Weights", "Balance", "Sensitivity", "Robustness", "Compare"];

/// What is being looked at in the room.
#[derive(Debug, Default)]
pub struct BalanceView {
    /// Where the dial has been moved to, as a commercial share of 0 to 1; `None` while it stands at the group's own
    /// weight. A what-if: nothing in the workspace changes with it.
    pub dial: Option<f64>,
    /// What another screen asked to be shown: a factor, and perhaps an option's cell in it. Scores and Weights take it
    /// when they are next drawn.
    pub wanted: Option<(FactorId, Option<OptionId>)>,
    pub scores: ScoresView,
    pub weights: WeightsView,
    pub sensitivity: SensitivityView,
    pub compare: CompareView,
    pub robustness: RobustnessView,
}

impl BalanceView {
    /// Asks Scores to select a cell.
    pub fn select_cell(&mut self, factor: &FactorId, option: &OptionId) {
        self.wanted = Some((factor.clone(), Some(option.clone())));
    }

    /// Asks Scores or Weights, whichever is drawn next, to select a factor.
    pub fn select_factor(&mut self, factor: &FactorId) {
        self.wanted = Some((factor.clone(), None));
    }
}

/// Adds a factor on Scores, where its name takes the keyboard.
pub fn add_factor(desk: &mut Desk<'_>, side: Side) {
    let mut scores = std::mem::take(&mut desk.view.balance.scores);
    scores.add_factor(desk, side, "");
    desk.view.balance.scores = scores;
}

/// Shows the open page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    match desk.view.page(Room::Balance) {
        "Scores" => scores::show(ui, desk),
        "Weights" => weights::show(ui, desk),
        "Sensitivity" => sensitivity::show(ui, desk),
        "Compare" => compare::show(ui, desk),
        "Robustness" => robustness::show(ui, desk),
        _ => balance_page::show(ui, desk),
    }
}
