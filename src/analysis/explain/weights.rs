//! Why a weight and the commercial share are what they are.

use super::{
    EditPlace, Explanation, Input, Known, Question,
    cell::{plain, weight_words},
};
use crate::{
    analysis::balance::{Band, WeightBasis, certainty::half_way},
    model::{
        balance::Side,
        ids::FactorId,
        voices::{CombineRule, Voices, Vote},
        wording::{count, number, percent},
    },
};

const SWING_SOURCE: &str = "Swing weights (von Winterfeldt & Edwards 1986)";
const DIAL_SOURCE: &str =
    "Additive value model (Keeney & Raiffa 1976); tipping points are exact crossings of its lines";

/// How ballots become weights, in a sentence.
#[must_use]
pub fn ballot_rule(voices: &Voices) -> String {
    let rule = match voices.combine {
        CombineRule::MedianLargest100 => "the median of the ballots, each with its largest at 100",
        CombineRule::MedianAsGiven => "the median of the ballots as they were given",
        CombineRule::MeanWeights => "the mean of the weights of the ballots",
    };
    let vote = match voices.vote {
        Vote::OnePerson => "one person, one vote",
        Vote::OneSector => "one sector, one vote",
    };
    format!("Weights are {rule}, {vote}.")
}

pub(super) fn weight(known: &Known<'_>, id: &FactorId) -> Option<Explanation> {
    let f = known.factor_index(id)?;
    let factor = &known.workspace.balance.factors[f];
    let balance = &known.analysis.balance;
    if balance.weights.is_empty() {
        return Some(Explanation {
            title: "Why no weight?".to_owned(),
            formula: vec!["All swing points are 0, so nothing has a weight.".to_owned()],
            inputs: vec![swing_line(known, f, 0)],
            source: SWING_SOURCE,
            ..Explanation::default()
        });
    }
    let weight = known.weight(f);
    let total: f64 = balance.swings.iter().sum();
    let formula = match balance.weight_basis {
        WeightBasis::Even => vec![
            "Nobody has given weights, so every factor counts alike.".to_owned(),
            format!("1 ÷ {} = {}", balance.weights.len(), weight_words(weight)),
        ],
        WeightBasis::Swings | WeightBasis::Ballots => vec![
            "Its swing points as a share of all swing points.".to_owned(),
            format!("{} ÷ {} = {}", known.swing(f), plain(total), weight_words(weight)),
        ],
    };
    let mut inputs = vec![
        swing_line(known, f, 0),
        Input::plain(0, "All swing points", plain(total)),
        Input::plain(0, format!("{} side", factor.side.words()), side_share(known, factor.side))
            .on_side(factor.side)
            .with_why(Question::CommercialShare),
    ];
    inputs.extend(ballot_lines(known, f));
    Some(Explanation {
        title: format!("Why {}?", weight_words(weight)),
        formula,
        inputs,
        assumptions: weight_assumptions(known, f),
        changes: weight_changes(known, f),
        source: SWING_SOURCE,
        ..Explanation::default()
    })
}

fn swing_line(known: &Known<'_>, f: usize, depth: usize) -> Input {
    let factor = &known.workspace.balance.factors[f];
    let swings = &known.analysis.balance.swings;
    let largest = swings.iter().copied().fold(0.0, f64::max);
    let bar = swings.get(f).copied().unwrap_or(0.0) / largest.max(f64::MIN_POSITIVE);
    let label = if depth == 0 {
        format!("Swing points, {}", factor.short_name())
    } else {
        factor.short_name().to_owned()
    };
    let line = Input::plain(depth, label, known.swing(f)).with_bar(bar).on_side(factor.side);
    let line = line.with_edit(EditPlace::Swing(factor.id.clone()));
    if depth == 0 { line } else { line.with_why(Question::Weight(factor.id.clone())) }
}

fn side_share(known: &Known<'_>, side: Side) -> String {
    match (known.analysis.balance.commercial_share, side) {
        (Some(share), Side::Commercial) => percent(share),
        (Some(share), Side::Operational) => percent(1.0 - share),
        (None, _) => "not known".to_owned(),
    }
}

