//! Sentences drafted for the record: offered to be taken over, never put in by themselves.

use super::figures::Basis;
use crate::{
    analysis::reach::{Verdict, caseload::gates::FOUR_FIFTHS},
    model::{
        Room,
        balance::Side,
        decision::{FigureRef, RecordList},
        reach::Referral,
        wording::{percent, unit_style},
    },
};

/// A sentence that could stand in the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub list: RecordList,
    pub text: String,
    /// The figures that stand in it, from left to right.
    pub figures: Vec<FigureRef>,
    /// The room it comes from.
    pub room: Option<Room>,
    /// What is watched and its limit, for a review trigger; between whom, for what is rationed.
    pub watched: String,
    pub limit: String,
}

impl Draft {
    fn new(list: RecordList, room: Room, sentence: Written) -> Self {
        Self {
            list,
            text: sentence.text,
            figures: sentence.figures,
            room: Some(room),
            watched: String::new(),
            limit: String::new(),
        }
    }
}

/// Every sentence that follows from the rooms and does not stand in the record yet, for the option recommended, or for the
/// leader while none is.
#[must_use]
pub fn drafts(basis: &Basis<'_>) -> Vec<Draft> {
    let workspace = basis.workspace;
    let chosen = workspace.decision.recommendation.as_ref();
    let chosen = chosen.and_then(|id| workspace.question.options.iter().position(|option| option.id == *id));
    let Some(option) = chosen.or(basis.analysis.balance.leader()) else { return Vec::new() };
    let mut drafts = Vec::new();
    reasons(basis, option, &mut drafts);
    safeguards(basis, option, &mut drafts);
    triggers(basis, option, &mut drafts);
    rationed(basis, option, &mut drafts);
    drafts.retain(|draft| !stands_already(basis, draft));
    drafts
}

/// Whether a sentence with these figures, or with these very words, stands in its list; of reasons, one that begins with the
/// same figure, whatever it compares that with.
fn stands_already(basis: &Basis<'_>, draft: &Draft) -> bool {
    let keys = |figures: &[FigureRef]| -> Vec<String> { figures.iter().map(|f| f.key.clone()).collect() };
    let own = keys(&draft.figures);
    let is_like = |there: &[String]| match draft.list {
        RecordList::Reasons => !own.is_empty() && there.first() == own.first(),
        _ => !own.is_empty() && there == own,
    };
    let sentences = basis.workspace.decision.sentences_of(draft.list);
    sentences.iter().any(|sentence| sentence.text.trim() == draft.text || is_like(&keys(sentence.figures)))
}

/// A sentence as it is put together, with the figures that stand in it.
struct Written {
    text: String,
    figures: Vec<FigureRef>,
}

/// Puts figures, by stem and option or by key alone, in the places `{}` of a sentence; `None` where one is not defined.
fn write(basis: &Basis<'_>, pattern: &str, keys: &[(&str, Option<usize>)]) -> Option<Written> {
    let mut parts = pattern.split("{}");
    let mut text = parts.next()?.to_owned();
    let mut figures = Vec::new();
    for ((stem, option), part) in keys.iter().zip(parts) {
        let figure = match option {
            Some(option) => basis.of(stem, *option)?,
            None => basis.figure(stem)?,
        };
        text.push_str(&figure.words);
        text.push_str(part);
        figures.push(figure.written()?);
    }
    Some(Written { text, figures })
}

fn value(basis: &Basis<'_>, stem: &str, option: usize) -> Option<f64> {
    basis.of(stem, option)?.value.ok()
}

