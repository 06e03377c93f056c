//! What ballots that came in would do to those that are there.

use std::collections::{BTreeMap, HashMap};

use super::{
    Entry, Fate, Matter, ProposedRow, Way, Work,
    names::{Found, NameKind},
    slips::{Slip, Slips, expected_in_ranking, options_named},
};
use crate::{
    exchange::{
        figure::written,
        handout::fingerprint::{Fingerprint, Kinship},
        table::{TableProblem, key},
    },
    model::{
        ids::{BallotId, FactorId, OptionId, SectorId, StakeholderId},
        voices::{Ballot, Voices},
        wording::{count, list},
    },
};

/// How far from 100 a sum of shares may be that was rounded share by share.
const ROUNDING: f64 = 0.5;
/// How far from 100 sums may be that still look like sums of shares.
const NEAR_A_HUNDRED: f64 = 5.0;
/// The share of ballots that must add to about 100 for all to look like shares.
const MOST: f64 = 0.6;

/// What a column of points leads to.
enum Column {
    Factor(FactorId),
    LeftOut,
    Undecided,
}

/// Whose a ballot is.
enum Voter {
    Somebody { id: StakeholderId, place: Option<usize> },
    Unnamed,
    Nobody,
}

/// What tells ballots apart: person and round.
type Mark = (StakeholderId, u8);

/// What every slip is held against.
struct Against<'a> {
    slips: &'a Slips,
    columns: Vec<Column>,
    mark: Fingerprint,
    /// The round of slips that do not say theirs.
    round: u8,
    there: There<'a>,
    /// The rows of people seen so far, the latest of each.
    seen: HashMap<Mark, usize>,
}

pub(super) fn propose(work: &mut Work<'_>, slips: &Slips) {
    let workspace = work.workspace;
    let round = work.choices.round.unwrap_or_else(|| usual_round(&workspace.voices));
    work.proposal.round = slips.slips.iter().any(|slip| slip.round.is_none()).then_some(round);
    work.proposal.looks_like_shares = look_like_shares(slips);
    let mut against = Against {
        slips,
        columns: columns(work, slips),
        mark: Fingerprint::of(workspace),
        round,
        there: There::of(&workspace.voices.ballots),
        seen: HashMap::new(),
    };
    for slip in &slips.slips {
        let mut row = ProposedRow::new(slip.place.clone(), &slip.name, &slip.sector);
        row.round = Some(slip.round.unwrap_or(round));
        check_form(work, &mut row, slip, &against.mark);
        if let Some(ballot) = read(work, &mut row, slip, &against) {
            judge(work, &mut row, ballot, &mut against);
        }
        work.proposal.rows.push(row);
    }
}

/// The ballot of a slip; `None` when nobody knows whose it is or where from.
fn read(work: &mut Work<'_>, row: &mut ProposedRow, slip: &Slip, against: &Against<'_>) -> Option<Ballot> {
    let round = slip.round.unwrap_or(against.round);
    let mut faults = slip.faults.clone();
    let gut_feel = options(work, slip, ("gut feel", &slip.gut_feel), &mut faults);
    let ranking = options(work, slip, ("ranking", &slip.ranking), &mut faults);
    let swings = swings(work, row, slip, (against.slips, &against.columns), round, &mut faults);
    let (voter, sector) = voter(work, row, slip, &mut faults);
    work.rule_faults(row, faults);
    let (stakeholder, place) = match voter {
        Voter::Somebody { id, place } => (Some(id), place),
        Voter::Unnamed => (None, None),
        Voter::Nobody => return None,
    };
    let known = place.map(|at| &work.workspace.voices.stakeholders[at]);
    if let Some(known) = known {
        row.who.clone_from(&known.name);
    }
    Some(Ballot {
        marginal: slip.marginal.unwrap_or_else(|| known.is_some_and(|known| known.marginal)),
        received: slip.received.or(Some(work.moment.today)),
        swings,
        ranking,
        gut_feel,
        ..Ballot::blank(BallotId::from(""), stakeholder, sector?, round)
    })
}

/// What a ballot does beside those that are there and those before it.
fn judge(work: &mut Work<'_>, row: &mut ProposedRow, mut ballot: Ballot, against: &mut Against<'_>) {
    let total: f64 = ballot.swings.values().sum();
    if work.choices.as_shares {
        scale_largest_to_100(&mut ballot);
    }
    if let Some(id) = &ballot.stakeholder {
        let earlier = against.seen.insert((id.clone(), ballot.round), work.proposal.rows.len());
        if let Some(earlier) = earlier {
            work.settle_twice_at(earlier, row);
        }
    }
    let known = against.there.counterpart(&ballot);
    if known.is_some_and(|known| say_the_same(&kept_beside(&ballot, known), known)) {
        if row.fate == Fate::Adds {
            row.fate = Fate::Alike;
        }
        return;
    }
    check_content(work, row, &mut ballot, total);
    settle(work, row, ballot, known);
}

