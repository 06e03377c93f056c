//! What the Sensitivity page says above its charts, and its figures as tables to copy.

use super::scene::Scene;
use crate::{
    analysis::balance::{
        certainty::{self, half_way},
        matrix::TIE,
        sensitivity::{OneFactor, Place, Reversal},
    },
    model::wording::{MINUS, capital, list, number},
    ui::rooms::balance::sentence::Sentence,
};

const SMALL_NUMBERS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// A weight as the page writes it: "17.6 %".
pub fn weight(share: f64) -> String {
    format!("{} %", number(share * 100.0, 1))
}

/// A weight as it is read aloud: "17.6 per cent".
pub fn spoken_weight(share: f64) -> String {
    format!("{} per cent", number(share * 100.0, 1))
}

/// A number out of all, both in words where all is small and both in figures where it is larger.
fn counted(count: usize, all: usize) -> String {
    let word = SMALL_NUMBERS.get(count).filter(|_| all < SMALL_NUMBERS.len());
    word.map_or_else(|| count.to_string(), |&word| word.to_owned())
}

/// What is said while there is nothing to vary.
pub fn waiting(scene: &Scene) -> Option<Sentence> {
    let plain =
        |lead: &str, rest: &str| Some(Sentence { lead: lead.to_owned(), rest: vec![rest.to_owned()] });
    let balance = scene.balance();
    if scene.has_rivals() {
        return None;
    }
    if balance.options.len() < 2 || balance.weights.is_empty() {
        return plain(
            "Score two options first.",
            "What would change the leader shows once they are compared.",
        );
    }
    if balance.commercial_share.is_none() {
        return plain(
            "No factor has any weight.",
            "Give points on Weights, and what would change the leader shows here.",
        );
    }
    if balance.too_few_scored() {
        return plain(
            "Score two options first.",
            "What would change the leader shows once they are compared.",
        );
    }
    match balance.leader() {
        None => plain("Every option is struck by a must.", "There is no leader to change."),
        Some(only) => {
            let lead = format!("{} is the only option left.", scene.option_name(only));
            plain(&lead, "The others are struck by a must, so no weight changes the leader.")
        }
    }
}

/// Above the list: how many weights can change the leader, and the nearest.
pub fn of_factors(scene: &Scene) -> Sentence {
    if let Some(waiting) = waiting(scene) {
        return waiting;
    }
    let all = scene.balance().factors_alone();
    let readings = || all.iter().filter_map(|(_, one)| one.as_ref().ok());
    let turning: Vec<&OneFactor> = readings().filter(|one| one.nearest().is_some()).collect();
    let doubt = if readings().all(OneFactor::is_certain) { "" } else { HALF_WAY };
    let leader = scene.weighed.ranking.first().copied().unwrap_or(0);
    let leaders = scene.weighed.leaders();
    if leaders.len() > 1 {
        return of_tie(scene, &leaders, turning.first().copied(), doubt);
    }
    let Some((one, nearest)) = turning.first().and_then(|one| Some((*one, one.nearest()?))) else {
        let lead = format!("No single weight can take the lead from {}.", scene.spoken(leader));
        let rest = "It leads whatever any one factor weighs, the others keeping their proportions.";
        return Sentence { lead, rest: vec![format!("{rest}{doubt}"), doubt.trim().to_owned()] };
    };
    let lead = format!(
        "{} of {} {} can change the leader.",
        capital(&counted(turning.len(), all.len())),
        counted(all.len(), all.len()),
        if all.len() == 1 { "weight" } else { "weights" },
    );
    let to = scene.spoken(nearest.to);
    let (side, way) = sides(one, nearest);
    let points = number(one.change_to(nearest) * 100.0, 1);
    let factor = scene.lowered(one.factor);
    let rest = vec![
        format!(
            "The nearest is {factor}: {side} {}, {points} points {way} today, {to} leads.{doubt}",
            weight(nearest.weight)
        ),
        format!("The nearest: {factor} {side} {}, then {to} leads.{doubt}", weight(nearest.weight)),
    ];
    Sentence { lead, rest }
}

/// Said of what rests on scores that nobody knows.
const HALF_WAY: &str = " Provisional: scores not known count as half way.";

