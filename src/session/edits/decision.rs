//! Edits of the record: entries moved and taken out, drafts taken over, duties answered, copies frozen, the record signed.

use jiff::civil::DateTime;

use crate::{
    analysis::decision::{ChecklistItem, Draft, Unmet},
    file::frozen::sealed,
    model::{
        Workspace,
        balance::RobustnessSettings,
        decision::{
            Decision, Duty, Entry, Frozen, FrozenFigure, Rationed, Reason, RecordList, Review, SignOff,
            Trigger, inputs_of,
        },
        ids::{EntryId, FrozenId},
    },
};

/// Adds an entry without words to a list.
pub fn add(decision: &mut Decision, list: RecordList, id: EntryId) {
    match list {
        RecordList::Reasons => decision.reasons.push(Reason::new(id, "", None)),
        RecordList::Conditions => decision.conditions.push(Entry::new(id, "")),
        RecordList::Safeguards => decision.safeguards.push(Entry::new(id, "")),
        RecordList::Triggers => decision.triggers.push(Trigger::new(id, "")),
        RecordList::Rationed => decision.rationed.push(Rationed {
            id,
            between: String::new(),
            text: String::new(),
            figures: Vec::new(),
        }),
        RecordList::Reviews => decision.reviews.push(Review::new(id, "")),
    }
}

/// Takes an entry out of its list.
pub fn remove(decision: &mut Decision, list: RecordList, id: &EntryId) {
    match list {
        RecordList::Reasons => decision.reasons.retain(|e| e.id != *id),
        RecordList::Conditions => decision.conditions.retain(|e| e.id != *id),
        RecordList::Safeguards => decision.safeguards.retain(|e| e.id != *id),
        RecordList::Triggers => decision.triggers.retain(|e| e.id != *id),
        RecordList::Rationed => decision.rationed.retain(|e| e.id != *id),
        RecordList::Reviews => decision.reviews.retain(|e| e.id != *id),
    }
}

/// Moves an entry one place up in its list, or down; at the end it stays.
pub fn shift(decision: &mut Decision, list: RecordList, id: &EntryId, up: bool) {
    match list {
        RecordList::Reasons => swap(&mut decision.reasons, |e| e.id == *id, up),
        RecordList::Conditions => swap(&mut decision.conditions, |e| e.id == *id, up),
        RecordList::Safeguards => swap(&mut decision.safeguards, |e| e.id == *id, up),
        RecordList::Triggers => swap(&mut decision.triggers, |e| e.id == *id, up),
        RecordList::Rationed => swap(&mut decision.rationed, |e| e.id == *id, up),
        RecordList::Reviews => swap(&mut decision.reviews, |e| e.id == *id, up),
    }
}

/// Moves the first thing that is meant one place up or down.
pub fn swap<T>(list: &mut [T], is_meant: impl Fn(&T) -> bool, up: bool) {
    let Some(at) = list.iter().position(is_meant) else { return };
    let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|below| *below < list.len()) };
    if let Some(other) = other {
        list.swap(at, other);
    }
}

/// Takes a drafted sentence over into its list, last.
pub fn take_over(decision: &mut Decision, id: EntryId, draft: &Draft) {
    let Draft { list, text, figures, room, watched, limit } = draft.clone();
    let entry = |id| Entry { figures: figures.clone(), ..Entry::new(id, &text) };
    match list {
        RecordList::Reasons => decision.reasons.push(Reason { figures, ..Reason::new(id, &text, room) }),
        RecordList::Conditions => decision.conditions.push(entry(id)),
        RecordList::Safeguards => decision.safeguards.push(entry(id)),
        RecordList::Triggers => {
            decision.triggers.push(Trigger { watched, limit, figures, ..Trigger::new(id, &text) });
        }
        RecordList::Rationed => decision.rationed.push(Rationed { id, between: watched, text, figures }),
        RecordList::Reviews => {
            decision.reviews.push(Review { expected: text, figures, ..Review::new(id, &watched) })
        }
    }
}

