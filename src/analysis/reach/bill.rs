//! The bill for exclusion: what those who are left out cost later, agency by agency, against the saving promised, and
//! what of it could ever be cash (methods, section 3).
//!
//! Those left out by the predicted response are followed through the bands of risk twice, without support and with it.
//! The reoffences that support would have spared are the bill. Every later year brings as many more people, and year 1 is
//! taken at its full value: £1 in year y is worth 1/(1 + r)^(y − 1) today (HM Treasury, *The Green Book*, 2022).

use super::{
    OptionReach,
    drift::{Bands, by_first_band, growth, people_a_year},
};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace, ids::OptionId, money::Pence, question::NeedGroup, reach::changing_risk::ChangingRisk,
    },
};

const NOT_SET_UP: Undefined = Undefined("nobody has said how risk changes");
const NO_DESIGN: Undefined = Undefined("nobody has said how the option pays");
const NO_AGENCIES: Undefined = Undefined("no agency is named that pays for a reoffence");
const NO_COST: Undefined = Undefined("what a reoffence costs an agency is not stated");
const NO_PROMISE: Undefined = Undefined("no saving is promised");
const NO_WING: Undefined = Undefined("how many places a wing has is not stated");
const NO_PLACES: Undefined = Undefined("how many places a reoffence keeps full is not stated");
const NO_WORTH: Undefined = Undefined("what a wing costs a year is not stated");

/// What leaving people out costs; £ at today's value unless said.
#[derive(Clone, Debug, PartialEq)]
pub struct Bill {
    /// People left out of one year's people, by the band in which they begin.
    pub left_out: Vec<f64>,
    /// Year 1 first.
    pub years: Vec<BillYear>,
    /// How many years the sums below are over: the years bought for, or the years followed where those are fewer.
    pub contract_years: usize,
    pub over_contract: f64,
    /// Each agency's part of that, parallel to the agencies.
    pub by_agency: Vec<f64>,
    /// The saving promised over the same years.
    pub saving_over_contract: Figure,
    /// The first year by whose end the bill has come to more than the saving.
    pub dearer_from: Result<Option<usize>, Undefined>,
    pub cash: Result<Cash, Undefined>,
}

/// One year of the bill.
#[derive(Clone, Debug, PartialEq)]
pub struct BillYear {
    /// 1 for the first.
    pub year: usize,
    /// Reoffences of this year that support would have spared; below nought where the support given does harm.
    pub reoffences: f64,
    /// What they cost, £ of that year.
    pub cost: f64,
    /// The same at today's value, and with all years before.
    pub bill: f64,
    pub bill_so_far: f64,
    /// The saving promised by the end of the year, at today's value.
    pub saving_so_far: Figure,
}

/// What of the bill could ever be cash: a prison saves money when a wing closes, and nothing before.
#[derive(Clone, Debug, PartialEq)]
pub struct Cash {
    pub years: Vec<CashYear>,
    /// The first year in which a wing could close, if any.
    pub first_year: Option<usize>,
    /// The most prison places kept full in any year.
    pub most_places: f64,
    /// What the wings that could close cost over the contract, £ at today's value.
    pub over_contract: Figure,
}

/// One year of prison places.
#[derive(Clone, Debug, PartialEq)]
pub struct CashYear {
    /// Prison places kept full by those left out.
    pub places: f64,
    /// Whole wings' worth of them.
    pub wings: u32,
    /// What running those wings costs, £ of that year.
    pub worth: Figure,
}

/// The bill of every option, parallel to the options.
pub(super) fn of_options(
    workspace: &Workspace,
    options: &[Option<OptionReach>],
) -> Vec<Result<Bill, Undefined>> {
    let ground = Ground::of(workspace);
    let of = |(option, reach): (&crate::model::question::ServiceOption, &Option<OptionReach>)| {
        let left_out: Vec<Figure> =
            reach.as_ref().ok_or(NO_DESIGN)?.groups.iter().map(|g| g.left_out_per_year).collect();
        ground.as_ref().map_err(|why| *why)?.bill(&left_out, Some(&option.id))
    };
    workspace.question.options.iter().zip(options).map(of).collect()
}

/// The bill for leaving out these people of one year, by need group; with the saving that an option promises, where one is
/// named.
///
/// # Errors
/// Says what is missing: the bands, their reoffences, first bands, costs, or how many are left out.
pub fn bill(
    workspace: &Workspace,
    left_out: &[Figure],
    option: Option<&OptionId>,
) -> Result<Bill, Undefined> {
    Ground::of(workspace)?.bill(left_out, option)
}

/// What leaving out these people, by need group, costs in a year: £ at today's value, the mean year of the contract. What a
/// fix spares is this with the people left out today, less this with those left out by the fix.
///
/// # Errors
/// As [`bill`].
pub fn bill_per_year(workspace: &Workspace, left_out: &[Figure]) -> Figure {
    bill(workspace, left_out, None).map(|bill| bill.per_year())
}

impl Bill {
    /// The mean year of the contract, £ at today's value.
    #[must_use]
    pub fn per_year(&self) -> f64 {
        self.over_contract / self.contract_years.max(1) as f64
    }
}

/// What every bill of a workspace rests on.
struct Ground<'a> {
    workspace: &'a Workspace,
    risk: &'a ChangingRisk,
    bands: Bands,
    /// What a reoffence costs each agency, £.
    costs: Vec<f64>,
    contract_years: usize,
}

