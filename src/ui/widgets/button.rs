//! Things to press.

use egui::{
    Align2, Color32, CursorIcon, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

use super::{badge::paint_badge, text::paint_text};
use crate::ui::{
    icons::Icon,
    theme::{Tokens, Type, focus_ring, hairline, rounded, size},
};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    Primary,
    Plain,
    /// No outline until the pointer is over it.
    Quiet,
}

/// A button with words and perhaps an icon.
#[derive(Debug)]
pub struct Button<'a> {
    words: &'a str,
    icon: Option<Icon>,
    weight: Weight,
    enabled: bool,
    selected: bool,
    keys: &'a str,
    width: Option<f32>,
    tooltip: &'a str,
}

impl<'a> Button<'a> {
    #[must_use]
    pub fn new(words: &'a str) -> Self {
        Self {
            words,
            icon: None,
            weight: Weight::Plain,
            enabled: true,
            selected: false,
            keys: "",
            width: None,
            tooltip: "",
        }
    }

    /// An icon before the words.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The one main button on a screen.
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.weight = Weight::Primary;
        self
    }

    /// Without outline.
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.weight = Weight::Quiet;
        self
    }

    #[must_use]
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    #[must_use]
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// The keys that do the same, shown at the right.
    #[must_use]
    pub fn keys(mut self, keys: &'a str) -> Self {
        self.keys = keys;
        self
    }

    /// Exactly this wide, words at the left.
    #[must_use]
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    #[must_use]
    pub fn tooltip(mut self, tooltip: &'a str) -> Self {
        self.tooltip = tooltip;
        self
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui) -> Response {
        let tokens = Tokens::of(ui);
        let role = if self.weight == Weight::Primary || self.selected { Type::Strong } else { Type::Body };
        let galley = ui.painter().layout_no_wrap(self.words.to_owned(), role.font(), Color32::PLACEHOLDER);
        let icon_width = if self.icon.is_some() { 18.0 + 8.0 } else { 0.0 };
        let natural = galley.size().x + icon_width + 24.0;
        let wanted = vec2(
            self.width.unwrap_or(natural),
            size::CONTROL.max(if self.width.is_some() { 40.0 } else { 0.0 }),
        );
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(wanted, sense);
        let (words, enabled, selected) = (self.words, self.enabled, self.selected);
        response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, words));
        if ui.is_rect_visible(rect) {
            let (fill, outline, mut ink) = match self.weight {
                Weight::Primary => (tokens.primary, tokens.primary, tokens.on_primary),
                Weight::Plain => (tokens.card, tokens.line, tokens.ink),
                Weight::Quiet => (Color32::TRANSPARENT, Color32::TRANSPARENT, tokens.ink2),
            };
            let lit = (response.hovered() || self.selected) && self.enabled && self.weight != Weight::Primary;
            let fill = if lit { tokens.select } else { fill };
            if !self.enabled {
                ink = ink.gamma_multiply(0.45);
            }
            ui.painter().rect(rect, rounded(size::RADIUS), fill, hairline(outline), StrokeKind::Inside);
            let mut x = rect.left() + 12.0;
            if let Some(icon) = self.icon {
                let at = pos2(x + 9.0, rect.center().y);
                ui.painter().text(at, Align2::CENTER_CENTER, icon.0, Icon::font(18.0), ink);
                x += icon_width;
            }
            ui.painter().galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, ink);
            if !self.keys.is_empty() {
                let at = pos2(rect.right() - 12.0, rect.center().y);
                paint_text(
                    ui.painter(),
                    at,
                    Align2::RIGHT_CENTER,
                    self.keys,
                    Type::Small,
                    ink.gamma_multiply(0.8),
                );
            }
            paint_focus(ui, &response, rect, size::RADIUS);
        }
        finish(response, self.tooltip, self.enabled)
    }
}

