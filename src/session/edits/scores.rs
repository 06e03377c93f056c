//! Scores, and factors added, moved, removed and given another scale.

use std::collections::HashMap;

use crate::{
    analysis::balance::matrix::PerformanceMatrix,
    model::{
        Workspace,
        balance::{Factor, Scale, Score, ScoreEdit, ScoreLevel, Side},
        ids::{FactorId, OptionId},
    },
};

/// The score of a cell, made if there is none.
pub fn score_mut<'a>(workspace: &'a mut Workspace, factor: &FactorId, option: &OptionId) -> &'a mut Score {
    let scores = &mut workspace.balance.scores;
    let at = scores.iter().position(|s| s.factor == *factor && s.option == *option).unwrap_or(scores.len());
    if at == scores.len() {
        scores.push(Score::unknown(factor.clone(), option.clone()));
    }
    &mut scores[at]
}

/// Changes a cell, made if there is none; the score and the source of a factor that is scored by Reach stay as they are
/// computed. Where that changed anything, `edit` is noted as its last edit.
pub fn change_score(
    workspace: &mut Workspace,
    factor: &FactorId,
    option: &OptionId,
    edit: &ScoreEdit,
    change: impl FnOnce(&mut Score),
) {
    let before = workspace.score(factor, option).cloned();
    let before = before.unwrap_or_else(|| Score::unknown(factor.clone(), option.clone()));
    let mut after = before.clone();
    change(&mut after);
    if workspace.reach.feeds.iter().any(|feed| feed.factor == *factor) {
        // What Reach computes is not typed.
        after.level = before.level.clone();
        after.source.clone_from(&before.source);
    }
    if after != before {
        *score_mut(workspace, factor, option) = Score { edited: Some(edit.clone()), ..after };
    }
}

/// Puts a new factor at the end of a group of a side: a straight line from 0 to 100 with nothing scored and no swing.
pub fn add_factor(workspace: &mut Workspace, id: &FactorId, side: Side, group: &str) {
    let factors = &mut workspace.balance.factors;
    let taken = |name: &str| factors.iter().any(|f| f.name == name);
    let mut name = "New factor".to_owned();
    let mut count = 2;
    while taken(&name) {
        name = format!("New factor {count}");
        count += 1;
    }
    factors.push(Factor {
        id: id.clone(),
        name,
        short: String::new(),
        side,
        group: String::new(),
        unit: String::new(),
        scale: Scale::Linear { worst: 0.0, best: 100.0 },
        swing: None,
        swing_range: None,
        weight_limits: None,
        must: None,
    });
    place_factor(workspace, id, side, group, None);
}

/// Puts a factor on a side and in a group (empty for none), before another factor or, without one, behind the last of
/// that group, and where it has no other, behind the last of that side.
pub fn place_factor(
    workspace: &mut Workspace,
    id: &FactorId,
    side: Side,
    group: &str,
    before: Option<&FactorId>,
) {
    let factors = &mut workspace.balance.factors;
    let Some(at) = factors.iter().position(|f| f.id == *id) else { return };
    let mut factor = factors.remove(at);
    factor.side = side;
    group.clone_into(&mut factor.group);
    let to = before
        .and_then(|before| factors.iter().position(|f| f.id == *before))
        .or_else(|| factors.iter().rposition(|f| f.side == side && f.group == group).map(|last| last + 1))
        .or_else(|| factors.iter().rposition(|f| f.side == side).map(|last| last + 1))
        .unwrap_or(factors.len());
    factors.insert(to, factor);
}

/// Gives a group of a side another name; one that another group has puts the two together.
pub fn rename_group(workspace: &mut Workspace, side: Side, group: &str, name: &str) {
    for factor in workspace.balance.factors.iter_mut().filter(|f| f.side == side && f.group == group) {
        name.clone_into(&mut factor.group);
    }
}

