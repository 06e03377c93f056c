//! A whole workspace as one Excel workbook: every table, so that it can be read back, and the results, with formulas
//! that an auditor can follow from the scores to the totals.
//!
//! Every formula bears the result that the program found, so that a viewer which works nothing out shows the same. What
//! people wrote goes in as text and never as a formula.

mod balance;
mod figures;
mod input;
mod look;
mod text;

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{
    TableKind,
    handout::{harmless::cell, names_that_leave},
    left_behind,
    report::compose::{Detail, Terms},
    results::Results,
    tables_of,
};
use crate::{
    analysis::{balance::WeightBasis, voices::ToldApart},
    model::{
        Room, Workspace,
        voices::{KnownAs, Stakeholder},
        wording::{count, list},
    },
};
use look::Look;

/// What goes in and what stays out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Who is named as the author in the properties of the file; nobody without it.
    pub author: Option<String>,
    /// Calls people who are known by their own name, or of whom nobody has said by what, "Person 1" and so on.
    pub hides_names: bool,
    /// The same for pseudonyms.
    pub hides_pseudonyms: bool,
    /// Leaves out dissent, word for word.
    pub hides_dissent: bool,
    /// Leaves out who sees to conditions and reviews.
    pub hides_owners: bool,
    /// Leaves out where figures come from.
    pub hides_sources: bool,
    /// The day that it bears as that on which it was made.
    pub day: Option<jiff::civil::Date>,
    /// Tables that stay out. Where the ballots do, so does every figure that is one or two people's own.
    pub left_out: BTreeSet<TableKind>,
}

impl Choices {
    /// What the choices about a paper mean for a workbook.
    #[must_use]
    pub fn of(terms: &Terms) -> Self {
        let tables = [(Detail::Ballots, TableKind::Ballots), (Detail::Statements, TableKind::Statements)];
        let left_out = tables.into_iter().filter(|(detail, _)| !terms.shows(*detail));
        Self {
            author: terms.author.clone(),
            hides_names: !terms.shows(Detail::Names),
            hides_pseudonyms: !terms.shows(Detail::Pseudonyms),
            hides_dissent: !terms.shows(Detail::Dissent),
            hides_owners: !terms.shows(Detail::Owners),
            hides_sources: !terms.shows(Detail::Sources),
            day: terms.day,
            left_out: left_out.map(|(_, kind)| kind).collect(),
        }
    }

    fn hides(&self, known: KnownAs) -> bool {
        match known {
            KnownAs::Role => false,
            KnownAs::Pseudonym => self.hides_pseudonyms,
            KnownAs::Name | KnownAs::NotSaid => self.hides_names,
        }
    }

    fn tells_ballots(&self) -> bool {
        !self.left_out.contains(&TableKind::Ballots)
    }
}

/// The workbook as bytes, the same for the same workspace, and a sentence for everything that it could not hold whole.
///
/// # Errors
/// Every name that tables could not tell apart, in a sentence each; why the workbook could not be put together.
pub fn write(results: &Results<'_>, choices: &Choices) -> Result<(Vec<u8>, Vec<String>), Vec<String>> {
    let (shown, numbered) = with_people_hidden(results.workspace, choices);
    let mut tables = tables_of(&shown)?;
    tables.retain(|table| !choices.left_out.contains(&table.kind));
    let results = Results { workspace: &shown, ..*results };
    put_together(&results, &tables, (choices, numbered))
        .map_err(|error| vec![format!("The workbook could not be put together: {error}.")])
}

fn put_together(
    results: &Results<'_>,
    tables: &[super::write::WrittenTable],
    (choices, numbered): (&Choices, usize),
) -> Result<(Vec<u8>, Vec<String>), XlsxError> {
    let look = Look::new();
    let mut workbook = Workbook::new();
    // Never the clock: the same workspace is the same bytes.
    let day = choices.day.unwrap_or(NO_DAY);
    let year = u16::try_from(day.year()).unwrap_or_default();
    let made = ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs())?;
    let mut about =
        DocProperties::new().set_title(cell(&results.workspace.title)).set_creation_datetime(&made);
    if let Some(author) = &choices.author {
        about = about.set_author(cell(author));
    }
    workbook.set_properties(&about);
    let mut notes: Vec<String> =
        ballots_of_few(results.workspace, results.analysis.balance.weight_basis, choices)
            .into_iter()
            .collect();
    let grids: Vec<input::Grid> = tables.iter().map(|table| input::Grid::of(table, &mut notes)).collect();
    let scores = grids.iter().find(|grid| grid.kind == TableKind::Scores);
    let first = workbook.add_worksheet();
    first.set_name("about")?;
    balance::sheet(results, scores, &look, workbook.add_worksheet())?;
    let all = figures::blocks(results, choices);
    for (name, blocks) in &all {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name)?;
        figures::sheet(name, blocks, (&look, &mut notes), sheet)?;
    }
    for grid in &grids {
        let sheet = workbook.add_worksheet();
        sheet.set_name(grid.kind.name())?;
        grid.write(&look, sheet)?;
    }
    let lines = lines_about(results, tables, (choices, numbered), &notes);
    about_sheet(&results.workspace.title, &lines, (&look, &mut notes), workbook.worksheet_from_index(0)?)?;
    Ok((workbook.save_to_buffer()?, notes))
}

