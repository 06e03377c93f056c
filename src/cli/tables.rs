//! `new` and `tables`: a workspace from tables, and back.

use std::path::Path;

use super::{
    Outcome, Stop, Terminal,
    arguments::{New, Tables},
    may_write, not_an_input, open, write_workspace,
};
use crate::{
    exchange::{self, TableKind, TableProblem},
    file::{
        format::{Document, ENDING},
        storage,
    },
    model::{
        Workspace, check,
        wording::{count, list},
    },
};

pub(super) fn new(asked: &New, terminal: &mut Terminal<'_>) -> Outcome {
    may_write(&asked.output, asked.force)?;
    let workbook = asked.workbook.as_deref();
    not_an_input(&asked.output, asked.tables().map(|(_, file)| file.as_path()).chain(workbook))?;
    let mut files: Vec<_> = asked.tables().map(|(kind, file)| (kind, file.as_path())).collect();
    if let Some(workbook) = workbook {
        let inside = sheets_of(workbook)?;
        let free = |kind: &TableKind| files.iter().all(|(given, _)| given != kind);
        let more: Vec<_> = inside.into_iter().filter(free).map(|kind| (kind, workbook)).collect();
        files.extend(more);
        files.sort_by_key(|(kind, _)| *kind);
    }
    let made = exchange::workspace_from_files(&files);
    let mut workspace = made.map_err(|problems| Stop::Input(listed(&problems)))?;
    if let Some(title) = &asked.title {
        workspace.title.clone_from(title);
    } else if workspace.title.is_empty() {
        workspace.title = title_from(&asked.output);
    }
    let doubts = check::problems(&workspace).len();
    write_workspace(
        &asked.output,
        &Document { workspace: workspace.clone(), ..Document::default() },
        asked.force,
        terminal,
    )?;
    terminal.note(&format!("Made {} with {}.", asked.output.display(), contents(&workspace)));
    if doubts > 0 {
        let things = count(doubts, "thing is", "things are");
        terminal.note(&format!("{things} worth a look: evenhand check {}", asked.output.display()));
    }
    Ok(())
}

/// The tables that a workbook has sheets for.
fn sheets_of(workbook: &Path) -> Result<Vec<TableKind>, Stop> {
    let found = exchange::sheets_in(workbook).map_err(|problem| Stop::Input(listed(&[problem])))?;
    if found.is_empty() {
        let names = list(&TableKind::ALL.map(TableKind::name)).replace(" and ", " or ");
        let words = format!("{} has no sheet named like a table: {names}.", workbook.display());
        return Err(Stop::Input(words));
    }
    Ok(found)
}

/// The most problems that are told one by one: as many as a screen shows.
const MOST_LINES: usize = 20;

fn listed(problems: &[TableProblem]) -> String {
    let mut lines: Vec<String> = problems.iter().take(MOST_LINES).map(ToString::to_string).collect();
    if problems.len() > MOST_LINES {
        lines.push(format!("and {} more", problems.len() - MOST_LINES));
    }
    let count = count(problems.len(), "problem", "problems");
    format!("{}\n{count}; nothing was imported.", lines.join("\n"))
}

/// A title from the name of the file.
fn title_from(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.strip_suffix(ENDING).unwrap_or(&name).to_owned()
}

fn contents(workspace: &Workspace) -> String {
    let parts = [
        (workspace.question.options.len(), "option", "options"),
        (workspace.balance.factors.len(), "factor", "factors"),
        (workspace.voices.ballots.len(), "ballot", "ballots"),
        (workspace.question.need_groups.len(), "need group", "need groups"),
        (workspace.reach.payments.len(), "payment", "payments"),
        (workspace.voices.stakeholders.len(), "stakeholder", "stakeholders"),
        (workspace.voices.statements.len(), "statement", "statements"),
    ];
    let words: Vec<String> =
        parts.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(*n, one, many)).collect();
    if words.is_empty() {
        "nothing in it yet".to_owned()
    } else {
        list(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// Tables in the folder that were there before and are of something else; empty when there are none.
fn not_written(folder: &Path, written: &[&str]) -> String {
    let files = TableKind::ALL.map(|kind| format!("{}.csv", kind.name()));
    let stale = files.iter().map(String::as_str).filter(|file| !written.contains(file));
    let stale: Vec<&str> = stale.filter(|file| folder.join(file).exists()).collect();
    let (are, them) = match stale.len() {
        0 => return String::new(),
        1 => ("is", "it"),
        _ => ("are", "them"),
    };
    format!(
        "{} in that folder {are} older and not from this workspace: remove {them}, or write into an empty folder.",
        list(&stale)
    )
}

pub(super) fn write(asked: &Tables, terminal: &mut Terminal<'_>) -> Outcome {
    let document = open(&asked.file, terminal)?;
    let tables =
        exchange::tables_of(&document.workspace).map_err(|problems| Stop::Input(problems.join("\n")))?;
    let folder = &asked.output;
    if std::fs::metadata(folder).is_ok_and(|found| !found.is_dir()) {
        let words = "is a file, and tables are written into a folder. Give the name of a folder.";
        return Err(Stop::Input(format!("{} {words}", folder.display())));
    }
    let refused = |path: &Path, error: &std::io::Error| {
        Stop::Input(format!("{} could not be written: {}", path.display(), storage::reason(error)))
    };
    std::fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    let paths: Vec<_> = tables.iter().map(|table| folder.join(table.file_name())).collect();
    for path in &paths {
        may_write(path, asked.force)?;
    }
    for (table, path) in tables.iter().zip(&paths) {
        std::fs::write(path, &table.text).map_err(|error| refused(path, &error))?;
    }
    let names: Vec<String> = tables.iter().map(exchange::write::WrittenTable::file_name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    terminal.note(&format!("Wrote {} to {}.", list(&names), folder.display()));
    terminal.note_if_any(&not_written(folder, &names));
    let left = exchange::left_behind(&document.workspace);
    if !left.is_empty() {
        terminal.note(&format!("Tables have no place for: {}.", left.join(", ")));
    }
    Ok(())
}
