//! `ballots` and `contributors`: forms that are handed out, and sheets that say what happened.

use std::path::Path;

use super::{
    Outcome, Stop, Terminal,
    arguments::{Ballots, Contributors},
    open,
};
use crate::{
    exchange::handout::{
        self, FormTerms, Paper,
        contributors::{self as sheets, SheetTerms},
    },
    file::papers::{self, PaperError},
    model::wording::count,
};

pub(super) fn ballots(asked: &Ballots, terminal: &mut Terminal<'_>) -> Outcome {
    let workspace = open(&asked.file, terminal)?.workspace;
    let round = asked.round.or(workspace.voices.open_round().map(|round| round.number));
    let terms = FormTerms {
        kind: asked.kind,
        round: round.unwrap_or(1),
        one_each: asked.one_each,
        give_back_to: asked.to.clone(),
        until: asked.until,
    };
    let papers = handout::forms(&workspace, &terms).map_err(Stop::Input)?;
    terminal.note_if_any(&handout::names_in_forms(&workspace, &terms));
    write(&papers, &asked.output, asked.force, terminal)
}

pub(super) fn contributors(asked: &Contributors, terminal: &mut Terminal<'_>) -> Outcome {
    let workspace = open(&asked.file, terminal)?.workspace;
    let terms =
        SheetTerms { readers: asked.by, names: asked.names, ballots: asked.ballots, text: asked.text };
    let papers = sheets::sheets(&workspace, terms).map_err(Stop::Input)?;
    terminal.note_if_any(&sheets::names_in_sheets(&workspace, terms));
    write(&papers, &asked.output, asked.force, terminal)
}

fn write(papers: &[Paper], folder: &Path, force: bool, terminal: &mut Terminal<'_>) -> Outcome {
    let files: Vec<(&str, &[u8])> =
        papers.iter().map(|paper| (paper.name.as_str(), paper.bytes.as_slice())).collect();
    papers::write(folder, &files, force).map_err(|error| {
        let more = if matches!(error, PaperError::Taken(_)) {
            " On the command line --force replaces them."
        } else {
            ""
        };
        Stop::Input(format!("{error}{more}"))
    })?;
    let what = match papers {
        [one] => one.name.clone(),
        many => count(many.len(), "file", "files"),
    };
    terminal.note(&format!("Wrote {what} to {}.", folder.display()));
    Ok(())
}
