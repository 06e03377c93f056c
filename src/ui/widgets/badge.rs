//! The letter that stands for an option.

use egui::{
    Align2, FontFamily, FontId, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo,
};

use crate::ui::theme::{Tokens, rounded};

/// Shows an option's badge, `side` pixels wide.
pub fn badge(ui: &mut Ui, badge: &str, side: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    paint_badge(ui.painter(), Tokens::of(ui), badge, rect.center(), side);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, badge));
    response
}

/// Paints an option's badge around a point.
pub fn paint_badge(painter: &Painter, tokens: &Tokens, badge: &str, centre: Pos2, side: f32) {
    let colour = tokens.option(badge);
    let rect = Rect::from_center_size(centre, Vec2::splat(side));
    painter.rect_filled(rect, rounded(side * 0.27), colour.fill);
    if Tokens::badge_ring(badge) {
        painter.rect_stroke(
            rect.shrink(2.0),
            rounded(side * 0.2),
            Stroke::new(2.0, colour.on),
            StrokeKind::Inside,
        );
    }
    let points = if badge.chars().count() > 1 { side * 0.5 } else { side * 0.64 };
    let font = FontId::new(points, FontFamily::Name("strong".into()));
    painter.text(centre, Align2::CENTER_CENTER, badge, font, colour.on);
}
