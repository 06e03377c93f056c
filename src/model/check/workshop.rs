//! The checks of a workshop.

use std::collections::HashSet;

use super::{Finder, ProblemKind};
use crate::model::{
    ids::FactorId,
    workshop::{LONGEST_SECONDS, MOST_SEATS, Scene, Workshop},
};

const PLACE: &str = "voices/workshop";

impl<'a> Finder<'a> {
    pub(super) fn workshop(&mut self, workshop: &'a Workshop) {
        self.seats(workshop);
        for (field, scene) in [("scene", Some(&workshop.scene)), ("held", workshop.held.as_ref())] {
            match scene {
                Some(Scene::Ballot(id) | Scene::Discussion(id)) => self.factor_on_wall(id, field),
                Some(Scene::Reach(id)) => self.refers(
                    self.options.contains_key(id.as_str()),
                    id.as_str(),
                    "option",
                    format_args!("{PLACE}/{field}"),
                    format_args!("What the workshop shows"),
                ),
                Some(Scene::Balance { dial: Some(share) }) => {
                    let whose = format_args!("The dial of the workshop");
                    self.figure(*share, super::Limits::SHARE, format_args!("{PLACE}/{field}/dial"), whose);
                }
                _ => {}
            }
        }
        if let Some(sector) = &workshop.split {
            let whose = format_args!("The workshop");
            let known = self.sectors.contains(sector.as_str());
            self.refers(known, sector.as_str(), "sector", format_args!("{PLACE}/split"), whose);
        }
        if workshop.seconds_left > LONGEST_SECONDS {
            self.broken(
                ProblemKind::OutOfRange,
                format_args!("{PLACE}/seconds_left"),
                format_args!("The clock of the workshop has {} seconds left.", workshop.seconds_left),
                "Give it an hour, 3600 seconds, or less.",
            );
        }
    }

    fn seats(&mut self, workshop: &'a Workshop) {
        if workshop.seats.len() > MOST_SEATS {
            self.broken(
                ProblemKind::OutOfRange,
                format_args!("{PLACE}/seats"),
                format_args!("The workshop has {} seats.", workshop.seats.len()),
                "Have 200 seats or fewer.",
            );
            return;
        }
        let mut seated = HashSet::new();
        for (at, seat) in workshop.seats.iter().enumerate() {
            let (number, place) = (at + 1, format!("{PLACE}/seats/{}", at + 1));
            let whose = format_args!("Seat {number}");
            let who = seat.stakeholder.as_str();
            let known = self.stakeholders.contains_key(who);
            self.refers(known, who, "stakeholder", format_args!("{place}/stakeholder"), whose);
            for factor in &seat.abstains {
                let known = self.factors.contains_key(factor.as_str());
                self.refers(known, factor.as_str(), "factor", format_args!("{place}/abstains"), whose);
            }
            if !seated.insert(who) {
                self.broken(
                    ProblemKind::DoubleId,
                    format_args!("{place}/stakeholder"),
                    format_args!("Seat {number} is taken by somebody who has another seat."),
                    "Give each person one seat.",
                );
            }
        }
    }

    fn factor_on_wall(&mut self, id: &'a FactorId, field: &str) {
        let known = self.factors.contains_key(id.as_str());
        let whose = format_args!("What the workshop shows");
        self.refers(known, id.as_str(), "factor", format_args!("{PLACE}/{field}"), whose);
    }
}
