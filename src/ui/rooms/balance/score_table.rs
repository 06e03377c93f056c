//! The table of Scores: factors down, options across, sides with their totals, and the overall row.

use egui::{Align2, CursorIcon, Id, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{
    scale_words::unit_caption,
    score_cell::paint_cell,
    score_ends::{foot, head},
    score_groups::order_menu,
    score_order::Slot,
    score_scene::{Row, Scene, Standing},
    score_swing,
    scores::{Block, ScoresView},
};
use crate::ui::drawing::parts::is_asked;
use crate::{
    model::{balance::Side, wording::count},
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{
            button::paint_focus,
            paint_side_mark, paint_text, paint_text_fitted,
            table_keys::{self, Halves, focus_frame},
        },
    },
};

/// The widget that has the keyboard while the table is walked through.
pub const TABLE: &str = "scores table";

/// What was done in the table with the pointer.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A factor, and the option of the cell; `None` for the factor itself.
    Select(usize, Option<usize>),
    /// Select the cells up to this one.
    Extend(usize, usize),
    /// Edit the cell selected.
    Edit,
    Fold(Side),
    /// Fold a group, by index; write its name anew; give it this name.
    FoldGroup(usize),
    Rename(usize),
    Renamed(usize, String),
    /// Put a factor into a place between the rows.
    Put(usize, Slot),
    Remove(usize),
    /// Why is the total of this option what it is?
    Total(usize),
    /// Go to where this factor is weighed.
    Weigh(usize),
    /// Give this factor these swing points; `None` takes them away.
    Swing(usize, Option<f64>),
}

/// Widths and heights of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    pub card: Rect,
    pub factor: f32,
    swing: f32,
    pub option: f32,
    pub head: f32,
    pub foot: f32,
    side: f32,
    row: f32,
    pub compact: bool,
    /// There is no room for second lines.
    pub short: bool,
}

const NARROWEST_OPTION: f32 = 104.0;
const WIDEST_OPTION: f32 = 220.0;

impl Grid {
    fn of(card: Rect, scene: &Scene, rows: &[Row]) -> Self {
        let compact = card.width() < 880.0 || card.height() < 520.0;
        let (factor, swing) = if compact { (214.0, 54.0) } else { (226.0, 62.0) };
        let options = scene.options().len().max(1) as f32;
        // Where that lets every option be seen, or at the least two, the names give way.
        let least = if card.width() < 620.0 { 120.0 } else { 168.0 };
        let left = card.width() - swing;
        let all = left - options * NARROWEST_OPTION;
        let factor = if all >= least {
            all.min(factor)
        } else if card.width() < 620.0 {
            (left - 2.0 * NARROWEST_OPTION).clamp(least, factor)
        } else {
            factor
        };
        let option = ((card.width() - factor - swing) / options).clamp(NARROWEST_OPTION, WIDEST_OPTION);
        let tall = card.height() >= 520.0;
        let short = card.height() < 300.0;
        let (head, foot, side) = match (tall, short) {
            (true, _) => (60.0, 42.0, 34.0),
            (_, false) => (40.0, 38.0, 32.0),
            (_, true) => (34.0, 32.0, 26.0),
        };
        let heads = rows.iter().filter(|row| !matches!(row, Row::Factor(_))).count() as f32;
        let factors = rows.len() as f32 - heads;
        let room = card.height() - head - foot - side * heads - 2.0;
        // Rows give a little before the table has to scroll.
        let fitting = (room / factors.max(1.0)).floor();
        let row = match (short, fitting >= 44.0) {
            (true, _) => 30.0,
            (_, true) => fitting.min(47.0),
            (_, false) => 44.0,
        };
        Self { card, factor, swing, option, head, foot, side, row, compact: !tall, short }
    }

    pub fn left(&self) -> f32 {
        self.factor + self.swing
    }

    fn body(&self) -> Rect {
        Rect::from_min_max(
            self.card.min + vec2(0.0, self.head),
            pos2(self.card.right(), self.card.bottom() - self.foot),
        )
    }

    fn height_of(&self, row: Row) -> f32 {
        if matches!(row, Row::Factor(_)) { self.row } else { self.side }
    }
}

/// Where the parts of the table ended up, for what is laid over it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// The cell selected, when it is in view.
    pub selected: Option<Rect>,
}

