//! The Weights page of the Balance room: how much each step from worst to best matters.

use std::sync::Arc;

use egui::{Rect, ScrollArea, StrokeKind, Ui, UiBuilder, vec2};

use super::{
    points_field::Field,
    scale_words::lowered,
    score_scene::Scene,
    weigh_scene::WeighScene,
    weight_advice, weight_checks, weight_ranks,
    weight_steps::{self, STRIP, Step},
    weight_table::{self, Act, bar_id},
    weight_tree_page,
    whose_points::{self, Look},
};
use crate::ui::drawing::Part;
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
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{Button, Card, Paragraph, scrolled_page, wrapped},
    },
};

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct WeightsView {
    selected: Option<FactorId>,
    /// The step in view; `None` until the page is first drawn.
    step: Option<Step>,
    look: Look,
    /// The selected bar, or a field, takes the keyboard when it is drawn.
    pub(super) to_bar: bool,
    pub(super) to_field: Option<Field>,
    pub(super) to_worth: bool,
    /// The branch of the tree whose points are a field.
    pub(super) tree_field: Option<Field>,
    reveal: bool,
    pub(super) reveal_rank: bool,
    dragging: bool,
    /// The points at the right end of the bars when they were last drawn.
    pub(super) most: f64,
    /// The factors in the order shown. It holds still until the page is left or somebody asks for sorting.
    order: Vec<FactorId>,
    /// The exchange that is asked about, when it was chosen.
    pub(super) asked: Option<weight_checks::Asked>,
    /// Rules of which every note is shown.
    pub(super) opened: Vec<&'static str>,
    /// Why what was typed last was refused.
    pub(super) refused: Option<String>,
    scene: Option<Arc<WeighScene>>,
    /// The pass of the window in which the page was last drawn.
    drawn: u64,
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
        self.arrive(ui);
        let scene = self.scene(desk);
        // Beside the names of the pages there is room for both, or for one as its icon.
        let wide = ui.available_width() > 910.0;
        let mut chosen = None;
        head(ui, Room::Balance, desk, |ui, desk| {
            if wide && !scene.factors().is_empty() {
                whose_points::collect(ui, desk);
                chosen = whose_points::choice(ui, desk, &scene.scene, &scene.look);
            }
        });
        if let Some((factor, _)) = desk.view.balance.wanted.take() {
            self.selected = Some(factor);
            (self.reveal, self.to_bar, self.step) = (true, true, Some(Step::Points));
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
        if !wide {
            ui.horizontal(|ui| {
                let look = whose_points::choice(ui, desk, &scene.scene, &scene.look);
                chosen = look.or(chosen.take());
                whose_points::collect(ui, desk);
            });
        }
        if whose_points::look_words(ui, &scene) {
            chosen = Some(Look::Group);
        }
        if let Some(look) = chosen {
            self.look = look;
            ui.ctx().request_discard("another voice is looked at");
        }
        ui.add_space(space::XS);
        self.note_focus(ui, desk, &scene);
        self.cards(ui, desk, &scene);
    }

    /// Notes when the page was away, after which its rows are sorted anew.
    fn arrive(&mut self, ui: &Ui) {
        let pass = ui.ctx().cumulative_pass_nr();
        if pass > self.drawn + 2 {
            self.order.clear();
        }
        self.drawn = pass;
    }

    fn note_focus(&self, ui: &Ui, desk: &mut Desk<'_>, scene: &WeighScene) {
        let selected = self.selected.as_ref().and_then(|id| scene.factor_index(id));
        if let Some(factor) = selected.map(|f| &scene.factors()[f])
            && ui.memory(|m| m.has_focus(bar_id(&factor.id)))
        {
            desk.view.figure_in_focus = Some(Question::Weight(factor.id.clone()));
        }
    }

    fn cards(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &WeighScene) {
        let step = *self.step.get_or_insert_with(|| Step::first(scene));
        let order = self.order(scene);
        let natural = STRIP + self.natural_height(scene, step, &order);
        let place = ui.available_rect_before_wrap();
        if place.width() < STACKED {
            // One under the other, the page scrolling.
            scrolled_page(ui, "weights page", |ui| {
                let (card, _) =
                    ui.allocate_exact_size(vec2(ui.available_width(), natural), egui::Sense::hover());
                self.step_card(ui, desk, scene, (card, step), &order);
                ui.add_space(space::S);
                ui.set_max_width(card.width());
                let acts = weight_advice::show(ui, desk, self, scene, step);
                self.act(desk, scene, acts);
            });
            return;
        }
        let right = (place.width() * 0.3).clamp(330.0, 380.0);
        let card = place.with_max_x(place.right() - right - space::L);
        let card = card.with_max_y(card.bottom().min(card.top() + natural.max(card.height() * 0.5)));
        self.step_card(ui, desk, scene, (card, step), &order);
        // The scroll bar stands in the margin of the page.
        let side = place.with_min_x(place.right() - right).with_max_x(place.right() + space::M);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(side).id_salt("weights advice"));
        ScrollArea::vertical().id_salt("advice").auto_shrink(false).show(&mut inner, |ui| {
            ui.set_max_width(right);
            let acts = weight_advice::show(ui, desk, self, scene, step);
            self.act(desk, scene, acts);
        });
    }

    fn natural_height(&self, scene: &WeighScene, step: Step, order: &[usize]) -> f32 {
        match step {
            Step::Rank => weight_ranks::natural_height(scene),
            Step::Points => weight_table::natural_height(scene, order),
            Step::Check => weight_checks::natural_height(scene),
            Step::Tree => weight_tree_page::natural_height(scene),
        }
    }

    /// The card of the steps: their strip, and the one in view.
    fn step_card(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        scene: &WeighScene,
        (card, step): (Rect, Step),
        order: &[usize],
    ) {
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(card, rounded(size::RADIUS_CARD), tokens.card);
        let strip = card.with_max_y(card.top() + STRIP);
        if let Some(step) = weight_steps::show(ui, strip, scene, step) {
            self.step = Some(step);
        }
        ui.painter().hline(card.x_range(), strip.bottom() - 0.5, hairline(tokens.hair));
        let body = card.with_min_y(strip.bottom());
        let acts = match step {
            Step::Rank => {
                let part = Part::table("Order of the swings").at(body);
                let part = part.figures(|| weight_ranks::as_rows(scene));
                part.show(ui, |ui| weight_ranks::show(ui, body, scene, self))
            }
            Step::Points => {
                let part = Part::table("Weights").at(body).figures(|| scene.as_rows(order));
                part.show(ui, |ui| weight_table::show(ui, body, scene, self, order))
            }
            Step::Check => {
                weight_checks::show(ui, body, scene, self);
                Vec::new()
            }
            Step::Tree => {
                let part = Part::chart("Tree of the weights").at(body);
                part.show(ui, |ui| weight_tree_page::show(ui, body, scene, self))
            }
        };
        ui.painter().rect_stroke(card, rounded(size::RADIUS_CARD), hairline(tokens.hair), StrokeKind::Inside);
        self.act(desk, scene, acts);
    }

    fn scene(&mut self, desk: &Desk<'_>) -> Arc<WeighScene> {
        if let Some(scene) = self.scene.as_ref().filter(|s| s.is_current(desk) && s.look == self.look) {
            return Arc::clone(scene);
        }
        let whole = match &self.scene {
            Some(scene) if scene.is_current(desk) => Arc::clone(&scene.scene),
            _ => Arc::new(Scene::of(desk)),
        };
        let scene = Arc::new(WeighScene::of(whole, self.look.clone(), self.scene.as_deref()));
        // A voice that is gone is no longer looked at.
        self.look = scene.look.clone();
        self.scene = Some(Arc::clone(&scene));
        scene
    }

    /// The factors in the order shown: heaviest first when the page is come to, and from then on as they stand.
    fn order(&mut self, scene: &WeighScene) -> Vec<usize> {
        let known = self.order.len() == scene.factors().len()
            && self.order.iter().all(|id| scene.factor_index(id).is_some());
        if !known {
            self.order = scene.by_weight();
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

    /// Has the selected row scrolled into view.
    pub(super) fn reveal(&mut self) {
        self.reveal = true;
    }

    /// Whether this row is to be scrolled into view, once.
    pub(super) fn reveals(&mut self, factor: &FactorId) -> bool {
        self.is_selected(factor) && std::mem::take(&mut self.reveal)
    }

    fn act(&mut self, desk: &mut Desk<'_>, scene: &WeighScene, acts: Vec<Act>) {
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
                    give(desk, &scene.factors()[f].id, Some(points), step_by_step);
                }
                Act::Typed(f, text) => self.typed(desk, scene, f, &text),
                Act::ShareOut(of, members, text) => self.share_out(desk, &of, &members, &text),
                Act::Settle => desk.session.settle(),
                Act::Explain(question) => desk.explain(question),
                Act::SetScale(f) => {
                    desk.view.balance.select_factor(&scene.factors()[f].id);
                    desk.go(Room::Balance, "Scores");
                }
                Act::Go(step) => self.step = Some(step),
                Act::Sort => self.order = scene.by_weight(),
                Act::Rank(label, order) => {
                    desk.edit(label, None, |w| edits::weights::rank(w, order));
                }
                Act::BeginFromRanks => {
                    desk.edit("Begin with points by rank", None, edits::weights::begin_from_ranks);
                    self.order.clear();
                    self.step = Some(Step::Points);
                }
                Act::DealByRank => {
                    desk.edit("Give points by rank", None, edits::weights::deal_by_rank);
                    self.order.clear();
                }
                Act::Answer(answer, points) => {
                    let name = scene.factor_index(&answer.factor).map(|f| scene.factors()[f].name.clone());
                    let name = name.unwrap_or_default();
                    let label = match points {
                        Some(_) => format!("Weigh {name} by its exchange"),
                        None => format!("Answer on the exchange of {name}"),
                    };
                    desk.edit(label, None, |w| {
                        if let Some(points) = points {
                            edits::weights::set_swing(w, &answer.factor, points);
                        }
                        edits::weights::answer_exchange(w, answer);
                    });
                }
            }
        }
    }

    fn typed(&mut self, desk: &mut Desk<'_>, scene: &WeighScene, f: usize, text: &str) {
        self.refused = None;
        let factor = &scene.factors()[f];
        if text.trim().is_empty() {
            give(desk, &factor.id, None, false);
        } else if let Some(points) = self.read(text, &lowered(factor.short_name())) {
            give(desk, &factor.id, Some(points), false);
        }
    }

    /// Shares points that were typed for a branch of the tree out in it.
    fn share_out(&mut self, desk: &mut Desk<'_>, of: &str, members: &[FactorId], text: &str) {
        self.refused = None;
        if let Some(points) = self.read(text, &lowered(of)) {
            let label = format!("Give {} {} points", lowered(of), number(points, 0));
            desk.edit(label, None, |w| edits::weights::share_out(w, members, points));
        }
    }

    /// Points as they were typed; what is none is refused with its reason.
    fn read(&mut self, text: &str, of: &str) -> Option<f64> {
        let points = figure::number(text).map(|n| n.value).filter(|x| (0.0..=LARGEST_FIGURE).contains(x));
        if points.is_none() {
            self.refused = Some(format!(
                "“{}” cannot be the points of {of}. Points are a number from 0 upwards; the largest swing usually gets 100.",
                text.trim()
            ));
        }
        points
    }
}

