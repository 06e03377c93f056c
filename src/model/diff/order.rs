//! Which things of a list have kept their order.

/// Marks the members of a longest rising run of `numbers`, not necessarily side by side: the things that need not be
/// moved. Patience sorting, O(n log n); of several longest runs the one that patience sorting ends with.
pub(super) fn longest_rising(numbers: &[usize]) -> Vec<bool> {
    // `ends[k]` is where the lowest-ending rising run of length k + 1 ends; `from` leads back along each run.
    let mut ends: Vec<usize> = Vec::new();
    let mut from: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|&end| numbers[end] < *number);
        from.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut kept = vec![false; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        kept[at] = true;
        next = from[at];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_moved_is_not_in_the_rising_run() {
        for (numbers, kept) in [
            (&[][..], &[][..]),
            (&[0, 1, 2], &[true, true, true]),
            (&[2, 0, 1], &[false, true, true]),
            (&[1, 2, 0], &[true, true, false]),
            (&[0, 3, 1, 2], &[true, false, true, true]),
        ] {
            assert_eq!(longest_rising(numbers), kept, "{numbers:?}");
        }
    }
}
