//! The page of conditions and safeguards: what, who, by when, and whether it has come about.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use jiff::civil::Date;

use super::{
    Found,
    entry::{add, date_field, edit_state, state_choice},
    line, offered, tables, to_settle,
};
use crate::{
    model::{
        Workspace,
        decision::{Entry, EntryState, RecordList},
        wording::{capital, count, counted, day, in_words},
    },
    session::edits::decision as edits,
    ui::{
        desk::Desk,
        drawing::Part,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{
            Button, Card, button::Segment, captioned, captioned_row, focus_field, hair_rule, hinted_field,
            icon_button, paint_text, scrolled_page, segmented, wrapped, wrapping_field,
        },
    },
};

/// Which of them are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    All,
    Open,
    Overdue,
    Met,
}

impl Shown {
    const ALL: [Self; 4] = [Self::All, Self::Open, Self::Overdue, Self::Met];

    fn words(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Open => "Open",
            Self::Overdue => "Overdue",
            Self::Met => "Met",
        }
    }

    fn holds(self, entry: &Entry, today: Date) -> bool {
        match self {
            Self::All => true,
            Self::Open => entry.state == EntryState::Open,
            Self::Overdue => entry.is_overdue(today),
            Self::Met => entry.state == EntryState::Met,
        }
    }
}

/// The width from which a row stands on one line.
const ONE_LINE: f32 = 900.0;
const OWNER: f32 = 212.0;
const DUE: f32 = 112.0;
const STATE: f32 = 98.0;
/// A field that grows by lines is drawn so much narrower than it is asked for.
const FIELD_EDGE: f32 = 20.0;
/// The heads of the columns for whoever sees to an entry, and for its day.
const WHO: &str = "Who sees to it";
const BY_WHEN: &str = "By when";

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, found: &Found) {
    let today = desk.session.signature().on;
    scrolled_page(ui, "conditions page", |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::M);
        to_settle::show(ui, desk, found);
        let tokens = Tokens::of(ui);
        ui.horizontal_wrapped(|ui| {
            wrapped(ui, sentence(workspace, today), Type::Sentence, tokens.ink);
        });
        let shown = Shown::ALL.map(|shown| Segment {
            badge: "",
            words: shown.words(),
            colour: None,
            name: format!("Show {}", shown.words().to_lowercase()),
        });
        let place = Shown::ALL.iter().position(|shown| *shown == desk.view.decision.shown).unwrap_or(0);
        if let Some(chosen) = segmented(ui, &shown, place) {
            desk.view.decision.shown = Shown::ALL[chosen];
        }
        for (list, one) in [(RecordList::Conditions, "condition"), (RecordList::Safeguards, "safeguard")] {
            Card::new().padding(20, 16).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                let has_rows = !workspace.decision.sentences_of(list).is_empty();
                let part = Part::table(title(list)).if_any(has_rows);
                part.figures(|| tables::list(workspace, list)).show(ui, |ui| {
                    table(ui, desk, workspace, found, (list, one), today);
                });
                offered::show(ui, desk, found, list);
            });
        }
    });
}

/// "Four conditions and safeguards: three are open, one of them overdue."
fn sentence(workspace: &Workspace, today: Date) -> String {
    let decision = &workspace.decision;
    let all = || decision.conditions.iter().chain(&decision.safeguards);
    let number = all().count();
    let open = all().filter(|entry| entry.state == EntryState::Open).count();
    let overdue = all().filter(|entry| entry.is_overdue(today)).count();
    let are = |n: usize, what: &str| format!("{} {} {what}", in_words(n), if n == 1 { "is" } else { "are" });
    let next =
        all().filter(|e| e.state == EntryState::Open).filter_map(|e| e.due).filter(|due| *due >= today).min();
    match (number, open) {
        (0, _) => "Nothing is set as a condition or safeguard yet.".to_owned(),
        (_, 0) => "Every condition and safeguard is met.".to_owned(),
        _ => {
            let first = format!(
                "Of {} {}",
                counted(number, "condition or safeguard", "conditions and safeguards"),
                if open == number && number > 1 { "all are open".to_owned() } else { are(open, "open") }
            );
            let late = if overdue > 0 { format!(", {}", are(overdue, "overdue")) } else { String::new() };
            let next = next.map_or_else(String::new, |due| format!(". The next is due on {}", day(due)));
            format!("{first}{late}{next}.")
        }
    }
}

fn table(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    found: &Found,
    (list, one): (RecordList, &'static str),
    today: Date,
) {
    let tokens = Tokens::of(ui);
    let entries = match list {
        RecordList::Conditions => &workspace.decision.conditions,
        _ => &workspace.decision.safeguards,
    };
    ui.horizontal(|ui| {
        ui.label(Type::Heading.text(title(list), tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if Button::new(&format!("Add a {one}")).icon(icons::PLUS).quiet().show(ui).clicked() {
                desk.view.decision.shown = Shown::All;
                add(desk, list);
            }
        });
    });
    let shown = desk.view.decision.shown;
    let mut drawn = 0;
    for (place, entry) in entries.iter().enumerate().filter(|(_, entry)| shown.holds(entry, today)) {
        if drawn == 0 && ui.available_width() >= ONE_LINE {
            heads(ui, one);
        }
        hair_rule(ui);
        row(ui, desk, (list, one), (place, entries.len()), entry, today);
        for change in found.changed.iter().filter(|c| c.list == list && c.entry == entry.id) {
            line::changed(ui, desk, change);
        }
        drawn += 1;
    }
    if drawn == 0 {
        let words = match (entries.is_empty(), shown) {
            (true, _) => format!("No {one} is set."),
            (false, shown) => format!("No {one} is {}.", shown.words().to_lowercase()),
        };
        wrapped(ui, words, Type::Body, tokens.ink2);
    }
}

fn title(list: RecordList) -> &'static str {
    if list == RecordList::Conditions { "Conditions" } else { "Safeguards against exclusion" }
}

