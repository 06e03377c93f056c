//! Two people changed one workspace: where they do not agree, side by side, chosen one by one.

mod answers;
mod prepare;
mod rows;
mod which_base;

use std::sync::Arc;

use egui::{Align, Align2, Context, Id, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};
use jiff::Timestamp;

pub use prepare::{Begun, Preparing};
pub use which_base::{Choice as BaseChoice, WhichBase};

use super::{foot, heading, propose, sheet};
use crate::{
    file::save::Opened,
    model::{
        Workspace,
        diff::Described,
        merge::{Merge, Pick, Whose},
        wording::{capital, count, in_words, lower_first},
    },
    session::{Wake, keeping::clock_time},
    ui::{
        icons,
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            Button, Paragraph, link, paint_badge, paint_text, paint_text_fitted, told_on_hover, wrapped,
        },
    },
};
use answers::Answers;

/// Two workspaces that are to be joined, with what is needed to tell of them.
#[derive(Debug)]
pub struct Joined {
    pub merge: Arc<Merge>,
    /// What is open here, as it was compared.
    pub ours: Arc<Workspace>,
    pub theirs: Box<Opened>,
    /// Whether the other file is the one that this workspace is kept in.
    pub is_own_file: bool,
    /// Who made the other one; empty where nobody knows.
    pub who: String,
    pub base_at: Option<Timestamp>,
    pub theirs_at: Option<Timestamp>,
}

impl Joined {
    /// "Priya’s", or "Theirs".
    #[must_use]
    pub fn of_them(&self) -> String {
        if self.who.is_empty() { "Theirs".to_owned() } else { format!("{}’s", self.who) }
    }

    /// What was joined, in a sentence.
    #[must_use]
    pub fn note(&self) -> String {
        let of = |whose| self.merge.fitting().iter().filter(|fitting| fitting.of == whose).count();
        let theirs = self.of_them();
        let theirs = if self.who.is_empty() { "theirs" } else { &theirs };
        format!(
            "Merged: {} yours and {} {theirs} fit together. Undo takes it back.",
            count(of(Whose::Ours), "change", "changes"),
            of(Whose::Theirs),
        )
    }

    /// The name of the step that it is.
    #[must_use]
    pub fn label(&self) -> String {
        match self.who.as_str() {
            "" => "Merge with another file".to_owned(),
            who => format!("Merge with the changes of {who}"),
        }
    }
}

/// The dialog.
#[derive(Debug)]
pub struct MergeFiles {
    pub joined: Joined,
    picks: Vec<Option<Pick>>,
    /// Whose words come second where both texts are kept.
    mark: String,
    answers: Answers,
    /// Whether all that fits together is listed.
    show_all: bool,
    /// The choice that the keyboard goes to next; `None` after the last for the main button.
    keyboard_to: Option<(usize, Pick)>,
    keyboard_to_main: bool,
}

/// What was decided.
#[derive(Debug)]
pub enum Choice {
    Undecided,
    Later,
    KeepMine,
    TakeTheirs,
    KeepBothFiles,
    Merge(Box<Workspace>),
}

const WIDTH: f32 = 1200.0;

impl MergeFiles {
    #[must_use]
    pub fn new(joined: Joined, wake: &Wake) -> Self {
        let mark = format!("yours, {}", clock_time(Timestamp::now()));
        let picks = vec![None; joined.merge.conflicts().len()];
        let answers = Answers::begin(&joined.merge, &picks, &mark, wake);
        Self {
            keyboard_to: (!picks.is_empty()).then_some((0, Pick::Ours)),
            keyboard_to_main: picks.is_empty(),
            joined,
            picks,
            mark,
            answers,
            show_all: false,
        }
    }

    /// Waits for the answers of what is chosen; for tests, never in a frame.
    pub fn finish(&mut self) {
        self.answers.finish();
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, wake: &Wake) -> Choice {
        self.answers.poll();
        let before = self.picks.clone();
        let (choice, leave) = sheet(ctx, "merge", WIDTH, |ui| {
            self.head(ui);
            let height = (ctx.content_rect().height() - 330.0).max(180.0);
            let columns = rows::Columns::of(ui);
            rows::heads(ui, &columns, self);
            ScrollArea::vertical().id_salt("conflicts").max_height(height).show(ui, |ui| {
                self.rows(ui);
                self.fitting(ui);
            });
            self.foot(ui)
        });
        if self.picks != before {
            self.answers =
                std::mem::take(&mut self.answers).follow(&self.joined.merge, &self.picks, &self.mark, wake);
        }
        if leave && matches!(choice, Choice::Undecided) { Choice::Later } else { choice }
    }

