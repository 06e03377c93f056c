//! What Reach tells Balance: the scores of factors that are linked to a measure of the payment designs.

use super::{OptionReach, ReachResult, Verdict, analyse};
use crate::{
    analysis::{Figure, Undefined},
    model::{
        Workspace,
        balance::{Score, ScoreLevel},
        ids::OptionId,
        reach::{Feed, ReachMeasure},
    },
};

/// The levels of a factor that is scored by the verdict, worst first, with what each is worth.
pub const VERDICT_LEVELS: [(&str, f64); 3] = [("High", 0.0), ("Moderate", 50.0), ("Low", 100.0)];

const SOURCE: &str = "Computed in Reach from the payment design";
const NOT_JUDGED: Undefined = Undefined("the verdict cannot be judged yet");

/// What a payment design comes to on a measure.
///
/// # Errors
/// Says which figure is missing.
pub fn measured(reach: &OptionReach, measure: ReachMeasure) -> Result<ScoreLevel, Undefined> {
    let point = |figure: Figure, times: f64| figure.map(|figure| ScoreLevel::Point(rounded(figure * times)));
    match measure {
        ReachMeasure::ShareSupported => point(reach.share_supported, 100.0),
        ReachMeasure::LeftOut => point(reach.left_out_per_year, 1.0),
        ReachMeasure::WorstServed => point(worst_served(reach), 100.0),
        ReachMeasure::IncomeAtRisk => point(reach.income_at_risk_share, 100.0),
        ReachMeasure::Verdict => {
            let level = match reach.verdict {
                Verdict::CannotBeJudged => return Err(NOT_JUDGED),
                Verdict::High => 0,
                Verdict::Moderate => 1,
                Verdict::Low => 2,
            };
            Ok(ScoreLevel::Level(VERDICT_LEVELS[level].0.to_owned()))
        }
    }
}

/// The least share of an equal share that any group gets, 1 at the most.
fn worst_served(reach: &OptionReach) -> Figure {
    let equal = reach.equal_share?;
    if equal <= 0.0 {
        return Ok(1.0);
    }
    reach.groups.iter().try_fold(1.0, |least: f64, group| Ok(least.min(group.share_supported_at[1]? / equal)))
}

/// Scores are kept to a tenth: the prediction is not surer than that, and files stay readable.
fn rounded(figure: f64) -> f64 {
    libm::round(figure * 10.0) / 10.0
}

/// Writes what Reach computes into the scores of the factors that are linked to it; what cannot be computed is not
/// known. Links of factors that are gone go too. Everything else about a score, such as its grade, stays.
pub fn feed(workspace: &mut Workspace) {
    let is_there = |workspace: &Workspace, feed: &Feed| workspace.factor(&feed.factor).is_some();
    if !workspace.reach.feeds.iter().all(|feed| is_there(workspace, feed)) {
        let kept: Vec<Feed> =
            workspace.reach.feeds.iter().filter(|feed| is_there(workspace, feed)).cloned().collect();
        workspace.reach.feeds = kept;
    }
    if workspace.reach.feeds.is_empty() {
        return;
    }
    let predicted = analyse(workspace);
    for (feed, option, level) in wanted(workspace, &predicted) {
        let at = workspace.balance.scores.iter().position(|s| s.factor == feed.factor && s.option == option);
        match at.map(|at| (at, &workspace.balance.scores[at])) {
            // Asking for what is shared as changeable copies it, so look first.
            Some((_, score)) if score.level == level && score.source == SOURCE => {}
            Some((at, _)) => computed(&mut workspace.balance.scores[at], level),
            None => {
                let mut score = Score::unknown(feed.factor, option);
                computed(&mut score, level);
                workspace.balance.scores.push(score);
            }
        }
    }
}

/// [`feed`] after an edit of a workspace that was fed before it: where neither the question, the payment designs nor a linked
/// score was touched there is nothing to work out.
pub fn feed_following(before: &Workspace, workspace: &mut Workspace) {
    let same = before.question.is_same_copy(&workspace.question)
        && before.reach.is_same_copy(&workspace.reach)
        && (before.balance.is_same_copy(&workspace.balance) || is_linked_alike(before, workspace));
    if !same {
        feed(workspace);
    }
}

/// Whether every linked factor is still there and has the very scores that it had.
fn is_linked_alike(before: &Workspace, after: &Workspace) -> bool {
    let feeds = &after.reach.feeds;
    let is_linked = |score: &&Score| feeds.iter().any(|feed| feed.factor == score.factor);
    let scores = |workspace: &Workspace| -> Vec<Score> {
        workspace.balance.scores.iter().filter(is_linked).cloned().collect()
    };
    feeds.iter().all(|feed| after.factor(&feed.factor).is_some())
        && (before.balance.scores.is_same_copy(&after.balance.scores) || scores(before) == scores(after))
}

/// What every linked cell is to hold.
fn wanted(workspace: &Workspace, predicted: &ReachResult) -> Vec<(Feed, OptionId, ScoreLevel)> {
    let mut cells = Vec::new();
    for feed in &workspace.reach.feeds {
        for (option, reach) in workspace.question.options.iter().zip(&predicted.options) {
            let level = reach.as_ref().and_then(|reach| measured(reach, feed.measure).ok());
            cells.push((feed.clone(), option.id.clone(), level.unwrap_or(ScoreLevel::Unknown)));
        }
    }
    cells
}

fn computed(score: &mut Score, level: ScoreLevel) {
    score.level = level;
    SOURCE.clone_into(&mut score.source);
    score.provisional = false;
}
