//! The prices that a group's own is held against, a better grouping, what is missing, and what the rates rest on.

use evenhand::{
    analysis::{
        Undefined,
        reach::{
            self, FORMS, FormKind, PriceLimits, Regrouping, WayKind, feed, feed_following, forecasts,
            missing, named_prices, regroup, way,
        },
    },
    model::{
        Workspace, balance::ScoreLevel, ids::NeedGroupId, money::Pence, question::NeedGroup,
        reach::ReachMeasure,
    },
    session::edits::designs,
};
use proptest::prelude::*;

use crate::designs::{analysed, assert_near, one_option, only, plain_group, room_for_all};
use crate::westmere_people::{payment, pounds, westmere_with_people};

/// Of the price of the group at this place once a way is taken.
fn price_by(workspace: &Workspace, kind: WayKind, group: usize) -> f64 {
    let option = workspace.question.options[0].id.clone();
    way(workspace, &option, kind, &PriceLimits::default()).effect.unwrap().reach.groups[group].outcome_price
}

fn price_by_form(workspace: &Workspace, kind: FormKind, group: usize) -> f64 {
    let option = workspace.question.options[0].id.clone();
    let form = FORMS.into_iter().find(|form| form.kind == kind).unwrap();
    form.fill(workspace, &option).unwrap().reach(workspace).unwrap().groups[group].outcome_price
}

/// Short-sentence prolific under A: c = £2,900, k = £120, p = 42 %, nothing for parked people, a start fee of £450.
#[test]
fn each_price_of_a_group_has_one_figure_wherever_it_shows() {
    let workspace = westmere_with_people();
    let reach = reach::analyse(&workspace).options.remove(0).unwrap();
    let named = named_prices(&workspace, 0, &reach);
    let hardest = named[0];
    // 2,780/0.42, then (2,780 + 50)/0.42 = 6,738.1 and (2,780 + 50 − 300)/0.42 = 6,023.8 up to whole £50.
    assert_near(hardest.parks_under.unwrap(), 6_619.047_619, 1e-9);
    assert_eq!((hardest.park_proof, hardest.fair), (Ok(6750.0), Ok(6050.0)));
    for (g, prices) in named.iter().enumerate() {
        let park_proof = prices.park_proof.unwrap();
        assert_eq!(park_proof, price_by(&workspace, WayKind::ParkProof, g));
        assert_eq!(park_proof, price_by_form(&workspace, FormKind::ParkProof, g));
        assert_eq!(prices.fair.unwrap(), price_by(&workspace, WayKind::OnCompletion, g));
        assert_eq!(prices.fair.unwrap(), price_by_form(&workspace, FormKind::OnCompletion, g));
        let cheapest = price_by(&workspace, WayKind::LeastCost, g);
        assert!(cheapest <= park_proof && park_proof - cheapest < 50.0, "{cheapest} and {park_proof}");
        assert_near(cheapest, reach.groups[g].park_proof_price.unwrap(), 1e-5);
    }
}

#[test]
fn every_way_that_sets_prices_says_what_they_contain() {
    for kind in WayKind::ALL {
        let keeps_prices = matches!(
            kind,
            WayKind::LargerBlock | WayKind::ReservedPlaces | WayKind::MinimumStandard | WayKind::Slope
        );
        let contains = kind.contains(75.0);
        assert_eq!(contains.is_none(), keeps_prices, "{kind:?}");
        let by_the_target = !matches!(kind, WayKind::EqualMargins | WayKind::BetterGrouping);
        assert!(contains.is_none_or(|words| words.contains("£75") == by_the_target), "{kind:?}");
    }
}

fn one_group(spread: Option<f64>) -> Workspace {
    let group = NeedGroup { outcome_spread: spread, ..plain_group("group-0") };
    let mut workspace = one_option(vec![group], room_for_all);
    workspace.reach.payments.push(payment(&only(), None, "Outcome", 2600.0));
    workspace
}

fn regrouped(workspace: &Workspace) -> Result<Regrouping, Undefined> {
    regroup(workspace, &only())
}

