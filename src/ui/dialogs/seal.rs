//! Sealing a workspace with a passphrase, changing the passphrase, and removing the seal.

use std::path::PathBuf;

use egui::{Context, Ui};

use super::{
    background::{Background, Progress},
    foot, heading, passphrase_field, propose_when_free, typed_sheet,
    unlock::Typed,
};
use crate::{
    file::seal::{Key, SecretString},
    model::wording::count,
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, choice::switch, wrapped},
    },
};

/// What is to be done.
#[derive(Debug)]
pub enum Task {
    /// Seal it; it is kept in this file from then on. What holds it in plain so far is named.
    Seal { to: PathBuf, plain: Vec<PathBuf> },
    /// Seal it with another passphrase than that of this key.
    Change { now: Key },
    /// Keep it in plain in this file.
    Remove { now: Key, to: PathBuf },
}

/// The dialog.
#[derive(Debug)]
pub struct Seal {
    pub task: Task,
    now: Typed,
    new: Typed,
    again: Typed,
    /// Whether it is understood that a lost passphrase is lost.
    understood: bool,
    /// Whether what is in plain goes.
    pub remove_plain: bool,
    refused: Option<&'static str>,
    working: Option<Background<Result<Key, String>>>,
    focused: bool,
}

/// What was decided.
#[derive(Debug)]
pub enum Choice {
    Undecided,
    Cancelled,
    /// Seal with this key.
    With(Key),
    /// Seal no more.
    Plain,
    Failed(String),
}

/// Fewer characters than this are tried out in no time.
const SHORTEST: usize = 8;

impl Seal {
    #[must_use]
    pub fn new(task: Task) -> Self {
        Self {
            task,
            now: Typed::default(),
            new: Typed::default(),
            again: Typed::default(),
            understood: false,
            remove_plain: false,
            refused: None,
            working: None,
            focused: false,
        }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, wake: &Wake) -> Choice {
        match self.working.as_ref().map(Background::poll) {
            None | Some(Progress::UnderWay) => {}
            Some(Progress::BrokenOff) => {
                return Choice::Failed("It could not be sealed. Try again.".to_owned());
            }
            Some(Progress::Done(Ok(key))) => return Choice::With(key),
            Some(Progress::Done(Err(why))) => return Choice::Failed(why),
        }
        let keeps =
            self.is_working() || [&self.now, &self.new, &self.again].iter().any(|typed| !typed.0.is_empty());
        let (choice, leave) = typed_sheet(ctx, ("seal", 640.0), keeps, |ui| {
            let tokens = Tokens::of(ui);
            self.head(ui);
            let is_working = self.is_working();
            let first = !is_working && !std::mem::replace(&mut self.focused, true);
            let entered = ui.add_enabled_ui(!is_working, |ui| self.fields(ui, first)).inner;
            if is_working {
                ui.label(Type::Small.text("Sealing; this takes a second or two…", tokens.ink2));
            } else if let Some(refused) = self.refused {
                wrapped(ui, refused, Type::Small, tokens.crimson);
            }
            self.buttons(ui, entered, wake)
        });
        if leave && matches!(choice, Choice::Undecided) { Choice::Cancelled } else { choice }
    }

