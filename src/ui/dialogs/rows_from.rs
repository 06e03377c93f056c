//! Where the rows of a table come from: a file that is named, chosen in the system’s dialog or dropped, or copied cells.

use std::path::PathBuf;

use egui::{Event, Ui, ViewportCommand};

use super::{
    field, foot,
    system_dialog::{SystemDialog, Wanted},
};
use crate::{
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, wrapped},
    },
};

/// The field, the system's dialog, and what is taken from outside.
#[derive(Debug, Default)]
pub(super) struct RowsFrom {
    path: String,
    system: SystemDialog,
    focused: bool,
}

/// What was given.
pub(super) enum Given {
    Nothing,
    /// Files or folders; at least one.
    Files(Vec<PathBuf>),
    /// Cells as they were copied.
    Copied(String),
    Cancelled,
}

impl RowsFrom {
    /// Puts into the field what is being read.
    pub fn name(&mut self, path: &std::path::Path) {
        self.path = path.display().to_string();
    }

    /// Gives the field the keyboard when it is next shown.
    pub fn begin_again(&mut self) {
        self.focused = false;
    }

    /// Shows the field under this name with a hint, then what `between` shows, and the buttons. While something is being
    /// read nothing more is taken.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        wake: &Wake,
        (name, hint, is_reading): (&str, &str, bool),
        between: impl FnOnce(&mut Ui),
    ) -> Given {
        let given = if is_reading { Given::Nothing } else { self.given_from_outside(ui) };
        let first = !std::mem::replace(&mut self.focused, true);
        let entered = field(ui, name, &mut self.path, first);
        ui.add_space(space::XS);
        let tokens = Tokens::of(ui);
        let words = if self.system.gave_nothing {
            "Cancelled, or there is no file dialog here: type where it is."
        } else if is_reading {
            "Reading …"
        } else {
            hint
        };
        wrapped(ui, words, Type::Small, tokens.ink2);
        between(ui);
        let asked = self.buttons(ui, wake, (is_reading, entered));
        if matches!(given, Given::Nothing) { asked } else { given }
    }

    fn buttons(&mut self, ui: &mut Ui, wake: &Wake, (is_reading, entered): (bool, bool)) -> Given {
        let ready = !self.path.trim().is_empty() && !is_reading;
        foot(ui, |ui| {
            if Button::new("Read").primary().enabled(ready).show(ui).clicked() || (entered && ready) {
                return Given::Files(vec![PathBuf::from(self.path.trim())]);
            }
            if Button::new("Browse").enabled(!self.system.is_open()).show(ui).clicked() {
                self.system.open(Wanted::Tables, &self.path, wake);
            }
            if Button::new("Paste").icon(icons::COPY).show(ui).clicked() {
                ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
            }
            if Button::new("Cancel").quiet().show(ui).clicked() {
                return Given::Cancelled;
            }
            Given::Nothing
        })
    }

    /// Files that were chosen or dropped, and copied cells; a path that is pasted goes into the field.
    fn given_from_outside(&mut self, ui: &Ui) -> Given {
        if let Some(chosen) = self.system.take() {
            return Given::Files(chosen);
        }
        let dropped: Vec<PathBuf> =
            ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            return Given::Files(dropped);
        }
        let mut copied = None;
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Paste(text) if text.trim_end().contains(['\t', '\n']) => {
                    copied = Some(text.clone());
                    false
                }
                _ => true,
            });
        });
        copied.map_or(Given::Nothing, Given::Copied)
    }
}
