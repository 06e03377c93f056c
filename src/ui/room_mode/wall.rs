//! The wall: one thing at a time, to be read from the last row. It is laid out for a page of 960 by 540 and drawn as much
//! larger as the window is, so that the smallest words are 26 pixels tall at 1080p.

use std::{sync::Arc, time::Instant};

use egui::{
    Align2, Color32, Rect, Response, Role, Sense, StrokeKind, Theme, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::{
    balance_scene, ballot, discussion,
    entry::{Entry, Stroke},
    left_out, movement, question, reveal, robustness,
    said::Said,
    sectors,
};
use crate::{
    analysis::{
        Analysis,
        balance::{WeightBasis, robustness::Robustness},
    },
    model::{Workspace, ids::SectorId, workshop::Scene},
    ui::{
        command::{Command, Step},
        icons::{self, Icon},
        theme::{Tokens, Type, rounded},
        widgets::{paint_text, paint_text_fitted},
    },
};

/// The page that the wall is laid out for; a window of another shape has more of one side.
pub const PAGE: Vec2 = vec2(960.0, 540.0);

/// How much larger than its page the wall is drawn in a window of this size.
#[must_use]
pub fn scale(window: Vec2) -> f32 {
    (window / PAGE).min_elem().max(0.1)
}

/// What the wall is drawn from: everything that may be seen on it, and nothing else.
#[derive(Clone, Debug)]
pub struct Wall {
    /// The workspace with covered answers taken out.
    pub workspace: Arc<Workspace>,
    pub analysis: Arc<Analysis>,
    pub robustness: Option<Arc<Robustness>>,
    pub scene: Scene,
    pub blank: bool,
    pub dark: bool,
    /// Seat by seat whether it is in.
    pub answered: Arc<Vec<bool>>,
    /// Who is still missing, where the wall may name them.
    pub missing: Vec<String>,
    pub clock: Clock,
    /// A word to the room.
    pub said: String,
    /// What the room said in the rounds that are uncovered.
    pub said_in_room: Arc<Said>,
    /// The sector that is shown by itself.
    pub split: Option<SectorId>,
    /// Which page of factors is shown, counted from 0, where not all have room at once.
    pub page: usize,
    /// Numbers are typed on the wall itself, which is the only window.
    pub entry: Option<Entry>,
    /// Whether digits are for an entry that is open, here or on the facilitator's page.
    pub is_typed_on: bool,
    /// Whether the wall is the only window.
    pub alone: bool,
}

/// Something that was done on the wall.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Run(Command),
    /// The dial was turned to this commercial share, or back to the room's own weights.
    Dial(Option<f64>),
    Typed(Stroke),
    /// The window was closed.
    Closed,
}

/// The clock of a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Stands at so many seconds.
    Paused(u32),
    Until(Instant),
}

impl Clock {
    /// Whole seconds left; never below nought.
    #[must_use]
    pub fn left(self) -> u32 {
        match self {
            Self::Paused(seconds) => seconds,
            Self::Until(end) => {
                let left = end.saturating_duration_since(Instant::now()).as_secs_f64();
                left.ceil().clamp(0.0, f64::from(u32::MAX)) as u32
            }
        }
    }

    /// "1:20".
    #[must_use]
    pub fn words(self) -> String {
        let left = self.left();
        format!("{}:{:02}", left / 60, left % 60)
    }
}

/// Space at the edges of the wall.
pub(super) const EDGE: Vec2 = vec2(36.0, 24.0);
/// How tall the row of keys at the foot is.
pub(super) const FOOT: f32 = 21.0;

/// Draws the wall over all of this part of the window; answers what was done on it.
pub fn show(ui: &mut Ui, wall: &Wall) -> Vec<Act> {
    let theme = if wall.dark { Theme::Dark } else { Theme::Light };
    let style = ui.ctx().style_of(theme);
    ui.set_style(style);
    let page = ui.max_rect();
    let tokens = Tokens::of(ui);
    ui.painter().rect_filled(page, 0.0, tokens.paper);
    let mut acts = Vec::new();
    if wall.blank {
        let response = ui.interact(page, ui.scope_id().with("blank wall"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, "The wall is blank"));
        return acts;
    }
    let inside = page.shrink2(EDGE).with_max_y(page.bottom() - 20.0);
    let body = inside.with_max_y(inside.bottom() - FOOT - 14.0);
    match &wall.scene {
        Scene::Question => question::show(ui, wall, body),
        Scene::Ballot(factor) => ballot::show(ui, wall, Some(factor), body, &mut acts),
        Scene::Card => ballot::show(ui, wall, None, body, &mut acts),
        Scene::Reveal => reveal::show(ui, wall, body),
        Scene::Discussion(factor) => discussion::show(ui, wall, factor, body),
        Scene::Movement => movement::show(ui, wall, body),
        Scene::Balance { dial } => balance_scene::show(ui, wall, *dial, body, &mut acts),
        Scene::Sectors => sectors::show(ui, wall, body),
        Scene::Robustness => robustness::show(ui, wall, body),
        Scene::Reach(option) => left_out::show(ui, wall, option, body),
    }
    if !wall.said.is_empty() && !wall.scene.collects() {
        word_to_the_room(ui, &wall.said, body);
    }
    let aside = if wall.scene == Scene::Reveal { reveal::ASIDE } else { 0.0 };
    let below = inside.with_min_y(inside.bottom() - FOOT).expand2(vec2(aside, 0.0));
    foot(ui, wall, below, &mut acts);
    if let Some(entry) = &wall.entry {
        super::covered::show_on_wall(ui, wall, entry, inside);
    }
    acts
}

