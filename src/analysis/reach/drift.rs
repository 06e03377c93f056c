//! People by band of risk over years, with and without support: a Markov chain in discrete time (Kemeny & Snell,
//! *Finite Markov Chains*, 1960), one step a year.
//!
//! Bands stand from the lowest risk up. A year's reoffences are those of the people in each band at its beginning.

use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        question::NeedGroup,
        reach::changing_risk::{ChangingRisk, Moves, ROW_TOLERANCE, RiskBand, Support},
    },
};

const NOT_SET_UP: Undefined = Undefined("nobody has said how risk changes");
const NO_BANDS: Undefined = Undefined("there are no bands of risk");
const NO_SUPPORT_STATED: Undefined = Undefined("a band is given support of which no moves are stated");
const NO_RATE: Undefined = Undefined("the reoffences a year of a band are not stated");
const NO_GROUPS: Undefined = Undefined("there are no need groups");
const NO_START: Undefined = Undefined("a need group has no band in which its people begin");
const NO_PEOPLE: Undefined = Undefined("the number of people a year of a need group is not stated");
const NOT_SUMMING: Undefined = Undefined("the moves from a band do not add up to 1");
const UNEVEN: Undefined = Undefined("people and moves are not of the same bands");

/// Yearly moves between bands: from each band (row) the share that is in each band a year later.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    rows: Vec<Vec<f64>>,
}

/// What becomes of one year's people.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// People by band at the end of each year, year 0 first: `without[year][band]`.
    pub without: Vec<Vec<f64>>,
    /// The same with the support given, for the years of support.
    pub with_support: Vec<Vec<f64>>,
    /// The same for everybody there would be if new people came each year.
    pub all_without: Vec<Vec<f64>>,
    pub all_with_support: Vec<Vec<f64>>,
    /// Reoffences in year 1, 2 … of one year's people.
    pub reoffences_without: Result<Vec<f64>, Undefined>,
    pub reoffences_with_support: Result<Vec<f64>, Undefined>,
    /// Where people end up in the long run without support, as shares by band.
    pub long_run: Result<Vec<f64>, Undefined>,
    /// Bands that nobody leaves without support.
    pub absorbing: Vec<usize>,
    /// Bands in which the support given leads to more reoffences in the year of support and the one after it than none.
    pub harmed: Vec<usize>,
}

/// What is known of the bands of a workspace, ready to be reckoned with.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    pub without: Matrix,
    /// With the support that each band is given.
    pub with_support: Matrix,
    /// Reoffences a person a year without support and in a year with it.
    pub rates: Vec<Figure>,
    pub rates_supported: Vec<Figure>,
    pub support_years: usize,
    pub horizon_years: usize,
}

impl Matrix {
    /// A matrix of these rows.
    ///
    /// # Errors
    /// It is not square, a share is not 0 to 1, or a row misses adding up to 1 by over 1e-9.
    pub fn new(rows: Vec<Vec<f64>>) -> Result<Self, Undefined> {
        for row in &rows {
            if row.len() != rows.len() {
                return Err(Undefined("the moves do not lead from every band to every band"));
            }
            if !row.iter().all(|share| (0.0..=1.0).contains(share)) {
                return Err(Undefined("a move is not a share from 0 to 1"));
            }
            if (row.iter().sum::<f64>() - 1.0).abs() > ROW_TOLERANCE {
                return Err(NOT_SUMMING);
            }
        }
        if rows.is_empty() { Err(NO_BANDS) } else { Ok(Self { rows }) }
    }

    fn of(
        risk: &ChangingRisk,
        moves: impl Fn(&RiskBand) -> Result<&Moves, Undefined>,
    ) -> Result<Self, Undefined> {
        let row = |band| {
            let moves = moves(band)?;
            Ok(risk.bands.iter().map(|to| moves.get(&to.id).copied().unwrap_or(0.0)).collect())
        };
        Self::new(risk.bands.iter().map(row).collect::<Result<_, _>>()?)
    }

    /// The rows, from each band to each.
    #[must_use]
    pub fn rows(&self) -> &[Vec<f64>] {
        &self.rows
    }

    /// People by band a year later: xᵀP.
    ///
    /// # Errors
    /// The people are not of as many bands.
    pub fn a_year_later(&self, people: &[f64]) -> Result<Vec<f64>, Undefined> {
        if people.len() != self.rows.len() {
            return Err(UNEVEN);
        }
        Ok(self.step(people))
    }

    fn step(&self, people: &[f64]) -> Vec<f64> {
        let moved = |to: usize| people.iter().zip(&self.rows).map(|(n, row)| n * row[to]).sum();
        (0..self.rows.len()).map(moved).collect()
    }

    /// Bands that nobody leaves.
    #[must_use]
    pub fn absorbing(&self) -> Vec<usize> {
        (0..self.rows.len()).filter(|&band| self.rows[band][band] >= 1.0 - ROW_TOLERANCE).collect()
    }

