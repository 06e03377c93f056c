//! What is rationed, what must be done and watched, duties, and who signed.

use super::{
    terms::Detail,
    writing::{Writing, anchors, row, sentence, words},
};
use crate::{
    analysis::decision::{NOT_LEADING, NOT_RECOMMENDED, Unmet, checklists, since_signed, unmet},
    exchange::report::{Cell, Run},
    model::{
        decision::{Duty, DutyAnswer, Entry, EntryState, Review},
        wording::{capital, counted, day, in_words, list},
    },
};

/// 8 What is rationed, and between whom.
pub(super) fn rationed(w: &mut Writing<'_>) {
    w.section(anchors::RATIONED, "What is rationed, and between whom", what_is_rationed);
}

/// The trade-offs of the question and of the record.
pub(super) fn what_is_rationed(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let asked = workspace.question.trade_offs.iter().map(|t| (t.between.as_str(), t.text.as_str()));
    let said = workspace.decision.rationed.iter().map(|r| (r.between.as_str(), r.text.as_str()));
    let items: Vec<Vec<Run>> = asked
        .chain(said)
        .filter(|(between, text)| !(between.trim().is_empty() && text.trim().is_empty()))
        .map(|(between, text)| {
            let mut runs = Vec::new();
            if !between.trim().is_empty() {
                runs.push(Run::strong(format!("{}: ", between.trim().trim_end_matches(':'))));
            }
            runs.push(Run::plain(sentence(text)));
            runs
        })
        .collect();
    if items.is_empty() {
        w.gap("What is rationed, and between whom, has not been said.");
    }
    w.items(items);
}

/// 11 Risks, conditions and reviews.
pub(super) fn conditions(w: &mut Writing<'_>) {
    w.section(anchors::CONDITIONS, "Risks, conditions and reviews", |w| {
        w.part("risks", "Open points", |w| w.items(open_points(w)));
        w.part("conditions-set", "Conditions", |w| {
            entries(w, "Condition", &w.inputs.workspace.decision.conditions);
        });
        w.part("triggers", "What would make us look again", triggers);
        w.part("reviews", "Review plan", reviews);
    });
}

/// What is to be settled before anybody signs, as the Decision room lists it. That nothing is recommended and nothing leads
/// is said in full under the recommendation.
fn open_points(w: &Writing<'_>) -> Vec<Vec<Run>> {
    let open = unmet(&w.basis());
    let (nothing, rest): (Vec<&Unmet>, Vec<&Unmet>) =
        open.iter().partition(|point| [NOT_RECOMMENDED, NOT_LEADING].contains(&point.text.as_str()));
    let told = |point: &Unmet| vec![Run::plain(point.point().text)];
    if nothing.len() < 2 {
        return open.iter().map(told).collect();
    }
    let see = [Run::link("The recommendation", anchors::RECOMMENDATION), Run::plain(" is still to be made.")];
    std::iter::once(see.to_vec()).chain(rest.into_iter().map(told)).collect()
}

