//! What stands over the page until it is answered.

pub(in crate::ui) mod background;
pub mod caseload;
pub mod changed_outside;
pub mod choose_file;
pub mod close;
pub mod from_tables;
pub mod hand_out;
pub mod import;
pub mod keys;
mod leaving_program;
pub mod merge;
pub mod parts;
pub mod recover;
mod recovered_work;
mod rows_from;
pub mod save_paper;
pub mod seal;
pub mod snapshot;
pub mod still_sealing;
mod system_dialog;
pub mod unlock;
pub mod unreadable;

use egui::{
    Align, Align2, Context, CornerRadius, FocusDirection, Frame, Id, InputState, Key, Layout, Margin, Modal,
    Rect, Response, Role, Sense, Shape, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    icons::Icon,
    theme::{Tokens, Type, hairline, rounded, shadow, size, space},
    widgets::{field::select_all, paint_badge, paint_text_fitted, told_on_hover, wrapped},
};
use crate::file::characters::is_unseen;

/// A dialog that is open.
#[derive(Debug)]
pub enum Dialog {
    ChooseFile(choose_file::ChooseFile),
    Close(close::Close),
    ChangedOutside(changed_outside::ChangedOutside),
    Unreadable(unreadable::Unreadable),
    Recover(Box<recover::Recover>),
    Unlock(Box<unlock::Unlock>),
    Seal(Box<seal::Seal>),
    StillSealing(still_sealing::StillSealing),
    Merge(Box<merge::MergeFiles>),
    WhichBase(Box<merge::WhichBase>),
    Unlike(Box<merge::Unlike>),
    Keys,
    Parts(parts::Parts),
    Snapshot(snapshot::NameSnapshot),
    FromTables(Box<from_tables::FromTables>),
    Import(Box<import::Import>),
    HandOut(Box<hand_out::HandOut>),
    ReadCaseload(Box<caseload::ReadCaseload>),
    SavePaper(Box<save_paper::SavePaper>),
}

/// Shows a dialog's sheet over a veil; answers with what the contents answered, and whether Esc or a click beside it
/// asked for it to go.
pub fn sheet<R>(ctx: &Context, name: &str, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
    let (answer, leave) = modal(ctx, name, width, contents);
    (answer, leave.is_some())
}

/// The same for a sheet that holds what was typed and is nowhere else, while it `keeps`: a click beside it is a slip then.
pub fn typed_sheet<R>(
    ctx: &Context,
    (name, width): (&str, f32),
    keeps: bool,
    contents: impl FnOnce(&mut Ui) -> R,
) -> (R, bool) {
    let (answer, leave) = modal(ctx, name, width, contents);
    (answer, leave.is_some_and(|leave| leave == Leave::Esc || !keeps))
}

/// What asked for a sheet to go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leave {
    Esc,
    Click,
}

fn modal<R>(
    ctx: &Context,
    name: &str,
    width: f32,
    contents: impl FnOnce(&mut Ui) -> R,
) -> (R, Option<Leave>) {
    let tokens = Tokens::of_ctx(ctx);
    let page = ctx.content_rect();
    let width = width.min(page.width() - 2.0 * space::L);
    let frame = Frame::new()
        .fill(tokens.card)
        .stroke(hairline(tokens.hair))
        .corner_radius(rounded(SHEET_RADIUS))
        .shadow(shadow(tokens))
        .inner_margin(Margin { bottom: foot_padding(ctx), ..Margin::same(margin(ctx)) });
    let answer =
        Modal::new(Id::unique(("dialog", name))).backdrop_color(tokens.veil).frame(frame).show(ctx, |ui| {
            let side = f32::from(margin(ctx));
            ui.set_width(width - 2.0 * side);
            ui.set_max_height(page.height() - 4.0 * side);
            ui.data_mut(|data| data.remove::<f32>(begun_foot()));
            let under = ui.painter().add(Shape::Noop);
            let answer = contents(ui);
            if let Some(top) = ui.data_mut(|data| data.remove_temp::<f32>(begun_foot())) {
                let band = ui.min_rect().expand2(vec2(side, f32::from(foot_padding(ctx)))).with_min_y(top);
                ui.painter().set(under, foot_band(band, tokens));
            }
            answer
        });
    let by = if answer.backdrop_response.clicked() { Leave::Click } else { Leave::Esc };
    let leave = answer.should_close().then_some(by);
    (answer.inner, leave)
}

