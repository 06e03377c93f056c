//! The decision record of the Westmere example: what its inputs say, with owners, days and answers added for the file.

use evenhand::{
    analysis::{
        Analysis,
        decision::{Basis, checklists},
    },
    model::{
        Workspace,
        decision::{
            Decision, Dissent, Duty, DutyAnswer, Entry, FigureRef, Rationed, Reason, RecordList, Review,
            TitleBlock, Trigger, replaced,
        },
        ids::EntryId,
        workspace::Room,
    },
};
use jiff::civil::{Date, date};

use super::{super::ids::tail, inputs::Inputs};

const HEAD: &str = "Head of Community Safety";
const MANAGER: &str = "Commissioning manager";

impl Inputs {
    pub fn decision(&self) -> Decision {
        let record = &self.decision;
        Decision {
            paper: TitleBlock {
                body: "Westmere Council".to_owned(),
                meeting: "Cabinet, 12 March, item 7".to_owned(),
                title: "Support for people leaving custody: how to commission it from April".to_owned(),
                report_of: HEAD.to_owned(),
                key_decision: Some(true),
                wards: "all".to_owned(),
            },
            recommendation: Some(self.option_id(&record.recommend)),
            headline: record.headline.clone(),
            reasons: record
                .reasons
                .iter()
                .map(|reason| Reason::new(entry_id(&reason.text), &reason.text, Some(room(&reason.from))))
                .collect(),
            dissent: self.dissent(),
            conditions: entries(&record.conditions, &CONDITIONS),
            safeguards: entries(&record.safeguards, &SAFEGUARDS),
            triggers: triggers(&record.triggers),
            rationed: vec![Rationed {
                id: entry_id("rationed"),
                between: "Between people".to_owned(),
                text: "30 % of people will still go without full support in the first year.".to_owned(),
                figures: Vec::new(),
            }],
            duties: DUTIES.iter().map(duty).collect(),
            reviews: REVIEWS.iter().map(review).collect(),
            ..Decision::default()
        }
    }

    fn dissent(&self) -> Vec<Dissent> {
        let answers = [
            "A small payment for results stays in; a larger one would leave the hardest to help behind.",
            "Accepted: the paper counts cash alone as saved, and says what the rest is.",
        ];
        let dissent = self.decision.dissent.iter().zip(answers);
        dissent
            .map(|(dissent, answer)| Dissent {
                answer: answer.to_owned(),
                ..Dissent::new(
                    entry_id(&dissent.text),
                    Some(self.stakeholder_id(&dissent.who)),
                    &dissent.text,
                )
            })
            .collect()
    }
}

const CONDITIONS: [(&str, Date); 2] = [(HEAD, date(2027, 2, 26)), (MANAGER, date(2028, 4, 28))];
const SAFEGUARDS: [(&str, Date); 2] = [(MANAGER, date(2027, 4, 1)), (MANAGER, date(2027, 7, 30))];

/// What is watched, its limit, who watches and when it is looked at first.
const TRIGGERS: [(&str, &str, &str, Date); 2] = [
    ("Share supported of each need group", "56 %, two quarters running", MANAGER, date(2027, 10, 29)),
    ("Reconvictions within a year", "5 points fewer", HEAD, date(2028, 10, 31)),
];

fn entries(texts: &[String], by_whom: &[(&str, Date)]) -> Vec<Entry> {
    let entry = |(text, (owner, due)): (&String, &(&str, Date))| Entry {
        owner: (*owner).to_owned(),
        due: Some(*due),
        ..Entry::new(entry_id(text), text)
    };
    texts.iter().zip(by_whom).map(entry).collect()
}

fn triggers(texts: &[String]) -> Vec<Trigger> {
    let trigger = |(text, (watched, limit, owner, due)): (&String, &(&str, &str, &str, Date))| Trigger {
        watched: (*watched).to_owned(),
        limit: (*limit).to_owned(),
        owner: (*owner).to_owned(),
        due: Some(*due),
        ..Trigger::new(entry_id(text), text)
    };
    texts.iter().zip(&TRIGGERS).map(trigger).collect()
}

/// How the example answers the checklists: the id there, the answer and how.
const DUTIES: [(&str, DutyAnswer, &str); 14] = [
    ("social-value", DutyAnswer::Yes, "Local jobs and the bridge for small charities are in the terms."),
    (
        "public-sector-equality",
        DutyAnswer::Yes,
        "Looked at for every need group; women and young people apart.",
    ),
    (
        "best-value",
        DutyAnswer::Yes,
        "Cost, reach and outcomes are weighed in the open; people with experience took part.",
    ),
    ("crime-and-disorder", DutyAnswer::Yes, "Fewer reconvictions is one of the factors."),
    ("care-market", DutyAnswer::DoesNotApply, "No care and support under the Act is bought."),
    ("human-rights", DutyAnswer::Yes, "Nobody may be refused, and everybody may complain."),
    ("procurement-objectives", DutyAnswer::Yes, "Lots are small enough for local charities to bid."),
    (
        "conflicts-of-interest",
        DutyAnswer::Yes,
        "Those who would gain are marked in the register and took no part in the scoring.",
    ),
    (
        "performance-indicators",
        DutyAnswer::Yes,
        "Share supported of each group, reconvictions and cost, published each quarter.",
    ),
    ("key-decision-notice", DutyAnswer::Yes, "In the forward plan since January."),
    ("gunning-formative", DutyAnswer::Yes, "Ballots were taken before any option was preferred."),
    ("gunning-reasons", DutyAnswer::Yes, "Everybody had the options with their scores."),
    ("gunning-time", DutyAnswer::Yes, "Six weeks."),
    ("gunning-heeded", DutyAnswer::Yes, "What was said and what was done stands beside each statement."),
];

