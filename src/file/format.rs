//! Format 1 of a workspace file: RON, made to be read by a person and compared line by line.
//!
//! The text begins with the extensions it uses (so that a plain RON reader knows), the format number and the version
//! that wrote it. Then:
//!
//! - every field is there, in the order of the model, except that a field which may hold nothing (an `Option`) is left
//!   out when it does: an absent `swing` means that no swing has been given, and nothing else. Any other field that is
//!   absent is an error, and so is a field that is not known, or there twice;
//! - numbers are decimals without NaN or infinity; sums of money are texts such as `"£2,900"`;
//! - short things stand on one line, see [`super::layout`].
//!
//! Comments may be put in by hand and are read past; saving does not keep them.

use serde::{Deserialize, Serialize};

use super::{
    layout,
    read_error::{Fault, ReadError, ReadErrorKind},
};
use crate::model::Workspace;

/// The format that is written.
pub const FORMAT: u32 = 1;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// What a workspace file's name ends with.
pub const ENDING: &str = ".evenhand.ron";

/// How many brackets within brackets are followed; a workspace needs fewer than twelve.
pub(super) const DEEPEST: usize = 48;

const EXTENSIONS: &str = "#![enable(implicit_some, unwrap_newtypes)]\n";

/// A workspace with its revision: what one file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Counts the edits since the workspace was made.
    pub revision: u64,
    pub workspace: Workspace,
}

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    written_by: &'a str,
    revision: u64,
    workspace: &'a Workspace,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "format and version are read so that they must be there")]
struct Read {
    format: u32,
    written_by: String,
    revision: u64,
    workspace: Workspace,
}

/// The text of a workspace file: the same document always gives the same bytes.
#[must_use]
pub fn to_text(document: &Document) -> String {
    let written = Written {
        format: FORMAT,
        written_by: env!("CARGO_PKG_VERSION"),
        revision: document.revision,
        workspace: &document.workspace,
    };
    // invariant: plain data has no way to refuse to be laid out; a save reads its text back and would notice.
    let body = layout::lay_out(&written).unwrap_or_default();
    format!("{EXTENSIONS}{body}")
}

/// Reads the text of a workspace file; `name` is the file's name for messages.
///
/// # Errors
/// The first fault, with its place and remedy.
pub fn from_text(text: &str, name: &str) -> Result<Document, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    parse(text).map_err(|fault| fault.in_file(name, text))
}

fn parse(text: &str) -> Result<Document, Fault> {
    let options = ron::Options::default()
        .with_default_extension(
            ron::extensions::Extensions::IMPLICIT_SOME | ron::extensions::Extensions::UNWRAP_NEWTYPES,
        )
        .with_recursion_limit(DEEPEST);
    let read: Read = options
        .from_str(text)
        .map_err(|e| Fault::new(ReadErrorKind::Grammar, 0, e.to_string(), "Open a backup."))?;
    Ok(Document { revision: read.revision, workspace: read.workspace })
}
