//! The rows of the tables behind Voices, read cell by cell: what they say, before anybody asks whom and what they name.

use super::{
    entry::{Entry, Held},
    table::TableProblem,
};
use crate::model::{
    ids::{StakeholderId, StatementId},
    question::Level,
    voices::{Heard, Statement, StatementStatus},
};

/// What parts the need groups that somebody speaks for.
pub(super) const BETWEEN_GROUPS: char = ';';

/// Puts a problem on the list and goes on without the value.
fn held<T>(read: Held<T>, problems: &mut Vec<TableProblem>) -> Option<T> {
    read.map_err(|problem| problems.push(problem)).ok().flatten()
}

/// A text that must be there; empty, with a problem on the list, where it is not.
fn needed<'t>(entry: Entry<'t>, column: &str, expected: &str, problems: &mut Vec<TableProblem>) -> &'t str {
    entry.needed(column, expected).map_err(|problem| problems.push(problem)).unwrap_or_default()
}

/// A row of the table of stakeholders.
#[derive(Clone, Debug)]
pub(super) struct PersonRow<'t> {
    pub name: &'t str,
    pub sector: &'t str,
    pub role: &'t str,
    /// Names of need groups.
    pub speaks_for: Vec<&'t str>,
    pub heard: Option<Heard>,
    pub through: &'t str,
    pub local_means: Option<Level>,
    pub layers_from_delivery: Option<u32>,
    pub influence: Option<f64>,
    pub interest: Option<f64>,
    pub marginal: Option<bool>,
}

impl<'t> PersonRow<'t> {
    /// Reads a row; what cannot be read is put on the list and left empty.
    pub fn read(entry: Entry<'t>, problems: &mut Vec<TableProblem>) -> Self {
        let heard_words = Heard::ALL.map(|heard| (heard.words(), heard));
        let levels = Level::ALL.map(|level| (level.words(), level));
        let groups = entry.text("speaks_for").split(BETWEEN_GROUPS).map(str::trim);
        Self {
            name: needed(entry, "stakeholder", "a name, a role or a pseudonym", problems),
            sector: needed(entry, "sector", "the name of a sector", problems),
            role: entry.text("role"),
            speaks_for: groups.filter(|group| !group.is_empty()).collect(),
            heard: held(entry.choice("heard", &heard_words), problems),
            through: entry.text("through"),
            local_means: held(entry.choice("local_means", &levels), problems),
            layers_from_delivery: held(entry.whole("layers_from_delivery", 0, 1_000), problems)
                .and_then(|layers| u32::try_from(layers).ok()),
            influence: held(entry.number("influence", 0.0, 10.0), problems),
            interest: held(entry.number("interest", 0.0, 10.0), problems),
            marginal: held(entry.yes_or_no("marginal"), problems),
        }
    }
}

/// A row of the table of statements.
#[derive(Clone, Debug)]
pub(super) struct StatementRow<'t> {
    pub date: Option<jiff::civil::Date>,
    /// Who said it; empty when nobody is named.
    pub name: &'t str,
    pub about: &'t str,
    pub stance: Option<i8>,
    pub text: &'t str,
    pub response: &'t str,
    pub status: Option<StatementStatus>,
}

impl<'t> StatementRow<'t> {
    /// Reads a row; what cannot be read is put on the list and left empty.
    pub fn read(entry: Entry<'t>, problems: &mut Vec<TableProblem>) -> Self {
        let statuses = StatementStatus::ALL.map(|status| (status.words(), status));
        Self {
            date: held(entry.date("date"), problems),
            name: entry.text("stakeholder"),
            about: entry.text("about"),
            stance: held(entry.whole("stance", -2, 2), problems).and_then(|n| i8::try_from(n).ok()),
            text: needed(entry, "text", "what was said", problems),
            response: entry.text("response"),
            status: held(entry.choice("status", &statuses), problems),
        }
    }

    /// The statement that it tells of.
    pub fn statement(&self, id: StatementId, stakeholder: Option<StakeholderId>) -> Statement {
        Statement {
            date: self.date,
            stakeholder,
            about: self.about.to_owned(),
            stance: self.stance,
            response: self.response.to_owned(),
            status: self.status.unwrap_or_default(),
            ..Statement::said(id, self.text)
        }
    }
}
