//! What makes a workspace from tables unsound, told with the table, row and column that it came from.

use super::{
    assembly::Assembly,
    kind::TableKind,
    table::{Table, TableProblem, key},
};
use crate::model::check::{self, Problem, Severity};

/// Every problem that the model has with what was made from the tables; empty when it is sound.
pub(super) fn problems(assembly: &Assembly, tables: &[Table]) -> Vec<TableProblem> {
    let found = check::problems(&assembly.workspace);
    let broken = found.iter().filter(|problem| problem.severity == Severity::Broken);
    broken.map(|problem| in_its_table(problem, assembly, tables)).collect()
}

fn in_its_table(problem: &Problem, assembly: &Assembly, tables: &[Table]) -> TableProblem {
    let steps: Vec<&str> = problem.place.split('/').collect();
    let words = format!("{} {}", problem.what, problem.remedy);
    let Some((table, row)) = origin(&steps, assembly, tables) else {
        return TableProblem::of_file("the tables together", words);
    };
    let named = steps.iter().rev().map(|step| column_of(step, assembly));
    let column = named.into_iter().find_map(|name| table.column(&key(&name)));
    TableProblem {
        row: Some(row),
        column: column.map(|at| table.columns[at].clone()),
        ..TableProblem::of_file(&table.source, words)
    }
}

/// The table and the row that a place of the model came from.
fn origin<'t>(steps: &[&str], assembly: &Assembly, tables: &'t [Table]) -> Option<(&'t Table, usize)> {
    let last = steps.last()?;
    // Terms stand in a row of their own and are known by their option; settings are known by their name.
    let terms = steps.contains(&"terms").then(|| {
        let names = steps.iter().map(|step| column_of(step, assembly));
        names.into_iter().find_map(|name| row_with(tables, TableKind::Terms, "option", &name))
    });
    if let Some(found) = terms.flatten() {
        return Some(found);
    }
    let made = steps.iter().find_map(|step| assembly.origins.get(*step));
    if let Some((source, row)) = made {
        return tables.iter().find(|table| table.source == *source).map(|table| (table, *row));
    }
    row_with(tables, TableKind::Settings, "setting", &last.replace('_', " "))
}

fn row_with<'t>(
    tables: &'t [Table],
    kind: TableKind,
    column: &str,
    text: &str,
) -> Option<(&'t Table, usize)> {
    let table = tables.iter().find(|table| table.kind == kind)?;
    let at = table.column(column)?;
    table.rows.iter().find(|row| key(&row.cells[at]) == key(text)).map(|row| (table, row.number))
}

/// What a step of a place is called in a table: the name of an option or factor for its id, else the field itself.
fn column_of(step: &str, assembly: &Assembly) -> String {
    let workspace = &assembly.workspace;
    let option = workspace.question.options.iter().find(|option| option.id.as_str() == step);
    let factor = workspace.balance.factors.iter().find(|factor| factor.id.as_str() == step);
    option.map(|o| &o.name).or(factor.map(|f| &f.name)).map_or_else(|| step.to_owned(), Clone::clone)
}
