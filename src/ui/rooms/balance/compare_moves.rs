//! How much weight would have to move for each option to lead.

use egui::{Align2, CursorIcon, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::compare::{Done, Scene, caption, heading};
use crate::{
    analysis::{
        balance::{
            compare::{Moment, lower_list},
            sensitivity::{NoWeightChange, WeightChange},
        },
        explain::Question,
    },
    model::wording::number,
    ui::{
        drawing::parts::{Rows, table},
        theme::{Tokens, Type, hairline, rounded},
        widgets::{button::paint_focus, paint_badge, paint_text, paint_text_fitted},
    },
};

const ROW: f32 = 45.0;
const ROW_SMALL: f32 = 34.0;
const BAR: f32 = 14.0;
/// Shares of weight that move less than this are not named.
const WORTH_NAMING: f64 = 0.005;

/// The height at which all of it is seen.
pub(super) fn natural_height(scene: &Scene) -> f32 {
    let row = if scene.small { ROW_SMALL } else { ROW };
    (24.0 + 46.0 + row * scene.both.after.matrix.options.max(2) as f32).min(420.0)
}

/// Shows it in the rest of the card.
pub(super) fn show(ui: &mut Ui, scene: &Scene, done: &mut Done) {
    ui.spacing_mut().item_spacing.y = 2.0;
    heading(ui, &title(scene));
    caption(ui, "Least share of all weight, in points, found exactly");
    let order = order(scene);
    if order.is_empty() {
        ui.add_space(8.0);
        caption(ui, "Options stand here once there are some.");
        return;
    }
    let moved = |&o: &usize| scene.both.weight_to_move[o].as_ref().map_or(0.0, |change| change.moved);
    let most = order.iter().map(moved).fold(0.1, f64::max);
    // The bars end at a whole tenth of the weight.
    let whole = libm::ceil(most * 10.0) / 10.0;
    ui.add_space(2.0);
    ScrollArea::vertical().id_salt("weight to move").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, &o) in order.iter().enumerate() {
            row(ui, scene, (o, place), whole, done);
        }
    });
}

/// The same as rows.
pub(super) fn rows(scene: &Scene) -> Rows {
    let row = |o: usize| {
        let option = &scene.both.after.workspace.question.options[o];
        let (figure, words) = told(scene, o);
        [option.badge.clone(), option.name.clone(), figure, words]
    };
    table(["option", "name", "points of weight", "what moves"], order(scene).into_iter().map(row))
}

/// The options, the least change first; those that cannot lead last.
fn order(scene: &Scene) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scene.both.after.matrix.options).collect();
    let key = |o: usize| match &scene.both.weight_to_move[o] {
        Err(NoWeightChange::AlreadyLeads | NoWeightChange::TiesForTheLead) => -1.0,
        Ok(change) => change.moved,
        Err(NoWeightChange::Struck) => 3.0,
        Err(_) => 2.0,
    };
    order.sort_by(|&a, &b| key(a).total_cmp(&key(b)).then(a.cmp(&b)));
    order
}

fn title(scene: &Scene) -> String {
    let able = scene.both.potentially_optimal.iter().filter(|able| **able).count();
    let all = scene.both.potentially_optimal.len();
    match (able, all) {
        (_, 0) => "How much weight would have to move?".to_owned(),
        (able, all) if able == all && all > 1 => {
            "Each could lead. How much weight would have to move?".to_owned()
        }
        (0, _) => "None can lead.".to_owned(),
        (able, all) => format!("{able} of {all} could lead. How much weight would have to move?"),
    }
}

fn row(ui: &mut Ui, scene: &Scene, (o, at): (usize, usize), whole: f64, done: &mut Done) {
    let tokens = Tokens::of(ui);
    let height = if scene.small { ROW_SMALL } else { ROW };
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let option = &scene.both.after.workspace.question.options[o];
    let change = &scene.both.weight_to_move[o];
    let (figure, words) = told(scene, o);
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Button,
            true,
            format!("{}, {}: {figure} points, {words}", option.badge, option.name),
        )
    });
    if at > 0 {
        ui.painter().hline(place.x_range(), place.top(), hairline(tokens.hair));
    }
    let y = place.center().y;
    paint_badge(ui.painter(), tokens, &option.badge, pos2(place.left() + 11.0, y), 22.0);
    let [name, bar, aside] = columns(place, scene.small);
    let role = if at == 0 { Type::Strong } else { Type::Body };
    let fit = (name.width() - 10.0, 1);
    let called = if scene.small { option.short_name() } else { &option.name };
    paint_text_fitted(ui.painter(), pos2(name.left(), y), Align2::LEFT_CENTER, called, role, tokens.ink, fit);
    let track = Rect::from_center_size(pos2(bar.center().x, y), vec2(bar.width(), BAR));
    ui.painter().rect_filled(track, rounded(4.0), tokens.track);
    if let Ok(change) = change {
        let width = ((change.moved / whole) as f32 * track.width()).max(3.0);
        let filled = Rect::from_min_size(track.min, vec2(width, BAR));
        ui.painter().rect_filled(filled, rounded(4.0), tokens.option(&option.badge).fill);
    }
    let at = pos2(bar.right() + 52.0, y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &figure, Type::NumberStrong, tokens.ink);
    let fit = (aside.width(), 2);
    let at = pos2(aside.left(), y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink2, fit);
    paint_focus(ui, &response, place.shrink2(vec2(0.0, 3.0)), 6.0);
    let response = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&words);
    done.with_figure(&response, Question::WeightToMove(scene.after.clone(), option.id.clone()));
}

/// Where name, bar and words stand; the figure stands behind the bar.
fn columns(place: Rect, small: bool) -> [Rect; 3] {
    let left = place.left() + 33.0;
    let room = place.right() - left - 64.0;
    // Small windows call the options by their short names.
    let (name, bar) = if small { (room * 0.2, room * 0.25) } else { (room * 0.29, room * 0.32) };
    let column = |from: f32, width: f32| {
        Rect::from_min_size(pos2(from, place.top()), vec2(width.max(20.0), place.height()))
    };
    [column(left, name), column(left + name, bar), column(left + name + bar + 68.0, room - name - bar - 4.0)]
}

/// The figure of an option, and what it says.
fn told(scene: &Scene, o: usize) -> (String, String) {
    match &scene.both.weight_to_move[o] {
        Ok(change) => (number(change.moved * 100.0, 1), from_and_to(scene, change)),
        Err(NoWeightChange::AlreadyLeads) => {
            let words = if scene.after == Moment::Today { "leads today" } else { "leads" };
            ("0".to_owned(), words.to_owned())
        }
        Err(reason @ NoWeightChange::TiesForTheLead) => ("0".to_owned(), reason.words().to_owned()),
        Err(reason) => ("–".to_owned(), reason.words().to_owned()),
    }
}

fn from_and_to(scene: &Scene, change: &WeightChange) -> String {
    let factors = &scene.both.after.workspace.balance.factors;
    let named = |moved: Vec<(usize, f64)>| {
        // The largest is named however small it is.
        let worth: Vec<&str> = (moved.iter().enumerate())
            .filter(|(place, (_, share))| *place == 0 || *share >= WORTH_NAMING)
            .map(|(_, (f, _))| factors[*f].short_name())
            .collect();
        lower_list(&worth)
    };
    format!("from {} to {}", named(change.gifts()), named(change.gains()))
}
