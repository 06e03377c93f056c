//! Changing risk and the bill for exclusion agree with a published case, with numpy and with closed forms.

use evenhand::{
    analysis::{
        Analysis, Undefined,
        reach::{
            self,
            bill::{self, Bill},
            drift::{Bands, Drift, Matrix, drift, expected, project},
            measures::{Counted, Measure, NOTICED, change},
        },
    },
    exchange::{examples, results::Results},
    file::format::from_text,
    model::{
        Room, Workspace, check,
        money::Pence,
        reach::changing_risk::{ChangingRisk, Intensity, PromisedSaving},
    },
};
use westmere::{data, list, number, numbers};

use crate::designs::assert_near;
use crate::risk::{band_id, group_id, matrix, rows, workspace};
use crate::westmere;

fn assert_all_near(actual: &[Vec<f64>], wanted: &[Vec<f64>], tolerance: f64) {
    assert_eq!(actual.len(), wanted.len());
    for (actual, wanted) in actual.iter().zip(wanted) {
        assert_eq!(actual.len(), wanted.len());
        for (actual, wanted) in actual.iter().zip(wanted) {
            assert_near(*actual, *wanted, tolerance);
        }
    }
}

fn opened_westmere() -> Workspace {
    let example = examples::find("westmere").unwrap();
    from_text(example.text, &example.file_name()).unwrap().workspace
}

fn risk_of(workspace: &mut Workspace) -> &mut ChangingRisk {
    workspace.reach.changing_risk.as_mut().unwrap()
}

/// Two bands, 100 people at high risk; without support nobody moves, with a year of it everybody comes down.
fn all_or_nothing() -> Workspace {
    let stay = vec![vec![1.0, 0.0], vec![0.0, 1.0]];
    let down = vec![vec![1.0, 0.0], vec![1.0, 0.0]];
    workspace(&stay, &down, &[0.0, 1.0], &[0.0, 100.0])
}

fn bill_of(workspace: &Workspace, left_out: &[f64]) -> Result<Bill, Undefined> {
    let left_out: Vec<_> = left_out.iter().copied().map(Ok).collect();
    bill::bill(workspace, &left_out, None)
}

#[test]
fn the_published_band_migration_is_reproduced() {
    let case = data("cases/23_risk_band_migration.json");
    let (given, wanted) = (&case["inputs"], &case["expected"]);
    let start = numbers(&given["start"]);
    let rates: Vec<_> = numbers(&given["reoffending_rate"]).into_iter().map(Ok).collect();
    let steps = given["steps"].as_u64().unwrap() as usize;
    for (moves, name) in [("P_unsupported", "unsupported"), ("P_supported", "supported")] {
        let matrix = matrix(&given[moves]);
        let people = project(&start, (&matrix, steps), &matrix, &[0.0; 3], steps).unwrap();
        assert_all_near(&people, &rows(&wanted[name]), 1e-12);
        let reoffenders = expected(&people[steps], &rates).unwrap();
        assert!((reoffenders - number(&wanted["expected_reoffenders_step4"][name])).abs() < 1e-6);
        // Of those at low risk at first, how many are in a higher band at the end.
        let low = project(&[start[0], 0.0, 0.0], (&matrix, steps), &matrix, &[0.0; 3], steps).unwrap();
        let gone_up = low[steps][1] + low[steps][2];
        let wanted = number(&wanted[format!("low_to_higher_after_4_{name}").as_str()]);
        assert!((gone_up - wanted).abs() < 1e-6, "{gone_up} is not {wanted}");
    }
}

#[test]
fn powers_of_matrices_and_long_runs_are_those_of_numpy() {
    let mut long_runs = 0;
    for chain in list(&data("risk_bands_numpy.json")["chains"]) {
        let [without, with] = ["without", "with"].map(|name| matrix(&chain[name]));
        let (start, entrants) = (numbers(&chain["start"]), numbers(&chain["entrants"]));
        let nobody = vec![0.0; start.len()];
        let support = chain["support_years"].as_u64().unwrap() as usize;
        let of =
            |first: usize, entrants: &[f64]| project(&start, (&with, first), &without, entrants, 20).unwrap();
        assert_all_near(&of(0, &nobody), &rows(&chain["people_without"]), 1e-11);
        assert_all_near(&of(support, &nobody), &rows(&chain["people_with"]), 1e-11);
        assert_all_near(&of(0, &entrants), &rows(&chain["people_with_entrants"]), 1e-11);
        if !chain["long_run"].is_null() {
            let (found, wanted) = (without.long_run().unwrap(), numbers(&chain["long_run"]));
            assert_all_near(&[found], &[wanted], 1e-9);
            long_runs += 1;
        }
    }
    assert!(long_runs >= 4, "{long_runs}");
}