/// What the ballots say of a factor: their spread, and the weight that each sector gives it.
fn ballot_lines(known: &Known<'_>, f: usize) -> Vec<Input> {
    let voices = &known.analysis.voices.said();
    let Some(Some(spread)) = voices.spread.get(f) else { return Vec::new() };
    let median =
        Input::plain(0, "Ballots, the middle one", plain(spread.median)).with_edit(EditPlace::Ballots);
    let range = format!("{} to {}", plain(spread.min), plain(spread.max));
    let mut lines = vec![median, Input::plain(1, "Lowest to highest", range).with_edit(EditPlace::Ballots)];
    for (sector, result) in known.workspace.voices.sectors.iter().zip(&voices.by_sector) {
        let weight = result.as_ref().and_then(|r| r.weights.get(f));
        lines.extend(weight.map(|&w| {
            Input::plain(1, sector.name.clone(), weight_words(w)).with_bar(w).with_edit(EditPlace::Ballots)
        }));
    }
    lines
}

fn weight_assumptions(known: &Known<'_>, f: usize) -> Vec<String> {
    let factor = &known.workspace.balance.factors[f];
    let mut lines = Vec::new();
    match known.analysis.balance.weight_basis {
        WeightBasis::Ballots => lines.push(ballot_rule(&known.workspace.voices)),
        WeightBasis::Swings => {
            lines.push(
                "Swing points weigh the whole step from worst to best, not importance in general.".to_owned(),
            );
            if factor.swing.is_none() {
                lines.push("No points were given here, so it counts as 0.".to_owned());
            }
        }
        WeightBasis::Even => {}
    }
    if let (Some(then), Some(now)) = (factor.swing_range, factor.scale.ends())
        && then != now
    {
        lines.push(
            "The ends of the scale have changed since the points were given; look at them again.".to_owned(),
        );
    }
    lines
}

fn weight_changes(known: &Known<'_>, f: usize) -> Vec<String> {
    let balance = &known.analysis.balance;
    if balance.ranking.len() < 2 {
        return Vec::new();
    }
    let words = balance.weight_reversals().iter().find(|r| r.factor == f).map(|r| {
        let (from, to, doubt) = (known.badge(r.from), known.badge(r.to), half_way(r.is_certain));
        if balance.leaders().len() > 1 {
            let more = if r.falls { "less" } else { "more" };
            return format!("Of those that tie {to} leads with any {more} weight here{doubt}.");
        }
        format!("At {} of the weight {to} leads instead of {from}{doubt}.", percent(r.weight_at_reversal))
    });
    let never = || {
        let (_, reading) = balance.factors_alone().iter().find(|(factor, _)| *factor == f)?;
        let one = reading.as_ref().ok()?;
        let (leader, doubt) = (known.badge(one.leader()), half_way(one.is_certain()));
        Some(if one.is_tied() {
            format!("The tie holds whatever weight this factor has{doubt}.")
        } else {
            format!("{leader} leads whatever weight this factor has{doubt}.")
        })
    };
    words.or_else(never).into_iter().collect()
}

pub(super) fn commercial_share(known: &Known<'_>) -> Explanation {
    let balance = &known.analysis.balance;
    let Some(share) = balance.commercial_share else {
        return Explanation {
            title: "Why no commercial share?".to_owned(),
            formula: vec!["There are no factors with weight yet.".to_owned()],
            source: DIAL_SOURCE,
            ..Explanation::default()
        };
    };
    let formula = match balance.weight_basis {
        WeightBasis::Even => vec![
            "Commercial factors as a share of all factors, as nobody has given weights.".to_owned(),
            format!(
                "{} ÷ {} = {}",
                of_side(known, Side::Commercial).len(),
                balance.weights.len(),
                percent(share)
            ),
        ],
        WeightBasis::Swings | WeightBasis::Ballots => vec![
            "Commercial swing points as a share of all swing points.".to_owned(),
            format!(
                "{} ÷ {} = {}",
                plain(side_swings(known, Side::Commercial)),
                plain(balance.swings.iter().sum()),
                percent(share)
            ),
        ],
    };
    let mut inputs: Vec<Input> =
        [Side::Commercial, Side::Operational].into_iter().flat_map(|s| side_lines(known, s)).collect();
    inputs.extend(ballot_shares(known));
    inputs.extend(balance.bands.iter().map(|band| {
        let leads = known.workspace.question.options.get(band.leader);
        let line =
            Input::plain(0, format!("{} leads", known.badge(band.leader)), band_words(band.from, band.to));
        match leads {
            Some(option) => line.with_why(Question::Total(option.id.clone())),
            None => line,
        }
    }));
    let leader = balance.leader();
    Explanation {
        title: format!("Why {}?", percent(share)),
        option: leader,
        formula,
        inputs,
        assumptions: vec![
            "When the dial moves, the weights inside each side keep their proportions.".to_owned(),
        ],
        changes: leader.map(|o| shares_at_which_it_leads(known, o)).unwrap_or_default(),
        source: DIAL_SOURCE,
        ..Explanation::default()
    }
}