/// The round that is open, else the first.
fn usual_round(voices: &Voices) -> u8 {
    voices.open_round().map_or(1, |round| round.number)
}

fn columns(work: &mut Work<'_>, slips: &Slips) -> Vec<Column> {
    let factors = &work.workspace.balance.factors;
    slips
        .factors
        .iter()
        .map(|name| match work.find(NameKind::Factor, name) {
            Found::Known(at) => Column::Factor(factors[at].id.clone()),
            Found::LeftOut | Found::New(_) => Column::LeftOut,
            Found::Undecided => Column::Undecided,
        })
        .collect()
}

fn total(slip: &Slip) -> f64 {
    slip.points.iter().map(|(_, points)| points).sum()
}

fn look_like_shares(slips: &Slips) -> bool {
    let filled: Vec<f64> = slips.slips.iter().filter(|slip| slip.points.len() > 1).map(total).collect();
    let near = filled.iter().filter(|total| (*total - 100.0).abs() <= NEAR_A_HUNDRED).count();
    !filled.is_empty() && near as f64 >= MOST * filled.len() as f64
}

/// Whether a form was made for this question as it stands.
fn check_form(work: &Work<'_>, row: &mut ProposedRow, slip: &Slip, mark: &Fingerprint) {
    let Some(of_form) = &slip.fingerprint else { return };
    match mark.kinship(of_form) {
        Kinship::Same => {}
        Kinship::Older => {
            work.rule(row, Matter::OlderForm, "factors or their ends have changed since it was handed out");
        }
        Kinship::Other => {
            work.rule(
                row,
                Matter::OtherQuestion,
                format!("its mark is {of_form}, and this question’s is {mark}"),
            );
        }
    }
}

/// The options that a slip names by badge or name, best first, in the column called so.
fn options(
    work: &Work<'_>,
    slip: &Slip,
    (column, names): (&str, &[String]),
    faults: &mut Vec<TableProblem>,
) -> Vec<OptionId> {
    let options = &work.workspace.question.options;
    let (ranking, wrong) = options_named(options, names);
    faults.extend(wrong.into_iter().map(|(name, wrong)| TableProblem {
        column: Some(column.to_owned()),
        found: Some(name.to_owned()),
        ..TableProblem::of_file(&slip.place.to_string(), expected_in_ranking(options, wrong))
    }));
    ranking
}

/// The points of a slip by factor; those that its round does not ask for only where somebody wants them.
fn swings(
    work: &Work<'_>,
    row: &mut ProposedRow,
    slip: &Slip,
    (slips, columns): (&Slips, &[Column]),
    round: u8,
    faults: &mut Vec<TableProblem>,
) -> BTreeMap<FactorId, f64> {
    let mut swings = BTreeMap::new();
    let mut not_asked = Vec::new();
    for &(at, points) in &slip.points {
        match &columns[at] {
            Column::Factor(factor) if !work.workspace.voices.asks(round, factor) => {
                not_asked.push((at, factor, points));
            }
            Column::Factor(factor) => {
                if swings.insert(factor.clone(), points).is_some() {
                    faults.push(TableProblem {
                        column: Some(slips.factors[at].clone()),
                        found: Some(written(points)),
                        ..TableProblem::of_file(&slip.place.to_string(), "each factor once")
                    });
                }
            }
            Column::LeftOut => {}
            Column::Undecided => row.wait_for(NameKind::Factor, &slips.factors[at]),
        }
    }
    if !not_asked.is_empty() {
        let names: Vec<&str> = not_asked.iter().map(|&(at, ..)| slips.factors[at].as_str()).collect();
        let words = format!("round {round} does not ask about {}", few(&names));
        row.note(Matter::NotAsked, words);
        if work.way(Matter::NotAsked) == Way::Take {
            swings.extend(not_asked.into_iter().map(|(_, factor, points)| (factor.clone(), points)));
        }
    }
    swings
}

/// Names as a note says them: three, and how many more.
fn few(names: &[&str]) -> String {
    match names {
        [one, two, three, _, ..] => format!("{one}, {two}, {three} and {} more", names.len() - 3),
        few => list(few),
    }
}

