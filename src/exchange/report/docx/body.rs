//! What the paper says, as Word's paragraphs, lists and tables.

use std::collections::HashMap;

use docx_rs::{
    Docx, Hyperlink, HyperlinkType, Paragraph, Pic, Run as WordRun, Table as WordTable, TableCell,
    TableLayoutType, TableRow, WidthType,
};

use super::{BULLETS, FIRST_LIST, numbered, twips};
use crate::exchange::drawing::svg::{LettersAs, SvgTerms, svg};
use crate::exchange::drawing::{Drawing, Face, png};
use crate::exchange::report::columns::{Part, parts};
use crate::exchange::report::content::leads_on;
use crate::exchange::report::letters::Letters;
use crate::exchange::report::{Block, Cell, Figure, Item, Kind, Paper, Run, Stop, Table, look, words};

/// Pixels of a picture for each of its points, where a program cannot show outlines.
const SHARP: f32 = 3.0;
/// The measure of pictures in Word: so many to a point of paper.
const EMU: f32 = 12_700.0;
/// Word's usual face is wider than ours.
const WIDER: f32 = 1.06;

/// A picture that stands in the document, in the order in which they stand.
pub(super) struct Picture {
    pub svg: String,
    /// What it shows, in words.
    pub says: String,
}

enum Child {
    Paragraph(Box<Paragraph>),
    Table(Box<WordTable>),
}

/// Puts block after block.
pub(super) struct Body<'a> {
    children: Vec<Child>,
    pictures: Vec<Picture>,
    anchors: HashMap<&'a str, usize>,
    headings: usize,
    /// Numbered lists so far.
    pub lists: usize,
    new_page: bool,
    letters: Letters,
}

impl<'a> Body<'a> {
    pub(super) fn new(paper: &'a Paper) -> Result<Self, String> {
        Ok(Self {
            children: Vec::new(),
            pictures: Vec::new(),
            anchors: paper.anchors(),
            headings: 0,
            lists: 0,
            new_page: false,
            letters: Letters::new()?,
        })
    }

    /// The document with all that was put into it, and its pictures.
    pub(super) fn into(self, docx: Docx) -> (Docx, Vec<Picture>) {
        let put = |docx: Docx, part| match part {
            Child::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            Child::Table(table) => docx.add_table(*table),
        };
        (self.children.into_iter().fold(docx, put), self.pictures)
    }

    pub(super) fn title(&mut self, paper: &Paper) {
        self.words("Title", &paper.title);
        if !paper.under_title.trim().is_empty() {
            self.words("Subtitle", &paper.under_title);
        }
    }

    pub(super) fn block(&mut self, block: &Block) -> Result<(), Stop> {
        match block {
            Block::Heading { level, number, text, .. } => self.heading(*level, number, text),
            Block::Paragraph(runs) => self.runs("BodyText", runs),
            Block::Note(runs) => self.runs("Note", runs),
            Block::Warning(runs) => self.runs("Warning", runs),
            Block::List { numbered, items } => self.list(*numbered, items),
            Block::Quote { words: said, who } => {
                let said = self.styled("Quote").add_run(WordRun::new().add_text(words::whole(said)));
                // Whose words they are stands on the same page.
                self.push(said.keep_next(!who.trim().is_empty()));
                if !who.trim().is_empty() {
                    self.words("QuoteSource", who);
                }
            }
            Block::Table(table) => self.table(table)?,
            Block::Figure(figure) => self.figure(figure)?,
            Block::NewPage => self.new_page = true,
        }
        Ok(())
    }

    /// A paragraph of a style, on a new page where one was asked for.
    fn styled(&mut self, style: &str) -> Paragraph {
        let paragraph = Paragraph::new().style(style);
        if std::mem::take(&mut self.new_page) { paragraph.page_break_before(true) } else { paragraph }
    }

    fn push(&mut self, paragraph: Paragraph) {
        self.children.push(Child::Paragraph(Box::new(paragraph)));
    }

    fn words(&mut self, style: &str, text: &str) {
        let paragraph = self.styled(style).add_run(WordRun::new().add_text(words::whole(text)));
        self.push(paragraph);
    }

    fn runs(&mut self, style: &str, runs: &[Run]) {
        let paragraph = self.styled(style);
        let paragraph = self.with_runs(paragraph, runs);
        self.push(if leads_on(runs) { paragraph.keep_next(true) } else { paragraph });
    }

    fn with_runs(&self, paragraph: Paragraph, runs: &[Run]) -> Paragraph {
        runs.iter().fold(paragraph, |paragraph, run| {
            let words = WordRun::new().add_text(words::joined(&words::stretch(&run.text)));
            let words = if run.strong { words.bold() } else { words };
            match run.to.as_deref().and_then(|anchor| self.anchors.get(anchor)) {
                Some(to) => {
                    let link = Hyperlink::new(bookmark(*to), HyperlinkType::Anchor);
                    paragraph.add_hyperlink(link.add_run(words.style("Hyperlink")))
                }
                None => paragraph.add_run(words),
            }
        })
    }

    fn heading(&mut self, level: u8, number: &str, text: &str) {
        let at = self.headings;
        self.headings += 1;
        let words = words::whole(&format!("{number} {text}"));
        let paragraph = self
            .styled(&format!("Heading{}", level.clamp(1, 3)))
            .add_bookmark_start(at + 1, bookmark(at))
            .add_run(WordRun::new().add_text(words))
            .add_bookmark_end(at + 1);
        self.push(paragraph);
    }

    fn list(&mut self, is_numbered: bool, items: &[Item]) {
        let (style, list) =
            if is_numbered { ("ListNumber", FIRST_LIST + self.lists) } else { ("ListBullet", BULLETS) };
        self.lists += usize::from(is_numbered);
        for item in items {
            let paragraph = self.styled(style);
            let paragraph = self.with_runs(numbered(paragraph, list), &item.runs);
            self.push(paragraph);
        }
    }

