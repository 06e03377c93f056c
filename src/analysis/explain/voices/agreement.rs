//! How far ballots agree, on what they part, what discussion moved, and whether points follow gut feel.

use super::super::{EditPlace, Explanation, Input, Known, Question};
use super::{Agreement, VoiceQuestion, points};
use crate::{
    analysis::voices::{
        Agreed, FEWEST_FOR_CHI_SQUARED, FactorShift, FirstChoice, MoveUnit, Movement, SwingSpread, agreeing,
    },
    model::{
        ids::{BallotId, FactorId},
        wording::{count, number, percent},
    },
};

const W_SOURCE: &str =
    "Kendall’s W with tie correction (Kendall & Babington Smith 1939); χ² of Friedman 1937";
const SPREAD_SOURCE: &str =
    "Interquartile range, quartiles between the nearest values (Hyndman & Fan 1996, type 7)";
const MOVEMENT_SOURCE: &str = "Two-sided exact sign test (Conover 1999, section 3.4)";
const GUT_SOURCE: &str =
    "First choices side by side: the one ranked first, and the one the swing points lead to";

pub(super) fn agreement(known: &Known<'_>, on: Agreement) -> Explanation {
    let voices = &known.analysis.voices;
    let (agreed, what): (Agreed, &str) = match on {
        Agreement::Factors => (voices.agreement_on_factors, "factors, by swing points"),
        Agreement::Options => (voices.agreement_on_options, "options, by each ballot’s weights"),
        Agreement::GutFeel => (voices.agreement_on_gut_feel, "options, as ranked before results were shown"),
    };
    let agreed = match agreed {
        Ok(agreed) => agreed,
        Err(why) => {
            return Explanation {
                title: "Why no agreement?".to_owned(),
                formula: vec![format!("There is no saying: {}.", why.0)],
                source: W_SOURCE,
                ..Explanation::default()
            };
        }
    };
    let mut assumptions = vec!["Ties share their mean rank.".to_owned()];
    if agreed.items < FEWEST_FOR_CHI_SQUARED {
        let few = format!("The chance is rough with fewer than {FEWEST_FOR_CHI_SQUARED} things ranked.");
        assumptions.push(few);
    }
    Explanation {
        title: format!("Why {}?", number(agreed.w, 2)),
        formula: vec![
            format!("How far the rankings of {what} agree: 0 is not at all, 1 is wholly."),
            "W = 12S ÷ (m²(n³ − n) − mΣ(t³ − t)), S the spread of the rank sums, t the ties.".to_owned(),
            format!(
                "m = {} rankings of n = {} things. χ² = m(n − 1)W = {}.",
                agreed.rankings,
                agreed.items,
                number(agreed.chi_squared, 1)
            ),
            chance_words(agreed.p_value),
            left_out_words(known, on, agreed.rankings),
        ],
        inputs: match on {
            Agreement::Factors => spread_lines(known),
            _ => Vec::new(),
        },
        assumptions,
        source: W_SOURCE,
        ..Explanation::default()
    }
}

/// How many of the ballots that count are not among those compared, and why.
fn left_out_words(known: &Known<'_>, on: Agreement, compared: usize) -> String {
    let all = known.analysis.voices.in_force.len();
    let why = match on {
        Agreement::Factors => "they abstain on a factor",
        Agreement::Options => "their points give no weights",
        Agreement::GutFeel => "they do not rank every option by gut feel",
    };
    match all.saturating_sub(compared) {
        0 => format!("All {all} ballots that count are compared."),
        left_out => format!("{left_out} of the {all} ballots that count are left out: {why}."),
    }
}

/// How often rankings at random would agree as much.
fn chance_words(p: f64) -> String {
    let often = if p < 0.001 {
        "less than once in 1,000 times".to_owned()
    } else if p > 0.5 {
        "more often than not".to_owned()
    } else {
        format!("about once in {} times", number(1.0 / p, 0))
    };
    format!("Rankings at random would agree as much {often}.")
}

