//! The `scale`, `worst`, `best` and `must` columns of the scores table.

use super::figure::{leading_number, number, written};
use crate::model::balance::{Better, Must, NamedLevel, Scale};

/// What a scale column may hold, as messages say it.
const FORMS: &str =
    "linear, points 30=0 50=27 90=100, levels none=0 some=50 full=100, direct or lowest-price";

/// The scale that the three cells state together.
///
/// # Errors
/// Per wrong cell, its column and what was expected there.
pub fn read(scale: &str, worst: &str, best: &str) -> Result<Scale, Vec<(&'static str, String)>> {
    let (kind, rest) = match scale.trim().split_once(char::is_whitespace) {
        Some((kind, rest)) => (kind.to_lowercase(), rest.trim()),
        None => (scale.trim().to_lowercase(), ""),
    };
    let bare = |scale: Scale, ends: Option<(f64, f64)>| {
        if rest.is_empty() {
            no_other_ends(worst, best, ends).map(|()| scale)
        } else {
            Err(vec![("scale", format!("nothing behind {kind}; a scale is {FORMS}"))])
        }
    };
    match kind.as_str() {
        "" => linear(worst, best),
        "linear" if rest.is_empty() => linear(worst, best),
        "points" => {
            let points = points(rest).map_err(|expected| vec![("scale", expected)])?;
            let ends = points.first().zip(points.last()).map(|(low, high)| (low.0, high.0));
            no_other_ends(worst, best, ends)?;
            Ok(Scale::Points(points))
        }
        "levels" => {
            let levels = levels(rest).map_err(|expected| vec![("scale", expected)])?;
            no_other_ends(worst, best, None)?;
            Ok(Scale::Levels(levels))
        }
        "direct" => bare(Scale::Direct, Some((0.0, 100.0))),
        "lowest-price" => bare(Scale::LowestPrice, None),
        _ => Err(vec![("scale", FORMS.to_owned())]),
    }
}

/// A straight line between two ends, or between the worst and the best score where none are given.
fn linear(worst: &str, best: &str) -> Result<Scale, Vec<(&'static str, String)>> {
    match (worst.trim().to_lowercase().as_str(), best.trim().to_lowercase().as_str()) {
        ("", "") | ("lowest", "highest") => return Ok(Scale::Local { better: Better::Higher }),
        ("highest", "lowest") => return Ok(Scale::Local { better: Better::Lower }),
        _ => {}
    }
    let end = |text: &str, column, other| match number(text) {
        Some(end) => Ok(end.value),
        None if text.trim().is_empty() => {
            Err((column, format!("a number, as {other} has one; or leave both empty")))
        }
        None => {
            Err((column, "a number; or both empty, or highest and lowest where less is better".to_owned()))
        }
    };
    match (end(worst, "worst", "best"), end(best, "best", "worst")) {
        (Ok(worst), Ok(best)) if worst.total_cmp(&best).is_eq() => {
            Err(vec![("best", "another number than worst; the scale has no length".to_owned())])
        }
        (Ok(worst), Ok(best)) => Ok(Scale::Linear { worst, best }),
        (worst, best) => Err([worst.err(), best.err()].into_iter().flatten().collect()),
    }
}

