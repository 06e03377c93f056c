//! The styles of the document: Word's own by their own names, and a few of the paper's.

use crate::exchange::drawing::Colour;
use crate::exchange::report::look::{self, Style};

use super::twips;

/// What every council's computer has, and anybody can read; ours is not on them.
const FACE: &str = "Arial";
/// Our face looks larger than it is; Arial does not.
const SMALLER: f32 = 0.96;

/// One style of paragraphs.
struct Kind {
    id: &'static str,
    name: &'static str,
    based_on: &'static str,
    next: &'static str,
    style: Style,
    after: f32,
    /// What else a paragraph of it is, as Word writes it, in Word's order.
    more: String,
    /// The level in the outline, from 0.
    outline: Option<u8>,
}

impl Kind {
    fn new(id: &'static str, name: &'static str, style: Style) -> Self {
        Self { id, name, based_on: "Normal", next: id, style, after: 0.0, more: String::new(), outline: None }
    }

    fn after(self, after: f32) -> Self {
        Self { after, ..self }
    }

    fn next(self, next: &'static str) -> Self {
        Self { next, ..self }
    }

    fn more(self, more: &str) -> Self {
        Self { more: more.to_owned(), ..self }
    }

    fn xml(&self) -> String {
        let Style { size, leading, colour, strong, before } = self.style;
        let keep = if self.outline.is_some() || self.more.contains("<w:keepNext/>") {
            "<w:keepNext/><w:keepLines/>"
        } else {
            ""
        };
        let (early, late) = split(&self.more.replace("<w:keepNext/>", ""));
        let outline =
            self.outline.map(|level| format!("<w:outlineLvl w:val=\"{level}\"/>")).unwrap_or_default();
        let bold = if strong { "<w:b/><w:bCs/>" } else { "" };
        let half = (size * SMALLER * 2.0).round();
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"{based}\"/>\
             <w:next w:val=\"{next}\"/><w:qFormat/><w:pPr>{keep}{early}<w:spacing w:before=\"{before}\" w:after=\"{after}\" \
             w:line=\"{line}\" w:lineRule=\"atLeast\"/>{late}{outline}</w:pPr><w:rPr>{bold}<w:color w:val=\"{colour}\"/>\
             <w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/></w:rPr></w:style>",
            id = self.id,
            name = self.name,
            based = self.based_on,
            next = self.next,
            before = twips(before),
            after = twips(self.after),
            line = twips(leading),
            colour = hex(colour),
        )
    }
}

/// What stands before the spacing of a paragraph in Word's order, and what after it.
fn split(more: &str) -> (String, String) {
    let at = more.find("<w:ind ").or_else(|| more.find("<w:jc ")).unwrap_or(more.len());
    (more[..at].to_owned(), more[at..].to_owned())
}

fn hex(colour: Colour) -> String {
    format!("{:02X}{:02X}{:02X}", colour.red, colour.green, colour.blue)
}

/// The part of the package that holds the styles.
pub(super) fn xml() -> String {
    let kinds: String = kinds().iter().map(Kind::xml).collect();
    let half = (look::BODY.size * SMALLER * 2.0).round();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault>\
         <w:rPr><w:rFonts w:ascii=\"{FACE}\" w:hAnsi=\"{FACE}\" w:eastAsia=\"{FACE}\" w:cs=\"{FACE}\"/>\
         <w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"en-GB\" w:bidi=\"ar-SA\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr><w:spacing w:line=\"{line}\" w:lineRule=\"atLeast\"/></w:pPr>\
         <w:rPr><w:color w:val=\"{ink}\"/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/>\
         <w:basedOn w:val=\"DefaultParagraphFont\"/><w:rPr><w:u w:val=\"single\"/></w:rPr></w:style>{kinds}{table}</w:styles>",
        line = twips(look::BODY.leading),
        ink = hex(look::INK),
        table = table_styles(),
    )
}

