//! The scores table: one row a factor, one column an option.

use super::{
    assembly::Assembly,
    cell,
    entry::Entry,
    figure::written,
    kind::TableKind,
    scale,
    table::{Table, TableProblem, guarded, key},
    write::Sheet,
};
use crate::model::{
    Workspace,
    balance::{Factor, Scale, Score, Side, WeightsFrom},
    ids::FactorId,
};

const SIDES: [(&str, Side); 2] = [("operational", Side::Operational), ("commercial", Side::Commercial)];

/// Reads the whole table into options, factors and scores.
pub(super) fn read(assembly: &mut Assembly, table: &Table) {
    for (_, name) in table.further_columns() {
        assembly.add_option(name);
    }
    for row in &table.rows {
        if assembly.has_enough_problems() {
            break;
        }
        let entry = assembly.row(table, row);
        read_factor(assembly, entry);
    }
}

fn read_factor(assembly: &mut Assembly, entry: Entry<'_>) {
    let name = assembly.take(entry.needed("factor", "the name of a factor"));
    if name.is_some_and(|name| assembly.factors.contains_key(&key(name))) {
        assembly.problems.push(entry.problem("factor", "each factor once; an earlier row has the same name"));
    }
    let side = assembly.held(entry.choice("side", &SIDES));
    if entry.text("side").is_empty() {
        assembly.problems.push(entry.problem("side", "operational or commercial"));
    }
    let scale = scale::read(entry.text("scale"), entry.text("worst"), entry.text("best"));
    if let Err(problems) = &scale {
        let problems = problems.iter().map(|(column, expected)| entry.problem(column, expected));
        assembly.problems.extend(problems);
    }
    let swing = assembly.held(entry.number("swing", 0.0, f64::MAX));
    let must = assembly
        .held(scale::read_must(entry.text("must")).map_err(|expected| entry.problem("must", expected)));
    let unit = entry.text("unit");
    let cells = match &scale {
        Ok(scale) => read_cells(assembly, entry, scale, unit),
        Err(_) => Vec::new(),
    };
    let (Some(name), Some(side), Ok(scale)) = (name, side, scale) else {
        // Known by name all the same, so that no other table is blamed for naming it.
        if let Some(name) = name {
            assembly.factors.entry(key(name)).or_insert_with(|| FactorId::from(""));
        }
        return;
    };
    let id = FactorId::named(name, assembly.tail("factor", name));
    assembly.factors.insert(key(name), id.clone());
    let scores = cells.into_iter().map(|score| Score { factor: id.clone(), ..score });
    assembly.workspace.balance.scores.extend(scores);
    assembly.workspace.balance.factors.push(Factor {
        id,
        name: name.to_owned(),
        short: String::new(),
        side,
        group: entry.text("group").to_owned(),
        unit: unit.to_owned(),
        swing,
        // A swing that comes in the same row as its ends was given for these ends.
        swing_range: swing.and_then(|_| scale.ends()),
        weight_limits: None,
        scale,
        must,
    });
}

/// The cells of a row; their factor is put in afterwards.
fn read_cells(assembly: &mut Assembly, entry: Entry<'_>, scale: &Scale, unit: &str) -> Vec<Score> {
    let mut scores = Vec::new();
    for (at, column) in entry.table.further_columns() {
        let text = &entry.row.cells[at];
        match cell::read(text, scale, unit) {
            Ok(None) => {}
            Ok(Some((level, grade))) => {
                let Some(option) = assembly.option_named(column).cloned() else { continue };
                scores.push(Score { level, grade, ..Score::unknown(FactorId::from(""), option) });
            }
            Err(expected) => assembly
                .problems
                .push(TableProblem { found: Some(text.clone()), ..entry.problem(column, expected) }),
        }
    }
    scores
}

/// The table of a workspace, when there are factors or options.
///
/// Where the weights come from ballots that are combined in another way than a new workspace would, the combined swing
/// points are written, so that the tables alone give the same weights.
pub(super) fn write(workspace: &Workspace, sheets: &mut Vec<Sheet>) {
    let (options, balance) = (&workspace.question.options, &workspace.balance);
    if options.is_empty() && balance.factors.is_empty() {
        return;
    }
    let mut sheet = Sheet::new(TableKind::Scores);
    sheet.add_columns(options.iter().map(|option| option.name.as_str()), "option");
    let combined = swings_to_spell_out(workspace);
    let cells: std::collections::HashMap<_, _> =
        balance.scores.iter().map(|score| ((&score.factor, &score.option), score)).collect();
    for (at, factor) in balance.factors.iter().enumerate() {
        let [kind, worst, best] = scale::write(&factor.scale);
        let side = SIDES.iter().find(|(_, side)| *side == factor.side).map_or("", |(word, _)| word);
        let swing = factor.swing.or_else(|| combined.get(at).copied().flatten());
        let mut row = vec![
            guarded(&factor.name),
            side.to_owned(),
            guarded(&factor.group),
            guarded(&factor.unit),
            guarded(&kind),
            worst,
            best,
            swing.map_or_else(String::new, written),
            scale::write_must(factor.must),
        ];
        for option in options {
            row.push(cells.get(&(&factor.id, &option.id)).map_or_else(String::new, |score| {
                let text = cell::write(&score.level, score.grade, &factor.scale);
                if matches!(factor.scale, Scale::Levels(_)) { guarded(&text) } else { text }
            }));
        }
        sheet.name_rows("factor", &factor.name);
        sheet.rows.push(row);
    }
    sheets.push(sheet);
}

fn swings_to_spell_out(workspace: &Workspace) -> Vec<Option<f64>> {
    let voices = &workspace.voices;
    let from_ballots = workspace.balance.weights_from == WeightsFrom::Ballots;
    let as_new = voices.combine == Default::default() && voices.vote == Default::default();
    if !from_ballots || as_new {
        return Vec::new();
    }
    crate::analysis::voices::combined_swings(workspace).unwrap_or_default()
}
