//! What the RON crate finds wrong with a value, said in a commissioner's words and with its place.

use ron::error::{Error, SpannedError};

use super::{
    grammar::clipped,
    outline::{Node, Shape},
    read_error::{Fault, ReadErrorKind as Kind},
};
use crate::model::{
    check::MOST_ITERATIONS,
    wording::{capital, thousands},
};

/// The fault that an error of reading stands for.
pub(super) fn fault(error: &SpannedError, text: &str, tree: Option<&Node>) -> Fault {
    let at = byte_of(text, error.span.start);
    // The crate stops before the white space that precedes a value.
    let at = text.len() - text[at..].trim_start().len();
    let place = Place { text, at, trail: tree.map(|t| t.around(at)).unwrap_or_default() };
    match &error.code {
        Error::NoSuchStructField { expected, found, outer } => {
            unknown_field(at, found, expected, outer.as_deref())
        }
        Error::MissingStructField { field, outer } => place.missing_field(field, outer.as_deref()),
        Error::DuplicateStructField { field, .. } => Fault::new(
            Kind::DoubleField,
            at,
            format!("`{field}` is here twice."),
            "Keep one of them and remove the other.",
        ),
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let words: Vec<String> = expected.iter().map(|w| format!("`{w}`")).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            Fault::new(
                Kind::WrongValue,
                at,
                format!("`{}` is not one of the words that can stand {}.", clipped(found), place.here()),
                format!("Write {}.", either(&words)),
            )
        }
        Error::Message(message) => place.told(message),
        Error::InvalidEscape(_) => Fault::new(
            Kind::Grammar,
            place.value_start(),
            "A backslash in this text is followed by something unknown.",
            "Write \\\\ for a backslash, \\n for a new line and \\\" for a quotation mark.",
        ),
        Error::IntegerOutOfBounds => Fault::new(
            Kind::WrongValue,
            place.value_start(),
            format!("`{}` is too large or too small to stand {}.", place.value(), place.here()),
            format!("Write a whole number from {}.", whole_range(place.key())),
        ),
        Error::NoSuchExtension(name) => Fault::new(
            Kind::Grammar,
            at,
            format!("`{name}` is not a way of writing that this program knows."),
            "Begin the file with #![enable(implicit_some, unwrap_newtypes)].",
        ),
        Error::ExceededRecursionLimit => Fault::new(
            Kind::TooDeep,
            at,
            "Things stand inside things deeper than any workspace needs.",
            "Look whether it is the right file, or open a backup.",
        ),
        code => place.wrong_value(code),
    }
}

const WHOLE_NUMBER: (&str, &str) =
    ("a whole number", "Write a whole number such as 3, without quotation marks or decimals.");

/// The whole numbers that a field can hold, by its name.
fn whole_range(key: Option<&str>) -> String {
    let (least, most) = match key {
        Some("round") => ("1", "2".to_owned()),
        Some("grade") => ("1", "5".to_owned()),
        Some("stance") => ("\u{2212}2", "2".to_owned()),
        Some("horizon_years") => ("1", "100".to_owned()),
        Some("iterations") => ("1", thousands(u64::from(MOST_ITERATIONS))),
        Some("revision" | "seed") => ("0", thousands(u64::MAX)),
        _ => ("0", thousands(u64::from(u32::MAX))),
    };
    format!("{least} to {most}")
}

/// A field that the format does not have, and the names it is near to.
fn unknown_field(at: usize, found: &str, expected: &[&str], outer: Option<&str>) -> Fault {
    let near: Vec<String> = nearest(found, expected).iter().map(|w| format!("`{w}`")).collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    let all: Vec<String> = expected.iter().map(|w| format!("`{w}`")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let remedy = match (near.is_empty(), all.is_empty()) {
        (false, _) => format!("Did you mean {}? Correct the name, or remove the field.", either(&near)),
        (true, false) => format!("Remove it, or use one of its fields: {}.", all.join(", ")),
        (true, true) => "Remove it; nothing is kept there.".to_owned(),
    };
    let what =
        format!("`{}` is not a field of {}.", clipped(found), outer.map_or("this part".to_owned(), thing));
    Fault::new(Kind::UnknownField, at, what, remedy)
}

/// Where an error is, with the values around it from the whole to the innermost.
struct Place<'t> {
    text: &'t str,
    at: usize,
    trail: Vec<&'t Node>,
}

