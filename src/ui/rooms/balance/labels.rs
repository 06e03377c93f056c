//! Where words can stand in a chart without crossing a mark, a line or one another: positions are tried, and the one
//! with the fewest faults is taken.

use egui::{Pos2, Rect, Vec2, vec2};

/// What stands in the way of words.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Words stay inside.
    pub bounds: Rect,
    /// Marks and words that must not be covered.
    pub marks: Vec<Rect>,
    /// Marks that have words of their own.
    pub owners: Vec<Rect>,
    /// Lines that must not be crossed.
    pub lines: Vec<[Pos2; 2]>,
    /// Tints and grid lines that are better left free.
    pub tints: Vec<Rect>,
    pub grid: Vec<[Pos2; 2]>,
}

/// A place that was found for some words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub rect: Rect,
    /// Whether the words stand across a grid line, and want a halo.
    pub wants_halo: bool,
}

/// How far words may be pushed from their mark, in ever longer steps.
const GAPS: [f32; 7] = [5.0, 11.0, 18.0, 25.0, 32.0, 40.0, 48.0];
/// Directions in the order of preference; the third figure is what the direction costs.
const DIRECTIONS: [(f32, f32, f32); 12] = [
    (1.0, -1.0, 0.0),
    (1.0, 1.0, 1.0),
    (-1.0, 1.0, 2.0),
    (-1.0, -1.0, 2.0),
    (0.0, -1.0, 2.5),
    (0.0, 1.0, 3.0),
    (1.0, 0.0, 3.0),
    (-1.0, 0.0, 4.0),
    (0.5, -1.0, 4.0),
    (0.5, 1.0, 4.0),
    (-0.5, 1.0, 4.5),
    (-0.5, -1.0, 4.5),
];
/// How steeply words on a diagonal move away from their mark.
const LIFTS: [f32; 3] = [0.6, 0.3, 0.1];
const TINT_COST: f32 = 5.0;
const GRID_COST: f32 = 5.0;
/// Marks closer than this share their surroundings.
const SAME_PLACE: f32 = 16.0;
/// Words with a line between them and their mark.
const PARTED_COST: f32 = 24.0;
/// A shorter name says less.
const SHORTER_COST: f32 = 14.0;
/// How much free space words keep around them.
const BREATH: f32 = 3.0;

impl Scene {
    /// Finds a place for one of some wordings, the better first, beside a mark or beside the whole reach of its
    /// uncertainty, and takes it. Answers with the wording that was placed; `None` where everything is in the way.
    pub fn place_beside(&mut self, mark: Rect, reach: Rect, sizes: &[Vec2]) -> Option<(usize, Place)> {
        let mut best: Option<(f32, usize, Rect)> = None;
        for (wording, &size) in sizes.iter().enumerate() {
            for (from, price) in [(mark, 0.0), (reach, 1.0)] {
                for (rect, cost) in places_beside(from, size) {
                    let known = price + cost + wording as f32 * SHORTER_COST;
                    if best.is_some_and(|(least, _, _)| known >= least) {
                        continue;
                    }
                    let Some(faults) = self.faults(rect) else { continue };
                    let Some(strangeness) = self.strangeness(rect, mark) else { continue };
                    let total = known + faults + strangeness;
                    if best.is_none_or(|(least, _, _)| total < least) {
                        best = Some((total, wording, rect));
                    }
                }
            }
        }
        let (_, wording, rect) = best?;
        Some((wording, self.take(rect)))
    }

    /// How little words look like those of their own mark, by their distance and by lines between; `None` where they
    /// would be taken for those of another.
    fn strangeness(&self, words: Rect, own: Rect) -> Option<f32> {
        let centre = own.center();
        let near = words.clamp(centre);
        let away = near.distance(centre);
        let mut others = self.owners.iter().filter(|other| other.center().distance(centre) > SAME_PLACE);
        if others.any(|other| words.distance_to_pos(other.center()) < away + 4.0) {
            return None;
        }
        let between = [centre, near];
        let parted = self.lines.iter().any(|&line| !crosses(own, line) && meet(between, line));
        Some(away * 0.12 + if parted { PARTED_COST } else { 0.0 })
    }

