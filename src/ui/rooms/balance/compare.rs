//! The page that sets two states side by side: what changed between them and what it did, who dominates whom, and how much
//! weight would have to move for each option to lead.

use std::sync::Arc;

use egui::{Rect, Response, Role, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{compare_choosers, compare_dominance, compare_moves, compare_slope, compare_waterfall};
use crate::ui::drawing::Part;
use crate::{
    analysis::{
        balance::{
            certainty,
            compare::{Comparison, Moment, SideBySide, headline},
        },
        explain::{EditPlace, Question},
    },
    model::{Room, Workspace, ids::SnapshotId},
    ui::{
        command::Command,
        desk::Desk,
        explain_panel, icons,
        rooms::head,
        theme::{Tokens, Type, size, space},
        widgets::{Button, Card, Paragraph, scrolled_page, wrapped},
    },
};

/// The share of the width that the left cards take.
const LEFT_SHARE: f32 = 0.32;
/// Cards side by side want this much width.
const WIDE: f32 = 900.0;
/// The least width at which the choosers stand beside the tabs.
const CHOOSERS_IN_HEAD: f32 = 1060.0;

/// Which two states are looked at.
#[derive(Debug, Default)]
pub struct CompareView {
    /// `None`: the last snapshot.
    before: Option<Moment>,
    /// `None`: today.
    after: Option<Moment>,
}

impl CompareView {
    /// Looks at two moments.
    pub fn look_at(&mut self, before: Moment, after: Moment) {
        (self.before, self.after) = (Some(before), Some(after));
    }

    /// The earlier moment, where there is a snapshot to choose, and the later. A snapshot that is gone is looked at no
    /// longer.
    #[must_use]
    pub fn moments(&self, workspace: &Workspace) -> (Option<Moment>, Moment) {
        let still = |moment: &Option<Moment>| {
            moment.clone().filter(|moment| match moment {
                Moment::Snapshot(id) => workspace.snapshot(id).is_some(),
                Moment::Frozen(id) => workspace.decision.frozen(id).is_some(),
                Moment::Today => !(workspace.snapshots.is_empty() && workspace.decision.frozen.is_empty()),
            })
        };
        let snapshot = workspace.snapshots.last().map(|snapshot| Moment::Snapshot(snapshot.id.clone()));
        let copy = || workspace.decision.frozen.last().map(|copy| Moment::Frozen(copy.id.clone()));
        let last = snapshot.or_else(copy);
        (still(&self.before).or(last), still(&self.after).unwrap_or(Moment::Today))
    }

    /// The snapshot that is looked at, the earlier moment first.
    #[must_use]
    pub fn snapshot_in_view(&self, workspace: &Workspace) -> Option<SnapshotId> {
        let (before, after) = self.moments(workspace);
        before.into_iter().chain([after]).find_map(|moment| match moment {
            Moment::Snapshot(id) => Some(id),
            Moment::Frozen(_) | Moment::Today => None,
        })
    }
}

/// What the page is drawn from.
pub(super) struct Scene {
    pub both: Arc<SideBySide>,
    pub before: Option<Moment>,
    pub after: Moment,
    /// What the two moments are called.
    pub names: [String; 2],
    /// Small windows leave captions out.
    pub small: bool,
}

/// What was done on the page in this frame.
#[derive(Default)]
pub(super) struct Done {
    pub why: Option<Question>,
    pub in_focus: Option<Question>,
    pub go: Option<EditPlace>,
}

impl Done {
    /// Takes in what was done with a figure that can be asked why.
    pub(super) fn with_figure(&mut self, response: &Response, question: Question) {
        if response.has_focus() {
            self.in_focus = Some(question.clone());
        }
        if response.clicked() {
            self.why = Some(question);
        }
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let workspace = desk.workspace();
    let (before, after) = desk.view.balance.compare.moments(&workspace);
    let in_head = ui.available_width() >= CHOOSERS_IN_HEAD;
    head(ui, Room::Balance, desk, |ui, desk| {
        if in_head && before.is_some() {
            compare_choosers::show(ui, desk);
        }
    });
    let beside = (!in_head && before.is_some()).then(|| choosers_at_right(ui, desk));
    let answer = desk.session.ask_side_by_side(before.as_ref(), &after);
    let (known, is_updating) = (answer.known().cloned(), answer.is_updating);
    let refused = answer.result.and_then(Result::err);
    let Some(both) = known else {
        ui.add_space(space::L);
        let words =
            refused.map_or("Working it out…".to_owned(), |reason| format!("Not worked out: {}.", reason.0));
        ui.label(Type::Sentence.text(words, Tokens::of(ui).ink3));
        return;
    };
    let names = [before.as_ref().unwrap_or(&after), &after].map(|m| m.name(&workspace).to_owned());
    let small = ui.ctx().content_rect().width() < size::SMALL_WINDOW;
    let scene = Scene { both, before, after, names, small };
    let small_gap = if scene.small { space::S } else { space::M };
    ui.scope(|ui| {
        if let Some(choosers) = beside {
            ui.set_max_width((choosers.left() - ui.cursor().left() - space::L).max(200.0));
        }
        ui.add_space(small_gap);
        sentence(ui, &scene, is_updating);
    });
    let covered = beside.map_or(0.0, |choosers| choosers.bottom() - ui.cursor().top());
    ui.add_space(covered.max(0.0) + small_gap);
    let mut done = Done::default();
    ui.scope(|ui| {
        if is_updating {
            ui.multiply_opacity(0.5);
        }
        cards(ui, &scene, desk, &mut done);
    });
    if let Some(question) = done.in_focus {
        desk.view.figure_in_focus = Some(question);
    }
    if let Some(question) = done.why {
        desk.explain(question);
    }
    if let Some(place) = done.go {
        explain_panel::go_to(desk, &place);
    }
}

fn sentence(ui: &mut Ui, scene: &Scene, is_updating: bool) {
    let tokens = Tokens::of(ui);
    let (lead, cause) = match &scene.both.comparison {
        Some(comparison) => {
            let said = headline(comparison, [&scene.names[0], &scene.names[1]]);
            let half_way = certainty::note(&scene.both.after.matrix);
            (said.lead, format!("{}{half_way}", said.cause))
        }
        None => (
            "Nothing to compare with yet.".to_owned(),
            "Take a snapshot to see later what changed.".to_owned(),
        ),
    };
    let (ink, ink2) = if is_updating { (tokens.ink3, tokens.ink3) } else { (tokens.ink, tokens.ink2) };
    let mut line =
        Paragraph::new().run(&lead, Type::Heading, ink).run(&format!(" {cause}"), Type::Sentence, ink2);
    if is_updating {
        line = line.run("  updating…", Type::Small, tokens.ink3);
    }
    line.show(ui);
}

/// Shows the choosers at the right of the line that the sentence begins on; answers with the place that they take.
fn choosers_at_right(ui: &mut Ui, desk: &mut Desk<'_>) -> Rect {
    let line = ui.available_rect_before_wrap();
    let line = Rect::from_min_size(line.min + vec2(0.0, space::S), vec2(line.width(), size::CONTROL));
    let across = egui::Layout::right_to_left(egui::Align::Center);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(line).layout(across).id_salt("choosers"));
    compare_choosers::show(&mut inner, desk);
    inner.min_rect()
}

/// The four cards: two by two where there is room, else one under the other.
fn cards(ui: &mut Ui, scene: &Scene, desk: &mut Desk<'_>, done: &mut Done) {
    let room = ui.available_rect_before_wrap();
    let wide = room.width() >= WIDE;
    let tall = compare_waterfall::natural_height(scene);
    let (top, bottom) = if scene.both.comparison.is_none() {
        (150.0, room.height() - 150.0 - space::L)
    } else {
        let top = tall.min((room.height() * 0.56).max(250.0));
        (top, room.height() - top - space::L)
    };
    let bottom = bottom.max(compare_moves::natural_height(scene).min(300.0)).max(200.0);
    scrolled_page(ui, "compare page", |ui| {
        let width = ui.available_width();
        ui.spacing_mut().item_spacing = vec2(space::L, space::L);
        let left = if wide { (width * LEFT_SHARE).round() } else { width };
        let right = if wide { width - left - space::L } else { width };
        let stacked = |natural: f32| if wide { bottom } else { natural };
        match &scene.both.comparison {
            None => no_snapshot(ui, desk, vec2(width, top)),
            Some(comparison) => row(ui, wide, |ui| {
                let height = if wide { top } else { 340.0 };
                card(ui, vec2(left, height), Part::chart("Totals"), |ui| {
                    compare_slope::show(ui, scene, comparison, done)
                });
                let height = if wide { top } else { tall.min(600.0) };
                card(ui, vec2(right, height), Part::chart("What changed"), |ui| {
                    compare_waterfall::show(ui, scene, comparison, done);
                });
            }),
        }
        row(ui, wide, |ui| {
            let height = stacked(compare_dominance::natural_height(scene));
            card(
                ui,
                vec2(left, height),
                Part::table("Dominance").figures(|| compare_dominance::rows(scene)),
                |ui| compare_dominance::show(ui, scene, done),
            );
            let height = stacked(compare_moves::natural_height(scene));
            card(
                ui,
                vec2(right, height),
                Part::table("Weight to move").figures(|| compare_moves::rows(scene)),
                |ui| compare_moves::show(ui, scene, done),
            );
        });
    });
}

fn row(ui: &mut Ui, wide: bool, contents: impl FnOnce(&mut Ui)) {
    if wide { ui.horizontal_top(contents).inner } else { contents(ui) }
}

/// A card of exactly this size; its contents draw in the whole of it.
fn card(ui: &mut Ui, wanted: egui::Vec2, part: Part<'_>, contents: impl FnOnce(&mut Ui)) {
    let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::hover());
    let mut inner =
        ui.new_child(UiBuilder::new().max_rect(place).id_salt(part.name()).layout(egui::Layout::default()));
    part.at(place).show(&mut inner, |ui| Card::new().padding(18, 12).show_at(ui, place, contents));
}

