//! The Sensitivity page of the Balance room: which weight, which two weights and which score would change the leader.

mod ballots;
mod lines;
mod list;
mod map;
mod map_cards;
mod map_labels;
mod map_page;
mod one_factor;
mod scene;
mod to_win;
mod tornado;
mod words;

use egui::Ui;

use crate::{
    analysis::{balance::sensitivity::Place, explain::Question},
    model::{
        Room,
        ids::{FactorId, OptionId},
    },
    ui::{
        desk::Desk,
        drawing::{Part, rows_of},
        rooms::{balance::reading::Done, head},
        widgets::{button::Segment, segmented},
    },
};
use scene::Scene;

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct SensitivityView {
    pub tab: Tab,
    /// The factor in the chart; the first of the list until one is chosen.
    pub factor: Option<FactorId>,
    /// The weight that is being tried for that factor, 0 to 1: a what-if.
    pub tried: Option<f64>,
    /// The option that the leader is compared with; the runner-up until one is chosen.
    pub rival: Option<OptionId>,
    /// The factors of the map, across and up; the first pair until they are chosen.
    pub axes: Option<[FactorId; 2]>,
    /// Where the ring has been dragged to: a what-if.
    pub ring: Option<Place>,
    /// Whether the map shows all weights rather than those up to a half.
    pub is_whole: bool,
    scene: Option<Scene>,
}

/// Which of the two halves of the page is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    OneFactor,
    TwoFactors,
}

/// What somebody did in a frame.
#[derive(Debug, Default)]
struct Acts {
    figures: Done,
    /// A cell to go to.
    cell: Option<(FactorId, OptionId)>,
}

impl Acts {
    /// Takes in what was done with a figure that can be asked why.
    fn with_figure(&mut self, response: &egui::Response, question: Question) {
        self.figures.with_figure(response, question);
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut view = std::mem::take(&mut desk.view.balance.sensitivity);
    let mut scene = match view.scene.take() {
        Some(scene) if scene.is_current(desk) => scene,
        _ => {
            // A what-if belongs to the figures that it was tried on.
            (view.tried, view.ring) = (None, None);
            Scene::of(desk)
        }
    };
    let mut acts = Acts::default();
    // Distances between the parts of the page are stated one by one.
    ui.spacing_mut().item_spacing.y = 0.0;
    show_head(ui, desk, &mut view, &mut scene);
    match view.tab {
        Tab::OneFactor => one_factor::show(ui, desk, &mut view, &scene, &mut acts),
        Tab::TwoFactors => map_page::show(ui, &mut view, &mut scene, &mut acts),
    }
    view.scene = Some(scene);
    desk.view.balance.sensitivity = view;
    desk.view.figure_in_focus = acts.figures.in_focus;
    if let Some(question) = acts.figures.why {
        desk.explain(question);
    }
    if let Some((factor, option)) = acts.cell {
        desk.view.balance.select_cell(&factor, &option);
        desk.go(Room::Balance, "Scores");
    }
}

fn show_head(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut SensitivityView, scene: &mut Scene) {
    head(ui, Room::Balance, desk, |ui, _| {
        if scene.has_rivals() {
            let figures = || {
                rows_of(&match view.tab {
                    Tab::OneFactor => words::table_of_factors(scene),
                    Tab::TwoFactors => {
                        words::table_of_map(scene, map_page::axes(view, scene), map_page::most(view))
                    }
                })
            };
            Part::table("Figures of the page").figures(figures).show(ui, |_| ());
        }
        let segments = ["One factor", "Two factors"].map(|words| Segment {
            badge: "",
            words,
            colour: None,
            name: String::new(),
        });
        if let Some(chosen) = segmented(ui, &segments, view.tab as usize) {
            view.tab = if chosen == 0 { Tab::OneFactor } else { Tab::TwoFactors };
            (view.tried, view.ring) = (None, None);
        }
    });
}
