//! The table of Ballots: people down, factors across, the first round in grey beside the second.

use egui::{
    Align2, Color32, CursorIcon, Id, Painter, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{BallotsView, Block, points_words, scene::Scene, table_ends};
use crate::ui::drawing::parts::is_asked;
use crate::{
    analysis::explain::Question,
    model::{balance::Side, voices::LAST_ROUND, wording::count},
    ui::{
        icons::{self, Icon},
        rooms::voices::paint_sector,
        theme::{Tokens, Type, hairline, mix, rounded, size},
        widgets::{
            button::paint_focus,
            cell_draft::refusal_at,
            paint_badge, paint_text,
            table_keys::{self, Halves, focus_frame},
            told_on_hover,
        },
    },
};

/// The widget that has the keyboard while the table is walked through.
pub(super) const TABLE: &str = "ballots table";

/// What was done in the table with the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// A row, and the factor of the cell; `None` for whose ballot it is.
    Select(usize, Option<usize>),
    /// Select the cells up to this one.
    Extend(usize, usize),
    Edit,
    /// Why is a figure what it is?
    Why(Question),
}

/// The least that a factor's column may be wide; below this the table scrolls sideways.
const NARROWEST: f32 = 47.0;
/// The same in a narrow window, where it scrolls anyway and names need not be broken.
const READABLE: f32 = 64.0;
pub(super) const LEADS: f32 = 52.0;

/// Widths and heights of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    pub card: Rect,
    pub names: f32,
    pub step: f32,
    pub head: f32,
    pub foot: f32,
    pub row: f32,
    /// How many columns stand behind the factors: who leads, and the first of own rankings.
    pub ends: usize,
}

impl Grid {
    fn of(ui: &Ui, card: Rect, scene: &Scene, view: &mut BallotsView) -> Self {
        let narrow = card.width() < 700.0;
        let names = if narrow { 150.0 } else { 186.0 };
        let ends = 1 + usize::from(scene.has_rankings) + usize::from(scene.has_gut_feel);
        let factors = scene.factors().len().max(1) as f32;
        let least = if narrow { READABLE } else { NARROWEST };
        let step = ((card.width() - names - 8.0 - LEADS * ends as f32) / factors).clamp(least, 120.0);
        let lines = table_ends::Heads::of(ui.painter(), scene, step, &mut view.heads).lines;
        let head = 30.0 + 18.0 * lines.clamp(1, table_ends::HEAD_LINES) as f32;
        let foot = if card.height() < 300.0 { 38.0 } else { 70.0 };
        let room = card.height() - head - foot;
        let row = (room / scene.rows.len().max(1) as f32).clamp(34.0, 41.0);
        Self { card, names, step, head, foot, row, ends }
    }

    pub fn body(&self) -> Rect {
        Rect::from_min_max(
            self.card.min + vec2(0.0, self.head),
            pos2(self.card.right(), self.card.bottom() - self.foot),
        )
    }

    /// How wide everything behind the names is.
    pub fn behind(&self, scene: &Scene) -> f32 {
        self.step * scene.factors().len() as f32 + LEADS * self.ends as f32 + 8.0
    }
}

/// Shows the table in this place.
pub(super) fn show(ui: &mut Ui, card: Rect, scene: &Scene, view: &mut BallotsView) -> Vec<Act> {
    let full = Grid::of(ui, card, scene, view);
    // The card ends with its last row when there is room below.
    let wanted = full.head + full.foot + full.row * scene.rows.len() as f32;
    let grid = Grid { card: card.with_max_y(card.bottom().min(card.top() + wanted)), ..full };
    let tokens = Tokens::of(ui);
    let mut acts = Vec::new();
    ui.painter().rect_filled(grid.card, rounded(size::RADIUS_CARD), tokens.card);
    keyboard_holder(ui, grid.card, scene, view);
    let body = grid.body();
    let content = vec2(grid.names + grid.behind(scene), grid.row * scene.rows.len() as f32);
    let offset = table_keys::scrolled_rows(ui, (body, content), "ballot rows", |ui, content, viewport| {
        Pane { grid: &grid, scene, body, content, viewport }.show(ui, view, &mut acts);
    });
    table_ends::head(ui, &grid, scene, view, offset);
    table_ends::foot(ui, &grid, scene, offset, &mut acts);
    let ring = if ui.memory(|m| m.has_focus(Id::unique(TABLE))) { tokens.line } else { tokens.hair };
    ui.painter().rect_stroke(grid.card, rounded(size::RADIUS_CARD), hairline(ring), StrokeKind::Inside);
    acts
}