/// What a snapshot is for, and the way to one.
fn no_snapshot(ui: &mut Ui, desk: &mut Desk<'_>, wanted: egui::Vec2) {
    let tokens = Tokens::of(ui);
    let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::hover());
    Card::new().padding(18, 12).show_at(ui, place, |ui| {
        heading(ui, "No snapshot yet");
        ui.add_space(space::XS);
        ui.scope(|ui| {
            ui.set_max_width(760.0);
            wrapped(
                ui,
                "A snapshot keeps options, scores and weights as they stand under a name, such as “Officers’ draft”. \
                 Later this page shows what changed since, and what each change did to the lead.",
                Type::Body,
                tokens.ink2,
            );
        });
        ui.add_space(space::S);
        let button = Button::new(Command::TakeSnapshot.text()).icon(icons::CLOCK_COUNTER_CLOCKWISE).primary();
        if button.show(ui).clicked() {
            desk.run(Command::TakeSnapshot);
        }
    });
}

/// The heading of a card.
pub(super) fn heading(ui: &mut Ui, words: &str) -> Response {
    let response = ui.add(egui::Label::new(Type::Heading.text(words, Tokens::of(ui).ink)).truncate());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, words));
    response
}

/// A line of small words under a heading.
pub(super) fn caption(ui: &mut Ui, words: &str) {
    ui.add(egui::Label::new(Type::Small.text(words, Tokens::of(ui).ink3)).truncate());
}

/// The badge of an option in either state.
pub(super) fn badge<'c>(comparison: &'c Comparison, id: &crate::model::ids::OptionId) -> &'c str {
    comparison.option(id).map_or("", |option| option.badge.as_str())
}

/// What is left of a card below the words in it, to paint in.
pub(super) fn rest_of(ui: &mut Ui) -> Rect {
    let room = ui.available_rect_before_wrap();
    Rect::from_min_max(room.min, pos2(room.right(), room.bottom().max(room.top() + 40.0)))
}
