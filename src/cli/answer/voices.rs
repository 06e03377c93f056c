//! Voices in words: whose voice decides, how far people agree, what was heard and who was not.

use super::{HALF_WAY, column, figure, wrapped};
use crate::{
    analysis::voices::{Agreed, AtWeights, Outcome, VoicesResult, agreeing},
    exchange::results::Results,
    model::{
        Workspace,
        voices::{PeopleHeld, RoundState, StatementStatus},
        wording::{chance, count, list, number, percent},
    },
};

/// Factors named to talk about next.
const NEXT: usize = 3;

/// The section on Voices.
pub(super) fn voices(results: &Results<'_>) -> String {
    let (workspace, voices) = (results.workspace, &*results.analysis.voices);
    let mut text = "\nVoices\n".to_owned();
    for (sector, result) in workspace.voices.sectors.iter().zip(&voices.by_sector) {
        let leader = result.as_ref().and_then(|r| r.ranking.first());
        let says = match leader.and_then(|&o| workspace.question.options.get(o)) {
            Some(option) => format!("by its ballots {} leads", option.name),
            None if result.is_some() => "its ballots name no leader".to_owned(),
            None => "no ballot".to_owned(),
        };
        text.push_str(&format!("  {} {says}\n", column(&sector.name)));
    }
    let mut lines = rounds(workspace, voices);
    lines.extend(whose_voice(results));
    lines.extend(agreement(workspace, voices));
    lines.extend(movement(workspace, voices));
    lines.extend(heard(workspace, voices));
    for line in lines {
        text.push_str(&wrapped(&line, 2));
    }
    text
}

fn rounds(workspace: &Workspace, voices: &VoicesResult) -> Vec<String> {
    let mut lines = vec![format!("{} in force.", count(voices.in_force.len(), "ballot is", "ballots are"))];
    for round in workspace.voices.rounds.iter().filter(|round| round.state == RoundState::Open) {
        let ballots = workspace.voices.ballots_of(round.number).count();
        let ballots = count(ballots, "ballot is", "ballots are");
        lines.push(format!("Round {} is open: {ballots} in, and none counts yet.", round.number));
    }
    let late = workspace.voices.ballots.iter().filter(|ballot| workspace.voices.is_late(ballot)).count();
    if late > 0 {
        lines.push(format!("{} late: kept, and not counted.", count(late, "ballot is", "ballots are")));
    }
    lines
}

/// "Local partnership by 9.2".
fn leads(workspace: &Workspace, outcome: Outcome) -> String {
    let name = workspace.question.options.get(outcome.leader).map_or("", |option| option.name.as_str());
    outcome.lead.map_or_else(|| name.to_owned(), |lead| format!("{name} by {}", number(lead, 1)))
}

fn whose_voice(results: &Results<'_>) -> Vec<String> {
    let (workspace, voices) = (results.workspace, &*results.analysis.voices);
    let mut lines = Vec::new();
    let words = |outcome: Outcome| {
        format!("{} ({} commercial)", leads(workspace, outcome), percent(outcome.commercial_share))
    };
    if let (Some(person), Some(sector)) = (voices.by_vote.one_person, voices.by_vote.one_sector) {
        lines.push(format!(
            "By one person one vote {}; by one sector one vote {}.",
            words(person),
            words(sector)
        ));
    }
    for (sector, without) in workspace.voices.sectors.iter().zip(&voices.without_sector) {
        if let Some(without) = without.filter(|without| without.changes_leader) {
            let leader = &workspace.question.options[without.leader].name;
            lines.push(format!("Without {} {leader} would lead.", sector.name));
        }
    }
    if let Ok(found) = &voices.lead_without_one {
        if let Some((low, high)) = found.range {
            let (low, high) = (number(low, 1), number(high, 1));
            lines.push(format!("Without any one ballot the lead goes from {low} to {high}."));
        }
        if !found.changes.is_empty() {
            let ballots = count(found.changes.len(), "ballot", "ballots");
            lines.push(format!("Without any one of {ballots} another option would lead."));
        }
    }
    if let Ok(AtWeights { nought: Some(nought), once: Some(once), double: Some(double), .. }) =
        voices.marginal
    {
        let [nought, once, double] = [nought, once, double].map(|outcome| leads(workspace, outcome));
        lines.push(format!("Marginal voices at nought: {nought}; once: {once}; double: {double}."));
    }
    if !lines.is_empty() && results.analysis.balance.performance.matrix.has_unknown {
        lines.push(HALF_WAY.to_owned());
    }
    if let Ok(fairness) = &voices.fairness {
        let names = |options: &[usize]| {
            let names: Vec<&str> = options
                .iter()
                .filter_map(|&o| Some(workspace.question.options.get(o)?.name.as_str()))
                .collect();
            list(&names)
        };
        lines.push(format!(
            "Best for the worst-off sector: {}. Smallest largest regret of a sector: {}.",
            names(&fairness.maximin),
            names(&fairness.minimax_regret)
        ));
    }
    lines
}

