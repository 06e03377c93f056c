//! Reads source text as far as the rules need it: code without comments and strings, and the paths that it names.

/// One file of source.
pub struct Source {
    /// The path from the root of the repository, with forward slashes.
    pub path: String,
    pub text: String,
    /// The same lines with comments, strings and tests blanked out.
    pub code: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let code = without_tests(&without_comments_and_strings(text));
        Self { path: path.to_owned(), text: text.to_owned(), code }
    }

    /// Every path that the code names, with its line counted from 1: `use` trees spread out, `super` resolved to
    /// `crate::…`, and paths in expressions as they stand.
    pub fn paths(&self) -> Vec<(usize, String)> {
        let tokens = tokens(&self.code);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            if is_name(tokens[at].1) {
                at = spread(&tokens, at, String::new(), &mut found);
            } else {
                at += 1;
            }
        }
        let module = module_of(&self.path);
        found.into_iter().map(|(line, path)| (line, resolved(&path, &module))).collect()
    }

    /// The lines of code that contain a text, counted from 1.
    pub fn lines_with<'a>(&'a self, needle: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.code.lines().enumerate().filter(move |(_, line)| line.contains(needle)).map(|(at, _)| at + 1)
    }
}

/// Blanks comments and what is between quotes, keeping every line where it is.
fn without_comments_and_strings(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let end = end_of_blank(&letters, at);
        if end > at {
            code.extend(letters[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        } else {
            code.push(letters[at]);
            at += 1;
        }
    }
    code
}

/// Where the comment, string or character that begins here ends; `at` itself when none begins here.
fn end_of_blank(letters: &[char], at: usize) -> usize {
    let next = letters.get(at + 1).copied();
    match letters[at] {
        '/' if next == Some('/') => {
            letters[at..].iter().position(|&c| c == '\n').map_or(letters.len(), |end| at + end)
        }
        '/' if next == Some('*') => {
            let (mut depth, mut end) = (1, at + 2);
            while depth > 0 && end < letters.len() {
                match (letters[end], letters.get(end + 1)) {
                    ('*', Some('/')) => (depth, end) = (depth - 1, end + 1),
                    ('/', Some('*')) => (depth, end) = (depth + 1, end + 1),
                    _ => {}
                }
                end += 1;
            }
            end
        }
        '"' => end_of_string(letters, at + 1),
        'r' if at == 0 || !is_name_letter(letters[at - 1]) || letters[at - 1] == 'b' => {
            let hashes = letters[at + 1..].iter().take_while(|&&c| c == '#').count();
            if letters.get(at + 1 + hashes) != Some(&'"') {
                return at;
            }
            let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let body = at + 2 + hashes;
            letters[body..]
                .windows(close.len())
                .position(|end| end == close)
                .map_or(letters.len(), |end| body + end + close.len())
        }
        // A character, not a lifetime: closed by a quote after one letter or an escape.
        '\'' if next == Some('\\') => {
            let close = letters.iter().skip(at + 3).position(|&c| c == '\'');
            close.map_or(letters.len(), |end| at + 3 + end + 1)
        }
        '\'' if letters.get(at + 2) == Some(&'\'') => at + 3,
        _ => at,
    }
}

fn end_of_string(letters: &[char], mut at: usize) -> usize {
    while at < letters.len() {
        match letters[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    letters.len()
}

/// Blanks every item behind `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        out.push_str(&rest[..at]);
        let item = &rest[at..];
        let end = end_of_item(item);
        out.extend(item[..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &item[end..];
    }
    out + rest
}

/// The byte behind an item: behind its first semicolon outside brackets, or behind its braces.
fn end_of_item(item: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in item.char_indices() {
        match letter {
            '{' | '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    item.len()
}

/// Names, `::`, braces and commas, each with its line from 1; anything else as a token of its own letter.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    for (line, text) in code.lines().enumerate() {
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = if is_name_letter(first) {
                rest.find(|c| !is_name_letter(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push((line + 1, &rest[..length]));
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

fn is_name_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Spreads the path or tree that begins at token `at` and adds its paths; answers where it ends.
fn spread(tokens: &[(usize, &str)], mut at: usize, above: String, found: &mut Vec<(usize, String)>) -> usize {
    let line = tokens[at].0;
    let mut path = above;
    loop {
        let token = tokens.get(at).map_or("", |t| t.1);
        if token == "{" {
            return spread_group(tokens, at + 1, &path, found);
        }
        if !(is_name(token) || token == "*") {
            break;
        }
        path = if path.is_empty() { token.to_owned() } else { format!("{path}::{token}") };
        at += 1;
        if tokens.get(at).is_none_or(|t| t.1 != "::") {
            break;
        }
        at += 1;
    }
    if path.contains("::") {
        found.push((line, path));
    }
    at
}

fn spread_group(
    tokens: &[(usize, &str)],
    mut at: usize,
    above: &str,
    found: &mut Vec<(usize, String)>,
) -> usize {
    while let Some(&(_, token)) = tokens.get(at) {
        match token {
            "}" => return at + 1,
            token if is_name(token) || token == "*" || token == "{" => {
                at = spread(tokens, at, above.to_owned(), found);
            }
            _ => at += 1,
        }
    }
    at
}

/// The module of a file under `src`, from the crate down: `src/model/check.rs` is `[model, check]`.
fn module_of(path: &str) -> Vec<&str> {
    let Some(path) = path.strip_prefix("src/").and_then(|p| p.strip_suffix(".rs")) else { return Vec::new() };
    let mut module: Vec<&str> = path.split('/').collect();
    if matches!(module.last(), Some(&("mod" | "lib" | "main"))) {
        module.pop();
    }
    module
}

/// The path with `super` and `self` replaced by `crate::…`.
fn resolved(path: &str, module: &[&str]) -> String {
    if !(path.starts_with("super::") || path.starts_with("self::")) {
        return path.to_owned();
    }
    let mut steps = module.to_vec();
    for step in path.split("::") {
        match step {
            "super" => _ = steps.pop(),
            "self" => {}
            step => steps.push(step),
        }
    }
    format!("crate::{}", steps.join("::"))
}

#[test]
fn comments_strings_and_tests_are_no_code() {
    for (text, code) in [
        ("a // b\nc", "a\nc"),
        ("a /* b /* c */ d */ e", "a                   e"),
        ("f(\"x \\\" y\", 'z', '\\'', r#\"q\"#, 'static)", "f(        ,    ,     ,       , 'static)"),
        ("a;\n#[cfg(test)]\nmod tests {\n fn f() { b }\n}\nc", "a;\n\n\n\n\nc"),
        ("#[cfg(test)]\nmod tests;\nc", "\n\nc"),
    ] {
        let read = Source::new("src/a.rs", text).code;
        let lines = |text: &str| text.lines().map(|l| l.trim_end().to_owned()).collect::<Vec<_>>();
        assert_eq!(lines(&read), lines(code), "{text}");
    }
}

#[test]
fn paths_are_found_however_they_are_written() {
    for (text, paths) in [
        (
            "use std::{fs, time::{Duration, Instant}};",
            &["std::fs", "std::time::Duration", "std::time::Instant"][..],
        ),
        ("use super::super::ui::theme;", &["crate::ui::theme"]),
        ("use super::{ids, super::file};", &["crate::model::ids", "crate::file"]),
        ("let x = crate::file::save(&std::fs::read(p));", &["crate::file::save", "std::fs::read"]),
        ("use egui::*;", &["egui::*"]),
    ] {
        let found = Source::new("src/model/check.rs", text).paths();
        assert_eq!(found.iter().map(|(_, path)| path.as_str()).collect::<Vec<_>>(), paths, "{text}");
    }
}
