//! The grammar of RON alone: brackets, commas, colons and texts, with the place of each.
//!
//! The crate that reads RON into the model says little about faults of grammar, passes NaN and lets the second of two
//! equal keys win. This reads the same text first and says in plain words what is wrong with it.

use std::{borrow::Cow, collections::HashMap};

use super::{
    characters::is_unseen,
    outline::{Node, Part, Shape},
    read_error::{Fault, ReadErrorKind as Kind, line_and_column},
};

/// How many brackets within brackets are followed; a workspace needs fewer than twelve.
const DEEPEST: usize = 48;
/// How many values a file may hold; the largest file of ordinary content holds fewer.
const MOST_VALUES: usize = 3_000_000;

/// What the grammar of a file says beside its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// How many comments were read past.
    pub comments: usize,
}

/// Reads through the whole text.
///
/// # Errors
/// The first fault of grammar, NaN or infinity, or double key.
pub(super) fn survey(text: &str) -> Result<Survey, Fault> {
    let mut reader = Reader::new(text, false);
    reader.document()?;
    Ok(Survey { comments: reader.comments })
}

/// The text as a tree, to find places in; only for a text that has passed [`survey`].
pub(super) fn outline(text: &str) -> Option<Node> {
    Reader::new(text, true).document().ok()
}

/// Reads a text from front to back.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    keep: bool,
    depth: usize,
    values: usize,
    comments: usize,
}

/// The keys of one branch, so that none comes twice.
#[derive(Default)]
struct Keys<'t> {
    few: Vec<(Cow<'t, str>, usize)>,
    /// Takes over when there are many, as in a map of a large file.
    many: Option<HashMap<Cow<'t, str>, usize>>,
}

impl<'t> Keys<'t> {
    const FEW: usize = 16;

    /// Where the key has been before; else remembers it.
    fn seen(&mut self, word: &'t str, at: usize) -> Option<usize> {
        let key = plain_key(word);
        if self.few.len() < Self::FEW {
            let earlier = self.few.iter().find(|(k, _)| *k == key).map(|(_, at)| *at);
            if earlier.is_none() {
                self.few.push((key, at));
            }
            return earlier;
        }
        let many = self.many.get_or_insert_with(|| self.few.iter().cloned().collect());
        let earlier = many.get(&key).copied();
        if earlier.is_none() {
            many.insert(key, at);
        }
        earlier
    }
}

