use super::*;
use crate::model::{Workspace, diff::apply, sample};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn step(number: i64, label: &str) -> Step {
    Step {
        id: format!("step-{number}-k333").as_str().into(),
        at: at(number),
        who: "Priya".to_owned(),
        room: Some(Room::Balance),
        label: label.to_owned(),
        changes: Vec::new(),
        more: 0,
        effect: Effect::default(),
        back: None,
        undone: false,
        note: String::new(),
        forgets: false,
    }
}

fn trail(steps: impl IntoIterator<Item = Step>) -> Trail {
    Trail { earlier: None, steps: steps.into_iter().map(Shared::new).collect() }
}

fn labels(trail: &Trail) -> Vec<&str> {
    trail.steps.iter().map(|step| step.label.as_str()).collect()
}

/// What an edit of the sample left in the trail.
fn told(edit: impl FnOnce(&mut Workspace)) -> (Workspace, Workspace, Told) {
    let before = sample::workspace();
    let mut after = before.clone();
    edit(&mut after);
    let told = tell(&before, &after);
    (before, after, told)
}

#[test]
fn the_oldest_steps_go_when_there_are_too_many_and_are_counted() {
    let mut many = trail((0..MOST_STEPS as i64 + 7).map(|n| step(n, "x")));
    many.keep_within_bounds();
    assert_eq!(many.steps.len(), MOST_STEPS);
    assert_eq!(many.earlier, Some(Earlier { steps: 7, from: at(0), to: at(6) }));
    many.steps.push(step(9_000, "y").into());
    many.keep_within_bounds();
    assert_eq!(many.earlier, Some(Earlier { steps: 8, from: at(0), to: at(7) }));
}

#[test]
fn the_oldest_steps_go_when_they_hold_too_much_text() {
    let long = "words ".repeat(20_000);
    let mut many = trail((0..20).map(|n| step(n, &long)));
    many.keep_within_bounds();
    let bytes: usize = many.steps.iter().map(|step| step.bytes()).sum();
    assert!(bytes <= MOST_BYTES && bytes + long.len() + 300 > MOST_BYTES, "{bytes}");
    assert_eq!(many.steps.last().unwrap().at, at(19));
}

#[test]
fn what_is_cleared_up_to_a_moment_is_only_counted() {
    let mut three = trail((1..=3).map(|n| step(n, "x")));
    three.clear_up_to(at(2));
    assert_eq!((three.steps.len(), three.earlier.unwrap().steps), (1, 2));
}

#[test]
fn what_is_cleared_goes_by_its_time_whatever_the_clock_did() {
    let mut odd =
        trail([step(900, "the clock was ahead"), step(1, "x"), step(5, "later"), step(2, "set back")]);
    odd.clear_up_to(at(2));
    assert_eq!(labels(&odd), ["the clock was ahead", "later"]);
    assert_eq!(odd.earlier, Some(Earlier { steps: 2, from: at(1), to: at(2) }));
}

#[test]
fn a_step_that_lies_in_what_the_other_side_let_go_is_counted() {
    let mut cleared = trail([step(1, "shared")]);
    cleared.clear_up_to(at(3));
    cleared.earlier = Some(Earlier { to: at(3), ..cleared.earlier.unwrap() });
    let apart = trail([step(1, "shared"), step(2, "apart"), step(4, "later")]);
    for joined in [cleared.joined(&apart), apart.joined(&cleared)] {
        assert_eq!(labels(&joined), ["later"]);
        assert_eq!(joined.earlier, Some(Earlier { steps: 2, from: at(1), to: at(3) }));
    }
}

#[test]
fn two_trails_are_joined_by_id_in_the_order_of_time() {
    let ours = trail([step(1, "both"), step(4, "ours")]);
    let mut noted = step(1, "both");
    noted.note = "why".to_owned();
    noted.undone = true;
    let theirs = trail([noted, step(2, "theirs")]);
    let joined = ours.joined(&theirs);
    assert_eq!(labels(&joined), ["both", "theirs", "ours"]);
    assert!(joined.steps[0].undone && joined.steps[0].note == "why");
    assert_eq!(labels(&theirs.joined(&ours)), ["both", "theirs", "ours"]);
    assert_eq!(joined.joined(&theirs), joined, "once joined nothing more comes of it");
}

#[test]
fn what_one_side_cleared_does_not_come_back_from_the_other() {
    let whole = trail((1..=4).map(|n| step(n, &n.to_string())));
    let mut cleared = whole.clone();
    cleared.clear_up_to(at(2));
    for joined in [cleared.joined(&whole), whole.joined(&cleared)] {
        assert_eq!(joined.steps.iter().filter(|step| step.at > at(2)).count(), 2);
        assert_eq!(joined.earlier.unwrap().steps, 2);
    }
    assert_eq!(labels(&cleared.joined(&whole)), ["3", "4"]);
}

