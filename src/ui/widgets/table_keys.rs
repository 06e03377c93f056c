//! The keyboard in tables whose cells are walked with arrows and edited in place.

use egui::{
    Event, FocusDirection, Id, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo,
};

use super::Draft;
use crate::ui::theme::{Tokens, rounded};

/// A step in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up(usize),
    Down(usize),
    Left,
    Right,
    /// To the next cell, at the end of a row to the first cell of the next.
    Next,
    Back,
    First,
    Last,
    /// To the first cell of all, and to the last.
    Top,
    Bottom,
}

const PAGE: usize = 8;

impl Move {
    /// Where this step leads from a row and a column in a table of so many; `None` where it leads out. Rows begin with the
    /// column `first`: those before it are reached by going left.
    #[must_use]
    pub fn within(
        self,
        (row, column): (usize, usize),
        (rows, columns): (usize, usize),
        first: usize,
    ) -> Option<(usize, usize)> {
        let (last, end) = (rows.checked_sub(1)?, columns.checked_sub(1)?);
        let first = first.min(end);
        Some(match self {
            Self::Up(by) => (row.saturating_sub(by), column),
            Self::Down(by) => ((row + by).min(last), column),
            Self::Left => (row, column.saturating_sub(1)),
            Self::Right => (row, (column + 1).min(end)),
            Self::First => (row, first),
            Self::Last => (row, end),
            Self::Top => (0, first),
            Self::Bottom => (last, end),
            Self::Next if column < end => (row, column + 1),
            Self::Next if row < last => (row + 1, first),
            Self::Next => return None,
            Self::Back if column > first => (row, column - 1),
            Self::Back => (row.checked_sub(1)?, end),
        })
    }

    /// Where a key walks to while nothing is edited.
    #[must_use]
    pub fn of_key(key: Key, modifiers: Modifiers) -> Option<Self> {
        if modifiers.command || modifiers.ctrl {
            return match key {
                Key::Home => Some(Self::Top),
                Key::End => Some(Self::Bottom),
                _ => None,
            };
        }
        Some(match key {
            Key::ArrowUp => Self::Up(1),
            Key::Enter if modifiers.shift => Self::Up(1),
            Key::ArrowDown | Key::Enter => Self::Down(1),
            Key::ArrowLeft => Self::Left,
            Key::ArrowRight => Self::Right,
            Key::PageUp => Self::Up(PAGE),
            Key::PageDown => Self::Down(PAGE),
            Key::Home => Self::First,
            Key::End => Self::Last,
            _ => return None,
        })
    }
}

/// What a table has of the keyboard between frames.
#[derive(Debug, Default)]
pub struct TableKeys {
    /// What was typed before a field could take it.
    waiting: Vec<Event>,
    /// The table has lent the keyboard to what lies over it.
    lent: bool,
}

impl TableKeys {
    /// Whether a menu or a sheet has the keyboard. The table lends it as long as that is open.
    fn is_covered(&mut self, ui: &Ui, table: Id) -> bool {
        let covered =
            egui::Popup::is_any_open(ui.ctx()) || !ui.memory(|m| m.allows_interaction(ui.layer_id()));
        ui.memory_mut(|m| {
            if covered && m.has_focus(table) {
                m.surrender_focus(table);
                self.lent = true;
            } else if !covered && std::mem::take(&mut self.lent) && m.focused().is_none() {
                m.request_focus(table);
            }
        });
        covered
    }

    /// Puts what waited since the frame before in front of what is typed in this one.
    fn take_up(&mut self, ui: &Ui) {
        if !self.waiting.is_empty() {
            let waiting = std::mem::take(&mut self.waiting);
            ui.input_mut(|i| drop(i.events.splice(0..0, waiting)));
        }
    }

    /// Keeps what was typed from this place on for the next frame.
    fn wait_with(&mut self, ui: &Ui, from: usize) {
        self.waiting = ui.input_mut(|i| i.events.drain(from.min(i.events.len())..).collect());
        if !self.waiting.is_empty() {
            ui.ctx().request_repaint();
        }
    }
}

/// A table whose cells are walked through with arrows and edited in place, as far as tables differ in it.
pub trait KeyedTable {
    /// The widget that holds the keyboard for it.
    fn id(&self) -> Id;
    fn keys(&mut self) -> &mut TableKeys;
    /// What is being typed into the cell.
    fn draft(&mut self) -> &mut Option<Draft>;
    /// Takes what has been typed into the cell; answers whether it could be taken.
    fn commit(&mut self) -> bool;
    /// Goes a step; the selection grows where it `extends`. Answers whether it led anywhere.
    fn go(&mut self, step: Move, extends: bool) -> bool;
    /// Takes what means something else here than in other tables, before the walk; `None` passes it on.
    fn takes_first(&mut self, event: &Event) -> Option<bool>;
    /// Takes what is neither a step nor Tab; answers whether it means anything.
    fn takes(&mut self, event: &Event) -> bool;
    /// Whether the cell is edited by something that leaves the keyboard with the table, such as a list.
    fn holds_list(&self) -> bool {
        false
    }
}

/// Gives a table what was typed for it or for the cell being edited; nothing while something lies over it. Answers whether
/// the table may take keys now.
pub fn take_keys(ui: &Ui, table: &mut impl KeyedTable) -> bool {
    let id = table.id();
    if table.keys().is_covered(ui, id) {
        table.keys().waiting.clear();
        return false;
    }
    table.keys().take_up(ui);
    let draft = table.draft().as_ref().map(|draft| (draft.focused, draft.fresh));
    match draft {
        Some((true, _)) => keys_in_cell(ui, table),
        // The field is not there before it has been shown.
        Some((_, true)) => table.keys().wait_with(ui, 0),
        Some(_) => {}
        // Esc takes the keyboard from the table before it is heard here.
        None if table.holds_list() || ui.memory(|m| m.has_focus(id)) => keys_in_table(ui, table),
        None => {}
    }
    true
}

