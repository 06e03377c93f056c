//! What is being looked at and edited in the register, and its keyboard: as on Scores, arrows walk, typing replaces, F2
//! edits, Delete empties; in Who it takes the person out.

use egui::{Event, Id, Key, Modifiers, Ui};

use super::{
    person::{Fact, change, remove},
    pick_list::{self, Pick},
    register::Scene,
    register_sheets::Sheet,
    register_table::{Act, Column, TABLE},
};
use crate::{
    exchange::figure,
    model::{Room, voices::Stakeholder, wording::number},
    ui::{
        desk::Desk,
        widgets::{Draft, KeyedTable, Move, TableKeys, table_keys},
    },
};

/// What is being looked at in the register.
#[derive(Debug, Default)]
pub struct RegisterView {
    pub(super) column: Column,
    pub(super) draft: Option<Draft>,
    pub(super) pick: Option<Pick>,
    drafts: u64,
    /// Somebody has been selected by hand, so that a click on their row edits.
    pub(super) was_selected: bool,
    /// Scroll to who is selected.
    pub(super) reveal: bool,
    keys: TableKeys,
    /// The revision for which it was counted how many names the fonts cannot show, and how many.
    pub(super) boxed: Option<(u64, usize)>,
    /// The card of the person selected has been put away, until somebody else is selected.
    pub(super) closed: bool,
    /// What stands over the page.
    pub(super) sheet: Option<Sheet>,
    /// The part of the person's card that is open to be edited.
    pub(super) fact: Option<Fact>,
    /// Scroll to what it is edited with.
    pub(super) reveal_fact: bool,
}

impl RegisterView {
    /// Closes what was open on the person selected before, and scrolls to the one selected now.
    pub fn turn_to_another(&mut self) {
        self.fact = None;
        self.pick = None;
        self.closed = false;
        self.was_selected = true;
        self.reveal = true;
    }

    /// Takes what was typed for the table or for the cell being edited.
    pub fn take_keys(&mut self, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
        table_keys::take_keys(ui, &mut Keyed { view: self, desk, scene });
    }

    fn key_in_list(
        &mut self,
        desk: &mut Desk<'_>,
        scene: &Scene<'_>,
        key: Key,
        modifiers: Modifiers,
    ) -> bool {
        let (Some(person), Some(pick)) = (scene.person(), &mut self.pick) else { return false };
        let last = pick_list::items(scene.workspace, person, self.column).len().saturating_sub(1);
        match key {
            Key::ArrowDown => pick.at = (pick.at + 1).min(last),
            Key::ArrowUp => pick.at = pick.at.saturating_sub(1),
            Key::Home => pick.at = 0,
            Key::End => pick.at = last,
            Key::Enter | Key::Space => {
                let at = pick.at;
                self.choose(desk, scene, at);
                if key == Key::Enter {
                    self.pick = None;
                }
            }
            Key::Tab => {
                self.pick = None;
                self.walk(desk, scene, if modifiers.shift { Move::Back } else { Move::Next });
            }
            Key::Escape | Key::F2 => self.pick = None,
            _ => return false,
        }
        true
    }

    fn typed_in_list(&mut self, scene: &Scene<'_>, text: &str) -> bool {
        let (Some(person), Some(pick)) = (scene.person(), &mut self.pick) else { return false };
        let items = pick_list::items(scene.workspace, person, self.column);
        if let Some(at) = pick_list::beginning_with(&items, pick.at + 1, text) {
            pick.at = at;
        }
        true
    }

    /// Typing replaces what stands in the cell, or goes to the item of its list that begins so.
    fn typed(&mut self, scene: &Scene<'_>, text: &str) -> bool {
        let Some(person) = scene.person() else { return false };
        let Some(first) = text.chars().next() else { return false };
        // W asks why wherever the keyboard is; a name that begins with it is edited with F2.
        if first.is_control()
            || first.is_whitespace() && !self.column.is_chosen()
            || text.eq_ignore_ascii_case("w")
        {
            return false;
        }
        if self.column.is_chosen() {
            let items = pick_list::items(scene.workspace, person, self.column);
            let standing = items.iter().position(|item| item.on).unwrap_or(0);
            let at = pick_list::beginning_with(&items, standing + 1, text).unwrap_or(standing);
            self.pick = Some(Pick { at, is_new: true, left: false });
        } else if self.column != Column::Ballot {
            self.begin_typing(text.to_owned(), true);
        }
        true
    }

