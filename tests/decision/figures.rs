//! The record: figures by key, sentences drafted from the rooms, figures that have changed, and what is not settled.

use evenhand::{
    analysis::{
        Analysis,
        decision::{Basis, Draft, changed, checklists, drafts, of_another, unmet},
    },
    model::{
        Workspace,
        balance::{ScoreLevel, Side, WeightsFrom},
        decision::{Decision, DutyAnswer, FigureRef, RecordList},
    },
    session::edits::decision as edits,
};

/// The example as it is shipped.
fn westmere() -> Workspace {
    let text = include_str!("../../assets/examples/westmere.evenhand.ron");
    evenhand::file::format::from_text(text, "westmere").unwrap().workspace
}

/// Looks at a workspace without draws.
fn look<T>(workspace: &Workspace, at: impl FnOnce(&Basis<'_>) -> T) -> T {
    let analysis = Analysis::of(workspace);
    at(&Basis { workspace, analysis: &analysis, robustness: None })
}

fn option(workspace: &Workspace, badge: &str) -> String {
    workspace.question.options.iter().find(|option| option.badge == badge).unwrap().id.to_string()
}

#[test]
fn figures_are_those_of_the_rooms() {
    let workspace = westmere();
    let analysis = Analysis::of(&workspace);
    let basis = Basis { workspace: &workspace, analysis: &analysis, robustness: None };
    let place = workspace.question.options.iter().position(|option| option.badge == "B").unwrap();
    let b = option(&workspace, "B");
    let value = |key: &str| basis.figure(key).unwrap().value.unwrap();
    assert_eq!(value(&format!("total/{b}")), analysis.balance.options[place].value.unwrap());
    let reach = analysis.reach.options[place].as_ref().unwrap();
    assert_eq!(value(&format!("left-out/{b}")), reach.left_out_per_year.unwrap());
    assert_eq!(value(&format!("share-supported/{b}")) + value(&format!("not-supported/{b}")), 1.0);
    // Expected by the figures of the worked example: 62 % tipping point, 42 % given, 104.2 fewer reconvicted.
    assert_eq!(basis.figure("leader-holds-to").unwrap().words, "62 %");
    assert_eq!(basis.figure("commercial-share").unwrap().words, "42 %");
    assert!((value(&format!("better-outcomes/{b}")) - 104.2).abs() < 0.05);
    assert!(basis.figure(&format!("first-share/{b}")).unwrap().value.is_err(), "nothing has been drawn");
    assert!(basis.figure("total/nobody").is_none() && basis.figure("nonsense").is_none());
}

#[test]
fn every_figure_has_a_key_of_its_own_and_is_found_by_it() {
    let workspace = westmere();
    look(&workspace, |basis| {
        let all = basis.figures();
        let keys: std::collections::BTreeSet<&str> = all.iter().map(|figure| figure.key.as_str()).collect();
        assert_eq!(keys.len(), all.len());
        for figure in &all {
            assert_eq!(basis.figure(&figure.key).as_ref(), Some(figure));
            assert!(figure.value.is_err() || !figure.words.is_empty());
        }
    });
}

#[test]
fn an_empty_workspace_has_reasons_in_place_of_figures_and_no_drafts() {
    let workspace = Workspace::default();
    look(&workspace, |basis| {
        assert!(basis.figures().iter().filter(|figure| figure.key == "lead").all(|f| f.value.is_err()));
        assert!(drafts(basis).is_empty() && changed(basis).is_empty());
        let texts: Vec<String> = unmet(basis).into_iter().map(|point| point.text).collect();
        assert!(texts.contains(&"no option is recommended".to_owned()), "{texts:?}");
        assert!(texts.contains(&"nobody is named who decides".to_owned()), "{texts:?}");
    });
}

#[test]
fn a_figure_in_a_sentence_that_has_changed_is_told_and_accepted_or_kept() {
    let mut workspace = westmere();
    assert!(look(&workspace, changed).is_empty(), "the example is up to date");
    let reason = &mut workspace.decision.reasons[2];
    reason.text = reason.text.replace("the room gave 42 %", "they carry 42 % today");
    reason.figures[1].key = "commercial-share".to_owned();
    // Half the weight goes to commercial factors.
    for factor in
        workspace.balance.factors.iter_mut().filter(|f| f.side == evenhand::model::balance::Side::Commercial)
    {
        factor.swing = factor.swing.map(|swing| swing * 1.2);
    }
    workspace.balance.weights_from = WeightsFrom::Swings;
    let found = look(&workspace, changed);
    let weight = found.iter().find(|change| change.was == "42 %").expect("the weight has changed");
    let now = weight.now.as_ref().unwrap().words.clone();
    assert_eq!(weight.words(), format!("42 % is now {now}"));
    let mut accepted = workspace.clone();
    weight.accept(&mut accepted.decision);
    let text = &accepted.decision.reasons[2].text;
    assert!(text.contains(&format!("they carry {now} today")) && text.contains("62 %"), "{text}");
    assert!(!look(&accepted, changed).iter().any(|change| change.was == "42 %" || change.was == now));
    let mut kept = workspace.clone();
    weight.keep(&mut kept.decision);
    assert_eq!(kept.decision.reasons[2].text, workspace.decision.reasons[2].text);
    assert!(!look(&kept, changed).iter().any(|change| change.was == "42 %"));
}

#[test]
fn a_figure_whose_option_is_gone_is_told_and_only_kept() {
    let mut workspace = westmere();
    let a = option(&workspace, "A");
    workspace.forget_option(&a.as_str().into());
    let found = look(&workspace, changed);
    let gone = found.iter().find(|change| change.now.is_none()).expect("what A avoided is gone");
    assert!(gone.words().ends_with("is now not known"), "{}", gone.words());
    let before = workspace.decision.clone();
    gone.accept(&mut workspace.decision);
    assert_eq!(workspace.decision.reasons, before.reasons);
    // Two reasons compare with it.
    for gone in found.iter().filter(|change| change.now.is_none()) {
        gone.keep(&mut workspace.decision);
    }
    assert!(look(&workspace, changed).iter().all(|change| change.now.is_some()));
}

#[test]
fn a_sentence_rewritten_by_hand_keeps_only_the_figures_that_still_stand_in_it() {
    let mut workspace = westmere();
    let reason = workspace.decision.reasons[0].clone();
    assert_eq!(reason.figures.len(), 2);
    let id = reason.id;
    workspace.decision.rewrite(RecordList::Reasons, &id, "It reaches 70 % of people.");
    let words: Vec<&str> = workspace.decision.reasons[0].figures.iter().map(|f| f.words.as_str()).collect();
    assert_eq!(words, ["70 %"]);
}

#[test]
fn drafts_hold_the_figures_of_today_and_are_offered_once() {
    let mut workspace = westmere();
    workspace.decision.reasons.clear();
    workspace.decision.rationed.clear();
    let offered = look(&workspace, drafts);
    let texts: Vec<&str> = offered.iter().map(|draft| draft.text.as_str()).collect();
    assert!(texts.contains(&"Reaches 70 % of people, against 53 % under C, the runner-up."), "{texts:?}");
    let leads = "Leads until commercial factors pass 62 % of the weight; the room gave 42 %.";
    assert!(texts.contains(&leads), "{texts:?}");
    assert!(texts.contains(&"30 % of people still go without full support."), "{texts:?}");
    for draft in &offered {
        assert_eq!(FigureRef::still_in(&draft.text, &draft.figures), draft.figures, "{}", draft.text);
    }
    for (place, draft) in offered.iter().enumerate() {
        edits::take_over(&mut workspace.decision, format!("taken-{place}").as_str().into(), draft);
    }
    assert_eq!(look(&workspace, drafts), [], "what stands in the record is not offered again");
    assert!(look(&workspace, changed).is_empty());
}

#[test]
fn a_reason_of_the_same_figure_is_not_drafted_beside_one_that_compares_it_with_another() {
    let workspace = westmere();
    assert!(workspace.decision.reasons[0].text.ends_with("the next best reaches 55 %."));
    let reaches = |draft: &Draft| draft.list == RecordList::Reasons && draft.text.starts_with("Reaches");
    assert!(!look(&workspace, drafts).iter().any(reaches));
}

#[test]
fn a_design_that_leaves_people_out_is_drafted_its_safeguards() {
    let mut workspace = westmere();
    let a = option(&workspace, "A");
    workspace.decision.recommendation = Some(a.as_str().into());
    let offered = look(&workspace, drafts);
    let prices = offered.iter().find(|draft| draft.text.starts_with("Prices are set")).expect("prices");
    assert_eq!(prices.list, RecordList::Safeguards);
    assert_eq!(prices.figures[0].key, format!("park-proof-cost/{a}"));
}

fn texts(workspace: &Workspace) -> Vec<String> {
    look(workspace, |basis| unmet(basis).into_iter().map(|point| point.text).collect())
}

#[test]
fn what_is_not_settled_is_told_and_gone_once_settled() {
    type Edit = fn(&mut Workspace);
    let points: [(&str, Edit); 10] = [
        ("one condition has no owner", |w| w.decision.conditions[0].owner.clear()),
        ("two review triggers have no date", |w| w.decision.triggers.iter_mut().for_each(|t| t.due = None)),
        ("one duty is not met", |w| w.decision.duties[0].answer = Some(DutyAnswer::No)),
        ("one duty has no answer", |w| w.decision.duties[0].answer = None),
        ("no principle has been looked at", |w| {
            w.decision.duties.retain(|d| !d.id.as_str().starts_with("gunning"))
        }),
        ("one dissent has no answer", |w| w.decision.dissent[0].answer.clear()),
        ("nobody is named who decides", |w| w.question.decision_maker.clear()),
        ("no option is recommended", |w| w.decision.recommendation = None),
        ("scores that are not known could change who leads", |w| {
            w.balance.scores.iter_mut().for_each(|score| score.level = ScoreLevel::Unknown);
            w.balance.scores[0].level = ScoreLevel::Point(50.0);
            w.balance.scores[1].level = ScoreLevel::Point(60.0);
        }),
        ("nothing says when it is looked at again", |w| {
            w.decision.triggers.clear();
            w.decision.reviews.clear();
        }),
    ];
    let before = texts(&westmere());
    assert_eq!(before[..2], ["two need groups have no voice", "one statement has no answer"]);
    for (words, edit) in points {
        assert!(!before.iter().any(|text| text == words), "{words}");
        let mut workspace = westmere();
        edit(&mut workspace);
        let after = texts(&workspace);
        assert!(after.iter().any(|text| text == words), "{words}: {after:?}");
    }
}

#[test]
fn a_recommendation_that_leaves_people_out_or_does_not_lead_is_told() {
    let mut workspace = westmere();
    workspace.decision.recommendation = Some(option(&workspace, "A").as_str().into());
    let told = texts(&workspace);
    assert!(
        told.iter().any(|text| text == "the risk of cherry-picking under Prime contract is high"),
        "{told:?}"
    );
    assert!(told.iter().any(|text| text == "it is not said why the leader is not recommended"));
    workspace.decision.why_not_the_leader = "The partnership is not ready".to_owned();
    assert!(!texts(&workspace).iter().any(|text| text.contains("why the leader")));
}

#[test]
fn an_entitlement_that_is_not_met_or_not_looked_at_is_told() {
    let mut workspace = westmere();
    let b = option(&workspace, "B");
    let open = |w: &Workspace| {
        texts(w).iter().filter(|text| text.contains("entitlement")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(open(&workspace), ["three entitlements have not been looked at for Partnership"]);
    for entitlement in &mut workspace.question.entitlements {
        entitlement.met_by.insert(b.as_str().into(), true);
    }
    assert!(open(&workspace).is_empty());
    workspace.question.entitlements[0].met_by.insert(b.as_str().into(), false);
    assert_eq!(open(&workspace), ["one entitlement is not met by Partnership"]);
}

#[test]
fn a_heavy_factor_that_rests_on_opinion_is_named() {
    let mut workspace = westmere();
    let b = option(&workspace, "B");
    let analysis = Analysis::of(&workspace);
    let heaviest = (0..analysis.balance.weights.len())
        .max_by(|x, y| analysis.balance.weights[*x].total_cmp(&analysis.balance.weights[*y]));
    let factor = workspace.balance.factors[heaviest.unwrap()].id.clone();
    assert!(!texts(&workspace).iter().any(|text| text.contains("opinion")));
    for score in workspace.balance.scores.iter_mut().filter(|s| s.factor == factor && s.option.as_str() == b)
    {
        score.grade = Some(1);
        score.evidence.clear();
    }
    let told = texts(&workspace);
    assert!(told.iter().any(|text| text.contains("of the weight, rests on opinion")), "{told:?}");
}

#[test]
fn what_a_checklist_asks_is_answered_by_its_id() {
    let mut decision = Decision::default();
    for item in checklists().iter().flat_map(|list| &list.items) {
        edits::answer(&mut decision, item, |duty| duty.answer = Some(DutyAnswer::Yes));
        assert_eq!(item.answered(&decision).and_then(|duty| duty.answer), Some(DutyAnswer::Yes));
    }
}

#[test]
fn weights_that_are_not_the_ballots_are_not_called_what_the_room_gave() {
    let mut workspace = westmere();
    workspace.decision.reasons.clear();
    for factor in workspace.balance.factors.iter_mut().filter(|factor| factor.side == Side::Commercial) {
        factor.swing = factor.swing.map(|swing| swing * 1.2);
    }
    workspace.balance.weights_from = WeightsFrom::Swings;
    let offered = look(&workspace, drafts);
    let leads = offered.iter().find(|draft| draft.text.starts_with("Leads until")).expect("it leads");
    let today = look(&workspace, |basis| basis.figure("commercial-share").unwrap().words);
    assert_ne!(today, "42 %");
    // The ballots gave 42 % and still do.
    let weights = format!("they carry {today} today, and the room gave 42 %.");
    assert!(leads.text.ends_with(&weights), "{}", leads.text);
    assert!(look(&workspace, |basis| !basis.weighs_as_the_ballots()));
    workspace.balance.weights_from = WeightsFrom::Ballots;
    assert!(look(&workspace, |basis| basis.weighs_as_the_ballots()));
}

#[test]
fn a_record_that_speaks_of_another_option_than_it_recommends_is_told() {
    let mut workspace = westmere();
    assert!(look(&workspace, of_another).is_none());
    workspace.decision.recommendation = Some(option(&workspace, "C").as_str().into());
    let told = look(&workspace, of_another).expect("it speaks of B");
    assert!(told.headline && told.names == ["Local partnership"], "{told:?}");
    let reasons = told.sentences.iter().filter(|(list, _)| *list == RecordList::Reasons).count();
    assert_eq!(reasons, 3, "{told:?}");
    assert!(texts(&workspace).iter().any(|text| text.contains("speak of Local partnership")));
    // What is drafted is drafted for the option that is recommended now.
    let c = option(&workspace, "C");
    let offered = look(&workspace, drafts);
    let of_c = |draft: &&evenhand::analysis::decision::Draft| {
        draft.figures.iter().any(|figure| figure.key.ends_with(&format!("/{c}")))
    };
    assert!(offered.iter().find(of_c).is_some());
    workspace.decision.headline = "Choose the social investor contract, not the local partnership".to_owned();
    for (list, id) in &told.sentences {
        edits::remove(&mut workspace.decision, *list, id);
    }
    assert!(look(&workspace, of_another).is_none());
}

#[test]
fn people_of_a_reason_are_those_of_the_table_of_scores() {
    let workspace = westmere();
    look(&workspace, |basis| {
        let factor = workspace.balance.factors.iter().find(|f| f.name == "Reduction in reoffending").unwrap();
        // 8.0 and 2.8 points of 1,305 people a year.
        for (badge, people) in [("B", 104.4), ("A", 36.54)] {
            let key = format!("score-in-people/{}/{}", factor.id, option(&workspace, badge));
            let figure = basis.figure(&key).unwrap();
            assert!((figure.value.unwrap() - people).abs() < 1e-9, "{figure:?}");
        }
        let cost = workspace.balance.factors.iter().find(|f| f.name == "Whole-life cost").unwrap();
        assert!(basis.figure(&format!("score-in-people/{}/{}", cost.id, option(&workspace, "A"))).is_none());
    });
}

#[test]
fn a_review_without_a_day_and_an_owner_settles_nothing() {
    let mut workspace = westmere();
    let again = "nothing says when it is looked at again".to_owned();
    workspace.decision.triggers.clear();
    workspace.decision.reviews.clear();
    assert!(texts(&workspace).contains(&again));
    let review = evenhand::model::decision::Review::new("take-up".into(), "Take-up falls");
    workspace.decision.reviews.push(review);
    let told = texts(&workspace);
    assert!(told.contains(&again) && told.contains(&"one review has no owner".to_owned()), "{told:?}");
    workspace.decision.reviews[0].on = Some(jiff::civil::date(2027, 4, 1));
    workspace.decision.reviews[0].owner = "Head of Community Safety".to_owned();
    let told = texts(&workspace);
    assert!(
        !told.iter().any(|text| text.contains("looked at again") || text.contains("review has")),
        "{told:?}"
    );
}