/// One widget holds the keyboard for the whole table; its value says what is selected.
fn keyboard_holder(ui: &Ui, card: Rect, scene: &Scene, view: &BallotsView) {
    let selected = match view.selected(scene) {
        Some((row, Some(f))) => {
            let cells = view.block(scene).map_or(1, |block| block.cells().count());
            let name = scene.cell_name(row, f);
            if cells > 1 { format!("{} selected, at {name}", count(cells, "cell", "cells")) } else { name }
        }
        Some((row, None)) => format!("Ballot of {}", scene.rows[row].name),
        None => "nothing selected".to_owned(),
    };
    table_keys::keyboard_holder(ui, card, Id::unique(TABLE), "Ballots table", &selected);
}

/// The scrolling part of the table for one frame.
struct Pane<'a> {
    grid: &'a Grid,
    scene: &'a Scene,
    /// Where it stands on the page, and the whole of it, which may be larger.
    body: Rect,
    content: Rect,
    viewport: Rect,
}

impl Pane<'_> {
    fn show(&self, ui: &mut Ui, view: &mut BallotsView, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui);
        let split = self.body.left() + self.grid.names;
        let Halves { mut cells, mut names } = Halves::of(ui, self.body, self.content, split);
        let selected = view.selected(self.scene);
        let block = view.block(self.scene);
        if let Some((row, f)) = selected.filter(|_| std::mem::take(&mut view.reveal)) {
            let left = f.map_or(self.content.left(), |f| self.x_of(f) - self.grid.names);
            let cell = Rect::from_min_size(
                pos2(left, self.content.top() + self.grid.row * row as f32),
                vec2(self.grid.names + self.grid.step, self.grid.row),
            );
            ui.scroll_to_rect_animation(cell, None, egui::style::ScrollAnimation::none());
        }
        let first = (self.viewport.top() / self.grid.row).floor().max(0.0) as usize;
        let last = (self.viewport.bottom() / self.grid.row).ceil().max(0.0) as usize;
        let rows = self.scene.rows.len();
        for row in if is_asked(ui.ctx()) { 0..rows } else { first..last.min(rows) } {
            let top = self.content.top() + self.grid.row * row as f32;
            let band = Rect::from_x_y_ranges(self.body.x_range(), top..=top + self.grid.row);
            for painter in [cells.painter(), names.painter()] {
                painter.hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
            }
            self.name(&mut names, row, band, selected, acts);
            self.row(&mut cells, row, band, Picked { selected, block: block.as_ref() }, view, acts);
        }
        if self.viewport.left() > 0.5 {
            ui.painter().vline(split, self.body.y_range(), hairline(tokens.line));
        }
    }

    fn x_of(&self, f: usize) -> f32 {
        self.content.left() + self.grid.names + f as f32 * self.grid.step
    }

    /// Whose ballot a row is; a click opens it.
    fn name(
        &self,
        ui: &mut Ui,
        row: usize,
        band: Rect,
        selected: Option<(usize, Option<usize>)>,
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(ui);
        let of = &self.scene.rows[row];
        let place = band.with_max_x(band.left() + self.grid.names);
        let here = selected == Some((row, None));
        let response = ui.interact(place, ui.scope_id().with(("whose", row)), Sense::CLICK);
        let late = if of.is_late { ", late" } else { "" };
        response.widget_info(|| {
            WidgetInfo::selected(Role::RowHeader, true, here, format!("Ballot of {}{late}", of.name))
        });
        if here || response.hovered() {
            ui.painter().rect_filled(place.shrink2(vec2(0.0, 1.0)), 0.0, tokens.select);
        }
        let y = band.center().y;
        let at = pos2(place.left() + 21.0, y);
        paint_sector(ui.painter(), tokens, &self.scene.workspace, &of.sector, at, 13.0);
        let marks = if of.is_late { 20.0 } else { 0.0 };
        let room = self.grid.names - 42.0 - marks;
        let ink = if of.is_replaced { tokens.ink3 } else { tokens.ink };
        let at = pos2(place.left() + 35.0, y);
        let shown = paint_cut(ui.painter(), at, &of.name, ink, room);
        if of.is_late {
            let at = pos2(shown.right() + 12.0, y);
            let icon = icons::WARNING_CIRCLE.0;
            ui.painter().text(at, Align2::CENTER_CENTER, icon, Icon::font(15.0), tokens.ink2);
        }
        if here {
            focus_frame(ui, place.shrink2(vec2(1.0, 1.0)), Id::unique(TABLE));
        }
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        let sector = self.scene.workspace.sector(&of.sector).map_or("", |sector| sector.name.as_str());
        let response = told_on_hover(response, || match (of.is_late, of.is_replaced) {
            (true, _) => format!("{}, {sector}: came in after its round was closed", of.name),
            (_, true) => format!("{}, {sector}: a later ballot of the same round counts", of.name),
            _ => format!("{}, {sector}", of.name),
        });
        if response.clicked() {
            acts.push(Act::Select(row, None));
        }
    }

    fn row(
        &self,
        ui: &mut Ui,
        row: usize,
        band: Rect,
        picked: Picked<'_>,
        view: &mut BallotsView,
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(ui);
        let first = (self.viewport.left() / self.grid.step).floor().max(0.0) as usize;
        let last = (self.viewport.right() / self.grid.step).ceil().max(0.0) as usize;
        for f in first..last.min(self.scene.factors().len()) {
            let whole =
                Rect::from_min_size(pos2(self.x_of(f), band.top()), vec2(self.grid.step, band.height()));
            let inset = ((band.height() - 28.0) / 2.0).clamp(2.0, 6.0);
            let cell = whole.shrink2(vec2(1.5, inset));
            let here = picked.selected == Some((row, Some(f)));
            let response = ui.interact(whole, ui.scope_id().with(("points", row, f)), Sense::CLICK);
            response
                .widget_info(|| WidgetInfo::selected(Role::Cell, true, here, self.scene.cell_name(row, f)));
            let look = Look { only: view.only, quiet: self.scene.rows[row].is_replaced };
            paint_points(ui.painter(), tokens, self.scene, (row, f), cell, look);
            let in_block = picked.block.is_some_and(|block| block.holds(row, f));
            if (response.hovered() || in_block) && !here {
                ui.painter().rect_stroke(cell, rounded(6.0), hairline(tokens.focus), StrokeKind::Inside);
            }
            if here {
                focus_frame(ui, cell, Id::unique(TABLE));
                if let Some(draft) = &mut view.draft {
                    draft.show(
                        ui,
                        cell.expand2(vec2(1.5, 0.0)),
                        &self.scene.cell_name(row, f),
                        Align2::RIGHT_CENTER,
                    );
                    if let Some(why) = &draft.refused {
                        refusal_at(ui, cell, why);
                    }
                }
            }
            let response = response.on_hover_cursor(CursorIcon::Cell);
            if response.double_clicked() {
                acts.extend([Act::Select(row, Some(f)), Act::Edit]);
            } else if response.clicked() && ui.input(|i| i.modifiers.shift) {
                acts.push(Act::Extend(row, f));
            } else if response.clicked() {
                acts.push(Act::Select(row, Some(f)));
            }
        }
        self.ends(ui, row, band, acts);
    }

    /// Who leads by a ballot, and whom its giver put first.
    fn ends(&self, ui: &Ui, row: usize, band: Rect, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui);
        let options = &self.scene.workspace.question.options;
        let leader = self.scene.rows[row].leader;
        let own = self.scene.has_rankings.then(|| ("own ranking", self.scene.first_choice(row, false)));
        let gut = self.scene.has_gut_feel.then(|| ("gut feel", self.scene.first_choice(row, true)));
        let columns = std::iter::once(("points", leader)).chain(own).chain(gut);
        let left = self.x_of(self.scene.factors().len());
        for (at, (what, option)) in columns.enumerate() {
            let place =
                Rect::from_min_size(pos2(left + LEADS * at as f32, band.top()), vec2(LEADS, band.height()));
            let Some(option) = option.and_then(|o| options.get(o)) else { continue };
            paint_badge(ui.painter(), tokens, &option.badge, place.center(), 20.0);
            let named = ui.interact(place, ui.scope_id().with(("leads", row, at)), Sense::click());
            let name = &self.scene.rows[row].name;
            named.widget_info(|| {
                WidgetInfo::labeled(
                    Role::Cell,
                    true,
                    format!("{} leads by the {what} of {name}", option.name),
                )
            });
            if named.on_hover_cursor(CursorIcon::PointingHand).clicked() {
                acts.extend(self.scene.why(row).map(Act::Why));
            }
        }
    }
}