#[test]
fn a_name_that_one_side_forgot_does_not_come_back_from_the_other() {
    let mut known = step(1, "Add Dee");
    known.note = "Dee rang".to_owned();
    let whole = trail([known]);
    let mut forgot = whole.clone();
    let _ = forgot.forget((&"dee-k333".into(), "Dee"), &[]);
    assert_eq!(labels(&forgot), ["Add somebody"]);
    for joined in [forgot.joined(&whole), whole.joined(&forgot)] {
        assert_eq!(labels(&joined), ["Add somebody"]);
        assert_eq!(joined.steps[0].note, "somebody rang");
    }
}

#[test]
fn a_step_is_told_in_words_and_can_be_taken_back_by_what_is_kept() {
    let (before, after, told) = told(|w| {
        let score = w
            .balance
            .scores
            .iter_mut()
            .find(|score| matches!(score.level, crate::model::balance::ScoreLevel::Point(_)));
        score.unwrap().level = crate::model::balance::ScoreLevel::Point(1.0);
        w.question.options.pop();
        w.title = "Another".to_owned();
    });
    let words: Vec<&str> = told.changes.iter().map(|change| change.after.as_str()).collect();
    assert!(words.contains(&"Another") && words.contains(&"removed"), "{words:?}");
    let back: Vec<_> = told.back.unwrap().iter().map(|back| back.change().unwrap()).collect();
    let undone = apply(&after, &back).unwrap();
    assert_eq!(undone.title, before.title);
    assert_eq!(undone.question, before.question);
}

#[test]
fn of_many_changes_the_first_are_told_and_too_many_cannot_be_taken_back_alone() {
    let (_, _, told) = told(|w| {
        for score in &mut w.balance.scores {
            score.note = "a long note. ".repeat(400);
        }
        for number in 0..30 {
            let mut group = w.question.need_groups[0].clone();
            group.id = format!("group-{number}-k333").as_str().into();
            w.question.need_groups.push(group);
        }
    });
    assert!(told.changes.len() <= 12 && told.more >= 18);
    assert!(told.changes.iter().all(|change| change.after.chars().count() <= 302));
    assert_eq!(told.back, None);
}

#[test]
fn what_somebody_answers_in_a_covered_round_stays_covered() {
    let (_, _, told) = told(|w| {
        w.voices.rounds[0].state = crate::model::voices::RoundState::Open;
        *w.voices.ballots[0].swings.values_mut().next().unwrap() = 61.25;
    });
    let answers: Vec<&Changed> = told
        .changes
        .iter()
        .filter(|change| change.place.0.get(1).is_some_and(|list| list == "ballots"))
        .collect();
    assert!(!answers.is_empty());
    assert!(answers.iter().all(|change| change.before.is_empty() && change.after == "covered"));
    assert_eq!(told.back, None);
}

#[test]
fn somebody_who_was_removed_is_named_until_they_are_forgotten() {
    let (before, after, told) = told(|w| {
        let gone = w.voices.stakeholders[0].id.clone();
        w.voices.stakeholders.retain(|person| person.id != gone);
        w.voices.ballots.retain(|ballot| ballot.stakeholder.as_ref() != Some(&gone));
        w.voices.statements.retain(|statement| statement.stakeholder.as_ref() != Some(&gone));
    });
    let person = before.voices.stakeholders[0].clone();
    let mut removal = step(1, &format!("Remove {}", person.name));
    (removal.changes, removal.back) = (told.changes, told.back);
    let mut trail = trail([removal, step(2, &format!("{}ville", person.name))]);
    assert_eq!(trail.removed_people(&after), [(person.id.clone(), person.name.clone())]);
    assert_eq!(trail.says_of((&person.id, &person.name), &[&after]), 1, "a longer word is no name");
    let neutral = trail.forget((&person.id, &person.name), &[&after]);
    assert_eq!(trail.says_of((&person.id, &person.name), &[&after]), 0);
    let after = neutral.in_workspace(&after).unwrap();
    let held = serde_json::to_string(&after).unwrap();
    assert!(!held.contains(person.id.as_str()), "a frozen copy still held the id");
    assert!(trail.removed_people(&after).is_empty());
    let text = serde_json::to_string(&trail.steps[0]).unwrap();
    assert!(!text.contains(person.id.as_str()), "{text}");
    assert!(
        trail.steps[0].changes.iter().all(|change| change.what != format!("Stakeholder {}", person.name))
    );
    assert!(trail.steps[0].forgets && trail.steps[0].back.is_none());
}
