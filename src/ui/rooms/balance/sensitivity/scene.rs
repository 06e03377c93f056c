//! What the Sensitivity page draws from: the analysis with its weights, and the maps of pairs. Made once a revision.

use std::sync::Arc;

use crate::{
    analysis::{
        Analysis, Undefined,
        balance::{
            BalanceResult,
            matrix::Weighed,
            sensitivity::{self, FactorReading, Place, Region, Tornado, TwoFactors},
        },
        explain::Question,
    },
    model::{
        Workspace,
        balance::Factor,
        ids::{FactorId, OptionId},
        wording::decimals_of,
    },
    ui::{
        desk::Desk,
        rooms::balance::{
            scale_words::lowered,
            sentence::{name, spoken_badge},
        },
    },
};

/// How many pairs of factors are shown small.
pub const PAIRS: usize = 6;

/// The workspace as Sensitivity reads it.
#[derive(Debug)]
pub struct Scene {
    pub workspace: Arc<Workspace>,
    pub analysis: Arc<Analysis>,
    pub weighed: Weighed,
    /// How many decimals the scores of each factor are written with.
    pub decimals: Vec<usize>,
    /// Pairs of factors, (across, up), the one first whose weights need to rise least together to change the leader.
    pub pairs: Vec<[usize; 2]>,
    /// The maps that have been drawn.
    maps: Vec<(f64, Map)>,
}

/// A map with its regions, cut at some weight.
#[derive(Clone, Debug)]
pub struct Map {
    pub two: TwoFactors,
    pub regions: Vec<Region>,
}

impl Scene {
    /// Reads the workspace as it stands.
    #[must_use]
    pub fn of(desk: &Desk<'_>) -> Self {
        let (workspace, analysis) = (desk.workspace(), desk.analysis());
        let balance = &analysis.balance;
        let weighed = balance.performance.matrix.weigh(&balance.swings);
        let decimals = workspace.balance.factors.iter().map(|f| decimals_of(&workspace.balance, f)).collect();
        let pairs = pairs(balance, &weighed);
        Self { workspace, analysis, weighed, decimals, pairs, maps: Vec::new() }
    }

    /// Whether it is of the analysis as it stands.
    #[must_use]
    pub fn is_current(&self, desk: &Desk<'_>) -> bool {
        Arc::ptr_eq(&self.analysis, desk.session.analysis())
    }

    #[must_use]
    pub fn balance(&self) -> &BalanceResult {
        &self.analysis.balance
    }

    #[must_use]
    pub fn factor(&self, f: usize) -> &Factor {
        &self.workspace.balance.factors[f]
    }

    #[must_use]
    pub fn factor_index(&self, id: &FactorId) -> Option<usize> {
        self.workspace.balance.factors.iter().position(|f| f.id == *id)
    }

    #[must_use]
    pub fn option_index(&self, id: &OptionId) -> Option<usize> {
        self.workspace.question.options.iter().position(|o| o.id == *id)
    }

    #[must_use]
    pub fn option_id(&self, o: usize) -> &OptionId {
        &self.workspace.question.options[o].id
    }

    #[must_use]
    pub fn badge(&self, o: usize) -> &str {
        &self.workspace.question.options[o].badge
    }

    /// An option as it reads in a sentence: "C", "option 12".
    #[must_use]
    pub fn spoken(&self, o: usize) -> String {
        spoken_badge(&self.workspace, o)
    }

    #[must_use]
    pub fn option_name(&self, o: usize) -> &str {
        name(&self.workspace, o)
    }

    /// A factor as it reads in the middle of a sentence.
    #[must_use]
    pub fn lowered(&self, f: usize) -> String {
        lowered(&self.factor(f).name)
    }

    /// The same, short.
    #[must_use]
    pub fn lowered_short(&self, f: usize) -> String {
        lowered(self.factor(f).short_name())
    }

    /// Whether something can be said at all: two options in the ranking and a weight.
    #[must_use]
    pub fn has_rivals(&self) -> bool {
        self.weighed.ranking.len() > 1
    }

    /// The reading of a factor.
    #[must_use]
    pub fn alone(&self, f: usize) -> Option<&FactorReading> {
        self.balance().factors_alone().iter().find(|(factor, _)| *factor == f)
    }

    /// Whether a score of an option in the ranking is not known.
    #[must_use]
    pub fn has_unknown(&self) -> bool {
        let cells = self.balance().cells().iter();
        cells
            .flat_map(|row| self.weighed.ranking.iter().map(move |&o| row[o]))
            .any(|cell| cell.value.is_none())
    }

    /// What single scores do to the lead over a rival.
    #[must_use]
    pub fn tornado(&self, rival: usize) -> Option<Tornado> {
        let &leader = self.weighed.ranking.first()?;
        let matrix = &self.balance().performance.matrix;
        Some(sensitivity::tornado(matrix, &self.workspace.balance.factors, &self.weighed, leader, rival))
    }

    /// The map of a pair, each weight up to `most`.
    ///
    /// # Errors
    /// Why there is no map of these two.
    pub fn map(&mut self, pair: [usize; 2], most: f64) -> Result<Map, Undefined> {
        let is_it = |(cut, map): &&(f64, Map)| cut.total_cmp(&most).is_eq() && map.two.factors == pair;
        if let Some((_, map)) = self.maps.iter().find(is_it) {
            return Ok(map.clone());
        }
        let matrix = &self.balance().performance.matrix;
        let two = sensitivity::two_factors(matrix, &self.weighed, pair)?;
        let map = Map { regions: two.regions(most), two };
        self.maps.push((most, map.clone()));
        Ok(map)
    }

    /// Where each ballot that counts lies on a map, and the sector it came from.
    #[must_use]
    pub fn ballots(&self, pair: [usize; 2]) -> Vec<(Place, usize)> {
        let voices = &self.analysis.voices.said();
        let place = |&index: &usize| {
            let ballot = voices.ballots.get(index)?;
            let weight = |f: usize| ballot.weights.get(f).copied();
            let sector = &self.workspace.voices.ballots.get(index)?.sector;
            let sector = self.workspace.voices.sectors.iter().position(|s| s.id == *sector)?;
            ballot.commercial_share?;
            Some(([weight(pair[0])?, weight(pair[1])?], sector))
        };
        voices.in_force.iter().filter_map(place).collect()
    }

    /// The question that asks why the total of an option is what it is.
    #[must_use]
    pub fn why_cell(&self, o: usize, f: usize) -> Question {
        Question::Cell(self.option_id(o).clone(), self.factor(f).id.clone())
    }
}

/// Pairs of factors that carry weight, in the order that they are worth a look; the heavier of each goes across.
fn pairs(balance: &BalanceResult, weighed: &Weighed) -> Vec<[usize; 2]> {
    let matrix = &balance.performance.matrix;
    let carrying: Vec<usize> = (0..matrix.factors).filter(|&f| weighed.weights[f] > 0.0).collect();
    let mut found: Vec<(f64, [usize; 2])> = Vec::new();
    for (place, &a) in carrying.iter().enumerate() {
        for &b in &carrying[place + 1..] {
            let pair = if weighed.weights[b] > weighed.weights[a] { [b, a] } else { [a, b] };
            let Ok(two) = sensitivity::two_factors(matrix, weighed, pair) else { continue };
            let away = two.border(two.today, [1.0, 1.0]).map_or(f64::INFINITY, |border| border.change);
            found.push((away, pair));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, pair)| pair).collect()
}
