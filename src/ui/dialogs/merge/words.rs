//! What is told of a merge, put into words when it is first shown: of thousands of changes a screen shows a few.

use std::collections::HashMap;

use crate::{
    model::{
        diff::Described,
        merge::{Merge, Told, Whose},
        wording::{capital, in_words},
    },
    ui::dialogs::merge::MergeFiles,
};

/// Words that are known so far, and what was counted once.
#[derive(Debug)]
pub struct Words {
    conflicts: HashMap<usize, (Told, bool)>,
    fitting: HashMap<usize, String>,
    /// What fits together, by side and list: the first change of each, and how many there are.
    lists: Vec<List>,
    counts: [usize; 3],
}

/// Changes of one side to one list.
#[derive(Debug)]
struct List {
    of: Whose,
    place: [String; 2],
    first: usize,
    changes: usize,
}

impl Words {
    pub fn of(merge: &Merge) -> Self {
        let mut lists: Vec<List> = Vec::new();
        let mut counts = [0; 3];
        for (at, fitting) in merge.fitting().iter().enumerate() {
            counts[fitting.of as usize] += 1;
            let mut steps = fitting.change.place.0.iter();
            let mut step = || steps.next().map_or("", String::as_str);
            let place = [step(), step()];
            match lists.iter_mut().find(|list| list.of == fitting.of && list.place == place) {
                Some(list) => list.changes += 1,
                None => lists.push(List {
                    of: fitting.of,
                    place: place.map(str::to_owned),
                    first: at,
                    changes: 1,
                }),
            }
        }
        Self { conflicts: HashMap::new(), fitting: HashMap::new(), lists, counts }
    }

    /// A conflict in words.
    pub fn conflict(&mut self, merge: &Merge, at: usize) -> &Told {
        &self.known(merge, at).0
    }

    /// Whether both texts of a conflict can be kept.
    pub fn can_keep_both(&mut self, merge: &Merge, at: usize) -> bool {
        self.known(merge, at).1
    }

    fn known(&mut self, merge: &Merge, at: usize) -> &(Told, bool) {
        self.conflicts.entry(at).or_insert_with(|| match merge.conflicts().get(at) {
            Some(conflict) => (merge.told(conflict), conflict.can_keep_both()),
            None => (Told::default(), false),
        })
    }

    /// A change that fits, in a line.
    pub fn fitting(&mut self, merge: &Merge, at: usize) -> &str {
        self.fitting.entry(at).or_insert_with(|| {
            merge.fitting().get(at).map(|fitting| in_a_line(&merge.told_fitting(fitting))).unwrap_or_default()
        })
    }

    /// How many changes that fit were made so.
    pub fn count(&self, of: Whose) -> usize {
        self.counts[of as usize]
    }

    /// How many lists have changes of one side that fit.
    pub fn lists(&self) -> usize {
        self.lists.len()
    }

    /// What fits in a list, in two lines: whose it is, and the first change.
    pub fn list(&mut self, merge: &Merge, at: usize, theirs: &str) -> Option<(String, String)> {
        let &List { of, ref place, first, changes } = self.lists.get(at)?;
        let head = format!("{}, {}", capital(&place[0]), whose(of, theirs));
        let words = self.fitting(merge, first);
        let words = match changes - 1 {
            0 => words.to_owned(),
            more => format!("{words}, and {} more", in_words(more)),
        };
        Some((head, words))
    }
}

/// "Weight of Price certainty: 55, was 40".
fn in_a_line(told: &Described) -> String {
    match told.before.as_str() {
        "" => format!("{}: {}", told.what, told.after),
        before => format!("{}: {}, was {before}", told.what, told.after),
    }
}

pub fn whose(of: Whose, theirs: &str) -> String {
    match of {
        Whose::Ours => "yours".to_owned(),
        Whose::Theirs => theirs.to_owned(),
        Whose::Both => "both".to_owned(),
    }
}

impl MergeFiles {
    /// "Priya’s", or "theirs", in a sentence.
    pub(super) fn theirs(&self) -> String {
        if self.joined.who.is_empty() { "theirs".to_owned() } else { self.joined.of_them() }
    }
}