impl Place<'_> {
    fn innermost(&self) -> Option<&Node> {
        self.trail.last().copied()
    }

    fn value_start(&self) -> usize {
        self.innermost().map_or(self.at, |node| node.start)
    }

    /// The value as it stands there.
    fn value(&self) -> String {
        self.innermost().map_or_else(String::new, |node| clipped(&self.text[node.start..node.end]))
    }

    /// The name of the innermost field that has one.
    fn key(&self) -> Option<&str> {
        self.trail.windows(2).rev().find_map(|pair| {
            let part = pair[0].parts.iter().find(|p| std::ptr::eq(&raw const p.value, pair[1]))?;
            part.key.map(|(start, end)| &self.text[start..end])
        })
    }

    fn here(&self) -> String {
        self.key().map_or_else(|| "here".to_owned(), |key| format!("in `{}`", clipped(key)))
    }

    fn missing_field(&self, field: &str, outer: Option<&str>) -> Fault {
        // The error turns up at the closing bracket of the thing that lacks the field.
        let owner = self.trail.iter().rev().find(|n| n.shape == Shape::Round && n.end == self.at + 1);
        let start = owner.map_or(self.at, |n| n.start);
        let owner_name = capital(&the_thing(outer));
        Fault::new(
            Kind::MissingField,
            start,
            if owner_name.ends_with('s') {
                format!("{owner_name} that begin here have no `{field}`.")
            } else {
                format!("{owner_name} that begins here has no `{field}`.")
            },
            format!("Write `{field}: …` into it as its neighbours have it, or open a backup."),
        )
    }

    /// A message from the model itself, such as of a sum of money or a date.
    fn told(&self, message: &str) -> Fault {
        let at = self.innermost().map_or(self.at, |n| n.start);
        let date = match self.key() {
            Some(
                "date" | "due" | "on" | "until" | "received" | "opened" | "closed" | "counted_on" | "agreed"
                | "found_on",
            ) => Some(("a date", "Write year, month and day, as in \"2026-11-22\".")),
            Some("taken") => Some(("a date and time", "Write them as in \"2026-11-22T14:30:00\".")),
            _ => None,
        };
        if let Some((belongs, remedy)) = date {
            return Fault::new(Kind::WrongValue, at, format!("`{}` is not {belongs}.", self.value()), remedy);
        }
        let (what, remedy) = message.split_once("; ").unwrap_or((message, "correct it, or open a backup"));
        Fault::new(Kind::WrongValue, at, format!("{what}."), format!("{}.", capital(remedy)))
    }

    /// Something stands where another sort of thing belongs.
    fn wrong_value(&self, code: &Error) -> Fault {
        let shape = self.innermost().map(|n| n.shape);
        if let (Error::ExpectedStructLike, Some(Shape::Word)) = (code, shape) {
            return Fault::new(
                Kind::WrongValue,
                self.value_start(),
                format!("`{}` wants its figures in round brackets behind it.", self.value()),
                "Write them as in `AtLeast(40.0)` or `Linear(worst: 0.0, best: 100.0)`.",
            );
        }
        let (belongs, remedy) = match code {
            Error::ExpectedFloat | Error::FloatUnderscore => {
                ("a number", "Write a number such as 12.5, without quotation marks, units or commas.")
            }
            Error::ExpectedDifferentLength { .. } => return self.wrong_length(),
            Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } | Error::UnderscoreAtBeginning => {
                WHOLE_NUMBER
            }
            // Reading a whole number stops at the point of a decimal.
            _ if shape == Some(Shape::Number) && self.at > self.value_start() => WHOLE_NUMBER,
            Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => (
                "a bare word",
                "Write the word or the field's name as its neighbours have it, without quotation marks.",
            ),
            Error::ExpectedString | Error::ExpectedStringEnd => {
                ("a text", "Put it in double quotation marks.")
            }
            Error::ExpectedBoolean => ("`true` or `false`", "Write one of the two, without quotation marks."),
            Error::ExpectedArray | Error::ExpectedArrayEnd => {
                ("a list", "Put square brackets round it: [ … ].")
            }
            Error::ExpectedMap | Error::ExpectedMapEnd => {
                ("a list of names with a figure each", "Write it as in {\"price-certainty-x2k9\": 80.0}.")
            }
            Error::ExpectedNamedStructLike(name) => {
                let belongs = if name.is_empty() { "a group of fields".to_owned() } else { thing(name) };
                return self
                    .mistyped(&belongs, "Put its fields in round brackets, as its neighbours have them.");
            }
            Error::ExpectedStructLike | Error::ExpectedOption => {
                ("figures in round brackets", "Write them as in (0.0, 100.0).")
            }
            Error::ExpectedStructLikeEnd | Error::ExpectedComma => return self.wrong_length(),
            _ => ("something else", "Write it as its neighbours have it, or open a backup."),
        };
        self.mistyped(belongs, remedy)
    }

    /// Brackets with more or fewer figures in them than belong there.
    fn wrong_length(&self) -> Fault {
        let brackets = self.trail.iter().rev().find(|n| n.shape == Shape::Round).or(self.trail.last());
        let (start, end) = brackets.map_or((self.at, self.at), |n| (n.start, n.end));
        Fault::new(
            Kind::WrongValue,
            start,
            format!(
                "`{}` has too many or too few parts to stand {}.",
                clipped(&self.text[start..end]),
                self.here()
            ),
            "Write as many parts as its neighbours have.",
        )
    }

    fn mistyped(&self, belongs: &str, remedy: &str) -> Fault {
        let what = format!("`{}` stands {} where {belongs} should be.", self.value(), self.here());
        Fault::new(Kind::WrongValue, self.value_start(), what, remedy)
    }
}

