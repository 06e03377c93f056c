//! The paper as one page of HTML: its faces and charts inside, nothing asked for from outside.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::columns::{Part, parts};
use super::letters::Letters;
use super::{Block, Cell, Figure, Item, Kind, Paper, Run, Stop, Table, look, words};
use crate::analysis::course::Course;
use crate::exchange::drawing::svg::{LettersAs, SvgTerms, svg};
use crate::exchange::drawing::{Drawing, Face};
use crate::exchange::handout::{harmless, page};

const STYLE: &str = include_str!("html.css");
/// The faces that words, figures and charts are set in.
const FACES: [Face; 4] = [Face::Text, Face::TextBold, Face::Numeric, Face::NumericBold];
/// Beside the page itself, it uses only its own style and its own faces.
const POLICY: &str = "style-src 'unsafe-inline'; font-src data:";

/// Writes the paper.
///
/// # Errors
/// When it was stopped.
pub(super) fn write(paper: &Paper, course: &Course) -> Result<Vec<u8>, Stop> {
    let mut writer = Writer {
        out: String::new(),
        anchors: paper.anchors(),
        headings: 0,
        level: 1,
        drawings: 0,
        break_next: false,
        letters: Letters::new()?,
    };
    writer.begin(paper);
    for block in &paper.blocks {
        if course.is_stopped() {
            return Err(Stop::Stopped);
        }
        writer.block(block);
        course.advance(1);
    }
    writer.end(paper);
    let title = words::whole(&paper.title);
    let title = if title.is_empty() { "Paper".to_owned() } else { title };
    let style = faces() + &edges(paper) + STYLE;
    Ok(page::styled(&title, POLICY, &style, &writer.out).into_bytes())
}

/// The faces, inside the style.
fn faces() -> String {
    let face = |face: Face| {
        format!(
            "\n@font-face {{ font-family: \"{}\"; font-weight: {}; src: url(data:font/ttf;base64,{}) format(\"truetype\"); }}",
            face.family(),
            face.weight(),
            STANDARD.encode(face.bytes())
        )
    };
    FACES.map(face).concat()
}

/// What stands at the edges of every page that is printed.
fn edges(paper: &Paper) -> String {
    let edge = |place: &str, content: &str| {
        format!(
            "@{place} {{ content: {content}; font: 9.5pt \"Atkinson Hyperlegible Next\", Arial, sans-serif; color: #48515f; }} "
        )
    };
    format!(
        "\n@page {{ size: A4; margin: 27mm 22mm 25mm; {}{}{}{} }}",
        edge("top-left", &quoted(&paper.head[0])),
        edge("top-right", &quoted(&paper.head[1])),
        edge("bottom-left", &quoted(&paper.foot)),
        edge("bottom-right", "counter(page) \" of \" counter(pages)"),
    )
}

/// A text as a string of a style sheet; whatever could end it stands as its number.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in words::whole(text).chars() {
        if character.is_alphanumeric() || matches!(character, ' ' | '.' | ',' | ':' | '-' | '–') {
            out.push(character);
        } else {
            out.push_str(&format!("\\{:06x}", u32::from(character)));
        }
    }
    out + "\""
}

struct Writer<'a> {
    out: String,
    anchors: HashMap<&'a str, usize>,
    headings: usize,
    /// The level of the last heading, where the title is 1: none is left out on the way down.
    level: u8,
    drawings: usize,
    break_next: bool,
    letters: Letters,
}

