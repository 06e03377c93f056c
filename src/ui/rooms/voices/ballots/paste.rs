//! A block of points pasted from a spreadsheet: read whole, shown with every problem named, and only then taken.

use egui::Ui;

use crate::{
    exchange::{delimited, figure, table::key},
    model::wording::count,
    session::edits::rounds,
    ui::{
        desk::Desk,
        widgets::{PasteChoice, PasteWords, PreviewCell, paste_sheet},
    },
};

use super::{BallotsView, Block, points_words, scene::Scene};

/// Points for one cell, by row and factor; `None` for an abstention.
type Cell = (usize, usize, Option<f64>);

/// What was pasted, before it is taken.
#[derive(Debug, Default)]
pub(super) struct Pasted {
    rows: Vec<(usize, Vec<PastedCell>)>,
    /// What is wrong, a sentence each.
    problems: Vec<String>,
    /// Rows and columns were found by the names that came with them.
    by_name: bool,
    /// It has not been shown yet.
    fresh: bool,
    /// What the rows and factors were when it was read.
    revision: u64,
}

/// One cell of it.
#[derive(Debug)]
struct PastedCell {
    factor: usize,
    text: String,
    /// Points, or `None` for an abstention; or that it cannot be taken.
    points: Result<Option<f64>, ()>,
}

impl Pasted {
    /// Reads a block as a spreadsheet copies it. Where its first row names factors and its first column people, cells go
    /// by these names; else they go from the top left of the cells selected to the right and down. One single cell goes
    /// into every cell selected.
    ///
    /// # Errors
    /// Says why there is nowhere to put it.
    fn read(scene: &Scene, at: Option<Block>, text: &str) -> Result<Self, String> {
        let block = delimited::block(text)?;
        let mut pasted = Self { fresh: true, revision: scene.revision, ..Self::default() };
        if let Some((rows, factors)) = named(scene, &block) {
            pasted.by_name = true;
            for (line, (row, cells)) in rows.into_iter().zip(&block[1..]).enumerate() {
                let cells = factors.iter().copied().zip(cells.iter().skip(1));
                pasted.take_row(scene, row, (line + 2, 2), cells);
            }
            return Ok(pasted);
        }
        let at = at.ok_or("select the cell where the block is to begin")?;
        if let [row] = block.as_slice()
            && let [one] = row.as_slice()
        {
            for row in at.rows.clone() {
                pasted.take_row(scene, row, (1, 1), at.factors.clone().map(|f| (f, one)));
            }
            pasted.problems.truncate(1);
            return Ok(pasted);
        }
        for (down, line) in block.iter().enumerate() {
            let row = at.rows.start() + down;
            let inside = if row < scene.rows.len() { scene.factors().len() - at.factors.start() } else { 0 };
            for (across, text) in
                line.iter().enumerate().skip(inside).filter(|(_, text)| !text.trim().is_empty())
            {
                let (down, across) = (down + 1, across + 1);
                pasted
                    .problems
                    .push(format!("Row {down}, column {across}, “{}”: lies outside the table.", text.trim()));
            }
            let cells = line
                .iter()
                .take(inside)
                .enumerate()
                .map(|(across, text)| (at.factors.start() + across, text));
            pasted.take_row(scene, row, (down + 1, 1), cells);
        }
        Ok(pasted)
    }

    /// Reads the cells of a giver; `place` is the row and the first column in what was copied.
    fn take_row<'t>(
        &mut self,
        scene: &Scene,
        row: usize,
        place: (usize, usize),
        cells: impl Iterator<Item = (usize, &'t String)>,
    ) {
        let mut read = Vec::new();
        for (column, (factor, text)) in cells.enumerate() {
            let points = read_points(text).map_err(|why| {
                let (down, across) = (place.0, place.1 + column);
                let (who, what) = (&scene.rows[row].name, &scene.factors()[factor].name);
                self.problems.push(format!("Row {down}, column {across}, {who}, {what}: {why}."));
            });
            read.push(PastedCell { factor, text: text.trim().to_owned(), points });
        }
        if !read.is_empty() {
            self.rows.push((row, read));
        }
    }

    /// The cells that can be taken.
    fn sound(&self) -> Vec<Cell> {
        let of_row = |(row, cells): &(usize, Vec<PastedCell>)| {
            let row = *row;
            let sound = cells.iter().filter_map(move |cell| Some((row, cell.factor, cell.points.ok()?)));
            sound.collect::<Vec<_>>()
        };
        self.rows.iter().flat_map(of_row).collect()
    }