/// That the weights are those of one or two people, where ballots are not to be told and yet give the weights.
#[must_use]
pub fn ballots_of_few(workspace: &Workspace, basis: WeightBasis, choices: &Choices) -> Option<String> {
    let from_ballots = basis == WeightBasis::Ballots;
    let own = from_ballots && !choices.tells_ballots() && ToldApart::of(workspace).gives_away();
    own.then(|| {
        "The weights are those of one or two ballots, so the sheet balance shows what one or two people gave."
            .to_owned()
    })
}

/// What is in it, and what is not.
fn lines_about(
    results: &Results<'_>,
    tables: &[super::write::WrittenTable],
    (choices, numbered): (&Choices, usize),
    notes: &[String],
) -> Vec<String> {
    let workspace = results.workspace;
    let names: Vec<&str> = tables.iter().map(|table| table.kind.name()).collect();
    let mut lines = vec![
        workspace.question.text.clone(),
        workspace.illustrative.clone(),
        "The sheet “balance” goes from scores and swing points to totals by formulas; “balance figures”, “voices”, \
         “reach” and “decision” hold what the program worked out, as figures."
            .to_owned(),
        format!("These sheets are read back as a workspace: {}.", list(&names)),
    ];
    let left = left_behind(workspace);
    if !left.is_empty() {
        lines.push(format!("Tables have no place for: {}.", left.join(", ")));
    }
    let out: Vec<&str> = choices.left_out.iter().map(|kind| kind.name()).collect();
    if !out.is_empty() {
        lines.push(format!("Left out by choice: {}.", list(&out)));
    }
    if numbered > 0 {
        lines.push(format!("{} numbered here and not named.", count(numbered, "person is", "people are")));
    }
    lines.extend(notes.iter().cloned());
    lines.push(format!("Evenhand {}, edit {}.", env!("CARGO_PKG_VERSION"), results.revision));
    lines
}

fn about_sheet(
    title: &str,
    lines: &[String],
    (look, notes): (&Look, &mut Vec<String>),
    sheet: &mut rust_xlsxwriter::Worksheet,
) -> Result<(), XlsxError> {
    sheet.set_column_width(0, ABOUT_WIDTH as f64)?;
    sheet.write_string_with_format(0, 0, text::noted(title, "about", notes), &look.title)?;
    for (row, line) in (1_u32..).zip(lines.iter().filter(|line| !line.trim().is_empty())) {
        let lines = line.chars().count() / ABOUT_WIDTH + 1;
        sheet.set_row_height(row, (15.0 * lines as f64).min(TALLEST))?;
        sheet.write_string_with_format(row, 0, text::noted(line, "about", notes), &look.wrapped)?;
    }
    Ok(())
}

/// The workspace as it may be shown, people numbered whose names stay here, and how many those are.
fn with_people_hidden(workspace: &Workspace, choices: &Choices) -> (Workspace, usize) {
    let mut shown = workspace.clone();
    let named = |person: &&Stakeholder| !choices.hides(person.known_as);
    let plain = |name: &str| name.trim().to_lowercase();
    let people = workspace.voices.stakeholders.iter();
    let taken: BTreeSet<String> = people.filter(named).map(|person| plain(&person.name)).collect();
    let mut free = (1..).map(|number: usize| format!("Person {number}"));
    let mut numbered = 0;
    let people = shown.voices.stakeholders.iter_mut();
    for person in people.filter(|person| choices.hides(person.known_as)) {
        if let Some(name) = free.find(|name| !taken.contains(&plain(name))) {
            (person.name, numbered) = (name, numbered + 1);
        }
    }
    if choices.hides_sources {
        without_sources(&mut shown);
    }
    (shown, numbered)
}

/// Takes away where figures come from.
fn without_sources(shown: &mut Workspace) {
    shown.question.need_groups.iter_mut().for_each(|group| group.source.clear());
    shown.balance.scores.iter_mut().for_each(|score| score.source.clear());
    shown.challenge.evidence.iter_mut().for_each(|item| item.source.clear());
    shown.reach.terms.iter_mut().for_each(|terms| terms.source.clear());
    if let Some(risk) = &mut shown.reach.changing_risk {
        risk.source.clear();
    }
    if let Some(counted) = &mut shown.reach.caseload.counted {
        counted.source.clear();
    }
}

/// Whose names leave in the workbook of a workspace, in a sentence; empty for nobody's.
#[must_use]
pub fn names_in_it(workspace: &Workspace, choices: &Choices) -> String {
    let people = workspace.voices.stakeholders.iter();
    let named: Vec<&Stakeholder> = people.filter(|person| !choices.hides(person.known_as)).collect();
    let owners = if choices.hides_owners { BTreeSet::new() } else { workspace.decision.owners() };
    names_that_leave(&named, owners.len())
}

/// The tallest that a row of Excel may be, in points.
const TALLEST: f64 = 409.0;

/// The day that a workbook bears which was given none.
const NO_DAY: jiff::civil::Date = jiff::civil::Date::constant(2000, 1, 1);

/// How wide the one column of the first sheet is, in characters.
const ABOUT_WIDTH: usize = 100;

/// The rooms whose results are told.
const ROOMS: [Room; 4] = [Room::Balance, Room::Voices, Room::Reach, Room::Decision];