/// Where white space and comments end that begin at a place, and how many comments there were.
///
/// # Errors
/// When a comment is not closed.
pub(super) fn past_space(text: &str, mut at: usize) -> Result<(usize, usize), Fault> {
    let mut comments = 0;
    loop {
        at += text.as_bytes()[at..].iter().take_while(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')).count();
        // All that follows is for what hardly ever comes.
        if text.as_bytes().get(at).is_some_and(|b| b.is_ascii_graphic() && *b != b'/') {
            return Ok((at, comments));
        }
        let rest = &text[at..];
        at += rest.len() - rest.trim_start().len();
        let rest = &text[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            let Some(length) = comment_length(rest) else {
                return Err(Fault::new(
                    Kind::Grammar,
                    at,
                    "The comment that begins here is not closed.",
                    "End it with */.",
                ));
            };
            at += length;
        } else {
            return Ok((at, comments));
        }
        comments += 1;
    }
}

/// The length of the comment that a text begins with, comments inside it included; `None` when it is not closed.
fn comment_length(text: &str) -> Option<usize> {
    let (mut open, mut at) = (0_usize, 0);
    loop {
        let bytes = &text.as_bytes()[at..];
        if bytes.starts_with(b"/*") {
            open += 1;
            at += 2;
        } else if bytes.starts_with(b"*/") {
            open -= 1;
            at += 2;
            if open == 0 {
                return Some(at);
            }
        } else if bytes.is_empty() {
            return None;
        } else {
            at += 1;
        }
    }
}

/// What a key says, however it is written.
pub(super) fn plain_key(word: &str) -> Cow<'_, str> {
    match word.strip_prefix('"').and_then(|w| w.strip_suffix('"')) {
        Some(inner) if !inner.contains('\\') => Cow::Borrowed(inner),
        Some(_) => ron::from_str::<String>(word).map_or(Cow::Borrowed(word), Cow::Owned),
        None => Cow::Borrowed(word.strip_prefix("r#").unwrap_or(word)),
    }
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, keep: bool) -> Self {
        Self { text, at: 0, keep, depth: 0, values: 0, comments: 0 }
    }

    fn document(&mut self) -> Result<Node, Fault> {
        self.space()?;
        while self.rest().starts_with("#!") {
            let Some(end) = self.rest().find(']') else { return Err(self.cut_off(self.at, "first line")) };
            self.at += end + 1;
            self.space()?;
        }
        let node = self.value()?;
        self.space()?;
        if self.at < self.text.len() {
            return Err(Fault::new(
                Kind::Grammar,
                self.at,
                format!("{} stands after the end of the workspace.", self.shown()),
                "Remove what follows the last closing bracket, or look for a bracket that is closed too early.",
            ));
        }
        Ok(node)
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes white space and comments.
    fn space(&mut self) -> Result<(), Fault> {
        let (end, comments) = past_space(self.text, self.at)?;
        self.at = end;
        self.comments += comments;
        Ok(())
    }

    fn value(&mut self) -> Result<Node, Fault> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(Fault::new(
                Kind::TooLarge,
                self.at,
                "The file holds more figures and texts than any workspace can.",
                "This is hardly a workspace; look whether it is the right file, or open a backup.",
            ));
        }
        let start = self.at;
        match self.peek() {
            None => Err(self.cut_off(self.at, "value")),
            Some('(') => self.branch(start, Shape::Round),
            Some('[') => self.branch(start, Shape::Square),
            Some('{') => self.branch(start, Shape::Curly),
            Some('"') => self.quoted(start),
            Some('\'') => self.character(start),
            Some('r' | 'b') if self.prefixed_text() => self.prefixed(start),
            Some(c) if is_bare(c) => self.bare(start),
            Some(_) => Err(Fault::new(
                Kind::Grammar,
                self.at,
                format!("{} does not belong here.", self.shown()),
                "Remove it; if it is part of a text, put the text in quotation marks.",
            )),
        }
    }

    /// A number or a word, and what stands in brackets right behind a word.
    fn bare(&mut self, start: usize) -> Result<Node, Fault> {
        let rest = self.rest();
        let plain =
            rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-')).count();
        let length = rest[plain..].find(|c| !is_bare(c)).map_or(rest.len(), |more| plain + more);
        self.at += length;
        let word = &rest[..length];
        let number = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
        // At the very end it is the beginning of a longer word, cut off.
        if is_not_finite(word) && self.at < self.text.len() {
            return Err(Fault::new(
                Kind::NotANumber,
                start,
                format!("`{}` is not a figure that can be reckoned with.", clipped(word)),
                "Write a number, or remove the field where the figure is not known.",
            ));
        }
        if !number {
            let end = self.at;
            self.space()?;
            if self.peek() == Some('(') {
                return self.branch(start, Shape::Round);
            }
            self.at = end;
        }
        let shape = if number { Shape::Number } else { Shape::Word };
        Ok(Node { start, end: self.at, shape, parts: Vec::new() })
    }

    fn quoted(&mut self, start: usize) -> Result<Node, Fault> {
        let mut escaped = false;
        let body = self.at + 1;
        for (place, byte) in self.text.as_bytes()[body..].iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    self.at = body + place + 1;
                    return Ok(Node { start, end: self.at, shape: Shape::Text, parts: Vec::new() });
                }
                _ => {}
            }
        }
        // A text is written on one line, so an end in that line means that the file is cut off.
        if self.text[body..].trim_end().contains('\n') {
            Err(unclosed_text(start))
        } else {
            Err(self.cut_off(self.text.len(), "text"))
        }
    }

    fn character(&mut self, start: usize) -> Result<Node, Fault> {
        let rest = &self.text[start + 1..];
        let inner = if rest.starts_with('\\') { 2 } else { rest.chars().next().map_or(0, char::len_utf8) };
        match rest.get(inner..).and_then(|r| r.find('\'')) {
            Some(end) if end < 10 => {
                self.at = start + 1 + inner + end + 1;
                Ok(Node { start, end: self.at, shape: Shape::Text, parts: Vec::new() })
            }
            _ => Err(Fault::new(
                Kind::Grammar,
                start,
                "A single quotation mark stands outside a text.",
                "Put texts in double quotation marks.",
            )),
        }
    }

    /// Whether a text with letters before its quotation mark begins here: `r"…"`, `r#"…"#`, `b"…"`.
    fn prefixed_text(&self) -> bool {
        let rest = self.rest().trim_start_matches('b').trim_start_matches('r');
        self.rest().len() - rest.len() <= 2 && rest.trim_start_matches('#').starts_with('"')
    }

    fn prefixed(&mut self, start: usize) -> Result<Node, Fault> {
        let rest = self.rest();
        let letters = rest.len() - rest.trim_start_matches(['b', 'r']).len();
        let hashes = rest[letters..].len() - rest[letters..].trim_start_matches('#').len();
        if !rest[..letters].contains('r') {
            self.at += letters;
            return self.quoted(start);
        }
        let body = start + letters + hashes + 1;
        let close = format!("\"{}", "#".repeat(hashes));
        match self.text[body..].find(&close) {
            Some(end) => {
                self.at = body + end + close.len();
                Ok(Node { start, end: self.at, shape: Shape::Text, parts: Vec::new() })
            }
            None => Err(self.cut_off(self.text.len(), "text")),
        }
    }

    /// Brackets and what stands in them; the opening bracket is next, the name before it has been read from `start`.
    fn branch(&mut self, start: usize, shape: Shape) -> Result<Node, Fault> {
        let opened = self.at;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault::new(
                Kind::TooDeep,
                opened,
                format!("Brackets stand inside brackets more than {DEEPEST} deep."),
                "No workspace needs that; look whether it is the right file, or open a backup.",
            ));
        }
        let mut keys = Keys::default();
        let mut parts = Vec::new();
        self.at += 1;
        loop {
            self.space()?;
            if self.closes(shape, opened)? {
                break;
            }
            let from = self.at;
            let part = self.part(shape, &mut keys)?;
            let last = (part.value.shape, part.value.start, part.value.end);
            if self.keep {
                parts.push(part);
            }
            self.space()?;
            if self.peek() == Some(',') {
                self.at += 1;
            } else if !self.next_closes() {
                return Err(self.comma_missing(from, last, opened));
            }
        }
        self.depth -= 1;
        Ok(Node { start, end: self.at, shape, parts })
    }

    /// One value with the key before it, if it has one.
    fn part(&mut self, shape: Shape, keys: &mut Keys<'t>) -> Result<Part, Fault> {
        let first = self.value()?;
        let behind = self.at;
        self.space()?;
        let colon = self.peek() == Some(':');
        if !colon {
            let ends = self.peek().is_none();
            self.at = behind;
            if ends {
                return Ok(Part { key: None, value: first });
            }
            if shape == Shape::Curly
                || (shape == Shape::Round && first.shape == Shape::Word && self.value_follows())
            {
                return Err(Fault::new(
                    Kind::Grammar,
                    first.end,
                    format!("A colon is missing after {}.", self.quote(first.start, first.end)),
                    "Put a colon between the name and its value.",
                ));
            }
            return Ok(Part { key: None, value: first });
        }
        self.values -= 1;
        let key = (first.start, first.end);
        if let Some(earlier) = keys.seen(&self.text[key.0..key.1], key.0) {
            let (line, _) = line_and_column(self.text, earlier);
            return Err(Fault::new(
                Kind::DoubleField,
                key.0,
                format!("{} is here twice; the first is in line {line}.", self.quote(key.0, key.1)),
                "Keep one of them and remove the other.",
            ));
        }
        self.at += 1;
        self.space()?;
        if self.peek() == Some(',') || self.next_closes() {
            return Err(Fault::new(
                Kind::Grammar,
                self.at,
                format!("There is no value after {}.", self.quote(key.0, key.1)),
                "Write the value, or remove the whole field.",
            ));
        }
        let value = self.value()?;
        Ok(Part { key: Some(key), value })
    }

    fn value_follows(&mut self) -> bool {
        let here = self.at;
        let follows = self.space().is_ok()
            && self.peek().is_some_and(|c| is_bare(c) || matches!(c, '"' | '\'' | '[' | '{' | '('));
        self.at = here;
        follows
    }

    fn next_closes(&self) -> bool {
        matches!(self.peek(), Some(')' | ']' | '}'))
    }

    /// Passes the bracket that closes this branch, if it is next.
    fn closes(&mut self, shape: Shape, opened: usize) -> Result<bool, Fault> {
        let Some(next) = self.peek() else { return Err(self.not_closed(opened)) };
        let wanted = match shape {
            Shape::Square => ']',
            Shape::Curly => '}',
            _ => ')',
        };
        if next == wanted {
            self.at += 1;
            return Ok(true);
        }
        if self.next_closes() {
            let (line, _) = line_and_column(self.text, opened);
            let opening = &self.text[opened..=opened];
            return Err(Fault::new(
                Kind::Grammar,
                self.at,
                format!("`{next}` stands where `{wanted}` belongs, to close the `{opening}` of line {line}."),
                format!("Write `{wanted}` here, or look for a bracket too many or too few above."),
            ));
        }
        Ok(false)
    }

    /// The part that began at `from` ended in this value, and neither a comma nor the end of the branch follows.
    fn comma_missing(&self, from: usize, (shape, start, end): (Shape, usize, usize), opened: usize) -> Fault {
        if self.at >= self.text.len() {
            return self.not_closed(opened);
        }
        if shape == Shape::Text && self.text[start..end].contains('\n') {
            return unclosed_text(start);
        }
        let last_line = self.text[from..end].rfind('\n').map_or(from, |place| from + place + 1);
        Fault::new(
            Kind::Grammar,
            end,
            format!("A comma is missing after {}.", self.quote(last_line, end)),
            "Put a comma there; if a text is meant to go on, write \\\" for the quotation marks inside it.",
        )
    }

    fn not_closed(&self, opened: usize) -> Fault {
        let (line, _) = line_and_column(self.text, opened);
        Fault::new(
            Kind::Truncated,
            self.text.len(),
            format!("The file ends in the middle: the bracket opened in line {line} is not closed."),
            TRUNCATED_REMEDY,
        )
    }

    fn cut_off(&self, at: usize, what: &str) -> Fault {
        Fault::new(Kind::Truncated, at, format!("The file ends in the middle of a {what}."), TRUNCATED_REMEDY)
    }

    /// A stretch of the text as messages quote it.
    fn quote(&self, start: usize, end: usize) -> String {
        format!("`{}`", clipped(self.text[start..end].trim()))
    }

    fn shown(&self) -> String {
        match self.peek() {
            Some(c) if c.is_control() => format!("The character U+{:04X}", u32::from(c)),
            Some(c) => format!("`{c}`"),
            None => "The end".to_owned(),
        }
    }
}

