//! What the paper says, laid out into strips as wide as the text, with its place in the structure.

use std::collections::HashMap;
use std::num::NonZeroU16;
use std::rc::Rc;

use krilla::tagging::{ListNumbering, Tag};

use super::LONGEST_TITLE;
use super::strip::{Mark, Strip, What, hold_ends};
use super::tree::{Element, Tree};
use crate::exchange::drawing::{Colour, Drawing, Face};
use crate::exchange::report::content::leads_on;
use crate::exchange::report::letters::Letters;
use crate::exchange::report::lines::{Line, Span, broken};
use crate::exchange::report::look::{self, Style};
use crate::exchange::report::{Block, Figure, Item, Paper, Run, words};

/// A heading that links and the outline lead to.
pub(super) struct Heading {
    pub level: u8,
    /// With its number.
    pub words: String,
}

/// Everything as it stands before it comes onto pages.
pub(super) struct Set {
    pub strips: Vec<Strip>,
    /// The rows that head each table.
    pub heads: Vec<Vec<Strip>>,
    pub headings: Vec<Heading>,
    pub tree: Tree,
}

/// Lays out block after block.
pub(super) struct Setting<'a> {
    pub(super) letters: &'a mut Letters,
    pub(super) set: Set,
    /// The headings by their anchors.
    anchors: HashMap<&'a str, usize>,
    /// The level of the last heading: none may be left out on the way down.
    level: u8,
    after_heading: bool,
    new_page: bool,
}

/// Where words stand on a strip, and what they are.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub element: Element,
    /// From the left edge of the text.
    pub left: f32,
    pub width: f32,
}

impl<'a> Setting<'a> {
    pub(super) fn new(letters: &'a mut Letters, paper: &'a Paper) -> Self {
        let anchors = paper.anchors();
        let set = Set { strips: Vec::new(), heads: Vec::new(), headings: Vec::new(), tree: Tree::default() };
        Self { letters, set, anchors, level: 0, after_heading: false, new_page: false }
    }

    pub(super) fn finished(self) -> Set {
        self.set
    }

    /// The title and the line under it.
    pub(super) fn title(&mut self, paper: &Paper) {
        let element = self.set.tree.open(None, Tag::Title);
        let mut strips =
            self.plain(&paper.title, &look::TITLE, Place { element, left: 0.0, width: look::WIDTH });
        if !paper.under_title.trim().is_empty() {
            let element = self.set.tree.open(None, Tag::P);
            let place = Place { element, left: 0.0, width: look::WIDTH };
            strips.iter_mut().for_each(|strip| strip.keeps = true);
            strips.extend(self.plain(&paper.under_title, &look::SUBTITLE, place));
        }
        self.add(strips);
    }

    pub(super) fn block(&mut self, block: &Block) {
        let is_heading = matches!(block, Block::Heading { .. });
        match block {
            Block::Heading { level, number, text, .. } => self.heading(*level, number, text),
            Block::Paragraph(runs) => self.paragraph(runs, &look::BODY),
            Block::Note(runs) => self.paragraph(runs, &look::NOTE),
            Block::Warning(runs) => self.warning(runs),
            Block::List { numbered, items } => self.list(*numbered, items),
            Block::Quote { words, who } => self.quote(words, who),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::NewPage => self.new_page = true,
        }
        self.after_heading = is_heading;
    }

    /// Adds strips; the first of them begins a new page where one was asked for, and stands close to a heading.
    pub(super) fn add(&mut self, mut strips: Vec<Strip>) {
        if let Some(first) = strips.first_mut() {
            first.new_page |= std::mem::take(&mut self.new_page);
            if std::mem::take(&mut self.after_heading) {
                first.before = first.before.min(look::AFTER_HEADING);
            }
        }
        self.set.strips.extend(strips);
    }

    fn heading(&mut self, level: u8, number: &str, text: &str) {
        let level = level.clamp(1, 3);
        let depth = level.min(self.level + 1);
        self.level = depth;
        let words = words::whole(&format!("{number} {text}"));
        let at = self.set.headings.len();
        let title = words::cut(&words, LONGEST_TITLE);
        self.set.headings.push(Heading { level: depth, words: title.clone() });
        let tag = Tag::Hn(NonZeroU16::new(u16::from(depth)).unwrap_or(NonZeroU16::MIN), Some(title));
        let element = self.set.tree.open(None, tag);
        let style = look::HEADINGS[usize::from(level) - 1];
        self.after_heading = false;
        let mut strips = self.plain(&words, &style, Place { element, left: 0.0, width: look::WIDTH });
        strips.iter_mut().for_each(|strip| strip.keeps = true);
        if let Some(first) = strips.first_mut() {
            first.heading = Some(at);
        }
        self.add(strips);
    }

