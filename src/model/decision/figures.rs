//! Figures that stand in a sentence, and how a sentence is brought up to date when one of them has changed.

use serde::{Deserialize, Serialize};

/// A figure of the analysis that somebody wrote into a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureRef {
    /// Which figure it is, such as `total/local-partnership-k3f9`; the analysis knows them.
    pub key: String,
    /// The figure as it stands in the sentence: "67", "62 %".
    pub words: String,
    /// What it was when it was written.
    pub value: f64,
    /// What the figure had become, in words, when somebody chose to leave the sentence as it is; empty where nobody did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kept: String,
}

impl FigureRef {
    /// A figure as it is written now.
    #[must_use]
    pub fn new(key: &str, words: &str, value: f64) -> Self {
        Self { key: key.to_owned(), words: words.to_owned(), value, kept: String::new() }
    }

    /// Whether the sentence says something else than the figure now is, and nobody has chosen to leave it so.
    #[must_use]
    pub fn has_changed_to(&self, words: &str) -> bool {
        self.words != words && self.kept != words
    }
}

/// The sentence with the figure in this place of its `figures` written anew; `None` where the sentence does not hold it
/// any more. Of figures that are written alike each stands for one, from left to right.
#[must_use]
pub fn replaced(text: &str, figures: &[FigureRef], place: usize, words: &str) -> Option<String> {
    let (from, to) = place_of(text, figures, place)?;
    Some(format!("{}{words}{}", &text[..from], &text[to..]))
}

impl FigureRef {
    /// The figures of a sentence that still stand in it after it was rewritten by hand.
    #[must_use]
    pub fn still_in(text: &str, figures: &[Self]) -> Vec<Self> {
        let is_there = |place: &usize| place_of(text, figures, *place).is_some();
        (0..figures.len()).filter(is_there).map(|place| figures[place].clone()).collect()
    }
}

/// From which byte to which the figure in this place stands in the text.
fn place_of(text: &str, figures: &[FigureRef], place: usize) -> Option<(usize, usize)> {
    let words = figures.get(place)?.words.as_str();
    let earlier = figures[..place].iter().filter(|figure| figure.words == words).count();
    let from = whole_finds(text, words).nth(earlier)?;
    Some((from, from + words.len()))
}

/// Where words stand in a text and are not part of a longer word or number.
fn whole_finds<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let found = (!words.is_empty()).then(|| text.match_indices(words)).into_iter().flatten();
    found.map(|(at, _)| at).filter(move |&at| {
        let (before, behind) = (&text[..at], &text[at + words.len()..]);
        let begins = words.chars().next();
        let ends = words.chars().next_back();
        let digit_goes_on = |mut rest: std::str::Chars<'_>| {
            matches!(rest.next(), Some('.' | ',')) && rest.next().is_some_and(|c| c.is_ascii_digit())
        };
        let joined_before = begins.is_some_and(char::is_alphanumeric)
            && (is_part(before.chars().next_back()) || number_goes_on_before(before));
        let joined_behind = ends.is_some_and(char::is_alphanumeric)
            && (is_part(behind.chars().next()) || digit_goes_on(behind.chars()));
        !joined_before && !joined_behind
    })
}

/// Whether what comes next belongs to a number with a point or comma: "1," or "3.".
fn number_goes_on_before(before: &str) -> bool {
    let mut letters = before.chars().rev();
    matches!(letters.next(), Some('.' | ',')) && letters.next().is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(words: &[&str]) -> Vec<FigureRef> {
        words.iter().map(|words| FigureRef::new("key", words, 0.0)).collect()
    }

    #[test]
    fn a_figure_is_written_anew_where_it_stands_and_nowhere_else() {
        let two = figures(&["62 %", "42 %"]);
        let text = "Leads until commercial factors pass 62 % of the weight; the room gave 42 %.";
        assert_eq!(
            replaced(text, &two, 1, "40 %").as_deref(),
            Some("Leads until commercial factors pass 62 % of the weight; the room gave 40 %.")
        );
    }

    #[test]
    fn part_of_a_longer_number_is_not_the_figure() {
        assert_eq!(replaced("108 of 8", &figures(&["8"]), 0, "9").as_deref(), Some("108 of 9"));
        assert_eq!(
            replaced("8.5 and 1,8 and 8.", &figures(&["8"]), 0, "9").as_deref(),
            Some("8.5 and 1,8 and 9.")
        );
        assert_eq!(replaced("A8", &figures(&["8"]), 0, "9"), None);
    }

    #[test]
    fn of_two_figures_written_alike_each_is_its_own() {
        let alike = figures(&["8", "8"]);
        assert_eq!(replaced("8 here, 8 there", &alike, 1, "9").as_deref(), Some("8 here, 9 there"));
        assert_eq!(FigureRef::still_in("8 here", &alike).len(), 1);
    }

    #[test]
    fn what_somebody_chose_to_keep_is_not_asked_again_until_it_changes_again() {
        let mut figure = FigureRef::new("key", "67", 67.0);
        assert!(figure.has_changed_to("65"));
        figure.kept = "65".to_owned();
        assert!(!figure.has_changed_to("65") && figure.has_changed_to("64") && !figure.has_changed_to("67"));
    }
}
