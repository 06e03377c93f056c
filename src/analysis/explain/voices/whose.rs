//! Whose voice decides: the answer by person and by sector, without some, at other weights; and whom an option serves
//! worst.

use super::super::{EditPlace, Explanation, Input, Known, Question};
use super::{VoiceQuestion, points};
use crate::{
    analysis::{
        Undefined,
        voices::{AtWeights, Fairness, Outcome, SectorFigure},
    },
    model::{
        ids::{OptionId, SectorId},
        voices::{CombineRule, Vote},
        wording::{capital, count, percent},
    },
};

const VOTE_SOURCE: &str = "Median (or mean) of ballots, over people or over sectors";
const OUT_SOURCE: &str = "Each left out in turn, and the rest combined anew (the jackknife of Tukey 1958)";
const WEIGHTED_SOURCE: &str = "Weighted median (Edgeworth 1888): half of all weight lies on either side";
const FAIR_SOURCE: &str = "Maximin (Wald 1950) and minimax regret (Savage 1951) over the sectors";

pub(super) fn undefined(title: &str, why: Undefined, source: &'static str) -> Explanation {
    Explanation {
        title: title.to_owned(),
        formula: vec![format!("{}.", capital(why.0))],
        source,
        ..Explanation::default()
    }
}

/// "B leads by 9.2", "B, the only option", or "no answer".
fn words(known: &Known<'_>, outcome: Option<Outcome>) -> String {
    let Some(outcome) = outcome else { return "no answer".to_owned() };
    match outcome.lead {
        Some(lead) => format!("{} leads by {}", known.badge(outcome.leader), points(lead)),
        None => format!("{}, the only option", known.badge(outcome.leader)),
    }
}

fn lead_title(outcome: Option<Outcome>) -> String {
    let lead = outcome.and_then(|outcome| outcome.lead);
    lead.map_or("Why no lead?".to_owned(), |lead| format!("Why {}?", points(lead)))
}

