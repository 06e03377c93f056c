//! A sealed workspace asks for its passphrase.

use std::path::{Path, PathBuf};

use egui::Context;

use super::{
    background::{Background, Progress},
    foot, heading, passphrase_field, typed_sheet,
};
use crate::{
    file::{
        backups,
        journal::{self, Recoverable},
        read_error::ReadError,
        save::{OpenError, Opened},
        seal::{Key, Locked, SecretString},
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
    /// Whether it is to be compared with the workspace that is open, and not to be opened in its place.
    to_compare: bool,
    /// Whether it is unsaved work that is to be opened, wherever its file is.
    of_journals: bool,
    typed: Typed,
    /// Why the last try did not open it.
    refused: Option<String>,
    trying: Option<Background<Result<Tried, Refused>>>,
    focused: bool,
}

/// What is typed, which nobody prints.
#[derive(Default)]
pub struct Typed(pub String);

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

impl Typed {
    /// Hands over what is typed and keeps nothing.
    pub fn take(&mut self) -> SecretString {
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
    /// The passphrase or what was sealed is not sound, and what it opens is.
    Unreadable(Key, ReadError),
    Unopened(OpenError),
}

#[derive(Debug)]
enum Tried {
    Unlocked(Box<Unlocked>),
    Key(Key),
    Found(Vec<Recoverable>),
}

/// What was decided.
#[derive(Debug)]
pub enum Choice {
    Undecided,
    Cancelled,
    Opened(Box<Unlocked>),
    /// The passphrase of a file that is to be compared.
    Compare(Key),
    /// Unsaved work that the passphrase opens; never none.
    Found(Vec<Recoverable>),
    /// What is sealed cannot be read; the key opens backups, or may.
    Unreadable(Key, ReadError),
    Unopened(OpenError),
}

impl Unlock {
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        let typed = Typed::default();
        Self {
            path,
            to_compare: false,
            of_journals: false,
            typed,
            refused: None,
            trying: None,
            focused: false,
        }
    }

    /// Asks for the passphrase of a workspace that is to be compared with the one that is open.
    #[must_use]
    pub fn to_compare(path: PathBuf) -> Self {
        Self { to_compare: true, ..Self::new(path) }
    }

    /// Asks for the passphrase of sealed work that was not saved, whether or not its file is there and sound.
    #[must_use]
    pub fn of_journals() -> Self {
        Self { of_journals: true, ..Self::new(PathBuf::new()) }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, journals: Option<PathBuf>, wake: &Wake) -> Choice {
        match self.trying.as_ref().map(Background::poll) {
            None | Some(Progress::UnderWay) => {}
            Some(Progress::BrokenOff) => self.refuse("It could not be tried. Try again.".to_owned()),
            Some(Progress::Done(Ok(Tried::Unlocked(unlocked)))) => return Choice::Opened(unlocked),
            Some(Progress::Done(Ok(Tried::Key(key)))) => return Choice::Compare(key),
            Some(Progress::Done(Ok(Tried::Found(found)))) => return Choice::Found(found),
            Some(Progress::Done(Err(Refused::Unreadable(key, error)))) => {
                return Choice::Unreadable(key, error);
            }
            Some(Progress::Done(Err(Refused::Unopened(error)))) => return Choice::Unopened(error),
            Some(Progress::Done(Err(Refused::Locked(locked)))) => self.refuse(locked.to_string()),
        }
        let is_trying = self.trying.is_some();
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = if self.of_journals { "Unsaved work of a sealed workspace".to_owned() } else { name };
        let keeps = is_trying || !self.typed.0.is_empty();
        let (choice, leave) = typed_sheet(ctx, ("unlock", 540.0), keeps, |ui| {
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
                let words = if self.to_compare { "Compare" } else { "Open" };
                let pressed = Button::new(words).primary().enabled(ready).show(ui).clicked();
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
        let (path, passphrase, to_compare) = (self.path.clone(), self.typed.take(), self.to_compare);
        let of_journals = self.of_journals;
        self.trying = Some(Background::begin(wake, move || {
            let key = Key::new(passphrase);
            if of_journals {
                let found = journals.map(|folder| journal::recoverable_sealed(&folder, &key));
                return match found {
                    Some(found) if !found.is_empty() => Ok(Tried::Found(found)),
                    _ => Err(Refused::Locked(Locked::WrongPassphrase)),
                };
            }
            if to_compare {
                return key.opens(&path).map(|()| Tried::Key(key)).map_err(Refused::Locked);
            }
            key.opens(&path).map_err(|locked| refusal(&path, &key, locked))?;
            let opened = sealed::open(&path, &key).map_err(|error| match error {
                OpenError::Unreadable { error, .. } => Refused::Unreadable(key.clone(), *error),
                other => Refused::Unopened(other),
            })?;
            let found = journals.map(|folder| journal::recoverable_sealed(&folder, &key)).unwrap_or_default();
            // So that the first edit need not wait; what cannot be sealed is said when it is to be written.
            let _ = key.prepare();
            Ok(Tried::Unlocked(Box::new(Unlocked { opened, key, found })))
        }));
    }
}

/// What a passphrase that did not open a file comes to: where it opens the newest backup, the backups are worth a look.
fn refusal(path: &Path, key: &Key, locked: Locked) -> Refused {
    let newest = || backups::each_on(&*sealed::disk(Some(key)), path, |_| true).next();
    let is_damaged = match locked {
        Locked::Damaged => true,
        Locked::WrongPassphrase => matches!(newest(), Some(Ok(_))),
        _ => false,
    };
    if !is_damaged {
        return Refused::Locked(locked);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Refused::Unreadable(key.clone(), ReadError::locked(&name, &locked))
}