/// Whose a slip is, and from which sector.
fn voter(
    work: &mut Work<'_>,
    row: &mut ProposedRow,
    slip: &Slip,
    faults: &mut Vec<TableProblem>,
) -> (Voter, Option<SectorId>) {
    let no_sector = || TableProblem {
        column: Some("sector".to_owned()),
        found: Some(String::new()),
        ..TableProblem::of_file(&slip.place.to_string(), "the name of a sector")
    };
    if slip.name.is_empty() {
        if slip.sector.is_empty() {
            faults.push(no_sector());
        }
        return (Voter::Unnamed, work.sector(row, &slip.sector));
    }
    match work.find(NameKind::Person, &slip.name) {
        Found::Known(place) => {
            let sector = sector_of_known(work, row, slip, place);
            let id = work.workspace.voices.stakeholders[place].id.clone();
            (Voter::Somebody { id, place: Some(place) }, Some(sector))
        }
        Found::New(name_key) => {
            if slip.sector.is_empty() {
                faults.push(no_sector());
            }
            let Some(sector) = work.sector(row, &slip.sector) else { return (Voter::Nobody, None) };
            let id = work.new_person(name_key, &slip.name, &sector, slip.marginal);
            (Voter::Somebody { id, place: None }, Some(sector))
        }
        Found::LeftOut => {
            row.fate = Fate::LeftOut;
            (Voter::Nobody, None)
        }
        Found::Undecided => {
            row.wait_for(NameKind::Person, &slip.name);
            (Voter::Nobody, None)
        }
    }
}

/// The sector of a ballot of somebody in the register, which may disagree with the row.
fn sector_of_known(work: &Work<'_>, row: &mut ProposedRow, slip: &Slip, place: usize) -> SectorId {
    let voices = &work.workspace.voices;
    let registered = &voices.stakeholders[place].sector;
    let Some(known) = work.workspace.sector(registered) else { return registered.clone() };
    let says = key(&slip.sector);
    row.what.clone_from(&known.name);
    if says.is_empty() || says == key(&known.name) || says == key(&known.short) {
        return registered.clone();
    }
    let other = voices.sectors.iter().find(|s| key(&s.name) == says || key(&s.short) == says);
    let words = match other {
        Some(_) => format!("“{}” here, “{}” in the register", slip.sector, known.name),
        None => format!("“{}” here, which is no sector; “{}” in the register", slip.sector, known.name),
    };
    match (work.rule(row, Matter::OtherSector, words), other) {
        (Way::Row, Some(other)) => {
            row.what.clone_from(&other.name);
            other.id.clone()
        }
        _ => registered.clone(),
    }
}

/// Shares become points of which the largest is 100, in the same proportions.
fn scale_largest_to_100(ballot: &mut Ballot) {
    let largest = ballot.swings.values().copied().fold(0.0, f64::max);
    if largest > 0.0 {
        for points in ballot.swings.values_mut() {
            *points = *points / largest * 100.0;
        }
    }
}

/// Totals, largest figures, blanks and lateness.
fn check_content(work: &Work<'_>, row: &mut ProposedRow, ballot: &mut Ballot, total: f64) {
    // Points in a column that waits may yet come in.
    if ballot.is_blank() && row.fate != Fate::Waits {
        work.rule(row, Matter::Empty, "nothing is filled in");
    }
    let largest = ballot.swings.values().copied().fold(0.0, f64::max);
    if work.choices.as_shares {
        if !ballot.swings.is_empty() && (total - 100.0).abs() > ROUNDING {
            work.rule(row, Matter::WrongTotal, format!("adds to {}", rounded(total)));
        }
    } else if largest > 100.0 {
        work.rule(row, Matter::Over100, format!("the largest is {}", rounded(largest)));
    } else if !ballot.swings.is_empty() && largest < 100.0 && asks_for_a_largest(work, ballot) {
        work.rule(row, Matter::LargestNot100, format!("the largest is {}", rounded(largest)));
    }
    if work.workspace.voices.is_late(ballot) {
        let closed = work.workspace.voices.round(ballot.round).and_then(|round| round.closed);
        let came = ballot.received.map(crate::model::wording::day).unwrap_or_default();
        let closed_on = closed.map(crate::model::wording::day).unwrap_or_default();
        let words = format!("came in on {came}, closed on {closed_on}");
        if work.rule(row, Matter::Late, words) == Way::InTime {
            ballot.received = closed;
        }
    }
}

/// A round about some of the factors says nothing of which is the largest of all.
fn asks_for_a_largest(work: &Work<'_>, ballot: &Ballot) -> bool {
    work.workspace.voices.round(ballot.round).is_none_or(|round| round.asks.is_empty())
}

fn rounded(figure: f64) -> String {
    written(libm::round(figure * 100.0) / 100.0)
}

