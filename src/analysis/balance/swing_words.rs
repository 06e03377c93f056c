//! What a swing is, in words: the step from the worst to the best end of a factor, with its real figures. Screens and
//! printed forms ask about the same step in the same words.

use super::value::ValueFunction;
use crate::model::{
    balance::{Factor, NamedLevel, Scale},
    wording::{decimals_used, in_words, number, unit_style, with_unit},
};

/// A figure of the factor with its unit. Nought pounds are £0 whatever they are counted in.
#[must_use]
pub fn figure(value: f64, factor: &Factor, decimals: usize) -> String {
    if value == 0.0 && unit_style(&factor.unit).prefix == "£" {
        return "£0".to_owned();
    }
    with_unit(value, &factor.unit, decimals)
}

/// Whether the factor counts points or per cent of people: a step on it means so many of them.
#[must_use]
pub fn counts_people(factor: &Factor) -> bool {
    unit_style(&factor.unit).suffix == " pt" || factor.unit.contains("served")
}

/// The worst and best ends of a scale as figures: the scores worth least and most. `None` for levels, prices, and
/// scales without spread.
#[must_use]
pub fn worst_and_best(scale: &Scale, function: &ValueFunction) -> Option<(f64, f64)> {
    if let Scale::Linear { worst, best } = scale {
        return Some((*worst, *best));
    }
    let ValueFunction::Curve(points) = function else { return None };
    let worst = points.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let best = points.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (worst.1 < best.1).then_some((worst.0, best.0))
}

/// The swing from worst to best in words, such as "from £13m to £6m over five years"; `None` when the scale has no two
/// ends, so that the factor cannot be weighted yet.
#[must_use]
pub fn swing(factor: &Factor, function: &ValueFunction) -> Option<String> {
    match (&factor.scale, function) {
        (Scale::Levels(levels), _) => {
            let worst = least(levels)?;
            let best = levels.iter().max_by(|a, b| a.value.total_cmp(&b.value))?;
            (worst.value < best.value).then(|| format!("from {} to {}", worst.name, best.name))
        }
        (Scale::LowestPrice, ValueFunction::LowestPrice { .. }) => {
            // Worth falls with the price and comes to nothing only without end: no option's price is that step's foot.
            Some("from a price so high that it is worth nothing to the lowest".to_owned())
        }
        (scale, function) => {
            let (worst, best) = worst_and_best(scale, function)?;
            let decimals = decimals_used(worst).max(decimals_used(best));
            let style = unit_style(&factor.unit);
            let counted = style.prefix.is_empty() && !style.suffix.starts_with(" %");
            let (from, to) = if counted {
                (number(worst, decimals), number(best, decimals))
            } else {
                (figure(worst, factor, decimals), figure(best, factor, decimals))
            };
            let rest = rest_of_unit(&factor.unit);
            let gap = if rest.is_empty() { "" } else { " " };
            let local = if matches!(scale, Scale::Local { .. }) { " among the options" } else { "" };
            Some(format!("from {from} to {to}{gap}{rest}{local}"))
        }
    }
}

fn least(levels: &[NamedLevel]) -> Option<&NamedLevel> {
    levels.iter().min_by(|a, b| a.value.total_cmp(&b.value))
}

/// What follows the figures of a swing: the unit less what each figure already says.
#[must_use]
pub fn rest_of_unit(unit: &str) -> String {
    let style = unit_style(unit);
    let (head, tail) = unit.split_once(',').map_or((unit.trim(), ""), |(h, t)| (h.trim(), t.trim()));
    let said_by_figure = match (style.prefix, style.suffix) {
        ("±", _) => "± %",
        ("£", "m") => "£m",
        ("£", "k") => "£k",
        ("£", _) => "£",
        (_, " %") => "%",
        _ => "",
    };
    let head = head.strip_prefix(said_by_figure).unwrap_or(head).trim();
    // A range behind the comma, as in "panel, 0–10", only repeats the ends.
    let is_range = tail.chars().all(|c| c.is_ascii_digit() || matches!(c, '–' | '-' | ' ' | '.'));
    let tail = if is_range { String::new() } else { over_years(tail) };
    let head = plain_head(head, unit);
    match (head.is_empty(), tail.is_empty()) {
        (true, _) => tail,
        (_, true) => head,
        _ => format!("{head} {tail}"),
    }
}

/// "panel, 0–10" is a mark by the panel; other heads stand as they are.
fn plain_head(head: &str, unit: &str) -> String {
    if head == "panel" && unit.contains(',') { "by the panel".to_owned() } else { head.to_owned() }
}

/// "5 years" is over five years; anything else stands as it is.
fn over_years(tail: &str) -> String {
    let Some(years) = tail.strip_suffix(" years").or_else(|| tail.strip_suffix(" year")) else {
        return tail.to_owned();
    };
    match years.parse::<usize>() {
        Ok(n) => format!("over {} {}", in_words(n), if n == 1 { "year" } else { "years" }),
        Err(_) => tail.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::balance::{Better, Side};

    fn factor(unit: &str, scale: Scale) -> Factor {
        Factor {
            id: "f".into(),
            name: "Whole-life cost".into(),
            short: String::new(),
            side: Side::Commercial,
            group: String::new(),
            unit: unit.into(),
            scale,
            swing: None,
            swing_range: None,
            weight_limits: None,
            must: None,
        }
    }

    fn in_words(unit: &str, worst: f64, best: f64) -> String {
        let factor = factor(unit, Scale::Linear { worst, best });
        swing(&factor, &ValueFunction::of(&factor.scale, [].into_iter())).unwrap()
    }

    #[test]
    fn a_swing_is_said_with_its_real_ends() {
        assert_eq!(in_words("£m, 5 years", 13.0, 6.0), "from £13m to £6m over five years");
        assert_eq!(in_words("% served", 30.0, 90.0), "from 30 % to 90 % served");
        assert_eq!(in_words("points fewer", 2.0, 9.0), "from 2 to 9 points fewer");
        assert_eq!(in_words("panel, 0–10", 0.0, 10.0), "from 0 to 10 by the panel");
        assert_eq!(in_words("± % a year", 25.0, 3.0), "from ±25 % to ±3 % a year");
        assert_eq!(in_words("£k, once", 900.0, 0.0), "from £900k to £0 once");
        assert_eq!(in_words("credible bidders", 1.0, 8.0), "from 1 to 8 credible bidders");
        assert_eq!(in_words("of 9 at month 24", 1.0, 9.0), "from 1 to 9 of 9 at month 24");
        assert_eq!(in_words("", 0.0, 1.5), "from 0.0 to 1.5");
    }

    #[test]
    fn a_scale_without_two_ends_has_no_swing() {
        let flat = factor("", Scale::Local { better: Better::Higher });
        let same = ValueFunction::of(&flat.scale, [3.0, 3.0].into_iter());
        assert_eq!(swing(&flat, &same), None);
        let levels = Scale::Levels(vec![NamedLevel { name: "some".into(), value: 40.0 }]);
        let levels = factor("", levels);
        assert_eq!(swing(&levels, &ValueFunction::of(&levels.scale, [].into_iter())), None);
    }
}
