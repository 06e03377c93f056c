//! A block of points pasted from a spreadsheet: read whole, and taken whole or not at all.

use crate::{
    exchange::{delimited, figure, table::key},
    model::wording::count,
    session::edits::rounds,
    ui::desk::Desk,
};

use super::{BallotsView, scene::Scene};

/// Points for one cell, by row and factor; `None` for an abstention.
type Cell = (usize, usize, Option<f64>);

impl BallotsView {
    /// Takes a block as a spreadsheet copies it. Where its first row names factors and its first column people, cells go
    /// by these names; else they go from the top left of the cells selected to the right and down. One single cell goes
    /// into every cell selected. A block with a cell that cannot be taken changes nothing.
    pub(super) fn paste(&mut self, desk: &mut Desk<'_>, scene: &Scene, text: &str) {
        let cells = match self.read(scene, text) {
            Ok(cells) => cells,
            Err(why) => return desk.notice(format!("Nothing was pasted: {why}.")),
        };
        if cells.is_empty() {
            return desk.notice("There is nothing to paste. Copy the cells first.");
        }
        let words = match cells.as_slice() {
            [(row, f, _)] => format!("{}: points for {}", scene.rows[*row].name, scene.factors()[*f].name),
            _ => format!("Paste points into {}", count(cells.len(), "cell", "cells")),
        };
        self.write(desk, scene, &words, &cells);
    }

    fn read(&self, scene: &Scene, text: &str) -> Result<Vec<Cell>, String> {
        let block = delimited::block(text)?;
        if let Some(cells) = by_name(scene, &block) {
            return cells;
        }
        let Some(at) = self.block(scene) else {
            return Err("select the cell where the block is to begin".to_owned());
        };
        if let [row] = block.as_slice()
            && let [one] = row.as_slice()
        {
            let points = points(one, 1, 1)?;
            return Ok(at.cells().map(|(row, f)| (row, f, points)).collect());
        }
        let mut cells = Vec::new();
        for (down, line) in block.iter().enumerate() {
            for (across, text) in line.iter().enumerate() {
                let (row, f) = (at.rows.start() + down, at.factors.start() + across);
                if row >= scene.rows.len() || f >= scene.factors().len() {
                    if text.trim().is_empty() {
                        continue;
                    }
                    return Err(format!("row {}, column {} lies outside the table", down + 1, across + 1));
                }
                cells.push((row, f, points(text, down + 1, across + 1)?));
            }
        }
        Ok(cells)
    }

    /// Writes points into cells as one step, into the rounds in view; answers whether it was done.
    pub(super) fn write(&mut self, desk: &mut Desk<'_>, scene: &Scene, label: &str, cells: &[Cell]) -> bool {
        let today = desk.session.signature().on;
        let mut givers = Vec::new();
        for &(row, f, points) in cells {
            let round = scene.round_of((row, f), self.only);
            if !scene.workspace.voices.asks(round, &scene.factors()[f].id) {
                desk.notice(format!("Round {round} does not ask about {}.", scene.factors()[f].name));
                return false;
            }
            let at = givers.iter().position(|(of, in_round, _, _)| (*of, *in_round) == (row, round));
            let at = match at {
                Some(at) => at,
                None => {
                    let fresh = crate::model::ids::BallotId::named("ballot", desk.session.new_tail());
                    givers.push((row, round, fresh, Vec::new()));
                    givers.len() - 1
                }
            };
            givers[at].3.push((scene.factors()[f].id.clone(), points));
        }
        let done = desk.edit(label, None, |w| {
            for (row, round, fresh, points) in givers {
                if let Some(giver) = scene.giver(row, round) {
                    rounds::give(w, &giver, &points, fresh, today);
                }
            }
        });
        let late =
            |w: &crate::model::Workspace| w.voices.ballots.iter().filter(|b| w.voices.is_late(b)).count();
        if done && late(&desk.workspace()) > late(&scene.workspace) {
            desk.notice(
                "It came in after its round was closed and does not count. Change the day under the name.",
            );
        }
        done
    }
}

fn points(text: &str, row: usize, column: usize) -> Result<Option<f64>, String> {
    read_points(text).map_err(|why| format!("row {row}, column {column}: {why}"))
}

/// Reads points from 0; nothing typed, or a dash, is an abstention.
///
/// # Errors
/// Says why it is no number of points.
pub(super) fn read_points(text: &str) -> Result<Option<f64>, String> {
    let text = text.trim();
    if matches!(text, "" | "–" | "-") {
        return Ok(None);
    }
    match figure::number(text).filter(|points| points.value >= 0.0 && !points.percent) {
        Some(points) => Ok(Some(points.value)),
        None => Err(format!("“{text}” is not a number of points from 0; leave it empty to abstain")),
    }
}

/// The cells of a block that names people in its first column and factors in its first row; `None` when it does not.
fn by_name(scene: &Scene, block: &[Vec<String>]) -> Option<Result<Vec<Cell>, String>> {
    let (head, lines) = block.split_first()?;
    let same = |name: &str, text: &str| !name.is_empty() && key(name) == key(text);
    let factor = |text: &String| {
        scene.factors().iter().position(|f| same(&f.name, text) || same(f.short_name(), text))
    };
    let factors: Vec<usize> = head.iter().skip(1).map(factor).collect::<Option<_>>()?;
    let row = |line: &Vec<String>| {
        let name = line.first()?;
        scene.rows.iter().position(|row| !row.is_replaced && same(&row.name, name))
    };
    let rows: Vec<usize> = lines.iter().map(row).collect::<Option<_>>()?;
    if factors.is_empty() || rows.is_empty() {
        return None;
    }
    let mut cells = Vec::new();
    for (at, (row, line)) in rows.iter().zip(lines).enumerate() {
        for (f, text) in factors.iter().zip(line.iter().skip(1)) {
            match points(text, at + 2, cells.len() % factors.len() + 2) {
                Ok(points) => cells.push((*row, *f, points)),
                Err(why) => return Some(Err(why)),
            }
        }
    }
    Some(Ok(cells))
}

#[cfg(test)]
mod tests {
    use super::read_points;

    #[test]
    fn points_are_numbers_from_nought_and_nothing_is_an_abstention() {
        assert_eq!(read_points(" 70 "), Ok(Some(70.0)));
        assert_eq!(read_points("12.5"), Ok(Some(12.5)));
        assert_eq!(read_points(""), Ok(None));
        assert_eq!(read_points("–"), Ok(None));
        for wrong in ["-5", "70 %", "many"] {
            assert!(read_points(wrong).is_err(), "{wrong}");
        }
    }
}
