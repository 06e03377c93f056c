//! How wide the columns of a table stand; a table that is too wide for the page is set in parts, one under the other, each
//! with the column that names the rows.

use super::content::{Kind, Table};
use super::look;

/// The columns of a table that stand side by side, and how wide each is with the space after it, in points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    pub columns: Vec<usize>,
    pub widths: Vec<f32>,
}

/// No column asks for more than this for its longest word; a longer one is broken inside.
const LONGEST_WORD: f32 = 120.0;
/// What a small drawing needs at least.
const DRAWING: f32 = 60.0;

/// Shares `width` out between the columns. `measure` says how wide a text is, in points, in the letters of the table's
/// cells, strong or not.
pub(super) fn parts(table: &Table, width: f32, mut measure: impl FnMut(&str, bool) -> f32) -> Vec<Part> {
    let needs: Vec<f32> =
        (0..table.columns.len()).map(|column| need(table, column, &mut measure).min(width)).collect();
    let Some(&first) = needs.first() else { return Vec::new() };
    if needs.iter().sum::<f32>() <= width {
        return vec![part(table, (0..needs.len()).collect(), &needs, width)];
    }
    // Names of rows stand whole where there is room: they are read in every part.
    let names = table.rows.iter().filter_map(|row| row.first()).map(|cell| measure(&cell.text, cell.strong));
    let first = names.fold(first, |widest, name| widest.max(name + look::GUTTER)).min(width * 0.28);
    let (mut all, mut columns, mut used) = (Vec::new(), vec![0], first);
    for (column, need) in needs.iter().enumerate().skip(1) {
        if columns.len() > 1 && used + need > width {
            all.push(std::mem::replace(&mut columns, vec![0]));
            used = first;
        }
        columns.push(column);
        used += need;
    }
    all.push(columns);
    let mut needs = needs;
    needs[0] = first;
    all.into_iter().map(|columns| part(table, columns, &needs, width)).collect()
}

/// The width under which a column would break a word, or a figure.
fn need(table: &Table, column: usize, measure: &mut impl FnMut(&str, bool) -> f32) -> f32 {
    let is_figures = table.columns[column].kind == Kind::Figures;
    let mut widest = longest_word(&table.columns[column].head, false, measure);
    for cell in table.rows.iter().filter_map(|row| row.get(column)) {
        widest = widest.max(match &cell.drawing {
            Some(_) => DRAWING,
            None if is_figures && !cell.text.contains(' ') => measure(&cell.text, cell.strong),
            None => longest_word(&cell.text, cell.strong, measure),
        });
    }
    widest.min(LONGEST_WORD) + look::GUTTER
}

fn longest_word(text: &str, strong: bool, measure: &mut impl FnMut(&str, bool) -> f32) -> f32 {
    let is_range = text.contains(|c: char| c.is_ascii_digit());
    let ends = |c: char| matches!(c, ' ' | '\u{A0}' | '/') || (!is_range && matches!(c, '-' | '–'));
    text.split(ends).map(|word| measure(word, strong)).fold(0.0, f32::max)
}

/// Gives each of these columns what it needs, and shares the rest out as the table asks.
fn part(table: &Table, columns: Vec<usize>, needs: &[f32], width: f32) -> Part {
    let share = |column: &usize| {
        let share = table.columns[*column].share;
        if share.is_finite() && share > 0.0 { share } else { 1.0 }
    };
    let mut widths = vec![0.0; columns.len()];
    let mut open: Vec<usize> = (0..columns.len()).collect();
    // Columns that need more than their share get what they need; the others share what is left.
    loop {
        let taken: f32 = (0..columns.len()).filter(|at| !open.contains(at)).map(|at| widths[at]).sum();
        let shares: f32 = open.iter().map(|&at| share(&columns[at])).sum();
        let due = |at: usize| (width - taken) * share(&columns[at]) / shares;
        let short: Vec<usize> = open.iter().copied().filter(|&at| due(at) < needs[columns[at]]).collect();
        if short.is_empty() {
            open.iter().for_each(|&at| widths[at] = due(at));
            break;
        }
        short.iter().for_each(|&at| widths[at] = needs[columns[at]]);
        open.retain(|at| !short.contains(at));
    }
    let all: f32 = widths.iter().sum();
    if all > width {
        widths.iter_mut().for_each(|one| *one *= width / all);
    }
    Part { columns, widths }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::report::{Cell, Column};

    fn table(columns: usize, text: &str) -> Table {
        let head = |at| Column { head: format!("Head {at}"), kind: Kind::Figures, share: 1.0 };
        Table {
            columns: (0..columns).map(head).collect(),
            rows: vec![vec![Cell::plain(text); columns]],
            ..Table::default()
        }
    }

    fn by_letters(text: &str, _: bool) -> f32 {
        text.chars().count() as f32 * 5.0
    }

    #[test]
    fn a_narrow_table_fills_the_width_in_one_part() {
        let parts = parts(&table(4, "67"), 400.0, by_letters);
        assert_eq!(parts.len(), 1);
        assert!((parts[0].widths.iter().sum::<f32>() - 400.0).abs() < 0.01);
    }

    #[test]
    fn a_wide_table_is_set_in_parts_that_each_name_the_rows_and_leave_no_column_out() {
        let parts = parts(&table(30, "£10.8m"), 470.0, by_letters);
        assert!(parts.len() > 1);
        let mut seen: Vec<usize> = parts.iter().flat_map(|part| part.columns[1..].to_vec()).collect();
        seen.sort_unstable();
        assert_eq!(seen, (1..30).collect::<Vec<_>>());
        for part in &parts {
            assert_eq!(part.columns[0], 0);
            assert!(part.widths.iter().sum::<f32>() <= 470.01);
        }
    }

    #[test]
    fn a_table_of_nothing_has_no_parts() {
        assert!(parts(&Table::default(), 470.0, by_letters).is_empty());
    }
}
