//! The curves: the share of each group, and beneath it the people left out, against the £ scale.

use egui::{
    Align2, Color32, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    epaint::CubicBezierShape, pos2, vec2,
};

use super::{
    Scene,
    dial::{self, Axis},
};
use crate::{
    analysis::{Figure, explain::Question},
    model::wording::{number, percent, pounds},
    ui::{
        desk::Desk,
        rooms::reach::verdict_card::NOT_KNOWN,
        theme::{Tokens, Type, hairline, rounded},
        widgets::{button::paint_focus, paint_text, paint_text_fitted},
    },
};

/// Room for the figures at the left, and beside each name at the right: its line, and its share.
const LEFT: f32 = 48.0;
const BESIDE_NAME: f32 = 84.0;
const LEAST_NAMES: f32 = 170.0;
/// Room for the dial under the shares, and for the words under the people left out.
const DIAL: f32 = 84.0;
const FOOT: f32 = 30.0;
const LABEL: f32 = 25.0;
/// Labels closer than this would overlap.
const LEAST_LABEL: f32 = 17.0;
/// What is kept free above the names, for the scale that is set, and under them, for what the curve below is of.
const ABOVE_NAMES: f32 = 20.0;
const UNDER_NAMES: f32 = 12.0;

/// Shows both charts and the dial between them in the room there is.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let room = ui.available_rect_before_wrap();
    let height = room.height().max(340.0);
    let lower = (height * 0.135).clamp(44.0, 78.0);
    let upper = height - lower - DIAL - FOOT - 20.0;
    let right = names_width(ui, scene).min(room.width() * 0.42);
    let across = (room.left() + LEFT, room.right() - right);
    let axis = Axis::of(scene, across);
    let shares = Rect::from_min_max(
        pos2(across.0, room.top() + 12.0),
        pos2(across.1, room.top() + 12.0 + upper - 12.0),
    );
    let left_out = Rect::from_min_size(pos2(across.0, shares.bottom() + DIAL), vec2(shares.width(), lower));
    let chart = Chart { scene, axis, shares, left_out, right: room.right() };
    chart.show_shares(ui, desk);
    chart.show_left_out(ui);
    chart.paint_hand(ui);
    dial::show(ui, desk, scene, axis, shares.bottom() + 26.0);
    ui.advance_cursor_after_rect(Rect::from_min_size(room.min, vec2(room.width(), height)));
}

/// How much the names at the right take, whole.
fn names_width(ui: &Ui, scene: &Scene<'_>) -> f32 {
    let wide = |name: &str| {
        ui.painter().layout_no_wrap(name.to_owned(), Type::Body.font(), Color32::PLACEHOLDER).size().x
    };
    let groups = scene.workspace.question.need_groups.iter();
    groups.map(|group| wide(group.short_name()) + BESIDE_NAME).fold(LEAST_NAMES, f32::max)
}

struct Chart<'a> {
    scene: &'a Scene<'a>,
    axis: Axis,
    shares: Rect,
    left_out: Rect,
    /// The right edge of the names.
    right: f32,
}

/// What is drawn of one group.
struct Line {
    group: usize,
    at: Figure,
    /// Where it ends at the right edge.
    end: f32,
}

