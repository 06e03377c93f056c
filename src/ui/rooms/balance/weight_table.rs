//! The second step of weighing: each factor's swing in words, a bar to drag, its points and its weight.

use egui::{
    Align2, CornerRadius, CursorIcon, EventFilter, Id, Key, Rect, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::{
    points_field::{self, Field},
    score_scene::points_words,
    weigh_scene::{WeighScene, tenths},
    weight_bar::{self, Scale},
    weight_steps::Step,
    weights::WeightsView,
};
use crate::ui::drawing::parts::is_asked;
use crate::{
    analysis::explain::Question,
    model::{
        balance::{ExchangeAnswer, Side, WeightsFrom},
        ids::FactorId,
        wording::{count, number},
    },
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{button::paint_focus, link, paint_side_mark, paint_text, paint_text_fitted},
    },
};

/// What was done on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Select(usize),
    /// A step of weighing to go to.
    Go(Step),
    /// The swings in a new order, with what was done in words.
    Rank(String, Vec<FactorId>),
    BeginFromRanks,
    DealByRank,
    /// Some factors to have so many points together, as typed, and what they are called.
    ShareOut(String, Vec<FactorId>, String),
    /// An answer on an exchange, with the points for its first factor where they are to be taken.
    Answer(ExchangeAnswer, Option<f64>),
    /// Rows heaviest first.
    Sort,
    /// Points for a factor, and whether they come step by step, as from a drag.
    Points(usize, f64, bool),
    /// Points as they were typed.
    Typed(usize, String),
    /// The drag or run of keys is over.
    Settle,
    /// Why is a figure what it is?
    Explain(Question),
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
pub const BAR_END: f32 = 8.0;

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

fn lines(scene: &WeighScene, order: &[usize]) -> Vec<Line> {
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
pub fn natural_height(scene: &WeighScene, order: &[usize]) -> f32 {
    let lines = lines(scene, order);
    let sides = lines.iter().filter(|line| matches!(line, Line::Side(_))).count() as f32;
    HEAD + FOOT + SIDE * sides + 44.0 * (lines.len() as f32 - sides)
}

/// What pointer and keyboard ask of the bars, taken before they are drawn so that they show it in the same frame.
pub fn take(ui: &Ui, scene: &WeighScene, view: &mut WeightsView) -> Vec<Act> {
    let mut acts = Vec::new();
    if !scene.may_be_changed() {
        return acts;
    }
    for (f, factor) in scene.factors().iter().enumerate() {
        let id = bar_id(&factor.id);
        let Some(response) = ui.ctx().read_response(id) else { continue };
        let now = scene.given[f];
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
                view.reveal();
            }
            if let Some(points) = stepped(ui, id, now.unwrap_or(0.0)) {
                acts.push(Act::Points(f, points, true));
            }
            if ui.input(|i| i.key_pressed(Key::Enter) || i.key_pressed(Key::F2)) {
                view.to_field = Some(Field::Factor(f));
            }
        }
        if response.lost_focus() {
            acts.push(Act::Settle);
        }
    }
    acts
}

/// One drawing of the table.
struct Table<'a> {
    grid: Grid,
    scene: &'a WeighScene,
    /// The points at the right end of the bars.
    most: f64,
    /// Whether rows stand in another order than that of their weights.
    unsorted: bool,
}

/// Shows the table in this place; its rows scroll when there is no room for them all.
pub fn show(
    ui: &mut Ui,
    card: Rect,
    scene: &WeighScene,
    view: &mut WeightsView,
    order: &[usize],
) -> Vec<Act> {
    let lines = lines(scene, order);
    let sides = lines.iter().filter(|line| matches!(line, Line::Side(_))).count();
    let grid = Grid::of(card, lines.len() - sides, sides);
    let in_ballots = scene.ballots.iter().flatten().copied().fold(0.0, f64::max);
    // The end of the bars holds still while one of them is dragged past it.
    let most = if view.is_dragging() { view.most } else { scene.largest.max(in_ballots).max(100.0) };
    view.most = most;
    let weight = |f: &usize| scene.weights.get(*f).copied().unwrap_or(0.0);
    let of_side = |side| order.iter().filter(move |&&f| scene.factors()[f].side == side);
    let falls = |side| of_side(side).zip(of_side(side).skip(1)).all(|(a, b)| weight(a) >= weight(b));
    let unsorted = !Side::ALL.into_iter().all(falls);
    let table = Table { grid, scene, most, unsorted };
    table.show(ui, view, &lines)
}

