//! What discussion moved: from the blind round to the one after it, and whether people moved towards the most powerful
//! voice (methods, section 2).

use super::{SwingRow, Undefined, as_counted, combine::median, in_force};
use crate::{
    analysis::distributions::sign_test,
    model::{Workspace, voices::Ballot},
};

/// Fewer moves than this are too few to say: even if all go one way, chance alone does so at least once in 16 times.
pub const FEWEST_MOVES: usize = 6;
/// How seldom chance alone may bring a split about for it to be pointed out.
pub const SELDOM: f64 = 0.05;
/// Moves smaller than this, in points, are rounding.
const STILL: f64 = 1e-9;

/// From the blind round to the one after it, over those who gave a ballot that counts in both. Factor vectors run
/// parallel to the factors of the workspace. Points are on the footing on which the rule counts them.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    pub people: Vec<PersonShift>,
    /// `None` for a factor that nobody gave points to in both rounds.
    pub factors: Vec<Option<FactorShift>>,
    /// Whether the others moved towards the most powerful voice; undefined where it is too little to say.
    pub deference: Result<Deference, Undefined>,
}

/// How one giver's points changed.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonShift {
    /// Their ballots in the blind round and in the one after, by index.
    pub before: usize,
    pub after: usize,
    /// Points after less points before, per factor that they gave points to in both.
    pub shifts: Vec<Option<f64>>,
}

/// How the points for one factor changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FactorShift {
    pub median_before: f64,
    pub median_after: f64,
    /// How many gave points in both rounds.
    pub people: usize,
}

/// Movement towards the voice with the most influence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deference {
    /// Whose voice, by index in the register.
    pub senior: usize,
    /// What was counted: factors or people.
    pub unit: MoveUnit,
    pub towards: usize,
    pub away: usize,
    /// How often chance alone splits them at least as unevenly: the two-sided exact sign test.
    pub p_value: f64,
    /// Whether more moved towards than away, and chance does that less than once in 20 times.
    pub beyond_chance: bool,
}

/// What a sign test counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveUnit {
    /// Factors on which the median of the others came nearer to the senior's blind points, or went further off.
    Factors,
    /// People, each by most of the factors on which the senior's blind points pulled one way and those of the group the
    /// other.
    People,
}

/// A giver's points in both rounds.
struct Pair {
    before: usize,
    after: usize,
    /// Points in both rounds, per factor given in both.
    points: Vec<Option<(f64, f64)>>,
}

/// Compares the blind round with the one after it.
///
/// The sign test is over factors, as far as six or more were asked about again: on each, did the *median* of the others
/// come nearer to what the senior gave blind? People coming together alone leave their median where it is, so that
/// agreement is not mistaken for deference. The factors of one ballot are not quite independent, so the figure is a hint
/// and not a proof. Where fewer factors moved, it is over people: each counts once, by most of the factors on which the
/// senior's blind points lay on one side of theirs and the group's median on the other, where moving towards the senior
/// means moving away from the group.
///
/// # Errors
/// Undefined without ballots that count in both rounds.
pub(super) fn movement(workspace: &Workspace, rows: &[SwingRow]) -> Result<Movement, Undefined> {
    let pairs = pairs(workspace, rows);
    if pairs.is_empty() {
        return Err(Undefined("nobody has given a ballot that counts in both rounds"));
    }
    let factors = workspace.balance.factors.len();
    let people = pairs.iter().map(|pair| PersonShift {
        before: pair.before,
        after: pair.after,
        shifts: pair.points.iter().map(|points| points.map(|(before, after)| after - before)).collect(),
    });
    let shift = |f: usize| {
        let given: Vec<(f64, f64)> = pairs.iter().filter_map(|pair| pair.points[f]).collect();
        medians(&given).map(|(median_before, median_after)| FactorShift {
            median_before,
            median_after,
            people: given.len(),
        })
    };
    Ok(Movement {
        people: people.collect(),
        factors: (0..factors).map(shift).collect(),
        deference: deference(workspace, rows, &pairs),
    })
}

fn pairs(workspace: &Workspace, rows: &[SwingRow]) -> Vec<Pair> {
    let voices = &workspace.voices;
    let factors = &workspace.balance.factors;
    let given = |ballot: &Ballot, f: usize| {
        let id = &factors[f].id;
        ballot.swings.contains_key(id) && voices.asks(ballot.round, id)
    };
    let pair = |(before, after): (usize, usize)| {
        let [was, is] = [before, after].map(|i| as_counted(voices.combine, &rows[i]));
        let (was, is) = (was?, is?);
        let both = |f: usize| [before, after].iter().all(|&i| given(&voices.ballots[i], f));
        let points = (0..factors.len()).map(|f| was[f].zip(is[f]).filter(|_| both(f))).collect();
        Some(Pair { before, after, points })
    };
    in_force::answered_twice(voices).into_iter().filter_map(pair).collect()
}

