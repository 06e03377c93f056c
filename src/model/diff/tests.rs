use proptest::{prelude::*, sample::Index};

use super::*;
use crate::model::{
    Workspace,
    balance::{Must, Scale, ScoreLevel},
    check,
    decision::Dissent,
    money::Pence,
    question::{Level, ServiceOption, badge},
    reach::{Terms, Threshold},
    sample,
    snapshot::BalanceState,
    voices::{CombineRule, Heard, KnownAs, Round, RoundState, StatementLink},
};

/// The changes from the sample to an edited copy.
fn after(edit: impl FnOnce(&mut Workspace)) -> (Workspace, Vec<Change>) {
    let mut edited = sample::workspace();
    edit(&mut edited);
    let found = changes(&sample::workspace(), &edited);
    (edited, found)
}

/// Each change of an edit in words.
fn words(edit: impl FnOnce(&mut Workspace)) -> Vec<String> {
    let (edited, found) = after(edit);
    found.iter().map(|change| change.describe(&sample::workspace(), &edited).to_string()).collect()
}

#[test]
fn an_entry_of_the_record_that_was_just_added_is_not_called_by_its_id() {
    let added = words(|w| w.decision.dissent.push(Dissent::new("dissent-32af".into(), None, "")));
    assert_eq!(added, ["Dissent with no words yet: added"]);
}

#[test]
fn a_changed_figure_is_one_change_at_its_place() {
    let (_, found) = after(|w| w.balance.factors[1].swing = Some(55.0));
    assert_eq!(
        found,
        [Change {
            place: Place(["balance", "factors", "price-f333", "swing"].map(String::from).to_vec()),
            before: Some(40.0.into()),
            after: Some(55.0.into()),
            position: None,
        }]
    );
    assert_eq!(found[0].place.room(), Some(Room::Balance));
    assert_eq!(found[0].place.to_string(), "balance/factors/price-f333/swing");
}

#[test]
fn a_score_is_known_by_factor_and_option_and_its_level_is_one_value() {
    let (_, found) = after(|w| w.balance.scores[0].level = ScoreLevel::Point(120.0));
    let places: Vec<_> = found.iter().map(|c| c.place.to_string()).collect();
    assert_eq!(places, ["balance/scores/meals-f222/caterer-o222/level"]);
}

#[test]
fn moving_one_thing_is_one_change_however_long_the_list() {
    let (_, found) = after(|w| {
        let last = w.balance.factors.pop().unwrap();
        w.balance.factors.insert(0, last);
    });
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind(), Kind::Moved);
    assert_eq!(found[0].position, Some(Position::First));
    assert_eq!(found[0].place.to_string(), "balance/factors/cost-f777");
}

#[test]
fn things_come_go_move_and_change_at_once() {
    let (_, found) = after(|w| {
        w.balance.factors.remove(0);
        w.balance.factors.swap(0, 2);
        w.balance.factors[0].name = "Tables".to_owned();
        let mut new = w.balance.factors[1].clone();
        new.id = "new-f888".into();
        w.balance.factors.insert(1, new);
    });
    let told: Vec<_> = found.iter().map(|c| (c.kind(), c.place.to_string())).collect();
    assert_eq!(told[0], (Kind::Removed, "balance/factors/meals-f222".to_owned()));
    assert!(told.contains(&(Kind::Added, "balance/factors/new-f888".to_owned())));
    assert!(told.contains(&(Kind::Changed, "balance/factors/table-f555/name".to_owned())));
    assert_eq!(told.iter().filter(|(kind, _)| *kind == Kind::Moved).count(), 2);
}

#[test]
fn a_list_with_two_things_of_one_id_is_one_value() {
    let (edited, found) = after(|w| w.question.options[1].id = "caterer-o222".into());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.to_string(), "question/options");
    assert_eq!(apply(&sample::workspace(), &found), Ok(edited));
}