fn kinds() -> Vec<Kind> {
    let at = |style: Style, before: f32| Style { before, ..style };
    let list = |number: usize| {
        format!("<w:numPr><w:numId w:val=\"{number}\"/></w:numPr><w:contextualSpacing w:val=\"0\"/>")
    };
    let heading = |level: u8, id, name| Kind {
        outline: Some(level),
        ..Kind::new(id, name, look::HEADINGS[usize::from(level)]).after(look::AFTER_HEADING).next("BodyText")
    };
    let bar = |colour: Colour, width: usize, space: usize| {
        format!(
            "<w:pBdr><w:left w:val=\"single\" w:sz=\"{width}\" w:space=\"{space}\" w:color=\"{}\"/></w:pBdr>",
            hex(colour)
        )
    };
    let boxed = format!(
        "{}<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/><w:ind w:left=\"240\" w:right=\"120\"/>",
        bar(look::INK, 24, 8),
        hex(look::BOX)
    );
    let rule = format!(
        "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"6\" w:color=\"{}\"/></w:pBdr>",
        hex(look::HAIR)
    );
    let quoted = format!("{}<w:ind w:left=\"280\" w:right=\"280\"/>", bar(look::RULE, 16, 10));
    let right = "<w:jc w:val=\"right\"/>";
    vec![
        Kind::new("Title", "Title", look::TITLE).after(3.0).next("Subtitle"),
        Kind::new("Subtitle", "Subtitle", at(look::SUBTITLE, 0.0)).after(6.0).next("BodyText"),
        heading(0, "Heading1", "heading 1"),
        heading(1, "Heading2", "heading 2"),
        heading(2, "Heading3", "heading 3"),
        Kind::new("BodyText", "Body Text", at(look::BODY, 0.0)).after(7.0),
        Kind::new("ListBullet", "List Bullet", at(look::POINT, 0.0)).after(3.5).more(&list(super::BULLETS)),
        Kind::new("ListNumber", "List Number", at(look::POINT, 0.0)).after(3.5).more(&list(super::NUMBERS)),
        Kind::new("Quote", "Quote", at(look::QUOTE, 6.0)).more(&quoted).next("QuoteSource"),
        Kind::new("QuoteSource", "Quote Source", at(look::NOTE, 0.0))
            .after(8.0)
            .more(&format!("<w:keepNext/>{quoted}"))
            .next("BodyText"),
        Kind::new("Note", "Note", at(look::NOTE, 3.0)).after(9.0).next("BodyText"),
        Kind::new("Warning", "Warning", at(look::BODY, 8.0)).after(10.0).more(&boxed).next("BodyText"),
        Kind::new("Caption", "caption", at(look::CAPTION, 12.0)).after(4.0).more("<w:keepNext/>"),
        Kind::new("Figure", "Figure", at(look::BODY, 0.0)).after(6.0),
        Kind::new("TableText", "Table Text", look::TABLE),
        Kind::new("TableFigure", "Table Figure", look::TABLE).more(right),
        Kind::new("TableHead", "Table Head", look::TABLE_HEAD).more("<w:keepNext/>"),
        Kind::new("TableHeadFigure", "Table Head Figure", look::TABLE_HEAD)
            .more(&format!("<w:keepNext/>{right}")),
        Kind::new("TableGap", "Table Gap", Style { size: 2.0, leading: 2.0, ..look::NOTE }).after(3.0),
        Kind::new("Header", "header", look::EDGE),
        Kind::new("Footer", "footer", look::EDGE).more(&rule),
    ]
}

/// Rules between rows, a stronger one under the heads, none between columns.
fn table_styles() -> String {
    let edge = |name: &str, width: usize, colour: Colour| {
        format!("<w:{name} w:val=\"single\" w:sz=\"{width}\" w:space=\"0\" w:color=\"{}\"/>", hex(colour))
    };
    let (pad, gutter) = (twips(look::ROW_PAD - 1.0), twips(look::GUTTER));
    format!(
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>\
         <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"PaperTable\"><w:name w:val=\"Paper Table\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:qFormat/><w:tblPr><w:tblBorders>{under}{between}</w:tblBorders>\
         <w:tblCellMar><w:top w:w=\"{pad}\" w:type=\"dxa\"/><w:left w:w=\"0\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"{pad}\" w:type=\"dxa\"/><w:right w:w=\"{gutter}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\
         <w:tblStylePr w:type=\"firstRow\"><w:tblPr/><w:tcPr><w:tcBorders>{head}</w:tcBorders>\
         <w:vAlign w:val=\"bottom\"/></w:tcPr></w:tblStylePr></w:style>",
        under = edge("bottom", 4, look::HAIR),
        between = edge("insideH", 4, look::HAIR),
        head = edge("bottom", 8, look::RULE),
    )
}
