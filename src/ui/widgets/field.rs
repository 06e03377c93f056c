//! Fields to type in. What is typed is a draft until Enter, Tab or a click elsewhere commits it; Esc takes it back.

use egui::{
    Context, Id, Key, Rect, Response, Sense, StrokeKind, TextEdit, Ui, WidgetInfo,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

use super::{
    button::paint_focus,
    cell_draft::refusal_at,
    in_hand::{note_refused, note_typed, take_resumed},
    text::paint_text,
};
use crate::{
    file::characters::is_unseen,
    ui::theme::{Tokens, Type, size},
};

/// A one-line field called `name` that shows `value`; answers with the new text when it was committed and differs.
pub fn text_field(ui: &mut Ui, name: &str, value: &str, width: f32) -> Option<String> {
    draft_field(ui, name, value, |ui, draft| {
        ui.add_sized(
            egui::vec2(width, size::CONTROL),
            TextEdit::singleline(draft)
                .desired_width(width - 20.0)
                .margin(egui::Margin::symmetric(10, 6))
                .font(Type::Body.font()),
        )
    })
}

/// A one-line field that says in grey what belongs in it while it is empty.
pub fn hinted_field(ui: &mut Ui, name: &str, hint: &str, value: &str, width: f32) -> Option<String> {
    draft_field(ui, name, value, |ui, draft| {
        ui.add_sized(
            egui::vec2(width, size::CONTROL),
            TextEdit::singleline(draft)
                .hint_text(hint)
                .desired_width(width - 20.0)
                .margin(egui::Margin::symmetric(10, 6))
                .font(Type::Body.font()),
        )
    })
}

/// The space between a caption and its field.
const UNDER_CAPTION: f32 = 2.0;

fn captioned_height() -> f32 {
    Type::Small.line() + UNDER_CAPTION + size::CONTROL
}

/// A row of captioned fields and of what stands beside them, level with the fields.
pub fn captioned_row<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let across = egui::Layout::left_to_right(egui::Align::Max);
    let place = egui::vec2(ui.available_width(), captioned_height());
    ui.allocate_ui_with_layout(place, across, contents).inner
}

/// A field under its caption, in this width; the field is given the width.
pub fn captioned<R>(ui: &mut Ui, caption: &str, width: f32, field: impl FnOnce(&mut Ui, f32) -> R) -> R {
    let tokens = Tokens::of(ui);
    let down = egui::Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(egui::vec2(width, captioned_height()), down, |ui| {
        ui.spacing_mut().item_spacing.y = UNDER_CAPTION;
        ui.add(egui::Label::new(Type::Small.text(caption, tokens.ink3)).truncate());
        field(ui, width)
    })
    .inner
}

/// A field for a sentence: it grows by lines as it fills; Enter commits like in a one-line field.
pub fn wrapping_field(ui: &mut Ui, name: &str, value: &str, width: f32) -> Option<String> {
    rows_field(ui, name, "", value, (width - 20.0, 1))
}

/// A field for a sentence that says in grey what belongs in it while it is empty.
pub fn hinted_wrapping_field(ui: &mut Ui, name: &str, hint: &str, value: &str, width: f32) -> Option<String> {
    rows_field(ui, name, hint, value, (width - 20.0, 1))
}

fn rows_field(
    ui: &mut Ui,
    name: &str,
    hint: &str,
    value: &str,
    (width, rows): (f32, usize),
) -> Option<String> {
    draft_field(ui, name, value, |ui, draft| {
        let down = egui::Layout::top_down(egui::Align::Min);
        let field = TextEdit::multiline(draft)
            .hint_text(hint)
            .desired_width(width)
            .desired_rows(rows)
            .return_key(None)
            .margin(egui::Margin::symmetric(10, 6))
            .font(Type::Body.font());
        let response =
            ui.allocate_ui_with_layout(egui::vec2(width, size::CONTROL), down, |ui| ui.add(field)).inner;
        if response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            response.surrender_focus();
            ui.data_mut(|data| data.insert_temp(left_field(), response.id));
        }
        response
    })
}

