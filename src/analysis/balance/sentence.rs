//! The answer of the balance in a sentence, the same on the page and on paper: who leads, at which weight, and past
//! which weight another would.

use super::{BalanceResult, OptionValue, WeightBasis, certainty::Certainty, matrix::TIE, what_if::WhatIf};
use crate::{
    analysis::voices::ballots_in_force,
    model::{
        Workspace,
        balance::Side,
        voices::CombineRule,
        wording::{capital, count, list, number, percent},
    },
};

/// How many changes of leader on either side of the dial are named before the rest is counted.
const NAMED_CHANGES: usize = 2;

/// What is to be read above the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// The answer itself.
    pub lead: String,
    /// What more there is to say, in ever fewer words; at least one.
    pub rest: Vec<String>,
}

impl Sentence {
    fn plain(lead: impl Into<String>, rest: impl Into<String>) -> Self {
        Self { lead: lead.into(), rest: vec![rest.into()] }
    }

    /// The whole of it.
    #[must_use]
    pub fn full(&self) -> String {
        let rest = self.rest.first().map_or("", String::as_str);
        format!("{} {rest}", self.lead).trim().to_owned()
    }
}

/// Says what the page shows, whatever there is to show.
#[must_use]
pub fn sentence(workspace: &Workspace, result: &BalanceResult, now: &WhatIf) -> Sentence {
    if let Some(waiting) = nothing_yet(workspace, result) {
        return waiting;
    }
    let leaders = now.leaders();
    let lead = lead(workspace, now, &leaders);
    let today = today(workspace, result, now);
    let doubt = doubt(workspace, result, now);
    let join =
        |parts: &[&str]| parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let [long, middle, short, nearest] = changes(workspace, result, now, &leaders);
    let brief = match (today.strip_suffix('.'), nearest.is_empty()) {
        (Some(today), false) => format!("{today}; {nearest}"),
        _ => join(&[&today, &short]),
    };
    let join =
        |parts: &[&str]| parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let rest = vec![
        join(&[&today, &long, &doubt]),
        join(&[&today, &middle, &doubt]),
        join(&[&today, &short, &doubt]),
        join(&[&brief, &doubt]),
        join(&[&short, &doubt]),
        join(&[&doubt]),
    ];
    Sentence { lead, rest }
}

/// What to do first, while nothing can lead.
fn nothing_yet(workspace: &Workspace, result: &BalanceResult) -> Option<Sentence> {
    let options = workspace.question.options.len();
    if options == 0 {
        return Some(Sentence::plain("No options yet.", "Add two options in Question to see which leads."));
    }
    if workspace.balance.factors.is_empty() {
        return Some(Sentence::plain("No factors yet.", "Score two options on one factor of each kind."));
    }
    if result.commercial_share.is_none() {
        let rest = "Give at least one factor some points in Weights.";
        return Some(Sentence::plain("No factor carries any weight.", rest));
    }
    if result.too_few_scored() {
        return Some(Sentence::plain(
            "Fewer than two options are scored.",
            "Score two options on Scores to see which leads.",
        ));
    }
    if result.ranking.is_empty() {
        let which = if options == 1 { "The only option fails a must." } else { "Every option fails a must." };
        return Some(Sentence::plain(which, "The ranking says which must it is."));
    }
    None
}

fn lead(workspace: &Workspace, now: &WhatIf, leaders: &[usize]) -> String {
    let names: Vec<&str> = leaders.iter().map(|&o| name(workspace, o)).collect();
    let (at, with) = match (now.is_moved, now.share) {
        (true, Some(share)) => {
            (format!(" at {} commercial", percent(share)), format!(", with {} commercial", percent(share)))
        }
        _ => (String::new(), String::new()),
    };
    let half_way = now.certainty().half_way();
    match leaders {
        [only] if now.ranking.len() == 1 => {
            let total = now.options[*only].total.middle;
            if workspace.question.options.len() == 1 {
                format!("{} is the only option, at {} of 100{at}.", names[0], number(total, 0))
            } else {
                format!("{} is the only option left.", names[0])
            }
        }
        [_] => format!("{} leads{at}{half_way}.", names[0]),
        many => {
            let total = number(now.options[many[0]].total.middle, 0);
            if many.len() > 4 {
                let many = count(many.len(), "option", "options");
                format!("{many} tie for the lead at {total}{with}{half_way}.")
            } else {
                format!("{} tie at {total}{with}{half_way}.", list(&names))
            }
        }
    }
}

