//! What holds for changing risk and the bill for exclusion whatever the figures.

use evenhand::{
    analysis::reach::{
        bill::{Bill, bill},
        drift::{Matrix, drift, project},
        measures::{Counted, change},
    },
    model::{
        Workspace, check,
        reach::changing_risk::{Moves, set_move},
    },
};
use proptest::prelude::*;

use crate::risk::{band_id, moves, workspace};

fn row(bands: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(prop_oneof![1 => Just(0.0), 4 => 0.001..1.0_f64], bands).prop_map(|parts| {
        let sum: f64 = parts.iter().sum();
        let even = 1.0 / parts.len() as f64;
        parts.into_iter().map(|part| if sum > 0.0 { part / sum } else { even }).collect()
    })
}

fn rows(bands: usize) -> impl Strategy<Value = Vec<Vec<f64>>> {
    prop::collection::vec(row(bands), bands)
}

prop_compose! {
    fn anything()(bands in 1..7_usize)(
        without in rows(bands),
        with_support in rows(bands),
        rates in prop::collection::vec(0.0..3.0_f64, bands),
        people in prop::collection::vec(0.0..900.0_f64, bands),
        support_years in 1..20_u32,
        horizon in 1..20_u32,
        entrants in prop::option::of(0.0..2_000.0_f64),
    ) -> Workspace {
        let mut workspace = workspace(&without, &with_support, &rates, &people);
        let risk = workspace.reach.changing_risk.as_mut().unwrap();
        (risk.support_years, risk.horizon_years, risk.entrants_per_year) = (support_years, horizon, entrants);
        workspace
    }
}

fn billed(workspace: &Workspace, times: f64) -> Bill {
    let groups = workspace.question.need_groups.iter();
    let left_out: Vec<_> = groups.map(|group| Ok(group.people_per_year.unwrap() * times)).collect();
    bill(workspace, &left_out, None).unwrap()
}

