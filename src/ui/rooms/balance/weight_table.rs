//! The table of Weights: each factor's swing in words, a bar to drag, its points and its weight.

use egui::{
    Align2, CornerRadius, CursorIcon, EventFilter, Id, Key, Rect, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::{
    scale_words,
    score_scene::{Scene, points_words},
    weights::WeightsView,
};
use crate::{
    analysis::{balance::WeightBasis, voices::as_counted},
    model::{
        balance::Side,
        wording::{count, number},
    },
    session::edits,
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            button::paint_focus, focus_field, number_field, paint_side_mark, paint_text, paint_text_fitted,
        },
    },
};

/// What was done in the table.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Select(usize),
    /// Points for a factor, and whether they come step by step, as from a drag.
    Points(usize, f64, bool),
    /// Points as they were typed.
    Typed(usize, String),
    /// The drag or run of keys is over.
    Settle,
    /// Why is the weight what it is?
    Explain(usize),
    /// Go to where its scale is set.
    SetScale(usize),
}

/// Widths of the columns and heights of the rows.
#[derive(Clone, Copy, Debug)]
struct Grid {
    card: Rect,
    name: f32,
    bar: f32,
    largest: f32,
    weight: f32,
    row: f32,
}

const HEAD: f32 = 30.0;
const SIDE: f32 = 31.0;
const FOOT: f32 = 36.0;
/// What a bar takes of the pointer beyond either end.
const BAR_END: f32 = 8.0;

impl Grid {
    fn of(card: Rect, factors: usize, sides: usize) -> Self {
        let width = card.width();
        let largest = if width < 700.0 { 0.0 } else { 68.0 };
        let (points, weight) = (76.0, 84.0);
        let rest = width - largest - points - weight;
        let name = (rest * 0.44).clamp(150.0, 280.0);
        let room = card.height() - HEAD - FOOT - SIDE * sides as f32 - 2.0;
        let row = (room / factors.max(1) as f32).floor().clamp(42.0, 48.0);
        Self { card, name, bar: rest - name, largest, weight, row }
    }

    fn rows(&self, rows: &[Line]) -> f32 {
        rows.iter().map(|line| self.height(line)).sum()
    }

    fn height(&self, line: &Line) -> f32 {
        if matches!(line, Line::Side(_)) { SIDE } else { self.row }
    }
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Side(Side),
    Factor(usize),
}

fn lines(scene: &Scene, order: &[usize]) -> Vec<Line> {
    let mut lines = Vec::new();
    for side in Side::ALL {
        let of_side: Vec<usize> =
            order.iter().copied().filter(|&f| scene.factors()[f].side == side).collect();
        if !of_side.is_empty() {
            lines.push(Line::Side(side));
            lines.extend(of_side.into_iter().map(Line::Factor));
        }
    }
    lines
}

/// How tall the whole table is when nothing of it scrolls.
#[must_use]
pub fn natural_height(scene: &Scene, order: &[usize]) -> f32 {
    let lines = lines(scene, order);
    let sides = lines.iter().filter(|line| matches!(line, Line::Side(_))).count() as f32;
    HEAD + FOOT + SIDE * sides + 44.0 * (lines.len() as f32 - sides)
}

/// The points of each ballot in force, on the footing on which they are combined, by factor.
fn ballot_points(scene: &Scene) -> Vec<Vec<f64>> {
    let workspace = &scene.workspace;
    let factors = scene.factors();
    let mut points = vec![Vec::new(); factors.len()];
    for &ballot in &scene.analysis.voices.in_force {
        let Some(ballot) = workspace.voices.ballots.get(ballot) else { continue };
        let row = factors.iter().map(|f| ballot.swings.get(&f.id).copied()).collect();
        let Some(row) = as_counted(workspace.voices.combine, &row) else { continue };
        for (of_factor, given) in points.iter_mut().zip(row) {
            of_factor.extend(given);
        }
    }
    points
}