/// Changes the answer to a duty of a checklist, which is written into the record if it is not there yet.
pub fn answer(decision: &mut Decision, item: &ChecklistItem, change: impl FnOnce(&mut Duty)) {
    let id = item.entry_id();
    let at = decision.duties.iter().position(|duty| duty.id == id).unwrap_or_else(|| {
        decision.duties.push(item.unanswered());
        decision.duties.len() - 1
    });
    let duty = &mut decision.duties[at];
    change(duty);
    // What is asked is kept as it was put when it was answered.
    (duty.text, duty.source) = (item.text.clone(), item.source.clone());
    if duty.answer.is_none() && duty.how.trim().is_empty() && duty.by.trim().is_empty() {
        decision.duties.remove(at);
    }
}

/// A copy of everything as it stands, with these figures, sealed.
#[must_use]
pub fn frozen(
    workspace: &Workspace,
    id: FrozenId,
    (name, by): (&str, &str),
    on: DateTime,
    figures: Vec<FrozenFigure>,
) -> Frozen {
    let RobustnessSettings { seed, iterations, .. } = workspace.balance.robustness;
    sealed(Frozen {
        id,
        name: name.trim().to_owned(),
        on,
        by: by.trim().to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed,
        draws: iterations,
        figures,
        fingerprint: String::new(),
        seal: String::new(),
        state: inputs_of(workspace).into(),
    })
}

/// Signs the record with a copy of all it stands on.
pub fn sign(
    decision: &mut Decision,
    copy: Frozen,
    (by, role): (&str, &str),
    (unmet, remark): (&[Unmet], &str),
) {
    decision.signed = Some(SignOff {
        by: by.trim().to_owned(),
        role: role.trim().to_owned(),
        on: copy.on,
        unmet: unmet.iter().map(Unmet::point).collect(),
        remark: remark.trim().to_owned(),
        copy: copy.id.clone(),
    });
    decision.frozen.push(copy);
}

/// Takes a frozen copy away, unless the record is signed on it; whether it was.
pub fn discard(decision: &mut Decision, id: &FrozenId) -> bool {
    let is_signed_on = decision.signed.as_ref().is_some_and(|signed| signed.copy == *id);
    if !is_signed_on {
        decision.frozen.retain(|copy| copy.id != *id);
    }
    !is_signed_on
}

/// A name for the next frozen copy that none has yet, such as "Copy 2".
#[must_use]
pub fn next_name(decision: &Decision) -> String {
    let is_free = |name: &String| decision.frozen.iter().all(|copy| copy.name != *name);
    let from = decision.frozen.len() + 1;
    (from..=2 * from).map(|number| format!("Copy {number}")).find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::decision::checklists,
        model::{decision::DutyAnswer, sample},
    };

    #[test]
    fn entries_change_places_and_stay_at_the_ends() {
        let mut decision = Decision::default();
        for id in ["a-1", "b-2", "c-3"] {
            add(&mut decision, RecordList::Safeguards, id.into());
        }
        let order = |decision: &Decision| -> String {
            decision.safeguards.iter().map(|entry| &entry.id.as_str()[..1]).collect()
        };
        shift(&mut decision, RecordList::Safeguards, &"c-3".into(), true);
        assert_eq!(order(&decision), "acb");
        shift(&mut decision, RecordList::Safeguards, &"a-1".into(), true);
        shift(&mut decision, RecordList::Safeguards, &"b-2".into(), false);
        assert_eq!(order(&decision), "acb");
        remove(&mut decision, RecordList::Safeguards, &"c-3".into());
        assert_eq!(order(&decision), "ab");
    }

    #[test]
    fn an_answer_that_is_taken_back_leaves_nothing_behind() {
        let mut decision = Decision::default();
        let item = &checklists()[0].items[0];
        answer(&mut decision, item, |duty| duty.answer = Some(DutyAnswer::No));
        assert_eq!((decision.duties.len(), decision.duties[0].source.as_str()), (1, item.source.as_str()));
        answer(&mut decision, item, |duty| duty.answer = None);
        assert!(decision.duties.is_empty());
    }

    #[test]
    fn a_copy_that_is_signed_on_stays() {
        let mut decision = (*sample::workspace().decision).clone();
        let id = decision.frozen[0].id.clone();
        assert!(!discard(&mut decision, &id) && decision.frozen.len() == 1);
        decision.signed = None;
        assert!(discard(&mut decision, &id) && decision.frozen.is_empty());
    }
}
