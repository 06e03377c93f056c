//! Fingerprints of frozen copies: whether what a file holds is what was frozen.

use crate::model::{
    Workspace,
    decision::{Frozen, canonical_text},
};

/// The fingerprint of a state: a BLAKE3 hash of its canonical text, in hexadecimal.
#[must_use]
pub fn fingerprint(state: &Workspace) -> String {
    hash_of(&canonical_text(state))
}

/// The copy with its fingerprint and seal.
#[must_use]
pub fn sealed(mut copy: Frozen) -> Frozen {
    copy.fingerprint = fingerprint(&copy.state);
    copy.seal = hash_of(&copy.sealed_text());
    copy
}

/// What of a copy is not as it was frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tampered {
    /// The state that the figures follow from.
    State,
    /// Its name, day, figures or anything else of it.
    Copy,
}

impl Tampered {
    /// In a sentence.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::State => "What this copy holds is not what was frozen: its fingerprint does not fit.",
            Self::Copy => "This copy has been altered since it was frozen: its seal does not fit.",
        }
    }
}

/// Whether a copy is as it was frozen.
///
/// # Errors
/// What has been altered.
pub fn intact(copy: &Frozen) -> Result<(), Tampered> {
    if fingerprint(&copy.state) != copy.fingerprint {
        return Err(Tampered::State);
    }
    if hash_of(&copy.sealed_text()) == copy.seal { Ok(()) } else { Err(Tampered::Copy) }
}

fn hash_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
