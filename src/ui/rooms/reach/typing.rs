//! Fields whose figure counts while it is typed: everything on the screen follows each key, and the whole of the typing is
//! one step.

use egui::{Key, Ui};

use crate::{
    session::MergeKey,
    ui::{
        desk::Desk,
        widgets::{Look, draft_text, read_field_as, typed_text},
    },
};

/// Shows the field called `name`; `change` edits by what is read from it, at every key and when it is left. Esc, or what
/// cannot be read, puts back what stood before.
pub(super) fn typed_field<T>(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    (name, shown): (&str, &str),
    look: Look<'_>,
    read: impl Fn(&str) -> Result<T, String>,
    change: impl Fn(&mut Desk<'_>, T, MergeKey<'_>),
) {
    let id = ui.scope_id().with(("counts while typed", name));
    let merge = run_of(ui, name);
    let entered = read_field_as(ui, name, shown, look, &read);
    let last: Option<String> = ui.data(|data| data.get_temp(id));
    if let Some(value) = entered {
        change(desk, value, Some(&merge));
        desk.session.settle();
        ui.data_mut(|data| data.remove::<String>(id));
        return;
    }
    let typed = typed_text(ui, name);
    let readable = typed.as_deref().and_then(|text| Some((text, read(text).ok()?)));
    match (readable, last) {
        (Some((text, _)), Some(last)) if text == last => {}
        (Some((text, value)), _) => {
            ui.data_mut(|data| data.insert_temp(id, text.to_owned()));
            change(desk, value, Some(&merge));
            ui.ctx().request_repaint();
        }
        (None, Some(_)) => {
            ui.data_mut(|data| data.remove::<String>(id));
            let is_typed_in = draft_text(ui, name).is_some();
            if is_typed_in || ui.input(|input| input.key_pressed(Key::Escape)) {
                take_back(desk, &merge);
            } else {
                desk.session.settle();
            }
        }
        (None, None) => {}
    }
}

/// Shows the field called `name` for `value`, which is what is looked at and no part of the workspace: it follows what is
/// typed, and Esc, or what cannot be read, puts back what stood before.
pub(super) fn typed_limit<T: Copy + Send + Sync + 'static>(
    ui: &mut Ui,
    (name, shown): (&str, &str),
    look: Look<'_>,
    read: impl Fn(&str) -> Result<T, String>,
    value: &mut T,
) {
    let id = ui.scope_id().with(("before it was typed", name));
    if let Some(entered) = read_field_as(ui, name, shown, look, &read) {
        *value = entered;
        ui.data_mut(|data| data.remove::<T>(id));
        return;
    }
    let before: Option<T> = ui.data(|data| data.get_temp(id));
    match (typed_text(ui, name).and_then(|text| read(&text).ok()), before) {
        (Some(typed), before) => {
            if before.is_none() {
                ui.data_mut(|data| data.insert_temp(id, *value));
            }
            *value = typed;
            ui.ctx().request_repaint();
        }
        (None, Some(before)) => {
            let is_typed_in = draft_text(ui, name).is_some();
            if is_typed_in || ui.input(|input| input.key_pressed(Key::Escape)) {
                *value = before;
            }
            if !is_typed_in {
                ui.data_mut(|data| data.remove::<T>(id));
            }
        }
        (None, None) => {}
    }
}

/// The key under which the typing in the field called `name` in this part of the page is one step.
pub(super) fn run_of(ui: &Ui, name: &str) -> String {
    format!("typing {:?}", ui.scope_id().with(("counts while typed", name)))
}

/// Puts everything back as it was before the typing.
fn take_back(desk: &mut Desk<'_>, merge: &str) {
    let before = desk.session.before_step(Some(merge)).clone();
    desk.edit("Type a figure", Some(merge), |w| *w = (*before).clone());
}
