//! The keyboard on Scores: arrows walk, with Shift they select, typing replaces, F2 edits, Delete makes unknown.

use egui::{Event, Id, Key, Modifiers, Ui};

use super::{score_scene::Scene, score_table::TABLE, scores::ScoresView};
use crate::{
    exchange::cell,
    ui::{
        desk::Desk,
        widgets::{Draft, KeyedTable, Move, TableKeys, table_keys},
    },
};

/// Where the keyboard is: a factor, and the option of the cell.
type At = (usize, Option<usize>);

/// Where a step leads among the factors shown; `None` when it leads nowhere.
#[must_use]
pub fn step_from(step: Move, here: Option<At>, rows: &[usize], options: usize) -> Option<At> {
    let Some((f, o)) = here else { return rows.first().map(|&f| (f, (options > 0).then_some(0))) };
    // Where the factor stands in a folded side, the walk goes on from the top.
    let row = rows.iter().position(|&at| at == f).unwrap_or(0);
    // Column 0 is the factor itself.
    let column = o.map_or(0, |o| o + 1);
    let (row, column) = step.within((row, column), (rows.len(), options + 1), 1)?;
    Some((rows[row], column.checked_sub(1)))
}

/// For how many frames a paste that was asked for is waited for: the system answers in the next.
const PASTE_FRAMES: u8 = 3;

/// Takes what was typed for the table or for the cell being edited; nothing while a menu or a sheet lies over it.
pub fn take(view: &mut ScoresView, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene) {
    await_paste(view, ui, desk, scene);
    let to_panel = ui.input(|i| i.key_pressed(Key::F6));
    let is_open = table_keys::take_keys(ui, &mut Table { view, ui, desk, scene });
    if is_open && to_panel {
        let in_table = ui.memory(|m| m.has_focus(Id::unique(TABLE)));
        if in_table {
            view.to_panel = true;
        } else {
            ui.memory_mut(|m| m.request_focus(Id::unique(TABLE)));
        }
    }
}

/// Takes the paste that was asked for by the button, and says so when nothing comes.
fn await_paste(view: &mut ScoresView, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene) {
    let Some(waited) = view.paste_asked else { return };
    let pasted = ui.input_mut(|i| {
        let at = i.events.iter().position(|event| matches!(event, Event::Paste(_)))?;
        match i.events.remove(at) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    });
    view.paste_asked = None;
    match pasted.filter(|text| !text.trim().is_empty()) {
        Some(text) => view.paste(desk, scene, &text),
        None if waited < PASTE_FRAMES => {
            view.paste_asked = Some(waited + 1);
            ui.ctx().request_repaint();
        }
        None => desk.notice("There is nothing to paste. Copy the cells in Excel first."),
    }
}

/// The table while it has the keyboard.
struct Table<'a, 'd> {
    view: &'a mut ScoresView,
    ui: &'a Ui,
    desk: &'a mut Desk<'d>,
    scene: &'a Scene,
}

impl KeyedTable for Table<'_, '_> {
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

    fn go(&mut self, step: Move, extends: bool) -> bool {
        let before = self.view.selected(self.scene);
        self.view.go(self.scene, step, extends);
        self.view.selected(self.scene) != before
    }

    fn takes_first(&mut self, event: &Event) -> Option<bool> {
        let Self { view, desk, scene, .. } = self;
        let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
        let selected = view.selected(scene);
        if modifiers.alt {
            let Some((f, _)) = selected else { return Some(false) };
            match key {
                Key::ArrowUp => view.move_factor(desk, scene, f, false),
                Key::ArrowDown => view.move_factor(desk, scene, f, true),
                _ => return Some(false),
            }
            return Some(true);
        }
        if *key == Key::Enter && matches!(selected, Some((_, None))) {
            view.to_panel = true;
            return Some(true);
        }
        None
    }

    fn takes(&mut self, event: &Event) -> bool {
        let Self { view, ui, desk, scene } = self;
        match event {
            Event::Key { key, pressed: true, modifiers, .. } => self.key(*key, *modifiers),
            Event::Text(text) => typed(view, scene, text),
            Event::Paste(text) => {
                view.paste(desk, scene, text);
                true
            }
            Event::Copy => copy(view, ui, scene),
            Event::Cut => {
                let copied = copy(view, ui, scene);
                if copied {
                    view.clear(desk, scene);
                }
                copied
            }
            _ => false,
        }
    }
}