const SHEET_RADIUS: f32 = 14.0;

/// Where the foot of the sheet that is being drawn begins.
fn begun_foot() -> Id {
    Id::unique("foot of a sheet")
}

/// The ground of a foot, from edge to edge of its sheet, under a rule.
fn foot_band(band: Rect, tokens: &Tokens) -> Shape {
    let round = CornerRadius { nw: 0, ne: 0, ..rounded(SHEET_RADIUS - 1.0) };
    let ground = Shape::rect_filled(band, round, tokens.sunken);
    let rule = Shape::line_segment([band.left_top(), band.right_top()], hairline(tokens.line));
    Shape::Vec(vec![ground, rule])
}

/// Above and below what stands in a foot.
fn foot_padding(ctx: &Context) -> i8 {
    if is_low(ctx) { 10 } else { 20 }
}

/// Between the edge of a sheet and what is on it.
fn margin(ctx: &Context) -> i8 {
    if is_low(ctx) { 12 } else { 24 }
}

/// Whether the window is so low that what stands over the page must save room.
fn is_low(ctx: &Context) -> bool {
    ctx.content_rect().height() < size::LOW_WINDOW
}

/// The head of a dialog in one line: what does not fit of the sentence is told on hover.
fn folded_heading(ui: &mut Ui, icon: Icon, title: &str, sentence: &str) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{title}. {sentence}")));
    let (painter, y) = (ui.painter(), rect.center().y);
    painter.text(pos2(rect.left() + 10.0, y), Align2::CENTER_CENTER, icon.0, Icon::font(20.0), tokens.ink);
    let fit = (rect.width() - 28.0, 1);
    let at = pos2(rect.left() + 28.0, y);
    let named = paint_text_fitted(painter, at, Align2::LEFT_CENTER, title, Type::Strong, tokens.ink, fit);
    let at = pos2(named.right() + space::M, y);
    let fit = (rect.right() - at.x, 1);
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, sentence, Type::Small, tokens.ink2, fit);
    told_on_hover(response, || sentence.to_owned());
    ui.add_space(space::XS);
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

/// Begins the foot of a sheet, which stands on a band of its own; only where more than buttons is in it.
pub fn begin_foot(ui: &mut Ui) {
    ui.add_space(if is_low(ui.ctx()) { space::S } else { space::L });
    let top = ui.cursor().top();
    ui.data_mut(|data| data.insert_temp(begun_foot(), top));
    ui.add_space(f32::from(foot_padding(ui.ctx())));
}

/// The foot of a dialog: buttons from the right, the main one first. Tab goes through them from the left, as they are read.
pub fn foot<R>(ui: &mut Ui, buttons: impl FnOnce(&mut Ui) -> R) -> R {
    if ui.data(|data| data.get_temp::<f32>(begun_foot())).is_none() {
        begin_foot(ui);
    }
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, size::CONTROL), Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_width(width);
        tabbed_from_left(ui, buttons)
    })
    .inner
}

/// What a dialog comes to, in a place: who leads, by the badge and in words, and a sentence under it.
pub fn answer(ui: &mut Ui, rect: Rect, lead: Option<(&str, &str)>, sentence: &str) {
    let tokens = Tokens::of(ui);
    let response = ui.interact(rect, ui.scope_id().with("answer"), Sense::hover());
    let words = lead.map_or(sentence.to_owned(), |(badge, lead)| format!("{badge} {lead}. {sentence}"));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.as_str()));
    let width = rect.width() - space::M;
    let mut y = rect.center().y;
    if let Some((badge, words)) = lead {
        y = rect.top() + 11.0;
        let indent = if badge.is_empty() { 0.0 } else { 31.0 };
        if !badge.is_empty() {
            paint_badge(ui.painter(), tokens, badge, pos2(rect.left() + 11.0, y), 22.0);
        }
        let (at, fit) = (pos2(rect.left() + indent, y), (width - indent, 1));
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Strong, tokens.ink, fit);
        y = rect.top() + 34.0;
    }
    let at = pos2(rect.left(), y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, sentence, Type::Small, tokens.ink2, (width, 1));
    told_on_hover(response, || words.clone());
}

