//! Points on a line from 0 to 100: a shape for each ballot by its sector, stacked where they are alike, with the median and
//! the middle half; hollow for the round before.

use egui::{Align2, Color32, Pos2, Rect, Stroke, Ui, pos2};

use super::said::{FEWEST_MARKS, Points, Said};
use crate::{
    model::{Workspace, balance::Side, voices::SectorShape},
    ui::{
        theme::{Tokens, Type, mix, rounded},
        widgets::{paint_shape, paint_text},
    },
};

/// Points nearer than this stand on one another.
const ALIKE: f64 = 2.0;
/// Heaps that would be wider than so many marks are one mark with their number.
const MOST_COLUMNS: usize = 5;
/// Marks of larger heaps are not parted from each other: it would double what is painted, for nothing that is seen.
const MOST_PARTED: usize = 9;

/// Who the round marks are of.
const OTHERS: &str = "others: too few to be told apart";

/// What the marks without a filling are.
const HOLLOW: &str = "hollow: the first round";

/// How a strip is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Strip {
    /// From 0 to 100 across, and as tall as the strip.
    pub place: Rect,
    pub side: Side,
    /// The width of a mark at the most.
    pub mark: f32,
    /// How far apart marks of a heap stand.
    pub apart: f32,
    /// What lies under the marks.
    pub ground: Color32,
}

impl Strip {
    /// Where so many points stand.
    #[must_use]
    pub fn x(&self, points: f64) -> f32 {
        self.place.left() + (points.clamp(0.0, 100.0) / 100.0) as f32 * self.place.width()
    }

    /// Paints the points.
    pub fn paint(&self, ui: &Ui, workspace: &Workspace, points: &Points, strong: bool) {
        let tokens = Tokens::of(ui);
        let Some(spread) = &points.spread else { return };
        let band = if strong { tokens.track } else { tokens.hair };
        let few = points.now.len() < FEWEST_MARKS;
        let (from, to) =
            if few { (spread.min, spread.max) } else { (spread.lower_quartile, spread.upper_quartile) };
        let inset = if strong { 4.0 } else { 2.5 };
        let middle = Rect::from_x_y_ranges(
            self.x(from) - 3.0..=self.x(to) + 3.0,
            self.place.top() + inset..=self.place.bottom() - inset,
        );
        ui.painter().rect_filled(middle, rounded(2.0), band);
        let x = self.x(spread.median);
        let line = Stroke::new(2.0, tokens.ink);
        // Marks at the median would be parted by a line through them.
        let hit = points.now.iter().any(|(_, points)| (points - spread.median).abs() <= ALIKE / 2.0);
        if few || !hit {
            ui.painter().vline(x, middle.y_range(), line);
        }
        for y in [middle.top(), middle.bottom()] {
            ui.painter().hline(x - 9.0..=x + 9.0, y, line);
        }
        if few {
            return;
        }
        let colour = tokens.side(self.side).fill;
        let faint = mix(colour, self.ground, 0.35);
        self.paint_marks(ui, workspace, &points.before, (Color32::TRANSPARENT, Stroke::new(1.1, faint)));
        self.paint_marks(ui, workspace, &points.now, (colour, Stroke::new(1.0, self.ground)));
    }

    fn paint_marks(
        &self,
        ui: &Ui,
        workspace: &Workspace,
        marks: &[(Option<usize>, f64)],
        (fill, edge): (Color32, Stroke),
    ) {
        let gap = self.apart;
        let rows = ((self.place.height() - 2.0) / gap).floor().max(1.0) as usize;
        let mut from = 0;
        while from < marks.len() {
            let to = from + marks[from..].iter().take_while(|(_, p)| p - marks[from].1 <= ALIKE).count();
            let mut heap = marks[from..to].to_vec();
            heap.sort_by_key(|(sector, _)| sector.unwrap_or(usize::MAX));
            let centre = heap.iter().map(|(_, points)| points).sum::<f64>() / heap.len() as f64;
            self.paint_heap(ui, workspace, &heap, (self.x(centre), gap, rows), (fill, edge));
            from = to;
        }
    }