/// Paints a name on one line, cut within a word where it must be: whole words would leave too little of it.
fn paint_cut(painter: &Painter, at: egui::Pos2, name: &str, ink: Color32, width: f32) -> Rect {
    let mut job = egui::text::LayoutJob::single_section(name.to_owned(), Type::Body.format(ink));
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    let galley = painter.layout_job(job);
    let place = Align2::LEFT_CENTER.anchor_size(at, galley.size());
    painter.galley(place.min, galley, ink);
    place
}

/// What is picked out among the cells.
#[derive(Clone, Copy)]
struct Picked<'a> {
    selected: Option<(usize, Option<usize>)>,
    block: Option<&'a Block>,
}

/// Which round is painted, and whether it counts at all.
#[derive(Clone, Copy)]
struct Look {
    only: Option<u8>,
    quiet: bool,
}

/// The ground of a cell: the tint of its side, the deeper the more points.
pub(super) fn heat(tokens: &Tokens, side: Side, points: f64) -> Color32 {
    mix(tokens.card, tokens.side(side).tint, (points / 100.0).clamp(0.12, 1.0) as f32)
}

fn paint_points(
    painter: &Painter,
    tokens: &Tokens,
    scene: &Scene,
    (row, f): (usize, usize),
    cell: Rect,
    look: Look,
) {
    let side = scene.factors()[f].side;
    let both = scene.has_both(row, f) && look.only.is_none();
    let round = if both { 1 } else { scene.round_of((row, f), look.only) };
    let ink = if look.quiet { tokens.ink3 } else { tokens.ink };
    let first = scene.points(row, f, round);
    let second = scene.points(row, f, LAST_ROUND).filter(|_| both);
    let waits =
        |round| scene.open == Some(round) && !scene.is_in(row, round) && scene.is_expected(row, round);
    // The ground of a cell tells of its points, too.
    let open = |round: u8, points: Option<f64>| points.filter(|_| !scene.hides(round));
    let ground = match second {
        Some(_) => open(LAST_ROUND, second),
        None => open(round, first).filter(|_| !(both && waits(LAST_ROUND))),
    };
    if let Some(points) = ground.filter(|_| !look.quiet) {
        painter.rect_filled(cell, rounded(6.0), heat(tokens, side, points));
    }
    if both {
        painter.rect_stroke(cell, rounded(6.0), hairline(tokens.line), StrokeKind::Inside);
    }
    let alone = !both || (second.is_none() && !waits(LAST_ROUND) && !scene.is_in(row, LAST_ROUND));
    if alone {
        match first {
            Some(_) if scene.hides(round) => lock(painter, tokens, cell.center()),
            Some(points) => {
                let words = points_words(points);
                paint_text(painter, cell.center(), Align2::CENTER_CENTER, &words, Type::Number, ink);
            }
            None if waits(round) => timer(painter, tokens, cell.center()),
            None => {
                paint_text(painter, cell.center(), Align2::CENTER_CENTER, "–", Type::Small, tokens.ink3);
            }
        }
        return;
    }
    let right = cell.right_center() - vec2(5.0, 0.0);
    let words = match second {
        Some(_) if scene.hides(LAST_ROUND) => {
            lock(painter, tokens, right - vec2(7.0, 0.0));
            String::new()
        }
        Some(points) => points_words(points),
        None if waits(LAST_ROUND) => {
            timer(painter, tokens, right - vec2(7.0, 0.0));
            String::new()
        }
        None => "–".to_owned(),
    };
    let shown = paint_text(painter, right, Align2::RIGHT_CENTER, &words, Type::NumberStrong, ink);
    let is_told = !scene.hides(round);
    if let Some(before) = first.filter(|_| is_told && (first != second || scene.hides(LAST_ROUND))) {
        let words = points_words(before);
        let wide = painter.layout_no_wrap(words.clone(), Type::NumberSmall.font(), tokens.ink3).size().x;
        // Where both do not fit, the one that stands gives way to nothing.
        if cell.left() + 4.0 + wide < shown.left() {
            let at = cell.left_center() + vec2(4.0, 0.0);
            paint_text(painter, at, Align2::LEFT_CENTER, &words, Type::NumberSmall, tokens.ink3);
        }
    }
}

/// Given, and covered until the room sees it.
fn lock(painter: &Painter, tokens: &Tokens, at: egui::Pos2) {
    painter.text(at, Align2::CENTER_CENTER, icons::LOCK_SIMPLE.0, Icon::font(14.0), tokens.ink2);
}

fn timer(painter: &Painter, tokens: &Tokens, at: egui::Pos2) {
    painter.text(at, Align2::CENTER_CENTER, icons::TIMER.0, Icon::font(14.0), tokens.ink3);
}

/// Paints the ring of something in the head that can be pressed.
pub(super) fn ring(ui: &Ui, response: &egui::Response, place: Rect) {
    paint_focus(ui, response, place, 4.0);
}
