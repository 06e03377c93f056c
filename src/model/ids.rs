//! Names that stay: a short readable slug with a tail, such as `local-partnership-k3f9`.
//!
//! An id is given once, when the thing is made, and never used again for another thing. It is what every reference in
//! the file holds, so a row can be moved or renamed without anything coming loose.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

/// The longest readable part of an id, in characters.
const LONGEST_STEM: usize = 28;
const TAIL_ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Turns a name into an id: lower case, plain letters and digits, words joined by hyphens, then a tail of four
/// characters drawn from the lowest 20 bits of `tail`.
///
/// The caller supplies the randomness (or, for tables, a hash of the row), so that this layer needs no source of chance.
#[must_use]
pub fn slug(name: &str, tail: u32) -> String {
    let mut stem = String::new();
    for character in name.chars() {
        let plain = plain_letter(character);
        if plain.is_empty() {
            if !stem.is_empty() && !stem.ends_with('-') {
                stem.push('-');
            }
        } else {
            stem.push_str(plain.as_str());
        }
        if stem.len() >= LONGEST_STEM {
            break;
        }
    }
    let stem = stem.trim_end_matches('-');
    let stem = if stem.is_empty() { "item" } else { stem };
    format!("{stem}-{}", self::tail(tail))
}

/// How many tails there are.
pub const TAILS: u32 = 1 << 20;

/// The four characters of a tail, from its lowest 20 bits.
#[must_use]
pub fn tail(tail: u32) -> String {
    (0..4).map(|place| TAIL_ALPHABET[(tail >> (5 * place)) as usize & 31] as char).collect()
}

/// The tail of an id: what stands behind its last hyphen.
#[must_use]
pub fn tail_of(id: &str) -> &str {
    id.rsplit('-').next().unwrap_or(id)
}

/// The plain lower-case letters or digits that stand for a character, or nothing for a separator.
fn plain_letter(character: char) -> String {
    use unicode_normalization::UnicodeNormalization;
    if character == '\u{2019}' || character == '\'' {
        return String::new();
    }
    character.to_lowercase().nfkd().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether a text may stand as an id: 1 to 64 characters of `a–z`, `0–9` and `-`, not beginning or ending with `-`.
#[must_use]
pub fn is_well_formed(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 64
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !id.starts_with('-')
        && !id.ends_with('-')
}

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// A new id for a thing of this name; see [`slug`].
            #[must_use]
            pub fn named(name: &str, tail: u32) -> Self {
                Self(slug(name, tail).into())
            }

            /// The id as it stands in the file.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    )+};
}

id_types! {
    /// Names an option that could be commissioned.
    OptionId,
    /// Names a factor (a criterion of the field's literature).
    FactorId,
    /// Names a need group: people with a like need.
    NeedGroupId,
    /// Names an entitlement that no choice may undercut.
    EntitlementId,
    /// Names a trade-off that is said openly.
    TradeOffId,
    /// Names a sector that people speak from.
    SectorId,
    /// Names a stakeholder.
    StakeholderId,
    /// Names a statement that somebody made.
    StatementId,
    /// Names a ballot.
    BallotId,
    /// Names a payment for a milestone.
    PaymentId,
    /// Names a band of risk.
    RiskBandId,
    /// Names an agency that pays for reoffences.
    AgencyId,
    /// Names an item of evidence.
    EvidenceId,
    /// Names an entry of the decision record.
    EntryId,
    /// Names a step of the trail.
    StepId,
    /// Names a snapshot of the balance.
    SnapshotId,
    /// Names a frozen copy of the record and all it stands on.
    FrozenId,
}