#[test]
fn the_long_run_of_two_bands_is_the_closed_form() {
    // π = (b, a)/(a + b), where a leave the first band and b the second.
    let (a, b) = (0.3, 0.1);
    let found = Matrix::new(vec![vec![1.0 - a, a], vec![b, 1.0 - b]]).unwrap().long_run().unwrap();
    assert_near(found[0], b / (a + b), 1e-15);
    assert_near(found[1], a / (a + b), 1e-15);
    // Swapping for ever has a long run too, as shares of time.
    let swap = Matrix::new(vec![vec![0.0, 1.0], vec![1.0, 0.0]]).unwrap();
    assert_eq!(swap.long_run(), Ok(vec![0.5, 0.5]));
}

#[test]
fn a_band_that_nobody_leaves_takes_everybody_in_the_end() {
    let trap = Matrix::new(vec![vec![0.9, 0.1, 0.0], vec![0.2, 0.7, 0.1], vec![0.0, 0.0, 1.0]]).unwrap();
    assert_eq!(trap.absorbing(), [2]);
    assert_eq!(trap.long_run(), Ok(vec![0.0, 0.0, 1.0]));
    let two_traps = Matrix::new(vec![vec![1.0, 0.0, 0.0], vec![0.3, 0.4, 0.3], vec![0.0, 0.0, 1.0]]).unwrap();
    assert_eq!(two_traps.absorbing(), [0, 2]);
    assert_eq!(two_traps.long_run(), Err(Undefined("where people end up depends on where they begin")));
}

#[test]
fn rows_that_are_not_shares_of_one_are_refused() {
    let refused = |rows: Vec<Vec<f64>>| Matrix::new(rows).unwrap_err().0;
    assert_eq!(refused(vec![]), "there are no bands of risk");
    assert_eq!(refused(vec![vec![0.9]]), "the moves from a band do not add up to 1");
    assert_eq!(refused(vec![vec![1.0 + 2e-9]]), "a move is not a share from 0 to 1");
    assert_eq!(refused(vec![vec![f64::NAN]]), "a move is not a share from 0 to 1");
    assert_eq!(refused(vec![vec![1.0, 0.0]]), "the moves do not lead from every band to every band");
    assert!(Matrix::new(vec![vec![0.5, 0.5 - 5e-10], vec![0.0, 1.0]]).is_ok());
    let one = Matrix::new(vec![vec![1.0]]).unwrap();
    assert!(one.a_year_later(&[1.0, 2.0]).is_err());
    assert!(project(&[1.0], (&one, 0), &one, &[], 3).is_err());
}

#[test]
fn westmere_drifts_and_is_billed_as_worked_out_apart() {
    let workspace = opened_westmere();
    let wanted = data("risk_bands_numpy.json");
    let result = reach::analyse(&workspace);
    let Drift { without, with_support, .. } = result.drift.clone().unwrap();
    assert_all_near(&without, &rows(&wanted["westmere_people"]["without"]), 1e-12);
    assert_all_near(&with_support, &rows(&wanted["westmere_people"]["with"]), 1e-12);
    for (option, bill) in workspace.question.options.iter().zip(&result.bills) {
        let (bill, wanted) = (bill.as_ref().unwrap(), &wanted["westmere"][&option.badge]);
        // The capacity of an option is kept to a tenth of an hour, so people agree to six figures.
        let near = |actual: f64, wanted: f64| assert_near(actual, wanted, 1e-5);
        assert_all_near(std::slice::from_ref(&bill.left_out), &[numbers(&wanted["left_out_by_band"])], 1e-5);
        near(bill.over_contract, number(&wanted["over_contract"]));
        let saving = numbers(&wanted["saving_so_far"]);
        near(bill.saving_over_contract.unwrap(), saving[4]);
        let cash = bill.cash.as_ref().unwrap();
        for (at, year) in bill.years.iter().enumerate() {
            near(year.reoffences, numbers(&wanted["reoffences"])[at]);
            near(year.bill_so_far, numbers(&wanted["bill_so_far"])[at]);
            near(year.saving_so_far.unwrap(), saving[at]);
            near(cash.years[at].places, numbers(&wanted["places"])[at]);
            assert_eq!(f64::from(cash.years[at].wings), numbers(&wanted["wings"])[at]);
        }
        let agencies = &workspace.reach.changing_risk.as_ref().unwrap().agencies;
        for (agency, part) in agencies.iter().zip(&bill.by_agency) {
            near(*part, number(&wanted["by_agency"][&agency.name]));
        }
    }
}