/// A field called `name` for what may take several lines; as tall as `rows` while it is empty. Enter commits.
pub fn text_area(ui: &mut Ui, name: &str, value: &str, width: f32, rows: usize) -> Option<String> {
    rows_field(ui, name, "", value, (width, rows))
}

/// A field for a figure, digits at the right; answers with the text that was committed, as typed. All of it is selected
/// when the field takes the keyboard, so that typing replaces it.
pub fn number_field(ui: &mut Ui, name: &str, value: &str, width: f32) -> Option<String> {
    draft_field(ui, name, value, |ui, draft| edit_figure(ui, draft, Look::wide(width)))
}

/// How a field for a figure looks.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    pub width: f32,
    /// Stands in grey in an empty field.
    pub hint: &'a str,
    /// Stands in grey at the right, where there is room for it beside the figure, which is then at the left.
    pub unit: Option<&'a str>,
    /// Lower than other controls, for a row of text.
    pub low: bool,
}

/// How tall a field is in a row of text.
const LOW: f32 = 23.0;

impl Look<'_> {
    /// Digits at the right, nothing else.
    #[must_use]
    pub fn wide(width: f32) -> Self {
        Self { width, hint: "", unit: None, low: false }
    }
}

fn edit_figure(ui: &mut Ui, draft: &mut String, look: Look<'_>) -> Response {
    let tokens = Tokens::of(ui);
    let wide = |ui: &Ui, words: &str, role: Type| {
        ui.painter().layout_no_wrap(words.to_owned(), role.font(), tokens.ink3).size().x
    };
    let figure = wide(ui, if draft.is_empty() { look.hint } else { draft.as_str() }, Type::Number);
    let unit = look.unit.map(|unit| (unit, wide(ui, unit, Type::Small)));
    let shown = unit.filter(|(unit, size)| !unit.is_empty() && figure + size + 30.0 <= look.width);
    let mut field = figure_edit(draft, look.width);
    if look.unit.is_some() {
        let right = shown.map_or(8, |(_, size)| size.ceil() as i8 + 14);
        let margin = egui::Margin { left: 10, right, top: 6, bottom: 6 };
        field = field
            .align(egui::Align2::LEFT_CENTER)
            .margin(margin)
            .desired_width(look.width - f32::from(right) - 10.0);
    }
    if !look.hint.is_empty() {
        field = field.hint_text(look.hint);
    }
    if look.low {
        field = field.margin(egui::Margin::symmetric(6, 2)).desired_width(look.width - 12.0);
    }
    let tall = if look.low { LOW } else { size::CONTROL };
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().interact_size.y = tall;
            ui.add_sized(egui::vec2(look.width, tall), field)
        })
        .inner;
    if let Some((unit, _)) = shown {
        let at = response.rect.right_center() - egui::vec2(10.0, 0.0);
        paint_text(ui.painter(), at, egui::Align2::RIGHT_CENTER, unit, Type::Small, tokens.ink3);
    }
    if response.gained_focus() {
        select_all(ui, &response, draft);
    }
    response
}

/// What was typed in a field and could not be read.
#[derive(Clone, Debug)]
struct Refused {
    text: String,
    /// What the field stands for keeps this value meanwhile.
    value: String,
    why: String,
}

/// As [`number_field`], for what must be read before it is taken: what cannot be read stays in the field, with a note at
/// it that says why, until it is mended or taken back with Esc.
pub fn read_field<T>(
    ui: &mut Ui,
    name: &str,
    value: &str,
    width: f32,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    read_field_as(ui, name, value, Look::wide(width), read)
}

