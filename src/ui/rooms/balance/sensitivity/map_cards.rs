//! Beside the map: how far it is to the border, and small maps of other pairs.

use egui::{Align2, CursorIcon, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    Acts, SensitivityView, map_page,
    scene::{Map, PAIRS, Scene},
    words,
};
use crate::{
    analysis::{balance::sensitivity::Border, explain::Question},
    ui::{
        rooms::balance::chart::width_of,
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{button::paint_focus, paint_badge, paint_text, paint_text_fitted},
    },
};

/// How tall the card of the border is.
pub const BORDER: f32 = 172.0;
const ROW: f32 = 36.0;
const COLUMNS: usize = 3;
/// Small maps are this wide, or as wide as their column.
const SMALL_MAP: f32 = 98.0;
const CAPTION: f32 = 52.0;
/// Small maps always show weights up to a half.
const MOST: f64 = 0.5;

/// How tall the card of pairs wants to be.
pub fn pairs_height(width: f32) -> f32 {
    let small = SMALL_MAP.min((width - 24.0) / COLUMNS as f32 - 16.0);
    44.0 + 2.0 * (small + CAPTION)
}

/// Shows how far it is from today, or from where the ring stands, to the border.
pub fn show_border(
    ui: &mut Ui,
    view: &SensitivityView,
    scene: &Scene,
    map: &Map,
    place: Rect,
    acts: &mut Acts,
) {
    let tokens = Tokens::of(ui);
    let from = view.ring.unwrap_or(map.two.today);
    let [x, y] = map.two.factors;
    let heading = if view.ring.is_some() { "From here to the border" } else { "From today to the border" };
    let at = pos2(place.left(), place.top() + 12.0);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, heading, Type::Heading, tokens.ink);
    let words = format!(
        "{} {}, {} {}; the other held",
        words::weight(from[0]),
        scene.lowered_short(x),
        words::weight(from[1]),
        scene.lowered_short(y)
    );
    let at = pos2(place.left(), place.top() + 34.0);
    let wide = (place.width(), 1);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink3, wide);
    let rows = [
        ("Both rise alike".to_owned(), "Both fall alike".to_owned(), [1.0, 1.0]),
        (scene.factor(y).name.clone(), scene.factor(y).name.clone(), [0.0, 1.0]),
        (scene.factor(x).name.clone(), scene.factor(x).name.clone(), [1.0, 0.0]),
    ];
    for (index, (rises, falls, way)) in rows.into_iter().enumerate() {
        let top = place.top() + 48.0 + index as f32 * ROW;
        let row = Rect::from_min_size(pos2(place.left(), top), vec2(place.width(), ROW));
        // Where rising changes nothing, falling may.
        let up = map.two.border(from, way).map(|border| (border.change, border));
        let down = || map.two.border(from, way.map(|step: f64| -step)).map(|border| (-border.change, border));
        let found = up.or_else(down);
        let name = if found.is_some_and(|(change, _)| change < 0.0) { falls } else { rises };
        show_border_row(ui, scene, map, &name, found, row, acts);
    }
}

fn show_border_row(
    ui: &mut Ui,
    scene: &Scene,
    map: &Map,
    name: &str,
    found: Option<(f64, Border)>,
    row: Rect,
    acts: &mut Acts,
) {
    let tokens = Tokens::of(ui);
    let response = ui.interact(row, ui.scope_id().with(("border", name)), Sense::click());
    let spoken = match found {
        Some((change, border)) => {
            format!("{name}: {} points, then {} leads", words::signed(change), scene.option_name(border.to))
        }
        None => format!("{name}: never"),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(row.expand2(vec2(6.0, -2.0)), rounded(size::RADIUS_BAR), tokens.select);
    }
    painter.hline(row.x_range(), row.top(), hairline(tokens.hair));
    let middle = row.center().y;
    let right = match found {
        Some((change, border)) => {
            let centre = pos2(row.right() - 10.0, middle);
            paint_badge(painter, tokens, scene.badge(border.to), centre, 20.0);
            let at = pos2(row.right() - 29.0, middle);
            let then = paint_text(painter, at, Align2::RIGHT_CENTER, "then", Type::Body, tokens.ink3);
            let words = format!("{} points", words::signed(change));
            let at = pos2(then.left() - 9.0, middle);
            paint_text(painter, at, Align2::RIGHT_CENTER, &words, Type::NumberStrong, tokens.ink).left()
        }
        None => {
            let at = pos2(row.right(), middle);
            paint_text(painter, at, Align2::RIGHT_CENTER, "never", Type::Strong, tokens.ink).left()
        }
    };
    let wide = (right - 12.0 - row.left(), 1);
    let at = pos2(row.left(), middle);
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, name, Type::Body, tokens.ink, wide);
    paint_focus(ui, &response, row.shrink2(vec2(0.0, 3.0)).expand2(vec2(6.0, 0.0)), size::RADIUS_BAR);
    let ids = map.two.factors.map(|f| scene.factor(f).id.clone());
    acts.with_figure(&response, Question::Border(ids));
    response.on_hover_cursor(CursorIcon::PointingHand);
}

