//! One page, drawn.

use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::{Destination, XyzDestination};
use krilla::geom::{Point, Rect};
use krilla::page::Page as PdfPage;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};

use super::blocks::Heading;
use super::draw::{Pen, fill, filled};
use super::strip::{Mark, Page, Strip, What};
use super::tree::{Slot, Tree};
use crate::exchange::drawing::Face;
use crate::exchange::report::{Paper, look, words};

/// A page with what it needs to know of the others.
pub(super) struct Sheet<'a> {
    pub paper: &'a Paper,
    pub page: &'a Page,
    /// From 1.
    pub number: usize,
    pub of: usize,
    /// Where each heading stands: its page from 0, and its place on it.
    pub places: &'a [(usize, [f32; 2])],
    pub headings: &'a [Heading],
}

/// A place on the page that leads to a heading.
struct Link {
    rect: [f32; 4],
    to: usize,
    slot: Option<Slot>,
}

impl Sheet<'_> {
    pub(super) fn draw(&self, mut page: PdfPage<'_>, pen: &mut Pen, tree: &mut Tree) {
        let mut surface = page.surface();
        let mut links = Vec::new();
        self.edges(&mut surface, pen);
        for (index, (top, strip)) in self.page.strips.iter().enumerate() {
            let at = [look::SIDE, look::TOP + top];
            self.behind(&mut surface, strip, at, index);
            for mark in &strip.marks {
                self.mark(&mut surface, pen, tree, mark, at, &mut links);
            }
        }
        surface.finish();
        for link in links {
            self.link(&mut page, tree, &link);
        }
        page.finish();
    }

    /// What stands at the head and at the foot of every page.
    fn edges(&self, surface: &mut Surface<'_>, pen: &mut Pen) {
        let [left, right] = [0, 1].map(|at| words::whole(&self.paper.head[at]));
        surface.start_tagged(artifact(ArtifactType::Header));
        self.edge(surface, pen, look::HEAD_LINE, [&left, &right]);
        surface.end_tagged();
        surface.start_tagged(artifact(ArtifactType::Footer));
        let rule = look::FOOT_LINE - 15.0;
        filled(surface, [look::SIDE, rule], [look::WIDTH, 0.6], look::HAIR);
        let number = format!("{} of {}", self.number, self.of);
        self.edge(surface, pen, look::FOOT_LINE, [&words::whole(&self.paper.foot), &number]);
        surface.end_tagged();
    }

    /// Words at the left and at the right of one line; what does not fit beside the right is cut with an ellipsis.
    fn edge(&self, surface: &mut Surface<'_>, pen: &mut Pen, y: f32, [left, right]: [&str; 2]) {
        let style = look::EDGE;
        let right = cut(pen, right, look::WIDTH * 0.6);
        let room = look::WIDTH - pen.letters.width(Face::Text, &right) * style.size - look::GUTTER;
        let left = cut(pen, left, room);
        surface.set_stroke(None);
        surface.set_fill(fill(style.colour));
        pen.words(surface, [look::SIDE, y], &left, Face::Text, style.size);
        let wide = pen.letters.width(Face::Text, &right) * style.size;
        pen.words(surface, [look::SIDE + look::WIDTH - wide, y], &right, Face::Text, style.size);
    }

    /// The tint of a box and the bar at its left, through the space between its lines.
    fn behind(&self, surface: &mut Surface<'_>, strip: &Strip, at: [f32; 2], index: usize) {
        let Some((bar, tint)) = strip.behind else { return };
        let goes_on = index > 0 && self.page.strips[index - 1].1.behind.is_some();
        let above = if goes_on { strip.before } else { 0.0 };
        let (top, height) = (at[1] - above, strip.height + above);
        surface.start_tagged(artifact(ArtifactType::Layout));
        filled(surface, [at[0], top], [look::WIDTH, height], tint);
        filled(surface, [at[0], top], [3.0, height], bar);
        surface.end_tagged();
    }

    fn mark(
        &self,
        surface: &mut Surface<'_>,
        pen: &mut Pen,
        tree: &mut Tree,
        mark: &Mark,
        at: [f32; 2],
        links: &mut Vec<Link>,
    ) {
        let at = [at[0] + mark.at[0], at[1] + mark.at[1]];
        if let What::Link { size, to } = mark.what {
            // A head that comes again leads nowhere: nobody would hear of it.
            if mark.slot.is_some() {
                links.push(Link {
                    rect: [at[0], at[1], at[0] + size[0], at[1] + size[1]],
                    to,
                    slot: mark.slot,
                });
            }
            return;
        }
        let tag = match (&mark.what, mark.slot) {
            (_, None) => artifact(ArtifactType::Layout),
            (What::Words { .. }, Some(_)) => ContentTag::Span(SpanTag::empty()),
            _ => ContentTag::Other,
        };
        let drawn = surface.start_tagged(tag);
        match &mark.what {
            What::Words { text, face, size, colour } => {
                surface.set_stroke(None);
                surface.set_fill(fill(*colour));
                pen.words(surface, at, text, *face, *size);
            }
            What::Fill { size, colour } => filled(surface, at, *size, *colour),
            What::Drawing { drawing, scale } => pen.drawing(surface, at, drawing, *scale),
            What::Link { .. } => {}
        }
        surface.end_tagged();
        if let Some(slot) = mark.slot {
            tree.fill(slot, drawn);
        }
    }

    fn link(&self, page: &mut PdfPage<'_>, tree: &mut Tree, link: &Link) {
        let [left, top, right, bottom] = link.rect;
        let (Some(rect), Some(&(to, [x, y]))) =
            (Rect::from_ltrb(left, top, right, bottom), self.places.get(link.to))
        else {
            return;
        };
        let to = Destination::Xyz(XyzDestination::new(to, Point::from_xy(x, (y - 12.0).max(0.0))));
        let says =
            self.headings.get(link.to).map_or_else(String::new, |heading| format!("Go to {}", heading.words));
        let drawn = page.add_tagged_annotation(Annotation::new_link(
            LinkAnnotation::new(rect, Target::Destination(to)),
            Some(says),
        ));
        if let Some(slot) = link.slot {
            tree.fill(slot, drawn);
        }
    }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

/// The text, or as much of it as fits, in the letters of the edges of a page.
fn cut(pen: &mut Pen, text: &str, room: f32) -> String {
    let size = look::EDGE.size;
    if pen.letters.width(Face::Text, text) * size <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        let longer = format!("{kept}{character}…");
        if pen.letters.width(Face::Text, &longer) * size > room {
            break;
        }
        kept.push(character);
    }
    format!("{}…", kept.trim_end())
}
