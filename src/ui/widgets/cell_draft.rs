//! A cell of a table while it is edited in place, and the note laid over the table at a cell.

use egui::{Align2, Color32, Context, FontSelection, Id, Margin, Rect, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{
    field::select_all,
    in_hand::{note_refusal, note_refused, note_typed},
};
use crate::ui::theme::{Tokens, Type, hairline, rounded, size, space};

/// A cell being edited.
#[derive(Debug)]
pub struct Draft {
    pub text: String,
    /// What stood there, unless the typing took its place.
    begun_from: Option<String>,
    /// Begun by typing, so that arrows to the side move on instead of through the text.
    pub replacing: bool,
    /// Why the text was not taken.
    pub refused: Option<String>,
    /// What the cell was called when it was last shown.
    name: String,
    pub id: Id,
    /// It has not been shown yet.
    pub fresh: bool,
    /// All of it is selected when it is first shown, so that typing replaces it.
    pub whole: bool,
    /// It had the keyboard when it was last shown, and whether it has just lost it.
    pub focused: bool,
    pub left: bool,
}

impl Draft {
    /// A draft that begins with this text: typed in place of what stood there, or what stands there.
    #[must_use]
    pub fn new(text: String, replacing: bool, id: Id) -> Self {
        let begun_from = (!replacing).then(|| text.clone());
        let (fresh, whole, focused, left) = (true, false, false, false);
        let name = String::new();
        Self { text, begun_from, replacing, refused: None, name, id, fresh, whole, focused, left }
    }

    /// Shows the field that lies over the cell called `name`.
    pub fn show(&mut self, ui: &mut Ui, cell: Rect, name: &str, align: Align2) {
        let tokens = Tokens::of(ui);
        let place = cell.shrink(2.0);
        ui.painter().rect_filled(place, rounded(3.0), tokens.card);
        let role = if align == Align2::RIGHT_CENTER { Type::Number } else { Type::Body };
        let field = TextEdit::singleline(&mut self.text)
            .id(self.id)
            .font(FontSelection::FontId(role.font()))
            .text_color(tokens.ink)
            .frame(egui::Frame::NONE)
            .margin(Margin::ZERO)
            .return_key(None)
            .lock_focus(true)
            .align(align)
            .desired_width(place.width() - 14.0);
        let response = ui.put(place.shrink2(vec2(7.0, 0.0)), field);
        if std::mem::take(&mut self.fresh) {
            response.request_focus();
            if self.whole {
                select_all(ui, &response, &self.text);
            }
        }
        response.widget_info(|| WidgetInfo {
            label: Some(format!("Edit {name}")),
            ..WidgetInfo::text_edit(true, "", self.text.as_str(), "")
        });
        self.left = self.focused && !ui.memory(|m| m.has_focus(self.id));
        self.focused = ui.memory(|m| m.has_focus(self.id));
        name.clone_into(&mut self.name);
        if self.focused && self.begun_from.as_ref() != Some(&self.text) {
            note_typed(ui.ctx(), name, &self.text, self.id);
        } else {
            self.note_refused(ui.ctx());
        }
    }

    /// Says that it stands refused, if it does: also in the very frame in which it was, as that may lead off the page.
    pub fn note_refused(&self, ctx: &Context) {
        if let Some(why) = &self.refused {
            note_refused(ctx, &self.name, (&self.text, why), (self.id, true));
        }
    }
}

/// The ground of a note laid over a table.
pub fn note_frame(tokens: &Tokens, outline: Color32) -> egui::Frame {
    egui::Frame::new()
        .fill(tokens.card)
        .stroke(hairline(outline))
        .corner_radius(rounded(size::RADIUS))
        .inner_margin(Margin::symmetric(10, 6))
        .shadow(crate::ui::theme::shadow(tokens))
}

/// A note laid under a cell, or over it where there is no room below.
pub fn note_at(ui: &Ui, cell: Rect, (width, height): (f32, f32), contents: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let screen = ui.ctx().content_rect();
    let below = cell.bottom() + height < screen.bottom() - size::STANDING_LINE;
    let x = (cell.right() - width).max(screen.left() + space::L);
    let (at, pivot) = if below {
        (pos2(x, cell.bottom() + space::XS), Align2::LEFT_TOP)
    } else {
        (pos2(x, cell.top() - space::XS), Align2::LEFT_BOTTOM)
    };
    egui::Area::new(Id::unique("note at a cell"))
        .fixed_pos(at)
        .pivot(pivot)
        .order(egui::Order::Foreground)
        .interactable(false)
        .show(ui.ctx(), |ui| {
            note_frame(tokens, tokens.edge).show(ui, contents);
        });
}

/// What a refusal takes below a cell.
const REFUSAL: f32 = 120.0;

/// Says at a cell why what was typed in it was not taken.
pub fn refusal_at(ui: &Ui, cell: Rect, why: &str) {
    note_refusal(ui.ctx(), why);
    let tokens = Tokens::of(ui);
    let width = 320.0_f32.min(ui.ctx().content_rect().width() - 2.0 * space::L);
    note_at(ui, cell, (width, REFUSAL), |ui| {
        ui.set_width(width - 22.0);
        super::wrapped(ui, format!("{why} Esc takes it back."), Type::Small, tokens.ink);
    });
}
