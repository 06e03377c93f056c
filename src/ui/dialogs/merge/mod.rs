//! Two people changed one workspace: where they do not agree, side by side, chosen one by one.

mod answers;
mod fitting;
mod prepare;
mod rows;
mod unlike;
mod which_base;
mod words;

use std::sync::Arc;

use egui::{Context, ScrollArea, Sense, Ui, vec2};
use jiff::Timestamp;

pub use prepare::{Begun, Parted, Preparing};
pub use unlike::{Choice as UnlikeChoice, Odd, Unlike};
pub use which_base::{Choice as BaseChoice, WhichBase};

use super::{
    ANSWER, answer, answer_beside_buttons, begin_foot, folded_heading, foot, heading, is_low, margin,
    propose, sheet,
};
use crate::{
    file::{save::Opened, seal::Key},
    model::{
        Workspace,
        merge::{Merge, Pick, Whose},
        wording::{capital, count, in_words, lower_first},
    },
    session::{Wake, keeping::clock_time},
    ui::{
        icons,
        theme::space,
        widgets::{Button, long_list::long_list},
    },
};
use answers::Answers;
use words::Words;

/// Two workspaces that are to be joined, with what is needed to tell of them.
#[derive(Debug)]
pub struct Joined {
    pub merge: Arc<Merge>,
    /// What is open here, as it was compared.
    pub ours: Arc<Workspace>,
    pub theirs: Box<Opened>,
    /// What the other file is sealed with, if it is.
    pub theirs_key: Option<Key>,
    /// Whether the other file is the one that this workspace is kept in.
    pub is_own_file: bool,
    /// Who made the other one; empty where nobody knows.
    pub who: String,
    pub base_at: Option<Timestamp>,
    pub theirs_at: Option<Timestamp>,
    /// Whether it has been said that the two are meant although they do not look like versions of one workspace.
    pub is_meant: bool,
}

impl Joined {
    /// "Priya’s", or "Theirs".
    #[must_use]
    pub fn of_them(&self) -> String {
        if self.who.is_empty() { "Theirs".to_owned() } else { format!("{}’s", self.who) }
    }

