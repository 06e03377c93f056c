//! A block of scores pasted from a spreadsheet: read whole, shown with every problem named, and only then taken.

use egui::{Id, Ui};

use super::{
    scale_words::{likely, past_the_ends, said},
    score_scene::Scene,
    score_table::TABLE,
    scores::{Block, ScoresView},
};
use crate::{
    exchange::{
        cell::{self, CellContent},
        delimited,
        table::key,
    },
    model::{
        balance::ScoreLevel,
        ids::{FactorId, OptionId},
        wording::{count, decimals_used},
    },
    session::edits,
    ui::{
        desk::Desk,
        widgets::{PasteChoice, PasteWords, PreviewCell, paste_sheet},
    },
};

/// What was pasted, before it is taken.
#[derive(Debug, Default)]
pub struct Pasted {
    rows: Vec<(FactorId, Vec<PastedCell>)>,
    /// What is wrong, a sentence each.
    problems: Vec<String>,
    /// Rows and columns were found by the names that came with them.
    by_name: bool,
    /// It has not been shown yet.
    fresh: bool,
}

/// One cell of it.
#[derive(Debug)]
struct PastedCell {
    option: OptionId,
    text: String,
    /// `None` when it cannot be taken.
    content: Option<CellContent>,
}

impl Pasted {
    /// Reads a block as Excel copies it. Where its first row names options and its first column factors, cells go by
    /// these names; else they go from the top left of the cells selected to the right and down. One single cell goes
    /// into every cell selected.
    #[must_use]
    pub fn read(text: &str, scene: &Scene, rows: &[usize], at: &Block) -> Self {
        let mut pasted = Self { fresh: true, ..Self::default() };
        let block = match delimited::block(text) {
            Ok(block) => block,
            Err(why) => {
                pasted.problems.push(format!("What was copied cannot be read: {why}."));
                return pasted;
            }
        };
        if let [row] = block.as_slice()
            && let [one] = row.as_slice()
        {
            for &f in &at.rows {
                let cells = at.columns.clone().map(|o| (o, one.as_str()));
                pasted.take_row(scene, f, (1, 1), cells);
            }
            pasted.problems.dedup();
        } else if let Some((factors, options)) = named(scene, &block) {
            pasted.by_name = true;
            for ((line, row), factor) in block.iter().enumerate().skip(1).zip(factors) {
                let cells = options.iter().zip(row.iter().skip(1));
                let cells = cells.filter_map(|(o, text)| Some(((*o)?, text.as_str())));
                if let Some(f) = factor {
                    pasted.take_row(scene, f, (line + 1, 2), cells);
                }
            }
        } else {
            pasted.by_place(scene, rows, at, &block);
        }
        pasted.rows.retain(|(_, cells)| !cells.is_empty());
        pasted
    }

    fn by_place(&mut self, scene: &Scene, rows: &[usize], at: &Block, block: &[Vec<String>]) {
        let first = at.rows.first().and_then(|f| rows.iter().position(|row| row == f)).unwrap_or(0);
        for (line, cells) in block.iter().enumerate() {
            let inside = scene.options().len() - at.columns.start().min(&scene.options().len());
            let row = rows.get(first + line);
            let known = if row.is_some() { inside } else { 0 };
            for (column, text) in cells.iter().enumerate().skip(known) {
                if !text.trim().is_empty() {
                    self.problems.push(format!(
                        "Row {}, column {}, “{}”: lies outside the table.",
                        line + 1,
                        column + 1,
                        text.trim()
                    ));
                }
            }
            if let Some(&f) = row {
                let cells = cells.iter().take(inside).enumerate();
                self.take_row(
                    scene,
                    f,
                    (line + 1, 1),
                    cells.map(|(o, text)| (at.columns.start() + o, text.as_str())),
                );
            }
        }
    }