/// A square button that is only an icon; `name` is what it does.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str, enabled: bool) -> Response {
    let tokens = Tokens::of(ui);
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size::CONTROL), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if response.hovered() && enabled {
        ui.painter().rect_filled(rect, rounded(size::RADIUS), tokens.select);
    }
    let ink = if enabled { tokens.ink2 } else { tokens.ink2.gamma_multiply(0.45) };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon.0, Icon::font(18.0), ink);
    paint_focus(ui, &response, rect, size::RADIUS);
    finish(response, name, enabled)
}

/// Words with a dotted line under them that lead somewhere.
pub fn link(ui: &mut Ui, words: &str, role: Type, colour: Color32) -> Response {
    let galley = ui.painter().layout_no_wrap(words.to_owned(), role.font(), colour);
    let height = role.line().max(galley.size().y);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
    let tokens = Tokens::of(ui);
    let top = rect.center().y - galley.size().y / 2.0;
    let under = top + galley.size().y + 0.5;
    ui.painter().galley(pos2(rect.left(), top), galley, colour);
    let dots = if response.hovered() { colour } else { tokens.line };
    paint_dotted(ui, rect.left(), rect.right(), under, dots);
    paint_focus(ui, &response, rect.expand2(vec2(3.0, 1.0)), 4.0);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Paints the dotted line under words that lead somewhere.
pub fn paint_dotted(ui: &Ui, left: f32, right: f32, y: f32, colour: Color32) {
    let mut x = left + 0.75;
    while x < right {
        ui.painter().circle_filled(pos2(x, y), 0.8, colour);
        x += 3.0;
    }
}

/// The pages of a room, side by side; answers with the index of one that was chosen.
pub fn tabs(ui: &mut Ui, names: &[&str], current: usize, take_keyboard: bool) -> Option<usize> {
    let mut chosen = None;
    ui.spacing_mut().item_spacing.x = 2.0;
    for (index, name) in names.iter().enumerate() {
        let on = index == current;
        let role = if on { Type::Strong } else { Type::Body };
        let tokens = Tokens::of(ui);
        let laid_out =
            |role: Type| ui.painter().layout_no_wrap((*name).to_owned(), role.font(), Color32::PLACEHOLDER);
        // As wide as when it is chosen, so that the others stay where they are.
        let (galley, width) = (laid_out(role), laid_out(Type::Strong).size().x + 24.0);
        let (rect, response) = ui.allocate_exact_size(vec2(width, size::CONTROL), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, *name));
        if on && take_keyboard {
            response.request_focus();
        }
        if on || response.hovered() {
            ui.painter().rect_filled(rect, rounded(size::RADIUS), tokens.select);
        }
        let ink = if on { tokens.ink } else { tokens.ink2 };
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
        paint_focus(ui, &response, rect, size::RADIUS);
        if response.clicked() && !on {
            chosen = Some(index);
        }
    }
    chosen
}

/// One segment of a row of choices.
#[derive(Debug)]
pub struct Segment<'a> {
    /// An option's badge before the words; empty for none.
    pub badge: &'a str,
    pub words: &'a str,
    pub colour: Option<Color32>,
    /// What assistive technology calls it; empty for the words.
    pub name: String,
}

/// A row of choices of which one holds; answers with the index of one that was chosen.
pub fn segmented(ui: &mut Ui, segments: &[Segment<'_>], current: usize) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let mut widths = Vec::with_capacity(segments.len());
    for segment in segments {
        // Whichever is chosen, nothing moves.
        let font = Type::SmallStrong.font();
        let words = ui.painter().layout_no_wrap(segment.words.to_owned(), font, Color32::PLACEHOLDER);
        let gap = if segment.badge.is_empty() || segment.words.is_empty() { 0.0 } else { 7.0 };
        widths.push(words.size().x + gap + if segment.badge.is_empty() { 0.0 } else { 20.0 } + 20.0);
    }
    let total = vec2(widths.iter().sum(), size::CONTROL);
    let (rect, whole) = ui.allocate_exact_size(total, Sense::hover());
    ui.painter().rect(rect, rounded(size::RADIUS), tokens.card, hairline(tokens.line), StrokeKind::Inside);
    let mut chosen = None;
    let mut x = rect.left();
    for (index, (segment, width)) in segments.iter().zip(widths).enumerate() {
        let place = Rect::from_min_size(pos2(x, rect.top()), vec2(width, rect.height()));
        let response = ui.interact(place, whole.id.with(index), Sense::click());
        let on = index == current;
        let name = if segment.name.is_empty() { segment.words } else { &segment.name };
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, name));
        paint_segment(ui, segment, place, on, response.hovered(), index > 0);
        paint_focus(ui, &response, place.shrink(1.0), size::RADIUS);
        if response.clicked() && !on {
            chosen = Some(index);
        }
        x += width;
    }
    chosen
}

