//! Two states of the balance side by side: what changed between them, and what each change did to the lead.
//!
//! What changed comes from the one structural diff and is gathered into a few named changes. The effect of each on the
//! lead of the later leader is its Shapley value: the mean over all orders of making the changes, so that the effects add
//! up to the whole.

mod between;
mod found;
mod shapley;
mod side_by_side;
mod words;

pub use shapley::{EXACT_UP_TO, Orders, SAMPLED_ORDERS, Share};
pub use side_by_side::{Moment, SideBySide, side_by_side};
pub use words::{Headline, headline, lower_list, signed};

use between::Between;

use super::{
    WeightBasis,
    matrix::{PerformanceMatrix, TIE, Weighed},
    weights,
};
use crate::model::{
    Workspace,
    balance::{ScoreLevel, Side},
    ids::{FactorId, OptionId},
    snapshot::BalanceState,
};

/// One of the two states, with what follows from it.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The state as a workspace that holds nothing else.
    pub workspace: Workspace,
    pub matrix: PerformanceMatrix,
    pub weighed: Weighed,
    pub basis: WeightBasis,
    /// How many ballots count; 0 where the weights do not come from ballots.
    pub ballots: usize,
}

/// Two states compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub before: Standing,
    pub after: Standing,
    /// Every option of either state: those after in their order, then those that are gone.
    pub options: Vec<OptionId>,
    /// What changed, with what it did where that can be said.
    pub changes: Vec<Change>,
    pub whole: Result<Whole, NoWhole>,
}

/// One change between the states.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub kind: ChangeKind,
    /// What it is called, such as "Weight between the two sides".
    pub name: String,
    /// What it was and what it is, in a line.
    pub line: String,
    /// The score that changed most, of changes of scores.
    pub cell: Option<(FactorId, OptionId)>,
    /// What it did to the lead, in points; `None` where [`Comparison::whole`] says why not.
    pub share: Option<Share>,
}

/// What sort of change it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// The commercial share of all weight, and factors that hang on the other side now.
    BetweenSides,
    /// How the weight of each side is spread over its factors.
    InsideSides,
    /// What the scores of a factor are worth, with those scores where neither can be read without the other.
    Scale(FactorId),
    ScoresOf(OptionId),
    ScoresOn(FactorId),
    OptionAdded(OptionId),
    OptionRemoved(OptionId),
    FactorAdded(FactorId),
    FactorRemoved(FactorId),
    /// Musts on factors, and the entitlements that strike options.
    Musts,
}

/// What all changes did together.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// Who leads after; the effects are on its lead over the best of the others, negative while another leads.
    pub leader: OptionId,
    pub lead_before: f64,
    pub lead_after: f64,
    pub orders: Orders,
}

/// Why there is nothing to share out among the changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoWhole {
    /// Nothing changed that bears on a figure.
    Same,
    /// Nobody leads in the state before, or after: no options, no weights, or all struck.
    NoLeaderBefore,
    NoLeaderAfter,
    /// The later leader was not an option before.
    NotYetAnOption(OptionId),
    /// The later leader was struck by a must or an entitlement before.
    StruckBefore(OptionId),
}

impl Standing {
    /// What follows from a state.
    #[must_use]
    pub fn of(state: &BalanceState) -> Self {
        let workspace = state.workspace();
        let in_force = weights::in_force(&workspace);
        let matrix = PerformanceMatrix::of(&workspace);
        let weighed = matrix.weigh(&in_force.swings);
        let ballots = match in_force.basis {
            WeightBasis::Ballots => crate::analysis::voices::ballots_in_force(&workspace).len(),
            WeightBasis::Swings | WeightBasis::Even => 0,
        };
        Self { workspace, matrix, weighed, basis: in_force.basis, ballots }
    }

    /// Who leads, by index.
    #[must_use]
    pub fn leader(&self) -> Option<usize> {
        self.weighed.ranking.first().copied()
    }

    /// The place of an option, and of a factor, in this state.
    #[must_use]
    pub fn option(&self, id: &OptionId) -> Option<usize> {
        self.workspace.question.options.iter().position(|o| o.id == *id)
    }

    #[must_use]
    pub fn factor(&self, id: &FactorId) -> Option<usize> {
        self.workspace.balance.factors.iter().position(|f| f.id == *id)
    }

