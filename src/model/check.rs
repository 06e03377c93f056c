//! Is a workspace sound? Every problem with its place and what to do about it.
//!
//! A *broken* workspace breaks a promise that the rest of the program relies on: a reference leads nowhere, a figure is
//! outside what it can mean. Such a file is not opened and such an edit is not made. What is only *doubtful* is told
//! and allowed, because work in progress is always doubtful somewhere.

mod balance;
mod ballots;
mod caseload;
mod changing_risk;
mod comparison;
mod decision;
mod question;
mod reach;
mod records;
mod snapshots;
mod voices;
mod workshop;

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use super::{
    money::Pence,
    wording,
    workspace::{Room, Workspace},
};

/// Something wrong in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    pub kind: ProblemKind,
    /// The room it is in; `None` for what belongs to the whole workspace.
    pub room: Option<Room>,
    /// The path of field names and ids to the place, such as `balance/scores/price-certainty-x2k9/option-b-k3f9`.
    pub place: String,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.place, self.what, self.remedy)
    }
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file is refused, or the edit is not made.
    Broken,
    /// Told to the user, and allowed.
    Doubtful,
}

/// What sort of problem it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The same id on two things, or two cells, terms or rows for what can have only one.
    DoubleId,
    /// An id that nothing in the workspace has.
    DanglingId,
    /// An id that is not well formed.
    BadId,
    /// NaN or infinity where a figure belongs.
    NotANumber,
    /// A figure outside what it can mean, such as a probability of 1.2.
    OutOfRange,
    /// Something that does not fit together, such as a level that the scale does not name.
    Misfit,
    /// Something left out, such as a title.
    Missing,
}

/// The largest figure that is kept, either way, so that sums and products of figures stay finite.
pub const LARGEST_FIGURE: f64 = 1e15;

/// The most draws that a robustness run may ask for.
pub const MOST_ITERATIONS: u32 = 10_000_000;

/// Every problem in the workspace, room by room; empty when it is sound.
#[must_use]
pub fn problems(workspace: &Workspace) -> Vec<Problem> {
    Finder::new(workspace, true).find()
}

/// The first problem that makes the workspace broken. Looks at nothing that is only doubtful, so that it can be asked
/// at every edit.
#[must_use]
pub fn broken(workspace: &Workspace) -> Option<Problem> {
    Finder::new(workspace, false).find().into_iter().next()
}

/// The same for a workspace that an edit made of another, which was sound: what the two share is not looked at again.
#[must_use]
pub fn broken_by_edit(before: &Workspace, after: &Workspace) -> Option<Problem> {
    let mut finder = Finder::new(after, false);
    finder.known_sound = Some(before);
    finder.find().into_iter().next()
}

/// What is known while looking for problems: each thing that can be referred to, by id, with its place in its list.
///
/// Everything is looked up by hash, so that a file of the largest size allowed is checked in no time however it is made.
struct Finder<'a> {
    workspace: &'a Workspace,
    /// Whether doubtful things are wanted as well.
    doubts: bool,
    /// The room being looked at.
    room: Option<Room>,
    found: Vec<Problem>,
    options: HashMap<&'a str, usize>,
    factors: HashMap<&'a str, usize>,
    groups: HashMap<&'a str, usize>,
    sectors: HashSet<&'a str>,
    stakeholders: HashMap<&'a str, usize>,
    evidence: HashSet<&'a str>,
    /// A state that is known to be sound, so that what this one shares with it is.
    known_sound: Option<&'a Workspace>,
}