fn paint_segment(ui: &Ui, segment: &Segment<'_>, place: Rect, on: bool, hovered: bool, ruled: bool) {
    let tokens = Tokens::of(ui);
    if on || hovered {
        ui.painter().rect_filled(place.shrink(1.0), rounded(size::RADIUS - 1.0), tokens.select);
    }
    if ruled {
        ui.painter().vline(place.left(), place.y_range(), Stroke::new(1.0, tokens.hair));
    }
    let role = if on { Type::SmallStrong } else { Type::Small };
    let ink = segment.colour.unwrap_or(if on { tokens.ink } else { tokens.ink2 });
    if segment.badge.is_empty() {
        paint_text(ui.painter(), place.center(), Align2::CENTER_CENTER, segment.words, role, ink);
        return;
    }
    let left = place.left() + 10.0;
    paint_badge(ui.painter(), tokens, segment.badge, pos2(left + 10.0, place.center().y), 20.0);
    let at = pos2(left + 27.0, place.center().y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, segment.words, role, ink);
}

/// Paints the ring around a widget that has the keyboard, and brings into view one that has just been given it.
pub fn paint_focus(ui: &Ui, response: &Response, rect: Rect, radius: f32) {
    if response.has_focus() {
        if response.gained_focus() && !response.clicked() && !ui.clip_rect().contains_rect(response.rect) {
            response.scroll_to_me_animation(None, egui::style::ScrollAnimation::none());
        }
        let ring = focus_ring(Tokens::of(ui));
        ui.painter().rect_stroke(rect, rounded(radius), ring, StrokeKind::Outside);
    }
}

fn finish(response: Response, tooltip: &str, enabled: bool) -> Response {
    let response = if enabled { response.on_hover_cursor(CursorIcon::PointingHand) } else { response };
    if tooltip.is_empty() { response } else { response.on_hover_text(tooltip) }
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput};

    use super::*;
    use crate::ui::theme;

    /// What comes of a pass in which the segments stand so far down.
    fn shown(ctx: &Context, above: f32, input: RawInput) -> Option<usize> {
        let segments =
            ["One", "Two"].map(|words| Segment { badge: "", words, colour: None, name: String::new() });
        let mut chosen = None;
        let mut output = ctx.run_ui(input, |ui| {
            ui.add_space(above);
            chosen = chosen.or(segmented(ui, &segments, 0));
        });
        // Nothing is drawn here, and textures may not be dropped unseen.
        output.textures_delta.clear();
        chosen
    }

    #[test]
    fn a_segment_keeps_the_keyboard_when_what_is_above_it_grows() {
        let ctx = Context::default();
        theme::install(&ctx);
        let pressed = |key| RawInput {
            events: vec![egui::Event::Key {
                key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: egui::Modifiers::NONE,
            }],
            ..RawInput::default()
        };
        shown(&ctx, 10.0, RawInput::default());
        shown(&ctx, 10.0, pressed(egui::Key::Tab));
        shown(&ctx, 10.0, pressed(egui::Key::Tab));
        shown(&ctx, 47.0, RawInput::default());
        shown(&ctx, 47.0, RawInput::default());
        assert_eq!(shown(&ctx, 47.0, pressed(egui::Key::Enter)), Some(1));
    }
}
