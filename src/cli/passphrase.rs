//! Passphrases on the command line: from a file or the terminal, never as an argument, which other programs could read.

use std::{
    io::{BufRead as _, BufReader, IsTerminal as _, Read as _},
    path::Path,
};

use super::{Stop, Terminal};
use crate::file::{
    save::Opened,
    seal::{self, Key, SecretString},
    sealed, storage,
};

/// Opens a sealed workspace with the passphrase in the file that was named, or else as it is typed.
pub(super) fn open(file: &Path, terminal: &mut Terminal<'_>) -> Result<Opened, Stop> {
    let passphrase = passphrase(&format!("Passphrase of {}: ", file.display()), terminal)?;
    let key = seal::unlock(file, passphrase)
        .map_err(|locked| Stop::Input(format!("{}: {locked}", file.display())))?;
    sealed::open(file, &key).map_err(|error| Stop::Input(error.to_string()))
}

/// A key to seal a new workspace with; at a terminal its passphrase is typed twice.
pub(super) fn new_key(terminal: &mut Terminal<'_>) -> Result<Key, Stop> {
    let first = passphrase("Passphrase to seal with: ", terminal)?;
    let key = Key::new(first);
    if terminal.passphrase_file.is_none() && !key.is(&passphrase("The same again: ", terminal)?) {
        return Err(Stop::Input("The two are not the same; nothing was written.".to_owned()));
    }
    Ok(key)
}

/// The longest line that is taken for a passphrase, in bytes.
const LONGEST: u64 = 4096;

fn passphrase(question: &str, terminal: &Terminal<'_>) -> Result<SecretString, Stop> {
    if let Some(file) = &terminal.passphrase_file {
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
        return Ok(SecretString::from(line));
    }
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
