//! Why a group has its share of a side, and why one factor is exchanged for so much of another.

use super::{
    EditPlace, Explanation, Input, Known, Question,
    cell::{plain, weight_words},
};
use crate::{
    analysis::balance::{
        elicitation::{Part, worth},
        value::ValueFunction,
        weight_tree::weight_tree,
    },
    model::{
        balance::{ExchangeVerdict, Side},
        ids::FactorId,
        wording::{decimals_used, with_unit},
    },
};

const TREE_SOURCE: &str = "Hierarchy of swing weights (Keeney & Raiffa 1976, chapter 6)";
const EXCHANGE_SOURCE: &str = "Trade-offs of an additive value model (Keeney & Raiffa 1976)";

pub(super) fn group_share(known: &Known<'_>, side: Side, group: &str) -> Option<Explanation> {
    let factors = &known.workspace.balance.factors;
    let tree = weight_tree(factors, &known.analysis.balance.swings);
    let branch = tree.iter().find(|branch| branch.side == side)?;
    let node = branch.groups.iter().find(|node| node.name == group)?;
    let name = if group.is_empty() { "The factors in no group" } else { group };
    let share = node.share.map_or_else(|| "no share".to_owned(), weight_words);
    let mut inputs = vec![
        Input::plain(0, format!("Points of {name}"), plain(node.points)).on_side(side),
        Input::plain(0, format!("Points of the {} side", side.words().to_lowercase()), plain(branch.points))
            .on_side(side)
            .with_why(Question::CommercialShare),
    ];
    inputs.extend(node.factors.iter().map(|leaf| {
        let factor = &factors[leaf.factor];
        let line = Input::plain(1, factor.short_name(), plain(leaf.points)).on_side(side);
        line.with_bar(leaf.share.unwrap_or(0.0))
            .with_why(Question::Weight(factor.id.clone()))
            .with_edit(EditPlace::Swing(factor.id.clone()))
    }));
    let all: Option<f64> = branch.share.zip(node.share).map(|(side, group)| side * group);
    let mut formula = vec![
        "Its points as a share of the points of its side.".to_owned(),
        format!("{} ÷ {} = {share}", plain(node.points), plain(branch.points)),
    ];
    formula.extend(branch.share.zip(node.share).zip(all).map(|((side, group), all)| {
        format!("{} × {} = {} of all weight", weight_words(side), weight_words(group), weight_words(all))
    }));
    Some(Explanation {
        title: format!("Why {share}?"),
        formula,
        inputs,
        assumptions: vec![
            "Points given to the group are shared out inside it in the proportion there is.".to_owned(),
        ],
        source: TREE_SOURCE,
        ..Explanation::default()
    })
}

pub(super) fn exchange(known: &Known<'_>, factor: &FactorId, against: &FactorId) -> Option<Explanation> {
    let (this, that) = (known.factor_index(factor)?, known.factor_index(against)?);
    let factors = &known.workspace.balance.factors;
    let swings = &known.analysis.balance.swings;
    let (points, others) = (*swings.get(this)?, *swings.get(that)?);
    let range = |f: usize| {
        let (worst, best) = ends(known, f)?;
        Some((best - worst).abs())
    };
    let (range, other_range) = (range(this)?, range(that)?);
    let unit = worth(Part { amount: 1.0, range }, points, other_range, others)?;
    let said = |f: usize, x: f64| with_unit(x, &factors[f].unit, decimals_used(x).min(2));
    let line = |f: usize, range: f64| {
        let factor = &factors[f];
        [
            Input::plain(0, format!("Swing points, {}", factor.short_name()), known.swing(f))
                .on_side(factor.side)
                .with_why(Question::Weight(factor.id.clone()))
                .with_edit(EditPlace::Swing(factor.id.clone())),
            Input::plain(1, "From its worst to its best end", said(f, range))
                .with_edit(EditPlace::Scale(factor.id.clone())),
        ]
    };
    let answers = &known.workspace.balance.exchange_answers;
    let answer = answers.iter().find(|a| a.factor == *factor && a.against == *against);
    let changes = answer.map(|answer| {
        let said = match answer.answer {
            ExchangeVerdict::Right => "that is right",
            ExchangeVerdict::CountsMore => "it counts more",
            ExchangeVerdict::CountsLess => "it counts less",
        };
        format!("Answered at {} points against {}: {said}.", plain(answer.points.0), plain(answer.points.1))
    });
    Some(Explanation {
        title: "Why is it worth that?".to_owned(),
        formula: vec![
            "Points for one unit of the first factor, over points for one unit of the second.".to_owned(),
            format!(
                "({} ÷ {}) ÷ ({} ÷ {}) = {}",
                plain(points),
                said(this, range),
                plain(others),
                said(that, other_range),
                said(that, unit)
            ),
        ],
        inputs: line(this, range).into_iter().chain(line(that, other_range)).collect(),
        assumptions: vec!["Both value curves are taken as straight from worst to best.".to_owned()],
        changes: changes.into_iter().collect(),
        source: EXCHANGE_SOURCE,
        ..Explanation::default()
    })
}

/// The scores worth least and most; `None` where the scale has no such figures.
fn ends(known: &Known<'_>, f: usize) -> Option<(f64, f64)> {
    let factor = &known.workspace.balance.factors[f];
    if let Some(ends) = factor.scale.ends() {
        return Some(ends);
    }
    let matrix = &known.analysis.balance.performance.matrix;
    let ValueFunction::Curve(points) = &matrix.functions[f] else { return None };
    let worst = points.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let best = points.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (worst.1 < best.1).then_some((worst.0, best.0))
}