/// Gives a factor points, or takes them away, as a step that says which way its weight went.
pub(super) fn give(desk: &mut Desk<'_>, id: &FactorId, points: Option<f64>, step_by_step: bool) {
    let name = desk.workspace().factor(id).map(|factor| factor.name.clone()).unwrap_or_default();
    let Some(points) = points else {
        desk.edit(format!("Take the points of {name} away"), None, |w| {
            if let Some(factor) = w.factor_mut(id) {
                (factor.swing, factor.swing_range) = (None, None);
            }
        });
        return;
    };
    let key = format!("weight of {id}");
    let merge = step_by_step.then_some(key.as_str());
    // A run of small steps is one step: it is named by where it began.
    let before = edits::weights::swing_in_force(desk.session.before_step(merge), id);
    let way = if points >= before.unwrap_or(0.0) { "Raise" } else { "Lower" };
    desk.edit(format!("{way} weight of {name}"), merge, |w| edits::weights::set_swing(w, id, points));
}

/// Which swings are the largest, and how the weight falls between the sides.
fn sentence(ui: &mut Ui, scene: &WeighScene) {
    let tokens = Tokens::of(ui);
    let (bold, rest) = in_words(scene);
    let of = |rest: &str| {
        Paragraph::new().run(&bold, Type::Heading, tokens.ink).run(" ", Type::Sentence, tokens.ink2).run(
            rest,
            Type::Sentence,
            tokens.ink2,
        )
    };
    let width = ui.available_width();
    let fits = |rest: &&String| of(rest).galley(ui.painter(), f32::INFINITY).size().x <= width;
    let rest = rest.iter().find(fits).or(rest.first()).map_or("", String::as_str);
    of(rest).show(ui);
}

