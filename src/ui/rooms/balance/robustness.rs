//! The Robustness page of the Balance room: how often each option comes first when weights and scores are not taken as
//! sure.

mod convergence;
mod doubt;
mod places;
mod rivals;
mod scene;
mod settings;
mod table;

use std::sync::Arc;

use egui::{Rect, Ui, UiBuilder, pos2, vec2};

use self::scene::Scene;
use crate::{
    analysis::{explain::Question, standing::of_weights},
    exchange::drawing::Chart,
    model::{Room, Workspace, wording::chance},
    session::Session,
    ui::{
        desk::Desk,
        drawing::{Easel, Part},
        icons,
        rooms::head,
        theme::{Tokens, Type, size, space},
        widgets::{Button, Card, Paragraph, scrolled_page, wrapped},
    },
};

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct RobustnessView {
    /// Why the setting typed last was refused.
    refused: Option<String>,
}

/// What the page asks for once it is drawn.
#[derive(Default)]
struct Acts {
    edit: Option<(String, Box<dyn FnOnce(&mut Workspace)>)>,
    refused: Option<Option<String>>,
    why: Option<Question>,
    in_focus: Option<Question>,
    go: Option<(Room, &'static str)>,
    stop: bool,
    resume: bool,
}

impl Acts {
    fn edit(&mut self, label: impl Into<String>, change: impl FnOnce(&mut Workspace) + 'static) {
        self.refused = Some(None);
        self.edit = Some((label.into(), Box::new(change)));
    }

    fn refuse(&mut self, why: String) {
        self.refused = Some(Some(why));
    }

