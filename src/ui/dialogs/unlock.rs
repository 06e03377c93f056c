//! A sealed workspace asks for its passphrase.

use std::path::PathBuf;

use egui::Context;

use super::{
    background::{Background, Progress},
    foot, heading, passphrase_field, sheet,
};
use crate::{
    file::{
        journal::{self, Recoverable},
        save::{OpenError, Opened},
        seal::{self, Key, Locked, SecretString},
        sealed,
    },
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, wrapped},
    },
};

/// The dialog.
#[derive(Debug)]
pub struct Unlock {
    pub path: PathBuf,
    typed: Typed,
    /// Why the last try did not open it.
    refused: Option<String>,
    trying: Option<Background<Result<Unlocked, Refused>>>,
    focused: bool,
}

/// What is typed, which nobody prints.
#[derive(Default)]
pub(super) struct Typed(pub String);

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

impl Typed {
    /// Hands over what is typed and keeps nothing.
    pub(super) fn take(&mut self) -> SecretString {
        SecretString::from(std::mem::take(&mut self.0))
    }
}

/// A sealed workspace that has been opened.
#[derive(Debug)]
pub struct Unlocked {
    pub opened: Opened,
    pub key: Key,
    /// Unsaved work that the same passphrase opens.
    pub found: Vec<Recoverable>,
}

#[derive(Debug)]
enum Refused {
    Locked(Locked),
    Unopened(OpenError),
}

/// What was decided.
#[derive(Debug)]
pub enum Choice {
    Undecided,
    Cancelled,
    Opened(Box<Unlocked>),
    /// The passphrase is right, and what was sealed is no sound workspace.
    Unopened(OpenError),
}

impl Unlock {
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path, typed: Typed::default(), refused: None, trying: None, focused: false }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, journals: Option<PathBuf>, wake: &Wake) -> Choice {
        match self.trying.as_ref().map(Background::poll) {
            None | Some(Progress::UnderWay) => {}
            Some(Progress::BrokenOff) => self.refuse("It could not be tried. Try again.".to_owned()),
            Some(Progress::Done(Ok(unlocked))) => return Choice::Opened(Box::new(unlocked)),
            Some(Progress::Done(Err(Refused::Unopened(error)))) => return Choice::Unopened(error),
            Some(Progress::Done(Err(Refused::Locked(locked)))) => self.refuse(locked.to_string()),
        }
        let is_trying = self.trying.is_some();
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (choice, leave) = sheet(ctx, "unlock", 540.0, |ui| {
            let tokens = Tokens::of(ui);
            heading(ui, icons::LOCK_SIMPLE, "Sealed with a passphrase", &name);
            let mut entered = false;
            ui.add_enabled_ui(!is_trying, |ui| {
                let first = !is_trying && !std::mem::replace(&mut self.focused, true);
                entered = passphrase_field(ui, "Passphrase", &mut self.typed.0, first);
            });
            ui.add_space(space::XS);
            if is_trying {
                ui.label(Type::Small.text("Trying it; this takes a second or two…", tokens.ink2));
            } else if let Some(refused) = &self.refused {
                wrapped(ui, refused, Type::Small, tokens.crimson);
            }
            let ready = !is_trying && !self.typed.0.is_empty();
            foot(ui, |ui| {
                let pressed = Button::new("Open").primary().enabled(ready).show(ui).clicked();
                if ready && (pressed || entered) {
                    self.begin(journals, wake);
                }
                if Button::new("Cancel").quiet().show(ui).clicked() {
                    Choice::Cancelled
                } else {
                    Choice::Undecided
                }
            })
        });
        if leave && matches!(choice, Choice::Undecided) { Choice::Cancelled } else { choice }
    }

    fn refuse(&mut self, why: String) {
        self.trying = None;
        self.refused = Some(why);
        self.focused = false;
    }

    fn begin(&mut self, journals: Option<PathBuf>, wake: &Wake) {
        let (path, passphrase) = (self.path.clone(), self.typed.take());
        self.trying = Some(Background::begin(wake, move || {
            let key = seal::unlock(&path, passphrase).map_err(Refused::Locked)?;
            let opened = sealed::open(&path, &key).map_err(Refused::Unopened)?;
            let found = journals.map(|folder| journal::recoverable_sealed(&folder, &key)).unwrap_or_default();
            // So that the first edit need not wait; what cannot be sealed is said when it is to be written.
            let _ = key.prepare();
            Ok(Unlocked { opened, key, found })
        }));
    }
}