    /// Takes the first of some places that nothing is in the way of, the less faulty first.
    pub fn place_among(&mut self, places: impl IntoIterator<Item = Rect>) -> Option<Place> {
        let best = places
            .into_iter()
            .enumerate()
            .filter_map(|(order, rect)| Some((self.faults(rect)? + order as f32, rect)))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, rect)| rect)?;
        Some(self.take(best))
    }

    /// Whether nothing is in the way of a chain of boxes, such as words along a slanting line.
    #[must_use]
    pub fn is_free(&self, boxes: &[Rect]) -> bool {
        boxes.iter().all(|rect| self.faults(*rect).is_some())
    }

    fn take(&mut self, rect: Rect) -> Place {
        self.marks.push(rect);
        let wants_halo = self.grid.iter().any(|&line| crosses(rect, line));
        Place { rect, wants_halo }
    }

    /// What speaks against a place, or `None` where it is out of the question.
    fn faults(&self, rect: Rect) -> Option<f32> {
        if !self.bounds.contains_rect(rect) {
            return None;
        }
        let room = rect.expand(BREATH);
        if self.marks.iter().any(|mark| mark.intersects(room))
            || self.lines.iter().any(|&line| crosses(room, line))
        {
            return None;
        }
        let tints = self.tints.iter().filter(|tint| tint.intersects(rect)).count() as f32;
        let grid = self.grid.iter().filter(|&&line| crosses(rect, line)).count() as f32;
        Some(tints * TINT_COST + grid * GRID_COST)
    }
}

/// Every place for words of a size around a mark, with what each costs by itself.
fn places_beside(mark: Rect, size: Vec2) -> impl Iterator<Item = (Rect, f32)> {
    GAPS.into_iter().flat_map(move |gap| {
        DIRECTIONS.into_iter().flat_map(move |(x, y, cost)| {
            let is_diagonal = x.abs() >= 1.0 && y != 0.0;
            let lifts = if is_diagonal { &LIFTS[..] } else { &LIFTS[..1] };
            lifts.iter().map(move |&lift| {
                let rise = if is_diagonal { gap * lift } else { gap };
                (beside(mark, size, vec2(x, y), vec2(gap, rise)), cost + gap * 0.4)
            })
        })
    })
}

/// The place of words in a direction from a mark.
fn beside(mark: Rect, size: Vec2, direction: Vec2, gap: Vec2) -> Rect {
    let reach = mark.size() / 2.0;
    // On a diagonal the words begin over the mark's edge, so that they still look like its own.
    let aside = if direction.y == 0.0 { reach.x } else { reach.x * 0.5 } + gap.x + size.x / 2.0;
    let x = if direction.x.abs() >= 1.0 { direction.x * aside } else { direction.x * size.x / 2.0 };
    let y = direction.y * (size.y / 2.0 + reach.y + gap.y);
    Rect::from_center_size(mark.center() + vec2(x, y), size)
}

/// Whether two lines cross.
fn meet([a, b]: [Pos2; 2], [c, d]: [Pos2; 2]) -> bool {
    let turn = |p: Pos2, q: Pos2, r: Pos2| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0
}

/// Whether a line passes through a box (Liang and Barsky's clipping).
#[must_use]
pub fn crosses(rect: Rect, [a, b]: [Pos2; 2]) -> bool {
    let (mut enters, mut leaves) = (0.0_f32, 1.0_f32);
    let way = b - a;
    let sides = [
        (-way.x, a.x - rect.left()),
        (way.x, rect.right() - a.x),
        (-way.y, a.y - rect.top()),
        (way.y, rect.bottom() - a.y),
    ];
    for (towards, room) in sides {
        if towards == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if towards < 0.0 {
            enters = enters.max(room / towards);
        } else {
            leaves = leaves.min(room / towards);
        }
    }
    enters <= leaves
}

/// The boxes that words of this size take up along a line that runs from `start` in the direction of `angle`.
#[must_use]
pub fn boxes_along(start: Pos2, angle: f32, size: Vec2) -> Vec<Rect> {
    let along = Vec2::angled(angle);
    let up = vec2(along.y, -along.x);
    let steps = (size.x / (size.y * 0.5)).ceil().max(1.0) as usize;
    (0..=steps)
        .map(|step| {
            let centre = start + along * (size.x * step as f32 / steps as f32) + up * (size.y / 2.0);
            Rect::from_center_size(centre, Vec2::splat(size.y * 0.8))
        })
        .collect()
}

