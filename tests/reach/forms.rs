//! Ready-made forms of payment, held against the ways of the same name, and what a design says of its minimum and its signs.

use evenhand::{
    analysis::reach::{
        self, AGAINST_COMPARISON, DesignCopy, FORMS, FormKind, NO_START_FEE, OptionReach, PriceLimits,
        WayKind, capacity_share, gives_up, way,
    },
    exchange::examples,
    file::format,
    model::{
        Workspace,
        ids::OptionId,
        reach::{FewerEvents, Threshold},
    },
    session::edits::designs,
};

use crate::designs::{analysed, one_option, only, plain_group, room_for_all, with_gains};
use crate::westmere_people::{payment, westmere_with_people};

fn work_programme() -> (Workspace, OptionId) {
    let text = examples::find("work-programme").unwrap().text;
    let workspace = format::from_text(text, "work-programme").unwrap().workspace;
    let first = workspace.question.options[0].id.clone();
    (workspace, first)
}

fn filled(workspace: &Workspace, option: &OptionId, kind: FormKind) -> DesignCopy {
    FORMS.into_iter().find(|form| form.kind == kind).unwrap().fill(workspace, option).unwrap()
}

fn chosen(mut workspace: Workspace, option: &OptionId, kind: FormKind) -> Workspace {
    let copy = filled(&workspace, option, kind);
    let tails: Vec<u32> = (0..copy.payments.len() as u32).collect();
    designs::put_design(&mut workspace, &copy, &tails);
    workspace
}

fn cost(workspace: &Workspace, option: &OptionId, kind: FormKind) -> f64 {
    filled(workspace, option, kind).cost_at_share(workspace, capacity_share(workspace, option)).unwrap()
}

const NAMES: [(FormKind, WayKind); 2] =
    [(FormKind::EqualMargins, WayKind::EqualMargins), (FormKind::ParkProof, WayKind::ParkProof)];

#[test]
fn a_form_and_a_way_of_one_name_are_one_design() {
    let westmere = westmere_with_people();
    let a = westmere.question.options[0].id.clone();
    let (programme, first) = work_programme();
    for (workspace, option) in [(&westmere, &a), (&programme, &first)] {
        for (form, kind) in NAMES {
            let copy = filled(workspace, option, form);
            let same = way(workspace, option, kind, &PriceLimits::default()).copy.unwrap();
            assert!(copy.pays_like(&same, &workspace.question.need_groups), "{form:?} of {option:?}");
        }
    }
    // The same once another form has been taken that holds part of the start fee back.
    let fair = chosen(westmere, &a, FormKind::OnCompletion);
    for (form, kind) in NAMES {
        let same = way(&fair, &a, kind, &PriceLimits::default()).copy.unwrap();
        assert!(filled(&fair, &a, form).pays_like(&same, &fair.question.need_groups), "{form:?}");
    }
}

/// Margins of £200 with a start fee of £400 or £600 park all four groups of the published tariff.
#[test]
fn equal_margins_park_as_many_by_the_form_as_by_the_way() {
    let (workspace, option) = work_programme();
    let parked = |reach: OptionReach| reach.groups.iter().filter(|g| g.parked == Some(true)).count();
    assert_eq!(parked(filled(&workspace, &option, FormKind::EqualMargins).reach(&workspace).unwrap()), 4);
}

#[test]
fn what_a_form_costs_does_not_change_when_another_is_taken() {
    let (workspace, option) = work_programme();
    let kinds = [FormKind::Flat, FormKind::TwoTariffs, FormKind::EqualMargins, FormKind::ParkProof];
    for taken in kinds {
        let then = chosen(workspace.clone(), &option, taken);
        for kind in [FormKind::EqualMargins, FormKind::ParkProof] {
            let (before, after) = (cost(&workspace, &option, kind), cost(&then, &option, kind));
            // Each price of each result is rounded up by itself, to £50 at the most.
            assert!((after / before - 1.0).abs() < 0.02, "{kind:?} after {taken:?}: {before} and {after}");
        }
    }
}

