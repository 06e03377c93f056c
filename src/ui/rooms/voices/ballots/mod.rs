//! Ballots: swing points by hand, person by person and round by round, and what they come to together.

mod ballot_card;
mod cards;
mod counting;
mod keys;
mod marginal_card;
mod paste;
mod rounds;
mod scene;
mod sentence;
mod table;
mod table_ends;

use std::{ops::RangeInclusive, sync::Arc};

use egui::{Id, Rect, Ui, UiBuilder, pos2};

use self::{
    scene::{RowKey, Scene},
    table::{Act, TABLE},
};
use crate::ui::drawing::Part;
use crate::{
    model::{
        Workspace,
        ids::{BallotId, FactorId},
        wording::{decimals_used, number},
    },
    session::edits,
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{Button, Draft, Move, TableKeys, scrolled_page, wrapped},
    },
};

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct BallotsView {
    /// The cell with the keyboard, or the row when no factor is named.
    place: Option<(RowKey, Option<FactorId>)>,
    /// The other corner of the cells selected, where there are several.
    anchor: Option<(RowKey, FactorId)>,
    /// What is being typed into the cell.
    draft: Option<Draft>,
    drafts: u64,
    keys: TableKeys,
    /// What was pasted, until it is taken or put away.
    pasted: Option<paste::Pasted>,
    /// The one round in view; `None` for both.
    only: Option<u8>,
    /// Whose ballot is open beside the table.
    card: Option<RowKey>,
    /// Scroll to what is selected.
    reveal: bool,
    /// The table takes the keyboard.
    to_table: bool,
    /// The factors chosen for the next round; `None` before anybody has chosen.
    picked: Option<Vec<FactorId>>,
    /// The way of voting that is looked at: by sector, or by person.
    by_sector: Option<bool>,
    /// Whose ballot is to be added is to be asked.
    wanted: bool,
    heads: table_ends::Heads,
    scene: Option<Arc<Scene>>,
}

/// The cells selected.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    rows: RangeInclusive<usize>,
    factors: RangeInclusive<usize>,
}

impl Block {
    fn holds(&self, row: usize, f: usize) -> bool {
        self.rows.contains(&row) && self.factors.contains(&f)
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.rows.clone().flat_map(|row| self.factors.clone().map(move |f| (row, f)))
    }
}

/// Points as they were given.
fn points_words(points: f64) -> String {
    number(points, decimals_used(points))
}

/// How wide the cards beside the table are.
const SIDE: f32 = 316.0;

/// Whether somebody has given no ballot in the round in view, and there are factors to weigh.
pub fn lacks_one(workspace: &Workspace, view: &BallotsView) -> bool {
    let round = view.round_to_add(workspace);
    let given = |person| {
        let ballots = &workspace.voices.ballots;
        ballots.iter().any(|ballot| ballot.round == round && ballot.stakeholder.as_ref() == Some(person))
    };
    !workspace.balance.factors.is_empty()
        && (workspace.voices.stakeholders.iter().any(|person| !given(&person.id))
            || !workspace.voices.sectors.is_empty())
}

/// The buttons in the head of the page: what is next for the rounds.
pub fn head_buttons(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut view = std::mem::take(&mut desk.view.voices.ballots);
    rounds::head_button(ui, desk, &mut view);
    desk.view.voices.ballots = view;
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut view = std::mem::take(&mut desk.view.voices.ballots);
    view.show(ui, desk);
    desk.view.voices.ballots = view;
}

impl BallotsView {
    /// Asks whose ballot is to be taken down when the page is drawn.
    pub fn choose_whose_ballot(&mut self) {
        self.wanted = true;
    }

    fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let scene = self.scene(desk);
        if scene.factors().is_empty() {
            return no_factors(ui, desk);
        }
        self.settle(&scene);
        self.take_keys(ui, desk, &scene);
        let scene = self.scene(desk);
        self.settle(&scene);
        self.paste_window(ui, desk, &scene);
        sentence::show(ui, desk, &scene);
        if scene.rows.is_empty() {
            rounds::no_ballots(ui);
            rounds::add_menu(ui, desk, self, &scene, true);
            return;
        }
        if ui.ctx().content_rect().width() < size::NARROW_WINDOW {
            scrolled_page(ui, "ballots page", |ui| {
                let tall = 132.0 + 36.0 * scene.rows.len() as f32;
                let (place, _) = ui.allocate_exact_size(
                    egui::vec2(ui.available_width(), tall.clamp(220.0, 420.0)),
                    egui::Sense::hover(),
                );
                self.table(ui, desk, &scene, place);
                ui.add_space(space::L);
                self.side(ui, desk, &scene);
            });
            return;
        }
        let page = ui.available_rect_before_wrap();
        let side = if page.width() < 1000.0 { 272.0 } else { SIDE };
        let split = page.right() - side;
        let table = Rect::from_min_max(page.min, pos2(split - space::L, page.bottom()));
        self.table(ui, desk, &scene, table);
        let place = Rect::from_min_max(pos2(split, page.top()), page.max);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt("beside ballots"));
        scrolled_page(&mut inner, "beside ballots", |ui| self.side(ui, desk, &scene));
        ui.advance_cursor_after_rect(page);
    }

    fn table(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &Arc<Scene>, place: Rect) {
        let only = self.only;
        let part = Part::table("Ballots").at(place).figures(|| scene.as_rows(only));
        let acts = part.show(ui, |ui| table::show(ui, place, scene, self));
        self.add_button(ui, desk, scene, place);
        if self.draft.as_ref().is_some_and(|draft| draft.left) {
            // A click elsewhere takes what was typed; what cannot be taken stays to be mended.
            self.commit(desk, scene);
            self.draft.iter().for_each(|draft| draft.note_refused(ui.ctx()));
        }
        for act in acts {
            if !self.commit(desk, scene) {
                continue;
            }
            match act {
                Act::Select(row, f) => {
                    self.select(scene, row, f);
                    self.reveal = false;
                    if f.is_none() {
                        self.open_card(scene, row);
                    }
                }
                Act::Extend(row, f) => self.extend(scene, row, f),
                Act::Why(why) => desk.explain(why),
                Act::Edit => {
                    let Some((row, Some(f))) = self.selected(scene) else { continue };
                    self.begin_as_it_stands(scene, row, f);
                }
            }
            if self.draft.is_none() {
                ui.memory_mut(|m| m.request_focus(Id::unique(TABLE)));
            }
        }
    }

    /// The button in the corner of the table that asks whose ballot is to be added.
    fn add_button(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, table: Rect) {
        let names = if table.width() < 700.0 { 150.0 } else { 186.0 };
        let at = pos2(table.left() + names - size::CONTROL - 2.0, table.top() + 4.0);
        let place = Rect::from_min_size(at, egui::Vec2::splat(size::CONTROL));
        let mut corner = ui.new_child(UiBuilder::new().max_rect(place).id_salt("add a ballot"));
        rounds::add_menu(&mut corner, desk, self, scene, false);
    }

    fn side(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, scene: &Arc<Scene>) {
        ui.spacing_mut().item_spacing.y = space::M;
        if let Some(row) = self.card.as_ref().and_then(|key| scene.place_of(key)) {
            ballot_card::show(ui, desk, self, scene, row);
        }
        cards::agreement(ui, desk, scene);
        self.by_sector = cards::one_vote_each(ui, desk, scene, self.by_sector);
        cards::without_one_sector(ui, desk, scene);
        marginal_card::show(ui, desk, scene);
        cards::talk_next(ui, desk, scene);
        cards::movement(ui, desk, scene);
        counting::show(ui, desk, scene);
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

    /// The row selected and, where a cell is, its factor.
    fn selected(&self, scene: &Scene) -> Option<(usize, Option<usize>)> {
        let (key, factor) = self.place.as_ref()?;
        let row = scene.place_of(key)?;
        match factor {
            None => Some((row, None)),
            Some(id) => Some((row, Some(scene.factors().iter().position(|f| f.id == *id)?))),
        }
    }

    fn select(&mut self, scene: &Scene, row: usize, f: Option<usize>) {
        let factor = f.and_then(|f| scene.factors().get(f)).map(|factor| factor.id.clone());
        self.place = scene.key(row).map(|key| (key, factor));
        self.reveal = true;
        self.anchor = None;
    }

    /// Selects the cells from where the selection began to this one.
    fn extend(&mut self, scene: &Scene, row: usize, f: usize) {
        let begun = self.anchor.take().or_else(|| match &self.place {
            Some((key, Some(factor))) => Some((key.clone(), factor.clone())),
            _ => None,
        });
        self.select(scene, row, Some(f));
        self.anchor = begun;
    }

    fn select_all(&mut self, scene: &Scene) {
        let last = scene.rows.len().checked_sub(1).zip(scene.factors().len().checked_sub(1));
        let Some((row, f)) = last else { return };
        self.select(scene, 0, Some(0));
        self.extend(scene, row, f);
        self.reveal = false;
    }

    /// The cells selected; `None` while a row is, or nothing.
    fn block(&self, scene: &Scene) -> Option<Block> {
        let (row, Some(f)) = self.selected(scene)? else { return None };
        let corner = self.anchor.as_ref().and_then(|(key, factor)| {
            Some((scene.place_of(key)?, scene.factors().iter().position(|f| f.id == *factor)?))
        });
        let (other, column) = corner.unwrap_or((row, f));
        Some(Block { rows: row.min(other)..=row.max(other), factors: f.min(column)..=f.max(column) })
    }

    /// Walks to another cell; with Shift the selection grows. Answers whether there was anywhere to go.
    fn go(&mut self, scene: &Scene, step: Move, extend: bool) -> bool {
        let Some((row, f)) = self.selected(scene) else { return false };
        let size = (scene.rows.len(), scene.factors().len() + 1);
        // Column 0 is whose ballot it is.
        let Some((row, column)) = step.within((row, f.map_or(0, |f| f + 1)), size, 1) else { return false };
        match column.checked_sub(1) {
            Some(f) if extend => self.extend(scene, row, f),
            f => self.select(scene, row, f),
        }
        true
    }

    /// Begins to type into the cell selected: in place of what stands there, or with it.
    fn begin(&mut self, text: &str, replacing: bool) {
        self.anchor = None;
        self.reveal = true;
        self.drafts += 1;
        let id = Id::unique(("ballot draft", self.drafts));
        self.draft = Some(Draft::new(text.trim().to_owned(), replacing, id));
    }

    /// Takes what has been typed into a cell; answers whether it could be taken.
    fn commit(&mut self, desk: &mut Desk<'_>, scene: &Scene) -> bool {
        let Some(mut draft) = self.draft.take() else { return true };
        let Some((row, Some(f))) = self.selected(scene) else { return true };
        match paste::read_points(&draft.text) {
            Ok(points) if points == scene.points(row, f, scene.round_of((row, f), self.only)) => true,
            // What is covered began empty: left empty it stays; Delete takes it out.
            Ok(None) if scene.hides(scene.round_of((row, f), self.only)) => true,
            Ok(points) => {
                let label = format!("{}: points for {}", scene.rows[row].name, scene.factors()[f].name);
                self.write(desk, scene, &label, &[(row, f, points)])
            }
            Err(why) => {
                draft.refused = Some(format!("{why}."));
                self.draft = Some(draft);
                false
            }
        }
    }

    /// Makes abstentions of the cells selected; answers whether there were any.
    fn clear(&mut self, desk: &mut Desk<'_>, scene: &Scene) -> bool {
        let Some(block) = self.block(scene) else { return false };
        let given =
            |&(row, f): &(usize, usize)| scene.points(row, f, scene.round_of((row, f), self.only)).is_some();
        let cells: Vec<_> = block.cells().filter(given).map(|(row, f)| (row, f, None)).collect();
        let label = match cells.as_slice() {
            [] => return true,
            [(row, f, _)] => format!("{} abstains on {}", scene.rows[*row].name, scene.factors()[*f].name),
            _ => "Clear points".to_owned(),
        };
        self.write(desk, scene, &label, &cells);
        true
    }

    fn open_card(&mut self, scene: &Scene, row: usize) {
        self.card = scene.key(row);
    }

    fn look_at_rounds(&mut self, only: Option<u8>) {
        self.only = only;
        self.draft = None;
    }

    /// The round that a ballot is added to: the open one, else the one in view, else the first.
    fn round_to_add(&self, workspace: &Workspace) -> u8 {
        workspace.voices.open_round().map(|round| round.number).or(self.only).unwrap_or(1)
    }

    /// Adds a ballot of a row's giver or of somebody new, and puts the keyboard into it.
    fn add_ballot(&mut self, desk: &mut Desk<'_>, giver: &edits::rounds::Giver, label: &str) {
        let id = BallotId::named("ballot", desk.session.new_tail());
        let today = desk.session.signature().on;
        if desk.edit(label, None, |w| edits::rounds::add_ballot(w, giver, id.clone(), today)) {
            let scene = self.scene(desk);
            let of_ballot =
                |row: &usize| scene.ballot(*row, giver.round).is_some_and(|ballot| ballot.id == id);
            if let Some(row) = (0..scene.rows.len()).find(of_ballot) {
                let asked = |f: &usize| scene.workspace.voices.asks(giver.round, &scene.factors()[*f].id);
                self.select(&scene, row, (0..scene.factors().len()).find(asked));
                self.to_table = true;
            }
        }
    }

    /// Forgets what is no longer there; at first the first cell is selected.
    fn settle(&mut self, scene: &Scene) {
        if self.place.is_some() && self.selected(scene).is_none() {
            self.place = None;
            self.draft = None;
        }
        if self.place.is_none() && !scene.rows.is_empty() {
            self.select(scene, 0, Some(0));
            self.reveal = false;
        }
        if !scene.has_second {
            self.only = None;
        }
    }
}

fn no_factors(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.add_space(space::M);
    let words = "Ballots weigh factors, and there are none yet.";
    wrapped(ui, words, Type::Sentence, Tokens::of(ui).ink2);
    if Button::new("Go to Scores").icon(icons::ARROW_RIGHT).show(ui).clicked() {
        desk.go(crate::model::Room::Balance, "Scores");
    }
}
