//! The Scores page of the Balance room: how each option does on each factor, and what that is worth.

use std::{ops::RangeInclusive, sync::Arc};

use egui::{Id, Rect, Ui, UiBuilder, pos2, vec2};

use super::{
    curve_handles::CurveDrag,
    factor_editor,
    scale_editor::Asking,
    scale_words::{lowered, said},
    score_dissent::DissentDraft,
    score_keys, score_panel,
    score_paste::Pasted,
    score_scene::{Folded, Group, Scene},
    score_table::{self, Act, TABLE},
};
use crate::{
    analysis::explain::Question,
    exchange::{
        TableKind,
        cell::{self, CellContent},
        rows_of,
    },
    model::{
        Room,
        balance::{Factor, ScoreLevel, Side},
        ids::{FactorId, OptionId},
        wording::count,
    },
    session::edits,
    ui::{
        desk::Desk,
        drawing::Part,
        icons,
        rooms::head,
        theme::{Tokens, Type, hairline, size, space},
        widgets::{Button, Card, Draft, Move, TableKeys, fields_of, icon_button, wrapped},
    },
};

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct ScoresView {
    place: Option<Place>,
    /// The other corner of the cells selected, where there are several.
    anchor: Option<(FactorId, OptionId)>,
    /// The panel has been put away, until something else is selected.
    closed: bool,
    /// In a narrow window: the panel lies over the table.
    pub(super) over: bool,
    pub(super) folded: Folded,
    /// Scroll to what is selected.
    pub(super) reveal: bool,
    pub(super) draft: Option<Draft>,
    drafts: u64,
    /// The field of the panel whose text was refused, and why.
    pub(super) refused: Option<(String, String)>,
    /// The first field of the panel takes the keyboard.
    pub(super) to_panel: bool,
    /// The name of the factor takes the keyboard.
    pub(super) name_wants_keys: bool,
    /// What was pasted, until it is taken or put away.
    pub(super) pasted: Option<Pasted>,
    /// The next paste is meant for the table although it has not the keyboard: for how many frames it has been waited for.
    pub(super) paste_asked: Option<u8>,
    pub(super) keys: TableKeys,
    /// The factor being dragged to another place.
    pub(super) carried: Option<FactorId>,
    /// The group being renamed.
    pub(super) renaming: Option<(Side, String)>,
    /// The factor whose swing is being typed, and whether its field has not been shown yet.
    pub(super) swing: Option<(FactorId, bool)>,
    /// The curve being dragged, the questions being asked for it, and the dissent being written.
    pub(super) drag: Option<CurveDrag>,
    pub(super) asking: Option<Asking>,
    pub(super) dissent: DissentDraft,
    scene: Option<Arc<Scene>>,
}

/// The cells selected: factors in the order of the rows, and a run of options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub rows: Vec<usize>,
    pub columns: RangeInclusive<usize>,
}

impl Block {
    /// Whether a cell is in it.
    #[must_use]
    pub fn holds(&self, f: usize, o: usize) -> bool {
        self.columns.contains(&o) && self.rows.contains(&f)
    }

    /// Its cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.rows.iter().flat_map(|&f| self.columns.clone().map(move |o| (f, o)))
    }

    #[must_use]
    pub fn is_one(&self) -> bool {
        self.rows.len() == 1 && self.columns.start() == self.columns.end()
    }
}

/// What is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Cell(FactorId, OptionId),
    Factor(FactorId),
}

/// How wide the panel of what is selected is.
const PANEL: f32 = 328.0;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut view = std::mem::take(&mut desk.view.balance.scores);
    view.show(ui, desk);
    desk.view.balance.scores = view;
}

