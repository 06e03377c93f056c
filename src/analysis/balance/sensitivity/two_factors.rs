//! Two weights at once: who leads where, as exact polygons, and how far it is to the border.

use crate::analysis::{
    Undefined,
    balance::matrix::{PerformanceMatrix, TIE, Weighed, why_no_ranking},
};

/// A place on the map: the weights of the first and of the second factor, each 0 to 1, together at most 1.
pub type Place = [f64; 2];

/// Polygons smaller than this, as a share of the unit square, are rounding.
const LEAST_AREA: f64 = 1e-13;

/// Who leads over the weights of two factors while the others share the rest in their proportions: at (x, y) the weights
/// are x, y, and others × (1 − x − y)/(1 − w_j − w_k). Every total is a plane over the triangle x, y ≥ 0, x + y ≤ 1, so
/// the option that leads does so over a convex polygon.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoFactors {
    /// The factor of each axis.
    pub factors: [usize; 2],
    /// Today's weights.
    pub today: Place,
    planes: Vec<Plane>,
}

/// The total of an option over the map, by its heights at the three corners of the triangle.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Plane {
    option: usize,
    /// With neither factor.
    neither: f64,
    /// With all the weight on the first, and on the second.
    first: f64,
    second: f64,
}

/// Where one option leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    pub leader: usize,
    /// Corners of a convex polygon, in order.
    pub corners: Vec<Place>,
}

/// Where the lead changes hands on a straight way over the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Border {
    /// How much the weight of each moving factor changes, 0 to 1.
    pub change: f64,
    /// Who leads beyond it.
    pub to: usize,
}

impl Plane {
    fn at(&self, [x, y]: Place) -> f64 {
        (1.0 - x - y) * self.neither + x * self.first + y * self.second
    }

    /// How much the total grows on the way, which need not be of unit length.
    fn along(&self, [x, y]: Place) -> f64 {
        x * (self.first - self.neither) + y * (self.second - self.neither)
    }

    fn is_same_as(&self, other: &Self) -> bool {
        [self.neither - other.neither, self.first - other.first, self.second - other.second]
            .iter()
            .all(|apart| apart.abs() <= TIE)
    }
}

impl Region {
    /// Its area, where the whole triangle has 1/2.
    #[must_use]
    pub fn area(&self) -> f64 {
        self.sides().map(|([x0, y0], [x1, y1])| x0 * y1 - x1 * y0).sum::<f64>().abs() / 2.0
    }

    /// Its centre of gravity, which lies inside.
    #[must_use]
    pub fn centre(&self) -> Place {
        let (mut twice, mut x, mut y) = (0.0, 0.0, 0.0);
        for ([x0, y0], [x1, y1]) in self.sides() {
            let cross = x0 * y1 - x1 * y0;
            twice += cross;
            x += (x0 + x1) * cross;
            y += (y0 + y1) * cross;
        }
        [x / (3.0 * twice), y / (3.0 * twice)]
    }

    fn sides(&self) -> impl Iterator<Item = (Place, Place)> + '_ {
        let next = self.corners.iter().cycle().skip(1);
        self.corners.iter().zip(next).map(|(a, b)| (*a, *b))
    }
}

impl TwoFactors {
    /// The regions of the map with each weight up to `most`, 0 to 1, in the order of the options: they cover it without
    /// overlap. Options that tie throughout count as the first of them; one that leads at a point or line only has none.
    #[must_use]
    pub fn regions(&self, most: f64) -> Vec<Region> {
        let map = within(most);
        let region = |(index, plane): (usize, &Plane)| {
            let mut corners = map.clone();
            for (other_index, other) in self.planes.iter().enumerate() {
                if other_index == index || corners.is_empty() {
                    continue;
                }
                if plane.is_same_as(other) {
                    if other_index < index {
                        return None;
                    }
                    continue;
                }
                corners = cut(&corners, |place| plane.at(place) - other.at(place));
            }
            let region = Region { leader: plane.option, corners };
            (region.corners.len() > 2 && region.area() > LEAST_AREA).then_some(region)
        };
        self.planes.iter().enumerate().filter_map(region).collect()
    }

    /// Who leads at a place; of those that tie the first.
    #[must_use]
    pub fn leader_at(&self, place: Place) -> usize {
        self.best_at(place).option
    }

