//! One gate: each group against everyone else, as a ratio with its limits, beside the share that passes.

use egui::{Align2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Seen, words};
use crate::ui::drawing::Part;
use crate::{
    analysis::{
        explain::Question,
        reach::caseload::gates::{FOUR_FIFTHS, GroupAtGate},
    },
    model::wording::{capital, number, percent},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{Card, button::paint_focus, paint_text, paint_text_fitted, wrapped},
    },
};

const ROW: f32 = 28.0;
const SHARE: f32 = 96.0;

/// The scale of ratios, even in their logarithm.
struct Ratios {
    left: f32,
    width: f32,
    low: f64,
    high: f64,
}

impl Ratios {
    fn of(groups: &[&GroupAtGate], left: f32, width: f32) -> Self {
        let limits = groups.iter().filter_map(|group| group.rate_ratio_limits.ok());
        let (low, high) = limits.fold((0.72, 1.3), |(low, high): (f64, f64), limits| {
            (low.min(limits.low), high.max(limits.high))
        });
        Self { left, width, low: (low * 0.94).max(0.1), high: (high * 1.06).min(10.0) }
    }

    fn at(&self, ratio: f64) -> f32 {
        let share = (libm::log(ratio.clamp(self.low, self.high)) - libm::log(self.low))
            / (libm::log(self.high) - libm::log(self.low));
        self.left + self.width * share as f32
    }
}

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, gate: usize) {
    let tokens = Tokens::of(ui);
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let name = capital(words::passing(seen.gate(gate)).trim_start_matches("the "));
        wrapped(ui, format!("{name}, against everyone else"), Type::Heading, tokens.ink);
        let part = Part::chart("Each group against everyone else");
        part.show(ui, |ui| chart(ui, desk, seen, gate));
        if let Some(words) = within_offices(seen, gate) {
            wrapped(ui, words, Type::Small, tokens.ink2);
        }
    });
}

fn chart(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, gate: usize) {
    let tokens = Tokens::of(ui);
    let groups = &seen.check.gates[gate].result.groups;
    let rows = groups.len() as f32;
    let (place, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 24.0 + ROW * rows + 22.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, chart_words(seen, gate)));
    let names = (place.width() * 0.45).clamp(96.0, 172.0);
    let told: Vec<&GroupAtGate> = groups
        .iter()
        .enumerate()
        .filter(|(at, _)| seen.small.tells_rate(*at, gate))
        .map(|(_, at)| at)
        .collect();
    let scale = Ratios::of(&told, place.left() + names, place.width() - names - SHARE);
    let (top, bottom) = (place.top() + 24.0, place.top() + 24.0 + ROW * rows);
    let painter = ui.painter().clone();
    let head = |x: f32, anchor, words: &str| {
        paint_text(&painter, pos2(x, place.top() + 8.0), anchor, words, Type::Small, tokens.ink3)
    };
    head(place.right(), Align2::RIGHT_CENTER, seen.gate(gate));
    head(scale.at(1.0), Align2::CENTER_CENTER, "ratio");
    for (value, words) in [(FOUR_FIFTHS, "4/5"), (1.0, "1"), (1.25, "1.25")] {
        let x = scale.at(value);
        let line = [pos2(x, top - 6.0), pos2(x, bottom)];
        let stroke = Stroke::new(1.0, if value > 1.0 { tokens.hair } else { tokens.ink3 });
        if value < 1.0 {
            painter.extend(Shape::dashed_line(&line, stroke, 6.0, 4.0));
        } else {
            painter.line_segment(line, stroke);
        }
        let at = pos2(x, bottom + 12.0);
        paint_text(&painter, at, Align2::CENTER_CENTER, words, Type::Small, tokens.ink3);
    }
    for (group, at) in groups.iter().enumerate() {
        let row = Rect::from_min_size(pos2(place.left(), top + ROW * group as f32), vec2(place.width(), ROW));
        one(ui, desk, seen, (gate, group), at, (&scale, row, names));
    }
}

