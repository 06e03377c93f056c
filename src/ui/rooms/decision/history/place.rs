//! Where a change was made: the room and page, and the way to the very place.

use crate::{
    analysis::explain::EditPlace,
    model::{Room, Workspace, diff::Place},
    ui::{desk::Desk, explain_panel},
};

/// The page that a place is edited on; empty where the room has only one.
#[must_use]
pub fn page(place: &Place) -> (Option<Room>, &'static str) {
    let steps: Vec<&str> = place.0.iter().map(String::as_str).collect();
    let page = match steps[..] {
        ["question", "options", ..] => "Options",
        ["question", "need_groups", ..] => "Need groups",
        ["question", "entitlements", ..] => "Entitlements",
        ["question", ..] | ["voices", "sectors", ..] => "Overview",
        ["voices", "stakeholders", ..] => "Register",
        ["voices", "statements", ..] => "Statements",
        ["voices", ..] => "Ballots",
        ["balance", "scores", ..] | ["balance", "factors", _] => "Scores",
        ["balance", "factors", _, "swing" | "swing_range" | "gut_feel", ..]
        | ["balance", "weights_from" | "swing_ranking" | "exchange_answers", ..] => "Weights",
        ["balance", "factors", ..] => "Scores",
        ["balance", "robustness", ..] => "Robustness",
        ["balance", ..] => "Balance",
        ["reach", "changing_risk", ..] => "Changing risk",
        ["reach", "caseload", ..] => "Caseload check",
        ["reach", "response_scale", ..] => "Response",
        ["reach", ..] => "Payment design",
        ["decision", "conditions" | "safeguards", ..] => "Conditions",
        ["decision", "duties", ..] => "Duties",
        ["decision", "reviews", ..] => "Review plan",
        ["decision", ..] => "Record",
        ["snapshots", ..] => return (Some(Room::Balance), "Compare"),
        _ => return (place.room().or(Some(Room::Question)), ""),
    };
    (place.room().or(Some(Room::Question)), page)
}

/// Goes to a place, and to the thing there if it still stands in the workspace.
pub fn go(desk: &mut Desk<'_>, place: &Place, fallback: Option<Room>) {
    let workspace = desk.workspace();
    if let Some(edit) = edit_place(place, &workspace) {
        explain_panel::go_to(desk, &edit);
        return;
    }
    let (room, page) = page(place);
    if let Some(room) = room.or(fallback) {
        desk.go(room, page);
    }
}

/// The very place as the Explain panel knows it; `None` where there is no such thing any more, or only its page.
fn edit_place(place: &Place, workspace: &Workspace) -> Option<EditPlace> {
    let steps: Vec<&str> = place.0.iter().map(String::as_str).collect();
    match steps[..] {
        ["balance", "scores", key, ..] => {
            let (factor, option) = key.split_once('/')?;
            let (factor, option) = (factor.into(), option.into());
            let is_there = workspace.factor(&factor).is_some() && workspace.option(&option).is_some();
            is_there.then_some(EditPlace::Score(option, factor))
        }
        ["balance", "factors", id, "swing" | "swing_range", ..] => {
            workspace.factor(&id.into()).map(|factor| EditPlace::Swing(factor.id.clone()))
        }
        ["balance", "factors", id, ..] => {
            workspace.factor(&id.into()).map(|factor| EditPlace::Scale(factor.id.clone()))
        }
        ["voices", "stakeholders", id, ..] => {
            workspace.stakeholder(&id.into()).map(|person| EditPlace::Stakeholder(person.id.clone()))
        }
        ["voices", "statements", id, ..] => {
            let known = workspace.voices.statements.iter().find(|statement| statement.id.as_str() == id);
            known.map(|statement| EditPlace::Statement(statement.id.clone()))
        }
        ["reach", "terms", option, ..] => {
            workspace.option(&option.into()).map(|option| EditPlace::Terms(option.id.clone()))
        }
        ["reach", "payments", id, ..] => {
            let known = workspace.reach.payments.iter().find(|payment| payment.id.as_str() == id);
            known.map(|payment| EditPlace::Terms(payment.option.clone()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::rooms::decision::PAGES;

    #[test]
    fn what_is_changed_in_the_record_opens_on_the_page_that_shows_it() {
        for (list, wanted) in [
            ("conditions", "Conditions"),
            ("safeguards", "Conditions"),
            ("duties", "Duties"),
            ("reviews", "Review plan"),
            ("reasons", "Record"),
            ("headline", "Record"),
        ] {
            let place = Place(["decision", list, "x-k333", "text"].map(str::to_owned).to_vec());
            assert_eq!(page(&place), (Some(Room::Decision), wanted), "{list}");
            assert!(PAGES.contains(&wanted));
        }
    }
}
