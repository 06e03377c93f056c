//! The lists of the record: reasons, conditions, safeguards, triggers and what is rationed, each sentence read as a line and
//! opened in place.

use egui::{Frame, Margin, RichText, Ui, vec2};
use jiff::civil::Date;

use super::{
    Found,
    line::{self, INDENT, Line},
    offered, tables,
};
use crate::{
    exchange::figure,
    model::{
        Room, Workspace,
        decision::{Decision, EntryState, RecordList},
        ids::EntryId,
        wording::{capital, day, typed_day},
    },
    session::edits::decision as edits,
    ui::{
        desk::Desk,
        drawing::Part,
        icons::{self, Icon},
        theme::{Tokens, Type, rounded, size, space},
        widgets::{
            button::Segment, choose, focus_field, hinted_field, icon_button, segmented, wrapped,
            wrapping_field,
        },
    },
};

/// The head of a section, with its add button; answers whether that was pressed.
pub fn section(ui: &mut Ui, icon: Icon, title: &str, add: &str) -> bool {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 9.0;
        ui.label(RichText::new(icon.0).font(Icon::font(18.0)).color(tokens.ink2));
        ui.label(Type::Strong.text(title, tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            icon_button(ui, icons::PLUS, add, true).clicked()
        })
        .inner
    })
    .inner
}

/// How a list is shown in the record.
pub(super) struct Look {
    icon: Icon,
    pub title: &'static str,
    one: &'static str,
    none: &'static str,
}

pub(super) fn look(list: RecordList) -> Look {
    let (icon, title, one, none) = match list {
        RecordList::Reasons => (icons::LIST_CHECKS, "Reasons", "reason", "No reason is given yet."),
        RecordList::Conditions => (icons::LOCK_SIMPLE, "Conditions", "condition", "No condition is set."),
        RecordList::Safeguards => {
            (icons::SHIELD_CHECK, "Safeguards against exclusion", "safeguard", "No safeguard is set.")
        }
        RecordList::Triggers => {
            (icons::BELL_SIMPLE, "Review triggers", "trigger", "Nothing says when this is looked at again.")
        }
        RecordList::Rationed => {
            (icons::SCALES, "What is rationed", "rationed thing", "Nothing more is said of it.")
        }
        RecordList::Reviews => (icons::CALENDAR_BLANK, "Reviews", "review", "No review is planned."),
    };
    Look { icon, title, one, none }
}

/// Shows a list with its heading.
pub fn list(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, found: &Found, list: RecordList) {
    let says_more = list == RecordList::Rationed && !workspace.question.trade_offs.is_empty();
    let has_rows = says_more || !workspace.decision.sentences_of(list).is_empty();
    let part = Part::table(look(list).title).if_any(has_rows).figures(|| tables::list(workspace, list));
    part.show(ui, |ui| lines(ui, desk, workspace, found, list));
    offered::show(ui, desk, found, list);
}

fn lines(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, found: &Found, list: RecordList) {
    let tokens = Tokens::of(ui);
    let Look { icon, title, one, none } = look(list);
    if section(ui, icon, title, &format!("Add a {one}")) {
        add(desk, list);
    }
    if list == RecordList::Rationed {
        super::rationed::trade_offs(ui, desk, workspace);
    }
    let ids: Vec<EntryId> = workspace.decision.sentences_of(list).iter().map(|s| s.id.clone()).collect();
    for (place, id) in ids.iter().enumerate() {
        line::row(ui, |ui| {
            ui.vertical(|ui| {
                if desk.view.decision.open.as_ref() == Some(id) {
                    write(ui, desk, workspace, (list, one), id, (place, ids.len()));
                } else {
                    read(ui, desk, workspace, found, (list, one), id, place);
                }
            });
        });
    }
    let says_more = list == RecordList::Rationed && !workspace.question.trade_offs.is_empty();
    if ids.is_empty() && !says_more {
        ui.horizontal(|ui| {
            ui.add_space(INDENT);
            wrapped(ui, none, Type::Body, tokens.ink2);
        });
    }
}

/// Adds an entry and opens it.
pub fn add(desk: &mut Desk<'_>, list: RecordList) {
    let one = look(list).one;
    let id = EntryId::named(one, desk.session.new_tail());
    desk.view.decision.open(id.clone());
    desk.edit(format!("Add a {one}"), None, |w| edits::add(&mut w.decision, list, id));
}

