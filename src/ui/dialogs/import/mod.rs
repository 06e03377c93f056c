//! Ballots, people and statements that come in: where from, what each row would do, and what is to be decided first.

mod matters;
mod preview;
pub(super) mod source;

use std::{path::PathBuf, sync::Arc};

use egui::Context;

use super::{
    background::{Background, Progress},
    foot, heading,
    rows_from::RowsFrom,
    sheet,
};
use crate::{
    exchange::{
        TableKind, TableProblem,
        import::{Choices, Incoming, Matter, Moment, Proposal, propose, read_files, read_pasted},
    },
    model::{Workspace, wording::count},
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type},
        widgets::{Button, wrapped},
    },
};

/// The dialog.
#[derive(Debug)]
pub struct Import {
    pub kind: TableKind,
    from: RowsFrom,
    moment: Moment,
    stage: Stage,
    /// Why what was named could not be read.
    problems: Vec<TableProblem>,
}

/// How far it is.
#[derive(Debug)]
enum Stage {
    Choosing,
    Reading(Background<Result<Incoming, Vec<TableProblem>>>),
    Looking(Box<Looking>),
}

/// What was read, while somebody looks at it.
#[derive(Debug)]
struct Looking {
    incoming: Arc<Incoming>,
    choices: Choices,
    proposal: Option<Proposal>,
    /// The proposal for other choices, or for a workspace that has changed meanwhile.
    next: Option<Background<Proposal>>,
    /// What the last proposal that was asked for follows from.
    asked: Option<(Arc<Workspace>, Choices)>,
    /// Only rows with this matter are shown.
    only: Option<Matter>,
}

/// What was decided.
#[derive(Debug)]
pub enum Choice {
    Undecided,
    Cancelled,
    Import(Box<Proposal>),
}

impl Import {
    /// Asks what is to be imported; `seed` makes its ids differ from those of other imports.
    #[must_use]
    pub fn new(kind: TableKind, seed: u64) -> Self {
        let moment = Moment { today: jiff::Zoned::now().date(), seed };
        Self { kind, from: RowsFrom::default(), moment, stage: Stage::Choosing, problems: Vec::new() }
    }

    /// Begins with these files, as after they were dropped on the window.
    pub fn read(&mut self, paths: Vec<PathBuf>, wake: &Wake) {
        if let [one] = paths.as_slice() {
            self.from.name(one);
        }
        let kind = self.kind;
        self.begin(wake, move || read_files(&paths, kind));
    }

    /// Begins with what was copied from a spreadsheet.
    pub fn read_copied(&mut self, text: String, wake: &Wake) {
        let kind = self.kind;
        self.begin(wake, move || read_pasted(&text, kind));
    }

    fn begin(
        &mut self,
        wake: &Wake,
        read: impl FnOnce() -> Result<Incoming, Vec<TableProblem>> + Send + 'static,
    ) {
        self.problems.clear();
        self.stage = Stage::Reading(Background::begin(wake, read));
    }

    /// Whether something is under way behind it.
    #[must_use]
    pub fn is_working(&self) -> bool {
        match &self.stage {
            Stage::Choosing => false,
            Stage::Reading(_) => true,
            Stage::Looking(looking) => looking.next.is_some() || looking.proposal.is_none(),
        }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, workspace: &Arc<Workspace>, wake: &Wake) -> Choice {
        self.take_in(workspace, wake);
        if matches!(self.stage, Stage::Looking(_)) {
            return self.look(ctx, workspace);
        }
        let (choice, leave) = sheet(ctx, "import", 640.0, |ui| self.choose_source(ui, wake));
        if leave { Choice::Cancelled } else { choice }
    }

    /// Takes in what has been read or worked out, and asks for what is wanted next.
    fn take_in(&mut self, workspace: &Arc<Workspace>, wake: &Wake) {
        if let Stage::Reading(reading) = &self.stage {
            match reading.poll() {
                Progress::UnderWay => {}
                Progress::Done(Ok(incoming)) => self.stage = Stage::Looking(Box::new(Looking::at(incoming))),
                Progress::Done(Err(problems)) => {
                    self.problems = problems;
                    self.stage = Stage::Choosing;
                }
                Progress::BrokenOff => {
                    self.problems =
                        vec![TableProblem::of_file("Import", "the reading broke off; try it again")];
                    self.stage = Stage::Choosing;
                }
            }
        }
        if let Stage::Looking(looking) = &mut self.stage {
            looking.follow(workspace, self.moment, wake);
        }
    }

