//! A paper on its way to the printer: into a folder of its own that nobody else can read, and to the system's own printing.

use std::ffi::OsStr;
use std::fs::DirBuilder;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::papers;

/// The programs that take a PDF to the printer, the first that is there.
#[cfg(not(windows))]
const PRINTERS: [&str; 2] = ["lp", "lpr"];

/// What became of a paper that was to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The system took it.
    Sent,
    /// The system takes no papers from programs: it lies here, to be opened and printed by hand.
    Kept(PathBuf),
}

impl Printed {
    /// What became of it, in a sentence.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Sent => "Sent to the printer.".to_owned(),
            Self::Kept(file) => {
                format!(
                    "This computer prints nothing for other programs. Open the paper and print it there: {}",
                    file.display()
                )
            }
        }
    }
}

/// Prints a PDF under this name on the printer that the system uses as a rule.
///
/// # Errors
/// Says in a sentence why it is not printed: there is no room for it, or what the system's printing said.
pub fn print(pdf: &[u8], name: &str) -> Result<Printed, String> {
    print_from(pdf, name, &std::env::temp_dir(), std::env::var_os("PATH").as_deref())
}

/// The same, in a folder under `folder` and with the programs on `search`, which is written as in the variable PATH.
///
/// # Errors
/// As [`print`].
pub fn print_from(pdf: &[u8], name: &str, folder: &Path, search: Option<&OsStr>) -> Result<Printed, String> {
    let folder = own_folder(folder)?;
    let name = file_name(name);
    papers::write(&folder, &[(name.as_str(), pdf)], false)
        .map_err(|error| format!("The paper cannot be put down to be printed: {error}"))?;
    let file = folder.join(&name);
    let done = handed_over(&file, search);
    // On Windows the program that prints reads the file in its own time.
    if cfg!(not(windows)) && !matches!(done, Ok(Printed::Kept(_))) {
        // What cannot be cleared away lies in the user's own temporary folder, which the system empties.
        let _ = std::fs::remove_dir_all(&folder);
    }
    done
}

/// A new folder that only its owner can look into.
fn own_folder(under: &Path) -> Result<PathBuf, String> {
    let refused =
        |why: &dyn std::fmt::Display| format!("There is no room for the paper to be printed from: {why}");
    let mut chance = [0; 8];
    getrandom::fill(&mut chance).map_err(|error| refused(&error))?;
    let folder = under.join(format!("evenhand-print-{:016x}", u64::from_le_bytes(chance)));
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).map_err(|error| refused(&error))?;
    Ok(folder)
}

/// The longest name of a file, in letters.
const LONGEST_NAME: usize = 60;

/// A name of a file that every system takes.
fn file_name(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_alphanumeric() || c == ' ' { c } else { ' ' }).take(200).collect();
    // Whole words as far as there is room; of a first word that is longer, as much as there is.
    let fitting = plain.split_whitespace().scan(0, |length, word| {
        *length += word.chars().count() + 1;
        (*length <= LONGEST_NAME + 1).then_some(word)
    });
    let mut plain = fitting.collect::<Vec<_>>().join(" ");
    if plain.is_empty() {
        plain = name.chars().filter(|c| c.is_alphanumeric()).take(LONGEST_NAME).collect();
    }
    if plain.is_empty() { "Paper.pdf".to_owned() } else { format!("{plain}.pdf") }
}

#[cfg(not(windows))]
fn handed_over(file: &Path, search: Option<&OsStr>) -> Result<Printed, String> {
    // A place that depends on where the program was started could hold anybody's "lp".
    let places: Vec<PathBuf> = search
        .map(|search| std::env::split_paths(search).filter(|place| place.is_absolute()).collect())
        .unwrap_or_default();
    let found = PRINTERS
        .iter()
        .flat_map(|name| places.iter().map(move |place| place.join(name)))
        .find(|at| at.is_file());
    let Some(program) = found else { return Ok(Printed::Kept(file.to_owned())) };
    let said = Command::new(&program)
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{} cannot be started: {error}", program.display()))?;
    if said.status.success() {
        return Ok(Printed::Sent);
    }
    let why = String::from_utf8_lossy(&said.stderr);
    let why =
        why.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it gave no reason").to_owned();
    Err(format!("The printer did not take the paper: {why}"))
}

/// The shell's own word for printing. The place of the file goes in beside the command, so that nothing in it is a command.
#[cfg(windows)]
fn handed_over(file: &Path, _search: Option<&OsStr>) -> Result<Printed, String> {
    let done = Command::new("powershell.exe")
        .args([
            "-NoProfile",
            "-NonInteractive",
            "-Command",
            "Start-Process -FilePath $env:EVENHAND_PAPER -Verb Print",
        ])
        .env("EVENHAND_PAPER", file)
        .stdin(Stdio::null())
        .output();
    match done {
        Ok(said) if said.status.success() => Ok(Printed::Sent),
        _ => Ok(Printed::Kept(file.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_printed_file_is_cut_between_words() {
        let long =
            "Support after short sentences in Westmere: how should the council commission it from 2027?";
        let name = file_name(long);
        assert_eq!(name, "Support after short sentences in Westmere how should the.pdf");
        assert_eq!(file_name("a/b:c"), "a b c.pdf");
        assert_eq!(file_name(" ?"), "Paper.pdf");
        assert_eq!(file_name(&"x".repeat(90)), format!("{}.pdf", "x".repeat(60)));
    }
}
