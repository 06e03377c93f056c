//! Papers that go to people: forms for ballots, and sheets of what happened to what somebody said. Whose names leave the
//! program is said before anything is written.

use std::{path::PathBuf, sync::Arc};

use egui::{Context, Ui};

use super::{
    background::{Background, Progress},
    field, foot, heading,
    leaving_program::{segments, switched, who_is_named, why_not},
    sheet,
    system_dialog::{SystemDialog, Wanted},
};
use crate::{
    exchange::{
        figure,
        handout::{
            self, FormKind, FormTerms, Paper,
            contributors::{self, Readers, SheetTerms},
        },
    },
    file::papers,
    model::{
        Workspace,
        voices::LAST_ROUND,
        wording::{count, day},
    },
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, wrapped},
    },
};

/// What is handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Terms {
    Forms(FormTerms),
    Sheets(SheetTerms),
}

/// The dialog.
#[derive(Debug)]
pub struct HandOut {
    terms: Terms,
    /// The last day, as it was typed.
    until: String,
    folder: String,
    replace: bool,
    system: SystemDialog,
    writing: Option<Background<Result<usize, String>>>,
    /// Why nothing was written.
    refused: String,
    focused: bool,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Cancelled,
    /// So many papers are in this folder.
    Written(usize, PathBuf),
}

impl HandOut {
    /// Asks how the forms of a round are to be handed out; `folder` is where they would go.
    #[must_use]
    pub fn forms(round: u8, folder: String) -> Self {
        Self::of(Terms::Forms(FormTerms { round, ..FormTerms::default() }), folder)
    }

    /// Asks for whom the sheets of what happened are.
    #[must_use]
    pub fn sheets(folder: String) -> Self {
        Self::of(Terms::Sheets(SheetTerms::default()), folder)
    }

    fn of(terms: Terms, folder: String) -> Self {
        Self {
            terms,
            until: String::new(),
            folder,
            replace: false,
            system: SystemDialog::default(),
            writing: None,
            refused: String::new(),
            focused: false,
        }
    }

    /// Whether papers are being written.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.writing.is_some()
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, workspace: &Arc<Workspace>, wake: &Wake) -> Choice {
        if let Some(folder) = self.system.take().and_then(|chosen| chosen.into_iter().next()) {
            self.folder = folder.display().to_string();
        }
        match self.writing.as_ref().map(Background::poll) {
            Some(Progress::Done(Ok(written))) => {
                return Choice::Written(written, PathBuf::from(self.folder.trim()));
            }
            Some(Progress::Done(Err(refused))) => (self.refused, self.writing) = (refused, None),
            Some(Progress::BrokenOff) => {
                (self.refused, self.writing) = ("The writing broke off; try it again.".to_owned(), None);
            }
            Some(Progress::UnderWay) | None => {}
        }
        let before = self.terms.clone();
        let (choice, leave) = sheet(ctx, "hand out", 660.0, |ui| {
            let (icon, title, sentence) = match &self.terms {
                Terms::Forms(_) => (
                    icons::NEWSPAPER,
                    "Hand out ballots",
                    "People without the program give their points on paper, in a spreadsheet or in a text editor.",
                ),
                Terms::Sheets(_) => (
                    icons::CHAT_CIRCLE_TEXT,
                    "Sheets for contributors",
                    "Everybody who said something reads what became of it.",
                ),
            };
            heading(ui, icon, title, sentence);
            egui::ScrollArea::vertical()
                .id_salt("hand out")
                .max_height((ctx.content_rect().height() - 250.0).max(160.0))
                .show(ui, |ui| self.questions(ui, workspace));
            self.foot(ui, workspace, wake)
        });
        if before != self.terms {
            self.refused.clear();
        }
        if leave && choice == Choice::Undecided { Choice::Cancelled } else { choice }
    }

    fn questions(&mut self, ui: &mut Ui, workspace: &Workspace) {
        ui.spacing_mut().item_spacing.y = space::S;
        match &mut self.terms {
            Terms::Forms(terms) => form_questions(ui, terms, &mut self.until),
            Terms::Sheets(terms) => sheet_questions(ui, terms),
        }
        ui.add_space(space::XS);
        let first = !std::mem::replace(&mut self.focused, true);
        field(ui, "Folder", &mut self.folder, first);
        switched(ui, "Replace papers of the same names", &mut self.replace);
        let names = match &self.terms {
            Terms::Forms(terms) => handout::names_in_forms(workspace, terms),
            Terms::Sheets(terms) => contributors::names_in_sheets(workspace, *terms),
        };
        who_is_named(ui, &names);
        why_not(ui, &self.refused);
    }

    fn foot(&mut self, ui: &mut Ui, workspace: &Arc<Workspace>, wake: &Wake) -> Choice {
        foot(ui, |ui| {
            let busy = self.writing.is_some();
            let ready = !self.folder.trim().is_empty() && !busy;
            let words = if busy { "Writing …" } else { "Write them" };
            if Button::new(words).primary().enabled(ready).show(ui).clicked() {
                self.write(workspace, wake);
            }
            if Button::new("Choose a folder").enabled(!self.system.is_open()).show(ui).clicked() {
                self.system.open(Wanted::Folder, &self.folder, wake);
            }
            if Button::new("Cancel").quiet().show(ui).clicked() {
                return Choice::Cancelled;
            }
            Choice::Undecided
        })
    }

    fn write(&mut self, workspace: &Arc<Workspace>, wake: &Wake) {
        self.refused.clear();
        if let Terms::Forms(terms) = &mut self.terms {
            let typed = self.until.trim();
            terms.until = figure::date(typed);
            if !typed.is_empty() && terms.until.is_none() {
                self.refused = format!("“{typed}” is not a day; write it as 31/3/2027.");
                return;
            }
        }
        let (workspace, terms) = (Arc::clone(workspace), self.terms.clone());
        let (folder, replace) = (PathBuf::from(self.folder.trim()), self.replace);
        self.writing = Some(Background::begin(wake, move || {
            let made = match &terms {
                Terms::Forms(terms) => handout::forms(&workspace, terms)?,
                Terms::Sheets(terms) => contributors::sheets(&workspace, *terms)?,
            };
            let files: Vec<(&str, &[u8])> =
                made.iter().map(|paper: &Paper| (paper.name.as_str(), paper.bytes.as_slice())).collect();
            papers::write(&folder, &files, replace).map_err(|error| error.to_string())?;
            Ok(made.len())
        }));
    }
}

