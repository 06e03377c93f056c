//! What is typed in a field and not entered yet, and what a field would not take.

use egui::{Context, Id, Ui};

use super::wrapped;
use crate::ui::theme::{Tokens, Type};

/// What is typed in the field that has the keyboard, or stands refused in one that was left, and is not entered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What the field is called.
    pub field: String,
    /// Of what it is, where its name alone does not say that; else empty.
    pub of: String,
    pub text: String,
    /// Why the field would not take it, where it would not.
    pub refused: Option<String>,
    /// Which field of that name it is.
    pub place: u64,
    /// The pass in which it was drawn.
    pass: u64,
}

impl Typed {
    fn now(ctx: &Context, field: &str, text: &str, place: Id) -> Self {
        let of = ctx.data(|data| data.get_temp(fields_now())).unwrap_or_default();
        let (field, text) = (field.to_owned(), text.to_owned());
        Self { field, of, text, refused: None, place: place.value(), pass: ctx.cumulative_pass_nr() }
    }
}

fn fields_now() -> Id {
    Id::unique("of what the fields are")
}

/// Shows fields whose names alone do not say of what they are: `thing` does, for where it is told what is typed in them.
pub fn fields_of<R>(ui: &mut Ui, thing: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let before: Option<String> = ui.data(|data| data.get_temp(fields_now()));
    ui.data_mut(|data| data.insert_temp(fields_now(), thing.to_owned()));
    let answer = contents(ui);
    ui.data_mut(|data| data.insert_temp(fields_now(), before.unwrap_or_default()));
    answer
}

fn typed_now() -> Id {
    Id::unique("typed and not entered")
}

/// Says what is typed in a field with the keyboard.
pub(super) fn note_typed(ctx: &Context, field: &str, text: &str, place: Id) {
    let typed = Typed::now(ctx, field, text, place);
    ctx.data_mut(|data| data.insert_temp(typed_now(), typed));
}

fn refused_now() -> Id {
    Id::unique("refused and left standing")
}

/// Says what stands in a field without the keyboard that would not take it, and why. Of several the one that is `last`
/// counts, which was left last.
pub(super) fn note_refused(
    ctx: &Context,
    field: &str,
    (text, why): (&str, &str),
    (place, is_last): (Id, bool),
) {
    if !is_last && of_this_pass(ctx, refused_now()).is_some() {
        return;
    }
    let typed = Typed { refused: Some(why.to_owned()), ..Typed::now(ctx, field, text, place) };
    ctx.data_mut(|data| data.insert_temp(refused_now(), typed));
}

fn of_this_pass(ctx: &Context, slot: Id) -> Option<Typed> {
    let typed: Option<Typed> = ctx.data(|data| data.get_temp(slot));
    typed.filter(|typed| typed.pass == ctx.cumulative_pass_nr())
}

/// What is typed in a field that was drawn in this pass, and is not entered yet; where nothing is being typed, what stands
/// refused in one.
#[must_use]
pub fn typed_in_hand(ctx: &Context) -> Option<Typed> {
    of_this_pass(ctx, typed_now()).or_else(|| of_this_pass(ctx, refused_now()))
}

/// How many passes a field has to take up again what was typed in it: a page needs a few to settle.
const PASSES_TO_RESUME: u64 = 8;

/// Puts into a field, when it is drawn next, what was typed in it before the program ended, with the keyboard.
pub fn resume_typing(ctx: &Context, place: u64, text: String) {
    let until = ctx.cumulative_pass_nr() + PASSES_TO_RESUME;
    ctx.data_mut(|data| data.insert_temp(to_resume(), (place, text, until)));
}

fn to_resume() -> Id {
    Id::unique("typing to be resumed")
}

/// What is to be typed on in this field.
pub(super) fn take_resumed(ctx: &Context, key: Id) -> Option<String> {
    let (place, text, until): (u64, String, u64) = ctx.data(|data| data.get_temp(to_resume()))?;
    if place != key.value() || ctx.cumulative_pass_nr() > until {
        return None;
    }
    ctx.data_mut(|data| data.remove::<(u64, String, u64)>(to_resume()));
    Some(text)
}

/// Takes the keyboard from the field that is typed in, so that it enters what it holds when it is drawn next; answers with
/// the field, if there was one.
pub fn leave_field(ctx: &Context) -> Option<Id> {
    let focused = ctx.memory(egui::Memory::focused).filter(|_| ctx.text_edit_focused())?;
    ctx.memory_mut(|memory| memory.surrender_focus(focused));
    Some(focused)
}

fn refusal_now() -> Id {
    Id::unique("refusal on the page")
}

/// Says that the page tells in this pass why a field did not take what was typed in it.
pub fn note_refusal(ctx: &Context, why: &str) {
    let told = (why.to_owned(), ctx.cumulative_pass_nr());
    ctx.data_mut(|data| data.insert_temp(refusal_now(), told));
}

/// Why a field of the page, as it was drawn last, has not taken what was typed in it.
#[must_use]
pub fn refusal_on_page(ctx: &Context) -> Option<String> {
    let told: Option<(String, u64)> = ctx.data(|data| data.get_temp(refusal_now()));
    told.filter(|(_, pass)| pass + 1 >= ctx.cumulative_pass_nr()).map(|(why, _)| why)
}

/// Tells under a field why it did not take what was typed in it.
pub fn refusal(ui: &mut Ui, why: &str) {
    note_refusal(ui.ctx(), why);
    wrapped(ui, why, Type::Small, Tokens::of(ui).ink);
}
