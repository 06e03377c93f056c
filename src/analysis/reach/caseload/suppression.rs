//! Small numbers hidden so that nothing that is shown gives them back: the counts themselves, and the differences between
//! stages and between a part and its total.
//!
//! A count is small from 1 up to but not including the threshold; nought is told, for it is about nobody. A hidden
//! count is *protected* when the figures that are shown, with every sum between them, also fit a table in which it is
//! at least the threshold: whoever solves them cannot even tell that it is small (the upper protection level of cell
//! suppression; Willenborg & de Waal 2001, section 4.2). Each is protected by a way round that is hidden with it: so many
//! people more here, as many fewer in another column, and the reverse in another row, which changes no sum that is shown.

use crate::model::reach::caseload::Counted;

/// A count as it may leave the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Count(u64),
    Hidden,
}

impl Shown {
    /// The count, where it is shown.
    #[must_use]
    pub fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::Hidden => None,
        }
    }

    /// "171" or "hidden": a word of its own for the small ones would part them from those that are hidden with them, and
    /// give them back where both add up to a count that is told.
    #[must_use]
    pub fn words(self) -> String {
        self.count().map_or_else(|| "hidden".to_owned(), crate::model::wording::thousands)
    }

    pub(super) fn of(count: u64, hidden: bool) -> Self {
        if hidden { Self::Hidden } else { Self::Count(count) }
    }
}

pub(super) fn is_small(count: u64, threshold: u64) -> bool {
    (1..threshold).contains(&count)
}

/// What may be shown of a caseload: for each group, provider and referrer how many there are and how many passed each
/// gate, and for all together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    pub groups: Vec<Vec<Shown>>,
    pub providers: Vec<Vec<Shown>>,
    pub referrers: Vec<Vec<Shown>>,
    pub total: Vec<Shown>,
}

impl Released {
    /// What may be shown of these counts, at their own threshold.
    #[must_use]
    pub fn of(counted: &Counted) -> Self {
        let stages = |people: u64, passed: &[u64]| -> Vec<u64> {
            std::iter::once(people).chain(passed.iter().copied()).collect()
        };
        let of_places = |places: &[crate::model::reach::caseload::CountedPlace]| -> Vec<Vec<u64>> {
            let summed = places.iter().map(|place| super::parting::summed(&place.groups));
            summed.map(|counts| stages(counts.people, &counts.passed)).collect()
        };
        let groups: Vec<Vec<u64>> =
            counted.groups.iter().map(|g| stages(g.counts.people, &g.counts.passed)).collect();
        let families = [groups, of_places(&counted.providers), of_places(&counted.referrers)];
        let [groups, providers, referrers, mut total] = released(&families, u64::from(counted.hidden_under));
        Self { groups, providers, referrers, total: total.pop().unwrap_or_default() }
    }
}

/// The same for any stages: families of rows that each add up to the same people, every row a count at each stage that
/// never rises. The last entry holds one row: the total.
#[must_use]
pub fn released(families: &[Vec<Vec<u64>>; 3], threshold: u64) -> [Vec<Vec<Shown>>; 4] {
    let stages = families[0].first().map_or(0, Vec::len);
    let total: Vec<u64> = (0..stages).map(|k| families[0].iter().map(|row| row[k]).sum()).collect();
    let by_people = |rows: &Vec<Vec<u64>>| {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|row| rows[*row].first().copied());
        order
    };
    let mut stair = Stairs {
        families,
        by_people: families.each_ref().map(by_people),
        hidden: families.iter().map(|rows| vec![vec![false; stages]; rows.len()]).collect(),
        total_hidden: vec![false; stages],
        total: total.clone(),
        threshold,
    };
    stair.hide();
    let shown = |rows: &[Vec<u64>], hidden: &[Vec<bool>]| -> Vec<Vec<Shown>> {
        rows.iter()
            .zip(hidden)
            .map(|(row, hidden)| row.iter().zip(hidden).map(|(n, h)| Shown::of(*n, *h)).collect())
            .collect()
    };
    let [a, b, c] = families;
    [
        shown(a, &stair.hidden[0]),
        shown(b, &stair.hidden[1]),
        shown(c, &stair.hidden[2]),
        shown(&[total], &[stair.total_hidden]),
    ]
}

/// The most rows of either kind that are tried beside one.
const MOST_BESIDE: usize = 16;

/// Rows of stages, with what is hidden of them.
struct Stairs<'f> {
    families: &'f [Vec<Vec<u64>>; 3],
    /// The rows of each family, those with fewest people first.
    by_people: [Vec<usize>; 3],
    hidden: Vec<Vec<Vec<bool>>>,
    total: Vec<u64>,
    total_hidden: Vec<bool>,
    threshold: u64,
}

/// A way round: so many more leave behind stage `more`, as many fewer behind `fewer`; `None` stands for those who never
/// came in. What changes are the stages between.
#[derive(Clone, Copy)]
struct Way {
    more: usize,
    fewer: Option<usize>,
}

impl Way {
    /// The stages whose counts change.
    fn stages(self) -> std::ops::RangeInclusive<usize> {
        match self.fewer {
            None => 0..=self.more,
            Some(fewer) => fewer.min(self.more) + 1..=fewer.max(self.more),
        }
    }
}

