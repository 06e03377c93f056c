//! What an example rests on: what was read, and what had to be assumed.

use evenhand::model::{challenge::Evidence, ids::EvidenceId};

use super::ids::tail;

pub fn item(title: &str, source: &str, grade: Option<u8>, says: &str) -> Evidence {
    let id = EvidenceId::named(title, tail("evidence", title));
    Evidence {
        id,
        title: title.to_owned(),
        source: source.to_owned(),
        grade,
        says: says.to_owned(),
        assumed: false,
    }
}

pub fn assumption(title: &str, source: &str, says: &str) -> Evidence {
    Evidence { assumed: true, ..item(title, source, None, says) }
}
