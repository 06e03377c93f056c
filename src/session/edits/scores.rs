//! Scores, and factors added, moved, removed and given another scale.

use crate::model::{
    Workspace,
    balance::{Factor, Scale, Score, ScoreEdit, ScoreLevel, Side, Speaker},
    ids::{FactorId, OptionId, StakeholderId},
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

/// Changes a cell, made if there is none; where that changed anything, `edit` is noted as its last edit.
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
    if after != before {
        *score_mut(workspace, factor, option) = Score { edited: Some(edit.clone()), ..after };
    }
}

/// Lets the dissent of a stakeholder who is taken off the register stand under their role.
pub fn release_speaker(workspace: &mut Workspace, id: &StakeholderId, role: &str) {
    let role = if role.trim().is_empty() { "Somebody" } else { role.trim() };
    for dissent in workspace.balance.scores.iter_mut().flat_map(|score| &mut score.dissent) {
        if dissent.who == Speaker::Stakeholder(id.clone()) {
            dissent.who = Speaker::Role(role.to_owned());
        }
    }
}

/// Puts a new factor behind another, or at the end: a straight line from 0 to 100 with nothing scored.
pub fn add_factor(workspace: &mut Workspace, id: &FactorId, side: Side, behind: Option<&FactorId>) {
    let factors = &mut workspace.balance.factors;
    let taken = |name: &str| factors.iter().any(|f| f.name == name);
    let mut name = "New factor".to_owned();
    let mut count = 2;
    while taken(&name) {
        name = format!("New factor {count}");
        count += 1;
    }
    let at = behind
        .and_then(|id| factors.iter().position(|f| f.id == *id))
        .map_or(factors.len(), |position| position + 1);
    let factor = Factor {
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
    };
    factors.insert(at, factor);
}

/// Takes a factor away with its scores and what ballots, ranking and answers say of it.
pub fn remove_factor(workspace: &mut Workspace, id: &FactorId) {
    workspace.balance.factors.retain(|f| f.id != *id);
    workspace.balance.scores.retain(|s| s.factor != *id);
    for ballot in &mut workspace.voices.ballots {
        ballot.swings.remove(id);
    }
    super::weights::forget(workspace, id);
}

/// Moves a factor one place up or down among those of its side; answers whether there was room.
pub fn move_factor(workspace: &mut Workspace, id: &FactorId, down: bool) -> bool {
    let factors = &mut workspace.balance.factors;
    let Some(at) = factors.iter().position(|f| f.id == *id) else { return false };
    let side = factors[at].side;
    let neighbour = if down {
        (at + 1..factors.len()).find(|&f| factors[f].side == side)
    } else {
        (0..at).rev().find(|&f| factors[f].side == side)
    };
    let Some(to) = neighbour else { return false };
    let factor = factors.remove(at);
    factors.insert(to, factor);
    true
}

/// Gives a factor another scale. Scores that the new scale cannot take become not known, except that levels which only
/// change their name, place for place, keep their scores. Answers how many scores were lost.
pub fn set_scale(workspace: &mut Workspace, id: &FactorId, scale: Scale) -> usize {
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
    use crate::model::balance::NamedLevel;

    fn with_factors(sides: &[Side]) -> Workspace {
        let mut workspace = Workspace::default();
        for (index, &side) in sides.iter().enumerate() {
            add_factor(&mut workspace, &FactorId::from(format!("f{index}").as_str()), side, None);
        }
        workspace
    }

    fn order(workspace: &Workspace) -> Vec<&str> {
        workspace.balance.factors.iter().map(|f| f.id.as_str()).collect()
    }

    #[test]
    fn a_factor_moves_among_those_of_its_side() {
        use Side::{Commercial as C, Operational as O};
        let mut workspace = with_factors(&[O, C, O]);
        assert!(move_factor(&mut workspace, &"f0".into(), true));
        assert_eq!(order(&workspace), ["f1", "f2", "f0"]);
        assert!(!move_factor(&mut workspace, &"f1".into(), false));
        assert!(move_factor(&mut workspace, &"f0".into(), false));
        assert_eq!(order(&workspace), ["f1", "f0", "f2"]);
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
