//! One open workspace: its revision, its history, and what is computed from it. No drawing.
//!
//! Everything that changes a workspace goes through [`Session::edit`]; see the crate documentation for the way of an
//! edit.

mod dear;
pub mod edits;
pub mod history;
mod job;
pub mod keeping;

use std::{collections::HashSet, path::Path, sync::Arc};

use crate::{
    analysis::{
        Analysis,
        balance::{
            compare::{Moment, SideBySide},
            robustness::{
                Robustness, better_information::BetterInformation, by_weights::ByWeights,
                convergence::Convergence,
            },
        },
        reach,
    },
    file::{
        journal::JournalStep,
        save::{Fingerprint, Opened},
        seal::Key,
    },
    model::{
        Room, Workspace,
        balance::ScoreEdit,
        check::{self, Problem},
        ids,
    },
};
use dear::Dear;
pub use dear::ToWin;
use history::{History, RecoveredStep};
pub use job::Answer;
use keeping::{Keeping, SaveState};

/// Called from a worker when something new is there to be shown.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// One open workspace.
pub struct Session {
    workspace: Arc<Workspace>,
    revision: u64,
    /// The last revision that changed anything that a figure could rest on.
    figures: u64,
    analysis: Arc<Analysis>,
    history: History,
    dear: Dear,
    keeping: Keeping,
    /// The tail that was given last.
    tails: u32,
    /// Whether the session began with work that no file holds.
    unsaved_from_start: bool,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("title", &self.workspace.title)
            .field("revision", &self.revision)
            .finish()
    }
}

/// An edit that would have broken the workspace; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected(pub Problem);

/// Edits of the same key that follow each other become one step: a drag, or a run of typing.
pub type MergeKey<'a> = Option<&'a str>;

impl Session {
    /// Opens a session on a workspace of this revision. `wake` is called when a worker has something new to show.
    #[must_use]
    pub fn new(workspace: Workspace, revision: u64, wake: Wake) -> Self {
        let workspace = Arc::new(workspace);
        let analysis = Arc::new(Analysis::of(&workspace));
        let mut dear = Dear::new(&wake);
        dear.follow(&workspace, analysis.balance.leader(), revision);
        let keeping = Keeping::new(wake);
        let tails = first_tail();
        Self {
            workspace,
            revision,
            figures: revision,
            analysis,
            history: History::default(),
            dear,
            keeping,
            tails,
            unsaved_from_start: false,
        }
    }

    /// Opens a session on a sealed file that has been opened with this key.
    #[must_use]
    pub fn open_sealed(opened: Opened, key: Key, who: &str, wake: Wake) -> Self {
        let mut session = Self::open(opened, who, wake);
        session.seal(Some(key));
        session
    }

    /// Seals everything that is kept of the workspace from now on with this key, or nothing with none. What is recorded in
    /// the journal begins anew with the state as it is; call it before a save, which writes the file.
    pub fn seal(&mut self, key: Option<Key>) {
        let is_unsaved = self.has_unsaved_work();
        self.keeping.seal(key, &self.workspace, self.revision);
        if is_unsaved {
            // The journal that held it is gone.
            self.unsaved_from_start = true;
            let label = "Work that was not saved yet".to_owned();
            let step = JournalStep { time: jiff::Timestamp::now(), label, room: None };
            self.keeping.record(&self.workspace, self.revision, vec![step]);
        }
    }

    /// Seals with another key and saves, so that the file is sealed anew although nothing else has changed.
    pub fn seal_anew(&mut self, key: Key) {
        self.revision = self.revision.saturating_add(1);
        self.seal(Some(key));
        self.save();
    }

    /// What everything that is kept of it is sealed with, if it is.
    #[must_use]
    pub fn key(&self) -> Option<&Key> {
        self.keeping.key()
    }

    /// Opens a session on a file that has been read. `who` is the name that others see in its lock.
    #[must_use]
    pub fn open(opened: Opened, who: &str, wake: Wake) -> Self {
        let mut session = Self::new(opened.document.workspace, opened.document.revision, wake);
        session.keeping.holds(&opened.path, opened.fingerprint, &session.workspace);
        session.keeping.lock(who);
        session
    }

