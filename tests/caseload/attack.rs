//! An attack on what a caseload check tells: whoever takes everything that leaves the program and solves it for the
//! counts that are hidden can bound none of them under the threshold. Beside each small count of a hidden line stands
//! another caseload in which it is not small, and of which the program tells the very same, to the last bit, when it is
//! asked anew: what is hidden does not tell what it hides.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use evenhand::{
    analysis::reach::caseload::{
        Assessment, assess,
        suppression::{Shown, released},
    },
    exchange::results::caseload::{caseload, caseload_table},
    model::{
        Workspace,
        ids::EntryId,
        reach::caseload::{Counted, CountedGroup, CountedPlace, Counts, Statistic, Tripwire},
    },
};
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, microlp, variable};
use proptest::prelude::*;

const THRESHOLD: u64 = 5;

/// Those who left exactly behind each stage, by group, provider and stage.
type Leaves = Vec<Vec<Vec<u64>>>;

fn counts(leaves: &[u64]) -> Counts {
    let stages: Vec<u64> = (0..leaves.len()).map(|k| leaves[k..].iter().sum()).collect();
    Counts { people: stages[0], passed: stages[1..].to_vec(), ..Counts::default() }
}

fn counted(leaves: &Leaves, with_providers: bool) -> Counted {
    let (places, stages) = (leaves[0].len(), leaves[0][0].len());
    let of_group = |row: &Vec<Vec<u64>>| -> Vec<u64> {
        (0..stages).map(|s| row.iter().map(|cell| cell[s]).sum()).collect()
    };
    Counted {
        source: "attacked".to_owned(),
        counted_on: None,
        hidden_under: THRESHOLD as u32,
        gates: ["referred", "sifted", "started", "served"][..stages - 1]
            .iter()
            .map(|g| (*g).to_owned())
            .collect(),
        groups: leaves
            .iter()
            .enumerate()
            .map(|(g, row)| CountedGroup {
                name: format!("Group {g}"),
                need_group: None,
                counts: counts(&of_group(row)),
            })
            .collect(),
        providers: (0..if with_providers { places } else { 0 })
            .map(|p| CountedPlace {
                name: format!("Office {p}"),
                groups: leaves.iter().map(|row| counts(&row[p])).collect(),
            })
            .collect(),
        referrers: Vec::new(),
        exits_by_week: Vec::new(),
        adjusted: Vec::new(),
        by_need: None,
    }
}

/// A workspace in which every statistic is a tripwire for every group at every gate.
fn wired(gates: &[String]) -> Workspace {
    let mut workspace = Workspace::default();
    for (at, gate) in gates.iter().enumerate() {
        for (of, statistic) in Statistic::ALL.into_iter().enumerate() {
            workspace.reach.caseload.tripwires.push(Tripwire {
                id: EntryId::named("tripwire", (10 * at + of) as u32),
                group: None,
                gate: gate.clone(),
                statistic,
                limit: 0.8,
                response: String::new(),
                agreed: None,
                agreed_by: String::new(),
            });
        }
    }
    workspace
}

/// What is told, as sums of cells that are known, each with its value.
struct Attack<'a> {
    leaves: &'a Leaves,
    known: Vec<(Vec<usize>, u64)>,
}

impl<'a> Attack<'a> {
    fn of(leaves: &'a Leaves, check: &Assessment) -> Self {
        let (groups, places, stages) = (leaves.len(), leaves[0].len(), leaves[0][0].len());
        let cell = |g: usize, p: usize, s: usize| (g * places + p) * stages + s;
        let sum = |gs: Range<usize>, ps: Range<usize>, ss: Range<usize>| -> Vec<usize> {
            gs.flat_map(|g| ps.clone().map(move |p| (g, p)))
                .flat_map(|(g, p)| ss.clone().map(move |s| cell(g, p, s)))
                .collect()
        };
        let mut attack = Self { leaves, known: Vec::new() };
        let small = &check.small;
        let mut stages_known = |row: &[Shown], gs: Range<usize>, ps: Range<usize>| {
            for (k, shown) in row.iter().enumerate() {
                if *shown != Shown::Hidden {
                    attack.knows(sum(gs.clone(), ps.clone(), k..stages));
                }
            }
        };
        stages_known(&small.all_stages, 0..groups, 0..places);
        for (g, row) in small.stages.iter().enumerate() {
            stages_known(row, g..g + 1, 0..places);
        }
        for (p, row) in small.providers.iter().enumerate() {
            stages_known(row, 0..groups, p..p + 1);
        }
        for (p, whole) in small.cells.whole.iter().enumerate() {
            for s in (0..stages).filter(|_| *whole) {
                (0..groups).for_each(|g| attack.knows(vec![cell(g, p, s)]));
            }
        }
        if let Some(gate) = small.refusals {
            for (g, row) in small.cells.refused.iter().enumerate() {
                for (p, shown) in row.iter().enumerate().filter(|(_, shown)| **shown != Shown::Hidden) {
                    assert_eq!(shown.count(), Some(leaves[g][p][gate]));
                    attack.knows(vec![cell(g, p, gate)]);
                }
            }
        }
        let (from, to) = ((stages - 2).min(1), stages - 2);
        let from = if from == to { from } else { from + 1 };
        for (g, row) in small.cells.served.iter().enumerate() {
            for (p, _) in row.iter().enumerate().filter(|(_, told)| **told) {
                attack.knows(sum(g..g + 1, p..p + 1, from..to + 1));
                attack.knows(sum(g..g + 1, p..p + 1, to + 1..stages));
            }
        }
        attack
    }