fn rule_words(known: &Known<'_>) -> &'static str {
    match known.workspace.voices.combine {
        CombineRule::MedianLargest100 => {
            "Each factor has the median of its points, each ballot’s largest being 100."
        }
        CombineRule::MedianAsGiven => "Each factor has the median of its points as given.",
        CombineRule::MeanWeights => "Each factor has the mean of its weights.",
    }
}

pub(super) fn by_vote(known: &Known<'_>, vote: Vote) -> Explanation {
    let voices = &known.analysis.voices;
    let outcome = match vote {
        Vote::OnePerson => voices.by_vote.one_person,
        Vote::OneSector => voices.by_vote.one_sector,
    };
    let rule = match vote {
        Vote::OnePerson => "Every ballot counts alike.",
        Vote::OneSector => "Ballots are combined within each sector first; then every sector counts alike.",
    };
    let share = outcome.map(|outcome| format!("Commercial weight {}.", percent(outcome.commercial_share)));
    let sectors = known.workspace.voices.sectors.iter().zip(&voices.by_sector);
    let line = |(sector, result): (
        &crate::model::voices::Sector,
        &Option<crate::analysis::voices::BallotResult>,
    )| {
        let result = result.as_ref()?;
        let share =
            result.commercial_share.map_or("no weights".to_owned(), |s| format!("{} commercial", percent(s)));
        let line = Input::plain(0, sector.name.clone(), share).with_edit(EditPlace::Ballots);
        Some(line.with_why(Question::Voice(VoiceQuestion::Sector(sector.id.clone()))))
    };
    Explanation {
        title: lead_title(outcome),
        option: outcome.map(|outcome| outcome.leader),
        formula: [rule, rule_words(known)]
            .map(str::to_owned)
            .into_iter()
            .chain(share)
            .chain([format!("{}.", words(known, outcome))])
            .collect(),
        inputs: sectors.filter_map(line).collect(),
        source: VOTE_SOURCE,
        ..Explanation::default()
    }
}

pub(super) fn without_one(known: &Known<'_>) -> Explanation {
    let voices = &known.analysis.voices;
    let found = match &voices.lead_without_one {
        Ok(found) => found,
        Err(why) => return undefined("Why no range?", *why, OUT_SOURCE),
    };
    let title = found.range.map_or("Why another leader?".to_owned(), |(low, high)| {
        format!("Why {} to {}?", points(low), points(high))
    });
    let mut without: Vec<(usize, Outcome)> =
        voices.without_ballot.iter().enumerate().filter_map(|(i, o)| Some((i, (*o)?))).collect();
    let by = |o: &Outcome| (!o.changes_leader, o.lead.unwrap_or(0.0));
    without.sort_by(|(_, a), (_, b)| by(a).0.cmp(&by(b).0).then(by(a).1.total_cmp(&by(b).1)));
    let line = |(i, outcome): (usize, Outcome)| {
        let ballot = known.workspace.voices.ballots.get(i)?;
        let who = format!("Without {}", super::giver(known, ballot));
        Some(Input::plain(0, who, words(known, Some(outcome))).with_edit(EditPlace::Ballots))
    };
    let changes = match found.changes.len() {
        0 => "Whoever is left out, the leader stays.".to_owned(),
        n => format!("Without any one of {} another option leads.", count(n, "ballot", "ballots")),
    };
    Explanation {
        title,
        option: voices.together.map(|together| together.leader),
        formula: vec![
            "Each ballot that counts is left out in turn, and the rest are combined anew.".to_owned(),
            format!("With all, {}.", words(known, voices.together)),
            changes,
        ],
        inputs: without.into_iter().filter_map(line).collect(),
        source: OUT_SOURCE,
        ..Explanation::default()
    }
}

pub(super) fn marginal(known: &Known<'_>) -> Explanation {
    let voices = &known.analysis.voices;
    let at = match voices.marginal {
        Ok(at) => at,
        Err(why) => return undefined("Why no marginal voices?", why, WEIGHTED_SOURCE),
    };
    let mut explanation = at_weights(known, at, "the marginal voices");
    explanation.inputs.extend(voices.marginal_ballots.iter().filter_map(|&i| {
        let ballot = known.workspace.voices.ballots.get(i)?;
        Some(Input::plain(0, super::giver(known, ballot), "marginal").with_edit(EditPlace::Stakeholders))
    }));
    explanation
}

pub(super) fn sector(known: &Known<'_>, id: &SectorId) -> Option<Explanation> {
    let voices = &known.workspace.voices;
    let place = voices.sectors.iter().position(|sector| sector.id == *id)?;
    let name = &voices.sectors[place].name;
    Some(match known.analysis.voices.sectors_at.get(place)? {
        Some(at) => at_weights(known, *at, name),
        None => undefined("Why no answer?", Undefined("no ballot of this sector counts"), WEIGHTED_SOURCE),
    })
}

fn at_weights(known: &Known<'_>, at: AtWeights, whose: &str) -> Explanation {
    let lines = [
        ("At nought", at.nought),
        ("Once, as they are", at.once),
        ("Double", at.double),
        ("By their weights alone", at.alone),
    ];
    let leaders: Vec<usize> =
        [at.nought, at.once, at.double].iter().flatten().map(|outcome| outcome.leader).collect();
    let changes = if leaders.windows(2).all(|pair| pair[0] == pair[1]) {
        "The leader is the same at all three.".to_owned()
    } else {
        "The leader hangs on how much they count.".to_owned()
    };
    let mut formula = vec![
        format!("The ballots of {whose} count not at all, once, or as if each were given twice."),
        rule_words(known).to_owned(),
        changes,
    ];
    if known.workspace.voices.vote == Vote::OneSector {
        formula
            .push("One sector one vote: a sector’s vote weighs the mean of its ballots’ weights.".to_owned());
    }
    Explanation {
        title: lead_title(at.once),
        option: at.once.map(|outcome| outcome.leader),
        formula,
        inputs: lines.map(|(label, outcome)| Input::plain(0, label, words(known, outcome))).to_vec(),
        source: WEIGHTED_SOURCE,
        ..Explanation::default()
    }
}

pub(super) fn fairness(known: &Known<'_>, id: &OptionId) -> Option<Explanation> {
    let o = known.option_index(id)?;
    let fairness = match &known.analysis.voices.fairness {
        Ok(fairness) => fairness,
        Err(why) => return Some(undefined("Why no worst-off sector?", *why, FAIR_SOURCE)),
    };
    let (Some(worst), Some(regret)) = (fairness.worst_off[o], fairness.largest_regret[o]) else {
        let why = Undefined("a must strikes this option");
        return Some(undefined("Why no worst-off sector?", why, FAIR_SOURCE));
    };
    let sector = |figure: SectorFigure| {
        known.workspace.voices.sectors.get(figure.sector).map_or("", |sector| sector.name.as_str())
    };
    Some(Explanation {
        title: format!("Why {}?", points(worst.points)),
        option: Some(o),
        formula: vec![
            "Each sector values the options by its own weights.".to_owned(),
            format!("Worst off with it: {}, to whom it is worth {}.", sector(worst), points(worst.points)),
            format!(
                "It would cost {} most: {} against that sector’s own best.",
                sector(regret),
                points(regret.points)
            ),
            verdict(known, fairness),
        ],
        inputs: sector_lines(known, fairness, o),
        assumptions: vec!["A score that is not known counts as half way.".to_owned()],
        source: FAIR_SOURCE,
        ..Explanation::default()
    })
}

fn verdict(known: &Known<'_>, fairness: &Fairness) -> String {
    let badges = |options: &[usize]| {
        let badges: Vec<&str> = options.iter().map(|&o| known.badge(o)).collect();
        crate::model::wording::list(&badges)
    };
    format!(
        "Best for the worst-off sector: {}. Smallest largest regret: {}.",
        badges(&fairness.maximin),
        badges(&fairness.minimax_regret)
    )
}

fn sector_lines(known: &Known<'_>, fairness: &Fairness, o: usize) -> Vec<Input> {
    let (Some(values), Some(regrets)) = (&fairness.values[o], &fairness.regrets[o]) else {
        return Vec::new();
    };
    let sectors = known.workspace.voices.sectors.iter();
    let figures = values.iter().zip(regrets);
    sectors
        .zip(figures)
        .filter_map(|(sector, (value, regret))| {
            let (value, regret) = ((*value)?, (*regret)?);
            let words = format!("{}, regret {}", points(value), points(regret));
            let line = Input::plain(0, sector.name.clone(), words).with_bar(value / 100.0);
            Some(line.with_why(Question::Voice(VoiceQuestion::Sector(sector.id.clone()))))
        })
        .collect()
}