    /// One mark with how many it stands for, "×14", where so many alike would run over everything beside them.
    fn paint_count(
        &self,
        ui: &Ui,
        workspace: &Workspace,
        heap: &[(Option<usize>, f64)],
        x: f32,
        (fill, edge): (Color32, Stroke),
    ) {
        let words = format!("×{}", heap.len());
        let wide = self.mark + 4.0 + super::wall::width(ui, &words, Type::Small);
        let left = (x - self.mark / 2.0).min(self.place.right() - wide).max(self.place.left());
        let centre = pos2(left + self.mark / 2.0, self.place.center().y);
        paint_mark(ui, shape_of(workspace, same_sector(heap)), centre, self.mark, (fill, edge));
        let is_now = fill != Color32::TRANSPARENT;
        let ink = if is_now { Tokens::of(ui).ink } else { Tokens::of(ui).ink3 };
        let at = pos2(left + self.mark + 4.0, centre.y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::Small, ink);
    }

    /// Where the marks of a heap around `x` stand, `gap` apart in so many rows at the most; `None` where they are too many to
    /// be told apart. A heap at an end stays within the strip.
    fn heap_places(&self, many: usize, (x, gap, rows): (f32, f32, usize)) -> Option<Vec<Pos2>> {
        let columns = many.div_ceil(rows);
        if columns > MOST_COLUMNS {
            return None;
        }
        let half = columns.saturating_sub(1) as f32 / 2.0 * gap + self.mark / 2.0;
        let (least, most) = (self.place.left() + half, self.place.right() - half);
        let x = if least <= most { x.clamp(least, most) } else { self.place.center().x };
        let used = many.div_ceil(columns.max(1));
        let place = |at: usize| {
            let (row, column) = (at / columns, at % columns);
            let in_row = columns.min(many - row * columns);
            pos2(
                x + (column as f32 - (in_row - 1) as f32 / 2.0) * gap,
                self.place.center().y + (row as f32 - (used - 1) as f32 / 2.0) * gap,
            )
        };
        Some((0..many).map(place).collect())
    }

    fn paint_heap(
        &self,
        ui: &Ui,
        workspace: &Workspace,
        heap: &[(Option<usize>, f64)],
        (x, gap, rows): (f32, f32, usize),
        (fill, edge): (Color32, Stroke),
    ) {
        let Some(places) = self.heap_places(heap.len(), (x, gap, rows)) else {
            self.paint_count(ui, workspace, heap, x, (fill, edge));
            return;
        };
        for ((sector, _), centre) in heap.iter().zip(places) {
            let shape = shape_of(workspace, *sector);
            // The ground around a filled mark parts it from its neighbours.
            if fill != Color32::TRANSPARENT {
                if heap.len() <= MOST_PARTED {
                    paint_mark(ui, shape, centre, self.mark + 2.0, (edge.color, Stroke::NONE));
                }
                paint_mark(ui, shape, centre, self.mark, (fill, Stroke::NONE));
            } else {
                paint_mark(ui, shape, centre, self.mark - 1.0, (fill, edge));
            }
        }
    }
}

/// The sector that all of a heap are of.
fn same_sector(heap: &[(Option<usize>, f64)]) -> Option<usize> {
    let first = heap.first()?.0;
    first.filter(|_| heap.iter().all(|(sector, _)| *sector == first))
}

/// The shape of a sector; `None` for those that are not told apart.
fn shape_of(workspace: &Workspace, sector: Option<usize>) -> Option<SectorShape> {
    Some(workspace.voices.sectors.get(sector?).map(|sector| sector.shape).unwrap_or_default())
}

/// A mark in the shape of its sector, or round.
fn paint_mark(
    ui: &Ui,
    shape: Option<SectorShape>,
    centre: Pos2,
    width: f32,
    (fill, edge): (Color32, Stroke),
) {
    match shape {
        Some(shape) => paint_shape(ui.painter(), shape, centre, width, fill, edge),
        None => drop(ui.painter().circle(centre, width * 0.46, fill, edge)),
    }
}

/// The scale over strips: 0, 25, 50, 75 and 100, with lines down to `bottom`.
pub fn paint_scale(ui: &Ui, strip: &Strip, y: f32, bottom: f32) {
    let tokens = Tokens::of(ui);
    for points in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let x = strip.x(points);
        let line = Stroke::new(0.75, tokens.hair);
        ui.painter().vline(x, y + 11.0..=bottom, line);
        let words = crate::model::wording::number(points, 0);
        paint_text(ui.painter(), pos2(x, y), Align2::CENTER_CENTER, &words, Type::Small, tokens.ink3);
    }
}