#[test]
fn differences_read_as_people_say_them() {
    for (edit, said) in [
        (
            (|w| w.balance.factors[1].swing = Some(55.0)) as fn(&mut Workspace),
            "Weight of Price certainty: 40 → 55",
        ),
        (|w| w.balance.factors[1].swing = None, "Weight of Price certainty: 40 → not given"),
        (|w| w.title = "Suppers".to_owned(), "Title: Supper clubs → Suppers"),
        (
            |w| w.balance.scores[2].level = ScoreLevel::Range { low: 55.0, likely: 62.0, high: 70.0 },
            "Score of Town caterer on Price certainty: 62 → 55–62–70",
        ),
        (|w| _ = w.balance.scores.remove(4), "Score of Town caterer on Walk: 9 ± 1.5 → not known"),
        (
            |w| w.balance.factors[0].scale = Scale::Linear { worst: -5.0, best: 1400.0 },
            "Scale of Meals: from 0 to 400 → from −5 to 1,400",
        ),
        (|w| w.balance.factors[0].must = Some(Must::AtMost(3.0)), "Must on Meals: at least 50 → at most 3"),
        (|w| _ = w.question.options.remove(0), "Option Town caterer: removed"),
        (|w| w.question.options.swap(0, 1), "Option Street kitchens: 2nd → 1st"),
        (
            |w| w.question.options[0].decided = Some(Level::FewStreets),
            "Where Town caterer is decided: borough → a few streets",
        ),
        (
            |w| w.question.need_groups[0].outcome_parked = Some(0.215),
            "Outcome rate of Widowed with minimal contact: 20 % → 21.5 %",
        ),
        (
            |w| w.question.need_groups[0].cost_parked = Some(Pence(-12_345_600)),
            "Cost of minimal contact with one person of Widowed: £100 → −£123,456",
        ),
        (
            |w| _ = w.question.entitlements[0].met_by.insert("kitchens-o333".into(), false),
            "Whether Street kitchens meets “Allergens are named”: not given → no",
        ),
        (|w| w.voices.stakeholders[0].sector = "council-s333".into(), "Sector of Ida: Guests → Council"),
        (
            |w| w.voices.stakeholders[0].speaks_for.push("housebound-g333".into()),
            "Whom Ida speaks for: Widowed → Widowed and Housebound",
        ),
        (|w| w.voices.stakeholders[0].heard = Heard::No, "How Ida was heard: direct → not heard"),
        (
            |w| w.voices.statements[0].date = Some(jiff::civil::date(2026, 12, 1)),
            "Date of the statement “It was cold.”: 9 March 2026 → 1 December 2026",
        ),
        (
            |w| _ = w.voices.ballots[0].swings.insert("price-f333".into(), 12.5),
            "Points for Price certainty on the ballot of Ida: 40 → 12.5",
        ),
        (
            |w| w.voices.combine = CombineRule::MeanWeights,
            "How ballots are combined: median of points, each ballot’s largest being 100 → mean of weights",
        ),
        (
            |w| w.reach.terms[0].threshold = Threshold::Above(0.25),
            "Threshold of Town caterer: all or nothing at 30 % → each outcome above 25 %",
        ),
        (|w| w.voices.rounds[0].state = RoundState::Open, "Whether round 1 is open: closed → open"),
        (
            |w| w.voices.rounds[0].asks.push("meals-f222".into()),
            "Factors that round 1 asks about: every factor → Meals",
        ),
        (
            |w| {
                w.voices.rounds.push(Round {
                    number: 2,
                    asks: Vec::new(),
                    state: RoundState::Open,
                    opened: None,
                    closed: None,
                });
            },
            "Round 2: added",
        ),
        (
            |w| w.voices.stakeholders[0].known_as = KnownAs::Pseudonym,
            "What Ida is known by: a role → a pseudonym",
        ),
        (
            |w| w.voices.statements[0].links.push(StatementLink::Option("kitchens-o333".into())),
            "What “It was cold.” bears on: Meals → Meals and Street kitchens",
        ),
        (
            |w| w.voices.ballots[0].ranking.truncate(1),
            "Ranking of the options by Ida: Street kitchens and Town caterer → Street kitchens",
        ),
        (
            |w| w.voices.personal_data.until = None,
            "Day until which personal data is held: 31 March 2027 → not given",
        ),
        (|w| w.reach.terms.push(Terms::unknown("kitchens-o333".into())), "Terms of Street kitchens: added"),
        (
            |w| w.reach.payments[0].price = Pence(310_050),
            "Price for “Tenth supper”, Widowed, under Town caterer: £2,900 → £3,100.50",
        ),
        (|w| w.decision.recommendation = None, "Recommendation: Street kitchens → not given"),
        (
            |w| w.snapshots[0].name = "Draft".to_owned(),
            "Name of the snapshot “First draft”: First draft → Draft",
        ),
        (|w| w.snapshots.clear(), "Snapshot “First draft”: removed"),
        (
            |w| w.snapshots[0].state = BalanceState::default().into(),
            "What the snapshot “First draft” holds: changed",
        ),
        (|w| w.decision.conditions[0].owner.clear(), "Who sees to “Gas is checked”: Ann → not given"),
    ] {
        assert_eq!(words(edit), [said]);
    }
}

