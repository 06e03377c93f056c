//! People by need group and place, as they may be told beside the counts of groups and places: refusals, the shares of a
//! funnel, and everything that is reckoned from the people of each group at a place.
//!
//! Who left behind each stage is a table of groups by places, and every table that is shown is a sum of such tables. A
//! small count in one is protected by a rectangle in the same one: so many people more here, as many fewer of this group
//! at another place and of another group at this place, and as many more in the fourth corner. That changes no sum of a
//! group or a place at any stage; all four are hidden. It is asked of each rectangle that it could take the threshold less
//! one, however small the count; yet which is taken hangs on the counts, so that whoever knows how can now and then tell
//! that a hidden cell is small, which the sums alone do not say. Of whole lines nobody can (see [`super::suppression`]).

use super::suppression::{Released, Shown, exactly, is_small};
use crate::model::reach::caseload::{Counted, CountedPlace, Counts};

/// What may be told of people by group and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// Those turned away at the gate with refusals, by group and provider; empty where there is no such gate.
    pub refused: Vec<Vec<Shown>>,
    /// Whether the share that the funnel shows may be told, by group and provider.
    pub served: Vec<Vec<bool>>,
    /// The providers of whose people of each group every count may be told, and so all that is reckoned from them.
    pub whole: Vec<bool>,
    /// Whether the same holds of every referrer.
    pub whole_referrers: bool,
}

/// An order of groups and providers by their counts alone: what is hidden beside a small count may hang on it, and must not
/// hang on whose the count is.
struct Order {
    groups: Vec<usize>,
    places: Vec<usize>,
}

impl Order {
    fn of(counted: &Counted) -> Self {
        let row = |counts: &Counts| -> Vec<u64> {
            std::iter::once(counts.people).chain(counts.passed.iter().copied()).collect()
        };
        let of_place = |place: &CountedPlace| -> (Vec<u64>, Vec<Vec<u64>>) {
            let mut rows: Vec<Vec<u64>> = place.groups.iter().map(row).collect();
            rows.sort();
            (row(&super::parting::summed(&place.groups)), rows)
        };
        let mut places: Vec<usize> = (0..counted.providers.len()).collect();
        places.sort_by_cached_key(|place| of_place(&counted.providers[*place]));
        let at = |place: usize, group: usize| counted.providers[place].groups.get(group).map(row);
        let of_group = |group: &usize| -> (Vec<u64>, Vec<Option<Vec<u64>>>) {
            let cells = places.iter().map(|place| at(*place, *group)).collect();
            (row(&counted.groups[*group].counts), cells)
        };
        let mut groups: Vec<usize> = (0..counted.groups.len()).collect();
        groups.sort_by_cached_key(of_group);
        Self { groups, places }
    }

    fn sorted(&self, counted: &Counted) -> Counted {
        let place = |place: &CountedPlace| CountedPlace {
            name: String::new(),
            groups: self.groups.iter().map(|g| place.groups.get(*g).cloned().unwrap_or_default()).collect(),
        };
        Counted {
            groups: self.groups.iter().map(|g| counted.groups[*g].clone()).collect(),
            providers: self.places.iter().map(|p| place(&counted.providers[*p])).collect(),
            ..counted.clone()
        }
    }

    fn sorted_lines(&self, released: &Released) -> Released {
        Released {
            groups: self.groups.iter().map(|g| released.groups[*g].clone()).collect(),
            providers: self.places.iter().map(|p| released.providers[*p].clone()).collect(),
            ..released.clone()
        }
    }

    fn put_back(&self, cells: Cells) -> Cells {
        let rows = |sorted: &[Vec<bool>]| {
            self.back(&self.groups, sorted, |row| self.back(&self.places, row, |x| *x))
        };
        let shown = |sorted: &[Vec<Shown>]| {
            self.back(&self.groups, sorted, |row| self.back(&self.places, row, |x| *x))
        };
        Cells {
            refused: if cells.refused.is_empty() { Vec::new() } else { shown(&cells.refused) },
            served: rows(&cells.served),
            whole: self.back(&self.places, &cells.whole, |x| *x),
            whole_referrers: cells.whole_referrers,
        }
    }

