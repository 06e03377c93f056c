//! The keyboard on Ballots, as on Scores: arrows walk, with Shift they select, typing replaces, F2 edits, Delete abstains.

use egui::{Event, Id, Key, Modifiers, Ui};

use super::{BallotsView, points_words, scene::Scene, table::TABLE};
use crate::{
    exchange::figure,
    ui::{
        desk::Desk,
        widgets::{Draft, KeyedTable, Move, TableKeys, table_keys},
    },
};

/// The table while it has the keyboard.
struct Keyed<'a, 'd> {
    view: &'a mut BallotsView,
    ui: &'a Ui,
    desk: &'a mut Desk<'d>,
    scene: &'a Scene,
}

impl KeyedTable for Keyed<'_, '_> {
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
        self.view.go(self.scene, step, extends)
    }

    fn takes_first(&mut self, event: &Event) -> Option<bool> {
        let Event::Key { key: Key::Enter | Key::F2, pressed: true, .. } = event else { return None };
        let (row, None) = self.view.selected(self.scene)? else { return None };
        self.view.open_card(self.scene, row);
        Some(true)
    }

    fn takes(&mut self, event: &Event) -> bool {
        let Self { view, ui, desk, scene } = self;
        match event {
            Event::Key { key, pressed: true, modifiers, .. } => view.key(desk, scene, *key, *modifiers),
            Event::Text(text) => view.typed(scene, text),
            Event::Paste(text) => {
                view.paste(desk, scene, text);
                true
            }
            Event::Copy => view.copy(ui, scene),
            Event::Cut => view.copy(ui, scene) && view.clear(desk, scene),
            _ => false,
        }
    }
}

impl BallotsView {
    /// Takes what was typed for the table or for the cell being edited.
    pub(super) fn take_keys(&mut self, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene) {
        if std::mem::take(&mut self.to_table) {
            ui.memory_mut(|m| m.request_focus(Id::unique(TABLE)));
        }
        table_keys::take_keys(ui, &mut Keyed { view: self, ui, desk, scene });
    }

    fn key(&mut self, desk: &mut Desk<'_>, scene: &Scene, key: Key, modifiers: Modifiers) -> bool {
        if modifiers.command || modifiers.ctrl {
            if key == Key::A {
                self.select_all(scene);
            }
            return key == Key::A;
        }
        match (key, self.selected(scene)) {
            (Key::F2, Some((row, Some(f)))) => self.begin_as_it_stands(scene, row, f),
            (Key::Delete | Key::Backspace, Some((_, Some(_)))) => return self.clear(desk, scene),
            _ => return false,
        }
        true
    }

    /// Typing replaces what stands in the cell. Only figures begin it: W asks why wherever the keyboard is.
    fn typed(&mut self, scene: &Scene, text: &str) -> bool {
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