#[test]
fn a_flat_contract_costs_more_from_the_first_year_and_a_small_bill_never_fills_a_wing() {
    let workspace = opened_westmere();
    let bills: Vec<Bill> = reach::analyse(&workspace).bills.into_iter().map(Result::unwrap).collect();
    assert_eq!(bills[0].dearer_from, Ok(Some(1)));
    assert_eq!(bills[0].cash.as_ref().unwrap().first_year, Some(5));
    assert_eq!(bills[1].dearer_from, Ok(None));
    let cash = bills[2].cash.as_ref().unwrap();
    assert_eq!((cash.first_year, cash.over_contract), (None, Ok(0.0)));
    assert!(cash.most_places > 30.0 && cash.most_places < 60.0);
}

#[test]
fn reoffences_and_bill_of_people_who_never_move_are_the_closed_form() {
    // Left out, 100 people reoffend once a year for ever; with support they do in its first year only (the support has no
    // rate of its own). Year y has y − 1 cohorts past their first year.
    let mut workspace = all_or_nothing();
    risk_of(&mut workspace).discount_rate = 0.0;
    workspace.question.horizon_years = Some(5);
    let bill = bill_of(&workspace, &[0.0, 100.0]).unwrap();
    let reoffences: Vec<f64> = bill.years.iter().map(|year| year.reoffences).collect();
    assert_eq!(reoffences, [0.0, 100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0]);
    assert_eq!(bill.over_contract, 1_000.0 * 10_000.0);
    assert_eq!(bill.per_year(), 2_000_000.0);
    // At 25 %, £1 of year y is worth 0.8 to the power y − 1.
    risk_of(&mut workspace).discount_rate = 0.25;
    let discounted = bill_of(&workspace, &[0.0, 100.0]).unwrap().over_contract;
    assert_near(discounted, 1e6 * (0.8 + 2.0 * 0.64 + 3.0 * 0.512 + 4.0 * 0.4096), 1e-12);
    // Nobody new: only the first year's people go on.
    risk_of(&mut workspace).entrants_per_year = Some(0.0);
    let bill = bill_of(&workspace, &[0.0, 100.0]).unwrap();
    assert!(bill.years[1..].iter().all(|year| (year.reoffences - 100.0).abs() < 1e-12));
}

#[test]
fn wings_close_one_at_a_time_and_never_before_they_are_empty() {
    let mut workspace = all_or_nothing();
    risk_of(&mut workspace).discount_rate = 0.0;
    let wing = &mut risk_of(&mut workspace).wing;
    (wing.places, wing.worth, wing.places_per_reoffence) = (Some(100), Some(Pence(150_000_000)), Some(0.5));
    let bill = bill_of(&workspace, &[0.0, 100.0]).unwrap();
    let cash = bill.cash.unwrap();
    assert_eq!(cash.years.iter().map(|year| year.wings).collect::<Vec<_>>(), [0, 0, 1, 1, 2, 2, 3, 3]);
    assert_eq!(cash.first_year, Some(3));
    assert_eq!(cash.most_places, 350.0);
    assert_eq!(cash.over_contract, Ok((1.0 + 1.0 + 2.0 + 2.0 + 3.0 + 3.0) * 1.5e6));
    risk_of(&mut workspace).wing.worth = None;
    let cash = bill_of(&workspace, &[0.0, 100.0]).unwrap().cash.unwrap();
    assert_eq!(cash.first_year, Some(3));
    assert_eq!(cash.over_contract, Err(Undefined("what a wing costs a year is not stated")));
    risk_of(&mut workspace).wing.places = None;
    let cash = bill_of(&workspace, &[0.0, 100.0]).unwrap().cash;
    assert_eq!(cash, Err(Undefined("how many places a wing has is not stated")));
}

