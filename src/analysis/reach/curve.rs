//! The response over the whole £ scale, and how far the forecast may fall (methods, section 3: play the provider).

use super::{
    OptionReach,
    fix::{Fix, FixSettings, fix},
    response::Response,
};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        wording::{number, percent_to_tenth},
    },
};

/// The £ scales between which the response is shown: from a provider that follows every pound to one for whom money no
/// longer tells groups apart.
pub const SCALES: (f64, f64) = (50.0, 6000.0);
/// How many scales a curve is drawn through, at even steps of their logarithm.
const POINTS: usize = 121;

/// Shares supported and people left out against the £ scale of the response.
#[derive(Clone, Debug)]
pub struct Curve {
    /// £, rising.
    pub scales: Vec<f64>,
    /// Share of each need group supported at each scale.
    pub shares: Vec<Vec<Figure>>,
    /// People a year left out at each scale, all groups.
    pub left_out: Vec<Figure>,
    /// The equal share at each scale: the same throughout where a capacity is stated.
    pub equal_share: Vec<Figure>,
}

/// The curve of an option; `None` where it has neither terms nor payments, or there are no need groups. Scales run over
/// [`SCALES`], wider where the workspace's own lies outside.
#[must_use]
pub fn curve(workspace: &Workspace, option: usize) -> Option<Curve> {
    let response = Response::of(workspace, option)?;
    let own = workspace.reach.response_scale.pounds();
    let (low, high) = (SCALES.0.min(own), SCALES.1.max(own));
    let step = libm::log(high / low) / (POINTS - 1) as f64;
    let scales: Vec<f64> = (0..POINTS).map(|n| low * libm::exp(step * n as f64)).collect();
    let at_each: Vec<Vec<Figure>> = scales.iter().map(|&scale| response.shares_at_scale(scale)).collect();
    let equal_share: Vec<Figure> = at_each.iter().map(|shares| response.equal_share(shares)).collect();
    let left_out = at_each.iter().zip(&equal_share).map(|(shares, equal)| {
        response.left_out(shares, *equal).into_iter().try_fold(0.0, |sum, left| Ok(sum + left?))
    });
    Some(Curve {
        left_out: left_out.collect(),
        shares: (0..workspace.question.need_groups.len())
            .map(|g| at_each.iter().map(|shares| shares[g]).collect())
            .collect(),
        equal_share,
        scales,
    })
}

impl Curve {
    /// The fewest and the most people left out anywhere on the curve, if all of it is known.
    #[must_use]
    pub fn left_out_range(&self) -> Option<(f64, f64)> {
        let known: Vec<f64> = self.left_out.iter().copied().collect::<Result<_, _>>().ok()?;
        let least = known.iter().copied().fold(f64::INFINITY, f64::min);
        let most = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (!known.is_empty()).then_some((least, most))
    }
}

/// What rests on the forecast of one group.
#[derive(Clone, Copy, Debug)]
pub struct Forecast {
    /// The outcome rate with support that is forecast, that the bid promises, and that was observed.
    pub forecast: Option<f64>,
    pub bid: Option<f64>,
    pub observed: Option<f64>,
    /// Whether it pays to park at the forecast.
    pub parked: Option<bool>,
    /// The rate under which it pays to park at the prices paid; undefined where no rate up to 100 % would do.
    pub paid: Figure,
    /// The same at park-proof prices with the default settings of a fix.
    pub fair: Figure,
}

impl Forecast {
    /// How far below the forecast the fair price still holds, as a difference of rates.
    #[must_use]
    pub fn room(&self) -> Option<f64> {
        Some(self.forecast? - self.fair.ok()?)
    }

    /// The rates that are bid and observed, each beside the rate at which it pays to park, such as "observed 18 %, below
    /// the 21 % at which it pays to park".
    #[must_use]
    pub fn beside(&self) -> Vec<String> {
        let rates = [("bid", self.bid), ("observed", self.observed)];
        let said = rates.into_iter().filter_map(|(what, rate)| Some((what, rate?)));
        said.map(|(what, rate)| self.beside_parking(what, rate)).collect()
    }

    fn beside_parking(&self, what: &str, rate: f64) -> String {
        let written = percent_to_tenth(rate);
        match (self.paid, self.parked) {
            (Ok(parks), _) if parks <= 0.0 => format!("{what} {written}; it never pays to park"),
            (Ok(parks), _) => {
                let is = if rate < parks { "below" } else { "not below" };
                format!("{what} {written}, {is} the {} at which it pays to park", percent_to_tenth(parks))
            }
            (Err(_), Some(true)) => format!("{what} {written}; at this price it pays to park at any rate"),
            (Err(_), Some(false)) => format!("{what} {written}; it never pays to park"),
            (Err(_), None) => format!("{what} {written}"),
        }
    }

    /// How far below the forecast the fair price still holds, in words; `None` where that is not known.
    #[must_use]
    pub fn holds(&self) -> Option<String> {
        let room = self.room()?;
        let points = number(room * 100.0, 1);
        Some(if room > 0.0 {
            format!("fair price holds down to {points} points below")
        } else {
            "fair price does not hold at the forecast".to_owned()
        })
    }
}

/// What rests on the forecast, group by group, beside the fix that it is measured by.
#[must_use]
pub fn forecasts(workspace: &Workspace, option: usize, reach: &OptionReach) -> (Vec<Forecast>, Option<Fix>) {
    let fixed = fix(workspace, option, FixSettings::default());
    let after: Option<OptionReach> =
        fixed.as_ref().and_then(|fix| fix.copy.as_ref()).and_then(|copy| copy.reach(workspace));
    let groups = workspace.question.need_groups.iter().zip(&reach.groups).enumerate();
    let terms = workspace.question.options.get(option).and_then(|option| workspace.terms(&option.id));
    let of_each = groups.map(|(g, (group, now))| Forecast {
        forecast: group.outcome_supported,
        bid: terms.and_then(|terms| terms.rate_bid.get(&group.id)).copied(),
        observed: terms.and_then(|terms| terms.rate_observed.get(&group.id)).copied(),
        parked: now.parked,
        paid: now.outcome_rate_at_which_it_pays_to_park,
        fair: after
            .as_ref()
            .map_or(Err(Undefined("no park-proof price can be given for every group")), |after| {
                after.groups[g].outcome_rate_at_which_it_pays_to_park
            }),
    });
    (of_each.collect(), fixed)
}

/// How far below the forecast a design still makes it pay to support every group: the least room of any, as a difference
/// of rates; below nought where it pays to park at the forecast.
///
/// # Errors
/// Says which figure is missing; undefined too where a group is parked at any rate.
pub(super) fn room_below_forecast(workspace: &Workspace, reach: &OptionReach) -> Figure {
    let groups = workspace.question.need_groups.iter().zip(&reach.groups);
    groups
        .map(|(group, of_group)| {
            let forecast = group.outcome_supported.ok_or(Undefined("an outcome rate is not stated"))?;
            Ok(forecast - of_group.outcome_rate_at_which_it_pays_to_park?)
        })
        .try_fold(f64::INFINITY, |least, room: Figure| Ok(least.min(room?)))
}
