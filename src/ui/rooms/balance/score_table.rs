//! The table of Scores: factors down, options across, sides with their totals, and the overall row.

use egui::{
    Align2, CornerRadius, CursorIcon, Id, Painter, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::{
    scale_words::caption,
    score_cell::{editor, paint_cell},
    score_scene::{Row, Scene},
    scores::ScoresView,
};
use crate::{
    model::{
        balance::Side,
        wording::{count, number},
    },
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{
            button::paint_focus, marks::paint_evidence_dots, paint_badge, paint_side_mark, paint_text,
            paint_text_fitted,
        },
    },
};

/// The widget that has the keyboard while the table is walked through.
pub const TABLE: &str = "scores table";

/// What was done in the table with the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A factor, and the option of the cell; `None` for the factor itself.
    Select(usize, Option<usize>),
    /// Edit the cell selected.
    Edit,
    Fold(Side),
    /// Why is the total of this option what it is?
    Total(usize),
    /// Go to where this factor is weighed.
    Weigh(usize),
}

/// Widths and heights of the table.
#[derive(Clone, Copy, Debug)]
struct Grid {
    card: Rect,
    factor: f32,
    swing: f32,
    option: f32,
    head: f32,
    foot: f32,
    side: f32,
    row: f32,
    compact: bool,
}

const NARROWEST_OPTION: f32 = 104.0;
const WIDEST_OPTION: f32 = 220.0;

impl Grid {
    fn of(card: Rect, scene: &Scene, rows: &[Row]) -> Self {
        let compact = card.width() < 880.0 || card.height() < 520.0;
        let (factor, swing) = if compact { (214.0, 54.0) } else { (226.0, 62.0) };
        // In a page too narrow for three options beside it, the names give way first.
        let factor = if card.width() < 620.0 {
            (card.width() - swing - 2.0 * NARROWEST_OPTION).clamp(120.0, factor)
        } else {
            factor
        };
        let options = scene.options().len().max(1) as f32;
        let option = ((card.width() - factor - swing) / options).clamp(NARROWEST_OPTION, WIDEST_OPTION);
        let tall = card.height() >= 520.0;
        let (head, foot, side) = if tall { (60.0, 42.0, 34.0) } else { (40.0, 38.0, 32.0) };
        let sides = rows.iter().filter(|row| matches!(row, Row::Side(_))).count() as f32;
        let factors = rows.len() as f32 - sides;
        let room = card.height() - head - foot - side * sides - 2.0;
        // Rows give a little before the table has to scroll.
        let fitting = (room / factors.max(1.0)).floor();
        let row = if fitting >= 44.0 { fitting.min(47.0) } else { 44.0 };
        Self { card, factor, swing, option, head, foot, side, row, compact: !tall }
    }

    fn left(&self) -> f32 {
        self.factor + self.swing
    }

    fn body(&self) -> Rect {
        Rect::from_min_max(
            self.card.min + vec2(0.0, self.head),
            pos2(self.card.right(), self.card.bottom() - self.foot),
        )
    }

