//! The head of the table of Ballots with the factors, and its foot with what the ballots come to together.

use egui::{Align2, CursorIcon, Painter, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    BallotsView,
    scene::Scene,
    table::{Act, Grid, LEADS, ring},
};
use crate::{
    analysis::{
        explain::{Question, VoiceQuestion},
        voices::SwingSpread,
    },
    model::{
        balance::{Factor, Side},
        voices::{CombineRule, LAST_ROUND},
        wording::{decimals_used, number},
    },
    ui::{
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{
            broken_to_fit,
            button::{paint_dotted, paint_focus},
            paint_badge, paint_side_mark, paint_text, paint_text_fitted,
        },
    },
};

/// The most lines of a factor's name over its column.
pub(super) const HEAD_LINES: usize = 3;

/// The names of the factors as they stand over their columns. Put together once a revision and width.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heads {
    of: Option<(u64, f32)>,
    words: Vec<String>,
    /// How many lines the longest takes.
    pub lines: usize,
}

impl Heads {
    /// The names broken to this width, kept between frames.
    pub fn of<'h>(painter: &Painter, scene: &Scene, step: f32, kept: &'h mut Self) -> &'h Self {
        if kept.of != Some((scene.revision, step)) {
            let font = Type::SmallStrong.font();
            let broken =
                |factor: &Factor| broken_to_fit(painter, factor.short_name(), Type::SmallStrong, step - 3.0);
            let words: Vec<String> = scene.factors().iter().map(broken).collect();
            let lines = words.iter().map(|words| {
                painter.layout(words.clone(), font.clone(), egui::Color32::PLACEHOLDER, step - 1.0).rows.len()
            });
            let lines = lines.max().unwrap_or(1);
            *kept = Self { of: Some((scene.revision, step)), words, lines };
        }
        kept
    }
}

/// A part of the table that stands while the rows scroll, split into names and factors.
fn beside(ui: &mut Ui, grid: &Grid, band: Rect, name: &str) -> Ui {
    let mut right = ui.new_child(UiBuilder::new().max_rect(band).id_salt(name));
    let clip = band.with_min_x(band.left() + grid.names);
    right.set_clip_rect(clip.intersect(ui.clip_rect()));
    right
}

/// Shows the head.
pub(super) fn head(ui: &mut Ui, grid: &Grid, scene: &Scene, view: &mut BallotsView, offset: f32) {
    let tokens = Tokens::of(ui);
    let band = grid.card.with_max_y(grid.card.top() + grid.head);
    let hidden = grid.names + grid.behind(scene) - grid.card.width();
    person(ui, grid, scene, view, (hidden, offset));
    let right = beside(ui, grid, band, "ballots head");
    let left = band.left() + grid.names - offset;
    for (f, factor) in scene.factors().iter().enumerate() {
        let place =
            Rect::from_min_size(pos2(left + grid.step * f as f32, band.top()), vec2(grid.step, grid.head));
        if right.clip_rect().intersects(place) {
            let words = view.heads.words.get(f).map_or("", String::as_str);
            factor_head(&right, factor, words, scene.framed[f], place);
        }
    }
    let x = left + grid.step * scene.factors().len() as f32;
    let own = scene.has_rankings.then_some("Own");
    let gut = scene.has_gut_feel.then_some("Gut feel");
    for (at, words) in std::iter::once("Leads").chain(own).chain(gut).enumerate() {
        let at = pos2(x + LEADS * (at as f32 + 0.5), band.bottom() - 10.0);
        paint_text(right.painter(), at, Align2::CENTER_BOTTOM, words, Type::Small, tokens.ink2);
    }
}

fn factor_head(ui: &Ui, factor: &Factor, words: &str, framed: bool, place: Rect) {
    let tokens = Tokens::of(ui);
    let x = place.center().x;
    paint_side_mark(ui.painter(), tokens, factor.side, pos2(x, place.top() + 14.0), 9.0);
    let at = pos2(x, place.top() + 22.0);
    let fit = (place.width() - 1.0, HEAD_LINES);
    let role = if framed { Type::SmallStrong } else { Type::Small };
    paint_text_fitted(ui.painter(), at, Align2::CENTER_TOP, words, role, tokens.ink, fit);
    let response = ui.interact(place, ui.scope_id().with(("factor", factor.id.as_str())), Sense::hover());
    response.widget_info(|| {
        let again = if framed { ", asked again in round 2" } else { "" };
        WidgetInfo::labeled(Role::ColumnHeader, true, format!("{}{again}", factor.name))
    });
    response.on_hover_text(&factor.name);
}

