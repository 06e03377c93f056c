//! What the weights mean in exchange: so much of one factor is worth so much of another.

use super::scale_words::{lowered, worst_and_best};
use crate::{
    analysis::balance::{
        elicitation::{Part, worth},
        value::ValueFunction,
    },
    model::{
        balance::{Factor, Side},
        wording::{decimals_used, number, unit_style, with_unit},
    },
};

/// So much of a factor, in words, with its side.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// The factor, by index.
    pub factor: usize,
    /// In the factor's own unit.
    pub figure: f64,
    pub words: String,
    pub side: Side,
}

/// One exchange that the weights imply: `this` counts as much as `that`.
#[derive(Clone, Debug, PartialEq)]
pub struct TradeOff {
    pub this: Amount,
    pub that: Amount,
    /// Whether a curve was taken as straight between its ends.
    pub straightened: bool,
}

/// A factor with two ends and a weight.
struct Weighed<'a> {
    place: usize,
    factor: &'a Factor,
    weight: f64,
    range: f64,
    straight: bool,
}

/// The exchanges worth a look, those that matter most first: the heaviest commercial factor against the heaviest
/// operational one, the next of each against it, then every other factor against it. Factors without two ends in
/// numbers, or without weight, cannot be exchanged.
#[must_use]
pub fn trade_offs(factors: &[Factor], functions: &[ValueFunction], weights: &[f64]) -> Vec<TradeOff> {
    let mut weighed: Vec<Weighed<'_>> = factors
        .iter()
        .zip(functions)
        .zip(weights)
        .enumerate()
        .filter_map(|(place, ((factor, function), &weight))| {
            let (worst, best) = worst_and_best(&factor.scale, function)?;
            let range = (best - worst).abs();
            let straight = matches!(function, ValueFunction::Curve(points) if points.len() == 2);
            (weight > 0.0 && range > 0.0 && (weight / range).is_finite()).then_some(Weighed {
                place,
                factor,
                weight,
                range,
                straight,
            })
        })
        .collect();
    weighed.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(b.straight.cmp(&a.straight)));
    let of = |side: Side| weighed.iter().filter(move |w| w.factor.side == side);
    let (first, mut others) = match (of(Side::Commercial).next(), of(Side::Operational).next()) {
        (Some(commercial), Some(operational)) => (commercial, vec![(commercial, operational)]),
        (Some(only), None) | (None, Some(only)) => (only, Vec::new()),
        (None, None) => return Vec::new(),
    };
    let met = others.first().map(|pair| pair.1);
    let further =
        weighed.iter().filter(|w| !std::ptr::eq(*w, first) && met.is_none_or(|met| !std::ptr::eq(*w, met)));
    let next_of = |side: Side| further.clone().find(move |w| w.factor.side == side);
    let nexts: Vec<&Weighed<'_>> =
        [Side::Commercial, Side::Operational].into_iter().filter_map(next_of).collect();
    let rest = further.clone().filter(|w| !nexts.iter().any(|next| std::ptr::eq(*w, *next)));
    others.extend(nexts.iter().copied().chain(rest).map(|next| (next, first)));
    others.into_iter().filter_map(|(this, that)| exchange(this, that)).collect()
}

/// What a plain step of one factor is worth in another; `None` when that is more than the other's whole range.
fn exchange(this: &Weighed<'_>, that: &Weighed<'_>) -> Option<TradeOff> {
    let step = plain_step(this.range);
    let worth = worth(Part { amount: step, range: this.range }, this.weight, that.range, that.weight)?;
    (worth <= that.range).then(|| TradeOff {
        this: amount(step, decimals_used(step), this),
        that: amount(worth, telling_decimals(worth, that.factor), that),
        straightened: !(this.straight && that.straight),
    })
}

/// A round step of about a seventh of the range: 1, 10, 100, 0.1 ….
fn plain_step(range: f64) -> f64 {
    libm::pow(10.0, libm::floor(libm::log10(range / 3.0)))
}

/// Two telling digits, fewer where the unit is coarse.
#[must_use]
pub fn telling_decimals(x: f64, factor: &Factor) -> usize {
    let pounds = unit_style(&factor.unit).prefix == "£";
    match x {
        x if x >= 10.0 => 0,
        x if x >= 1.0 || (x >= 0.1 && !pounds) => 1,
        x if x >= 0.01 => 2,
        _ => 3,
    }
}