fn reasons(basis: &Basis<'_>, option: usize, drafts: &mut Vec<Draft>) {
    let mut add = |room, sentence: Option<Written>| {
        drafts.extend(sentence.map(|sentence| Draft::new(RecordList::Reasons, room, sentence)));
    };
    let here = Some(option);
    if let Some(rival) = Rival::of(basis, option) {
        let (under, there) = (&rival.under, Some(rival.option));
        if rival.does_worse(basis, "share-supported", option) {
            let pattern = format!("Reaches {{}} of people, against {{}} {under}.");
            let keys = [("share-supported", here), ("share-supported", there)];
            add(Room::Reach, write(basis, &pattern, &keys));
        }
        let by_scores = in_people(basis, option, &rival);
        if by_scores.is_some() {
            add(Room::Balance, by_scores);
        } else if rival.does_worse(basis, "better-outcomes", option) {
            let pattern = format!(
                "By the prediction {{}} people a year reach the outcome because of it, against {{}} {under}."
            );
            let keys = [("better-outcomes", here), ("better-outcomes", there)];
            add(Room::Reach, write(basis, &pattern, &keys));
        }
        if rival.has_more(basis, "left-out", option) {
            let pattern = format!("Leaves {{}} people a year out, against {{}} {under}.");
            add(Room::Reach, write(basis, &pattern, &[("left-out", here), ("left-out", there)]));
        }
        if rival.has_more(basis, "cost-a-year", option) {
            let pattern = format!("By the prediction {{}} a year is paid, against {{}} {under}.");
            add(Room::Reach, write(basis, &pattern, &[("cost-a-year", here), ("cost-a-year", there)]));
        }
    }
    if basis.analysis.balance.leaders() == [option] {
        let holds_to = basis.figure("leader-holds-to").and_then(|figure| figure.value.ok());
        let holds_from = basis.figure("leader-holds-from").and_then(|figure| figure.value.ok());
        let weight = ("commercial-share", None);
        let given = ("ballots-commercial-share", None);
        let heard = basis.figure("ballots").is_some_and(|f| f.value.is_ok_and(|ballots| ballots > 0.0));
        let (whose, weights) = match (heard, basis.weighs_as_the_ballots()) {
            (true, true) => ("the room gave {}", vec![given]),
            (true, false) => ("they carry {} today, and the room gave {}", vec![weight, given]),
            (false, _) => ("they carry {} today", vec![weight]),
        };
        if holds_to.is_some_and(|to| to < 1.0) {
            let pattern = format!("Leads until commercial factors pass {{}} of the weight; {whose}.");
            let keys = [vec![("leader-holds-to", None)], weights].concat();
            add(Room::Balance, write(basis, &pattern, &keys));
        } else if holds_from.is_some_and(|from| from > 0.0) {
            let pattern = format!("Leads while commercial factors carry over {{}} of the weight; {whose}.");
            let keys = [vec![("leader-holds-from", None)], weights].concat();
            add(Room::Balance, write(basis, &pattern, &keys));
        }
        add(Room::Balance, write(basis, "First in {} of plausible weights.", &[("first-share", here)]));
    }
}

/// Whom every reason compares with, so that none picks the comparison that suits it best: the runner-up where the option
/// leads, else the leader; where nothing is ranked the one other option.
struct Rival {
    option: usize,
    /// "under C, the runner-up"
    under: String,
}

impl Rival {
    fn of(basis: &Basis<'_>, option: usize) -> Option<Self> {
        let (balance, options) = (&basis.analysis.balance, &basis.workspace.question.options);
        let named = |other: usize, as_what: &str| {
            Some(Self { option: other, under: format!("under {}{as_what}", options.get(other)?.badge) })
        };
        let leaders = balance.leaders();
        match balance.ranking.iter().find(|other| **other != option) {
            Some(&other) => named(
                other,
                match (leaders.contains(&option), leaders.contains(&other)) {
                    (true, true) => ", which ties with it",
                    (true, false) => ", the runner-up",
                    (false, _) => ", which leads",
                },
            ),
            None if options.len() == 2 => named(1 - option.min(1), ""),
            None => None,
        }
    }

    /// Both figures of a stem, the option's own and the rival's.
    fn figures(&self, basis: &Basis<'_>, stem: &str, option: usize) -> Option<(f64, f64)> {
        value(basis, stem, option).zip(value(basis, stem, self.option))
    }

    fn does_worse(&self, basis: &Basis<'_>, stem: &str, option: usize) -> bool {
        self.figures(basis, stem, option).is_some_and(|(own, its)| its < own)
    }

    fn has_more(&self, basis: &Basis<'_>, stem: &str, option: usize) -> bool {
        self.figures(basis, stem, option).is_some_and(|(own, its)| its > own)
    }
}

