//! Format 1 of a workspace file: RON, made to be read by a person and compared line by line.
//!
//! The text begins with the extensions it uses (so that a plain RON reader knows), the format number and the version
//! that wrote it. Then:
//!
//! - every field is there, in the order of the model, except that a field which may hold nothing (an `Option`) is left
//!   out when it does: an absent `swing` means that no swing has been given, and nothing else. The same goes for the
//!   provisional mark and the dissent of a score, the links of a statement, the rankings of a ballot and what somebody
//!   gains from, which most are without. Any other field that is absent is an
//!   error, and so is a field that is not known, or there twice;
//! - numbers are decimals without NaN or infinity; sums of money are texts such as `"£2,900"`;
//! - short things stand on one line, see [`super::layout`].
//!
//! Comments may be put in by hand and are read past; saving does not keep them.

use ron::{error::SpannedError, extensions::Extensions};
use serde::{Deserialize, Serialize};

use super::{
    characters, grammar, header, layout,
    outline::Node,
    plain_words,
    read_error::{Fault, ReadError, ReadErrorKind as Kind, line_and_column},
};
use crate::model::{Workspace, check, trail::Trail, wording};

/// The format that is written.
pub const FORMAT: u32 = 1;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// What a workspace file's name ends with.
pub const ENDING: &str = ".evenhand.ron";

/// How many faults of one file are named.
const MOST_FAULTS: usize = 100;

const EXTENSIONS: &str = "#![enable(implicit_some, unwrap_newtypes)]\n";

/// A workspace with its revision and its trail: what one file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Counts the edits since the workspace was made.
    pub revision: u64,
    pub workspace: Workspace,
    /// Who changed what when. It stands beside the workspace, because undo takes nothing back from it.
    pub history: Trail,
}

/// The formats that a program knows: it reads each of them and writes the newest.
///
/// A released format is read for ever, by frozen structs of its own and a typed step from it to the one after, and so on
/// to the newest. Before a file is saved in a newer format than it has, it is copied as it is; see
/// [`super::save::save_as`].
#[derive(Clone, Copy, Debug)]
pub struct Formats {
    /// The number of the format that is written; what bears a higher one is refused and never replaced.
    pub newest: u32,
    /// The text of a document in the newest format.
    pub write: fn(&Document) -> String,
    /// Each format's number and how a text in it is read, every step to the newest included.
    pub readers: &'static [(u32, Reader)],
}

/// Reads a text in one format; the name of the file is for messages. Comes with the number of comments read past, which
/// saving does not keep.
pub type Reader = fn(&str, &str) -> Result<(Document, usize), ReadError>;

/// The formats of this program.
pub const RELEASED: Formats =
    Formats { newest: FORMAT, write: to_text, readers: &[(FORMAT, read_this_format)] };

/// A file that was read.
#[derive(Clone, Debug)]
pub struct ReadFile {
    pub document: Document,
    /// The format that it is in.
    pub format: u32,
    /// How many comments were read past.
    pub comments: usize,
}

impl Formats {
    /// Reads the bytes of a workspace file; `name` is the file's name for messages.
    ///
    /// # Errors
    /// The first fault, with its place and remedy.
    pub fn read(&self, bytes: &[u8], name: &str) -> Result<ReadFile, ReadError> {
        let text = text_of_bytes(bytes, name)?;
        let format = header::check(text, self.newest).map_err(|fault| fault.in_file(name, text))?;
        let reader = self.readers.iter().find(|(number, _)| *number == format).map(|(_, reader)| reader);
        // invariant: every format from 1 to the newest has its reader.
        let (document, comments) =
            reader.map_or_else(|| read_this_format(text, name), |read| read(text, name))?;
        Ok(ReadFile { document, format, comments })
    }
}

fn read_this_format(text: &str, name: &str) -> Result<(Document, usize), ReadError> {
    parse(text).map_err(|fault| fault.in_file(name, text))
}

/// The number of the format that a file says it is in; `None` for what is no workspace. It may be one that nobody knows.
#[must_use]
pub fn number_of(bytes: &[u8]) -> Option<u32> {
    // Enough for its first words, and no more of a large file.
    let head = &bytes[..bytes.len().min(4096)];
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(fault) => std::str::from_utf8(&head[..fault.valid_up_to()]).ok()?,
    };
    header::number(text.strip_prefix('\u{feff}').unwrap_or(text))
}

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    written_by: &'a str,
    revision: u64,
    workspace: &'a Workspace,
    /// Left out while there is none.
    history: Option<&'a Trail>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "format and version are read so that they must be there")]
struct Read {
    format: u32,
    written_by: String,
    revision: u64,
    workspace: Workspace,
    #[serde(default)]
    history: Option<Trail>,
}