/// Two rows of the same person: one of them is kept, or none, once somebody has said which.
fn settle_twice(way: Way, first: &mut ProposedRow, later: &mut ProposedRow) {
    let also = |place: &super::Place| format!("stands in {place} too");
    let already = first.notes.iter().any(|(matter, _)| *matter == Matter::Twice);
    if !already {
        first.note(Matter::Twice, also(&later.place));
    }
    later.note(Matter::Twice, also(&first.place));
    let (of_first, of_later) = match way {
        Way::KeepFirst => (None, Some(Fate::LeftOut)),
        Way::KeepLater => (Some(Fate::LeftOut), None),
        Way::LeaveOut => (Some(Fate::LeftOut), Some(Fate::LeftOut)),
        _ => (Some(Fate::Waits), Some(Fate::Waits)),
    };
    for (row, fate) in [(first, of_first), (later, of_later)] {
        if let Some(fate) = fate.filter(|_| row.fate != Fate::LeftOut) {
            row.fate = fate;
        }
    }
}

impl Work<'_> {
    /// Settles a row that says anew what an earlier one says.
    pub(super) fn settle_twice_at(&mut self, earlier: usize, later: &mut ProposedRow) {
        let way = self.way(Matter::Twice);
        settle_twice(way, &mut self.proposal.rows[earlier], later);
    }
}

/// The ballots that are there.
struct There<'w> {
    of_person: HashMap<Mark, &'w Ballot>,
    /// Ballots of a sector only, each of which one row can be alike to.
    unnamed: Vec<&'w Ballot>,
}

impl<'w> There<'w> {
    fn of(ballots: &'w [Ballot]) -> Self {
        let mut there = Self { of_person: HashMap::new(), unnamed: Vec::new() };
        for ballot in ballots {
            match &ballot.stakeholder {
                Some(id) => _ = there.of_person.entry((id.clone(), ballot.round)).or_insert(ballot),
                None => there.unnamed.push(ballot),
            }
        }
        there
    }

    /// The ballot of the same person and round; of a sector only, one that says the same, which is then taken.
    fn counterpart(&mut self, ballot: &Ballot) -> Option<&'w Ballot> {
        match &ballot.stakeholder {
            Some(id) => self.of_person.get(&(id.clone(), ballot.round)).copied(),
            None => {
                let alike = self.unnamed.iter().position(|other| say_the_same(ballot, other));
                alike.map(|at| self.unnamed.swap_remove(at))
            }
        }
    }
}

/// Whether two ballots say the same, whenever they came in.
fn say_the_same(one: &Ballot, other: &Ballot) -> bool {
    one.round == other.round
        && one.sector == other.sector
        && one.marginal == other.marginal
        && one.swings == other.swings
        && one.ranking == other.ranking
        && one.gut_feel == other.gut_feel
}

/// A ballot with the rankings that were not asked for, or not given, taken from the one that is there.
fn kept_beside(ballot: &Ballot, known: &Ballot) -> Ballot {
    let mut ballot = Ballot { id: known.id.clone(), ..ballot.clone() };
    for (given, kept) in [(&mut ballot.gut_feel, &known.gut_feel), (&mut ballot.ranking, &known.ranking)] {
        if given.is_empty() {
            given.clone_from(kept);
        }
    }
    ballot
}

fn settle(work: &mut Work<'_>, row: &mut ProposedRow, mut ballot: Ballot, known: Option<&Ballot>) {
    let Some(known) = known else {
        let who = if row.who.is_empty() { &row.what } else { &row.who };
        let words = format!("Round {} {who}", ballot.round);
        ballot.id = BallotId::named("ballot", work.tail_of("ballot", &words, "ballot"));
        row.entry = Some(Entry::Ballot(ballot));
        return;
    };
    let ballot = kept_beside(&ballot, known);
    let taken = row.fate == Fate::Adds;
    let words = match differing(&ballot, known) {
        0 => "differs in something else than points".to_owned(),
        differing => format!("{} otherwise there", count(differing, "factor stands", "factors stand")),
    };
    let way = work.rule(row, Matter::AlreadyThere, words);
    if taken {
        row.fate = if way == Way::KeepOld { Fate::LeftOut } else { Fate::Replaces };
    }
    row.entry = Some(Entry::Ballot(ballot));
}

fn differing(one: &Ballot, other: &Ballot) -> usize {
    let of_one =
        one.swings.iter().filter(|(factor, points)| other.swings.get(*factor) != Some(points)).count();
    let only_other = other.swings.keys().filter(|factor| !one.swings.contains_key(*factor)).count();
    of_one + only_other
}
