//! Enough draws? How the share of first places settled, how sure it is, and how far a run under way has come.

use egui::{Align2, Mesh, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Acts, card, scene::Scene};
use crate::{
    analysis::{
        balance::robustness::convergence::{Convergence, Point},
        explain::Question,
    },
    model::wording::{number, thousands},
    ui::{
        rooms::balance::sentence::spoken_badge,
        theme::{Tokens, Type, rounded},
        widgets::{Button, button::paint_focus, paint_text, wrapped},
    },
};

pub(super) const HEIGHT: f32 = 306.0;
/// Standard errors either side that hold 95 %.
const NORMAL_95: f64 = 1.96;
/// A share is sure to a whole per cent when its 95 % lie this close.
const WHOLE_PER_CENT: f64 = 0.01;
/// Runs with more draws left than this show how far they are.
const LONG: u64 = 50_000;

/// Shows the card. Figures of a run before fade to `faded`; a run that `takes_long` shows how far it is.
pub(super) fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    place: Rect,
    (faded, takes_long): (f32, bool),
    acts: &mut Acts,
) {
    let tokens = Tokens::of(ui);
    let (mut inner, below) = card(ui, place, "Enough draws?");
    let ui = &mut inner;
    let drawn = scene.run.so_far.or_else(|| scene.known().map(|run| &run.convergence));
    let (Some(drawn), Some(option)) = (drawn.filter(|c| !c.points.is_empty()), scene.most_often_first())
    else {
        wrapped(ui, "Still being drawn.", Type::Small, tokens.ink2);
        under_way(ui, scene, below, takes_long, acts);
        return;
    };
    ui.set_opacity(if scene.run.so_far.is_some() { 1.0 } else { faded });
    ui.add_space(2.0);
    let words = in_words(scene, drawn, option);
    wrapped(ui, &words, Type::Small, tokens.ink2);
    let foot = if is_under_way(scene, takes_long) || scene.run.was_stopped { 66.0 } else { 0.0 };
    let chart = Rect::from_min_max(
        pos2(below.left(), ui.cursor().top() + 8.0),
        pos2(below.right(), place.bottom() - 10.0 - foot),
    );
    let response = ui.interact(chart, ui.scope_id().with("convergence"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    paint(ui, scene, drawn, option, chart);
    paint_focus(ui, &response, chart, 4.0);
    acts.figure(&response, Question::Robust(scene.workspace.question.options[option].id.clone()));
    ui.set_opacity(1.0);
    under_way(ui, scene, below.with_max_y(place.bottom() - 10.0), takes_long, acts);
}

/// The share of first places as it stands, and whether it is sure to a whole per cent.
fn in_words(scene: &Scene<'_>, drawn: &Convergence, option: usize) -> String {
    let Some(last) = drawn.points.last() else { return String::new() };
    let share = last.first.get(option).copied().unwrap_or(0.0);
    let half = NORMAL_95 * last.standard_error(option);
    let badge = spoken_badge(scene.workspace, option);
    let so_far = format!(
        "{badge} first: {} % ± {} after {} draws.",
        number(share * 100.0, 1),
        number(half * 100.0, 1),
        thousands(u64::from(last.draws))
    );
    if half <= WHOLE_PER_CENT {
        return format!("{so_far} Enough for a whole per cent.");
    }
    let needed = NORMAL_95 * NORMAL_95 * share * (1.0 - share) / (WHOLE_PER_CENT * WHOLE_PER_CENT);
    format!("{so_far} A whole per cent takes about {}.", thousands((needed / 100.0).ceil() as u64 * 100))
}

fn is_under_way(scene: &Scene<'_>, takes_long: bool) -> bool {
    scene.run.is_updating && scene.run.progress.is_some_and(|progress| takes_long || progress.asked > LONG)
}

/// How far a long run is, with Stop; or that it was stopped.
fn under_way(ui: &mut Ui, scene: &Scene<'_>, inside: Rect, takes_long: bool, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let row = Rect::from_min_max(pos2(inside.left(), inside.bottom() - 32.0), inside.max);
    let mut foot = ui.new_child(
        egui::UiBuilder::new().max_rect(row).layout(egui::Layout::right_to_left(egui::Align::Center)),
    );
    if scene.run.was_stopped {
        if Button::new("Draw on").tooltip("Begin the stopped draws again").show(&mut foot).clicked() {
            acts.resume = true;
        }
        foot.label(Type::Small.text("Stopped: older figures", tokens.ink2));
    } else if let Some(progress) = scene.run.progress.filter(|_| is_under_way(scene, takes_long)) {
        if Button::new("Stop").tooltip("Stop drawing and keep the last figures").show(&mut foot).clicked() {
            acts.stop = true;
        }
        let words = format!("{} of {} draws", thousands(progress.done), thousands(progress.asked));
        let bar = Rect::from_min_size(pos2(row.left(), row.top() - 10.0), vec2(row.width(), 6.0));
        ui.painter().rect_filled(bar, rounded(3.0), tokens.track);
        let done = Rect::from_min_size(bar.min, vec2(bar.width() * progress.share() as f32, bar.height()));
        ui.painter().rect_filled(done, rounded(3.0), tokens.ink2);
        let response = ui.interact(bar, ui.scope_id().with("progress"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &words));
        paint_text(ui.painter(), row.left_center(), Align2::LEFT_CENTER, &words, Type::Small, tokens.ink2);
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(50));
    }
}

/// The shares between which the chart is drawn: two fifths of all around the last.
fn range(last: f64) -> (f64, f64) {
    let low = (libm::floor((last - 0.2) * 10.0) / 10.0).clamp(0.0, 0.6);
    (low, low + 0.4)
}

fn paint(ui: &Ui, scene: &Scene<'_>, drawn: &Convergence, option: usize, chart: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let of = |point: &Point| point.first.get(option).copied().unwrap_or(0.0);
    let (low, high) = range(drawn.points.last().map_or(0.5, of));
    let plot = Rect::from_min_max(chart.min + vec2(32.0, 8.0), chart.max - vec2(8.0, 22.0));
    let first = drawn.points.first().map_or(10, |point| point.draws);
    let asked = scene.asked.iterations.max(first + 1);
    let all = if scene.run.is_updating { asked } else { drawn.points.last().map_or(asked, |p| p.draws) };
    let span = libm::log10(f64::from(all.max(first + 1)) / f64::from(first));
    let x = |draws: u32| {
        plot.left() + (libm::log10(f64::from(draws) / f64::from(first)) / span) as f32 * plot.width()
    };
    let y =
        |share: f64| plot.bottom() - ((share.clamp(low, high) - low) / (high - low)) as f32 * plot.height();
    let colour = tokens.option(scene.badge(option));
    let edge = |point: &Point, way: f64| {
        let share = of(point);
        // One draw in fifty either way: early shares of nought or all are not as sure as their error says.
        let error = (share * (1.0 - share)).max(0.02) / f64::from(point.draws);
        pos2(x(point.draws), y(share + way * NORMAL_95 * error.sqrt()))
    };
    let mut band = Mesh::default();
    for (i, point) in drawn.points.iter().enumerate() {
        band.colored_vertex(edge(point, 1.0), colour.tint);
        band.colored_vertex(edge(point, -1.0), colour.tint);
        if i > 0 {
            let n = 2 * i as u32;
            band.add_triangle(n - 2, n - 1, n);
            band.add_triangle(n - 1, n, n + 1);
        }
    }
    painter.add(band);
    for share in [low, low + 0.2, high] {
        painter.hline(plot.x_range(), y(share), Stroke::new(1.0, tokens.hair));
        let at = pos2(plot.left() - 7.0, y(share));
        paint_text(painter, at, Align2::RIGHT_CENTER, &number(share * 100.0, 0), Type::Small, tokens.ink3);
    }
    paint_draws(ui, plot, first, all, x);
    let line: Vec<Pos2> = drawn.points.iter().map(|point| pos2(x(point.draws), y(of(point)))).collect();
    painter.add(Shape::line(line, Stroke::new(2.0, colour.fill)));
}

/// The first, the last and, where there is room, a round number of draws between.
fn paint_draws(ui: &Ui, plot: Rect, first: u32, all: u32, x: impl Fn(u32) -> f32) {
    let tokens = Tokens::of(ui);
    let (painter, y) = (ui.painter(), plot.bottom() + 14.0);
    let write = |draws: u32, anchor: Align2| {
        let words = thousands(u64::from(draws));
        paint_text(painter, pos2(x(draws), y), anchor, &words, Type::Small, tokens.ink3)
    };
    let left = write(first, Align2::LEFT_CENTER);
    let right = write(all, Align2::RIGHT_CENTER);
    let between = [100, 1_000, 10_000, 100_000].into_iter().filter(|draws| first < *draws && *draws < all);
    for draws in between {
        let words = thousands(u64::from(draws));
        let width = painter.layout_no_wrap(words, Type::Small.font(), tokens.ink3).size().x;
        let (from, to) = (x(draws) - width / 2.0, x(draws) + width / 2.0);
        if from > left.right() + 12.0 && to < right.left() - 12.0 {
            write(draws, Align2::CENTER_CENTER);
            break;
        }
    }
}
