//! What each of several changes did to a figure, however they act together: the Shapley value (Shapley 1953), the mean
//! over all orders of making the changes of what the change did when its turn came. The shares add up to the whole.

use crate::analysis::random::{Purpose, Stream};

/// Up to so many changes every order counts; above, orders are drawn at random.
pub const EXACT_UP_TO: usize = 7;
/// How many orders are drawn.
pub const SAMPLED_ORDERS: u32 = 2_000;
/// The seed of the orders drawn: a fixed one, so that a comparison is the same on every screen.
const SEED: u64 = 20_261_122;

/// What one change did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The mean over the orders.
    pub effect: f64,
    /// Standard error of that mean; `None` when every order counts.
    pub standard_error: Option<f64>,
    /// What the change does alone, and what it does when all others have been made.
    pub made_first: f64,
    pub made_last: f64,
}

/// Over how many orders the mean was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orders {
    /// Over all there are.
    All(u64),
    /// Over so many, drawn at random.
    Sampled(u32),
}

/// The share of each of `changes` changes in what they do together to `figure`, which is asked with the changes that have
/// been made. Exact up to [`EXACT_UP_TO`] changes, where each set of changes is looked at once; above, from
/// [`SAMPLED_ORDERS`] orders (Castro, Gómez & Tejada 2009). In every order the shares add up to the whole, so they do in
/// the mean.
pub fn shares(changes: usize, figure: impl Fn(&[bool]) -> f64) -> (Vec<Share>, Orders) {
    if changes <= EXACT_UP_TO {
        let orders = (1..=changes as u64).product();
        (exact(changes, figure), Orders::All(orders))
    } else {
        (sampled(changes, SAMPLED_ORDERS, figure), Orders::Sampled(SAMPLED_ORDERS))
    }
}

/// φᵢ = Σ over the sets S without i of |S|!·(n−|S|−1)!/n! · (f(S ∪ i) − f(S)).
fn exact(n: usize, figure: impl Fn(&[bool]) -> f64) -> Vec<Share> {
    let sets = 1_usize << n;
    let made = |set: usize| -> Vec<bool> { (0..n).map(|change| set >> change & 1 == 1).collect() };
    let figures: Vec<f64> = (0..sets).map(|set| figure(&made(set))).collect();
    // How often a set of each size stands before the change, as a share of all orders: 1 / (n · C(n−1, size)).
    let mut weights = vec![1.0 / n.max(1) as f64; n];
    for size in 1..n {
        weights[size] = weights[size - 1] * size as f64 / (n - size) as f64;
    }
    let all = sets - 1;
    (0..n)
        .map(|change| {
            let bit = 1 << change;
            let without = (0..sets).filter(|set| set & bit == 0);
            let step = |set: usize| figures[set | bit] - figures[set];
            Share {
                effect: without.map(|set| weights[set.count_ones() as usize] * step(set)).sum(),
                standard_error: None,
                made_first: step(0),
                made_last: step(all & !bit),
            }
        })
        .collect()
}

