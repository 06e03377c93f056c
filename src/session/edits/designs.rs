//! Payment designs filled in whole, and options made of them.

use super::scores;
use crate::{
    analysis::reach::{DesignCopy, VERDICT_LEVELS},
    model::{
        Workspace,
        balance::{Must, NamedLevel, Scale, Side},
        ids::{FactorId, OptionId, PaymentId},
        reach::{Feed, Payment, ReachMeasure},
    },
};

/// Puts a design in the place of the one that its option has. Payments take their ids from `tails`, one each.
pub fn put_design(workspace: &mut Workspace, design: &DesignCopy, tails: &[u32]) {
    let option = &design.terms.option;
    let reach = &mut workspace.reach;
    match reach.terms.iter_mut().find(|terms| terms.option == *option) {
        Some(terms) => *terms = design.terms.clone(),
        None => reach.terms.push(design.terms.clone()),
    }
    reach.payments.retain(|payment| payment.option != *option);
    let with_ids = design.payments.iter().zip(tails).map(|(payment, &tail)| Payment {
        id: PaymentId::named(&payment.milestone, tail),
        option: option.clone(),
        ..payment.clone()
    });
    reach.payments.extend(with_ids);
}

/// Adds an option that is another with this design: its scores and the entitlements that it meets are copied, and it
/// stands behind the option that it came from. The copied scores are provisional, as they say nothing of the new design
/// yet, but for those that Reach computes. Nothing happens where the option is gone.
pub fn keep_as_option(
    workspace: &mut Workspace,
    from: &OptionId,
    design: &DesignCopy,
    id: &OptionId,
    name: &str,
    tails: &[u32],
) {
    let Some(at) = workspace.question.options.iter().position(|option| option.id == *from) else { return };
    let badge = copy_badge(workspace, from);
    let mut option = workspace.question.options[at].clone();
    option.id = id.clone();
    name.clone_into(&mut option.name);
    if !option.short.is_empty() {
        option.short = format!("{} ({badge})", option.short);
    }
    option.badge = badge;
    workspace.question.options.insert(at + 1, option);
    for entitlement in &mut workspace.question.entitlements {
        if let Some(met) = entitlement.met_by.get(from).copied() {
            entitlement.met_by.insert(id.clone(), met);
        }
    }
    let scores: Vec<_> =
        workspace.balance.scores.iter().filter(|score| score.option == *from).cloned().collect();
    let computed: Vec<FactorId> = workspace.reach.feeds.iter().map(|feed| feed.factor.clone()).collect();
    workspace.balance.scores.extend(scores.into_iter().map(|mut score| {
        score.option = id.clone();
        score.provisional = !computed.contains(&score.factor);
        score
    }));
    let mut design = design.clone();
    design.terms.option = id.clone();
    put_design(workspace, &design, tails);
}

/// The badge of a copy of an option: A2 for A, then A3, as far as no option has it.
#[must_use]
pub fn copy_badge(workspace: &Workspace, from: &OptionId) -> String {
    let badge = workspace.option(from).map_or("", |option| option.badge.as_str());
    let is_free = |badge: &String| workspace.question.options.iter().all(|option| option.badge != *badge);
    let stem = match badge.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "" => format!("{badge}\u{2013}"),
        stem => stem.to_owned(),
    };
    let most = workspace.question.options.len() + 2;
    (2..=most).map(|n| format!("{stem}{n}")).find(is_free).unwrap_or_default()
}

/// A name for a copy of an option that no option has: the name with a word on what was done.
#[must_use]
pub fn copy_name(workspace: &Workspace, from: &OptionId, what: &str) -> String {
    let name = workspace.option(from).map_or("", |option| option.name.as_str());
    // A copy of such a copy is the next of them.
    let unnumbered = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let name = [name, unnumbered]
        .into_iter()
        .find_map(|name| name.strip_suffix(&format!(", {what}")))
        .unwrap_or(name);
    let is_free = |name: &String| workspace.question.options.iter().all(|option| option.name != *name);
    let most = workspace.question.options.len() + 2;
    let names = (1..=most).map(|n| match n {
        1 => format!("{name}, {what}"),
        n => format!("{name}, {what} {n}"),
    });
    names.into_iter().find(is_free).unwrap_or_default()
}

/// Scores a factor by a measure of Reach from now on; its scale becomes the levels of the verdict where it is scored by
/// that, and a straight line of the measure where it had levels. Its old scores give way.
pub fn link(workspace: &mut Workspace, factor: &FactorId, measure: ReachMeasure) {
    unlink(workspace, factor);
    let people: f64 = workspace.question.need_groups.iter().filter_map(|group| group.people_per_year).sum();
    let Some(linked) = workspace.balance.factors.iter_mut().find(|f| f.id == *factor) else { return };
    let has_numbers = !matches!(linked.scale, Scale::Levels(_) | Scale::Direct | Scale::LowestPrice);
    if measure == ReachMeasure::Verdict || !has_numbers {
        linked.scale = scale_of(measure, people);
        measure.unit().clone_into(&mut linked.unit);
        linked.swing_range = None;
        linked.must = None;
    }
    workspace.reach.feeds.push(Feed { factor: factor.clone(), measure });
}

