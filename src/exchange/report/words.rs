//! Texts of a paper on their way to paper: nothing unseen in them, and nothing torn apart that belongs together.

use crate::exchange::handout::harmless;

/// A text on its own: one line, what cannot be seen shown by its number, figures held together with their signs.
#[must_use]
pub(super) fn whole(text: &str) -> String {
    held_together(&harmless::one_line(text))
}

/// A stretch of a longer text: as [`whole`], and one space stays where it begins or ends with any.
#[must_use]
pub(super) fn stretch(text: &str) -> String {
    let line = whole(text);
    if line.is_empty() {
        return if text.is_empty() { line } else { " ".to_owned() };
    }
    let before = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let after = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{before}{line}{after}")
}

/// The longest that what a chart shows is told in, in characters. A crowded one says more than anybody listens to, and more
/// than the standard of archived PDF holds in one text (32,767 bytes).
const LONGEST_ALTERNATIVE: usize = 2_000;

/// What a chart shows for those who do not see it: in whole sentences as far as there is room, then where the rest is. The
/// caption stands for a chart of which nothing is told.
#[must_use]
pub(super) fn alternative(told: &str, caption: &str) -> String {
    let told = whole(told);
    if told.is_empty() {
        let caption = cut(&whole(caption), LONGEST_ALTERNATIVE);
        return if caption.is_empty() { "A chart".to_owned() } else { caption };
    }
    if told.chars().count() <= LONGEST_ALTERNATIVE {
        return told;
    }
    let room = told.char_indices().nth(LONGEST_ALTERNATIVE).map_or(told.len(), |(at, _)| at);
    let kept = match told[..room].rfind(". ") {
        Some(end) => told[..=end].to_owned(),
        None => cut(&told, LONGEST_ALTERNATIVE),
    };
    format!("{kept} There is more in it than is told here; the tables have the figures.")
}

/// A text of at most so many characters, cut between words, with an ellipsis where something is cut off.
#[must_use]
pub(super) fn cut(text: &str, longest: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(longest) else { return text.to_owned() };
    let kept = &text[..end];
    let whole = kept.rsplit_once(' ').map_or(kept, |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', '.', ':']))
}

/// No line may end between a figure and its "%".
fn held_together(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(" %") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        out.push(if before.ends_with(|c: char| c.is_ascii_digit()) { '\u{A0}' } else { ' ' });
        rest = &after[1..];
    }
    out.push_str(rest);
    out
}

/// The same for a program that breaks lines by itself: a sign that joins, of no width, on either side of the dash of a range
/// of figures, so that none ends between them.
#[must_use]
pub(super) fn joined(text: &str) -> String {
    const JOINS: char = '\u{2060}';
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = None;
    while let Some(letter) = letters.next() {
        let is_range = letter == '–'
            && before.is_some_and(|before: char| before.is_ascii_digit())
            && letters.peek().is_some_and(|after| after.is_ascii_digit() || matches!(after, '£' | '−'));
        if is_range {
            out.extend([JOINS, letter, JOINS]);
        } else {
            out.push(letter);
        }
        before = Some(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowded_chart_is_told_in_whole_sentences_as_far_as_there_is_room() {
        let marks: String = (0..900).map(|at| format!("Option {at}, first in 1 %. ")).collect();
        let told = alternative(&marks, "");
        assert!(told.chars().count() < LONGEST_ALTERNATIVE + 100);
        assert!(told.starts_with("Option 0, first in 1\u{A0}%. Option 1"));
        assert!(
            told.ends_with("1\u{A0}%. There is more in it than is told here; the tables have the figures.")
        );
        assert!(alternative(&"letters".repeat(9_000), "").chars().count() < LONGEST_ALTERNATIVE + 100);
        assert_eq!(alternative("B leads. ", "Figure 1"), "B leads.");
        assert_eq!(alternative(" ", "Figure 1"), "Figure 1");
        assert_eq!(alternative("", ""), "A chart");
    }

    #[test]
    fn a_range_of_figures_is_joined_and_nothing_else() {
        assert_eq!(joined("£2.0m (1.2–2.8)"), "£2.0m (1.2\u{2060}–\u{2060}2.8)");
        assert_eq!(joined("north–south, 3 – 4, –5"), "north–south, 3 – 4, –5");
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(cut("one, two", 6), "one…");
        assert_eq!(cut("one, two", 8), "one, two");
    }

    #[test]
    fn figures_stay_with_their_sign_and_stretches_with_their_spaces() {
        assert_eq!(whole(" 62 % of  the weight "), "62\u{A0}% of the weight");
        assert_eq!(whole("in %"), "in %");
        assert_eq!(stretch("leads \n"), "leads ");
        assert_eq!(stretch(" with 67"), " with 67");
        assert_eq!(stretch("\t"), " ");
        assert_eq!(stretch(""), "");
    }
}
