//! The tables there are, and the columns that each has.

use super::table::TableProblem;

/// A kind of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableKind {
    Scores,
    Ballots,
    Groups,
    Payments,
    Terms,
    Uptake,
    Design,
    Stakeholders,
    Statements,
    Settings,
}

impl TableKind {
    pub const ALL: [Self; 10] = [
        Self::Scores,
        Self::Ballots,
        Self::Groups,
        Self::Payments,
        Self::Terms,
        Self::Uptake,
        Self::Design,
        Self::Stakeholders,
        Self::Statements,
        Self::Settings,
    ];

    /// The name of the table, of its file without ending, and of its sheet in a workbook of several.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scores => "scores",
            Self::Ballots => "ballots",
            Self::Groups => "groups",
            Self::Payments => "payments",
            Self::Terms => "terms",
            Self::Uptake => "uptake",
            Self::Design => "design",
            Self::Stakeholders => "stakeholders",
            Self::Statements => "statements",
            Self::Settings => "settings",
        }
    }

    /// The columns whose names are fixed, in the order in which they are written.
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Scores => &["factor", "side", "group", "unit", "scale", "worst", "best", "swing", "must"],
            Self::Ballots => &["stakeholder", "sector", "marginal", "round"],
            Self::Groups => &[
                "group",
                "people_per_year",
                "cost_supported",
                "cost_parked",
                "outcome_without",
                "outcome_parked",
                "outcome_supported",
                "hours_supported",
                "seldom_heard",
            ],
            Self::Payments => {
                &["option", "group", "milestone", "price", "probability_parked", "probability_supported"]
            }
            Self::Terms => &[
                "option",
                "block_fee",
                "attachment_fee",
                "threshold_kind",
                "threshold",
                "baseline",
                "cap",
                "referral",
                "minimum_standard",
                "investor",
                "capacity_hours",
                "capacity_money",
            ],
            Self::Uptake => &["option", "group", "floor", "uptake"],
            Self::Design => &["option", "group", "factor", "term", "value"],
            Self::Stakeholders => &[
                "stakeholder",
                "sector",
                "role",
                "speaks_for",
                "heard",
                "through",
                "local_means",
                "layers_from_delivery",
                "influence",
                "interest",
                "marginal",
            ],
            Self::Statements => &["date", "stakeholder", "about", "stance", "text", "response", "status"],
            Self::Settings => &["setting", "value"],
        }
    }

    /// The columns without which the table says nothing.
    pub(super) fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Scores => &["factor", "side"],
            Self::Ballots => &["sector"],
            Self::Groups => &["group"],
            Self::Payments => &["option", "group", "milestone", "price"],
            Self::Terms => &["option"],
            Self::Uptake => &["option", "group"],
            Self::Design => &["term", "value"],
            Self::Stakeholders => &["stakeholder", "sector"],
            Self::Statements => &["text"],
            Self::Settings => &["setting", "value"],
        }
    }

    /// What a column of another name stands for; `None` where there may be none.
    fn further(self) -> Option<&'static str> {
        match self {
            Self::Scores => Some("option"),
            Self::Ballots => Some("factor"),
            _ => None,
        }
    }

    /// Every column that is unknown, double or missing in a first row.
    pub(super) fn problems_of_columns(
        self,
        file: &str,
        row: usize,
        columns: &[String],
        keys: &[String],
    ) -> Vec<TableProblem> {
        let problem = |column: &str, found: Option<&str>, expected: String| TableProblem {
            file: file.to_owned(),
            row: Some(row),
            column: Some(column.to_owned()),
            found: found.map(str::to_owned),
            expected,
        };
        let mut problems = Vec::new();
        for (at, (name, name_key)) in columns.iter().zip(keys).enumerate() {
            if name.is_empty() {
                continue;
            }
            if self.further().is_none() && !self.columns().contains(&name_key.as_str()) {
                let known = self.columns().join(", ");
                problems.push(problem(
                    name,
                    Some(name),
                    format!("one of the columns of {}: {known}", self.name()),
                ));
            }
            if let Some(first) = keys[..at].iter().position(|earlier| earlier == name_key) {
                let (first, second) = (super::table::letter(first), super::table::letter(at));
                problems.push(problem(
                    name,
                    Some(name),
                    format!("each column once; columns {first} and {second} have the same name"),
                ));
            }
        }
        for needed in self.needed() {
            if !keys.iter().any(|k| k == needed) {
                let words = format!("missing; a table of {} needs it", self.name());
                problems.push(problem(needed, None, words));
            }
        }
        problems
    }
}