fn spread_lines(known: &Known<'_>) -> Vec<Input> {
    let voices = &known.analysis.voices;
    let line = |&f: &usize| {
        let factor = known.workspace.balance.factors.get(f)?;
        let spread = (*voices.spread.get(f)?)?;
        let width = points(spread.upper_quartile - spread.lower_quartile);
        let line =
            Input::plain(0, factor.short_name(), format!("middle half {width} wide")).on_side(factor.side);
        Some(line.with_why(Question::Voice(VoiceQuestion::Disagreement(factor.id.clone()))))
    };
    voices.disagreement.iter().filter_map(line).collect()
}

pub(super) fn disagreement(known: &Known<'_>, id: &FactorId) -> Option<Explanation> {
    let f = known.factor_index(id)?;
    let voices = &known.analysis.voices;
    let place = voices.disagreement.iter().position(|of| *of == f);
    let (Some(Some(spread)), Some(place)) = (voices.spread.get(f), place) else {
        return Some(Explanation {
            title: "Why no spread?".to_owned(),
            formula: vec!["No ballot that counts gives it points.".to_owned()],
            source: SPREAD_SOURCE,
            ..Explanation::default()
        });
    };
    let SwingSpread { min, lower_quartile, median, upper_quartile, max } = *spread;
    let width = upper_quartile - lower_quartile;
    let ballots = voices.in_force.iter().filter_map(|&i| {
        let ballot = known.workspace.voices.ballots.get(i)?;
        let row = voices.counted_row(i)?;
        Some((row.get(f).copied()??, super::giver(known, ballot)))
    });
    let mut ballots: Vec<(f64, String)> = ballots.collect();
    ballots.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some(Explanation {
        title: format!("Why {}?", points(width)),
        formula: vec![
            "The middle half of the points given, from the lower to the upper quartile.".to_owned(),
            format!("{} − {} = {}", points(upper_quartile), points(lower_quartile), points(width)),
            format!("Median {}, lowest {}, highest {}.", points(median), points(min), points(max)),
            format!("Number {} of {} factors by this width.", place + 1, voices.disagreement.len()),
        ],
        inputs: ballots
            .into_iter()
            .map(|(given, who)| Input::plain(0, who, points(given)).with_edit(EditPlace::Ballots))
            .collect(),
        changes: vec!["Hear both ends, then vote again.".to_owned()],
        source: SPREAD_SOURCE,
        ..Explanation::default()
    })
}

pub(super) fn movement(known: &Known<'_>) -> Explanation {
    let movement = match &known.analysis.voices.movement {
        Ok(movement) => movement,
        Err(why) => {
            return Explanation {
                title: "Why no movement?".to_owned(),
                formula: vec![format!("{}.", crate::model::wording::capital(why.0))],
                source: MOVEMENT_SOURCE,
                ..Explanation::default()
            };
        }
    };
    let (title, mut formula) = deference_words(known, movement);
    formula.push(format!(
        "{} gave a ballot that counts in both rounds.",
        count(movement.people.len(), "person", "people")
    ));
    let factors = known.workspace.balance.factors.iter().zip(&movement.factors);
    let line =
        |shift: &FactorShift| format!("{} → {}", points(shift.median_before), points(shift.median_after));
    Explanation {
        title,
        formula,
        inputs: factors
            .filter_map(|(factor, shift)| {
                let shift = shift.as_ref()?;
                Some(Input::plain(0, factor.short_name(), line(shift)).on_side(factor.side))
            })
            .collect(),
        assumptions: vec![
            "A hint and no proof: the points of one ballot hang together.".to_owned(),
            "People coming together leave their median where it is, so that this is not taken for following one voice."
                .to_owned(),
        ],
        source: MOVEMENT_SOURCE,
        ..Explanation::default()
    }
}

fn deference_words(known: &Known<'_>, movement: &Movement) -> (String, Vec<String>) {
    let deference = match movement.deference {
        Ok(deference) => deference,
        Err(why) => {
            let why = format!("Whether people moved towards the voice with most influence: {}.", why.0);
            return ("Why no saying?".to_owned(), vec![why]);
        }
    };
    let who = known.workspace.voices.stakeholders.get(deference.senior);
    let who = who.map_or("the voice with most influence", |person| person.name.as_str());
    let counted = match deference.unit {
        MoveUnit::Factors => "Factors on which the median of the others moved",
        MoveUnit::People => "People who, where that voice and the group pulled different ways, moved",
    };
    let split = format!(
        "{counted} towards the blind points of {who}: {}; away: {}.",
        deference.towards, deference.away
    );
    let chance = format!(
        "Were both as likely, a split at least as uneven would come about with chance {}.",
        crate::model::wording::chance(deference.p_value)
    );
    let verdict = if deference.beyond_chance {
        "Worth asking, gently, whether people were persuaded or gave way.".to_owned()
    } else {
        "Nothing to point out.".to_owned()
    };
    let title = if deference.beyond_chance { "Why pointed out?" } else { "Why not pointed out?" };
    (title.to_owned(), vec![split, chance, verdict])
}