    fn figure(&mut self, figure: &Figure) -> Result<(), Stop> {
        self.words("Caption", &figure.caption);
        let says = words::alternative(&figure.alternative, &figure.caption);
        if let Some(run) = self.picture(&figure.drawing, &says, [look::WIDTH, look::HEIGHT - 90.0])? {
            let paragraph = self.styled("Figure").add_run(run);
            self.push(paragraph);
        }
        if !figure.note.trim().is_empty() {
            self.words("Note", &figure.note);
        }
        Ok(())
    }

    /// A drawing in the line, as outlines with a picture for programs that show none.
    fn picture(&mut self, drawing: &Drawing, says: &str, most: [f32; 2]) -> Result<Option<WordRun>, Stop> {
        let [width, height] = drawing.size;
        if !(width.is_finite() && height.is_finite() && width >= 0.5 && height >= 0.5) {
            return Ok(None);
        }
        let scale = look::SCALE.min(most[0] / width).min(most[1] / height);
        let number = self.pictures.len();
        let names = format!("p{number}");
        let terms = SvgTerms {
            title: "",
            description: says,
            letters: LettersAs::Outlines,
            names: &names,
            ground: None,
        };
        let bytes = png::png(drawing, SHARP, None)?;
        self.pictures.push(Picture { svg: svg(drawing, &terms), says: says.to_owned() });
        let size = [width, height].map(|length| (length * scale * EMU).round() as u32);
        let pic = Pic::new_with_dimensions(bytes, width.ceil() as u32, height.ceil() as u32)
            .id(format!("rIdImage{}", number + 1))
            .size(size[0], size[1]);
        Ok(Some(WordRun::new().add_image(pic)))
    }

    fn table(&mut self, table: &Table) -> Result<(), Stop> {
        let letters = &mut self.letters;
        let parts = parts(table, look::WIDTH, |text, strong| {
            let face = if strong { Face::NumericBold } else { Face::Numeric };
            letters.width(face, &words::whole(text)) * look::TABLE.size * WIDER
        });
        for (index, part) in parts.iter().enumerate() {
            let caption = match (table.caption.trim(), index) {
                ("", 0) => String::new(),
                ("", _) => "Continued: further columns".to_owned(),
                (caption, 0) => caption.to_owned(),
                (caption, _) => format!("{caption} (continued: further columns)"),
            };
            if !caption.is_empty() {
                self.words("Caption", &caption);
            } else if self.new_page {
                self.words("TableGap", "");
            }
            let has_note = index + 1 == parts.len() && !table.note.trim().is_empty();
            let table = self.part(table, part, has_note)?;
            self.children.push(Child::Table(Box::new(table)));
            // Word joins tables that nothing stands between.
            let gap = self.styled("TableGap").keep_next(has_note);
            self.push(gap);
        }
        if !table.note.trim().is_empty() {
            self.words("Note", &table.note);
        }
        Ok(())
    }

    /// The table, of which the last row stays with the note under it where it `has_note`.
    fn part(&mut self, table: &Table, part: &Part, has_note: bool) -> Result<WordTable, Stop> {
        let widths: Vec<usize> =
            part.widths.iter().map(|&width| usize::try_from(twips(width)).unwrap_or(0)).collect();
        let mut rows = vec![self.row((table, part), None, &widths, true)?];
        for (index, row) in table.rows.iter().enumerate() {
            let is_last = index + 1 == table.rows.len();
            // Neither the first row stays behind alone under its heads, nor does the last go over alone.
            let holds = if is_last { has_note } else { index == 0 || index + 2 == table.rows.len() };
            rows.push(self.row((table, part), Some(row), &widths, holds)?);
        }
        Ok(WordTable::without_borders(rows)
            .style("PaperTable")
            .layout(TableLayoutType::Fixed)
            .width(widths.iter().sum(), WidthType::Dxa)
            .set_grid(widths))
    }

    /// One row, the heads where `cells` is none; it stays on one page with the next where it `holds`.
    fn row(
        &mut self,
        (table, part): (&Table, &Part),
        cells: Option<&[Cell]>,
        widths: &[usize],
        holds: bool,
    ) -> Result<TableRow, Stop> {
        let mut row = Vec::new();
        for ((&column, &width), &points) in part.columns.iter().zip(widths).zip(&part.widths) {
            let kind = table.columns[column].kind;
            let cell = match cells {
                Some(cells) => cells.get(column).cloned().unwrap_or_default(),
                None => Cell::plain(&table.columns[column].head),
            };
            let style = match (cells.is_some(), kind) {
                (true, Kind::Figures) => "TableFigure",
                (true, _) => "TableText",
                (false, Kind::Figures) => "TableHeadFigure",
                (false, _) => "TableHead",
            };
            let run = self.cell(&cell, points - look::GUTTER)?;
            let paragraph = Paragraph::new().style(style).add_run(run).keep_next(holds);
            row.push(TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph));
        }
        Ok(TableRow::new(row).cant_split())
    }

    fn cell(&mut self, cell: &Cell, width: f32) -> Result<WordRun, Stop> {
        let text = words::whole(&cell.text);
        if let Some(drawing) = &cell.drawing
            && let Some(run) = self.picture(drawing, &text, [width.max(10.0), look::HEIGHT / 2.0])?
        {
            return Ok(run);
        }
        let run = WordRun::new().add_text(words::joined(&text));
        Ok(if cell.strong { run.bold() } else { run })
    }
}

/// The name of the place of a heading.
fn bookmark(heading: usize) -> String {
    format!("heading_{}", heading + 1)
}