/// Gives a factor another scale. Where it becomes a direct rating, scores become what they were worth. Else scores that
/// the new scale cannot take become not known, except that levels which only change their name, place for place, keep
/// their scores. Answers how many scores were lost.
pub fn set_scale(workspace: &mut Workspace, id: &FactorId, scale: Scale) -> usize {
    if scale == Scale::Direct {
        rate_by_worth(workspace, id);
    }
    let Some(factor) = workspace.factor_mut(id) else { return 0 };
    let before = std::mem::replace(&mut factor.scale, scale.clone());
    let mut lost = 0;
    for score in workspace.balance.scores.iter_mut().filter(|s| s.factor == *id) {
        if let (ScoreLevel::Level(name), Scale::Levels(old), Scale::Levels(new)) =
            (&score.level, &before, &scale)
            && !new.iter().any(|l| l.name == *name)
            && old.len() == new.len()
            && let Some(place) = old.iter().position(|l| l.name == *name)
            // The new name must not be another level's old one, or two levels would have changed places.
            && !old.iter().any(|l| l.name == new[place].name)
        {
            score.level = ScoreLevel::Level(new[place].name.clone());
        }
        if !takes(&scale, &score.level) {
            score.level = ScoreLevel::Unknown;
            lost += 1;
        }
    }
    lost
}

/// Puts in the place of each score what it is worth on the scale that still holds.
fn rate_by_worth(workspace: &mut Workspace, id: &FactorId) {
    let Some(f) = workspace.balance.factors.iter().position(|factor| factor.id == *id) else { return };
    let matrix = PerformanceMatrix::of(workspace);
    let places: HashMap<OptionId, usize> =
        workspace.question.options.iter().enumerate().map(|(o, option)| (option.id.clone(), o)).collect();
    for score in workspace.balance.scores.iter_mut().filter(|s| s.factor == *id) {
        let cell = places.get(&score.option).map(|&o| matrix.cells[f][o]);
        let Some((cell, likely)) = cell.and_then(|cell| Some((cell, cell.value?))) else { continue };
        // On a humped curve the likely score can be worth more than both ends.
        let (low, high) = (cell.low.min(likely), cell.high.max(likely));
        score.level =
            if low < high { ScoreLevel::Range { low, likely, high } } else { ScoreLevel::Point(likely) };
    }
}

