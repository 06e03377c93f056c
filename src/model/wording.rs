//! How figures are written on screen and on paper: the British way, and the same everywhere.

use super::balance::{Balance, Factor, ScoreLevel};

/// The true minus sign.
pub const MINUS: char = '\u{2212}';

/// A whole number with commas between thousands.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with so many decimals, thousands commas and a true minus; halves are rounded away from nought, and
/// nothing is ever written as minus nought.
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "not known".to_owned();
    }
    let step = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    let scaled = libm::round(nudged(value.abs()) * step);
    let text = format!("{:.decimals$}", scaled / step);
    let (whole, part) = text.split_once('.').map_or((text.as_str(), None), |(w, p)| (w, Some(p)));
    let whole = whole.parse::<u64>().map_or_else(|_| whole.to_owned(), thousands);
    let sign = if value < 0.0 && scaled > 0.0 { MINUS.to_string() } else { String::new() };
    match part {
        Some(part) => format!("{sign}{whole}.{part}"),
        None => format!("{sign}{whole}"),
    }
}

/// Lifts a figure by less than it could be known to, so that 2.675, which no binary fraction holds, rounds as it reads.
fn nudged(value: f64) -> f64 {
    value * (1.0 + 4.0 * f64::EPSILON)
}

/// A share of 0 to 1 as whole per cent: "42 %".
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", number(share * 100.0, 0))
}

/// A rate of 0 to 1 as whole per cent where that is what it is, else with a decimal: "42 %", "36.4 %", "21.0 %".
#[must_use]
pub fn percent_to_tenth(rate: f64) -> String {
    let percent = rate * 100.0;
    let whole = (percent - libm::round(percent)).abs() < 1e-9;
    format!("{} %", number(percent, usize::from(!whole)))
}

/// A chance that must not read as never or always: "under 1 %", "over 99 %", "82 %".
#[must_use]
pub fn chance(share: f64) -> String {
    if share > 0.0 && share < 0.005 {
        "under 1 %".to_owned()
    } else if share < 1.0 && share > 0.995 {
        "over 99 %".to_owned()
    } else {
        percent(share)
    }
}

/// A chance as briefly as it can be written without reading as never or always: "<1 %", ">99 %", "82 %".
#[must_use]
pub fn short_chance(share: f64) -> String {
    chance(share).replace("under ", "<").replace("over ", ">")
}

/// How often chance alone does something, as an adverb: "less than once in 1,000 times", "about once in 29 times"; "often"
/// from once in 20 times.
#[must_use]
pub fn once_in(p_value: f64) -> String {
    if p_value < 0.001 {
        "less than once in 1,000 times".to_owned()
    } else if p_value < 0.01 {
        format!("about once in {} times", number(libm::round(0.1 / p_value) * 10.0, 0))
    } else if p_value < 0.05 {
        format!("about once in {} times", number(1.0 / p_value, 0))
    } else {
        "often".to_owned()
    }
}

/// Pounds to the nearest whole pound: "£1,862", "−£2".
#[must_use]
pub fn pounds(value: f64) -> String {
    let text = number(value, 0);
    match text.strip_prefix(MINUS) {
        Some(rest) => format!("{MINUS}£{rest}"),
        None => format!("£{text}"),
    }
}

/// Pounds with a sign in front either way: "+£330", "−£1,862", "£0".
#[must_use]
pub fn signed_pounds(value: f64) -> String {
    let text = pounds(value);
    if value > 0.0 && text != "£0" { format!("+{text}") } else { text }
}

/// Pounds in the largest fitting unit: "£10.8m", "£620k", "£950".
#[must_use]
pub fn short_pounds(value: f64) -> String {
    let sign = if value < 0.0 { MINUS.to_string() } else { String::new() };
    let size = value.abs();
    if size >= 999_500.0 {
        format!("{sign}£{}m", number(size / 1e6, if size < 99_950_000.0 { 1 } else { 0 }))
    } else if size >= 10_000.0 {
        format!("{sign}£{}k", number(size / 1e3, 0))
    } else {
        pounds(value)
    }
}

/// "1 person", "2 people".
#[must_use]
pub fn count(number_of: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number_of as u64), if number_of == 1 { one } else { many })
}