/// The sentence in two parts, the second in ever fewer words.
fn in_words(scene: &WeighScene) -> (String, Vec<String>) {
    let balance = &scene.analysis.balance;
    if scene.may_be_changed() && balance.weight_basis == WeightBasis::Even {
        let each = balance.weights.first().copied().unwrap_or(0.0);
        let ballots = scene.workspace.balance.weights_from == WeightsFrom::Ballots;
        let until = if ballots { "until a ballot is cast" } else { "until somebody gives points" };
        return (
            format!("Even weights {until}."),
            vec![format!(
                "Each factor holds {} % of the weight. Rank the swings, give the largest 100 points, then the others in proportion.",
                number(each * 100.0, 1)
            )],
        );
    }
    let Some(share) = scene.commercial_share else {
        return (
            "No factor has any weight.".to_owned(),
            vec!["Give at least one of them points.".to_owned()],
        );
    };
    let largest = scene.weights.iter().copied().fold(0.0, f64::max);
    let names: Vec<String> = scene
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
    let (operational, commercial) = (percent(1.0 - share), percent(share));
    let rest = vec![
        format!("Operational factors hold {operational} of the weight, commercial {commercial}."),
        format!("The weight is {operational} operational, {commercial} commercial."),
        format!("{operational} operational, {commercial} commercial."),
    ];
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
