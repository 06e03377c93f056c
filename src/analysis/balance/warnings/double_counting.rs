//! Factors that may count the same thing twice: they rank the options alike, or rest on the same item of evidence.

use std::collections::HashMap;

use super::{Grounds, Warning};
use crate::{
    analysis::balance::matrix::TIE,
    model::{ids::EvidenceId, wording},
};

/// Rank correlations from here on are pointed out.
const ALIKE: f64 = 0.9;
/// With fewer options a high rank correlation is no sign of anything.
const FEWEST_OPTIONS: usize = 4;
/// More pairs than this are only counted, the strongest being named.
const MOST_NAMED: usize = 6;

/// Pairs of weighted factors with |ρ| of at least 0.9 over at least four options, strongest first, and pairs that share
/// an item of evidence; each with what dropping either would do.
pub fn warnings(grounds: Grounds<'_>) -> Vec<Warning> {
    let effects: Vec<String> = (0..grounds.matrix.factors)
        .map(|f| if grounds.weighted(f) { without(grounds, f) } else { String::new() })
        .collect();
    let mut pairs = correlated(grounds);
    pairs.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()).then((a.0, a.1).cmp(&(b.0, b.1))));
    let more = pairs.len().saturating_sub(MOST_NAMED);
    pairs.truncate(MOST_NAMED);
    let mut warnings: Vec<Warning> = pairs
        .into_iter()
        .map(|(a, b, rho)| {
            let alike = if rho > 0.0 { "almost alike" } else { "almost the opposite way" };
            let text = format!(
                "{} and {} rank the options {alike} (rank correlation {}) and may count one thing twice. {} {}",
                grounds.factor_name(a),
                grounds.factor_name(b),
                wording::number(rho, 2),
                effects[a],
                effects[b]
            );
            Warning { rule: "correlated-factors", text }
        })
        .collect();
    if more > 0 {
        let text = format!(
            "{} rank the options almost alike too.",
            wording::count(more, "more pair of factors", "more pairs of factors")
        );
        warnings.push(Warning { rule: "correlated-factors", text });
    }
    for ((a, b), items) in sharing_evidence(grounds) {
        let text = format!(
            "{} and {} rest on the same evidence ({}) and may count one thing twice. {} {}",
            grounds.factor_name(a),
            grounds.factor_name(b),
            evidence_titles(grounds, &items),
            effects[a],
            effects[b]
        );
        warnings.push(Warning { rule: "shared-evidence", text });
    }
    warnings
}

/// What the ranking would be without a factor, in a sentence.
fn without(grounds: Grounds<'_>, f: usize) -> String {
    let mut swings = grounds.in_force.swings.clone();
    swings[f] = 0.0;
    let weighed = grounds.matrix.weigh(&swings);
    let name = grounds.factor_name(f);
    match (weighed.ranking.first(), grounds.weighed.ranking.first()) {
        (Some(&then), Some(&now)) if then != now => {
            format!("Without {name}, {} would lead.", grounds.option_name(then))
        }
        (Some(_), _) if weighed.ranking != grounds.weighed.ranking => {
            format!("Without {name} the leader stays and the order behind it changes.")
        }
        (Some(_), _) => format!("Without {name} the ranking stays."),
        (None, _) => format!("Without {name} no weight is left."),
    }
}

/// Pairs of weighted factors with their rank correlation, where it is high. The options in the ranking count whose
/// values are known on both.
fn correlated(grounds: Grounds<'_>) -> Vec<(usize, usize, f64)> {
    let ranking: Vec<usize> = grounds.matrix.in_ranking().collect();
    if ranking.len() < FEWEST_OPTIONS {
        return Vec::new();
    }
    let values: Vec<Vec<Option<f64>>> =
        grounds.matrix.cells.iter().map(|row| ranking.iter().map(|&o| row[o].value).collect()).collect();
    let whole_ranks: Vec<Option<Vec<f64>>> = values
        .iter()
        .map(|row| row.iter().copied().collect::<Option<Vec<f64>>>().map(|row| ranks(&row)))
        .collect();
    let mut pairs = Vec::new();
    let weighted: Vec<usize> = (0..values.len()).filter(|&f| grounds.weighted(f)).collect();
    for (place, &a) in weighted.iter().enumerate() {
        for &b in &weighted[place + 1..] {
            let rho = match (&whole_ranks[a], &whole_ranks[b]) {
                (Some(of_a), Some(of_b)) => correlation(of_a, of_b),
                _ => on_known(&values[a], &values[b]),
            };
            if let Some(rho) = rho.filter(|rho| rho.abs() >= ALIKE - TIE) {
                pairs.push((a, b, rho));
            }
        }
    }
    pairs
}