/// What the weights are, and what they rest on.
fn today(workspace: &Workspace, result: &BalanceResult, now: &WhatIf) -> String {
    let Some(share) = now.today else { return String::new() };
    if share <= 0.0 || share >= 1.0 {
        return one_sided(workspace, if share <= 0.0 { Side::Operational } else { Side::Commercial });
    }
    if result.weight_basis == WeightBasis::Even {
        let share = percent(share);
        return format!(
            "Nobody has given weights, so all factors count alike: {share} of the weight is commercial."
        );
    }
    if now.is_moved {
        let gives = if result.weight_basis == WeightBasis::Ballots { "gives" } else { "give" };
        return capital(&format!("{} {gives} {}.", whose_weights(workspace, result), percent(share)));
    }
    format!("Commercial factors carry {} of the weight today.", percent(share))
}

/// Where the weights in force come from: "the points on Weights", "the median of 14 ballots".
#[must_use]
pub fn whose_weights(workspace: &Workspace, result: &BalanceResult) -> String {
    match result.weight_basis {
        WeightBasis::Even => "even weights".to_owned(),
        WeightBasis::Swings => "the points on Weights".to_owned(),
        WeightBasis::Ballots => {
            let of = match workspace.voices.combine {
                CombineRule::MeanWeights => "mean",
                CombineRule::MedianLargest100 | CombineRule::MedianAsGiven => "median",
            };
            format!("the {of} of {}", count(ballots_in_force(workspace).len(), "ballot", "ballots"))
        }
    }
}

/// Says that only `side` has weight, and why.
fn one_sided(workspace: &Workspace, side: Side) -> String {
    let with_weight = side.words().to_lowercase();
    if workspace.balance.factors.iter().any(|factor| factor.side != side) {
        return format!("All the weight lies on {with_weight} factors.");
    }
    let other = match side {
        Side::Operational => "a commercial",
        Side::Commercial => "an operational",
    };
    format!("All factors are {with_weight}; add {other} one to see the balance.")
}

