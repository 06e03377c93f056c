//! Bands of risk for tests: built from rows of numbers.

// Each test file uses its own part of this.
#![allow(dead_code)]

use evenhand::{
    analysis::reach::drift::Matrix,
    model::{
        Workspace,
        ids::{AgencyId, NeedGroupId, RiskBandId},
        money::Pence,
        question::NeedGroup,
        reach::changing_risk::{Agency, ChangingRisk, Intensity, Moves, RiskBand, Support},
    },
};
use serde_json::Value;

use crate::westmere::{list, numbers};

pub fn rows(value: &Value) -> Vec<Vec<f64>> {
    list(value).iter().map(numbers).collect()
}

pub fn matrix(value: &Value) -> Matrix {
    Matrix::new(rows(value)).unwrap()
}

pub fn band_id(at: usize) -> RiskBandId {
    RiskBandId::from(format!("band-{at}").as_str())
}

pub fn group_id(at: usize) -> NeedGroupId {
    NeedGroupId::from(format!("group-{at}").as_str())
}

pub fn moves(row: &[f64]) -> Moves {
    row.iter()
        .enumerate()
        .filter(|(_, share)| **share > 0.0)
        .map(|(to, share)| (band_id(to), *share))
        .collect()
}

/// A workspace with a band for each row, as many need groups as bands, each beginning in its own band, and one agency.
pub fn workspace(
    without: &[Vec<f64>],
    with_support: &[Vec<f64>],
    rates: &[f64],
    people: &[f64],
) -> Workspace {
    let bands = without.iter().zip(with_support).zip(rates).enumerate();
    let bands = bands.map(|(at, ((without, with_support), rate))| RiskBand {
        moves: moves(without),
        reoffences: Some(*rate),
        light: Some(Support { reoffences: None, moves: moves(with_support) }),
        given: Some(Intensity::Light),
        ..RiskBand::named(band_id(at), &format!("Band {at}"))
    });
    let mut workspace = Workspace::default();
    workspace.reach.changing_risk = Some(ChangingRisk {
        bands: bands.collect(),
        starts: (0..people.len()).map(|at| (group_id(at), band_id(at))).collect(),
        agencies: vec![Agency {
            id: AgencyId::from("prisons"),
            name: "Prisons".to_owned(),
            cost: Some(Pence(1_000_000)),
            source: "Made up".to_owned(),
        }],
        ..ChangingRisk::default()
    });
    workspace.question.need_groups = people
        .iter()
        .enumerate()
        .map(|(at, people)| NeedGroup {
            people_per_year: Some(*people),
            ..NeedGroup::named(group_id(at), &format!("Group {at}"))
        })
        .collect();
    workspace
}
