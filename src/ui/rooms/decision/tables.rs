//! The tables of the room as they are copied: heads first, then a row for each entry, in the words of the page.

use jiff::{civil::Date, tz::TimeZone};

use super::history::{called, rows, rows::Rows as Steps};
use crate::{
    analysis::decision::Checklist,
    model::{
        Workspace,
        decision::{Duty, DutyAnswer, Frozen, RecordList},
        wording::{capital, day},
    },
    session::Session,
    ui::drawing::parts::{Rows, table},
};

fn on(date: Option<Date>) -> String {
    date.map_or_else(String::new, day)
}

/// A list of the record, with who sees to each entry and by when where the list asks that.
pub(super) fn list(workspace: &Workspace, list: RecordList) -> Rows {
    let decision = &workspace.decision;
    match list {
        RecordList::Reasons => table(
            ["reason", "from"],
            decision.reasons.iter().map(|reason| {
                [reason.text.clone(), reason.room.map_or_else(String::new, |room| room.name().to_owned())]
            }),
        ),
        RecordList::Conditions | RecordList::Safeguards => {
            let head = if list == RecordList::Conditions { "condition" } else { "safeguard" };
            let entries = decision.entries(list).into_iter().flatten();
            table(
                [head, "who sees to it", "by when", "state"],
                entries.map(|entry| {
                    let state = entry.state.words().to_owned();
                    [entry.text.clone(), entry.owner.clone(), on(entry.due), state]
                }),
            )
        }
        RecordList::Triggers => table(
            ["trigger", "watched", "limit", "who watches", "looked at"],
            decision.triggers.iter().map(|trigger| {
                let [text, watched, limit, owner] =
                    [&trigger.text, &trigger.watched, &trigger.limit, &trigger.owner].map(Clone::clone);
                [text, watched, limit, owner, on(trigger.due)]
            }),
        ),
        RecordList::Rationed => {
            let asked = workspace.question.trade_offs.iter().map(|t| (&t.between, &t.text));
            let said = decision.rationed.iter().map(|r| (&r.between, &r.text));
            table(
                ["between", "what is rationed"],
                asked.chain(said).map(|(between, text)| [between.clone(), text.clone()]),
            )
        }
        RecordList::Reviews => reviews(workspace),
    }
}

fn reviews(workspace: &Workspace) -> Rows {
    table(
        [
            "when",
            "what is looked at",
            "expected",
            "who looks",
            "found",
            "found on",
            "what follows",
            "learned",
        ],
        workspace.decision.reviews_by_day().into_iter().map(|review| {
            let follows = review.outcome.map_or("", |outcome| outcome.words()).to_owned();
            let [text, expected, owner, found, learned] =
                [&review.text, &review.expected, &review.owner, &review.found, &review.learned]
                    .map(Clone::clone);
            [on(review.on), text, expected, owner, found, on(review.found_on), follows, learned]
        }),
    )
}

/// Who dissents, in which words, and what was said to it.
pub(super) fn dissent(workspace: &Workspace) -> Rows {
    let who = |id| workspace.stakeholder(id).map_or_else(String::new, |who| who.name.clone());
    table(
        ["who", "in their words", "answered"],
        workspace.decision.dissent.iter().map(|dissent| {
            let who = dissent.stakeholder.as_ref().map_or_else(String::new, who);
            [who, dissent.text.clone(), dissent.answer.clone()]
        }),
    )
}

/// A checklist with every question, those that nobody has answered too.
pub(super) fn checklist(workspace: &Workspace, list: &Checklist) -> Rows {
    let each = list.items.iter().map(|item| {
        let duty = item.answered(&workspace.decision).cloned().unwrap_or_else(|| item.unanswered());
        (item.text.clone(), item.source.clone(), duty)
    });
    duties(each)
}

/// Duties that no checklist asks about.
pub(super) fn own_duties(own: &[&Duty]) -> Rows {
    duties(own.iter().map(|duty| (duty.text.clone(), duty.source.clone(), (*duty).clone())))
}

fn duties(each: impl Iterator<Item = (String, String, Duty)>) -> Rows {
    table(
        ["duty or principle", "source", "met", "how", "who says so"],
        each.map(|(text, source, duty)| {
            let met = duty.answer.map_or("not said", DutyAnswer::words).to_owned();
            [text, source, met, duty.how, duty.by]
        }),
    )
}

/// The figures that a copy was frozen with.
pub(super) fn frozen(copy: &Frozen) -> Rows {
    table(
        ["figure", "as it was"],
        copy.figures.iter().map(|figure| [figure.what.clone(), figure.words.clone()]),
    )
}

/// The steps in view, newest first, with what stood there before and after in full.
pub(super) fn history(session: &Session, steps: &Steps, zone: &TimeZone) -> Rows {
    let lines = steps.steps.iter().filter_map(|&at| session.trail().lines().get(at));
    table(
        ["day", "time", "who", "room", "what changed", "before", "after", "effect", "undone"],
        lines.map(|line| {
            let date = line.at().to_zoned(zone.clone()).date();
            let [before, after] = rows::before_and_after(line);
            let undone = if line.is_undone { "undone" } else { "" };
            [
                day(date),
                rows::time_words(line.at(), zone),
                called(line.who(), session.who()).to_owned(),
                line.room().map_or_else(String::new, |room| room.name().to_owned()),
                rows::what(line).to_owned(),
                before,
                after,
                capital(&rows::said(line).words()),
                undone.to_owned(),
            ]
        }),
    )
}