/// The same in what the buttons of a foot leave.
pub fn answer_beside_buttons(ui: &mut Ui, lead: Option<(&str, &str)>, sentence: &str) {
    let rect = ui.available_rect_before_wrap();
    // Two lines reach beyond the buttons above and below, and make the foot no taller.
    let beside = |height: f32| Rect::from_center_size(rect.center(), vec2(rect.width(), height));
    answer(ui, beside(ANSWER), lead, sentence);
    ui.allocate_rect(beside(size::CONTROL), Sense::hover());
}

/// How tall the two lines of an answer are.
pub const ANSWER: f32 = 46.0;

/// Tab goes through controls in the order in which they ask for the keyboard, which is that of their making. So those
/// here ask beforehand, in the order in which they stood in the pass before.
fn tabbed_from_left<R>(ui: &mut Ui, controls: impl FnOnce(&mut Ui) -> R) -> R {
    let (key, layer, ctx) = (ui.scope_id().with("order of Tab"), ui.layer_id(), ui.ctx().clone());
    let known: Vec<Id> = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    let last = known.last().copied();
    let goes_on = |input: &InputState| input.modifiers.is_none() && input.key_pressed(Key::Tab);
    let leaves =
        last.filter(|last| ctx.memory(|memory| memory.focused()) == Some(*last) && ctx.input(goes_on));
    ctx.memory_mut(|memory| known.iter().for_each(|id| memory.interested_in_focus(*id, layer)));
    let before = ctx.viewport(|viewport| viewport.this_pass.widgets.get_layer(layer).count());
    let answer = controls(ui);
    let mut order: Vec<(f32, Id)> = ctx.viewport(|viewport| {
        let made = viewport.this_pass.widgets.get_layer(layer).skip(before);
        let reached = made.filter(|widget| widget.enabled && widget.sense.is_focusable());
        reached.map(|widget| (widget.rect.left(), widget.id)).collect()
    });
    order.sort_by(|one, other| one.0.total_cmp(&other.0));
    let order: Vec<Id> = order.into_iter().map(|(_, id)| id).collect();
    ctx.memory_mut(|memory| {
        if let Some(last) = leaves {
            // The one made second has taken the keyboard, which is for what comes behind the last.
            memory.request_focus(last);
            memory.move_focus(FocusDirection::Next);
        }
        // Shift+Tab from the first control of all comes to the last here.
        if let Some(last) = order.last() {
            memory.interested_in_focus(*last, layer);
        }
    });
    ui.data_mut(|data| data.insert_temp(key, order));
    answer
}

/// Gives the keyboard to the main button of a sheet with fields of its own, when a click has taken it from everything: Enter
/// does it.
pub fn propose_when_free(ui: &Ui, button: &Response) {
    if ui.is_enabled() && button.enabled() && ui.memory(|memory| memory.focused().is_none()) {
        button.request_focus();
    }
}

/// Gives the keyboard to what a dialog proposes, when it has just come up or a click has taken the keyboard from
/// everything: Enter does it.
pub fn propose(ui: &Ui, button: &Response) {
    // A first pass that only measures has no keyboard to give.
    if !ui.is_enabled() {
        return;
    }
    let key = button.id.with("proposed");
    let now = ui.ctx().cumulative_pass_nr();
    let before: Option<u64> = ui.data(|data| data.get_temp(key));
    ui.data_mut(|data| data.insert_temp(key, now));
    let is_new = before.is_none_or(|before| before + 1 < now);
    let is_free = button.enabled() && ui.memory(|memory| memory.focused().is_none());
    if is_new || is_free {
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
    }
    if take_keyboard || response.gained_focus() && ui.input(|input| input.key_pressed(Key::Tab)) {
        // What is typed replaces the name that is proposed.
        select_all(ui, &response, text);
    }
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// The address of the folder that a file is in, as the system's own file manager takes it.
pub(in crate::ui) fn folder_address(path: &std::path::Path) -> String {
    let folder = path.parent().unwrap_or(path).to_string_lossy().replace('\\', "/");
    let mut address = if folder.starts_with('/') { "file://".to_owned() } else { "file:///".to_owned() };
    for byte in folder.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b':' | b'-' | b'_' | b'.' | b'~') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}