fn one(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    seen: &Seen<'_>,
    (gate, group): (usize, usize),
    at: &GroupAtGate,
    (scale, row, names): (&Ratios, Rect, f32),
) {
    let tokens = Tokens::of(ui);
    let bad = seen.is_shut_out(group, gate);
    let response = ui.interact(row, ui.scope_id().with(("against others", group)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, one_words(seen, (gate, group), at)));
    let painter = ui.painter();
    let y = row.center().y;
    let name = seen.short(group);
    let fit = (names - 8.0, 1);
    let left = Align2::LEFT_CENTER;
    paint_text_fitted(painter, pos2(row.left(), y), left, name, Type::Small, tokens.ink, fit);
    let ink = if bad { tokens.crimson } else { tokens.ink2 };
    let told = seen.small.tells_rate(group, gate);
    if told && let Ok(limits) = at.rate_ratio_limits {
        let across = scale.at(limits.low)..=scale.at(limits.high);
        painter.hline(across, y, Stroke::new(2.0, ink));
    }
    if told && let Ok(ratio) = at.rate_ratio {
        painter.circle_filled(pos2(scale.at(ratio), y), 4.5, ink);
    }
    let words = match at.rate {
        Ok(rate) if told => percent(rate),
        // A rate that is hidden is not known here either.
        Ok(_) => "hidden".to_owned(),
        Err(_) if seen.counted.groups.get(group).is_some_and(|of| of.counts.came_to(gate) > 0) => {
            "hidden".to_owned()
        }
        Err(_) => "nobody came".to_owned(),
    };
    let (role, ink) = match (told && at.rate.is_ok(), bad) {
        (false, _) => (Type::Small, tokens.ink3),
        (true, true) => (Type::Strong, tokens.crimson),
        (true, false) => (Type::Strong, tokens.ink),
    };
    let limits = at.wilson.ok().filter(|_| told);
    let end = if limits.is_some() { row.right() - 46.0 } else { row.right() };
    paint_text(painter, pos2(end, y), Align2::RIGHT_CENTER, &words, role, ink);
    if let Some(limits) = limits {
        let words = format!("{}–{}", number(limits.low * 100.0, 0), number(limits.high * 100.0, 0));
        let at = pos2(row.right(), y);
        paint_text(painter, at, Align2::RIGHT_CENTER, &words, Type::Small, tokens.ink3);
    }
    paint_focus(ui, &response, row.expand2(vec2(4.0, 0.0)), 4.0);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        desk.explain(Question::Passing { gate, group });
    }
}

fn one_words(seen: &Seen<'_>, (gate, group): (usize, usize), at: &GroupAtGate) -> String {
    let name = seen.short(group);
    if !seen.small.tells_rate(group, gate) {
        return format!("{name}: the share that passes {} is hidden", seen.gate(gate));
    }
    match (at.rate, at.rate_ratio, at.rate_ratio_limits) {
        (Ok(rate), Ok(ratio), Ok(limits)) => format!(
            "{name}: {} {}, {} of everyone else\u{2019}s share, {} to {}",
            percent(rate),
            seen.gate(gate),
            number(ratio, 2),
            number(limits.low, 2),
            number(limits.high, 2)
        ),
        (Ok(rate), ..) => format!("{name}: {} {}", percent(rate), seen.gate(gate)),
        (Err(why), ..) => format!("{name}: {}", why.0),
    }
}

fn chart_words(seen: &Seen<'_>, gate: usize) -> String {
    let shut: Vec<&str> = (0..seen.counted.groups.len())
        .filter(|g| seen.is_shut_out(*g, gate))
        .map(|g| seen.short(g))
        .collect();
    let gate = seen.gate(gate);
    match shut.as_slice() {
        [] => format!("No group passes {gate} less often than everyone else by more than chance"),
        shut => {
            let names = crate::model::wording::list(shut);
            format!("Less often {gate} than everyone else by more than chance: {names}")
        }
    }
}

/// Whether the difference holds inside offices: the odds within each, beside those of all together.
fn within_offices(seen: &Seen<'_>, gate: usize) -> Option<String> {
    let within = &seen.check.gates[gate].within_providers;
    let shut = (0..within.len()).filter(|group| seen.is_shut_out(*group, gate));
    let told: Vec<String> = shut
        .filter_map(|group| {
            let (ratio, crude) = (within[group].odds_ratio.ok()?, within[group].crude_odds_ratio.ok()?);
            Some(format!("{} {} (all together {})", seen.short(group), number(ratio, 2), number(crude, 2)))
        })
        .take(3)
        .collect();
    if told.is_empty() {
        return None;
    }
    let holds = (0..within.len())
        .filter(|group| seen.is_shut_out(*group, gate))
        .all(|group| within[group].odds_ratio.is_ok_and(|ratio| ratio < 1.0));
    let lead = if holds { "Within each office the same" } else { "Within offices it changes" };
    Some(format!("{lead}. Odds within offices: {}.", told.join(", ")))
}