/// A scale with ends of its own takes no others; the same ends given twice, either way round, do no harm.
fn no_other_ends(
    worst: &str,
    best: &str,
    own: Option<(f64, f64)>,
) -> Result<(), Vec<(&'static str, String)>> {
    let agrees = |text: &str| {
        let (given, Some((low, high))) = (number(text), own) else { return false };
        given.is_some_and(|n| n.value.total_cmp(&low).is_eq() || n.value.total_cmp(&high).is_eq())
    };
    let problems: Vec<_> = [("worst", worst.trim()), ("best", best.trim())]
        .into_iter()
        .filter(|(_, text)| !text.is_empty() && !agrees(text))
        .map(|(column, _)| (column, "nothing; this kind of scale has ends of its own".to_owned()))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn points(text: &str) -> Result<Vec<(f64, f64)>, String> {
    let form = "points like 30=0 50=27 90=100: at least two scores, each once, with values from 0 to 100";
    let mut points = Vec::new();
    for part in text.split_whitespace() {
        let (score, value) = part.trim_end_matches([',', ';']).split_once('=').ok_or(form)?;
        let (score, value) = number(score).zip(number(value)).ok_or(form)?;
        if !(0.0..=100.0).contains(&value.value) {
            return Err(form.to_owned());
        }
        points.push((score.value, value.value));
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let double = points.windows(2).any(|pair| pair[0].0.total_cmp(&pair[1].0).is_eq());
    if points.len() < 2 || double { Err(form.to_owned()) } else { Ok(points) }
}

fn levels(text: &str) -> Result<Vec<NamedLevel>, String> {
    let form = "levels like none=0 some=50 full=100: at least one name, each once, with values from 0 to 100";
    let mut levels: Vec<NamedLevel> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = level_name(rest).ok_or(form)?;
        let (value, after) = leading_number(after.trim_start()).ok_or(form)?;
        let parted = after.is_empty() || after.starts_with([' ', '\t', ',', ';']);
        let double = levels.iter().any(|l| super::table::key(&l.name) == super::table::key(&name));
        if !parted || !(0.0..=100.0).contains(&value.value) || double || name.is_empty() || name == "?" {
            return Err(form.to_owned());
        }
        levels.push(NamedLevel { name, value: value.value });
        rest = after.trim_start_matches([' ', '\t', ',', ';']);
    }
    if levels.is_empty() { Err(form.to_owned()) } else { Ok(levels) }
}

/// The name up to the next `=`, and what follows that; a name in quotation marks may hold any sign, a quotation mark
/// doubled.
fn level_name(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (name, rest) = text.split_once('=')?;
        return Some((name.trim().to_owned(), rest));
    };
    let mut name = String::new();
    let mut rest = quoted;
    loop {
        let (part, after) = rest.split_once('"')?;
        name.push_str(part);
        match after.strip_prefix('"') {
            Some(after) => {
                name.push('"');
                rest = after;
            }
            None => return Some((name.trim().to_owned(), after.trim_start().strip_prefix('=')?)),
        }
    }
}

/// The scale, worst and best cells that say this scale.
#[must_use]
pub fn write(scale: &Scale) -> [String; 3] {
    let pairs = |kind: &str, parts: Vec<String>| {
        [format!("{kind} {}", parts.join(" ")), String::new(), String::new()]
    };
    match scale {
        Scale::Linear { worst, best } => ["linear".to_owned(), written(*worst), written(*best)],
        Scale::Local { better: Better::Higher } => ["linear".to_owned(), String::new(), String::new()],
        Scale::Local { better: Better::Lower } => ["linear".into(), "highest".into(), "lowest".into()],
        Scale::Points(points) => pairs(
            "points",
            points.iter().map(|(score, value)| format!("{}={}", written(*score), written(*value))).collect(),
        ),
        Scale::Levels(levels) => pairs(
            "levels",
            levels.iter().map(|l| format!("{}={}", quoted(&l.name), written(l.value))).collect(),
        ),
        Scale::Direct => ["direct".to_owned(), String::new(), String::new()],
        Scale::LowestPrice => ["lowest-price".to_owned(), String::new(), String::new()],
    }
}

fn quoted(name: &str) -> String {
    if name.contains(['=', '"']) || name.starts_with([',', ';', '%']) {
        format!("\"{}\"", name.replace('"', "\"\""))
    } else {
        name.to_owned()
    }
}

/// Reads `>= 40` or `<= 12`; empty is no must.
///
/// # Errors
/// Says what was expected.
pub fn read_must(text: &str) -> Result<Option<Must>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let at_least = text.strip_prefix(">=").or_else(|| text.strip_prefix('≥'));
    let at_most = text.strip_prefix("<=").or_else(|| text.strip_prefix('≤'));
    let must = match (at_least, at_most) {
        (Some(limit), _) => number(limit).map(|n| Must::AtLeast(n.value)),
        (_, Some(limit)) => number(limit).map(|n| Must::AtMost(n.value)),
        _ => None,
    };
    must.map(Some).ok_or_else(|| "a limit like >= 40 or <= 12, or nothing".to_owned())
}

