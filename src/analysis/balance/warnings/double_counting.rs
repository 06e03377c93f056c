//! Factors that may count the same thing twice: they rank the options alike, or rest on the same item of evidence.

use std::collections::HashMap;

use super::{Grounds, Warning, by_how_much};
use crate::{
    analysis::balance::performance::AlikeFactors,
    model::{ids::EvidenceId, wording},
};

/// More pairs than this are only counted, the strongest being named.
const MOST_NAMED: usize = 6;

/// Pairs of weighted factors with |ρ| of at least 0.9 over at least four options, strongest first, and pairs that share
/// an item of evidence; each with what dropping either would do.
pub fn warnings(grounds: Grounds<'_>) -> Vec<Warning> {
    let mut effects: HashMap<usize, String> = HashMap::new();
    let mut effect = |f: usize| effects.entry(f).or_insert_with(|| without(grounds, f)).clone();
    let mut pairs: Vec<AlikeFactors> = grounds.performance.alike.clone();
    pairs.retain(|pair| grounds.weighted(pair.a) && grounds.weighted(pair.b));
    pairs.sort_by(|x, y| y.rho.abs().total_cmp(&x.rho.abs()).then((x.a, x.b).cmp(&(y.a, y.b))));
    let more = pairs.len().saturating_sub(MOST_NAMED);
    pairs.truncate(MOST_NAMED);
    let mut warnings: Vec<Warning> = pairs
        .into_iter()
        .map(|AlikeFactors { a, b, rho }| {
            let alike = if rho > 0.0 { "almost alike" } else { "almost the opposite way" };
            let text = format!(
                "{} and {} rank the options {alike} and may count one thing twice. {} {}",
                grounds.factor_name(a),
                grounds.factor_name(b),
                effect(a),
                effect(b)
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
            effect(a),
            effect(b)
        );
        warnings.push(Warning { rule: "shared-evidence", text });
    }
    warnings
}

/// What the ranking would be without a factor, in a sentence.
fn without(grounds: Grounds<'_>, f: usize) -> String {
    let mut swings = grounds.in_force.swings.clone();
    swings[f] = 0.0;
    let weighed = grounds.performance.matrix.weigh(&swings);
    let name = grounds.workspace.balance.factors[f].short_name();
    let by = by_how_much(&weighed);
    let leaders = weighed.leaders();
    if leaders.len() > 1 {
        let still = if leaders == grounds.weighed.leaders() { "still" } else { "would" };
        return format!("Without {name}, {} {still} tie for the lead.", grounds.option_names(&leaders));
    }
    match (weighed.ranking.first(), grounds.weighed.ranking.first()) {
        (Some(&then), Some(&now)) if then != now => {
            format!("Without {name}, {} would lead{by}.", grounds.option_name(then))
        }
        (Some(&then), _) if weighed.ranking != grounds.weighed.ranking => {
            let leader = grounds.option_name(then);
            format!("Without {name}, {leader} still leads{by} and others change place.")
        }
        (Some(&then), _) => format!("Without {name}, {} still leads{by}.", grounds.option_name(then)),
        (None, _) => format!("Without {name} no weight is left."),
    }
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