    fn flat(&self) -> Vec<u64> {
        self.leaves.iter().flatten().flatten().copied().collect()
    }

    fn knows(&mut self, cells: Vec<usize>) {
        let flat = self.flat();
        let value = cells.iter().map(|cell| flat[*cell]).sum();
        self.known.push((cells, value));
    }

    /// The largest value that a sum of cells can have, and a table with it.
    fn most(&self, of: &[usize], whole_people: bool) -> (f64, Vec<f64>) {
        let mut variables = ProblemVariables::new();
        let of_cell = |count: u64| {
            let cell = variable().min(0.0).max(count as f64 + 60.0);
            if whole_people { cell.integer() } else { cell }
        };
        let cells: Vec<Variable> = self.flat().into_iter().map(|n| variables.add(of_cell(n))).collect();
        let goal: Expression = of.iter().map(|cell| 1.0 * cells[*cell]).sum();
        let mut model = variables.maximise(goal.clone()).using(microlp);
        // Beyond the threshold it need not go: then the other table stays near.
        model = model.with(goal.clone().leq(THRESHOLD as f64));
        for (members, value) in &self.known {
            let sum: Expression = members.iter().map(|cell| 1.0 * cells[*cell]).sum();
            model = model.with(sum.eq(*value as f64));
        }
        let found = model.solve().expect("the true table fits what is told");
        (found.eval(&goal), cells.iter().map(|cell| found.value(*cell)).collect())
    }

    /// Every count and difference between stages of a cell, a group, an office or all that is small.
    fn small(&self) -> Vec<Vec<usize>> {
        let (groups, places, stages) = (self.leaves.len(), self.leaves[0].len(), self.leaves[0][0].len());
        let flat = self.flat();
        let one = |n: usize| (0..n).map(|at| at..at + 1).chain(std::iter::once(0..n));
        let mut found = Vec::new();
        for gs in one(groups) {
            for ps in one(places) {
                for from in 0..stages {
                    for to in from + 1..=stages {
                        let cells: Vec<usize> = gs
                            .clone()
                            .flat_map(|g| ps.clone().map(move |p| (g, p)))
                            .flat_map(|(g, p)| (from..to).map(move |s| (g * places + p) * stages + s))
                            .collect();
                        if (1..THRESHOLD).contains(&cells.iter().map(|cell| flat[*cell]).sum()) {
                            found.push(cells);
                        }
                    }
                }
            }
        }
        found
    }
}

fn caseloads() -> impl Strategy<Value = (Leaves, bool)> {
    let cell = prop_oneof![3 => 0_u64..8, 3 => 5_u64..60, 1 => Just(0_u64)];
    (2_usize..6, 1_usize..5, 2_usize..5).prop_flat_map(move |(groups, places, stages)| {
        let large = 8_u64..70;
        let cells = (
            prop::collection::vec(cell.clone(), groups * places * stages),
            prop::collection::vec(large, groups * places * stages),
            prop::collection::vec(prop::bool::weighted(0.5), places),
            prop::bool::weighted(0.8),
        );
        cells.prop_map(move |(any, large, is_large, with)| {
            let places = if with { places } else { 1 };
            let at = |g: usize, p: usize, s: usize| (g * places + p) * stages + s;
            let one = |g, p, s| if is_large[p] { large[at(g, p, s)] } else { any[at(g, p, s)] };
            let leaves = (0..groups)
                .map(|g| (0..places).map(|p| (0..stages).map(|s| one(g, p, s)).collect()).collect())
                .collect();
            (leaves, with)
        })
    })
}

