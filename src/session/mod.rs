//! One open workspace: its revision, its history, and what is computed from it. No drawing.
//!
//! Everything that changes a workspace goes through [`Session::edit`]; see the crate documentation for the way of an
//! edit.

mod dear;
pub mod edits;
mod frozen;
mod held;
pub mod history;
mod job;
pub mod keeping;
mod recovery;
mod said_of_people;
mod saving;
pub mod trail;
mod undo_only;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::Arc,
};

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
        course::Course,
        reach,
    },
    file::{format::Document, journal::Mark, save::Opened, seal::Key},
    model::{
        Room, Workspace,
        balance::ScoreEdit,
        check::{self, Problem},
        ids,
        trail::Trail,
    },
};
use dear::Dear;
pub use dear::ToWin;
pub use frozen::Derived;
use held::Held;
use history::History;
pub use job::Answer;
use keeping::Keeping;
use trail::{Recorded, SessionTrail};
pub use undo_only::Obstacle;

/// Called from a worker when something new is there to be shown.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// One open workspace.
pub struct Session {
    workspace: Arc<Workspace>,
    revision: u64,
    /// The last revision that changed anything that a figure could rest on.
    figures: u64,
    /// The last revision that changed what the caseload tells.
    judged: u64,
    /// Whether what the caseload tells belongs to an earlier state, or is not known yet.
    is_judging: bool,
    analysis: Arc<Analysis>,
    history: History,
    trail: SessionTrail,
    dear: Dear,
    keeping: Keeping,
    /// The tail that was given last.
    tails: u32,
    /// Whether the session began with work that no file holds.
    unsaved_from_start: bool,
    /// The revision, and how often the trail had been touched, when the user wanted none of what was not saved.
    let_go: Option<(u64, u64)>,
    /// Whether it is only looked at: nothing can be changed.
    only_looked_at: bool,
    /// The file that it is a backup of, and when that was saved, until it is saved itself.
    backup_of: Option<(PathBuf, jiff::Timestamp)>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("title", &self.workspace.title)
            .field("revision", &self.revision)
            .finish()
    }
}

