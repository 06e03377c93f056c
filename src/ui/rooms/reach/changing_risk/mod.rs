//! Changing risk: how people move between bands of risk, what leaving them out costs whom, and when that is cash.

mod bands;
mod bill_chart;
mod costs;
mod measures;
mod moves;
mod settings;
mod settings_costs;

use egui::{Rect, Ui, UiBuilder, pos2};

use super::nothing;
use crate::ui::drawing::Part;
use crate::{
    analysis::{
        Analysis,
        explain::Question,
        reach::{bill_words::headline, drift::Drift},
    },
    model::{Room, Workspace, ids::OptionId, reach::ChangingRisk},
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{Button, Card, Paragraph, icon_button, scrolled_page, wrapped},
    },
};
pub use settings::Sheet;

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct ChangingRiskView {
    /// What stands over the page.
    sheet: Option<Sheet>,
    /// Whether people of later years are shown as well.
    everybody: bool,
    /// What typing a move did to the rest of its row, and the revision that it made.
    scaled: Option<(u64, String)>,
}

/// What the page is drawn from.
struct Scene<'a> {
    workspace: &'a Workspace,
    analysis: &'a Analysis,
    risk: &'a ChangingRisk,
    /// The option in view.
    option: usize,
}

impl Scene<'_> {
    fn badge(&self) -> &str {
        &self.workspace.question.options[self.option].badge
    }

    fn id(&self) -> &OptionId {
        &self.workspace.question.options[self.option].id
    }

    fn drift(&self) -> Result<&Drift, &'static str> {
        self.analysis.reach.drift.as_ref().map_err(|why| why.0)
    }
}

/// Under this width the cards stand under one another.
const SIDE_BY_SIDE: f32 = 980.0;
const GAP: f32 = space::L;
/// The head of a card, as tall as its buttons.
const HEAD: f32 = size::CONTROL;

/// Shows the page for the option at this index.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, index: usize) {
    let Some(risk) = &workspace.reach.changing_risk else {
        not_set_up(ui, desk, workspace);
        return;
    };
    let scene = Scene { workspace, analysis, risk, option: index };
    // Laid on the page only while it is open, so that nothing of it is forgotten while the page is drawn.
    let mut view = std::mem::take(&mut desk.view.reach.changing_risk);
    ui.add_space(space::XS);
    sentence(ui, &scene);
    measures::line(ui, &mut view, scene.risk);
    ui.add_space(space::XS);
    let name = format!("changing risk of {}", scene.id());
    let (wide, tall) = (ui.available_width(), ui.available_height());
    if ui.ctx().content_rect().width() < size::NARROW_WINDOW || wide < SIDE_BY_SIDE {
        scrolled_page(ui, &name, |ui| stacked(ui, desk, &mut view, &scene));
    } else {
        let needed = needed_height(&scene);
        if needed <= tall {
            let place = ui.available_rect_before_wrap();
            side_by_side(ui, desk, &mut view, &scene, place);
            ui.advance_cursor_after_rect(place);
        } else {
            scrolled_page(ui, &name, |ui| {
                let wanted = egui::vec2(ui.available_width(), needed);
                let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::hover());
                side_by_side(ui, desk, &mut view, &scene, place);
            });
        }
    }
    settings::show(ui, desk, &mut view, &scene);
    desk.view.reach.changing_risk = view;
}

fn not_set_up(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    nothing(ui, "Nobody has said how risk changes.");
    let tokens = Tokens::of(ui);
    ui.scope(|ui| {
        ui.set_max_width(680.0);
        wrapped(
            ui,
            "People drift from lower to higher risk when they are not supported, and those who are left out come back as \
             cost to others. To reckon with that the program needs bands of risk, how people move between them in a year \
             with support and without, and what a reoffence costs whom.",
            Type::Body,
            tokens.ink2,
        );
        ui.add_space(space::XS);
        wrapped(
            ui,
            "Begin with invented moves and costs, which say so wherever they show, and put your own cohort in their place.",
            Type::Body,
            tokens.ink2,
        );
    });
    ui.add_space(space::S);
    if Button::new("Use illustrative moves").primary().show(ui).clicked() {
        let risk = ChangingRisk::illustrative(&workspace.question);
        desk.edit("Use illustrative moves between bands of risk", None, |w| {
            w.reach.changing_risk = Some(risk);
        });
    }
}

/// What the page comes to.
fn sentence(ui: &mut Ui, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let (lead, rest) = match scene.analysis.reach.bills.get(scene.option) {
        Some(Ok(bill)) => headline(bill, scene.badge()),
        _ => (
            format!("No bill for {} yet.", scene.badge()),
            "What is missing stands under the bill.".to_owned(),
        ),
    };
    Paragraph::new()
        .run(&lead, Type::Heading, tokens.ink)
        .run(&format!(" {rest}"), Type::Sentence, tokens.ink2)
        .show(ui);
}

fn needed_height(scene: &Scene<'_>) -> f32 {
    let left = bands::LEAST_HEIGHT + GAP + moves::height(scene);
    let right = bill_chart::LEAST_HEIGHT + GAP + costs::least_height(scene);
    left.max(right)
}

