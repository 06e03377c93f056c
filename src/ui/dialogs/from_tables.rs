//! A new workspace from tables in spreadsheets: everything that is wrong with them is said before anything opens.

use std::path::PathBuf;

use egui::{Context, Ui};

use super::{
    background::{Background, Progress},
    field, foot, heading,
    import::source::list_problems,
    sheet,
    system_dialog::{SystemDialog, Wanted},
};
use crate::{
    exchange::{TableProblem, tables_in, workspace_from_files},
    model::Workspace,
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, wrapped},
    },
};

type Read = Result<Box<Workspace>, Vec<TableProblem>>;

/// The dialog.
#[derive(Debug, Default)]
pub struct FromTables {
    path: String,
    system: SystemDialog,
    reading: Option<Background<Read>>,
    /// Why what was named could not be read.
    problems: Vec<TableProblem>,
    focused: bool,
}

/// What was decided.
#[derive(Debug)]
pub enum Choice {
    Undecided,
    Cancelled,
    Begin(Box<Workspace>),
}

impl FromTables {
    /// Whether tables are being read behind it.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.reading.is_some()
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, wake: &Wake) -> Choice {
        match self.reading.as_ref().map(Background::poll) {
            Some(Progress::Done(Ok(workspace))) => return Choice::Begin(workspace),
            Some(Progress::Done(Err(problems))) => self.refuse(problems),
            Some(Progress::BrokenOff) => {
                self.refuse(vec![TableProblem::of_file("Tables", "the reading broke off; try it again")]);
            }
            Some(Progress::UnderWay) | None => {}
        }
        let (choice, leave) = sheet(ctx, "from tables", 640.0, |ui| self.contents(ui, wake));
        if leave { Choice::Cancelled } else { choice }
    }

    fn refuse(&mut self, problems: Vec<TableProblem>) {
        self.problems = problems;
        self.reading = None;
        self.focused = false;
    }

    fn read(&mut self, paths: Vec<PathBuf>, wake: &Wake) {
        if let [one] = paths.as_slice() {
            self.path = one.display().to_string();
        }
        self.problems.clear();
        self.reading = Some(Background::begin(wake, move || {
            let tables = tables_in(&paths)?;
            let files: Vec<_> = tables.iter().map(|(kind, path)| (*kind, path.as_path())).collect();
            workspace_from_files(&files).map(Box::new)
        }));
    }

    fn contents(&mut self, ui: &mut Ui, wake: &Wake) -> Choice {
        let sentence = "A table of scores is enough: a row for each factor, a column for each option. Tables of need \
                        groups, payments, ballots and the rest may lie beside it, or be sheets of the same workbook.";
        heading(ui, icons::TABLE, "Start from a spreadsheet", sentence);
        let dropped: Vec<PathBuf> =
            ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if let Some(chosen) = self.system.take().or((!dropped.is_empty()).then_some(dropped)) {
            self.read(chosen, wake);
        }
        let first = !std::mem::replace(&mut self.focused, true);
        let entered = field(ui, "File or folder", &mut self.path, first);
        ui.add_space(space::XS);
        let hint = if self.system.gave_nothing {
            "Cancelled, or there is no file dialog here: type where it is."
        } else if self.is_working() {
            "Reading …"
        } else {
            "CSV or Excel. In a folder, files go by their names, such as scores.csv. Or drop files here."
        };
        wrapped(ui, hint, Type::Small, Tokens::of(ui).ink2);
        list_problems(ui, &self.problems);
        let ready = !self.path.trim().is_empty() && !self.is_working();
        foot(ui, |ui| {
            if Button::new("Start").primary().enabled(ready).show(ui).clicked() || (entered && ready) {
                let path = PathBuf::from(self.path.trim());
                self.read(vec![path], wake);
            }
            if Button::new("Browse").enabled(!self.system.is_open()).show(ui).clicked() {
                self.system.open(Wanted::Tables, &self.path, wake);
            }
            if Button::new("Cancel").quiet().show(ui).clicked() {
                return Choice::Cancelled;
            }
            Choice::Undecided
        })
    }
}
