//! What Scores draws from: the workspace with its analysis, laid out by factor and option. Made once a revision.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use crate::{
    analysis::{
        Analysis,
        balance::{
            CellValue, Dropped, WeightBasis, irrelevant_option_test,
            value::{BEST_VALUE, ValueFunction, WORST_VALUE},
        },
    },
    model::{
        Workspace,
        balance::{Factor, Score, ScoreLevel, Side, WeightsFrom},
        ids::{FactorId, OptionId},
        question::ServiceOption,
        wording::{count, decimals_of, decimals_used, number},
    },
    ui::{desk::Desk, rooms::balance::scale_words},
};

/// A workspace as a table of factors and options.
#[derive(Clone, Debug)]
pub struct Scene {
    pub workspace: Arc<Workspace>,
    pub analysis: Arc<Analysis>,
    pub functions: Vec<ValueFunction>,
    /// How many decimals the scores of each factor are written with.
    pub decimals: Vec<usize>,
    /// Where the score of a cell stands in the workspace: `cells[f * options + o]`.
    cells: Vec<Option<usize>>,
    pub groups: Vec<Group>,
    irrelevant: OnceLock<Vec<Dropped>>,
}

/// Factors of a side under one name.
#[derive(Clone, Debug)]
pub struct Group {
    pub side: Side,
    pub name: String,
    /// By index, in their order.
    pub factors: Vec<usize>,
}

/// What an option comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// `None` while a weighted score is not known.
    pub value: Option<f64>,
    pub low: f64,
    pub high: f64,
}

impl Standing {
    /// The whole figure, or the range of what it can be.
    #[must_use]
    pub fn words(self) -> String {
        let range = || format!("{}–{}", number(self.low, 0), number(self.high, 0));
        self.value.map_or_else(range, |value| number(value, 0))
    }
}

/// What of the table is folded away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    pub sides: [bool; 2],
    pub groups: Vec<(Side, String)>,
}

impl Folded {
    /// Whether the factors of a group are folded away.
    #[must_use]
    pub fn has(&self, group: &Group) -> bool {
        self.groups.iter().any(|(side, name)| *side == group.side && *name == group.name)
    }

    /// Folds a group, or shows it again.
    pub fn turn(&mut self, group: &Group) {
        if self.has(group) {
            self.groups.retain(|(side, name)| *side != group.side || *name != group.name);
        } else {
            self.groups.push((group.side, group.name.clone()));
        }
    }

    /// Shows a factor.
    pub fn show(&mut self, factor: &Factor) {
        self.sides[factor.side as usize] = false;
        self.groups.retain(|(side, name)| *side != factor.side || *name != factor.group);
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The head of a side, with its totals.
    Side(Side),
    /// The head of a group, by index, with its totals.
    Group(usize),
    /// A factor, by index.
    Factor(usize),
}

impl Scene {
    /// Lays out the workspace as it stands.
    #[must_use]
    pub fn of(desk: &Desk<'_>) -> Self {
        let (workspace, analysis) = (desk.workspace(), desk.analysis());
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
            functions: analysis.balance.performance.matrix.functions.clone(),
            analysis,
            decimals,
            cells,
            groups: groups_of(&workspace.balance.factors),
            irrelevant: OnceLock::new(),
            workspace,
        }
    }

    /// What leaving out each other option would do to the leader.
    pub fn irrelevant(&self) -> &[Dropped] {
        self.irrelevant.get_or_init(|| irrelevant_option_test(&self.workspace))
    }

    /// What an option comes to.
    #[must_use]
    pub fn standing(&self, o: usize) -> Option<Standing> {
        let option = self.analysis.balance.options.get(o)?;
        Some(Standing { value: option.value, low: option.value_low, high: option.value_high })
    }

    /// The weighted mean of an option over some factors, from the least to the most that it can be where a weighted score
    /// is not known; `None` without weight on them.
    #[must_use]
    pub fn mean_over(&self, o: usize, factors: impl Iterator<Item = usize>) -> Option<Standing> {
        let (mut low, mut high, mut weights, mut known) = (0.0, 0.0, 0.0, true);
        for f in factors {
            let weight = self.analysis.balance.weights.get(f).copied().unwrap_or(0.0);
            if weight > 0.0 {
                let value = self.value(f, o).value;
                low += weight * value.unwrap_or(WORST_VALUE);
                high += weight * value.unwrap_or(BEST_VALUE);
                known &= value.is_some();
                weights += weight;
            }
        }
        (weights > 0.0).then(|| Standing {
            value: known.then_some(low / weights),
            low: low / weights,
            high: high / weights,
        })
    }

