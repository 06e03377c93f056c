//! What the program worked out, as figures: the fields of the JSON results as tables, with names instead of ids.

use std::collections::HashMap;

use rust_xlsxwriter::{Worksheet, XlsxError};
use serde_json::{Map, Value};

use super::{Choices, ROOMS, look::Look, text::noted};
use crate::{
    exchange::results::Results,
    model::{
        Workspace,
        wording::{capital, day},
    },
};

/// A table under a heading.
pub(super) struct Block {
    title: String,
    head: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// The blocks of each sheet, by its name.
pub(super) fn blocks(results: &Results<'_>, choices: &Choices) -> Vec<(&'static str, Vec<Block>)> {
    let names = Names::of(results.workspace);
    let mut json =
        if choices.tells_ballots() { results.as_json(&ROOMS) } else { results.as_json_to_hand_out(&ROOMS) };
    if let Some(Value::Object(record)) = json.get_mut("decision") {
        as_told(record, choices);
    }
    let fields =
        [("balance", "balance figures"), ("voices", "voices"), ("reach", "reach"), ("decision", "decision")];
    let mut sheets = Vec::new();
    for (field, sheet) in fields {
        if let Some(Value::Object(object)) = json.get(field) {
            sheets.push((sheet, names.walked(&capital(field), object, None)));
        }
    }
    sheets
}

/// The record as this workbook may tell it, days as they are written.
fn as_told(record: &mut Map<String, Value>, choices: &Choices) {
    // An earlier state, and who signed, are for the file; the figures that may be quoted stand on the other sheets.
    for field in ["frozen", "signed", "figures"] {
        record.shift_remove(field);
    }
    if choices.hides_dissent {
        record.shift_remove("dissent");
    }
    record.values_mut().for_each(|value| {
        each_object(value, &mut |fields| {
            fields.shift_remove("key");
            if choices.hides_owners {
                fields.shift_remove("owner");
                fields.shift_remove("by");
            }
            for field in ["due", "on", "found_on"] {
                if let Some(on) = fields.get_mut(field)
                    && let Some(date) = on.as_str().and_then(|text| text.parse().ok())
                {
                    *on = day(date).into();
                }
            }
        })
    });
}

fn each_object(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(fields) => {
            change(fields);
            fields.values_mut().for_each(|value| each_object(value, change));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| each_object(value, change)),
        _ => {}
    }
}

/// Writes the blocks one under the other.
pub(super) fn sheet(
    name: &str,
    blocks: &[Block],
    (look, notes): (&Look, &mut Vec<String>),
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let mut row = 0;
    for block in blocks {
        sheet.write_string_with_format(row, 0, noted(&block.title, name, notes), &look.heading)?;
        row += 1;
        for (column, words) in (0_u16..).zip(&block.head) {
            sheet.write_string_with_format(row, column, noted(words, name, notes), &look.head)?;
        }
        for cells in &block.rows {
            row += 1;
            for (column, value) in (0_u16..).zip(cells) {
                match figure(value) {
                    Some(Figure::Number(number)) => {
                        sheet.write_number_with_format(row, column, number, &look.figure)?;
                    }
                    Some(Figure::Words(words)) => {
                        let words = noted(&words, name, notes);
                        sheet.write_string_with_format(row, column, words, &look.wrapped)?;
                    }
                    None => {}
                }
            }
        }
        row += 2;
    }
    sheet.set_column_width(0, 34)?;
    sheet.set_column_range_width(1, 24, 18)?;
    sheet.set_freeze_panes(0, 1)?;
    Ok(())
}

enum Figure {
    Number(f64),
    Words(String),
}

/// What a cell holds of a value. A whole number of more digits than a cell shows, such as a seed, stands as text.
fn figure(value: &Value) -> Option<Figure> {
    /// From here on a cell shows a whole number by its size only.
    const LARGE: u64 = 100_000_000_000;
    Some(match value {
        Value::Null => return None,
        Value::Number(number) if number.as_u64().is_some_and(|number| number >= LARGE) => {
            Figure::Words(number.to_string())
        }
        Value::Number(number) => Figure::Number(number.as_f64()?),
        Value::Bool(yes) => Figure::Words(if *yes { "yes" } else { "no" }.to_owned()),
        Value::String(text) => Figure::Words(text.clone()),
        other => Figure::Words(other.to_string()),
    })
}

