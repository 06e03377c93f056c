//! The committee paper: one document, written as Word, PDF or HTML.
//!
//! What a paper says is put together once, as a [`Paper`]; its writers only set it. Everything in it is plain text: a
//! writer makes it harmless in its own format. No file holds a time of writing, a name of a computer or of a person that
//! the paper does not give, and the same paper is the same bytes every time.

mod columns;
pub mod compose;
pub mod content;
mod docx;
mod html;
mod letters;
mod lines;
mod look;
mod pdf;
mod words;

pub use content::{Block, Cell, Column, Figure, Item, Kind, Paper, Run, Table};

use crate::{analysis::course::Course, exchange::drawing::Drawing};

/// What a paper can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A Word document that can be edited.
    Word,
    /// A tagged PDF.
    Pdf,
    /// One page of HTML with everything inside.
    Html,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Word, Self::Pdf, Self::Html];

    /// How the name of such a file ends.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Word => "docx",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }

    /// The format of a file whose name ends so, in large or small letters.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }
}

/// Why there is no paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It is no longer wanted.
    Stopped,
    /// In words.
    Failed(String),
}

impl std::fmt::Display for Stop {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stopped => out.write_str("Stopped."),
            Self::Failed(why) => out.write_str(why),
        }
    }
}

impl std::error::Error for Stop {}

impl From<String> for Stop {
    fn from(why: String) -> Self {
        Self::Failed(why)
    }
}

impl From<&str> for Stop {
    fn from(why: &str) -> Self {
        Self::Failed(why.to_owned())
    }
}

/// The width and height of a page, in points of paper: A4.
pub const PAGE: [f32; 2] = look::PAGE;

/// The pages of a paper as they would be printed, to be looked at.
///
/// # Errors
/// When it was stopped, and when a font that is built in cannot be read.
pub fn pages(paper: &Paper, course: &Course) -> Result<Vec<Drawing>, Stop> {
    pdf::shown::pages(paper, course)
}

/// Writes a paper. `course` is told of blocks and pages, and can stop it.
///
/// # Errors
/// When it was stopped, and when it cannot be written, with the reason.
pub fn write(paper: &Paper, format: Format, course: &Course) -> Result<Vec<u8>, Stop> {
    course.will_take(paper.blocks.len() as u64);
    match format {
        Format::Pdf => pdf::write(paper, course),
        Format::Word => docx::write(paper, course),
        Format::Html => html::write(paper, course),
    }
}
