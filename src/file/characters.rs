//! Characters that no text of a workspace may hold: they cannot be seen, and they command terminals or turn writing round.

use super::read_error::{Fault, ReadErrorKind as Kind};

/// The first such character of a file, as it stands or as an escape in a text.
pub(super) fn unseen(text: &str) -> Option<Fault> {
    let mut rest = text.char_indices();
    while let Some((at, character)) = rest.next() {
        let meant = if character == '\\' { escaped(&text[at..]) } else { Some(character) };
        if character == '\\' {
            // What follows the backslash belongs to it, be it another backslash.
            rest.next();
        }
        if let Some(meant) = meant.filter(|&meant| is_unseen(meant)) {
            return Some(Fault::new(
                Kind::WrongValue,
                at,
                format!("The character U+{:04X} stands here, which cannot be seen or printed.", meant as u32),
                "Take it out in a text editor; it often comes along when text is pasted from elsewhere.",
            ));
        }
    }
    None
}

/// Whether a character is a control (save tab and the ends of lines) or turns the direction of writing by force.
pub fn is_unseen(character: char) -> bool {
    let controls = character.is_control() && !matches!(character, '\t' | '\n' | '\r');
    controls || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The character that an escape stands for, where it is one that could be unseen.
fn escaped(text: &str) -> Option<char> {
    let text = text.strip_prefix('\\')?;
    let code = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    match text.chars().next()? {
        '0' => Some('\0'),
        'x' => text.get(1..3).and_then(code),
        'u' => {
            let inner = text.strip_prefix("u{")?;
            code(&inner[..inner.find('}')?])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_cannot_be_seen_are_found_with_their_place() {
        for (text, place) in
            [("ab\u{1b}", 2), (r#""a\u{1b}""#, 2), (r#""\x07""#, 1), (r#""\0""#, 1), ("\u{202E}x", 0)]
        {
            assert_eq!(unseen(text).map(|fault| fault.at), Some(place), "{text:?}");
        }
    }

    #[test]
    fn what_people_write_passes() {
        for text in ["£ŵ é\n\t\r\n", r#""C:\\x07 \\u{1b} \n \" \u{e9}""#, "اردو हिन्दी", "\\"]
        {
            assert_eq!(unseen(text), None, "{text:?}");
        }
    }
}