    /// Whether a seal is being made, which is not given to the workspace yet.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.working.is_some()
    }

    fn head(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let name =
            |path: &PathBuf| path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let (icon, title, sentence) = match &self.task {
            Task::Seal { to, .. } => (
                icons::LOCK_SIMPLE,
                "Seal with a passphrase",
                format!(
                    "It is kept as {} from now on. Backups and the recovery journal are sealed too.",
                    name(to)
                ),
            ),
            Task::Change { .. } => (
                icons::LOCK_SIMPLE,
                "Change the passphrase",
                "The workspace is saved with the new one. Backups made before keep the old one.".to_owned(),
            ),
            Task::Remove { to, .. } => (
                icons::LOCK_KEY_OPEN,
                "Remove the seal",
                format!(
                    "It is kept in plain as {} from now on. The sealed file and its backups stay.",
                    name(to)
                ),
            ),
        };
        heading(ui, icon, title, &sentence);
        if !matches!(self.task, Task::Remove { .. }) {
            let words = "A lost passphrase is lost: nobody can open the workspace without it, and there is no other way in. \
                         Write it down and keep it apart from this computer. What you export is not sealed.";
            wrapped(ui, words, Type::Strong, tokens.ink);
            ui.add_space(space::S);
        }
    }

    /// Answers whether Enter was pressed in the last of the fields.
    fn fields(&mut self, ui: &mut Ui, first: bool) -> bool {
        let tokens = Tokens::of(ui);
        let asks_now = !matches!(self.task, Task::Seal { .. });
        let mut entered = false;
        if asks_now {
            entered = passphrase_field(ui, "Passphrase as it is now", &mut self.now.0, first);
            ui.add_space(space::S);
        }
        if matches!(self.task, Task::Remove { .. }) {
            return entered;
        }
        let name = if asks_now { "New passphrase" } else { "Passphrase" };
        passphrase_field(ui, name, &mut self.new.0, first && !asks_now);
        ui.add_space(space::S);
        entered = passphrase_field(ui, "The same again", &mut self.again.0, false);
        ui.add_space(space::M);
        tick(ui, "I know that a lost passphrase is lost", &mut self.understood);
        if let Task::Seal { plain, .. } = &self.task
            && !plain.is_empty()
        {
            let files = count(plain.len(), "file", "files");
            let words = format!("Delete what holds it in plain so far: {files}, its backups among them");
            tick(ui, &words, &mut self.remove_plain);
            let words = "Copies elsewhere, and what a disk keeps of deleted files, are not sealed.";
            ui.label(Type::Small.text(words, tokens.ink3));
        }
        entered
    }

    fn buttons(&mut self, ui: &mut Ui, entered: bool, wake: &Wake) -> Choice {
        let (words, ready) = match self.task {
            Task::Seal { .. } => ("Seal and save", self.understood),
            Task::Change { .. } => ("Change and save", self.understood),
            Task::Remove { .. } => ("Remove and save", true),
        };
        let ready = ready && self.working.is_none();
        foot(ui, |ui| {
            let main = Button::new(words).primary().enabled(ready).show(ui);
            propose_when_free(ui, &main);
            if main.clicked() || (ready && entered) {
                return self.begin(wake);
            }
            if Button::new("Cancel").quiet().show(ui).clicked() {
                Choice::Cancelled
            } else {
                Choice::Undecided
            }
        })
    }

    fn begin(&mut self, wake: &Wake) -> Choice {
        let now = match &self.task {
            Task::Seal { .. } => None,
            Task::Change { now } | Task::Remove { now, .. } => Some(now.clone()),
        };
        if now.as_ref().is_some_and(|now| !now.is(&SecretString::from(self.now.0.clone()))) {
            self.refused = Some("That is not its passphrase as it is now.");
            return Choice::Undecided;
        }
        if matches!(self.task, Task::Remove { .. }) {
            return Choice::Plain;
        }
        self.refused = if self.new.0.chars().count() < SHORTEST {
            Some("Take at least eight characters; a few words are best.")
        } else if self.new.0 != self.again.0 {
            Some("The two are not the same.")
        } else {
            None
        };
        if self.refused.is_some() {
            return Choice::Undecided;
        }
        self.now = Typed::default();
        self.again = Typed::default();
        let passphrase = self.new.take();
        self.working = Some(Background::begin(wake, move || {
            let key = match now {
                Some(now) => now.changed(passphrase),
                None => Key::new(passphrase),
            };
            key.prepare().map_err(|error| format!("It could not be sealed: {error}."))?;
            Ok(key)
        }));
        Choice::Undecided
    }
}

fn tick(ui: &mut Ui, words: &str, on: &mut bool) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        if switch(ui, words, *on).clicked() {
            *on = !*on;
        }
        wrapped(ui, words, Type::Body, tokens.ink);
    });
}
