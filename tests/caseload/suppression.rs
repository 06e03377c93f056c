//! Small numbers: whoever solves everything that is shown, totals and differences between stages too, can tell no hidden
//! count, nor even that it is small.

use evenhand::{
    analysis::reach::caseload::{
        small_numbers::SmallNumbers,
        suppression::{Shown, released},
    },
    model::reach::caseload::{Counted, CountedGroup, CountedPlace, Counts},
};
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, microlp, variable};
use proptest::prelude::*;

const THRESHOLD: u64 = 5;

/// The largest value that an expression can have when everything that is shown is taken as it stands.
fn most(problem: &Attack, of: &dyn Fn(&[Variable]) -> Expression) -> f64 {
    let mut variables = ProblemVariables::new();
    let cells: Vec<Variable> =
        (0..problem.cells).map(|_| variables.add(variable().min(0.0).max(1e5))).collect();
    let goal = of(&cells);
    let mut model = variables.maximise(goal.clone()).using(microlp);
    for (members, value) in &problem.known {
        let sum: Expression = members.iter().map(|(cell, sign)| f64::from(*sign) * cells[*cell]).sum();
        model = model.with(sum.eq(*value));
    }
    let found = model.solve().expect("the true table fits what is shown");
    found.eval(&goal)
}

/// What an attacker knows: sums of cells.
struct Attack {
    cells: usize,
    known: Vec<(Vec<(usize, i32)>, f64)>,
}

fn is_small(count: u64) -> bool {
    (1..THRESHOLD).contains(&count)
}

/// Every small count and difference between stages of rows that never rise, families adding up to the same people.
fn attack_stages(families: &[Vec<Vec<u64>>; 3]) -> Result<(), TestCaseError> {
    let shown = released(families, THRESHOLD);
    let stages = families[0][0].len();
    let mut rows: Vec<(usize, &Vec<u64>, &Vec<Shown>)> = Vec::new();
    let mut firsts = Vec::new();
    for (family, of_family) in families.iter().enumerate() {
        firsts.push(rows.len());
        for (row, of_row) in of_family.iter().enumerate() {
            rows.push((rows.len(), of_row, &shown[family][row]));
        }
    }
    let mut known = Vec::new();
    for (at, _, shown) in &rows {
        for (k, shown) in shown.iter().enumerate() {
            if let Shown::Count(count) = shown {
                let members = (k..stages).map(|s| (at * stages + s, 1)).collect();
                known.push((members, *count as f64));
            }
        }
    }
    for (k, shown) in shown[3][0].iter().enumerate() {
        if let Shown::Count(count) = shown {
            let members = (0..families[0].len()).flat_map(|r| (k..stages).map(move |s| (r * stages + s, 1)));
            known.push((members.collect(), *count as f64));
        }
    }
    // Families are of the same people, stage by stage.
    for (family, of_family) in families.iter().enumerate().skip(1).filter(|(_, f)| !f.is_empty()) {
        for s in 0..stages {
            let plus = (0..families[0].len()).map(|r| (r * stages + s, 1));
            let minus = (0..of_family.len()).map(|r| ((firsts[family] + r) * stages + s, -1));
            known.push((plus.chain(minus).collect(), 0.0));
        }
    }
    let attack = Attack { cells: rows.len() * stages, known };
    for (at, row, _) in &rows {
        for from in 0..stages {
            for to in from + 1..=stages {
                if is_small(row[from] - row.get(to).copied().unwrap_or(0)) {
                    let most = most(&attack, &|cells| (from..to).map(|s| cells[at * stages + s]).sum());
                    prop_assert!(
                        most >= THRESHOLD as f64 - 1e-6,
                        "row {at}, {from}..{to}: at most {most}\n{families:?}\n{shown:?}"
                    );
                }
            }
        }
    }
    Ok(())
}

/// Rows of stages, and the same people dealt to other rows.
fn caseloads() -> impl Strategy<Value = [Vec<Vec<u64>>; 3]> {
    let cell = prop_oneof![3 => 0_u64..7, 2 => 0_u64..60];
    (2_usize..5, 1_usize..6, 0_usize..4).prop_flat_map(move |(stages, groups, providers)| {
        let exactly = prop::collection::vec(prop::collection::vec(cell.clone(), stages), groups);
        let deal = prop::collection::vec(0..providers.max(1), 64);
        (exactly, deal).prop_map(move |(exactly, deal)| {
            let mut dealt = vec![vec![0; stages]; providers];
            let mut turn = 0;
            for row in &exactly {
                for (stage, people) in row.iter().enumerate() {
                    for person in 0..*people as usize {
                        if providers > 0 {
                            turn += 1 + person % 3;
                            dealt[deal[turn % deal.len()]][stage] += 1;
                        }
                    }
                }
            }
            [stairs(&exactly), stairs(&dealt), Vec::new()]
        })
    })
}