    fn height_of(&self, row: Row) -> f32 {
        if matches!(row, Row::Side(_)) { self.side } else { self.row }
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
    let rows = scene.rows(view.folded);
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
    let mut inner = ui.new_child(UiBuilder::new().max_rect(body).id_salt("scores body"));
    inner.set_clip_rect(body.intersect(ui.clip_rect()));
    let scrolled = ScrollArea::both().id_salt("scores rows").auto_shrink(false).show_viewport(
        &mut inner,
        |ui, viewport| {
            let content = vec2(
                grid.left() + grid.option * scene.options().len() as f32,
                rows.iter().map(|&row| grid.height_of(row)).sum(),
            );
            let (content, _) = ui.allocate_exact_size(content, Sense::hover());
            let pane = Pane { grid: &grid, scene, body, content, viewport };
            pane.show(ui, &rows, view, &mut acts, &mut shown);
            viewport.left()
        },
    );
    let offset = scrolled.inner;
    head(ui, &grid, scene, offset);
    foot(ui, &grid, scene, offset, &mut acts);
    let ring = if ui.memory(|m| m.has_focus(Id::unique(TABLE))) { tokens.line } else { tokens.hair };
    ui.painter().rect_stroke(grid.card, rounded(size::RADIUS_CARD), hairline(ring), StrokeKind::Inside);
    (acts, shown)
}

/// One widget holds the keyboard for the whole table; its value says what is selected.
fn keyboard_holder(ui: &Ui, card: Rect, scene: &Scene, view: &ScoresView) {
    let response = ui.interact(card, Id::unique(TABLE), Sense::focusable_noninteractive());
    let selected = match view.selected(scene) {
        Some((f, Some(o))) => scene.cell_name(f, o),
        Some((f, None)) => scene.factors()[f].name.clone(),
        None => "nothing selected".to_owned(),
    };
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(selected.clone()),
        ..WidgetInfo::labeled(Role::Table, true, "Scores table")
    });
    let filter = egui::EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
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
    fn show(&self, ui: &mut Ui, rows: &[Row], view: &mut ScoresView, acts: &mut Vec<Act>, shown: &mut Shown) {
        let mut cells = ui.new_child(UiBuilder::new().max_rect(self.content).id_salt("cells"));
        let right = self.body.with_min_x(self.body.left() + self.grid.left());
        cells.set_clip_rect(right.intersect(ui.clip_rect()));
        let mut names = ui.new_child(UiBuilder::new().max_rect(self.content).id_salt("names"));
        let left = self.body.with_max_x(self.body.left() + self.grid.left());
        names.set_clip_rect(left.intersect(ui.clip_rect()));
        let selected = view.selected(self.scene);
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
            if band.bottom() < self.body.top() || band.top() > self.body.bottom() {
                continue;
            }
            match row {
                Row::Side(side) => self.side(&mut cells, &mut names, side, band, view, acts),
                Row::Factor(f) => {
                    self.name(&mut names, f, band, selected, acts);
                    self.row(&mut cells, f, band, selected, view, acts, shown);
                }
            }
        }
        if self.viewport.left() > 0.5 {
            let x = self.body.left() + self.grid.left();
            ui.painter().vline(x, self.body.y_range(), hairline(Tokens::of(ui).hair));
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

    /// The options that are in view.
    fn options_in_view(&self) -> impl Iterator<Item = usize> {
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
        let folded = view.folded[side as usize];
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
        for o in self.options_in_view() {
            let value = self.scene.analysis.balance.options.get(o);
            let value = value.and_then(|v| match side {
                Side::Operational => v.operational,
                Side::Commercial => v.commercial,
            });
            let words = value.map_or_else(|| "–".to_owned(), |v| number(v, 0));
            let cell = Rect::from_x_y_ranges(self.x_of(o)..=self.x_of(o) + self.grid.option, band.y_range());
            let at = pos2(cell.right() - 12.0, y);
            paint_text(cells.painter(), at, Align2::RIGHT_CENTER, &words, Type::NumberStrong, tokens.ink);
            let named = cells.interact(cell, cells.scope_id().with(("side total", side, o)), Sense::hover());
            named.widget_info(|| {
                let name = &self.scene.options()[o].name;
                let value = value.map_or_else(|| "not known yet".to_owned(), |v| number(v, 0));
                WidgetInfo::labeled(Role::Cell, true, format!("{} total of {name}: {value}", side.words()))
            });
        }
    }

    fn name(
        &self,
        ui: &mut Ui,
        f: usize,
        band: Rect,
        selected: Option<(usize, Option<usize>)>,
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(ui);
        let factor = &self.scene.factors()[f];
        let place = band.with_max_x(band.left() + self.grid.factor);
        ui.painter().rect_filled(band, 0.0, tokens.card);
        ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
        let here = selected == Some((f, None));
        let response = ui.interact(place, ui.scope_id().with(("factor", f)), Sense::CLICK);
        response.widget_info(|| {
            WidgetInfo::selected(Role::RowHeader, true, here, format!("Factor {}", factor.name))
        });
        if here || response.hovered() {
            ui.painter().rect_filled(place.shrink2(vec2(0.0, 1.0)), 0.0, tokens.select);
        }
        let indent = if self.grid.card.width() < 880.0 { 14.0 } else { 34.0 };
        let left = band.left() + indent;
        let width = self.grid.factor - indent - 6.0;
        let second = caption(factor);
        let y = if second.is_empty() { band.center().y } else { band.center().y - 9.0 };
        paint_text_fitted(
            ui.painter(),
            pos2(left, y),
            Align2::LEFT_CENTER,
            &factor.name,
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
            focus_frame(ui, place);
        }
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            acts.push(Act::Select(f, None));
        }
        self.swing(ui, f, band, acts);
    }

    fn swing(&self, ui: &mut Ui, f: usize, band: Rect, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui);
        let place = Rect::from_min_size(
            pos2(band.left() + self.grid.factor, band.top()),
            vec2(self.grid.swing, band.height()),
        );
        let words = self.scene.swing_words(f);
        let name = &self.scene.factors()[f].name;
        let response = ui.interact(place, ui.scope_id().with(("swing", f)), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Swing of {name}: {words}")));
        let ink = if response.hovered() { tokens.focus } else { tokens.ink };
        let at = pos2(place.right() - 10.0, band.center().y);
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Number, ink);
        let response =
            response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text("Weigh it on Weights");
        if response.clicked() {
            acts.push(Act::Weigh(f));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one row of one table in one frame")]
    fn row(
        &self,
        ui: &mut Ui,
        f: usize,
        band: Rect,
        selected: Option<(usize, Option<usize>)>,
        view: &mut ScoresView,
        acts: &mut Vec<Act>,
        shown: &mut Shown,
    ) {
        let tokens = Tokens::of(ui);
        ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
        for o in self.options_in_view() {
            let cell =
                Rect::from_min_size(pos2(self.x_of(o), band.top()), vec2(self.grid.option, band.height()));
            let here = selected == Some((f, Some(o)));
            let response = ui.interact(cell, ui.scope_id().with(("cell", f, o)), Sense::CLICK);
            response.widget_info(|| WidgetInfo::selected(Role::Cell, true, here, self.scene.cell_name(f, o)));
            if response.hovered() && !here {
                ui.painter().rect_filled(cell.shrink(1.0), rounded(4.0), tokens.select);
            }
            paint_cell(ui.painter(), tokens, self.scene, (f, o), cell);
            if here {
                shown.selected = Some(cell);
                focus_frame(ui, cell);
                if let Some(draft) = &mut view.draft {
                    editor(ui, cell, draft, &self.scene.cell_name(f, o));
                }
            }
            if response.double_clicked() {
                acts.push(Act::Select(f, Some(o)));
                acts.push(Act::Edit);
            } else if response.clicked() {
                acts.push(Act::Select(f, Some(o)));
            }
        }
    }
}