/// Shows the table in this place.
pub fn show(ui: &mut Ui, card: Rect, scene: &Scene, view: &mut ScoresView) -> (Vec<Act>, Shown) {
    let rows = scene.rows(&view.folded);
    let full = Grid::of(card, scene, &rows);
    // The card ends with its last row when there is room below.
    let wanted = rows.iter().map(|&row| full.height_of(row)).sum::<f32>() + full.head + full.foot;
    let grid = Grid { card: card.with_max_y(card.bottom().min(card.top() + wanted)), ..full };
    let tokens = Tokens::of(ui);
    let mut acts = Vec::new();
    let mut shown = Shown::default();
    ui.painter().rect_filled(grid.card, rounded(size::RADIUS_CARD), tokens.card);
    keyboard_holder(ui, grid.card, scene, view);
    let body = grid.body();
    let content = vec2(
        grid.left() + grid.option * scene.options().len() as f32,
        rows.iter().map(|&row| grid.height_of(row)).sum(),
    );
    let offset = table_keys::scrolled_rows(ui, (body, content), "scores rows", |ui, content, viewport| {
        let pane = Pane { grid: &grid, scene, body, content, viewport };
        pane.show(ui, &rows, view, &mut acts, &mut shown);
    });
    head(ui, &grid, scene, offset);
    foot(ui, &grid, scene, offset, &mut acts);
    let ring = if ui.memory(|m| m.has_focus(Id::unique(TABLE))) { tokens.line } else { tokens.hair };
    ui.painter().rect_stroke(grid.card, rounded(size::RADIUS_CARD), hairline(ring), StrokeKind::Inside);
    (acts, shown)
}

/// One widget holds the keyboard for the whole table; its value says what is selected.
fn keyboard_holder(ui: &Ui, card: Rect, scene: &Scene, view: &ScoresView) {
    let selected = match view.selected(scene) {
        Some((f, Some(o))) => match view.block(scene).filter(|block| !block.is_one()) {
            Some(block) => {
                let cells = count(block.cells().count(), "cell", "cells");
                format!("{cells} selected, at {}", scene.cell_name(f, o))
            }
            None => scene.cell_name(f, o),
        },
        Some((f, None)) => scene.factors()[f].name.clone(),
        None => "nothing selected".to_owned(),
    };
    table_keys::keyboard_holder(ui, card, Id::unique(TABLE), "Scores table", &selected);
}

/// The scrolling part of the table for one frame.
pub(super) struct Pane<'a> {
    pub grid: &'a Grid,
    pub scene: &'a Scene,
    /// Where it stands on the page, and the whole of it, which may be larger.
    pub body: Rect,
    content: Rect,
    viewport: Rect,
}

