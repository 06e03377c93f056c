//! Fields to type in. What is typed is a draft until Enter, Tab or a click elsewhere commits it; Esc takes it back.

use egui::{
    Context, Id, Key, Response, TextEdit, Ui, WidgetInfo,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
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
    rows_field(ui, name, value, width - 20.0, 1)
}

fn rows_field(ui: &mut Ui, name: &str, value: &str, width: f32, rows: usize) -> Option<String> {
    draft_field(ui, name, value, |ui, draft| {
        let down = egui::Layout::top_down(egui::Align::Min);
        let field = TextEdit::multiline(draft)
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
    rows_field(ui, name, value, width, rows)
}

/// A field for a figure, digits at the right; answers with the text that was committed, as typed. All of it is selected
/// when the field takes the keyboard, so that typing replaces it.
pub fn number_field(ui: &mut Ui, name: &str, value: &str, width: f32) -> Option<String> {
    draft_field(ui, name, value, |ui, draft| {
        let response = ui.add_sized(
            egui::vec2(width, size::CONTROL),
            TextEdit::singleline(draft)
                .desired_width(width - 16.0)
                .margin(egui::Margin::symmetric(8, 6))
                .align(egui::Align2::RIGHT_CENTER)
                .font(Type::Number.font()),
        );
        if response.gained_focus() {
            select_all(ui, &response, draft);
        }
        response
    })
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
    let key = ui.scope_id().with(("draft", name));
    let kept: Option<String> = ui.data(|data| data.get_temp(key));
    let mut draft = kept.clone().unwrap_or_else(|| value.to_owned());
    let response = show(ui, &mut draft);
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
    if left || (kept.is_some() && !response.has_focus()) {
        ui.data_mut(|data| data.remove::<String>(key));
        // What is pasted may bring characters along that nobody sees and no file may hold.
        draft.retain(|character| !is_unseen(character));
        return (!given_up && draft != value).then_some(draft);
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(key, draft));
    }
    None
}
