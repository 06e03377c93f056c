//! States between two states: some of the changes made, the others not.

use super::{ChangeKind, Standing, found::Found};
use crate::{
    analysis::balance::{
        matrix::{Reading, fails},
        value::{UNKNOWN_VALUE, ValueFunction},
    },
    model::{
        balance::{Must, Scale, Side},
        ids::OptionId,
    },
};

/// Which of the two states a part is taken from.
#[derive(Clone, Copy, Debug)]
enum From {
    /// From the one before (0) or the one after (1) whatever is made: both are alike, or only one has it.
    Always(usize),
    /// From the one after as soon as this change is made.
    Change(usize),
}

impl From {
    fn of(change: Option<usize>) -> Self {
        change.map_or(Self::Always(1), Self::Change)
    }

    fn state(self, made: &[bool]) -> usize {
        match self {
            Self::Always(state) => state,
            Self::Change(change) => usize::from(made[change]),
        }
    }
}

/// Whether an option or a factor is there.
#[derive(Clone, Copy, Debug)]
enum Presence {
    Both,
    /// Until this change is made.
    Before(usize),
    /// Once this change is made.
    After(usize),
}

impl Presence {
    fn holds(self, made: &[bool]) -> bool {
        match self {
            Self::Both => true,
            Self::Before(change) => !made[change],
            Self::After(change) => made[change],
        }
    }

    /// Where its parts come from that follow `change` in what both states have.
    fn parts(self, change: Option<usize>) -> From {
        match self {
            Self::Both => From::of(change),
            Self::Before(_) => From::Always(0),
            Self::After(_) => From::Always(1),
        }
    }
}

/// Every state between two states, for the lead of one option that both rank.
///
/// A cell that neither state has (a removed factor and an added option) counts as not known. The option whose lead is
/// looked at is never struck in between, being struck in neither end; without a rival its lead is its whole total.
pub(super) struct Between {
    options: Vec<OptionPlace>,
    factors: Vec<FactorPlace>,
    /// The factors that bear a must in either state: most bear none, and every state in between asks.
    with_musts: Vec<usize>,
    /// The commercial share of each state.
    commercial: [f64; 2],
    sides_from: From,
    inside_from: From,
    leader: usize,
}

struct OptionPlace {
    presence: Presence,
    /// Whether an entitlement strikes it, in each state.
    denied: [bool; 2],
    musts_from: From,
}

struct FactorPlace {
    presence: Presence,
    side: [Side; 2],
    /// Normalised weights in each state; 0 where the factor is not.
    weight: [f64; 2],
    scale: [Option<Scale>; 2],
    scale_from: From,
    must: [Option<Must>; 2],
    musts_from: From,
    cells: Vec<Cell>,
}

/// A cell read and valued by the scale of each state (outer) with the level of each state (inner).
struct Cell {
    level_from: From,
    reading: [[Reading; 2]; 2],
    /// The value, one not known in the middle; not used where the scale depends on the options present.
    value: [[f64; 2]; 2],
}

impl Between {
    /// Between two states, by the changes found; `None` when not both rank the option.
    pub(super) fn new(before: &Standing, after: &Standing, found: &Found, leader: &OptionId) -> Option<Self> {
        let states = [before, after];
        let musts = found.number(&ChangeKind::Musts);
        let options = all_options(states);
        let leader_at = options.iter().position(|id| id == leader)?;
        let option_place = |id: &OptionId| {
            let added = found.number(&ChangeKind::OptionAdded(id.clone()));
            let presence = presence(added, found.number(&ChangeKind::OptionRemoved(id.clone())));
            OptionPlace {
                presence,
                denied: states.map(|s| s.is_denied(id)),
                musts_from: presence.parts(musts),
            }
        };
        let places: Vec<OptionPlace> = options.iter().map(option_place).collect();
        let factors = factor_places(states, found, &options, &places);
        Some(Self {
            options: places,
            with_musts: (0..factors.len()).filter(|&f| factors[f].must.iter().any(Option::is_some)).collect(),
            factors,
            commercial: states.map(|s| s.weighed.commercial_share.unwrap_or(0.0)),
            sides_from: From::of(found.number(&ChangeKind::BetweenSides)),
            inside_from: From::of(found.number(&ChangeKind::InsideSides)),
            leader: leader_at,
        })
    }

