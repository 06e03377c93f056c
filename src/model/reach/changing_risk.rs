//! Changing risk: bands of risk, how people move between them with and without support, and what a reoffence costs whom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{
    ids::{AgencyId, NeedGroupId, OptionId, RiskBandId},
    money::Pence,
};

/// The most years that people are followed.
pub const LONGEST_HORIZON: u32 = 20;
/// The most bands of risk.
pub const MOST_BANDS: usize = 12;
/// How far the moves from one band may miss adding up to 1.
pub const ROW_TOLERANCE: f64 = 1e-9;

/// The share of the people of one band who are in each band a year later; a band not named gets nobody.
pub type Moves = BTreeMap<RiskBandId, f64>;

/// How risk changes over years, and what that costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangingRisk {
    /// The bands, from the lowest risk up.
    pub bands: Vec<RiskBand>,
    /// Whether moves and rates are invented, and not those of the workspace's own cohort.
    pub illustrative: bool,
    /// Where moves and rates come from, with the date.
    pub source: String,
    /// The band in which the people of each need group begin.
    pub starts: BTreeMap<NeedGroupId, RiskBandId>,
    /// People who come new each later year; `None` for as many as come in a year now.
    pub entrants_per_year: Option<f64>,
    /// How many years a person is supported.
    pub support_years: u32,
    /// How many years people are followed, 1 to [`LONGEST_HORIZON`].
    pub horizon_years: u32,
    /// By how much a year later is worth less, 0 to 1: 0.035 for 3.5 %.
    pub discount_rate: f64,
    /// Where that rate comes from, with the date.
    pub discount_source: String,
    /// Who pays for a reoffence.
    pub agencies: Vec<Agency>,
    pub wing: Wing,
    /// What each option promises to save.
    pub promises: Vec<PromisedSaving>,
    /// How many reoffended, how often and how badly, before and after; `None` while nobody has counted.
    pub measures: Option<SeveralMeasures>,
}

/// People of a like risk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskBand {
    pub id: RiskBandId,
    pub name: String,
    /// Reoffences (or reconvictions, whatever the costs are counted by) a person a year.
    pub reoffences: Option<f64>,
    /// Where people of this band are after a year without support; adds up to 1.
    pub moves: Moves,
    pub light: Option<Support>,
    pub intensive: Option<Support>,
    /// The support that people of this band are given; `None` for none.
    pub given: Option<Intensity>,
}

/// A year with support of one intensity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// Reoffences a person in the year of support; `None` for as many as without.
    pub reoffences: Option<f64>,
    /// Where people of this band are after it; adds up to 1.
    pub moves: Moves,
}

/// How much support a person gets. Intensive support of people at low risk can do harm, so it is chosen band by band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Intensity {
    Light,
    Intensive,
}

/// A body that pays for a reoffence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub id: AgencyId,
    pub name: String,
    /// What one reoffence costs it, once.
    pub cost: Option<Pence>,
    /// Where that figure comes from, with the date.
    pub source: String,
}

/// What turns fewer reoffences into cash: a wing of a prison that closes. Nothing in between does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wing {
    /// Prison places in a wing.
    pub places: Option<u32>,
    /// What a wing costs to run for a year.
    pub worth: Option<Pence>,
    /// Prison places that one reoffence a year keeps full for a year.
    pub places_per_reoffence: Option<f64>,
    /// Where these figures come from, with the date.
    pub source: String,
}

/// What an option promises to save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromisedSaving {
    pub option: OptionId,
    /// Saved in year 1, year 2 and so on; each year after the last one given saves as much as that.
    pub by_year: Vec<Pence>,
    /// Who says so, with the date.
    pub source: String,
}

/// What was counted of one cohort and of a later one, so that measures which part are seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeveralMeasures {
    pub before: CohortCount,
    pub after: CohortCount,
    /// Where the counts come from, with their dates.
    pub source: String,
}

/// What was counted of one cohort over one follow-up; an unknown count is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CohortCount {
    pub people: Option<f64>,
    /// Of those, how many reoffended at least once.
    pub reoffenders: Option<f64>,
    pub reoffences: Option<f64>,
    /// Severity of all reoffences together, in any unit that is the same for both cohorts.
    pub severity: Option<f64>,
}

impl Default for ChangingRisk {
    /// Nothing known but the discount rate.
    fn default() -> Self {
        Self {
            bands: Vec::new(),
            illustrative: false,
            source: String::new(),
            starts: BTreeMap::new(),
            entrants_per_year: None,
            support_years: 1,
            horizon_years: 8,
            discount_rate: GREEN_BOOK_RATE,
            discount_source: GREEN_BOOK.to_owned(),
            agencies: Vec::new(),
            wing: Wing::default(),
            promises: Vec::new(),
            measures: None,
        }
    }
}

/// The social time preference rate of the first 30 years; see [`GREEN_BOOK`].
pub const GREEN_BOOK_RATE: f64 = 0.035;
/// Where it comes from.
pub const GREEN_BOOK: &str =
    "HM Treasury, The Green Book (2022): social time preference rate, first 30 years";

impl ChangingRisk {
    /// Where a band stands, from the lowest risk up.
    #[must_use]
    pub fn place(&self, band: &RiskBandId) -> Option<usize> {
        self.bands.iter().position(|b| b.id == *band)
    }

    #[must_use]
    pub fn promise(&self, option: &OptionId) -> Option<&PromisedSaving> {
        self.promises.iter().find(|promise| promise.option == *option)
    }