fn unclosed_text(start: usize) -> Fault {
    Fault::new(
        Kind::Grammar,
        start,
        "The text that begins here has no closing quotation mark.",
        "Put \" where the text ends; inside a text write \\\" for a quotation mark.",
    )
}

pub(super) const TRUNCATED_REMEDY: &str =
    "Part of it was lost, perhaps in copying. Fetch the whole file again, or open a backup.";

/// The first part of a stretch of text, short enough for a message.
pub(super) fn clipped(text: &str) -> String {
    const SHOWN: usize = 60;
    let line = text.lines().next().unwrap_or("");
    let long = line.chars().nth(SHOWN).is_some() || line.len() < text.len();
    // A file that is no workspace may hold what commands the terminal that this is shown on.
    let seen = |c: char| if is_unseen(c) { '\u{fffd}' } else { c };
    let shown: String = line.chars().take(SHOWN).map(seen).collect();
    if long { format!("{shown}…") } else { shown }
}

/// Characters of numbers and words.
fn is_bare(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.' | '+' | '-' | '#')
}

/// Whether a number or word is NaN, infinite, or past what a figure can hold.
fn is_not_finite(word: &str) -> bool {
    // Short figures without an exponent are finite whatever they are; nearly all are of this sort.
    const SHORT: usize = 300;
    if word.len() < SHORT && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-')) {
        return false;
    }
    let plain = word.trim_start_matches(['+', '-']);
    let plain = plain.strip_suffix("f64").or_else(|| plain.strip_suffix("f32")).unwrap_or(plain);
    if ["nan", "inf", "infinity"].iter().any(|w| plain.eq_ignore_ascii_case(w)) {
        return true;
    }
    plain.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && plain.replace('_', "").parse::<f64>().is_ok_and(|figure| !figure.is_finite())
}
