//! Payment past a threshold that is held against a comparison group, and what was measured against one.

use serde::{Deserialize, Serialize};

/// Paid all or nothing, by how many fewer events there are than in a comparison group; an event is what the service is
/// to prevent, such as a reconviction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FewerEvents {
    /// The least relative reduction at which a cohort by itself is paid for, 0 to 1.
    pub alone: f64,
    /// The least at which all cohorts together are, where those that fell short by themselves are looked at again.
    pub together: Option<f64>,
    /// People in the comparison group for each person served, above nought.
    pub compared_per_person: f64,
    /// Events a person in the comparison group; `None` where each person who fails counts once.
    pub events_per_person: Option<f64>,
}

impl FewerEvents {
    /// This share fewer for a cohort by itself, against a comparison group of the same size, each failure one event.
    #[must_use]
    pub fn than(alone: f64) -> Self {
        Self { alone, together: None, compared_per_person: 1.0, events_per_person: None }
    }
}

/// What was measured of a cohort against its comparison group; an unknown figure is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasuredCohort {
    pub name: String,
    /// Whether it is all cohorts together and not one by itself.
    pub together: bool,
    pub people: Option<f64>,
    pub events: Option<f64>,
    pub compared_people: Option<f64>,
    pub compared_events: Option<f64>,
    /// The relative reduction as it was published, where the counts behind it were not, at most 1.
    pub published_reduction: Option<f64>,
    /// Where the figures come from, and of what day.
    pub source: String,
}