    #[must_use]
    pub fn promise_mut(&mut self, option: &OptionId) -> Option<&mut PromisedSaving> {
        self.promises.iter_mut().find(|promise| promise.option == *option)
    }

    /// Puts everything that names this band to another place before it is taken out: what moved to it stays where it
    /// was, and groups that began in it have no start.
    pub fn take_out_band(&mut self, band: &RiskBandId) {
        self.bands.retain(|b| b.id != *band);
        self.starts.retain(|_, start| start != band);
        for RiskBand { id, moves, light, intensive, .. } in &mut self.bands {
            let supported = [light, intensive].into_iter().flatten().map(|support| &mut support.moves);
            for row in std::iter::once(moves).chain(supported) {
                let left = row.remove(band).unwrap_or(0.0);
                *row.entry(id.clone()).or_insert(0.0) += left;
            }
        }
    }
}

impl PromisedSaving {
    /// The saving of a year, counted from 1; nothing where no year is given.
    #[must_use]
    pub fn in_year(&self, year: u32) -> Pence {
        let at = (year.max(1) - 1) as usize;
        self.by_year.get(at).or(self.by_year.last()).copied().unwrap_or_default()
    }
}

impl RiskBand {
    /// The support of an intensity, where it is stated.
    #[must_use]
    pub fn support(&self, intensity: Intensity) -> Option<&Support> {
        match intensity {
            Intensity::Light => self.light.as_ref(),
            Intensity::Intensive => self.intensive.as_ref(),
        }
    }

    pub fn support_mut(&mut self, intensity: Intensity) -> &mut Option<Support> {
        match intensity {
            Intensity::Light => &mut self.light,
            Intensity::Intensive => &mut self.intensive,
        }
    }

    /// A band from which nobody moves and of which nothing else is known.
    #[must_use]
    pub fn named(id: RiskBandId, name: &str) -> Self {
        let moves = Moves::from([(id.clone(), 1.0)]);
        Self { id, name: name.to_owned(), reoffences: None, moves, light: None, intensive: None, given: None }
    }
}

impl Intensity {
    pub const ALL: [Self; 2] = [Self::Light, Self::Intensive];

    /// The intensity in a word, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Intensive => "intensive",
        }
    }
}

/// Sets one move of a row, and scales the rest so that all of them add up to 1. What is left when the rest were nought is
/// spread evenly over them. `share` is 0 to 1; `bands` are all there are.
///
/// With no other band nothing can change: the one move stays 1.
pub fn set_move(moves: &mut Moves, bands: &[RiskBandId], to: &RiskBandId, share: f64) {
    let others: Vec<&RiskBandId> = bands.iter().filter(|band| *band != to).collect();
    if others.is_empty() || !share.is_finite() {
        return;
    }
    let share = share.clamp(0.0, 1.0);
    let rest: f64 = others.iter().map(|band| moves.get(*band).copied().unwrap_or(0.0)).sum();
    let mut scaled = Moves::from([(to.clone(), share)]);
    for band in &others {
        let part = if rest > 0.0 {
            moves.get(*band).copied().unwrap_or(0.0) / rest
        } else {
            1.0 / others.len() as f64
        };
        scaled.insert((*band).clone(), part * (1.0 - share));
    }
    scaled.retain(|_, share| *share > 0.0);
    *moves = scaled;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands() -> [RiskBandId; 3] {
        ["low", "medium", "high"].map(RiskBandId::from)
    }

    #[test]
    fn the_rest_of_a_row_keeps_its_proportions_when_a_move_is_typed() {
        let [low, medium, high] = bands();
        let mut row = Moves::from([(low.clone(), 0.5), (medium.clone(), 0.3), (high.clone(), 0.2)]);
        set_move(&mut row, &bands(), &low, 0.75);
        assert!((row[&low] - 0.75).abs() < 1e-15);
        assert!((row[&medium] - 0.15).abs() < 1e-15);
        assert!((row[&high] - 0.1).abs() < 1e-15);
    }

    #[test]
    fn what_nobody_had_is_spread_evenly() {
        let [low, medium, high] = bands();
        let mut row = Moves::from([(high.clone(), 1.0)]);
        set_move(&mut row, &bands(), &high, 0.5);
        assert!((row[&low] - 0.25).abs() < 1e-15 && (row[&medium] - 0.25).abs() < 1e-15);
        set_move(&mut row, &bands(), &high, 1.0);
        assert_eq!(row, Moves::from([(high, 1.0)]));
    }

    #[test]
    fn people_who_moved_to_a_band_that_is_taken_out_stay_where_they_were() {
        let [low, medium, high] = bands();
        let mut risk = ChangingRisk {
            bands: vec![RiskBand::named(low.clone(), "Low"), RiskBand::named(high.clone(), "High")],
            starts: [(NeedGroupId::from("g"), medium.clone())].into(),
            ..ChangingRisk::default()
        };
        risk.bands[0].moves = [(low.clone(), 0.6), (medium.clone(), 0.3), (high, 0.1)].into();
        risk.take_out_band(&medium);
        assert!((risk.bands[0].moves[&low] - 0.9).abs() < 1e-15);
        assert!(risk.starts.is_empty());
    }

    #[test]
    fn the_last_year_promised_goes_on() {
        let promise = PromisedSaving {
            option: OptionId::from("a"),
            by_year: vec![Pence(100), Pence(250)],
            source: String::new(),
        };
        assert_eq!([1, 2, 3, 20].map(|year| promise.in_year(year).0), [100, 250, 250, 250]);
    }
}