/// Why nothing changes in what is only looked at.
fn looked_at() -> Problem {
    Problem {
        severity: check::Severity::Broken,
        kind: check::ProblemKind::Misfit,
        room: None,
        place: String::new(),
        what: "This is only to look at.".to_owned(),
        remedy: "Recover it from the start page to go on with it, or save it under a name of its own."
            .to_owned(),
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
        let analysis = Arc::new(Analysis::at_once(&workspace));
        let mut dear = Dear::new(&wake);
        dear.follow(&workspace, analysis.balance.leader(), revision);
        let keeping = Keeping::new(wake);
        let tails = first_tail();
        Self {
            is_judging: reach::is_dear(&workspace),
            workspace,
            revision,
            figures: revision,
            judged: revision,
            analysis,
            history: History::default(),
            trail: SessionTrail::read(&Trail::default(), tails),
            dear,
            keeping,
            tails,
            unsaved_from_start: false,
            let_go: None,
            only_looked_at: false,
            backup_of: None,
        }
    }

    /// The same for a state that is only to be looked at: no edit is made, until it is saved as a file of its own.
    #[must_use]
    pub fn to_look_at(document: Document, wake: Wake) -> Self {
        Self { only_looked_at: true, ..Self::of(document, wake) }
    }

    /// Opens a session on a backup of this file, of what that held since `saved`. It is in no file of its own yet.
    #[must_use]
    pub fn of_backup(document: Document, of: (PathBuf, jiff::Timestamp), wake: Wake) -> Self {
        Self { backup_of: Some(of), ..Self::of(document, wake) }
    }

    /// The file that it is a backup of, and when what is in it was saved; `None` once it has a file of its own.
    #[must_use]
    pub fn backup_of(&self) -> Option<(&Path, jiff::Timestamp)> {
        self.backup_of
            .as_ref()
            .filter(|_| self.path().is_none())
            .map(|(file, saved)| (file.as_path(), *saved))
    }

    /// Whether a save to its file will be refused, as far as that could be seen when it was opened.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.keeping.is_read_only()
    }

    /// Opens a session on what a file held, with its trail, without saying which file that is.
    #[must_use]
    pub fn of(document: Document, wake: Wake) -> Self {
        let mut session = Self::new(document.workspace, document.revision, wake);
        session.trail = SessionTrail::read(&document.history, session.tails);
        session
    }

    /// Opens a session on a sealed file that has been opened with this key.
    #[must_use]
    pub fn open_sealed(opened: Opened, key: Key, who: &str, wake: Wake) -> Self {
        let mut session = Self::open(opened, who, wake);
        session.seal(Some(key));
        session
    }

    /// Opens a session on a file that has been read. `who` is the name that others see in its lock.
    #[must_use]
    pub fn open(opened: Opened, who: &str, wake: Wake) -> Self {
        let mut session = Self::of(opened.document, wake);
        session.keeping.holds(&opened.path, opened.fingerprint, &session.workspace);
        session.keeping.lock(who);
        if opened.read_only {
            session.keeping.is_for_reading_only();
        }
        session
    }

    /// Takes in a merge with another file as one step. Where that file is its own, saved by somebody else meanwhile, it is
    /// known from then on to hold `theirs`, and the next save writes over exactly that. Answers whether there is a step to
    /// undo: there is none where nothing of this workspace changed.
    ///
    /// # Errors
    /// The problem that the merge would have made; everything stays as it was.
    pub fn take_merge(
        &mut self,
        label: String,
        merged: &Workspace,
        theirs: &Opened,
    ) -> Result<bool, Rejected> {
        let is_own = self.path() == Some(theirs.path.as_path());
        let (before, as_it_was) = (self.revision, Arc::clone(&self.workspace));
        self.revision = self.revision.max(theirs.document.revision);
        if let Err(rejected) = self.edit(label, Room::Question, None, |w| w.clone_from(merged)) {
            self.revision = before;
            return Err(rejected);
        }
        let is_step = !Arc::ptr_eq(&as_it_was, &self.workspace);
        if is_own {
            let held = Arc::new(theirs.document.workspace.clone());
            self.keeping.takes_in(is_step.then_some(&self.workspace), &held, theirs.fingerprint);
            self.keeping.dismiss_failure();
        }
        self.settle();
        let is_in_file = self.trail.join(&theirs.document.history, is_own);
        if is_own && is_in_file {
            self.keeping.holds_trail(self.trail.touched());
        }
        self.keep(None);
        Ok(is_step)
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
        self.keeping.begin_journal(folder, self.state());
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
        self.judge();
        self.keeping.poll();
    }

    /// Whether a large caseload is being judged: what is known of it belongs to an earlier state, if it is known.
    #[must_use]
    pub fn is_judging_caseload(&self) -> bool {
        self.is_judging
    }

    /// Takes in what a large caseload tells once that is known.
    fn judge(&mut self) {
        if self.is_judging
            && let Some(told) = self.dear.judge(&self.workspace, self.judged)
        {
            self.analysis = Arc::new(self.analysis.with_caseload(Some(Arc::clone(told))));
            self.is_judging = false;
        }
    }

    /// Waits for the workers; for commands and tests, never in a frame.
    pub fn finish_jobs(&mut self) {
        self.finish_jobs_on(&Course::default());
    }

    /// The same for as long as the course goes on, which is told how far they are; says whether they are done.
    pub fn finish_jobs_on(&mut self, course: &Course) -> bool {
        let leader = self.analysis.balance.leader();
        if !self.dear.settle_on(&self.workspace, leader, (self.figures, course)) {
            return false;
        }
        self.dear.finish();
        if self.is_judging {
            if !self.dear.finish_judging(&self.workspace, self.judged, course) {
                return false;
            }
            self.judge();
        }
        self.keeping.finish();
        self.trail.put_in_words();
        !course.is_stopped()
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
        self.edit_marking(label.into(), (room, merge), Vec::new(), change)
    }

    fn edit_marking(
        &mut self,
        label: String,
        (room, merge): (Room, MergeKey<'_>),
        mut marks: Vec<Mark>,
        change: impl FnOnce(&mut Workspace),
    ) -> Result<(), Rejected> {
        if self.only_looked_at {
            return Err(Rejected(looked_at()));
        }
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
        let recorded = self.history.record(label.clone(), room, merge, &self.workspace, &changed);
        let before = self.put(changed);
        let after = (Arc::clone(&self.workspace), Arc::clone(&self.analysis));
        let who = self.keeping.who();
        let id = self.trail.record(recorded, (label.clone(), room, who), before, after);
        let is_new = recorded == Recorded::Began;
        self.trail.mark(&marks);
        marks.extend(id.filter(|_| is_new).map(|id| (id, false)));
        self.history.mark_last(&marks);
        self.keep(is_new.then_some((label, room, marks)));
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
        self.trail.settle();
    }

    /// Takes back the last step; answers with its name.
    pub fn undo(&mut self) -> Option<String> {
        let undone = self.history.steps().next_back().map(|step| Arc::clone(step.after()));
        let (label, room, workspace, marks) = self.history.undo()?;
        self.put(workspace);
        if let Some(undone) = undone {
            self.keeping.goes_over(&undone, true);
        }
        let back = history::taken_back(&marks);
        self.trail.mark(&back);
        self.keep(Some((format!("Undo: {label}"), room, back)));
        Some(label)
    }

    /// Does again what was taken back last; answers with its name.
    pub fn redo(&mut self) -> Option<String> {
        let (label, room, workspace, marks) = self.history.redo()?;
        self.keeping.goes_over(&workspace, false);
        self.put(workspace);
        self.trail.mark(&marks);
        self.keep(Some((label.clone(), room, marks)));
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

    /// Makes this the workspace; answers with what was before.
    fn put(&mut self, workspace: Arc<Workspace>) -> trail::State {
        let before = std::mem::replace(&mut self.workspace, workspace);
        self.revision = self.revision.saturating_add(1);
        if !before.rests_on_the_same(&self.workspace) {
            self.figures = self.revision;
        }
        let analysis = Arc::new(self.analysis.following(&before, &self.workspace));
        let analysis_before = std::mem::replace(&mut self.analysis, analysis);
        if !reach::judges_alike(&before, &self.workspace) {
            self.judged = self.revision;
            self.is_judging = reach::is_dear(&self.workspace);
            self.judge();
        }
        self.dear.follow(&self.workspace, self.analysis.balance.leader(), self.figures);
        (before, analysis_before)
    }

    /// What is kept of it, as it stands.
    fn state(&self) -> Held {
        Held { workspace: Arc::clone(&self.workspace), revision: self.revision, trail: self.trail.clone() }
    }
}

/// Where a session begins among the tails: by chance, and by the clock where the system has no chance to give.
fn first_tail() -> u32 {
    let clock = || jiff::Timestamp::now().subsec_nanosecond().unsigned_abs();
    getrandom::u32().unwrap_or_else(|_| clock()) % ids::TAILS
}

#[cfg(test)]
mod tests;
