//! What Scores draws from: the workspace with its analysis, laid out by factor and option. Made once a revision.

use std::{collections::HashMap, sync::Arc};

use crate::{
    analysis::{
        Analysis,
        balance::{CellValue, WeightBasis, matrix::PerformanceMatrix, value::ValueFunction},
    },
    model::{
        Workspace,
        balance::{Factor, Score, ScoreLevel, Side},
        ids::{FactorId, OptionId},
        question::ServiceOption,
        wording::{decimals_of, decimals_used, number},
    },
    ui::{desk::Desk, rooms::balance::scale_words},
};

/// A workspace as a table of factors and options.
#[derive(Debug)]
pub struct Scene {
    pub workspace: Arc<Workspace>,
    pub analysis: Arc<Analysis>,
    pub functions: Vec<ValueFunction>,
    /// How many decimals the scores of each factor are written with.
    pub decimals: Vec<usize>,
    /// Where the score of a cell stands in the workspace: `cells[f * options + o]`.
    cells: Vec<Option<usize>>,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The head of a side, with its totals.
    Side(Side),
    /// A factor, by index.
    Factor(usize),
}

impl Scene {
    /// Lays out the workspace as it stands.
    #[must_use]
    pub fn of(desk: &Desk<'_>) -> Self {
        let workspace = desk.workspace();
        let columns = workspace.question.options.len();
        let option_at: HashMap<&OptionId, usize> =
            workspace.question.options.iter().enumerate().map(|(o, option)| (&option.id, o)).collect();
        let factor_at: HashMap<&FactorId, usize> =
            workspace.balance.factors.iter().enumerate().map(|(f, factor)| (&factor.id, f)).collect();
        let mut cells = vec![None; workspace.balance.factors.len() * columns];
        for (index, score) in workspace.balance.scores.iter().enumerate() {
            if let (Some(f), Some(o)) = (factor_at.get(&score.factor), option_at.get(&score.option)) {
                cells[f * columns + o] = Some(index);
            }
        }
        let decimals = workspace.balance.factors.iter().map(|f| decimals_of(&workspace.balance, f)).collect();
        Self {
            analysis: desk.analysis(),
            functions: PerformanceMatrix::of(&workspace).functions,
            decimals,
            cells,
            workspace,
        }
    }

    /// Whether it is of the workspace as it stands.
    #[must_use]
    pub fn is_current(&self, desk: &Desk<'_>) -> bool {
        Arc::ptr_eq(&self.workspace, desk.session.workspace())
    }

    #[must_use]
    pub fn factors(&self) -> &[Factor] {
        &self.workspace.balance.factors
    }

    #[must_use]
    pub fn options(&self) -> &[ServiceOption] {
        &self.workspace.question.options
    }

    #[must_use]
    pub fn factor_index(&self, id: &FactorId) -> Option<usize> {
        self.factors().iter().position(|f| f.id == *id)
    }

    #[must_use]
    pub fn option_index(&self, id: &OptionId) -> Option<usize> {
        self.options().iter().position(|o| o.id == *id)
    }

    /// The score in a cell, where there is one.
    #[must_use]
    pub fn score(&self, f: usize, o: usize) -> Option<&Score> {
        let index = (*self.cells.get(f * self.options().len() + o)?)?;
        self.workspace.balance.scores.get(index)
    }

    /// What is known of a cell.
    #[must_use]
    pub fn level(&self, f: usize, o: usize) -> &ScoreLevel {
        self.score(f, o).map_or(&ScoreLevel::Unknown, |score| &score.level)
    }

    /// What a cell is worth; everything from 0 to 100 when it is not known.
    #[must_use]
    pub fn value(&self, f: usize, o: usize) -> CellValue {
        let unknown = CellValue { value: None, low: 0.0, high: 100.0 };
        self.analysis.balance.cells().get(f).and_then(|row| row.get(o)).copied().unwrap_or(unknown)
    }

    /// The swing points of a factor as the table writes them; a dash while nobody has given any.
    #[must_use]
    pub fn swing_words(&self, f: usize) -> String {
        match self.analysis.balance.weight_basis {
            WeightBasis::Even => "–".to_owned(),
            WeightBasis::Swings | WeightBasis::Ballots => {
                self.analysis.balance.swings.get(f).map_or_else(String::new, |&points| points_words(points))
            }
        }
    }

    /// The swing points of a side, or of both, added up.
    #[must_use]
    pub fn swing_sum(&self, side: Option<Side>) -> String {
        if self.analysis.balance.weight_basis == WeightBasis::Even {
            return "–".to_owned();
        }
        let swings = self.factors().iter().zip(&self.analysis.balance.swings);
        points_words(swings.filter(|(f, _)| side.is_none_or(|s| f.side == s)).map(|(_, s)| s).sum())
    }

    /// The rows in view: each side that has factors, and its factors unless it is folded.
    #[must_use]
    pub fn rows(&self, folded: [bool; 2]) -> Vec<Row> {
        let mut rows = Vec::with_capacity(self.factors().len() + 2);
        for side in Side::ALL {
            let of_side = || (0..self.factors().len()).filter(move |&f| self.factors()[f].side == side);
            if of_side().next().is_none() {
                continue;
            }
            rows.push(Row::Side(side));
            if !folded[side as usize] {
                rows.extend(of_side().map(Row::Factor));
            }
        }
        rows
    }

    /// A cell in words, for those who cannot see it.
    #[must_use]
    pub fn cell_name(&self, f: usize, o: usize) -> String {
        let (factor, option) = (&self.factors()[f], &self.options()[o]);
        let level = self.level(f, o);
        let decimals = self.decimals[f];
        let mut name =
            format!("{}, {}: {}", factor.name, option.name, scale_words::said(Some(level), factor, decimals));
        let range = scale_words::said_range(Some(level), decimals);
        if !range.is_empty() {
            name.push_str(", ");
            name.push_str(&range);
        }
        if let Some(value) = self.value(f, o).value {
            name.push_str(", worth ");
            name.push_str(&number(value, 0));
        }
        if let Some(grade) = self.score(f, o).and_then(|score| score.grade) {
            name.push_str(&format!(", evidence grade {grade} of 5"));
        }
        name
    }
}

/// Swing points: whole where they are, else with one decimal.
#[must_use]
pub fn points_words(points: f64) -> String {
    number(points, decimals_used(points).min(1))
}
