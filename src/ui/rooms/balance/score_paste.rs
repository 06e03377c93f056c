//! A block of scores pasted from a spreadsheet: read whole, shown with every problem named, and only then taken.

use egui::{Align2, Id, Key, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

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
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, space},
        widgets::{Button, paint_text_fitted, wrapped},
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
        let (mut cancel, mut done) = (ui.input(|i| i.key_pressed(Key::Escape)), false);
        egui::Window::new("Paste scores")
            .title_bar(false)
            .collapsible(false)
            .resizable(false)
            .default_width((ui.ctx().content_rect().width() - 2.0 * space::XL).min(620.0))
            .anchor(Align2::CENTER_CENTER, egui::Vec2::ZERO)
            .show(ui.ctx(), |ui| {
                heading(ui, &pasted);
                preview(ui, &pasted, scene);
                let noted = noted(&pasted, scene);
                if !noted.is_empty() {
                    ui.add_space(space::S);
                    wrapped(ui, noted, Type::Small, Tokens::of(ui).ink);
                }
                problems(ui, &pasted);
                ui.add_space(space::S);
                ui.horizontal(|ui| {
                    let sound = pasted.sound();
                    let words = match (sound, pasted.problems.is_empty()) {
                        (_, true) => format!("Paste {}", count(sound, "score", "scores")),
                        _ => format!("Paste the {sound} that fit"),
                    };
                    let first = (sound > 0).then(|| Button::new(&words).primary().show(ui));
                    let put_away = Button::new(if sound > 0 { "Cancel" } else { "Close" }).show(ui);
                    if std::mem::take(&mut pasted.fresh) {
                        first.as_ref().unwrap_or(&put_away).request_focus();
                    }
                    done = first.is_some_and(|button| button.clicked());
                    cancel |= put_away.clicked();
                });
            });
        if done {
            take(desk, &pasted);
        }
        if done || cancel {
            ui.memory_mut(|m| m.request_focus(Id::unique(TABLE)));
        } else {
            self.pasted = Some(pasted);
        }
    }
}

fn heading(ui: &mut Ui, pasted: &Pasted) {
    let tokens = Tokens::of(ui);
    let wrong = pasted.problems.len();
    if pasted.sound() == 0 {
        ui.label(Type::Heading.text("Nothing can be pasted", tokens.ink));
    } else {
        ui.label(Type::Heading.text("What goes where", tokens.ink));
    }
    let how = if pasted.by_name {
        "Rows and columns were found by the names of factors and options that came with them. "
    } else {
        ""
    };
    let words = match wrong {
        0 => format!("{how}Nothing is changed before you say so; one undo takes it all back."),
        _ => {
            let what = count(wrong, "cell cannot be taken", "cells cannot be taken");
            format!("{how}{what}: see below. Nothing has been changed.")
        }
    };
    wrapped(ui, words, Type::Body, tokens.ink2);
}

fn problems(ui: &mut Ui, pasted: &Pasted) {
    if pasted.problems.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    ui.add_space(space::S);
    ScrollArea::vertical().id_salt("paste problems").max_height(140.0).show(ui, |ui| {
        for problem in &pasted.problems {
            wrapped(ui, problem, Type::Small, tokens.ink);
        }
    });
}

const NAME: f32 = 170.0;
const CELL: f32 = 96.0;
const ROW: f32 = 42.0;

/// What would stand where, with what stands there now.
fn preview(ui: &mut Ui, pasted: &Pasted, scene: &Scene) {
    if pasted.rows.is_empty() {
        return;
    }
    ui.add_space(space::S);
    ScrollArea::both().id_salt("paste preview").max_height(250.0).auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        pasted.rows.len(),
        |ui, shown| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (factor, cells) in &pasted.rows[shown] {
                preview_row(ui, scene, factor, cells);
            }
        },
    );
}

fn preview_row(ui: &mut Ui, scene: &Scene, factor: &FactorId, cells: &[PastedCell]) {
    let tokens = Tokens::of(ui);
    let Some(f) = scene.factor_index(factor) else { return };
    let width = NAME + CELL * cells.len() as f32;
    let (row, _) = ui.allocate_exact_size(vec2(width.max(ui.available_width()), ROW), Sense::hover());
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, hairline(tokens.hair));
    let name = scene.factors()[f].short_name();
    let at = pos2(row.left(), row.center().y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Body, tokens.ink, (NAME - 10.0, 1));
    for (column, cell) in cells.iter().enumerate() {
        let Some(o) = scene.option_index(&cell.option) else { continue };
        let left = row.left() + NAME + CELL * column as f32;
        let place = egui::Rect::from_min_size(pos2(left, row.top()), vec2(CELL, ROW));
        preview_cell(ui, scene, (f, o), cell, place);
    }
}

fn preview_cell(ui: &Ui, scene: &Scene, (f, o): (usize, usize), cell: &PastedCell, place: egui::Rect) {
    let tokens = Tokens::of(ui);
    let (factor, option) = (&scene.factors()[f], &scene.options()[o]);
    let was = said(Some(scene.level(f, o)), factor, scene.decimals[f]);
    // Every decimal that came is shown: what is pasted is what is kept.
    let becomes = cell.content.as_ref().map(|(level, _)| {
        let own = likely(level).map_or(0, |x| decimals_used(x).min(4));
        said(Some(level), factor, scene.decimals[f].max(own))
    });
    let notes = notes(scene, f, cell);
    let response = ui.interact(place, ui.scope_id().with(("pasted", f, o)), Sense::hover());
    response.widget_info(|| {
        let words = match &becomes {
            Some(becomes) => {
                let notes: String = notes.iter().map(|note| format!(". {note}")).collect();
                format!("{} of {}: {becomes}, was {was}{notes}", factor.name, option.badge)
            }
            None => format!("{} of {}: “{}” cannot be taken", factor.name, option.badge, cell.text),
        };
        WidgetInfo::labeled(Role::Cell, true, words)
    });
    let right = place.right() - 8.0;
    let fit = (CELL - 30.0, 1);
    let upper = pos2(right, place.top() + 13.0);
    let (words, ink) = becomes.as_ref().map_or((&cell.text, tokens.ink2), |becomes| (becomes, tokens.ink));
    paint_text_fitted(ui.painter(), upper, Align2::RIGHT_CENTER, words, Type::Number, ink, fit);
    let lower = pos2(right, place.top() + 31.0);
    let now = if becomes.is_some() {
        format!("{}: was {was}", option.badge)
    } else {
        format!("{} stays", option.badge)
    };
    paint_text_fitted(
        ui.painter(),
        lower,
        Align2::RIGHT_CENTER,
        &now,
        Type::Small,
        tokens.ink3,
        (CELL - 10.0, 1),
    );
    if let Some(mark) = (!notes.is_empty()).then_some(icons::INFO) {
        let at = pos2(place.left() + 12.0, place.top() + 13.0);
        ui.painter().text(at, Align2::CENTER_CENTER, mark.0, Icon::font(15.0), tokens.ink2);
        response.on_hover_text(notes.join("\n"));
    }
    if becomes.is_none() {
        let at = pos2(place.left() + 12.0, place.top() + 13.0);
        let icon = icons::WARNING_CIRCLE.0;
        ui.painter().text(at, Align2::CENTER_CENTER, icon, Icon::font(15.0), tokens.ink);
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
