//! Texts that others wrote, made harmless for what they are put into.

use crate::file::characters::is_unseen;

/// A text on one line in which characters that nobody sees stand as their numbers: controls, and those that turn the
/// direction of writing round.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        push_seen(&mut line, word);
    }
    line
}

fn push_seen(out: &mut String, text: &str) {
    for character in text.chars() {
        if is_unseen(character) || means_nothing(character) {
            out.push_str(&format!("[U+{:04X}]", u32::from(character)));
        } else {
            out.push(character);
        }
    }
}

/// Whether a character is none, or means whatever two programs agree on: no page and no XML can say it.
fn means_nothing(character: char) -> bool {
    let code = u32::from(character);
    code & 0xFFFE == 0xFFFE
        || matches!(code, 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD)
}

/// A text as it is, save that characters which nobody sees stand as their numbers; lines stay lines.
#[must_use]
pub fn seen(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        push_seen(&mut out, line);
    }
    out
}

/// The same for HTML, between tags and in quoted attributes.
#[must_use]
pub fn html(text: &str) -> String {
    escaped(&one_line(text))
}

/// A line that is harmless already, for HTML and XML, between tags and in quoted attributes.
#[must_use]
pub fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// The same for a cell of a spreadsheet: with an apostrophe in front where a spreadsheet would run it as a formula.
#[must_use]
pub fn cell(text: &str) -> String {
    crate::exchange::table::guarded(&one_line(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_do_harm_is_shown_and_does_nothing() {
        assert_eq!(one_line("a\u{202E}b\u{7}\nc"), "a[U+202E]b[U+0007] c");
        assert_eq!(one_line("a\u{FFFF}\u{E000}b"), "a[U+FFFF][U+E000]b");
        assert_eq!(html("<script>\"x\" & 'y'"), "&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("\t@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(cell("Women’s centre"), "Women’s centre");
    }
}