/// The mean and the standard deviation of a half-normal of σ 1 are 0.797885 and 0.602810 (scipy 1.17.1, stats.halfnorm).
#[test]
fn halves_have_the_moments_of_the_half_normal_and_park_proof_prices_of_their_own() {
    let workspace = one_group(Some(0.2));
    let found = regrouped(&workspace).unwrap();
    let split = found.groups[0].as_ref().unwrap();
    assert_near(split.harder.rate, 0.5 - 0.2 * 0.797_884_560_8, 1e-9);
    assert_near(split.easier.rate, 0.5 + 0.2 * 0.797_884_560_8, 1e-9);
    assert_near(split.harder.spread, 0.2 * 0.602_810_274_989, 1e-9);
    // Parked people reach it a fifth as often in each half: 1,050/(0.8·p), up to whole £50.
    assert_eq!(split.harder.price, Ok(3900.0));
    assert_eq!(split.easier.price, Ok(2000.0));
    // 2,600 × 0.2 now; 1,050/0.4 up to £2,650 × 0.2 for the whole; 3,900 × 0.12056 in the dearer half.
    assert_near(split.picking_now.unwrap(), 520.0, 1e-9);
    assert_near(split.picking_whole.unwrap(), 530.0, 1e-9);
    assert_near(split.picking_split.unwrap(), 3900.0 * 0.2 * 0.602_810_274_989, 1e-9);
    assert_eq!(found.effect.parked(), 0);
    assert_eq!(found.effect.reach.people, analysed(&workspace).people);
}

#[test]
fn a_grouping_that_cannot_be_computed_says_why() {
    let why = |spread| regrouped(&one_group(spread)).unwrap_err().0;
    assert_eq!(why(None), "no group says how far its people differ in their chance of success");
    let mut wide = one_group(Some(0.5));
    wide.question.need_groups[0].outcome_supported = Some(0.3);
    assert!(regrouped(&wide).unwrap_err().0.contains("too wide"));
    let option = only();
    let way = way(&one_group(None), &option, WayKind::BetterGrouping, &PriceLimits::default());
    assert!(way.effect.is_none() && way.copy.is_err() && way.regrouping.is_none());
}

#[test]
fn a_spread_of_nought_makes_two_halves_that_are_alike() {
    let found = regrouped(&one_group(Some(0.0))).unwrap();
    let split = found.groups[0].as_ref().unwrap();
    assert_eq!((split.harder.rate, split.harder.price), (split.easier.rate, split.easier.price));
    assert_eq!(split.picking_split, Ok(0.0));
}

#[test]
fn what_is_missing_is_named_once_by_group_and_field() {
    let mut workspace = westmere_with_people();
    assert!(missing(&workspace, 0).is_empty());
    workspace.question.need_groups[1].cost_parked = None;
    workspace.question.need_groups[3].outcome_supported = None;
    workspace.question.need_groups[3].people_per_year = None;
    // Nothing is paid above a baseline, so nobody has to say who would succeed alone.
    workspace.question.need_groups[2].outcome_without = None;
    let found = missing(&workspace, 0);
    let expected =
        vec![(1, vec!["cost of minimal contact"]), (3, vec!["people a year", "success with support"])];
    assert_eq!(found.groups, expected);
    assert!(!found.refusal);
}

#[test]
fn rates_bid_and_observed_stand_beside_the_rate_at_which_it_pays_to_park() {
    let mut workspace = one_group(None);
    let group = NeedGroupId::from("group-0");
    workspace.reach.terms[0].rate_bid.insert(group.clone(), 0.6);
    workspace.reach.terms[0].rate_observed.insert(group, 0.18);
    let reach = analysed(&workspace);
    // 2,600 × (p − 0.1) = 1,000 at p = 48.46 %.
    let said = |workspace: &Workspace| forecasts(workspace, 0, &analysed(workspace)).0[0].beside();
    assert_near(reach.groups[0].outcome_rate_at_which_it_pays_to_park.unwrap(), 0.484_615_384_6, 1e-9);
    assert_eq!(
        said(&workspace),
        [
            "bid 60 %, not below the 48.5 % at which it pays to park",
            "observed 18 %, below the 48.5 % at which it pays to park"
        ]
    );
    workspace.reach.payments[0].price = Pence(100);
    assert_eq!(said(&workspace)[1], "observed 18 %; at this price it pays to park at any rate");
}

#[test]
fn what_is_passed_on_reaches_those_who_deliver() {
    let mut workspace = one_group(None);
    assert_eq!(analysed(&workspace).reaches_delivery, None);
    workspace.reach.terms[0].passed_on = Some(0.75);
    let reach = analysed(&workspace);
    assert_near(reach.reaches_delivery.unwrap().unwrap(), 0.75 * reach.cost_per_year.unwrap(), 1e-12);
    // 0.75 × 2,600 × 0.4 less the whole of £1,000.
    assert_near(reach.groups[0].gain_passed_on.unwrap().unwrap(), -220.0, 1e-9);
}

