//! What a paper is made of, whatever it is written as.

use std::collections::HashMap;

use crate::exchange::drawing::Drawing;

/// A whole paper, ready to be set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paper {
    /// What it is called; the first thing on its first page.
    pub title: String,
    /// What it is about in one line, for the properties of the file.
    pub subject: String,
    /// Who is named as its author in the properties of the file; nobody unless somebody chose to be.
    pub author: Option<String>,
    /// The day that it bears.
    pub day: Option<jiff::civil::Date>,
    /// On every page at the top, left and right: the body, and its meeting.
    pub head: [String; 2],
    /// On every page at the foot, at the left; the number of the page stands at the right.
    pub foot: String,
    /// The line under the title; empty where there is none.
    pub under_title: String,
    pub blocks: Vec<Block>,
}

impl Paper {
    /// The headings that can be led to: their places among the headings by their anchors. Where two have the same
    /// anchor, the first is meant.
    #[must_use]
    pub fn anchors(&self) -> HashMap<&str, usize> {
        let anchors = self.blocks.iter().filter_map(|block| match block {
            Block::Heading { anchor, .. } => Some(anchor.as_str()),
            _ => None,
        });
        let mut all = HashMap::new();
        for (place, anchor) in anchors.enumerate().filter(|(_, anchor)| !anchor.is_empty()) {
            all.entry(anchor).or_insert(place);
        }
        all
    }
}

/// One thing after another down the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading of level 1 to 3, with its number where it has one; `anchor` is what links lead to.
    Heading {
        level: u8,
        number: String,
        text: String,
        anchor: String,
    },
    Paragraph(Vec<Run>),
    /// A paragraph in smaller, quieter type: where figures come from, what a table leaves out.
    Note(Vec<Run>),
    /// A box that stands out: what must not be missed.
    Warning(Vec<Run>),
    /// A list, numbered or not.
    List {
        numbered: bool,
        items: Vec<Item>,
    },
    /// Somebody's own words, and whose they are; nobody is named where `who` is empty.
    Quote {
        words: String,
        who: String,
    },
    Table(Table),
    Figure(Figure),
    /// What follows begins on a new page.
    NewPage,
}

/// One point of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    pub runs: Vec<Run>,
}

/// A stretch of text of one kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    pub text: String,
    pub strong: bool,
    /// The anchor of a heading in the same paper that it leads to.
    pub to: Option<String>,
}

impl Run {
    /// Plain words.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Words that stand out.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, to: None }
    }

    /// Words that lead to the heading of that anchor; without such a heading they are plain.
    #[must_use]
    pub fn link(text: impl Into<String>, anchor: impl Into<String>) -> Self {
        Self { text: text.into(), strong: false, to: Some(anchor.into()) }
    }
}

/// Whether words end in a colon, so that what follows belongs on their page.
pub(super) fn leads_on(runs: &[Run]) -> bool {
    runs.last().is_some_and(|run| run.text.trim_end().ends_with(':'))
}

/// A table: one row of heads, then rows of as many cells. The first column names the row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it shows, in a line above it.
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// What is said under it; empty where nothing is.
    pub note: String,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    pub head: String,
    pub kind: Kind,
    /// Its part of the width, against the other columns; more than 0.
    pub share: f32,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Words, from the left.
    #[default]
    Words,
    /// Figures, set to the right.
    Figures,
    /// Small drawings.
    Drawing,
}

/// One cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub text: String,
    pub strong: bool,
    /// A small drawing in place of the text, which then says what it shows.
    pub drawing: Option<Drawing>,
}

impl Cell {
    /// Plain words or a figure.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Words or a figure that stand out.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, drawing: None }
    }

    /// A small drawing, and in words what it shows.
    #[must_use]
    pub fn drawn(drawing: Drawing, says: impl Into<String>) -> Self {
        Self { text: says.into(), strong: false, drawing: Some(drawing) }
    }
}

/// A chart with the sentence that it answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The sentence above it, such as "Figure 1: Local partnership leads until …".
    pub caption: String,
    /// What it shows, in full, for those who do not see it.
    pub alternative: String,
    pub drawing: Drawing,
    /// What is said under it; empty where nothing is.
    pub note: String,
}
