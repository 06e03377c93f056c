//! The keyboard on Ballots, as on Scores: arrows walk, with Shift they select, typing replaces, F2 edits, Delete abstains.

use egui::{Event, FocusDirection, Id, Key, Modifiers, Ui};

use super::{BallotsView, points_words, scene::Scene, table::TABLE};
use crate::{
    exchange::figure,
    ui::{
        desk::Desk,
        widgets::{Move, ends_edit},
    },
};

impl BallotsView {
    /// Takes what was typed for the table or for the cell being edited; nothing while something lies over it.
    pub(super) fn take_keys(&mut self, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene) {
        if self.is_covered(ui) {
            self.waiting.clear();
            return;
        }
        if std::mem::take(&mut self.to_table) {
            ui.memory_mut(|m| m.request_focus(Id::unique(TABLE)));
        }
        if !self.waiting.is_empty() {
            let waiting = std::mem::take(&mut self.waiting);
            ui.input_mut(|i| drop(i.events.splice(0..0, waiting)));
        }
        match &self.draft {
            Some(draft) if draft.focused => self.keys_in_cell(ui, desk, scene),
            Some(draft) if draft.left => self.leave(desk, scene),
            Some(_) => self.wait_with(ui, 0),
            None if ui.memory(|m| m.has_focus(Id::unique(TABLE))) => self.keys_in_table(ui, desk, scene),
            None => {}
        }
    }

    /// A click elsewhere ends what was being typed; what cannot be taken is given up.
    fn leave(&mut self, desk: &mut Desk<'_>, scene: &Scene) {
        if !self.commit(desk, scene) {
            self.draft = None;
        }
    }

    /// Whether a menu or a sheet has the keyboard. The table lends it as long as that is open.
    fn is_covered(&mut self, ui: &Ui) -> bool {
        let covered =
            egui::Popup::is_any_open(ui.ctx()) || !ui.memory(|m| m.allows_interaction(ui.layer_id()));
        ui.memory_mut(|m| {
            let table = Id::unique(TABLE);
            if covered && m.has_focus(table) {
                m.surrender_focus(table);
                self.lent = true;
            } else if !covered && std::mem::take(&mut self.lent) && m.focused().is_none() {
                m.request_focus(table);
            }
        });
        covered
    }

    /// Keeps what was typed from this place on for the next frame.
    fn wait_with(&mut self, ui: &Ui, from: usize) {
        self.waiting = ui.input_mut(|i| i.events.drain(from.min(i.events.len())..).collect());
        if !self.waiting.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    /// Keys while a cell is edited. What ends the edit is taken here, before the field sees it.
    fn keys_in_cell(&mut self, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene) {
        let Some(draft) = &mut self.draft else { return };
        let replacing = draft.replacing;
        let events = ui.input(|i| i.events.clone());
        let end = events.iter().enumerate().find_map(|(at, event)| Some((at, ends_edit(event, replacing)?)));
        let Some((at, step)) = end else { return };
        // Typed in the same frame, just before the key that ends it.
        for event in &events[..at] {
            if let Event::Text(text) = event {
                draft.text.push_str(text);
            }
        }
        match step {
            None => self.draft = None,
            Some(step) => {
                if self.commit(desk, scene) {
                    self.go(scene, step, false);
                } else if let Some(draft) = &mut self.draft {
                    draft.fresh = true;
                }
            }
        }
        if self.draft.is_none() {
            ui.memory_mut(|m| m.request_focus(Id::unique(TABLE)));
            self.wait_with(ui, at + 1);
        }
        ui.input_mut(|i| i.events.clear());
    }

    /// Keys while the table has the keyboard and nothing is edited.
    fn keys_in_table(&mut self, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene) {
        let events = ui.input(|i| i.events.clone());
        for (at, event) in events.iter().enumerate() {
            let taken = match event {
                Event::Key { key, pressed: true, modifiers, .. } => {
                    self.key(ui, desk, scene, (*key, *modifiers))
                }
                Event::Text(text) => self.typed(scene, text),
                Event::Paste(text) => {
                    self.paste(desk, scene, text);
                    true
                }
                Event::Copy => self.copy(ui, scene),
                Event::Cut => self.copy(ui, scene) && self.clear(desk, scene),
                _ => false,
            };
            if taken {
                // Each step changes what the next one means, which is known anew in the next frame.
                self.wait_with(ui, at + 1);
                ui.input_mut(|i| drop(i.events.pop()));
                return;
            }
        }
    }

    fn key(
        &mut self,
        ui: &Ui,
        desk: &mut Desk<'_>,
        scene: &Scene,
        (key, modifiers): (Key, Modifiers),
    ) -> bool {
        let selected = self.selected(scene);
        if let (Key::Enter | Key::F2, Some((row, None))) = (key, selected) {
            self.open_card(scene, row);
            return true;
        }
        if key == Key::Tab {
            let (step, way) = if modifiers.shift {
                (Move::Back, FocusDirection::Previous)
            } else {
                (Move::Next, FocusDirection::Next)
            };
            if !self.go(scene, step, false) {
                // Past the last cell, and before the first, the keyboard leaves the table.
                ui.memory_mut(|m| m.move_focus(way));
            }
            return true;
        }
        if let Some(step) = Move::of_key(key, modifiers) {
            self.go(scene, step, modifiers.shift && key != Key::Enter);
            return true;
        }
        if modifiers.command || modifiers.ctrl {
            if key == Key::A {
                self.select_all(scene);
            }
            return key == Key::A;
        }
        match (key, selected) {
            (Key::F2, Some((row, Some(f)))) => self.begin_as_it_stands(scene, row, f),
            (Key::Delete | Key::Backspace, Some((_, Some(_)))) => return self.clear(desk, scene),
            _ => return false,
        }
        true
    }

    /// Typing replaces what stands in the cell. Only figures begin it: W asks why wherever the keyboard is.
    fn typed(&mut self, scene: &Scene, text: &str) -> bool {
        if let Some(draft) = &mut self.draft {
            draft.text.push_str(text);
            return true;
        }
        let begins = text.starts_with(|first: char| first.is_ascii_digit() || first == '.');
        let in_cell = matches!(self.selected(scene), Some((_, Some(_))));
        if begins && in_cell {
            self.begin(text, true);
        }
        begins && in_cell
    }

    /// Begins to edit the cell with what stands there.
    pub(super) fn begin_as_it_stands(&mut self, scene: &Scene, row: usize, f: usize) {
        let round = scene.round_of((row, f), self.only);
        let points = scene.points(row, f, round).filter(|_| !scene.hides(round));
        self.begin(&points.map(points_words).unwrap_or_default(), false);
    }

    /// Puts the cells selected on the clipboard as a spreadsheet does: tabs between cells, one line a row.
    fn copy(&self, ui: &Ui, scene: &Scene) -> bool {
        let Some(block) = self.block(scene) else { return false };
        let cell = |row: usize, f: usize| {
            let round = scene.round_of((row, f), self.only);
            let points = scene.points(row, f, round).filter(|_| !scene.hides(round));
            points.map(figure::written).unwrap_or_default()
        };
        let line = |row: usize| block.factors.clone().map(|f| cell(row, f)).collect::<Vec<_>>().join("\t");
        ui.copy_text(block.rows.clone().map(line).collect::<Vec<_>>().join("\n"));
        true
    }
}
