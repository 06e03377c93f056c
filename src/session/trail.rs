//! The trail of an open workspace: each step is written down at once, and put in words by whoever asks for them first,
//! which is the worker that keeps the file.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;

use super::{Rejected, Session};
use crate::{
    analysis::{Analysis, trail},
    file::journal::{JournalStep, Mark},
    model::{
        Room, Workspace,
        ids::StepId,
        shared::Shared,
        trail::{Changed, Earlier, Effect, Step, Told, Trail, tell},
    },
};

/// The steps of an open workspace, oldest first. A copy costs next to nothing.
#[derive(Clone, Debug, Default)]
pub struct SessionTrail {
    earlier: Option<Earlier>,
    lines: Vec<Line>,
    /// Counts what was done to the trail by itself, such as a note.
    touched: u64,
    /// The state before the last step, while the step may go on.
    open: Option<State>,
    tail: u32,
}

/// One step as the window shows it.
#[derive(Clone, Debug)]
pub struct Line {
    head: Arc<Head>,
    /// Whether it has been taken back.
    pub is_undone: bool,
    note: Arc<str>,
    said: Arc<Said>,
}

/// What is known of a step from the beginning.
#[derive(Debug)]
struct Head {
    id: StepId,
    at: Timestamp,
    who: String,
    room: Option<Room>,
    label: String,
}

/// What a step did, in words once somebody has asked.
#[derive(Debug)]
struct Said {
    between: Mutex<Option<[State; 2]>>,
    words: OnceLock<Words>,
}

/// What a step did, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    pub told: Told,
    pub effect: Effect,
    /// Whether somebody's name has been taken out.
    pub forgets: bool,
}

/// A workspace with what follows from it.
pub(super) type State = (Arc<Workspace>, Arc<Analysis>);

/// What an edit did to the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recorded {
    /// It began a new step.
    Began,
    /// The last step went on.
    WentOn,
    /// The last step ended where it began, and is none.
    Vanished,
}

impl Said {
    fn words(&self) -> &Words {
        self.words.get_or_init(|| {
            let mut between = self.between.lock().unwrap_or_else(PoisonError::into_inner);
            let Some([before, after]) = between.take() else { return Words::nothing() };
            Words {
                told: tell(&before.0, &after.0),
                effect: trail::effect((&before.0, &before.1), (&after.0, &after.1)),
                forgets: false,
            }
        })
    }
}

impl Words {
    fn nothing() -> Self {
        Self { told: Told::default(), effect: Effect::default(), forgets: false }
    }
}

impl Line {
    #[must_use]
    pub fn id(&self) -> &StepId {
        &self.head.id
    }

    /// When it was last added to.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.head.at
    }

    /// The name that whoever made it worked under; empty for none.
    #[must_use]
    pub fn who(&self) -> &str {
        &self.head.who
    }

    #[must_use]
    pub fn room(&self) -> Option<Room> {
        self.head.room
    }

    /// What was done, such as "Raise weight of Price certainty".
    #[must_use]
    pub fn label(&self) -> &str {
        &self.head.label
    }

    /// Why, in the words of whoever said so later; empty for none.
    #[must_use]
    pub fn note(&self) -> &str {
        &self.note
    }

    /// What it did, once that has been put in words.
    #[must_use]
    pub fn words(&self) -> Option<&Words> {
        self.said.words.get()
    }

    /// What it changed first; `None` while that is not known and where it is nothing.
    #[must_use]
    pub fn first_change(&self) -> Option<&Changed> {
        self.words()?.told.changes.first()
    }

    /// As the file holds it. What has not been put in words yet is now.
    fn written(&self) -> Step {
        let Words { told, effect, forgets } = self.said.words().clone();
        let Head { id, at, who, room, label } = &*self.head;
        Step {
            id: id.clone(),
            at: *at,
            who: who.clone(),
            room: *room,
            label: label.clone(),
            changes: told.changes,
            more: told.more,
            effect,
            back: told.back,
            undone: self.is_undone,
            note: self.note.to_string(),
            forgets,
        }
    }

    fn read(step: &Step) -> Self {
        let Step { id, at, who, room, label, changes, more, effect, back, undone, note, forgets } =
            step.clone();
        let told = Told { changes, more, back };
        Self {
            head: Arc::new(Head { id, at, who, room, label }),
            is_undone: undone,
            note: note.into(),
            said: Arc::new(Said {
                between: Mutex::new(None),
                words: OnceLock::from(Words { told, effect, forgets }),
            }),
        }
    }
}

impl SessionTrail {
    pub(super) fn read(trail: &Trail, tail: u32) -> Self {
        let lines = trail.steps.iter().map(|step| Line::read(step)).collect();
        Self { earlier: trail.earlier, lines, tail, ..Self::default() }
    }

    /// As the file holds it, within its bounds.
    pub(super) fn written(&self) -> Trail {
        let steps = self.lines.iter().map(|line| Shared::new(line.written())).collect();
        let mut trail = Trail { earlier: self.earlier, steps };
        trail.keep_within_bounds();
        trail
    }

