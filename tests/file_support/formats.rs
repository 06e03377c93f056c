//! A second format that exists for tests only, and the step to it from the first: what a release with a new format will
//! do.

use std::path::Path;

use evenhand::{
    file::{
        format::{self, Document, Formats},
        read_error::{ReadError, ReadErrorKind},
    },
    model::{Workspace, trail::Trail},
};
use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};

/// The formats of a program in which the edits are counted elsewhere and the file says in which language it is.
pub const SECOND: Formats =
    Formats { newest: 2, write: write_second, readers: &[(1, read_first), (2, read_second)] };

/// What stands in the second format, frozen.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Second {
    format: u32,
    written_by: String,
    history: Edits,
    language: String,
    workspace: Workspace,
    #[serde(default)]
    trail: Trail,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edits {
    count: u64,
}

/// The typed step from the first format to the second.
fn second_of(first: Document) -> Second {
    Second {
        format: 2,
        written_by: "0.2.0".to_owned(),
        history: Edits { count: first.revision },
        language: "en-GB".to_owned(),
        workspace: first.workspace,
        trail: first.history,
    }
}

fn document_of(second: Second) -> Document {
    Document { revision: second.history.count, workspace: second.workspace, history: second.trail }
}

fn read_first(text: &str, name: &str) -> Result<(Document, usize), ReadError> {
    Ok((document_of(second_of(format::from_text(text, name)?)), 0))
}

fn extensions() -> Extensions {
    Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES
}

fn read_second(text: &str, name: &str) -> Result<(Document, usize), ReadError> {
    let read = ron::Options::default().with_default_extension(extensions()).from_str::<Second>(text);
    read.map(|second| (document_of(second), 0)).map_err(|error| ReadError {
        kind: ReadErrorKind::Grammar,
        file: name.to_owned(),
        line: error.span.start.line,
        column: error.span.start.col,
        what: error.code.to_string(),
        remedy: String::new(),
        excerpt: Vec::new(),
    })
}

fn write_second(document: &Document) -> String {
    let config = ron::ser::PrettyConfig::default().extensions(extensions());
    ron::ser::to_string_pretty(&second_of(document.clone()), config).expect("plain data")
}

/// Where the original of a file in the first format is kept.
pub fn original_of(path: &Path) -> std::path::PathBuf {
    evenhand::file::backups::folder_of(path).join("format-1.evenhand.ron")
}
