//! Bands, moves and costs to begin with: invented, and said to be.

use super::changing_risk::{Agency, ChangingRisk, Intensity, Moves, RiskBand, Support, Wing};
use crate::model::{
    ids::{AgencyId, RiskBandId},
    money::Pence,
    question::{NeedGroup, Question},
};

/// What stands as the source of every invented figure.
pub const ILLUSTRATIVE: &str = "Illustrative: invented in November 2026 to show the method";

/// Id and name of each band, from the lowest risk up.
const BANDS: [(&str, &str); 4] =
    [("settled-b222", "Settled"), ("low-b333", "Low"), ("medium-b444", "Medium"), ("high-b555", "High")];

/// A year without support; with light and with intensive support where that is stated: reoffences a person, and how many
/// of 100 people are in each band afterwards.
type Year = (f64, [u8; 4]);
const YEARS: [(Year, Option<Year>, Option<Year>, Option<Intensity>); 4] = [
    ((0.02, [97, 3, 0, 0]), None, None, None),
    (
        (0.22, [30, 52, 14, 4]),
        Some((0.17, [32, 53, 11, 4])),
        // Intensive programmes for people at low risk have raised reoffending.
        Some((0.22, [26, 50, 18, 6])),
        Some(Intensity::Light),
    ),
    (
        (0.51, [12, 18, 48, 22]),
        Some((0.45, [16, 22, 44, 18])),
        Some((0.38, [22, 27, 39, 12])),
        Some(Intensity::Intensive),
    ),
    (
        (0.71, [5, 7, 20, 68]),
        Some((0.65, [8, 11, 24, 57])),
        Some((0.56, [12, 16, 30, 42])),
        Some(Intensity::Intensive),
    ),
];

/// What a reoffence costs, by agency, in pounds.
const AGENCIES: [(&str, &str, i64); 6] = [
    ("council-a222", "Council", 3_000),
    ("probation-a333", "Probation", 1_750),
    ("health-a444", "Health", 3_750),
    ("police-a555", "Police", 4_750),
    ("prisons-a666", "Prisons", 9_000),
    ("courts-a777", "Courts", 2_750),
];

impl ChangingRisk {
    /// Four bands with invented moves, rates and costs. Each need group begins in the band that its outcome without a
    /// service speaks for, where that is known: with less than 35 in 100 people who do not reach it in the low band, under
    /// 60 in the medium one, else in the high one.
    #[must_use]
    pub fn illustrative(question: &Question) -> Self {
        let id = |band: usize| RiskBandId::from(BANDS[band].0);
        let starts = question.need_groups.iter().filter_map(|g| Some((g.id.clone(), id(first_band(g)?))));
        let agencies = AGENCIES.map(|(id, name, pounds)| Agency {
            id: AgencyId::from(id),
            name: name.to_owned(),
            cost: Some(Pence(pounds * 100)),
            source: ILLUSTRATIVE.to_owned(),
        });
        Self {
            bands: (0..BANDS.len()).map(band).collect(),
            illustrative: true,
            source: ILLUSTRATIVE.to_owned(),
            starts: starts.collect(),
            agencies: agencies.into(),
            wing: Wing {
                places: Some(60),
                worth: Some(Pence(150_000_000)),
                places_per_reoffence: Some(0.32),
                source: ILLUSTRATIVE.to_owned(),
            },
            ..Self::default()
        }
    }
}

fn band(at: usize) -> RiskBand {
    let (id, name) = BANDS[at];
    let ((reoffences, moves), light, intensive, given) = YEARS[at];
    let support = |(reoffences, moves): Year| Support { reoffences: Some(reoffences), moves: shares(moves) };
    RiskBand {
        reoffences: Some(reoffences),
        moves: shares(moves),
        light: light.map(support),
        intensive: intensive.map(support),
        given,
        ..RiskBand::named(RiskBandId::from(id), name)
    }
}

fn shares(of_100: [u8; 4]) -> Moves {
    let bands = BANDS.iter().map(|(id, _)| RiskBandId::from(*id));
    let moved = bands.zip(of_100).filter(|(_, people)| *people > 0);
    moved.map(|(band, people)| (band, f64::from(people) / 100.0)).collect()
}

/// The band that a group begins in by its outcome without a service.
fn first_band(group: &NeedGroup) -> Option<usize> {
    let risk = 1.0 - group.outcome_without?;
    Some(match risk {
        risk if risk < 0.35 => 1,
        risk if risk < 0.6 => 2,
        _ => 3,
    })
}