/// As [`read_field`], with a look of its own.
pub fn read_field_as<T>(
    ui: &mut Ui,
    name: &str,
    value: &str,
    look: Look<'_>,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    let key = ui.scope_id().with(("refused", name));
    let last = Id::unique("field refused last");
    let refused: Option<Refused> = ui.data(|data| data.get_temp(key));
    let refused = refused.filter(|refused| refused.value == value);
    let shown = refused.as_ref().map_or(value, |refused| &refused.text);
    let (response, typed) = drafted_field(ui, name, shown, |ui, draft| edit_figure(ui, draft, look));
    if let Some(typed) = typed {
        let done = read(&typed);
        if done.is_err() && ui.input(|input| input.key_pressed(Key::Enter)) {
            response.request_focus();
            select_all(ui, &response, &typed);
        }
        ui.data_mut(|data| match &done {
            Ok(_) => data.remove::<Refused>(key),
            Err(why) => {
                let refused = Refused { text: typed.clone(), value: value.to_owned(), why: why.clone() };
                data.insert_temp(key, refused);
                data.insert_temp(last, key);
            }
        });
        if let Err(why) = &done {
            note_refused(ui.ctx(), name, (&typed, why), (draft_key(ui, name), true));
        }
        return done.ok();
    }
    let refused = refused?;
    let is_last = ui.data(|data| data.get_temp(last)) == Some(key);
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        ui.data_mut(|data| data.remove::<Refused>(key));
        return None;
    }
    note_refused(ui.ctx(), name, (&refused.text, &refused.why), (draft_key(ui, name), is_last));
    if is_last
        && ui.is_rect_visible(response.rect)
        && draft_text(ui, name).is_none_or(|draft| draft == refused.text)
    {
        refusal_at(ui, response.rect, &refused.why);
    }
    None
}

/// Whether the text in the field of [`read_field`] called `name` in this part of the page has been refused.
#[must_use]
pub fn is_refused(ui: &Ui, name: &str) -> bool {
    ui.data(|data| data.get_temp::<Refused>(ui.scope_id().with(("refused", name)))).is_some()
}

/// A field for a figure in a table of hundreds, over this place: only its words are painted until it has the keyboard,
/// which costs a tenth; its figure in this role, such as [`Type::Number`]. Otherwise as [`number_field`].
pub fn cell_field(ui: &mut Ui, name: &str, value: &str, place: Rect, role: Type) -> Option<String> {
    let id = ui.scope_id().with(("cell", name));
    let is_typed_in = ui.memory(|memory| memory.has_focus(id)) || draft_text(ui, name).is_some();
    if is_typed_in {
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).scope_id(ui.scope_id()));
        return draft_field(&mut inner, name, value, |ui, draft| {
            let field = figure_edit(draft, place.width()).font(role.font()).id(id);
            let response = ui.add_sized(place.size(), field);
            // Assistive technology gives the keyboard before a frame is drawn.
            if response.gained_focus() {
                select_all(ui, &response, draft);
            }
            response
        });
    }
    let response = ui.interact(place, id, Sense::click()).on_hover_cursor(egui::CursorIcon::Text);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_owned()),
        ..WidgetInfo::text_edit(enabled, value, value, "")
    });
    let look = if response.hovered() { ui.visuals().widgets.hovered } else { ui.visuals().widgets.inactive };
    let ground = ui.visuals().text_edit_bg_color();
    ui.painter().rect(place, look.corner_radius, ground, look.bg_stroke, StrokeKind::Inside);
    let ink = Tokens::of(ui).ink;
    let at = place.right_center() - egui::vec2(8.0, 0.0);
    paint_text(ui.painter(), at, egui::Align2::RIGHT_CENTER, value, role, ink);
    if response.clicked() {
        response.request_focus();
    }
    if response.clicked() || response.gained_focus() {
        select_all(ui, &response, value);
        ui.ctx().request_repaint();
    }
    paint_focus(ui, &response, place, size::RADIUS);
    None
}

fn figure_edit(draft: &mut String, width: f32) -> TextEdit<'_> {
    TextEdit::singleline(draft)
        .desired_width(width - 16.0)
        .margin(egui::Margin::symmetric(8, 6))
        .align(egui::Align2::RIGHT_CENTER)
        .font(Type::Number.font())
}