/// How a room is looked at, and whether two states share it.
type RoomCheck = (Room, fn(&mut Finder<'_>), fn(&Workspace, &Workspace) -> bool);

const ROOMS: [RoomCheck; 6] = [
    (Room::Question, |finder| finder.question(), |a, b| a.question.is_same_copy(&b.question)),
    (Room::Voices, |finder| finder.voices(), |a, b| a.voices.is_same_copy(&b.voices)),
    (Room::Balance, |finder| finder.balance(), |a, b| a.balance.is_same_copy(&b.balance)),
    (Room::Reach, |finder| finder.reach(), |a, b| a.reach.is_same_copy(&b.reach)),
    (Room::Challenge, |finder| finder.challenge(), |a, b| a.challenge.is_same_copy(&b.challenge)),
    (Room::Decision, |finder| finder.decision(), |a, b| a.decision.is_same_copy(&b.decision)),
];

/// Whether everything that a room may refer to in another has the same ids in both, in the same order.
fn names_the_same(before: &Workspace, after: &Workspace) -> bool {
    fn ids(workspace: &Workspace) -> [Vec<&str>; 6] {
        let Workspace { question, voices, balance, challenge, .. } = workspace;
        [
            question.options.iter().map(|option| option.id.as_str()).collect(),
            question.need_groups.iter().map(|group| group.id.as_str()).collect(),
            balance.factors.iter().map(|factor| factor.id.as_str()).collect(),
            voices.sectors.iter().map(|sector| sector.id.as_str()).collect(),
            voices.stakeholders.iter().map(|stakeholder| stakeholder.id.as_str()).collect(),
            challenge.evidence.iter().map(|evidence| evidence.id.as_str()).collect(),
        ]
    }
    ids(before) == ids(after)
}

impl<'a> Finder<'a> {
    fn new(workspace: &'a Workspace, doubts: bool) -> Self {
        let Workspace { question, voices, balance, challenge, .. } = workspace;
        Self {
            workspace,
            doubts,
            room: None,
            found: Vec::new(),
            options: places(question.options.iter().map(|o| o.id.as_str())),
            factors: places(balance.factors.iter().map(|f| f.id.as_str())),
            groups: places(question.need_groups.iter().map(|g| g.id.as_str())),
            sectors: voices.sectors.iter().map(|s| s.id.as_str()).collect(),
            stakeholders: places(voices.stakeholders.iter().map(|s| s.id.as_str())),
            evidence: challenge.evidence.iter().map(|e| e.id.as_str()).collect(),
            known_sound: None,
        }
    }

    fn find(mut self) -> Vec<Problem> {
        if self.doubts && self.workspace.title.trim().is_empty() {
            self.doubtful(
                ProblemKind::Missing,
                format_args!("title"),
                format_args!("The workspace has no title."),
                "Give it one, so that people can tell it from others.",
            );
        }
        // Rooms refer to each other by id alone, so one that is the same is sound while everything still has its id.
        let after = self.workspace;
        let before = self.known_sound.filter(|before| names_the_same(before, after));
        for (room, look, is_same) in ROOMS {
            if !before.is_some_and(|before| is_same(before, after)) {
                self.room = Some(room);
                look(&mut self);
            }
        }
        self.room = None;
        self.snapshots();
        self.found
    }

    fn broken(
        &mut self,
        kind: ProblemKind,
        place: fmt::Arguments<'_>,
        what: fmt::Arguments<'_>,
        remedy: &str,
    ) {
        self.report((Severity::Broken, kind), place, what, remedy);
    }

    fn doubtful(
        &mut self,
        kind: ProblemKind,
        place: fmt::Arguments<'_>,
        what: fmt::Arguments<'_>,
        remedy: &str,
    ) {
        if self.doubts {
            self.report((Severity::Doubtful, kind), place, what, remedy);
        }
    }

    fn report(
        &mut self,
        (severity, kind): (Severity, ProblemKind),
        place: fmt::Arguments<'_>,
        what: fmt::Arguments<'_>,
        remedy: &str,
    ) {
        self.found.push(Problem {
            severity,
            kind,
            room: self.room,
            place: place.to_string(),
            what: what.to_string(),
            remedy: remedy.to_owned(),
        });
    }

    /// Ids are well formed and each stands once. `kind` is what they name, such as "option".
    fn ids<'i>(&mut self, list: &str, kind: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = HashSet::new();
        for id in ids {
            self.id(list, kind, id, &mut seen);
        }
    }

    /// The same for one id, against those of the kind that were `seen` before it.
    fn id<'i>(&mut self, list: &str, kind: &str, id: &'i str, seen: &mut HashSet<&'i str>) {
        if !super::ids::is_well_formed(id) {
            self.broken(
                ProblemKind::BadId,
                format_args!("{list}/{id}"),
                format_args!("“{id}” cannot be the id of {kind}."),
                "Write 1 to 64 small letters a to z, digits and hyphens, with no hyphen at either end.",
            );
        }
        if !seen.insert(id) {
            self.broken(
                ProblemKind::DoubleId,
                format_args!("{list}/{id}"),
                format_args!("The id “{id}” of {kind} stands twice."),
                "Give one of the two an id of its own.",
            );
        }
    }

    /// Names are given, and no two are alike: tables and people go by them.
    fn names<'i>(&mut self, list: &str, kind: &str, items: impl Iterator<Item = (&'i str, &'i str)>) {
        if !self.doubts {
            return;
        }
        let mut seen = HashSet::new();
        for (id, name) in items {
            let name = name.trim();
            if name.is_empty() {
                self.doubtful(
                    ProblemKind::Missing,
                    format_args!("{list}/{id}/name"),
                    format_args!("The {kind} “{id}” has no name."),
                    "Give it a name that people will know it by.",
                );
            } else if !seen.insert(name.to_lowercase()) {
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("{list}/{id}/name"),
                    format_args!("A second {kind} is called “{name}”."),
                    "Give each a name of its own; tables tell them apart by name.",
                );
            }
        }
    }

    /// A text that ought to say something.
    fn text(&mut self, text: &str, place: fmt::Arguments<'_>, whose: fmt::Arguments<'_>) {
        if self.doubts && text.trim().is_empty() {
            self.doubtful(
                ProblemKind::Missing,
                place,
                format_args!("{whose} is empty."),
                "Fill it in, or take the item out.",
            );
        }
    }

    /// A reference to something that must be there.
    fn refers(
        &mut self,
        known: bool,
        id: &str,
        kind: &str,
        place: fmt::Arguments<'_>,
        whose: fmt::Arguments<'_>,
    ) {
        if !known {
            self.broken(
                ProblemKind::DanglingId,
                place,
                format_args!("{whose} names the {kind} “{id}”, and there is none with that id."),
                "Add it, correct the id, or take the reference out.",
            );
        }
    }

    /// A figure within its limits.
    fn figure(
        &mut self,
        value: f64,
        limits: Limits,
        place: fmt::Arguments<'_>,
        whose: fmt::Arguments<'_>,
    ) -> bool {
        if value >= limits.least && value <= limits.most {
            return true;
        }
        if !value.is_finite() {
            self.broken(
                ProblemKind::NotANumber,
                place,
                format_args!("{whose} is not a number."),
                limits.remedy,
            );
        } else if value.abs() > LARGEST_FIGURE {
            let remedy = "Keep figures within 1,000,000,000,000,000 either way; a larger unit helps.";
            self.broken(ProblemKind::OutOfRange, place, format_args!("{whose} is too large."), remedy);
        } else {
            self.broken(
                ProblemKind::OutOfRange,
                place,
                format_args!("{whose} is {}.", plain(value)),
                limits.remedy,
            );
        }
        false
    }

    /// The same for a figure that may be missing.
    fn figure_if_any(
        &mut self,
        value: Option<f64>,
        limits: Limits,
        place: fmt::Arguments<'_>,
        whose: fmt::Arguments<'_>,
    ) {
        if let Some(value) = value {
            self.figure(value, limits, place, whose);
        }
    }

    /// A sum of money, if any, that is not below nought.
    fn money(&mut self, sum: Option<Pence>, place: fmt::Arguments<'_>, whose: fmt::Arguments<'_>) {
        let Some(sum) = sum else { return };
        if sum < Pence(0) {
            let size = Pence(sum.0.saturating_neg());
            let minus = wording::MINUS;
            self.broken(
                ProblemKind::OutOfRange,
                place,
                format_args!("{whose} is {minus}{size}."),
                "Give a sum of £0 or more.",
            );
        } else if sum > Pence::LARGEST {
            self.broken(
                ProblemKind::OutOfRange,
                place,
                format_args!("{whose} is {sum}."),
                "Give a sum of £10 trillion or less.",
            );
        }
    }

    fn option_name(&self, id: &'a str) -> &'a str {
        self.options.get(id).map_or(id, |&at| called(&self.workspace.question.options[at].name, id))
    }

    fn factor_name(&self, id: &'a str) -> &'a str {
        self.factors.get(id).map_or(id, |&at| called(&self.workspace.balance.factors[at].name, id))
    }

    fn group_name(&self, id: &'a str) -> &'a str {
        self.groups.get(id).map_or(id, |&at| called(&self.workspace.question.need_groups[at].name, id))
    }

    fn stakeholder_name(&self, id: &'a str) -> &'a str {
        self.stakeholders.get(id).map_or(id, |&at| called(&self.workspace.voices.stakeholders[at].name, id))
    }

    /// An evidence grade, if any.
    fn grade(&mut self, grade: Option<u8>, place: fmt::Arguments<'_>, whose: fmt::Arguments<'_>) {
        if let Some(grade) = grade
            && !(1..=5).contains(&grade)
        {
            self.broken(
                ProblemKind::OutOfRange,
                place,
                format_args!("The evidence grade of {whose} is {grade}."),
                "Give a grade from 1 (opinion) to 5 (full records), or none.",
            );
        }
    }
}

/// Where each id stands in its list.
fn places<'i>(ids: impl Iterator<Item = &'i str>) -> HashMap<&'i str, usize> {
    ids.enumerate().map(|(place, id)| (id, place)).collect()
}

/// What a figure may be.
#[derive(Clone, Copy)]
struct Limits {
    least: f64,
    most: f64,
    remedy: &'static str,
}

impl Limits {
    const ANY: Self = Self { least: -LARGEST_FIGURE, most: LARGEST_FIGURE, remedy: "Give a number." };
    const NOT_NEGATIVE: Self =
        Self { least: 0.0, most: LARGEST_FIGURE, remedy: "Give a number from 0 upwards." };
    const CONTRACT_YEAR: Self =
        Self { least: 0.0, most: 10.0, remedy: "Give a share of what is stated, from 0 to 10." };
    const SPREAD: Self = Self { least: 0.0, most: 0.5, remedy: "Give a standard deviation from 0 to 0.5." };
    const SHARE: Self = Self { least: 0.0, most: 1.0, remedy: "Give a share from 0 to 1." };
    const ABOVE_NOUGHT: Self =
        Self { least: f64::MIN_POSITIVE, most: LARGEST_FIGURE, remedy: "Give a number above 0." };
    const REDUCTION: Self = Self {
        least: -10.0,
        most: 1.0,
        remedy: "Give a share up to 1; below 0 where there were more events.",
    };
    const CONCENTRATION: Self =
        Self { least: 1.0, most: 10_000.0, remedy: "Give a number from 1 to 10,000." };
    const VALUE: Self = Self { least: 0.0, most: 100.0, remedy: "Give a value from 0 to 100." };
    const A_YEAR: Self = Self { least: 0.0, most: 100.0, remedy: "Give a number from 0 to 100." };
    const TO_TEN: Self = Self { least: 0.0, most: 10.0, remedy: "Give a number from 0 to 10." };
}

/// A figure as it was given, whatever it is, with a true minus.
fn plain(value: f64) -> String {
    value.to_string().replace('-', &wording::MINUS.to_string())
}

/// The name of a thing, or its id when it has none.
fn called<'s>(name: &'s str, id: &'s str) -> &'s str {
    if name.trim().is_empty() { id } else { name }
}

#[cfg(test)]
mod tests;