/// Those who left exactly behind a stage.
pub(super) fn exactly(row: &[u64], stage: usize) -> u64 {
    row[stage] - row.get(stage + 1).copied().unwrap_or(0)
}

/// Which rows take part in a way round besides the one that is protected.
enum Partner {
    /// A row of the same family, the other way.
    Row(usize),
    /// The total, and with it a row of each other family, the same way.
    Total(Vec<(usize, usize)>),
}

impl Stairs<'_> {
    fn hide(&mut self) {
        // Hiding the total may take a row of another family with it, which is protected by the same way round.
        for family in 0..self.families.len() {
            for row in 0..self.families[family].len() {
                self.protect(Some((family, row)));
            }
        }
        self.protect(None);
    }

    /// Protects every small count and difference of one row, or of the total.
    fn protect(&mut self, whose: Option<(usize, usize)>) {
        let row = match whose {
            Some((family, row)) => self.families[family][row].clone(),
            None => self.total.clone(),
        };
        let stages = row.len();
        for from in 0..stages {
            for to in from + 1..=stages {
                let count = row[from] - row.get(to).copied().unwrap_or(0);
                if is_small(count, self.threshold) {
                    self.protect_one(whose, &row, from..to, self.threshold - count);
                }
            }
        }
    }

    /// Hides the cheapest way round that raises the people who left behind one of these stages by `by`.
    fn protect_one(
        &mut self,
        whose: Option<(usize, usize)>,
        row: &[u64],
        small: std::ops::Range<usize>,
        by: u64,
    ) {
        let mut best: Option<((u64, u64), Way, Partner)> = None;
        for more in small.clone() {
            let others = (0..row.len()).filter(|s| !small.contains(s) && exactly(row, *s) >= by).map(Some);
            for fewer in others.chain([None]) {
                let way = Way { more, fewer };
                for partner in self.partners(whose, way, by) {
                    let cost = self.cost(whose, way, &partner);
                    if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                        best = Some((cost, way, partner));
                    }
                }
            }
        }
        if let Some((_, way, partner)) = best {
            self.each(whose, way, &partner, |hidden, _| *hidden = true);
        } else {
            self.hide_everything();
        }
    }

    /// Every set of rows that can go a way round with a row.
    fn partners(&self, whose: Option<(usize, usize)>, way: Way, by: u64) -> Vec<Partner> {
        let mut found = Vec::new();
        if let Some((family, row)) = whose {
            found.extend(self.rows_beside((family, row), way, by).map(Partner::Row));
        }
        let mut same_way = Vec::new();
        for (family, rows) in self.families.iter().enumerate() {
            if rows.is_empty() || whose.is_some_and(|(of, _)| of == family) {
                continue;
            }
            let can = |row: &usize| way.fewer.is_none_or(|fewer| exactly(&rows[*row], fewer) >= by);
            match self.by_people[family].iter().rev().copied().find(can) {
                Some(row) => same_way.push((family, row)),
                None => return found,
            }
        }
        found.push(Partner::Total(same_way));
        found
    }

    /// The rows of the same family that can go the other way: those that are hidden already and the smallest, so many of
    /// each that the cheapest is nearly always among them.
    fn rows_beside(&self, (family, row): (usize, usize), way: Way, by: u64) -> impl Iterator<Item = usize> {
        let (mut hidden, mut others) = (Vec::new(), Vec::new());
        for &other in &self.by_people[family] {
            if other == row || exactly(&self.families[family][other], way.more) < by {
                continue;
            }
            let is_hidden = way.stages().any(|stage| self.hidden[family][other][stage]);
            let found = if is_hidden { &mut hidden } else { &mut others };
            if found.len() < MOST_BESIDE {
                found.push(other);
            }
            if hidden.len() == MOST_BESIDE && others.len() == MOST_BESIDE {
                break;
            }
        }
        hidden.into_iter().chain(others)
    }

    /// Goes over every count that changes on a way round.
    fn each(
        &mut self,
        whose: Option<(usize, usize)>,
        way: Way,
        partner: &Partner,
        mut visit: impl FnMut(&mut bool, u64),
    ) {
        let mut rows: Vec<(usize, usize)> = whose.into_iter().collect();
        match partner {
            Partner::Row(other) => rows.extend(whose.map(|(family, _)| (family, *other))),
            Partner::Total(others) => {
                rows.extend(others);
                for stage in way.stages() {
                    visit(&mut self.total_hidden[stage], self.total[stage]);
                }
            }
        }
        for (family, row) in rows {
            for stage in way.stages() {
                visit(&mut self.hidden[family][row][stage], self.families[family][row][stage]);
            }
        }
    }

    /// How many counts are newly hidden, and how many people are in them; a hidden total weighs more.
    fn cost(&mut self, whose: Option<(usize, usize)>, way: Way, partner: &Partner) -> (u64, u64) {
        let (mut counts, mut people) = (0, 0);
        self.each(whose, way, partner, |hidden, count| {
            if !*hidden {
                counts += 1;
                people += count;
            }
        });
        let totals = if matches!(partner, Partner::Total(_)) { 1_000 } else { 0 };
        (counts + totals, people)
    }

    fn hide_everything(&mut self) {
        self.total_hidden.fill(true);
        self.hidden.iter_mut().flatten().for_each(|row| row.fill(true));
    }
}