/// Lets the scores of a factor be typed again; they stay as they were computed last.
pub fn unlink(workspace: &mut Workspace, factor: &FactorId) {
    if workspace.reach.feeds.iter().any(|feed| feed.factor == *factor) {
        workspace.reach.feeds.retain(|feed| feed.factor != *factor);
    }
}

/// Adds an operational factor that is scored by a measure of Reach; with a must, an option whose verdict is high is
/// struck from the ranking.
pub fn add_linked_factor(
    workspace: &mut Workspace,
    id: &FactorId,
    measure: ReachMeasure,
    no_high_verdict: bool,
) {
    scores::add_factor(workspace, id, Side::Operational, "");
    let taken = |name: &str| workspace.balance.factors.iter().any(|f| f.id != *id && f.name == name);
    let name =
        (1..).map(|n| if n == 1 { measure.words().to_owned() } else { format!("{} {n}", measure.words()) });
    let name = name.into_iter().find(|name| !taken(name)).unwrap_or_default();
    let people: f64 = workspace.question.need_groups.iter().filter_map(|group| group.people_per_year).sum();
    if let Some(factor) = workspace.balance.factors.iter_mut().find(|f| f.id == *id) {
        factor.name = name;
        factor.scale = scale_of(measure, people);
        measure.unit().clone_into(&mut factor.unit);
    }
    link(workspace, id, measure);
    if let Some(factor) = workspace.balance.factors.iter_mut().find(|f| f.id == *id) {
        factor.must =
            (no_high_verdict && measure == ReachMeasure::Verdict).then(|| Must::AtLeast(VERDICT_LEVELS[1].1));
    }
}

/// The scale on which a measure counts: from the worst there can be to the best.
fn scale_of(measure: ReachMeasure, people: f64) -> Scale {
    match measure {
        ReachMeasure::ShareSupported | ReachMeasure::WorstServed => Scale::Linear { worst: 0.0, best: 100.0 },
        ReachMeasure::LeftOut => Scale::Linear { worst: people.max(1.0), best: 0.0 },
        ReachMeasure::IncomeAtRisk => Scale::Linear { worst: 100.0, best: 0.0 },
        ReachMeasure::Verdict => Scale::Levels(
            VERDICT_LEVELS.iter().map(|&(name, value)| NamedLevel { name: name.to_owned(), value }).collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::reach::feed,
        model::{balance::ScoreLevel, check, sample},
    };

    #[test]
    fn a_copy_of_an_option_has_its_scores_and_a_badge_and_name_of_its_own() {
        let mut workspace = sample::workspace();
        let from = workspace.question.options[0].id.clone();
        let before = workspace.clone();
        let design = DesignCopy::of(&workspace, &from);
        let badge = copy_badge(&workspace, &from);
        let name = copy_name(&workspace, &from, "made fair");
        let id = OptionId::from("copy-o999");
        let tails: Vec<u32> = (0..design.payments.len() as u32).collect();
        keep_as_option(&mut workspace, &from, &design, &id, &name, &tails);
        assert_eq!(workspace.question.options[1].id, id);
        assert_eq!(workspace.question.options[1].badge, badge);
        assert_eq!(badge, format!("{}2", before.question.options[0].badge));
        let scores =
            |w: &Workspace, id: &OptionId| w.balance.scores.iter().filter(|s| s.option == *id).count();
        assert_eq!(scores(&workspace, &id), scores(&before, &from));
        let computed = |factor: &FactorId| workspace.reach.feeds.iter().any(|feed| feed.factor == *factor);
        assert!(workspace.balance.scores.iter().any(|s| s.option == id && s.provisional));
        for score in &workspace.balance.scores {
            if score.option == id {
                assert_eq!(score.provisional, !computed(&score.factor), "{}", score.factor.as_str());
            } else {
                assert!(before.balance.scores.contains(score), "the scores of others stay");
            }
        }
        assert!(DesignCopy::of(&workspace, &id).pays_like(&design, &workspace.question.need_groups));
        assert!(check::broken_by_edit(&before, &workspace).is_none());
        assert_eq!(copy_badge(&workspace, &from), format!("{}3", before.question.options[0].badge));
    }

    #[test]
    fn linked_scores_follow_the_design_and_leave_with_the_factor() {
        let mut workspace = sample::workspace();
        feed(&mut workspace);
        let factor = workspace.reach.feeds[0].factor.clone();
        let priced = workspace.reach.terms[0].option.clone();
        let score = workspace.score(&factor, &priced).unwrap().clone();
        assert!(
            matches!(score.level, ScoreLevel::Point(x) if (0.0..=100.0).contains(&x)),
            "{:?}",
            score.level
        );
        let unpriced =
            workspace.question.options.iter().find(|o| workspace.terms(&o.id).is_none()).unwrap().id.clone();
        assert_eq!(workspace.score(&factor, &unpriced).unwrap().level, ScoreLevel::Unknown);
        workspace.balance.factors.retain(|f| f.id != factor);
        feed(&mut workspace);
        assert!(workspace.reach.feeds.is_empty());
    }
}