impl Writer<'_> {
    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn begin(&mut self, paper: &Paper) {
        self.push("<a class=\"skip\" href=\"#paper\">To the paper</a>\n");
        if paper.head.iter().any(|half| !half.trim().is_empty()) {
            let [left, right] = [0, 1].map(|at| text(&paper.head[at]));
            self.push(&format!("<header class=\"edge\"><span>{left}</span><span>{right}</span></header>\n"));
        }
        self.push(&format!("<main id=\"paper\">\n<h1>{}</h1>\n", text(&paper.title)));
        if !paper.under_title.trim().is_empty() {
            self.push(&format!("<p class=\"under\">{}</p>\n", text(&paper.under_title)));
        }
    }

    fn end(&mut self, paper: &Paper) {
        self.push("</main>\n");
        if !paper.foot.trim().is_empty() {
            self.push(&format!("<footer class=\"edge\"><span>{}</span></footer>\n", text(&paper.foot)));
        }
    }

    fn block(&mut self, block: &Block) {
        if matches!(block, Block::NewPage) {
            self.break_next = true;
            return;
        }
        if std::mem::take(&mut self.break_next) {
            self.push("<div class=\"page-break\"></div>\n");
        }
        match block {
            Block::Heading { level, number, text, .. } => self.heading(*level, number, text),
            Block::Paragraph(runs) => self.paragraph("<p>", runs, "</p>\n"),
            Block::Note(runs) => self.paragraph("<p class=\"note\">", runs, "</p>\n"),
            Block::Warning(runs) => {
                self.paragraph("<div class=\"warning\" role=\"note\"><p>", runs, "</p></div>\n")
            }
            Block::List { numbered, items } => self.list(*numbered, items),
            Block::Quote { words, who } => {
                let who = match who.trim() {
                    "" => String::new(),
                    who => format!("<p class=\"who\">{}</p>", text(who)),
                };
                self.push(&format!("<blockquote><p>{}</p>{who}</blockquote>\n", text(words)));
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::NewPage => {}
        }
    }

    fn heading(&mut self, level: u8, number: &str, words: &str) {
        let level = (level.clamp(1, 3) + 1).min(self.level + 1);
        self.level = level;
        self.headings += 1;
        let words = text(&format!("{number} {words}"));
        self.push(&format!("<h{level} id=\"h{}\">{words}</h{level}>\n", self.headings));
    }

    fn paragraph(&mut self, open: &str, runs: &[Run], close: &str) {
        let words: String = runs.iter().map(|run| self.run(run)).collect();
        self.push(&format!("{open}{words}{close}"));
    }

    fn run(&self, run: &Run) -> String {
        let words = words::joined(&harmless::escaped(&words::stretch(&run.text)));
        let words = if run.strong { format!("<strong>{words}</strong>") } else { words };
        match run.to.as_deref().and_then(|anchor| self.anchors.get(anchor)) {
            Some(to) => format!("<a href=\"#h{}\">{words}</a>", to + 1),
            None => words,
        }
    }

    fn list(&mut self, numbered: bool, items: &[Item]) {
        if items.is_empty() {
            return;
        }
        let tag = if numbered { "ol" } else { "ul" };
        self.push(&format!("<{tag}>\n"));
        for item in items {
            self.paragraph("<li>", &item.runs, "</li>\n");
        }
        self.push(&format!("</{tag}>\n"));
    }

    fn figure(&mut self, figure: &Figure) {
        self.push(&format!("<figure>\n<figcaption>{}</figcaption>\n", text(&figure.caption)));
        self.drawing(&figure.drawing, &words::alternative(&figure.alternative, &figure.caption));
        if !figure.note.trim().is_empty() {
            self.push(&format!("\n<p class=\"note\">{}</p>", text(&figure.note)));
        }
        self.push("</figure>\n");
    }

    fn drawing(&mut self, drawing: &Drawing, says: &str) {
        self.drawings += 1;
        let names = format!("d{}", self.drawings);
        let says = words::whole(says);
        let terms =
            SvgTerms { title: "", description: &says, letters: LettersAs::Text, names: &names, ground: None };
        let drawn = svg(drawing, &terms);
        // Inside a page there is no heading of a file.
        let drawn = drawn.find("<svg").map_or(drawn.as_str(), |at| &drawn[at..]);
        self.push(drawn.trim_end());
    }

    fn table(&mut self, table: &Table) {
        let letters = &mut self.letters;
        let parts = parts(table, look::WIDTH, |text, strong| {
            let face = if strong { Face::NumericBold } else { Face::Numeric };
            letters.width(face, &words::whole(text)) * look::TABLE.size
        });
        for (index, part) in parts.iter().enumerate() {
            self.part(table, part, index);
        }
        if !table.note.trim().is_empty() {
            self.push(&format!("<p class=\"note\">{}</p>\n", text(&table.note)));
        }
    }

    fn part(&mut self, table: &Table, part: &Part, index: usize) {
        self.push("<table>\n");
        let caption = match (text(&table.caption), index) {
            (caption, 0) => caption,
            (caption, _) => format!("{caption} (continued: further columns)"),
        };
        if !caption.is_empty() {
            self.push(&format!("<caption>{caption}</caption>\n"));
        }
        let all: f32 = part.widths.iter().sum();
        for width in &part.widths {
            self.push(&format!("<col style=\"width:{:.2}%\">", width / all * 100.0));
        }
        self.push("\n<thead><tr>");
        for &column in &part.columns {
            let column = &table.columns[column];
            self.push(&format!("<th scope=\"col\"{}>{}</th>", class(column.kind), text(&column.head)));
        }
        self.push("</tr></thead>\n<tbody>\n");
        let nothing = Cell::default();
        for row in &table.rows {
            self.push("<tr>");
            for (place, &column) in part.columns.iter().enumerate() {
                let cell = row.get(column).unwrap_or(&nothing);
                self.cell(cell, table.columns[column].kind, place == 0);
            }
            self.push("</tr>\n");
        }
        self.push("</tbody>\n</table>\n");
    }

    fn cell(&mut self, cell: &Cell, kind: Kind, names_the_row: bool) {
        let (open, close) = if names_the_row { ("th scope=\"row\"", "th") } else { ("td", "td") };
        self.push(&format!("<{open}{}>", class(kind)));
        match &cell.drawing {
            Some(drawing) => self.drawing(drawing, &cell.text),
            None if cell.strong => self.push(&format!("<strong>{}</strong>", text(&cell.text))),
            None => self.push(&text(&cell.text)),
        }
        self.push(&format!("</{close}>"));
    }
}

fn class(kind: Kind) -> &'static str {
    if kind == Kind::Figures { " class=\"figure\"" } else { "" }
}

/// A text on its own, between tags.
fn text(plain: &str) -> String {
    words::joined(&harmless::escaped(&words::whole(plain)))
}
