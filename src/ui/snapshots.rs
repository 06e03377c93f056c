//! Snapshots as commands: taken, renamed and deleted from wherever one is.

use egui::Context;

use super::{
    dialogs::{
        Dialog,
        snapshot::{Choice, NameSnapshot},
    },
    shell::Shell,
};
use crate::{
    analysis::balance::compare::Moment,
    model::{Room, ids::SnapshotId},
    session::edits::snapshots,
};

impl Shell {
    /// Asks what the snapshot to be taken is called.
    pub(super) fn ask_for_snapshot(&mut self) {
        let Some(session) = &self.session else { return };
        let name = snapshots::next_name(session.workspace());
        self.dialog = Some(Dialog::Snapshot(NameSnapshot::new(None, &name, "")));
    }

    /// Asks what the snapshot in view is to be called.
    pub(super) fn ask_for_snapshot_name(&mut self) {
        let Some(session) = &self.session else { return };
        let workspace = session.workspace();
        let id = self.view.balance.compare.snapshot_in_view(workspace);
        if let Some(snapshot) = id.and_then(|id| workspace.snapshot(&id)) {
            let dialog = NameSnapshot::new(Some(snapshot.id.clone()), &snapshot.name, &snapshot.note);
            self.dialog = Some(Dialog::Snapshot(dialog));
        }
    }

    /// Deletes the snapshot in view.
    pub(super) fn delete_snapshot(&mut self) {
        let Some(session) = &mut self.session else { return };
        let workspace = session.workspace();
        let id = self.view.balance.compare.snapshot_in_view(workspace);
        let Some(snapshot) = id.and_then(|id| workspace.snapshot(&id).cloned()) else { return };
        let label = format!("Delete snapshot {}", snapshot.name);
        match session.edit(label, Room::Balance, None, |w| snapshots::delete(w, &snapshot.id)) {
            Ok(()) => self.notices.say(format!("Deleted: {}. Undo brings it back.", snapshot.name)),
            Err(rejected) => self.notices.say(format!("Not deleted: {}", rejected.0.what)),
        }
    }

    /// Shows the dialog that names a snapshot, and takes or renames it once it has a name.
    pub(super) fn name_snapshot(&mut self, ctx: &Context, mut dialog: NameSnapshot) {
        match dialog.show(ctx) {
            Choice::Undecided => self.dialog = Some(Dialog::Snapshot(dialog)),
            Choice::Cancelled => {}
            Choice::Named => self.take_or_rename(&dialog),
        }
    }

    fn take_or_rename(&mut self, dialog: &NameSnapshot) {
        let Some(session) = &mut self.session else { return };
        let (name, note) = (dialog.name.trim(), dialog.note.trim());
        let outcome = match &dialog.of {
            Some(id) => session.edit(format!("Rename snapshot {name}"), Room::Balance, None, |w| {
                snapshots::rename(w, id, name, note);
            }),
            None => {
                let id = SnapshotId::named(name, session.new_tail());
                let taken = snapshots::now();
                let label = format!("Take snapshot {name}");
                let outcome = session.edit(label, Room::Balance, None, |w| {
                    snapshots::take(w, id.clone(), name, note, taken);
                });
                if outcome.is_ok() {
                    self.view.balance.compare.look_at(Moment::Snapshot(id), Moment::Today);
                    self.notices.say(format!("Snapshot taken: {name}"));
                }
                outcome
            }
        };
        if let Err(rejected) = outcome {
            self.notices.say(format!("Not changed: {} {}", rejected.0.what, rejected.0.remedy));
        }
    }
}
