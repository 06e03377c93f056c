//! The Weights page of the Balance room: how much each step from worst to best matters.

use std::sync::Arc;

use egui::{ScrollArea, Ui, UiBuilder, vec2};

use super::{
    scale_words::lowered,
    score_scene::Scene,
    weight_advice,
    weight_table::{self, Act, bar_id},
};
use crate::{
    analysis::{balance::WeightBasis, explain::Question},
    exchange::figure,
    model::{
        Room,
        balance::WeightsFrom,
        check::LARGEST_FIGURE,
        ids::FactorId,
        wording::{capital, list, number, percent},
    },
    session::edits,
    ui::{
        desk::Desk,
        icons,
        rooms::head,
        theme::{Tokens, Type, space},
        widgets::{Button, Card, Paragraph, wrapped},
    },
};

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct WeightsView {
    selected: Option<FactorId>,
    /// The selected bar, or its field, takes the keyboard when it is drawn.
    pub(super) to_bar: bool,
    pub(super) to_field: bool,
    reveal: bool,
    dragging: bool,
    /// The points at the right end of the bars when they were last drawn.
    pub(super) most: f64,
    /// The factors in the order shown, heaviest first; it holds still while weights are being changed.
    order: Vec<FactorId>,
    /// Why the points typed last were refused.
    refused: Option<String>,
    scene: Option<Arc<Scene>>,
}

/// Pages narrower than this stack their cards.
const STACKED: f32 = 1000.0;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut view = std::mem::take(&mut desk.view.balance.weights);
    view.show(ui, desk);
    desk.view.balance.weights = view;
}

impl WeightsView {
    fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        head(ui, Room::Balance, desk, |_, _| ());
        let scene = self.scene(desk);
        if let Some((factor, _)) = desk.view.balance.wanted.take() {
            self.selected = Some(factor);
            self.reveal = true;
            self.to_bar = true;
        }
        ui.add_space(space::XS);
        if scene.factors().is_empty() {
            nothing_yet(ui, desk);
            return;
        }
        let acts = weight_table::take(ui, &scene, self);
        self.act(desk, &scene, acts);
        let scene = self.scene(desk);
        sentence(ui, &scene);
        ui.add_space(space::XS);
        let order = self.order(ui, &scene);
        if let Some(f) = self.selected.as_ref().and_then(|id| scene.factor_index(id)) {
            let focused = ui.memory(|m| m.has_focus(bar_id(&scene.factors()[f].id)));
            if focused {
                desk.view.figure_in_focus = Some(Question::Weight(scene.factors()[f].id.clone()));
            }
        }
        let place = ui.available_rect_before_wrap();
        if place.width() < STACKED {
            self.stacked(ui, desk, &scene, &order);
        } else {
            let right = (place.width() * 0.3).clamp(330.0, 380.0);
            let table = place.with_max_x(place.right() - right - space::L);
            let acts = weight_table::show(ui, table, &scene, self, &order);
            self.act(desk, &scene, acts);
            // The scroll bar stands in the margin of the page.
            let side = place.with_min_x(place.right() - right).with_max_x(place.right() + space::M);
            let mut inner = ui.new_child(UiBuilder::new().max_rect(side).id_salt("weights advice"));
            ScrollArea::vertical().id_salt("advice").auto_shrink(false).show(&mut inner, |ui| {
                ui.set_max_width(right);
                weight_advice::show(ui, desk, self, &scene);
            });
        }
    }

    /// One under the other, the page scrolling.
    fn stacked(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, order: &[usize]) {
        ScrollArea::vertical().id_salt("weights page").auto_shrink(false).show(ui, |ui| {
            let height = weight_table::natural_height(scene, order);
            let width = ui.available_width();
            let (table, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
            let acts = weight_table::show(ui, table, scene, self, order);
            self.act(desk, scene, acts);
            ui.add_space(space::S);
            weight_advice::show(ui, desk, self, scene);
        });
    }

    fn scene(&mut self, desk: &Desk<'_>) -> Arc<Scene> {
        match &self.scene {
            Some(scene) if scene.is_current(desk) => Arc::clone(scene),
            _ => {
                let scene = Arc::new(Scene::of(desk));
                self.scene = Some(Arc::clone(&scene));
                scene
            }
        }
    }

    /// The factors heaviest first. While a bar has the keyboard or is dragged no row moves away under it.
    fn order(&mut self, ui: &Ui, scene: &Scene) -> Vec<usize> {
        let busy = self.dragging
            || ui
                .memory(|m| m.focused())
                .is_some_and(|focused| self.selected.as_ref().is_some_and(|id| bar_id(id) == focused));
        let known = self.order.len() == scene.factors().len()
            && self.order.iter().all(|id| scene.factor_index(id).is_some());
        if !(busy && known) {
            let weights = &scene.analysis.balance.weights;
            let mut order: Vec<usize> = (0..scene.factors().len()).collect();
            order.sort_by(|&a, &b| weights.get(b).unwrap_or(&0.0).total_cmp(weights.get(a).unwrap_or(&0.0)));
            self.order = order.into_iter().map(|f| scene.factors()[f].id.clone()).collect();
        }
        self.order.iter().filter_map(|id| scene.factor_index(id)).collect()
    }

    pub(super) fn is_selected(&self, factor: &FactorId) -> bool {
        self.selected.as_ref() == Some(factor)
    }

    pub(super) fn is_dragging(&self) -> bool {
        self.dragging
    }

    pub(super) fn drag(&mut self, dragging: bool) {
        self.dragging = dragging;
    }

    /// Whether this row is to be scrolled into view, once.
    pub(super) fn reveals(&mut self, f: usize) -> bool {
        let here = self.scene.as_ref().and_then(|scene| scene.factors().get(f));
        let here = here.is_some_and(|factor| self.selected.as_ref() == Some(&factor.id));
        here && std::mem::take(&mut self.reveal)
    }

    pub(super) fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    fn act(&mut self, desk: &mut Desk<'_>, scene: &Scene, acts: Vec<Act>) {
        for act in acts {
            match act {
                Act::Select(f) => {
                    if !self.is_selected(&scene.factors()[f].id) {
                        self.refused = None;
                    }
                    self.selected = Some(scene.factors()[f].id.clone());
                }
                Act::Points(f, points, step_by_step) => {
                    self.refused = None;
                    self.give(desk, scene, f, points, step_by_step);
                }
                Act::Typed(f, text) => self.typed(desk, scene, f, &text),
                Act::Settle => desk.session.settle(),
                Act::Explain(f) => desk.explain(Question::Weight(scene.factors()[f].id.clone())),
                Act::SetScale(f) => {
                    desk.view.balance.select_factor(&scene.factors()[f].id);
                    desk.go(Room::Balance, "Scores");
                }
            }
        }
    }

    /// Gives a factor points as a step that says which way its weight went.
    fn give(&mut self, desk: &mut Desk<'_>, scene: &Scene, f: usize, points: f64, step_by_step: bool) {
        let factor = &scene.factors()[f];
        let before = scene.analysis.balance.swings.get(f).copied().unwrap_or(0.0);
        let way = if points >= before { "Raise" } else { "Lower" };
        let key = format!("weight of {}", factor.id);
        desk.edit(format!("{way} weight of {}", factor.name), step_by_step.then_some(key.as_str()), |w| {
            edits::weights::set_swing(w, &factor.id, points);
        });
    }

    fn typed(&mut self, desk: &mut Desk<'_>, scene: &Scene, f: usize, text: &str) {
        self.refused = None;
        let factor = &scene.factors()[f];
        if text.trim().is_empty() {
            desk.edit(format!("Take the points of {} away", factor.name), None, |w| {
                if let Some(factor) = w.factor_mut(&factor.id) {
                    (factor.swing, factor.swing_range) = (None, None);
                }
            });
            return;
        }
        match figure::number(text).map(|n| n.value).filter(|x| (0.0..=LARGEST_FIGURE).contains(x)) {
            Some(points) => self.give(desk, scene, f, points, false),
            None => {
                let name = lowered(factor.short_name());
                let why = format!(
                    "“{}” cannot be the points of {name}. Points are a number from 0 upwards; the largest swing usually gets 100.",
                    text.trim()
                );
                self.refused = Some(why);
            }
        }
    }
}

