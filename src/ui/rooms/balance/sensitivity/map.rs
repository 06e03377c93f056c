//! The map of two weights: who leads where, the ballots on it, and a ring for today's weights that can be dragged.

use egui::{
    Align2, CursorIcon, EventFilter, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui,
    UiBuilder, WidgetInfo, epaint::TextShape, pos2, vec2,
};

use super::{
    Acts, SensitivityView,
    ballots::Listed,
    map_labels::{self, Spot},
    map_page,
    scene::{Map, Scene},
    words,
};
use crate::{
    analysis::{balance::sensitivity::Place, explain::Question},
    model::wording::number,
    ui::{
        rooms::balance::chart::{galley, paint_with_halo, width_of},
        theme::{Tokens, Type, focus_ring},
        widgets::{
            Paragraph, button::Segment, choose, paint_badge, paint_shape, paint_side_mark, paint_text,
            segmented, side_mark,
        },
    },
};

const RING: f32 = 15.0;
/// The ring falls back to today's weights within so many points of the screen.
const SNAP: f32 = 7.0;

/// Shows the fields and the map in this place.
pub fn show(
    ui: &mut Ui,
    view: &mut SensitivityView,
    scene: &Scene,
    map: &Map,
    listed: &[Listed],
    place: Rect,
    acts: &mut Acts,
) {
    let head = Rect::from_min_size(place.min, vec2(place.width(), 34.0));
    let row = egui::Layout::left_to_right(egui::Align::Center);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(head).layout(row));
    show_fields(&mut inner, view, scene, map.two.factors);
    let area = Rect::from_min_max(
        pos2(place.left() + 54.0, head.bottom() + 20.0),
        pos2(place.right() - 18.0, place.bottom() - 48.0),
    );
    let most = map_page::most(view);
    let chart = Chart { scene, map, area, most, card: place, ring: view.ring };
    chart.paint_regions(ui);
    chart.paint_axes(ui);
    let moved = chart.drag(ui, acts);
    chart.show_way(ui, acts);
    chart.paint_ring(ui);
    chart.show_ballots(ui, listed);
    chart.paint_names(ui, listed);
    if let Some(to) = moved.filter(|to| *to != view.ring) {
        view.ring = to;
        ui.ctx().request_discard("weights were tried");
    }
}

/// "Who leads", the two factors, and how much of the map is shown.
pub fn show_fields(ui: &mut Ui, view: &mut SensitivityView, scene: &Scene, pair: [usize; 2]) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.x = 8.0;
    ui.add_space(6.0);
    let total = ui.available_width();
    let zoom = 128.0;
    let heading = if total > 560.0 { 96.0 } else { 0.0 };
    if heading > 0.0 {
        ui.label(Type::Heading.text("Who leads", tokens.ink));
    }
    let field = ((total - heading - zoom - 100.0) / 2.0).clamp(90.0, 190.0);
    let chosen: [Option<usize>; 2] = std::array::from_fn(|axis| {
        if axis == 1 {
            ui.label(Type::Body.text("by", tokens.ink3));
        }
        side_mark(ui, scene.factor(pair[axis]).side, 10.0);
        let other = pair[1 - axis];
        let factors = (0..scene.workspace.balance.factors.len()).filter(|&f| f != other);
        let name = ["Factor across the map", "Factor up the map"][axis];
        choose(ui, name, field, &pair[axis], factors.map(|f| (f, scene.factor(f).name.clone())))
    });
    if chosen.iter().any(Option::is_some) {
        let picked = [chosen[0].unwrap_or(pair[0]), chosen[1].unwrap_or(pair[1])];
        view.axes = Some(picked.map(|f| scene.factor(f).id.clone()));
        view.ring = None;
    }
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let segments = [("0–50 %", "Weights up to 50 per cent"), ("All", "All weights")];
        let segments =
            segments.map(|(words, name)| Segment { badge: "", words, colour: None, name: name.to_owned() });
        if let Some(chosen) = segmented(ui, &segments, usize::from(view.is_whole)) {
            view.is_whole = chosen == 1;
        }
    });
}

