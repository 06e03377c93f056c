//! The weights as a tree: sides, groups in them, factors in these; weights multiply down (methods, section 1).

use super::weights::counted;
use crate::model::balance::{Factor, Side};

/// A side with its share of all weight.
#[derive(Clone, Debug, PartialEq)]
pub struct SideBranch {
    pub side: Side,
    pub points: f64,
    /// Of all points, 0 to 1; `None` when there are none.
    pub share: Option<f64>,
    pub groups: Vec<GroupBranch>,
}

/// A group with its share of its side.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupBranch {
    /// Empty for the factors of a side that stand in no group.
    pub name: String,
    pub points: f64,
    /// Of the side's points, 0 to 1; `None` when the side has none.
    pub share: Option<f64>,
    pub factors: Vec<FactorLeaf>,
}

/// A factor with its share of its group.
#[derive(Clone, Debug, PartialEq)]
pub struct FactorLeaf {
    pub factor: usize,
    pub points: f64,
    /// Of the group's points, 0 to 1; `None` when the group has none.
    pub share: Option<f64>,
    /// Share of the side × share of the group × share of the factor: its normalised weight. `None` where one of them is
    /// not there.
    pub weight: Option<f64>,
}

/// Lays the swing points of the factors out as a tree: sides and, in each, its groups in the order of their first
/// factor. Shares are those of a hierarchy of swing weights (Keeney & Raiffa 1976, chapter 6); their product is the
/// normalised weight.
#[must_use]
pub fn weight_tree(factors: &[Factor], swings: &[f64]) -> Vec<SideBranch> {
    let points = |f: usize| swings.get(f).copied().map_or(0.0, counted);
    let all: f64 = (0..factors.len()).map(points).sum();
    let mut sides = Vec::new();
    for side in Side::ALL {
        let of_side: Vec<usize> = (0..factors.len()).filter(|&f| factors[f].side == side).collect();
        if of_side.is_empty() {
            continue;
        }
        let side_points: f64 = of_side.iter().map(|&f| points(f)).sum();
        let share = share_of(side_points, all);
        let mut names: Vec<&str> = Vec::new();
        for &f in &of_side {
            let name = factors[f].group.trim();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let groups = names.into_iter().map(|name| {
            let members: Vec<usize> =
                of_side.iter().copied().filter(|&f| factors[f].group.trim() == name).collect();
            group(name, &members, points, (share, side_points))
        });
        sides.push(SideBranch { side, points: side_points, share, groups: groups.collect() });
    }
    sides
}

fn group(
    name: &str,
    members: &[usize],
    points: impl Fn(usize) -> f64,
    (side_share, side_points): (Option<f64>, f64),
) -> GroupBranch {
    let group_points: f64 = members.iter().map(|&f| points(f)).sum();
    let share = share_of(group_points, side_points);
    let leaf = |&factor: &usize| {
        let of_group = share_of(points(factor), group_points);
        let weight = match (side_share, share, of_group) {
            (Some(side), Some(group), Some(own)) => Some(side * group * own),
            _ => None,
        };
        FactorLeaf { factor, points: points(factor), share: of_group, weight }
    };
    let factors = members.iter().map(leaf).collect();
    GroupBranch { name: name.to_owned(), points: group_points, share, factors }
}

fn share_of(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::balance::weights::normalised, model::balance::Scale};
    use proptest::prelude::*;

    fn factor(side: Side, group: &str) -> Factor {
        Factor {
            id: "f".into(),
            name: "f".into(),
            short: String::new(),
            side,
            group: group.into(),
            unit: String::new(),
            scale: Scale::Direct,
            swing: None,
            swing_range: None,
            weight_limits: None,
            must: None,
        }
    }

    #[test]
    fn shares_multiply_down_to_the_weight() {
        let factors = [
            factor(Side::Operational, "People"),
            factor(Side::Operational, "People"),
            factor(Side::Operational, "Places"),
            factor(Side::Commercial, ""),
        ];
        let tree = weight_tree(&factors, &[30.0, 10.0, 20.0, 40.0]);
        let side = &tree[0];
        assert_eq!((side.points, side.share), (60.0, Some(0.6)));
        let people = &side.groups[0];
        assert_eq!((people.name.as_str(), people.points, people.factors.len()), ("People", 40.0, 2));
        assert_eq!(people.factors[0].share, Some(0.75));
        // 60 % × 2/3 × 3/4.
        assert!((people.factors[0].weight.unwrap() - 0.3).abs() < 1e-12);
        assert_eq!(tree[1].groups[0].name, "");
    }

    #[test]
    fn without_points_there_are_no_shares() {
        let tree = weight_tree(&[factor(Side::Operational, "")], &[0.0]);
        assert_eq!((tree[0].share, tree[0].groups[0].factors[0].weight), (None, None));
        assert_eq!(weight_tree(&[], &[]), []);
    }

    proptest! {
        #[test]
        fn the_products_are_the_weights_whatever_the_points_are_counted_in(
            given in prop::collection::vec((0.0..100.0_f64, any::<bool>(), 0_u8..3), 1..12),
            scale in 0.01..1e3_f64,
        ) {
            let names = ["", "One", "Two"];
            let factors: Vec<Factor> = given.iter().map(|&(_, op, g)| {
                factor(if op { Side::Operational } else { Side::Commercial }, names[g as usize])
            }).collect();
            let points: Vec<f64> = given.iter().map(|g| g.0 * scale).collect();
            let expected = normalised(&given.iter().map(|g| g.0).collect::<Vec<_>>());
            let tree = weight_tree(&factors, &points);
            let leaves: Vec<&FactorLeaf> =
                tree.iter().flat_map(|s| &s.groups).flat_map(|g| &g.factors).collect();
            prop_assert_eq!(leaves.len(), factors.len());
            for leaf in &leaves {
                prop_assert!((leaf.weight.unwrap_or(0.0) - expected[leaf.factor]).abs() < 1e-9);
            }
            let sum: f64 = leaves.iter().filter_map(|leaf| leaf.weight).sum();
            prop_assert!(points.iter().sum::<f64>() <= 0.0 || (sum - 1.0).abs() < 1e-9);
        }
    }
}
