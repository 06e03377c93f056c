//! Payment by how many fewer events there are than in a comparison group.

use evenhand::{
    analysis::{
        Analysis,
        reach::{
            cliff,
            comparison::{ALL_TOGETHER, judged, probability_paid_for_fewer},
        },
    },
    exchange::examples,
    file::format,
    model::{
        Workspace, check,
        money::Pence,
        reach::{FewerEvents, MeasuredCohort, Threshold},
    },
};

const BOND: FewerEvents = FewerEvents {
    alone: 0.1,
    together: Some(0.075),
    compared_per_person: 9.36,
    events_per_person: Some(1.55),
};

fn bond() -> Workspace {
    format::from_text(examples::find("peterborough").unwrap().text, "peterborough").unwrap().workspace
}

fn with_cohorts(cohorts: Vec<MeasuredCohort>) -> Workspace {
    let mut workspace = bond();
    workspace.reach.terms[0].measured = cohorts;
    workspace
}

fn cohort(
    name: &str,
    people: f64,
    events: f64,
    compared_people: f64,
    compared_events: f64,
) -> MeasuredCohort {
    MeasuredCohort {
        name: name.to_owned(),
        people: Some(people),
        events: Some(events),
        compared_people: Some(compared_people),
        compared_events: Some(compared_events),
        ..MeasuredCohort::default()
    }
}

const CHANCES: [(f64, f64, f64, f64); 6] = [
    (0.443, 0.443, 1000.0, 9.121781451495761e-05),
    (0.466, 0.443, 1000.0, 0.012280778120630833),
    (0.5, 0.443, 1000.0, 0.5369062090291633),
    (0.4, 0.443, 300.0, 0.0002447171247169091),
    (0.9, 0.443, 50.0, 1.0),
    (0.2, 0.1, 4000.0, 0.8124085996277584),
];

/// Figures of scipy 1.17.1: `r = 1 - (1-p)/(1-b); se = (1-r)*sqrt(1/(n*e*(1-r)) + 1/(n*m*e)); norm.sf((t - r)/se)`.
#[test]
fn the_chance_to_be_paid_follows_the_error_of_both_counts() {
    for (rate, without, people, chance) in CHANCES {
        let found = probability_paid_for_fewer(BOND, rate, without, people).unwrap();
        assert!((found - chance).abs() < 1e-10, "{rate} against {without}: {found} is not {chance}");
    }
}

#[test]
fn a_result_that_meets_the_threshold_exactly_is_paid() {
    let workspace = with_cohorts(vec![cohort("Even", 1000.0, 90.0, 1000.0, 100.0)]);
    let judged = judged(&workspace.reach.terms[0]);
    assert_eq!(judged[0].paid(), Ok(true), "1 - 90/100 is a tenth but for the last bits");
}

#[test]
fn counted_cohorts_are_added_up_unless_somebody_has_entered_the_sum() {
    let two =
        vec![cohort("One", 1000.0, 1420.0, 9360.0, 14508.0), cohort("Two", 500.0, 690.0, 4000.0, 6200.0)];
    let workspace = with_cohorts(two.clone());
    let found = judged(&workspace.reach.terms[0]);
    assert_eq!(found.len(), 3);
    assert_eq!((found[2].name.as_str(), found[2].together), (ALL_TOGETHER, true));
    // 1 - (2110/1500)/(20708/13360), by hand.
    let by_hand = 1.0 - (2110.0 / 1500.0) / (20_708.0 / 13_360.0);
    assert!((found[2].reduction.unwrap() - by_hand).abs() < 1e-12);
    assert_eq!(found[2].needed, Ok(0.075));

    let mut entered = two;
    entered.push(MeasuredCohort { together: true, ..cohort("Both", 1500.0, 2110.0, 13_360.0, 20_708.0) });
    assert_eq!(
        judged(&with_cohorts(entered).reach.terms[0]).len(),
        3,
        "the sum that was entered stands alone"
    );

    let alone = with_cohorts(vec![cohort("One", 1000.0, 1420.0, 9360.0, 14508.0)]);
    assert_eq!(judged(&alone.reach.terms[0]).len(), 1);
}