/// A word to the room over what is shown, until the next step.
fn word_to_the_room(ui: &mut Ui, words: &str, body: Rect) {
    let tokens = Tokens::of(ui);
    let wide = width(ui, words, Type::Body).min(body.width() - 60.0);
    let size = vec2(wide + 40.0, 40.0);
    let place = Rect::from_center_size(pos2(body.center().x, body.bottom() - 26.0), size);
    ui.painter().rect_filled(place, rounded(9.0), tokens.primary);
    label(ui, place.center(), Align2::CENTER_CENTER, words, Type::Body, tokens.on_primary, (wide + 2.0, 1));
}

/// The pages on which so many factors are shown, `most` on each.
pub(super) fn pages(factors: usize, most: usize) -> usize {
    factors.div_ceil(most.max(1)).max(1)
}

/// The part of these factors that stands on a page, and what there is to say of the rest.
pub(super) fn on_page(order: &[usize], most: usize, page: usize) -> (&[usize], Option<String>) {
    let pages = pages(order.len(), most);
    let each = order.len().div_ceil(pages).max(1);
    let part = order.chunks(each).nth(page.min(pages - 1)).unwrap_or(&[]);
    let words = (pages > 1).then(|| {
        let all = order.len();
        let from = page.min(pages - 1) * each;
        let on = if page + 1 < pages { "; N pages on" } else { "" };
        format!("{}–{} of {all} factors{on}", from + 1, from + part.len())
    });
    (part, words)
}

/// The keys that do something here, as buttons at the foot.
fn foot(ui: &mut Ui, wall: &Wall, place: Rect, acts: &mut Vec<Act>) {
    let own = own_weights(wall);
    let by_dial = [
        (Step::TowardsOperational, ""),
        (Step::TowardsCommercial, "turn the dial"),
        (Step::OwnWeights, own),
        (Step::Next, "next"),
    ];
    let on_left: &[(Step, &str)] = match &wall.scene {
        Scene::Ballot(_) if wall.alone => &[
            (Step::Numbers, "enter a number"),
            (Step::Reveal, "reveal"),
            (Step::MoreTime, "one more minute"),
            (Step::Next, "next factor"),
        ],
        Scene::Ballot(_) => {
            &[(Step::Reveal, "reveal"), (Step::MoreTime, "one more minute"), (Step::Next, "next factor")]
        }
        Scene::Card if wall.alone => {
            &[(Step::Numbers, "enter a card"), (Step::Reveal, "reveal"), (Step::MoreTime, "one more minute")]
        }
        Scene::Card => &[(Step::Reveal, "reveal"), (Step::MoreTime, "one more minute")],
        Scene::Reveal => {
            &[(Step::VoteAgain, "vote again"), (Step::Split, "split by sector"), (Step::Next, "next")]
        }
        Scene::Discussion(_) => &[(Step::VoteAgain, "vote again"), (Step::Next, "next")],
        Scene::Balance { .. } => &by_dial,
        _ => &[(Step::Next, "next"), (Step::Back, "back"), (Step::Blank, "blank")],
    };
    let mut x = place.left();
    for (step, words) in on_left {
        let gap = if words.is_empty() { 4.0 } else { 22.0 };
        x = key(ui, place, (x, Align2::LEFT_CENTER), Command::Wall(*step), words, acts) + gap;
    }
    if wall.alone {
        let right = (place.right(), Align2::RIGHT_CENTER);
        let left = key(ui, place, right, Command::Wall(Step::Leave), "leave Room mode", acts);
        let beside = (left - 22.0, Align2::RIGHT_CENTER);
        if left - x > 210.0 {
            key(ui, place, beside, Command::RoomMode, "facilitator", acts);
        }
    } else {
        let right = (place.right(), Align2::RIGHT_CENTER);
        key(ui, place, right, Command::Wall(Step::Leave), "leave Room mode", acts);
    }
}

/// Where the dial goes back to: the room's own weights only where the ballots give them.
fn own_weights(wall: &Wall) -> &'static str {
    match wall.analysis.balance.weight_basis {
        WeightBasis::Ballots => "our own weights",
        WeightBasis::Swings => "the points on Weights",
        WeightBasis::Even => "even weights",
    }
}