    /// What was joined, in a sentence; where that is no step, nothing of what is open here was changed by it.
    #[must_use]
    pub fn note(&self, is_step: bool) -> String {
        let of = |whose| self.merge.fitting().iter().filter(|fitting| fitting.of == whose).count();
        let theirs = self.of_them();
        let theirs = if self.who.is_empty() { "theirs" } else { &theirs };
        match (is_step, of(Whose::Ours), of(Whose::Theirs)) {
            (true, 0, 0) => "Merged as you chose. Undo takes it back.".to_owned(),
            (true, ours, them) => format!(
                "Merged: {} yours and {them} {theirs} fit together. Undo takes it back.",
                count(ours, "change", "changes"),
            ),
            (false, ..) if self.merge.conflicts().is_empty() => {
                format!("Nothing needed joining: yours holds all that {theirs} does.")
            }
            (false, ..) => "Yours is as it was: nothing else was chosen.".to_owned(),
        }
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
    /// What has been put into words so far: of each conflict, and of what fits together.
    told: Words,
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
            told: Words::of(&joined.merge),
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
            let page = ctx.content_rect().height();
            let height = if is_low(ctx) { page - 212.0 } else { page - 346.0 }.max(180.0);
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
    fn next_left(&mut self) -> String {
        let at = self.picks.iter().position(Option::is_none).unwrap_or_default();
        lower_first(&self.told.conflict(&self.joined.merge, at).what)
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
        if is_low(ui.ctx()) {
            folded_heading(ui, icons::USERS, title, &sentence);
        } else {
            heading(ui, icons::USERS, title, &sentence);
        }
    }

    fn rows(&mut self, ui: &mut Ui) {
        let columns = rows::Columns::of(ui);
        let merge = Arc::clone(&self.joined.merge);
        let keyboard = self.keyboard_to.take();
        let wanted = keyboard.map(|(row, _)| row);
        ui.spacing_mut().item_spacing.y = 0.0;
        long_list(ui, "conflicts", (self.picks.len(), wanted), rows::USUAL, |ui, at| {
            let row = rows::Row {
                can_keep_both: self.told.can_keep_both(&merge, at),
                told: self.told.conflict(&merge, at),
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
        });
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

    fn foot(&mut self, ui: &mut Ui) -> Choice {
        let is_narrow = ui.available_width() < 800.0;
        let (lead, sentence) = self.answer();
        let lead = lead.as_ref().map(|(badge, words)| (badge.as_str(), words.as_str()));
        if is_narrow {
            begin_foot(ui);
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ANSWER), Sense::hover());
            answer(ui, rect, lead, &sentence);
            ui.add_space(space::XS);
        }
        foot(ui, |ui| {
            let choice = self.buttons(ui);
            if !is_narrow {
                answer_beside_buttons(ui, lead, &sentence);
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

    /// Who leads as chosen, and what is left to choose.
    fn answer(&mut self) -> (Option<(String, String)>, String) {
        let left = match (self.left(), self.answers.problem()) {
            (0, Some(problem)) => problem.to_owned(),
            (0, None) => "Everything is chosen.".to_owned(),
            (1, _) => format!("One choice left: {}.", self.next_left()),
            (number, _) => format!("{} choices left.", capital(&in_words(number))),
        };
        let lead = self.answers.lead();
        let lead = lead.map(|(badge, total)| (badge.clone(), format!("Leads with {total} as chosen")));
        let always = self.answers.leads_always(self.picks.len());
        let always = if always { "It leads whichever you take. " } else { "" };
        (lead, format!("{always}{left}"))
    }
}

fn file_name(path: &std::path::Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use egui::pos2;
    use egui_kittest::{
        Harness,
        kittest::{NodeT as _, Queryable as _},
    };

    use super::*;
    use crate::{
        file::{format::Document, save::Fingerprint},
        model::{sample, voices::Statement},
        ui::theme,
    };

    /// Two sides that do not agree in what so many people said.
    fn joined(places: usize) -> Joined {
        let said = |whose: &str| {
            let mut workspace = sample::workspace();
            let statement = |n: usize| {
                let id = format!("statement-{n}");
                Statement::said(id.as_str().into(), &format!("What {n} said, {whose}"))
            };
            workspace.voices.statements = (0..places).map(statement).collect();
            workspace
        };
        let (ours, theirs) = (said("as we heard it"), said("as they heard it"));
        let merge = Merge::of(&said("at first"), &ours, &theirs);
        assert_eq!(merge.conflicts().len(), places);
        let theirs = Opened {
            document: Document { revision: 2, workspace: theirs, ..Document::default() },
            fingerprint: Fingerprint::of(b""),
            path: "theirs.evenhand.ron".into(),
            format: 1,
            read_only: false,
            unfinished: Vec::new(),
            notices: Vec::new(),
        };
        Joined {
            merge: Arc::new(merge),
            ours: Arc::new(ours),
            theirs: Box::new(theirs),
            theirs_key: None,
            is_own_file: true,
            who: String::new(),
            base_at: None,
            theirs_at: None,
            is_meant: false,
        }
    }

    fn window(places: usize) -> Harness<'static, MergeFiles> {
        window_of(places, [1280.0, 800.0])
    }

    fn window_of(places: usize, size: [f32; 2]) -> Harness<'static, MergeFiles> {
        let wake: Wake = Arc::new(|| ());
        let dialog = MergeFiles::new(joined(places), &wake);
        let builder = Harness::builder().with_size(size);
        let mut is_new = true;
        let show = move |ui: &mut Ui, dialog: &mut MergeFiles| {
            if std::mem::take(&mut is_new) {
                theme::install(ui.ctx());
            }
            dialog.show(ui.ctx(), &wake);
        };
        let mut window = builder.build_ui_state(show, dialog);
        window.run_steps(4);
        window
    }

    fn sides(window: &Harness<'static, MergeFiles>) -> usize {
        window.query_all_by_role(egui::accesskit::Role::RadioButton).count()
    }

    /// What the fastest frame takes while the list is scrolled: what else the machine does is no matter of the list. It goes
    /// down and up again, so that a short list is drawn anew as a long one is, and does not rest at its end.
    fn frame(window: &mut Harness<'static, MergeFiles>) -> Duration {
        window.hover_at(pos2(640.0, 400.0));
        let frames = (0..30).map(|at| {
            window.event(egui::Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: vec2(0.0, if at % 10 < 5 { -300.0 } else { 300.0 }),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
                modifiers: egui::Modifiers::NONE,
            });
            let begun = Instant::now();
            window.step();
            begun.elapsed()
        });
        frames.min().unwrap()
    }

    /// 1280 by 720 at 150 %, and what is left of it at the sides.
    #[test]
    fn in_a_low_window_four_places_can_be_seen_at_once_between_the_head_and_the_buttons() {
        for size in [[960.0, 480.0], [853.0, 480.0]] {
            let window = window_of(9, size);
            let main = window.get_by_label("Merge and save").rect();
            let title = window.get_by_label_contains("Two people changed this workspace").rect();
            assert!(title.top() >= 0.0 && main.bottom() <= size[1], "{title:?} {main:?}");
            let is_seen = |rect: egui::Rect| rect.top() > title.bottom() && rect.bottom() < main.top() - 8.0;
            let yours = window.query_all_by_role(egui::accesskit::Role::RadioButton);
            let seen = yours.filter(|side| is_seen(side.rect())).filter(|side| {
                side.accesskit_node().label().is_some_and(|label| label.contains("Keep both"))
            });
            assert!(seen.count() >= 4, "{size:?}");
        }
    }

    #[test]
    fn five_thousand_choices_cost_a_frame_no_more_than_fifty() {
        let (mut few, mut many) = (window(50), window(5_000));
        assert!(sides(&many) < 100, "{} sides are drawn", sides(&many));
        let costs_no_more = || {
            let (few, many) = (frame(&mut few), frame(&mut many));
            many < few * 3 + Duration::from_millis(4)
        };
        // A measure that other tests have spoilt is taken again.
        assert!(std::iter::repeat_with(costs_no_more).take(5).any(|is_so| is_so));
    }

    #[test]
    fn the_keyboard_goes_through_choices_that_are_not_in_view_yet() {
        let mut window = window(40);
        for _ in 0..40 {
            window.key_press(egui::Key::ArrowRight);
            window.run_steps(2);
            window.key_press(egui::Key::Enter);
            window.run_steps(3);
        }
        assert!(
            window.state().picks.iter().all(|pick| *pick == Some(Pick::Theirs)),
            "{:?}",
            window.state().picks
        );
        window.state_mut().finish();
        window.run_steps(4);
        let main = window.get_by_label("Merge and save");
        assert!(!main.accesskit_node().is_disabled() && main.accesskit_node().is_focused());
    }
}