/// What pointer and keyboard ask of the bars, taken before they are drawn so that they show it in the same frame.
pub fn take(ui: &Ui, scene: &Scene, view: &mut WeightsView) -> Vec<Act> {
    let mut acts = Vec::new();
    for (f, factor) in scene.factors().iter().enumerate() {
        let id = bar_id(&factor.id);
        let Some(response) = ui.ctx().read_response(id) else { continue };
        let now = points_in_force(scene, f);
        if response.drag_started() {
            response.request_focus();
            view.drag(true);
            acts.push(Act::Select(f));
        }
        if let (true, Some(at)) = (response.dragged(), response.interact_pointer_pos()) {
            let bar = response.rect.shrink2(vec2(BAR_END, 0.0));
            let share = ((at.x - bar.left()) / bar.width()).clamp(0.0, 1.0);
            let points = (f64::from(share) * view.most).round();
            if now.is_none_or(|now| (now - points).abs() > 0.0) {
                acts.push(Act::Points(f, points, true));
            }
        }
        if response.drag_stopped() {
            view.drag(false);
            acts.push(Act::Settle);
        }
        if response.has_focus() {
            if !view.is_selected(&factor.id) {
                acts.push(Act::Select(f));
            }
            if let Some(points) = stepped(ui, id, now.unwrap_or(0.0)) {
                acts.push(Act::Points(f, points, true));
            }
            if ui.input(|i| i.key_pressed(Key::Enter) || i.key_pressed(Key::F2)) {
                view.to_field = true;
            }
        }
        if response.lost_focus() {
            acts.push(Act::Settle);
        }
    }
    acts
}

/// The points of a factor in force; `None` while nobody has given any.
fn points_in_force(scene: &Scene, f: usize) -> Option<f64> {
    let balance = &scene.analysis.balance;
    match balance.weight_basis {
        WeightBasis::Even => None,
        WeightBasis::Swings if scene.factors()[f].swing.is_none() => None,
        WeightBasis::Swings | WeightBasis::Ballots => balance.swings.get(f).copied(),
    }
}

/// One drawing of the table.
struct Table<'a> {
    grid: Grid,
    scene: &'a Scene,
    ballots: Vec<Vec<f64>>,
    /// The points at the right end of the bars.
    most: f64,
    /// The most points that a factor has.
    largest: f64,
}

/// Shows the table in this place; its rows scroll when there is no room for them all.
pub fn show(ui: &mut Ui, card: Rect, scene: &Scene, view: &mut WeightsView, order: &[usize]) -> Vec<Act> {
    let lines = lines(scene, order);
    let sides = lines.iter().filter(|line| matches!(line, Line::Side(_))).count();
    let grid = Grid::of(card, lines.len() - sides, sides);
    let wanted = HEAD + FOOT + grid.rows(&lines);
    let grid = Grid { card: card.with_max_y(card.bottom().min(card.top() + wanted)), ..grid };
    let ballots = ballot_points(scene);
    let given = scene.analysis.balance.weight_basis != WeightBasis::Even;
    let largest = if given { scene.analysis.balance.swings.iter().copied().fold(0.0, f64::max) } else { 0.0 };
    let in_ballots = ballots.iter().flatten().copied().fold(0.0, f64::max);
    // The end of the bars holds still while one of them is dragged past it.
    let most = if view.is_dragging() { view.most } else { largest.max(in_ballots).max(100.0) };
    view.most = most;
    let table = Table { grid, scene, ballots, most, largest };
    table.show(ui, view, &lines)
}