/// One key with what it does, from the left or up to the right end; answers its other end.
fn key(
    ui: &mut Ui,
    place: Rect,
    (x, anchor): (f32, Align2),
    command: Command,
    words: &str,
    acts: &mut Vec<Act>,
) -> f32 {
    let tokens = Tokens::of(ui);
    let cap = command.keys();
    let (cap_size, words_size) = (width(ui, &cap, Type::Small) + 14.0, width(ui, words, Type::Small));
    let gap = if words.is_empty() { 0.0 } else { 7.0 };
    let whole = cap_size + gap + words_size;
    let left = if anchor == Align2::LEFT_CENTER { x } else { x - whole };
    let y = place.center().y;
    let reach = Rect::from_min_size(pos2(left, y - 15.0), vec2(whole, 30.0));
    let response = ui.interact(reach, ui.scope_id().with(("wall key", command)), Sense::click());
    let name = if words.is_empty() { command.text().to_owned() } else { words.to_owned() };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{cap}: {name}")));
    let box_ = Rect::from_min_size(pos2(left, y - 10.5), vec2(cap_size, 21.0));
    ui.painter().rect(
        box_,
        rounded(4.5),
        tokens.card,
        egui::Stroke::new(1.0, tokens.line),
        StrokeKind::Inside,
    );
    paint_text(ui.painter(), box_.center(), Align2::CENTER_CENTER, &cap, Type::Small, tokens.ink);
    let at = pos2(box_.right() + gap, y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink2);
    crate::ui::widgets::button::paint_focus(ui, &response, reach.shrink(3.0), 5.0);
    if response.clicked() {
        acts.push(Act::Run(command));
    }
    if anchor == Align2::LEFT_CENTER { left + whole } else { left }
}

/// How wide words are in a role.
pub(super) fn width(ui: &Ui, words: &str, role: Type) -> f32 {
    ui.painter().layout_no_wrap(words.to_owned(), role.font(), Color32::PLACEHOLDER).size().x
}

/// The title of the workspace at the top left, and a word at the right; answers where the row ends.
pub(super) fn head(ui: &mut Ui, wall: &Wall, body: Rect, right: &str) -> f32 {
    let tokens = Tokens::of(ui);
    let y = body.top() + 9.0;
    let at = pos2(body.left() + 8.5, y);
    ui.painter().text(at, Align2::CENTER_CENTER, icons::SCALES.0, Icon::filled_font(17.0), tokens.ink2);
    let taken = width(ui, right, Type::Body);
    label(
        ui,
        pos2(body.left() + 24.0, y),
        Align2::LEFT_CENTER,
        &wall.workspace.title,
        Type::Body,
        tokens.ink2,
        (body.width() - taken - 60.0, 1),
    );
    if !right.is_empty() {
        label(
            ui,
            pos2(body.right(), y),
            Align2::RIGHT_CENTER,
            right,
            Type::Body,
            tokens.ink2,
            (taken + 2.0, 1),
        );
    }
    body.top() + 18.0
}

/// Words on the wall that are read aloud too.
pub(super) fn label(
    ui: &mut Ui,
    at: egui::Pos2,
    anchor: Align2,
    words: &str,
    role: Type,
    colour: Color32,
    fit: (f32, usize),
) -> Rect {
    let place = paint_text_fitted(ui.painter(), at, anchor, words, role, colour, fit);
    spoken(ui, place, words);
    place
}

/// What is said in place of a scene that has nothing to show yet.
pub(super) fn nothing_yet(ui: &mut Ui, body: Rect, top: f32, words: &str) {
    let ink = Tokens::of(ui).ink2;
    let at = pos2(body.left(), top + 20.0);
    label(ui, at, Align2::LEFT_TOP, words, Type::Heading, ink, (body.width(), 2));
}

/// Gives a place on the wall words that are read aloud.
pub(super) fn spoken(ui: &mut Ui, place: Rect, words: &str) -> Response {
    let id = ui.scope_id().with((words, place.min.x as i32, place.min.y as i32));
    let response = ui.interact(place, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response
}

/// The first of some roles in which words fit a width on so many lines, else the last.
pub(super) fn role_that_fits(ui: &Ui, words: &str, roles: &[Type], (most, lines): (f32, usize)) -> Type {
    let fits =
        |role: &&Type| width(ui, words, **role) <= most * lines as f32 * if lines > 1 { 0.9 } else { 1.0 };
    roles.iter().find(fits).or(roles.last()).copied().unwrap_or(Type::Body)
}

/// A white sheet on the wall.
pub(super) fn sheet(ui: &Ui, place: Rect, strong: bool) {
    let tokens = Tokens::of(ui);
    let edge = if strong { egui::Stroke::new(1.5, tokens.ink) } else { egui::Stroke::new(1.0, tokens.hair) };
    ui.painter().rect(place, rounded(9.0), tokens.card, edge, StrokeKind::Inside);
}
