//! Where the rows come from: a file, a folder of ballot files, files that are dropped, or what was copied.

use egui::Ui;

use super::{super::rows_from::Given, Choice, Import, Stage, heading};
use crate::{
    exchange::{TableKind, TableProblem},
    model::wording::count,
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::wrapped,
    },
};

/// The most problems that are listed one by one.
const LISTED: usize = 200;

impl Import {
    pub(super) fn choose_source(&mut self, ui: &mut Ui, wake: &Wake) -> Choice {
        let (title, sentence) = words(self.kind);
        heading(ui, icons::TABLE, title, sentence);
        let reading = matches!(self.stage, Stage::Reading(_));
        let hint = "Or drop files here, or copy cells in a spreadsheet and paste them with Ctrl V.";
        let problems = &self.problems;
        let given =
            self.from.show(ui, wake, ("File or folder", hint, reading), |ui| list_problems(ui, problems));
        match given {
            Given::Cancelled => return Choice::Cancelled,
            Given::Files(files) => self.read(files, wake),
            Given::Copied(text) => self.read_copied(text, wake),
            Given::Nothing => {}
        }
        Choice::Undecided
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
