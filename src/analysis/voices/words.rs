//! What the voices come to in sentences, the same on the page and on paper.

use super::{AtWeights, BallotResult, Fairness};
use crate::{
    analysis::{Analysis, Undefined, balance::certainty},
    model::{
        Workspace,
        wording::{list, number},
    },
};

/// What marginal voices change, and who would be drowned out.
#[must_use]
pub fn marginal(workspace: &Workspace, analysis: &Analysis) -> (String, String) {
    let voices = &analysis.voices;
    if voices.in_force.is_empty() {
        return (
            "Nobody can be weighed yet.".to_owned(),
            "It waits for the first ballot that counts.".to_owned(),
        );
    }
    let options = &workspace.question.options;
    let badge = |o: usize| options.get(o).map_or("", |option| option.badge.as_str());
    let lead = match &voices.marginal {
        Err(Undefined(_)) if workspace.voices.stakeholders.iter().any(|person| person.marginal) => {
            "No marginal voice has given a ballot that counts.".to_owned()
        }
        Err(Undefined(_)) => "Nobody is marked as a marginal voice.".to_owned(),
        Ok(at) => match (at.nought, at.once, at.double) {
            (Some(nought), Some(once), _) if nought.leader != once.leader => {
                format!("Without marginal voices {} would lead.", badge(nought.leader))
            }
            (_, Some(once), Some(double)) if double.leader != once.leader => {
                format!("Counted twice, marginal voices would have {} lead.", badge(double.leader))
            }
            (_, Some(once), _) => {
                format!("With marginal voices at nought, once or double, {} leads.", badge(once.leader))
            }
            _ => "Only marginal voices have spoken.".to_owned(),
        },
    };
    let drowned: Vec<String> = workspace
        .voices
        .sectors
        .iter()
        .zip(&voices.sectors_at)
        .filter_map(|(sector, at)| Some((sector, drowned_out(at.as_ref()?)?)))
        .map(|(sector, own)| format!("{}, which alone puts {} first", sector.short_name(), badge(own)))
        .collect();
    let drowned: Vec<&str> = drowned.iter().map(String::as_str).collect();
    let rest = match drowned.as_slice() {
        [] => "No sector would be drowned out.".to_owned(),
        names => format!("Drowned out even at double: {}.", list(names)),
    };
    (lead, rest + certainty::note(&analysis.balance.performance.matrix))
}

/// The option that a sector alone puts first, where it does not lead even with the sector counted twice.
#[must_use]
pub fn drowned_out(at: &AtWeights) -> Option<usize> {
    let (once, double, alone) = (at.once?, at.double?, at.alone?);
    (alone.leader != once.leader && double.leader != alone.leader).then_some(alone.leader)
}

/// Which option serves the worst-off sector best.
#[must_use]
pub fn worst_off(workspace: &Workspace, fairness: &Fairness) -> String {
    let serves = if fairness.maximin.len() == 1 { "serves" } else { "serve" };
    format!("{} {serves} the worst-off sector best", badges(workspace, &fairness.maximin))
}

fn badges(workspace: &Workspace, chosen: &[usize]) -> String {
    let options = &workspace.question.options;
    let badges: Vec<&str> = chosen.iter().map(|&o| options[o].badge.as_str()).collect();
    list(&badges)
}

/// Which option serves the worst-off sector best, and what no sector gives up under another.
#[must_use]
pub fn fairness(workspace: &Workspace, fairness: &Fairness) -> String {
    let (best, least) = (&fairness.maximin, &fairness.minimax_regret);
    let most = least.first().and_then(|&o| fairness.largest_regret[o].as_ref());
    let most = most.map_or_else(String::new, |figure| number(figure.points, 1));
    let under =
        if best == least { "under it".to_owned() } else { format!("under {}", badges(workspace, least)) };
    format!("{}; {under} no sector gives up more than {most}.", self::worst_off(workspace, fairness))
}

/// The sectors that have spoken, from the least to the most commercial weight.
#[must_use]
pub fn sectors_in_order(analysis: &Analysis) -> Vec<(usize, &BallotResult)> {
    let by_sector = analysis.voices.by_sector.iter().enumerate();
    let spoken = by_sector.filter_map(|(s, result)| Some((s, result.as_ref()?)));
    let mut sectors: Vec<_> = spoken.filter(|(_, result)| !result.ranking.is_empty()).collect();
    let share = |result: &BallotResult| result.commercial_share.unwrap_or(0.0);
    sectors.sort_by(|a, b| share(a.1).total_cmp(&share(b.1)));
    sectors
}

/// How the words about the chart begin.
pub const ORDERED: &str = "Ordered by commercial weight.";

/// How the sectors rank the options, from the least to the most commercial of them; there must be one.
#[must_use]
pub fn rankings(workspace: &Workspace, sectors: &[(usize, &BallotResult)]) -> String {
    let options = &workspace.question.options;
    let first = |result: &BallotResult| result.ranking[0];
    let usual = first(sectors[sectors.len() / 2].1);
    let others: Vec<String> = sectors
        .iter()
        .filter(|(_, result)| first(result) != usual)
        .map(|(s, result)| {
            format!(
                "{} puts {} first",
                workspace.voices.sectors[*s].short_name(),
                options[first(result)].badge
            )
        })
        .collect();
    let begin = ORDERED;
    let climb = climber(workspace, sectors).unwrap_or_default();
    match others.as_slice() {
        [] => format!("{begin} Every sector puts {} first{climb}.", options[usual].badge),
        [only] => format!("{begin} Only {only}{climb}."),
        several => {
            let several: Vec<&str> = several.iter().map(String::as_str).collect();
            format!("{begin} {}; the others {}{climb}.", list(&several), options[usual].badge)
        }
    }
}

/// The option that climbs most from the least to the most commercial sector, by two places or more.
fn climber(workspace: &Workspace, sectors: &[(usize, &BallotResult)]) -> Option<String> {
    const PLACES: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];
    let (first, last) = (&sectors.first()?.1.ranking, &sectors.last()?.1.ranking);
    let climb =
        |&o: &usize| Some((first.iter().position(|of| *of == o)?, last.iter().position(|of| *of == o)?));
    let places = first.iter().filter_map(|o| Some((*o, climb(o)?)));
    let (o, (from, to)) =
        places.max_by_key(|(o, (from, to))| (from.saturating_sub(*to), std::cmp::Reverse(*o)))?;
    if from < to + 2 {
        return None;
    }
    let word = |place: usize| {
        if place + 1 == first.len() { Some("last") } else { PLACES.get(place).copied() }
    };
    Some(format!("; {} climbs from {} to {}", workspace.question.options[o].badge, word(from)?, word(to)?))
}