/// What each id is called.
struct Names(HashMap<String, String>);

impl Names {
    fn of(workspace: &Workspace) -> Self {
        let mut names = HashMap::new();
        let mut add = |id: &str, name: &str| {
            names.insert(id.to_owned(), name.to_owned());
        };
        workspace.question.options.iter().for_each(|o| add(o.id.as_str(), &o.name));
        workspace.question.need_groups.iter().for_each(|g| add(g.id.as_str(), &g.name));
        workspace.balance.factors.iter().for_each(|f| add(f.id.as_str(), &f.name));
        workspace.voices.sectors.iter().for_each(|s| add(s.id.as_str(), &s.name));
        workspace.voices.stakeholders.iter().for_each(|s| add(s.id.as_str(), &s.name));
        // Their ids begin with what was said, or with who gave them.
        for (number, statement) in (1..).zip(workspace.voices.statements.iter()) {
            add(statement.id.as_str(), &format!("Statement {number}"));
        }
        for (number, ballot) in (1..).zip(workspace.voices.ballots.iter()) {
            add(ballot.id.as_str(), &format!("Ballot {number}"));
        }
        let record = &workspace.decision;
        let mut entries = |what: &str, ids: &mut dyn Iterator<Item = &str>| {
            for (number, id) in (1..).zip(ids) {
                names.insert(id.to_owned(), format!("{what} {number}"));
            }
        };
        entries("Reason", &mut record.reasons.iter().map(|of| of.id.as_str()));
        entries("Dissent", &mut record.dissent.iter().map(|of| of.id.as_str()));
        entries("Condition", &mut record.conditions.iter().map(|of| of.id.as_str()));
        entries("Safeguard", &mut record.safeguards.iter().map(|of| of.id.as_str()));
        entries("Trigger", &mut record.triggers.iter().map(|of| of.id.as_str()));
        entries("Trade-off", &mut record.rationed.iter().map(|of| of.id.as_str()));
        entries("Duty", &mut record.duties.iter().map(|of| of.id.as_str()));
        entries("Review", &mut record.reviews_by_day().into_iter().map(|of| of.id.as_str()));
        Self(names)
    }

    fn named(&self, text: &str) -> String {
        self.0.get(text).cloned().unwrap_or_else(|| text.to_owned())
    }

    /// A field's name as words.
    fn words(&self, field: &str) -> String {
        self.0.get(field).cloned().unwrap_or_else(|| field.replace('_', " "))
    }

    /// An object as tables: its plain fields in one, lists of figures across another, each list of objects in one of its
    /// own. Where figures are keyed by id, `reasons` has why some are missing under the same keys.
    fn walked(&self, title: &str, object: &Map<String, Value>, reasons: Option<&Value>) -> Vec<Block> {
        let (mut rows, mut series, mut further) = (Vec::new(), Vec::new(), Vec::new());
        for (field, value) in object {
            if field.ends_with("_reason") {
                continue;
            }
            let reason = object.get(&format!("{field}_reason"));
            match value {
                Value::Object(inner) if !inner.is_empty() => {
                    let title = format!("{title}: {}", self.words(field));
                    further.extend(self.walked(&title, inner, reason));
                }
                Value::Array(list) if list.iter().any(Value::is_object) => {
                    further.extend(self.listed(&format!("{title}: {}", self.words(field)), list, None));
                }
                Value::Array(list) if list.iter().any(Value::is_number) => {
                    series.push(std::iter::once(self.words(field).into()).chain(list.clone()).collect());
                }
                value => {
                    let reason = reason.or_else(|| reasons?.get(field)).cloned().unwrap_or(Value::Null);
                    rows.push(vec![self.words(field).into(), self.plain(value), reason]);
                }
            }
        }
        let head = ["what", "figure", "why there is none"].map(str::to_owned).to_vec();
        let own = (!rows.is_empty()).then(|| Block { title: title.to_owned(), head, rows });
        own.into_iter().chain(across(title, series)).chain(further).collect()
    }