    /// Says that what is open is a newer state of this file, found in a journal, and not saved in it yet.
    pub fn belongs_to(&mut self, path: &Path, saved: Option<Fingerprint>, who: &str) {
        self.keeping.belongs_to(path, saved);
        self.keeping.lock(who);
    }

    /// Says what its file held when the work that is open began; a merge with what others saved meanwhile rests on it.
    pub fn began_from(&mut self, workspace: Workspace) {
        self.keeping.began_from(Arc::new(workspace));
    }

    /// What its file held when it was opened or saved here last, and since when, where that is known.
    #[must_use]
    pub fn last_held(&self) -> Option<(&Arc<Workspace>, Option<jiff::Timestamp>)> {
        self.keeping.last_held()
    }

    /// Who else has its file open, as far as is known.
    #[must_use]
    pub fn other(&self) -> Option<&str> {
        self.keeping.other()
    }

    /// Takes in a merge with another file as one step. Where that file is its own, saved by somebody else meanwhile, it is
    /// known from then on to hold `theirs`, and the next save writes over exactly that.
    ///
    /// # Errors
    /// The problem that the merge would have made; everything stays as it was.
    pub fn take_merge(&mut self, label: String, merged: &Workspace, theirs: &Opened) -> Result<(), Rejected> {
        let before = self.revision;
        self.revision = self.revision.max(theirs.document.revision);
        let done = self.edit(label, Room::Question, None, |w| w.clone_from(merged));
        if done.is_err() {
            self.revision = before;
        } else if self.path() == Some(theirs.path.as_path()) {
            let held = Arc::new(theirs.document.workspace.clone());
            self.keeping.holds(&theirs.path, theirs.fingerprint, &held);
            self.keeping.dismiss_failure();
        }
        done
    }

    /// Says that there is work here that no file holds, as after a recovery, and waits until it has been put into the
    /// journal; whether it is there.
    pub fn mark_unsaved(&mut self, label: &str) -> bool {
        self.unsaved_from_start = true;
        let step = JournalStep { time: jiff::Timestamp::now(), label: label.to_owned(), room: None };
        self.keeping.record(&self.workspace, self.revision, vec![step]);
        self.keeping.flush()
    }

    /// Gives work that is recovered the steps that led to it from this state, so that they can be undone.
    pub fn recall(&mut self, before: Arc<Workspace>, steps: Vec<RecoveredStep>) {
        self.history = History::recovered(before, steps);
    }

    /// Waits until every edit so far is in the journal; for tests and for the end of the program.
    pub fn flush_journal(&self) {
        self.keeping.flush();
    }

    /// Puts every edit so far in the journal at once instead of letting edits gather, and does not wait for it.
    pub fn hasten_journal(&self) {
        self.keeping.hasten();
    }

    /// Begins a recovery journal in this folder.
    pub fn begin_journal(&mut self, folder: &Path) {
        self.keeping.begin_journal(folder, &self.workspace, self.revision);
    }