/// Which swings are the largest, and how the weight falls between the sides.
fn sentence(ui: &mut Ui, scene: &Scene) {
    let tokens = Tokens::of(ui);
    let (bold, rest) = in_words(scene);
    Paragraph::new()
        .run(&bold, Type::Heading, tokens.ink)
        .run(" ", Type::Sentence, tokens.ink2)
        .run(&rest, Type::Sentence, tokens.ink2)
        .show(ui);
}

fn in_words(scene: &Scene) -> (String, String) {
    let balance = &scene.analysis.balance;
    if balance.weight_basis == WeightBasis::Even {
        let each = balance.weights.first().copied().unwrap_or(0.0);
        let ballots = scene.workspace.balance.weights_from == WeightsFrom::Ballots;
        let until = if ballots { "until a ballot is cast" } else { "until somebody gives points" };
        return (
            format!("Even weights {until}."),
            format!(
                "Each factor holds {} % of the weight. Give the largest swing 100 points, then the others in proportion.",
                number(each * 100.0, 1)
            ),
        );
    }
    let Some(share) = balance.commercial_share else {
        return ("No factor has any weight.".to_owned(), "Give at least one of them points.".to_owned());
    };
    let largest = balance.weights.iter().copied().fold(0.0, f64::max);
    let names: Vec<String> = balance
        .weights
        .iter()
        .enumerate()
        .filter(|(_, weight)| largest - **weight < 1e-9)
        .map(|(f, _)| lowered(scene.factors()[f].short_name()))
        .collect();
    let words: Vec<&str> = names.iter().map(String::as_str).collect();
    let bold = match words.as_slice() {
        [one] => format!("{} carries the largest swing.", capital(one)),
        few if few.len() <= 3 => format!("{} carry the largest swings.", capital(&list(few))),
        many => format!("{} factors share the largest swing.", many.len()),
    };
    let rest = format!(
        "Operational factors hold {} of the weight, commercial {}.",
        percent(1.0 - share),
        percent(share)
    );
    (bold, rest)
}

fn nothing_yet(ui: &mut Ui, desk: &mut Desk<'_>) {
    let tokens = Tokens::of(ui);
    Card::new().padding(24, 22).show(ui, |ui| {
        ui.label(Type::Heading.text("Nothing to weigh yet", tokens.ink));
        let words = "Weights say how much the whole step from the worst to the best of a factor matters. First say what the factors are.";
        wrapped(ui, words, Type::Body, tokens.ink2);
        ui.add_space(space::S);
        if Button::new("Add factors on Scores").icon(icons::ARROW_RIGHT).show(ui).clicked() {
            desk.go(Room::Balance, "Scores");
        }
    });
}