    /// The shares by band that stay as they are, πP = π: where people are in the long run, whatever they began as.
    /// Solved without subtraction (Grassmann, Taksar & Heyman 1985), so that no share comes out negative.
    ///
    /// # Errors
    /// People end up in different bands by where they began: there is more than one set of bands that is never left.
    pub fn long_run(&self) -> Result<Vec<f64>, Undefined> {
        let closed = self.closed_classes();
        let [class] = closed.as_slice() else {
            return Err(Undefined("where people end up depends on where they begin"));
        };
        let within: Vec<Vec<f64>> =
            class.iter().map(|&from| class.iter().map(|&to| self.rows[from][to]).collect()).collect();
        let shares = stationary(within);
        let mut all = vec![0.0; self.rows.len()];
        for (&band, share) in class.iter().zip(shares) {
            all[band] = share;
        }
        Ok(all)
    }

    /// The sets of bands that are never left once entered, each reachable from within from everywhere.
    fn closed_classes(&self) -> Vec<Vec<usize>> {
        let bands = self.rows.len();
        let mut reaches: Vec<Vec<bool>> =
            (0..bands).map(|i| (0..bands).map(|j| i == j || self.rows[i][j] > 0.0).collect()).collect();
        for via in 0..bands {
            for from in 0..bands {
                for to in 0..bands {
                    reaches[from][to] |= reaches[from][via] && reaches[via][to];
                }
            }
        }
        let class = |band: usize| -> Vec<usize> { (0..bands).filter(|&to| reaches[band][to]).collect() };
        (0..bands)
            .map(|band| (band, class(band)))
            .filter(|(band, class)| class[0] == *band && class.iter().all(|&to| reaches[to][*band]))
            .map(|(_, class)| class)
            .collect()
    }
}

/// The stationary shares of a chain in which every state is reached from every other.
fn stationary(mut p: Vec<Vec<f64>>) -> Vec<f64> {
    let states = p.len();
    for last in (1..states).rev() {
        let out: f64 = p[last][..last].iter().sum();
        for from in 0..last {
            p[from][last] /= out;
            for to in 0..last {
                p[from][to] += p[from][last] * p[last][to];
            }
        }
    }
    let mut shares = vec![1.0];
    while shares.len() < states {
        let state = shares.len();
        shares.push(shares.iter().zip(&p).map(|(share, row)| share * row[state]).sum());
    }
    let sum: f64 = shares.iter().sum();
    shares.into_iter().map(|share| share / sum).collect()
}

/// People by band at the end of each year from 0 to `years`, from `start`, by the moves of `first` for `first_years` and
/// those of `then` after; with `entrants` by band at the end of each year.
///
/// # Errors
/// Start, entrants and matrices are not of the same bands.
pub fn project(
    start: &[f64],
    (first, first_years): (&Matrix, usize),
    then: &Matrix,
    entrants: &[f64],
    years: usize,
) -> Result<Vec<Vec<f64>>, Undefined> {
    let bands = start.len();
    if [first.rows.len(), then.rows.len(), entrants.len()].iter().any(|n| *n != bands) {
        return Err(UNEVEN);
    }
    let mut by_year = vec![start.to_vec()];
    for year in 0..years {
        let moves = if year < first_years { first } else { then };
        let mut later = moves.step(&by_year[year]);
        for (people, new) in later.iter_mut().zip(entrants) {
            *people += new;
        }
        by_year.push(later);
    }
    Ok(by_year)
}

impl Bands {
    /// The bands of a workspace.
    ///
    /// # Errors
    /// Says what is missing: the bands, or the moves of support that is given.
    pub fn of(risk: &ChangingRisk) -> Result<Self, Undefined> {
        let given = |band: &RiskBand| band.given.map(|given| band.support(given).cloned());
        if risk.bands.iter().any(|band| given(band) == Some(None)) {
            return Err(NO_SUPPORT_STATED);
        }
        let support = |band: &'_ RiskBand| -> Option<Support> { given(band).flatten() };
        let rates: Vec<Figure> = risk.bands.iter().map(|band| band.reoffences.ok_or(NO_RATE)).collect();
        Ok(Self {
            without: Matrix::of(risk, |band| Ok(&band.moves))?,
            with_support: Matrix::of(risk, |band| match band.given {
                Some(given) => band.support(given).map(|support| &support.moves).ok_or(NO_SUPPORT_STATED),
                None => Ok(&band.moves),
            })?,
            rates_supported: risk
                .bands
                .iter()
                .zip(&rates)
                .map(|(band, rate)| support(band).and_then(|s| s.reoffences).map_or(*rate, Ok))
                .collect(),
            rates,
            support_years: risk.support_years as usize,
            horizon_years: risk.horizon_years as usize,
        })
    }

