//! What changed between two states of the balance, and what each change did to the lead.

use evenhand::{
    analysis::balance::compare::{
        ChangeKind, Comparison, NoWhole, Orders, SAMPLED_ORDERS, compare, headline,
    },
    model::{
        Workspace,
        balance::{Better, Must, NamedLevel, Scale, ScoreLevel, Side, WeightsFrom},
        snapshot::BalanceState,
    },
};
use proptest::{prelude::*, sample::Index};
use westmere::{data, factor, number, option, score, workspace};

use crate::westmere;

fn between(before: &Workspace, after: &Workspace) -> Comparison {
    compare(&BalanceState::of(before), &BalanceState::of(after))
}

fn kinds(comparison: &Comparison) -> Vec<ChangeKind> {
    comparison.changes.iter().map(|change| change.kind.clone()).collect()
}

fn effects(comparison: &Comparison) -> Vec<f64> {
    comparison.changes.iter().map(|change| change.share.unwrap().effect).collect()
}

/// Two factors, one a side, worth 50 each; B leads A by 5.
fn two() -> Workspace {
    let factors = vec![
        factor(0, "Quality", Side::Operational, Scale::Direct, Some(50.0)),
        factor(1, "Price", Side::Commercial, Scale::Direct, Some(50.0)),
    ];
    workspace(&["A", "B"], factors, &[vec![40.0, 70.0], vec![60.0, 40.0]])
}

fn set(workspace: &mut Workspace, f: usize, o: usize, x: f64) {
    let (factor, option) =
        (workspace.balance.factors[f].id.clone(), workspace.question.options[o].id.clone());
    let cell = workspace.balance.scores.iter_mut().find(|s| s.factor == factor && s.option == option);
    cell.unwrap().level = ScoreLevel::Point(x);
}

/// The officers' draft beside Westmere as it stands.
fn officers_draft() -> (Workspace, Workspace) {
    let today = westmere::westmere();
    let mut draft = today.clone();
    draft.voices.ballots.retain(|ballot| ballot.sector.as_str() == "public");
    draft.factor_mut(&"reach".into()).unwrap().scale = Scale::Linear { worst: 30.0, best: 90.0 };
    (draft, today)
}

#[test]
fn the_officers_draft_differs_by_what_an_independent_program_says() {
    let expected = data("westmere_compare.json");
    let (draft, today) = officers_draft();
    let found = between(&draft, &today);
    let whole = found.whole.as_ref().unwrap();
    assert_eq!(found.option(&whole.leader).unwrap().badge, "B");
    assert_eq!(whole.orders, Orders::All(6));
    assert_eq!(
        kinds(&found),
        [ChangeKind::BetweenSides, ChangeKind::InsideSides, ChangeKind::Scale("reach".into())]
    );
    let wanted = ["between", "inside", "reach"].map(|key| number(&expected["effects"][key]));
    for (got, want) in effects(&found).iter().zip(wanted) {
        assert!((got - want).abs() < 1e-9, "{got} instead of {want}");
    }
    assert!((whole.lead_before - number(&expected["lead_before"])).abs() < 1e-9);
    assert!((whole.lead_after - number(&expected["lead_after"])).abs() < 1e-9);
    let share = found.before.weighed.commercial_share.unwrap();
    assert!((share - number(&expected["commercial_before"])).abs() < 1e-12);
}

#[test]
fn the_officers_draft_is_told_in_words() {
    let (draft, today) = officers_draft();
    let found = between(&draft, &today);
    let told: Vec<(&str, &str)> = found.changes.iter().map(|c| (c.name.as_str(), c.line.as_str())).collect();
    assert_eq!(
        told[0],
        ("Weight between the two sides", "commercial 43.0 % from 3 ballots, now 42.0 % from 14 ballots")
    );
    assert_eq!(told[1].0, "Weights inside each side");
    assert!(told[1].1.starts_with("most of all survival of local providers, 11.7 % of its side, now 15.0 %"));
    assert!(told[2].1.starts_with("straight line, now bent: 70 % was worth 67, now 72"), "{}", told[2].1);
    let headline = headline(&found, ["Officers’ draft", "Today"]);
    assert_eq!(headline.lead, "B led by 8.0 and leads by 9.2.");
}