/// The byte at a line and column of the RON crate, which counts characters from 1.
fn byte_of(text: &str, position: ron::error::Position) -> usize {
    let line = text.split_inclusive('\n').take(position.line.saturating_sub(1)).map(str::len).sum::<usize>();
    let inside = text[line..].chars().take(position.col.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
    line + inside
}

/// A type of the model as people call it: "a need group", "the file".
fn thing(name: &str) -> String {
    let words = plain_name(name);
    match words.as_str() {
        "file" | "question" | "workspace" | "balance" | "decision" => format!("the {words}"),
        _ if words.ends_with("room") => format!("the {words}"),
        _ if words.starts_with('`') || words.ends_with('s') => words,
        _ if words.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {words}"),
        _ => format!("a {words}"),
    }
}

fn the_thing(name: Option<&str>) -> String {
    let words = name.map_or_else(|| "part".to_owned(), plain_name);
    if words.starts_with('`') { words } else { format!("the {words}") }
}

fn plain_name(name: &str) -> String {
    match name {
        "Read" => return "file".to_owned(),
        "ServiceOption" => return "option".to_owned(),
        "Voices" | "Reach" | "Money" | "Challenge" => return format!("{name} room"),
        // Ways of a scale or a score, which stand in the file under these words.
        "Linear" | "Local" | "Range" | "Normal" => return format!("`{name}`"),
        _ => {}
    }
    let mut words = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}

fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// The names that a mistyped one is near to, nearest first, three at the most.
fn nearest<'w>(found: &str, known: &[&'w str]) -> Vec<&'w str> {
    let far = 2.max(found.chars().count() / 3);
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .map(|word| {
            let contained = found.len() > 3 && (word.contains(found) || found.contains(word));
            (if contained { 1 } else { steps_between(found, word) }, *word)
        })
        .filter(|(steps, _)| *steps <= far)
        .collect();
    near.sort();
    near.into_iter().take(3).map(|(_, word)| word).collect()
}

/// How many letters must be put in, taken out or changed to make one word of the other (Levenshtein's distance).
fn steps_between(one: &str, other: &str) -> usize {
    if one.len() > 64 {
        return usize::MAX;
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        assert_eq!(nearest("swng", &["name", "swing", "swing_range"]), ["swing"]);
        assert_eq!(nearest("outcome", &["outcome_parked", "name"]), ["outcome_parked"]);
        assert!(nearest("colour", &["id", "name"]).is_empty());
        assert_eq!(steps_between("kitten", "sitting"), 3);
    }

    #[test]
    fn types_are_called_what_people_call_them() {
        assert_eq!(thing("NeedGroup"), "a need group");
        assert_eq!(thing("ServiceOption"), "an option");
        assert_eq!(thing("Terms"), "terms");
        assert_eq!(the_thing(Some("Read")), "the file");
    }
}
