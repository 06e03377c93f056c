//! The figures of a part of a page as rows of cells: what is told of a chart's marks, what is written in a table.

use egui::{FontFamily, Rect, Shape, epaint::ClippedShape, text::LayoutSection};

use super::parts::{Rows, Told};
use crate::exchange::handout::harmless;

/// Rows as they go to a spreadsheet: cells parted by tabs, none of which it would run.
#[must_use]
pub fn tab_separated(rows: &Rows) -> String {
    let mut out = String::new();
    for row in rows {
        out += &row.iter().map(|cell| safe(cell)).collect::<Vec<_>>().join("\t");
        out.push('\n');
    }
    out
}

/// A cell that no spreadsheet runs. A figure with its sign is no formula.
fn safe(cell: &str) -> String {
    let is_figure = cell.strip_prefix(['+', '-']).is_some_and(|rest| {
        let allowed = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '£' | '%' | ' ');
        rest.chars().all(allowed) && rest.contains(|c: char| c.is_ascii_digit())
    });
    if is_figure { cell.to_owned() } else { harmless::cell(cell) }
}

/// Rows of a text whose cells are parted by tabs.
#[must_use]
pub fn rows_of(text: &str) -> Rows {
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// What the chart shows in its first row, if it tells that, then a row for each mark: its name, and what is said of it.
pub(super) fn of_marks(whole: &str, marks: &[Told]) -> Rows {
    let mut rows: Rows = (!whole.is_empty()).then(|| vec![whole.to_owned()]).into_iter().collect();
    for mark in marks.iter().filter(|mark| mark.words != whole) {
        let row: Vec<String> = match mark.words.split_once(": ") {
            Some((name, rest)) => std::iter::once(name).chain(rest.split(", ")).map(str::to_owned).collect(),
            None => mark.words.split(", ").map(str::to_owned).collect(),
        };
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

/// Something written, and where.
#[derive(Clone, Debug)]
struct Cell {
    place: Rect,
    words: String,
}

/// What is written in a table, and what it says by dots and bars, in the rows and columns in which it stands, whether it
/// is in view or not.
pub(super) fn of_rows(shapes: &[ClippedShape], drawn_only: Vec<(Rect, String)>, marks: &[Told]) -> Rows {
    let mut cells = written(shapes);
    cells.extend(drawn_only.into_iter().map(|(place, words)| Cell { place, words }));
    let mut bands: Vec<(Rect, &str)> =
        marks.iter().filter(|mark| mark.is_row).map(|mark| (mark.place, mark.words.as_str())).collect();
    bands.sort_by(|a, b| a.0.top().total_cmp(&b.0.top()));
    let top = bands.first().map_or(f32::INFINITY, |(band, _)| band.top());
    let bottom = bands.last().map_or(f32::NEG_INFINITY, |(band, _)| band.bottom());
    let of_band = |band: Rect| -> Vec<Cell> {
        cells.iter().filter(|cell| band.y_range().contains(cell.place.center().y)).cloned().collect()
    };
    let body: Vec<(Vec<Cell>, &str)> = bands.iter().map(|(band, words)| (of_band(*band), *words)).collect();
    let (above, below): (Vec<Cell>, Vec<Cell>) = cells
        .iter()
        .filter(|cell| cell.place.center().y < top || cell.place.center().y > bottom)
        .cloned()
        .partition(|cell| cell.place.center().y < top);
    let (above, below) = (lines(above), lines(below));
    let columns = if body.is_empty() {
        columns(above.iter().flatten())
    } else {
        columns(body.iter().flat_map(|(cells, _)| cells))
    };
    let mut rows: Rows = Vec::new();
    if body.is_empty() {
        rows = without_rows(&above, &columns);
    } else {
        let heads = heads_above(&above);
        rows.extend((!heads.is_empty()).then(|| heads_of(&heads, &columns)));
    }
    for (cells, words) in &body {
        // A row that is not drawn is told.
        rows.push(if cells.is_empty() { vec![(*words).to_owned()] } else { in_columns(cells, &columns) });
    }
    // Words alone on a line under a table are a note to it, and no row.
    rows.extend(below.iter().filter(|line| line.len() > 1).map(|line| in_columns(line, &columns)));
    even(rows)
}

/// Rows with as many cells each.
fn even(mut rows: Rows) -> Rows {
    let cells = rows.iter().map(Vec::len).max().unwrap_or_default();
    rows.iter_mut().for_each(|row| row.resize(cells, String::new()));
    rows
}

/// How far apart the lines of one head stand at the most, and how many lines may stand over a table before its heads.
const WITHIN_HEAD: f32 = 8.0;
const BEFORE_HEADS: usize = 4;

/// The heads over the first row: its lines, which stand close above each other, without the title over them.
fn heads_above(above: &[Vec<Cell>]) -> Vec<Cell> {
    let mut heads: Vec<Cell> = Vec::new();
    let top = |cells: &[Cell]| cells.iter().map(|cell| cell.place.top()).fold(f32::INFINITY, f32::min);
    let bottom = |cells: &[Cell]| cells.iter().map(|cell| cell.place.bottom()).fold(0.0, f32::max);
    for line in above.iter().rev() {
        let is_close = heads.is_empty() || top(&heads) - bottom(line) < WITHIN_HEAD;
        if !is_close || (heads.is_empty() && line.len() == 1) {
            if heads.is_empty() {
                continue;
            }
            break;
        }
        heads.extend(line.iter().cloned());
    }
    heads
}

/// A table that does not tell which its rows are: each line is one, from the heads on, which are the fullest of the first
/// lines. Words alone on a line belong to the row above.
fn without_rows(lines: &[Vec<Cell>], columns: &[(f32, f32)]) -> Rows {
    let full = |at: &usize| (lines[*at].len(), std::cmp::Reverse(*at));
    let heads = (0..lines.len().min(BEFORE_HEADS)).max_by_key(full).unwrap_or_default();
    let mut rows: Rows = Vec::new();
    let mut notes: Vec<String> = Vec::new();
    for line in lines.iter().skip(heads) {
        match (line.as_slice(), notes.last_mut()) {
            ([alone], Some(note)) => {
                note.push_str(if note.is_empty() { "" } else { " " });
                note.push_str(&alone.words);
            }
            (cells, _) => {
                rows.push(in_columns(cells, columns));
                notes.push(String::new());
            }
        }
    }
    if notes.iter().all(String::is_empty) {
        return rows;
    }
    let mut rows = even(rows);
    rows.iter_mut().zip(notes).for_each(|(row, note)| row.push(note));
    rows
}

/// Every text with its place, whole, clipped or not. Words on a halo are there once.
fn written(shapes: &[ClippedShape]) -> Vec<Cell> {
    let mut cells = Vec::new();
    shapes.iter().for_each(|clipped| write_down(&clipped.shape, &mut cells));
    cells
}

fn write_down(shape: &Shape, cells: &mut Vec<Cell>) {
    if let Shape::Vec(shapes) = shape {
        shapes.iter().for_each(|shape| write_down(shape, cells));
    }
    let Shape::Text(text) = shape else { return };
    let is_icon = |section: &LayoutSection| matches!(&section.format.font_id.family, FontFamily::Name(name) if name.starts_with("icons"));
    let words = text.galley.job.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() || text.angle != 0.0 || text.galley.job.sections.iter().any(is_icon) {
        return;
    }
    let place = text.galley.rect.translate(text.pos.to_vec2());
    let is_copy = cells
        .last()
        .is_some_and(|last: &Cell| last.words == words && last.place.min.distance(place.min) < 6.0);
    if !is_copy {
        cells.push(Cell { place, words });
    }
}

/// Cells by the lines that they stand on, from the top down.
fn lines(mut cells: Vec<Cell>) -> Vec<Vec<Cell>> {
    cells.sort_by(|a, b| a.place.center().y.total_cmp(&b.place.center().y));
    let mut lines: Vec<Vec<Cell>> = Vec::new();
    for cell in cells {
        match lines.last_mut() {
            Some(line) if line[0].place.y_range().contains(cell.place.center().y) => line.push(cell),
            _ => lines.push(vec![cell]),
        }
    }
    lines
}

/// The columns that cells stand in, from left to right. What is narrow says where they are; what reaches over several has
/// none of its own.
fn columns<'a>(cells: impl Iterator<Item = &'a Cell>) -> Vec<(f32, f32)> {
    let mut spans: Vec<(f32, f32)> = cells.map(|cell| (cell.place.left(), cell.place.right())).collect();
    spans.sort_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for (left, right) in spans {
        let mut over = columns.iter_mut().filter(|column| left < column.1 && right > column.0);
        match (over.next(), over.next()) {
            (None, _) => columns.push((left, right)),
            (Some(one), None) => *one = (one.0.min(left), one.1.max(right)),
            (Some(_), Some(_)) => {}
        }
    }
    columns.sort_by(|a, b| a.0.total_cmp(&b.0));
    columns
}

/// The heads of columns, each over the column whose middle is nearest to its own.
fn heads_of(cells: &[Cell], columns: &[(f32, f32)]) -> Vec<String> {
    let middle = |column: &(f32, f32)| f32::midpoint(column.0, column.1);
    let mut ordered: Vec<&Cell> = cells.iter().collect();
    ordered.sort_by(|a, b| a.place.center().y.total_cmp(&b.place.center().y));
    let mut row = vec![String::new(); columns.len()];
    for cell in ordered {
        // Words and figures begin or end with their head, or stand in its middle.
        let away = |column: &(f32, f32)| {
            let ends = (cell.place.left() - column.0).abs().min((cell.place.right() - column.1).abs());
            ends.min((cell.place.center().x - middle(column)).abs())
        };
        let nearest = (0..columns.len()).min_by(|&a, &b| away(&columns[a]).total_cmp(&away(&columns[b])));
        if let Some(at) = nearest.and_then(|at| row.get_mut(at)) {
            if !at.is_empty() {
                at.push(' ');
            }
            at.push_str(&cell.words);
        }
    }
    row
}

/// Cells of one row, each in its column; what reaches over several stands after the last.
fn in_columns(cells: &[Cell], columns: &[(f32, f32)]) -> Vec<String> {
    let mut row = vec![String::new(); columns.len()];
    let mut ordered: Vec<&Cell> = cells.iter().collect();
    ordered.sort_by(|a, b| {
        let line = (a.place.bottom() - b.place.bottom()).abs() < 4.0;
        if line {
            a.place.left().total_cmp(&b.place.left())
        } else {
            a.place.bottom().total_cmp(&b.place.bottom())
        }
    });
    for cell in ordered {
        let shared = |column: &(f32, f32)| {
            (cell.place.right().min(column.1) - cell.place.left().max(column.0)).max(0.0)
        };
        let over: Vec<usize> = (0..columns.len()).filter(|&at| shared(&columns[at]) > 0.5).collect();
        let nearest = || {
            let away = |column: &(f32, f32)| (cell.place.center().x - (column.0 + column.1) / 2.0).abs();
            (0..columns.len()).min_by(|&a, &b| away(&columns[a]).total_cmp(&away(&columns[b])))
        };
        let column = match over.as_slice() {
            [] => nearest(),
            [one] => Some(*one),
            _ => None,
        };
        let Some(at) = column.and_then(|at| row.get_mut(at)) else {
            row.push(cell.words.trim().to_owned());
            continue;
        };
        if !at.is_empty() {
            at.push(' ');
        }
        at.push_str(cell.words.trim());
    }
    row
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn cell(left: f32, right: f32, y: f32, words: &str) -> Cell {
        Cell { place: Rect::from_min_max(pos2(left, y - 6.0), pos2(right, y + 6.0)), words: words.to_owned() }
    }

    #[test]
    fn cells_find_their_columns_and_a_sentence_over_several_stands_after_them() {
        let rows = [
            vec![
                cell(0.0, 60.0, 10.0, "Adults"),
                cell(100.0, 120.0, 10.0, "40"),
                cell(180.0, 200.0, 10.0, "12 %"),
            ],
            vec![
                cell(0.0, 80.0, 30.0, "Young people"),
                cell(105.0, 120.0, 30.0, "7"),
                cell(90.0, 210.0, 40.0, "Less than it costs"),
            ],
        ];
        let columns = columns(rows.iter().flatten());
        assert_eq!(columns.len(), 3);
        assert_eq!(in_columns(&rows[0], &columns), ["Adults", "40", "12 %"]);
        assert_eq!(in_columns(&rows[1], &columns), ["Young people", "7", "", "Less than it costs"]);
    }

    #[test]
    fn every_row_has_a_cell_for_each_head_and_titles_and_notes_are_no_rows() {
        let lines = [
            vec![cell(0.0, 90.0, 10.0, "Prices"), cell(150.0, 200.0, 10.0, "Add")],
            vec![
                cell(0.0, 40.0, 40.0, "Group"),
                cell(100.0, 130.0, 40.0, "costs"),
                cell(180.0, 200.0, 40.0, "price"),
            ],
            vec![
                cell(0.0, 60.0, 60.0, "Adults"),
                cell(100.0, 120.0, 60.0, "40"),
                cell(180.0, 200.0, 60.0, "7"),
            ],
            vec![cell(0.0, 190.0, 75.0, "Less than it costs")],
            vec![
                cell(0.0, 70.0, 90.0, "Children"),
                cell(100.0, 120.0, 90.0, "30"),
                cell(180.0, 200.0, 90.0, "9"),
            ],
        ];
        let columns = [(0.0, 70.0), (100.0, 130.0), (180.0, 200.0)];
        let rows = without_rows(&lines, &columns);
        assert_eq!(rows[0], ["Group", "costs", "price", ""]);
        assert_eq!(rows[1], ["Adults", "40", "7", "Less than it costs"]);
        assert_eq!(rows[2], ["Children", "30", "9", ""]);
        let heads: Vec<String> = heads_above(&lines[..2]).into_iter().map(|cell| cell.words).collect();
        assert_eq!(heads, ["Group", "costs", "price"]);
    }

    #[test]
    fn what_is_told_of_a_mark_is_parted_into_cells() {
        let mark = |words: &str| Told { words: words.to_owned(), place: Rect::ZERO, is_row: false };
        let marks =
            [mark("B, Local, total 67"), mark("Health: 4 heard"), mark("B, Local, total 67"), mark("All")];
        let rows = of_marks("All", &marks);
        assert_eq!(rows, [vec!["All"], vec!["B", "Local", "total 67"], vec!["Health", "4 heard"]]);
    }

    #[test]
    fn no_cell_is_run_by_a_spreadsheet() {
        let rows = vec![
            vec!["=HYPERLINK(1)".to_owned(), "a\tb\nc".to_owned()],
            vec!["+9.1".to_owned(), "-1+1".to_owned()],
        ];
        assert_eq!(tab_separated(&rows), "'=HYPERLINK(1)\ta b c\n+9.1\t'-1+1\n");
    }
}