#[test]
fn every_place_of_a_workspace_has_words() {
    fn visit(value: &serde_json::Value, steps: &[String], unknown: &mut Vec<String>) {
        let place = Place(steps.to_vec());
        let is_leaf = match value {
            serde_json::Value::Object(fields) if compare::is_variant(fields) => true,
            serde_json::Value::Object(_) | serde_json::Value::Array(_) if compare::is_one_value(steps) => {
                true
            }
            serde_json::Value::Object(fields) => {
                for (field, part) in fields {
                    visit(part, &[steps, std::slice::from_ref(field)].concat(), unknown);
                }
                // A thing in a list can be added and removed as a whole; rooms and maps cannot.
                fields.contains_key("id") || fields.contains_key("option")
            }
            serde_json::Value::Array(list)
                if list.iter().any(|t| t.as_object().is_some_and(|o| !compare::is_variant(o))) =>
            {
                list.iter().for_each(|thing| visit(thing, &[steps, &["any".to_owned()]].concat(), unknown));
                true
            }
            _ => true,
        };
        if is_leaf && places::known(&place).is_none() {
            unknown.push(place.to_string());
        }
    }
    let mut unknown = Vec::new();
    visit(&compare::value_of(&sample::workspace()), &[], &mut unknown);
    assert_eq!(unknown, Vec::<String>::new(), "add them to PLACES in words.rs");
}

#[test]
fn changes_of_both_sides_go_together_where_they_touch_different_places() {
    let (_, ours) = after(|w| w.balance.factors[1].swing = Some(55.0));
    let (theirs, _) = after(|w| {
        w.balance.factors[1].name = "Certainty of cost".to_owned();
        w.balance.factors.remove(0);
    });
    let both = apply(&theirs, &ours).unwrap();
    assert_eq!(both.balance.factors[0].swing, Some(55.0));
    assert_eq!(both.balance.factors[0].name, "Certainty of cost");
}

#[test]
fn a_change_is_not_made_where_something_else_stands_now() {
    let (_, ours) = after(|w| w.balance.factors[1].swing = Some(55.0));
    let (theirs, _) = after(|w| w.balance.factors[1].swing = Some(10.0));
    assert_eq!(apply(&theirs, &ours), Err(ApplyError::StandsDifferently(ours[0].place.clone())));
    let (theirs, _) = after(|w| _ = w.balance.factors.remove(1));
    assert_eq!(apply(&theirs, &ours), Err(ApplyError::NotThere(ours[0].place.clone())));
}