/// The sectors that are told apart, each with its shape, in a row from the left, and round marks for all others.
pub fn paint_sectors(ui: &mut Ui, workspace: &Workspace, said: &Said, mut place: Rect) {
    let tokens = Tokens::of(ui);
    if said.points.iter().any(|points| !points.before.is_empty()) {
        let wide = super::wall::width(ui, HOLLOW, Type::Small) + 2.0;
        let at = pos2(place.right() - wide, place.center().y);
        super::wall::label(ui, at, Align2::LEFT_CENTER, HOLLOW, Type::Small, tokens.ink2, (wide, 1));
        place.max.x -= wide + 12.0;
    }
    let mut x = place.left();
    let sectors = said.sectors.iter();
    let mut names: Vec<(Option<usize>, &str)> =
        sectors.filter_map(|&at| Some((Some(at), workspace.voices.sectors.get(at)?.short_name()))).collect();
    if said.has_others {
        let width = |ui: &Ui, words: &str| super::wall::width(ui, words, Type::Small) + 36.0;
        let taken: f32 = names.iter().map(|(_, name)| width(ui, name)).sum();
        let fits = taken + width(ui, OTHERS) <= place.width();
        names.push((None, if fits { OTHERS } else { "others" }));
    }
    const LEAST: f32 = 58.0;
    let room = ((place.width() / LEAST) as usize).max(1);
    let shown = if names.len() > room { room - 1 } else { names.len() };
    let more = names.len() - shown;
    let widths: Vec<f32> =
        names.iter().take(shown).map(|(_, name)| super::wall::width(ui, name, Type::Small) + 2.0).collect();
    let more_words = if more > 0 { format!("and {more} more") } else { String::new() };
    let taken = if more > 0 { super::wall::width(ui, &more_words, Type::Small) + 6.0 } else { 0.0 };
    let all = place.width() - taken - 23.0 * shown as f32;
    let most = widest_that_fits(&widths, all);
    let total: f32 = widths.iter().map(|wide| wide.min(most) + 17.0).sum();
    let gap = ((place.width() - taken - total) / shown.max(2) as f32).clamp(6.0, 17.0);
    for ((at, name), wide) in names.into_iter().zip(widths) {
        let wide = wide.min(most);
        let centre = pos2(x + 6.0, place.center().y);
        paint_mark(ui, shape_of(workspace, at), centre, 11.0, (tokens.ink2, Stroke::NONE));
        let at = pos2(x + 17.0, centre.y);
        super::wall::label(ui, at, Align2::LEFT_CENTER, name, Type::Small, tokens.ink2, (wide, 1));
        x += 17.0 + wide + gap;
    }
    if more > 0 {
        let at = pos2(x, place.center().y);
        super::wall::label(ui, at, Align2::LEFT_CENTER, &more_words, Type::Small, tokens.ink2, (taken, 1));
    }
}

/// The width to which the widest of these must be cut for all to have room.
fn widest_that_fits(widths: &[f32], room: f32) -> f32 {
    let mut sorted = widths.to_vec();
    sorted.sort_by(f32::total_cmp);
    let mut left = room;
    for (at, wide) in sorted.iter().enumerate() {
        let share = left / (sorted.len() - at) as f32;
        if *wide > share {
            return share.max(1.0);
        }
        left -= wide;
    }
    f32::INFINITY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip() -> Strip {
        let place = Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 44.0));
        Strip { place, side: Side::Commercial, mark: 10.0, apart: 9.5, ground: Color32::WHITE }
    }

    #[test]
    fn marks_of_a_heap_stand_apart_within_the_strip_at_the_ends_too() {
        for many in 1..=20 {
            for x in [0.0, 3.0, 200.0, 400.0] {
                let places = strip().heap_places(many, (x, 9.5, 4)).unwrap();
                assert_eq!(places.len(), many);
                let all = strip().place;
                assert!(
                    places
                        .iter()
                        .all(|at| all.contains_rect(Rect::from_center_size(*at, egui::vec2(10.0, 1.0))))
                );
                assert!(places.iter().all(|at| all.y_range().contains(at.y)));
                for (n, one) in places.iter().enumerate() {
                    assert!(places[n + 1..].iter().all(|other| one.distance(*other) > 9.0), "{many} at {x}");
                }
            }
        }
    }

    #[test]
    fn a_heap_of_too_many_is_a_mark_with_their_number() {
        assert_eq!(strip().heap_places(21, (200.0, 9.5, 4)), None);
        assert_eq!(strip().heap_places(0, (200.0, 9.5, 4)), Some(Vec::new()));
    }

    #[test]
    fn long_names_are_cut_alike_and_short_ones_not() {
        assert!(widest_that_fits(&[20.0, 30.0], 60.0).is_infinite());
        assert!((widest_that_fits(&[20.0, 100.0, 200.0], 120.0) - 50.0).abs() < 1e-4);
    }
}