/// Shows small maps: the one that is open, and the pairs whose weights need to rise least.
pub fn show_pairs(ui: &mut Ui, view: &mut SensitivityView, scene: &mut Scene, place: Rect) {
    let tokens = Tokens::of(ui);
    let at = pos2(place.left() + 7.0, place.top() + 14.0);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, "Other pairs", Type::Heading, tokens.ink);
    let Some(open) = map_page::axes(view, scene) else { return };
    let mut pairs: Vec<[usize; 2]> = scene.pairs.iter().take(PAIRS).copied().collect();
    if !pairs.contains(&open) {
        pairs.insert(0, open);
        pairs.truncate(PAIRS);
    }
    let column = place.width() / COLUMNS as f32;
    let across = column - 16.0;
    let top = place.top() + 30.0;
    let room = (place.bottom() - top) / 2.0 - CAPTION;
    let side = SMALL_MAP.min(across).min(room).max(56.0);
    for (index, pair) in pairs.into_iter().enumerate() {
        let Ok(map) = scene.map(pair, MOST) else { continue };
        let left = place.left() + (index % COLUMNS) as f32 * column;
        let top = top + (index / COLUMNS) as f32 * (side + CAPTION);
        let tile = Rect::from_min_size(pos2(left, top), vec2(column - 4.0, side + CAPTION - 2.0));
        show_small(ui, view, scene, &map, pair == open, tile, side);
    }
}

fn show_small(
    ui: &mut Ui,
    view: &mut SensitivityView,
    scene: &Scene,
    map: &Map,
    is_open: bool,
    tile: Rect,
    side: f32,
) {
    let tokens = Tokens::of(ui);
    let [x, y] = map.two.factors;
    let response = ui.interact(tile, ui.scope_id().with(("pair", x, y)), Sense::click());
    let name = format!("Map of {} by {}", scene.lowered(y), scene.lowered(x));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, &name));
    if is_open || response.hovered() {
        ui.painter().rect_filled(tile, rounded(size::RADIUS), tokens.select);
    }
    let area = Rect::from_min_size(tile.min + vec2(7.0, 6.0), vec2(side, side));
    paint_small(ui, scene, map, area);
    let (role, ink) = if is_open { (Type::SmallStrong, tokens.ink) } else { (Type::Small, tokens.ink2) };
    let wide = (tile.width() - 10.0, 1);
    let first = scene.factor(y).short_name();
    let second = format!("by {}", scene.lowered_short(x));
    for (line, words) in [first, &second].into_iter().enumerate() {
        let at = pos2(area.left(), area.bottom() + 14.0 + line as f32 * 16.0);
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, role, ink, wide);
    }
    paint_focus(ui, &response, tile.shrink(1.0), size::RADIUS);
    if response.clicked() {
        view.axes = Some([x, y].map(|f| scene.factor(f).id.clone()));
        view.ring = None;
    }
    let cut = width_of(ui, first, role).max(width_of(ui, &second, role)) > wide.0;
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if cut {
        response.on_hover_text(name);
    }
}

fn paint_small(ui: &Ui, scene: &Scene, map: &Map, area: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let at = |[x, y]: [f64; 2]| {
        pos2(
            area.left() + (x / MOST) as f32 * area.width(),
            area.bottom() - (y / MOST) as f32 * area.height(),
        )
    };
    for region in &map.regions {
        let colour = tokens.option(scene.badge(region.leader));
        let corners: Vec<_> = region.corners.iter().map(|&corner| at(corner)).collect();
        painter.add(Shape::convex_polygon(corners, colour.tint, Stroke::new(1.0, colour.fill)));
    }
    let today = at(map.two.today);
    let inside = area.shrink(9.0);
    let mut taken = vec![Rect::from_center_size(today, vec2(10.0, 10.0))];
    for region in &map.regions {
        let (left, right) = region
            .corners
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), [x, _]| (low.min(*x), high.max(*x)));
        if right - left < 0.08 {
            continue;
        }
        let centre = inside.clamp(at(region.centre()));
        let free = [0.0, 18.0, -18.0].into_iter().flat_map(|dx| [0.0, -16.0, 16.0].map(|dy| vec2(dx, dy)));
        let spot = free
            .map(|by| Rect::from_center_size(inside.clamp(centre + by), vec2(15.0, 15.0)))
            .find(|spot| taken.iter().all(|other| !other.intersects(*spot)));
        if let Some(spot) = spot {
            paint_badge(painter, tokens, scene.badge(region.leader), spot.center(), 15.0);
            taken.push(spot);
        }
    }
    painter.circle(today, 4.0, tokens.card, Stroke::new(2.0, tokens.primary));
}
