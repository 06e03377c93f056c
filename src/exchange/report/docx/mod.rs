//! The paper as a Word document that a clerk can go on with: Word's own styles, lists, fields, bookmarks and table heads.

mod body;
mod parts;
mod styles;

use docx_rs::{
    AbstractNumbering, Docx, Footer, Header, IndentLevel, Level, LevelJc, LevelOverride, LevelText, NumPages,
    NumberFormat, Numbering, NumberingId, PageMargin, PageNum, Paragraph, Run as WordRun, SpecialIndentType,
    Start, Tab, TabValueType,
};

use self::body::Body;
use super::{Paper, Stop, look, words};
use crate::analysis::course::Course;

/// Twentieths of a point, the measure of Word.
fn twips(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

/// The list that "List Bullet" belongs to, and the one that numbered lists begin anew; 1 is docx-rs's own.
const BULLETS: usize = 2;
const NUMBERS: usize = 3;
/// How far the words of a point stand in: a number of two digits stands before them.
const INDENT: f32 = 22.0;
/// The first number of a numbered list of this paper.
const FIRST_LIST: usize = 10;

/// Writes the paper.
///
/// # Errors
/// When it was stopped, and when a picture cannot be drawn.
pub(super) fn write(paper: &Paper, course: &Course) -> Result<Vec<u8>, Stop> {
    let mut body = Body::new(paper)?;
    body.title(paper);
    for block in &paper.blocks {
        if course.is_stopped() {
            return Err(Stop::Stopped);
        }
        body.block(block)?;
        course.advance(1);
    }
    let mut docx = framed(paper);
    for list in 0..body.lists {
        let anew = LevelOverride::new(0).start(1);
        docx = docx.add_numbering(Numbering::new(FIRST_LIST + list, NUMBERS).add_override(anew));
    }
    let (docx, pictures) = body.into(docx);
    parts::packed(docx, paper, &pictures)
}

/// A document with its page, its edges and its lists.
fn framed(paper: &Paper) -> Docx {
    let margin = PageMargin {
        top: twips(look::TOP),
        bottom: twips(look::BOTTOM),
        left: twips(look::SIDE),
        right: twips(look::SIDE),
        header: twips(look::HEAD_LINE - 9.0),
        footer: twips(look::PAGE[1] - look::FOOT_LINE - 4.0),
        gutter: 0,
    };
    let [left, right] = [0, 1].map(|at| words::whole(&paper.head[at]));
    let head = edge("Header").add_run(WordRun::new().add_text(left).add_tab().add_text(right));
    let foot = edge("Footer")
        .add_run(WordRun::new().add_text(words::whole(&paper.foot)).add_tab())
        .add_page_num(PageNum::new())
        .add_run(WordRun::new().add_text(" of "))
        .add_num_pages(NumPages::new());
    Docx::new()
        .page_size(twips(look::PAGE[0]).unsigned_abs(), twips(look::PAGE[1]).unsigned_abs())
        .page_margin(margin)
        .header(Header::new().add_paragraph(head.id("0e000001")))
        .footer(Footer::new().add_paragraph(foot.id("0e000002")))
        .add_abstract_numbering(AbstractNumbering::new(BULLETS).add_level(level("bullet", "•", "ListBullet")))
        .add_abstract_numbering(AbstractNumbering::new(NUMBERS).add_level(level(
            "decimal",
            "%1.",
            "ListNumber",
        )))
        .add_numbering(Numbering::new(BULLETS, BULLETS))
        .add_numbering(Numbering::new(NUMBERS, NUMBERS))
}

/// A line at the head or foot: one half at the left, the other at the right.
fn edge(style: &str) -> Paragraph {
    let right = Tab::new().val(TabValueType::Right).pos(usize::try_from(twips(look::WIDTH)).unwrap_or(0));
    Paragraph::new().style(style).add_tab(right)
}

fn level(format: &str, text: &str, style: &str) -> Level {
    Level::new(0, Start::new(1), NumberFormat::new(format), LevelText::new(text), LevelJc::new("left"))
        .indent(Some(twips(INDENT)), Some(SpecialIndentType::Hanging(twips(INDENT))), None, None)
        .paragraph_style(style)
}

/// A point of the list of this number.
fn numbered(paragraph: Paragraph, list: usize) -> Paragraph {
    paragraph.numbering(NumberingId::new(list), IndentLevel::new(0))
}