#[test]
fn a_form_keeps_the_milestones_or_says_what_goes() {
    let (workspace, option) = work_programme();
    let now = DesignCopy::of(&workspace, &option);
    let split = |copy: &DesignCopy, group: usize| -> Vec<(String, i64)> {
        let group = &workspace.question.need_groups[group].id;
        copy.due(group).map(|p| (p.milestone.clone(), p.price.0)).collect()
    };
    for kind in
        [FormKind::Flat, FormKind::TwoTariffs, FormKind::EqualMargins, FormKind::ParkProof, FormKind::Mixed]
    {
        let copy = filled(&workspace, &option, kind);
        assert!(gives_up(&now, &copy).is_empty(), "{kind:?}: {:?}", gives_up(&now, &copy));
        let attachment = |copy: &DesignCopy, group| split(copy, group)[0].clone();
        assert_eq!(attachment(&copy, 0), ("Attachment".to_owned(), 40_000), "{kind:?}");
        assert_eq!(attachment(&copy, 3), ("Attachment".to_owned(), 60_000), "{kind:?}");
    }
    // 1,200 + 1,200 + 1,200 + 3,500 for jobs and 2,210 + 2,795 + 4,700 + 9,620 for staying: 7,100 to 19,325.
    let flat = split(&filled(&workspace, &option, FormKind::Flat), 2);
    let (job, stays) = (flat[1].1 as f64, flat[2].1 as f64);
    assert!((stays / job - 19_325.0 / 7_100.0).abs() < 0.05, "{job} and {stays}");
    let block = gives_up(&now, &filled(&workspace, &option, FormKind::Block));
    assert_eq!(block, ["Attachment", "Job outcome", "Staying in work, all payments"]);
}

#[test]
fn a_flat_tariff_of_several_milestones_stays_as_it_is() {
    let mut workspace = one_option(vec![plain_group("one"), plain_group("two")], room_for_all);
    for (name, price) in [("Job", 1_205.0), ("Lasting job", 333.0)] {
        workspace.reach.payments.push(payment(&only(), None, name, price));
    }
    let flat = filled(&workspace, &only(), FormKind::Flat);
    assert!(flat.pays_like(&DesignCopy::of(&workspace, &only()), &workspace.question.need_groups));
}

#[test]
fn a_chance_that_is_stated_for_one_group_is_not_taken_for_another() {
    let mut workspace = one_option(vec![plain_group("one"), plain_group("two")], room_for_all);
    let first = workspace.question.need_groups[0].id.clone();
    let mut paid = payment(&only(), Some(&first), "Job", 1_205.0);
    (paid.probability_supported, paid.probability_parked) = (Some(0.9), Some(0.05));
    workspace.reach.payments.push(paid);
    let copy = filled(&workspace, &only(), FormKind::TwoTariffs);
    let stated: Vec<_> = workspace
        .question
        .need_groups
        .iter()
        .map(|group| {
            let of_group = copy.payments.iter().find(|p| p.group.as_ref() == Some(&group.id)).unwrap();
            (of_group.probability_supported, of_group.probability_parked)
        })
        .collect();
    assert_eq!(stated, [(Some(0.9), Some(0.05)), (None, None)], "its own outcome rates stand");
}

#[test]
fn without_what_capacity_needs_no_block_fee_is_reckoned() {
    let mut workspace = one_option(vec![plain_group("one")], |terms| terms.capacity_hours = Some(500.0));
    workspace.question.need_groups[0].hours_supported = None;
    let block = FORMS.into_iter().find(|form| form.kind == FormKind::Block).unwrap();
    let why = capacity_share(&workspace, &only()).unwrap_err();
    assert_eq!(block.fill(&workspace, &only()).unwrap_err(), why);
}

#[test]
fn nothing_is_held_back_where_there_is_no_start_fee() {
    let (workspace, option) = work_programme();
    let form = FORMS.into_iter().find(|form| form.kind == FormKind::OnCompletion).unwrap();
    assert_eq!(form.fill(&workspace, &option).unwrap_err(), NO_START_FEE);
    let limits = PriceLimits::default();
    assert_eq!(way(&workspace, &option, WayKind::OnCompletion, &limits).copy.unwrap_err(), NO_START_FEE);
    assert_eq!(reach::fair_way(&workspace, &option), WayKind::ParkProof);
    let westmere = westmere_with_people();
    let a = westmere.question.options[0].id.clone();
    assert_eq!(reach::fair_way(&westmere, &a), WayKind::OnCompletion);
    assert_eq!(reach::fair_way(&chosen(westmere, &a, FormKind::OnCompletion), &a), WayKind::OnCompletion);
}

