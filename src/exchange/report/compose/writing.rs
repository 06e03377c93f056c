//! A paper in the making: blocks one after another, numbered headings, and a note of who is named.

use std::collections::BTreeSet;

use super::{
    Inputs,
    terms::{Detail, Level, Terms},
};
use crate::{
    analysis::{balance::WeightBasis, decision::Basis, voices::ToldApart},
    exchange::drawing::Chart,
    exchange::report::{Block, Cell, Column, Figure, Item, Kind, Run, Table},
    model::{
        voices::Stakeholder,
        wording::{capital, counted},
    },
};

/// Where links inside a paper lead.
pub(super) mod anchors {
    pub const RECOMMENDATION: &str = "recommendation";
    pub const OPTIONS: &str = "options";
    pub const WHY: &str = "why";
    pub const CHANGE: &str = "what-would-change-it";
    pub const LEFT_OUT: &str = "who-is-left-out";
    pub const VOICES: &str = "who-said-what";
    pub const DISSENT: &str = "who-disagreed";
    pub const RATIONED: &str = "what-is-rationed";
    pub const MONEY: &str = "money";
    pub const EVIDENCE: &str = "evidence";
    pub const CONDITIONS: &str = "conditions";
    pub const DUTIES: &str = "duties";
    pub const SIGN_OFF: &str = "sign-off";
    pub const GAPS: &str = "not-known";
    pub const APPENDIX: &str = "appendix";
}

/// A paper in the making.
pub(super) struct Writing<'a> {
    pub inputs: Inputs<'a>,
    pub terms: &'a Terms,
    pub blocks: Vec<Block>,
    /// Numbers of the headings of level 1 and 2 so far.
    sections: [usize; 2],
    /// Whether sections are lettered, as those of an appendix are.
    lettered: bool,
    figures: usize,
    tables: usize,
    /// Places in the register of those who have been called by something.
    named: BTreeSet<usize>,
    /// Owners, signatories and others outside the register who have been named.
    owners: BTreeSet<String>,
    /// Which figures of ballots may be told.
    pub told: ToldApart,
    /// What cannot be said for want of figures, a sentence each.
    gaps: Vec<String>,
}

impl<'a> Writing<'a> {
    pub fn new(inputs: Inputs<'a>, terms: &'a Terms) -> Self {
        Self {
            inputs,
            terms,
            blocks: Vec::new(),
            sections: [0; 2],
            lettered: false,
            figures: 0,
            tables: 0,
            named: BTreeSet::new(),
            owners: BTreeSet::new(),
            told: ToldApart::of(inputs.workspace),
            gaps: Vec::new(),
        }
    }

    /// The same paper with nothing written yet.
    pub fn begin_again(&self) -> Self {
        Self::new(self.inputs, self.terms)
    }

