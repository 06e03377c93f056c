//! Strips of paper, and how they come onto pages: a strip is what no page may tear, a line, a row, a picture.

use std::rc::Rc;

use super::tree::Slot;
use crate::exchange::drawing::{Colour, Drawing, Face};
use crate::exchange::report::look;

/// Something on a strip; places are points from its top left corner.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub at: [f32; 2],
    pub what: What,
    /// What it is for those who do not see it; nothing where it is only for the eye.
    pub slot: Option<Slot>,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// Letters on a baseline at `at`.
    Words {
        text: String,
        face: Face,
        size: f32,
        colour: Colour,
    },
    /// A filled rectangle: rules and what stands behind words.
    Fill {
        size: [f32; 2],
        colour: Colour,
    },
    Drawing {
        drawing: Rc<Drawing>,
        scale: f32,
    },
    /// A rectangle that leads to a heading.
    Link {
        size: [f32; 2],
        to: usize,
    },
}

/// What no page may tear.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    pub height: f32,
    /// The space above; the top of a page swallows it.
    pub before: f32,
    /// Stays on one page with the next.
    pub keeps: bool,
    pub marks: Vec<Mark>,
    /// The heads of which table are repeated when a page ends before this strip.
    pub under: Option<usize>,
    /// The heading that begins here.
    pub heading: Option<usize>,
    /// Begins a new page.
    pub new_page: bool,
    /// Behind the strip and the space above it, where it goes on from the strip before.
    pub behind: Option<(Colour, Colour)>,
}

/// How small a chart may become, against what it is otherwise, so that it stays on its page.
const LEAST_PART: f32 = 0.72;

impl Strip {
    /// Whether it is a chart and nothing else.
    fn is_chart(&self) -> bool {
        matches!(&self.marks[..], [Mark { what: What::Drawing { .. }, .. }]) && self.under.is_none()
    }
}

/// A page: strips and where their tops stand, from the top of the text.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub strips: Vec<(f32, Strip)>,
}

/// Puts strips onto pages. `heads` are those of the tables by their number.
pub(super) fn pages(strips: Vec<Strip>, heads: &[Vec<Strip>]) -> Vec<Page> {
    let mut laid = Laid { pages: vec![Page::default()], y: 0.0, heads };
    let mut rest = strips.into_iter().peekable();
    while rest.peek().is_some() {
        let mut group: Vec<Strip> = Vec::new();
        for strip in rest.by_ref() {
            let goes_on = strip.keeps;
            group.push(strip);
            if !goes_on {
                break;
            }
        }
        laid.place(group);
    }
    laid.pages
}

struct Laid<'a> {
    pages: Vec<Page>,
    y: f32,
    heads: &'a [Vec<Strip>],
}

impl Laid<'_> {
    fn is_at_top(&self) -> bool {
        self.pages.last().is_none_or(|page| page.strips.is_empty())
    }

    /// Places strips that stay together where a page can hold them, and one by one where none can.
    fn place(&mut self, mut group: Vec<Strip>) {
        self.fit_in(&mut group);
        let Some(first) = group.first() else { return };
        if first.new_page && !self.is_at_top() {
            self.turn(None);
        }
        let height = height_of(&group) + if self.is_at_top() { 0.0 } else { first.before };
        if self.y + height > look::HEIGHT && !self.is_at_top() {
            self.turn(first.under);
        }
        for strip in group {
            let gap = if self.is_at_top() { 0.0 } else { strip.before };
            if self.y + gap + strip.height > look::HEIGHT && !self.is_at_top() {
                self.turn(strip.under);
            }
            self.put(strip);
        }
    }

    /// Makes the chart among strips a little smaller where they stay on this page for it, which would be left half empty.
    fn fit_in(&self, group: &mut [Strip]) {
        let Some(first) = group.first().filter(|first| !first.new_page && !self.is_at_top()) else { return };
        let over = self.y + first.before + height_of(group) - look::HEIGHT;
        let Some(chart) = group.iter_mut().find(|strip| strip.is_chart()).filter(|_| over > 0.0) else {
            return;
        };
        let part = (chart.height - over) / chart.height;
        if part >= LEAST_PART {
            chart.height *= part;
            for mark in &mut chart.marks {
                if let What::Drawing { scale, .. } = &mut mark.what {
                    *scale *= part;
                }
            }
        }
    }

    /// A new page, with the heads of the table that goes on there.
    fn turn(&mut self, under: Option<usize>) {
        self.pages.push(Page::default());
        self.y = 0.0;
        let Some(heads) = under.and_then(|table| self.heads.get(table)) else { return };
        for head in heads {
            let mut again = head.clone();
            // Said once, where the table begins.
            again.marks.iter_mut().for_each(|mark| mark.slot = None);
            self.put(again);
        }
    }

    fn put(&mut self, strip: Strip) {
        let is_at_top = self.is_at_top();
        let Some(page) = self.pages.last_mut() else { return };
        let top = if is_at_top { 0.0 } else { self.y + strip.before };
        self.y = top + strip.height;
        page.strips.push((top, strip));
    }
}

