//! What "local" means to people, against where each option is decided, designed and delivered.

use super::Undefined;
use crate::{
    analysis::Figure,
    model::{
        Workspace,
        question::{Level, ServiceOption},
    },
};

/// What local means to those who have said so.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalMeanings {
    /// How many mean each level, in the order of [`Level::ALL`].
    pub spread: [usize; Level::ALL.len()],
    /// How many have said.
    pub said: usize,
    /// The share of them to whom local is the ward or smaller, 0 to 1; undefined when nobody has said.
    pub ward_or_smaller: Figure,
    /// Parallel to the options of the workspace.
    pub options: Vec<OptionLevels>,
}

/// Where an option happens, against what local means; `None` where nobody has said where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionLevels {
    pub decided: Option<LevelReach>,
    pub designed: Option<LevelReach>,
    pub delivered: Option<LevelReach>,
}

/// One level against what local means to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelReach {
    pub level: Level,
    /// People to whom this level is within what is local.
    pub within: usize,
    /// People to whom it is further off than what is local.
    pub beyond: usize,
    /// People to whom local is a group of people and not a place: neither within nor beyond.
    pub not_a_place: usize,
}

pub(super) fn local_meanings(workspace: &Workspace) -> LocalMeanings {
    let mut spread = [0; Level::ALL.len()];
    for (level, count) in Level::ALL.iter().zip(&mut spread) {
        let means = workspace.voices.stakeholders.iter().filter(|person| person.local_means == Some(*level));
        *count = means.count();
    }
    let said: usize = spread.iter().sum();
    let small: usize =
        Level::ALL.iter().zip(&spread).filter(|(level, _)| **level <= Level::Ward).map(|(_, n)| n).sum();
    LocalMeanings {
        spread,
        said,
        ward_or_smaller: match said {
            0 => Err(Undefined("nobody has said what local means to them")),
            _ => Ok(small as f64 / said as f64),
        },
        options: workspace.question.options.iter().map(|option| levels(option, &spread)).collect(),
    }
}

fn levels(option: &ServiceOption, spread: &[usize; Level::ALL.len()]) -> OptionLevels {
    let reach = |level: Option<Level>| level.map(|level| reach(level, spread));
    OptionLevels {
        decided: reach(option.decided),
        designed: reach(option.designed),
        delivered: reach(option.delivered),
    }
}

fn reach(level: Level, spread: &[usize; Level::ALL.len()]) -> LevelReach {
    let mut found = LevelReach { level, within: 0, beyond: 0, not_a_place: 0 };
    for (means, &people) in Level::ALL.into_iter().zip(spread) {
        if means == level {
            found.within += people;
        } else if means == Level::GroupOfPeople || level == Level::GroupOfPeople {
            found.not_a_place += people;
        } else if means > level {
            found.within += people;
        } else {
            found.beyond += people;
        }
    }
    found
}