    /// What figures of the record are looked up in.
    pub fn basis(&self) -> Basis<'a> {
        let Inputs { workspace, analysis, robustness, .. } = self.inputs;
        Basis { workspace, analysis, robustness: robustness.ok() }
    }

    /// A numbered section; nothing of it is left where nothing is written in it.
    pub fn section(&mut self, anchor: &str, text: &str, write: impl FnOnce(&mut Self)) {
        let before = self.sections;
        self.sections = [before[0] + 1, 0];
        let number = if self.lettered { letter(self.sections[0]) } else { self.sections[0].to_string() };
        self.headed((1, format!("{number}.")), anchor, text, before, write);
    }

    /// A numbered part of a section.
    pub fn part(&mut self, anchor: &str, text: &str, write: impl FnOnce(&mut Self)) {
        let before = self.sections;
        self.sections[1] += 1;
        let first = if self.lettered { letter(before[0]) } else { before[0].to_string() };
        self.headed((2, format!("{first}.{}", self.sections[1])), anchor, text, before, write);
    }

    fn headed(
        &mut self,
        (level, number): (u8, String),
        anchor: &str,
        text: &str,
        before: [usize; 2],
        write: impl FnOnce(&mut Self),
    ) {
        let start = self.blocks.len();
        let (anchor, text) = (anchor.to_owned(), text.to_owned());
        self.blocks.push(Block::Heading { level, number, text, anchor });
        write(self);
        if self.blocks.len() == start + 1 {
            self.blocks.pop();
            self.sections = before;
        }
    }

    /// What follows is lettered and begins on a new page.
    pub fn begin_appendix(&mut self, text: &str) {
        self.blocks.push(Block::NewPage);
        self.sections = [0; 2];
        self.lettered = true;
        self.blocks.push(Block::Heading {
            level: 1,
            number: String::new(),
            text: text.to_owned(),
            anchor: anchors::APPENDIX.to_owned(),
        });
    }

    /// A paragraph of plain words; nothing for no words.
    pub fn say(&mut self, words: impl Into<String>) {
        let words = words.into();
        if !words.trim().is_empty() {
            self.runs(vec![Run::plain(words)]);
        }
    }

    /// A clause that stands out and a sentence after it, as pages say them.
    pub fn say_both(&mut self, (lead, rest): (String, String)) {
        let mut runs = vec![Run::strong(lead)];
        if !rest.is_empty() {
            runs.push(Run::plain(format!(" {rest}")));
        }
        self.runs(runs);
    }

    pub fn runs(&mut self, runs: Vec<Run>) {
        self.blocks.push(Block::Paragraph(runs));
    }

    pub fn note(&mut self, words: impl Into<String>) {
        let words = words.into();
        if !words.trim().is_empty() {
            self.blocks.push(Block::Note(vec![Run::plain(words)]));
        }
    }

    pub fn warn(&mut self, lead: &str, words: &str) {
        let mut runs = vec![Run::strong(lead)];
        if !words.is_empty() {
            runs.push(Run::plain(format!(" {words}")));
        }
        self.blocks.push(Block::Warning(runs));
    }

    /// A list of points; nothing for none.
    pub fn points(&mut self, items: impl IntoIterator<Item = String>) {
        self.items(items.into_iter().map(|item| vec![Run::plain(item)]));
    }

    pub fn items(&mut self, items: impl IntoIterator<Item = Vec<Run>>) {
        let items: Vec<Item> = items.into_iter().map(|runs| Item { runs }).collect();
        if !items.is_empty() {
            self.blocks.push(Block::List { numbered: false, items });
        }
    }

    pub fn quote(&mut self, words: &str, who: String) {
        self.blocks.push(Block::Quote { words: words.trim().to_owned(), who });
    }

    /// A table with its number; nothing where it has no rows.
    pub fn table(
        &mut self,
        caption: &str,
        columns: Vec<Column>,
        rows: Vec<Vec<Cell>>,
        note: impl Into<String>,
    ) {
        if rows.is_empty() {
            return;
        }
        self.tables += 1;
        let caption = format!("Table {}: {}", self.tables, capital(caption));
        self.blocks.push(Block::Table(Table { caption, columns, rows, note: note.into() }));
    }

    /// A table without a number, where what stands above says what it is.
    pub fn bare_table(&mut self, columns: Vec<Column>, rows: Vec<Vec<Cell>>, note: impl Into<String>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table(Table {
                caption: String::new(),
                columns,
                rows,
                note: note.into(),
            }));
        }
    }

    /// A chart with its number, where it has been drawn.
    pub fn figure(&mut self, chart: Option<&Chart>, caption: &str, note: impl Into<String>) {
        let Some(chart) = chart else { return };
        self.figures += 1;
        self.blocks.push(Block::Figure(Figure {
            caption: format!("Figure {}: {}", self.figures, capital(caption.trim_end_matches('.'))),
            alternative: chart.words.clone(),
            drawing: chart.drawing.clone(),
            note: note.into(),
        }));
    }

    /// Where the rest of a list is that is cut short here.
    pub fn where_more(&self, more: usize) -> String {
        let more = capital(&counted(more, "", ""));
        let more = more.trim_end();
        match self.terms.level {
            Level::FullWithAppendix => format!("{more} more in the appendix."),
            _ => format!("{more} more in the appendix of the longer paper."),
        }
    }

    /// Keeps a sentence on what is missing, to be said once with all others.
    pub fn gap(&mut self, words: impl Into<String>) {
        let words = words.into();
        if !self.gaps.contains(&words) {
            self.gaps.push(words);
        }
    }

    pub fn take_gaps(&mut self) -> Vec<String> {
        std::mem::take(&mut self.gaps)
    }

    /// What somebody in the register is called in this paper.
    pub fn called(&mut self, person: &Stakeholder) -> String {
        let people = &self.inputs.workspace.voices.stakeholders;
        if let Some(place) = people.iter().position(|other| other.id == person.id) {
            self.named.insert(place);
        }
        called(self.inputs, self.terms, person)
    }

    /// Notes that somebody outside the register is named, as owners and signatories are, and gives the name back.
    pub fn owner<'n>(&mut self, name: &'n str) -> &'n str {
        let name = name.trim();
        if !name.is_empty() {
            self.owners.insert(name.to_owned());
        }
        name
    }

    /// How many owners, signatories and others outside the register have been named.
    pub fn owners_named(&self) -> usize {
        self.owners.len()
    }

    /// Whether weights may be listed: not where they are those of one or two ballots.
    pub fn tells_weights(&self) -> bool {
        self.inputs.analysis.balance.weight_basis != WeightBasis::Ballots || !self.told.gives_away()
    }

    /// That the weights are one or two people's own and can be read from what is written with them; `None` where they
    /// are nobody's own.
    pub fn weights_of_few(&self) -> Option<String> {
        let rests_on = self.told.rests_on().filter(|_| !self.tells_weights())?;
        Some(format!("The weights rest on {rests_on}, and can be read from this paper."))
    }

    /// The people who have been called by something that may tell who they are.
    pub fn named(&self) -> Vec<&'a Stakeholder> {
        let people = &self.inputs.workspace.voices.stakeholders;
        let shown = |person: &&Stakeholder| {
            let detail = match person.known_as {
                known if known.may_be_name() => Detail::Names,
                crate::model::voices::KnownAs::Pseudonym => Detail::Pseudonyms,
                _ => return false,
            };
            self.terms.shows(detail)
        };
        self.named.iter().filter_map(|&place| people.get(place)).filter(shown).collect()
    }
}