/// Keys while a cell is edited. What ends the edit is taken here, before the field sees it.
fn keys_in_cell(ui: &Ui, table: &mut impl KeyedTable) {
    let Some(draft) = table.draft() else { return };
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
        None => *table.draft() = None,
        Some(step) => {
            if table.commit() {
                table.go(step, false);
            } else if let Some(draft) = table.draft() {
                // Tab has already been taken for a move of the keyboard.
                draft.fresh = true;
            }
        }
    }
    // What was typed after it is meant for the table as it is then; after a refusal it is meant for nothing.
    if table.draft().is_none() {
        let id = table.id();
        ui.memory_mut(|m| m.request_focus(id));
        table.keys().wait_with(ui, at + 1);
    }
    ui.input_mut(|i| i.events.clear());
}

/// Keys while the table has the keyboard and nothing is typed in.
fn keys_in_table(ui: &Ui, table: &mut impl KeyedTable) {
    let events = ui.input(|i| i.events.clone());
    for (at, event) in events.iter().enumerate() {
        let had_list = table.holds_list();
        let first = table.takes_first(event);
        let taken = first.unwrap_or_else(|| walks(ui, table, event) || table.takes(event));
        if taken {
            if had_list && matches!(event, Event::Key { key: Key::Escape, .. }) {
                let id = table.id();
                ui.memory_mut(|m| m.request_focus(id));
            }
            // Each step changes what the next one means, which is known anew in the next frame.
            table.keys().wait_with(ui, at + 1);
            ui.input_mut(|i| drop(i.events.pop()));
            return;
        }
    }
}

/// Takes a key that walks. Past the last cell, and before the first, Tab leaves the table.
fn walks(ui: &Ui, table: &mut impl KeyedTable, event: &Event) -> bool {
    let Event::Key { key, pressed: true, modifiers, .. } = event else { return false };
    if *key == Key::Tab {
        let (step, way) = if modifiers.shift {
            (Move::Back, FocusDirection::Previous)
        } else {
            (Move::Next, FocusDirection::Next)
        };
        if !table.go(step, false) {
            ui.memory_mut(|m| m.move_focus(way));
        }
        return true;
    }
    let Some(step) = Move::of_key(*key, *modifiers) else { return false };
    table.go(step, modifiers.shift && *key != Key::Enter);
    true
}

/// One widget holds the keyboard for a whole table; its value says what is selected.
pub fn keyboard_holder(ui: &Ui, place: Rect, table: Id, name: &str, selected: &str) -> Response {
    let response = ui.interact(place, table, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(selected.to_owned()),
        ..WidgetInfo::labeled(Role::Table, true, name)
    });
    let filter = egui::EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    response
}

/// The frame around what is selected: strong while the table has the keyboard.
pub fn focus_frame(ui: &Ui, place: Rect, table: Id) {
    let has_keys = ui.memory(|m| m.has_focus(table));
    let ring = Stroke::new(if has_keys { 2.5 } else { 1.5 }, Tokens::of(ui).focus);
    ui.painter().rect_stroke(place, rounded(5.0), ring, StrokeKind::Inside);
}

/// The two parts of a table that scroll together: the cells, and the names at their left, which stand while cells scroll
/// sideways.
#[expect(missing_debug_implementations, reason = "two parts of a window for one frame")]
pub struct Halves {
    pub cells: Ui,
    pub names: Ui,
}

impl Halves {
    /// The parts of the table's `content`, which is seen through `body`, parted at `split`.
    #[must_use]
    pub fn of(ui: &mut Ui, body: Rect, content: Rect, split: f32) -> Self {
        let mut half = |name: &str, seen: Rect| {
            let mut half = ui.new_child(egui::UiBuilder::new().max_rect(content).id_salt(name));
            half.set_clip_rect(seen.intersect(ui.clip_rect()));
            half
        };
        Self { cells: half("cells", body.with_min_x(split)), names: half("names", body.with_max_x(split)) }
    }
}

/// Shows the rows of a table in its body, which scrolls, over content of this size; answers how far it is scrolled to the
/// right.
pub fn scrolled_rows(
    ui: &mut Ui,
    (body, content): (Rect, egui::Vec2),
    name: &str,
    rows: impl FnOnce(&mut Ui, Rect, Rect),
) -> f32 {
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body).id_salt((name, "body")));
    inner.set_clip_rect(body.intersect(ui.clip_rect()));
    let area = egui::ScrollArea::both().id_salt(name).auto_shrink(false);
    let scrolled = area.show_viewport(&mut inner, |ui, viewport| {
        let (content, _) = ui.allocate_exact_size(content, Sense::hover());
        rows(ui, content, viewport);
        viewport.left()
    });
    scrolled.inner
}

/// What ends the edit of a cell: a step on, or nothing but the end. Arrows to the side do so while typing `replaces` what
/// stood there.
fn ends_edit(event: &Event, replaces: bool) -> Option<Option<Move>> {
    let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
    Some(Some(match key {
        Key::Enter if modifiers.shift => Move::Up(1),
        Key::Enter | Key::ArrowDown => Move::Down(1),
        Key::ArrowUp => Move::Up(1),
        Key::Tab if modifiers.shift => Move::Back,
        Key::Tab => Move::Next,
        Key::ArrowLeft if replaces => Move::Left,
        Key::ArrowRight if replaces => Move::Right,
        Key::Escape => return Some(None),
        _ => return None,
    }))
}