fn read(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    found: &Found,
    (list, one): (RecordList, &str),
    id: &EntryId,
    place: usize,
) {
    let sentences = workspace.decision.sentences_of(list);
    let Some(sentence) = sentences.get(place) else { return };
    let decision = &workspace.decision;
    let room = match list {
        RecordList::Reasons => decision.reasons.get(place).and_then(|reason| reason.room),
        _ => None,
    };
    let figure = sentence.figures.first().and_then(|figure| desk.session.basis().figure(&figure.key));
    let page = figure.filter(|figure| Some(figure.room) == room).map(|figure| figure.page);
    let shown = Line {
        name: format!("{} {}", capital(one), place + 1),
        id,
        text: sentence.text,
        aside: aside(decision, list, place),
        list: Some(list),
    };
    let open = line::read(ui, desk, found, &shown, |ui, desk| {
        if let Some(room) = room {
            line::from_room(ui, desk, room, page);
        }
    });
    if open {
        desk.view.decision.open(id.clone());
    }
}

/// Who sees to it and when, or between whom it is rationed.
fn aside(decision: &Decision, list: RecordList, place: usize) -> String {
    let who_and_when = |owner: &str, due: Option<Date>| {
        let due = due.map_or_else(String::new, day);
        let parts: Vec<&str> = [owner.trim(), &due].into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    };
    match list {
        RecordList::Conditions | RecordList::Safeguards => {
            let entry = decision.entries(list).and_then(|entries| entries.get(place));
            entry.map_or_else(String::new, |entry| match entry.state {
                EntryState::Met => "Met.".to_owned(),
                EntryState::Open => who_and_when(&entry.owner, entry.due),
            })
        }
        RecordList::Triggers => {
            decision.triggers.get(place).map_or_else(String::new, |t| who_and_when(&t.owner, t.due))
        }
        RecordList::Rationed => decision.rationed.get(place).map_or_else(String::new, |r| r.between.clone()),
        RecordList::Reasons | RecordList::Reviews => String::new(),
    }
}

/// The box in which an open entry is written.
pub fn open_box<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = Tokens::of(ui);
    Frame::new()
        .fill(tokens.sunken)
        .corner_radius(rounded(size::RADIUS))
        .inner_margin(Margin::same(8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(space::S, space::S);
            ui.spacing_mut().interact_size.y = size::CONTROL;
            contents(ui)
        })
        .inner
}

fn write(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    (list, one): (RecordList, &str),
    id: &EntryId,
    (place, of): (usize, usize),
) {
    let number = place + 1;
    let text = workspace.decision.sentences_of(list).get(place).map_or("", |s| s.text).to_owned();
    open_box(ui, |ui| {
        let name = format!("{} {number}", capital(one));
        if std::mem::take(&mut desk.view.decision.just_opened) {
            focus_field(ui, &name);
        }
        if let Some(text) = wrapping_field(ui, &name, &text, ui.available_width()) {
            desk.edit(format!("Change a {one}"), None, |w| w.decision.rewrite(list, id, &text));
        }
        ui.horizontal_wrapped(|ui| match list {
            RecordList::Reasons => from_which_room(ui, desk, workspace, id, place),
            RecordList::Rationed => between(ui, desk, workspace, id, place),
            _ => who_and_when(ui, desk, workspace, (list, one), id, number),
        });
        let moves = line::moves(ui, one, (place, of));
        line::make_moves(desk, list, one, id, &moves);
    });
}

fn from_which_room(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, id: &EntryId, place: usize) {
    let Some(reason) = workspace.decision.reasons.get(place) else { return };
    let rooms = Room::ALL.into_iter().map(|room| (Some(room), room.name().to_owned()));
    let choices = std::iter::once((None, "no room".to_owned())).chain(rooms);
    ui.label(Type::Small.text("From", Tokens::of(ui).ink3));
    if let Some(room) = choose(ui, &format!("Room of reason {}", place + 1), 140.0, &reason.room, choices) {
        desk.edit("Say which room a reason comes from", None, |w| {
            if let Some(reason) = w.decision.reasons.iter_mut().find(|reason| reason.id == *id) {
                reason.room = room;
            }
        });
    }
}