    /// The total of an option, scores that are not known counting half; `None` when it is not there or nothing weighs.
    #[must_use]
    pub fn total(&self, id: &OptionId) -> Option<f64> {
        self.weighed.commercial_share?;
        self.option(id).map(|o| self.weighed.totals[o])
    }

    /// Whether an option is there and struck by a must or an entitlement.
    #[must_use]
    pub fn is_struck(&self, id: &OptionId) -> bool {
        self.option(id).is_some_and(|o| !self.matrix.struck_by[o].is_empty())
    }

    /// By how many points an option leads the best of the others in the ranking, negative while another leads; its whole
    /// total without any. `None` when it is not in the ranking.
    #[must_use]
    pub fn lead(&self, id: &OptionId) -> Option<f64> {
        let option = self.option(id)?;
        let Weighed { ranking, totals, .. } = &self.weighed;
        let rival = ranking.iter().find(|&&o| o != option).map_or(0.0, |&o| totals[o]);
        ranking.contains(&option).then(|| totals[option] - rival)
    }

    fn level(&self, factor: &FactorId, option: &OptionId) -> ScoreLevel {
        self.workspace.score(factor, option).map_or(ScoreLevel::Unknown, |score| score.level.clone())
    }

    fn side(&self, factor: usize) -> Side {
        self.matrix.sides[factor]
    }

    /// Whether an entitlement strikes an option.
    fn is_denied(&self, option: &OptionId) -> bool {
        let entitlements = &self.workspace.question.entitlements;
        entitlements.iter().any(|e| e.met_by.get(option) == Some(&false))
    }
}

impl Comparison {
    /// The name and badge of an option, as it is called after, or was before if it is gone.
    #[must_use]
    pub fn option(&self, id: &OptionId) -> Option<&crate::model::question::ServiceOption> {
        self.after.workspace.option(id).or_else(|| self.before.workspace.option(id))
    }

    /// Whether two options stand level at the top of a state.
    #[must_use]
    pub fn is_level(lead: f64) -> bool {
        lead.abs() <= TIE
    }
}

/// Compares two states.
///
/// The effects are exact up to [`EXACT_UP_TO`] changes and sampled with their standard error above; in both cases they add
/// up to the difference of the lead.
#[must_use]
pub fn compare(before: &BalanceState, after: &BalanceState) -> Comparison {
    let (before, after) = (Standing::of(before), Standing::of(after));
    let found = found::changes(&before, &after);
    let leader = leader_to_follow(&before, &after, found.kinds.is_empty());
    let between = leader.as_ref().ok().and_then(|id| Between::new(&before, &after, &found, id));
    let shared = between.map(|between| shapley::shares(found.kinds.len(), |made| between.lead(made)));
    let shares = shared.as_ref().map(|(shares, _)| shares);
    let changes = (found.kinds.iter().enumerate())
        .map(|(at, kind)| {
            let (name, line) = words::change(&before, &after, &found, kind);
            let cell = words::most_moved(&before, &after, &found, kind);
            let share = shares.and_then(|s| s.get(at).copied());
            Change { kind: kind.clone(), name, line, cell, share }
        })
        .collect();
    let whole = leader.and_then(|leader| {
        let leads = (before.lead(&leader), after.lead(&leader), &shared);
        let (Some(lead_before), Some(lead_after), Some((_, orders))) = leads else {
            return Err(NoWhole::NotYetAnOption(leader));
        };
        Ok(Whole { leader, lead_before, lead_after, orders: *orders })
    });
    let options = between::all_options([&before, &after]);
    Comparison { before, after, options, changes, whole }
}

/// The later leader, if its lead can be followed from the one state to the other.
fn leader_to_follow(before: &Standing, after: &Standing, is_same: bool) -> Result<OptionId, NoWhole> {
    if is_same {
        return Err(NoWhole::Same);
    }
    let leader = after.leader().ok_or(NoWhole::NoLeaderAfter)?;
    let leader = after.workspace.question.options[leader].id.clone();
    if before.leader().is_none() {
        Err(NoWhole::NoLeaderBefore)
    } else if before.option(&leader).is_none() {
        Err(NoWhole::NotYetAnOption(leader))
    } else if before.is_struck(&leader) {
        Err(NoWhole::StruckBefore(leader))
    } else {
        Ok(leader)
    }
}