/// Selects the whole text of a field, so that typing replaces it.
pub fn select_all(ui: &Ui, response: &Response, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    state.store(ui.ctx(), response.id);
}

/// Gives the keyboard to the field called `name` that is drawn next in this part of the page: it is scrolled to, and what
/// stands in it is selected.
pub fn focus_field(ui: &Ui, name: &str) {
    ui.data_mut(|data| data.insert_temp(ui.scope_id().with(("keyboard", name)), ()));
}

fn left_field() -> Id {
    Id::unique("field left last")
}

/// The field that was left last by Enter or Esc, if it was drawn since somebody went to the page; forgets it.
pub fn take_left_field(ctx: &Context) -> Option<Id> {
    ctx.data_mut(|data| {
        let field = data.get_temp(left_field());
        data.remove::<Id>(left_field());
        field
    })
}

/// Lets the keyboard start at the head of the page again.
pub fn forget_left_field(ctx: &Context) {
    ctx.data_mut(|data| data.remove::<Id>(left_field()));
}

/// Where the draft of the field called `name` in this part of the page is kept.
fn draft_key(ui: &Ui, name: &str) -> Id {
    ui.scope_id().with(("draft", name))
}

/// What is being typed in the field called `name` in this part of the page, before it is entered.
#[must_use]
pub fn draft_text(ui: &Ui, name: &str) -> Option<String> {
    ui.data(|data| data.get_temp(draft_key(ui, name))).map(|draft: Draft| draft.text)
}

/// As [`draft_text`], once it differs from what stood in the field when typing began.
#[must_use]
pub fn typed_text(ui: &Ui, name: &str) -> Option<String> {
    let draft: Option<Draft> = ui.data(|data| data.get_temp(draft_key(ui, name)));
    draft.filter(Draft::is_touched).map(|draft| draft.text)
}

/// What stands in a field while it has the keyboard.
#[derive(Clone)]
struct Draft {
    text: String,
    /// The value that the typing began from. Until something is typed the field follows the value, as after an undo.
    begun_from: String,
}

impl Draft {
    fn is_touched(&self) -> bool {
        self.text != self.begun_from
    }
}

/// Whether the field called `name` that was drawn last in this part of the page was just left with Enter.
pub fn was_entered(ui: &Ui, name: &str) -> bool {
    ui.data_mut(|data| data.remove_temp::<()>(ui.scope_id().with(("entered", name)))).is_some()
}

/// Keeps the draft of a field while it has the keyboard.
fn draft_field(
    ui: &mut Ui,
    name: &str,
    value: &str,
    show: impl FnOnce(&mut Ui, &mut String) -> Response,
) -> Option<String> {
    drafted_field(ui, name, value, show).1
}