fn form_questions(ui: &mut Ui, terms: &mut FormTerms, until: &mut String) {
    let tokens = Tokens::of(ui);
    let kinds = [
        (
            FormKind::Sheet,
            "On paper",
            "A page to print and write on, asking for the order of the options first.",
        ),
        (
            FormKind::Spreadsheet,
            "Spreadsheet",
            "A workbook with a row for each person; it is imported as it comes back.",
        ),
        (
            FormKind::File,
            "Text files",
            "A small file for each person, to fill in with any text editor and send back.",
        ),
    ];
    let standing = kinds.iter().position(|(kind, ..)| *kind == terms.kind).unwrap_or(0);
    if let Some(chosen) = segments(ui, "Hand out as", &kinds.map(|(_, words, _)| words), standing) {
        terms.kind = kinds[chosen].0;
    }
    wrapped(ui, kinds[standing].2, Type::Small, tokens.ink2);
    let rounds: Vec<String> = (1..=LAST_ROUND).map(|round| format!("Round {round}")).collect();
    let rounds: Vec<&str> = rounds.iter().map(String::as_str).collect();
    if let Some(chosen) = segments(ui, "Round", &rounds, usize::from(terms.round.max(1)) - 1) {
        terms.round = chosen as u8 + 1;
    }
    if terms.kind == FormKind::Sheet {
        switched(ui, "A sheet for each person, with their name on it", &mut terms.one_each);
    }
    field(ui, "Give back to", &mut terms.give_back_to, false);
    field(ui, "By, such as 31/3/2027", until, false);
    if let Some(date) = figure::date(until) {
        wrapped(ui, format!("By {}.", day(date)), Type::Small, tokens.ink2);
    }
}

fn sheet_questions(ui: &mut Ui, terms: &mut SheetTerms) {
    let readers = [(Readers::Person, "Each person"), (Readers::Sector, "Each sector")];
    let standing = readers.iter().position(|(of, _)| *of == terms.readers).unwrap_or(0);
    if let Some(chosen) = segments(ui, "A sheet for", &readers.map(|(_, words)| words), standing) {
        terms.readers = readers[chosen].0;
    }
    if let Some(chosen) = segments(ui, "As", &["Page to print", "Plain text"], usize::from(terms.text)) {
        terms.text = chosen == 1;
    }
    switched(ui, "Write people’s own names; otherwise their role", &mut terms.names);
    if terms.readers == Readers::Person {
        switched(ui, "Show each person their own ballot", &mut terms.ballots);
    }
}

/// "Wrote 14 papers to …".
#[must_use]
pub fn written_words(papers: usize, folder: &std::path::Path) -> String {
    format!("Wrote {} to {}", count(papers, "paper", "papers"), folder.display())
}
