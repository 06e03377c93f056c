//! The mark of a form: which question it was made for, and as it stood then.

use std::fmt;

use super::swings;
use crate::model::Workspace;

/// The letters and digits of a mark; none that is easily taken for another.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A mark of two parts: one of which factors there are, one of the ends that each is asked about with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    factors: String,
    ends: String,
}

/// How the mark on a form stands to that of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    Same,
    /// The same factors, whose names or ends have changed since.
    Older,
    /// Other factors: another question, or this one before factors were added or removed.
    Other,
}

impl Fingerprint {
    /// The mark of a workspace as it stands.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        let swings = swings(workspace);
        let factors = workspace.balance.factors.iter();
        let mut named: Vec<(&str, &str, &str)> = factors
            .zip(&swings)
            .map(|(factor, swing)| (factor.id.as_str(), factor.name.as_str(), swing.as_deref().unwrap_or("")))
            .collect();
        named.sort_unstable();
        let ids: Vec<&str> = named.iter().map(|(id, ..)| *id).collect();
        let ends: Vec<String> = named.iter().map(|(_, name, swing)| format!("{name}\u{0}{swing}")).collect();
        Self { factors: four_letters(&ids.join("\u{0}")), ends: four_letters(&ends.join("\u{1}")) }
    }

    /// How a mark that was written on a form stands to this; letter case and blanks do not matter.
    #[must_use]
    pub fn kinship(&self, written: &str) -> Kinship {
        let written = written.trim().to_lowercase();
        match written.split_once(['-', '\u{2010}', '\u{2013}']) {
            Some((factors, ends)) if factors.trim() == self.factors && ends.trim() == self.ends => {
                Kinship::Same
            }
            Some((factors, _)) if factors.trim() == self.factors => Kinship::Older,
            _ => Kinship::Other,
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.factors, self.ends)
    }
}

fn four_letters(text: &str) -> String {
    let hash = blake3::hash(text.as_bytes());
    hash.as_bytes().iter().take(4).map(|byte| ALPHABET[usize::from(byte & 31)] as char).collect()
}
