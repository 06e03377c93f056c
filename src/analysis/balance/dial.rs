//! The balance dial: V(a, λ) = λ·Com(a) + (1 − λ)·Op(a), who leads where, and the efficient frontier.

use super::{Band, matrix::TIE};

/// A straight line over the way from 0 to 1: an option's total as one share of the weight grows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub option: usize,
    pub at_0: f64,
    pub at_1: f64,
}

impl Line {
    /// The height of the line at `t`, 0 to 1.
    #[must_use]
    pub fn at(&self, t: f64) -> f64 {
        (1.0 - t) * self.at_0 + t * self.at_1
    }

    /// Where `other`, which lies lower at 0, overtakes this line:
    /// t* = (Opₐ − Op_b) / ((Opₐ − Op_b) + (Com_b − Comₐ)).
    fn overtaken_by(&self, other: &Self) -> Option<f64> {
        let ahead_at_0 = self.at_0 - other.at_0;
        let behind_at_1 = other.at_1 - self.at_1;
        (behind_at_1 > TIE).then(|| (ahead_at_0 / (ahead_at_0 + behind_at_1)).clamp(0.0, 1.0))
    }
}

/// The upper envelope of some lines over 0 to 1: who leads in each interval, by exact crossings. Lines that tie count
/// as the first of them; a lead at a single point makes no interval.
#[must_use]
pub fn envelope(lines: &[Line]) -> Vec<Band> {
    let Some(mut leader) = best_by(lines.iter(), |line| line.at_0, |line| line.at_1) else {
        return Vec::new();
    };
    let mut bands = Vec::new();
    let mut from = 0.0;
    loop {
        let crossings: Vec<(f64, &Line)> = lines
            .iter()
            .filter_map(|line| leader.overtaken_by(line).map(|t| (t.max(from), line)))
            .filter(|(t, _)| *t < 1.0)
            .collect();
        let Some(at) = crossings.iter().map(|(t, _)| *t).min_by(f64::total_cmp) else {
            bands.push(Band { leader: leader.option, from, to: 1.0 });
            return bands;
        };
        let there = crossings.iter().filter(|(t, _)| *t - at <= f64::EPSILON).map(|(_, line)| *line);
        // Every line here is higher at 1 than the leader, so each turn climbs and the loop ends.
        let Some(next) = best_by(there, |line| line.at_1, |line| line.at_0) else { return bands };
        if at > from {
            bands.push(Band { leader: leader.option, from, to: at });
        }
        from = at;
        leader = next;
    }
}

/// The line that is highest by the first measure, of those that tie by the second, of those that tie still the first.
fn best_by<'a>(
    lines: impl Iterator<Item = &'a Line>,
    first: fn(&Line) -> f64,
    second: fn(&Line) -> f64,
) -> Option<&'a Line> {
    lines.reduce(|best, line| {
        let gain = first(line) - first(best);
        let better = gain > TIE || (gain >= -TIE && second(line) - second(best) > TIE);
        if better { line } else { best }
    })
}

/// An option's place in the plane of the two sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedOption {
    pub option: usize,
    pub commercial: f64,
    pub operational: f64,
}

impl PlacedOption {
    /// Whether it is better on one side and no worse on the other.
    #[must_use]
    pub fn beats(&self, other: &Self) -> bool {
        let (com, op) = (self.commercial - other.commercial, self.operational - other.operational);
        com >= -TIE && op >= -TIE && (com > TIE || op > TIE)
    }
}

/// The efficient frontier: the options that no other beats on one side without losing on the other, from the most
/// operational to the most commercial. Options in the same place are all on it.
#[must_use]
pub fn frontier(places: &[PlacedOption]) -> Vec<PlacedOption> {
    let beaten = |a: &&PlacedOption| places.iter().any(|b| b.beats(a));
    let mut members: Vec<PlacedOption> = places.iter().filter(|a| !beaten(a)).copied().collect();
    members.sort_by(|a, b| {
        b.operational
            .total_cmp(&a.operational)
            .then(a.commercial.total_cmp(&b.commercial))
            .then(a.option.cmp(&b.option))
    });
    members
}

/// Those members of a frontier that lie on its convex hull: each leads, or ties for the lead, at some setting of the
/// dial. `frontier` is in the order that [`frontier`] gives.
#[must_use]
pub fn on_hull(frontier: &[PlacedOption]) -> Vec<usize> {
    let mut hull: Vec<PlacedOption> = Vec::new();
    for &next in frontier {
        while let [.., before, last] = hull[..] {
            let turn = (last.commercial - before.commercial) * (next.operational - before.operational)
                - (last.operational - before.operational) * (next.commercial - before.commercial);
            if turn <= TIE {
                break;
            }
            hull.pop();
        }
        hull.push(next);
    }
    hull.iter().map(|place| place.option).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(option: usize, at_0: f64, at_1: f64) -> Line {
        Line { option, at_0, at_1 }
    }

    #[test]
    fn the_envelope_changes_hands_where_lines_cross() {
        let bands = envelope(&[line(0, 0.0, 100.0), line(1, 100.0, 0.0), line(2, 60.0, 60.0)]);
        let leaders: Vec<usize> = bands.iter().map(|band| band.leader).collect();
        assert_eq!(leaders, [1, 2, 0]);
        assert!((bands[0].to - 0.4).abs() < 1e-12 && (bands[1].to - 0.6).abs() < 1e-12);
        assert!(bands[1].from.total_cmp(&bands[0].to).is_eq() && bands[2].to.total_cmp(&1.0).is_eq());
    }

    #[test]
    fn three_lines_through_one_point_hand_over_once() {
        let bands = envelope(&[line(0, 100.0, 0.0), line(1, 50.0, 50.0), line(2, 0.0, 100.0)]);
        let leaders: Vec<usize> = bands.iter().map(|band| band.leader).collect();
        assert_eq!(leaders, [0, 2]);
        assert!((bands[0].to - 0.5).abs() < 1e-12);
    }

    #[test]
    fn equal_lines_count_as_the_first_of_them() {
        let bands = envelope(&[line(3, 40.0, 60.0), line(5, 40.0, 60.0)]);
        assert_eq!(bands, [Band { leader: 3, from: 0.0, to: 1.0 }]);
        assert!(envelope(&[]).is_empty());
    }

    #[test]
    fn a_tie_at_nought_goes_to_the_one_that_rises() {
        let bands = envelope(&[line(0, 50.0, 20.0), line(1, 50.0, 80.0)]);
        assert_eq!(bands, [Band { leader: 1, from: 0.0, to: 1.0 }]);
    }

    fn place(option: usize, commercial: f64, operational: f64) -> PlacedOption {
        PlacedOption { option, commercial, operational }
    }

    #[test]
    fn the_frontier_runs_from_operational_to_commercial_with_its_hull() {
        let places = [place(0, 90.0, 10.0), place(1, 10.0, 90.0), place(2, 40.0, 40.0), place(3, 39.0, 39.0)];
        let members = frontier(&places);
        assert_eq!(members.iter().map(|p| p.option).collect::<Vec<_>>(), [1, 2, 0]);
        assert_eq!(on_hull(&members), [1, 0]);
    }

    #[test]
    fn options_in_one_place_are_all_on_the_frontier_and_its_hull() {
        let members = frontier(&[place(0, 50.0, 50.0), place(1, 50.0, 50.0)]);
        assert_eq!(members.len(), 2);
        assert_eq!(on_hull(&members), [0, 1]);
    }
}