    /// How many places nothing is chosen at.
    fn left(&self) -> usize {
        self.picks.iter().filter(|pick| pick.is_none()).count()
    }

    /// What the first choice is about that is left.
    fn next_left(&self) -> String {
        let at = self.picks.iter().position(Option::is_none).unwrap_or_default();
        let conflict = self.joined.merge.conflicts().get(at);
        conflict.map(|conflict| lower_first(&self.joined.merge.told(conflict).what)).unwrap_or_default()
    }

    fn head(&self, ui: &mut Ui) {
        let joined = &self.joined;
        let who = if joined.who.is_empty() { "Somebody else" } else { &joined.who };
        let at = joined.theirs_at.map(|at| format!(" at {}", clock_time(at))).unwrap_or_default();
        let since = joined.base_at.map(|at| format!(" since {}", clock_time(at))).unwrap_or_default();
        let kept = "Nothing is lost, and nothing is saved until you choose.";
        let (title, sentence) = match (joined.is_own_file, joined.merge.has_base()) {
            (true, true) => (
                "Two people changed this workspace",
                format!("{who} saved{at}, while you had it open{since}. {kept}"),
            ),
            (_, false) => (
                "Two workspaces differ",
                "What both were made of is not known, so everything that differs is asked.".to_owned(),
            ),
            (false, true) => (
                "Two people changed this workspace",
                format!(
                    "{} was changed{at}, and yours was changed here. {kept}",
                    file_name(&joined.theirs.path)
                ),
            ),
        };
        heading(ui, icons::USERS, title, &sentence);
    }

    fn rows(&mut self, ui: &mut Ui) {
        let columns = rows::Columns::of(ui);
        let merge = Arc::clone(&self.joined.merge);
        let keyboard = self.keyboard_to.take();
        for (at, conflict) in merge.conflicts().iter().enumerate() {
            let told = merge.told(conflict);
            let row = rows::Row {
                told: &told,
                can_keep_both: conflict.can_keep_both(),
                mark: &self.mark,
                pick: self.picks[at],
                effects: self.answers.effects(at),
                keyboard: keyboard.filter(|(row, _)| *row == at).map(|(_, pick)| pick),
            };
            match row.show(ui, &columns) {
                None => {}
                Some(rows::Act::Pick(picked)) => {
                    self.picks[at] = Some(picked);
                    self.go_on_from(at, picked);
                }
                Some(rows::Act::Go(by, side)) => {
                    let row = at.saturating_add_signed(by).min(self.picks.len() - 1);
                    self.keyboard_to = Some((row, side));
                    ui.ctx().request_repaint();
                }
            }
        }
    }

    /// The keyboard goes on to the next place at which nothing is chosen.
    fn go_on_from(&mut self, at: usize, picked: Pick) {
        let all = self.picks.len();
        let next = (1..all).map(|step| (at + step) % all).find(|&next| self.picks[next].is_none());
        let side = if picked == Pick::Theirs { Pick::Theirs } else { Pick::Ours };
        self.keyboard_to = next.map(|next| (next, side));
        self.keyboard_to_main = next.is_none();
    }

    /// Chooses one side wherever the two do not agree.
    fn choose_all(&mut self, pick: Pick) {
        self.picks.fill(Some(pick));
        self.keyboard_to_main = true;
    }

