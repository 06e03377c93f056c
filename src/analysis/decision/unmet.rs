//! What is still to be settled before a record is signed. It warns and never stops.

use super::{another::of_another, changed::changed, checklist::checklists, figures::Basis};
use crate::{
    analysis::{balance::certainty::Certainty, reach::Verdict},
    model::{
        Room,
        decision::{DutyAnswer, EntryState, UnmetPoint},
        wording::{capital, in_words, list, percent},
    },
};

/// Something to settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// As a clause, in lower case: "two need groups have no voice".
    pub text: String,
    /// Where it is settled.
    pub room: Room,
    pub page: &'static str,
}

impl Unmet {
    /// As it is written into the signature.
    #[must_use]
    pub fn point(&self) -> UnmetPoint {
        UnmetPoint { text: format!("{}.", capital(&self.text)), room: Some(self.room) }
    }
}

/// That there is no recommendation, and no leader to take for one.
pub const NOT_RECOMMENDED: &str = "no option is recommended";
pub const NOT_LEADING: &str = "no option leads yet";

/// From this share of the weight on a factor counts as heavy.
pub const HEAVY_FROM: f64 = 0.1;

/// Everything to settle, what concerns people first. Empty when nothing is left.
#[must_use]
pub fn unmet(basis: &Basis<'_>) -> Vec<Unmet> {
    let mut found = Vec::new();
    voices(basis, &mut found);
    choice(basis, &mut found);
    evidence(basis, &mut found);
    duties(basis, &mut found);
    upkeep(basis, &mut found);
    found
}

fn say(found: &mut Vec<Unmet>, text: String, room: Room, page: &'static str) {
    found.push(Unmet { text, room, page });
}

/// "two need groups have", "one need group has".
fn have(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("one {one} has") } else { format!("{} {many} have", in_words(count)) }
}

fn voices(basis: &Basis<'_>, found: &mut Vec<Unmet>) {
    let workspace = basis.workspace;
    let missing = basis.analysis.voices.said().coverage.iter().filter(|group| group.missing).count();
    if missing > 0 {
        let text = format!("{} no voice", have(missing, "need group", "need groups"));
        say(found, text, Room::Voices, "Overview");
    }
    let open = workspace.voices.unanswered().count();
    if open > 0 && workspace.decision.why_unanswered.trim().is_empty() {
        let text = format!("{} no answer", have(open, "statement", "statements"));
        say(found, text, Room::Voices, "Statements");
    }
    let dissent = workspace.decision.dissent.iter().filter(|d| d.answer.trim().is_empty()).count();
    if dissent > 0 {
        let text = format!("{} no answer", have(dissent, "dissent", "dissents"));
        say(found, text, Room::Decision, "Record");
    }
}

/// What is wrong with the recommendation itself.
fn choice(basis: &Basis<'_>, found: &mut Vec<Unmet>) {
    let (workspace, balance) = (basis.workspace, &basis.analysis.balance);
    if workspace.question.decision_maker.trim().is_empty() {
        say(found, "nobody is named who decides".to_owned(), Room::Question, "Overview");
    }
    let options = &workspace.question.options;
    let chosen = workspace.decision.recommendation.as_ref();
    let Some(place) = chosen.and_then(|id| options.iter().position(|option| option.id == *id)) else {
        say(found, NOT_RECOMMENDED.to_owned(), Room::Decision, "Record");
        return;
    };
    if let Some(another) = of_another(basis) {
        let text = format!("{}, which is not what is recommended", another.words());
        say(found, text, Room::Decision, "Record");
    }
    let name = options[place].short_name();
    match basis.analysis.reach.options.get(place).and_then(Option::as_ref).map(|reach| reach.verdict) {
        Some(Verdict::High) => {
            let text = format!("the risk of cherry-picking under {name} is high");
            say(found, text, Room::Reach, "Prediction");
        }
        Some(Verdict::CannotBeJudged) | None => {
            let text = format!("the risk of cherry-picking under {name} cannot be judged yet");
            say(found, text, Room::Reach, "Payment design");
        }
        Some(Verdict::Low | Verdict::Moderate) => {}
    }
    if balance.options.get(place).is_some_and(|option| !option.struck_by.is_empty()) {
        say(found, format!("{name} fails a must"), Room::Balance, "Scores");
    }
    let leaders = balance.leaders();
    let unsaid = workspace.decision.why_not_the_leader.trim().is_empty();
    if !leaders.is_empty() && !leaders.contains(&place) && unsaid {
        let text = "it is not said why the leader is not recommended".to_owned();
        say(found, text, Room::Decision, "Record");
    }
    let met = |answer: Option<bool>| {
        let entitlements = workspace.question.entitlements.iter();
        entitlements.filter(|e| e.met_by.get(&options[place].id).copied() == answer).count()
    };
    let (failed, open) = (met(Some(false)), met(None));
    if failed > 0 {
        let text = match failed {
            1 => format!("one entitlement is not met by {name}"),
            n => format!("{} entitlements are not met by {name}", in_words(n)),
        };
        say(found, text, Room::Question, "Entitlements");
    }
    if open > 0 {
        let text = format!("{} not been looked at for {name}", have(open, "entitlement", "entitlements"));
        say(found, text, Room::Question, "Entitlements");
    }
}