    fn look(&mut self, ctx: &Context, workspace: &Arc<Workspace>) -> Choice {
        let Stage::Looking(looking) = &mut self.stage else { return Choice::Undecided };
        let kind = self.kind;
        let (answer, leave) = sheet(ctx, "import", 1180.0, |ui| {
            let sentence = format!(
                "From {}. Nothing is changed before you say so; one undo takes it all back.",
                looking.incoming.source()
            );
            heading(ui, icons::TABLE, "What goes where", &sentence);
            if let Some(proposal) = &looking.proposal {
                preview::show(ui, proposal, &mut looking.choices, &mut looking.only, workspace);
            } else {
                wrapped(ui, "Reading …", Type::Body, Tokens::of(ui).ink2);
            }
            looking.foot(ui, kind)
        });
        match answer {
            Answer::None if leave => Choice::Cancelled,
            Answer::None => Choice::Undecided,
            Answer::Cancel => Choice::Cancelled,
            Answer::Back => {
                self.stage = Stage::Choosing;
                self.from.begin_again();
                Choice::Undecided
            }
            Answer::Import => match looking.proposal.take() {
                Some(proposal) => Choice::Import(Box::new(proposal)),
                None => Choice::Undecided,
            },
        }
    }
}

/// What was pressed in the preview.
enum Answer {
    None,
    Cancel,
    Back,
    Import,
}

impl Looking {
    fn at(incoming: Incoming) -> Self {
        let incoming = Arc::new(incoming);
        Self { incoming, choices: Choices::default(), proposal: None, next: None, asked: None, only: None }
    }

    /// Has the proposal worked out anew when choices or workspace have changed.
    fn follow(&mut self, workspace: &Arc<Workspace>, moment: Moment, wake: &Wake) {
        match self.next.as_ref().map(Background::poll) {
            Some(Progress::Done(proposal)) => {
                self.proposal = Some(proposal);
                self.next = None;
            }
            Some(Progress::BrokenOff) => self.next = None,
            Some(Progress::UnderWay) | None => {}
        }
        let current = self
            .asked
            .as_ref()
            .is_some_and(|(of, choices)| Arc::ptr_eq(of, workspace) && *choices == self.choices);
        if current || self.next.is_some() {
            return;
        }
        self.asked = Some((Arc::clone(workspace), self.choices.clone()));
        let (workspace, incoming, choices) =
            (Arc::clone(workspace), Arc::clone(&self.incoming), self.choices.clone());
        self.next = Some(Background::begin(wake, move || propose(&workspace, &incoming, &choices, moment)));
    }

    fn foot(&self, ui: &mut egui::Ui, kind: TableKind) -> Answer {
        let tokens = Tokens::of(ui);
        foot(ui, |ui| {
            let mut answer = Answer::None;
            let counts = self.proposal.as_ref().map(Proposal::counts).unwrap_or_default();
            let ready = self.next.is_none() && self.proposal.as_ref().is_some_and(Proposal::is_ready);
            let words = format!("Import {}", things(kind, counts.adds + counts.replaces));
            if Button::new(&words).primary().enabled(ready).show(ui).clicked() {
                answer = Answer::Import;
            }
            if Button::new("Cancel").quiet().show(ui).clicked() {
                answer = Answer::Cancel;
            }
            if Button::new("Another file").quiet().show(ui).clicked() {
                answer = Answer::Back;
            }
            let Some(proposal) = &self.proposal else { return answer };
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let words = preview::counted(proposal);
                ui.add(egui::Label::new(Type::Small.text(words, tokens.ink2)).truncate());
            });
            answer
        })
    }
}

/// "12 ballots", "1 person", "3 statements".
#[must_use]
pub fn things(kind: TableKind, number: usize) -> String {
    match kind {
        TableKind::Stakeholders => count(number, "person", "people"),
        TableKind::Statements => count(number, "statement", "statements"),
        _ => count(number, "ballot", "ballots"),
    }
}
