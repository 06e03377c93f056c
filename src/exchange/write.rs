//! From a workspace to tables, each as comma-separated text; reading what is written gives the same content again.

use std::collections::HashSet;

use super::{
    design,
    figure::written,
    kind::TableKind,
    paying, people, scores, settings,
    table::{guarded, key},
};
use crate::model::{
    Workspace,
    money::Pence,
    voices::{Ballot, KnownAs, Stakeholder, Statement},
};

/// A table as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenTable {
    pub kind: TableKind,
    /// Comma-separated text in UTF-8, lines ended by a line feed, the first naming the columns.
    pub text: String,
}

impl WrittenTable {
    /// The name of its file.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.csv", self.kind.name())
    }
}

/// Every table that has something to say.
///
/// # Errors
/// Every name that tables could not tell apart or hold, in a sentence each.
pub fn tables_of(workspace: &Workspace) -> Result<Vec<WrittenTable>, Vec<String>> {
    let mut sheets = sheets_of(workspace);
    sheets.retain(|sheet| !sheet.rows.is_empty() || sheet.kind == TableKind::Scores);
    let problems: Vec<String> = sheets.iter().flat_map(|sheet| sheet.problems.clone()).collect();
    if problems.is_empty() { Ok(sheets.iter().map(Sheet::written).collect()) } else { Err(problems) }
}

/// One of the tables as cells, heads first, as a spreadsheet takes them from the clipboard; also where names stand in the way of
/// reading it back.
#[must_use]
pub fn rows_of(workspace: &Workspace, kind: TableKind) -> Vec<Vec<String>> {
    let sheet = sheets_of(workspace).into_iter().find(|sheet| sheet.kind == kind);
    sheet.map_or_else(Vec::new, |sheet| std::iter::once(sheet.columns).chain(sheet.rows).collect())
}

fn sheets_of(workspace: &Workspace) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    scores::write(workspace, &mut sheets);
    people::write(workspace, &mut sheets);
    paying::write(workspace, &mut sheets);
    design::write(workspace, &mut sheets);
    settings::write(workspace, &mut sheets);
    sheets
}

/// What a workspace holds that tables have no place for, in a few words each.
#[must_use]
pub fn left_behind(workspace: &Workspace) -> Vec<&'static str> {
    let (question, decision) = (&workspace.question, &workspace.decision);
    let scores = &workspace.balance.scores;
    let placed = |o: &crate::model::question::ServiceOption| {
        !o.summary.is_empty() || o.decided.or(o.designed).or(o.delivered).is_some()
    };
    let (factors, balance) = (&workspace.balance.factors, &workspace.balance);
    let (voices, reach) = (&workspace.voices, &workspace.reach);
    let sectors = &voices.sectors;
    let ranked = |b: &Ballot| !b.ranking.is_empty() || !b.gut_feel.is_empty();
    let linked = |s: &Statement| s.method.is_some() || !s.links.is_empty();
    let uncounted = voices.ballots.iter().any(|b| !voices.counts(b));
    let known = |s: &Stakeholder| s.known_as != KnownAs::default();
    let short = factors.iter().any(|f| !f.short.is_empty()) || sectors.iter().any(|s| !s.short.is_empty());
    [
        ("summaries and levels of options", question.options.iter().any(placed)),
        ("entitlements", !question.entitlements.is_empty()),
        ("trade-offs", !question.trade_offs.is_empty()),
        ("sources of need groups", question.need_groups.iter().any(|g| !g.source.is_empty())),
        ("sources and notes of scores", scores.iter().any(|s| !s.source.is_empty() || !s.note.is_empty())),
        ("provisional marks and dissent", scores.iter().any(|s| s.provisional || !s.dissent.is_empty())),
        ("short names", short),
        (
            "what people are known by, and what personal data is for",
            voices.personal_data != Default::default() || voices.stakeholders.iter().any(known),
        ),
        ("options that people would gain from", voices.stakeholders.iter().any(|s| !s.gains_from.is_empty())),
        ("how statements were made and what they bear on", voices.statements.iter().any(linked)),
        ("statements that are kept out of papers", voices.statements.iter().any(|s| s.kept_out)),
        ("rounds of ballots", !voices.rounds.is_empty()),
        ("ballots that do not count: of an open round or late", uncounted),
        ("days on which ballots came in", voices.ballots.iter().any(|b| b.received.is_some())),
        ("rankings of options", voices.ballots.iter().any(ranked)),
        ("the order of the swings", balance.swing_ranking.is_some()),
        ("answers about exchanges between factors", !balance.exchange_answers.is_empty()),
        ("cohorts measured under payment terms", reach.terms.iter().any(|t| !t.measured.is_empty())),
        ("how risk changes", reach.changing_risk.is_some()),
        ("the counted caseload and tripwires", reach.caseload != Default::default()),
        ("items of evidence", !workspace.challenge.evidence.is_empty()),
        ("snapshots", !workspace.snapshots.is_empty()),
        ("the decision record", *decision != Default::default()),
    ]
    .into_iter()
    .filter_map(|(words, there)| there.then_some(words))
    .collect()
}

/// A table in the making.
pub(super) struct Sheet {
    pub kind: TableKind,
    columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    pub problems: Vec<String>,
    named: HashSet<String>,
}

impl Sheet {
    pub fn new(kind: TableKind) -> Self {
        Self {
            kind,
            columns: kind.columns().iter().map(|&column| column.to_owned()).collect(),
            rows: Vec::new(),
            problems: Vec::new(),
            named: HashSet::new(),
        }
    }

    /// Adds a column for each of these names, which must differ from one another and from the fixed ones.
    pub fn add_columns<'n>(&mut self, names: impl Iterator<Item = &'n str>, what: &str) {
        for name in names {
            if name.trim().is_empty() {
                self.problems.push(format!("{}: there is {what} without a name", self.kind.name()));
            } else if self.columns.iter().any(|column| key(column) == key(name)) {
                self.problems.push(format!(
                    "{}: the {what} “{name}” has the name of another column; rename it",
                    self.kind.name()
                ));
            }
            self.columns.push(guarded(name));
        }
    }

    /// Notes the name by which a row is known; it must be there, and only once.
    pub fn name_rows(&mut self, what: &str, name: &str) {
        if name.trim().is_empty() {
            self.problems.push(format!("{}: there is a {what} without a name; name it", self.kind.name()));
        } else if !self.named.insert(key(name)) {
            self.problems.push(format!(
                "{}: there is more than one {what} named “{name}”; tables know them by name, so rename one",
                self.kind.name()
            ));
        }
    }

    fn written(&self) -> WrittenTable {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        // invariant: writing rows of one length into memory cannot fail.
        let _ = writer.write_record(&self.columns);
        for row in &self.rows {
            let _ = writer.write_record(row);
        }
        let bytes = writer.into_inner().unwrap_or_default();
        WrittenTable { kind: self.kind, text: String::from_utf8(bytes).unwrap_or_default() }
    }
}

/// A figure, or nothing.
pub(super) fn shown(figure: Option<f64>) -> String {
    figure.map_or_else(String::new, written)
}

/// A sum in pounds without £ or commas, so that a spreadsheet takes it for a number.
pub(super) fn money(sum: Option<Pence>) -> String {
    sum.map_or_else(String::new, |sum| sum.to_string().replace(['£', ','], ""))
}

pub(super) fn yes_no(answer: Option<bool>) -> String {
    match answer {
        None => String::new(),
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
    }
}
