//! Which file? The system's own dialog where there is one, and always a path to type.

use std::path::PathBuf;

use egui::{Context, Key, TextEdit, WidgetInfo};

use super::{
    foot, heading, sheet,
    system_dialog::{SystemDialog, Wanted},
};
use crate::{
    file::format::ENDING,
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, wrapped},
    },
};

/// What the file is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Open,
    Save,
    /// A workspace to merge with the one that is open.
    Merge,
    /// The workspace that two were made of.
    Base,
    /// A place for a drawing whose file ends like this.
    Drawing(&'static str),
}

/// The dialog.
#[derive(Debug)]
pub struct ChooseFile {
    pub purpose: Purpose,
    path: String,
    system: SystemDialog,
    /// Whether the file was chosen in the system's own dialog, which has asked about one that is there already.
    pub system_asked: bool,
    focused: bool,
    /// Why the file that was given could not be taken.
    pub problem: Option<String>,
}

/// What was decided.
#[derive(Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Cancelled,
    File(PathBuf),
}

impl ChooseFile {
    /// Opens the dialog with a path to begin with, and the system's own over it if `ask_system`.
    #[must_use]
    pub fn new(purpose: Purpose, path: String, ask_system: bool, wake: &Wake) -> Self {
        let mut dialog = Self {
            purpose,
            path,
            system: SystemDialog::default(),
            system_asked: false,
            focused: false,
            problem: None,
        };
        if ask_system {
            dialog.browse(wake);
        }
        dialog
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, wake: &Wake) -> Choice {
        if let Some(chosen) = self.system.take().and_then(|chosen| chosen.into_iter().next()) {
            self.system_asked = true;
            return Choice::File(self.with_ending(chosen));
        }
        let (title, button, sentence) = match self.purpose {
            Purpose::Open => (
                "Open a workspace",
                "Open",
                "A file that ends in .evenhand.ron, or in .evenhand.ron.age where it is sealed.",
            ),
            Purpose::Merge => (
                "Merge with another file",
                "Compare",
                "A workspace that was made of the same one as yours. Nothing is changed before you choose.",
            ),
            Purpose::Base => {
                ("What both were made of", "Compare", "The workspace as it was before the two parted.")
            }
            Purpose::Save => (
                "Save the workspace",
                "Save",
                "One file holds everything; it can be read in any text editor.",
            ),
            Purpose::Drawing(".svg") => ("Save as SVG", "Save", "Lines and letters, sharp at every size."),
            Purpose::Drawing(_) => ("Save as a picture", "Save", "Pixels, for every program."),
        };
        let (choice, leave) = sheet(ctx, "choose file", 620.0, |ui| {
            let tokens = Tokens::of(ui);
            heading(ui, icons::FOLDER_OPEN, title, sentence);
            let label = ui.label(Type::Small.text("File", tokens.ink3));
            let field = TextEdit::singleline(&mut self.path)
                .desired_width(f32::INFINITY)
                .margin(egui::Margin::symmetric(10, 6));
            let field = ui.add(field).labelled_by(label.id);
            let text = self.path.clone();
            field.widget_info(|| WidgetInfo {
                label: Some("File".to_owned()),
                ..WidgetInfo::text_edit(true, "", text.as_str(), "")
            });
            if !self.focused {
                field.request_focus();
                self.focused = true;
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if let Some(problem) = &self.problem {
                ui.add_space(space::XS);
                wrapped(ui, problem, Type::Body, tokens.ink);
            }
            if self.system.gave_nothing {
                ui.add_space(space::XS);
                let words = "Cancelled, or there is no file dialog here: type where the file is.";
                wrapped(ui, words, Type::Small, tokens.ink2);
            }
            foot(ui, |ui| {
                let ready = !self.path.trim().is_empty();
                if Button::new(button).primary().enabled(ready).show(ui).clicked() || (entered && ready) {
                    self.system_asked = false;
                    return Choice::File(self.with_ending(PathBuf::from(self.path.trim())));
                }
                if Button::new("Browse").enabled(!self.system.is_open()).show(ui).clicked() {
                    self.browse(wake);
                }
                if Button::new("Cancel").quiet().show(ui).clicked() {
                    return Choice::Cancelled;
                }
                Choice::Undecided
            })
        });
        if leave && choice == Choice::Undecided { Choice::Cancelled } else { choice }
    }

    fn with_ending(&self, path: PathBuf) -> PathBuf {
        let ending = match self.purpose {
            Purpose::Save => ENDING,
            Purpose::Drawing(ending) => ending,
            Purpose::Open | Purpose::Merge | Purpose::Base => return path,
        };
        if path.extension().is_some() {
            return path;
        }
        let mut name = path.into_os_string();
        name.push(ending);
        name.into()
    }

    fn browse(&mut self, wake: &Wake) {
        let wanted = match self.purpose {
            Purpose::Open | Purpose::Merge | Purpose::Base => Wanted::Workspace,
            Purpose::Save => Wanted::PlaceForWorkspace,
            Purpose::Drawing(ending) => Wanted::PlaceForDrawing(ending),
        };
        self.system.open(wanted, &self.path, wake);
    }
}

/// Whether the system is likely to have a file dialog: always but on Linux without a session bus.
#[must_use]
pub fn has_native_dialog() -> bool {
    !cfg!(target_os = "linux") || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
}
