//! Writes any plain value as RON for people: one thing to a line where things are many, short things on one line.
//!
//! The crate that reads RON can write it too, but only with every field on a line of its own or none; this layout keeps
//! a score, a payment or a ballot together, so that files stay short and compare well line by line. What holds nothing
//! ([`Option::None`]) in a named field is left out: in a workspace file an absent field of that sort means exactly
//! "none", see [`super::format`].

use std::fmt;

use serde::ser::{self, Serialize};

/// The longest line that is not broken, in characters.
const WIDTH: usize = 110;
/// Down to this depth a structure is always broken, so that small rooms and large ones look alike.
const ALWAYS_BROKEN: usize = 2;
const INDENT: &str = "  ";

/// The value as RON, ending with a line break.
///
/// # Errors
/// When the value says of itself that it cannot be written; plain data never does.
pub fn lay_out<T: Serialize>(value: &T) -> Result<String, LayoutError> {
    let tree = value.serialize(Planter)?;
    let mut out = String::new();
    tree.print(&mut out, 0, 0);
    out.push('\n');
    Ok(out)
}

/// Why a value could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutError(String);

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LayoutError {}

impl ser::Error for LayoutError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// A value before it is laid out.
enum Tree {
    Nothing,
    Atom(String),
    /// A name, brackets and what stands between them.
    Branch {
        name: &'static str,
        brackets: Brackets,
        parts: Vec<Part>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Brackets {
    Round,
    Square,
    Curly,
}

/// One part of a branch, with the label before its colon.
struct Part {
    label: String,
    tree: Tree,
}

impl Brackets {
    fn pair(self) -> (char, char) {
        match self {
            Self::Round => ('(', ')'),
            Self::Square => ('[', ']'),
            Self::Curly => ('{', '}'),
        }
    }
}

impl Tree {
    fn print(&self, out: &mut String, depth: usize, before: usize) {
        match self {
            Self::Branch { name, brackets, parts } if self.breaks(depth, before) => {
                let (open, close) = brackets.pair();
                out.push_str(name);
                out.push(open);
                out.push('\n');
                for part in parts {
                    (0..=depth).for_each(|_| out.push_str(INDENT));
                    part.print_label(out);
                    let before = (depth + 1) * INDENT.len() + part.label_width();
                    part.tree.print(out, depth + 1, before);
                    out.push_str(",\n");
                }
                (0..depth).for_each(|_| out.push_str(INDENT));
                out.push(close);
            }
            _ => self.print_flat(out),
        }
    }

    /// Whether it is broken over lines: the upper structures always, lists of things in a room always, the rest when it
    /// would not fit behind the `before` characters of its line.
    fn breaks(&self, depth: usize, before: usize) -> bool {
        let Self::Branch { brackets, parts, .. } = self else { return false };
        if parts.is_empty() {
            return false;
        }
        let rows =
            *brackets == Brackets::Square && parts.iter().any(|p| matches!(p.tree, Self::Branch { .. }));
        let upper = depth <= ALWAYS_BROKEN && parts.iter().any(|p| !p.label.is_empty());
        // The comma that follows wants a character too.
        upper || (rows && depth == ALWAYS_BROKEN + 1) || self.flat_width(WIDTH) + before + 1 > WIDTH
    }

    /// The width on one line, or something above `limit` as soon as it is past it.
    fn flat_width(&self, limit: usize) -> usize {
        match self {
            Self::Nothing => "None".len(),
            Self::Atom(text) => text.chars().count(),
            Self::Branch { name, parts, .. } => {
                let mut width = name.len() + 2;
                for part in parts {
                    width += part.label_width() + part.tree.flat_width(limit) + 2;
                    if width > limit + 2 {
                        break;
                    }
                }
                width - if parts.is_empty() { 0 } else { 2 }
            }
        }
    }

    fn print_flat(&self, out: &mut String) {
        match self {
            Self::Nothing => out.push_str("None"),
            Self::Atom(text) => out.push_str(text),
            Self::Branch { name, brackets, parts } => {
                let (open, close) = brackets.pair();
                out.push_str(name);
                out.push(open);
                for (place, part) in parts.iter().enumerate() {
                    if place > 0 {
                        out.push_str(", ");
                    }
                    part.print_label(out);
                    part.tree.print_flat(out);
                }
                out.push(close);
            }
        }
    }
}

impl Part {
    fn print_label(&self, out: &mut String) {
        if !self.label.is_empty() {
            out.push_str(&self.label);
            out.push_str(": ");
        }
    }

    fn label_width(&self) -> usize {
        if self.label.is_empty() { 0 } else { self.label.chars().count() + 2 }
    }
}

/// A text in quotation marks, with everything escaped that cannot be seen for what it is.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || is_invisible(c) => {
                out.extend(c.escape_unicode());
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Characters that change what is seen without being seen: marks of direction, line separators, the byte-order mark.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Grows a [`Tree`] from a value.
struct Planter;

/// Gathers the parts of one branch.
struct Branching {
    name: &'static str,
    brackets: Brackets,
    parts: Vec<Part>,
    key: String,
}

impl Branching {
    fn new(name: &'static str, brackets: Brackets) -> Self {
        Self { name, brackets, parts: Vec::new(), key: String::new() }
    }

    fn push<T: ?Sized + Serialize>(&mut self, label: String, value: &T) -> Result<(), LayoutError> {
        let tree = value.serialize(Planter)?;
        self.parts.push(Part { label, tree });
        Ok(())
    }

    /// A named field; one that holds nothing is left out.
    fn field<T: ?Sized + Serialize>(&mut self, label: &str, value: &T) -> Result<(), LayoutError> {
        self.push(label.to_owned(), value)?;
        if matches!(self.parts.last(), Some(Part { tree: Tree::Nothing, .. })) {
            self.parts.pop();
        }
        Ok(())
    }

    fn finish(self) -> Tree {
        Tree::Branch { name: self.name, brackets: self.brackets, parts: self.parts }
    }
}

macro_rules! atoms {
    ($($method:ident: $type:ty),+ $(,)?) => {$(
        fn $method(self, value: $type) -> Result<Tree, LayoutError> {
            Ok(Tree::Atom(value.to_string()))
        }
    )+};
}

impl ser::Serializer for Planter {
    type Ok = Tree;
    type Error = LayoutError;
    type SerializeSeq = Branching;
    type SerializeTuple = Branching;
    type SerializeTupleStruct = Branching;
    type SerializeTupleVariant = Branching;
    type SerializeMap = Branching;
    type SerializeStruct = Branching;
    type SerializeStructVariant = Branching;

    atoms! {
        serialize_bool: bool,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    }

    fn serialize_f32(self, value: f32) -> Result<Tree, LayoutError> {
        Ok(Tree::Atom(format!("{value:?}")))
    }

    // The debug form is the shortest that reads back to the same bits, and always looks like a decimal.
    fn serialize_f64(self, value: f64) -> Result<Tree, LayoutError> {
        Ok(Tree::Atom(format!("{value:?}")))
    }

    fn serialize_char(self, value: char) -> Result<Tree, LayoutError> {
        Ok(Tree::Atom(format!("{value:?}")))
    }

    fn serialize_str(self, value: &str) -> Result<Tree, LayoutError> {
        Ok(Tree::Atom(quoted(value)))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Tree, LayoutError> {
        Err(ser::Error::custom("a workspace file holds no bytes"))
    }

    fn serialize_none(self) -> Result<Tree, LayoutError> {
        Ok(Tree::Nothing)
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<Tree, LayoutError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Tree, LayoutError> {
        Ok(Tree::Atom("()".to_owned()))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree, LayoutError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Tree, LayoutError> {
        Ok(Tree::Atom(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Tree, LayoutError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Tree, LayoutError> {
        let mut branch = Branching::new(variant, Brackets::Round);
        branch.push(String::new(), value)?;
        Ok(branch.finish())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Branching, LayoutError> {
        Ok(Branching::new("", Brackets::Square))
    }

    fn serialize_tuple(self, _: usize) -> Result<Branching, LayoutError> {
        Ok(Branching::new("", Brackets::Round))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Branching, LayoutError> {
        Ok(Branching::new("", Brackets::Round))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Branching, LayoutError> {
        Ok(Branching::new(variant, Brackets::Round))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Branching, LayoutError> {
        Ok(Branching::new("", Brackets::Curly))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Branching, LayoutError> {
        Ok(Branching::new("", Brackets::Round))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Branching, LayoutError> {
        Ok(Branching::new(variant, Brackets::Round))
    }
}

macro_rules! unnamed_parts {
    ($($kind:ident $method:ident),+ $(,)?) => {$(
        impl ser::$kind for Branching {
            type Ok = Tree;
            type Error = LayoutError;

            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), LayoutError> {
                self.push(String::new(), value)
            }

            fn end(self) -> Result<Tree, LayoutError> {
                Ok(self.finish())
            }
        }
    )+};
}

unnamed_parts! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

macro_rules! named_parts {
    ($($kind:ident),+ $(,)?) => {$(
        impl ser::$kind for Branching {
            type Ok = Tree;
            type Error = LayoutError;

            fn serialize_field<T: ?Sized + Serialize>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), LayoutError> {
                self.field(name, value)
            }

            fn end(self) -> Result<Tree, LayoutError> {
                Ok(self.finish())
            }
        }
    )+};
}

named_parts!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Branching {
    type Ok = Tree;
    type Error = LayoutError;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), LayoutError> {
        self.key.clear();
        key.serialize(Planter)?.print_flat(&mut self.key);
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), LayoutError> {
        let label = std::mem::take(&mut self.key);
        self.push(label, value)
    }

    fn end(self) -> Result<Tree, LayoutError> {
        Ok(self.finish())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(serde::Serialize)]
    struct Row {
        name: &'static str,
        share: Option<f64>,
        at: Option<(f64, f64)>,
        by: BTreeMap<&'static str, f64>,
    }

    #[test]
    fn short_things_stay_on_a_line_and_what_is_absent_is_left_out() {
        let row = Row {
            name: "a “b” \"c\"\n",
            share: None,
            at: Some((1.0, 2.5)),
            by: BTreeMap::from([("x", 1e16)]),
        };
        assert_eq!(
            lay_out(&vec![row]).expect("plain data"),
            "[(name: \"a “b” \\\"c\\\"\\n\", at: (1.0, 2.5), by: {\"x\": 1e16})]\n"
        );
    }

    #[test]
    fn long_things_are_broken_one_part_to_a_line() {
        let text = lay_out(&vec!["x".repeat(60), "y".repeat(60)]).expect("plain data");
        assert_eq!(text.lines().count(), 4);
        assert!(text.ends_with("\",\n]\n"), "{text}");
    }

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(quoted("a\u{202e}b\u{7}\\"), "\"a\\u{202e}b\\u{7}\\\\\"");
    }
}
