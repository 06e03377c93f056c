//! What stands over the page until it is answered.

mod background;
pub mod caseload;
pub mod changed_outside;
pub mod choose_file;
pub mod close;
pub mod from_tables;
pub mod hand_out;
pub mod import;
pub mod keys;
pub mod merge;
pub mod recover;
mod recovered_work;
mod rows_from;
pub mod seal;
pub mod snapshot;
mod system_dialog;
pub mod unlock;
pub mod unreadable;

use egui::{Align, Context, Frame, Id, Key, Layout, Margin, Modal, Response, TextEdit, Ui, WidgetInfo, vec2};

use super::{
    icons::Icon,
    theme::{Tokens, Type, hairline, rounded, shadow, size, space},
    widgets::{field::select_all, wrapped},
};
use crate::file::characters::is_unseen;

/// A dialog that is open.
#[derive(Debug)]
pub enum Dialog {
    ChooseFile(choose_file::ChooseFile),
    Close(close::Close),
    ChangedOutside(changed_outside::ChangedOutside),
    Unreadable(unreadable::Unreadable),
    Recover(recover::Recover),
    Unlock(Box<unlock::Unlock>),
    Seal(Box<seal::Seal>),
    Merge(Box<merge::MergeFiles>),
    WhichBase(Box<merge::WhichBase>),
    Keys,
    Snapshot(snapshot::NameSnapshot),
    FromTables(Box<from_tables::FromTables>),
    Import(Box<import::Import>),
    HandOut(Box<hand_out::HandOut>),
    ReadCaseload(Box<caseload::ReadCaseload>),
}

/// Shows a dialog's sheet over a veil; answers with what the contents answered, and whether Esc or a click beside it
/// asked for it to go.
pub fn sheet<R>(ctx: &Context, name: &str, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
    let tokens = Tokens::of_ctx(ctx);
    let page = ctx.content_rect();
    let width = width.min(page.width() - 2.0 * space::L);
    let frame = Frame::new()
        .fill(tokens.card)
        .stroke(hairline(tokens.hair))
        .corner_radius(rounded(14.0))
        .shadow(shadow(tokens))
        .inner_margin(Margin::same(24));
    let answer =
        Modal::new(Id::unique(("dialog", name))).backdrop_color(tokens.veil).frame(frame).show(ctx, |ui| {
            ui.set_width(width - 48.0);
            ui.set_max_height(page.height() - 96.0);
            contents(ui)
        });
    let leave = answer.should_close();
    (answer.inner, leave)
}

/// The head of a dialog: icon, title, and a sentence under it.
pub fn heading(ui: &mut Ui, icon: Icon, title: &str, sentence: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        ui.label(egui::RichText::new(icon.0).font(Icon::font(28.0)).color(tokens.ink));
        ui.add_space(space::XS);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            wrapped(ui, title, Type::Title, tokens.ink);
            if !sentence.is_empty() {
                wrapped(ui, sentence, Type::Body, tokens.ink2);
            }
        });
    });
    ui.add_space(space::M);
}

/// The foot of a dialog: buttons from the right, the main one first.
pub fn foot<R>(ui: &mut Ui, buttons: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(space::L);
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, size::CONTROL), Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_width(width);
        buttons(ui)
    })
    .inner
}

/// Gives the keyboard to what a dialog proposes, when it has just come up: Enter does it.
pub fn propose(ui: &Ui, button: &Response) {
    // A first pass that only measures has no keyboard to give.
    if !ui.is_enabled() {
        return;
    }
    let key = button.id.with("proposed");
    let now = ui.ctx().cumulative_pass_nr();
    let before: Option<u64> = ui.data(|data| data.get_temp(key));
    ui.data_mut(|data| data.insert_temp(key, now));
    if before.is_none_or(|before| before + 1 < now) {
        button.request_focus();
    }
}

/// A field for a passphrase, which shows dots; answers whether Enter was pressed in it. What is typed is handed over once
/// and not kept.
pub fn passphrase_field(ui: &mut Ui, name: &str, text: &mut String, take_keyboard: bool) -> bool {
    let tokens = Tokens::of(ui);
    ui.label(Type::Small.text(name, tokens.ink3));
    let field = TextEdit::singleline(text)
        .password(true)
        .desired_width(f32::INFINITY)
        .font(Type::Body.font())
        .margin(egui::Margin::symmetric(10, 6));
    let response = ui.add(field);
    // Its length is all that anybody is told.
    let typed = text.chars().count();
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_owned()),
        ..WidgetInfo::text_edit(true, "", "\u{2022}".repeat(typed), "")
    });
    if take_keyboard {
        response.request_focus();
    }
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// A field with its name above it; answers whether Enter was pressed in it.
pub fn field(ui: &mut Ui, name: &str, text: &mut String, take_keyboard: bool) -> bool {
    let tokens = Tokens::of(ui);
    ui.label(Type::Small.text(name, tokens.ink3));
    let field = TextEdit::singleline(text)
        .desired_width(f32::INFINITY)
        .font(Type::Body.font())
        .margin(egui::Margin::symmetric(10, 6));
    let response = ui.add(field);
    // What is pasted may bring characters along that nobody sees and no file may hold.
    text.retain(|character| !is_unseen(character));
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_owned()),
        ..WidgetInfo::text_edit(true, "", text.as_str(), "")
    });
    if take_keyboard {
        response.request_focus();
        // What is typed replaces the name that is proposed.
        select_all(ui, &response, text);
    }
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}