/// Conditions or safeguards with who sees to them and by when.
pub(super) fn entries(w: &mut Writing<'_>, head: &str, entries: &[Entry]) {
    let entries: Vec<&Entry> = entries.iter().filter(|entry| !entry.text.trim().is_empty()).collect();
    let shows_owner = w.terms.shows(Detail::Owners) && entries.iter().any(|e| !e.owner.trim().is_empty());
    let has_due = entries.iter().any(|entry| entry.due.is_some());
    let is_met = |entry: &&Entry| entry.state == EntryState::Met;
    let has_state = entries.iter().any(is_met);
    if shows_owner {
        entries.iter().for_each(|entry| {
            w.owner(&entry.owner);
        });
    }
    if !(shows_owner || has_due || has_state) {
        w.points(entries.iter().map(|entry| sentence(&entry.text)));
        if !entries.is_empty() && w.terms.shows(Detail::Owners) {
            w.note("Nobody is named yet who sees to this, and no day is set.");
        }
        return;
    }
    let mut columns = vec![words(head, 4.0)];
    if shows_owner {
        columns.push(words("Who sees to it", 1.7));
    }
    if has_due {
        columns.push(words("By", 1.3));
    }
    if has_state {
        columns.push(words("State", 0.8));
    }
    let rows: Vec<Vec<Cell>> = entries
        .iter()
        .map(|entry| {
            let mut cells = vec![Cell::plain(sentence(&entry.text))];
            if shows_owner {
                cells.push(Cell::plain(or_nobody(&entry.owner)));
            }
            if has_due {
                cells.push(Cell::plain(entry.due.map_or_else(|| NO_DAY.to_owned(), day)));
            }
            if has_state {
                cells.push(Cell::plain(capital(entry.state.words())));
            }
            cells
        })
        .collect();
    let told: Vec<&str> =
        [(shows_owner, "who sees to them"), (has_due, "by when"), (has_state, "which are met")]
            .into_iter()
            .filter_map(|(is_told, words)| is_told.then_some(words))
            .collect();
    let caption = format!("{}s, with {}", head.to_lowercase(), list(&told));
    w.table(&caption, columns, rows, String::new());
}

/// Stands in place of a day.
const NO_DAY: &str = "No day is set";

fn or_nobody(owner: &str) -> String {
    if owner.trim().is_empty() { "Nobody is named".to_owned() } else { owner.trim().to_owned() }
}

fn triggers(w: &mut Writing<'_>) {
    let shows_owner = w.terms.shows(Detail::Owners);
    let lines: Vec<String> = w
        .inputs
        .workspace
        .decision
        .triggers
        .iter()
        .filter(|trigger| !trigger.text.trim().is_empty())
        .map(|trigger| {
            let mut line = sentence(&trigger.text);
            if !trigger.watched.trim().is_empty() {
                line += &format!(" Watched: {}.", trigger.watched.trim().trim_end_matches('.'));
            }
            if !trigger.limit.trim().is_empty() {
                line += &format!(" Limit: {}.", trigger.limit.trim().trim_end_matches('.'));
            }
            if shows_owner && !trigger.owner.trim().is_empty() {
                line += &format!(" {} watches.", capital(w.owner(&trigger.owner)));
            }
            if let Some(due) = trigger.due {
                line += &format!(" Looked at next on {}.", day(due));
            }
            line
        })
        .collect();
    w.points(lines);
}

/// The review plan by its days, what has none last.
fn reviews(w: &mut Writing<'_>) {
    let shows_owner = w.terms.shows(Detail::Owners);
    let plan = w.inputs.workspace.decision.reviews_by_day();
    let found = |review: &Review| {
        let found = review.found.trim();
        review.outcome.map_or_else(
            || found.to_owned(),
            |outcome| format!("{} {}.", sentence(found), capital(outcome.words())).trim().to_owned(),
        )
    };
    let has_found = plan.iter().any(|review| !found(review).is_empty());
    let mut columns = vec![words("When", 1.5), words("What is looked at", 2.2), words("Expected", 1.7)];
    if has_found {
        columns.push(words("Found", 1.6));
    }
    if shows_owner {
        columns.push(words("Who looks", 1.6));
    }
    let rows: Vec<Vec<Cell>> = plan
        .into_iter()
        .map(|review| {
            let on = review.on.map_or_else(|| NO_DAY.to_owned(), day);
            let mut cells = row([on, review.text.clone(), review.expected.clone()]);
            if has_found {
                cells.push(Cell::plain(found(review)));
            }
            if shows_owner {
                cells.push(Cell::plain(or_nobody(w.owner(&review.owner))));
            }
            cells
        })
        .collect();
    w.table("when it is looked at again", columns, rows, String::new());
}

