//! Two factors at once: the map of who leads, and beside it the border, the ballots and other pairs.

use egui::{Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{Acts, SensitivityView, ballots, map, map_cards, scene::Scene, words};
use crate::ui::drawing::Part;
use crate::ui::{
    rooms::balance::balance_page::{gap, in_card, show_sentence},
    theme::{Tokens, Type, size},
    widgets::{scrolled_page, wrapped},
};

/// The map shows weights up to this until it is zoomed out.
const HALF: f64 = 0.5;
/// Pages narrower than this stack their cards.
const LEAST_SIDE_BY_SIDE: f32 = 860.0;
/// Pages lower than this scroll.
const LEAST_HEIGHT: f32 = 440.0;
const STACKED_MAP: f32 = 470.0;
/// The height that the cards beside the map want.
const CARDS: f32 = map_cards::BORDER + ballots::HEIGHT + 32.0;

/// The factors of the map, across and up; `None` where no pair can be varied.
pub fn axes(view: &SensitivityView, scene: &Scene) -> Option<[usize; 2]> {
    let chosen = view.axes.as_ref().and_then(|[x, y]| Some([scene.factor_index(x)?, scene.factor_index(y)?]));
    chosen.or(scene.pairs.first().copied())
}

/// Up to which weight the map shows.
pub fn most(view: &SensitivityView) -> f64 {
    if view.is_whole { 1.0 } else { HALF }
}

/// Shows the sentence and the cards.
pub fn show(ui: &mut Ui, view: &mut SensitivityView, scene: &mut Scene, acts: &mut Acts) {
    if let Some(waiting) = words::waiting(scene) {
        show_sentence(ui, &waiting);
        return;
    }
    let Some(pair) = axes(view, scene) else {
        nothing(ui, scene);
        return;
    };
    let drawn = match scene.map(pair, most(view)) {
        Ok(drawn) => drawn,
        Err(why) => {
            no_map(ui, view, scene, pair, why.0);
            return;
        }
    };
    show_sentence(ui, &words::of_map(scene, &drawn, view.ring));
    let stacked =
        ui.ctx().content_rect().width() < size::NARROW_WINDOW || ui.available_width() < LEAST_SIDE_BY_SIDE;
    if stacked || ui.available_height() < LEAST_HEIGHT {
        scrolled_page(ui, "map page", |ui| {
            let width = ui.available_width();
            let lower = CARDS + map_cards::pairs_height(width);
            let height = if stacked { STACKED_MAP + lower + gap(ui) } else { LEAST_HEIGHT };
            let (place, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            cards(ui, view, scene, &drawn, place, stacked, acts);
        });
    } else {
        let place = ui.available_rect_before_wrap();
        cards(ui, view, scene, &drawn, place, false, acts);
    }
}

fn nothing(ui: &mut Ui, scene: &Scene) {
    let tokens = Tokens::of(ui);
    let words = if scene.workspace.balance.factors.len() < 3 {
        "A map of two weights wants three factors: two to vary, and others to share the rest."
    } else {
        "A map of two weights wants a third factor with weight, to share the rest."
    };
    ui.add_space(12.0);
    let response = wrapped(ui, words, Type::Sentence, tokens.ink2);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

/// These two cannot be mapped; others may.
fn no_map(ui: &mut Ui, view: &mut SensitivityView, scene: &Scene, pair: [usize; 2], why: &str) {
    let tokens = Tokens::of(ui);
    ui.add_space(12.0);
    wrapped(ui, format!("No map of these two: {why}."), Type::Sentence, tokens.ink2);
    ui.add_space(12.0);
    ui.horizontal(|ui| map::show_fields(ui, view, scene, pair));
}

fn cards(
    ui: &mut Ui,
    view: &mut SensitivityView,
    scene: &mut Scene,
    drawn: &super::scene::Map,
    page: Rect,
    stacked: bool,
    acts: &mut Acts,
) {
    let gap = gap(ui);
    let (chart, side) = if stacked {
        let chart = Rect::from_min_size(page.min, vec2(page.width(), STACKED_MAP));
        (chart, Rect::from_min_max(pos2(page.left(), chart.bottom() + gap), page.max))
    } else {
        let right = (page.width() * 0.3586).clamp(320.0, 436.0);
        let split = page.right() - right;
        let chart = Rect::from_min_max(page.min, pos2(split - gap, page.bottom()));
        (chart, Rect::from_min_max(pos2(split, page.top()), page.max))
    };
    let listed = scene.ballots(drawn.two.factors);
    in_card(ui, chart, vec2(12.0, 10.0), |ui, inside| {
        let part = Part::chart("Who leads at two weights").at(inside);
        part.show(ui, |ui| map::show(ui, view, scene, drawn, &listed, inside, acts));
    });
    let mut inner = ui.new_child(UiBuilder::new().max_rect(side));
    inner.set_clip_rect(side.expand(2.0).intersect(ui.clip_rect()));
    inner.spacing_mut().item_spacing.y = 0.0;
    let wanted = CARDS + map_cards::pairs_height(side.width());
    if !stacked && side.height() < wanted {
        ScrollArea::vertical().id_salt("beside the map").auto_shrink(false).show(&mut inner, |ui| {
            let (place, _) = ui.allocate_exact_size(vec2(side.width(), wanted), Sense::hover());
            beside(ui, view, scene, drawn, &listed, place, acts);
        });
    } else {
        beside(&mut inner, view, scene, drawn, &listed, side, acts);
    }
}

/// The three cards beside the map, one under the other.
fn beside(
    ui: &mut Ui,
    view: &mut SensitivityView,
    scene: &mut Scene,
    drawn: &super::scene::Map,
    listed: &[ballots::Listed],
    place: Rect,
    acts: &mut Acts,
) {
    let gap = gap(ui);
    let border = Rect::from_min_size(place.min, vec2(place.width(), map_cards::BORDER));
    let at = pos2(place.left(), border.bottom() + gap);
    let fall = Rect::from_min_size(at, vec2(place.width(), ballots::HEIGHT));
    let pairs = Rect::from_min_max(pos2(place.left(), fall.bottom() + gap), place.max);
    in_card(ui, border, vec2(18.0, 10.0), |ui, inside| {
        let part = Part::chart("From today to the border").at(inside);
        part.show(ui, |ui| map_cards::show_border(ui, view, scene, drawn, inside, acts));
    });
    in_card(ui, fall, vec2(18.0, 10.0), |ui, inside| {
        let part = Part::chart("Where the ballots fall").at(inside);
        let part = part.figures(|| ballots::rows(scene, drawn, listed));
        part.show(ui, |ui| ballots::show(ui, scene, drawn, listed, inside));
    });
    in_card(ui, pairs, vec2(12.0, 10.0), |ui, inside| {
        let part = Part::chart("Other pairs").at(inside);
        part.show(ui, |ui| map_cards::show_pairs(ui, view, scene, inside));
    });
}
