//! Tables: heads that come again on every page, rows that a page tears only where it could not hold them.

use std::rc::Rc;

use krilla::tagging::{TableHeaderScope, Tag};

use super::blocks::{Place, Setting, baseline, fitted, words_mark};
use super::strip::{Mark, Strip, What, hold_ends};
use super::tree::Element;
use crate::exchange::drawing::Face;
use crate::exchange::report::columns::{Part, parts};
use crate::exchange::report::lines::{Line, Span, broken};
use crate::exchange::report::look::{self, Style};
use crate::exchange::report::{Cell, Kind, Table, words};

/// Rows higher than this may be torn by the end of a page.
const WHOLE_ROW: f32 = look::HEIGHT / 3.0;
/// Heads higher than this stand once only.
const HEAD_AGAIN: f32 = look::HEIGHT / 4.0;

/// A cell that is ready to be put on strips.
struct Ready {
    element: Element,
    left: f32,
    width: f32,
    face: Face,
    to_the_right: bool,
    lines: Vec<Line>,
    /// A drawing instead, with its scale and its height.
    drawing: Option<(What, f32)>,
}

impl Setting<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let size = look::TABLE.size;
        let letters = &mut *self.letters;
        let parts = parts(table, look::WIDTH + look::GUTTER, |text, strong| {
            letters.width(if strong { Face::NumericBold } else { Face::Numeric }, &words::whole(text)) * size
        });
        let count = parts.len();
        for (index, part) in parts.iter().enumerate() {
            self.part(table, part, index, index + 1 == count);
        }
    }

    fn part(&mut self, table: &Table, part: &Part, index: usize, is_last: bool) {
        let element = self.set.tree.open(None, Tag::Table);
        let number = self.set.heads.len();
        self.caption(table, element, index);
        let group = self.set.tree.open(Some(element), Tag::THead);
        let mut head = self.row(group, table, None, part);
        head.iter_mut().for_each(|strip| strip.keeps = true);
        let height: f32 = head.iter().map(|strip| strip.height).sum();
        self.set.heads.push(if height <= HEAD_AGAIN { head.clone() } else { Vec::new() });
        self.add(head);
        let group = self.set.tree.open(Some(element), Tag::TBody);
        let mut body = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            let mut strips = self.row(group, table, Some(row), part);
            strips.iter_mut().for_each(|strip| strip.under = Some(number));
            // Neither the first row stays behind alone under its heads, nor does the last go over alone.
            let holds = index == 0 || index + 2 == table.rows.len();
            if let Some(last) = strips.last_mut().filter(|_| holds && index + 1 < table.rows.len()) {
                last.keeps = true;
            }
            body.extend(strips);
        }
        let note = if is_last { table.note.trim() } else { "" };
        if let Some(last) = body.last_mut().filter(|_| !note.is_empty()) {
            last.keeps = true;
        }
        self.add(body);
        if !note.is_empty() {
            let element = self.set.tree.open(None, Tag::P);
            let mut strips = self.plain(note, &look::NOTE, Place { element, left: 0.0, width: look::WIDTH });
            hold_ends(&mut strips);
            self.add(strips);
        }
        self.add(vec![Strip { before: 5.0, ..Strip::default() }]);
    }

    fn caption(&mut self, table: &Table, element: Element, index: usize) {
        let caption = match (table.caption.trim(), index) {
            ("", 0) => return,
            ("", _) => "Continued: further columns".to_owned(),
            (caption, 0) => caption.to_owned(),
            (caption, _) => format!("{caption} (continued: further columns)"),
        };
        let element = self.set.tree.open(Some(element), Tag::Caption);
        let place = Place { element, left: 0.0, width: look::WIDTH };
        let mut strips = self.plain(&caption, &look::CAPTION, place);
        strips.iter_mut().for_each(|strip| strip.keeps = true);
        self.add(strips);
    }

    /// One row as strips of a line each; the heads where `cells` is none.
    fn row(&mut self, group: Element, table: &Table, cells: Option<&[Cell]>, part: &Part) -> Vec<Strip> {
        let style = if cells.is_some() { look::TABLE } else { look::TABLE_HEAD };
        let row = self.set.tree.open(Some(group), Tag::TR);
        let (mut ready, mut left) = (Vec::new(), 0.0);
        for (place, (&column, &width)) in part.columns.iter().zip(&part.widths).enumerate() {
            let element = self.cell_element(row, cells.is_none(), place == 0);
            let inner = width - look::GUTTER;
            let cell = match cells {
                Some(cells) => cells.get(column).cloned().unwrap_or_default(),
                None => Cell::plain(&table.columns[column].head),
            };
            ready.push(self.ready(&cell, table.columns[column].kind, &style, element, [left, inner]));
            left += width;
        }
        self.strips_of(&ready, &style, cells.is_none())
    }

    fn cell_element(&mut self, row: Element, is_head: bool, is_first: bool) -> Element {
        let tree = &mut self.set.tree;
        match (is_head, is_first) {
            (true, _) => tree.open(Some(row), Tag::TH(TableHeaderScope::Column)),
            (false, true) => tree.open(Some(row), Tag::TH(TableHeaderScope::Row)),
            (false, false) => tree.open(Some(row), Tag::TD),
        }
    }

    fn ready(
        &mut self,
        cell: &Cell,
        kind: Kind,
        style: &Style,
        element: Element,
        [left, width]: [f32; 2],
    ) -> Ready {
        let face = match (kind, cell.strong) {
            (Kind::Figures, false) => Face::Numeric,
            (Kind::Figures, true) => Face::NumericBold,
            (_, false) => Face::Text,
            (_, true) => Face::TextBold,
        };
        let text = words::whole(&cell.text);
        let drawing = cell.drawing.as_ref().and_then(|drawing| {
            let (scale, size) = fitted(drawing, [width, look::HEIGHT / 2.0])?;
            Some((What::Drawing { drawing: Rc::new(drawing.clone()), scale }, size[1]))
        });
        let element = match &drawing {
            Some(_) => {
                let said = words::alternative(&text, "A small chart");
                self.set.tree.open(Some(element), Tag::Figure(Some(said)))
            }
            None => element,
        };
        // An empty cell still says that it is there.
        let text = if text.is_empty() { " ".to_owned() } else { text };
        let lines = match &drawing {
            Some(_) => Vec::new(),
            None => broken(self.letters, &[Span { text, face, to: None }], style.size, width),
        };
        Ready { element, left, width, face, to_the_right: kind == Kind::Figures, lines, drawing }
    }

    fn strips_of(&mut self, cells: &[Ready], style: &Style, is_head: bool) -> Vec<Strip> {
        let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        let drawn = cells
            .iter()
            .filter_map(|cell| cell.drawing.as_ref())
            .map(|(_, height)| *height)
            .fold(0.0, f32::max);
        let mut strips: Vec<Strip> =
            (0..count).map(|_| Strip { height: style.leading, ..Strip::default() }).collect();
        strips[0].height = (look::ROW_PAD + style.leading).max(look::ROW_PAD + drawn);
        strips[count - 1].height += look::ROW_PAD;
        // Cell by cell, as they are read, whatever line of the row their words stand on.
        for cell in cells {
            for (index, line) in cell.lines.iter().enumerate() {
                let down = if index == 0 { look::ROW_PAD } else { 0.0 };
                let left =
                    cell.left + if cell.to_the_right { (cell.width - line.width).max(0.0) } else { 0.0 };
                for segment in &line.segments {
                    let what = words_mark(segment.text.clone(), cell.face, style.size, style.colour);
                    let slot = Some(self.set.tree.slot(cell.element));
                    strips[index].marks.push(Mark {
                        at: [left + segment.x, down + baseline(style)],
                        what,
                        slot,
                    });
                }
            }
            if let Some((what, height)) = &cell.drawing {
                let down = look::ROW_PAD + (style.leading - height).max(0.0) / 2.0;
                let slot = Some(self.set.tree.slot(cell.element));
                strips[0].marks.push(Mark { at: [cell.left, down], what: what.clone(), slot });
            }
        }
        ruled(&mut strips, is_head);
        strips
    }
}

/// Rules a row off, and holds it together where a page can.
fn ruled(strips: &mut [Strip], is_head: bool) {
    let height: f32 = strips.iter().map(|strip| strip.height).sum();
    hold_ends(strips);
    let count = strips.len();
    if height <= WHOLE_ROW {
        strips.iter_mut().take(count - 1).for_each(|strip| strip.keeps = true);
    }
    let Some(last) = strips.last_mut() else { return };
    let (thick, colour) = if is_head { (0.9, look::RULE) } else { (0.5, look::HAIR) };
    let rule = What::Fill { size: [look::WIDTH, thick], colour };
    last.marks.push(Mark { at: [0.0, last.height - thick], what: rule, slot: None });
}