fn drafted_field(
    ui: &mut Ui,
    name: &str,
    value: &str,
    show: impl FnOnce(&mut Ui, &mut String) -> Response,
) -> (Response, Option<String>) {
    let key = draft_key(ui, name);
    let kept: Option<Draft> = ui.data(|data| data.get_temp(key));
    let had_the_keyboard = kept.is_some();
    let Draft { text: mut draft, begun_from } = kept
        .filter(Draft::is_touched)
        .unwrap_or_else(|| Draft { text: value.to_owned(), begun_from: value.to_owned() });
    let resumed = take_resumed(ui.ctx(), key);
    let is_resumed = resumed.is_some();
    draft = resumed.unwrap_or(draft);
    let response = show(ui, &mut draft);
    if is_resumed {
        response.request_focus();
    }
    if ui.data_mut(|data| data.remove_temp::<()>(ui.scope_id().with(("keyboard", name)))).is_some() {
        response.request_focus();
        if !ui.clip_rect().contains_rect(response.rect) {
            response.scroll_to_me(Some(egui::Align::Center));
        }
        // What stands there may be a name that was only given to have one: typing replaces it.
        select_all(ui, &response, &draft);
    }
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_owned()),
        ..WidgetInfo::text_edit(enabled, value, draft.as_str(), "")
    });
    let left_by = |key| response.lost_focus() && ui.input(|input| input.key_pressed(key));
    let given_up = left_by(Key::Escape);
    if given_up || left_by(Key::Enter) {
        ui.data_mut(|data| data.insert_temp(left_field(), response.id));
    }
    if left_by(Key::Enter) {
        ui.data_mut(|data| data.insert_temp(ui.scope_id().with(("entered", name)), ()));
    }
    // A click elsewhere may take this field off the page before it could hear next frame that it was left.
    let left = response.lost_focus() || (response.has_focus() && response.clicked_elsewhere());
    if left || (had_the_keyboard && !response.has_focus()) {
        ui.data_mut(|data| data.remove::<Draft>(key));
        // What is pasted may bring characters along that nobody sees and no file may hold.
        draft.retain(|character| !is_unseen(character));
        let is_new = draft != begun_from && draft != value;
        return (response, (!given_up && is_new).then_some(draft));
    }
    if response.has_focus() {
        let draft = Draft { text: draft, begun_from };
        if draft.is_touched() {
            note_typed(ui.ctx(), name, &draft.text, key);
        }
        ui.data_mut(|data| data.insert_temp(key, draft));
    }
    (response, None)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use egui::{Rect, pos2, vec2};
    use egui_kittest::{Harness, kittest::Queryable as _};

    use super::*;

    #[test]
    fn a_field_that_nobody_typed_in_follows_its_value() {
        let value = RefCell::new(String::from("10"));
        let window = Harness::builder().with_size(vec2(300.0, 100.0));
        let mut window = window.with_context_setup(crate::ui::theme::install).build_ui(|ui| {
            let place = Rect::from_min_size(pos2(10.0, 10.0), vec2(70.0, 32.0));
            let stands = value.borrow().clone();
            if let Some(typed) = cell_field(ui, "Price", &stands, place, Type::Number) {
                *value.borrow_mut() = typed;
            }
            let _ = ui.button("Elsewhere");
        });
        window.get_by_label("Price").click();
        window.run();
        *value.borrow_mut() = "20".to_owned();
        window.run();
        window.get_by_label("Elsewhere").click();
        window.run();
        window.run();
        assert_eq!(*value.borrow(), "20", "what was undone meanwhile stays undone");
    }

    #[test]
    fn a_cell_is_typed_over_and_the_next_is_a_tab_away() {
        let values = RefCell::new([String::from("10"), String::from("20")]);
        let window = Harness::builder().with_size(vec2(300.0, 100.0));
        let mut window = window.with_context_setup(crate::ui::theme::install).build_ui(|ui| {
            for (at, name) in ["First", "Second"].into_iter().enumerate() {
                let place = Rect::from_min_size(pos2(10.0 + 80.0 * at as f32, 10.0), vec2(70.0, 32.0));
                let value = values.borrow()[at].clone();
                if let Some(typed) = cell_field(ui, name, &value, place, Type::Number) {
                    values.borrow_mut()[at] = typed;
                }
            }
        });
        window.get_by_label("First").click();
        window.run();
        window.get_by_label("First").type_text("3");
        window.run();
        window.key_press(Key::Tab);
        window.run();
        window.run();
        assert_eq!(values.borrow().as_slice(), ["3", "20"]);
        window.get_by_label("Second").type_text("45");
        window.run();
        window.key_press(Key::Escape);
        window.run();
        assert_eq!(values.borrow().as_slice(), ["3", "20"]);
        window.get_by_label("Second").click();
        window.run();
        window.get_by_label("Second").type_text("7");
        window.key_press(Key::Enter);
        window.run();
        assert_eq!(values.borrow().as_slice(), ["3", "7"]);
    }
}