impl ScoresView {
    fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let scene = self.scene(desk);
        self.take_wanted(desk, &scene);
        self.settle(&scene);
        if self.pasted.is_none() {
            score_keys::take(self, ui, desk, &scene);
        }
        let scene = self.scene(desk);
        self.settle(&scene);
        self.ask_why(ui, desk, &scene);
        let page = ui.max_rect();
        let beside =
            ui.ctx().content_rect().width() >= size::NARROW_WINDOW && desk.view.explain.question().is_none();
        let selected = if self.closed { None } else { self.selected(&scene) };
        let edge = ui.clip_rect();
        let panel = (beside && selected.is_some())
            .then(|| Rect::from_min_max(pos2(edge.right() - PANEL, edge.top()), edge.max));
        let margin = edge.right() - page.right();
        let main = panel.map_or(page, |panel| page.with_max_x(panel.left() - margin));
        let mut left = ui.new_child(UiBuilder::new().max_rect(main).id_salt("scores page"));
        head(&mut left, Room::Balance, desk, |ui, desk| self.head_buttons(ui, desk, &scene));
        let top = main.top() + size::PAGE_HEAD + 10.0;
        let mut table = Rect::from_min_max(pos2(main.left(), top), main.max);
        if scene.factors().is_empty() || scene.options().is_empty() {
            self.nothing_yet(&mut left, desk, &scene, table);
        } else {
            let strip = (!beside).then_some(selected).flatten().and_then(|(f, o)| Some((f, o?)));
            if strip.is_some() {
                table.max.y -= score_panel::strip_height(table.size()) + 10.0;
            }
            self.table(&mut left, desk, &scene, table);
            if let Some((f, o)) = strip {
                let place = table.with_min_y(table.bottom() + 10.0).with_max_y(main.bottom());
                fields_of(&mut left, &scene.score_name(f, o), |ui| {
                    score_panel::strip(ui, place, desk, self, &scene, (f, o));
                });
            }
        }
        if let Some(selected) = selected {
            let over = matches!(selected, (_, None)) || self.over;
            if let Some(place) = panel {
                self.panel(ui, desk, &scene, selected, place);
            } else if over {
                let width = PANEL.min(edge.width());
                let place = Rect::from_min_max(pos2(edge.right() - width, edge.top()), edge.max);
                self.panel(ui, desk, &scene, selected, place);
            }
        }
        self.paste_window(ui, desk, &scene);
    }

    /// Why? asks for the cell that has the keyboard.
    fn ask_why(&self, ui: &Ui, desk: &mut Desk<'_>, scene: &Scene) {
        if let (Some((f, Some(o))), true) =
            (self.selected(scene), ui.memory(|m| m.has_focus(Id::unique(TABLE))))
        {
            let (option, factor) = (scene.options()[o].id.clone(), scene.factors()[f].id.clone());
            desk.view.figure_in_focus = Some(Question::Cell(option, factor));
        }
    }

    /// The factor selected and, where a cell is, its option.
    pub(super) fn selected(&self, scene: &Scene) -> Option<(usize, Option<usize>)> {
        match self.place.as_ref()? {
            Place::Cell(factor, option) => {
                Some((scene.factor_index(factor)?, Some(scene.option_index(option)?)))
            }
            Place::Factor(factor) => Some((scene.factor_index(factor)?, None)),
        }
    }

    /// Selects a factor, or its cell of an option, and opens the panel on it.
    pub(super) fn select(&mut self, scene: &Scene, f: usize, o: Option<usize>) {
        let factor = scene.factors()[f].id.clone();
        self.place = Some(match o {
            Some(o) => Place::Cell(factor, scene.options()[o].id.clone()),
            None => Place::Factor(factor),
        });
        self.closed = false;
        self.reveal = true;
        self.refused = None;
        self.draft = None;
        self.anchor = None;
    }

    /// The cells selected; `None` while a factor is, or nothing.
    pub(super) fn block(&self, scene: &Scene) -> Option<Block> {
        let (f, Some(o)) = self.selected(scene)? else { return None };
        let one = Block { rows: vec![f], columns: o..=o };
        let corner = self.anchor.as_ref();
        let corner = corner.and_then(|(f, o)| Some((scene.factor_index(f)?, scene.option_index(o)?)));
        let Some((other, column)) = corner else { return Some(one) };
        let rows = scene.factors_in_view(&self.folded);
        let place = |f: usize| rows.iter().position(|&row| row == f);
        let (Some(a), Some(b)) = (place(f), place(other)) else { return Some(one) };
        Some(Block { rows: rows[a.min(b)..=a.max(b)].to_vec(), columns: o.min(column)..=o.max(column) })
    }

    /// Selects the cells from where the selection began to this one.
    pub(super) fn extend(&mut self, scene: &Scene, f: usize, o: usize) {
        let begun = self.anchor.take().or_else(|| match &self.place {
            Some(Place::Cell(factor, option)) => Some((factor.clone(), option.clone())),
            _ => None,
        });
        self.select(scene, f, Some(o));
        self.anchor = begun;
    }

    /// Selects every cell.
    pub(super) fn select_all(&mut self, scene: &Scene) {
        let rows = scene.factors_in_view(&self.folded);
        let (Some(&first), Some(&last), Some(o)) =
            (rows.first(), rows.last(), scene.options().len().checked_sub(1))
        else {
            return;
        };
        self.select(scene, first, Some(0));
        self.extend(scene, last, o);
        self.reveal = false;
    }

    /// Puts the panel away.
    pub(super) fn close(&mut self) {
        if self.over {
            self.over = false;
        } else {
            self.closed = true;
        }
    }

    fn scene(&mut self, desk: &Desk<'_>) -> Arc<Scene> {
        match &self.scene {
            Some(scene) if scene.is_current(desk) => Arc::clone(scene),
            _ => {
                let scene = Arc::new(Scene::of(desk));
                self.scene = Some(Arc::clone(&scene));
                scene
            }
        }
    }

    /// Shows what another screen asked for.
    fn take_wanted(&mut self, desk: &mut Desk<'_>, scene: &Scene) {
        let Some((factor, option)) = desk.view.balance.wanted.take() else { return };
        if let Some(f) = scene.factor_index(&factor) {
            self.folded.show(&scene.factors()[f]);
            self.select(scene, f, option.and_then(|o| scene.option_index(&o)));
        }
    }

    /// Forgets what is no longer there. At first the leader's cell on the first factor is selected.
    fn settle(&mut self, scene: &Scene) {
        if self.place.is_some() && self.selected(scene).is_none() {
            self.place = None;
            self.draft = None;
        }
        if self.place.is_none() && !scene.options().is_empty() {
            let first = scene.factors_in_view(&Folded::default()).first().copied();
            let leader = scene.analysis.balance.leader().unwrap_or(0);
            if let Some(f) = first {
                let (factor, option) = (&scene.factors()[f].id, &scene.options()[leader].id);
                self.place = Some(Place::Cell(factor.clone(), option.clone()));
            }
        }
    }

    fn head_buttons(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene) {
        // Where both do not fit with their words, pasting keeps them.
        let room = ui.available_width();
        let can_paste = !scene.factors().is_empty() && !scene.options().is_empty();
        let paste = if room < 212.0 {
            can_paste && icon_button(ui, icons::TABLE, "Paste from Excel", true).clicked()
        } else {
            let tip = "Takes a block of cells copied in Excel; it begins at the cell selected";
            let button = Button::new("Paste from Excel").icon(icons::TABLE).tooltip(tip);
            can_paste && button.show(ui).clicked()
        };
        let add = if room < 320.0 {
            icon_button(ui, icons::PLUS, "Add factor", true).clicked()
        } else {
            Button::new("Add factor").icon(icons::PLUS).show(ui).clicked()
        };
        if paste {
            self.paste_asked = Some(0);
            ui.ctx().request_repaint();
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::RequestPaste);
        }
        if add {
            let beside = self.selected(scene).map(|(f, _)| &scene.factors()[f]);
            let (side, group) = beside.map_or((Side::Operational, ""), |f| (f.side, f.group.as_str()));
            self.add_factor(desk, side, group);
        }
    }

    /// Adds a factor at the end of a group and opens it, so that it is named at once.
    pub(super) fn add_factor(&mut self, desk: &mut Desk<'_>, side: Side, group: &str) {
        let id = FactorId::named("new factor", desk.session.new_tail());
        let label = match side {
            Side::Operational => "Add an operational factor",
            Side::Commercial => "Add a commercial factor",
        };
        if desk.edit(label, None, |w| edits::scores::add_factor(w, &id, side, group)) {
            self.folded.sides[side as usize] = false;
            self.folded.groups.retain(|(of, name)| *of != side || name != group);
            self.place = Some(Place::Factor(id));
            self.anchor = None;
            self.closed = false;
            self.reveal = true;
            self.name_wants_keys = true;
        }
    }

    /// Takes away a factor; what stands beside it is selected.
    pub(super) fn remove_factor(&mut self, desk: &mut Desk<'_>, scene: &Scene, f: usize) {
        let factor = &scene.factors()[f];
        if desk.edit(format!("Remove factor {}", factor.name), None, |w| w.forget_factor(&factor.id)) {
            desk.notice(format!("Removed {} with its scores. Undo brings it back.", factor.name));
            let side = factor.side;
            let near = |at: &usize| scene.factors()[*at].side == side;
            let next = (f + 1..scene.factors().len()).find(near).or_else(|| (0..f).rev().find(near));
            self.place = next.map(|at| Place::Factor(scene.factors()[at].id.clone()));
            self.closed = true;
        }
    }

    /// Begins to edit the cell selected: with this text, or with what stands there.
    pub(super) fn begin(&mut self, scene: &Scene, typed: Option<String>) {
        let Some((f, Some(o))) = self.selected(scene) else { return };
        self.drafts += 1;
        self.anchor = None;
        let factor = &scene.factors()[f];
        let replacing = typed.is_some();
        let text = typed.unwrap_or_else(|| match scene.level(f, o) {
            ScoreLevel::Unknown => String::new(),
            level => cell::write(level, None, &factor.scale),
        });
        self.draft = Some(Draft::new(text, replacing, Id::unique(("score draft", self.drafts))));
        self.reveal = true;
    }

    /// Takes what has been typed into a cell; answers whether it could be taken.
    pub(super) fn commit(&mut self, desk: &mut Desk<'_>, scene: &Scene) -> bool {
        let Some(mut draft) = self.draft.take() else { return true };
        let Some((f, Some(o))) = self.selected(scene) else { return true };
        match self.write(desk, scene, (f, o), &draft.text) {
            Ok(()) => true,
            Err(why) => {
                draft.refused = Some(why);
                self.draft = Some(draft);
                false
            }
        }
    }

    /// The score that a text stands for, and its grade where it has one.
    ///
    /// # Errors
    /// Says why it cannot stand in a cell of this factor.
    pub(super) fn read(text: &str, factor: &Factor) -> Result<CellContent, String> {
        let read = cell::read(text, &factor.scale, &factor.unit)
            .map_err(|expected| format!("“{}” cannot stand here. Expected: {expected}.", text.trim()))?;
        Ok(read.unwrap_or((ScoreLevel::Unknown, None)))
    }

    /// Writes a text into a cell.
    ///
    /// # Errors
    /// Says why it cannot stand there.
    pub(super) fn write(
        &mut self,
        desk: &mut Desk<'_>,
        scene: &Scene,
        (f, o): (usize, usize),
        text: &str,
    ) -> Result<(), String> {
        let (factor, option) = (&scene.factors()[f], &scene.options()[o]);
        let (level, grade) = Self::read(text, factor)?;
        let words = said(Some(&level), factor, scene.decimals[f]);
        let label = format!("Score {} of {}: {words}", lowered(factor.short_name()), option.badge);
        let signed = desk.session.signature();
        desk.edit(label, None, |w| {
            edits::scores::change_score(w, &factor.id, &option.id, &signed, |score| {
                score.level = level;
                score.grade = grade.or(score.grade);
            });
        });
        Ok(())
    }

    /// Makes the cells selected unknown.
    pub(super) fn clear(&mut self, desk: &mut Desk<'_>, scene: &Scene) {
        let Some(block) = self.block(scene) else { return };
        let label = match block.cells().next() {
            Some((f, o)) if block.is_one() => {
                let (factor, option) = (&scene.factors()[f], &scene.options()[o]);
                format!("Score {} of {}: not known", lowered(factor.short_name()), option.badge)
            }
            _ => format!("Clear {}", count(block.cells().count(), "score", "scores")),
        };
        let signed = desk.session.signature();
        desk.edit(label, None, |w| {
            for (f, o) in block.cells() {
                let (factor, option) = (&scene.factors()[f].id, &scene.options()[o].id);
                edits::scores::change_score(w, factor, option, &signed, |score| {
                    score.level = ScoreLevel::Unknown
                });
            }
        });
    }

    fn table(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, place: Rect) {
        // As they are read in, so that a copy can be pasted again.
        let part = Part::table("Scores").at(place).figures(|| rows_of(&scene.workspace, TableKind::Scores));
        let (acts, shown) = part.show(ui, |ui| score_table::show(ui, place, scene, self));
        if self.draft.as_ref().is_some_and(|draft| draft.left) {
            // A click elsewhere takes what was typed; what cannot be taken stays to be mended.
            self.commit(desk, scene);
            self.draft.iter().for_each(|draft| draft.note_refused(ui.ctx()));
        }
        for act in acts {
            match act {
                Act::Swing(f, points) => {
                    let factor = &scene.factors()[f];
                    super::weights::give(desk, &factor.id, points, false);
                }
                Act::Select(f, o) => {
                    self.swing = None;
                    let same = self.selected(scene) == Some((f, o));
                    if self.draft.is_none() || !same {
                        if !self.commit(desk, scene) {
                            continue;
                        }
                        self.select(scene, f, o);
                        ui.memory_mut(|m| m.request_focus(Id::unique(TABLE)));
                    }
                }
                Act::Extend(f, o) => {
                    if self.draft.is_none() {
                        self.extend(scene, f, o);
                        ui.memory_mut(|m| m.request_focus(Id::unique(TABLE)));
                    }
                }
                Act::Edit => self.begin(scene, None),
                Act::Fold(side) => self.folded.sides[side as usize] ^= true,
                Act::FoldGroup(group) => self.folded.turn(&scene.groups[group]),
                Act::Rename(group) => {
                    let group = &scene.groups[group];
                    self.renaming = Some((group.side, group.name.clone()));
                }
                Act::Renamed(group, name) => self.rename_group(desk, scene, group, &name),
                Act::Put(f, slot) => self.put_factor(desk, scene, f, &slot),
                Act::Remove(f) => self.remove_factor(desk, scene, f),
                Act::Total(o) => desk.explain(Question::Total(scene.options()[o].id.clone())),
                Act::Weigh(f) => {
                    desk.view.balance.select_factor(&scene.factors()[f].id);
                    desk.go(Room::Balance, "Weights");
                }
            }
        }
        super::score_note::show(ui, self, scene, shown);
    }

    fn rename_group(&mut self, desk: &mut Desk<'_>, scene: &Scene, group: usize, name: &str) {
        self.renaming = None;
        let Group { side, name: before, .. } = &scene.groups[group];
        let name = name.trim();
        if name.is_empty() || name == before {
            return;
        }
        let label = format!("Rename group {before} to {name}");
        desk.edit(label, None, |w| edits::scores::rename_group(w, *side, before, name));
    }

    fn panel(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        scene: &Scene,
        (f, o): (usize, Option<usize>),
        place: Rect,
    ) {
        let tokens = Tokens::of(ui);
        // What lies under the panel must not be clicked through it.
        ui.interact(place, Id::unique("scores panel ground"), egui::Sense::CLICK | egui::Sense::DRAG);
        ui.painter().rect_filled(place, 0.0, tokens.card);
        ui.painter().vline(place.left() + 0.5, place.y_range(), hairline(tokens.hair));
        let inside = place.shrink2(vec2(20.0, 16.0));
        // The scroll bar stands in the margin, so that it covers nothing.
        let scrolled = Rect::from_min_max(inside.min, place.max - vec2(3.0, 1.0));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(scrolled).id_salt(("scores panel", f, o)));
        inner.set_clip_rect(place.intersect(ui.clip_rect()));
        egui::ScrollArea::vertical().id_salt("scores panel").auto_shrink(false).show(&mut inner, |ui| {
            ui.set_max_width(inside.width());
            match o {
                Some(o) => fields_of(ui, &scene.score_name(f, o), |ui| {
                    score_panel::show(ui, desk, self, scene, (f, o));
                }),
                None => fields_of(ui, &scene.factors()[f].name, |ui| {
                    factor_editor::show(ui, desk, self, scene, f);
                }),
            }
        });
    }

    fn nothing_yet(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, place: Rect) {
        let tokens = Tokens::of(ui);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt("nothing to score"));
        Card::new().padding(24, 22).show(&mut inner, |ui| {
            if scene.factors().is_empty() {
                ui.label(Type::Heading.text("Nothing to score yet", tokens.ink));
                let words = "A factor is something that matters to the decision. Operational factors say whether it \
                             works, for whom and how lastingly; commercial factors say what it costs and what it risks. \
                             Begin with one of each.";
                wrapped(ui, words, Type::Body, tokens.ink2);
            } else {
                ui.label(Type::Heading.text("No options to score yet", tokens.ink));
                let factors = count(scene.factors().len(), "factor is", "factors are");
                let words = format!("{factors} ready. Add the options that could be commissioned, two at least.");
                wrapped(ui, words, Type::Body, tokens.ink2);
            }
            ui.add_space(space::S);
            ui.horizontal_wrapped(|ui| {
                for (side, words) in [
                    (Side::Operational, "Add an operational factor"),
                    (Side::Commercial, "Add a commercial factor"),
                ] {
                    let missing = !scene.factors().iter().any(|f| f.side == side);
                    if missing && Button::new(words).icon(icons::PLUS).show(ui).clicked() {
                        self.add_factor(desk, side, "");
                    }
                }
                let options = Button::new("Add options in Question").icon(icons::ARROW_RIGHT);
                if scene.options().is_empty() && options.show(ui).clicked() {
                    desk.go(Room::Question, "Options");
                }
            });
        });
    }

    /// Walks the table; `extends` takes the cells on the way into the selection.
    pub(super) fn go(&mut self, scene: &Scene, step: Move, extends: bool) {
        let rows = scene.factors_in_view(&self.folded);
        match score_keys::step_from(step, self.selected(scene), &rows, scene.options().len()) {
            Some((f, Some(o))) if extends => self.extend(scene, f, o),
            Some(_) if extends => {}
            Some((f, o)) => self.select(scene, f, o),
            None => {}
        }
    }
}