/// 12 Duties and principles.
pub(super) fn duties(w: &mut Writing<'_>) {
    w.section(anchors::DUTIES, "Duties and principles", |w| {
        w.part("entitlements", "Minimum entitlements", entitlements);
        w.part("statutory-duties", "Duties in law, and principles of consultation", statutory);
    });
}

/// What no choice may undercut, and which options meet it.
fn entitlements(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let options = &workspace.question.options;
    let rows: Vec<Vec<Cell>> = workspace
        .question
        .entitlements
        .iter()
        .map(|entitlement| {
            let with = |answer: Option<bool>| -> Vec<&str> {
                options
                    .iter()
                    .filter(|option| entitlement.met_by.get(&option.id).copied() == answer)
                    .map(|option| option.badge.as_str())
                    .collect()
            };
            let (met, not_met, open) = (with(Some(true)), with(Some(false)), with(None));
            let told = |badges: &[&str]| if badges.is_empty() { "none".to_owned() } else { list(badges) };
            let looked =
                if open.len() == options.len() { "not looked at yet".to_owned() } else { told(&met) };
            let fails = if open.len() == options.len() { String::new() } else { told(&not_met) };
            row([entitlement.text.clone(), entitlement.answers.clone(), looked, fails])
        })
        .collect();
    w.table(
        "what no choice may undercut",
        vec![
            words("Entitlement", 3.4),
            words("Who answers for it", 1.7),
            words("Met by", 1.4),
            words("Not met by", 1.1),
        ],
        rows,
        String::new(),
    );
}

/// The shipped checklists as far as they are answered, then what was added to them.
fn statutory(w: &mut Writing<'_>) {
    let decision = &w.inputs.workspace.decision;
    let shipped = |duty: &&Duty| {
        let items = checklists().iter().flat_map(|list| &list.items);
        items.into_iter().any(|item| item.id == duty.id.as_str())
    };
    for list in checklists() {
        let answered: Vec<(&str, &Duty)> = list
            .items
            .iter()
            .filter_map(|item| Some((item.name.as_str(), item.answered(decision)?)))
            .filter(|(_, duty)| duty.answer.is_some())
            .collect();
        let open = list.items.len() - answered.len();
        if answered.is_empty() {
            if decision.recommendation.is_some() {
                w.gap(format!("{} have not been gone through.", list.title));
            }
            continue;
        }
        let note = if open > 0 {
            let verb = if open == 1 { "has" } else { "have" };
            let open = capital(&in_words(open));
            format!("{open} of {} {verb} no answer yet.", in_words(list.items.len()))
        } else {
            String::new()
        };
        answers(w, &list.title, &answered, note);
    }
    let own: Vec<(&str, &Duty)> =
        decision.duties.iter().filter(|duty| !shipped(duty)).map(|duty| (duty.text.as_str(), duty)).collect();
    answers(w, "further duties", &own, String::new());
}

fn answers(w: &mut Writing<'_>, caption: &str, duties: &[(&str, &Duty)], note: String) {
    let shows_owner = w.terms.shows(Detail::Owners);
    // A source that is the same for all is said once, under the table.
    let mut sources = duties.iter().map(|(_, duty)| duty.source.trim());
    let first = sources.next().unwrap_or_default();
    let is_one = duties.len() > 1 && sources.all(|source| source == first);
    // So is whoever answered all of them.
    let mut people = duties.iter().map(|(_, duty)| duty.by.trim());
    let one_person = people.next().filter(|first| duties.len() > 1 && people.all(|by| by == *first));
    let one_person = one_person.filter(|by| shows_owner && !by.is_empty());
    let answered_by =
        one_person.map_or_else(String::new, |by| format!("Answered by: {}", sentence(w.owner(by))));
    let rows: Vec<Vec<Cell>> = duties
        .iter()
        .map(|(name, duty)| {
            let answer = duty.answer.map_or("not answered", DutyAnswer::words);
            let by = if shows_owner && one_person.is_none() && !duty.by.trim().is_empty() {
                format!(" ({})", w.owner(&duty.by))
            } else {
                String::new()
            };
            let mut cells = vec![Cell::plain(*name)];
            if !is_one {
                cells.push(Cell::plain(duty.source.clone()));
            }
            let how = format!("{}{by}", sentence(&duty.how)).trim().to_owned();
            cells.extend(row([capital(answer), how]));
            cells
        })
        .collect();
    let mut columns = vec![words("Duty or principle", 1.7)];
    if !is_one {
        columns.push(words("Source", 2.4));
    }
    columns.extend([words("Met", 0.8), words("How", 2.7)]);
    let source =
        if is_one && !first.is_empty() { format!("Source: {}", sentence(first)) } else { String::new() };
    let parts = [source, answered_by, note];
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    w.table(caption, columns, rows, parts.join(" "));
}