    /// Reads the cells of a factor; `place` is the row and the first column in what was copied.
    fn take_row<'t>(
        &mut self,
        scene: &Scene,
        f: usize,
        place: (usize, usize),
        cells: impl Iterator<Item = (usize, &'t str)>,
    ) {
        let factor = &scene.factors()[f];
        let mut row = Vec::new();
        for (column, (o, text)) in cells.enumerate() {
            let option = &scene.options()[o];
            let content = match cell::read(text, &factor.scale, &factor.unit) {
                Ok(content) => Some(content.unwrap_or((ScoreLevel::Unknown, None))),
                Err(expected) => {
                    self.problems.push(format!(
                        "Row {}, column {}, {} of {}, “{}”: expected {expected}.",
                        place.0,
                        place.1 + column,
                        factor.name,
                        option.badge,
                        text.trim()
                    ));
                    None
                }
            };
            row.push(PastedCell { option: option.id.clone(), text: text.trim().to_owned(), content });
        }
        self.rows.push((factor.id.clone(), row));
    }

    fn cells(&self) -> impl Iterator<Item = (&FactorId, &PastedCell)> {
        self.rows.iter().flat_map(|(factor, cells)| cells.iter().map(move |cell| (factor, cell)))
    }

    /// How many cells can be taken.
    fn sound(&self) -> usize {
        self.cells().filter(|(_, cell)| cell.content.is_some()).count()
    }

    /// Whether there is nothing to look at first: one cell, and it can be taken.
    fn is_plain(&self) -> bool {
        self.problems.is_empty() && self.cells().count() == 1
    }
}

/// The places of rows and columns, where both are named; `None` in them for what is blank.
type Named = (Vec<Option<usize>>, Vec<Option<usize>>);

/// The factors and options that the first column and the first row name; `None` when they do not.
fn named(scene: &Scene, block: &[Vec<String>]) -> Option<Named> {
    let option = |text: &str| {
        let same = |name: &str| !name.is_empty() && key(name) == key(text);
        scene.options().iter().position(|o| same(&o.name) || same(&o.short) || same(&o.badge))
    };
    let factor = |text: &str| {
        let same = |name: &str| !name.is_empty() && key(name) == key(text);
        scene.factors().iter().position(|f| same(&f.name) || same(&f.short))
    };
    let found = |texts: Vec<&String>, find: &dyn Fn(&str) -> Option<usize>| {
        let mut places = Vec::new();
        for text in texts {
            if text.trim().is_empty() {
                places.push(None);
            } else {
                places.push(Some(find(text)?));
            }
        }
        places.iter().any(Option::is_some).then_some(places)
    };
    let (head, rest) = block.split_first()?;
    let blank = String::new();
    let heads = found(head.iter().skip(1).collect(), &option)?;
    let names = found(rest.iter().map(|row| row.first().unwrap_or(&blank)).collect(), &factor)?;
    Some((names, heads))
}

impl ScoresView {
    /// Takes a paste: one sound cell at once, anything else after it has been looked at.
    pub(super) fn paste(&mut self, desk: &mut Desk<'_>, scene: &Scene, text: &str) {
        let Some(block) = self.block(scene) else {
            desk.notice("Select the cell where the block is to begin, then paste again.");
            return;
        };
        let pasted = Pasted::read(text, scene, &scene.factors_in_view(&self.folded), &block);
        if pasted.is_plain() {
            take(desk, &pasted);
        } else {
            self.pasted = Some(pasted);
        }
    }

    /// Shows what was pasted until it is taken or put away.
    pub(super) fn paste_window(&mut self, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene) {
        let Some(mut pasted) = self.pasted.take() else { return };
        let how = if pasted.by_name {
            "Rows and columns were found by the names of factors and options that came with them."
        } else {
            ""
        };
        let mut fresh = pasted.fresh;
        let words = PasteWords {
            name: "Paste scores",
            things: ("score", "scores"),
            how,
            problems: &pasted.problems,
            noted: &noted(&pasted, scene),
            sound: pasted.sound(),
            rows: pasted.rows.len(),
        };
        let choice = paste_sheet(ui, words, &mut fresh, |row| preview_row(scene, &pasted.rows[row]));
        pasted.fresh = fresh;
        if choice == PasteChoice::Take {
            take(desk, &pasted);
        }
        if choice == PasteChoice::Undecided {
            self.pasted = Some(pasted);
        } else {
            ui.memory_mut(|m| m.request_focus(Id::unique(TABLE)));
        }
    }
}

