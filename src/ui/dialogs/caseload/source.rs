//! Where the caseload comes from: a file, one that is dropped, or what was copied.

use egui::Ui;

use super::{
    super::{heading, rows_from::Given},
    Choice, ReadCaseload, Stage,
};
use crate::{
    exchange::caseload::{Source, example},
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::{link, wrapped},
    },
};

impl ReadCaseload {
    pub(super) fn choose_source(&mut self, ui: &mut Ui, wake: &Wake) -> Choice {
        let sentence = "A row for each person, or counts by group: CSV, Excel or copied cells. Its first row names the columns. \
                        Rows are never kept.";
        heading(ui, icons::TABLE, "Read a caseload", sentence);
        let opening = matches!(self.stage, Stage::Opening(..));
        let hint = "Or drop a file here, or copy cells in a spreadsheet and paste them with Ctrl V.";
        let mut tries = false;
        let given = self.from.show(ui, wake, ("File", hint, opening), |ui| {
            let tokens = Tokens::of(ui);
            tries = link(ui, "Try the invented caseload", Type::Small, tokens.ink2).clicked();
            if let Some(refused) = &self.refused {
                ui.add_space(space::M);
                ui.label(Type::Strong.text("Nothing was read", tokens.ink));
                wrapped(ui, refused.to_string(), Type::Small, tokens.ink);
            }
        });
        match given {
            Given::Cancelled => return Choice::Cancelled,
            Given::Files(files) => {
                if let Some(path) = files.into_iter().next() {
                    self.open_file(path, wake);
                }
            }
            Given::Copied(text) => self.open(Source::clipboard(&text), wake),
            Given::Nothing if tries => self.open(invented(), wake),
            Given::Nothing => {}
        }
        Choice::Undecided
    }
}

/// The invented caseload that comes with the program.
#[must_use]
pub fn invented() -> Source {
    Source::Text { name: "the invented caseload".to_owned(), text: example::table().into_bytes().into() }
}