    /// The mean of an option over a side.
    #[must_use]
    pub fn mean_of_side(&self, o: usize, side: Side) -> Option<Standing> {
        self.mean_over(o, (0..self.factors().len()).filter(|&f| self.factors()[f].side == side))
    }

    /// How many scores of an option are marked provisional.
    #[must_use]
    pub fn provisional_scores(&self, o: usize) -> usize {
        (0..self.factors().len()).filter(|&f| self.score(f, o).is_some_and(|s| s.provisional)).count()
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
            _ if self.swing_is_missing(f) => "–".to_owned(),
            WeightBasis::Swings | WeightBasis::Ballots => {
                self.analysis.balance.swings.get(f).map_or_else(String::new, |&points| points_words(points))
            }
        }
    }

    /// Whether others have swing points and this factor has none, so that it counts as 0.
    #[must_use]
    pub fn swing_is_missing(&self, f: usize) -> bool {
        let stated = self.workspace.balance.weights_from == WeightsFrom::Swings;
        stated
            && self.analysis.balance.weight_basis == WeightBasis::Swings
            && self.factors()[f].swing.is_none()
    }

    /// The swing points of a group, added up.
    #[must_use]
    pub fn swing_sum_of(&self, group: &Group) -> String {
        if self.analysis.balance.weight_basis == WeightBasis::Even {
            return "–".to_owned();
        }
        points_words(group.factors.iter().filter_map(|&f| self.analysis.balance.swings.get(f)).sum())
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

    /// The rows in view: each side that has factors, first those without a group, then group by group, less what is
    /// folded.
    #[must_use]
    pub fn rows(&self, folded: &Folded) -> Vec<Row> {
        let mut rows = Vec::with_capacity(self.factors().len() + self.groups.len() + 2);
        for side in Side::ALL {
            let of_side = || (0..self.factors().len()).filter(move |&f| self.factors()[f].side == side);
            if of_side().next().is_none() {
                continue;
            }
            rows.push(Row::Side(side));
            if folded.sides[side as usize] {
                continue;
            }
            rows.extend(of_side().filter(|&f| self.factors()[f].group.is_empty()).map(Row::Factor));
            for (at, group) in self.groups.iter().enumerate().filter(|(_, group)| group.side == side) {
                rows.push(Row::Group(at));
                if !folded.has(group) {
                    rows.extend(group.factors.iter().map(|&f| Row::Factor(f)));
                }
            }
        }
        rows
    }

    /// The factors in view, in the order of the rows.
    #[must_use]
    pub fn factors_in_view(&self, folded: &Folded) -> Vec<usize> {
        let factor = |row| match row {
            Row::Factor(f) => Some(f),
            Row::Side(_) | Row::Group(_) => None,
        };
        self.rows(folded).into_iter().filter_map(factor).collect()
    }

    /// Which score it is: "price certainty of A".
    #[must_use]
    pub fn score_name(&self, f: usize, o: usize) -> String {
        format!("{} of {}", scale_words::lowered(self.factors()[f].short_name()), self.options()[o].badge)
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
        self.marks(f, o, &mut name);
        name
    }

    /// What the small marks of a cell say.
    fn marks(&self, f: usize, o: usize, name: &mut String) {
        let score = self.score(f, o);
        if score.is_some_and(|score| score.provisional) {
            name.push_str(", provisional");
        }
        if let Some(said) = score.map(|score| score.dissent.len()).filter(|said| *said > 0) {
            name.push_str(", ");
            name.push_str(&count(said, "dissent", "dissents"));
        }
        if self.is_past_the_ends(f, o) {
            name.push_str(", past the end of the scale");
        }
    }

    /// Whether a score is past the ends of its scale.
    #[must_use]
    pub fn is_past_the_ends(&self, f: usize, o: usize) -> bool {
        let ends = self.functions[f].ends();
        let likely = scale_words::likely(self.level(f, o));
        ends.zip(likely).is_some_and(|((low, high), x)| x < low || x > high)
    }
}

/// The named groups of each side, in the order in which factors first name them.
fn groups_of(factors: &[Factor]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (f, factor) in factors.iter().enumerate().filter(|(_, factor)| !factor.group.is_empty()) {
        let known = groups.iter_mut().find(|g| g.side == factor.side && g.name == factor.group);
        match known {
            Some(group) => group.factors.push(f),
            None => groups.push(Group { side: factor.side, name: factor.group.clone(), factors: vec![f] }),
        }
    }
    groups
}

/// Swing points: whole where they are, else with one decimal.
#[must_use]
pub fn points_words(points: f64) -> String {
    number(points, decimals_used(points).min(1))
}