    /// Every step that is kept, oldest first.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The steps that are not told one by one any more.
    #[must_use]
    pub fn earlier(&self) -> Option<Earlier> {
        self.earlier
    }

    #[must_use]
    pub fn line(&self, id: &StepId) -> Option<&Line> {
        self.lines.iter().rev().find(|line| line.id() == id)
    }

    /// Puts into words what has not been yet.
    pub(super) fn put_in_words(&self) {
        self.lines.iter().rev().take_while(|line| line.words().is_none()).for_each(|line| {
            line.said.words();
        });
    }

    /// Counts what was done to the trail by itself, such as a note.
    #[must_use]
    pub fn touched(&self) -> u64 {
        self.touched
    }

    /// Writes an edit down; answers with its step.
    pub(super) fn record(
        &mut self,
        recorded: Recorded,
        (label, room, who): (String, Room, &str),
        before: State,
        after: State,
    ) -> Option<StepId> {
        let at = now();
        let open = self.open.take().filter(|_| recorded != Recorded::Began);
        let (before, id, note) = match open.and_then(|open| Some((open, self.lines.pop()?))) {
            Some((open, line)) => (open, line.id().clone(), line.note),
            None => {
                self.tail = self.tail.wrapping_add(0x9_E375);
                let id = StepId::named(&at.strftime("%Y-%m-%dt%H%M%S").to_string(), self.tail);
                (before, id, "".into())
            }
        };
        if recorded == Recorded::Vanished {
            return None;
        }
        self.open = Some(before.clone());
        self.lines.push(Line {
            head: Arc::new(Head { id: id.clone(), at, who: who.to_owned(), room: Some(room), label }),
            is_undone: false,
            note,
            said: Arc::new(Said { between: Mutex::new(Some([before, after])), words: OnceLock::new() }),
        });
        // Both bounds are kept when it is written; this one keeps the list short meanwhile.
        if self.lines.len() > 2 * crate::model::trail::MOST_STEPS {
            *self = Self {
                open: self.open.take(),
                touched: self.touched,
                ..Self::read(&self.written(), self.tail)
            };
        }
        Some(id)
    }

    /// Says that the last step does not go on.
    pub(super) fn settle(&mut self) {
        self.open = None;
    }

    /// Marks steps as taken back or as done again, one after the other.
    pub(super) fn mark(&mut self, marks: &[Mark]) {
        if !marks.is_empty() {
            self.open = None;
        }
        for (id, is_undone) in marks {
            if let Some(line) = self.lines.iter_mut().rev().find(|line| line.id() == id) {
                line.is_undone = *is_undone;
            }
        }
    }

    pub(super) fn annotate(&mut self, id: &StepId, note: &str) {
        if let Some(line) = self.lines.iter_mut().rev().find(|line| line.id() == id)
            && *line.note != *note
        {
            line.note = note.into();
            self.touched += 1;
        }
    }

    /// Does something to the trail as the file holds it.
    pub(super) fn change<R>(&mut self, change: impl FnOnce(&mut Trail) -> R) -> R {
        let mut trail = self.written();
        let answer = change(&mut trail);
        *self = Self { touched: self.touched + 1, ..Self::read(&trail, self.tail) };
        answer
    }

    /// Joins the steps of another file to these. Whether the workspace's own file, which is that one where `is_own` says so,
    /// holds the same steps then that it held before.
    pub(super) fn join(&mut self, theirs: &Trail, is_own: bool) -> bool {
        let mine = self.written();
        let joined = mine.joined(theirs);
        let is_in_file = joined == if is_own { theirs.clone() } else { mine };
        *self = Self { touched: self.touched + u64::from(!is_in_file), ..Self::read(&joined, self.tail) };
        is_in_file
    }
}

impl Session {
    /// Who changed what when.
    #[must_use]
    pub fn trail(&self) -> &SessionTrail {
        &self.trail
    }

    /// The name that edits are written down under; empty for none.
    #[must_use]
    pub fn who(&self) -> &str {
        self.keeping.who()
    }

    /// An edit that takes back a step of the trail, or does it again.
    pub(super) fn edit_and_mark(
        &mut self,
        label: String,
        room: Room,
        mark: Mark,
        change: impl FnOnce(&mut Workspace),
    ) -> Result<(), Rejected> {
        self.edit_marking(label, (room, None), vec![mark], change)
    }

    /// Hands the state to the journal, with the step that led to it if it is a new one.
    pub(super) fn keep(&mut self, step: Option<(String, Room, Vec<Mark>)>) {
        let time = jiff::Timestamp::now();
        let step = step.map(|(label, room, marks)| JournalStep { time, label, room: Some(room), marks });
        self.keeping.record(self.state(), step.into_iter().collect());
    }
}

/// The time to the second: nobody reads more.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
