//! Where the names of the options stand on a map: inside their regions, clear of the marks; beside them with a line where
//! a region is too small.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

/// How fine the places in a region are tried, across and up.
const STEPS: usize = 16;

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    /// A badge over a name, around this point.
    Named(Pos2),
    /// A badge alone.
    Badge(Pos2),
    /// A badge outside with a line to the region's point.
    Outside { badge: Pos2, to: Pos2 },
}

/// The best place for a name of this size in a convex region; its box is added to what is taken.
pub fn place(
    corners: &[Pos2],
    centre: Pos2,
    name: Vec2,
    bounds: Rect,
    taken: &mut Vec<Rect>,
) -> Option<Spot> {
    let named = inside(corners, centre, name, taken);
    if let Some(at) = named {
        taken.push(Rect::from_center_size(at, name));
        return Some(Spot::Named(at));
    }
    let badge = vec2(26.0, 26.0);
    if let Some(at) = inside(corners, centre, badge, taken) {
        taken.push(Rect::from_center_size(at, badge));
        return Some(Spot::Badge(at));
    }
    let ways = [(-52.0, -34.0), (-52.0, 34.0), (52.0, -34.0), (52.0, 34.0), (0.0, -52.0), (-84.0, -10.0)];
    let outside = ways.into_iter().map(|(x, y)| centre + vec2(x, y)).find(|at| {
        let spot = Rect::from_center_size(*at, badge);
        bounds.contains_rect(spot) && taken.iter().all(|other| !other.intersects(spot))
    })?;
    taken.push(Rect::from_center_size(outside, badge));
    Some(Spot::Outside { badge: outside, to: centre })
}

/// The place nearest to the centre at which a box lies inside the region and clear of what is taken.
fn inside(corners: &[Pos2], centre: Pos2, size: Vec2, taken: &[Rect]) -> Option<Pos2> {
    let hull = Rect::from_points(corners);
    let step = |index: usize| (index as f32 + 0.5) / STEPS as f32;
    let tried = (0..STEPS * STEPS).map(|index| {
        let (across, up) = (step(index % STEPS), step(index / STEPS));
        pos2(hull.left() + across * hull.width(), hull.top() + up * hull.height())
    });
    let fits = |at: &Pos2| {
        let spot = Rect::from_center_size(*at, size);
        let ends = [spot.left_top(), spot.right_top(), spot.right_bottom(), spot.left_bottom()];
        ends.into_iter().all(|end| holds(corners, end)) && taken.iter().all(|other| !other.intersects(spot))
    };
    std::iter::once(centre)
        .chain(tried)
        .filter(fits)
        .min_by(|a, b| a.distance_sq(centre).total_cmp(&b.distance_sq(centre)))
}

/// Whether a convex polygon holds a point.
fn holds(corners: &[Pos2], point: Pos2) -> bool {
    let next = corners.iter().cycle().skip(1);
    let mut turns =
        corners.iter().zip(next).map(|(a, b)| (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x));
    let Some(first) = turns.next() else { return false };
    turns.all(|turn| (turn >= 0.0) == (first >= 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Pos2; 4] = [pos2(0.0, 0.0), pos2(100.0, 0.0), pos2(100.0, 100.0), pos2(0.0, 100.0)];
    const BOUNDS: Rect = Rect { min: pos2(-200.0, -200.0), max: pos2(300.0, 300.0) };

    #[test]
    fn a_name_stands_in_the_middle_of_its_region_unless_something_is_there() {
        let mut taken = Vec::new();
        let centre = pos2(50.0, 50.0);
        assert_eq!(place(&SQUARE, centre, vec2(40.0, 20.0), BOUNDS, &mut taken), Some(Spot::Named(centre)));
        let Some(Spot::Named(other)) = place(&SQUARE, centre, vec2(40.0, 20.0), BOUNDS, &mut taken) else {
            panic!("there is room for another")
        };
        assert!((other.y - 50.0).abs() >= 20.0);
    }

    #[test]
    fn a_region_too_small_for_its_name_has_its_badge_and_then_a_line() {
        let centre = pos2(50.0, 50.0);
        let spot = place(&SQUARE, centre, vec2(140.0, 20.0), BOUNDS, &mut Vec::new());
        assert_eq!(spot, Some(Spot::Badge(centre)));
        let sliver = [pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(10.0, 100.0)];
        let spot = place(&sliver, pos2(7.0, 33.0), vec2(40.0, 20.0), BOUNDS, &mut Vec::new());
        assert!(matches!(spot, Some(Spot::Outside { to, .. }) if to == pos2(7.0, 33.0)));
    }
}