    /// What stands in order, each back in its own place.
    fn back<A, B>(&self, order: &[usize], sorted: &[A], of: impl Fn(&A) -> B) -> Vec<B> {
        let mut places: Vec<(usize, B)> = order.iter().copied().zip(sorted.iter().map(of)).collect();
        places.sort_by_key(|(place, _)| *place);
        places.into_iter().map(|(_, one)| one).collect()
    }
}

/// The stages of the tables that are shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// The gate with refusals.
    pub refusals: Option<usize>,
    /// The stage at which the people of the funnel are counted, and the gate that they are to pass.
    pub funnel: Option<(usize, usize)>,
}

impl Cells {
    /// What may be told beside the counts that are released.
    #[must_use]
    pub fn of(counted: &Counted, released: &Released, asked: Asked) -> Self {
        let order = Order::of(counted);
        let (counted, released) = (order.sorted(counted), order.sorted_lines(released));
        order.put_back(Self::in_order(&counted, &released, asked))
    }

    /// The same for groups and places that stand in an order that has nothing to do with their names.
    fn in_order(counted: &Counted, released: &Released, asked: Asked) -> Self {
        let threshold = u64::from(counted.hidden_under);
        let table = Table::of(&counted.providers, counted.groups.len(), counted.gates.len(), threshold);
        let groups_told = released.groups.iter().chain([&released.total]).all(|row| is_told(row));
        let mut whole: Vec<bool> = (0..counted.providers.len())
            .map(|p| groups_told && is_told(&released.providers[p]) && !table.has_small(p))
            .collect();
        if !table.protects_the_rest(&mut whole) {
            whole.fill(false);
        }
        let stages = counted.gates.len() + 1;
        let layers = Layers::of(asked, stages);
        let hidden = |leaves: &[usize]| table.hidden(leaves, &whole, released);
        let (refusals, not, passed) = (hidden(&layers.refused), hidden(&layers.not), hidden(&layers.passed));
        let each = |of: &dyn Fn(usize, usize) -> bool| -> Vec<Vec<bool>> {
            let places = counted.providers.len();
            (0..counted.groups.len()).map(|g| (0..places).map(|p| of(g, p)).collect()).collect()
        };
        let refused = asked.refusals.map_or_else(Vec::new, |gate| {
            let count = |g: usize, p: usize| {
                let counts = counted.providers[p].groups.get(g).cloned().unwrap_or_default();
                Shown::of(counts.came_to(gate) - counts.passed(gate), refusals[g][p])
            };
            (0..counted.groups.len())
                .map(|g| (0..counted.providers.len()).map(|p| count(g, p)).collect())
                .collect()
        });
        let served =
            each(&|g, p| !(not[g][p] || passed[g][p] || layers.refused_is_of_funnel && refusals[g][p]));
        let referrers = Table::of(&counted.referrers, counted.groups.len(), counted.gates.len(), threshold);
        let whole_referrers = groups_told
            && released.referrers.iter().all(|row| is_told(row))
            && !(0..counted.referrers.len()).any(|place| referrers.has_small(place));
        Self { refused, served, whole, whole_referrers }
    }

    /// Whether every count of every group at every provider may be told.
    #[must_use]
    pub fn tells_all(&self) -> bool {
        self.whole.iter().all(|whole| *whole)
    }
}

fn is_told(row: &[Shown]) -> bool {
    row.iter().all(|shown| *shown != Shown::Hidden)
}

/// Which of those who left behind a stage each shown table sums; no stage is in two of them.
struct Layers {
    refused: Vec<usize>,
    /// The others who are in the funnel and did not pass.
    not: Vec<usize>,
    passed: Vec<usize>,
    refused_is_of_funnel: bool,
}

