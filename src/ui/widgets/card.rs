//! The white sheets that a page is laid out on.

use egui::{Frame, InnerResponse, Margin, Rect, Ui};

use crate::ui::theme::{Tokens, hairline, rounded, size};

/// A card with an outline, holding whatever is put on it.
#[derive(Clone, Copy, Debug)]
pub struct Card {
    padding: Margin,
    fill_height: Option<f32>,
}

impl Default for Card {
    fn default() -> Self {
        Self { padding: Margin::symmetric(16, 14), fill_height: None }
    }
}

impl Card {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Space between outline and contents.
    #[must_use]
    pub fn padding(mut self, x: i8, y: i8) -> Self {
        self.padding = Margin::symmetric(x, y);
        self
    }

    /// Makes the card this tall from edge to edge.
    #[must_use]
    pub fn height(mut self, height: f32) -> Self {
        self.fill_height = Some(height);
        self
    }

    /// Shows the card across the width there is.
    pub fn show<R>(self, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
        let tokens = Tokens::of(ui);
        Frame::new()
            .fill(tokens.card)
            .stroke(hairline(tokens.hair))
            .corner_radius(rounded(size::RADIUS_CARD))
            .inner_margin(self.padding)
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                if let Some(height) = self.fill_height {
                    ui.set_min_height(height - self.padding.sum().y - 2.0);
                }
                contents(ui)
            })
    }

    /// Shows the card in exactly this place.
    pub fn show_at<R>(
        self,
        ui: &mut Ui,
        place: Rect,
        contents: impl FnOnce(&mut Ui) -> R,
    ) -> InnerResponse<R> {
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
        inner.set_clip_rect(place.expand(2.0).intersect(ui.clip_rect()));
        self.height(place.height()).show(&mut inner, contents)
    }
}

/// How far a page that scrolls reaches beyond its cards: its bar stands beside them.
const BESIDE: f32 = 14.0;

/// Shows a page that scrolls, its cards as wide as on one that does not.
pub fn scrolled_page<R>(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let place = ui.available_rect_before_wrap();
    let wider = place.with_max_x(place.right() + BESIDE);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(wider).id_salt(name));
    let clip = ui.clip_rect();
    inner.set_clip_rect(clip.with_max_x(clip.right().max(wider.right())));
    let scrolled = egui::ScrollArea::vertical().id_salt(name).auto_shrink(false).show(&mut inner, |ui| {
        ui.set_max_width(place.width());
        contents(ui)
    });
    ui.advance_cursor_after_rect(place);
    scrolled.inner
}

/// A 1 px rule across the width there is, with no space around it.
pub fn hair_rule(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(egui::vec2(width, 1.0), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, hairline(tokens.hair));
}
