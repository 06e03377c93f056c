//! Ids whose tails follow from the key in the inputs, so that the assets come out the same each time.

/// The tail for a thing of a kind, from its key in the inputs.
pub fn tail(kind: &str, key: &str) -> u32 {
    let hash = blake3::hash(format!("{kind}/{key}").as_bytes());
    u32::from_le_bytes(hash.as_bytes()[..4].try_into().unwrap())
}