/// The frame around what is selected: strong while the table has the keyboard.
fn focus_frame(ui: &Ui, place: Rect) {
    let tokens = Tokens::of(ui);
    let has_keys = ui.memory(|m| m.has_focus(Id::unique(TABLE)));
    let width = if has_keys { 2.5 } else { 2.0 };
    ui.painter().rect_stroke(
        place.shrink(0.5),
        rounded(4.0),
        Stroke::new(width, tokens.focus),
        StrokeKind::Inside,
    );
}

/// The options' names over their columns; they move with the columns.
fn head(ui: &Ui, grid: &Grid, scene: &Scene, offset: f32) {
    let tokens = Tokens::of(ui);
    let place = grid.card.with_max_y(grid.card.top() + grid.head);
    let base = place.bottom() - 9.0;
    let painter = ui.painter_at(place);
    let left = place.left() + 14.0;
    paint_text(&painter, pos2(left, base), Align2::LEFT_BOTTOM, "Factor", Type::Small, tokens.ink3);
    let swing = pos2(place.left() + grid.left() - 10.0, base);
    paint_text(&painter, swing, Align2::RIGHT_BOTTOM, "Swing", Type::Small, tokens.ink3);
    if !grid.compact && grid.factor > 200.0 {
        legend(&painter, tokens, pos2(left, place.top() + 19.0));
    }
    let columns = painter.with_clip_rect(place.with_min_x(place.left() + grid.left()));
    for (o, option) in scene.options().iter().enumerate() {
        let right = place.left() + grid.left() + (o + 1) as f32 * grid.option - offset;
        if right < place.left() + grid.left() || right - grid.option > place.right() {
            continue;
        }
        let right = right - 12.0;
        let room = grid.option - if grid.compact { 43.0 } else { 16.0 };
        let whole = columns.layout_no_wrap(option.name.clone(), Type::Small.font(), tokens.ink);
        let words = if whole.size().x <= room { &option.name } else { option.short_name() };
        if grid.compact {
            let longest = words
                .split_whitespace()
                .map(|word| columns.layout_no_wrap(word.to_owned(), Type::Small.font(), tokens.ink).size().x);
            // Two lines where that breaks no word.
            let lines = if longest.fold(0.0, f32::max) <= room { 2 } else { 1 };
            paint_badge(&columns, tokens, &option.badge, pos2(right - 10.0, place.center().y), 20.0);
            let at = pos2(right - 27.0, place.center().y);
            paint_text_fitted(
                &columns,
                at,
                Align2::RIGHT_CENTER,
                words,
                Type::Small,
                tokens.ink,
                (room, lines),
            );
        } else {
            paint_badge(&columns, tokens, &option.badge, pos2(right - 11.0, place.top() + 21.0), 22.0);
            let at = pos2(right, base);
            paint_text_fitted(&columns, at, Align2::RIGHT_BOTTOM, words, Type::Small, tokens.ink, (room, 1));
        }
    }
    ui.painter().hline(place.x_range(), place.bottom() - 0.5, hairline(tokens.hair));
}