impl Table<'_, '_> {
    fn key(&mut self, key: Key, modifiers: Modifiers) -> bool {
        let Self { view, desk, scene, .. } = self;
        let selected = view.selected(scene);
        if modifiers.command || modifiers.ctrl {
            if key == Key::A {
                view.select_all(scene);
            }
            return key == Key::A;
        }
        match key {
            Key::F2 => match selected {
                Some((_, Some(_))) => view.begin(scene, None),
                _ => view.to_panel = true,
            },
            Key::Insert => {
                let Some((f, _)) = selected else { return false };
                let factor = &scene.factors()[f];
                view.add_factor(desk, factor.side, &factor.group);
            }
            Key::Delete | Key::Backspace => match selected {
                Some((f, None)) => view.remove_factor(desk, scene, f),
                _ => view.clear(desk, scene),
            },
            _ => return false,
        }
        true
    }
}

/// Typing replaces what stands in the cell. What cannot be a score is refused when it is done, with its reason.
fn typed(view: &mut ScoresView, scene: &Scene, text: &str) -> bool {
    let selected = view.selected(scene);
    let Some(first) = text.chars().next() else { return false };
    // W asks why wherever the keyboard is; a level that begins with it is edited with F2.
    let asks_why = first.eq_ignore_ascii_case(&'w');
    let begins = !first.is_whitespace() && !first.is_control() && !asks_why;
    if matches!(selected, Some((_, Some(_)))) && begins {
        view.begin(scene, Some(text.to_owned()));
        return true;
    }
    false
}

/// Puts the cells selected on the clipboard as a spreadsheet does: tabs between cells, one line a row.
fn copy(view: &ScoresView, ui: &Ui, scene: &Scene) -> bool {
    let Some(block) = view.block(scene) else { return false };
    let cell = |f: usize, o: usize| {
        let grade = scene.score(f, o).and_then(|score| score.grade);
        cell::write(scene.level(f, o), grade, &scene.factors()[f].scale)
    };
    let line = |&f: &usize| block.columns.clone().map(|o| cell(f, o)).collect::<Vec<_>>().join("\t");
    ui.copy_text(block.rows.iter().map(line).collect::<Vec<_>>().join("\n"));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [usize; 3] = [0, 2, 1];

    fn step(step: Move, f: usize, o: Option<usize>) -> Option<At> {
        step_from(step, Some((f, o)), &ROWS, 2)
    }

    #[test]
    fn arrows_stay_inside_the_table() {
        assert_eq!(step(Move::Up(1), 0, Some(1)), Some((0, Some(1))));
        assert_eq!(step(Move::Down(1), 0, Some(1)), Some((2, Some(1))));
        assert_eq!(step(Move::Down(9), 0, Some(1)), Some((1, Some(1))));
        assert_eq!(step(Move::Left, 0, Some(0)), Some((0, None)));
        assert_eq!(step(Move::Left, 0, None), Some((0, None)));
        assert_eq!(step(Move::Right, 0, Some(1)), Some((0, Some(1))));
        assert_eq!(step(Move::Bottom, 0, None), Some((1, Some(1))));
        assert_eq!(step(Move::Top, 1, Some(1)), Some((0, Some(0))));
    }

    #[test]
    fn tab_goes_on_in_the_next_row_and_ends_at_the_last_cell() {
        assert_eq!(step(Move::Next, 0, Some(1)), Some((2, Some(0))));
        assert_eq!(step(Move::Next, 1, Some(1)), None);
        assert_eq!(step(Move::Back, 2, Some(0)), Some((0, Some(1))));
        assert_eq!(step(Move::Back, 0, Some(0)), None);
    }

    #[test]
    fn an_empty_table_has_nowhere_to_go() {
        assert_eq!(step_from(Move::Next, None, &[], 0), None);
        assert_eq!(step_from(Move::Down(1), Some((0, None)), &[], 0), None);
        assert_eq!(step_from(Move::Next, None, &[4], 0), Some((4, None)));
    }
}