/// While several tie for the lead: what the least change of a weight does.
fn of_tie(scene: &Scene, leaders: &[usize], nearest: Option<&OneFactor>, doubt: &str) -> Sentence {
    let names: Vec<String> = leaders.iter().map(|&o| scene.spoken(o)).collect();
    let names = list(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let lead = format!("{names} tie for the lead.");
    let parted = nearest.and_then(|one| Some((one, one.nearest()?)));
    let rest = match parted {
        Some((one, nearest)) if one.change_to(nearest) <= TIE => {
            let more = if one.below() == Some(nearest) { "less" } else { "more" };
            let (factor, to) = (scene.lowered(one.factor), scene.spoken(nearest.to));
            format!("Any {more} weight on {factor}, and {to} leads.{doubt}")
        }
        _ => format!("They tie whatever any one factor weighs.{doubt}"),
    };
    Sentence { lead, rest: vec![rest, doubt.trim().to_owned()] }
}

/// Past or under a weight, above or below today.
fn sides(one: &OneFactor, reversal: Reversal) -> (&'static str, &'static str) {
    if one.below() == Some(reversal) { ("under", "below") } else { ("past", "above") }
}

/// While a weight is tried: who leads there.
pub fn of_trial(scene: &Scene, one: &OneFactor, tried: f64) -> Sentence {
    let leader = one.leader_at(tried);
    let total = one.total_at(leader, tried).unwrap_or_default();
    let factor = scene.lowered(one.factor);
    let lead = format!(
        "With {factor} at {} {} leads with {}.",
        weight(tried),
        scene.spoken(leader),
        number(total, 0)
    );
    let rest = format!("Today it weighs {}. Nothing is changed: Esc goes back.", weight(one.weight_now));
    Sentence { lead, rest: vec![rest, format!("Today it weighs {}.", weight(one.weight_now))] }
}

/// A factor of the list as it is read aloud.
pub fn row_name(scene: &Scene, one: &OneFactor) -> String {
    let today = spoken_weight(one.weight_now);
    let factor = &scene.factor(one.factor).name;
    let doubt = half_way(one.is_certain());
    match one.nearest() {
        Some(nearest) => {
            let (side, _) = sides(one, nearest);
            let to = scene.option_name(nearest.to);
            format!("{factor}, {today} today; {side} {} {to} leads{doubt}", spoken_weight(nearest.weight))
        }
        None if one.is_tied() => format!("{factor}, {today} today; the tie holds at every weight{doubt}"),
        None => {
            let leader = scene.option_name(one.leader());
            format!("{factor}, {today} today; {leader} leads at every weight{doubt}")
        }
    }
}

/// Above the map: what two weights rising together do, and where the ballots lie.
pub fn of_map(scene: &Scene, map: &super::scene::Map, ring: Option<Place>) -> Sentence {
    let [x, y] = map.two.factors.map(|f| scene.lowered_short(f));
    if let Some([at_x, at_y]) = ring {
        let leader = map.two.leader_at([at_x, at_y]);
        let total = map.two.total_at(leader, [at_x, at_y]).unwrap_or_default();
        let lead = format!(
            "With {x} at {} and {y} at {} {} leads with {}.",
            weight(at_x),
            weight(at_y),
            scene.spoken(leader),
            number(total, 0)
        );
        return Sentence { lead, rest: vec!["Nothing is changed: Esc goes back.".to_owned(), String::new()] };
    }
    let leader = map.two.leader_at(map.two.today);
    let lead = match map.two.border(map.two.today, [1.0, 1.0]) {
        Some(border) => format!(
            "If {x} and {y} each gain {} points, {} leads.",
            number(border.change * 100.0, 1),
            scene.spoken(border.to)
        ),
        None if map.two.regions(1.0).len() == 1 => {
            format!("Whatever {x} and {y} weigh, {} leads.", scene.spoken(leader))
        }
        None => format!("However far {x} and {y} rise together, {} leads.", scene.spoken(leader)),
    };
    let ballots = scene.ballots(map.two.factors);
    let with_leader = ballots.iter().filter(|(place, _)| map.two.leader_at(*place) == leader).count();
    let rest = match ballots.len() {
        0 => String::new(),
        all => format!(
            "{with_leader} of {all} {} where {} leads.",
            if all == 1 { "ballot lies" } else { "ballots lie" },
            scene.spoken(leader)
        ),
    };
    let doubt = certainty::note(&scene.balance().performance.matrix);
    Sentence { lead, rest: vec![format!("{rest}{doubt}").trim().to_owned()] }
}

/// A change with its sign: "+6.1", "−3.2".
pub fn signed(points: f64) -> String {
    let size = number(points.abs() * 100.0, 1);
    if points < 0.0 { format!("{MINUS}{size}") } else { format!("+{size}") }
}

/// The figures of the list, cells parted by tabs: a line for each band of each factor.
pub fn table_of_factors(scene: &Scene) -> String {
    let mut lines = vec!["Factor\tWeight today, %\tLeader\tFrom weight, %\tTo weight, %".to_owned()];
    for (f, reading) in scene.balance().factors_alone() {
        let name = &scene.factor(*f).name;
        match reading {
            Ok(one) => lines.extend(one.bands.iter().map(|band| {
                let leader = scene.option_name(band.leader);
                format!(
                    "{name}\t{}\t{leader}\t{}\t{}",
                    one.weight_now * 100.0,
                    band.from * 100.0,
                    band.to * 100.0
                )
            })),
            Err(why) => lines.push(format!("{name}\t\t{}", capital(why.0))),
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The corners of the regions of the map, cells parted by tabs.
pub fn table_of_map(scene: &mut Scene, axes: Option<[usize; 2]>, most: f64) -> String {
    let Some(axes) = axes else { return String::new() };
    let [x, y] = axes.map(|f| scene.factor(f).name.clone());
    let mut lines = vec![format!("Leader\tCorner\t{x}, %\t{y}, %")];
    match scene.map(axes, most) {
        Ok(map) => {
            for region in &map.regions {
                let leader = scene.option_name(region.leader);
                let corner = |(index, [x, y]): (usize, &Place)| {
                    format!("{leader}\t{}\t{}\t{}", index + 1, x * 100.0, y * 100.0)
                };
                lines.extend(region.corners.iter().enumerate().map(corner));
            }
        }
        Err(why) => lines.push(capital(why.0)),
    }
    lines.push(String::new());
    lines.join("\n")
}