fn between(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, id: &EntryId, place: usize) {
    let Some(rationed) = workspace.decision.rationed.get(place) else { return };
    let name = format!("Between whom {} is rationed", place + 1);
    let width = ui.available_width().min(280.0);
    if let Some(text) = hinted_field(ui, &name, "Between now and later", &rationed.between, width) {
        desk.edit("Say between whom something is rationed", None, |w| {
            if let Some(rationed) = w.decision.rationed.iter_mut().find(|rationed| rationed.id == *id) {
                rationed.between = text;
            }
        });
    }
}

/// Whoever sees to an entry, and the day.
pub fn who_and_when(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    (list, one): (RecordList, &str),
    id: &EntryId,
    number: usize,
) {
    let Some((owner, due)) = owner_and_due(&workspace.decision, list, id) else { return };
    if let Some(text) = hinted_field(ui, &format!("Who sees to {one} {number}"), "Owner", owner, 180.0) {
        desk.edit(format!("Say who sees to a {one}"), None, |w| {
            with_entry(&mut w.decision, list, id, |owner, _| *owner = text);
        });
    }
    let name = format!("When {one} {number} is due");
    if let Some(date) = date_field(ui, desk, &name, "Due, 31/3/2027", due, 132.0) {
        desk.edit(format!("Change when a {one} is due"), None, |w| {
            with_entry(&mut w.decision, list, id, |_, due| *due = date);
        });
    }
    if let Some(state) = state_of(&workspace.decision, list, id)
        && let Some(state) = state_choice(ui, one, number, state)
    {
        edit_state(desk, list, id, one, state);
    }
}

/// Says whether an entry is met.
pub fn edit_state(desk: &mut Desk<'_>, list: RecordList, id: &EntryId, one: &str, state: EntryState) {
    desk.edit(format!("Mark a {one} as {}", state.words()), None, |w| {
        if let Some(entry) = w.decision.entry_mut(list, id) {
            entry.state = state;
        }
    });
}

/// Open or met; answers with the other when that was chosen.
pub fn state_choice(ui: &mut Ui, one: &str, number: usize, state: EntryState) -> Option<EntryState> {
    let segment = |words: &'static str| Segment {
        badge: "",
        words,
        colour: None,
        name: format!("{} {number} is {}", capital(one), words.to_lowercase()),
    };
    let chosen = segmented(ui, &[segment("Open"), segment("Met")], usize::from(state == EntryState::Met))?;
    Some(if chosen == 1 { EntryState::Met } else { EntryState::Open })
}

fn state_of(decision: &Decision, list: RecordList, id: &EntryId) -> Option<EntryState> {
    decision.entries(list)?.iter().find(|entry| entry.id == *id).map(|entry| entry.state)
}

fn owner_and_due<'d>(
    decision: &'d Decision,
    list: RecordList,
    id: &EntryId,
) -> Option<(&'d str, Option<Date>)> {
    match list {
        RecordList::Conditions | RecordList::Safeguards => {
            let entry = decision.entries(list)?.iter().find(|entry| entry.id == *id);
            entry.map(|entry| (entry.owner.as_str(), entry.due))
        }
        RecordList::Triggers => {
            decision.triggers.iter().find(|t| t.id == *id).map(|t| (t.owner.as_str(), t.due))
        }
        _ => None,
    }
}

fn with_entry(
    decision: &mut Decision,
    list: RecordList,
    id: &EntryId,
    put: impl FnOnce(&mut String, &mut Option<Date>),
) {
    match list {
        RecordList::Conditions | RecordList::Safeguards => {
            if let Some(entry) = decision.entry_mut(list, id) {
                put(&mut entry.owner, &mut entry.due);
            }
        }
        RecordList::Triggers => {
            if let Some(trigger) = decision.triggers.iter_mut().find(|trigger| trigger.id == *id) {
                put(&mut trigger.owner, &mut trigger.due);
            }
        }
        _ => {}
    }
}

/// A field for a day; answers with the day, or none, when it was changed. What is no date is said at the foot of the window.
pub fn date_field(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    name: &str,
    hint: &str,
    date: Option<Date>,
    width: f32,
) -> Option<Option<Date>> {
    let shown = date.map(typed_day).unwrap_or_default();
    let typed = hinted_field(ui, name, hint, &shown, width)?;
    if typed.trim().is_empty() {
        return Some(None);
    }
    let date = figure::date(&typed);
    if date.is_none() {
        desk.notice(format!("“{typed}” is not a date; write it like 31/3/2027."));
    }
    date.map(Some)
}
