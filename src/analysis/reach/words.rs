//! What the prediction for an option says, the same on the page and on paper.

use super::{Missing, OptionReach, Verdict};
use crate::model::{
    Workspace,
    wording::{capital, count, list, number, percent},
};

/// What the prediction for the option at this index comes to: a clause that stands out and a sentence after it.
#[must_use]
pub fn prediction(
    workspace: &Workspace,
    reach: &OptionReach,
    missing: &Missing,
    index: usize,
) -> (String, String) {
    let name = &workspace.question.options[index].name;
    let (parked, all) = reach.parked();
    let park = match parked {
        0 => "In no group does it pay to park people.".to_owned(),
        n if n == all => "It pays to park people in every group.".to_owned(),
        n => {
            format!("It pays to park people in {} of {}.", number(n as f64, 0), count(all, "group", "groups"))
        }
    };
    let left_out = reach.left_out_per_year.as_ref().ok().map(|&n| people(n));
    if let (Some(supported), false) = (few_supported(reach), reach.verdict == Verdict::CannotBeJudged) {
        let left_out = match reach.left_out_per_year {
            Ok(n) if n < 0.5 => "; nobody is left out against an equal share".to_owned(),
            Ok(n) => format!("; {} against an equal share", left_out_are(n)),
            Err(_) => String::new(),
        };
        return (format!("{name}: {supported} would be supported{left_out}."), park);
    }
    match (reach.verdict, left_out) {
        (Verdict::CannotBeJudged, _) => {
            (format!("{name} cannot be judged yet."), what_is_missing(workspace, missing))
        }
        (Verdict::Low, _) => (format!("{name} would support every group about alike."), park),
        (Verdict::Moderate, Some(n)) => (format!("{name} would leave some groups behind: {n} a year."), park),
        (Verdict::Moderate, None) => (format!("{name} would leave some groups behind."), park),
        (Verdict::High, Some(n)) => (format!("{name} would leave out {n} a year."), park),
        (Verdict::High, None) => (format!("{name} would leave people out."), park),
    }
}

/// How many figures of which groups are missing, in a sentence.
#[must_use]
pub fn what_is_missing(workspace: &Workspace, missing: &Missing) -> String {
    let figures: usize = missing.groups.iter().map(|(_, lacks)| lacks.len()).sum();
    let names: Vec<&str> =
        missing.groups.iter().map(|(group, _)| workspace.question.need_groups[*group].short_name()).collect();
    let are = if figures == 1 { "is" } else { "are" };
    match (names.len(), missing.refusal) {
        (0, true) => "Nobody has said whether the provider may refuse people.".to_owned(),
        (0, false) => "Prices or terms are missing.".to_owned(),
        (n, _) if n > 3 => {
            format!(
                "{} of {} {are} missing.",
                capital(&count(figures, "figure", "figures")),
                count(n, "group", "groups")
            )
        }
        _ => format!("{} of {} {are} missing.", capital(&count(figures, "figure", "figures")), list(&names)),
    }
}

/// The share of all people who would be supported, where that is fewer than half: it is said before who is left out, which is
/// measured against that share and so is small where hardly anybody is supported.
#[must_use]
pub fn few_supported(reach: &OptionReach) -> Option<String> {
    let share = reach.share_supported.ok().filter(|share| *share < 0.5)?;
    let rounds_to_none = share > 0.0 && share < 0.005;
    Some(if rounds_to_none { format!("under {}", percent(0.01)) } else { percent(share) })
}

fn left_out_are(number_of: f64) -> String {
    let are = if number_of.round() == 1.0 { "is" } else { "are" };
    format!("{} a year {are} left out", people(number_of))
}

fn people(number_of: f64) -> String {
    let whole = number_of.round().max(0.0) as usize;
    count(whole, "person", "people")
}