impl Pane<'_> {
    fn show(&self, ui: &mut Ui, rows: &[Row], view: &mut ScoresView, acts: &mut Vec<Act>, shown: &mut Shown) {
        let split = self.body.left() + self.grid.left();
        let Halves { mut cells, mut names } = Halves::of(ui, self.body, self.content, split);
        let selected = view.selected(self.scene);
        let block = view.block(self.scene).filter(|block| !block.is_one());
        let mut aim = None;
        let mut top = self.content.top();
        for &row in rows {
            let height = self.grid.height_of(row);
            let band = Rect::from_x_y_ranges(self.body.x_range(), top..=top + height);
            top += height;
            if let (Row::Factor(f), Some((at, option))) = (row, selected)
                && f == at
                && std::mem::take(&mut view.reveal)
            {
                self.reveal(ui, band, option);
            }
            aim = self.aim(ui, row, band, view).or(aim);
            let in_view = band.bottom() >= self.body.top() && band.top() <= self.body.bottom();
            if !in_view && !is_asked(ui.ctx()) {
                continue;
            }
            match row {
                Row::Side(side) => self.side(&mut cells, &mut names, side, band, view, acts),
                Row::Group(group) => self.group(&mut cells, &mut names, group, band, view, acts),
                Row::Factor(f) => {
                    self.name(&mut names, f, band, selected, view, acts);
                    let picked = Picked { selected, block: block.as_ref() };
                    self.row(&mut cells, f, band, picked, view, acts, shown);
                }
            }
        }
        self.carry(ui, view, aim, acts);
        if self.viewport.left() > 0.5 {
            ui.painter().vline(split, self.body.y_range(), hairline(Tokens::of(ui).hair));
        }
    }

    /// Scrolls so that the cell is seen, and not under the names.
    fn reveal(&self, ui: &Ui, band: Rect, option: Option<usize>) {
        let x = option.map_or(self.content.left(), |o| self.x_of(o) - self.grid.left());
        let width = option.map_or(1.0, |_| self.grid.option + self.grid.left());
        let cell = Rect::from_min_size(pos2(x, band.top()), vec2(width, band.height()));
        ui.scroll_to_rect_animation(cell, None, egui::style::ScrollAnimation::none());
    }

    fn x_of(&self, o: usize) -> f32 {
        self.content.left() + self.grid.left() + o as f32 * self.grid.option
    }

    /// The options that are in view; all of them where somebody copies the table.
    fn options_in_view(&self, ui: &Ui) -> impl Iterator<Item = usize> + use<> {
        if is_asked(ui.ctx()) {
            return 0..self.scene.options().len();
        }
        let first = (self.viewport.left() / self.grid.option).floor().max(0.0) as usize;
        let last = (self.viewport.right() / self.grid.option).ceil().max(0.0) as usize;
        first..last.min(self.scene.options().len())
    }

    fn side(
        &self,
        cells: &mut Ui,
        names: &mut Ui,
        side: Side,
        band: Rect,
        view: &ScoresView,
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(names);
        let colour = tokens.side(side);
        cells.painter().rect_filled(band, 0.0, colour.tint);
        names.painter().rect_filled(band, 0.0, colour.tint);
        let folded = view.folded.sides[side as usize];
        let place = band.with_max_x(band.left() + self.grid.factor);
        let response = names.interact(place, names.scope_id().with(("side", side)), Sense::click());
        let factors = self.scene.factors().iter().filter(|f| f.side == side).count();
        response.widget_info(|| {
            let state = if folded { "folded" } else { "shown" };
            let name = format!("{}, {}, {state}", side.words(), count(factors, "factor", "factors"));
            WidgetInfo::selected(Role::Button, true, !folded, name)
        });
        let caret = if folded { icons::CARET_RIGHT } else { icons::CARET_DOWN };
        let y = band.center().y;
        let painter = names.painter();
        painter.text(
            pos2(band.left() + 19.0, y),
            Align2::CENTER_CENTER,
            caret.0,
            Icon::font(14.0),
            colour.text,
        );
        paint_side_mark(painter, tokens, side, pos2(band.left() + 39.0, y), 10.0);
        paint_text(
            painter,
            pos2(band.left() + 52.0, y),
            Align2::LEFT_CENTER,
            side.words(),
            Type::Strong,
            colour.text,
        );
        let sum = self.scene.swing_sum(Some(side));
        let at = pos2(band.left() + self.grid.left() - 10.0, y);
        paint_text(painter, at, Align2::RIGHT_CENTER, &sum, Type::NumberStrong, tokens.ink);
        paint_focus(names, &response, place.shrink(3.0), 4.0);
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            acts.push(Act::Fold(side));
        }
        self.totals(cells, names, side.words(), band, Type::NumberStrong, |o| {
            self.scene.mean_of_side(o, side)
        });
    }

    /// The means of a side or a group under the options.
    pub fn totals(
        &self,
        cells: &mut Ui,
        names: &Ui,
        of: &str,
        band: Rect,
        role: Type,
        mean: impl Fn(usize) -> Option<Standing>,
    ) {
        let tokens = Tokens::of(names);
        for o in self.options_in_view(names) {
            let value = mean(o).map(Standing::words);
            let words = value.clone().unwrap_or_else(|| "–".to_owned());
            let cell = Rect::from_x_y_ranges(self.x_of(o)..=self.x_of(o) + self.grid.option, band.y_range());
            let at = pos2(cell.right() - 12.0, band.center().y);
            paint_text(cells.painter(), at, Align2::RIGHT_CENTER, &words, role, tokens.ink);
            let id = cells.scope_id().with(("total of", of, band.top() as i32, o));
            let named = cells.interact(cell, id, Sense::hover());
            named.widget_info(|| {
                let name = &self.scene.options()[o].name;
                let value = value.as_deref().unwrap_or("not weighed");
                WidgetInfo::labeled(Role::Cell, true, format!("{of} total of {name}: {value}"))
            });
        }
    }

    fn name(
        &self,
        ui: &mut Ui,
        f: usize,
        band: Rect,
        selected: Option<(usize, Option<usize>)>,
        view: &mut ScoresView,
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(ui);
        let factor = &self.scene.factors()[f];
        let place = band.with_max_x(band.left() + self.grid.factor);
        ui.painter().rect_filled(band, 0.0, tokens.card);
        ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
        let here = selected == Some((f, None));
        let response = ui.interact(place, ui.scope_id().with(("factor", f)), Sense::CLICK | Sense::DRAG);
        if response.drag_started() {
            view.carried = Some(factor.id.clone());
        }
        response.widget_info(|| {
            WidgetInfo::selected(Role::RowHeader, true, here, format!("Factor {}", factor.name))
        });
        if here || response.hovered() {
            ui.painter().rect_filled(place.shrink2(vec2(0.0, 1.0)), 0.0, tokens.select);
        }
        let indent = if self.grid.card.width() < 880.0 { 14.0 } else { 34.0 };
        // What stands in a group stands a little to the right of its head.
        let indent = if factor.group.is_empty() { indent } else { indent + 10.0 };
        let left = band.left() + indent;
        let width = self.grid.factor - indent - 6.0;
        let second = if self.grid.short { String::new() } else { unit_caption(factor) };
        let y = if second.is_empty() { band.center().y } else { band.center().y - 9.0 };
        let whole = ui.painter().layout_no_wrap(factor.name.clone(), Type::Body.font(), tokens.ink);
        let name = if whole.size().x <= width { &factor.name } else { factor.short_name() };
        paint_text_fitted(
            ui.painter(),
            pos2(left, y),
            Align2::LEFT_CENTER,
            name,
            Type::Body,
            tokens.ink,
            (width, 1),
        );
        if !second.is_empty() {
            let at = pos2(left, band.center().y + 10.0);
            paint_text_fitted(
                ui.painter(),
                at,
                Align2::LEFT_CENTER,
                &second,
                Type::Small,
                tokens.ink3,
                (width, 1),
            );
        }
        if here {
            focus_frame(ui, place.shrink(0.5), Id::unique(TABLE));
        }
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        response.context_menu(|ui| order_menu(ui, self.scene, f, acts));
        if response.clicked() {
            acts.push(Act::Select(f, None));
        }
        let swing = Rect::from_min_size(
            pos2(band.left() + self.grid.factor, band.top()),
            vec2(self.grid.swing, band.height()),
        );
        score_swing::show(ui, self.scene, f, swing, view, acts);
    }

    #[expect(clippy::too_many_arguments, reason = "one row of one table in one frame")]
    fn row(
        &self,
        ui: &mut Ui,
        f: usize,
        band: Rect,
        picked: Picked<'_>,
        view: &mut ScoresView,
        acts: &mut Vec<Act>,
        shown: &mut Shown,
    ) {
        let tokens = Tokens::of(ui);
        ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
        for o in self.options_in_view(ui) {
            let cell =
                Rect::from_min_size(pos2(self.x_of(o), band.top()), vec2(self.grid.option, band.height()));
            let here = picked.selected == Some((f, Some(o)));
            let response = ui.interact(cell, ui.scope_id().with(("cell", f, o)), Sense::CLICK);
            response.widget_info(|| WidgetInfo::selected(Role::Cell, true, here, self.scene.cell_name(f, o)));
            let in_block = picked.block.is_some_and(|block| block.holds(f, o));
            if (response.hovered() && !here) || in_block {
                ui.painter().rect_filled(cell.shrink(1.0), rounded(4.0), tokens.select);
            }
            paint_cell(ui.painter(), tokens, self.scene, (f, o), cell, self.grid.short);
            if here {
                shown.selected = Some(cell);
                focus_frame(ui, cell.shrink(0.5), Id::unique(TABLE));
                if let Some(draft) = &mut view.draft {
                    draft.show(ui, cell, &self.scene.cell_name(f, o), Align2::RIGHT_CENTER);
                }
            }
            if response.double_clicked() {
                acts.push(Act::Select(f, Some(o)));
                acts.push(Act::Edit);
            } else if response.clicked() && ui.input(|i| i.modifiers.shift) {
                acts.push(Act::Extend(f, o));
            } else if response.clicked() {
                acts.push(Act::Select(f, Some(o)));
            }
        }
    }
}

/// What is picked out among the cells.
#[derive(Clone, Copy)]
struct Picked<'a> {
    selected: Option<(usize, Option<usize>)>,
    block: Option<&'a Block>,
}
