//! The keyboard in tables whose cells are walked with arrows and edited in place.

use egui::{Event, Key, Modifiers};

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

/// What ends the edit of a cell: a step on, or nothing but the end. Arrows to the side do so while typing `replaces` what
/// stood there.
#[must_use]
pub fn ends_edit(event: &Event, replaces: bool) -> Option<Option<Move>> {
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