impl<'a> Ground<'a> {
    fn of(workspace: &'a Workspace) -> Result<Self, Undefined> {
        let risk = workspace.reach.changing_risk.as_ref().ok_or(NOT_SET_UP)?;
        let bands = Bands::of(risk)?;
        if risk.agencies.is_empty() {
            return Err(NO_AGENCIES);
        }
        let cost = |agency: &crate::model::reach::changing_risk::Agency| agency.cost.ok_or(NO_COST);
        let costs: Vec<f64> =
            risk.agencies.iter().map(|agency| cost(agency).map(Pence::pounds)).collect::<Result<_, _>>()?;
        let bought = workspace.question.horizon_years.map_or(bands.horizon_years, |years| years as usize);
        let contract_years = bought.clamp(1, bands.horizon_years.max(1));
        Ok(Self { workspace, risk, bands, costs, contract_years })
    }

    fn bill(&self, left_out: &[Figure], option: Option<&OptionId>) -> Result<Bill, Undefined> {
        let left_out: Vec<f64> = left_out.iter().copied().collect::<Result<_, _>>()?;
        let groups = &self.workspace.question.need_groups;
        let left_out = by_first_band(self.risk, groups, &left_out)?;
        let reoffences = self.reoffences_by_year(&left_out, groups)?;
        let promise = option.map_or(Err(NO_PROMISE), |option| self.promise(option));
        let years = self.years(&reoffences, promise.as_deref().map_err(|why| *why));
        let contract = &years[..self.contract_years.min(years.len())];
        let cost: f64 = self.costs.iter().sum();
        let weighed: f64 = contract.iter().map(|year| year.reoffences * self.worth_today(year.year)).sum();
        let over_contract = weighed * cost;
        Ok(Bill {
            left_out,
            contract_years: self.contract_years,
            over_contract,
            by_agency: self.costs.iter().map(|cost| weighed * cost).collect(),
            saving_over_contract: contract.last().map_or(Err(NO_PROMISE), |year| year.saving_so_far),
            dearer_from: dearer_from(&years),
            cash: self.cash(&reoffences),
            years,
        })
    }

    /// Reoffences that support would have spared in each year, of everybody left out so far.
    fn reoffences_by_year(&self, left_out: &[f64], groups: &[NeedGroup]) -> Result<Vec<f64>, Undefined> {
        let [without, with_support] = self.bands.both(left_out)?;
        let without = self.bands.reoffences(&without, 0)?;
        let with_support = self.bands.reoffences(&with_support, self.bands.support_years)?;
        let share = match self.risk.entrants_per_year {
            Some(_) => growth(self.risk, people_a_year(groups)?.iter().sum()),
            None => 1.0,
        };
        let mut earlier = 0.0;
        let of_year = |(without, with_support): (f64, f64)| {
            let spared = without - with_support;
            let of_all = spared + share * earlier;
            earlier += spared;
            of_all
        };
        Ok(without.into_iter().zip(with_support).map(of_year).collect())
    }

    /// What £1 of a year is worth today.
    fn worth_today(&self, year: usize) -> f64 {
        libm::pow(1.0 + self.risk.discount_rate, -(year.saturating_sub(1) as f64))
    }

    /// The saving that an option promises for each year, £ of that year.
    fn promise(&self, option: &OptionId) -> Result<Vec<f64>, Undefined> {
        let promise = self.risk.promise(option).filter(|p| !p.by_year.is_empty()).ok_or(NO_PROMISE)?;
        let years = 1..=self.risk.horizon_years;
        Ok(years.map(|year| promise.in_year(year).pounds()).collect())
    }

    fn years(&self, reoffences: &[f64], promise: Result<&[f64], Undefined>) -> Vec<BillYear> {
        let per_reoffence: f64 = self.costs.iter().sum();
        let (mut bill_so_far, mut saving_so_far) = (0.0, 0.0);
        let of_year = |(at, &reoffences): (usize, &f64)| {
            let worth = self.worth_today(at + 1);
            let cost = reoffences * per_reoffence;
            bill_so_far += cost * worth;
            let saving = promise.map(|by_year| {
                saving_so_far += by_year[at] * worth;
                saving_so_far
            });
            BillYear {
                year: at + 1,
                reoffences,
                cost,
                bill: cost * worth,
                bill_so_far,
                saving_so_far: saving,
            }
        };
        reoffences.iter().enumerate().map(of_year).collect()
    }

    /// Prison places by year, and the wings that they fill.
    fn cash(&self, reoffences: &[f64]) -> Result<Cash, Undefined> {
        let wing = &self.risk.wing;
        let size = wing.places.filter(|places| *places > 0).ok_or(NO_WING)?;
        let per_reoffence = wing.places_per_reoffence.ok_or(NO_PLACES)?;
        let worth = wing.worth.map(Pence::pounds).ok_or(NO_WORTH);
        let of_year = |reoffences: &f64| {
            let places = reoffences * per_reoffence;
            // A wing that is full but for the last bits of a binary fraction is full.
            let wings = libm::floor(places / f64::from(size) + 1e-9).max(0.0) as u32;
            CashYear { places, wings, worth: worth.map(|worth| f64::from(wings) * worth) }
        };
        let years: Vec<CashYear> = reoffences.iter().map(of_year).collect();
        let contract = years.iter().take(self.contract_years).enumerate();
        let sum = |sum: f64, (at, year): (usize, &CashYear)| Ok(sum + year.worth? * self.worth_today(at + 1));
        Ok(Cash {
            first_year: years.iter().position(|year| year.wings > 0).map(|at| at + 1),
            most_places: years.iter().map(|year| year.places).fold(0.0, f64::max),
            over_contract: contract.into_iter().try_fold(0.0, sum),
            years,
        })
    }
}

/// The first year by whose end the bill is over the saving.
fn dearer_from(years: &[BillYear]) -> Result<Option<usize>, Undefined> {
    for year in years {
        if year.bill_so_far > year.saving_so_far? {
            return Ok(Some(year.year));
        }
    }
    Ok(None)
}
