//! Where two texts differ, so that what is shown of long ones is what changed.

use std::ops::Range;

/// The texts of which nothing is left out are at most so long, in characters.
const WHOLE: usize = 240;

/// The characters of each text that the other has otherwise: all but what both begin and end with alike.
#[must_use]
pub fn differing(before: &str, after: &str) -> [Range<usize>; 2] {
    let [old, new] = [before.chars().count(), after.chars().count()];
    let alike = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
    let most = old.min(new) - alike;
    let ends = before.chars().rev().zip(after.chars().rev()).take(most).take_while(|(a, b)| a == b).count();
    [alike..old - ends, alike..new - ends]
}

/// Two texts to be kept, of long ones only what lies around the difference.
#[must_use]
pub fn apart(before: &str, after: &str) -> (String, String) {
    let [old, new] = differing(before, after);
    (around(before, &old, WHOLE), around(after, &new, WHOLE))
}

/// A text of which at most so many characters are left: those of this range from its beginning, and as much before and
/// behind it as there is room for, in whole words. "…" stands for what is left out.
#[must_use]
pub fn around(text: &str, range: &Range<usize>, most: usize) -> String {
    let all: Vec<char> = text.chars().collect();
    if all.len() <= most {
        return text.to_owned();
    }
    let start = range.start.min(all.len());
    let end = range.end.clamp(start, all.len()).min(start + most);
    let spare = most - (end - start);
    let behind = (all.len() - end).min(spare - (spare / 2).min(start));
    let (mut from, mut to) = (start - start.min(spare - behind), end + behind);
    // Whole words, but for one that the difference is in.
    if from > 0 && all[from - 1] != ' ' {
        from = (from..start).find(|&at| all[at] == ' ').map_or(from, |at| at + 1);
    }
    if to < all.len() && all[to] != ' ' {
        to = (end..to).rev().find(|&at| all[at] == ' ').unwrap_or(to);
    }
    let is_cut = |at: usize| at > 0 && at < all.len() && all[at - 1] != ' ' && all[at] != ' ';
    let left = match from {
        0 => "",
        from if is_cut(from) => "…",
        _ => "… ",
    };
    let right = match to {
        to if to == all.len() => "",
        to if is_cut(to) => "…",
        _ => " …",
    };
    let kept: String = all[from..to].iter().collect();
    format!("{left}{}{right}", kept.trim())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(before: &str, after: &str, most: usize) -> [String; 2] {
        let [old, new] = differing(before, after);
        [around(before, &old, most), around(after, &new, most)]
    }

    #[test]
    fn long_texts_show_where_they_differ() {
        let [before, after] = shown(
            "Leaving custody in Westmere for five years",
            "Leaving custody in Eastmere for five years",
            20,
        );
        assert!(before.contains(" Westmere ") && after.contains(" Eastmere "), "{before} {after}");
        let left = "Leaving custody in Westmere LEFT";
        assert_eq!(shown("Leaving custody in Westmere", left, 14), ["… in Westmere", "… Westmere LEFT"]);
        assert_eq!(shown("80", "79", 16), ["80", "79"]);
    }

    #[test]
    fn of_a_word_without_end_the_letters_that_differ_are_shown() {
        let word = "x".repeat(60);
        let [before, after] = shown(&format!("{word}a{word}"), &format!("{word}b{word}"), 9);
        assert_eq!([before.as_str(), after.as_str()], ["…xxxxaxxxx…", "…xxxxbxxxx…"]);
    }

    #[test]
    fn what_is_kept_of_a_text_is_enough_to_see_the_difference() {
        let (word, long) = ("word ".repeat(200), "other ".repeat(200));
        let (before, after) = apart(&format!("{word}old {word}"), &format!("{word}new {word}"));
        assert!(before.contains(" old ") && after.contains(" new ") && before.chars().count() <= WHOLE + 4);
        assert!(apart("", &long).1.starts_with("other other"));
    }

    proptest! {
        #[test]
        fn what_differs_is_seen_however_little_room_there_is(
            begins in "[a-d ]{0,30}",
            [old, new] in ["[a-d ]{0,12}", "[a-d ]{0,12}"],
            ends in "[a-d ]{0,30}",
            most in 4_usize..40,
        ) {
            let [before, after] = [&old, &new].map(|middle| format!("{begins}{middle}{ends}"));
            let ranges = differing(&before, &after);
            for (text, range) in [&before, &after].into_iter().zip(&ranges) {
                let seen = around(text, range, most);
                prop_assert!(seen.chars().count() <= most + 4);
                let first: String = text.chars().skip(range.start).take(range.len().min(most)).collect();
                prop_assert!(seen.contains(first.trim()), "{:?} is not in {:?} of {:?}", first, seen, text);
            }
        }
    }
}
