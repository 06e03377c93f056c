//! Where the rows come from: a file, a folder of ballot files, files that are dropped, or what was copied.

use std::path::PathBuf;

use egui::{Event, Ui, ViewportCommand};

use super::{
    super::{field, system_dialog::Wanted},
    Choice, Import, Stage, foot, heading,
};
use crate::{
    exchange::{TableKind, TableProblem},
    model::wording::count,
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, wrapped},
    },
};

/// The most problems that are listed one by one.
const LISTED: usize = 200;

impl Import {
    pub(super) fn choose_source(&mut self, ui: &mut Ui, wake: &Wake) -> Choice {
        let (title, sentence) = words(self.kind);
        heading(ui, icons::TABLE, title, sentence);
        let reading = matches!(self.stage, Stage::Reading(_));
        if !reading {
            self.take_dropped_and_copied(ui, wake);
        }
        let first = !std::mem::replace(&mut self.focused, true);
        let entered = field(ui, "File or folder", &mut self.path, first);
        ui.add_space(space::XS);
        let tokens = Tokens::of(ui);
        let hint = if self.system.gave_nothing {
            "Cancelled, or there is no file dialog here: type where it is."
        } else if reading {
            "Reading …"
        } else {
            "Or drop files here, or copy cells in a spreadsheet and paste them with Ctrl V."
        };
        wrapped(ui, hint, Type::Small, tokens.ink2);
        list_problems(ui, &self.problems);
        let ready = !self.path.trim().is_empty() && !reading;
        foot(ui, |ui| {
            if Button::new("Read").primary().enabled(ready).show(ui).clicked() || (entered && ready) {
                let path = PathBuf::from(self.path.trim());
                self.read(vec![path], wake);
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

    /// Files that were chosen or dropped, and copied cells; a path that is pasted goes into the field.
    fn take_dropped_and_copied(&mut self, ui: &Ui, wake: &Wake) {
        if let Some(chosen) = self.system.take() {
            self.read(chosen, wake);
        }
        let dropped: Vec<PathBuf> =
            ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            self.read(dropped, wake);
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
            self.read_copied(text, wake);
        }
    }
}

/// Lists why nothing could be read, each with its place.
pub(in crate::ui::dialogs) fn list_problems(ui: &mut Ui, problems: &[TableProblem]) {
    if problems.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    ui.add_space(space::M);
    let found = count(problems.len(), "problem", "problems");
    let words = format!("{found}; nothing was imported");
    ui.label(Type::Strong.text(words, tokens.ink));
    egui::ScrollArea::vertical().id_salt("unread").max_height(200.0).show(ui, |ui| {
        for problem in problems.iter().take(LISTED) {
            wrapped(ui, problem.to_string(), Type::Small, tokens.ink);
        }
        if problems.len() > LISTED {
            let more = format!("and {} more", problems.len() - LISTED);
            wrapped(ui, more, Type::Small, tokens.ink2);
        }
    });
}

fn words(kind: TableKind) -> (&'static str, &'static str) {
    match kind {
        TableKind::Stakeholders => (
            "Import people",
            "A table with a row for each person: CSV, Excel or copied cells. Its first row names the columns.",
        ),
        TableKind::Statements => (
            "Import statements",
            "A table with a row for each statement: CSV, Excel or copied cells. Its first row names the columns.",
        ),
        _ => (
            "Import ballots",
            "A table with a row for each ballot, CSV, Excel or copied cells; or ballot files, one or a folder of them.",
        ),
    }
}
