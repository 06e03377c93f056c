//! A table of groups by office, with what must be hidden hatched.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::drawing::{Part, parts::Rows};
use crate::{
    analysis::reach::caseload::suppression::Shown,
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, rounded, space},
        widgets::{Card, marks::paint_hatching, paint_text, paint_text_fitted, wrapped},
    },
};

const ROW: f32 = 28.0;
const CELL: f32 = 62.0;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub words: String,
    pub look: Look,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    /// Somebody is left out.
    Flagged,
    /// Nobody.
    Faint,
    /// Hidden, because it is small or would give a small count back.
    Hatched,
}

impl Cell {
    pub fn of(shown: Shown) -> Self {
        let look = match shown {
            Shown::Count(_) => Look::Plain,
            Shown::Hidden => Look::Hatched,
        };
        Self { words: shown.words(), look }
    }
}

/// The names around the cells.
pub struct PlaceTable<'a> {
    pub title: &'a str,
    pub names: Vec<String>,
    pub places: Vec<String>,
    pub threshold: u32,
    /// A sentence under it; empty for none.
    pub note: &'a str,
}

impl PlaceTable<'_> {
    /// Shows the card, as tall as its rows; offices that have no room are a scroll away.
    pub fn show(&self, ui: &mut Ui, cell: impl Fn(usize, usize) -> Cell) {
        let title = self.title;
        Part::table(title).figures(|| self.rows(&cell)).show(ui, |ui| self.card(ui, &cell));
    }

    fn rows(&self, cell: &impl Fn(usize, usize) -> Cell) -> Rows {
        let heads = std::iter::once("Need group".to_owned()).chain(self.places.iter().cloned());
        let row = |(at, name): (usize, &String)| {
            let cells = (0..self.places.len()).map(|place| cell(at, place).words);
            std::iter::once(name.clone()).chain(cells).collect()
        };
        std::iter::once(heads.collect()).chain(self.names.iter().enumerate().map(row)).collect()
    }

    fn card(&self, ui: &mut Ui, cell: &impl Fn(usize, usize) -> Cell) {
        let tokens = Tokens::of(ui);
        Card::new().show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            self.head(ui);
            let names = (ui.available_width() * 0.41).clamp(110.0, 190.0);
            let height = 24.0 + ROW * self.names.len() as f32 + 6.0;
            let place = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
            self.row_names(ui, place, names);
            let cells = place.with_min_x(place.left() + names);
            let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(cells));
            inner.set_clip_rect(cells.intersect(ui.clip_rect()));
            ScrollArea::horizontal().id_salt(self.title).auto_shrink(false).show(&mut inner, |ui| {
                let room = cells.width() / self.places.len().max(1) as f32;
                let step = room.max(CELL + 6.0);
                let across = step * self.places.len() as f32;
                let (whole, _) = ui.allocate_exact_size(vec2(across, height - 6.0), Sense::hover());
                for (at, name) in self.places.iter().enumerate() {
                    let right = whole.left() + step * (at + 1) as f32;
                    if !ui.is_rect_visible(whole.with_min_x(right - step).with_max_x(right)) {
                        continue;
                    }
                    let head = pos2(right - 8.0, whole.top() + 10.0);
                    let fit = (step - 8.0, 1);
                    paint_text_fitted(
                        ui.painter(),
                        head,
                        Align2::RIGHT_CENTER,
                        name,
                        Type::Small,
                        tokens.ink3,
                        fit,
                    );
                    self.column(ui, (at, cell), (whole.top() + 24.0, right, step));
                }
            });
            ui.advance_cursor_after_rect(place);
            if !self.note.is_empty() {
                wrapped(ui, self.note, Type::Small, tokens.ink2);
            }
        });
    }

    fn head(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        ui.horizontal(|ui| {
            ui.label(Type::Heading.text(self.title, tokens.ink));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 5.0;
                ui.label(Type::Small.text(format!("under {} hidden", self.threshold), tokens.ink2));
                ui.label(
                    egui::RichText::new(icons::SHIELD_CHECK.0).font(Icon::font(16.0)).color(tokens.ink2),
                );
            });
        });
    }

    fn row_names(&self, ui: &Ui, place: Rect, width: f32) {
        let tokens = Tokens::of(ui);
        let left = Align2::LEFT_CENTER;
        let head = pos2(place.left(), place.top() + 10.0);
        paint_text(ui.painter(), head, left, "Need group", Type::Small, tokens.ink3);
        for (row, name) in self.names.iter().enumerate() {
            let y = place.top() + 24.0 + ROW * (row as f32 + 0.5);
            let fit = (width - 8.0, 1);
            paint_text_fitted(ui.painter(), pos2(place.left(), y), left, name, Type::Small, tokens.ink, fit);
        }
    }

    fn column(
        &self,
        ui: &mut Ui,
        (place, cell): (usize, &impl Fn(usize, usize) -> Cell),
        (top, right, step): (f32, f32, f32),
    ) {
        let tokens = Tokens::of(ui);
        for (row, name) in self.names.iter().enumerate() {
            let rect = Rect::from_min_max(
                pos2(right - step + 6.0, top + ROW * row as f32 + 2.0),
                pos2(right, top + ROW * (row + 1) as f32 - 2.0),
            );
            if !ui.is_rect_visible(rect) {
                continue;
            }
            let shown = cell(row, place);
            let response = ui.interact(rect, ui.scope_id().with(("cell", row, place)), Sense::hover());
            response.widget_info(|| {
                let words = format!("{}, {name}, {}: {}", self.title, self.places[place], shown.words);
                WidgetInfo::labeled(Role::Cell, true, words)
            });
            let (fill, role, ink) = match shown.look {
                Look::Plain => (tokens.sunken, Type::Number, tokens.ink),
                Look::Flagged => (tokens.crimson_tint, Type::NumberStrong, tokens.crimson),
                Look::Faint | Look::Hatched => (tokens.sunken, Type::Small, tokens.ink3),
            };
            ui.painter().rect_filled(rect, rounded(6.0), fill);
            if shown.look == Look::Hatched {
                paint_hatching(ui.painter(), tokens, rect);
            }
            let at = pos2(rect.right() - 8.0, rect.center().y);
            let painted = ui.painter().layout_no_wrap(shown.words.clone(), role.font(), ink);
            if shown.look == Look::Hatched {
                let behind = Align2::RIGHT_CENTER.anchor_size(at, painted.size()).expand2(vec2(3.0, 0.0));
                ui.painter().rect_filled(behind, rounded(3.0), tokens.card);
            }
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &shown.words, role, ink);
        }
    }
}
