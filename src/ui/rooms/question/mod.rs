//! The Question room: what are we deciding, for whom, where, between what?

mod entitlements;
mod need_groups;
mod options;
mod overview;

pub use entitlements::{add_entitlement, add_trade_off};

use egui::{Key, Ui};

use super::head;
use crate::{
    model::{
        Room,
        ids::{NeedGroupId, OptionId},
        money::Pence,
        question::{NeedGroup, ServiceOption, badge},
    },
    ui::{
        desk::Desk,
        theme::{Tokens, Type},
        widgets::{Button, focus_field},
    },
};

/// The pages of the room.
pub const PAGES: &[&str] = &["Overview", "Options", "Need groups", "Entitlements"];

/// What is being looked at in the room.
#[derive(Debug, Default)]
pub struct QuestionView {
    /// The option or need group that is to be removed, once that has been confirmed.
    removing: Option<String>,
    /// That has just been asked: the answer takes the keyboard when it is drawn.
    just_asked: bool,
    /// What has just been added: its first field takes the keyboard when it is drawn.
    added: Option<String>,
    /// The question has just been asked: the button that leads on takes the keyboard.
    asked: bool,
    /// The name of the last option has just been entered: the button for another takes the keyboard.
    offer_another: bool,
    /// The empty question has been given the keyboard.
    greeted: bool,
}

/// Shows the open page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    head(ui, Room::Question, desk, |_, _| ());
    ui.add_space(4.0);
    match desk.view.page(Room::Question) {
        "Options" => options::show(ui, desk),
        "Need groups" => need_groups::show(ui, desk),
        "Entitlements" => entitlements::show(ui, desk),
        _ => overview::show(ui, desk),
    }
}

/// Adds an option with the next badge that no option has had, as far as the workspace can tell.
pub fn add_option(desk: &mut Desk<'_>) {
    let workspace = desk.workspace();
    let used: Vec<&str> = workspace.question.options.iter().map(|option| option.badge.as_str()).collect();
    let place = (0..).find(|&place| !used.contains(&badge(place).as_str())).unwrap_or(used.len());
    let badge = badge(place);
    let name = format!("Option {badge}");
    let id = OptionId::named(&name, desk.session.new_tail());
    desk.view.question.added = Some(id.to_string());
    desk.edit(format!("Add {name}"), None, |w| {
        w.question.options.push(ServiceOption {
            id,
            badge,
            name,
            short: String::new(),
            summary: String::new(),
            decided: None,
            designed: None,
            delivered: None,
        });
    });
}

/// Removes an option and everything that speaks of it.
fn remove_option(desk: &mut Desk<'_>, id: &OptionId, name: &str) {
    desk.edit(format!("Remove {name}"), None, |w| w.forget_option(id));
}

/// Adds a need group of which nothing is known yet.
pub fn add_need_group(desk: &mut Desk<'_>) {
    let number = desk.session.workspace().question.need_groups.len() + 1;
    let name = format!("Need group {number}");
    let id = NeedGroupId::named(&name, desk.session.new_tail());
    desk.view.question.added = Some(id.to_string());
    desk.edit(format!("Add {name}"), None, |w| {
        w.question.need_groups.push(NeedGroup::named(id, &name));
    });
}

/// Removes a need group and everything that speaks of it.
fn remove_need_group(desk: &mut Desk<'_>, id: &NeedGroupId, name: &str) {
    desk.edit(format!("Remove {name}"), None, |w| w.forget_need_group(id));
}

/// Changes one option.
fn edit_option(desk: &mut Desk<'_>, id: &OptionId, label: String, change: impl FnOnce(&mut ServiceOption)) {
    desk.edit(label, None, |w| {
        if let Some(option) = w.question.options.iter_mut().find(|option| option.id == *id) {
            change(option);
        }
    });
}

/// Changes one need group.
fn edit_need_group(
    desk: &mut Desk<'_>,
    id: &NeedGroupId,
    label: String,
    change: impl FnOnce(&mut NeedGroup),
) {
    desk.edit(label, None, |w| {
        if let Some(group) = w.question.need_groups.iter_mut().find(|group| group.id == *id) {
            change(group);
        }
    });
}

/// Gives the keyboard to the field called `field` that is drawn next, when it belongs to what has just been added.
fn welcome(ui: &Ui, desk: &mut Desk<'_>, id: &str, field: &str) {
    if desk.view.question.added.take_if(|added| added == id).is_some() {
        focus_field(ui, field);
    }
}

/// Asks whether this is to be removed, under it.
fn ask_to_remove(desk: &mut Desk<'_>, id: &str) {
    desk.view.question.removing = Some(id.to_owned());
    desk.view.question.just_asked = true;
}

/// Shows the question whether this is to be removed while it is being asked; answers whether it is to go.
fn is_to_go(ui: &mut Ui, desk: &mut Desk<'_>, id: &str, words: &str, button: &str) -> bool {
    if desk.view.question.removing.as_deref() != Some(id) {
        return false;
    }
    let tokens = Tokens::of(ui);
    let (mut go, mut keep) = (false, false);
    ui.horizontal_wrapped(|ui| {
        ui.label(Type::Body.text(words, tokens.ink2));
        let remove = Button::new(button).show(ui);
        if std::mem::take(&mut desk.view.question.just_asked) {
            remove.request_focus();
            remove.scroll_to_me(None);
        }
        let kept = Button::new("Keep it").quiet().show(ui);
        let escaped = ui.input(|input| input.key_pressed(Key::Escape));
        go = remove.clicked();
        keep = kept.clicked() || (escaped && (remove.lost_focus() || kept.lost_focus()));
    });
    if go || keep {
        desk.view.question.removing = None;
    }
    go
}

/// A sum of money, or nothing where none is known.
fn sum(of: Option<Pence>) -> String {
    of.map(|pence| pence.to_string()).unwrap_or_default()
}