    /// The total of an option at a place; `None` for one that is not in the ranking.
    #[must_use]
    pub fn total_at(&self, option: usize, place: Place) -> Option<f64> {
        self.planes.iter().find(|plane| plane.option == option).map(|plane| plane.at(place))
    }

    /// Where the lead is lost going from a place by ever more of `way`, such as `[1.0, 1.0]` for both rising alike or
    /// `[0.0, -1.0]` for the second falling while the first is held; exact. `None` when the leader there keeps the lead
    /// to the edge of the map.
    #[must_use]
    pub fn border(&self, from: Place, way: Place) -> Option<Border> {
        let leader = self.best_at(from);
        let edge = edge(from, way);
        let crossing = |rival: &Plane| {
            let lost = rival.along(way) - leader.along(way);
            if lost <= TIE {
                return None;
            }
            let change = ((leader.at(from) - rival.at(from)) / lost).max(0.0);
            (change < edge).then_some((change, lost, rival.option))
        };
        let nearest = self.planes.iter().filter_map(crossing).reduce(|best, next| {
            let nearer = best.0 - next.0;
            // Of rivals that draw level at one place the one that gains fastest leads beyond it.
            if nearer > TIE || (nearer >= -TIE && next.1 > best.1 + TIE) { next } else { best }
        });
        nearest.map(|(change, _, to)| Border { change, to })
    }

    fn best_at(&self, place: Place) -> &Plane {
        let mut best = &self.planes[0];
        for plane in &self.planes[1..] {
            if plane.at(place) > best.at(place) + TIE {
                best = plane;
            }
        }
        best
    }
}

/// The map of two factors. Unknown cells stand at the middle of their interval, as in the ranking.
///
/// # Errors
/// When nothing is ranked, the two factors are one, or they carry all the weight between them, so that the others have no
/// proportions to keep.
pub fn two_factors(
    matrix: &PerformanceMatrix,
    weighed: &Weighed,
    factors: [usize; 2],
) -> Result<TwoFactors, Undefined> {
    if weighed.ranking.is_empty() {
        return Err(why_no_ranking(weighed));
    }
    let [first, second] = factors;
    if first == second {
        return Err(Undefined("a map wants two different factors"));
    }
    let today = factors.map(|factor| weighed.weights[factor]);
    let others = 1.0 - today[0] - today[1];
    if others <= TIE {
        return Err(Undefined("these two carry all the weight, so there are no others to share the rest"));
    }
    let plane = |option: usize| {
        let at = factors.map(|factor| matrix.middle(factor, option));
        let rest = weighed.totals[option] - today[0] * at[0] - today[1] * at[1];
        Plane { option, neither: rest / others, first: at[0], second: at[1] }
    };
    Ok(TwoFactors { factors, today, planes: matrix.in_ranking().map(plane).collect() })
}

/// The triangle of all weights, cut at `most` on either axis.
fn within(most: f64) -> Vec<Place> {
    let triangle = vec![[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]];
    if most >= 1.0 {
        return triangle;
    }
    cut(&cut(&triangle, |[x, _]| most - x), |[_, y]| most - y)
}

/// The part of a convex polygon where a linear function is not below nought (Sutherland & Hodgman 1974).
fn cut(corners: &[Place], height: impl Fn(Place) -> f64) -> Vec<Place> {
    let mut kept = Vec::with_capacity(corners.len() + 1);
    for (index, &here) in corners.iter().enumerate() {
        let next = corners[(index + 1) % corners.len()];
        let (at_here, at_next) = (height(here), height(next));
        if at_here >= 0.0 {
            kept.push(here);
        }
        if (at_here > 0.0 && at_next < 0.0) || (at_here < 0.0 && at_next > 0.0) {
            let share = at_here / (at_here - at_next);
            kept.push([0, 1].map(|axis| here[axis] + share * (next[axis] - here[axis])));
        }
    }
    kept
}

/// How far a way leads from a place before it leaves the triangle.
fn edge([x, y]: Place, [along_x, along_y]: Place) -> f64 {
    let until = |room: f64, speed: f64| if speed > 0.0 { (room / speed).max(0.0) } else { f64::INFINITY };
    until(1.0 - x - y, along_x + along_y).min(until(x, -along_x)).min(until(y, -along_y))
}
