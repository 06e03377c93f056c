//! The first lines of a file, read alone: what is from a newer program must be known before anything else is read.

use super::{
    grammar::{TRUNCATED_REMEDY, clipped, past_space},
    read_error::{Fault, ReadErrorKind as Kind},
};

/// The format of a text that begins as a workspace of one that can be read, from 1 to the newest.
///
/// # Errors
/// When it is empty, not a workspace, cut off in its first lines, or of a newer format.
pub(super) fn check(text: &str, newest: u32) -> Result<u32, Fault> {
    if is_blank_for_long(text) {
        return Err(endless_blanks(0));
    }
    if text.trim_start().is_empty() {
        return Err(Fault::new(
            Kind::Empty,
            0,
            "The file is empty.",
            "Nothing can be read from it; fetch the whole file again, or open a backup.",
        ));
    }
    let mut head = Head { text, at: 0, newest };
    let (start, number) = head.number()?;
    if head.rest().is_empty() {
        return Err(head.cut_off());
    }
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Fault::new(
            Kind::NotAWorkspace,
            start,
            "There is no format number here.",
            format!(
                "An Evenhand file begins with `format: {newest}`; open a backup if this one was changed by hand."
            ),
        ));
    }
    match number.parse::<u32>() {
        Ok(number) if (1..=newest).contains(&number) => Ok(number),
        Ok(0) => Err(Fault::new(
            Kind::NotAWorkspace,
            start,
            "There has never been a format 0.",
            format!("Write `format: {newest}` if the file was changed by hand, or open a backup."),
        )),
        _ => Err(head.newer(start, &number)),
    }
}

/// The number that a text gives as its format, whether it can be read or not; `None` where there is none.
pub(super) fn number(text: &str) -> Option<u32> {
    let (_, number) = Head { text, at: 0, newest: 0 }.number().ok()?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    // What is past counting is newer than everything.
    digits.then(|| number.parse().unwrap_or(u32::MAX))
}

/// More blanks than this between its first words, in bytes, are no workspace; a file of many megabytes of them is not
/// looked through to its end.
const MOST_BLANKS: usize = 1 << 16;

fn is_blank_for_long(text: &str) -> bool {
    let first = text.as_bytes().get(..MOST_BLANKS);
    first.is_some_and(|first| first.iter().all(u8::is_ascii_whitespace))
}

fn endless_blanks(at: usize) -> Fault {
    Fault::new(
        Kind::NotAWorkspace,
        at,
        "From here on there are blanks and line ends only, far more than any workspace has.",
        "Nothing can be read from it; fetch the whole file again, or open a backup.",
    )
}

/// Reads the first words of a text.
struct Head<'t> {
    text: &'t str,
    at: usize,
    /// The newest format that is known.
    newest: u32,
}

impl<'t> Head<'t> {
    /// Passes everything up to the number of the format and that too; where it stands and what it is.
    fn number(&mut self) -> Result<(usize, String), Fault> {
        self.opening()?;
        self.token("(")?;
        self.token("format")?;
        self.token(":")?;
        self.space()?;
        let start = self.at;
        let number: String = self.rest().chars().take_while(char::is_ascii_alphanumeric).collect();
        self.at += number.len();
        Ok((start, number))
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Passes white space and comments.
    fn space(&mut self) -> Result<(), Fault> {
        if is_blank_for_long(self.rest()) {
            return Err(endless_blanks(self.at));
        }
        self.at = past_space(self.text, self.at)?.0;
        Ok(())
    }

    /// Passes the lines that say how the file is written.
    fn opening(&mut self) -> Result<(), Fault> {
        self.space()?;
        while self.rest().starts_with("#!") || self.rest() == "#" {
            let end = self.rest().find(']').ok_or_else(|| self.cut_off())?;
            self.at += end + 1;
            self.space()?;
        }
        Ok(())
    }

    fn token(&mut self, token: &str) -> Result<(), Fault> {
        self.space()?;
        if self.rest().starts_with(token) {
            self.at += token.len();
            return Ok(());
        }
        if token.starts_with(self.rest()) {
            return Err(self.cut_off());
        }
        let found = clipped(self.rest().split(char::is_whitespace).next().unwrap_or("").trim());
        Err(Fault::new(
            Kind::NotAWorkspace,
            self.at,
            format!("This is not an Evenhand workspace: `{found}` stands where `{token}` belongs."),
            format!(
                "An Evenhand file begins with `(format: {}, …`; look whether it is the right file.",
                self.newest
            ),
        ))
    }

    fn cut_off(&self) -> Fault {
        Fault::new(Kind::Truncated, self.text.len(), "The file ends in its first lines.", TRUNCATED_REMEDY)
    }

    fn newer(&mut self, start: usize, number: &str) -> Fault {
        let number = number.trim_start_matches('0');
        let version = self.written_by().map_or_else(String::new, |version| format!(" {}", clipped(version)));
        Fault::new(
            Kind::Newer,
            start,
            format!(
                "The file was made by a newer Evenhand{version}: it has format {}, and this one reads format {}.",
                clipped(number),
                self.newest
            ),
            "Open it with that Evenhand or a newer one. The file is left as it is.",
        )
    }

    /// The version that wrote the file, if it says so behind the format.
    fn written_by(&mut self) -> Option<&'t str> {
        self.token(",").ok()?;
        self.token("written_by").ok()?;
        self.token(":").ok()?;
        self.token("\"").ok()?;
        self.rest().split_once('"').map(|(version, _)| version)
    }
}