    /// Opens the cell selected to be edited; a ballot is given on its own page.
    pub(super) fn begin(&mut self, desk: &mut Desk<'_>, scene: &Scene<'_>, typed: Option<String>) {
        let Some(person) = scene.person() else { return };
        if self.column == Column::Ballot {
            desk.go(Room::Voices, "Ballots");
        } else if self.column.is_chosen() {
            let items = pick_list::items(scene.workspace, person, self.column);
            let at = items.iter().position(|item| item.on).unwrap_or(0);
            self.pick = Some(Pick { at, is_new: true, left: false });
        } else {
            let plain = |value: Option<f64>| value.map(|v| number(v, 1)).unwrap_or_default();
            let replacing = typed.is_some();
            let text = typed.unwrap_or_else(|| match self.column {
                Column::Who => person.name.clone(),
                Column::From => person.role.clone(),
                Column::Influence => plain(person.influence),
                _ => plain(person.interest),
            });
            self.begin_typing(text, replacing);
        }
    }

    fn begin_typing(&mut self, text: String, replacing: bool) {
        self.drafts += 1;
        self.reveal = true;
        self.draft = Some(Draft::new(text, replacing, Id::unique(("register draft", self.drafts))));
    }

    /// Begins to name somebody who has just been added: typing replaces the name that was given to have one.
    pub(super) fn name(&mut self, person: &Stakeholder) {
        self.column = Column::Who;
        self.pick = None;
        self.begin_typing(person.name.clone(), false);
        if let Some(draft) = &mut self.draft {
            draft.whole = true;
        }
    }

    /// Takes what has been typed into a cell; answers whether it could be taken.
    pub(super) fn commit(&mut self, desk: &mut Desk<'_>, scene: &Scene<'_>) -> bool {
        let Some(mut draft) = self.draft.take() else { return true };
        let Some(person) = scene.person() else { return true };
        match write(desk, person, self.column, &draft.text) {
            Ok(()) => true,
            Err(why) => {
                draft.refused = Some(why);
                self.draft = Some(draft);
                false
            }
        }
    }

    /// Takes an item of the open list.
    pub(super) fn choose(&mut self, desk: &mut Desk<'_>, scene: &Scene<'_>, at: usize) {
        let Some(person) = scene.person() else { return };
        let items = pick_list::items(scene.workspace, person, self.column);
        let Some(item) = items.get(at) else { return };
        let label = match self.column {
            Column::LocalMeans => format!("Local means {} to {}", item.words.to_lowercase(), person.name),
            Column::Heard => format!("Say how {} was heard", person.name),
            _ if item.on => format!("{} does not speak for {}", person.name, item.words),
            _ => format!("{} speaks for {}", person.name, item.words),
        };
        change(desk, person, label, None, |p| pick_list::apply(p, item));
    }

    /// Empties the cell selected; in Who the person is taken out.
    fn clear(&self, desk: &mut Desk<'_>, scene: &Scene<'_>) {
        let Some(person) = scene.person() else { return };
        let label = format!("Empty “{}” of {}", self.column.words(), person.name);
        let column = self.column;
        match column {
            Column::Who => remove(desk, scene.workspace, person),
            Column::Ballot => {}
            _ => change(desk, person, label, None, |p| match column {
                Column::From => p.role.clear(),
                Column::LocalMeans => p.local_means = None,
                Column::Heard => p.heard = crate::model::voices::Heard::No,
                Column::SpeaksFor => p.speaks_for.clear(),
                Column::Influence => p.influence = None,
                Column::Stake => p.interest = None,
                Column::Who | Column::Ballot => {}
            }),
        }
    }

    /// Goes a step in the table; answers whether it led anywhere else.
    fn walk(&mut self, desk: &mut Desk<'_>, scene: &Scene<'_>, step: Move) -> bool {
        let here = (scene.selected.unwrap_or(0), self.column as usize);
        let Some((row, column)) = step.within(here, (scene.shown.len(), Column::ALL.len()), 0) else {
            return false;
        };
        self.select(desk, scene, row, Column::ALL[column]);
        (row, column) != here
    }

    /// Selects a cell.
    pub(super) fn select(&mut self, desk: &mut Desk<'_>, scene: &Scene<'_>, row: usize, column: Column) {
        let Some(person) = scene.shown.get(row) else { return };
        desk.view.voices.person = Some(person.id.clone());
        self.column = column;
        self.was_selected = true;
        self.reveal = true;
        self.pick = None;
        if scene.selected != Some(row) {
            self.turn_to_another();
        }
    }