    /// The file it is kept in, if it has one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.keeping.path()
    }

    /// Whether the work is safe in its file.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        self.keeping.state(&self.workspace)
    }

    /// Who else has the file open, in a sentence; `None` where nobody is known to. Asked again at each save.
    #[must_use]
    pub fn open_elsewhere(&self) -> Option<&str> {
        self.keeping.open_elsewhere()
    }

    /// Whether closing now would lose work.
    #[must_use]
    pub fn has_unsaved_work(&self) -> bool {
        match self.save_state() {
            SaveState::Saved(_) => false,
            SaveState::NoFile => self.unsaved_from_start || self.history.undo_label().is_some(),
            SaveState::Unsaved | SaveState::Saving | SaveState::Failed(_) => true,
        }
    }

    /// Saves to its file, on a worker. Nothing happens without a file.
    pub fn save(&mut self) {
        self.keeping.save(&self.workspace, self.revision, false);
    }

    /// Saves to its file whatever that holds now, a copy of which goes to the backups: "keep mine".
    pub fn save_over_theirs(&mut self) {
        self.keeping.save(&self.workspace, self.revision, true);
    }

    /// Saves beside its file under a new name, which becomes its own: "keep both".
    pub fn save_beside(&mut self) {
        self.keeping.save_beside(&self.workspace, self.revision);
    }

    /// Saves to this file, which becomes its own.
    pub fn save_as(&mut self, path: &Path) {
        self.keeping.save_as(path, &self.workspace, self.revision);
    }

    /// A failed save that the user has been told of is no longer shown as such.
    pub fn dismiss_failed_save(&mut self) {
        self.keeping.dismiss_failure();
    }

    /// Takes what the keeping of the file has to tell the user, in sentences.
    pub fn take_notices(&mut self) -> Vec<String> {
        self.keeping.notices()
    }

    /// Closes for good: nothing is left to be recovered. Dropping a session instead leaves its journal.
    pub fn close(mut self) {
        self.keeping.forget();
    }

    /// The workspace as it stands.
    #[must_use]
    pub fn workspace(&self) -> &Arc<Workspace> {
        &self.workspace
    }

    /// Counts the edits of its whole life.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The cheap analysis of the workspace as it stands, never older.
    #[must_use]
    pub fn analysis(&self) -> &Arc<Analysis> {
        &self.analysis
    }

    /// The newest result of the robustness run, which may belong to an earlier revision of the same options and factors,
    /// and how far the next one is.
    #[must_use]
    pub fn robustness(&self) -> Answer<'_, Robustness, Convergence> {
        self.dear.robustness(&self.workspace, self.figures)
    }

    /// As [`Session::robustness`], but without a result that was drawn while another option led.
    #[must_use]
    pub fn robustness_of_leader(&self) -> Answer<'_, Robustness, Convergence> {
        let answer = self.robustness();
        let leads = self.analysis.balance.leader().and_then(|o| self.workspace.question.options.get(o));
        if leads.map(|option| &option.id) == self.dear.leader_drawn() { answer } else { answer.with(None) }
    }

    /// Stops the robustness run under way; it begins again with the next edit, or [`Session::resume_robustness`].
    pub fn stop_robustness(&mut self) {
        self.dear.stop_robustness();
    }

    /// Begins a robustness run again that was stopped.
    pub fn resume_robustness(&mut self) {
        self.dear.resume_robustness();
    }

    /// A state of the balance, perhaps beside one before it, as far as it is worked out. Ask each frame while it is shown.
    pub fn ask_side_by_side(
        &mut self,
        before: Option<&Moment>,
        after: &Moment,
    ) -> Answer<'_, Arc<SideBySide>> {
        self.dear.ask_side_by_side(&self.workspace, self.figures, (before, after))
    }

    /// What must be true of the weights for an option to lead; ask each frame while it is shown.
    pub fn ask_to_win(&mut self, option: usize) -> Answer<'_, ToWin> {
        self.dear.ask_to_win(&self.analysis, self.figures, option)
    }

    /// How often each option comes first under each kind of weights. It is drawn only while it is asked for.
    pub fn ask_by_weights(&mut self) -> Answer<'_, ByWeights> {
        self.dear.ask_by_weights(&self.workspace, self.figures);
        self.dear.by_weights(&self.workspace, self.figures)
    }

    /// What better information is worth. It is drawn only while it is asked for.
    pub fn ask_better_information(&mut self) -> Answer<'_, BetterInformation> {
        self.dear.ask_better_information(&self.workspace, self.figures);
        self.dear.better_information(&self.workspace, self.figures)
    }

    /// What is known of the shares under each kind of weights, without asking for more.
    #[must_use]
    pub fn by_weights(&self) -> Answer<'_, ByWeights> {
        self.dear.by_weights(&self.workspace, self.figures)
    }

    /// What is known of the worth of better information, without asking for more.
    #[must_use]
    pub fn better_information(&self) -> Answer<'_, BetterInformation> {
        self.dear.better_information(&self.workspace, self.figures)
    }

    /// Takes in what the workers have finished. Call it once a frame.
    pub fn poll(&mut self) {
        self.dear.poll(&self.workspace, self.analysis.balance.leader(), self.figures);
        self.keeping.poll();
    }

    /// Waits for the workers; for commands and tests, never in a frame.
    pub fn finish_jobs(&mut self) {
        self.dear.finish(&self.workspace, self.analysis.balance.leader(), self.figures);
        self.keeping.finish();
    }

    /// Changes the workspace: on a copy, which is checked and becomes the new revision. An edit that changes nothing
    /// leaves no step.
    ///
    /// # Errors
    /// The problem that the edit would have made; the workspace stays as it was.
    pub fn edit(
        &mut self,
        label: impl Into<String>,
        room: Room,
        merge: MergeKey<'_>,
        change: impl FnOnce(&mut Workspace),
    ) -> Result<(), Rejected> {
        let mut changed = (*self.workspace).clone();
        change(&mut changed);
        changed.settle_workshop();
        reach::feed_following(&self.workspace, &mut changed);
        if changed == *self.workspace {
            return Ok(());
        }
        if let Some(problem) = check::broken_by_edit(&self.workspace, &changed) {
            return Err(Rejected(problem));
        }
        let changed = Arc::new(changed);
        let label = label.into();
        let is_new = self.history.record(label.clone(), room, merge, &self.workspace, &changed);
        self.put(changed, is_new.then_some((label, room)));
        Ok(())
    }

    /// The workspace before the step that an edit of this key goes on with, or begins now: what the step is named by.
    #[must_use]
    pub fn before_step(&self, merge: MergeKey<'_>) -> &Arc<Workspace> {
        merge.and_then(|merge| self.history.before_step(merge)).unwrap_or(&self.workspace)
    }

    /// Ends a drag or a run of typing: the next edit is a step of its own whatever its key.
    pub fn settle(&mut self) {
        self.history.settle();
    }

    /// Takes back the last step; answers with its name.
    pub fn undo(&mut self) -> Option<String> {
        let (label, room, workspace) = self.history.undo()?;
        self.put(workspace, Some((format!("Undo: {label}"), room)));
        Some(label)
    }

    /// Does again what was taken back last; answers with its name.
    pub fn redo(&mut self) -> Option<String> {
        let (label, room, workspace) = self.history.redo()?;
        self.put(workspace, Some((label.clone(), room)));
        Some(label)
    }

    /// The steps that can be undone and redone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Whoever works here, and today: what an edit of a score is signed with.
    #[must_use]
    pub fn signature(&self) -> ScoreEdit {
        ScoreEdit { by: self.keeping.who().to_owned(), on: jiff::Zoned::now().date() }
    }

    /// Says under which name edits are signed and files are locked from now on; empty for none.
    pub fn works_as(&mut self, who: &str) {
        self.keeping.works_as(who);
    }

    /// A fresh tail for an id: different each time, and of no id that the workspace holds.
    pub fn new_tail(&mut self) -> u32 {
        let taken: HashSet<&str> = self.workspace.ids().map(ids::tail_of).collect();
        // An odd step visits every tail once before any comes back.
        let next = |tail: u32| tail.wrapping_add(0x9_E375) % ids::TAILS;
        let mut tail = next(self.tails);
        for _ in 0..ids::TAILS {
            if !taken.contains(ids::tail(tail).as_str()) {
                break;
            }
            tail = next(tail);
        }
        self.tails = tail;
        tail
    }

    fn put(&mut self, workspace: Arc<Workspace>, step: Option<(String, Room)>) {
        let before = std::mem::replace(&mut self.workspace, workspace);
        self.revision = self.revision.saturating_add(1);
        if !before.rests_on_the_same(&self.workspace) {
            self.figures = self.revision;
        }
        let step =
            step.map(|(label, room)| JournalStep { time: jiff::Timestamp::now(), label, room: Some(room) });
        self.keeping.record(&self.workspace, self.revision, step.into_iter().collect());
        self.analysis = Arc::new(self.analysis.following(&before, &self.workspace));
        self.dear.follow(&self.workspace, self.analysis.balance.leader(), self.figures);
    }
}