    /// What goes together whatever is chosen.
    fn fitting(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let merge = Arc::clone(&self.joined.merge);
        let of = |whose| merge.fitting().iter().filter(|fitting| fitting.of == whose).count();
        let all = merge.fitting().len();
        if all == 0 {
            return;
        }
        ui.add_space(space::S);
        let theirs = if self.joined.who.is_empty() { "theirs".to_owned() } else { self.joined.of_them() };
        let both = match of(Whose::Both) {
            0 => String::new(),
            number => format!(", {number} made by both alike"),
        };
        ui.horizontal(|ui| {
            ui.label(
                egui::RichText::new(icons::CHECK_CIRCLE.0).font(icons::Icon::font(18.0)).color(tokens.ink2),
            );
            let number = capital(&count(all, "other change fits together", "other changes fit together"));
            let kept = format!(
                "and {}: {} yours, {} {theirs}{both}.",
                if all == 1 { "is kept" } else { "are kept" },
                of(Whose::Ours),
                of(Whose::Theirs)
            );
            Paragraph::new()
                .run(&format!("{number} "), Type::Strong, tokens.ink)
                .run(&kept, Type::Body, tokens.ink2)
                .show(ui);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = if self.show_all { "Show them in brief" } else { "Show them all" };
                if link(ui, words, Type::Body, tokens.ink).clicked() {
                    self.show_all = !self.show_all;
                }
            });
        });
        ui.add_space(space::S);
        if self.show_all {
            self.every_fitting(ui, &theirs);
        } else {
            self.fitting_in_brief(ui, &theirs);
        }
    }

    fn every_fitting(&self, ui: &mut Ui, theirs: &str) {
        let tokens = Tokens::of(ui);
        for fitting in self.joined.merge.fitting() {
            let words = in_a_line(&self.joined.merge.told_fitting(fitting));
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(90.0, Type::Body.line()), Sense::hover());
                let whose = whose(fitting.of, theirs);
                paint_text(
                    ui.painter(),
                    rect.left_center(),
                    Align2::LEFT_CENTER,
                    &whose,
                    Type::Small,
                    tokens.ink3,
                );
                wrapped(ui, words, Type::Body, tokens.ink);
            });
        }
    }

    /// What belongs together in a list and is by one side, as one card each; four of them.
    fn fitting_in_brief(&self, ui: &mut Ui, theirs: &str) {
        let tokens = Tokens::of(ui);
        let mut cards: Vec<(Whose, String, Vec<String>)> = Vec::new();
        for fitting in self.joined.merge.fitting() {
            let place = &fitting.change.place;
            let list = place.0.iter().take(2).cloned().collect::<Vec<_>>().join("/");
            match cards.iter_mut().find(|(of, known, _)| *of == fitting.of && *known == list) {
                Some((.., lines)) => lines.push(String::new()),
                None => {
                    let told = self.joined.merge.told_fitting(fitting);
                    cards.push((fitting.of, list, vec![in_a_line(&told)]));
                }
            }
        }
        let in_a_row = if ui.available_width() < 760.0 { 2 } else { 4 };
        let width = (ui.available_width() - 10.0 * (in_a_row as f32 - 1.0)) / in_a_row as f32;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            for (of, list, lines) in cards.iter().take(in_a_row) {
                let room = list.split('/').next().unwrap_or_default();
                let head = format!("{}, {}", capital(room), whose(*of, theirs));
                let more = lines.len() - 1;
                let words = match more {
                    0 => lines[0].clone(),
                    more => format!("{}, and {} more", lines[0], in_words(more)),
                };
                card(ui, width, &head, &words);
            }
        });
        let more = cards.len().saturating_sub(in_a_row);
        if more > 0 {
            ui.add_space(space::XS);
            ui.label(
                Type::Small.text(format!("and in {}", count(more, "more place", "more places")), tokens.ink3),
            );
        }
    }

    fn foot(&mut self, ui: &mut Ui) -> Choice {
        let is_narrow = ui.available_width() < 800.0;
        if is_narrow {
            ui.add_space(space::S);
            let width = ui.available_width();
            let (rect, _) = ui.allocate_exact_size(vec2(width, 46.0), Sense::hover());
            self.answer(ui, rect);
        }
        foot(ui, |ui| {
            let choice = self.buttons(ui);
            if !is_narrow {
                let rect = ui.available_rect_before_wrap();
                let rect = Rect::from_center_size(rect.center(), vec2(rect.width(), 46.0));
                self.answer(ui, rect);
            }
            choice
        })
    }

    fn buttons(&mut self, ui: &mut Ui) -> Choice {
        let mut choice = Choice::Undecided;
        let merged = self.answers.merged().filter(|_| self.left() == 0);
        let own = self.joined.is_own_file;
        let main = Button::new(if own { "Merge and save" } else { "Merge" })
            .primary()
            .enabled(merged.is_some())
            .show(ui);
        if merged.is_some() && self.keyboard_to_main {
            // A button that has only just come awake does not keep the keyboard: it is given it until it has it.
            self.keyboard_to_main = !main.has_focus();
            main.request_focus();
            ui.ctx().request_repaint();
        }
        if let Some(merged) = merged.filter(|_| main.clicked()) {
            choice = Choice::Merge(Box::new(merged.clone()));
        }
        if own {
            if Button::new("Keep both files").icon(icons::COPY_SIMPLE).show(ui).clicked() {
                choice = Choice::KeepBothFiles;
            }
            let take = if self.joined.who.is_empty() {
                "Take theirs".to_owned()
            } else {
                format!("Take {}", self.joined.of_them())
            };
            if Button::new(&take).quiet().show(ui).clicked() {
                choice = Choice::TakeTheirs;
            }
            if Button::new("Keep mine").quiet().show(ui).clicked() {
                choice = Choice::KeepMine;
            }
        }
        let later = Button::new(if own { "Later" } else { "Cancel" }).quiet().show(ui);
        if self.picks.is_empty() && merged.is_none() {
            propose(ui, &later);
        }
        if later.clicked() {
            choice = Choice::Later;
        }
        choice
    }

    /// The answer as chosen, and what is left to choose.
    fn answer(&self, ui: &mut Ui, rect: Rect) {
        let tokens = Tokens::of(ui);
        let left = match (self.left(), self.answers.problem()) {
            (0, Some(problem)) => problem.to_owned(),
            (0, None) => "Everything is chosen.".to_owned(),
            (1, _) => format!("One choice left: {}.", self.next_left()),
            (number, _) => format!("{} choices left.", capital(&in_words(number))),
        };
        let lead = self
            .answers
            .lead()
            .map(|(badge, total)| (badge.as_str(), format!("Leads with {total} as chosen")));
        let always = if self.answers.leads_always() { "It leads whichever you take. " } else { "" };
        let sentence = format!("{always}{left}");
        let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)));
        let response = ui.interact(rect, Id::unique("answer of the merge"), Sense::hover());
        let words =
            lead.as_ref().map_or(sentence.clone(), |(badge, lead)| format!("{badge} {lead}. {sentence}"));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words.clone()));
        let fit = (rect.width() - space::M, 1);
        let mut y = rect.center().y;
        if let Some((badge, words)) = lead {
            paint_badge(ui.painter(), tokens, badge, pos2(rect.left() + 11.0, rect.top() + 11.0), 22.0);
            let at = pos2(rect.left() + 31.0, rect.top() + 11.0);
            paint_text_fitted(
                ui.painter(),
                at,
                Align2::LEFT_CENTER,
                &words,
                Type::Strong,
                tokens.ink,
                (fit.0 - 31.0, 1),
            );
            y = rect.top() + 34.0;
        }
        let at = pos2(rect.left(), y);
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &sentence, Type::Small, tokens.ink2, fit);
        told_on_hover(response, || sentence.clone());
        ui.allocate_rect(rect, Sense::hover());
    }
}

fn file_name(path: &std::path::Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// "Weight of Price certainty: 55, was 40".
fn in_a_line(told: &Described) -> String {
    match told.before.as_str() {
        "" => format!("{}: {}", told.what, told.after),
        before => format!("{}: {}, was {before}", told.what, told.after),
    }
}

fn whose(of: Whose, theirs: &str) -> String {
    match of {
        Whose::Ours => "yours".to_owned(),
        Whose::Theirs => theirs.to_owned(),
        Whose::Both => "both".to_owned(),
    }
}

/// A small card with a line above and one below.
fn card(ui: &mut Ui, width: f32, head: &str, words: &str) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 54.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{head}: {words}")));
    ui.painter().rect(
        rect,
        rounded(size::RADIUS),
        tokens.sunken,
        hairline(tokens.hair),
        egui::StrokeKind::Inside,
    );
    let fit = (width - 24.0, 1);
    let at = pos2(rect.left() + 12.0, rect.top() + 17.0);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, head, Type::Small, tokens.ink3, fit);
    let at = pos2(rect.left() + 12.0, rect.top() + 37.0);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink, fit);
    told_on_hover(response, || words.to_owned());
}