/// The text of a workspace file: the same document always gives the same bytes.
#[must_use]
pub fn to_text(document: &Document) -> String {
    text_of(document.revision, &document.workspace, &document.history)
}

/// The text of a workspace at a revision with a trail; see [`to_text`].
pub(super) fn text_of(revision: u64, workspace: &Workspace, history: &Trail) -> String {
    let history = (!history.is_empty()).then_some(history);
    let written =
        Written { format: FORMAT, written_by: env!("CARGO_PKG_VERSION"), revision, workspace, history };
    // invariant: plain data has no way to refuse to be laid out; a save reads its text back and would notice.
    let body = layout::lay_out(&written).unwrap_or_default();
    format!("{EXTENSIONS}{body}")
}

/// The text of a trail alone, as the recovery journal keeps it; empty for none.
pub(super) fn trail_text(history: &Trail) -> String {
    // invariant: plain data has no way to refuse to be laid out.
    if history.is_empty() { String::new() } else { layout::lay_out(history).unwrap_or_default() }
}

/// Reads the text of a trail alone; `None` for what is none.
pub(super) fn trail_of_text(text: &str) -> Option<Trail> {
    if text.is_empty() {
        return Some(Trail::default());
    }
    let extensions = Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES;
    ron::Options::default().with_default_extension(extensions).from_str(text).ok()
}

/// Reads the bytes of a workspace file; `name` is the file's name for messages.
///
/// # Errors
/// The first fault, with its place and remedy.
pub fn from_bytes(bytes: &[u8], name: &str) -> Result<Document, ReadError> {
    RELEASED.read(bytes, name).map(|read| read.document)
}

/// Reads the text of a workspace file; `name` is the file's name for messages.
///
/// # Errors
/// The first fault, with its place and remedy.
pub fn from_text(text: &str, name: &str) -> Result<Document, ReadError> {
    from_bytes(text.as_bytes(), name)
}

/// The text of a file, its byte-order mark left out.
fn text_of_bytes<'b>(bytes: &'b [u8], name: &str) -> Result<&'b str, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        not_text(bytes, fault.valid_up_to()).in_file(name, &String::from_utf8_lossy(bytes))
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Every fault of a text: the one that keeps it from being read, or else those that make the workspace unsound, of which
/// the first hundred are named one by one.
#[must_use]
pub fn faults(text: &str, name: &str) -> Vec<ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let faults = match read(text) {
        Err(fault) => vec![fault],
        Ok((document, _)) => {
            let mut problems = check::problems(&document.workspace);
            problems.retain(|problem| problem.severity == check::Severity::Broken);
            let tree = if problems.is_empty() { None } else { grammar::outline(text) };
            let double = double_step(&document.history, text);
            let listed = problems.iter().take(MOST_FAULTS);
            let mut faults: Vec<Fault> = listed.map(|p| unsound(p, text, tree.as_ref())).collect();
            if let Some(next) = problems.get(MOST_FAULTS) {
                let rest = wording::count(problems.len() - MOST_FAULTS, "fault", "faults");
                let next = unsound(next, text, tree.as_ref());
                faults.push(Fault { what: format!("From here on there are {rest} more."), ..next });
            }
            faults.extend(double);
            faults
        }
    };
    faults.into_iter().map(|fault| fault.in_file(name, text)).collect()
}

/// What is only doubtful about the workspace of a sound text, each with its line and column, both from 1, as far down as
/// its place can be followed in the text; empty for a text that cannot be read.
#[must_use]
pub fn doubts(text: &str) -> Vec<(usize, usize, check::Problem)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Ok((document, _)) = read(text) else { return Vec::new() };
    let mut problems = check::problems(&document.workspace);
    problems.retain(|problem| problem.severity == check::Severity::Doubtful);
    let tree = if problems.is_empty() { None } else { grammar::outline(text) };
    problems
        .into_iter()
        .map(|problem| {
            let (line, column) = line_and_column(text, place_of(&problem, text, tree.as_ref()));
            (line, column, problem)
        })
        .collect()
}

/// The error of a file that is past [`LARGEST_FILE`] and so was not read.
#[must_use]
pub fn too_large(length: u64, name: &str) -> ReadError {
    let megabytes = |bytes: u64| wording::number(bytes as f64 / (1024.0 * 1024.0), 0);
    Fault::new(
        Kind::TooLarge,
        0,
        format!(
            "The file is {} MB; a workspace of more than {} MB is not read.",
            megabytes(length),
            megabytes(LARGEST_FILE)
        ),
        "This is hardly a workspace; look whether it is the right file, or open a backup.",
    )
    .in_file(name, "")
}