pub(super) fn one_ballot(known: &Known<'_>, id: &BallotId) -> Option<Explanation> {
    let voices = &known.analysis.voices;
    let i = known.workspace.voices.ballots.iter().position(|ballot| ballot.id == *id)?;
    let ballot = &known.workspace.voices.ballots[i];
    if !voices.in_force.contains(&i) {
        return None;
    }
    let result = voices.ballots.get(i)?;
    let factors = &known.workspace.balance.factors;
    let mut heaviest: Vec<(f64, usize)> =
        result.weights.iter().enumerate().map(|(f, weight)| (*weight, f)).filter(|(w, _)| *w > 0.0).collect();
    heaviest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let line = |(weight, f): (f64, usize)| {
        let factor = factors.get(f)?;
        Some(Input::plain(0, factor.short_name(), percent(weight)).on_side(factor.side))
    };
    let badges = |ranking: &[usize]| ranking.iter().map(|&o| known.badge(o)).collect::<Vec<_>>().join(", ");
    let first =
        |choices: &[Option<FirstChoice>]| choices.get(i).copied().flatten().map(|c| known.badge(c.own));
    let mut formula = vec![
        "The options weighed by the points of this ballot alone, with what its giver gave before where it says nothing."
            .to_owned(),
        match result.commercial_share {
            Some(share) => format!("{}; commercial weight {}.", badges(&result.ranking), percent(share)),
            None => "Its points give no weights.".to_owned(),
        },
    ];
    formula
        .extend(first(&voices.own_rankings).map(|badge| format!("Their own ranking begins with {badge}.")));
    formula.extend(first(&voices.gut_feel).map(|badge| format!("By gut feel they put {badge} first.")));
    let leader = result.ranking.first().filter(|_| result.commercial_share.is_some());
    let who = super::giver(known, ballot);
    Some(Explanation {
        title: leader.map_or_else(
            || format!("Why no leader by the ballot of {who}?"),
            |&o| format!("Why {} by the ballot of {who}?", known.badge(o)),
        ),
        formula,
        inputs: heaviest.into_iter().filter_map(line).collect(),
        changes: vec!["Where points and ranking part, ask what the factors leave out.".to_owned()],
        source: GUT_SOURCE,
        ..Explanation::default()
    })
}

pub(super) fn gut_feel(known: &Known<'_>) -> Explanation {
    let voices = &known.analysis.voices;
    let (agree, of) = agreeing(&voices.gut_feel);
    if voices.gut_feel.iter().all(Option::is_none) {
        return Explanation {
            title: "Why nothing on gut feel?".to_owned(),
            formula: vec!["No ballot that counts has a ranking from before results were shown.".to_owned()],
            source: GUT_SOURCE,
            ..Explanation::default()
        };
    }
    let line = |(i, choice): (usize, &FirstChoice)| {
        let ballot = known.workspace.voices.ballots.get(i)?;
        let by_points = choice.by_points.map_or("none", |o| known.badge(o));
        let words = format!("{} by gut feel, {by_points} by points", known.badge(choice.own));
        Some(Input::plain(0, super::giver(known, ballot), words).with_edit(EditPlace::Ballots))
    };
    let given = voices.gut_feel.iter().enumerate();
    Explanation {
        title: format!("Why {agree} of {of}?"),
        formula: vec![format!("{agree} of {of} rank first what their own points lead to.")],
        inputs: given.filter_map(|(i, choice)| line((i, choice.as_ref()?))).collect(),
        changes: vec![
            "Where the two part, ask what the factors leave out, or whether a weight was meant otherwise."
                .to_owned(),
        ],
        source: GUT_SOURCE,
        ..Explanation::default()
    }
}