impl Layers {
    fn of(asked: Asked, stages: usize) -> Self {
        let refused: Vec<usize> = asked.refusals.into_iter().collect();
        let (mut not, mut passed) = (Vec::new(), Vec::new());
        if let Some((from, to)) = asked.funnel {
            not.extend((from..=to).filter(|stage| !refused.contains(stage)));
            passed.extend(to + 1..stages);
        }
        let refused_is_of_funnel =
            asked.refusals.zip(asked.funnel).is_some_and(|(gate, (from, to))| (from..=to).contains(&gate));
        Self { refused, not, passed, refused_is_of_funnel }
    }
}

/// Those who left exactly behind each stage, by group and place.
struct Table {
    /// By group, place and stage.
    leaves: Vec<Vec<Vec<u64>>>,
    places: usize,
    threshold: u64,
}

/// The most corners in each direction that are tried for a rectangle, those that are hidden already and the smallest first.
const MOST_TRIED: usize = 8;

/// The most places among which those are chosen: among thousands a cheaper one would save next to nothing.
const MOST_LOOKED_AT: usize = 64;

/// In a table of more cells than this fewer are looked at, so that the time grows with the table and no faster.
const CELLS_LOOKED_AT_CLOSELY: usize = 4_000;

/// The fewest that are looked at in the largest table.
const FEWEST_LOOKED_AT: usize = 4;

impl Table {
    fn of(places: &[CountedPlace], groups: usize, gates: usize, threshold: u64) -> Self {
        let nobody = Counts::default();
        let row = |counts: &Counts| -> Vec<u64> {
            let stages: Vec<u64> = (0..=gates).map(|stage| counts.came_to(stage)).collect();
            (0..=gates).map(|stage| exactly(&stages, stage)).collect()
        };
        let leaves = (0..groups)
            .map(|g| places.iter().map(|place| row(place.groups.get(g).unwrap_or(&nobody))).collect())
            .collect();
        Self { leaves, places: places.len(), threshold }
    }

    /// Whether a group at this place has a small count, or a small difference between two stages.
    fn has_small(&self, place: usize) -> bool {
        self.leaves.iter().any(|row| row[place].iter().any(|count| is_small(*count, self.threshold)))
    }

    /// Takes places out of those that are told as a whole until the small counts of the rest are protected without them;
    /// false where they cannot be.
    fn protects_the_rest(&self, whole: &mut [bool]) -> bool {
        for group in 0..self.leaves.len() {
            for place in 0..self.places {
                if whole[place] {
                    continue;
                }
                for stage in 0..self.leaves[group][place].len() {
                    let count = self.leaves[group][place][stage];
                    if !is_small(count, self.threshold) {
                        continue;
                    }
                    let by = self.threshold - 1;
                    let can_fall = |p: &usize| *p != place && self.leaves[group][*p][stage] >= by;
                    let beside =
                        (0..self.leaves.len()).any(|g| g != group && self.leaves[g][place][stage] >= by);
                    if !beside {
                        return false;
                    }
                    if (0..self.places).filter(|p| !whole[*p]).any(|p| can_fall(&p)) {
                        continue;
                    }
                    let smallest = |p: &usize| self.rectangle_people((group, place, stage), *p, by);
                    match (0..self.places).filter(can_fall).min_by_key(smallest) {
                        Some(place) => whole[place] = false,
                        None => return false,
                    }
                }
            }
        }
        true
    }

    /// The people in the other corners of the smallest rectangle with another place.
    fn rectangle_people(&self, (group, place, stage): (usize, usize, usize), other: usize, by: u64) -> u64 {
        let groups = (0..self.leaves.len()).filter(|g| *g != group && self.leaves[*g][place][stage] >= by);
        let least = groups.map(|g| self.leaves[g][place][stage] + self.leaves[g][other][stage]).min();
        self.leaves[group][other][stage] + least.unwrap_or(0)
    }

