//! Texts that stand again and again in a column, numbered in the order in which they are first met.

/// The most different texts that are numbered; more is free text.
pub(super) const MOST: usize = 4_096;

/// The longest name of a group, a place or a value, in bytes; what is longer is free text too.
const LONGEST: usize = 1_000;

/// Mixes 64 bits by 64 by the two halves of their product (Wang Yi, wyhash).
#[inline]
fn mix(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    (product as u64) ^ ((product >> 64) as u64)
}

const ODD: [u64; 3] = [0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db, 0x8ebc_6af0_9c88_c6e3];

/// A 64-bit mark of a text, the same on every machine.
#[inline]
pub(super) fn hash(text: &[u8]) -> u64 {
    let mut mark = ODD[0] ^ text.len() as u64;
    let mut words = text.chunks_exact(8);
    for word in &mut words {
        let word = word.try_into().map_or(0, u64::from_le_bytes);
        mark = mix(mark ^ word, ODD[1]);
    }
    let mut last = [0; 8];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    mix(mark ^ u64::from_le_bytes(last), ODD[2])
}

/// Texts with their numbers.
#[derive(Debug, Default)]
pub(super) struct Names {
    texts: Vec<Box<[u8]>>,
    marks: Vec<u64>,
    /// Number and one, by mark; 0 is free. Never more than half full.
    slots: Vec<u32>,
    last: usize,
}

impl Names {
    /// The number of a text; `None` when there are too many, or it is too long for a name.
    #[inline]
    pub fn number(&mut self, text: &[u8]) -> Option<usize> {
        if self.texts.get(self.last).is_some_and(|last| **last == *text) {
            return Some(self.last);
        }
        let mark = hash(text);
        if self.slots.len() < 2 * (self.texts.len() + 1) {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = mark as usize & mask;
        loop {
            match self.slots[at] {
                0 => break,
                number => {
                    let number = number as usize - 1;
                    if self.marks[number] == mark && *self.texts[number] == *text {
                        self.last = number;
                        return Some(number);
                    }
                }
            }
            at = (at + 1) & mask;
        }
        if self.texts.len() >= MOST || text.len() > LONGEST {
            return None;
        }
        self.texts.push(text.into());
        self.marks.push(mark);
        self.slots[at] = self.texts.len() as u32;
        self.last = self.texts.len() - 1;
        Some(self.last)
    }

    fn grow(&mut self) {
        let size = (2 * self.slots.len()).max(32);
        self.slots = vec![0; size];
        for (number, mark) in self.marks.iter().enumerate() {
            let mut at = *mark as usize & (size - 1);
            while self.slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = number as u32 + 1;
        }
    }

    /// The texts, by number.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.texts.iter().map(|text| &**text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number() {
        let mut names = Names::default();
        let numbers: Vec<_> =
            (0..300).chain(0..300).map(|n| names.number(format!("office {n}").as_bytes())).collect();
        assert_eq!(numbers[..300], numbers[300..]);
        assert_eq!((numbers[0], numbers[299], names.texts().len()), (Some(0), Some(299), 300));
        assert_eq!(names.number(b""), Some(300));
        (0..MOST).for_each(|n| _ = names.number(&n.to_le_bytes()));
        assert_eq!(names.number(b"one more"), None);
        assert_eq!(Names::default().number(&[b'x'; LONGEST + 1]), None);
    }
}
