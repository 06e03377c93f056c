//! Whether support goes to need, and how much of a headline is mix.

use crate::{
    analysis::{Figure, Undefined},
    model::reach::caseload::Spread,
};

/// People alike in need and support.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Supported {
    /// Any figure that rises with need.
    pub need: f64,
    /// Support had: 0 or 1, a share, or hours.
    pub support: f64,
    pub people: u64,
}

/// How support is spread over need: below nought it goes to those who need less.
#[derive(Clone, Debug, PartialEq)]
pub struct Concentration {
    /// C = 2·cov(support, rank by need)/mean support; people of equal need share their mean rank (Kakwani, Wagstaff &
    /// van Doorslaer 1997).
    pub standard: Figure,
    /// C/(1 − mean), for support from 0 to 1 (Wagstaff 2005).
    pub wagstaff: Figure,
    /// 4·mean·C, for support from 0 to 1 (Erreygers 2009).
    pub erreygers: Figure,
    /// C less the Gini index of need itself (Kakwani 1977): 0 is support in proportion to need.
    pub kakwani: Figure,
}

impl Concentration {
    /// What was kept of a caseload with a need of each person.
    pub(super) fn kept(spread: &Spread) -> Self {
        let figure = |kept: Option<f64>| kept.ok_or(Undefined("these needs and figures have none"));
        Self {
            standard: figure(spread.standard),
            wagstaff: figure(spread.wagstaff),
            erreygers: figure(spread.erreygers),
            kakwani: figure(spread.kakwani),
        }
    }

    /// The same, each figure to three decimals.
    pub(super) fn rounded(&self) -> Self {
        let round = |figure: Figure| figure.map(|figure| (figure * 1_000.0).round() / 1_000.0);
        Self {
            standard: round(self.standard),
            wagstaff: round(self.wagstaff),
            erreygers: round(self.erreygers),
            kakwani: round(self.kakwani),
        }
    }
}

/// The concentration of support over need. The forms for bounded support are undefined where support leaves 0 to 1.
#[must_use]
pub fn concentration(people: &[Supported]) -> Concentration {
    let mut by_need: Vec<Supported> = people.iter().copied().filter(|p| p.people > 0).collect();
    by_need.sort_by(|a, b| a.need.total_cmp(&b.need));
    let n: f64 = by_need.iter().map(|p| p.people as f64).sum();
    let mean = |of: fn(&Supported) -> f64| by_need.iter().map(|p| of(p) * p.people as f64).sum::<f64>() / n;
    if by_need.is_empty() {
        let nobody = || Err(Undefined("there is nobody"));
        return Concentration {
            standard: nobody(),
            wagstaff: nobody(),
            erreygers: nobody(),
            kakwani: nobody(),
        };
    }
    let ranks = ranks(&by_need, n);
    let index = |of: fn(&Supported) -> f64| -> Figure {
        let mean = mean(of);
        if mean <= 0.0 {
            return Err(Undefined("nobody has any"));
        }
        let sum: f64 = by_need.iter().zip(&ranks).map(|(p, r)| of(p) * p.people as f64 * (r - 0.5)).sum();
        Ok(2.0 * sum / n / mean)
    };
    let support = mean(|p| p.support);
    let bounded = by_need.iter().all(|p| (0.0..=1.0).contains(&p.support));
    let within = |figure: Figure| if bounded { figure } else { Err(Undefined("support is not from 0 to 1")) };
    let standard = index(|p| p.support);
    Concentration {
        wagstaff: within(standard.and_then(|c| {
            if support < 1.0 { Ok(c / (1.0 - support)) } else { Err(Undefined("everybody is supported")) }
        })),
        erreygers: within(standard.map(|c| 4.0 * support * c)),
        kakwani: match (standard, index(|p| p.need)) {
            (Ok(support), Ok(need)) => Ok(support - need),
            (Err(why), _) => Err(why),
            (_, Err(_)) => Err(Undefined("nobody has any need")),
        },
        standard,
    }
}

/// The fractional rank of each entry, sorted by need; equal need shares the mean rank.
fn ranks(by_need: &[Supported], n: f64) -> Vec<f64> {
    let mut ranks = Vec::with_capacity(by_need.len());
    let mut before = 0.0;
    for alike in by_need.chunk_by(|a, b| a.need == b.need) {
        let here: f64 = alike.iter().map(|p| p.people as f64).sum();
        ranks.resize(ranks.len() + alike.len(), (before + here / 2.0) / n);
        before += here;
    }
    ranks
}