fn duty(&(id, answer, how): &(&str, DutyAnswer, &str)) -> Duty {
    let mut items = checklists().iter().flat_map(|list| &list.items);
    let item = items.find(|item| item.id == id).unwrap();
    Duty { answer: Some(answer), how: how.to_owned(), by: HEAD.to_owned(), ..item.unanswered() }
}

/// What is looked at, what is expected, when and by whom.
const REVIEWS: [(&str, &str, Date, &str); 3] = [
    (
        "Share of people supported, and of each need group",
        "70 % of all; no group under 56 %",
        date(2027, 10, 29),
        MANAGER,
    ),
    ("Reconvictions within a year", "8 points fewer", date(2028, 10, 31), HEAD),
    ("What the service costs", "£10.8m over five years", date(2028, 4, 28), "Head of finance"),
];

fn review(&(text, expected, on, owner): &(&str, &str, Date, &str)) -> Review {
    Review {
        expected: expected.to_owned(),
        on: Some(on),
        owner: owner.to_owned(),
        ..Review::new(entry_id(text), text)
    }
}

fn entry_id(text: &str) -> EntryId {
    EntryId::named(text, tail("entry", text))
}

fn room(from: &str) -> Room {
    match from {
        "Reach" => Room::Reach,
        // Scores are a page of Balance.
        "Scores" | "Balance" => Room::Balance,
        other => panic!("room {other}"),
    }
}

/// Where figures of the analysis stand in the record: the list, the beginning of the sentence, and each figure as the inputs
/// have it with its key; `B` and `A` stand for the ids of those options, and
/// `REOFFENDING` for that of the factor.
const FIGURES: [(RecordList, &str, &[(&str, &str)]); 7] = [
    (
        RecordList::Reasons,
        "Reaches",
        &[("70 %", "share-supported/B"), ("55 %", "best-other-share-supported/B")],
    ),
    (
        RecordList::Reasons,
        "104 fewer",
        &[("104", "score-in-people/REOFFENDING/B"), ("36", "score-in-people/REOFFENDING/A")],
    ),
    (
        RecordList::Reasons,
        "Leads until",
        &[("62 %", "leader-holds-to"), ("42 %", "ballots-commercial-share")],
    ),
    (RecordList::Triggers, "Any group", &[("56 %", "four-fifths-share/B")]),
    (RecordList::Rationed, "30 %", &[("30 %", "not-supported/B")]),
    (RecordList::Reviews, "70 %", &[("70 %", "share-supported/B"), ("56 %", "four-fifths-share/B")]),
    (RecordList::Reviews, "8 points", &[]),
];

/// Puts the figures of the analysis into the sentences, in place of those of the inputs where they differ.
pub fn write_figures(workspace: &mut Workspace) {
    let id = |badge: &str| {
        workspace.question.options.iter().find(|option| option.badge == badge).unwrap().id.to_string()
    };
    let (a, b) = (id("A"), id("B"));
    let factors = &workspace.balance.factors;
    let reoffending =
        factors.iter().find(|factor| factor.name == "Reduction in reoffending").unwrap().id.to_string();
    let analysis = Analysis::of(workspace);
    let before = workspace.clone();
    let basis = Basis { workspace: &before, analysis: &analysis, robustness: None };
    for (list, begins, figures) in FIGURES {
        let sentences = before.decision.sentences_of(list);
        let sentence = sentences.iter().find(|sentence| sentence.text.starts_with(begins)).unwrap();
        let stated: Vec<FigureRef> =
            figures.iter().map(|(words, key)| FigureRef::new(key, words, 0.0)).collect();
        let (text, written) = workspace.decision.sentence_mut(list, sentence.id).unwrap();
        let mut held = stated.clone();
        for (place, (_, key)) in figures.iter().enumerate() {
            let key = key.replace("/A", &format!("/{a}")).replace("/B", &format!("/{b}"));
            let key = key.replace("REOFFENDING", &reoffending);
            let figure = basis.figure(&key).unwrap();
            *text = replaced(text, &held, place, &figure.words).unwrap();
            held[place] = figure.written().unwrap();
        }
        *written = held;
    }
}