/// Counts at each stage, from those who left exactly behind each.
fn stairs(exactly: &[Vec<u64>]) -> Vec<Vec<u64>> {
    exactly.iter().map(|row| (0..row.len()).map(|k| row[k..].iter().sum()).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn nobody_can_tell_that_a_hidden_stage_is_small(families in caseloads()) {
        attack_stages(&families)?;
    }
}

fn case() -> serde_json::Value {
    serde_json::from_str(include_str!("../data/cases/21_disclosure_control.json")).expect("the case is JSON")
}

/// The stored case of disclosure control: the rectangle of the smallest counts.
#[test]
fn a_small_cell_takes_the_smallest_rectangle_with_it() {
    let case = case();
    let counts = |value: &serde_json::Value| -> Vec<u64> {
        value.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect()
    };
    let cells: Vec<Vec<u64>> = case["inputs"]["table"].as_array().unwrap().iter().map(counts).collect();
    // The table is of refusals; a thousand more of each are let in.
    let refused = |refused: u64| Counts { people: 1_000 + refused, passed: vec![1_000], ..Counts::default() };
    let sum = |row: &Vec<u64>| {
        let (places, all) = (row.len() as u64, row.iter().sum::<u64>());
        Counts { people: 1_000 * places + all, passed: vec![1_000 * places], ..Counts::default() }
    };
    let counted = Counted {
        source: String::new(),
        counted_on: None,
        hidden_under: u32::try_from(case["inputs"]["threshold_lt"].as_u64().unwrap()).unwrap(),
        gates: vec!["accepted".to_owned()],
        groups: cells
            .iter()
            .map(|row| CountedGroup { name: String::new(), need_group: None, counts: sum(row) })
            .collect(),
        providers: (0..cells[0].len())
            .map(|place| CountedPlace {
                name: String::new(),
                groups: cells.iter().map(|row| refused(row[place])).collect(),
            })
            .collect(),
        referrers: Vec::new(),
        exits_by_week: Vec::new(),
        adjusted: Vec::new(),
        by_need: None,
    };
    let small = SmallNumbers::of(&counted, None);
    let mut expected: Vec<Vec<u64>> =
        case["expected"]["lt5_primary"].as_array().unwrap().iter().map(counts).collect();
    expected.extend(case["expected"]["a_minimal_valid_secondary_set"].as_array().unwrap().iter().map(counts));
    for (r, row) in small.cells.refused.iter().enumerate() {
        for (c, shown) in row.iter().enumerate() {
            let is_hidden = expected.contains(&vec![r as u64, c as u64]);
            assert_eq!(*shown == Shown::Hidden, is_hidden, "{r}, {c}");
        }
    }
    assert!(small.turned_away.iter().flatten().all(|shown| shown.count().is_some()));
}

/// The same case: 23 started and 20 served may each be told, and not both.
#[test]
fn a_small_difference_between_stages_is_not_given_away() {
    let funnel = &case()["inputs"]["funnel"]["High"];
    let row: Vec<u64> = ["started", "served", "outcome"].map(|k| funnel[k].as_u64().unwrap()).to_vec();
    let [groups, _, _, total] = released(&[vec![row], Vec::new(), Vec::new()], THRESHOLD);
    for shown in [&groups[0], &total[0]] {
        assert!(shown[0] == Shown::Hidden || shown[1] == Shown::Hidden, "{shown:?}");
    }
}

#[test]
fn what_is_large_or_nought_is_told() {
    let row = vec![40, 40, 30, 30, 0];
    let [groups, _, _, total] =
        released(&[vec![row.clone(), row.clone()], Vec::new(), Vec::new()], THRESHOLD);
    assert!(groups.iter().chain(&total).flatten().all(|shown| shown.count().is_some()));
}

/// Two thousand offices of forty groups, most cells of a few people: what may be told of them is found in a time that grows
/// with the table, and not with its square. An unoptimised build takes under two seconds of a processor of its own.
#[test]
fn what_may_be_told_of_thousands_of_offices_is_found_quickly() {
    let counts = |g: usize, p: usize| {
        let people = ((g * 7 + p * 13) % 23) as u64;
        Counts { people, passed: vec![people - people / 3, people / 2, people / 4], ..Counts::default() }
    };
    let (groups, offices) = (40, 2_000);
    let places: Vec<CountedPlace> = (0..offices)
        .map(|p| CountedPlace { name: String::new(), groups: (0..groups).map(|g| counts(g, p)).collect() })
        .collect();
    let group = |g: usize| {
        let all = |of: fn(&Counts) -> u64| places.iter().map(|place| of(&place.groups[g])).sum::<u64>();
        let passed = vec![all(|c| c.passed[0]), all(|c| c.passed[1]), all(|c| c.passed[2])];
        CountedGroup {
            name: String::new(),
            need_group: None,
            counts: Counts { people: all(|c| c.people), passed, ..Counts::default() },
        }
    };
    let counted = Counted {
        source: String::new(),
        counted_on: None,
        hidden_under: THRESHOLD as u32,
        gates: ["referred", "accepted", "served"].map(str::to_owned).to_vec(),
        groups: (0..groups).map(group).collect(),
        providers: places,
        referrers: Vec::new(),
        exits_by_week: Vec::new(),
        adjusted: Vec::new(),
        by_need: None,
    };
    let began = std::time::Instant::now();
    let small = SmallNumbers::of(&counted, Some((2, 2)));
    let took = began.elapsed();
    println!("{groups} groups, {offices} offices: {took:?}");
    assert_eq!(small.cells.served.len(), groups);
    assert!(took.as_secs() < 20, "{took:?}");
}