    /// How these people fare over the horizon, year 0 first, without support and with it.
    pub(super) fn both(&self, start: &[f64]) -> Result<[Vec<Vec<f64>>; 2], Undefined> {
        let nobody = vec![0.0; start.len()];
        let of = |first: &Matrix, years| {
            project(start, (first, years), &self.without, &nobody, self.horizon_years)
        };
        Ok([of(&self.without, 0)?, of(&self.with_support, self.support_years)?])
    }

    /// Reoffences in year 1, 2 … of people who are in these bands at the end of year 0, 1 …; for the first `supported`
    /// years at the rates of supported people.
    ///
    /// # Errors
    /// The rate of a band in which anybody is is not stated.
    pub fn reoffences(&self, by_year: &[Vec<f64>], supported: usize) -> Result<Vec<f64>, Undefined> {
        let years = by_year.len().saturating_sub(1);
        (0..years)
            .map(|year| {
                let rates = if year < supported { &self.rates_supported } else { &self.rates };
                expected(&by_year[year], rates)
            })
            .collect()
    }

    /// Bands in which a year of the support given leads to more reoffences, that year and the next together, than none.
    fn harmed(&self) -> Vec<usize> {
        let two_years = |band: usize, rates: &[Figure], moves: &Matrix| -> Figure {
            Ok(rates[band]? + expected(&moves.rows[band], &self.rates)?)
        };
        let more = |band: &usize| {
            let without = two_years(*band, &self.rates, &self.without);
            let with = two_years(*band, &self.rates_supported, &self.with_support);
            matches!((without, with), (Ok(without), Ok(with)) if with > without + 1e-12)
        };
        (0..self.rates.len()).filter(more).collect()
    }
}

/// Σ people · rate; a band in which nobody is needs no rate.
///
/// # Errors
/// The rate of a band in which somebody is is not stated.
pub fn expected(people: &[f64], rates: &[Figure]) -> Figure {
    let mut somebody = people.iter().zip(rates).filter(|(people, _)| **people != 0.0);
    somebody.try_fold(0.0, |sum, (people, rate)| Ok(sum + people * (*rate)?))
}

/// Figures by need group added up by the band in which the group begins.
///
/// # Errors
/// A group with anybody in it has no first band.
pub(super) fn by_first_band(
    risk: &ChangingRisk,
    groups: &[NeedGroup],
    people: &[f64],
) -> Result<Vec<f64>, Undefined> {
    let mut bands = vec![0.0; risk.bands.len()];
    for (group, &people) in groups.iter().zip(people).filter(|(_, people)| **people != 0.0) {
        let band = risk.starts.get(&group.id).and_then(|band| risk.place(band)).ok_or(NO_START)?;
        bands[band] += people;
    }
    Ok(bands)
}

/// Everybody who comes in a year, by need group.
pub(super) fn people_a_year(groups: &[NeedGroup]) -> Result<Vec<f64>, Undefined> {
    if groups.is_empty() {
        return Err(NO_GROUPS);
    }
    groups.iter().map(|group| group.people_per_year.ok_or(NO_PEOPLE)).collect()
}

/// How many people come in each later year for every one who comes now.
pub(super) fn growth(risk: &ChangingRisk, people: f64) -> f64 {
    match risk.entrants_per_year {
        Some(entrants) if people > 0.0 => entrants / people,
        _ => 1.0,
    }
}

/// What becomes of the people who come in a year.
///
/// # Errors
/// Says what is missing: the bands, the moves of support that is given, a group's people or first band.
pub fn drift(workspace: &Workspace) -> Result<Drift, Undefined> {
    let risk = workspace.reach.changing_risk.as_ref().ok_or(NOT_SET_UP)?;
    let bands = Bands::of(risk)?;
    let groups = &workspace.question.need_groups;
    let start = by_first_band(risk, groups, &people_a_year(groups)?)?;
    let share = growth(risk, start.iter().sum());
    let [without, with_support] = bands.both(&start)?;
    Ok(Drift {
        all_without: with_newcomers(&without, share),
        all_with_support: with_newcomers(&with_support, share),
        reoffences_without: bands.reoffences(&without, 0),
        reoffences_with_support: bands.reoffences(&with_support, bands.support_years),
        long_run: bands.without.long_run(),
        absorbing: bands.without.absorbing(),
        harmed: bands.harmed(),
        without,
        with_support,
    })
}

/// Everybody there is at the end of each year when each later year brings `share` times the people of the first, who
/// fare as those did: one year's people of every age so far.
fn with_newcomers(cohort: &[Vec<f64>], share: f64) -> Vec<Vec<f64>> {
    let mut newcomers = vec![0.0; cohort.first().map_or(0, Vec::len)];
    let mut by_year = Vec::with_capacity(cohort.len());
    for of_age in cohort {
        by_year.push(of_age.iter().zip(&newcomers).map(|(first, later)| first + share * later).collect());
        for (sum, people) in newcomers.iter_mut().zip(of_age) {
            *sum += people;
        }
    }
    by_year
}