fn of_side(known: &Known<'_>, side: Side) -> Vec<usize> {
    let factors = known.workspace.balance.factors.iter().enumerate();
    factors.filter(|(_, factor)| factor.side == side).map(|(f, _)| f).collect()
}

fn side_swings(known: &Known<'_>, side: Side) -> f64 {
    of_side(known, side).into_iter().filter_map(|f| known.analysis.balance.swings.get(f)).sum()
}

fn side_lines(known: &Known<'_>, side: Side) -> Vec<Input> {
    let factors = of_side(known, side);
    if factors.is_empty() {
        return Vec::new();
    }
    let head = Input::plain(0, side.words(), plain(side_swings(known, side))).on_side(side);
    std::iter::once(head).chain(factors.into_iter().map(|f| swing_line(known, f, 1))).collect()
}

fn ballot_shares(known: &Known<'_>) -> Option<Input> {
    let shares: Vec<f64> =
        known.analysis.voices.said().ballots.iter().filter_map(|b| b.commercial_share).collect();
    let lowest = shares.iter().copied().reduce(f64::min)?;
    let highest = shares.iter().copied().reduce(f64::max)?;
    let label = count(shares.len(), "ballot", "ballots, lowest to highest");
    Some(Input::plain(0, label, band_words(lowest, highest)).with_edit(EditPlace::Ballots))
}

/// "0 to 62 %".
fn band_words(from: f64, to: f64) -> String {
    format!("{} to {}", number(from * 100.0, 0), percent(to))
}

/// Where on the dial an option leads, in sentences: for the leader where it would stop.
pub(super) fn shares_at_which_it_leads(known: &Known<'_>, option: usize) -> Vec<String> {
    let balance = &known.analysis.balance;
    let Some(share) = balance.commercial_share.filter(|_| !balance.bands.is_empty()) else {
        return Vec::new();
    };
    let leads = |b: &&Band| balance.leaders_in(b).contains(&option);
    let now = balance.bands.iter().position(|b| leads(&b) && b.from <= share && share <= b.to);
    let all_certain = balance.bands.iter().all(|b| balance.is_certain_in(b));
    let Some(now) = now else {
        let led = balance.bands.iter().filter(leads);
        let words: Vec<String> = led
            .map(|b| {
                let doubt = half_way(balance.is_certain_in(b));
                format!("It leads from {} commercial{doubt}.", band_words(b.from, b.to))
            })
            .collect();
        return if words.is_empty() {
            vec![format!("It leads at no share of commercial weight{}.", half_way(all_certain))]
        } else {
            words
        };
    };
    let doubt = half_way(all_certain);
    let above = balance.bands.get(now + 1);
    let below = now.checked_sub(1).and_then(|b| balance.bands.get(b));
    let mut words = Vec::new();
    words.extend(
        above.map(|b| format!("Past {} commercial {} leads{doubt}.", percent(b.from), known.badge(b.leader))),
    );
    words.extend(
        below.map(|b| format!("Under {} commercial {} leads{doubt}.", percent(b.to), known.badge(b.leader))),
    );
    if words.is_empty() {
        let ties = balance.leaders_in(&balance.bands[now]).len() > 1;
        let leads = if ties { "ties for the lead" } else { "leads" };
        words.push(format!("It {leads} at every share of commercial weight{doubt}."));
    }
    words
}