/// Sets words in a row so that each stands as near its wish as it can without touching another, from `left` to `right`.
/// Each is (wished centre, width), in rising order of wishes; answers with their left ends. `None` where they do not all
/// fit.
#[must_use]
pub fn in_a_row(words: &[(f32, f32)], left: f32, right: f32, gap: f32) -> Option<Vec<f32>> {
    let mut starts = Vec::with_capacity(words.len());
    let mut free_from = left;
    for (centre, width) in words {
        let start = (centre - width / 2.0).max(free_from);
        free_from = start + width + gap;
        starts.push(start);
    }
    let mut free_to = right;
    for (start, (_, width)) in starts.iter_mut().zip(words).rev() {
        *start = start.min(free_to - width);
        free_to = *start - gap;
    }
    (free_to + gap >= left - 0.5).then_some(starts)
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn scene() -> Scene {
        Scene {
            bounds: Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 400.0)),
            marks: Vec::new(),
            owners: Vec::new(),
            lines: Vec::new(),
            tints: Vec::new(),
            grid: Vec::new(),
        }
    }

    #[test]
    fn words_avoid_marks_lines_and_one_another() {
        let mut scene = scene();
        let mark = Rect::from_center_size(pos2(200.0, 200.0), Vec2::splat(22.0));
        scene.marks.push(mark);
        scene.lines.push([pos2(0.0, 180.0), pos2(400.0, 180.0)]);
        let wording = [vec2(100.0, 16.0)];
        let places: Vec<Place> =
            (0..3).filter_map(|_| Some(scene.place_beside(mark, mark, &wording)?.1)).collect();
        assert_eq!(places.len(), 3);
        for (index, place) in places.iter().enumerate() {
            assert!(!place.rect.intersects(mark) && !crosses(place.rect, scene.lines[0]));
            assert!(places[..index].iter().all(|other| !other.rect.intersects(place.rect)));
        }
    }

    #[test]
    fn no_place_is_better_than_a_bad_one() {
        let mut scene = scene();
        scene.marks.push(scene.bounds);
        let mark = Rect::from_center_size(pos2(200.0, 200.0), Vec2::splat(22.0));
        assert_eq!(scene.place_beside(mark, mark, &[vec2(100.0, 16.0)]), None);
    }

    #[test]
    fn a_short_name_beside_its_mark_is_better_than_a_long_one_beside_another() {
        let mut scene = scene();
        let marks = [150.0, 200.0].map(|x| Rect::from_center_size(pos2(x, 200.0), Vec2::splat(22.0)));
        scene.marks.extend(marks);
        scene.owners.extend(marks);
        scene.lines.push([pos2(215.0, 0.0), pos2(215.0, 400.0)]);
        let sizes = [vec2(140.0, 16.0), vec2(24.0, 16.0)];
        let placed = scene.place_beside(marks[1], marks[1], &sizes);
        assert!(placed.is_some_and(|(wording, place)| {
            wording == 1 && place.rect.distance_to_pos(marks[1].center()) < 30.0
        }));
    }

    #[test]
    fn a_line_crosses_a_box_only_where_it_does() {
        let rect = Rect::from_min_max(pos2(10.0, 10.0), pos2(20.0, 20.0));
        assert!(crosses(rect, [pos2(0.0, 0.0), pos2(30.0, 30.0)]));
        assert!(!crosses(rect, [pos2(0.0, 15.0), pos2(9.0, 15.0)]));
        assert!(!crosses(rect, [pos2(0.0, 25.0), pos2(30.0, 25.0)]));
    }

    #[test]
    fn words_in_a_row_keep_apart_and_inside() {
        let row = in_a_row(&[(50.0, 40.0), (60.0, 40.0), (195.0, 40.0)], 0.0, 200.0, 8.0);
        assert_eq!(row, Some(vec![30.0, 78.0, 160.0]));
        assert_eq!(in_a_row(&[(50.0, 120.0), (60.0, 120.0)], 0.0, 200.0, 8.0), None);
    }
}