fn assumes(reach: &OptionReach, words: &str) -> bool {
    reach.assumed.iter().any(|sentence| sentence.contains(words))
}

/// Under A of Westmere parked people reach the outcome in 26 to 78 cases of 100, and nothing is paid for it.
#[test]
fn that_nothing_is_paid_for_parked_people_is_said_as_a_term_of_the_contract() {
    let workspace = westmere_with_people();
    let reach = reach::analyse(&workspace).options.remove(0).unwrap();
    assert!(assumes(&reach, "Nothing is paid for a parked person"), "{:?}", reach.assumed);
    let a = DesignCopy::of(&workspace, &workspace.question.options[0].id);
    assert!(a.parked_results_are_unpaid(&workspace.question.need_groups));
    let paid = with_gains(&[400.0], room_for_all);
    assert!(!DesignCopy::of(&paid, &only()).parked_results_are_unpaid(&paid.question.need_groups));
    assert!(!assumes(&analysed(&paid), "Nothing is paid for a parked person"));
    // Then there is no paid baseline to take off, and the way that pays above it is no cheaper.
    let effect = |kind| way(&workspace, &a.terms.option, kind, &PriceLimits::default()).effect.unwrap();
    assert!(!effect(WayKind::AboveBaseline).costs_less_than(&effect(WayKind::ParkProof)));
}

#[test]
fn a_rate_that_stands_for_the_one_without_a_service_is_named() {
    let (workspace, _) = work_programme();
    let reach = reach::analyse(&workspace).options.remove(0).unwrap();
    assert!(assumes(&reach, "of parked people, 0 %, stands for what would have happened anyway"));
    assert!(!assumes(&analysed(&with_gains(&[400.0], room_for_all)), "stands for what would have happened"));
}

#[test]
fn against_a_comparison_group_nothing_is_paid_for_what_happens_anyway() {
    let mut workspace = with_gains(&[400.0], room_for_all);
    workspace.reach.terms[0].threshold = Threshold::Fewer(FewerEvents::than(0.1));
    assert_eq!(analysed(&workspace).deadweight_share, Err(AGAINST_COMPARISON));
}

#[test]
fn the_signs_follow_the_places_that_are_kept_and_speak_plainly() {
    let mut workspace = with_gains(&[400.0, 300.0], room_for_all);
    let item = |workspace: &Workspace, asks: &str| {
        analysed(workspace).checklist.into_iter().find(|item| item.asks.contains(asks))
    };
    let minimum = "sure of a minimum";
    workspace.reach.terms[0].minimum_standard = Some(false);
    workspace.reach.terms[0].floor = Some(0.12);
    let kept = item(&workspace, minimum).unwrap();
    assert_eq!((kept.present, kept.answer), (Some(false), Some(true)));
    workspace.reach.terms[0].floor = None;
    let none = item(&workspace, minimum).unwrap();
    assert_eq!((none.present, none.answer), (Some(true), Some(false)));
    workspace.reach.terms[0].contact_standard = Some(0.5);
    assert_eq!(item(&workspace, minimum).unwrap().present, Some(false));
    workspace.reach.terms[0].pilot = Some(true);
    let pilot = item(&workspace, "begins with a pilot").unwrap();
    assert_eq!((pilot.present, pilot.answer), (Some(false), Some(true)));
    assert!(item(&workspace, "Every group is paid the same").is_some());
    assert!(item(&with_gains(&[400.0], room_for_all), "Every group is paid the same").is_none());
}

#[test]
fn a_copy_of_a_copy_is_numbered() {
    let mut workspace = westmere_with_people();
    let a = workspace.question.options[0].id.clone();
    let name = workspace.question.options[0].name.clone();
    let mut last = a.clone();
    for (n, words) in [(1, "as it stands"), (2, "as it stands 2"), (3, "as it stands 3")] {
        let copy = DesignCopy::of(&workspace, &last);
        let named = designs::copy_name(&workspace, &last, "as it stands");
        assert_eq!(named, format!("{name}, {words}"));
        let id = OptionId::from(format!("copy-{n}").as_str());
        let tails: Vec<u32> = (0..copy.payments.len() as u32).map(|tail| tail + 100 * n).collect();
        designs::keep_as_option(&mut workspace, &last, &copy, &id, &named, &tails);
        last = id;
    }
}
