//! The paper as a tagged PDF: its structure for those who hear it, its own fonts inside, its charts as outlines.
//!
//! The paper is laid out into strips, the strips onto pages, and the pages are drawn; only then is it known how many
//! there are. The file keeps to PDF/UA-1, and to PDF/A-2a where the paper bears a day, without which an archive takes none.

mod blocks;
mod draw;
mod sheet;
pub(super) mod shown;
mod strip;
mod table;
mod tree;

use krilla::configure::{Accessibility, Archival, ConfigurationBuilder, ValidationError};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};

use self::blocks::{Heading, Setting};
use self::draw::Pen;
use self::sheet::Sheet;
use self::strip::Page;
use super::{Paper, Stop, look, words};
use crate::analysis::course::Course;

/// The longest that a title is among the properties of the file and in the margin of a reader, in characters.
const LONGEST_TITLE: usize = 1_000;

/// Writes the paper.
///
/// # Errors
/// When it was stopped, and when the file would not keep to its standard.
pub(super) fn write(paper: &Paper, course: &Course) -> Result<Vec<u8>, Stop> {
    let mut pen = Pen::new()?;
    let mut setting = Setting::new(&mut pen.letters, paper);
    setting.title(paper);
    for block in &paper.blocks {
        if course.is_stopped() {
            return Err(Stop::Stopped);
        }
        setting.block(block);
        course.advance(1);
    }
    let blocks::Set { strips, heads, headings, mut tree } = setting.finished();
    let pages = strip::pages(strips, &heads);
    let places = places(&pages, headings.len());
    let mut document = Document::new_with(settings(paper)?);
    document.set_metadata(metadata(paper));
    course.will_take(pages.len() as u64);
    for (number, page) in pages.iter().enumerate() {
        if course.is_stopped() {
            return Err(Stop::Stopped);
        }
        let sheet =
            Sheet { paper, page, number: number + 1, of: pages.len(), places: &places, headings: &headings };
        let size = PageSettings::from_wh(look::PAGE[0], look::PAGE[1]).ok_or("A page has no size.")?;
        sheet.draw(document.start_page_with(size), &mut pen, &mut tree);
        course.advance(1);
    }
    document.set_outline(outline(paper, &headings, &places));
    document.set_tag_tree(tree.finished());
    document.finish().map_err(|error| Stop::Failed(why_not(&error)))
}

/// Why there is no PDF, in plain words, and what can be done.
fn why_not(error: &KrillaError) -> String {
    use ValidationError::*;
    let why = match error {
        KrillaError::Validation(broken) => match broken.first().map(|(broken, _)| broken) {
            Some(TooLongString) => "one text in it is longer than such a file may hold".to_owned(),
            Some(TooManyIndirectObjects) => "it is larger than such a file may be".to_owned(),
            Some(ContainsNotDefGlyph(_, _, text)) => {
                format!("there is no letter for part of “{}”", words::cut(&words::whole(text), 40))
            }
            Some(NoCodepointMapping(..) | InvalidCodepointMapping(..) | UnicodePrivateArea(..)) => {
                "it holds a sign that such a file may not hold".to_owned()
            }
            _ => "it would not keep to the standard for PDF files that everybody can read".to_owned(),
        },
        KrillaError::Limit(_) => "it is larger than such a file may be".to_owned(),
        _ => "a part of it could not be put into the file".to_owned(),
    };
    format!("The PDF cannot be written: {why}. Save it as Word or HTML: both hold the same paper.")
}

/// Where each heading stands: its page from 0, and its place on it.
fn places(pages: &[Page], headings: usize) -> Vec<(usize, [f32; 2])> {
    let mut places = vec![(0, [look::SIDE, look::TOP]); headings];
    for (number, page) in pages.iter().enumerate() {
        for (top, strip) in &page.strips {
            if let Some(place) = strip.heading.and_then(|heading| places.get_mut(heading)) {
                *place = (number, [look::SIDE, look::TOP + top]);
            }
        }
    }
    places
}

fn settings(paper: &Paper) -> Result<SerializeSettings, String> {
    let standard = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    let standard = match paper.day {
        Some(_) => standard.with_archival_validator(Archival::A2_A),
        None => standard,
    };
    let configuration =
        standard.finish().map_err(|error| format!("The PDF cannot keep to its standards: {error:?}"))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn metadata(paper: &Paper) -> Metadata {
    let mut metadata = Metadata::new()
        .title(title(paper))
        .description(words::cut(&words::whole(&paper.subject), LONGEST_TITLE))
        .language("en-GB".to_owned());
    if let Some(author) = &paper.author {
        metadata = metadata.authors(vec![words::cut(&words::whole(author), LONGEST_TITLE)]);
    }
    if let Some(day) = paper.day {
        let part = |number: i8| u8::try_from(number).unwrap_or(1);
        let year = u16::try_from(day.year()).unwrap_or_default();
        let at = DateTime::new(year).month(part(day.month())).day(part(day.day()));
        metadata =
            metadata.creation_date(at.hour(0).minute(0).second(0).utc_offset_hour(0).utc_offset_minute(0));
    }
    metadata
}

/// What the paper is called; a file for everybody must have a name.
fn title(paper: &Paper) -> String {
    match words::whole(&paper.title) {
        title if title.is_empty() => "Paper".to_owned(),
        title => words::cut(&title, LONGEST_TITLE),
    }
}

/// The headings as they stand in the margin of a reader; the title alone where there are none.
fn outline(paper: &Paper, headings: &[Heading], places: &[(usize, [f32; 2])]) -> Outline {
    let mut outline = Outline::new();
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    for (heading, &(page, [x, y])) in headings.iter().zip(places) {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            close(&mut open, &mut outline);
        }
        let to = XyzDestination::new(page, Point::from_xy(x, (y - 12.0).max(0.0)));
        open.push((heading.level, OutlineNode::new(heading.words.clone(), to)));
    }
    while !open.is_empty() {
        close(&mut open, &mut outline);
    }
    if headings.is_empty() {
        outline.push_child(OutlineNode::new(title(paper), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    }
    outline
}

fn close(open: &mut Vec<(u8, OutlineNode)>, outline: &mut Outline) {
    let Some((_, node)) = open.pop() else { return };
    match open.last_mut() {
        Some((_, above)) => above.push_child(node),
        None => outline.push_child(node),
    }
}
