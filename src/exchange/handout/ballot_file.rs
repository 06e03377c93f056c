//! The small ballot file: plain text that somebody without the program fills in with a text editor, and its reader, which
//! forgives what editors and people do to such files and names the line of everything else.

use std::sync::Arc;

use super::{Form, Paper, Recipient, file_stems, harmless::one_line};
use crate::{
    exchange::{
        figure,
        import::{Place, Slip, Slips, ranked},
        table::{TableProblem, key, shortened},
    },
    file::characters::is_unseen,
};

/// What the name of every ballot file ends with.
pub const ENDING: &str = ".ballot.txt";

/// The largest file that is read as a ballot, in bytes.
const LARGEST: usize = 64 << 10;

/// The lines that are not about a factor.
const LABELS: [&str; 6] = ["form", "name", "sector", "round", "gut feel", "ranking"];

/// The columns that a width of text editors holds.
const WIDTH: usize = 92;

/// One file for each person.
pub(super) fn files(form: &Form<'_>) -> Vec<Paper> {
    let stems = file_stems(form.people.iter().map(|person| person.name.as_str()));
    form.people
        .iter()
        .zip(stems)
        .map(|(person, stem)| Paper {
            name: format!("{stem}{ENDING}"),
            bytes: text(form, person).into_bytes(),
        })
        .collect()
}

fn text(form: &Form<'_>, person: &Recipient) -> String {
    let mut lines = vec![format!("# Ballot: {}", one_line(&form.title))];
    let mut say = |words: &str| lines.extend(broken(&one_line(words)).map(|line| format!("# {line}")));
    say(form.question);
    say("Write behind the “=” signs and save the file. Lines that begin with # are only to be read.");
    say(&form.give_back());
    say(&form.what_is_done_with_it());
    lines.push(String::new());
    lines.push(format!("form = {}", form.mark));
    lines.push(format!("name = {}", one_line(&person.name)));
    lines.push(format!("sector = {}", one_line(&person.sector)));
    lines.push(format!("round = {}", form.terms.round));
    lines.push(String::new());
    let options = form.options.iter();
    let options: Vec<String> =
        options.map(|(badge, name)| format!("#   {}  {}", one_line(badge), one_line(name))).collect();
    if form.asks_gut_feel {
        lines.push("# Which would you choose today? Letters, best first, such as: B, A, C".to_owned());
        lines.extend(options.iter().cloned());
        lines.push("gut feel =".to_owned());
        lines.push(String::new());
    }
    let mut say = |words: &str| lines.extend(broken(words).map(|line| format!("# {line}")));
    say(
        "How much does each step matter, nothing else changing? What matters most to you gets 100, the others points \
         beside it: half as much gets 50. 0 says it does not matter; nothing behind the “=” says nothing.",
    );
    for asked in &form.asked {
        let name = one_line(&asked.name);
        // A line that began like a note would not be read.
        let name = if name.starts_with(['#', '\\']) { format!("\\{name}") } else { name };
        lines.push(format!("{name} ({}) =", one_line(&asked.swing)));
    }
    if let Some(asked) = form.asks_ranking() {
        lines.push(String::new());
        lines.extend(broken(&format!("{asked} Letters, such as: B, A, C")).map(|line| format!("# {line}")));
        if !form.asks_gut_feel {
            lines.extend(options);
        }
        lines.push("ranking =".to_owned());
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A text broken between words into lines that a text editor shows whole.
fn broken(text: &str) -> impl Iterator<Item = String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.into_iter()
}

/// Whether a text is meant as a ballot file and not as a table.
#[must_use]
pub fn looks_like_one(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let read = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    read.and_then(|line| line.split_once('=')).is_some_and(|(label, _)| LABELS.contains(&key(label).as_str()))
}

/// Reads many ballot files: names with their bytes, a ballot each.
#[must_use]
pub fn read_all<'f>(source: &str, files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Slips {
    let mut slips = Slips { source: source.to_owned(), ..Slips::default() };
    let mut places: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for (name, bytes) in files {
        let mut reading = Reading::new(name);
        match decoded(bytes) {
            Ok(text) => reading.read(&text),
            Err(why) => reading.fault(why),
        }
        let points = reading.points.into_iter().map(|(factor, points)| {
            let at = *places.entry(key(&factor)).or_insert_with(|| {
                slips.factors.push(factor);
                slips.factors.len() - 1
            });
            (at, points)
        });
        reading.slip.points = points.collect();
        slips.slips.push(reading.slip);
    }
    slips
}