/// Where the lead changes: by names, by short names, by badges, and the nearest change alone as the end of a sentence.
fn changes(workspace: &Workspace, result: &BalanceResult, now: &WhatIf, leaders: &[usize]) -> [String; 4] {
    let same = |words: &str| [words.to_owned(), words.to_owned(), words.to_owned(), String::new()];
    if now.ranking.len() < 2 {
        return same(match workspace.question.options.len() - now.ranking.len() {
            0 => "Add another to compare it with.",
            1 => "The other fails a must.",
            _ => "The others fail a must.",
        });
    }
    let share = now.today.unwrap_or(0.0);
    if share <= 0.0 || share >= 1.0 {
        return same("");
    }
    if result.bands.len() < 2 {
        let is_sure = leaders.len() == 1 && result.bands.iter().all(|band| result.is_certain_in(band));
        let words = match leaders {
            [leader] if is_sure => {
                format!("It leads at every weight{}.", ties_at_the_ends(workspace, result, *leader))
            }
            _ => String::new(),
        };
        return same(&words);
    }
    let written = written_shares(result);
    let at = |edge: f64| {
        let tip = written.iter().find(|(share, _)| share.total_cmp(&edge).is_eq());
        tip.map_or_else(|| percent(edge), |(_, words)| words.clone())
    };
    let (under, over) = now.other_bands(&result.bands);
    let over: Vec<Tip> = over.iter().map(|band| (at(band.from), result.leaders_in(band))).collect();
    let under: Vec<Tip> = under.iter().map(|band| (at(band.to), result.leaders_in(band))).collect();
    let badge = |o: usize| spoken_badge(workspace, o);
    // A badge reads well before any name, with or without an article.
    let named = |o: usize, name: &str| {
        let badge = spoken_badge(workspace, o);
        if name == badge { badge } else { format!("{badge} ({name})") }
    };
    let by = |name: &dyn Fn(usize) -> String| {
        let parts = [run("Past", &over, name), run("Under", &under, name)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    [
        by(&|o| named(o, name(workspace, o))),
        by(&|o| named(o, short_name(workspace, o))),
        by(&badge),
        nearest_change(&over, &under, &badge),
    ]
}

/// ", and ties with Beta where all of it is operational": who is level with an option that leads throughout where one side
/// has all the weight. Empty for nobody.
#[must_use]
pub fn ties_at_the_ends(workspace: &Workspace, result: &BalanceResult, leader: usize) -> String {
    let ends: [(Side, fn(&OptionValue) -> Option<f64>); 2] =
        [(Side::Operational, |of| of.operational), (Side::Commercial, |of| of.commercial)];
    let ties = ends.into_iter().filter_map(|(side, worth)| {
        let own = worth(&result.options[leader])?;
        let is_level = |o: &&usize| {
            **o != leader && worth(&result.options[**o]).is_some_and(|worth| (worth - own).abs() <= TIE)
        };
        let tied: Vec<&str> = result.ranking.iter().filter(is_level).map(|&o| name(workspace, o)).collect();
        let side = side.words().to_lowercase();
        (!tied.is_empty()).then(|| format!(", and ties with {} where all of it is {side}", list(&tied)))
    });
    ties.collect()
}

/// Where the lead changes, in words, and who leads past that: one, or all that tie.
type Tip = (String, Vec<usize>);

/// "C leads", "C and D tie".
fn lead_in_words(leaders: &[usize], name: &dyn Fn(usize) -> String) -> String {
    let verb = if leaders.len() == 1 { "leads" } else { "tie" };
    format!("{} {verb}", names_of(leaders, name))
}

fn names_of(leaders: &[usize], name: &dyn Fn(usize) -> String) -> String {
    let names: Vec<String> = leaders.iter().map(|&o| name(o)).collect();
    list(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// "past 62 %, C leads."
fn nearest_change(over: &[Tip], under: &[Tip], name: &dyn Fn(usize) -> String) -> String {
    let of = |word: &str, changes: &[Tip]| {
        changes.first().map(|(share, leaders)| format!("{word} {share}, {}.", lead_in_words(leaders, name)))
    };
    of("past", over).or_else(|| of("under", under)).unwrap_or_default()
}

/// "Past 62 %, C leads; past 74 %, A."
fn run(word: &str, changes: &[Tip], name: &dyn Fn(usize) -> String) -> String {
    let Some((share, first)) = changes.first() else { return String::new() };
    let mut words = format!("{word} {share}, {}", lead_in_words(first, name));
    let named = changes.len().min(if changes.len() == NAMED_CHANGES + 1 { 3 } else { NAMED_CHANGES });
    for (share, leaders) in changes.iter().take(named).skip(1) {
        words += &format!("; {} {share}, {}", word.to_lowercase(), names_of(leaders, name));
    }
    if named < changes.len() {
        words += &format!("; the lead changes {} more", times(changes.len() - named));
    }
    words + "."
}

fn times(times: usize) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{many} times"),
    }
}

/// What makes the answer provisional.
fn doubt(workspace: &Workspace, result: &BalanceResult, now: &WhatIf) -> String {
    let open = |o: &usize| now.options[*o].total.is_open();
    if !now.ranking.iter().any(open) {
        return String::new();
    }
    let unknown = (0..workspace.balance.factors.len())
        .filter(|&f| result.weights[f] > 0.0)
        .flat_map(|f| now.ranking.iter().map(move |&o| (f, o)))
        .filter(|&(f, o)| result.cells()[f][o].value.is_none())
        .count();
    let (are, counts) = if unknown == 1 { ("score is", "counts") } else { ("scores are", "count") };
    let not_known = format!("{} not known", count(unknown, are, are));
    let holds = now.certainty() == Certainty::Certain;
    if holds && result.bands.iter().all(|band| result.is_certain_in(band)) {
        return format!("{not_known}; what leads is the same whatever they are.");
    }
    let so_far = if holds { ": the leader here stays, but where the lead changes may move" } else { "" };
    format!("Provisional: {not_known} and {counts} as half way{so_far}.")
}

/// Every tipping point with as few decimals as keep it apart from its neighbours and from the share in question.
#[must_use]
pub fn written_shares(result: &BalanceResult) -> Vec<(f64, String)> {
    let tips: Vec<f64> = result.bands.iter().skip(1).map(|band| band.from).collect();
    tips.iter()
        .map(|&tip| {
            let alone = |decimals: usize| {
                let words = number(tip * 100.0, decimals);
                tips.iter().filter(|&&other| number(other * 100.0, decimals) == words).count() == 1
            };
            let decimals = (0..2).find(|&d| alone(d)).unwrap_or(2);
            (tip, format!("{} %", number(tip * 100.0, decimals)))
        })
        .collect()
}

/// An option by its name, or by its badge while it has none.
#[must_use]
pub fn name(workspace: &Workspace, option: usize) -> &str {
    let option = &workspace.question.options[option];
    if option.name.is_empty() { &option.badge } else { &option.name }
}

/// An option by its badge as it reads in a sentence: "C", "option 12".
#[must_use]
pub fn spoken_badge(workspace: &Workspace, option: usize) -> String {
    let badge = &workspace.question.options[option].badge;
    if badge.bytes().all(|b| b.is_ascii_digit()) { format!("option {badge}") } else { badge.clone() }
}

/// An option by its short name, or by its badge while it has none.
#[must_use]
pub fn short_name(workspace: &Workspace, option: usize) -> &str {
    let option = &workspace.question.options[option];
    if option.short_name().is_empty() { &option.badge } else { option.short_name() }
}