/// Something that could be done to a workspace of which a factor is linked to Reach.
#[derive(Clone, Debug)]
enum Change {
    Title,
    Price(usize, i64),
    Cost(usize, i64),
    LinkedScore(usize),
    OtherScore(usize),
    DropLinkedScores,
    DropFactor,
    Nothing,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Title),
        (0..6_usize, 0..900_000_i64).prop_map(|(at, pence)| Change::Price(at, pence)),
        (0..6_usize, 0..900_000_i64).prop_map(|(at, pence)| Change::Cost(at, pence)),
        (0..5_usize).prop_map(Change::LinkedScore),
        (0..20_usize).prop_map(Change::OtherScore),
        Just(Change::DropLinkedScores),
        Just(Change::DropFactor),
        Just(Change::Nothing),
    ]
}

fn apply(workspace: &mut Workspace, change: &Change) {
    let linked = workspace.reach.feeds.first().map(|feed| feed.factor.clone());
    match *change {
        Change::Title => workspace.title.push('x'),
        Change::Price(at, pence) => {
            let count = workspace.reach.payments.len();
            workspace.reach.payments[at % count].price = Pence(pence);
        }
        Change::Cost(at, pence) => workspace.question.need_groups[at].cost_supported = Some(Pence(pence)),
        Change::LinkedScore(at) => {
            let scores = &mut workspace.balance.scores;
            if let Some(score) = scores.iter_mut().filter(|s| Some(&s.factor) == linked.as_ref()).nth(at) {
                score.level = ScoreLevel::Point(1.0);
            }
        }
        Change::OtherScore(at) => workspace.balance.scores[at].note.push('x'),
        Change::DropLinkedScores => workspace.balance.scores.retain(|s| Some(&s.factor) != linked.as_ref()),
        Change::DropFactor => workspace.balance.factors.retain(|f| Some(&f.id) != linked.as_ref()),
        Change::Nothing => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_fed_following_an_edit_is_what_would_be_fed_anew(
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let mut before = westmere_with_people();
        let factor = "share-supported-f999".into();
        designs::add_linked_factor(&mut before, &factor, ReachMeasure::ShareSupported, false);
        feed(&mut before);
        for change in &changes {
            let (mut anew, mut following) = (before.clone(), before.clone());
            apply(&mut anew, change);
            apply(&mut following, change);
            feed(&mut anew);
            feed_following(&before, &mut following);
            prop_assert!(anew == following, "{change:?}");
            before = following;
        }
    }

    #[test]
    fn without_a_start_fee_the_fair_price_is_the_park_proof_price_and_above_what_parks(
        cost in 50.0..4000.0_f64, q in 0.0..0.5_f64, uplift in 0.02..0.4_f64, price in 1.0..8000.0_f64, fee in 0.0..500.0_f64,
    ) {
        let group = NeedGroup {
            cost_supported: Some(pounds(cost)),
            outcome_parked: Some(q),
            outcome_without: Some(q),
            outcome_supported: Some(q + uplift),
            ..plain_group("group-0")
        };
        let priced = |fee: f64| {
            let mut workspace = one_option(vec![group.clone()], |terms| {
                room_for_all(terms);
                terms.attachment_fee = Some(pounds(fee));
            });
            workspace.reach.payments.push(payment(&only(), None, "Outcome", price));
            named_prices(&workspace, 0, &analysed(&workspace))[0]
        };
        let none = priced(0.0);
        prop_assert_eq!(none.fair, none.park_proof);
        prop_assert!(none.park_proof.unwrap() >= none.parks_under.unwrap());
        let held_back = priced(fee);
        prop_assert!(held_back.fair.unwrap() <= held_back.park_proof.unwrap());
        prop_assert_eq!(held_back.park_proof, none.park_proof);
    }

    #[test]
    fn halves_balance_around_their_group(rate in 0.3..0.7_f64, spread in 0.0..0.3_f64) {
        let mut workspace = one_group(Some(spread));
        workspace.question.need_groups[0].outcome_supported = Some(rate);
        let found = regrouped(&workspace).unwrap();
        let split = found.groups[0].as_ref().unwrap();
        prop_assert!((split.harder.rate + split.easier.rate - 2.0 * rate).abs() < 1e-12);
        // What is between the halves and what is left inside them is the whole variance.
        let apart = split.easier.rate - rate;
        prop_assert!((apart * apart + split.harder.spread.powi(2) - spread * spread).abs() < 1e-12);
    }
}