    /// The lead of the option over the best of the others with these changes made, in points.
    pub(super) fn lead(&self, made: &[bool]) -> f64 {
        let in_ranking: Vec<bool> = (0..self.options.len()).map(|o| self.is_ranked(o, made)).collect();
        let weights = self.weights(made);
        let mut totals = vec![0.0; self.options.len()];
        for (factor, weight) in self.factors.iter().zip(weights) {
            if weight > 0.0 {
                add_values(factor, made, &in_ranking, weight, &mut totals);
            }
        }
        let rivals = (0..totals.len()).filter(|&o| o != self.leader && in_ranking[o]).map(|o| totals[o]);
        let best = rivals.fold(f64::NEG_INFINITY, f64::max);
        totals[self.leader] - if best.is_finite() { best } else { 0.0 }
    }

    fn is_ranked(&self, o: usize, made: &[bool]) -> bool {
        let option = &self.options[o];
        if o == self.leader {
            return true;
        }
        let failed = |factor: &FactorPlace| {
            let likely = factor.cells[o].reading(factor, made).likely();
            let must = factor.must[factor.musts_from.state(made)];
            factor.presence.holds(made) && must.zip(likely).is_some_and(|(must, likely)| fails(must, likely))
        };
        option.presence.holds(made)
            && !option.denied[option.musts_from.state(made)]
            && !self.with_musts.iter().any(|&f| failed(&self.factors[f]))
    }

    /// Normalised weights. What only one state has keeps, inside its side, its proportion to what both have.
    fn weights(&self, made: &[bool]) -> Vec<f64> {
        let (sides, inside) = (self.sides_from.state(made), self.inside_from.state(made));
        let is_common = |f: &FactorPlace| matches!(f.presence, Presence::Both);
        let common = |state: usize, side: Side, sorted_by: usize| -> f64 {
            let of_side = self.factors.iter().filter(|f| is_common(f) && f.side[sorted_by] == side);
            of_side.map(|f| f.weight[state]).sum()
        };
        let points: Vec<(Side, f64)> = self
            .factors
            .iter()
            .map(|f| match f.presence {
                Presence::Both => (f.side[sides], f.weight[inside]),
                presence if !presence.holds(made) => (f.side[0], 0.0),
                presence => {
                    let own = presence.parts(None).state(made);
                    let side = f.side[own];
                    let (was, is) = (common(own, side, own), common(inside, side, sides));
                    let scale = if was > 0.0 && is > 0.0 { is / was } else { 1.0 };
                    (side, f.weight[own] * scale)
                }
            })
            .collect();
        let sum = |side| points.iter().filter(|(s, _)| *s == side).map(|(_, p)| p).sum::<f64>();
        let (operational, commercial) = (sum(Side::Operational), sum(Side::Commercial));
        let share = match (operational > 0.0, commercial > 0.0) {
            (true, true) => self.commercial[sides],
            (_, has_commercial) => f64::from(u8::from(has_commercial)),
        };
        let weigh = |&(side, points): &(Side, f64)| match side {
            Side::Operational if operational > 0.0 => (1.0 - share) * points / operational,
            Side::Commercial if commercial > 0.0 => share * points / commercial,
            _ => 0.0,
        };
        points.iter().map(weigh).collect()
    }
}

impl Cell {
    fn reading(&self, factor: &FactorPlace, made: &[bool]) -> Reading {
        self.reading[factor.scale_from.state(made)][self.level_from.state(made)]
    }
}

