//! The ways, a row each: what it does, whom it parks, who is left out, what it costs and how far below forecast it holds.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{FixView, Scene};
use crate::{
    analysis::{
        Figure,
        explain::{Question, ReachQuestion},
        reach::{Effect, OptionReach, Way, WayKind},
    },
    model::wording::{capital, in_words, number, short_pounds},
    ui::{
        desk::Desk,
        drawing::parts::{Rows, table},
        rooms::reach::verdict_card::NOT_KNOWN,
        theme::{Tokens, Type, hairline, rounded},
        widgets::{Card, button::paint_focus, paint_text, paint_text_fitted},
    },
};

const HEAD: f32 = 52.0;
const ROW: (f32, f32) = (58.0, 72.0);

/// How tall the table is that shows every row.
pub(super) fn height(ways: usize) -> f32 {
    HEAD + ways as f32 * ROW.0
}

/// The right ends of the columns of figures, from the left.
fn columns(place: Rect) -> [f32; 5] {
    let step = (place.width() * 0.105).clamp(62.0, 92.0);
    let right = place.right() - 18.0;
    [right - 4.0 * step, right - 3.0 * step, right - 2.0 * step, right - step, right]
}

const HEADINGS: [[&str; 2]; 5] = [
    ["pays to", "park"],
    ["left", "out"],
    ["cost", "a year"],
    ["later cost", "avoided"],
    ["may miss", "forecast by"],
];

/// The same as rows.
pub(super) fn rows(scene: &Scene<'_>) -> Rows {
    let heads = HEADINGS.map(|words| words.join(" "));
    let heads = ["way", &heads[0], &heads[1], &heads[2], &heads[3], &heads[4]];
    let row = |name: &str, figures: [String; 5]| {
        let [a, b, c, d, e] = figures;
        [name.to_owned(), a, b, c, d, e]
    };
    let ways = scene.ways.iter().map(|way| {
        let none =
            || [does_not(way.kind).to_owned(), String::new(), String::new(), String::new(), String::new()];
        row(way.kind.words(), way.effect.as_ref().map_or_else(none, |effect| figures(scene, effect)))
    });
    table(heads, std::iter::once(row("As it stands", now(scene))).chain(ways))
}

/// Shows the table in exactly this place; its rows scroll under a fixed head.
pub(super) fn show_at(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, view: &mut FixView, place: Rect) {
    Card::new().padding(0, 0).show_at(ui, place, |ui| {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let at = pos2(place.left() + 46.0, place.top() + HEAD / 2.0);
        paint_text(painter, at, Align2::LEFT_CENTER, "Ways to fix it", Type::Strong, tokens.ink);
        for (end, words) in columns(place).into_iter().zip(HEADINGS) {
            for (line, word) in words.into_iter().enumerate() {
                let at = pos2(end, place.top() + 18.0 + 17.0 * line as f32);
                paint_text(painter, at, Align2::RIGHT_CENTER, word, Type::Small, tokens.ink3);
            }
        }
        let body = Rect::from_min_max(place.min + vec2(0.0, HEAD), place.max);
        let rows = scene.ways.len().max(1) as f32 + 1.0;
        let height = (body.height() / rows).clamp(ROW.0, ROW.1);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body));
        inner.set_clip_rect(body.intersect(ui.clip_rect()));
        ScrollArea::vertical().id_salt("ways").auto_shrink(false).show(&mut inner, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            now_row(ui, scene, height);
            for way in scene.ways {
                row(ui, desk, scene, view, way, height);
            }
        });
    });
}

fn now(scene: &Scene<'_>) -> [String; 5] {
    [
        parks(scene.now),
        figure(scene.now.left_out_per_year, |n| number(n, 0)),
        figure(scene.now.cost_per_year, short_pounds),
        "\u{2013}".to_owned(),
        "\u{2013}".to_owned(),
    ]
}

/// The figures of the design as it stands.
fn now_row(ui: &mut Ui, scene: &Scene<'_>, height: f32) {
    let tokens = Tokens::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let (parked, _) = scene.now.parked();
    let figures = now(scene);
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, label("As it stands", &figures)));
    ui.painter().rect_filled(place.shrink2(vec2(1.0, 0.0)), rounded(0.0), tokens.sunken);
    ui.painter().hline(place.x_range(), place.top(), hairline(tokens.line));
    let at = pos2(place.left() + 46.0, place.center().y);
    let words = "As it stands";
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Strong, tokens.ink);
    let short = scene.now.left_out_per_year.is_ok_and(|n| n >= 0.5);
    paint_figures(ui, place, &figures, [parked > 0, short, false, false, false]);
}

/// What follows how far a forecast may be missed.
const POINTS: &str = " pts";

fn label(name: &str, figures: &[String; 5]) -> String {
    format!(
        "{name}: pays to park {}, {} left out, {} a year, later cost avoided {}, {}",
        figures[0],
        figures[1],
        figures[2],
        figures[3],
        match figures[4].as_str() {
            points if points.ends_with(POINTS) =>
                format!("may miss its forecast by {}", points.replace(POINTS, " points")),
            words => format!("how far it may miss its forecast: {words}"),
        }
    )
}

fn figure(figure: Figure, words: impl Fn(f64) -> String) -> String {
    figure.map_or_else(|_| NOT_KNOWN.to_owned(), words)
}

/// Said of a way that comes to nothing.
fn does_not(kind: WayKind) -> &'static str {
    if kind == WayKind::BetterGrouping { "cannot be computed" } else { "does not apply" }
}