    /// A figure that was drawn: clicked it is explained, with the keyboard it can be asked about.
    fn figure(&mut self, response: &egui::Response, question: Question) {
        if response.clicked() {
            self.why = Some(question.clone());
        }
        if response.has_focus() {
            self.in_focus = Some(question);
        }
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    desk.session.ask_by_weights();
    desk.session.ask_better_information();
    ui.spacing_mut().item_spacing.y = 0.0;
    show_head(ui, desk);
    let mut acts = Acts::default();
    let refused = desk.view.balance.robustness.refused.clone();
    {
        let scene = Scene::of(&workspace, &analysis, desk.session);
        headline(ui, &scene);
        if scene.nothing_yet().is_some() {
            nothing_yet(ui, &scene, &mut acts);
        } else {
            page(ui, &scene, refused.as_deref(), &mut acts);
        }
    }
    carry_out(desk, acts);
}

/// The chart of the places for a paper of this width, once there has been a run.
pub(in crate::ui) fn places_on_paper(easel: &mut Easel, session: &Session, width: f32) -> Option<Chart> {
    let (workspace, analysis) = (Arc::clone(session.workspace()), Arc::clone(session.analysis()));
    let scene = Scene::of(&workspace, &analysis, session);
    scene.known().filter(|_| scene.nothing_yet().is_none())?;
    // The padding of the card that it stands on in the window is no part of it.
    let whole = vec2(width + 2.0 * EDGE, places::paper_height(&scene, width + 2.0 * EDGE));
    let inside = vec2(width, whole.y - 12.0);
    Some(easel.chart("How often each option takes each place", inside, |ui, place| {
        let card = Rect::from_min_size(place.min - vec2(EDGE, 12.0), whole);
        places::show(ui, &scene, card, &mut Acts::default());
    }))
}

fn carry_out(desk: &mut Desk<'_>, acts: Acts) {
    desk.view.figure_in_focus = acts.in_focus;
    if let Some(refused) = acts.refused {
        desk.view.balance.robustness.refused = refused;
    }
    if let Some((label, change)) = acts.edit {
        desk.edit(label, None, change);
    }
    if acts.stop {
        desk.session.stop_robustness();
    }
    if acts.resume {
        desk.session.resume_robustness();
    }
    if let Some(question) = acts.why {
        desk.explain(question);
    }
    if let Some((room, page)) = acts.go {
        desk.go(room, page);
    }
}

fn show_head(ui: &mut Ui, desk: &mut Desk<'_>) {
    head(ui, Room::Balance, desk, |ui, desk| {
        let (workspace, analysis) = (desk.workspace(), desk.analysis());
        let scene = Scene::of(&workspace, &analysis, desk.session);
        let question = scene.leader().map(|o| Question::Robust(workspace.question.options[o].id.clone()));
        let why = Button::new("Why?")
            .icon(icons::QUESTION)
            .quiet()
            .enabled(question.is_some())
            .selected(desk.view.explain.question().is_some())
            .tooltip("Show how the leader’s share comes about");
        if let (true, Some(question)) = (why.show(ui).clicked(), question) {
            desk.explain(question);
        }
    });
}

/// Who comes first in how many of the draws, and what weak evidence does to it.
fn headline(ui: &mut Ui, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let (bold, rest) = in_words(scene);
    let is_old = scene.known().is_some() && (scene.run.is_updating || scene.run.was_stopped);
    let (ink, ink2) = if is_old { (tokens.ink3, tokens.ink3) } else { (tokens.ink, tokens.ink2) };
    let small = ui.ctx().content_rect().width() < size::SMALL_WINDOW;
    ui.add_space(if small { 6.0 } else { 10.0 });
    Paragraph::new()
        .run(&bold, Type::Heading, ink)
        .run(" ", Type::Sentence, ink2)
        .run(&rest, Type::Sentence, ink2)
        .show(ui);
    ui.add_space(if small { 8.0 } else { 12.0 });
}

fn in_words(scene: &Scene<'_>) -> (String, String) {
    if let Some((bold, rest)) = scene.nothing_yet() {
        return (bold.to_owned(), rest.to_owned());
    }
    let run = match scene.run.result {
        None => {
            return (
                "Drawing weights and scores.".to_owned(),
                "The first figures come in a moment.".to_owned(),
            );
        }
        Some(Err(reason)) => {
            return (
                "Nothing can be drawn:".to_owned(),
                format!("{}. Choose other weights below.", reason.0),
            );
        }
        Some(Ok(run)) => run,
    };
    let Some(most) = scene.most_often_first() else {
        return ("No option takes part.".to_owned(), "Each is struck by a must.".to_owned());
    };
    let first = chance(run.rank_acceptability[most][0]);
    let of = of_weights(run.draws.weights);
    let end = if run.draws.weak_as_weak { " with weak evidence taken as weak," } else { "," };
    let bold = format!("{} comes first in {first} {of}{end}", scene.name(most));
    let other = scene.other_evidence(most).map(|share| {
        if run.draws.weak_as_weak {
            format!("and in {} with the evidence as it is given.", chance(share))
        } else {
            format!("and in {} if weak evidence is taken as weak.", chance(share))
        }
    });
    let today = scene.leader().filter(|leader| *leader != most);
    let half_way = scene.analysis.balance.certainty().half_way();
    let today = today.map(|o| format!("{} leads at today’s weights{half_way}.", scene.name(o)));
    let waiting = if scene.run.was_stopped {
        "before the last change: the draws were stopped."
    } else if scene.run.is_updating {
        "updating."
    } else if run.draws.weak_as_weak {
        "and with the evidence as it is given is still being drawn."
    } else {
        "and with weak evidence taken as weak is still being drawn."
    };
    let rest: Vec<String> =
        [Some(other.unwrap_or_else(|| waiting.to_owned())), today].into_iter().flatten().collect();
    (bold, rest.join(" "))
}

fn nothing_yet(ui: &mut Ui, scene: &Scene<'_>, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    Card::new().padding(24, 22).show(ui, |ui| {
        ui.label(Type::Heading.text("Nothing to draw yet", tokens.ink));
        ui.add_space(space::XS);
        let words = "Robustness draws weights and scores many times, within what is known of them, and counts how often each option takes each place.";
        wrapped(ui, words, Type::Body, tokens.ink2);
        ui.add_space(space::M);
        let (words, room, page) = if scene.workspace.question.options.is_empty() {
            ("Add options in Question", Room::Question, "Overview")
        } else {
            ("Score options on Scores", Room::Balance, "Scores")
        };
        if Button::new(words).icon(icons::ARROW_RIGHT).show(ui).clicked() {
            acts.go = Some((room, page));
        }
    });
}

/// Room between the edge of a card and what is in it.
const EDGE: f32 = 18.0;
/// Room between cards.
const GAP: f32 = 16.0;
/// Pages narrower than this put their cards in two columns, and those narrower than the second in one.
const AS_DRAWN: f32 = 1060.0;
const TWO_COLUMNS: f32 = 760.0;

fn page(ui: &mut Ui, scene: &Scene<'_>, refused: Option<&str>, acts: &mut Acts) {
    let place = ui.available_rect_before_wrap();
    let least = total_height(ui, scene, place.width(), refused);
    if least <= place.height() {
        cards(ui, scene, place, refused, acts);
        return;
    }
    scrolled_page(ui, "robustness page", |ui| {
        let (page, _) = ui.allocate_exact_size(vec2(place.width(), least), egui::Sense::hover());
        cards(ui, scene, page, refused, acts);
    });
}

fn total_height(ui: &Ui, scene: &Scene<'_>, width: f32, refused: Option<&str>) -> f32 {
    let settings = settings::height(ui, scene, width, refused) + GAP;
    let [places, doubt, draws, rivals, pairs] = natural(scene, width);
    let below = if width >= AS_DRAWN {
        places.max(doubt) + GAP + draws.max(rivals).max(pairs)
    } else if width >= TWO_COLUMNS {
        (places + GAP + rivals).max(doubt + GAP + pairs + GAP + draws)
    } else {
        places + doubt + draws + rivals + pairs + 4.0 * GAP
    };
    settings + below + 2.0
}

