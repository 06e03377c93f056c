//! Who has been met before. Of each person 64 bits of a mark of the pseudonym are held, and 16 of one of the row, so
//! that rows which repeat each other can be told from rows which contradict each other: 10 bytes a place in tables that
//! are never more than 70 % full. Of thirty million caseloads of a million people, in one two of them would be taken for
//! one.

use rayon::prelude::*;

/// How many tables share the people, by the highest bits of their marks; the result does not hang on it.
const TABLES: usize = 4;

/// One person in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub who: u64,
    /// The place of the row in its chunk.
    pub row: u32,
    pub says: u16,
}

/// A row whose person has been met before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Again {
    pub row: u32,
    /// Whether the row says something else than the first of that person.
    pub differs: bool,
}

#[derive(Debug, Default)]
pub(super) struct People {
    tables: [Table; TABLES],
}

#[derive(Debug, Default)]
struct Table {
    /// Marks; 0 is free.
    marks: Vec<u64>,
    says: Vec<u16>,
    held: usize,
}

impl People {
    /// Meets the people of chunks, which come in the order of the table, and tells for each chunk who was met before.
    pub fn meet(&mut self, chunks: &[&[Met]]) -> Vec<Vec<Again>> {
        let parts: Vec<Vec<Vec<Again>>> = self
            .tables
            .par_iter_mut()
            .enumerate()
            .map(|(at, table)| chunks.iter().map(|chunk| table.meet(at, chunk)).collect())
            .collect();
        (0..chunks.len())
            .map(|chunk| {
                let mut again: Vec<Again> =
                    parts.iter().flat_map(|part| part[chunk].iter().copied()).collect();
                again.sort_by_key(|again| again.row);
                again
            })
            .collect()
    }
}

impl Table {
    fn meet(&mut self, at: usize, chunk: &[Met]) -> Vec<Again> {
        let mut again = Vec::new();
        for met in chunk.iter().filter(|met| (met.who >> 62) as usize == at) {
            let mark = met.who.max(1);
            if 10 * (self.held + 1) > 7 * self.marks.len() {
                self.grow();
            }
            let mask = self.marks.len() - 1;
            let mut place = mark as usize & mask;
            while self.marks[place] != 0 && self.marks[place] != mark {
                place = (place + 1) & mask;
            }
            if self.marks[place] == mark {
                again.push(Again { row: met.row, differs: self.says[place] != met.says });
            } else {
                self.marks[place] = mark;
                self.says[place] = met.says;
                self.held += 1;
            }
        }
        again
    }

    fn grow(&mut self) {
        let size = (2 * self.marks.len()).max(1_024);
        let (marks, says) = (std::mem::take(&mut self.marks), std::mem::take(&mut self.says));
        self.marks = vec![0; size];
        self.says = vec![0; size];
        for (mark, says) in marks.into_iter().zip(says).filter(|(mark, _)| *mark != 0) {
            let mut place = mark as usize & (size - 1);
            while self.marks[place] != 0 {
                place = (place + 1) & (size - 1);
            }
            self.marks[place] = mark;
            self.says[place] = says;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::caseload::names::hash;

    #[test]
    fn who_was_met_before_is_told_in_order() {
        let met = |n: u32, row, says| Met { who: hash(&n.to_le_bytes()), row, says };
        let first: Vec<Met> = (0..5_000).map(|n| met(n, n, 7)).collect();
        let second = [met(9_000, 0, 7), met(4_321, 1, 7), met(17, 2, 8), met(9_000, 3, 7)];
        let again = People::default().meet(&[&first, &second]);
        assert!(again[0].is_empty());
        let expected = [(1, false), (2, true), (3, false)].map(|(row, differs)| Again { row, differs });
        assert_eq!(again[1], expected);
    }
}