#[test]
fn names_notes_and_grades_change_no_figure() {
    let before = two();
    let mut after = before.clone();
    after.question.options[0].name = "Another name".to_owned();
    after.balance.factors[0].short = "Q".to_owned();
    after.balance.scores[0].note = "Seen again".to_owned();
    after.balance.scores[0].grade = Some(4);
    after.balance.factors.swap(0, 1);
    let found = between(&before, &after);
    assert_eq!((found.changes.len(), found.whole.clone()), (0, Err(NoWhole::Same)));
    assert_eq!(headline(&found, ["Draft", "Today"]).lead, "The same in every figure.");
}

#[test]
fn scores_that_change_alone_do_what_their_weight_says() {
    let before = two();
    let mut after = before.clone();
    set(&mut after, 0, 1, 90.0);
    set(&mut after, 1, 0, 50.0);
    let found = between(&before, &after);
    let ids = &before.question.options;
    assert_eq!(
        kinds(&found),
        [ChangeKind::ScoresOf(ids[0].id.clone()), ChangeKind::ScoresOf(ids[1].id.clone())]
    );
    // B's lead went from 5 to 20: 5 because A fell by 10 at half the weight, 10 because B rose by 20.
    assert_eq!(effects(&found), [5.0, 10.0]);
    assert_eq!(found.changes[1].line, "Quality: 70, now 90");
}

#[test]
fn scores_of_one_factor_are_one_change() {
    let before = two();
    let mut after = before.clone();
    set(&mut after, 0, 0, 10.0);
    set(&mut after, 0, 1, 20.0);
    assert_eq!(kinds(&between(&before, &after)), [ChangeKind::ScoresOn("factor-0".into())]);
}

#[test]
fn a_score_and_the_weight_it_rides_on_share_what_they_do_together() {
    let before = two();
    let mut after = before.clone();
    set(&mut after, 0, 1, 90.0);
    after.balance.factors[0].swing = Some(150.0);
    let found = between(&before, &after);
    assert_eq!(found.changes[0].kind, ChangeKind::BetweenSides);
    // Lead of B = w·(b − 40) − (1 − w)·20. From w = ½, b = 70 it is −(−5); each order in turn:
    // weight first 12.5 then score 15; score first 10 then weight 17.5.
    assert_eq!(effects(&found), [15.0, 12.5]);
}

#[test]
fn an_option_that_comes_in_takes_the_lead_from_nobody_it_does_not_beat() {
    let before = two();
    let mut after = before.clone();
    after.question.options.push(option(2, "C"));
    for (f, x) in [(0, 66.0), (1, 40.0)] {
        let id = after.balance.factors[f].id.clone();
        after.balance.scores.push(score(&id, &"option-2".into(), ScoreLevel::Point(x)));
    }
    let found = between(&before, &after);
    assert_eq!(kinds(&found), [ChangeKind::OptionAdded("option-2".into())]);
    // B stands at 55, A at 50, C at 53.
    assert_eq!(effects(&found), [-3.0]);
    let back = between(&after, &before);
    assert_eq!(kinds(&back), [ChangeKind::OptionRemoved("option-2".into())]);
    assert_eq!(effects(&back), [3.0]);
    assert_eq!(back.options.len(), 3);
    assert_eq!(back.after.total(&"option-2".into()), None);
}

#[test]
fn a_leader_that_was_not_there_or_was_struck_has_no_lead_to_follow() {
    let after = two();
    let mut before = after.clone();
    before.question.options.remove(1);
    before.balance.scores.retain(|s| s.option.as_str() != "option-1");
    let found = between(&before, &after);
    assert_eq!(found.whole, Err(NoWhole::NotYetAnOption("option-1".into())));
    assert!(found.changes.iter().all(|change| change.share.is_none()));
    assert_eq!(headline(&found, ["Draft", "Today"]).cause, "B was not an option in “Draft”.");

    let mut before = after.clone();
    before.balance.factors[1].must = Some(Must::AtLeast(50.0));
    let found = between(&before, &after);
    assert_eq!(kinds(&found), [ChangeKind::Musts]);
    assert_eq!(found.whole, Err(NoWhole::StruckBefore("option-1".into())));
    assert_eq!(found.changes[0].line, "Must on Price: at least 50, now not given");
}