/// The head over the names: which rounds are in view, and where there is more to see.
fn person(ui: &mut Ui, grid: &Grid, scene: &Scene, view: &mut BallotsView, (hidden, offset): (f32, f32)) {
    let tokens = Tokens::of(ui);
    let left = grid.card.left() + 14.0;
    let middle = grid.card.top() + grid.head / 2.0;
    let words = if offset < hidden - 1.0 { "more factors to the right" } else { "more factors to the left" };
    let more = (hidden > 1.0).then_some(words);
    let two = scene.has_second || more.is_some();
    let y = if two { middle - 10.0 } else { middle };
    paint_text(ui.painter(), pos2(left, y), Align2::LEFT_CENTER, "Person", Type::Strong, tokens.ink);
    let below = middle + 11.0;
    if let Some(words) = more.filter(|_| !scene.has_second) {
        paint_text(ui.painter(), pos2(left, below), Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
    }
    if scene.has_second {
        let words = match view.only {
            None => "both rounds",
            Some(1) => "round 1 only",
            Some(_) => "round 2 only",
        };
        let place =
            paint_text(ui.painter(), pos2(left, below), Align2::LEFT_CENTER, words, Type::Small, tokens.ink2);
        paint_dotted(ui, place.left(), place.right(), place.bottom() - 1.0, tokens.line);
        let response = ui.interact(place.expand(3.0), ui.scope_id().with("rounds in view"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("In view: {words}")));
        ring(ui, &response, place.expand(3.0));
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if response
            .on_hover_text("Which rounds the table shows; points are typed into what it shows")
            .clicked()
        {
            view.look_at_rounds(match view.only {
                None => Some(1),
                Some(1) => Some(LAST_ROUND),
                Some(_) => None,
            });
        }
    }
}

/// Shows the foot: the points together, and the middle half of them.
pub(super) fn foot(ui: &mut Ui, grid: &Grid, scene: &Scene, offset: f32, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui);
    let band = grid.card.with_min_y(grid.card.bottom() - grid.foot);
    let corners = egui::CornerRadius { nw: 0, ne: 0, ..rounded(size::RADIUS_CARD) };
    ui.painter().rect_filled(band, corners, tokens.sunken);
    ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.line));
    let tall = grid.foot > 50.0;
    let upper = if tall { band.top() + 20.0 } else { band.center().y };
    let lower = band.top() + 50.0;
    let left = band.left() + 14.0;
    let fit = (grid.names - 18.0, 1);
    let painter = ui.painter();
    let words = together_words(scene);
    paint_text_fitted(painter, pos2(left, upper), Align2::LEFT_CENTER, &words, Type::Strong, tokens.ink, fit);
    if tall {
        let words = match scene.workspace.voices.combine {
            CombineRule::MedianLargest100 => "Middle half, largest 100",
            _ => "Middle half",
        };
        paint_text_fitted(
            painter,
            pos2(left, lower),
            Align2::LEFT_CENTER,
            words,
            Type::Small,
            tokens.ink2,
            fit,
        );
    }
    let right = beside(ui, grid, band, "ballots foot");
    let left = band.left() + grid.names - offset;
    let voices = &scene.analysis.voices;
    for (f, factor) in scene.factors().iter().enumerate() {
        let place =
            Rect::from_min_size(pos2(left + grid.step * f as f32, band.top()), vec2(grid.step, grid.foot));
        if !right.clip_rect().intersects(place) {
            continue;
        }
        let value = voices.combined_swings.as_ref().and_then(|swings| *swings.get(f)?);
        let shown = value.map_or("–".to_owned(), |v| number(v, decimals_used(v).min(1)));
        let at = pos2(place.center().x, upper);
        paint_text(right.painter(), at, Align2::CENTER_CENTER, &shown, Type::NumberStrong, tokens.ink);
        let spread = voices.spread.get(f).and_then(Option::as_ref);
        if let Some(spread) = spread.filter(|_| tall) {
            let line =
                Rect::from_center_size(pos2(place.center().x, lower), vec2(grid.step.min(60.0) - 7.0, 14.0));
            middle_half(&right, spread, factor.side, line);
        }
        let response = right.interact(place, right.scope_id().with(("together", f)), Sense::click());
        response.widget_info(|| {
            let half = spread.map_or_else(String::new, |s| {
                format!("; middle half {} to {}", number(s.lower_quartile, 1), number(s.upper_quartile, 1))
            });
            WidgetInfo::labeled(Role::Cell, true, format!("{words}, {}: {shown}{half}", factor.name))
        });
        paint_focus(&right, &response, place.shrink(2.0), 4.0);
        if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text("Why?").clicked() {
            acts.push(Act::Why(Question::Voice(VoiceQuestion::Disagreement(factor.id.clone()))));
        }
    }
    let x = left + grid.step * scene.factors().len() as f32 + LEADS / 2.0;
    let options = &scene.workspace.question.options;
    if let Some(option) = voices.together.and_then(|together| options.get(together.leader)) {
        paint_badge(right.painter(), tokens, &option.badge, pos2(x, upper), 20.0);
    }
}

/// What stands in the foot: by which rule, and of which rounds.
fn together_words(scene: &Scene) -> String {
    let voices = &scene.workspace.voices;
    let second = scene.analysis.voices.in_force.iter().any(|&i| voices.ballots[i].round == LAST_ROUND);
    let rounds = match (second, scene.has_second || voices.round(1).is_some()) {
        (true, _) => ", both rounds",
        (false, true) => ", round 1",
        (false, false) => "",
    };
    match voices.combine {
        CombineRule::MedianLargest100 | CombineRule::MedianAsGiven => format!("Median{rounds}"),
        CombineRule::MeanWeights => format!("Mean weight, %{rounds}"),
    }
}

pub(super) fn middle_half(ui: &Ui, spread: &SwingSpread, side: Side, line: Rect) {
    let tokens = Tokens::of(ui);
    let most = spread.max.max(100.0);
    let x = |value: f64| line.left() + line.width() * (value / most) as f32;
    let y = line.center().y;
    ui.painter().hline(line.x_range(), y, Stroke::new(3.0, tokens.track));
    ui.painter().hline(x(spread.min)..=x(spread.max), y, Stroke::new(1.5, tokens.ink3));
    let (from, to) = (x(spread.lower_quartile), x(spread.upper_quartile));
    let half = Rect::from_min_max(pos2(from, y - 5.0), pos2(to.max(from + 3.0), y + 5.0));
    ui.painter().rect_filled(half, rounded(2.5), tokens.side(side).fill);
    ui.painter().vline(x(spread.median), line.y_range(), Stroke::new(2.0, tokens.ink));
}