    /// Whether there is nothing to look at first: one cell, and it can be taken.
    fn is_plain(&self) -> bool {
        self.problems.is_empty() && self.rows.iter().map(|(_, cells)| cells.len()).sum::<usize>() == 1
    }

    fn preview_row(&self, scene: &Scene, at: usize, only: Option<u8>) -> (String, Vec<PreviewCell>) {
        let (row, cells) = &self.rows[at];
        let name = scene.rows.get(*row).map_or_else(String::new, |of| of.name.clone());
        let preview = |cell: &PastedCell| {
            let factor = &scene.factors()[cell.factor];
            let round = scene.round_of((*row, cell.factor), only);
            let shown = |points: Option<f64>| match points {
                Some(_) if scene.hides(round) => "covered".to_owned(),
                Some(points) => points_words(points),
                None => "–".to_owned(),
            };
            let was = shown(scene.points(*row, cell.factor, round));
            let short = factor.short_name();
            match cell.points {
                Ok(points) => PreviewCell {
                    spoken: format!("{name}, {}: {}, was {was}", factor.name, shown(points)),
                    words: shown(points),
                    now: format!("{short}: was {was}"),
                    can_be_taken: true,
                    notes: Vec::new(),
                },
                Err(()) => PreviewCell {
                    spoken: format!("{name}, {}: “{}” cannot be taken", factor.name, cell.text),
                    words: cell.text.clone(),
                    now: format!("{short} stays"),
                    can_be_taken: false,
                    notes: Vec::new(),
                },
            }
        };
        let cells = cells.iter().map(preview).collect();
        (name, cells)
    }
}

impl BallotsView {
    /// Takes a paste: one sound cell at once, anything else after it has been looked at.
    pub(super) fn paste(&mut self, desk: &mut Desk<'_>, scene: &Scene, text: &str) {
        match Pasted::read(scene, self.block(scene), text) {
            Err(why) => desk.notice(format!("Nothing was pasted: {why}.")),
            Ok(pasted) if pasted.rows.is_empty() && pasted.problems.is_empty() => {
                desk.notice("There is nothing to paste. Copy the cells first.");
            }
            Ok(pasted) if pasted.is_plain() => self.take_pasted(desk, scene, &pasted),
            Ok(pasted) => self.pasted = Some(pasted),
        }
    }

    /// Shows what was pasted until it is taken or put away.
    pub(super) fn paste_window(&mut self, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene) {
        // Rows are known by their places: what was pasted goes with the table that it was pasted into.
        let Some(mut pasted) = self.pasted.take().filter(|pasted| pasted.revision == scene.revision) else {
            return;
        };
        let sound = pasted.sound().len();
        let how = if pasted.by_name {
            "Rows and columns were found by the names of people and factors that came with them."
        } else {
            ""
        };
        let words = PasteWords {
            name: "Paste points",
            things: ("cell", "cells"),
            how,
            problems: &pasted.problems,
            noted: "An empty cell is an abstention.",
            sound,
            rows: pasted.rows.len(),
        };
        let (mut fresh, only) = (pasted.fresh, self.only);
        let choice = paste_sheet(ui, words, &mut fresh, |row| pasted.preview_row(scene, row, only));
        pasted.fresh = fresh;
        if choice == PasteChoice::Take {
            self.take_pasted(desk, scene, &pasted);
        }
        if choice == PasteChoice::Undecided {
            self.pasted = Some(pasted);
        } else {
            self.to_table = true;
        }
    }

    fn take_pasted(&mut self, desk: &mut Desk<'_>, scene: &Scene, pasted: &Pasted) {
        let cells = pasted.sound();
        let words = match cells.as_slice() {
            [(row, f, _)] => format!("{}: points for {}", scene.rows[*row].name, scene.factors()[*f].name),
            _ => format!("Paste points into {}", count(cells.len(), "cell", "cells")),
        };
        if self.write(desk, scene, &words, &cells) && cells.len() > 1 {
            let found = count(cells.len(), "cell", "cells");
            desk.notice(format!("Pasted points into {found}. Undo takes them back."));
        }
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

/// The rows and factors that the first column and the first row of a block name; `None` when they do not.
fn named(scene: &Scene, block: &[Vec<String>]) -> Option<(Vec<usize>, Vec<usize>)> {
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
    (!factors.is_empty() && !rows.is_empty()).then_some((rows, factors))
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
