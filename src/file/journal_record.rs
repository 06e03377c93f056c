//! The records of a recovery journal: each with its length and hash, so that a torn end loses only what was torn.

use std::io;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    journal::{JournalStep, Typing},
    kept_path::KeptPath,
    save::Fingerprint,
};

/// What a journal begins with.
pub(super) const FIRST_LINE: &str = "Evenhand recovery journal 1\n";

const HASH: usize = blake3::OUT_LEN;
const HEAD: usize = size_of::<u32>() + HASH;

/// One record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Entry {
    /// The workspace as it was opened or last saved; comes first and only there.
    Base { path: Option<KeptPath>, saved: Option<Fingerprint>, begun: Timestamp, revision: u64, texts: Texts },
    /// What a few steps made of it.
    Steps { revision: u64, steps: Vec<JournalStep>, change: Change },
    /// What is being typed and not entered yet; nothing once it was taken back.
    Typing(Option<Typing>),
    /// What somebody else had saved was taken in, is in the base, and was undone: all the work rests on what the file held
    /// before that.
    Undone { rests_on: Fingerprint },
}

/// A document as two texts. The trail grows at its end with every edit, wherever in the workspace that is: as one text
/// every change would reach from the one place to the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub workspace: String,
    pub history: String,
}

/// What makes one document of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    workspace: Splice,
    history: Splice,
}

impl Change {
    /// The change that makes `after` of `before`.
    pub(super) fn between(before: &Texts, after: &Texts) -> Self {
        Self {
            workspace: Splice::between(&before.workspace, &after.workspace),
            history: Splice::between(&before.history, &after.history),
        }
    }

    /// The new texts; `None` when the change was not made for these.
    pub(super) fn applied_to(&self, before: &Texts) -> Option<Texts> {
        Some(Texts {
            workspace: self.workspace.applied_to(&before.workspace)?,
            history: self.history.applied_to(&before.history)?,
        })
    }
}

/// What makes one text of another: so many bytes of its front and back stay, and the middle is new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Splice {
    front: usize,
    back: usize,
    middle: String,
}

impl Splice {
    /// The change that makes `after` of `before`.
    pub(super) fn between(before: &str, after: &str) -> Self {
        let mut front = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
        while !(before.is_char_boundary(front) && after.is_char_boundary(front)) {
            front -= 1;
        }
        let (old, new) = (&before[front..], &after[front..]);
        let mut back = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
        while !(old.is_char_boundary(old.len() - back) && new.is_char_boundary(new.len() - back)) {
            back -= 1;
        }
        Self { front, back, middle: new[..new.len() - back].to_owned() }
    }

    /// The new text; `None` when the change was not made for this one.
    pub(super) fn applied_to(&self, before: &str) -> Option<String> {
        let back = before.len().checked_sub(self.back)?;
        if self.front > back {
            return None;
        }
        Some([before.get(..self.front)?, &self.middle, before.get(back..)?].concat())
    }
}

/// A record as it stands in the file: length of the payload, its hash, the payload.
pub(super) fn framed(entry: &Entry) -> io::Result<Vec<u8>> {
    let payload = serde_json::to_vec(entry)?;
    let length = u32::try_from(payload.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
    let mut bytes = Vec::with_capacity(HEAD + payload.len());
    bytes.extend(length.to_le_bytes());
    bytes.extend(blake3::hash(&payload).as_bytes());
    bytes.extend(payload);
    Ok(bytes)
}

/// Every whole record of a journal, and whether anything behind them is damaged.
pub(super) fn entries(bytes: &[u8]) -> (Vec<Entry>, bool) {
    let Some(mut rest) = bytes.strip_prefix(FIRST_LINE.as_bytes()) else { return (Vec::new(), true) };
    let mut entries = Vec::new();
    while !rest.is_empty() {
        let Some((entry, behind)) = first(rest) else { return (entries, true) };
        entries.push(entry);
        rest = behind;
    }
    (entries, false)
}

/// How many bytes each record takes, by what its head says.
pub(super) fn lengths(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut rest = bytes.strip_prefix(FIRST_LINE.as_bytes()).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = HEAD + u32::from_le_bytes(*rest.first_chunk()?) as usize;
        rest = rest.get(length..)?;
        Some(length)
    })
}

fn first(bytes: &[u8]) -> Option<(Entry, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<{ size_of::<u32>() }>()?;
    let (hash, rest) = rest.split_first_chunk::<HASH>()?;
    let (payload, behind) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    if blake3::hash(payload).as_bytes() != hash {
        return None;
    }
    Some((serde_json::from_slice(payload).ok()?, behind))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_change_makes_the_new_text_of_the_old(before in "[aé£\n]{0,12}", after in "[aé£\n]{0,12}") {
            prop_assert_eq!(Splice::between(&before, &after).applied_to(&before), Some(after));
        }
    }

    #[test]
    fn a_change_made_for_another_text_is_refused() {
        let change = Splice { front: 3, back: 3, middle: String::new() };
        assert_eq!(change.applied_to("abcd"), None);
        assert_eq!(Splice { front: 1, back: 0, middle: String::new() }.applied_to("é"), None);
    }

    #[test]
    fn a_record_with_a_flipped_bit_is_not_read() {
        let [before, after] =
            ["a", "b"].map(|text| Texts { workspace: text.to_owned(), history: String::new() });
        let entry = Entry::Steps { revision: 4, steps: Vec::new(), change: Change::between(&before, &after) };
        let mut bytes = FIRST_LINE.as_bytes().to_vec();
        bytes.extend(framed(&entry).expect("short"));
        assert_eq!(entries(&bytes), (vec![entry], false));
        for place in FIRST_LINE.len()..bytes.len() {
            bytes[place] ^= 4;
            assert_eq!(entries(&bytes), (Vec::new(), true), "byte {place}");
            bytes[place] ^= 4;
        }
    }
}