    /// A list of objects as a table, and what is nested in them as further tables that say what it belongs to.
    fn listed(&self, title: &str, list: &[Value], owner: Option<&str>) -> Vec<Block> {
        let objects: Vec<&Map<String, Value>> = list.iter().filter_map(Value::as_object).collect();
        let mut fields: Vec<&str> = Vec::new();
        let mut nested: Vec<&str> = Vec::new();
        for (field, value) in objects.iter().flat_map(|object| object.iter()) {
            let is_nested = match value {
                Value::Array(list) if list.is_empty() => continue,
                Value::Object(_) => true,
                Value::Array(list) => !list.iter().all(Value::is_string),
                _ => false,
            };
            let known = if is_nested { &mut nested } else { &mut fields };
            if !known.contains(&field.as_str()) {
                known.push(field);
            }
        }
        // The name says what the id does, where there is one.
        let named = fields.contains(&"name");
        fields.retain(|field| !(nested.contains(field) || named && *field == "id"));
        let of = owner.map(|_| "of".to_owned());
        let head = of.into_iter().chain(fields.iter().map(|field| self.words(field))).collect();
        let rows = objects.iter().map(|object| {
            let own = owner.map(Value::from);
            let cells = fields.iter().map(|field| object.get(*field).map_or(Value::Null, |v| self.plain(v)));
            own.into_iter().chain(cells).collect()
        });
        let mut blocks = vec![Block { title: title.to_owned(), head, rows: rows.collect() }];
        for field in nested.into_iter().filter(|field| !field.ends_with("_reason")) {
            for (number, object) in (1..).zip(&objects) {
                let name = ["name", "id", "group", "option", "factor"]
                    .iter()
                    .find_map(|key| object.get(*key)?.as_str());
                let owner = name.map_or_else(|| number.to_string(), |name| self.named(name));
                let title = format!("{title}: {} of {owner}", self.words(field));
                match object.get(field) {
                    Some(Value::Object(inner)) => {
                        let reasons = object.get(&format!("{field}_reason"));
                        blocks.extend(self.walked(&title, inner, reasons));
                    }
                    Some(Value::Array(list)) if list.iter().any(Value::is_object) => {
                        blocks.extend(self.listed(&title, list, None));
                    }
                    Some(Value::Array(pairs)) => blocks.push(self.pairs(&title, pairs)),
                    _ => {}
                }
            }
        }
        blocks
    }

    /// A list of lists, such as the points of a curve.
    fn pairs(&self, title: &str, pairs: &[Value]) -> Block {
        let rows = pairs.iter().map(|pair| match pair {
            Value::Array(cells) => cells.iter().map(|value| self.plain(value)).collect(),
            other => vec![self.plain(other)],
        });
        Block { title: title.to_owned(), head: Vec::new(), rows: rows.collect() }
    }

    /// A value with a name for an id; a list in one cell.
    fn plain(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.named(text).into(),
            Value::Array(list) => {
                let words = list.iter().map(|item| match self.plain(item) {
                    Value::String(text) => text,
                    other => other.to_string(),
                });
                words.collect::<Vec<_>>().join(", ").into()
            }
            Value::Object(_) => Value::Null,
            other => other.clone(),
        }
    }
}

/// Lists of figures as a table, each across its row, the columns numbered; nothing for none.
fn across(title: &str, series: Vec<Vec<Value>>) -> Option<Block> {
    let longest = series.iter().map(Vec::len).max()?;
    let head = std::iter::once("what".to_owned()).chain((1..longest).map(|number| number.to_string()));
    Some(Block { title: format!("{title}: one after another"), head: head.collect(), rows: series })
}
