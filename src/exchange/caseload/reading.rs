//! Reading a caseload from end to end: pieces are cut at the ends of rows, counted side by side and added up in order, so
//! that the result is the same whatever the number of threads.

use std::io::Read;

use rayon::prelude::*;

use super::{
    Mapping, Role,
    cells::{self, LONGEST_CELL},
    chunk::Part,
    findings::{Finding, Matter},
    people::{Again, Met, People},
    row::Plan,
    source::{self, Head, Opened, Source},
    sum::Sum,
    tally::Tally,
};
use crate::{analysis::course::Course, model::Workspace};

/// The size of a piece in bytes, and how many are held at a time.
const PIECE: usize = 1 << 20;
const AT_A_TIME: usize = 8;

/// Counts a caseload. Nothing is kept of its rows, and nothing at all is counted when something in it refuses.
///
/// `workspace` says which need groups are known. `course` is told of bytes. `None` when it was stopped.
///
/// # Errors
/// Everything that refuses, each with its rows, at once; what is only doubtful is listed behind it.
pub fn read(
    source: &Source,
    mapping: &Mapping,
    workspace: &Workspace,
    course: &Course,
) -> Result<Option<Tally>, Vec<Finding>> {
    if let Some(missing) = mapping.missing() {
        return Err(vec![Finding::of_table(Matter::Columns, missing)]);
    }
    let opened = source.open().map_err(|finding| vec![finding])?;
    course.will_take(opened.length);
    let mut pieces = Pieces::of(opened).map_err(|finding| vec![finding])?;
    check_columns(mapping, &pieces.head.header)?;
    let plan = Plan::of(mapping, pieces.head.delimiter);
    let mut sum = Sum::of(mapping, pieces.head.lines);
    let mut people = People::default();
    let mut batch = pieces.next_batch();
    while !batch.pieces.is_empty() || batch.stopped_by.is_some() {
        if course.is_stopped() {
            return Ok(None);
        }
        let (next, parts) =
            rayon::join(|| pieces.next_batch(), || counted(&plan, &batch.pieces, &mut people, mapping));
        for (part, again) in parts {
            sum.add(part, &again);
        }
        if let Some(finding) = batch.stopped_by {
            sum.refuse(finding);
        }
        course.advance(batch.pieces.iter().map(|piece| piece.len() as u64).sum());
        batch = next;
    }
    sum.finish(source.name(), mapping, workspace).map(Some)
}

/// Whether the columns that the mapping names are those of the table.
fn check_columns(mapping: &Mapping, header: &[String]) -> Result<(), Vec<Finding>> {
    let key = crate::exchange::table::key;
    let same = mapping.header.len() == header.len()
        && mapping.roles.len() == header.len()
        && mapping.header.iter().zip(header).all(|(a, b)| key(a) == key(b));
    if same {
        return Ok(());
    }
    let names = crate::exchange::table::listed(header.iter().map(String::as_str));
    let remedy = format!("The table has the columns {names}; say anew what each means.");
    Err(vec![Finding::of_table(Matter::Columns, remedy)])
}

/// Counts pieces side by side, and takes back people who were met before.
fn counted(
    plan: &Plan,
    pieces: &[Vec<u8>],
    people: &mut People,
    mapping: &Mapping,
) -> Vec<(Part, Vec<Again>)> {
    let mut parts: Vec<Part> = pieces.par_iter().map(|piece| Part::of(plan, piece)).collect();
    if !plan.find_twice {
        return parts.into_iter().map(|part| (part, Vec::new())).collect();
    }
    let met: Vec<&[Met]> = parts.iter().map(|part| part.met.as_slice()).collect();
    let again = people.meet(&met);
    let once = mapping.way(Matter::Twice) == super::Way::KeepFirst;
    let differing_once = mapping.way(Matter::TwiceDiffers) == super::Way::KeepFirst;
    parts.par_iter_mut().zip(&again).zip(pieces).for_each(|((part, again), piece)| {
        let back: Vec<Again> =
            again.iter().copied().filter(|again| if again.differs { differing_once } else { once }).collect();
        if !back.is_empty() {
            part.take_back(plan, piece, &back);
        }
        part.met = Vec::new();
    });
    parts.into_iter().zip(again).collect()
}

/// Whole rows, piece by piece.
struct Pieces {
    text: Box<dyn Read + Send>,
    head: Head,
    /// What was read behind the last whole row.
    left: Vec<u8>,
    ended: bool,
}

/// Some pieces, and what keeps the table from being read further.
struct Batch {
    pieces: Vec<Vec<u8>>,
    stopped_by: Option<Finding>,
}

impl Pieces {
    fn of(opened: Opened) -> Result<Self, Finding> {
        let mut text = opened.text;
        let mut left = Vec::with_capacity(PIECE);
        (&mut text)
            .take(PIECE as u64)
            .read_to_end(&mut left)
            .map_err(|error| Finding::of_table(Matter::File, format!("It cannot be read: {error}.")))?;
        let head = source::head(&left)?;
        left.drain(..head.bytes.min(left.len()));
        Ok(Self { text, head, left, ended: false })
    }

    fn next_batch(&mut self) -> Batch {
        let mut batch = Batch { pieces: Vec::new(), stopped_by: None };
        while batch.pieces.len() < AT_A_TIME && !self.ended {
            match self.next_piece() {
                Ok(piece) if piece.is_empty() => {}
                Ok(piece) => batch.pieces.push(piece),
                Err(finding) => {
                    self.ended = true;
                    batch.stopped_by = Some(finding);
                }
            }
        }
        batch
    }

    fn next_piece(&mut self) -> Result<Vec<u8>, Finding> {
        let mut piece = std::mem::replace(&mut self.left, Vec::with_capacity(PIECE));
        let wanted = PIECE.saturating_sub(piece.len()).max(PIECE / 4) as u64;
        let more = (&mut self.text).take(wanted).read_to_end(&mut piece).map_err(|error| {
            Finding::of_table(Matter::File, format!("It could not be read to its end: {error}."))
        })?;
        if more == 0 {
            self.ended = true;
            return Ok(piece);
        }
        let end = cells::whole_rows(&piece, self.head.delimiter);
        if end == 0 && piece.len() > PIECE + 4 * LONGEST_CELL {
            let remedy = "A row goes on for more than a million letters: a quotation mark is opened and never \
                          closed. Close it, or double it to keep it as text.";
            return Err(Finding::of_table(Matter::Quotes, remedy));
        }
        self.left.extend_from_slice(&piece[end..]);
        piece.truncate(end);
        Ok(piece)
    }
}

/// Which role a trouble's column has, for words.
pub(super) fn column_name(mapping: &Mapping, column: Option<usize>, role: Option<Role>) -> Option<String> {
    let at = column.or_else(|| role.and_then(|role| mapping.columns(role).next()));
    at.and_then(|at| mapping.header.get(at).cloned())
}