/// One edit of a workspace, sound or not.
#[derive(Clone, Debug)]
enum Edit {
    Text(String),
    Name(Index, String),
    Swing(Index, Option<f64>),
    Level(Index, ScoreLevel),
    ScaleOf(Index, Scale),
    Points(Index, Index, f64),
    Abstain(Index, Index),
    Grade(Index, Option<u8>),
    SpeaksFor(Index, Vec<u8>),
    Price(i32),
    Drop(Index, Index),
    Shuffle(Index, Vec<Index>),
    AddOption(u16, Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    let figure = || -1e6..1e6;
    let level = prop_oneof![
        Just(ScoreLevel::Unknown),
        figure().prop_map(ScoreLevel::Point),
        (figure(), figure(), figure()).prop_map(|(low, likely, high)| ScoreLevel::Range {
            low,
            likely,
            high
        }),
        (figure(), 0.0..9.0).prop_map(|(mean, sd)| ScoreLevel::Normal { mean, sd }),
        "[a-z]{1,5}".prop_map(ScoreLevel::Level),
    ];
    let scale = prop_oneof![
        Just(Scale::Direct),
        Just(Scale::LowestPrice),
        (figure(), figure()).prop_map(|(worst, best)| Scale::Linear { worst, best }),
        prop::collection::vec((figure(), figure()), 0..4).prop_map(Scale::Points),
    ];
    prop_oneof![
        ".{0,9}".prop_map(Edit::Text),
        (index(), ".{0,9}").prop_map(|(i, t)| Edit::Name(i, t)),
        (index(), prop::option::of(figure())).prop_map(|(i, x)| Edit::Swing(i, x)),
        (index(), level).prop_map(|(i, l)| Edit::Level(i, l)),
        (index(), scale).prop_map(|(i, s)| Edit::ScaleOf(i, s)),
        (index(), index(), figure()).prop_map(|(i, j, x)| Edit::Points(i, j, x)),
        (index(), index()).prop_map(|(i, j)| Edit::Abstain(i, j)),
        (index(), prop::option::of(any::<u8>())).prop_map(|(i, g)| Edit::Grade(i, g)),
        (index(), prop::collection::vec(0..9_u8, 0..4)).prop_map(|(i, g)| Edit::SpeaksFor(i, g)),
        any::<i32>().prop_map(Edit::Price),
        (index(), index()).prop_map(|(l, i)| Edit::Drop(l, i)),
        (index(), prop::collection::vec(index(), 0..12)).prop_map(|(l, o)| Edit::Shuffle(l, o)),
        (any::<u16>(), index()).prop_map(|(tail, at)| Edit::AddOption(tail, at)),
    ]
}

/// A thing of a list chosen at random, if there is any.
fn pick<'v, T>(list: &'v mut [T], index: &Index) -> Option<&'v mut T> {
    (!list.is_empty()).then(|| index.get_mut(list))
}

fn shuffle<T>(list: &mut [T], swaps: &[Index]) {
    for (at, with) in swaps.iter().enumerate() {
        if !list.is_empty() {
            let (at, with) = (at % list.len(), with.index(list.len()));
            list.swap(at, with);
        }
    }
}

fn drop_one<T>(list: &mut Vec<T>, index: &Index) {
    if !list.is_empty() {
        list.remove(index.index(list.len()));
    }
}