/// What would stand in a row, with what stands there now.
fn preview_row(scene: &Scene, (factor, cells): &(FactorId, Vec<PastedCell>)) -> (String, Vec<PreviewCell>) {
    let Some(f) = scene.factor_index(factor) else { return Default::default() };
    let cells = cells
        .iter()
        .filter_map(|cell| Some(preview_cell(scene, (f, scene.option_index(&cell.option)?), cell)));
    (scene.factors()[f].short_name().to_owned(), cells.collect())
}

fn preview_cell(scene: &Scene, (f, o): (usize, usize), cell: &PastedCell) -> PreviewCell {
    let (factor, option) = (&scene.factors()[f], &scene.options()[o]);
    let was = said(Some(scene.level(f, o)), factor, scene.decimals[f]);
    let notes = notes(scene, f, cell);
    let Some((level, _)) = &cell.content else {
        return PreviewCell {
            spoken: format!("{} of {}: “{}” cannot be taken", factor.name, option.badge, cell.text),
            words: cell.text.clone(),
            now: format!("{} stays", option.badge),
            can_be_taken: false,
            notes,
        };
    };
    // Every decimal that came is shown: what is pasted is what is kept.
    let own = likely(level).map_or(0, |x| decimals_used(x).min(4));
    let becomes = said(Some(level), factor, scene.decimals[f].max(own));
    let noted: String = notes.iter().map(|note| format!(". {note}")).collect();
    PreviewCell {
        spoken: format!("{} of {}: {becomes}, was {was}{noted}", factor.name, option.badge),
        words: becomes,
        now: format!("{}: was {was}", option.badge),
        can_be_taken: true,
        notes,
    }
}

/// What is to be known of a cell before it is taken: that it lies past the ends of its scale, or brings another grade of
/// evidence along than the one that stands beside its source.
fn notes(scene: &Scene, f: usize, cell: &PastedCell) -> Vec<String> {
    let Some((level, grade)) = &cell.content else { return Vec::new() };
    let factor = &scene.factors()[f];
    let now = scene.workspace.score(&factor.id, &cell.option).and_then(|score| score.grade);
    let past = past_the_ends(level, factor, &scene.functions[f], scene.decimals[f]);
    let regraded = grade.filter(|grade| Some(*grade) != now).map(|grade| {
        let was = now.map_or("not graded".to_owned(), |now| format!("grade {now}"));
        format!("Brings evidence grade {grade} along, was {was}; the source noted at the cell stays.")
    });
    past.into_iter().chain(regraded).collect()
}

/// How many cells have something to be known of, in a sentence; empty for none.
fn noted(pasted: &Pasted, scene: &Scene) -> String {
    let (mut past, mut regraded) = (0, 0);
    for (factor, cell) in pasted.cells() {
        let (Some(f), Some((level, grade))) = (scene.factor_index(factor), &cell.content) else { continue };
        let now = scene.workspace.score(factor, &cell.option).and_then(|score| score.grade);
        regraded += usize::from(grade.is_some_and(|grade| Some(grade) != now));
        let of = &scene.factors()[f];
        past += usize::from(past_the_ends(level, of, &scene.functions[f], scene.decimals[f]).is_some());
    }
    let mut words = Vec::new();
    if past > 0 {
        words.push(format!("{} past the ends of its scale.", count(past, "score lies", "scores lie")));
    }
    if regraded > 0 {
        let grades = count(regraded, "score brings", "scores bring");
        words.push(format!("{grades} another grade of evidence along; sources stay as they are noted."));
    }
    words.join(" ")
}

/// Takes what can be taken, as one step.
fn take(desk: &mut Desk<'_>, pasted: &Pasted) {
    let found = count(pasted.sound(), "score", "scores");
    let signed = desk.session.signature();
    let done = desk.edit(format!("Paste {found}"), None, |w| {
        for (factor, cell) in pasted.cells() {
            let Some((level, grade)) = &cell.content else { continue };
            edits::scores::change_score(w, factor, &cell.option, &signed, |score| {
                score.level = level.clone();
                score.grade = grade.or(score.grade);
            });
        }
    });
    if done {
        desk.notice(format!("Pasted {found}. Undo takes them back."));
    }
}