impl Table<'_> {
    fn show(&self, ui: &mut Ui, view: &mut WeightsView, lines: &[Line]) -> Vec<Act> {
        let card = self.grid.card;
        let mut acts = Vec::new();
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
                        if view.reveals(&self.scene.factors()[f].id) {
                            ui.scroll_to_rect_animation(band, None, egui::style::ScrollAnimation::none());
                        }
                        self.row(ui, view, f, band, &mut acts);
                    }
                }
            }
        });
        self.foot(ui, view, &mut acts);
        acts
    }

    /// Where so many points lie on the bar of this row.
    fn x_of(&self, band: Rect, points: f64) -> f32 {
        self.scale(band).x(points)
    }

    fn scale(&self, band: Rect) -> Scale {
        let left = band.left() + self.grid.name + 8.0;
        Scale { zero: left, end: left + self.grid.bar - 30.0, most: self.most }
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
        let y = band.center().y;
        ui.painter().rect_filled(band, 0.0, colour.tint);
        paint_side_mark(ui.painter(), tokens, side, pos2(band.left() + 21.0, y), 10.0);
        let at = pos2(band.left() + 34.0, y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, side.words(), Type::Strong, colour.text);
        let [points, _, weight] = self.ends(band);
        let sum = self.scene.sum_words(Some(side));
        paint_text(ui.painter(), pos2(points, y), Align2::RIGHT_CENTER, &sum, Type::NumberStrong, tokens.ink);
        let share = self.scene.commercial_share.map(|c| if side == Side::Commercial { c } else { 1.0 - c });
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
        let can_be_weighted = self.scene.can_be_weighted(f);
        // What scrolls out of view keeps its place for the keyboard and is not painted.
        let in_view = ui.is_rect_visible(band) || is_asked(ui.ctx());
        if in_view {
            if selected {
                ui.painter().rect_filled(band, 0.0, tokens.select);
            }
            ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
            self.name(ui, f, band, selected, acts);
        }
        if can_be_weighted {
            self.bar(ui, view, f, band);
        }
        if in_view || selected {
            self.figures(ui, view, f, band, selected && can_be_weighted, acts);
        }
    }

    fn name(&self, ui: &mut Ui, f: usize, band: Rect, selected: bool, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui);
        let factor = &self.scene.factors()[f];
        let swing = self.scene.swings[f].as_deref();
        let place = band.with_max_x(band.left() + self.grid.name);
        let left = band.left() + space::L;
        let changed = self.scene.changed.iter().any(|changed| changed.factor == f);
        let width = self.grid.name - space::L - 4.0 - if changed { 22.0 } else { 0.0 };
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
        if changed {
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
                if link(&mut inner, words, Type::Small, tokens.ink2).clicked() {
                    acts.push(Act::SetScale(f));
                }
            }
        }
    }

    /// The bar with its handle, and below it the ballots.
    fn bar(&self, ui: &mut Ui, view: &mut WeightsView, f: usize, band: Rect) {
        let factor = &self.scene.factors()[f];
        let now = self.scene.given[f];
        let may_be_changed = self.scene.may_be_changed();
        let scale = self.scale(band);
        let place = Rect::from_x_y_ranges(
            scale.zero - BAR_END..=scale.end + BAR_END,
            band.top() + 2.0..=band.bottom() - 2.0,
        );
        let id = bar_id(&factor.id);
        let sense = if may_be_changed { Sense::drag() } else { Sense::hover() };
        let response = ui.interact(place, id, sense);
        response.widget_info(|| {
            WidgetInfo::slider(may_be_changed, now.unwrap_or(0.0), format!("Swing points of {}", factor.name))
        });
        if view.to_bar && view.is_selected(&factor.id) {
            view.to_bar = false;
            response.request_focus();
        }
        if response.has_focus() {
            let filter =
                EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        if !ui.is_rect_visible(band) {
            return;
        }
        let lit = response.has_focus() || response.dragged();
        weight_bar::paint(ui, self.scene, f, (band, scale), lit);
        if may_be_changed {
            response.on_hover_cursor(CursorIcon::ResizeHorizontal);
        }
    }

    fn figures(
        &self,
        ui: &mut Ui,
        view: &mut WeightsView,
        f: usize,
        band: Rect,
        open: bool,
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(ui);
        let factor = &self.scene.factors()[f];
        let [points_end, largest_end, weight_end] = self.ends(band);
        let y = band.center().y;
        let now = self.scene.given[f];
        let words = now.map_or_else(|| "–".to_owned(), points_words);
        let name = format!("Points of {}", factor.name);
        let figure = points_field::Figure {
            name: &name,
            words: &words,
            draft: if now.is_some() { &words } else { "" },
            may_be_changed: self.scene.may_be_changed() && self.scene.can_be_weighted(f),
        };
        match points_field::show(ui, &figure, (pos2(points_end, y), Field::Factor(f)), open, view) {
            points_field::Done::Opened => acts.push(Act::Select(f)),
            points_field::Done::Typed(typed) => acts.push(Act::Typed(f, typed)),
            points_field::Done::Nothing => {}
        }
        if self.grid.largest > 0.0 {
            let largest = self.scene.largest;
            let share = now.filter(|_| largest > 0.0).map(|points| points / largest * 100.0);
            let words = share.map_or_else(|| "–".to_owned(), |share| number(share, 0));
            let at = pos2(largest_end, y);
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Number, tokens.ink2);
        }
        self.weight(ui, f, pos2(weight_end, y), acts);
    }

    fn weight(&self, ui: &Ui, f: usize, at: egui::Pos2, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui);
        let factor = &self.scene.factors()[f];
        let weight = self.scene.weights.get(f).copied().unwrap_or(0.0);
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
            acts.push(Act::Explain(Question::Weight(factor.id.clone())));
        }
    }

    fn foot(&self, ui: &mut Ui, view: &WeightsView, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui);
        let place = self.grid.card.with_min_y(self.grid.card.bottom() - FOOT);
        let radius = size::RADIUS_CARD as u8;
        let corners = CornerRadius { sw: radius, se: radius, ..CornerRadius::ZERO };
        ui.painter().rect_filled(place, corners, tokens.sunken);
        ui.painter().hline(place.x_range(), place.top(), hairline(tokens.line));
        let y = place.center().y;
        let sum = self.scene.sum_words(None);
        let words = if sum == "–" { "no points yet".to_owned() } else { format!("{sum} points in all") };
        let at = pos2(place.right() - space::L, y);
        let drawn = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Small, tokens.ink3);
        let mut right = drawn.left() - 18.0;
        if self.unsorted && !view.is_dragging() {
            let words = "Sort by weight";
            let link_at = Rect::from_min_max(pos2(right - 92.0, y - 10.0), pos2(right, y + 10.0));
            let mut inner = ui.new_child(UiBuilder::new().max_rect(link_at).id_salt("sort"));
            if link(&mut inner, words, Type::Small, tokens.ink).clicked() {
                acts.push(Act::Sort);
            }
            right = link_at.left() - 12.0;
        }
        self.legend(ui, place, right);
    }

    /// What the marks mean, as far as there is room up to `right`.
    fn legend(&self, ui: &Ui, place: Rect, right: f32) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let y = place.center().y;
        let mut x = place.left() + space::L;
        let handle = Rect::from_center_size(pos2(x + 5.0, y), vec2(9.0, 18.0));
        painter.rect(handle, rounded(4.0), tokens.card, Stroke::new(2.0, tokens.primary), StrokeKind::Inside);
        let ballots = self.scene.analysis.voices.said().in_force.len();
        let from_ballots = self.scene.workspace.balance.weights_from == WeightsFrom::Ballots && ballots > 0;
        let basis = if !self.scene.may_be_changed() {
            "only a look".to_owned()
        } else if from_ballots {
            format!("median of {}, drag to change", count(ballots, "ballot", "ballots"))
        } else {
            "drag to change, or Up and Down".to_owned()
        };
        x += 18.0;
        x = paint_text(painter, pos2(x, y), Align2::LEFT_CENTER, &basis, Type::Small, tokens.ink3).right()
            + 18.0;
        if self.scene.ballots.iter().all(Vec::is_empty) {
            return;
        }
        let marks: [(&str, f32); 3] = [("one ballot", 9.0), ("median", 9.0), ("middle half", 33.0)];
        for (index, (words, gap)) in marks.into_iter().enumerate() {
            let width = super::chart::width_of(ui, words, Type::Small);
            if x + gap + width > right {
                return;
            }
            match index {
                0 => painter.vline(x + 1.0, y - 6.0..=y + 6.0, Stroke::new(1.6, tokens.ink3)),
                1 => painter.vline(x + 1.0, y - 7.0..=y + 7.0, Stroke::new(2.5, tokens.ink)),
                _ => {
                    let bar = Rect::from_min_size(pos2(x, y - 3.0), vec2(26.0, 6.0));
                    painter.rect_filled(bar, rounded(3.0), tokens.line)
                }
            };
            let at = pos2(x + gap, y);
            x = paint_text(painter, at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3).right() + 18.0;
        }
    }
}

/// The widget of a factor's bar.
#[must_use]
pub fn bar_id(factor: &FactorId) -> Id {
    Id::unique(("weight bar", factor.as_str()))
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