/// The widths of the left and the right column of a page of this width; of a single column both are the same.
fn columns(width: f32) -> (f32, f32) {
    let right = if width >= AS_DRAWN {
        (width * 0.36).min(438.0)
    } else if width >= TWO_COLUMNS {
        (width * 0.42).min(400.0)
    } else {
        return (width, width);
    };
    (width - right - GAP, right)
}

/// How tall each card is by itself on a page of this width, in reading order.
fn natural(scene: &Scene<'_>, width: f32) -> [f32; 5] {
    let (left, right) = columns(width);
    [
        places::height(scene, left),
        doubt::height(right),
        convergence::HEIGHT,
        rivals::central_height(scene),
        rivals::pairs_height(scene),
    ]
}

fn cards(ui: &mut Ui, scene: &Scene<'_>, page: Rect, refused: Option<&str>, acts: &mut Acts) {
    let top = settings::height(ui, scene, page.width(), refused);
    let above = Rect::from_min_size(page.min, vec2(page.width(), top));
    settings::show(ui, scene, above, refused, acts);
    let below = page.with_min_y(above.bottom() + GAP);
    // The last figures stay while the next are drawn, and fade only when that takes a while.
    let fading = ui.ctx().animate_bool_with_time(ui.scope_id().with("drawing"), scene.run.is_updating, 0.4);
    let mut figures = ui.new_child(UiBuilder::new().max_rect(below).id_salt("figures"));
    let ui = &mut figures;
    let faded = 1.0 - 0.5 * fading;
    let of_before = scene.information.is_updating && scene.worth().is_some();
    let waiting = ui.ctx().animate_bool_with_time(ui.scope_id().with("information"), of_before, 0.4);
    ui.set_opacity(faded);
    let [of_places, of_doubt, of_draws, of_rivals, of_pairs] = arrange(scene, below);
    let part = Part::chart("How often each option takes each place").at(of_places);
    let part = part.figures(|| table::of(scene).unwrap_or_default());
    part.show(ui, |ui| places::show(ui, scene, of_places, acts));
    ui.set_opacity(1.0 - 0.5 * waiting);
    let part = Part::chart("What better information is worth").at(of_doubt);
    part.show(ui, |ui| doubt::show(ui, scene, of_doubt, acts));
    ui.set_opacity(faded);
    let part = Part::chart("Who would have to be right for it to win").at(of_rivals);
    part.show(ui, |ui| rivals::central(ui, scene, of_rivals, acts));
    let part = Part::chart("One against another").at(of_pairs);
    part.show(ui, |ui| rivals::pairs(ui, scene, of_pairs, acts));
    ui.set_opacity(1.0);
    let part = Part::chart("Enough draws?").at(of_draws);
    part.show(ui, |ui| convergence::show(ui, scene, of_draws, (faded, fading > 0.5), acts));
}

/// Where each card lies, in reading order.
fn arrange(scene: &Scene<'_>, below: Rect) -> [Rect; 5] {
    let [places, doubt, draws, rivals, pairs] = natural(scene, below.width());
    let (first, right) = columns(below.width());
    let place =
        |x: f32, y: f32, width: f32, height: f32| Rect::from_min_size(pos2(x, y), vec2(width, height));
    let (left, top, width) = (below.left(), below.top(), below.width());
    if width >= AS_DRAWN {
        let upper = places.max(doubt);
        let lower = (below.height() - upper - GAP).max(draws.max(rivals).max(pairs)).min(460.0);
        let chart = (first * 0.36).min(270.0);
        let y = top + upper + GAP;
        return [
            place(left, top, first, upper),
            place(left + first + GAP, top, right, upper),
            place(left, y, chart, lower),
            place(left + chart + GAP, y, first - chart - GAP, lower),
            place(left + first + GAP, y, right, lower),
        ];
    }
    if width >= TWO_COLUMNS {
        let x = left + first + GAP;
        return [
            place(left, top, first, places),
            place(x, top, right, doubt),
            place(x, top + doubt + pairs + 2.0 * GAP, right, draws),
            place(left, top + places + GAP, first, rivals),
            place(x, top + doubt + GAP, right, pairs),
        ];
    }
    let mut y = top;
    [places, doubt, draws, rivals, pairs].map(|height| {
        let at = place(left, y, width, height);
        y += height + GAP;
        at
    })
}

/// A card with its heading; answers with the place below it.
fn card(ui: &mut Ui, place: Rect, heading: &str) -> (Ui, Rect) {
    Card::new().padding(0, 0).show_at(ui, place, |_| ());
    let inside = place.shrink2(vec2(EDGE, 12.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(inside).id_salt(heading));
    inner.set_clip_rect(place.intersect(ui.clip_rect()));
    inner.spacing_mut().item_spacing = vec2(space::S, 0.0);
    inner.add(egui::Label::new(Type::Heading.text(heading, Tokens::of(ui).ink)).truncate());
    let below = inside.with_min_y(inside.top() + Type::Heading.line());
    (inner, below)
}
