//! A caseload comes in: where from, what each column means, what is doubtful, and how many people it comes to. Its rows are
//! counted behind the dialog and forgotten.

mod columns;
mod matters;
mod meaning;
mod preview;
pub mod source;

use std::{path::PathBuf, sync::Arc};

use egui::Context;

use super::{
    background::{Background, Progress},
    rows_from::RowsFrom,
    sheet,
};
use crate::{
    exchange::caseload::{Finding, Mapping, Matter, Preview, Source, look},
    model::{Workspace, reach::caseload::Counted},
    session::Wake,
};
use meaning::{Answer, Meaning};

/// The dialog.
#[derive(Debug)]
pub struct ReadCaseload {
    from: RowsFrom,
    stage: Stage,
    /// Why what was named could not be read.
    refused: Option<Finding>,
    /// The meanings that were kept from the last file.
    kept: Option<Mapping>,
}

/// How far it is.
#[derive(Debug)]
enum Stage {
    Choosing,
    Opening(Source, Background<Result<Preview, Finding>>),
    Meaning(Box<Meaning>),
}

/// What was decided.
#[derive(Debug)]
pub enum Choice {
    Undecided,
    Cancelled,
    Count(Box<CountedCaseload>),
}

/// A caseload that was counted, and what is to be kept of the dialog.
#[derive(Debug)]
pub struct CountedCaseload {
    pub counted: Counted,
    pub people: u64,
    /// The meanings of its columns for the next file; `None` where none are to be kept.
    pub kept: Option<Mapping>,
}

impl ReadCaseload {
    /// Asks where the caseload is; `kept` are meanings kept from the last file.
    #[must_use]
    pub fn new(kept: Option<Mapping>) -> Self {
        Self { from: RowsFrom::default(), stage: Stage::Choosing, refused: None, kept }
    }

    /// Begins with a source, as after it was pasted.
    pub fn open(&mut self, source: Source, wake: &Wake) {
        self.refused = None;
        let opened = source.clone();
        self.stage = Stage::Opening(source, Background::begin(wake, move || look(&opened)));
    }

    fn open_file(&mut self, path: PathBuf, wake: &Wake) {
        self.from.name(&path);
        self.open(Source::File(path), wake);
    }

    /// Whether something is under way behind it.
    #[must_use]
    pub fn is_working(&self) -> bool {
        match &self.stage {
            Stage::Choosing => false,
            Stage::Opening(..) => true,
            Stage::Meaning(meaning) => meaning.is_counting(),
        }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, workspace: &Arc<Workspace>, wake: &Wake) -> Choice {
        self.take_in(workspace);
        if let Stage::Meaning(meaning) = &mut self.stage {
            meaning.follow(workspace, wake);
            let (answer, leave) = sheet(ctx, "caseload", 1208.0, |ui| meaning.show(ui, workspace));
            return match answer {
                Answer::None if leave => self.forget(),
                Answer::None => Choice::Undecided,
                Answer::Cancel => self.forget(),
                Answer::Back => {
                    self.forget();
                    self.stage = Stage::Choosing;
                    self.from.begin_again();
                    Choice::Undecided
                }
                Answer::Count => match meaning.take() {
                    Some(counted) => Choice::Count(Box::new(counted)),
                    None => Choice::Undecided,
                },
            };
        }
        let (choice, leave) = sheet(ctx, "caseload", 640.0, |ui| self.choose_source(ui, wake));
        if leave { Choice::Cancelled } else { choice }
    }

    /// Stops whatever is being counted.
    fn forget(&mut self) -> Choice {
        if let Stage::Meaning(meaning) = &mut self.stage {
            meaning.stop();
        }
        Choice::Cancelled
    }

    fn take_in(&mut self, workspace: &Workspace) {
        let Stage::Opening(source, opening) = &self.stage else { return };
        match opening.poll() {
            Progress::UnderWay => {}
            Progress::Done(Ok(preview)) => {
                let meaning = Meaning::of(source.clone(), preview, self.kept.as_ref(), workspace);
                self.stage = Stage::Meaning(Box::new(meaning));
            }
            Progress::Done(Err(finding)) => {
                self.refused = Some(finding);
                self.stage = Stage::Choosing;
                self.from.begin_again();
            }
            Progress::BrokenOff => {
                self.refused = Some(Finding::of_table(Matter::File, "The reading broke off; try it again."));
                self.stage = Stage::Choosing;
                self.from.begin_again();
            }
        }
    }
}
