//! What an edit leaves untouched is taken over from before it, and the results are those of computing all anew.

use std::sync::Arc;

use evenhand::{
    analysis::Analysis,
    model::{
        Workspace,
        balance::{Must, Scale, ScoreLevel, WeightsFrom},
        voices::{CombineRule, Vote},
    },
};

use crate::westmere_people::westmere_with_people;

type Edit = (&'static str, fn(&mut Workspace));

/// One edit of each part that some result rests on.
const EDITS: [Edit; 18] = [
    ("a swing", |w| w.balance.factors[7].swing = Some(95.0)),
    ("a score", |w| w.balance.scores[3].level = ScoreLevel::Point(1.0)),
    ("a score taken out", |w| drop(w.balance.scores.remove(5))),
    ("a scale", |w| w.balance.factors[1].scale = Scale::Linear { worst: 0.0, best: 30.0 }),
    ("a side", |w| {
        w.balance.factors.iter_mut().for_each(|f| f.side = evenhand::model::balance::Side::ALL[0])
    }),
    ("a must", |w| w.balance.factors[0].must = Some(Must::AtLeast(60.0))),
    ("a factor renamed", |w| w.balance.factors[0].name = "Reach, renamed".to_owned()),
    ("a factor taken out", |w| drop(w.balance.factors.remove(2))),
    ("the order of factors", |w| w.balance.factors.reverse()),
    ("an option taken out", |w| drop(w.question.options.remove(1))),
    ("the order of options", |w| w.question.options.rotate_left(2)),
    ("an option renamed", |w| w.question.options[1].name = "The partnership".to_owned()),
    ("a ballot", |w| w.voices.ballots[0].swings.values_mut().for_each(|points| *points = 1.0)),
    ("how ballots combine", |w| w.voices.combine = CombineRule::MeanWeights),
    ("who votes", |w| w.voices.vote = Vote::OneSector),
    ("where weights come from", |w| w.balance.weights_from = WeightsFrom::Swings),
    ("a need group", |w| w.question.need_groups[0].people_per_year = Some(1.0)),
    ("a payment", |w| w.reach.payments.truncate(1)),
];

#[test]
fn an_edit_gives_what_computing_all_anew_gives() {
    let before = westmere_with_people();
    let known = Analysis::of(&before);
    for (name, edit) in EDITS {
        let mut after = before.clone();
        edit(&mut after);
        assert!(before != after, "{name} changes nothing");
        assert!(known.following(&before, &after) == Analysis::of(&after), "{name}");
    }
}

#[test]
fn a_run_of_edits_and_their_undoing_stays_in_step() {
    let mut states = vec![westmere_with_people()];
    for (_, edit) in EDITS {
        let mut next = states.last().unwrap().clone();
        // Some parts are gone by now; an edit that no longer fits is left out.
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| edit(&mut next))).is_ok() {
            states.push(next);
        }
    }
    let there_and_back: Vec<usize> = (0..states.len()).chain((0..states.len()).rev()).collect();
    let mut analysis = Analysis::of(&states[0]);
    for pair in there_and_back.windows(2) {
        let (before, after) = (&states[pair[0]], &states[pair[1]]);
        analysis = analysis.following(before, after);
        assert!(analysis == Analysis::of(after), "{pair:?}");
    }
}

#[test]
fn a_drag_of_a_weight_leaves_what_does_not_hang_on_weights() {
    let before = westmere_with_people();
    let known = Analysis::of(&before);
    let mut after = before.clone();
    after.balance.factors[0].swing = Some(1.0);
    let next = known.following(&before, &after);
    assert!(Arc::ptr_eq(&known.balance.performance, &next.balance.performance));
    assert!(Arc::ptr_eq(&known.voices, &next.voices) && Arc::ptr_eq(&known.reach, &next.reach));
}