/// How high strips stand, without the space above the first.
fn height_of(strips: &[Strip]) -> f32 {
    strips.iter().map(|strip| strip.before + strip.height).sum::<f32>()
        - strips.first().map_or(0.0, |first| first.before)
}

/// Holds a paragraph's first two and last two lines together.
pub(super) fn hold_ends(strips: &mut [Strip]) {
    let count = strips.len();
    for (index, strip) in strips.iter_mut().enumerate() {
        strip.keeps |= index + 1 < count && (index == 0 || index + 2 == count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(height: f32, keeps: bool) -> Strip {
        Strip { height, keeps, ..Strip::default() }
    }

    fn heights(pages: &[Page]) -> Vec<Vec<f32>> {
        pages.iter().map(|page| page.strips.iter().map(|(_, strip)| strip.height).collect()).collect()
    }

    #[test]
    fn a_heading_goes_over_with_what_it_heads() {
        let pages =
            pages(vec![strip(look::HEIGHT - 40.0, false), strip(20.0, true), strip(30.0, false)], &[]);
        assert_eq!(heights(&pages), [vec![look::HEIGHT - 40.0], vec![20.0, 30.0]]);
    }

    #[test]
    fn what_no_page_can_hold_together_is_placed_one_by_one_and_none_is_lost() {
        let pages = pages((0..100).map(|_| strip(30.0, true)).collect(), &[]);
        assert_eq!(pages.iter().map(|page| page.strips.len()).sum::<usize>(), 100);
        for page in &pages {
            assert!(page.strips.iter().all(|(top, strip)| top + strip.height <= look::HEIGHT + 0.01));
        }
    }

    #[test]
    fn a_chart_is_made_a_little_smaller_to_stay_on_its_page_and_no_more_than_that() {
        let chart = |height: f32| {
            let what = What::Drawing { drawing: Rc::new(Drawing::default()), scale: 0.5 };
            let marks = vec![Mark { at: [0.0, 0.0], what, slot: None }];
            Strip { marks, ..strip(height, false) }
        };
        let above = look::HEIGHT - 200.0;
        let pages_of = |height: f32| pages(vec![strip(above, false), strip(20.0, true), chart(height)], &[]);
        let stays = pages_of(200.0);
        assert_eq!(heights(&stays), [vec![above, 20.0, 180.0]]);
        assert!(
            matches!(stays[0].strips[2].1.marks[0].what, What::Drawing { scale, .. } if (scale - 0.45).abs() < 1e-6)
        );
        assert_eq!(heights(&pages_of(300.0)), [vec![above], vec![20.0, 300.0]]);
    }

    #[test]
    fn a_table_that_goes_over_has_its_heads_again() {
        let head = vec![strip(11.0, true)];
        let row = || Strip { under: Some(0), ..strip(100.0, false) };
        let mut strips = head.clone();
        strips.extend((0..10).map(|_| row()));
        let pages = pages(strips, &[head]);
        assert!(pages.len() > 1);
        assert!(pages.iter().all(|page| page.strips[0].1.height == 11.0));
    }
}