    /// Which cells of the table of those who left behind these stages are hidden.
    fn hidden(&self, stages: &[usize], whole: &[bool], released: &Released) -> Vec<Vec<bool>> {
        let groups = self.leaves.len();
        let sums_told = |row: &Vec<Shown>| {
            let told = |stage: usize| row.get(stage).is_none_or(|shown| *shown != Shown::Hidden);
            stages.iter().all(|stage| told(*stage) && told(stage + 1))
        };
        // A row or a column that is told would give its sum away where that is hidden.
        let places_told: Vec<bool> = released.providers.iter().map(sums_told).collect();
        let mut hidden: Vec<Vec<bool>> = (0..groups)
            .map(|g| {
                let group_told = sums_told(&released.groups[g]);
                (0..self.places).map(|p| !group_told || !places_told[p]).collect()
            })
            .collect();
        for group in 0..groups {
            for place in (0..self.places).filter(|place| !whole[*place]) {
                for stage in stages {
                    let count = self.leaves[group][place][*stage];
                    if is_small(count, self.threshold)
                        && !self.hide_rectangle((group, place, *stage), stages, whole, &mut hidden)
                    {
                        // With every cell hidden, what is left to solve are the sums.
                        return vec![vec![true; self.places]; groups];
                    }
                }
            }
        }
        hidden
    }

    fn most_looked_at(&self) -> usize {
        let cells = (self.leaves.len() * self.places).max(1);
        (MOST_LOOKED_AT * CELLS_LOOKED_AT_CLOSELY / cells).clamp(FEWEST_LOOKED_AT, MOST_LOOKED_AT)
    }

    /// Hides the cheapest rectangle that protects a small count; false where there is none.
    fn hide_rectangle(
        &self,
        (group, place, stage): (usize, usize, usize),
        stages: &[usize],
        whole: &[bool],
        hidden: &mut [Vec<bool>],
    ) -> bool {
        let by = self.threshold - 1;
        let people = |g: usize, p: usize| stages.iter().map(|s| self.leaves[g][p][*s]).sum::<u64>();
        let cost = |g: usize, p: usize| if hidden[g][p] { (0, 0) } else { (1, people(g, p)) };
        let other_places = (place + 1..self.places)
            .chain(0..place)
            .filter(|p| !whole[*p] && self.leaves[group][*p][stage] >= by)
            .take(self.most_looked_at())
            .map(|p| (cost(group, p), p));
        let other_groups = (0..self.leaves.len())
            .filter(|g| *g != group && self.leaves[*g][place][stage] >= by)
            .take(self.most_looked_at())
            .map(|g| (cost(g, place), g));
        let (other_places, other_groups) = (cheapest(other_places), cheapest(other_groups));
        let mut best: Option<((u64, u64), usize, usize)> = None;
        for (at_place, p) in &other_places {
            for (at_group, g) in &other_groups {
                let corner = cost(*g, *p);
                let all = (at_place.0 + at_group.0 + corner.0, at_place.1 + at_group.1 + corner.1);
                if best.is_none_or(|(least, ..)| all < least) {
                    best = Some((all, *g, *p));
                }
            }
        }
        let Some((_, g, p)) = best else { return false };
        for (g, p) in [(group, place), (group, p), (g, place), (g, p)] {
            hidden[g][p] = true;
        }
        true
    }
}

/// The cheapest few, in order.
fn cheapest(all: impl Iterator<Item = ((u64, u64), usize)>) -> Vec<((u64, u64), usize)> {
    let mut best: Vec<((u64, u64), usize)> = Vec::with_capacity(MOST_TRIED + 1);
    for one in all {
        if best.len() == MOST_TRIED && best.last().is_some_and(|last| *last <= one) {
            continue;
        }
        let at = best.partition_point(|other| *other < one);
        best.insert(at, one);
        best.truncate(MOST_TRIED);
    }
    best
}
