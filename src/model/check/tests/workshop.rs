use super::*;
use crate::model::workshop::{LONGEST_SECONDS, MOST_SEATS, Scene, Seat, Workshop};

fn workshop(workspace: &mut Workspace) -> &mut Workshop {
    workspace.voices.workshop.get_or_insert_with(|| Workshop::with_seats(Vec::new()))
}

#[test]
fn what_a_workshop_refers_to_must_be_there() {
    check(&[
        broken_by(
            |w| workshop(w).seats[0].stakeholder = "nobody-p999".into(),
            "voices/workshop/seats/1/stakeholder",
            "Seat 1 names the stakeholder “nobody-p999”",
        ),
        broken_by(
            |w| workshop(w).seats[1].abstains = vec!["gone-f999".into()],
            "voices/workshop/seats/2/abstains",
            "Seat 2 names the factor “gone-f999”",
        ),
        broken_by(
            |w| workshop(w).seats[1] = workshop(w).seats[0].clone(),
            "voices/workshop/seats/2/stakeholder",
            "taken by somebody who has another seat",
        ),
        broken_by(
            |w| workshop(w).scene = Scene::Ballot("gone-f999".into()),
            "voices/workshop/scene",
            "names the factor “gone-f999”",
        ),
        broken_by(
            |w| workshop(w).held = Some(Scene::Reach("gone-o999".into())),
            "voices/workshop/held",
            "names the option “gone-o999”",
        ),
        broken_by(
            |w| workshop(w).split = Some("gone-s999".into()),
            "voices/workshop/split",
            "names the sector “gone-s999”",
        ),
    ]);
}

#[test]
fn figures_of_a_workshop_lie_within_their_limits() {
    check(&[
        broken_by(
            |w| workshop(w).scene = Scene::Balance { dial: Some(1.2) },
            "voices/workshop/scene/dial",
            "is 1.2",
        ),
        broken_by(
            |w| workshop(w).scene = Scene::Balance { dial: Some(f64::NAN) },
            "voices/workshop/scene/dial",
            "is not a number",
        ),
        broken_by(
            |w| workshop(w).seconds_left = LONGEST_SECONDS + 1,
            "voices/workshop/seconds_left",
            "3601 seconds left",
        ),
        broken_by(
            |w| workshop(w).seats = vec![Seat::of("ida-p222".into()); MOST_SEATS + 1],
            "voices/workshop/seats",
            "201 seats",
        ),
    ]);
}