#[test]
fn support_that_does_harm_is_named_and_gives_a_bill_below_nought() {
    let mut workspace = opened_westmere();
    assert_eq!(drift(&workspace).unwrap().harmed, Vec::<usize>::new());
    let low = &mut risk_of(&mut workspace).bands[1];
    low.given = Some(Intensity::Intensive);
    let low = low.id.clone();
    assert_eq!(drift(&workspace).unwrap().harmed, [1]);
    let risk = risk_of(&mut workspace);
    for start in risk.starts.values_mut() {
        *start = low.clone();
    }
    let left_out = [50.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let bill = bill_of(&workspace, &left_out).unwrap();
    assert!(bill.over_contract < 0.0);
    assert!(bill.cash.unwrap().years.iter().all(|year| year.wings == 0));
}

#[test]
fn what_is_missing_is_named_and_nobody_left_out_is_no_bill() {
    let why = |edit: &dyn Fn(&mut Workspace)| {
        let mut workspace = all_or_nothing();
        edit(&mut workspace);
        bill_of(&workspace, &[0.0, 100.0]).map(|bill| bill.over_contract).unwrap_err().0
    };
    assert_eq!(why(&|w| w.reach.changing_risk = None), "nobody has said how risk changes");
    assert_eq!(why(&|w| risk_of(w).bands.clear()), "there are no bands of risk");
    assert_eq!(why(&|w| risk_of(w).agencies.clear()), "no agency is named that pays for a reoffence");
    assert_eq!(
        why(&|w| risk_of(w).agencies[0].cost = None),
        "what a reoffence costs an agency is not stated"
    );
    assert_eq!(
        why(&|w| {
            risk_of(w).starts.remove(&group_id(1));
        }),
        "a need group has no band in which its people begin"
    );
    assert_eq!(
        why(&|w| risk_of(w).bands[1].reoffences = None),
        "the reoffences a year of a band are not stated"
    );
    assert_eq!(
        why(&|w| risk_of(w).bands[1].given = Some(Intensity::Intensive)),
        "a band is given support of which no moves are stated"
    );
    // A group without anybody left out needs no first band, and a band in which nobody ever is needs no rate.
    let mut workspace = all_or_nothing();
    risk_of(&mut workspace).starts.remove(&group_id(0));
    assert!(bill_of(&workspace, &[0.0, 100.0]).is_ok());
    assert_eq!(bill_of(&workspace, &[0.0, 0.0]).unwrap().over_contract, 0.0);
    assert!(bill::bill(&workspace, &[Ok(0.0), Err(Undefined("not told"))], None).is_err());
}

#[test]
fn a_saving_is_held_against_the_bill_year_by_year() {
    let mut workspace = all_or_nothing();
    workspace.question.options = vec![westmere::option(0, "Only option")];
    let option = workspace.question.options[0].id.clone();
    let risk = risk_of(&mut workspace);
    risk.discount_rate = 0.0;
    risk.promises = vec![PromisedSaving {
        option: option.clone(),
        by_year: vec![Pence(50_000_000), Pence(150_000_000)],
        source: "Offer".to_owned(),
    }];
    // The bill adds up to £0m, £1m, £3m, £6m, £10m; the saving to £0.5m, £2m, £3.5m, £5m.
    let left_out = [Ok(0.0), Ok(100.0)];
    let bill = bill::bill(&workspace, &left_out, Some(&option)).unwrap();
    assert_eq!(bill.years[2].saving_so_far, Ok(3_500_000.0));
    assert_eq!(bill.dearer_from, Ok(Some(4)));
    let unnamed = bill::bill(&workspace, &left_out, None).unwrap();
    assert_eq!(unnamed.saving_over_contract, Err(Undefined("no saving is promised")));
    assert_eq!(bill::bill_per_year(&workspace, &left_out), Ok(bill.over_contract / 8.0));
}

#[test]
fn newcomers_fare_as_those_before_them() {
    let mut workspace = all_or_nothing();
    risk_of(&mut workspace).entrants_per_year = Some(50.0);
    let found = drift(&workspace).unwrap();
    assert_eq!(found.all_without[3], [0.0, 250.0]);
    // With support each year's people are at high risk when they come and at low risk a year later.
    assert_eq!(found.all_with_support[3], [200.0, 50.0]);
    assert_eq!(found.with_support[1], [100.0, 0.0]);
}

#[test]
fn support_may_go_on_for_years() {
    let half = vec![vec![1.0, 0.0], vec![0.5, 0.5]];
    let stay = vec![vec![1.0, 0.0], vec![0.0, 1.0]];
    let mut workspace = workspace(&stay, &half, &[0.0, 1.0], &[0.0, 80.0]);
    risk_of(&mut workspace).support_years = 3;
    let at_high: Vec<f64> = drift(&workspace).unwrap().with_support.iter().map(|year| year[1]).collect();
    assert_eq!(at_high, [80.0, 40.0, 20.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0]);
    let bands = Bands::of(workspace.reach.changing_risk.as_ref().unwrap()).unwrap();
    assert_eq!(bands.with_support.rows()[1], [0.5, 0.5]);
    assert_eq!(band_id(0).as_str(), "band-0");
}

#[test]
fn a_falling_binary_rate_with_more_crime_raises_the_alarm() {
    // 40 of 100 reoffended three times each; now 36 do, 3.6 times each: the binary rate is down a tenth, and there are
    // 36 × 3.6 = 129.6 reoffences instead of 120, 8 % more.
    let before = Counted { people: 100.0, reoffenders: 40.0, reoffences: 120.0, severity: Some(600.0) };
    let after = Counted { people: 100.0, reoffenders: 36.0, reoffences: 129.6, severity: Some(600.0) };
    let found = change(before, after, NOTICED);
    assert_near(found.binary_rate.unwrap(), 0.9, 1e-15);
    assert_near(found.frequency.unwrap(), 1.2, 1e-15);
    assert_near(found.per_person.unwrap(), 1.08, 1e-12);
    assert_near(found.severity.unwrap(), 1.0 / 1.08, 1e-12);
    assert_eq!(found.parted, [Measure::Frequency, Measure::PerPerson]);
    assert!(found.is_alarming());
    // All measures down together: no alarm.
    let better = Counted { people: 100.0, reoffenders: 30.0, reoffences: 80.0, severity: Some(390.0) };
    let found = change(before, better, NOTICED);
    assert_eq!(found.parted, []);
    assert!(!found.is_alarming());
}

#[test]
fn measures_of_nobody_and_counts_that_do_not_go_together_give_reasons() {
    let nobody = Counted { people: 0.0, reoffenders: 0.0, reoffences: 0.0, severity: None };
    let found = nobody.measures();
    assert_eq!(found.binary_rate, Err(Undefined("there are no people")));
    assert_eq!(found.frequency, Err(Undefined("nobody reoffended")));
    assert_eq!(found.severity, Err(Undefined("the severity is not stated")));
    let odd = Counted { people: 10.0, reoffenders: 12.0, reoffences: 30.0, severity: None };
    assert_eq!(odd.measures().binary_rate, Err(Undefined("more people reoffended than there are")));
    let odd = Counted { people: 10.0, reoffenders: 8.0, reoffences: 3.0, severity: None };
    assert!(odd.measures().per_person.is_err());
    assert!(change(nobody, odd, NOTICED).parted.is_empty());
}

#[test]
fn a_row_that_does_not_add_up_is_broken_with_its_place_and_what_to_do() {
    let mut workspace = opened_westmere();
    let band = &mut risk_of(&mut workspace).bands[1];
    let id = band.id.clone();
    *band.light.as_mut().unwrap().moves.get_mut(&id).unwrap() = 0.51;
    let problem = check::broken(&workspace).unwrap();
    assert_eq!(problem.place, "reach/changing_risk/bands/low-b333/light/moves");
    assert_eq!(problem.what, "The moves from “Low” with light support add up to 98 %.");
    assert_eq!(problem.remedy, "Make them add up to 100 %: everybody is somewhere a year later.");
    *risk_of(&mut workspace).bands[1].light.as_mut().unwrap().moves.get_mut(&id).unwrap() = -0.2;
    let problem = check::broken(&workspace).unwrap();
    assert!(problem.place.ends_with("light/moves/low-b333"), "{problem}");
    let mut workspace = opened_westmere();
    risk_of(&mut workspace).horizon_years = 21;
    assert_eq!(check::broken(&workspace).unwrap().remedy, "Give 1 to 20 years.");
}

#[test]
fn the_bill_stands_in_the_json_object_with_its_years_and_agencies() {
    let workspace = opened_westmere();
    let analysis = Analysis::of(&workspace);
    let results = Results {
        workspace: &workspace,
        revision: 1,
        analysis: &analysis,
        robustness: Err(Undefined("not asked for")),
        by_weights: None,
        better_information: None,
    };
    let json = results.as_json(&[Room::Reach]);
    let bill = &json["reach"]["options"][0]["bill"];
    let wanted = data("risk_bands_numpy.json");
    assert_near(number(&bill["over_contract"]), number(&wanted["westmere"]["A"]["over_contract"]), 1e-5);
    assert_near(number(&bill["per_year"]) * 5.0, number(&bill["over_contract"]), 1e-12);
    assert_eq!(list(&bill["years"]).len(), 8);
    assert_eq!(bill["years"][4]["wings"], 1);
    assert_eq!((&bill["first_wing_closes"], &bill["dearer_from"]), (&5.into(), &1.into()));
    assert_eq!(bill["by_agency"][4]["name"], "Prisons");
    let never = &json["reach"]["options"][1]["bill"];
    assert!(never["first_wing_closes"].is_null());
    assert_eq!(never["first_wing_closes_reason"], "no wing would close in any year that is followed");
    let people = &json["reach"]["changing_risk"];
    let high = number(&people["people_without_support"][1]["high-b555"]);
    assert_near(high, number(&wanted["westmere_people"]["without"][1][3]), 1e-12);
    assert_eq!(people["illustrative"], true);
}
