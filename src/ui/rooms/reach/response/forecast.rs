//! What rests on the forecast: how few may succeed before it pays to park, at the price paid and at the fair price.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Scene, head};
use crate::{
    analysis::{
        Figure,
        explain::ReachQuestion,
        reach::{Forecast, GroupReach},
    },
    model::{
        Room,
        question::NeedGroup,
        wording::{capital, in_words, number, percent, pounds},
    },
    ui::{
        desk::Desk,
        drawing::parts::{Rows, table},
        rooms::reach::{prediction::forecasts_of, verdict_card::NOT_KNOWN},
        theme::{Tokens, Type, rounded, space},
        widgets::{button::paint_focus, paint_text, paint_text_fitted, wrapped},
    },
};

const ROW: f32 = 24.0;
/// A fair price that gives way this close under the forecast is thin.
const CLOSE: f64 = 0.02;

/// Shows the card.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    head(ui, desk, "What rests on the forecast", scene.ask(ReachQuestion::Forecast));
    ui.add_space(space::XS);
    let each = forecasts_of(desk, scene.workspace, scene.reach, scene.index);
    heading(ui, scene);
    for (g, forecast) in each.iter().enumerate() {
        row(ui, desk, scene, g, forecast);
        let holds = forecast.holds();
        let under: Vec<String> = holds.into_iter().chain(forecast.beside()).collect();
        if !under.is_empty() {
            wrapped(ui, format!("{}.", capital(&under.join("; "))), Type::Small, tokens.ink2);
            ui.add_space(3.0);
        }
    }
    ui.add_space(space::XS);
    wrapped(ui, sentence(&each), Type::Small, tokens.ink2);
}

/// The same as rows, with what is said under each.
pub(super) fn rows(desk: &mut Desk<'_>, scene: &Scene<'_>) -> Rows {
    let each = forecasts_of(desk, scene.workspace, scene.reach, scene.index);
    let groups = scene.workspace.question.need_groups.iter().zip(&scene.reach.groups);
    let row = |((group, figures), forecast): ((&NeedGroup, &GroupReach), &Forecast)| {
        let stated = forecast.forecast.map_or(NOT_KNOWN.to_owned(), percent);
        let under: Vec<String> = forecast.holds().into_iter().chain(forecast.beside()).collect();
        [
            group.name.clone(),
            stated,
            rate_words(forecast.paid, figures),
            fair_words(forecast.fair),
            capital(&under.join("; ")),
        ]
    };
    let heads =
        ["need group", "forecast", "parks under, as paid", "parks under, at the fair price", "what holds"];
    table(heads, groups.zip(each.iter()).map(row))
}

/// The right ends of the three columns of figures.
fn columns(right: f32) -> [f32; 3] {
    [right - 136.0, right - 70.0, right]
}

fn heading(ui: &mut Ui, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let prices: Vec<f64> = scene.reach.groups.iter().map(|group| group.outcome_price).collect();
    let flat = prices.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq());
    let paid =
        prices.first().filter(|price| flat && **price > 0.0).map_or("as paid".to_owned(), |p| pounds(*p));
    let mut fit = place.right();
    for (end, words) in columns(place.right()).into_iter().zip(["forecast", &paid, "fair price"]) {
        let at = pos2(end, place.center().y);
        fit = fit
            .min(paint_text(ui.painter(), at, Align2::RIGHT_CENTER, words, Type::Small, tokens.ink3).left());
    }
    let words = "Parks if fewer than \u{2026} succeed";
    let room = (fit - place.left() - 8.0, 1);
    let at = place.left_center();
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3, room);
}

fn row(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, g: usize, forecast: &Forecast) {
    let tokens = Tokens::of(ui);
    let (group, figures) = (&scene.workspace.question.need_groups[g], &scene.reach.groups[g]);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let stated = forecast.forecast.map_or(NOT_KNOWN.to_owned(), percent);
    let (paid, fair) = (rate_words(forecast.paid, figures), fair_words(forecast.fair));
    let label =
        format!("{}: forecast {stated}, parks under {paid} as paid, {fair} at the fair price", group.name);
    let told: Vec<String> = forecast.holds().into_iter().chain(forecast.beside()).collect();
    let label = std::iter::once(label).chain(told).collect::<Vec<_>>().join("; ");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.hovered() {
        ui.painter().rect_filled(place.expand2(vec2(4.0, 0.0)), rounded(4.0), tokens.select);
    }
    let bad = figures.parked == Some(true);
    let close = forecast.room().is_some_and(|room| room < CLOSE);
    let looks = [
        (stated.as_str(), Type::Number, tokens.ink2),
        (
            &paid,
            if bad { Type::NumberStrong } else { Type::Number },
            if bad { tokens.crimson } else { tokens.ink },
        ),
        (&fair, if close { Type::NumberStrong } else { Type::Number }, tokens.ink),
    ];
    let mut fit = place.right();
    for (end, (words, role, ink)) in columns(place.right()).into_iter().zip(looks) {
        let at = pos2(end, place.center().y);
        fit = fit.min(paint_text(ui.painter(), at, Align2::RIGHT_CENTER, words, role, ink).left());
    }
    let room = (fit - place.left() - 8.0, 1);
    let (at, name) = (place.left_center(), group.short_name());
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Body, tokens.ink, room);
    paint_focus(ui, &response, place.expand2(vec2(3.0, 0.0)), 4.0);
    if response.clicked() {
        desk.go(Room::Question, "Need groups");
    }
    response.on_hover_text("Change the forecast in Question");
}

/// The rate under which it pays to park at the price paid, in words.
fn rate_words(rate: Figure, figures: &GroupReach) -> String {
    match (rate, figures.parked) {
        (Ok(rate), _) if rate <= 0.0 => "never".to_owned(),
        (Ok(rate), _) => percent(rate),
        (Err(_), Some(true)) => "always".to_owned(),
        (Err(_), Some(false)) => "never".to_owned(),
        (Err(_), None) => NOT_KNOWN.to_owned(),
    }
}

fn fair_words(rate: Figure) -> String {
    match rate {
        Ok(rate) if rate <= 0.0 => "never".to_owned(),
        Ok(rate) => percent(rate),
        Err(_) => NOT_KNOWN.to_owned(),
    }
}

/// How far below the forecast the fair price still holds.
fn sentence(each: &[Forecast]) -> String {
    let rooms: Option<Vec<f64>> = each.iter().map(Forecast::room).collect();
    let Some(rooms) = rooms.filter(|rooms| !rooms.is_empty()) else {
        return "How far below the forecast the fair price holds is not known for every group.".to_owned();
    };
    let least = rooms.iter().copied().fold(f64::INFINITY, f64::min);
    let lost = rooms.iter().filter(|room| **room < CLOSE).count();
    let holds =
        format!("The fair price holds down to {} points below the forecast.", number(least * 100.0, 1));
    if lost == 0 {
        return holds;
    }
    let parks = if lost == each.len() { "every group".to_owned() } else { count_words(lost) };
    format!("{holds} Two points below, it parks {parks} again.")
}

fn count_words(groups: usize) -> String {
    format!("{} {}", in_words(groups), if groups == 1 { "group" } else { "groups" })
}
