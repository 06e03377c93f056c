//! Snapshots taken, renamed and deleted.

use crate::model::{
    Workspace,
    ids::SnapshotId,
    snapshot::{BalanceState, Snapshot},
};

/// Takes a snapshot of the balance as it stands and puts it last.
pub fn take(workspace: &mut Workspace, id: SnapshotId, name: &str, note: &str, taken: jiff::civil::DateTime) {
    let state = BalanceState::of(workspace).into();
    workspace.snapshots.push(Snapshot {
        id,
        name: name.trim().to_owned(),
        taken,
        note: note.trim().to_owned(),
        state,
    });
}

/// Gives a snapshot another name and note; what it holds stays as it is.
pub fn rename(workspace: &mut Workspace, id: &SnapshotId, name: &str, note: &str) {
    if let Some(snapshot) = workspace.snapshot_mut(id) {
        name.trim().clone_into(&mut snapshot.name);
        note.trim().clone_into(&mut snapshot.note);
    }
}

/// Takes a snapshot away.
pub fn delete(workspace: &mut Workspace, id: &SnapshotId) {
    workspace.snapshots.retain(|snapshot| snapshot.id != *id);
}

/// A name for the next snapshot that none has yet, such as "Snapshot 2".
#[must_use]
pub fn next_name(workspace: &Workspace) -> String {
    let is_free = |name: &String| workspace.snapshots.iter().all(|s| s.name != *name);
    let from = workspace.snapshots.len() + 1;
    let names = (from..=2 * from).map(|number| format!("Snapshot {number}"));
    names.into_iter().find(is_free).unwrap_or_default()
}

/// The clock on the wall, to the minute.
#[must_use]
pub fn now() -> jiff::civil::DateTime {
    let now = jiff::Zoned::now().datetime();
    now.date().at(now.hour(), now.minute(), 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    #[test]
    fn a_snapshot_keeps_what_stood_when_it_was_taken() {
        let mut workspace = sample::workspace();
        take(&mut workspace, "new-s333".into(), " Second ", "", jiff::civil::date(2026, 1, 2).at(9, 0, 0, 0));
        workspace.balance.factors[0].swing = Some(1.0);
        let snapshot = workspace.snapshots.last().unwrap();
        assert_eq!(snapshot.name, "Second");
        assert_eq!(snapshot.state.factors, sample::workspace().balance.factors);
        rename(&mut workspace, &"new-s333".into(), "Two", "after lunch");
        assert_eq!(workspace.snapshots[1].note, "after lunch");
        delete(&mut workspace, &"new-s333".into());
        assert_eq!(workspace.snapshots, sample::workspace().snapshots);
    }

    #[test]
    fn a_new_snapshot_has_a_name_of_its_own() {
        let mut workspace = sample::workspace();
        assert_eq!(next_name(&workspace), "Snapshot 2");
        workspace.snapshots[0].name = "Snapshot 2".to_owned();
        assert_eq!(next_name(&workspace), "Snapshot 3");
        workspace.snapshots.clear();
        assert_eq!(next_name(&workspace), "Snapshot 1");
    }
}
