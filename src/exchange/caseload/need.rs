//! What people had by their own need: added up while rows are read, and forgotten but for how it is spread.

use std::collections::{BTreeMap, HashMap};

use super::MOST_NEEDS;
use crate::{
    analysis::reach::caseload::concentration::{Concentration, Supported, concentration},
    model::reach::caseload::{ByNeed, Spread},
};

/// By spelling of a group and by need in thousandths: people, those who passed the last gate, thousandths of hours.
#[derive(Debug, Default)]
pub(super) struct Needs {
    sums: BTreeMap<(usize, u64), [u64; 3]>,
    too_many: bool,
}

impl Needs {
    /// Adds a piece; `groups` are the numbers of its spellings.
    pub fn add(&mut self, (needs, too_many): (&HashMap<(u8, u64), [u64; 3]>, bool), groups: &[usize]) {
        self.too_many |= too_many || self.sums.len() > MOST_NEEDS;
        if self.too_many {
            self.sums.clear();
            return;
        }
        for ((group, need), here) in needs {
            let group = groups.get(usize::from(*group)).copied().unwrap_or(0);
            let sums = self.sums.entry((group, *need)).or_insert([0; 3]);
            sums.iter_mut().zip(here).for_each(|(sum, here)| *sum = sum.wrapping_add(*here));
        }
    }

    /// How it is spread over those who are counted; without any index where there are too many different needs.
    pub fn spread(&self, settled: &[Option<usize>], has_hours: bool) -> ByNeed {
        let mut by_need: BTreeMap<u64, [u64; 3]> = BTreeMap::new();
        for ((group, need), here) in &self.sums {
            if settled.get(*group).copied().flatten().is_some() && here[0] > 0 {
                let sums = by_need.entry(*need).or_insert([0; 3]);
                sums.iter_mut().zip(here).for_each(|(sum, here)| *sum += here);
            }
        }
        let supported = |of: usize, unit: f64| -> Vec<Supported> {
            let one = |(need, sums): (&u64, &[u64; 3])| Supported {
                need: *need as f64 / 1_000.0,
                support: sums[of] as f64 / unit / sums[0] as f64,
                people: sums[0],
            };
            by_need.iter().map(one).collect()
        };
        let alike = by_need.values().flat_map(|[people, passed, _]| [*passed, people - passed]);
        ByNeed {
            people: by_need.values().map(|sums| sums[0]).sum(),
            needs: by_need.len() as u64,
            fewest_alike: alike.filter(|people| *people > 0).min().unwrap_or(0),
            served: told(&concentration(&supported(1, 1.0))),
            hours: if has_hours { told(&concentration(&supported(2, 1_000.0))) } else { Spread::default() },
        }
    }
}

fn told(found: &Concentration) -> Spread {
    Spread {
        standard: found.standard.ok(),
        wagstaff: found.wagstaff.ok(),
        erreygers: found.erreygers.ok(),
        kakwani: found.kakwani.ok(),
    }
}