/// Whether a score can stand on a scale.
fn takes(scale: &Scale, level: &ScoreLevel) -> bool {
    let within = |least: f64, most: f64| match *level {
        ScoreLevel::Point(x) => (least..=most).contains(&x),
        ScoreLevel::Range { low, high, .. } => least <= low && high <= most,
        ScoreLevel::Normal { mean, .. } => (least..=most).contains(&mean),
        ScoreLevel::Unknown => true,
        ScoreLevel::Level(_) => false,
    };
    match (scale, level) {
        (Scale::Levels(levels), ScoreLevel::Level(name)) => levels.iter().any(|l| l.name == *name),
        (Scale::Levels(_), level) => *level == ScoreLevel::Unknown,
        (Scale::Direct, _) => within(0.0, 100.0),
        (Scale::LowestPrice, _) => within(f64::MIN_POSITIVE, f64::MAX),
        (Scale::Linear { .. } | Scale::Local { .. } | Scale::Points(_), _) => within(f64::MIN, f64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::balance::Speaker;
    use crate::model::balance::{NamedLevel, ScoreDissent};

    fn with_factors(sides: &[Side]) -> Workspace {
        let mut workspace = Workspace::default();
        for (index, &side) in sides.iter().enumerate() {
            add_factor(&mut workspace, &FactorId::from(format!("f{index}").as_str()), side, "");
        }
        workspace
    }

    fn order(workspace: &Workspace) -> Vec<&str> {
        workspace.balance.factors.iter().map(|f| f.id.as_str()).collect()
    }

    #[test]
    fn a_factor_goes_before_another_or_to_the_end_of_a_group() {
        use Side::{Commercial as C, Operational as O};
        let mut workspace = with_factors(&[O, C, O]);
        assert_eq!(order(&workspace), ["f0", "f2", "f1"]);
        place_factor(&mut workspace, &"f2".into(), O, "", Some(&"f0".into()));
        assert_eq!(order(&workspace), ["f2", "f0", "f1"]);
        place_factor(&mut workspace, &"f2".into(), C, "Price", None);
        assert_eq!(order(&workspace), ["f0", "f1", "f2"]);
        let moved = &workspace.balance.factors[2];
        assert_eq!((moved.side, moved.group.as_str()), (C, "Price"));
        place_factor(&mut workspace, &"f0".into(), C, "Price", None);
        assert_eq!(order(&workspace), ["f1", "f2", "f0"]);
    }

    #[test]
    fn a_new_factor_stands_at_the_end_of_its_group() {
        let mut workspace = with_factors(&[Side::Operational; 3]);
        workspace.balance.factors[0].group = "Lives".to_owned();
        add_factor(&mut workspace, &"new".into(), Side::Operational, "Lives");
        assert_eq!(order(&workspace), ["f0", "new", "f1", "f2"]);
        rename_group(&mut workspace, Side::Operational, "Lives", "People");
        let groups: Vec<_> = workspace.balance.factors.iter().map(|f| f.group.as_str()).collect();
        assert_eq!(groups, ["People", "People", "", ""]);
    }

    #[test]
    fn what_a_score_was_worth_becomes_its_direct_rating() {
        let mut workspace = crate::model::sample::workspace();
        let (factor, option) = (workspace.balance.factors[0].id.clone(), OptionId::from("caterer-o222"));
        workspace.factor_mut(&factor).unwrap().scale = Scale::Linear { worst: 13.0, best: 3.0 };
        let level = ScoreLevel::Range { low: 4.0, likely: 8.0, high: 13.0 };
        score_mut(&mut workspace, &factor, &option).level = level;
        set_scale(&mut workspace, &factor, Scale::Direct);
        let rated = ScoreLevel::Range { low: 0.0, likely: 50.0, high: 90.0 };
        assert_eq!(workspace.score(&factor, &option).unwrap().level, rated);
    }

    #[test]
    fn only_a_change_is_signed_and_dissent_outlives_its_speaker() {
        let mut workspace = with_factors(&[Side::Operational]);
        let (factor, option) = (FactorId::from("f0"), OptionId::from("o"));
        let edit = ScoreEdit { by: "Ann".to_owned(), on: jiff::civil::date(2026, 11, 22) };
        change_score(&mut workspace, &factor, &option, &edit, |_| ());
        assert!(workspace.balance.scores.is_empty());
        let who = Speaker::Stakeholder("ann-s222".into());
        change_score(&mut workspace, &factor, &option, &edit, |score| {
            score.dissent.push(ScoreDissent { who, text: "Far too low".to_owned() });
        });
        assert_eq!(workspace.balance.scores[0].edited, Some(edit));
        workspace.forget_stakeholder(&"ann-s222".into(), "Night worker");
        assert_eq!(workspace.balance.scores[0].dissent[0].who, Speaker::Role("Night worker".to_owned()));
    }

    #[test]
    fn new_factors_have_names_of_their_own() {
        let workspace = with_factors(&[Side::Operational; 3]);
        let names: Vec<_> = workspace.balance.factors.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["New factor", "New factor 2", "New factor 3"]);
    }

    #[test]
    fn scores_outlive_the_renaming_of_a_level_but_not_another_kind_of_scale() {
        let level = |name: &str| NamedLevel { name: name.into(), value: 50.0 };
        let mut workspace = with_factors(&[Side::Operational]);
        let id = FactorId::from("f0");
        set_scale(&mut workspace, &id, Scale::Levels(vec![level("none"), level("some")]));
        score_mut(&mut workspace, &id, &"o".into()).level = ScoreLevel::Level("some".into());
        assert_eq!(set_scale(&mut workspace, &id, Scale::Levels(vec![level("none"), level("a few")])), 0);
        assert_eq!(workspace.balance.scores[0].level, ScoreLevel::Level("a few".into()));
        assert_eq!(set_scale(&mut workspace, &id, Scale::Direct), 1);
        assert_eq!(workspace.balance.scores[0].level, ScoreLevel::Unknown);
    }
}