/// What somebody is called on a paper of these terms: own name and pseudonym only where they may be told.
pub(super) fn called(inputs: Inputs<'_>, terms: &Terms, person: &Stakeholder) -> String {
    use crate::exchange::handout::contributors;
    let is_pseudonym = person.known_as == crate::model::voices::KnownAs::Pseudonym;
    if is_pseudonym && !terms.shows(Detail::Pseudonyms) {
        return contributors::of_sector(inputs.workspace, person);
    }
    contributors::called(inputs.workspace, person, terms.shows(Detail::Names))
}

/// "A" for 1, "Z" for 26, "AA" for 27.
fn letter(number: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = number;
    while rest > 0 {
        let place = (rest - 1) % 26;
        letters.insert(0, char::from(b'A' + u8::try_from(place).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().collect()
}

/// A column of words.
pub(super) fn words(head: &str, share: f32) -> Column {
    Column { head: head.to_owned(), kind: Kind::Words, share }
}

/// A column of figures.
pub(super) fn figures(head: &str, share: f32) -> Column {
    Column { head: head.to_owned(), kind: Kind::Figures, share }
}

/// A row of plain cells.
pub(super) fn row<const N: usize>(cells: [String; N]) -> Vec<Cell> {
    cells.map(Cell::plain).into()
}

/// A cell that stands out where it is to.
pub(super) fn cell(text: impl Into<String>, strong: bool) -> Cell {
    Cell { text: text.into(), strong, drawing: None }
}

/// A full stop after words that have none.
pub(super) fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.is_empty() || words.ends_with(['.', '!', '?', '…', ':']) {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}
