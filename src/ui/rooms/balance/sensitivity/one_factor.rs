//! One factor at a time: the list of weights, the chart of the chosen one, the scores, and what must be true.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::{Acts, SensitivityView, lines, list, scene::Scene, to_win, tornado, words};
use crate::ui::drawing::Part;
use crate::ui::{
    desk::Desk,
    rooms::balance::balance_page::{gap, in_card, is_small, show_sentence},
    theme::size,
    widgets::scrolled_page,
};

/// Pages narrower than this stack their cards.
const LEAST_SIDE_BY_SIDE: f32 = 1000.0;
/// Pages lower than this scroll.
const LEAST_HEIGHT: f32 = 470.0;
/// The stacked list shows so many rows and scrolls for the rest.
const ROWS_WHEN_STACKED: f32 = 6.0;

/// Shows the sentence and the cards.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut SensitivityView, scene: &Scene, acts: &mut Acts) {
    let chosen = chosen_factor(view, scene);
    let one = chosen.and_then(|f| scene.alone(f)?.1.as_ref().ok());
    let sentence = match (one, view.tried) {
        (Some(one), Some(tried)) => words::of_trial(scene, one, tried),
        _ => words::of_factors(scene),
    };
    show_sentence(ui, &sentence);
    let width = ui.available_width();
    let stacked = ui.ctx().content_rect().width() < size::NARROW_WINDOW || width < LEAST_SIDE_BY_SIDE;
    let mut page = Page { desk, view, scene, chosen, acts };
    if stacked || ui.available_height() < LEAST_HEIGHT {
        scrolled_page(ui, "sensitivity page", |ui| {
            let height = if stacked { stacked_height(ui, scene, width) } else { LEAST_HEIGHT };
            let (place, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            if stacked { page.stacked(ui, place) } else { page.side_by_side(ui, place) }
        });
    } else {
        let place = ui.available_rect_before_wrap();
        page.side_by_side(ui, place);
    }
}

/// The factor in the chart: the one that was chosen, else the first of the list.
fn chosen_factor(view: &SensitivityView, scene: &Scene) -> Option<usize> {
    let chosen = view.factor.as_ref().and_then(|id| scene.factor_index(id));
    chosen.or(scene.balance().factors_alone().first().map(|(f, _)| *f))
}

struct Page<'a, 'd> {
    desk: &'a mut Desk<'d>,
    view: &'a mut SensitivityView,
    scene: &'a Scene,
    chosen: Option<usize>,
    acts: &'a mut Acts,
}

const STACKED_CHART: f32 = 368.0;
const STACKED_LOWER: f32 = 304.0;

fn stacked_list(scene: &Scene) -> f32 {
    let rows = scene.balance().factors_alone().len().max(2) as f32;
    list::HEAD + rows.min(ROWS_WHEN_STACKED) * list::ROW + 4.0
}

/// Narrow pages put what must be true under the scores.
fn is_very_narrow(width: f32) -> bool {
    width < 640.0
}

fn stacked_height(ui: &Ui, scene: &Scene, width: f32) -> f32 {
    let lower = if is_very_narrow(width) { 2.0 * STACKED_LOWER + gap(ui) } else { STACKED_LOWER };
    stacked_list(scene) + STACKED_CHART + lower + 2.0 * gap(ui)
}

impl Page<'_, '_> {
    fn side_by_side(&mut self, ui: &mut Ui, page: Rect) {
        let gap = gap(ui);
        let left = (page.width() * 0.3668).clamp(330.0, 446.0);
        let list = Rect::from_min_max(page.min, pos2(page.left() + left, page.bottom()));
        let lower = if page.height() < 620.0 { 0.52 * page.height() } else { 295.0 };
        let right = Rect::from_min_max(pos2(list.right() + gap, page.top()), page.max);
        let split = right.bottom() - lower - gap;
        let chart = Rect::from_min_max(right.min, pos2(right.right(), split));
        let lower = Rect::from_min_max(pos2(right.left(), split + gap), right.max);
        self.cards(ui, list, chart, lower);
    }

    fn stacked(&mut self, ui: &mut Ui, page: Rect) {
        let gap = gap(ui);
        let list = Rect::from_min_size(page.min, vec2(page.width(), stacked_list(self.scene)));
        let chart =
            Rect::from_min_size(pos2(page.left(), list.bottom() + gap), vec2(page.width(), STACKED_CHART));
        let lower = Rect::from_min_max(pos2(page.left(), chart.bottom() + gap), page.max);
        self.cards(ui, list, chart, lower);
    }

    fn cards(&mut self, ui: &mut Ui, list: Rect, chart: Rect, lower: Rect) {
        let gap = gap(ui);
        let scene = self.scene;
        let (scores, truth) = if is_very_narrow(lower.width()) {
            let middle = lower.center().y;
            let above = Rect::from_min_max(lower.min, pos2(lower.right(), middle - gap / 2.0));
            (above, Rect::from_min_max(pos2(lower.left(), middle + gap / 2.0), lower.max))
        } else {
            let right = (lower.width() * 0.415).clamp(292.0, 380.0);
            let split = lower.right() - right;
            let scores = Rect::from_min_max(lower.min, pos2(split - gap, lower.bottom()));
            (scores, Rect::from_min_max(pos2(split, lower.top()), lower.max))
        };
        in_card(ui, list, vec2(0.0, 0.0), |ui, inside| {
            let part = Part::chart("Which weight would change the leader?").at(inside);
            part.show(ui, |ui| list::show(ui, self.view, scene, self.chosen, inside, self.acts));
        });
        let above = if is_small(ui) { 8.0 } else { 12.0 };
        in_card(ui, chart, vec2(16.0, above), |ui, inside| {
            let part = Part::chart("What each option scores as one factor weighs more").at(inside);
            part.show(ui, |ui| lines::show(ui, self.view, scene, self.chosen, inside, self.acts));
        });
        let rival = to_win::chosen_rival(self.view, scene);
        in_card(ui, scores, vec2(16.0, above), |ui, inside| {
            let part = Part::chart("The lead, one score at a time").at(inside);
            part.show(ui, |ui| tornado::show(ui, scene, rival, inside, self.acts));
        });
        in_card(ui, truth, vec2(16.0, above), |ui, inside| {
            let part = Part::chart("For another to win").at(inside);
            part.show(ui, |ui| {
                to_win::show(ui, self.desk, self.view, scene, rival, inside, self.acts);
            });
        });
    }
}