/// Where a session begins among the tails: by chance, and by the clock where the system has no chance to give.
fn first_tail() -> u32 {
    let clock = || jiff::Timestamp::now().subsec_nanosecond().unsigned_abs();
    getrandom::u32().unwrap_or_else(|_| clock()) % ids::TAILS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        ids::SectorId,
        voices::{Sector, SectorShape},
    };

    fn session() -> Session {
        Session::new(Workspace::default(), 7, Arc::new(|| ()))
    }

    fn retitle(session: &mut Session, title: &str, merge: MergeKey<'_>) {
        let title = title.to_owned();
        session.edit(format!("Title {title}"), Room::Question, merge, |w| w.title = title).unwrap();
    }

    #[test]
    fn an_edit_is_one_revision_and_can_be_taken_back_and_done_again() {
        let mut session = session();
        retitle(&mut session, "First", None);
        assert_eq!((session.workspace().title.as_str(), session.revision()), ("First", 8));
        assert_eq!(session.undo().as_deref(), Some("Title First"));
        assert_eq!(session.workspace().title, "");
        assert_eq!(session.redo().as_deref(), Some("Title First"));
        assert_eq!(session.workspace().title, "First");
        assert_eq!(session.redo(), None);
    }

    #[test]
    fn a_drag_is_one_step_until_it_settles() {
        let mut session = session();
        for title in ["1", "2", "3"] {
            retitle(&mut session, title, Some("drag"));
        }
        session.settle();
        retitle(&mut session, "4", Some("drag"));
        session.undo();
        assert_eq!(session.workspace().title, "3");
        session.undo();
        assert_eq!(session.workspace().title, "");
        assert_eq!(session.undo(), None);
    }

    #[test]
    fn a_run_that_ends_where_it_began_leaves_no_step() {
        let mut session = session();
        retitle(&mut session, "kept", None);
        for title in ["k", "ke", "kept"] {
            retitle(&mut session, title, Some("typing"));
        }
        assert_eq!(session.history().undo_label(), Some("Title kept"));
        session.undo();
        assert_eq!(session.workspace().title, "");
    }

    #[test]
    fn an_edit_that_changes_nothing_leaves_no_step() {
        let mut session = session();
        retitle(&mut session, "", None);
        assert_eq!(session.revision(), 7);
        assert!(session.history().undo_label().is_none());
    }

    #[test]
    fn a_new_edit_drops_what_was_undone() {
        let mut session = session();
        retitle(&mut session, "a", None);
        session.undo();
        retitle(&mut session, "b", None);
        assert_eq!(session.redo(), None);
    }

    #[test]
    fn two_hundred_steps_are_kept() {
        let mut session = session();
        for step in 0..250 {
            retitle(&mut session, &format!("step {step}"), None);
        }
        let mut undone = 0;
        while session.undo().is_some() {
            undone += 1;
        }
        assert_eq!(undone, 200);
        assert_eq!(session.workspace().title, "step 49");
    }

    #[test]
    fn tails_do_not_repeat() {
        let mut session = session();
        let mut seen: Vec<u32> = (0..1000).map(|_| session.new_tail()).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 1000);
    }

    #[test]
    fn no_tail_is_given_that_the_workspace_holds() {
        let mut before = session();
        let taken: Vec<u32> = (0..50).map(|_| before.new_tail()).collect();
        // The one before the first that was given.
        let start = taken[0].wrapping_sub(0x9_E375) % ids::TAILS;
        let mut workspace = Workspace::clone(before.workspace());
        let sector = |tail: &u32| Sector {
            id: SectorId::named("sector", *tail),
            name: format!("Sector {tail}"),
            short: String::new(),
            shape: SectorShape::Star,
            first_hand: false,
        };
        workspace.voices.sectors = taken.iter().map(sector).collect();
        let mut after = Session::new(workspace, 0, Arc::new(|| ()));
        after.tails = start;
        for _ in 0..100 {
            assert!(!taken.contains(&after.new_tail()));
        }
    }
}