#[test]
fn without_weights_nobody_leads() {
    let weighed = two();
    let mut none = weighed.clone();
    none.balance.factors.iter_mut().for_each(|f| f.swing = Some(0.0));
    assert_eq!(between(&weighed, &none).whole, Err(NoWhole::NoLeaderAfter));
    assert_eq!(between(&none, &weighed).whole, Err(NoWhole::NoLeaderBefore));
    assert_eq!(between(&Workspace::default(), &Workspace::default()).whole, Err(NoWhole::Same));
}

#[test]
fn a_scale_that_cannot_read_the_other_scores_takes_them_along() {
    let before = two();
    let mut after = before.clone();
    after.balance.factors[0].scale = Scale::Levels(vec![
        NamedLevel { name: "poor".to_owned(), value: 10.0 },
        NamedLevel { name: "good".to_owned(), value: 80.0 },
    ]);
    for (o, name) in ["poor", "good"].into_iter().enumerate() {
        after.balance.scores[o].level = ScoreLevel::Level(name.to_owned());
    }
    let found = between(&before, &after);
    assert_eq!(kinds(&found), [ChangeKind::Scale("factor-0".into())]);
    // Quality 40 and 70 became 10 and 80: the difference grew by 40, at half the weight.
    assert_eq!(effects(&found), [20.0]);
}

#[test]
fn more_than_seven_changes_are_sampled_and_still_add_up() {
    let names = ["A", "B", "C", "D", "E", "F", "G", "H", "I"];
    let factors = vec![factor(0, "Quality", Side::Operational, Scale::Direct, Some(50.0))];
    let row: Vec<f64> = (0..9).map(|o| f64::from(o) * 10.0).collect();
    let before = workspace(&names, factors, &[row]);
    let mut after = before.clone();
    after.balance.factors.push(factor(1, "Price", Side::Commercial, Scale::Direct, Some(30.0)));
    for o in 0..9 {
        set(&mut after, 0, o, 85.0 - o as f64);
        let id = after.question.options[o].id.clone();
        after.balance.scores.push(score(&"factor-1".into(), &id, ScoreLevel::Point(50.0)));
    }
    // By factor it is one change; told by option it must be more.
    after.balance.factors[0].scale = Scale::Linear { worst: 0.0, best: 90.0 };
    for id in 2..9 {
        let f = factor(id, &format!("New {id}"), Side::Commercial, Scale::Direct, Some(10.0));
        after.balance.factors.push(f);
    }
    let found = between(&before, &after);
    let whole = found.whole.as_ref().unwrap();
    assert_eq!(whole.orders, Orders::Sampled(SAMPLED_ORDERS));
    let sum: f64 = effects(&found).iter().sum();
    assert!((sum - (whole.lead_after - whole.lead_before)).abs() < 1e-9);
    assert!(found.changes.iter().all(|c| c.share.unwrap().standard_error.is_some()));
    assert_eq!(effects(&found), effects(&between(&before, &after)));
}

/// One thing that can happen to a state.
#[derive(Clone, Debug)]
enum Edit {
    Swing(Index, f64),
    Turn(Index),
    Score(Index, Option<f64>),
    Scale(Index, u8),
    Must(Index, Option<f64>),
    DropOption(Index),
    DropFactor(Index),
    AddOption(u16),
    AddFactor(u16, bool, f64),
    Ballots,
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        (at(), 0.0..100.0).prop_map(|(i, x)| Edit::Swing(i, x)),
        at().prop_map(Edit::Turn),
        (at(), prop::option::of(0.0..100.0)).prop_map(|(i, x)| Edit::Score(i, x)),
        (at(), 0..5_u8).prop_map(|(i, k)| Edit::Scale(i, k)),
        (at(), prop::option::of(0.0..100.0)).prop_map(|(i, x)| Edit::Must(i, x)),
        at().prop_map(Edit::DropOption),
        at().prop_map(Edit::DropFactor),
        any::<u16>().prop_map(Edit::AddOption),
        (any::<u16>(), any::<bool>(), 0.0..100.0).prop_map(|(n, s, x)| Edit::AddFactor(n, s, x)),
        Just(Edit::Ballots),
    ]
}

