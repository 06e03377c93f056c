//! Musts that cannot be tried for certain.

use super::{Grounds, Warning, figure};
use crate::{
    analysis::{
        balance::matrix::{Reading, fails},
        distributions::standard_normal,
    },
    model::{
        balance::{Better, Factor, Must, Scale},
        wording::chance,
    },
};

/// Where nobody has said what an option scores on a factor with a must.
pub(super) fn musts_not_known(grounds: Grounds<'_>) -> Vec<Warning> {
    let matrix = &grounds.performance.matrix;
    let with_must = grounds.factors().filter(|(_, factor)| factor.must.is_some());
    with_must
        .filter_map(|(f, factor)| {
            let open: Vec<usize> =
                matrix.in_ranking().filter(|&o| matrix.reading(f, o).likely().is_none()).collect();
            let text = format!(
                "Whether {} can pass the must on {} is not known.",
                grounds.option_names(&open),
                factor.name
            );
            (!open.is_empty()).then_some(Warning { rule: "must-not-known", text })
        })
        .collect()
}

/// Where low to high of a score holds both scores that pass and scores that fail: an option of the ranking that may be
/// struck, or one struck by this must alone that may pass.
pub(super) fn musts_in_doubt(grounds: Grounds<'_>) -> Vec<Warning> {
    let matrix = &grounds.performance.matrix;
    let mut warnings = Vec::new();
    for (f, factor) in grounds.factors() {
        let Some(must) = factor.must else { continue };
        for o in 0..matrix.options {
            let reading = matrix.reading(f, o);
            let (Some(likely), Some((low, high))) = (reading.likely(), reading.limits()) else { continue };
            let fails_now = fails(must, likely);
            if fails(must, low) == fails(must, high) || matrix.struck_by[o].len() != usize::from(fails_now) {
                continue;
            }
            let share = chance_of_failing(reading, must);
            let (name, limit) = (grounds.option_name(o), limit_words(must, factor));
            let text = if fails_now {
                format!(
                    "{name} fails the must on {} ({limit}) at its likely score, but may pass: {} by its range.",
                    factor.name,
                    chance(1.0 - share)
                )
            } else {
                format!(
                    "{name} may fail the must on {} ({limit}): {} by its range.",
                    factor.name,
                    chance(share)
                )
            };
            warnings.push(Warning { rule: "must-in-doubt", text });
        }
    }
    warnings
}

/// Where local ends count more as better and the must sets a maximum, or the other way about: the scale may be upside down.
pub(super) fn musts_against_the_scale(grounds: Grounds<'_>) -> Vec<Warning> {
    let against = |(_, factor): (usize, &Factor)| {
        let (better, other) = match (&factor.scale, factor.must?) {
            (Scale::Local { better: Better::Higher }, Must::AtMost(_)) => ("more", "less"),
            (Scale::Local { better: Better::Lower }, Must::AtLeast(_)) => ("less", "more"),
            _ => return None,
        };
        let text = format!(
            "On {} {better} counts as better, but its must asks for {}. If {other} is better, turn the scale round.",
            factor.name,
            limit_words(factor.must?, factor)
        );
        Some(Warning { rule: "must-against-scale", text })
    };
    grounds.factors().filter_map(against).collect()
}

fn limit_words(must: Must, factor: &Factor) -> String {
    match must {
        Must::AtLeast(limit) => format!("at least {}", figure(limit, factor)),
        Must::AtMost(limit) => format!("at most {}", figure(limit, factor)),
    }
}

/// How likely a score fails a must, 0 to 1: P(X < limit) of a minimum, P(X > limit) of a maximum.
fn chance_of_failing(reading: Reading, must: Must) -> f64 {
    match must {
        Must::AtLeast(limit) => share_below(reading, limit),
        Must::AtMost(limit) => 1.0 - share_below(reading, limit),
    }
}

/// P(X < x): of a triangular distribution (x − low)² / ((high − low)(likely − low)) up to the likely score and one less
/// (high − x)² / ((high − low)(high − likely)) past it; of a normal one Φ((x − mean) / sd) (Johnson, Kotz and Balakrishnan,
/// *Continuous Univariate Distributions*).
fn share_below(reading: Reading, x: f64) -> f64 {
    match reading {
        Reading::Triangular { low, likely, high } if low < x && x < high => {
            if x <= likely {
                (x - low) / (high - low) * ((x - low) / (likely - low))
            } else {
                1.0 - (high - x) / (high - low) * ((high - x) / (high - likely))
            }
        }
        Reading::Normal { mean, sd } => standard_normal((x - mean) / sd),
        reading => reading.limits().map_or(0.0, |(low, _)| if low < x { 1.0 } else { 0.0 }),
    }
}
