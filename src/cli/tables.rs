//! `new` and `tables`: a workspace from tables, and back.

use std::path::Path;

use super::{
    Outcome, Stop, Terminal,
    arguments::{New, Tables},
    may_write, not_an_input, open, write_workspace,
};
use crate::{
    exchange::{self, TableProblem},
    file::format::{Document, ENDING},
    model::{
        Workspace,
        check::{self, Severity},
        wording::{count, list},
    },
};

pub(super) fn new(asked: &New, terminal: &mut Terminal<'_>) -> Outcome {
    may_write(&asked.output, asked.force)?;
    not_an_input(&asked.output, asked.tables().map(|(_, file)| file.as_path()))?;
    let (mut tables, mut problems) = (Vec::new(), Vec::new());
    for (kind, file) in asked.tables() {
        match exchange::open_table(file, kind) {
            Ok(table) => tables.push(table),
            Err(found) => problems.extend(found),
        }
    }
    let workspace = if problems.is_empty() { exchange::workspace_from(&tables) } else { Err(problems) };
    let mut workspace = workspace.map_err(|problems| Stop::Input(listed(&problems)))?;
    if let Some(title) = &asked.title {
        workspace.title.clone_from(title);
    } else if workspace.title.is_empty() {
        workspace.title = title_from(&asked.output);
    }
    let doubts = examine(&workspace)?;
    write_workspace(
        &asked.output,
        &Document { revision: 0, workspace: workspace.clone() },
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

fn listed(problems: &[TableProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let count = count(problems.len(), "problem", "problems");
    format!("{}\n{count}; nothing was imported.", lines.join("\n"))
}

/// How many things are doubtful.
fn examine(workspace: &Workspace) -> Result<usize, Stop> {
    let problems = check::problems(workspace);
    let broken: Vec<String> = problems
        .iter()
        .filter(|p| p.severity == Severity::Broken)
        .map(|p| format!("{} {}", p.what, p.remedy))
        .collect();
    if broken.is_empty() {
        Ok(problems.len())
    } else {
        Err(Stop::Input(format!("{}\nNothing was imported.", broken.join("\n"))))
    }
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

pub(super) fn write(asked: &Tables, terminal: &mut Terminal<'_>) -> Outcome {
    let document = open(&asked.file, terminal)?;
    let tables =
        exchange::tables_of(&document.workspace).map_err(|problems| Stop::Input(problems.join("\n")))?;
    let folder = &asked.output;
    let refused = |path: &Path, error: &std::io::Error| {
        Stop::Input(format!("{} could not be written: {error}", path.display()))
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
    let left = exchange::left_behind(&document.workspace);
    if !left.is_empty() {
        terminal.note(&format!("Tables have no place for: {}.", left.join(", ")));
    }
    Ok(())
}
