use super::*;
use crate::model::snapshot::BalanceState;

/// Changes what the sample's snapshot holds.
fn spoil_state(w: &mut Workspace, spoil: fn(&mut BalanceState)) {
    let mut state = BalanceState::clone(&w.snapshots[0].state);
    spoil(&mut state);
    w.snapshots[0].state = state.into();
}

#[test]
fn what_a_snapshot_holds_is_checked_like_a_workspace() {
    check(&[
        broken_by(
            |w| w.snapshots.push(w.snapshots[0].clone()),
            "snapshots/first-draft-s222",
            "The id “first-draft-s222” of a snapshot stands twice.",
        ),
        doubtful_by(|w| w.snapshots[0].name.clear(), "snapshots/first-draft-s222/name", "has no name"),
        broken_by(
            |w| spoil_state(w, |s| s.factors[1].swing = Some(-1.0)),
            "snapshots/first-draft-s222/state/factors/price-f333/swing",
            "In the snapshot “First draft”: the swing of “Price certainty” is −1.",
        ),
        broken_by(
            |w| spoil_state(w, |s| _ = s.options.remove(0)),
            "snapshots/first-draft-s222/state/entitlements/allergens-t222/met_by/caterer-o222",
            "names the option “caterer-o222”",
        ),
        broken_by(
            |w| spoil_state(w, |s| s.ballots[0].stakeholder = Some("Not an id".into())),
            "snapshots/first-draft-s222/state/ballots/Not an id",
            "cannot be the id of a stakeholder",
        ),
    ]);
}

#[test]
fn a_snapshot_does_not_mind_what_has_gone_from_the_workspace_since() {
    let mut workspace = sample::workspace();
    workspace.question.options.clear();
    workspace.balance.factors.clear();
    workspace.balance.scores.clear();
    workspace.challenge.evidence.clear();
    workspace.voices.stakeholders.clear();
    workspace.voices.ballots.clear();
    let inside = |p: &&Problem| p.place.starts_with("snapshots");
    assert_eq!(problems(&workspace).iter().find(inside), None);
}

#[test]
fn an_edit_is_refused_for_what_a_new_snapshot_holds_and_not_for_what_was_there() {
    let before = sample::workspace();
    let mut after = before.clone();
    after.title = "Suppers".to_owned();
    assert_eq!(broken_by_edit(&before, &after), None);
    spoil_state(&mut after, |s| s.factors[1].swing = Some(f64::NAN));
    assert_eq!(broken_by_edit(&before, &after), broken(&after));
    assert!(broken(&after).is_some());
}