/// Who signed, and what was open then.
pub(super) fn sign_off(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let Some(signed) = &workspace.decision.signed else {
        if workspace.decision.recommendation.is_some() {
            w.gap("The record has not been signed.");
        }
        return;
    };
    if w.terms.shows(Detail::Owners) {
        w.owner(&signed.by);
    }
    let by = match (w.terms.shows(Detail::Owners), signed.by.trim(), signed.role.trim()) {
        (true, by, "") => by.to_owned(),
        (true, by, role) => format!("{by}, {role}"),
        (false, _, "") => "whoever answers for it".to_owned(),
        (false, _, role) => role.to_owned(),
    };
    let on = day(signed.on.date());
    w.section(anchors::SIGN_OFF, "Signature", |w| {
        w.say(format!("Signed by {by} on {on}."));
        if !signed.unmet.is_empty() {
            w.say("What was open when it was signed:");
            w.points(signed.unmet.iter().map(|point| sentence(&capital(&point.text))));
        }
        if !signed.remark.trim().is_empty() {
            w.say(format!("Said to that: {}", sentence(&signed.remark)));
        }
        if let Some(copy) = workspace.decision.frozen(&signed.copy) {
            let words = format!(
                "The figures as they were then are kept in the frozen copy “{}” (Evenhand {}, fingerprint {}).",
                copy.name,
                copy.version,
                copy.fingerprint.get(..12).unwrap_or(&copy.fingerprint)
            );
            w.note(words);
        }
        not_as_signed(w);
    });
}

/// Figures that are no longer as they were signed; more are counted.
const NOT_AS_SIGNED: usize = 12;

/// What has changed since somebody signed: the paper has the figures of today.
fn not_as_signed(w: &mut Writing<'_>) {
    let Some(since) = since_signed(&w.basis()) else { return };
    let changes = counted(since.changes, "change", "changes");
    let lead = format!("Changed since it was signed: {changes}.");
    if since.figures.is_empty() {
        w.warn(&lead, "Every figure is still as it was signed.");
        return;
    }
    w.warn(&lead, "This paper has the figures of today, and not those that were signed.");
    let rows = since
        .figures
        .iter()
        .take(NOT_AS_SIGNED)
        .map(|figure| row([figure.what.clone(), figure.frozen.clone(), figure.derived.clone()]));
    let rows: Vec<Vec<Cell>> = rows.collect();
    let more = since.figures.len() - rows.len();
    let note = match more {
        0 => String::new(),
        n => {
            let have = counted(n, "other figure has changed", "other figures have changed");
            format!("{} besides.", capital(&have))
        }
    };
    let columns = vec![words("Figure", 4.0), words("As signed", 1.5), words("Today", 1.5)];
    w.table("figures that are no longer as they were signed", columns, rows, note);
}

/// What cannot be said, once and together.
pub(super) fn gaps(w: &mut Writing<'_>) {
    let gaps = w.take_gaps();
    w.section(anchors::GAPS, "What this paper cannot say", |w| w.points(gaps));
}
