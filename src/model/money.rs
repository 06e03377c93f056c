//! Money as whole pence, and the place of the Money room.

use std::{fmt, ops};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A sum of money in whole pence; written in the file as pounds, such as `"£2,900"` or `"£0.35"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pence(pub i64);

impl Pence {
    /// The largest sum kept, £10 trillion, so that sums of sums cannot overflow.
    pub const LARGEST: Self = Self(1_000_000_000_000_000);

    /// The sum in pounds.
    #[must_use]
    pub fn pounds(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// The nearest whole number of pence to a number of pounds; `None` when it is not a number or past £10 trillion.
    #[must_use]
    pub fn from_pounds(pounds: f64) -> Option<Self> {
        let pence = libm::round(pounds * 100.0);
        (pence.abs() <= Self::LARGEST.0 as f64).then_some(Self(pence as i64))
    }

    /// Reads `£2,900`, `2900.50`, `-£3` and the like: at most two decimals, thousands commas only where they belong.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let text = text.strip_prefix('£').unwrap_or(text).trim();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        if part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) || !commas_in_place(whole) {
            return None;
        }
        let digits: String = whole.chars().filter(|&c| c != ',').collect();
        if digits.is_empty() || digits.len() > 13 {
            return None;
        }
        let whole: i64 = digits.parse().ok()?;
        let part: i64 = format!("{part:0<2}").parse().ok()?;
        let pence = whole * 100 + part;
        (pence <= Self::LARGEST.0).then_some(Self(if negative { -pence } else { pence }))
    }
}

/// Whether thousands commas, if any, part the digits in threes.
pub(crate) fn commas_in_place(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let grouped = whole.contains(',');
    !first.is_empty()
        && first.bytes().all(|b| b.is_ascii_digit())
        && (!grouped || first.len() <= 3)
        && groups.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()))
}

impl fmt::Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (pounds, pence) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        write!(f, "{sign}£{}", super::wording::thousands(pounds))?;
        if pence > 0 { write!(f, ".{pence:02}") } else { Ok(()) }
    }
}

impl ops::Add for Pence {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl ops::Sub for Pence {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Serialize for Pence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            de::Error::custom(format!(
                "“{text}” is not a sum of money; write it like \"£2,900\" or \"£0.35\""
            ))
        })
    }
}

/// The Money room. It holds nothing yet; its place in the file is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {}
