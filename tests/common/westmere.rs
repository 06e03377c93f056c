//! The balance part of the illustrative Westmere workspace, built from its published inputs, and small workspaces.

// Each test file uses its own part of this; a test that cannot read its data must fail.
#![allow(dead_code)]

use evenhand::model::{
    Workspace,
    balance::{Factor, Scale, Score, ScoreLevel, Side, WeightsFrom},
    ids::{BallotId, FactorId, OptionId, SectorId},
    question::{ServiceOption, badge},
    voices::{Ballot, CombineRule, Sector},
};
use serde_json::Value;

/// A file of `tests/data`, read.
pub fn data(path: &str) -> Value {
    let path = format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The text of a field.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("text expected, found {value}")).to_owned()
}

/// The number of a field.
pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("number expected, found {value}"))
}

/// An array of numbers.
pub fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(number).collect()
}

/// The items of an array.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("list expected, found {value}"))
}

/// An option with nothing but a name.
pub fn option(index: usize, name: &str) -> ServiceOption {
    ServiceOption {
        id: OptionId::from(format!("option-{index}").as_str()),
        badge: badge(index),
        name: name.to_owned(),
        short: String::new(),
        summary: String::new(),
        decided: None,
        designed: None,
        delivered: None,
    }
}

/// A factor with nothing but a name, a side and a scale.
pub fn factor(index: usize, name: &str, side: Side, scale: Scale, swing: Option<f64>) -> Factor {
    Factor {
        id: FactorId::from(format!("factor-{index}").as_str()),
        name: name.to_owned(),
        short: String::new(),
        side,
        group: String::new(),
        unit: String::new(),
        scale,
        swing,
        swing_range: None,
        weight_limits: None,
        must: None,
    }
}

/// A cell with nothing but its score.
pub fn score(factor: &FactorId, option: &OptionId, level: ScoreLevel) -> Score {
    Score { level, ..Score::unknown(factor.clone(), option.clone()) }
}

/// A workspace of sure scores: `scores[f][o]`.
pub fn workspace(options: &[&str], factors: Vec<Factor>, scores: &[Vec<f64>]) -> Workspace {
    let mut workspace = Workspace::default();
    workspace.question.options = options.iter().enumerate().map(|(i, name)| option(i, name)).collect();
    for (factor, row) in factors.iter().zip(scores) {
        for (option, x) in workspace.question.options.iter().zip(row) {
            workspace.balance.scores.push(score(&factor.id, &option.id, ScoreLevel::Point(*x)));
        }
    }
    workspace.balance.factors = factors;
    workspace
}

/// Question, factors, scores and ballots of Westmere; the weights are the medians of the ballots.
pub fn westmere() -> Workspace {
    let example = data("westmere_example.json");
    let mut workspace = Workspace::default();
    for (index, given) in list(&example["options"]).iter().enumerate() {
        let named = option(index, &text(&given["name"]));
        workspace
            .question
            .options
            .push(ServiceOption { id: OptionId::from(text(&given["id"]).to_lowercase().as_str()), ..named });
    }
    for (index, given) in list(&example["factors"]).iter().enumerate() {
        let side = if text(&given["group"]) == "com" { Side::Commercial } else { Side::Operational };
        let points = list(&given["curve"]).iter().map(|p| (number(&p[0]), number(&p[1]))).collect();
        let named = factor(index, &text(&given["name"]), side, Scale::Points(points), None);
        let id = FactorId::from(text(&given["id"]).as_str());
        for option in &workspace.question.options {
            let cell = &example["scores"][id.as_str()][option.badge.as_str()];
            let level = ScoreLevel::Range {
                low: number(&cell["low"]),
                likely: number(&cell["likely"]),
                high: number(&cell["high"]),
            };
            workspace.balance.scores.push(score(&id, &option.id, level));
        }
        workspace.balance.factors.push(Factor { id, unit: text(&given["unit"]), ..named });
    }
    for given in list(&example["sectors"]) {
        workspace.voices.sectors.push(Sector {
            id: SectorId::from(text(&given["id"]).as_str()),
            name: text(&given["name"]),
            short: String::new(),
            shape: Default::default(),
            first_hand: false,
        });
    }
    for (index, voter) in list(&example["voters"]).iter().enumerate() {
        let factors = &workspace.balance.factors;
        let swing = |f: &Factor| number(&example["ballots"][f.id.as_str()][index]);
        workspace.voices.ballots.push(Ballot {
            swings: factors.iter().map(|f| (f.id.clone(), swing(f))).collect(),
            ..Ballot::blank(
                BallotId::from(text(&voter["id"]).as_str()),
                None,
                SectorId::from(text(&voter["sector"]).as_str()),
                1,
            )
        });
    }
    workspace.voices.combine = CombineRule::MedianAsGiven;
    workspace.balance.weights_from = WeightsFrom::Ballots;
    workspace
}