    fn paragraph(&mut self, runs: &[Run], style: &Style) {
        let element = self.set.tree.open(None, Tag::P);
        let mut strips = self.runs(runs, style, Place { element, left: 0.0, width: look::WIDTH });
        hold_ends(&mut strips);
        if let Some(last) = strips.last_mut() {
            last.keeps = leads_on(runs);
        }
        self.add(strips);
    }

    /// A tinted box with a bar at its left.
    fn warning(&mut self, runs: &[Run]) {
        const PAD: f32 = 8.0;
        let around = self.set.tree.open(None, Tag::Div);
        let element = self.set.tree.open(Some(around), Tag::P);
        let mut strips =
            self.runs(runs, &look::BODY, Place { element, left: 14.0, width: look::WIDTH - 26.0 });
        hold_ends(&mut strips);
        for strip in &mut strips {
            strip.behind = Some((look::INK, look::BOX));
        }
        if let Some(first) = strips.first_mut() {
            first.height += PAD;
            first.before += 5.0;
            first.marks.iter_mut().for_each(|mark| mark.at[1] += PAD);
        }
        if let Some(last) = strips.last_mut() {
            last.height += PAD;
        }
        self.add(strips);
        self.gap_after(5.0);
    }

    /// Room under what was added last, as a strip of nothing.
    fn gap_after(&mut self, before: f32) {
        self.set.strips.push(Strip { before, ..Strip::default() });
    }

    fn list(&mut self, numbered: bool, items: &[Item]) {
        let numbering = if numbered { ListNumbering::Decimal } else { ListNumbering::Disc };
        let list = self.set.tree.open(None, Tag::L(numbering));
        let indent = if numbered && items.len() > 9 { 23.0 } else { 17.0 };
        for (index, item) in items.iter().enumerate() {
            let point = self.set.tree.open(Some(list), Tag::LI);
            let (label, body) =
                (self.set.tree.open(Some(point), Tag::Lbl), self.set.tree.open(Some(point), Tag::LBody));
            let style = Style {
                before: if index == 0 { look::BODY.before } else { look::POINT.before },
                ..look::POINT
            };
            let mark = if numbered { format!("{}.", index + 1) } else { "•".to_owned() };
            let width = self.letters.width(Face::Text, &mark) * style.size;
            let left = if numbered { indent - 6.0 - width } else { 4.0 };
            let slot = self.set.tree.slot(label);
            let mut strips = self.runs(
                &item.runs,
                &style,
                Place { element: body, left: indent, width: look::WIDTH - indent },
            );
            if let Some(first) = strips.first_mut() {
                let what =
                    What::Words { text: mark, face: Face::Text, size: style.size, colour: style.colour };
                first.marks.insert(0, Mark { at: [left, baseline(&style)], what, slot: Some(slot) });
            }
            hold_ends(&mut strips);
            self.add(strips);
        }
    }

    fn quote(&mut self, said: &str, who: &str) {
        let around = self.set.tree.open(None, Tag::BlockQuote);
        let element = self.set.tree.open(Some(around), Tag::P);
        let place = Place { element, left: 14.0, width: look::WIDTH - 28.0 };
        let mut strips = self.plain(said, &look::QUOTE, place);
        if !who.trim().is_empty() {
            let element = self.set.tree.open(Some(around), Tag::P);
            let style = Style { before: 2.0, ..look::NOTE };
            if let Some(last) = strips.last_mut() {
                last.keeps = true;
            }
            strips.extend(self.plain(who, &style, Place { element, ..place }));
        }
        hold_ends(&mut strips);
        // What is answered to it begins on the same page.
        if let Some(last) = strips.last_mut() {
            last.keeps = true;
        }
        for (index, strip) in strips.iter_mut().enumerate() {
            // The bar goes through the space between the lines, not above the first.
            let above = if index == 0 { 0.0 } else { strip.before };
            let bar = What::Fill { size: [2.0, strip.height + above], colour: look::RULE };
            strip.marks.insert(0, Mark { at: [2.0, -above], what: bar, slot: None });
        }
        self.add(strips);
        self.set.strips.push(Strip { before: 2.0, keeps: true, ..Strip::default() });
    }