fn medians(given: &[(f64, f64)]) -> Option<(f64, f64)> {
    let mut before: Vec<f64> = given.iter().map(|(before, _)| *before).collect();
    let mut after: Vec<f64> = given.iter().map(|(_, after)| *after).collect();
    median(&mut before).zip(median(&mut after))
}

fn deference(workspace: &Workspace, rows: &[SwingRow], pairs: &[Pair]) -> Result<Deference, Undefined> {
    let (senior, ballot) = senior(workspace)?;
    let Some(pull) = as_counted(workspace.voices.combine, &rows[ballot]) else {
        return Err(Undefined("the voice with the most influence gave no points in the blind round"));
    };
    let others: Vec<&Pair> = pairs.iter().filter(|pair| pair.before != ballot).collect();
    let mut found = (MoveUnit::Factors, moved_factors(&pull, &others));
    if found.1.0 + found.1.1 < FEWEST_MOVES {
        found = (MoveUnit::People, moved_people(&pull, &others));
    }
    let (unit, (towards, away)) = found;
    if towards + away < FEWEST_MOVES {
        return Err(Undefined("fewer than six factors or people moved, too few to say"));
    }
    let p_value = sign_test(towards, away);
    let beyond_chance = towards > away && p_value < SELDOM;
    Ok(Deference { senior, unit, towards, away, p_value, beyond_chance })
}

/// The person with the most influence among those with a ballot that counts in the blind round, with that ballot.
fn senior(workspace: &Workspace) -> Result<(usize, usize), Undefined> {
    let voices = &workspace.voices;
    let blind = in_force::blind_ballots(voices);
    let mut most: Option<(f64, Vec<(usize, usize)>)> = None;
    for (at, person) in voices.stakeholders.iter().enumerate() {
        let Some(influence) = person.influence else { continue };
        let theirs = blind.iter().find(|&&i| voices.ballots[i].stakeholder.as_ref() == Some(&person.id));
        let Some(&ballot) = theirs else { continue };
        match &mut most {
            Some((highest, _)) if influence < *highest => {}
            Some((highest, who)) if influence <= *highest => who.push((at, ballot)),
            _ => most = Some((influence, vec![(at, ballot)])),
        }
    }
    match most {
        None => Err(Undefined("nobody with a ballot in the blind round has a stated influence")),
        Some((_, who)) if who.len() > 1 => Err(Undefined("several people share the most influence")),
        Some((_, who)) => who.first().copied().ok_or(Undefined("nobody has a stated influence")),
    }
}

/// Factors on which the median of the others moved towards these points, and away from them.
fn moved_factors(pull: &SwingRow, others: &[&Pair]) -> (usize, usize) {
    let moves = pull.iter().enumerate().filter_map(|(f, pull)| {
        let given: Vec<(f64, f64)> = others.iter().filter_map(|pair| pair.points[f]).collect();
        let (before, after) = medians(&given)?;
        Some(((*pull)? - before).abs() - ((*pull)? - after).abs())
    });
    tally(moves)
}

/// People who moved towards these points rather than towards the group, and the other way, each by most of the factors
/// on which the two lay on opposite sides of what they had given.
fn moved_people(pull: &SwingRow, others: &[&Pair]) -> (usize, usize) {
    let group: Vec<Option<f64>> = (0..pull.len())
        .map(|f| {
            let given: Vec<(f64, f64)> = others.iter().filter_map(|pair| pair.points[f]).collect();
            medians(&given).map(|(before, _)| before)
        })
        .collect();
    let of_person = |pair: &&Pair| {
        let moves = pair.points.iter().enumerate().filter_map(|(f, points)| {
            let ((before, after), pull, group) = ((*points)?, pull[f]?, group[f]?);
            let opposite = (pull - before) * (group - before) < -STILL;
            opposite.then(|| (after - before) * (pull - before).signum())
        });
        let (towards, away) = tally(moves);
        towards as f64 - away as f64
    };
    tally(others.iter().map(of_person))
}

/// How many are above nought and how many below; those that are still are left out.
fn tally(moves: impl Iterator<Item = f64>) -> (usize, usize) {
    moves.fold((0, 0), |(up, down), step| match step {
        step if step > STILL => (up + 1, down),
        step if step < -STILL => (up, down + 1),
        _ => (up, down),
    })
}