/// How many groups it pays to park, where that is known of each.
fn parks(reach: &OptionReach) -> String {
    let each: Option<Vec<bool>> = reach.groups.iter().map(|group| group.parked).collect();
    match each.map(|each| each.into_iter().filter(|parked| *parked).count()) {
        None => NOT_KNOWN.to_owned(),
        Some(0) => "none".to_owned(),
        Some(n) => in_words(n),
    }
}

/// The figures of a way, as the table writes them.
fn figures(scene: &Scene<'_>, effect: &Effect) -> [String; 5] {
    let avoided = scene.bill_now.and_then(|now| Ok(now - effect.bill_per_year?));
    let points = |room: f64| format!("{}{POINTS}", number(room * 100.0, 1));
    let saved = |avoided: f64| match short_pounds(avoided.abs()) {
        more if avoided < 0.0 => format!("\u{2212}{more}"),
        saved => saved,
    };
    [
        parks(&effect.reach),
        figure(effect.reach.left_out_per_year, |n| number(n, 0)),
        figure(effect.reach.cost_per_year, short_pounds),
        figure(avoided, saved),
        if effect.parked() > 0 { "parks".to_owned() } else { figure(effect.room_below_forecast, points) },
    ]
}

fn row(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, view: &mut FixView, way: &Way, height: f32) {
    let tokens = Tokens::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let on = view.chosen == way.kind;
    let shown = way.effect.as_ref().map(|effect| figures(scene, effect));
    response.widget_info(|| {
        let words = match (&shown, &way.copy) {
            (Some(figures), _) => label(way.kind.words(), figures),
            (None, Err(why)) => format!("{}: {}, {}", way.kind.words(), does_not(way.kind), why.0),
            (None, Ok(_)) => way.kind.words().to_owned(),
        };
        WidgetInfo::selected(Role::RadioButton, true, on, words)
    });
    if on || response.hovered() {
        let fill = if on { tokens.select } else { tokens.sunken };
        ui.painter().rect_filled(place.shrink2(vec2(1.0, 0.0)), rounded(0.0), fill);
    }
    ui.painter().hline(place.x_range(), place.top(), hairline(tokens.hair));
    radio(ui, pos2(place.left() + 24.0, place.center().y), on);
    let ends = columns(place);
    let fit = ends[0] - 56.0 - (place.left() + 46.0);
    let at = pos2(place.left() + 46.0, place.center().y);
    let name_at = at - vec2(0.0, 18.0);
    paint_text_fitted(
        ui.painter(),
        name_at,
        Align2::LEFT_CENTER,
        way.kind.words(),
        Type::Strong,
        tokens.ink,
        (fit, 1),
    );
    let says = match &way.copy {
        Err(why) if way.effect.is_none() => format!("{}: {}.", capital(does_not(way.kind)), why.0),
        _ => scene.says(way),
    };
    let says_at = pos2(at.x, at.y - 9.0);
    paint_text_fitted(ui.painter(), says_at, Align2::LEFT_TOP, &says, Type::Small, tokens.ink2, (fit, 2));
    if let (Some(figures), Some(effect)) = (&shown, &way.effect) {
        let left_out = effect.reach.left_out_per_year.is_ok_and(|n| n >= 0.5);
        paint_figures(ui, place, figures, [effect.parked() > 0, left_out, false, false, effect.parked() > 0]);
    }
    paint_focus(ui, &response, place.shrink(2.0), 4.0);
    if on && std::mem::take(&mut view.wants_keys) {
        response.request_focus();
    }
    let question = Question::Reach(scene.option.clone(), ReachQuestion::Way(way.kind));
    if response.has_focus() {
        desk.view.figure_in_focus = Some(question);
    }
    if response.clicked() {
        view.chosen = way.kind;
    }
}

fn paint_figures(ui: &Ui, place: Rect, figures: &[String; 5], bad: [bool; 5]) {
    let tokens = Tokens::of(ui);
    for ((end, words), bad) in columns(place).into_iter().zip(figures).zip(bad) {
        let (role, ink) = match (words.as_str(), bad) {
            (NOT_KNOWN, _) => (Type::Small, tokens.ink2),
            (_, true) => (Type::NumberStrong, tokens.crimson),
            (_, false) => (Type::Number, tokens.ink),
        };
        let at = pos2(end, place.center().y);
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, words, role, ink);
    }
}

/// The round mark of one of several.
pub(in crate::ui::rooms::reach) fn radio(ui: &Ui, at: egui::Pos2, on: bool) {
    let tokens = Tokens::of(ui);
    if on {
        ui.painter().circle(at, 7.0, tokens.primary, Stroke::new(1.2, tokens.primary));
        ui.painter().circle_filled(at, 2.8, tokens.on_primary);
    } else {
        ui.painter().circle(at, 7.0, tokens.card, Stroke::new(1.2, tokens.edge));
    }
}

/// Said under the chosen way where it is a trap.
pub(super) fn warning(kind: WayKind, parked: usize, groups: usize) -> Option<String> {
    if parked == 0 {
        return None;
    }
    let who = if parked == groups {
        "every group".to_owned()
    } else {
        format!("{} of {groups} groups", in_words(parked))
    };
    Some(match kind {
        WayKind::EqualMargins => format!(
            "Equal margins are a trap: the provider earns the same with everybody whom it supports, and more by parking {who}."
        ),
        WayKind::LargerBlock => format!(
            "A block pays whatever happens: it still pays to park {who}. It wants reserved places or a standard beside it."
        ),
        WayKind::ReservedPlaces => {
            format!("It still pays to park {who}: the places must be watched, or they are filled on paper.")
        }
        _ => format!("It still pays to park {who}."),
    })
}