    fn figure(&mut self, figure: &Figure) {
        let around = self.set.tree.open(None, Tag::Div);
        let caption = self.set.tree.open(Some(around), Tag::P);
        let place = Place { element: caption, left: 0.0, width: look::WIDTH };
        let mut strips = self.plain(&figure.caption, &look::CAPTION, place);
        strips.iter_mut().for_each(|strip| strip.keeps = true);
        let room: f32 = strips.iter().map(|strip| strip.before + strip.height).sum();
        let alternative = words::alternative(&figure.alternative, &figure.caption);
        let element = self.set.tree.open(Some(around), Tag::Figure(Some(alternative)));
        let most = [look::WIDTH, (look::HEIGHT - room - 60.0).max(120.0)];
        if let Some((scale, size)) = fitted(&figure.drawing, most) {
            let what = What::Drawing { drawing: Rc::new(figure.drawing.clone()), scale };
            let slot = Some(self.set.tree.slot(element));
            let keeps = !figure.note.trim().is_empty();
            let marks = vec![Mark { at: [0.0, 0.0], what, slot }];
            strips.push(Strip { height: size[1], before: 6.0, keeps, marks, ..Strip::default() });
        }
        if !figure.note.trim().is_empty() {
            let element = self.set.tree.open(Some(around), Tag::P);
            let mut note = self.plain(&figure.note, &look::NOTE, Place { element, ..place });
            hold_ends(&mut note);
            strips.extend(note);
        }
        self.add(strips);
        self.gap_after(5.0);
    }

    /// Words of one kind as strips of one line each.
    pub(super) fn plain(&mut self, text: &str, style: &Style, place: Place) -> Vec<Strip> {
        let face = if style.strong { Face::TextBold } else { Face::Text };
        self.spans(&[Span { text: words::whole(text), face, to: None }], style, place)
    }

    fn runs(&mut self, runs: &[Run], style: &Style, place: Place) -> Vec<Strip> {
        let span = |run: &Run| Span {
            text: words::stretch(&run.text),
            face: if run.strong || style.strong { Face::TextBold } else { Face::Text },
            to: run.to.as_deref().and_then(|anchor| self.anchors.get(anchor).copied()),
        };
        let spans: Vec<Span> = runs.iter().map(span).collect();
        self.spans(&spans, style, place)
    }

    fn spans(&mut self, spans: &[Span], style: &Style, place: Place) -> Vec<Strip> {
        let lines = broken(self.letters, spans, style.size, place.width);
        // What leads somewhere is one element, however many lines it takes.
        let mut links: HashMap<usize, Element> = HashMap::new();
        let strip = |(index, line): (usize, &Line)| Strip {
            height: style.leading,
            before: if index == 0 { style.before } else { 0.0 },
            marks: self.marks(line, spans, style, place, &mut links),
            ..Strip::default()
        };
        lines.iter().enumerate().map(strip).collect()
    }

    fn marks(
        &mut self,
        line: &Line,
        spans: &[Span],
        style: &Style,
        place: Place,
        links: &mut HashMap<usize, Element>,
    ) -> Vec<Mark> {
        let mut marks = Vec::new();
        for segment in &line.segments {
            let span = &spans[segment.span];
            let at = [place.left + segment.x, baseline(style)];
            let tree = &mut self.set.tree;
            let element = match span.to {
                Some(_) => {
                    *links.entry(segment.span).or_insert_with(|| tree.open(Some(place.element), Tag::Link))
                }
                None => place.element,
            };
            let what = What::Words {
                text: segment.text.clone(),
                face: span.face,
                size: style.size,
                colour: style.colour,
            };
            marks.push(Mark { at, what, slot: Some(tree.slot(element)) });
            if let Some(to) = span.to.filter(|_| segment.width > 0.0) {
                let line = What::Fill { size: [segment.width, 0.6], colour: look::RULE };
                marks.push(Mark { at: [at[0], at[1] + 2.0], what: line, slot: None });
                let link = What::Link { size: [segment.width, style.leading], to };
                marks.push(Mark { at: [at[0], 0.0], what: link, slot: Some(tree.slot(element)) });
            }
        }
        marks
    }
}

/// The baseline of a line of this style, from the top of its strip.
pub(super) fn baseline(style: &Style) -> f32 {
    // Half of what is left of the leading stands above: our face rises 0.76 of its size with its accents.
    (style.leading - style.size) / 2.0 + style.size * 0.79
}

/// How much a drawing is scaled to fit, and how large it is then; none where there is nothing to see.
pub(super) fn fitted(drawing: &Drawing, most: [f32; 2]) -> Option<(f32, [f32; 2])> {
    let [width, height] = drawing.size;
    if !(width.is_finite() && height.is_finite() && width > 0.0 && height > 0.0) {
        return None;
    }
    let scale = look::SCALE.min(most[0] / width).min(most[1] / height);
    Some((scale, [width * scale, height * scale]))
}

/// Words in one colour on a baseline.
pub(super) fn words_mark(text: String, face: Face, size: f32, colour: Colour) -> What {
    What::Words { text, face, size, colour }
}