/// What is not known, and what rests on opinion.
fn evidence(basis: &Basis<'_>, found: &mut Vec<Unmet>) {
    let (workspace, balance) = (basis.workspace, &basis.analysis.balance);
    match balance.certainty() {
        Certainty::Certain => {}
        Certainty::Provisional => {
            let text = "scores that are not known could change who leads".to_owned();
            say(found, text, Room::Balance, "Scores");
        }
        Certainty::Unknown => say(found, NOT_LEADING.to_owned(), Room::Balance, "Scores"),
    }
    let options = &workspace.question.options;
    let chosen = workspace.decision.recommendation.as_ref();
    let chosen = chosen.and_then(|id| options.iter().position(|option| option.id == *id));
    let Some(place) = chosen.or(balance.leader()) else { return };
    let matrix = &balance.performance.matrix;
    let is_opinion = |factor: &usize| {
        let grade = matrix.grades.get(factor * matrix.options + place).copied().flatten();
        grade == Some(1) && balance.weights.get(*factor).is_some_and(|weight| *weight >= HEAVY_FROM)
    };
    let on_opinion: Vec<usize> = (0..workspace.balance.factors.len()).filter(is_opinion).collect();
    if let [first, rest @ ..] = &on_opinion[..] {
        let weight: f64 = on_opinion.iter().map(|factor| balance.weights[*factor]).sum();
        let names: Vec<&str> =
            on_opinion.iter().map(|factor| workspace.balance.factors[*factor].short_name()).collect();
        let text = match rest.len() {
            0 => format!(
                "{}, with {} of the weight, rests on opinion",
                names[0],
                percent(balance.weights[*first])
            ),
            1 | 2 => format!("{}, with {} of the weight, rest on opinion", list(&names), percent(weight)),
            _ => format!(
                "{} factors, with {} of the weight, rest on opinion",
                in_words(on_opinion.len()),
                percent(weight)
            ),
        };
        say(found, text, Room::Balance, "Scores");
    }
}

fn duties(basis: &Basis<'_>, found: &mut Vec<Unmet>) {
    let decision = &basis.workspace.decision;
    for list in checklists() {
        let one_many =
            if list.title.starts_with("Stat") { ("duty", "duties") } else { ("principle", "principles") };
        let answers = || list.items.iter().map(|item| item.answered(decision).and_then(|duty| duty.answer));
        let open = answers().filter(Option::is_none).count();
        if open == list.items.len() {
            let text = format!("no {} has been looked at", one_many.0);
            say(found, text, Room::Decision, "Duties");
        } else if open > 0 {
            let text = format!("{} no answer", have(open, one_many.0, one_many.1));
            say(found, text, Room::Decision, "Duties");
        }
        let failed = answers().filter(|answer| *answer == Some(DutyAnswer::No)).count();
        if failed > 0 {
            let text = match failed {
                1 => format!("one {} is not met", one_many.0),
                n => format!("{} {} are not met", in_words(n), one_many.1),
            };
            say(found, text, Room::Decision, "Duties");
        }
    }
    let shipped = |id: &str| checklists().iter().flat_map(|list| &list.items).any(|item| item.id == id);
    let own = decision.duties.iter().filter(|duty| !shipped(duty.id.as_str()));
    let unmet = own.filter(|duty| matches!(duty.answer, None | Some(DutyAnswer::No))).count();
    if unmet > 0 {
        let text = format!("{} no yes", have(unmet, "duty of your own", "duties of your own"));
        say(found, text, Room::Decision, "Duties");
    }
}

/// Who sees to what, when; and figures that have changed.
fn upkeep(basis: &Basis<'_>, found: &mut Vec<Unmet>) {
    let decision = &basis.workspace.decision;
    for (entries, one, many) in
        [(&decision.conditions, "condition", "conditions"), (&decision.safeguards, "safeguard", "safeguards")]
    {
        let open =
            entries.iter().filter(|e| e.state == EntryState::Open && e.owner.trim().is_empty()).count();
        if open > 0 {
            say(found, format!("{} no owner", have(open, one, many)), Room::Decision, "Conditions");
        }
    }
    let undated = decision.triggers.iter().filter(|trigger| trigger.due.is_none()).count();
    if undated > 0 {
        let text = format!("{} no date", have(undated, "review trigger", "review triggers"));
        say(found, text, Room::Decision, "Review plan");
    }
    let open = || decision.reviews.iter().filter(|review| review.found.trim().is_empty());
    let undated = open().filter(|review| review.on.is_none()).count();
    let is_dated = decision.triggers.iter().any(|trigger| trigger.due.is_some())
        || decision.reviews.iter().any(|review| review.on.is_some());
    if !is_dated && decision.triggers.is_empty() {
        let text = "nothing says when it is looked at again".to_owned();
        say(found, text, Room::Decision, "Review plan");
    } else if undated > 0 {
        say(found, format!("{} no date", have(undated, "review", "reviews")), Room::Decision, "Review plan");
    }
    let nobody = open().filter(|review| review.owner.trim().is_empty()).count();
    if nobody > 0 {
        say(found, format!("{} no owner", have(nobody, "review", "reviews")), Room::Decision, "Review plan");
    }
    let moved = changed(basis).len();
    if moved > 0 {
        let text = format!("{} changed since it was written", have(moved, "figure", "figures"));
        let text = if moved == 1 { text } else { text.replace("it was", "they were") };
        say(found, text, Room::Decision, "Record");
    }
}