/// "£1m of whole-life cost", "0.9 points of reoffending", "1 more of 9 on survival".
fn amount(x: f64, decimals: usize, of: &Weighed<'_>) -> Amount {
    Amount { factor: of.place, figure: x, words: words(x, decimals, of.factor), side: of.factor.side }
}

/// So much of a factor in words.
#[must_use]
pub fn words(x: f64, decimals: usize, factor: &Factor) -> String {
    let style = unit_style(&factor.unit);
    let name = lowered(factor.short_name());
    if style.suffix == " pt" {
        let figure = number(x, decimals);
        let points = if figure == "1" { "point" } else { "points" };
        format!("{figure} {points} of {name}")
    } else if style.prefix == "£" {
        format!("{} of {name}", with_unit(x, &factor.unit, decimals))
    } else if style.suffix.starts_with("of") {
        // "1 of 9" would read as a place on the scale, where a step is meant.
        let less = factor.scale.ends().is_some_and(|(worst, best)| best < worst);
        let way = if less { "fewer" } else { "more" };
        format!("{} {way} {} on {name}", number(x, decimals), style.suffix)
    } else {
        format!("{} on {name}", with_unit(x, &factor.unit, decimals))
    }
}

/// What stands after a figure of a factor in a field: "points of reoffending", "£m of whole-life cost".
#[must_use]
pub fn unit_words(x: f64, factor: &Factor) -> String {
    let style = unit_style(&factor.unit);
    let said = words(x, telling_decimals(x, factor), factor);
    let figure = number(x, telling_decimals(x, factor));
    let after = said.split_once(figure.as_str()).map_or("", |(_, after)| after);
    format!("{}{after}", style.prefix).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::balance::Scale;

    fn factor(name: &str, unit: &str, side: Side, worst: f64, best: f64) -> Factor {
        Factor {
            id: name.to_lowercase().as_str().into(),
            name: name.into(),
            short: String::new(),
            side,
            group: String::new(),
            unit: unit.into(),
            scale: Scale::Linear { worst, best },
            swing: None,
            swing_range: None,
            weight_limits: None,
            must: None,
        }
    }

    fn in_words(factors: &[Factor], weights: &[f64]) -> Vec<String> {
        let functions: Vec<_> = factors.iter().map(|f| ValueFunction::of(&f.scale, [].into_iter())).collect();
        trade_offs(factors, &functions, weights)
            .into_iter()
            .map(|t| format!("{} = {}", t.this.words, t.that.words))
            .collect()
    }

    #[test]
    fn weights_are_exchanged_at_the_slope_of_their_scales() {
        let factors = [
            factor("Whole-life cost", "£m, 5 years", Side::Commercial, 13.0, 6.0),
            factor("Reoffending", "points fewer", Side::Operational, 2.0, 9.0),
            factor("Cashable savings", "£m, 5 years", Side::Commercial, 0.0, 3.5),
            factor("Survival", "of 9 at month 24", Side::Operational, 1.0, 9.0),
        ];
        // 80, 90, 70 and 60 points: 80 ÷ 7 against 90 ÷ 7, 70 ÷ 3.5 and 60 ÷ 8 against 80 ÷ 7.
        let weights = [80.0, 90.0, 70.0, 60.0].map(|s| s / 300.0);
        assert_eq!(
            in_words(&factors, &weights),
            [
                "£1m of whole-life cost = 0.9 points of reoffending",
                "£1m of cashable savings = £1.8m of whole-life cost",
                "1 more of 9 on survival = £0.66m of whole-life cost",
            ]
        );
    }

    #[test]
    fn what_has_no_weight_or_no_ends_is_not_exchanged() {
        let mut factors = [
            factor("Cost", "£m", Side::Commercial, 13.0, 6.0),
            factor("Reach", "% served", Side::Operational, 30.0, 90.0),
        ];
        assert_eq!(in_words(&factors, &[1.0, 0.0]), Vec::<String>::new());
        factors[1].scale = Scale::LowestPrice;
        assert_eq!(in_words(&factors, &[0.5, 0.5]), Vec::<String>::new());
        assert_eq!(in_words(&[], &[]), Vec::<String>::new());
    }
}