/// "Reduction in reoffending: 104 people a year, against 68 under C, the runner-up.": by the scores themselves, so that the
/// record and the table of scores say the same. `None` where no operational factor counts points of people, and where the
/// rival does better.
fn in_people(basis: &Basis<'_>, option: usize, rival: &Rival) -> Option<Written> {
    let workspace = basis.workspace;
    let factor = workspace.balance.factors.iter().find(|factor| {
        let more_is_better = factor.scale.ends().is_some_and(|(worst, best)| worst < best);
        factor.side == Side::Operational && more_is_better && unit_style(&factor.unit).suffix == " pt"
    })?;
    let key = |option: usize| Basis::key_in_people(factor, &workspace.question.options.get(option)?.id);
    let of = |option: usize| basis.figure(&key(option)?)?.value.ok();
    let pattern = format!("{}: {{}} people a year, against {{}} {}.", factor.name, rival.under);
    let keys = [key(option)?, key(rival.option)?];
    (of(rival.option)? < of(option)?)
        .then(|| write(basis, &pattern, &[(&keys[0], None), (&keys[1], None)]))?
}

/// From what Reach finds in the payment design, and what its terms do not yet say.
fn safeguards(basis: &Basis<'_>, option: usize, drafts: &mut Vec<Draft>) {
    let workspace = basis.workspace;
    let id = &workspace.question.options[option].id;
    let mut add = |text: &str| {
        let sentence = Written { text: text.to_owned(), figures: Vec::new() };
        drafts.push(Draft::new(RecordList::Safeguards, Room::Reach, sentence));
    };
    let Some(terms) = workspace.terms(id) else { return };
    if terms.provider_may_refuse() != Some(false) || terms.referral == Some(Referral::Provider) {
        add("No referral may be refused.");
    }
    if terms.refusals_recorded != Some(true) {
        add("Every refusal is recorded with its reason.");
    }
    if terms.monitored_by_group != Some(true) {
        add("Shares by need group are published each quarter.");
    }
    let has_minimum = terms.minimum_standard == Some(true)
        || [terms.floor, terms.contact_standard].into_iter().flatten().any(|share| share > 0.0);
    if !has_minimum {
        add("A minimum of support is guaranteed to everybody.");
    }
    let verdict =
        basis.analysis.reach.options.get(option).and_then(Option::as_ref).map(|reach| reach.verdict);
    if verdict >= Some(Verdict::Moderate) {
        let pattern = "Prices are set so that supporting anybody pays more than parking them, at {} a year.";
        let sentence = write(basis, pattern, &[("park-proof-cost", Some(option))]);
        drafts.extend(sentence.map(|sentence| Draft::new(RecordList::Safeguards, Room::Reach, sentence)));
    }
    if verdict >= Some(Verdict::Moderate) && terms.pilot != Some(true) {
        let text = "It begins with a pilot and is widened once shares by need group are known.".to_owned();
        let sentence = Written { text, figures: Vec::new() };
        drafts.push(Draft::new(RecordList::Safeguards, Room::Reach, sentence));
    }
}

/// What would change the answer, and what Reach watches.
fn triggers(basis: &Basis<'_>, option: usize, drafts: &mut Vec<Draft>) {
    let of_equal = "Any group’s share falls under {} in two quarters running.";
    if let Some(sentence) = write(basis, of_equal, &[("four-fifths-share", Some(option))]) {
        drafts.push(Draft {
            watched: "Share supported of each need group".to_owned(),
            limit: format!("{} of an equal share", percent(FOUR_FIFTHS)),
            ..Draft::new(RecordList::Triggers, Room::Reach, sentence)
        });
    }
    if basis.analysis.balance.leaders() == [option] {
        let holds_to = basis.figure("leader-holds-to").filter(|figure| figure.value.is_ok_and(|to| to < 1.0));
        let pattern = "Commercial factors come to carry more than {} of the weight.";
        let sentence = holds_to.and_then(|_| write(basis, pattern, &[("leader-holds-to", None)]));
        drafts.extend(sentence.map(|sentence| Draft {
            watched: "Share of the weight on commercial factors".to_owned(),
            limit: sentence.figures.first().map_or_else(String::new, |figure| figure.words.clone()),
            ..Draft::new(RecordList::Triggers, Room::Balance, sentence)
        }));
    }
}

/// Who goes without.
fn rationed(basis: &Basis<'_>, option: usize, drafts: &mut Vec<Draft>) {
    if value(basis, "not-supported", option).is_some_and(|share| share >= 0.005) {
        let pattern = "{} of people still go without full support.";
        let sentence = write(basis, pattern, &[("not-supported", Some(option))]);
        drafts.extend(sentence.map(|sentence| Draft {
            watched: "Between people".to_owned(),
            ..Draft::new(RecordList::Rationed, Room::Reach, sentence)
        }));
    }
}
