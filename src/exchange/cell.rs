//! One cell of the scores table: `6.7`, `6.1..6.7..7.8`, `6.1-6.7-7.8`, `6.7~0.4`, a level's name, or nothing or `?` for
//! unknown; then, if wanted, `@3` for the evidence grade. The window reads its cells the same way.

use super::{
    figure::{Number, leading_number, number, written},
    table::{key, listed},
};
use crate::model::balance::{NamedLevel, Scale, ScoreLevel};

/// What a cell says: what is known of the score, and the grade of the evidence.
pub type CellContent = (ScoreLevel, Option<u8>);

/// Reads a cell of a factor with this scale and unit; `None` for an empty one.
///
/// A % sign is the unit and the number is what stands before it, except on a scale that ends within 0 and 1 and whose
/// unit does not speak of %: there 70 % is 0.7.
///
/// # Errors
/// Says what was expected.
pub fn read(text: &str, scale: &Scale, unit: &str) -> Result<Option<CellContent>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(level) = exact_level(text, scale) {
        return Ok(Some((level, None)));
    }
    let (text, grade) = match text.rsplit_once('@') {
        None => (text, None),
        Some((score, grade)) => match grade.trim().parse::<u8>() {
            Ok(grade @ 1..=5) => (score.trim(), Some(grade)),
            _ => return Err("an evidence grade from @1 to @5 at the end".to_owned()),
        },
    };
    if text.is_empty() || text == "?" {
        return Ok(Some((ScoreLevel::Unknown, grade)));
    }
    let level = match scale {
        Scale::Levels(levels) => level(text, levels)?,
        _ => figures(text, scale, &PerCent::of(scale, unit))?,
    };
    within_scale(&level, scale)?;
    Ok(Some((level, grade)))
}

fn exact_level(text: &str, scale: &Scale) -> Option<ScoreLevel> {
    let Scale::Levels(levels) = scale else { return None };
    levels.iter().find(|l| l.name == text).map(|l| ScoreLevel::Level(l.name.clone()))
}

fn level(text: &str, levels: &[NamedLevel]) -> Result<ScoreLevel, String> {
    let found =
        levels.iter().find(|l| l.name == text).or_else(|| levels.iter().find(|l| key(&l.name) == key(text)));
    found.map(|l| ScoreLevel::Level(l.name.clone())).ok_or_else(|| {
        let names = listed(levels.iter().map(|l| l.name.as_str()));
        format!("one of the levels {names}, or ? for unknown")
    })
}

/// What a % sign on a score means.
struct PerCent {
    hundredth: bool,
}

impl PerCent {
    fn of(scale: &Scale, unit: &str) -> Self {
        let within_one = |x: f64| (0.0..=1.0).contains(&x);
        let ends_within_one = match scale {
            Scale::Linear { worst, best } => within_one(*worst) && within_one(*best),
            Scale::Points(points) => points.iter().all(|(score, _)| within_one(*score)),
            _ => false,
        };
        Self { hundredth: ends_within_one && !unit.contains('%') }
    }

    fn score(&self, number: Number) -> f64 {
        if number.percent && self.hundredth { number.value / 100.0 } else { number.value }
    }
}

/// What can be written in a cell of this scale, in figures that lie on it.
fn forms(scale: &Scale) -> String {
    let (a, b) = scale.ends().filter(|(a, b)| (b - a).abs() > 0.0).unwrap_or((0.0, 100.0));
    let (from, width) = (a.min(b), (b - a).abs());
    let decimals =
        if width >= 10.0 { 0 } else { (1.0 - libm::floor(libm::log10(width))).clamp(1.0, 12.0) as i32 };
    let unit = libm::pow(10.0, f64::from(decimals));
    let at = |share: f64| written(libm::round((from + share * width) * unit) / unit);
    // Behind a number a dash parts; numbers below nought are easier to read parted by dots.
    let parting = if from < 0.0 { ".." } else { "-" };
    let three = [0.5, 0.6, 0.7].map(at);
    format!(
        "a number such as {}; low, likely and high such as {}; or ? for unknown",
        three[1],
        three.join(parting)
    )
}

