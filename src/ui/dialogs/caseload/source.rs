//! Where the caseload comes from: a file, one that is dropped, or what was copied.

use std::path::PathBuf;

use egui::{Event, Ui, ViewportCommand};

use super::{
    super::{field, foot, heading, system_dialog::Wanted},
    Choice, ReadCaseload, Stage,
};
use crate::{
    exchange::caseload::{Source, example},
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, link, wrapped},
    },
};

impl ReadCaseload {
    pub(super) fn choose_source(&mut self, ui: &mut Ui, wake: &Wake) -> Choice {
        let sentence = "A row for each person, or counts by group: CSV, Excel or copied cells. Its first row names the columns. \
                        Rows are never kept.";
        heading(ui, icons::TABLE, "Read a caseload", sentence);
        let opening = matches!(self.stage, Stage::Opening(..));
        if !opening {
            self.take_dropped_and_copied(ui, wake);
        }
        let first = !std::mem::replace(&mut self.focused, true);
        let entered = field(ui, "File", &mut self.path, first);
        ui.add_space(space::XS);
        let tokens = Tokens::of(ui);
        let hint = if self.system.gave_nothing {
            "Cancelled, or there is no file dialog here: type where it is."
        } else if opening {
            "Reading …"
        } else {
            "Or drop a file here, or copy cells in a spreadsheet and paste them with Ctrl V."
        };
        wrapped(ui, hint, Type::Small, tokens.ink2);
        if link(ui, "Try the invented caseload", Type::Small, tokens.ink2).clicked() {
            self.open(invented(), wake);
        }
        if let Some(refused) = &self.refused {
            ui.add_space(space::M);
            ui.label(Type::Strong.text("Nothing was read", tokens.ink));
            wrapped(ui, refused.to_string(), Type::Small, tokens.ink);
        }
        let ready = !self.path.trim().is_empty() && !opening;
        foot(ui, |ui| {
            if Button::new("Read").primary().enabled(ready).show(ui).clicked() || (entered && ready) {
                self.open_file(PathBuf::from(self.path.trim()), wake);
            }
            if Button::new("Browse").enabled(!self.system.is_open()).show(ui).clicked() {
                self.system.open(Wanted::Tables, &self.path, wake);
            }
            if Button::new("Paste").icon(icons::COPY).show(ui).clicked() {
                ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
            }
            if Button::new("Cancel").quiet().show(ui).clicked() {
                return Choice::Cancelled;
            }
            Choice::Undecided
        })
    }

    /// A file that was chosen or dropped, and copied cells; a path that is pasted goes into the field.
    fn take_dropped_and_copied(&mut self, ui: &Ui, wake: &Wake) {
        let dropped = ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        let chosen = self.system.take().and_then(|chosen| chosen.into_iter().next());
        if let Some(path) = chosen.or(dropped) {
            self.open_file(path, wake);
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
        if let Some(text) = copied {
            self.open(Source::clipboard(&text), wake);
        }
    }
}

/// The invented caseload that comes with the program.
#[must_use]
pub fn invented() -> Source {
    Source::Text { name: "the invented caseload".to_owned(), text: example::table().into_bytes().into() }
}
