//! Passphrases on the command line: from a file or the terminal, never as an argument, which other programs could read.

use std::{
    io::{BufRead as _, BufReader, IsTerminal as _, Read as _},
    path::{Path, PathBuf},
};

use super::{Stop, Terminal};
use crate::{
    file::{
        save::Opened,
        seal::{self, Key, Locked, SecretString},
        sealed, storage,
    },
    model::wording,
};

/// Opens a sealed workspace with the passphrase in a file that was named, each being tried in turn, or else as it is typed.
pub(super) fn open(file: &Path, terminal: &mut Terminal<'_>) -> Result<Opened, Stop> {
    let refused = |locked: Locked| Stop::Input(format!("{}: {locked}", file.display()));
    let key = match terminal.passphrase_files.as_slice() {
        [] => seal::unlock(file, typed(&format!("Passphrase of {}: ", file.display()))?).map_err(refused)?,
        files => first_that_opens(file, files)?.ok_or_else(|| match files {
            [_] => refused(Locked::WrongPassphrase),
            files => Stop::Input(format!(
                "{}: none of the {} passphrases that were named opens it.",
                file.display(),
                wording::in_words(files.len())
            )),
        })?,
    };
    sealed::open(file, &key).map_err(|error| Stop::Input(error.to_string()))
}

/// The first of the passphrases in these files that opens a workspace; `None` when each is another one.
fn first_that_opens(file: &Path, passphrases: &[PathBuf]) -> Result<Option<Key>, Stop> {
    for named in passphrases {
        match seal::unlock(file, first_line(named)?) {
            Ok(key) => return Ok(Some(key)),
            Err(Locked::WrongPassphrase) => {}
            Err(locked) => return Err(Stop::Input(format!("{}: {locked}", file.display()))),
        }
    }
    Ok(None)
}

/// A key to seal a new workspace with: the passphrase in the first file that was named; at a terminal it is typed twice.
pub(super) fn new_key(terminal: &mut Terminal<'_>) -> Result<Key, Stop> {
    if let Some(file) = terminal.passphrase_files.first() {
        return Ok(Key::new(first_line(file)?));
    }
    let key = Key::new(typed("Passphrase to seal with: ")?);
    if !key.is(&typed("The same again: ")?) {
        return Err(Stop::Input("The two are not the same; nothing was written.".to_owned()));
    }
    Ok(key)
}

/// The longest line that is taken for a passphrase, in bytes.
const LONGEST: u64 = 4096;

/// The first line of a file.
fn first_line(file: &Path) -> Result<SecretString, Stop> {
    let refused = |error: std::io::Error| {
        Stop::Input(format!("{} cannot be read: {}", file.display(), storage::reason(&error)))
    };
    let mut line = String::new();
    let mut reader = BufReader::new(std::fs::File::open(file).map_err(refused)?.take(LONGEST));
    reader.read_line(&mut line).map_err(refused)?;
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    if line.is_empty() {
        return Err(Stop::Input(format!(
            "The first line of {} is empty; it must be the passphrase.",
            file.display()
        )));
    }
    Ok(SecretString::from(line))
}

/// What is typed at the terminal.
fn typed(question: &str) -> Result<SecretString, Stop> {
    if !std::io::stdin().is_terminal() {
        return Err(Stop::Input(
            "The workspace is sealed, and there is no terminal to ask for its passphrase: name a file that holds it with \
             --passphrase-file."
                .to_owned(),
        ));
    }
    rpassword::prompt_password(question).map(SecretString::from).map_err(|error| {
        Stop::Input(format!("The passphrase could not be read: {}", storage::reason(&error)))
    })
}