/// Adds a factor's part to every total.
fn add_values(factor: &FactorPlace, made: &[bool], in_ranking: &[bool], weight: f64, totals: &mut [f64]) {
    let scale = factor.scale_from.state(made);
    let relative = factor.scale[scale].as_ref().filter(|scale| is_relative(scale)).map(|scale| {
        let present = factor.cells.iter().zip(in_ranking).filter(|(_, ranked)| **ranked);
        ValueFunction::of(scale, present.filter_map(|(cell, _)| cell.reading(factor, made).likely()))
    });
    for (cell, total) in factor.cells.iter().zip(totals) {
        let value = match &relative {
            Some(function) => cell.reading(factor, made).cell(function).value.unwrap_or(UNKNOWN_VALUE),
            None => cell.value[scale][cell.level_from.state(made)],
        };
        *total += weight * value;
    }
}

/// Whether what a score is worth depends on the options that are there.
fn is_relative(scale: &Scale) -> bool {
    matches!(scale, Scale::Local { .. } | Scale::LowestPrice)
}

fn presence(added: Option<usize>, removed: Option<usize>) -> Presence {
    match (added, removed) {
        (Some(change), _) => Presence::After(change),
        (None, Some(change)) => Presence::Before(change),
        (None, None) => Presence::Both,
    }
}

/// The options of both states: those after in their order, then those that are gone.
pub(super) fn all_options(states: [&Standing; 2]) -> Vec<OptionId> {
    let [before, after] = states.map(|s| s.workspace.question.options.iter().map(|o| &o.id));
    let gone = before.filter(|id| states[1].option(id).is_none());
    after.chain(gone).cloned().collect()
}

fn factor_places(
    states: [&Standing; 2],
    found: &Found,
    options: &[OptionId],
    places: &[OptionPlace],
) -> Vec<FactorPlace> {
    let [before, after] = states.map(|s| s.workspace.balance.factors.iter().map(|f| &f.id));
    let gone = before.filter(|id| states[1].factor(id).is_none());
    after
        .chain(gone)
        .map(|id| {
            let added = found.number(&ChangeKind::FactorAdded(id.clone()));
            let presence = presence(added, found.number(&ChangeKind::FactorRemoved(id.clone())));
            let of = states.map(|s| s.workspace.factor(id));
            let scale_from = presence.parts(found.number(&ChangeKind::Scale(id.clone())));
            let scale = of.map(|f| f.map(|f| f.scale.clone()));
            let weight = states.map(|s| s.factor(id).map_or(0.0, |f| s.weighed.weights[f]));
            let cells = options.iter().zip(places).map(|(option, place)| {
                let level_from = match (presence, place.presence) {
                    (Presence::Both, Presence::Both) => {
                        From::of(found.levels.get(&(id.clone(), option.clone())).copied())
                    }
                    (Presence::Both, of_option) => of_option.parts(None),
                    (of_factor, _) => of_factor.parts(None),
                };
                cell(&scale, states.map(|s| s.level(id, option)), level_from)
            });
            FactorPlace {
                presence,
                side: of.map(|f| f.or(of[0]).or(of[1]).map_or(Side::Operational, |f| f.side)),
                weight,
                cells: cells.collect(),
                scale,
                scale_from,
                must: of.map(|f| f.and_then(|f| f.must)),
                musts_from: presence.parts(found.number(&ChangeKind::Musts)),
            }
        })
        .collect()
}

fn cell(
    scale: &[Option<Scale>; 2],
    levels: [crate::model::balance::ScoreLevel; 2],
    level_from: From,
) -> Cell {
    let reading = [0, 1].map(|s| {
        [0, 1].map(|l| match &scale[s] {
            Some(scale) => Reading::of(&levels[l], scale),
            None => Reading::Unknown,
        })
    });
    let value = [0, 1].map(|s| {
        let function = scale[s].as_ref().map(|scale| ValueFunction::of(scale, std::iter::empty()));
        [0, 1].map(|l| {
            let value = function.as_ref().and_then(|function| reading[s][l].cell(function).value);
            value.unwrap_or(UNKNOWN_VALUE)
        })
    });
    Cell { level_from, reading, value }
}