#[test]
fn what_cannot_be_judged_says_why() {
    let nothing = MeasuredCohort { name: "Three".to_owned(), ..MeasuredCohort::default() };
    let no_events = cohort("Calm", 100.0, 10.0, 100.0, 0.0);
    let perfect = cohort("Perfect", 100.0, 0.0, 100.0, 40.0);
    let worse = cohort("Worse", 100.0, 50.0, 100.0, 40.0);
    let found: Vec<String> = judged(&with_cohorts(vec![nothing, no_events, perfect, worse]).reach.terms[0])
        .iter()
        .map(|cohort| cohort.words())
        .collect();
    assert_eq!(
        found,
        [
            "Three: nothing was measured of it yet.",
            "Calm: there were no events to compare with.",
            "Perfect: 100 % fewer events; 10 % is needed: paid.",
            // exp(1.959964·√(1/50 + 1/40)) = 1.5155, so 1 − 1.25·1.5155 and 1 − 1.25/1.5155.
            "Worse: 25 % more events (−89.4 % to 17.5 % at 95 %); 10 % is needed: nothing is paid. Chance alone may \
             have decided that.",
        ]
    );
    let mut none = bond();
    none.reach.terms[0].threshold = Threshold::Binary(0.5);
    assert!(judged(&none.reach.terms[0]).is_empty());
}

#[test]
fn the_curve_of_a_bond_starts_near_nothing_and_is_even_at_its_threshold() {
    let mut workspace = bond();
    let group = &mut workspace.question.need_groups[0];
    (group.cost_supported, group.cost_parked) = (Some(Pence(250_000)), Some(Pence(0)));
    let analysis = Analysis::of(&workspace);
    let curve = cliff(&workspace, 0, &analysis.reach.options, 3.0).unwrap();
    // A tenth fewer failures of 55.7 % are 5.57 points.
    assert!(curve.is_term && (curve.threshold - 5.57).abs() < 1e-9, "{}", curve.threshold);
    assert!(curve.chance(0.0).unwrap() < 0.001);
    assert!((curve.chance(curve.threshold).unwrap() - 0.5).abs() < 1e-9);
    let mut last = 0.0;
    for tenths in 0..200 {
        let chance = curve.chance(f64::from(tenths) / 10.0).unwrap();
        assert!(chance >= last, "{tenths}");
        last = chance;
    }
    let reach = analysis.reach.options[0].as_ref().unwrap();
    let cases: Vec<&str> = reach.chances_of_payment.iter().map(|chance| chance.case).collect();
    assert_eq!(cases, ["without", "parked", "predicted", "supported", "threshold"]);
    assert!((reach.chances_of_payment[4].probability - 0.5).abs() < 1e-9);
}

#[test]
fn terms_of_a_comparison_out_of_range_are_refused() {
    let spoil: [fn(&mut Workspace); 4] = [
        |w| w.reach.terms[0].threshold = Threshold::Fewer(FewerEvents { alone: 1.2, ..BOND }),
        |w| w.reach.terms[0].threshold = Threshold::Fewer(FewerEvents { compared_per_person: 0.0, ..BOND }),
        |w| w.reach.terms[0].measured[0].people = Some(-1.0),
        |w| w.reach.terms[0].measured[1].published_reduction = Some(1.5),
    ];
    for (at, spoil) in spoil.into_iter().enumerate() {
        let mut workspace = bond();
        spoil(&mut workspace);
        let broken = check::broken(&workspace).unwrap_or_else(|| panic!("{at} was taken"));
        assert!(broken.place.to_string().starts_with("reach/terms/bond-"), "{broken:?}");
    }
}
