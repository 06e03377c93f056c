//! An attack on what a caseload check tells: whoever takes everything that leaves the program and solves it for the
//! counts that are hidden can bound none of them under the threshold. Beside each hidden small count stands another
//! caseload in which it is not small, and of which the program would tell the very same, to the last bit.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::ops::Range;

use evenhand::{
    analysis::reach::caseload::{Assessment, assess, suppression::Shown},
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
        let one = |n: usize| (0..n).map(|at| at..at + 1).chain([0..n]);
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

/// Everything that is told, with what is hidden as it is in another check.
fn told(leaves: &Leaves, with: bool, as_in: Option<&Assessment>) -> (Assessment, String) {
    let counted = counted(leaves, with);
    let workspace = wired(&counted.gates);
    let mut check = assess(&counted, &workspace);
    if let Some(other) = as_in {
        (check.small, check.refusals) = (other.small.clone(), other.refusals);
    }
    let json = caseload(&counted, &check, &workspace);
    let page = check.as_told(&counted, &workspace);
    let shown = format!("{:?} {:?} {:?}", page.served, page.findings, page.decomposition);
    let told = format!("{json:#}\n{}\n{shown}", caseload_table(&counted, &check));
    (check, told)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_hidden_count_can_be_bounded_under_the_threshold((leaves, with) in caseloads()) {
        let (check, _) = told(&leaves, with, None);
        let attack = Attack::of(&leaves, &check);
        for cells in attack.small() {
            let (most, _) = attack.most(&cells, false);
            prop_assert!(
                most >= THRESHOLD as f64 - 1e-6,
                "{cells:?}: at most {most}\n{leaves:?}\n{:#?}", check.small
            );
        }
    }

    #[test]
    fn another_caseload_without_the_small_count_is_told_the_same((leaves, with) in caseloads()) {
        let (check, first) = told(&leaves, with, None);
        let attack = Attack::of(&leaves, &check);
        for cells in attack.small().into_iter().take(3) {
            let (_, other) = attack.most(&cells, true);
            let (places, stages) = (leaves[0].len(), leaves[0][0].len());
            let other: Leaves = (0..leaves.len())
                .map(|g| {
                    let cell = |p: usize, s: usize| other[(g * places + p) * stages + s].round() as u64;
                    (0..places).map(|p| (0..stages).map(|s| cell(p, s)).collect()).collect()
                })
                .collect();
            let (_, second) = told(&other, with, Some(&check));
            prop_assert!(first == second, "{leaves:?}\n{other:?}\n{}", parted(&first, &second));
        }
    }
}

/// The first lines that differ.
fn parted(a: &str, b: &str) -> String {
    let lines = a.lines().zip(b.lines()).filter(|(a, b)| a != b).take(8);
    lines.map(|(a, b)| format!("- {a}\n+ {b}\n")).collect()
}