struct Chart<'a> {
    scene: &'a Scene,
    map: &'a Map,
    area: Rect,
    /// The greatest weight on either axis.
    most: f64,
    card: Rect,
    ring: Option<Place>,
}

impl Chart<'_> {
    fn at(&self, [x, y]: Place) -> Pos2 {
        pos2(
            self.area.left() + (x / self.most) as f32 * self.area.width(),
            self.area.bottom() - (y / self.most) as f32 * self.area.height(),
        )
    }

    fn stands(&self) -> Place {
        self.ring.unwrap_or(self.map.two.today)
    }

    fn shows(&self, [x, y]: Place) -> bool {
        x <= self.most && y <= self.most
    }

    fn corners(&self, corners: &[Place]) -> Vec<Pos2> {
        corners.iter().map(|&corner| self.at(corner)).collect()
    }

    fn paint_regions(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        for region in &self.map.regions {
            let tint = tokens.option(self.scene.badge(region.leader)).tint;
            let shape = Shape::convex_polygon(self.corners(&region.corners), tint, Stroke::NONE);
            ui.painter().add(shape);
        }
        let clip = ui.painter().with_clip_rect(self.area);
        for step in self.steps() {
            let x = self.at([step, 0.0]).x;
            let y = self.at([0.0, step]).y;
            // Where the whole triangle is shown the grid ends at its slope.
            let (top, right) =
                if self.most >= 1.0 { (1.0 - step, 1.0 - step) } else { (self.most, self.most) };
            clip.vline(x, self.at([0.0, top]).y..=self.area.bottom(), Stroke::new(1.0, tokens.card));
            clip.hline(self.area.left()..=self.at([right, 0.0]).x, y, Stroke::new(1.0, tokens.card));
        }
        for region in &self.map.regions {
            let outline = Stroke::new(1.2, tokens.option(self.scene.badge(region.leader)).fill);
            ui.painter().add(Shape::closed_line(self.corners(&region.corners), outline));
        }
        let words = self.spoken();
        let response = ui.interact(self.area, ui.scope_id().with("map"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    }

    /// The map in a sentence.
    fn spoken(&self) -> String {
        let [x, y] = self.map.two.factors.map(|f| self.scene.lowered(f));
        let whole: f64 = self.map.regions.iter().map(|region| region.area()).sum();
        let shares: Vec<String> = self
            .map
            .regions
            .iter()
            .map(|region| {
                let share = number(region.area() / whole * 100.0, 0);
                format!("{} leads over {share} per cent of it", self.scene.option_name(region.leader))
            })
            .collect();
        format!(
            "Map of {x} by {y}, weights up to {} per cent: {}",
            number(self.most * 100.0, 0),
            shares.join(", ")
        )
    }

    fn steps(&self) -> impl Iterator<Item = f64> + use<> {
        let step = if self.most >= 1.0 { 0.2 } else { 0.1 };
        (0..=5).map(move |index| f64::from(index) * step)
    }

    fn paint_axes(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        for step in self.steps() {
            let last = step > self.most - 1e-9;
            let mut words = number(step * 100.0, 0);
            let up = words.clone();
            if last {
                words.push_str(" %");
            }
            let anchor = if last { Align2::RIGHT_CENTER } else { Align2::CENTER_CENTER };
            let at = pos2(self.at([step, 0.0]).x, self.area.bottom() + 14.0);
            paint_text(painter, at, anchor, &words, Type::Small, tokens.ink3);
            if step > 0.0 {
                let y = self.at([0.0, step]).y + if last { 6.0 } else { 0.0 };
                let at = pos2(self.area.left() - 9.0, y);
                paint_text(painter, at, Align2::RIGHT_CENTER, &up, Type::Small, tokens.ink3);
            }
        }
        let [x, y] = self.map.two.factors;
        let base = self.card.bottom() - 9.0;
        let side = self.scene.factor(x).side;
        let words = format!("Weight of {}", self.scene.lowered(x));
        let at = pos2(self.area.right(), base);
        let ink = tokens.side(side).text;
        let written = paint_text(painter, at, Align2::RIGHT_CENTER, &words, Type::SmallStrong, ink);
        paint_side_mark(painter, tokens, side, pos2(written.left() - 12.0, base), 10.0);
        let note = "Other weights keep their proportions";
        if width_of(ui, note, Type::Small) < written.left() - 32.0 - self.area.left() {
            let at = pos2(self.area.left(), base);
            paint_text(painter, at, Align2::LEFT_CENTER, note, Type::Small, tokens.ink3);
        }
        let side = self.scene.factor(y).side;
        let words = format!("Weight of {}", self.scene.lowered(y));
        let ink = tokens.side(side).text;
        let turned = galley(ui, &words, Type::SmallStrong, ink);
        let (length, height) = (turned.size().x, turned.size().y);
        let left = self.card.left() + 4.0;
        let bottom = self.area.top() + length;
        let text = TextShape::new(pos2(left, bottom), turned, ink);
        painter.add(text.with_angle(-std::f32::consts::FRAC_PI_2));
        let mark = pos2(left + height / 2.0, bottom + 12.0);
        paint_side_mark(painter, tokens, side, mark, 10.0);
    }

    /// The ring: by pointer, by keys and as a slider for assistive technology.
    fn drag(&self, ui: &mut Ui, acts: &mut Acts) -> Option<Option<Place>> {
        let reach = Rect::from_center_size(self.at(self.stands()), vec2(2.4 * RING, 2.4 * RING));
        let response = ui.interact(reach, ui.scope_id().with("ring"), Sense::click_and_drag());
        response.widget_info(|| self.ring_info());
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        if response.has_focus() {
            let ids = self.map.two.factors.map(|f| self.scene.factor(f).id.clone());
            acts.figures.in_focus = Some(Question::Border(ids));
            ui.painter().circle_stroke(self.at(self.stands()), RING + 5.0, focus_ring(Tokens::of(ui)));
        }
        let by_hand = response.dragged().then(|| response.interact_pointer_pos()).flatten();
        let moved = by_hand.map(|at| self.snapped(at)).or(self.by_keys(ui, &response));
        let cursor = if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::Grab };
        response.on_hover_cursor(cursor);
        moved
    }

    fn ring_info(&self) -> WidgetInfo {
        let stands = self.stands();
        let [x, y] = self.map.two.factors.map(|f| self.scene.lowered(f));
        let leader = self.map.two.leader_at(stands);
        let value = format!(
            "{x} {}, {y} {}, {} leads",
            words::spoken_weight(stands[0]),
            words::spoken_weight(stands[1]),
            self.scene.option_name(leader)
        );
        WidgetInfo {
            current_text_value: Some(value),
            ..WidgetInfo::labeled(Role::Slider, true, "Weights of the map")
        }
    }

    fn snapped(&self, at: Pos2) -> Option<Place> {
        if self.at(self.map.two.today).distance(at) <= SNAP {
            return None;
        }
        let x = f64::from((at.x - self.area.left()) / self.area.width()) * self.most;
        let y = f64::from((self.area.bottom() - at.y) / self.area.height()) * self.most;
        Some(self.kept([x, y]))
    }

    /// The nearest place that is on the map.
    fn kept(&self, [x, y]: Place) -> Place {
        let x = x.clamp(0.0, self.most);
        [x, y.clamp(0.0, self.most.min(1.0 - x))]
    }

    fn by_keys(&self, ui: &Ui, response: &Response) -> Option<Option<Place>> {
        if !response.has_focus() {
            return None;
        }
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: self.ring.is_some(),
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let (x, y, back) = ui.input_mut(|input| {
            let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key) as i32;
            let x = pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
            let y = pressed(Key::ArrowUp) - pressed(Key::ArrowDown);
            let home = pressed(Key::Home) > 0;
            (x, y, home || (self.ring.is_some() && pressed(Key::Escape) > 0))
        });
        if back {
            return Some(None);
        }
        let stands = self.stands();
        let step = |share: f64, points: i32| {
            if points == 0 { share } else { (libm::round(share * 100.0) + f64::from(points)) / 100.0 }
        };
        (x != 0 || y != 0).then(|| Some(self.kept([step(stands[0], x), step(stands[1], y)])))
    }

    /// The dotted way on which both weights rise alike, to the border.
    fn show_way(&self, ui: &mut Ui, acts: &mut Acts) {
        let from = self.stands();
        let Some(border) = self.map.two.border(from, [1.0, 1.0]) else { return };
        let there = from.map(|weight| weight + border.change);
        if !self.shows(there) {
            return;
        }
        let tokens = Tokens::of(ui);
        let (start, end) = (self.at(from), self.at(there));
        let line = Shape::dashed_line(&[start, end], Stroke::new(1.5, tokens.ink), 3.0, 3.0);
        ui.painter().extend(line);
        let reach = Rect::from_center_size(end, vec2(28.0, 28.0));
        let response = ui.interact(reach, ui.scope_id().with("border mark"), Sense::click());
        let points = words::signed(border.change);
        let to = self.scene.option_name(border.to);
        let spoken = format!("{points} points on both, then {to} leads");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        ui.painter().circle(end, 5.5, tokens.card, Stroke::new(2.0, tokens.ink));
        if response.has_focus() {
            ui.painter().circle_stroke(end, 9.5, focus_ring(tokens));
        }
        let ids = self.map.two.factors.map(|f| self.scene.factor(f).id.clone());
        acts.with_figure(&response, Question::Border(ids));
        response.on_hover_cursor(CursorIcon::PointingHand);
        let words = Paragraph::new()
            .run(&points, Type::SmallStrong, tokens.ink)
            .run(" on both", Type::Small, tokens.ink)
            .galley(ui.painter(), f32::INFINITY);
        // Where the border is near, the words stand clear of the ring too.
        let clear = if start.distance(end) < 2.5 * RING { start.x + RING + 8.0 } else { end.x + 12.0 };
        let beside = pos2(clear.max(end.x + 12.0), end.y - words.size().y / 2.0);
        let at = if beside.x + words.size().x > self.area.right() {
            pos2(end.x - 12.0 - words.size().x, beside.y)
        } else {
            beside
        };
        ui.painter().galley(at, words, tokens.ink);
    }

    fn paint_ring(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        if self.ring.is_some() && self.shows(self.map.two.today) {
            painter.circle_stroke(self.at(self.map.two.today), 8.0, Stroke::new(2.0, tokens.ink3));
        }
        let stands = self.stands();
        if !self.shows(stands) {
            return;
        }
        let at = self.at(stands);
        painter.circle_filled(at, RING, tokens.card.gamma_multiply(0.6));
        painter.circle_stroke(at, RING - 1.5, Stroke::new(3.0, tokens.primary));
    }

    fn show_ballots(&self, ui: &mut Ui, listed: &[Listed]) {
        let tokens = Tokens::of(ui);
        for (index, (place, sector)) in listed.iter().enumerate() {
            if !self.shows(*place) {
                continue;
            }
            let sector = &self.scene.workspace.voices.sectors[*sector];
            let at = self.at(*place);
            let reach = Rect::from_center_size(at, vec2(14.0, 14.0));
            let response = ui.interact(reach, ui.scope_id().with(("ballot", index)), Sense::hover());
            let leader = self.scene.option_name(self.map.two.leader_at(*place));
            let [x, y] = self.map.two.factors.map(|f| self.scene.lowered(f));
            response.widget_info(|| {
                let words = format!(
                    "Ballot, {}: {x} {}, {y} {}, where {leader} leads",
                    sector.short_name(),
                    words::spoken_weight(place[0]),
                    words::spoken_weight(place[1])
                );
                WidgetInfo::labeled(Role::Label, true, words)
            });
            paint_shape(ui.painter(), sector.shape, at, 13.0, tokens.ink2, Stroke::new(1.0, tokens.card));
            response.on_hover_text(&sector.name);
        }
    }

    fn paint_names(&self, ui: &Ui, listed: &[Listed]) {
        let tokens = Tokens::of(ui);
        let ring = self.at(self.stands());
        let today = self.paint_today(ui, listed);
        let mut taken = vec![Rect::from_center_size(ring, vec2(40.0, 40.0)), today];
        let shown = listed.iter().filter(|(place, _)| self.shows(*place));
        taken.extend(shown.map(|(place, _)| Rect::from_center_size(self.at(*place), vec2(18.0, 18.0))));
        if let Some(border) = self.map.two.border(self.stands(), [1.0, 1.0]) {
            let end = self.at(self.stands().map(|weight| weight + border.change));
            taken.push(Rect::from_min_size(end - vec2(14.0, 14.0), vec2(106.0, 28.0)));
            let way = end - ring;
            taken.extend(
                (1..8).map(|k| Rect::from_center_size(ring + way * (k as f32 / 8.0), vec2(10.0, 10.0))),
            );
        }
        let mut regions: Vec<_> = self.map.regions.iter().collect();
        regions.sort_by(|a, b| b.area().total_cmp(&a.area()));
        for region in regions {
            let corners = self.corners(&region.corners);
            let badge = self.scene.badge(region.leader);
            let name = self.scene.option_name(region.leader);
            let words = galley(ui, name, Type::SmallStrong, tokens.ink);
            let size = vec2(words.size().x.max(26.0) + 8.0, 58.0);
            let centre = self.at(region.centre());
            match map_labels::place(&corners, centre, size, self.area, &mut taken) {
                Some(Spot::Named(at)) => {
                    paint_badge(ui.painter(), tokens, badge, at - vec2(0.0, 12.0), 26.0);
                    let left = at + vec2(-words.size().x / 2.0, 9.0);
                    ui.painter().galley(left, words, tokens.ink);
                }
                Some(Spot::Badge(at)) => {
                    paint_badge(ui.painter(), tokens, badge, at, 22.0);
                    self.paint_beside(ui, words, at, &mut taken);
                }
                Some(Spot::Outside { badge: at, to }) => {
                    let line = Stroke::new(1.4, tokens.ink2);
                    ui.painter().line_segment([at, to], line);
                    ui.painter().circle_filled(to, 2.5, tokens.ink2);
                    paint_badge(ui.painter(), tokens, badge, at, 22.0);
                    self.paint_beside(ui, words, at, &mut taken);
                }
                None => {}
            }
        }
    }

    /// A name beside its badge, where there is room for it.
    fn paint_beside(&self, ui: &Ui, words: std::sync::Arc<egui::Galley>, badge: Pos2, taken: &mut Vec<Rect>) {
        let size = words.size();
        let spots = [
            pos2(badge.x - 18.0 - size.x, badge.y - size.y / 2.0),
            pos2(badge.x + 18.0, badge.y - size.y / 2.0),
            pos2(badge.x - size.x / 2.0, badge.y - 15.0 - size.y),
            pos2(badge.x - size.x / 2.0, badge.y + 15.0),
        ];
        let is_free = |rect: &Rect| {
            self.area.shrink(4.0).contains_rect(*rect) && taken.iter().all(|other| !other.intersects(*rect))
        };
        if let Some(rect) = spots.map(|at| Rect::from_min_size(at, size)).into_iter().find(is_free) {
            ui.painter().galley(rect.min, words, Tokens::of(ui).ink);
            taken.push(rect);
        }
    }

    /// "today" beside the ring, on the side that ballots leave free.
    fn paint_today(&self, ui: &Ui, listed: &[Listed]) -> Rect {
        let tokens = Tokens::of(ui);
        let stands = self.stands();
        if !self.shows(stands) {
            return Rect::NOTHING;
        }
        let words =
            galley(ui, if self.ring.is_some() { "tried" } else { "today" }, Type::SmallStrong, tokens.ink);
        let ring = self.at(stands);
        let size = words.size();
        let spots = [
            pos2(ring.x + RING + 7.0, ring.y - size.y / 2.0),
            pos2(ring.x - RING - 7.0 - size.x, ring.y - size.y / 2.0),
            pos2(ring.x - size.x / 2.0, ring.y + RING + 4.0),
            pos2(ring.x - size.x / 2.0, ring.y - RING - 4.0 - size.y),
        ];
        let is_free = |at: &Pos2| {
            let spot = Rect::from_min_size(*at, size).expand(6.0);
            self.area.contains_rect(spot.shrink(5.0))
                && listed.iter().all(|(place, _)| !spot.contains(self.at(*place)))
        };
        let at = spots.iter().copied().find(is_free).unwrap_or(spots[0]);
        paint_with_halo(ui, at, words, false);
        Rect::from_min_size(at, size).expand(3.0)
    }
}