impl Table<'_> {
    fn show(&self, ui: &mut Ui, view: &mut WeightsView, lines: &[Line]) -> Vec<Act> {
        let tokens = Tokens::of(ui);
        let card = self.grid.card;
        let mut acts = Vec::new();
        ui.painter().rect_filled(card, rounded(size::RADIUS_CARD), tokens.card);
        self.head(ui);
        let body = Rect::from_min_max(card.min + vec2(0.0, HEAD), pos2(card.right(), card.bottom() - FOOT));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(body).id_salt("weights body"));
        inner.set_clip_rect(body.intersect(ui.clip_rect()));
        ScrollArea::vertical().id_salt("weights rows").auto_shrink(false).show(&mut inner, |ui| {
            let (content, _) =
                ui.allocate_exact_size(vec2(card.width(), self.grid.rows(lines)), Sense::hover());
            let mut top = content.top();
            for line in lines {
                let height = self.grid.height(line);
                let band = Rect::from_x_y_ranges(content.x_range(), top..=top + height);
                top += height;
                match *line {
                    Line::Side(side) => self.side(ui, side, band),
                    Line::Factor(f) => {
                        if view.reveals(f) {
                            ui.scroll_to_rect_animation(band, None, egui::style::ScrollAnimation::none());
                        }
                        self.row(ui, view, f, band, &mut acts);
                    }
                }
            }
        });
        self.foot(ui);
        ui.painter().rect_stroke(card, rounded(size::RADIUS_CARD), hairline(tokens.hair), StrokeKind::Inside);
        acts
    }

    /// Where so many points lie on the bar of this row.
    fn x_of(&self, band: Rect, points: f64) -> f32 {
        let left = band.left() + self.grid.name + 8.0;
        left + (points / self.most).clamp(0.0, 1.0) as f32 * (self.grid.bar - 30.0)
    }

    /// The right ends of the columns of points, share of the largest, and weight.
    fn ends(&self, band: Rect) -> [f32; 3] {
        let weight = band.right() - space::L;
        let largest = band.right() - self.grid.weight;
        [largest - self.grid.largest - 17.0, largest, weight]
    }

    fn head(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let band = self.grid.card.with_max_y(self.grid.card.top() + HEAD);
        let y = band.center().y + 1.0;
        let small = |x: f32, anchor: Align2, words: &str| {
            paint_text(ui.painter(), pos2(x, y), anchor, words, Type::Small, tokens.ink3);
        };
        let fit = (self.grid.name - space::L, 1);
        let at = pos2(band.left() + space::L, y);
        let words = "The swing, worst end to best end";
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3, fit);
        for (share, anchor) in
            [(0.0, Align2::LEFT_CENTER), (0.5, Align2::CENTER_CENTER), (1.0, Align2::RIGHT_CENTER)]
        {
            let shift = if share == 0.0 {
                -4.0
            } else if share == 1.0 {
                8.0
            } else {
                0.0
            };
            small(self.x_of(band, self.most * share) + shift, anchor, &points_words(self.most * share));
        }
        let [points, largest, weight] = self.ends(band);
        small(points, Align2::RIGHT_CENTER, "Points");
        if self.grid.largest > 0.0 {
            small(largest, Align2::RIGHT_CENTER, "Of largest");
        }
        small(weight, Align2::RIGHT_CENTER, "Weight");
    }

    fn side(&self, ui: &Ui, side: Side, band: Rect) {
        let tokens = Tokens::of(ui);
        let colour = tokens.side(side);
        let balance = &self.scene.analysis.balance;
        let y = band.center().y;
        ui.painter().rect_filled(band, 0.0, colour.tint);
        paint_side_mark(ui.painter(), tokens, side, pos2(band.left() + 21.0, y), 10.0);
        let at = pos2(band.left() + 34.0, y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, side.words(), Type::Strong, colour.text);
        let [points, _, weight] = self.ends(band);
        let sum = self.scene.swing_sum(Some(side));
        paint_text(ui.painter(), pos2(points, y), Align2::RIGHT_CENTER, &sum, Type::NumberStrong, tokens.ink);
        let share = balance.commercial_share.map(|c| if side == Side::Commercial { c } else { 1.0 - c });
        let share = share.map_or_else(|| "–".to_owned(), tenths);
        let at = pos2(weight, y);
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &share, Type::NumberStrong, colour.text);
        let response = ui.interact(band, ui.scope_id().with(("side", side)), Sense::hover());
        response.widget_info(|| {
            let words = side.words();
            WidgetInfo::labeled(Role::Row, true, format!("{words}: {sum} points, {share} of the weight"))
        });
    }

    fn row(&self, ui: &mut Ui, view: &mut WeightsView, f: usize, band: Rect, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui);
        let factor = &self.scene.factors()[f];
        let selected = view.is_selected(&factor.id);
        if selected {
            ui.painter().rect_filled(band, 0.0, tokens.select);
        }
        ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
        let swing = scale_words::swing(factor, &self.scene.functions[f]);
        self.name(ui, f, band, selected, swing.as_deref(), acts);
        if swing.is_some() {
            self.bar(ui, view, f, band);
        }
        self.figures(ui, view, f, band, selected && swing.is_some(), acts);
    }

    fn name(
        &self,
        ui: &mut Ui,
        f: usize,
        band: Rect,
        selected: bool,
        swing: Option<&str>,
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(ui);
        let factor = &self.scene.factors()[f];
        let place = band.with_max_x(band.left() + self.grid.name);
        let left = band.left() + space::L;
        let changed = edits::weights::changed_ranges(std::slice::from_ref(factor));
        let width = self.grid.name - space::L - 4.0 - if changed.is_empty() { 0.0 } else { 22.0 };
        let role = if selected { Type::Strong } else { Type::Body };
        let at = pos2(left, band.center().y - 9.5);
        let drawn = paint_text_fitted(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            &factor.name,
            role,
            tokens.ink,
            (width, 1),
        );
        if !changed.is_empty() {
            let at = pos2(drawn.right() + 13.0, at.y);
            let warning = icons::WARNING_CIRCLE.0;
            ui.painter().text(at, Align2::CENTER_CENTER, warning, Icon::font(16.0), tokens.ink2);
        }
        let under = pos2(left, band.center().y + 10.0);
        let response = ui.interact(place, ui.scope_id().with(("factor", f)), Sense::CLICK);
        response.widget_info(|| {
            let words = swing.unwrap_or("set its range first");
            WidgetInfo::labeled(Role::RowHeader, true, format!("{}, {words}", factor.name))
        });
        match swing {
            Some(words) => {
                let fit = (self.grid.name - space::L - 4.0, 1);
                paint_text_fitted(
                    ui.painter(),
                    under,
                    Align2::LEFT_CENTER,
                    words,
                    Type::Small,
                    tokens.ink3,
                    fit,
                );
                if response.on_hover_text(words).clicked() {
                    acts.push(Act::Select(f));
                }
            }
            None => {
                let place = Rect::from_min_size(under - vec2(0.0, 9.0), vec2(width, 20.0));
                let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("range", f)));
                let words = "Set its range first";
                if crate::ui::widgets::link(&mut inner, words, Type::Small, tokens.ink2).clicked() {
                    acts.push(Act::SetScale(f));
                }
            }
        }
    }

    /// The bar with its handle, and below it the ballots.
    fn bar(&self, ui: &mut Ui, view: &mut WeightsView, f: usize, band: Rect) {
        let factor = &self.scene.factors()[f];
        let now = points_in_force(self.scene, f);
        let place = Rect::from_x_y_ranges(
            self.x_of(band, 0.0) - BAR_END..=self.x_of(band, self.most) + BAR_END,
            band.top() + 2.0..=band.bottom() - 2.0,
        );
        let id = bar_id(&factor.id);
        let response = ui.interact(place, id, Sense::drag());
        response.widget_info(|| {
            WidgetInfo::slider(true, now.unwrap_or(0.0), format!("Swing points of {}", factor.name))
        });
        if std::mem::take(&mut view.to_bar) && view.is_selected(&factor.id) {
            response.request_focus();
        }
        if response.has_focus() {
            let filter =
                EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        let lit = response.has_focus() || response.dragged();
        self.paint_bar(ui, f, band, now, lit);
        response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    }

    fn paint_bar(&self, ui: &Ui, f: usize, band: Rect, now: Option<f64>, lit: bool) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let (zero, end) = (self.x_of(band, 0.0), self.x_of(band, self.most));
        let ballots = &self.ballots[f];
        let y = if ballots.is_empty() { band.center().y } else { band.top() + 15.0 };
        let whole = Rect::from_x_y_ranges(zero..=end, y - 6.0..=y + 6.0);
        let fill = tokens.side(self.scene.factors()[f].side).fill;
        painter.rect_filled(whole, rounded(size::RADIUS_BAR), tokens.track);
        let at = self.x_of(band, now.unwrap_or(0.0));
        if now.is_some() {
            painter.rect_filled(whole.with_max_x(at), rounded(size::RADIUS_BAR), fill);
        }
        let spread = self.scene.analysis.voices.spread.get(f).copied().flatten();
        if let (Some(spread), false) = (spread, ballots.is_empty()) {
            let y = band.top() + 32.0;
            let x = |points: f64| self.x_of(band, points);
            painter.hline(x(spread.min)..=x(spread.max), y, hairline(tokens.line));
            let middle =
                Rect::from_x_y_ranges(x(spread.lower_quartile)..=x(spread.upper_quartile), y - 3.0..=y + 3.0);
            painter.rect_filled(middle, rounded(3.0), tokens.line);
            for &points in ballots {
                painter.vline(x(points), y - 5.0..=y + 5.0, Stroke::new(1.5, tokens.ink3));
            }
            let median = Stroke::new(2.5, tokens.ink);
            painter.vline(x(spread.median), y - 6.0..=y + 6.0, median);
        }
        let handle = Rect::from_center_size(pos2(at, y), vec2(11.0, 20.0));
        let edge = if lit { tokens.focus } else { tokens.primary };
        painter.rect(handle, rounded(4.0), tokens.card, Stroke::new(2.0, edge), StrokeKind::Inside);
        for x in [-1.5, 1.5] {
            painter.vline(at + x, y - 4.0..=y + 4.0, Stroke::new(1.2, tokens.primary));
        }
        if lit {
            painter.rect_stroke(
                handle.expand(2.5),
                rounded(6.0),
                Stroke::new(2.0, tokens.focus),
                StrokeKind::Outside,
            );
        }
    }

    fn figures(
        &self,
        ui: &mut Ui,
        view: &mut WeightsView,
        f: usize,
        band: Rect,
        editable: bool,
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(ui);
        let factor = &self.scene.factors()[f];
        let [points_end, largest_end, weight_end] = self.ends(band);
        let y = band.center().y;
        let now = points_in_force(self.scene, f);
        let words = now.map_or_else(|| "–".to_owned(), points_words);
        if editable {
            let place =
                Rect::from_min_max(pos2(points_end - 46.0, y - 17.0), pos2(points_end + 9.0, y + 17.0));
            let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("points", f)));
            let shown = if now.is_some() { words.as_str() } else { "" };
            let name = format!("Points of {}", factor.name);
            if std::mem::take(&mut view.to_field) {
                focus_field(&inner, &name);
            }
            if let Some(typed) = number_field(&mut inner, &name, shown, place.width()) {
                acts.push(Act::Typed(f, typed));
            }
        } else {
            let place = Rect::from_center_size(pos2(points_end - 12.0, y), vec2(60.0, 30.0));
            let response = ui.interact(place, ui.scope_id().with(("points", f)), Sense::CLICK);
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Button, true, format!("Points of {}: {words}", factor.name))
            });
            let at = pos2(points_end, y);
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Number, tokens.ink);
            if response.on_hover_cursor(CursorIcon::Text).clicked() {
                view.to_field = true;
                acts.push(Act::Select(f));
            }
        }
        if self.grid.largest > 0.0 {
            let share = now.filter(|_| self.largest > 0.0).map(|points| points / self.largest * 100.0);
            let words = share.map_or_else(|| "–".to_owned(), |share| number(share, 0));
            let at = pos2(largest_end, y);
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Number, tokens.ink2);
        }
        self.weight(ui, f, pos2(weight_end, y), acts);
    }

    fn weight(&self, ui: &Ui, f: usize, at: egui::Pos2, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui);
        let factor = &self.scene.factors()[f];
        let weight = self.scene.analysis.balance.weights.get(f).copied().unwrap_or(0.0);
        let words = tenths(weight);
        let place = Rect::from_min_max(at - vec2(64.0, 14.0), at + vec2(6.0, 14.0));
        let response = ui.interact(place, ui.scope_id().with(("weight", f)), Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Link, true, format!("Weight of {}: {words}", factor.name))
        });
        let colour = tokens.side(factor.side).text;
        let drawn = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::NumberStrong, colour);
        if response.hovered() {
            ui.painter().hline(drawn.x_range(), drawn.bottom(), Stroke::new(1.0, colour));
        }
        paint_focus(ui, &response, drawn.expand(4.0), 4.0);
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            acts.push(Act::Explain(f));
        }
    }

    fn foot(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let place = self.grid.card.with_min_y(self.grid.card.bottom() - FOOT);
        let radius = size::RADIUS_CARD as u8;
        let corners = CornerRadius { sw: radius, se: radius, ..CornerRadius::ZERO };
        ui.painter().rect_filled(place, corners, tokens.sunken);
        ui.painter().hline(place.x_range(), place.top(), hairline(tokens.line));
        let y = place.center().y;
        let painter = ui.painter();
        let mut x = place.left() + space::L;
        let mut say = |gap: f32, words: &str| {
            let drawn =
                paint_text(painter, pos2(x + gap, y), Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
            x = drawn.right() + 18.0;
            x
        };
        let handle = Rect::from_center_size(pos2(place.left() + space::L + 5.0, y), vec2(9.0, 18.0));
        painter.rect(handle, rounded(4.0), tokens.card, Stroke::new(2.0, tokens.primary), StrokeKind::Inside);
        let ballots = self.scene.analysis.voices.in_force.len();
        let basis = match self.scene.analysis.balance.weight_basis {
            WeightBasis::Ballots => {
                format!("{}, drag to state your own", count(ballots, "ballot", "ballots"))
            }
            _ => "drag to change, or Up and Down".to_owned(),
        };
        let next = say(18.0, &basis);
        if self.ballots.iter().any(|given| !given.is_empty()) && place.width() > 640.0 {
            painter.vline(next + 1.0, y - 6.0..=y + 6.0, Stroke::new(1.6, tokens.ink3));
            let next = say(9.0, "one ballot");
            painter.vline(next + 1.0, y - 7.0..=y + 7.0, Stroke::new(2.5, tokens.ink));
            let next = say(9.0, "median");
            let bar = Rect::from_min_size(pos2(next, y - 3.0), vec2(26.0, 6.0));
            painter.rect_filled(bar, rounded(3.0), tokens.line);
            say(33.0, "middle half");
        }
        let sum = self.scene.swing_sum(None);
        let words = if sum == "–" { "no points yet".to_owned() } else { format!("{sum} points in all") };
        let at = pos2(place.right() - space::L, y);
        paint_text(painter, at, Align2::RIGHT_CENTER, &words, Type::Small, tokens.ink3);
    }
}

/// The widget of a factor's bar.
#[must_use]
pub fn bar_id(factor: &crate::model::ids::FactorId) -> Id {
    Id::unique(("weight bar", factor.as_str()))
}

/// A share of 0 to 1 with one decimal: "13.0 %".
fn tenths(share: f64) -> String {
    format!("{} %", number(share * 100.0, 1))
}

/// The points after the keys and the requests of assistive technology: arrows by 1, Page by 5, Home to none.
fn stepped(ui: &Ui, id: Id, now: f64) -> Option<f64> {
    use egui::accesskit::Action;
    let by = ui.input(|input| {
        let pressed = |key| input.num_presses(key) as f64;
        let asked = |action| input.num_accesskit_action_requests(id, action) as f64;
        pressed(Key::ArrowUp) + pressed(Key::ArrowRight) + asked(Action::Increment)
            - pressed(Key::ArrowDown)
            - pressed(Key::ArrowLeft)
            - asked(Action::Decrement)
            + 5.0 * (pressed(Key::PageUp) - pressed(Key::PageDown))
    });
    if ui.input(|input| input.key_pressed(Key::Home)) {
        return Some(0.0);
    }
    (by != 0.0).then(|| (now.round() + by).max(0.0))
}