/// Everything that is told.
fn told(leaves: &Leaves, with: bool) -> (Assessment, String) {
    let counted = counted(leaves, with);
    let workspace = wired(&counted.gates);
    let check = assess(&counted, &workspace);
    let json = caseload(&counted, &check, &workspace);
    let page = check.as_told(&counted, &workspace);
    let shown = format!("{:?} {:?} {:?}", page.served, page.findings, page.decomposition);
    let told = format!("{json:#}\n{}\n{shown}", caseload_table(&counted, &check));
    (check, told)
}

/// A line of a group or of an office.
#[derive(Clone, Copy, Debug)]
enum Line {
    Group(usize),
    Place(usize),
}

impl Line {
    fn all(leaves: &Leaves, with: bool) -> Vec<Self> {
        let places = 0..if with { leaves[0].len() } else { 0 };
        (0..leaves.len()).map(Self::Group).chain(places.map(Self::Place)).collect()
    }

    fn is_hidden(self, check: &Assessment) -> bool {
        let row = match self {
            Self::Group(g) => &check.small.stages[g],
            Self::Place(p) => &check.small.providers[p],
        };
        row.contains(&Shown::Hidden)
    }

    /// Those who left behind stages of this range.
    fn count(self, leaves: &Leaves, stages: &Range<usize>) -> u64 {
        let cells = |row: &Vec<Vec<u64>>, p: usize| row[p][stages.clone()].iter().sum::<u64>();
        match self {
            Self::Group(g) => (0..leaves[g].len()).map(|p| cells(&leaves[g], p)).sum(),
            Self::Place(p) => leaves.iter().map(|row| cells(row, p)).sum(),
        }
    }

    /// The same caseload with the names of two lines of a kind the other way round.
    fn exchanged(self, other: Self, leaves: &Leaves) -> Option<Leaves> {
        let mut dealt = leaves.clone();
        match (self, other) {
            (Self::Group(a), Self::Group(b)) if a != b => dealt.swap(a, b),
            (Self::Place(a), Self::Place(b)) if a != b => dealt.iter_mut().for_each(|row| row.swap(a, b)),
            _ => return None,
        }
        Some(dealt)
    }

    /// The same people with the lines of those who left behind these stages dealt anew: all but a few to this line, and of
    /// those one to each other line, or to one other alone.
    fn dealt(self, leaves: &Leaves, stages: &Range<usize>, to_each: bool) -> Leaves {
        let mut dealt = leaves.clone();
        let lines = if matches!(self, Self::Group(_)) { leaves.len() } else { leaves[0].len() };
        let own = match self {
            Self::Group(at) | Self::Place(at) => at,
        };
        let mut others: Vec<usize> = (0..lines).filter(|line| *line != own).collect();
        others.truncate(if to_each { lines } else { 1 });
        let across = if matches!(self, Self::Group(_)) { leaves[0].len() } else { leaves.len() };
        for stage in stages.clone() {
            for at in 0..across {
                let cell = |line: usize| if matches!(self, Self::Group(_)) { (line, at) } else { (at, line) };
                let people: u64 = (0..lines).map(|line| leaves[cell(line).0][cell(line).1][stage]).sum();
                let mut left = people;
                for line in (0..lines).filter(|line| *line != own) {
                    let takes = left > 0 && others.first() == Some(&line);
                    if takes {
                        others.remove(0);
                        left -= 1;
                    }
                    dealt[cell(line).0][cell(line).1][stage] = u64::from(takes);
                }
                // Where there is but one other it may stand before those that are dealt first.
                dealt[cell(own).0][cell(own).1][stage] = left;
            }
        }
        dealt
    }
}