fn figures(text: &str, scale: &Scale, per_cent: &PerCent) -> Result<ScoreLevel, String> {
    let score = |text: &str| number(text).map(|n| per_cent.score(n)).ok_or_else(|| forms(scale));
    if let Some((mean, sd)) = text.split_once('~') {
        let (mean, sd) = (score(mean)?, score(sd)?);
        return if sd > 0.0 {
            Ok(ScoreLevel::Normal { mean, sd })
        } else {
            Err("a standard deviation above 0 behind the ~".to_owned())
        };
    }
    if let Some(single) = number(text) {
        return Ok(ScoreLevel::Point(per_cent.score(single)));
    }
    if looks_like_a_date(text) {
        return Err(
            "a score; this is a date, which Excel may have made of it: format the column as text".to_owned()
        );
    }
    let three = if text.contains("..") {
        let parts = text.split("..").map(score).collect::<Result<Vec<_>, _>>()?;
        <[f64; 3]>::try_from(parts).map_err(|_| forms(scale))?
    } else {
        three_with_dashes(text).ok_or_else(|| forms(scale))?.map(|n| per_cent.score(n))
    };
    let [low, likely, high] = three;
    if low <= likely && likely <= high {
        Ok(ScoreLevel::Range { low, likely, high })
    } else {
        Err("low, likely and high in rising order".to_owned())
    }
}

/// Whether a text has the form of a day: 1-3-2024, 01/03/2024, 2024-03-01.
fn looks_like_a_date(text: &str) -> bool {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let whole: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    let in_year = |year: u32| (1900..2100).contains(&year);
    match whole.as_deref() {
        Some(&[a, b, c]) if parts[2].len() == 4 => {
            in_year(c) && (1..=31).contains(&a) && (1..=31).contains(&b)
        }
        Some(&[a, b, c]) if parts[0].len() == 4 => {
            in_year(a) && (1..=12).contains(&b) && (1..=31).contains(&c)
        }
        _ => false,
    }
}

/// Three numbers parted by dashes. Behind a number a dash parts; before one it is a minus: `-3--1-2` is −3, −1, 2.
fn three_with_dashes(text: &str) -> Option<[Number; 3]> {
    let parted =
        |rest: &str| rest.trim_start().strip_prefix(['-', '\u{2013}']).map(|r| r.trim_start().to_owned());
    let (low, rest) = leading_number(text)?;
    let rest = parted(rest)?;
    let (likely, rest) = leading_number(&rest)?;
    let rest = parted(rest)?;
    let high = number(&rest)?;
    Some([low, likely, high])
}

/// Direct ratings are values already, and prices are above nought.
fn within_scale(level: &ScoreLevel, scale: &Scale) -> Result<(), String> {
    let scores = match *level {
        ScoreLevel::Point(x) => [x; 3],
        ScoreLevel::Range { low, likely, high } => [low, likely, high],
        ScoreLevel::Normal { mean, .. } => [mean; 3],
        ScoreLevel::Unknown | ScoreLevel::Level(_) => return Ok(()),
    };
    match scale {
        Scale::Direct if scores.iter().any(|x| !(0.0..=100.0).contains(x)) => {
            Err("a direct rating from 0 to 100".to_owned())
        }
        Scale::LowestPrice if scores.iter().any(|x| *x <= 0.0) => Err("a price above 0".to_owned()),
        _ => Ok(()),
    }
}

