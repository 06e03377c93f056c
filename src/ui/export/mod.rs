//! The paper that leaves the program: put together with the window's own charts, written on a worker.

pub mod buttons;
mod form;
pub mod preview;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub use form::Form;

use super::drawing::paper_charts;
use crate::{
    analysis::{
        Analysis, Undefined,
        balance::robustness::{Draws, by_weights::with_evidence_otherwise},
        course::Course,
    },
    exchange::{
        drawing::PaperCharts,
        report::{
            self, Format, Stop,
            compose::{self, Composed, Inputs, Terms},
        },
        results::WorkedOut,
        workbook::{self, Choices},
    },
    file::{
        frozen::fingerprint,
        papers::{self, PaperError},
        print::{Printed, print},
    },
    model::{Workspace, decision::inputs_of},
    session::Session,
};

/// Why a paper was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotWritten {
    /// Somebody pressed Stop.
    Stopped,
    /// A file of this name is there.
    Taken(String),
    /// The place does not take it.
    Refused(String),
    /// It could not be made.
    Failed(String),
}

impl NotWritten {
    /// In a sentence or two.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Stopped => "Stopped. Nothing was written.".to_owned(),
            Self::Taken(words) | Self::Refused(words) | Self::Failed(words) => words.clone(),
        }
    }
}

/// A paper that is ready to be written.
#[derive(Clone, Debug)]
pub struct Made {
    pub bytes: Vec<u8>,
    pub title: String,
    /// What tells of people in it, in a sentence; empty where nothing does.
    pub names: String,
    /// What it could not hold whole, in a sentence each.
    pub notes: Vec<String>,
}

/// Puts a paper or a workbook together, all that takes long worked out anew.
///
/// # Errors
/// When it is stopped, and when it cannot be made.
pub fn made(
    (workspace, revision): (&Workspace, u64),
    terms: &Terms,
    form: Form,
    course: &Course,
) -> Result<Made, NotWritten> {
    let Form::Paper(format) = form else { return made_workbook((workspace, revision), terms, course) };
    let composed = whole(workspace, revision, terms, course).ok_or(NotWritten::Stopped)?;
    let bytes = report::write(&composed.paper, format, course).map_err(|stop| match stop {
        Stop::Stopped => NotWritten::Stopped,
        Stop::Failed(why) => NotWritten::Failed(why),
    })?;
    let notes = kept_out(workspace).collect();
    Ok(Made { bytes, title: composed.paper.title, names: composed.names, notes })
}

fn made_workbook(
    (workspace, revision): (&Workspace, u64),
    terms: &Terms,
    course: &Course,
) -> Result<Made, NotWritten> {
    let worked_out =
        WorkedOut::of(workspace, Draws::asked_for(workspace), course).ok_or(NotWritten::Stopped)?;
    let choices = Choices::of(terms);
    let (bytes, mut notes) = workbook::write(&worked_out.results(revision), &choices)
        .map_err(|problems| NotWritten::Failed(problems.join("\n")))?;
    notes.extend(kept_out(workspace));
    let names = workbook::names_in_it(workspace, &choices);
    Ok(Made { bytes, title: workspace.title.clone(), names, notes })
}

/// What is kept out of everything, in a sentence, where something is.
fn kept_out(workspace: &Workspace) -> impl Iterator<Item = String> {
    Some(workspace.voices.kept_out_words()).filter(|words| !words.is_empty()).into_iter()
}