/// Another caseload in which this count is not small, of which the very same is told when it is told anew; `None` where none
/// of those that are promised is.
fn another(leaves: &Leaves, with: bool, line: Line, stages: &Range<usize>) -> Option<Leaves> {
    let (check, first) = told(leaves, with);
    let large = |other: &Leaves| line.count(other, stages) >= THRESHOLD;
    let hidden = Line::all(leaves, with).into_iter().filter(|line| line.is_hidden(&check));
    let mut others: Vec<Leaves> = hidden.filter_map(|other| line.exchanged(other, leaves)).collect();
    others.extend([true, false].map(|to_each| line.dealt(leaves, stages, to_each)));
    if check.small.all_stages.contains(&Shown::Hidden) {
        // Nothing at all is told: another caseload of which nothing is has few who left behind a stage.
        let mut few = vec![vec![vec![0; leaves[0][0].len()]; leaves[0].len()]; leaves.len()];
        let beside = (0..leaves[0][0].len()).find(|stage| !stages.contains(stage)).unwrap_or(stages.end - 1);
        let (g, p) = match line {
            Line::Group(g) => (g, 0),
            Line::Place(p) => (0, p),
        };
        few[g][p][stages.start] = 40;
        few[g][p][beside] = 3;
        others.push(few);
    }
    others.into_iter().find(|other| large(other) && told(other, with).1 == first)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_hidden_count_can_be_bounded_under_the_threshold((leaves, with) in caseloads()) {
        let (check, _) = told(&leaves, with);
        let attack = Attack::of(&leaves, &check);
        for cells in attack.small() {
            let (most, _) = attack.most(&cells, false);
            prop_assert!(
                most >= THRESHOLD as f64 - 1e-6,
                "{cells:?}: at most {most}\n{leaves:?}\n{:#?}", check.small
            );
        }
    }

    /// The lines are told anew: what is hidden in the other caseload is found by the same rule.
    #[test]
    fn of_another_caseload_without_the_small_count_the_very_same_is_told((leaves, with) in caseloads()) {
        let stages = leaves[0][0].len();
        let mut tried = 0;
        for line in Line::all(&leaves, with) {
            for of in (0..stages).flat_map(|from| (from + 1..=stages).map(move |to| from..to)) {
                if (1..THRESHOLD).contains(&line.count(&leaves, &of)) && tried < 6 {
                    tried += 1;
                    prop_assert!(another(&leaves, with, line, &of).is_some(), "{line:?} {of:?}\n{leaves:?}");
                }
            }
        }
    }
}

/// Two caseloads that were solved by what was hidden of them: of all that the sums allowed, one alone was hidden so.
#[test]
fn what_is_hidden_does_not_tell_what_it_hides() {
    let groups = |rows: &[&[u64]]| -> Leaves {
        let leaves = |row: &[u64]| -> Vec<u64> {
            (0..row.len()).map(|k| row[k] - row.get(k + 1).copied().unwrap_or(0)).collect()
        };
        rows.iter().map(|row| vec![leaves(row)]).collect()
    };
    for (leaves, group) in [
        (groups(&[&[33, 15], &[76, 40], &[12, 7], &[35, 34]]), 3),
        (groups(&[&[20, 17, 10], &[200, 100, 50], &[300, 150, 80]]), 0),
    ] {
        assert!(another(&leaves, false, Line::Group(group), &(0..1)).is_some(), "{leaves:?}");
    }
}

/// Every caseload of so many groups and stages with these counts, told anew: those of which the same is told.
fn by_what_is_told(groups: usize, stages: usize, counts: &[u64]) -> BTreeMap<String, Vec<Vec<Vec<u64>>>> {
    let cells = groups * stages;
    let mut found: BTreeMap<String, Vec<Vec<Vec<u64>>>> = BTreeMap::new();
    for number in 0..counts.len().pow(cells as u32) {
        let leaf = |cell: usize| counts[number / counts.len().pow(cell as u32) % counts.len()];
        let row = |g: usize| -> Vec<u64> {
            (0..stages).map(|k| (k..stages).map(|s| leaf(g * stages + s)).sum()).collect()
        };
        let rows: Vec<Vec<u64>> = (0..groups).map(row).collect();
        let told = released(&[rows.clone(), Vec::new(), Vec::new()], THRESHOLD);
        let key: String =
            told.iter().flatten().flatten().map(|shown| format!("{} ", shown.words())).collect();
        found.entry(key).or_default().push(rows);
    }
    found
}

#[test]
fn among_all_caseloads_no_small_count_is_told_by_what_is_hidden() {
    // Every count up to the last, or a caseload of which the same is told could be missing.
    let up_to = |last: u64| (0..=last).collect::<Vec<u64>>();
    for (groups, stages, counts) in [(2, 2, up_to(12)), (3, 2, up_to(6)), (2, 3, up_to(6))] {
        let (mut small, mut fewest) = (0, usize::MAX);
        for (told, alike) in by_what_is_told(groups, stages, &counts) {
            for group in 0..groups {
                for (from, to) in (0..stages).flat_map(|from| (from + 1..=stages).map(move |to| (from, to))) {
                    let count = |rows: &Vec<Vec<u64>>| rows[group][from] - rows[group].get(to).unwrap_or(&0);
                    let values: BTreeSet<u64> = alike.iter().map(count).collect();
                    if values.iter().any(|count| (1..THRESHOLD).contains(count)) {
                        small += 1;
                        fewest = fewest.min(values.len());
                        assert!(
                            values.last() >= Some(&THRESHOLD),
                            "{told}: {group}, {from}..{to}: {values:?}"
                        );
                    }
                }
            }
        }
        println!("{groups} groups, {stages} stages: {small} small, at least {fewest} values each");
        assert!(small > 0 && fewest > 1);
    }
}