fn make(w: &mut Workspace, edit: &Edit) {
    match edit {
        Edit::Text(text) => w.question.text.clone_from(text),
        Edit::Name(i, name) => _ = pick(&mut w.balance.factors, i).map(|f| f.name.clone_from(name)),
        Edit::Swing(i, swing) => _ = pick(&mut w.balance.factors, i).map(|f| f.swing = *swing),
        Edit::Level(i, level) => _ = pick(&mut w.balance.scores, i).map(|s| s.level = level.clone()),
        Edit::ScaleOf(i, scale) => _ = pick(&mut w.balance.factors, i).map(|f| f.scale = scale.clone()),
        Edit::Points(b, f, points) => {
            if let (Some(ballot), Some(factor)) =
                (pick(&mut w.voices.ballots, b), pick(&mut w.balance.factors, f))
            {
                ballot.swings.insert(factor.id.clone(), *points);
            }
        }
        Edit::Abstain(b, f) => {
            if let (Some(ballot), Some(factor)) =
                (pick(&mut w.voices.ballots, b), pick(&mut w.balance.factors, f))
            {
                ballot.swings.remove(&factor.id);
            }
        }
        Edit::Grade(i, grade) => _ = pick(&mut w.challenge.evidence, i).map(|e| e.grade = *grade),
        Edit::SpeaksFor(i, groups) => {
            let groups = groups.iter().map(|g| format!("g{g}").as_str().into()).collect();
            _ = pick(&mut w.voices.stakeholders, i).map(|s| s.speaks_for = groups);
        }
        Edit::Price(pence) => w.reach.response_scale = Pence((*pence).into()),
        Edit::Drop(list, i) => match list.index(5) {
            0 => drop_one(&mut w.question.options, i),
            1 => drop_one(&mut w.balance.factors, i),
            2 => drop_one(&mut w.balance.scores, i),
            3 => drop_one(&mut w.reach.terms, i),
            _ => drop_one(&mut w.decision.reasons, i),
        },
        Edit::Shuffle(list, swaps) => match list.index(3) {
            0 => shuffle(&mut w.question.options, swaps),
            1 => shuffle(&mut w.balance.factors, swaps),
            _ => shuffle(&mut w.balance.scores, swaps),
        },
        Edit::AddOption(tail, at) => {
            let options = &mut w.question.options;
            let new = ServiceOption {
                id: format!("new-{tail}").as_str().into(),
                badge: badge(options.len()),
                name: format!("New {tail}"),
                short: String::new(),
                summary: String::new(),
                decided: None,
                designed: None,
                delivered: None,
            };
            options.insert(at.index(options.len() + 1), new);
        }
    }
}

fn edited() -> impl Strategy<Value = Workspace> {
    prop::collection::vec(edit(), 0..25).prop_map(|edits| {
        let mut workspace = sample::workspace();
        edits.iter().for_each(|edit| make(&mut workspace, edit));
        workspace
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_differs_from_itself(workspace in edited()) {
        prop_assert_eq!(changes(&workspace, &workspace), vec![]);
    }

    #[test]
    fn the_changes_between_two_workspaces_made_to_the_first_give_the_second(a in edited(), b in edited()) {
        let found = changes(&a, &b);
        prop_assert_eq!(found.is_empty(), a == b);
        prop_assert_eq!(apply(&a, &found), Ok(b));
    }

    #[test]
    fn any_order_of_a_list_is_reached_by_moves(order in Just((0..9_u16).collect::<Vec<_>>()).prop_shuffle()) {
        let mut a = sample::workspace();
        let option = a.question.options[0].clone();
        a.question.options = (0..9)
            .map(|n| ServiceOption { id: format!("o{n}").as_str().into(), name: format!("New {n}"), ..option.clone() })
            .collect();
        let mut b = a.clone();
        b.question.options.sort_by_key(|o| order.iter().position(|t| o.name == format!("New {t}")));
        prop_assert_eq!(apply(&a, &changes(&a, &b)), Ok(b));
    }

    #[test]
    fn every_difference_has_words_and_every_oddity_is_found_without_a_panic(a in edited(), b in edited()) {
        for change in changes(&a, &b) {
            prop_assert!(places::known(&change.place).is_some(), "{}", change.place);
            prop_assert!(!change.describe(&a, &b).after.is_empty());
        }
        let first = check::problems(&b).into_iter().find(|p| p.severity == check::Severity::Broken);
        prop_assert_eq!(check::broken(&b), first);
    }
}