fn parse(text: &str) -> Result<(Document, usize), Fault> {
    let (document, comments) = read(text)?;
    match (check::broken(&document.workspace), double_step(&document.history, text)) {
        (None, None) => Ok((document, comments)),
        (Some(problem), _) => Err(unsound(&problem, text, grammar::outline(text).as_ref())),
        (None, Some(fault)) => Err(fault),
    }
}

/// Two steps of the trail that share an id, at the place of the second.
fn double_step(history: &Trail, text: &str) -> Option<Fault> {
    let id = history.double()?;
    let tree = grammar::outline(text);
    let steps = tree.as_ref().and_then(|tree| tree.follow("history/steps", text).into_iter().next());
    let at = steps.and_then(|steps| steps.follow(id.as_str(), text).pop()).map_or(0, |node| node.start);
    Some(Fault::new(
        Kind::Unsound,
        at,
        format!("Two steps of the history have the id “{id}”."),
        "Remove one of them, or give it another id.",
    ))
}

/// Texts up to this many bytes are looked over and read at the same time.
const READ_AT_ONCE: usize = 16 << 20;

/// Reads a text without asking whether what it says is sound, and counts its comments.
fn read(text: &str) -> Result<(Document, usize), Fault> {
    if text.len() as u64 > LARGEST_FILE {
        let error = too_large(text.len() as u64, "");
        return Err(Fault::new(error.kind, 0, error.what, error.remedy));
    }
    header::check(text, FORMAT)?;
    let (Looked { comments, unseen }, read) = if text.len() <= READ_AT_ONCE {
        looked_over_while_read(text)?
    } else {
        // What is not sound may ask for any amount of memory.
        (look_over(text)?, deserialised(text))
    };
    let read = read.map_err(|error| plain_words::fault(&error, text, grammar::outline(text).as_ref()))?;
    match unseen {
        Some(fault) => Err(fault),
        None => {
            let history = read.history.unwrap_or_default();
            Ok((Document { revision: read.revision, workspace: read.workspace, history }, comments))
        }
    }
}

/// What is seen of a text without knowing what it means.
struct Looked {
    comments: usize,
    unseen: Option<Fault>,
}

fn look_over(text: &str) -> Result<Looked, Fault> {
    let grammar::Survey { comments } = grammar::survey(text)?;
    Ok(Looked { comments, unseen: characters::unseen(text) })
}

fn deserialised(text: &str) -> Result<Read, SpannedError> {
    let extensions = Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES;
    ron::Options::default().with_default_extension(extensions).from_str(text)
}

/// Both at once: each takes a good part of the time, and where a text is sound neither waits for the other.
fn looked_over_while_read(text: &str) -> Result<(Looked, Result<Read, SpannedError>), Fault> {
    std::thread::scope(|scope| {
        let looking = std::thread::Builder::new().spawn_scoped(scope, || look_over(text));
        let read = deserialised(text);
        // Where no thread is to be had, one after the other.
        let looked = looking.ok().and_then(|looking| looking.join().ok()).unwrap_or_else(|| look_over(text));
        Ok((looked?, read))
    })
}

/// A problem of the workspace itself, such as a double id, at the place where it stands in the text.
fn unsound(problem: &check::Problem, text: &str, tree: Option<&Node>) -> Fault {
    let at = place_of(problem, text, tree);
    Fault::new(Kind::Unsound, at, problem.what.clone(), problem.remedy.clone())
}

/// Where a problem of the workspace stands in the text, in bytes.
fn place_of(problem: &check::Problem, text: &str, tree: Option<&Node>) -> usize {
    let whole = tree.and_then(|t| t.follow("workspace", text).into_iter().next());
    // Of two things with one id the second is the one too many.
    let node = whole.and_then(|w| w.follow(&problem.place, text).pop());
    let quoted = problem.what.rsplit_once('“').and_then(|(_, rest)| rest.split_once('”')).map(|(id, _)| id);
    node.map_or(0, |node| {
        let own = quoted.and_then(|id| node.id(id, text));
        let named = || quoted.and_then(|id| Some(&node.parts.iter().find(|p| p.value.is(id, text))?.value));
        own.or_else(named).map_or(node.start, |value| value.start)
    })
}

fn not_text(bytes: &[u8], at: usize) -> Fault {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Fault::new(
            Kind::NotText,
            0,
            "The file is written in UTF-16, not in UTF-8.",
            "Open it in the editor that wrote it and save it again as UTF-8.",
        );
    }
    Fault::new(
        Kind::NotText,
        at,
        format!("The byte {:02X} here is not text in UTF-8.", bytes[at]),
        "The file is damaged or not a workspace; fetch it again, or open a backup.",
    )
}