fn legend(painter: &Painter, tokens: &Tokens, left: Pos2) {
    paint_evidence_dots(painter, tokens, Some(3), left, 5.0);
    let words = paint_text(
        painter,
        left + vec2(41.0, 0.0),
        Align2::LEFT_CENTER,
        "evidence",
        Type::Small,
        tokens.ink3,
    );
    let bar = Rect::from_min_size(pos2(words.right() + 16.0, left.y - 1.5), vec2(30.0, 3.0));
    painter.rect_filled(bar, rounded(1.5), tokens.line);
    painter.rect_filled(bar.with_max_x(bar.left() + 19.0), rounded(1.5), tokens.ink3);
    paint_text(
        painter,
        pos2(bar.right() + 5.0, left.y),
        Align2::LEFT_CENTER,
        "worth",
        Type::Small,
        tokens.ink3,
    );
}

/// The overall row: each total leads to its explanation.
fn foot(ui: &mut Ui, grid: &Grid, scene: &Scene, offset: f32, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui);
    let place = grid.card.with_min_y(grid.card.bottom() - grid.foot);
    let radius = size::RADIUS_CARD as u8;
    let corners = CornerRadius { sw: radius, se: radius, ..CornerRadius::ZERO };
    ui.painter().rect_filled(place, corners, tokens.sunken);
    ui.painter().hline(place.x_range(), place.top(), hairline(tokens.line));
    let y = place.center().y;
    let left = pos2(place.left() + 14.0, y);
    let fit = (grid.factor - 16.0, 1);
    paint_text_fitted(
        ui.painter(),
        left,
        Align2::LEFT_CENTER,
        "Overall, 0–100",
        Type::Strong,
        tokens.ink,
        fit,
    );
    let sum = scene.swing_sum(None);
    let at = pos2(place.left() + grid.left() - 10.0, y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &sum, Type::NumberStrong, tokens.ink);
    let mut columns = ui.new_child(UiBuilder::new().max_rect(place).id_salt("overall"));
    columns.set_clip_rect(place.with_min_x(place.left() + grid.left()).intersect(ui.clip_rect()));
    for o in 0..scene.options().len() {
        let x = place.left() + grid.left() + o as f32 * grid.option - offset;
        let cell = Rect::from_min_size(pos2(x, place.top()), Vec2::new(grid.option, place.height()));
        if cell.right() > place.left() + grid.left() && cell.left() < place.right() {
            overall(&mut columns, scene, o, cell, acts);
        }
    }
}

fn overall(ui: &mut Ui, scene: &Scene, o: usize, cell: Rect, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui);
    let Some(total) = scene.analysis.balance.options.get(o) else { return };
    let weighed = scene.analysis.balance.commercial_share.is_some();
    let words = match total.value {
        Some(value) => number(value, 0),
        None if weighed => format!("{}–{}", number(total.value_low, 0), number(total.value_high, 0)),
        None => "–".to_owned(),
    };
    let struck = !total.struck_by.is_empty();
    let response = ui.interact(cell, ui.scope_id().with(("overall", o)), Sense::click());
    response.widget_info(|| {
        let why = if struck { format!(", struck: {}", total.struck_by.join(" ")) } else { String::new() };
        let name = &scene.options()[o].name;
        WidgetInfo::labeled(Role::Link, true, format!("Overall of {name}: {words}{why}"))
    });
    let ink = if struck { tokens.ink3 } else { tokens.ink };
    let role = if total.value.is_some() { Type::Score } else { Type::NumberStrong };
    let at = pos2(cell.right() - 12.0, cell.center().y);
    let drawn = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, role, ink);
    if struck {
        ui.painter().hline(drawn.expand(3.0).x_range(), drawn.center().y, Stroke::new(1.5, tokens.ink2));
    }
    if response.hovered() {
        ui.painter().hline(drawn.x_range(), drawn.bottom(), Stroke::new(1.0, tokens.line));
    }
    paint_focus(ui, &response, cell.shrink(3.0), 4.0);
    let clicked = response.clicked();
    if struck {
        response.on_hover_text(total.struck_by.join("\n"));
    } else {
        response.on_hover_cursor(CursorIcon::PointingHand);
    }
    if clicked {
        acts.push(Act::Total(o));
    }
}