/// The cell that says this.
#[must_use]
pub fn write(level: &ScoreLevel, grade: Option<u8>, scale: &Scale) -> String {
    let score = match level {
        ScoreLevel::Unknown => "?".to_owned(),
        ScoreLevel::Point(x) => written(*x),
        ScoreLevel::Range { low, likely, high } => {
            format!("{}..{}..{}", written(*low), written(*likely), written(*high))
        }
        ScoreLevel::Normal { mean, sd } => format!("{}~{}", written(*mean), written(*sd)),
        ScoreLevel::Level(name) => name.trim().to_owned(),
    };
    match grade {
        None => score,
        // A level may be called what another level with a grade is written as.
        Some(grade) if exact_level(&format!("{score}@{grade}"), scale).is_some() => {
            format!("{score} @{grade}")
        }
        Some(grade) => format!("{score}@{grade}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale::Linear { worst: 0.0, best: 100.0 };

    fn reads(text: &str) -> Option<CellContent> {
        read(text, &SCALE, "").unwrap()
    }

    fn range(low: f64, likely: f64, high: f64) -> ScoreLevel {
        ScoreLevel::Range { low, likely, high }
    }

    #[test]
    fn every_form_of_cell_is_read() {
        assert_eq!(reads(""), None);
        assert_eq!(reads("6.7"), Some((ScoreLevel::Point(6.7), None)));
        assert_eq!(reads("£1,200@4"), Some((ScoreLevel::Point(1200.0), Some(4))));
        assert_eq!(reads("6.1..6.7..7.8"), Some((range(6.1, 6.7, 7.8), None)));
        assert_eq!(reads("6.1-6.7-7.8@3"), Some((range(6.1, 6.7, 7.8), Some(3))));
        assert_eq!(reads("6.1 – 6.7 – 7.8 @ 3"), Some((range(6.1, 6.7, 7.8), Some(3))));
        assert_eq!(reads("6.7~0.4"), Some((ScoreLevel::Normal { mean: 6.7, sd: 0.4 }, None)));
        assert_eq!(reads("?"), Some((ScoreLevel::Unknown, None)));
        assert_eq!(reads("?@2"), Some((ScoreLevel::Unknown, Some(2))));
        assert_eq!(reads("63%-70%-80%"), Some((range(63.0, 70.0, 80.0), None)));
    }

    #[test]
    fn what_cannot_be_read_is_answered_with_figures_of_the_scale() {
        let said = |worst, best| read("abc", &Scale::Linear { worst, best }, "%").unwrap_err();
        assert!(said(20.0, 90.0).starts_with("a number such as 62; low, likely and high such as 55-62-69;"));
        assert!(said(1.0, 0.0).contains("0.5-0.6-0.7"));
        assert!(said(-100.0, 0.0).contains("-50..-40..-30"));
        assert!(said(5.0, 5.0).contains("50-60-70"));
    }

    #[test]
    fn minuses_are_told_from_dashes() {
        assert_eq!(reads("-3"), Some((ScoreLevel::Point(-3.0), None)));
        assert_eq!(reads("-3--1-2"), Some((range(-3.0, -1.0, 2.0), None)));
        assert_eq!(reads("-3..-1..2"), Some((range(-3.0, -1.0, 2.0), None)));
        assert_eq!(reads("-5 - -4 - -3"), Some((range(-5.0, -4.0, -3.0), None)));
        assert_eq!(reads("−5–−4–−3"), Some((range(-5.0, -4.0, -3.0), None)));
    }

    #[test]
    fn a_per_cent_sign_is_the_unit_except_on_a_scale_of_shares() {
        let shares = Scale::Linear { worst: 0.0, best: 1.0 };
        assert_eq!(read("70%", &shares, "").unwrap(), Some((ScoreLevel::Point(0.7), None)));
        assert_eq!(read("70%", &shares, "% served").unwrap(), Some((ScoreLevel::Point(70.0), None)));
        assert_eq!(read("70%", &SCALE, "% served").unwrap(), Some((ScoreLevel::Point(70.0), None)));
    }

    #[test]
    fn what_cannot_be_a_score_is_refused() {
        for text in [
            "good", "6..7", "7..6..8", "7-6-8", "6-7", "6.7~0", "6.7~-1", "6@0", "6@6", "6@", "1-2-3-4",
            "nan",
        ] {
            assert!(read(text, &SCALE, "").is_err(), "{text}");
        }
        assert!(read("101", &Scale::Direct, "").is_err());
        assert!(read("0", &Scale::LowestPrice, "").is_err());
    }

    #[test]
    fn levels_go_by_name() {
        let names = ["none", "Some help", "3", "x@3", "x"];
        let levels =
            Scale::Levels(names.iter().map(|n| NamedLevel { name: (*n).into(), value: 10.0 }).collect());
        let named = |name: &str| ScoreLevel::Level(name.into());
        assert_eq!(read("some  HELP@2", &levels, "").unwrap(), Some((named("Some help"), Some(2))));
        assert_eq!(read("3", &levels, "").unwrap(), Some((named("3"), None)));
        assert_eq!(read("x@3", &levels, "").unwrap(), Some((named("x@3"), None)));
        assert!(read("lots", &levels, "").unwrap_err().contains("none, Some help"));
        for (name, grade) in [("x", Some(3)), ("x@3", None), ("x@3", Some(1)), ("none", None)] {
            let text = write(&named(name), grade, &levels);
            assert_eq!(read(&text, &levels, "").unwrap(), Some((named(name), grade)), "{text}");
        }
    }
}