/// Puts a paper together and writes it to a file: wholly new, or as it was. Returns where it is and what it could not
/// hold whole.
///
/// # Errors
/// When it is stopped, when the file is there and may not be replaced, and when the place does not take it.
pub fn to_file(
    of: (&Workspace, u64),
    terms: &Terms,
    form: Form,
    (file, replace): (&Path, bool),
    course: &Course,
) -> Result<(PathBuf, Vec<String>), NotWritten> {
    let Some(name) = file.file_name().map(|name| name.to_string_lossy().into_owned()) else {
        return Err(NotWritten::Refused("Say the name of a file.".to_owned()));
    };
    if !replace && file.exists() {
        return Err(NotWritten::Taken(format!("{name} is there already.")));
    }
    let made = made(of, terms, form, course)?;
    if course.is_stopped() {
        return Err(NotWritten::Stopped);
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    papers::write(folder, &[(name.as_str(), &made.bytes)], replace)
        .map_err(|error| refused(&name, &error))?;
    Ok((file.to_owned(), made.notes))
}

/// Puts a paper together and prints it; returns what became of it.
///
/// # Errors
/// When it is stopped, and when the system's printing does not take it.
pub fn to_printer(of: (&Workspace, u64), terms: &Terms, course: &Course) -> Result<Printed, NotWritten> {
    let made = made(of, terms, Form::Paper(Format::Pdf), course)?;
    if course.is_stopped() {
        return Err(NotWritten::Stopped);
    }
    print(&made.bytes, &made.title).map_err(NotWritten::Failed)
}

fn refused(name: &str, error: &PaperError) -> NotWritten {
    match error {
        PaperError::Taken(_) => NotWritten::Taken(format!("{name} is there already.")),
        PaperError::NotAFolder(_) => NotWritten::Refused(error.to_string()),
        PaperError::Refused { .. } => NotWritten::Refused(format!(
            "{error} It may be open in another program: close it there, or save under another name."
        )),
    }
}

/// A name beside this one that no file has: "paper 2.docx".
#[must_use]
pub fn free_name(file: &Path) -> PathBuf {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = file.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let names = (2..).map(|number| file.with_file_name(format!("{stem} {number}{ending}")));
    names.into_iter().find(|name| !name.exists()).unwrap_or_else(|| file.to_owned())
}

/// What a paper on these terms would tell of people, in a sentence or two: whose weights can be read from it, and whom it
/// would name; empty where it would name nobody.
#[must_use]
pub fn names(workspace: &Workspace, revision: u64, terms: &Terms, form: Form) -> String {
    let analysis = Analysis::of(workspace);
    if form == Form::Workbook {
        let choices = Choices::of(terms);
        let few = workbook::ballots_of_few(workspace, analysis.balance.weight_basis, &choices);
        let names = workbook::names_in_it(workspace, &choices);
        return few.into_iter().chain(Some(names).filter(|n| !n.is_empty())).collect::<Vec<_>>().join(" ");
    }
    let inputs = Inputs {
        workspace,
        analysis: &analysis,
        robustness: Err(Undefined("nothing was drawn")),
        evidence_otherwise: None,
        charts: &PaperCharts::default(),
        revision,
        fingerprint: "",
    };
    compose::paper(inputs, terms).names
}

/// Puts a paper together from a workspace, with its charts and all that takes long worked out before; `None` when it was
/// stopped.
#[must_use]
pub fn whole(workspace: &Workspace, revision: u64, terms: &Terms, course: &Course) -> Option<Composed> {
    let mut session = Session::new(workspace.clone(), revision, Arc::new(|| ()));
    if !session.finish_jobs_on(course) {
        return None;
    }
    let otherwise = with_evidence_otherwise(workspace, Draws::asked_for(workspace), course)?;
    let charts = paper_charts(&mut session);
    let run = session.robustness();
    let robustness = match run.result {
        Some(Ok(run)) => Ok(run),
        Some(Err(why)) => Err(why),
        None => Err(Undefined("the draws were stopped")),
    };
    let inputs = Inputs {
        workspace: session.workspace(),
        analysis: session.analysis(),
        robustness,
        evidence_otherwise: otherwise.as_deref().ok(),
        charts: &charts,
        revision,
        fingerprint: &fingerprint(&inputs_of(workspace)),
    };
    Some(compose::paper(inputs, terms))
}