    /// Does what was done with the pointer.
    pub(super) fn take_acts(&mut self, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, acts: Vec<Act>) {
        if self.draft.as_ref().is_some_and(|draft| draft.left) {
            // A click elsewhere takes what was typed; what cannot be taken stays to be mended.
            self.commit(desk, scene);
            self.draft.iter().for_each(|draft| draft.note_refused(ui.ctx()));
        }
        if self.pick.as_ref().is_some_and(|pick| pick.left) {
            self.pick = None;
        }
        for act in acts {
            match act {
                Act::Pick(item) => {
                    self.choose(desk, scene, item);
                    if self.column != Column::SpeaksFor {
                        self.pick = None;
                    }
                }
                Act::Select(row, column) | Act::Edit(row, column) => {
                    if !self.commit(desk, scene) {
                        continue;
                    }
                    self.select(desk, scene, row, column);
                    ui.memory_mut(|m| m.request_focus(Id::unique(TABLE)));
                    if matches!(act, Act::Edit(..)) {
                        let there = scene.with_selected(row);
                        self.begin(desk, &there, None);
                    }
                }
            }
        }
    }
}

/// The table while it has the keyboard.
struct Keyed<'a, 'd, 's> {
    view: &'a mut RegisterView,
    desk: &'a mut Desk<'d>,
    scene: &'a Scene<'s>,
}

impl KeyedTable for Keyed<'_, '_, '_> {
    fn id(&self) -> Id {
        Id::unique(TABLE)
    }

    fn keys(&mut self) -> &mut TableKeys {
        &mut self.view.keys
    }

    fn draft(&mut self) -> &mut Option<Draft> {
        &mut self.view.draft
    }

    fn commit(&mut self) -> bool {
        self.view.commit(self.desk, self.scene)
    }

    fn go(&mut self, step: Move, _extends: bool) -> bool {
        self.view.walk(self.desk, self.scene, step)
    }

    fn takes_first(&mut self, event: &Event) -> Option<bool> {
        let Self { view, desk, scene } = self;
        match event {
            Event::Key { key, pressed: true, modifiers, .. } if view.pick.is_some() => {
                Some(view.key_in_list(desk, scene, *key, *modifiers))
            }
            Event::Text(text) if view.pick.is_some() => Some(view.typed_in_list(scene, text)),
            Event::Key { key, pressed: true, modifiers, .. }
                if *key == Key::F2 || (modifiers.alt && *key == Key::ArrowDown) =>
            {
                view.begin(desk, scene, None);
                Some(true)
            }
            _ => None,
        }
    }

    fn takes(&mut self, event: &Event) -> bool {
        let Self { view, desk, scene } = self;
        match event {
            Event::Key { modifiers, .. } if modifiers.command || modifiers.ctrl => false,
            Event::Key { key: Key::Insert, pressed: true, .. } => {
                super::add_person(desk);
                true
            }
            Event::Key { key: Key::Delete | Key::Backspace, pressed: true, .. } => {
                view.clear(desk, scene);
                true
            }
            Event::Text(text) => view.typed(scene, text),
            _ => false,
        }
    }

    fn holds_list(&self) -> bool {
        self.view.pick.is_some()
    }
}

/// Writes a text into a cell.
///
/// # Errors
/// Says why it cannot stand there.
fn write(desk: &mut Desk<'_>, person: &Stakeholder, column: Column, text: &str) -> Result<(), String> {
    let text = text.trim();
    let name = &person.name;
    match column {
        Column::Who if text.is_empty() => {
            return Err("A voice needs a name: a role or a pseudonym will do.".to_owned());
        }
        Column::Who => {
            change(desk, person, format!("Rename {name} to {text}"), None, |p| p.name = text.to_owned());
        }
        Column::From => {
            change(desk, person, format!("Say where {name} is from"), None, |p| p.role = text.to_owned());
        }
        Column::Influence | Column::Stake => {
            let value = read_of_ten(text)?;
            let words = column.words().to_lowercase();
            let label = match value {
                Some(value) => format!("Put the {words} of {name} at {}", number(value, 1)),
                None => format!("Leave the {words} of {name} open"),
            };
            change(desk, person, label, None, |p| match column {
                Column::Influence => p.influence = value,
                _ => p.interest = value,
            });
        }
        Column::LocalMeans | Column::Heard | Column::SpeaksFor | Column::Ballot => {}
    }
    Ok(())
}

/// Reads a value from 0 to 10; nothing is not said.
///
/// # Errors
/// Says what is expected.
pub fn read_of_ten(text: &str) -> Result<Option<f64>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read = figure::number(text).filter(|figure| !figure.percent && (0.0..=10.0).contains(&figure.value));
    read.map(|figure| Some(figure.value))
        .ok_or_else(|| format!("“{text}” cannot stand here. Expected: a number from 0 to 10, such as 3.5."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn influence_and_stake_run_from_0_to_10() {
        assert_eq!(read_of_ten(" 3.5 "), Ok(Some(3.5)));
        assert_eq!(read_of_ten(""), Ok(None));
        assert_eq!(read_of_ten("10"), Ok(Some(10.0)));
        for wrong in ["10.1", "-1", "50 %", "much"] {
            assert!(read_of_ten(wrong).is_err(), "{wrong}");
        }
    }
}