fn side_by_side(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut ChangingRiskView,
    scene: &Scene<'_>,
    place: Rect,
) {
    let half = ((place.width() - GAP) / 2.0).floor();
    let left = Rect::from_min_max(place.min, pos2(place.left() + half, place.bottom()));
    let right = Rect::from_min_max(pos2(left.right() + GAP, place.top()), place.max);
    let split = left.bottom() - moves::height(scene);
    shown(ui, scene, BANDS, left.with_max_y(split - GAP), |ui, at| bands::show_at(ui, desk, view, scene, at));
    shown(ui, scene, MOVES, left.with_min_y(split), |ui, at| moves::show_at(ui, desk, view, scene, at));
    let lower = costs::least_height(scene).max((right.height() * 0.565).floor() - GAP);
    let split = right.bottom() - lower;
    shown(ui, scene, BILL, right.with_max_y(split - GAP), |ui, at| {
        bill_chart::show_at(ui, desk, view, scene, at)
    });
    shown(ui, scene, COSTS, right.with_min_y(split), |ui, at| costs::show_at(ui, desk, view, scene, at));
}

/// What the cards are called where they are copied.
const BANDS: &str = "Bands of risk, year by year";
const MOVES: &str = "Where 100 people are a year later";
const BILL: &str = "What the bill comes to";
const COSTS: &str = "Who bears the cost";

fn shown(ui: &mut Ui, scene: &Scene<'_>, name: &str, place: Rect, contents: impl FnOnce(&mut Ui, Rect)) {
    let table = || Part::table(name).figures(|| moves::rows(scene));
    let part = if name == MOVES { table() } else { Part::chart(name) };
    part.at(place).show(ui, |ui| contents(ui, place));
}

fn stacked(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ChangingRiskView, scene: &Scene<'_>) {
    ui.spacing_mut().item_spacing.y = GAP;
    let place = |ui: &mut Ui, height: f32| {
        let wanted = egui::vec2(ui.available_width(), height);
        ui.allocate_exact_size(wanted, egui::Sense::hover()).0
    };
    let at = place(ui, 300.0);
    shown(ui, scene, BILL, at, |ui, at| bill_chart::show_at(ui, desk, view, scene, at));
    let at = place(ui, costs::height(scene));
    shown(ui, scene, COSTS, at, |ui, at| costs::show_at(ui, desk, view, scene, at));
    let at = place(ui, 380.0);
    shown(ui, scene, BANDS, at, |ui, at| bands::show_at(ui, desk, view, scene, at));
    let at = place(ui, moves::height(scene));
    shown(ui, scene, MOVES, at, |ui, at| moves::show_at(ui, desk, view, scene, at));
}

/// A card with room for what is painted on it: the part inside its padding.
fn card(ui: &mut Ui, place: Rect, contents: impl FnOnce(&mut Ui, Rect)) {
    Card::new().padding(0, 0).show_at(ui, place, |_| ());
    let inside = Rect::from_min_max(place.min + egui::vec2(18.0, 10.0), place.max - egui::vec2(18.0, 14.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(inside));
    inner.set_clip_rect(place.intersect(ui.clip_rect()));
    contents(&mut inner, inside);
}

/// The head of a card: its name, and at the right what can be done.
fn card_head(ui: &mut Ui, words: &str, right: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let across = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), HEAD), across, |ui| {
        ui.set_min_height(HEAD);
        ui.label(Type::Heading.text(words, tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), right);
    });
}

/// The head of a card whose figures can be asked why and changed on a sheet called `edit`; what else it has stands left of
/// both.
fn asked_head(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut ChangingRiskView,
    words: &str,
    (question, edit, sheet): (Question, &str, Sheet),
    also: impl FnOnce(&mut Ui, &mut ChangingRiskView),
) {
    card_head(ui, words, |ui| {
        if Button::new("Why?").icon(icons::QUESTION).quiet().show(ui).clicked() {
            desk.explain(question);
        }
        if icon_button(ui, icons::PENCIL_SIMPLE, edit, true).clicked() {
            view.sheet = Some(sheet);
        }
        also(ui, view);
    });
}

/// What is missing, and the way to where it is said.
fn missing(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ChangingRiskView, why: &str) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::S);
    wrapped(ui, format!("{}.", crate::model::wording::capital(why)), Type::Body, tokens.ink2);
    ui.add_space(space::XS);
    let (words, sheet) = match why {
        why if why.contains("option pays") => ("Payment design", None),
        why if why.contains("agency") => ("Who pays", Some(Sheet::Costs)),
        why if why.contains("wing") || why.contains("keeps full") => ("Wing", Some(Sheet::Costs)),
        why if why.contains("saving") => ("Saving promised", Some(Sheet::Costs)),
        why if why.contains("group") && !why.contains("first band") && why.contains("number of people") => {
            ("Need groups", None)
        }
        why if why.contains("begin") => ("People", Some(Sheet::People)),
        _ => ("Bands and support", Some(Sheet::Bands)),
    };
    if Button::new(words).show(ui).clicked() {
        match (words, sheet) {
            (_, Some(sheet)) => view.sheet = Some(sheet),
            ("Need groups", None) => desk.go(Room::Question, "Need groups"),
            _ => desk.go(Room::Reach, "Payment design"),
        }
    }
}