/// What the columns hold, where a row stands on one line.
fn heads(ui: &mut Ui, one: &str) {
    let size = vec2(ui.available_width(), Type::Small.line());
    let (row, response) = ui.allocate_exact_size(size, Sense::hover());
    let heads = [capital(one), WHO.to_owned(), BY_WHEN.to_owned(), "State".to_owned()];
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, heads.join(", ")));
    let owner = row.left() + what_width(row.width()) + space::S;
    let due = owner + OWNER + space::S;
    let state = due + DUE + space::S;
    for (x, words) in [row.left(), owner, due, state].into_iter().zip(&heads) {
        let (at, ink) = (pos2(x, row.center().y), Tokens::of(ui).ink3);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, ink);
    }
}

/// How wide the words of an entry are on one line with the rest.
fn what_width(row: f32) -> f32 {
    row - (OWNER + DUE + STATE + 3.0 * size::CONTROL + 6.0 * space::S)
}

fn row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    (list, one): (RecordList, &'static str),
    (place, of): (usize, usize),
    entry: &Entry,
    today: Date,
) {
    let wide = ui.available_width();
    if wide >= ONE_LINE {
        ui.horizontal_top(|ui| {
            what(ui, desk, (list, one), place, entry, what_width(wide) + FIELD_EDGE);
            who_when(ui, desk, (list, one), (place, of), entry, false);
        });
    } else {
        what(ui, desk, (list, one), place, entry, wide);
        captioned_row(ui, |ui| who_when(ui, desk, (list, one), (place, of), entry, true));
    }
    if entry.is_overdue(today)
        && let Some(due) = entry.due
    {
        let days = (today - due).get_days();
        let words =
            format!("Overdue since {}, {}.", day(due), count(days.unsigned_abs() as usize, "day", "days"));
        let response = wrapped(ui, &words, Type::SmallStrong, Tokens::of(ui).crimson);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Label, true, format!("{} {}: {words}", capital(one), place + 1))
        });
    }
}

fn what(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    (list, one): (RecordList, &str),
    place: usize,
    entry: &Entry,
    width: f32,
) {
    let name = format!("{} {}", capital(one), place + 1);
    let is_new = desk.view.decision.open.as_ref() == Some(&entry.id) && desk.view.decision.just_opened;
    if is_new {
        desk.view.decision.just_opened = false;
        focus_field(ui, &name);
    }
    if let Some(text) = wrapping_field(ui, &name, &entry.text, width) {
        desk.edit(format!("Change a {one}"), None, |w| w.decision.rewrite(list, &entry.id, &text));
    }
}

/// Whoever sees to it, the day and the state, with captions where no heads stand over them.
fn who_when(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    (list, one): (RecordList, &str),
    (place, of): (usize, usize),
    entry: &Entry,
    has_captions: bool,
) {
    let number = place + 1;
    let name = format!("Who sees to {one} {number}");
    let owner = |ui: &mut Ui, width| hinted_field(ui, &name, "Owner", &entry.owner, width);
    let typed = if has_captions { captioned(ui, WHO, OWNER, owner) } else { owner(ui, OWNER) };
    if let Some(text) = typed {
        change(desk, list, format!("Say who sees to a {one}"), entry, |entry| entry.owner = text);
    }
    let name = format!("When {one} {number} is due");
    let mut due = |ui: &mut Ui, width| date_field(ui, desk, &name, "31/3/2027", entry.due, width);
    let typed = if has_captions { captioned(ui, BY_WHEN, DUE, due) } else { due(ui, DUE) };
    if let Some(date) = typed {
        change(desk, list, format!("Change when a {one} is due"), entry, |entry| entry.due = date);
    }
    if let Some(state) = state_choice(ui, one, number, entry.state) {
        edit_state(desk, list, &entry.id, one, state);
    }
    let moved = |ui: &mut Ui, icon, words: &str, enabled| {
        icon_button(ui, icon, &format!("{words} {one} {number}"), enabled).clicked()
    };
    let up = moved(ui, icons::ARROW_UP, "Move up", place > 0);
    let down = moved(ui, icons::ARROW_DOWN, "Move down", number < of);
    if up || down {
        desk.edit(format!("Move a {one}"), None, |w| edits::shift(&mut w.decision, list, &entry.id, up));
    }
    if moved(ui, icons::TRASH, "Remove", true) {
        desk.edit(format!("Remove a {one}"), None, |w| edits::remove(&mut w.decision, list, &entry.id));
    }
}

fn change(desk: &mut Desk<'_>, list: RecordList, label: String, entry: &Entry, put: impl FnOnce(&mut Entry)) {
    desk.edit(label, None, |w| {
        if let Some(found) = w.decision.entry_mut(list, &entry.id) {
            put(found);
        }
    });
}
