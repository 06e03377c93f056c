//! Figures as people write them in spreadsheets: £, thousands commas and % signs, with a point before decimals.

use crate::model::money;

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// What stands before any % sign.
    pub value: f64,
    /// Whether a % sign followed.
    pub percent: bool,
}

/// Reads a day the British way, day first, as 31/3/2027, or as year, month and day, 2027-03-31.
#[must_use]
pub fn date(text: &str) -> Option<jiff::civil::Date> {
    let text = text.trim();
    jiff::civil::Date::strptime("%d/%m/%Y", text).or_else(|_| text.parse()).ok()
}

/// Reads `1,234.5`, `£12`, `-3`, `70 %` and the like; `None` for anything else, infinities included.
#[must_use]
pub fn number(text: &str) -> Option<Number> {
    let (number, rest) = leading_number(text.trim())?;
    rest.is_empty().then_some(number)
}

/// Reads a share of 0 to 1, written `0.7` or `70%`.
#[must_use]
pub fn share(text: &str) -> Option<f64> {
    let number = number(text)?;
    let share = if number.percent { number.value / 100.0 } else { number.value };
    (0.0..=1.0).contains(&share).then_some(share)
}

/// Reads yes and no as people write them.
#[must_use]
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Some(true),
        "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// The number that a text begins with, and what follows it. A minus may be a hyphen or the true minus; a second one
/// ends the number, so that `6-7-8` begins with 6.
#[must_use]
pub fn leading_number(text: &str) -> Option<(Number, &str)> {
    let (negative, rest) = sign(text);
    let (pounds, rest) = match rest.strip_prefix('£') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, rest),
    };
    let (negative, rest) = if pounds && !negative { sign(rest) } else { (negative, rest) };
    let end = end_of_digits(rest);
    let (digits, rest) = rest.split_at(end);
    let (mantissa, _) = digits.split_once(['e', 'E']).unwrap_or((digits, ""));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole_is_sound = money::commas_in_place(whole) || (whole.is_empty() && !part.is_empty());
    if !whole_is_sound || part.contains(',') {
        return None;
    }
    let size: f64 = digits.replace(',', "").parse().ok()?;
    if !size.is_finite() {
        return None;
    }
    let (percent, rest) = match rest.trim_start().strip_prefix('%') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let value = if negative && size != 0.0 { -size } else { size };
    Some((Number { value, percent }, rest))
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Where digits, commas, one point and an exponent end. Two points in a row part a range and end a number.
fn end_of_digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (mut at, mut pointed) = (0, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' => {}
            b',' if !pointed && digit(at + 1) => {}
            b'.' if !pointed && bytes.get(at + 1) != Some(&b'.') => pointed = true,
            _ => break,
        }
        at += 1;
    }
    if at > 0 && matches!(bytes.get(at), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if digit(at + 1 + signed) {
            at += 1 + signed;
            while digit(at) {
                at += 1;
            }
        }
    }
    at
}

/// A number as tables write it: the shortest form that reads back as the same number.
#[must_use]
pub fn written(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_the_british_way() {
        let last_of_march = jiff::civil::date(2027, 3, 31);
        assert_eq!(date("31/3/2027"), Some(last_of_march));
        assert_eq!(date(" 2027-03-31 "), Some(last_of_march));
        assert_eq!(date("3/31/2027"), None);
    }

    fn value(text: &str) -> Option<f64> {
        number(text).map(|n| n.value)
    }

    #[test]
    fn pounds_commas_and_per_cent_are_understood() {
        assert_eq!(value("£1,234.50"), Some(1234.5));
        assert_eq!(value("-£3"), Some(-3.0));
        assert_eq!(value("£-3"), Some(-3.0));
        assert_eq!(value("\u{2212}0.4"), Some(-0.4));
        assert_eq!(value("+2"), Some(2.0));
        assert_eq!(value(".5"), Some(0.5));
        assert_eq!(value("1.2E+06"), Some(1_200_000.0));
        assert_eq!(number("70 %"), Some(Number { value: 70.0, percent: true }));
        assert_eq!(share("70%"), Some(0.7));
        assert_eq!(share("0.7"), Some(0.7));
    }

    #[test]
    fn what_is_not_plainly_a_number_is_refused() {
        for text in [
            "", "-", "£", ".", "1,23", "1,2345", "12,34.5", "1.234,5", "1..2", "6-7", "nan", "inf", "1e999",
            "6 7", "7m",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(share("30"), None);
        assert_eq!(share("-0.1"), None);
        assert_eq!(share("101%"), None);
    }

    #[test]
    fn a_second_minus_ends_a_number() {
        assert_eq!(leading_number("6.1-6.7"), Some((Number { value: 6.1, percent: false }, "-6.7")));
        assert_eq!(leading_number("-3--1"), Some((Number { value: -3.0, percent: false }, "--1")));
        assert_eq!(leading_number("6..7"), Some((Number { value: 6.0, percent: false }, "..7")));
    }

    #[test]
    fn numbers_are_written_so_that_they_read_back() {
        for number in [0.1, -3.0, 1e-7, 123_456_789.25, f64::MIN_POSITIVE, 0.0, -0.0] {
            assert_eq!(value(&written(number)), Some(number));
        }
    }
}