/// The text of a file in UTF-8, or in UTF-16 with its mark, as some editors save it.
fn decoded(bytes: &[u8]) -> Result<String, String> {
    if bytes.len() > LARGEST {
        return Err("this is too large for a ballot; is it the right file?".to_owned());
    }
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| "this is not text; save it as plain text in UTF-8".to_owned())
    };
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => {
            Err("this is not text; save the ballot as plain text in UTF-8, not as a document".to_owned())
        }
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
            Err(format!("line {line} is not UTF-8 text; save the file again as plain text in UTF-8"))
        }
    }
}

/// A ballot file while it is read.
struct Reading {
    slip: Slip,
    points: Vec<(String, f64)>,
    /// Labels and factors seen, each with its line.
    seen: std::collections::HashMap<String, usize>,
}

impl Reading {
    fn new(name: &str) -> Self {
        let slip = Slip {
            place: Place::File(Arc::from(name)),
            name: String::new(),
            sector: String::new(),
            marginal: None,
            round: None,
            received: None,
            points: Vec::new(),
            gut_feel: Vec::new(),
            ranking: Vec::new(),
            fingerprint: None,
            faults: Vec::new(),
        };
        Self { slip, points: Vec::new(), seen: std::collections::HashMap::new() }
    }

    fn fault(&mut self, expected: String) {
        self.slip.faults.push(TableProblem::of_file(&self.slip.place.to_string(), expected));
    }

    fn fault_in(&mut self, line: usize, found: &str, expected: &str) {
        self.fault(format!("line {line}: found “{}”; expected {expected}", shortened(found)));
    }

    fn read(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for (line, words) in (1..).zip(text.lines()) {
            let words = words.trim().trim_start_matches('\u{feff}').trim();
            if !words.is_empty() && !words.starts_with('#') {
                self.line(line, words);
            }
        }
        if self.slip.fingerprint.is_none() {
            let words = "the line “form = …” is missing, which says what question this answers; take it over from the \
                         file that was handed out";
            self.fault(words.to_owned());
        }
        if self.slip.name.is_empty() && self.slip.sector.is_empty() {
            self.fault(
                "neither name nor sector is given; write one behind “name =” or “sector =”".to_owned(),
            );
        }
    }

    fn line(&mut self, line: usize, words: &str) {
        if let Some(unseen) = words.chars().find(|&character| is_unseen(character)) {
            let code = u32::from(unseen);
            let words = format!(
                "line {line}: the character U+{code:04X} stands here, which cannot be seen; type the line anew"
            );
            return self.fault(words);
        }
        let label_first = words.split_once('=').filter(|(label, _)| LABELS.contains(&key(label).as_str()));
        let parted = label_first.or_else(|| words.rsplit_once('='));
        let Some((label, value)) = parted else {
            let expected =
                "a line with “=”; write what you answer behind the “=”, or put # in front of a note";
            return self.fault_in(line, words, expected);
        };
        let value = value.trim();
        let label = if label_first.is_some() { key(label) } else { factor_of(label) };
        if label.is_empty() {
            return self.fault_in(line, words, "the name of a factor before the “=”");
        }
        if let Some(earlier) = self.seen.insert(key(&label), line) {
            return self.fault_in(line, words, &format!("each line once; line {earlier} says the same"));
        }
        if label_first.is_some() { self.label(line, &label, value) } else { self.factor(line, label, value) }
    }

    fn label(&mut self, line: usize, label: &str, value: &str) {
        match label {
            "form" => self.slip.fingerprint = (!value.is_empty()).then(|| one_line(value)),
            "name" => self.slip.name = value.to_owned(),
            "sector" => self.slip.sector = value.to_owned(),
            "round" if value.is_empty() => {}
            "round" => match value.parse() {
                Ok(round) if (1..=crate::model::voices::LAST_ROUND).contains(&round) => {
                    self.slip.round = Some(round);
                }
                _ => self.fault_in(line, value, "the round, 1 or 2"),
            },
            "ranking" => self.slip.ranking = ranked(value),
            _ => self.slip.gut_feel = ranked(value),
        }
    }

    fn factor(&mut self, line: usize, name: String, value: &str) {
        if value.is_empty() {
            return;
        }
        // Blanks between figures and signs are of no account; blanks between figures are, as in “1 00”.
        match figure::number(value).filter(|number| number.value >= 0.0) {
            Some(number) => self.points.push((name, number.value)),
            None => self.fault_in(line, value, "a number of points from 0 to 100, or nothing to abstain"),
        }
    }
}

/// The name of a factor without the ends that stand behind it.
fn factor_of(label: &str) -> String {
    let label = label.trim();
    let bare = match label.rfind(" (from ") {
        Some(at) if label.ends_with(')') => &label[..at],
        _ => label,
    };
    bare.strip_prefix('\\').unwrap_or(bare).trim().to_owned()
}