fn sampled(n: usize, orders: u32, figure: impl Fn(&[bool]) -> f64) -> Vec<Share> {
    let (none, all) = (figure(&vec![false; n]), figure(&vec![true; n]));
    let mut chance = Stream::new(SEED, Purpose::Orders, 0);
    let mut order: Vec<usize> = (0..n).collect();
    let (mut sums, mut squares) = (vec![0.0; n], vec![0.0; n]);
    for _ in 0..orders {
        for place in (1..n).rev() {
            order.swap(place, chance.below(place + 1));
        }
        let mut made = vec![false; n];
        let mut before = none;
        for &change in &order {
            made[change] = true;
            let after = figure(&made);
            sums[change] += after - before;
            squares[change] += (after - before) * (after - before);
            before = after;
        }
    }
    let drawn = f64::from(orders);
    let alone = |change: usize, made: bool| {
        let mut set = vec![!made; n];
        set[change] = made;
        figure(&set)
    };
    (0..n)
        .map(|change| {
            let effect = sums[change] / drawn;
            let variance = (squares[change] / drawn - effect * effect).max(0.0);
            Share {
                effect,
                standard_error: Some((variance / (drawn - 1.0)).sqrt()),
                made_first: alone(change, true) - none,
                made_last: all - alone(change, false),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn effects(n: usize, figure: impl Fn(&[bool]) -> f64) -> Vec<f64> {
        shares(n, figure).0.iter().map(|share| share.effect).collect()
    }

    fn close(a: &[f64], b: &[f64], within: f64) {
        assert_eq!(a.len(), b.len());
        assert!(a.iter().zip(b).all(|(x, y)| (x - y).abs() <= within), "{a:?} against {b:?}");
    }

    /// A figure for every set of changes, by the number of the set.
    fn of_table(table: &[f64]) -> impl Fn(&[bool]) -> f64 {
        move |made| table[made.iter().enumerate().map(|(at, &m)| usize::from(m) << at).sum::<usize>()]
    }

    #[test]
    fn changes_that_add_up_get_what_each_adds() {
        let adds = [3.0, -1.5, 0.0, 7.25];
        let figure =
            |made: &[bool]| 10.0 + made.iter().zip(adds).filter(|(m, _)| **m).map(|(_, a)| a).sum::<f64>();
        close(&effects(4, figure), &adds, 1e-12);
    }

    #[test]
    fn two_changes_that_only_work_together_share_alike() {
        // f = 6·a·b + 2·a: each gets half of the 6.
        let figure = |made: &[bool]| {
            let [a, b] = [made[0], made[1]].map(|m| f64::from(u8::from(m)));
            6.0 * a * b + 2.0 * a
        };
        let (shares, orders) = shares(2, figure);
        assert_eq!(orders, Orders::All(2));
        close(&[shares[0].effect, shares[1].effect], &[5.0, 3.0], 1e-12);
        assert_eq!((shares[1].made_first, shares[1].made_last), (0.0, 6.0));
    }

    #[test]
    fn the_glove_game_gives_the_published_shares() {
        // One left glove and two right ones; a pair is worth 1: 4/6, 1/6, 1/6 (Shapley & Shubik 1969).
        let figure = |made: &[bool]| f64::from(u8::from(made[0] && (made[1] || made[2])));
        close(&effects(3, figure), &[4.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0], 1e-12);
    }

    #[test]
    fn orders_drawn_at_random_come_near_the_exact_shares_and_add_up() {
        // A product of ten: every change has the same share.
        let figure = |made: &[bool]| made.iter().map(|&m| if m { 1.2 } else { 1.0 }).product::<f64>();
        let (shares, orders) = shares(10, figure);
        assert_eq!(orders, Orders::Sampled(SAMPLED_ORDERS));
        let whole = 1.2_f64.powi(10) - 1.0;
        let sum: f64 = shares.iter().map(|s| s.effect).sum();
        assert!((sum - whole).abs() < 1e-9);
        for share in &shares {
            let error = share.standard_error.unwrap_or(0.0);
            assert!(error > 0.0 && (share.effect - whole / 10.0).abs() < 4.5 * error);
        }
    }

    #[test]
    fn no_change_and_one_change_need_no_orders() {
        assert_eq!(shares(0, |_| 4.0), (Vec::new(), Orders::All(1)));
        let (one, orders) = shares(1, |made| if made[0] { 9.0 } else { 4.0 });
        assert_eq!((one[0].effect, orders), (5.0, Orders::All(1)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn shares_add_up_to_the_whole(n in 1..6_usize, table in prop::collection::vec(-50.0..50.0, 32)) {
            let found: f64 = effects(n, of_table(&table)).iter().sum();
            prop_assert!((found - (table[(1 << n) - 1] - table[0])).abs() < 1e-9);
        }

        #[test]
        fn a_change_that_does_nothing_gets_nothing(table in prop::collection::vec(-50.0..50.0, 8)) {
            let figure = of_table(&table);
            let found = effects(4, |made: &[bool]| figure(&made[..3]));
            prop_assert!(found[3].abs() < 1e-12);
        }

        #[test]
        fn changes_that_do_alike_get_alike(table in prop::collection::vec(-50.0..50.0, 12)) {
            // The first two count only by how many of them are made.
            let figure = |made: &[bool]| {
                let of_pair = usize::from(made[0]) + usize::from(made[1]);
                table[of_pair * 4 + usize::from(made[2]) * 2 + usize::from(made[3])]
            };
            let found = effects(4, figure);
            prop_assert!((found[0] - found[1]).abs() < 1e-9);
        }
    }
}