/// A small number as a word, "no" to "twelve"; larger ones in figures.
#[must_use]
pub fn in_words(number: usize) -> String {
    const WORDS: [&str; MOST_IN_WORDS + 1] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// The same in a sentence, small numbers as words: "one person", "two people", "13 people".
#[must_use]
pub fn counted(number_of: usize, one: &str, many: &str) -> String {
    let noun = if number_of == 1 { one } else { many };
    if number_of > MOST_IN_WORDS {
        count(number_of, one, many)
    } else {
        format!("{} {noun}", in_words(number_of))
    }
}

/// The largest number that a sentence has as a word.
const MOST_IN_WORDS: usize = 12;

/// A date the British way: "9 March 2026".
#[must_use]
pub fn day(date: jiff::civil::Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A date without its year, where that is plain: "9 March".
#[must_use]
pub fn day_of_year(date: jiff::civil::Date) -> String {
    date.strftime("%-d %B").to_string()
}

/// A date as it is typed: "9/3/2026".
#[must_use]
pub fn typed_day(date: jiff::civil::Date) -> String {
    date.strftime("%-d/%-m/%Y").to_string()
}

/// A time of day: "14:02".
#[must_use]
pub fn time(time: jiff::civil::Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// A date and a time of day: "9 March 2026, 14:02".
#[must_use]
pub fn day_and_time(at: jiff::civil::DateTime) -> String {
    format!("{}, {}", day(at.date()), time(at.time()))
}

/// A name in the middle of a sentence: an ordinary first word begins small; one whose second letter is not small or that
/// holds a digit stays as it is, for it is a name or an abbreviation.
#[must_use]
pub fn lower_first(name: &str) -> String {
    let word = name.split_whitespace().next().unwrap_or_default();
    let mut letters = name.chars();
    let (first, second) = (letters.next(), letters.clone().next());
    let is_ordinary = second.is_some_and(char::is_lowercase) && !word.chars().any(|c| c.is_ascii_digit());
    match first {
        Some(first) if is_ordinary => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

/// Words with a capital in front, as a sentence begins.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Names joined as in a sentence: "A", "A and B", "A, B and C".
#[must_use]
pub fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What stands before and after a figure of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitStyle<'a> {
    pub prefix: &'static str,
    pub suffix: &'a str,
}

/// Reads the way a figure is written from its unit, so that nobody has to say it twice:
/// "£m, 5 years" gives £10.8m, "% served" 70 %, "± % a year" ±9 %, "points fewer" 8.0 pt, "of 9 at month 24" 8 of 9.
#[must_use]
pub fn unit_style(unit: &str) -> UnitStyle<'_> {
    let head = unit.split(',').next().unwrap_or("").trim();
    let first = head.split_whitespace().next().unwrap_or("");
    match first {
        "£m" => UnitStyle { prefix: "£", suffix: "m" },
        "£k" => UnitStyle { prefix: "£", suffix: "k" },
        "£" => UnitStyle { prefix: "£", suffix: "" },
        "%" => UnitStyle { prefix: "", suffix: " %" },
        "±" => UnitStyle { prefix: "±", suffix: " %" },
        "points" => UnitStyle { prefix: "", suffix: " pt" },
        "of" => match head.split_whitespace().nth(1) {
            Some(total) if total.bytes().all(|b| b.is_ascii_digit()) => {
                let end = head.find(total).map_or(head.len(), |at| at + total.len());
                UnitStyle { prefix: "", suffix: &head[..end] }
            }
            _ => UnitStyle::default(),
        },
        _ => UnitStyle::default(),
    }
}

/// A figure of this unit with so many decimals: "£10.8m", "70 %", "8 of 9".
#[must_use]
pub fn with_unit(value: f64, unit: &str, decimals: usize) -> String {
    let style = unit_style(unit);
    let figure = number(value, decimals);
    let gap = if style.suffix.starts_with("of") { " " } else { "" };
    match figure.strip_prefix(MINUS) {
        Some(rest) => format!("{MINUS}{}{rest}{gap}{}", style.prefix, style.suffix),
        None => format!("{}{figure}{gap}{}", style.prefix, style.suffix),
    }
}

/// How many decimals the scores of a factor are given with: the most that any of its cells uses, three at the most.
#[must_use]
pub fn decimals_of(balance: &Balance, factor: &Factor) -> usize {
    let cells = balance.scores.iter().filter(|s| s.factor == factor.id);
    cells
        .flat_map(|s| match s.level {
            ScoreLevel::Point(x) => [Some(x), None, None],
            ScoreLevel::Range { low, likely, high } => [Some(low), Some(likely), Some(high)],
            ScoreLevel::Normal { mean, .. } => [Some(mean), None, None],
            ScoreLevel::Unknown | ScoreLevel::Level(_) => [None; 3],
        })
        .flatten()
        .map(decimals_used)
        .max()
        .unwrap_or(0)
}

/// The decimals that a figure needs, three at the most.
#[must_use]
pub fn decimals_used(value: f64) -> usize {
    (0..3)
        .find(|&d| {
            let step = 10_f64.powi(d);
            (libm::round(value * step) / step - value).abs() < 1e-9 * value.abs().max(1.0)
        })
        .map_or(3, |d| d as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_the_british_way() {
        assert_eq!(number(1862.4, 0), "1,862");
        assert_eq!(number(-1862.5, 0), "−1,863");
        assert_eq!(number(-0.4, 0), "0");
        assert_eq!(number(2.675, 2), "2.68");
        assert_eq!(pounds(-2.0), "−£2");
        assert_eq!(signed_pounds(330.0), "+£330");
        assert_eq!(short_pounds(10_800_000.0), "£10.8m");
        assert_eq!(short_pounds(999_600.0), "£1.0m");
        assert_eq!(percent(0.4203), "42 %");
        assert_eq!(chance(0.0004), "under 1 %");
        assert_eq!(chance(0.9996), "over 99 %");
        assert_eq!(chance(0.0), "0 %");
    }

    #[test]
    fn a_unit_says_how_its_figures_are_written() {
        assert_eq!(with_unit(10.8, "£m, 5 years", 1), "£10.8m");
        assert_eq!(with_unit(70.0, "% served", 0), "70 %");
        assert_eq!(with_unit(9.0, "± % a year", 0), "±9 %");
        assert_eq!(with_unit(8.0, "points fewer", 1), "8.0 pt");
        assert_eq!(with_unit(8.0, "of 9 at month 24", 0), "8 of 9");
        assert_eq!(with_unit(3.0, "panel, 0–10", 0), "3");
        assert_eq!(with_unit(-620.0, "£k, once", 0), "−£620k");
    }

    #[test]
    fn lists_read_as_a_sentence() {
        assert_eq!(list(&["A"]), "A");
        assert_eq!(list(&["A", "B", "C"]), "A, B and C");
        assert_eq!(count(1, "person", "people"), "1 person");
        assert_eq!(count(1305, "person", "people"), "1,305 people");
    }
}
