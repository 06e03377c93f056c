//! Tables read and written in a test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

use evenhand::{
    exchange::{TableKind, TableProblem, read_table, tables_of, workspace_from},
    model::Workspace,
};

pub fn read(tables: &[(TableKind, &str)]) -> Result<Workspace, Vec<TableProblem>> {
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for (kind, text) in tables {
        match read_table(&format!("{}.csv", kind.name()), *kind, text.as_bytes()) {
            Ok(table) => read.push(table),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { workspace_from(&read) } else { Err(problems) }
}

pub fn problems(tables: &[(TableKind, &str)]) -> Vec<String> {
    read(tables).unwrap_err().iter().map(ToString::to_string).collect()
}

/// The workspace that comes back when this one is written as tables and read again.
pub fn there_and_back(workspace: &Workspace) -> Workspace {
    let written = tables_of(workspace).expect("names that tables can hold");
    let tables: Vec<(TableKind, &str)> = written.iter().map(|t| (t.kind, t.text.as_str())).collect();
    read(&tables).unwrap_or_else(|problems| panic!("{problems:#?}"))
}