/// The must cell that says this limit.
#[must_use]
pub fn write_must(must: Option<Must>) -> String {
    match must {
        None => String::new(),
        Some(Must::AtLeast(limit)) => format!(">= {}", written(limit)),
        Some(Must::AtMost(limit)) => format!("<= {}", written(limit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(name: &str, value: f64) -> NamedLevel {
        NamedLevel { name: name.into(), value }
    }

    #[test]
    fn every_form_of_scale_is_read() {
        assert_eq!(read("", "30", "90"), Ok(Scale::Linear { worst: 30.0, best: 90.0 }));
        assert_eq!(read("Linear", "£13", "£6"), Ok(Scale::Linear { worst: 13.0, best: 6.0 }));
        assert_eq!(read("linear", "", ""), Ok(Scale::Local { better: Better::Higher }));
        assert_eq!(read("", "Highest", "lowest"), Ok(Scale::Local { better: Better::Lower }));
        assert_eq!(
            read("points 30=0 50=27 90=100", "", ""),
            Ok(Scale::Points(vec![(30.0, 0.0), (50.0, 27.0), (90.0, 100.0)]))
        );
        assert_eq!(read("points 13=0, 6=100", "13", "6"), Ok(Scale::Points(vec![(6.0, 100.0), (13.0, 0.0)])));
        assert_eq!(
            read("levels none=0 some help=50 \"a=b\"=100", "", ""),
            Ok(Scale::Levels(vec![level("none", 0.0), level("some help", 50.0), level("a=b", 100.0)]))
        );
        assert_eq!(read("direct", "0", "100"), Ok(Scale::Direct));
        assert_eq!(read("lowest-price", "", ""), Ok(Scale::LowestPrice));
    }

    #[test]
    fn a_wrong_scale_names_its_column() {
        let column = |scale, worst, best| read(scale, worst, best).unwrap_err()[0].0;
        assert_eq!(column("cubic", "", ""), "scale");
        assert_eq!(column("linear", "30", ""), "best");
        assert_eq!(column("linear", "", "90"), "worst");
        assert_eq!(column("linear", "5", "5"), "best");
        assert_eq!(column("linear", "highest", "3"), "worst");
        assert_eq!(column("points 30=0", "", ""), "scale");
        assert_eq!(column("points 30=0 30=100", "", ""), "scale");
        assert_eq!(column("points 30=0 90=101", "", ""), "scale");
        assert_eq!(column("points 30=0 90=100", "20", ""), "worst");
        assert_eq!(column("levels", "", ""), "scale");
        assert_eq!(column("levels a=0 A=1", "", ""), "scale");
        assert_eq!(column("levels ?=0", "", ""), "scale");
        assert_eq!(column("direct thing", "", ""), "scale");
        assert_eq!(column("lowest-price", "1", ""), "worst");
    }

    #[test]
    fn scales_are_written_so_that_they_read_back() {
        for scale in [
            Scale::Linear { worst: -2.5, best: 9.0 },
            Scale::Local { better: Better::Higher },
            Scale::Local { better: Better::Lower },
            Scale::Points(vec![(-1.5, 0.0), (0.1, 33.3), (2.0, 12.0)]),
            Scale::Levels(vec![level("not at all", 0.0), level("a=\"b\"", 40.0), level("% met", 100.0)]),
            Scale::Direct,
            Scale::LowestPrice,
        ] {
            let [kind, worst, best] = write(&scale);
            assert_eq!(read(&kind, &worst, &best), Ok(scale));
        }
    }

    #[test]
    fn musts_are_limits_either_way() {
        assert_eq!(read_must(">= 40"), Ok(Some(Must::AtLeast(40.0))));
        assert_eq!(read_must("≤12%"), Ok(Some(Must::AtMost(12.0))));
        assert_eq!(read_must(""), Ok(None));
        assert!(read_must("40").is_err());
        assert_eq!(read_must(&write_must(Some(Must::AtMost(-0.5)))), Ok(Some(Must::AtMost(-0.5))));
    }
}