fn near(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-9 * size.max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nobody_is_lost_or_made(workspace in anything()) {
        let people: f64 = workspace.question.need_groups.iter().filter_map(|g| g.people_per_year).sum();
        let found = drift(&workspace).unwrap();
        let risk = workspace.reach.changing_risk.as_ref().unwrap();
        let entrants = risk.entrants_per_year.unwrap_or(people);
        for year in 0..=risk.horizon_years as usize {
            for by_year in [&found.without, &found.with_support] {
                prop_assert!(near(by_year[year].iter().sum(), people, people));
                prop_assert!(by_year[year].iter().all(|people| *people >= 0.0));
            }
            let all = people + if people > 0.0 { entrants * year as f64 } else { 0.0 };
            for by_year in [&found.all_without, &found.all_with_support] {
                prop_assert!(near(by_year[year].iter().sum(), all, all));
            }
        }
    }

    #[test]
    fn the_long_run_stays_as_it_is(rows in (1..9_usize).prop_flat_map(rows)) {
        let matrix = Matrix::new(rows).unwrap();
        if let Ok(shares) = matrix.long_run() {
            let later = matrix.a_year_later(&shares).unwrap();
            prop_assert!(near(shares.iter().sum(), 1.0, 1.0));
            for (now, later) in shares.iter().zip(later) {
                prop_assert!(*now >= 0.0 && near(*now, later, 1.0));
            }
        }
    }

    #[test]
    fn a_typed_move_leaves_a_row_of_one_hundred(
        row in row(5),
        to in 0..5_usize,
        typed in 0.0..=1.0_f64,
        then in 0..5_usize,
        again in 0.0..=1.0_f64,
    ) {
        let bands: Vec<_> = (0..5).map(band_id).collect();
        let mut row: Moves = moves(&row);
        for (to, share) in [(to, typed), (then, again)] {
            set_move(&mut row, &bands, &bands[to], share);
            prop_assert!((row.values().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!((row.get(&bands[to]).copied().unwrap_or(0.0) - share).abs() < 1e-15);
            prop_assert!(row.values().all(|share| (0.0..=1.0).contains(share)));
        }
    }

    #[test]
    fn twice_the_people_are_twice_the_bill(workspace in anything()) {
        let (once, twice) = (billed(&workspace, 1.0), billed(&workspace, 2.0));
        let size = once.years.iter().map(|year| year.cost.abs()).sum::<f64>();
        prop_assert!(near(twice.over_contract, 2.0 * once.over_contract, size));
        for (once, twice) in once.years.iter().zip(&twice.years) {
            prop_assert!(near(twice.reoffences, 2.0 * once.reoffences, size));
        }
    }

    #[test]
    fn without_discount_the_bill_is_the_plain_sum(mut workspace in anything(), rate in 0.0..0.3_f64) {
        workspace.reach.changing_risk.as_mut().unwrap().discount_rate = 0.0;
        let plain = billed(&workspace, 1.0);
        let sum: f64 = plain.years.iter().map(|year| year.cost).sum();
        let size: f64 = plain.years.iter().map(|year| year.cost.abs()).sum();
        prop_assert!(near(plain.years.last().unwrap().bill_so_far, sum, size));
        prop_assert!(near(plain.by_agency.iter().sum(), plain.over_contract, size));
        workspace.reach.changing_risk.as_mut().unwrap().discount_rate = rate;
        for (plain, less) in plain.years.iter().zip(billed(&workspace, 1.0).years) {
            prop_assert!(less.bill.abs() <= plain.bill.abs() + 1e-9);
        }
    }

    #[test]
    fn support_like_none_has_no_bill(mut workspace in anything()) {
        for band in &mut workspace.reach.changing_risk.as_mut().unwrap().bands {
            band.given = None;
        }
        prop_assert!(billed(&workspace, 1.0).years.iter().all(|year| year.reoffences == 0.0));
    }

    #[test]
    fn what_is_built_is_sound_and_a_row_that_does_not_add_up_is_broken(
        mut workspace in anything(),
        missing in 1e-6..0.5_f64,
    ) {
        prop_assert!(check::broken(&workspace).is_none());
        let band = &mut workspace.reach.changing_risk.as_mut().unwrap().bands[0];
        let first = band.moves.values_mut().next().unwrap();
        *first *= 1.0 - missing;
        let off = 1.0 - band.moves.values().sum::<f64>();
        prop_assert_eq!(check::broken(&workspace).is_some(), off > 1e-9);
    }

    #[test]
    fn the_parts_of_a_change_multiply_to_the_whole(
        before in (1.0..500.0_f64, 0.01..1.0_f64, 1.0..9.0_f64, 0.1..9.0_f64),
        after in (1.0..500.0_f64, 0.01..1.0_f64, 1.0..9.0_f64, 0.1..9.0_f64),
    ) {
        let counted = |(people, rate, frequency, severity): (f64, f64, f64, f64)| {
            let reoffenders = people * rate;
            let reoffences = reoffenders * frequency;
            Counted { people, reoffenders, reoffences, severity: Some(reoffences * severity) }
        };
        let found = change(counted(before), counted(after), 0.01);
        let parts = found.binary_rate.unwrap() * found.frequency.unwrap() * found.severity.unwrap();
        let whole = found.harm_per_person.unwrap();
        prop_assert!((parts / whole - 1.0).abs() < 1e-9);
    }

    #[test]
    fn one_year_after_another_is_two_years(rows in (2..6_usize).prop_flat_map(rows), people in 0.0..900.0_f64) {
        let matrix = Matrix::new(rows).unwrap();
        let bands = matrix.rows().len();
        let start: Vec<f64> = (0..bands).map(|at| people / (at + 1) as f64).collect();
        let nobody = vec![0.0; bands];
        let two = project(&start, (&matrix, 0), &matrix, &nobody, 2).unwrap();
        let one = matrix.a_year_later(&start).unwrap();
        prop_assert_eq!(&two[2], &matrix.a_year_later(&one).unwrap());
    }
}