fn make(w: &mut Workspace, edit: &Edit) {
    let factors = w.balance.factors.len();
    let side = |commercial: bool| if commercial { Side::Commercial } else { Side::Operational };
    match edit {
        Edit::Swing(i, x) if factors > 0 => i.get_mut(&mut w.balance.factors).swing = Some(*x),
        Edit::Turn(i) if factors > 0 => {
            let factor = i.get_mut(&mut w.balance.factors);
            factor.side = side(factor.side == Side::Operational);
        }
        Edit::Score(i, x) if !w.balance.scores.is_empty() => {
            i.get_mut(&mut w.balance.scores).level = x.map_or(ScoreLevel::Unknown, ScoreLevel::Point);
        }
        Edit::Scale(i, kind) if factors > 0 => {
            i.get_mut(&mut w.balance.factors).scale = match kind {
                0 => Scale::Direct,
                1 => Scale::Local { better: Better::Higher },
                2 => Scale::Local { better: Better::Lower },
                3 => Scale::LowestPrice,
                _ => Scale::Points(vec![(0.0, 0.0), (30.0, 80.0), (100.0, 100.0)]),
            };
        }
        Edit::Must(i, x) if factors > 0 => {
            i.get_mut(&mut w.balance.factors).must = x.map(Must::AtLeast);
        }
        Edit::DropOption(i) if !w.question.options.is_empty() => {
            let count = w.question.options.len();
            let gone = w.question.options.remove(i.index(count)).id;
            w.balance.scores.retain(|s| s.option != gone);
        }
        Edit::DropFactor(i) if factors > 0 => {
            let gone = w.balance.factors.remove(i.index(factors)).id;
            w.balance.scores.retain(|s| s.factor != gone);
        }
        Edit::AddOption(n) => {
            let new = option(usize::from(*n) + 100, &format!("New {n}"));
            if w.option(&new.id).is_none() {
                let balance = &mut *w.balance;
                for f in &balance.factors {
                    let x = f64::from(n % 97);
                    balance.scores.push(score(&f.id, &new.id, ScoreLevel::Point(x)));
                }
                w.question.options.push(new);
            }
        }
        Edit::AddFactor(n, commercial, x) => {
            let new = factor(
                usize::from(*n) + 100,
                &format!("New {n}"),
                side(*commercial),
                Scale::Direct,
                Some(*x),
            );
            if w.factor(&new.id).is_none() {
                for (o, option) in w.question.options.iter().enumerate() {
                    let x = ((usize::from(*n) + o * 31) % 101) as f64;
                    w.balance.scores.push(score(&new.id, &option.id, ScoreLevel::Point(x)));
                }
                w.balance.factors.push(new);
            }
        }
        Edit::Ballots => w.balance.weights_from = WeightsFrom::Ballots,
        _ => {}
    }
}

fn state() -> impl Strategy<Value = Workspace> {
    prop::collection::vec(edit(), 0..7).prop_map(|edits| {
        let mut w = westmere::westmere();
        let medians = evenhand::analysis::voices::combined_swings(&w).unwrap();
        for (factor, swing) in w.balance.factors.iter_mut().zip(medians) {
            factor.swing = swing;
        }
        w.balance.weights_from = WeightsFrom::Swings;
        w.balance.factors.truncate(5);
        w.balance.factors[3].side = Side::Commercial;
        let kept: Vec<_> = w.balance.factors.iter().map(|f| f.id.clone()).collect();
        w.balance.scores.retain(|s| kept.contains(&s.factor));
        edits.iter().for_each(|edit| make(&mut w, edit));
        w
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn effects_add_up_to_the_difference_of_the_lead_and_are_never_undefined(a in state(), b in state()) {
        let found = between(&a, &b);
        for change in &found.changes {
            prop_assert!(!change.name.is_empty());
        }
        match &found.whole {
            Ok(whole) => {
                let shares: Vec<f64> = effects(&found);
                prop_assert!(shares.iter().all(|x| x.is_finite()));
                let sum: f64 = shares.iter().sum();
                prop_assert!((sum - (whole.lead_after - whole.lead_before)).abs() < 1e-7, "{:?}", found.changes);
            }
            Err(_) => prop_assert!(found.changes.iter().all(|change| change.share.is_none())),
        }
        prop_assert!(!headline(&found, ["Then", "Now"]).lead.is_empty());
    }

    #[test]
    fn a_state_is_the_same_as_itself(a in state()) {
        prop_assert_eq!(between(&a, &a).whole, Err(NoWhole::Same));
    }
}