fn on_known(a: &[Option<f64>], b: &[Option<f64>]) -> Option<f64> {
    let (a, b): (Vec<f64>, Vec<f64>) = a.iter().zip(b).filter_map(|(a, b)| (*a).zip(*b)).unzip();
    if a.len() < FEWEST_OPTIONS { None } else { correlation(&ranks(&a), &ranks(&b)) }
}

/// Ranks from 1, ties sharing the mean of their places.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut begun = 0;
    for tied in order.chunk_by(|&a, &b| (values[a] - values[b]).abs() <= TIE) {
        let shared = begun as f64 + (tied.len() as f64 + 1.0) / 2.0;
        for &place in tied {
            ranks[place] = shared;
        }
        begun += tied.len();
    }
    ranks
}

/// Pearson's correlation of ranks, which is Spearman's ρ; `None` when either has no spread.
fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let middle = (a.len() as f64 + 1.0) / 2.0;
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        ab += (x - middle) * (y - middle);
        aa += (x - middle) * (x - middle);
        bb += (y - middle) * (y - middle);
    }
    (aa > 0.0 && bb > 0.0).then(|| (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0))
}

/// Pairs of weighted factors with the items of evidence that stand behind cells of both.
fn sharing_evidence(grounds: Grounds<'_>) -> Vec<((usize, usize), Vec<&EvidenceId>)> {
    let scores = grounds.workspace.balance.scores.iter().filter(|score| !score.evidence.is_empty());
    let mut place: HashMap<&str, usize> = HashMap::new();
    let mut behind: HashMap<&EvidenceId, Vec<usize>> = HashMap::new();
    for score in scores {
        if place.is_empty() {
            place = grounds.factors().map(|(f, factor)| (factor.id.as_str(), f)).collect();
        }
        let Some(&f) = place.get(score.factor.as_str()).filter(|f| grounds.weighted(**f)) else { continue };
        for item in &score.evidence {
            let factors = behind.entry(item).or_default();
            if !factors.contains(&f) {
                factors.push(f);
            }
        }
    }
    let mut shared: HashMap<(usize, usize), Vec<&EvidenceId>> = HashMap::new();
    for (item, mut factors) in behind {
        factors.sort_unstable();
        for (at, &a) in factors.iter().enumerate() {
            for &b in &factors[at + 1..] {
                shared.entry((a, b)).or_default().push(item);
            }
        }
    }
    let mut shared: Vec<_> = shared.into_iter().collect();
    shared.sort_unstable();
    for (_, items) in &mut shared {
        items.sort_unstable();
    }
    shared
}

fn evidence_titles(grounds: Grounds<'_>, items: &[&EvidenceId]) -> String {
    let evidence = &grounds.workspace.challenge.evidence;
    let title = |id: &EvidenceId| {
        evidence.iter().find(|item| item.id == *id).map_or_else(|| id.to_string(), |item| item.title.clone())
    };
    let titles: Vec<String> = items.iter().map(|id| title(id)).collect();
    wording::list(&titles.iter().map(String::as_str).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures from scipy 1.17.1 (`scipy.stats.spearmanr`).
    #[test]
    fn rank_correlation_agrees_with_scipy() {
        let rho = |a: &[f64], b: &[f64]| correlation(&ranks(a), &ranks(b));
        let found = rho(&[1.0, 2.0, 2.0, 4.0, 5.0], &[3.0, 1.0, 4.0, 4.0, 9.0]).unwrap();
        assert!((found - 0.763_157_894_736_842_1).abs() < 1e-12, "{found}");
        let found = rho(&[10.0, 20.0, 30.0, 40.0], &[9.0, 7.0, 3.0, 1.0]).unwrap();
        assert!((found + 1.0).abs() < 1e-12);
        assert_eq!(rho(&[1.0, 1.0, 1.0, 1.0], &[1.0, 2.0, 3.0, 4.0]), None);
    }
}