fn agreement(workspace: &Workspace, voices: &VoicesResult) -> Vec<String> {
    let w = |agreed: Agreed| match agreed {
        Ok(agreed) => format!("{} (chance {})", number(agreed.w, 2), chance(agreed.p_value)),
        Err(_) => figure(agreed.map(|agreed| agreed.w), |w| number(w, 2)),
    };
    let mut lines = vec![format!(
        "Agreement (Kendall’s W, 0 to 1): on factors {}, on options {}.",
        w(voices.agreement_on_factors),
        w(voices.agreement_on_options)
    )];
    let factors = voices.disagreement.iter().take(NEXT);
    let factors: Vec<&str> =
        factors.filter_map(|&f| Some(workspace.balance.factors.get(f)?.name.as_str())).collect();
    if voices.in_force.len() > 1 && !factors.is_empty() {
        lines.push(format!("Furthest apart, to talk about next: {}.", list(&factors)));
    }
    let (agree, of) = agreeing(&voices.gut_feel);
    if of > 0 {
        lines.push(format!("Gut feel: {agree} of {of} rank first what their own points lead to."));
    }
    lines
}

fn movement(workspace: &Workspace, voices: &VoicesResult) -> Vec<String> {
    let Ok(movement) = &voices.movement else { return Vec::new() };
    let people = count(movement.people.len(), "person", "people");
    let factors = workspace.balance.factors.iter().zip(&movement.factors);
    let moved: Vec<String> = factors
        .filter_map(|(factor, shift)| {
            let shift = shift.as_ref().filter(|shift| shift.median_before != shift.median_after)?;
            let [before, after] = [shift.median_before, shift.median_after].map(|points| number(points, 0));
            Some(format!("{} {before} to {after}", factor.name))
        })
        .collect();
    let moved = if moved.is_empty() { "no median moved".to_owned() } else { moved.join(", ") };
    let mut lines = vec![format!("After discussion ({people} in both rounds): {moved}.")];
    lines.push(match movement.deference {
        Err(why) => format!("Movement towards the voice with most influence: {}.", why.0),
        Ok(deference) => format!(
            "Movement towards the voice with most influence: {} towards, {} away, chance {}.",
            deference.towards,
            deference.away,
            chance(deference.p_value)
        ),
    });
    lines
}

fn heard(workspace: &Workspace, voices: &VoicesResult) -> Vec<String> {
    let mut lines = Vec::new();
    for (group, coverage) in workspace.question.need_groups.iter().zip(&voices.coverage) {
        let speaking = coverage.direct + coverage.through + coverage.proxy;
        for flag in &coverage.flags {
            lines.push(format!("{}: {}", group.name, flag.words(speaking)));
        }
    }
    if !voices.far_from_delivery.is_empty() {
        let people = count(voices.far_from_delivery.len(), "person sees", "people see");
        lines.push(format!("{people} three layers or more between decision and delivery."));
    }
    if let Ok(share) = voices.local.ward_or_smaller {
        let said = voices.local.said;
        lines.push(format!("To {} of {said} local means the ward or smaller.", percent(share)));
    }
    if !workspace.voices.statements.is_empty() {
        let statuses = StatementStatus::ALL.into_iter();
        let statuses: Vec<String> = statuses
            .filter(|status| voices.statements.count(*status) > 0)
            .map(|status| format!("{} {}", voices.statements.count(status), status.words()))
            .collect();
        lines.push(format!("Statements: {}.", statuses.join(", ")));
    }
    let PeopleHeld { roles, pseudonyms, names, not_said } = workspace.voices.people_held();
    if roles + pseudonyms + names > 0 {
        lines.push(format!(
            "The file knows {}, {} and {}.",
            count(roles, "role", "roles"),
            count(pseudonyms, "pseudonym", "pseudonyms"),
            count(names, "name", "names")
        ));
    }
    if not_said > 0 {
        let people = count(not_said, "person", "people");
        lines.push(format!("Of {people} it is not said yet whether the file keeps a name."));
    }
    lines
}