impl Chart<'_> {
    fn own(&self) -> f64 {
        self.scene.workspace.reach.response_scale.pounds()
    }

    fn y(&self, share: f64) -> f32 {
        self.shares.bottom() - self.shares.height() * share.clamp(0.0, 1.0) as f32
    }

    fn points(&self, figures: &[Figure], y: impl Fn(f64) -> f32) -> Vec<Pos2> {
        let scales = self.scene.curve.scales.iter().zip(figures);
        scales.filter_map(|(scale, figure)| Some(pos2(self.axis.x(*scale), y((*figure).ok()?)))).collect()
    }

    fn equal(&self) -> Option<f64> {
        self.scene.reach.equal_share.ok()
    }

    fn show_shares(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        for quarter in 0..=4 {
            let share = f64::from(quarter) / 4.0;
            painter.hline(self.shares.x_range(), self.y(share), hairline(tokens.hair));
            let at = pos2(self.shares.left() - 8.0, self.y(share));
            paint_text(painter, at, Align2::RIGHT_CENTER, &percent(share), Type::NumberSmall, tokens.ink3);
        }
        self.paint_equal_share(ui);
        let mut lines: Vec<Line> = (0..self.scene.reach.groups.len()).map(|group| self.line(group)).collect();
        let colour = tokens.option(&self.scene.workspace.question.options[self.scene.index].badge).fill;
        for line in &lines {
            let points = self.points(&self.scene.curve.shares[line.group], |share| self.y(share));
            ui.painter().add(Shape::line(points, Stroke::new(2.0, colour)));
        }
        lines.sort_by(|a, b| a.end.total_cmp(&b.end));
        self.show_names(ui, desk, &lines);
        for line in &lines {
            let Ok(share) = line.at else { continue };
            let ink = if self.is_short(share) { tokens.crimson } else { colour };
            dot(ui.painter(), pos2(self.axis.x(self.own()), self.y(share)), ink, tokens.card);
        }
    }

    fn line(&self, group: usize) -> Line {
        let last = self.scene.curve.shares[group].iter().rev().find_map(|share| share.ok());
        Line {
            group,
            at: self.scene.reach.groups[group].share_supported_at[1],
            end: last.map_or(self.shares.bottom(), |share| self.y(share)),
        }
    }

    fn is_short(&self, share: f64) -> bool {
        self.equal().is_some_and(|equal| share < equal - 1e-9)
    }

    /// The equal share, which bends where no capacity is stated, and the band under half of it.
    fn paint_equal_share(&self, ui: &Ui) {
        let Some(equal) = self.equal() else { return };
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let half = Rect::from_min_max(pos2(self.shares.left(), self.y(equal / 2.0)), self.shares.max);
        painter.rect_filled(half, rounded(0.0), tokens.crimson_tint.gamma_multiply(0.55));
        let points = self.points(&self.scene.curve.equal_share, |share| self.y(share));
        painter.add(Shape::line(points, Stroke::new(2.0, tokens.ink)));
        let words = format!("equal share {}", percent(equal));
        let galley = painter.layout_no_wrap(words, Type::Small.font(), tokens.ink);
        let place = self.place_of_equal_share(equal, galley.size());
        painter.rect_filled(place.expand2(vec2(3.0, 0.0)), rounded(2.0), tokens.card.gamma_multiply(0.85));
        painter.galley(place.min, galley, tokens.ink);
        let at = half.left_top() + vec2(8.0, 12.0);
        let is_free =
            !place.expand(2.0).intersects(Rect::from_center_size(at + vec2(45.0, 0.0), vec2(90.0, 16.0)));
        if half.height() > 24.0 && is_free {
            paint_text(painter, at, Align2::LEFT_CENTER, "under half of it", Type::Small, tokens.crimson);
        }
    }

    /// Beside the line of the equal share, where the fewest curves strike the words: near an end rather than in the middle.
    fn place_of_equal_share(&self, equal: f64, size: Vec2) -> Rect {
        let last = self.scene.curve.scales.len().saturating_sub(1);
        let level =
            |n: usize| self.scene.curve.equal_share.get(n).and_then(|share| share.ok()).unwrap_or(equal);
        let curves: Vec<Vec<Pos2>> = (self.scene.curve.shares.iter())
            .chain([&self.scene.curve.equal_share])
            .map(|shares| self.points(shares, |share| self.y(share)))
            .collect();
        let hand = self.axis.x(self.own());
        let strikes = |place: Rect| -> usize {
            let near = place.expand2(vec2(2.0, 1.0));
            let struck = curves.iter().flatten().filter(|point| near.contains(**point)).count();
            struck + usize::from(near.x_range().contains(hand)) * 3
        };
        let ends = [0, 20, 1, 19, 2, 18, 3, 17, 4, 16, 5, 15, 6, 14, 7, 13, 8, 12, 9, 11, 10];
        let places = ends.into_iter().flat_map(|part| {
            let n = last * part / 20;
            let x = self.axis.x(self.scene.curve.scales[n]) - size.x / 2.0;
            let x = x.clamp(self.shares.left() + 6.0, self.shares.right() - size.x - 4.0);
            let y = self.y(level(n));
            [y - size.y - 2.0, y + 3.0].map(|top| Rect::from_min_size(pos2(x, top), size))
        });
        let inside = places.filter(|place| place.bottom() < self.shares.bottom());
        inside.min_by_key(|place| strikes(*place)).unwrap_or(Rect::from_min_size(self.shares.min, size))
    }

    /// The names at the right, spread so that none overlaps, each with its share now. Each can be asked why.
    fn show_names(&self, ui: &mut Ui, desk: &mut Desk<'_>, lines: &[Line]) {
        let tokens = Tokens::of(ui);
        let room = self.left_out.top() - self.shares.top() - ABOVE_NAMES - UNDER_NAMES;
        let gap = LABEL.min(room / lines.len().max(1) as f32).max(LEAST_LABEL);
        let whole = ((room / gap) as usize).max(2);
        // How many more there are takes a line of its own.
        let fit = if lines.len() > whole { whole - 1 } else { lines.len() };
        let first = self.name_places(lines, gap, fit);
        let (start, end) = (self.shares.right() + 26.0, self.right);
        paint_text(
            ui.painter(),
            pos2(end, first - gap.max(ABOVE_NAMES)),
            Align2::RIGHT_CENTER,
            &format!("at {}", pounds(self.own())),
            Type::Small,
            tokens.ink3,
        );
        for (place, line) in lines.iter().take(fit).enumerate() {
            let y = first + gap * place as f32;
            let leader = [
                pos2(self.shares.right(), line.end),
                pos2(self.shares.right() + 12.0, line.end),
                pos2(self.shares.right() + 8.0, y),
                pos2(start - 6.0, y),
            ];
            ui.painter().add(CubicBezierShape::from_points_stroke(
                leader,
                false,
                Color32::TRANSPARENT,
                Stroke::new(1.2, tokens.line),
            ));
            self.show_name(
                ui,
                desk,
                line,
                Rect::from_min_max(pos2(start, y - gap / 2.0), pos2(end, y + gap / 2.0)),
            );
        }
        if fit < lines.len() {
            let more = format!("and {} more", number((lines.len() - fit) as f64, 0));
            let at = pos2(start, first + gap * fit as f32);
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, &more, Type::Small, tokens.ink3);
        }
    }

    /// Where the first of the names stands: around the ends of the lines, within the chart.
    fn name_places(&self, lines: &[Line], gap: f32, fit: usize) -> f32 {
        let middle = match (lines.first(), lines.get(fit.saturating_sub(1))) {
            (Some(first), Some(last)) => (first.end + last.end) / 2.0,
            _ => self.shares.center().y,
        };
        let rows = if fit < lines.len() { fit + 1 } else { fit };
        let reach = gap * (rows.saturating_sub(1)) as f32;
        let lowest = self.left_out.top() - UNDER_NAMES - reach - gap / 2.0;
        (middle - reach / 2.0).min(lowest).max(self.shares.top() + ABOVE_NAMES)
    }

    fn show_name(&self, ui: &mut Ui, desk: &mut Desk<'_>, line: &Line, place: Rect) {
        let tokens = Tokens::of(ui);
        let group = &self.scene.workspace.question.need_groups[line.group];
        let words = line.at.map_or(NOT_KNOWN.to_owned(), percent);
        let short = line.at.is_ok_and(|share| self.is_short(share));
        let response = ui.interact(place, ui.scope_id().with(("curve of", line.group)), Sense::click());
        let shown = format!("{}: {words} supported at {}", group.name, pounds(self.own()));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &shown));
        if response.hovered() {
            ui.painter().rect_filled(place.expand2(vec2(4.0, 0.0)), rounded(4.0), tokens.select);
        }
        let ink = if short { tokens.crimson } else { tokens.ink };
        let figure = paint_text(
            ui.painter(),
            place.right_center(),
            Align2::RIGHT_CENTER,
            &words,
            Type::NumberStrong,
            ink,
        );
        let fit = (figure.left() - place.left() - 8.0, 1);
        let name = group.short_name();
        paint_text_fitted(
            ui.painter(),
            place.left_center(),
            Align2::LEFT_CENTER,
            name,
            Type::Body,
            tokens.ink,
            fit,
        );
        paint_focus(ui, &response, place.expand2(vec2(3.0, 0.0)), 4.0);
        let question = Question::Gain(self.scene.option.clone(), group.id.clone());
        if response.has_focus() {
            desk.view.figure_in_focus = Some(question.clone());
        }
        if response.clicked() {
            desk.explain(question);
        }
        response.on_hover_text(group.name.as_str());
    }

    /// The people left out, all groups.
    fn show_left_out(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let place = self.left_out;
        let Some((fewest, most)) = self.scene.curve.left_out_range() else {
            let why = self.scene.curve.left_out.iter().find_map(|left| left.err()).map_or("", |why| why.0);
            let words = format!("People left out are not known: {why}.");
            paint_text(
                ui.painter(),
                place.left_center(),
                Align2::LEFT_CENTER,
                &words,
                Type::Small,
                tokens.ink2,
            );
            return;
        };
        let response = ui.interact(place, ui.scope_id().with("people left out"), Sense::hover());
        response.widget_info(|| {
            let words =
                format!("People left out over the dial: {} to {}", number(fewest, 0), number(most, 0));
            WidgetInfo::labeled(Role::Label, true, words)
        });
        let top = axis_top(most);
        let y = |people: f64| place.bottom() - place.height() * (people / top).clamp(0.0, 1.0) as f32;
        let painter = ui.painter();
        for (people, line) in [(top, tokens.hair), (0.0, tokens.line)] {
            painter.hline(place.x_range(), y(people), hairline(line));
            let at = pos2(place.left() - 8.0, y(people));
            paint_text(painter, at, Align2::RIGHT_CENTER, &number(people, 0), Type::NumberSmall, tokens.ink3);
        }
        let points = self.points(&self.scene.curve.left_out, y);
        painter.add(under(&points, place.bottom(), tokens.crimson_tint));
        painter.add(Shape::line(points, Stroke::new(2.0, tokens.crimson)));
        if let Ok(now) = self.scene.reach.left_out_per_year {
            let at = pos2(self.axis.x(self.own()), y(now));
            dot(painter, at, tokens.crimson, tokens.card);
            self.paint_left_out_words(ui, now, at);
        }
        let end = self.scene.curve.left_out.last().and_then(|left| left.ok()).unwrap_or(0.0);
        let at = pos2(place.right() + 26.0, y(end).min(place.bottom() - 8.0));
        paint_text(painter, at, Align2::LEFT_CENTER, "people left out", Type::Body, tokens.ink2);
        let foot = place.bottom() + 18.0;
        let strong = |x: f32, anchor, words: &str| {
            paint_text(painter, pos2(x, foot), anchor, words, Type::SmallStrong, tokens.ink2)
        };
        strong(place.left(), Align2::LEFT_CENTER, "Follows every pound");
        strong(place.right(), Align2::RIGHT_CENTER, "Money no longer tells groups apart");
    }

    fn paint_left_out_words(&self, ui: &Ui, now: f64, at: Pos2) {
        let tokens = Tokens::of(ui);
        let words = format!("{} left out", number(now, 0));
        let galley = ui.painter().layout_no_wrap(words, Type::Strong.font(), tokens.crimson);
        let beside = at.x + 10.0 + galley.size().x < self.left_out.right();
        let x = if beside { at.x + 10.0 } else { at.x - 10.0 - galley.size().x };
        // The line falls to the right, so what is above it is free.
        ui.painter().galley(pos2(x, at.y - 5.0 - galley.size().y), galley, tokens.crimson);
    }

    /// The line through both charts at the scale that is set.
    fn paint_hand(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let x = self.axis.x(self.own());
        let stroke = Stroke::new(1.4, tokens.ink.gamma_multiply(0.75));
        ui.painter().vline(x, self.shares.top()..=self.shares.bottom() + 26.0, stroke);
    }
}

fn dot(painter: &Painter, at: Pos2, ink: Color32, rim: Color32) {
    painter.circle(at, 5.5, ink, Stroke::new(1.5, rim));
}

/// The round figure above the most people left out.
fn axis_top(most: f64) -> f64 {
    let size = libm::pow(10.0, libm::floor(libm::log10(most.max(1.0))));
    let steps = [1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0];
    steps.into_iter().map(|step| step * size).find(|top| *top >= most).unwrap_or(10.0 * size)
}

/// The area between a line and the ground.
fn under(points: &[Pos2], ground: f32, fill: Color32) -> Shape {
    let mut mesh = egui::Mesh::default();
    for (n, point) in points.iter().enumerate() {
        mesh.colored_vertex(*point, fill);
        mesh.colored_vertex(pos2(point.x, ground), fill);
        if n > 0 {
            let at = 2 * n as u32;
            mesh.add_triangle(at - 2, at - 1, at);
            mesh.add_triangle(at - 1, at, at + 1);
        }
    }
    Shape::mesh(mesh)
}
