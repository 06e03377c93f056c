//! Simulated caseloads: planted selection is found with the power that stands in docs/caseload-power.md, and where there is
//! none the check finds some in no more than its nominal share of caseloads.
//!
//! `EVENHAND_CASELOADS=1000 cargo test --release --test caseload_power -- --nocapture` prints the table of the page.

use evenhand::{
    analysis::{
        random::{Purpose, Stream},
        reach::caseload::{PlaceAtGate, assess, assessment::InFunnel},
    },
    model::{
        Workspace,
        reach::caseload::{Counted, CountedGroup, CountedPlace, Counts},
    },
};

const GATES: [(&str, f64); 4] = [("referred", 0.91), ("accepted", 0.86), ("started", 0.81), ("served", 0.75)];
const SHARES: [f64; 6] = [0.24, 0.20, 0.07, 0.14, 0.30, 0.05];

/// How a caseload is made: people, and by how much the second group's rate of acceptance is cut.
#[derive(Clone, Copy)]
struct Made {
    people: usize,
    cut: f64,
}

fn caseload(made: Made, seed: u64, number: u32) -> Counted {
    let mut chance = Stream::new(seed, Purpose::Orders, number);
    let groups = SHARES.iter().enumerate().map(|(g, share)| {
        let mut left = libm::round(share * made.people as f64) as u64;
        let people = left;
        let passed = GATES
            .iter()
            .enumerate()
            .map(|(gate, (_, rate))| {
                let rate = if g == 1 && gate == 1 { rate - made.cut } else { *rate };
                left = (0..left).filter(|_| chance.uniform() < rate).count() as u64;
                left
            })
            .collect();
        let counts = Counts { people, passed, ..Counts::default() };
        CountedGroup { name: format!("Group {g}"), need_group: None, counts }
    });
    Counted {
        source: "simulated".to_owned(),
        counted_on: None,
        hidden_under: 5,
        gates: GATES.map(|(name, _)| name.to_owned()).to_vec(),
        groups: groups.collect(),
        providers: Vec::new(),
        referrers: Vec::new(),
        exits_by_week: Vec::new(),
        adjusted: Vec::new(),
        by_need: None,
    }
}

/// Shares of caseloads: with any firm finding, with any finding at the gate of acceptance, at any gate, with the planted
/// group firmly found, with the planted group found at its gate.
fn shares(made: Made, repetitions: u32) -> [f64; 5] {
    let mut counts = [0_u32; 5];
    let workspace = Workspace::default();
    for number in 0..repetitions {
        let found = assess(&caseload(made, 7, number), &workspace).findings;
        let planted = |f: &&evenhand::analysis::reach::caseload::findings::Finding| {
            f.gate == 1 && f.group == 1 && f.fewer > 0.0
        };
        let yes = [
            found.iter().any(|f| f.is_firm()),
            found.iter().any(|f| f.gate == 1),
            !found.is_empty(),
            found.iter().filter(planted).any(|f| f.is_firm()),
            found.iter().any(|f| planted(&f)),
        ];
        counts.iter_mut().zip(yes).for_each(|(count, yes)| *count += u32::from(yes));
    }
    counts.map(|count| f64::from(count) / f64::from(repetitions))
}

fn repetitions() -> u32 {
    std::env::var("EVENHAND_CASELOADS").ok().and_then(|n| n.parse().ok()).unwrap_or(150)
}

#[test]
fn planted_selection_is_found_and_its_absence_is_not() {
    let repetitions = repetitions();
    println!(
        "| people | rate cut by | any firm finding | any at the gate | any at some gate | planted, firm | planted, at its gate |"
    );
    println!("|---|---|---|---|---|---|---|");
    let mut all = Vec::new();
    for people in [500, 1_427, 5_000] {
        for cut in [0.0, 0.05, 0.10, 0.15, 0.20] {
            let shares = shares(Made { people, cut }, repetitions);
            let words = shares.map(|share| format!("{:.1} %", share * 100.0));
            println!("| {people} | {:.0} points | {} |", cut * 100.0, words.join(" | "));
            all.push((people, cut, shares));
        }
    }
    // Three Monte Carlo standard errors above 5 %.
    let most = 0.05 + 3.0 * (0.05 * 0.95 / f64::from(repetitions)).sqrt();
    for (people, cut, [any, at_gate, at_some, firm, found]) in all {
        if cut == 0.0 {
            assert!(any <= most && at_gate <= most, "{people}: {any}, {at_gate}");
            // Four gates, each with its own chance of five in a hundred: what "Worth a look" says of itself.
            assert!((0.1..0.26).contains(&at_some), "{people}: {at_some}");
        }
        if cut >= 0.15 && people >= 1_427 {
            assert!(firm > 0.9, "{people} people, {cut}: found in {firm}");
        }
        assert!(found >= firm);
    }
}

/// Offices that treat everybody alike: those under the lower 95 in 100 line are no more than the 1 in 40 that is said, and
/// some are there whether few or many are compared.
#[test]
fn offices_that_are_alike_lie_under_the_line_no_more_often_than_is_said() {
    for (offices, caseloads) in [(2_usize, 500_u32), (4, 300), (8, 150), (20, 80)] {
        let mut under = 0_u32;
        for number in 0..caseloads {
            let mut chance = Stream::new(11, Purpose::Orders, number * 100 + offices as u32);
            let mut group = |rate: f64| Counts {
                people: 150,
                passed: vec![(0..150).filter(|_| chance.uniform() < rate).count() as u64],
                ..Counts::default()
            };
            let places: Vec<CountedPlace> = (0..offices)
                .map(|at| CountedPlace { name: format!("P{at}"), groups: vec![group(0.7), group(0.85)] })
                .collect();
            let summed = |g: usize| Counts {
                people: 150 * offices as u64,
                passed: vec![places.iter().map(|place| place.groups[g].passed[0]).sum()],
                ..Counts::default()
            };
            let of = |g: usize| CountedGroup { name: format!("G{g}"), need_group: None, counts: summed(g) };
            let counted = Counted {
                source: "simulated".to_owned(),
                counted_on: None,
                hidden_under: 1,
                gates: vec!["accepted".to_owned()],
                groups: (0..2).map(of).collect(),
                providers: places.clone(),
                referrers: Vec::new(),
                exits_by_week: Vec::new(),
                adjusted: Vec::new(),
                by_need: None,
            };
            let found = assess(&counted, &Workspace::default());
            let below = |place: &PlaceAtGate| place.funnel.is_ok_and(InFunnel::is_below);
            under += found.gates[0].providers.iter().filter(|place| below(place)).count() as u32;
        }
        let share = f64::from(under) / f64::from(caseloads) / offices as f64;
        println!("| {offices} | {:.1} % |", share * 100.0);
        assert!((0.01..0.035).contains(&share), "{offices} offices: {share}");
    }
}
